//! Meetings that go and come back, as the database would do it.

use std::collections::BTreeSet;

use jirei::domain::removal::{Elsewhere, Left, Removal, Return, removed};
use jirei::domain::*;
use jirei::store::Answer;
use jirei::ui::Effect;

use super::driver::{Driver, Kept};

impl Driver {
    /// A meeting as another program has written it; missing where it was taken away.
    pub fn followed(&self, id: Id<Meeting>) -> Answer {
        match self.kept.contains_key(&id).then(|| self.opened(id)) {
            Some(Answer::Opened { meeting, journal, previous }) => {
                Answer::Followed { meeting, journal, previous }
            }
            _ => Answer::Missing(id),
        }
    }

    pub fn of_all(&self, effect: &Effect) -> Answer {
        match effect {
            Effect::Removal { meeting, sure } => self.removal(*meeting, *sure),
            _ => self.coming_back(),
        }
    }

    /// The numbers of all cases, with those that could come back.
    pub(super) fn case_codes(&self) -> Vec<String> {
        let gone = self.gone.iter().flat_map(|(line, _)| &line.edit.changes).filter_map(|c| match c {
            Change::Remove(Record::Case(case)) => Some(case),
            _ => None,
        });
        let cases = self.kept.values().filter_map(|k| k.dossier.case.as_ref()).chain(gone);
        cases.map(|case| case.code.clone()).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// What goes with a meeting.
    fn removal(&self, meeting: Id<Meeting>, sure: bool) -> Answer {
        let Some(kept) = self.kept.get(&meeting) else { return Answer::Missing(meeting) };
        let others = || self.kept.values().map(|k| &k.dossier).filter(|d| d.meeting.id != meeting);
        let mine = |e: &&Evidence| kept.dossier.regional.contains_key(&e.issue);
        let mut evidence: Vec<_> = others()
            .flat_map(|d| d.evidence.values().filter(mine).map(|e| (d.meeting.date, e.clone())))
            .collect();
        evidence.sort_by_key(|(date, e)| (date.is_none(), *date, e.meeting, e.id));
        let elsewhere = Elsewhere {
            evidence: evidence.into_iter().map(|(_, e)| e).collect(),
            slots: self
                .outside
                .years
                .slots
                .values()
                .filter(|s| s.meeting == Some(meeting))
                .cloned()
                .collect(),
            case_goes_on: others().any(|d| d.meeting.case == kept.dossier.meeting.case),
        };
        Answer::Removal { removal: Removal::of(&kept.dossier, &elsewhere), sure }
    }

    /// What brings the last one back.
    fn coming_back(&self) -> Answer {
        let Some((line, _)) = self.gone.last() else { return Answer::Return(None) };
        let dossiers = || self.kept.values().map(|k| &k.dossier);
        let stands = |id| dossiers().find_map(|d| d.regional.get(&id)).cloned();
        let stayed: BTreeSet<Key> = line
            .edit
            .changes
            .iter()
            .filter(|c| c.before().is_some() && c.after().is_some())
            .map(Change::key)
            .collect();
        let is_left = |key: Key| stayed.contains(&key);
        let left = Left {
            issues: dossiers()
                .flat_map(|d| d.regional.values().filter(|r| is_left(r.id.key())).cloned())
                .collect(),
            escalations: dossiers()
                .flat_map(|d| d.escalations.values().filter(|e| is_left(e.issue.key())).cloned())
                .collect(),
            slots: self.outside.years.slots.values().filter(|s| is_left(s.id.key())).cloned().collect(),
            case: None,
            shown: line
                .edit
                .changes
                .iter()
                .filter_map(|c| match c.before() {
                    Some(Record::Evidence(e)) => stands(e.issue).map(|r| r.id),
                    _ => None,
                })
                .collect(),
        };
        let mut back = Return::of(&line.edit, &left);
        // A case stands as long as one of its meetings does.
        let cases: BTreeSet<Id<Case>> = dossiers().filter_map(|d| d.meeting.case).collect();
        if let Some(back) = &mut back {
            back.changes
                .retain(|c| !matches!(c, Change::Add(Record::Case(case)) if cases.contains(&case.id)));
        }
        Answer::Return(back)
    }

    /// Keeps a line with which a meeting goes or comes back; its slots are kept already.
    pub(super) fn keep_whole(&mut self, line: JournalEntry) {
        let id = line.meeting.expect("a meeting");
        let moved = |change: &Change| match (change.before(), change.after()) {
            (Some(before), Some(after)) => Some((before.meeting()?, after.meeting()?)),
            _ => None,
        };
        for change in &line.edit.changes {
            // What stays goes from one meeting to the other.
            let Some((from, to)) = moved(change) else { continue };
            for (meeting, change) in [
                (from, Change::remove(change.before().unwrap().clone())),
                (to, Change::add(change.after().unwrap().clone())),
            ] {
                if let Some(kept) = self.kept.get_mut(&meeting).filter(|_| meeting != id) {
                    kept.dossier.apply(&change).expect("the line fits what stands");
                }
            }
        }
        if removed(&line.edit).is_some() {
            let kept = self.kept.remove(&id).expect("the meeting stands");
            let records = kept.dossier.records().map(|r| r.key());
            let touched: BTreeSet<Key> = line.edit.changes.iter().map(Change::key).collect();
            let forgotten: Vec<Key> =
                records.filter(|key| key.table != Table::Case && !touched.contains(key)).collect();
            assert!(forgotten.is_empty(), "left behind: {forgotten:?}");
            self.gone.push((line, kept.journal));
        } else {
            let (gone, mut journal) = self.gone.pop().expect("it went before");
            let cases: Vec<Case> = self.kept.values().filter_map(|k| k.dossier.case.clone()).collect();
            let mut adds: Vec<Change> = Vec::new();
            for change in &line.edit.changes {
                adds.extend(change.after().cloned().map(Change::add));
            }
            let edit = Edit { changes: adds, ..line.edit.clone() };
            let dossier = super::kept::born(&JournalEntry { edit, ..line.clone() }, &cases);
            journal.extend([gone, line]);
            self.kept.insert(id, Kept { dossier, journal });
        }
    }
}
