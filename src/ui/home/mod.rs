//! The list of meetings, and what stands beside it.

pub(crate) mod draw;

use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::command::{Command, Place};
use crate::domain::{Id, Meeting, fiscal_year, text};
use crate::store::{HomeData, Summary};
use crate::ui::document::NO_NEW_MEETING;
use crate::ui::look::prelude::{Buffer, Seats, View};
use crate::ui::{Context, Flow, Panes, Screen, Seat};

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

/// How the list stands on an endless screen: made once when it arrives, for there may be thousands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct HomeTops {
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

/// Where one stands in the list.
#[derive(Debug, Default)]
pub struct Home {
    pub row: usize,
    /// Where its rows stand.
    tops: HomeTops,
    /// What is to be selected when the list comes: the meeting one left, or where one was at the last end.
    wanted: Option<HomeItem>,
}

/// What stands under the meetings.
fn after(cx: &Context) -> &'static [HomeItem] {
    if cx.shelf.summaries.is_empty() { &AFTER[3..] } else { &AFTER }
}

/// The row that stands for something, if it is in the list.
fn row_of(cx: &Context, item: HomeItem) -> Option<usize> {
    let meetings = &cx.shelf.summaries;
    match item {
        HomeItem::New => Some(0),
        HomeItem::Meeting(id) => meetings.iter().position(|s| s.id == id).map(|i| i + 1),
        other => after(cx).iter().position(|item| *item == other).map(|i| meetings.len() + 1 + i),
    }
}

impl Home {
    /// How many rows there are: a new meeting, those there are, and what comes after them.
    pub fn count(&self, cx: &Context) -> usize {
        cx.shelf.summaries.len() + 1 + after(cx).len()
    }

    /// What a row stands for.
    pub fn item(&self, cx: &Context, row: usize) -> Option<HomeItem> {
        let meetings = &cx.shelf.summaries;
        match row.checked_sub(meetings.len() + 1) {
            None if row == 0 => Some(HomeItem::New),
            None => meetings.get(row - 1).map(|s| HomeItem::Meeting(s.id)),
            Some(at) => after(cx).get(at).copied(),
        }
    }

    /// What is seen, and where.
    pub fn rows(&self, cx: &Context, width: u16, body: Rect) -> HomeRows {
        if cx.shelf.summaries.is_empty() {
            // On the first day there are large buttons in the middle.
            let w = 60.min(width - 4);
            let (x, y) = ((width - w) / 2, body.y + body.height.saturating_sub(15) / 2 + 2);
            let button = |i| (i, Rect { x, y: y + 4 * i as u16, width: w, height: 4 });
            return HomeRows { items: (0..self.count(cx)).map(button).collect(), years: Vec::new() };
        }
        let HomeTops { items, years } = &self.tops;
        let selected = items.get(self.row).copied().unwrap_or(0);
        let room = i32::from(body.height);
        let scroll = (selected + 3 - room).max(0);
        let seen = |top: i32, rows: u16| {
            let top = (top - scroll) as u16;
            Rect { y: body.y + top, height: rows.min(body.height - top), ..body }
        };
        let last = cx.shelf.summaries.len();
        let first = items.partition_point(|top| *top < scroll);
        let items = items.iter().enumerate().skip(first).take_while(|(_, top)| **top < scroll + room);
        let height = |i: usize| if (1..=last).contains(&i) { 2 } else { 1 };
        let items = items.map(|(i, top)| (i, seen(*top, height(i)))).collect();
        let first = years.partition_point(|(top, _)| *top < scroll);
        let years = years[first..].iter().take_while(|(top, _)| *top < scroll + room);
        HomeRows { items, years: years.map(|(top, year)| (*year, seen(*top, 1))).collect() }
    }

    /// To a row, or the last there is.
    fn go(&mut self, cx: &mut Context, row: usize) {
        self.row = row.min(self.count(cx) - 1);
        self.wanted = None;
        cx.touched = true;
    }

    /// Selects a row. Where the list does not have it (yet), it is selected when the next list comes.
    pub(crate) fn want(&mut self, cx: &Context, item: HomeItem) {
        self.row = row_of(cx, item).unwrap_or(self.row).min(self.count(cx) - 1);
        self.wanted = Some(item);
    }

    /// The selected row, or the one that will be selected when the next list comes.
    pub(crate) fn stands(&self, cx: &Context) -> Option<HomeItem> {
        self.wanted.or_else(|| self.item(cx, self.row))
    }

    /// Somebody back from a meeting may press Enter before the new list is there: that opens the same meeting again.
    fn open(&self, cx: &Context) -> Flow {
        match self.stands(cx) {
            Some(HomeItem::New) => Flow::Do(Command::NewMeeting),
            Some(HomeItem::Meeting(id)) => Flow::Meeting(id),
            Some(HomeItem::Register) => Flow::Do(Command::Register),
            Some(HomeItem::Year) => Flow::Do(Command::Year),
            Some(HomeItem::Review) => Flow::Do(Command::Review),
            Some(HomeItem::Sample) => Flow::Sample,
            Some(HomeItem::Help) => Flow::Do(Command::Help),
            None => Flow::Done,
        }
    }

    /// The list has come. Meetings have come and gone since: one stays with what one stands on, not with its number.
    pub(crate) fn take(&mut self, cx: &mut Context, shelf: HomeData) {
        let stands = self.stands(cx);
        cx.shelf = shelf;
        self.tops = HomeTops::of(&cx.shelf.summaries);
        let row = stands.and_then(|item| row_of(cx, item));
        self.go(cx, row.unwrap_or(self.row));
    }
}

impl Screen for Home {
    fn place(&self) -> Place {
        Place::Home
    }

    fn hindered(&self, cx: &Context, command: Command) -> Option<&'static str> {
        let makes = match command {
            Command::NewMeeting => true,
            Command::Open => self.stands(cx) == Some(HomeItem::New),
            _ => false,
        };
        (makes && cx.look_only).then_some(NO_NEW_MEETING)
    }

    fn perform(&mut self, cx: &mut Context, command: Command) -> Flow {
        match command {
            Command::Open => self.open(cx),
            Command::NewMeeting => {
                self.go(cx, 0);
                Flow::Pass
            }
            _ => self.perform_move(cx, command),
        }
    }

    fn go_vertically(&mut self, cx: &mut Context, step: isize) {
        self.go(cx, self.row.saturating_add_signed(step));
    }

    fn go_page(&mut self, cx: &mut Context, step: isize) {
        self.go_vertically(cx, step * 8);
    }

    /// A number opens its row; the first row is 1.
    fn type_text(&mut self, cx: &mut Context, typed: &str) -> Flow {
        let row = text::number(typed).and_then(|n| (n as usize).checked_sub(1));
        let Some(row) = row.filter(|row| *row < self.count(cx)) else { return Flow::Done };
        self.go(cx, row);
        self.open(cx)
    }

    fn draw(&self, view: View, panes: &Panes, buf: &mut Buffer, seats: &mut Seats) {
        draw::screen(view, self, panes, buf, seats);
    }

    fn click(&mut self, cx: &mut Context, _: (u16, u16), seat: Option<Seat>, second: bool) -> Flow {
        let Some((row, _)) = seat else { return Flow::Done };
        self.go(cx, row);
        // On the first day there are large buttons, and buttons are clicked once.
        if second || cx.shelf.summaries.is_empty() { self.open(cx) } else { Flow::Done }
    }
}

impl Context {
    /// The title of one more meeting of a kind in the year of a day.
    pub(crate) fn next_title(&self, kind: &str, day: NaiveDate) -> String {
        let year = Some(fiscal_year(day));
        let held = self.shelf.summaries.iter().filter(|s| s.date.map(fiscal_year) == year).count();
        format!("第{}回 {kind}", held + 1)
    }

    /// The next free case number of the fiscal year, such as `2026-03`.
    pub(crate) fn next_case_code(&self) -> String {
        let prefix = format!("{}-", fiscal_year(self.today()));
        let numbers =
            self.shelf.case_codes.iter().filter_map(|c| c.strip_prefix(&prefix)?.parse::<u32>().ok());
        format!("{prefix}{:02}", numbers.max().unwrap_or(0) + 1)
    }
}
