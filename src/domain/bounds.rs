//! How much comes in: the size of files, how they are built, and how large the values of a record may be. What people do here
//! never comes near; a file from elsewhere may hold anything.

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike};

use super::fields::Value;
use super::{Meeting, Moment, Record};

/// The largest files that are read, in bytes. A meeting of five thousand twigs has four megabytes as JSON.
pub const JSON: u64 = 64 << 20;
/// A rescue file holds all that waited, of several meetings as they were and as they are.
pub const RESCUE: u64 = 256 << 20;
/// A table of participants, or an outline: five thousand lines of a page each would be no map.
pub const TABLE: u64 = 4 << 20;
/// What people write by hand: settings, session formats, lists.
pub const BY_HAND: u64 = 1 << 20;
/// How deep JSON of ours goes, threefold.
pub const DEPTH: usize = 32;
/// The records of one file, their versions and asides counted with them: a year of a town has a twentieth of them.
pub const OBJECTS: usize = 1_000_000;
/// The lines of an outline.
pub const LINES: usize = 20_000;
/// The rows of a table of participants.
pub const PEOPLE: usize = 2_000;
/// The entries of one field, the main branches among them.
pub const ENTRIES: u64 = 500;
/// The letters of one field: these are six pages of A4. More is no word that was said, but a file in the wrong place.
pub const LETTERS: usize = 10_000;
/// How deep twigs are shown one within the other, in lists and outlines: deeper ones stand at this depth. Nobody reads further,
/// and of a chain of all twigs the blanks alone would take the square of it.
pub const LEVELS: usize = 100;

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
        Value::Label(_) | Value::Yes(_) | Value::Refers(..) => None,
        Value::List(list) => too_many(list.len() as u64, ENTRIES),
        Value::Words(_) | Value::Name(_) => None,
    }
}

/// What is wrong with words that have more letters than a field holds.
pub fn too_long(words: &str) -> Option<String> {
    // Of bytes there are at least as many.
    let letters = (words.len() > LETTERS).then(|| words.chars().count());
    letters
        .filter(|letters| *letters > LETTERS)
        .map(|letters| format!("長すぎます（{letters}字。{LETTERS}字までに分けてください）"))
}

fn too_long_value(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Words(words) | Value::Name(words) => too_long(words),
        Value::List(list) => list.iter().find_map(|words| too_long(words)),
        Value::Until(until) => too_long(&until.words),
        Value::Steps(steps) => steps.iter().find_map(|step| too_long(&step.title)),
        _ => None,
    }
}

/// Which field of a record holds too many letters, in words for people; the first.
pub fn too_long_in(record: &Record) -> Option<String> {
    let values = record.values();
    let (field, what) = values.iter().find_map(|(field, value)| Some((field, too_long_value(value)?)))?;
    Some(format!("「{field}」が、{what}"))
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
    let fault = |value| fault_of(value).or_else(|| too_long_value(value));
    let (field, what) = values.iter().find_map(|(field, value)| Some((field, fault(value)?)))?;
    Some(format!("{} {} の「{field}」が、{what}", record.noun(), record.key().id))
}
