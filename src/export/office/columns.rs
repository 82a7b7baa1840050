//! How wide the columns of a sheet are: as its words want, narrowed together until the paper can hold them.

use std::ops::Range;

use super::workbook::{Cell, Part, Sheet};
use crate::export::font::cells;

/// What A4 on its side holds in letters a reader without glasses still reads, in widths of a digit: 8 pt, where it is printed at
/// this part of its size. Excel has room for more; LibreOffice, where it lacks the font, measures with one whose digits are 7.07 pt
/// wide.
const PAPER: f64 = 142.0;
pub const SCALE: u16 = 73;
/// The air beside a column, in widths of a digit, which the paper has room for in columns of ordinary number.
const BESIDE: f64 = 0.63;
/// With more columns than these words would stand in strips: the sheet is two pages wide.
const CROWDED: usize = 14;
/// No column of words is wider; they go on in the next line.
const WIDEST: f64 = 56.0;
/// Nor narrower, when all are narrowed: five kanji, or four where that saves a page.
const NARROWEST: f64 = 10.0;
const TIGHT: f64 = 8.5;
/// So wide may a header make its column, and so narrow may it become beside others that need the room.
const HEADER: (f64, f64) = (16.0, 5.6);
/// 2026年12月21日（月）.
const DAY: f64 = 22.0;
/// A letter beside a kanji, and the air beside the words; the arrow of the filter in a header.
const LETTER: f64 = 0.92;
const AIR: f64 = 1.6;
const ARROW: f64 = 2.4;

/// What a column asks for.
#[derive(Clone, Copy, Default)]
struct Column {
    width: f64,
    /// What is in it, without the header.
    content: f64,
    /// Words may be narrowed and go on in the next line. Numbers and days would turn into ###.
    words: bool,
}

/// The columns of a list in which nothing stands but the header, from one on to before another: they are folded, and wait to be
/// filled.
pub fn empty(sheet: &Sheet) -> Vec<Range<usize>> {
    let Some(table) = sheet.list() else { return Vec::new() };
    let filled = |i: usize| table.rows.iter().any(|row| row.get(i).is_some_and(|cell| *cell != Cell::Empty));
    let columns: Vec<usize> = (0..table.header.len()).filter(|i| !filled(*i)).collect();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in columns {
        match runs.last_mut().filter(|run| run.end == i) {
            Some(run) => run.end += 1,
            None => runs.push(i..i + 1),
        }
    }
    runs
}

/// The columns with which further pages begin, where a list of such widths is too wide for one; the columns that say which row
/// it is stand on each.
pub fn pages(sheet: &Sheet, widths: &[f64]) -> Vec<usize> {
    if sheet.table().is_some() { breaks(widths, sheet.names()) } else { Vec::new() }
}

fn breaks(widths: &[f64], named: Range<usize>) -> Vec<usize> {
    let wide = |columns: &[f64]| columns.iter().filter(|w| **w > 0.0).map(|w| w + BESIDE).sum::<f64>();
    let room = PAPER + BESIDE * CROWDED as f64;
    if wide(widths) <= room {
        return Vec::new();
    }
    let names = widths.get(named.clone()).map_or(0.0, wide);
    let (mut breaks, mut used) = (Vec::new(), 0.0);
    for (i, width) in widths.iter().enumerate().filter(|(_, width)| **width > 0.0) {
        if used + width + BESIDE > room {
            breaks.push(i);
            used = if i >= named.end { names } else { 0.0 };
        }
        used += width + BESIDE;
    }
    breaks
}

/// The widths of all columns of a sheet; none for those that are folded.
pub fn widths(sheet: &Sheet) -> Vec<f64> {
    let arrow = if sheet.list().is_some() { ARROW } else { 0.0 };
    let mut columns: Vec<Column> = Vec::new();
    for part in &sheet.parts {
        match part {
            // The facts themselves run over all further columns.
            Part::Facts(facts) => {
                facts.iter().for_each(|(name, _)| widen(&mut columns, 0, words(name)).words = true)
            }
            Part::Table(table) => {
                for row in &table.rows {
                    row.iter().enumerate().for_each(|(i, cell)| measure(&mut columns, i, cell));
                }
                for (i, header) in table.header.iter().enumerate() {
                    let column = widen(&mut columns, i, 0.0);
                    column.width = column.width.max((words(header) + arrow).min(HEADER.0));
                }
            }
        }
    }
    for column in empty(sheet).into_iter().flatten() {
        columns[column] = Column::default();
    }
    narrow(&mut columns, sheet.names());
    if sheet.parts.iter().any(|part| matches!(part, Part::Facts(_))) {
        spread(&mut columns);
    }
    columns.into_iter().map(|column| column.width).collect()
}

fn measure(columns: &mut Vec<Column>, i: usize, cell: &Cell) {
    let content = match cell {
        Cell::Empty => return,
        Cell::Text(text) => words(text),
        Cell::Number(number) => digits(*number),
        Cell::Percent(_) => 9.0,
        Cell::Day(_) => DAY,
    };
    widen(columns, i, content).words |= matches!(cell, Cell::Text(_));
}

fn digits(number: f64) -> f64 {
    // A comma for each three digits, a point and what follows it.
    number.abs().max(1.0).log10().floor() * 1.34 + if number.fract() == 0.0 { 3.0 } else { 5.0 }
}

/// The longest line of words, in halves of a kanji.
pub fn longest(text: &str) -> usize {
    text.split('\n').map(cells).max().unwrap_or_default()
}

/// The width it wants. A kanji is a little narrower than two digits.
fn words(text: &str) -> f64 {
    (longest(text) as f64 * LETTER + AIR).min(WIDEST)
}

/// The column, with room for such content.
fn widen(columns: &mut Vec<Column>, i: usize, content: f64) -> &mut Column {
    if columns.len() <= i {
        columns.resize(i + 1, Column::default());
    }
    let column = &mut columns[i];
    column.content = column.content.max(content);
    column.width = column.width.max(content);
    column
}

/// Narrows columns until all fit on the paper: first those whose header is wider than what stands under it, then the widest
/// ones of words, all to the same width.
fn narrow(columns: &mut [Column], names: Range<usize>) {
    let many = columns.iter().filter(|column| column.width > 0.0).count() > CROWDED;
    let fits = |widths: &[f64]| match many {
        true => breaks(widths, names.clone()).len() < 2,
        false => widths.iter().sum::<f64>() <= PAPER,
    };
    let widths = |columns: &[Column], most: f64| -> Vec<f64> {
        columns.iter().map(|c| if c.words { c.width.min(most) } else { c.width }).collect()
    };
    if fits(&widths(columns, f64::MAX)) {
        return;
    }
    for column in columns.iter_mut() {
        column.width = column.width.min(column.content.max(HEADER.1));
    }
    let steps = ((WIDEST - TIGHT) * 2.0) as u32;
    let tried = (0..=steps).map(|step| widths(columns, WIDEST - f64::from(step) * 0.5));
    let found = tried.into_iter().find(|widths| fits(widths));
    let found = found.unwrap_or_else(|| widths(columns, NARROWEST));
    columns.iter_mut().zip(found).for_each(|(column, width)| column.width = width);
}

/// Gives facts room to run over: at least two columns, more than half the paper wide.
fn spread(columns: &mut Vec<Column>) {
    if columns.len() < 2 {
        columns.resize(2, Column::default());
    }
    let sum: f64 = columns.iter().map(|column| column.width).sum();
    if let Some(last) = columns.last_mut() {
        last.width += (PAPER * 0.6 - sum).max(0.0);
    }
}

/// How many lines words take in a cell of this width; the office program breaks after any character.
pub fn lines(text: &str, width: f64) -> usize {
    let room = ((width - AIR / 2.0) / LETTER).max(2.0) as usize;
    text.split('\n').map(|line| cells(line).div_ceil(room).max(1)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::workbook::Table;
    use super::*;

    fn sheet(columns: usize, text: &str) -> Sheet {
        let row = (0..columns).map(|_| Cell::text(text)).chain([Cell::Number(12.0)]).collect();
        let header = (0..=columns).map(|i| format!("列{i}"));
        Sheet { parts: vec![Part::Table(Table::new(header, vec![row]))], ..Sheet::default() }
    }

    #[test]
    fn 列はことばに合わせ紙に入るまでせばめる() {
        let few = widths(&sheet(2, "残薬が多い"));
        assert!(few[0] > 10.0 && few[0] < 13.0 && few[2] < 8.0, "{few:?}");
        let many = widths(&sheet(12, &"長いことば".repeat(20)));
        assert!(many.iter().sum::<f64>() <= PAPER && many[0] >= NARROWEST && many[12] < 7.0, "{many:?}");
        assert_eq!(widths(&sheet(1, &"長いことば".repeat(20)))[0], WIDEST);
    }

    #[test]
    fn 広い表は二枚に収まり三枚めにはみ出す列はない() {
        let day = Cell::day(chrono::NaiveDate::from_ymd_opt(2027, 3, 31));
        for columns in 15..=21 {
            for days in [&[][..], &[5], &[11], &[5, 11], &[8, 9, 10], &[9, 10, 11, 12]] {
                let mut sheet = sheet(columns, "長いことばが続く文");
                let Some(Part::Table(table)) = sheet.parts.first_mut() else { unreachable!() };
                days.iter().for_each(|at| table.rows[0][*at] = day.clone());
                sheet.names = 0..2;
                let pages = pages(&sheet, &widths(&sheet)).len() + 1;
                assert!(pages <= 2, "{columns} columns, days in {days:?}: {pages}");
            }
        }
    }
}
