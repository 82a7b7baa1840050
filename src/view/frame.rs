//! What is the same on every screen: title and clocks, the step rail, the entry line, the keys.

use std::borrow::Cow;

use ratatui::layout::{Position, Rect};

use super::labels;
use super::pen::Pen;
use super::theme::Meaning;
use crate::app::entry;
use crate::app::panes::Panes;
use crate::app::sheet::field::counts;
use crate::app::{Desk, Model};
use crate::command::{Command, Place, bar};
use crate::layout::measure::width;
use crate::layout::wrap::{shown, wrap};

/// Draws the frame; gives the cell of the cursor.
pub fn draw(pen: &mut Pen, model: &Model, panes: &Panes, whole: bool) -> Option<Position> {
    title(pen, model, panes.title);
    match model.desk.as_ref() {
        _ if panes.rail.height == 0 => {}
        Some(desk) => rail(pen, desk, panes.rail),
        None => super::region::tabs(pen, model, panes.rail),
    }
    let top = panes.body.y.saturating_sub(1);
    if !whole {
        pen.rule(0, top, panes.title.width);
    }
    pen.rule(0, panes.prompt.y - 1, panes.title.width);
    if panes.side.width > 0 {
        pen.upright(panes.side.x - 1, panes.side.y, panes.side.height);
    }
    if super::growth::draw(pen, model, panes) {
        return None;
    }
    whisper(pen, model, panes.prompt);
    keys(pen, model, panes.bar, whole);
    if panes.entry.height == 0 {
        return None;
    }
    let end = saved(pen, model, panes.labels).saturating_sub(2);
    labels::draw(pen, model, Rect { x: 1, width: end.saturating_sub(1), ..panes.labels });
    entry_line(pen, model, panes.entry)
}

fn title(pen: &mut Pen, model: &Model, pane: Rect) {
    let right = pane.width - 1;
    let Some(desk) = model.desk.as_ref() else {
        let year = crate::domain::fiscal_year(model.cx.now.today());
        let today = crate::domain::date::long(model.cx.now.today());
        let x = pen.put_right(right, pane.y, &today, pen.style(Meaning::Quiet));
        let words = super::region::title(model).unwrap_or_else(|| format!("事例検討　{year}年度"));
        pen.brief(1, pane.y, x - 2, &words, Meaning::Title);
        return;
    };
    let x = clocks(pen, desk, pane.y, right);
    let meeting = &desk.doc.dossier.meeting;
    let case = desk.doc.dossier.case.as_ref().map(|c| c.code.as_str()).filter(|c| !c.is_empty());
    let sample = if desk.doc.is_sample() { "【見本】" } else { "" };
    let case = case.map(|c| format!(" {} 事例 {c}", pen.look.signs.dot)).unwrap_or_default();
    let room = x.saturating_sub(2);
    // The case code matters to the room: the title gives way first.
    let title_room = usize::from(room).saturating_sub(width(&case));
    let title = pen.cut(&meeting.title, title_room.saturating_sub(width(sample)));
    pen.say(1, pane.y, room, &format!("{sample}{title}{case}"), Meaning::Title);
}

/// Both clocks, at the right end; gives the column they start at.
fn clocks(pen: &mut Pen, desk: &Desk, y: u16, right: u16) -> u16 {
    let progress = &desk.doc.dossier.progress;
    let plan = desk.doc.dossier.meeting.steps.get(progress.step);
    let all = desk.doc.meeting_seconds();
    let planned = desk.doc.dossier.meeting.planned_minutes();
    let over = all > planned * 60;
    let whole = if over {
        format!("全体 {} / {planned}分 {}超過", clock(all), clock(all - planned * 60))
    } else {
        format!("全体 {} / {planned}分", clock(all))
    };
    let x = pen.put_right(right, y, &whole, pen.style(if over { Meaning::Warning } else { Meaning::Text }));
    let x = x.saturating_sub(2);
    let step = match (plan, progress.ended_at, progress.started_at) {
        (_, Some(_), _) => ("終わりました".to_owned(), Meaning::Quiet),
        (_, _, None) => ("これから".to_owned(), Meaning::Quiet),
        _ if !desk.doc.clock.running => ("時計は止まっています".to_owned(), Meaning::Warning),
        (Some(plan), ..) => {
            let (spent, limit) = (desk.doc.step_seconds(), plan.minutes * 60);
            if spent > limit {
                (format!("{} {}超過", plan.title, clock(spent - limit)), Meaning::Warning)
            } else {
                (format!("{} 残り {}", plan.title, clock(limit - spent)), Meaning::Strong)
            }
        }
        (None, ..) => (String::new(), Meaning::Text),
    };
    let x = pen.put_right(x, y, &step.0, pen.style(step.1));
    x.saturating_sub(1)
}

/// Minutes and seconds.
fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

fn rail(pen: &mut Pen, desk: &Desk, pane: Rect) {
    let steps = &desk.doc.dossier.meeting.steps;
    let current = desk.doc.dossier.progress.step;
    let word = |i: usize, title: &str| format!("{}{title}", pen.look.signs.number(i as u32 + 1));
    let words: Vec<String> = steps.iter().enumerate().map(|(i, s)| word(i, &s.title)).collect();
    let marker = pen.look.signs.current.to_owned();
    let needed: usize = words.iter().map(|w| width(w) + 1).sum::<usize>() + width(&marker);
    // Where not all titles fit, those far from the current one are only numbers.
    let short = needed > usize::from(pane.width.saturating_sub(1));
    let mut x = 1;
    for (i, title) in words.iter().enumerate() {
        let meaning = match i.cmp(&current) {
            std::cmp::Ordering::Less => Meaning::DoneStep,
            std::cmp::Ordering::Equal => Meaning::CurrentStep,
            std::cmp::Ordering::Greater => Meaning::Quiet,
        };
        let number = pen.look.signs.number(i as u32 + 1);
        let title = if short && i.abs_diff(current) > 1 { &*number } else { title.as_str() };
        if i == current {
            x = pen.say(x, pane.y, pane.width - x, &marker, meaning);
        }
        x = pen.say(x, pane.y, pane.width.saturating_sub(x), title, meaning) + 1;
    }
}

/// What is said to the person, loudest first; none where a question may wait to be asked.
fn message(model: &Model) -> Option<(&str, Meaning)> {
    let failed = model.cx.saving.failed.as_deref();
    let look = model.cx.look_only.then_some("見るだけで開いています（書いても残りません）。");
    let notice = &model.cx.notice;
    match notice.text() {
        "" => failed.map(|f| (f, Meaning::Error)).or(look.map(|l| (l, Meaning::Warning))),
        text => Some((text, if notice.is_loud() { Meaning::Warning } else { Meaning::Strong })),
    }
}

/// The most rows a message takes from what stands over it.
const MOST_ROWS: usize = 4;

/// A message in whole lines: what does not fit into its row grows upwards, over what stands there. Gives its first row.
pub fn speak(pen: &mut Pen, model: &Model, pane: Rect) -> u16 {
    let Some((text, meaning)) = message(model) else { return pane.y };
    let room = pane.width - 2;
    let lines = wrap(text, usize::from(room));
    let rows = lines.len().clamp(1, MOST_ROWS);
    let top = pane.y - (rows as u16 - 1);
    pen.rule(0, top - 1, pane.width);
    pen.fill(Rect { y: top, height: rows as u16, ..pane }, Meaning::Text);
    let mut at = 0;
    for (i, line) in lines.iter().take(rows).enumerate() {
        let last = i + 1 == rows;
        pen.brief(1, top + i as u16, room, if last { &text[at..] } else { shown(line) }, meaning);
        at += line.len();
    }
    top
}

/// One quiet line: a question that waits to be asked.
fn whisper(pen: &mut Pen, model: &Model, pane: Rect) {
    if message(model).is_some() {
        return;
    }
    let (left, right) = super::prompts::whisper(model);
    let from = if right.is_empty() {
        pane.width - 1
    } else {
        // On a narrow screen the question has the room; how many are silent fits beside it.
        let narrow = pane.width < 100;
        let right = if narrow { right.split('（').next().unwrap_or_default().to_owned() } else { right };
        let right = pen.cut(&right, usize::from(pane.width) / 3).into_owned();
        pen.put_right(pane.width - 1, pane.y, &right, pen.style(Meaning::Quiet))
    };
    pen.brief(1, pane.y, from.saturating_sub(2), &left, Meaning::Quiet);
}

/// The bottom bar: keys and what they do here and now, as many as fit.
fn keys(pen: &mut Pen, model: &Model, pane: Rect, whole: bool) {
    // The key that opened the map over the screen, or the chart, is the way back.
    let chart = model.desk.as_ref().is_some_and(|d| d.map.chart.is_some());
    let back = |c: Command| (whole && c == Command::Whole) || (chart && c == Command::Chart);
    let mending = model.is_mending();
    let short = |c: Command| match c {
        Command::Back if mending => "やめる",
        Command::AddBeside if mending => Command::Enter.row().short,
        c if back(c) => Command::Back.row().short,
        c => c.row().short,
    };
    let commands = bar(model.place(), model.desk.as_ref().map(|d| d.doc.step()), whole, mending);
    let offered = commands.iter().filter(|c| model.hindrance(**c).is_none());
    key_bar(pen, pane, offered.map(|c| (model.cx.keymap.shown(*c), short(*c))));
}

/// Keys and what they do, as many as fit.
pub fn key_bar<K: AsRef<str>>(pen: &mut Pen, pane: Rect, keys: impl IntoIterator<Item = (K, &'static str)>) {
    let mut x = 1;
    for (key, short) in keys {
        let key = key.as_ref();
        if x + (width(key) + 1 + width(short)) as u16 > pane.width {
            break;
        }
        let next = pen.say(x, pane.y, pane.width - x, key, Meaning::Strong);
        x = pen.say(next + 1, pane.y, pane.width.saturating_sub(next + 1), short, Meaning::Quiet) + 2;
    }
}

/// Whether everything is on the disk; gives the column it starts at.
fn saved(pen: &mut Pen, model: &Model, pane: Rect) -> u16 {
    let sample = model.desk.as_ref().is_some_and(|d| d.doc.is_sample());
    let (words, meaning) = match (&model.cx.saving.failed, model.cx.saving.waiting.len()) {
        (Some(_), count) => (format!("未保存 {count}件"), Meaning::Error),
        _ if sample => ("見本（残りません）".to_owned(), Meaning::Quiet),
        _ if model.cx.look_only => ("見るだけ".to_owned(), Meaning::Quiet),
        (None, 0) => match (&model.cx.saving.rescue, model.cx.saving.refused.len()) {
            (_, 0) => (format!("保存済み {}", pen.look.signs.saved), Meaning::Saved),
            (None, count) => (format!("未保存 {count}件"), Meaning::Error),
            (Some(_), count) => (format!("保存済み（控え {count}件）"), Meaning::Warning),
        },
        (None, _) => ("保存中".to_owned(), Meaning::Quiet),
    };
    pen.put_right(pane.width - 1, pane.y, &words, pen.style(meaning))
}

/// The line being typed, and the real cursor in it.
fn entry_line(pen: &mut Pen, model: &Model, pane: Rect) -> Option<Position> {
    if model.desk.is_none() && model.region.is_none() {
        return None;
    }
    pen.fill(pane, Meaning::Entry);
    let inner = Rect { x: pane.x + 2, width: pane.width.saturating_sub(3), ..pane };
    pen.say(pane.x, pane.y, 2, pen.look.signs.entry, Meaning::Entry);
    let x = match (model.editing(), model.selected_cell(), model.desk.as_ref()) {
        (Some((_, line)), ..) => {
            let meaning = if model.sheet().is_some_and(|sheet| sheet.marked) {
                Meaning::Selected
            } else {
                Meaning::Entry
            };
            pen.typed(inner, line.text(), line.cursor(), meaning)
        }
        (None, Some(cell), _) => {
            let shown = model.cell_shown(cell);
            pen.brief(inner.x, inner.y, inner.width, &shown, Meaning::EntryQuiet);
            inner.x
        }
        (None, None, None) => {
            let words =
                model.region.as_ref().filter(|_| model.place() == Place::Register).map(|r| &r.words)?;
            pen.typed(inner, words.text(), words.cursor(), Meaning::Entry)
        }
        (None, None, Some(_)) => {
            let line = &model.writing()?.line;
            let raw = line.text();
            let parsed = entry::parse(raw, model.signs());
            // A sign that waits for its end is shown as typed; one that is understood is a label above.
            let from = match parsed.open {
                Some(_) => open_start(raw, &parsed),
                None => parsed.text_start,
            };
            let inner = labels::speaks(pen, model, inner);
            pen.typed(inner, &raw[from..], line.cursor().max(from) - from, Meaning::Entry)
        }
    };
    Some(Position { x, y: pane.y })
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

/// The candidates of a half-typed sign, or the offers of a cell, right over the entry line.
pub fn draw_candidates(pen: &mut Pen, model: &Model, panes: &Panes, foot: u16) {
    let offers = model.cell_offers();
    let editing = model.editing().is_some();
    let candidates = if editing { Vec::new() } else { model.candidates() };
    let by_place = !offers.is_empty() && offers.iter().all(|o| o.text == o.label) && counts(&offers);
    let offered = offers.iter().map(|o| (o.words(), ""));
    let rows: Vec<(Cow<str>, &str)> =
        offered.chain(candidates.iter().map(|c| (c.label.as_str().into(), c.note.as_str()))).collect();
    let candidate = model.writing().map(|w| w.candidate);
    let row = if editing { model.sheet().and_then(|sheet| sheet.offer) } else { candidate };
    if rows.is_empty() {
        return;
    }
    let most = 9.min(rows.len());
    // Every cell takes a byte at the least: most of the many entries of a map need not be measured.
    let widest = rows.iter().fold(0, |widest, (a, b)| match a.len() + 2 + b.len() {
        bytes if bytes <= widest => widest,
        _ => widest.max(width(a) + 2 + width(b)),
    });
    let widest = widest + 8;
    let w = (widest as u16).clamp(24, panes.title.width - 4);
    let h = most as u16 + 2;
    // What is said to the person is never covered.
    let pane = Rect { x: 1, y: foot.saturating_sub(h), width: w, height: h };
    let inner = pen.frame(pane, "");
    let first = row.map_or(0, |r| r.saturating_sub(most - 1));
    for (i, (label, note)) in rows.iter().enumerate().skip(first).take(most) {
        let y = inner.y + (i - first) as u16;
        let meaning = if row == Some(i) { Meaning::Selected } else { Meaning::Popup };
        let line = Rect { y, height: 1, ..inner };
        pen.tint(line, meaning);
        let numbered =
            if by_place { format!("{:>2} {label}", i + 1).into() } else { Cow::Borrowed(&**label) };
        let x = pen.brief(inner.x, y, inner.width, &numbered, meaning);
        pen.brief(
            x + 2,
            y,
            (inner.x + inner.width).saturating_sub(x + 2),
            note,
            if row == Some(i) { meaning } else { Meaning::PopupQuiet },
        );
    }
    if rows.len() > most {
        let more = format!(" ほか {} ", rows.len() - most);
        pen.put_right(pane.x + pane.width - 2, pane.y + h - 1, &more, pen.style(Meaning::PopupQuiet));
    }
}
