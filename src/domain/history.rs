//! The journal and what it says about undo and redo.

use serde::{Deserialize, Serialize};

use super::{Edit, Id, Meeting};

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

/// One line of the journal. The changes of all lines, applied in order, give what stands in the tables.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    pub edit: Edit,
    /// The meeting that was on the screen; undo stays within it.
    pub meeting: Option<Id<Meeting>>,
    pub act: Act,
}

/// What can be undone and redone, as the journal of one meeting says. Nothing is ever forgotten: after an undo and
/// a new edit the journal still holds both, only redo has nothing to offer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
}

impl History {
    /// The history a journal tells, oldest line first.
    pub fn from_journal(lines: impl IntoIterator<Item = Line>) -> Self {
        let mut history = Self::default();
        for line in lines {
            history.record(line.act, line.edit);
        }
        history
    }

    /// Takes note of a line that was written.
    pub fn record(&mut self, act: Act, edit: Edit) {
        match act {
            Act::Quiet => {}
            Act::Do => {
                self.done.push(edit);
                self.undone.clear();
            }
            Act::Undo(of) => step(&mut self.done, &mut self.undone, of),
            Act::Redo(of) => step(&mut self.undone, &mut self.done, of),
        }
    }

    /// Forgets an edit that cannot be taken back or done again any more, so that what lies behind it can be reached.
    pub fn pass_over(&mut self, id: Id<Edit>) {
        for edits in [&mut self.done, &mut self.undone] {
            edits.pop_if(|e| e.id == id);
        }
    }

    /// The edit that undo would take back.
    pub fn to_undo(&self) -> Option<&Edit> {
        self.done.last()
    }

    /// The edit that redo would do again.
    pub fn to_redo(&self) -> Option<&Edit> {
        self.undone.last()
    }
}

/// Moves an edit from one end to the other. What lay above it had been passed over.
fn step(from: &mut Vec<Edit>, to: &mut Vec<Edit>, id: Id<Edit>) {
    if let Some(at) = from.iter().rposition(|e| e.id == id) {
        from.truncate(at + 1);
        to.extend(from.pop());
    }
}
