//! What several tests share.

pub mod case_a;
pub mod colour;
#[cfg(unix)]
pub mod counted;
pub mod dots;
pub mod driver;
#[cfg(unix)]
pub mod facilitator;
pub mod frame;
pub mod invented;
#[cfg(unix)]
pub mod kept;
pub mod other_keys;
pub mod outline;
pub mod outside;
pub mod programs;
#[cfg(unix)]
pub mod pty;
pub mod region;
pub mod removal;
pub mod room;
#[cfg(unix)]
pub mod second;
pub mod svg;
