//! How the map grew: the present one with the journal's edits taken back one by one, and done again.

use super::{Change, Dossier, Edit, History, Id, Node, Record, Table, Tree};

/// The map at some step of its growth. Nothing that happens here is written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// The meeting as it was at this step, as far as the map goes; all else is as it is now.
    pub dossier: Dossier,
    pub tree: Tree,
    /// What touched the map, oldest first; only the changes to the map are left in them.
    steps: Vec<Edit>,
    /// So many of them stand.
    at: usize,
}

impl Growth {
    /// The present, with the way back as far as the journal tells it: to the birth of the meeting, or to the moment it was
    /// brought in from elsewhere. Where the journal does not fit what stands, the way ends there.
    pub fn new(dossier: &Dossier, history: &History) -> Self {
        let born = history.edits().iter().rposition(is_birth).map_or(0, |at| at + 1);
        let steps: Vec<Edit> = history.edits()[born..].iter().filter_map(on_the_map).collect();
        let at = steps.len();
        let mut growth = Self { dossier: dossier.clone(), tree: Tree::new(dossier), steps, at };
        while growth.take_back() {}
        let lost = growth.at;
        growth.steps.drain(..lost);
        growth.at = 0;
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

    /// The last edit that stands; none at the very beginning.
    pub fn last(&self) -> Option<&Edit> {
        self.at.checked_sub(1).map(|i| &self.steps[i])
    }

    /// Goes to a step, or as near to it as there are steps.
    pub fn go(&mut self, to: usize) {
        while self.at > to && self.take_back() {}
        while self.at < to && self.do_again() {}
        self.tree = Tree::new(&self.dossier);
    }

    /// The twig that the last edit is about, if it stands: what came new before what only made room for it.
    pub fn touched(&self) -> Option<Id<Node>> {
        let node = |c: &Change, new: bool| match (&c.before, &c.after) {
            (before, Some(Record::Node(node))) if before.is_none() || !new => Some(node.id),
            _ => None,
        };
        let changes = &self.last()?.changes;
        changes.iter().find_map(|c| node(c, true)).or_else(|| changes.iter().find_map(|c| node(c, false)))
    }

    fn take_back(&mut self) -> bool {
        let Some(edit) = self.at.checked_sub(1).map(|i| &self.steps[i]) else { return false };
        let fits = apply(&mut self.dossier, edit.inverse_changes());
        self.at -= usize::from(fits);
        fits
    }

    fn do_again(&mut self) -> bool {
        let Some(edit) = self.steps.get(self.at) else { return false };
        let fits = apply(&mut self.dossier, edit.changes.clone());
        self.at += usize::from(fits);
        fits
    }
}

/// Applies changes to the map, all or none. Of the meeting only the branches belong to it: its title may have changed
/// since without a step of the map.
fn apply(dossier: &mut Dossier, changes: Vec<Change>) -> bool {
    let (meetings, others): (Vec<Change>, Vec<Change>) =
        changes.into_iter().partition(|c| matches!(c.after, Some(Record::Meeting(_))));
    let fits = dossier.apply_all(&others).is_ok();
    for change in meetings.into_iter().filter(|_| fits) {
        if let Some(Record::Meeting(meeting)) = change.after {
            dossier.meeting.branches = meeting.branches;
        }
    }
    fits
}

/// Whether the meeting itself came with this edit.
fn is_birth(edit: &Edit) -> bool {
    edit.changes.iter().any(|c| c.before.is_none() && matches!(c.after, Some(Record::Meeting(_))))
}

/// What an edit does to the map; none if nothing. The case is left out: other meetings may have changed it since.
fn on_the_map(edit: &Edit) -> Option<Edit> {
    let on_map = |c: &&Change| {
        c.key().is_some_and(|k| matches!(k.table, Table::Node | Table::Link | Table::Meeting))
            && !same_branches(c)
    };
    let changes: Vec<Change> = edit.changes.iter().filter(on_map).cloned().collect();
    (!changes.is_empty()).then(|| Edit { id: edit.id, at: edit.at, label: edit.label.clone(), changes })
}

/// Whether it is a meeting's date or title that changes, and not its branches.
fn same_branches(change: &Change) -> bool {
    match (&change.before, &change.after) {
        (Some(Record::Meeting(a)), Some(Record::Meeting(b))) => a.branches == b.branches,
        _ => false,
    }
}
