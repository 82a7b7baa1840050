//! `jirei restore`: a backup in the place of the records, or which backups there are.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use chrono::Local;

use super::complain;
use super::house::House;
use crate::domain::date;
use crate::export::words;
use crate::store::{Present, Restored, Titled, restore};

pub fn run(house: &House, which: &Path, out: &mut dyn Write) -> anyhow::Result<()> {
    let now = Local::now().fixed_offset();
    let path = match which.to_str() {
        Some("list") => return list(house, out),
        Some("latest") => latest(house)?,
        _ => which.to_owned(),
    };
    let restored = restore(&house.data, &path, now)?;
    for line in told(&path, &restored) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// The newest that is whole.
fn latest(house: &House) -> anyhow::Result<PathBuf> {
    let (latest, damaged) = house.backups()?.latest(Local::now().fixed_offset());
    for backup in &damaged {
        complain(&format!("{} には傷みがあるので、その前のものを使います", backup.path.display()));
    }
    let latest = latest.context(
        "戻せるバックアップがありません。何も変えていません。ほかの場所にあれば、「jirei restore ファイル」で戻せます",
    )?;
    Ok(latest.path)
}

fn list(house: &House, out: &mut dyn Write) -> anyhow::Result<()> {
    let now = Local::now().fixed_offset();
    let all = house.backups()?.list(now);
    if all.is_empty() {
        writeln!(out, "バックアップはまだありません: {}", house.backups()?.folder().display())?;
    }
    for backup in &all {
        let held = match backup.held() {
            Ok(held) => held.to_string(),
            Err(_) => "読めません".to_owned(),
        };
        let at = format!("{} {}", date::full(backup.at.date()), backup.at.format("%H:%M"));
        writeln!(out, "{at}　{}　{held}　{}", backup.why.label(), backup.path.display())?;
    }
    Ok(())
}

/// What came of it, in sentences.
fn told(path: &Path, restored: &Restored) -> Vec<String> {
    let mut lines =
        vec![format!("戻しました: {}", path.display()), format!("今の記録: {}", restored.compared.held)];
    match &restored.compared.present {
        Present::Nothing => {}
        Present::Unreadable(why) => lines.push(format!("前の記録は読めませんでした（{why}）")),
        Present::Whole { held, missing, older } => {
            lines.push(format!("前の記録: {}", held));
            let named = |all: &[Titled]| {
                all.iter().map(|one| words::clean(&one.to_string())).collect::<Vec<_>>().join("、")
            };
            let some = |all: &[Titled], words| (!all.is_empty()).then(|| format!("{words}: {}", named(all)));
            lines.extend(some(missing, "前の記録にあって、今の記録にない会議"));
            lines.extend(some(older, "前の記録の方に、多く書いてあった会議"));
        }
    }
    let kept = restored.kept.as_ref();
    lines.extend(kept.map(|kept| format!("前の記録は残してあります: {}", kept.display())));
    lines
}
