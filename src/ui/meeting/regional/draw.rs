//! Draws the regional issues of a meeting: the sentence being written at the left, the issues at the right.

use crate::domain::register::Entry;
use crate::export::words::regional_number;
use crate::privacy::warning;
use crate::ui::form::Form;
use crate::ui::look::prelude::*;
use crate::ui::meeting::regional::standing;
use crate::ui::meeting::sources::draw::Sources;
use crate::ui::table::capped;
use crate::ui::{Cell, MeetingScreen, Regional, Row as _, SheetState};

/// So many fields at the head of the form are seen even where they are empty and there is little room.
const LEADS: usize = 5;

/// So many rows the issues of the map have where one chooses from them.
const ENOUGH: u16 = 20;

/// The issues by their names and a plus for the next, and the form of the selected one.
pub struct Sentence<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Sentence<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, meeting) = self;
        let issues = meeting.doc.dossier.regional_issues();
        let SheetState { row, column, .. } = meeting.sheet;
        let issue = issues.get(row);
        let looks = issue.map(|r| cx.watch.look(&r.statement)).unwrap_or_default();
        let alike = meeting.alike().count();
        let remark = match warning(&looks) {
            Some(warning) => look.span(warning, Meaning::Warning),
            None if alike > 0 => {
                look.span(cx.keymap.fill(&format!("よく似た課題 {alike}件（{{alike}}）")), Meaning::Strong)
            }
            None => Span::default(),
        };
        let mut rest = area;
        for i in 0..=issues.len() {
            let word = if i == issues.len() { "＋新しく".to_owned() } else { regional_number(i) };
            // What is selected is the field of the form.
            let (sign, meaning) = match i == row {
                true => (look.signs.current, Meaning::Strong),
                false => ("", Meaning::Quiet),
            };
            let after = look.say(format!("{sign} {word} "), meaning).clipped().at_start(rest, buf);
            seats.put((i, 0), Rect { width: after.x - rest.x, height: 1, ..rest });
            rest = after;
        }
        look.row([" ".into(), remark]).render(rest, buf);
        let cells = Regional::FIELDS.iter().map(|(name, _)| Cell::Regional(issue.map(|r| r.id), *name));
        let selected = meeting.source_row().is_none().then_some(column);
        let form = Form { leads: Some(LEADS), selected, ..Form::of(meeting, cx, cells, column) };
        form.draw(look, below(area, 2), buf, |i, area| seats.put((row, i), area));
    }
}

/// The regional issues so far, and under them the issues of the map, from which they are made. Where one stands on those they
/// have the room they need.
pub struct SoFar<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for SoFar<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(view, meeting) = self;
        let room =
            if meeting.source_row().is_some() { area.height.saturating_sub(ENOUGH) } else { area.height };
        let used = said_so_far(view, meeting, Rect { height: room, ..area }, buf);
        let under = below(area, used);
        if under.height > 3 && meeting.has_sources() {
            Sources(view, meeting).render(under, buf, seats);
        }
    }
}

/// The regional issues of this meeting and those of earlier ones that are like them; gives the rows it takes.
fn said_so_far(View { look, .. }: View, meeting: &MeetingScreen, area: Rect, buf: &mut Buffer) -> u16 {
    let mut lines: Vec<Line> = Vec::new();
    let line = |words: String, meaning| Line::from(look.span(words, meaning));
    let rows = usize::from(area.height);
    let regional = meeting.doc.dossier.regional_issues();
    if !regional.is_empty() {
        lines.push(line("この会議から".to_owned(), Meaning::Strong));
        // Whole, where they leave enough to the rest.
        let texts = regional.iter().enumerate().map(|(i, issue)| {
            let meaning = if i == meeting.sheet.row { Meaning::Strong } else { Meaning::Quiet };
            let name = look.span(format!("{} ", regional_number(i)), meaning);
            look.hanging(name, &issue.statement, area.width, meaning)
        });
        let texts: Vec<Text> = texts.take(rows / 2).collect();
        let most = if texts.iter().map(Text::height).sum::<usize>() <= rows / 2 { u16::MAX } else { 1 };
        lines.extend(
            texts.into_iter().flat_map(|text| capped(look, text, most, area.width.saturating_sub(4))),
        );
        lines.push(Line::default());
    }
    earlier(look, &mut lines, rows, "根拠に加えた課題", meeting.joined());
    // Half of what is left, for the issues of the map are what the sentence is made from.
    let half = lines.len() + rows.saturating_sub(lines.len()) / 2;
    earlier(look, &mut lines, half, "よく似た課題", meeting.alike());
    let used = lines.len().min(rows);
    look.words(lines).render(area, buf);
    used as u16
}

/// Issues of earlier meetings down to a row, each with how far it has come, and a free row after them.
fn earlier<'a>(
    look: &Look,
    lines: &mut Vec<Line<'a>>,
    end: usize,
    title: &'a str,
    entries: impl Iterator<Item = &'a Entry>,
) {
    let room = end.saturating_sub(lines.len());
    let entries = entries.take(room.saturating_sub(2) / 2);
    let words = entries.flat_map(|entry| {
        let statement = look.span(&entry.issue.statement, Meaning::Text);
        [[" ".into(), statement], ["   ".into(), look.span(standing(entry), Meaning::Quiet)]]
    });
    let words: Vec<Line> = words.map(Line::from_iter).collect();
    if room >= 4 && !words.is_empty() {
        lines.push(Line::from(look.span(title, Meaning::Strong)));
        lines.extend(words);
        lines.push(Line::default());
    }
}
