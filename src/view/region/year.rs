//! The plan of a year: its slots as a table, then the meetings that are in none.

use super::super::pen::Pen;
use super::super::theme::Meaning;
use crate::app::Model;
use crate::app::panes::Panes;
use crate::app::region::{RegionDesk, YearRow};
use crate::app::sheet::Cell;
use chrono::NaiveDate;
use ratatui::layout::Rect;

use crate::domain::year::SlotState;
use crate::domain::{Id, Slot, date};
use crate::layout::signs::Signs;
use crate::review::Row;

/// Where the columns begin and how wide they are: the state, then the fields of a slot.
struct Columns {
    state: u16,
    widths: [u16; 5],
}

fn columns(width: u16) -> Columns {
    let state = 10;
    let fixed = [12, if width >= 100 { 24 } else { 18 }, 0, 5, 0];
    let rest = width.saturating_sub(state + fixed.iter().sum::<u16>() + 8);
    let mut widths = fixed;
    widths[2] = rest * 3 / 5;
    widths[4] = rest - widths[2];
    Columns { state, widths }
}

pub fn draw(pen: &mut Pen, model: &Model, region: &RegionDesk, panes: &Panes) {
    let pane = Rect { x: panes.body.x + 1, width: panes.body.width.saturating_sub(2), ..panes.body };
    let columns = columns(pane.width);
    let rows = region.year_rows();
    heading(pen, model, region, pane, (&columns, &rows));
    let selected = region.sheet.row.min(rows.len().saturating_sub(1));
    let room = usize::from(pane.height.saturating_sub(2));
    let first_loose = rows.iter().position(|r| matches!(r, YearRow::Loose(_)));
    // A heading stands before the meetings without a slot.
    let lines = |i: usize| i + 2 * usize::from(first_loose.is_some_and(|first| i >= first));
    let scroll = (lines(selected) + 1).saturating_sub(room);
    for (i, row) in rows.iter().enumerate() {
        let at = lines(i);
        if first_loose == Some(i) && at > scroll && at - 1 < scroll + room {
            let y = pane.y + 2 + (at - 1 - scroll) as u16;
            pen.say(pane.x, y, pane.width, "まだ枠のない会議", Meaning::Quiet);
        }
        if at < scroll || at >= scroll + room {
            continue;
        }
        let line = Rect { y: pane.y + 2 + (at - scroll) as u16, height: 1, ..pane };
        draw_row(pen, model, region, *row, line, &columns, i == selected);
    }
    let below = (0..rows.len()).filter(|i| lines(*i) >= scroll + room).count();
    if below > 0 {
        let more = format!("{} 下に ほか {below}行", model.cx.marks.down);
        pen.put_right(pane.x + pane.width, pane.y, &more, pen.style(Meaning::Quiet));
    }
    if panes.side.width > 0 {
        let side = Rect { x: panes.side.x + 1, width: panes.side.width.saturating_sub(2), ..panes.side };
        beside(pen, region, side);
    }
}

/// What the meetings held so far say for those to come: which professions keep missing, who came for the first time, and who has
/// brought a case.
fn beside(pen: &mut Pen, region: &RegionDesk, pane: Rect) {
    let counted = region.counted.as_ref().filter(|c| c.review.year == region.year);
    let Some(counted) = counted.filter(|c| c.review.sum.meetings() > 0) else { return };
    let [missing, first_time, presenters] = &counted.beside;
    let mut list = List { pen, pane, y: pane.y };
    let count = |row: &Row, i: usize| row.cells.get(i).and_then(|v| v.count()).unwrap_or(0);
    list.heading("足りない職種");
    let short: Vec<&Row> = missing.rows.iter().filter(|r| r.key.is_some() && count(r, 0) > 0).collect();
    for row in short.iter().take(5) {
        let words = format!("来なかった {}回　来た {}回", count(row, 0), count(row, 1));
        list.row(&row.label, &words);
    }
    if short.is_empty() {
        list.row("いつもの職種は、どの会議にもいました", "");
    }
    list.heading("初参加");
    for row in first_time.rows.iter().filter(|r| count(r, 0) > 0) {
        list.row(&row.label, &format!("{}人", count(row, 0)));
    }
    list.heading("事例を出した所");
    let (brought, waiting): (Vec<&Row>, Vec<&Row>) =
        presenters.rows.iter().filter(|r| r.key.is_some()).partition(|r| count(r, 0) > 0);
    for row in brought.iter().take(6) {
        list.row(&row.label, &format!("{}回", count(row, 0)));
    }
    if !waiting.is_empty() {
        list.heading("来ていて、まだ出していない所");
        for row in waiting.iter().take(6) {
            list.row(&row.label, &format!("参加 {}回", count(row, 1)));
        }
    }
}

/// Rows one under the other, with a heading over each group.
struct List<'a, 'b> {
    pen: &'a mut Pen<'b>,
    pane: Rect,
    y: u16,
}

impl List<'_, '_> {
    fn heading(&mut self, words: &str) {
        self.y += u16::from(self.y > self.pane.y);
        self.line(words, "", Meaning::Strong);
    }

    fn row(&mut self, words: &str, count: &str) {
        self.line(&format!(" {words}"), count, Meaning::Text);
    }

    fn line(&mut self, words: &str, count: &str, meaning: Meaning) {
        if self.y >= self.pane.y + self.pane.height {
            return;
        }
        let right = self.pane.x + self.pane.width;
        let x = self.pen.put_right(right, self.y, count, self.pen.style(Meaning::Quiet));
        self.pen.brief(self.pane.x, self.y, x.saturating_sub(self.pane.x + 1), words, meaning);
        self.y += 1;
    }
}

/// How the year stands, and the titles of the columns.
fn heading(
    pen: &mut Pen,
    model: &Model,
    region: &RegionDesk,
    pane: Rect,
    (columns, rows): (&Columns, &[YearRow]),
) {
    let plan = region.doc.years.plan(region.written_town(), region.year);
    let today = model.cx.now.today();
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
    let all = if plan.is_empty() {
        String::new()
    } else {
        format!("{}回の枠：{}", plan.len(), words.join("・"))
    };
    pen.brief(pane.x, pane.y, pane.width, &all, Meaning::Strong);
    let mut x = pane.x + columns.state;
    for (i, w) in columns.widths.iter().enumerate() {
        pen.brief(x, pane.y + 1, *w, Cell::Slot(None, i).heading().title, Meaning::Quiet);
        x += w + 2;
    }
}

fn draw_row(
    pen: &mut Pen,
    model: &Model,
    region: &RegionDesk,
    row: YearRow,
    line: Rect,
    columns: &Columns,
    chosen: bool,
) {
    let meaning = if chosen { Meaning::Selected } else { Meaning::Text };
    match row {
        YearRow::Usual => {
            pen.fill(line, meaning);
            let kinds: Vec<String> = model
                .cx
                .lists
                .slots
                .iter()
                .map(|kind| format!("{} {}回", kind_of(model, &kind.format), kind.count))
                .collect();
            let words = format!("＋ いつもの枠を作る（{}）", kinds.join("・"));
            pen.brief(line.x, line.y, line.width, &words, if chosen { meaning } else { Meaning::Strong });
        }
        YearRow::Slot(id) => {
            if let Some(slot) = region.doc.years.slots.get(&id) {
                state(pen, model, slot, Rect { width: columns.state, ..line });
            }
            cells(pen, model, region, Some(id), line, columns, chosen);
        }
        YearRow::New => cells(pen, model, region, None, line, columns, chosen),
        YearRow::Loose(meeting) => {
            pen.fill(line, meaning);
            let (words, _) = region.meeting_words(meeting);
            let count = region.held(meeting).map(|m| format!("{}人", m.participants)).unwrap_or_default();
            pen.brief(line.x, line.y, line.width, &format!("{words}　{count}"), meaning);
        }
    }
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

fn state(pen: &mut Pen, model: &Model, slot: &Slot, pane: Rect) {
    let (sign, label, meaning) = state_of(pen.look.signs, slot, model.cx.now.today());
    pen.brief(pane.x, pane.y, pane.width.saturating_sub(1), &format!("{sign} {label}"), meaning);
}

fn cells(
    pen: &mut Pen,
    model: &Model,
    region: &RegionDesk,
    id: Option<Id<Slot>>,
    line: Rect,
    columns: &Columns,
    in_row: bool,
) {
    let mut x = line.x + columns.state;
    for (i, w) in columns.widths.iter().enumerate() {
        let cell = Cell::Slot(id, i);
        let pane = Rect { x, width: *w, ..line };
        let chosen = in_row && region.sheet.column == i;
        let editing = model.editing().is_some_and(|(c, _)| *c == cell);
        let meaning = match (editing, chosen, in_row) {
            (true, ..) => Meaning::Entry,
            (_, true, _) => Meaning::Selected,
            (_, _, true) => Meaning::Strong,
            _ => Meaning::Text,
        };
        if chosen || editing {
            pen.fill(pane, meaning);
        }
        let text = match model.editing() {
            Some((editing, line)) if *editing == cell => line.text().to_owned(),
            _ => text(model, region, id, cell, i),
        };
        if text.is_empty() && !editing {
            let word = match (id, i) {
                (None, 0) => "＋ 枠を足す",
                (Some(_), 0) => "未定",
                _ => "",
            };
            pen.brief(x, line.y, *w, word, if chosen { meaning } else { Meaning::Quiet });
        } else {
            pen.brief(x, line.y, *w, &text, meaning);
        }
        x += w + 2;
    }
}

/// A field as the table shows it: the day of a meeting that was held, and a day that was moved with where it was before.
fn text(model: &Model, region: &RegionDesk, id: Option<Id<Slot>>, cell: Cell, column: usize) -> String {
    let slot = id.and_then(|id| region.doc.years.slots.get(&id));
    match (column, slot) {
        (0, Some(slot)) => {
            let held = slot.meeting.and_then(|m| region.held(m)).and_then(|m| m.date);
            held.or(slot.date).map(date::short).unwrap_or_default()
        }
        (1, Some(slot)) => kind_of(model, &slot.format),
        (4, Some(slot)) => match slot.moved_from {
            Some(first) => {
                let from = format!("{}から移動", date::short(first));
                if slot.note.is_empty() { from } else { format!("{from}　{}", slot.note) }
            }
            None => slot.note.clone(),
        },
        _ => model.cell_shown(cell),
    }
}

/// What kind of meeting a format is, as the year's plan calls it.
pub fn kind_of(model: &Model, format: &str) -> String {
    model.cx.formats.iter().find(|f| f.key == format).map_or(format, |f| f.kind.as_str()).to_owned()
}
