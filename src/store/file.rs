//! Files as this program makes them, where the system knows how: for the user alone, and there after a power cut.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

/// The name of the database in its folder.
pub const DATABASE: &str = "jirei.db";
/// The name of the file whose lock says that a program is writing.
pub const LOCK: &str = "jirei.lock";

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

/// Makes new names in a folder last over a power cut; on Windows the file system sees to that itself.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
