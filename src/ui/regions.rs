//! Where the rows of a screen stand that can be selected: drawing places them so, and a click finds what is seen under it.

use ratatui::layout::{Margin, Rect};

use crate::ui::panes::Panes;

/// A row and a column in it.
pub type Seat = (usize, usize);

/// What is seen that can be selected, and where.
pub type Regions = Vec<(Seat, Rect)>;

/// Rows of one column.
pub fn rows(placed: impl IntoIterator<Item = (usize, Rect)>) -> Regions {
    placed.into_iter().map(|(row, area)| ((row, 0), area)).collect()
}

/// Body and side without the cells at their edges.
pub fn inside(panes: &Panes) -> [Rect; 2] {
    [panes.body, panes.side].map(|area| area.inner(Margin::new(1, 0)))
}
