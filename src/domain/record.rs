//! Records, changes and edits: the one thing that undo, the journal, recovery and exchange rest on.

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;
use uuid::Uuid;

use super::{
    Action, Case, Escalation, Evidence, Id, Link, Meeting, Moment, Node, Participant, Passage, Progress,
    Reflection, RegionalIssue, Slot,
};

/// Gives every kind of record to a macro, what others refer to first: its type, the table of its fields, and that of the store.
macro_rules! records {
    ($read:ident $($more:tt)*) => {
        $read! { [$($more)*]
            Case case_fields "cases",
            Meeting meeting_fields "meetings",
            Progress progress_fields "progress",
            Participant participant_fields "participants",
            Node node_fields "nodes",
            Link link_fields "links",
            Action action_fields "actions",
            RegionalIssue regional_issue_fields "regional_issues",
            Escalation escalation_fields "escalations",
            Evidence evidence_fields "evidence",
            Reflection reflection_fields "reflections",
            Slot slot_fields "slots",
            Passage passage_fields "passages",
        }
    };
}
pub(crate) use records;

/// A type of record.
pub trait Recorded: Clone + PartialEq + Into<Record> {
    /// The kind of record it is.
    const TABLE: Table;

    /// The record of this type in one that may be of another.
    fn of(record: &Record) -> Option<&Self>;
}

macro_rules! record {
    ([] $($variant:ident $described:ident $table:literal,)+) => {
        /// Anything that changes.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "table", content = "row", rename_all = "snake_case")]
        pub enum Record {
            $(#[doc = concat!("A row of `", $table, "`.")] $variant($variant)),+
        }

        /// The kinds of record, one table each.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Table {
            $(#[doc = concat!("The rows of `", $table, "`.")] $variant),+
        }

        impl Table {
            /// The name of the SQL table.
            pub fn name(self) -> &'static str {
                match self { $(Table::$variant => $table),+ }
            }

            /// The kind of a table; none where no kind of record has it.
            pub fn from_name(name: &str) -> Option<Table> {
                match name { $($table => Some(Table::$variant),)+ _ => None }
            }
        }

        impl Record {
            /// Which record this is, whatever stands in it.
            pub fn key(&self) -> Key {
                match self { $(Record::$variant(r) => r.id.key()),+ }
            }
        }

        $(impl From<$variant> for Record {
            fn from(record: $variant) -> Self {
                Record::$variant(record)
            }
        }

        impl Recorded for $variant {
            const TABLE: Table = Table::$variant;

            fn of(record: &Record) -> Option<&Self> {
                match record {
                    Record::$variant(record) => Some(record),
                    _ => None,
                }
            }
        })+
    };
}
records! { record }

impl<R: Recorded> Id<R> {
    /// The record of this id, whether it stands or not.
    pub fn key(self) -> Key {
        Key { table: R::TABLE, id: self.uuid() }
    }
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
    /// The kind of record.
    pub table: Table,
    /// The id, without what it is an id of.
    pub id: Uuid,
}

/// What becomes of one record. In journals and files it has two sides, `before` and `after`, of which one may be null.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Sides")]
pub enum Change {
    /// The record was not there before.
    Add(Record),
    /// The record is gone afterwards.
    Remove(Record),
    /// The same record with other content.
    Replace {
        /// In a box, for most changes have no such side.
        before: Box<Record>,
        /// As it is afterwards.
        after: Record,
    },
}

/// A change as it is read, before anybody knows whether it is one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    before: Option<Record>,
    after: Option<Record>,
}

/// Two sides that are no change of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NoChange {
    /// Neither side has a record.
    #[error("変更の前も後もありません")]
    Nothing,
    /// The sides have two different records.
    #[error("変更の前と後が、同じ記録ではありません")]
    TwoRecords,
}

impl TryFrom<Sides> for Change {
    type Error = NoChange;

    fn try_from(Sides { before, after }: Sides) -> Result<Self, NoChange> {
        match (before, after) {
            (None, None) => Err(NoChange::Nothing),
            (None, Some(after)) => Ok(Change::Add(after)),
            (Some(before), None) => Ok(Change::Remove(before)),
            (Some(before), Some(after)) if before.key() == after.key() => {
                Ok(Change::Replace { before: Box::new(before), after })
            }
            (Some(_), Some(_)) => Err(NoChange::TwoRecords),
        }
    }
}

impl Serialize for Change {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "Change")]
        struct Lent<'a> {
            before: Option<&'a Record>,
            after: Option<&'a Record>,
        }
        Lent { before: self.before(), after: self.after() }.serialize(serializer)
    }
}

impl Change {
    /// A record that was not there before.
    pub fn add(record: impl Into<Record>) -> Self {
        Change::Add(record.into())
    }

    /// A record that goes, as it is just before.
    pub fn remove(record: impl Into<Record>) -> Self {
        Change::Remove(record.into())
    }

    /// The same record with other content.
    pub fn replace<R: Into<Record>>(before: R, after: R) -> Self {
        Change::Replace { before: Box::new(before.into()), after: after.into() }
    }

    /// What leads from one text of a record to another, or to where it does not stand; none where nothing changes.
    pub fn between(before: Option<Record>, after: Option<Record>) -> Option<Self> {
        match (before, after) {
            (None, None) => None,
            (None, Some(after)) => Some(Change::Add(after)),
            (Some(before), None) => Some(Change::Remove(before)),
            (Some(before), Some(after)) => (before != after).then(|| Change::replace(before, after)),
        }
    }

    /// The swap of before and after.
    pub fn inverse(self) -> Self {
        match self {
            Change::Add(record) => Change::Remove(record),
            Change::Remove(record) => Change::Add(record),
            Change::Replace { before, after } => Change::replace(after, *before),
        }
    }

    /// The record as it was; none where it did not stand.
    pub fn before(&self) -> Option<&Record> {
        match self {
            Change::Add(_) => None,
            Change::Remove(before) => Some(before),
            Change::Replace { before, .. } => Some(before),
        }
    }

    /// The record as it will be; none where it goes.
    pub fn after(&self) -> Option<&Record> {
        match self {
            Change::Remove(_) => None,
            Change::Add(after) | Change::Replace { after, .. } => Some(after),
        }
    }

    /// The record as it is after the change; as it was, where it is gone.
    pub fn record(&self) -> &Record {
        match self {
            Change::Add(record) | Change::Remove(record) | Change::Replace { after: record, .. } => record,
        }
    }

    /// Which record changes.
    pub fn key(&self) -> Key {
        self.record().key()
    }
}

/// What one person did at one moment, with its name for the undo message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// Given where it was made. The store takes an edit of the same id only once.
    pub id: Id<Edit>,
    /// When it was done.
    pub at: Moment,
    /// Such as 「枝を足す：残薬が多い」.
    pub label: String,
    /// In the order in which they are done: all of them, or none.
    pub changes: Vec<Change>,
}

impl Edit {
    /// The changes that take this edit back, last first.
    pub fn inverse_changes(&self) -> Vec<Change> {
        self.changes.iter().rev().cloned().map(Change::inverse).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Case;

    fn case(n: u128, code: &str) -> Case {
        Case::new(Id::from(Uuid::from_u128(n)), code)
    }

    fn read(json: &str) -> Result<Change, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn 変更は前と後の二つの側として書かれ同じものに読める() {
        let (before, after) = (case(1, "2026-01"), case(1, "2026-02"));
        let changes = [
            Change::add(before.clone()),
            Change::remove(before.clone()),
            Change::replace(before.clone(), after.clone()),
        ];
        let side = |case: &Case| serde_json::to_string(&Record::from(case.clone())).unwrap();
        let (before, after) = (side(&before), side(&after));
        let written = [
            format!(r#"{{"before":null,"after":{before}}}"#),
            format!(r#"{{"before":{before},"after":null}}"#),
            format!(r#"{{"before":{before},"after":{after}}}"#),
        ];
        for (change, json) in changes.iter().zip(&written) {
            assert_eq!(serde_json::to_string(change).unwrap(), *json);
            assert_eq!(read(json).as_ref(), Ok(change));
        }
        assert_eq!(read(&format!(r#"{{"after":{before}}}"#)).as_ref(), Ok(&changes[0]));
        let other = side(&case(2, "2026-01"));
        let nothing = read(r#"{"before":null,"after":null}"#).unwrap_err();
        assert!(nothing.starts_with(&NoChange::Nothing.to_string()), "{nothing}");
        let two = read(&format!(r#"{{"before":{before},"after":{other}}}"#)).unwrap_err();
        assert!(two.starts_with(&NoChange::TwoRecords.to_string()), "{two}");
    }

    #[test]
    fn 逆にすると前と後が入れかわる() {
        let (a, b) = (case(1, "2026-01"), case(1, "2026-02"));
        let change = Change::replace(a.clone(), b.clone());
        assert_eq!(change.clone().inverse(), Change::replace(b.clone(), a.clone()));
        assert_eq!(Change::add(a.clone()).inverse(), Change::remove(a.clone()));
        assert_eq!(Change::between(Some(a.clone().into()), Some(b.into())), Some(change));
        assert_eq!(Change::between(Some(a.clone().into()), Some(a.into())), None);
        assert_eq!(Change::between(None, None), None);
    }
}
