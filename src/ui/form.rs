//! Draws a form: titles at the left, what is written at the right, the selected field open.

use crate::layout::measure::width;
use crate::layout::wrap::wrap;
use crate::ui::draw::prelude::*;
use crate::ui::sheet;
use crate::ui::sheet::{Cell, Row as _};

/// The form about the meeting and its case.
pub struct About<'a>(pub View<'a>);

impl Widget for About<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let row = self.0.app.meeting().map_or(0, |d| d.info.row);
        let cells = sheet::About::FIELDS.iter().map(|(name, _)| Cell::About(*name));
        Form::of(self.0, cells, row).render(area, buf, &mut 0);
    }
}

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
    pub fn of(view: View, cell: Cell) -> Self {
        let heading = cell.heading();
        let (title, text) = (heading.title.to_owned(), view.text(cell));
        Self { heading: None, title, text, hint: heading.hint }
    }
}

/// Fields one under the other, scrolled so that the selected one is seen. Its state is the rows it takes.
pub struct Form<'a> {
    pub look: &'a Look,
    pub fields: Vec<Field>,
    pub selected: Option<usize>,
    /// Whether the selected one is being written.
    pub editing: bool,
    /// Whether long titles give way to what is written, and take two rows.
    pub broken: bool,
}

impl<'a> Form<'a> {
    /// A form of cells.
    pub fn of(view: View<'a>, cells: impl Iterator<Item = Cell>, selected: usize) -> Self {
        let editing = view.app.editing().is_some();
        Self {
            look: view.look,
            fields: cells.map(|cell| Field::of(view, cell)).collect(),
            selected: Some(selected),
            editing,
            broken: true,
        }
    }

    /// Draws a field: its title, and its text beside it from a column on.
    fn draw(&self, i: usize, text: Text, titles: u16, area: Rect, buf: &mut Buffer) {
        let (look, field, chosen) = (self.look, &self.fields[i], self.selected == Some(i));
        let editing = chosen && self.editing;
        let title = if chosen { Meaning::Strong } else { Meaning::Quiet };
        let name = look.wrapped(&field.title, titles - 2, title);
        look.words(name).render(Rect { width: titles.min(area.width), ..area }, buf);
        let cell = Rect { x: area.x + titles, width: area.width.saturating_sub(titles), ..area };
        match (field.text.is_empty() && !editing, chosen) {
            (false, _) => look.words(text).render(cell, buf),
            (true, true) => look.say(format!("（例：{}）", field.hint), Meaning::Text).render(cell, buf),
            (true, false) => look.say(look.signs.dot, Meaning::Quiet).render(cell, buf),
        }
        if chosen {
            let meaning = if editing { Meaning::Entry } else { Meaning::Selected };
            buf.set_style(Rect { x: cell.x - 1, width: cell.width + 1, ..cell }, look.style(meaning));
        }
    }
}

impl StatefulWidget for Form<'_> {
    type State = u16;

    fn render(self, area: Rect, buf: &mut Buffer, used: &mut u16) {
        let look = self.look;
        let longest = self.fields.iter().map(|field| width(&field.title)).max().unwrap_or(0) as u16 + 2;
        let titles = if self.broken { longest.min((area.width * 2 / 5).max(16)) } else { longest };
        let text = |field| {
            let Field { text, .. }: &Field = field;
            let mut text = look.wrapped(text, area.width.saturating_sub(titles).max(10), Meaning::Text);
            text.lines.truncate(6);
            text
        };
        let texts: Vec<Text> = self.fields.iter().map(text).collect();
        let head = |i: usize| 2 * u16::from(self.fields[i].heading.is_some());
        let name = |i: usize| wrap(&self.fields[i].title, usize::from(titles - 2)).len();
        let rows = |i: usize, text: &Text| head(i) + text.height().max(name(i)) as u16;
        let heights: Vec<u16> = texts.iter().enumerate().map(|(i, text)| rows(i, text)).collect();
        // The last row is for the sign that there is more.
        let scroll = self.selected.map_or(0, |at| {
            let above: u16 = heights.iter().take(at).sum();
            (above + heights.get(at).unwrap_or(&1) + 1).saturating_sub(area.height).min(above)
        });
        let mut top = 0;
        for (i, text) in texts.into_iter().enumerate() {
            let at = top;
            top += heights[i];
            if at < scroll || at >= scroll + area.height {
                continue;
            }
            let rows = below(area, at - scroll);
            let rows = Rect { height: rows.height.min(heights[i]), ..rows };
            if let Some(heading) = self.fields[i].heading {
                look.say(heading, Meaning::Strong).render(below(rows, 1), buf);
            }
            self.draw(i, text, titles, below(rows, head(i)), buf);
        }
        if top > scroll + area.height {
            let more = look.say(format!(" {} ", look.signs.down), Meaning::Quiet);
            more.at_end(below(area, area.height.saturating_sub(1)), buf);
        }
        *used = top.min(area.height);
    }
}
