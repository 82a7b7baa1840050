//! Tables and forms: one cell at a time is edited in place, and each cell that is left is one edit.

mod about;
mod action;
pub mod field;
mod moves;
mod offers;
mod regional;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::line::Line;
use super::model::{Desk, Model, Screen};
use crate::command::{Command, Place};
use crate::domain::escalation;
use crate::domain::{Action, Case, Change, Id, RegionalIssue};
pub use about::{About, NEXT_DATE};
pub use action::{OUTCOME, show_until};
pub use field::{Choices, Context, Field, Offer, Row};
pub use regional::{Regional, full as category_words};

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
}

/// Where one stands in the table or form of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetState {
    /// Row of the plan, number of the regional issue, or field of the form about the meeting.
    pub row: usize,
    pub column: usize,
    /// The cell being written in.
    pub editing: Option<(Cell, Line)>,
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
            Cell::Regional(_, i) => heading::<Regional>(i),
        }
    }
}

impl Cell {
    /// Whether the cell can be written in at a place.
    pub(super) fn is_at(self, place: Place) -> bool {
        match self {
            Cell::About(NEXT_DATE) if place == Place::Closing => true,
            Cell::About(_) => place == Place::Info,
            Cell::Plan(..) => place == Place::Plan,
            Cell::Regional(..) => place == Place::Regional,
            Cell::Review(..) => place == Place::Opening,
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
    pub fn context<'a>(&'a self, lists: &'a crate::domain::Lists, today: chrono::NaiveDate) -> Context<'a> {
        let entries = self.entries.as_deref();
        Context { dossier: &self.dossier, tree: &self.tree, lists, entries, today }
    }

    fn about(&self) -> About {
        // A meeting without a case gets one as soon as something is written about it.
        let case = self.dossier.case.clone().unwrap_or_else(|| Case::new(self.dossier.meeting.id.cast(), ""));
        About { meeting: self.dossier.meeting.clone(), case, has_case: self.dossier.case.is_some() }
    }

    fn regional(&self, id: Id<RegionalIssue>) -> Option<Regional> {
        let issue = self.dossier.regional.get(&id)?.clone();
        Some(Regional {
            issue,
            evidence: self.dossier.evidence_of(id).cloned().collect(),
            wanted: Vec::new(),
        })
    }

    fn action(&self, id: Id<Action>) -> Option<Action> {
        let earlier = self.previous.iter().map(|p| &p.action).find(|a| a.id == id);
        self.dossier.actions.get(&id).or(earlier).cloned()
    }

    /// A row of the plan that does not exist yet.
    fn new_action(&self, id: Id<Action>) -> Action {
        Action {
            rank: self.dossier.plan().last().map_or(0, |a| a.rank.saturating_add(1)),
            ..Action::new(id, self.dossier.meeting.id)
        }
    }

    /// A regional issue that does not exist yet.
    fn new_regional(&self, id: Id<RegionalIssue>) -> Regional {
        let issue = RegionalIssue {
            rank: self.dossier.regional_issues().last().map_or(0, |r| r.rank.saturating_add(1)),
            ..RegionalIssue::new(id, self.dossier.meeting.id, "")
        };
        Regional { issue, evidence: Vec::new(), wanted: Vec::new() }
    }

    /// The cell, or the same one of a new row where its row is gone.
    pub(super) fn cell_that_stands(&self, cell: Cell) -> Cell {
        match cell {
            Cell::Plan(Some(id), i) if !self.dossier.actions.contains_key(&id) => Cell::Plan(None, i),
            Cell::Regional(Some(id), i) if !self.dossier.regional.contains_key(&id) => {
                Cell::Regional(None, i)
            }
            // The action of an earlier meeting that is gone leaves its words to this plan.
            Cell::Review(id, _) if self.action(id).is_none() => Cell::Plan(None, 1),
            cell => cell,
        }
    }

    /// The text one edits in a cell.
    pub fn cell_raw(&self, cell: Cell, context: &Context) -> String {
        self.read_cell(cell, Reading::Raw, context)
    }

    /// The text people read in a cell.
    pub fn cell_shown(&self, cell: Cell, context: &Context) -> String {
        self.read_cell(cell, Reading::Shown, context)
    }

    fn read_cell(&self, cell: Cell, reading: Reading, context: &Context) -> String {
        match cell {
            Cell::About(i) => read(Some(self.about()), i, reading, context),
            Cell::Plan(id, i) => read(id.and_then(|id| self.action(id)), i, reading, context),
            Cell::Review(id, i) => read(self.action(id), i, reading, context),
            Cell::Regional(id, i) => read(id.and_then(|id| self.regional(id)), i, reading, context),
        }
    }

    /// What a text would mean in a cell, as people would read it; an error in words where it means nothing.
    pub fn cell_meaning(&self, cell: Cell, raw: &str, context: &Context) -> Result<String, String> {
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
    mint: &mut crate::domain::Mint,
) -> Result<Vec<Change>, String> {
    let mut after = before.clone().unwrap_or_else(fresh);
    (field::<R>(index).set)(&mut after, raw, context)?;
    Ok(after.changes(before.as_ref(), mint))
}

impl Model {
    /// The cell that is selected on the current screen.
    pub fn selected_cell(&self) -> Option<Cell> {
        let desk = self.desk.as_ref()?;
        let state = &desk.sheet;
        match self.place() {
            Place::Info => Some(Cell::About(state.row.min(About::FIELDS.len() - 1))),
            Place::Plan => {
                let row = desk.dossier.plan().get(state.row).map(|a| a.id);
                Some(Cell::Plan(row, state.column.min(PLAN_COLUMNS - 1)))
            }
            Place::Regional => {
                let row = desk.dossier.regional_issues().get(state.row).map(|r| r.id);
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
        let today = self.stamp.today();
        let Some(desk) = self.desk.as_ref() else { return };
        let raw = desk.cell_raw(cell, &desk.context(&self.lists, today));
        if let Some(desk) = self.desk.as_mut() {
            desk.sheet.marked = cell.heading().whole && !raw.is_empty();
            desk.sheet.editing = Some((cell, Line::new(raw)));
            desk.sheet.offer = None;
            desk.sheet.passing = false;
        }
    }

    /// Keeps what is being written. False if it means nothing; then it stays on the screen.
    pub(super) fn leave_cell(&mut self) -> bool {
        let today = self.stamp.today();
        let Some(desk) = self.desk.as_ref() else { return true };
        let Some((cell, line)) = desk.sheet.editing.clone() else { return true };
        let context = desk.context(&self.lists, today);
        let (title, raw) = (cell.heading().title, line.text());
        let unchanged = desk.cell_raw(cell, &context) == raw;
        let mint = &mut self.mint;
        let (noun, changes) = match cell {
            Cell::About(i) => {
                (About::noun(), written(Some(desk.about()), || desk.about(), i, raw, &context, mint))
            }
            Cell::Plan(id, i) => {
                let fresh = mint.id();
                let before = id.and_then(|id| desk.action(id));
                (Action::noun(), written(before, || desk.new_action(fresh), i, raw, &context, mint))
            }
            Cell::Review(id, i) => {
                let fresh = mint.id();
                (Action::noun(), written(desk.action(id), || desk.new_action(fresh), i, raw, &context, mint))
            }
            Cell::Regional(id, i) => {
                let fresh = mint.id();
                let before = id.and_then(|id| desk.regional(id));
                (Regional::noun(), written(before, || desk.new_regional(fresh), i, raw, &context, mint))
            }
        };
        let changes = match changes {
            Ok(mut changes) => {
                changes.extend(about::deadlines_with(&changes, &desk.dossier));
                changes.extend(escalation::steps(&changes, &desk.dossier.escalations, today, mint));
                changes
            }
            Err(problem) => {
                let more = self.how_to_add(cell.heading());
                self.warn(format!("{title}：{problem}{more}"));
                return false;
            }
        };
        let empty_row =
            matches!(cell, Cell::Plan(None, _) | Cell::Regional(None, _)) && raw.trim().is_empty();
        let done = unchanged || empty_row || changes.is_empty() || {
            let words = raw.to_owned();
            let done = self.commit(format!("{noun}の{title}: {}", words.trim()), changes);
            self.watch_words(&words);
            done
        };
        if let Some(desk) = self.desk.as_mut().filter(|_| done) {
            desk.sheet.editing = None;
            (desk.sheet.offer, desk.sheet.marked) = (None, false);
        }
        done
    }

    /// Somebody who is not at the table yet can be added first; what was typed waits behind Esc.
    fn how_to_add(&self, heading: Heading) -> String {
        match heading.choices {
            Choices::People => format!(
                "いない人は {} でやめて {} で参加者に足せます。",
                self.keymap.shown(Command::Back),
                self.keymap.shown(Command::People)
            ),
            _ => format!("{} で元にもどせます。", self.keymap.shown(Command::Back)),
        }
    }

    /// Gives up what is being written.
    pub(super) fn drop_cell(&mut self) -> bool {
        let Some(desk) = self.desk.as_mut() else { return false };
        (desk.sheet.offer, desk.sheet.marked) = (None, false);
        desk.sheet.editing.take().is_some()
    }

    /// Deletes the selected row.
    pub(super) fn delete_row(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let (label, changes) = match self.selected_cell() {
            Some(Cell::Plan(Some(id), _)) => match desk.dossier.actions.get(&id) {
                Some(action) => {
                    (format!("行動計画を消す: {}", action.what), vec![Change::remove(action.clone())])
                }
                None => return,
            },
            Some(Cell::Regional(Some(id), _)) => match desk.dossier.regional.get(&id) {
                Some(issue) => {
                    let mut changes: Vec<Change> =
                        desk.dossier.evidence_of(id).cloned().map(Change::remove).collect();
                    let way = escalation::way_of(&desk.dossier.escalations, id).into_iter();
                    changes.extend(way.cloned().map(Change::remove));
                    changes.push(Change::remove(issue.clone()));
                    (format!("地域課題を消す: {}", issue.statement), changes)
                }
                None => return,
            },
            _ => return,
        };
        if self.commit(label.clone(), changes) {
            let key = self.keymap.shown(Command::Undo);
            self.say(format!("{label}。{key} で元に戻せます。"));
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
    desk.dossier.evidence.values().filter_map(|e| e.node).collect()
}
