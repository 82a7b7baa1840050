//! `jirei import`: meetings, years, maps, participants and what could not be saved, from files and folders. Each file is taken in
//! whole or not at all, and one that cannot be read does not keep the others out.

mod files;
mod report;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use anyhow::{anyhow, bail};

use super::arguments::Import;
use super::house::House;
use super::progress::Bar;
use super::stop::Stop;
use crate::domain::merge::wrong_year;
use crate::domain::refused::{Unfit, unread};
use crate::domain::unsaved::{Back, Rescued};
use crate::domain::{
    Act, Change, Edit, Id, IdSource, JournalEntry, Meeting, Now, Record, Stamped, StampedYears, bounds,
};
use crate::export::outline::{self, Outline};
use crate::export::people::{self, PersonRow};
use crate::export::{json, read_text, words};
use crate::format;
use crate::runtime;
use crate::store::{Kept, Store, StoreError, UNSAVED};
use crate::ui::with_drafts;
use report::Report;

/// How many meetings are written with one sync of the disk. Who presses Ctrl+C waits for them.
const TOGETHER: usize = 16;

/// A file that was read and understood.
enum Content {
    Meeting(Box<Stamped>),
    Years(Box<StampedYears>),
    Other(Other),
}

impl Content {
    /// Whether it is added to a meeting that somebody chooses; everything else says itself where it belongs.
    fn goes_into_a_meeting(&self) -> bool {
        matches!(self, Content::Other(Other::People(_)))
    }
}

/// What does not come from another jirei.
enum Other {
    Unsaved(Box<Rescued>),
    Map(Outline),
    People(Vec<PersonRow>),
}

pub fn run(house: &House, what: &Import, out: &mut dyn Write) -> anyhow::Result<()> {
    let found = files::find(&what.files);
    let (stop, kept) = (Stop::listen(), house.kept([]));
    let mut report = Report::new(found.skipped);
    let mut desk = Desk::new(house, what.meeting.as_deref(), &mut report);
    let done = thread::scope(|scope| {
        let contents = InOrder::new(read_all(scope, &found.files, &kept, &stop));
        desk.work(&found.files, contents, &stop)
    });
    let store = desk.store;
    if let Err(error) = done {
        // What was taken in before stays, and is told.
        report.stopped(&error);
    }
    report.tell(found.files.len(), store, out)
}

/// Reads the files on all cores; each is sent with its place in the list.
fn read_all<'scope>(
    scope: &'scope thread::Scope<'scope, '_>,
    files: &'scope [PathBuf],
    kept: &'scope Kept,
    stop: &'scope Stop,
) -> Receiver<(usize, anyhow::Result<Content>)> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(files.len());
    let (sender, receiver) = sync_channel(2 * threads);
    let next = std::sync::Arc::new(AtomicUsize::new(0));
    for _ in 0..threads {
        let (sender, next) = (sender.clone(), next.clone());
        scope.spawn(move || {
            loop {
                let at = next.fetch_add(1, Ordering::Relaxed);
                let Some(file) = files.get(at).filter(|_| !stop.asked()) else { break };
                // Nobody listens any more: then nobody wants the rest.
                if sender.send((at, read(file, kept))).is_err() {
                    break;
                }
            }
        });
    }
    receiver
}

/// What is read, in the order of the list: so the same files give the same words.
struct InOrder<T> {
    receiver: Receiver<(usize, T)>,
    early: BTreeMap<usize, T>,
    next: usize,
}

impl<T> InOrder<T> {
    fn new(receiver: Receiver<(usize, T)>) -> Self {
        Self { receiver, early: BTreeMap::new(), next: 0 }
    }
}

impl<T> Iterator for InOrder<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        loop {
            if let Some(item) = self.early.remove(&self.next) {
                self.next += 1;
                return Some(item);
            }
            let (at, item) = self.receiver.recv().ok()?;
            self.early.insert(at, item);
        }
    }
}

/// Where files are taken in, one after the other.
struct Desk<'a> {
    house: &'a House,
    /// The meeting that participants are added to, where one was asked for.
    meeting: Option<&'a str>,
    /// Opened, and made, when there is something to take in.
    store: Option<Store>,
    report: &'a mut Report,
    /// Meetings that are written together.
    batch: Vec<(PathBuf, Stamped)>,
    stamp: Now,
    mint: IdSource,
}

impl<'a> Desk<'a> {
    fn new(house: &'a House, meeting: Option<&'a str>, report: &'a mut Report) -> Self {
        let stamp = runtime::stamp();
        Self { house, meeting, store: None, report, batch: Vec::new(), stamp, mint: stamp.ids() }
    }

    fn work(
        &mut self,
        files: &[PathBuf],
        contents: impl Iterator<Item = anyhow::Result<Content>>,
        stop: &Stop,
    ) -> anyhow::Result<()> {
        let mut bar = Bar::new("取り込み中", files.len());
        for (file, content) in files.iter().zip(contents) {
            if stop.asked() {
                break;
            }
            bar.show(self.report.looked_at() + self.batch.len(), file);
            match content {
                Err(error) => self.report.refuse(file, &error),
                Ok(content) if self.meeting.is_some() && !content.goes_into_a_meeting() => {
                    self.report.refuse(file, &anyhow!(
                        "--meeting で会議を選べるのは、参加者の表（csv・tsv）だけです。このファイルは取り込んでいません。--meeting を付けずに取り込んでください"
                    ));
                }
                Ok(Content::Meeting(meeting)) => {
                    self.batch.push((file.clone(), *meeting));
                    if self.batch.len() == TOGETHER {
                        self.write_batch()?;
                    }
                }
                Ok(Content::Years(years)) => {
                    self.write_batch()?;
                    self.take_years(file, &years)?;
                }
                Ok(Content::Other(other)) => {
                    self.write_batch()?;
                    self.store()?;
                    match self.take(other) {
                        Ok(said) => self.report.took(file, &said),
                        // It may stand: it is not among those from which nothing was changed.
                        Err(error) if is_unsure(&error) => return Err(error),
                        Err(error) => self.report.refuse(file, &error),
                    }
                }
            }
        }
        self.write_batch()
    }

    fn store(&mut self) -> anyhow::Result<&mut Store> {
        let store = match self.store.take() {
            Some(store) => store,
            None => self.house.open()?,
        };
        Ok(self.store.insert(store))
    }

    fn write_batch(&mut self) -> anyhow::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return Ok(());
        }
        let (at, mut mint) = (self.stamp.at, self.mint.clone());
        let (files, meetings): (Vec<PathBuf>, Vec<Stamped>) = batch.into_iter().unzip();
        let results = self.store()?.merge_all(&meetings, at, &mut mint)?;
        self.mint = mint;
        for ((file, meeting), result) in files.iter().zip(&meetings).zip(results) {
            match result {
                Ok(taken) => {
                    let years = wrong_year(meeting, *at.offset());
                    self.report.merged(file, &meeting.dossier.meeting, taken, years);
                }
                Err(error) => self.report.refuse(file, &error.into()),
            }
        }
        Ok(())
    }

    fn take_years(&mut self, file: &Path, years: &StampedYears) -> anyhow::Result<()> {
        let (at, mut mint) = (self.stamp.at, self.mint.clone());
        match self.store()?.merge_years(years, at, &mut mint) {
            Ok(taken) => self.report.merged_years(file, &years.years.towns(), taken),
            Err(error) if error.may_pass() => return Err(error.into()),
            Err(error) => self.report.refuse(file, &error.into()),
        }
        self.mint = mint;
        Ok(())
    }

    /// Says what came of it.
    fn take(&mut self, other: Other) -> anyhow::Result<String> {
        let (house, meeting) = (self.house, self.meeting);
        let store = self.store()?;
        match other {
            Other::Unsaved(rescued) => put_back(store, &rescued),
            Other::Map(outline) => take_map(house, store, &outline),
            Other::People(rows) => take_people(house, store, &rows, meeting.unwrap_or("last")),
        }
    }
}

fn read(file: &Path, kept: &Kept) -> anyhow::Result<Content> {
    let unread = |error| anyhow!(unread(&error));
    let most = match by_name(file) {
        Some(Kind::Table | Kind::Outline) => bounds::TABLE,
        _ if file.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNSAVED)) => {
            bounds::RESCUE
        }
        _ => bounds::JSON,
    };
    let bytes = kept.read(file, most).map_err(unread)?;
    let kind = by_name(file).unwrap_or_else(|| by_beginning(&bytes));
    let found = bytes.len() as u64;
    if matches!(kind, Kind::Outline) && found > bounds::TABLE {
        return Err(unread(Unfit::TooLarge { found, most: bounds::TABLE }.into()));
    }
    Ok(match kind {
        Kind::Json => match json::read_any(&bytes)? {
            json::Content::Meeting(meeting) => Content::Meeting(meeting),
            json::Content::Years(years) => Content::Years(years),
            json::Content::Unsaved(rescued) => Content::Other(Other::Unsaved(rescued)),
        },
        Kind::Table => Content::Other(Other::People(people::read(&bytes)?)),
        Kind::Outline => Content::Other(Other::Map(outline::read(read_text(&bytes)?)?)),
        Kind::Other => bail!("jirei が取り込めるのは、json・txt・md・csv・tsv のファイルです"),
    })
}

enum Kind {
    Json,
    Table,
    Outline,
    Other,
}

/// What a file is by its name, where that tells it.
fn by_name(file: &Path) -> Option<Kind> {
    let extension = file.extension().map(|e| e.to_string_lossy().to_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "json" => Some(Kind::Json),
        "csv" | "tsv" => Some(Kind::Table),
        "txt" | "md" | "markdown" => Some(Kind::Outline),
        _ => None,
    }
}

/// What a file is by how it begins.
fn by_beginning(bytes: &[u8]) -> Kind {
    match bytes {
        _ if bytes.trim_ascii_start().starts_with(b"{") => Kind::Json,
        // Pictures, workbooks, documents: no text has such a byte.
        _ if bytes.contains(&0) => Kind::Other,
        _ => Kind::Outline,
    }
}

fn take_map(house: &House, store: &mut Store, outline: &Outline) -> anyhow::Result<String> {
    let loaded = format::load(Some(&house.sessions()));
    let Some(format) = loaded.formats.first() else {
        bail!("会のやり方が一つもありません。記録のフォルダーの sessions を確かめてください")
    };
    let stamp = runtime::stamp();
    let mut mint = stamp.ids();
    let mut start = format.meeting(mint.id());
    start.date = Some(stamp.today());
    let branches = start.branches.clone();
    let dossier = outline::dossier(outline, &branches, start, &mut mint, stamp.at);
    let title = title_of(&dossier.meeting.title);
    commit(store, dossier.meeting.id, &title, dossier.records(), stamp)?;
    let (own, twigs) = (dossier.meeting.branches.len() - branches.len(), dossier.nodes.len());
    let flat = if twigs == 0 { "。字下げした行が枝になります" } else { "" };
    Ok(format!("会議「{title}」を取り込みました（新しい大枝 {own}本・枝 {twigs}本）{flat}"))
}

fn take_people(
    house: &House,
    store: &mut Store,
    rows: &[PersonRow],
    meeting: &str,
) -> anyhow::Result<String> {
    let dossier = house.dossier(store, meeting)?;
    let stamp = runtime::stamp();
    let added = people::participants(rows, &dossier, &mut stamp.ids())?;
    let title = title_of(&dossier.meeting.title);
    if added.is_empty() {
        return Ok(format!("参加者は全員「{title}」にもういます。何も変えていません"));
    }
    let count = added.len();
    let records = added.into_iter().map(Record::from);
    commit(store, dossier.meeting.id, "参加者の表", records, stamp)?;
    Ok(format!("「{title}」に参加者を {count}人 加えました"))
}

/// Whether what was written may stand in spite of an error.
fn is_unsure(error: &anyhow::Error) -> bool {
    error.downcast_ref() == Some(&StoreError::Unsure)
}

/// Puts back what could not be saved; what was half typed comes back with it at the next start of the screen.
fn put_back(store: &mut Store, what: &Rescued) -> anyhow::Result<String> {
    let returned = store.put_back(what, runtime::stamp())?;
    let mut said: Vec<String> = returned.backs.iter().map(Back::said).collect();
    if let Some(drafts) = &what.bookmark {
        let standing = store.bookmark()?;
        if let Some(joined) = with_drafts(standing.as_deref(), drafts) {
            store.set_bookmark(&joined)?;
            said.push("書きかけを戻しました".to_owned());
        }
    }
    if let Some(problem) = &returned.problem {
        said.push(format!(
            "控えの一部は、まだ戻せていません（{problem}）。控えのファイルは消さないでください"
        ));
    }
    Ok(if said.is_empty() {
        "戻すものはありません。何も変えていません".to_owned()
    } else {
        said.join("。")
    })
}

/// What the meeting is called.
fn title_of(title: &str) -> String {
    let title = words::clean(title);
    if title.is_empty() { "（題名なし）".to_owned() } else { title }
}

/// One line of the journal that adds all records, or none.
fn commit(
    store: &mut Store,
    meeting: Id<Meeting>,
    what: &str,
    records: impl Iterator<Item = Record>,
    stamp: Now,
) -> anyhow::Result<()> {
    let changes: Vec<Change> = records.map(Change::add).collect();
    let edit = Edit { id: stamp.ids().id(), at: stamp.at, label: format!("取り込み：{what}"), changes };
    store.commit(&JournalEntry { edit, meeting: Some(meeting), act: Act::Quiet })?;
    Ok(())
}
