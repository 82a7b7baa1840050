//! What stands in a record, field by field. Beside each record stands one table of its fields; whatever has to know them
//! reads that table: what people call a field, what they read in it, what of it is free words, how large it may be, what it
//! refers to, and in which columns it lies.
//!
//! A table is a macro that gives itself to another one. Its head says the type of the record, that of its fields, what people
//! call such a record, and in brackets what says which record it is. Then a line a field:
//!
//! ```text
//! Until    until    "いつまでに" (until) in "until_words" "until_date",
//! Outcome  outcome  "どうなったか" (text) [later],
//! ```
//!
//! its name as a variant and in the struct, its label, its kind (see `value!`), its columns where they are not called as the
//! field is, and where tables that are given away have it (see [`InTables`]). A field of a struct that its table leaves out
//! does not compile.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::record::{Recorded, records};
use super::said::Keyed;
use super::{
    Action, Aspect, Branch, Case, Category, Escalation, Evidence, FACILITATORS, Id, Key, Kind, Link, Meeting,
    Moment, Node, Participant, Passage, Progress, Record, Reflection, RegionalIssue, SEATS, Said, Slot, Step,
    StepPlan, Until,
};

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Words that people wrote or chose.
    Words(&'a str),
    /// What somebody at the table is called, which the room must not see.
    Name(&'a str),
    /// Several of them, in their order.
    List(Vec<Cow<'a, str>>),
    /// One of a few that the program knows; empty for none.
    Label(&'static str),
    /// Yes, no, or not said.
    Yes(Option<bool>),
    /// A day of the calendar.
    Day(Option<NaiveDate>),
    /// A moment of the clock.
    Moment(Option<Moment>),
    /// A fiscal year.
    Year(i32),
    /// By when, in words and as a day.
    Until(&'a Until),
    /// Other records, and how firmly they are held.
    Refers(Hold, Vec<Key>),
    /// The steps as the meeting plans them.
    Steps(&'a [StepPlan]),
    /// Seconds spent in each step.
    Times(&'a [u32]),
    /// A number that the program gave, and the most it may be.
    Count(u64, u64),
    /// A place among siblings.
    Order(i64),
}

/// How firmly a record holds what it refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hold {
    /// It may go.
    Loose,
    /// A merge brings it back; where it is gone all the same, the record stands without.
    Firm,
    /// The record cannot be without it.
    Bound,
}

/// Where a field stands in the tables that are given away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InTables {
    /// In every table.
    Always,
    /// In what people read, only once somebody has said something there: `[later]`.
    OnceSaid,
    /// Nowhere: `[apart]`.
    Never,
}

/// A record whose fields are described.
pub trait Described {
    /// What people call such a record.
    const NOUN: &'static str;

    /// Every field: what people call it, and what stands in it.
    fn values(&self) -> Vec<(&'static str, Value<'_>)>;

    /// All words in it that people wrote or chose; no name.
    fn texts(&self) -> Vec<Cow<'_, str>> {
        texts(self.values())
    }
}

/// The value of a field by its kind.
macro_rules! value {
    // Words that people wrote, or chose from a list.
    ($field:expr, text) => {
        Value::Words($field)
    };
    ($field:expr, name) => {
        Value::Name($field)
    };
    // Several of them.
    ($field:expr, list) => {
        Value::List($field.iter().map(Spoken::words).collect())
    };
    // The names under which something is ticked.
    ($field:expr, marks) => {
        Value::List($field.keys().map(Spoken::words).collect())
    };
    // What was typed into fields that cannot hold it, each with what people call the field of its key.
    ($field:expr, beside $called:expr) => {
        Value::List($field.iter().map(|aside| aside.told($called)).collect())
    };
    ($field:expr, label) => {
        Value::Label(Labelled::text(*$field))
    };
    // One of a few, or other words.
    ($field:expr, said) => {
        Chosen::value($field)
    };
    ($field:expr, yes) => {
        Value::Yes((*$field).into())
    };
    ($field:expr, day) => {
        Value::Day(*$field)
    };
    ($field:expr, moment) => {
        Value::Moment((*$field).into())
    };
    ($field:expr, year) => {
        Value::Year(*$field)
    };
    ($field:expr, until) => {
        Value::Until($field)
    };
    // What the record refers to, from what it may lose to what it cannot be without.
    ($field:expr, mentions) => {
        Value::Refers(Hold::Loose, Refers::keys($field))
    };
    ($field:expr, refers) => {
        Value::Refers(Hold::Firm, Refers::keys($field))
    };
    ($field:expr, needs) => {
        Value::Refers(Hold::Bound, Refers::keys($field))
    };
    // Two people, each under a label of their own.
    ($field:expr, seats $labels:expr) => {
        Value::Refers(Hold::Firm, Refers::keys($field))
    };
    ($field:expr, steps) => {
        Value::Steps($field)
    };
    ($field:expr, times) => {
        Value::Times($field)
    };
    ($field:expr, count $most:expr) => {
        // A count beyond 64 bits does not occur.
        Value::Count(u64::try_from(*$field).unwrap_or(u64::MAX), $most)
    };
    ($field:expr, order) => {
        Value::Order(*$field)
    };
}

/// Puts a field into the list of what stands in a record.
macro_rules! put {
    ($put:ident, $label:literal, $field:expr, seats $labels:expr) => {
        for (label, seat) in $labels.into_iter().zip($field) {
            $put(label, value!(seat, refers));
        }
    };
    ($put:ident, $label:literal, $field:expr, $($kind:tt)+) => {
        $put($label, value!($field, $($kind)+))
    };
}

macro_rules! in_tables {
    () => {
        InTables::Always
    };
    (later) => {
        InTables::OnceSaid
    };
    (apart) => {
        InTables::Never
    };
}

/// Reads a table: the type of the fields, and what each record says of its own.
macro_rules! fields {
    ($record:ident $fields:ident $noun:literal [$($own:ident $(in $_own:literal)?),+] {
        $($variant:ident $field:ident $label:literal ($($kind:tt)+) $(in $($_column:literal)+)? $([$place:ident])?,)+
    }) => {
        #[doc = concat!("A field of what people call ", $noun, ", kept by the name it has in the record.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $fields {
            $(#[doc = $label] $variant),+
        }

        impl $fields {
            /// In the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name it has in files, which stays whatever people call it.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$variant => stringify!($field)),+
                }
            }

            /// The field of a key; none where no field has it.
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|field| field.key() == key)
            }

            /// What people call the field of a key.
            pub fn called(key: &str) -> Option<&'static str> {
                Self::from_key(key).map(Self::label)
            }

            /// What people call it, wherever they meet it.
            pub const fn label(self) -> &'static str {
                match self {
                    $(Self::$variant => $label),+
                }
            }

            /// Where it stands in tables that are given away.
            pub const fn in_tables(self) -> InTables {
                match self {
                    $(Self::$variant => in_tables!($($place)?)),+
                }
            }
        }

        impl $record {
            /// What stands in a field.
            pub fn value(&self, field: $fields) -> Value<'_> {
                match field {
                    $($fields::$variant => value!(&self.$field, $($kind)+)),+
                }
            }
        }

        impl Described for $record {
            const NOUN: &'static str = $noun;

            fn values(&self) -> Vec<(&'static str, Value<'_>)> {
                let Self { $($own: _,)+ $($field),+ } = self;
                let mut out = Vec::with_capacity($fields::ALL.len());
                let mut put = |label, value| out.push((label, value));
                $(put!(put, $label, $field, $($kind)+);)+
                out
            }
        }
    };
}

macro_rules! described {
    ([] $($record:ident $described:ident $table:literal,)+) => {
        $($crate::domain::$described! { fields })+

        impl Record {
            /// What people call such a record.
            pub fn noun(&self) -> &'static str {
                match self {
                    $(Record::$record(_) => $record::NOUN),+
                }
            }

            /// Every field: what people call it, and what stands in it.
            pub fn values(&self) -> Vec<(&'static str, Value<'_>)> {
                match self {
                    $(Record::$record(r) => r.values()),+
                }
            }
        }
    };
}
records! { described }

/// What people call the field of a key, the seats of the facilitators among them.
fn called_in_meeting(key: &str) -> Option<&'static str> {
    let seat = SEATS.into_iter().zip(FACILITATORS).find(|(seat, _)| *seat == key);
    seat.map(|(_, label)| label).or_else(|| MeetingField::called(key))
}

/// The same, with the evidence that stands in the form of a regional issue.
fn called_in_issue(key: &str) -> Option<&'static str> {
    RegionalIssueField::called(key).or_else(|| EvidenceField::called(key))
}

fn texts<'a>(values: Vec<(&'static str, Value<'a>)>) -> Vec<Cow<'a, str>> {
    values.into_iter().flat_map(|(_, value)| value.texts()).collect()
}

impl Record {
    /// All words in it that people wrote or chose; no name.
    pub fn texts(&self) -> Vec<Cow<'_, str>> {
        texts(self.values())
    }

    /// What it refers to at least so firmly.
    pub fn refers(&self, firmly: Hold) -> impl Iterator<Item = Key> {
        let held = self.values().into_iter().filter_map(move |(_, value)| match value {
            Value::Refers(hold, keys) if hold >= firmly => Some(keys),
            _ => None,
        });
        held.flatten()
    }
}

impl<'a> Value<'a> {
    /// All words in it that people wrote or chose; no name.
    pub fn texts(self) -> Vec<Cow<'a, str>> {
        match self {
            Value::Words(words) => vec![words.into()],
            Value::List(list) => list,
            Value::Until(until) => vec![until.words.as_str().into()],
            Value::Steps(steps) => steps.iter().map(|step| step.title.as_str().into()).collect(),
            Value::Name(_)
            | Value::Label(_)
            | Value::Yes(_)
            | Value::Day(_)
            | Value::Moment(_)
            | Value::Year(_)
            | Value::Refers(..)
            | Value::Times(_)
            | Value::Count(..)
            | Value::Order(_) => Vec::new(),
        }
    }
}

/// One of the words in a list.
trait Spoken {
    fn words(&self) -> Cow<'_, str>;
}

impl Spoken for String {
    fn words(&self) -> Cow<'_, str> {
        self.into()
    }
}

impl Spoken for Branch {
    fn words(&self) -> Cow<'_, str> {
        self.title.as_str().into()
    }
}

impl Spoken for Category {
    fn words(&self) -> Cow<'_, str> {
        self.full().into()
    }
}

/// One of a few that the program knows, or none.
trait Labelled {
    fn text(self) -> &'static str;
}

macro_rules! labelled {
    ($($type:ty),+) => {
        $(impl Labelled for $type {
            fn text(self) -> &'static str {
                self.label()
            }
        })+
    };
}
labelled!(Kind, Step, Aspect);

impl<L: Labelled> Labelled for Option<L> {
    fn text(self) -> &'static str {
        self.map_or("", L::text)
    }
}

/// One of a few that the program knows, or what was said instead.
trait Chosen {
    fn value(&self) -> Value<'_>;
}

impl<T: Keyed> Chosen for Said<T> {
    fn value(&self) -> Value<'_> {
        match self {
            Said::Known(choice) => Value::Label(choice.its_label()),
            Said::Words(words) => Value::Words(words),
        }
    }
}

impl<C: Chosen> Chosen for Option<C> {
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Label(""), C::value)
    }
}

/// What refers to records.
trait Refers {
    fn keys(&self) -> Vec<Key>;
}

impl<R: Recorded> Refers for Id<R> {
    fn keys(&self) -> Vec<Key> {
        vec![Key { table: R::TABLE, id: self.uuid() }]
    }
}

impl<R: Recorded> Refers for Option<Id<R>> {
    fn keys(&self) -> Vec<Key> {
        self.iter().flat_map(Refers::keys).collect()
    }
}

impl<R: Recorded> Refers for Vec<Id<R>> {
    fn keys(&self) -> Vec<Key> {
        self.iter().flat_map(Refers::keys).collect()
    }
}

impl<R: Recorded> Refers for [Option<Id<R>>; 2] {
    fn keys(&self) -> Vec<Key> {
        self.iter().flat_map(Refers::keys).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::aside::put;

    #[test]
    fn 欄は記録の中の名前で覚える() {
        let kept_as = |field: &RegionalIssueField| serde_json::to_string(field).unwrap();
        assert_eq!([ActionField::What, ActionField::Check].map(ActionField::key), ["what", "check"]);
        let mut issue = RegionalIssue::new(id(1), id(2), "通院の足がない");
        // What is left out where it is empty has its name, too.
        put(&mut issue.aside, RegionalIssueField::Scenes.key(), "吹雪の晩");
        let row = serde_json::to_value(issue).unwrap();
        for field in RegionalIssueField::ALL {
            assert_eq!(kept_as(field), format!("\"{}\"", field.key()));
            assert!(row.get(field.key()).is_some(), "{field:?}");
            assert_eq!(RegionalIssueField::from_key(field.key()), Some(*field));
        }
    }

    fn id<T>(n: u128) -> Id<T> {
        Id::from(uuid::Uuid::from_u128(n))
    }
}
