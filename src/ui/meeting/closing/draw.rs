//! Draws the closing: what each takes home, the next date, and what must not be forgotten.

use ratatui::widgets::{List, ListItem, ListState};

use crate::domain::date;
use crate::domain::fields::MeetingField;
use crate::layout::wrap::wrap;
use crate::ui::MeetingScreen;
use crate::ui::context::Context;
use crate::ui::look::prelude::*;
use crate::ui::meeting::item::Item;
use crate::ui::regions::Regions;
use crate::ui::sheet::AboutField;
use crate::ui::sheet::cell::Cell;
use crate::ui::table::{placed, seen};

/// The question, and the rest of an area under it.
fn asked(meeting: &MeetingScreen, cx: &Context, area: Rect) -> (String, Rect) {
    let format = meeting.doc.format(cx);
    let question = format.and_then(|f| f.reflections.get(meeting.closing.question));
    let prompt = question.map(|question| question.prompt.clone()).unwrap_or_default();
    let rows = question.map_or(0, |q| wrap(&q.prompt, area.width.max(2).into()).len().min(2));
    (prompt, below(area, 1 + rows as u16))
}

/// The reflections that are seen, each with how much of it. The newest is at the bottom and seen, unless another one is
/// selected; in part none is seen by its head alone.
fn spoken(meeting: &MeetingScreen, list: Rect) -> Vec<(usize, u16)> {
    let rows = meeting.doc.dossier.reflections_in_order();
    let height = |text: &str| 1 + wrap(text, list.width.saturating_sub(2).max(2).into()).len() as u16;
    let heights: Vec<u16> = rows.iter().map(|r| height(&r.text)).collect();
    let last = rows.len().saturating_sub(1);
    let selected = if meeting.closing.sheet.row < rows.len() { meeting.closing.sheet.row } else { last };
    seen(&heights, selected, list.height).filter(|(_, height)| *height > 1).collect()
}

/// How wide the sign before a check is.
const MARK: usize = 3;

/// Where the next date and the checks stand, and the checks that are seen, as many rows each as they need.
struct Sides {
    title: Rect,
    day: Rect,
    heading: Rect,
    list: Rect,
    more: Rect,
    checks: Vec<String>,
    seen: Vec<(usize, u16)>,
    /// Whether some stand under them.
    hidden: bool,
}

impl Sides {
    fn of(meeting: &MeetingScreen, cx: &Context, area: Rect) -> Self {
        let [title, day, _, heading, list, more] =
            Layout::vertical([Length(1), Length(1), Length(1), Length(1), Fill(1), Length(1)]).areas(area);
        let checks: Vec<String> =
            meeting.doc.format(cx).into_iter().flat_map(|f| f.checklist.iter().cloned()).collect();
        let room = usize::from(list.width).saturating_sub(MARK).max(2);
        let heights: Vec<u16> = checks.iter().map(|title| wrap(title, room).len() as u16).collect();
        let before = meeting.doc.dossier.reflections.len() + 1;
        let selected = meeting.closing.sheet.row.saturating_sub(before).min(checks.len().saturating_sub(1));
        let seen = seen(&heights, selected, list.height).filter(|(i, height)| *height == heights[*i]);
        let seen: Vec<_> = seen.collect();
        let hidden = seen.last().is_some_and(|(i, _)| i + 1 < checks.len());
        Self { title, day, heading, list, more, checks, seen, hidden }
    }
}

/// The reflections, then the next date and the checks, as the arrows go through them.
pub fn regions(meeting: &MeetingScreen, cx: &Context, body: Rect, side: Rect) -> Regions {
    let (_, list) = asked(meeting, cx, body);
    let next = meeting.doc.dossier.reflections.len();
    let beside = Sides::of(meeting, cx, side);
    let checks = placed(beside.list, &beside.seen, &[side.width], 0, 0).into_iter();
    let checks = checks.map(|((i, _), area)| ((next + 1 + i, 0), area));
    let spoken = placed(list, &spoken(meeting, list), &[list.width], 0, 0).into_iter();
    spoken.chain([((next, 0), beside.day)]).chain(checks).collect()
}

/// The question, and what was answered.
pub struct Reflections<'a>(pub View<'a>);

impl Widget for Reflections<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(meeting) = app.meeting() else { return };
        let (question, list) = asked(meeting, &app.cx, area);
        let question = look.wrapped(&question, area.width, Meaning::Strong);
        look.words(question).render(Rect { height: list.y - 1 - area.y, ..area }, buf);
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
        // A list shows no entry in part: the last one is cut before.
        let seen = spoken(meeting, list);
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
        let Sides { title, day, heading, list, more, checks, seen, hidden } =
            Sides::of(meeting, &app.cx, area);
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
        let first = seen.first().map_or(0, |(i, _)| *i);
        let at = checks.iter().position(|title| selected == Some(Item::Check(title.clone())));
        let mut state = ListState::default().with_selected(at.map(|at| at.saturating_sub(first)));
        let rows = seen.iter().map(|(i, _)| {
            let (mark, meaning) = match meeting.doc.dossier.meeting.checked.contains(&checks[*i]) {
                true => (look.signs.done, Meaning::Quiet),
                false => (look.signs.open, Meaning::Text),
            };
            let mark = look.span(padded(mark, MARK), meaning);
            ListItem::new(look.hanging(mark, &checks[*i], list.width, meaning))
        });
        let rows = List::new(rows).highlight_style(look.style(Meaning::Selected));
        StatefulWidget::render(rows, list, buf, &mut state);
        if hidden {
            look.say(look.signs.down, Meaning::Quiet).at_end(more, buf);
        }
    }
}
