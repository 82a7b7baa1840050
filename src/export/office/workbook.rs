//! What stands in a workbook: sheets of facts and tables, with charts drawn from the tables.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use chrono::NaiveDate;

pub use super::xlsx::render;

/// A whole file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Book {
    /// Stands in the properties of the file.
    pub title: String,
    /// The day it speaks of; stands in the properties of the file.
    pub day: Option<NaiveDate>,
    /// In small print at the foot of every page.
    pub note: String,
    /// In the order of their tabs.
    pub sheets: Vec<Sheet>,
}

/// One sheet, printed on A4 on its side, as wide as the paper.
///
/// Where its only part is a table it is a list: the header stays in sight, is repeated on paper, and has filters. Columns in which
/// nothing stands are folded. What would be too small to be read as wide as the paper goes on on the next page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheet {
    /// What its tab says; made fit for Excel when it is written.
    pub name: String,
    /// Stands at the top, in large letters.
    pub heading: String,
    /// Sentences under the heading.
    pub lines: Vec<String>,
    /// Printed small enough for one sheet of paper, such as a cover.
    pub one_page: bool,
    /// The columns of a list that say which row it is: they stay in sight, and stand on each page of one that is wider than the
    /// paper. None: only the first.
    pub names: Range<usize>,
    /// From top to bottom.
    pub parts: Vec<Part>,
}

/// What stands in one place, below what was before.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// Names, each with what there is to say to it.
    Facts(Vec<(String, Cell)>),
    /// Rows under a header.
    Table(Table),
}

/// Rows under a header; a row that is shorter than the header ends in empty cells.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// Stands above it; may be empty.
    pub title: String,
    /// What stands over the columns.
    pub header: Vec<String>,
    /// From top to bottom.
    pub rows: Vec<Vec<Cell>>,
    /// Whether its numbers are coloured, the higher the darker.
    pub heat: bool,
    /// Drawn beside it, or below where there is no room.
    pub charts: Vec<Chart>,
}

/// What a cell holds, with the type that Excel sorts and counts by.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing at all, not even empty words.
    Empty,
    /// Always words, also where they look like a formula or a number.
    Text(String),
    /// So much of something.
    Number(f64),
    /// 0.25 is 25.0%, as the figures of a review are written everywhere.
    Percent(f64),
    /// A day that can be sorted and counted with.
    Day(NaiveDate),
}

/// A chart of Excel's own, drawn from the table it belongs to: it follows when a number there is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// How it is drawn.
    pub kind: ChartKind,
    /// Stands over it.
    pub title: String,
    /// The column with the names.
    pub names: usize,
    /// The columns with the numbers, each a series.
    pub values: Vec<usize>,
    /// How many of the rows, from the first on: a row of sums would dwarf the others.
    pub rows: usize,
}

/// How a chart is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChartKind {
    /// Lying bars: long names, such as professions. The first row is uppermost.
    Bar,
    /// Standing columns: months, years.
    Column,
    /// The same stood on one another.
    Stacked,
    /// A line from point to point.
    Line,
}

impl Cell {
    /// Words, or nothing.
    pub fn text(words: impl Into<String>) -> Cell {
        let words = words.into();
        if words.is_empty() { Cell::Empty } else { Cell::Text(words) }
    }

    /// What it says where cells have no types: days as 2026-05-21.
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Percent(part) => Cow::Owned(format!("{:.1}%", part * 100.0)),
            Cell::Day(day) => Cow::Owned(day.format("%Y-%m-%d").to_string()),
        }
    }

    /// A day, or nothing.
    pub fn day(day: Option<NaiveDate>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    /// A number of things.
    pub fn count(count: usize) -> Cell {
        Cell::Number(count as f64)
    }

    /// A part of a whole; nothing where there is no whole.
    pub fn share(part: usize, whole: usize) -> Cell {
        if whole == 0 { Cell::Empty } else { Cell::Percent(part as f64 / whole as f64) }
    }
}

impl Table {
    /// Without title, shades or charts.
    pub fn new(header: impl IntoIterator<Item = impl Into<String>>, rows: Vec<Vec<Cell>>) -> Table {
        Table { header: header.into_iter().map(Into::into).collect(), rows, ..Table::default() }
    }

    /// The same under a title.
    pub fn titled(self, title: impl Into<String>) -> Table {
        Table { title: title.into(), ..self }
    }

    /// The same with its numbers coloured.
    pub fn heated(self) -> Table {
        Table { heat: true, ..self }
    }

    /// With a chart of all its rows.
    pub fn charted(
        mut self,
        kind: ChartKind,
        title: impl Into<String>,
        names: usize,
        values: &[usize],
    ) -> Table {
        let rows = self.rows.len();
        self.charts.push(Chart { kind, title: title.into(), names, values: values.to_vec(), rows });
        self
    }
}

impl Sheet {
    /// The same with the columns of its list that say which row it is.
    pub fn named(self, names: Range<usize>) -> Sheet {
        Sheet { names, ..self }
    }

    /// The columns that say which row it is: the first, where nobody said which.
    pub(super) fn names(&self) -> Range<usize> {
        if self.names.is_empty() { 0..1 } else { self.names.clone() }
    }

    /// How many rows stand on it, under their headers.
    pub fn rows(&self) -> usize {
        let rows = self.parts.iter().map(|part| match part {
            Part::Table(table) => table.rows.len(),
            Part::Facts(facts) => facts.len(),
        });
        rows.sum()
    }

    /// The table of a sheet that has nothing else.
    pub(super) fn table(&self) -> Option<&Table> {
        match self.parts.as_slice() {
            [Part::Table(table)] => Some(table),
            _ => None,
        }
    }

    /// The table of a sheet that is a list.
    pub(super) fn list(&self) -> Option<&Table> {
        self.table().filter(|table| !table.rows.is_empty())
    }
}

/// The names on the tabs: at most 31 UTF-16 units, without the signs Excel refuses, no two the same.
pub(super) fn tab_names(sheets: &[Sheet]) -> Vec<String> {
    /// What Excel takes.
    const LONGEST: usize = 31;
    let fit = |name: &str, units: usize| {
        let mut used = 0;
        let fits = |c: &char| {
            used += c.len_utf16();
            used <= units
        };
        name.chars().take_while(fits).collect::<String>()
    };
    let mut taken = BTreeSet::new();
    let mut name = |sheet: &Sheet| {
        let plain = super::writable(&sheet.name);
        let wide = plain.chars().map(|c| match c {
            '[' => '［',
            ']' => '］',
            ':' => '：',
            '*' => '＊',
            '?' => '？',
            '/' => '／',
            '\\' => '＼',
            '\'' => '’',
            '\n' => ' ',
            c => c,
        });
        let wide: String = wide.collect();
        let wide = if wide.trim().is_empty() { "シート" } else { wide.trim() };
        let numbered = (1..).map(|n| match n {
            1 => fit(wide, LONGEST),
            n => format!("{}（{n}）", fit(wide, LONGEST - 8)),
        });
        // Excel does not tell upper from lower case there.
        numbered.filter(|name| taken.insert(name.to_lowercase())).take(1).collect::<String>()
    };
    sheets.iter().map(&mut name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 見出しの名前はexcelが受け取れて重ならない() {
        let names = ["A/B:C", "a／b：c", "", "長い名前の町".repeat(9).as_str(), "'町'"]
            .map(|name| Sheet { name: name.to_owned(), ..Sheet::default() });
        let names = tab_names(&names);
        assert_eq!(names[..3], ["A／B：C", "a／b：c（2）", "シート"]);
        assert_eq!(names[3].chars().count(), 31);
        assert_eq!(names[4], "’町’");
    }
}
