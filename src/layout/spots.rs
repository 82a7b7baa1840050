//! A map as it hangs in a picture: what can be selected, where it stands, and what an arrow or a click leads to there.
//!
//! A picture deals the branches to sides and columns of its own. Up and down go through a column; outwards to what hangs on
//! something, else into the next column; inwards to what it hangs on, from a branch into the column before, and so to the centre.
//! So everything leads to everything, and always the way the arrow points.

use super::causal::Towards;
use super::shape::{Area, What};
use crate::domain::Side;

/// Something that can be selected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// What stands there. A branch that is broken into parts stands over each of them.
    pub what: What,
    /// Where, in whatever the picture is counted in.
    pub area: Area,
    /// The column it stands in; none for the centre.
    pub column: Option<Column>,
    /// 0 for a branch, 1 for the twigs on it, and so on.
    pub depth: usize,
    /// The place among the spots of what it hangs on; none for the centre and the branches.
    pub parent: Option<usize>,
}

/// A side of the centre, and how far out on it.
pub type Column = (Side, usize);

/// All of a picture: column by column, from above, each branch before what hangs on it, depth first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spots(pub Vec<Spot>);

impl Spots {
    /// Where something stands: at the place where it was met last, if it is that, else at the first.
    pub fn find(&self, what: What, last: Option<usize>) -> Option<usize> {
        let is_it = |at: &usize| self.0.get(*at).is_some_and(|spot| spot.what == what);
        last.filter(is_it).or_else(|| self.0.iter().position(|spot| spot.what == what))
    }

    /// The spot at a point, or the nearest one not further away than so much in either direction.
    pub fn under(&self, (x, y): (i32, i32), (w, h): (i32, i32)) -> Option<usize> {
        let off = |a: Area| (outside(x, a.x, a.right()), outside(y, a.y, a.bottom()));
        let near = self.0.iter().enumerate().map(|(i, spot)| (i, off(spot.area)));
        let near = near.filter(|(_, (aside, away))| *aside <= w && *away <= h);
        near.min_by_key(|(_, (aside, away))| aside + away).map(|(i, _)| i)
    }

    /// What an arrow leads to.
    pub fn step(&self, from: usize, towards: Towards) -> Option<usize> {
        let here = self.0.get(from)?;
        let side = if towards == Towards::Left { Side::Left } else { Side::Right };
        match (here.column, towards) {
            (None, Towards::Left | Towards::Right) => {
                self.nearest(here, |spot| spot.depth == 0 && spot.column == Some((side, 0)))
            }
            (None, _) => {
                let up = towards == Towards::Up;
                let that_way =
                    |spot: &Spot| if up { middle(spot) < middle(here) } else { middle(spot) > middle(here) };
                let is_first = |spot: &Spot| spot.depth == 0 && spot.column.is_some_and(|(_, out)| out == 0);
                self.nearest(here, |spot| is_first(spot) && that_way(spot))
            }
            (Some(_), Towards::Up) => self.before(from),
            (Some(_), Towards::Down) => self.after(from),
            (Some((own, out)), _) if own == side => {
                let child = self.0.get(from + 1).is_some_and(|next| next.parent == Some(from));
                let beyond = || self.nearest(here, |spot| spot.column == Some((own, out + 1)));
                child.then_some(from + 1).or_else(beyond)
            }
            (Some((_, 0)), _) => here.parent.or_else(|| self.0.iter().position(|spot| spot.column.is_none())),
            (Some((own, out)), _) => {
                here.parent.or_else(|| self.nearest(here, |spot| spot.column == Some((own, out - 1))))
            }
        }
    }

    /// Whatever stands most level with something, the closest of those.
    fn nearest(&self, here: &Spot, wanted: impl Fn(&Spot) -> bool) -> Option<usize> {
        let spots = self.0.iter().enumerate().filter(|(_, spot)| wanted(spot));
        let aside = |a: Area, b: Area| (a.x - b.right()).max(b.x - a.right()).max(0);
        let off = |spot: &Spot| ((middle(spot) - middle(here)).abs(), aside(spot.area, here.area));
        spots.min_by_key(|(_, spot)| off(spot)).map(|(i, _)| i)
    }

    /// The sibling after, or in the block below the first thing as far out.
    fn after(&self, from: usize) -> Option<usize> {
        let here = &self.0[from];
        let below =
            self.0.iter().enumerate().skip(from + 1).take_while(|(_, spot)| spot.column == here.column);
        let (mut found, _) = below.into_iter().find(|(_, spot)| spot.depth <= here.depth)?;
        while self.0[found].depth < here.depth
            && self.0.get(found + 1).is_some_and(|s| s.parent == Some(found))
        {
            found += 1;
        }
        Some(found)
    }

    /// The sibling before, or in the block above the last thing as far out.
    fn before(&self, from: usize) -> Option<usize> {
        let here = &self.0[from];
        let above = |i: usize| i.checked_sub(1).filter(|i| self.0[*i].column == here.column);
        let (mut own, mut at) = (from, above(from)?);
        // What is less deep than all that was passed is what it hangs on: on to what stands before that.
        while self.0[at].depth != self.0[own].depth {
            own = if self.0[at].depth < self.0[own].depth { at } else { own };
            at = above(at)?;
        }
        let children = |at: usize| (at + 1..from).rev().find(|i| self.0[*i].parent == Some(at));
        while let Some(last) = children(at).filter(|_| self.0[at].depth < here.depth) {
            at = last;
        }
        Some(at)
    }
}

/// How far a point lies outside a stretch.
fn outside(at: i32, from: i32, to: i32) -> i32 {
    (from - at).max(at - to + 1).max(0)
}

fn middle(spot: &Spot) -> i32 {
    2 * spot.area.y + spot.area.h
}
