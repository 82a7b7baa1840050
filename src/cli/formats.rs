//! `jirei formats`: the session formats there are, or what is wrong with one.

use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::house::House;
use crate::export::read_text;
use crate::format;

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
    let bytes = std::fs::read(file)
        .with_context(|| format!("ファイルを開けません: {}。名前と場所をご確認ください", file.display()))?;
    let text = read_text(&bytes).with_context(|| file.display().to_string())?;
    match format::check(&file.to_string_lossy(), text) {
        Ok(format) => {
            writeln!(
                out,
                "誤りはありません: {}（{}、{}段階）",
                file.display(),
                format.title,
                format.steps.len()
            )?;
            Ok(())
        }
        Err(problems) => {
            for problem in &problems {
                writeln!(out, "{problem}")?;
            }
            anyhow::bail!("{} に直すところが {}か所あります", file.display(), problems.len())
        }
    }
}
