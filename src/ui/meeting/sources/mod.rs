//! What the map offers beside a table or form: ideas that become actions of the plan, issues that become regional ones. One
//! key takes one.

pub(crate) mod draw;

use crate::command::Place;
use crate::domain::fields::ActionField;
use crate::domain::{Change, Id, Kind, Node, ideas, text};
use crate::ui::sheet::REWORD;
use crate::ui::sheet::cell::PLAN;
use crate::ui::{
    Beside, Cell, Context, Flow, MeetingScreen, RegionalField, Row, Screen, Seat, SheetState, Sheets,
};

/// The column of all that stands beside a table, for the mouse.
pub(crate) const BESIDE: usize = usize::MAX;

/// Whether a new row is begun in a cell.
fn begins_row(cell: Option<Cell>) -> bool {
    let begins = [Cell::Plan(None, ActionField::What), Cell::Regional(None, RegionalField::Statement)];
    cell.is_some_and(|cell| begins.contains(&cell))
}

/// A twig that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Source<'a> {
    pub node: &'a Node,
    /// What an idea answers.
    pub issue: Option<&'a Node>,
    /// It was taken.
    pub taken: bool,
    /// The row of the plan, or the regional issue, that it became.
    pub row: Option<usize>,
}

impl MeetingScreen {
    /// The kind of twigs that are offered where one is; none where nothing is.
    fn source_kind(&self) -> Option<Kind> {
        match self.place() {
            Place::Plan => Some(Kind::Idea),
            Place::Regional => Some(Kind::Issue),
            _ => None,
        }
    }

    fn count_sources(&self) -> usize {
        let kind = self.source_kind();
        self.doc.dossier.nodes.values().filter(|n| Some(n.kind) == kind).count()
    }

    /// All that the map offers where one is, in the order of the screen.
    pub fn sources(&self) -> Vec<Source<'_>> {
        let dossier = &self.doc.dossier;
        match self.source_kind() {
            Some(Kind::Idea) => {
                let (planned, plan) = (ideas::planned(dossier), dossier.plan());
                let row = |idea: &Node| {
                    let action = planned.get(&idea.id)?;
                    plan.iter().position(|a| a.id == *action)
                };
                let all = ideas::by_issue(dossier, &self.doc.tree).into_iter();
                all.map(|(node, issue)| {
                    let row = row(node);
                    Source { node, issue, taken: row.is_some(), row }
                })
                .collect()
            }
            Some(Kind::Issue) => dossier.issues().into_iter().map(|node| self.issue_source(node)).collect(),
            _ => Vec::new(),
        }
    }

    /// A twig as what may become a regional issue, or has.
    pub(crate) fn issue_source<'a>(&'a self, node: &'a Node) -> Source<'a> {
        let rests = self.doc.dossier.evidence.values().filter(|e| e.node == Some(node.id));
        let rests: Vec<_> = rests.map(|e| e.issue).collect();
        let row = self.doc.dossier.regional_issues().iter().position(|r| rests.contains(&r.id));
        Source { node, issue: None, taken: !rests.is_empty(), row }
    }

    /// The row of what is offered on which one stands. A plan with nothing in it begins there.
    pub fn source_row(&self) -> Option<usize> {
        if self.sheet.editing.is_some() {
            return self.numbered();
        }
        let row = match self.sheet.beside {
            Beside::Fresh if self.place() == Place::Plan && self.doc.dossier.actions.is_empty() => 0,
            Beside::Row(row) => row,
            Beside::Fresh | Beside::Met | Beside::Left => return None,
        };
        Some(row.min(self.count_sources().checked_sub(1)?))
    }

    /// The row that is meant by a number which stands alone where a new row is written: that of the issue, or of the first idea
    /// for it that nobody has taken. No action and no sentence is a mere number.
    fn numbered(&self) -> Option<usize> {
        let (cell, line) = self.sheet.editing.as_ref()?;
        let number = text::number(line.text()).filter(|_| begins_row(Some(*cell)))?;
        let sources = self.sources();
        let issue = |s: &Source| {
            if s.node.kind == Kind::Issue { Some(s.node.number) } else { s.issue.map(|n| n.number) }
        };
        let rows = || sources.iter().enumerate().filter(|(_, s)| number > 0 && issue(s) == Some(number));
        rows().find(|(_, s)| !s.taken).or_else(|| rows().next()).map(|(row, _)| row)
    }

    /// Stands on what a typed number means: it is no longer needed.
    fn settle_number(&mut self) {
        if let Some(row) = self.numbered() {
            self.sheet.beside = Beside::Row(row);
            self.sheet.editing = None;
        }
    }

    /// Whether the map offers anything where one is.
    pub(crate) fn has_sources(&self) -> bool {
        self.count_sources() > 0
    }

    /// The twig one stands on.
    pub fn selected_source(&self) -> Option<Source<'_>> {
        self.source_row().and_then(|row| self.sources().get(row).copied())
    }

    /// Goes to what is offered, to the first that nobody has taken; on it, takes it.
    pub(crate) fn take(&mut self, cx: &mut Context) {
        if self.source_row().is_some() {
            return self.take_source(cx);
        }
        self.leave_cell(cx);
        let open = self.sources().iter().position(|s| !s.taken);
        self.sheet.beside = Beside::Row(open.unwrap_or(0));
    }

    /// Makes what one stands on an action or a regional issue. What has become one already is gone to.
    pub(crate) fn take_source(&mut self, cx: &mut Context) {
        self.settle_number();
        let Some(Source { node, row, .. }) = self.selected_source() else { return };
        let id = node.id;
        if row.is_some() {
            self.leave_sources();
        } else if self.place() == Place::Plan {
            self.plan_idea(cx, id);
        } else if self.raise(cx, id) {
            self.sheet.beside = Beside::Left;
            (self.sheet.row, self.sheet.column) = (self.doc.dossier.regional.len() - 1, 0);
            if let Some(cell) = self.selected_cell(cx) {
                self.edit_cell(cx, cell);
            }
            cx.say_filled(&format!("地域課題にしました。{REWORD}"));
        }
    }

    /// Makes an idea an action, and goes on to the next that is none.
    fn plan_idea(&mut self, cx: &mut Context, idea: Id<Node>) {
        let Some(node) = self.doc.dossier.nodes.get(&idea) else { return };
        let action = ideas::action(&self.doc.dossier, cx.ids.id(), node);
        let what = action.what.clone();
        let at = self.source_row().unwrap_or(0);
        if !self.doc.commit(cx, format!("行動にする：{what}"), vec![Change::add(action)]) {
            return;
        }
        cx.say_done(&format!("行動にしました：{}", cx.shortened(&what)));
        let sources = self.sources();
        let open = |from: usize| sources.iter().skip(from).position(|s| !s.taken).map(|i| from + i);
        self.sheet.beside = Beside::Row(open(at).or_else(|| open(0)).unwrap_or(at));
    }

    /// The same from the map, where one goes on.
    pub(crate) fn raise_on_map(&mut self, cx: &mut Context, twig: Id<Node>) {
        if self.raise(cx, twig) {
            cx.say_done("地域課題にしました。文はその段階で書きかえます");
        }
    }

    /// Makes a twig a regional issue, whose sentence is to be reworded. False if it could not be done.
    pub(crate) fn raise(&mut self, cx: &mut Context, twig: Id<Node>) -> bool {
        let Some(node) = self.doc.dossier.nodes.get(&twig) else { return false };
        let mut raised = self.new_issue(cx.ids.id());
        raised.issue.statement.clone_from(&node.text);
        raised.wanted = vec![twig];
        let (label, mut changes) =
            (format!("地域課題にする：{}", node.text), raised.changes(None, &mut cx.ids));
        self.bring_along(cx, &mut changes);
        self.doc.commit(cx, label, changes)
    }

    /// From what is offered to what was made of it, else to the last row: to what is still open there.
    pub(crate) fn leave_sources(&mut self) {
        let row = self.selected_source().and_then(|s| s.row);
        let plan = self.doc.dossier.plan();
        let (row, column) = match self.place() {
            Place::Plan => {
                let row = row.unwrap_or(plan.len().saturating_sub(1));
                let open = plan.get(row).map_or(ActionField::What, |action| match action.is_nobodys() {
                    true => ActionField::Who,
                    false => ActionField::Until,
                });
                (row, PLAN.iter().position(|name| *name == open).unwrap_or(0))
            }
            _ => (row.unwrap_or(self.sheet.row), 0),
        };
        self.sheet = SheetState { row, column, beside: Beside::Left, ..SheetState::default() };
    }

    /// Words that are typed over what is offered begin a new row.
    pub(crate) fn begin_row(&mut self, cx: &mut Context) {
        let dossier = &self.doc.dossier;
        let (row, cell) = match self.place() {
            Place::Plan => (dossier.actions.len(), Cell::Plan(None, ActionField::What)),
            _ => (dossier.regional.len(), Cell::Regional(None, RegionalField::Statement)),
        };
        let column = PLAN.iter().position(|name| cell == Cell::Plan(None, *name)).unwrap_or(0);
        self.sheet = SheetState { row, column, beside: Beside::Left, ..SheetState::default() };
        self.edit_cell(cx, cell);
    }

    /// Goes some rows on in what is offered. False: one does not stand there.
    pub(crate) fn step_source(&mut self, step: isize) -> bool {
        self.settle_number();
        let Some(row) = self.source_row() else { return false };
        let last = self.count_sources().saturating_sub(1);
        self.sheet.beside = Beside::Row(row.saturating_add_signed(step).min(last));
        true
    }

    /// Left and right lead out of what is offered, and past the last column of the plan into it. False: they do not.
    pub(crate) fn step_beside(&mut self, cx: &mut Context, right: isize) -> bool {
        let at_end = self.place() == Place::Plan && self.sheet.column + 1 >= PLAN.len();
        match self.source_row() {
            Some(_) if right < 0 => self.leave_sources(),
            Some(_) => {}
            None if right > 0 && at_end && self.editing().is_none() && self.has_sources() => self.take(cx),
            None => return false,
        }
        true
    }

    /// A click on what is offered selects it, the second takes it; elsewhere one stands in the table again.
    pub(crate) fn click_beside(&mut self, cx: &mut Context, (row, column): Seat, second: bool) -> Flow {
        if column != BESIDE {
            if self.source_row().is_some() {
                self.sheet.beside = Beside::Left;
            }
            return self.click_row(cx, (row, column), second);
        }
        if second && self.source_row().is_some() {
            self.take_source(cx);
        } else if !second {
            self.leave_cell(cx);
            self.sheet.beside = Beside::Row(row);
        }
        Flow::Done
    }
}
