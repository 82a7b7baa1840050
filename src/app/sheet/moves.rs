//! Hands on a table or form: from cell to cell, and into the cell one stands on.

use super::PLAN_COLUMNS;
use super::about::About;
use super::field::Row;
use super::regional::Regional;
use crate::app::model::Model;
use crate::command::Place;

impl Model {
    /// Enter on a table or form: begins to write, or keeps what was written and goes on to the next cell.
    pub(in crate::app) fn sheet_enter(&mut self) {
        match self.selected_cell() {
            _ if self.editing().is_some() => self.sheet_step(1),
            Some(cell) => self.edit_cell(cell),
            None => self.region_enter(),
        }
    }

    /// Keeps what is written and goes `step` cells on; past the end of a row of a table to the next row.
    pub(in crate::app) fn sheet_step(&mut self, step: isize) {
        let was_editing = self.editing().is_some();
        if !self.leave_cell() {
            return;
        }
        let place = self.place();
        let (rows, columns) = self.extent();
        let Some(state) = self.sheet_mut() else { return };
        let before = (state.row, state.column);
        match place {
            Place::Plan | Place::Year | Place::Forms => {
                let at =
                    (state.row * columns + state.column).saturating_add_signed(step).min(rows * columns - 1);
                (state.row, state.column) = (at / columns, at % columns);
            }
            Place::Regional => state.column = state.column.saturating_add_signed(step).min(columns - 1),
            _ => state.row = state.row.saturating_add_signed(step).min(rows - 1),
        }
        // At the end of a form there is no next cell to write in.
        let moved = (state.row, state.column) != before;
        if was_editing
            && moved
            && let Some(cell) = self.selected_cell()
        {
            self.edit_cell(cell);
            if let Some(state) = self.sheet_mut() {
                state.passing = true;
            }
        }
    }

    /// An arrow on a table or form. While a list is offered, up and down step through it.
    pub(in crate::app) fn sheet_move(&mut self, down: isize, right: isize) {
        if down != 0 && self.step_offer(down) {
            return;
        }
        if right != 0
            && let Some(state) = self.sheet_mut().filter(|s| s.editing.is_some())
        {
            (state.marked, state.passing) = (false, false);
            if let Some((_, line)) = state.editing.as_mut() {
                if right < 0 {
                    line.left()
                } else {
                    line.right()
                };
            }
            return;
        }
        if !self.leave_cell() {
            return;
        }
        let place = self.place();
        let (rows, columns) = self.extent();
        let Some(state) = self.sheet_mut() else { return };
        match place {
            Place::Regional => {
                state.column = state.column.saturating_add_signed(down).min(columns - 1);
                state.row = state.row.saturating_add_signed(right).min(rows - 1);
            }
            _ => {
                state.row = state.row.saturating_add_signed(down).min(rows - 1);
                state.column = state.column.saturating_add_signed(right).min(columns - 1);
            }
        }
    }

    /// To the previous or next row of the plan, issue of the region, or screenful of the form.
    pub(in crate::app) fn sheet_page(&mut self, step: isize) {
        if !self.leave_cell() {
            return;
        }
        let place = self.place();
        let (rows, _) = self.extent();
        let Some(state) = self.sheet_mut() else { return };
        let step = if place == Place::Regional { step } else { step * 8 };
        state.row = state.row.saturating_add_signed(step).min(rows - 1);
        if place == Place::Regional {
            state.column = 0;
        }
    }

    /// Types into the selected cell, starting to write where nobody has.
    pub(in crate::app) fn sheet_type(&mut self, text: &str) {
        if self.editing().is_none()
            && let Some(cell) = self.selected_cell()
        {
            self.edit_cell(cell);
        }
        if let Some(state) = self.sheet_mut()
            && let Some((_, line)) = state.editing.as_mut()
        {
            if std::mem::take(&mut state.marked) {
                line.take();
            }
            line.insert(text);
            state.offer = None;
            state.passing = false;
        }
    }

    /// Rows and columns there are to move over, at least one; a table has one more row, to be written in.
    fn extent(&self) -> (usize, usize) {
        let place = self.place();
        match (&self.desk, &self.region) {
            (Some(desk), _) if place == Place::Plan => (desk.doc.dossier.actions.len() + 1, PLAN_COLUMNS),
            (Some(desk), _) if place == Place::Regional => {
                (desk.doc.dossier.regional.len() + 1, Regional::FIELDS.len())
            }
            (None, Some(region)) => region.extent(place, &self.cx.lists),
            _ => (About::FIELDS.len(), 1),
        }
    }
}
