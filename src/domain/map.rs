//! What can be done to the map, as changes: each function looks at a dossier and says what would change.

use std::collections::BTreeSet;

use super::{Change, Dossier, Id, Kind, Link, Node, Record, Tree};

/// Where a new twig goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Last on a branch, by the branch's index.
    Branch(usize),
    /// Last under a twig.
    Under(Id<Node>),
    /// Right after a twig, beside it.
    After(Id<Node>),
}

/// A direction to move a twig in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// Before the sibling above.
    Up,
    /// After the sibling below.
    Down,
    /// Under the sibling above.
    In,
    /// Beside its parent, after it.
    Out,
}

/// Space between two ranks, so that most insertions touch one record only.
const GAP: i64 = 1 << 16;

/// The branch title and parent a place means.
pub fn home_of(dossier: &Dossier, place: Place) -> (String, Option<Id<Node>>) {
    let title = |i: usize| dossier.meeting.branches.get(i).map(|b| b.title.clone()).unwrap_or_default();
    match place {
        Place::Branch(i) => (title(i), None),
        Place::Under(id) => (dossier.nodes.get(&id).map(|n| n.branch.clone()).unwrap_or_default(), Some(id)),
        Place::After(id) => {
            dossier.nodes.get(&id).map_or_else(|| (title(0), None), |n| (n.branch.clone(), n.parent))
        }
    }
}

/// Puts a node at a place: sets its branch, parent and rank, and makes room among its siblings where there is none.
pub fn add(dossier: &Dossier, tree: &Tree, mut node: Node, place: Place) -> Vec<Change> {
    let (branch, parent) = home_of(dossier, place);
    let siblings = siblings_at(dossier, tree, &branch, parent);
    let index = match place {
        Place::After(id) => siblings.iter().position(|s| *s == id).map_or(siblings.len(), |i| i + 1),
        _ => siblings.len(),
    };
    node.branch = branch;
    node.parent = parent;
    if node.kind == Kind::Issue && node.number == 0 {
        node.number = next_number(dossier);
    }
    let (rank, mut changes) = rank_at(dossier, siblings, index);
    node.rank = rank;
    changes.push(Change::add(node));
    changes
}

/// The number the next issue gets.
pub fn next_number(dossier: &Dossier) -> u32 {
    dossier.nodes.values().map(|n| n.number).max().unwrap_or(0).saturating_add(1)
}

/// Changes a node, whatever else stays. Links stand between issues: what is none any more loses its own.
pub fn change(dossier: &Dossier, id: Id<Node>, with: impl FnOnce(&mut Node)) -> Vec<Change> {
    let Some(before) = dossier.nodes.get(&id) else { return Vec::new() };
    let mut after = before.clone();
    with(&mut after);
    if after.kind == Kind::Issue && after.number == 0 {
        after.number = next_number(dossier);
    }
    if after == *before {
        return Vec::new();
    }
    let mut changes = Vec::new();
    if before.kind == Kind::Issue && after.kind != Kind::Issue {
        let links = dossier.links.values().filter(|l| l.from == id || l.to == id);
        changes.extend(links.cloned().map(Change::remove));
    }
    changes.push(Change::replace(before.clone(), after));
    changes
}

/// How many links some changes take away.
pub fn links_removed(changes: &[Change]) -> usize {
    changes.iter().filter(|c| matches!((&c.before, &c.after), (Some(Record::Link(_)), None))).count()
}

/// Removes a twig, what hangs on it, the links that end there, and what points at it from the plan and the evidence.
pub fn remove(dossier: &Dossier, tree: &Tree, id: Id<Node>) -> Vec<Change> {
    if !dossier.nodes.contains_key(&id) {
        return Vec::new();
    }
    let gone: BTreeSet<Id<Node>> = tree.subtree(id).into_iter().collect();
    let links = dossier.links.values().filter(|l| gone.contains(&l.from) || gone.contains(&l.to));
    let mut changes: Vec<Change> = links.cloned().map(Change::remove).collect();
    for action in dossier.actions.values().filter(|a| a.issue.is_some_and(|i| gone.contains(&i))) {
        let mut after = action.clone();
        after.issue = None;
        changes.push(Change::replace(action.clone(), after));
    }
    for evidence in dossier.evidence.values().filter(|e| e.node.is_some_and(|n| gone.contains(&n))) {
        let mut after = evidence.clone();
        after.node = None;
        changes.push(Change::replace(evidence.clone(), after));
    }
    // Children first, so that the way back finds each parent standing.
    changes.extend(
        tree.subtree(id).iter().rev().filter_map(|id| dossier.nodes.get(id)).cloned().map(Change::remove),
    );
    changes
}

/// Moves a twig with what hangs on it; empty where it cannot go further that way.
pub fn shift(dossier: &Dossier, tree: &Tree, id: Id<Node>, direction: Move) -> Vec<Change> {
    let Some(node) = dossier.nodes.get(&id) else { return Vec::new() };
    let siblings = siblings_at(dossier, tree, &node.branch, node.parent);
    let Some(at) = siblings.iter().position(|s| *s == id) else { return Vec::new() };
    match direction {
        Move::Up if at > 0 => place_among(dossier, tree, node, (node.branch.clone(), node.parent), at - 1),
        Move::Down if at + 1 < siblings.len() => {
            place_among(dossier, tree, node, (node.branch.clone(), node.parent), at + 1)
        }
        Move::In if at > 0 => {
            let parent = siblings[at - 1];
            let last = tree.children(parent).len();
            place_among(dossier, tree, node, (node.branch.clone(), Some(parent)), last)
        }
        Move::Out => {
            let Some(parent) = node.parent.and_then(|p| dossier.nodes.get(&p)) else {
                return Vec::new();
            };
            let uncles = siblings_at(dossier, tree, &parent.branch, parent.parent);
            let after = uncles.iter().position(|s| *s == parent.id).map_or(uncles.len(), |i| i + 1);
            place_among(dossier, tree, node, (parent.branch.clone(), parent.parent), after)
        }
        _ => Vec::new(),
    }
}

/// Hangs a twig with its subtree last on another branch.
pub fn rehang(dossier: &Dossier, tree: &Tree, id: Id<Node>, branch: usize) -> Vec<Change> {
    let Some(node) = dossier.nodes.get(&id) else { return Vec::new() };
    let (title, _) = home_of(dossier, Place::Branch(branch));
    if node.branch == title && node.parent.is_none() {
        return Vec::new();
    }
    place_among(dossier, tree, node, (title, None), tree.roots(branch).len())
}

/// Links a cause to an effect. A link that stands already gets the new reason, if there is one; empty where nothing would
/// change, and for a link to itself.
pub fn link(dossier: &Dossier, link: Link) -> Vec<Change> {
    if link.from == link.to {
        return Vec::new();
    }
    match dossier.links.values().find(|l| l.from == link.from && l.to == link.to) {
        None => vec![Change::add(link)],
        Some(stands) if link.label.is_empty() || link.label == stands.label => Vec::new(),
        Some(stands) => vec![Change::replace(stands.clone(), Link { label: link.label, ..stands.clone() })],
    }
}

fn siblings_at<'a>(
    dossier: &Dossier,
    tree: &'a Tree,
    branch: &str,
    parent: Option<Id<Node>>,
) -> &'a [Id<Node>] {
    match parent.filter(|p| dossier.nodes.contains_key(p)) {
        Some(parent) => tree.children(parent),
        None => tree.roots(dossier.meeting.branch_index(branch).unwrap_or(0)),
    }
}

/// A rank before the sibling at `index`, and what must move for it to exist.
fn rank_at(dossier: &Dossier, siblings: &[Id<Node>], index: usize) -> (i64, Vec<Change>) {
    let rank = |i: usize| siblings.get(i).and_then(|id| dossier.nodes.get(id)).map(|n| n.rank);
    let before = index.checked_sub(1).and_then(rank);
    match (before, rank(index)) {
        (None, None) => (0, Vec::new()),
        (Some(a), None) => (a.saturating_add(GAP), Vec::new()),
        (None, Some(b)) => (b.saturating_sub(GAP), Vec::new()),
        (Some(a), Some(b)) if b.saturating_sub(a) > 1 => (a.midpoint(b), Vec::new()),
        _ => {
            let place = |i: usize| i as i64 * GAP;
            let changes = siblings
                .iter()
                .enumerate()
                .flat_map(|(i, id)| {
                    let rank = place(if i < index { i } else { i + 1 });
                    change(dossier, *id, |n| n.rank = rank)
                })
                .collect();
            (place(index), changes)
        }
    }
}

/// Puts an existing node at an index among the children of a home, carrying its subtree's branch along.
fn place_among(
    dossier: &Dossier,
    tree: &Tree,
    node: &Node,
    home: (String, Option<Id<Node>>),
    index: usize,
) -> Vec<Change> {
    let (branch, parent) = home;
    let others: Vec<Id<Node>> =
        siblings_at(dossier, tree, &branch, parent).iter().copied().filter(|id| *id != node.id).collect();
    let (rank, mut changes) = rank_at(dossier, &others, index.min(others.len()));
    changes.extend(change(dossier, node.id, |n| {
        n.rank = rank;
        n.parent = parent;
        n.branch.clone_from(&branch);
    }));
    if branch != node.branch {
        for id in tree.subtree(node.id).into_iter().skip(1) {
            changes.extend(change(dossier, id, |n| n.branch.clone_from(&branch)));
        }
    }
    changes
}
