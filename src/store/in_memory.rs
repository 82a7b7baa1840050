//! Databases that lie in memory: what a file holds, or nothing; to be read only.

use std::path::Path;

use rusqlite::{Connection, MAIN_DB};

use super::migrate::take_steps;
use super::open::{judge_header, set_up};
use super::{OpenError, Store, sums};

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
