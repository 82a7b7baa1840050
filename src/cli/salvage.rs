//! `jirei salvage`: what is whole in damaged records, as new ones.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::ensure;

use super::house::House;
use crate::runtime::stamp;
use crate::store::{DATABASE, leavings, salvage};

pub fn run(house: &House, file: &Path, folder: Option<PathBuf>, out: &mut dyn Write) -> anyhow::Result<()> {
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
    // Should it be killed now, the next start finds what it leaves.
    leavings::before_writing(Some(&house.data), &folder);
    let now = stamp();
    let salvaged = salvage(&file, &folder, now.at, &mut now.ids())?;
    for line in salvaged.said() {
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
