//! Draws words into cells, said with ratatui's [`Text`], [`Line`] and [`Span`].
//!
//! They are drawn here as ratatui draws them, but for four things, which `tests/it/upstream.rs` shows: a span starts where the
//! words before it end, half-width ｶﾞ among them; the right half of a wide character has the colours of its left one, so
//! that what covers the left one leaves no hole; words that do not fit end in a sign; and it takes half the time.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Alignment, Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::symbols::border;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Borders, Clear, StatefulWidget, Widget};

use crate::layout::measure::{clip, ellipsis, graphemes, width};
use crate::layout::shape::Stroke;
use crate::layout::wrap::{shown, wrap};
use crate::ui::look::Look;
use crate::ui::theme::Meaning;

impl Look {
    pub fn style(&self, meaning: Meaning) -> Style {
        self.theme.style(meaning)
    }

    pub fn span<'a>(&self, words: impl Into<Cow<'a, str>>, meaning: Meaning) -> Span<'a> {
        Span::styled(words, self.style(meaning))
    }

    pub fn words<'a>(&self, text: impl Into<Text<'a>>) -> Words<'a> {
        Words { text: text.into(), cut: self.signs.cut }
    }

    pub fn say<'a>(&self, words: impl Into<Cow<'a, str>>, meaning: Meaning) -> Words<'a> {
        self.words(self.span(words, meaning))
    }

    pub fn row<'a>(&self, spans: impl IntoIterator<Item = Span<'a>>) -> Words<'a> {
        self.words(Line::from_iter(spans))
    }

    /// A text over as many rows as it needs. Not by `Paragraph`, which knows no 禁則.
    pub fn wrapped<'a>(&self, text: &'a str, cells: u16, meaning: Meaning) -> Text<'a> {
        let style = self.style(meaning);
        wrap(text, usize::from(cells.max(2)))
            .into_iter()
            .map(|line| Span::styled(shown(line), style))
            .collect()
    }

    /// The same behind a sign that stands in the first row alone.
    pub fn hanging<'a>(&self, sign: Span<'a>, text: &'a str, cells: u16, meaning: Meaning) -> Text<'a> {
        let room = width(&sign.content);
        let mut words = self.wrapped(text, cells.saturating_sub(room as u16), meaning);
        let mut signs = std::iter::once(sign);
        for line in words.iter_mut() {
            line.spans.insert(0, signs.next().unwrap_or_else(|| " ".repeat(room).into()));
        }
        words
    }

    pub fn typed<'a>(&self, text: &'a str, cursor: usize, meaning: Meaning) -> Typed<'a> {
        Typed { text, cursor, style: self.style(meaning) }
    }

    /// A text that fits into so many cells, with a sign where it was cut.
    pub fn cut<'t>(&self, text: &'t str, cells: impl Into<usize>) -> Cow<'t, str> {
        ellipsis(text, cells.into(), self.signs.cut)
    }

    /// Lines at the edges of an area.
    pub fn border(&self, borders: Borders) -> Block<'static> {
        let sign = |a: Stroke, b: Stroke| self.signs.stroke(a.and(b));
        let (level, upright) = (self.signs.stroke(Stroke::HORIZONTAL), self.signs.stroke(Stroke::VERTICAL));
        let set = border::Set {
            top_left: sign(Stroke::DOWN, Stroke::RIGHT),
            top_right: sign(Stroke::DOWN, Stroke::LEFT),
            bottom_left: sign(Stroke::UP, Stroke::RIGHT),
            bottom_right: sign(Stroke::UP, Stroke::LEFT),
            vertical_left: upright,
            vertical_right: upright,
            horizontal_top: level,
            horizontal_bottom: level,
        };
        Block::new().borders(borders).border_set(set).border_style(self.style(Meaning::Rule))
    }

    /// Opens an empty window over what stands there; gives the area inside it.
    pub fn window(&self, area: Rect, title: &str, buf: &mut Buffer) -> Rect {
        // ratatui's widgets give the right half of a wide character no colours, which would be seen without its left half.
        for y in area.top()..area.bottom() {
            let whole = buf.cell((area.right() - 1, y)).filter(|cell| cell.cell_width() > 1);
            let style = whole.map(Cell::style);
            if let Some((style, half)) = style.zip(buf.cell_mut((area.right(), y))) {
                half.set_style(style);
            }
        }
        Clear.render(area, buf);
        self.border(Borders::ALL).style(self.style(Meaning::Popup)).render(area, buf);
        if !title.is_empty() {
            let title = format!(" {} ", self.cut(title, area.width.saturating_sub(6)));
            self.say(title, Meaning::Title).render(area.inner(Margin::new(2, 0)), buf);
        }
        area.inner(Margin::new(2, 1))
    }
}

/// An area without its first rows.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Words with blanks after them up to so many cells.
pub fn padded(words: &str, cells: usize) -> String {
    format!("{words}{}", " ".repeat(cells.saturating_sub(width(words))))
}

/// Words about to be drawn, a line a row.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: Text<'a>,
    /// Where a line is cut.
    cut: &'static str,
}

impl<'a> Words<'a> {
    /// Words by themselves.
    pub fn of(span: Span<'a>) -> Self {
        Words { text: span.into(), cut: "" }
    }

    /// Without a sign where they are cut.
    pub fn clipped(self) -> Self {
        Self { cut: "", ..self }
    }

    /// Draws at the beginning of a row; gives the rest of the row.
    pub fn at_start(self, row: Rect, buf: &mut Buffer) -> Rect {
        let cells = self.width().min(row.width);
        self.render(row, buf);
        Rect { x: row.x + cells, width: row.width - cells, ..row }
    }

    /// Draws at the end of a row; gives the rest of the row, with a free cell between.
    pub fn at_end(self, row: Rect, buf: &mut Buffer) -> Rect {
        let cells = self.width().min(row.width);
        self.render(Rect { x: row.right() - cells, width: cells, ..row }, buf);
        Rect { width: row.width.saturating_sub(cells + 1), ..row }
    }

    fn width(&self) -> u16 {
        self.text.iter().map(cells_of).max().unwrap_or(0) as u16
    }
}

impl Widget for Words<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = area.intersection(buf.area);
        for (line, row) in self.text.iter().zip(area.rows()).filter(|_| !area.is_empty()) {
            if line.style != Style::new() {
                buf.set_style(row, line.style);
            }
            let start = buf.index_of(row.x, row.y);
            write(line, self.cut, &mut buf.content[start..start + usize::from(row.width)]);
        }
    }
}

fn cells_of(line: &Line) -> usize {
    line.iter().map(|span| width(&span.content)).sum()
}

/// The same without the blanks at its end, which nobody misses.
fn seen_of(line: &Line) -> usize {
    let blank = |span: &&Span| span.content.trim_end().is_empty();
    let Some(last) = line.iter().rposition(|span| !blank(&span)) else { return 0 };
    let before: usize = line.iter().take(last).map(|span| width(&span.content)).sum();
    before + width(line.spans[last].content.trim_end())
}

/// Writes a line into the cells of a row.
fn write(line: &Line, cut: &str, cells: &mut [Cell]) {
    let (needed, room) = (cells_of(line), cells.len());
    let mut at = match line.alignment {
        Some(Alignment::Right) => room.saturating_sub(needed),
        Some(Alignment::Center) => room.saturating_sub(needed) / 2,
        Some(Alignment::Left) | None => 0,
    };
    if needed <= room {
        return line.iter().for_each(|span| put(&span.content, line.style.patch(span.style), cells, &mut at));
    }
    let mark = if width(cut) <= room && seen_of(line) > room { cut } else { "" };
    for span in line {
        let style = line.style.patch(span.style);
        let (part, _) = clip(&span.content, room - width(mark) - at);
        if part.len() < span.content.len() {
            put(part.trim_end(), style, cells, &mut at);
            return put(mark, style, cells, &mut at);
        }
        put(part, style, cells, &mut at);
    }
}

/// Writes words that fit, and goes on after them.
fn put(words: &str, style: Style, cells: &mut [Cell], at: &mut usize) {
    for (_, grapheme, wide) in graphemes(words).filter(|(.., wide)| *wide > 0) {
        let Some([first, covered @ ..]) = cells.get_mut(*at..*at + wide) else { return };
        first.set_symbol(grapheme).set_style(style);
        for half in covered {
            // What a wide character covers belongs to it.
            half.reset();
            half.set_style(first.style());
        }
        *at += wide;
    }
}

/// A line of text being typed, scrolled so that the cursor is seen; its state is the cell of the cursor.
#[derive(Debug, Clone, Copy)]
pub struct Typed<'a> {
    text: &'a str,
    /// The byte the cursor stands before.
    cursor: usize,
    pub style: Style,
}

impl StatefulWidget for Typed<'_> {
    type State = Position;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Position) {
        let before = width(&self.text[..self.cursor]);
        let room = usize::from(area.width.saturating_sub(1)).max(1);
        // Where the line is too long, a third of it stays in sight before the cursor.
        let skip = if before > room { before - room * 2 / 3 } else { 0 };
        let mut passed = 0;
        let first = graphemes(self.text).find(|(_, _, cells)| {
            let here = passed >= skip;
            passed += if here { 0 } else { *cells };
            here
        });
        let seen = &self.text[first.map_or(self.text.len(), |(at, ..)| at)..];
        Words::of(Span::styled(seen, self.style)).render(area, buf);
        let x = (before.saturating_sub(passed) as u16).min(area.width.saturating_sub(1));
        *cursor = Position { x: area.x + x, y: area.y };
    }
}
