//! Draws what stands over the screen: lists to choose from, questions, help.

use crate::layout::measure::width;
use crate::layout::wrap::wrap;
use crate::ui::help::{help_rows, help_size};
use crate::ui::look::prelude::*;
use crate::ui::picker::Places;
use crate::ui::{Ask, Chooser, Overlay};

/// Under something to read that is longer than its window.
const FOOT: &str = "↑↓ PgUp PgDn で動きます　ほかのキーで閉じます";

/// Any of it; its state is the cell of the cursor.
pub struct Over<'a>(pub View<'a>, pub &'a Overlay);

impl StatefulWidget for Over<'_> {
    type State = Option<Position>;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Option<Position>) {
        let Self(view, overlay) = self;
        match overlay {
            Overlay::Choose(chooser) => Choose(view, chooser).render(area, buf, cursor.insert(area.into())),
            Overlay::Ask(ask) => Question(view, ask).render(area, buf, cursor.insert(area.into())),
            Overlay::Help(scroll) => Help(view, *scroll).render(area, buf),
            Overlay::ReadBack(page) => {
                crate::ui::meeting::readback::draw::ReadBack(view, *page).render(area, buf)
            }
            Overlay::Told(text) => Told(view, text).render(area, buf),
            Overlay::Prompts(row) => {
                let area = in_the_middle(area, 84, 2, area.height.saturating_sub(4));
                crate::ui::meeting::prompts::draw::Panel(view, *row).render(area, buf);
            }
        }
    }
}

/// An area of so many rows, not wider than `most`.
fn in_the_middle(area: Rect, most: u16, y: u16, height: u16) -> Rect {
    let width = area.width.saturating_sub(8).min(most);
    Rect { x: (area.width - width) / 2, y, width, height }
}

struct Choose<'a>(View<'a>, &'a Chooser);

impl StatefulWidget for Choose<'_> {
    type State = Position;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Position) {
        let (look, chooser) = (self.0.look, self.1);
        let shown = chooser.shown();
        let Places { frame, text, line, list, rows, first } = chooser.places((area.width, area.height));
        let inner = look.window(frame, &chooser.title, buf);
        let words = look.wrapped(&chooser.text, inner.width, Meaning::PopupStrong);
        look.words(words).render(Rect { height: text, ..inner }, buf);
        buf.set_style(line, look.style(Meaning::Text));
        let line = Rect { x: line.x + 1, width: line.width - 1, ..line };
        if chooser.line.is_empty() {
            let hint = match (chooser.by_number, chooser.choices.len()) {
                (false, _) => "ことばで絞れます",
                (true, 0..=9) => "番号でも選べます",
                (true, _) => "番号でも選べます（1 は Enter で決まります）",
            };
            look.row([" ".into(), look.span(hint, Meaning::Quiet)]).render(line, buf);
        }
        let typed = look.typed(chooser.line.text(), chooser.line.cursor(), Meaning::Strong);
        typed.render(line, buf, cursor);
        // Among words that were searched for the places are others.
        let numbers = chooser.by_number && shown.len() == chooser.choices.len();
        let digits = chooser.choices.len().to_string().len();
        if rows.is_empty() {
            look.say("当てはまるものがありません", Meaning::PopupQuiet).render(list, buf);
        }
        for ((heading, i), row) in rows.iter().skip(first).zip(list.rows()) {
            if let Some(heading) = heading {
                look.say(*heading, Meaning::PopupQuiet).render(row, buf);
                continue;
            }
            let choice = shown[*i];
            let number = if numbers { format!("{:>digits$} ", i + 1) } else { "  ".to_owned() };
            let label = format!("{number}{}", choice.label);
            let inside = row.inner(Margin::new(1, 0));
            let (meaning, room) = match choice.quiet {
                true => {
                    (Meaning::PopupQuiet, usize::from(row.width).saturating_sub(width(&choice.label) + 6))
                }
                false => (Meaning::Popup, usize::from(row.width) / 2),
            };
            let note = look.cut(&choice.note, room);
            let rest = look.say(note, Meaning::PopupQuiet).at_end(inside, buf);
            look.say(label, meaning).render(rest, buf);
            if *i == chooser.row {
                buf.set_style(row, look.style(Meaning::Selected));
            }
        }
    }
}

/// High up, so that the entry line stays in sight.
struct Told<'a>(View<'a>, &'a str);

impl Widget for Told<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(View { look, .. }, text) = self;
        let window = in_the_middle(area, 84, 2, area.height);
        let rows = wrap(text, usize::from(window.width - 4)).len() as u16;
        let window = Rect { height: (rows + 4).min(area.height.saturating_sub(6)), ..window };
        let inner = look.window(window, "お知らせ", buf);
        look.words(look.wrapped(text, inner.width, Meaning::PopupStrong)).render(inner, buf);
        let foot = below(inner, inner.height.saturating_sub(1));
        look.say("Enter 閉じる　このまま書き続けられます", Meaning::PopupQuiet).render(foot, buf);
    }
}

struct Question<'a>(View<'a>, &'a Ask);

impl StatefulWidget for Question<'_> {
    type State = Position;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Position) {
        let (look, ask) = (self.0.look, self.1);
        let inner = look.window(in_the_middle(area, 90, area.height / 3, 7), &ask.title, buf);
        let [hint, line, _, foot] =
            Layout::vertical([Length(2), Length(1), Length(1), Length(1)]).areas(inner);
        look.words(look.wrapped(&ask.hint, hint.width, Meaning::PopupQuiet)).render(hint, buf);
        buf.set_style(line, look.style(Meaning::Text));
        let meaning = if ask.marked { Meaning::Selected } else { Meaning::Strong };
        let typed = look.typed(ask.line.text(), ask.line.cursor(), meaning);
        typed.render(Rect { x: line.x + 1, width: line.width - 1, ..line }, buf, cursor);
        look.say("Enter 決める　Esc やめる", Meaning::PopupQuiet).render(foot, buf);
    }
}

/// The keys in a column of their own, and what they do.
struct Help<'a>(View<'a>, usize);

impl Widget for Help<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(View { app, look }, scroll) = self;
        let (width, height) = help_size((area.width, area.height));
        let window = Rect { x: (area.width - width) / 2, y: 1, width, height };
        let [list, foot] = Layout::vertical([Fill(1), Length(1)]).areas(look.window(window, "ヘルプ", buf));
        let rows = help_rows(app);
        let room = usize::from(list.height);
        let first = scroll.min(rows.len().saturating_sub(room));
        for (row, line) in rows.iter().skip(first).zip(list.rows()) {
            look.say(&row.key, Meaning::PopupStrong).render(line, buf);
            let meaning = if row.heading { Meaning::PopupStrong } else { Meaning::Popup };
            let text = Rect { x: line.x + row.indent, width: line.width.saturating_sub(row.indent), ..line };
            look.say(&row.text, meaning).render(text, buf);
        }
        let words = if rows.len() > room { FOOT } else { "どのキーでも閉じます" };
        look.say(words, Meaning::PopupQuiet).render(foot, buf);
    }
}
