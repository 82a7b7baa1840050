//! The plan as a table that looks like the sheet on the wall.

use ratatui::layout::Rect;

use super::pen::{Pen, first_seen};
use super::theme::Meaning;
use crate::app::sheet::{Cell, PLAN_COLUMNS};
use crate::app::{Desk, Model};
use crate::domain::{Action, Id};
use crate::layout::wrap::wrap;

/// Widths of the columns in cells for a table of a width: fixed ones, and the rest shared.
fn columns(width: u16) -> [u16; PLAN_COLUMNS] {
    let fixed = if width >= 110 { [20, 0, 18, 14, 0, 6] } else { [12, 0, 12, 12, 0, 6] };
    let rest = width.saturating_sub(fixed.iter().sum::<u16>() + PLAN_COLUMNS as u16);
    let mut widths = fixed;
    widths[1] = rest * 3 / 5;
    widths[4] = rest - widths[1];
    widths
}

pub fn draw(pen: &mut Pen, model: &Model, pane: Rect) {
    let Some(desk) = model.desk.as_ref() else { return };
    let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(1), ..pane };
    let widths = columns(pane.width);
    let mut x = pane.x;
    for (i, w) in widths.iter().enumerate() {
        pen.say(x, pane.y, *w, Cell::Plan(None, i).heading().title, Meaning::Strong);
        x += w + 1;
    }
    let ids: Vec<Option<Id<Action>>> =
        desk.doc.dossier.plan().iter().map(|a| Some(a.id)).chain([None]).collect();
    let foot = pane.y + pane.height - 1;
    let table = Rect { y: pane.y + 1, height: pane.height - 2, ..pane };
    let rows: Vec<Vec<String>> = ids.iter().map(|id| texts(model, *id)).collect();
    let heights = heights(&rows, &widths, desk.sheet.row, table.height);
    let first = first_seen(&heights, desk.sheet.row.min(rows.len() - 1), table.height);
    let mut y = table.y;
    for (i, texts) in rows.iter().enumerate().skip(first) {
        let room = (table.y + table.height).saturating_sub(y);
        if room == 0 {
            break;
        }
        let h = heights[i].min(room);
        row(pen, desk, Rect { y, height: h, ..table }, ids[i], texts, &widths, i);
        y += h;
    }
    footer(pen, desk, foot, pane);
}

/// The heights of the rows: the selected one is open, and the others show as much as there is room for, two lines at the least.
fn heights(rows: &[Vec<String>], widths: &[u16], selected: usize, room: u16) -> Vec<u16> {
    let lines = |texts: &Vec<String>| {
        texts.iter().zip(widths).map(|(t, w)| wrap(t, usize::from(*w)).len()).max().unwrap_or(1) as u16
    };
    let whole: Vec<u16> = rows.iter().map(|texts| lines(texts).clamp(1, room)).collect();
    let capped = |most: u16| -> Vec<u16> {
        whole.iter().enumerate().map(|(i, h)| if i == selected { *h } else { (*h).min(most) }).collect()
    };
    (3..=8).rev().map(capped).find(|heights| heights.iter().sum::<u16>() <= room).unwrap_or_else(|| capped(2))
}

/// The texts of a row; what is being written stands in its place already.
fn texts(model: &Model, id: Option<Id<Action>>) -> Vec<String> {
    let text = |i: usize| match model.editing() {
        Some((cell, line)) if *cell == Cell::Plan(id, i) => line.text().to_owned(),
        _ => model.cell_shown(Cell::Plan(id, i)),
    };
    (0..PLAN_COLUMNS).map(text).collect()
}

fn row(
    pen: &mut Pen,
    desk: &Desk,
    pane: Rect,
    id: Option<Id<Action>>,
    texts: &[String],
    widths: &[u16],
    index: usize,
) {
    let in_row = desk.sheet.row == index;
    if index % 2 == 1 {
        pen.fill(pane, Meaning::Stripe);
    }
    let mut x = pane.x;
    for (i, (text, w)) in texts.iter().zip(widths).enumerate() {
        let cell = Rect { x, y: pane.y, width: *w, height: pane.height };
        let chosen = in_row && desk.sheet.column == i;
        let editing = desk.sheet.editing.as_ref().is_some_and(|(c, _)| *c == Cell::Plan(id, i));
        let meaning = match (editing, chosen, in_row) {
            (true, ..) => Meaning::Entry,
            (_, true, _) => Meaning::Selected,
            (_, _, true) => Meaning::Strong,
            _ => Meaning::Text,
        };
        if editing || chosen {
            pen.fill(cell, meaning);
        }
        if text.is_empty() && !editing {
            // Who and until when matter: their absence is said.
            let word = match (id, i) {
                (None, 1) => "＋ 次の行動",
                (Some(_), 2 | 3) => "未定",
                _ => "",
            };
            pen.brief(x, pane.y, *w, word, if chosen { meaning } else { Meaning::Quiet });
        } else {
            let rows = pen.wrapped(cell, text, meaning);
            if usize::from(rows) < wrap(text, usize::from(*w)).len() {
                pen.put_right(x + w, pane.y + rows - 1, "…", pen.style(meaning));
            }
        }
        x += w + 1;
    }
}

/// How many rows, and who has nothing to do yet.
fn footer(pen: &mut Pen, desk: &Desk, y: u16, pane: Rect) {
    let busy = |id| desk.doc.dossier.actions.values().any(|a| a.who.contains(&id));
    let idle: Vec<&str> = desk
        .doc
        .dossier
        .people()
        .into_iter()
        .filter(|p| !busy(p.id))
        .map(crate::domain::Participant::label)
        .collect();
    let open = desk.doc.dossier.actions.values().filter(|a| a.who.is_empty()).count();
    let mut words = format!("{}件", desk.doc.dossier.actions.len());
    if open > 0 {
        words.push_str(&format!("　だれがするか未定 {open}件"));
    }
    if !idle.is_empty() && !desk.doc.dossier.actions.is_empty() {
        words.push_str(&format!("　まだ何もない人：{}", idle.join("・")));
    }
    pen.brief(pane.x, y, pane.width, &words, Meaning::Quiet);
}
