//! Days as people type them: 2026-06-18, 6/18, R8.6.18, 来週金曜, 2週間後, 次回まで, 未定.
//!
//! Weeks begin on Monday, so 来週中 means by the Sunday that ends the next week. Nothing here reads a clock: today is told.

mod behind;
mod figures;
mod show;
#[cfg(test)]
mod tests;

use chrono::{Datelike, Days, Months, NaiveDate};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization;

pub use self::behind::time_behind;
use self::behind::{split_weekday, weekday, weekday_named, without_time};
use self::figures::{split_era, written};
use super::bounds::YEARS;
use super::text::{brief, clean_line, fold};
use super::{Until, fiscal_year};

pub use self::show::{NO_DAY, full, long, meaning, or_none, short, short_from, typed, wareki, without_day};

/// Why words are not a day.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// There are no words.
    #[error("日付が空です。6/18、2026-06-18、R8.6.18、来週金曜 のように書いてください。")]
    Empty,
    /// The words name no day.
    #[error(
        "「{}」は日付として読めません。6/18、R8.6.18、来週金曜、2週間後 のように書いてください。", brief(.0)
    )]
    NotADay(String),
    /// The words name a day that no calendar has, such as 2/30.
    #[error("「{}」という日はありません。月と日を確かめてください。", brief(.0))]
    NoSuchDay(String),
    /// The day is another day of the week than the words say.
    #[error("{}は{}曜日です。日付か曜日のどちらかを直してください。", .0.format("%Y年%-m月%-d日"), weekday(.0.weekday()))]
    OtherWeekday(NaiveDate),
    /// In no year nearby is the day such a day of the week.
    #[error("{0}が{1}曜日になる年は、近くにありません。日付か曜日のどちらかを直してください。")]
    NoSuchYear(String, char),
}

/// How to choose the year or month that was not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Choose {
    /// The year nearest to today, before or after; of a day without a month, or with its weekday, the last one that was.
    Nearest,
    /// The first such day from today on.
    Coming,
}

/// A day, and whether it was said as one; 来週 or 6月 names more than one day and means the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    day: NaiveDate,
    exact: bool,
}

type Answer = Option<Result<Found, DateError>>;

/// The day that words name. Without a year the nearest such day is meant: `4/30` on May 21 lies three weeks back. Without a
/// month it is the last one that was, today included: `30日` on May 21 is in April.
///
/// # Errors
/// Says in Japanese what can be typed; words that name no single day (来週, 次回, 未定) are none here.
pub fn parse_date(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    single_day(text, today, Choose::Nearest)
}

/// The day that words name, where it can only lie ahead: without a year `4/30` on May 21 is that of the next year.
///
/// # Errors
/// As [`parse_date`].
pub fn parse_coming_date(text: &str, today: NaiveDate) -> Result<NaiveDate, DateError> {
    single_day(text, today, Choose::Coming)
}

fn single_day(text: &str, today: NaiveDate, choose: Choose) -> Result<NaiveDate, DateError> {
    let words = clean_line(text);
    if words.is_empty() {
        return Err(DateError::Empty);
    }
    match find(&normal(&words), today, choose) {
        Some(found) => found.and_then(|f| if f.exact { Ok(f.day) } else { Err(DateError::NotADay(words)) }),
        None => Err(DateError::NotADay(words)),
    }
}

/// The deadline that words name, with the words kept as typed. Without a year the first such day from today on is meant.
/// Nothing typed is an empty `Until`; 次回 takes the next meeting's date where it is known. Words that name no day are kept, too.
pub fn parse_until(text: &str, today: NaiveDate, next: Option<NaiveDate>) -> Until {
    let words = clean_line(text);
    let normal = normal(&words);
    let date = match normal.as_str() {
        "" | "未定" => None,
        normal if is_next(normal) => next,
        normal => find(normal, today, Choose::Coming).and_then(Result::ok).map(|found| found.day),
    };
    Until { words, date }
}

/// Why a deadline that looks like a day is none: no calendar has it, or the day that was said with its year is another day of
/// the week. Other words may be meant so, and so may a weekday that no year near has.
pub fn slip_in(text: &str, today: NaiveDate) -> Option<DateError> {
    let normal = normal(&clean_line(text));
    let error = find(&normal, today, Choose::Coming).and_then(Result::err);
    error.filter(|error| !matches!(error, DateError::NoSuchYear(..)))
}

/// A fiscal year as people write it: 2026, ２０２６年度, R8, 令和8年度. None for what is no year, or earlier than any record of ours.
pub fn parse_fiscal_year(text: &str) -> Option<i32> {
    let folded = fold(text);
    let words = folded.trim_end_matches("年度").trim_end_matches('年');
    let year = match split_era(&format!("{words}年")) {
        Some((year, "")) => year,
        _ => words.parse().ok()?,
    };
    (1989..=*YEARS.end()).contains(&year).then_some(year)
}

/// Whether the deadline is the next meeting, so that its day changes when that meeting's date does.
pub fn follows_next(until: &Until) -> bool {
    is_next(&normal(&until.words))
}

/// Until when, in words and as a day, or that there is none; empty where nothing was said.
pub fn until(until: &Until) -> String {
    match (&until.words, until.date) {
        (words, Some(day)) if words.is_empty() || says_only_a_day(until) => short(day),
        (words, Some(day)) if names_day(until, day) => words.clone(),
        (words, Some(day)) => format!("{words}（{}）", short(day)),
        (_, None) => without_day(until),
    }
}

/// Whether the words of a deadline say nothing but its day: 5/31, R8.5.31, 5月31日(日)まで. 来週金曜 says more.
pub fn says_only_a_day(until: &Until) -> bool {
    let Some(day) = until.date else { return false };
    let words: String = until.words.nfkc().filter(|c| !c.is_whitespace()).collect();
    let words = arabic(words.trim_end_matches("までに").trim_end_matches("まで"));
    let plain =
        |c: char| c.is_ascii_digit() || "/.-()年月火水木金土日曜RHSTMrhstm令和平成昭大正明治元".contains(c);
    let numbered = words.chars().all(plain) && words.contains(|c: char| c.is_ascii_digit());
    words.is_empty() || numbered && parse_date(&words, day) == Ok(day)
}

/// Whether the words of a deadline have its day in them, whatever else they say: 6/12ごろ, 6月12日の受診まで.
pub fn names_day(until: &Until, day: NaiveDate) -> bool {
    let words: String = until.words.nfkc().filter(|c| !c.is_whitespace()).collect();
    let (month, day) = (day.month(), day.day());
    let ways = [format!("{month}/{day}"), format!("{month}月{day}日"), format!("{month:02}/{day:02}")];
    let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    ways.iter().flat_map(|way| words.match_indices(way.as_str())).any(|(at, way)| {
        !figure(words[..at].chars().next_back()) && !figure(words[at + way.len()..].chars().next())
    })
}

/// Whether it was said that the deadline is open.
fn is_open(until: &Until) -> bool {
    normal(&until.words) == "未定"
}

/// Widths folded, spaces and の gone, and the words around a deadline dropped, with the time of day.
fn normal(words: &str) -> String {
    let dash = |c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c };
    let text: String = words.trim().nfkc().map(dash).collect();
    let mut rest = text.as_str();
    let around = ["までに", "まで", "ごろ", "ころ", "頃", "には", "に", "以内", "中", "内"];
    loop {
        let shorter = around.iter().find_map(|w| rest.strip_suffix(w)).unwrap_or_else(|| without_time(rest));
        let shorter = shorter.trim_end();
        if shorter.is_empty() || shorter == rest {
            break;
        }
        rest = shorter;
    }
    // A space between figures parts them: 2026 5 21.
    let figure = |c: Option<char>| c.is_some_and(|c: char| c.is_ascii_digit());
    let mut text = String::new();
    for word in rest.split_whitespace() {
        if figure(text.chars().last()) && figure(word.chars().next()) {
            text.push('/');
        }
        text.extend(word.chars().filter(|c| *c != 'の'));
    }
    text.replace('翌', "来").replace("来日", "明日")
}

fn is_next(normal: &str) -> bool {
    let rest = normal.strip_prefix("次回").or_else(|| normal.strip_prefix("次"));
    match rest {
        Some("") => normal == "次回",
        Some(rest) => ["会", "会議", "検討会", "事例検討会", "日"].contains(&rest),
        None => false,
    }
}

fn find(text: &str, today: NaiveDate, choose: Choose) -> Answer {
    let named =
        relative_day(text, today).or_else(|| in_week(text, today)).or_else(|| end_of_year(text, today));
    let found = named.or_else(|| {
        let text = arabic(text);
        counted(&text, today).or_else(|| in_month(&text, today)).or_else(|| written(&text, today, choose))
    })?;
    Some(found.and_then(|found| match YEARS.contains(&found.day.year()) {
        true => Ok(found),
        false => Err(DateError::NoSuchDay(text.to_owned())),
    }))
}

fn exact(day: NaiveDate) -> Answer {
    Some(Ok(Found { day, exact: true }))
}

fn last_of_many(day: NaiveDate) -> Answer {
    Some(Ok(Found { day, exact: false }))
}

fn shift(day: NaiveDate, days: i64) -> NaiveDate {
    let moved = match u64::try_from(days) {
        Ok(forward) => day.checked_add_days(Days::new(forward)),
        Err(_) => day.checked_sub_days(Days::new(days.unsigned_abs())),
    };
    moved.unwrap_or(day)
}

fn relative_day(text: &str, today: NaiveDate) -> Answer {
    let days = match text {
        "今日" | "本日" | "きょう" | "当日" => 0,
        "明日" | "あす" | "あした" => 1,
        "明後日" | "あさって" => 2,
        "明々後日" | "しあさって" => 3,
        "昨日" | "きのう" => -1,
        "一昨日" | "おととい" => -2,
        _ => return None,
    };
    exact(shift(today, days))
}

/// 来週, 来週金曜, 金曜日, 週末. A weekday alone is the next one after today.
fn in_week(text: &str, today: NaiveDate) -> Answer {
    let monday = shift(today, -i64::from(today.weekday().num_days_from_monday()));
    for (word, weeks) in [("再来週", 2), ("来週", 1), ("今週", 0), ("先週", -1), ("週", 0)] {
        let Some(rest) = text.strip_prefix(word) else { continue };
        let monday = shift(monday, weeks * 7);
        return match rest {
            "" if word == "週" => None,
            "" | "末" => last_of_many(shift(monday, 6)),
            "明け" => exact(shift(monday, if word == "週" { 7 } else { 0 })),
            "前半" => last_of_many(shift(monday, 2)),
            "後半" => last_of_many(shift(monday, 6)),
            _ => named_in_full(rest).and_then(|day| exact(shift(monday, day))),
        };
    }
    let day = named_in_full(text)?;
    let ahead = (day - i64::from(today.weekday().num_days_from_monday())).rem_euclid(7);
    exact(shift(today, if ahead == 0 { 7 } else { ahead }))
}

/// 金曜 or 金曜日 as days from Monday; 金 alone may be anything.
fn named_in_full(text: &str) -> Option<i64> {
    let day = weekday_named(text).filter(|_| text.ends_with(['曜', '日']) && text.contains('曜'))?;
    i64::try_from(day).ok()
}

fn end_of_year(text: &str, today: NaiveDate) -> Answer {
    let year = match text {
        "年度" | "年度末" | "今年度" | "今年度末" => fiscal_year(today) + 1,
        "来年度" | "来年度末" => fiscal_year(today) + 2,
        "年" | "年末" | "今年" | "今年末" => return last_of_many(day_of(today.year(), 12, 31)?),
        "来年" | "来年末" => return last_of_many(day_of(today.year() + 1, 12, 31)?),
        _ => return None,
    };
    last_of_many(day_of(year, 3, 31)?)
}

fn day_of(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

/// The year with which words begin, and what follows it, in figures: 昭和48年3月5日, 1973/3/5, S48.
pub(super) fn year_first(text: &str) -> Option<(i32, String)> {
    let text = arabic(text);
    if let Some((year, rest)) =
        split_era(&text).or_else(|| split_era(&format!("{text}年")).map(|(year, _)| (year, "")))
    {
        return Some((year, rest.to_owned()));
    }
    let (year, rest) = number(&text).filter(|(year, _)| *year >= 1000)?;
    Some((year.try_into().ok()?, rest.to_owned()))
}

/// The number with which words begin, in figures or kanji, and what follows it.
pub(super) fn numeral_first(text: &str) -> Option<(u32, &str)> {
    let end = |of: fn(char) -> bool| text.find(|c| !of(c)).unwrap_or(text.len());
    let figures = end(|c| c.is_ascii_digit());
    let (run, behind) = text.split_at(if figures > 0 { figures } else { end(|c| NUMERALS.contains(c)) });
    Some((arabic(run).parse().ok()?, behind))
}

/// Kanji that count.
pub(super) const NUMERALS: &str = "〇一二三四五六七八九十";

/// Kanji numerals up to 99 as digits: 二週間後, 六月十八日.
fn arabic(text: &str) -> String {
    let mut out = String::new();
    let mut run: Vec<char> = Vec::new();
    for c in text.chars().chain(['\0']) {
        if NUMERALS.contains(c) {
            run.push(c);
            continue;
        }
        out.push_str(&numeral(&run));
        run.clear();
        if c != '\0' {
            out.push(c);
        }
    }
    out
}

fn numeral(run: &[char]) -> String {
    let digit = |c: &char| "〇一二三四五六七八九".chars().position(|d| d == *c).unwrap_or(0);
    match run.iter().position(|c| *c == '十') {
        None => run.iter().map(|c| digit(c).to_string()).collect(),
        Some(ten) => {
            let tens = run[..ten].last().map_or(1, digit);
            (tens * 10 + run[ten + 1..].first().map_or(0, digit)).to_string()
        }
    }
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

/// 3日後, 2週間後, 1か月後, 半年後. 2週間 alone says the same where it is a deadline (2週間以内).
fn counted(text: &str, today: NaiveDate) -> Answer {
    let (count, unit) = match text.strip_prefix('半') {
        Some("年後" | "年") => (6, "か月"),
        Some("月後" | "月") => (15, "日後"),
        _ => number(text)?,
    };
    if count > 1000 {
        return None;
    }
    let later = unit.strip_suffix('後');
    let months =
        |count: u32| today.checked_add_months(Months::new(count)).map(|day| Found { day, exact: true });
    let found = match later.unwrap_or(unit) {
        // 18日 is a day of the month, 18日後 and 18日間 are a count.
        "日" if later.is_some() => Some(Found { day: shift(today, i64::from(count)), exact: true }),
        "日間" => Some(Found { day: shift(today, i64::from(count)), exact: true }),
        "週間" | "週" => Some(Found { day: shift(today, i64::from(count) * 7), exact: true }),
        "か月" | "ヶ月" | "ヵ月" | "カ月" | "ケ月" | "箇月" | "月間" => months(count),
        "月" | "ヶ月間" | "か月間" if later.is_some() => months(count),
        "年" | "年間" if later.is_some() => months(count * 12),
        _ => None,
    };
    found.map(Ok)
}

/// 今月末, 来月, 来月10日, 来月中旬.
fn in_month(text: &str, today: NaiveDate) -> Answer {
    let first = today.with_day(1)?;
    let months = [("再来月", 2), ("来月", 1), ("今月", 0), ("月", 0)];
    let (ahead, rest, word) =
        months.iter().find_map(|(word, ahead)| Some((*ahead, text.strip_prefix(word)?, *word)))?;
    let month = first.checked_add_months(Months::new(ahead))?;
    if rest.is_empty() && word == "月" {
        return None;
    }
    match part_of_month(month.year(), month.month(), rest) {
        Some(day) => last_of_many(day),
        None => {
            let (day, after) = number(rest)?;
            (after == "日").then(|| on(month.year(), month.month(), day))
        }
    }
}

/// The last day of 上旬, 中旬, 下旬, 末 or the whole month.
fn part_of_month(year: i32, month: u32, part: &str) -> Option<NaiveDate> {
    match part {
        "上旬" | "初め" | "初旬" => day_of(year, month, 10),
        "半ば" | "中旬" => day_of(year, month, 20),
        "" | "下旬" | "末" | "末日" => {
            Some(shift(day_of(year, month, 1)?.checked_add_months(Months::new(1))?, -1))
        }
        _ => None,
    }
}

fn on(year: i32, month: u32, day: u32) -> Result<Found, DateError> {
    match day_of(year, month, day) {
        Some(day) => Ok(Found { day, exact: true }),
        None => Err(DateError::NoSuchDay(format!("{year}年{month}月{day}日"))),
    }
}
