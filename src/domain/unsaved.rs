//! Lines that were never saved, laid over what stands: nothing that stands is lost, and nothing that was written.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Hold;
use super::text::clean_line;
use super::{Change, Id, JournalEntry, Key, Meeting, Moment, Record, Stamped, Table};

/// What could not be saved, as a rescue file holds it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rescued {
    /// The lines that were never saved, in their order.
    pub lines: Vec<JournalEntry>,
    /// The meetings they are about, as they stood with them. Files of earlier versions have none.
    pub meetings: Vec<Stamped>,
    /// Where the person was and what was half typed, where that was not saved either.
    pub bookmark: Option<String>,
    /// The folder of the records; empty where nobody knows.
    pub records: String,
    /// When it was written; none where nobody knows.
    pub at: Option<Moment>,
}

impl From<Vec<JournalEntry>> for Rescued {
    fn from(lines: Vec<JournalEntry>) -> Self {
        Self { lines, ..Self::default() }
    }
}

impl Rescued {
    /// The meetings it is about: what they are called, where that is known.
    pub fn meetings(&self) -> BTreeMap<Id<Meeting>, Option<String>> {
        let mut out = BTreeMap::new();
        for line in &self.lines {
            for change in &line.edit.changes {
                let meeting = change.record().meeting().or(line.meeting);
                let title = match change.after() {
                    Some(Record::Meeting(meeting)) => Some(meeting.title.clone()),
                    _ => None,
                };
                let known = meeting.map(|meeting| out.entry(meeting).or_insert(None));
                if let (Some(known), Some(title)) = (known, title) {
                    *known = Some(title);
                }
            }
        }
        for meeting in self.meetings.iter().map(|meeting| &meeting.dossier.meeting) {
            out.insert(meeting.id, Some(meeting.title.clone()));
        }
        out
    }
}

/// What was put back in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Back {
    /// Of the meeting; none for what is written down about years.
    pub title: Option<String>,
    /// The meeting was not here, and came back with all its records.
    pub whole: bool,
    /// How many records.
    pub count: usize,
    /// How many stay as they are, because they were changed since.
    pub left: usize,
}

impl Back {
    /// In a sentence without its end.
    pub fn said(&self) -> String {
        let what = match self.title.as_deref().map(clean_line) {
            Some(title) if title.is_empty() => "会議「（題名なし）」".to_owned(),
            Some(title) => format!("会議「{title}」"),
            None => "年間の計画と振り返り".to_owned(),
        };
        let left = match self.left {
            0 => String::new(),
            count => format!(
                "（{count}件は、その後に変わっているため、今の記録を残しました。控えのファイルは消さないでください）"
            ),
        };
        match self.count {
            0 => format!("{what}には、もう戻すものはありません。何も変えていません{left}"),
            count if self.whole => format!("{what}を、まるごと戻しました（記録 {count}件）{left}"),
            count => format!("{what}に、保存できていなかった {count}件を戻しました{left}"),
        }
    }
}

/// What is to be done so that a meeting holds what was never saved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PutBack {
    /// What people wrote.
    pub changes: Vec<Change>,
    /// How far the meeting had come: nothing to undo.
    pub progress: Vec<Change>,
    /// These were changed since by somebody else, or hang on something that is gone: they stay as they are.
    pub left: Vec<Key>,
}

/// One record as the lines would leave it.
struct Wanted {
    /// As it was before the first of the lines.
    before: Option<Record>,
    after: Option<Record>,
    at: Moment,
}

/// Lays the lines over the records they touch. `journal` is what was saved of those, in whichever meeting: an action of an
/// earlier meeting is ticked in a later one, and a case has several. Saved lines are passed over. For the others, record by record: what is missing is added; what nobody has touched since becomes what the lines say; what was
/// changed since too becomes that only if the line is the younger of the two. Nothing is taken away that was changed or is
/// needed. So laying them over twice changes nothing the second time.
pub fn put_back(there: &BTreeMap<Key, Record>, journal: &[JournalEntry], lines: &[JournalEntry]) -> PutBack {
    let mut wanted: BTreeMap<Key, Wanted> = BTreeMap::new();
    for line in lines.iter().filter(|l| journal.iter().all(|j| j.edit.id != l.edit.id)) {
        for change in &line.edit.changes {
            let before = || change.before().cloned();
            let row = wanted.entry(change.key()).or_insert_with(|| Wanted {
                before: before(),
                after: None,
                at: line.edit.at,
            });
            row.after = change.after().cloned();
            row.at = line.edit.at;
        }
    }
    let mut touched: BTreeMap<Key, Moment> = BTreeMap::new();
    for line in journal {
        touched.extend(line.edit.changes.iter().map(|change| (change.key(), line.edit.at)));
    }
    let mut out = PutBack::default();
    let mut merged = there.clone();
    for (key, row) in wanted {
        let stands = there.get(&key);
        let untouched = stands.is_none() || stands == row.before.as_ref();
        let younger = touched.get(&key).is_some_and(|at| row.at > *at);
        let Some(change) = Change::between(stands.cloned(), row.after) else { continue };
        match change.after() {
            Some(record) if untouched || younger => {
                merged.insert(key, record.clone());
            }
            None if untouched => {
                merged.remove(&key);
            }
            _ => {
                // The clocks are no words: the newer ones are the right ones.
                out.left.extend((key.table != Table::Progress).then_some(key));
                continue;
            }
        }
        if key.table == Table::Progress { out.progress.push(change) } else { out.changes.push(change) }
    }
    drop_loose(&mut out, &merged);
    out
}

/// Leaves out what would hang on nothing, and what would take away what something hangs on.
fn drop_loose(out: &mut PutBack, merged: &BTreeMap<Key, Record>) {
    let left = &mut out.left;
    let needed: BTreeSet<Key> = merged.values().flat_map(|record| record.refers(Hold::Bound)).collect();
    out.changes.retain(|change| {
        let key = change.key();
        let fits = match change.after() {
            Some(after) => after.refers(Hold::Bound).all(|need| merged.contains_key(&need)),
            None => !needed.contains(&key),
        };
        left.extend((!fits).then_some(key));
        fits
    });
}
