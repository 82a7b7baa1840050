//! The forms and tables of the region, cell by cell.

use crate::domain::{Act, Change, IdSource, Passage, Slot, escalation};
use crate::ui::app::Flow;
use crate::ui::context::Context;
use crate::ui::region::decide;
use crate::ui::region::decide::{DECISIONS, aspects};
use crate::ui::region::{IssueRow, RegionPlace, RegionScreen, YearRow, year};
use crate::ui::sheet::{
    Cell, FieldContext, Reading, Regional, Row, SheetState, Sheets, Written, meaning, placeholder, read,
    written,
};

impl Sheets for RegionScreen {
    fn sheet(&self) -> Option<&SheetState> {
        Some(&self.sheet)
    }

    fn sheet_mut(&mut self) -> Option<&mut SheetState> {
        Some(&mut self.sheet)
    }

    fn fields<'a>(&'a self, cx: &'a Context) -> FieldContext<'a> {
        let (dossier, tree) = (&self.nobody.0, &self.nobody.1);
        FieldContext {
            dossier,
            tree,
            lists: &cx.lists,
            entries: None,
            formats: &cx.formats,
            today: cx.today(),
        }
    }

    fn read_cell(&self, cell: Cell, reading: Reading, fields: &FieldContext) -> String {
        match cell {
            Cell::Register(id, name) => read(self.regional(id), name, reading, fields),
            Cell::Slot(id, name) => read(id.and_then(|id| self.slot(id)), name, reading, fields),
            Cell::Passage(aspect, row) => {
                read(self.passage(aspect, row, fields.lists).0, aspect, reading, fields)
            }
            Cell::About(_) | Cell::Plan(..) | Cell::Regional(..) | Cell::Review(..) => String::new(),
        }
    }

    fn cell_means(&self, cell: Cell, raw: &str, fields: &FieldContext) -> Result<String, String> {
        match cell {
            Cell::Register(id, name) => match self.regional(id) {
                Some(row) => meaning(row, name, raw, fields),
                None => Ok(String::new()),
            },
            Cell::Slot(id, name) => {
                let row = id.and_then(|id| self.slot(id)).unwrap_or_else(|| self.new_slot(placeholder()));
                meaning(row, name, raw, fields)
            }
            Cell::Passage(..) => Ok(raw.to_owned()),
            Cell::About(_) | Cell::Plan(..) | Cell::Regional(..) | Cell::Review(..) => Ok(String::new()),
        }
    }

    fn cell_changes(&self, cell: Cell, raw: &str, fields: &FieldContext, mint: &mut IdSource) -> Written {
        let (noun, changes) = match cell {
            Cell::Register(id, name) => {
                let Some(row) = self.regional(id) else { return Ok(("", Vec::new())) };
                (Regional::noun(), written(Some(row.clone()), || row, name, raw, fields, mint))
            }
            Cell::Slot(id, name) => {
                let fresh = mint.id();
                let before = id.and_then(|id| self.slot(id));
                (Slot::noun(), written(before, || self.new_slot(fresh), name, raw, fields, mint))
            }
            Cell::Passage(aspect, row) => {
                let (standing, fresh) = self.passage(aspect, row, fields.lists);
                (Passage::noun(), written(standing, || fresh, aspect, raw, fields, mint))
            }
            Cell::About(_) | Cell::Plan(..) | Cell::Regional(..) | Cell::Review(..) => {
                return Ok(("", Vec::new()));
            }
        };
        let mut changes = changes?;
        changes.extend(escalation::steps(&changes, &self.doc.escalations, fields.today, mint));
        Ok((noun, changes))
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
