//! `jirei export`: a meeting as a file.

use std::io::Write;

use super::arguments::Export;
use super::{complain, give, house::House};
use crate::domain::Stamped;
use crate::export::{self, Rendered};
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
    give::warn(&export::personal(&dossier, &house.watch()?));
    let Rendered { bytes, missing } = export::render(what.format, &dossier, &stamps, &lists)?;
    give::missing(missing);
    let name = export::file_name(what.format, &dossier);
    if let Some(path) = give::give(bytes, &name, &what.giving, out)? {
        writeln!(out, "書き出しました: {}", path.display())?;
    }
    Ok(())
}
