//! Writes whole files or none. The only part of this room that touches the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::domain::refused::in_words;
use crate::store::Kept;
use crate::store::file::sync_folder;
use crate::store::leavings;

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
    /// A pipe, a device or the like has this name, which no file may take the place of.
    #[error(
        "ふつうのファイルではないもの（パイプや装置）の名前なので、書き出しません: {0}。別の名前にしてください"
    )]
    Special(PathBuf),
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

/// Who can read a file that was written, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Readers {
    /// Nobody knows: the system has rules of its own.
    Unsaid,
    /// The user alone.
    Own,
    /// Those who could read the file that stood there: somebody may have let them.
    AsBefore,
    /// Those who share the folder.
    Folder,
}

impl Readers {
    /// In a few words; nothing where there is nothing to say.
    pub fn said(self) -> &'static str {
        match self {
            Readers::Unsaid => "",
            Readers::Own => "読めるのは自分だけです",
            Readers::AsBefore => "前のファイルと同じ人が読めます",
            Readers::Folder => "共有のフォルダーなので、そのフォルダーを使う人も読めます",
        }
    }
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

/// Writes a file as a whole: beside its place first, then synced, then put in its place. What is kept is never replaced. Only the
/// user can read it, unless the folder is shared, or others could read what stood there.
pub fn write(path: &Path, bytes: &[u8], existing: Existing, kept: &Kept) -> Result<Readers, WriteError> {
    refuse_kept(path, kept)?;
    leavings::before_writing(kept.home(), folder_of(path));
    let (readers, mode) = readers(path);
    write_by(path, bytes, existing, mode)?;
    Ok(readers)
}

/// Whether [`write()`] would refuse this place whatever it is told.
pub fn refuse_kept(path: &Path, kept: &Kept) -> Result<(), WriteError> {
    if kept.holds(path) { Err(WriteError::Kept(path.to_path_buf())) } else { Ok(()) }
}

/// Writes words that wait, likewise as a whole: a file that at no moment anybody but the user can read.
pub fn write_private(path: &Path, bytes: &[u8], existing: Existing) -> Result<(), WriteError> {
    write_by(path, bytes, existing, PRIVATE).map(drop)
}

/// The same; the file is locked from before it has its name until it is dropped, where the system and the drive know such locks: so
/// others see that whoever wrote it lives.
pub fn write_held(path: &Path, bytes: &[u8], existing: Existing) -> Result<File, WriteError> {
    if let Some(file) = write_by(path, bytes, existing, PRIVATE)? {
        return Ok(file);
    }
    // It was closed to be moved. It stands: without a lock others take it for one that was left, that is all.
    let file = File::open(path).map_err(|error| explain(path, error, cfg!(windows)))?;
    let _ = file.try_lock();
    Ok(file)
}

/// What the user alone can read.
const PRIVATE: u32 = 0o600;

/// Who is to read a file in this place, and its mode. Where a folder lets others write, it is theirs, too, and they read what is put
/// there; one such as that for temporary files, in which everybody has files of their own, is nobody's.
#[cfg(unix)]
fn readers(path: &Path) -> (Readers, u32) {
    use std::os::unix::fs::MetadataExt;
    const GROUP: u32 = 0o020;
    const OTHERS: u32 = 0o002;
    const SET_GROUP: u32 = 0o2000;
    const STICKY: u32 = 0o1000;
    if let Ok(stands) = path.symlink_metadata()
        && stands.is_file()
        && stands.mode() & 0o077 != 0
    {
        return (Readers::AsBefore, stands.mode() & 0o777);
    }
    let Ok(folder) = fs::metadata(folder_of(path)) else { return (Readers::Own, PRIVATE) };
    let mode = folder.mode();
    let mut shared = 0;
    if mode & STICKY == 0 {
        shared |= if mode & (GROUP | SET_GROUP) != 0 { mode & 0o060 } else { 0 };
        shared |= if mode & OTHERS != 0 { mode & 0o006 } else { 0 };
        // An administrator writes for whoever has the folder.
        shared |= if leavings::is_ours(&folder) { 0 } else { mode & 0o044 };
    }
    if shared == 0 { (Readers::Own, PRIVATE) } else { (Readers::Folder, PRIVATE | shared) }
}

#[cfg(not(unix))]
fn readers(_: &Path) -> (Readers, u32) {
    (Readers::Unsaid, PRIVATE)
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn write_by(path: &Path, bytes: &[u8], existing: Existing, mode: u32) -> Result<Option<File>, WriteError> {
    if path.is_dir() {
        return Err(WriteError::Folder(path.to_path_buf()));
    }
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(WriteError::Special(path.to_path_buf()));
    }
    if existing == Existing::Keep && path.symlink_metadata().is_ok() {
        return Err(WriteError::Exists(path.to_path_buf()));
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(WriteError::NoFolder(folder.to_path_buf()));
    }
    let file = Beside::new(folder)
        .and_then(|mut beside| {
            beside.fill(bytes, mode)?;
            beside.put(path, existing)?;
            Ok(beside.1.take())
        })
        .map_err(|error| explain(path, error, cfg!(windows)))?;
    // The file is there, and to say otherwise would be wrong. Some drives cannot do this at all.
    let _ = sync_folder(folder);
    Ok(file)
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

/// A file beside the place it is meant for; gone when it is dropped, unless it was put there. While it is open, everybody sees by its
/// lock that somebody writes it.
struct Beside(PathBuf, Option<File>);

impl Beside {
    fn new(folder: &Path) -> io::Result<Self> {
        leavings::beside(folder).map(|(path, file)| Self(path, Some(file)))
    }

    /// Others than the user can read it once all of it stands.
    fn fill(&mut self, bytes: &[u8], mode: u32) -> io::Result<()> {
        let Some(file) = &mut self.1 else { return Ok(()) };
        file.write_all(bytes)?;
        if mode != PRIVATE {
            widen(file, mode)?;
        }
        file.sync_all()?;
        // Windows moves no file that is open.
        if cfg!(windows) {
            self.1 = None;
        }
        Ok(())
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

#[cfg(unix)]
fn widen(file: &File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn widen(_: &File, _: u32) -> io::Result<()> {
    Ok(())
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
        let mut beside = Beside::new(folder.path()).unwrap();
        beside.fill(b"one", PRIVATE).unwrap();
        assert_eq!(mode(&beside.0), 0o600);
        drop(beside);
        let path = folder.path().join("未保存.json");
        write_private(&path, b"one", Existing::Keep).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        write_private(&path, b"two", Existing::Replace).unwrap();
        assert_eq!((mode(&path), fs::read(&path).unwrap().as_slice()), (0o600, &b"two"[..]));
    }

    #[cfg(unix)]
    #[test]
    fn 書き出したものは共有のフォルダーでなければ自分だけが読める() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        for (of_folder, of_file, readers) in [
            (0o700, 0o600, Readers::Own),
            (0o755, 0o600, Readers::Own),
            (0o1777, 0o600, Readers::Own),
            (0o775, 0o660, Readers::Folder),
            (0o2770, 0o660, Readers::Folder),
            (0o2755, 0o640, Readers::Folder),
            (0o777, 0o666, Readers::Folder),
        ] {
            set(folder.path(), of_folder);
            let path = folder.path().join("議事録.md");
            assert_eq!(write(&path, b"one", Existing::Keep, &none()).unwrap(), readers, "{of_folder:o}");
            assert_eq!(mode(&path), of_file, "{of_folder:o}");
            // Whoever was let in stays in; where nobody was, the folder says it again.
            set(&path, 0o640);
            assert_eq!(write(&path, b"two", Existing::Replace, &none()).unwrap(), Readers::AsBefore);
            assert_eq!((mode(&path), fs::read(&path).unwrap().as_slice()), (0o640, &b"two"[..]));
            fs::remove_file(path).unwrap();
        }
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
