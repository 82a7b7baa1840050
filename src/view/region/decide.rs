//! The working mode of the yearly review: one issue in large, and the two forms.

use ratatui::layout::Rect;

use super::super::info::form;
use super::super::pen::{Pen, first_seen};
use super::super::theme::Meaning;
use super::register::{occasion, raised, way};
use crate::app::Model;
use crate::app::region::{DECISIONS, FORMS, RegionDesk, aspects};
use crate::app::sheet::Cell;
use crate::domain::escalation::way_of;
use crate::domain::register::Entry;
use crate::layout::measure::width;
use crate::layout::wrap::wrap;

/// One issue, with room around its sentence, and what is decided about it.
pub fn draw(pen: &mut Pen, model: &Model, region: &RegionDesk, pane: Rect) {
    let pane = Rect { x: pane.x + 2, width: pane.width.saturating_sub(4), ..pane };
    let Some(entry) = region.issue().and_then(|id| region.doc.entry(id)) else {
        let words = format!("{}年度に出た地域課題は、まだありません。", region.year);
        pen.wrapped(Rect { y: pane.y + 2, height: 3, ..pane }, &words, Meaning::Text);
        return;
    };
    let roomy = pane.height >= 22;
    let place = format!("{} / {}件", region.turn + 1, region.agenda.len());
    let x = pen.say(pane.x, pane.y, pane.width, &place, Meaning::Strong);
    let more = match region.occasions(entry).len() {
        0 | 1 => String::new(),
        meetings => format!("（会議 {meetings}回）"),
    };
    let from = format!("{}{more}", raised(region, entry));
    pen.brief(x + 3, pane.y, (pane.x + pane.width).saturating_sub(x + 3), &from, Meaning::Quiet);
    let gap = 1 + u16::from(roomy);
    let rows = pen.wrapped(
        Rect { x: pane.x + 2, y: pane.y + gap, width: pane.width.saturating_sub(4), height: 4 },
        &entry.issue.statement,
        Meaning::Title,
    );
    let used = gap + rows + gap;
    let fields = Rect { y: pane.y + used, height: pane.height.saturating_sub(used), ..pane };
    let id = entry.issue.id;
    let used =
        form(pen, model, fields, DECISIONS.len(), region.sheet.row, |i| Cell::Register(id, DECISIONS[i]));
    if roomy {
        let used = used + 1;
        past(
            pen,
            model,
            region,
            entry,
            Rect { y: fields.y + used, height: fields.height.saturating_sub(used), ..fields },
        );
    }
}

/// Where an issue showed and the way it went, as far as there is room for it.
fn past(pen: &mut Pen, model: &Model, region: &RegionDesk, entry: &Entry, pane: Rect) {
    let met = region.occasions(entry).into_iter().map(|o| occasion(region, o.meeting));
    let decided = way_of(&region.doc.escalations, entry.issue.id).into_iter();
    let mut rows: Vec<(String, String)> =
        met.chain(decided.map(|step| way(model.cx.marks.remains, step))).collect();
    // The days stand as text, those without one at the end.
    rows.sort();
    let days = rows.iter().map(|(day, _)| width(day)).max().unwrap_or(0) as u16 + 2;
    for (y, line) in (pane.y..pane.y + pane.height).zip(std::iter::once(None).chain(rows.iter().map(Some))) {
        match line {
            None => drop(pen.say(pane.x, y, pane.width, "これまで", Meaning::Strong)),
            Some((day, words)) => {
                pen.say(pane.x, y, days, day, Meaning::Quiet);
                pen.brief(pane.x + days, y, pane.width.saturating_sub(days), words, Meaning::Text);
            }
        }
    }
}

/// One of the forms as a table: its rows, and four columns to be written in.
pub fn draw_forms(pen: &mut Pen, model: &Model, region: &RegionDesk, pane: Rect) {
    let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
    let subjects = region.subjects(region.form, &model.cx.lists);
    let aspects = aspects(region.form);
    let first = pane.width / 5;
    let each = pane.width.saturating_sub(first + 4) / 4;
    pen.brief(pane.x, pane.y, first, FORMS[region.form.min(1)], Meaning::Strong);
    for (i, aspect) in aspects.iter().enumerate() {
        let x = pane.x + first + 1 + i as u16 * (each + 1);
        pen.brief(x, pane.y, each, aspect.label(), Meaning::Strong);
    }
    let text = |cell: Cell| match model.editing() {
        Some((editing, line)) if *editing == cell => line.text().to_owned(),
        _ => model.cell_shown(cell),
    };
    let rows: Vec<[String; 4]> =
        (0..subjects.len()).map(|row| aspects.map(|aspect| text(Cell::Passage(aspect, row)))).collect();
    let lines = |text: &str, w: u16| wrap(text, usize::from(w.max(2))).len() as u16;
    let room = pane.height.saturating_sub(1);
    let height = |row: usize| {
        let cells = rows[row].iter().map(|t| lines(t, each)).max().unwrap_or(1);
        cells.max(lines(&subjects[row], first)).clamp(1, room.max(1))
    };
    let heights: Vec<u16> = (0..rows.len()).map(height).collect();
    let selected = region.sheet.row.min(rows.len().saturating_sub(1));
    let mut y = pane.y + 1;
    for row in first_seen(&heights, selected, room)..rows.len() {
        let left = (pane.y + pane.height).saturating_sub(y);
        if left == 0 {
            break;
        }
        let line = Rect { y, height: heights[row].min(left), ..pane };
        if row % 2 == 1 {
            pen.fill(line, Meaning::Stripe);
        }
        pen.wrapped(Rect { width: first, ..line }, &subjects[row], Meaning::Text);
        for (i, aspect) in aspects.iter().enumerate() {
            let cell = Cell::Passage(*aspect, row);
            let at = Rect { x: pane.x + first + 1 + i as u16 * (each + 1), width: each, ..line };
            let chosen = row == selected && region.sheet.column == i;
            let editing = model.editing().is_some_and(|(c, _)| *c == cell);
            let meaning = match (editing, chosen) {
                (true, _) => Meaning::Entry,
                (_, true) => Meaning::Selected,
                _ => Meaning::Text,
            };
            if chosen || editing {
                pen.fill(at, meaning);
            }
            pen.wrapped(at, &rows[row][i], meaning);
        }
        y += heights[row];
    }
}
