//! What stands over the screen: lists to choose from, questions, help.

use ratatui::layout::Position;

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::chooser::Places;
use crate::app::help::help_size;
use crate::app::panes::Panes;
use crate::app::{Ask, Chooser, Model, Overlay};
use crate::layout::measure::width;
use crate::layout::wrap::wrap;
use ratatui::layout::Rect;

/// Draws an overlay; gives the cell of the cursor.
pub fn draw(pen: &mut Pen, model: &Model, overlay: &Overlay, panes: &Panes) -> Option<Position> {
    let size = (panes.title.width, panes.bar.y + 1);
    match overlay {
        Overlay::Choose(chooser) => Some(choose(pen, chooser, size)),
        Overlay::Ask(ask) => Some(question(pen, ask, size)),
        Overlay::Help(scroll) => {
            help(pen, model, *scroll, size);
            None
        }
        Overlay::ReadBack(page) => {
            super::readback::draw(pen, model, *page, size);
            None
        }
        Overlay::Told(text) => {
            told(pen, text, size);
            None
        }
        Overlay::Prompts(scroll) => {
            let (w, h) = (size.0.saturating_sub(8).min(84), size.1.saturating_sub(4));
            super::prompts::panel(
                pen,
                model,
                Rect { x: (size.0 - w) / 2, y: 2, width: w, height: h },
                *scroll,
            );
            None
        }
    }
}

/// Under something to read that is longer than its pane.
const FOOT: &str = "↑↓ PgUp PgDn で動きます　ほかのキーで閉じます";

fn choose(pen: &mut Pen, chooser: &Chooser, size: (u16, u16)) -> Position {
    let shown = chooser.shown();
    let Places { frame, text, line, list, rows: all, first } = chooser.places(size);
    let inner = pen.frame(frame, &chooser.title);
    pen.wrapped(Rect { height: text, ..inner }, &chooser.text, Meaning::PopupStrong);
    pen.fill(line, Meaning::Text);
    let x = pen.typed(
        Rect { x: line.x + 1, width: line.width - 1, ..line },
        chooser.line.text(),
        chooser.line.cursor(),
        Meaning::Strong,
    );
    if chooser.line.is_empty() {
        let hint = match (chooser.by_number, chooser.choices.len()) {
            (false, _) => "ことばで絞れます",
            (true, 0..=9) => "番号でも選べます",
            (true, _) => "番号でも選べます（1 は Enter で決まります）",
        };
        pen.brief(line.x + 2, line.y, line.width - 2, hint, Meaning::Quiet);
    }
    // Among words that were searched for the places are others.
    let numbers = chooser.by_number && shown.len() == chooser.choices.len();
    let digits = chooser.choices.len().to_string().len();
    if all.is_empty() {
        pen.brief(list.x, list.y, list.width, "当てはまるものがありません", Meaning::PopupQuiet);
    }
    for (offset, (heading, i)) in all.iter().skip(first).take(usize::from(list.height)).enumerate() {
        let y = list.y + offset as u16;
        if let Some(heading) = heading {
            pen.brief(list.x, y, list.width, heading, Meaning::PopupQuiet);
            continue;
        }
        let choice = shown[*i];
        let chosen = *i == chooser.row;
        let plain = if choice.quiet { Meaning::PopupQuiet } else { Meaning::Popup };
        let meaning = if chosen { Meaning::Selected } else { plain };
        pen.fill(Rect { y, height: 1, ..list }, meaning);
        let number = if numbers { format!("{:>digits$} ", i + 1) } else { "  ".to_owned() };
        let quiet = if chosen { meaning } else { Meaning::PopupQuiet };
        let room = usize::from(list.width);
        let room = if choice.quiet { room.saturating_sub(width(&choice.label) + 6) } else { room / 2 };
        let note = pen.cut(&choice.note, room);
        let right = pen.put_right(list.x + list.width - 1, y, &note, pen.style(quiet));
        pen.brief(
            list.x + 1,
            y,
            right.saturating_sub(list.x + 2),
            &format!("{number}{}", choice.label),
            meaning,
        );
    }
    Position { x, y: line.y }
}

/// High up, so that the entry line stays in sight.
fn told(pen: &mut Pen, text: &str, size: (u16, u16)) {
    let w = size.0.saturating_sub(8).min(84);
    let rows = wrap(text, usize::from(w - 4)).len() as u16;
    let h = (rows + 4).min(size.1.saturating_sub(6));
    let inner = pen.frame(Rect { x: (size.0 - w) / 2, y: 2, width: w, height: h }, "お知らせ");
    pen.wrapped(Rect { height: rows.min(inner.height), ..inner }, text, Meaning::PopupStrong);
    let foot = inner.y + inner.height.saturating_sub(1);
    pen.brief(inner.x, foot, inner.width, "Enter 閉じる　このまま書き続けられます", Meaning::PopupQuiet);
}

fn question(pen: &mut Pen, ask: &Ask, size: (u16, u16)) -> Position {
    let w = size.0.saturating_sub(8).min(90);
    let inner = pen.frame(Rect { x: (size.0 - w) / 2, y: size.1 / 3, width: w, height: 7 }, &ask.title);
    pen.wrapped(Rect { height: 2, ..inner }, &ask.hint, Meaning::PopupQuiet);
    let line = Rect { y: inner.y + 2, height: 1, ..inner };
    pen.fill(line, Meaning::Text);
    let x = pen.typed(
        Rect { x: line.x + 1, width: line.width - 1, ..line },
        ask.line.text(),
        ask.line.cursor(),
        if ask.marked { Meaning::Selected } else { Meaning::Strong },
    );
    pen.brief(inner.x, inner.y + 4, inner.width, "Enter 決める　Esc やめる", Meaning::PopupQuiet);
    Position { x, y: line.y }
}

/// The keys in a column of their own, and what they do.
fn help(pen: &mut Pen, model: &Model, scroll: usize, size: (u16, u16)) {
    let (w, h) = help_size(size);
    let inner = pen.frame(Rect { x: (size.0 - w) / 2, y: 1, width: w, height: h }, "ヘルプ");
    let rows = model.help_rows();
    let room = usize::from(inner.height.saturating_sub(1));
    let first = scroll.min(rows.len().saturating_sub(room));
    for (i, row) in rows.iter().skip(first).take(room).enumerate() {
        let y = inner.y + i as u16;
        pen.say(inner.x, y, row.indent, &row.key, Meaning::PopupStrong);
        let meaning = if row.heading { Meaning::PopupStrong } else { Meaning::Popup };
        pen.say(inner.x + row.indent, y, inner.width.saturating_sub(row.indent), &row.text, meaning);
    }
    let foot = if rows.len() > room { FOOT } else { "どのキーでも閉じます" };
    pen.brief(inner.x, inner.y + inner.height - 1, inner.width, foot, Meaning::PopupQuiet);
}
