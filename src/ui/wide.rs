//! What a drawn frame needs last, so that wide characters are where they should be on every terminal.
//!
//! A wide character stands in one cell of ratatui's buffer and covers the next. Drawing only what changed goes wrong where
//! that was not so in the frame before: a popup that cuts a character in two loses its border (ratatui #2526), a
//! background stays beside one that went (#2738, #2652), and one in the last cell can panic (#2695). And terminals
//! disagree about sequences of several characters, such as emoji families: what may be written over is drawn again.

use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::Rect;
use unicode_width::UnicodeWidthChar;

use crate::layout::measure::{grapheme_width, is_wider};

/// Keeps the frame before, to know what changed and where wide characters were.
#[derive(Debug, Default)]
pub struct WideGuard {
    /// The frame as it was asked for, and as it was drawn.
    asked: Buffer,
    drawn: Buffer,
}

/// A letter that is none (Unicode, "Noncharacters"): no frame asks for it.
const NOTHING: &str = "\u{ffff}";

impl WideGuard {
    /// What the terminal shows in these cells is not what was drawn: they are drawn anew with the next frame.
    pub fn forget(&mut self, area: Rect) {
        for cells in [&mut self.asked, &mut self.drawn] {
            for position in area.intersection(cells.area).positions() {
                cells[position] = Cell::new(NOTHING);
            }
        }
    }

    /// Gives the cells to be written, in reading order, so that the terminal shows this frame instead of the one before. Most
    /// rows of most frames are as they were: those cost a comparison. The first frame, and one of another size, come after
    /// the terminal was cleared.
    ///
    /// # Errors
    /// What `write` gives; then the terminal shows neither frame.
    pub fn update<E>(
        &mut self,
        frame: &Buffer,
        mut write: impl FnMut(u16, u16, &Cell) -> Result<(), E>,
    ) -> Result<(), E> {
        if self.asked.area != frame.area {
            self.asked = Buffer::empty(frame.area);
            self.drawn = Buffer::empty(frame.area);
        }
        let columns = usize::from(frame.area.width).max(1);
        for (y, row) in frame.content.chunks(columns).enumerate() {
            let at = y * columns..y * columns + row.len();
            if self.asked.content[at.clone()] == *row {
                continue;
            }
            self.asked.content[at.clone()].clone_from_slice(row);
            let area = Rect { y: frame.area.y + y as u16, height: 1, ..frame.area };
            let before = Buffer { area, content: self.drawn.content[at.clone()].to_vec() };
            let mut next = Buffer { area, content: row.to_vec() };
            settle(&mut next);
            refresh(&mut next, &before);
            for (x, y, cell) in before.diff_iter(&next) {
                write(x, y, cell)?;
            }
            self.drawn.content[at].clone_from_slice(&next.content);
        }
        Ok(())
    }
}

/// Gives the right halves of wide characters the ground of their left ones, which ratatui's widgets leave out: what covers the
/// left one then leaves no hole.
pub fn join_halves(frame: &mut Buffer) {
    let columns = usize::from(frame.area.width).max(1);
    for row in frame.content.chunks_mut(columns) {
        let mut rest = row;
        while let [cell, half, ..] = rest {
            let wide = cell.symbol().len() > 2 && half.symbol() == " " && half.bg != cell.bg;
            if wide && cells_of(cell) == 2 {
                half.set_style(cell.style());
            }
            rest = &mut rest[1..];
        }
    }
}

/// Leaves no half of a wide character, and marks what a terminal might draw wider than we count.
pub fn settle(frame: &mut Buffer) {
    let columns = usize::from(frame.area.width);
    for row in frame.content.chunks_mut(columns.max(1)) {
        let mut x = 0;
        while x < row.len() {
            x += settle_cell(row, x);
        }
    }
}

/// Settles what starts at `x` and says how many cells it covers.
fn settle_cell(row: &mut [Cell], x: usize) -> usize {
    if row[x].symbol().len() == 1 {
        return 1;
    }
    if row[x].symbol().contains(['\u{fe0f}', '\u{fe0e}']) {
        plain(row, x);
    }
    let width = cells_of(&row[x]);
    if width < 2 {
        return 1;
    }
    if x + width > row.len() || !row[x + 1..x + width].iter().all(|half| is_free(half, &row[x])) {
        row[x].set_symbol(" ");
        return 1;
    }
    if is_wider(row[x].symbol()) {
        // ratatui would write over what it does not know to be covered.
        for half in &mut row[x + 1..x + width] {
            half.set_diff_option(CellDiffOption::Skip);
        }
        return width;
    }
    let drawn = drawn_width(row[x].symbol());
    if x + drawn > row.len() {
        // A terminal that draws its parts side by side would go on in the next row.
        row[x].set_symbol("〓");
    } else {
        for cell in &mut row[x + width..(x + drawn).max(x + width)] {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
    width
}

/// How many cells the terminal needs for what stands in one.
pub fn cells_of(cell: &Cell) -> usize {
    grapheme_width(cell.symbol())
}

/// Whether a cell holds nothing of its own but the right half of the wide character before it.
fn is_free(half: &Cell, whole: &Cell) -> bool {
    half.symbol() == " " && (half.bg == whole.bg || half.bg == Cell::EMPTY.bg)
}

/// Takes the variation selectors for emoji out of a cell: terminals disagree about the width of what has one, and
/// ratatui writes a blank over its right half. The room it had stays blank.
fn plain(row: &mut [Cell], x: usize) {
    let room = cells_of(&row[x]);
    let mut symbol: String =
        row[x].symbol().chars().filter(|c| !matches!(c, '\u{fe0e}' | '\u{fe0f}')).collect();
    if drawn_width(&symbol) > room {
        symbol.truncate(symbol.chars().next().map_or(0, char::len_utf8));
    }
    row[x].set_symbol(if symbol.is_empty() { " " } else { &symbol });
    let (width, style) = (cells_of(&row[x]).max(1), row[x].style());
    let end = (x + room).min(row.len());
    for cell in row.get_mut(x + width..end).unwrap_or_default() {
        if cell.symbol() == " " {
            cell.set_style(style);
        }
    }
}

/// The cells a terminal takes that draws every character of a sequence for itself.
fn drawn_width(symbol: &str) -> usize {
    symbol.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// Marks both halves of every former wide character that changed, so that both are drawn again.
fn refresh(frame: &mut Buffer, before: &Buffer) {
    for (i, old) in before.content.iter().enumerate().filter(|(_, old)| old.symbol().len() > 1) {
        let (width, new) = (cells_of(old), &frame.content[i]);
        if width < 2 || (old.symbol(), old.style()) == (new.symbol(), new.style()) {
            continue;
        }
        let halves = frame.content.iter_mut().skip(i).take(width.max(drawn_width(old.symbol())));
        for cell in halves.filter(|cell| cell.diff_option != CellDiffOption::Skip) {
            cell.set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}
