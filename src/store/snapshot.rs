//! All of the records at one moment, in memory: to be looked through, or kept as a backup, while no save waits for it.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, MAIN_DB};
use thiserror::Error;

use super::migrate::{MIGRATIONS, take_steps};
use super::open::{connect, judge_header, set_up};
use super::{Access, OpenError, Store, StoreError, sums};

/// A database file as it stood at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl Snapshot {
    /// Reads the file of a folder of records. A save of another thread or program is waited for, and waits for this.
    ///
    /// # Errors
    /// Where the file cannot be read; what stands in it is not looked at.
    pub fn take(file: &Path) -> Result<Self, OpenError> {
        let file = std::path::absolute(file).map_err(|e| OpenError::io(file, &e))?;
        // Through SQLite, and so through its locks: to close the file in any other way would take away those of a save.
        let mut connection = connect(&file, Access::Look)?;
        let bytes = connection.serialize(MAIN_DB).map_err(|e| OpenError::sqlite(&file, &e))?.to_vec();
        Ok(Self { path: file, bytes })
    }

    /// A file that was read before.
    pub fn of(path: &Path, bytes: Vec<u8>) -> Self {
        Self { path: path.to_owned(), bytes }
    }

    /// What stands in it.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The records in it, if they are whole.
    ///
    /// # Errors
    /// Why they are not, or cannot be looked through.
    pub fn whole(&self) -> Result<Store, Unsound> {
        let store = self.open()?;
        let found = store.examine()?;
        if found.is_empty() { Ok(store) } else { Err(Unsound::Damaged(found)) }
    }

    /// The records in it, to look at: an older shape is brought up to date in memory only.
    ///
    /// # Errors
    /// What is no database of ours, newer than we know, or damaged.
    pub fn open(&self) -> Result<Store, OpenError> {
        open_bytes(&self.path, &self.bytes, MIGRATIONS)
    }
}

/// Why records are not whole.
#[derive(Debug, Error)]
pub enum Unsound {
    /// They cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// They can be read in part.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What is damaged, in sentences: one at least.
    #[error("{}", .0.join("、"))]
    Damaged(Vec<String>),
}

/// Opens a file that lies in memory: to be read only, in the newest shape, whichever it has. One of an older shape must be whole.
pub(super) fn open_bytes(path: &Path, bytes: &[u8], steps: &[&str]) -> Result<Store, OpenError> {
    let sqlite = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    judge_header(path, bytes.get(..100).unwrap_or(bytes), bytes.len() as u64, (known, false))?;
    let mut connection = Connection::open_in_memory().map_err(sqlite)?;
    connection.deserialize_read_exact(MAIN_DB, bytes, bytes.len(), false).map_err(sqlite)?;
    prepare_in_memory(connection, path, steps)
}

/// A database in memory without any records, to be read only.
pub(super) fn open_nothing(path: &Path, steps: &[&str]) -> Result<Store, OpenError> {
    let connection = Connection::open_in_memory().map_err(|error| OpenError::sqlite(path, &error))?;
    prepare_in_memory(connection, path, steps)
}

fn prepare_in_memory(connection: Connection, path: &Path, steps: &[&str]) -> Result<Store, OpenError> {
    let sqlite = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    sums::register(&connection).map_err(sqlite)?;
    let found = connection.pragma_query_one::<u32>(None, "user_version").map_err(sqlite)?;
    if found > known {
        return Err(OpenError::Newer { path: path.to_owned(), found, known });
    }
    let mut store = Store::in_memory(connection, path);
    if (1..known).contains(&found) {
        store.renew(found, steps).map_err(|detail| OpenError::Damaged { path: path.to_owned(), detail })?;
    } else {
        take_steps(&mut store.connection, path, found, steps)?;
    }
    set_up(&store.connection, path, ("query_only", "ON", "1"))?;
    Ok(store)
}

#[cfg(test)]
mod tests {
    use super::super::{DATABASE, samples};
    use super::*;

    #[test]
    fn 写しは取ったときのままで_後の保存を待たせない() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        store.commit(&samples::new_meeting(1)).unwrap();
        let snapshot = Snapshot::take(&dir.path().join(DATABASE)).unwrap();
        let taken = snapshot.open().unwrap();
        store.commit(&samples::new_meeting(2)).unwrap();
        assert_eq!((taken.summaries().unwrap().len(), store.summaries().unwrap().len()), (1, 2));
        assert_eq!(taken.check().unwrap(), Vec::<String>::new());
        assert!(Snapshot::take(&dir.path().join("ない.db")).is_err());
    }
}
