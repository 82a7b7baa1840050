//! What a program of ours left lying that was killed while it wrote: found by its name, and removed once nobody writes it any more.
//!
//! Whoever writes such a file holds a lock of it, which the system takes back when the program ends in whatever way. Where a drive
//! knows no locks, the number of the process in the name says whether it lives; numbers come again, so with time nobody is asked.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::file::{self, BACKUPS, DATABASE, LOCK, open_plain, private, read_bounded};
use crate::domain::bounds::BY_HAND;

/// Folders that files were written to, beside the records: there something may be left.
pub const WRITTEN_TO: &str = "written-to.txt";
/// So many of them, the last ones.
const FOLDERS: usize = 16;

/// Writing a file takes seconds.
const HOUR: Duration = Duration::from_secs(60 * 60);
/// What is looked at or tried out may stay open for days.
const WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// What is left, by how its name begins and ends.
const KINDS: [Kind; 3] = [
    Kind { start: ".jirei-", end: ".tmp", folder: false, patience: HOUR },
    Kind { start: "jirei-demo-", end: "", folder: true, patience: WEEK },
    Kind { start: "jirei-", end: ".png", folder: false, patience: WEEK },
];

struct Kind {
    start: &'static str,
    end: &'static str,
    folder: bool,
    /// After so long it is left, whoever seems to live.
    patience: Duration,
}

/// While one thread makes a file and takes its lock, no other looks whether it is left.
static GATE: Mutex<()> = Mutex::new(());

fn gate() -> MutexGuard<'static, ()> {
    GATE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a file in a folder that only the user can read, under a name nobody has, and holds it against [`sweep`].
///
/// # Errors
/// What the system says.
pub fn beside(folder: &Path) -> io::Result<(PathBuf, File)> {
    let _gate = gate();
    // One that was killed may have had our number.
    let mut names = (0u32..).map(|n| folder.join(format!(".jirei-{}-{n}.tmp", std::process::id())));
    loop {
        let Some(path) = names.next() else { return Err(io::ErrorKind::AlreadyExists.into()) };
        match private().read(true).create_new(true).open(&path) {
            Ok(file) => {
                // On Windows others could not even look at it; there its age alone says what it is.
                if cfg!(unix) {
                    let _ = file.try_lock();
                }
                return Ok((path, file));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Writes a file as a whole under a passing name in a folder, and reads it back; then `name` gives it its own. Where anything fails
/// nothing is left; what was left there before goes.
///
/// # Errors
/// What the system says.
pub(super) fn write_whole(
    folder: &Path,
    bytes: &[u8],
    name: impl FnOnce(&Path) -> io::Result<()>,
) -> io::Result<()> {
    file::step()?;
    sweep(folder);
    let (passing, file) = beside(folder)?;
    let written = file::fill(file, bytes).and_then(|file| {
        // Windows renames nothing that is open; elsewhere nobody takes it for one that was left.
        let _held = (!cfg!(windows)).then_some(file);
        name(&passing)
    });
    written.inspect_err(|_| drop(file::remove_if_there(&passing)))
}

/// The name of something that goes with the program: of a folder to try things out in, or of a picture that is looked at.
pub fn passing_name(start: &str, end: &str) -> String {
    format!("jirei-{start}{}-{}{end}", std::process::id(), uuid::Uuid::now_v7().simple())
}

/// Removes from a folder what programs of this user left there that write it no more. Links are not followed.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some((kind, process)) = name.to_str().and_then(kind_of) else { continue };
        let path = entry.path();
        let _gate = gate();
        if !is_left(&path, kind, process) {
            continue;
        }
        let _ = if kind.folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
}

/// Removes what making or copying the records left beside them. Only who holds their lock may.
pub(super) fn sweep_records(folder: &Path) {
    for end in [".new", ".new-journal", ".tmp", ".tmp-journal"] {
        let _ = file::remove_if_there(&folder.join(format!("{DATABASE}{end}")));
    }
}

/// What a name says, and the number of the process in it; earlier versions wrote none into some.
fn kind_of(name: &str) -> Option<(&'static Kind, Option<u32>)> {
    let numbers = |name: &str| name.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    KINDS.iter().find_map(|kind| {
        let middle = name.strip_prefix(kind.start)?.strip_suffix(kind.end)?;
        // An id alone has none of these lines, or more of them.
        let parts = middle.split_once('-').filter(|(_, rest)| !rest.contains('-'));
        let process = parts.and_then(|(process, _)| process.parse().ok());
        (!middle.is_empty() && numbers(middle)).then_some((kind, process))
    })
}

fn is_left(path: &Path, kind: &Kind, process: Option<u32>) -> bool {
    let Ok(found) = path.symlink_metadata() else { return false };
    let fits = if kind.folder { found.is_dir() } else { found.is_file() };
    let lock = if kind.folder { &path.join(LOCK) } else { path };
    if !fits || !is_ours(&found) || is_locked(lock) {
        return false;
    }
    // Whoever tries things out holds the lock of those records all the time.
    let patience = if kind.folder && lock.is_file() { HOUR } else { kind.patience };
    let age = found.modified().ok().and_then(|then| then.elapsed().ok()).unwrap_or_default();
    age > patience || process.is_some_and(has_ended)
}

/// Whether somebody holds the lock of a file.
fn is_locked(path: &Path) -> bool {
    let locked = open_plain(path).map(|file| file.try_lock());
    matches!(locked, Ok(Err(TryLockError::WouldBlock)))
}

/// Whether something belongs to the user of this program.
#[cfg(unix)]
pub fn is_ours(found: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::uid(found) == rustix::process::geteuid().as_raw()
}

/// Whether something belongs to the user of this program; nobody knows here.
#[cfg(not(unix))]
pub fn is_ours(_: &Metadata) -> bool {
    true
}

/// Whether a process has certainly ended. Ours lives, but what it writes is locked, and this is not.
#[cfg(unix)]
fn has_ended(process: u32) -> bool {
    let pid = i32::try_from(process).ok().and_then(rustix::process::Pid::from_raw);
    let gone = |pid| rustix::process::test_kill_process(pid) == Err(rustix::io::Errno::SRCH);
    process == std::process::id() || pid.is_none_or(gone)
}

#[cfg(not(unix))]
fn has_ended(_: u32) -> bool {
    false
}

/// The folders that files were written to, as noted beside the records.
pub fn written_to(home: &Path) -> Vec<PathBuf> {
    let noted = read_bounded(&home.join(WRITTEN_TO), BY_HAND).unwrap_or_default();
    let noted = String::from_utf8_lossy(&noted);
    noted.lines().filter(|line| !line.is_empty()).map(PathBuf::from).take(FOLDERS).collect()
}

/// Sweeps every folder that something can lie in: those of the records and their backups, that for exports, those that files were written to, where we
/// are, and that for temporary files.
pub fn sweep_known(home: &Path, exports: &Path) {
    let mut folders = written_to(home);
    folders.extend([
        home.to_owned(),
        home.join(BACKUPS),
        exports.to_owned(),
        PathBuf::from("."),
        std::env::temp_dir(),
    ]);
    folders.sort();
    folders.dedup();
    folders.iter().for_each(|folder| sweep(folder));
}

/// Before a file is written: what was left in its folder goes, and what is left now will be found. Once for each folder.
pub fn before_writing(home: Option<&Path>, folder: &Path) {
    static SEEN: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
    let Ok(folder) = std::path::absolute(folder) else { return };
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if seen.is_empty()
        && let Some(home) = home
    {
        written_to(home).iter().for_each(|folder| sweep(folder));
    }
    if seen.insert(folder.clone()) {
        sweep(&folder);
        if let Some(home) = home.filter(|home| home.is_dir()) {
            // Without it what is left is found when something is written there again.
            let _ = note(home, &folder);
        }
    }
}

fn note(home: &Path, folder: &Path) -> io::Result<()> {
    let mut folders = written_to(home);
    let Some(name) = folder.to_str().filter(|name| !name.contains('\n')) else { return Ok(()) };
    if folders.first().is_some_and(|last| last == folder) {
        return Ok(());
    }
    folders.retain(|noted| noted != folder);
    let mut text = format!("{name}\n");
    for noted in folders.iter().take(FOLDERS - 1).filter_map(|noted| noted.to_str()) {
        text.push_str(noted);
        text.push('\n');
    }
    let (path, mut file) = beside(home)?;
    let written = io::Write::write_all(&mut file, text.as_bytes());
    drop(file);
    let put = written.and_then(|()| fs::rename(&path, home.join(WRITTEN_TO)));
    put.inspect_err(|_| drop(fs::remove_file(&path)))
}

#[cfg(test)]
mod tests {
    use std::fs::FileTimes;
    use std::time::SystemTime;

    use super::*;

    /// A number that no process has.
    const NOBODY: u32 = 4_194_305;

    #[test]
    fn 書きかけで終わったものだけが片づく() {
        let dir = tempfile::tempdir().unwrap();
        let me = std::process::id();
        let long_ago = SystemTime::now() - 8 * 24 * HOUR;
        let file = |name: &str, then: Option<SystemTime>| {
            let file = File::create(dir.path().join(name)).unwrap();
            then.into_iter().for_each(|then| file.set_times(FileTimes::new().set_modified(then)).unwrap());
            name.to_owned()
        };
        let mut stay = vec![
            file("議事録.md", Some(long_ago)),
            file(".jirei-議事録.tmp", Some(long_ago)),
            file("jirei-絵.png", Some(long_ago)),
            file("jirei-.png", Some(long_ago)),
            file("jirei.db", Some(long_ago)),
            file("jirei-0199c0ffee0199c0ffee0199c0ffee00.png", None),
        ];
        let mut go = vec![
            file(&format!(".jirei-{me}-9.tmp"), Some(long_ago)),
            file("jirei-0199c0ffee0199c0ffee0199c0ffee01.png", Some(long_ago)),
        ];
        if cfg!(unix) {
            go.push(file(&format!(".jirei-{NOBODY}-0.tmp"), None));
            go.push(file(&format!(".jirei-{me}-8.tmp"), None));
            go.push(file(&format!("jirei-{NOBODY}-0199c0ffee0199c0ffee0199c0ffee02.png"), None));
            // That of the first process of all, which lives and is none of ours.
            stay.push(file(".jirei-1-0.tmp", None));
        }
        let demo = dir.path().join(format!("jirei-demo-{NOBODY}-0199c0ffee0199c0ffee0199c0ffee03"));
        let open = dir.path().join(format!("jirei-demo-{NOBODY}-0199c0ffee0199c0ffee0199c0ffee04"));
        for folder in [&demo, &open] {
            fs::create_dir(folder).unwrap();
            fs::write(folder.join(DATABASE), "x").unwrap();
        }
        let lock = File::create(open.join(LOCK)).unwrap();
        lock.lock().unwrap();
        // What is being written is not left, whatever its name says.
        let (held, writing) = beside(dir.path()).unwrap();
        sweep(dir.path());
        assert!(stay.iter().all(|name| dir.path().join(name).exists()), "{stay:?}");
        for name in go {
            assert!(!dir.path().join(&name).exists(), "{name}");
        }
        assert!(held.exists() && open.exists());
        assert_eq!(demo.exists(), cfg!(not(unix)));
        drop(writing);
        sweep(dir.path());
        assert_eq!(held.exists(), cfg!(not(unix)));
    }

    #[cfg(unix)]
    #[test]
    fn 近道の先には触れず同じ番号でも新しい名前で書く() {
        let dir = tempfile::tempdir().unwrap();
        let other = dir.path().join("大切");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("記録"), "霧").unwrap();
        let at = |name: &str| dir.path().join(name);
        std::os::unix::fs::symlink(&other, at(&format!("jirei-demo-{NOBODY}-00"))).unwrap();
        std::os::unix::fs::symlink(other.join("記録"), at(&format!(".jirei-{NOBODY}-1.tmp"))).unwrap();
        sweep(dir.path());
        assert_eq!(fs::read(other.join("記録")).unwrap(), "霧".as_bytes());
        assert!(at(&format!("jirei-demo-{NOBODY}-00")).symlink_metadata().is_ok());
        fs::write(at(&format!(".jirei-{}-0.tmp", std::process::id())), "前の人").unwrap();
        assert!(beside(dir.path()).unwrap().0.ends_with(format!(".jirei-{}-1.tmp", std::process::id())));
    }

    #[test]
    fn 書き出した先を覚えていて次に片づける() {
        let home = tempfile::tempdir().unwrap();
        let folders: Vec<PathBuf> = (0..20).map(|n| home.path().join(format!("書類{n}"))).collect();
        for folder in &folders {
            note(home.path(), folder).unwrap();
            note(home.path(), folder).unwrap();
        }
        let noted = written_to(home.path());
        assert_eq!((noted.len(), &noted[0], &noted[15]), (FOLDERS, &folders[19], &folders[4]));
        note(home.path(), &folders[10]).unwrap();
        assert_eq!(written_to(home.path())[..2], [folders[10].clone(), folders[19].clone()]);
    }
}
