//! Draws what is the same on every screen: title and clocks, the step rail, the entry line, the keys.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::command::{Command, Place, bar};
use crate::domain::{Dossier, date, fiscal_year};
use crate::layout::measure::width;
use crate::layout::wrap::{shown, wrap_words};
use crate::ui::here::enters;
use crate::ui::labels::{labels, speaks};
use crate::ui::look::prelude::*;
use crate::ui::meeting::growth::draw::past;
use crate::ui::sheet::field::counts;
use crate::ui::words::typed;
use crate::ui::{App, Context, MeetingScreen, Open, Panes, Screen, Writing, entry, region};

/// All of it; its state is the cell of the cursor.
pub struct Frame<'a> {
    pub app: &'a App,
    pub look: &'a Look,
    pub panes: &'a Panes,
    pub whole: bool,
}

impl StatefulWidget for Frame<'_> {
    type State = Option<Position>;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Option<Position>) {
        let Self { app, look, panes, whole } = self;
        let inside = |row: Rect| row.inner(Margin::new(1, 0));
        if let Some(meeting) = app.meeting() {
            title(app, look, meeting, inside(panes.title), buf);
            rail(look, meeting, panes.rail.width).render(panes.rail, buf);
        } else {
            plain_title(app, look, inside(panes.title), buf);
        }
        if let Open::Region(region) = &app.open {
            region::draw::tabs(View { cx: &app.cx, look }, region).render(panes.rail, buf);
        }
        let under = Rect { y: panes.prompt.y - 1, height: 1, ..area };
        let over = Rect { y: panes.body.y - 1, ..under };
        for rule in [over, under].into_iter().skip(whole.into()) {
            look.border(Borders::TOP).render(rule, buf);
        }
        if !panes.side.is_empty() {
            let between = Rect { x: panes.side.x - 1, width: 1, ..panes.side };
            look.border(Borders::LEFT).render(between, buf);
        }
        if let Some(replay) = app.meeting().and_then(|d| d.map.replay.as_ref()) {
            return past(look, &replay.growth, panes, buf);
        }
        if message(&app.cx).is_none() {
            whisper(app, look, inside(panes.prompt), buf);
        }
        let bar = match &app.cx.over {
            Some(over) => key_bar(look, panes.bar.width, over.keys().iter().copied()),
            None => keys(app, look, whole, panes.bar.width),
        };
        bar.render(panes.bar, buf);
        if !panes.entry.is_empty() {
            let (words, meaning) = saved(app, look);
            let rest = look.say(words, meaning).at_end(inside(panes.labels), buf);
            labels(app, look, Rect { width: rest.width.saturating_sub(1), ..rest }, buf);
            *cursor = entry_line(app, look, panes.entry, buf);
        }
    }
}

/// What stands at the top where no meeting is open.
fn plain_title(app: &App, look: &Look, area: Rect, buf: &mut Buffer) {
    let today = app.cx.today();
    let rest = look.say(date::long(today), Meaning::Quiet).at_end(area, buf);
    let words = match app.region() {
        Some(region) => region::draw::title(region),
        None => format!("事例検討　{}年度", fiscal_year(today)),
    };
    look.say(format!("{}{words}", sample(app)), Meaning::Strong).render(rest, buf);
}

/// Stands before the title where nothing is kept.
fn sample(app: &App) -> &'static str {
    if app.is_passing() { "【見本】" } else { "" }
}

fn title(app: &App, look: &Look, meeting: &MeetingScreen, area: Rect, buf: &mut Buffer) {
    let rest = clocks(look, meeting).at_end(area, buf);
    let rest = Rect { width: rest.width.saturating_sub(1), ..rest };
    let case = meeting.doc.dossier.case.as_ref().filter(|case| !case.code.is_empty());
    let case = case.map(|case| format!(" {} 事例 {}", look.signs.dot, case.code)).unwrap_or_default();
    let sample = sample(app);
    let only = only(&app.cx, meeting, usize::from(rest.width).saturating_sub(width(sample) + width(&case)));
    // The case code matters to the room: the title gives way first. Half a code is none.
    let case = Some(case)
        .filter(|case| width(&only) + width(sample) + width(case) <= rest.width.into())
        .unwrap_or_default();
    let room = usize::from(rest.width).saturating_sub(width(&case) + width(sample) + width(&only));
    let title = look.cut(&meeting.doc.dossier.meeting.title, room);
    look.say(format!("{only}{sample}{title}{case}"), Meaning::Strong).render(rest, buf);
}

/// What hides part of the map says so all the time, and how much, in about so many cells.
fn only(cx: &Context, meeting: &MeetingScreen, cells: usize) -> String {
    let Some(kind) = meeting.map.only().filter(|_| meeting.place() == Place::Map) else {
        return String::new();
    };
    let (kind, back, others) =
        (kind.label(), cx.keymap.said(Command::Back), meeting.map.left_out(&meeting.doc));
    let long = format!("【{kind}だけ・ほか {others}本は出していません・{back} ですべて】");
    match width(&long) <= cells {
        true => long,
        false => format!("【{kind}だけ・ほか {others}本は {back}】"),
    }
}

fn clocks<'a>(look: &Look, MeetingScreen { doc, .. }: &'a MeetingScreen) -> Words<'a> {
    let Dossier { progress, meeting, .. } = &doc.dossier;
    let (all, planned) = (doc.meeting_seconds(), meeting.planned_minutes());
    let whole = format!("全体 {} / {planned}分", clock(all));
    let whole = match all.saturating_sub(planned * 60) {
        0 => look.span(whole, Meaning::Text),
        over => look.span(format!("{whole} {}超過", clock(over)), Meaning::Warning),
    };
    let step = match (meeting.steps.get(progress.step), progress.ended_at, progress.started_at) {
        (_, Some(_), _) => look.span("会議は終わりました", Meaning::Quiet),
        (_, _, None) => look.span("これから", Meaning::Quiet),
        _ if !doc.clock.running => look.span("時計は止まっています", Meaning::Warning),
        (Some(plan), ..) => match (doc.step_seconds(), plan.minutes * 60) {
            (spent, limit) if spent > limit => {
                look.span(format!("{} {}超過", plan.title, clock(spent - limit)), Meaning::Warning)
            }
            (spent, limit) => {
                look.span(format!("{} 残り {}", plan.title, clock(limit - spent)), Meaning::Strong)
            }
        },
        (None, ..) => Span::default(),
    };
    look.row([step, "  ".into(), whole])
}

fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The steps, as far as so many cells hold them.
fn rail<'a>(look: &Look, meeting: &'a MeetingScreen, cells: u16) -> Words<'a> {
    let progress = &meeting.doc.dossier.progress;
    let steps = meeting.doc.dossier.meeting.steps.iter().enumerate();
    let steps = steps.map(|(i, step)| (i, look.signs.number(i as u32 + 1), step.title.as_str()));
    // Behind a number that may be drawn wider than it is stands a free cell.
    let free = |number: &str| if width(number) < 2 { " " } else { "" };
    let needed =
        steps.clone().map(|(_, number, title)| width(&number) + width(free(&number)) + width(title) + 1);
    // Where not all titles fit, those far from the current one are only numbers.
    let (needed, cells) = (needed.sum::<usize>(), usize::from(cells));
    let short = needed > cells;
    // The marker may be drawn wider than it is, too: it stands apart, and where there is no room for that in the place of the number.
    let apart = short || needed + 2 <= cells;
    look.row(steps.flat_map(|(i, number, title)| {
        let spent = progress.spent.get(i).copied().unwrap_or(0);
        let (sign, meaning) = match i.cmp(&progress.step) {
            Ordering::Less if spent > 0 => (look.signs.saved, Meaning::Saved),
            Ordering::Less => (look.signs.skipped, Meaning::Quiet),
            Ordering::Equal => (look.signs.current, Meaning::CurrentStep),
            Ordering::Greater => ("", Meaning::Quiet),
        };
        let now = meaning == Meaning::CurrentStep;
        let marker = if now && apart { format!(" {sign} ") } else { " ".to_owned() };
        let title = if short && i.abs_diff(progress.step) > 1 { "" } else { title };
        // Beside a title the sign takes the place of the number.
        let number = match (sign, title) {
            ("", _) => number,
            _ if now && apart => number,
            (sign, "") => format!("{sign}{number}").into(),
            (sign, _) => sign.into(),
        };
        let free = free(&number);
        [look.span(marker, meaning), look.span(format!("{number}{free}{title}"), meaning)]
    }))
}

/// What is said to the person, loudest first; none where a question may wait to be asked.
fn message(cx: &Context) -> Option<(Cow<'_, str>, Meaning)> {
    match (cx.notice.text(), cx.saving.said()) {
        ("", Some(failed)) => Some((failed.into(), Meaning::Error)),
        ("", None) if cx.look_only => Some(cx.only_looking()),
        ("", None) => None,
        (text, _) => {
            Some((text.into(), if cx.notice.is_loud() { Meaning::Warning } else { Meaning::Strong }))
        }
    }
}

/// The lines of a message, and how many rows they are given: four at the most, taken from what stands over it.
fn lines(text: &str, cells: u16) -> (Vec<&str>, usize) {
    let lines = wrap_words(text, usize::from(cells - 2));
    let rows = lines.len().clamp(1, 4);
    (lines, rows)
}

/// The first row over what is said: that of the rule. Two lines take it, so that nothing of the map is covered.
fn top(cx: &Context, prompt: Rect) -> u16 {
    let rows = message(cx).map_or(1, |(text, _)| lines(&text, prompt.width).1);
    prompt.y - if rows == 2 { 1 } else { rows as u16 }
}

/// A message in whole lines: what does not fit into its row grows upwards, over what stands there.
pub struct Message<'a>(pub View<'a>);

impl StatefulWidget for Message<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let View { cx, look } = self.0;
        let top = top(cx, area);
        seats.cover(Rect { y: top, height: area.bottom() - top, ..area });
        let Some((text, meaning)) = message(cx) else { return };
        let (lines, rows) = lines(&text, area.width);
        let whole = Rect { y: top, height: area.bottom() - top, ..area };
        Clear.render(whole, buf);
        buf.set_style(whole, look.style(Meaning::Text));
        let ruled = usize::from(whole.height) > rows;
        if ruled {
            look.border(Borders::TOP).render(whole, buf);
        }
        let passed: usize = lines[..rows - 1].iter().map(|line| line.len()).sum();
        let lines = lines[..rows - 1].iter().map(|line| shown(line)).chain([&text[passed..]]);
        let lines: Vec<Line> = lines.map(|line| look.span(line, meaning).into()).collect();
        look.words(lines).render(below(whole.inner(Margin::new(1, 0)), ruled.into()), buf);
    }
}

/// One quiet line: a question that waits to be asked.
fn whisper(app: &App, look: &Look, area: Rect, buf: &mut Buffer) {
    let (left, right) = app.screen().whisper(&app.cx);
    // On a narrow screen the question has the room; how many are yet to speak fits beside it, or on the rule over it.
    let narrow = area.width < 98;
    let short = |words: &str| words.split(['：', '（']).next().unwrap_or_default().to_owned();
    let right = if narrow && !right.starts_with("次は") { short(&right) } else { right };
    let over = Rect { y: area.y - 1, ..area };
    if width(&left) + width(&right) + 2 <= area.width.into() || right.is_empty() {
        let rest = look.say(right, Meaning::Quiet).at_end(area, buf);
        return asked(look, &left, rest, buf);
    }
    // On the rule it stands alone.
    let right = look.cut(&right, area.width * 3 / 4).into_owned();
    look.say(format!(" {right} "), Meaning::Quiet).at_end(over, buf);
    asked(look, &left, area, buf);
}

/// A question in a row, or in two of which the first is the rule's.
fn asked(look: &Look, words: &str, row: Rect, buf: &mut Buffer) {
    let text = look.wrapped(words, row.width, Meaning::Quiet);
    if text.height() != 2 {
        return look.say(words, Meaning::Quiet).render(row, buf);
    }
    let rows = Rect { y: row.y - 1, height: 2, ..row };
    let whole = Rect { x: buf.area.x, width: buf.area.width, ..rows };
    Clear.render(whole, buf);
    buf.set_style(whole, look.style(Meaning::Text));
    look.words(text).render(rows, buf);
}

/// The bottom bar: keys and what they do here and now, as many as fit.
fn keys(app: &App, look: &Look, whole: bool, cells: u16) -> Words<'static> {
    // The key that opened the map over the screen is the way back.
    let back = |c: Command| whole && c == Command::Whole;
    let mending = app.screen().is_mending();
    let takes = app.meeting().is_some_and(|d| d.source_row().is_some());
    let short = |c: Command| match c {
        c if back(c) => Command::Back.row().short,
        c => app.called_here(c).unwrap_or(c.row().short),
    };
    let commands = bar(app.place(), app.meeting().map(|d| d.doc.step()), whole, mending);
    // A space is one of the words where a cell is written in.
    let commands = commands.iter().filter(|c| !((takes || mending) && **c == Command::Take));
    let idle = app.screen().writing().is_some_and(Writing::is_idle);
    let does = |c: Command| match c {
        c if enters(c) => app.called_here(c).is_some(),
        Command::AddUnder => !idle,
        _ => true,
    };
    let offered = commands.filter(|c| does(**c) && app.screen().hindrance(&app.cx, **c).is_none());
    key_bar(look, cells, offered.map(|c| (app.cx.keymap.shown(*c), short(*c))))
}

/// Keys and what they do, as many as so many cells hold.
pub fn key_bar<'a, K: Into<Cow<'a, str>>>(
    look: &Look,
    cells: u16,
    keys: impl IntoIterator<Item = (K, &'static str)>,
) -> Words<'a> {
    let mut left = cells.saturating_sub(1);
    let mut spans = vec![Span::raw(" ")];
    for (key, short) in keys {
        let (key, short) = (look.span(key, Meaning::Strong), look.span(short, Meaning::Quiet));
        let cells = (width(&key.content) + 1 + width(&short.content)) as u16;
        if cells > left {
            break;
        }
        spans.extend([key, " ".into(), short, "  ".into()]);
        left = left.saturating_sub(cells + 2);
    }
    look.row(spans)
}

/// Whether everything is on the disk.
fn saved(app: &App, look: &Look) -> (String, Meaning) {
    let (saving, refused) = (&app.cx.saving, app.cx.saving.refused.len());
    match (saving.waiting.len(), &saving.rescue) {
        (count, Some(_)) if saving.failed.is_some() => {
            (format!("未保存 {count}件（控えあり）"), Meaning::Error)
        }
        (count, None) if saving.failed.is_some() => (format!("未保存 {count}件"), Meaning::Error),
        _ if app.is_passing() => ("見本（残りません）".to_owned(), Meaning::Quiet),
        _ if app.cx.look_only && app.cx.others_write == Some(true) => {
            ("見るだけ（自動で更新）".to_owned(), Meaning::Quiet)
        }
        _ if app.cx.look_only => ("見るだけ".to_owned(), Meaning::Quiet),
        (1.., _) => ("保存中".to_owned(), Meaning::Quiet),
        _ if refused == 0 => (format!("保存済み {}", look.signs.saved), Meaning::Saved),
        (_, None) => (format!("未保存 {refused}件"), Meaning::Error),
        (_, Some(_)) => (format!("保存済み（控え {refused}件）"), Meaning::Warning),
    }
}

/// The line being typed; gives the cell of the cursor, where there is something to type in.
fn entry_line(app: &App, look: &Look, area: Rect, buf: &mut Buffer) -> Option<Position> {
    buf.set_style(area, look.style(Meaning::Entry));
    look.say(look.signs.entry, Meaning::Entry).render(area, buf);
    let mut inner = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    if let Some((_, line)) = app.editing() {
        let marked = app.sheets().and_then(|s| s.sheet()).is_some_and(|sheet| sheet.marked);
        let style = look.style(if marked { Meaning::Offered } else { Meaning::Entry });
        return Some(typed(look, line.text(), line.cursor(), style, inner, buf));
    }
    if let Some(cell) = app.sheets().and_then(|s| s.selected_cell(&app.cx)) {
        look.say(app.cell_shown(cell), Meaning::Quiet).render(inner, buf);
        return Some(inner.as_position());
    }
    if let Some(source) = app.meeting().and_then(MeetingScreen::selected_source) {
        look.say(source.node.text.as_str(), Meaning::Quiet).render(inner, buf);
        return Some(inner.as_position());
    }
    let (line, from) = match app.meeting() {
        None => (&app.region().filter(|_| app.place() == Place::Register)?.register.words, 0),
        Some(meeting) => {
            let line = &app.screen().writing()?.line;
            let parsed = entry::parse(line.text(), meeting.signs());
            if let Some(speaker) = speaks(app, look, inner.width) {
                inner = speaker.at_start(inner, buf);
            }
            // A sign that is understood is a label above; what nobody understands is seen as it was typed.
            let named = parsed.speaker.is_some() || parsed.branch.is_some();
            let unknown = named && app.place() == Place::Map && {
                let understood = meeting.map.understand(&meeting.doc, line.text(), &app.cx.lists);
                !understood.unknown.is_empty()
            };
            (line, if unknown { 0 } else { parsed.shown_from })
        }
    };
    let cursor = line.cursor().max(from) - from;
    Some(typed(look, &line.text()[from..], cursor, look.style(Meaning::Entry), inner, buf))
}

const MOST_OFFERS: usize = 9;

/// The window in which it is offered, over the rule at a row of the map.
fn window(rows: &[(Cow<str>, &str)], rule: Rect) -> Rect {
    // Every cell takes a byte at the least: most of the many entries of a map need not be measured.
    let widest = rows.iter().fold(0, |widest, (a, b)| match a.len() + 2 + b.len() {
        bytes if bytes <= widest => widest,
        _ => widest.max(width(a) + 2 + width(b)),
    });
    let (w, h) = (((widest + 8) as u16).clamp(24, rule.width - 4), MOST_OFFERS.min(rows.len()) as u16 + 2);
    Rect { x: 1, y: rule.y.saturating_sub(h), width: w, height: h }
}

/// The candidates of a half-typed sign, or the offers of a cell, over the row where messages stand.
pub struct Candidates<'a>(pub &'a App, pub &'a Look, pub &'a Panes);

impl StatefulWidget for Candidates<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(app, look, panes) = self;
        let offers = app.sheets().map(|s| s.cell_offers(&app.cx)).unwrap_or_default();
        let editing = app.editing().is_some();
        let candidates =
            app.meeting().filter(|_| !editing).map(|meeting| meeting.candidates(&app.cx)).unwrap_or_default();
        let by_place = !offers.is_empty() && offers.iter().all(|o| o.text == o.label) && counts(&offers);
        let offered = offers.iter().map(|o| (o.words(), ""));
        let candidates = candidates.iter().map(|c| (c.label.as_str().into(), c.note.as_str()));
        let rows: Vec<(Cow<str>, &str)> = offered.chain(candidates).collect();
        if rows.is_empty() {
            return;
        }
        let row = match editing {
            true => app.sheets().and_then(|s| s.sheet()?.offer),
            false => app.screen().writing().map(|w| w.candidate),
        };
        let most = MOST_OFFERS.min(rows.len());
        let window = window(&rows, Rect { y: top(&app.cx, area), ..area });
        // Beside it the map goes on; of anything else that stood there ends of sentences would be left.
        let window = match app.place() {
            Place::Map => window,
            // Its edge is the rule between the two.
            _ if !panes.side.is_empty() => Rect { width: panes.side.x - 1, ..window },
            _ => Rect { width: area.width - 2, ..window },
        };
        seats.cover(window);
        let inner = look.window(window, "", buf);
        let first = row.map_or(0, |r| r.saturating_sub(most - 1));
        let seen = rows.iter().enumerate().skip(first);
        for (line, (i, (label, note))) in inner.rows().zip(seen) {
            let number = if by_place { format!("{:>2} ", i + 1) } else { String::new() };
            let label = look.span(format!("{number}{label}"), Meaning::Popup);
            look.row([label, "  ".into(), look.span(*note, Meaning::Quiet)]).render(line, buf);
            if row == Some(i) {
                buf.set_style(line, look.style(Meaning::Selected));
            }
        }
        if rows.len() > most {
            let more = look.say(format!(" ほか {}件 ", rows.len() - most), Meaning::Quiet);
            more.at_end(Rect { y: window.bottom() - 1, height: 1, ..inner }, buf);
        }
    }
}
