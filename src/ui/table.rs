//! Draws what the tables have in common in which people write: cells, and how far they are seen.

use ratatui::widgets::{Cell, List, ListItem, ListState};

use crate::layout::measure::clip;
use crate::layout::wrap::{shown, wrap};
use crate::ui::look::prelude::*;

/// A cell that is written in.
pub struct Written {
    /// What is said where nothing is written.
    pub empty: &'static str,
    pub editing: bool,
    pub chosen: bool,
    /// In the row of the chosen one.
    pub in_row: bool,
}

impl Written {
    /// A text in so many columns and rows, with a sign where there is more of it.
    pub fn cell(self, look: &Look, text: &str, width: u16, height: u16) -> Cell<'static> {
        let Self { empty, editing, chosen, in_row } = self;
        let meaning = match (editing, chosen, in_row) {
            (true, ..) => Meaning::Entry,
            (_, true, _) => Meaning::Selected,
            (_, _, true) => Meaning::Strong,
            _ => Meaning::Text,
        };
        let style = if editing || chosen { look.style(meaning) } else { Style::new() };
        if text.is_empty() && !editing {
            let meaning = if chosen { meaning } else { Meaning::Quiet };
            return Cell::new(look.span(look.cut(empty, width), meaning)).style(style);
        }
        let lines = wrap(text, usize::from(width.max(2))).into_iter();
        let mut words: Text = lines.map(|line| look.span(shown(line).to_owned(), meaning)).collect();
        if words.height() > height.into() {
            words.lines.truncate(height.into());
            mark(&mut words, usize::from(width));
        }
        Cell::new(words).style(style)
    }
}

/// Every other row is a little apart.
pub fn stripe(look: &Look, row: usize) -> Style {
    if row % 2 == 1 { look.style(Meaning::Stripe) } else { Style::new() }
}

/// Says at the right end of the last line that there is more.
fn mark(words: &mut Text, width: usize) {
    let Some(span) = words.lines.last_mut().and_then(|line| line.spans.last_mut()) else { return };
    let (seen, _) = clip(&span.content, width.saturating_sub(1));
    span.content = format!("{}…", padded(seen, width.saturating_sub(1))).into();
}

/// Where cells stand in rows of these heights and columns of these widths, with free cells after each. The first columns may be
/// no fields: who clicks them means the row.
pub fn place(seats: &mut Seats, area: Rect, rows: &[(usize, u16)], widths: &[u16], gap: u16, heads: usize) {
    let mut y = area.y;
    for (row, height) in rows {
        let mut x = area.x;
        for (i, width) in widths.iter().enumerate() {
            let cell = Rect { x, y, width: width + gap, height: *height };
            seats.put((*row, i.saturating_sub(heads)), cell.intersection(area));
            x += width + gap;
        }
        y += height;
    }
}

/// A list of texts, each as far as it is seen; the first of them is the row `from`.
pub fn list(
    look: &Look,
    (texts, from): (Vec<Text>, usize),
    seen: &[(usize, u16)],
    selected: Option<usize>,
    (area, seats): (Rect, &mut Seats),
    buf: &mut Buffer,
) {
    let first = seen.first().map_or(0, |(i, _)| *i);
    let items = seen.iter().map(|(i, height)| {
        let lines = texts[*i].iter().take((*height).into()).cloned();
        ListItem::new(Text::from_iter(lines))
    });
    let items = List::new(items).highlight_style(look.style(Meaning::Selected));
    let mut state = ListState::default().with_selected(selected.and_then(|at| at.checked_sub(first)));
    StatefulWidget::render(items, area, buf, &mut state);
    let rows: Vec<_> = seen.iter().map(|(i, height)| (from + i, *height)).collect();
    place(seats, area, &rows, &[area.width], 0, 0);
}

/// The rows of these heights that are seen, each with how much of it, scrolled so that the selected one is seen whole.
pub fn seen(heights: &[u16], selected: usize, room: u16) -> impl Iterator<Item = (usize, u16)> {
    let mut left = room;
    let fits = |height: &&u16| {
        let rest = left.checked_sub(**height);
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let whole = heights.iter().take(selected + 1).rev().take_while(fits).count();
    let mut left = room;
    let rows = heights.iter().enumerate().skip((selected + 1 - whole).min(selected));
    rows.map_while(move |(i, height)| {
        let seen = (*height).min(left);
        left -= seen;
        (seen > 0).then_some((i, seen))
    })
}
