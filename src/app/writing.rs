//! Words on their way: what is typed and not entered yet is never thrown away, whatever is pressed.
//!
//! Each screen with an entry line has a draft of its own, so that a keyword half typed for the map never becomes a
//! participant. What Esc takes from the screen is fetched back by Esc, and at any time from the menu. What stands half typed
//! when one goes back to the list of meetings waits there until the meeting is opened again.

use serde::{Deserialize, Deserializer, Serialize};

use super::chooser::{Choice, Chooser, Pick};
use super::entry::{self, Signs};
use super::input::Input;
use super::model::{Desk, Model, Overlay, Target};
use super::sheet::Cell;
use crate::command::{Command, Place};
use crate::domain::{Id, Lists, Meeting, people};

/// The screens that share one entry line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    #[default]
    Map,
    People,
    Closing,
}

impl Spot {
    pub const ALL: [Spot; 3] = [Spot::Map, Spot::People, Spot::Closing];

    /// The entry line of a place; none where there is no such line.
    pub fn of(place: Place) -> Option<Spot> {
        match place {
            Place::Map => Some(Spot::Map),
            Place::Opening | Place::People => Some(Spot::People),
            Place::Closing => Some(Spot::Closing),
            Place::Home | Place::Info | Place::Plan | Place::Regional => None,
            Place::Register | Place::Issue | Place::Year => None,
            Place::Review | Place::Decide | Place::Forms => None,
        }
    }
}

/// The entry line of a screen, and what Enter does with its words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Writing {
    pub line: Input,
    /// What the line is used for, where its words do not become something new, and what stood in it before.
    #[serde(deserialize_with = "if_known")]
    used: Option<(Target, Input)>,
    /// The highlighted candidate of a half-typed `@` or `#`.
    #[serde(skip)]
    pub candidate: usize,
}

/// A use that another version of the program knows must not cost the words.
fn if_known<'de, D: Deserializer<'de>>(from: D) -> Result<Option<(Target, Input)>, D::Error> {
    Ok(serde_json::from_value(serde_json::Value::deserialize(from)?).unwrap_or_default())
}

impl Writing {
    /// As it comes out of a file.
    pub(super) fn settled(self) -> Self {
        let used = self.used.map(|(target, aside)| (target, aside.settled()));
        Self { line: self.line.settled(), used, candidate: 0 }
    }

    /// What the line is used for; none: its words become something new.
    pub fn target(&self) -> Option<Target> {
        self.used.as_ref().map(|(target, _)| *target)
    }

    /// Whether nothing is typed and nothing is mended.
    pub fn is_idle(&self) -> bool {
        self.used.is_none() && self.line.text().trim().is_empty()
    }

    /// Gives the line a use; what stood in it comes back afterwards.
    fn begin(&mut self, target: Target, line: Input) {
        let aside = match self.used.take() {
            Some((_, aside)) => aside,
            None => std::mem::take(&mut self.line),
        };
        (self.line, self.used, self.candidate) = (line, Some((target, aside)), 0);
    }

    /// Its words are written down, or not wanted: what stood aside stands there again, or nothing.
    pub(super) fn finish(&mut self) {
        self.line = self.used.take().map(|(_, aside)| aside).unwrap_or_default();
        self.candidate = 0;
    }

    /// What it was used for is gone: the words are a draft for something new.
    pub(super) fn lose_target(&mut self) {
        if let Some((_, aside)) = self.used.take()
            && self.line.is_empty()
        {
            self.line = aside;
        }
    }

    /// The words that become something new, on the line or aside.
    pub(super) fn draft_mut(&mut self) -> &mut Input {
        match self.used.as_mut() {
            Some((_, aside)) => aside,
            None => &mut self.line,
        }
    }

    /// Everything that is half typed.
    fn lines(&self) -> impl Iterator<Item = &Input> {
        std::iter::once(&self.line).chain(self.used.iter().map(|(_, aside)| aside))
    }
}

/// What Esc took from the screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PutAway {
    /// None: it stood on a screen of the region.
    meeting: Option<Id<Meeting>>,
    origin: Origin,
    line: Input,
    /// Something else was written down since: Esc would make it a part of the next words.
    past: bool,
}

/// Where words stood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Origin {
    /// None: it was to become something new.
    Entry(Spot, Option<Target>),
    Cell(Cell),
}

/// What the key before did, as far as the next one means something else after it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum LastKey {
    #[default]
    Other,
    /// Esc took words from the screen: pressed again it brings them back.
    PutAway,
    /// Esc brought them back.
    Fetched,
    /// It took them away again: they are not wanted, and the next Esc goes on.
    Dismissed,
    /// Enter wrote something down and left the line empty: whoever presses it twice means the first.
    Entered,
}

/// So many things put away are remembered.
const REMEMBERED: usize = 50;

impl Desk {
    /// The words that something being mended has as it stands; none where nothing is mended.
    pub(super) fn standing(&self, target: Target, lists: &Lists) -> Option<String> {
        let d = &self.doc.dossier;
        match target {
            Target::Node(id) => d.nodes.get(&id).map(|n| entry::literal(&n.text, Signs::MAP)),
            Target::Said(id) => d.nodes.get(&id).map(|n| n.said.clone()),
            Target::Person(id) => d.participants.get(&id).map(|p| people::write_line(p, lists)),
            Target::Reflection(id) => d.reflections.get(&id).map(|r| entry::literal(&r.text, Signs::CLOSING)),
            Target::Search | Target::Link(_) => None,
        }
    }

    /// Whether what a line is used for is still there.
    pub(super) fn stands(&self, target: Target) -> bool {
        let d = &self.doc.dossier;
        match target {
            Target::Node(id) | Target::Said(id) | Target::Link(id) => d.nodes.contains_key(&id),
            Target::Person(id) => d.participants.contains_key(&id),
            Target::Reflection(id) => d.reflections.contains_key(&id),
            Target::Search => true,
        }
    }

    pub fn writing(&self, spot: Spot) -> &Writing {
        match spot {
            Spot::Map => &self.map.writing,
            Spot::People => &self.people,
            Spot::Closing => &self.closing,
        }
    }

    pub(super) fn writing_mut(&mut self, spot: Spot) -> &mut Writing {
        match spot {
            Spot::Map => &mut self.map.writing,
            Spot::People => &mut self.people,
            Spot::Closing => &mut self.closing,
        }
    }

    /// Whether an entry line holds words that stand nowhere else.
    fn holds_new_words(&self, spot: Spot, lists: &Lists) -> bool {
        let writing = self.writing(spot);
        let words = writing.line.text();
        match writing.target() {
            Some(Target::Search) => false,
            target => {
                let stands = target.and_then(|target| self.standing(target, lists));
                !words.trim().is_empty() && stands.as_deref() != Some(words)
            }
        }
    }

    /// Whether anything half typed would be missed.
    pub(super) fn has_drafts(&self) -> bool {
        let mut lines = Spot::ALL.into_iter().flat_map(|spot| self.writing(spot).lines());
        self.sheet.editing.is_some() || lines.any(|l| !l.text().trim().is_empty())
    }
}

impl PutAway {
    /// As it comes out of a file.
    pub(super) fn settled(self) -> Self {
        Self { line: self.line.settled(), ..self }
    }

    pub(super) fn is_of(&self, meeting: Id<Meeting>) -> bool {
        self.meeting == Some(meeting)
    }
}

impl Model {
    /// The entry line of the screen; none where there is no such line.
    pub fn writing(&self) -> Option<&Writing> {
        let spot = Spot::of(self.place())?;
        self.desk.as_ref().map(|desk| desk.writing(spot))
    }

    /// Whether a cell is open, or the entry line is used for something else than new words.
    pub fn is_mending(&self) -> bool {
        self.editing().is_some() || self.writing().is_some_and(|w| w.target().is_some())
    }

    pub(super) fn writing_mut(&mut self) -> Option<&mut Writing> {
        let spot = Spot::of(self.place())?;
        self.desk.as_mut().map(|desk| desk.writing_mut(spot))
    }

    /// Gives the entry line another use; what stood in it comes back afterwards. False if what it was used for must be
    /// finished first.
    pub(super) fn begin(&mut self, target: Target, raw: &str) -> bool {
        if !self.settle_line() {
            return false;
        }
        if let Some(desk) = self.desk.as_mut() {
            if let Target::Node(id) | Target::Said(id) = target {
                desk.select_node(id);
            }
            desk.writing_mut(target.spot()).begin(target, Input::new(raw));
        }
        true
    }

    /// Ends an edit, search or link that is under way: like a cell that is left, what was written is kept. False if
    /// it cannot be understood; then it stays, and the notice says why.
    pub(super) fn settle_line(&mut self) -> bool {
        let Some(target) = self.writing().and_then(Writing::target) else { return true };
        let Some(desk) = self.desk.as_ref() else { return true };
        match target {
            Target::Link(_) => {
                self.put_line_away();
                self.cx.say("つなぐのをやめました。");
            }
            _ if !desk.holds_new_words(target.spot(), &self.cx.lists) => self.leave_target(),
            Target::Search => self.leave_target(),
            _ if self.cx.look_only => drop(self.put_line_away()),
            Target::Node(id) => self.finish_edit(id),
            Target::Said(id) => self.finish_said(id),
            Target::Person(id) => self.finish_person(Some(id)),
            Target::Reflection(id) => self.finish_reflection(Some(id)),
        }
        self.writing().is_none_or(|w| w.target().is_none())
    }

    /// Leaves editing, searching or linking; what stood in the line before stands there again.
    pub(super) fn leave_target(&mut self) {
        let target = self.writing().and_then(Writing::target);
        if let Some(desk) = self.desk.as_mut()
            && let Some(target) = target
        {
            // While a link was being made the selection moved to its possible ends; now it goes back to the beginning.
            if let Target::Link(from) = target
                && desk.doc.dossier.nodes.contains_key(&from)
            {
                desk.select_node(from);
            }
            desk.writing_mut(target.spot()).finish();
        }
        self.hits.clear();
    }

    /// Takes the words of the entry line from the screen; true if there is something to be fetched back.
    fn put_line_away(&mut self) -> bool {
        let Some((spot, desk)) = Spot::of(self.place()).zip(self.desk.as_mut()) else { return false };
        let worth = desk.holds_new_words(spot, &self.cx.lists);
        let writing = desk.writing_mut(spot);
        let (origin, line) = (Origin::Entry(spot, writing.target()), writing.line.clone());
        if writing.target().is_none() {
            writing.finish();
        } else {
            self.leave_target();
        }
        if worth {
            self.remember(origin, line);
        }
        worth
    }

    fn remember(&mut self, origin: Origin, line: Input) {
        if self.put_away.len() == REMEMBERED {
            self.put_away.remove(0);
        }
        let meeting = self.desk.as_ref().map(|d| d.doc.dossier.meeting.id);
        self.put_away.push(PutAway { meeting, origin, line, past: false });
        self.cx.touched = true;
    }

    /// Gives up what is being written: a cell, an edit, a search, or the words of the line. False if there is nothing
    /// to give up.
    pub(super) fn give_up(&mut self, last: LastKey) -> bool {
        let mut kept = false;
        if let Some((cell, line)) = self.editing().cloned() {
            kept = self.cell_raw(cell) != line.text() && !line.text().trim().is_empty();
            self.drop_cell();
            if kept {
                self.remember(Origin::Cell(cell), line);
            }
        } else {
            match self.writing() {
                Some(writing) if writing.target() == Some(Target::Search) => self.end_search(false),
                Some(writing) if writing.target().is_some() || !writing.line.is_empty() => {
                    kept = self.put_line_away();
                }
                _ => return false,
            }
        }
        if kept {
            // Taken away a second time it is meant so: the next Esc goes on.
            let again = last == LastKey::Fetched;
            self.last = if again { LastKey::Dismissed } else { LastKey::PutAway };
            self.cx.say(if again {
                let (key, title) = (self.cx.keymap.said(Command::Menu), Command::PutAway.row().title);
                format!("書きかけを片づけました。{key} の「{title}」で、いつでも出せます。")
            } else {
                let key = self.cx.keymap.said(Command::Back);
                format!("書きかけを片づけました。もう一度 {key} で、書きかけが出てきます。")
            });
        }
        true
    }

    /// Whether words were put away where one is now.
    fn stood_here(&self, put: &PutAway) -> bool {
        let place = self.place();
        let meeting = self.desk.as_ref().map(|d| d.doc.dossier.meeting.id);
        put.meeting == meeting
            && match put.origin {
                Origin::Entry(spot, _) => Spot::of(place) == Some(spot),
                Origin::Cell(cell) if meeting.is_some() => cell.is_at(place),
                // The screens of the region show now one issue or year, now another.
                Origin::Cell(cell) => self.selected_cell() == Some(cell),
            }
    }

    /// Whether anything was put away on this screen.
    pub(super) fn has_put_away_here(&self) -> bool {
        self.put_away.iter().any(|put| self.stood_here(put))
    }

    /// Fetches back what was put away last on this screen. False if there is nothing.
    pub(super) fn fetch_back(&mut self) -> bool {
        let Some(at) = self.put_away.iter().rposition(|put| !put.past && self.stood_here(put)) else {
            return false;
        };
        let put = self.put_away.remove(at);
        self.put_back_words(put);
        true
    }

    /// What was put away before the words that were just written down would come back as a part of the next.
    pub(super) fn pass_drafts(&mut self) {
        let Some((spot, desk)) = Spot::of(self.place()).zip(self.desk.as_ref()) else { return };
        let meeting = desk.doc.dossier.meeting.id;
        let new = Origin::Entry(spot, None);
        for put in self.put_away.iter_mut().filter(|put| put.is_of(meeting) && put.origin == new) {
            put.past = true;
        }
    }

    /// Everything that was put away on this screen, the newest first.
    pub(super) fn choose_put_away(&mut self) {
        let all = self.put_away.iter().enumerate().rev();
        let here = all.filter(|(_, put)| self.stood_here(put)).map(|(at, put)| {
            let note = match put.origin {
                Origin::Entry(_, None) => "",
                Origin::Entry(..) => "直しかけ",
                Origin::Cell(cell) => cell.heading().title,
            };
            Choice::new(self.shortened(put.line.text()), note, Pick::Fetch(at))
        });
        let chooser = Chooser::new(Command::PutAway.row().title, here.collect());
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// Fetches back one of them; what stands in its place now is kept or put away first.
    pub(super) fn fetch(&mut self, at: usize) {
        if !self.leave_cell() || !self.settle_line() || at >= self.put_away.len() {
            return;
        }
        let put = self.put_away.remove(at);
        if matches!(put.origin, Origin::Entry(..)) {
            self.put_line_away();
        }
        self.put_back_words(put);
    }

    fn put_back_words(&mut self, put: PutAway) {
        let PutAway { origin, line, .. } = put;
        match (origin, self.desk.as_mut()) {
            (Origin::Entry(spot, target), Some(desk)) => {
                // The twig the words were meant for may be gone: then they go into the line for something new.
                match target.filter(|target| desk.stands(*target)) {
                    Some(target) => {
                        if let Target::Node(id) | Target::Said(id) | Target::Link(id) = target {
                            desk.select_node(id);
                        }
                        desk.writing_mut(spot).begin(target, line);
                    }
                    None => *desk.writing_mut(spot).draft_mut() = line,
                }
            }
            (Origin::Cell(cell), desk) => {
                let cell = desk.map_or(cell, |desk| desk.cell_that_stands(cell));
                if let Some(sheet) = self.sheet_mut() {
                    sheet.editing = Some((cell, line));
                    sheet.marked = false;
                }
            }
            (Origin::Entry(..), None) => {}
        }
        self.last = LastKey::Fetched;
        self.cx.touched = true;
    }
}
