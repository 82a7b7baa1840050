//! A form: titles at the left, what is written at the right, the selected field open.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::Model;
use crate::app::sheet::{Cell, form_length};
use crate::command::Place;
use crate::layout::measure::width;
use crate::layout::wrap::wrap;

/// The form about the meeting and its case.
pub fn draw(pen: &mut Pen, model: &Model, pane: Rect) {
    let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
    let row = model.desk.as_ref().map_or(0, |d| d.sheet.row);
    form(pen, model, pane, form_length(Place::Info), row, Cell::About);
}

/// A form of `length` fields, scrolled so that the selected one is seen; gives the rows it takes.
pub fn form(
    pen: &mut Pen,
    model: &Model,
    pane: Rect,
    length: usize,
    selected: usize,
    cell: impl Fn(usize) -> Cell,
) -> u16 {
    let longest = (0..length).map(|i| width(cell(i).heading().title)).max().unwrap_or(0) as u16 + 2;
    // What is written needs the room more than a long title, which takes two rows instead.
    let titles = longest.min((pane.width * 2 / 5).max(16));
    let title_rows = |i: usize| wrap(cell(i).heading().title, usize::from(titles - 2));
    let room = pane.width.saturating_sub(titles).max(10);
    let text = |i: usize| match model.editing() {
        Some((editing, line)) if *editing == cell(i) => line.text().to_owned(),
        _ => model.cell_shown(cell(i)),
    };
    let texts: Vec<String> = (0..length).map(text).collect();
    let rows = |i: usize, t: &String| (wrap(t, usize::from(room)).len().clamp(1, 6)).max(title_rows(i).len());
    let heights: Vec<u16> = texts.iter().enumerate().map(|(i, t)| rows(i, t) as u16).collect();
    let above: u16 = heights[..selected.min(length)].iter().sum();
    let own = heights.get(selected).copied().unwrap_or(1);
    let scroll = (above + own + 1).saturating_sub(pane.height).min(above);
    let mut top = 0;
    for i in 0..length {
        let y = top;
        top += heights[i];
        if y < scroll || y + 1 > scroll + pane.height {
            continue;
        }
        let y = pane.y + y - scroll;
        let h = heights[i].min(pane.y + pane.height - y);
        let chosen = i == selected;
        let editing = model.editing().is_some_and(|(c, _)| *c == cell(i));
        let meaning = match (editing, chosen) {
            (true, _) => Meaning::Entry,
            (false, true) => Meaning::Selected,
            _ => Meaning::Text,
        };
        let title = if chosen { Meaning::Strong } else { Meaning::Quiet };
        for (row, words) in (0..h).zip(title_rows(i)) {
            pen.say(pane.x, y + row, titles - 2, words, title);
        }
        if chosen {
            pen.fill(Rect { x: pane.x + titles - 1, y, width: room + 1, height: h }, meaning);
        }
        if texts[i].is_empty() && !editing {
            let example = format!("（例：{}）", cell(i).heading().hint);
            let hint = if chosen { &example } else { pen.look.signs.dot };
            pen.brief(
                pane.x + titles,
                y,
                room,
                hint,
                if chosen { Meaning::Selected } else { Meaning::Quiet },
            );
        } else {
            pen.wrapped(Rect { x: pane.x + titles, y, width: room, height: h }, &texts[i], meaning);
        }
    }
    if top > scroll + pane.height {
        let more = format!(" {} ", pen.look.signs.down);
        pen.put_right(pane.x + pane.width, pane.y + pane.height - 1, &more, pen.style(Meaning::Quiet));
    }
    top.min(pane.height)
}
