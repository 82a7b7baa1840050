//! Draws the plan of a year: its slots as a table, then the meetings that are in none.

use chrono::NaiveDate;
use ratatui::widgets::{Cell as Column, Row as Cells, Table};

use crate::domain::fields::SlotField;
use crate::domain::year::SlotState;
use crate::domain::{Id, Slot, date};
use crate::layout::signs::Signs;
use crate::review::Row;
use crate::ui::App;
use crate::ui::look::prelude::*;
use crate::ui::region::{RegionScreen, YearRow};
use crate::ui::regions::Regions;
use crate::ui::sheet::Row as _;
use crate::ui::sheet::cell::Cell;
use crate::ui::table::{Written, placed, seen};

/// How wide the columns are: the state, then the fields of a slot.
fn columns(width: u16) -> [u16; 6] {
    let fixed = [8, 12, if width >= 100 { 24 } else { 18 }, 0, 5, 0];
    let rest = width.saturating_sub(fixed.iter().sum::<u16>() + 10);
    let mut widths = fixed;
    widths[3] = rest * 3 / 5;
    widths[5] = rest - widths[3];
    widths
}

/// What of the plan is seen. A heading stands before the meetings without a slot.
pub struct Seen {
    rows: Vec<YearRow>,
    /// The first meeting without a slot.
    loose: Option<usize>,
    /// The lines of the table that are seen, those of the heading among them.
    lines: Vec<(usize, u16)>,
    widths: [u16; 6],
    table: Rect,
    /// The column one stands in; a row that is one text has it wholly.
    column: usize,
}

/// The lines the heading takes.
const LINES: usize = 2;

impl Seen {
    pub fn of(region: &RegionScreen, area: Rect) -> Self {
        let (table, widths) = (below(area, 1), columns(area.width));
        let rows = region.year_rows();
        let loose = rows.iter().position(|r| matches!(r, YearRow::Loose(_)));
        let mut plan = Self { rows, loose, lines: Vec::new(), widths, table, column: region.sheet.column };
        let selected = plan.line(region.sheet.row.min(plan.rows.len().saturating_sub(1)));
        let heights = vec![1; plan.line(plan.rows.len())];
        plan.lines = seen(&heights, selected, table.height.saturating_sub(1)).collect();
        plan
    }

    /// The line of a row.
    fn line(&self, row: usize) -> usize {
        row + if self.loose.is_some_and(|first| row >= first) { LINES } else { 0 }
    }

    /// The row of a line; none on the heading.
    fn row(&self, line: usize) -> Option<usize> {
        let row = if self.loose.is_some_and(|first| line >= first) { line.checked_sub(LINES)? } else { line };
        (self.line(row) == line).then_some(row)
    }

    pub fn regions(&self) -> Regions {
        let cells = placed(below(self.table, 1), &self.lines, &self.widths, GAP, 1).into_iter();
        let seat = |line, column| {
            let row = self.row(line)?;
            let divided = matches!(self.rows[row], YearRow::Slot(_) | YearRow::New);
            Some((row, if divided { column } else { self.column }))
        };
        cells.filter_map(|((line, column), area)| Some((seat(line, column)?, area))).collect()
    }
}

/// The free cells between the columns.
const GAP: u16 = 2;

/// How the year stands, and the table.
pub struct Plan<'a>(pub View<'a>, pub &'a RegionScreen);

impl Widget for Plan<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(view @ View { app, look }, region) = self;
        let plan = Seen::of(region, area);
        let Seen { rows, lines, widths, table, .. } = &plan;
        look.say(heading(app, region, rows), Meaning::Strong).render(area, buf);
        let selected = region.sheet.row.min(rows.len().saturating_sub(1));
        let cells = lines.iter().map(|(line, _)| match plan.row(*line) {
            Some(row) => cells(view, region, rows[row], widths, row == selected),
            None if plan.loose == Some(*line) => whole(""),
            None => whole(look.span("まだ枠のない会議", Meaning::Quiet)),
        });
        let heads = Slot::FIELDS.iter().map(|(name, _)| look.span(name.label(), Meaning::Quiet));
        let heads = [Column::from("")].into_iter().chain(heads.map(Column::from));
        let cells = Table::new(cells, widths.map(Length)).column_spacing(GAP).header(Cells::new(heads));
        Widget::render(cells, *table, buf);
        let end = lines.last().map_or(0, |(line, _)| line + 1);
        let below = (0..rows.len()).filter(|i| plan.line(*i) >= end).count();
        if below > 0 {
            let more = format!("{} 下に ほか {below}行", app.cx.marks.down);
            look.say(more, Meaning::Quiet).at_end(area, buf);
        }
    }
}

/// A row that is one text.
fn whole<'a>(words: impl Into<Text<'a>>) -> Cells<'a> {
    Cells::new([Column::new(words).column_span(6)])
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
        let count = |row: &Row, i: usize| row.cells.get(i).and_then(|v| v.count()).unwrap_or(0);
        let said = |row: &&Row, words: String| (format!(" {}", row.label), words);
        let known = |row: &&Row| row.key.is_some();
        let short = missing.rows.iter().filter(known).filter(|r| count(r, 0) > 0).take(5);
        let mut short: Vec<_> = short
            .map(|r| said(&r, format!("来なかった {}回　来た {}回", count(r, 0), count(r, 1))))
            .collect();
        if short.is_empty() {
            short.push((" いつもの職種は、どの会議にもいました".to_owned(), String::new()));
        }
        let new = first_time.rows.iter().filter(|r| count(r, 0) > 0);
        let new = new.map(|r| said(&r, format!("{}人", count(r, 0)))).collect();
        let (brought, waiting): (Vec<&Row>, Vec<&Row>) =
            presenters.rows.iter().filter(known).partition(|r| count(r, 0) > 0);
        let brought = brought.iter().take(6).map(|r| said(r, format!("{}回", count(r, 0)))).collect();
        let waiting: Vec<_> =
            waiting.iter().take(6).map(|r| said(r, format!("参加 {}回", count(r, 1)))).collect();
        let mut groups = vec![("足りない職種", short), ("初参加", new), ("事例を出した所", brought)];
        if !waiting.is_empty() {
            groups.push(("来ていて、まだ出していない所", waiting));
        }
        let mut left = area;
        for (heading, rows) in groups {
            look.say(heading, Meaning::Strong).render(left, buf);
            for ((words, count), row) in rows.iter().zip(below(left, 1).rows()) {
                let rest = look.say(count, Meaning::Quiet).at_end(row, buf);
                look.say(words, Meaning::Text).render(rest, buf);
            }
            left = below(left, rows.len() as u16 + 2);
        }
    }
}

/// How the year stands.
fn heading(app: &App, region: &RegionScreen, rows: &[YearRow]) -> String {
    let plan = region.doc.years.plan(region.written_town(), region.year);
    let today = app.cx.now.today();
    let count = |state| plan.iter().filter(|s| s.state(today) == state).count();
    let mut words = Vec::new();
    for state in [SlotState::Held, SlotState::Planned, SlotState::Missed, SlotState::Cancelled] {
        match count(state) {
            0 => {}
            n => words.push(format!("{} {n}", state.label())),
        }
    }
    let loose = rows.iter().filter(|row| matches!(row, YearRow::Loose(_))).count();
    if loose > 0 && !plan.is_empty() {
        words.push(format!("枠のない会議 {loose}"));
    }
    let moved = plan.iter().filter(|s| s.moved_from.is_some()).count();
    if moved > 0 {
        words.push(format!("動かした {moved}"));
    }
    if plan.is_empty() { String::new() } else { format!("{}回の枠：{}", plan.len(), words.join("・")) }
}

fn cells<'a>(
    view @ View { app, look }: View,
    region: &RegionScreen,
    row: YearRow,
    widths: &[u16; 6],
    chosen: bool,
) -> Cells<'a> {
    let style = if chosen { look.style(Meaning::Selected) } else { Style::new() };
    let id = match row {
        YearRow::Slot(id) => Some(id),
        YearRow::New => None,
        YearRow::Usual => {
            let kinds = app.cx.lists.slots.iter();
            let kinds = kinds.map(|kind| format!("{} {}回", kind_of(app, &kind.format), kind.count));
            let words = format!("＋ いつもの枠を作る（{}）", kinds.collect::<Vec<_>>().join("・"));
            let meaning = if chosen { Meaning::Selected } else { Meaning::Strong };
            return whole(look.span(words, meaning)).style(style);
        }
        YearRow::Loose(meeting) => {
            let (words, _) = region.meeting_words(meeting);
            let count = region.held(meeting).map(|m| format!("{}人", m.participants)).unwrap_or_default();
            let meaning = if chosen { Meaning::Selected } else { Meaning::Text };
            return whole(look.span(format!("{words}　{count}"), meaning)).style(style);
        }
    };
    let slot = id.and_then(|id| region.doc.years.slots.get(&id));
    let state = slot.map(|slot| state_of(look.signs, slot, app.cx.now.today()));
    let state = state.map(|(sign, label, meaning)| look.span(format!("{sign} {label}"), meaning));
    let fields = widths[1..].iter().enumerate().map(|(i, width)| {
        let name = Slot::FIELDS[i].0;
        let cell = Cell::Slot(id, name);
        let editing = view.is_edited(cell);
        let text = if editing { view.text(cell) } else { text(app, region, id, name) };
        let empty = match (id, name) {
            (None, SlotField::Date) => "＋ 枠を足す",
            (Some(_), SlotField::Date) => "未定",
            _ => "",
        };
        let chosen_cell = chosen && region.sheet.column == i;
        let written = Written { empty, editing, chosen: chosen_cell, in_row: chosen };
        written.cell(look, &look.cut(&text, *width), *width, 1)
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
fn text(app: &App, region: &RegionScreen, id: Option<Id<Slot>>, name: SlotField) -> String {
    let slot = id.and_then(|id| region.doc.years.slots.get(&id));
    match (name, slot) {
        (SlotField::Date, Some(slot)) => {
            let held = slot.meeting.and_then(|m| region.held(m)).and_then(|m| m.date);
            held.or(slot.date).map(date::short).unwrap_or_default()
        }
        (SlotField::Format, Some(slot)) => kind_of(app, &slot.format),
        (SlotField::Note, Some(slot)) => match slot.moved_from {
            Some(first) => {
                let from = format!("{}から移動", date::short(first));
                if slot.note.is_empty() { from } else { format!("{from}　{}", slot.note) }
            }
            None => slot.note.clone(),
        },
        _ => app.cell_shown(Cell::Slot(id, name)),
    }
}

/// What kind of meeting a format is, as the year's plan calls it.
pub fn kind_of(app: &App, format: &str) -> String {
    app.cx.formats.iter().find(|f| f.key == format).map_or(format, |f| f.kind.as_str()).to_owned()
}
