//! The only room that knows the database.
//!
//! - [`Store`]: one SQLite file in the user's data folder, read and written at once, by whoever holds it.
//! - [`Worker`]: a store on a thread of its own; requests go in, answers come back, nothing waits for the disk.
//!
//! One edit is one transaction: the rows and the line of the journal stand together or not at all. What a person may read
//! of it ([`Summary`], [`OpenAction`]) is plain data.

mod actions;
mod again;
mod backup;
mod check;
mod commit;
mod error;
#[cfg(test)]
mod faults;
pub mod file;
mod holder;
mod job;
mod kept;
pub mod leavings;
mod merge;
mod migrate;
mod open;
mod place;
mod put_back;
mod read;
mod region;
mod register;
mod removal;
mod restore;
#[cfg(test)]
mod round_trip;
mod rows;
mod salvage;
#[cfg(test)]
mod samples;
mod snapshot;
mod sums;
mod unsaved;
mod waiting;
mod worker;
mod yearly;

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use actions::OpenAction;
pub use backup::{Backup, BackupError, Backups, Held, Made, Trouble, Why};
pub use error::{OpenError, StoreError, Told};
pub use file::{BACKUPS, DATABASE, LOCK};
pub use holder::Holder;
pub use job::{Job, ReadJob, WriteJob};
pub use kept::{CHOSEN, Kept, UNSAVED};
pub use merge::{Found, Taken};
pub use place::{Warning, look_around};
pub use put_back::{PutBackError, Returned};
pub use read::{HomeData, Summary};
pub use restore::{Comparison, Present, RestoreError, Restored, Titled, compare, restore};
pub use salvage::{SalvageError, Salvaged, salvage, salvage_here, salvaged};
pub use snapshot::{Snapshot, Unsound};
pub use unsaved::{News, Unsaved};
pub use worker::{Answer, NOT_MOVED, Request, Stopped, Worker};

/// What one wants with the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To read and write; one program at a time.
    Write,
    /// To read only, also while another program writes. Makes no file and no folder, and changes nothing; only a save that was
    /// cut off is taken back first, as every program does that opens the records.
    Look,
}

/// The database, open.
#[derive(Debug)]
pub struct Store {
    // Closed before the lock is given back: fields are dropped in this order.
    connection: Connection,
    path: PathBuf,
    access: Access,
    damaged: bool,
    warnings: Vec<Warning>,
    /// What told last whether another program has written; none before that was asked.
    seen: Option<i64>,
    made: bool,
    lock: Option<File>,
    opened: again::Opened,
}

impl Store {
    /// Opens the database in a folder; with [`Access::Write`] both are made on first use, for the user alone, and an older
    /// file is backed up and brought up to date.
    ///
    /// # Errors
    /// Whatever the error, the file that was found is as it was.
    pub fn open(dir: &Path, access: Access) -> Result<Self, OpenError> {
        open::open(dir, access, migrate::MIGRATIONS)
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it was opened for.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Writes nothing any more: the file is damaged.
    fn shut(&mut self) {
        self.damaged = true;
        // Whatever is asked for: SQLite itself writes no more.
        let _ = self.connection.pragma_update(None, "query_only", true);
    }

    fn may_write(&self) -> Result<(), StoreError> {
        match self.access {
            _ if self.damaged => Err(StoreError::Shut),
            Access::Look => Err(StoreError::Look),
            Access::Write => Ok(()),
        }
    }

    /// No records at all, to look at where those of a file cannot be read.
    pub fn nothing(path: &Path) -> Result<Self, OpenError> {
        snapshot::open_nothing(path, migrate::MIGRATIONS)
    }

    fn in_memory(connection: Connection, path: &Path) -> Self {
        let (path, access) = (path.to_owned(), Access::Look);
        let (warnings, opened) = (Vec::new(), Default::default());
        let (damaged, seen, made, lock) = (false, None, false, None);
        Self { connection, path, access, damaged, warnings, seen, made, lock, opened }
    }

    /// Whether there were no records before it was opened.
    pub fn is_new(&self) -> bool {
        self.made
    }

    /// What the user should know about where the records lie.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Lets the database grow to so many pages of 4 KiB and no further, as on a disk without room. For tests.
    #[doc(hidden)]
    pub fn limit_pages(&self, pages: u32) -> Result<(), StoreError> {
        let sql = format!("PRAGMA max_page_count = {pages}");
        Ok(self.connection.query_row(&sql, [], |_| Ok(()))?)
    }
}
