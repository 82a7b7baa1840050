//! Tables that go on over pages: the head is drawn again, and a row that is higher than a page is broken between its lines.

use super::flow::Flow;
use crate::export::font;
use crate::export::svg::{Frame, Svg, Words};
use crate::layout::colours;
use crate::layout::wrap::{shown, wrap};

/// A column's words are taken to be no longer than that when the widths are dealt, in cells.
const LONGEST: usize = 240;
const GREY: u32 = 0xe9e7df;

/// Puts a table into the flow.
pub fn table<S: AsRef<str>>(flow: &mut Flow, header: &[S], rows: &[Vec<String>]) {
    let paper = flow.paper;
    let words = Words::new(paper.text, colours::TEXT);
    let pad = paper.text * 0.5;
    let head: Vec<String> = header.iter().map(|h| h.as_ref().to_owned()).collect();
    let widths = widths((&head, rows), flow.width(), paper.text, pad);
    let lines_of = |row: &[String]| -> Vec<Vec<String>> {
        let cells = row.iter().zip(&widths);
        cells
            .map(|(cell, w)| {
                let room = (((w - 2.0 * pad) / paper.text * 2.0) as usize).max(2);
                let lines = cell.split('\n').flat_map(|part| wrap(part, room));
                lines.map(|line| shown(line).to_owned()).collect()
            })
            .collect()
    };
    let head = lines_of(&head);
    let line = paper.pitch();
    let high = |lines: usize| lines as f32 * line + 2.0 * pad * 0.8;
    let head_high = high(longest(&head));
    let mut headed = false;
    for row in rows {
        let row = lines_of(row);
        let count = longest(&row);
        let mut first = 0;
        while first < count {
            let needed = high(count - first) + if headed { 0.0 } else { head_high };
            // A row goes whole to the next page, unless it would not fit there either.
            let fits = needed <= flow.left();
            if !fits && (head_high + high(count) <= flow.most() || flow.left() < head_high + high(3)) {
                flow.next();
                headed = false;
            }
            if !headed {
                let (x, y) = flow.take(head_high);
                let frame = Frame { x, y, w: widths.iter().sum(), h: head_high };
                flow.draw().rect(frame, 0.0, Some(GREY), None);
                cells(flow.draw(), (x, y), &head, 0..longest(&head), &widths, (words.bold(), pad, line));
                headed = true;
            }
            let room = ((flow.left() - 2.0 * pad * 0.8) / line).floor().max(1.0) as usize;
            let end = count.min(first + room);
            let (x, y) = flow.take(high(end - first));
            cells(flow.draw(), (x, y), &row, first..end, &widths, (words, pad, line));
            let rule = Frame { x, y: y + high(end - first), w: widths.iter().sum(), h: 0.6 };
            flow.draw().rect(rule, 0.0, Some(colours::RULE), None);
            first = end;
        }
    }
    flow.space(0.6);
}

fn longest(row: &[Vec<String>]) -> usize {
    row.iter().map(Vec::len).max().unwrap_or(0).max(1)
}

/// The lines of a row from one on to before another.
fn cells(
    svg: &mut Svg,
    (x, y): (f32, f32),
    row: &[Vec<String>],
    lines: std::ops::Range<usize>,
    widths: &[f32],
    (words, pad, pitch): (Words, f32, f32),
) {
    let mut x = x;
    for (cell, w) in row.iter().zip(widths) {
        for (i, line) in cell.iter().enumerate().take(lines.end).skip(lines.start) {
            if !line.is_empty() {
                let y = y + pad * 0.8 + (i - lines.start) as f32 * pitch + words.size * 1.1;
                svg.text_within(x + pad, y, words, line, w - 2.0 * pad);
            }
        }
        x += w;
    }
}

/// The widths of the columns: what is short gets what it needs, the rest is dealt by how long the words are.
fn widths((header, rows): (&[String], &[Vec<String>]), room: f32, size: f32, pad: f32) -> Vec<f32> {
    let columns = 0..header.len();
    let needs = columns.map(|i| {
        let cells = rows.iter().filter_map(|row| row.get(i)).flat_map(|cell| cell.split('\n'));
        let longest = cells.map(font::cells).max().unwrap_or(0).min(LONGEST);
        longest.max(font::cells(&header[i])) as f32 * size / 2.0 + 2.0 * pad + 1.0
    });
    let needs: Vec<f32> = needs.collect();
    let fair = room / needs.len().max(1) as f32;
    let is_short = |need: f32| need <= fair * 0.8;
    let short: f32 = needs.iter().filter(|need| is_short(**need)).sum();
    // Four times the words get twice the width: the rest is height.
    let long: f32 = needs.iter().filter(|need| !is_short(**need)).map(|need| need.sqrt()).sum();
    if long == 0.0 {
        return needs.iter().map(|need| need * room / short.max(1.0)).collect();
    }
    let part = (room - short) / long;
    needs.into_iter().map(|need| if is_short(need) { need } else { need.sqrt() * part }).collect()
}
