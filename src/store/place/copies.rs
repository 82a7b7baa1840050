//! What a service that copies folders puts beside a database when two machines have written it.

use std::fs;
use std::path::Path;

use crate::domain::text::clean_line;

/// Beginnings of names that Windows gives to computers, by which OneDrive parts two files.
const COMPUTERS: [&str; 4] = ["-desktop-", "-laptop-", "-win-", "-pc-"];

/// What services write into the name, in small letters.
const PARTED: [&str; 3] = ["conflict", "競合", "コンフリクト"];

/// The names of such copies in a folder of records, in their order.
pub(super) fn beside(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| is_copy(name)).map(|name| clean_line(&name)).collect();
    names.sort();
    names
}

/// Whether a file is a copy of the database, or of what SQLite lays beside it, that nobody made by hand.
fn is_copy(name: &str) -> bool {
    let name = name.to_lowercase();
    let end = [".db", ".db-journal"].into_iter().find_map(|end| name.strip_suffix(end));
    // Syncthing and others put it behind the whole name as well.
    let between =
        end.or(name.contains(".db.").then_some(name.as_str())).and_then(|name| name.strip_prefix("jirei"));
    let Some(between) = between else { return false };
    let number =
        between.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')')).or(between.strip_prefix(' '));
    PARTED.iter().any(|word| between.contains(word))
        || COMPUTERS.iter().any(|start| between.starts_with(start))
        || number.is_some_and(|n| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 同期が分けた写しだけを名指しする() {
        for name in [
            "jirei (競合コピー 2026-05-21).db",
            "jirei (山の町 の競合コピー 2026-05-21).db",
            "jirei (John's conflicted copy 2026-05-21).db",
            "jirei (conflicted copy 2026-05-21 133000).db",
            "jirei_conflict-20260521-133000.db",
            "jirei-conflict-1.db",
            "jirei.sync-conflict-20260521-133000-ABCDEFG.db",
            "jirei (SFConflict a@example.jp 2026-05-21-13-30-00).db",
            "jirei.Conflict.db",
            "jirei (1).db",
            "jirei 2.db",
            "jirei-DESKTOP-ABC123.db",
            "Jirei-LAPTOP-7.db",
            "jirei (1).db-journal",
            "jirei.sync-conflict-20260521-133000-ABCDEFG.db-journal",
        ] {
            assert!(is_copy(name), "{name}");
        }
        for name in [
            "jirei.db",
            "jirei.db-journal",
            "jirei.db.new",
            "jirei.db.tmp",
            "jirei.lock",
            "jirei-backup-v1.db",
            "jirei-backup-v1-2.db",
            "jirei-2.db",
            "jirei のコピー.db",
            "jirei - コピー.db",
            "jirei-20260521.db",
            "jirei 2026.db",
            "conflict.db",
            "未保存-20260521-133000.json",
        ] {
            assert!(!is_copy(name), "{name}");
        }
    }
}
