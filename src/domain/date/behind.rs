//! What people write behind a day: its weekday, that it is a holiday, and the time of day. None of it is the day.

use chrono::Weekday;
use unicode_normalization::UnicodeNormalization;

/// The days of the week from Monday on, each with the other ways of writing it.
const WEEKDAYS: [(char, &str, &str); 7] = [
    ('月', "げつ", "mon"),
    ('火', "か", "tue"),
    ('水', "すい", "wed"),
    ('木', "もく", "thu"),
    ('金', "きん", "fri"),
    ('土', "ど", "sat"),
    ('日', "にち", "sun"),
];

/// What is said of a day besides, the longest first.
const HOLIDAYS: [&str; 7] = ["振替休日", "振休", "祝日", "休日", "休み", "祝", "休"];

pub(super) fn weekday(day: Weekday) -> char {
    WEEKDAYS[day.num_days_from_monday() as usize].0
}

/// 木, 木曜, 木曜日, もく or Thu as days from Monday.
pub(super) fn weekday_named(text: &str) -> Option<usize> {
    let stem = text.strip_suffix("曜日").or_else(|| text.strip_suffix('曜')).unwrap_or(text);
    let lower = stem.to_lowercase();
    let mut chars = stem.chars();
    let sign = chars.next().filter(|_| chars.next().is_none());
    WEEKDAYS.iter().position(|(kanji, kana, english)| {
        sign == Some(*kanji) || stem == *kana || (lower.len() >= 3 && lower.starts_with(english))
    })
}

/// Takes （木）, （日・祝）, 木曜 or 木曜日 off the end of a date; the weekday, if one was said.
pub(super) fn split_weekday(text: &str) -> (&str, Option<char>) {
    let sign = |day: usize| WEEKDAYS[day].0;
    let bracketed = || {
        let (date, inner) = text.strip_suffix(')')?.rsplit_once('(')?;
        let besides = HOLIDAYS.iter().fold(inner.to_owned(), |inner, word| inner.replace(word, ""));
        match besides.trim_matches(['・', '/', '、', ',', '.']) {
            "" if inner.is_empty() => None,
            "" => Some((date, None)),
            day => weekday_named(day).map(|day| (date, Some(sign(day)))),
        }
    };
    let named = || {
        let stem = text.strip_suffix("曜日").or_else(|| text.strip_suffix('曜'));
        let at = stem.unwrap_or(text).char_indices().last()?.0;
        let (date, day) = (&text[..at], &text[at..]);
        // 5月 is a month and 21日 a day: without 曜 these two are a weekday only behind 日.
        let sure = stem.is_some()
            || date.ends_with('日')
            || date.ends_with(|c: char| c.is_ascii_digit()) && !matches!(day, "月" | "日");
        weekday_named(day).filter(|_| sure).map(|day| (date, Some(sign(day))))
    };
    bracketed().or_else(named).unwrap_or((text, None))
}

/// A text without the time of day at its end: 13:30, 13時30分～15時, 午後1時半, T13:30:00+09:00, （10時から）.
pub(super) fn without_time(text: &str) -> &str {
    let mut parted = text.char_indices().skip(1).map(|(at, _)| text.split_at(at));
    parted.find(|(day, rest)| parts_time(day, rest)).map_or(text, |(day, _)| day.trim_end())
}

/// Whether a text is a time of day and what stands before it is whole.
fn parts_time(day: &str, rest: &str) -> bool {
    // A figure that goes on is no beginning of a time.
    let cut = day.ends_with(|c: char| c.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit());
    let inner = rest.trim().strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    !cut && !day.trim().is_empty() && is_time(inner.unwrap_or(rest), false)
}

/// The time of day at the end of a text, as typed: a day does not hold it.
pub fn time_behind(text: &str) -> Option<&str> {
    let text = text.trim();
    let parted = text.char_indices().skip(1).map(|(at, _)| text.split_at(at));
    let flat = |part: &str| part.nfkc().collect::<String>();
    let ends = |rest: &str| ["に", "ごろに", "頃に"].iter().find_map(|end| rest.strip_suffix(end)).map(flat);
    let time = |(day, rest): &(&str, &str)| {
        parts_time(&flat(day), &flat(rest)) || ends(rest).is_some_and(|rest| parts_time(&flat(day), &rest))
    };
    parted.into_iter().find(time).map(|(_, rest)| rest.trim().trim_start_matches(['T', 't']))
}

/// Whether a text is a time of day, or several of them; after the first it may also end.
fn is_time(text: &str, on: bool) -> bool {
    let text = text.trim_start();
    if on && text.is_empty() {
        return true;
    }
    let text = text.strip_prefix(['T', 't']).unwrap_or(text);
    let halves = ["午前", "午後", "ごぜん", "ごご", "AM", "PM", "am", "pm", "朝", "昼", "夕方", "夜"];
    let half = halves.iter().find_map(|half| text.strip_prefix(half));
    let text = half.unwrap_or(text).trim_start();
    let Some(rest) = after_clock(text).or(half.map(|_| text)) else { return false };
    let rest = rest.trim_start();
    let ends = ["から", "より", "開始", "開会", "集合", "頃", "ごろ", "に", "まで", "AM", "PM", "am", "pm"];
    let rest = ends.iter().find_map(|end| rest.strip_prefix(end)).unwrap_or(rest);
    let zone = |rest: &str| {
        rest == "Z"
            || rest.len() >= 5
                && rest.starts_with(['+', '-'])
                && rest[1..].chars().all(|c| c.is_ascii_digit() || c == ':')
    };
    rest.is_empty() || zone(rest) || is_time(rest.trim_start_matches(['~', '〜', '-', '、', ',']), true)
}

/// What follows 13:30, 13:30:00.000, 13時, 13時半, 13時30分 or 正午.
fn after_clock(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix("正午") {
        return Some(rest);
    }
    let figures = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let hour = figures(text);
    if !(1..=2).contains(&hour) || text[..hour].parse().is_ok_and(|hour: u32| hour > 30) {
        return None;
    }
    let rest = &text[hour..];
    if let Some(mut rest) = rest.strip_prefix(':') {
        loop {
            rest = rest.get(figures(rest)..).filter(|_| figures(rest) > 0)?;
            match rest.strip_prefix([':', '.']) {
                Some(more) => rest = more,
                None => return Some(rest),
            }
        }
    }
    let rest = rest.strip_prefix('時')?;
    let minutes = figures(rest);
    Some(rest.strip_prefix('半').or_else(|| rest[minutes..].strip_prefix('分')).unwrap_or(rest))
}
