//! The regional issues of all meetings.

use std::collections::HashMap;

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use super::rows::{Field, Row};
use super::{Store, StoreError};
use crate::domain::register::{Entry, Occasion};
use crate::domain::{Escalation, Id, Meeting, RegionalIssue};

impl Store {
    /// All regional issues with their evidence, those raised first at the top, those of meetings without a date at the end.
    pub fn register(&self) -> Result<Vec<Entry>, StoreError> {
        self.entries_where("", "", &[])
    }

    /// These of the regional issues, in the same order; those that do not stand are left out.
    pub fn entries(&self, ids: &[Id<RegionalIssue>]) -> Result<Vec<Entry>, StoreError> {
        const THESE: &str = "IN (SELECT value FROM json_each(?1))";
        self.entries_where(
            &format!("WHERE r.id {THESE}"),
            &format!("WHERE e.issue {THESE}"),
            &[ids.to_vec().to_cell()],
        )
    }

    /// Every step of the way of every regional issue.
    pub fn escalations(&self) -> Result<Vec<Escalation>, StoreError> {
        self.rows(&Escalation::select(""), [], Escalation::read_whole)
    }

    /// What the people at these meetings are called, each name once; whoever has none is left out. Asked for only where
    /// something leaves the house: it costs a look into an index for each meeting.
    pub fn names(&self, meetings: impl IntoIterator<Item = Id<Meeting>>) -> Result<Vec<String>, StoreError> {
        let meetings: Vec<Id<Meeting>> = meetings.into_iter().collect();
        let sql = "SELECT DISTINCT name FROM participants
            WHERE meeting IN (SELECT value FROM json_each(?1)) AND name <> ''";
        self.rows(sql, [meetings.to_cell()], |cells| cells.take())
    }

    /// What each regional issue says that somebody has read for personal detail.
    pub fn confirmed_statements(&self) -> Result<Vec<(Id<RegionalIssue>, String)>, StoreError> {
        let sql = "SELECT id, statement FROM regional_issues WHERE confirmed";
        self.rows(sql, [], |cells| Ok((cells.take()?, cells.take()?)))
    }

    fn entries_where(
        &self,
        issues: &str,
        evidence: &str,
        parameters: &[Value],
    ) -> Result<Vec<Entry>, StoreError> {
        let _snapshot = self.snapshot()?;
        let mut evidence = self.evidence_by_issue(evidence, parameters)?;
        let sql = format!(
            "SELECT {}, m.date FROM regional_issues r JOIN meetings m ON m.id = r.meeting {issues}
             ORDER BY m.date IS NULL, m.date, m.id, r.rank, r.id",
            RegionalIssue::columns("r.")
        );
        self.rows(&sql, params_from_iter(parameters), |cells| {
            let issue = RegionalIssue::read(cells)?;
            let raised = Occasion { date: cells.take()?, meeting: issue.meeting };
            Ok(Entry { raised, evidence: evidence.remove(&issue.id).unwrap_or_default(), issue })
        })
    }

    /// The meetings in which each issue showed, each once, by their dates.
    fn evidence_by_issue(
        &self,
        condition: &str,
        parameters: &[Value],
    ) -> Result<HashMap<Id<RegionalIssue>, Vec<Occasion>>, StoreError> {
        let sql = format!(
            "SELECT DISTINCT e.issue, m.date, m.id FROM evidence e JOIN meetings m ON m.id = e.meeting {condition}
             ORDER BY e.issue, m.date IS NULL, m.date, m.id"
        );
        let mut all: HashMap<Id<RegionalIssue>, Vec<Occasion>> = HashMap::new();
        for (issue, occasion) in self.rows(&sql, params_from_iter(parameters), |cells| {
            Ok((cells.take()?, Occasion { date: cells.take()?, meeting: cells.take()? }))
        })? {
            all.entry(issue).or_default().push(occasion);
        }
        Ok(all)
    }
}
