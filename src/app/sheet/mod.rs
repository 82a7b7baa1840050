//! Tables and forms: one cell at a time is edited in place, and each cell that is left is one edit.

mod about;
mod action;
pub mod field;
mod moves;
mod offers;
mod regional;
mod year;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::input::Input;
use super::model::{Desk, Model, Screen};
use super::region::RegionDesk;
use crate::command::{Command, Place};
use crate::domain::escalation;
use crate::domain::{Action, Aspect, Case, Change, Id, IdSource, Passage, RegionalIssue, Slot};
use crate::format::Format;
pub use about::{About, NEXT_DATE};
pub use action::{OUTCOME, show_until};
pub use field::{Choices, Context, Field, Offer, Row};
pub use regional::{Regional, full as category_words};
pub use year::{SLOT_DAY, aspect_index};

/// The columns of the plan; status and outcome are for the next meeting.
pub const PLAN_COLUMNS: usize = 6;

/// One field of one record. Without an id it belongs to a row that does not exist yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    About(usize),
    Plan(Option<Id<Action>>, usize),
    Regional(Option<Id<RegionalIssue>>, usize),
    /// An action of an earlier meeting.
    Review(Id<Action>, usize),
    /// A regional issue outside the meeting it was raised in.
    Register(Id<RegionalIssue>, usize),
    /// A slot of the year that is looked at.
    Slot(Option<Id<Slot>>, usize),
    /// A cell of a form of the yearly review: its column, and the number of its row.
    Passage(Aspect, usize),
}

/// Where one stands in the table or form of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetState {
    /// Row of the plan, number of the regional issue, or field of the form about the meeting.
    pub row: usize,
    pub column: usize,
    /// The cell being written in.
    pub editing: Option<(Cell, Input)>,
    /// The highlighted offer, if one was stepped to.
    pub offer: Option<usize>,
    /// What was typed before offers were stepped to.
    pub typed: String,
    /// What stands in the cell is marked as a whole: the next word replaces it.
    pub marked: bool,
    /// One came here from the cell before and has done nothing yet: up and down lead on, not through the offers.
    pub passing: bool,
}

/// The words of a field for the screen.
#[derive(Debug, Clone, Copy)]
pub struct Heading {
    pub title: &'static str,
    pub hint: &'static str,
    pub choices: Choices,
    pub many: bool,
    pub whole: bool,
}

impl<R> From<&Field<R>> for Heading {
    fn from(field: &Field<R>) -> Self {
        Self {
            title: field.title,
            hint: field.hint,
            choices: field.choices,
            many: field.many,
            whole: field.whole,
        }
    }
}

impl Cell {
    /// What the field is called and asks for.
    pub fn heading(self) -> Heading {
        match self {
            Cell::About(i) => heading::<About>(i),
            Cell::Plan(_, i) | Cell::Review(_, i) => heading::<Action>(i),
            Cell::Regional(_, i) | Cell::Register(_, i) => heading::<Regional>(i),
            Cell::Slot(_, i) => heading::<Slot>(i),
            Cell::Passage(aspect, _) => heading::<Passage>(aspect_index(aspect)),
        }
    }

    /// Whether the cell can be written in at a place.
    pub(super) fn is_at(self, place: Place) -> bool {
        match self {
            Cell::About(NEXT_DATE) if place == Place::Closing => true,
            Cell::About(_) => place == Place::Info,
            Cell::Plan(..) => place == Place::Plan,
            Cell::Regional(..) => place == Place::Regional,
            Cell::Review(..) => place == Place::Opening,
            Cell::Register(..) => matches!(place, Place::Issue | Place::Decide),
            Cell::Slot(..) => place == Place::Year,
            Cell::Passage(..) => place == Place::Forms,
        }
    }
}

fn field<R: Row>(index: usize) -> &'static Field<R> {
    &R::FIELDS[index.min(R::FIELDS.len() - 1)]
}

fn heading<R: Row>(index: usize) -> Heading {
    field::<R>(index).into()
}

/// The number of fields in the form about the meeting, and in that of a regional issue.
pub fn form_length(place: Place) -> usize {
    if place == Place::Info { About::FIELDS.len() } else { Regional::FIELDS.len() }
}

impl Desk {
    pub(super) fn context<'a>(
        &'a self,
        lists: &'a crate::domain::Lists,
        formats: &'a [Format],
        today: chrono::NaiveDate,
    ) -> Context<'a> {
        let entries = self.entries.as_deref();
        Context { dossier: &self.doc.dossier, tree: &self.doc.tree, lists, entries, formats, today }
    }

    fn about(&self) -> About {
        // A meeting without a case gets one as soon as something is written about it.
        let case = self
            .doc
            .dossier
            .case
            .clone()
            .unwrap_or_else(|| Case::new(self.doc.dossier.meeting.id.cast(), ""));
        About { meeting: self.doc.dossier.meeting.clone(), case, has_case: self.doc.dossier.case.is_some() }
    }

    fn regional(&self, id: Id<RegionalIssue>) -> Option<Regional> {
        let issue = self.doc.dossier.regional.get(&id)?.clone();
        Some(Regional {
            issue,
            evidence: self.doc.dossier.evidence_of(id).cloned().collect(),
            wanted: Vec::new(),
        })
    }

    fn action(&self, id: Id<Action>) -> Option<Action> {
        let earlier = self.doc.previous.iter().map(|p| &p.action).find(|a| a.id == id);
        self.doc.dossier.actions.get(&id).or(earlier).cloned()
    }

    /// A row of the plan that does not exist yet.
    fn new_action(&self, id: Id<Action>) -> Action {
        Action {
            rank: self.doc.dossier.plan().last().map_or(0, |a| a.rank.saturating_add(1)),
            ..Action::new(id, self.doc.dossier.meeting.id)
        }
    }

    /// A regional issue that does not exist yet.
    fn new_regional(&self, id: Id<RegionalIssue>) -> Regional {
        let issue = RegionalIssue {
            rank: self.doc.dossier.regional_issues().last().map_or(0, |r| r.rank.saturating_add(1)),
            ..RegionalIssue::new(id, self.doc.dossier.meeting.id, "")
        };
        Regional { issue, evidence: Vec::new(), wanted: Vec::new() }
    }

    /// The cell, or the same one of a new row where its row is gone.
    pub(super) fn cell_that_stands(&self, cell: Cell) -> Cell {
        match cell {
            Cell::Plan(Some(id), i) if !self.doc.dossier.actions.contains_key(&id) => Cell::Plan(None, i),
            Cell::Regional(Some(id), i) if !self.doc.dossier.regional.contains_key(&id) => {
                Cell::Regional(None, i)
            }
            // The action of an earlier meeting that is gone leaves its words to this plan.
            Cell::Review(id, _) if self.action(id).is_none() => Cell::Plan(None, 1),
            cell => cell,
        }
    }

    fn read_cell(&self, cell: Cell, reading: Reading, context: &Context) -> String {
        match cell {
            Cell::About(i) => read(Some(self.about()), i, reading, context),
            Cell::Plan(id, i) => read(id.and_then(|id| self.action(id)), i, reading, context),
            Cell::Review(id, i) => read(self.action(id), i, reading, context),
            Cell::Regional(id, i) => read(id.and_then(|id| self.regional(id)), i, reading, context),
            Cell::Register(..) | Cell::Slot(..) | Cell::Passage(..) => String::new(),
        }
    }

    fn cell_meaning(&self, cell: Cell, raw: &str, context: &Context) -> Result<String, String> {
        match cell {
            Cell::About(i) => meaning(self.about(), i, raw, context),
            Cell::Plan(id, i) => {
                let row = id.and_then(|id| self.action(id)).unwrap_or_else(|| self.new_action(placeholder()));
                meaning(row, i, raw, context)
            }
            Cell::Review(id, i) => match self.action(id) {
                Some(row) => meaning(row, i, raw, context),
                None => Ok(String::new()),
            },
            Cell::Regional(id, i) => {
                let row =
                    id.and_then(|id| self.regional(id)).unwrap_or_else(|| self.new_regional(placeholder()));
                meaning(row, i, raw, context)
            }
            Cell::Register(..) | Cell::Slot(..) | Cell::Passage(..) => Ok(String::new()),
        }
    }

    /// The changes of writing a text into a cell, and what the edit is about.
    fn cell_changes(&self, cell: Cell, raw: &str, context: &Context, mint: &mut IdSource) -> Written {
        let (noun, changes) = match cell {
            Cell::About(i) => {
                (About::noun(), written(Some(self.about()), || self.about(), i, raw, context, mint))
            }
            Cell::Plan(id, i) => {
                let fresh = mint.id();
                let before = id.and_then(|id| self.action(id));
                (Action::noun(), written(before, || self.new_action(fresh), i, raw, context, mint))
            }
            Cell::Review(id, i) => {
                let fresh = mint.id();
                (Action::noun(), written(self.action(id), || self.new_action(fresh), i, raw, context, mint))
            }
            Cell::Regional(id, i) => {
                let fresh = mint.id();
                let before = id.and_then(|id| self.regional(id));
                (Regional::noun(), written(before, || self.new_regional(fresh), i, raw, context, mint))
            }
            Cell::Register(..) | Cell::Slot(..) | Cell::Passage(..) => return Ok(("", Vec::new())),
        };
        let mut changes = changes?;
        changes.extend(about::deadlines_with(&changes, &self.doc.dossier));
        changes.extend(escalation::steps(&changes, &self.doc.dossier.escalations, context.today, mint));
        Ok((noun, changes))
    }
}

impl RegionDesk {
    fn read_cell(&self, cell: Cell, reading: Reading, context: &Context) -> String {
        match cell {
            Cell::Register(id, i) => read(self.regional(id), i, reading, context),
            Cell::Slot(id, i) => read(id.and_then(|id| self.slot(id)), i, reading, context),
            Cell::Passage(aspect, row) => {
                let standing = self.passage(aspect, row, context.lists).0;
                read(standing, aspect_index(aspect), reading, context)
            }
            Cell::About(_) | Cell::Plan(..) | Cell::Regional(..) | Cell::Review(..) => String::new(),
        }
    }

    fn cell_meaning(&self, cell: Cell, raw: &str, context: &Context) -> Result<String, String> {
        match cell {
            Cell::Register(id, i) => match self.regional(id) {
                Some(row) => meaning(row, i, raw, context),
                None => Ok(String::new()),
            },
            Cell::Slot(id, i) => {
                let row = id.and_then(|id| self.slot(id)).unwrap_or_else(|| self.new_slot(placeholder()));
                meaning(row, i, raw, context)
            }
            Cell::Passage(..) => Ok(raw.to_owned()),
            Cell::About(_) | Cell::Plan(..) | Cell::Regional(..) | Cell::Review(..) => Ok(String::new()),
        }
    }

    fn cell_changes(&self, cell: Cell, raw: &str, context: &Context, mint: &mut IdSource) -> Written {
        let (noun, changes) = match cell {
            Cell::Register(id, i) => match self.regional(id) {
                Some(row) => (Regional::noun(), written(Some(row.clone()), || row, i, raw, context, mint)),
                None => return Ok(("", Vec::new())),
            },
            Cell::Slot(id, i) => {
                let fresh = mint.id();
                let before = id.and_then(|id| self.slot(id));
                (Slot::noun(), written(before, || self.new_slot(fresh), i, raw, context, mint))
            }
            Cell::Passage(aspect, row) => {
                let (standing, fresh) = self.passage(aspect, row, context.lists);
                let index = aspect_index(aspect);
                (Passage::noun(), written(standing, || fresh, index, raw, context, mint))
            }
            Cell::About(_) | Cell::Plan(..) | Cell::Regional(..) | Cell::Review(..) => {
                return Ok(("", Vec::new()));
            }
        };
        let mut changes = changes?;
        changes.extend(escalation::steps(&changes, &self.doc.escalations, context.today, mint));
        Ok((noun, changes))
    }
}

/// What an edit is about, and its changes; or why the words mean nothing.
type Written = Result<(&'static str, Vec<Change>), String>;

impl Model {
    /// Where one stands in the table or form of what is open.
    pub fn sheet(&self) -> Option<&SheetState> {
        let region = || self.region.as_ref().map(|r| &r.sheet);
        // Under the map the cell that is being written in waits.
        let seen = self.place() != Place::Map;
        self.desk.as_ref().map(|d| &d.sheet).or_else(region).filter(|_| seen)
    }

    pub(super) fn sheet_mut(&mut self) -> Option<&mut SheetState> {
        let seen = self.place() != Place::Map;
        let region = self.region.as_mut().map(|r| &mut r.sheet);
        self.desk.as_mut().map(|d| &mut d.sheet).or(region).filter(|_| seen)
    }

    /// The cell being written in, with what stands in it so far.
    pub fn editing(&self) -> Option<&(Cell, Input)> {
        self.sheet().and_then(|sheet| sheet.editing.as_ref())
    }

    /// What fields may look at; none where nothing is open.
    pub(super) fn context(&self) -> Option<Context<'_>> {
        let today = self.cx.now.today();
        match (&self.desk, &self.region) {
            (Some(desk), _) => Some(desk.context(&self.cx.lists, &self.cx.formats, today)),
            (None, Some(region)) => Some(region.context(&self.cx.lists, &self.cx.formats, today)),
            (None, None) => None,
        }
    }

    /// The text one edits in a cell.
    pub fn cell_raw(&self, cell: Cell) -> String {
        self.read_cell(cell, Reading::Raw)
    }

    /// The text people read in a cell.
    pub fn cell_shown(&self, cell: Cell) -> String {
        self.read_cell(cell, Reading::Shown)
    }

    fn read_cell(&self, cell: Cell, reading: Reading) -> String {
        let Some(context) = self.context() else { return String::new() };
        match (&self.desk, &self.region) {
            (Some(desk), _) => desk.read_cell(cell, reading, &context),
            (None, Some(region)) => region.read_cell(cell, reading, &context),
            (None, None) => String::new(),
        }
    }

    /// What a text would mean in a cell, as people would read it; an error in words where it means nothing.
    pub fn cell_meaning(&self, cell: Cell, raw: &str) -> Result<String, String> {
        let Some(context) = self.context() else { return Ok(String::new()) };
        match (&self.desk, &self.region) {
            (Some(desk), _) => desk.cell_meaning(cell, raw, &context),
            (None, Some(region)) => region.cell_meaning(cell, raw, &context),
            (None, None) => Ok(String::new()),
        }
    }

    fn cell_changes(&self, cell: Cell, raw: &str, mint: &mut IdSource) -> Written {
        let Some(context) = self.context() else { return Ok(("", Vec::new())) };
        match (&self.desk, &self.region) {
            (Some(desk), _) => desk.cell_changes(cell, raw, &context, mint),
            (None, Some(region)) => region.cell_changes(cell, raw, &context, mint),
            (None, None) => Ok(("", Vec::new())),
        }
    }
}

/// The text one edits, or the one people read.
#[derive(Clone, Copy)]
enum Reading {
    Raw,
    Shown,
}

/// A field of a row as text; empty where there is no row yet.
fn read<R: Row>(row: Option<R>, index: usize, reading: Reading, context: &Context) -> String {
    let field = field::<R>(index);
    let text = match reading {
        Reading::Raw => field.get,
        Reading::Shown => field.show,
    };
    row.map(|row| text(&row, context)).unwrap_or_default()
}

/// An id for a row that is only looked at.
fn placeholder<T>() -> Id<T> {
    Id::from(uuid::Uuid::nil())
}

fn meaning<R: Row>(mut row: R, index: usize, raw: &str, context: &Context) -> Result<String, String> {
    let field = field::<R>(index);
    (field.set)(&mut row, raw, context)?;
    Ok((field.show)(&row, context))
}

/// The changes of writing a text into a field of a row; none if it says what stood there.
fn written<R: Row>(
    before: Option<R>,
    fresh: impl FnOnce() -> R,
    index: usize,
    raw: &str,
    context: &Context,
    mint: &mut IdSource,
) -> Result<Vec<Change>, String> {
    let mut after = before.clone().unwrap_or_else(fresh);
    (field::<R>(index).set)(&mut after, raw, context)?;
    Ok(after.changes(before.as_ref(), mint))
}

impl Model {
    /// The cell that is selected on the current screen.
    pub fn selected_cell(&self) -> Option<Cell> {
        let Some(desk) = self.desk.as_ref() else {
            return self.region.as_ref()?.selected_cell(self.place(), &self.cx.lists);
        };
        let state = &desk.sheet;
        match self.place() {
            Place::Info => Some(Cell::About(state.row.min(About::FIELDS.len() - 1))),
            Place::Plan => {
                let row = desk.doc.dossier.plan().get(state.row).map(|a| a.id);
                Some(Cell::Plan(row, state.column.min(PLAN_COLUMNS - 1)))
            }
            Place::Regional => {
                let row = desk.doc.dossier.regional_issues().get(state.row).map(|r| r.id);
                Some(Cell::Regional(row, state.column.min(Regional::FIELDS.len() - 1)))
            }
            _ => None,
        }
    }

    /// Starts writing in a cell, with what stands there.
    pub(super) fn edit_cell(&mut self, cell: Cell) {
        if !self.leave_cell() {
            return;
        }
        let raw = self.cell_raw(cell);
        if let Some(sheet) = self.sheet_mut() {
            sheet.marked = cell.heading().whole && !raw.is_empty();
            sheet.editing = Some((cell, Input::new(raw)));
            sheet.offer = None;
            sheet.passing = false;
        }
    }

    /// Keeps what is being written. False if it means nothing; then it stays on the screen.
    pub(super) fn leave_cell(&mut self) -> bool {
        let Some((cell, line)) = self.editing().cloned() else { return true };
        let (title, raw) = (cell.heading().title, line.text());
        let unchanged = self.cell_raw(cell) == raw;
        let mut mint = self.cx.ids.clone();
        let written = self.cell_changes(cell, raw, &mut mint);
        self.cx.ids = mint;
        let (noun, changes) = match written {
            Ok(written) => written,
            Err(problem) => {
                let more = self.how_to_add(cell.heading());
                self.cx.warn(format!("{title}：{problem}{more}"));
                return false;
            }
        };
        let new = matches!(cell, Cell::Plan(None, _) | Cell::Regional(None, _) | Cell::Slot(None, _));
        let empty_row = new && raw.trim().is_empty();
        let done = unchanged || empty_row || changes.is_empty() || {
            let words = raw.to_owned();
            self.commit(format!("{noun}の{title}: {}", words.trim()), changes)
        };
        if let Some(sheet) = self.sheet_mut().filter(|_| done) {
            sheet.editing = None;
            (sheet.offer, sheet.marked) = (None, false);
        }
        done
    }

    /// Somebody who is not at the table yet can be added first; what was typed waits behind Esc.
    fn how_to_add(&self, heading: Heading) -> String {
        match heading.choices {
            Choices::People => format!(
                "いない人は {} でやめて {} で参加者に足せます。",
                self.cx.keymap.said(Command::Back),
                self.cx.keymap.said(Command::People)
            ),
            _ => format!("{} で元にもどせます。", self.cx.keymap.said(Command::Back)),
        }
    }

    /// Gives up what is being written.
    pub(super) fn drop_cell(&mut self) -> bool {
        let Some(sheet) = self.sheet_mut() else { return false };
        (sheet.offer, sheet.marked) = (None, false);
        sheet.editing.take().is_some()
    }

    /// Deletes the selected row.
    pub(super) fn delete_row(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return self.delete_slot() };
        let (label, changes) = match self.selected_cell() {
            Some(Cell::Plan(Some(id), _)) => match desk.doc.dossier.actions.get(&id) {
                Some(action) => {
                    (format!("行動計画を消す: {}", action.what), vec![Change::remove(action.clone())])
                }
                None => return,
            },
            Some(Cell::Regional(Some(id), _)) => match desk.doc.dossier.regional.get(&id) {
                Some(issue) => {
                    let mut changes: Vec<Change> =
                        desk.doc.dossier.evidence_of(id).cloned().map(Change::remove).collect();
                    let way = escalation::way_of(&desk.doc.dossier.escalations, id).into_iter();
                    changes.extend(way.cloned().map(Change::remove));
                    changes.push(Change::remove(issue.clone()));
                    (format!("地域課題を消す: {}", issue.statement), changes)
                }
                None => return,
            },
            _ => return,
        };
        if self.commit(label.clone(), changes) {
            let key = self.cx.keymap.said(Command::Undo);
            self.cx.say(format!("{}。{key} で元に戻せます。", self.shortened(&label)));
        }
    }

    /// Leaves the form about the meeting for where one came from.
    pub(super) fn close_info(&mut self) {
        if self.leave_cell() {
            self.screen = Screen::Step;
            if let Some(desk) = self.desk.as_mut() {
                desk.sheet = SheetState::default();
            }
        }
    }
}

/// The evidence nodes of all regional issues of this meeting, for marking them on a list.
pub fn evidence_nodes(desk: &Desk) -> BTreeSet<Id<crate::domain::Node>> {
    desk.doc.dossier.evidence.values().filter_map(|e| e.node).collect()
}
