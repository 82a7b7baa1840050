//! Tables that go on over pages: the head is drawn again, and a row that is higher than a page is broken between its lines.

use std::ops::Range;

use super::flow::Flow;
use crate::export::font;
use crate::export::spoken::{Part, Role};
use crate::export::svg::{Frame, Svg, Words};
use crate::layout::colours;
use crate::layout::wrap::{shown, wrap};

/// A column's words are taken to be no longer than that when the widths are dealt, in cells.
const LONGEST: usize = 240;
const GREY: u32 = 0xe9e7df;

/// Puts a table into the flow; gives the page and the column in which it begins.
pub fn table<S: AsRef<str>>(flow: &mut Flow, header: &[S], rows: &[Vec<String>]) -> (usize, usize) {
    let air = Air { pad: 0.5, pitch: 1.55, shares: &[0.5] };
    let began = flow.part(Role::Table, |flow| put(flow, (header, rows), air));
    flow.space(0.6);
    began
}

/// The same as low as it can be, for a column that has much to hold.
pub fn tight<S: AsRef<str>>(flow: &mut Flow, header: &[S], rows: &[Vec<String>]) {
    flow.part(Role::Table, |flow| put(flow, (header, rows), LOW));
    flow.space(0.3);
}

/// What is left free around words, and from one line to the next, in heights of a letter; and how widths may be dealt.
struct Air {
    pad: f32,
    pitch: f32,
    shares: &'static [f32],
}

const LOW: Air = Air { pad: 0.35, pitch: 1.35, shares: &[0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0] };

fn put<S: AsRef<str>>(flow: &mut Flow, (header, rows): (&[S], &[Vec<String>]), air: Air) -> (usize, usize) {
    let paper = flow.paper;
    let words = Words::new(paper.text, colours::TEXT);
    let (pad, pitch) = (paper.text * air.pad, paper.text * air.pitch);
    let head: Vec<String> = header.iter().map(|h| h.as_ref().to_owned()).collect();
    let (widths, lines) = deal((&head, rows), flow.width(), (paper.text, pad), air.shares);
    let style = Style { widths: &widths, words, pad, pitch };
    let head = Row::begin(flow, (Role::Head, Role::Column), lines_of(&head, &widths, (paper.text, pad)));
    let head_high = style.high(head.longest());
    let (mut headed, mut heard) = (false, false);
    let mut began = flow.place();
    let heights: Vec<f32> = lines.iter().map(|row| style.high(longest(row.iter().map(Vec::len)))).collect();
    for (i, row) in lines.into_iter().enumerate() {
        let row = Row::begin(flow, (Role::Row, Role::Cell), row);
        let count = row.longest();
        // Neither the first row nor the last is alone on its page.
        let other = heights.get(i + 1).filter(|_| i == 0 || i + 2 == heights.len());
        let other = *other.filter(|high| head_high + heights[i] + *high <= flow.most()).unwrap_or(&0.0);
        let mut first = 0;
        while first < count {
            let needed = style.high(count - first) + other + if headed { 0.0 } else { head_high };
            // A row goes whole to the next page, unless it would not fit there either.
            let fits = needed <= flow.left();
            let whole = head_high + style.high(count) <= flow.most();
            if !fits && (whole || flow.left() < head_high + style.high(3)) {
                flow.next();
                headed = false;
            }
            if !headed {
                let (x, y) = flow.take(head_high);
                let frame = Frame { x, y, w: widths.iter().sum(), h: head_high };
                flow.ornament().rect(frame, 0.0, Some(GREY), None);
                // Heard once, however often it is seen.
                let style = Style { words: words.bold(), ..style };
                head.put(flow, (x, y), 0..head.longest(), &style, !heard);
                began = if heard { began } else { flow.place() };
                (headed, heard) = (true, true);
            }
            let room = ((flow.left() - 2.0 * pad * 0.8) / style.pitch).floor().max(1.0) as usize;
            let end = count.min(first + room);
            let high = style.high(end - first);
            let (x, y) = flow.take(high);
            row.put(flow, (x, y), first..end, &style, true);
            let rule = Frame { x, y: y + high, w: widths.iter().sum(), h: 0.6 };
            flow.ornament().rect(rule, 0.0, Some(colours::RULE), None);
            first = end;
        }
    }
    began
}

/// The lines of each cell of a row.
type Lines = Vec<Vec<String>>;

fn lines_of(row: &[String], widths: &[f32], (size, pad): (f32, f32)) -> Lines {
    let lines = |(cell, w): (&String, &f32)| {
        let room = (((w - 2.0 * pad) / size * 2.0) as usize).max(2);
        let lines = cell.split('\n').flat_map(|part| wrap(part, room));
        lines.map(|line| shown(line).to_owned()).collect()
    };
    row.iter().zip(widths).map(lines).collect()
}

/// The widths of the columns, of all the ways to deal them those that make the table lowest, and the lines of its rows.
fn deal(
    (head, rows): (&[String], &[Vec<String>]),
    room: f32,
    (size, pad): (f32, f32),
    shares: &[f32],
) -> (Vec<f32>, Vec<Lines>) {
    // No weekday is torn from its day to save a line.
    let torn =
        |lines: &[Lines]| lines.iter().flatten().flatten().filter(|line| line.starts_with('(')).count();
    let high = |lines: &[Lines]| lines.iter().map(|row| longest(row.iter().map(Vec::len))).sum::<usize>();
    let dealt = shares.iter().map(|share| {
        let widths = widths((head, rows), room, (size, pad), *share);
        let lines = rows.iter().map(|row| lines_of(row, &widths, (size, pad))).collect();
        (widths, lines)
    });
    dealt.min_by_key(|(_, lines): &(_, Vec<Lines>)| (torn(lines), high(lines))).unwrap_or_default()
}

/// The lines of the longest cell of a row.
fn longest(cells: impl Iterator<Item = usize>) -> usize {
    cells.max().unwrap_or(0).max(1)
}

/// How the cells of a table are drawn.
#[derive(Clone, Copy)]
struct Style<'a> {
    widths: &'a [f32],
    words: Words,
    pad: f32,
    pitch: f32,
}

impl Style<'_> {
    /// The height of so many lines.
    fn high(&self, lines: usize) -> f32 {
        lines as f32 * self.pitch + 2.0 * self.pad * 0.8
    }
}

/// A row as it is heard, whatever pages it is seen on.
struct Row {
    cells: Vec<(Part, Vec<String>)>,
}

impl Row {
    fn begin(flow: &mut Flow, (row, cell): (Role, Role), lines: Vec<Vec<String>>) -> Self {
        let row = flow.begin(row);
        let begin = |lines| (flow.within(row, |flow| flow.begin(cell.clone())), lines);
        Self { cells: lines.into_iter().map(begin).collect() }
    }

    fn longest(&self) -> usize {
        longest(self.cells.iter().map(|(_, lines)| lines.len()))
    }

    /// The lines from one on to before another.
    fn put(&self, flow: &mut Flow, (x, y): (f32, f32), seen: Range<usize>, style: &Style<'_>, heard: bool) {
        let mut x = x;
        for ((part, cell), w) in self.cells.iter().zip(style.widths) {
            let lines = cell.iter().enumerate().take(seen.end).skip(seen.start);
            if heard && seen.start == 0 {
                // A cell with nothing in it is one all the same: the next belongs to the next column.
                flow.within(*part, |flow| _ = flow.draw());
            }
            for (i, line) in lines.filter(|(_, line)| !line.is_empty()) {
                let y = y + style.pad * 0.8 + (i - seen.start) as f32 * style.pitch + style.words.size * 1.1;
                let draw = |svg: &mut Svg| {
                    svg.text_within(x + style.pad, y, style.words, line, w - 2.0 * style.pad);
                };
                if heard { flow.within(*part, |flow| draw(flow.draw())) } else { draw(flow.ornament()) }
            }
            x += w;
        }
    }
}

/// The widths of the columns: what is short gets what it needs, the rest is dealt by how long the words are. With a share of a
/// half, four times the words get twice the width: the rest is height.
fn widths(
    (header, rows): (&[String], &[Vec<String>]),
    room: f32,
    (size, pad): (f32, f32),
    share: f32,
) -> Vec<f32> {
    let columns = 0..header.len();
    let needs = columns.map(|i| {
        let cells = rows.iter().filter_map(|row| row.get(i)).flat_map(|cell| cell.split('\n'));
        let longest = cells.map(font::cells).max().unwrap_or(0).min(LONGEST);
        longest.max(font::cells(&header[i])) as f32 * size / 2.0 + 2.0 * pad + 1.0
    });
    let needs: Vec<f32> = needs.collect();
    // What the short ones leave makes others short: a day is not broken where there is room for it.
    let mut most = 0.0;
    loop {
        let (short, long): (Vec<f32>, Vec<f32>) = needs.iter().partition(|need| **need <= most);
        let fair = (room - short.iter().sum::<f32>()) / long.len().max(1) as f32 * 0.8;
        if long.iter().all(|need| *need > fair) {
            break;
        }
        most = fair.max(most);
    }
    let is_short = |need: f32| need <= most;
    let short: f32 = needs.iter().filter(|need| is_short(**need)).sum();
    let long: f32 = needs.iter().filter(|need| !is_short(**need)).map(|need| need.powf(share)).sum();
    if long == 0.0 {
        return needs.iter().map(|need| need * room / short.max(1.0)).collect();
    }
    let part = (room - short) / long;
    needs.into_iter().map(|need| if is_short(need) { need } else { need.powf(share) * part }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 日付の欄は一行で入る() {
        let header = ["課題", "何を", "だれが", "いつまでに"].map(str::to_owned);
        let row = |what: &str, who: &str| ["⑫", what, who, "2026/11/14(土)"].map(str::to_owned).to_vec();
        let long = "刈り入れの前に農協と田の貸し借りを相談する".repeat(4);
        for rows in [vec![row("水を見る", "区長")], vec![row(&long, "区長")], vec![row(&long, &long)]]
        {
            for (room, size) in [(381.0, 10.0), (550.0, 12.0)] {
                let pad = size * 0.5;
                let widths = widths((&header, &rows), room, (size, pad), 0.5);
                assert!(widths[3] >= 7.0 * size + 2.0 * pad, "{widths:?}");
                assert!(widths.iter().sum::<f32>() <= room + 0.1, "{widths:?}");
                // Nor is it broken where the table is made low.
                let low = deal((&header, &rows), room, (size, pad), LOW.shares);
                assert!(low.1.iter().flatten().all(|cell| cell.iter().all(|line| !line.starts_with('('))));
            }
        }
    }
}
