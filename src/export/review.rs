//! The yearly review as a file: one list of sections, each a titled table, that every format renders.

mod files;
mod forms;

use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::office::document::{self, Block};
use super::office::workbook;
use super::summary::Room;
use super::tables::guarded;
use super::{ExportError, Rendered, font, handout, html, markdown, personal, sample, summary, words};
use crate::domain::escalation::Ways;
use crate::domain::register::Entry;
use crate::domain::{Id, RegionalIssue};
use crate::review::{Figure, FigureId, Review, Row, Scope, Value, mask};

/// The kinds of file a review can be given away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFormat {
    /// A workbook with charts.
    Xlsx,
    /// A report for a word processor.
    Docx,
    /// A report on pages of A4.
    Pdf,
    /// A report on one page for a browser.
    Html,
    /// A report as plain text.
    Markdown,
    /// All tables one below the other, values parted by commas.
    Csv,
    /// The same, parted by tabs.
    Tsv,
    /// All figures, for programs.
    Json,
}

impl ReviewFormat {
    /// In the order of the menu.
    pub const ALL: [ReviewFormat; 8] = [
        ReviewFormat::Xlsx,
        ReviewFormat::Docx,
        ReviewFormat::Pdf,
        ReviewFormat::Html,
        ReviewFormat::Markdown,
        ReviewFormat::Csv,
        ReviewFormat::Tsv,
        ReviewFormat::Json,
    ];

    /// What is typed after `--format`, and the end of a file name.
    pub fn key(self) -> &'static str {
        match self {
            ReviewFormat::Xlsx => "xlsx",
            ReviewFormat::Docx => "docx",
            ReviewFormat::Pdf => "pdf",
            ReviewFormat::Html => "html",
            ReviewFormat::Markdown => "md",
            ReviewFormat::Csv => "csv",
            ReviewFormat::Tsv => "tsv",
            ReviewFormat::Json => "json",
        }
    }

    /// What people choose in a menu.
    pub fn label(self) -> &'static str {
        match self {
            ReviewFormat::Xlsx => "年間の振り返り（Excel・グラフつき）",
            ReviewFormat::Docx => "年間の振り返り（Word の報告書）",
            ReviewFormat::Pdf => "年間の振り返り（PDF・配る報告書）",
            ReviewFormat::Html => "年間の振り返り（HTML・ブラウザーで読む用）",
            ReviewFormat::Markdown => "年間の振り返り（Markdown）",
            ReviewFormat::Csv => "年間の振り返りの表（CSV・Excel 用）",
            ReviewFormat::Tsv => "年間の振り返りの表（TSV・タブ区切り）",
            ReviewFormat::Json => "年間の振り返りの数（JSON・ほかのプログラム用）",
        }
    }

    /// The format of a key; none where no format has it.
    pub fn from_key(key: &str) -> Option<ReviewFormat> {
        ReviewFormat::ALL.into_iter().find(|format| format.key() == key)
    }
}

/// How the towns of a review stand, where there are many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Towns {
    /// A row for each.
    Apart,
    /// Only as their sum.
    Together,
}

/// What is given away of a review.
#[derive(Debug, Clone, Copy)]
pub struct Given<'a> {
    /// What was counted.
    pub review: &'a Review,
    /// The regional issues of the year that were read for personal detail.
    pub entries: &'a [Entry],
    /// How far each of them has come.
    pub ways: &'a Ways<'a>,
    /// Groups of fewer people are hidden; none for all figures as they are.
    pub mask: Option<u64>,
    /// How the towns stand.
    pub towns: Towns,
}

/// What a review is called, such as `2026年度（令和8年度） 計画と振り返り 山の町`.
pub fn title(review: &Review) -> String {
    let town = match &review.scope {
        Scope::Town(town) => format!(" {}", words::clean(town)),
        Scope::All => String::new(),
    };
    format!("{} 計画と振り返り{town}", review.year_words())
}

/// The regional issues that were raised in the year of a review.
pub fn raised(review: &Review) -> HashSet<Id<RegionalIssue>> {
    review.towns.iter().flat_map(|town| &town.issues).map(|issue| issue.id).collect()
}

/// Those that may leave the house, for somebody has read them for personal detail; and how many may not.
pub fn leaving(mut entries: Vec<Entry>) -> (Vec<Entry>, usize) {
    let all = entries.len();
    entries.retain(|entry| entry.issue.confirmed);
    let kept = all - entries.len();
    (entries, kept)
}

/// A table under its title, with what is to be said about it. Every row is as long as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is.
    pub kind: Kind,
    /// Stands above it.
    pub title: String,
    /// Sentences below it; of a figure the first says how it is counted.
    pub notes: Vec<String>,
    /// What stands over the columns.
    pub header: Vec<String>,
    /// From top to bottom.
    pub rows: Vec<Vec<Cell>>,
    /// So many of the rows, from the first on, are parts that can be drawn beside one another; the others are sums or rates.
    pub parts: usize,
}

/// What a section is, for formats that give each kind a place of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// What was counted.
    Figure(FigureId),
    /// 実施日 / 内容 / 参加団体数 / 参加者数.
    Held,
    /// 項目 × 今年度の活動計画 / 実施状況・課題 / 今後の取組み / ⇒残課題.
    Categories,
    /// 場面 × 目指すべき姿 / 現状 / 課題 / 対応策.
    Scenes,
    /// 課題 ⇒ 対応策①② ⇒ 現在の取り組み.
    Measures,
    /// The slots of the year.
    Plan,
    /// How each figure is counted.
    Definitions,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words, ready for any file.
    Text(String),
    /// A day; nothing where nobody knows it.
    Day(Option<chrono::NaiveDate>),
    /// A number, or why there is none.
    Value(Value),
}

impl Cell {
    /// Words that somebody has written, made ready for any file.
    pub fn words(text: &str) -> Self {
        Cell::Text(words::clean(text))
    }

    /// As people read it.
    pub fn text(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Day(day) => day.map(words::date_in_table).unwrap_or_default(),
            Cell::Value(value) => value.text(),
        }
    }

    /// As a spreadsheet takes it: no formula but a number may begin with a sign.
    fn plain(&self) -> String {
        match self {
            Cell::Value(Value::Change(n)) => n.to_string(),
            Cell::Day(day) => workbook::Cell::day(*day).words().into_owned(),
            other => guarded(&workbook::Cell::text(other.text())).into_owned(),
        }
    }

    fn json(&self) -> Json {
        match self {
            Cell::Value(Value::Count(n)) => json!(n),
            Cell::Value(Value::Change(n)) => json!(n),
            Cell::Value(Value::Nothing) => Json::Null,
            Cell::Value(Value::Share { part, whole }) => json!({ "part": part, "whole": whole }),
            Cell::Value(Value::Mean { sum, of }) => json!({ "sum": sum, "of": of }),
            Cell::Day(day) => json!(day),
            other => json!(other.text()),
        }
    }
}

impl Given<'_> {
    /// What it is called, see [`title`].
    pub fn title(&self) -> String {
        let issues = personal::meetings_of(self.entries).into_iter();
        sample::marked(title(self.review), self.review.held().map(|held| held.id).chain(issues))
    }

    /// Everything, in the order in which it is read.
    pub fn sections(&self) -> Vec<Section> {
        let figures = match self.mask {
            Some(threshold) => mask::figures(self.review, threshold),
            None => self.review.figures(),
        };
        let (many, apart) = (self.review.towns.len() > 1, self.towns == Towns::Apart);
        let wanted = |figure: &Figure| figure.id != FigureId::Towns || (many && apart);
        let mut sections =
            vec![forms::measures(self), forms::scenes(self), forms::categories(self), forms::plan(self)];
        if !many || apart {
            sections.push(forms::held(self));
        }
        let figures: Vec<&Figure> = figures.iter().filter(|figure| wanted(figure)).collect();
        sections.extend(figures.iter().map(|figure| section(figure)));
        sections.push(definitions(figures.iter().map(|figure| figure.id)));
        sections
    }

    /// What is read first.
    fn summary(&self, room: Room) -> Vec<Block> {
        let met = match self.review.sum.meetings() {
            0 => "この年度に開いた会議の記録はありません。".to_owned(),
            count => format!("{}に開いた会議は、{count}回です。", self.review.year_words()),
        };
        summary::blocks([met, self.found()], self.entries, room, "「地域課題と対応策」")
    }

    /// How many regional issues the figures count, and how many of them stand here.
    fn found(&self) -> String {
        let raised = match raised(self.review).len() {
            0 => return "この年度に出た地域課題は、まだありません。".to_owned(),
            count => format!("この年度に出た地域課題は、{count}件です。"),
        };
        let read = match self.entries.len() {
            0 => "個人が分からない文と確かめたものは、まだありません。".to_owned(),
            _ if self.unread() == 0 => "すべて、個人が分からない文と確かめました。".to_owned(),
            count => format!(
                "そのうち個人が分からない文と確かめたものは {count}件で、ここにはこの {count}件を載せます。"
            ),
        };
        raised + &read
    }

    /// How many regional issues of the year nobody has read for personal detail.
    fn unread(&self) -> usize {
        raised(self.review).len().saturating_sub(self.entries.len())
    }

    /// What is to be known about all figures.
    fn notes(&self) -> Vec<String> {
        let mut notes = vec![format!("{}の記録から作りました。", words::date(self.review.today))];
        if let Some(threshold) = self.mask {
            notes.push(format!(
                "{threshold}人未満の集まりの数は「{threshold}未満」とし、引き算で分かってしまう数は「非公表」としました。"
            ));
            notes.push(format!(
                "出した事例が{threshold}件未満の機関の名前と、どの会議にどの機関が事例を出したかは、載せていません。"
            ));
        }
        notes
    }
}

impl Section {
    /// Its sentences where how everything is counted stands in one place.
    fn remarks(&self) -> &[String] {
        let counting = usize::from(matches!(self.kind, Kind::Figure(_)));
        self.notes.get(counting..).unwrap_or_default()
    }
}

/// A figure as a section.
pub fn section(figure: &Figure) -> Section {
    let row = |row: &Row| {
        let mut cells = vec![Cell::words(&row.label)];
        cells.extend(row.cells.iter().map(|value| Cell::Value(*value)));
        // Some rows say less than the others.
        cells.resize(figure.columns.len(), Cell::Value(Value::Nothing));
        cells
    };
    let unit = figure.id.unit();
    let unit = if unit.is_empty() { String::new() } else { format!("（{unit}）") };
    let mut notes = vec![figure.id.definition().to_owned()];
    notes.extend(figure.notes.iter().cloned());
    Section {
        kind: Kind::Figure(figure.id),
        title: format!("{}{unit}", figure.id.title()),
        notes,
        header: figure.columns.iter().map(|column| words::clean(column)).collect(),
        parts: figure.rows.iter().take_while(|row| row.key.is_some()).count(),
        rows: figure.rows.iter().map(row).collect(),
    }
}

/// How everything is counted that stands here, in one table.
fn definitions(figures: impl Iterator<Item = FigureId>) -> Section {
    let row = |id: FigureId| [id.title(), id.unit(), id.definition()].map(Cell::words).to_vec();
    Section {
        kind: Kind::Definitions,
        title: "数え方".to_owned(),
        notes: Vec::new(),
        header: ["数", "単位", "数え方"].map(str::to_owned).to_vec(),
        rows: figures.map(row).collect(),
        parts: 0,
    }
}

/// Makes a whole file.
///
/// # Errors
/// Where a table or JSON cannot be made from it.
pub fn render(format: ReviewFormat, given: &Given<'_>) -> Result<Rendered, ExportError> {
    font::on_paper(|| {
        Ok(match format {
            ReviewFormat::Xlsx => workbook::render(&files::book(given))?.into(),
            ReviewFormat::Docx => document::render(&files::document(given, Room::TALL))?.into(),
            ReviewFormat::Pdf => handout::document(&files::document(given, Room::WIDE), handout::Paper::A4)?,
            ReviewFormat::Html => html::document(&files::document(given, Room::ENDLESS)).into(),
            ReviewFormat::Markdown => page(given).into(),
            ReviewFormat::Csv => separated(given, b',')?.into(),
            ReviewFormat::Tsv => separated(given, b'\t')?.into(),
            ReviewFormat::Json => serde_json::to_vec_pretty(&object(given))?.into(),
        })
    })
}

fn page(given: &Given<'_>) -> String {
    let mut parts = vec![markdown::heading(1, &given.title())];
    parts.extend(markdown::blocks(&given.summary(Room::ENDLESS)));
    parts.extend(given.notes().iter().map(|note| markdown::paragraph(note)));
    for section in given.sections() {
        parts.push(markdown::heading(2, &section.title));
        parts.extend(section.remarks().iter().map(|note| markdown::paragraph(note)));
        if section.rows.is_empty() && !section.remarks().is_empty() {
            continue;
        }
        let rows: Vec<Vec<String>> =
            section.rows.iter().map(|row| row.iter().map(Cell::text).collect()).collect();
        parts.push(markdown::grid(&section.header, &rows));
    }
    parts.join("\n\n") + "\n"
}

/// UTF-8 with byte order mark, for else Excel garbles it; the tables one below the other, each under its title and notes.
fn separated(given: &Given<'_>, separator: u8) -> Result<Vec<u8>, ExportError> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut lines = vec![vec![title(given.review)]];
    lines.extend(given.notes().into_iter().map(|note| vec![note]));
    for section in given.sections() {
        lines.push(vec![String::new()]);
        lines.push(vec![section.title.clone()]);
        lines.extend(section.notes.iter().map(|note| vec![note.clone()]));
        lines.push(section.header.clone());
        lines.extend(section.rows.iter().map(|row| row.iter().map(Cell::plain).collect()));
    }
    bytes.extend(super::csv::lines(&lines, separator)?);
    Ok(bytes)
}

/// The number of the JSON's shape.
const SCHEMA: u32 = 1;

fn object(given: &Given<'_>) -> Json {
    let section = |section: Section| {
        let rows: Vec<Vec<Json>> =
            section.rows.iter().map(|row| row.iter().map(Cell::json).collect()).collect();
        let id = match section.kind {
            Kind::Figure(id) => id.key(),
            Kind::Held => "held",
            Kind::Categories => "by_category",
            Kind::Scenes => "by_scene",
            Kind::Measures => "measures",
            Kind::Plan => "plan",
            Kind::Definitions => "definitions",
        };
        json!({ "id": id, "title": section.title, "notes": section.notes, "columns": section.header, "rows": rows })
    };
    let town = match &given.review.scope {
        Scope::All => None,
        Scope::Town(town) => Some(town),
    };
    json!({
        "schema": SCHEMA,
        "title": title(given.review),
        "year": given.review.year,
        "town": town,
        "made": given.review.today,
        "mask": given.mask,
        "sections": given.sections().into_iter().map(section).collect::<Vec<_>>(),
    })
}
