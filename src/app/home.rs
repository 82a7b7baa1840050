//! From the list of meetings into one of them, and through its steps.

use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::document::{Document, Keeping};
use super::model::{Desk, Effect, Model, Overlay, Screen};
use super::sheet::SheetState;
use crate::command::Command;
use crate::domain::{
    Case, Change, Dossier, Id, JournalEntry, Kind, Meeting, Stamped, Step, asking, fiscal_year,
};
use crate::store::{HomeData, OpenAction, Summary};

/// A row of the home screen, as what it stands for: its place changes with the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HomeItem {
    New,
    Meeting(Id<Meeting>),
    Register,
    Year,
    Review,
    Sample,
    Help,
}

/// What stands under the meetings; on the first day there is nothing yet to look at over them.
const AFTER: [HomeItem; 5] =
    [HomeItem::Register, HomeItem::Year, HomeItem::Review, HomeItem::Sample, HomeItem::Help];

/// What of the home screen is seen, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HomeRows {
    /// Each row that can be selected, by its place.
    pub items: Vec<(usize, Rect)>,
    /// The headings of the fiscal years.
    pub years: Vec<(i32, Rect)>,
}

/// How the list of meetings stands on an endless screen: made once when it arrives, for there may be thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HomeTops {
    /// The top of each row that can be selected.
    items: Vec<i32>,
    /// The tops of the headings with their fiscal years.
    years: Vec<(i32, i32)>,
}

impl HomeTops {
    /// Each meeting takes two rows, the other choices one; a free row after the first choice, a heading before each year.
    fn of(meetings: &[Summary]) -> Self {
        let mut tops = Self { items: vec![0], years: Vec::new() };
        let mut y = 2;
        for meeting in meetings {
            if let Some(year) = meeting.date.map(fiscal_year)
                && tops.years.last().is_none_or(|(_, last)| *last != year)
            {
                tops.years.push((y, year));
                y += 1;
            }
            tops.items.push(y);
            y += 2;
        }
        tops.items.extend((0..AFTER.len()).map(|i| y + i as i32));
        tops
    }
}

impl Model {
    /// What the home screen has under the meetings.
    fn home_after(&self) -> &'static [HomeItem] {
        if self.home.summaries.is_empty() { &AFTER[3..] } else { &AFTER }
    }

    /// How many rows the home screen has: a new meeting, those there are, and what comes after them.
    pub fn home_count(&self) -> usize {
        self.home.summaries.len() + 1 + self.home_after().len()
    }

    /// What a row of the home screen stands for.
    pub fn home_item(&self, row: usize) -> Option<HomeItem> {
        match row.checked_sub(self.home.summaries.len() + 1) {
            None if row == 0 => Some(HomeItem::New),
            None => self.home.summaries.get(row - 1).map(|s| HomeItem::Meeting(s.id)),
            Some(at) => self.home_after().get(at).copied(),
        }
    }

    /// The row that stands for something, if it is in the list.
    fn home_row_of(&self, item: HomeItem) -> Option<usize> {
        let meetings = &self.home.summaries;
        match item {
            HomeItem::New => Some(0),
            HomeItem::Meeting(id) => meetings.iter().position(|s| s.id == id).map(|i| i + 1),
            other => self.home_after().iter().position(|item| *item == other).map(|i| meetings.len() + 1 + i),
        }
    }

    /// What of the home screen is seen, and where.
    pub fn home_rows(&self, width: u16, body: Rect) -> HomeRows {
        if self.home.summaries.is_empty() {
            // On the first day there are large buttons in the middle.
            let w = 60.min(width - 4);
            let (x, y) = ((width - w) / 2, body.y + body.height.saturating_sub(15) / 2 + 2);
            let items = (0..self.home_count())
                .map(|i| (i, Rect { x, y: y + 4 * i as u16, width: w, height: 4 }))
                .collect();
            return HomeRows { items, years: Vec::new() };
        }
        let HomeTops { items, years } = &self.home_tops;
        let selected = items.get(self.home_row).copied().unwrap_or(0);
        let room = i32::from(body.height);
        let scroll = (selected + 3 - room).max(0);
        let seen = |top: i32, rows: u16| {
            let top = (top - scroll) as u16;
            Rect { y: body.y + top, height: rows.min(body.height - top), ..body }
        };
        let last = self.home.summaries.len();
        let first = items.partition_point(|top| *top < scroll);
        let items = items.iter().enumerate().skip(first).take_while(|(_, top)| **top < scroll + room);
        let height = |i: usize| if (1..=last).contains(&i) { 2 } else { 1 };
        let items = items.map(|(i, top)| (i, seen(*top, height(i)))).collect();
        let first = years.partition_point(|(top, _)| *top < scroll);
        let years = years[first..].iter().take_while(|(top, _)| *top < scroll + room);
        HomeRows { items, years: years.map(|(top, year)| (*year, seen(*top, 1))).collect() }
    }

    pub(super) fn home_move(&mut self, step: isize) {
        self.home_go(self.home_row.saturating_add_signed(step));
    }

    /// To a row, or the last there is.
    pub(super) fn home_go(&mut self, row: usize) {
        self.home_row = row.min(self.home_count() - 1);
        self.home_wanted = None;
        self.cx.touched = true;
    }

    /// Selects a row. Where the list does not have it (yet), it is selected when the next list comes.
    pub(super) fn home_want(&mut self, item: HomeItem) {
        self.home_row = self.home_row_of(item).unwrap_or(self.home_row).min(self.home_count() - 1);
        self.home_wanted = Some(item);
    }

    /// The selected row, or the one that will be selected when the next list comes.
    pub(super) fn home_stands(&self) -> Option<HomeItem> {
        self.home_wanted.or_else(|| self.home_item(self.home_row))
    }

    pub(super) fn home_open(&mut self) {
        // Somebody back from a meeting may press Enter before the new list is there: that opens the same meeting again.
        match self.home_stands() {
            Some(HomeItem::New) => self.perform(Command::NewMeeting),
            Some(HomeItem::Meeting(id)) => self.cx.effects.push(Effect::Open(id)),
            Some(HomeItem::Register) => self.show_region(Screen::Register),
            Some(HomeItem::Year) => self.show_region(Screen::Year),
            Some(HomeItem::Review) => self.show_region(Screen::Review),
            Some(HomeItem::Sample) => self.open_sample(),
            Some(HomeItem::Help) => self.perform(Command::Help),
            None => {}
        }
    }

    pub(super) fn take_home(&mut self, home: HomeData) {
        // Meetings have come and gone since: one stays with what one stands on, not with its number.
        let stands = self.home_stands();
        self.home = home;
        self.home_tops = HomeTops::of(&self.home.summaries);
        let row = stands.and_then(|item| self.home_row_of(item));
        self.home_go(row.unwrap_or(self.home_row));
    }

    /// A number on the home screen opens its row; the first row is 1.
    pub(super) fn home_type(&mut self, text: &str) {
        if let Some(index) = crate::domain::text::number(text).and_then(|n| (n as usize).checked_sub(1))
            && index < self.home_count()
        {
            self.home_go(index);
            self.home_open();
        }
    }

    /// A new meeting of today in the first format; nothing else is asked.
    pub(super) fn new_meeting(&mut self) {
        let chosen = self.region.as_ref().and_then(|r| r.selected_slot());
        let kind = chosen.and_then(|slot| self.cx.formats.iter().find(|f| f.key == slot.format));
        let Some(format) = kind.or(self.cx.formats.first()) else { return };
        let today = self.cx.now.today();
        let mut meeting = format.meeting(self.cx.ids.id());
        let case = Case::new(self.cx.ids.id(), self.next_case_code());
        meeting.date = Some(today);
        meeting.case = Some(case.id);
        meeting.town.clone_from(chosen.map_or(&self.cx.town, |slot| &slot.town));
        meeting.title = self.next_title(&format.kind, today);
        self.start_meeting(Dossier::new(meeting, Some(case)), true);
    }

    /// Gives the meeting another way of meeting, as long as nothing hangs on the old one.
    pub(super) fn set_format(&mut self, index: usize) {
        let Some((desk, format)) = self.desk.as_ref().zip(self.cx.formats.get(index)) else { return };
        let before = desk.doc.dossier.meeting.clone();
        let plan = format.meeting(before.id);
        let after =
            Meeting { format: plan.format, steps: plan.steps, branches: plan.branches, ..before.clone() };
        if before == after {
            return;
        }
        let title = format.title.clone();
        if self.commit(format!("会のやり方: {title}"), vec![Change::replace(before, after)]) {
            self.cx.say(format!("「{title}」のやり方で進めます。"));
        }
    }

    /// The title of one more meeting of a kind in the year of a day.
    pub(super) fn next_title(&self, format: &str, day: NaiveDate) -> String {
        let year = fiscal_year(day);
        let held = self.home.summaries.iter().filter(|s| s.date.map(fiscal_year) == Some(year)).count();
        format!("第{}回 {format}", held + 1)
    }

    /// The next free case number of the fiscal year, such as `2026-03`.
    fn next_case_code(&self) -> String {
        let year = fiscal_year(self.cx.now.today());
        let prefix = format!("{year}-");
        let last =
            self.home.case_codes.iter().filter_map(|c| c.strip_prefix(&prefix)?.parse::<u32>().ok()).max();
        format!("{prefix}{:02}", last.unwrap_or(0) + 1)
    }

    /// The finished sample meeting, to look around in and try things out; nothing of it is kept.
    pub(super) fn open_sample(&mut self) {
        match crate::export::sample::case_a() {
            Ok(dossier) => {
                self.put_on_desk(Desk::new(Document::of(dossier, Vec::new(), Vec::new(), Keeping::Sample)));
                self.cx.say("見本です。自由にさわってみてください。ここで書いたものは残りません。");
            }
            Err(error) => self.cx.warn(error.to_string()),
        }
    }

    /// Puts a meeting that was asked for on the desk.
    pub(super) fn take_meeting(
        &mut self,
        meeting: Stamped,
        journal: Vec<JournalEntry>,
        previous: Vec<OpenAction>,
    ) {
        let dossier = &meeting.dossier;
        if self.stands_no_more(dossier.meeting.id) {
            return self.take_again(meeting, journal, previous);
        }
        // An answer that comes late must not sweep away what was opened, and typed, since.
        if self.desk.is_some() {
            return;
        }
        let today = self.cx.now.today();
        let running = dossier.progress.started_at.is_some()
            && dossier.progress.ended_at.is_none()
            && dossier.meeting.date == Some(today);
        let begun = dossier.progress.started_at.is_some();
        self.put_on_desk(Desk::new(Document::of(meeting, journal, previous, Keeping::Kept)));
        if !begun {
            self.screen = Screen::Info;
        } else if running && let Some((sitting, cx)) = self.sitting() {
            sitting.start_clock(cx);
        }
        self.unpark();
    }

    pub(super) fn put_on_desk(&mut self, desk: Desk) {
        self.desk = Some(Box::new(desk));
        self.screen = Screen::Step;
        self.cx.notice.settle();
        self.cx.over = None;
        self.cx.touched = true;
    }

    /// Back to the list of meetings.
    pub(super) fn go_home(&mut self) {
        if let Some((sitting, cx)) = self.sitting() {
            sitting.stop_clock(cx);
        }
        self.leave_for_home();
    }

    /// The same where the clock has nothing to be kept in.
    pub(super) fn leave_for_home(&mut self) {
        self.park();
        self.cx.saving.stale = false;
        if let Some(desk) = self.desk.take() {
            let (id, sample) = (desk.doc.dossier.meeting.id, desk.doc.is_sample());
            if sample {
                self.put_away.retain(|put| !put.is_of(id));
            }
            self.home_want(if sample { HomeItem::Sample } else { HomeItem::Meeting(id) });
        }
        self.screen = Screen::Home;
        (self.region, self.region_wanted) = (None, None);
        self.hits.clear();
        self.cx.touched = true;
        self.cx.effects.push(Effect::Home);
    }

    /// The next step, or from the form into the first; after the last step the meeting ends.
    pub(super) fn next_step(&mut self) {
        if !self.uncover() || !self.leave_cell() || !self.settle_line() {
            return;
        }
        match self.screen {
            Screen::Info | Screen::People => {
                self.screen = Screen::Step;
                if let Some(desk) = self.desk.as_mut() {
                    desk.row = 0;
                    desk.sheet = SheetState::default();
                }
                if let Some((sitting, cx)) = self.sitting() {
                    sitting.start_clock(cx);
                }
            }
            _ => {
                let Some(desk) = self.desk.as_ref() else { return };
                if desk.doc.dossier.progress.started_at.is_none() && !self.cx.look_only {
                    if let Some((sitting, cx)) = self.sitting() {
                        sitting.start_clock(cx);
                    }
                    self.cx.say("会議を始めました。時計が動いています。");
                    return;
                }
                let next = desk.doc.dossier.progress.step + 1;
                if next < desk.doc.dossier.meeting.steps.len() {
                    self.go_to_step(next);
                } else {
                    self.end_meeting();
                }
            }
        }
    }

    pub(super) fn previous_step(&mut self) {
        if !self.uncover() || !self.leave_cell() {
            return;
        }
        let Some(desk) = self.desk.as_ref() else { return };
        match desk.doc.dossier.progress.step.checked_sub(1) {
            Some(step) => self.go_to_step(step),
            None => self.perform(Command::Info),
        }
    }

    /// Goes to a step, wherever one is.
    pub(super) fn go_to_step(&mut self, step: usize) {
        if !self.uncover() || !self.leave_cell() || !self.settle_line() {
            return;
        }
        self.screen = Screen::Step;
        if self.cx.look_only {
            if let Some(desk) = self.desk.as_mut() {
                desk.doc.look_at_step(step);
            }
        } else {
            if let Some((sitting, cx)) = self.sitting() {
                sitting.keep_time(cx, |p| {
                    // A round belongs to its step.
                    if p.step != step {
                        p.passed.clear();
                    }
                    p.step = step;
                });
            }
            if let Some((sitting, cx)) = self.sitting() {
                sitting.start_clock(cx);
            }
        }
        let Some(desk) = self.desk.as_mut() else { return };
        desk.row = 0;
        // Half-typed words keep the kind that was chosen for them.
        if desk.map.writing.line.is_empty() {
            desk.kind = None;
        }
        desk.sheet = SheetState::default();
        // A step is entered by its own screen.
        desk.map.whole &= desk.doc.step().shows_map();
        desk.map.stale = true;
        if desk.doc.step() == Step::Ideas {
            desk.select_issue();
        }
        let (title, missing) =
            (desk.doc.dossier.meeting.steps.get(step).map(|s| s.title.clone()), desk.misses_feeling());
        let step = desk.doc.step();
        let is_open = |n: &&crate::domain::Node| !asking::is_taken_up(&desk.doc.dossier.progress, n.id);
        let parked = asking::parked(&desk.doc.dossier).into_iter().filter(is_open).count();
        self.cx.touched = true;
        let prompt = self.format().and_then(|f| f.step(step)).and_then(|s| s.prompts.first()).cloned();
        match (title, step) {
            (_, Step::Plan) if missing => {
                self.cx.warn(
                    "本人の思いがまだ書かれていません。計画の前に、本人がどうしたいかを聞いてみてください。",
                );
            }
            (_, Step::Ideas) if parked > 0 => {
                let key = self.cx.keymap.said(Command::Prompts);
                self.cx.say(format!("取っておいた助言が {parked} 件あります。{key} で見られます。"));
            }
            (Some(title), _) => self.cx.say(prompt.unwrap_or(title)),
            _ => {}
        }
    }

    /// Ends the meeting: the clock stops, and what goes home is offered.
    fn end_meeting(&mut self) {
        let now = self.cx.now.at;
        if let Some((sitting, cx)) = self.sitting() {
            sitting.stop_clock(cx);
        }
        if let Some((sitting, cx)) = self.sitting() {
            sitting.keep_time(cx, |p| p.ended_at = p.ended_at.or(Some(now)));
        }
        self.perform(Command::Export);
        self.cx.say("おつかれさまでした。書いたものはすべて残っています。議事録を書き出せます。");
    }

    /// Shows the list of participants, or goes back from it.
    pub(super) fn show(&mut self, screen: Screen) {
        let covers = self.covers();
        if !self.uncover() || !self.leave_cell() || !self.settle_line() {
            return;
        }
        // Before the meeting has begun one comes from the form about it, and goes back there.
        let begun = self.desk.as_ref().is_some_and(|d| d.doc.dossier.progress.started_at.is_some());
        let back = if begun { Screen::Step } else { Screen::Info };
        self.screen = if self.screen == screen { back } else { screen };
        if let Some(desk) = self.desk.as_mut() {
            // Leaving this screen leads back to the large map where it was opened from there.
            desk.map.whole |= covers;
            desk.row = 0;
            desk.sheet = SheetState::default();
        }
        self.cx.touched = true;
    }

    /// Ends the program; what is typed but not entered is in the bookmark.
    pub(super) fn quit(&mut self) {
        if let Some((sitting, cx)) = self.sitting() {
            sitting.keep_time(cx, |_| {});
        }
        if !self.cx.look_only {
            self.cx.effects.push(Effect::Bookmark(self.bookmark()));
        }
        self.cx.effects.push(Effect::Quit);
    }

    /// Quits at once when all is kept; else says what is not, and lets the person decide.
    pub(super) fn ask_quit(&mut self) {
        use super::chooser::{Choice, Chooser, Pick};
        let unkept = (!self.cx.saving.refused.is_empty() && self.cx.saving.rescue.is_none())
            .then(|| "保存できなかったことばを、控えのファイルにもまだ書けていません。".to_owned());
        match self.cx.saving.failed.clone().or(unkept) {
            Some(problem) => {
                let mut chooser = Chooser::new(
                    "まだ保存できていません",
                    vec![
                        Choice::new("もどる", "", Pick::Nothing),
                        Choice::new("保存せずに終わる", "", Pick::Quit),
                    ],
                );
                chooser.text = problem;
                self.cx.over = Some(Overlay::Choose(chooser));
            }
            None => self.quit(),
        }
    }
}

impl Desk {
    /// Nobody has written down yet what the person wants.
    pub fn misses_feeling(&self) -> bool {
        !self.doc.dossier.nodes.is_empty()
            && !self.doc.dossier.nodes.values().any(|n| n.kind == Kind::Feeling)
    }
}
