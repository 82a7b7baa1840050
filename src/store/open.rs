//! Opening the file: what it is, whose it is, and whether it may be written, before SQLite touches it.

use std::fs::{self, DirBuilder, File, TryLockError};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::{Connection, MAIN_DB, OpenFlags};

use super::file::{DATABASE, LOCK};
use super::migrate::migrate;
use super::{Access, OpenError, Store, Warning, file, holder, leavings, sums};

/// "JIRE", in the header of every database of ours.
pub(super) const APPLICATION_ID: i32 = 0x4a49_5245;

/// How long SQLite waits for somebody else's transaction to end before it says so.
const PATIENCE: Duration = Duration::from_millis(1000);

/// Opens with the given migrations; how many there are is the version this program knows.
pub(super) fn open(dir: &Path, access: Access, steps: &[&str]) -> Result<Store, OpenError> {
    // Absolute, so that no folder name can look like one of SQLite's `file:` addresses.
    let dir = std::path::absolute(dir).map_err(|e| OpenError::io(dir, &e))?;
    let path = dir.join(DATABASE);
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    look_at_header(&path, known)?;
    let (mut warnings, mut made) = (Vec::new(), false);
    let lock = match access {
        Access::Look if is_nowhere(&path) => return Err(OpenError::Missing { path }),
        Access::Look => None,
        Access::Write => {
            make_writable_folder(&dir)?;
            let mut lock = lock(&dir, &mut warnings)?;
            lock.as_mut().map(holder::sign);
            if lock.is_some() {
                leavings::sweep_records(&dir);
            }
            made = is_nowhere(&path);
            if made {
                begin(&path, steps)?;
            }
            refuse_read_only(&path)?;
            lock
        }
    };
    let until = Instant::now() + PATIENCE;
    let connection = loop {
        match open_file(&path, access, steps) {
            // Another program may be opening the file for writing at this moment, and will take back the interrupted save.
            Err(OpenError::Interrupted { .. }) if Instant::now() < until => {
                if !take_back(&dir, &path) {
                    std::thread::sleep(PATIENCE / 20);
                }
            }
            // Who only looks waits for other programs, and for a jirei that is writing.
            Err(OpenError::Busy { path }) if access == Access::Look => {
                return Err(match holder::writes(&dir) {
                    Some(by) => OpenError::InUse { path, by },
                    None => OpenError::Busy { path },
                });
            }
            opened => break opened?,
        }
    };
    let (damaged, seen, opened) = (false, None, Default::default());
    let mut store = Store { connection, path, access, damaged, warnings, seen, made, lock, opened };
    store.note_opened();
    if access == Access::Look {
        // What is written from now on is noticed.
        let _ = store.has_changed();
    }
    Ok(store)
}

/// Whether nothing has a name, not even a link that leads nowhere: that one may lead to records on a drive that is away.
fn is_nowhere(path: &Path) -> bool {
    path.symlink_metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Makes the database under another name and gives it its own when it is whole, under our lock. So an empty file is never a
/// first start that was cut off, but records that are lost.
fn begin(path: &Path, steps: &[&str]) -> Result<(), OpenError> {
    let new = path.with_extension("db.new");
    let io = |error: io::Error| OpenError::io(path, &error);
    // What an earlier attempt left.
    for left in [&new, &path.with_extension("db.new-journal")] {
        file::remove_if_there(left).map_err(io)?;
    }
    let made = || {
        file::create_private(&new).map_err(io)?;
        migrate(&mut connect(&new, Access::Write)?, &new, 0, steps)?;
        fs::rename(&new, path).map_err(io)
    };
    made().inspect_err(|_| drop(fs::remove_file(&new)))?;
    path.parent().map_or(Ok(()), file::sync_folder).map_err(io)
}

fn open_file(path: &Path, access: Access, steps: &[&str]) -> Result<Connection, OpenError> {
    let mut connection = connect(path, access)?;
    bring_up_to_date(&mut connection, path, access, steps)?;
    Ok(connection)
}

/// Lets SQLite take back a save that was cut off, which it does on the first reading of who may write, and under our lock. False
/// where that cannot be had now.
fn take_back(dir: &Path, path: &Path) -> bool {
    let Ok(_lock) = lock(dir, &mut Vec::new()) else { return false };
    let read = |connection: Connection| connection.pragma_query_one::<u32>(None, "user_version").is_ok();
    refuse_read_only(path).is_ok() && connect(path, Access::Write).is_ok_and(read)
}

/// The same for a database that is open to look only.
pub(super) fn take_back_of(path: &Path) -> bool {
    path.parent().is_some_and(|dir| take_back(dir, path))
}

fn bring_up_to_date(
    connection: &mut Connection,
    path: &Path,
    access: Access,
    steps: &[&str],
) -> Result<(), OpenError> {
    let known = u32::try_from(steps.len()).unwrap_or(u32::MAX);
    // Asked again through SQLite: an interrupted save may just have been rolled back.
    let found = connection
        .pragma_query_one::<u32>(None, "user_version")
        .map_err(|error| OpenError::sqlite(path, &error))?;
    let path = path.to_owned();
    match access {
        _ if found > known => Err(OpenError::Newer { path, found, known }),
        Access::Look if found == 0 => Err(OpenError::Missing { path }),
        Access::Look if found < known => Err(OpenError::Older { path, found, known }),
        Access::Look => Ok(()),
        Access::Write => migrate(connection, &path, found, steps),
    }
}

/// Reads the hundred bytes SQLite's file format begins with (sqlite.org/fileformat.html, 1.3), so that a file that is not
/// ours is never opened by SQLite, which might recover or convert it.
pub(super) fn look_at_header(path: &Path, known: u32) -> Result<(), OpenError> {
    let mut header = Vec::with_capacity(100);
    let io = |error: io::Error| OpenError::io(path, &error);
    for beside in
        [path.with_extension("db-journal"), path.with_extension("db-wal"), path.with_file_name(LOCK)]
    {
        file::refuse_special(&beside).map_err(|error| OpenError::io(&beside, &error))?;
    }
    let length = match file::open_plain(path) {
        Ok(file) => {
            let length = file.metadata().map_err(io)?.len();
            file.take(100).read_to_end(&mut header).map_err(io)?;
            length
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            return Err(OpenError::Io {
                path: path.to_owned(), detail: "読む権限がありません".to_owned()
            });
        }
        Err(error) => return Err(io(error)),
    };
    let interrupted = path.with_extension("db-journal").metadata().is_ok_and(|m| m.len() > 0);
    judge_header(path, &header, length, (known, interrupted))
}

/// Whether a file of a length in bytes that begins so may be one of ours. `known`: the newest shape; `interrupted`: a save was
/// cut off, and SQLite will take it back.
pub(super) fn judge_header(
    path: &Path,
    header: &[u8],
    length: u64,
    (known, interrupted): (u32, bool),
) -> Result<(), OpenError> {
    let path = path.to_owned();
    if length == 0 {
        return Err(OpenError::Empty { path });
    }
    // A save that was cut off in the first one may have left zeros: SQLite takes it back.
    if interrupted && header.iter().all(|byte| *byte == 0) {
        return Ok(());
    }
    if !header.starts_with(b"SQLite format 3\0") || header.len() < 100 {
        return Err(OpenError::NotADatabase { path });
    }
    let number =
        |at: usize| header.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_be_bytes);
    if number(68) != APPLICATION_ID.cast_unsigned() {
        return Err(OpenError::NotOurs { path });
    }
    let found = number(60);
    if found > known {
        return Err(OpenError::Newer { path, found, known });
    }
    let page = match u64::from(number(16) >> 16) {
        1 => 65_536,
        size => size,
    };
    // The count of pages holds where the two change counters agree.
    if !interrupted && number(24) == number(92) && length < page * u64::from(number(28)) {
        return Err(OpenError::Damaged {
            path, detail: "ファイルが途中で切れています".to_owned()
        });
    }
    Ok(())
}

pub(super) fn make_writable_folder(dir: &Path) -> Result<(), OpenError> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir).map_err(|e| OpenError::io(dir, &e))?;
    // On Windows the attribute of a folder says nothing about writing.
    if cfg!(unix) { refuse_read_only(dir) } else { Ok(()) }
}

/// What is marked as not to be written is not written, even by an administrator who could.
fn refuse_read_only(path: &Path) -> Result<(), OpenError> {
    let metadata = fs::metadata(path).map_err(|e| OpenError::io(path, &e))?;
    if metadata.permissions().readonly() {
        Err(OpenError::ReadOnly { path: path.to_owned() })
    } else {
        Ok(())
    }
}

pub(super) fn lock(dir: &Path, warnings: &mut Vec<Warning>) -> Result<Option<File>, OpenError> {
    let path = dir.join(LOCK);
    let file =
        file::private().create(true).truncate(false).open(&path).map_err(|e| OpenError::io(&path, &e))?;
    // Whoever only asks whether somebody writes has it for a moment.
    for tries in (0..3).rev() {
        match file.try_lock() {
            Ok(()) => return Ok(Some(file)),
            Err(TryLockError::WouldBlock) if tries > 0 => std::thread::sleep(PATIENCE / 100),
            Err(TryLockError::WouldBlock) => break,
            // Some drives know no locks. One user alone is safe there too, so this does not shut anybody out.
            Err(TryLockError::Error(_)) => {
                warnings.push(Warning::NoLock { folder: dir.to_owned() });
                return Ok(None);
            }
        }
    }
    Err(OpenError::InUse { path: dir.join(DATABASE), by: holder::read(dir) })
}

pub(super) fn connect(path: &Path, access: Access) -> Result<Connection, OpenError> {
    let sqlite = |error: rusqlite::Error| OpenError::sqlite(path, &error);
    let mode = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Look => OpenFlags::SQLITE_OPEN_READ_ONLY,
    };
    let connection =
        Connection::open_with_flags(path, mode | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(sqlite)?;
    connection.busy_timeout(PATIENCE).map_err(sqlite)?;
    sums::register(&connection).map_err(sqlite)?;
    connection.set_prepared_statement_cache_capacity(64);
    let journal = match access {
        // One journal file that is gone after each save: no side files to forget when the database is copied.
        Access::Write => ("journal_mode", "DELETE", "delete"),
        Access::Look => ("query_only", "ON", "1"),
    };
    set_up(&connection, path, journal)?;
    // SQLite falls back to reading where it may not write, without a word.
    if access == Access::Write && connection.is_readonly(MAIN_DB).map_err(sqlite)? {
        return Err(OpenError::ReadOnly { path: path.to_owned() });
    }
    Ok(connection)
}

/// The cache of a connection, as SQLite takes it: minus so many KiB.
pub(super) const CACHE: &str = "-1024";

/// Settings as (name, what is set, what reads back). Nothing may stay behind on the disk of what was deleted
/// (`secure_delete`, `temp_store` in memory), and a save that is said to be saved stands after a power cut
/// (`synchronous`).
const SETTINGS: [(&str, &str, &str); 6] = [
    ("cache_size", CACHE, CACHE),
    ("temp_store", "MEMORY", "2"),
    ("trusted_schema", "OFF", "0"),
    ("foreign_keys", "ON", "1"),
    ("synchronous", "EXTRA", "3"),
    ("secure_delete", "ON", "1"),
];

pub(super) fn set_up(
    connection: &Connection,
    path: &Path,
    last: (&'static str, &'static str, &'static str),
) -> Result<(), OpenError> {
    let mut settings = SETTINGS.to_vec();
    settings.push(last);
    if cfg!(target_os = "macos") {
        settings.push(("fullfsync", "ON", "1"));
    }
    for (name, set, expected) in settings {
        let sqlite = |error: rusqlite::Error| OpenError::sqlite(path, &error);
        connection.execute_batch(&format!("PRAGMA {name} = {set}")).map_err(sqlite)?;
        let read = connection
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map_err(sqlite)?;
        let read = match read {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        };
        if read != expected {
            let setting = format!("{name} = {read}");
            return Err(OpenError::Setting { path: path.to_owned(), setting });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    fn write(dir: &Path) -> Result<Store, OpenError> {
        Store::open(dir, Access::Write)
    }

    fn look(dir: &Path) -> Result<Store, OpenError> {
        Store::open(dir, Access::Look)
    }

    /// A database of ours with a meeting in it, as bytes.
    fn database(dir: &Path) -> Vec<u8> {
        let mut store = write(dir).unwrap();
        store.commit(&samples::new_meeting(1)).unwrap();
        drop(store);
        fs::read(dir.join(DATABASE)).unwrap()
    }

    /// Neither way of opening works, both say why with the path, and the file stays as it was.
    fn refused(dir: &Path, bytes: &[u8], is: fn(&OpenError) -> bool) {
        fs::write(dir.join(DATABASE), bytes).unwrap();
        for access in [Access::Write, Access::Look] {
            let error = Store::open(dir, access).unwrap_err();
            assert!(is(&error), "{error:?}");
            assert!(error.to_string().contains(&dir.join(DATABASE).display().to_string()), "{error}");
            assert_eq!(fs::read(dir.join(DATABASE)).unwrap(), bytes);
            assert!(!dir.join("jirei.db-journal").exists());
        }
    }

    #[test]
    fn はじめての場所に自分だけのフォルダーとファイルを作る() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("新しい/場所");
        let store = write(&deep).unwrap();
        assert_eq!(store.path(), deep.join(DATABASE));
        assert!(store.warnings().is_empty());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&deep), 0o700);
            assert_eq!(mode(&deep.join(DATABASE)), 0o600);
            assert_eq!(mode(&deep.join(LOCK)), 0o600);
        }
    }

    #[test]
    fn 閲覧は何も作らない() {
        let dir = tempfile::tempdir().unwrap();
        let nowhere = dir.path().join("ない");
        assert!(matches!(look(&nowhere), Err(OpenError::Missing { .. })));
        assert!(!nowhere.exists());
        assert!(matches!(look(dir.path()), Err(OpenError::Missing { .. })));
        assert!(!dir.path().join(DATABASE).exists());
    }

    #[test]
    fn 空のファイルは失われた記録かもしれないので触れない() {
        let dir = tempfile::tempdir().unwrap();
        refused(dir.path(), b"", |e| matches!(e, OpenError::Empty { .. }) && !e.can_look());
        fs::rename(dir.path().join(DATABASE), dir.path().join("空")).unwrap();
        assert!(write(dir.path()).is_ok(), "as the message says");
    }

    #[test]
    fn はじめての起動が途中で止まっても空のファイルは残らない() {
        // Nothing can be made of these steps: the first start ends half-way.
        let dir = tempfile::tempdir().unwrap();
        assert!(
            open(dir.path(), Access::Write, &[super::super::migrate::MIGRATIONS[0], "NONSENSE"]).is_err()
        );
        let left = || fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect::<Vec<_>>();
        assert_eq!(left(), [LOCK]);
        // What a crash leaves does not stand in the way either.
        for name in ["jirei.db.new", "jirei.db.new-journal"] {
            fs::write(dir.path().join(name), [0u8; 512]).unwrap();
        }
        assert!(matches!(look(dir.path()), Err(OpenError::Missing { .. })));
        let store = write(dir.path()).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        drop(store);
        let mut left = left();
        left.sort();
        assert_eq!(left, [DATABASE, LOCK]);
    }

    #[cfg(unix)]
    #[test]
    fn 離れた場所の記録への近道を新しい記録に替えない() {
        let dir = tempfile::tempdir().unwrap();
        let (away, path) = (dir.path().join("抜いたメモリー/jirei.db"), dir.path().join(DATABASE));
        std::os::unix::fs::symlink(&away, &path).unwrap();
        for access in [Access::Write, Access::Look] {
            let error = Store::open(dir.path(), access).unwrap_err();
            assert!(!matches!(error, OpenError::Missing { .. }), "{error:?}");
        }
        assert_eq!(fs::read_link(&path).unwrap(), away);
    }

    #[test]
    fn 二つ目は書き込めないが閲覧はできる() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = write(dir.path()).unwrap();
        first.commit(&samples::new_meeting(1)).unwrap();
        let error = write(dir.path()).unwrap_err();
        assert!(matches!(error, OpenError::InUse { .. }) && error.can_look(), "{error:?}");
        let mut second = look(dir.path()).unwrap();
        assert_eq!(second.summaries().unwrap().len(), 1);
        first.commit(&samples::new_meeting(2)).unwrap();
        assert_eq!(second.summaries().unwrap().len(), 2);
        assert_eq!(second.commit(&samples::new_meeting(3)), Err(super::super::StoreError::Look));
        drop(first);
        assert!(write(dir.path()).is_ok());
    }

    #[test]
    fn データベースでないものには触れない() {
        let dir = tempfile::tempdir().unwrap();
        for bytes in [&b"\xe4\xba\x8b\xe4\xbe\x8b"[..], &[0u8; 4096], b"SQLite format 3\0"] {
            refused(dir.path(), bytes, |e| matches!(e, OpenError::NotADatabase { .. }));
        }
    }

    #[test]
    fn よそのデータベースには触れない() {
        let dir = tempfile::tempdir().unwrap();
        for sql in ["", "PRAGMA journal_mode = WAL;", "PRAGMA application_id = 7;"] {
            let other = dir.path().join("other.db");
            let connection = Connection::open(&other).unwrap();
            connection.execute_batch(&format!("{sql} CREATE TABLE t (x)")).unwrap();
            drop(connection);
            let bytes = fs::read(&other).unwrap();
            fs::remove_file(&other).unwrap();
            refused(dir.path(), &bytes, |e| matches!(e, OpenError::NotOurs { .. }));
        }
    }

    #[test]
    fn 新しい版の記録には触れない() {
        let dir = tempfile::tempdir().unwrap();
        drop(write(dir.path()).unwrap());
        let connection = Connection::open(dir.path().join(DATABASE)).unwrap();
        connection.pragma_update(None, "user_version", 99).unwrap();
        drop(connection);
        let bytes = fs::read(dir.path().join(DATABASE)).unwrap();
        refused(dir.path(), &bytes, |e| matches!(e, OpenError::Newer { found: 99, .. }));
    }

    #[test]
    fn 途中で切れた記録には触れない() {
        let dir = tempfile::tempdir().unwrap();
        let bytes = database(dir.path());
        refused(dir.path(), &bytes[..bytes.len() / 2], |e| matches!(e, OpenError::Damaged { .. }));
        refused(dir.path(), &bytes[..60], |e| matches!(e, OpenError::NotADatabase { .. }));
    }

    #[test]
    fn 壊れた中身は開くか調べるかで分かる() {
        let dir = tempfile::tempdir().unwrap();
        let whole = database(dir.path());
        let store = look(dir.path()).unwrap();
        let sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'meetings'";
        let page = store.connection.query_row(sql, [], |row| row.get::<_, u32>(0)).unwrap() as usize;
        drop(store);
        let mut bytes = whole.clone();
        bytes[4096 * (page - 1)..4096 * page].fill(0xa5);
        fs::write(dir.path().join(DATABASE), &bytes).unwrap();
        let store = write(dir.path()).unwrap();
        assert_eq!(store.summaries(), Err(super::super::StoreError::Damaged));
        assert_eq!(store.examine(), Err(super::super::StoreError::Damaged));
        drop(store);
        let mut bytes = whole;
        bytes[100..4096].fill(0xa5);
        refused(dir.path(), &bytes, |e| matches!(e, OpenError::Damaged { .. }));
    }

    #[cfg(unix)]
    #[test]
    fn 読み取り専用のファイルとフォルダーは閲覧できる() {
        use std::os::unix::fs::PermissionsExt;
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let dir = tempfile::tempdir().unwrap();
        let bytes = database(dir.path());
        set(&dir.path().join(DATABASE), 0o400);
        let error = write(dir.path()).unwrap_err();
        assert!(matches!(error, OpenError::ReadOnly { .. }) && error.can_look(), "{error:?}");
        set(dir.path(), 0o500);
        assert!(matches!(write(dir.path()), Err(OpenError::ReadOnly { .. })));
        assert_eq!(look(dir.path()).unwrap().summaries().unwrap().len(), 1);
        assert_eq!(fs::read(dir.path().join(DATABASE)).unwrap(), bytes);
        set(dir.path(), 0o700);
    }

    #[test]
    fn 設定は読み返しても同じ() {
        let dir = tempfile::tempdir().unwrap();
        let store = write(dir.path()).unwrap();
        let read = |name: &str| store.connection.pragma_query_one::<i64>(None, name).unwrap();
        assert_eq!((read("synchronous"), read("foreign_keys"), read("secure_delete")), (3, 1, 1));
        assert_eq!(read("application_id"), i64::from(APPLICATION_ID));
        let mode: String = store.connection.pragma_query_one(None, "journal_mode").unwrap();
        assert_eq!(mode, "delete");
    }

    /// A folder in which a save was cut off after it had begun to write: its rollback journal lies there.
    fn cut_off() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let cut = tempfile::tempdir().unwrap();
        database(dir.path());
        let connection = Connection::open(dir.path().join(DATABASE)).unwrap();
        connection.execute_batch("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN").unwrap();
        for i in 0..500 {
            connection
                .execute(
                    "INSERT INTO journal VALUES (NULL, ?1, NULL, '', 'do', NULL, '', ?1, 0)",
                    [format!("{i:0900}")],
                )
                .unwrap();
        }
        for name in [DATABASE, "jirei.db-journal"] {
            fs::copy(dir.path().join(name), cut.path().join(name)).unwrap();
        }
        connection.execute_batch("ROLLBACK").unwrap();
        let length = |dir: &Path, name: &str| fs::metadata(dir.join(name)).unwrap().len();
        assert!(length(cut.path(), "jirei.db-journal") > 0, "the save was cut off");
        assert!(length(cut.path(), DATABASE) > length(dir.path(), DATABASE), "after it had begun to write");
        cut
    }

    #[test]
    fn 途中で止まった保存は次の起動で元に戻る() {
        for access in [Access::Write, Access::Look] {
            let cut = cut_off();
            let store = Store::open(cut.path(), access).unwrap();
            assert_eq!(store.check().unwrap(), Vec::<String>::new());
            assert_eq!(store.summaries().unwrap().len(), 1);
        }
    }

    #[test]
    fn 戻せない間は閲覧を断ってわけを言う() {
        let cut = cut_off();
        let other = lock(cut.path(), &mut Vec::new()).unwrap();
        let error = look(cut.path()).unwrap_err();
        assert!(matches!(error, OpenError::Interrupted { .. }) && !error.can_look(), "{error:?}");
        assert!(fs::metadata(cut.path().join("jirei.db-journal")).unwrap().len() > 0);
        drop(other);
        assert!(look(cut.path()).is_ok());
    }
}
