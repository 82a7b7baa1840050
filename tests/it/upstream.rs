//! What ratatui does not do yet with Japanese text, and that what stands here in its place does. Each test shows a fault as it is in
//! the version that is used: where that fails, the fault is gone, and so may be what is ours.

use jirei::layout::signs::Signs;
use jirei::ui::draw::Look;
use jirei::ui::theme::{Meaning, Theme};
use ratatui::buffer::{Buffer, CellDiffOption, CellWidth};
use ratatui::layout::Constraint::Length;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Bar, BarChart, Block, Cell, List, Paragraph, Row, Table, Widget, Wrap};

fn look() -> Look {
    Look { theme: Theme::default(), signs: Signs::unicode() }
}

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
    let words = "残薬が多い。";
    assert_eq!(drawn(Paragraph::new(words).wrap(Wrap { trim: false }), 10, 2), ["残薬が多い", "。"]);
    assert_eq!(drawn(look().wrapped(words, 10, Meaning::Text), 10, 2), ["残薬が", "多い。"]);
}

/// Ours: `view::words`. Lists are hit as well, since their entries are lines.
#[test]
fn 半角の濁点のあとは字が重なる() {
    let line = || Line::from_iter(["ﾍﾙﾊﾟｰ", "が来る"]);
    assert_eq!(drawn(line(), 20, 1), ["ﾍﾙﾊﾟが来る"]);
    assert_eq!(drawn(Line::raw("ﾍﾙﾊﾟｰ").right_aligned(), 8, 1), ["    ﾍﾙﾊﾟ"]);
    assert_eq!(drawn(List::new([line()]), 20, 1), ["ﾍﾙﾊﾟが来る"]);
    assert_eq!(drawn(look().words(line()), 20, 1), ["ﾍﾙﾊﾟｰが来る"]);
    assert_eq!(drawn(look().words(Line::raw("ﾍﾙﾊﾟｰ").right_aligned()), 8, 1), ["   ﾍﾙﾊﾟｰ"]);
}

/// Ours: the title of `Look::window`, and the names before the bars.
#[test]
fn 半角の濁点があると題名もグラフの見出しも欠ける() {
    assert_eq!(drawn(Block::bordered().title("ﾍﾙﾊﾟｰ"), 12, 2)[0], "┌ﾍﾙﾊﾟ──────┐");
    let chart = BarChart::horizontal(vec![Bar::with_label("ﾍﾙﾊﾟｰ", 1)]);
    assert!(drawn(chart, 12, 1)[0].starts_with("ﾍﾙﾊﾟ "));
    let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 3));
    look().window(buffer.area, "ﾍﾙﾊﾟｰ", &mut buffer);
    assert_eq!(seen(&buffer)[0], "╭─ ﾍﾙﾊﾟｰ ──╮");
}

/// Ours: `Look::cut`, before words come into a table, and `view::words` elsewhere.
#[test]
fn 入りきらないことばに切った印がつかない() {
    assert_eq!(drawn(Span::raw("残薬が多い"), 7, 1), ["残薬が"]);
    assert_eq!(drawn(Table::new([Row::new(["残薬が多い"])], [Length(7)]), 7, 1), ["残薬が"]);
    assert_eq!(drawn(look().say("残薬が多い", Meaning::Text), 7, 1), ["残薬が…"]);
}

/// Ours: what is cut before it comes into the list (`view::table::seen`). A table does it.
#[test]
fn 一覧の最後は途中までなら出ない() {
    let rows = ["一\n二", "三\n四"];
    assert_eq!(drawn(List::new(rows), 8, 3), ["一", "二", ""]);
    let rows = rows.map(|words| Row::new([Cell::new(words)]).height(2));
    assert_eq!(drawn(Table::new(rows, [Length(8)]), 8, 3), ["一", "二", "三"]);
}

/// Ours: `ui::words`, and `ui::wide` for what ratatui draws.
#[test]
fn 全角の右半分は色を失う() {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
    buffer.set_style(buffer.area, Style::new().bg(Color::Blue));
    let coloured = |buffer: &Buffer| [0, 1, 2, 3].map(|x| buffer[(x, 0)].bg == Color::Blue);
    Span::raw("残薬").render(buffer.area, &mut buffer);
    assert_eq!(coloured(&buffer), [true, false, true, false]);
    let mut joined = buffer.clone();
    // As they are drawn, the words have no ground of their own.
    joined[(0, 0)].set_bg(Color::Blue);
    joined[(2, 0)].set_bg(Color::Blue);
    jirei::ui::wide::join_halves(&mut joined);
    assert_eq!(coloured(&joined), [true; 4]);
    look().row([Span::raw("残薬")]).render(buffer.area, &mut buffer);
    assert_eq!(coloured(&buffer), [true; 4]);
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

/// Ours: `view::wide` (ratatui #2738, #2652). `tests/it/wide.rs` looks for more of the kind.
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

/// Ours: `runtime::screen` instead of `Terminal`, which remembers a frame with the marks that `view::wide` set in it. So each
/// change would be sent twice, and a frame in which nothing changed would not be silent.
#[test]
fn 書き直す印は次の画面でも変化に数えられる() {
    let plain = Buffer::with_lines(["薬"]);
    let mut marked = plain.clone();
    marked[(0, 0)].set_diff_option(CellDiffOption::AlwaysUpdate);
    assert_eq!(written(&marked, &plain), [0]);
}

/// Ours: `view::wide` (ratatui #2695).
#[test]
#[should_panic(expected = "index out of bounds")]
fn 右端の全角が消えると止まる() {
    let mut before = Buffer::empty(Rect::new(0, 0, 4, 1));
    before[(3, 0)].set_symbol("薬").set_bg(Color::Red);
    written(&before, &Buffer::empty(before.area));
}
