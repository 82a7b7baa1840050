//! Words that could not be saved, in a file of their own. `jirei import` puts them back.

use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::domain::JournalEntry;
use crate::export::json;
use crate::export::write::{self, Existing};
use crate::store::UNSAVED;

/// The one rescue file of this run.
pub struct Rescue {
    data: PathBuf,
    place: Option<PathBuf>,
}

impl Rescue {
    pub fn new(data: &Path) -> Self {
        Self { data: data.to_owned(), place: None }
    }

    /// Writes all the lines, in the place of what this run kept before: beside the records, or, where that fails, in the
    /// folder for temporary files. For the user alone, as the records are.
    pub fn keep(&mut self, lines: &[JournalEntry]) -> anyhow::Result<&Path> {
        let bytes = json::render_unsaved(lines)?;
        let place = match self.place.take() {
            Some(place) if write::write_private(&place, &bytes, Existing::Replace).is_ok() => place,
            _ => self.begin(&bytes)?,
        };
        Ok(self.place.insert(place))
    }

    fn begin(&self, bytes: &[u8]) -> anyhow::Result<PathBuf> {
        let name = format!("{UNSAVED}{}", chrono::Local::now().format("%Y%m%d-%H%M%S"));
        let names = [format!("{name}.json"), format!("{name}-{}.json", std::process::id())];
        let folders = [self.data.clone(), std::env::temp_dir()];
        let mut failed = None;
        for path in folders.iter().flat_map(|folder| names.iter().map(|name| folder.join(name))) {
            match write::write_private(&path, bytes, Existing::Keep) {
                Ok(()) => return Ok(path),
                Err(error) => failed = Some(error),
            }
        }
        Err(failed.map_or_else(|| anyhow::anyhow!("場所がありません"), anyhow::Error::from))
            .context("保存できなかったことばの控えを書けませんでした。ディスクの空きと権限を確かめてください")
    }
}
