//! The form of the regional issues, and those of earlier meetings that say nearly the same as the one being written: they are
//! offered, and may be joined.

pub mod alike;
pub(crate) mod draw;

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::register::Entry;
use crate::domain::{Id, RegionalIssue, fiscal_year};
use crate::ui::SheetState;
use crate::ui::sheet::field::Offer;

/// See the module.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RegionalForm {
    pub sheet: SheetState,
    /// The entries of the map as offers, while a cell is open that takes some.
    pub(crate) entries: Option<Vec<Offer>>,
    alike: Alike,
}

/// What is known of the register while a regional issue is written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Alike {
    /// What was asked for last.
    asked: Option<Question>,
    /// Those that are like the words, the most alike first.
    found: Vec<Id<RegionalIssue>>,
    /// Everything that was heard of.
    heard: BTreeMap<Id<RegionalIssue>, Entry>,
}

/// The words to be compared, and the issues of other meetings that this one shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Question {
    words: String,
    shown: BTreeSet<Id<RegionalIssue>>,
}

/// In how many meetings an issue showed, since when, and how far it has come.
pub fn standing(entry: &Entry) -> String {
    let issue = &entry.issue;
    let year = entry.raised.date.map(|date| format!("{}年度", fiscal_year(date)));
    let meetings = (!entry.evidence.is_empty()).then(|| format!("{}会議", entry.evidence.len()));
    let said = [&issue.level, &issue.status, &issue.reflected].into_iter().filter(|s| !s.is_empty()).cloned();
    year.into_iter().chain(meetings).chain(said).collect::<Vec<_>>().join("・")
}
