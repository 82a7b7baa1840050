//! The figures of a year, one question a screen, and the way down to what stands behind them.

pub(crate) mod draw;

use crate::layout::measure::ellipsis;
use crate::review::{Ask, Figure, FigureId, Ref, Review, Row, Scope, Value};
use crate::ui::{Choice, Chooser, Context, Effect, Pick, RegionPlace, RegionScreen};

/// The figures of a year as they are looked at.
#[derive(Debug, Clone)]
pub struct Counted {
    pub review: Box<Review>,
    /// The questions that are asked of it.
    pub questions: Vec<FigureId>,
    /// The one that is on the screen.
    pub figure: Figure,
    /// What each question comes to, and what that counts.
    pub heads: Vec<(String, &'static str)>,
    /// What the plan of the year has beside it: who keeps missing, who came for the first time, who brought cases.
    pub beside: [Figure; 3],
}

impl Counted {
    fn new(review: Box<Review>, question: usize) -> Self {
        let several = review.towns.len() > 1;
        let asked = FigureId::ALL.iter().copied().filter(|id| *id != FigureId::Towns || several);
        let questions: Vec<FigureId> = asked.collect();
        let at = questions.get(question).copied().unwrap_or(FigureId::Meetings);
        let beside =
            [FigureId::Missing, FigureId::FirstTime, FigureId::Presenters].map(|id| review.figure(id));
        let heads = questions.iter().map(|id| headline(&review, &review.figure(*id))).collect();
        Self { figure: review.figure(at), heads, beside, questions, review }
    }

    /// What stands large over the figure.
    pub fn headline(&self) -> (String, &'static str) {
        headline(&self.review, &self.figure)
    }

    /// What stands behind a row of the figure.
    pub(crate) fn behind(&self, row: usize) -> Vec<Ref> {
        let key = self.figure.rows.get(row).and_then(|r| r.key.as_deref());
        self.review.behind(self.figure.id, key)
    }
}

/// The number that a figure comes to, and what that counts.
fn headline(review: &Review, figure: &Figure) -> (String, &'static str) {
    let sum = &review.sum;
    let keyed = figure.rows.iter().filter(|r| r.key.is_some()).count() as u64;
    let so_many = |n: u64, unit| (n.to_string(), unit);
    match figure.id {
        FigureId::Meetings | FigureId::Months | FigureId::Before => so_many(sum.meetings(), "回"),
        FigureId::Cases => so_many(sum.cases, "件"),
        FigureId::Attendances => so_many(sum.attendances, "人"),
        FigureId::People => so_many(sum.people(), "人"),
        FigureId::Organisations => so_many(sum.organisations, "団体"),
        FigureId::Professions => so_many(keyed, "職種"),
        FigureId::FirstTime => so_many(sum.first_time, "人"),
        FigureId::Missing => so_many(sum.short_meetings, "回"),
        FigureId::Presenters => so_many(sum.presenting, "機関"),
        FigureId::Issues | FigureId::Heat => so_many(sum.issues, "件"),
        FigureId::Reflected => so_many(sum.taken_up, "件"),
        FigureId::Decided => so_many(review.decided.len() as u64, "件"),
        FigureId::Actions => {
            let part = sum.action(crate::domain::ActionStatus::Done);
            match (Value::Share { part, whole: sum.actions_kept() }).text().strip_suffix('%') {
                Some(number) => (number.to_owned(), "% 完了"),
                None => so_many(0, "件"),
            }
        }
        FigureId::Speech => so_many(sum.entries_spoken(), "件"),
        FigureId::Towns => so_many(review.towns.len() as u64, "市町村"),
    }
}

/// What is counted in a column of a row; 0 where nothing is.
pub(crate) fn count(row: &Row, column: usize) -> u64 {
    row.cells.get(column).and_then(|value| value.count()).unwrap_or(0)
}

/// The figures of the year, and which of the questions one stands at.
#[derive(Debug, Clone, Default)]
pub struct YearReview {
    pub question: usize,
    /// The figures, once they have come.
    pub counted: Option<Counted>,
    /// Which were asked for; none where what was counted is not what stands any more.
    pub(crate) asked: Option<Ask>,
}

impl YearReview {
    /// The figures have come. Those of what nobody looks at any more are let go.
    pub(crate) fn take(&mut self, review: Box<Review>) {
        let asked = self.asked.as_ref();
        if asked.is_some_and(|ask| ask.year == review.year && ask.scope == review.scope) {
            self.counted = Some(Counted::new(review, self.question));
        }
    }

    /// To another question, and to the first row of its figure.
    pub(crate) fn turn(&mut self, step: isize, row: &mut usize) {
        let Some(counted) = self.counted.as_mut() else { return };
        self.question = self.question.saturating_add_signed(step).min(counted.questions.len() - 1);
        counted.figure = counted.review.figure(counted.questions[self.question]);
        *row = 0;
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
        if self.review.asked.replace(ask.clone()).is_none_or(|asked| asked != ask) {
            cx.effects.push(Effect::Review(ask));
        }
    }

    /// Down to what stands behind the selected row of the figure.
    pub(crate) fn go_behind(&self, cx: &mut Context) {
        let Some(counted) = self.review.counted.as_ref() else { return };
        let mut choices: Vec<Choice> = Vec::new();
        for behind in counted.behind(self.sheet.row) {
            let choice = self.behind(&counted.review, behind, cx.marks.cut);
            // Several actions may be those of one meeting.
            choices.extend(choice.filter(|choice| !choices.iter().any(|c| c.pick == choice.pick)));
        }
        let row = counted.figure.rows.get(self.sheet.row).filter(|r| r.key.is_some() && !r.label.is_empty());
        let title = row.map_or(counted.figure.id.title(), |row| &row.label);
        cx.choose(Chooser::new(format!("{title}　{}件", choices.len()), choices));
    }

    /// What stands behind a figure, to be chosen.
    fn behind(&self, review: &Review, behind: Ref, cut: &str) -> Option<Choice> {
        let meeting = match behind {
            Ref::Meeting(id) => id,
            Ref::Action(id) => review.towns.iter().flat_map(|t| &t.actions).find(|a| a.id == id)?.meeting,
            Ref::Issue(id) => {
                let entry = self.doc.entry(id)?;
                let words = ellipsis(&entry.issue.statement, 50, cut);
                let times = format!("{}回", self.occasions(entry).len());
                return Some(Choice::new(words, times, Pick::Issue(id)));
            }
        };
        Some(self.meeting_choice(meeting, Pick::Meeting(meeting)))
    }
}
