//! The figures of a year, one question a screen, and the way down to what stands behind them.

use super::RegionDesk;
use crate::app::chooser::{Choice, Chooser, Pick};
use crate::app::model::{Effect, Model, Overlay, Screen};
use crate::domain::{Id, RegionalIssue};
use crate::layout::measure::ellipsis;
use crate::review::{Ask, Figure, FigureId, Ref, Review, Scope, Value};

/// The figures of a year as they are looked at.
#[derive(Debug, Clone)]
pub struct Counted {
    pub review: Box<Review>,
    /// The questions that are asked of it.
    pub questions: Vec<FigureId>,
    /// The one that is on the screen.
    pub figure: Figure,
    /// What the plan of the year has beside it: who keeps missing, who came for the first time, who brought cases.
    pub beside: [Figure; 3],
}

/// What stands large over a figure: a number, and what it counts.
pub type Headline = (String, &'static str);

impl Counted {
    fn new(review: Box<Review>, question: usize) -> Self {
        let towns = review.towns.len();
        let asked = FigureId::ALL.iter().copied().filter(|id| *id != FigureId::Towns || towns > 1);
        let questions: Vec<FigureId> = asked.collect();
        let at = questions.get(question).copied().unwrap_or(FigureId::Meetings);
        let beside =
            [FigureId::Missing, FigureId::FirstTime, FigureId::Presenters].map(|id| review.figure(id));
        Self { figure: review.figure(at), beside, questions, review }
    }

    /// The number the figure comes to.
    pub fn headline(&self) -> Headline {
        let (sum, figure) = (&self.review.sum, &self.figure);
        let with = |n: &dyn Fn(&Value) -> bool| {
            figure.rows.iter().filter(|r| r.cells.first().is_some_and(n)).count()
        };
        let some = |v: &Value| v.count().is_some_and(|n| n > 0);
        let keyed = figure.rows.iter().filter(|r| r.key.is_some()).count() as u64;
        let count = |n: u64, unit| (n.to_string(), unit);
        match figure.id {
            FigureId::Meetings | FigureId::Months | FigureId::Before => count(sum.meetings(), "回"),
            FigureId::Cases => count(sum.cases, "件"),
            FigureId::Attendances => count(sum.attendances, "人"),
            FigureId::People => count(sum.people(), "人"),
            FigureId::Organisations => count(sum.organisations, "団体"),
            FigureId::Professions => count(keyed, "職種"),
            FigureId::FirstTime => count(sum.first_time, "人"),
            FigureId::Missing => count(sum.short_meetings, "回"),
            FigureId::Presenters => count(with(&some) as u64, "機関"),
            FigureId::Issues | FigureId::Heat => count(sum.issues, "件"),
            FigureId::Reflected => count(sum.taken_up, "件"),
            FigureId::Decided => count(self.review.decided.len() as u64, "件"),
            FigureId::Actions => {
                let part = sum.action(crate::domain::ActionStatus::Done);
                let share = Value::Share { part, whole: sum.actions_kept() }.text();
                match share.strip_suffix('%') {
                    Some(number) => (number.to_owned(), "% 完了"),
                    None => count(0, "件"),
                }
            }
            FigureId::Speech => count(sum.entries_spoken(), "件"),
            FigureId::Towns => count(self.review.towns.len() as u64, "市町村"),
        }
    }

    /// What stands behind a row of the figure.
    pub(in crate::app) fn behind(&self, row: usize) -> Vec<Ref> {
        let key = self.figure.rows.get(row).and_then(|r| r.key.as_deref());
        self.review.behind(self.figure.id, key)
    }

    /// The column whose cells are drawn as bars; none where they cannot be laid beside each other.
    pub fn bars(&self) -> Option<usize> {
        match self.figure.id {
            FigureId::Heat | FigureId::Before => None,
            _ => Some(0),
        }
    }
}

/// So many meetings are counted before anybody notices.
const FEW: usize = 1000;

impl RegionDesk {
    /// Whether the figures of the year are counted where one is. What is decided changes them, so where that is done they are
    /// counted again and again, and only where that is no work.
    pub(in crate::app) fn is_counted_here(&self) -> bool {
        match self.screen {
            Screen::Year | Screen::Review => true,
            Screen::Decide | Screen::Forms => self.doc.meetings.len() <= FEW,
            _ => false,
        }
    }
}

impl Model {
    /// Asks for the figures of what is looked at, as soon as they are not those that were asked for.
    pub(in crate::app) fn refresh_review(&mut self) {
        let today = self.cx.now.today();
        let Some(region) = self.region.as_mut().filter(|_| self.desk.is_none()) else { return };
        let town = |town: &str| Scope::Town(town.to_owned());
        let scope = match region.screen {
            Screen::Year => town(region.written_town()),
            _ if region.is_counted_here() => region.town.as_deref().map_or(Scope::All, town),
            _ => return,
        };
        let ask = Ask { year: region.year, scope, today };
        if region.asked.as_ref() != Some(&ask) {
            region.asked = Some(ask.clone());
            self.cx.effects.push(Effect::Review(ask));
        }
    }

    /// The figures have come. Those of what nobody looks at any more are let go.
    pub(in crate::app) fn take_review(&mut self, answer: Result<Box<Review>, String>) {
        match answer {
            Ok(review) => {
                let Some(region) = self.region.as_mut() else { return };
                let asked = region.asked.as_ref();
                if asked.is_some_and(|ask| ask.year == review.year && ask.scope == review.scope) {
                    region.counted = Some(Counted::new(review, region.question));
                }
            }
            Err(problem) => self.cx.warn(problem),
        }
    }

    /// To another question.
    pub(in crate::app) fn turn_question(&mut self, step: isize) {
        let Some(region) = self.region.as_mut() else { return };
        let Some(counted) = region.counted.as_mut() else { return };
        let last = counted.questions.len().saturating_sub(1);
        region.question = region.question.saturating_add_signed(step).min(last);
        region.sheet.row = 0;
        if let Some(id) = counted.questions.get(region.question) {
            counted.figure = counted.review.figure(*id);
        }
        self.cx.touched = true;
    }

    /// To another row of the figure.
    pub(in crate::app) fn review_move(&mut self, step: isize) {
        let Some(region) = self.region.as_mut() else { return };
        let rows = region.counted.as_ref().map_or(0, |c| c.figure.rows.len());
        region.sheet.row = region.sheet.row.saturating_add_signed(step).min(rows.saturating_sub(1));
    }

    /// Down to what stands behind the selected row of the figure.
    pub(in crate::app) fn go_behind(&mut self) {
        let Some(region) = self.region.as_ref() else { return };
        let Some(counted) = region.counted.as_ref() else { return };
        let row = counted.figure.rows.get(region.sheet.row);
        let key = row.and_then(|r| r.key.as_deref());
        let mut choices: Vec<Choice> = Vec::new();
        for behind in counted.behind(region.sheet.row) {
            let choice = region.behind(&counted.review, behind, self.cx.marks.cut);
            // Several actions may be those of one meeting.
            choices.extend(choice.filter(|choice| !choices.iter().any(|c| c.pick == choice.pick)));
        }
        let label = row.map(|r| r.label.clone()).filter(|l| !l.is_empty() && key.is_some());
        let title = label.unwrap_or_else(|| counted.figure.id.title().to_owned());
        let mut chooser = Chooser::new(format!("{title}　{}件", choices.len()), choices);
        chooser.by_number &= chooser.choices.len() <= 9;
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// To an issue in the register.
    pub(in crate::app) fn go_to_issue(&mut self, issue: Id<RegionalIssue>) {
        if let Some(region) = self.region.as_mut() {
            region.words.take();
            region.filter = Default::default();
            region.town = None;
            region.find(&self.cx.lists);
            region.select(issue);
        }
        self.show_region(Screen::Issue);
        if let Some(region) = self.region.as_mut() {
            region.select(issue);
        }
    }
}

impl RegionDesk {
    /// What stands behind a figure, to be chosen.
    fn behind(&self, review: &Review, behind: Ref, cut: &str) -> Option<Choice> {
        let meeting = |id| {
            let (label, note) = self.meeting_words(id);
            Choice::new(label, note, Pick::Meeting(id))
        };
        match behind {
            Ref::Meeting(id) => Some(meeting(id)),
            Ref::Action(id) => {
                let mut actions = review.towns.iter().flat_map(|town| &town.actions);
                actions.find(|a| a.id == id).map(|a| meeting(a.meeting))
            }
            Ref::Issue(id) => {
                let entry = self.doc.entry(id)?;
                let words = ellipsis(&entry.issue.statement, 50, cut).into_owned();
                Some(Choice::new(words, format!("{}回", self.occasions(entry).len()), Pick::Issue(id)))
            }
        }
    }

    /// What was counted is not what stands any more.
    pub(in crate::app) fn uncount(&mut self) {
        self.asked = None;
    }
}
