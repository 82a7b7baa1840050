//! The register of regional issues as a file: for people, for a spreadsheet, for other programs.

use serde_json::{Value, json};

use super::office::document::{self, Block, Document, Level};
use super::office::workbook::Cell;
use super::summary::Room;
use super::tables::{DAY, REGISTERED, Table, lines, regional_cells, regional_heads};
use super::{
    ExportError, Rendered, book, csv, font, handout, html, markdown, personal, sample, summary, words,
};
use crate::domain::Aside;
use crate::domain::escalation::Ways;
use crate::domain::fields::{InTables, RegionalIssueField};
use crate::domain::register::{Entry, Occasion};

/// The kinds of file the register can be given away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RegisterFormat {
    /// A table for a text.
    Markdown,
    /// Values parted by commas.
    Csv,
    /// Values parted by tabs.
    Tsv,
    /// All that is known of each, for programs.
    Json,
    /// A workbook.
    Xlsx,
    /// A report for a word processor.
    Docx,
    /// A report on pages of A4.
    Pdf,
    /// A report on one page for a browser.
    Html,
}

impl RegisterFormat {
    /// In the order of the menu.
    pub const ALL: [RegisterFormat; 8] = [
        RegisterFormat::Xlsx,
        RegisterFormat::Docx,
        RegisterFormat::Pdf,
        RegisterFormat::Html,
        RegisterFormat::Markdown,
        RegisterFormat::Csv,
        RegisterFormat::Tsv,
        RegisterFormat::Json,
    ];

    /// What is typed after `--format`, and the end of a file name.
    pub fn key(self) -> &'static str {
        match self {
            RegisterFormat::Markdown => "md",
            RegisterFormat::Csv => "csv",
            RegisterFormat::Tsv => "tsv",
            RegisterFormat::Json => "json",
            RegisterFormat::Xlsx => "xlsx",
            RegisterFormat::Docx => "docx",
            RegisterFormat::Pdf => "pdf",
            RegisterFormat::Html => "html",
        }
    }

    /// What people choose in a menu.
    pub fn label(self) -> &'static str {
        match self {
            RegisterFormat::Markdown => "地域課題の一覧（Markdown）",
            RegisterFormat::Csv => "地域課題の一覧（CSV・Excel 用）",
            RegisterFormat::Tsv => "地域課題の一覧（TSV・タブ区切り）",
            RegisterFormat::Json => "地域課題の一覧（JSON・ほかのプログラム用）",
            RegisterFormat::Xlsx => "地域課題の一覧（Excel）",
            RegisterFormat::Docx => "地域課題の一覧（Word の報告書）",
            RegisterFormat::Pdf => "地域課題の一覧（PDF・配る報告書）",
            RegisterFormat::Html => "地域課題の一覧（HTML・ブラウザーで読む用）",
        }
    }

    /// The format of a key; none where no format has it.
    pub fn from_key(key: &str) -> Option<RegisterFormat> {
        RegisterFormat::ALL.into_iter().find(|format| format.key() == key)
    }
}

/// What the register is called where no year narrows it.
pub const TITLE: &str = "地域課題の一覧";

/// At the foot of each page.
const NOTE: &str = "載せたのは、文から個人が分からないと確かめた地域課題だけです";

/// What stands over the days of the meetings in which an issue showed.
const MEETINGS: &str = "根拠の会議";

/// What stands over the day on which it showed first, and over the number of these meetings.
const FIRST: &str = "はじめに出た日";
const COUNT: &str = "根拠の会議の数";

/// The number of the JSON's shape.
const SCHEMA: u32 = 1;

/// Makes a whole file. `title` says which entries these are, `ways` how far each has come.
///
/// # Errors
/// Where a table or JSON cannot be made from the entries.
pub fn render(
    format: RegisterFormat,
    entries: &[Entry],
    ways: &Ways<'_>,
    title: &str,
) -> Result<Rendered, ExportError> {
    let separated = |separator| csv::sheet(&[(title.to_owned(), table(entries, ways))], separator);
    let people = || sample::marked(title.to_owned(), personal::meetings_of(entries).into_iter());
    let report = |room| report(entries, ways, &people(), room);
    font::on_paper(|| {
        Ok(match format {
            RegisterFormat::Markdown => markdown::document(&report(Room::ENDLESS)).into(),
            RegisterFormat::Csv => separated(b',')?.into(),
            RegisterFormat::Tsv => separated(b'\t')?.into(),
            RegisterFormat::Json => {
                let all: Vec<Value> = entries.iter().map(|entry| object(entry, ways)).collect();
                let file = json!({ "schema": SCHEMA, "title": title, "regional_issues": all });
                serde_json::to_vec_pretty(&file)?.into()
            }
            RegisterFormat::Xlsx => book::register(table(entries, ways), &people())?.into(),
            RegisterFormat::Docx => document::render(&report(Room::TALL))?.into(),
            RegisterFormat::Pdf => handout::document(&report(Room::WIDE), handout::Paper::A4)?,
            RegisterFormat::Html => html::document(&report(Room::ENDLESS)).into(),
        })
    })
}

/// The register to be read: what is read first, then each issue under its sentence with what is said of it, a line each.
fn report(entries: &[Entry], ways: &Ways<'_>, title: &str, room: Room) -> Document {
    let met = match personal::meetings_of(entries).len() {
        0 => "この一覧には、まだ地域課題がありません。".to_owned(),
        count => format!("{count}回の会議から見えた地域課題です。"),
    };
    let found = match entries.len() {
        0 => "個人が分からない文と確かめた地域課題は、まだありません。".to_owned(),
        count => format!("個人が分からない文と確かめた地域課題は、{count}件です。"),
    };
    let mut blocks = summary::blocks([met, found], entries, room, "「すべての地域課題」");
    if !entries.is_empty() {
        // The first page is a paper of its own.
        blocks.extend([Block::PageBreak, Block::Heading(Level::One, "すべての地域課題".to_owned())]);
    }
    let Table { header, rows, .. } = table(entries, ways);
    for (i, (entry, row)) in entries.iter().zip(rows).enumerate() {
        blocks
            .push(Block::Heading(Level::Two, format!("{}. {}", i + 1, words::clean(&entry.issue.statement))));
        let said = occasions(entry).into_iter().chain(said(entry, &header, row));
        let lines = said.flat_map(|(name, words)| lines(name, &words));
        blocks.push(Block::List(lines.map(|line| (0, line)).collect()));
    }
    Document { title: title.to_owned(), day: None, note: NOTE.to_owned(), blocks }
}

/// When an issue showed: a day that is first and only is said once, and days are counted by whoever reads them.
fn occasions(entry: &Entry) -> Vec<(&'static str, String)> {
    let days: Vec<String> = entry.evidence.iter().filter_map(|o| o.date).map(words::date).collect();
    let first = entry.raised.date.map(words::date);
    let mut said = vec![(FIRST, first.clone().unwrap_or_default())];
    if first.as_slice() != days {
        said.push((MEETINGS, days.join("、")));
    }
    if days.len() < entry.evidence.len() {
        said.push((COUNT, entry.evidence.len().to_string()));
    }
    said.retain(|(_, words)| !words.is_empty());
    said
}

/// What else a row of the table says, without what stands above it, in [`occasions`] or at the foot of the page. A reason stands
/// beside what it is the reason of, and a day beside the words that mean it.
fn said(entry: &Entry, header: &[&'static str], row: Vec<Cell>) -> Vec<(&'static str, String)> {
    use RegionalIssueField::{Confirmed, Due, Priority, PriorityReason, Reflected, ReflectedReason};
    let mut said: Vec<(&'static str, String)> = Vec::new();
    for (i, (name, cell)) in header.iter().copied().zip(row).enumerate() {
        let elsewhere = i == 0 || REGISTERED.contains(&i) || [FIRST, MEETINGS, COUNT, DAY].contains(&name);
        if elsewhere || cell == Cell::Empty || name == Confirmed.label() {
            continue;
        }
        let words =
            if name == Due.label() { words::until(&entry.issue.due) } else { cell.words().into_owned() };
        let of = [(PriorityReason, Priority), (ReflectedReason, Reflected)]
            .iter()
            .find(|(reason, _)| reason.label() == name)
            .map(|(_, of)| of.label());
        match said.last_mut().filter(|(last, _)| Some(*last) == of) {
            Some((_, decided)) => *decided = format!("{decided}（{words}）"),
            None => said.push((name, words)),
        }
    }
    said
}

/// The register as a table: where each issue comes from, what the meeting's own table says, and the way it went.
pub fn table(entries: &[Entry], ways: &Ways<'_>) -> Table {
    const HEADER: [&str; 3] = ["番号", FIRST, MEETINGS];
    let row = |(i, entry): (usize, &Entry)| {
        let days = entry.evidence.iter().filter_map(|o| o.date).map(words::date);
        let own = [
            Cell::count(i + 1),
            Cell::day(entry.raised.date),
            Cell::text(days.collect::<Vec<_>>().join("、")),
        ];
        let way = ways.get(&entry.issue.id).into_iter().flatten().map(|step| words::step(step));
        let way = Cell::text(way.collect::<Vec<_>>().join("\n"));
        own.into_iter().chain(regional_cells(&entry.issue, entry.evidence.len())).chain([way]).collect()
    };
    Table {
        title: TITLE,
        header: HEADER.into_iter().chain(regional_heads(COUNT)).chain(["経過"]).collect(),
        rows: entries.iter().enumerate().map(row).collect(),
    }
}

/// An entry for other programs. Of the meetings only their ids and days leave the house.
fn object(entry: &Entry, ways: &Ways<'_>) -> Value {
    // Its own fields, but for what stays in the house.
    let mut fields = json!(entry.issue);
    if let Some(fields) = fields.as_object_mut() {
        for stays in ["meeting", "confirmed", "rank"] {
            fields.remove(stays);
        }
        // Of what stands beside the fields only what stands beside those that leave.
        let leaves = |aside: &Aside| {
            RegionalIssueField::from_key(&aside.field).is_some_and(|field| {
                field != RegionalIssueField::Confirmed && field.in_tables() != InTables::Never
            })
        };
        let asides: Vec<&Aside> = entry.issue.aside.iter().filter(|aside| leaves(aside)).collect();
        fields.remove("aside");
        if !asides.is_empty() {
            fields.insert("aside".to_owned(), json!(asides));
        }
        let occasion = |o: &Occasion| json!({ "meeting": o.meeting, "date": o.date });
        let steps = ways.get(&entry.issue.id).into_iter().flatten();
        let steps = steps.map(|step| json!({ "date": step.date, "level": step.level, "decision": step.decision, "reason": step.reason, "remaining": step.remaining }));
        fields.insert("raised".to_owned(), occasion(&entry.raised));
        fields.insert("evidence".to_owned(), entry.evidence.iter().map(occasion).collect());
        fields.insert("escalations".to_owned(), steps.collect());
    }
    fields
}
