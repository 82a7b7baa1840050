//! The journal and what it says about undo and redo.

use serde::{Deserialize, Serialize};

use super::{Edit, Id, Meeting, Table, removal};

/// Why a line stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Somebody did it; it can be undone.
    Do,
    /// The program did it (the clock, the step): kept, but not something to undo.
    Quiet,
    /// It takes back the edit of that id; its changes are the inverse.
    Undo(Id<Edit>),
    /// It does the edit of that id again.
    Redo(Id<Edit>),
}

impl Act {
    /// Whether it takes something back.
    pub fn is_undo(self) -> bool {
        matches!(self, Act::Undo(_))
    }
}

/// One line of the journal. The changes of all lines, applied in order, give what stands in the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JournalEntry {
    /// What was written.
    pub edit: Edit,
    /// The meeting that was on the screen; undo stays within it.
    pub meeting: Option<Id<Meeting>>,
    /// Why it was written.
    pub act: Act,
}

/// What was done, and what of it can be undone and redone, as the journal of one meeting says. Nothing is ever forgotten:
/// after an undo and a new edit the journal still holds both, only redo has nothing to offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Everything that was written, oldest first, without the clock.
    edits: Vec<Edit>,
    /// Places in it.
    done: Vec<usize>,
    undone: Vec<usize>,
}

impl History {
    /// The history a journal tells, oldest line first.
    pub fn from_journal(lines: impl IntoIterator<Item = JournalEntry>) -> Self {
        let mut history = Self::default();
        for line in lines {
            history.record(line.act, line.edit);
        }
        history
    }

    /// Takes note of a line that was written.
    pub fn record(&mut self, act: Act, edit: Edit) {
        if removal::is_of_all(act, &edit) {
            return;
        }
        let at = self.edits.len();
        match act {
            Act::Quiet if is_clock(&edit) => return,
            Act::Quiet => {}
            Act::Do => {
                self.done.push(at);
                self.undone.clear();
            }
            Act::Undo(of) => step(&self.edits, &mut self.done, &mut self.undone, of),
            Act::Redo(of) => step(&self.edits, &mut self.undone, &mut self.done, of),
        }
        self.edits.push(edit);
    }

    /// Forgets an edit that cannot be taken back or done again any more, so that what lies behind it can be reached.
    pub fn pass_over(&mut self, id: Id<Edit>) {
        for places in [&mut self.done, &mut self.undone] {
            places.pop_if(|at| self.edits[*at].id == id);
        }
    }

    /// The edit that undo would take back.
    pub fn to_undo(&self) -> Option<&Edit> {
        self.done.last().map(|at| &self.edits[*at])
    }

    /// The edit that redo would do again.
    pub fn to_redo(&self) -> Option<&Edit> {
        self.undone.last().map(|at| &self.edits[*at])
    }

    /// Everything that was written, oldest first: what was undone as well as its undoing.
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }
}

/// Whether nothing but the clock and the step went on.
fn is_clock(edit: &Edit) -> bool {
    edit.changes.iter().all(|c| c.key().table == Table::Progress)
}

/// Moves an edit from one end to the other. What lay above it had been passed over.
fn step(edits: &[Edit], from: &mut Vec<usize>, to: &mut Vec<usize>, id: Id<Edit>) {
    if let Some(at) = from.iter().rposition(|place| edits[*place].id == id) {
        from.truncate(at + 1);
        to.extend(from.pop());
    }
}
