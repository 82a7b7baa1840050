//! What the records know of a meeting that is to go, or to come back: see [`crate::domain::removal`].

use super::read::{journal, line};
use super::rows::Row;
use super::{Store, StoreError};
use crate::domain::removal::{Elsewhere, Left, Removal, Return, removed};
use crate::domain::{Change, Escalation, Evidence, Id, Meeting, Record, RegionalIssue, Slot};

/// The places in the journal of the lines with which meetings went that could come back.
const GONE: &str = "SELECT max(j.seq) FROM journal j JOIN removed r ON j.meeting = r.id
    WHERE r.record = 'meetings' GROUP BY r.id";

impl Store {
    /// What goes with a meeting; none if there is no such meeting.
    pub fn removal(&self, id: Id<Meeting>) -> Result<Option<Removal>, StoreError> {
        let _snapshot = self.snapshot()?;
        let Some(dossier) = self.dossier(id)? else { return Ok(None) };
        let shown = "WHERE issue IN (SELECT id FROM regional_issues WHERE meeting = ?1) AND meeting <> ?1
            AND meeting IN (SELECT id FROM meetings)
            ORDER BY (SELECT m.date IS NULL FROM meetings m WHERE m.id = meeting),
                (SELECT m.date FROM meetings m WHERE m.id = meeting), meeting, id";
        let text = id.to_string();
        let others = "SELECT count(*) FROM meetings WHERE case_id = ?1 AND id <> ?2";
        let case = dossier.meeting.case.map(|case| case.to_string());
        let count: usize = self.rows(others, (case, &text), |cells| cells.take::<usize>())?.into_iter().sum();
        let elsewhere = Elsewhere {
            evidence: self.rows(&Evidence::select(shown), [&text], Evidence::read_whole)?,
            slots: self.rows(&Slot::select("WHERE meeting = ?1"), [&text], Slot::read_whole)?,
            case_goes_on: count > 0,
        };
        Ok(Some(Removal::of(&dossier, &elsewhere)))
    }

    /// Whether a meeting went that could come back.
    pub(super) fn has_removed(&self) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM removed WHERE record = 'meetings')";
        Ok(self.rows(sql, [], |cells| cells.take::<bool>())?.contains(&true))
    }

    /// The codes of all cases, in order; those that went could come back, so nobody else is given theirs.
    pub fn all_case_codes(&self) -> Result<Vec<String>, StoreError> {
        let went = "SELECT json_extract(c.value, '$.before.row.code') FROM journal j, json_each(j.changes) c
            JOIN removed r ON r.record = 'cases' AND r.id = json_extract(c.value, '$.before.row.id')";
        let codes = format!("SELECT code FROM cases UNION {went} WHERE j.seq IN ({GONE}) ORDER BY 1");
        let codes = self.rows(&codes, [], |cells| cells.take::<Option<String>>())?;
        Ok(codes.into_iter().flatten().collect())
    }

    /// What brings back the meeting that went last; none where none did.
    pub fn last_removed(&self) -> Result<Option<Return>, StoreError> {
        let _snapshot = self.snapshot()?;
        let lines = self.rows(&journal(&format!("WHERE seq IN ({GONE})")), [], line)?;
        let Some(line) = lines.into_iter().rev().find(|line| removed(&line.edit).is_some()) else {
            return Ok(None);
        };
        let mut left = Left::default();
        for change in &line.edit.changes {
            match change {
                Change::Remove(Record::Case(case)) => left.case = self.case(case.id)?,
                Change::Remove(Record::Evidence(evidence)) => {
                    let issue: Option<RegionalIssue> = self.record(evidence.issue)?;
                    left.shown.extend(issue.map(|issue| issue.id));
                }
                Change::Remove(Record::RegionalIssue(issue)) => {
                    let issue: Option<RegionalIssue> = self.record(issue.id)?;
                    left.shown.extend(issue.map(|issue| issue.id));
                }
                Change::Replace { after: Record::RegionalIssue(issue), .. } => {
                    left.issues.extend(self.record::<RegionalIssue, _>(issue.id)?);
                    let way = Escalation::select("WHERE issue = ?1");
                    left.escalations.extend(self.rows(
                        &way,
                        [issue.id.to_string()],
                        Escalation::read_whole,
                    )?);
                }
                Change::Replace { after: Record::Slot(slot), .. } => {
                    left.slots.extend(self.record::<Slot, _>(slot.id)?);
                }
                _ => {}
            }
        }
        Ok(Return::of(&line.edit, &left))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Access, HomeData, samples, waiting};
    use super::*;
    use crate::domain::{Act, Dossier, Edit, JournalEntry};

    /// Two meetings, each with all that can be written down; the second shows the issue of the first, too, and the first was
    /// held in a slot of its year.
    fn two() -> (tempfile::TempDir, Store, Dossier, Dossier) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (first, lines) = samples::full_meeting(1);
        let (second, more) = samples::full_meeting(2);
        for line in lines.iter().chain(&more) {
            store.commit(line).unwrap();
        }
        let mut mint = samples::mint(30);
        let (issue, at) = (first.regional.keys().next().copied().unwrap(), second.meeting.id);
        let shows = Evidence { id: mint.id(), issue, meeting: at, node: None };
        let slot = Slot {
            id: mint.id(),
            meeting: Some(first.meeting.id),
            ..Slot::new("", 2026, &first.meeting.format)
        };
        store.commit(&samples::line(&mut samples::mint(31), Some(at), vec![Change::add(shows)])).unwrap();
        store.commit(&samples::line(&mut samples::mint(32), None, vec![Change::add(slot)])).unwrap();
        let (first, second) = (first.meeting.id, second.meeting.id);
        let [first, second] = [first, second].map(|id| store.dossier(id).unwrap().unwrap());
        (dir, store, first, second)
    }

    fn write(store: &mut Store, n: u64, meeting: Id<Meeting>, act: Act, changes: Vec<Change>) {
        let line = samples::line(&mut samples::mint(n), Some(meeting), changes);
        let edit = Edit { label: "会議".to_owned(), ..line.edit };
        store.commit(&JournalEntry { edit, act, ..line }).unwrap();
    }

    #[test]
    fn 会議を消してもほかの会議は何も失わず元に戻せる() {
        let (_dir, mut store, first, second) = two();
        let id = first.meeting.id;
        let before = (store.region().unwrap(), store.home(9, 9).unwrap());
        let removal = store.removal(id).unwrap().unwrap();
        assert_eq!((removal.stays, removal.title.as_str()), (1, first.meeting.title.as_str()));
        let waits = samples::line(&mut samples::mint(44), Some(id), removal.changes.clone());
        let other = second.meeting.id;
        let inherits = waiting::dossier(Some(second.clone()), other, [&waits].into_iter());
        write(&mut store, 40, id, Act::Do, removal.changes);
        assert_eq!(store.dossier(other).unwrap(), inherits, "while it waits for the disk it looks the same");
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        assert_eq!((store.dossier(id).unwrap(), store.removal(id).unwrap()), (None, None));
        let home = store.home(9, 9).unwrap();
        assert!(home.has_removed && home.summaries.iter().all(|s| s.id != id));
        assert!(home.plans.slots.values().all(|slot| slot.meeting.is_none()));
        assert_eq!(
            home.case_codes, before.1.case_codes,
            "nobody is given the number of what could come back"
        );
        let left = store.dossier(second.meeting.id).unwrap().unwrap();
        assert_eq!(left.regional.len(), second.regional.len() + 1, "the issue that others support stays");
        let mut others = left.clone();
        others.regional.retain(|id, _| second.regional.contains_key(id));
        others.escalations.retain(|id, _| second.escalations.contains_key(id));
        assert_eq!(others, second);
        assert_eq!(store.region().unwrap().entries().len(), before.0.entries().len());
        // Others go on writing in what stayed.
        let issue = first.regional.keys().find_map(|id| left.regional.get(id)).unwrap().clone();
        let written = RegionalIssue { evaluation: "窓口ができた".to_owned(), ..issue.clone() };
        let change = Change::replace(issue, written.clone());
        write(&mut store, 41, second.meeting.id, Act::Do, vec![change]);
        let back = store.last_removed().unwrap().unwrap();
        let waits = samples::line(&mut samples::mint(43), Some(id), back.changes.clone());
        let gives = waiting::dossier(store.dossier(other).unwrap(), other, [&waits].into_iter());
        assert_eq!(gives.as_ref(), Some(&second));
        write(&mut store, 42, back.meeting, Act::Undo(back.edit), back.changes);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        // While it waits for the disk it looks the same.
        let waits = waiting::dossier(None, id, [&waits].into_iter()).map(|d| (d.regional, d.escalations));
        let mut expected = first;
        let written = RegionalIssue { meeting: id, ..written };
        expected.regional.insert(written.id, written);
        assert_eq!(waits, Some((expected.regional.clone(), expected.escalations.clone())));
        assert_eq!(store.dossier(id).unwrap(), Some(expected));
        assert_eq!(store.dossier(second.meeting.id).unwrap(), Some(second));
        assert_eq!(store.home(9, 9).unwrap(), HomeData { bookmark: None, ..before.1 });
        assert_eq!(store.last_removed().unwrap(), None);
    }

    #[test]
    fn 最後に消した会議からもどる() {
        let (_dir, mut store, first, second) = two();
        for (n, meeting) in [(50, &first), (51, &second)] {
            let removal = store.removal(meeting.meeting.id).unwrap().unwrap();
            write(&mut store, n, meeting.meeting.id, Act::Do, removal.changes);
        }
        for (n, meeting) in [(52, &second), (53, &first)] {
            let back = store.last_removed().unwrap().unwrap();
            assert_eq!(back.meeting, meeting.meeting.id);
            write(&mut store, n, back.meeting, Act::Undo(back.edit), back.changes);
            assert_eq!(store.check().unwrap(), Vec::<String>::new());
        }
        assert_eq!(store.dossier(first.meeting.id).unwrap(), Some(first));
        assert_eq!(store.dossier(second.meeting.id).unwrap(), Some(second));
    }

    #[test]
    fn 地域課題がほかの道でもどっていても会議はもどせる() {
        let (_dir, mut store, first, second) = two();
        let files = [store.stamped(first.meeting.id).unwrap().unwrap()];
        for (n, meeting) in [(80, &first), (81, &second)] {
            let removal = store.removal(meeting.meeting.id).unwrap().unwrap();
            write(&mut store, n, meeting.meeting.id, Act::Do, removal.changes);
        }
        let taken = store.merge_all(&files, samples::moment(), &mut samples::mint(82)).unwrap();
        assert!(taken[0].is_ok(), "{taken:?}");
        let back = store.last_removed().unwrap().unwrap();
        write(&mut store, 83, back.meeting, Act::Undo(back.edit), back.changes);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        assert_eq!(store.dossier(second.meeting.id).unwrap().map(|d| d.evidence), Some(second.evidence));
        assert_eq!(store.last_removed().unwrap(), None);
    }

    #[test]
    fn 残った地域課題がそのあと消されていれば会議はその根拠なしでもどる() {
        let (_dir, mut store, first, second) = two();
        let removal = store.removal(first.meeting.id).unwrap().unwrap();
        write(&mut store, 90, first.meeting.id, Act::Do, removal.changes);
        // Those of the other meeting take the issue away with all that knows of it.
        let left = store.dossier(second.meeting.id).unwrap().unwrap();
        let issue = first.regional.keys().find_map(|id| left.regional.get(id)).unwrap().clone();
        let records = left.records().filter(|record| match record {
            Record::Escalation(step) => step.issue == issue.id,
            Record::Evidence(shows) => shows.issue == issue.id,
            record => record.key() == issue.id.key(),
        });
        let mut goes: Vec<Change> = records.map(Change::remove).collect();
        goes.reverse();
        write(&mut store, 91, second.meeting.id, Act::Do, goes);
        let back = store.last_removed().unwrap().unwrap();
        write(&mut store, 92, back.meeting, Act::Undo(back.edit), back.changes);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let stands = store.dossier(first.meeting.id).unwrap().unwrap();
        assert!(stands.evidence.values().all(|shows| shows.issue != issue.id), "{:?}", stands.evidence);
    }

    #[test]
    fn 消した会議のファイルを取り込むと新しい会議としてもどる() {
        let (_dir, mut store, first, _) = two();
        let id = first.meeting.id;
        let file = store.stamped(id).unwrap().unwrap();
        let removal = store.removal(id).unwrap().unwrap();
        write(&mut store, 60, id, Act::Do, removal.changes);
        let taken = store.merge_all(&[file], samples::moment(), &mut samples::mint(61)).unwrap();
        assert!(taken[0].as_ref().is_ok_and(|taken| taken.new), "{taken:?}");
        assert_eq!(store.dossier(id).unwrap().map(|d| d.nodes), Some(first.nodes));
        assert_eq!(store.last_removed().unwrap(), None);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn 会議より先に消したことばは取り込んでももどらない() {
        let (_dir, mut store, first, _) = two();
        let id = first.meeting.id;
        let file = store.stamped(id).unwrap().unwrap();
        let word = first.reflections.values().next().unwrap().clone();
        write(&mut store, 100, id, Act::Do, vec![Change::remove(word.clone())]);
        let left = store.dossier(id).unwrap().unwrap();
        let removal = store.removal(id).unwrap().unwrap();
        write(&mut store, 101, id, Act::Do, removal.changes);
        let taken = store.merge_all(&[file], samples::moment(), &mut samples::mint(102)).unwrap();
        assert!(taken[0].as_ref().is_ok_and(|taken| taken.new), "{taken:?}");
        let stands = store.dossier(id).unwrap().unwrap();
        assert_eq!((stands.reflections, stands.nodes), (left.reflections, left.nodes));
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn 会議を消したことを知らないほかの端末も残った地域課題を取り込める() {
        let (_dir, mut store, first, second) = two();
        let (_other, mut other, ..) = two();
        let removal = store.removal(first.meeting.id).unwrap().unwrap();
        write(&mut store, 70, first.meeting.id, Act::Do, removal.changes);
        let file = store.stamped(second.meeting.id).unwrap().unwrap();
        let taken = other.merge_all(&[file], samples::moment(), &mut samples::mint(71)).unwrap();
        assert!(taken[0].is_ok(), "{taken:?}");
        assert_eq!(other.check().unwrap(), Vec::<String>::new());
        assert_eq!(other.dossier(first.meeting.id).unwrap().map(|d| d.nodes), Some(first.nodes));
        let stands = |store: &Store| store.dossier(second.meeting.id).unwrap().map(|d| d.regional);
        assert_eq!(stands(&other), stands(&store));
        // Elsewhere somebody, later, writes in the issue alone: its steps go with it.
        let (_third, mut third, ..) = two();
        let issue = first.regional.values().next().unwrap().clone();
        let written = RegionalIssue { evaluation: "窓口ができた".to_owned(), ..issue.clone() };
        let line = samples::line(&mut samples::mint(72), None, vec![Change::replace(issue, written)]);
        let edit = Edit { at: line.edit.at + chrono::TimeDelta::days(900), ..line.edit };
        third.commit(&JournalEntry { edit, meeting: Some(first.meeting.id), ..line }).unwrap();
        let file = third.stamped(first.meeting.id).unwrap().unwrap();
        let taken = store.merge_all(&[file], samples::moment(), &mut samples::mint(73)).unwrap();
        assert!(taken[0].is_ok(), "{taken:?}");
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        for meeting in [first.meeting.id, second.meeting.id] {
            let d = store.dossier(meeting).unwrap().unwrap();
            assert!(d.escalations.values().all(|step| d.regional.contains_key(&step.issue)), "{d:?}");
        }
    }
}
