//! The screens of the region: the register of regional issues, the plan of a year, its review.
//!
//! What is open here stays open under a meeting that one looks into from here, and takes in what is written there. Everything
//! done here is an edit that belongs to no meeting, with a journal of its own.

mod decide;
mod register;
mod review;
mod year;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::document::{Document, Keeping};
use super::input::Input;
use super::model::{Effect, Model, NamesFor, Screen};
use super::sheet::{Cell, Context, SheetState};
use crate::command::{Command, Place};
use crate::domain::region::{Held, Region};
use crate::domain::register::Filter;
use crate::domain::{
    self, Act, Change, Dossier, History, Id, Lists, Meeting, Record, RecordVersions, RegionalIssue,
    StampedYears, Tree, fiscal_year,
};
use crate::export::personal;
use crate::format::Format;
use crate::privacy::new_words;
use crate::review::Ask;
pub use decide::{DECISIONS, FORMS, aspects};
pub use register::{Facet, IssueRow, town_label};
pub use review::{Counted, Headline};
pub use year::YearRow;

/// Everything on the desk while one looks at the region.
#[derive(Debug, Clone)]
pub struct RegionDesk {
    pub doc: Document<Region>,
    /// What the fields of a meeting look at; there is nothing in it.
    nobody: (Dossier, Tree),
    /// Which of the screens of the region one is on, also while a meeting lies over it.
    pub screen: Screen,
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
    stale: bool,
}

/// Where one was in the region, for the next start.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RegionMark {
    screen: Screen,
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

impl RegionDesk {
    fn new(doc: Document<Region>, year: i32, own_town: String) -> Self {
        let nobody = Dossier::new(Meeting::new(Id::from(uuid::Uuid::nil())), None);
        let mut desk = Self {
            doc,
            nobody: (nobody.clone(), Tree::new(&nobody)),
            screen: Screen::Register,
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
        desk.own_town = desk.home_town();
        desk
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

    pub(super) fn context<'a>(
        &'a self,
        lists: &'a Lists,
        formats: &'a [Format],
        today: chrono::NaiveDate,
    ) -> Context<'a> {
        let (dossier, tree) = (&self.nobody.0, &self.nobody.1);
        Context { dossier, tree, lists, entries: None, formats, today }
    }

    /// What is written down about the years of the town one looks at, as another jirei takes it in.
    pub(super) fn known_years(&self) -> StampedYears {
        StampedYears { years: self.doc.years.clone(), stamps: self.doc.versions().clone() }
            .of_town(self.town.as_deref())
    }

    /// The meetings that what is written here speaks of: those in which the issue showed, or those of the year.
    pub(super) fn meetings_here(&self) -> BTreeSet<Id<Meeting>> {
        match self.issue().filter(|_| matches!(self.screen, Screen::Issue | Screen::Decide)) {
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

    fn mark(&self) -> RegionMark {
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
    fn take_mark(&mut self, mark: RegionMark, lists: &Lists) {
        (self.screen, self.words, self.filter) = (mark.screen, mark.words.settled(), mark.filter);
        (self.town, self.year) = (mark.town, mark.year.unwrap_or(self.year));
        (self.form, self.question) = (mark.form, mark.question);
        (self.sheet.row, self.sheet.column) = (mark.row, mark.column);
        self.find(lists);
        self.gather();
        if let Some(issue) = mark.issue {
            self.select(issue);
        }
        let place = Place::of_screen(self.screen);
        let stands = |cell: &Cell| match cell {
            Cell::Register(id, _) => self.issue() == Some(*id),
            Cell::Slot(id, _) => id.is_none_or(|id| self.doc.years.slots.contains_key(&id)),
            _ => true,
        };
        let cell = mark.cell.filter(|(cell, _)| place.is_some_and(|p| cell.is_at(p)) && stands(cell));
        self.sheet.editing = cell.map(|(cell, line)| (cell, line.settled()));
    }

    /// Stands on an issue, where it is among those that are shown.
    fn select(&mut self, issue: Id<RegionalIssue>) {
        let place = self.doc.place(issue);
        if let Some(row) = self.found.iter().position(|at| Some(*at) == place) {
            self.row = row;
        }
        if let Some(turn) = self.agenda.iter().position(|id| *id == issue) {
            self.turn = turn;
        }
    }

    /// Rows and columns there are to move over on a screen with a form or table.
    pub(super) fn extent(&self, place: Place, lists: &Lists) -> (usize, usize) {
        match place {
            Place::Issue => (self.issue_rows().len().max(1), 1),
            Place::Year => (self.year_rows().len(), year::COLUMNS),
            Place::Decide => (DECISIONS.len(), 1),
            Place::Forms => (self.subjects(self.form, lists).len().max(1), decide::COLUMNS),
            _ => (1, 1),
        }
    }

    pub(super) fn selected_cell(&self, place: Place, lists: &Lists) -> Option<Cell> {
        let (row, column) = (self.sheet.row, self.sheet.column);
        match place {
            Place::Issue => match self.issue_rows().get(row)? {
                IssueRow::Field(field) => self.issue().map(|id| Cell::Register(id, *field)),
                _ => None,
            },
            Place::Decide => {
                self.issue().map(|id| Cell::Register(id, DECISIONS[row.min(DECISIONS.len() - 1)]))
            }
            Place::Year => match self.year_rows().get(row)? {
                YearRow::Slot(id) => Some(Cell::Slot(Some(*id), column)),
                YearRow::New => Some(Cell::Slot(None, column)),
                YearRow::Usual | YearRow::Loose(_) => None,
            },
            Place::Forms => {
                let rows = self.subjects(self.form, lists).len();
                (row < rows).then(|| Cell::Passage(aspects(self.form)[column.min(decide::COLUMNS - 1)], row))
            }
            _ => None,
        }
    }
}

impl Place {
    /// The place of a screen of the region.
    pub fn of_screen(screen: Screen) -> Option<Place> {
        Some(match screen {
            Screen::Register => Place::Register,
            Screen::Issue => Place::Issue,
            Screen::Year => Place::Year,
            Screen::Review => Place::Review,
            Screen::Decide => Place::Decide,
            Screen::Forms => Place::Forms,
            Screen::Home | Screen::Info | Screen::People | Screen::Step => return None,
        })
    }
}

impl Model {
    /// Does an action that has to do with the region. False for any other.
    pub(super) fn perform_outside(&mut self, place: Place, command: Command) -> bool {
        match command {
            Command::Open if place == Place::Register => self.open_issue(),
            Command::Open if place == Place::Review => self.go_behind(),
            Command::NewMeeting if place == Place::Year => self.new_meeting(),
            Command::PreviousYear => self.turn_year(-1),
            Command::NextYear => self.turn_year(1),
            Command::Register => self.show_region(Screen::Register),
            Command::Year => self.show_region(Screen::Year),
            Command::Review => self.show_region(Screen::Review),
            Command::Decide => self.show_region(Screen::Decide),
            Command::Forms => self.show_region(Screen::Forms),
            Command::Narrow => self.choose_facet(),
            Command::OpenMeeting => self.open_behind(),
            Command::Held => self.choose_held(),
            Command::Town => self.choose_town(),
            _ => return false,
        }
        true
    }

    /// Goes to a screen of the region; from elsewhere its records are asked for first.
    pub(super) fn show_region(&mut self, screen: Screen) {
        if !self.leave_cell() {
            return;
        }
        self.cx.touched = true;
        let Some(region) = self.region.as_mut() else {
            self.region_wanted = Some(RegionMark { screen, ..RegionMark::default() });
            return self.cx.effects.push(Effect::Region);
        };
        // Out of the review one comes to the list at the issue that was spoken about.
        let issue = region.issue().filter(|_| matches!(screen, Screen::Register | Screen::Issue));
        (region.screen, region.sheet) = (screen, SheetState::default());
        region.gather();
        if let Some(issue) = issue {
            region.select(issue);
        }
        self.screen = screen;
    }

    /// The records of the region have come.
    pub(super) fn take_region(
        &mut self,
        records: Region,
        stamps: RecordVersions,
        journal: Vec<domain::JournalEntry>,
    ) {
        let mark = match (&self.region, self.region_wanted.take()) {
            (Some(region), _) if region.stale => {
                // Something was entered since it was asked for: it is read once more when that stands.
                if !self.cx.saving.waiting.is_empty() {
                    return;
                }
                region.mark()
            }
            (None, Some(mark)) => mark,
            _ => return,
        };
        let year = fiscal_year(self.cx.now.today());
        let doc = Document::new(records, stamps, History::from_journal(journal), Keeping::Kept);
        let mut region = RegionDesk::new(doc, year, self.cx.town.clone());
        region.take_mark(mark, &self.cx.lists);
        if self.desk.is_none() {
            self.screen = region.screen;
            self.cx.over = None;
        }
        self.region = Some(Box::new(region));
        self.cx.touched = true;
    }

    /// Where one is in the region, for the bookmark.
    pub(super) fn mark_of_region(&self) -> Option<RegionMark> {
        self.region.as_ref().map(|r| r.mark()).or_else(|| self.region_wanted.clone())
    }

    /// Asks for the records of the region again, which may stand otherwise on the disk.
    pub(super) fn reread_region(&mut self) {
        if self.region.as_ref().is_some_and(|r| r.stale) && self.cx.saving.waiting.is_empty() {
            self.cx.effects.push(Effect::Region);
        }
    }

    /// Something that is shown here was refused.
    pub(super) fn region_refused(&mut self) {
        if let Some(region) = self.region.as_mut() {
            region.stale = true;
        }
    }

    /// Opens a meeting over the region; Esc comes back.
    pub(super) fn look_into(&mut self, meeting: Id<Meeting>) {
        if self.leave_cell() {
            self.cx.effects.push(Effect::Open(meeting));
        }
    }

    /// From a meeting back to where one looked into it. False where one came from elsewhere.
    pub(super) fn back_to_region(&mut self) -> bool {
        let Some(screen) = self.region.as_ref().map(|r| r.screen) else { return false };
        if let Some((sitting, cx)) = self.sitting() {
            sitting.stop_clock(cx);
        }
        self.park();
        self.desk = None;
        self.hits.clear();
        self.screen = screen;
        self.cx.touched = true;
        if let Some(region) = self.region.as_mut() {
            region.stale |= std::mem::take(&mut self.cx.saving.stale);
            region.uncount();
            region.gather();
        }
        self.reread_region();
        true
    }

    /// Esc on a screen of the region where nothing is open: one level up.
    pub(super) fn leave_region_screen(&mut self) {
        let Some(region) = self.region.as_mut() else { return };
        match self.screen {
            Screen::Issue => self.show_region(Screen::Register),
            Screen::Decide | Screen::Forms => self.show_region(Screen::Review),
            Screen::Register if !region.words.is_empty() || region.filter != Filter::default() => {
                let issue = region.issue();
                region.words.take();
                region.filter = Filter::default();
                region.find(&self.cx.lists);
                if let Some(issue) = issue {
                    region.select(issue);
                }
            }
            _ => self.go_home(),
        }
    }

    /// Enter on a row of a region's table or form in which nothing is written.
    pub(super) fn region_enter(&mut self) {
        let Some(region) = self.region.as_ref().filter(|_| self.desk.is_none()) else { return };
        match self.place() {
            Place::Issue => {
                if let Some(IssueRow::Evidence(meeting)) = region.issue_rows().get(region.sheet.row) {
                    self.look_into(*meeting);
                }
            }
            Place::Year => match region.year_rows().get(region.sheet.row) {
                Some(YearRow::Usual) => self.make_usual_slots(),
                Some(YearRow::Loose(meeting)) => self.look_into(*meeting),
                _ => {}
            },
            _ => {}
        }
    }

    /// Does an edit that belongs to no meeting.
    pub(super) fn write_outside(&mut self, act: Act, label: String, changes: Vec<Change>) -> bool {
        let Some(region) = self.region.as_mut() else { return false };
        let done = region.doc.write(&mut self.cx, act, label, changes.clone());
        if done {
            region.uncount();
            region.look_at(&changes, &self.cx.lists);
            let words = changes.iter().flat_map(new_words).collect::<Vec<_>>().join("\n");
            // Who was at the meetings is not known here: it is asked for.
            if act != Act::Quiet && !words.is_empty() && !self.cx.notice.warns() {
                self.cx.effects.push(Effect::Names(region.meetings_here(), NamesFor::Words(words)));
            }
        }
        done
    }
}

impl RegionDesk {
    /// Stands on what was changed, and finds again what there is now.
    fn look_at(&mut self, changes: &[Change], lists: &Lists) {
        let among_issues = matches!(self.screen, Screen::Register | Screen::Issue | Screen::Decide);
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
        if let Some(id) = touched.or(issue) {
            self.select(id);
        }
        let slot = changes.iter().rev().find_map(|c| match c.after() {
            Some(Record::Slot(slot)) => Some(slot.clone()),
            _ => None,
        });
        if let Some(slot) = slot.filter(|_| self.screen == Screen::Year) {
            self.year = slot.year;
            let rows = self.year_rows();
            self.sheet.row = rows.iter().position(|r| *r == YearRow::Slot(slot.id)).unwrap_or(0);
        }
        if self.screen == Screen::Year {
            self.sheet.row = self.sheet.row.min(self.year_rows().len().saturating_sub(1));
        }
    }
}
