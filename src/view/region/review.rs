//! A question of the review: the number it comes to in large, what it means, and how it is made up.

use ratatui::layout::Rect;

use super::super::pen::Pen;
use super::super::theme::Meaning;
use crate::app::Model;
use crate::app::region::{Counted, RegionDesk};
use crate::command::Command;
use crate::layout::measure::width;
use crate::layout::wrap::wrap;
use crate::review::{Figure, FigureId, Row, Value};

/// The rows of a large digit, three dots wide; `#` is inked. A dot takes two cells, so that it is about as wide as high.
const DIGITS: [[&str; 5]; 10] = [
    ["###", "# #", "# #", "# #", "###"],
    ["  #", "  #", "  #", "  #", "  #"],
    ["###", "  #", "###", "#  ", "###"],
    ["###", "  #", "###", "  #", "###"],
    ["# #", "# #", "###", "  #", "  #"],
    ["###", "#  ", "###", "  #", "###"],
    ["###", "#  ", "###", "# #", "###"],
    ["###", "  #", "  #", "  #", "  #"],
    ["###", "# #", "###", "# #", "###"],
    ["###", "# #", "###", "  #", "###"],
];

pub fn draw(pen: &mut Pen, model: &Model, region: &RegionDesk, pane: Rect) {
    let pane = Rect { x: pane.x + 2, width: pane.width.saturating_sub(4), ..pane };
    let Some(counted) = region.counted.as_ref().filter(|c| c.review.year == region.year) else {
        pen.say(pane.x, pane.y + 1, pane.width, "数えています…", Meaning::Quiet);
        return;
    };
    let figure = &counted.figure;
    let place = format!("{} / {}", region.question + 1, counted.questions.len());
    let x = pen.say(pane.x, pane.y, pane.width, &place, Meaning::Quiet);
    pen.say(x + 2, pane.y, pane.width, figure.id.title(), Meaning::Title);
    let head = headline(pen, counted, Rect { y: pane.y + 2, height: pane.height.saturating_sub(2), ..pane });
    let y = pane.y + 2 + head + 1;
    let notes: Vec<&String> = figure.notes.iter().collect();
    let below = notes.iter().map(|n| wrap(n, usize::from(pane.width)).len() as u16).sum::<u16>().min(3);
    let chart = Rect { y, height: (pane.y + pane.height).saturating_sub(y + below), ..pane };
    match figure.id {
        FigureId::Heat => heat(pen, figure, chart, region.sheet.row),
        _ => rows(pen, model, counted, chart, region.sheet.row),
    }
    let mut y = pane.y + pane.height - below;
    for note in notes {
        let left = (pane.y + pane.height).saturating_sub(y);
        y += pen.wrapped(Rect { y, height: left, ..pane }, note, Meaning::Quiet);
    }
}

/// The number in large, with what it means beside it; gives the rows used.
fn headline(pen: &mut Pen, counted: &Counted, pane: Rect) -> u16 {
    let (number, unit) = counted.headline();
    let mut x = pane.x;
    for sign in number.chars() {
        x = digit(pen, x, pane.y, sign) + 2;
    }
    let unit_end = pen.say(x, pane.y + 4, pane.width, unit, Meaning::Strong);
    let x = (unit_end + 3).max(pane.x + 18);
    let words = Rect { x, width: (pane.x + pane.width).saturating_sub(x), height: 6, ..pane };
    pen.wrapped(words, counted.figure.id.definition(), Meaning::Quiet).max(5)
}

/// One digit or point; gives the column after it.
fn digit(pen: &mut Pen, x: u16, y: u16, sign: char) -> u16 {
    let ink = pen.look.signs.bar.repeat(2);
    let Some(rows) = sign.to_digit(10).and_then(|d| DIGITS.get(d as usize)) else {
        pen.say(x, y + 4, 2, &ink, Meaning::Bar);
        return x + 2;
    };
    for (dy, row) in rows.iter().enumerate() {
        for (dx, _) in row.chars().enumerate().filter(|(_, c)| *c == '#') {
            pen.say(x + 2 * dx as u16, y + dy as u16, 2, &ink, Meaning::Bar);
        }
    }
    x + 6
}

/// The rows of a figure: their names, a bar where they can be laid beside each other, and all that is known of them.
fn rows(pen: &mut Pen, model: &Model, counted: &Counted, pane: Rect, selected: usize) {
    let figure = &counted.figure;
    let texts: Vec<Vec<String>> =
        figure.rows.iter().map(|r| r.cells.iter().map(|c| c.text()).collect()).collect();
    let label = figure.rows.iter().map(|r| width(&r.label)).max().unwrap_or(0).clamp(4, 34) as u16;
    let columns = figure.columns.len().saturating_sub(1);
    let each = |i: usize| {
        let head = figure.columns.get(i + 1).map_or(0, |c| width(c).min(18));
        texts.iter().filter_map(|r| r.get(i)).map(|t| width(t)).max().unwrap_or(0).max(head) as u16
    };
    let widths: Vec<u16> = (0..columns).map(each).collect();
    // As many columns as fit; the bar has what is left.
    let mut shown = 0;
    let mut used = label + 2;
    while shown < columns && used + widths[shown] + 2 <= pane.width {
        used += widths[shown] + 2;
        shown += 1;
    }
    let bar = if counted.bars().is_some() { pane.width.saturating_sub(used + 1).min(60) } else { 0 };
    let bar = if bar < 8 { 0 } else { bar };
    heads(pen, figure, pane, label, &widths[..shown], bar);
    let most = figure.rows.iter().filter(|r| is_part(figure, r)).filter_map(first).max().unwrap_or(0).max(1);
    // The last row says what there is no room for.
    let room = usize::from(pane.height.saturating_sub(1));
    let all = figure.rows.len() <= room && shown == columns;
    let room = if all { room } else { room.saturating_sub(1) };
    let at = selected.min(figure.rows.len().saturating_sub(1));
    let from = (at + 1).saturating_sub(room);
    for (i, row) in figure.rows.iter().enumerate().skip(from).take(room) {
        let y = pane.y + 1 + (i - from) as u16;
        let chosen = i == at;
        let meaning = if chosen { Meaning::Selected } else { Meaning::Text };
        pen.fill(Rect { y, height: 1, width: label + 1, ..pane }, meaning);
        let name = if row.label.is_empty() { "（記載なし）" } else { &row.label };
        pen.brief(pane.x, y, label, name, meaning);
        let mut x = pane.x + label + 2;
        if bar > 0 {
            let cells = first(row).filter(|_| is_part(figure, row)).map_or(0, |n| length(n, most, bar));
            pen.say(x, y, bar, &pen.look.signs.bar.repeat(usize::from(cells)), Meaning::Bar);
            x += bar + 1;
        }
        for (text, w) in texts[i].iter().zip(&widths[..shown]) {
            pen.put_right(x + w, y, text, pen.style(Meaning::Text));
            x += w + 2;
        }
    }
    let mut more = Vec::new();
    if shown < columns {
        let key = model.cx.keymap.said(Command::Export);
        more.push(format!("入らない欄が {}つ（{key} のファイルにはあります）", columns - shown));
    }
    if from + room < figure.rows.len() {
        more.push(format!("{} ほか {}", model.cx.marks.down, figure.rows.len() - from - room));
    }
    pen.put_right(pane.x + pane.width, pane.y + pane.height - 1, &more.join("　"), pen.style(Meaning::Quiet));
}

fn heads(pen: &mut Pen, figure: &Figure, pane: Rect, label: u16, widths: &[u16], bar: u16) {
    if let Some(head) = figure.columns.first() {
        pen.brief(pane.x, pane.y, label, head, Meaning::Quiet);
    }
    let mut x = pane.x + label + 2 + if bar > 0 { bar + 1 } else { 0 };
    for (head, w) in figure.columns.iter().skip(1).zip(widths) {
        let head = pen.cut(head, usize::from(*w)).into_owned();
        pen.put_right(x + w, pane.y, &head, pen.style(Meaning::Quiet));
        x += w + 2;
    }
}

/// Whether a row is one of the parts, not their sum: parts have a key, where any row has one.
fn is_part(figure: &Figure, row: &Row) -> bool {
    row.key.is_some() || figure.rows.iter().all(|r| r.key.is_none())
}

fn first(row: &Row) -> Option<u64> {
    row.cells.first().and_then(|v| v.count())
}

/// The cells of a bar: at least one for what is not nothing.
fn length(n: u64, most: u64, room: u16) -> u16 {
    if n == 0 { 0 } else { ((n * u64::from(room)).div_ceil(most)).min(u64::from(room)) as u16 }
}

/// Scenes and categories as a table, the more the darker; the number stands in each cell.
fn heat(pen: &mut Pen, figure: &Figure, pane: Rect, selected: usize) {
    let columns = figure.columns.len().saturating_sub(1).max(1) as u16;
    let label = figure.rows.iter().map(|r| width(&r.label)).max().unwrap_or(0).clamp(8, 22) as u16;
    let each = (pane.width.saturating_sub(label + 2) / columns).clamp(4, 12);
    // The letter says which category; its words do not fit.
    for (i, head) in figure.columns.iter().skip(1).enumerate() {
        let short: String = if head.starts_with('(') { head.chars().take(3).collect() } else { head.clone() };
        let x = pane.x + label + 2 + i as u16 * each;
        let short = pen.cut(&short, usize::from(each.saturating_sub(1))).into_owned();
        pen.put_right(x + each - 1, pane.y, &short, pen.style(Meaning::Quiet));
    }
    let is_cell = |i: usize| figure.columns.get(i + 1).is_some_and(|c| c.starts_with('('));
    let parts = figure.rows.iter().filter(|r| is_part(figure, r));
    let cells = parts.flat_map(|r| r.cells.iter().enumerate().filter(|(i, _)| is_cell(*i)));
    let most = cells.filter_map(|(_, v)| v.count()).max().unwrap_or(0).max(1);
    for (r, row) in figure.rows.iter().enumerate().take(usize::from(pane.height.saturating_sub(1))) {
        let y = pane.y + 1 + r as u16;
        let chosen = r == selected;
        let meaning = if chosen { Meaning::Selected } else { Meaning::Text };
        pen.fill(Rect { y, height: 1, width: label + 1, ..pane }, meaning);
        pen.brief(pane.x, y, label, &row.label, meaning);
        for (i, value) in row.cells.iter().enumerate() {
            let x = pane.x + label + 2 + i as u16 * each;
            let meaning = match value.count() {
                Some(n) if n > 0 && is_cell(i) && is_part(figure, row) => Meaning::Heat(shade(n, most)),
                _ => Meaning::Text,
            };
            pen.fill(Rect { x, y, width: each - 1, height: 1 }, meaning);
            let text = if *value == Value::Count(0) { pen.look.signs.dot.to_owned() } else { value.text() };
            pen.put_right(x + each - 1, y, &text, pen.style(meaning));
        }
    }
}

/// How dark a cell is, from 0 to 2: in thirds of the most.
fn shade(n: u64, most: u64) -> u8 {
    ((n * 3).div_ceil(most).clamp(1, 3) - 1) as u8
}
