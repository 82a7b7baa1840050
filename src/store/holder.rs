//! Who writes in the records: whoever takes the lock leaves a line in its file, and whoever does not get it reads that.
//!
//! On Windows a locked file cannot be read: there it stays "another jirei".

use std::fmt;
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use chrono::{DateTime, FixedOffset, Local};
use serde::{Deserialize, Serialize};

use super::LOCK;

/// A jirei that has the records open for writing, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holder(Option<Line>);

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// The number of the process.
    pid: u32,
    /// What its computer is called.
    machine: String,
    /// Since when.
    since: DateTime<FixedOffset>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Line { pid, machine, since }) = &self.0 else { return f.write_str("別の jirei") };
        let since = since.with_timezone(&Local);
        let today = since.date_naive() == Local::now().date_naive();
        let since = since.format(if today { "%H:%M" } else { "%-m月%-d日 %H:%M" });
        if *machine == here() {
            write!(f, "このパソコンの別の jirei（番号 {pid}、{since} から）")
        } else {
            write!(f, "別のパソコン（{machine}）の jirei（{since} から）")
        }
    }
}

fn here() -> String {
    gethostname::gethostname().to_string_lossy().into_owned()
}

/// Leaves in the file of the lock who has it. Nobody needs it but to be told, so nothing is done where it cannot be written.
pub(super) fn sign(lock: &mut File) {
    let line = Line { pid: std::process::id(), machine: here(), since: Local::now().fixed_offset() };
    // What was there is of somebody who is gone.
    let written = lock.set_len(0).and_then(|()| lock.rewind());
    if let (Ok(()), Ok(text)) = (written, toml::to_string(&line)) {
        let _ = lock.write_all(text.as_bytes());
    }
}

/// Who has the lock, by what stands in its file.
pub(super) fn read(folder: &Path) -> Holder {
    let mut text = String::new();
    let read = File::open(folder.join(LOCK)).and_then(|file| file.take(4096).read_to_string(&mut text));
    let line: Option<Line> = read.ok().and_then(|_| toml::from_str(&text).ok());
    // A name is written to the screen: it steers nothing.
    Holder(line.map(|line| Line { machine: crate::domain::text::clean_line(&line.machine), ..line }))
}

/// Who writes in the records of a folder now; none where nobody does. The lock is asked for as one that many may have: whoever
/// wants it for writing at this very moment asks again.
pub(super) fn writes(folder: &Path) -> Option<Holder> {
    let lock = File::open(folder.join(LOCK)).ok()?;
    matches!(lock.try_lock_shared(), Err(TryLockError::WouldBlock)).then(|| read(folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Access, OpenError, Store};

    #[test]
    fn 記録を開いている相手はそのままの名で言う() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(writes(dir.path()), None);
        let first = Store::open(dir.path(), Access::Write).unwrap();
        let said = || match Store::open(dir.path(), Access::Write) {
            Err(OpenError::InUse { by, .. }) => by.to_string(),
            other => panic!("{other:?}"),
        };
        if cfg!(unix) {
            let ours = format!("このパソコンの別の jirei（番号 {}、", std::process::id());
            assert!(said().starts_with(&ours), "{}", said());
        }
        // As another computer, an earlier version, and somebody who would steer the screen, write it.
        for (line, should) in [
            (
                "pid = 7\nmachine = \"YAMA-PC\"\nsince = \"2026-05-21T13:30:00+09:00\"\n",
                "別のパソコン（YAMA-PC）の jirei（",
            ),
            (
                "pid = 7\nmachine = \"Y\\u001b[2J\"\nsince = \"2026-05-21T13:30:00+09:00\"\n",
                "別のパソコン（Y",
            ),
            ("", "別の jirei"),
            ("pid", "別の jirei"),
        ] {
            std::fs::write(dir.path().join(LOCK), line).unwrap();
            if cfg!(unix) {
                assert!(said().starts_with(should) && !said().contains('\u{1b}'), "{}", said());
            }
        }
        drop(first);
        assert_eq!(writes(dir.path()), None);
        assert!(Store::open(dir.path(), Access::Write).is_ok());
    }

    #[test]
    fn 別のプログラムが押さえた記録を別のjireiとは言わない() {
        let dir = tempfile::tempdir().unwrap();
        drop(Store::open(dir.path(), Access::Write).unwrap());
        let other = rusqlite::Connection::open(dir.path().join("jirei.db")).unwrap();
        other.execute_batch("BEGIN EXCLUSIVE").unwrap();
        for access in [Access::Write, Access::Look] {
            let error = Store::open(dir.path(), access).unwrap_err();
            let said = error.to_string();
            assert!(matches!(error, OpenError::Busy { .. }), "{error:?}");
            assert!(said.contains("DB Browser") && !said.contains("jirei が開いて"), "{said}");
        }
        // It is one of ours where our lock is taken.
        let lock = File::options().write(true).open(dir.path().join(LOCK)).unwrap();
        lock.lock().unwrap();
        let error = Store::open(dir.path(), Access::Look).unwrap_err();
        assert!(matches!(error, OpenError::InUse { .. }), "{error:?}");
    }
}
