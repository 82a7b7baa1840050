//! What lies over the screen, and what its keys do.

pub(crate) mod draw;
pub mod keys;

use crate::ui::help::Help;
use crate::ui::{Chooser, Deliverable, Input};

#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    Help(Help),
    /// Prompts and who has spoken: the row one stands on, or so far below the last of them.
    Prompts(usize),
    /// What was said in this step, in large letters: the page that is shown.
    ReadBack(usize),
    /// Something that must be read; typing goes on under it.
    Told(String),
    Choose(Chooser),
    /// A line to fill in, such as a path.
    Ask(Ask),
}

impl Overlay {
    /// What the bar says while it is open: those of the screen under it wait. Most say their keys on their own edge.
    pub(crate) fn keys(&self) -> &'static [(&'static str, &'static str)] {
        match self {
            Overlay::Choose(_) => &[("↑↓", "選ぶ"), ("Enter", "決める"), ("Esc", "やめる")],
            Overlay::Ask(_) => &[("Enter", "決める"), ("Esc", "やめる")],
            Overlay::Help(_) | Overlay::Prompts(_) | Overlay::ReadBack(_) | Overlay::Told(_) => &[],
        }
    }
}

/// A question with one line for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub title: String,
    pub hint: String,
    pub line: Input,
    /// What is offered is marked as a whole: the next word replaces it.
    pub marked: bool,
    pub purpose: Purpose,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Where to write a file, else under this name. It is finished: what it cannot show is said with the question.
    Export { gift: Deliverable, name: String, bytes: Vec<u8> },
    /// Which table to read participants from.
    ImportPeople,
    /// By how many minutes the step is to be longer.
    Extend,
}

impl Ask {
    pub(crate) fn type_text(&mut self, typed: &str) {
        if std::mem::take(&mut self.marked) {
            self.line.take();
        }
        self.line.insert(typed);
    }
}
