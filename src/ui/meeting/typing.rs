//! Text on its way into an entry line of a meeting, and the candidates for a half-typed sign.

use crate::command::{Command, Place};
use crate::domain::{Participant, people};
use crate::ui::entry::{Candidate, Open, Signs};
use crate::ui::meeting::map::aim;
use crate::ui::{Context, Input, LastKey, MeetingScreen, Screen, Sheets, Spot, Target, Writing, entry};

impl MeetingScreen {
    /// The signs the entry line understands here and now.
    pub fn signs(&self) -> Signs {
        match self.place() {
            Place::Map => self.doc.signs_in(&self.map.writing, Signs::MAP),
            Place::Closing => self.doc.signs_in(&self.closing.writing, Signs::CLOSING),
            _ => Signs::NONE,
        }
    }

    /// The entry line, where the cursor stands in it and signs and candidates are.
    pub(crate) fn typed(&self) -> Option<&Writing> {
        self.writing().filter(|_| self.editing().is_none())
    }

    /// The byte where the words of the line begin, after its signs.
    pub(crate) fn words_start(&self) -> usize {
        self.typed().map_or(0, |writing| {
            let parsed = entry::parse(writing.line.text(), self.signs());
            // While a sign is still being typed it is text one can walk through.
            if parsed.shown_from < parsed.text_start { 0 } else { parsed.text_start }
        })
    }

    pub(crate) fn after_typing(&mut self) {
        let Some(writing) = self.here_mut() else { return };
        writing.candidate = 0;
        match writing.target() {
            Some(Target::Search) => self.map.search(&self.doc, 0),
            Some(Target::Link(from)) => self.map.seek_link(&self.doc, from, 0),
            _ => {}
        }
        self.map.drop_carried();
    }

    /// Enters the line that was asked about as the key that asked does when it is pressed again. What is no entry by itself,
    /// such as signs alone, belongs to the words that follow.
    pub(crate) fn enter_asked(&mut self, cx: &mut Context, again: Command) {
        let signs = self.signs();
        let Some(raw) = self.typed().map(|writing| writing.line.text().to_owned()) else { return };
        let is_entry = match Spot::of(self.place()) {
            Some(Spot::People) => !people::parse_line(&raw, &cx.lists).is_nobody(),
            _ => !entry::parse(&raw, signs).words(&raw).trim().is_empty(),
        };
        if is_entry {
            self.attempt(cx, again);
        }
        cx.last = LastKey::Other;
        match self.line_mut() {
            Some(line) if line.text() == raw => *line = Input::new(raw + " "),
            _ => {
                cx.say_done(&format!("「{}」を、そのまま書きました", cx.shortened(&raw)));
                cx.notice.stay();
            }
        }
    }

    /// What the half-typed sign at the end of the line may become.
    pub fn candidates(&self, cx: &Context) -> Vec<Candidate> {
        let Some(writing) = self.typed().filter(|_| self.map.replay.is_none() && cx.over.is_none()) else {
            return Vec::new();
        };
        let raw = writing.line.text();
        let parsed = entry::parse(raw, self.signs());
        let dossier = &self.doc.dossier;
        match parsed.open {
            Some(Open::Speaker) => {
                let found = match parsed.speaker.map_or("", |r| &raw[r]) {
                    "" => dossier.people().into_iter().map(|p| p.id).collect(),
                    query => people::find(query, dossier, &cx.lists),
                };
                let candidate = |p: &Participant| Candidate {
                    label: format!("{} {}", p.code, p.label()),
                    note: p.organisation.clone(),
                    words: p.code.clone(),
                };
                found.iter().filter_map(|id| dossier.participants.get(id)).map(candidate).collect()
            }
            Some(Open::Branch) => self.topics(cx, parsed.branch.map_or("", |r| &raw[r])),
            None => Vec::new(),
        }
    }

    /// `#` aims at a place on the map and at a question at the closing.
    fn topics(&self, cx: &Context, query: &str) -> Vec<Candidate> {
        if self.place() == Place::Map {
            return aim::candidates(&self.doc, query, cx.marks);
        }
        let (titles, found) = (self.doc.questions(cx), self.doc.find_questions(cx, query));
        let candidate = |i: usize| Candidate {
            label: titles[i].clone(),
            note: String::new(),
            words: (i + 1).to_string(),
        };
        found.into_iter().map(candidate).collect()
    }

    /// Up and down step through the candidates while there are any.
    pub(crate) fn step_candidate(&mut self, cx: &Context, step: isize) -> bool {
        let count = self.candidates(cx).len();
        let Some(writing) = self.here_mut().filter(|_| count > 0) else { return false };
        writing.candidate = (writing.candidate as isize + step).rem_euclid(count as isize) as usize;
        true
    }

    /// Whether Enter takes a candidate, and nothing more.
    pub(crate) fn completes(&self, cx: &Context) -> bool {
        let Some(writing) = self.typed() else { return false };
        let parsed = entry::parse(writing.line.text(), self.signs());
        let behind = parsed.open_at > parsed.text_start;
        !behind && self.candidates(cx).len() > writing.candidate
    }

    /// Enter and Tab take the highlighted candidate first, if a sign waits for one. False: none does, or the words stand
    /// already and it was the last of the line.
    pub(crate) fn take_candidate(&mut self, cx: &Context) -> bool {
        let (candidates, signs) = (self.candidates(cx), self.signs());
        let Some(writing) = self.here_mut() else { return false };
        let Some(candidate) = candidates.get(writing.candidate) else { return false };
        let raw = writing.line.text();
        let parsed = entry::parse(raw, signs);
        let behind = parsed.open_at > parsed.text_start;
        // There it is what the labels say, as long as nobody steps to another.
        if behind && writing.candidate == 0 {
            return false;
        }
        // The sign itself stays.
        let sign = raw[parsed.open_at..].chars().next().map_or(0, char::len_utf8);
        let before = &raw[..parsed.open_at + sign];
        writing.line = Input::new(format!("{before}{} ", candidate.words));
        writing.candidate = 0;
        !behind
    }
}
