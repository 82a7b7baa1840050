//! Backups: the records as they stood at one moment, in a folder beside them and, where the settings name one, in a second place. Only
//! what was looked through and read back bears the name of one.

mod keep;
mod name;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use rusqlite::{Connection, OptionalExtension};
use thiserror::Error;

pub use self::name::Why;
pub(super) use self::name::stem_of_damaged;
use super::file::{BACKUPS, private_folder, remove_if_there, rename_new, step, sync_folder};
use super::open::connect;
use super::{Access, DATABASE, OpenError, Snapshot, Store, StoreError, Unsound, leavings};
use crate::domain::refused::in_words;
use crate::domain::{Edit, Id, Moment, date};

/// Where backups of some records lie and are put.
#[derive(Debug, Clone)]
pub struct Backups {
    data: PathBuf,
    second: Option<PathBuf>,
}

/// One backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// When it was made, by the clock on the wall.
    pub at: NaiveDateTime,
    /// What for.
    pub why: Why,
    /// How long it is.
    pub bytes: u64,
    /// It lies in the second folder.
    pub away: bool,
}

/// What a database holds, at a glance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// How many meetings.
    pub meetings: usize,
    /// The first and the last day of them; none where no meeting has one.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// How many steps its shape has taken.
    pub shape: u32,
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "会議 {}件", self.meetings)?;
        match self.days {
            Some((first, last)) if first == last => write!(f, "（{}）", date::full(first)),
            Some((first, last)) => write!(f, "（{}〜{}）", date::full(first), date::full(last)),
            None => Ok(()),
        }
    }
}

/// What became of a backup that was to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    /// The newest backup now; none where nothing was ever written down.
    pub path: Option<PathBuf>,
    /// When it was made.
    pub at: Option<NaiveDateTime>,
    /// It was made now. Else nothing has changed since it was.
    pub new: bool,
    /// What it holds.
    pub meetings: usize,
    /// Why it does not lie in the second folder, too; none where all is well, or there is to be no second.
    pub trouble: Option<Trouble>,
}

/// Why a backup does not lie in the second folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It is not there now.
    Away(PathBuf),
    /// It takes nothing: why, in words.
    Refuses(PathBuf, String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Away(folder) => write!(
                f,
                "二つめのバックアップの場所（{}）が、今はありません。バックアップは記録の横にあります。\
                 つながると、次のバックアップのときに、新しいものがそこにも入ります。",
                folder.display()
            ),
            Self::Refuses(folder, why) => write!(
                f,
                "二つめのバックアップの場所（{}）に書けませんでした（{why}）。バックアップは記録の横にあります。\
                 空きと、フォルダーの権限を確かめてください。",
                folder.display()
            ),
        }
    }
}

/// Why there is no new backup. What was there is as it was.
#[derive(Debug, Error)]
pub enum BackupError {
    /// The records cannot be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The records can be read in part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The records are damaged.
    #[error(
        "記録に傷みがあるので、バックアップにしませんでした（{0}）。前のバックアップは、そのままあります。「jirei check」で調べられます。"
    )]
    Damaged(String),
    /// The file could not be written.
    #[error(
        "バックアップを {} に書けませんでした（{}）。記録と、前のバックアップは無事です。ディスクの空きと、フォルダーの権限を確かめてください。",
        folder.display(), in_words(source)
    )]
    Write {
        /// Where.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl From<Unsound> for BackupError {
    fn from(unsound: Unsound) -> Self {
        match unsound {
            Unsound::Open(error) => Self::Open(error),
            Unsound::Store(error) => Self::Store(error),
            Unsound::Damaged(found) => Self::Damaged(found.into_iter().next().unwrap_or_default()),
        }
    }
}

/// What tells whether something was written down since: nothing is without a line of the journal, or a conflict.
#[derive(Debug, PartialEq, Eq)]
struct State {
    lines: u32,
    last: Option<Id<Edit>>,
    conflicts: u32,
}

impl Backups {
    /// Of the records in a folder, with a second place for them.
    pub fn new(data: &Path, second: Option<PathBuf>) -> Self {
        Self { data: std::path::absolute(data).unwrap_or_else(|_| data.to_owned()), second }
    }

    /// The folder beside the records.
    pub fn folder(&self) -> PathBuf {
        self.data.join(BACKUPS)
    }

    /// Makes a backup of what stands on the disk now, here and in the second folder, and takes away what is superfluous. Nothing is
    /// written where nothing has changed since the last one.
    ///
    /// # Errors
    /// Where the records cannot be read or are damaged, or there is no room beside them.
    pub fn make(&self, now: Moment, why: Why) -> Result<Made, BackupError> {
        let (taken, store) = self.look_through()?;
        self.make_of(&taken, &store, now, why)
    }

    /// The same of records that were looked through already.
    fn make_of(&self, taken: &Snapshot, store: &Store, now: Moment, why: Why) -> Result<Made, BackupError> {
        let (bytes, state) = (taken.bytes(), store.state()?);
        if state.lines == 0 {
            return Ok(Made::default());
        }
        let folder = self.folder();
        let meetings = store.meeting_count()?;
        let last = newest(&folder, now).filter(|last| !why.stays() || last.why.stays());
        let same = last.filter(|last| holds(&last.path, &state));
        let new = same.is_none();
        let at = same.as_ref().map_or_else(|| now.naive_local(), |last| last.at);
        let beside = match same {
            Some(last) => Ok(last.path),
            None => write(&folder, now, why, bytes),
        };
        // What is made in its place does not hang on the first folder: the stick may have the room that the disk has not.
        let name = beside.as_ref().ok().and_then(|path| path.file_name());
        let name = name.map_or_else(|| format!("{}.db", name::stem(now, why, 1)).into(), ToOwned::to_owned);
        let trouble = self.put_away(store, Path::new(&name), bytes, now);
        let path = beside.map_err(|source| BackupError::Write { folder: folder.clone(), source })?;
        thin(&[&folder, &self.data], now, &path);
        Ok(Made { path: Some(path), at: Some(at), new, meetings, trouble })
    }

    /// Makes the first one of a day, of records that were looked through; where there is one of today, says what it is.
    ///
    /// # Errors
    /// As for [`Backups::make`].
    pub fn keep_daily(&self, taken: &Snapshot, store: &Store, now: Moment) -> Result<Made, BackupError> {
        let today = newest(&self.folder(), now).filter(|last| last.at.date() == now.date_naive());
        match today.and_then(|last| Some((last.held().ok()?.meetings, last))) {
            Some((meetings, last)) => {
                Ok(Made { path: Some(last.path), at: Some(last.at), new: false, meetings, trouble: None })
            }
            None => self.make_of(taken, store, now, Why::Daily),
        }
    }

    /// Makes one in a folder that somebody named, where all stays.
    ///
    /// # Errors
    /// As for [`Backups::make`].
    pub fn make_in(&self, folder: &Path, now: Moment) -> Result<Made, BackupError> {
        let (taken, store) = self.look_through()?;
        if store.state()?.lines == 0 {
            return Ok(Made::default());
        }
        let meetings = store.meeting_count()?;
        leavings::before_writing(Some(&self.data), folder);
        let path = write(folder, now, Why::Asked, taken.bytes())
            .map_err(|source| BackupError::Write { folder: folder.to_owned(), source })?;
        Ok(Made { path: Some(path), at: Some(now.naive_local()), new: true, meetings, trouble: None })
    }

    /// The records of this moment, if they are whole.
    fn look_through(&self) -> Result<(Snapshot, Store), BackupError> {
        let path = self.data.join(DATABASE);
        if !path.exists() {
            return Err(OpenError::Missing { path }.into());
        }
        let taken = Snapshot::take(&path)?;
        let store = taken.whole()?;
        Ok((taken, store))
    }

    /// Puts the newest into the second folder.
    fn put_away(&self, store: &Store, name: &Path, bytes: &[u8], now: Moment) -> Option<Trouble> {
        let second = self.second.as_ref()?;
        if !second.is_dir() {
            return Some(Trouble::Away(second.clone()));
        }
        let put = || -> io::Result<()> {
            // Other records may be kept on the same stick, and none thins those of another.
            let own = second.join(format!("jirei-{}", self.mark(store)?));
            let path = own.join(name);
            leavings::before_writing(Some(&self.data), &own);
            if !fs::metadata(&path).is_ok_and(|found| found.len() == bytes.len() as u64) {
                remove_if_there(&path)?;
                write_as(&own, &path, bytes)?;
            }
            thin(&[&own], now, &path);
            Ok(())
        };
        put().err().map(|error| Trouble::Refuses(second.clone(), in_words(&error)))
    }

    /// What tells these records from others in the second folder: where they lie, and how they began.
    fn mark(&self, store: &Store) -> io::Result<String> {
        let first = store.first_edit().map_err(io::Error::other)?;
        let mut hasher = siphasher::sip::SipHasher24::new();
        std::hash::Hash::hash(&(self.data.to_string_lossy(), first), &mut hasher);
        Ok(format!("{:08x}", std::hash::Hasher::finish(&hasher) >> 32))
    }

    /// All backups there are, the newest first; those of other records on the same stick, too, for this computer may be a new one.
    pub fn list(&self, now: Moment) -> Vec<Backup> {
        let mut all = in_folder(&self.folder(), now, false);
        all.extend(in_folder(&self.data, now, false).into_iter().filter(|b| b.why == Why::BeforeMigration));
        if let Some(second) = &self.second {
            all.extend(in_folder(second, now, true));
            for folder in fs::read_dir(second).into_iter().flatten().flatten() {
                if folder.file_name().to_string_lossy().starts_with("jirei-") {
                    all.extend(in_folder(&folder.path(), now, true));
                }
            }
        }
        all.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
        all
    }

    /// The newest that is whole, and those that are newer and are not.
    pub fn latest(&self, now: Moment) -> (Option<Backup>, Vec<Backup>) {
        let mut damaged = Vec::new();
        for backup in self.list(now) {
            if backup.is_whole() {
                return (Some(backup), damaged);
            }
            damaged.push(backup);
        }
        (None, damaged)
    }
}

impl Backup {
    /// What it holds, at a glance: it is not looked through.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn held(&self) -> Result<Held, OpenError> {
        let connection = connect(&self.path, Access::Look)?;
        held(&connection).map_err(|error| OpenError::sqlite(&self.path, &error))
    }

    /// Whether it can be restored.
    fn is_whole(&self) -> bool {
        Snapshot::take(&self.path).is_ok_and(|taken| taken.whole().is_ok())
    }
}

/// So it stands in every shape.
fn held(connection: &Connection) -> rusqlite::Result<Held> {
    let sql = "SELECT count(*), min(date), max(date) FROM meetings";
    let day = |text: Option<String>| text.and_then(|text| text.parse().ok());
    let (meetings, first, last) =
        connection.query_row(sql, [], |row| Ok((row.get::<_, u32>(0)?, row.get(1)?, row.get(2)?)))?;
    let shape = connection.pragma_query_one(None, "user_version")?;
    Ok(Held { meetings: meetings as usize, days: day(first).zip(day(last)), shape })
}

impl Store {
    /// What they hold, at a glance.
    pub fn held(&self) -> Result<Held, StoreError> {
        Ok(held(&self.connection)?)
    }

    fn meeting_count(&self) -> Result<usize, StoreError> {
        Ok(self.held()?.meetings)
    }

    fn state(&self) -> Result<State, StoreError> {
        let count = |sql: &str| self.connection.query_row(sql, [], |row| row.get::<_, u32>(0));
        Ok(State {
            lines: count("SELECT count(*) FROM journal")?,
            last: self.last_line()?,
            conflicts: count("SELECT count(*) FROM conflicts")?,
        })
    }

    fn first_edit(&self) -> Result<Option<String>, StoreError> {
        let first = "SELECT edit FROM journal ORDER BY seq LIMIT 1";
        Ok(self.connection.query_row(first, [], |row| row.get(0)).optional()?)
    }
}

/// Whether a backup is whole and holds just this.
fn holds(path: &Path, state: &State) -> bool {
    let store = fs::read(path).ok().and_then(|bytes| Snapshot::of(path, bytes).whole().ok());
    store.is_some_and(|store| store.state().is_ok_and(|holds| holds == *state))
}

/// The backups in a folder, in the order of their names.
fn in_folder(folder: &Path, now: Moment, away: bool) -> Vec<Backup> {
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        let found = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        let (at, why) = match name::read(&name) {
            Some(told) => told,
            None if name::is_of_migration(&name) => {
                let written = DateTime::<Utc>::from(found.modified().ok()?);
                (written.with_timezone(now.offset()).naive_local(), Why::BeforeMigration)
            }
            None => return None,
        };
        Some(Backup { path: entry.path(), at, why, bytes: found.len(), away })
    };
    let mut all: Vec<Backup> =
        fs::read_dir(folder).into_iter().flatten().flatten().filter_map(read).collect();
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn newest(folder: &Path, now: Moment) -> Option<Backup> {
    let past = in_folder(folder, now, false).into_iter().filter(|b| b.at <= now.naive_local());
    past.filter(|b| b.why != Why::BeforeMigration).max_by_key(|b| b.at)
}

/// Writes a backup under a name that nothing has yet.
fn write(folder: &Path, now: Moment, why: Why, bytes: &[u8]) -> io::Result<PathBuf> {
    for n in 1.. {
        let path = folder.join(format!("{}.db", name::stem(now, why, n)));
        if path.exists() {
            continue;
        }
        match write_as(folder, &path, bytes) {
            // Another program has made one in this second.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => return written.map(|()| path),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// The same under this name.
fn write_as(folder: &Path, path: &Path, bytes: &[u8]) -> io::Result<()> {
    private_folder(folder)?;
    leavings::write_whole(folder, bytes, |new| rename_new(new, path))?;
    sync_folder(folder)
}

/// Takes away what is superfluous in some folders together, never `stays`.
fn thin(folders: &[&Path], now: Moment, stays: &Path) {
    let all: Vec<Backup> = folders
        .iter()
        .enumerate()
        .flat_map(|(i, folder)| {
            let all = in_folder(folder, now, false).into_iter();
            // Beside the records lie only those that earlier versions put there.
            all.filter(move |b| i == 0 || b.why == Why::BeforeMigration)
        })
        .collect();
    let times: Vec<_> = all.iter().map(|b| (b.at, b.why)).collect();
    for i in keep::superfluous(&times, now.naive_local()) {
        if all[i].path != *stays {
            // One too many does no harm: it goes the next time.
            let _ = step().and_then(|()| fs::remove_file(&all[i].path));
        }
    }
}

#[cfg(test)]
mod tests;
