//! Draws a form: titles at the left, what is written at the right, the selected field open.

use std::borrow::Cow;

use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::look::prelude::*;
use crate::ui::table::{self, capped, outside, with_foot};
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
    /// Whether a free row stands after each field where there is room. Where there is not enough for all of them, those
    /// that are empty are only named, but for so many at the head.
    pub leads: Option<usize>,
    /// Whether long titles give way to what is written, and take two rows.
    pub broken: bool,
}

impl Form {
    /// A form of cells.
    pub fn of(sheets: &dyn Sheets, cx: &Context, cells: impl Iterator<Item = Cell>, selected: usize) -> Self {
        let fields = cells.map(|cell| Field::of(sheets, cx, cell)).collect();
        Self {
            fields,
            selected: Some(selected),
            editing: sheets.editing().is_some(),
            leads: None,
            broken: true,
        }
    }

    /// Draws it, and tells where each field stands under its heading; gives the rows it takes.
    pub fn draw(&self, look: &Look, area: Rect, buf: &mut Buffer, mut seat: impl FnMut(usize, Rect)) -> u16 {
        let longest = self.fields.iter().map(|field| width(&field.title)).max().unwrap_or(0) as u16 + 2;
        let titles = if self.broken { longest.min((area.width * 2 / 5).max(16)) } else { longest };
        let lines = |text: &str, cells: u16| wrap_words(text, cells.into()).len();
        let height = |(i, field): (usize, &Field)| {
            let text = lines(&self.text(i), area.width.saturating_sub(titles).max(10)).min(MOST_ROWS);
            field.head() + text.max(lines(&field.title, titles - 2)) as u16
        };
        let heights: Vec<u16> = self.fields.iter().enumerate().map(height).collect();
        let (heights, area) = self.folded(look, heights, area, buf);
        let gap = u16::from(self.leads.is_some() && spread(&heights) <= area.height);
        let [area, foot] = with_foot(area, table::all(&heights));
        let scroll = self.selected.map_or(0, |at| {
            let above: u16 = heights.iter().take(at).sum();
            (above + heights.get(at).unwrap_or(&1)).saturating_sub(area.height).min(above)
        });
        let (mut top, mut above, mut under) = (0, 0, 0);
        for (i, (field, height)) in self.fields.iter().zip(heights).enumerate() {
            if height > 0 && (scroll..scroll + area.height).contains(&top) {
                let rows = below(area, top - scroll);
                let rows = Rect { height: rows.height.min(height), ..rows };
                if let Some(heading) = field.heading {
                    look.say(heading, Meaning::Strong).render(below(rows, 1), buf);
                }
                let rows = below(rows, field.head());
                self.draw_field(look, i, titles, rows, buf);
                seat(i, rows);
            }
            above += usize::from(height > 0 && top < scroll);
            under += usize::from(height > 0 && top + height > scroll + area.height);
            top += height + if height > 0 { gap } else { 0 };
        }
        outside(look, above, under, foot, buf);
        top.min(area.height)
    }

    /// Where fields of these heights have no room with free rows, those that are empty take none, and are named in the last
    /// rows. One gets to them as to the others: the selected one is seen.
    fn folded(&self, look: &Look, heights: Vec<u16>, area: Rect, buf: &mut Buffer) -> (Vec<u16>, Rect) {
        let leads = self.leads.unwrap_or(usize::MAX);
        let folds = |i: usize| i >= leads && self.fields[i].text.is_empty() && self.selected != Some(i);
        if spread(&heights) <= area.height || !(0..heights.len()).any(folds) {
            return (heights, area);
        }
        let names = self.fields.iter().enumerate().filter(|(i, _)| folds(*i)).map(|(_, f)| f.title.as_str());
        let names = format!("空の欄：{}", names.collect::<Vec<_>>().join("、"));
        let heights = heights.into_iter().enumerate().map(|(i, height)| if folds(i) { 0 } else { height });
        let heights: Vec<u16> = heights.collect();
        let left = area.height.saturating_sub(heights.iter().sum());
        let names = look.wrapped(&names, area.width, Meaning::Quiet);
        let names = capped(look, names, left.clamp(1, (area.height / 3).max(1)), area.width);
        let rows = area.height.saturating_sub(names.height() as u16);
        look.words(names).render(below(area, rows), buf);
        (heights, Rect { height: rows, ..area })
    }

    /// What stands in a field: where that is nothing, what to type in the selected one.
    fn text(&self, i: usize) -> Cow<'_, str> {
        let (field, chosen) = (&self.fields[i], self.selected == Some(i));
        match chosen && !self.editing && field.text.is_empty() {
            // A number stays with what it chooses.
            true => format!("〔{}〕", field.hint.replace(' ', "\u{a0}")).into(),
            false => field.text.as_str().into(),
        }
    }

    /// Draws a field: its title, and its text beside it from a column on.
    fn draw_field(&self, look: &Look, i: usize, titles: u16, area: Rect, buf: &mut Buffer) {
        let (field, chosen) = (&self.fields[i], self.selected == Some(i));
        let editing = chosen && self.editing;
        let title = if chosen { Meaning::Strong } else { Meaning::Quiet };
        let name = look.wrapped(&field.title, titles - 2, title);
        look.words(name).render(Rect { width: titles.min(area.width), ..area }, buf);
        let cell = Rect { x: area.x + titles, width: area.width.saturating_sub(titles), ..area };
        if field.text.is_empty() && !chosen {
            look.say(look.signs.dot, Meaning::Quiet).render(cell, buf);
        } else {
            let words = self.text(i);
            let mut text = look.wrapped(&words, cell.width.max(10), Meaning::Text);
            text.lines.truncate(MOST_ROWS);
            look.words(text).render(cell, buf);
        }
        if chosen {
            let meaning = if editing { Meaning::Open } else { Meaning::Selected };
            buf.set_style(Rect { x: cell.x - 1, width: cell.width + 1, ..cell }, look.style(meaning));
        }
    }
}

/// The rows of fields of these heights with a free one after each that is seen.
fn spread(heights: &[u16]) -> u16 {
    heights.iter().filter(|height| **height > 0).map(|height| height + 1).sum()
}
