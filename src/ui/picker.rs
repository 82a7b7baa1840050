//! One list to choose from: menu, palette, and every picker are this.

use std::path::PathBuf;

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Margin, Position, Rect};

use crate::command::{Answer, Code, Command, Key, Page, Place, Row, fits};
use crate::domain::follow::Beginning;
use crate::domain::register::Filter;
use crate::domain::text::Fit;
use crate::domain::{Id, Kind, Meeting, Node, Participant, RegionalIssue, text};
use crate::export::write::Existing;
use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::theme::Palette;
use crate::ui::{Deliverable, Input, Mend};

/// What choosing a row does. What is not the program's own goes home to the screen that offered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    Do(Command),
    /// What cannot be done, and why.
    Refused(String),
    Nothing,
    /// Say what there is no action for.
    Answer(&'static Answer),
    /// Read a page of the guide.
    Read(&'static Page),
    Quit,
    /// Put other records in the place of these.
    Mend(Mend),
    /// Look like this. It is seen as soon as one stands on it.
    Palette(Palette),
    Export(Deliverable),
    /// Make a file anew.
    Write(PathBuf, Deliverable, Existing),
    /// Bring back what was put away, by its place.
    Fetch(usize),
    /// Put back what an earlier run could not save, by its place.
    PutBack(usize),
    /// Not now: it is offered at the next start.
    Later,
    /// Take a meeting away with all that was written in it.
    DeleteMeeting(Id<Meeting>),
    /// Say what would become of the records, were this backup restored.
    Restore(PathBuf),
    /// Put it in their place.
    RestoreNow(PathBuf),
    /// Go into another meeting.
    Meeting(Id<Meeting>),
    Speaker(Option<Id<Participant>>),
    Kind(Kind),
    /// Of the map only twigs of this kind, or all.
    Only(Option<Kind>),
    /// The step at an index.
    Step(usize),
    Question(usize),
    /// The session format at an index.
    Format(usize),
    /// Give evidence for an issue of an earlier meeting, or take it back.
    Join(Id<RegionalIssue>),
    /// The regional issues are read, and show nobody: the entry of the checklist that says so.
    Confirmed(String),
    /// Go to the first regional issue that is not read.
    Reread,
    /// Make a twig a regional issue.
    Raise(Id<Node>),
    /// Make the next meeting of the case.
    FollowUp(Beginning),
    Copy(Place),
    /// Narrow the register to this.
    Narrow(Filter),
    /// Look at a regional issue of the register.
    Issue(Id<RegionalIssue>),
    /// Put a meeting into the selected slot, or take it out.
    Held(Option<Id<Meeting>>),
    /// Look at a town, or at all.
    Town(Option<String>),
}

/// What somebody may want who types what they wish for.
#[derive(Debug, Clone, Copy)]
pub enum Wanted {
    Action(&'static Row),
    Answer(&'static Answer),
    Page(&'static Page),
}

impl Wanted {
    /// The name of it in the tables.
    pub fn id(self) -> &'static str {
        match self {
            Wanted::Action(row) => row.id,
            Wanted::Answer(answer) => &answer.id,
            Wanted::Page(page) => page.id(),
        }
    }
}

impl PartialEq for Wanted {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Eq for Wanted {}

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
    /// It cannot be done here, or is about another place: only who searches for it is told of it, after the rest.
    pub quiet: bool,
    /// Where wishes are typed: what it is found by.
    pub wanted: Option<Wanted>,
    pub pick: Pick,
}

impl Choice {
    pub fn new(label: impl Into<String>, note: impl Into<String>, pick: Pick) -> Self {
        let (label, note) = (label.into(), note.into());
        Self { label, note, words: String::new(), heading: "", quiet: false, wanted: None, pick }
    }
}

impl Choice {
    /// Why it cannot be chosen, where its row of so many cells does not say all of it.
    fn refusal(&self, cells: u16) -> Option<&str> {
        let Pick::Refused(why) = &self.pick else { return None };
        let whole = *why == self.note && width(why) <= self.room(cells);
        Some(why.as_str()).filter(|_| !whole)
    }

    /// How many cells of its row the quiet words at the end may have: a reason all that the name leaves.
    pub(crate) fn room(&self, cells: u16) -> usize {
        let cells = usize::from(cells);
        if self.quiet { cells.saturating_sub(width(&self.label) + 6) } else { cells / 2 }
    }

    /// The action it stands for, where it stands for one.
    pub(crate) fn row(&self) -> Option<&'static Row> {
        match self.wanted? {
            Wanted::Action(row) => Some(row),
            Wanted::Answer(_) | Wanted::Page(_) => None,
        }
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
    /// What is said where nothing fits.
    pub none: String,
}

impl Chooser {
    pub fn new(title: impl Into<String>, choices: Vec<Choice>) -> Self {
        let (by_number, none) =
            (choices.len() <= 9, "見つかりません。短いことばで、もう一度どうぞ。".to_owned());
        let (title, text, line) = (title.into(), String::new(), Input::default());
        Self { title, text, line, choices, row: 0, by_number, none }
    }

    /// With the row selected that does this, if there is one.
    pub(crate) fn on(self, pick: Pick) -> Self {
        Self { row: self.choices.iter().position(|c| c.pick == pick).unwrap_or(0), ..self }
    }

    /// What was typed while it asked who speaks, and is nobody: words for the line under it.
    pub(crate) fn stray(&self) -> Option<&str> {
        let asks_who = self.choices.iter().all(|c| matches!(c.pick, Pick::Speaker(_)));
        Some(self.line.text()).filter(|words| asks_who && !words.trim().is_empty() && self.shown().is_empty())
    }

    /// Whether standing on a row changes how the screen looks.
    pub(crate) fn offers_palettes(&self) -> bool {
        self.choices.iter().any(|c| matches!(c.pick, Pick::Palette(_)))
    }

    /// The place that the number in the line names.
    fn numbered(&self) -> Option<usize> {
        let number = text::number(self.line.text()).filter(|_| self.by_number)?;
        (number as usize).checked_sub(1).filter(|i| *i < self.choices.len())
    }

    /// The choice one stands on.
    pub(crate) fn selected(&self) -> Option<&Choice> {
        self.shown().get(self.row).copied()
    }

    /// The choices that fit the words of the line, those that begin with them first; all while it holds a number.
    pub fn shown(&self) -> Vec<&Choice> {
        if self.choices.iter().any(|c| c.wanted.is_some()) && !self.line.text().trim().is_empty() {
            return wished(&self.choices, self.line.text());
        }
        let query = if self.numbered().is_some() { String::new() } else { text::sought(self.line.text()) };
        let fit = |words: &str| Fit::of(&query, &text::sought(words));
        let place = |c: &Choice| {
            // What fits by its label is asked no further.
            let held = || [&c.note, &c.words].into_iter().any(|words| fit(words).is_some());
            match fit(&c.label) {
                _ if query.is_empty() => Some(0),
                Some(Fit::Same | Fit::Begins) => Some(0),
                Some(Fit::Holds) => Some(1),
                None => held().then_some(2),
            }
        };
        // What is to be read comes only to who searches for it.
        let read = |c: &Choice| matches!(c.wanted, Some(Wanted::Answer(_) | Wanted::Page(_)));
        let offered = self.choices.iter().filter(|c| !((c.quiet || read(c)) && query.is_empty()));
        let mut found: Vec<_> = offered.filter_map(|c| Some((c.quiet, place(c)?, c))).collect();
        found.sort_by_key(|(quiet, place, _)| (*quiet, *place));
        found.into_iter().map(|(.., c)| c).collect()
    }
}

/// The choices that fit a wish. Of those that fit about as well as the best, what can be done here comes first, and pages to be
/// read come last. Where few fit, those follow that fit best of the rest: a row too many is passed over, one too few is sought.
pub(crate) fn wished<'a>(choices: &'a [Choice], wish: &str) -> Vec<&'a Choice> {
    let (fits, typed) = (fits(wish), text::sought(wish));
    let fit = |c: &Choice| c.wanted.and_then(|wanted| fits.get(wanted.id()).copied()).unwrap_or(0.0);
    let best = choices.iter().map(fit).fold(0.0, f64::max).min(WELL);
    let held = |c: &Choice| typed.chars().nth(1).is_some() && text::sought(&c.words).contains(&typed);
    // Whoever writes the whole name means that, and hears why it cannot be done.
    let named = |c: &Choice| text::sought(c.row().map_or(&c.label, |row| row.title)) == typed;
    let placed = |c: &'a Choice| {
        let fit = fit(c);
        let class = match fit / best.max(f64::MIN_POSITIVE) {
            _ if named(c) => -1,
            share if share >= 0.5 => 0,
            share if share >= 0.25 || held(c) => 1,
            _ if fit >= LEAST => 2,
            _ => return None,
        };
        Some(((class, matches!(c.wanted, Some(Wanted::Page(_))), c.quiet, (-fit * 1000.0) as i64), c))
    };
    let mut found: Vec<_> = choices.iter().filter_map(placed).collect();
    found.sort_by_key(|(place, _)| *place);
    let well = found.iter().filter(|((class, ..), _)| *class < 2).count();
    found.truncate(well.max(FEW));
    found.into_iter().map(|(_, c)| c).collect()
}

/// So many rows are offered also where only one fits well.
const FEW: usize = 5;

/// What fits so well is meant, as far as words can tell.
const WELL: f64 = 20.0;

/// What fits less does not fit.
const LEAST: f64 = 0.12;

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
    /// Where it is said in whole sentences why what is selected cannot be done; the row has room for the beginning of it.
    pub why: Rect,
}

impl Chooser {
    /// Why what is selected cannot be done, where its row of so many cells does not say all of it.
    pub(crate) fn refusal(&self, cells: u16) -> Option<&str> {
        self.selected()?.refusal(cells)
    }

    /// Divides a screen for the list.
    pub fn places(&self, size: (u16, u16)) -> Places {
        // A reason is cut before what it is about.
        let note = |c: &Choice| width(&c.note).min(if c.quiet { 44 } else { usize::MAX });
        let widest = self.choices.iter().map(|c| width(&c.label) + note(c) + 10).max().unwrap_or(0);
        let w = (widest.max(width(&self.title) + 8).max(width(&self.text).min(60) + 6) as u16)
            .clamp(40, size.0 - 8);
        let rows = self.rows();
        let none = if rows.is_empty() { width(&self.none) + 6 } else { 0 };
        let w = w.max(none as u16).min(size.0 - 8);
        let text = wrap_words(&self.text, usize::from(w - 4)).len() as u16 * u16::from(!self.text.is_empty());
        let lines = |c: &Choice| c.refusal(w - 4).map_or(0, |why| wrap_words(why, usize::from(w - 4)).len());
        let why = self.shown().into_iter().map(lines).max().unwrap_or(0) as u16;
        let apart = u16::from(why > 0);
        let h = (rows.len() as u16 + text + 5 + apart + why).min(size.1 - 4);
        let frame = Rect { x: (size.0 - w) / 2, y: (size.1 - h) / 3 + 1, width: w, height: h };
        let [_, line, _, list, _, why] =
            Layout::vertical([Length(text), Length(1), Length(1), Fill(1), Length(apart), Length(why)])
                .areas(frame.inner(Margin::new(2, 1)));
        let at = rows.iter().position(|(heading, i)| heading.is_none() && *i == self.row).unwrap_or(0);
        let room = usize::from(list.height);
        let first = (at + 2).saturating_sub(room).min(rows.len().saturating_sub(room));
        Places { frame, text, line, list, rows, first, why }
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

    /// What choosing a row does. Keys and clicks give a [`Pick`], too: `None` leaves the list open, `Pick::Nothing` closes it.
    fn chosen(&self, at: usize) -> Option<Pick> {
        Some(self.shown().get(at)?.pick.clone())
    }

    /// A click: on a row it chooses, beside the list it closes it.
    pub(crate) fn click(&self, size: (u16, u16), at: (u16, u16)) -> Option<Pick> {
        let (places, at) = (self.places(size), Position::from(at));
        if !places.frame.contains(at) {
            // A list with a question over it stays until the question is answered; others close with a click beside them.
            return self.text.is_empty().then_some(Pick::Nothing);
        }
        let row = places.list.rows().position(|row| row.contains(at))?;
        match places.rows.get(places.first + row)? {
            (None, at) => self.chosen(*at),
            (Some(_), _) => None,
        }
    }

    pub(crate) fn key(&mut self, key: Key) -> Option<Pick> {
        let last = self.shown().len().saturating_sub(1);
        match key.code {
            Code::Esc => return Some(Pick::Nothing),
            Code::Up => self.row = if self.row == 0 { last } else { self.row - 1 },
            Code::Down | Code::Tab => self.row = if self.row >= last { 0 } else { self.row + 1 },
            Code::PageUp => self.row = self.row.saturating_sub(8),
            Code::PageDown => self.row = (self.row + 8).min(last),
            Code::Enter => return self.chosen(self.row),
            Code::Backspace => {
                self.line.backspace();
                self.row = self.numbered().unwrap_or(0);
            }
            _ => return self.type_text(key.text()?.encode_utf8(&mut [0; 4])),
        }
        None
    }

    /// Text: a number where numbers choose, else words to narrow the list.
    pub(crate) fn type_text(&mut self, text: &str) -> Option<Pick> {
        self.line.insert(text);
        let number = self.numbered();
        self.row = number.unwrap_or(0);
        // A 1 may still become 12: it waits for Enter.
        let index = number.filter(|i| (i + 1) * 10 > self.choices.len())?;
        Some(self.choices[index].pick.clone())
    }
}
