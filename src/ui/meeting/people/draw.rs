//! Draws the opening: what is read aloud, who is here, what became of the last meeting's actions.

use std::collections::BTreeSet;

use crate::domain::fields::ParticipantField;
use crate::domain::{Participant, StepPlan, date};
use crate::format::Format;
use crate::layout::measure::width;
use crate::ui::look::prelude::*;
use crate::ui::table::{outside, with_foot};
use crate::ui::{Cell, MeetingScreen, Sheets};

/// What is read aloud, and what was decided last time.
pub struct Aloud<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Aloud<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(view, meeting) = self;
        // The promises come first; the last meeting's actions get what room they need, half at the most.
        let last = match meeting.doc.previous.len() as u16 {
            0 => 0,
            actions => (actions * 2 + 2).min(area.height / 2),
        };
        let [aloud, last] = Layout::vertical([Fill(1), Length(last)]).areas(area);
        if let Some(format) = meeting.doc.format(view.cx) {
            promises(view, meeting, format, aloud, buf);
        }
        if !last.is_empty() {
            last_actions(view, meeting, last, buf, seats);
        }
    }
}

/// What stands beside a form or a list while people come: how it will go. What has no room whole is left out.
pub fn course(
    View { look, .. }: View,
    meeting: &MeetingScreen,
    format: &Format,
    area: Rect,
    buf: &mut Buffer,
) {
    let (case, steps) = known(look, meeting);
    let [promises, purpose, case, steps] = parts(format, &case, &steps);
    let mut left = area;
    for part in [promises, steps, case, purpose] {
        let text = spoken(look, &part, area.width, false);
        let rows = text.height() as u16;
        if !part.1.is_empty() && rows <= left.height + 1 {
            look.words(text).render(left, buf);
            left = below(left, rows);
        }
    }
}

/// The case of today and the steps, in words.
fn known(look: &Look, meeting: &MeetingScreen) -> (Vec<String>, Vec<String>) {
    let dossier = &meeting.doc.dossier;
    let case = dossier.case.as_ref().map(|case| [case.gist.clone(), case.consultation.clone()]);
    let case = case.into_iter().flatten().filter(|words| !words.is_empty()).collect();
    let steps = dossier.meeting.steps.iter().enumerate();
    let step = |(i, step): (usize, &StepPlan)| {
        format!("{}{}　{}分", look.signs.number(i as u32 + 1), step.title, step.minutes)
    };
    (case, steps.map(step).collect())
}

/// What is said before a meeting begins, in that order.
fn parts<'a>(format: &'a Format, case: &'a Vec<String>, steps: &'a Vec<String>) -> [Part<'a>; 4] {
    [
        ("この会の約束（読みあげます）", &format.ground_rules, Meaning::Text),
        ("この会の目的", &format.purpose, Meaning::Quiet),
        ("今日の事例", case, Meaning::Text),
        ("今日の流れ", steps, Meaning::Quiet),
    ]
}

/// What the facilitator reads aloud.
fn promises(View { cx, look }: View, meeting: &MeetingScreen, format: &Format, area: Rect, buf: &mut Buffer) {
    let (case, steps) = known(look, meeting);
    let parts = parts(format, &case, &steps).into_iter();
    let parts = parts.filter(|(_, lines, _)| !lines.is_empty());
    let parts: Vec<Part> = parts.collect();
    let of = |air| parts.iter().map(|part| spoken(look, part, area.width, air)).collect::<Vec<Text>>();
    let all = |parts: &[Text]| parts.iter().map(Text::height).sum::<usize>();
    let (rows, tight) = (usize::from(area.height), of(false));
    let airy = of(true);
    let parts = if all(&airy) <= rows { airy } else { tight };
    let all = all(&parts);
    let (mut text, mut bottom) = (Text::default(), rows);
    // What does not fit is read from the large letters.
    if all > rows + 1 {
        bottom = rows.saturating_sub(1);
        let more = cx.keymap.fill(&format!("{} 続きは {{read-back}} で画面いっぱいに", look.signs.down));
        look.say(more, Meaning::Quiet).at_end(below(area, bottom as u16), buf);
    }
    for part in parts {
        if text.height() + 1 < bottom {
            text.extend(part);
        }
    }
    text.lines.truncate(bottom);
    look.words(text).render(area, buf);
}

/// A heading, what stands under it, and what that means.
type Part<'a> = (&'a str, &'a Vec<String>, Meaning);

/// A part line by line, with a free row after it; where there is air, after each thing said.
fn spoken<'a>(look: &Look, (title, lines, meaning): &Part<'a>, width: u16, air: bool) -> Text<'a> {
    let mut text = Text::from(look.span(*title, Meaning::Strong));
    for line in *lines {
        let dot = look.span(padded(look.signs.dot, 2), Meaning::Quiet);
        text.extend(look.hanging(dot, line, width, *meaning));
        text.lines.resize(text.height() + usize::from(air), Line::default());
    }
    text.lines.resize(text.height() + usize::from(!air), Line::default());
    text
}

/// The last actions stand after the people, where one goes with the arrows.
fn last_actions(
    View { cx, look }: View,
    meeting: &MeetingScreen,
    area: Rect,
    buf: &mut Buffer,
    seats: &mut Seats,
) {
    let (previous, people) = (&meeting.doc.previous, meeting.doc.dossier.participants.len());
    let done = previous.iter().filter(|p| !p.action.status.is_open()).count();
    let times = meeting.meetings_of_case(cx).len();
    let times = if times > 1 { format!("　この事例は {times}回目") } else { String::new() };
    let keys = cx.keymap.fill("（{tick} で状態、{enter} で結果）");
    let from = previous.first().filter(|first| !first.meeting_title.is_empty());
    let from = from.map(|first| format!("（{}）", first.meeting_title)).unwrap_or_default();
    let heading = format!("前回決めたこと{from}　{}件のうち {done}件済み　{keys}{times}", previous.len());
    let [heading_row, area] = Layout::vertical([Length(1), Fill(1)]).areas(area);
    look.say(heading, Meaning::Strong).render(heading_row, buf);
    let [area, foot] = with_foot(area, 2 * previous.len());
    let rows = usize::from(area.height / 2).max(1);
    let selected = meeting.sheet.row.checked_sub(people).filter(|at| *at < previous.len());
    let first = (selected.unwrap_or(0) + 1).saturating_sub(rows);
    outside(look, first, previous.len().saturating_sub(first + rows), foot, buf);
    for ((i, row), y) in previous.iter().enumerate().skip(first).take(rows).zip((area.y..).step_by(2)) {
        let day = row.action.settled.map(|day| format!(" {}", date::short(day))).unwrap_or_default();
        let status = look.span(format!("〔{}{day}〕", row.action.status.label()), Meaning::Strong);
        let what = look.span(&row.action.what, Meaning::Text);
        let outcome = match meeting.editing() {
            Some((Cell::Review(id, _), line)) if *id == row.action.id => line.text(),
            _ => &row.action.outcome,
        };
        let until = date::until(&row.action.until);
        let note = format!("    {}　{until}　{outcome}", row.who.join("・"));
        let lines = [Line::from_iter([status, " ".into(), what]), look.span(note, Meaning::Quiet).into()];
        let place = Rect { y, height: 2, ..area };
        look.words(lines.to_vec()).render(place, buf);
        if selected == Some(i) {
            buf.set_style(place, look.style(Meaning::Selected));
        }
        seats.put((people + i, 0), place.intersection(area));
    }
}

/// The cells of a person's code.
const CODE: usize = 4;

/// A body in fewer cells than this says nothing.
const SCRAP: usize = 8;

/// Who is here, a person a row under a heading. Names are never on the wall: they show only in the line that mends them.
pub struct People<'a> {
    pub view: View<'a>,
    pub meeting: &'a MeetingScreen,
    /// Not beside something else.
    pub full: bool,
}

impl StatefulWidget for People<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self { view: View { cx, look }, meeting, full } = self;
        let people = meeting.doc.dossier.people();
        let mut heading = format!("参加者　{}人", people.len());
        if full {
            let known = people.iter().filter(|p| !p.profession.is_empty());
            let professions: BTreeSet<&str> = known.map(|p| cx.lists.title_of(p)).collect();
            heading += &format!("　{}職種", professions.len());
        }
        look.say(heading, Meaning::Strong).render(area, buf);
        let (head, area) = (Rect { height: 1, ..area }, below(area, 1));
        if people.is_empty() {
            let hint = "下の行に「薬剤師 山の町薬局」のように書いて {enter} を押すと、1人ずつ増えます。";
            let hint = cx.keymap.fill(hint);
            return look.words(look.wrapped(&hint, area.width, Meaning::Quiet)).render(area, buf);
        }
        let selected = Some(meeting.sheet.row).filter(|at| *at < people.len());
        let titles = || people.iter().map(|p| width(&p.profession));
        let professions = titles().max().unwrap_or(0);
        let rows: Vec<_> = people.iter().map(|p| (belonging(p, full), roles(meeting, p, full))).collect();
        // A column of its own, where it has room beside that. The few that are longer take the room of their own bodies: no wider
        // than where the least of all bodies is cut.
        let room = usize::from(area.width).saturating_sub(CODE + 2);
        let cut = |column: usize| -> usize {
            let needed =
                titles().zip(&rows).map(|(title, row)| title.max(column) + width(&row.0) + width(&row.1));
            needed.map(|cells| cells.saturating_sub(room)).sum()
        };
        let column = match CODE + professions + 2 * SCRAP <= area.width.into() {
            true => titles().min_by_key(|column| (cut(*column), std::cmp::Reverse(*column))).unwrap_or(0),
            false => 0,
        };
        // On a high screen each row has a free one after it: the back row reads along. It takes what has no room beside others.
        let step = if 2 * people.len() <= usize::from(area.height) { 2 } else { 1 };
        let broad = rows.iter().map(|(belongs, roles)| width(belongs) + width(roles)).max().unwrap_or(0);
        let under = step == 2 && CODE + professions + broad + 2 > area.width.into();
        let height = 1 + u16::from(under);
        let first = (selected.unwrap_or(0) + 1).saturating_sub(area.height.into());
        let after = people.len().saturating_sub(first + usize::from(area.height));
        outside(look, first, after, head, buf);
        let rows = people.into_iter().zip(rows).enumerate().skip(first).zip(area.rows().step_by(step));
        for ((i, (person, (belongs, roles))), row) in rows {
            let rest = look.say(roles, Meaning::Strong).at_end(row, buf);
            let rest = look.say(padded(&person.code, CODE), Meaning::Quiet).at_start(rest, buf);
            let profession = look.cut(&person.profession, rest.width);
            let beside = look.say(padded(&profession, column), Meaning::Text).at_start(rest, buf);
            let row = Rect { height, ..row };
            let place = match under {
                true => below(row, 1).inner(Margin::new(CODE as u16, 0)),
                false => Rect { x: beside.x + 1, width: beside.width.saturating_sub(1), ..beside },
            };
            // A scrap of it would say nothing.
            if width(&belongs) <= place.width.into() || usize::from(place.width) >= SCRAP {
                look.say(belongs, Meaning::Quiet).render(place, buf);
            }
            if selected == Some(i) {
                buf.set_style(row, look.style(Meaning::Selected));
            }
            seats.put((i, 0), row);
        }
    }
}

/// Where somebody works; which part of it is for the wide list, unless nothing else is known.
fn belonging(person: &Participant, full: bool) -> String {
    let part = if full || person.organisation.is_empty() { &person.department } else { "" };
    format!("{} {part}", person.organisation).trim().to_owned()
}

/// What marks a person in the list: their part in the meeting first.
fn roles(meeting: &MeetingScreen, person: &Participant, full: bool) -> String {
    let meeting = &meeting.doc.dossier.meeting;
    let flags = [
        (meeting.facilitators.contains(&Some(person.id)), "司会"),
        (meeting.presenter == Some(person.id), "事例"),
        (full && person.involved == Some(true), "関わりあり"),
        (full && person.first_time == Some(true), ParticipantField::FirstTime.label()),
        (full && person.came_late, ParticipantField::CameLate.label()),
        (full && person.left_early, ParticipantField::LeftEarly.label()),
    ];
    let words: Vec<&str> = flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect();
    words.join(" ")
}
