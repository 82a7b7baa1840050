//! The twigs in reading order, with all that columns and folding ask of them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Input;
use crate::domain::map::Place;
use crate::domain::{Action, Id, Node, ideas};
use crate::layout::measure::width;
use crate::layout::words::Lines;

/// A twig, or the one that is being written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Twig<'a> {
    /// None: it is being written.
    pub(super) node: Option<&'a Node>,
    /// Where in the order the one stands that it hangs on; none on a branch.
    pub(super) parent: Option<usize>,
    pub(super) branch: usize,
    /// 1 on a branch, 2 on a twig of it, and so on.
    pub(super) depth: usize,
    /// Behind the last that hangs on it.
    pub(super) end: usize,
    /// The cells of its words in one line.
    pub(super) cells: usize,
    /// Folded away by hand.
    pub(super) closed: bool,
}

/// What is written in the middle takes so many rows at most.
const HEAD: usize = 2;

/// All of them, and where each branch begins and ends.
pub(super) struct Twigs<'a> {
    /// What is written in the middle, over the columns.
    pub(super) head: Lines,
    /// The rows of a column.
    pub(super) rows: i32,
    pub(super) all: Vec<Twig<'a>>,
    pub(super) branches: Vec<Range<usize>>,
    /// The ideas that have become actions.
    pub(super) planned: BTreeMap<Id<Node>, Id<Action>>,
}

/// What waits to be put in order, last first.
#[derive(Clone, Copy)]
struct Waiting {
    id: Option<Id<Node>>,
    parent: Option<usize>,
    depth: usize,
    closed: bool,
}

impl<'a> Twigs<'a> {
    pub(super) fn new(input: &Input<'a>) -> Self {
        let count = input.tree.branches();
        let (all, branches) = (Vec::with_capacity(input.dossier.nodes.len() + 1), Vec::with_capacity(count));
        let wide = (input.room.0 / 2).max(20) as usize;
        let head = Lines::of(&input.centre.join("　"), wide).cut(HEAD, wide, input.signs.cut);
        let over = if input.only_branch.is_some() { 0 } else { head.lines.len() as i32 };
        let (rows, planned) = ((input.room.1 - over).max(1), ideas::planned(input.dossier));
        let mut twigs = Self { head, rows, all, branches, planned };
        let mut waiting = Vec::new();
        for branch in 0..count {
            let first = twigs.all.len();
            let there = input.only_branch.is_none_or(|only| only == branch);
            if there {
                let closed = input.folded_branches.contains(&branch) && input.only_branch.is_none();
                let on = Waiting { id: None, parent: None, depth: 1, closed };
                await_all(input, input.tree.roots(branch), Place::Branch(branch), on, &mut waiting);
            }
            while let Some(next) = waiting.pop() {
                twigs.put(input, branch, next, &mut waiting);
            }
            twigs.branches.push(first..twigs.all.len());
        }
        twigs.close_ranges();
        twigs
    }

    fn put(&mut self, input: &Input<'a>, branch: usize, next: Waiting, waiting: &mut Vec<Waiting>) {
        let node = next.id.and_then(|id| input.dossier.nodes.get(&id));
        if node.is_none() && next.id.is_some() {
            return;
        }
        let at = self.all.len();
        let text = node.map_or_else(|| input.ghost.map_or("", |ghost| &ghost.node.text), |node| &node.text);
        let Waiting { parent, depth, closed, .. } = next;
        // What is being written is seen wherever it goes.
        let hidden = closed && next.id.is_some();
        self.all.push(Twig { node, parent, branch, depth, end: at + 1, cells: width(text), closed: hidden });
        let Some(id) = next.id else { return };
        let closed = closed || input.folded.contains(&id);
        let on = Waiting { id: None, parent: Some(at), depth: depth + 1, closed };
        await_all(input, input.tree.children(id), Place::Under(id), on, waiting);
    }

    /// Whoever hangs on something ends no later than it.
    fn close_ranges(&mut self) {
        for i in (0..self.all.len()).rev() {
            if let Some(parent) = self.all[i].parent {
                self.all[parent].end = self.all[parent].end.max(self.all[i].end);
            }
        }
    }

    /// Where a twig stands in the order.
    pub(super) fn find(&self, id: Id<Node>) -> Option<usize> {
        self.all.iter().position(|twig| twig.node.is_some_and(|node| node.id == id))
    }

    /// Where the twig stands that is being written.
    pub(super) fn ghost(&self) -> Option<usize> {
        self.all.iter().position(|twig| twig.node.is_none())
    }

    /// From a twig inwards, itself first.
    pub(super) fn inwards(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |i| self.all[*i].parent)
    }

    /// What hangs on a twig, or on a branch, directly.
    pub(super) fn children(&self, parent: Option<usize>, branch: usize) -> impl Iterator<Item = usize> {
        let (first, end) = match parent {
            Some(at) => (at + 1, self.all[at].end),
            None => (self.branches[branch].start, self.branches[branch].end),
        };
        std::iter::successors(Some(first), |i| Some(self.all.get(*i)?.end)).take_while(move |i| *i < end)
    }
}

/// Puts what hangs on something on the pile, last first, with the ghost where it belongs.
fn await_all(input: &Input<'_>, children: &[Id<Node>], last: Place, on: Waiting, waiting: &mut Vec<Waiting>) {
    let ghost = input.ghost.map(|ghost| ghost.place);
    if ghost == Some(last) {
        waiting.push(on);
    }
    for id in children.iter().rev() {
        if ghost == Some(Place::After(*id)) {
            waiting.push(on);
        }
        waiting.push(Waiting { id: Some(*id), ..on });
    }
}
