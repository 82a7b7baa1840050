//! The review as a workbook and as a report: the same sections, each where people look for it.

use super::forms::ISSUE;
use super::{Cell, Given, Kind, Section};
use crate::export::office::document::{self, Block, Chart, Document, Level};
use crate::export::office::workbook::{self, Book, ChartKind, Part, Sheet};
use crate::export::summary::Room;
use crate::export::{picture, register, tables, words};
use crate::review::{FigureId, HEADLINES, Value};

/// At the foot of each page: what leaves here names nobody, and is still about people.
const NOTE: &str = "数え方は、終わりの「数え方」にあります";

/// The chapters of the report with the figures that stand in each.
const CHAPTERS: [(&str, &[FigureId]); 5] = [
    ("前の年度との比較", &[FigureId::Before]),
    ("会議", &[FigureId::Meetings, FigureId::Cases, FigureId::Presenters, FigureId::Months]),
    (
        "参加と職種",
        &[
            FigureId::Attendances,
            FigureId::People,
            FigureId::Organisations,
            FigureId::FirstTime,
            FigureId::Professions,
            FigureId::Missing,
            FigureId::Speech,
        ],
    ),
    ("地域課題の数", &[FigureId::Issues, FigureId::Heat, FigureId::Reflected, FigureId::Decided]),
    ("行動計画", &[FigureId::Actions]),
];

/// The sheets of figures with those that stand in each: what is drawn has a sheet of its own, so that no page cuts it.
const SHEETS: [(&str, &[FigureId]); 10] = [
    (
        "数字",
        &[
            FigureId::Before,
            FigureId::Cases,
            FigureId::Attendances,
            FigureId::People,
            FigureId::Organisations,
            FigureId::FirstTime,
            FigureId::Issues,
            FigureId::Decided,
        ],
    ),
    ("会のやり方", &[FigureId::Meetings]),
    ("月別", &[FigureId::Months]),
    ("職種別の参加", &[FigureId::Professions]),
    ("足りない職種", &[FigureId::Missing]),
    ("職種別の発言", &[FigureId::Speech]),
    ("事例を出した機関", &[FigureId::Presenters]),
    ("場面と項目", &[FigureId::Heat]),
    ("計画・予算への反映", &[FigureId::Reflected]),
    ("行動計画", &[FigureId::Actions]),
];

/// What of a section is drawn beside its table.
enum Drawn {
    /// A bar for each row, by the numbers of a column of the section.
    Bars(usize),
    /// The same standing, for what goes on from one to the next.
    Columns(usize),
    Heat,
}

fn drawn(kind: Kind) -> Option<Drawn> {
    match kind {
        Kind::Figure(FigureId::Professions | FigureId::Speech) => Some(Drawn::Bars(1)),
        Kind::Figure(FigureId::Actions | FigureId::Reflected) => Some(Drawn::Bars(1)),
        Kind::Figure(FigureId::Months) => Some(Drawn::Columns(1)),
        Kind::Figure(FigureId::Heat) => Some(Drawn::Heat),
        _ => None,
    }
}

/// The workbook: cover, plan, meetings, issues, register, the two forms, figures with charts, definitions.
pub(super) fn book(given: &Given<'_>) -> Book {
    let sections = given.sections();
    let of = |kind: Kind| sections.iter().find(|section| section.kind == kind);
    let lists = [Kind::Plan, Kind::Held, Kind::Measures, Kind::Categories, Kind::Scenes];
    let mut sheets: Vec<Sheet> =
        lists.into_iter().filter_map(of).map(|section| sheet(&section.title, section)).collect();
    let table: workbook::Table = register::table(given.entries, given.ways).into();
    sheets.insert(2.min(sheets.len()), list("地域課題の一覧", table).named(tables::REGISTERED));
    for (name, figures) in SHEETS {
        let found: Vec<&Section> = figures.iter().filter_map(|id| of(Kind::Figure(*id))).collect();
        let parts = found.iter().map(|section| Part::Table(typed(section))).collect();
        let lines = found.first().filter(|_| found.len() == 1).map(|section| section.notes.clone());
        let one_page = found.iter().any(|section| drawn(section.kind).is_some());
        let (name, heading) = (name.to_owned(), name.to_owned());
        let lines = lines.unwrap_or_default();
        sheets.push(Sheet { name, heading, lines, one_page, parts, ..Sheet::default() });
    }
    sheets.extend(of(Kind::Figure(FigureId::Towns)).map(|section| sheet("市町村別", section)));
    sheets.extend(of(Kind::Definitions).map(|section| sheet("数え方", section)));
    sheets.insert(0, cover(given, &sections, &sheets));
    Book { title: given.title(), day: Some(given.review.today), note: NOTE.to_owned(), sheets }
}

/// A sheet with one section, as a list.
fn sheet(name: &str, section: &Section) -> Sheet {
    let table = workbook::Table { title: String::new(), ..typed(section) };
    Sheet { lines: section.notes.clone(), ..list(name, table) }
}

fn list(name: &str, table: workbook::Table) -> Sheet {
    Sheet {
        name: name.to_owned(),
        heading: name.to_owned(),
        parts: vec![Part::Table(table)],
        ..Sheet::default()
    }
}

fn cover(given: &Given<'_>, sections: &[Section], sheets: &[Sheet]) -> Sheet {
    let row = |sheet: &Sheet| vec![workbook::Cell::text(&sheet.name), workbook::Cell::count(sheet.rows())];
    let rows = sheets.iter().map(row);
    let contents =
        workbook::Table::new(["シート", "行の数"], rows.collect()).titled("このファイルにあるもの");
    let figures = headline(given, sections).into_iter().map(|(name, value)| (name, value.typed())).collect();
    Sheet {
        name: "表紙".to_owned(),
        heading: given.title(),
        lines: given.notes(),
        one_page: true,
        parts: vec![Part::Facts(figures), Part::Table(contents)],
        ..Sheet::default()
    }
}

/// The figures that are one number, as the comparison with the year before has them. Where fewer issues are told than counted,
/// it is said beside their number.
fn headline<'a>(given: &Given<'_>, sections: &'a [Section]) -> Vec<(String, &'a Cell)> {
    let figures = sections.iter().find(|section| section.kind == Kind::Figure(FigureId::Before));
    let rows = figures.into_iter().flat_map(|section| &section.rows);
    let name = |cell: &Cell| match cell.text() {
        name if given.unread() > 0 && name == FigureId::Issues.title() => format!("{name}（未確認も数える）"),
        name => name,
    };
    rows.filter_map(|row| Some((name(row.first()?), row.get(1)?))).collect()
}

/// A section as a table of Excel's, with what is drawn from it.
fn typed(section: &Section) -> workbook::Table {
    let rows = section.rows.iter().map(|row| row.iter().map(Cell::typed).collect()).collect();
    let table = workbook::Table::new(section.header.clone(), rows).titled(&section.title);
    let (kind, column) = match drawn(section.kind) {
        Some(Drawn::Heat) => return table.heated(),
        Some(Drawn::Bars(column)) => (ChartKind::Bar, column),
        Some(Drawn::Columns(column)) => (ChartKind::Column, column),
        None => return table,
    };
    let count = section.parts;
    let mut table = table.charted(kind, &section.title, 0, &[column]);
    for chart in &mut table.charts {
        chart.rows = count;
    }
    table.charts.retain(|chart| section.rows.get(..chart.rows).is_some_and(is_drawn));
    table
}

/// The report: the same in chapters, with what is read first at the beginning.
pub(super) fn document(given: &Given<'_>, room: Room) -> Document {
    let sections = given.sections();
    let of = |kind: Kind| sections.iter().find(|section| section.kind == kind);
    // What is a share of something says so itself.
    let units = HEADLINES.iter().map(|(.., unit)| *unit).chain(std::iter::repeat(""));
    let numbers: Vec<(String, String)> = headline(given, &sections)
        .into_iter()
        .zip(units)
        .map(|((name, value), unit)| (name, value.text() + value.number().map_or("", |_| unit)))
        .collect();
    let notes = given.notes();
    let mut blocks = given.summary(room.beside(numbers.len(), notes.len()));
    blocks.push(Block::Heading(Level::One, "おもな数".to_owned()));
    blocks.push(Block::Facts(numbers));
    blocks.extend(notes.into_iter().map(Block::Paragraph));
    // The first page is a paper of its own.
    blocks.extend([Block::PageBreak, Block::Contents]);
    let alone = |blocks: &mut Vec<Block>, kind| {
        of(kind).into_iter().for_each(|section| chapter(blocks, &section.title, [Some(section)]));
    };
    alone(&mut blocks, Kind::Measures);
    // Names alone are a form to be filled in, which paper has no use for.
    let forms = [Kind::Scenes, Kind::Categories].into_iter().filter_map(of);
    let (filled, blank): (Vec<&Section>, Vec<&Section>) = forms.partition(|form| is_filled_in(form));
    filled.into_iter().for_each(|form| alone(&mut blocks, form.kind));
    if !blank.is_empty() {
        let titles: String = blank.iter().map(|form| format!("「{}」", form.title)).collect();
        blocks.push(Block::Paragraph(format!("{titles}は、まだ書かれていません。")));
    }
    chapter(&mut blocks, "年間の計画", [of(Kind::Plan), of(Kind::Held)]);
    for (name, figures) in CHAPTERS {
        chapter(&mut blocks, name, figures.iter().map(|id| of(Kind::Figure(*id))));
    }
    [Kind::Figure(FigureId::Towns), Kind::Definitions].into_iter().for_each(|kind| alone(&mut blocks, kind));
    Document { title: given.title(), day: Some(given.review.today), note: NOTE.to_owned(), blocks }
}

fn chapter<'a>(
    blocks: &mut Vec<Block>,
    title: &str,
    sections: impl IntoIterator<Item = Option<&'a Section>>,
) {
    let sections: Vec<&Section> = sections.into_iter().flatten().collect();
    if sections.is_empty() {
        return;
    }
    blocks.push(Block::Heading(Level::One, title.to_owned()));
    let alone = sections.len() == 1;
    // What was hidden in a figure of the chapter, to be named there alone.
    let mut hidden: Vec<(&str, Vec<String>)> = Vec::new();
    for section in sections {
        if !alone && section.title != title {
            blocks.push(Block::Heading(Level::Two, section.title.clone()));
        }
        let (told, names) = told(section);
        blocks.extend(told.remarks().iter().cloned().map(Block::Paragraph));
        blocks.extend(chart(&told).map(Block::Chart));
        blocks.extend(rows(&told));
        if names.is_empty() {
            continue;
        }
        let known = hidden.iter().find(|(_, known)| names.iter().all(|name| known.contains(name)));
        blocks.push(Block::Paragraph(match known {
            Some((of, _)) => format!("「{of}」で数を載せなかったものは、ここにも載せません。"),
            None => format!("{HIDDEN}（{}）。", names.concat()),
        }));
        if let Kind::Figure(id) = section.kind {
            hidden.push((id.title(), names));
        }
    }
}

/// Whether the bars of a section say all that stands in their rows: then no table says it again. Where there is more to say of
/// each, or there are too many, the table has all.
fn is_said_by_bars(section: &Section) -> bool {
    let few = [FigureId::Actions, FigureId::Reflected, FigureId::Months].map(Kind::Figure);
    few.contains(&section.kind) && section.parts <= BARS
}

/// The name of a row and what it says, in one piece: 2回・31人 where each column has a unit of its own, else 6件（33.3%）.
fn said_at_once(kind: Kind, row: &[Cell]) -> Option<(String, String)> {
    let (name, cells) = row.split_first()?;
    let units: Vec<&str> =
        if let Kind::Figure(id) = kind { id.unit().split('・').collect() } else { Vec::new() };
    let told = |(i, cell): (usize, &Cell)| {
        let unit = units.get(i).filter(|_| cell.number().is_some()).copied().unwrap_or_default();
        cell.text() + unit
    };
    let told: Vec<String> = cells.iter().enumerate().map(told).collect();
    let said = match told.as_slice() {
        [first, rest @ ..] if units.len() < told.len() => format!("{first}（{}）", rest.join("・")),
        all => all.join("・"),
    };
    Some((name.text(), said))
}

/// A section without the rows whose numbers are all hidden, and the names of these: nothing could be read in them.
fn told(section: &Section) -> (Section, Vec<String>) {
    let mut told = section.clone();
    let (rows, hidden): (Vec<_>, Vec<_>) =
        told.rows.drain(..).enumerate().partition(|(_, row)| !is_hidden(row));
    told.parts = rows.iter().filter(|(i, _)| *i < section.parts).count();
    told.rows = rows.into_iter().map(|(_, row)| row).collect();
    let names: Vec<String> =
        hidden.iter().filter_map(|(_, row)| row.first()).map(|name| format!("「{}」", name.text())).collect();
    (told, names)
}

/// Begins the sentence about what is hidden.
const HIDDEN: &str = "人数が少ないか、引き算で分かってしまうため、数を載せません";

/// Whether a row has numbers of which none is told.
fn is_hidden(row: &[Cell]) -> bool {
    let mut values = row.iter().filter(|cell| matches!(cell, Cell::Value(_))).peekable();
    values.peek().is_some()
        && values.all(|cell| matches!(cell, Cell::Value(Value::Under(_) | Value::Withheld)))
}

/// The rows of a section as a reader of the report needs them: without columns in which nothing stands, and a few numbers as
/// what they are. The shades say everything by themselves, but for what the letters above them mean.
fn rows(section: &Section) -> Vec<Block> {
    if let Some(Drawn::Heat) = drawn(section.kind) {
        if chart(section).is_none() {
            return Vec::new();
        }
        let heads = section.header.iter().skip(1).filter(|head| words::letter(head) != head.as_str());
        return vec![Block::List(heads.map(|head| (0, head.clone())).collect())];
    }
    if section.kind == Kind::Measures {
        return issues(section);
    }
    if is_said_by_bars(section) && chart(section).is_some() {
        let rest = section.rows.iter().skip(section.parts);
        let rest: Vec<_> = rest.filter_map(|row| said_at_once(section.kind, row)).collect();
        return if rest.is_empty() { Vec::new() } else { vec![Block::Facts(rest)] };
    }
    let filled = |i: &usize| section.rows.iter().any(|row| row.get(*i).is_some_and(Cell::says));
    let before =
        |row: &Vec<Cell>| row.get(BEFORE).is_some_and(|cell| cell.says() && cell.number() != Some(0.0));
    if section.kind == Kind::Figure(FigureId::Before) && !section.rows.iter().any(before) {
        // Nothing to compare with: the numbers of this year stand on the first page.
        return Vec::new();
    }
    let columns: Vec<usize> = (0..section.header.len()).filter(filled).collect();
    let row = |row: &Vec<Cell>| -> Vec<String> {
        columns.iter().map(|i| row.get(*i).map(Cell::text).unwrap_or_default()).collect()
    };
    let rows: Vec<Vec<String>> = section.rows.iter().map(row).collect();
    let is_number = matches!(section.kind, Kind::Figure(_)) && columns.len() == 2 && rows.len() <= FEW;
    let header: Vec<String> = columns.iter().map(|i| section.header[*i].clone()).collect();
    match rows.as_slice() {
        [] => Vec::new(),
        few if is_number => {
            vec![Block::Facts(few.iter().map(|row| (row[0].clone(), row[1].clone())).collect())]
        }
        _ => parted(&header, &rows).into_iter().map(Block::Table).collect(),
    }
}

/// The regional issues under their sentences, a line for each thing that is said: in columns they would be slivers.
fn issues(section: &Section) -> Vec<Block> {
    let sentence = section.header.iter().position(|head| head == ISSUE).unwrap_or_default();
    let mut blocks = Vec::new();
    for (i, row) in section.rows.iter().enumerate() {
        let statement = row.get(sentence).map(Cell::text).unwrap_or_default();
        blocks.push(Block::Heading(Level::Three, format!("{}. {statement}", i + 1)));
        let said = section.header.iter().zip(row).enumerate();
        let said = said.filter(|(i, (_, cell))| *i != sentence && !cell.text().is_empty());
        let lines = said
            .flat_map(|(_, (head, cell))| tables::lines(head.trim_start_matches(['⇒', ' ']), &cell.text()));
        blocks.push(Block::List(lines.map(|line| (0, line)).collect()));
    }
    blocks
}

/// A table that a page has room for; of one with more columns several, each with the names of the rows.
fn parted(header: &[String], rows: &[Vec<String>]) -> Vec<document::Table> {
    let Some((first, columns)) = header.split_first().filter(|(_, columns)| columns.len() > WIDE) else {
        return vec![document::Table::new(header.iter().cloned(), rows.to_vec())];
    };
    let groups = columns.len().div_ceil(WIDE);
    let each = columns.len().div_ceil(groups);
    let part = |at: usize| {
        let some = at..(at + each).min(columns.len());
        let header = [first].into_iter().chain(&columns[some.clone()]).cloned();
        let row = |row: &Vec<String>| -> Vec<String> {
            let cells = row.get(at + 1..some.end + 1).unwrap_or_default();
            row.first().into_iter().chain(cells).cloned().collect()
        };
        document::Table::new(header, rows.iter().map(row).collect())
    };
    (0..columns.len()).step_by(each).map(part).collect()
}

/// Whether somebody has written something into a form.
fn is_filled_in(form: &Section) -> bool {
    form.rows.iter().flat_map(|row| row.iter().skip(1)).any(Cell::says)
}

/// The column of the comparison that has the year before.
const BEFORE: usize = 2;
/// So many columns beside the first have room on a page.
const WIDE: usize = 9;
/// So many bars have room on a page in letters that are read; the table under them has all.
const BARS: usize = 26;
/// So many numbers need no table.
const FEW: usize = 6;

/// What a section is drawn as.
fn chart(section: &Section) -> Option<Chart> {
    let rows = section.rows.get(..section.parts).filter(|rows| is_drawn(rows))?;
    let drawing = match drawn(section.kind)? {
        Drawn::Bars(column) | Drawn::Columns(column) => {
            let more = rows.len().saturating_sub(BARS);
            let (rows, rest) = rows.split_at(if more > 0 { BARS - 1 } else { rows.len() });
            let bar = |row: &Vec<Cell>| {
                let cell = row.get(column)?;
                let (name, all) = said_at_once(section.kind, row)?;
                let shown = if is_said_by_bars(section) { all } else { cell.text() };
                Some(picture::Bar { name, value: cell.number(), shown })
            };
            let rest = (more > 0).then(|| picture::Bar {
                name: format!("ほか {}", rest.len()),
                value: None,
                shown: "数は表に".to_owned(),
            });
            picture::bars(&rows.iter().filter_map(bar).chain(rest).collect::<Vec<_>>())
        }
        Drawn::Heat => {
            let shades = |row: &Vec<Cell>| {
                let (name, cells) = row.split_first()?;
                Some((name.text(), cells.iter().map(|cell| (cell.number(), cell.text())).collect()))
            };
            let letters = section.header.iter().skip(1).map(|head| words::letter(head).to_owned());
            picture::heat(&letters.collect::<Vec<_>>(), &rows.iter().filter_map(shades).collect::<Vec<_>>())
        }
    };
    let words = if is_said_by_bars(section) {
        let said = rows.iter().filter_map(|row| said_at_once(section.kind, row));
        said.map(|(name, said)| format!("{name} {said}")).collect::<Vec<_>>().join("、")
    } else {
        "数は下の表にあります".to_owned()
    };
    Some(Chart { drawing, words: format!("{}の図。{words}", section.title) })
}

/// Whether rows have a number that is seen when it is drawn.
fn is_drawn(rows: &[Vec<Cell>]) -> bool {
    rows.iter().flatten().filter_map(Cell::number).any(|number| number > 0.0)
}

impl Cell {
    /// Whether something stands in it.
    fn says(&self) -> bool {
        !matches!(self.text().as_str(), "" | "―")
    }

    /// The number in it, if it is one that can be drawn.
    fn number(&self) -> Option<f64> {
        match self {
            Cell::Value(Value::Count(n)) => Some(*n as f64),
            _ => None,
        }
    }

    /// With the type that Excel sorts and counts by.
    pub(super) fn typed(&self) -> workbook::Cell {
        match self {
            Cell::Day(day) => workbook::Cell::day(*day),
            Cell::Value(Value::Count(n)) => workbook::Cell::Number(*n as f64),
            Cell::Value(Value::Change(n)) => workbook::Cell::Number(*n as f64),
            Cell::Value(Value::Share { part, whole }) if *whole > 0 => {
                workbook::Cell::Percent(*part as f64 / *whole as f64)
            }
            Cell::Value(Value::Mean { sum, of }) if *of > 0 => {
                workbook::Cell::Number((*sum as f64 / *of as f64 * 10.0).round() / 10.0)
            }
            other => workbook::Cell::text(other.text()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row: its name, and what is counted.
    type Counted<'a> = (&'a str, &'a [Value]);

    /// What a chapter of this one figure has under its heading, a line each: pictures, tables and facts by how many rows they have.
    fn under(id: FigureId, header: &[&str], rows: &[Counted<'_>]) -> String {
        let row = |(name, values): &Counted<'_>| {
            [Cell::words(name)].into_iter().chain(values.iter().map(|value| Cell::Value(*value))).collect()
        };
        let section = Section {
            kind: Kind::Figure(id),
            title: String::new(),
            notes: Vec::new(),
            header: header.iter().map(|head| (*head).to_owned()).collect(),
            rows: rows.iter().map(row).collect(),
            parts: rows.iter().take_while(|(name, _)| !name.contains("会議")).count(),
        };
        let mut blocks = Vec::new();
        chapter(&mut blocks, "章", [Some(&section)]);
        let line = |block: &Block| match block {
            Block::Paragraph(words) => words.clone(),
            Block::Chart(chart) => format!("図{}", chart.drawing.h / 26.0),
            Block::Table(table) => format!("表{}", table.rows.len()),
            Block::Facts(facts) => format!("数{}", facts.len()),
            other => format!("{other:?}"),
        };
        blocks.iter().skip(1).map(line).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn 数の載らない行は表でも図でもなく一文になる() {
        use FigureId::{Actions, Before, Months, Professions, Reflected};
        let (few, withheld) = ([Value::Under(3), Value::Withheld], [Value::Withheld; 2]);
        let (some, none) = ([Value::Count(4), Value::Count(2)], [Value::Count(0), Value::Nothing]);
        let sums = [Value::Count(2), Value::Nothing];
        let head = ["職種", "延べ人数", "会議"];
        let hidden = |names: &str| format!("{HIDDEN}（{names}）。");
        let [one, share] = [[Value::Count(9)], [Value::Share { part: 2, whole: 8 }]];
        let both = [Value::Count(2), Value::Share { part: 2, whole: 8 }];
        let cases: [(_, &[Counted<'_>], String); 10] = [
            // What the bars say stands in no table again; what is no bar stands below.
            (Actions, &[("未着手", &one), ("会議の割合", &share)], "図1|数1".to_owned()),
            (Reflected, &[("計画", &both), ("予算", &both), ("会議で反映", &both)], "図2|数1".to_owned()),
            (Months, &[("4月", &some), ("5月", &none)], "図2".to_owned()),
            (Months, &[("4月", &some), ("5月", &[Value::Count(1), Value::Withheld])], "図2".to_owned()),
            (Professions, &[("医師", &few), ("住職", &withheld)], hidden("「医師」「住職」")),
            (Professions, &[("医師", &some), ("住職", &few)], format!("図1|表1|{}", hidden("「住職」"))),
            (
                Professions,
                &[("足りない会議", &sums), ("医師", &withheld)],
                format!("数1|{}", hidden("「医師」")),
            ),
            (Professions, &[("医師", &some), ("住職", &some)], "図2|表2".to_owned()),
            (Months, &[("4月", &none), ("5月", &none)], "数2".to_owned()),
            (Before, &[("開催回数", &[Value::Count(2), Value::Count(0), Value::Change(2)])], String::new()),
        ];
        for (id, rows, expected) in cases {
            assert_eq!(under(id, &[&head[..], &["増減"]].concat()[..=rows[0].1.len()], rows), expected);
        }
    }

    #[test]
    fn 棒はその行の数をみな言い聞く人にも言う() {
        let months = |people| {
            let row = [Cell::words("4月"), Cell::Value(Value::Count(2)), Cell::Value(people)];
            let section = Section {
                kind: Kind::Figure(FigureId::Months),
                title: "月別".to_owned(),
                notes: Vec::new(),
                header: ["月", "開催", "延べ人数"].map(str::to_owned).to_vec(),
                rows: vec![row.to_vec()],
                parts: 1,
            };
            chart(&section).unwrap().words
        };
        assert_eq!(months(Value::Count(31)), "月別の図。4月 2回・31人");
        assert_eq!(months(Value::Withheld), "月別の図。4月 2回・非公表");
        let row = [Cell::words("計画"), Cell::Value(Value::Count(2))];
        let row = [row.as_slice(), &[Cell::Value(Value::Share { part: 2, whole: 8 })]].concat();
        let said = said_at_once(Kind::Figure(FigureId::Reflected), &row);
        assert_eq!(said, Some(("計画".to_owned(), "2件（25.0%）".to_owned())));
    }

    #[test]
    fn 図の棒は紙で読める数までで残りは表にあると言う() {
        for (professions, bars) in [(3, 3), (BARS, BARS), (BARS + 1, BARS), (80, BARS)] {
            let row = |i: usize| vec![Cell::words(&format!("職種{i}")), Cell::Value(Value::Count(9))];
            let section = Section {
                kind: Kind::Figure(FigureId::Professions),
                title: "職種別の参加".to_owned(),
                notes: Vec::new(),
                header: ["職種", "延べ人数"].map(str::to_owned).to_vec(),
                rows: (0..professions).map(row).collect(),
                parts: professions,
            };
            let drawing = chart(&section).unwrap().drawing;
            let svg = drawing.shapes.picture(drawing.w, drawing.h, "", crate::export::svg::Place::File);
            assert_eq!(svg.matches("<rect").count(), bars, "{professions}");
            assert_eq!(
                svg.contains(&format!("ほか {}<", professions + 1 - BARS.min(professions))),
                professions > BARS
            );
            // On A4 in a browser 150 mm are left for it, 170 mm across in Word.
            let large = (425.0 / drawing.h).min(482.0 / drawing.w);
            assert!(large * picture::FONT >= 8.0, "{professions}: {} pt", large * picture::FONT);
        }
    }
}
