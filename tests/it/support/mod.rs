//! What several tests share.
#![allow(dead_code, reason = "each test file uses its own part")]

pub mod case_a;
pub mod driver;
pub mod facilitator;
pub mod frame;
pub mod kept;
pub mod outside;
pub mod pty;
pub mod region;
pub mod room;
