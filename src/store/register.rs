//! The regional issues of all meetings.

use std::collections::HashMap;

use super::rows::Row;
use super::{Store, StoreError};
use crate::domain::register::{Entry, Occasion};
use crate::domain::{Id, RegionalIssue};

impl Store {
    /// All regional issues with their evidence, those raised first at the top, those of meetings without a date at the end.
    pub fn register(&self) -> Result<Vec<Entry>, StoreError> {
        let _snapshot = self.snapshot()?;
        let mut evidence = self.evidence_by_issue()?;
        let sql = format!(
            "SELECT {}, m.date, m.title FROM regional_issues r JOIN meetings m ON m.id = r.meeting
             ORDER BY m.date IS NULL, m.date, m.id, r.rank, r.id",
            RegionalIssue::columns("r.")
        );
        self.rows(&sql, [], |cells| {
            let issue = RegionalIssue::read(cells)?;
            let raised = Occasion { date: cells.take()?, meeting: issue.meeting };
            let title = cells.take()?;
            Ok(Entry { raised, title, evidence: evidence.remove(&issue.id).unwrap_or_default(), issue })
        })
    }

    /// The meetings in which each issue showed, each once, by their dates.
    fn evidence_by_issue(&self) -> Result<HashMap<Id<RegionalIssue>, Vec<Occasion>>, StoreError> {
        let sql = "SELECT DISTINCT e.issue, m.date, m.id FROM evidence e JOIN meetings m ON m.id = e.meeting
            ORDER BY e.issue, m.date IS NULL, m.date, m.id";
        let mut all: HashMap<Id<RegionalIssue>, Vec<Occasion>> = HashMap::new();
        for (issue, occasion) in self.rows(sql, [], |cells| {
            Ok((cells.take()?, Occasion { date: cells.take()?, meeting: cells.take()? }))
        })? {
            all.entry(issue).or_default().push(occasion);
        }
        Ok(all)
    }
}
