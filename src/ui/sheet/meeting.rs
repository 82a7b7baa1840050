//! The form, the plan and the regional issues of a meeting, cell by cell.

use crate::command::{Command, Place};
use crate::domain::fields::ActionField;
use crate::domain::{Action, Case, Change, Dossier, Id, Meeting, RegionalIssue, escalation};
use crate::ui::sheet::cell::PLAN;
use crate::ui::sheet::field::Offer;
use crate::ui::sheet::{About, Asked, Standing, about, in_row};
use crate::ui::{
    Cell, Context, Enter, Flow, MeetingScreen, Regional, RegionalField, Row, Screen, SheetState, Sheets,
};

impl Sheets for MeetingScreen {
    /// Under the map the cell that is being written in waits.
    fn sheet(&self) -> Option<&SheetState> {
        (self.place() != Place::Map).then_some(&self.sheet)
    }

    fn sheet_mut(&mut self) -> Option<&mut SheetState> {
        (self.place() != Place::Map).then_some(&mut self.sheet)
    }

    fn looked_at(&self) -> (&Dossier, Option<&[Offer]>) {
        (&self.doc.dossier, self.regional.entries.as_deref())
    }

    fn of_meeting(&self) -> Option<Id<Meeting>> {
        Some(self.doc.dossier.meeting.id)
    }

    fn at(&self, cell: Cell, asked: Asked) -> Standing {
        match cell {
            Cell::About(name) => in_row(Some(self.about()), name, |_| self.about(), asked),
            Cell::Plan(id, name) => in_row(self.action(id), name, |ids| self.new_action(ids.id()), asked),
            Cell::Review(id, name) => self.at(Cell::Plan(Some(id), name), asked),
            Cell::Regional(id, name) => in_row(self.issue(id), name, |ids| self.new_issue(ids.id()), asked),
            Cell::Register(..) | Cell::Slot(..) | Cell::Passage(..) => Standing::default(),
        }
    }

    fn bring_along(&self, cx: &mut Context, changes: &mut Vec<Change>) {
        let (dossier, today) = (&self.doc.dossier, cx.today());
        changes.extend(about::deadlines_with(changes, dossier));
        changes.extend(escalation::steps(changes, &dossier.escalations, today, &mut cx.ids));
    }

    /// The sentence of a regional issue, as long as it is what the map says of one person.
    fn is_borrowed(&self, cell: Cell) -> bool {
        let Cell::Regional(Some(id), RegionalField::Statement) = cell else { return false };
        let Dossier { regional, nodes, .. } = &self.doc.dossier;
        let mut shown = self.doc.dossier.evidence_of(id).filter_map(|e| nodes.get(&e.node?));
        // Who has said that it shows nobody means it so.
        let is_said =
            |issue: &RegionalIssue| !issue.confirmed && shown.any(|node| node.text == issue.statement);
        regional.get(&id).is_some_and(is_said)
    }

    /// None on what is offered beside the table.
    fn selected_cell(&self, _: &Context) -> Option<Cell> {
        if self.source_row().is_some() {
            return None;
        }
        let SheetState { row, column, .. } = self.sheet;
        match self.place() {
            Place::Info => Some(Cell::About(About::name_at(row))),
            Place::Plan => {
                let action = self.doc.dossier.plan().get(row).map(|a| a.id);
                Some(Cell::Plan(action, PLAN[column.min(PLAN.len() - 1)]))
            }
            Place::Regional => {
                let issue = self.doc.dossier.regional_issues().get(row).map(|r| r.id);
                Some(Cell::Regional(issue, Regional::name_at(column)))
            }
            _ => None,
        }
    }

    fn extent(&self, cx: &Context) -> (usize, usize) {
        match self.place() {
            Place::Plan => (self.doc.dossier.actions.len() + 1, PLAN.len()),
            Place::Regional => (self.doc.dossier.regional.len() + 1, Regional::FIELDS.len()),
            Place::Info => (About::FIELDS.len(), 1),
            _ => (self.items(cx).len().max(1), 1),
        }
    }

    fn seat_mut(&mut self) -> (&mut usize, Option<&mut usize>) {
        let across = matches!(self.place(), Place::Plan | Place::Regional);
        (&mut self.sheet.row, across.then_some(&mut self.sheet.column))
    }

    fn enter_seat(&mut self, cx: &mut Context) -> Flow {
        let sheet = matches!(self.place(), Place::Info | Place::Plan | Place::Regional);
        self.attempt(cx, if sheet { Command::EnterCell } else { Command::Edit })
    }

    fn on_row(&self) -> Option<Enter> {
        let taken = |row: Option<usize>| if row.is_some() { Enter::Taken } else { Enter::Take };
        self.selected_source().map(|source| taken(source.row))
    }

    fn chooses(&self) -> bool {
        self.editing().is_some() && self.source_row().is_some()
    }

    fn enter_row(&mut self, cx: &mut Context) -> Flow {
        self.take_source(cx);
        Flow::Done
    }

    fn commit(&mut self, cx: &mut Context, label: String, changes: Vec<Change>) -> bool {
        self.doc.commit(cx, label, changes)
    }
}

impl MeetingScreen {
    fn about(&self) -> About {
        let (meeting, case) = (self.doc.dossier.meeting.clone(), self.doc.dossier.case.clone());
        let has_case = case.is_some();
        // A meeting without a case gets one as soon as something is written about it.
        About { case: case.unwrap_or_else(|| Case::new(meeting.id.cast(), "")), meeting, has_case }
    }

    /// An action of this meeting, or an earlier one.
    fn action(&self, id: Option<Id<Action>>) -> Option<Action> {
        let earlier = self.doc.previous.iter().map(|p| &p.action).find(|a| Some(a.id) == id);
        self.doc.dossier.actions.get(&id?).or(earlier).cloned()
    }

    /// A row of the plan that does not exist yet.
    fn new_action(&self, id: Id<Action>) -> Action {
        Action {
            rank: self.doc.dossier.plan().last().map_or(0, |a| a.rank.saturating_add(1)),
            ..Action::new(id, self.doc.dossier.meeting.id)
        }
    }

    fn issue(&self, id: Option<Id<RegionalIssue>>) -> Option<Regional> {
        let issue = self.doc.dossier.regional.get(&id?)?.clone();
        let evidence = self.doc.dossier.evidence_of(issue.id).cloned().collect();
        Some(Regional { issue, evidence, wanted: Vec::new() })
    }

    /// A regional issue that does not exist yet.
    pub(crate) fn new_issue(&self, id: Id<RegionalIssue>) -> Regional {
        let issue = RegionalIssue {
            rank: self.doc.dossier.regional_issues().last().map_or(0, |r| r.rank.saturating_add(1)),
            ..RegionalIssue::new(id, self.doc.dossier.meeting.id, "")
        };
        Regional { issue, evidence: Vec::new(), wanted: Vec::new() }
    }

    /// The cell, or the same one of a new row where its row is gone.
    pub(crate) fn cell_that_stands(&self, cell: Cell) -> Cell {
        let dossier = &self.doc.dossier;
        match cell {
            Cell::Plan(Some(id), name) if !dossier.actions.contains_key(&id) => Cell::Plan(None, name),
            Cell::Regional(Some(id), name) if !dossier.regional.contains_key(&id) => {
                Cell::Regional(None, name)
            }
            // The action of an earlier meeting that is gone leaves its words to this plan.
            Cell::Review(id, _) if self.action(Some(id)).is_none() => Cell::Plan(None, ActionField::What),
            cell => cell,
        }
    }
}
