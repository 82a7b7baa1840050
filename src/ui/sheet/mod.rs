//! Tables and forms: one cell at a time is edited in place, and each cell that is left is one edit.

pub(crate) mod about;
pub(crate) mod action;
pub mod cell;
pub mod field;
pub(crate) mod meeting;
pub(crate) mod moves;
pub(crate) mod offers;
pub(crate) mod regional;
pub(crate) mod year;

use std::borrow::Cow;

use uuid::Uuid;

use crate::command::{Code, Key};
use crate::domain::{Change, IdSource};
pub use crate::ui::sheet::about::{About, AboutField};
use crate::ui::sheet::cell::{Cell, SheetState};
pub(crate) use crate::ui::sheet::field::replaced;
pub use crate::ui::sheet::field::{FieldContext, Offer, Row};
pub use crate::ui::sheet::meeting::evidence_nodes;
pub use crate::ui::sheet::regional::{Regional, RegionalField, category_words};
use crate::ui::{Context, Flow, Input, Screen};

/// What an edit is about, and its changes; or why the words mean nothing.
pub type Written = Result<(&'static str, Vec<Change>), String>;

/// A screen with tables or forms.
pub trait Sheets: Screen {
    /// Where one stands in the table or form that is seen.
    fn sheet(&self) -> Option<&SheetState>;

    fn sheet_mut(&mut self) -> Option<&mut SheetState>;

    /// What fields may look at.
    fn fields<'a>(&'a self, cx: &'a Context) -> FieldContext<'a>;

    /// What stands in a cell, if it is one of this screen; `fresh` is for a row that does not exist yet.
    fn at<'a>(&'a self, cell: Cell, fields: &FieldContext, fresh: Uuid) -> Option<Box<dyn Standing + 'a>>;

    /// Adds the changes that others bring with them.
    fn bring_along(&self, changes: &mut Vec<Change>, fields: &FieldContext, mint: &mut IdSource);

    /// The cell that is selected.
    fn selected_cell(&self, cx: &Context) -> Option<Cell>;

    /// Rows and columns there are to move over, at least one; a table has one more row, to be written in.
    fn extent(&self, cx: &Context) -> (usize, usize);

    /// Does an edit. False if it could not be done; the notice says why.
    fn commit(&mut self, cx: &mut Context, label: String, changes: Vec<Change>) -> bool;

    /// Enter on a row in which nothing is written.
    fn enter_row(&mut self, _: &mut Context) -> Flow {
        Flow::Done
    }

    /// The cell being written in, with what stands in it so far.
    fn editing(&self) -> Option<&(Cell, Input)> {
        self.sheet()?.editing.as_ref()
    }

    /// Whether a space is one of the words, not an action.
    fn types_space(&self) -> bool {
        self.editing().is_some() || self.holds_words()
    }

    /// The text one edits in a cell.
    fn cell_raw(&self, cx: &Context, cell: Cell) -> String {
        let fields = self.fields(cx);
        self.at(cell, &fields, Uuid::nil()).map(|at| at.raw(&fields)).unwrap_or_default()
    }

    /// The text people read in a cell.
    fn cell_shown(&self, cx: &Context, cell: Cell) -> String {
        let fields = self.fields(cx);
        self.at(cell, &fields, Uuid::nil()).map(|at| at.shown(&fields)).unwrap_or_default()
    }

    /// What stands in a cell; what is being written stands in its place already.
    fn standing(&self, cx: &Context, cell: Cell) -> String {
        match self.editing() {
            Some((editing, line)) if *editing == cell => line.text().to_owned(),
            _ => self.cell_shown(cx, cell),
        }
    }

    /// What a text would mean in a cell, as people would read it; an error in words where it means nothing.
    fn cell_meaning(&self, cx: &Context, cell: Cell, raw: &str) -> Result<String, String> {
        let fields = self.fields(cx);
        self.at(cell, &fields, Uuid::nil()).map_or(Ok(String::new()), |at| at.means(raw, &fields))
    }

    /// The changes of writing a text into a cell.
    fn cell_changes(&self, cell: Cell, raw: &str, fields: &FieldContext, mint: &mut IdSource) -> Written {
        let fresh = mint.id::<()>().uuid();
        let Some(at) = self.at(cell, fields, fresh) else { return Ok(("", Vec::new())) };
        let (noun, mut changes) = at.written(raw, fields, mint)?;
        self.bring_along(&mut changes, fields, mint);
        Ok((noun, changes))
    }

    /// Starts writing in a cell, with what stands there.
    fn edit_cell(&mut self, cx: &mut Context, cell: Cell) {
        if !self.leave_cell(cx) {
            return;
        }
        let raw = self.cell_raw(cx, cell);
        if let Some(sheet) = self.sheet_mut() {
            sheet.marked = cell.heading().whole && !raw.is_empty();
            sheet.editing = Some((cell, Input::new(raw)));
            (sheet.offer, sheet.passing) = (None, false);
        }
    }

    /// Keeps what is being written. False if it means nothing; then it stays on the screen.
    fn leave_cell(&mut self, cx: &mut Context) -> bool {
        let Some((cell, line)) = self.editing().cloned() else { return true };
        let (heading, raw) = (cell.heading(), line.text());
        let unchanged = self.cell_raw(cx, cell) == raw;
        let mut mint = cx.ids.clone();
        let written = self.cell_changes(cell, raw, &self.fields(cx), &mut mint);
        cx.ids = mint;
        let (noun, changes) = match written {
            Ok(written) => written,
            Err(problem) => {
                let way = cx.keymap.fill(heading.way_out());
                cx.warn(format!("{}：{problem}{way}", heading.title));
                return false;
            }
        };
        let empty_row = cell.is_new() && raw.trim().is_empty();
        let done = unchanged
            || empty_row
            || changes.is_empty()
            || self.commit(cx, format!("{noun}の{}: {}", heading.title, raw.trim()), changes);
        if done {
            self.drop_cell();
        }
        done
    }

    /// Gives up what is being written.
    fn drop_cell(&mut self) -> bool {
        let Some(sheet) = self.sheet_mut() else { return false };
        (sheet.offer, sheet.marked) = (None, false);
        sheet.editing.take().is_some()
    }

    /// Enter on a table or form: begins to write, or keeps what was written and goes on to the next cell.
    fn sheet_enter(&mut self, cx: &mut Context) -> Flow {
        match self.selected_cell(cx) {
            _ if self.editing().is_some() => self.sheet_step(cx, 1),
            Some(cell) => self.edit_cell(cx, cell),
            None => return self.enter_row(cx),
        }
        Flow::Done
    }

    /// Keeps what is written and goes `step` cells on; past the end of a row of a table to the next row.
    fn sheet_step(&mut self, cx: &mut Context, step: isize) {
        let was_editing = self.editing().is_some();
        if !self.leave_cell(cx) {
            return;
        }
        let (place, extent) = (self.place(), self.extent(cx));
        let moved = self.sheet_mut().is_some_and(|sheet| sheet.step(place, extent, step));
        // At the end of a form there is no next cell to write in.
        if was_editing
            && moved
            && let Some(cell) = self.selected_cell(cx)
        {
            self.edit_cell(cx, cell);
            if let Some(sheet) = self.sheet_mut() {
                sheet.passing = true;
            }
        }
    }

    /// An arrow on a table or form. While a list is offered, up and down step through it; left and right go along the words.
    fn sheet_move(&mut self, cx: &mut Context, down: isize, right: isize) {
        let stepped = down != 0 && self.step_offer(cx, down)
            || right != 0 && self.sheet_mut().is_some_and(|sheet| sheet.go_along(right));
        if stepped || !self.leave_cell(cx) {
            return;
        }
        let (place, extent) = (self.place(), self.extent(cx));
        if let Some(sheet) = self.sheet_mut() {
            sheet.go(place, extent, down, right);
        }
    }

    /// To the previous or next row of the plan, issue of the region, or screenful of the form.
    fn sheet_page(&mut self, cx: &mut Context, step: isize) {
        if !self.leave_cell(cx) {
            return;
        }
        let (place, (rows, _)) = (self.place(), self.extent(cx));
        if let Some(sheet) = self.sheet_mut() {
            sheet.page(place, rows, step);
        }
    }

    /// Types into the selected cell, starting to write where nobody has.
    fn sheet_type(&mut self, cx: &mut Context, text: &str) {
        if self.editing().is_none()
            && let Some(cell) = self.selected_cell(cx)
        {
            self.edit_cell(cx, cell);
        }
        if let Some(sheet) = self.sheet_mut() {
            sheet.insert(text);
        }
    }

    /// A key in the cell being written in that is no text.
    fn edit_in_cell(&mut self, key: Key) {
        let Some(sheet) = self.sheet_mut() else { return };
        (sheet.passing, sheet.offer) = (false, None);
        let marked = std::mem::take(&mut sheet.marked);
        match sheet.editing.as_mut() {
            Some((_, line)) if marked && key.code == Code::Backspace => drop(line.take()),
            Some((_, line)) => line.edit(key),
            None => {}
        }
    }

    /// The offers for the cell being written in: those that fit the last words.
    fn cell_offers<'a>(&'a self, cx: &'a Context) -> Cow<'a, [Offer]> {
        self.sheet().map(|sheet| sheet.offers(&self.fields(cx))).unwrap_or_default()
    }

    /// Steps through the offers and puts the one stepped to into the line. False where the arrow means the next row.
    fn step_offer(&mut self, cx: &Context, step: isize) -> bool {
        let stepped = self.sheet().and_then(|sheet| sheet.stepped(&self.cell_offers(cx), step));
        let done = stepped.is_some();
        if let Some((sheet, stepped)) = self.sheet_mut().zip(stepped) {
            *sheet = stepped;
        }
        done
    }
}

/// A field of a row as it stands, whichever kind of row it is.
pub trait Standing {
    /// The text one edits; empty where there is no row yet.
    fn raw(&self, fields: &FieldContext) -> String;

    /// The text people read.
    fn shown(&self, fields: &FieldContext) -> String;

    /// What a text would mean in it, as people would read it.
    fn means(&self, raw: &str, fields: &FieldContext) -> Result<String, String>;

    /// The changes of writing a text into it; none if it says what stood there.
    fn written(&self, raw: &str, fields: &FieldContext, mint: &mut IdSource) -> Written;
}

struct InRow<R: Row, F> {
    before: Option<R>,
    name: R::Name,
    fresh: F,
}

/// The field of a name in a row; where there is none it would be in a fresh one.
pub(crate) fn in_row<'a, R: Row>(
    before: Option<R>,
    name: R::Name,
    fresh: impl Fn() -> R + 'a,
) -> Box<dyn Standing + 'a> {
    Box::new(InRow { before, name, fresh })
}

impl<R: Row, F: Fn() -> R> InRow<R, F> {
    /// The row with a text in the field.
    fn with(&self, raw: &str, fields: &FieldContext) -> Result<R, String> {
        let mut row = self.before.clone().unwrap_or_else(&self.fresh);
        let field = R::field(self.name);
        (field.set)(&mut row, raw, field.heading.choices, fields)?;
        Ok(row)
    }
}

impl<R: Row, F: Fn() -> R> Standing for InRow<R, F> {
    fn raw(&self, fields: &FieldContext) -> String {
        self.before.as_ref().map(|row| (R::field(self.name).get)(row, fields)).unwrap_or_default()
    }

    fn shown(&self, fields: &FieldContext) -> String {
        self.before.as_ref().map(|row| (R::field(self.name).show)(row, fields)).unwrap_or_default()
    }

    fn means(&self, raw: &str, fields: &FieldContext) -> Result<String, String> {
        self.with(raw, fields).map(|row| (R::field(self.name).show)(&row, fields))
    }

    fn written(&self, raw: &str, fields: &FieldContext, mint: &mut IdSource) -> Written {
        self.with(raw, fields).map(|row| (R::NOUN, row.changes(self.before.as_ref(), mint)))
    }
}
