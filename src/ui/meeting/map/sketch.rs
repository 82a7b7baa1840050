//! A picture in the place of the map: what it shows, and once it hangs, what stands where in it.

use ratatui::layout::Rect;

use crate::domain::{Id, Meeting};
use crate::layout::shape::What;
use crate::layout::spots::Spots;

/// What a picture shows: two of the same are the same picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    pub meeting: Id<Meeting>,
    /// So many edits were done.
    pub edits: usize,
    pub selected: What,
    /// The cells it covers.
    pub area: Rect,
}

/// A picture that hangs: what stands where in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Hung {
    pub sketch: Sketch,
    /// In dots of the picture.
    pub spots: Spots,
    /// The dots that a cell has.
    pub cell: (f32, f32),
    /// The spot that was selected last: a branch may stand in the picture more than once.
    pub last: Option<usize>,
}

impl Hung {
    /// The spot at a cell of the screen, or close to it.
    pub(crate) fn under(&self, (x, y): (u16, u16)) -> Option<usize> {
        let Rect { x: left, y: top, .. } = self.sketch.area;
        let dot =
            |cell: u16, from: u16, dots: f32| ((f32::from(cell.saturating_sub(from)) + 0.5) * dots) as i32;
        let (w, h) = self.cell;
        self.spots.under((dot(x, left, w), dot(y, top, h)), (w as i32, h as i32))
    }
}
