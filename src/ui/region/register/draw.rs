//! Draws the register: the list, and everything of the selected issue.

use chrono::NaiveDate;
use ratatui::widgets::{Row, Table, TableState};

use crate::domain::fields::RegionalIssueField;
use crate::domain::register::Entry;
use crate::domain::{Escalation, RegionalIssue, Said, date};
use crate::ui::form::{Field, Form};
use crate::ui::look::prelude::*;
use crate::ui::region::IssueRow;
use crate::ui::table::{self, capped, outside, place, seen, with_foot};
use crate::ui::{Cell, Context, RegionPlace, RegionScreen, Sheets};

pub struct Empty<'a>(pub &'a Look);

impl Widget for Empty<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let area = below(area, 2).inner(Margin::new(3, 0));
        let lines = ["地域課題は、まだありません。", "会議の「⑦地域課題」の段階で書くと、ここに並びます。"];
        let lines = lines.map(|line| self.0.wrapped(line, area.width, Meaning::Text));
        let text = lines.into_iter().flat_map(|line| line.into_iter().chain([Line::default()]));
        self.0.words(Text::from_iter(text)).render(area, buf);
    }
}

/// The entries that are seen, their sentences whole where all have room for that.
pub struct List<'a>(pub View<'a>, pub &'a RegionScreen);

impl StatefulWidget for List<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { look, .. }, region) = self;
        let entries = region.doc.entries();
        let found: Vec<_> =
            region.register.found.iter().filter_map(|at| Some((at + 1, entries.get(*at)?))).collect();
        let number = entries.len().to_string().len().max(2) as u16 + 1;
        // A column in which nothing stands gives its room to the sentences.
        let kept = |width, said: fn(&RegionalIssue) -> &str| {
            if found.iter().any(|(_, entry)| !said(&entry.issue).is_empty()) { width } else { 0 }
        };
        let columns = [kept(4, unread), kept(6, priority), kept(10, status), 5];
        let words = area.width.saturating_sub(number + columns.iter().sum::<u16>() + 5);
        let row = region.register.row;
        let (from, texts) = sentences(look, &found, row, (words, area.height));
        let mut heights: Vec<u16> = texts.iter().map(|text| text.height().max(1) as u16).collect();
        let mut all = table::all(&heights);
        // While there are few, each has a free row after it.
        let air = u16::from(texts.len() == found.len() && all + found.len() < area.height.into());
        heights.iter_mut().for_each(|height| *height += air);
        all += heights.len() * usize::from(air);
        let [under, foot] =
            with_foot(below(area, 1), if texts.len() < found.len() { usize::MAX } else { all });
        let seen: Vec<_> = seen(&heights, row - from, under.height).collect();
        let rows = seen.iter().map(|(i, height)| {
            let (n, entry) = found[from + i];
            let meetings = region.occasions(entry).len();
            let height = height.saturating_sub(air);
            let text = Text::from_iter(texts[*i].iter().take(height.into()).cloned());
            let open = region.screen == RegionPlace::Issue && from + i == row;
            let (mark, meaning) = match open {
                true => (look.signs.current.to_owned(), Meaning::Strong),
                false => (n.to_string(), Meaning::Quiet),
            };
            let number = format!("{mark:>0$}", usize::from(number));
            let cells = [
                Text::from(look.span(number, meaning)),
                text,
                look.span(look.cut(unread(&entry.issue), columns[0]), Meaning::Warning).into(),
                look.span(look.cut(priority(&entry.issue), columns[1]), Meaning::Text).into(),
                look.span(look.cut(status(&entry.issue), columns[2]), Meaning::Quiet).into(),
                look.span(format!("{meetings:>2}回"), Meaning::Text).into(),
            ];
            Row::new(cells.map(for_ratatui)).height(height).bottom_margin(air)
        });
        use RegionalIssueField::{Priority, Statement, Status};
        let [statement, priority, status] = [Statement, Priority, Status].map(RegionalIssueField::label);
        let heads = ["", statement, "確認", priority, status, "会議"];
        let heads = heads.map(|head| for_ratatui(look.span(head, Meaning::Quiet)));
        let table =
            Table::new(rows, [number, words].into_iter().chain(columns).map(Length)).header(Row::new(heads));
        let table = table.row_highlight_style(look.style(Meaning::Selected));
        // Beside the open issue one of its fields is selected.
        let listed = region.screen == RegionPlace::Register;
        let chosen = seen.iter().position(|(i, _)| listed && from + i == row);
        let seat = Rect { height: under.height + 1, ..area };
        StatefulWidget::render(table, seat, buf, &mut TableState::default().with_selected(chosen));
        if listed {
            let rows: Vec<_> = seen.iter().map(|(i, height)| (from + i, *height)).collect();
            place(seats, under, &rows, &[area.width], 0, 0);
        }
        let above = seen.first().map_or(0, |(i, _)| from + i);
        let last = seen.last().map_or(0, |(i, height)| from + i + usize::from(*height == heights[*i]));
        outside(look, above, found.len().saturating_sub(last), foot, buf);
    }
}

/// The sentences near the selected one, from which place on; there may be thousands, and no more is looked at than may be seen.
fn sentences<'a>(
    look: &Look,
    found: &[(usize, &'a Entry)],
    row: usize,
    (cells, room): (u16, u16),
) -> (usize, Vec<Text<'a>>) {
    let from = row.saturating_sub(room.into()).min(found.len());
    let near = found[from..].iter().take(2 * usize::from(room));
    let texts = near.map(|(_, entry)| look.wrapped(&entry.issue.statement, cells, Meaning::Text));
    let texts: Vec<Text> = texts.collect();
    let whole = texts.len() == found.len() && texts.iter().map(Text::height).sum::<usize>() < room.into();
    let texts = texts.into_iter().enumerate().map(|(i, text)| match whole || from + i == row {
        true => text,
        false => capped(look, text, SENTENCE, cells),
    });
    (from, texts.collect())
}

/// The rows a sentence has at the most in a list that is longer than the screen, but for the selected one.
const SENTENCE: u16 = 2;

/// What nobody has read for whether it shows a person does not leave.
fn unread(issue: &RegionalIssue) -> &str {
    if issue.is_unread() { "まだ" } else { "" }
}

fn priority(issue: &RegionalIssue) -> &str {
    issue.priority.as_ref().map_or("", Said::label)
}

fn status(issue: &RegionalIssue) -> &str {
    &issue.status
}

/// The rows the sentence of an issue has at the most.
const HEAD: usize = 3;

/// The issue wholly: its sentence, where it comes from, the fields, the meetings behind it, its way.
pub struct Issue<'a>(pub View<'a>, pub &'a RegionScreen);

impl StatefulWidget for Issue<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, region) = self;
        let open = region.screen == RegionPlace::Issue;
        let Some(entry) = region.entry() else { return };
        let number = region.doc.place(entry.issue.id).map_or(0, |i| i + 1);
        let words = format!("{number}. {}", entry.issue.statement);
        let mut head = look.wrapped(&words, area.width, Meaning::Strong);
        head.lines.truncate(HEAD);
        let rest = below(area, head.height() as u16 + 2);
        head.push_line(look.span(raised(region, entry), Meaning::Quiet));
        look.words(head).render(area, buf);
        let rows = region.issue_rows();
        let before = [None].into_iter().chain(rows.iter().copied().map(heading));
        let fields = rows.iter().zip(before).map(|(row, before)| {
            if let IssueRow::Field(name) = row {
                return Field::of(region, cx, Cell::Register(entry.issue.id, *name));
            }
            let (_, title, text) = past(region, cx, *row).unwrap_or_default();
            Field { heading: heading(*row).filter(|_| before != heading(*row)), title, text, hint: "" }
        });
        let fields = fields.collect();
        let selected = open.then_some(region.sheet.row.min(rows.len().saturating_sub(1)));
        let editing = open && region.editing().is_some();
        let form = Form { fields, selected, editing, leads: None, broken: false };
        form.draw(look, rest, buf, |i, area| {
            if open {
                seats.put((i, 0), area);
            }
        });
    }
}

/// When an issue came up, and in which town.
pub(crate) fn raised(region: &RegionScreen, entry: &Entry) -> String {
    let town = region.doc.town(entry);
    let day = date::or_none(entry.raised.date, date::long);
    let from = if town.is_empty() { day } else { format!("{day}　{town}") };
    format!("{from}に出ました")
}

/// What stands over the first of the rows of a kind.
fn heading(row: IssueRow) -> Option<&'static str> {
    match row {
        IssueRow::Field(_) => None,
        IssueRow::Evidence(_) => Some("根拠の会議"),
        IssueRow::Way(_) => Some("経過"),
    }
}

/// When something became of an issue, as it is sorted and as it is read, and what.
pub(crate) type Past = (Option<NaiveDate>, String, String);

/// What a row of an issue tells of its past; none for a field.
pub(crate) fn past(region: &RegionScreen, cx: &Context, row: IssueRow) -> Option<Past> {
    let (day, words) = match row {
        IssueRow::Field(_) => return None,
        IssueRow::Evidence(id) => {
            let Some(held) = region.doc.meetings.get(&id) else {
                return Some((None, "ほかの記録".to_owned(), "この記録の中にない会議です".to_owned()));
            };
            let town = if held.town.is_empty() { String::new() } else { format!("（{}）", held.town) };
            (held.date, format!("{}{town}", held.title))
        }
        IssueRow::Way(id) => {
            let step = region.doc.escalations.get(&id)?;
            (step.date, way(cx.marks.remains, step))
        }
    };
    Some((day, date::or_none(day, date::full), words))
}

/// A step of the way: level, decision, reason and what is left.
fn way(remains: &str, step: &Escalation) -> String {
    let decided = if step.decision.is_empty() { String::new() } else { format!("【{}】", step.decision) };
    let remaining =
        if step.remaining.is_empty() { String::new() } else { format!("{remains}{}", step.remaining) };
    let parts = [step.level.clone(), decided + &step.reason, remaining];
    let words = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("　");
    if words.is_empty() { "決めたことを取り消しました".to_owned() } else { words }
}
