//! Draws the plan of a year: its slots as a table, then the meetings that are in none.

use chrono::NaiveDate;
use ratatui::widgets::{Cell as Column, Row as Cells, Table};

use crate::domain::fields::SlotField;
use crate::domain::{Id, Slot, SlotState, date};
use crate::layout::measure::width;
use crate::layout::signs::Signs;
use crate::review::{Figure, Row};
use crate::ui::look::prelude::*;
use crate::ui::region::YearRow;
use crate::ui::region::review::count;
use crate::ui::table::{Grid, outside, place, seen, shared};
use crate::ui::{Cell, Context, RegionScreen, Row as _, Sheets};

/// How the year stands, and the table. A heading stands before the meetings without a slot.
pub struct Plan<'a>(pub View<'a>, pub &'a RegionScreen);

impl StatefulWidget for Plan<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, region) = self;
        let table = below(area, 1);
        // The state, then the fields of a slot.
        let fixed = [8, 12, if area.width >= 100 { 24 } else { 18 }, 0, 5, 0];
        let widths = shared(fixed, area.width.saturating_sub(5 * GAP));
        let rows = region.year_rows();
        look.say(heading(cx, region, &rows), Meaning::Strong).render(area, buf);
        // The lines of the table: rows, and the two of the heading.
        let loose = rows.iter().position(|r| matches!(r, YearRow::Loose(_)));
        let mut lines: Vec<Option<usize>> = (0..rows.len()).map(Some).collect();
        if let Some(first) = loose {
            lines.splice(first..first, [None, None]);
        }
        let selected = region.sheet.row.min(rows.len().saturating_sub(1));
        let at = (selected, region.sheet.column);
        let grid = Grid {
            look,
            sheets: region,
            at,
            in_row: Meaning::InRow,
            widths: &widths,
            heads: 1,
            gap: 0,
            striped: false,
        };
        let at = lines.iter().position(|row| *row == Some(selected)).unwrap_or(0);
        let seen: Vec<_> = seen(&vec![1; lines.len()], at, table.height.saturating_sub(1)).collect();
        let cells = seen.iter().map(|(line, _)| match lines[*line] {
            Some(row) => cells(cx, region, &grid, row, rows[row]),
            None if loose == Some(*line) => whole(""),
            None => whole(look.span("まだ枠のない会議", Meaning::Quiet)),
        });
        let heads = Slot::FIELDS.iter().map(|(name, _)| look.span(name.label(), Meaning::Quiet));
        let heads = [Column::from("")].into_iter().chain(heads.map(Column::from));
        let cells = Table::new(cells, widths.map(Length)).column_spacing(GAP).header(Cells::new(heads));
        Widget::render(cells, table, buf);
        let end = seen.last().map_or(0, |(line, _)| line + 1);
        let more = lines[end..].iter().flatten().count();
        if more > 0 {
            outside(look, 0, more, area, buf);
        }
        for ((line, _), area) in seen.iter().zip(below(table, 1).rows()) {
            let Some(row) = lines[*line] else { continue };
            grid.mark(row, area, buf);
            // A row that is one text has the column one stands in wholly.
            seats.put((row, region.sheet.column), area);
            if matches!(rows[row], YearRow::Slot(_) | YearRow::New) {
                place(seats, area, &[(row, 1)], &widths, GAP, 1);
            }
        }
    }
}

/// The free cells between the columns.
const GAP: u16 = 2;

/// A row that is one text.
fn whole<'a>(words: impl Into<Text<'a>>) -> Cells<'a> {
    Cells::new([Column::new(for_ratatui(words)).column_span(6)])
}

/// What the meetings held so far say for those to come: which professions keep missing, who came for the first time, and who has
/// brought a case.
pub struct SoFar<'a>(pub View<'a>, pub &'a RegionScreen);

impl Widget for SoFar<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(View { look, .. }, region) = self;
        let counted = region.review.counted.as_ref().filter(|c| c.review.year == region.year);
        let Some(counted) = counted.filter(|c| c.review.sum.meetings() > 0) else { return };
        let [missing, first_time, presenters] = &counted.beside;
        let said = |figure: &Figure, most, wanted: fn(&Row) -> bool, words: fn(&Row) -> String| {
            let rows = figure.rows.iter().filter(|row| wanted(row)).take(most);
            rows.map(|row| (format!(" {}", row.label), words(row))).collect::<Vec<_>>()
        };
        let some = |row: &Row| row.key.is_some() && count(row, 0) > 0;
        let none = |row: &Row| row.key.is_some() && count(row, 0) == 0;
        let times = |r: &Row| format!("来なかった {}回　来た {}回", count(r, 0), count(r, 1));
        let mut short = said(missing, 5, some, times);
        if short.is_empty() {
            short.push((" いつもの職種は、どの会議にもいました".to_owned(), String::new()));
        }
        let new = said(first_time, usize::MAX, |r| count(r, 0) > 0, |r| format!("{}人", count(r, 0)));
        let brought = said(presenters, 6, some, |r| format!("{}回", count(r, 0)));
        let waiting = said(presenters, 6, none, |r| format!("参加 {}回", count(r, 1)));
        let mut groups = vec![("足りない職種", short), ("初参加", new), ("事例を出した機関", brought)];
        if !waiting.is_empty() {
            groups.push(("来ていて、まだ出していない機関", waiting));
        }
        let mut left = area;
        for (heading, rows) in groups {
            look.say(heading, Meaning::Strong).render(left, buf);
            left = below(left, 1);
            for (words, count) in &rows {
                let beside = width(words) + 1 + width(count) <= left.width.into();
                let under = below(left, u16::from(!beside));
                look.say(words, Meaning::Text).render(Rect { height: left.height.min(1), ..left }, buf);
                look.say(count, Meaning::Quiet).at_end(Rect { height: under.height.min(1), ..under }, buf);
                left = below(under, 1);
            }
            left = below(left, 1);
        }
    }
}

/// How the year stands.
fn heading(cx: &Context, region: &RegionScreen, rows: &[YearRow]) -> String {
    let plan = region.doc.years.plan(region.written_town(), region.year);
    let today = cx.now.today();
    let states = [SlotState::Held, SlotState::Planned, SlotState::Missed, SlotState::Cancelled];
    let states = states.map(|state| (state.label(), plan.iter().filter(|s| s.state(today) == state).count()));
    let loose = rows.iter().filter(|row| matches!(row, YearRow::Loose(_))).count();
    let moved = plan.iter().filter(|s| s.moved_from.is_some()).count();
    let counts = states.into_iter().chain([("枠のない会議", loose), ("動かした", moved)]);
    let words = counts.filter(|(_, n)| *n > 0).map(|(label, n)| format!("{label} {n}回"));
    let words = words.collect::<Vec<_>>().join("・");
    if plan.is_empty() { String::new() } else { format!("{}回の枠：{words}", plan.len()) }
}

fn cells(cx: &Context, region: &RegionScreen, grid: &Grid, row: usize, of: YearRow) -> Cells<'static> {
    let look = grid.look;
    let room = grid.widths.iter().sum::<u16>() + grid.widths.len() as u16 - 1;
    // The words give way before the number behind them.
    let one = |words: String, count: &str, meaning| {
        let words = format!("{}{count}", look.cut(&words, room.saturating_sub(width(count) as u16)));
        let chosen = grid.at.0 == row;
        let style = if chosen { look.style(Meaning::Selected) } else { Style::new() };
        whole(look.span(words, if chosen { Meaning::Selected } else { meaning })).style(style)
    };
    let id = match of {
        YearRow::Slot(id) => Some(id),
        YearRow::New => None,
        YearRow::Usual => {
            let kinds = cx.lists.slots.iter();
            let kinds = kinds.map(|kind| format!("{} {}回", kind_of(cx, &kind.format), kind.count));
            let words = format!("＋ いつもの枠を作る（{}）", kinds.collect::<Vec<_>>().join("・"));
            return one(words, "", Meaning::Strong);
        }
        YearRow::Loose(meeting) => {
            let (words, _) = region.meeting_words(meeting);
            let held = region.doc.meetings.get(&meeting);
            let count = held.map(|m| format!("　{}人", m.participants)).unwrap_or_default();
            return one(words, &count, Meaning::Text);
        }
    };
    let slot = id.and_then(|id| region.doc.years.slots.get(&id));
    let state = slot.map(|slot| state_of(look.signs, slot, cx.now.today()));
    let state = state.map(|(sign, label, meaning)| look.span(format!("{sign} {label}"), meaning));
    let fields = grid.widths[1..].iter().zip(Slot::FIELDS).enumerate().map(|(i, (width, (name, _)))| {
        let name = *name;
        let cell = Cell::Slot(id, name);
        let editing = region.is_edited(cell);
        let waits = region.waiting(cx, cell).is_some();
        let text = if editing || waits { region.standing(cx, cell) } else { text(cx, region, id, name) };
        let empty = match (id, name) {
            (None, SlotField::Date) => "＋ 枠を足す",
            (Some(_), SlotField::Date) => "未定",
            _ => "",
        };
        grid.cell((cell, (row, i)), &look.cut(&text, *width), empty, 1)
    });
    Cells::new([Column::from(state.unwrap_or_default())].into_iter().chain(fields))
}

/// What became of a slot, as a sign and a word.
pub fn state_of(signs: &Signs, slot: &Slot, today: NaiveDate) -> (&'static str, &'static str, Meaning) {
    let state = slot.state(today);
    match state {
        SlotState::Held => (signs.done, state.label(), Meaning::Saved),
        SlotState::Missed => (signs.warning, state.label(), Meaning::Warning),
        SlotState::Cancelled => (signs.off, state.label(), Meaning::Quiet),
        SlotState::Planned => (signs.open, state.label(), Meaning::Text),
    }
}

/// A field as the table shows it: the day of a meeting that was held, and a day that was moved with where it was before.
fn text(cx: &Context, region: &RegionScreen, id: Option<Id<Slot>>, name: SlotField) -> String {
    let slot = id.and_then(|id| region.doc.years.slots.get(&id));
    match (name, slot) {
        (SlotField::Date, Some(slot)) => {
            let held = slot.meeting.and_then(|m| region.doc.meetings.get(&m)).and_then(|m| m.date);
            held.or(slot.date).map(date::short).unwrap_or_default()
        }
        (SlotField::Format, Some(slot)) => kind_of(cx, &slot.format),
        (SlotField::Note, Some(Slot { moved_from: Some(first), note, .. })) => {
            let from = format!("{}から移動", date::short(*first));
            if note.is_empty() { from } else { format!("{from}　{note}") }
        }
        _ => region.shown(cx, Cell::Slot(id, name)),
    }
}

/// What kind of meeting a format is, as the year's plan calls it.
pub fn kind_of(cx: &Context, format: &str) -> String {
    cx.formats.iter().find(|f| f.key == format).map_or(format, |f| f.kind.as_str()).to_owned()
}
