//! Where we are and what is half typed, so that the next start opens at the same place with the same words.

mod earlier;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::home::HomeItem;
use super::input::Input;
use super::map::Level;
use super::model::{Desk, Model, Screen, Target};
use super::region::RegionMark;
use super::sheet::{Cell, SheetState};
use super::writing::{PutAway, Spot, Writing};
use crate::command::Place;
use crate::domain::{Id, Kind, Meeting, Node, Participant};
use crate::layout::shape::What;

/// The bookmark as it is kept. Everything in it is a convenience: what does not fit any more is passed over.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    meeting: Option<Id<Meeting>>,
    /// `info`, `people` or empty for the step.
    screen: String,
    /// Where one stands on the home screen: the numbers of its rows change with the list.
    home: Option<HomeItem>,
    /// What is half typed in the entry lines.
    writings: BTreeMap<Spot, Writing>,
    picked: bool,
    speaker: Option<Id<Participant>>,
    question: usize,
    selected_node: Option<Id<Node>>,
    selected_branch: Option<usize>,
    on_centre: bool,
    folded: BTreeSet<Id<Node>>,
    folded_branches: BTreeSet<usize>,
    level: Level,
    whole: bool,
    kind: Option<Kind>,
    searched_from: Option<Id<Node>>,
    row: usize,
    sheet_row: usize,
    sheet_column: usize,
    cell: Option<(Cell, Input)>,
    running: bool,
    seconds: u32,
    /// Other meetings with something half typed in them.
    parked: Vec<Bookmark>,
    /// What Esc took from the screen, in whichever meeting.
    put_away: Vec<PutAway>,
    /// The region, if it is open, be it under the meeting.
    region: Option<RegionMark>,
}

/// The meeting a bookmark lies in, for whoever must fetch it first.
pub fn meeting_of(bookmark: &str) -> Option<Id<Meeting>> {
    read(bookmark).and_then(|b| b.meeting)
}

/// The bookmark with all of it that is understood: one word of another version must not cost the half-typed ones.
fn read(text: &str) -> Option<Bookmark> {
    let bookmark = |parts: &Map<String, Value>| serde_json::from_value(Value::Object(parts.clone()));
    let mut parts: Map<String, Value> = serde_json::from_str(text).ok()?;
    earlier::bring_up_to_date(&mut parts);
    if let Ok(whole) = bookmark(&parts) {
        return Some(whole);
    }
    parts.retain(|name, value| bookmark(&Map::from_iter([(name.clone(), value.clone())])).is_ok());
    bookmark(&parts).ok()
}

impl Model {
    /// Where we are, as text.
    pub fn bookmark(&self) -> String {
        let mut mark = self.mark_of_desk();
        mark.home = self.home_stands();
        mark.parked.clone_from(&self.parked);
        let sample = self.desk.as_ref().filter(|d| d.doc.is_sample()).map(|d| d.doc.dossier.meeting.id);
        let kept = self.put_away.iter().filter(|put| sample.is_none_or(|id| !put.is_of(id)));
        mark.put_away = kept.cloned().collect();
        mark.region = self.mark_of_region();
        // Plain data: it cannot fail to become text.
        serde_json::to_string(&mark).unwrap_or_default()
    }

    /// The meeting on the desk and what is half typed in it; empty for none and for the sample.
    pub(super) fn mark_of_desk(&self) -> Bookmark {
        let mut mark = Bookmark::default();
        if let Some(desk) = self.desk.as_ref().filter(|d| !d.doc.is_sample()) {
            mark.meeting = Some(desk.doc.dossier.meeting.id);
            mark.screen = match self.screen {
                Screen::Info => "info".to_owned(),
                Screen::People => "people".to_owned(),
                _ => String::new(),
            };
            desk.mark(&mut mark);
        }
        mark
    }

    /// Keeps what is half typed in the meeting one leaves for the list.
    pub(super) fn park(&mut self) {
        let mark = self.mark_of_desk();
        let worth = self.desk.as_ref().is_some_and(|d| d.has_drafts());
        if worth && mark.meeting.is_some() {
            // Its clock is kept in the meeting already.
            self.parked.push(Bookmark { running: false, seconds: 0, ..mark });
        }
    }

    /// Puts back what was half typed in the meeting that was just opened.
    pub(super) fn unpark(&mut self) {
        let meeting = self.desk.as_ref().map(|d| d.doc.dossier.meeting.id);
        let Some(at) = self.parked.iter().position(|m| m.meeting == meeting) else { return };
        let mark = self.parked.remove(at);
        self.put_back(mark);
    }

    /// Puts everything back where a bookmark says it was.
    pub fn resume(&mut self, bookmark: &str) {
        let Some(mut mark) = read(bookmark) else { return };
        if let Some(item) = mark.home {
            self.home_want(item);
        }
        self.parked = std::mem::take(&mut mark.parked);
        self.put_away = std::mem::take(&mut mark.put_away).into_iter().map(PutAway::settled).collect();
        if let Some(region) = mark.region.take() {
            self.region_wanted = Some(region);
            self.cx.effects.push(super::Effect::Region);
        }
        let fits = self.desk.as_ref().is_some_and(|d| Some(d.doc.dossier.meeting.id) == mark.meeting);
        if !fits {
            return;
        }
        let (running, seconds) = (mark.running, mark.seconds);
        self.put_back(mark);
        if let Some(desk) = self.desk.as_mut() {
            desk.doc.clock.put_back(seconds);
            desk.doc.clock.running = false;
        }
        if running && let Some((sitting, cx)) = self.sitting() {
            sitting.start_clock(cx);
        }
        self.cx.touched = false;
    }

    pub(super) fn put_back(&mut self, mark: Bookmark) {
        self.screen = match mark.screen.as_str() {
            "info" => Screen::Info,
            "people" => Screen::People,
            _ => Screen::Step,
        };
        if let Some(desk) = self.desk.as_mut() {
            desk.map.whole = mark.whole;
        }
        let place = self.place();
        if let Some(desk) = self.desk.as_mut() {
            desk.take_mark(mark, place);
        }
    }
}

impl Desk {
    fn mark(&self, mark: &mut Bookmark) {
        mark.writings = Spot::ALL.into_iter().map(|spot| (spot, self.writing(spot).clone())).collect();
        mark.picked = self.map.picked;
        mark.speaker = self.doc.speaker;
        mark.question = self.question;
        // While the past is looked at, the present is what one comes back to.
        let present = (self.map.selected, self.map.level);
        let (selected, level) = self.replay.as_ref().map_or(present, |r| r.present());
        match selected {
            What::Node(id) => mark.selected_node = Some(id),
            What::Branch(i) => mark.selected_branch = Some(i),
            What::Centre => mark.on_centre = true,
            _ => {}
        }
        if let (Some(Target::Search), What::Node(id)) = (self.map.writing.target(), self.map.searched_from) {
            mark.searched_from = Some(id);
        }
        mark.folded.clone_from(&self.map.folded);
        mark.folded_branches.clone_from(&self.map.folded_branches);
        mark.level = level;
        mark.whole = self.map.whole;
        mark.kind = self.kind;
        mark.row = self.row;
        let sheet = &self.sheet;
        mark.sheet_row = sheet.row;
        mark.sheet_column = sheet.column;
        mark.cell.clone_from(&sheet.editing);
        mark.running = self.doc.clock.running;
        mark.seconds = self.doc.clock.carried();
    }

    fn take_mark(&mut self, mark: Bookmark, place: Place) {
        self.doc.speaker = mark.speaker.filter(|id| self.doc.dossier.participants.contains_key(id));
        let d = &self.doc.dossier;
        let node = |id: &Id<Node>| d.nodes.contains_key(id);
        self.map.selected = match (mark.selected_node.filter(node), mark.selected_branch) {
            (Some(id), _) => What::Node(id),
            (None, Some(i)) if i < d.meeting.branches.len() => What::Branch(i),
            (None, None) if mark.on_centre => What::Centre,
            _ => What::Branch(0),
        };
        self.map.searched_from = mark.searched_from.filter(node).map_or(self.map.selected, What::Node);
        self.map.picked = mark.picked;
        for (spot, writing) in mark.writings {
            let target = writing.target();
            *self.writing_mut(spot) = writing.settled();
            // A line used for something that is gone is a draft for something new.
            if target.is_some_and(|target| target.spot() != spot || !self.stands(target)) {
                self.writing_mut(spot).lose_target();
            }
        }
        self.question = mark.question;
        self.kind = mark.kind;
        self.map.folded = mark.folded;
        self.map.folded_branches = mark.folded_branches;
        self.map.level = mark.level;
        self.map.whole = mark.whole;
        self.row = mark.row;
        self.sheet = SheetState { row: mark.sheet_row, column: mark.sheet_column, ..SheetState::default() };
        // The step's own list or table, be it seen or under the map.
        let own = if place == Place::Map { Place::of(self.doc.step()) } else { place };
        if let Some((cell, line)) = mark.cell {
            let cell = self.cell_that_stands(cell);
            let draft = Spot::of(place).map(|spot| self.writing_mut(spot).draft_mut());
            if cell.is_at(own) {
                self.sheet.editing = Some((cell, line.settled()));
            } else if let Some(draft) = draft.filter(|draft| draft.is_empty()) {
                *draft = line.settled();
            }
        }
        self.map.stale = true;
    }
}
