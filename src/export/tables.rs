//! The plan and the regional issues as plain tables, before any format.

use std::borrow::Cow;

use super::office::{self, workbook::Cell};
use super::words::{self, People};
use crate::domain::date::says_only_a_day;
use crate::domain::fields::{ActionField, Described, InTables, RegionalIssueField, Value};
use crate::domain::text;
use crate::domain::{Action, Aside, Dossier, Id, Key, RegionalIssue};

/// A table with a title; every row is as long as the header.
pub struct Table {
    /// Stands above it, where others stand beside it.
    pub title: &'static str,
    /// What stands over the columns.
    pub header: Vec<&'static str>,
    /// From top to bottom.
    pub rows: Vec<Vec<Cell>>,
}

impl From<Table> for office::workbook::Table {
    fn from(table: Table) -> Self {
        Self::new(table.header, table.rows)
    }
}

/// What stands over the column beside the words of いつまでに, so that it can be sorted by.
pub(super) const DAY: &str = "期限の日";

/// The column of the register with the sentence, which says of a row whose it is.
pub const REGISTERED: std::ops::Range<usize> = 3..4;

/// What stands over the two columns of 対応策: the first one, and all others.
const MEASURES: [&str; 2] = ["対応策①", "対応策②以降"];

/// The heads of a field's columns.
fn heads(label: &'static str, value: &Value<'_>) -> Vec<&'static str> {
    match value {
        Value::Until(_) => vec![label, DAY],
        _ => vec![label],
    }
}

/// A field's cells, one under each of its heads, with what stands beside it.
fn cells(value: &Value<'_>, asides: &[Aside], field: &str, called: impl Fn(Key) -> String) -> Vec<Cell> {
    match value {
        Value::Until(until) => {
            // Nothing but a day is written as people read it: how it was typed says no more.
            let said = if says_only_a_day(until) { words::until(until) } else { words::clean(&until.words) };
            vec![Cell::text(said), Cell::day(until.date)]
        }
        Value::Day(day) => vec![Cell::day(*day)],
        other => vec![Cell::text(words::told(other, called, asides, field))],
    }
}

/// The plan.
pub fn plan(dossier: &Dossier) -> Table {
    let people = People::new(dossier);
    let columns = || ActionField::ALL.iter().filter(|field| field.in_tables() != InTables::Never);
    // A row that says nothing has the columns of all.
    let blank = Action::new(dossier.meeting.id.cast(), dossier.meeting.id);
    let heads = columns().flat_map(|field| heads(field.label(), &blank.value(*field)));
    let row = |action: &Action| {
        let called = |key| people.called(key);
        columns().flat_map(|f| cells(&action.value(*f), &action.aside, f.key(), called)).collect()
    };
    Table {
        title: Action::NOUN,
        header: heads.collect(),
        rows: dossier.plan().into_iter().map(row).collect(),
    }
}

/// The columns of a regional issue, whichever table it stands in; what is counted as evidence stands before the last.
pub fn regional_heads(evidence: &'static str) -> Vec<&'static str> {
    let nowhere = Id::from(uuid::Uuid::nil());
    let blank = RegionalIssue::new(nowhere.cast(), nowhere, "");
    let mut out = Vec::new();
    for field in regional_columns() {
        match field {
            RegionalIssueField::Measures => out.extend(MEASURES),
            RegionalIssueField::Confirmed => out.extend([evidence, field.label()]),
            field => out.extend(heads(field.label(), &blank.value(field))),
        }
    }
    out
}

/// A regional issue under [`regional_heads`]; of the evidence only the count, for the rest stays in the house.
pub fn regional_cells(issue: &RegionalIssue, evidence: usize) -> Vec<Cell> {
    let mut out = Vec::new();
    for field in regional_columns() {
        match field {
            RegionalIssueField::Measures => out.extend(measures(issue).map(Cell::text)),
            RegionalIssueField::Confirmed => {
                out.extend([Cell::count(evidence), Cell::text(words::confirmed(issue))]);
            }
            // An issue points at nothing that has a name here.
            field => out.extend(cells(&issue.value(field), &issue.aside, field.key(), |_| String::new())),
        }
    }
    out
}

fn regional_columns() -> impl Iterator<Item = RegionalIssueField> {
    RegionalIssueField::ALL.iter().copied().filter(|field| field.in_tables() != InTables::Never)
}

/// The regional issues with all their fields.
pub fn regional(dossier: &Dossier) -> Table {
    let row = |(i, issue): (usize, &RegionalIssue)| {
        let cells = regional_cells(issue, dossier.evidence_of(issue.id).count());
        std::iter::once(Cell::text(words::regional_number(i))).chain(cells).collect()
    };
    Table {
        title: RegionalIssue::NOUN,
        header: std::iter::once("番号").chain(regional_heads("根拠の枝の数")).collect(),
        rows: dossier.regional_issues().into_iter().enumerate().map(row).collect(),
    }
}

/// The first measure, and all others numbered from ② on in one cell.
pub fn measures(issue: &RegionalIssue) -> [String; MEASURES.len()] {
    let others = issue.measures.iter().enumerate().skip(1);
    let others: Vec<String> =
        others.map(|(i, m)| format!("{}{}", words::circled(i as u32 + 1), words::clean(m))).collect();
    [issue.measures.first().map(|m| words::clean(m)).unwrap_or_default(), others.join("\n")]
}

/// What stands in a column, to be read without the table: a line, or a line for each of the measures under its own number.
pub fn lines(head: &str, words: &str) -> Vec<String> {
    if head != MEASURES[1] {
        return vec![format!("{head}：{words}")];
    }
    let mut lines: Vec<String> = Vec::new();
    for line in words.split('\n') {
        let number = words::circled(lines.len() as u32 + 2);
        match (line.strip_prefix(number.as_str()), lines.last_mut()) {
            (None, Some(last)) => *last = format!("{last}\n{line}"),
            (measure, _) => lines.push(format!("対応策{number}：{}", measure.unwrap_or(line))),
        }
    }
    lines
}

/// A cell as words that a spreadsheet takes as they are: such as would start a formula get a leading `'`.
pub fn guarded(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Text(text) => text::guarded(text),
        _ => cell.words(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 式に見えるセルは文字のまま渡す() {
        for cell in ["=1+1", "+81", "-5度", "@SUM(A1)", "\tx", " =1", "＝1＋1", "－5度", "\u{3000}＠町"]
        {
            assert_eq!(guarded(&Cell::text(cell)), format!("'{cell}"));
        }
        for cell in ["2026-05-28", "1+1", "薬=9種類", "ー", ""] {
            assert_eq!(guarded(&Cell::text(cell)), cell);
        }
        assert_eq!(guarded(&Cell::Number(-5.0)), "-5");
    }

    #[test]
    fn どの行も見出しと同じ数の列を持つ() {
        let mut dossier = crate::export::sample::case_a().unwrap();
        let id = *dossier.regional.keys().next().unwrap();
        dossier.regional.get_mut(&id).unwrap().measures = ["一", "二", "三"].map(String::from).to_vec();
        // The day alone as people read it, other words as they were said.
        let plan_of = plan(&dossier);
        let until = plan_of.header.iter().position(|head| *head == "いつまでに").unwrap();
        let said = |row: usize| plan_of.rows[row][until].words().into_owned();
        assert_eq!([said(0), said(3)], ["2026年5月28日（木）", "来週中"]);
        for table in [plan(&dossier), regional(&dossier)] {
            assert!(!table.rows.is_empty());
            assert!(table.rows.iter().all(|row| row.len() == table.header.len()), "{}", table.title);
        }
        assert_eq!(regional(&dossier).rows[0][10..12], ["一", "②二\n③三"].map(Cell::text));
        assert_eq!(lines("対応策①", "一"), ["対応策①：一"]);
        assert_eq!(lines(MEASURES[1], "②二\n続き\n③三"), ["対応策②：二\n続き", "対応策③：三"]);
    }
}
