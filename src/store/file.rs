//! Files as this program makes them, where the system knows how: for the user alone, and there after a power cut. And files as it
//! reads those of others: such as end, and no more of them than there can be.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::domain::refused::Unfit;

/// The name of the database in its folder.
pub const DATABASE: &str = "jirei.db";
/// The name of the file whose lock says that a program is writing.
pub const LOCK: &str = "jirei.lock";
/// The folder of the backups beside the records.
pub const BACKUPS: &str = "backups";

/// How the files end that SQLite puts beside a database.
pub(super) const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];

/// What lies beside a database: its own name with an end, whatever that name is.
pub(super) fn with_end(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// What tells a file from all others, by whichever name it is reached.
#[cfg(unix)]
pub(super) fn identity(found: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((found.dev(), found.ino()))
}

/// What tells a file from all others; the system does not say.
#[cfg(not(unix))]
pub(super) fn identity(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Everything in a file that is none of the store's, if it has no more than so many bytes.
///
/// # Errors
/// What the system says, or [`Unfit`]: then nothing, or no more than that, was read.
pub fn read_bounded(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    // Closing a file takes the locks with it that SQLite has of it in this program: ours is never opened beside it.
    if path.file_name().is_some_and(|name| name.eq_ignore_ascii_case(DATABASE)) {
        fs::metadata(path)?;
        return Err(Unfit::Records.into());
    }
    let file = open_plain(path)?;
    let found = file.metadata()?.len();
    if found > most {
        return Err(Unfit::TooLarge { found, most }.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(found).unwrap_or_default());
    // What it says of its size may be wrong, or change.
    file.take(most + 1).read_to_end(&mut bytes)?;
    let found = bytes.len() as u64;
    if found > most { Err(Unfit::TooLarge { found, most }.into()) } else { Ok(bytes) }
}

/// Opens a file to be read that is one: opening a pipe would wait for whoever writes into it.
pub fn open_plain(path: &Path) -> io::Result<File> {
    plain(&fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    // Should something else have taken its place meanwhile.
    #[cfg(unix)]
    {
        let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    let file = options.open(path)?;
    plain(&file.metadata()?)?;
    Ok(file)
}

/// Refuses what has this name and is no file; what is not there is no matter here.
pub fn refuse_special(path: &Path) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) => plain(&found),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

fn plain(found: &Metadata) -> io::Result<()> {
    match found.file_type() {
        kind if kind.is_file() => Ok(()),
        kind if kind.is_dir() => Err(ErrorKind::IsADirectory.into()),
        _ => Err(Unfit::Special.into()),
    }
}

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
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

/// Makes a folder, and those it lies in, which only the user can enter, or leaves those that are there.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    step()?;
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => ErrorKind::NotADirectory.into(),
        _ => error,
    })
}

/// Fills a file that was just made, has it stand on the disk, and reads back what it holds.
pub(super) fn fill(mut file: File, bytes: &[u8]) -> io::Result<File> {
    step()?;
    file.write_all(bytes)?;
    step()?;
    file.sync_all()?;
    step()?;
    file.rewind()?;
    let mut read = Vec::with_capacity(bytes.len());
    file.read_to_end(&mut read)?;
    let same = read == bytes;
    same.then_some(file).ok_or_else(|| ErrorKind::InvalidData.into())
}

/// Gives a file a name that nothing has.
pub(super) fn rename_new(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    // A second name fails where something stands, at once and without a gap; renaming would replace it.
    match fs::hard_link(from, to) {
        // What cannot be removed now goes with the next start.
        Ok(()) => drop(remove_if_there(from)),
        // Some file systems (memory sticks) know no second names.
        Err(_) if to.symlink_metadata().is_err() => fs::rename(from, to)?,
        Err(_) => return Err(ErrorKind::AlreadyExists.into()),
    }
    Ok(())
}

/// Gives a file another name, in the place of what has that one.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    step()?;
    fs::rename(from, to)
}

/// Every step that changes something on the disk asks here first. Tests have it fail.
#[cfg(not(test))]
pub(super) fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub(super) use super::faults::step;

pub(super) fn remove_if_there(path: &Path) -> io::Result<()> {
    step()?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Makes new names in a folder last over a power cut; on Windows the file system sees to that itself.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    step()?;
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
