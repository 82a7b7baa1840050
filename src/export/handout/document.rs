//! A document on pages.

use super::flow::{Flow, Paper};
use super::{missing, table};
use crate::export::office::document::{Block, Document, Level};
use crate::export::spoken::Role;
use crate::export::svg::Words;
use crate::export::{ExportError, Rendered, paint};
use crate::layout::colours;

/// A list of so many lines stands whole under its heading, of a longer one so many.
const FIRST: usize = 20;

/// So many facts stand one below the other.
const SHORT: usize = 6;

/// The whole file.
///
/// # Errors
/// Where the pages cannot be painted.
pub fn render(document: &Document, paper: Paper) -> Result<Rendered, ExportError> {
    let flow = fill(document, paper);
    paint::pdf(&flow.finish(&document.title, &document.note), &document.title)
}

fn fill(document: &Document, paper: Paper) -> Flow {
    let mut flow = Flow::new(paper);
    flow.title(&document.title);
    flow.space(1.0);
    let is_heading = |i: usize| matches!(document.blocks.get(i), Some(Block::Heading(..)));
    for (i, block) in document.blocks.iter().enumerate() {
        // Headings that stand over one another go to the next page together.
        let first = is_heading(i) && !(i > 0 && is_heading(i - 1));
        if first && flow.left() < flow.most() && !begins(&flow, &document.blocks[i..]) {
            flow.next();
        }
        put(&mut flow, block);
    }
    missing(&mut flow);
    flow
}

/// Whether there is room here for headings with the words under them and the beginning of what these head.
fn begins(flow: &Flow, blocks: &[Block]) -> bool {
    let mut tried = flow.tried();
    let here = tried.place();
    let mut headed = false;
    for block in blocks {
        match block {
            Block::Heading(..) if headed => break,
            Block::Heading(..) => put(&mut tried, block),
            Block::Paragraph(_) | Block::Strong(_) => {
                put(&mut tried, block);
                headed = true;
            }
            Block::Table(rows) => return table::table(&mut tried, &rows.header, &rows.rows) == here,
            Block::List(lines) => {
                put(&mut tried, &Block::List(lines.iter().take(FIRST).cloned().collect()));
                break;
            }
            Block::Facts(_) | Block::Chart(_) => {
                put(&mut tried, block);
                break;
            }
            Block::PageBreak | Block::Contents | Block::Picture(_) => break,
        }
    }
    tried.place() == here
}

fn put(flow: &mut Flow, block: &Block) {
    let size = flow.paper.text;
    let words = Words::new(size, colours::TEXT);
    match block {
        Block::Heading(Level::One, text) => flow.heading(text),
        Block::Heading(_, text) => {
            flow.space(0.6);
            flow.subheading(Words::new(size * 1.15, colours::TEXT), text);
        }
        Block::Paragraph(text) => flow.paragraph(words, 0.0, text),
        Block::Strong(text) => flow.paragraph(words.bold(), 0.0, text),
        Block::Facts(facts) => {
            let fact = |(name, value): &(String, String)| (1, words, format!("{name}　{value}"));
            let facts: Vec<_> = facts.iter().map(fact).collect();
            // Many are short: side by side they leave the page to what follows.
            let columns = if facts.len() > SHORT { 3 } else { 1 };
            flow.keep(facts.len().div_ceil(columns) as f32 * 1.55 + 1.0);
            flow.side_by_side(columns, |flow| flow.list(size, &facts));
            flow.whole_width(false);
            flow.space(0.4);
        }
        Block::List(lines) => {
            let line = |(depth, text): &(usize, String)| (*depth + 1, words, format!("・{text}"));
            flow.list(size, &lines.iter().map(line).collect::<Vec<_>>());
        }
        Block::Table(rows) => {
            table::table(flow, &rows.header, &rows.rows);
        }
        Block::Chart(chart) => {
            let drawing = &chart.drawing;
            let most = flow.most() - size * 4.0;
            let scale = (flow.width() / drawing.w).min(most / drawing.h.max(1.0)).min(size / 16.0);
            let (x, y) = flow.take(drawing.h * scale + size);
            flow.part(Role::Figure(chart.words.clone()), |flow| {
                flow.draw().put(&drawing.shapes, x, y, scale)
            });
        }
        Block::PageBreak => flow.new_page(),
        // The pages of a handout are few, and pictures of dots are for documents that cannot draw.
        Block::Contents | Block::Picture(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::office::document::{Chart, Table};
    use crate::export::picture;

    #[test]
    fn 見出しはその下の始まりと同じ紙にあり表の始めと終わりの行はひとりにならない() {
        let name = |i: usize| format!("行{i:02}");
        let bar = |i| picture::Bar { name: name(i), value: Some(1.0), shown: "1".to_owned() };
        let table = |n: usize| {
            Block::Table(Table::new(["名", "数"], (0..n).map(|i| vec![name(i), "1".to_owned()]).collect()))
        };
        let list = |n: usize| Block::List((0..n).map(|i| (0, name(i))).collect());
        let chart = |n: usize| {
            let drawing = picture::bars(&(0..n).map(bar).collect::<Vec<_>>());
            Block::Chart(Chart { drawing, words: "図".to_owned() })
        };
        // So many rows at the beginning and at the end stand on one page.
        for (body, rows, together) in [
            (table(2), 2, 2),
            (table(7), 7, 2),
            (table(40), 40, 2),
            (list(9), 9, 9),
            (list(18), 18, 18),
            (chart(20), 20, 20),
        ] {
            for before in 0..40 {
                let words = |words: &str| Block::Paragraph(words.to_owned());
                let mut blocks = vec![words("前のことば"); before];
                blocks.extend([Level::One, Level::Two].map(|level| Block::Heading(level, "題".to_owned())));
                blocks.extend([words("数え方"), words("ほかのこと"), body.clone()]);
                let sheets = fill(&Document { blocks, ..Document::default() }, Paper::A4).finish("", "");
                let page = |sheet: &crate::export::spoken::Sheet| {
                    sheet.pieces.iter().map(|(_, drawing)| drawing.svg.as_str()).collect::<String>()
                };
                let pages: Vec<String> = sheets.pages.iter().map(page).collect();
                let on = |word: &str| pages.iter().position(|page| page.contains(&format!(">{word}<")));
                let on = |word: &str| on(word).unwrap_or_else(|| panic!("{word}: {pages:?}"));
                let mark = if matches!(body, Block::List(_)) { "・" } else { "" };
                let row = |i: usize| on(&format!("{mark}{}", name(i)));
                let first = on("題");
                assert_eq!(pages.iter().filter(|page| page.contains(">題<")).count(), 1, "{before}");
                assert!((0..together).all(|i| row(i) == first), "{before}, {rows} rows: the beginning");
                let last = row(rows - 1);
                assert!((rows - together..rows).all(|i| row(i) == last), "{before}, {rows} rows: the end");
                assert!(pages.iter().all(|page| page.contains("行") || page.contains("前の")), "{before}");
            }
        }
    }
}
