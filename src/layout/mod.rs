//! The map and the causal chart as rectangles and connectors, pure; what the screen and the pictures share.
//!
//! Everything is counted in cells of a terminal: columns to the right, rows downwards, as `i32`.

pub mod causal;
pub mod colours;
pub mod deal;
pub mod folded;
pub mod labels;
pub mod links;
pub mod map;
pub mod measure;
pub mod shape;
pub mod signs;
pub mod spots;

mod walk;
pub mod wall;
pub mod words;
pub mod wrap;

#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
