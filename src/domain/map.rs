//! What can be done to the map, as changes: each function looks at a dossier and says what would change.

use std::collections::{BTreeMap, BTreeSet, HashMap};

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

/// What the branch at an index is called; nothing for one that is not there.
fn title_of(dossier: &Dossier, branch: usize) -> String {
    dossier.meeting.branches.get(branch).map(|b| b.title.clone()).unwrap_or_default()
}

/// Puts a node at a place: sets its branch, parent and rank, and makes room among its siblings where there is none.
pub fn add(dossier: &Dossier, tree: &Tree, node: Node, place: Place) -> Vec<Change> {
    add_all(dossier, tree, vec![(node, place)])
}

/// Puts nodes at their places, one after the other; a place may be beside or under one that came before. Room among
/// siblings is made once for all of them.
pub fn add_all(dossier: &Dossier, tree: &Tree, entries: Vec<(Node, Place)>) -> Vec<Change> {
    let mut new: Vec<Node> = Vec::with_capacity(entries.len());
    let mut at: HashMap<Id<Node>, usize> = HashMap::new();
    let mut lists: BTreeMap<Siblings, Vec<Id<Node>>> = BTreeMap::new();
    let mut number = next_number(dossier);
    for (mut node, place) in entries {
        let beside = |id| at.get(&id).map(|i: &usize| &new[*i]).or_else(|| dossier.nodes.get(&id));
        (node.branch, node.parent) = match place {
            Place::Branch(branch) => (title_of(dossier, branch), None),
            Place::Under(id) => (beside(id).map(|n| n.branch.clone()).unwrap_or_default(), Some(id)),
            Place::After(id) => {
                beside(id).map_or_else(|| (title_of(dossier, 0), None), |n| (n.branch.clone(), n.parent))
            }
        };
        if node.kind == Kind::Issue && node.number == 0 {
            node.number = number;
            number = number.saturating_add(1);
        }
        let stands = node.parent.filter(|p| at.contains_key(p) || dossier.nodes.contains_key(p));
        let branch = dossier.meeting.branch_index(&node.branch).unwrap_or(0);
        let home = stands.map_or(Siblings::On(branch), Siblings::Under);
        let list = lists.entry(home).or_insert_with(|| match home {
            Siblings::On(branch) => tree.roots(branch).to_vec(),
            Siblings::Under(parent) => tree.children(parent).to_vec(),
        });
        let index = match place {
            Place::After(id) => list.iter().position(|s| *s == id).map_or(list.len(), |i| i + 1),
            _ => list.len(),
        };
        list.insert(index, node.id);
        at.insert(node.id, new.len());
        new.push(node);
    }
    let mut changes = Vec::new();
    for list in lists.into_values() {
        for (id, rank) in list.iter().zip(ranks(dossier, &list, |id| at.contains_key(&id))) {
            match at.get(id) {
                Some(i) => new[*i].rank = rank,
                None => changes.extend(change(dossier, *id, |n| n.rank = rank)),
            }
        }
    }
    changes.extend(new.into_iter().map(Change::add));
    changes
}

/// Whose children siblings are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Siblings {
    /// Those of a branch, by its index.
    On(usize),
    Under(Id<Node>),
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
    changes.iter().filter(|c| matches!(c, Change::Remove(Record::Link(_)))).count()
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

/// Hangs a twig with its subtree somewhere else; never on itself, or on what hangs on it. Empty where it hangs there already.
pub fn rehang(dossier: &Dossier, tree: &Tree, id: Id<Node>, place: Place) -> Vec<Change> {
    let node_of = |id: &Id<Node>| dossier.nodes.get(id);
    let last = |parent: &Node| (parent.branch.clone(), Some(parent.id), tree.children(parent.id).len());
    let after = |beside: &Node| {
        let siblings = siblings_at(dossier, tree, &beside.branch, beside.parent);
        let others = siblings.iter().filter(|sibling| **sibling != id);
        let at = others.take_while(|sibling| **sibling != beside.id).count();
        (beside.branch.clone(), beside.parent, at + 1)
    };
    let (home, is_own) = match place {
        Place::Branch(branch) => (Some((title_of(dossier, branch), None, tree.roots(branch).len())), false),
        Place::Under(to) => (node_of(&to).map(last), tree.subtree(id).contains(&to)),
        Place::After(to) => (node_of(&to).map(after), tree.subtree(id).contains(&to)),
    };
    let (Some(node), Some((branch, parent, index))) = (node_of(&id), home.filter(|_| !is_own)) else {
        return Vec::new();
    };
    let stays = !matches!(place, Place::After(_)) && node.branch == branch && node.parent == parent;
    if stays { Vec::new() } else { place_among(dossier, tree, node, (branch, parent), index) }
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

/// The ranks of siblings in this order. Those that stand already keep theirs where there is room for the others, who are
/// free to take any.
fn ranks(dossier: &Dossier, siblings: &[Id<Node>], free: impl Fn(Id<Node>) -> bool) -> Vec<i64> {
    let rank = |id: &Id<Node>| dossier.nodes.get(id).filter(|_| !free(*id)).map(|n| n.rank);
    let standing: Vec<Option<i64>> = siblings.iter().map(rank).collect();
    spread(&standing).unwrap_or_else(|| (0..siblings.len()).map(|i| i as i64 * GAP).collect())
}

/// Ranks for the free places between those that are taken; none where there is no room for them.
fn spread(standing: &[Option<i64>]) -> Option<Vec<i64>> {
    let mut ranks: Vec<i64> = Vec::with_capacity(standing.len());
    while let Some(next) = standing.get(ranks.len()) {
        if let Some(rank) = next {
            ranks.push(*rank);
            continue;
        }
        let before = ranks.last().copied();
        let free = standing[ranks.len()..].iter().take_while(|rank| rank.is_none()).count();
        let after = standing.get(ranks.len() + free).copied().flatten();
        let free = free as i64;
        for i in 1..=free {
            ranks.push(match (before, after) {
                (None, None) => (i - 1) * GAP,
                (Some(a), None) => a.checked_add(i * GAP)?,
                (None, Some(b)) => b.checked_sub((free + 1 - i) * GAP)?,
                (Some(a), Some(b)) => {
                    let room = i128::from(b) - i128::from(a);
                    if room <= i128::from(free) {
                        return None;
                    }
                    i64::try_from(i128::from(a) + room * i128::from(i) / i128::from(free + 1)).ok()?
                }
            });
        }
    }
    Some(ranks)
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
    let mut siblings: Vec<Id<Node>> =
        siblings_at(dossier, tree, &branch, parent).iter().copied().filter(|id| *id != node.id).collect();
    siblings.insert(index.min(siblings.len()), node.id);
    let mut changes = Vec::new();
    for (id, rank) in siblings.iter().zip(ranks(dossier, &siblings, |id| id == node.id)) {
        changes.extend(change(dossier, *id, |n| {
            n.rank = rank;
            if *id == node.id {
                n.parent = parent;
                n.branch.clone_from(&branch);
            }
        }));
    }
    if branch != node.branch {
        for id in tree.subtree(node.id).into_iter().skip(1) {
            changes.extend(change(dossier, id, |n| n.branch.clone_from(&branch)));
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::domain::{Branch, Meeting, Side};

    fn id<T>(n: usize) -> Id<T> {
        Id::from(Uuid::from_u128(n as u128))
    }

    fn twig(n: usize) -> Node {
        let kind = if n.is_multiple_of(3) { Kind::Issue } else { Kind::Fact };
        Node { kind, ..Node::new(id(n), id(1), n.to_string(), "2026-05-21T13:30:00+09:00".parse().unwrap()) }
    }

    fn empty() -> Dossier {
        let branch = |title: &str| Branch { title: title.to_owned(), side: Side::Left };
        Dossier::new(Meeting { branches: vec![branch("生活"), branch("家族")], ..Meeting::new(id(1)) }, None)
    }

    fn one_by_one(dossier: &Dossier, entries: &[(Node, Place)]) -> Dossier {
        let mut after = dossier.clone();
        for (node, place) in entries {
            let changes = add(&after, &Tree::new(&after), node.clone(), *place);
            after.apply_all(&changes).unwrap();
        }
        after
    }

    /// What hangs where, under which number; the ranks may be others.
    fn seen(dossier: &Dossier) -> (Tree, Vec<String>) {
        let node = |n: &Node| format!("{:?} {} {}", n.parent, n.branch, n.number);
        (Tree::new(dossier), dossier.nodes.values().map(node).collect())
    }

    proptest! {
        #[test]
        fn まとめて足しても一つずつ足しても同じ地図(places in prop::collection::vec((0..3, 0usize..40), 1..60), stand in 0usize..30) {
            // Ids are given from 10 on, one for each twig; a place speaks of one that is there.
            let entries: Vec<(Node, Place)> = places
                .iter()
                .enumerate()
                .map(|(i, (how, at))| {
                    let place = match how {
                        0 => Place::After(id(10 + at % i.max(1))),
                        1 if i > 0 => Place::Under(id(10 + at % i)),
                        _ => Place::Branch(at % 2),
                    };
                    (twig(10 + i), place)
                })
                .collect();
            let (first, rest) = entries.split_at(stand.min(entries.len()));
            let before = one_by_one(&empty(), first);
            let mut after = before.clone();
            let changes = add_all(&before, &Tree::new(&before), rest.to_vec());
            after.apply_all(&changes).unwrap();
            prop_assert_eq!(seen(&after), seen(&one_by_one(&before, rest)));
            for change in changes.into_iter().rev() {
                after.apply(&change.inverse()).unwrap();
            }
            prop_assert_eq!(after, before);
        }
    }

    #[test]
    fn 間に多く足しても立っている枝は一度ずつしか動かない() {
        let before = one_by_one(&empty(), &[(twig(10), Place::Branch(0)), (twig(11), Place::Branch(0))]);
        // Each right after the one before: the gap would be halved a thousand times.
        let entries: Vec<_> =
            (0..1000).map(|i| (twig(100 + i), Place::After(id(if i == 0 { 10 } else { 99 + i })))).collect();
        let changes = add_all(&before, &Tree::new(&before), entries);
        assert_eq!(changes.len(), 1000, "there is room for a thousand");
        let mut after = before;
        after.apply_all(&changes).unwrap();
        let order: Vec<Id<Node>> = [10].into_iter().chain(100..1100).chain([11]).map(id).collect();
        assert_eq!(Tree::new(&after).roots(0), order);
    }
}
