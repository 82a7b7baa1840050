//! Looking only: what another program writes is noticed while nobody asks for anything.

use std::time::{Duration, Instant};

use rusqlite::ffi;

use super::{Answer, Desk};
use crate::store::{Access, Store, StoreError, open};

/// How often it is looked whether somebody wrote: about as often as people look up.
pub(super) const FOLLOW: Duration = Duration::from_secs(1);

/// What is known of those who write.
#[derive(Debug)]
pub(super) struct Follow {
    looked: Option<Instant>,
    /// Another jirei has the records open for writing.
    writes: bool,
}

impl Follow {
    /// None for whoever writes themselves.
    pub(super) fn of(store: &Store) -> Option<Self> {
        (store.access() == Access::Look).then_some(Self { looked: None, writes: false })
    }
}

impl<A: Fn(Answer)> Desk<A> {
    /// Says that somebody wrote, began to, or ended, if it is time to look.
    pub(super) fn follow(&mut self) {
        let Some(follow) = &mut self.follow else { return };
        if follow.looked.replace(Instant::now()).is_some_and(|at| at.elapsed() < FOLLOW) {
            return;
        }
        let writes = self.store.is_written();
        if std::mem::replace(&mut follow.writes, writes) != writes {
            (self.answer)(Answer::Writes(writes));
        }
        // What cannot be read now is read the next time.
        if self.store.has_changed() == Ok(true) {
            (self.answer)(Answer::Changed);
        }
    }
}

impl Store {
    /// Whether another jirei has the records open for writing.
    fn is_written(&self) -> bool {
        self.path.parent().is_some_and(|folder| crate::store::holder::writes(folder).is_some())
    }

    /// Whether another program has written since this was asked last, or since the file was opened.
    ///
    /// # Errors
    /// Where that cannot be read. A save that was cut off meanwhile is taken back, if nobody writes any more.
    pub(in crate::store) fn has_changed(&mut self) -> Result<bool, StoreError> {
        let cut_off = |error: &rusqlite::Error| {
            error.sqlite_error().is_some_and(|error| error.extended_code == ffi::SQLITE_READONLY_ROLLBACK)
        };
        let version = match self.version() {
            Err(error) if cut_off(&error) && open::take_back_of(&self.path) => self.version(),
            version => version,
        }?;
        let before = self.seen.replace(version);
        Ok(before.is_some_and(|before| before != version))
    }

    fn version(&self) -> rusqlite::Result<i64> {
        self.connection.query_row("PRAGMA data_version", [], |row| row.get(0))
    }
}
