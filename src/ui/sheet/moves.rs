//! Hands on a table or form: where an arrow leads, and what becomes of the cell one writes in.

use crate::command::Place;
use crate::domain::several::is_divider;
use crate::ui::SheetState;
use crate::ui::sheet::cell::WHAT;

/// Goes on from a place, but not past the last of so many.
fn on(at: usize, step: isize, count: usize) -> usize {
    at.saturating_add_signed(step).min(count - 1)
}

impl SheetState {
    /// Goes some cells on; past the end of a row of a table to the next row. False at the end.
    pub(super) fn step(&mut self, place: Place, (rows, columns): (usize, usize), step: isize) -> bool {
        let before = (self.row, self.column);
        match place {
            Place::Plan | Place::Year | Place::Forms => {
                let at = on(self.row * columns + self.column, step, rows * columns);
                (self.row, self.column) = (at / columns, at % columns);
            }
            Place::Regional => self.column = on(self.column, step, columns),
            _ => self.row = on(self.row, step, rows),
        }
        // Back from the row that follows one comes to the end of this one.
        if step > 0 {
            self.begin_row(place, rows, before.0);
        }
        (self.row, self.column) != before
    }

    /// A new row of the plan begins with what is to be done: the issue it answers stands to the left of it. A new regional
    /// issue begins with its sentence.
    fn begin_row(&mut self, place: Place, rows: usize, from: usize) {
        let first = match place {
            Place::Plan => WHAT,
            Place::Regional => 0,
            _ => return,
        };
        if self.row != from && self.row + 1 == rows {
            self.column = first;
        }
    }

    /// Goes to a cell below and beside. The fields of a regional issue stand one below the other.
    pub(super) fn go(&mut self, place: Place, (rows, columns): (usize, usize), down: isize, right: isize) {
        let (rows_on, columns_on) = if place == Place::Regional { (right, down) } else { (down, right) };
        let from = self.row;
        (self.row, self.column) = (on(self.row, rows_on, rows), on(self.column, columns_on, columns));
        self.begin_row(place, rows, from);
    }

    /// Goes along the words of the cell being written in. False if none is.
    pub(super) fn go_along(&mut self, right: isize) -> bool {
        let Some((_, line)) = self.editing.as_mut() else { return false };
        (self.marked, self.passing) = (false, false);
        if right < 0 {
            line.left()
        } else {
            line.right()
        };
        true
    }

    /// Types into the cell being written in.
    pub(super) fn insert(&mut self, text: &str) {
        let Some((cell, line)) = self.editing.as_mut() else { return };
        let many = cell.heading().many;
        // What is typed behind an offer that was stepped to is another one, no part of it.
        let other = self.offer.is_some() && !text.starts_with(is_divider);
        if std::mem::take(&mut self.marked) || other && !many {
            line.take();
        } else if other {
            line.insert("、");
        }
        line.insert(text);
        (self.offer, self.passing) = (None, false);
    }
}
