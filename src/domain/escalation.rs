//! The way of a regional issue from the case to the town's plan: where it was taken, what was decided there, and what is left.
//!
//! What a [`RegionalIssue`] says of its level and of what was decided is how things stand; the escalations are how it came
//! to that. Whoever changes the one leaves a step of the other, in the same edit: see [`steps`].

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::{Change, Escalation, Id, IdSource, Record, RegionalIssue};

impl Escalation {
    /// The step that leads to where an issue stands.
    fn to(id: Id<Escalation>, issue: &RegionalIssue, date: NaiveDate) -> Self {
        Self {
            id,
            issue: issue.id,
            meeting: issue.meeting,
            date: Some(date),
            level: issue.level.clone(),
            decision: issue.reflected.clone(),
            reason: issue.reflected_reason.clone(),
            remaining: issue.evaluation.clone(),
        }
    }
}

/// What of an issue a step is about.
fn way(issue: &RegionalIssue) -> [&str; 4] {
    [&issue.level, &issue.reflected, &issue.reflected_reason, &issue.evaluation]
}

/// The steps that changes of regional issues are, on the day they are made; what changes on one day is one step.
/// `standing` are the steps there are.
pub fn steps(
    changes: &[Change],
    standing: &BTreeMap<Id<Escalation>, Escalation>,
    day: NaiveDate,
    mint: &mut IdSource,
) -> Vec<Change> {
    let mut out = Vec::new();
    for change in changes {
        let Some(Record::RegionalIssue(after)) = change.after() else { continue };
        let before = match change.before() {
            Some(Record::RegionalIssue(before)) => way(before),
            _ => [""; 4],
        };
        if before == way(after) {
            continue;
        }
        let today = standing.values().find(|e| e.issue == after.id && e.date == Some(day));
        out.push(match today {
            Some(step) => Change::replace(step.clone(), Escalation::to(step.id, after, day)),
            None => Change::add(Escalation::to(mint.id(), after, day)),
        });
    }
    out
}

/// The steps of each issue, oldest first; steps without a day come first.
pub type Ways<'a> = HashMap<Id<RegionalIssue>, Vec<&'a Escalation>>;

/// The way of every issue.
pub fn ways<'a>(steps: impl IntoIterator<Item = &'a Escalation>) -> Ways<'a> {
    let mut ways: Ways<'a> = HashMap::new();
    for step in steps {
        ways.entry(step.issue).or_default().push(step);
    }
    for way in ways.values_mut() {
        way.sort_by_key(|step| (step.date, step.id));
    }
    ways
}

/// The way of one issue, oldest step first; steps without a day come first.
pub fn way_of(standing: &BTreeMap<Id<Escalation>, Escalation>, issue: Id<RegionalIssue>) -> Vec<&Escalation> {
    ways(standing.values().filter(|step| step.issue == issue)).remove(&issue).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Now;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn mint() -> IdSource {
        Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 1 }.ids()
    }

    fn apply(standing: &mut BTreeMap<Id<Escalation>, Escalation>, changes: Vec<Change>) {
        for change in changes {
            if let Some(Record::Escalation(step)) = change.after() {
                standing.insert(step.id, step.clone());
            }
        }
    }

    #[test]
    fn 決めたことを変えるたびに日ごとの一歩が残る() {
        let mint = &mut mint();
        let mut standing = BTreeMap::new();
        let raised = RegionalIssue::new(mint.id(), mint.id(), "通院の足がない");
        assert!(steps(&[Change::add(raised.clone())], &standing, day("2026-05-21"), mint).is_empty());

        let area = RegionalIssue { level: "日常生活圏域".into(), ..raised.clone() };
        let first = steps(&[Change::replace(raised, area.clone())], &standing, day("2026-05-21"), mint);
        apply(&mut standing, first);
        let town = RegionalIssue { level: "市町村".into(), ..area.clone() };
        let same = steps(&[Change::replace(area, town.clone())], &standing, day("2026-05-21"), mint);
        apply(&mut standing, same);
        let refused = RegionalIssue {
            reflected: "不採用".into(),
            reflected_reason: "財源がない".into(),
            ..town.clone()
        };
        let later = steps(&[Change::replace(town, refused.clone())], &standing, day("2027-02-10"), mint);
        apply(&mut standing, later);
        let priority =
            RegionalIssue { priority: Some(crate::domain::Priority::High.into()), ..refused.clone() };
        assert!(
            steps(&[Change::replace(refused.clone(), priority)], &standing, day("2027-02-11"), mint)
                .is_empty()
        );

        let way = way_of(&standing, refused.id);
        let said =
            way.iter().map(|e| (e.date.unwrap(), e.level.as_str(), e.decision.as_str(), e.reason.as_str()));
        assert_eq!(
            said.collect::<Vec<_>>(),
            [(day("2026-05-21"), "市町村", "", ""), (day("2027-02-10"), "市町村", "不採用", "財源がない")]
        );
    }
}
