//! Records, changes and edits: the one thing that undo, the journal, recovery and exchange rest on.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Action, Case, Escalation, Evidence, Id, Link, Meeting, Moment, Node, Participant, Passage, Progress,
    Reflection, RegionalIssue, Slot,
};

macro_rules! records {
    ($($variant:ident => $table:literal),+ $(,)?) => {
        /// Anything that changes.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "table", content = "row", rename_all = "snake_case")]
        pub enum Record {
            $($variant($variant)),+
        }

        /// The kinds of record, one table each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Table {
            $($variant),+
        }

        impl Table {
            /// The name of the SQL table.
            pub fn name(self) -> &'static str {
                match self { $(Table::$variant => $table),+ }
            }

            pub fn from_name(name: &str) -> Option<Table> {
                match name { $($table => Some(Table::$variant),)+ _ => None }
            }
        }

        impl Record {
            /// Which record this is, whatever stands in it.
            pub fn key(&self) -> Key {
                match self { $(Record::$variant(r) => Key { table: Table::$variant, id: r.id.uuid() }),+ }
            }
        }

        $(impl From<$variant> for Record {
            fn from(record: $variant) -> Self {
                Record::$variant(record)
            }
        })+
    };
}

records! {
    Case => "cases",
    Meeting => "meetings",
    Progress => "progress",
    Participant => "participants",
    Node => "nodes",
    Link => "links",
    Action => "actions",
    RegionalIssue => "regional_issues",
    Escalation => "escalations",
    Evidence => "evidence",
    Reflection => "reflections",
    Slot => "slots",
    Passage => "passages",
}

impl Table {
    /// Whether such records are what is written down about years, and not about one meeting.
    pub fn of_years(self) -> bool {
        matches!(self, Table::Slot | Table::Passage)
    }
}

impl Record {
    /// Whether these are the clocks of a meeting that has never gone on; they stand without being written down.
    pub fn is_new_progress(&self) -> bool {
        matches!(self, Record::Progress(p) if *p == Progress::new(p.meeting()))
    }

    /// The meeting the record belongs to; none for a case, which outlives its meetings, and for what a year is written down in.
    pub fn meeting(&self) -> Option<Id<Meeting>> {
        match self {
            Record::Case(_) | Record::Slot(_) | Record::Passage(_) => None,
            Record::Meeting(r) => Some(r.id),
            Record::Progress(r) => Some(r.meeting()),
            Record::Participant(r) => Some(r.meeting),
            Record::Node(r) => Some(r.meeting),
            Record::Link(r) => Some(r.meeting),
            Record::Action(r) => Some(r.meeting),
            Record::RegionalIssue(r) => Some(r.meeting),
            Record::Escalation(r) => Some(r.meeting),
            Record::Evidence(r) => Some(r.meeting),
            Record::Reflection(r) => Some(r.meeting),
        }
    }
}

/// Names a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub table: Table,
    pub id: Uuid,
}

/// One record before and after. Both sides, where both stand, are the same record; at least one stands.
/// The constructors keep that; [`Change::key`] is none for a change that breaks it (a file could hold one).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    pub before: Option<Record>,
    pub after: Option<Record>,
}

impl Change {
    pub fn add(record: impl Into<Record>) -> Self {
        Self { before: None, after: Some(record.into()) }
    }

    pub fn remove(record: impl Into<Record>) -> Self {
        Self { before: Some(record.into()), after: None }
    }

    /// The same record with other content.
    pub fn replace<R: Into<Record>>(before: R, after: R) -> Self {
        Self { before: Some(before.into()), after: Some(after.into()) }
    }

    /// The swap of before and after.
    pub fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }

    /// The record as it is after the change; as it was, where it is gone.
    pub fn record(&self) -> Option<&Record> {
        self.after.as_ref().or(self.before.as_ref())
    }

    /// Which record changes.
    pub fn key(&self) -> Option<Key> {
        match (&self.before, &self.after) {
            (Some(a), Some(b)) => (a.key() == b.key()).then(|| a.key()),
            (Some(r), None) | (None, Some(r)) => Some(r.key()),
            (None, None) => None,
        }
    }
}

/// What one person did at one moment, with its name for the undo message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    pub id: Id<Edit>,
    pub at: Moment,
    /// Such as 「枝を追加: 残薬が多い」.
    pub label: String,
    pub changes: Vec<Change>,
}

impl Edit {
    /// The changes that take this edit back, last first.
    pub fn inverse_changes(&self) -> Vec<Change> {
        self.changes.iter().rev().cloned().map(Change::inverse).collect()
    }
}
