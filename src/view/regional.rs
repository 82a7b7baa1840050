//! Regional issues: the sentence being written at the left, this meeting's issues at the right.

use ratatui::layout::Rect;

use super::info::form;
use super::pen::Pen;
use super::theme::Meaning;
use crate::app::Model;
use crate::app::alike::standing;
use crate::app::panes::Panes;
use crate::app::sheet::{Cell, evidence_nodes, form_length};
use crate::command::{Command, Place};
use crate::domain::register::Entry;
use crate::privacy::warning;

pub fn draw(pen: &mut Pen, model: &Model, panes: &Panes) {
    let Some(desk) = model.desk.as_ref() else { return };
    let body = Rect { x: panes.body.x + 1, width: panes.body.width.saturating_sub(2), ..panes.body };
    let issues = desk.doc.dossier.regional_issues();
    let selected = issues.get(desk.sheet.row).map(|r| r.id);
    let x = tabs(pen, model, body, issues.len());
    let looks = issues.get(desk.sheet.row).map(|r| model.cx.watch.look(&r.statement)).unwrap_or_default();
    let alike = desk.alike().count();
    let (words, meaning) = match warning(&looks) {
        Some(warning) => (warning, Meaning::Warning),
        None if alike > 0 => {
            let key = model.cx.keymap.shown(Command::Alike);
            (format!("よく似た課題 {alike}件（{key}）"), Meaning::Strong)
        }
        None => (String::new(), Meaning::Text),
    };
    pen.brief(x + 1, body.y, (body.x + body.width).saturating_sub(x + 1), &words, meaning);
    let fields = Rect { y: body.y + 2, height: body.height.saturating_sub(2), ..body };
    form(pen, model, fields, form_length(Place::Regional), desk.sheet.column, |i| {
        Cell::Regional(selected, i)
    });
    context(pen, model, panes.side);
}

/// One number an issue, and a plus for the next; gives the column after them.
fn tabs(pen: &mut Pen, model: &Model, pane: Rect, count: usize) -> u16 {
    let row = model.desk.as_ref().map_or(0, |d| d.sheet.row);
    let mut x = pen.say(pane.x, pane.y, pane.width, "地域課題 ", Meaning::Strong);
    for i in 0..=count {
        let word = if i == count { "＋新しく".into() } else { pen.look.signs.number(i as u32 + 1) };
        let meaning = if i == row { Meaning::Selected } else { Meaning::Quiet };
        x = pen.say(x, pane.y, (pane.x + pane.width).saturating_sub(x), &format!(" {word} "), meaning);
    }
    x
}

/// What the sentence is made from: the regional issues so far, then the issues of the map.
fn context(pen: &mut Pen, model: &Model, pane: Rect) {
    let Some(desk) = model.desk.as_ref() else { return };
    let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
    let bottom = pane.y + pane.height;
    let mut y = pane.y;
    let regional = desk.doc.dossier.regional_issues();
    if !regional.is_empty() {
        pen.say(pane.x, y, pane.width, "この会議から", Meaning::Strong);
        y += 1;
        for (i, issue) in regional.iter().enumerate().take(usize::from(pane.height / 2)) {
            let words = format!("{} {}", pen.look.signs.number(i as u32 + 1), issue.statement);
            let meaning = if i == desk.sheet.row { Meaning::Strong } else { Meaning::Quiet };
            pen.brief(pane.x, y, pane.width, &words, meaning);
            y += 1;
        }
        y += 1;
    }
    let used =
        earlier(pen, Rect { y, height: bottom.saturating_sub(y), ..pane }, "根拠に加えた課題", desk.joined());
    y += used;
    // Half of what is left, for the issues of the map are what the sentence is made from.
    let room = bottom.saturating_sub(y) / 2;
    y += earlier(pen, Rect { y, height: room, ..pane }, "よく似た課題", desk.alike());
    if y + 1 >= bottom {
        return;
    }
    pen.say(pane.x, y, pane.width, "地図の課題", Meaning::Strong);
    y += 1;
    let used = evidence_nodes(desk);
    for node in desk.doc.dossier.issues() {
        if y >= bottom {
            break;
        }
        let mark = if used.contains(&node.id) { pen.look.signs.saved } else { " " };
        let words = format!("{mark}{} {}", pen.look.signs.number(node.number), node.text);
        pen.brief(
            pane.x,
            y,
            pane.width,
            &words,
            if used.contains(&node.id) { Meaning::Quiet } else { Meaning::Text },
        );
        y += 1;
    }
}

/// Issues of earlier meetings, each with how far it has come; gives the rows that were used.
fn earlier<'a>(pen: &mut Pen, pane: Rect, title: &str, entries: impl Iterator<Item = &'a Entry>) -> u16 {
    let mut y = pane.y;
    for entry in entries {
        if y == pane.y && pane.height >= 4 {
            pen.say(pane.x, y, pane.width, title, Meaning::Strong);
            y += 1;
        }
        if y == pane.y || y + 2 >= pane.y + pane.height {
            break;
        }
        pen.brief(pane.x + 1, y, pane.width - 1, &entry.issue.statement, Meaning::Text);
        pen.brief(pane.x + 3, y + 1, pane.width - 3, &standing(entry), Meaning::Quiet);
        y += 2;
    }
    // A free row after them.
    if y > pane.y { y + 1 - pane.y } else { 0 }
}
