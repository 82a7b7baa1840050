//! Where we are and what is half typed, so that the next start opens at the same place with the same words.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::line::Line;
use super::map::Level;
use super::model::{Desk, Model, Screen, Target};
use super::sheet::Cell;
use crate::domain::{Id, Meeting, Node, Participant, Reflection};
use crate::layout::shape::What;

/// The bookmark as it is kept. Everything in it is a convenience: what does not fit any more is passed over.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Bookmark {
    meeting: Option<Id<Meeting>>,
    /// `info`, `people` or empty for the step.
    screen: String,
    home_row: usize,
    entry: Line,
    aside: Line,
    waiting: Line,
    editing_node: Option<Id<Node>>,
    editing_person: Option<Id<Participant>>,
    editing_reflection: Option<Id<Reflection>>,
    said_at: Option<Id<Node>>,
    linking: Option<Id<Node>>,
    searching: bool,
    speaker: Option<Id<Participant>>,
    question: usize,
    selected_node: Option<Id<Node>>,
    selected_branch: Option<usize>,
    folded: BTreeSet<Id<Node>>,
    folded_branches: BTreeSet<usize>,
    level: Level,
    row: usize,
    sheet_row: usize,
    sheet_column: usize,
    cell: Option<(Cell, Line)>,
    running: bool,
    seconds: u32,
}

/// The meeting a bookmark lies in, for whoever must fetch it first.
pub fn meeting_of(bookmark: &str) -> Option<Id<Meeting>> {
    serde_json::from_str::<Bookmark>(bookmark).ok().and_then(|b| b.meeting)
}

impl Model {
    /// Where we are, as text.
    pub fn bookmark(&self) -> String {
        let mut mark = Bookmark { home_row: self.home_row, ..Bookmark::default() };
        if let Some(desk) = self.desk.as_ref().filter(|d| !d.sample) {
            mark.meeting = Some(desk.dossier.meeting.id);
            mark.screen = match self.screen {
                Screen::Info => "info".to_owned(),
                Screen::People => "people".to_owned(),
                Screen::Step | Screen::Home => String::new(),
            };
            desk.mark(&mut mark);
        }
        // Plain data: it cannot fail to become text.
        serde_json::to_string(&mark).unwrap_or_default()
    }

    /// Puts everything back where a bookmark says it was.
    pub fn resume(&mut self, bookmark: &str) {
        let Ok(mark) = serde_json::from_str::<Bookmark>(bookmark) else { return };
        self.home_row = mark.home_row;
        self.home_move_to_row();
        let fits = self.desk.as_ref().is_some_and(|d| Some(d.dossier.meeting.id) == mark.meeting);
        if !fits {
            return;
        }
        self.screen = match mark.screen.as_str() {
            "info" => Screen::Info,
            "people" => Screen::People,
            _ => Screen::Step,
        };
        let running = mark.running;
        if let Some(desk) = self.desk.as_mut() {
            desk.clock.put_back(mark.seconds);
            desk.take_mark(mark);
        }
        if running && !self.look_only {
            self.start_clock();
        } else if let Some(desk) = self.desk.as_mut() {
            desk.clock.running = false;
        }
        self.touched = false;
    }

    fn home_move_to_row(&mut self) {
        self.home_row = self.home_row.min(self.home_items().len() - 1);
    }
}

impl Desk {
    fn mark(&self, mark: &mut Bookmark) {
        mark.entry = self.entry.clone();
        mark.aside = self.aside.clone();
        mark.waiting = self.waiting.clone();
        match self.target {
            Target::New => {}
            Target::Node(id) => mark.editing_node = Some(id),
            Target::Person(id) => mark.editing_person = Some(id),
            Target::Reflection(id) => mark.editing_reflection = Some(id),
            Target::Said(id) => mark.said_at = Some(id),
            Target::Link(id) => mark.linking = Some(id),
            Target::Search => mark.searching = true,
        }
        mark.speaker = self.speaker;
        mark.question = self.question;
        match self.map.selected {
            What::Node(id) => mark.selected_node = Some(id),
            What::Branch(i) => mark.selected_branch = Some(i),
            _ => {}
        }
        mark.folded.clone_from(&self.map.folded);
        mark.folded_branches.clone_from(&self.map.folded_branches);
        mark.level = self.map.level;
        mark.row = self.row;
        mark.sheet_row = self.sheet.row;
        mark.sheet_column = self.sheet.column;
        mark.cell.clone_from(&self.sheet.editing);
        mark.running = self.clock.running;
        mark.seconds = self.clock.carried();
    }

    fn take_mark(&mut self, mark: Bookmark) {
        let d = &self.dossier;
        let node = |id: &Id<Node>| d.nodes.contains_key(id);
        self.target = match &mark {
            Bookmark { editing_node: Some(id), .. } if node(id) => Target::Node(*id),
            Bookmark { said_at: Some(id), .. } if node(id) => Target::Said(*id),
            Bookmark { linking: Some(id), .. } if node(id) => Target::Link(*id),
            Bookmark { editing_person: Some(id), .. } if d.participants.contains_key(id) => {
                Target::Person(*id)
            }
            Bookmark { editing_reflection: Some(id), .. } if d.reflections.contains_key(id) => {
                Target::Reflection(*id)
            }
            Bookmark { searching: true, .. } => Target::Search,
            _ => Target::New,
        };
        self.speaker = mark.speaker.filter(|id| d.participants.contains_key(id));
        self.map.selected = match (mark.selected_node.filter(node), mark.selected_branch) {
            (Some(id), _) => What::Node(id),
            (None, Some(i)) => What::Branch(i),
            (None, None) => What::Branch(0),
        };
        self.entry = mark.entry.settled();
        self.aside = mark.aside.settled();
        self.waiting = mark.waiting.settled();
        self.question = mark.question;
        self.map.folded = mark.folded;
        self.map.folded_branches = mark.folded_branches;
        self.map.level = mark.level;
        self.row = mark.row;
        self.sheet.row = mark.sheet_row;
        self.sheet.column = mark.sheet_column;
        self.sheet.editing = mark.cell.map(|(cell, line)| (cell, line.settled()));
        self.map.stale = true;
    }
}
