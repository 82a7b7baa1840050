//! Words that mean nothing in their cell: they stay there until they do, and whoever typed them goes on.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::{Change, Id, Meeting, Record};
use crate::ui::{Cell, Context};

/// Before words that could not be read, or that no list has.
pub(crate) const MARK: &str = "？";

/// Words that wait in a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// None: the cell is one of the region.
    pub(crate) meeting: Option<Id<Meeting>>,
    cell: Cell,
    words: String,
}

impl Context {
    /// The words that wait in a cell.
    pub(crate) fn waiting_in(&self, meeting: Option<Id<Meeting>>, cell: Cell) -> Option<&str> {
        let here = |waiting: &&Waiting| waiting.meeting == meeting && waiting.cell == cell;
        self.unread.iter().find(here).map(|waiting| waiting.words.as_str())
    }

    /// Says where words wait that no file will hold; nothing where none do.
    pub(crate) fn still_waiting(&self, meeting: Option<Id<Meeting>>) -> String {
        let cells: Vec<Cell> = self
            .unread
            .iter()
            .filter(|waiting| waiting.meeting == meeting)
            .map(|waiting| waiting.cell)
            .collect();
        if cells.is_empty() {
            return String::new();
        }
        let titles: BTreeSet<&str> = cells.iter().map(|cell| cell.heading().title).collect();
        let titles: Vec<&str> = titles.into_iter().collect();
        format!(
            "{MARK} の付いたことばが {}か所に残っています（{}）。読めるように直すまで、ファイルには入りません。",
            cells.len(),
            titles.join("、")
        )
    }

    /// Leaves words in a cell in the place of those that waited there; none: nothing waits any more.
    pub(crate) fn leave_in(&mut self, meeting: Option<Id<Meeting>>, cell: Cell, words: &str) {
        self.unread.retain(|waiting| waiting.meeting != meeting || waiting.cell != cell);
        if !words.is_empty() {
            self.unread.push(Waiting { meeting, cell, words: words.to_owned() });
        }
        self.touched = true;
    }

    /// The row that did not exist yet was made: what waits in its cells goes along.
    pub(crate) fn row_was_made(&mut self, meeting: Option<Id<Meeting>>, changes: &[Change]) {
        for waiting in self.unread.iter_mut().filter(|waiting| waiting.meeting == meeting) {
            waiting.cell = waiting.cell.once_made(changes);
        }
    }
}

impl Cell {
    /// The cell where changes make the row it is in.
    pub(crate) fn once_made(self, changes: &[Change]) -> Cell {
        let made = |change: &Change| match (self, change) {
            (Cell::Plan(None, name), Change::Add(Record::Action(a))) => Some(Cell::Plan(Some(a.id), name)),
            (Cell::Regional(None, name), Change::Add(Record::RegionalIssue(r))) => {
                Some(Cell::Regional(Some(r.id), name))
            }
            (Cell::Slot(None, name), Change::Add(Record::Slot(s))) => Some(Cell::Slot(Some(s.id), name)),
            _ => None,
        };
        changes.iter().find_map(made).unwrap_or(self)
    }
}
