//! What belongs to no single meeting: the regional issues of all of them, where they showed and the way they went, and the years.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::dossier::{all_or_none, swap};
use super::register::{Entry, Occasion};
use super::year::Years;
use super::{
    Change, Escalation, Evidence, Id, Meeting, Mismatch, Progress, Record, RegionalIssue, fiscal_year,
};

/// A meeting, as far as the region looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The meeting's own.
    pub id: Id<Meeting>,
    /// The day it is or was held; none where nobody has said so.
    pub date: Option<NaiveDate>,
    /// What people call it.
    pub title: String,
    /// The town whose meeting it is; empty where records of one town alone are kept.
    pub town: String,
    /// The key of the session format.
    pub format: String,
    /// How many people sit at the table.
    pub participants: u32,
    /// Whether the clock of its first step has run.
    pub started: bool,
}

/// Everything of the region, in memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Region {
    /// The register, those raised first at the top.
    entries: Vec<Entry>,
    /// Where an issue stands in it.
    places: HashMap<Id<RegionalIssue>, usize>,
    /// Everything written in an entry, ready to be searched; beside `entries`.
    folded: Vec<String>,
    /// Which meeting shows which issue.
    pub evidence: BTreeMap<Id<Evidence>, Evidence>,
    /// The way of all issues.
    pub escalations: BTreeMap<Id<Escalation>, Escalation>,
    /// The plans and forms of all years.
    pub years: Years,
    /// Every meeting of the records.
    pub meetings: BTreeMap<Id<Meeting>, Held>,
}

impl Region {
    /// Everything as it was read: the entries in the order of the register, all else in any.
    pub fn new(
        entries: Vec<Entry>,
        evidence: impl IntoIterator<Item = Evidence>,
        escalations: impl IntoIterator<Item = Escalation>,
        years: Years,
        meetings: impl IntoIterator<Item = Held>,
    ) -> Self {
        let mut region = Self {
            folded: entries.iter().map(Entry::folded).collect(),
            entries,
            places: HashMap::new(),
            evidence: evidence.into_iter().map(|e| (e.id, e)).collect(),
            escalations: escalations.into_iter().map(|e| (e.id, e)).collect(),
            years,
            meetings: meetings.into_iter().map(|m| (m.id, m)).collect(),
        };
        region.find_places();
        region
    }

    fn find_places(&mut self) {
        self.places = self.entries.iter().enumerate().map(|(i, e)| (e.issue.id, i)).collect();
    }

    /// The register, those raised first at the top.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries with everything that is written in each, folded.
    pub fn searchable(&self) -> impl Iterator<Item = (&Entry, &str)> {
        self.entries.iter().zip(self.folded.iter().map(String::as_str))
    }

    /// The entry of an issue; none where it is not in the register.
    pub fn entry(&self, issue: Id<RegionalIssue>) -> Option<&Entry> {
        self.places.get(&issue).and_then(|at| self.entries.get(*at))
    }

    /// Where an issue stands in the register.
    pub fn place(&self, issue: Id<RegionalIssue>) -> Option<usize> {
        self.places.get(&issue).copied()
    }

    /// Whose issue an entry is.
    pub fn town(&self, entry: &Entry) -> &str {
        self.meetings.get(&entry.raised.meeting).map_or("", |m| m.town.as_str())
    }

    /// The towns whose records are here.
    pub fn towns(&self) -> BTreeSet<&str> {
        self.all_towns().collect()
    }

    /// Whether there are several of them; asked for each frame.
    pub fn has_several_towns(&self) -> bool {
        let mut towns = self.all_towns();
        towns.next().is_some_and(|first| towns.any(|town| town != first))
    }

    /// The town of each record.
    fn all_towns(&self) -> impl Iterator<Item = &str> {
        let met = self.meetings.values().map(|m| m.town.as_str());
        met.chain(self.years.all_towns())
    }

    /// The meetings of a fiscal year in the order of their days; of one town, or of all.
    pub fn meetings_of(&self, town: Option<&str>, year: i32) -> Vec<&Held> {
        let wanted =
            |m: &&Held| m.date.map(fiscal_year) == Some(year) && town.is_none_or(|town| m.town == town);
        let mut found: Vec<&Held> = self.meetings.values().filter(wanted).collect();
        found.sort_by_key(|m| (m.date, m.id));
        found
    }

    /// Applies one change if what stands is exactly its `before`; else nothing changes. What belongs elsewhere is refused.
    pub fn apply(&mut self, change: &Change) -> Result<(), Mismatch> {
        match change.record() {
            Record::RegionalIssue(r) => self.swap_issue(r.id, change),
            Record::Escalation(r) => swap(&mut self.escalations, r.id, change),
            Record::Evidence(r) => {
                let touched = [change.before(), change.after()].map(|side| match side {
                    Some(Record::Evidence(e)) => Some(e.issue),
                    _ => None,
                });
                swap(&mut self.evidence, r.id, change)?;
                touched.into_iter().flatten().for_each(|issue| self.count(issue));
                Ok(())
            }
            Record::Slot(_) | Record::Passage(_) => self.years.apply(change),
            _ => Err(Mismatch::Elsewhere),
        }
    }

    /// Applies all changes or none.
    pub fn apply_all(&mut self, changes: &[Change]) -> Result<(), Mismatch> {
        all_or_none(self, changes, Self::apply)
    }

    /// Takes in changes made in a meeting: what of them is seen here. What does not fit is passed over.
    pub fn take_in(&mut self, changes: &[Change]) {
        for change in changes {
            match (change.before(), change.after()) {
                (_, Some(Record::Meeting(meeting))) => self.meet(meeting),
                (_, Some(Record::Progress(Progress { id, started_at, .. }))) => {
                    if let Some(held) = self.meetings.get_mut(&id.cast()) {
                        held.started = started_at.is_some();
                    }
                }
                (None, Some(Record::Participant(p))) => self.attend(p.meeting, 1),
                (Some(Record::Participant(p)), None) => self.attend(p.meeting, -1),
                _ => drop(self.apply(change)),
            }
        }
    }

    fn meet(&mut self, meeting: &Meeting) {
        let old = self.meetings.get(&meeting.id);
        let held = Held {
            id: meeting.id,
            date: meeting.date,
            title: meeting.title.clone(),
            town: meeting.town.clone(),
            format: meeting.format.clone(),
            participants: old.map_or(0, |m| m.participants),
            started: old.is_some_and(|m| m.started),
        };
        let (id, moved) = (held.id, old.is_some_and(|old| old.date != held.date));
        self.meetings.insert(id, held);
        if moved {
            for entry in self.entries.iter_mut().filter(|entry| entry.raised.meeting == id) {
                entry.raised.date = meeting.date;
            }
            let shown = self.evidence.values().filter(|e| e.meeting == id).map(|e| e.issue);
            shown.collect::<BTreeSet<_>>().into_iter().for_each(|issue| self.count(issue));
        }
    }

    fn attend(&mut self, meeting: Id<Meeting>, by: i32) {
        if let Some(held) = self.meetings.get_mut(&meeting) {
            held.participants = held.participants.saturating_add_signed(by);
        }
    }

    fn swap_issue(&mut self, id: Id<RegionalIssue>, change: &Change) -> Result<(), Mismatch> {
        let at = self.place(id);
        let before = match change.before() {
            Some(Record::RegionalIssue(before)) => Some(before),
            _ => None,
        };
        if at.map(|at| &self.entries[at].issue) != before {
            return Err(Mismatch::Changed);
        }
        match (at, change.after()) {
            (Some(at), Some(Record::RegionalIssue(issue))) => {
                self.entries[at].issue = issue.clone();
                self.folded[at] = self.entries[at].folded();
            }
            (None, Some(Record::RegionalIssue(issue))) => self.raise(issue.clone()),
            (Some(at), None) => {
                self.entries.remove(at);
                self.folded.remove(at);
                self.find_places();
            }
            _ => {}
        }
        Ok(())
    }

    fn raise(&mut self, issue: RegionalIssue) {
        let held = self.meetings.get(&issue.meeting);
        let raised = Occasion { date: held.and_then(|m| m.date), meeting: issue.meeting };
        let id = issue.id;
        self.places.insert(id, self.entries.len());
        let entry = Entry { issue, raised, evidence: Vec::new() };
        self.folded.push(entry.folded());
        self.entries.push(entry);
        self.count(id);
    }

    /// Counts the meetings in which an issue showed.
    fn count(&mut self, issue: Id<RegionalIssue>) {
        let Some(at) = self.place(issue) else { return };
        let met = self.evidence.values().filter(|e| e.issue == issue).map(|e| e.meeting);
        let met: BTreeSet<Id<Meeting>> = met.collect();
        let occasion = |meeting| Occasion { date: self.meetings.get(&meeting).and_then(|m| m.date), meeting };
        let mut evidence: Vec<Occasion> = met.into_iter().map(occasion).collect();
        evidence.sort_by_key(|o| (o.date.is_none(), o.date, o.meeting));
        self.entries[at].evidence = evidence;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Now;

    fn mint() -> super::super::IdSource {
        Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 1 }.ids()
    }

    fn held(id: Id<Meeting>, day: &str) -> Held {
        Held {
            id,
            date: day.parse().ok(),
            title: String::new(),
            town: String::new(),
            format: "mieru".into(),
            participants: 0,
            started: true,
        }
    }

    #[test]
    fn 根拠が加わり抜けると会議の数が変わる() {
        let mint = &mut mint();
        let (first, second) = (mint.id(), mint.id());
        let mut region = Region::new(
            Vec::new(),
            [],
            [],
            Years::default(),
            [held(first, "2026-05-21"), held(second, "2026-07-16")],
        );
        let issue = RegionalIssue::new(mint.id(), first, "通院の足がない");
        region.apply(&Change::add(issue.clone())).unwrap();
        let mut evidence = |meeting| Evidence { id: mint.id(), issue: issue.id, meeting, node: None };
        let rows = [evidence(second), evidence(first), evidence(second)];
        for row in &rows {
            region.apply(&Change::add(row.clone())).unwrap();
        }
        let count = |region: &Region| -> Vec<Id<Meeting>> {
            region.entry(issue.id).unwrap().evidence.iter().map(|o| o.meeting).collect()
        };
        assert_eq!(count(&region), [first, second]);
        region.apply(&Change::remove(rows[1].clone())).unwrap();
        assert_eq!(count(&region), [second]);
    }

    #[test]
    fn 会議の日を直すと地域課題の出た日も直る() {
        let mint = &mut mint();
        let before = Meeting::new(mint.id());
        let mut region = Region::new(Vec::new(), [], [], Years::default(), [held(before.id, "2026-05-21")]);
        let issue = RegionalIssue::new(mint.id(), before.id, "通院の足がない");
        let evidence = Evidence { id: mint.id(), issue: issue.id, meeting: before.id, node: None };
        region.apply_all(&[Change::add(issue), Change::add(evidence)]).unwrap();
        let after = Meeting { date: "2026-06-18".parse().ok(), ..before.clone() };
        region.take_in(&[Change::replace(before, after.clone())]);
        let entry = &region.entries()[0];
        assert_eq!([entry.raised.date, entry.evidence[0].date], [after.date; 2]);
    }

    #[test]
    fn 合わない変更は何も変えない() {
        let mint = &mut mint();
        let meeting = mint.id();
        let mut region = Region::new(Vec::new(), [], [], Years::default(), [held(meeting, "2026-05-21")]);
        let issue = RegionalIssue::new(mint.id(), meeting, "通院の足がない");
        region.apply(&Change::add(issue.clone())).unwrap();
        let before = region.clone();
        let level = RegionalIssue { level: "市町村".into(), ..issue.clone() };
        let stale = RegionalIssue { level: "個別".into(), ..issue.clone() };
        let changes = [Change::replace(issue.clone(), level.clone()), Change::replace(stale, issue)];
        assert_eq!(region.apply_all(&changes), Err(Mismatch::Changed));
        assert_eq!(region, before);
        region.apply(&changes[0]).unwrap();
        assert_eq!(region.entries()[0].issue, level);
        assert!(region.searchable().next().unwrap().1.contains("市町村"));
    }
}
