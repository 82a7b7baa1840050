//! What nothing that is given away may take the place of: the records with what SQLite lays beside them, words that wait in a
//! rescue file, the settings, what was chosen from the menu, and the session formats of one's own.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::file::{self, BESIDE, open_plain, read_bounded, with_end};
use super::leavings::WRITTEN_TO;
use super::{DATABASE, LOCK};
use crate::domain::refused::Unfit;

/// How the name of a rescue file begins.
pub const UNSAVED: &str = "未保存-";

/// What was chosen from the menu, beside the records.
pub const CHOSEN: &str = "chosen.toml";

/// What every file of SQLite begins with, a backup under any name too.
const SQLITE: &[u8; 16] = b"SQLite format 3\0";

/// Where the records and the settings of this run lie.
#[derive(Debug, Clone)]
pub struct Kept {
    folders: Vec<PathBuf>,
    settings: PathBuf,
}

impl Kept {
    /// The folders of records, and the settings file; neither need be there.
    pub fn new(folders: impl IntoIterator<Item = PathBuf>, settings: PathBuf) -> Self {
        Self { folders: folders.into_iter().collect(), settings }
    }

    /// Whether a file written to this path would take the place of something that is kept, whichever way the path leads there,
    /// or lie where such a file is looked for.
    pub fn holds(&self, path: &Path) -> bool {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        // In any folder: it may be that of other records. Windows takes `jirei.db.` and `jirei.db:x` for `jirei.db`.
        let is_named = name.starts_with(DATABASE) || name.starts_with(LOCK);
        let is_unsaved = || name.starts_with(UNSAVED) && name.ends_with(".json") && path.exists();
        // What is open here is known without being opened: closing it would take SQLite's locks of it away.
        is_named
            || is_unsaved()
            || self.is_format(path, &name)
            || self.is_kept(path)
            || is_database(path)
            || self.lies_beside_database(path, &name)
    }

    /// Reads a file from elsewhere. The records of this run are not opened, whichever way the path leads there: see [`Kept::holds`].
    ///
    /// # Errors
    /// As [`read_bounded`] has them.
    pub fn read(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        match self.folders.iter().any(|folder| same(&folder.join(DATABASE), path)) {
            true => Err(Unfit::Records.into()),
            false => read_bounded(path, most),
        }
    }

    /// Where this program notes what concerns its records; none where it has none.
    pub fn home(&self) -> Option<&Path> {
        self.folders.last().map(PathBuf::as_path)
    }

    /// Whether SQLite would take a file of this name for a part of the database beside it, such as a backup.
    fn lies_beside_database(&self, path: &Path, name: &str) -> bool {
        let end = BESIDE.into_iter().find(|end| name.ends_with(end));
        let whole = path.file_name().and_then(|name| name.to_str());
        let database = end.zip(whole).and_then(|(end, whole)| whole.get(..whole.len() - end.len()));
        let database = database.map(|database| path.with_file_name(database));
        database.is_some_and(|database| self.is_kept(&database) || is_database(&database))
    }

    fn is_format(&self, path: &Path, name: &str) -> bool {
        let folder = folder_of(path);
        name.ends_with(".toml") && self.folders.iter().any(|kept| same(&kept.join("sessions"), folder))
    }

    fn is_kept(&self, path: &Path) -> bool {
        self.files().iter().any(|kept| same(kept, path) || lie_together(kept, path))
    }

    fn files(&self) -> Vec<PathBuf> {
        let mut files = vec![self.settings.clone()];
        for folder in &self.folders {
            let database = folder.join(DATABASE);
            // Where the name is a symbolic link, SQLite puts its journal beside the file that the link leads to.
            if let Ok(real) = database.canonicalize() {
                files.extend(BESIDE.map(|end| with_end(&real, end)));
            }
            files.extend([database, folder.join(LOCK), folder.join(CHOSEN), folder.join(WRITTEN_TO)]);
        }
        files
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Whether two paths lead to the same thing, and there is one.
fn same(a: &Path, b: &Path) -> bool {
    identity(b).is_some_and(|b| identity(a) == Some(b))
}

/// Whether two paths mean the same name in the same folder, whether or not something has it: some disks do not tell capitals
/// from small letters, so nobody relies on that.
fn lie_together(a: &Path, b: &Path) -> bool {
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    name(a) == name(b) && same(folder_of(a), folder_of(b))
}

/// What tells a file from all others, by whichever name it is reached.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    file::identity(&fs::metadata(path).ok()?)
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

fn is_database(path: &Path) -> bool {
    let mut start = Vec::with_capacity(SQLITE.len());
    // Reading from a pipe or a device could wait for ever.
    let read = open_plain(path).and_then(|file| file.take(SQLITE.len() as u64).read_to_end(&mut start));
    read.is_ok() && start == SQLITE
}

#[cfg(test)]
mod tests {
    use super::super::{Access, Store};
    use super::*;

    fn house() -> (tempfile::TempDir, PathBuf, Kept) {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        drop(Store::open(&data, Access::Write).unwrap());
        fs::create_dir(data.join("sessions")).unwrap();
        fs::create_dir(dir.path().join("書類")).unwrap();
        let kept = Kept::new([data.clone()], dir.path().join("config.toml"));
        (dir, data, kept)
    }

    #[test]
    fn 記録と設定の名前はまだ無くても使わせない() {
        let (dir, data, kept) = house();
        for name in [
            "jirei.db",
            "JIREI.DB",
            "jirei.db-journal",
            "jirei.db-wal",
            "jirei.db.tmp",
            "Jirei.lock",
            "jirei.db.",
        ] {
            assert!(kept.holds(&data.join(name)), "{name}");
            assert!(kept.holds(&dir.path().join("書類/../data").join(name)), "{name}");
            assert!(kept.holds(&dir.path().join("書類").join(name)), "{name}: other records may lie there");
        }
        assert!(kept.holds(&dir.path().join("config.toml")), "it would be read at the next start");
        assert!(kept.holds(&dir.path().join("書類/../Config.toml")));
        assert!(kept.holds(&data.join("Chosen.toml")));
        assert!(kept.holds(&data.join("sessions/mieru.TOML")));
        for name in
            ["議事録.md", "jirei.json", "jirei-2.db", "書類/config.toml", "書類/mieru.toml", "data/議事録.md"]
        {
            assert!(!kept.holds(&dir.path().join(name)), "{name}");
        }
        assert!(!kept.holds(Path::new("議事録.md")));
    }

    #[test]
    fn 待っていることばと控えのデータベースも守る() {
        let (dir, data, kept) = house();
        let unsaved = data.join("未保存-20260521-133000.json");
        assert!(!kept.holds(&unsaved), "a name nobody has yet");
        fs::write(&unsaved, "{}").unwrap();
        assert!(kept.holds(&unsaved));
        let backup = dir.path().join("書類/きのうの記録");
        fs::copy(data.join(DATABASE), &backup).unwrap();
        assert!(kept.holds(&backup));
        // SQLite would take it for what is left of a save of that copy, and undo it.
        for end in ["-journal", "-wal", "-shm", "-JOURNAL"] {
            assert!(kept.holds(&with_end(&backup, end)), "{end}");
        }
        fs::write(&backup, "SQLite ではない").unwrap();
        assert!(!kept.holds(&backup) && !kept.holds(&with_end(&backup, "-journal")));
    }

    #[cfg(unix)]
    #[test]
    fn 開いている記録を別の名前で尋ねても錠は外れない() {
        let (dir, data, kept) = house();
        let mine = Store::open(&data, Access::Write).unwrap();
        mine.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        let other = dir.path().join("別名.md");
        fs::hard_link(data.join(DATABASE), &other).unwrap();
        for path in [&other, &with_end(&other, "-journal")] {
            assert!(kept.holds(path));
        }
        // Asked from another process, for locks are of a process.
        let script = "import fcntl,sys\nf=open(sys.argv[1],'rb+')\nfcntl.lockf(f,fcntl.LOCK_EX|fcntl.LOCK_NB,1,0x40000001)";
        let asked =
            std::process::Command::new("python3").args(["-c", script]).arg(data.join(DATABASE)).output();
        if let Ok(asked) = asked {
            assert!(!asked.status.success(), "the reserved byte of SQLite is free: the lock is gone");
        }
    }

    #[cfg(unix)]
    #[test]
    fn 別の名前をたどって着いても記録は記録() {
        use std::os::unix::fs::symlink;
        let (dir, data, kept) = house();
        let at = |name: &str| dir.path().join(name);
        symlink(data.join(DATABASE), at("議事録.md")).unwrap();
        fs::hard_link(data.join(LOCK), at("別名.md")).unwrap();
        symlink(&data, at("近道")).unwrap();
        for name in ["議事録.md", "別名.md", "近道/jirei.db", "近道/sessions/x.toml"] {
            assert!(kept.holds(&at(name)), "{name}");
        }
        // The database itself may lie elsewhere, and SQLite's files beside it.
        fs::rename(data.join(DATABASE), at("書類/記録")).unwrap();
        symlink(at("書類/記録"), data.join(DATABASE)).unwrap();
        for name in ["書類/記録", "書類/記録-journal", "書類/記録-wal"] {
            assert!(kept.holds(&at(name)), "{name}");
        }
        assert!(!kept.holds(&at("書類/記録-2")));
    }
}
