//! What ratatui does not do yet with Japanese text, and what stands here in its place. Each test shows one fault as it is in the
//! version that is used: where one fails, the fault is gone, and so may be what is ours.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Constraint::Length;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Bar, BarChart, Block, Cell, List, Paragraph, Row, Table, Widget, Wrap};

/// The rows of a widget as they are seen.
fn drawn(widget: impl Widget, width: u16, height: u16) -> Vec<String> {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    widget.render(buffer.area, &mut buffer);
    seen(&buffer)
}

fn seen(buffer: &Buffer) -> Vec<String> {
    let row = |cells: &[ratatui::buffer::Cell]| {
        let (mut words, mut x) = (String::new(), 0);
        while let Some(cell) = cells.get(x) {
            words.push_str(cell.symbol());
            x += usize::from(cell.cell_width().max(1));
        }
        words.trim_end().to_owned()
    };
    buffer.content.chunks(buffer.area.width.into()).map(row).collect()
}

/// The cells that are written when one frame follows another.
fn written(before: &Buffer, after: &Buffer) -> Vec<u16> {
    before.diff_iter(after).map(|(x, ..)| x).collect()
}

/// Ours: `layout::wrap`, and `Look::wrapped`, which makes a `Text` of it.
#[test]
fn 折り返すと句点が行の頭に来る() {
    let words = Paragraph::new("残薬が多い。").wrap(Wrap { trim: false });
    assert_eq!(drawn(words, 10, 2), ["残薬が多い", "。"]);
}

/// Ours: `view::words`. Lists are hit as well, since their entries are lines.
#[test]
fn 半角の濁点のあとは字が重なる() {
    let line = || Line::from_iter(["ﾍﾙﾊﾟｰ", "が来る"]);
    assert_eq!(drawn(line(), 20, 1), ["ﾍﾙﾊﾟが来る"]);
    assert_eq!(drawn(Line::raw("ﾍﾙﾊﾟｰ").right_aligned(), 8, 1), ["    ﾍﾙﾊﾟ"]);
    assert_eq!(drawn(List::new([line()]), 20, 1), ["ﾍﾙﾊﾟが来る"]);
}

/// Ours: the title of `Look::window`, and the names before the bars.
#[test]
fn 半角の濁点があると題名もグラフの見出しも欠ける() {
    assert_eq!(drawn(Block::bordered().title("ﾍﾙﾊﾟｰ"), 12, 2)[0], "┌ﾍﾙﾊﾟ──────┐");
    let chart = BarChart::horizontal(vec![Bar::with_label("ﾍﾙﾊﾟｰ", 1)]);
    assert!(drawn(chart, 12, 1)[0].starts_with("ﾍﾙﾊﾟ "));
}

/// Ours: `Look::cut`, before words come into a table, and `view::words` elsewhere.
#[test]
fn 入りきらないことばに切った印がつかない() {
    assert_eq!(drawn(Span::raw("残薬が多い"), 7, 1), ["残薬が"]);
    assert_eq!(drawn(Table::new([Row::new(["残薬が多い"])], [Length(7)]), 7, 1), ["残薬が"]);
}

/// Ours: what is cut before it comes into the list (`view::table::seen`). A table does it.
#[test]
fn 一覧の最後は途中までなら出ない() {
    let rows = ["一\n二", "三\n四"];
    assert_eq!(drawn(List::new(rows), 8, 3), ["一", "二", ""]);
    let rows = rows.map(|words| Row::new([Cell::new(words)]).height(2));
    assert_eq!(drawn(Table::new(rows, [Length(8)]), 8, 3), ["一", "二", "三"]);
}

/// Ours: `view::words`, and what `Look::window` does at its right edge.
#[test]
fn 全角の右半分は色を失う() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
    buffer.set_style(buffer.area, Style::new().bg(Color::Blue));
    Span::raw("残薬").render(buffer.area, &mut buffer);
    assert_eq!([0, 1, 2, 3].map(|x| buffer[(x, 0)].bg == Color::Blue), [true, false, true, false]);
}

/// Ours: `view::wide` (ratatui #2526).
#[test]
fn 全角を割る枠は欠ける() {
    let before = Buffer::empty(Rect::new(0, 0, 6, 3));
    let mut after = before.clone();
    Span::raw("残薬").render(Rect::new(0, 1, 6, 1), &mut after);
    Block::bordered().render(Rect::new(1, 0, 3, 3), &mut after);
    assert_eq!(after[(1, 1)].symbol(), "│");
    assert!(!before.diff_iter(&after).any(|(x, y, _)| (x, y) == (1, 1)));
}

/// Ours: `view::wide` (ratatui #2738, #2652). `tests/wide.rs` looks for more of the kind.
#[test]
fn 色のついた全角がずれると古い色が残る() {
    let frame = |words: &'static str| {
        let mut frame = Buffer::empty(Rect::new(0, 0, 4, 1));
        let colour = |c: char| if c == ' ' { Style::new() } else { Style::new().bg(Color::Red) };
        let spans = words.chars().map(|c| Span::styled(c.to_string(), colour(c)));
        Line::from_iter(spans).render(frame.area, &mut frame);
        frame
    };
    // The third cell was the right half of a red character, and nobody writes it.
    assert_eq!(written(&frame(" 薬"), &frame("薬 ")), [0]);
}

/// Ours: `view::wide` (ratatui #2695).
#[test]
#[should_panic(expected = "index out of bounds")]
fn 右端の全角が消えると止まる() {
    let mut before = Buffer::empty(Rect::new(0, 0, 4, 1));
    before[(3, 0)].set_symbol("薬").set_bg(Color::Red);
    written(&before, &Buffer::empty(before.area));
}
