//! Words that cannot be saved, in a file of their own while they wait; and what earlier runs left in such files.

use std::ffi::OsStr;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context;

use crate::domain::bounds::RESCUE;
use crate::domain::refused;
use crate::domain::unsaved::Rescued;
use crate::export::json;
use crate::export::write::{self, Existing};
use crate::store::file::{open_plain, read_bounded};
use crate::store::{News, UNSAVED, Unsaved};
use crate::ui::{Found, Msg, has_drafts};

/// What has been waiting for the disk so long is kept in a file.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long after a file could not be written the next attempt comes.
const REST: Duration = Duration::from_secs(2);

/// Keeps what waits in a file, on a thread of its own: the store's may be held up by the very disk that fails.
pub struct Rescue {
    unsaved: Unsaved,
    thread: JoinHandle<Keeper>,
}

impl Rescue {
    /// `told` hears where it is kept, and that it is no more.
    pub fn spawn(unsaved: Unsaved, places: Places, told: impl Fn(Msg) + Send + 'static) -> Self {
        Self::patient(unsaved, places, PATIENCE, told)
    }

    fn patient(
        unsaved: Unsaved,
        places: Places,
        patience: Duration,
        told: impl Fn(Msg) + Send + 'static,
    ) -> Self {
        let watched = unsaved.clone();
        let thread = std::thread::spawn(move || Keeper::new(places).watch(&watched, patience, told));
        Self { unsaved, thread }
    }

    /// Keeps what waits at once, however short it has been waiting.
    pub fn keep_now(&self) {
        self.unsaved.keep_now();
    }

    /// At the end: the file holds exactly what does not stand, or goes. How many lines, and where.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(self) -> anyhow::Result<Option<(usize, PathBuf)>> {
        self.unsaved.end();
        // A thread that died has left its file where it is; what it held is written again.
        let mut keeper = self.thread.join().unwrap_or_else(|_| Keeper::new(Places::default()));
        let rescued = self.unsaved.rescued();
        if !is_worth(&rescued) {
            keeper.remove();
            return Ok(None);
        }
        let count = rescued.lines.len();
        let place = keeper.keep(rescued)?.to_owned();
        Ok((count > 0).then_some((count, place)))
    }
}

/// Whether somebody would miss it.
fn is_worth(rescued: &Rescued) -> bool {
    !rescued.lines.is_empty() || rescued.bookmark.as_deref().is_some_and(has_drafts)
}

/// Where rescue files may lie, in the order in which they are tried.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// The folder of the records.
    data: PathBuf,
    others: Vec<PathBuf>,
}

impl Places {
    /// Beside the records, in the second folder of the settings, among the user's documents, in the folder for temporary files.
    pub fn new(data: &Path, second: Option<PathBuf>, documents: PathBuf) -> Self {
        let data = std::path::absolute(data).unwrap_or_else(|_| data.to_owned());
        let others = second.into_iter().chain([documents, std::env::temp_dir()]).collect();
        Self { data, others }
    }

    fn all(&self) -> Vec<&Path> {
        let mut all: Vec<&Path> = Vec::new();
        for folder in std::iter::once(&self.data).chain(&self.others) {
            if !folder.as_os_str().is_empty() && !all.contains(&folder.as_path()) {
                all.push(folder);
            }
        }
        all
    }

    /// Everything that earlier runs left, the newest first. What a living run keeps is its own affair.
    pub fn find(&self) -> Vec<Found> {
        let (mut found, mut known): (Vec<Found>, Vec<PathBuf>) = (Vec::new(), Vec::new());
        for folder in self.all() {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            let paths =
                entries.map(|entry| entry.path()).filter(|path| path.file_name().is_some_and(is_ours));
            let shared = *folder == std::env::temp_dir();
            for path in paths.filter(|path| self.may_be_read(path, shared)) {
                // Two of the folders may be one.
                let real = path.canonicalize().unwrap_or_else(|_| path.clone());
                if known.contains(&real) {
                    continue;
                }
                known.push(real);
                found.extend(read(&path).map(|read| Found { path, read }));
            }
        }
        found.sort_by_key(|found| std::cmp::Reverse(found.read.as_ref().ok().and_then(|read| read.at)));
        found
    }

    /// A file and no way to one; in a folder that all users share one of the same user.
    fn may_be_read(&self, path: &Path, shared: bool) -> bool {
        let Ok(metadata) = path.symlink_metadata() else { return false };
        metadata.is_file() && metadata.len() <= RESCUE && (!shared || self.same_owner(&metadata))
    }

    #[cfg(unix)]
    fn same_owner(&self, metadata: &fs::Metadata) -> bool {
        use std::os::unix::fs::MetadataExt;
        self.data.metadata().map_or(true, |data| data.uid() == metadata.uid())
    }

    #[cfg(not(unix))]
    fn same_owner(&self, _: &fs::Metadata) -> bool {
        true
    }
}

fn is_ours(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    name.starts_with(UNSAVED) && name.ends_with(".json")
}

/// What a file holds, or why that cannot be read; none where whoever wrote it lives.
fn read(path: &Path) -> Option<Result<Arc<Rescued>, String>> {
    let read = || {
        let file = open_plain(path).map_err(|error| refused::unread(&error))?;
        if matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)) {
            return Ok(None);
        }
        let bytes = read_bounded(path, RESCUE).map_err(|error| refused::unread(&error))?;
        match json::read_any(&bytes) {
            Ok(json::Content::Unsaved(rescued)) => Ok(Some(Arc::new(*rescued))),
            Ok(_) => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    };
    read().transpose()
}

/// Takes a file away whose words stand among the records. Where something of it gave way to newer words it stays, under a
/// name that nobody looks for.
pub fn put_away(path: &Path, whole: bool) -> std::io::Result<Option<PathBuf>> {
    if whole {
        return fs::remove_file(path).map(|()| None);
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy().replacen(UNSAVED, "戻した控え-", 1);
    let kept = path.with_file_name(name);
    let kept = if kept.symlink_metadata().is_ok() { write::free(&kept) } else { kept };
    fs::rename(path, &kept).map(|()| Some(kept))
}

/// The one rescue file of this run.
struct Keeper {
    places: Places,
    /// Where it is, held so that others see that this run lives.
    place: Option<(PathBuf, File)>,
    /// Where it was before: on a drive that is away, or full.
    left: Vec<PathBuf>,
}

impl Keeper {
    fn new(places: Places) -> Self {
        Self { places, place: None, left: Vec::new() }
    }

    fn watch(mut self, unsaved: &Unsaved, patience: Duration, told: impl Fn(Msg)) -> Self {
        let (mut kept, mut rest) = (None, None);
        loop {
            match unsaved.wait(kept, rest, patience) {
                News::Keep(edition, rescued) => {
                    let (worth, lines) = (is_worth(&rescued), !rescued.lines.is_empty());
                    let result = if worth { self.keep(*rescued).map(Some) } else { Ok(None) };
                    (kept, rest) = match result {
                        Ok(_) => (Some(edition), None),
                        Err(_) => (kept, Some(Instant::now() + REST)),
                    };
                    if lines && let Some(result) = result.map(|path| path.map(Path::to_owned)).transpose() {
                        told(Msg::Rescued(result.map_err(|error| refused::chain(error.as_ref()))));
                    }
                }
                News::AllSaved => {
                    (kept, rest) = (None, None);
                    if self.remove() {
                        told(Msg::AllSaved);
                    }
                }
                News::End => return self,
            }
        }
    }

    /// Writes all of it, in the place of what this run kept before; where that fails, in the next place that takes it. For the user
    /// alone, as the records are.
    fn keep(&mut self, rescued: Rescued) -> anyhow::Result<&Path> {
        let now = chrono::Local::now().fixed_offset();
        let at = Some(chrono::SubsecRound::trunc_subsecs(now, 0));
        let records = self.places.data.display().to_string();
        let bytes = json::render_unsaved(&Rescued { at, records, ..rescued })?;
        let place = match self.place.take() {
            Some((path, file)) => {
                // Some systems replace no file that is open.
                drop(file);
                match write::write_held(&path, &bytes, Existing::Replace) {
                    Ok(file) => (path, file),
                    Err(_) => {
                        self.left.push(path);
                        self.begin(&bytes)?
                    }
                }
            }
            None => self.begin(&bytes)?,
        };
        Ok(&self.place.insert(place).0)
    }

    fn begin(&self, bytes: &[u8]) -> anyhow::Result<(PathBuf, File)> {
        let name = format!("{UNSAVED}{}", chrono::Local::now().format("%Y%m%d-%H%M%S"));
        let names = [format!("{name}.json"), format!("{name}-{}.json", std::process::id())];
        let mut failed = None;
        for path in self.places.all().iter().flat_map(|folder| names.iter().map(|name| folder.join(name))) {
            match write::write_held(&path, bytes, Existing::Keep) {
                Ok(file) => return Ok((path, file)),
                Err(error) => failed = Some(error),
            }
        }
        Err(failed.map_or_else(|| anyhow::anyhow!("場所がありません"), anyhow::Error::from))
            .context("保存できなかったことばの控えを書けませんでした。ディスクの空きと権限を確かめてください")
    }

    /// Takes the file away: all of it is saved. True where there was one.
    fn remove(&mut self) -> bool {
        let place = self.place.take().map(|(path, file)| {
            drop(file);
            path
        });
        let there = place.is_some();
        for path in self.left.drain(..).chain(place) {
            // Where it cannot be reached now it is offered later, and putting it back changes nothing.
            let _ = fs::remove_file(path);
        }
        there
    }
}

#[cfg(test)]
mod tests;
