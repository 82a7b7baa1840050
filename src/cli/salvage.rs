//! `jirei salvage`: what is whole in damaged records, as new ones.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::ensure;
use chrono::Local;

use crate::domain::Now;
use crate::store::{DATABASE, Salvaged, salvage};

pub fn run(file: &Path, folder: Option<PathBuf>, out: &mut dyn Write) -> anyhow::Result<()> {
    let file = if file.is_dir() { file.join(DATABASE) } else { file.to_owned() };
    let folder = folder.unwrap_or_else(|| file.with_file_name("救い出した記録"));
    ensure!(
        file.is_file(),
        "「{}」がありません。何も変えていません。ファイルの名前と場所をご確認ください",
        file.display()
    );
    ensure!(
        !folder.join(DATABASE).exists(),
        "「{}」には、もう記録があります。何も変えていません。--out でほかのフォルダーを指定してください",
        folder.display()
    );
    let now = Now { at: Local::now().fixed_offset(), seed: uuid::Uuid::now_v7().as_u64_pair().1 };
    let salvaged = salvage(&file, &folder, now.at, &mut now.ids())?;
    for line in told(&salvaged) {
        writeln!(out, "{line}")?;
    }
    writeln!(out, "新しい記録: {}", folder.display())?;
    writeln!(out, "壊れたファイルはそのままです: {}", file.display())?;
    ensure!(
        salvaged.meetings > 0,
        "読める会議は、ありませんでした。壊れたファイルはそのままです。バックアップがあれば、それをお使いください"
    );
    Ok(())
}

/// What came of it, in sentences.
fn told(salvaged: &Salvaged) -> Vec<String> {
    let Salvaged { meetings, told, missing, dropped, journal_cut } = *salvaged;
    let some = |count: usize, words: &str| (count > 0).then(|| words.replace('#', &count.to_string()));
    let cut =
        journal_cut.then(|| "履歴の一部が失われました。前のようには元に戻せない操作があります".to_owned());
    [
        Some(format!("会議 {meetings}件を救い出しました")),
        some(told, "失われた行 #件は、履歴から戻しました"),
        some(missing, "ほかの記録が指すもの #件は失われたので、空のものを置きました"),
        some(dropped, "端のない線 #件は、なくしました"),
        cut,
    ]
    .into_iter()
    .flatten()
    .collect()
}
