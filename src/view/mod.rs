//! Draws a `&Model`; the same words as in [`crate::app`].
