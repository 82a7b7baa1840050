//! `jirei formats`: the session formats there are, or what is wrong with one.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::house::House;
use crate::domain::bounds::BY_HAND;
use crate::domain::refused::unread;
use crate::export::read_text;
use crate::format;
use crate::store::file::read_bounded;

pub fn list(house: &House, out: &mut dyn Write) -> anyhow::Result<()> {
    let loaded = format::load(Some(&house.sessions()));
    for format in &loaded.formats {
        let minutes: u32 = format.steps.iter().map(|s| s.minutes).sum();
        writeln!(out, "{}\t{}（{minutes}分）", format.key, format.title)?;
        let steps: Vec<String> =
            format.steps.iter().map(|s| format!("{} {}分", s.title, s.minutes)).collect();
        writeln!(out, "\t{}", steps.join(" → "))?;
    }
    writeln!(out, "\n自分の会のやり方は、次のフォルダーに .toml で置けます: {}", house.sessions().display())?;
    for problem in &loaded.problems {
        writeln!(out, "使えないもの: {problem}")?;
    }
    Ok(())
}

pub fn check(file: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let bytes = read_bounded(file, BY_HAND)
        .map_err(|error| anyhow::anyhow!("{}: {}", file.display(), unread(&error)))?;
    let text = read_text(&bytes).with_context(|| file.display().to_string())?;
    let name = file.to_string_lossy();
    let checked = if format::is_lists(file) {
        format::check_lists(&name, text).map(|_| "一覧".to_owned())
    } else {
        format::check(&name, text).map(|format| format!("{}、{}段階", format.title, format.steps.len()))
    };
    match checked {
        Ok(what) => Ok(writeln!(out, "まちがいはありません: {name}（{what}）")?),
        Err(problems) => {
            for problem in &problems {
                writeln!(out, "{problem}")?;
            }
            anyhow::bail!("{name} に直すところが {}か所あります", problems.len())
        }
    }
}
