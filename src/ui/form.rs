//! Draws a form: titles at the left, what is written at the right, the selected field open.

use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::look::prelude::*;
use crate::ui::{Cell, Context, Sheets};

/// One row of a form.
pub struct Field {
    /// Over it, with a free row before.
    pub heading: Option<&'static str>,
    pub title: String,
    pub text: String,
    /// An example, where nothing is written.
    pub hint: &'static str,
}

impl Field {
    pub fn of(sheets: &dyn Sheets, cx: &Context, cell: Cell) -> Self {
        let heading = cell.heading();
        let (title, text) = (heading.title.to_owned(), sheets.standing(cx, cell));
        Self { heading: None, title, text, hint: heading.hint }
    }

    /// The rows of its heading.
    fn head(&self) -> u16 {
        2 * u16::from(self.heading.is_some())
    }
}

/// The rows the text of a field has at the most.
const MOST_ROWS: usize = 6;

/// Fields one under the other, scrolled so that the selected one is seen.
pub struct Form {
    pub fields: Vec<Field>,
    pub selected: Option<usize>,
    /// Whether the selected one is being written.
    pub editing: bool,
    /// Whether long titles give way to what is written, and take two rows.
    pub broken: bool,
}

impl Form {
    /// A form of cells.
    pub fn of(sheets: &dyn Sheets, cx: &Context, cells: impl Iterator<Item = Cell>, selected: usize) -> Self {
        let fields = cells.map(|cell| Field::of(sheets, cx, cell)).collect();
        Self { fields, selected: Some(selected), editing: sheets.editing().is_some(), broken: true }
    }

    /// Draws it, and tells where each field stands under its heading; gives the rows it takes.
    pub fn draw(&self, look: &Look, area: Rect, buf: &mut Buffer, mut seat: impl FnMut(usize, Rect)) -> u16 {
        let longest = self.fields.iter().map(|field| width(&field.title)).max().unwrap_or(0) as u16 + 2;
        let titles = if self.broken { longest.min((area.width * 2 / 5).max(16)) } else { longest };
        let lines = |text: &str, cells: u16| wrap_words(text, cells.into()).len();
        let height = |field: &Field| {
            let text = lines(&field.text, area.width.saturating_sub(titles).max(10)).min(MOST_ROWS);
            field.head() + text.max(lines(&field.title, titles - 2)) as u16
        };
        let heights: Vec<u16> = self.fields.iter().map(height).collect();
        // The last row is for the sign that there is more.
        let scroll = self.selected.map_or(0, |at| {
            let above: u16 = heights.iter().take(at).sum();
            (above + heights.get(at).unwrap_or(&1) + 1).saturating_sub(area.height).min(above)
        });
        let mut top = 0;
        for (i, (field, height)) in self.fields.iter().zip(heights).enumerate() {
            if (scroll..scroll + area.height).contains(&top) {
                let rows = below(area, top - scroll);
                let rows = Rect { height: rows.height.min(height), ..rows };
                if let Some(heading) = field.heading {
                    look.say(heading, Meaning::Strong).render(below(rows, 1), buf);
                }
                let rows = below(rows, field.head());
                self.draw_field(look, i, titles, rows, buf);
                seat(i, rows);
            }
            top += height;
        }
        if top > scroll + area.height {
            let more = look.say(format!(" {} ", look.signs.down), Meaning::Quiet);
            more.at_end(below(area, area.height.saturating_sub(1)), buf);
        }
        top.min(area.height)
    }

    /// Draws a field: its title, and its text beside it from a column on.
    fn draw_field(&self, look: &Look, i: usize, titles: u16, area: Rect, buf: &mut Buffer) {
        let (field, chosen) = (&self.fields[i], self.selected == Some(i));
        let editing = chosen && self.editing;
        let title = if chosen { Meaning::Strong } else { Meaning::Quiet };
        let name = look.wrapped(&field.title, titles - 2, title);
        look.words(name).render(Rect { width: titles.min(area.width), ..area }, buf);
        let cell = Rect { x: area.x + titles, width: area.width.saturating_sub(titles), ..area };
        match (field.text.is_empty() && !editing, chosen) {
            (false, _) => {
                let mut text = look.wrapped(&field.text, cell.width.max(10), Meaning::Text);
                text.lines.truncate(MOST_ROWS);
                look.words(text).render(cell, buf);
            }
            (true, true) => look.say(format!("（例：{}）", field.hint), Meaning::Text).render(cell, buf),
            (true, false) => look.say(look.signs.dot, Meaning::Quiet).render(cell, buf),
        }
        if chosen {
            let meaning = if editing { Meaning::Entry } else { Meaning::Selected };
            buf.set_style(Rect { x: cell.x - 1, width: cell.width + 1, ..cell }, look.style(meaning));
        }
    }
}
