//! Draws the regional issues of a meeting: the sentence being written at the left, the issues at the right.

use crate::command::Command;
use crate::domain::register::Entry;
use crate::layout::measure::width;
use crate::layout::signs::Signs;
use crate::privacy::warning;
use crate::ui::MeetingScreen;
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::look::prelude::*;
use crate::ui::meeting::regional::standing;
use crate::ui::regions::Regions;
use crate::ui::sheet;
use crate::ui::sheet::Row as _;
use crate::ui::sheet::cell::Cell;

/// The form of the selected issue.
fn form(meeting: &MeetingScreen, cx: &Context) -> Form {
    let selected = meeting.doc.dossier.regional_issues().get(meeting.regional.sheet.row).map(|r| r.id);
    let cells = sheet::Regional::FIELDS.iter().map(|(name, _)| Cell::Regional(selected, *name));
    Form::of(meeting, cx, cells, meeting.regional.sheet.column)
}

/// What stands before the numbers.
const TITLE: &str = "地域課題 ";

/// One number an issue, and a plus for the next.
fn tabs(meeting: &MeetingScreen, signs: &Signs) -> impl Iterator<Item = String> {
    let issues = meeting.doc.dossier.regional_issues().len();
    let word = move |i| if i == issues { "＋新しく".into() } else { signs.number(i as u32 + 1) };
    (0..=issues).map(move |i| format!(" {} ", word(i)))
}

/// The numbers, and the fields under them.
pub fn regions(meeting: &MeetingScreen, cx: &Context, area: Rect) -> Regions {
    let mut x = area.x + width(TITLE) as u16;
    let tabs = tabs(meeting, cx.marks).enumerate().map(|(i, word)| {
        let tab = Rect { x, y: area.y, width: width(&word) as u16, height: 1 };
        x = tab.right();
        ((i, 0), tab.intersection(area))
    });
    let (row, form) = (meeting.regional.sheet.row, form(meeting, cx));
    tabs.chain(form.rows(below(area, 2)).map(|(i, area)| ((row, i), area))).collect()
}

/// The issues by their numbers, and the form of the selected one.
pub struct Sentence<'a>(pub View<'a>);

impl Widget for Sentence<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(meeting) = app.meeting() else { return };
        let issues = meeting.doc.dossier.regional_issues();
        let issue = issues.get(meeting.regional.sheet.row);
        let looks = issue.map(|r| app.cx.watch.look(&r.statement)).unwrap_or_default();
        let alike = meeting.alike().count();
        let remark = match warning(&looks) {
            Some(warning) => look.span(warning, Meaning::Warning),
            None if alike > 0 => {
                let key = app.cx.keymap.said(Command::Alike);
                look.span(format!("よく似た課題 {alike}件（{key}）"), Meaning::Strong)
            }
            None => Span::default(),
        };
        let tabs = tabs(meeting, look.signs).enumerate().map(|(i, word)| {
            let meaning = if i == meeting.regional.sheet.row { Meaning::Selected } else { Meaning::Quiet };
            look.span(word, meaning)
        });
        let head = [look.span(TITLE, Meaning::Strong)].into_iter().chain(tabs);
        let row = look.row(head).clipped().at_start(area, buf);
        look.row([" ".into(), remark]).render(row, buf);
        form(meeting, &app.cx).draw(look, below(area, 2), buf);
    }
}

/// What the sentence is made from: the regional issues so far, then the issues of the map.
pub struct Sources<'a>(pub View<'a>);

impl Widget for Sources<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(meeting) = app.meeting() else { return };
        let mut lines: Vec<Line> = Vec::new();
        let line = |words: String, meaning| Line::from(look.span(words, meaning));
        let rows = usize::from(area.height);
        let regional = meeting.doc.dossier.regional_issues();
        if !regional.is_empty() {
            lines.push(line("この会議から".to_owned(), Meaning::Strong));
            lines.extend(regional.iter().enumerate().take(rows / 2).map(|(i, issue)| {
                let meaning = if i == meeting.regional.sheet.row { Meaning::Strong } else { Meaning::Quiet };
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
