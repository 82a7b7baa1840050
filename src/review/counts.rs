//! What is counted of a year: numbers that may be added up over towns, and the facts of a town they were counted from.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::{Action, ActionStatus, Case, Category, Id, Meeting, RegionalIssue};

/// A word that stands in many places and in memory once.
pub type Word = Arc<str>;

/// Numbers of a year that mean the same for one town and, added up, for many: what is told apart (people, bodies, cases)
/// is told apart within a town.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Towns with at least one meeting.
    pub towns: u64,
    /// Meetings held, by the key of their format.
    pub formats: BTreeMap<Word, u64>,
    /// Cases, each once.
    pub cases: u64,
    /// Meetings in which a case was spoken about.
    pub case_meetings: u64,
    /// The participants of each meeting, added up.
    pub attendances: u64,
    /// Of the attendances, those without a name.
    pub nameless: u64,
    /// People with a name, each once.
    pub named_people: u64,
    /// How many people those without a name are at least.
    pub nameless_people: u64,
    /// Bodies of which somebody came, each once.
    pub organisations: u64,
    /// The bodies of each meeting, added up.
    pub organisation_visits: u64,
    /// Bodies that brought a case, each once.
    pub presenting: u64,
    /// Meetings in which nobody was written down as presenter, and the plan names nobody either.
    pub without_presenter: u64,
    /// By the names of the lists; those who gave none under [`super::NO_PROFESSION`].
    pub professions: BTreeMap<Word, ProfessionCounts>,
    /// Attendances that were somebody's first.
    pub first_time: u64,
    /// Attendances that were not; of the others nobody has said.
    pub not_first_time: u64,
    /// Meetings in which a profession was missing that usually comes.
    pub short_meetings: u64,
    /// Words on the maps.
    pub entries: u64,
    /// Of these, those that nobody in particular said.
    pub entries_without_speaker: u64,
    /// From April to March.
    pub months: [MonthCounts; 12],
    /// Regional issues first raised in the year.
    pub issues: u64,
    /// Of these, those of which nobody has said yet that no person can be recognised in them.
    pub unconfirmed: u64,
    /// Issues of other meetings and years that showed again.
    pub issues_again: u64,
    /// Meetings in which an issue was raised or showed.
    pub evidence_meetings: u64,
    /// Issues by scene, by category, and by both; an issue may have several of each. The empty word stands for none.
    pub scenes: BTreeMap<Word, u64>,
    /// Issues by category, as [`category_word`] writes it.
    pub categories: BTreeMap<Word, u64>,
    /// Issues by scene and category.
    pub heat: BTreeMap<(Word, Word), u64>,
    /// Issues by what was decided about them; the empty word stands for nothing yet.
    pub reflected: BTreeMap<Word, u64>,
    /// Issues that went into next year's plan or budget.
    pub taken_up: u64,
    /// Actions in the order of [`ActionStatus::ALL`].
    pub actions: [u64; 4],
    /// Of the open actions, those whose day has passed.
    pub overdue: u64,
    /// Of the open actions, those with a day.
    pub open_with_day: u64,
}

/// What is counted of a profession.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ProfessionCounts {
    /// The participants of that profession in each meeting, added up.
    pub attendances: u64,
    /// Meetings to which somebody of it came.
    pub meetings: u64,
    /// Words on the maps that they said.
    pub entries: u64,
    /// Towns in which it usually comes.
    pub usual: u64,
    /// Meetings of these towns to which nobody of it came.
    pub missing: u64,
    /// Of these towns, those whose last two meetings nobody of it came to.
    pub away: u64,
}

/// What is counted of a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MonthCounts {
    /// Meetings held.
    pub meetings: u64,
    /// The participants of each meeting, added up.
    pub attendances: u64,
}

impl Counts {
    /// Meetings held.
    pub fn meetings(&self) -> u64 {
        self.formats.values().sum()
    }

    /// People, each once: those with a name, and what is known of those without.
    pub fn people(&self) -> u64 {
        self.named_people + self.nameless_people
    }

    /// The actions of a status.
    pub fn action(&self, status: ActionStatus) -> u64 {
        ActionStatus::ALL.iter().zip(self.actions).filter(|(s, _)| **s == status).map(|(_, n)| n).sum()
    }

    /// Actions that were not given up.
    pub fn actions_kept(&self) -> u64 {
        self.actions.iter().sum::<u64>() - self.action(ActionStatus::Dropped)
    }

    /// Entries whose speaker is known.
    pub fn entries_spoken(&self) -> u64 {
        self.entries - self.entries_without_speaker
    }

    /// Adds what was counted of another town, in which nobody and nothing is the same as here.
    pub fn add(&mut self, other: &Counts) {
        self.towns += other.towns;
        self.cases += other.cases;
        self.case_meetings += other.case_meetings;
        self.attendances += other.attendances;
        self.nameless += other.nameless;
        self.named_people += other.named_people;
        self.nameless_people += other.nameless_people;
        self.organisations += other.organisations;
        self.organisation_visits += other.organisation_visits;
        self.presenting += other.presenting;
        self.without_presenter += other.without_presenter;
        self.first_time += other.first_time;
        self.not_first_time += other.not_first_time;
        self.short_meetings += other.short_meetings;
        self.entries += other.entries;
        self.entries_without_speaker += other.entries_without_speaker;
        self.issues += other.issues;
        self.unconfirmed += other.unconfirmed;
        self.issues_again += other.issues_again;
        self.evidence_meetings += other.evidence_meetings;
        self.taken_up += other.taken_up;
        self.overdue += other.overdue;
        self.open_with_day += other.open_with_day;
        let maps = [
            (&mut self.formats, &other.formats),
            (&mut self.scenes, &other.scenes),
            (&mut self.categories, &other.categories),
            (&mut self.reflected, &other.reflected),
        ];
        for (mine, theirs) in maps {
            add_all(mine, theirs);
        }
        add_all(&mut self.heat, &other.heat);
        for (word, theirs) in &other.professions {
            self.professions.entry(word.clone()).or_default().add(theirs);
        }
        for (mine, theirs) in self.actions.iter_mut().zip(other.actions) {
            *mine += theirs;
        }
        for (mine, theirs) in self.months.iter_mut().zip(other.months) {
            mine.meetings += theirs.meetings;
            mine.attendances += theirs.attendances;
        }
    }
}

fn add_all<K: Ord + Clone>(mine: &mut BTreeMap<K, u64>, theirs: &BTreeMap<K, u64>) {
    for (key, n) in theirs {
        *mine.entry(key.clone()).or_default() += n;
    }
}

impl ProfessionCounts {
    pub(super) fn add(&mut self, other: &Self) {
        self.attendances += other.attendances;
        self.meetings += other.meetings;
        self.entries += other.entries;
        self.usual += other.usual;
        self.missing += other.missing;
        self.away += other.away;
    }
}

/// The year of one town.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TownYear {
    /// Empty where records of one town alone are kept.
    pub town: String,
    /// What was counted of it.
    pub counts: Counts,
    /// The meetings held, by their days.
    pub held: Vec<Held>,
    /// Meetings of the year that are still to come; nothing of them is counted.
    pub ahead: Vec<Held>,
    /// The issues raised in it.
    pub issues: Vec<IssueFact>,
    /// The plans of its meetings.
    pub actions: Vec<ActionFact>,
    /// The bodies that came, those that brought a case most often first.
    pub bodies: Vec<Body>,
}

/// A meeting, and what of the figures stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The meeting's own.
    pub id: Id<Meeting>,
    /// The day it was held; none of the year is without.
    pub date: Option<NaiveDate>,
    /// What people call it.
    pub title: String,
    /// The key of its format.
    pub format: Word,
    /// The case that was spoken about.
    pub case: Option<Id<Case>>,
    /// How many people sat at the table.
    pub participants: u32,
    /// From how many bodies they came.
    pub organisations: u32,
    /// For how many it was the first time.
    pub first_time: u32,
    /// Who came, each profession once.
    pub professions: Vec<Word>,
    /// Who usually comes and did not.
    pub missing: Vec<Word>,
    /// The body that brought the case.
    pub presenter: Option<Word>,
    /// How many words stand on its map.
    pub entries: u32,
    /// Issues first raised here.
    pub issues: u32,
    /// An issue was raised here, or showed.
    pub evidence: bool,
}

/// A regional issue, as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssueFact {
    /// The issue's own.
    pub id: Id<RegionalIssue>,
    /// The meeting that raised it first.
    pub meeting: Id<Meeting>,
    /// As the lists call them.
    pub scenes: Arc<[Word]>,
    /// As [`category_word`] writes them.
    pub categories: Arc<[Word]>,
    /// What was decided about it; empty for nothing yet.
    pub reflected: Word,
    /// Whether that decision is one of `Lists::taken_up`.
    pub taken_up: bool,
    /// Whether somebody has said that nobody can be recognised in it.
    pub confirmed: bool,
}

/// An action, as far as it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ActionFact {
    /// The row's own.
    pub id: Id<Action>,
    /// The meeting whose plan it stands in.
    pub meeting: Id<Meeting>,
    /// What became of it so far; none where it is in other words.
    pub status: Option<ActionStatus>,
    /// Whether it is still open and its day has passed.
    pub overdue: bool,
}

/// A body that takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body {
    /// As it was typed first.
    pub name: Word,
    /// Meetings to which somebody of it came.
    pub meetings: u64,
    /// Meetings to which it brought the case.
    pub presented: u64,
    /// The cases it brought, each once.
    pub cases: u64,
}

/// A category as it is written in tables: `(ウ)切れ目のない…`.
pub fn category_word(category: &Category) -> String {
    if category.letter.is_empty() {
        return category.label.clone();
    }
    format!("({}){}", category.letter, category.label)
}
