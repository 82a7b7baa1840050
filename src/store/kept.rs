//! What nothing that is given away may take the place of: the records with what SQLite lays beside them, words that wait in a
//! rescue file, the settings, what was chosen from the menu, and the session formats of one's own.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{DATABASE, LOCK};

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
        is_named || is_unsaved() || is_database(path) || self.is_format(path, &name) || self.is_kept(path)
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
                files.extend(["-journal", "-wal", "-shm"].map(|end| with_end(&real, end)));
            }
            files.extend([database, folder.join(LOCK), folder.join(CHOSEN)]);
        }
        files
    }
}

fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
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
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

fn is_database(path: &Path) -> bool {
    // Reading from a pipe or a device could wait for ever.
    if !fs::metadata(path).is_ok_and(|found| found.is_file()) {
        return false;
    }
    let mut start = Vec::with_capacity(SQLITE.len());
    let read = File::open(path).and_then(|file| file.take(SQLITE.len() as u64).read_to_end(&mut start));
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
        fs::write(&backup, "SQLite ではない").unwrap();
        assert!(!kept.holds(&backup));
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
