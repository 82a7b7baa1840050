//! What can be selected with the mouse: drawing writes down where it put what, and a click finds what is seen under it.

use ratatui::layout::{Position, Rect};

/// A row and a column in it.
pub type Seat = (usize, usize);

/// What is seen that can be selected, and where; what is drawn later lies over what was there.
#[derive(Debug, Clone, Default)]
pub struct Seats(Vec<(Option<Seat>, Rect)>);

impl Seats {
    /// Something stands here.
    pub fn put(&mut self, seat: Seat, area: Rect) {
        self.0.push((Some(seat), area));
    }

    /// What stood here is covered.
    pub fn cover(&mut self, area: Rect) {
        self.0.push((None, area));
    }

    /// What is seen at a cell.
    pub fn at(&self, at: Position) -> Option<Seat> {
        self.0.iter().rev().find(|(_, area)| area.contains(at)).and_then(|(seat, _)| *seat)
    }
}
