//! Draws the closing: what each takes home, the next date, and what must not be forgotten.

use crate::command::Command;
use crate::domain::Participant;
use crate::domain::fields::MeetingField;
use crate::domain::{date, people};
use crate::layout::measure::width;
use crate::layout::wrap::{shown, wrap_words};
use crate::ui::look::prelude::*;
use crate::ui::table::{self, capped, list, outside_of, seen, with_foot};
use crate::ui::{AboutField, Cell, MeetingScreen, Sheets};

/// The question, and what was answered. The newest is at the bottom and seen, unless another one is selected.
pub struct Reflections<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Reflections<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, meeting) = self;
        let format = meeting.doc.format(cx);
        let question = format.and_then(|f| f.reflections.get(meeting.closing.question));
        let mut question: Text =
            question.map(|q| look.wrapped(&q.prompt, area.width, Meaning::Strong)).unwrap_or_default();
        question.lines.truncate(2);
        let dossier = &meeting.doc.dossier;
        let waiting = people::yet_to_speak(dossier, &cx.lists, &people::silent_at_end(dossier));
        let waiting = look.wrapped(&waiting, area.width, Meaning::Warning);
        let waiting = capped(look, waiting, (area.height / 6).max(2), area.width);
        question.extend(waiting.lines.into_iter().filter(|line| line.width() > 0));
        let rows = below(area, 1 + question.height() as u16);
        look.words(question).render(area, buf);
        let reflections = dossier.reflections_in_order();
        if reflections.is_empty() {
            let hint = "下の入力行に、話されたとおりに書きます。頭に @薬 でだれのことばか、# でどの問いかを選べます。";
            return look.words(look.wrapped(hint, rows.width, Meaning::Quiet)).render(rows, buf);
        }
        let who = |id| meeting.doc.dossier.participants.get(&id).map(Participant::label);
        let texts = reflections.iter().map(|r| {
            let head = format!("{}　{}", r.speaker.and_then(who).unwrap_or_default(), r.question);
            let head = look.cut(head.trim_matches('　'), rows.width).into_owned();
            let mut text = Text::from(look.span(head, Meaning::Quiet));
            text.extend(look.hanging("  ".into(), &r.text, rows.width, Meaning::Text));
            text
        });
        let texts: Vec<Text> = texts.collect();
        let selected = Some(meeting.sheet.row).filter(|at| *at < texts.len());
        let heights: Vec<u16> = texts.iter().map(|text| text.height() as u16).collect();
        // A list that has no room takes the free row over it, too.
        let all = table::all(&heights);
        let rows = if all > rows.height.into() {
            Rect { y: rows.y - 1, height: rows.height + 1, ..rows }
        } else {
            rows
        };
        let [rows, foot] = with_foot(rows, all);
        let seen = seen(&heights, selected.unwrap_or(texts.len() - 1), rows.height);
        // In part none is seen by its head alone.
        let seen: Vec<_> = seen.filter(|(_, height)| *height > 1).collect();
        outside_of(look, &heights, &seen, foot, buf);
        list(look, (texts, 0), &seen, selected, (rows, seats), buf);
    }
}

/// The next date, and what must not be forgotten.
pub struct Checklist<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Checklist<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, meeting) = self;
        let [title, day, next_meeting, _, heading, rows] =
            Layout::vertical([Length(1), Length(1), Length(1), Length(1), Length(1), Fill(1)]).areas(area);
        look.say(MeetingField::NextDate.label(), Meaning::Strong).render(title, buf);
        // The arrows go through the reflections, then the next date, the next meeting and the checks.
        let at = meeting.doc.dossier.reflections.len();
        let (cell, next) = (Cell::About(AboutField::NextDate), meeting.doc.dossier.meeting.next_date);
        let (editing, chosen) = (meeting.is_edited(cell), meeting.sheet.row == at);
        let meaning = match (editing, chosen, next) {
            (true, ..) => Meaning::Open,
            (_, true, _) => Meaning::Selected,
            (_, _, None) => Meaning::Warning,
            _ => Meaning::Text,
        };
        let words = match meeting.standing(cx, cell) {
            none if none.is_empty() && !editing => "まだ決まっていません".to_owned(),
            words => words,
        };
        look.row([" ".into(), look.span(words, meaning)]).render(day, buf);
        if chosen {
            buf.set_style(day, look.style(meaning));
        }
        seats.put((at, 0), day);
        let chosen = if meeting.sheet.row == at + 1 { Meaning::Selected } else { Meaning::Quiet };
        let words = look.cut(Command::FollowUp.row().title, next_meeting.width.saturating_sub(1));
        look.row([" ".into(), look.span(words, chosen)]).render(next_meeting, buf);
        if chosen == Meaning::Selected {
            buf.set_style(next_meeting, look.style(chosen));
        }
        seats.put((at + 1, 0), next_meeting);
        let checks = meeting.doc.format(cx).into_iter().flat_map(|f| &f.checklist);
        let texts = checks.map(|title| {
            let (mark, meaning) = match meeting.is_checked(cx, title) {
                true => (look.signs.done, Meaning::Quiet),
                false => (look.signs.open, Meaning::Text),
            };
            look.hanging(look.span(padded(mark, 3), meaning), title, rows.width, meaning)
        });
        let texts: Vec<Text> = texts.collect();
        let heights: Vec<u16> = texts.iter().map(|text| text.height() as u16).collect();
        let selected = meeting.sheet.row.checked_sub(at + 2).filter(|row| *row < texts.len());
        let shown = selected.unwrap_or(0).min(texts.len().saturating_sub(1));
        let all: u16 = heights.iter().sum();
        let [rows, foot] = with_foot(rows, all.into());
        let seen: Vec<_> =
            seen(&heights, shown, rows.height).filter(|(i, height)| *height == heights[*i]).collect();
        outside_of(look, &heights, &seen, foot, buf);
        let said = ["終わる前に（{tick} で済み）", "終わる前に"].map(|words| cx.keymap.fill(words));
        let fits = said.iter().find(|words| width(words) <= heading.width.into());
        look.say(fits.unwrap_or(&said[1]), Meaning::Strong).render(heading, buf);
        let free = below(rows, all + 1);
        look.words(decided(self.0, meeting, free)).render(free, buf);
        list(look, (texts, at + 2), &seen, selected, (rows, seats), buf);
    }
}

/// What was decided today by day, as far as there is room: who, until when, and what. All of it can be read aloud.
fn decided<'a>(View { cx, look }: View<'a>, meeting: &'a MeetingScreen, area: Rect) -> Text<'a> {
    let (dossier, room) = (&meeting.doc.dossier, usize::from(area.height));
    let plan = dossier.plan_by_day();
    if plan.is_empty() {
        return Text::default();
    }
    let (heading, key) = (format!("今日決まったこと　{}件", plan.len()), cx.keymap.said(Command::ReadBack));
    if room < 4 {
        return look.span(format!("{heading}（{key}）"), Meaning::Strong).into();
    }
    let mut text: Text = look.span(heading, Meaning::Strong).into();
    for (i, action) in plan.iter().enumerate() {
        let known = |words: String, open: &str| if words.is_empty() { open.to_owned() } else { words };
        let who = known(dossier.doers(action).join("・"), "だれがするか未定");
        let head = format!("{who}　{}", known(date::until(&action.until), "期限なし"));
        let head = wrap_words(&head, area.width.into()).into_iter();
        let head: Text = head.map(|line| look.span(shown(line).to_owned(), Meaning::Quiet)).collect();
        let what = look.hanging("  ".into(), &action.what, area.width, Meaning::Text);
        let last = i + 1 == plan.len();
        if text.height() + head.height() + what.height() + usize::from(!last) > room {
            text.push_line(look.span(format!("ほか {}件（{key}）", plan.len() - i), Meaning::Quiet));
            break;
        }
        text.extend(head);
        text.extend(what);
    }
    text
}
