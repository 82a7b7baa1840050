//! Which edits made a record what it is: what lets two machines tell a newer text from another one.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::year::Years;
use super::{Act, Change, Dossier, Edit, Id, Key, Meeting, Moment, Record, Table};

/// The moments of the edits that made a record, in milliseconds since 1970, ascending. A text whose newest moment stands among
/// those of another is what the other was made from; where neither is so, both were written without knowing of each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<i64>", into = "Vec<i64>")]
pub struct Versions(Vec<i64>);

/// Up to this moment nobody has written: the empty slots of a usual year are there by themselves, from 0, and may be taken away.
const NOBODY: i64 = 1;

impl From<Vec<i64>> for Versions {
    fn from(mut moments: Vec<i64>) -> Self {
        moments.sort_unstable();
        moments.dedup();
        Self(moments)
    }
}

impl From<Versions> for Vec<i64> {
    fn from(versions: Versions) -> Self {
        versions.0
    }
}

impl Versions {
    /// What was written in one edit.
    pub fn of(at: Moment) -> Self {
        Self(vec![at.timestamp_millis()])
    }

    /// Those of a record after a change; none where it is gone and nothing is to be remembered of it. `known` are those before the
    /// change, whether the record stood or had been taken away.
    pub fn changed(known: Option<Self>, change: &Change, at: Moment, act: Act) -> Option<Self> {
        match (change, known) {
            (Change::Add(record), None) => Some(Self::first(record, at)),
            (Change::Add(record), Some(known)) => Some(known.again(record, at)),
            (Change::Replace { after, .. }, known) => {
                Some(known.unwrap_or_default().after(after.key().table, at))
            }
            (Change::Remove(record), known) => known.unwrap_or_default().gone(record, at, act),
        }
    }

    /// Those of a record that is written for the first time. The empty slots of a usual year are the same everywhere, whoever
    /// made them and whenever: they are older than all that anybody writes in them.
    fn first(record: &Record, at: Moment) -> Self {
        match record {
            Record::Slot(slot) if slot.is_usual() && slot.is_empty() => Self(vec![0]),
            Record::Slot(slot) if slot.is_usual() => Self(vec![0]).and(at),
            _ => Self::of(at),
        }
    }

    /// Those of a record that is taken away; none where nothing is to be remembered of it. Whoever takes away a slot of a usual
    /// year says nothing about what others have written in it: if it was empty, that is older than any word, and whoever only
    /// takes back its making takes away nothing at all.
    fn gone(self, record: &Record, at: Moment, act: Act) -> Option<Self> {
        match record {
            Record::Slot(slot) if slot.is_usual() && act.is_undo() => None,
            Record::Slot(slot) if slot.is_usual() && self.0 == [0] => Some(Self(vec![0, NOBODY])),
            _ => Some(self.after(record.key().table, at)),
        }
    }

    /// Those of a record that comes back after it was taken away. An empty slot that comes back is no more of a word than it was.
    fn again(self, record: &Record, at: Moment) -> Self {
        match record {
            Record::Slot(slot) if slot.is_usual() && slot.is_empty() && self.written().is_none() => {
                Self(vec![0])
            }
            _ => self.after(record.key().table, at),
        }
    }

    /// When somebody wrote last.
    pub fn written(&self) -> Option<i64> {
        self.newest().filter(|at| *at > NOBODY)
    }

    /// Whether both go back to one writing.
    pub fn share_a_writing(&self, other: &Versions) -> bool {
        self.0.iter().any(|at| *at > NOBODY && other.0.binary_search(at).is_ok())
    }

    /// The same after one more edit. A clock that was set back does not make the newest edit an old one.
    #[must_use]
    pub fn and(mut self, at: Moment) -> Self {
        let at = self.newest().map_or(at.timestamp_millis(), |newest| at.timestamp_millis().max(newest + 1));
        self.0.push(at);
        self
    }

    /// The newest edit.
    pub fn newest(&self) -> Option<i64> {
        self.0.last().copied()
    }

    /// Whether the other one was known when this was written: all its edits, and at least one more.
    pub fn knows(&self, other: &Versions) -> bool {
        self.0.len() > other.0.len() && other.0.iter().all(|at| self.0.binary_search(at).is_ok())
    }

    /// All edits of both.
    #[must_use]
    pub fn joined(&self, other: &Versions) -> Self {
        Self::from(self.0.iter().chain(&other.0).copied().collect::<Vec<i64>>())
    }

    /// Those of a record after one more edit. Of the clocks, which go on all the time, only the newest matters.
    #[must_use]
    fn after(self, table: Table, at: Moment) -> Self {
        if table == Table::Progress { Self::of(at) } else { self.and(at) }
    }

    /// The moments of all edits, ascending.
    pub fn moments(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().copied()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Which edits made the records of a meeting what they are, and which took away what is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecordVersions {
    /// Of the records that stand.
    pub standing: BTreeMap<Key, Versions>,
    /// Of the records that are gone.
    pub removed: BTreeMap<Key, Versions>,
}

impl RecordVersions {
    /// Takes note of an edit, as far as it touches this meeting or its case.
    pub fn note(&mut self, meeting: Id<Meeting>, edit: &Edit) {
        let ours = |record: &Record| matches!(record, Record::Case(_)) || record.meeting() == Some(meeting);
        self.note_of(edit, Act::Do, ours);
    }

    /// Takes note of an edit, as far as it touches what is written down about years, and of why it was made.
    pub fn note_years(&mut self, edit: &Edit, act: Act) {
        self.note_of(edit, act, |record| record.key().table.of_years());
    }

    fn note_of(&mut self, edit: &Edit, act: Act, ours: impl Fn(&Record) -> bool) {
        for change in edit.changes.iter().filter(|change| ours(change.record())) {
            let key = change.key();
            let known = self.standing.remove(&key).or_else(|| self.removed.remove(&key));
            let versions = Versions::changed(known, change, edit.at, act);
            let into = if change.after().is_some() { &mut self.standing } else { &mut self.removed };
            into.extend(versions.map(|versions| (key, versions)));
        }
    }
}

/// A meeting as one machine knows it: what stands, and which edits made it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamped {
    /// What stands.
    pub dossier: Dossier,
    /// Which edits made it so.
    pub stamps: RecordVersions,
}

/// What is written down about years as one machine knows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StampedYears {
    /// What stands.
    pub years: Years,
    /// Which edits made it so.
    pub stamps: RecordVersions,
}

impl StampedYears {
    /// That of one town, or of all. What was taken away is of whichever town: nothing of what stood in it is known.
    #[must_use]
    pub fn of_town(mut self, town: Option<&str>) -> Self {
        let Some(town) = town else { return self };
        self.years.slots.retain(|_, slot| slot.town == town);
        self.years.passages.retain(|_, passage| passage.town == town);
        let standing: BTreeSet<Key> = self.years.records().map(|record| record.key()).collect();
        self.stamps.standing.retain(|key, _| standing.contains(key));
        self
    }

    /// Whether nothing was ever written down.
    pub fn is_empty(&self) -> bool {
        self.years == Years::default() && self.stamps.removed.is_empty()
    }
}

/// Nothing is known of when it was written.
impl From<Dossier> for Stamped {
    fn from(dossier: Dossier) -> Self {
        Self { dossier, stamps: RecordVersions::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u32) -> Moment {
        format!("2026-05-21T13:{minute:02}:00+09:00").parse().unwrap()
    }

    #[test]
    fn 元になったものと別に書かれたものを見分ける() {
        let first = Versions::of(at(1));
        let (ours, theirs) = (first.clone().and(at(2)), first.clone().and(at(3)));
        assert!(ours.knows(&first) && !first.knows(&ours));
        assert!(!ours.knows(&theirs) && !theirs.knows(&ours));
        let both = ours.joined(&theirs);
        assert!(both.knows(&ours) && both.knows(&theirs));
        assert_eq!(both.newest(), theirs.newest());
    }

    #[test]
    fn 時計がもどってもあとに書いたものが新しい() {
        let versions = Versions::of(at(30)).and(at(10));
        assert!(versions.newest() > Versions::of(at(30)).newest());
    }
}
