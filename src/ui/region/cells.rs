//! The forms and tables of the region, cell by cell.

use crate::command::Command;
use crate::domain::{Act, Aspect, Change, Dossier, Id, Meeting, Passage, Slot, escalation};
use crate::ui::region::decide::{DECISIONS, aspects};
use crate::ui::region::{IssueRow, YearRow, decide};
use crate::ui::sheet::{Asked, Offer, Standing, in_row};
use crate::ui::{
    Cell, Context, Drafts, Enter, Flow, RegionPlace, RegionScreen, Regional, Row, Screen, SheetState, Sheets,
};

impl Sheets for RegionScreen {
    fn sheet(&self) -> Option<&SheetState> {
        Some(&self.sheet)
    }

    fn sheet_mut(&mut self) -> Option<&mut SheetState> {
        Some(&mut self.sheet)
    }

    fn looked_at(&self) -> (&Dossier, Option<&[Offer]>) {
        (&self.nobody, None)
    }

    fn of_meeting(&self) -> Option<Id<Meeting>> {
        None
    }

    fn at(&self, cell: Cell, asked: Asked) -> Standing {
        match cell {
            Cell::Register(id, name) if let Some(entry) = self.doc.entry(id) => {
                let row =
                    || Regional { issue: entry.issue.clone(), evidence: Vec::new(), wanted: Vec::new() };
                in_row(Some(row()), name, |_| row(), asked)
            }
            Cell::Slot(id, name) => {
                let slot = id.and_then(|id| self.doc.years.slots.get(&id)).cloned();
                in_row(slot, name, |ids| self.new_slot(ids.id()), asked)
            }
            Cell::Passage(aspect, row) => {
                let form = usize::from(Aspect::OF_CATEGORIES.contains(&aspect));
                let subjects = self.subjects(form, asked.fields.lists);
                let subject = subjects.into_iter().nth(row).unwrap_or_default();
                let fresh = Passage::new(self.written_town(), self.year, &subject, aspect);
                let standing = self.doc.years.passages.get(&fresh.id).cloned();
                in_row(standing, aspect, |_| fresh, asked)
            }
            _ => Standing::default(),
        }
    }

    fn bring_along(&self, cx: &mut Context, changes: &mut Vec<Change>) {
        let today = cx.today();
        changes.extend(escalation::steps(changes, &self.doc.escalations, today, &mut cx.ids));
    }

    fn selected_cell(&self, cx: &Context) -> Option<Cell> {
        let (row, column) = (self.sheet.row, self.sheet.column);
        match self.screen {
            RegionPlace::Issue => match self.issue_row()? {
                IssueRow::Field(name) => Some(Cell::Register(self.issue()?, name)),
                _ => None,
            },
            RegionPlace::Decide => {
                Some(Cell::Register(self.issue()?, DECISIONS[row.min(DECISIONS.len() - 1)]))
            }
            RegionPlace::Year => match self.year_row()? {
                YearRow::Slot(id) => Some(Cell::Slot(Some(id), Slot::name_at(column))),
                YearRow::New => Some(Cell::Slot(None, Slot::name_at(column))),
                YearRow::Usual | YearRow::Loose(_) => None,
            },
            RegionPlace::Forms => {
                let rows = self.subjects(self.form, &cx.lists).len();
                (row < rows).then(|| Cell::Passage(aspects(self.form)[column.min(decide::COLUMNS - 1)], row))
            }
            RegionPlace::Register | RegionPlace::Review => None,
        }
    }

    fn extent(&self, cx: &Context) -> (usize, usize) {
        match self.screen {
            RegionPlace::Issue => (self.issue_rows().len().max(1), 1),
            RegionPlace::Year => (self.year_rows().len(), Slot::FIELDS.len()),
            RegionPlace::Decide => (DECISIONS.len(), 1),
            RegionPlace::Forms => (self.subjects(self.form, &cx.lists).len().max(1), decide::COLUMNS),
            RegionPlace::Review => {
                (self.review.counted.as_ref().map_or(1, |c| c.figure.rows.len().max(1)), 1)
            }
            RegionPlace::Register => (1, 1),
        }
    }

    fn seat_mut(&mut self) -> (&mut usize, Option<&mut usize>) {
        match self.screen {
            RegionPlace::Register => (&mut self.register.row, None),
            RegionPlace::Year | RegionPlace::Forms => (&mut self.sheet.row, Some(&mut self.sheet.column)),
            _ => (&mut self.sheet.row, None),
        }
    }

    fn enter_seat(&mut self, cx: &mut Context) -> Flow {
        let opens = matches!(self.screen, RegionPlace::Register | RegionPlace::Review);
        self.attempt(cx, if opens { Command::Open } else { Command::EnterCell })
    }

    fn commit(&mut self, cx: &mut Context, label: String, changes: Vec<Change>) -> bool {
        !changes.is_empty() && self.write_and_show(cx, Act::Do, label, changes)
    }

    fn on_row(&self) -> Option<Enter> {
        match (self.issue_row(), self.year_row()) {
            (Some(IssueRow::Evidence(id)), _) | (_, Some(YearRow::Loose(id))) => Some(Enter::Meeting(id)),
            (_, Some(YearRow::Usual)) => Some(Enter::Usual),
            _ => None,
        }
    }

    fn enter_row(&mut self, cx: &mut Context) -> Flow {
        match self.on_row() {
            Some(Enter::Meeting(id)) => return Flow::Meeting(id),
            Some(Enter::Usual) => self.make_usual_slots(cx),
            _ => {}
        }
        Flow::Done
    }
}
