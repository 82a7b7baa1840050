//! `jirei export`: a meeting as a file.

use std::io::Write;
use std::path::Path;

use super::arguments::Export;
use super::{complain, house::House};
use crate::domain::Stamped;
use crate::export::{self, Rendered, write};
use crate::format;

pub fn run(house: &House, what: &Export, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = house.look()?;
    let Stamped { dossier, stamps } = house.stamped(&store, &what.meeting)?;
    let lists = match format::lists(Some(&house.sessions())) {
        Ok(lists) => lists,
        // A list of one's own that cannot be read must not keep the minutes back.
        Err(problem) => {
            complain(&format!("{problem} 備え付けの一覧で書き出します。"));
            format::lists(None)?
        }
    };
    let found = export::personal(&dossier, &house.watch()?);
    if !found.is_empty() {
        complain(&format!(
            "個人が分かりそうなことばがあります: {}。渡す前に確かめてください。",
            found.join("、")
        ));
    }
    let Rendered { bytes, missing } = export::render(what.format, &dossier, &stamps, &lists)?;
    if !missing.is_empty() {
        let missing: Vec<String> = missing.into_iter().collect();
        complain(&format!(
            "絵の字体にない文字があり、〓 か元の字で描きます: {}。svg と html では、読む人の字体で出ます。",
            missing.join("、")
        ));
    }
    if what.out.as_deref() == Some(Path::new("-")) {
        return Ok(out.write_all(&bytes)?);
    }
    let path = write::target(what.out.as_deref(), &dossier, what.format);
    write::write(&path, &bytes, what.force)?;
    writeln!(out, "書き出しました: {}", path.display())?;
    Ok(())
}
