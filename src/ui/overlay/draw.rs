//! Draws what stands over the screen: lists to choose from, questions, help.

use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::help::draw::help;
use crate::ui::look::prelude::*;
use crate::ui::meeting::{prompts, readback};
use crate::ui::picker::Places;
use crate::ui::table::outside;
use crate::ui::words::typed;
use crate::ui::{App, Ask, Chooser, Input, Overlay};

/// Any of it; its state is the cell of the cursor.
pub struct Over<'a>(pub &'a App, pub &'a Look, pub &'a Overlay);

impl StatefulWidget for Over<'_> {
    type State = Option<Position>;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Option<Position>) {
        let Self(app, look, overlay) = self;
        let view = View { cx: &app.cx, look };
        match overlay {
            Overlay::Choose(chooser) => *cursor = Some(choose(view, chooser, area, buf)),
            Overlay::Ask(ask) => *cursor = Some(question(look, ask, area, buf)),
            Overlay::Help(open) => *cursor = help(app, look, open, buf),
            Overlay::ReadBack(page) => {
                let Some(meeting) = app.meeting() else { return };
                readback::draw::read_back(view, meeting, *page, area, buf);
            }
            Overlay::Told(text) => told(look, text, area, buf),
            Overlay::Prompts(row) => {
                let Some(meeting) = app.meeting() else { return };
                let area = in_the_middle(area, prompts::draw::WIDEST, 2, area.height.saturating_sub(4));
                prompts::draw::panel(view, meeting, *row, area, buf);
            }
        }
    }
}

/// An area of so many rows, not wider than `most`.
fn in_the_middle(area: Rect, most: u16, y: u16, height: u16) -> Rect {
    let width = area.width.saturating_sub(8).min(most);
    Rect { x: (area.width - width) / 2, y, width, height }
}

/// The lower edge of a window, where it says what lies outside.
fn foot_of(window: Rect) -> Rect {
    below(window, window.height - 1).inner(Margin::new(2, 0))
}

/// A line to write in; gives the cell of the cursor.
fn written(look: &Look, input: &Input, meaning: Meaning, line: Rect, buf: &mut Buffer) -> Position {
    buf.set_style(line, look.style(Meaning::Text));
    let line = Rect { x: line.x + 1, width: line.width - 1, ..line };
    typed(look, input.text(), input.cursor(), look.style(meaning), line, buf)
}

fn choose(View { look, .. }: View, chooser: &Chooser, area: Rect, buf: &mut Buffer) -> Position {
    let shown = chooser.shown();
    let Places { frame, text, line, list, rows, first, why } = chooser.places((area.width, area.height));
    let inner = look.window(frame, &chooser.title, buf);
    let words = look.wrapped(&chooser.text, inner.width, Meaning::Strong);
    look.words(words).render(Rect { height: text, ..inner }, buf);
    let cursor = written(look, &chooser.line, Meaning::Strong, line, buf);
    if chooser.line.is_empty() {
        let hint = match (chooser.by_number, chooser.choices.len()) {
            (false, _) => "ことばでしぼれます",
            (true, 0..=9) => "番号でも選べます",
            (true, _) => "番号でも選べます（1 は Enter で決まります）",
        };
        look.row(["  ".into(), look.span(hint, Meaning::Quiet)]).render(line, buf);
    }
    // Among words that were searched for the places are others.
    let numbers = chooser.by_number && shown.len() == chooser.choices.len();
    let digits = chooser.choices.len().to_string().len();
    if rows.is_empty() {
        look.words(look.wrapped(&chooser.none, list.width, Meaning::Quiet)).render(list, buf);
    }
    let beyond =
        |rows: &[(Option<&str>, usize)]| rows.iter().filter(|(heading, _)| heading.is_none()).count();
    let after = &rows[(first + usize::from(list.height)).min(rows.len())..];
    outside(look, beyond(&rows[..first]), beyond(after), foot_of(frame), buf);
    for ((heading, i), row) in rows.iter().skip(first).zip(list.rows()) {
        if let Some(heading) = heading {
            look.say(*heading, Meaning::Quiet).render(row, buf);
            continue;
        }
        let choice = shown[*i];
        let number = if numbers { format!("{:>digits$} ", i + 1) } else { "  ".to_owned() };
        let meaning = if choice.quiet { Meaning::Quiet } else { Meaning::Popup };
        let note = look.say(look.cut(&choice.note, choice.room(row.width)), Meaning::Quiet);
        let rest = note.at_end(row.inner(Margin::new(1, 0)), buf);
        look.say(format!("{number}{}", choice.label), meaning).render(rest, buf);
        if *i == chooser.row {
            buf.set_style(row, look.style(Meaning::Selected));
        }
    }
    let sentence = chooser.refusal(why.width).unwrap_or_default();
    look.words(look.wrapped(sentence, why.width, Meaning::Popup)).render(why, buf);
    cursor
}

/// High up, so that the entry line stays in sight.
fn told(look: &Look, text: &str, area: Rect, buf: &mut Buffer) {
    let window = in_the_middle(area, 84, 2, area.height);
    let rows = wrap_words(text, usize::from(window.width - 4)).len() as u16;
    let most = area.height.saturating_sub(UNDER);
    let height = (rows + 4).min(most);
    // Over the line one goes on writing in, and the head of what it speaks of is seen above it.
    let window = Rect { y: (most - height).max(2), height, ..window };
    let keys = "Enter 閉じる　このまま書き続けられます";
    let inner = look.footed_window(window, "お知らせ", keys, buf);
    look.words(look.wrapped(text, inner.width, Meaning::Strong)).render(inner, buf);
}

/// The rows from a notice down to the end of the screen: what one writes, and its keys.
const UNDER: u16 = 6;

/// So many rows of a long line are seen over it at the most.
const MOST_WHOLE: u16 = 3;

fn question(look: &Look, ask: &Ask, area: Rect, buf: &mut Buffer) -> Position {
    let window = in_the_middle(area, 90, area.height / 3, 7);
    let room = window.width - 4;
    // What is longer than its line stands over it: where a file goes must be seen.
    let whole = look.wrapped(ask.line.text(), room, Meaning::Popup);
    let is_long = width(ask.line.text()) + 2 > usize::from(room);
    let rows = if is_long { (whole.height() as u16).min(MOST_WHOLE) } else { 0 };
    let window = Rect { height: window.height + rows, ..window };
    let inner = look.footed_window(window, &ask.title, "Enter 決める　Esc やめる", buf);
    let [hint, above, line] = Layout::vertical([Length(2), Length(rows), Length(1)]).areas(inner);
    look.words(whole).render(above, buf);
    look.words(look.wrapped(&ask.hint, hint.width, Meaning::Quiet)).render(hint, buf);
    written(look, &ask.line, if ask.marked { Meaning::Selected } else { Meaning::Strong }, line, buf)
}
