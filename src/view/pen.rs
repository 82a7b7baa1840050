//! Writing text into cells: clipped by what people see as characters, never cutting a wide one in two.

use std::borrow::Cow;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::Look;
use super::theme::Meaning;
use crate::layout::measure::{ellipsis, grapheme_width, graphemes, width};
use crate::layout::shape::Stroke;
use crate::layout::wrap::{shown, wrap};

/// A buffer with the look of the screen.
pub struct Pen<'a> {
    pub buffer: &'a mut Buffer,
    pub look: &'a Look,
}

impl Pen<'_> {
    pub fn style(&self, meaning: Meaning) -> Style {
        self.look.theme.style(meaning)
    }

    /// A text that fits into so many cells, with a sign where it was cut.
    pub fn cut<'t>(&self, text: &'t str, cells: usize) -> Cow<'t, str> {
        ellipsis(text, cells, self.look.signs.cut)
    }

    /// Writes as much of a text as fits into `room` cells from `(x, y)`; gives the column after it.
    pub fn put(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || room == 0 {
            return x;
        }
        let end = x.saturating_add(room).min(area.right());
        let mut at = x;
        for (_, grapheme, cells) in graphemes(text) {
            let cells = cells as u16;
            if at + cells > end {
                break;
            }
            if cells == 0 || grapheme.chars().any(char::is_control) {
                continue;
            }
            self.buffer[(at, y)].set_symbol(grapheme).set_style(style);
            // What a wide character covers belongs to it.
            for covered in at + 1..at + cells {
                self.buffer[(covered, y)].reset();
                self.buffer[(covered, y)].set_style(style);
            }
            at += cells;
        }
        at
    }

    /// Like [`Pen::put`] in the style of a meaning.
    pub fn say(&mut self, x: u16, y: u16, room: u16, text: &str, meaning: Meaning) -> u16 {
        let style = self.style(meaning);
        self.put(x, y, room, text, style)
    }

    /// Writes a text with an ellipsis where it does not fit.
    pub fn brief(&mut self, x: u16, y: u16, room: u16, text: &str, meaning: Meaning) -> u16 {
        let text = self.cut(text, usize::from(room));
        self.say(x, y, room, &text, meaning)
    }

    /// Writes a text so that it ends before the column `right`; gives the column it starts at.
    pub fn put_right(&mut self, right: u16, y: u16, text: &str, style: Style) -> u16 {
        let x = right.saturating_sub(width(text) as u16);
        self.put(x, y, right - x, text, style);
        x
    }

    /// Writes a text over several rows; gives the number of rows used.
    pub fn wrapped(&mut self, pane: Rect, text: &str, meaning: Meaning) -> u16 {
        let mut rows = 0;
        for line in wrap(text, usize::from(pane.width.max(2))) {
            if rows >= pane.height {
                break;
            }
            self.say(pane.x, pane.y + rows, pane.width, shown(line), meaning);
            rows += 1;
        }
        rows
    }

    /// Fills a pane with blanks of a meaning.
    pub fn fill(&mut self, pane: Rect, meaning: Meaning) {
        let style = self.style(meaning);
        let area = pane.intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
                self.buffer[(x, y)].set_style(style);
            }
        }
    }

    /// Changes the style of a pane and leaves its text.
    pub fn tint(&mut self, pane: Rect, meaning: Meaning) {
        let style = self.style(meaning);
        self.buffer.set_style(pane.intersection(self.buffer.area), style);
    }

    /// A horizontal rule.
    pub fn rule(&mut self, x: u16, y: u16, cells: u16) {
        let line = self.look.signs.rule(usize::from(cells));
        self.say(x, y, cells, &line, Meaning::Rule);
    }

    /// A vertical rule.
    pub fn upright(&mut self, x: u16, y: u16, rows: u16) {
        let sign = self.look.signs.stroke(Stroke::VERTICAL);
        for row in 0..rows {
            self.say(x, y + row, 1, sign, Meaning::Rule);
        }
    }

    /// An empty box with a border; gives the pane inside it.
    pub fn frame(&mut self, pane: Rect, title: &str) -> Rect {
        self.fill(pane, Meaning::Popup);
        if pane.width < 4 || pane.height < 3 {
            return pane;
        }
        let corner = |a: Stroke, b: Stroke| self.look.signs.stroke(a.and(b));
        let (tl, tr) = (corner(Stroke::DOWN, Stroke::RIGHT), corner(Stroke::DOWN, Stroke::LEFT));
        let (bl, br) = (corner(Stroke::UP, Stroke::RIGHT), corner(Stroke::UP, Stroke::LEFT));
        let (right, bottom) = (pane.x + pane.width - 1, pane.y + pane.height - 1);
        for y in [pane.y, bottom] {
            self.rule(pane.x, y, pane.width);
        }
        self.upright(pane.x, pane.y + 1, pane.height - 2);
        self.upright(right, pane.y + 1, pane.height - 2);
        for (x, y, sign) in
            [(pane.x, pane.y, tl), (right, pane.y, tr), (pane.x, bottom, bl), (right, bottom, br)]
        {
            self.say(x, y, 1, sign, Meaning::Rule);
        }
        if !title.is_empty() {
            let title = format!(" {} ", self.cut(title, usize::from(pane.width.saturating_sub(6))));
            self.say(pane.x + 2, pane.y, pane.width - 4, &title, Meaning::Title);
        }
        Rect { x: pane.x + 2, y: pane.y + 1, width: pane.width - 4, height: pane.height - 2 }
    }

    /// A line of text being typed, scrolled so that the cursor is seen; gives the column of the cursor.
    pub fn typed(&mut self, pane: Rect, text: &str, cursor: usize, meaning: Meaning) -> u16 {
        let before = width(&text[..cursor]);
        let room = usize::from(pane.width.saturating_sub(1)).max(1);
        let mut skip = 0;
        if before > room {
            // Keep a third of the line before the cursor in sight.
            let wanted = before - room * 2 / 3;
            for (_, _, cells) in graphemes(text) {
                if skip >= wanted {
                    break;
                }
                skip += cells;
            }
        }
        let mut start = text.len();
        let mut passed = 0;
        for (at, grapheme, _) in graphemes(text) {
            if passed >= skip {
                start = at;
                break;
            }
            passed += grapheme_width(grapheme);
        }
        self.say(pane.x, pane.y, pane.width, &text[start..], meaning);
        pane.x + (before.saturating_sub(skip) as u16).min(pane.width.saturating_sub(1))
    }
}

/// The first of rows of these heights that is shown, so that the selected one is seen whole.
pub fn first_seen(heights: &[u16], selected: usize, room: u16) -> usize {
    let mut left = room;
    let fits = |height: &&u16| {
        let rest = left.checked_sub(**height);
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    let shown = heights.iter().take(selected + 1).rev().take_while(fits).count();
    (selected + 1 - shown).min(selected)
}
