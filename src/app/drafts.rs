//! Words on their way: what is typed and not entered yet is never thrown away, whatever is pressed.
//!
//! Each screen with an entry line has a draft of its own, so that a keyword half typed for the map never becomes a
//! participant. What Esc takes from the screen is fetched back by Esc, and at any time from the menu. What stands half typed
//! when one goes back to the list of meetings waits there until the meeting is opened again.

use serde::{Deserialize, Serialize};

use super::chooser::{Choice, Chooser, Pick};
use super::entry::{self, Signs};
use super::line::Line;
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

/// What Esc took from the screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PutAway {
    /// None: it stood on a screen of the region.
    meeting: Option<Id<Meeting>>,
    origin: Origin,
    line: Line,
    /// Something else was written down since: Esc would make it a part of the next words.
    past: bool,
}

/// Where words stood.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Origin {
    Entry(Spot, Target),
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
            Target::New | Target::Search | Target::Link(_) => None,
        }
    }

    /// Whether the entry line holds words that stand nowhere else.
    fn holds_new_words(&self, lists: &Lists) -> bool {
        let words = self.entry.text();
        match self.target {
            Target::Search => false,
            target => !words.trim().is_empty() && self.standing(target, lists).as_deref() != Some(words),
        }
    }

    /// Whether anything half typed would be missed.
    pub(super) fn has_drafts(&self) -> bool {
        let under = self.under.iter();
        let lines = [&self.entry, &self.aside].into_iter().chain(self.drafts.values());
        let lines = lines.chain(under.clone().map(|u| &u.aside));
        let mut cells = under.map(|u| &u.sheet).chain([&self.sheet]);
        cells.any(|s| s.editing.is_some()) || lines.into_iter().any(|l| !l.text().trim().is_empty())
    }

    /// Gives each screen its own draft once one has come to it.
    pub(super) fn change_drafts(&mut self, place: Place) {
        let Some(spot) = Spot::of(place).filter(|spot| *spot != self.spot) else { return };
        // An edit or a search under way belongs to the screen it was begun on.
        if self.target != Target::New {
            return;
        }
        let left = std::mem::take(&mut self.entry);
        self.drafts.insert(self.spot, left);
        self.entry = self.drafts.remove(&spot).unwrap_or_default();
        self.spot = spot;
        self.candidate = 0;
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
    /// Gives the entry line another use; what stood in it comes back afterwards. False if what it was used for must be
    /// finished first.
    pub(super) fn begin(&mut self, target: Target, raw: &str) -> bool {
        if !self.settle_line() {
            return false;
        }
        if let Some(desk) = self.desk.as_mut() {
            desk.aside = std::mem::replace(&mut desk.entry, Line::new(raw));
            if let Target::Node(id) | Target::Said(id) = target {
                desk.select_node(id);
            }
            desk.target = target;
            desk.candidate = 0;
        }
        true
    }

    /// Ends an edit, search or link that is under way: like a cell that is left, what was written is kept. False if
    /// it cannot be understood; then it stays, and the notice says why.
    pub(super) fn settle_line(&mut self) -> bool {
        let Some(desk) = self.desk.as_ref() else { return true };
        match desk.target {
            Target::New => {}
            Target::Link(_) => {
                self.put_line_away();
                self.cx.say("つなぐのをやめました。");
            }
            _ if !desk.holds_new_words(&self.cx.lists) => self.leave_target(),
            Target::Search => self.leave_target(),
            _ if self.cx.look_only => drop(self.put_line_away()),
            Target::Node(id) => self.finish_edit(id),
            Target::Said(id) => self.finish_said(id),
            Target::Person(id) => self.finish_person(Some(id)),
            Target::Reflection(id) => self.finish_reflection(Some(id)),
        }
        self.desk.as_ref().is_none_or(|d| d.target == Target::New)
    }

    /// Leaves editing, searching or linking; what stood in the line before stands there again.
    pub(super) fn leave_target(&mut self) {
        if let Some(desk) = self.desk.as_mut() {
            // What was looked at for a link was only looked at.
            if let Target::Link(from) = desk.target
                && desk.doc.dossier.nodes.contains_key(&from)
            {
                desk.select_node(from);
            }
            desk.target = Target::New;
            desk.entry = std::mem::take(&mut desk.aside);
            desk.candidate = 0;
        }
        self.hits.clear();
    }

    /// Takes the words of the entry line from the screen; true if there is something to be fetched back.
    fn put_line_away(&mut self) -> bool {
        let Some(desk) = self.desk.as_mut() else { return false };
        let worth = desk.holds_new_words(&self.cx.lists);
        let (origin, line) = (Origin::Entry(desk.spot, desk.target), desk.entry.clone());
        if desk.target == Target::New {
            desk.entry.take();
            desk.candidate = 0;
        } else {
            self.leave_target();
        }
        if worth {
            self.remember(origin, line);
        }
        worth
    }

    fn remember(&mut self, origin: Origin, line: Line) {
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
        let place = self.place();
        let mut kept = false;
        if let Some((cell, line)) = self.editing().cloned() {
            kept = self.cell_raw(cell) != line.text() && !line.text().trim().is_empty();
            self.drop_cell();
            if kept {
                self.remember(Origin::Cell(cell), line);
            }
        } else {
            let Some(desk) = self.desk.as_ref() else { return false };
            if desk.target == Target::Search && place == Place::Map {
                self.end_search(false);
            } else if Spot::of(place).is_none() {
                // The words of the entry line are not seen here.
                return false;
            } else if desk.target != Target::New || !desk.entry.is_empty() {
                kept = self.put_line_away();
            } else {
                return false;
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
        let Some(desk) = self.desk.as_ref() else { return };
        let (meeting, spot) = (desk.doc.dossier.meeting.id, desk.spot);
        let new = Origin::Entry(spot, Target::New);
        for put in self.put_away.iter_mut().filter(|put| put.is_of(meeting) && put.origin == new) {
            put.past = true;
        }
    }

    /// Everything that was put away on this screen, the newest first.
    pub(super) fn choose_put_away(&mut self) {
        let all = self.put_away.iter().enumerate().rev();
        let here = all.filter(|(_, put)| self.stood_here(put)).map(|(at, put)| {
            let note = match put.origin {
                Origin::Entry(_, Target::New) => "",
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
            (Origin::Entry(_, target), Some(desk)) => {
                // What it was written for may be gone; the words are not.
                let stands = matches!(target, Target::Link(id) if desk.doc.dossier.nodes.contains_key(&id))
                    || desk.standing(target, &self.cx.lists).is_some();
                if stands {
                    if let Target::Node(id) | Target::Said(id) | Target::Link(id) = target {
                        desk.select_node(id);
                    }
                    desk.aside = std::mem::take(&mut desk.entry);
                    desk.target = target;
                }
                desk.entry = line;
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
