//! What is asked of a finished chart: what lies beside an issue, and how far to scroll.

use super::{Chart, Flow, Group};
use crate::domain::{Id, Node};
use crate::layout::shape::{Area, PlacedBox, What};

/// A direction as seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    /// ↑.
    Up,
    /// ↓.
    Down,
    /// ←.
    Left,
    /// →.
    Right,
}

/// What is looked for along the flow, or against it.
#[derive(Clone, Copy)]
enum Linked {
    Effect,
    Cause,
}

impl Chart {
    /// What an arrow leads to: with the flow the nearest of what an issue brings about, against it the nearest cause, across
    /// it the neighbour in the layer; where there is none, the nearest thing that way, first in the own group.
    ///
    /// So every issue can be reached from every other. Across the flow one comes through all of a layer. There are as many
    /// layers as the longest chain of links has issues, so it has one in each (a link that leads back makes no chain longer
    /// than the way it closes); with the nearest layer first, one comes along it from each layer to the next, and back.
    /// What stands outermost in a group, in any direction, has neither links nor neighbours further out: from there one comes to
    /// the next group of the row, or to the next row.
    pub fn step(&self, from: Id<Node>, towards: Towards) -> Option<Id<Node>> {
        let at = self.boxes.iter().position(|b| b.what == What::Node(from))?;
        let own = self.groups.iter().position(|group| group.boxes.contains(&at))?;
        let (here, boxes) = (&self.boxes[at], &self.boxes[self.groups[own].boxes.clone()]);
        let layer = || boxes.iter().filter(|b| b.depth == here.depth);
        let found = match (self.flow, towards) {
            (Flow::Right, Towards::Right) | (Flow::Down, Towards::Down) => self.linked(here, Linked::Effect),
            (Flow::Right, Towards::Left) | (Flow::Down, Towards::Up) => self.linked(here, Linked::Cause),
            (_, Towards::Right | Towards::Down) => layer().skip_while(|b| b.what != here.what).nth(1),
            (_, Towards::Left | Towards::Up) => layer().take_while(|b| b.what != here.what).last(),
        };
        found.or_else(|| self.beyond(here, own, towards)).and_then(|found| match found.what {
            What::Node(id) => Some(id),
            _ => None,
        })
    }

    /// The nearest of them; no link leads past what lies on a longer way.
    fn linked(&self, here: &PlacedBox, wanted: Linked) -> Option<&PlacedBox> {
        let lines = self.lines.iter().filter(|l| !l.back).map(|l| match wanted {
            Linked::Effect => (l.from, l.to),
            Linked::Cause => (l.to, l.from),
        });
        let ends =
            lines.filter(|(from, _)| What::Node(*from) == here.what).filter_map(|(_, to)| self.find(to));
        let middle = |a: Area| if self.flow == Flow::Down { 2 * a.x + a.w } else { 2 * a.y + a.h };
        ends.min_by_key(|b| (b.depth.abs_diff(here.depth), (middle(b.area) - middle(here.area)).abs()))
    }

    /// The nearest box that lies wholly in a direction: of the own group, as long as any does, else of the group or row there.
    fn beyond(&self, here: &PlacedBox, own: usize, towards: Towards) -> Option<&PlacedBox> {
        let a = here.area;
        let distance = |b: Area| match towards {
            Towards::Up => (a.y - b.bottom(), apart((a.x, a.right()), (b.x, b.right()))),
            Towards::Down => (b.y - a.bottom(), apart((a.x, a.right()), (b.x, b.right()))),
            Towards::Left => (a.x - b.right(), apart((a.y, a.bottom()), (b.y, b.bottom()))),
            Towards::Right => (b.x - a.right(), apart((a.y, a.bottom()), (b.y, b.bottom()))),
        };
        let sideways = matches!(towards, Towards::Left | Towards::Right);
        let row = self.groups[own].row;
        let is_next = |i: usize, group: &Group| match towards {
            Towards::Up => group.row + 1 == row,
            Towards::Down => group.row == row + 1,
            Towards::Left => group.row == row && i + 1 == own,
            Towards::Right => group.row == row && i == own + 1,
        };
        let ahead_in = |group: &Group| {
            let boxes = self.boxes[group.boxes.clone()].iter();
            boxes.map(|b| (distance(b.area), b)).filter(|((ahead, _), _)| *ahead >= 0)
        };
        let mut found: Vec<((i32, i32), &PlacedBox)> = ahead_in(&self.groups[own]).collect();
        if found.is_empty() {
            let next = self.groups.iter().enumerate().filter(|(i, group)| is_next(*i, group));
            found = next.flat_map(|(_, group)| ahead_in(group)).collect();
        } else if sideways {
            // Sideways one stays in the row; up and down one may go aside, and a column is half a row.
            found.retain(|((ahead, aside), _)| 2 * aside <= ahead / 2 + 2);
        }
        let nearest = found
            .into_iter()
            .min_by_key(|((ahead, aside), _)| if sideways { ahead + 8 * aside } else { 4 * ahead + aside });
        nearest.map(|(_, b)| b)
    }

    /// Where to move a view so that an issue lies wholly in it, with the root and its neighbours as far as there is room; the
    /// view stays where the issue is not on the chart.
    pub fn follow(&self, view: Area, id: Id<Node>) -> (i32, i32) {
        let Some(here) = self.find(id) else { return (view.x, view.y) };
        let mut shown = here.area;
        let lines = self.lines.iter().filter(|l| l.from == id || l.to == id);
        let beside = self.root.into_iter().chain(lines.flat_map(|line| [line.from, line.to]));
        for other in beside.filter_map(|id| self.find(id)) {
            let wider = shown.around(other.area);
            if wider.w + 2 <= view.w && wider.h <= view.h {
                shown = wider;
            }
        }
        let all = Area { x: self.bounds.x - 1, w: self.bounds.w + 2, ..self.bounds };
        (
            scroll((view.x, view.w), (all.x, all.w), (shown.x - 1, shown.w + 2)),
            scroll((view.y, view.h), (all.y, all.h), (shown.y, shown.h)),
        )
    }
}

/// How many cells two spans lie apart; 0 where they meet.
fn apart(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.1 + 1).max(b.0 - a.1 + 1).max(0)
}

/// One direction of [`Chart::follow`]; each pair is a start and a length.
fn scroll(view: (i32, i32), all: (i32, i32), target: (i32, i32)) -> i32 {
    let (at, room) = view;
    if all.1 <= room {
        return all.0 - (room - all.1) / 2;
    }
    let at = if target.1 > room { target.0 } else { at.clamp(target.0 + target.1 - room, target.0) };
    at.clamp(all.0, all.0 + all.1 - room)
}
