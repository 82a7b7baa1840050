//! Draws the regional issues of a meeting: the sentence being written at the left, the issues at the right.

use crate::domain::register::Entry;
use crate::privacy::warning;
use crate::ui::form::Form;
use crate::ui::look::prelude::*;
use crate::ui::meeting::regional::standing;
use crate::ui::{Cell, MeetingScreen, Regional, Row as _, SheetState};

/// The issues by their numbers and a plus for the next, and the form of the selected one.
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
        let mut rest = look.say("地域課題 ", Meaning::Strong).clipped().at_start(area, buf);
        for i in 0..=issues.len() {
            let word =
                if i == issues.len() { "＋新しく".into() } else { look.signs.number(i as u32 + 1) };
            let meaning = if i == row { Meaning::Selected } else { Meaning::Quiet };
            let after = look.say(format!(" {word} "), meaning).clipped().at_start(rest, buf);
            seats.put((i, 0), Rect { width: after.x - rest.x, height: 1, ..rest });
            rest = after;
        }
        look.row([" ".into(), remark]).render(rest, buf);
        let cells = Regional::FIELDS.iter().map(|(name, _)| Cell::Regional(issue.map(|r| r.id), *name));
        let form = Form::of(meeting, cx, cells, column);
        form.draw(look, below(area, 2), buf, |i, area| seats.put((row, i), area));
    }
}

/// What the sentence is made from: the regional issues so far, then the issues of the map.
pub struct Sources<'a>(pub View<'a>, pub &'a MeetingScreen);

impl Widget for Sources<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(View { look, .. }, meeting) = self;
        let mut lines: Vec<Line> = Vec::new();
        let line = |words: String, meaning| Line::from(look.span(words, meaning));
        let rows = usize::from(area.height);
        let regional = meeting.doc.dossier.regional_issues();
        if !regional.is_empty() {
            lines.push(line("この会議から".to_owned(), Meaning::Strong));
            lines.extend(regional.iter().enumerate().take(rows / 2).map(|(i, issue)| {
                let meaning = if i == meeting.sheet.row { Meaning::Strong } else { Meaning::Quiet };
                line(format!("{} {}", look.signs.number(i as u32 + 1), issue.statement), meaning)
            }));
            lines.push(Line::default());
        }
        earlier(look, &mut lines, rows, "根拠に加えた課題", meeting.joined());
        // Half of what is left, for the issues of the map are what the sentence is made from.
        let half = lines.len() + rows.saturating_sub(lines.len()) / 2;
        earlier(look, &mut lines, half, "よく似た課題", meeting.alike());
        if lines.len() + 1 < rows {
            lines.push(line("地図の課題".to_owned(), Meaning::Strong));
            lines.extend(meeting.doc.dossier.issues().into_iter().map(|node| {
                let (mark, meaning) =
                    match meeting.doc.dossier.evidence.values().any(|e| e.node == Some(node.id)) {
                        true => (look.signs.saved, Meaning::Quiet),
                        false => (" ", Meaning::Text),
                    };
                line(format!("{mark}{} {}", look.signs.number(node.number), node.text), meaning)
            }));
        }
        if lines.len() > rows && rows > 0 {
            let more = lines.len() - rows + 1;
            lines.truncate(rows - 1);
            lines.push(line(format!("ほか {more}件"), Meaning::Quiet));
        }
        look.words(lines).render(area, buf);
    }
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
