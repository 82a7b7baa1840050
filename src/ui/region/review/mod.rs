//! The figures of a year, one question a screen, and the way down to what stands behind them.

pub(crate) mod draw;

use crate::domain::register::Filter;
use crate::domain::{Id, RegionalIssue};
use crate::layout::measure::ellipsis;
use crate::review::{Ask, Figure, FigureId, Ref, Review, Scope, Value};
use crate::ui::{Choice, Chooser, Context, Effect, Pick, RegionPlace, RegionScreen};

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
    pub(crate) fn behind(&self, row: usize) -> Vec<Ref> {
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

impl RegionScreen {
    /// Whether the figures of the year are counted where one is. What is decided changes them, so where that is done they are
    /// counted again and again, and only where that is no work.
    pub(crate) fn is_counted_here(&self) -> bool {
        match self.screen {
            RegionPlace::Year | RegionPlace::Review => true,
            RegionPlace::Decide | RegionPlace::Forms => self.doc.meetings.len() <= FEW,
            _ => false,
        }
    }

    /// Asks for the figures of what is looked at, as soon as they are not those that were asked for.
    pub(crate) fn refresh_review(&mut self, cx: &mut Context) {
        let scope = match self.screen {
            RegionPlace::Year => Scope::Town(self.written_town().to_owned()),
            _ if self.is_counted_here() => self.town.clone().map_or(Scope::All, Scope::Town),
            _ => return,
        };
        let ask = Ask { year: self.year, scope, today: cx.today() };
        if self.asked.as_ref() != Some(&ask) {
            self.asked = Some(ask.clone());
            cx.effects.push(Effect::Review(ask));
        }
    }

    /// The figures have come. Those of what nobody looks at any more are let go.
    pub(crate) fn take_review(&mut self, review: Box<Review>) {
        let asked = self.asked.as_ref();
        if asked.is_some_and(|ask| ask.year == review.year && ask.scope == review.scope) {
            self.counted = Some(Counted::new(review, self.question));
        }
    }

    /// What was counted is not what stands any more.
    pub(crate) fn uncount(&mut self) {
        self.asked = None;
    }

    /// To another question.
    pub(crate) fn turn_question(&mut self, cx: &mut Context, step: isize) {
        let Some(counted) = self.counted.as_mut() else { return };
        let last = counted.questions.len().saturating_sub(1);
        self.question = self.question.saturating_add_signed(step).min(last);
        self.sheet.row = 0;
        if let Some(id) = counted.questions.get(self.question) {
            counted.figure = counted.review.figure(*id);
        }
        cx.touched = true;
    }

    /// To another row of the figure.
    pub(crate) fn review_move(&mut self, step: isize) {
        let rows = self.counted.as_ref().map_or(0, |c| c.figure.rows.len());
        self.sheet.row = self.sheet.row.saturating_add_signed(step).min(rows.saturating_sub(1));
    }

    /// Down to what stands behind the selected row of the figure.
    pub(crate) fn go_behind(&self, cx: &mut Context) {
        let Some(counted) = self.counted.as_ref() else { return };
        let row = counted.figure.rows.get(self.sheet.row);
        let mut choices: Vec<Choice> = Vec::new();
        for behind in counted.behind(self.sheet.row) {
            let choice = self.behind(&counted.review, behind, cx.marks.cut);
            // Several actions may be those of one meeting.
            choices.extend(choice.filter(|choice| !choices.iter().any(|c| c.pick == choice.pick)));
        }
        let label = row.filter(|r| r.key.is_some() && !r.label.is_empty()).map(|r| r.label.as_str());
        let title = label.unwrap_or_else(|| counted.figure.id.title());
        cx.choose(Chooser::new(format!("{title}　{}件", choices.len()), choices));
    }

    /// What stands behind a figure, to be chosen.
    fn behind(&self, review: &Review, behind: Ref, cut: &str) -> Option<Choice> {
        let meeting = |id| self.meeting_choice(id, Pick::Meeting(id));
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

    /// To an issue in the register.
    pub(crate) fn go_to_issue(&mut self, cx: &mut Context, issue: Id<RegionalIssue>) {
        self.words.take();
        (self.filter, self.town) = (Filter::default(), None);
        self.find(&cx.lists);
        self.select(Some(issue));
        self.show(cx, RegionPlace::Issue);
    }
}
