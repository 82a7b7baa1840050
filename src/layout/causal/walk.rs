//! What is asked of a finished chart: what lies beside an issue.

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
    ///
    /// Where not all issues have room one comes to the others, too: the chart of all of them is gone along.
    pub fn step(&self, from: Id<Node>, towards: Towards) -> Option<Id<Node>> {
        if let Some(all) = &self.all {
            return all.step(from, towards);
        }
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

    /// The cell in the upper left corner of a room in the middle of which it stands.
    pub fn centred(&self, room: (i32, i32)) -> (i32, i32) {
        let all = self.bounds;
        (all.x - (room.0 - all.w) / 2, all.y - (room.1 - all.h) / 2)
    }

    /// Whether it is a chart of this issue, even if that had no room.
    pub fn knows(&self, id: Id<Node>) -> bool {
        self.all.as_deref().unwrap_or(self).find(id).is_some()
    }
}

/// How many cells two spans lie apart; 0 where they meet.
fn apart(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.1 + 1).max(b.0 - a.1 + 1).max(0)
}
