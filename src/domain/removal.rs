//! A meeting that goes with all that was written in it, and how it comes back. What other meetings support stays: a regional
//! issue that shows in another one, too, is that one's from then on.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Act, Case, Change, Dossier, Edit, Escalation, Evidence, Id, Meeting, Record, RegionalIssue, Slot,
};

/// What stands elsewhere and knows of a meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Elsewhere {
    /// What other meetings show of the issues that were first raised here; those of the earliest meeting first.
    pub evidence: Vec<Evidence>,
    /// The slots of the years in which the meeting was held.
    pub slots: Vec<Slot>,
    /// Another meeting speaks of the same case.
    pub case_goes_on: bool,
}

/// All that becomes of the records when a meeting goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Which meeting.
    pub meeting: Id<Meeting>,
    /// What people call it.
    pub title: String,
    /// In the order in which they can be taken back.
    pub changes: Vec<Change>,
    /// How many regional issues stay, because other meetings support them.
    pub stays: usize,
    /// What goes, in words: how many of what.
    pub goes: Vec<(usize, &'static str)>,
}

impl Removal {
    /// What the meeting takes with it.
    pub fn of(dossier: &Dossier, elsewhere: &Elsewhere) -> Self {
        let id = dossier.meeting.id;
        let mut heirs: BTreeMap<Id<RegionalIssue>, Id<Meeting>> = BTreeMap::new();
        for evidence in elsewhere.evidence.iter().filter(|e| e.meeting != id) {
            heirs.entry(evidence.issue).or_insert(evidence.meeting);
        }
        let slots = elsewhere.slots.iter().map(|slot| {
            let free = Slot { meeting: None, ..slot.clone() };
            Change::replace(slot.clone(), free)
        });
        // What refers to others goes before them.
        let records: Vec<Record> = dossier.records().collect();
        let records = records.into_iter().rev().filter_map(|record| match record {
            Record::Case(_) if elsewhere.case_goes_on => None,
            Record::RegionalIssue(issue) if heirs.contains_key(&issue.id) => {
                let after = RegionalIssue { meeting: heirs[&issue.id], ..issue.clone() };
                Some(Change::replace(issue, after))
            }
            Record::Escalation(step) if heirs.contains_key(&step.issue) => {
                let after = Escalation { meeting: heirs[&step.issue], ..step.clone() };
                Some(Change::replace(step, after))
            }
            record => Some(Change::Remove(record)),
        });
        let stays = dossier.regional.keys().filter(|issue| heirs.contains_key(issue)).count();
        let goes = [
            (dossier.nodes.len(), "枝 {}本"),
            (dossier.issues().len(), "うち課題 {}件"),
            (dossier.actions.len(), "行動 {}件"),
            (dossier.regional.len() - stays, "地域課題 {}件"),
            (dossier.reflections.len(), "振り返りのことば {}件"),
            (dossier.participants.len(), "参加者 {}人"),
        ];
        Self {
            meeting: id,
            title: dossier.meeting.title.clone(),
            changes: slots.chain(records).collect(),
            stays,
            goes: goes.into_iter().filter(|(count, _)| *count > 0).collect(),
        }
    }

    /// What goes, in words: 「枝 12本、うち課題 3件」; empty where nothing was written.
    pub fn said(&self) -> String {
        let goes = self.goes.iter().map(|(count, words)| words.replace("{}", &count.to_string()));
        goes.collect::<Vec<_>>().join("、")
    }
}

/// A meeting that went and can come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// The edit with which it went.
    pub edit: Id<Edit>,
    /// Which meeting.
    pub meeting: Id<Meeting>,
    /// What people call it.
    pub title: String,
    /// What brings it back.
    pub changes: Vec<Change>,
}

/// What stands now of what a removal left behind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Left {
    /// The issues that stayed.
    pub issues: Vec<RegionalIssue>,
    /// Their way since.
    pub escalations: Vec<Escalation>,
    /// The slots it was held in.
    pub slots: Vec<Slot>,
    /// Its case, if that stands.
    pub case: Option<Case>,
    /// Issues that stand of those that went with it, or that it showed: a file may have brought them back.
    pub shown: BTreeSet<Id<RegionalIssue>>,
}

impl Return {
    /// What takes a removal back; what others wrote since in what stayed is kept. None: the edit took no meeting away.
    pub fn of(edit: &Edit, left: &Left) -> Option<Self> {
        let meeting = removed(edit)?;
        let comes = |id| {
            let goes = |c: &Change| matches!(c, Change::Remove(Record::RegionalIssue(i)) if i.id == id);
            edit.changes.iter().any(goes)
        };
        let owned = |id| left.issues.iter().any(|issue| issue.id == id);
        let stands = |id| owned(id) || left.shown.contains(&id);
        let added = edit.changes.iter().rev().filter_map(|change| match change {
            Change::Remove(Record::Case(_)) if left.case.is_some() => None,
            // It came back another way, and has a way of its own by now.
            Change::Remove(Record::RegionalIssue(issue)) if stands(issue.id) => None,
            Change::Remove(Record::Escalation(step)) if stands(step.issue) => None,
            Change::Remove(Record::Evidence(e)) if !comes(e.issue) && !stands(e.issue) => None,
            Change::Remove(record) => Some(Change::Add(record.clone())),
            _ => None,
        });
        let issues = left.issues.iter().map(|issue| {
            let back = RegionalIssue { meeting: meeting.id, ..issue.clone() };
            Change::replace(issue.clone(), back)
        });
        let steps = left.escalations.iter().filter(|step| owned(step.issue)).map(|step| {
            let back = Escalation { meeting: meeting.id, ..step.clone() };
            Change::replace(step.clone(), back)
        });
        // Another meeting may be held in it by now.
        let slots = left.slots.iter().filter(|slot| slot.meeting.is_none()).map(|slot| {
            let held = Slot { meeting: Some(meeting.id), ..slot.clone() };
            Change::replace(slot.clone(), held)
        });
        let changes = added.chain(issues).chain(steps).chain(slots).collect();
        Some(Self { edit: edit.id, meeting: meeting.id, title: meeting.title.clone(), changes })
    }
}

/// The meeting that an edit took away.
pub fn removed(edit: &Edit) -> Option<&Meeting> {
    edit.changes.iter().find_map(|change| match change {
        Change::Remove(Record::Meeting(meeting)) => Some(meeting),
        _ => None,
    })
}

/// Whether a line takes a meeting away, or brings it back: from inside it nothing of that can be undone.
pub fn is_of_all(act: Act, edit: &Edit) -> bool {
    let added = |change: &Change| matches!(change, Change::Add(Record::Meeting(_)));
    removed(edit).is_some() || act.is_undo() && edit.changes.iter().any(added)
}
