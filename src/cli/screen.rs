//! No subcommand: the screen.

use std::io::IsTerminal;

use super::house::House;
use crate::domain::Dossier;
use crate::runtime;

pub fn run(house: &House) -> anyhow::Result<()> {
    open(house, house.data.clone(), None)
}

/// Opens the screen over the records in a folder. It needs a terminal on both sides.
pub fn open(house: &House, data: std::path::PathBuf, sample: Option<Dossier>) -> anyhow::Result<()> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        anyhow::bail!(
            "ここは端末ではないので、画面を開けません。端末（ターミナル）の中で、もう一度お試しください。記録には触れていません"
        );
    }
    let kept = house.kept([data.clone()]);
    runtime::run(runtime::Options { data, named: house.named, config: house.config.clone(), kept, sample })
}
