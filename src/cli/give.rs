//! What leaves the house by the command line: said what to look at first, then put where it was asked for.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::complain;
use crate::export::encoding::Encoding;
use crate::export::write;

/// Where to, and how.
pub struct Target<'a> {
    pub out: Option<&'a Path>,
    pub force: bool,
    pub encoding: Encoding,
}

/// Says which words look like personal information.
pub fn warn(found: &[String]) {
    if !found.is_empty() {
        complain(&format!(
            "個人が分かりそうなことばがあります: {}。渡す前に確かめてください。",
            found.join("、")
        ));
    }
}

/// Puts a file onto standard output for `-`; else into a folder under this name, or where it was said. Gives the path where
/// there is one.
pub fn give(
    bytes: Vec<u8>,
    name: &str,
    target: &Target<'_>,
    out: &mut dyn Write,
) -> anyhow::Result<Option<PathBuf>> {
    let (bytes, replaced) = target.encoding.of(bytes);
    say(&replaced);
    if target.out == Some(Path::new("-")) {
        out.write_all(&bytes)?;
        return Ok(None);
    }
    let path = target.out.map_or_else(|| PathBuf::from(name), |out| write::within(out, name));
    write::write(&path, &bytes, target.force)?;
    Ok(Some(path))
}

/// Names what the encoding cannot hold.
fn say(replaced: &BTreeMap<String, String>) {
    /// More would not be read.
    const MOST: usize = 20;
    if replaced.is_empty() {
        return;
    }
    let named = replaced.iter().take(MOST).map(|(from, to)| format!("{from} → {to}"));
    let named = named.collect::<Vec<_>>().join("、");
    let more = match replaced.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!("、ほか {more}種類"),
    };
    complain(&format!("Shift_JIS にない文字を、別の文字にしました: {named}{more}。元の記録は変わりません。"));
}
