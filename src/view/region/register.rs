//! The register: the list, and everything of the selected issue.

use ratatui::layout::Rect;

use super::super::pen::Pen;
use super::super::theme::Meaning;
use crate::app::Model;
use crate::app::panes::Panes;
use crate::app::region::{IssueRow, RegionDesk};
use crate::app::sheet::Cell;
use crate::command::Place;
use crate::domain::fields::RegionalIssueField;
use crate::domain::register::Entry;
use crate::domain::{Escalation, Id, Meeting, date};
use crate::layout::measure::width;
use crate::layout::wrap::{shown, wrap};

pub fn draw(pen: &mut Pen, model: &Model, region: &RegionDesk, panes: &Panes, place: Place) {
    if region.doc.entries().is_empty() {
        return empty(pen, panes.body);
    }
    let wide = panes.side.width > 0;
    if wide || place == Place::Register {
        list(pen, region, panes.body);
    }
    let pane = if wide { panes.side } else { panes.body };
    if wide || place == Place::Issue {
        let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
        issue(pen, model, region, pane, place == Place::Issue);
    }
}

fn empty(pen: &mut Pen, pane: Rect) {
    let words = "地域課題は、まだありません。\n\
                 会議の「⑦地域課題」の段階で書くと、ここに並びます。";
    let mut y = pane.y + 2;
    for line in words.lines() {
        y += pen.wrapped(
            Rect { x: pane.x + 3, y, width: pane.width - 6, height: 3 },
            line.trim(),
            Meaning::Text,
        ) + 1;
    }
}

/// The entries that are seen, one row each.
fn list(pen: &mut Pen, region: &RegionDesk, pane: Rect) {
    let room = usize::from(pane.height.saturating_sub(1));
    let (number, signs) = (width(&region.doc.entries().len().to_string()).max(2) as u16, 24);
    let words = pane.width.saturating_sub(number + signs + 4);
    let at = pane.x + number + words + 3;
    pen.say(pane.x + 1 + number + 1, pane.y, words, RegionalIssueField::Statement.label(), Meaning::Quiet);
    let (priority, status) = (RegionalIssueField::Priority.label(), RegionalIssueField::Status.label());
    for (offset, title) in [(0, priority), (7, status), (18, "会議")] {
        pen.say(at + offset, pane.y, 8, title, Meaning::Quiet);
    }
    let last = region.found.len().saturating_sub(room);
    let first = region.row.saturating_sub(room / 2).min(last);
    for (i, place) in region.found.iter().enumerate().skip(first).take(room) {
        let Some(entry) = region.doc.entries().get(*place) else { continue };
        let y = pane.y + 1 + (i - first) as u16;
        let chosen = i == region.row;
        let meaning = if chosen { Meaning::Selected } else { Meaning::Text };
        let quiet = if chosen { Meaning::Selected } else { Meaning::Quiet };
        pen.fill(Rect { y, height: 1, ..pane }, meaning);
        let n = (place + 1).to_string();
        pen.say(pane.x + 1 + number - width(&n) as u16, y, number, &n, quiet);
        pen.brief(pane.x + number + 2, y, words, &entry.issue.statement, meaning);
        let priority = entry.issue.priority.map_or("", |p| p.label());
        pen.say(at + 2, y, 4, priority, meaning);
        pen.brief(at + 7, y, 10, &entry.issue.status, quiet);
        let count = region.occasions(entry).len().to_string();
        pen.put_right(at + 21, y, &count, pen.style(meaning));
    }
    if first > 0 {
        pen.put_right(pane.x + pane.width, pane.y, pen.look.signs.up, pen.style(Meaning::Quiet));
    }
    if first < last {
        let y = pane.y + pane.height - 1;
        pen.put_right(pane.x + pane.width, y, pen.look.signs.down, pen.style(Meaning::Quiet));
    }
}

/// A row of the form as it is drawn.
struct Drawn {
    heading: Option<&'static str>,
    title: String,
    text: String,
    hint: &'static str,
}

/// The issue wholly: its sentence, the fields, the meetings behind it, its way.
fn issue(pen: &mut Pen, model: &Model, region: &RegionDesk, pane: Rect, open: bool) {
    let Some(entry) = region.issue().and_then(|id| region.doc.entry(id)) else { return };
    let head = statement(pen, region, entry, pane);
    let pane = Rect { y: pane.y + head, height: pane.height.saturating_sub(head), ..pane };
    let rows = region.issue_rows();
    let selected = region.sheet.row.min(rows.len().saturating_sub(1));
    let drawn: Vec<Drawn> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| drawn(model, region, entry, *row, i.checked_sub(1).map(|i| rows[i])))
        .collect();
    let titles = drawn.iter().map(|d| width(&d.title)).max().unwrap_or(0) as u16 + 2;
    let room = pane.width.saturating_sub(titles).max(10);
    let lines = |d: &Drawn| (wrap(&d.text, usize::from(room)).len() as u16).clamp(1, 6);
    let height = |d: &Drawn| lines(d) + 2 * u16::from(d.heading.is_some());
    let above: u16 = drawn.iter().take(selected).map(height).sum();
    let all: u16 = drawn.iter().map(height).sum();
    let own = drawn.get(selected).map_or(1, height);
    // The last row of the pane is for the sign that there is more.
    let scroll = if open { (above + own + 1).saturating_sub(pane.height).min(above) } else { 0 };
    let mut top = 0;
    for (i, row) in drawn.iter().enumerate() {
        let at = top;
        top += height(row);
        if at < scroll || at >= scroll + pane.height {
            continue;
        }
        let y = pane.y + at - scroll;
        let left = pane.y + pane.height - y;
        draw_row(
            pen,
            model,
            row,
            Rect { y, height: height(row).min(left), ..pane },
            titles,
            open && i == selected,
        );
    }
    if all > scroll + pane.height {
        let more = format!(" {} ", pen.look.signs.down);
        pen.put_right(pane.x + pane.width, pane.y + pane.height - 1, &more, pen.style(Meaning::Quiet));
    }
}

/// The sentence, and where it comes from; gives the rows used.
fn statement(pen: &mut Pen, region: &RegionDesk, entry: &Entry, pane: Rect) -> u16 {
    let number = region.doc.place(entry.issue.id).map_or(0, |i| i + 1);
    let words = format!("{number}. {}", entry.issue.statement);
    let rows = pen.wrapped(Rect { height: 3.min(pane.height), ..pane }, &words, Meaning::Title);
    pen.brief(pane.x, pane.y + rows, pane.width, &raised(region, entry), Meaning::Quiet);
    rows + 2
}

/// When an issue came up, and in which town.
pub(super) fn raised(region: &RegionDesk, entry: &Entry) -> String {
    let town = region.doc.town(entry);
    let day = entry.raised.date.map_or_else(|| "日付なし".to_owned(), date::long);
    let from = if town.is_empty() { day } else { format!("{day}　{town}") };
    format!("{from}に出ました")
}

fn drawn(
    model: &Model,
    region: &RegionDesk,
    entry: &Entry,
    row: IssueRow,
    before: Option<IssueRow>,
) -> Drawn {
    match row {
        IssueRow::Field(i) => {
            let cell = Cell::Register(entry.issue.id, i);
            let text = match model.editing() {
                Some((editing, line)) if *editing == cell => line.text().to_owned(),
                _ => model.cell_shown(cell),
            };
            let heading = cell.heading();
            Drawn { heading: None, title: heading.title.to_owned(), text, hint: heading.hint }
        }
        IssueRow::Evidence(meeting) => {
            let first = matches!(before, Some(IssueRow::Field(_)));
            let (title, text) = occasion(region, meeting);
            Drawn { heading: first.then_some("根拠の会議"), title, text, hint: "" }
        }
        IssueRow::Way(step) => {
            let first = !matches!(before, Some(IssueRow::Way(_)));
            let (title, text) =
                region.doc.escalations.get(&step).map(|s| way(model.cx.marks.remains, s)).unwrap_or_default();
            Drawn { heading: first.then_some("経過"), title, text, hint: "" }
        }
    }
}

/// A meeting in which an issue showed: its day, and what it is called.
pub(super) fn occasion(region: &RegionDesk, id: Id<Meeting>) -> (String, String) {
    match region.held(id) {
        Some(held) => {
            let day = held.date.map_or_else(|| "日付なし".to_owned(), |d| d.to_string());
            let town = if held.town.is_empty() { String::new() } else { format!("（{}）", held.town) };
            (day, format!("{}{town}", held.title))
        }
        None => ("ほかの記録".to_owned(), "この記録の中にない会議です".to_owned()),
    }
}

/// A step of the way: its day, and level, decision, reason and what is left.
pub(super) fn way(remains: &str, step: &Escalation) -> (String, String) {
    let day = step.date.map_or_else(|| "日付なし".to_owned(), |d| d.to_string());
    let decision = match (step.decision.is_empty(), step.reason.is_empty()) {
        (true, _) => step.reason.clone(),
        (false, true) => format!("【{}】", step.decision),
        (false, false) => format!("【{}】{}", step.decision, step.reason),
    };
    let remaining =
        if step.remaining.is_empty() { String::new() } else { format!("{remains}{}", step.remaining) };
    let parts = [step.level.clone(), decision, remaining];
    let parts: Vec<String> = parts.into_iter().filter(|p| !p.is_empty()).collect();
    let words = parts.join("　");
    (day, if words.is_empty() { "決めたことを取り消しました".to_owned() } else { words })
}

fn draw_row(pen: &mut Pen, model: &Model, row: &Drawn, pane: Rect, titles: u16, chosen: bool) {
    let skip = 2 * u16::from(row.heading.is_some());
    if let Some(heading) = row.heading.filter(|_| pane.height > 1) {
        pen.say(pane.x, pane.y + 1, pane.width, heading, Meaning::Strong);
    }
    if pane.height <= skip {
        return;
    }
    let pane = Rect { y: pane.y + skip, height: pane.height - skip, ..pane };
    let editing = chosen && model.editing().is_some();
    let meaning = match (editing, chosen) {
        (true, _) => Meaning::Entry,
        (false, true) => Meaning::Selected,
        _ => Meaning::Text,
    };
    pen.say(pane.x, pane.y, titles, &row.title, if chosen { Meaning::Strong } else { Meaning::Quiet });
    let cell = Rect { x: pane.x + titles, width: pane.width.saturating_sub(titles), ..pane };
    if chosen {
        pen.fill(Rect { x: cell.x - 1, width: cell.width + 1, ..cell }, meaning);
    }
    if row.text.is_empty() && !editing {
        let example = format!("（例：{}）", row.hint);
        let hint = if chosen { &example } else { pen.look.signs.dot };
        pen.brief(cell.x, cell.y, cell.width, hint, if chosen { meaning } else { Meaning::Quiet });
        return;
    }
    for (i, line) in
        wrap(&row.text, usize::from(cell.width)).into_iter().take(usize::from(cell.height)).enumerate()
    {
        pen.say(cell.x, cell.y + i as u16, cell.width, shown(line), meaning);
    }
}
