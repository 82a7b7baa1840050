//! How large the values of a record may be. What people do here never comes near; a file from elsewhere may hold anything.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate};

use super::{Moment, Record};

/// The years a day can lie in: from the first era that has a letter, to where a slip of the finger is likelier.
pub const YEARS: RangeInclusive<i32> = 1868..=2199;
/// The steps of a meeting, and what is kept for each.
pub const STEPS: usize = 1000;
/// A step in minutes: a whole day.
const MINUTES: u64 = 24 * 60;
/// Time spent in a step, in seconds: a clock that ran for a year.
const SECONDS: u64 = 366 * 24 * 60 * 60;
/// The number of an issue.
const NUMBER: u64 = 999_999;
/// A place among siblings, on either side of nought: room for more twigs than anybody writes, and for their gaps.
const RANK: u64 = 1 << 48;

/// A value and what it may be.
enum Value {
    Day(Option<NaiveDate>),
    At(Option<Moment>),
    Year(i32),
    /// How large it is, and the most it may be.
    Count(u64, u64),
}

impl Value {
    /// What is wrong with it.
    fn fault(&self) -> Option<String> {
        let outside = |year: i32| {
            let (first, last) = (YEARS.start(), YEARS.end());
            (!YEARS.contains(&year))
                .then(|| format!("{year}年になっています（{first}年から{last}年までにしてください）"))
        };
        match self {
            Value::Day(day) => day.and_then(|day| outside(day.year())),
            Value::Year(year) => outside(*year),
            Value::At(at) => at.and_then(|at| outside(at.year())),
            Value::Count(count, most) => {
                (count > most).then(|| format!("大きすぎます（{count}。使えるのは {most} までです）"))
            }
        }
    }
}

/// What a moment that belongs to no record may be.
pub fn fault_of_moment(at: Moment) -> Option<String> {
    Value::At(Some(at)).fault()
}

/// The same for one in milliseconds since 1970.
pub fn fault_of_millis(at: i64) -> Option<String> {
    match DateTime::from_timestamp_millis(at) {
        Some(at) => fault_of_moment(at.fixed_offset()),
        None => Some("大きすぎます".to_owned()),
    }
}

/// What is out of bounds in a record, in words for people; the first of it.
pub fn fault(record: &Record) -> Option<String> {
    let (name, values) = values(record);
    let fault = values.into_iter().find_map(|(field, value)| Some((field, value.fault()?)));
    fault.map(|(field, what)| format!("{name} {} の{field}が、{what}", record.key().id))
}

/// What people call the record, and all of its values that have bounds.
fn values(record: &Record) -> (&'static str, Vec<(&'static str, Value)>) {
    let rank = |rank: i64| ("並び順", Value::Count(rank.unsigned_abs(), RANK));
    match record {
        Record::Case(r) => ("事例", vec![("同意の日", Value::Day(r.consent_date))]),
        Record::Meeting(r) => {
            let minutes = r.steps.iter().map(|s| ("段階の分", Value::Count(s.minutes.into(), MINUTES)));
            let days = [("日付", Value::Day(r.date)), ("次回の日", Value::Day(r.next_date))];
            let steps = ("段階の数", Value::Count(r.steps.len() as u64, STEPS as u64));
            ("会議", days.into_iter().chain([steps]).chain(minutes).collect())
        }
        Record::Progress(r) => {
            let spent = r.spent.iter().map(|s| ("かかった時間", Value::Count((*s).into(), SECONDS)));
            let moments = [("始まり", Value::At(r.started_at)), ("終わり", Value::At(r.ended_at))];
            let steps = [
                ("今の段階", Value::Count(r.step as u64, STEPS as u64 - 1)),
                ("段階の数", Value::Count(r.spent.len() as u64, STEPS as u64)),
            ];
            ("進み具合", moments.into_iter().chain(steps).chain(spent).collect())
        }
        Record::Node(r) => {
            let number = ("番号", Value::Count(r.number.into(), NUMBER));
            ("枝", vec![("時刻", Value::At(Some(r.at))), number, rank(r.rank)])
        }
        Record::Link(r) => ("つながり", vec![("時刻", Value::At(Some(r.at)))]),
        Record::Action(r) => {
            let days = vec![("期日", Value::Day(r.until.date)), ("済んだ日", Value::Day(r.settled))];
            ("行動計画の行", days.into_iter().chain([rank(r.rank)]).collect())
        }
        Record::RegionalIssue(r) => ("地域課題", vec![("期日", Value::Day(r.due.date)), rank(r.rank)]),
        Record::Reflection(r) => ("振り返り", vec![rank(r.rank)]),
        Record::Participant(_) => ("参加者", Vec::new()),
        Record::Evidence(_) => ("地域課題の根拠", Vec::new()),
        Record::Escalation(r) => ("地域課題の経過", vec![("日付", Value::Day(r.date))]),
        Record::Slot(r) => {
            let days = vec![("日付", Value::Day(r.date)), ("はじめの日付", Value::Day(r.moved_from))];
            let year = [("年度", Value::Year(r.year)), rank(r.rank)];
            ("年間計画の枠", days.into_iter().chain(year).collect())
        }
        Record::Passage(r) => ("年次の振り返りの欄", vec![("年度", Value::Year(r.year))]),
    }
}
