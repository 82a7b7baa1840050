//! Draws words into cells, said with ratatui's [`Text`], [`Line`] and [`Span`].
//!
//! They are drawn here as ratatui draws them, but for four things, which `tests/it/upstream.rs` shows: a span starts where the
//! words before it end, half-width ｶﾞ among them; the right half of a wide character has the colours of its left one, so
//! that what covers the left one leaves no hole; words that do not fit end in a sign; and it takes half the time.

use std::borrow::Cow;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Alignment, Layout, Margin, Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::symbols::border;
use ratatui::text::{Line, Span, Text};
use ratatui::widgets::{Block, Borders, Clear, Widget};

use crate::domain::text::shown as unhidden;
use crate::layout::measure::{clip, ellipsis, graphemes, width, with_room};
use crate::layout::shape::Stroke;
use crate::layout::wrap::{shown, wrap_words};
use crate::ui::look::Look;
use crate::ui::theme::Meaning;
use crate::ui::wide;

/// So many blank cells part words that belong together: one wide blank, or a narrow one.
const BLANK: usize = 2;

/// What a cell holds.
#[derive(Clone, Copy, PartialEq)]
enum Held {
    Nothing,
    Words,
    Line,
}

/// A strip of fewer cells holds only pieces of words.
const SCRAP: u16 = 20;

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
        let lines = wrap_words(text, usize::from(cells.max(2))).into_iter();
        lines.map(|line| self.span(shown(line), meaning)).collect()
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

    /// A text that fits into so many cells, with a sign where it was cut.
    pub fn cut<'t>(&self, text: &'t str, cells: impl Into<usize>) -> Cow<'t, str> {
        ellipsis(text, cells.into(), self.signs.cut)
    }

    /// One step of a bar: without a colour it is no block as what is selected is.
    pub fn bar(&self) -> &'static str {
        if self.theme.is_coloured() { self.signs.bar } else { self.signs.thin_bar }
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

    /// Lines all around a window. Where lines are drawn with letters they are others than those of the map under it.
    fn edges(&self) -> Block<'static> {
        let [left, right, level, top_left, top_right, bottom_left, bottom_right] = self.signs.edges;
        let set = border::Set {
            top_left,
            top_right,
            bottom_left,
            bottom_right,
            vertical_left: left,
            vertical_right: right,
            horizontal_top: level,
            horizontal_bottom: level,
        };
        Block::bordered().border_set(set).border_style(self.style(Meaning::Rule))
    }

    /// Opens an empty window over what stands there; gives the area inside it. What it leaves beside itself is blank where too
    /// little of it could be read.
    pub fn window(&self, area: Rect, title: &str, buf: &mut Buffer) -> Rect {
        let all = Rect { x: buf.area.x, width: buf.area.width, ..area };
        let left = Rect { width: area.x - all.x, ..all };
        let right = Rect { x: area.right(), width: all.right().saturating_sub(area.right()), ..all };
        for strip in [left, right].into_iter().filter(|strip| strip.width < SCRAP) {
            Clear.render(strip, buf);
            buf.set_style(strip, self.style(Meaning::Text));
        }
        for y in area.top()..area.bottom() {
            self.clear_torn(area, y, buf);
        }
        Clear.render(area, buf);
        self.edges().style(self.style(Meaning::Popup)).render(area, buf);
        if !title.is_empty() {
            let title = format!(" {} ", self.cut(title, area.width.saturating_sub(6)));
            self.say(title, Meaning::Strong).render(area.inner(Margin::new(2, 0)), buf);
        }
        area.inner(Margin::new(2, 1))
    }

    /// What a window leaves of words that it cuts in two is blank: half of a word is none, and half of a label no label. Lines
    /// go on as far as the window.
    fn clear_torn(&self, area: Rect, y: u16, buf: &mut Buffer) {
        let (all, row) = (buf.area, self.row_of_words(y, buf));
        let word = |x: u16| row.get(usize::from(x.wrapping_sub(all.x))) == Some(&Held::Words);
        let left = (all.x..area.x).rev().take_while(|x| word(*x) && word(area.x));
        let right = (area.right()..all.right()).take_while(|x| word(*x) && word(area.right() - 1));
        for x in left.chain(right) {
            buf[(x, y)].reset();
            buf[(x, y)].set_style(self.style(Meaning::Text));
        }
    }

    /// What the cells of a row hold; whatever is filled holds words, and so does a blank among words that belong together, such as
    /// a title and its count.
    fn row_of_words(&self, y: u16, buf: &Buffer) -> Vec<Held> {
        let grounds = [Meaning::Text, Meaning::Stripe, Meaning::Popup];
        let grounds = grounds.map(|ground| self.style(ground).bg.unwrap_or_default());
        let cross = Stroke::HORIZONTAL.and(Stroke::VERTICAL);
        let lines = [Stroke::HORIZONTAL, Stroke::VERTICAL, cross].map(|stroke| self.signs.stroke(stroke));
        let drawn = |c: char| ('\u{2500}'..'\u{2580}').contains(&c);
        let mut row = Vec::with_capacity(buf.area.width.into());
        while let Some(cell) = buf.cell((buf.area.x + row.len() as u16, y)) {
            let held = match cell.symbol() {
                _ if !grounds.contains(&cell.bg) || cell.modifier.contains(Modifier::REVERSED) => Held::Words,
                " " | "　" => Held::Nothing,
                line if lines.contains(&line) || line.starts_with(drawn) => Held::Line,
                _ => Held::Words,
            };
            row.resize(row.len() + wide::cells_of(cell).max(1), held);
        }
        for run in row.chunk_by_mut(|a, b| (*a == Held::Line) == (*b == Held::Line)) {
            let mut last = run.len();
            for x in 0..run.len() {
                if run[x] == Held::Words {
                    if x.saturating_sub(last) <= 1 + BLANK {
                        run[last.min(x)..x].fill(Held::Words);
                    }
                    last = x;
                }
            }
        }
        row
    }

    /// The same with a row at its foot that says what keys do.
    pub fn footed_window(&self, area: Rect, title: &str, keys: &str, buf: &mut Buffer) -> Rect {
        let [inner, foot] = Layout::vertical([Fill(1), Length(1)]).areas(self.window(area, title, buf));
        self.say(keys, Meaning::Quiet).render(foot, buf);
        inner
    }
}

/// Words for a part of ratatui, which counts every sign as one cell where the terminal may give it two.
pub fn for_ratatui<'a>(words: impl Into<Text<'a>>) -> Text<'a> {
    let mut text = words.into();
    for span in text.lines.iter_mut().flat_map(|line| &mut line.spans) {
        if let Cow::Owned(spaced) = with_room(&span.content) {
            span.content = spaced.into();
        }
    }
    text
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

impl Words<'_> {
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

fn write(line: &Line, cut: &str, cells: &mut [Cell]) {
    let (needed, room) = (cells_of(line), cells.len());
    let mut at = match line.alignment {
        Some(Alignment::Right) => room.saturating_sub(needed),
        Some(Alignment::Center) => room.saturating_sub(needed) / 2,
        Some(Alignment::Left) | None => 0,
    };
    let fits = needed <= room;
    // Blanks at its end nobody misses.
    let whole = fits || width(cut) > room || width(line.to_string().trim_end()) <= room;
    let mark = if whole { "" } else { cut };
    for span in line {
        let style = line.style.patch(span.style);
        let part = if fits { &*span.content } else { clip(&span.content, room - width(mark) - at).0 };
        if part.len() < span.content.len() {
            put(part.trim_end(), style, cells, &mut at);
            return put(mark, style, cells, &mut at);
        }
        put(part, style, cells, &mut at);
    }
}

/// Writes words that fit, and goes on after them.
fn put(words: &str, style: Style, cells: &mut [Cell], at: &mut usize) {
    for (_, grapheme, wide) in graphemes(&unhidden(words)).filter(|(.., wide)| *wide > 0) {
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

/// Draws a line of text being typed, scrolled so that the byte the cursor stands before is seen, with a sign where its beginning
/// is not; gives the cell of the cursor.
pub fn typed(look: &Look, text: &str, cursor: usize, style: Style, area: Rect, buf: &mut Buffer) -> Position {
    let before = width(&text[..cursor]);
    let room = usize::from(area.width.saturating_sub(1)).max(1);
    // Where the line is too long, a third of it stays in sight before the cursor.
    let skip = if before > room { before - room * 2 / 3 } else { 0 };
    let sign = if skip > 0 { look.signs.cut } else { "" };
    let (mut passed, mut seen) = (0, text);
    while passed < skip + width(sign)
        && let Some((_, first, cells)) = graphemes(seen).next()
    {
        (passed, seen) = (passed + cells, &seen[first.len()..]);
    }
    look.row([Span::styled(sign, style), Span::styled(seen, style)]).clipped().render(area, buf);
    let x = ((before + width(sign)).saturating_sub(passed) as u16).min(area.width.saturating_sub(1));
    Position { x: area.x + x, y: area.y }
}
