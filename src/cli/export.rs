//! `jirei export`: a meeting as a file.

use std::io::Write;

use super::arguments::Export;
use super::give::{self, Target};
use super::{complain, house::House};
use crate::export::{self, Rendered};
use crate::format;

pub fn run(house: &House, what: &Export, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = house.look()?;
    let dossier = house.dossier(&store, &what.meeting)?;
    let lists = match format::lists(Some(&house.sessions())) {
        Ok(lists) => lists,
        // A list of one's own that cannot be read must not keep the minutes back.
        Err(problem) => {
            complain(&format!("{problem} 備え付けの一覧で書き出します。"));
            format::lists(None)?
        }
    };
    give::warn(&export::personal(&dossier, &house.watch()?));
    let Rendered { bytes, missing } = export::render(what.format, &dossier, &lists)?;
    if !missing.is_empty() {
        let missing: Vec<String> = missing.into_iter().collect();
        complain(&format!(
            "絵の字体にない文字があり、〓 か元の字で描きます: {}。svg と html では、読む人の字体で出ます。",
            missing.join("、")
        ));
    }
    let name = export::file_name(what.format, &dossier);
    let target = Target { out: what.out.as_deref(), force: what.force, encoding: what.encoding };
    if let Some(path) = give::give(bytes, &name, &target, out)? {
        writeln!(out, "書き出しました: {}", path.display())?;
    }
    Ok(())
}
