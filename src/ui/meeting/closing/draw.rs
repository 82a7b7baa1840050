//! Draws the closing: what each takes home, the next date, and what must not be forgotten.

use ratatui::widgets::{List, ListItem, ListState};

use crate::domain::date;
use crate::domain::fields::MeetingField;
use crate::ui::draw::prelude::*;
use crate::ui::meeting::lists::Item;
use crate::ui::sheet::{AboutField, Cell};
use crate::ui::table::seen;

/// The question, and what was answered.
pub struct Reflections<'a>(pub View<'a>);

impl Widget for Reflections<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(meeting) = app.meeting() else { return };
        let mut list = below(area, 1);
        if let Some(question) =
            meeting.doc.format(&app.cx).and_then(|f| f.reflections.get(meeting.closing.question))
        {
            let words = look.wrapped(&question.prompt, area.width, Meaning::Strong);
            list = below(list, words.height().min(2) as u16);
            look.words(words).render(Rect { height: list.y - 1 - area.y, ..area }, buf);
        }
        let rows = meeting.doc.dossier.reflections_in_order();
        if rows.is_empty() {
            let hint =
                "下の行に、話されたとおりに書きます。頭に @薬 でだれのことばか、# でどの問いかを選べます。";
            return look.words(look.wrapped(hint, list.width, Meaning::Quiet)).render(list, buf);
        }
        let selected = meeting
            .selected_item(&app.cx)
            .and_then(|item| rows.iter().position(|r| matches!(item, Item::Reflection(id) if id == r.id)));
        let texts: Vec<Text> = rows
            .iter()
            .map(|r| {
                let who = r
                    .speaker
                    .and_then(|id| meeting.doc.dossier.participants.get(&id))
                    .map_or("", |p| p.label());
                let head = format!("{who}　{}", r.question);
                let head = look.cut(head.trim_matches('　'), list.width).into_owned();
                let mut text = Text::from(look.span(head, Meaning::Quiet));
                text.extend(look.hanging("  ".into(), &r.text, list.width, Meaning::Text));
                text
            })
            .collect();
        let heights: Vec<u16> = texts.iter().map(|text| text.height() as u16).collect();
        // The newest is at the bottom and seen, unless another one is selected.
        let seen = seen(&heights, selected.unwrap_or(rows.len() - 1), list.height);
        // A list shows no entry in part: the last one is cut before.
        let seen: Vec<_> = seen.filter(|(_, height)| *height > 1).collect();
        let first = seen.first().map_or(0, |(i, _)| *i);
        let mut state = ListState::default().with_selected(selected.map(|at| at - first));
        let items = seen
            .into_iter()
            .map(|(i, height)| ListItem::new(Text::from_iter(texts[i].iter().take(height.into()).cloned())));
        let items = List::new(items).highlight_style(look.style(Meaning::Selected));
        StatefulWidget::render(items, list, buf, &mut state);
    }
}

/// The next date, and what must not be forgotten.
pub struct Checklist<'a>(pub View<'a>);

impl Widget for Checklist<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(meeting) = app.meeting() else { return };
        let [title, day, _, heading, list, more] =
            Layout::vertical([Length(1), Length(1), Length(1), Length(1), Fill(1), Length(1)]).areas(area);
        look.say(MeetingField::NextDate.label(), Meaning::Strong).render(title, buf);
        let selected = meeting.selected_item(&app.cx);
        let (editing, next) =
            (self.0.is_edited(Cell::About(AboutField::NextDate)), meeting.doc.dossier.meeting.next_date);
        let meaning = match (editing, selected == Some(Item::NextDate), next) {
            (true, ..) => Meaning::Entry,
            (_, true, _) => Meaning::Selected,
            (_, _, None) => Meaning::Warning,
            _ => Meaning::Text,
        };
        let words = match next {
            _ if editing => self.0.text(Cell::About(AboutField::NextDate)),
            Some(day) => date::long(day),
            None => "まだ決まっていません".to_owned(),
        };
        look.row([" ".into(), look.span(words, meaning)]).render(day, buf);
        if selected == Some(Item::NextDate) {
            buf.set_style(day, look.style(meaning));
        }
        look.say(app.cx.keymap.fill("終わる前に（{tick} で済み）"), Meaning::Strong).render(heading, buf);
        let items = meeting.closing.items(&meeting.doc, &app.cx);
        let checks: Vec<(&Item, Text)> = items
            .iter()
            .filter_map(|item| {
                let Item::Check(title) = item else { return None };
                let done = meeting.doc.dossier.meeting.checked.contains(title);
                let (mark, meaning) = match done {
                    true => (look.signs.done, Meaning::Quiet),
                    false => (look.signs.open, Meaning::Text),
                };
                Some((item, look.hanging(look.span(padded(mark, 3), meaning), title, list.width, meaning)))
            })
            .collect();
        let at = checks.iter().position(|(item, _)| Some(*item) == selected.as_ref());
        let rows: Vec<usize> = checks.iter().map(|(_, text)| text.height()).collect();
        let mut state = ListState::default().with_selected(at);
        let checks = checks.into_iter().map(|(_, text)| ListItem::new(text));
        let checks = List::new(checks).highlight_style(look.style(Meaning::Selected));
        StatefulWidget::render(checks, list, buf, &mut state);
        if rows[state.offset()..].iter().sum::<usize>() > usize::from(list.height) {
            look.say(look.signs.down, Meaning::Quiet).at_end(more, buf);
        }
    }
}
