//! The only loop: terminal guard, keys, clock, clipboard, doing effects.

pub mod config;

use std::path::PathBuf;

use crate::domain::Dossier;

/// What the screen starts with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder of the database.
    pub data: PathBuf,
    /// The settings; none for the usual place.
    pub config: Option<PathBuf>,
    /// A meeting to put into an empty database and open at once.
    pub sample: Option<Dossier>,
}

/// Opens the screen and comes back when people leave it.
pub fn run(options: Options) -> anyhow::Result<()> {
    drop(options);
    anyhow::bail!("画面は、この版にはまだありません")
}
