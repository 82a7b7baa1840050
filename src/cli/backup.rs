//! `jirei backup`: the records as they stand, as a file that is kept.

use std::io::Write;
use std::path::PathBuf;

use chrono::Local;

use super::complain;
use super::house::House;
use crate::store::Why;

pub fn run(house: &House, folder: Option<PathBuf>, out: &mut dyn Write) -> anyhow::Result<()> {
    let now = Local::now().fixed_offset();
    let backups = house.backups()?;
    let made = match folder {
        Some(folder) => backups.make_in(&folder, now)?,
        None => backups.make(now, Why::Asked)?,
    };
    match &made.path {
        Some(path) if made.new => {
            writeln!(out, "バックアップを取りました（会議 {}件）: {}", made.meetings, path.display())?;
        }
        Some(path) => {
            writeln!(
                out,
                "前に取ってから何も変わっていないので、新しく取りませんでした（会議 {}件）: {}",
                made.meetings,
                path.display()
            )?;
        }
        None => writeln!(out, "まだ何も書かれていないので、バックアップは取りませんでした")?,
    }
    if let Some(trouble) = &made.trouble {
        complain(&trouble.to_string());
    }
    Ok(())
}
