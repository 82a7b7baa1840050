//! The whole map on a wall: as wide and airy as there is room for, then in columns, and then folded by interest.
//!
//! People have learnt where things are. So what was decided stays ([`Wall`]): sides and columns change when the room does, and
//! otherwise at most once in [`ENTRIES`] entries, when everything moves closer.

mod arrange;
mod fold;
mod interest;
mod place;
mod sheet;
mod twigs;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use self::interest::Focus;

use self::arrange::Columns;
use self::twigs::Twigs;
use super::deal::deal;
use super::labels::{Issues, MapLabels};
use super::map::{self, Ghost, Layout, Spacing};
use super::signs::Signs;
use super::words::Words;
use crate::domain::{Branch, Dossier, Id, Kind, Node, Side, Tree};

/// So many entries at least lie between two changes of the whole.
pub const ENTRIES: usize = 20;

/// Until so many twigs stand, room for the first words is kept free at either side, so that they do not push it all together.
const FIRST: usize = 10;

/// So much longer the first words are than what stands on a branch without any.
const FIRST_WORDS: i32 = 16;

/// So many walls for other rooms are kept.
const ASIDE: usize = 6;

/// All a wall depends on.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The meeting, for the words of its twigs and branches.
    pub dossier: &'a Dossier,
    /// How its twigs hang.
    pub tree: &'a Tree,
    /// What is written in the middle.
    pub centre: &'a [String],
    /// Twigs under which nothing is shown.
    pub folded: &'a BTreeSet<Id<Node>>,
    /// Branches, by their indices, on which nothing is shown.
    pub folded_branches: &'a BTreeSet<usize>,
    /// One branch alone, without the centre.
    pub only_branch: Option<usize>,
    /// The signs of the terminal.
    pub signs: &'static Signs,
    /// The twig that is being written.
    pub ghost: Option<&'a Ghost>,
    /// Columns and rows.
    pub room: (i32, i32),
    /// What is looked at.
    pub focus: Focus<'a>,
}

/// How close things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Density {
    /// Each level in a column of its own, lines of words at most so wide.
    Levels(Spacing, usize),
    /// In columns, each twig below what it hangs on; what does not fit is folded.
    #[default]
    Columns,
}

/// From the loosest to the closest.
const DENSITIES: [Density; 5] = [
    Density::Levels(Spacing::Roomy, 40),
    Density::Levels(Spacing::Roomy, 24),
    Density::Levels(Spacing::Normal, 32),
    Density::Levels(Spacing::Normal, 24),
    Density::Columns,
];

/// What a wall is made for: the room, the branch and the kind that are seen alone, and whether all branches are folded by hand.
type MadeFor = ((i32, i32), Option<usize>, Option<Kind>, bool);

/// What is kept from one layout to the next, so that words stay where people have seen them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wall {
    made_for: Option<MadeFor>,
    /// Those for other rooms, the latest last: people come back to them.
    aside: Vec<Wall>,
    density: Density,
    sides: Vec<Side>,
    columns: Option<Columns>,
    /// So many twigs there were when the whole was changed last.
    twigs: usize,
    /// Something is folded because there is no room for it.
    folds: bool,
}

impl Wall {
    /// The map in its room.
    pub fn lay_out(&mut self, input: &Input<'_>, words: &mut Words) -> Layout {
        let branches = input.dossier.meeting.branches.len();
        let bare = branches > 0 && input.folded_branches.len() == branches;
        let made_for = Some((input.room, input.only_branch, input.focus.only, bare));
        if self.made_for != made_for && !self.comes_back(made_for) {
            let before = std::mem::take(self);
            let sides = before.sides.clone();
            *self = Self { made_for, sides, ..Self::default() };
            self.put_aside(before);
            self.settle(input, words, &DENSITIES);
        }
        let new = input.dossier.meeting.branches.iter().skip(self.sides.len());
        self.sides.extend(new.map(|branch| branch.side));
        if let Density::Levels(spacing, wrap) = self.density {
            // How close things stand is found without the words that are only being typed: they may still be taken back.
            let layout = self.levels((spacing, wrap), input, words);
            let fits = fits(&layout, input.room);
            if fits && input.ghost.is_none() {
                return layout;
            }
            let bare = Input { ghost: None, ..*input };
            if fits || self::fits(&self.levels((spacing, wrap), &bare, words), input.room) {
                return layout;
            }
            // Straight to the closest: everything moves once, and then not for a while.
            self.settle(input, words, &[Density::Columns]);
        }
        self.in_columns(input, words)
    }

    /// Goes on with the wall that was put aside for this.
    fn comes_back(&mut self, made_for: Option<MadeFor>) -> bool {
        let Some(at) = self.aside.iter().position(|wall| wall.made_for == made_for) else { return false };
        let back = self.aside.remove(at);
        let before = std::mem::replace(self, back);
        self.put_aside(before);
        true
    }

    fn put_aside(&mut self, mut wall: Wall) {
        self.aside = std::mem::take(&mut wall.aside);
        self.aside.push(wall);
        if self.aside.len() > ASIDE {
            self.aside.remove(0);
        }
    }

    /// Whether something is folded because there is no room for it.
    pub fn folds(&self) -> bool {
        self.folds
    }

    /// Whether what is looked at decides what is seen.
    pub fn follows(&self) -> bool {
        self.density == Density::Columns
    }

    /// Takes the loosest of some densities that leaves room to grow. Sides are dealt anew, but for a part of the map.
    fn settle(&mut self, input: &Input<'_>, words: &mut Words, densities: &[Density]) {
        let bare = Input { ghost: None, ..*input };
        // Of a part the branches stand where they stand on the whole map.
        let whole = input.focus.only.is_none();
        if whole {
            self.sides = deal(input.dossier, input.tree, &self.sides);
        }
        self.twigs = input.dossier.nodes.len();
        self.columns = None;
        // So much is left for the next words, so that the first of them do not push the others out of sight.
        let first = if whole && self.twigs < FIRST { 2 * FIRST_WORDS } else { 0 };
        let room = (input.room.0 - 4 - first, input.room.1 - 2);
        let holds = |density: &&Density| match **density {
            Density::Levels(spacing, wrap) => {
                may_fit(input) && fits(&self.levels((spacing, wrap), &bare, words), room)
            }
            Density::Columns => true,
        };
        let density = densities.iter().find(holds).copied();
        self.density = density.unwrap_or_default();
    }

    fn levels(&self, (spacing, wrap): (Spacing, usize), input: &Input<'_>, words: &mut Words) -> Layout {
        let side = |(i, branch): (usize, &Branch)| self.sides.get(i).copied().unwrap_or(branch.side);
        let sides: Vec<Side> = input.dossier.meeting.branches.iter().enumerate().map(side).collect();
        let input = map::Input {
            dossier: input.dossier,
            tree: input.tree,
            sides: &sides,
            centre: input.centre,
            folded: input.folded,
            folded_branches: input.folded_branches,
            only_branch: input.only_branch,
            wrap,
            spacing,
            labels: &MapLabels {
                signs: input.signs,
                issues: Issues::Labelled,
                part: input.focus.only.is_some(),
            },
            ghost: input.ghost,
        };
        map::lay_out(&input, words)
    }

    fn in_columns(&mut self, input: &Input<'_>, words: &mut Words) -> Layout {
        let count = input.dossier.nodes.len();
        words.prepare(count);
        let twigs = Twigs::new(input);
        // Words that are only being typed may still be taken back: nothing is decided by them.
        let due = input.ghost.is_none() && count >= self.twigs + ENTRIES;
        let kept = self.columns.take().filter(|kept| {
            // What was dealt stays, unless much more could be seen.
            !due || !kept.clone().is_outgrown(&twigs, input, &self.sides)
        });
        if kept.is_none() && due {
            self.sides = deal(input.dossier, input.tree, &self.sides);
        }
        if due {
            self.twigs = count;
        }
        let mut columns = kept.unwrap_or_else(|| Columns::new(&twigs, input, &self.sides));
        let (layout, folds) = place::place(&twigs, input, &mut columns, &self.sides, words);
        self.folds = folds && (self.folds || input.ghost.is_none());
        self.columns = Some(columns);
        layout
    }
}

/// Whether the twigs could all be seen with a level in each column: at the least each that nothing hangs on has a row on one of
/// two sides. To lay out what is far too much takes long.
fn may_fit(input: &Input<'_>) -> bool {
    let open = input.folded.is_empty() && input.folded_branches.is_empty();
    let ends = || input.dossier.nodes.keys().filter(|id| input.tree.children(**id).is_empty()).count();
    !open || input.only_branch.is_some() || ends() <= 2 * input.room.1.unsigned_abs() as usize
}

fn fits(layout: &Layout, room: (i32, i32)) -> bool {
    layout.bounds.w <= room.0 && layout.bounds.h <= room.1
}
