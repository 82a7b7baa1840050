//! How much each twig matters now: the degree of interest after Furnas (1986), for trees as Card and Nation (2002) use it.
//!
//! What is far from the selection, long ago and without a sign gives way first. No clock is asked: what was said last is the
//! last twigs, so a map does not change while nobody writes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::twigs::{Twig, Twigs};
use crate::domain::{Dossier, Id, Kind, Node};
use crate::layout::shape::What;

/// So many twigs were said just now.
const LATEST: usize = 12;

/// What hangs on the selection or beside it belongs to it as far as this part of a column's rows.
const BESIDE: usize = 5;

/// Words of about the same length are as good as each other: so many cells are one step.
const LENGTH: usize = 10;

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Focus<'a> {
    /// What is selected.
    pub selected: What,
    /// The branches by when they were visited, the latest first.
    pub visited: &'a [usize],
    /// What a search found.
    pub hits: &'a BTreeSet<Id<Node>>,
    /// The cause of a link that is being made.
    pub marked: Option<Id<Node>>,
    /// The issues the others come from.
    pub roots: &'a [Id<Node>],
    /// What is looked for: twigs of this kind.
    pub only: Option<Kind>,
    /// It is read and not written on, as on paper: nothing was said just now, and while an issue or a wish of a column is folded away
    /// nothing else of that column is seen. Of `roots` the first stay longest.
    pub still: bool,
}

/// Why a twig stays, from what gives way first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Deep,
    OnBranch,
    Signed,
    /// In the same part of the same branch as the selection.
    Near,
    /// An issue, a wish.
    Loud,
    Latest,
    /// What hangs on the selection, and near it beside it.
    Selected,
    Root,
    Found,
}

/// What one class is worth more than the one below.
const CLASS: i64 = 1_000 * 1_000 * 100 * 100 * 100;

/// What stays is worth so much.
const STAYS: i64 = Class::Loud as i64 * CLASS - CLASS / 2;

/// What must be seen, and how much the others matter.
pub(super) struct Interest {
    /// Where the hands are: the words being typed, the selection.
    pub(super) hands: Vec<usize>,
    /// Whatever an arrow key leads to from there. Like the hands these are seen whatever room there is.
    pub(super) near: Vec<usize>,
    /// What the selection hangs on, further in.
    pub(super) inwards: Vec<usize>,
    /// All twigs, the most interesting first; none before what it hangs on.
    pub(super) order: Vec<usize>,
    /// What stays before any of the others is seen, with or without what it hangs on: issues, wishes, what was said just now, what
    /// was found.
    pub(super) stay: Vec<usize>,
}

impl Interest {
    pub(super) fn new(twigs: &Twigs<'_>, dossier: &Dossier, focus: &Focus<'_>) -> Self {
        let selected = match focus.selected {
            What::Node(id) => twigs.find(id),
            _ => None,
        };
        let mut worth = worths(twigs, dossier, focus, selected);
        let open = |i: &usize| !twigs.all[*i].closed;
        let ranked = |worth: &[i64], least: i64| {
            let mut ranked: Vec<usize> = (0..worth.len()).filter(|i| open(i) && worth[*i] >= least).collect();
            ranked.sort_unstable_by_key(|i| (Reverse(worth[*i]), *i));
            ranked
        };
        let stay = in_turns(ranked(&worth, STAYS), |i| (class_of(worth[i]), twigs.all[i].branch));
        // Nothing else is seen without what it hangs on.
        for i in (0..worth.len()).rev() {
            if let Some(parent) = twigs.all[i].parent {
                worth[parent] = worth[parent].max(worth[i]);
            }
        }
        let order = ranked(&worth, i64::MIN);
        let hands = twigs.ghost().into_iter().chain(selected).filter(open).collect();
        let near = near(twigs, focus, selected).into_iter().filter(open).collect();
        let inwards = selected.into_iter().flat_map(|at| twigs.inwards(at).skip(2)).filter(open).collect();
        Self { hands, near, inwards, order, stay }
    }
}

/// The class of a twig that is worth so much, as a number.
fn class_of(worth: i64) -> i64 {
    (worth + CLASS / 2).div_euclid(CLASS)
}

/// The same order, but where not all have room one of each class and branch comes first, then another of each: what was said
/// last on one branch does not push the issues of its neighbours out. What belongs to the selection and what was found goes
/// before all that.
fn in_turns(order: Vec<usize>, of: impl Fn(usize) -> (i64, usize)) -> Vec<usize> {
    let mut given: BTreeMap<(i64, usize), usize> = BTreeMap::new();
    let turn = |i: usize| match of(i) {
        (class, _) if class > Class::Latest as i64 => (0, i),
        group => {
            let given = given.entry(group).or_default();
            *given += 1;
            (*given, i)
        }
    };
    let mut turns: Vec<(usize, usize)> = order.into_iter().map(turn).collect();
    turns.sort_by_key(|(turn, _)| *turn);
    turns.into_iter().map(|(_, i)| i).collect()
}

fn near(twigs: &Twigs<'_>, focus: &Focus<'_>, selected: Option<usize>) -> Vec<usize> {
    let mut near: Vec<usize> = twigs.ghost().and_then(|at| twigs.all[at].parent).into_iter().collect();
    if let What::Branch(branch) = focus.selected
        && branch < twigs.branches.len()
    {
        near.extend(twigs.children(None, branch).next());
    }
    if let Some(at) = selected {
        let Twig { parent, branch, .. } = twigs.all[at];
        let siblings = || twigs.children(parent, branch);
        near.extend(parent);
        near.extend(siblings().take_while(|i| *i < at).last());
        // The next row when nothing hangs on it: a sibling of its own, or of what it hangs on.
        near.extend(Some(twigs.all[at].end).filter(|next| *next < twigs.branches[branch].end));
        near.extend(twigs.children(Some(at), branch).next());
    }
    near
}

fn worths(twigs: &Twigs<'_>, dossier: &Dossier, focus: &Focus<'_>, selected: Option<usize>) -> Vec<i64> {
    let latest = dossier.nodes.keys().rev().nth(LATEST - 1);
    let times = || dossier.nodes.values().map(|node| node.at.timestamp());
    let (first, last) = (times().min().unwrap_or(0), times().max().unwrap_or(0));
    let on = selected.map(|at| (at..twigs.all[at].end, twigs.all[at].parent, twigs.all[at].branch));
    let near = selected.and_then(|at| twigs.inwards(at).last()).map(|top| top..twigs.all[top].end);
    let branch = match focus.selected {
        What::Branch(branch) => Some(branch),
        _ => None,
    };
    let visited = |branch: usize| {
        let at = focus.visited.iter().position(|b| *b == branch);
        at.unwrap_or(focus.visited.len()) as i64
    };
    let visited: Vec<i64> = (0..twigs.branches.len()).map(visited).collect();
    let class = |i: usize, twig: &Twig<'_>| {
        let Some(node) = twig.node else { return Class::Found };
        let beside = on.as_ref().is_some_and(|(subtree, parent, branch)| {
            let near = subtree.start.abs_diff(i) <= twigs.rows.unsigned_abs() as usize / BESIDE;
            near && (subtree.contains(&i) || twig.parent == *parent && twig.branch == *branch)
        });
        match node.kind {
            _ if focus.hits.contains(&node.id) || focus.marked == Some(node.id) => Class::Found,
            kind if focus.only == Some(kind) => Class::Found,
            _ if focus.roots.contains(&node.id) => Class::Root,
            _ if beside || (twig.depth == 1 && branch == Some(twig.branch)) => Class::Selected,
            _ if !focus.still && latest.is_none_or(|latest| node.id >= *latest) => Class::Latest,
            Kind::Issue | Kind::Feeling => Class::Loud,
            _ if near.as_ref().is_some_and(|near| near.contains(&i)) => Class::Near,
            Kind::Strength | Kind::Unknown | Kind::Idea => Class::Signed,
            Kind::Fact if twig.depth == 1 => Class::OnBranch,
            Kind::Fact => Class::Deep,
        }
    };
    let worth = |(i, twig): (usize, &Twig<'_>)| {
        // Among equals the branch counts that was visited last, then what takes little room, then what is further in, then what is
        // new.
        let age = twig.node.map_or(last, |node| node.at.timestamp()) - first;
        let age = age * 99 / (last - first).max(1);
        let apart = selected.map_or(0, |at| at.abs_diff(i)).min(999) as i64;
        let class = class(i, twig);
        let apart = match (class, twig.node) {
            (Class::Selected, _) => apart,
            (Class::Root, Some(node)) if focus.still => {
                focus.roots.iter().position(|root| *root == node.id).unwrap_or(0).min(999) as i64
            }
            _ => 0,
        };
        let depth = twig.depth.min(99) as i64;
        let length = (twig.cells / LENGTH).min(99) as i64;
        let rank = -apart * 1_000 - visited[twig.branch];
        class as i64 * CLASS + ((rank * 100 - length) * 100 - depth) * 100 + age
    };
    twigs.all.iter().enumerate().map(worth).collect()
}

/// The twigs of a column that wait for room in it.
#[derive(Default)]
pub(super) struct Queue {
    /// What stays, the most urgent first.
    pub(super) must: Vec<usize>,
    /// All of them by interest, but with some of each branch first.
    pub(super) order: Vec<usize>,
}

impl Queue {
    /// Whether something that stays has no room yet.
    pub(super) fn waits(&self, shown: &[bool]) -> bool {
        self.must.iter().any(|i| !shown[*i])
    }
}

/// What waits for room in each column.
pub(super) fn queues(twigs: &Twigs<'_>, interest: &Interest, at: &[usize], columns: usize) -> Vec<Queue> {
    let mut queues: Vec<Queue> = (0..columns).map(|_| Queue::default()).collect();
    for i in interest.inwards.iter().chain(&interest.stay) {
        queues[at[*i]].must.push(*i);
    }
    for i in &interest.order {
        queues[at[*i]].order.push(*i);
    }
    for queue in &mut queues {
        queue.order = fairly(&queue.order, |i| twigs.all[i].branch, twigs.rows);
    }
    queues
}

/// The same order, but with some of each branch first: half of the rows of a column are shared among its branches.
fn fairly(order: &[usize], branch: impl Fn(usize) -> usize, rows: i32) -> Vec<usize> {
    let branches: BTreeSet<usize> = order.iter().map(|i| branch(*i)).collect();
    let share = rows.unsigned_abs() as usize / (2 * branches.len().max(1));
    let mut given: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut first, rest): (Vec<usize>, Vec<usize>) = order.iter().partition(|i| {
        let given = given.entry(branch(**i)).or_default();
        *given += 1;
        *given <= share
    });
    first.extend(rest);
    first
}
