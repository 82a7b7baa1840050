//! The list of meetings, and what stands beside it.

pub(crate) mod draw;
pub(crate) mod remove;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::command::{Command, Place};
use crate::domain::{Id, Meeting, fiscal_year, text};
use crate::store::{HomeData, Summary};
use crate::ui::document::{LOOK_ONLY, NO_NEW_MEETING};
use crate::ui::drafts::NOTHING_TO_UNDO;
use crate::ui::look::prelude::{Buffer, Seats, View};
use crate::ui::msg::{MOVING, Moving, PASSING};
use crate::ui::{Context, Effect, Enter, Flow, Panes, Screen, Seat};

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

impl HomeItem {
    /// What it is called, and where it leads. A meeting has a title of its own.
    fn way(self) -> (&'static str, Flow) {
        match self {
            HomeItem::New => ("＋ 新しい会議をはじめる", Flow::Do(Command::NewMeeting)),
            HomeItem::Meeting(id) => ("", Flow::Meeting(id)),
            HomeItem::Register => ("地域課題の一覧", Flow::Do(Command::Register)),
            HomeItem::Year => ("年間の計画", Flow::Do(Command::Year)),
            HomeItem::Review => ("年間の振り返り", Flow::Do(Command::Review)),
            HomeItem::Sample => ("見本を見る", Flow::Do(Command::Sample)),
            HomeItem::Help => ("使い方", Flow::Do(Command::Help)),
        }
    }
}

/// What stands under the meetings; on the first day there is nothing yet to look at over them.
const AFTER: [HomeItem; 5] =
    [HomeItem::Register, HomeItem::Year, HomeItem::Review, HomeItem::Sample, HomeItem::Help];

/// What of the home screen is seen, and where.
pub struct HomeRows {
    /// Each row that can be selected, by its place.
    pub items: Vec<(usize, Rect)>,
    /// The headings of the fiscal years.
    pub years: Vec<(i32, Rect)>,
}

/// How the list stands on an endless screen: made once when it arrives, for there may be thousands.
#[derive(Debug)]
struct HomeList {
    /// Each row that can be selected, and its top.
    items: Vec<(HomeItem, i32)>,
    /// The headings of the fiscal years, and their tops.
    years: Vec<(i32, i32)>,
}

impl HomeList {
    /// Each meeting takes two rows, the other choices one; a free row after the first choice, a heading before each year.
    fn of(meetings: &[Summary]) -> Self {
        let mut list = Self { items: vec![(HomeItem::New, 0)], years: Vec::new() };
        let mut y = 2;
        for meeting in meetings {
            if let Some(year) = meeting.date.map(fiscal_year)
                && list.years.last().is_none_or(|(last, _)| *last != year)
            {
                list.years.push((year, y));
                y += 1;
            }
            list.items.push((HomeItem::Meeting(meeting.id), y));
            y += 2;
        }
        let after = if meetings.is_empty() { &AFTER[3..] } else { &AFTER };
        list.items.extend(after.iter().copied().zip(y..));
        list
    }
}

impl Default for HomeList {
    fn default() -> Self {
        Self::of(&[])
    }
}

/// Where one stands in the list.
#[derive(Debug, Default)]
pub struct Home {
    pub row: usize,
    list: HomeList,
    /// What is to be selected when the list comes: the meeting one left, or where one was at the last end.
    wanted: Option<HomeItem>,
    /// The number that is being typed; 0 where none is.
    typed: usize,
}

impl Home {
    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.list.items.len()
    }

    /// What a row stands for.
    pub fn item(&self, row: usize) -> Option<HomeItem> {
        self.list.items.get(row).map(|(item, _)| *item)
    }

    /// The row that stands for something, if it is in the list.
    fn row_of(&self, item: HomeItem) -> Option<usize> {
        self.list.items.iter().position(|(other, _)| *other == item)
    }

    /// What is seen, and where.
    pub fn rows(&self, cx: &Context, width: u16, body: Rect) -> HomeRows {
        let HomeList { items, years } = &self.list;
        if cx.shelf.summaries.is_empty() {
            // On the first day there are large buttons in the middle.
            let w = 60.min(width - 4);
            let (x, y) = ((width - w) / 2, body.y + body.height.saturating_sub(15) / 2 + 2);
            let button = |i| (i, Rect { x, y: y + 4 * i as u16, width: w, height: 4 });
            return HomeRows { items: (0..items.len()).map(button).collect(), years: Vec::new() };
        }
        let selected = items.get(self.row).map_or(0, |(_, top)| *top);
        let room = i32::from(body.height);
        let scroll = (selected + 3 - room).max(0);
        let seen = |top: i32, rows: u16| {
            let top = u16::try_from(top - scroll).ok().filter(|top| *top < body.height)?;
            Some(Rect { y: body.y + top, height: rows.min(body.height - top), ..body })
        };
        let height = |item: &HomeItem| if matches!(item, HomeItem::Meeting(_)) { 2 } else { 1 };
        // There may be thousands, and each key draws them: only those that are seen are gone through.
        let items = items.iter().enumerate().skip(items.partition_point(|(_, top)| *top < scroll));
        let items = items.map_while(|(i, (item, top))| Some((i, seen(*top, height(item))?)));
        let years = years.iter().skip(years.partition_point(|(_, top)| *top < scroll));
        let years = years.map_while(|(year, top)| Some((*year, seen(*top, 1)?)));
        HomeRows { items: items.collect(), years: years.collect() }
    }

    /// To a row, or the last there is.
    fn go(&mut self, cx: &mut Context, row: usize) {
        self.row = row.min(self.count() - 1);
        (self.wanted, self.typed) = (None, 0);
        cx.touched = true;
    }

    /// Selects a row. Where the list does not have it (yet), it is selected when the next list comes.
    pub(crate) fn want(&mut self, item: HomeItem) {
        self.row = self.row_of(item).unwrap_or(self.row).min(self.count() - 1);
        self.wanted = Some(item);
    }

    /// The selected row, or the one that will be selected when the next list comes.
    pub(crate) fn stands(&self) -> Option<HomeItem> {
        self.wanted.or_else(|| self.item(self.row))
    }

    /// The selected meeting.
    pub(crate) fn selected(&self) -> Option<Id<Meeting>> {
        if let Some(HomeItem::Meeting(id)) = self.stands() { Some(id) } else { None }
    }

    /// Somebody back from a meeting may press Enter before the new list is there: that opens the same meeting again.
    fn open(&self) -> Flow {
        self.stands().map_or(Flow::Done, |item| item.way().1)
    }

    /// The list has come. Meetings have come and gone since: one stays with what one stands on, not with its number.
    pub(crate) fn take(&mut self, cx: &mut Context, shelf: HomeData) {
        let stands = self.stands();
        cx.shelf = shelf;
        self.list = HomeList::of(&cx.shelf.summaries);
        let row = stands.and_then(|item| self.row_of(item)).unwrap_or_else(|| {
            // Where a meeting is gone one stands on the next one, or on the first choice, never on what comes after them.
            let is_meeting = |(item, _): &(HomeItem, i32)| matches!(item, HomeItem::Meeting(_));
            let last = self.list.items.iter().rposition(is_meeting).unwrap_or(0);
            if let Some(HomeItem::Meeting(_)) = stands { self.row.min(last) } else { self.row }
        });
        self.go(cx, row);
    }
}

impl Screen for Home {
    fn place(&self) -> Place {
        Place::Home
    }

    fn hindered(&self, cx: &Context, command: Command) -> Option<&'static str> {
        match command {
            Command::DeleteMeeting | Command::Undo if cx.saving.moving.is_some() => return Some(MOVING),
            Command::DeleteMeeting if cx.look_only => return Some(LOOK_ONLY),
            Command::DeleteMeeting if self.selected().is_none() => {
                return Some("消す会議を {up down} で選んでから、もう一度どうぞ。");
            }
            Command::BackUp | Command::Restore if cx.passing => return Some(PASSING),
            Command::BackUp if cx.look_only => return Some(LOOK_ONLY),
            Command::Restore if cx.look_only && !cx.damaged => return Some(LOOK_ONLY),
            Command::Mend if !cx.damaged => return Some("記録のファイルは壊れていません。"),
            Command::Undo if cx.look_only => return Some(LOOK_ONLY),
            Command::Undo if !cx.shelf.has_removed => return Some(NOTHING_TO_UNDO),
            _ => {}
        }
        let new = self.stands() == Some(HomeItem::New);
        let makes = command == Command::NewMeeting || command == Command::Open && new;
        (makes && cx.look_only).then_some(NO_NEW_MEETING)
    }

    fn perform(&mut self, cx: &mut Context, command: Command) -> Flow {
        match command {
            Command::Open => self.open(),
            Command::NewMeeting => {
                self.go(cx, 0);
                Flow::Pass
            }
            Command::DeleteMeeting => {
                let asks = self.selected().map(|meeting| Effect::Removal { meeting, sure: false });
                cx.effects.extend(asks);
                Flow::Done
            }
            Command::Mend => {
                cx.offer_mending("");
                Flow::Done
            }
            Command::Undo => {
                cx.saving.moving = Some(Moving::Asked);
                cx.effects.push(Effect::Return);
                Flow::Done
            }
            _ => self.perform_move(cx, command),
        }
    }

    fn entering(&self, _: &Context) -> Option<Enter> {
        self.stands().map(|item| if item == HomeItem::New { Enter::Start } else { Enter::Open })
    }

    fn go_vertically(&mut self, cx: &mut Context, step: isize) {
        self.go(cx, self.row.saturating_add_signed(step));
    }

    fn go_page(&mut self, cx: &mut Context, step: isize) {
        self.go_vertically(cx, step * 8);
    }

    /// A number opens its row, at once where no greater one begins with it; the first row is 1.
    fn type_text(&mut self, cx: &mut Context, typed: &str) -> Flow {
        let Some(typed) = text::number(typed).map(|n| n as usize) else { return Flow::Done };
        let number = Some(10 * self.typed + typed).filter(|n| *n <= self.count()).unwrap_or(typed);
        let Some(row) = number.checked_sub(1).filter(|row| *row < self.count()) else { return Flow::Done };
        self.go(cx, row);
        if 10 * number <= self.count() {
            self.typed = number;
            return Flow::Done;
        }
        self.open()
    }

    fn draw(&self, view: View, panes: &Panes, buf: &mut Buffer, seats: &mut Seats) {
        draw::screen(view, self, panes, buf, seats);
    }

    fn click(&mut self, cx: &mut Context, _: (u16, u16), seat: Option<Seat>, second: bool) -> Flow {
        let Some((row, _)) = seat else { return Flow::Done };
        self.go(cx, row);
        // On the first day there are large buttons, and buttons are clicked once.
        if second || cx.shelf.summaries.is_empty() { self.open() } else { Flow::Done }
    }
}

impl Context {
    /// The title of one more meeting of a kind in the year of a day: its number is that of all meetings of the year, or the next
    /// that none of the kind has.
    pub(crate) fn next_title(&self, kind: &str, day: NaiveDate) -> String {
        let year = Some(fiscal_year(day));
        let held = self.shelf.summaries.iter().filter(|s| s.date.map(fiscal_year) == year);
        let number = |s: &Summary| text::number(s.title.strip_prefix('第')?.split_once('回')?.0);
        let last = held.clone().filter(|s| s.title.ends_with(kind)).filter_map(number).max().unwrap_or(0);
        let held = u32::try_from(held.count()).unwrap_or(u32::MAX);
        format!("第{}回 {kind}", last.max(held).saturating_add(1))
    }

    /// The next free case number of the fiscal year, such as `2026-03`.
    pub(crate) fn next_case_code(&self) -> String {
        let prefix = format!("{}-", fiscal_year(self.today()));
        let numbers =
            self.shelf.case_codes.iter().filter_map(|c| c.strip_prefix(&prefix)?.parse::<u32>().ok());
        format!("{prefix}{:02}", numbers.max().unwrap_or(0) + 1)
    }
}
