//! Text on its way into the line that has the cursor, and the candidates for a half-typed sign.

use super::entry::{self, Open, Signs};
use super::input::{Input, LONGEST};
use super::model::{Model, Overlay, Target};
use super::perform::line_key;
use super::writing::{Spot, Writing};
use crate::command::{Code, Command, Key, Place};
use crate::domain::{people, text};

/// What a half-typed `@` or `#` may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What people read.
    pub label: String,
    pub note: String,
    /// What stands in the line once it is chosen, without the sign.
    pub words: String,
}

impl Model {
    /// The signs the entry line understands here and now.
    pub fn signs(&self) -> Signs {
        let target = self.writing().and_then(Writing::target);
        match (self.place(), target) {
            (_, Some(Target::Search | Target::Link(_) | Target::Said(_) | Target::Person(_))) => Signs::NONE,
            (Place::Map, _) => Signs::MAP,
            (Place::Closing, _) => Signs::CLOSING,
            _ => Signs::NONE,
        }
    }

    /// The line that has the cursor; none where nothing is typed.
    pub fn line_mut(&mut self) -> Option<&mut Input> {
        let place = self.place();
        match self.cx.over.as_mut() {
            Some(Overlay::Ask(ask)) => return Some(&mut ask.line),
            Some(Overlay::Choose(chooser)) => return Some(&mut chooser.line),
            Some(_) => return None,
            None => {}
        }
        let Some(desk) = self.desk.as_mut() else {
            let region = self.region.as_mut()?;
            return match place {
                Place::Register => Some(&mut region.words),
                _ => region.sheet.editing.as_mut().map(|(_, line)| line),
            };
        };
        match place {
            Place::Opening | Place::Closing if desk.sheet.editing.is_some() => {
                desk.sheet.editing.as_mut().map(|(_, line)| line)
            }
            Place::Map | Place::People | Place::Opening | Place::Closing => {
                Spot::of(place).map(|spot| &mut desk.writing_mut(spot).line)
            }
            Place::Info | Place::Plan | Place::Regional => desk.sheet.editing.as_mut().map(|(_, line)| line),
            _ => None,
        }
    }

    /// Whether the cursor stands in the entry line, where signs and candidates are.
    fn in_entry(&self) -> bool {
        self.cx.over.is_none() && self.editing().is_none() && self.writing().is_some()
    }

    /// The byte where the words of the line begin, after its signs.
    pub(super) fn words_start(&self) -> usize {
        match self.writing().filter(|_| self.in_entry()) {
            // While a sign is still being typed it is text one can walk through.
            Some(writing) => {
                let parsed = entry::parse(writing.line.text(), self.signs());
                if parsed.open.is_some() { 0 } else { parsed.text_start }
            }
            None => 0,
        }
    }

    /// A key that is no action: editing, or text.
    pub(super) fn edit_key(&mut self, key: Key) {
        if let Some(c) = key.text() {
            return self.type_text(c.encode_utf8(&mut [0; 4]));
        }
        if key.ctrl || key.alt {
            return;
        }
        let (start, signs) = (self.words_start(), self.signs());
        let entry = self.in_entry();
        let marked = self.sheet_mut().is_some_and(|sheet| {
            (sheet.passing, sheet.offer) = (false, None);
            std::mem::take(&mut sheet.marked) && sheet.editing.is_some()
        });
        let Some(line) = self.line_mut() else { return };
        match key.code {
            Code::Backspace if entry && start > 0 && line.cursor() <= start => {
                if let Some((raw, cursor)) = entry::label_to_text(line.text(), signs) {
                    *line = Input::new(raw);
                    line.put_cursor(cursor);
                }
            }
            Code::Backspace if marked => {
                line.take();
            }
            Code::Backspace | Code::Delete
                if entry
                    && let Some((raw, cursor)) = entry::without_doubled(
                        line.text(),
                        line.cursor(),
                        key.code == Code::Backspace,
                        signs,
                    ) =>
            {
                *line = Input::new(raw);
                line.put_cursor(cursor);
            }
            Code::Home => line.put_cursor(start),
            _ => line_key(line, key),
        }
        self.after_typing();
    }

    /// Text for wherever text goes here.
    pub(super) fn type_text(&mut self, typed: &str) {
        self.end_replay();
        match &mut self.cx.over {
            Some(Overlay::Choose(_)) => return self.chooser_type(typed),
            Some(Overlay::Ask(ask)) => {
                if std::mem::take(&mut ask.marked) {
                    ask.line.take();
                }
                return ask.line.insert(typed);
            }
            // Letters typed over a text to be read are meant for the entry line below it.
            Some(Overlay::Prompts(_) | Overlay::Told(_) | Overlay::ReadBack(_))
                if !typed.trim().is_empty() =>
            {
                self.cx.over = None
            }
            Some(_) => return,
            None => {}
        }
        let editing = self.editing().is_some();
        match self.place() {
            Place::Home => self.home_type(typed),
            Place::Info | Place::Plan | Place::Regional => self.sheet_type(typed),
            Place::Issue | Place::Year | Place::Decide | Place::Forms => self.sheet_type(typed),
            Place::Register if typed.trim().is_empty() && self.line_mut().is_some_and(|l| l.is_empty()) => {}
            Place::Review => {}
            _ if editing => self.sheet_type(typed),
            // A space on an empty line is no word: it folds, also when an input method sends the wide one.
            _ if typed == "\u{3000}" && self.line_mut().is_some_and(|l| l.is_empty()) => {
                let ticks = matches!(self.place(), Place::Opening | Place::Closing);
                self.perform(if ticks { Command::Tick } else { Command::Fold });
            }
            // A space ends the sign with what was stepped to.
            _ if matches!(typed, " " | "\u{3000}") && self.writing().is_some_and(|w| w.candidate > 0) => {
                self.with_candidate(|_| ());
            }
            _ => {
                if let Some(line) = self.line_mut() {
                    line.insert(typed);
                }
                self.after_typing();
            }
        }
    }

    fn after_typing(&mut self) {
        if self.place() == Place::Register {
            self.search_register();
        }
        if let Some(writing) = self.writing_mut() {
            writing.candidate = 0;
            match writing.target() {
                Some(Target::Search) => self.search(0),
                Some(Target::Link(from)) => self.seek_link(from, 0),
                _ => {}
            }
        }
    }

    /// Text that came in one piece. Several lines on the map are several twigs; elsewhere they are one.
    pub(super) fn paste(&mut self, pasted: &str) {
        self.cx.notice.clear();
        self.end_replay();
        self.cx.touched = true;
        let lines = text::clean_lines(pasted);
        let new = self.writing().is_some_and(|w| w.target().is_none());
        let twigs = lines.len() > 1 && self.cx.over.is_none() && self.place() == Place::Map && new;
        let in_line = self.editing().is_none() && self.writing().is_some_and(|w| w.line.is_empty());
        let people = matches!(self.place(), Place::People | Place::Opening)
            && (lines.len() > 1 && self.cx.over.is_none() && new && in_line);
        let bytes = lines.iter().map(String::len);
        let longest = if twigs || people {
            bytes.max().unwrap_or(0)
        } else {
            bytes.sum::<usize>() + self.line_mut().map_or(0, |line| line.text().len())
        };
        // Half a text would be worse than none.
        if longest > LONGEST {
            return self.cx.warn(
                "貼りつけた文が長すぎます（一度に2万字まで）。何も入れていません。分けて貼りつけてください",
            );
        }
        match lines.as_slice() {
            [] => {}
            [_] => self.type_text(&pasted.replace(['\r', '\n'], "")),
            _ if twigs => self.paste_twigs(&lines),
            _ if people => self.paste_people(&lines),
            _ => self.type_text(&lines.iter().map(|l| l.trim()).collect::<Vec<_>>().join(" ")),
        }
    }

    /// What the half-typed sign at the end of the line may become.
    pub fn candidates(&self) -> Vec<Candidate> {
        let here = self.in_entry();
        let Some(desk) = self.desk.as_ref().filter(|d| here && d.replay.is_none()) else { return Vec::new() };
        let Some(raw) = self.writing().map(|w| w.line.text()) else { return Vec::new() };
        let parsed = entry::parse(raw, self.signs());
        match parsed.open {
            Some(Open::Speaker) => {
                let query = parsed.speaker.map_or("", |r| &raw[r]);
                let all = || desk.doc.dossier.people().into_iter().map(|p| p.id).collect();
                let found = if query.is_empty() {
                    all()
                } else {
                    people::find(query, &desk.doc.dossier, &self.cx.lists)
                };
                let person = found.iter().filter_map(|id| desk.doc.dossier.participants.get(id));
                person
                    .map(|p| Candidate {
                        label: format!("{} {}", p.code, p.label()),
                        note: p.organisation.clone(),
                        words: p.code.clone(),
                    })
                    .collect()
            }
            Some(Open::Branch) => {
                let query = parsed.branch.map_or("", |r| &raw[r]);
                self.topic_candidates(query)
            }
            None => Vec::new(),
        }
    }

    /// `#` names a branch on the map and a question at the closing.
    fn topic_candidates(&self, query: &str) -> Vec<Candidate> {
        let Some(desk) = self.desk.as_ref() else { return Vec::new() };
        let candidate = |label: String, number: usize| Candidate {
            label,
            note: String::new(),
            words: number.to_string(),
        };
        if self.place() == Place::Closing {
            let titles = self.questions();
            return self
                .find_questions(query)
                .into_iter()
                .map(|i| candidate(titles[i].clone(), i + 1))
                .collect();
        }
        let titles = &desk.doc.dossier.meeting.branches;
        desk.find_branches(query).into_iter().map(|i| candidate(titles[i].title.clone(), i + 1)).collect()
    }

    /// Up and down step through the candidates while there are any.
    pub(super) fn step_candidate(&mut self, step: isize) -> bool {
        let count = self.candidates().len();
        match self.writing_mut() {
            Some(writing) if count > 0 => {
                writing.candidate = (writing.candidate as isize + step).rem_euclid(count as isize) as usize;
                true
            }
            _ => false,
        }
    }

    /// Enter and Tab take the highlighted candidate first, if a sign waits for one; else they do what they do.
    pub(super) fn with_candidate(&mut self, otherwise: impl FnOnce(&mut Self)) {
        let candidates = self.candidates();
        let signs = self.signs();
        let Some(writing) = self.writing_mut() else { return otherwise(self) };
        match candidates.get(writing.candidate) {
            Some(candidate) => {
                let raw = writing.line.text();
                let parsed = entry::parse(raw, signs);
                let range = if parsed.open == Some(Open::Speaker) { parsed.speaker } else { parsed.branch };
                if let Some(range) = range {
                    writing.line = Input::new(format!("{}{} ", &raw[..range.start], candidate.words));
                }
                writing.candidate = 0;
            }
            None => otherwise(self),
        }
    }
}
