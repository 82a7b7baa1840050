//! The way down from a figure: the meetings, issues and actions that were counted.

use super::figure::FigureId;
use super::{Held, IssueFact, Review};
use crate::domain::yearly::{MONTHS, month_index};
use crate::domain::{Action, Id, Meeting, RegionalIssue};

/// Something that stands behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ref {
    /// A meeting that was held.
    Meeting(Id<Meeting>),
    /// An issue that was raised in the year, or decided about.
    Issue(Id<RegionalIssue>),
    /// A row of a plan.
    Action(Id<Action>),
}

impl Review {
    /// What stands behind a row of a figure ([`super::Row::key`]), or behind all of it.
    pub fn behind(&self, figure: FigureId, key: Option<&str>) -> Vec<Ref> {
        let is = |word: &str| key.is_none_or(|key| key == word);
        match figure {
            FigureId::Meetings => self.meetings_where(|held| is(&held.format)),
            FigureId::Cases => self.meetings_where(|held| held.case.is_some()),
            FigureId::Attendances | FigureId::People | FigureId::Before => self.meetings_where(|_| true),
            FigureId::Organisations => self.meetings_where(|held| held.organisations > 0),
            FigureId::Professions => self.meetings_where(|held| held.professions.iter().any(|p| is(p))),
            FigureId::Speech => self.meetings_where(|held| {
                held.entries > 0 && (key.is_none() || held.professions.iter().any(|p| is(p)))
            }),
            FigureId::FirstTime => self.meetings_where(|held| held.first_time > 0),
            FigureId::Missing => self.meetings_where(|held| held.missing.iter().any(|p| is(p))),
            FigureId::Presenters => self.meetings_where(|held| held.presenter.as_deref().is_some_and(is)),
            FigureId::Months => self.meetings_where(|held| {
                let month = held.date.and_then(|day| MONTHS.get(month_index(day)));
                month.is_some_and(|month| is(&month.to_string()))
            }),
            FigureId::Issues => match key {
                Some("evidence") => self.meetings_where(|held| held.evidence),
                Some("unconfirmed") => self.issues_where(|issue| !issue.confirmed),
                _ => self.issues_where(|_| true),
            },
            FigureId::Heat => self.issues_where(|issue| issue.scenes.iter().any(|scene| is(scene))),
            FigureId::Reflected => self.issues_where(|issue| match key {
                None => issue.taken_up,
                Some(key) => issue.reflected.as_ref() == key,
            }),
            FigureId::Decided => {
                let steps = self.decided.iter().filter(|step| is(&step.decision));
                let mut issues: Vec<Ref> = steps.map(|step| Ref::Issue(step.issue)).collect();
                issues.sort_unstable();
                issues.dedup();
                issues
            }
            FigureId::Actions => {
                let of = self.towns.iter().flat_map(|town| &town.actions);
                let of = of.filter(|action| {
                    action.status.is_some_and(|s| is(s.key())) || (key == Some("overdue") && action.overdue)
                });
                of.map(|action| Ref::Action(action.id)).collect()
            }
            FigureId::Towns => {
                let towns = self.towns.iter().filter(|town| is(&town.town));
                towns.flat_map(|town| &town.held).map(|held| Ref::Meeting(held.id)).collect()
            }
        }
    }

    /// The issues behind one cell of the heat table.
    pub fn behind_heat(&self, scene: &str, category: &str) -> Vec<Ref> {
        self.issues_where(|issue| {
            issue.scenes.iter().any(|s| s.as_ref() == scene)
                && issue.categories.iter().any(|c| c.as_ref() == category)
        })
    }

    fn meetings_where(&self, wanted: impl Fn(&Held) -> bool) -> Vec<Ref> {
        self.held().filter(|held| wanted(held)).map(|held| Ref::Meeting(held.id)).collect()
    }

    fn issues_where(&self, wanted: impl Fn(&IssueFact) -> bool) -> Vec<Ref> {
        let issues = self.towns.iter().flat_map(|town| &town.issues);
        issues.filter(|issue| wanted(issue)).map(|issue| Ref::Issue(issue.id)).collect()
    }
}
