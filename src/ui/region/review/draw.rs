//! Draws a question of the review: the number it comes to in large, what it means, and how it is made up.

use std::ops::Range;

use ratatui::symbols::bar;
use ratatui::widgets::{Bar, BarChart, Cell, Row as Cells, Table};

use crate::command::Command;
use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::review::{Figure, FigureId, Row, Value};
use crate::ui::RegionScreen;
use crate::ui::look::prelude::*;
use crate::ui::region::review::{Counted, count};

/// The rows of a large digit, three dots wide; `#` is inked. A dot takes two cells, so that it is about as wide as high.
const DIGITS: [[&str; 5]; 10] = [
    ["###", "# #", "# #", "# #", "###"],
    // With a flag and a foot: alone it is no bar.
    [" # ", "## ", " # ", " # ", "###"],
    ["###", "  #", "###", "#  ", "###"],
    ["###", "  #", "###", "  #", "###"],
    ["# #", "# #", "###", "  #", "  #"],
    ["###", "#  ", "###", "  #", "###"],
    ["###", "#  ", "###", "# #", "###"],
    ["###", "  #", "  #", "  #", "  #"],
    ["###", "# #", "###", "# #", "###"],
    ["###", "# #", "###", "  #", "###"],
];

/// What stands between digits.
const POINT: [&str; 5] = [" ", " ", " ", " ", "#"];

/// Where the meaning of a figure stands beside its number, and its rows and notes under them.
fn areas(counted: &Counted, area: Rect) -> [Rect; 3] {
    let (number, unit) = counted.headline();
    let dots = number.chars().map(|sign| 2 * digit(sign)[0].len() as u16 + 2);
    let x = (dots.sum::<u16>() + width(unit) as u16 + 3).max(18);
    let under = below(area, 2);
    let beside = Rect { x: area.x + x, width: area.width.saturating_sub(x), ..under };
    let lines = |text: &str, cells: u16| wrap_words(text, cells.max(2).into()).len();
    let head = lines(counted.figure.id.definition(), beside.width).clamp(5, MEANING) as u16;
    let notes = counted.figure.notes.iter().map(|note| lines(note, area.width)).sum::<usize>().min(3) as u16;
    let [chart, foot] = Layout::vertical([Fill(1), Length(notes)]).areas(below(under, head + 1));
    [beside, chart, foot]
}

/// The rows the meaning of a figure has at the most.
const MEANING: usize = 6;

/// The question one stands at.
pub struct Review<'a>(pub View<'a>, pub &'a RegionScreen);

impl StatefulWidget for Review<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(view @ View { look, .. }, region) = self;
        let Some(counted) = region.review.counted.as_ref().filter(|c| c.review.year == region.year) else {
            return look.say("数えています…", Meaning::Quiet).render(below(area, 1), buf);
        };
        let figure = &counted.figure;
        let place = look.span(
            format!("問い {} / {}", region.review.question + 1, counted.questions.len()),
            Meaning::Quiet,
        );
        look.row([place, "  ".into(), look.span(figure.id.title(), Meaning::Strong)]).render(area, buf);
        let [beside, chart, foot] = areas(counted, area);
        headline(view, counted, below(area, 2), beside, buf);
        let notes: Text =
            figure.notes.iter().flat_map(|note| look.wrapped(note, area.width, Meaning::Quiet)).collect();
        let seen = match figure.id {
            FigureId::Heat => heat(look, figure, region.sheet.row, chart, buf),
            _ => rows(view, figure, region.sheet.row, chart, buf),
        };
        let free = below(chart, 2 + seen.len() as u16);
        if seen.len() == figure.rows.len() {
            overview(look, region.review.question, counted, free, buf);
        }
        for (row, area) in seen.zip(below(chart, 1).rows()) {
            seats.put((row, 0), area);
        }
        look.words(notes).render(foot, buf);
    }
}

/// The columns of the overview have so many cells at the least.
const COLUMN: u16 = 36;

/// What all questions come to, where there is room under the rows of one: the year at a glance.
fn overview(look: &Look, at: usize, counted: &Counted, area: Rect, buf: &mut Buffer) {
    let columns = (area.width / COLUMN).clamp(1, 3);
    let rows = counted.heads.len().div_ceil(columns.into()) as u16;
    let area = below(area, area.height.saturating_sub(rows + 2));
    if area.height < rows + 2 {
        return;
    }
    look.say("この年度の数", Meaning::Strong).render(area, buf);
    let places = Layout::horizontal(vec![Fill(1); columns.into()]).spacing(3).split(below(area, 1));
    let places = places.iter().flat_map(|column| column.rows().take(rows.into()));
    let questions = counted.questions.iter().zip(&counted.heads).enumerate();
    for ((i, (id, (number, unit))), place) in questions.zip(places) {
        let (sign, meaning) = match i == at {
            true => (look.signs.current, Meaning::Strong),
            false => ("", Meaning::Quiet),
        };
        let rest = look.say(format!("{number}{unit}"), Meaning::Text).at_end(place, buf);
        look.say(format!("{}{:>2} {}", padded(sign, 2), i + 1, id.title()), meaning).render(rest, buf);
    }
}

/// The dots of a large digit, or of what stands between digits.
fn digit(sign: char) -> &'static [&'static str; 5] {
    sign.to_digit(10).and_then(|d| DIGITS.get(d as usize)).unwrap_or(&POINT)
}

/// The number in large, with what it means beside it.
fn headline(View { look, .. }: View, counted: &Counted, area: Rect, beside: Rect, buf: &mut Buffer) {
    let (number, unit) = counted.headline();
    let ink = look.signs.ink.repeat(2);
    let mut rows: [Vec<Span>; 5] = Default::default();
    for sign in number.chars() {
        for (row, dots) in rows.iter_mut().zip(digit(sign)) {
            let dots = dots.chars().map(|dot| if dot == '#' { ink.as_str() } else { "  " });
            row.push(look.span(format!("{}  ", dots.collect::<String>()), Meaning::Bar));
        }
    }
    rows[4].push(look.span(unit, Meaning::Strong));
    look.words(rows.map(Line::from).to_vec()).render(area, buf);
    let mut words = look.wrapped(counted.figure.id.definition(), beside.width, Meaning::Quiet);
    words.lines.truncate(MEANING);
    look.words(words).render(beside, buf);
}

/// How wide the columns of a figure are: the names, a bar where there is room, and as many numbers as fit, with one more free
/// cell before each but the first.
fn columns(figure: &Figure, texts: &[Vec<String>], room: u16) -> (u16, u16, Vec<u16>) {
    let name = figure.rows.iter().map(|r| width(&r.label)).max().unwrap_or(0);
    let name = name.clamp(4, (usize::from(room) / 2).clamp(34, 48)) as u16;
    let (mut used, mut numbers) = (name + 2, Vec::new());
    for (i, head) in figure.columns.iter().skip(1).enumerate() {
        let widest = texts.iter().filter_map(|row| row.get(i)).map(|text| width(text)).max();
        let cells = widest.unwrap_or(0).max(width(head).min(18)) as u16;
        if used + cells + 2 > room {
            break;
        }
        used += cells + 2;
        numbers.push(cells + u16::from(i > 0));
    }
    // The bar has what is left; a year, the one before and what changed are no parts to be laid beside each other.
    let left = room.saturating_sub(used + 1).min(60);
    let bar = if left < 8 || figure.id == FigureId::Before { 0 } else { left };
    (name, bar, numbers)
}

/// Words at the right end of so many cells.
fn right(look: &Look, words: &str, cells: u16) -> String {
    let words = look.cut(words, cells);
    format!("{}{words}", " ".repeat(usize::from(cells).saturating_sub(width(&words))))
}

/// The rows of a figure: their names, a bar where they can be laid beside each other, and all that is known of them. Gives those
/// that are seen.
fn rows(
    View { cx, look }: View,
    figure: &Figure,
    selected: usize,
    area: Rect,
    buf: &mut Buffer,
) -> Range<usize> {
    let texts: Vec<Vec<String>> =
        figure.rows.iter().map(|r| r.cells.iter().map(|c| c.text()).collect()).collect();
    let (name, bar, numbers) = columns(figure, &texts, area.width);
    let line = |name, texts: &[String], meaning| {
        let texts = texts.iter().zip(&numbers);
        let texts =
            texts.map(|(text, cells)| Cell::from(for_ratatui(look.span(right(look, text, *cells), meaning))));
        Cells::new([name].into_iter().chain((bar > 0).then(|| Cell::from(""))).chain(texts))
    };
    let missing = figure.columns.len().saturating_sub(1 + numbers.len());
    // The last row of the area says what there is no room for.
    let all = figure.rows.len();
    let room = usize::from(area.height.saturating_sub(1));
    let room = room.saturating_sub(usize::from(all > room || missing > 0));
    let at = selected.min(all.saturating_sub(1));
    let from = (at + 1).saturating_sub(room);
    let seen = from..(from + room).min(all);
    let rows = seen.clone().map(|i| {
        let row = &figure.rows[i];
        let label = if row.label.is_empty() { "（記載なし）" } else { &row.label };
        let meaning = if i == at { Meaning::Selected } else { Meaning::Text };
        let label =
            Cell::new(for_ratatui(look.span(look.cut(label, name), meaning))).style(look.style(meaning));
        line(label, &texts[i], Meaning::Text)
    });
    let head = figure.columns.first().map_or("", String::as_str);
    let head = Cell::new(for_ratatui(look.span(look.cut(head, name), Meaning::Quiet)));
    let heads = line(head, figure.columns.get(1..).unwrap_or_default(), Meaning::Quiet);
    let widths = [name + 1, bar].into_iter().filter(|cells| *cells > 0).chain(numbers.iter().copied());
    Widget::render(Table::new(rows, widths.map(Length)).header(heads), area, buf);
    if bar > 0 {
        let parts = figure.rows.iter().filter(|r| is_part(figure, r));
        let most = parts.map(|r| count(r, 0)).max().unwrap_or(0).max(1);
        let bars = figure.rows[seen.clone()].iter().map(|row| {
            let count = if is_part(figure, row) { count(row, 0) } else { 0 };
            Bar::default().value(length(count, most, bar).into()).text_value("")
        });
        let signs = bar::Set { full: look.bar(), ..bar::NINE_LEVELS };
        let chart = BarChart::horizontal(bars.collect::<Vec<_>>()).max(bar.into()).bar_gap(0);
        let place = Rect { x: area.x + name + 2, width: bar, ..below(area, 1) };
        chart.bar_set(signs).bar_style(look.style(Meaning::Bar)).render(place, buf);
    }
    let mut more = Vec::new();
    if missing > 0 {
        let key = cx.keymap.said(Command::Export);
        more.push(format!("入らない欄が {missing}つ（{key} のファイルにはあります）"));
    }
    if seen.start > 0 {
        more.push(format!("上に {} {}", seen.start, cx.marks.up));
    }
    if seen.end < all {
        more.push(format!("下に {} {}", all - seen.end, cx.marks.down));
    }
    look.say(more.join("　"), Meaning::Quiet).at_end(below(area, area.height - 1), buf);
    seen
}

/// Whether a row is one of the parts, not their sum: parts have a key, where any row has one.
fn is_part(figure: &Figure, row: &Row) -> bool {
    row.key.is_some() || figure.rows.iter().all(|r| r.key.is_none())
}

/// The cells of a bar: at least one for what is not nothing.
fn length(n: u64, most: u64, room: u16) -> u16 {
    if n == 0 { 0 } else { ((n * u64::from(room)).div_ceil(most)).min(u64::from(room)) as u16 }
}

/// Scenes and categories as a table, the more the darker; the number stands in each cell.
fn heat(look: &Look, figure: &Figure, selected: usize, area: Rect, buf: &mut Buffer) -> Range<usize> {
    let columns = figure.columns.len().saturating_sub(1).max(1);
    let label = figure.rows.iter().map(|r| width(&r.label)).max().unwrap_or(0).clamp(8, 22) as u16;
    let each = (area.width.saturating_sub(label + 2) / columns as u16).clamp(4, 12) - 1;
    // The letter says which category; its words do not fit.
    let heads = figure.columns.iter().skip(1).map(|head| {
        let letters = if head.starts_with('(') { 3 } else { usize::MAX };
        look.span(right(look, &head.chars().take(letters).collect::<String>(), each), Meaning::Quiet)
    });
    let is_cell = |i: usize| figure.columns.get(i + 1).is_some_and(|c| c.starts_with('('));
    let parts = figure.rows.iter().filter(|r| is_part(figure, r));
    let cells = parts.flat_map(|r| r.cells.iter().enumerate().filter(|(i, _)| is_cell(*i)));
    let most = cells.filter_map(|(_, v)| v.count()).max().unwrap_or(0).max(1);
    let rows = figure.rows.iter().enumerate().map(|(r, row)| {
        let meaning = if r == selected { Meaning::Selected } else { Meaning::Text };
        let name = for_ratatui(look.span(look.cut(&row.label, label), meaning));
        let numbers = row.cells.iter().enumerate().map(|(i, value)| {
            let meaning = match value.count() {
                Some(n) if n > 0 && is_cell(i) && is_part(figure, row) => Meaning::Heat(shade(n, most)),
                _ => Meaning::Text,
            };
            let text = if *value == Value::Count(0) { look.signs.dot.to_owned() } else { value.text() };
            Cell::new(look.span(right(look, &text, each), meaning)).style(look.style(meaning))
        });
        Cells::new([Cell::new(name).style(look.style(meaning))].into_iter().chain(numbers))
    });
    let heads = Cells::new([Span::default()].into_iter().chain(heads));
    let widths = [label + 1].into_iter().chain(std::iter::repeat_n(each, columns)).map(Length);
    Widget::render(Table::new(rows, widths).header(heads), area, buf);
    0..figure.rows.len()
}

/// How dark a cell is, from 0 to 2: in thirds of the most.
fn shade(n: u64, most: u64) -> u8 {
    ((n * 3).div_ceil(most).clamp(1, 3) - 1) as u8
}
