//! Words on their way: what is typed and not entered yet is never thrown away, whatever is pressed.
//!
//! Each screen with an entry line has a draft of its own, so that a keyword half typed for the map never becomes a
//! participant. What Esc takes from the screen is fetched back by Esc. What stands half typed when one goes back to
//! the list of meetings waits there until the meeting is opened again.

use serde::{Deserialize, Serialize};

use super::entry::{self, Signs};
use super::line::Line;
use super::model::{Desk, Model, Target};
use super::sheet::Cell;
use crate::command::Place;
use crate::domain::{Lists, people};

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
#[derive(Debug, Clone, PartialEq)]
pub enum PutAway {
    Entry(Spot, Target, Line),
    Cell(Place, Cell, Line),
}

/// So many things put away are remembered.
const REMEMBERED: usize = 16;

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

    fn remember(&mut self, put: PutAway) {
        if self.put_away.len() == REMEMBERED {
            self.put_away.remove(0);
        }
        self.put_away.push(put);
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
        if worth {
            desk.remember(PutAway::Entry(desk.spot, desk.target, desk.entry.clone()));
        }
        if desk.target == Target::New {
            desk.entry.take();
            desk.candidate = 0;
        } else {
            self.leave_target();
        }
        worth
    }

    /// Gives up what is being written: a cell, an edit, a search, or the words of the line. False if there is nothing
    /// to give up.
    pub(super) fn give_up(&mut self) -> bool {
        let place = self.place();
        let Some(desk) = self.desk.as_ref() else { return self.give_up_outside() };
        let mut kept = false;
        if let Some((cell, line)) = desk.sheet.editing.clone() {
            let stands = self.cell_raw(cell) == line.text();
            self.drop_cell();
            if let Some(desk) = self.desk.as_mut().filter(|_| !stands && !line.text().trim().is_empty()) {
                kept = true;
                desk.remember(PutAway::Cell(place, cell, line));
            }
        } else if desk.target == Target::Search && place == Place::Map {
            self.end_search(false);
        } else if Spot::of(place).is_none() {
            // The words of the entry line are not seen here.
            return false;
        } else if desk.target != Target::New || !desk.entry.is_empty() {
            kept = self.put_line_away();
        } else {
            return false;
        }
        let Some(desk) = self.desk.as_mut() else { return true };
        if kept {
            // Taken away a second time it is meant so: the next Esc goes on.
            desk.fresh = !std::mem::take(&mut desk.fetched);
            desk.dismissed = !desk.fresh;
            let key = self.cx.keymap.shown(crate::command::Command::Back);
            if desk.fresh {
                self.cx.say(format!("書きかけを片づけました。もう一度 {key} で、書きかけが出てきます。"));
            } else {
                self.cx.say("書きかけを片づけました。");
            }
        }
        true
    }

    /// Fetches back what was put away last on this screen. False if there is nothing.
    pub(super) fn fetch_back(&mut self) -> bool {
        let place = self.place();
        let Some(desk) = self.desk.as_mut() else { return self.fetch_back_outside() };
        let here = |put: &PutAway| match put {
            PutAway::Entry(spot, ..) => Spot::of(place) == Some(*spot),
            PutAway::Cell(at, ..) => *at == place,
        };
        let Some(at) = desk.put_away.iter().rposition(here) else { return false };
        match desk.put_away.remove(at) {
            PutAway::Entry(_, target, line) => {
                // What it was written for may be gone; the words are not.
                let stands = matches!(target, Target::Link(id) if desk.doc.dossier.nodes.contains_key(&id))
                    || desk.standing(target, &self.cx.lists).is_some();
                if stands {
                    desk.aside = std::mem::take(&mut desk.entry);
                    desk.target = target;
                }
                desk.entry = line;
            }
            PutAway::Cell(_, cell, line) => {
                desk.sheet.editing = Some((desk.cell_that_stands(cell), line));
                desk.sheet.marked = false;
            }
        }
        desk.fetched = true;
        desk.fresh = false;
        true
    }
}
