//! Boxes and lines of a map in columns.
//!
//! Under a line that leaves the centre on both sides stand the columns, each at a trunk of its own: branches on the trunk,
//! every twig in a row of its own below what it hangs on, a little further out.

use super::arrange::{Frame, TITLE, words};
use crate::domain::Side;
use crate::layout::labels::SIGN;
use crate::layout::map::{Layout, placed};
use crate::layout::shape::{Area, Connector, PlacedBox, Room, What};
use crate::layout::words::Lines;

/// A map in the making, column after column, from above.
pub(super) struct Sheet<'a> {
    frame: &'a Frame,
    boxes: Vec<PlacedBox>,
    connectors: Vec<Connector>,
    column: usize,
    /// The next free row of the column.
    y: i32,
    /// The row of the last title of the column.
    trunk: Option<i32>,
    /// The box of the last title of the column: what hangs on something in another column hangs on that.
    head: usize,
    /// The first box of the column.
    first: usize,
}

impl<'a> Sheet<'a> {
    /// With what is written in the middle over the columns; nothing over a branch that stands alone.
    pub(super) fn new(frame: &'a Frame, centre: Option<Lines>) -> Self {
        let mut boxes = Vec::new();
        if let Some(lines) = centre {
            let mut centre = placed(What::Centre, lines, Room { before: 1, ..Room::default() });
            centre.area.w += 1;
            // In the middle of its sides, or over the one there is.
            let (left, right) = (-frame.edge(frame.left), frame.edge(frame.right));
            centre.area.x = (-centre.area.w / 2).min(right - centre.area.w).max(1 + left);
            boxes.push(centre);
        }
        Self { frame, boxes, connectors: Vec::new(), column: 0, y: 0, trunk: None, head: 0, first: 0 }
    }

    /// Begins a column.
    pub(super) fn begin(&mut self, column: usize) {
        self.y = self.centre().map_or(0, |centre| centre.area.bottom());
        (self.column, self.trunk, self.first) = (column, None, self.boxes.len());
    }

    /// Goes down to a row of the column, counted from its top.
    pub(super) fn go_down_to(&mut self, row: i32) {
        self.y = self.centre().map_or(0, |centre| centre.area.bottom()) + row;
    }

    fn centre(&self) -> Option<&PlacedBox> {
        self.boxes.first().filter(|placed| placed.what == What::Centre)
    }

    /// Puts the title of a branch, or the line that says it goes on here, at the trunk.
    pub(super) fn title(&mut self, mut title: PlacedBox, branch: usize, depth: usize) {
        title.area.x = self.beside(TITLE, title.area.w);
        title.parent = self.centre().map(|_| 0);
        self.put(&mut title, branch, depth);
        let trunk = self.frame.trunk(self.column);
        if let Some(centre) = self.centre() {
            let Area { x, w, .. } = centre.area;
            let below = (x..x + w).contains(&trunk);
            let start = match title.side {
                _ if below => (trunk, centre.area.bottom()),
                Side::Right => (centre.area.right(), centre.area.y),
                Side::Left => (x - 1, centre.area.y),
            };
            let joined = self.trunk.unwrap_or(if below { centre.area.bottom() - 1 } else { centre.area.y });
            self.connectors.push(Connector {
                from: What::Centre,
                to: title.what,
                branch: title.branch,
                side: title.side,
                below,
                start,
                joint: trunk,
                joined,
                end: (trunk, title.area.y),
            });
        }
        (self.trunk, self.head) = (Some(title.area.y), self.boxes.len());
        self.boxes.push(title);
    }

    /// Puts a twig under the box it hangs on.
    pub(super) fn twig(&mut self, mut twig: PlacedBox, parent: usize, branch: usize, depth: usize) {
        let (_, out) = words(self.frame.width, depth);
        twig.area.x = self.beside(out - SIGN as i32, twig.area.w);
        twig.parent = Some(parent);
        self.put(&mut twig, branch, depth);
        let joint = self.beside(out - SIGN as i32 - 1, 1);
        // What it hangs on may stand in the column before.
        let above = if parent < self.first { self.head } else { parent };
        let from = &self.boxes[above];
        let sibling = self.connectors.iter().rev().take_while(|c| c.end.1 > from.area.y);
        let sibling =
            sibling.filter(|c| c.below && c.joint == joint && c.from == from.what).map(|c| c.end.1).next();
        let under = (from.area.x..from.area.right()).contains(&joint);
        let (start, joined) = match () {
            // In a narrow column it hangs on the trunk, like its branch.
            () if joint == self.frame.trunk(self.column) => (from.area.y, from.area.y),
            () if under => (from.area.bottom(), from.area.bottom() - 1),
            // Where a branch goes on, its name may be too short to stand over what hangs far out: the line begins there.
            () => (twig.area.y, twig.area.y),
        };
        self.connectors.push(Connector {
            from: from.what,
            to: twig.what,
            branch: twig.branch,
            side: twig.side,
            below: true,
            start: (joint, start.min(sibling.unwrap_or(start))),
            joint,
            joined: sibling.unwrap_or(joined),
            end: (joint, twig.area.y),
        });
        self.boxes.push(twig);
    }

    fn put(&mut self, placed: &mut PlacedBox, branch: usize, depth: usize) {
        (placed.side, placed.branch, placed.depth) = (self.frame.place(self.column).0, Some(branch), depth);
        placed.area.y = self.y;
        self.y += placed.area.h;
    }

    /// The first cell of a box so wide that begins so many cells out from the trunk.
    fn beside(&self, out: i32, w: i32) -> i32 {
        let trunk = self.frame.trunk(self.column);
        match self.frame.place(self.column).0 {
            Side::Right => trunk + out,
            Side::Left => trunk - out - w + 1,
        }
    }

    /// The box that was put last.
    pub(super) fn last(&self) -> usize {
        self.boxes.len().saturating_sub(1)
    }

    /// All of it, in a room of so many rows: what grows within it does not move it.
    pub(super) fn finish(self, rows: i32) -> Layout {
        let Self { frame, boxes, connectors, .. } = self;
        let (left, right) = (frame.edge(frame.left), frame.edge(frame.right));
        // The outermost column of a side has no gutter.
        let room = Area { x: 1 - left, y: 0, w: (left + right - 1).max(1), h: rows };
        let bounds = boxes.iter().map(|placed| placed.area).fold(room, Area::around);
        Layout { boxes, connectors, bounds, stacked: true }
    }
}
