//! Putting a backup in the place of the records. What stood there is kept first, whatever it was, and nothing is taken away before the
//! new one stands on the disk whole.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rusqlite::MAIN_DB;
use thiserror::Error;

use super::backup::{self, Backups, Held, Why};
use super::file::{BESIDE, private_folder, remove_if_there, rename, rename_new, step, sync_folder, with_end};
use super::open::{self, connect};
use super::{Access, DATABASE, OpenError, Snapshot, Store, StoreError, Unsound, leavings};
use crate::domain::refused::in_words;
use crate::domain::{Moment, date};

/// A meeting, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Titled {
    /// What it is called.
    pub title: String,
    /// When it was or is.
    pub date: Option<NaiveDate>,
}

impl fmt::Display for Titled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = if self.title.is_empty() { "題名なし" } else { &self.title };
        write!(f, "「{title}」{}", self.date.map(date::full).unwrap_or_default())
    }
}

/// What stands where something is to be restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Present {
    /// Nothing, or an empty file.
    Nothing,
    /// Records that are whole.
    Whole {
        /// What they hold.
        held: Held,
        /// The meetings that are not in what is restored.
        missing: Vec<Titled>,
        /// Those that are in it, but with less in them.
        older: Vec<Titled>,
    },
    /// What cannot be read: why.
    Unreadable(String),
}

/// What is restored, beside what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// What would be restored.
    pub held: Held,
    /// What it would take the place of.
    pub present: Present,
}

/// What was restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What the records hold now, and what they held before.
    pub compared: Comparison,
    /// Where what stood there before is kept; none where nothing did.
    pub kept: Option<PathBuf>,
}

/// Why nothing was restored. What stood there stands there still.
#[derive(Debug, Error)]
pub enum RestoreError {
    /// What was to be restored cannot be read.
    #[error("戻そうとしたファイルを読めません。今の記録は、そのままです。{0}")]
    Source(#[source] OpenError),
    /// What was to be restored is not whole.
    #[error(
        "{} には傷みがあるので、戻しませんでした（{fault}）。今の記録は、そのままです。ほかのバックアップを選ぶか、「jirei salvage」で無事なところを救い出してください。",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// The first of what is wrong.
        fault: String,
    },
    /// It is the very file it would take the place of.
    #[error("{} は、今の記録そのものです。何も変えていません。バックアップのファイルを選んでください。", .0.display())]
    Itself(PathBuf),
    /// Somebody writes.
    #[error(
        "この記録は、今別の jirei が開いています。記録はそのままで、何も戻していません。もう一方の jirei を終えてから、もう一度お試しください。"
    )]
    InUse,
    /// The place of the records cannot be had.
    #[error(transparent)]
    Place(OpenError),
    /// What stands there could not be kept.
    #[error("今の記録の控えを取れなかったので、何も戻していません。今の記録は、そのままです。{0}")]
    Keep(String),
    /// The new one could not be written.
    #[error(
        "戻すものを {} に書けませんでした（{}）。今の記録は、そのままです。ディスクの空きと、フォルダーの権限を確かめてください。",
        path.display(), in_words(source)
    )]
    Put {
        /// Where.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// Puts a database of ours in the place of the records of a folder, which nobody may have open. One of an older shape is brought up to
/// date before; the file it comes from stays as it is.
///
/// # Errors
/// Whatever the error, the records are as they were.
pub fn restore(data: &Path, source: &Path, now: Moment) -> Result<Restored, RestoreError> {
    let place = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| RestoreError::Place(OpenError::io(&path, &error))
    };
    let data = std::path::absolute(data).map_err(place(data))?;
    let (new, bytes) = read_source(source)?;
    private_folder(&data).map_err(place(&data))?;
    let _lock = open::lock(&data, &mut Vec::new()).map_err(|error| match error {
        OpenError::InUse { .. } => RestoreError::InUse,
        other => RestoreError::Place(other),
    })?;
    let name = data.join(DATABASE);
    // Where the name is a symbolic link, what it leads to is replaced; where it leads nowhere, a drive may be away.
    let path = if name.is_symlink() { name.canonicalize().map_err(place(&name))? } else { name };
    if source.canonicalize().is_ok_and(|source| path.canonicalize().is_ok_and(|path| path == source)) {
        return Err(RestoreError::Itself(path));
    }
    take_back(&path);
    let compared = Comparison { held: new.held().map_err(unread(source))?, present: present(&path, &new) };
    let kept = keep(&data, &path, &compared.present, now)?;
    put_in_place(&path, &bytes).map_err(|source| RestoreError::Put { path, source })?;
    Ok(Restored { compared, kept })
}

/// What would become of the records of a folder, without changing anything.
///
/// # Errors
/// Where the source is not whole.
pub fn compare(data: &Path, source: &Path) -> Result<Comparison, RestoreError> {
    let (new, _) = read_source(source)?;
    let present = present(&data.join(DATABASE), &new);
    Ok(Comparison { held: new.held().map_err(unread(source))?, present })
}

fn unread(path: &Path) -> impl Fn(StoreError) -> RestoreError {
    let path = path.to_owned();
    move |error| RestoreError::Damaged { path: path.clone(), fault: error.to_string() }
}

/// The records in a file, if they are whole, and the same as a file of the newest shape.
fn read_source(path: &Path) -> Result<(Store, Vec<u8>), RestoreError> {
    // A pipe or a device could be waited for for ever.
    match fs::metadata(path) {
        Ok(found) if found.is_file() => {}
        Ok(_) => return Err(RestoreError::Source(OpenError::NotADatabase { path: path.to_owned() })),
        Err(error) => return Err(RestoreError::Source(OpenError::io(path, &error))),
    }
    let snapshot = Snapshot::take(path).map_err(RestoreError::Source)?;
    let mut store = snapshot.whole().map_err(|unsound| match unsound {
        Unsound::Open(error) => RestoreError::Source(error),
        Unsound::Store(error) => unread(path)(error),
        Unsound::Damaged(found) => {
            let fault = found.into_iter().next().unwrap_or_default();
            RestoreError::Damaged { path: path.to_owned(), fault }
        }
    })?;
    let bytes = store.connection.serialize(MAIN_DB).map(|bytes| bytes.to_vec());
    let bytes = bytes.map_err(|error| RestoreError::Source(OpenError::sqlite(path, &error)))?;
    Ok((store, bytes))
}

/// Has SQLite take back a save that was cut off, in records that may be whole: under our lock.
fn take_back(path: &Path) {
    let is_cut_off = with_end(path, "-journal").metadata().is_ok_and(|m| m.len() > 0);
    if is_cut_off && let Ok(connection) = connect(path, Access::Write) {
        // What cannot be taken back is kept as it is, with its journal.
        let _ = connection.pragma_query_one::<u32>(None, "user_version");
    }
}

fn present(path: &Path, new: &Store) -> Present {
    match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Present::Nothing,
        Ok(found) if found.len() == 0 => return Present::Nothing,
        Ok(found) if found.is_file() => {}
        _ => return Present::Unreadable(in_words(&io::ErrorKind::IsADirectory.into())),
    }
    let read = || -> Result<Present, Unsound> {
        let old = Snapshot::take(path)?.whole()?;
        let (was, will_be) = (old.written()?, new.written()?);
        let (mut missing, mut older) = (Vec::new(), Vec::new());
        for summary in old.summaries()? {
            let id = summary.id.to_string();
            let titled = Titled { title: summary.title, date: summary.date };
            match (was.get(&id), will_be.get(&id)) {
                _ if new.record_stands(&id)?.is_none() => missing.push(titled),
                (Some(was), Some(will_be)) if !was.is_subset(will_be) => older.push(titled),
                _ => {}
            }
        }
        Ok(Present::Whole { held: old.held()?, missing, older })
    };
    read().unwrap_or_else(|unsound| {
        Present::Unreadable(match unsound {
            Unsound::Damaged(found) => found.into_iter().next().unwrap_or_default(),
            other => other.to_string(),
        })
    })
}

impl Store {
    /// The edits of each meeting.
    fn written(&self) -> Result<BTreeMap<String, BTreeSet<String>>, StoreError> {
        let mut written: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        self.rows("SELECT meeting, edit FROM journal WHERE meeting IS NOT NULL", [], |cells| {
            written.entry(cells.take()?).or_default().insert(cells.take()?);
            Ok(())
        })?;
        Ok(written)
    }

    fn record_stands(&self, meeting: &str) -> Result<Option<String>, StoreError> {
        Ok(self.rows("SELECT id FROM meetings WHERE id = ?1", [meeting], |cells| cells.take())?.pop())
    }
}

/// Keeps what stands there: as a backup, or, where it cannot be read, as it is.
fn keep(data: &Path, path: &Path, present: &Present, now: Moment) -> Result<Option<PathBuf>, RestoreError> {
    match present {
        Present::Nothing => Ok(None),
        Present::Whole { .. } => {
            let made = Backups::new(data, None).make(now, Why::BeforeRestore);
            made.map(|made| made.path).map_err(|error| RestoreError::Keep(error.to_string()))
        }
        Present::Unreadable(_) => {
            let failed = |error: io::Error| RestoreError::Keep(format!("（{}）", in_words(&error)));
            keep_damaged(data, path, now).map(Some).map_err(failed)
        }
    }
}

/// Keeps a damaged file as it is, with what SQLite laid beside it, under a name of its own.
pub(super) fn keep_damaged(data: &Path, path: &Path, now: Moment) -> io::Result<PathBuf> {
    let stem = backup::stem_of_damaged(now);
    let names = std::iter::once(stem.clone()).chain((2..).map(|n| format!("{stem}_{n}")));
    let mut free = names.map(|name| data.join(name + ".db")).filter(|name| !name.exists());
    let name = free.next().ok_or(io::ErrorKind::AlreadyExists)?;
    for end in BESIDE {
        let beside = with_end(path, end);
        if beside.exists() {
            second_name(&beside, &with_end(&name, end))?;
        }
    }
    second_name(path, &name)?;
    sync_folder(data)?;
    Ok(name)
}

/// The same file under a second name; where the drive knows no such thing, a copy.
fn second_name(path: &Path, name: &Path) -> io::Result<()> {
    step()?;
    if path.is_dir() || fs::hard_link(path, name).is_err() {
        let folder = name.parent().unwrap_or(Path::new("."));
        leavings::write_whole(folder, &fs::read(path)?, |new| rename_new(new, name))?;
    }
    Ok(())
}

/// Puts a database in the place of another, whole or not at all.
pub(super) fn put_in_place(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    leavings::write_whole(folder, bytes, |new| {
        // What is beside the old one would be taken for the new one's. It is kept with the old one.
        for end in BESIDE {
            remove_if_there(&with_end(path, end))?;
        }
        rename(new, path)
    })?;
    // The name is there; whether it lasts over a power cut at this moment, nobody can mend.
    let _ = sync_folder(folder);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::faults::{Fault, under};
    use super::super::migrate::MIGRATIONS;
    use super::super::samples;
    use super::*;
    use chrono::Duration;

    /// Records with so many meetings, and a backup of the first of them.
    fn records() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        samples::full_meeting(1).1.iter().for_each(|line| store.commit(line).unwrap());
        let backups = Backups::new(dir.path(), None);
        let path = backups.make(samples::moment(), Why::Start).unwrap().path.unwrap();
        store.commit(&samples::new_meeting(2)).unwrap();
        (dir, path)
    }

    fn meetings(dir: &Path) -> usize {
        let store = Store::open(dir, Access::Write).unwrap();
        assert_eq!(store.check().unwrap(), [""; 0]);
        store.summaries().unwrap().len()
    }

    fn later() -> Moment {
        samples::moment() + Duration::hours(1)
    }

    #[test]
    fn 戻すと今の記録は控えになり_控えからまた戻せる() {
        let (dir, backup) = records();
        let compared = compare(dir.path(), &backup).unwrap();
        let restored = restore(dir.path(), &backup, later()).unwrap();
        assert_eq!((&restored.compared, restored.compared.held.meetings), (&compared, 1));
        let Present::Whole { held, missing, older } = compared.present else { panic!() };
        assert_eq!((held.meetings, older.len()), (2, 0));
        assert_eq!(missing.iter().map(|m| m.title.as_str()).collect::<Vec<_>>(), ["第2回 見える事例検討会"]);
        assert_eq!(meetings(dir.path()), 1);
        let kept = restored.kept.unwrap();
        assert!(kept.ends_with("backups/jirei-20260521-143000-before-restore.db"));
        restore(dir.path(), &kept, later() + Duration::hours(1)).unwrap();
        assert_eq!(meetings(dir.path()), 2);
    }

    #[test]
    fn 同じ会議に書き足したものは_消える前にそう言う() {
        let (dir, _) = records();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (dossier, _) = samples::full_meeting(1);
        let id = dossier.meeting.id;
        let early = Backups::new(dir.path(), None).make(later(), Why::Asked).unwrap().path.unwrap();
        let mut mint = samples::mint(44);
        let node = samples::node(mint.id(), id, crate::domain::Kind::Fact, "夕方に電話");
        let change = crate::domain::Change::add(node);
        store.commit(&samples::line(&mut mint, Some(id), vec![change])).unwrap();
        drop(store);
        let Present::Whole { missing, older, .. } = compare(dir.path(), &early).unwrap().present else {
            panic!()
        };
        assert_eq!((missing.len(), older.len()), (0, 1));
    }

    #[cfg(unix)]
    #[test]
    fn 離れた所の記録に戻しても_前の記録の途中の保存は新しい記録に混ざらない() {
        let (dir, backup) = records();
        let away = tempfile::tempdir().unwrap();
        // SQLite puts its files beside what the link leads to, under that name.
        let (name, real) = (dir.path().join(DATABASE), away.path().join("記録"));
        let journal = away.path().join("記録-journal");
        fs::remove_file(&name).unwrap();
        fs::write(&real, "読めない記録".repeat(99)).unwrap();
        fs::write(&journal, "").unwrap();
        std::os::unix::fs::symlink(&real, &name).unwrap();
        let kept = restore(dir.path(), &backup, later()).unwrap().kept.unwrap();
        assert!(name.is_symlink() && !journal.exists());
        assert!(with_end(&kept, "-journal").exists());
        assert_eq!(meetings(dir.path()), 1);
    }

    #[test]
    fn 記録がなくても_空でも_壊れていても戻せて_壊れたものはそのまま残る() {
        let (dir, backup) = records();
        let path = dir.path().join(DATABASE);
        let journal = path.with_extension("db-journal");
        let cases: [(&str, Option<Vec<u8>>); 4] = [
            ("missing", None),
            ("empty", Some(Vec::new())),
            ("words", Some("ことば".repeat(999).into_bytes())),
            (
                "a page of zeros",
                Some({
                    let mut bytes = fs::read(&path).unwrap();
                    bytes[2 * 4096..3 * 4096].fill(0);
                    bytes
                }),
            ),
        ];
        for (name, bytes) in cases {
            let _ = fs::remove_file(&path);
            if let Some(bytes) = &bytes {
                fs::write(&path, bytes).unwrap();
                // A save that was cut off, of the file that is damaged.
                fs::write(&journal, "").unwrap();
            }
            let restored = restore(dir.path(), &backup, later()).unwrap();
            assert_eq!(meetings(dir.path()), 1, "{name}");
            match bytes.filter(|bytes| !bytes.is_empty()) {
                Some(bytes) => {
                    let kept = restored.kept.unwrap();
                    assert_eq!(fs::read(&kept).unwrap(), bytes, "{name}");
                    assert!(
                        kept.file_name()
                            .unwrap()
                            .to_string_lossy()
                            .starts_with("jirei-damaged-20260521-143000")
                    );
                    assert!(!journal.exists() && kept.with_extension("db-journal").exists(), "{name}");
                }
                None => assert_eq!(restored.kept, None, "{name}"),
            }
            assert!(backup.exists());
        }
        let nowhere = dir.path().join("新しい/場所");
        restore(&nowhere, &backup, later()).unwrap();
        assert_eq!(meetings(&nowhere), 1);
    }

    #[test]
    fn 開いている間と_傷んだものと_今の記録そのものは断り_何も変えない() {
        let (dir, backup) = records();
        let path = dir.path().join(DATABASE);
        let before = fs::read(&path).unwrap();
        let mut damaged = fs::read(&backup).unwrap();
        let word = "保健センター".as_bytes();
        let at = damaged.windows(word.len()).position(|w| w == word).unwrap();
        damaged[at] ^= 1;
        let spoilt = dir.path().join("傷んだもの.db");
        fs::write(&spoilt, damaged).unwrap();
        let other = dir.path().join("議事録.txt");
        fs::write(&other, "議事録").unwrap();
        let refused = |source: &Path| restore(dir.path(), source, later()).unwrap_err();
        assert!(matches!(refused(&spoilt), RestoreError::Damaged { .. }));
        assert!(matches!(refused(&other), RestoreError::Source(_)));
        assert!(matches!(refused(dir.path()), RestoreError::Source(_)));
        assert!(matches!(refused(&dir.path().join("ない.db")), RestoreError::Source(_)));
        assert!(matches!(refused(&path), RestoreError::Itself(_)));
        let open = Store::open(dir.path(), Access::Write).unwrap();
        assert!(matches!(refused(&backup), RestoreError::InUse));
        drop(open);
        assert_eq!(fs::read(&path).unwrap(), before);
        assert_eq!(fs::read_dir(dir.path().join(super::super::file::BACKUPS)).unwrap().count(), 1);
    }

    #[test]
    fn 古い形のものは写しの上で新しくなり_もとのファイルは変わらない() {
        for n in 1..MIGRATIONS.len() {
            let (dir, _) = records();
            let old = tempfile::tempdir().unwrap();
            drop(open::open(old.path(), Access::Write, &MIGRATIONS[..n]).unwrap());
            let path = old.path().join(DATABASE);
            let before = fs::read(&path).unwrap();
            let restored = restore(dir.path(), &path, later()).unwrap();
            assert_eq!(restored.compared.held.shape as usize, MIGRATIONS.len());
            assert_eq!(fs::read(&path).unwrap(), before);
            assert_eq!(meetings(dir.path()), 0);
            // No second step of the same way, and no backup before it.
            assert!(!dir.path().join(format!("backups/jirei-backup-v{n}.db")).exists());
        }
    }

    #[test]
    fn どの一歩がしくじっても_今の記録か戻したもののどちらかが丸ごと立つ() {
        for damaged in [false, true] {
            for fault in [Fault::Once, Fault::Killed] {
                for after in 0.. {
                    let (dir, backup) = records();
                    let path = dir.path().join(DATABASE);
                    let mut before = fs::read(&path).unwrap();
                    if damaged {
                        before[2 * 4096..3 * 4096].fill(0);
                        fs::write(&path, &before).unwrap();
                    }
                    let (done, over) = under(fault(after), || restore(dir.path(), &backup, later()));
                    let stands = fs::read(&path).unwrap();
                    let new = fs::read(&backup).unwrap();
                    assert!(stands == before || stands == new, "step {after}");
                    assert_eq!(done.is_ok(), stands == new, "step {after}");
                    if stands == new {
                        let kept = done.unwrap().kept.unwrap();
                        let bytes = fs::read(kept).unwrap();
                        assert!(bytes == before, "step {after}");
                    }
                    // The second attempt succeeds, and the next start leaves nothing half written.
                    restore(dir.path(), &backup, later() + Duration::hours(1)).unwrap();
                    assert_eq!(meetings(dir.path()), 1);
                    leavings::sweep_known(dir.path(), dir.path());
                    for folder in [dir.path().to_owned(), dir.path().join(super::super::file::BACKUPS)] {
                        leavings::sweep(&folder);
                        for entry in fs::read_dir(folder).unwrap() {
                            let name = entry.unwrap().file_name().into_string().unwrap();
                            assert!(
                                // Elsewhere only time says what was left.
                                cfg!(not(unix)) || !name.ends_with(".tmp"),
                                "step {after}: {name}"
                            );
                        }
                    }
                    if over {
                        assert!(after > 8);
                        break;
                    }
                }
            }
        }
    }
}
