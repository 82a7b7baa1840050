//! How large the values of a record may be. What people do here never comes near; a file from elsewhere may hold anything.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike};

use super::fields::Value;
use super::{Meeting, Moment, Record};

/// The years a day can lie in: from the first era that has a letter, to where a slip of the finger is likelier.
pub const YEARS: RangeInclusive<i32> = 1868..=2199;
/// A step in minutes: a whole day.
const MINUTES: u64 = 24 * 60;
/// Time spent in a step, in seconds: a clock that ran for a year.
const SECONDS: u64 = 366 * 24 * 60 * 60;
/// A place among siblings, on either side of nought: room for more twigs than anybody writes, and for their gaps.
const RANK: u64 = 1 << 48;

/// What is wrong with a value.
fn fault_of(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Day(day) => day.and_then(|day| outside(day.year())),
        Value::Until(until) => until.date.and_then(|day| outside(day.year())),
        Value::Year(year) => outside(*year),
        Value::Moment(at) => at.and_then(|at| outside(at.year())),
        Value::Count(count, most) => too_many(*count, *most),
        Value::Order(rank) => too_many(rank.unsigned_abs(), RANK),
        Value::Steps(steps) => too_many(steps.len() as u64, Meeting::MOST_STEPS as u64)
            .or_else(|| steps.iter().find_map(|step| too_many(step.minutes.into(), MINUTES))),
        Value::Times(spent) => too_many(spent.len() as u64, Meeting::MOST_STEPS as u64)
            .or_else(|| spent.iter().find_map(|seconds| too_many((*seconds).into(), SECONDS))),
        Value::Words(_)
        | Value::Name(_)
        | Value::List(_)
        | Value::Label(_)
        | Value::Yes(_)
        | Value::Refers(..) => None,
    }
}

fn outside(year: i32) -> Option<String> {
    let (first, last) = (YEARS.start(), YEARS.end());
    (!YEARS.contains(&year))
        .then(|| format!("{year}年になっています（{first}年から{last}年までにしてください）"))
}

fn too_many(count: u64, most: u64) -> Option<String> {
    (count > most).then(|| format!("大きすぎます（{count}。使えるのは {most} までです）"))
}

/// What a moment that belongs to no record may be.
pub fn fault_of_moment(at: Moment) -> Option<String> {
    outside(at.year())
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
    let values = record.values();
    let (field, what) = values.iter().find_map(|(field, value)| Some((field, fault_of(value)?)))?;
    Some(format!("{} {} の「{field}」が、{what}", record.noun(), record.key().id))
}
