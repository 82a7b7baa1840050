//! What is asked of a finished layout: where something is, what lies beside it, and how far to scroll.
//!
//! Arrows lead from everything to everything: outwards to the first of what hangs on something, up and down through all of
//! that (in a stacked map through all of a side), and inwards as far as the centre.

use super::map::Layout;
use super::shape::{Area, PlacedBox, What};
use crate::domain::Side;

impl Layout {
    /// The box of something; none if it is folded away or gone.
    pub fn find(&self, what: What) -> Option<&PlacedBox> {
        self.index(what).map(|i| &self.boxes[i])
    }

    fn index(&self, what: What) -> Option<usize> {
        self.boxes.iter().position(|b| b.what == what)
    }

    /// What lies above: the sibling before, or in the block above the last thing as far out; in a stacked map the row above.
    /// From the centre: the nearest branch above it.
    pub fn up(&self, from: What) -> Option<What> {
        let at = self.index(from)?;
        if from == What::Centre {
            let row = self.boxes[at].area.y;
            let mut above = self.branches().filter(|b| b.area.y < row);
            let first = above.next()?;
            return Some(above.fold(first, |best, b| if b.area.y > best.area.y { b } else { best }).what);
        }
        if self.stacked {
            let before = self.boxes[..at].iter().rev().take_while(|b| b.side == self.boxes[at].side);
            return before.filter(|b| b.what != What::Centre).find(|b| walkable(b)).map(|b| b.what);
        }
        let depth = self.boxes[at].depth;
        let mut found = self.with_ancestors(at).find_map(|i| self.sibling_before(i))?;
        while self.boxes[found].depth < depth {
            let Some(child) = self.children(found).last() else { break };
            found = child;
        }
        Some(self.boxes[found].what)
    }

    /// What lies below: the sibling after, or in the block below the first thing as far out; in a stacked map the row below.
    /// From the centre: the nearest branch below it.
    pub fn down(&self, from: What) -> Option<What> {
        let at = self.index(from)?;
        if from == What::Centre {
            let row = self.boxes[at].area.y;
            return self.branches().filter(|b| b.area.y > row).min_by_key(|b| b.area.y).map(|b| b.what);
        }
        if self.stacked {
            let after = self.boxes[at + 1..].iter().take_while(|b| b.side == self.boxes[at].side);
            return after.into_iter().find(|b| walkable(b)).map(|b| b.what);
        }
        let depth = self.boxes[at].depth;
        let mut found = self.with_ancestors(at).find_map(|i| self.sibling_after(i))?;
        while self.boxes[found].depth < depth {
            let Some(child) = self.children(found).next() else { break };
            found = child;
        }
        Some(self.boxes[found].what)
    }

    /// What lies to the left: outwards on the left side, inwards on the right; from the centre the nearest branch.
    pub fn left(&self, from: What) -> Option<What> {
        self.sideways(from, Side::Left)
    }

    /// What lies to the right: outwards on the right side, inwards on the left; from the centre the nearest branch.
    pub fn right(&self, from: What) -> Option<What> {
        self.sideways(from, Side::Right)
    }

    /// The first twig on something; none where there is none, or where it is folded away.
    pub fn outward(&self, from: What) -> Option<What> {
        self.children(self.index(from)?).next().map(|i| self.boxes[i].what)
    }

    /// What something hangs on.
    pub fn inward(&self, from: What) -> Option<What> {
        let parent = self.boxes[self.index(from)?].parent?;
        Some(self.boxes[parent].what)
    }

    /// The branch after the one something belongs to, round to the first; from the centre the first.
    pub fn next_branch(&self, from: What) -> Option<What> {
        let current = self.find(from)?.branch;
        let all = || self.branches().filter_map(|b| b.branch);
        let next = all().filter(|b| current.is_none_or(|c| *b > c)).min();
        next.or_else(|| all().min()).map(What::Branch)
    }

    /// The branch before the one something belongs to, round to the last; from the centre the last.
    pub fn previous_branch(&self, from: What) -> Option<What> {
        let current = self.find(from)?.branch;
        let all = || self.branches().filter_map(|b| b.branch);
        let previous = all().filter(|b| current.is_none_or(|c| *b < c)).max();
        previous.or_else(|| all().max()).map(What::Branch)
    }

    /// Where to move a view so that `target` lies wholly in it with `margin` cells around, moving as little as may be.
    ///
    /// In a direction in which the whole map fits, it is left where it is as long as all of it is seen, and centred when
    /// not: a map that grows does not jump at every word. Where the target is larger than the view, its beginning is
    /// shown. Gives the new `(x, y)` of the view; its size stays.
    pub fn scroll_to(&self, view: Area, target: Area, margin: i32) -> (i32, i32) {
        let all = self.bounds;
        (
            scroll((view.x, view.w), (all.x, all.w), (target.x, target.w), margin),
            scroll((view.y, view.h), (all.y, all.h), (target.y, target.h), margin),
        )
    }

    /// Where a view begins in whose middle the map stands; it stays where it is in a direction in which the map does not fit.
    pub fn centred(&self, view: Area) -> (i32, i32) {
        let all = self.bounds;
        let along = |at, room: i32, first, length: i32| {
            if length <= room { first - (room - length) / 2 } else { at }
        };
        (along(view.x, view.w, all.x, all.w), along(view.y, view.h, all.y, all.h))
    }

    /// Like [`Layout::scroll_to`] for something by name, showing what hangs on it too as far as there is room. The view
    /// stays where the thing is folded away or gone.
    pub fn follow(&self, view: Area, what: What, margin: i32) -> (i32, i32) {
        let Some(at) = self.index(what) else { return (view.x, view.y) };
        let target = self.boxes[at].area;
        let whole = self.children(at).map(|i| self.boxes[i].area).fold(target, Area::around);
        let (x, y) = match (whole.w <= view.w, whole.h <= view.h) {
            (true, true) => self.scroll_to(view, whole, margin),
            (true, false) => self.scroll_to(view, Area { x: whole.x, w: whole.w, ..target }, margin),
            (false, true) => self.scroll_to(view, Area { y: whole.y, h: whole.h, ..target }, margin),
            (false, false) => (view.x, view.y),
        };
        self.scroll_to(Area { x, y, ..view }, target, margin)
    }

    fn sideways(&self, from: What, towards: Side) -> Option<What> {
        let placed = self.find(from)?;
        if from == What::Centre {
            let row = placed.area.y + (placed.area.h - 1) / 2;
            let branches = self.branches().filter(|b| b.side == towards);
            return branches.min_by_key(|b| (b.area.y - row).abs()).map(|b| b.what);
        }
        if placed.side == towards { self.outward(from) } else { self.inward(from) }
    }

    fn branches(&self) -> impl Iterator<Item = &PlacedBox> {
        self.boxes.iter().filter(|b| matches!(b.what, What::Branch(_)))
    }

    /// A box and what it hangs on, up to its branch.
    fn with_ancestors(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |i| self.boxes[*i].parent)
            .filter(|i| self.boxes[*i].what != What::Centre)
    }

    /// The boxes hanging on one that can be walked to; in order.
    fn children(&self, at: usize) -> impl Iterator<Item = usize> {
        let depth = self.boxes[at].depth;
        let inside = self.boxes[at + 1..].iter().take_while(move |b| b.depth > depth);
        let all = inside.enumerate().map(move |(i, b)| (at + 1 + i, b));
        all.filter(move |(_, b)| b.parent == Some(at) && walkable(b)).map(|(i, _)| i)
    }

    fn sibling_after(&self, at: usize) -> Option<usize> {
        let (depth, side) = (self.boxes[at].depth, self.boxes[at].side);
        let rest = self.boxes[at + 1..].iter().enumerate();
        let mut rest = rest.take_while(|(_, b)| b.depth >= depth && b.side == side);
        rest.find(|(_, b)| b.depth == depth && walkable(b)).map(|(i, _)| at + 1 + i)
    }

    fn sibling_before(&self, at: usize) -> Option<usize> {
        let (depth, side) = (self.boxes[at].depth, self.boxes[at].side);
        let before = self.boxes[..at].iter().enumerate().rev();
        let mut before = before.take_while(|(_, b)| b.depth >= depth && b.side == side);
        before.find(|(_, b)| b.depth == depth && walkable(b)).map(|(i, _)| i)
    }
}

/// The ghost and the words on an empty branch cannot be selected, and the centre is no sibling of the branches.
fn walkable(placed: &PlacedBox) -> bool {
    matches!(placed.what, What::Branch(_) | What::Node(_))
}

/// One direction of [`Layout::scroll_to`]; each pair is a start and a length.
fn scroll(view: (i32, i32), all: (i32, i32), target: (i32, i32), margin: i32) -> i32 {
    let (at, room) = view;
    if all.1 <= room {
        let seen = at <= all.0 && all.0 + all.1 <= at + room;
        return if seen { at } else { all.0 - (room - all.1) / 2 };
    }
    let margin = margin.min((room - target.1) / 2).max(0);
    let (first, last) = (target.0 - margin, target.0 + target.1 + margin - room);
    // No further out than the map goes.
    let at = if target.1 > room { target.0 } else { at.clamp(last.min(first), first) };
    let (low, high) = (all.0, all.0 + all.1 - room);
    at.clamp(low, high)
}
