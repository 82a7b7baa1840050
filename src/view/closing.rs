//! The closing: what each takes home, the next date, and what must not be forgotten.

use ratatui::layout::Rect;

use super::pen::{Pen, first_seen};
use super::theme::Meaning;
use crate::app::lists::Item;
use crate::app::panes::Panes;
use crate::app::sheet::{Cell, NEXT_DATE};
use crate::app::{Desk, Model};
use crate::domain::date;
use crate::domain::fields::MeetingField;
use crate::layout::wrap::wrap;

pub fn draw(pen: &mut Pen, model: &Model, panes: &Panes) {
    let Some(desk) = model.desk.as_ref() else { return };
    let body = Rect { x: panes.body.x + 1, width: panes.body.width.saturating_sub(2), ..panes.body };
    reflections(pen, model, desk, body);
    let side = Rect { x: panes.side.x + 1, width: panes.side.width.saturating_sub(2), ..panes.side };
    checklist(pen, model, desk, side);
}

fn reflections(pen: &mut Pen, model: &Model, desk: &Desk, pane: Rect) {
    let question = model.format().and_then(|f| f.reflections.get(desk.question)).map(|q| q.prompt.clone());
    let mut y = pane.y;
    if let Some(question) = question {
        y += pen.wrapped(Rect { height: 2, ..pane }, &question, Meaning::Strong);
    }
    y += 1;
    let selected = match model.selected_item() {
        Some(Item::Reflection(id)) => Some(id),
        _ => None,
    };
    let rows = desk.doc.dossier.reflections_in_order();
    if rows.is_empty() {
        let pane = Rect { y, height: 4, ..pane };
        pen.wrapped(
            pane,
            "下の行に、話されたとおりに書きます。頭に @薬 でだれのことばか、# でどの問いかを選べます。",
            Meaning::Quiet,
        );
        return;
    }
    let room = pane.y + pane.height - y;
    let text = |r: &crate::domain::Reflection| {
        let who = r.speaker.and_then(|id| desk.doc.dossier.participants.get(&id)).map_or("", |p| p.label());
        (format!("{who}　{}", r.question).trim_matches('　').to_owned(), r.text.clone())
    };
    let heights: Vec<u16> = rows
        .iter()
        .map(|r| 1 + wrap(&r.text, usize::from(pane.width.saturating_sub(2))).len() as u16)
        .collect();
    // The newest is at the bottom and seen, unless another one is selected.
    let last = selected.and_then(|id| rows.iter().position(|r| r.id == id)).unwrap_or(rows.len() - 1);
    let first = first_seen(&heights, last, room);
    for (i, row) in rows.iter().enumerate().skip(first) {
        let left = (pane.y + pane.height).saturating_sub(y);
        if left < 2 {
            break;
        }
        let chosen = selected == Some(row.id);
        let h = heights[i].min(left);
        if chosen {
            pen.fill(Rect { y, height: h, ..pane }, Meaning::Selected);
        }
        let (head, words) = text(row);
        pen.brief(pane.x, y, pane.width, &head, if chosen { Meaning::Selected } else { Meaning::Quiet });
        let words_pane = Rect { x: pane.x + 2, y: y + 1, width: pane.width.saturating_sub(2), height: h - 1 };
        pen.wrapped(words_pane, &words, if chosen { Meaning::Selected } else { Meaning::Text });
        y += h;
    }
}

fn checklist(pen: &mut Pen, model: &Model, desk: &Desk, pane: Rect) {
    let selected = model.selected_item();
    let mut y = pane.y;
    pen.say(pane.x, y, pane.width, MeetingField::NextDate.label(), Meaning::Strong);
    y += 1;
    let editing =
        desk.sheet.editing.as_ref().filter(|(c, _)| *c == Cell::About(NEXT_DATE)).map(|(_, line)| line);
    let next = match (editing, desk.doc.dossier.meeting.next_date) {
        (Some(line), _) => line.text().to_owned(),
        (None, Some(day)) => date::long(day),
        (None, None) => "まだ決まっていません".to_owned(),
    };
    let chosen = selected == Some(Item::NextDate);
    let meaning = match (editing.is_some(), chosen, desk.doc.dossier.meeting.next_date) {
        (true, ..) => Meaning::Entry,
        (_, true, _) => Meaning::Selected,
        (_, _, None) => Meaning::Warning,
        _ => Meaning::Text,
    };
    pen.fill(Rect { y, height: 1, ..pane }, if chosen { meaning } else { Meaning::Text });
    pen.brief(pane.x + 1, y, pane.width - 1, &next, meaning);
    y += 2;
    pen.brief(pane.x, y, pane.width, "終わる前に（Space で済み）", Meaning::Strong);
    checks(
        pen,
        desk,
        &model.items(),
        selected.as_ref(),
        Rect { y: y + 1, height: (pane.y + pane.height).saturating_sub(y + 2), ..pane },
    );
}

/// What must not be forgotten, as much of it as fits: the selected entry is seen, and a sign tells that there is more.
fn checks(pen: &mut Pen, desk: &Desk, items: &[Item], selected: Option<&Item>, pane: Rect) {
    let titles = items.iter().filter_map(|item| match item {
        Item::Check(title) => Some((item, title)),
        _ => None,
    });
    let rows: Vec<(&Item, &String, u16)> = titles
        .map(|(i, t)| (i, t, wrap(t, usize::from(pane.width.saturating_sub(3))).len() as u16))
        .collect();
    let last = rows.iter().position(|(item, ..)| Some(*item) == selected).unwrap_or(0);
    let heights: Vec<u16> = rows.iter().map(|(.., h)| *h).collect();
    let first = first_seen(&heights, last, pane.height);
    let (mut y, end) = (pane.y, pane.y + pane.height);
    for (item, title, h) in rows.iter().skip(first) {
        if y + h > end {
            pen.put_right(pane.x + pane.width, end, pen.look.signs.down, pen.style(Meaning::Quiet));
            break;
        }
        let (chosen, done) = (Some(*item) == selected, desk.doc.dossier.meeting.checked.contains(*title));
        let meaning = match (chosen, done) {
            (true, _) => Meaning::Selected,
            (_, true) => Meaning::Quiet,
            _ => Meaning::Text,
        };
        let mark = if done { pen.look.signs.done } else { pen.look.signs.open };
        if chosen {
            pen.fill(Rect { y, height: *h, ..pane }, Meaning::Selected);
        }
        pen.say(pane.x, y, 3, mark, meaning);
        y += pen.wrapped(Rect { x: pane.x + 3, y, width: pane.width - 3, height: *h }, title, meaning);
    }
}
