//! Cells as the bytes a terminal draws them from, as few as it takes: each is waited for, over a slow line twice.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use crossterm::style::{Attribute, Colors, Print, SetAttribute, SetColors};
use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::backend::IntoCrossterm;
use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

const ATTRIBUTES: [(Modifier, Attribute); 6] = [
    (Modifier::BOLD, Attribute::Bold),
    (Modifier::DIM, Attribute::Dim),
    (Modifier::ITALIC, Attribute::Italic),
    (Modifier::UNDERLINED, Attribute::Underlined),
    (Modifier::REVERSED, Attribute::Reverse),
    (Modifier::CROSSED_OUT, Attribute::CrossedOut),
];

/// Writes the cells that changed, in reading order, and puts the cursor where it belongs, all as one picture. `clear`: on
/// an empty screen.
pub fn paint(
    out: &mut impl Write,
    clear: bool,
    cells: &[(u16, u16, Cell)],
    cursor: Option<Position>,
) -> io::Result<()> {
    queue!(out, BeginSynchronizedUpdate, Hide)?;
    if clear {
        queue!(out, Clear(ClearType::All))?;
    }
    let plain = (Color::Reset, Color::Reset, Modifier::empty());
    let (mut style, mut next) = (plain, None);
    for (x, y, cell) in cells {
        if next != Some((*x, *y)) {
            queue!(out, MoveTo(*x, *y))?;
        }
        let wanted = (cell.fg, cell.bg, cell.modifier);
        if wanted != style {
            set(out, style, wanted)?;
            style = wanted;
        }
        queue!(out, Print(cell.symbol()))?;
        next = steps(cell).map(|cells| (x + cells, *y));
    }
    if style != plain {
        queue!(out, SetAttribute(Attribute::Reset))?;
    }
    if let Some(Position { x, y }) = cursor {
        queue!(out, MoveTo(x, y), Show)?;
    }
    queue!(out, EndSynchronizedUpdate)
}

type Style = (Color, Color, Modifier);

fn set(out: &mut impl Write, from: Style, to: Style) -> io::Result<()> {
    let mut from = from;
    if !to.2.contains(from.2) {
        // What takes one attribute away differs from terminal to terminal; all of them know this.
        queue!(out, SetAttribute(Attribute::Reset))?;
        from = (Color::Reset, Color::Reset, Modifier::empty());
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
    // Lines count as the terminal was measured: where they are wide, none are drawn.
    let agreed = matches!(c, ' '..='~' | '\u{2500}'..='\u{257f}')
        || (matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}') && c.width() == c.width_cjk());
    agreed.then(|| cell.cell_width())
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
        let blank = Buffer::empty(area);
        let cells: Vec<_> = blank.diff(&buffer).into_iter().map(|(x, y, c)| (x, y, c.clone())).collect();
        let mut out = Vec::new();
        paint(&mut out, false, &cells, None).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.trim_start_matches("\x1b[?2026h\x1b[?25l").trim_end_matches("\x1b[?2026l").to_owned()
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
