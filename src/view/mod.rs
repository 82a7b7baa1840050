//! Draws a `&Model`; the same words as in [`crate::app`].

pub mod map;
pub mod signs;
pub mod theme;
pub mod wide;
