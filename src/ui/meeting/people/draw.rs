//! Draws the opening: what is read aloud, what became of the last meeting's actions.

use crate::domain::{StepPlan, date};
use crate::format::Format;
use crate::layout::measure::width;
use crate::store::OpenAction;
use crate::ui::look::prelude::*;
use crate::ui::table::{self, capped, outside_of, seen, with_foot};
use crate::ui::{Cell, MeetingScreen, Sheets};

/// What is read aloud, and what was decided last time.
pub struct Aloud<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Aloud<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(view, meeting) = self;
        // The promises come first; the last meeting's actions get what room they need beside those, and half at the least.
        let format = meeting.doc.format(view.cx);
        let promised =
            format.map_or(0, |format| spoken(view.look, &promise(format), area.width, false).height() as u16);
        let rows = decided(meeting);
        let whole: Vec<Text> = rows.iter().map(|row| told(view.look, row, area.width, u16::MAX)).collect();
        let last = match whole.iter().map(Text::height).sum::<usize>() {
            0 => 0,
            rows => u16::try_from(rows + 1).unwrap_or(u16::MAX),
        };
        let last = last.min(area.height.saturating_sub(promised).max(area.height / 2));
        let [aloud, last] = Layout::vertical([Fill(1), Length(last)]).areas(area);
        if let Some(format) = format {
            promises(view, meeting, format, aloud, buf);
        }
        if !last.is_empty() {
            last_actions(view, meeting, (&rows, whole), last, (buf, seats));
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

/// What all promise each other.
fn promise(format: &Format) -> Part<'_> {
    ("この会の約束（読みあげます）", &format.ground_rules, Meaning::Text)
}

/// What is said before a meeting begins, in that order.
fn parts<'a>(format: &'a Format, case: &'a Vec<String>, steps: &'a Vec<String>) -> [Part<'a>; 4] {
    [
        promise(format),
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

/// The last actions, each with who does it until when, what came of it, and how it stands.
fn decided(meeting: &MeetingScreen) -> Vec<[String; 3]> {
    let of = |row: &OpenAction| {
        let day = row.action.settled.map(|day| format!(" {}", date::short(day))).unwrap_or_default();
        let outcome = match meeting.editing() {
            Some((Cell::Review(id, _), line)) if *id == row.action.id => line.text(),
            _ => &row.action.outcome,
        };
        let until = date::until(&row.action.until);
        let note = format!("{}　{until}　{outcome}", row.who.join("・")).trim_matches('　').to_owned();
        [format!("〔{}{day}〕", row.action.status.label()), row.action.what.clone(), note]
    };
    meeting.doc.previous.iter().map(of).collect()
}

/// So many cells before what is said of an action.
const UNDER: &str = "    ";

/// One of them in so many cells, what is done and what is said of it each in so many rows at the most.
fn told<'a>(look: &Look, [status, what, note]: &'a [String; 3], cells: u16, rows: u16) -> Text<'a> {
    let status = look.span(format!("{status} "), Meaning::Strong);
    let part = |sign: Span<'a>, words: &'a str, meaning| {
        let room = cells.saturating_sub(width(&sign.content) as u16);
        capped(look, look.hanging(sign, words, cells, meaning), rows, room)
    };
    let mut text = part(status, what, Meaning::Text);
    text.extend(part(UNDER.into(), note, Meaning::Quiet));
    text
}

/// The last actions stand after the people, where one goes with the arrows.
fn last_actions(
    View { cx, look }: View,
    meeting: &MeetingScreen,
    (rows, whole): (&[[String; 3]], Vec<Text>),
    area: Rect,
    (buf, seats): (&mut Buffer, &mut Seats),
) {
    let (previous, people) = (&meeting.doc.previous, meeting.doc.dossier.participants.len());
    let done = previous.iter().filter(|p| !p.action.status.is_open()).count();
    let times = meeting.meetings_of_case(cx).len();
    let times = if times > 1 { format!("　この事例は {times}回目") } else { String::new() };
    let keys = cx.keymap.fill("　（{tick} で状態、{enter} で結果）");
    let from = previous.first().filter(|first| !first.meeting_title.is_empty());
    let from = from.map(|first| format!("（{}）", first.meeting_title)).unwrap_or_default();
    let (called, all) = ("前回決めたこと", previous.len());
    let count = format!("　{all}件のうち {done}件済み");
    // What one does here stays longest.
    let headings = [
        format!("{called}{from}{count}{keys}{times}"),
        format!("{called}{count}{keys}{times}"),
        format!("{called}{count}{keys}"),
        format!("{called}　{done}/{all}件済み{keys}"),
        format!("{called}{count}"),
    ];
    let heading = headings.iter().find(|heading| width(heading) <= area.width.into());
    let [heading_row, area] = Layout::vertical([Length(1), Fill(1)]).areas(area);
    look.say(heading.unwrap_or(&headings[4]), Meaning::Strong).render(heading_row, buf);
    let selected = meeting.sheet.row.checked_sub(people).filter(|at| *at < rows.len());
    let height = |text: &Text| text.height() as u16;
    // The selected one whole, and of the others as many as there is room for, from the first on.
    let short = rows.iter().map(|row| told(look, row, area.width, 1)).enumerate();
    let mut texts: Vec<Text> =
        short.map(|(i, short)| if Some(i) == selected { whole[i].clone() } else { short }).collect();
    let mut left = area.height.saturating_sub(texts.iter().map(height).fold(0, u16::saturating_add));
    for (short, whole) in texts.iter_mut().zip(whole) {
        let more = height(&whole) - height(short);
        if more <= left {
            (*short, left) = (whole, left - more);
        }
    }
    let heights: Vec<u16> = texts.iter().map(height).collect();
    let [area, foot] = with_foot(area, table::all(&heights));
    let seen: Vec<_> = seen(&heights, selected.unwrap_or(0), area.height).collect();
    outside_of(look, &heights, &seen, foot, buf);
    table::list(look, (texts, people), &seen, selected, (area, seats), buf);
}
