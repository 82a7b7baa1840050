//! Draws what is the same on every screen: title and clocks, the step rail, the entry line, the keys.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::command::{Command, Place, bar};
use crate::layout::measure::width;
use crate::layout::wrap::{shown, wrap};
use crate::ui::context::Context;
use crate::ui::labels::{Labels, speaks};
use crate::ui::look::prelude::*;
use crate::ui::panes::Panes;
use crate::ui::sheet::field::counts;
use crate::ui::{MeetingScreen, Open, entry};

/// All of it; its state is the cell of the cursor.
pub struct Frame<'a> {
    pub view: View<'a>,
    pub panes: &'a Panes,
    pub whole: bool,
}

impl StatefulWidget for Frame<'_> {
    type State = Option<Position>;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Option<Position>) {
        let Self { view, panes, whole } = self;
        let View { app, look } = view;
        Title(view).render(panes.title.inner(Margin::new(1, 0)), buf);
        match app.meeting() {
            _ if panes.rail.is_empty() => {}
            Some(desk) => rail(view, desk, panes.rail.width).render(panes.rail, buf),
            None => crate::ui::region::draw::tabs(view).render(panes.rail, buf),
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
            return crate::ui::meeting::growth::draw::Past { look, growth: &replay.growth, panes }
                .render(area, buf);
        }
        Whisper(view).render(panes.prompt.inner(Margin::new(1, 0)), buf);
        keys(view, whole, panes.bar.width).render(panes.bar, buf);
        if panes.entry.is_empty() {
            return;
        }
        let labels = saved(view).at_end(panes.labels.inner(Margin::new(1, 0)), buf);
        Labels(view).render(Rect { width: labels.width.saturating_sub(1), ..labels }, buf);
        Entry(view).render(panes.entry, buf, cursor);
    }
}

struct Title<'a>(View<'a>);

impl Widget for Title<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(desk) = app.meeting() else {
            let year = crate::domain::fiscal_year(app.cx.now.today());
            let today = crate::domain::date::long(app.cx.now.today());
            let rest = look.say(today, Meaning::Quiet).at_end(area, buf);
            let words =
                crate::ui::region::draw::title(app).unwrap_or_else(|| format!("事例検討　{year}年度"));
            return look.say(words, Meaning::Title).render(rest, buf);
        };
        let rest = clocks(self.0, desk).at_end(area, buf);
        let room = usize::from(rest.width.saturating_sub(1));
        let meeting = &desk.doc.dossier.meeting;
        let case = desk.doc.dossier.case.as_ref().map(|c| c.code.as_str()).filter(|c| !c.is_empty());
        let sample = if desk.doc.is_sample() { "【見本】" } else { "" };
        let case = case.map(|c| format!(" {} 事例 {c}", look.signs.dot)).unwrap_or_default();
        // The case code matters to the room: the title gives way first.
        let title = look.cut(&meeting.title, room.saturating_sub(width(&case) + width(sample)));
        let rest = Rect { width: room as u16, ..rest };
        look.say(format!("{sample}{title}{case}"), Meaning::Title).render(rest, buf);
    }
}

/// Both clocks: that of the step, and that of the meeting.
fn clocks<'a>(View { look, .. }: View<'a>, desk: &'a MeetingScreen) -> Words<'a> {
    let progress = &desk.doc.dossier.progress;
    let plan = desk.doc.dossier.meeting.steps.get(progress.step);
    let all = desk.doc.meeting_seconds();
    let planned = desk.doc.dossier.meeting.planned_minutes();
    let over = all.saturating_sub(planned * 60);
    let whole = format!("全体 {} / {planned}分", clock(all));
    let whole = match over {
        0 => look.span(whole, Meaning::Text),
        over => look.span(format!("{whole} {}超過", clock(over)), Meaning::Warning),
    };
    let step = match (plan, progress.ended_at, progress.started_at) {
        (_, Some(_), _) => look.span("終わりました", Meaning::Quiet),
        (_, _, None) => look.span("これから", Meaning::Quiet),
        _ if !desk.doc.clock.running => look.span("時計は止まっています", Meaning::Warning),
        (Some(plan), ..) => {
            let (spent, limit) = (desk.doc.step_seconds(), plan.minutes * 60);
            if spent > limit {
                look.span(format!("{} {}超過", plan.title, clock(spent - limit)), Meaning::Warning)
            } else {
                look.span(format!("{} 残り {}", plan.title, clock(limit - spent)), Meaning::Strong)
            }
        }
        (None, ..) => Span::default(),
    };
    look.row([step, "  ".into(), whole])
}

/// Minutes and seconds.
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// The steps, as far as so many cells hold them.
fn rail<'a>(View { look, .. }: View<'a>, desk: &'a MeetingScreen, cells: u16) -> Words<'a> {
    let current = desk.doc.dossier.progress.step;
    let steps = desk.doc.dossier.meeting.steps.iter().enumerate();
    let steps = steps.map(|(i, step)| (i, look.signs.number(i as u32 + 1), step.title.as_str()));
    let needed: usize = steps.clone().map(|(_, number, title)| width(&number) + width(title) + 1).sum();
    // Where not all titles fit, those far from the current one are only numbers.
    let short = needed + width(look.signs.current) > usize::from(cells.saturating_sub(1));
    look.row(steps.flat_map(|(i, number, title)| {
        let (marker, meaning) = match i.cmp(&current) {
            Ordering::Less => ("", Meaning::DoneStep),
            Ordering::Equal => (look.signs.current, Meaning::CurrentStep),
            Ordering::Greater => ("", Meaning::Quiet),
        };
        let title = if short && i.abs_diff(current) > 1 { "" } else { title };
        [" ".into(), look.span(format!("{marker}{number}{title}"), meaning)]
    }))
}

/// What is said to the person, loudest first; none where a question may wait to be asked.
fn message(cx: &Context) -> Option<(&str, Meaning)> {
    let failed = cx.saving.failed.as_deref();
    let look = cx.look_only.then_some("見るだけで開いています（書いても残りません）。");
    let notice = &cx.notice;
    match notice.text() {
        "" => failed.map(|f| (f, Meaning::Error)).or(look.map(|l| (l, Meaning::Warning))),
        text => Some((text, if notice.is_loud() { Meaning::Warning } else { Meaning::Strong })),
    }
}

/// The most rows a message takes from what stands over it.
const MOST_ROWS: usize = 4;

/// The lines of a message, and how many rows they are given.
fn lines(text: &str, cells: u16) -> (Vec<&str>, usize) {
    let lines = wrap(text, usize::from(cells - 2));
    let rows = lines.len().clamp(1, MOST_ROWS);
    (lines, rows)
}

/// A message in whole lines: what does not fit into its row grows upwards, over what stands there. Its state is its first row.
pub struct Message<'a>(pub View<'a>);

impl StatefulWidget for Message<'_> {
    type State = u16;

    fn render(self, area: Rect, buf: &mut Buffer, top: &mut u16) {
        let View { app, look } = self.0;
        *top = area.y;
        let Some((text, meaning)) = message(&app.cx) else { return };
        let (lines, rows) = lines(text, area.width);
        *top -= rows as u16 - 1;
        let whole = Rect { y: *top - 1, height: rows as u16 + 1, ..area };
        Clear.render(whole, buf);
        buf.set_style(whole, look.style(Meaning::Text));
        look.border(Borders::TOP).render(whole, buf);
        let passed: usize = lines[..rows - 1].iter().map(|line| line.len()).sum();
        let lines = lines[..rows - 1].iter().map(|line| shown(line)).chain([&text[passed..]]);
        let lines: Vec<Line> = lines.map(|line| look.span(line, meaning).into()).collect();
        look.words(lines).render(below(whole.inner(Margin::new(1, 0)), 1), buf);
    }
}

/// One quiet line: a question that waits to be asked.
struct Whisper<'a>(View<'a>);

impl Widget for Whisper<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        if message(&app.cx).is_some() {
            return;
        }
        let (left, right) = crate::ui::meeting::prompts::draw::whisper(app);
        // On a narrow screen the question has the room; how many are silent fits beside it.
        let narrow = area.width < 98;
        let right = if narrow { right.split('（').next().unwrap_or_default() } else { &right };
        let right = look.cut(right, area.width.div_ceil(3));
        let rest = look.say(right, Meaning::Quiet).at_end(area, buf);
        look.say(left, Meaning::Quiet).render(rest, buf);
    }
}

/// The bottom bar: keys and what they do here and now, as many as fit.
fn keys(View { app, look }: View<'_>, whole: bool, cells: u16) -> Words<'_> {
    // The key that opened the map over the screen, or the chart, is the way back.
    let chart = app.meeting().is_some_and(|d| d.map.chart.is_some());
    let back = |c: Command| (whole && c == Command::Whole) || (chart && c == Command::Chart);
    let mending = app.screen().is_mending();
    let short = |c: Command| match c {
        Command::Back if mending => "やめる",
        Command::AddBeside if mending => Command::Enter.row().short,
        c if back(c) => Command::Back.row().short,
        c => c.row().short,
    };
    let commands = bar(app.place(), app.meeting().map(|d| d.doc.step()), whole, mending);
    let offered = commands.iter().filter(|c| app.screen().hindrance(&app.cx, **c).is_none());
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
fn saved(View { app, look }: View<'_>) -> Words<'_> {
    let sample = app.meeting().is_some_and(|d| d.doc.is_sample());
    match (&app.cx.saving.failed, app.cx.saving.waiting.len()) {
        (Some(_), count) => look.say(format!("未保存 {count}件"), Meaning::Error),
        _ if sample => look.say("見本（残りません）", Meaning::Quiet),
        _ if app.cx.look_only => look.say("見るだけ", Meaning::Quiet),
        (None, 0) => match (&app.cx.saving.rescue, app.cx.saving.refused.len()) {
            (_, 0) => look.say(format!("保存済み {}", look.signs.saved), Meaning::Saved),
            (None, count) => look.say(format!("未保存 {count}件"), Meaning::Error),
            (Some(_), count) => look.say(format!("保存済み（控え {count}件）"), Meaning::Warning),
        },
        (None, _) => look.say("保存中", Meaning::Quiet),
    }
}

/// The line being typed, and the real cursor in it.
struct Entry<'a>(View<'a>);

impl StatefulWidget for Entry<'_> {
    type State = Option<Position>;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Option<Position>) {
        let View { app, look } = self.0;
        if matches!(app.open, Open::Home) {
            return;
        }
        buf.set_style(area, look.style(Meaning::Entry));
        look.say(look.signs.entry, Meaning::Entry).render(area, buf);
        let mut inner = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
        let typed = match (app.editing(), app.sheets().and_then(|s| s.selected_cell(&app.cx)), app.meeting())
        {
            (Some((_, line)), ..) => {
                let mut typed = look.typed(line.text(), line.cursor(), Meaning::Entry);
                if app.sheets().and_then(|s| s.sheet()).is_some_and(|sheet| sheet.marked) {
                    typed.style = look.style(Meaning::Selected).bold();
                }
                typed
            }
            (None, Some(cell), _) => {
                look.say(app.cell_shown(cell), Meaning::EntryQuiet).render(inner, buf);
                return *cursor = Some(inner.as_position());
            }
            (None, None, None) => {
                let at = app.region().filter(|_| app.place() == Place::Register);
                let Some(words) = at.map(|region| &region.register.words) else { return };
                look.typed(words.text(), words.cursor(), Meaning::Entry)
            }
            (None, None, Some(desk)) => {
                let Some(line) = app.screen().writing().map(|w| &w.line) else { return };
                let raw = line.text();
                let parsed = entry::parse(raw, desk.signs());
                // A sign that waits for its end is shown as typed; one that is understood is a label above.
                let from = match parsed.open {
                    Some(_) => open_start(raw, &parsed),
                    None => parsed.text_start,
                };
                if let Some(speaker) = speaks(self.0, inner.width) {
                    inner = speaker.at_start(inner, buf);
                }
                look.typed(&raw[from..], line.cursor().max(from) - from, Meaning::Entry)
            }
        };
        typed.render(inner, buf, cursor.get_or_insert_default());
    }
}

/// Where the half-typed sign begins.
fn open_start(raw: &str, parsed: &entry::Parsed) -> usize {
    let range = match parsed.open {
        Some(entry::Open::Speaker) => parsed.speaker.as_ref(),
        _ => parsed.branch.as_ref(),
    };
    let start = range.map_or(0, |r| r.start);
    raw[..start].char_indices().next_back().map_or(0, |(i, _)| i)
}

/// The most that is offered at once.
const MOST_OFFERS: usize = 9;

/// The window in which it is offered.
fn window(rows: &[(Cow<str>, &str)], area: Rect) -> Rect {
    // Every cell takes a byte at the least: most of the many entries of a map need not be measured.
    let widest = rows.iter().fold(0, |widest, (a, b)| match a.len() + 2 + b.len() {
        bytes if bytes <= widest => widest,
        _ => widest.max(width(a) + 2 + width(b)),
    });
    let (w, h) = (((widest + 8) as u16).clamp(24, area.width - 4), MOST_OFFERS.min(rows.len()) as u16 + 2);
    Rect { x: 1, y: area.bottom().saturating_sub(h), width: w, height: h }
}

/// The candidates of a half-typed sign, or the offers of a cell, at the foot of an area.
pub struct Candidates<'a>(pub View<'a>);

impl StatefulWidget for Candidates<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let View { app, look } = self.0;
        let offers = app.sheets().map(|s| s.cell_offers(&app.cx)).unwrap_or_default();
        let editing = app.editing().is_some();
        let candidates =
            app.meeting().filter(|_| !editing).map(|desk| desk.candidates(&app.cx)).unwrap_or_default();
        let by_place = !offers.is_empty() && offers.iter().all(|o| o.text == o.label) && counts(&offers);
        let offered = offers.iter().map(|o| (o.words(), ""));
        let candidates = candidates.iter().map(|c| (c.label.as_str().into(), c.note.as_str()));
        let rows: Vec<(Cow<str>, &str)> = offered.chain(candidates).collect();
        let candidate = app.screen().writing().map(|w| w.candidate);
        let row = if editing { app.sheets().and_then(|s| s.sheet()?.offer) } else { candidate };
        if rows.is_empty() {
            return;
        }
        let most = MOST_OFFERS.min(rows.len());
        let window = window(&rows, area);
        seats.cover(window);
        let inner = look.window(window, "", buf);
        let first = row.map_or(0, |r| r.saturating_sub(most - 1));
        let seen = rows.iter().enumerate().skip(first);
        for (line, (i, (label, note))) in inner.rows().zip(seen) {
            let number = if by_place { format!("{:>2} ", i + 1) } else { String::new() };
            let label = look.span(format!("{number}{label}"), Meaning::Popup);
            look.row([label, "  ".into(), look.span(*note, Meaning::PopupQuiet)]).render(line, buf);
            if row == Some(i) {
                buf.set_style(line, look.style(Meaning::Selected));
            }
        }
        if rows.len() > most {
            let more = look.say(format!(" ほか {} ", rows.len() - most), Meaning::PopupQuiet);
            more.at_end(Rect { y: window.bottom() - 1, height: 1, ..inner }, buf);
        }
    }
}
