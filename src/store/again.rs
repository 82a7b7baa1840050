//! Finding the records again: a folder that vanished, a stick that was pulled and is there again. Where they are not, nothing is
//! made in their place; what stands there instead is left as it is.

use std::fs::File;
use std::path::Path;

use super::file::{self, LOCK};
use super::migrate::MIGRATIONS;
use super::open::{connect, lock, look_at_header};
use super::rows::Field;
use super::{Access, OpenError, Store, StoreError};
use crate::domain::{Edit, Id};

/// What tells a file from all others; none where it cannot be reached, or the system does not say.
fn identity(path: &Path) -> Option<(u64, u64)> {
    file::identity(&path.metadata().ok()?)
}

/// The file that was opened, and the newest line of its journal that this program knows.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Opened {
    file: Option<(u64, u64)>,
    last: Option<Id<Edit>>,
}

impl Store {
    /// Takes note of what was opened.
    pub(super) fn note_opened(&mut self) {
        let last = self.last_line().unwrap_or_default();
        self.opened = Opened { file: identity(&self.path), last };
    }

    /// A line stands.
    pub(super) fn note_line(&mut self, edit: Id<Edit>) {
        self.opened.last = Some(edit);
    }

    /// The newest line of the journal.
    pub(super) fn last_line(&self) -> Result<Option<Id<Edit>>, StoreError> {
        let sql = "SELECT edit FROM journal ORDER BY seq DESC LIMIT 1";
        Ok(self.rows(sql, [], |cells| cells.take())?.into_iter().next())
    }

    /// Opens the file anew where one stands at its place that is not the one that was opened. False: there is nothing to open.
    ///
    /// # Errors
    /// [`StoreError::Replaced`] where it does not hold what was saved last: these are other records, or older ones. They were not
    /// changed.
    pub(super) fn find_again(&mut self) -> Result<bool, StoreError> {
        let stands = identity(&self.path);
        let gone = !self.path.is_file() || (cfg!(unix) && stands == self.opened.file);
        if gone || self.access == Access::Look {
            return Ok(false);
        }
        let known = u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX);
        let other = |error: OpenError| match error {
            OpenError::InUse { .. } => StoreError::Busy,
            OpenError::ReadOnly { .. } => StoreError::ReadOnly,
            OpenError::Io { detail, .. } => StoreError::Other(detail),
            _ => StoreError::Replaced,
        };
        look_at_header(&self.path, known).map_err(other)?;
        let lock = self.lock_again().map_err(other)?;
        let connection = connect(&self.path, Access::Write).map_err(other)?;
        let version: u32 = connection.pragma_query_one(None, "user_version")?;
        let found: bool = match self.opened.last {
            Some(edit) => connection.query_row(
                "SELECT EXISTS (SELECT 1 FROM journal WHERE edit = ?1)",
                [edit.to_cell()],
                |row| row.get(0),
            )?,
            None => {
                connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM journal)", [], |row| row.get(0))?
            }
        };
        if version != known || !found {
            return Err(StoreError::Replaced);
        }
        self.connection = connection;
        self.opened.file = stands;
        if let Some(lock) = lock {
            self.lock = lock;
        }
        Ok(true)
    }

    /// The lock where the records lie now; none where it is the one that is held already.
    fn lock_again(&self) -> Result<Option<Option<File>>, OpenError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let held = self.lock.as_ref().and_then(|lock| file::identity(&lock.metadata().ok()?));
        if held.is_some() && held == identity(&folder.join(LOCK)) {
            return Ok(None);
        }
        lock(folder, &mut Vec::new()).map(Some)
    }
}
