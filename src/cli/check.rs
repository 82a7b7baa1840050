//! `jirei check`: whether the database is sound.

use std::io::Write;

use super::house::House;

pub fn run(house: &House, out: &mut dyn Write) -> anyhow::Result<()> {
    let problems = house.look()?.check()?;
    if problems.is_empty() {
        writeln!(out, "傷みはありません: {}", house.data.display())?;
        return Ok(());
    }
    for problem in &problems {
        writeln!(out, "{problem}")?;
    }
    anyhow::bail!(
        "記録に、おかしいところが {}か所あります。記録には手を付けていません。「jirei export all --format json」で読める会議を書き出し、「jirei salvage」で無事なものを新しい記録に救い出せます。バックアップがあれば、それも使えます",
        problems.len()
    )
}
