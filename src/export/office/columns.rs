//! How wide the columns of a sheet are: as its words want, narrowed together until the paper can hold them.

use super::workbook::{Cell, Part, Sheet};
use crate::export::font::cells;

/// What A4 on its side holds in letters a reader without glasses still reads, in widths of a digit.
const PAPER: f64 = 165.0;
/// No column of words is wider; they go on in the next line.
const WIDEST: f64 = 56.0;
/// Nor narrower, when all are narrowed: some kanji.
const NARROWEST: f64 = 10.0;
/// So wide may a header make its column; what is longer breaks.
const HEADER: f64 = 9.0;
/// What is left to a column without anything in it, beside others that need the room.
const EMPTY: f64 = 6.0;
/// 2026年12月21日.
const DAY: f64 = 15.5;
/// A letter beside a kanji, and the air beside the words; the arrow of the filter in a header.
const LETTER: f64 = 0.92;
const AIR: f64 = 1.6;
const ARROW: f64 = 2.4;

/// The width of a column, and what may be done to it.
#[derive(Clone, Copy)]
struct Column {
    width: f64,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Kind {
    /// Nothing but a header.
    Empty,
    /// Numbers and days that turn into ### where the room is too small.
    Fixed,
    /// May be narrowed: goes on in the next line.
    Words,
}

/// The widths of all columns of a sheet.
pub fn widths(sheet: &Sheet) -> Vec<f64> {
    let mut columns: Vec<Column> = Vec::new();
    for part in &sheet.parts {
        match part {
            // The facts themselves run over all further columns.
            Part::Facts(facts) => {
                facts.iter().for_each(|(name, _)| widen(&mut columns, 0, words(name), Kind::Words))
            }
            Part::Table(table) => {
                let arrow = if sheet.list().is_some() { ARROW } else { 0.0 };
                for (i, header) in table.header.iter().enumerate() {
                    widen(&mut columns, i, (words(header) + arrow).min(HEADER + arrow), Kind::Empty);
                }
                for row in &table.rows {
                    row.iter().enumerate().for_each(|(i, cell)| measure(&mut columns, i, cell));
                }
            }
        }
    }
    narrow(&mut columns);
    if sheet.parts.iter().any(|part| matches!(part, Part::Facts(_))) {
        spread(&mut columns);
    }
    columns.into_iter().map(|column| column.width).collect()
}

fn measure(columns: &mut Vec<Column>, i: usize, cell: &Cell) {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => widen(columns, i, words(text), Kind::Words),
        Cell::Number(number) => widen(columns, i, digits(*number), Kind::Fixed),
        Cell::Percent(_) => widen(columns, i, 7.0, Kind::Fixed),
        Cell::Day(_) => widen(columns, i, DAY, Kind::Fixed),
    }
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

fn widen(columns: &mut Vec<Column>, i: usize, width: f64, kind: Kind) {
    if columns.len() <= i {
        columns.resize(i + 1, Column { width: 4.0, kind: Kind::Empty });
    }
    if let Some(column) = columns.get_mut(i) {
        column.width = column.width.max(width);
        if kind > column.kind {
            column.kind = kind;
        }
    }
}

/// Brings the widest columns of words down to the same width, until all columns fit on the paper; before that, columns
/// with nothing in them.
fn narrow(columns: &mut [Column]) {
    let sum = |columns: &[Column]| columns.iter().map(|column| column.width).sum::<f64>();
    if sum(columns) > PAPER {
        for column in columns.iter_mut().filter(|column| column.kind == Kind::Empty) {
            column.width = column.width.min(EMPTY);
        }
    }
    let mut most = WIDEST;
    while most > NARROWEST && sum(columns) > PAPER {
        most -= 1.0;
        for column in columns.iter_mut().filter(|column| column.kind == Kind::Words) {
            column.width = column.width.min(most);
        }
    }
}

/// Gives facts room to run over: at least two columns, more than half the paper wide.
fn spread(columns: &mut Vec<Column>) {
    if columns.len() < 2 {
        columns.resize(2, Column { width: 0.0, kind: Kind::Words });
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
        assert!(many.iter().sum::<f64>() <= PAPER && many[0] >= NARROWEST, "{many:?}");
        assert_eq!(widths(&sheet(1, &"長いことば".repeat(20)))[0], WIDEST);
    }
}
