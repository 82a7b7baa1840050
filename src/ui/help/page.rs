//! A page of the guide in rows: headings, lists, tables and what is typed, without the signs of Markdown.

use crate::layout::measure::width;
use crate::layout::wrap::{shown, wrap, wrap_words};
use crate::ui::help::row::Row;
use crate::ui::theme::Meaning;

/// Columns stand so far apart.
const GAP: usize = 2;

/// The page in rows of so many cells, without its title.
pub fn rows(text: &str, cells: u16) -> Vec<Row> {
    let mut made = Made { rows: Vec::new(), cells: cells.into() };
    let mut lines = text.lines().peekable();
    let mut fenced = false;
    while let Some(line) = lines.next() {
        let words = line.trim_start();
        let indent = line.len() - words.len();
        if words.starts_with("```") {
            fenced = !fenced;
        } else if fenced || (indent >= 4 && !words.is_empty()) {
            made.typed(if fenced { line } else { &line[4..] });
        } else if words.starts_with('|') {
            let mut table = vec![words];
            while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
                table.push(line);
            }
            made.table(&table);
        } else if let Some(heading) = words.strip_prefix("## ") {
            made.blank();
            made.put(0, &Spoken::of(&format!("■ {heading}")), Meaning::Strong);
        } else if let Some(item) = words.strip_prefix("- ") {
            made.item("・", item);
        } else if let Some((number, item)) = numbered(words) {
            made.item(number, item);
        } else if words.is_empty() || words.starts_with("# ") || words.starts_with("<!--") {
            made.blank();
        } else {
            made.put(0, &Spoken::of(words), Meaning::Popup);
        }
    }
    while made.rows.last().is_some_and(Row::is_blank) {
        made.rows.pop();
    }
    made.rows
}

/// `1. ` and what follows it.
fn numbered(words: &str) -> Option<(&str, &str)> {
    let digits = words.find(". ").filter(|at| *at > 0 && words[..*at].chars().all(|c| c.is_ascii_digit()))?;
    Some(words.split_at(digits + 2))
}

struct Made {
    rows: Vec<Row>,
    cells: usize,
}

impl Made {
    /// A free row, but for the first and behind another, and under a heading.
    fn blank(&mut self) {
        let wanted = self.rows.last().is_some_and(|row| !row.is_blank() && !row.is_heading());
        if wanted {
            self.rows.push(Row::default());
        }
    }

    fn put(&mut self, x: usize, words: &Spoken, meaning: Meaning) {
        for pieces in words.rows(self.cells - x, meaning) {
            self.rows.push(Row::at(x, pieces));
        }
    }

    fn item(&mut self, sign: &str, words: &str) {
        let first = self.rows.len();
        self.put(width(sign), &Spoken::of(words), Meaning::Popup);
        if let Some(row) = self.rows.get_mut(first) {
            row.pieces.insert(0, (0, sign.to_owned(), Meaning::Popup));
        }
    }

    /// What is typed stands as it is typed.
    fn typed(&mut self, line: &str) {
        for line in wrap(line, self.cells - GAP) {
            self.rows.push(Row::at(GAP, vec![(line.to_owned(), Meaning::Strong)]));
        }
    }

    fn table(&mut self, lines: &[&str]) {
        let cells = |line: &&str| -> Vec<Spoken> {
            line.trim_matches('|').split('|').map(|cell| Spoken::of(cell.trim())).collect()
        };
        let is_rule = |line: &&&str| line.chars().all(|c| matches!(c, '|' | '-' | ' '));
        let rows: Vec<Vec<Spoken>> = lines.iter().filter(|line| !is_rule(line)).map(cells).collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widest =
            |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(&cell.text)).max();
        let (mut x, mut places) = (0, Vec::with_capacity(columns));
        for at in 0..columns {
            let last = at + 1 == columns;
            let most = if last { self.cells - x } else { self.cells * 2 / 5 };
            let wide = if last { most } else { widest(at).unwrap_or(0).min(most) };
            places.push((x, wide));
            x = (x + wide + GAP).min(self.cells - GAP);
        }
        for (i, row) in rows.iter().enumerate() {
            let meaning = |at: usize| match (i, at) {
                (0, _) => Meaning::Quiet,
                (_, 0) => Meaning::Strong,
                _ => Meaning::Popup,
            };
            let first = self.rows.len();
            for (at, (cell, (x, wide))) in row.iter().zip(&places).enumerate() {
                for (down, pieces) in cell.rows(*wide, meaning(at)).into_iter().enumerate() {
                    if self.rows.len() <= first + down {
                        self.rows.push(Row::default());
                    }
                    self.rows[first + down].put(*x, pieces);
                }
            }
        }
    }
}

/// A text without its signs, and which of its bytes stand out.
#[derive(Debug, Default, PartialEq, Eq)]
struct Spoken {
    text: String,
    strong: Vec<(usize, usize)>,
}

impl Spoken {
    fn of(markdown: &str) -> Self {
        let mut spoken = Self::default();
        let (mut rest, mut opened) = (markdown, None);
        while !rest.is_empty() {
            if let Some(after) = rest.strip_prefix("**") {
                rest = after;
                match opened.take() {
                    Some(from) => spoken.strong.push((from, spoken.text.len())),
                    None => opened = Some(spoken.text.len()),
                }
            } else if let Some((code, after)) = between(rest, "`", "`") {
                let from = spoken.text.len();
                spoken.text += code;
                spoken.strong.push((from, spoken.text.len()));
                rest = after;
            } else if let Some((_, after)) = between(rest, "<!--", "-->") {
                rest = after;
            } else if let Some((words, after)) = link(rest) {
                spoken.text += words;
                rest = after;
            } else {
                let next = rest.char_indices().nth(1).map_or(rest.len(), |(at, _)| at);
                spoken.text += &rest[..next];
                rest = &rest[next..];
            }
        }
        spoken
    }

    /// The pieces of each row of so many cells.
    fn rows(&self, cells: usize, meaning: Meaning) -> Vec<Vec<(String, Meaning)>> {
        let mut from = 0;
        let rows = wrap_words(&self.text, cells.max(2)).into_iter().map(|line| {
            let (start, words) = (from, shown(line));
            from += line.len();
            let mut pieces: Vec<(String, Meaning)> = Vec::new();
            for (at, c) in words.char_indices() {
                let at = start + at;
                let stands_out = self.strong.iter().any(|(from, to)| (*from..*to).contains(&at));
                let meaning = if stands_out { Meaning::Strong } else { meaning };
                match pieces.last_mut() {
                    Some((piece, of)) if *of == meaning => piece.push(c),
                    _ => pieces.push((c.to_string(), meaning)),
                }
            }
            pieces
        });
        rows.collect()
    }
}

/// What stands between two signs at the beginning, and what comes after.
fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<(&'a str, &'a str)> {
    text.strip_prefix(open)?.split_once(close)
}

/// The words of a link, and what comes after it.
fn link(text: &str) -> Option<(&str, &str)> {
    let (words, rest) = text.strip_prefix('[')?.split_once("](")?;
    Some((words, rest.split_once(')')?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, cells: u16) -> Vec<String> {
        rows(text, cells).iter().map(Row::text).collect()
    }

    #[test]
    fn しるしは消えて_ことばは行に折れる() {
        let text = "# 題\n\n## 雪の日\n\n- **F9**<!--prompts--> で、[坂の家](坂.md)を見ます。\n1. `!道` と打つ\n\n        !雪おろし\n\n二つめ。\n";
        let seen = [
            "■ 雪の日",
            "・F9 で、坂の家を",
            "  見ます。",
            "1. !道 と打つ",
            "",
            "      !雪おろし",
            "",
            "二つめ。",
        ];
        assert_eq!(read(text, 19), seen);
        let strong =
            |row: &Row| row.pieces.iter().any(|(_, text, of)| *of == Meaning::Strong && text == "F9");
        assert!(strong(&rows(text, 19)[1]));
    }

    #[test]
    fn 表は列にそろい_長いことばはその列で折れる() {
        let text = "| 形 | 中身 |\n|---|---|\n| `*` | 橋のたもとの店 |\n| `1>2 わけ` | 道 |\n";
        assert_eq!(
            read(text, 22),
            ["形        中身", "*         橋のたもとの", "          店", "1>2 わけ  道"]
        );
    }
}
