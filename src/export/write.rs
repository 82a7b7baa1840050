//! Writes whole files or none. The only part of this room that touches the disk.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use thiserror::Error;

use crate::domain::refused::in_words;
use crate::store::Kept;
use crate::store::file::{private, sync_folder};

/// A file was not written; whatever stood at its place stands there still.
#[derive(Debug, Error)]
pub enum WriteError {
    #[error(
        "ここは記録（データベース）や設定のファイルの場所なので、書き出しません: {0}。そのまま残しました。別の名前か、別のフォルダーにしてください"
    )]
    /// Records or settings stand there, which no export may replace.
    Kept(PathBuf),
    #[error(
        "同じ名前のファイルがすでにあります: {0}。そのまま残しました。上書きするには --force を付けるか、別の名前にしてください"
    )]
    /// Something stands there, and nobody said that it may go.
    Exists(PathBuf),
    /// A folder has this name.
    #[error("フォルダーと同じ名前なので書けません: {0}。記録は無事です。別の名前にしてください")]
    Folder(PathBuf),
    #[error(
        "書き出す先のフォルダーがありません: {0}。記録は無事です。フォルダーを作るか、別の場所を選んでください"
    )]
    /// The folder it was to be put in is not there.
    NoFolder(PathBuf),
    /// The system does not let us write there.
    #[error("書き出す先に書く権限がありません: {0}。記録は無事です。別の場所を選んでください")]
    Denied(PathBuf),
    #[error(
        "Excel などで開かれているので書きかえられません: {0}。記録も、今あるファイルも無事です。閉じてからもう一度書き出すか、別の名前にしてください"
    )]
    /// Another program has it open and lets nobody else write it.
    Open(PathBuf),
    /// No space is left there.
    #[error("書き出す先がいっぱいです: {0}。記録は無事です。空きを作るか、別の場所を選んでください")]
    Full(PathBuf),
    /// The system refuses, for another reason.
    #[error("書けませんでした: {path}（{}）。記録は無事です。別の場所をお試しください", in_words(source))]
    Other {
        /// The file that was to be written.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// What becomes of a file that stands where one is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existing {
    /// It stays, and nothing is written.
    Keep,
    /// It goes: somebody said so.
    Replace,
}

/// A file of this name, where the path is a folder; else the path itself.
pub fn within(path: &Path, name: &str) -> PathBuf {
    if path.is_dir() || ends_in_separator(path) { path.join(name) } else { path.to_path_buf() }
}

/// The path with the least number behind its name that nothing has yet: `議事録-2.md` for `議事録.md`.
pub fn free(path: &Path) -> PathBuf {
    numbered(path, |path| path.symlink_metadata().is_err())
}

/// The path with the least number behind its name that will do.
pub fn numbered(path: &Path, mut will_do: impl FnMut(&Path) -> bool) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let end = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    let mut numbered = (2u32..).map(|n| path.with_file_name(format!("{stem}-{n}{end}")));
    numbered.find(|path| will_do(path)).unwrap_or_else(|| path.to_path_buf())
}

fn ends_in_separator(path: &Path) -> bool {
    path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

/// Writes a file as a whole: beside its place first, then synced, then put in its place. What is kept is never replaced.
pub fn write(path: &Path, bytes: &[u8], existing: Existing, kept: &Kept) -> Result<(), WriteError> {
    refuse_kept(path, kept)?;
    write_by(OpenOptions::new().write(true), path, bytes, existing)
}

/// Whether [`write()`] would refuse this place whatever it is told.
pub fn refuse_kept(path: &Path, kept: &Kept) -> Result<(), WriteError> {
    if kept.holds(path) { Err(WriteError::Kept(path.to_path_buf())) } else { Ok(()) }
}

/// Writes words that wait, likewise as a whole: a file that at no moment anybody but the user can read.
pub fn write_private(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), WriteError> {
    write_by(&mut private(), path, bytes, existing)
}

fn write_by(
    options: &mut OpenOptions,
    path: &Path,
    bytes: &[u8],
    existing: Existing,
) -> Result<(), WriteError> {
    if path.is_dir() {
        return Err(WriteError::Folder(path.to_path_buf()));
    }
    if existing == Existing::Keep && path.symlink_metadata().is_ok() {
        return Err(WriteError::Exists(path.to_path_buf()));
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(WriteError::NoFolder(folder.to_path_buf()));
    }
    let beside = Beside::new(folder);
    beside
        .fill(options, bytes)
        .and_then(|()| beside.put(path, existing))
        .map_err(|error| explain(path, error, cfg!(windows)))?;
    // The file is there, and to say otherwise would be wrong. Some drives cannot do this at all.
    let _ = sync_folder(folder);
    Ok(())
}

fn explain(path: &Path, source: io::Error, windows: bool) -> WriteError {
    let path = path.to_path_buf();
    match source.kind() {
        _ if is_open(&source, windows) => WriteError::Open(path),
        ErrorKind::AlreadyExists => WriteError::Exists(path),
        ErrorKind::IsADirectory => WriteError::Folder(path),
        ErrorKind::NotFound => WriteError::NoFolder(path),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => WriteError::Denied(path),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => WriteError::Full(path),
        _ => WriteError::Other { path, source },
    }
}

/// Whether the system refuses because another program has the file open. `windows`: what the numbers mean.
fn is_open(error: &io::Error, windows: bool) -> bool {
    match error.raw_os_error() {
        // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION ("System Error Codes").
        Some(number) if windows => matches!(number, 32 | 33),
        // EBUSY and ETXTBSY.
        _ => matches!(error.kind(), ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy),
    }
}

/// Whoever may not replace a file on Windows hears that the rights are missing, also where somebody has it open. Whoever
/// would write into it hears the reason.
fn reason(path: &Path, error: io::Error) -> io::Error {
    if !cfg!(windows) || error.kind() != ErrorKind::PermissionDenied {
        return error;
    }
    OpenOptions::new().append(true).open(path).err().unwrap_or(error)
}

/// A file beside the place it is meant for; gone when it is dropped, unless it was put there.
struct Beside(PathBuf);

impl Beside {
    fn new(folder: &Path) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(folder.join(format!(".jirei-{}-{count}.tmp", std::process::id())))
    }

    fn fill(&self, options: &mut OpenOptions, bytes: &[u8]) -> io::Result<()> {
        let mut file = options.create_new(true).open(&self.0)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    fn put(&self, path: &Path, existing: Existing) -> io::Result<()> {
        if existing == Existing::Replace {
            return fs::rename(&self.0, path).map_err(|error| reason(path, error));
        }
        // A second name for the file fails where something stands, at once and without a gap; renaming would replace it.
        match fs::hard_link(&self.0, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(error),
            // Some file systems (memory sticks) know no second names.
            Err(_) if path.symlink_metadata().is_err() => fs::rename(&self.0, path),
            Err(_) => Err(ErrorKind::AlreadyExists.into()),
            Ok(()) => Ok(()),
        }
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // After a rename there is nothing left to remove.
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nothing is kept.
    fn none() -> Kept {
        Kept::new([], PathBuf::new())
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn 上書きは言われたときだけ() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("議事録.md");
        write(&path, b"one", Existing::Keep, &none()).unwrap();
        assert!(matches!(write(&path, b"two", Existing::Keep, &none()), Err(WriteError::Exists(_))));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"two", Existing::Replace, &none()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(names(folder.path()), ["議事録.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn 控えは書いている間も自分だけのもの() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let beside = Beside::new(folder.path());
        beside.fill(&mut private(), b"one").unwrap();
        assert_eq!(mode(&beside.0), 0o600);
        drop(beside);
        let path = folder.path().join("未保存.json");
        write_private(&path, b"one", Existing::Keep).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, b"two", Existing::Replace).unwrap();
        assert_eq!((mode(&path), fs::read(&path).unwrap().as_slice()), (0o600, &b"two"[..]));
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn ファイルがあれば書けたと言う() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let set = |mode| fs::set_permissions(folder.path(), fs::Permissions::from_mode(mode)).unwrap();
        // One may write into such a folder, but not open it, and so not sync it; an administrator may do both.
        set(0o300);
        let path = folder.path().join("議事録.md");
        let written = write(&path, b"x", Existing::Keep, &none());
        set(0o700);
        written.unwrap();
        assert_eq!(fs::read(path).unwrap(), b"x");
    }

    #[test]
    fn 空いている名前は番号で探す() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("第2回_議事録.md");
        assert_eq!(free(&path), folder.path().join("第2回_議事録-2.md"));
        for name in ["第2回_議事録-2.md", "第2回_議事録-3.md"] {
            write(&folder.path().join(name), b"x", Existing::Keep, &none()).unwrap();
        }
        assert_eq!(free(&path), folder.path().join("第2回_議事録-4.md"));
        assert_eq!(free(Path::new("議事録")), Path::new("議事録-2"));
    }

    #[test]
    fn 表計算で開かれたファイルはその事を言い何が無事かも言う() {
        let path = Path::new("記録/第3回 行動計画.xlsx");
        let explained = |number, windows| explain(path, io::Error::from_raw_os_error(number), windows);
        for number in [32, 33] {
            let said = explained(number, true).to_string();
            for words in ["Excel などで開かれている", "第3回 行動計画.xlsx", "無事です", "閉じてから"]
            {
                assert!(said.contains(words), "{said}");
            }
            assert!(!matches!(explained(number, false), WriteError::Open(_)));
        }
        #[cfg(target_os = "linux")]
        for busy in [16, 26] {
            assert!(matches!(explained(busy, false), WriteError::Open(_)));
            assert!(!matches!(explained(busy, true), WriteError::Open(_)));
        }
        assert!(matches!(explain(path, ErrorKind::PermissionDenied.into(), true), WriteError::Denied(_)));
        assert!(matches!(explain(path, ErrorKind::StorageFull.into(), true), WriteError::Full(_)));
    }

    #[cfg(windows)]
    #[test]
    fn 開かれている間は書きかえられず閉じると書ける() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("行動計画.xlsx");
        write(&path, b"one", Existing::Keep, &none()).unwrap();
        // As a program for tables has it: others may read.
        let open = OpenOptions::new().read(true).write(true).share_mode(1).open(&path).unwrap();
        assert!(matches!(write(&path, b"two", Existing::Replace, &none()), Err(WriteError::Open(_))));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        drop(open);
        write(&path, b"two", Existing::Replace, &none()).unwrap();
        assert_eq!(names(folder.path()), ["行動計画.xlsx"]);
    }

    #[test]
    fn 書けない場所は分かるように断る() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("ない/議事録.md");
        assert!(matches!(write(&missing, b"x", Existing::Replace, &none()), Err(WriteError::NoFolder(_))));
        assert!(matches!(write(folder.path(), b"x", Existing::Replace, &none()), Err(WriteError::Folder(_))));
        assert!(names(folder.path()).is_empty());
    }

    #[test]
    fn 行き先はフォルダーならその中になる() {
        let folder = tempfile::tempdir().unwrap();
        let name = "2026-05-21_記録.json";
        assert_eq!(within(folder.path(), name), folder.path().join(name));
        assert_eq!(within(Path::new("ない/"), name), Path::new("ない").join(name));
        let file = folder.path().join("a.json");
        assert_eq!(within(&file, name), file);
    }
}
