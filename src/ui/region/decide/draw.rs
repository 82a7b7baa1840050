//! Draws the working mode of the yearly review: one issue in large, and the two forms.

use ratatui::widgets::Cell as Column;

use crate::domain::RegionalIssue;
use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::form::Form;
use crate::ui::look::prelude::*;
use crate::ui::region::register::draw::{past, raised};
use crate::ui::region::{DECISIONS, FORMS, aspects};
use crate::ui::table::{self, Grid, outside_of, seen, with_foot};
use crate::ui::{Cell, RegionScreen, Sheets};

/// From so many rows on there is room around the sentence.
const ROOMY: u16 = 22;

/// One issue, with room around its sentence, and what is decided about it.
pub struct Decide<'a>(pub View<'a>, pub &'a RegionScreen);

impl StatefulWidget for Decide<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(view @ View { cx, look }, region) = self;
        let Some(entry) = region.entry() else {
            let words = format!("{}年度に出た地域課題は、まだありません。", region.year);
            let area = below(area, 2);
            return look.words(look.wrapped(&words, area.width, Meaning::Text)).render(area, buf);
        };
        let area = agenda(view, region, area, buf);
        let place = look.span(format!("{} / {}件", region.turn + 1, region.agenda.len()), Meaning::Strong);
        let more = match region.occasions(entry).len() {
            0 | 1 => String::new(),
            meetings => format!("（会議 {meetings}回）"),
        };
        let from = look.span(format!("{}{more}", raised(region, entry)), Meaning::Quiet);
        look.row([place, "   ".into(), from]).render(area, buf);
        let (roomy, issue) = (area.height >= ROOMY, &entry.issue);
        let gap = 1 + u16::from(roomy);
        let room = area.width.saturating_sub(2);
        let mut statement = look.hanging("  ".into(), &issue.statement, room, Meaning::Strong);
        statement.lines.truncate(4);
        let fields = below(area, 2 * gap + statement.height() as u16);
        look.words(statement).render(below(area, gap), buf);
        let cells = DECISIONS.iter().map(|field| Cell::Register(issue.id, *field));
        let form = Form::of(region, cx, cells, region.sheet.row);
        let used = form.draw(look, fields, buf, |i, area| seats.put((i, 0), area));
        if roomy {
            look.words(history(view, region)).render(below(fields, used + 1), buf);
        }
    }
}

/// From so many columns on the others stand beside it.
const WIDE: u16 = 100;

/// All that is spoken of, with the one that is at hand, at the right of a wide screen; gives what is left of the area.
fn agenda(View { look, .. }: View, region: &RegionScreen, area: Rect, buf: &mut Buffer) -> Rect {
    if area.width < WIDE {
        return area;
    }
    let [rest, _, side] =
        Layout::horizontal([Fill(1), Length(3), Length((area.width * 2 / 5).min(70))]).areas(area);
    let heading = format!("話し合う地域課題　{}件", region.agenda.len());
    look.say(heading, Meaning::Strong).render(side, buf);
    let list = below(side, 1);
    let texts: Vec<Text> = region
        .agenda
        .iter()
        .enumerate()
        .map(|(i, id)| {
            let statement = region.doc.entry(*id).map_or("", |entry| &entry.issue.statement);
            let (sign, meaning) = match i == region.turn {
                true => (look.signs.current, Meaning::Strong),
                false => (" ", Meaning::Quiet),
            };
            look.hanging(
                look.span(format!("{} {:>2} ", padded(sign, 2), i + 1), meaning),
                statement,
                side.width,
                meaning,
            )
        })
        .collect();
    let heights: Vec<u16> = texts.iter().map(|text| text.height() as u16).collect();
    let seen: Vec<_> = seen(&heights, region.turn, list.height).collect();
    outside_of(look, &heights, &seen, Rect { height: 1, ..side }, buf);
    let lines = seen.iter().flat_map(|(i, height)| texts[*i].iter().take((*height).into()).cloned());
    look.words(Text::from_iter(lines)).render(list, buf);
    rest
}

/// Where the issue showed and the way it went.
fn history<'a>(View { cx, look }: View<'a>, region: &RegionScreen) -> Vec<Line<'a>> {
    let rows = region.issue_rows().into_iter();
    let mut rows: Vec<_> = rows.filter_map(|row| past(region, cx, row)).collect();
    // Those without a day at the end.
    rows.sort_by_key(|(day, ..)| (day.is_none(), *day));
    let days = rows.iter().map(|(_, day, _)| width(day)).max().unwrap_or(0) + 2;
    let rows = rows.into_iter().map(|(_, day, words)| {
        let day = look.span(padded(&day, days), Meaning::Quiet);
        Line::from_iter([day, look.span(words, Meaning::Text)])
    });
    [look.span("これまで", Meaning::Strong).into()].into_iter().chain(rows).collect()
}

/// The rows of a form that is empty.
const SHEET: u16 = 3;

/// One of the forms as a table: its rows, and four columns to be written in.
pub struct Forms<'a>(pub View<'a>, pub &'a RegionScreen);

impl StatefulWidget for Forms<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { cx, look }, region) = self;
        let (subjects, aspects) = (region.subjects(region.form, &cx.lists), aspects(region.form));
        let first = area.width / 5;
        let each = area.width.saturating_sub(first + 4) / 4;
        let widths = [first, each, each, each, each];
        let cell = |row| aspects.map(|aspect| region.standing(cx, Cell::Passage(aspect, row)));
        let texts: Vec<_> = (0..subjects.len()).map(cell).collect();
        let lines = |text: &str, cells: u16| wrap_words(text, usize::from(cells.max(2))).len();
        let room = area.height.saturating_sub(1);
        let height = |row: usize| {
            let cells = texts[row].iter().map(|text| lines(text, each)).max().unwrap_or(1);
            (cells.max(lines(&subjects[row], first)) as u16).clamp(1, room.max(1))
        };
        let heights: Vec<u16> = (0..texts.len()).map(height).collect();
        // Where there is room the rows are as high as on a sheet that waits to be filled in, and under them stands what goes in.
        let high = (room.saturating_sub(SOURCES + 1) / heights.len().max(1) as u16).min(SHEET);
        let spread: Vec<u16> = heights.iter().map(|height| *height.max(&high)).collect();
        let heights = if spread.iter().sum::<u16>() <= room { spread } else { heights };
        let at = (region.sheet.row.min(texts.len().saturating_sub(1)), region.sheet.column);
        let grid = Grid {
            look,
            sheets: region,
            at,
            in_row: Meaning::Text,
            widths: &widths,
            heads: 1,
            gap: 0,
            striped: true,
        };
        let cells = |row: usize, height| {
            let subject = Column::new(look.wrapped(&subjects[row], first, grid.plain(row)));
            let cells = texts[row].iter().zip(aspects).enumerate();
            let cells = cells.map(|(i, (text, aspect))| {
                grid.cell((Cell::Passage(aspect, row), (row, i)), text, "", height)
            });
            [subject].into_iter().chain(cells).collect()
        };
        let heads = [FORMS[region.form.min(1)]].into_iter().chain(aspects.map(|aspect| aspect.label()));
        grid.draw(area, heads, &heights, cells, (buf, seats));
        let under = below(area, 2 + heights.iter().sum::<u16>());
        if let Some(subject) = subjects.get(at.0).filter(|_| under.height >= SOURCES) {
            sources(look, region, subject, under, buf);
        }
    }
}

/// So many rows under a form are enough to say what goes into it.
const SOURCES: u16 = 5;

/// What the year brought up for a row of a form: from it people write what stands there.
fn sources(look: &Look, region: &RegionScreen, subject: &str, area: Rect, buf: &mut Buffer) {
    let entries = region.belonging(region.form.min(1), subject);
    look.border(Borders::TOP).render(Rect { height: 1, ..area }, buf);
    let heading = format!("「{subject}」の地域課題　{}件", entries.len());
    look.say(look.cut(&heading, area.width), Meaning::Strong).render(below(area, 1), buf);
    // Each takes a row at the least: of a whole country in one row only those that may be seen are set.
    let list = below(area, 2);
    let known: Vec<String> = entries.iter().take(list.height.into()).map(|e| known(&e.issue)).collect();
    let rows = entries.iter().zip(&known).map(|(entry, known)| {
        let dot = look.span(padded(look.signs.dot, 2), Meaning::Quiet);
        let mut text = look.hanging(dot, &entry.issue.statement, area.width, Meaning::Text);
        if !known.is_empty() {
            text.extend(look.hanging("  ".into(), known, area.width, Meaning::Quiet));
        }
        text
    });
    let texts: Vec<Text> = rows.collect();
    let mut heights: Vec<u16> = texts.iter().map(|text| text.height() as u16).collect();
    heights.resize(entries.len(), 1);
    let [list, foot] = with_foot(list, table::all(&heights));
    let seen: Vec<_> = seen(&heights, 0, list.height).collect();
    outside_of(look, &heights, &seen, foot, buf);
    look.words(texts.into_iter().flatten().collect::<Text>()).render(list, buf);
}

/// What is to be done about an issue, and by whom.
fn known(issue: &RegionalIssue) -> String {
    let fields = [("対応策", issue.measures.join("；")), ("責任を持つ機関", issue.responsible.clone())];
    let fields = fields.into_iter().filter(|(_, words)| !words.is_empty());
    fields.map(|(title, words)| format!("{title}：{words}")).collect::<Vec<_>>().join("　")
}
