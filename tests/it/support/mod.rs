//! What several tests share.

pub mod case_a;
pub mod dots;
pub mod driver;
#[cfg(unix)]
pub mod facilitator;
pub mod frame;
pub mod kept;
pub mod other_keys;
pub mod outline;
pub mod outside;
#[cfg(unix)]
pub mod pty;
pub mod region;
pub mod room;
pub mod svg;
