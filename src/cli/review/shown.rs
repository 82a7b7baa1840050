//! The review as text for a terminal: each figure with its definition, a table, and bars of signs.

use unicode_width::UnicodeWidthStr;

use super::undated;
use crate::export::review::{Section, Towns, section};
use crate::export::words;
use crate::review::{Figure, FigureId, Review, Scope, Value};

/// The longest bar.
const BAR: usize = 20;
/// So many rows of a figure; a terminal is no place for more, and the file has all of them.
const ROWS: usize = 40;
/// So many meetings without a day are named.
const NAMED: usize = 5;

/// All of it.
pub(super) fn text(review: &Review, towns: Towns) -> String {
    let town = match &review.scope {
        Scope::Town(town) => format!("　{}", words::clean(town)),
        Scope::All if review.towns.len() > 1 => format!("　{} 市町村", review.towns.len()),
        Scope::All => String::new(),
    };
    let mut out = format!("{} 計画と振り返り{town}\n", review.year_words());
    out.push_str(&format!("{}までの記録です。\n", words::date(review.today)));
    // Of a year without meetings there is nothing to say but that, and what else was decided in it.
    let something = |id: FigureId| {
        review.sum.meetings() > 0 || matches!(id, FigureId::Meetings | FigureId::Decided | FigureId::Before)
    };
    let shown = |id: FigureId| id != FigureId::Towns || (towns == Towns::Apart && review.towns.len() > 1);
    let wanted = |figure: &Figure| shown(figure.id) && something(figure.id);
    for figure in review.figures().iter().filter(|figure| wanted(figure)) {
        out.push('\n');
        out.push_str(&one(figure));
        if figure.id == FigureId::Meetings {
            for meeting in review.undated.iter().take(NAMED) {
                out.push_str(&format!("  日付なし: {}\n", words::clean(&undated(meeting))));
            }
        }
    }
    out
}

fn one(figure: &Figure) -> String {
    let Section { title, notes, header, rows, .. } = section(figure);
    let mut out = format!("■ {title}\n");
    let bars = bars(figure);
    let mut lines = vec![header];
    lines.extend(rows.iter().map(|row| row.iter().map(|cell| cell.text()).collect()));
    // Categories have long names: their letters are enough for the head of a column.
    if figure.id == FigureId::Heat {
        for head in lines.iter_mut().take(1).flatten() {
            *head = words::letter(head).to_owned();
        }
    }
    let all = lines.len();
    lines.truncate(ROWS + 1);
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| {
        lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.width()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    for (i, line) in lines.iter().enumerate() {
        let mut text = String::from(" ");
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let gap = " ".repeat(width - cell.width());
            // Labels to the left, figures to the right.
            text.push_str(&if column == 0 { format!(" {cell}{gap}") } else { format!("  {gap}{cell}") });
        }
        if let Some(bar) = i.checked_sub(1).and_then(|i| bars.get(i)) {
            text.push_str(&format!("  {bar}"));
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
    if all > ROWS + 1 {
        out.push_str(&format!("  ほか {}行。--format でファイルにすると、すべて出ます。\n", all - ROWS - 1));
    }
    for (i, note) in notes.iter().enumerate() {
        let sign = if i == 0 { "数え方: " } else { "" };
        out.push_str(&format!("  {sign}{note}\n"));
    }
    out
}

/// A bar for each row of a figure whose rows one compares.
fn bars(figure: &Figure) -> Vec<String> {
    let column = match figure.id {
        FigureId::Professions | FigureId::Speech | FigureId::Presenters => 0,
        FigureId::Months => 1,
        _ => return Vec::new(),
    };
    let count = |cells: &[Value]| cells.get(column).and_then(|value| value.count()).unwrap_or(0);
    let counts: Vec<u64> = figure.rows.iter().filter(|r| r.key.is_some()).map(|r| count(&r.cells)).collect();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let bar = |n: &u64| {
        let eighths = (u128::from(*n) * BAR as u128 * 2 / u128::from(most)) as usize;
        format!("{}{}", "█".repeat(eighths / 2), if eighths % 2 == 1 { "▌" } else { "" })
    };
    counts.iter().map(bar).collect()
}
