//! The yearly review (計画と振り返り): what a year came to, in figures that can be added up over towns. Pure, but for [`read`].
//!
//! A [`Tally`] counts the rows of a year as they come ([`crate::domain::yearly::Fold`]) and leaves a [`TownYear`] for each town; a [`Review`]
//! puts them together with the plan of the year and the year before. [`Review::figure`] says one figure with its definition,
//! [`Review::behind`] the meetings, issues and actions that stand behind it, and [`mask`] hides small groups in what leaves the house.

mod behind;
mod counts;
mod figure;
mod figures;
pub mod mask;
mod plan;
mod read;
mod tally;
mod unify;
mod words;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use behind::Ref;
pub use counts::{
    ActionFact, Body, Counts, Held, IssueFact, MonthCounts, ProfessionCounts, TownYear, Word, category_word,
};
pub use figure::{Figure, FigureId, Row, Value};
pub use figures::HEADLINES;
pub use plan::PlanCounts;
pub use read::{Ask, read};
pub use tally::Tally;

use crate::domain::yearly::{DecisionRow, MeetingRow};
use crate::domain::{Lists, Passage, Slot};

/// What those are counted under who gave no profession.
pub const NO_PROFESSION: &str = "職種の記載なし";

/// What the lists and session formats call things.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// What the town calls professions, scenes and categories.
    pub lists: &'a Lists,
    /// The titles of the session formats, by their keys.
    pub formats: &'a BTreeMap<String, String>,
}

/// What counting needs to know besides the rows.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// What the town calls professions, scenes and categories, and which professions usually come.
    pub lists: &'a Lists,
    /// The day on which the review is made: what comes later has not been held, and what was due earlier is overdue.
    pub today: NaiveDate,
    /// The plan of the year; it may say who brought a case where the meeting does not.
    pub slots: &'a [Slot],
}

/// Which towns a review is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// All towns, added up.
    All,
    /// The town as it stands in the records.
    Town(String),
}

/// Everything a review is made from.
#[derive(Debug, Clone)]
pub struct Source {
    /// The fiscal year, named by its April.
    pub year: i32,
    /// Which towns it is about.
    pub scope: Scope,
    /// The day on which it is made.
    pub today: NaiveDate,
    /// In any order.
    pub towns: Vec<TownYear>,
    /// The year before, counted in the same way.
    pub before: Counts,
    /// Meetings of which nobody knows the year.
    pub undated: Vec<MeetingRow>,
    /// The plan of the year.
    pub slots: Vec<Slot>,
    /// What stands in the forms of the year.
    pub passages: Vec<Passage>,
    /// What was decided in the year about regional issues of whichever year.
    pub decided: Vec<DecisionRow>,
}

impl Source {
    /// A year of which nothing was written down.
    pub fn empty(ask: &Ask) -> Self {
        Self {
            year: ask.year,
            scope: ask.scope.clone(),
            today: ask.today,
            towns: Vec::new(),
            before: Counts::default(),
            undated: Vec::new(),
            slots: Vec::new(),
            passages: Vec::new(),
            decided: Vec::new(),
        }
    }
}

/// A fiscal year of one town or of all.
#[derive(Debug, Clone)]
pub struct Review {
    /// The fiscal year, named by its April.
    pub year: i32,
    /// Which towns it is about.
    pub scope: Scope,
    /// The day on which it is made.
    pub today: NaiveDate,
    /// In the order of their names.
    pub towns: Vec<TownYear>,
    /// All towns added up.
    pub sum: Counts,
    /// The year before, all towns added up.
    pub before: Counts,
    /// Meetings of which nobody knows the year.
    pub undated: Vec<MeetingRow>,
    /// What became of the plan, by the key of the format.
    pub plan: BTreeMap<Word, PlanCounts>,
    /// The plan itself.
    pub slots: Vec<Slot>,
    /// What stands in the forms of the year.
    pub passages: Vec<Passage>,
    /// What was decided in the year about regional issues of whichever year.
    pub decided: Vec<DecisionRow>,
    /// The scenes and categories of the lists, in their order: rows and columns that stand there also when nothing is in them.
    pub scenes: Vec<Word>,
    /// The columns; see `scenes`.
    pub categories: Vec<Word>,
    reflected: Vec<Word>,
    /// What the kinds of meetings are called, by their keys.
    titles: BTreeMap<String, String>,
}

impl Review {
    /// Puts together what was counted.
    pub fn new(source: Source, terms: Terms<'_>) -> Self {
        let Source { year, scope, today, mut towns, before, undated, slots, passages, mut decided } = source;
        let lists = terms.lists;
        let mut known = words::Words::new(lists);
        for step in &mut decided {
            step.decision = known.decision(&step.decision).0;
        }
        towns.sort_by(|a, b| a.town.cmp(&b.town));
        unify::professions(&mut towns);
        let mut sum = Counts::default();
        for town in &towns {
            sum.add(&town.counts);
        }
        let words = |texts: &[String]| texts.iter().map(|text| Word::from(text.as_str())).collect();
        Self {
            year,
            scope,
            today,
            plan: plan::count(&slots, today),
            scenes: words(&lists.scenes),
            categories: lists.categories.iter().map(|c| Word::from(category_word(c))).collect(),
            reflected: words(&lists.reflected),
            titles: terms.formats.clone(),
            towns,
            sum,
            before,
            undated,
            slots,
            passages,
            decided,
        }
    }

    /// What a kind of meeting is called.
    pub fn format_title<'s>(&'s self, key: &'s str) -> &'s str {
        self.titles.get(key).map_or(key, String::as_str)
    }

    /// The meetings held, town by town.
    pub fn held(&self) -> impl Iterator<Item = &Held> {
        self.towns.iter().flat_map(|town| &town.held)
    }

    /// Meetings of the year that are still to come.
    pub fn ahead(&self) -> impl Iterator<Item = &Held> {
        self.towns.iter().flat_map(|town| &town.ahead)
    }

    /// 2026年度（令和8年度）.
    pub fn year_words(&self) -> String {
        year_words(self.year)
    }
}

/// A fiscal year as people say it.
pub fn year_words(year: i32) -> String {
    match year - 2018 {
        1 => format!("{year}年度（令和元年度）"),
        reiwa if reiwa > 1 => format!("{year}年度（令和{reiwa}年度）"),
        _ => format!("{year}年度"),
    }
}
