//! Where we are and what is half typed, so that the next start opens at the same place with the same words.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::drafts::{PutAway, Spot};
use super::home::HomeItem;
use super::line::Line;
use super::map::{Level, Under};
use super::model::{Desk, Model, Screen, Target};
use super::region::RegionMark;
use super::sheet::{Cell, SheetState};
use crate::command::Place;
use crate::domain::{Id, Kind, Meeting, Node, Participant, Reflection};
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
    entry: Line,
    aside: Line,
    /// What stood in the line of the list under the map before it was used for an edit.
    under_aside: Line,
    spot: Spot,
    drafts: BTreeMap<Spot, Line>,
    editing_node: Option<Id<Node>>,
    editing_person: Option<Id<Participant>>,
    editing_reflection: Option<Id<Reflection>>,
    said_at: Option<Id<Node>>,
    linking: Option<Id<Node>>,
    picked: bool,
    searching: bool,
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
    cell: Option<(Cell, Line)>,
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
            desk.change_drafts(place);
        }
    }
}

impl Desk {
    fn mark(&self, mark: &mut Bookmark) {
        mark.entry = self.entry.clone();
        mark.aside = self.aside.clone();
        mark.spot = self.spot;
        mark.drafts.clone_from(&self.drafts);
        if let Some(under) = &self.under {
            mark.under_aside = under.aside.clone();
        }
        // The map and the list under it use their lines for different things.
        for target in [Some(self.target), self.under.as_ref().map(|u| u.target)].into_iter().flatten() {
            match target {
                Target::New => {}
                Target::Node(id) => mark.editing_node = Some(id),
                Target::Person(id) => mark.editing_person = Some(id),
                Target::Reflection(id) => mark.editing_reflection = Some(id),
                Target::Said(id) => mark.said_at = Some(id),
                Target::Link(id) => mark.linking = Some(id),
                Target::Search => mark.searching = true,
            }
        }
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
        if let (Target::Search, What::Node(id)) = (self.target, self.map.searched_from) {
            mark.searched_from = Some(id);
        }
        mark.folded.clone_from(&self.map.folded);
        mark.folded_branches.clone_from(&self.map.folded_branches);
        mark.level = level;
        mark.whole = self.map.whole;
        mark.kind = self.kind;
        mark.row = self.row;
        let covered = self.under.as_ref().filter(|_| self.map.whole && !self.doc.step().shows_map());
        let sheet = covered.map_or(&self.sheet, |u| &u.sheet);
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
        let person = |id: &Id<Participant>| d.participants.contains_key(id);
        let wanted = [
            mark.editing_node.filter(node).map(Target::Node),
            mark.said_at.filter(node).map(Target::Said),
            mark.linking.filter(node).map(Target::Link),
            mark.editing_person.filter(person).map(Target::Person),
            mark.editing_reflection.filter(|id| d.reflections.contains_key(id)).map(Target::Reflection),
            mark.searching.then_some(Target::Search),
        ];
        // A line used for something that is gone, or that this screen does not do, is a draft for something new.
        let used_at = |place| {
            let here = |target: &Target| target.spot() == Spot::of(place);
            wanted.into_iter().flatten().find(here).unwrap_or_default()
        };
        // The step's own list or table, be it seen or under the map.
        let own = if place == Place::Map { Place::of(self.doc.step()) } else { place };
        self.target = used_at(place);
        let mut under = Under {
            target: used_at(own),
            aside: mark.under_aside.settled(),
            sheet: SheetState { row: mark.sheet_row, column: mark.sheet_column, ..SheetState::default() },
            candidate: 0,
        };
        self.map.selected = match (mark.selected_node.filter(node), mark.selected_branch) {
            (Some(id), _) => What::Node(id),
            (None, Some(i)) if i < d.meeting.branches.len() => What::Branch(i),
            (None, None) if mark.on_centre => What::Centre,
            _ => What::Branch(0),
        };
        self.map.searched_from = mark.searched_from.filter(node).map_or(self.map.selected, What::Node);
        self.map.picked = mark.picked;
        self.entry = mark.entry.settled();
        self.aside = mark.aside.settled();
        self.spot = mark.spot;
        self.drafts = mark.drafts.into_iter().map(|(spot, line)| (spot, line.settled())).collect();
        if self.target == Target::New && self.entry.is_empty() {
            // A draft was put aside for an edit, and the edit is gone: the draft returns to the line.
            self.entry = std::mem::take(&mut self.aside);
        }
        self.question = mark.question;
        self.kind = mark.kind;
        self.map.folded = mark.folded;
        self.map.folded_branches = mark.folded_branches;
        self.map.level = mark.level;
        self.map.whole = mark.whole;
        self.row = mark.row;
        if let Some((cell, line)) = mark.cell {
            let cell = self.cell_that_stands(cell);
            if cell.is_at(own) {
                under.sheet.editing = Some((cell, line.settled()));
            } else if self.entry.is_empty() {
                self.entry = line.settled();
            }
        }
        if own != place {
            self.under = Some(under);
        } else {
            self.sheet = under.sheet;
        }
        self.map.stale = true;
    }
}
