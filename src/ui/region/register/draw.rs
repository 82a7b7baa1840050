//! Draws the register: the list, and everything of the selected issue.

use ratatui::widgets::{Row, Table, TableState};

use crate::domain::fields::RegionalIssueField;
use crate::domain::register::Entry;
use crate::domain::{Escalation, Said, date};
use crate::ui::form::{Field, Form};
use crate::ui::look::prelude::*;
use crate::ui::region::IssueRow;
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

/// The entries that are seen, one row each.
pub struct List<'a>(pub View<'a>, pub &'a RegionScreen);

impl StatefulWidget for List<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { look, .. }, region) = self;
        let all = region.doc.entries();
        let number = all.len().to_string().len().max(2);
        let words = area.width.saturating_sub(number as u16 + 28);
        let under = below(area, 1);
        let last = region.register.found.len().saturating_sub(under.height.into());
        let first = region.register.row.saturating_sub(usize::from(under.height) / 2).min(last);
        let entries = region.register.found.iter().skip(first).take(under.height.into());
        let rows = entries.filter_map(|at| Some((at + 1, all.get(*at)?))).map(|(n, entry)| {
            let priority = entry.issue.priority.as_ref().map_or("", Said::label);
            let meetings = region.occasions(entry).len();
            Row::new(
                [
                    look.span(format!("{n:>0$}", number + 1), Meaning::Quiet),
                    look.span(look.cut(&entry.issue.statement, words), Meaning::Text),
                    look.span(format!("  {priority}"), Meaning::Text),
                    look.span(look.cut(&entry.issue.status, 10usize), Meaning::Quiet),
                    look.span(format!("{meetings:>3}"), Meaning::Text),
                ]
                .map(for_ratatui),
            )
        });
        use RegionalIssueField::{Priority, Statement, Status};
        let [statement, priority, status] = [Statement, Priority, Status].map(RegionalIssueField::label);
        let heads = ["", statement, priority, status, "会議"].map(|head| look.span(head, Meaning::Quiet));
        let widths = [number as u16 + 1, words, 6, 10, 4].map(Length);
        let table = Table::new(rows, widths).header(Row::new(heads));
        let table = table.row_highlight_style(look.style(Meaning::Selected));
        let mut state = TableState::default().with_selected(region.register.row - first);
        StatefulWidget::render(table, area, buf, &mut state);
        // Beside the open issue it is only looked at.
        if region.screen == RegionPlace::Register {
            for (row, area) in (first..region.register.found.len()).zip(under.rows()) {
                seats.put((row, 0), area);
            }
        }
        if first > 0 {
            look.say(look.signs.up, Meaning::Quiet).at_end(area, buf);
        }
        if first < last {
            look.say(look.signs.down, Meaning::Quiet).at_end(below(area, area.height - 1), buf);
        }
    }
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
            let (title, text) = past(region, cx, *row).unwrap_or_default();
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
    let day = entry.raised.date.map_or_else(|| "日付なし".to_owned(), date::long);
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

/// What a row of an issue tells of its past, after the day; none for a field.
pub(crate) fn past(region: &RegionScreen, cx: &Context, row: IssueRow) -> Option<(String, String)> {
    let (day, words) = match row {
        IssueRow::Field(_) => return None,
        IssueRow::Evidence(id) => {
            let Some(held) = region.doc.meetings.get(&id) else {
                return Some(("ほかの記録".to_owned(), "この記録の中にない会議です".to_owned()));
            };
            let town = if held.town.is_empty() { String::new() } else { format!("（{}）", held.town) };
            (held.date, format!("{}{town}", held.title))
        }
        IssueRow::Way(id) => {
            let step = region.doc.escalations.get(&id)?;
            (step.date, way(cx.marks.remains, step))
        }
    };
    Some((day.map_or_else(|| "日付なし".to_owned(), |day| day.to_string()), words))
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
