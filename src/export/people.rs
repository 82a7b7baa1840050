//! A table of participants (CSV or TSV, with a header) taken apart.

use std::collections::HashSet;

use super::read::{Place, ReadError, text_of};
use crate::domain::bounds;
use crate::domain::fields::ParticipantField;
use crate::domain::people::{self, FreeCodes, code_key};
use crate::domain::text::{brief, clean_line, fold, unguarded};
use crate::domain::{Dossier, IdSource, Participant};

/// One row of the table. Empty where the table has nothing; nothing but `line` has to be there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// The line of the file it starts on, counted from 1.
    pub line: u64,
    /// Such as `P06`.
    pub code: String,
    /// As it stands in the table, like all words that follow.
    pub name: String,
    /// 職種.
    pub profession: String,
    /// 所属.
    pub organisation: String,
    /// 部署.
    pub department: String,
    /// Whether they are involved in the case; none where the table does not say so.
    pub involved: Option<bool>,
    /// Whether they are there for the first time; none where the table does not say so.
    pub first_time: Option<bool>,
}

/// The columns there can be, with what else may stand over them: the field's label always may.
const HEADERS: [(ParticipantField, &[&str]); 7] = [
    (ParticipantField::Code, &["code", "コード", "記号"]),
    (ParticipantField::Name, &["name", "名前", "お名前"]),
    (ParticipantField::Profession, &["profession", "職名", "職業"]),
    (
        ParticipantField::Organisation,
        &["organisation", "organization", "所属機関", "所属先", "機関名", "事業所名"],
    ),
    (ParticipantField::Department, &["department", "部署名", "部門"]),
    (
        ParticipantField::Involved,
        &["involved", "事例に関わっている", "事例への関わり", "事例との関わり", "関わり"],
    ),
    (ParticipantField::FirstTime, &["first_time", "first time", "初めて"]),
];

/// Reads a table whose first line names its columns, in any order; columns it does not know are left alone, empty rows
/// are passed over. Comma or tab is told by the header.
pub fn read(bytes: &[u8]) -> Result<Vec<PersonRow>, ReadError> {
    let text = text_of(bytes)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let separator = if text.lines().next().is_some_and(|line| line.contains('\t')) { b'\t' } else { b',' };
    if let Some(place) = open_quote(text, separator) {
        return Err(ReadError::CutShort(place));
    }
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut columns = None;
    let mut rows = Vec::new();
    let mut lines = Lines::default();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, ::csv::Position::line);
            ReadError::Cell {
                line,
                column: 1,
                what: "表として読めません。表計算ソフトで csv に保存しなおしてください".to_owned(),
            }
        })?;
        let line = lines.of(text, &record);
        match &columns {
            None => columns = Some(header(&record, line)?),
            Some(columns) => rows.extend(row(&record, columns, line)?),
        }
        if rows.len() > bounds::PEOPLE {
            return Err(ReadError::TooMany { what: "参加者", most: bounds::PEOPLE });
        }
    }
    codes_differ(&rows, columns.as_deref().unwrap_or_default())?;
    if rows.is_empty() { Err(ReadError::NoRows) } else { Ok(rows) }
}

/// The lines that records start on, counted on from one record to the next.
#[derive(Default)]
struct Lines {
    /// How far the text was looked at, and how many breaks there were.
    at: usize,
    breaks: u64,
}

impl Lines {
    /// The line of the next record. The reader's own position may lie before empty lines it skips.
    fn of(&mut self, text: &str, record: &::csv::StringRecord) -> u64 {
        let start = record.position().map_or(0, |p| p.byte() as usize).min(text.len());
        let start = text.floor_char_boundary(start);
        let rest = &text[start..];
        let start = start + rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        self.breaks += text.get(self.at..start).unwrap_or_default().matches('\n').count() as u64;
        self.at = start;
        self.breaks + 1
    }
}

fn header(record: &::csv::StringRecord, line: u64) -> Result<Vec<Option<ParticipantField>>, ReadError> {
    let mut columns: Vec<Option<ParticipantField>> = Vec::new();
    for (index, cell) in record.iter().enumerate() {
        let words = fold(cell);
        let known = HEADERS.iter().find(|(column, others)| {
            std::iter::once(&column.label()).chain(*others).any(|name| fold(name) == words)
        });
        let column = known.map(|(column, _)| *column);
        if column.is_some() && columns.contains(&column) {
            let what = format!("見出し「{}」にあたる列が二つあります。一つにしてください", brief(cell));
            return Err(ReadError::Cell { line, column: index + 1, what });
        }
        columns.push(column);
    }
    if columns.iter().all(Option::is_none) {
        let names: Vec<&str> = HEADERS.iter().map(|(column, _)| column.label()).collect();
        let what = format!("1行目に見出しがありません。使える見出し: {}", names.join("、"));
        return Err(ReadError::Cell { line, column: 1, what });
    }
    Ok(columns)
}

fn row(
    record: &::csv::StringRecord,
    columns: &[Option<ParticipantField>],
    line: u64,
) -> Result<Option<PersonRow>, ReadError> {
    let mut row = PersonRow { line, ..PersonRow::default() };
    for (index, cell) in record.iter().enumerate() {
        let cell = clean_line(unguarded(cell));
        let words = || people::without_mark(&cell).to_owned();
        let fault = |what: String| ReadError::Cell { line, column: index + 1, what };
        if let Some(what) = bounds::too_long(&cell) {
            return Err(fault(format!("ここに書いてあることが、{what}")));
        }
        let Some(column) = columns.get(index) else {
            if cell.is_empty() {
                continue;
            }
            return Err(fault(format!(
                "見出しのない列に「{}」があります。見出しを付けるか、消してください",
                brief(&cell)
            )));
        };
        match column {
            // Columns it does not know are left alone.
            None | Some(ParticipantField::CameLate | ParticipantField::LeftEarly) => {}
            Some(ParticipantField::Code) => row.code = cell,
            Some(ParticipantField::Name) => row.name = words(),
            Some(ParticipantField::Profession) => row.profession = words(),
            Some(ParticipantField::Organisation) => row.organisation = cell,
            Some(ParticipantField::Department) => row.department = cell,
            Some(ParticipantField::Involved) => row.involved = yes_or_no(&cell).map_err(fault)?,
            Some(ParticipantField::FirstTime) => row.first_time = yes_or_no(&cell).map_err(fault)?,
        }
    }
    let empty = row == PersonRow { line, ..PersonRow::default() };
    Ok((!empty).then_some(row))
}

fn yes_or_no(cell: &str) -> Result<Option<bool>, String> {
    match fold(cell).as_str() {
        "" | "?" | "不明" => Ok(None),
        "はい" | "○" | "〇" | "◯" | "✓" | "✔" | "1" | "yes" | "y" | "true" | "有" | "あり" | "初"
        | "初めて" => Ok(Some(true)),
        // The long-vowel mark folds away, and a dash in a cell says no.
        "いいえ" | "×" | "✗" | "0" | "no" | "n" | "false" | "無" | "なし" | "-" | "―" | "−" => {
            Ok(Some(false))
        }
        _ => Err(format!("「{}」は、はい・いいえ（○・×）のどちらか分かりません", brief(cell))),
    }
}

/// The participants a table adds to a meeting: who is there already, with the same words, is not added again. A row
/// without a code gets the next free one; a code that stands for somebody else is refused.
pub fn participants(
    rows: &[PersonRow],
    dossier: &Dossier,
    mint: &mut IdSource,
) -> Result<Vec<Participant>, ReadError> {
    let mut there: Vec<&Participant> = dossier.people();
    let mut codes: HashSet<String> = there.iter().map(|p| code_key(&p.code)).collect();
    let own = rows.iter().map(|row| row.code.as_str());
    let mut free = FreeCodes::after(there.iter().map(|p| p.code.as_str()).chain(own));
    let mut added = Vec::new();
    for row in rows {
        // Each of those there answers for one row: two unnamed nurses of one hospital stay two.
        if let Some(index) = there.iter().position(|person| row.is(person)) {
            there.remove(index);
            continue;
        }
        let code = if row.code.is_empty() { free.give() } else { row.code.clone() };
        if !codes.insert(code_key(&code)) {
            let what = format!(
                "番号「{}」は、この会議ではもう別の方が使っています。ほかの番号にするか、空けてください",
                brief(&code)
            );
            return Err(ReadError::Cell { line: row.line, column: 1, what });
        }
        added.push(row.participant(Participant::new(mint.id(), dossier.meeting.id, code)));
    }
    Ok(added)
}

impl PersonRow {
    /// Whether the row speaks of somebody who is there, in the same words.
    fn is(&self, person: &Participant) -> bool {
        (self.code.is_empty() || code_key(&self.code) == code_key(&person.code))
            && self.name == person.name
            && self.profession == person.profession
            && self.organisation == person.organisation
            && self.department == person.department
    }

    fn participant(&self, mut person: Participant) -> Participant {
        person.name.clone_from(&self.name);
        person.profession.clone_from(&self.profession);
        person.organisation.clone_from(&self.organisation);
        person.department.clone_from(&self.department);
        person.involved = self.involved;
        person.first_time = self.first_time;
        person
    }
}

fn codes_differ(rows: &[PersonRow], columns: &[Option<ParticipantField>]) -> Result<(), ReadError> {
    let column = columns.iter().position(|c| *c == Some(ParticipantField::Code)).map_or(1, |i| i + 1);
    let mut seen = HashSet::new();
    for row in rows.iter().filter(|row| !row.code.is_empty()) {
        if !seen.insert(code_key(&row.code)) {
            let what = format!("番号「{}」が二度あります。片方を空けてください", brief(&row.code));
            return Err(ReadError::Cell { line: row.line, column, what });
        }
    }
    Ok(())
}

/// Where a quote opens that nothing closes: the file was cut inside a cell. Rules as in RFC 4180, as the reader has
/// them: a quote opens only at the beginning of a cell, and two inside one are one.
fn open_quote(text: &str, separator: u8) -> Option<Place> {
    let mut open = None;
    let mut cell_starts = true;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if open.is_some() {
            if c == '"' && chars.next_if(|(_, next)| *next == '"').is_none() {
                open = None;
            }
        } else if c == '"' && cell_starts {
            open = Some(at);
        }
        cell_starts = open.is_none() && (c == separator as char || c == '\n' || c == '\r');
    }
    open.map(|at| Place::of(text, at))
}

#[cfg(test)]
mod tests;
