//! Everything as JSON, for another jirei: what is written comes back the same.
//!
//! The shape is `{"schema": 2, "program": "jirei", "version": "…", "dossier": {…}, "versions": {…}, "removed": {…}}`. In the
//! dossier every record stands as the domain says it, each kind in the order of its ids, which is the order of entry.
//! `versions` says which edits made each record what it is (their moments in milliseconds since 1970, under kind and id), and
//! `removed` the same of what was taken away, so that meetings written down on several machines can be put together. Files of
//! schema 1 have neither: then nobody knows.
//!
//! The plans of years and what their reviews wrote down are a file of their own, with the same head, versions and removals:
//! `"years": {"slots": […], "passages": […]}`. What could not be saved has the same head, and the lines of the journal that
//! were never written: `"unsaved": […]`, the meetings they are about as they stood (`"meetings": [{"dossier": …}]`), what was half
//! typed, the folder of the records, and when it was written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::error::Category;
use uuid::Uuid;

use super::read::{Place, ReadError, bounded, text_of};
use super::{ExportError, file_title, references};
use crate::domain::text::brief;
use crate::domain::unsaved::Rescued;
use crate::domain::year::Years;
use crate::domain::{
    Action, Case, Dossier, Escalation, Evidence, Id, JournalEntry, Key, Link, Meeting, Moment, Node,
    Participant, Passage, Progress, Record, RecordVersions, Reflection, RegionalIssue, Slot, Stamped,
    StampedYears, Table, Versions,
};

/// The newest shape this program reads, and the one it writes.
pub const SCHEMA: u64 = 2;
/// The oldest shape it reads.
const OLDEST: u64 = 1;
const PROGRAM: &str = "jirei";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u64,
    program: String,
    version: String,
    dossier: Records,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    versions: ByTable,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    removed: ByTable,
}

/// Versions under the kind of the record and its id.
type ByTable = BTreeMap<Table, BTreeMap<Uuid, Versions>>;

/// What is written down about years, as a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct YearsFile {
    schema: u64,
    program: String,
    version: String,
    years: YearRows,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    versions: ByTable,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    removed: ByTable,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct YearRows {
    /// The plans.
    pub slots: Vec<Slot>,
    /// The forms.
    pub passages: Vec<Passage>,
}

/// Lines that were never saved, as a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Unsaved {
    schema: u64,
    program: String,
    version: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Moment>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    records: String,
    unsaved: Vec<JournalEntry>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    meetings: Vec<Whole>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    bookmark: Option<String>,
}

/// A meeting among what could not be saved.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Whole {
    dossier: Records,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    versions: ByTable,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    removed: ByTable,
}

/// What a file of ours holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// A meeting with all its records.
    Meeting(Box<Stamped>),
    /// The plans of years, and what their reviews wrote down.
    Years(Box<StampedYears>),
    /// What could not be saved.
    Unsaved(Box<Rescued>),
}

/// A dossier as it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Records {
    /// The meeting itself.
    pub meeting: Meeting,
    /// How far it has come.
    pub progress: Progress,
    /// What it speaks of.
    pub case: Option<Case>,
    /// In the order of their ids, like all that follow.
    pub participants: Vec<Participant>,
    /// The twigs.
    pub nodes: Vec<Node>,
    /// Which brings about which.
    pub links: Vec<Link>,
    /// The plan.
    pub actions: Vec<Action>,
    /// Those first raised in it.
    pub regional_issues: Vec<RegionalIssue>,
    /// Their way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub escalations: Vec<Escalation>,
    /// What in it shows which issue, of this meeting or another.
    pub evidence: Vec<Evidence>,
    /// What was said at the end.
    pub reflections: Vec<Reflection>,
}

/// What tells whose file it is, whatever else stands in it.
#[derive(Deserialize)]
struct Head {
    program: Option<serde_json::Value>,
    schema: Option<serde_json::Value>,
    years: Option<serde::de::IgnoredAny>,
    unsaved: Option<serde::de::IgnoredAny>,
}

/// The file as bytes: UTF-8, indented, with a line break at the end.
pub fn render(dossier: &Dossier, stamps: &RecordVersions) -> Result<Vec<u8>, ExportError> {
    let file = File {
        schema: SCHEMA,
        program: PROGRAM.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        dossier: Records::from(dossier),
        versions: by_table(&stamps.standing),
        removed: by_table(&stamps.removed),
    };
    bytes_of(&file)
}

fn rows<K, V: Clone>(map: &BTreeMap<K, V>) -> Vec<V> {
    map.values().cloned().collect()
}

fn by_table(versions: &BTreeMap<Key, Versions>) -> ByTable {
    let mut out = ByTable::new();
    for (key, versions) in versions {
        out.entry(key.table).or_default().insert(key.id, versions.clone());
    }
    out
}

fn by_key(versions: ByTable) -> BTreeMap<Key, Versions> {
    let rows = |(table, rows): (Table, BTreeMap<Uuid, Versions>)| {
        rows.into_iter().map(move |(id, versions)| (Key { table, id }, versions))
    };
    versions.into_iter().flat_map(rows).collect()
}

/// The same for what is written down about years.
pub fn render_years(known: &StampedYears) -> Result<Vec<u8>, ExportError> {
    bytes_of(&YearsFile {
        schema: SCHEMA,
        program: PROGRAM.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        years: YearRows { slots: rows(&known.years.slots), passages: rows(&known.years.passages) },
        versions: by_table(&known.stamps.standing),
        removed: by_table(&known.stamps.removed),
    })
}

/// What a file of years is called: by its town, where there is only one and it has a name.
pub fn years_name(known: &StampedYears) -> String {
    let towns = known.years.towns();
    let town = match towns.first() {
        Some(only) if towns.len() == 1 && !only.is_empty() => format!("_{}", file_title(only)),
        _ => String::new(),
    };
    format!("年間の計画と振り返り{town}.json")
}

/// The same for what could not be saved.
pub fn render_unsaved(what: &Rescued) -> Result<Vec<u8>, ExportError> {
    let whole = |Stamped { dossier, stamps }: &Stamped| Whole {
        dossier: Records::from(dossier),
        versions: by_table(&stamps.standing),
        removed: by_table(&stamps.removed),
    };
    bytes_of(&Unsaved {
        schema: SCHEMA,
        program: PROGRAM.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        at: what.at,
        records: what.records.clone(),
        unsaved: what.lines.clone(),
        meetings: what.meetings.iter().map(whole).collect(),
        bookmark: what.bookmark.clone(),
    })
}

fn bytes_of(file: &impl Serialize) -> Result<Vec<u8>, ExportError> {
    let mut bytes = serde_json::to_vec_pretty(file)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads what [`render`] wrote; see [`read_any`].
pub fn read(bytes: &[u8]) -> Result<Dossier, ReadError> {
    match read_any(bytes)? {
        Content::Meeting(meeting) => Ok(meeting.dossier),
        Content::Years(_) | Content::Unsaved(_) => Err(ReadError::NotOurs(Place { line: 1, column: 1 })),
    }
}

/// Reads what [`render`], [`render_years`] or [`render_unsaved`] wrote. Errors say where in the file; a newer schema is refused whatever
/// stands in it.
pub fn read_any(bytes: &[u8]) -> Result<Content, ReadError> {
    let text = text_of(bytes)?;
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    bounded(text)?;
    let not_ours = ReadError::NotOurs(Place { line: 1, column: 1 });
    let head: Head = serde_json::from_str(text).map_err(|error| match error.classify() {
        // Well-formed, but no object such as ours.
        Category::Data => not_ours.clone(),
        _ if !text.trim_start().starts_with('{') => ReadError::NotOurs(place_of(text, &error)),
        _ => explain(text, &error),
    })?;
    if head.program.as_ref().and_then(serde_json::Value::as_str) != Some(PROGRAM) {
        return Err(not_ours);
    }
    match head.schema.as_ref().and_then(serde_json::Value::as_u64) {
        Some(OLDEST..=SCHEMA) => {}
        Some(found) if found > SCHEMA => return Err(ReadError::Newer { found, known: SCHEMA }),
        _ => return Err(not_ours),
    }
    if head.unsaved.is_some() {
        let file: Unsaved = serde_json::from_str(text).map_err(|error| explain(text, &error))?;
        return read_unsaved(file, text).map(|known| Content::Unsaved(Box::new(known)));
    }
    if head.years.is_some() {
        let file: YearsFile = serde_json::from_str(text).map_err(|error| explain(text, &error))?;
        return read_years(file, text).map(|known| Content::Years(Box::new(known)));
    }
    let file: File = serde_json::from_str(text).map_err(|error| explain(text, &error))?;
    let whole = Whole { dossier: file.dossier, versions: file.versions, removed: file.removed };
    read_whole(whole, text).map(|known| Content::Meeting(Box::new(known)))
}

fn read_whole(file: Whole, text: &str) -> Result<Stamped, ReadError> {
    references::check(&file.dossier, text)?;
    let dossier = Dossier::from(file.dossier);
    let records: Vec<Record> = dossier.records().collect();
    references::check_bounds(records.iter(), text).map_err(|error| error.of(&dossier.meeting.title))?;
    let stamps = RecordVersions { standing: by_key(file.versions), removed: by_key(file.removed) };
    references::check_stamps(&stamps, &records, text)?;
    Ok(Stamped { dossier, stamps })
}

/// A meeting in it that does not hang together is passed over: the lines, which nothing else has, tell what was written in it.
fn read_unsaved(file: Unsaved, text: &str) -> Result<Rescued, ReadError> {
    references::check_lines(&file.unsaved, text)?;
    let meetings = file.meetings.into_iter().filter_map(|whole| read_whole(whole, text).ok()).collect();
    let Unsaved { at, records, unsaved: lines, bookmark, .. } = file;
    Ok(Rescued { lines, meetings, bookmark, records, at })
}

fn read_years(file: YearsFile, text: &str) -> Result<StampedYears, ReadError> {
    references::check_years(&file.years, text)?;
    let years =
        Years { slots: keyed(file.years.slots, |r| r.id), passages: keyed(file.years.passages, |r| r.id) };
    let records: Vec<Record> = years.records().collect();
    references::check_bounds(records.iter(), text)?;
    let stamps = RecordVersions { standing: by_key(file.versions), removed: by_key(file.removed) };
    references::check_stamps(&stamps, &records, text)?;
    Ok(StampedYears { years, stamps })
}

fn keyed<T>(rows: Vec<T>, id: impl Fn(&T) -> Id<T>) -> BTreeMap<Id<T>, T> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}

impl From<&Dossier> for Records {
    fn from(dossier: &Dossier) -> Self {
        Self {
            meeting: dossier.meeting.clone(),
            progress: dossier.progress.clone(),
            case: dossier.case.clone(),
            participants: rows(&dossier.participants),
            nodes: rows(&dossier.nodes),
            links: rows(&dossier.links),
            actions: rows(&dossier.actions),
            regional_issues: rows(&dossier.regional),
            escalations: rows(&dossier.escalations),
            evidence: rows(&dossier.evidence),
            reflections: rows(&dossier.reflections),
        }
    }
}

impl From<Records> for Dossier {
    fn from(records: Records) -> Self {
        Self {
            meeting: records.meeting,
            progress: records.progress,
            case: records.case,
            participants: keyed(records.participants, |r| r.id),
            nodes: keyed(records.nodes, |r| r.id),
            links: keyed(records.links, |r| r.id),
            actions: keyed(records.actions, |r| r.id),
            regional: keyed(records.regional_issues, |r| r.id),
            escalations: keyed(records.escalations, |r| r.id),
            evidence: keyed(records.evidence, |r| r.id),
            reflections: keyed(records.reflections, |r| r.id),
        }
    }
}

/// Where the parser stood; its column counts bytes, ours characters.
fn place_of(text: &str, error: &serde_json::Error) -> Place {
    let line = error.line().max(1);
    let before = text.split('\n').nth(line - 1).unwrap_or_default();
    let end = before.floor_char_boundary(error.column().min(before.len()));
    Place { line, column: before[..end].chars().count().max(1) }
}

fn explain(text: &str, error: &serde_json::Error) -> ReadError {
    let place = place_of(text, error);
    match error.classify() {
        Category::Eof => ReadError::CutShort(place),
        Category::Data => ReadError::Value { place, what: in_japanese(&error.to_string()) },
        Category::Syntax | Category::Io => ReadError::Broken(place),
    }
}

/// What serde has to say, in words for people. Its messages name the field in backquotes; what is Japanese already is ours.
fn in_japanese(message: &str) -> String {
    if !message.starts_with(|c: char| c.is_ascii()) {
        return message.split(" at line ").next().unwrap_or_default().to_owned();
    }
    let named = brief(message.split('`').nth(1).unwrap_or_default());
    let known = [
        ("missing field", format!("項目「{named}」がありません")),
        ("unknown field", format!("知らない項目「{named}」があります")),
        ("duplicate field", format!("項目「{named}」が二度あります")),
        ("unknown variant", format!("知らない値「{named}」があります")),
        ("UUID parsing failed", "id の形が違います".to_owned()),
        ("invalid type", "値の種類が違います".to_owned()),
        ("invalid value", "値が範囲の外です".to_owned()),
        ("invalid length", "値の個数が違います".to_owned()),
    ];
    known.into_iter().find(|(start, _)| message.starts_with(start)).map_or_else(
        || "読み取れない値があります（日付・時刻・id の形をご確認ください）".to_owned(),
        |(_, words)| words,
    )
}

#[cfg(test)]
mod tests;
