//! Draws what the tables have in common in which people write: cells, and how far they are seen.

use ratatui::style::Modifier;
use ratatui::widgets::{self, List, ListItem, ListState, Row, Table};

use crate::layout::measure::{clip, width};
use crate::layout::wrap::{wrap, wrap_rows};
use crate::ui::look::prelude::*;
use crate::ui::{Cell, Seat, Sheets};

/// A table that is written in.
pub struct Grid<'a> {
    pub look: &'a Look,
    pub sheets: &'a dyn Sheets,
    /// The row and column one stands in.
    pub at: Seat,
    /// What the other fields of that row are drawn as.
    pub in_row: Meaning,
    pub widths: &'a [u16],
    /// So many columns at the beginning are no fields: who clicks them means the row.
    pub heads: usize,
    /// Free rows after each row, which its height counts.
    pub gap: u16,
    /// Every other row is a little apart; else all stand on the same, and words of any colour can be read on it.
    pub striped: bool,
}

impl Grid<'_> {
    /// Words of a row: what they stand on would show through the stripe.
    pub fn plain(&self, row: usize) -> Meaning {
        if self.striped && row % 2 == 1 { Meaning::Stripe } else { Meaning::Text }
    }

    /// A field with what stands in it, in so many rows, with a sign where there is more; `empty` is said where nothing stands.
    pub fn cell(
        &self,
        (cell, seat): (Cell, Seat),
        text: &str,
        empty: &'static str,
        height: u16,
    ) -> widgets::Cell<'static> {
        let (look, width) = (self.look, self.widths[self.heads + seat.1]);
        let (editing, chosen) = (self.sheets.is_edited(cell), seat == self.at);
        let meaning = match (editing, chosen) {
            (true, _) => Meaning::Open,
            (_, true) => Meaning::Selected,
            _ if seat.0 == self.at.0 => self.in_row,
            _ => self.plain(seat.0),
        };
        let style = if editing || chosen { look.style(meaning) } else { Style::new() };
        if text.is_empty() && !editing {
            let meaning = if chosen { meaning } else { Meaning::Quiet };
            return widgets::Cell::new(look.span(look.cut(empty, width), meaning)).style(style);
        }
        // What is read ends its lines between words; what is being typed stays where it was typed.
        let cells = usize::from(width.max(2));
        let lines =
            if editing { wrap(text, cells) } else { wrap_rows(text, cells, height.into()) }.into_iter();
        // With the spaces at their ends: what follows may come behind them.
        let seen = |line: &str| look.span(line.trim_end_matches(['\n', '\r']).to_owned(), meaning);
        let words: Text = lines.map(seen).collect();
        // Lines that were set, such as those of names, do not run together.
        let words = if text.contains('\n') {
            shortened(look, words, height, width)
        } else {
            capped(look, words, height, width)
        };
        widgets::Cell::new(for_ratatui(words)).style(style)
    }

    /// Draws the rows of these heights as far as they are seen, under the heads of their columns. Every other row is a little
    /// apart.
    pub fn draw<'c>(
        &self,
        area: Rect,
        heads: impl Iterator<Item = &'static str>,
        heights: &[u16],
        cells: impl Fn(usize, u16) -> Vec<widgets::Cell<'c>>,
        (buf, seats): (&mut Buffer, &mut Seats),
    ) {
        let look = self.look;
        let [under, foot] = with_foot(below(area, 1), all(heights));
        let area = Rect { height: under.height + 1, ..area };
        let at = self.at.0.min(heights.len().saturating_sub(1));
        let seen: Vec<_> = seen(heights, at, under.height).collect();
        let rows = seen.iter().map(|(row, height)| {
            let style = if row % 2 == 1 { look.style(Meaning::Stripe) } else { Style::new() };
            let own = height.saturating_sub(self.gap);
            Row::new(cells(*row, own)).height(own).bottom_margin(self.gap).style(style)
        });
        let heads = heads.zip(self.widths);
        let heads =
            heads.map(|(head, width)| for_ratatui(look.span(look.cut(head, *width), Meaning::Strong)));
        let widths = self.widths.iter().copied().map(Length);
        Widget::render(Table::new(rows, widths).header(Row::new(heads)), area, buf);
        place(seats, under, &seen, self.widths, 1, self.heads);
        outside_of(look, heights, &seen, foot, buf);
        if look.theme.has_stripes() {
            return;
        }
        let parts = self.gap == 0 && heights.iter().any(|height| *height > 1);
        let mut rest = under;
        for (row, height) in seen {
            let place = Rect { height, ..rest };
            rest = below(rest, height);
            if parts && height == heights[row] && row + 1 < heights.len() {
                underline(below(place, height - 1), buf);
            }
            self.mark(row, Rect { height: height.min(heights[row] - self.gap), ..place }, buf);
        }
    }

    /// Marks the row one stands in, in the margin, where colours do not tell it.
    pub fn mark(&self, row: usize, place: Rect, buf: &mut Buffer) {
        let look = self.look;
        if row == self.at.0 && !look.theme.has_stripes() {
            let margin = Rect { x: place.x.saturating_sub(1), width: 1, ..place };
            margin.rows().for_each(|line| look.say(look.signs.entry, Meaning::Text).render(line, buf));
        }
    }
}

/// A thin line under what stands in a row, but for what is a block.
fn underline(row: Rect, buf: &mut Buffer) {
    for at in row.positions() {
        if !buf[at].modifier.contains(Modifier::REVERSED) {
            buf[at].set_style(Style::new().underlined());
        }
    }
}

/// The widths of columns that have so much room together: what is left of it goes to the two that have no width, the most to the
/// first.
pub fn shared<const N: usize>(fixed: [u16; N], room: u16) -> [u16; N] {
    let rest = room.saturating_sub(fixed.iter().sum());
    let mut shares = [rest * 3 / 5, rest - rest * 3 / 5].into_iter();
    fixed.map(|width| if width > 0 { width } else { shares.next().unwrap_or(0) })
}

/// So many rows of words at the most; the last one has as much of what follows as so many cells hold, and says that there is more.
pub fn capped<'a>(look: &Look, mut words: Text<'a>, rows: u16, cells: u16) -> Text<'a> {
    let rest = words.lines.split_off(words.height().min(rows.into()));
    if let Some(span) = words.lines.last_mut().and_then(|line| line.spans.last_mut())
        && !rest.is_empty()
    {
        let rest = rest.iter().filter_map(|line| line.spans.last());
        let all = rest.fold(span.content.to_string(), |all, part| all + &part.content);
        span.content = marked(look, &all, cells).into();
    }
    words
}

/// The same of lines that stand each for itself.
fn shortened<'a>(look: &Look, mut words: Text<'a>, rows: u16, cells: u16) -> Text<'a> {
    let rest = words.lines.split_off(words.height().min(rows.into()));
    if let Some(span) = words.lines.last_mut().and_then(|line| line.spans.last_mut())
        && !rest.is_empty()
    {
        span.content = marked(look, &span.content, cells).into();
    }
    words
}

/// As much as fits into so many cells, with a sign that there is more.
fn marked(look: &Look, words: &str, cells: u16) -> String {
    let room = usize::from(cells).saturating_sub(width(look.signs.cut));
    format!("{}{}", clip(words, room).0.trim_end(), look.signs.cut)
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

/// How high rows are together.
pub fn all(heights: &[u16]) -> usize {
    heights.iter().map(|height| usize::from(*height)).sum()
}

/// A list, and under it a row to say what lies outside, where not all of so many rows fit.
pub fn with_foot(area: Rect, rows: usize) -> [Rect; 2] {
    let foot = u16::from(rows > usize::from(area.height));
    Layout::vertical([Fill(1), Length(foot)]).areas(area)
}

/// Says at the end of a row how many of a list lie above and below those that are seen; gives the rest of the row.
pub fn outside(look: &Look, above: usize, below: usize, row: Rect, buf: &mut Buffer) -> Rect {
    let sides = [(above, "上", look.signs.up), (below, "下", look.signs.down)];
    let sides = sides.into_iter().filter(|(count, ..)| *count > 0);
    let sides: Vec<String> = sides.map(|(count, side, sign)| format!(" {side}に {count} {sign} ")).collect();
    if sides.is_empty() {
        return row;
    }
    look.say(sides.concat(), Meaning::Quiet).clipped().at_end(row, buf)
}

/// The same of rows of which these are seen, the last of them perhaps in part.
pub fn outside_of(look: &Look, heights: &[u16], seen: &[(usize, u16)], row: Rect, buf: &mut Buffer) -> Rect {
    let Some(((first, _), (last, height))) = seen.first().zip(seen.last()) else { return row };
    let cut = usize::from(*height < heights[*last]);
    outside(look, *first, heights.len() - last - 1 + cut, row, buf)
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
        ListItem::new(for_ratatui(Text::from_iter(lines)))
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
