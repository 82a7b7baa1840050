//! What a laid-out map is made of: boxes, connectors, strokes.

use std::sync::Arc;

use super::folded::Folded;
use crate::domain::{Id, Node, Side};

/// What a box stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// The case in the middle.
    Centre,
    /// A main branch, by its index in `Meeting::branches`.
    Branch(usize),
    /// A twig, or an issue of the causal chart.
    Node(Id<Node>),
    /// Where the new twig would land.
    Ghost,
    /// The words that say a branch is still empty.
    Empty(usize),
    /// The words that say a branch goes on here, in a further column.
    Continued(usize),
}

impl Default for What {
    /// Where one stands as long as nothing was selected.
    fn default() -> Self {
        What::Branch(0)
    }
}

/// A rectangle in cells; `x` and `y` are its upper left cell and may be negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// The first column.
    pub x: i32,
    /// The first row.
    pub y: i32,
    /// Columns.
    pub w: i32,
    /// Rows.
    pub h: i32,
}

impl Area {
    /// The first column to the right of it.
    pub fn right(self) -> i32 {
        self.x + self.w
    }

    /// The first row below it.
    pub fn bottom(self) -> i32 {
        self.y + self.h
    }

    /// Whether a cell lies in it.
    pub fn contains(self, x: i32, y: i32) -> bool {
        (self.x..self.right()).contains(&x) && (self.y..self.bottom()).contains(&y)
    }

    /// Whether the two share a cell.
    pub fn meets(self, other: Area) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// Whether `other` lies wholly in it.
    #[cfg(test)]
    pub fn holds(self, other: Area) -> bool {
        self.x <= other.x
            && self.y <= other.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// The smallest rectangle around both.
    pub fn around(self, other: Area) -> Area {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Area { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }
}

/// One thing on the map with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedBox {
    /// What it stands for.
    pub what: What,
    /// Where it lies, signs and all.
    pub area: Area,
    /// The words line by line, without the signs the view adds.
    pub lines: Arc<[String]>,
    /// Cells kept free before the words (a number) and after the last of them (a sign).
    pub room: Room,
    /// The side of the centre it stands on.
    pub side: Side,
    /// The branch it belongs to; none for the centre.
    pub branch: Option<usize>,
    /// How many twigs a branch has in all.
    pub count: usize,
    /// What is folded away under it.
    pub hidden: Folded,
    /// The index in `Layout::boxes` of what it hangs on.
    pub parent: Option<usize>,
    /// 0 for the centre and the branches, 1 for the twigs on a branch, and so on; what is hidden between does not count.
    pub depth: usize,
    /// More lies between it and what it is drawn under than the drawing shows: the line to it has a cell more, and is dotted.
    pub far: bool,
}

/// Cells the view needs beside the words of a box, as seen from what it hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Room {
    /// Before every line.
    pub before: usize,
    /// After the last line.
    pub after: usize,
    /// In front of the first line, where that is not beside what it hangs on: what would stand after the last one on the left,
    /// whose sign stands there.
    pub ahead: usize,
}

impl Room {
    /// For the sign of a twig, and for what is said of it at the other end of its words.
    pub fn of(before: usize, beside: usize, side: Side) -> Self {
        let (after, ahead) = if side == Side::Right { (beside, 0) } else { (0, beside) };
        Self { before, after, ahead }
    }
}

/// The directions in which lines leave a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stroke(u8);

impl Stroke {
    /// No line.
    pub const NONE: Stroke = Stroke(0);
    /// From the middle of the cell up.
    pub const UP: Stroke = Stroke(1);
    /// From the middle down.
    pub const DOWN: Stroke = Stroke(2);
    /// From the middle to the left.
    pub const LEFT: Stroke = Stroke(4);
    /// From the middle to the right.
    pub const RIGHT: Stroke = Stroke(8);
    /// Up and down.
    pub const VERTICAL: Stroke = Stroke(3);
    /// To the left and to the right.
    pub const HORIZONTAL: Stroke = Stroke(12);

    /// Both strokes in one cell.
    pub const fn and(self, other: Stroke) -> Stroke {
        Stroke(self.0 | other.0)
    }

    /// Up 1, down 2, left 4, right 8, added together: an index below 16.
    pub const fn bits(self) -> u8 {
        self.0
    }
}

/// The line from what something hangs on to itself: level to the joint, up or down, level to the end.
///
/// Connectors of siblings share the joint's column: each draws only the part from its neighbour's row to its own, so
/// cells of several connectors meet and their strokes add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Connector {
    /// What it comes from.
    pub from: What,
    /// What it leads to.
    pub to: What,
    /// The branch whose colour it has; none where it belongs to none.
    pub branch: Option<usize>,
    /// The side of the map it grows on.
    pub side: Side,
    /// Whether it leaves its box downwards, instead of level: the joint's column is then one of the box's own.
    pub below: bool,
    /// The cell beside the box it comes from, or below it.
    pub start: (i32, i32),
    /// The column where the line turns.
    pub joint: i32,
    /// The row in the joint's column where the line of the neighbour is joined.
    pub joined: i32,
    /// The cell beside the box it leads to.
    pub end: (i32, i32),
}

impl Connector {
    /// The cells of the line with their strokes. A cell may come more than once, here and from other connectors: the
    /// strokes add up ([`Stroke::and`]).
    pub fn cells(&self) -> impl Iterator<Item = (i32, i32, Stroke)> + use<> {
        let Connector { side, below, start, joint, joined, end, .. } = *self;
        let (inward, outward) = match side {
            Side::Right => (Stroke::LEFT, Stroke::RIGHT),
            Side::Left => (Stroke::RIGHT, Stroke::LEFT),
        };
        let stub = between(start.0, joint).map(move |x| (x, start.1, Stroke::HORIZONTAL));
        let arm = between(end.0, joint).map(move |x| (x, end.1, Stroke::HORIZONTAL));
        let trunk = between(joined, end.1).filter(move |y| *y != joined);
        let trunk = trunk.map(move |y| (joint, y, Stroke::VERTICAL));
        let (towards, back) = match end.1.cmp(&joined) {
            std::cmp::Ordering::Less => (Stroke::UP, Stroke::DOWN),
            std::cmp::Ordering::Equal => (Stroke::NONE, Stroke::NONE),
            std::cmp::Ordering::Greater => (Stroke::DOWN, Stroke::UP),
        };
        let joints = [(joint, start.1, inward), (joint, joined, towards), (joint, end.1, back.and(outward))];
        // From below a box nothing comes level, and the row the first line is joined in is the box's own.
        let drawn = [!below, !below || joined >= start.1, true];
        let joints = joints.into_iter().zip(drawn).filter_map(|(cell, drawn)| drawn.then_some(cell));
        stub.chain(arm).chain(trunk).chain(joints)
    }

    /// The rectangle the line lies in.
    pub fn area(&self) -> Area {
        let xs = [self.start.0, self.joint, self.end.0];
        let ys = [self.start.1, self.joined, self.end.1];
        let (left, right) = (xs.into_iter().min().unwrap_or(0), xs.into_iter().max().unwrap_or(0));
        let (top, bottom) = (ys.into_iter().min().unwrap_or(0), ys.into_iter().max().unwrap_or(0));
        Area { x: left, y: top, w: right - left + 1, h: bottom - top + 1 }
    }
}

/// From `from` to the number before `to`, whichever of the two is greater.
fn between(from: i32, to: i32) -> impl Iterator<Item = i32> {
    if from <= to { from..to } else { to + 1..from + 1 }
}
