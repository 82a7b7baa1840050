//! Words that are longer than a cell of Excel may be go on in the next row: nothing of them is lost.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::workbook::{Cell, Part, Sheet, Table};

/// The longest text of a cell, in units of UTF-16.
pub const LONGEST: usize = 32_767;
/// Stands before words that go on.
pub const GOES_ON: &str = "（つづき）";

/// The same sheet, in which everything has room.
pub fn fitting(sheet: &Sheet) -> Cow<'_, Sheet> {
    let long = |cell: &Cell| matches!(cell, Cell::Text(text) if is_long(text));
    let part = |part: &Part| match part {
        Part::Facts(facts) => facts.iter().any(|(_, value)| long(value)),
        Part::Table(table) => table.rows.iter().flatten().any(long),
    };
    let lines = || std::iter::once(&sheet.heading).chain(&sheet.lines).any(|line| is_long(line));
    if !sheet.parts.iter().any(part) && !lines() {
        return Cow::Borrowed(sheet);
    }
    let mut sheet = sheet.clone();
    let mut heading = pieces(&sheet.heading).into_iter().map(str::to_owned).collect::<Vec<_>>().into_iter();
    let first = heading.next().unwrap_or_default();
    let further = sheet.lines.iter().flat_map(|line| pieces(line)).map(str::to_owned);
    sheet.lines = heading.chain(further.collect::<Vec<_>>()).collect();
    sheet.heading = first;
    let names = sheet.names();
    for part in &mut sheet.parts {
        match part {
            Part::Facts(facts) => {
                *facts = std::mem::take(facts).into_iter().flat_map(fact).collect();
            }
            Part::Table(table) => split(table, |column| names.contains(&column)),
        }
    }
    Cow::Owned(sheet)
}

fn is_long(text: &str) -> bool {
    // Of bytes there are at least as many.
    text.len() > LONGEST && text.encode_utf16().count() > LONGEST
}

fn fact((name, value): (String, Cell)) -> Vec<(String, Cell)> {
    match &value {
        Cell::Text(text) if is_long(text) => {
            let named = |(i, piece): (usize, &str)| {
                let name = if i == 0 { name.clone() } else { format!("{name}{GOES_ON}") };
                (name, Cell::text(piece))
            };
            pieces(text).into_iter().enumerate().map(named).collect()
        }
        _ => vec![(name, value)],
    }
}

/// Further rows under those with long words; they have what says which row it is once more.
fn split(table: &mut Table, names: impl Fn(usize) -> bool) {
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut counts = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        let parts: Vec<Vec<&str>> = row
            .iter()
            .map(|cell| match cell {
                Cell::Text(text) if is_long(text) => pieces(text),
                _ => Vec::new(),
            })
            .collect();
        let count = parts.iter().map(Vec::len).max().unwrap_or_default().max(1);
        let cell = |i: usize, column: usize| match parts[column].get(i) {
            Some(piece) if i == 0 => Cell::text(*piece),
            Some(piece) => Cell::text(format!("{GOES_ON}{piece}")),
            None if i == 0 || parts[column].is_empty() && names(column) => row[column].clone(),
            None => Cell::Empty,
        };
        rows.extend((0..count).map(|i| (0..row.len()).map(|column| cell(i, column)).collect::<Vec<_>>()));
        counts.push(count);
    }
    for chart in &mut table.charts {
        chart.rows = counts.iter().take(chart.rows).sum();
    }
    table.rows = rows;
}

/// A text in parts of which each has room; no letter is taken apart that people see as one.
fn pieces(text: &str) -> Vec<&str> {
    let room = LONGEST - GOES_ON.chars().count();
    let units = |text: &str| text.encode_utf16().count();
    let (mut pieces, mut start, mut used) = (Vec::new(), 0, 0);
    let mut cut = |at: usize, wide: usize| {
        if used + wide > room {
            pieces.push(&text[start..at]);
            (start, used) = (at, 0);
        }
        used += wide;
    };
    for (at, grapheme) in text.grapheme_indices(true) {
        match units(grapheme) {
            wide if wide <= room => cut(at, wide),
            // Marks without end on one letter.
            _ => grapheme.char_indices().for_each(|(i, c)| cut(at + i, c.len_utf16())),
        }
    }
    pieces.push(&text[start..]);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 長いことばは一字も失わず次の行に続く() {
        for text in [
            "霧".repeat(100_000),
            "👨\u{200d}👩\u{200d}👧".repeat(9_000),
            format!("か{}", "\u{3099}".repeat(70_000)),
        ] {
            let parts = pieces(&text);
            assert_eq!(parts.concat(), text);
            assert!(parts.len() > 1 && parts.iter().all(|part| !part.is_empty() && !is_long(part)));
        }
        assert_eq!((pieces("霧"), pieces("")), (vec!["霧"], vec![""]));
    }

    #[test]
    fn 続きの行にも何の行かがありほかの列は空く() {
        let (long, short) = ("谷".repeat(40_000), Cell::text("霧"));
        let row = vec![short.clone(), Cell::text(&long), Cell::Number(3.0)];
        let table = Table::new(["題", "中身", "数"], vec![row.clone(), row]).charted(
            super::super::workbook::ChartKind::Bar,
            "図",
            0,
            &[2],
        );
        let facts = vec![("所見".to_owned(), Cell::text(&long)), ("数".to_owned(), Cell::Number(1.0))];
        let sheet = Sheet {
            lines: vec![long.clone()],
            parts: vec![Part::Facts(facts), Part::Table(table)],
            ..Sheet::default()
        };
        let fit = fitting(&sheet);
        let [Part::Facts(facts), Part::Table(table)] = fit.parts.as_slice() else { unreachable!() };
        assert_eq!(
            facts.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
            ["所見", "所見（つづき）", "数"]
        );
        assert_eq!(fit.lines.concat(), long);
        assert_eq!((table.rows.len(), table.charts[0].rows), (4, 4));
        assert_eq!((&table.rows[1][0], &table.rows[1][2]), (&short, &Cell::Empty));
        let said: String = table.rows[..2].iter().map(|row| row[1].words().replace(GOES_ON, "")).collect();
        assert_eq!(said, long);
        assert!(matches!(fitting(&Sheet::default()), Cow::Borrowed(_)));
    }
}
