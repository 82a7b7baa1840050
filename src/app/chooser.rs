//! One list to choose from: menu, palette, and every picker are this.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Position, Rect};

use super::entry;
use super::give::Deliverable;
use super::input::Input;
use super::model::{Desk, Model, Overlay, Target};
use super::region::Facet;
use crate::command::{Code, Command, Key};
use crate::domain::follow::Beginning;
use crate::domain::{Id, Kind, Meeting, Participant, RegionalIssue, text};
use crate::layout::measure::{ellipsis, width};
use crate::layout::wrap::wrap;

/// What choosing a row does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    Do(Command),
    /// What cannot be done, and why.
    Refused(String),
    Speaker(Option<Id<Participant>>),
    Kind(Kind),
    /// The step at an index.
    Step(usize),
    Question(usize),
    /// The session format at an index.
    Format(usize),
    /// Give evidence for an issue of an earlier meeting, or take it back.
    Join(Id<RegionalIssue>),
    /// Leave for another meeting.
    Meeting(Id<Meeting>),
    /// Make the next meeting of the case.
    FollowUp(Beginning),
    Export(Deliverable),
    /// Copy the plan or the regional issues.
    CopyPlan,
    CopyRegional,
    /// Narrow the register.
    Facet(Facet),
    /// Look at a regional issue of the register.
    Issue(Id<RegionalIssue>),
    /// Put a meeting into the selected slot, or take it out.
    Held(Option<Id<Meeting>>),
    /// Look at a town, or at all.
    Town(Option<String>),
    /// Bring back what was put away, by its place.
    Fetch(usize),
    Sample,
    LookOnly,
    Quit,
    Write(std::path::PathBuf, Deliverable),
    Overwrite(std::path::PathBuf, Deliverable),
    Nothing,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub label: String,
    /// A quiet word at the end: a key, an organisation.
    pub note: String,
    /// Further words it can be found by.
    pub words: String,
    /// The heading above it, shown where it changes.
    pub heading: &'static str,
    /// It cannot be chosen: only who searches for it is told of it, after the rest.
    pub quiet: bool,
    pub pick: Pick,
}

impl Choice {
    pub fn new(label: impl Into<String>, note: impl Into<String>, pick: Pick) -> Self {
        Self { label: label.into(), note: note.into(), words: String::new(), heading: "", quiet: false, pick }
    }
}

/// A list over the screen with a line to narrow it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chooser {
    pub title: String,
    /// What it is about, in a sentence; may be empty.
    pub text: String,
    pub line: Input,
    pub choices: Vec<Choice>,
    /// The place in the narrowed list.
    pub row: usize,
    /// A number chooses, at once where no greater one begins with it; else numbers are words to search by.
    pub by_number: bool,
}

impl Chooser {
    pub fn new(title: impl Into<String>, choices: Vec<Choice>) -> Self {
        let by_number = choices.len() <= 9;
        Self { title: title.into(), text: String::new(), line: Input::default(), choices, row: 0, by_number }
    }

    /// The place that the number in the line names.
    fn numbered(&self) -> Option<usize> {
        let number = text::number(self.line.text()).filter(|_| self.by_number)?;
        (number as usize).checked_sub(1).filter(|i| *i < self.choices.len())
    }

    /// The choices that fit the words of the line, those that begin with them first; all while it holds a number.
    pub fn shown(&self) -> Vec<&Choice> {
        let query = if self.numbered().is_some() { String::new() } else { text::fold(self.line.text()) };
        let mut found: Vec<(u8, &Choice)> = self
            .choices
            .iter()
            .filter(|c| !(c.quiet && query.is_empty()))
            .filter_map(|c| {
                let label = text::fold(&c.label);
                let held = || text::fold(&c.note).contains(&query) || text::fold(&c.words).contains(&query);
                if query.is_empty() || label.starts_with(&query) {
                    Some((0, c))
                } else if label.contains(&query) {
                    Some((1, c))
                } else {
                    held().then_some((2, c))
                }
            })
            .collect();
        found.sort_by_key(|(rank, choice)| (choice.quiet, *rank));
        found.into_iter().map(|(_, c)| c).collect()
    }
}

/// Where a list stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    pub frame: Rect,
    /// The rows of the sentence under the title.
    pub text: u16,
    pub line: Rect,
    pub list: Rect,
    /// The rows of the list: a heading where it changes, then the choice's own place among those shown.
    pub rows: Vec<(Option<&'static str>, usize)>,
    /// The first of them that is seen.
    pub first: usize,
}

impl Chooser {
    /// Divides a screen for the list.
    pub fn places(&self, size: (u16, u16)) -> Places {
        // A reason is cut before what it is about.
        let note = |c: &Choice| width(&c.note).min(if c.quiet { 30 } else { usize::MAX });
        let widest = self.choices.iter().map(|c| width(&c.label) + note(c) + 10).max().unwrap_or(0);
        let w = (widest.max(width(&self.title) + 8).max(width(&self.text).min(60) + 6) as u16)
            .clamp(40, size.0 - 8);
        let text = wrap(&self.text, usize::from(w - 4)).len() as u16 * u16::from(!self.text.is_empty());
        let rows = self.rows();
        let h = (rows.len() as u16 + text + 5).min(size.1 - 4);
        let frame = Rect { x: (size.0 - w) / 2, y: (size.1 - h) / 3 + 1, width: w, height: h };
        let [_, line, _, list] = Layout::vertical([Length(text), Length(1), Length(1), Fill(1)])
            .areas(frame.inner(Margin::new(2, 1)));
        let at = rows.iter().position(|(heading, i)| heading.is_none() && *i == self.row).unwrap_or(0);
        let room = usize::from(list.height);
        let first = (at + 2).saturating_sub(room).min(rows.len().saturating_sub(room));
        Places { frame, text, line, list, rows, first }
    }

    fn rows(&self) -> Vec<(Option<&'static str>, usize)> {
        let mut rows = Vec::new();
        let mut heading = "";
        // While one searches, the order is that of fitness, and headings would only repeat.
        let headings = self.line.is_empty();
        for (i, choice) in self.shown().iter().enumerate() {
            if headings && choice.heading != heading {
                heading = choice.heading;
                rows.push((Some(heading), i));
            }
            rows.push((None, i));
        }
        rows
    }
}

impl Model {
    /// A click while a list stands over the screen: on a row it chooses, beside the list it closes it.
    pub(super) fn chooser_click(&mut self, x: u16, y: u16) {
        let size = self.cx.size;
        let Some(Overlay::Choose(chooser)) = self.cx.over.as_ref() else { return };
        let places = chooser.places(size);
        if !places.frame.contains(Position { x, y }) {
            // A list with a question over it stays until the question is answered; others close with a click beside them.
            if chooser.text.is_empty() {
                self.cx.over = None;
            }
            return;
        }
        let row =
            places.list.contains(Position { x, y }).then(|| places.first + usize::from(y - places.list.y));
        if let Some((None, i)) = row.and_then(|row| places.rows.get(row)) {
            let pick = chooser.shown().get(*i).map(|c| c.pick.clone());
            self.take_pick(pick);
        }
    }

    /// A key while a list stands over the screen.
    pub(super) fn chooser_key(&mut self, key: Key) {
        let Some(Overlay::Choose(chooser)) = self.cx.over.as_mut() else { return };
        let last = chooser.shown().len().saturating_sub(1);
        match key.code {
            Code::Esc => self.cx.over = None,
            Code::Up => chooser.row = if chooser.row == 0 { last } else { chooser.row - 1 },
            Code::Down | Code::Tab => chooser.row = if chooser.row >= last { 0 } else { chooser.row + 1 },
            Code::PageUp => chooser.row = chooser.row.saturating_sub(8),
            Code::PageDown => chooser.row = (chooser.row + 8).min(last),
            Code::Enter => {
                let pick = chooser.shown().get(chooser.row).map(|c| c.pick.clone());
                self.take_pick(pick);
            }
            Code::Backspace => {
                chooser.line.backspace();
                chooser.row = chooser.numbered().unwrap_or(0);
            }
            _ => {
                if let Some(c) = key.text() {
                    self.chooser_type(&c.to_string());
                }
            }
        }
    }

    /// Text while a list stands over the screen: a number where numbers choose, else words to narrow it.
    pub(super) fn chooser_type(&mut self, text: &str) {
        let Some(Overlay::Choose(chooser)) = self.cx.over.as_mut() else { return };
        chooser.line.insert(text);
        let number = chooser.numbered();
        chooser.row = number.unwrap_or(0);
        // A 1 may still become 12: it waits for Enter.
        if let Some(index) = number.filter(|i| (i + 1) * 10 > chooser.choices.len()) {
            let pick = chooser.choices[index].pick.clone();
            self.take_pick(Some(pick));
        }
    }

    fn take_pick(&mut self, pick: Option<Pick>) {
        let Some(pick) = pick else { return };
        self.cx.over = None;
        match pick {
            Pick::Do(command) => self.perform(command),
            Pick::Refused(why) => self.cx.say(why),
            Pick::Speaker(speaker) => self.set_speaker(speaker),
            Pick::Kind(kind) => self.set_kind(kind),
            Pick::Step(index) => self.go_to_step(index),
            Pick::Question(index) => self.set_question(index),
            Pick::Format(index) => self.set_format(index),
            Pick::Join(issue) => self.join(issue),
            Pick::Meeting(id) => self.go_to_meeting(id),
            Pick::FollowUp(beginning) => self.follow_up(beginning),
            Pick::Export(gift) => self.ask_export(gift),
            Pick::CopyPlan => self.copy_plan(),
            Pick::CopyRegional => self.copy_regional(),
            Pick::Facet(facet) => self.narrow(facet),
            Pick::Issue(issue) => self.go_to_issue(issue),
            Pick::Held(meeting) => self.hold(meeting),
            Pick::Town(town) => self.set_town(town),
            Pick::Fetch(at) => self.fetch(at),
            Pick::Sample => self.open_sample(),
            Pick::LookOnly | Pick::Nothing => {}
            Pick::Quit => self.quit(),
            Pick::Write(path, gift) => self.export_to(path, gift, false),
            Pick::Overwrite(path, gift) => self.export_to(path, gift, true),
        }
    }

    /// Everything that can be done here and now, under its headings.
    pub(super) fn open_menu(&mut self) {
        self.cx.over = Some(Overlay::Choose(Chooser::new("メニュー", self.actions())));
    }

    /// The same list, to be searched; what cannot be done is found, too, and says why.
    pub(super) fn open_palette(&mut self) {
        let all = self.actions().into_iter().chain(self.refusals());
        let mut chooser = Chooser::new("したいことを書いてください", all.collect());
        for choice in &mut chooser.choices {
            choice.heading = "";
        }
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    pub(super) fn choose_speaker(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let people = desk.doc.dossier.people();
        let mut choices = vec![Choice::new("だれとも決めない（発言者を外す）", "", Pick::Speaker(None))];
        choices.extend(people.into_iter().map(|p| {
            let mut choice = Choice::new(
                format!("{} {}", p.code, p.label()),
                p.organisation.clone(),
                Pick::Speaker(Some(p.id)),
            );
            choice.words.clone_from(&p.profession);
            choice
        }));
        let mut chooser = Chooser::new("だれのことばですか", choices);
        chooser.by_number = false;
        let speaker = desk.doc.speaker;
        chooser.row = chooser.choices.iter().position(|c| c.pick == Pick::Speaker(speaker)).unwrap_or(0);
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// Who is chosen says what stands in the line: a sign in it does not speak against that. What is being mended is said
    /// by them as soon as it is kept; otherwise they speak until somebody else does.
    pub(super) fn set_speaker(&mut self, speaker: Option<Id<Participant>>) {
        let code = |desk: &Desk| {
            speaker.and_then(|id| desk.doc.dossier.participants.get(&id)).map(|p| p.code.clone())
        };
        let Some(code) = self.desk.as_deref().map(code) else { return };
        let mends = |target| matches!(target, Target::Node(_) | Target::Reflection(_));
        if !self.chosen_sign('@', code.unwrap_or_default(), mends)
            && let Some(desk) = self.desk.as_mut()
        {
            desk.doc.speaker = speaker;
        }
    }

    fn set_question(&mut self, index: usize) {
        let mends = |target| matches!(target, Target::Reflection(_));
        if !self.chosen_sign('#', (index + 1).to_string(), mends)
            && let Some(desk) = self.desk.as_mut()
        {
            desk.question = index;
        }
    }

    /// Takes out of the line what was said by a sign; where something is mended that has such a thing, what was chosen stands
    /// there instead. True: it does.
    fn chosen_sign(&mut self, sign: char, words: String, mends: impl Fn(Target) -> bool) -> bool {
        let signs = self.signs();
        let Some(writing) = self.writing_mut() else { return false };
        let mends = writing.target().is_some_and(mends);
        let raw = entry::with_sign(writing.line.text(), sign, mends.then_some(words.as_str()), signs);
        if raw != writing.line.text() {
            writing.line = Input::new(raw);
        }
        mends
    }

    pub(super) fn choose_kind(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let choices = Kind::ALL
            .into_iter()
            .map(|kind| {
                let sign = kind.sign().map(|s| format!("頭に {s}")).unwrap_or_default();
                Choice::new(kind.label(), sign, Pick::Kind(kind))
            })
            .collect();
        let title = match desk.node_of_kind() {
            Some(node) => format!("「{}」の種類", ellipsis(&node.text, 24, self.cx.marks.cut)),
            None => "これから書くことばの種類".to_owned(),
        };
        let mut chooser = Chooser::new(title, choices);
        let current = desk.node_of_kind().map_or(desk.default_kind(), |n| n.kind);
        chooser.row = Kind::ALL.iter().position(|k| *k == current).unwrap_or(0);
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    pub(super) fn choose_step(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let choices = desk
            .doc
            .dossier
            .meeting
            .steps
            .iter()
            .enumerate()
            .map(|(i, s)| Choice::new(s.title.clone(), format!("{}分", s.minutes), Pick::Step(i)))
            .collect();
        let mut chooser = Chooser::new("どの段階に移りますか", choices);
        chooser.row = desk.doc.dossier.progress.step;
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// The ways of meeting there are, each with where it comes from.
    pub(super) fn choose_format(&mut self) {
        let key = self.format().map(|f| f.key.clone());
        let choices = self
            .cx
            .formats
            .iter()
            .enumerate()
            .map(|(i, f)| Choice::new(f.title.clone(), f.kind.clone(), Pick::Format(i)))
            .collect();
        let mut chooser = Chooser::new("どのやり方で進めますか", choices);
        chooser.row = self.cx.formats.iter().position(|f| Some(&f.key) == key.as_ref()).unwrap_or(0);
        chooser.by_number = true;
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    pub(super) fn choose_question(&mut self) {
        let questions = self.format().map(|f| f.reflections.clone()).unwrap_or_default();
        let choices = questions
            .into_iter()
            .enumerate()
            .map(|(i, q)| Choice::new(q.title, q.prompt, Pick::Question(i)))
            .collect();
        self.cx.over = Some(Overlay::Choose(Chooser::new("どの問いへのことばですか", choices)));
    }
}
