//! Which backups are kept, and which may go.

use chrono::{Datelike, NaiveDateTime};

use super::name::Why;

/// So many of those that are made without asking.
const LAST: usize = 14;

/// So many of those from before a new version.
const OF_MIGRATIONS: usize = 3;

/// The places of those that may go. The last fourteen stay, and the last of each month; of those from before a new version the last
/// three. What somebody asked for stays, and what bears a time that is still to come: a clock was wrong once.
pub fn superfluous(all: &[(NaiveDateTime, Why)], now: NaiveDateTime) -> Vec<usize> {
    let past = |wanted: fn(Why) -> bool| {
        let mut found: Vec<usize> =
            (0..all.len()).filter(|i| all[*i].0 <= now && wanted(all[*i].1)).collect();
        // The newest first; of one second, the one that is named later.
        found.sort_by_key(|i| std::cmp::Reverse((all[*i].0, *i)));
        found
    };
    let automatic = past(|why| !why.stays() && why != Why::BeforeMigration);
    let month = |i: usize| (all[i].0.year(), all[i].0.month());
    let is_last_of_month = |at: usize| at == 0 || month(automatic[at - 1]) != month(automatic[at]);
    let mut goes: Vec<usize> =
        (LAST..automatic.len()).filter(|at| !is_last_of_month(*at)).map(|at| automatic[at]).collect();
    goes.extend(past(|why| why == Why::BeforeMigration).into_iter().skip(OF_MIGRATIONS));
    goes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap()
    }

    #[test]
    fn 残るのは新しい十四と月の終わりのもの() {
        let now = at("2026-11-29 18:00");
        let days: Vec<_> = (0..200).map(|n| (now - chrono::Duration::days(n), Why::Daily)).collect();
        let goes = superfluous(&days, now);
        let stays: Vec<String> = (0..days.len())
            .filter(|i| !goes.contains(i))
            .skip(LAST)
            .map(|i| days[i].0.format("%m-%d").to_string())
            .collect();
        assert_eq!(stays, ["10-31", "09-30", "08-31", "07-31", "06-30", "05-31"]);
    }

    #[test]
    fn 頼んで取ったものと_これからの日付のものは残り_版の前のものは三つ残る() {
        let now = at("2026-05-21 13:30");
        let many = |why| (1..40).map(move |n| (now - chrono::Duration::minutes(n), why));
        let kept = |why| many(why).count() - superfluous(&many(why).collect::<Vec<_>>(), now).len();
        for (why, count) in [
            (Why::Start, 14),
            (Why::End, 14),
            (Why::Daily, 14),
            (Why::Asked, 39),
            (Why::BeforeRestore, 39),
            (Why::BeforeSalvage, 39),
            (Why::BeforeMigration, 3),
        ] {
            assert_eq!(kept(why), count, "{why:?}");
        }
        let later: Vec<_> = (1..40).map(|n| (now + chrono::Duration::days(n), Why::Daily)).collect();
        assert_eq!(superfluous(&later, now), Vec::<usize>::new());
    }

    proptest! {
        /// Days go by, now and then the clock is set back, and whatever is made is made and then thinned.
        #[test]
        fn どの順に取っても_新しい十四と月ごとの一つと頼んだものは残る(
            steps in prop::collection::vec((0..5i64, 0..7usize, prop::bool::weighted(0.05)), 1..300)
        ) {
            const WHYS: [Why; 7] = [
                Why::Start, Why::End, Why::Daily, Why::Asked,
                Why::BeforeRestore, Why::BeforeSalvage, Why::BeforeMigration,
            ];
            let mut now = at("2026-01-31 23:50");
            let (mut there, mut made) = (Vec::new(), Vec::new());
            let mut went_back = false;
            for (step, why, back) in steps {
                now += chrono::Duration::hours(if back { -400 } else { 7 * step });
                went_back |= back;
                let new = (now, WHYS[why]);
                there.push(new);
                made.push(new);
                there.sort_by_key(|(at, _)| *at);
                let goes = superfluous(&there, now);
                let left: Vec<_> = there.iter().enumerate().filter(|(i, _)| !goes.contains(i)).map(|(_, b)| *b).collect();
                there = left;
                prop_assert!(there.contains(&new), "the newest is never thinned");
                let asked = |all: &[(NaiveDateTime, Why)]| all.iter().filter(|(_, why)| why.stays()).count();
                prop_assert_eq!(asked(&there), asked(&made));
                let is_automatic = |why: Why| !why.stays() && why != Why::BeforeMigration;
                if !went_back {
                    let mut automatic: Vec<_> = made.iter().filter(|(_, why)| is_automatic(*why)).collect();
                    automatic.sort_by_key(|(at, _)| *at);
                    let last = automatic.len().saturating_sub(LAST);
                    prop_assert!(automatic[last..].iter().all(|b| there.contains(b)));
                    for (year, month) in automatic.iter().map(|b| (b.0.year(), b.0.month())) {
                        let of = |b: &&&(NaiveDateTime, Why)| (b.0.year(), b.0.month()) == (year, month);
                        let newest = automatic.iter().rfind(of).unwrap();
                        prop_assert!(there.contains(newest), "{year}-{month}");
                    }
                    let months: std::collections::BTreeSet<_> =
                        automatic.iter().map(|b| (b.0.year(), b.0.month())).collect();
                    let count = there.iter().filter(|(_, why)| is_automatic(*why)).count();
                    prop_assert!(count <= LAST + months.len());
                }
            }
        }
    }
}
