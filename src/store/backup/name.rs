//! What a backup is called: when it was made, and why. The names stand in order, and every stick takes them.

use chrono::NaiveDateTime;

use crate::domain::Moment;

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// A meeting has begun.
    Start,
    /// A meeting is over.
    End,
    /// The first of a day.
    Daily,
    /// Somebody asked for it.
    Asked,
    /// Other records took the place of these.
    BeforeRestore,
    /// What is whole of these took their place.
    BeforeSalvage,
    /// A new version of the program changed their shape.
    BeforeMigration,
}

impl Why {
    const ALL: [(Why, &str, &str); 7] = [
        (Why::Start, "start", "会議の始まり"),
        (Why::End, "end", "会議の終わり"),
        (Why::Daily, "daily", "毎日"),
        (Why::Asked, "asked", "自分で取った"),
        (Why::BeforeRestore, "before-restore", "戻す前"),
        (Why::BeforeSalvage, "before-salvage", "救い出す前"),
        (Why::BeforeMigration, "before-update", "版を上げる前"),
    ];

    fn row(self) -> (&'static str, &'static str) {
        Self::ALL.iter().find(|(why, ..)| *why == self).map_or(("", ""), |(_, key, label)| (key, label))
    }

    /// In words for people.
    pub fn label(self) -> &'static str {
        self.row().1
    }

    /// Whether it stays until somebody takes it away: somebody wanted it, and it may hold what nothing else does.
    pub fn stays(self) -> bool {
        matches!(self, Self::Asked | Self::BeforeRestore | Self::BeforeSalvage)
    }
}

/// How every name of ours begins.
const BEGINS: &str = "jirei-";

/// How the time stands in a name.
const TIME: &str = "%Y%m%d-%H%M%S";

/// `jirei-20260521-133000-start`, the n-th of this second: in the order of names, later ones come later.
pub fn stem(at: Moment, why: Why, n: usize) -> String {
    let name = format!("{BEGINS}{}-{}", at.format(TIME), why.row().0);
    if n < 2 { name } else { format!("{name}_{n}") }
}

/// `jirei-damaged-20260521-133000`.
pub(crate) fn stem_of_damaged(at: Moment) -> String {
    format!("{BEGINS}damaged-{}", at.format(TIME))
}

/// What a name says; none where it is no name of ours.
pub fn read(name: &str) -> Option<(NaiveDateTime, Why)> {
    let rest = name.strip_prefix(BEGINS)?.strip_suffix(".db")?;
    let (time, why) = (rest.get(..15)?, rest.get(15..)?.strip_prefix('-')?);
    let at = NaiveDateTime::parse_from_str(time, TIME).ok()?;
    let is = |key: &str| {
        let rest = why.strip_prefix(key)?;
        (rest.is_empty() || rest.strip_prefix('_')?.bytes().all(|b| b.is_ascii_digit())).then_some(())
    };
    Why::ALL.into_iter().find_map(|(why, key, _)| is(key).map(|()| (at, why)))
}

/// Whether it is one of before a new version, of which the name does not say when.
pub fn is_of_migration(name: &str) -> bool {
    let rest = name.strip_prefix("jirei-backup-v").and_then(|rest| rest.strip_suffix(".db"));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 名前は並べると古い順になり_読めばいつなぜかが分かる() {
        let at: Moment = "2026-05-21T13:30:00+09:00".parse().unwrap();
        assert_eq!(stem(at, Why::Start, 1), "jirei-20260521-133000-start");
        for (why, ..) in Why::ALL {
            for n in [1, 2, 12] {
                let name = format!("{}.db", stem(at, why, n));
                assert!(name.is_ascii() && !is_of_migration(&name), "{name}");
                assert_eq!(read(&name), Some((at.naive_local(), why)), "{name}");
            }
        }
        for other in [
            "jirei.db",
            "jirei-20260521-133000-start.db.tmp",
            "jirei-20260521-133000-starts.db",
            "jirei-20261321-133000-start.db",
            "jirei-２０２６0521-133000-start.db",
            "jirei-damaged-20260521-133000.db",
            "jirei-backup-v6.db",
            "議事録.db",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
        assert!(is_of_migration("jirei-backup-v6.db") && is_of_migration("jirei-backup-v6-2.db"));
        assert!(!is_of_migration("jirei-backup-vorher.db"));
    }
}
