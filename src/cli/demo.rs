//! `jirei demo`: the screen on a sample, in a folder of its own that is thrown away at the end.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::house::House;
use super::screen;
use crate::export::sample;
use crate::store::leavings;

pub fn run(house: &House) -> anyhow::Result<()> {
    let sample = sample::case_a()
        .context("見本を読めませんでした。記録には触れていません。jirei を入れなおしてください")?;
    let folder = Folder::make()?;
    screen::open(house, folder.0.clone(), Some(sample))
}

/// A folder that is gone when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn make() -> anyhow::Result<Self> {
        let path = std::env::temp_dir().join(leavings::passing_name("demo-", ""));
        create(&path)
            .with_context(|| format!("見本を置くフォルダーを作れませんでした: {}。記録には触れていません。ディスクの空きと権限を確かめてください", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What cannot be removed is fictional, and the next start removes it.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Makes a folder for this user alone, where the system knows how.
fn create(path: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}
