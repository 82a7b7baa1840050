//! The screens of the region: the register of regional issues, the plan of a year, its review.
//!
//! What is open here stays open under a meeting that one looks into from here, and takes in what is written there. Everything
//! done here is an edit that belongs to no meeting, with a journal of its own.

pub(crate) mod cells;
pub(crate) mod decide;
pub(crate) mod draw;
pub mod facet;
pub(crate) mod give;
pub(crate) mod hand;
pub mod place;
pub(crate) mod register;
pub(crate) mod review;
pub(crate) mod year;

use std::collections::BTreeSet;

use crate::ui::region::place::RegionPlace;

use serde::{Deserialize, Serialize};

use crate::domain::region::{Held, Region};
use crate::domain::register::Filter;
use crate::domain::{Act, Change, Dossier, Id, Lists, Meeting, Record, RegionalIssue};
use crate::export::personal;
use crate::privacy::new_words;
use crate::review::Ask;
pub use crate::ui::region::decide::{DECISIONS, FORMS, aspects};
pub use crate::ui::region::facet::Facet;
pub use crate::ui::region::register::{IssueRow, town_label};
pub use crate::ui::region::review::{Counted, Headline};
pub use crate::ui::region::year::YearRow;
use crate::ui::{Cell, Context, Document, Effect, Flow, Input, NamesFor, SheetState, Sheets, To};

/// Everything on the desk while one looks at the region.
#[derive(Debug, Clone)]
pub struct RegionScreen {
    pub doc: Document<Region>,
    /// What the fields of a meeting look at; there is nothing in it.
    nobody: Dossier,
    /// Which of the screens of the region one is on, also while a meeting lies over it.
    pub screen: RegionPlace,
    pub sheet: SheetState,
    /// What the register is searched for.
    pub words: Input,
    pub filter: Filter,
    /// The town one looks at; none: all of them.
    pub town: Option<String>,
    /// The town of whoever sits here.
    own_town: String,
    /// The entries that were found, as places in the register; the newest first.
    pub found: Vec<usize>,
    /// The place in them.
    pub row: usize,
    /// The fiscal year one looks at.
    pub year: i32,
    /// The issues of the year, one by one, and the place in them.
    pub agenda: Vec<Id<RegionalIssue>>,
    pub turn: usize,
    /// Which of the forms, and which of the questions of the review.
    pub form: usize,
    pub question: usize,
    /// The figures of the year, once they have come, and which were asked for.
    pub counted: Option<Counted>,
    asked: Option<Ask>,
    /// It shows something that does not stand on the disk, and is read again.
    pub(crate) stale: bool,
}

/// Where one was in the region, for the next start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegionMark {
    screen: RegionPlace,
    issue: Option<Id<RegionalIssue>>,
    words: Input,
    #[serde(skip)]
    filter: Filter,
    town: Option<String>,
    year: Option<i32>,
    row: usize,
    column: usize,
    form: usize,
    question: usize,
    cell: Option<(Cell, Input)>,
}

impl RegionMark {
    /// At the beginning of a screen.
    pub(crate) fn at(screen: RegionPlace) -> Self {
        Self { screen, ..Self::default() }
    }
}

impl RegionScreen {
    pub(crate) fn new(doc: Document<Region>, year: i32, own_town: String) -> Self {
        let mut meeting = Self {
            doc,
            nobody: Dossier::new(Meeting::new(Id::from(uuid::Uuid::nil())), None),
            screen: RegionPlace::Register,
            sheet: SheetState::default(),
            words: Input::default(),
            filter: Filter::default(),
            town: None,
            own_town,
            found: Vec::new(),
            row: 0,
            year,
            agenda: Vec::new(),
            turn: 0,
            form: 0,
            question: 0,
            counted: None,
            asked: None,
            stale: false,
        };
        meeting.own_town = meeting.home_town();
        meeting
    }

    /// The settings' town. Where they name none, or one of which nothing is here, one that has a plan, or else any with a name:
    /// nobody is to find an empty plan where there are others.
    fn home_town(&self) -> String {
        let towns = self.doc.towns();
        let own = self.own_town.as_str();
        let named = towns.iter().find(|town| !town.is_empty());
        if !own.is_empty() && (towns.contains(own) || named.is_none()) {
            return own.to_owned();
        }
        let planned = self.doc.years.towns();
        let found = towns.iter().find(|town| planned.contains(*town)).or(named).or(towns.first());
        found.map_or_else(|| own.to_owned(), |town| (*town).to_owned())
    }

    /// The meetings that what is written here speaks of: those in which the issue showed, or those of the year.
    fn meetings_here(&self) -> BTreeSet<Id<Meeting>> {
        match self.issue().filter(|_| matches!(self.screen, RegionPlace::Issue | RegionPlace::Decide)) {
            Some(id) => personal::meetings_of(self.doc.entry(id)),
            None => self.doc.meetings_of(Some(self.written_town()), self.year).iter().map(|m| m.id).collect(),
        }
    }

    /// The town whose plan and forms are written: the one looked at, or one's own.
    pub fn written_town(&self) -> &str {
        self.town.as_deref().unwrap_or(&self.own_town)
    }

    /// A meeting by its id.
    pub fn held(&self, id: Id<Meeting>) -> Option<&Held> {
        self.doc.meetings.get(&id)
    }

    pub(crate) fn mark(&self) -> RegionMark {
        RegionMark {
            screen: self.screen,
            issue: self.issue(),
            words: self.words.clone(),
            filter: self.filter.clone(),
            town: self.town.clone(),
            year: Some(self.year),
            row: self.sheet.row,
            column: self.sheet.column,
            form: self.form,
            question: self.question,
            cell: self.sheet.editing.clone(),
        }
    }

    /// Puts everything back where a mark says it was; what does not fit any more is passed over.
    pub(crate) fn take_mark(&mut self, mark: RegionMark, lists: &Lists) {
        (self.screen, self.words, self.filter) = (mark.screen, mark.words.settled(), mark.filter);
        (self.town, self.year) = (mark.town, mark.year.unwrap_or(self.year));
        (self.form, self.question) = (mark.form, mark.question);
        (self.sheet.row, self.sheet.column) = (mark.row, mark.column);
        self.find(lists);
        self.gather();
        self.select(mark.issue);
        let stands = |cell: &Cell| match cell {
            Cell::Register(id, _) => self.issue() == Some(*id),
            Cell::Slot(id, _) => id.is_none_or(|id| self.doc.years.slots.contains_key(&id)),
            _ => true,
        };
        let cell = mark.cell.filter(|(cell, _)| cell.is_at(self.screen.place()) && stands(cell));
        self.sheet.editing = cell.map(|(cell, line)| (cell, line.settled()));
    }

    /// Stands on an issue, where it is among those that are shown.
    fn select(&mut self, issue: Option<Id<RegionalIssue>>) {
        let Some(issue) = issue else { return };
        let place = self.doc.place(issue);
        if let Some(row) = self.found.iter().position(|at| Some(*at) == place) {
            self.row = row;
        }
        if let Some(turn) = self.agenda.iter().position(|id| *id == issue) {
            self.turn = turn;
        }
    }

    /// Goes to another screen of the region.
    pub(crate) fn show(&mut self, cx: &mut Context, screen: RegionPlace) {
        if !self.leave_cell(cx) {
            return;
        }
        cx.touched = true;
        // Out of the review one comes to the list at the issue that was spoken about.
        let among_issues = matches!(screen, RegionPlace::Register | RegionPlace::Issue);
        let issue = self.issue().filter(|_| among_issues);
        (self.screen, self.sheet) = (screen, SheetState::default());
        self.gather();
        self.select(issue);
    }

    /// Esc on a screen of the region where nothing is open: one level up.
    fn leave_screen(&mut self, cx: &mut Context) -> Flow {
        match self.screen {
            RegionPlace::Issue => self.show(cx, RegionPlace::Register),
            RegionPlace::Decide | RegionPlace::Forms => self.show(cx, RegionPlace::Review),
            RegionPlace::Register if self.is_narrowed() => {
                let issue = self.issue();
                self.words.take();
                self.filter = Filter::default();
                self.find(&cx.lists);
                self.select(issue);
            }
            _ => return Flow::Go(To::Home),
        }
        Flow::Done
    }

    /// Whether the register shows only what is looked for.
    fn is_narrowed(&self) -> bool {
        !self.words.is_empty() || self.filter != Filter::default()
    }

    /// Does an edit that belongs to no meeting.
    fn write(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool {
        let done = self.doc.write(cx, act, label, changes.clone());
        if done {
            self.uncount();
            self.look_at(&changes, &cx.lists);
            let words = changes.iter().flat_map(new_words).collect::<Vec<_>>().join("\n");
            // Who was at the meetings is not known here: it is asked for.
            if !words.is_empty() && !cx.notice.warns() {
                cx.effects.push(Effect::Names(self.meetings_here(), NamesFor::Words(words)));
            }
        }
        done
    }

    /// Stands on what was changed, and finds again what there is now.
    fn look_at(&mut self, changes: &[Change], lists: &Lists) {
        let among_issues =
            matches!(self.screen, RegionPlace::Register | RegionPlace::Issue | RegionPlace::Decide);
        let issue = self.issue().filter(|_| among_issues);
        let comes_or_goes = |c: &Change| {
            matches!(c, Change::Add(Record::RegionalIssue(_)) | Change::Remove(Record::RegionalIssue(_)))
        };
        if changes.iter().any(comes_or_goes) {
            self.find(lists);
            self.gather();
        }
        let touched = changes.iter().find_map(|c| match c.after() {
            Some(Record::RegionalIssue(r)) => Some(r.id),
            _ => None,
        });
        self.select(touched.or(issue));
        let slot = changes.iter().rev().find_map(|c| match c.after() {
            Some(Record::Slot(slot)) => Some(slot),
            _ => None,
        });
        if self.screen != RegionPlace::Year {
            return;
        }
        if let Some(slot) = slot {
            self.year = slot.year;
            let rows = self.year_rows();
            self.sheet.row = rows.iter().position(|r| *r == YearRow::Slot(slot.id)).unwrap_or(0);
        }
        self.sheet.row = self.sheet.row.min(self.year_rows().len().saturating_sub(1));
    }
}
