//! Cells as the bytes a terminal draws them from, as few as it takes: each is waited for, over a slow line twice.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, Colors, SetAttribute, SetColors};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::IntoCrossterm;
use ratatui::buffer::Cell;
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

use crate::layout::measure::grapheme_width;

const ATTRIBUTES: [(Modifier, Attribute); 6] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

type Style = (Color, Color, Modifier);

const PLAIN: Style = (Color::Reset, Color::Reset, Modifier::empty());

/// What the terminal shows before a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The picture that was painted last.
    Last,
    /// Nobody knows: it has to be cleared.
    Unknown,
}

/// One picture on its way to the terminal: nothing at all as long as no cell changes.
pub struct Painter<'a> {
    out: &'a mut Vec<u8>,
    style: Style,
    /// Where the next cell comes without being told.
    next: Option<(u16, u16)>,
}

impl<'a> Painter<'a> {
    /// Begins a picture.
    pub fn begin(out: &'a mut Vec<u8>, before: Before) -> io::Result<Self> {
        out.clear();
        let mut painter = Self { out, style: PLAIN, next: None };
        if before == Before::Unknown {
            painter.open()?;
            queue!(painter.out, Clear(ClearType::All))?;
        }
        Ok(painter)
    }

    fn open(&mut self) -> io::Result<()> {
        if self.out.is_empty() {
            queue!(self.out, BeginSynchronizedUpdate, Hide)?;
        }
        Ok(())
    }

    /// Writes a cell; cells come in reading order.
    pub fn cell(&mut self, x: u16, y: u16, cell: &Cell) -> io::Result<()> {
        self.open()?;
        if self.next != Some((x, y)) {
            queue!(self.out, MoveTo(x, y))?;
        }
        let wanted = (cell.fg, cell.bg, cell.modifier);
        if wanted != self.style {
            set(self.out, self.style, wanted)?;
            self.style = wanted;
        }
        self.out.extend_from_slice(cell.symbol().as_bytes());
        self.next = steps(cell).map(|cells| (x + cells, y));
        Ok(())
    }

    /// Sends a sequence of the terminal's own with the cursor in a cell, such as the upper left corner of a picture.
    pub fn sequence_at(&mut self, x: u16, y: u16, sequence: &[u8]) -> io::Result<()> {
        self.open()?;
        queue!(self.out, MoveTo(x, y))?;
        self.sequence(sequence)
    }

    /// Sends a sequence of the terminal's own that draws no cells.
    pub fn sequence(&mut self, sequence: &[u8]) -> io::Result<()> {
        if !sequence.is_empty() {
            self.open()?;
            self.out.extend_from_slice(sequence);
            self.next = None;
        }
        Ok(())
    }

    /// Puts the cursor where it belongs, from where it was.
    pub fn finish(mut self, was: Option<Position>, cursor: Option<Position>) -> io::Result<()> {
        if was != cursor {
            self.open()?;
        }
        if self.out.is_empty() {
            return Ok(());
        }
        if self.style != PLAIN {
            queue!(self.out, SetAttribute(Attribute::Reset))?;
        }
        if let Some(Position { x, y }) = cursor {
            queue!(self.out, MoveTo(x, y), Show)?;
        }
        queue!(self.out, EndSynchronizedUpdate)
    }
}

fn set(out: &mut impl Write, from: Style, to: Style) -> io::Result<()> {
    let mut from = from;
    if !to.2.contains(from.2) {
        // What takes one attribute away differs from terminal to terminal; all of them know this.
        queue!(out, SetAttribute(Attribute::Reset))?;
        from = PLAIN;
    }
    for (modifier, attribute) in ATTRIBUTES {
        if to.2.contains(modifier) && !from.2.contains(modifier) {
            queue!(out, SetAttribute(attribute))?;
        }
    }
    let colour = |from: Color, to: Color| (from != to).then(|| to.into_crossterm());
    let colours = Colors { foreground: colour(from.0, to.0), background: colour(from.1, to.1) };
    if colours.foreground.is_some() || colours.background.is_some() {
        queue!(out, SetColors(colours))?;
    }
    Ok(())
}

/// How far the cursor goes with a cell, where all terminals agree; none where they do not.
fn steps(cell: &Cell) -> Option<u16> {
    let mut chars = cell.symbol().chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return None };
    // Lines are what the terminal was measured with.
    let agreed = matches!(c, ' '..='~' | '\u{2500}'..='\u{257f}')
        || (matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}') && c.width() == c.width_cjk());
    agreed.then(|| grapheme_width(cell.symbol()) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    fn bytes(words: &str, style: Style) -> String {
        let area = Rect::new(0, 0, 12, 1);
        let mut buffer = Buffer::empty(area);
        buffer.set_string(0, 0, words, style);
        let mut out = Vec::new();
        let mut painter = Painter::begin(&mut out, Before::Last).unwrap();
        for (x, y, cell) in Buffer::empty(area).diff(&buffer) {
            painter.cell(x, y, cell).unwrap();
        }
        painter.finish(None, None).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.trim_start_matches("\x1b[?2026h\x1b[?25l").trim_end_matches("\x1b[?2026l").to_owned()
    }

    #[test]
    fn 何も変わらなければ何も送らない() {
        let mut out = vec![1];
        let cursor = Some(Position::new(3, 3));
        Painter::begin(&mut out, Before::Last).unwrap().finish(cursor, cursor).unwrap();
        assert!(out.is_empty());
        Painter::begin(&mut out, Before::Last).unwrap().finish(None, cursor).unwrap();
        assert!(!out.is_empty());
    }

    #[test]
    fn 続く日本語の間ではカーソルを動かさない() {
        assert_eq!(bytes("残薬が多い", Style::new()), "\x1b[1;1H残薬が多い");
    }

    #[test]
    fn 端末で幅がちがう文字のあとは_場所を言い直す() {
        assert_eq!(bytes("①あ", Style::new()), "\x1b[1;1H①\x1b[1;2Hあ");
        assert_eq!(bytes("👨‍👩‍👧あ", Style::new()), "\x1b[1;1H👨‍👩‍👧\x1b[1;3Hあ");
    }

    #[test]
    fn 色と太字は変わるときだけ言い_終わりに元へもどす() {
        let text = bytes("残薬", Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        assert_eq!(text, "\x1b[1;1H\x1b[1m\x1b[38;5;1m残薬\x1b[0m");
    }
}
