//! From an older shape of the database to the present one, with a backup before.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use rusqlite::{Connection, MAIN_DB, OpenFlags, TransactionBehavior};

use super::error::reason;
use super::file::{create_private, private_folder, remove_if_there, sync_folder};
use super::open::APPLICATION_ID;
use super::snapshot::open_bytes;
use super::{BACKUPS, OpenError, sums};
use crate::domain::refused;

/// The steps from nothing to the present shape; `user_version` says how many were taken. Never edit one after release.
pub(super) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001.sql"),
    include_str!("migrations/0002.sql"),
    include_str!("migrations/0003.sql"),
    include_str!("migrations/0004.sql"),
    include_str!("migrations/0005.sql"),
    include_str!("migrations/0006.sql"),
    include_str!("migrations/0007.sql"),
];

/// The first shape in which each row has its sum.
const WITH_SUMS: u32 = 7;

/// Takes the steps that are missing, each in a transaction of its own. `found` is how many the file has taken. An older file must be
/// whole, and all of the steps go well, in a copy in memory first: into a damaged one nothing is written.
pub(super) fn migrate(
    connection: &mut Connection,
    path: &Path,
    found: u32,
    steps: &[&str],
) -> Result<(), OpenError> {
    if found > 0 && (found as usize) < steps.len() {
        let sqlite = |error: rusqlite::Error| OpenError::sqlite(path, &error);
        open_bytes(path, &connection.serialize(MAIN_DB).map_err(sqlite)?, steps)?;
        back_up(connection, path, found)?;
    }
    take_steps(connection, path, found, steps)
}

/// The same without a backup.
pub(super) fn take_steps(
    connection: &mut Connection,
    path: &Path,
    found: u32,
    steps: &[&str],
) -> Result<(), OpenError> {
    let sqlite = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    for (version, sql) in (1u32..).zip(steps).skip(found as usize) {
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
        transaction.execute_batch(sql).map_err(sqlite)?;
        if version >= WITH_SUMS && version as usize == steps.len() {
            sums::fill(&transaction).map_err(sqlite)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(sqlite)?;
        transaction.pragma_update(None, "user_version", version).map_err(sqlite)?;
        transaction.commit().map_err(sqlite)?;
    }
    Ok(())
}

/// Writes a checked copy to the other backups, such as `jirei-backup-v1.db`: under a temporary name first, so that what
/// bears the name of a backup is one.
fn back_up(connection: &Connection, path: &Path, version: u32) -> Result<PathBuf, OpenError> {
    let failed = |error: &dyn std::fmt::Display| OpenError::Io {
        path: path.to_owned(),
        detail: format!("新しい形にする前のバックアップを作れませんでした: {error}"),
    };
    let folder = path.with_file_name(BACKUPS);
    let target = free_name(&folder, version);
    let temporary = target.with_extension("db.tmp");
    let copy = || -> Result<(), Box<dyn std::error::Error>> {
        private_folder(&folder)?;
        remove_if_there(&temporary)?;
        // VACUUM INTO takes an empty file, and leaves its permissions alone.
        create_private(&temporary)?;
        let name = temporary.to_str().ok_or("フォルダーの名前が読めません")?;
        connection.execute("VACUUM INTO ?1", [name]).map_err(|error| reason(&error))?;
        inspect(&temporary, version)?;
        File::options().read(true).write(true).open(&temporary)?.sync_all()?;
        fs::rename(&temporary, &target)?;
        sync_folder(&folder)?;
        Ok(())
    };
    copy().map_err(|error| {
        // What is left of the attempt is no use to anybody; the database itself is untouched.
        let _ = fs::remove_file(&temporary);
        failed(&refused::chain(error.as_ref()))
    })?;
    Ok(target)
}

fn inspect(copy: &Path, version: u32) -> Result<(), Box<dyn std::error::Error>> {
    let read = || -> rusqlite::Result<(String, u32)> {
        let connection = Connection::open_with_flags(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok((
            connection.pragma_query_one(None, "quick_check")?,
            connection.pragma_query_one(None, "user_version")?,
        ))
    };
    let (sound, same) = read().map_err(|error| reason(&error))?;
    if sound == "ok" && same == version { Ok(()) } else { Err("写した記録が元と違います".into()) }
}

fn free_name(folder: &Path, version: u32) -> PathBuf {
    let first = folder.join(format!("jirei-backup-v{version}.db"));
    let later = (2..).map(|n| folder.join(format!("jirei-backup-v{version}-{n}.db")));
    std::iter::once(first.clone()).chain(later).find(|name| !name.exists()).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::super::{Access, open};
    use super::*;

    const SECOND: &str = "ALTER TABLE bookmark ADD COLUMN later TEXT";

    #[test]
    fn 古い形は控えを取ってから新しくなる() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = open::open(dir.path(), Access::Write, MIGRATIONS).unwrap();
        store.set_bookmark("しおり").unwrap();
        drop(store);
        let steps: Vec<&str> = MIGRATIONS.iter().copied().chain([SECOND]).collect();

        let store = open::open(dir.path(), Access::Write, &steps).unwrap();
        assert_eq!(store.bookmark().unwrap().as_deref(), Some("しおり"));
        let version: u32 = store.connection.pragma_query_one(None, "user_version").unwrap();
        assert_eq!(version as usize, steps.len());
        drop(store);
        let folder = dir.path().join(BACKUPS);
        let backup = folder.join(format!("jirei-backup-v{}.db", MIGRATIONS.len()));
        inspect(&backup, MIGRATIONS.len() as u32).unwrap();
        assert_eq!(fs::read_dir(folder).unwrap().count(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&backup).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn 失敗した移行は何も変えない() {
        let dir = tempfile::tempdir().unwrap();
        drop(open::open(dir.path(), Access::Write, MIGRATIONS).unwrap());
        let steps: Vec<&str> = MIGRATIONS.iter().copied().chain([SECOND, "SELECT nonsense"]).collect();
        let two = &steps[..=MIGRATIONS.len()];

        assert!(open::open(dir.path(), Access::Write, &steps).is_err());
        // The first of the two steps was taken whole, the second not at all.
        drop(open::open(dir.path(), Access::Write, two).unwrap());
    }

    #[test]
    fn 閲覧では古い形に触れない() {
        let dir = tempfile::tempdir().unwrap();
        drop(open::open(dir.path(), Access::Write, MIGRATIONS).unwrap());
        let before = fs::read(dir.path().join("jirei.db")).unwrap();
        let steps: Vec<&str> = MIGRATIONS.iter().copied().chain([SECOND]).collect();
        let error = open::open(dir.path(), Access::Look, &steps).unwrap_err();
        assert!(matches!(error, OpenError::Older { .. }), "{error:?}");
        assert_eq!(fs::read(dir.path().join("jirei.db")).unwrap(), before);
    }
}
