//! What of a year's records the yearly review counts, row by row: so that a year of many towns need not be in memory.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{ActionStatus, Case, Category, Id, Meeting, Participant, RegionalIssue, fiscal_year};

/// A meeting, as far as a year is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRow {
    /// The meeting's own.
    pub id: Id<Meeting>,
    /// The day it was held.
    pub date: Option<NaiveDate>,
    /// The town whose meeting it is; empty where records of one town alone are kept.
    pub town: String,
    /// The key of the session format.
    pub format: String,
    /// What people call it.
    pub title: String,
    /// The case it spoke of.
    pub case: Option<Id<Case>>,
    /// Who brought the case.
    pub presenter: Option<Id<Participant>>,
}

/// Something that was written down in a meeting, lent for the moment in which it is counted.
#[derive(Debug, Clone, Copy)]
pub enum YearRow<'a> {
    /// Somebody who was there.
    Participant(ParticipantRow<'a>),
    /// So many entries of the map, and who said them.
    Entries {
        /// None: nobody in particular.
        speaker: Option<Id<Participant>>,
        /// How many.
        count: u64,
    },
    /// A row of its plan.
    Action(ActionRow),
    /// A regional issue first raised there.
    Issue(IssueRow<'a>),
    /// A regional issue showed here, of this meeting or of another.
    Evidence(Id<RegionalIssue>),
}

/// Who was there, in the words that were typed.
#[derive(Debug, Clone, Copy)]
pub struct ParticipantRow<'a> {
    /// One meeting's; the same person has another id in the next.
    pub id: Id<Participant>,
    /// May be empty.
    pub name: &'a str,
    /// As typed.
    pub profession: &'a str,
    /// Where they work, as typed.
    pub organisation: &'a str,
    /// Whether it was their first time; none where nobody has said so.
    pub first_time: Option<bool>,
}

/// A row of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionRow {
    /// The row's own.
    pub id: Id<super::Action>,
    /// What became of it so far; none where it is in other words.
    pub status: Option<ActionStatus>,
    /// The day it was to be done by; none where only words say so.
    pub until: Option<NaiveDate>,
}

/// A regional issue that was first raised here.
#[derive(Debug, Clone, Copy)]
pub struct IssueRow<'a> {
    /// The issue's own.
    pub id: Id<RegionalIssue>,
    /// Any of `Lists::scenes`.
    pub scenes: &'a [String],
    /// Any of `Lists::categories`.
    pub categories: &'a [Category],
    /// What was decided: 計画, 予算, 不採用, or nothing yet.
    pub reflected: &'a str,
    /// Whether somebody has said that nobody can be recognised in it.
    pub confirmed: bool,
}

/// What was decided about a regional issue, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// The issue.
    pub issue: Id<RegionalIssue>,
    /// Few differ: each stands in memory once.
    pub decision: Arc<str>,
}

/// Where rows go: those of a meeting come after it, participants first. The meetings of a town come in any order, and between
/// them those of others.
pub trait Fold {
    /// A meeting begins: the rows that follow are of it.
    fn meeting(&mut self, meeting: &MeetingRow);
    /// Something that was written down in the meeting before it.
    fn row(&mut self, row: YearRow<'_>);
}

/// The first day of a fiscal year, and the first of the next; none for a year beyond all calendars.
pub fn days(year: i32) -> Option<(NaiveDate, NaiveDate)> {
    Some((NaiveDate::from_ymd_opt(year, 4, 1)?, NaiveDate::from_ymd_opt(year.checked_add(1)?, 4, 1)?))
}

/// The place of a day's month in its fiscal year: April is 0.
pub fn month_index(day: NaiveDate) -> usize {
    use chrono::Datelike;
    (day.month0() as usize + 9) % 12
}

/// The months of a fiscal year as numbers, April first.
pub const MONTHS: [u32; 12] = [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3];

impl MeetingRow {
    /// The fiscal year it belongs to; none without a day.
    pub fn year(&self) -> Option<i32> {
        self.date.map(fiscal_year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 年度は四月一日に始まり三月三十一日に終わる() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (first, next) = days(2026).unwrap();
        assert_eq!((first, next), (day("2026-04-01"), day("2027-04-01")));
        assert_eq!([first.pred_opt().unwrap(), first, next].map(fiscal_year), [2025, 2026, 2027]);
        assert_eq!(["2026-04-01", "2027-03-31", "2026-12-01"].map(|d| month_index(day(d))), [0, 11, 8]);
        assert_eq!(MONTHS[month_index(day("2027-01-05"))], 1);
        assert_eq!(days(i32::MAX), None);
    }
}
