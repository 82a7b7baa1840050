//! Hands on a table or form: from cell to cell, and into the cell one stands on.

use super::PLAN_COLUMNS;
use super::about::About;
use super::field::Row;
use super::regional::Regional;
use crate::app::model::{Desk, Model};
use crate::command::Place;

impl Model {
    /// Enter on a table or form: begins to write, or keeps what was written and goes on to the next cell.
    pub(in crate::app) fn sheet_enter(&mut self) {
        let editing = self.desk.as_ref().is_some_and(|d| d.sheet.editing.is_some());
        match self.selected_cell() {
            _ if editing => self.sheet_step(1),
            Some(cell) => self.edit_cell(cell),
            None => {}
        }
    }

    /// Keeps what is written and goes `step` cells on; past the end of a row of the plan to the next row.
    pub(in crate::app) fn sheet_step(&mut self, step: isize) {
        let was_editing = self.desk.as_ref().is_some_and(|d| d.sheet.editing.is_some());
        if !self.leave_cell() {
            return;
        }
        let place = self.place();
        let Some(desk) = self.desk.as_mut() else { return };
        let (rows, columns) = extent(desk, place);
        let state = &mut desk.sheet;
        let before = (state.row, state.column);
        match place {
            Place::Plan => {
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
            if let Some(desk) = self.desk.as_mut() {
                desk.sheet.passing = true;
            }
        }
    }

    /// An arrow on a table or form. While a list is offered, up and down step through it.
    pub(in crate::app) fn sheet_move(&mut self, down: isize, right: isize) {
        if down != 0 && self.step_offer(down) {
            return;
        }
        if right != 0
            && let Some(desk) = self.desk.as_mut().filter(|d| d.sheet.editing.is_some())
        {
            (desk.sheet.marked, desk.sheet.passing) = (false, false);
            if let Some((_, line)) = desk.sheet.editing.as_mut() {
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
        let Some(desk) = self.desk.as_mut() else { return };
        let (rows, columns) = extent(desk, place);
        let state = &mut desk.sheet;
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
        let Some(desk) = self.desk.as_mut() else { return };
        let (rows, _) = extent(desk, place);
        let step = if place == Place::Regional { step } else { step * 8 };
        desk.sheet.row = desk.sheet.row.saturating_add_signed(step).min(rows - 1);
        if place == Place::Regional {
            desk.sheet.column = 0;
        }
    }

    /// Types into the selected cell, starting to write where nobody has.
    pub(in crate::app) fn sheet_type(&mut self, text: &str) {
        if self.desk.as_ref().is_some_and(|d| d.sheet.editing.is_none())
            && let Some(cell) = self.selected_cell()
        {
            self.edit_cell(cell);
        }
        if let Some(desk) = self.desk.as_mut()
            && let Some((_, line)) = desk.sheet.editing.as_mut()
        {
            if std::mem::take(&mut desk.sheet.marked) {
                line.take();
            }
            line.insert(text);
            desk.sheet.offer = None;
            desk.sheet.passing = false;
        }
    }
}

/// Rows and columns there are to move over; a table has one more row, to be written in.
fn extent(desk: &Desk, place: Place) -> (usize, usize) {
    match place {
        Place::Plan => (desk.dossier.actions.len() + 1, PLAN_COLUMNS),
        Place::Regional => (desk.dossier.regional.len() + 1, Regional::FIELDS.len()),
        _ => (About::FIELDS.len(), 1),
    }
}
