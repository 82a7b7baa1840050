//! The forms and tables of the region, cell by cell.

use crate::domain::{Act, Change, Slot, escalation};
use crate::ui::region::decide;
use crate::ui::region::decide::{DECISIONS, aspects};
use crate::ui::region::{IssueRow, YearRow, year};
use crate::ui::sheet::{Asked, FieldContext, Row, Standing, in_row};
use crate::ui::{Cell, Context, Flow, RegionPlace, RegionScreen, SheetState, Sheets};

impl Sheets for RegionScreen {
    fn sheet(&self) -> Option<&SheetState> {
        Some(&self.sheet)
    }

    fn sheet_mut(&mut self) -> Option<&mut SheetState> {
        Some(&mut self.sheet)
    }

    fn fields<'a>(&'a self, cx: &'a Context) -> FieldContext<'a> {
        FieldContext { dossier: &self.nobody, entries: None, cx }
    }

    fn at(&self, cell: Cell, asked: Asked) -> Result<Standing, String> {
        match cell {
            Cell::Register(id, name) if let Some(row) = self.regional(id) => {
                in_row(Some(row.clone()), name, |_| row, asked)
            }
            Cell::Slot(id, name) => {
                in_row(id.and_then(|id| self.slot(id)), name, |ids| self.new_slot(ids.id()), asked)
            }
            Cell::Passage(aspect, row) => {
                let (standing, fresh) = self.passage(aspect, row, &asked.fields.cx.lists);
                in_row(standing, aspect, |_| fresh, asked)
            }
            _ => Ok(Standing::default()),
        }
    }

    fn bring_along(&self, cx: &mut Context, changes: &mut Vec<Change>) {
        let today = cx.today();
        changes.extend(escalation::steps(changes, &self.doc.escalations, today, &mut cx.ids));
    }

    fn selected_cell(&self, cx: &Context) -> Option<Cell> {
        let (row, column) = (self.sheet.row, self.sheet.column);
        match self.screen {
            RegionPlace::Issue => match self.issue_rows().get(row)? {
                IssueRow::Field(name) => self.issue().map(|id| Cell::Register(id, *name)),
                _ => None,
            },
            RegionPlace::Decide => {
                self.issue().map(|id| Cell::Register(id, DECISIONS[row.min(DECISIONS.len() - 1)]))
            }
            RegionPlace::Year => {
                let slot = match self.year_rows().get(row)? {
                    YearRow::Slot(id) => Some(*id),
                    YearRow::New => None,
                    YearRow::Usual | YearRow::Loose(_) => return None,
                };
                Some(Cell::Slot(slot, Slot::name_at(column)))
            }
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
            RegionPlace::Year => (self.year_rows().len(), year::COLUMNS),
            RegionPlace::Decide => (DECISIONS.len(), 1),
            RegionPlace::Forms => (self.subjects(self.form, &cx.lists).len().max(1), decide::COLUMNS),
            RegionPlace::Register | RegionPlace::Review => (1, 1),
        }
    }

    fn commit(&mut self, cx: &mut Context, label: String, changes: Vec<Change>) -> bool {
        !changes.is_empty() && self.write(cx, Act::Do, label, changes)
    }

    /// Enter on a row in which nothing is written.
    fn enter_row(&mut self, cx: &mut Context) -> Flow {
        let row = self.sheet.row;
        match self.screen {
            RegionPlace::Issue if let Some(IssueRow::Evidence(id)) = self.issue_rows().get(row) => {
                self.look_into(cx, *id)
            }
            RegionPlace::Year if let Some(YearRow::Loose(id)) = self.year_rows().get(row) => {
                self.look_into(cx, *id)
            }
            RegionPlace::Year if self.year_rows().get(row) == Some(&YearRow::Usual) => {
                self.make_usual_slots(cx);
                Flow::Done
            }
            _ => Flow::Done,
        }
    }
}
