//! Days as people read them.

use chrono::{Datelike, NaiveDate};

use super::behind::weekday;
use super::{follows_next, is_open};
use crate::domain::Until;

/// 2026年5月21日（木）, where words run on.
pub fn long(day: NaiveDate) -> String {
    format!("{}年{}月{}日（{}）", day.year(), day.month(), day.day(), weekday(day.weekday()))
}

/// 5/21(木).
pub fn short(day: NaiveDate) -> String {
    format!("{}/{}({})", day.month(), day.day(), weekday(day.weekday()))
}

/// The same with the year, also in tables on paper, where a day has a line to itself: 2026/5/21(木).
pub fn full(day: NaiveDate) -> String {
    format!("{}/{}", day.year(), short(day))
}

/// With the year where it is not that of `today`.
pub fn short_from(day: NaiveDate, today: NaiveDate) -> String {
    if day.year() == today.year() { short(day) } else { full(day) }
}

/// As it is offered to be typed over, for a weekday left behind would be wrong: 2026/5/21.
pub fn typed(day: NaiveDate) -> String {
    format!("{}/{}/{}", day.year(), day.month(), day.day())
}

/// A day that may not be known, written in one of these ways.
pub fn or_none(day: Option<NaiveDate>, way: fn(NaiveDate) -> String) -> String {
    day.map_or_else(|| NO_DAY.to_owned(), way)
}

/// 令和8年5月21日; a day before 明治 is written in the western way.
pub fn wareki(day: NaiveDate) -> String {
    let (month, date) = (day.month(), day.day());
    match era(day) {
        Some((name, 1)) => format!("{name}元年{month}月{date}日"),
        Some((name, year)) => format!("{name}{year}年{month}月{date}日"),
        None => format!("{}年{month}月{date}日", day.year()),
    }
}

/// Said where there is no day, and of words that name none.
pub const NO_DAY: &str = "日付なし";

/// The words of a deadline that has no day, and that it has none where they do not say so themselves.
pub fn without_day(until: &Until) -> String {
    let said = until.words.is_empty() || is_open(until) || follows_next(until);
    if said { until.words.clone() } else { format!("{}（{NO_DAY}）", until.words) }
}

/// What a deadline means, to stand beside the words; empty where nobody has said anything.
pub fn meaning(until: &Until, today: NaiveDate) -> String {
    match until.date {
        Some(day) => {
            let past = if day < today { "（過ぎています）" } else { "" };
            format!("{}まで{past}", short_from(day, today))
        }
        None if until.words.is_empty() => String::new(),
        None if follows_next(until) => "次回の日が決まると決まります".to_owned(),
        None if is_open(until) => "期限は未定".to_owned(),
        None => NO_DAY.to_owned(),
    }
}

/// The eras with the day they began (the calendar reform of 1873 is earlier than any day people type).
pub(super) const ERAS: [(&str, &str, i32, u32, u32); 5] = [
    ("令和", "R", 2019, 5, 1),
    ("平成", "H", 1989, 1, 8),
    ("昭和", "S", 1926, 12, 25),
    ("大正", "T", 1912, 7, 30),
    ("明治", "M", 1868, 1, 25),
];

fn era(day: NaiveDate) -> Option<(&'static str, i32)> {
    ERAS.into_iter()
        .find(|(_, _, y, m, d)| (day.year(), day.month(), day.day()) >= (*y, *m, *d))
        .map(|(name, _, first, _, _)| (name, day.year() - first + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::date::parse_until;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-05-21")
    }

    #[test]
    fn 意味をそばに書く() {
        let meant = |typed| meaning(&parse_until(typed, today(), None), today());
        assert_eq!(meant("来週中"), "5/31(日)まで");
        assert_eq!(meant("年度末"), "2027/3/31(水)まで");
        let past = Until { words: "5/1".into(), date: Some(day("2026-05-01")) };
        assert_eq!(meaning(&past, today()), "5/1(金)まで（過ぎています）");
    }

    #[test]
    fn 日付を場所ごとの形で書く() {
        assert_eq!(long(today()), "2026年5月21日（木）");
        assert_eq!([short(today()), full(today())], ["5/21(木)", "2026/5/21(木)"]);
        let from = |day| short_from(today(), day);
        assert_eq!([from(day("2026-12-31")), from(day("2027-01-01"))], ["5/21(木)", "2026/5/21(木)"]);
        assert_eq!(typed(today()), "2026/5/21");
        assert_eq!([or_none(Some(today()), long), or_none(None, long)], ["2026年5月21日（木）", NO_DAY]);
        assert_eq!(wareki(today()), "令和8年5月21日");
        assert_eq!(wareki(day("2019-05-01")), "令和元年5月1日");
        assert_eq!(wareki(day("2019-04-30")), "平成31年4月30日");
    }
}
