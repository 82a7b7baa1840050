//! The meeting itself, its steps, and how far it has come.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Aside, Case, Id, Moment, Participant};

/// The kinds of step a meeting is made of. What a step does on the screen follows from its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// The rules and the aim are read out, and who is there is written down.
    Opening,
    /// The presenter tells, and the map begins.
    Interview,
    /// The others ask what is still unknown.
    Questions,
    /// Which issues there are, and which bring about which.
    Analysis,
    /// What could be done about each issue.
    Ideas,
    /// Who does what by when.
    Plan,
    /// What is not only this person's problem.
    Regional,
    /// What people take home with them.
    Closing,
}

impl Step {
    /// In the usual order of a meeting.
    pub const ALL: [Step; 8] = [
        Step::Opening,
        Step::Interview,
        Step::Questions,
        Step::Analysis,
        Step::Ideas,
        Step::Plan,
        Step::Regional,
        Step::Closing,
    ];

    /// The key in files and tables.
    pub fn key(self) -> &'static str {
        match self {
            Step::Opening => "opening",
            Step::Interview => "interview",
            Step::Questions => "questions",
            Step::Analysis => "analysis",
            Step::Ideas => "ideas",
            Step::Plan => "plan",
            Step::Regional => "regional",
            Step::Closing => "closing",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Step::Opening => "導入",
            Step::Interview => "聞き取り",
            Step::Questions => "質問",
            Step::Analysis => "課題の分析",
            Step::Ideas => "支援策",
            Step::Plan => "行動計画",
            Step::Regional => "地域課題",
            Step::Closing => "振り返り",
        }
    }

    /// The step of a key; none where no step has it.
    pub fn from_key(key: &str) -> Option<Step> {
        Step::ALL.into_iter().find(|step| step.key() == key)
    }

    /// Whether the map is what people look at in this step.
    pub fn shows_map(self) -> bool {
        match self {
            Step::Interview | Step::Questions | Step::Analysis | Step::Ideas => true,
            Step::Opening | Step::Plan | Step::Regional | Step::Closing => false,
        }
    }
}

/// One step as this meeting plans it, copied from the format so that the record stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepPlan {
    /// What is done in it.
    pub step: Step,
    /// What this town calls it.
    pub title: String,
    /// How long it is meant to take, in minutes.
    pub minutes: u32,
}

impl StepPlan {
    /// No step is planned to take longer, in minutes.
    pub const LONGEST: u32 = 600;
}

/// The side of the map a main branch grows on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Left of the case in the middle.
    Left,
    /// Right of the case in the middle.
    Right,
}

/// A main branch of the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Branch {
    /// What it is called; no two branches of a meeting have the same title.
    pub title: String,
    /// Where the format puts it; a map that is full may have it on the other side.
    pub side: Side,
}

/// One meeting. Nothing in it has to be filled in before people start to speak.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meeting {
    /// Given where it was made, the same on every machine.
    pub id: Id<Meeting>,
    /// The day it is held, or is meant to be.
    pub date: Option<NaiveDate>,
    /// Where people meet.
    pub venue: String,
    /// What people call it.
    pub title: String,
    /// The body that invites.
    pub organiser: String,
    /// The town whose meeting it is; empty where records of one town alone are kept.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub town: String,
    /// The key of the session format, such as `mieru`.
    pub format: String,
    /// The steps in the order in which they are gone through.
    pub steps: Vec<StepPlan>,
    /// The main branches in the order of the format.
    pub branches: Vec<Branch>,
    /// The case it speaks of.
    pub case: Option<Id<Case>>,
    /// First and second facilitator; either may be open.
    pub facilitators: [Option<Id<Participant>>; 2],
    /// Who brings the case.
    pub presenter: Option<Id<Participant>>,
    /// When the follow-up is.
    pub next_date: Option<NaiveDate>,
    /// The entries of the closing checklist that are done.
    pub checked: BTreeSet<String>,
    /// Anything else about the meeting.
    pub note: String,
    /// What was typed into fields that cannot hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
}

/// What the two facilitators are called, each by their seat.
pub const FACILITATORS: [&str; 2] = ["司会（1人目）", "司会（2人目）"];

/// The names of the two seats in files.
pub const SEATS: [&str; 2] = ["facilitator_1", "facilitator_2"];

/// What stands in a meeting.
macro_rules! meeting_fields {
    ($read:ident) => {
        $read! { Meeting MeetingField "会議" [id] {
            Date         date         "日付"         (day),
            Venue        venue        "場所"         (text),
            Title        title        "題名"         (text),
            Organiser    organiser    "主催"         (text),
            Town         town         "市町村"       (text),
            Format       format       "会のやり方"   (text),
            Steps        steps        "段階"         (steps),
            Branches     branches     "大枝"         (list),
            Case         case         "事例"         (needs) in "case_id",
            Facilitators facilitators "司会（ファシリテーター）" (seats super::FACILITATORS) in "facilitator_1" "facilitator_2",
            Presenter    presenter    "事例提供者"   (refers),
            NextDate     next_date    "次回の日"     (day),
            Checked      checked      "終わりの確認" (list),
            Note         note         "備考"         (text),
            Aside        aside        "欄のわきのことば" (beside called_in_meeting) [apart],
        } }
    };
}
pub(crate) use meeting_fields;

impl Meeting {
    /// Its steps, and what is kept for each, are no more than that.
    pub const MOST_STEPS: usize = 1000;

    /// A meeting of which nothing is known yet.
    pub fn new(id: Id<Meeting>) -> Self {
        Self {
            id,
            date: None,
            venue: String::new(),
            title: String::new(),
            organiser: String::new(),
            town: String::new(),
            format: String::new(),
            steps: Vec::new(),
            branches: Vec::new(),
            case: None,
            facilitators: [None, None],
            presenter: None,
            next_date: None,
            checked: BTreeSet::new(),
            note: String::new(),
            aside: Vec::new(),
        }
    }

    /// The planned minutes of all steps.
    pub fn planned_minutes(&self) -> u32 {
        self.steps.iter().fold(0, |sum, step| sum.saturating_add(step.minutes))
    }

    /// The place of a branch in the list of branches.
    pub fn branch_index(&self, title: &str) -> Option<usize> {
        self.branches.iter().position(|b| b.title == title)
    }
}

/// The Japanese fiscal year of a day: April to March, named by its April.
pub fn fiscal_year(date: NaiveDate) -> i32 {
    if date.month() >= 4 { date.year() } else { date.year() - 1 }
}

/// How far a meeting has come. Kept apart from [`Meeting`] because going on to the next step is not something to undo:
/// one goes back with a key, and the minutes stay spent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Progress {
    /// The meeting's id.
    pub id: Id<Progress>,
    /// Index into `Meeting::steps`.
    pub step: usize,
    /// Whole seconds spent in each step so far, in the order of `Meeting::steps`; shorter where later steps have not begun.
    pub spent: Vec<u32>,
    /// When its clocks began to run.
    pub started_at: Option<Moment>,
    /// When they stopped for good.
    pub ended_at: Option<Moment>,
    /// Questions marked by hand as asked, or as still open, under the names of [`super::asking::mark`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub asked: BTreeMap<String, bool>,
    /// Who passed in the round of the current step, once for each turn that was passed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<Id<Participant>>,
}

/// What stands in the progress of a meeting.
macro_rules! progress_fields {
    ($read:ident) => {
        $read! { Progress ProgressField "進み具合" [id in "meeting"] {
            Step      step       "今の段階"       (count Meeting::MOST_STEPS as u64 - 1),
            Spent     spent      "かかった時間"   (times),
            StartedAt started_at "始まり"         (moment),
            EndedAt   ended_at   "終わり"         (moment),
            Asked     asked      "聞いた問い"     (marks),
            Passed    passed     "順番を送った人" (mentions),
        } }
    };
}
pub(crate) use progress_fields;

impl Progress {
    /// That of a meeting that has not begun.
    pub fn new(meeting: Id<Meeting>) -> Self {
        Self {
            id: meeting.cast(),
            step: 0,
            spent: Vec::new(),
            started_at: None,
            ended_at: None,
            asked: BTreeMap::new(),
            passed: Vec::new(),
        }
    }

    /// The meeting whose progress it is.
    pub fn meeting(&self) -> Id<Meeting> {
        self.id.cast()
    }

    /// Seconds spent in the step at an index.
    pub fn spent_in(&self, step: usize) -> u32 {
        self.spent.get(step).copied().unwrap_or(0)
    }

    /// Seconds spent in all steps.
    pub fn spent_in_all(&self) -> u32 {
        self.spent.iter().fold(0, |sum, spent| sum.saturating_add(*spent))
    }

    /// Adds seconds to the step at an index.
    pub fn spend(&mut self, step: usize, seconds: u32) {
        if self.spent.len() <= step {
            // A step that no meeting has must not cost the memory of all steps before it.
            self.spent.resize(step.min(Meeting::MOST_STEPS - 1) + 1, 0);
        }
        if let Some(spent) = self.spent.get_mut(step) {
            *spent = spent.saturating_add(seconds);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fiscal_year_turns_in_april() {
        let day = |m, d| NaiveDate::from_ymd_opt(2027, m, d).unwrap();
        assert_eq!(fiscal_year(day(3, 31)), 2026);
        assert_eq!(fiscal_year(day(4, 1)), 2027);
    }
}
