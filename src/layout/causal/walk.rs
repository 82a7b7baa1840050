//! What is asked of a finished chart: what lies beside an issue, and how far to scroll.

use super::{Chart, Flow};
use crate::domain::{Id, Node};
use crate::layout::shape::{Area, PlacedBox, What};

/// A direction as seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towards {
    Up,
    Down,
    Left,
    Right,
}

impl Chart {
    /// What lies beside an issue: with the flow the nearest of what it brings about, against it the nearest cause, else the
    /// nearest thing that way.
    pub fn step(&self, from: Id<Node>, towards: Towards) -> Option<Id<Node>> {
        let here = self.find(from)?;
        let along = match (self.flow, towards) {
            (Flow::Right, Towards::Right) | (Flow::Down, Towards::Down) => Some(true),
            (Flow::Right, Towards::Left) | (Flow::Down, Towards::Up) => Some(false),
            _ => None,
        };
        let linked = along.and_then(|with| {
            let lines = self.lines.iter().filter(|l| !l.back && from == if with { l.from } else { l.to });
            let ends = lines.map(|l| if with { l.to } else { l.from });
            nearest(here, ends.filter_map(|id| self.find(id)), self.flow == Flow::Down)
        });
        linked.or_else(|| self.beyond(here, towards)).and_then(|found| match found.what {
            What::Node(id) => Some(id),
            _ => None,
        })
    }

    /// The nearest box that lies wholly in a direction; what lies straight ahead comes first.
    fn beyond(&self, here: &PlacedBox, towards: Towards) -> Option<&PlacedBox> {
        let a = here.area;
        let distance = |b: Area| match towards {
            Towards::Up => (a.y - b.bottom(), apart((a.x, a.right()), (b.x, b.right()))),
            Towards::Down => (b.y - a.bottom(), apart((a.x, a.right()), (b.x, b.right()))),
            Towards::Left => (a.x - b.right(), apart((a.y, a.bottom()), (b.y, b.bottom()))),
            Towards::Right => (b.x - a.right(), apart((a.y, a.bottom()), (b.y, b.bottom()))),
        };
        let sideways = matches!(towards, Towards::Left | Towards::Right);
        let beyond = self.boxes.iter().map(|b| (distance(b.area), b)).filter(|((ahead, _), _)| *ahead >= 0);
        // Sideways one stays in the row; up and down one may go aside, and a column is half a row.
        let beyond = beyond.filter(|((ahead, aside), _)| !sideways || 2 * aside <= ahead / 2 + 2);
        beyond
            .min_by_key(|((ahead, aside), _)| if sideways { ahead + 8 * aside } else { 4 * ahead + aside })
            .map(|(_, b)| b)
    }

    /// Where to move a view so that an issue lies wholly in it with its neighbours as far as there is room; the view stays
    /// where the issue is not on the chart.
    pub fn follow(&self, view: Area, id: Id<Node>) -> (i32, i32) {
        let Some(here) = self.find(id) else { return (view.x, view.y) };
        let mut shown = here.area;
        for line in self.lines.iter().filter(|l| l.from == id || l.to == id) {
            for other in [line.from, line.to].into_iter().filter_map(|id| self.find(id)) {
                let wider = shown.around(other.area);
                if wider.w + 2 <= view.w && wider.h <= view.h {
                    shown = wider;
                }
            }
        }
        let all = Area { x: self.bounds.x - 1, w: self.bounds.w + 2, ..self.bounds };
        (
            scroll((view.x, view.w), (all.x, all.w), (shown.x - 1, shown.w + 2)),
            scroll((view.y, view.h), (all.y, all.h), (shown.y, shown.h)),
        )
    }
}

/// The nearest layer first, so that no link leads past what lies on a longer way.
fn nearest<'a>(
    from: &PlacedBox,
    boxes: impl Iterator<Item = &'a PlacedBox>,
    down: bool,
) -> Option<&'a PlacedBox> {
    let middle = |a: Area| if down { 2 * a.x + a.w } else { 2 * a.y + a.h };
    boxes.min_by_key(|b| (b.depth.abs_diff(from.depth), (middle(b.area) - middle(from.area)).abs()))
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
