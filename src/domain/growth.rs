//! How the map grew: the present one with the journal's edits taken back one by one, and done again.

use std::collections::HashMap;

use super::dossier::all_or_none;
use super::{Change, Dossier, Edit, History, Id, Link, Moment, Node, Record, Table, Tree};

/// One step of the growth.
#[derive(Debug, Clone, PartialEq)]
pub struct Growing {
    /// When it was written.
    pub at: Moment,
    /// As people read it: 「枝を足す：残薬が多い」.
    pub label: String,
    /// What it did to the map.
    changes: Vec<Change>,
}

impl Growing {
    fn adding(record: Record, at: Moment, label: String) -> Self {
        Self { at, label, changes: vec![Change::add(record)] }
    }
}

/// The map at some step of its growth. Nothing that happens here is written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// The meeting as it was at this step, as far as the map goes; all else is as it is now.
    pub dossier: Dossier,
    /// The twigs of that step as they hang.
    pub tree: Tree,
    /// Oldest first.
    steps: Vec<Growing>,
    /// So many of them stand.
    at: usize,
}

impl Growth {
    /// The present, with the way back as the journal tells it. What was there before the journal begins (the meeting was
    /// brought in from elsewhere), or before an edit that does not fit, came twig by twig, as each says when it was written.
    pub fn new(dossier: &Dossier, history: &History) -> Self {
        let born = history.edits().iter().rposition(is_birth).map_or(0, |at| at + 1);
        let steps: Vec<Growing> = history.edits()[born..].iter().filter_map(on_the_map).collect();
        let at = steps.len();
        let mut growth = Self { dossier: dossier.clone(), tree: Tree::new(dossier), steps, at };
        while growth.take_back() {}
        let untold = untold(&growth.dossier);
        let lost = std::mem::replace(&mut growth.at, untold.len());
        growth.steps.splice(..lost, untold);
        growth.go(usize::MAX);
        growth
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether there is nothing to step through.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The number of steps that stand.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The last step that stands; none at the very beginning.
    pub fn last(&self) -> Option<&Growing> {
        self.at.checked_sub(1).map(|i| &self.steps[i])
    }

    /// Goes to a step, or as near to it as there are steps.
    pub fn go(&mut self, to: usize) {
        while self.at > to && self.take_back() {}
        while self.at < to && self.do_again() {}
        self.tree = Tree::new(&self.dossier);
    }

    /// The twig that the last step is about, if it stands.
    pub fn touched(&self) -> Option<Id<Node>> {
        touched(&self.last()?.changes)
    }

    fn take_back(&mut self) -> bool {
        let Some(step) = self.at.checked_sub(1).map(|i| &self.steps[i]) else { return false };
        let inverse = step.changes.iter().rev().cloned().map(Change::inverse).collect();
        let fits = apply(&mut self.dossier, inverse);
        self.at -= usize::from(fits);
        fits
    }

    fn do_again(&mut self) -> bool {
        let Some(step) = self.steps.get(self.at) else { return false };
        let fits = apply(&mut self.dossier, step.changes.clone());
        self.at += usize::from(fits);
        fits
    }
}

/// The twig that changes are about, if it stands after them: what comes new, or back, before what only made room for it.
pub fn touched(changes: &[Change]) -> Option<Id<Node>> {
    let new = |c: &Change| match c {
        Change::Add(Record::Node(node)) => Some(node.id),
        _ => None,
    };
    let changed = |c: &Change| match c {
        Change::Replace { after: Record::Node(node), .. } => Some(node.id),
        _ => None,
    };
    changes.iter().find_map(new).or_else(|| changes.iter().find_map(changed))
}

/// Applies changes to the map, all or none. Of the meeting only the branches belong to it: its title may have changed
/// since without a step of the map. Plan and evidence are those of today, also where their twigs are not there yet.
fn apply(dossier: &mut Dossier, changes: Vec<Change>) -> bool {
    let (meetings, others): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|c| matches!(c.after(), Some(Record::Meeting(_))));
    let fits = all_or_none(dossier, &others, Dossier::apply).is_ok();
    for change in meetings.into_iter().filter(|_| fits) {
        if let Some(Record::Meeting(meeting)) = change.after() {
            dossier.meeting.branches.clone_from(&meeting.branches);
        }
    }
    fits
}

/// Whether the meeting itself came with this edit.
fn is_birth(edit: &Edit) -> bool {
    edit.changes.iter().any(|c| matches!(c, Change::Add(Record::Meeting(_))))
}

/// What an edit does to the map; none if nothing. The case is left out: other meetings may have changed it since.
fn on_the_map(edit: &Edit) -> Option<Growing> {
    let on_map = |c: &&Change| {
        matches!(c.key().table, Table::Node | Table::Link | Table::Meeting) && !same_branches(c)
    };
    let changes: Vec<Change> = edit.changes.iter().filter(on_map).cloned().collect();
    (!changes.is_empty()).then(|| Growing { at: edit.at, label: edit.label.clone(), changes })
}

/// Whether it is a meeting's date or title that changes, and not its branches.
fn same_branches(change: &Change) -> bool {
    match (change.before(), change.after()) {
        (Some(Record::Meeting(a)), Some(Record::Meeting(b))) => a.branches == b.branches,
        _ => false,
    }
}

/// A map of which nothing is told, twig by twig and link by link in the order of their moments; nothing comes before what
/// it hangs on, even if that was written later.
fn untold(dossier: &Dossier) -> Vec<Growing> {
    let mut when: HashMap<Id<Node>, Moment> = HashMap::new();
    let mut steps = Vec::new();
    for node in Tree::new(dossier).depth_first().iter().filter_map(|id| dossier.nodes.get(id)) {
        let at = node.parent.and_then(|id| when.get(&id)).copied().max(Some(node.at)).unwrap_or(node.at);
        when.insert(node.id, at);
        steps.push(Growing::adding(node.clone().into(), at, node.adding()));
    }
    for link in dossier.links.values() {
        let ends = [link.from, link.to].map(|id| dossier.nodes.get(&id).zip(when.get(&id)));
        let [Some((from, a)), Some((to, b))] = ends else { continue };
        let label = Link::adding(from, to);
        steps.push(Growing::adding(link.clone().into(), link.at.max(*a).max(*b), label));
    }
    // Steady: of one moment, twigs stay in the order in which they are read, and links come after them.
    steps.sort_by_key(|s| s.at);
    steps
}
