//! One meeting, or the plans of years, written down on two machines, put together: the newest edit of each record wins, and what was written
//! without knowing of the other is told and kept.
//!
//! A record is what its newest edit made it; of two edits of one moment a fixed order of their contents decides. So it
//! does not matter who takes in whose file, nor in which order: machines that hold each other's files hold the same. That
//! something was taken away is an edit like any other. But what something living refers to comes back: whoever took it away
//! did not know that it was needed.

mod told;

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Datelike, FixedOffset};

use self::told::differences;
use super::fields::Hold;
use super::{
    Change, Escalation, Key, Moment, Record, RecordVersions, Slot, Stamped, StampedYears, Table, Versions,
    date,
};

pub use self::told::{Names, title};

/// A record as one machine knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// None: it was taken away.
    pub record: Option<Record>,
    /// Empty where nobody knows when it was written.
    pub versions: Versions,
}

/// All a machine knows of a meeting, or of years.
pub type Side = BTreeMap<Key, Known>;

/// What a file, or a machine, knows of a meeting.
pub fn side(meeting: &Stamped) -> Side {
    known(meeting.dossier.records(), &meeting.stamps, may_go)
}

/// Whether such a record can be taken away by a meeting that comes from elsewhere: cases outlive their meetings.
pub(crate) fn may_go(table: Table) -> bool {
    !matches!(table, Table::Case | Table::Meeting | Table::Progress) && !table.of_years()
}

/// The same of what is written down about years.
pub fn side_of_years(years: &StampedYears) -> Side {
    known(years.years.records(), &years.stamps, Table::of_years)
}

/// `may_go` says which kinds of record can be taken away by what comes from elsewhere.
fn known(
    records: impl Iterator<Item = Record>,
    stamps: &RecordVersions,
    may_go: impl Fn(Table) -> bool,
) -> Side {
    let standing = records.map(|record| {
        let key = record.key();
        let versions = stamps.standing.get(&key).cloned().unwrap_or_default();
        (key, Known { record: Some(record), versions })
    });
    let removed = stamps.removed.iter().filter(|(key, _)| may_go(key.table));
    let removed = removed.map(|(key, versions)| (*key, Known { record: None, versions: versions.clone() }));
    removed.chain(standing).collect()
}

/// What one record becomes here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Which record.
    pub key: Key,
    /// None where the same stands, and only more is known of when it was written.
    pub change: Option<Change>,
    /// Which edits made it what it is now, on either side.
    pub versions: Versions,
}

/// Two texts of one record that were written without knowing of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Which record.
    pub key: Key,
    /// What stands now; none: it is gone.
    pub kept: Option<Record>,
    /// What does not stand.
    pub other: Option<Record>,
    /// The other one came from the file, and nobody knows when it was written.
    pub undated: bool,
    /// All of it in words for people.
    pub words: String,
}

/// What is to be done here so that this side knows all of what the other knows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// In the order of their keys: what others refer to comes first.
    pub joined: Vec<Joined>,
    /// What was written twice, for people to look at.
    pub conflicts: Vec<Conflict>,
    /// What had been taken away and came back because something refers to it.
    pub back: Vec<Record>,
}

impl Merged {
    /// The changes of records, in their order.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        self.joined.iter().filter_map(|joined| joined.change.as_ref())
    }

    /// The steps of a regional issue belong to the meeting to which it belongs, whoever wrote last in which of them.
    pub fn gather_steps(&mut self, here: &Side) {
        let mut stands: BTreeMap<Key, Record> =
            here.iter().filter_map(|(key, known)| Some((*key, known.record.clone()?))).collect();
        for change in self.changes() {
            match change.after() {
                Some(after) => drop(stands.insert(change.key(), after.clone())),
                None => drop(stands.remove(&change.key())),
            }
        }
        for (key, record) in &stands {
            let Record::Escalation(step) = record else { continue };
            let Some(Record::RegionalIssue(issue)) = stands.get(&step.issue.key()) else { continue };
            if issue.meeting == step.meeting {
                continue;
            }
            let known = here.get(key);
            let before = known.and_then(|known| known.record.clone());
            let after = Record::from(Escalation { meeting: issue.meeting, ..step.clone() });
            let change = Change::between(before, Some(after));
            match self.joined.binary_search_by_key(key, |joined| joined.key) {
                Ok(at) => self.joined[at].change = change,
                Err(at) => {
                    let versions = known.map(|known| known.versions.clone()).unwrap_or_default();
                    self.joined.insert(at, Joined { key: *key, change, versions });
                }
            }
        }
    }
}

/// Puts `theirs` into `here`. `zone` is that of the one who reads the words.
pub fn merge(here: &Side, theirs: &Side, names: &Names, zone: FixedOffset) -> Merged {
    let mut out = Merged::default();
    let mut result: BTreeMap<Key, Known> = BTreeMap::new();
    let mut apart = Vec::new();
    for (key, known) in theirs {
        let stands = here.get(key);
        let (joined, winner) = join(*key, stands, known);
        if let (Some(stands), Some(winner)) = (stands, winner) {
            let (stays, lost) = winner.first(stands, known);
            let slot = other_occasion(stays, lost);
            let told = conflict(*key, (stands, known), winner, slot.is_some(), (names, zone));
            out.conflicts.extend(told);
            apart.extend(slot.map(|slot| (slot, lost.versions.clone())));
        }
        result.insert(*key, joined);
    }
    for (slot, versions) in apart {
        let record = Record::from(slot);
        let (key, known) = (record.key(), Known { record: Some(record), versions });
        let stands = result.get(&key).or_else(|| here.get(&key));
        let (joined, _) = join(key, stands, &known);
        result.insert(key, joined);
    }
    bring_back(here, theirs, &mut result, &mut out.back);
    for (key, joined) in result {
        let stands = here.get(&key);
        let before = stands.and_then(|known| known.record.clone());
        let change = Change::between(before, joined.record);
        if change.is_some() || stands.is_none_or(|known| known.versions != joined.versions) {
            out.joined.push(Joined { key, change, versions: joined.versions });
        }
    }
    out
}

/// Whose text stands, of two that were written without knowing of each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Winner {
    Ours,
    Theirs,
}

impl Winner {
    /// The one that stands, then the other.
    fn first<T>(self, ours: T, theirs: T) -> (T, T) {
        match self {
            Winner::Ours => (ours, theirs),
            Winner::Theirs => (theirs, ours),
        }
    }
}

/// One record of both; and, where both were written without knowing of each other, whose it is.
fn join(key: Key, here: Option<&Known>, theirs: &Known) -> (Known, Option<Winner>) {
    let Some(here) = here else { return (theirs.clone(), None) };
    let mut versions = here.versions.joined(&theirs.versions);
    if key.table == Table::Progress {
        versions = versions.newest().map_or(versions, |newest| vec![newest].into());
    }
    if here.record == theirs.record {
        return (Known { record: here.record.clone(), versions }, None);
    }
    let winner = if order(here, theirs) == Ordering::Less { Winner::Theirs } else { Winner::Ours };
    let (stays, lost) = winner.first(here, theirs);
    let apart = key.table != Table::Progress && wrote_apart(stays, lost);
    (Known { record: stays.record.clone(), versions }, apart.then_some(winner))
}

/// Which of two texts is the later one; equal where what is here is to stand.
fn order(here: &Known, theirs: &Known) -> Ordering {
    let newest = here.versions.written().cmp(&theirs.versions.written());
    let undated = here.versions.is_empty() && theirs.versions.is_empty();
    match newest {
        // A clock that has not begun to run is no news.
        Ordering::Equal if undated && here.record.as_ref().is_some_and(Record::is_new_progress) => {
            Ordering::Less
        }
        Ordering::Equal if undated => Ordering::Equal,
        Ordering::Equal => content(here).cmp(&content(theirs)),
        other => other,
    }
}

/// Contents in an order that is the same everywhere: an empty slot, which is there by itself; what is gone; what stands.
fn content(known: &Known) -> (u8, Option<String>) {
    let weight = match &known.record {
        Some(Record::Slot(slot)) if slot.is_empty() => 0,
        None => 1,
        Some(_) => 2,
    };
    (weight, known.record.as_ref().map(|record| format!("{record:?}")))
}

/// The slot in which what lost stays in the plan: where two people used one slot of a usual year for different occasions
/// without knowing of each other, and where a meeting was held in what stands otherwise now.
fn other_occasion(winner: &Known, lost: &Known) -> Option<Slot> {
    let Some(Record::Slot(lost_slot)) = &lost.record else { return None };
    let (date, meeting) = match &winner.record {
        Some(Record::Slot(slot)) => (slot.date, slot.meeting),
        _ => (None, None),
    };
    let strangers = !winner.versions.share_a_writing(&lost.versions);
    let other_meeting = lost_slot.meeting.is_some() && lost_slot.meeting != meeting;
    let other_day = lost_slot.date.is_some() && lost_slot.date != date && lost_slot.meeting.is_none();
    (other_meeting || (strangers && other_day)).then(|| lost_slot.beside())
}

/// Whether nobody who wrote the one knew of the other.
fn wrote_apart(winner: &Known, loser: &Known) -> bool {
    let same_moment = winner.versions.newest() == loser.versions.newest();
    // Taken away, and then brought back since something refers to it: that is one story, not two.
    let came_back = same_moment && loser.record.is_none();
    // Records that the program made by itself are nobody's words. Of records without dates nobody can tell, so they count
    // as written apart.
    let by_itself = loser.versions.written().is_none();
    let one_story = winner.versions.knows(&loser.versions) || by_itself;
    !came_back && (loser.versions.is_empty() || !one_story)
}

/// Brings back what living records refer to, unless it was taken away under the eyes of whoever wrote them.
fn bring_back(here: &Side, theirs: &Side, result: &mut BTreeMap<Key, Known>, back: &mut Vec<Record>) {
    let here_only = here.keys().filter(|key| !theirs.contains_key(key));
    let mut open: Vec<Key> = result.keys().chain(here_only).copied().collect();
    while let Some(key) = open.pop() {
        let holder = result.get(&key).or_else(|| here.get(&key)).and_then(|known| known.record.clone());
        for needed in holder.iter().flat_map(|holder| holder.refers(Hold::Firm)) {
            let gone = result.get(&needed).is_some_and(|known| known.record.is_none());
            let accepted = |side: &Side| {
                side.get(&needed).is_none_or(|known| known.record.is_none())
                    && side.get(&key).is_some_and(|known| known.record == holder)
            };
            if !gone || accepted(here) || accepted(theirs) {
                continue;
            }
            let living = [here.get(&needed), theirs.get(&needed)].into_iter().flatten();
            let living = living.filter(|known| known.record.is_some()).max_by(|a, b| order(a, b));
            let (Some(living), Some(known)) = (living, result.get_mut(&needed)) else { continue };
            known.record.clone_from(&living.record);
            back.extend(living.record.clone());
            open.push(needed);
        }
    }
}

/// Says what does not go together, and whether both stay; none where nothing differs that anybody wrote.
fn conflict(
    key: Key,
    (here, theirs): (&Known, &Known),
    winner: Winner,
    both: bool,
    (names, zone): (&Names, FixedOffset),
) -> Option<Conflict> {
    let (at_here, at_theirs) = (when(&here.versions, zone), when(&theirs.versions, zone));
    let words = match (&here.record, &theirs.record) {
        (Some(a), Some(b)) => {
            let fields = differences(a, b, names);
            let said = fields.iter().map(|(field, a, b)| {
                format!(
                    "{field}：こちら {}（{at_here}）、取り込んだファイル {}（{at_theirs}）",
                    shown(a),
                    shown(b)
                )
            });
            let said: Vec<String> = said.collect();
            if said.is_empty() {
                return None;
            }
            let taken = match (winner, theirs.versions.is_empty()) {
                _ if both => "別の回のことなので、枠を分けて、どちらも計画に残しました",
                (Winner::Ours, true) => "こちらを残し、ファイルの方は控えました",
                (Winner::Ours, false) => "新しいこちらを使い、もう一方は控えました",
                (Winner::Theirs, _) => "新しいファイルの方を使い、もう一方は控えました",
            };
            format!("{}の{}。{taken}", title(a, names), said.join("。"))
        }
        (Some(a), None) if winner == Winner::Ours => format!(
            "{}：取り込んだファイルでは消されていました（{at_theirs}）が、こちらで後から直した（{at_here}）ので、残しました",
            title(a, names)
        ),
        (Some(a), None) => format!(
            "{}：こちらで直しました（{at_here}）が、取り込んだファイルで後から消された（{at_theirs}）ので、{}",
            title(a, names),
            if both { STAYS } else { "消し、ことばは控えました" }
        ),
        (None, Some(b)) if winner == Winner::Ours => format!(
            "{}：取り込んだファイルで直されていました（{at_theirs}）が、こちらで消した（{at_here}）ので、{}",
            title(b, names),
            if both { STAYS } else { "消したままにし、ことばは控えました" }
        ),
        (None, Some(b)) => format!(
            "{}：こちらでは消していました（{at_here}）が、取り込んだファイルで後から直された（{at_theirs}）ので、戻しました",
            title(b, names)
        ),
        (None, None) => return None,
    };
    let (kept, other) = winner.first(here, theirs);
    Some(Conflict {
        key,
        kept: kept.record.clone(),
        other: other.record.clone(),
        undated: winner == Winner::Ours && theirs.versions.is_empty(),
        words,
    })
}

/// What became of a slot that was taken away without knowing what stands in it.
const STAYS: &str = "別の枠として計画に残しました";

fn shown(text: &str) -> &str {
    if text.is_empty() { "（空）" } else { text }
}

/// The moment of the newest edit, such as 2026/5/28(木) 10:12.
fn when(versions: &Versions, zone: FixedOffset) -> String {
    let at = versions.written().and_then(DateTime::from_timestamp_millis);
    at.map_or_else(
        || "時刻不明".to_owned(),
        |at| {
            let at: Moment = at.with_timezone(&zone);
            format!("{} {}", date::full(at.date_naive()), at.format("%H:%M"))
        },
    )
}

/// How far a day may lie from when people wrote it down.
const A_YEAR: i64 = 366;

/// The years in which a meeting was written down, where its day is more than a year from all of them: then the day is
/// likelier wrong than true.
pub fn wrong_year(meeting: &Stamped, zone: FixedOffset) -> Option<BTreeSet<i32>> {
    let date = meeting.dossier.meeting.date?;
    let nodes = meeting.dossier.nodes.values().map(|node| node.at.timestamp_millis());
    let days: BTreeSet<chrono::NaiveDate> = (meeting.stamps.standing.values())
        .flat_map(Versions::moments)
        .chain(nodes)
        .filter_map(DateTime::from_timestamp_millis)
        .map(|at| at.with_timezone(&zone).date_naive())
        .collect();
    let far = !days.is_empty() && days.iter().all(|day| (*day - date).num_days().abs() > A_YEAR);
    far.then(|| days.iter().map(Datelike::year).collect())
}

/// What issues and participants are called by that no two may share, where two do after a merge.
pub fn shared_numbers(meeting: &super::Dossier) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for node in meeting.issues().into_iter().filter(|node| node.number > 0) {
        *seen.entry(format!("課題の番号 {}", node.number)).or_default() += 1;
    }
    for person in meeting.participants.values().filter(|person| !person.code.is_empty()) {
        *seen.entry(format!("参加者の番号 {}", person.code)).or_default() += 1;
    }
    seen.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests;
