//! The map as rectangles and connectors, pure; what the screen and the pictures share.
