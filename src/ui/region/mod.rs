//! The screens of the region: the register of regional issues, the plan of a year, its review.
//!
//! What is open here stays open under a meeting that one looks into from here, and takes in what is written there. Everything
//! done here is an edit that belongs to no meeting, with a journal of its own.

pub(crate) mod cells;
pub(crate) mod decide;
pub(crate) mod draw;
pub(crate) mod give;
pub(crate) mod hand;
pub mod place;
pub(crate) mod register;
pub(crate) mod review;
pub(crate) mod year;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::region::Region;
use crate::domain::register::Filter;
use crate::domain::{Act, Change, Dossier, Edit, Id, Lists, Meeting, Record, RegionalIssue, fiscal_year};
use crate::export::personal;
pub use crate::ui::region::decide::{DECISIONS, FORMS, aspects};
pub use crate::ui::region::register::{IssueRow, Register, read, town_label};
pub use crate::ui::region::review::{Counted, YearReview};
pub use crate::ui::region::year::YearRow;
use crate::ui::{Cell, Context, Document, Input, RegionPlace, SheetState, Sheets};

/// Everything on the meeting while one looks at the region.
#[derive(Debug, Clone)]
pub struct RegionScreen {
    pub doc: Document<Region>,
    /// What the fields of a meeting look at; there is nothing in it.
    nobody: Dossier,
    /// Which of the screens of the region one is on, also while a meeting lies over it.
    pub screen: RegionPlace,
    pub sheet: SheetState,
    pub register: Register,
    /// The town one looks at; none: all of them.
    pub town: Option<String>,
    /// The town of whoever sits here.
    own_town: String,
    /// The fiscal year one looks at.
    pub year: i32,
    /// The issues of the year, one by one, and the place in them.
    pub agenda: Vec<Id<RegionalIssue>>,
    pub turn: usize,
    /// Which of the forms.
    pub form: usize,
    pub review: YearReview,
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

    /// The cell that is written in, with its words.
    pub(crate) fn cell(&self) -> Option<&(Cell, Input)> {
        self.cell.as_ref()
    }
}

impl RegionScreen {
    /// Opens the region where a mark says one was; what does not fit any more is passed over.
    pub(crate) fn new(doc: Document<Region>, mark: RegionMark, cx: &Context) -> Self {
        let mut region = Self {
            nobody: Dossier::new(Meeting::new(Id::from(uuid::Uuid::nil())), None),
            screen: mark.screen,
            sheet: SheetState { row: mark.row, column: mark.column, ..SheetState::default() },
            register: Register { words: mark.words.settled(), filter: mark.filter, ..Register::default() },
            town: mark.town,
            own_town: home_town(&doc, &cx.town).to_owned(),
            year: mark.year.unwrap_or_else(|| fiscal_year(cx.today())),
            agenda: Vec::new(),
            turn: 0,
            form: mark.form,
            review: YearReview { question: mark.question, ..YearReview::default() },
            stale: false,
            doc,
        };
        region.search(cx);
        region.gather();
        region.select(mark.issue);
        let stands = |cell: &Cell| match cell {
            Cell::Register(id, _) => region.issue() == Some(*id),
            Cell::Slot(id, _) => id.is_none_or(|id| region.doc.years.slots.contains_key(&id)),
            _ => true,
        };
        let cell = mark.cell.filter(|(cell, _)| cell.is_at(region.screen.place()) && stands(cell));
        region.sheet.editing = cell.map(|(cell, line)| (cell, line.settled()));
        region
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

    pub(crate) fn mark(&self) -> RegionMark {
        RegionMark {
            screen: self.screen,
            issue: self.issue(),
            words: self.register.words.clone(),
            filter: self.register.filter.clone(),
            town: self.town.clone(),
            year: Some(self.year),
            row: self.sheet.row,
            column: self.sheet.column,
            form: self.form,
            question: self.review.question,
            cell: self.sheet.editing.clone(),
        }
    }

    /// Stands on an issue, where it is among those that are shown.
    fn select(&mut self, issue: Option<Id<RegionalIssue>>) {
        let Some(issue) = issue else { return };
        let register = &mut self.register;
        let place = self.doc.place(issue);
        register.row = register.found.iter().position(|at| Some(*at) == place).unwrap_or(register.row);
        self.turn = self.agenda.iter().position(|id| *id == issue).unwrap_or(self.turn);
    }

    /// Takes in what was written in a meeting. Where an issue came or went, those of the register stand at other places.
    pub(crate) fn take_in(&mut self, edit: &Edit, act: Act, lists: &Lists) {
        let (issue, row) = (self.issue(), self.register.row);
        let comes_or_goes = |c: &Change| {
            matches!(c, Change::Add(Record::RegionalIssue(_)) | Change::Remove(Record::RegionalIssue(_)))
        };
        self.doc.take_in(edit, act);
        if !edit.changes.iter().any(comes_or_goes) {
            return;
        }
        self.register.search(&self.doc, self.town.as_deref(), lists);
        self.register.row = row.min(self.register.found.len().saturating_sub(1));
        self.select(issue);
    }

    /// Goes to another screen of the region.
    pub(crate) fn show(&mut self, cx: &mut Context, screen: RegionPlace) {
        self.leave_cell(cx);
        // Out of the review one comes to the list at the issue that was spoken about.
        let issue = self.issue().filter(|_| matches!(screen, RegionPlace::Register | RegionPlace::Issue));
        (self.screen, self.sheet) = (screen, SheetState::default());
        self.gather();
        self.select(issue);
    }

    /// Stands on what was changed.
    fn look_at(&mut self, changes: &[Change]) {
        let planning = self.screen == RegionPlace::Year;
        for change in changes {
            match change.after() {
                Some(Record::RegionalIssue(issue)) => self.select(Some(issue.id)),
                Some(Record::Slot(slot)) if planning => {
                    self.year = slot.year;
                    let rows = self.year_rows();
                    self.sheet.row = rows.iter().position(|row| *row == YearRow::Slot(slot.id)).unwrap_or(0);
                }
                // A slot that is gone may have been the last row.
                _ if planning => self.sheet.row = self.sheet.row.min(self.year_rows().len() - 1),
                _ => {}
            }
        }
    }
}

/// The settings' town. Where they name none, or one of which nothing is here, one that has a plan, or else any with a name:
/// nobody is to find an empty plan where there are others.
fn home_town<'a>(region: &'a Region, own: &'a str) -> &'a str {
    let towns = region.towns();
    let named = towns.iter().find(|town| !town.is_empty()).copied();
    if !own.is_empty() && (towns.contains(own) || named.is_none()) {
        return own;
    }
    region.years.towns().first().copied().or(named).unwrap_or(own)
}
