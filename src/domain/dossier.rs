//! One meeting with all its records, in memory.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use super::fields::{Described, Hold, Value};
use super::record::Recorded;
use super::{
    Action, Case, Change, Escalation, Evidence, Id, Key, Link, Meeting, Node, Participant, Progress, Record,
    Reflection, RegionalIssue, Step,
};

/// A meeting and everything written down in it. Maps are in the order things were entered, for ids ascend with time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// What the meeting is about, when and where.
    pub meeting: Meeting,
    /// How far it has come.
    pub progress: Progress,
    /// What it speaks of; a record of its own, since other meetings may speak of it, too.
    pub case: Option<Case>,
    /// Who sits at the table.
    pub participants: BTreeMap<Id<Participant>, Participant>,
    /// The twigs of the map; [`super::Tree`] says how they hang.
    pub nodes: BTreeMap<Id<Node>, Node>,
    /// Which twigs bring about which.
    pub links: BTreeMap<Id<Link>, Link>,
    /// The plan.
    pub actions: BTreeMap<Id<Action>, Action>,
    /// The regional issues first raised here.
    pub regional: BTreeMap<Id<RegionalIssue>, RegionalIssue>,
    /// The way of the issues raised here, also where it was decided later.
    pub escalations: BTreeMap<Id<Escalation>, Escalation>,
    /// What here shows a regional issue, of this meeting or of an earlier one.
    pub evidence: BTreeMap<Id<Evidence>, Evidence>,
    /// What was said at the end.
    pub reflections: BTreeMap<Id<Reflection>, Reflection>,
}

/// A change that does not fit what stands.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum Mismatch {
    /// A record does not stand as the change says it was.
    #[error("記録が、その後に変わっています")]
    Changed,
    /// A meeting and its clocks can change, but not go.
    #[error("会議そのものは、この操作では消せません")]
    MeetingItself,
    /// Records of this kind stand somewhere else.
    #[error("ここの記録ではありません")]
    Elsewhere,
    /// What was to go is still referred to.
    #[error("ほかの記録が、この記録をもとにしています")]
    Needed,
}

impl Dossier {
    /// A meeting with nothing written down yet.
    pub fn new(meeting: Meeting, case: Option<Case>) -> Self {
        Self {
            progress: Progress::new(meeting.id),
            meeting,
            case,
            participants: BTreeMap::new(),
            nodes: BTreeMap::new(),
            links: BTreeMap::new(),
            actions: BTreeMap::new(),
            regional: BTreeMap::new(),
            escalations: BTreeMap::new(),
            evidence: BTreeMap::new(),
            reflections: BTreeMap::new(),
        }
    }

    /// What a map is drawn of, with some of the twigs alone: nobody who was there, nothing that came of it.
    pub fn with_twigs(&self, seen: impl Fn(Id<Node>) -> bool) -> Self {
        let seen = self.nodes.iter().filter(|(id, _)| seen(**id));
        Self {
            nodes: seen.map(|(id, node)| (*id, node.clone())).collect(),
            links: self.links.clone(),
            actions: self.actions.clone(),
            ..Self::new(self.meeting.clone(), self.case.clone())
        }
    }

    /// Applies one change if what stands is exactly its `before`; else nothing changes.
    pub fn apply(&mut self, change: &Change) -> Result<(), Mismatch> {
        match change.record() {
            Record::Meeting(_) => replace(&mut self.meeting, change),
            Record::Progress(_) => replace(&mut self.progress, change),
            Record::Case(_) => replace_case(&mut self.case, change),
            Record::Participant(r) => swap(&mut self.participants, r.id, change),
            Record::Node(r) => swap(&mut self.nodes, r.id, change),
            Record::Link(r) => swap(&mut self.links, r.id, change),
            Record::Action(r) => swap(&mut self.actions, r.id, change),
            Record::RegionalIssue(r) => swap(&mut self.regional, r.id, change),
            Record::Escalation(r) => swap(&mut self.escalations, r.id, change),
            Record::Evidence(r) => swap(&mut self.evidence, r.id, change),
            Record::Reflection(r) => swap(&mut self.reflections, r.id, change),
            Record::Slot(_) | Record::Passage(_) => Err(Mismatch::Elsewhere),
        }
    }

    /// Applies all changes or none. Nothing may go that something still refers to once all of them are done.
    pub fn apply_all(&mut self, changes: &[Change]) -> Result<(), Mismatch> {
        all_or_none(self, changes, Self::apply)?;
        if self.refers_to(&gone(changes)) || self.hangs_on_what_went(changes) {
            take_back(self, changes, Self::apply);
            return Err(Mismatch::Needed);
        }
        Ok(())
    }

    /// Whether a twig hangs on a branch that these changes have taken away.
    fn hangs_on_what_went(&self, changes: &[Change]) -> bool {
        let before = changes.iter().filter_map(|change| match change.before() {
            Some(Record::Meeting(meeting)) => Some(meeting),
            _ => None,
        });
        let mut titles = before.flat_map(|meeting| &meeting.branches).map(|branch| branch.title.as_str());
        titles.any(|title| {
            self.meeting.branch_index(title).is_none() && self.nodes.values().any(|node| node.branch == title)
        })
    }

    /// Whether something that stands refers to one of these records and may not lose it.
    fn refers_to(&self, gone: &BTreeSet<Key>) -> bool {
        fn any<'a, R: Described + 'a>(rows: impl IntoIterator<Item = &'a R>, gone: &BTreeSet<Key>) -> bool {
            let mut values = rows.into_iter().flat_map(|row| row.values());
            values.any(|(_, value)| match value {
                Value::Refers(hold, keys) => hold >= Hold::Firm && keys.iter().any(|key| gone.contains(key)),
                _ => false,
            })
        }
        // Most edits take nothing away, and then nobody has to look.
        !gone.is_empty()
            && (any([&self.meeting], gone)
                || any([&self.progress], gone)
                || any(self.nodes.values(), gone)
                || any(self.links.values(), gone)
                || any(self.actions.values(), gone)
                || any(self.regional.values(), gone)
                || any(self.escalations.values(), gone)
                || any(self.evidence.values(), gone)
                || any(self.reflections.values(), gone))
    }

    /// Every record, parents before children where one refers to the other.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let head = self.case.iter().cloned().map(Record::from);
        let nodes = super::Tree::new(self).depth_first();
        head.chain([self.meeting.clone().into(), self.progress.clone().into()])
            .chain(self.participants.values().cloned().map(Record::from))
            .chain(nodes.into_iter().filter_map(|id| self.nodes.get(&id)).cloned().map(Record::from))
            .chain(self.links.values().cloned().map(Record::from))
            .chain(self.actions.values().cloned().map(Record::from))
            .chain(self.regional.values().cloned().map(Record::from))
            .chain(self.escalations.values().cloned().map(Record::from))
            .chain(self.evidence.values().cloned().map(Record::from))
            .chain(self.reflections.values().cloned().map(Record::from))
    }

    /// The issues of the map in the order of their numbers.
    pub fn issues(&self) -> Vec<&Node> {
        let mut issues: Vec<&Node> = self.nodes.values().filter(|n| n.kind == super::Kind::Issue).collect();
        issues.sort_by_key(|n| (n.number, n.id));
        issues
    }

    /// The kind of step the meeting is at.
    pub fn step(&self) -> Step {
        let steps = &self.meeting.steps;
        steps.get(self.progress.step).or(steps.last()).map_or(Step::Interview, |s| s.step)
    }

    /// The rows of the plan in their order.
    pub fn plan(&self) -> Vec<&Action> {
        let mut rows: Vec<&Action> = self.actions.values().collect();
        rows.sort_by_key(|a| (a.rank, a.id));
        rows
    }

    /// The rows of the plan as they fall due; behind them those without a day.
    pub fn plan_by_day(&self) -> Vec<&Action> {
        let mut rows = self.plan();
        rows.sort_by_key(|a| (a.until.date.is_none(), a.until.date));
        rows
    }

    /// The regional issues raised here, in their order.
    pub fn regional_issues(&self) -> Vec<&RegionalIssue> {
        let mut rows: Vec<&RegionalIssue> = self.regional.values().collect();
        rows.sort_by_key(|r| (r.rank, r.id));
        rows
    }

    /// The reflections in their order.
    pub fn reflections_in_order(&self) -> Vec<&Reflection> {
        let mut rows: Vec<&Reflection> = self.reflections.values().collect();
        rows.sort_by_key(|r| (r.rank, r.id));
        rows
    }

    /// The participants by their codes.
    pub fn people(&self) -> Vec<&Participant> {
        let mut people: Vec<&Participant> = self.participants.values().collect();
        people.sort_by(|a, b| (a.code.len(), &a.code, a.id).cmp(&(b.code.len(), &b.code, b.id)));
        people
    }

    /// The regional issues of other meetings for which something here is evidence.
    pub fn shown_elsewhere(&self) -> BTreeSet<Id<RegionalIssue>> {
        let issues = self.evidence.values().map(|e| e.issue);
        issues.filter(|issue| !self.regional.contains_key(issue)).collect()
    }

    /// The evidence of one regional issue.
    pub fn evidence_of(&self, issue: Id<RegionalIssue>) -> impl Iterator<Item = &Evidence> {
        self.evidence.values().filter(move |e| e.issue == issue)
    }
}

/// Applies all changes or none; what was applied fits its own inverse.
pub(super) fn all_or_none<T>(
    to: &mut T,
    changes: &[Change],
    apply: impl Fn(&mut T, &Change) -> Result<(), Mismatch>,
) -> Result<(), Mismatch> {
    for (done, change) in changes.iter().enumerate() {
        if let Err(mismatch) = apply(to, change) {
            take_back(to, &changes[..done], apply);
            return Err(mismatch);
        }
    }
    Ok(())
}

/// Takes back what was just applied, last first.
fn take_back<T>(to: &mut T, changes: &[Change], apply: impl Fn(&mut T, &Change) -> Result<(), Mismatch>) {
    for change in changes.iter().rev() {
        let _ = apply(to, &change.clone().inverse());
    }
}

/// The records that do not stand any more after these changes.
fn gone(changes: &[Change]) -> BTreeSet<Key> {
    let mut gone = BTreeSet::new();
    for change in changes {
        match change {
            Change::Remove(record) => gone.insert(record.key()),
            Change::Add(record) | Change::Replace { after: record, .. } => gone.remove(&record.key()),
        };
    }
    gone
}

fn side<T: Recorded>(record: Option<&Record>) -> Option<&T> {
    record.and_then(T::of)
}

pub(super) fn swap<T: Recorded>(
    rows: &mut BTreeMap<Id<T>, T>,
    id: Id<T>,
    change: &Change,
) -> Result<(), Mismatch> {
    if rows.get(&id) != side(change.before()) {
        return Err(Mismatch::Changed);
    }
    match side::<T>(change.after()) {
        Some(after) => rows.insert(id, after.clone()),
        None => rows.remove(&id),
    };
    Ok(())
}

fn replace<T: Recorded>(slot: &mut T, change: &Change) -> Result<(), Mismatch> {
    let after = side::<T>(change.after()).ok_or(Mismatch::MeetingItself)?;
    if side(change.before()) != Some(&*slot) {
        return Err(Mismatch::Changed);
    }
    *slot = after.clone();
    Ok(())
}

fn replace_case(slot: &mut Option<Case>, change: &Change) -> Result<(), Mismatch> {
    if slot.as_ref() != side(change.before()) {
        return Err(Mismatch::Changed);
    }
    *slot = side(change.after()).cloned();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Branch, Side};
    use super::*;
    use crate::domain::{Moment, Now};

    /// A twig that much refers to, who said it, and what can be done without it.
    fn dossier() -> Dossier {
        let at: Moment = "2026-05-21T13:30:00+09:00".parse().unwrap();
        let mut mint = Now { at, seed: 1 }.ids();
        let case = Case::new(mint.id(), "2026-01");
        let mut meeting = Meeting::new(mint.id());
        meeting.case = Some(case.id);
        let (of, person) = (meeting.id, Participant::new(mint.id(), meeting.id, "P01"));
        meeting.presenter = Some(person.id);
        let node = Node { speaker: Some(person.id), ..Node::new(mint.id(), of, "残薬が多い", at) };
        let child = Node { parent: Some(node.id), ..Node::new(mint.id(), of, "袋に3か月分", at) };
        let (from, to, label) = (node.id, child.id, String::new());
        let link = Link { id: mint.id(), meeting: of, from, to, label, at };
        let action = Action { issue: Some(node.id), who: vec![person.id], ..Action::new(mint.id(), of) };
        let issue = RegionalIssue::new(mint.id(), of, "見守る人が足りない");
        let evidence = Evidence { id: mint.id(), issue: issue.id, meeting: of, node: Some(node.id) };
        let mut dossier = Dossier::new(meeting, Some(case));
        let rows: [Record; 7] = [
            person.into(),
            node.into(),
            child.into(),
            link.into(),
            action.into(),
            issue.into(),
            evidence.into(),
        ];
        dossier.apply_all(&rows.map(Change::add)).unwrap();
        dossier
    }

    #[test]
    fn ほかの記録がもとにしている記録は消せず何も変わらない() {
        let full = dossier();
        let referred: BTreeSet<Key> =
            full.records().flat_map(|r| r.refers(Hold::Firm).collect::<Vec<_>>()).collect();
        let rows: Vec<Record> =
            full.records().filter(|r| !matches!(r, Record::Meeting(_) | Record::Progress(_))).collect();
        for row in &rows {
            let mut after = full.clone();
            let also = Change::add(Participant::new(full.meeting.id.cast(), full.meeting.id, "P02"));
            let done = after.apply_all(&[also, Change::remove(row.clone())]);
            match referred.contains(&row.key()) {
                true => assert_eq!((done, after == full), (Err(Mismatch::Needed), true), "{row:?}"),
                false => assert_eq!(done, Ok(()), "{row:?}"),
            }
        }
        assert_eq!(rows.iter().filter(|row| referred.contains(&row.key())).count(), 5);
    }

    #[test]
    fn 枝の付いた大枝はなくせない() {
        let mut full = dossier();
        let titled = |titles: &[&str]| {
            let branch = |title: &&str| Branch { title: (*title).to_owned(), side: Side::Left };
            Meeting { branches: titles.iter().map(branch).collect(), ..full.meeting.clone() }
        };
        let (bare, both) = (titled(&[]), titled(&["学校"]));
        let node = full.nodes.values().next().cloned().unwrap();
        let on_it = Node { branch: "学校".to_owned(), ..node.clone() };
        let there =
            [Change::replace(bare.clone(), both.clone()), Change::replace(node.clone(), on_it.clone())];
        full.meeting = bare.clone();
        full.apply_all(&there).unwrap();
        assert_eq!(full.apply_all(&[Change::replace(both.clone(), bare.clone())]), Err(Mismatch::Needed));
        assert_eq!(full.meeting, both);
        // With its twigs it goes.
        full.apply_all(&[Change::replace(both, bare), Change::replace(on_it, node)]).unwrap();
    }

    #[test]
    fn もとにしている記録といっしょならどの順でも消せる() {
        let full = dossier();
        let meeting = Meeting { case: None, presenter: None, ..full.meeting.clone() };
        let rows = full.records().filter(|r| !matches!(r, Record::Meeting(_) | Record::Progress(_)));
        let mut changes: Vec<Change> = rows.map(Change::remove).collect();
        changes.push(Change::replace(full.meeting.clone(), meeting.clone()));
        for _ in 0..2 {
            let mut after = full.clone();
            assert_eq!(after.apply_all(&changes), Ok(()));
            assert_eq!(after, Dossier::new(meeting.clone(), None));
            changes.reverse();
        }
        // What comes back in the same edit has not gone.
        let person = full.participants.values().next().unwrap().clone();
        let renamed = Participant { name: "架空".to_owned(), ..person.clone() };
        let mut after = full.clone();
        assert_eq!(after.apply_all(&[Change::remove(person), Change::add(renamed)]), Ok(()));
    }
}
