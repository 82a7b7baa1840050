//! How wide the columns of a table are, in twentieths of a point.

use super::super::columns::longest;
use super::super::document::Table;
use crate::export::font::cells;
use crate::layout::wrap::wholes;

/// How wide half a kanji is, and the margins of a cell.
const HALF: f64 = 95.0;
const AROUND: f64 = 360.0;
/// Halves of a kanji that stay in one line, such as 2026/11/14(土); longer pieces may be torn.
const SHORT: usize = 14;
/// A header of so many kanji is not torn, either.
const HEADER: usize = 6;

/// Room for so many halves of a kanji.
fn room(halves: usize) -> f64 {
    halves as f64 * HALF + AROUND
}

/// About how many lines a row takes in columns of these widths.
pub fn height(row: &[String], widths: &[u32]) -> usize {
    let room = |width: u32| ((f64::from(width) - AROUND).max(HALF) / HALF) as usize;
    let cell = |(words, width): (&String, &u32)| -> usize {
        words.split('\n').map(|line| longest(line).div_ceil(room(*width)).max(1)).sum()
    };
    row.iter().zip(widths).map(cell).max().unwrap_or(1)
}

/// The widths of the columns, which together are that of the table. What no line should tear fits its column, as long as the table
/// is wide enough.
pub fn widths(table: &Table, whole: u32) -> Vec<u32> {
    let count = table.header.len();
    let weights: Vec<f64> = match table.weights.len() < count {
        true => measured(table, whole),
        false => table.weights.iter().take(count).map(|w| f64::from((*w).max(1))).collect(),
    };
    let least: Vec<f64> = (0..count).map(|i| least(table, i)).collect();
    let mut widths: Vec<u32> = dealt(&weights, &least, f64::from(whole)).iter().map(|w| *w as u32).collect();
    // What rounding has left over.
    let used: u32 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += whole.saturating_sub(used);
    }
    widths
}

/// Shares out a width by weights, so that none has less than its least; where all of those are too much, by them.
fn dealt(weights: &[f64], least: &[f64], whole: f64) -> Vec<f64> {
    let needed: f64 = least.iter().sum();
    if needed >= whole {
        return least.iter().map(|least| least * whole / needed).collect();
    }
    let mut held = vec![false; weights.len()];
    loop {
        let of = |values: &[f64], holds: bool| -> f64 {
            values.iter().zip(&held).filter(|(_, held)| **held == holds).map(|(value, _)| value).sum()
        };
        let (free, sum) = (whole - of(least, true), of(weights, false));
        let width = |i: usize| if held[i] { least[i] } else { weights[i] / sum * free };
        let widths: Vec<f64> = (0..weights.len()).map(width).collect();
        match widths.iter().zip(least).position(|(width, least)| *width < *least - 0.01) {
            Some(narrow) => held[narrow] = true,
            None => return widths,
        }
    }
}

/// What a column must have, so that nothing is torn that should not be.
fn least(table: &Table, i: usize) -> f64 {
    let words = table.rows.iter().filter_map(|row| row.get(i));
    let pieces = words.flat_map(|words| wholes(words)).map(cells).filter(|cells| *cells <= SHORT);
    let header = table.header.get(i).map_or(0, |words| longest(words).min(HEADER));
    room(pieces.max().unwrap_or(0).max(header))
}

/// What the words want: short ones their room in one line, long ones what is left, shared out so that twice as many words
/// get less than twice the room.
fn measured(table: &Table, whole: u32) -> Vec<f64> {
    let longest = |i: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(i));
        cells.chain(table.header.get(i)).map(|words| longest(words)).max().unwrap_or_default()
    };
    let longest: Vec<usize> = (0..table.header.len()).map(longest).collect();
    let long = |cells: usize| (cells as f64).sqrt();
    let taken: f64 = longest.iter().filter(|cells| **cells <= SHORT).map(|cells| room(*cells)).sum();
    let wanted: f64 = longest.iter().filter(|cells| **cells > SHORT).map(|cells| long(*cells)).sum();
    let left = (f64::from(whole) - taken).max(f64::from(whole) * 0.4);
    let width = |cells: &usize| match *cells <= SHORT {
        true => room(*cells),
        false => left * long(*cells) / wanted,
    };
    longest.iter().map(width).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 曜日の付いた日付は列の幅に入る() {
        const WHOLE: u32 = 9_638;
        let header = ["課題", "何を", "だれが", "いつまでに", "確認方法", "優先度", "状態", "どうなったか"];
        let long = "浜の倉の鍵を年寄りの家に一つずつ預けて回る".repeat(3);
        for day in ["2026/10/15(木)", "雪の前（2026/12/21(月)まで）", "次の寄り合いまで（2026/5/31(日)）"]
        {
            for what in ["鍵を配る", &long] {
                for who in ["区長", "地域包括支援センター", &long] {
                    for weights in [vec![], vec![1, 9, 2, 1, 4, 1, 1, 4]] {
                        let row = ["①", what, who, day, what, "中", "未着手", &long].map(str::to_owned);
                        let table = Table { weights, ..Table::new(header, vec![row.to_vec()]) };
                        let widths = widths(&table, WHOLE);
                        let case = format!("{day} {what} {who}: {widths:?}");
                        assert_eq!(widths.iter().sum::<u32>(), WHOLE, "{case}");
                        let piece = wholes(day).into_iter().map(cells).max().unwrap();
                        assert!(f64::from(widths[3]) + 1.0 >= room(piece), "{case}");
                        assert!(widths.iter().all(|width| f64::from(*width) + 1.0 >= room(2)), "{case}");
                    }
                }
            }
        }
    }
}
