//! Files as this program makes them, where the system knows how: for the user alone, and there after a power cut.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// To write a file which, where it is made, only the user can read.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Makes an empty file that only the user can read, or leaves the one that is there.
pub(super) fn create_private(path: &Path) -> io::Result<()> {
    match private().create_new(true).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts a whole file in the place of another, which keeps a name of its own with what SQLite laid beside it. At no moment nothing
/// stands there.
pub(super) fn replace(new: &Path, path: &Path, kept: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        // Some file systems (memory sticks) know no second names.
        if fs::hard_link(path, kept).is_err() {
            fs::copy(path, kept)?;
            File::options().write(true).open(kept)?.sync_all()?;
        }
        let (journal, beside) = (path.with_extension("db-journal"), kept.with_extension("db-journal"));
        // A save that was cut off in the old file must never be taken back in the new one.
        match fs::rename(journal, beside) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::rename(new, path)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Makes new names in a folder last over a power cut; on Windows the file system sees to that itself.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
