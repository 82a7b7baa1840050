//! `jirei import`: meetings, maps, participants and what could not be saved, from files. All files are read before anything is changed.

mod unsaved;

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::arguments::Import;
use super::house::House;
use crate::domain::{Act, Change, Dossier, Edit, Id, Line, Meeting, Record, Stamp};
use crate::export::outline::{self, Outline};
use crate::export::people::{self, PersonRow};
use crate::export::{json, read_text, words};
use crate::format;
use crate::runtime;
use crate::store::Store;

/// A file that was read and understood.
enum Content {
    Meeting(Box<Dossier>),
    Unsaved(Vec<Line>),
    Map(Outline),
    People(Vec<PersonRow>),
}

pub fn run(house: &House, what: &Import, out: &mut dyn Write) -> anyhow::Result<()> {
    let mut contents = Vec::new();
    for file in &what.files {
        let content = read(file)
            .with_context(|| format!("取り込めませんでした。何も変えていません。{}", file.display()))?;
        contents.push((file, content));
    }
    let mut store = house.open()?;
    for (file, content) in contents {
        let said = take(house, &mut store, content, &what.meeting).with_context(|| {
            format!("取り込めませんでした。このファイルからは何も変えていません。{}", file.display())
        })?;
        writeln!(out, "{}: {said}", file.display())?;
    }
    Ok(())
}

fn read(file: &PathBuf) -> anyhow::Result<Content> {
    let bytes = std::fs::read(file).context("ファイルを開けません。名前と場所をご確認ください")?;
    Ok(match kind(file, &bytes) {
        Kind::Json => match json::read_any(&bytes)? {
            json::Content::Meeting(dossier) => Content::Meeting(dossier),
            json::Content::Unsaved(lines) => Content::Unsaved(lines),
        },
        Kind::Table => Content::People(people::read(&bytes)?),
        Kind::Outline => Content::Map(outline::read(read_text(&bytes)?)?),
    })
}

enum Kind {
    Json,
    Table,
    Outline,
}

/// What a file is by its name; one without a telling name by how it begins.
fn kind(file: &Path, bytes: &[u8]) -> Kind {
    let extension = file.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "json" => Kind::Json,
        "csv" | "tsv" => Kind::Table,
        "txt" | "md" | "markdown" => Kind::Outline,
        _ if bytes.trim_ascii_start().starts_with(b"{") => Kind::Json,
        _ => Kind::Outline,
    }
}

fn take(house: &House, store: &mut Store, content: Content, meeting: &str) -> anyhow::Result<String> {
    match content {
        Content::Meeting(dossier) => take_meeting(store, &dossier),
        Content::Unsaved(lines) => unsaved::put_back(store, &lines),
        Content::Map(outline) => {
            let loaded = format::load(Some(&house.sessions()));
            let Some(format) = loaded.formats.first() else { bail!("進め方が一つもありません") };
            let stamp = runtime::stamp();
            let mut mint = stamp.mint();
            let mut start = format.meeting(mint.id());
            start.date = Some(stamp.today());
            let branches = start.branches.clone();
            let dossier = outline::dossier(&outline, &branches, start, &mut mint, stamp.at);
            take_meeting(store, &dossier)
        }
        Content::People(rows) => {
            let dossier = house.dossier(store, meeting)?;
            let stamp = runtime::stamp();
            let added = people::participants(&rows, &dossier, &mut stamp.mint())?;
            let title = title_of(&dossier.meeting);
            if added.is_empty() {
                return Ok(format!("参加者は全員「{title}」にもういます。何も変えていません"));
            }
            let count = added.len();
            let records = added.into_iter().map(Record::from);
            commit(store, dossier.meeting.id, "参加者の表", records, stamp)?;
            Ok(format!("「{title}」に参加者を {count}人 加えました"))
        }
    }
}

fn take_meeting(store: &mut Store, dossier: &Dossier) -> anyhow::Result<String> {
    let title = title_of(&dossier.meeting);
    if let Some(there) = store.dossier(dossier.meeting.id)? {
        if there == *dossier {
            return Ok(format!("同じ会議「{title}」がもうあります。何も変えていません"));
        }
        bail!(
            "会議「{title}」はもうあり、中身が違います。今ある記録を守るため、何も変えていません。今のものは jirei show {} で見られます",
            dossier.meeting.id
        );
    }
    let mut records: Vec<Record> = dossier.records().collect();
    let count = records.len();
    // A case outlives its meetings: it may stand here from an earlier one.
    if let Some(case) = &dossier.case
        && let Some(there) = store.case(case.id)?
    {
        if there != *case {
            bail!("事例 {} はもうあり、中身が違います。今ある記録を守るため、何も変えていません", case.code);
        }
        records.retain(|record| !matches!(record, Record::Case(_)));
    }
    commit(store, dossier.meeting.id, &title, records.into_iter(), runtime::stamp())?;
    Ok(format!("会議「{title}」を取り込みました（記録 {count}件）"))
}

/// What the meeting is called.
fn title_of(meeting: &Meeting) -> String {
    let title = words::clean(&meeting.title);
    if title.is_empty() { "（題なし）".to_owned() } else { title }
}

/// One line of the journal that adds all records, or none.
fn commit(
    store: &mut Store,
    meeting: Id<Meeting>,
    what: &str,
    records: impl Iterator<Item = Record>,
    stamp: Stamp,
) -> anyhow::Result<()> {
    let changes: Vec<Change> = records.map(Change::add).collect();
    let edit = Edit { id: stamp.mint().id(), at: stamp.at, label: format!("取り込み: {what}"), changes };
    store.commit(&Line { edit, meeting: Some(meeting), act: Act::Quiet })?;
    Ok(())
}
