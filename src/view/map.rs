//! Draws the laid-out map.
