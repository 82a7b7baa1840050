//! What leaves the house by the command line: said what to look at first, then put where it was asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::arguments::Giving;
use super::complain;
use crate::domain::escalation::Ways;
use crate::domain::register::Entry;
use crate::export::{font, personal, write};
use crate::privacy::PersonalWords;
use crate::store::Kept;

/// Says which words look like personal information.
pub fn warn(found: &[String]) {
    if !found.is_empty() {
        complain(&format!(
            "個人が分かりそうなことばがあります: {}。渡す前に確かめてください。",
            personal::named(found, personal::MANY)
        ));
    }
}

/// What was asked to leave of the issues that somebody has read: those in which words look personal only where it was said that
/// these were read, too.
pub fn issues(entries: Vec<Entry>, ways: &Ways<'_>, watch: &PersonalWords, as_read: bool) -> Vec<Entry> {
    if as_read {
        return entries;
    }
    let (entries, kept, found) = personal::without_found(entries, ways, watch);
    if kept > 0 {
        complain(&format!(
            "個人が分かりそうなことばのある地域課題 {kept}件は書き出しませんでした: {}。言い方を直すか、読んで個人が分からなければ --as-read を付けてください。",
            personal::named(&found, personal::MANY)
        ));
    }
    entries
}

/// Names what the font of the pictures lacks.
pub fn missing(missing: BTreeSet<String>) {
    if !missing.is_empty() {
        complain(&format!(
            "絵の字体にない文字があり、〓 か元の字で描きます: {}。svg と html では、読む人の字体で出ます。",
            font::named(&missing)
        ));
    }
}

/// Puts a file onto standard output for `-`; else into a folder under this name, or where it was said, which is said with `what` more
/// there is to say.
pub fn give(
    bytes: Vec<u8>,
    name: &str,
    target: &Giving,
    kept: &Kept,
    what: &str,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let (bytes, replaced) = target.encoding.of(bytes);
    say(&replaced);
    if target.out.as_deref() == Some(Path::new("-")) {
        out.write_all(&bytes)?;
        return Ok(());
    }
    let path = target.out.as_deref().map_or_else(|| PathBuf::from(name), |out| write::within(out, name));
    let readers = write::write(&path, &bytes, target.existing(), kept)?;
    writeln!(out, "書き出しました: {}{what}", path.display())?;
    tell(readers, out)
}

/// Says who can read what was written.
pub fn tell(readers: write::Readers, out: &mut dyn Write) -> anyhow::Result<()> {
    match readers.said() {
        "" => Ok(()),
        said => Ok(writeln!(out, "  {said}")?),
    }
}

/// Names what the encoding cannot hold.
pub fn say(replaced: &BTreeMap<String, String>) {
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
