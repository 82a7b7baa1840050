//! A document on pages.

use super::flow::{Flow, Paper};
use super::{missing, table};
use crate::export::office::document::{Block, Document, Level};
use crate::export::spoken::Role;
use crate::export::svg::Words;
use crate::export::{ExportError, Rendered, paint};
use crate::layout::colours;

/// So much room a heading within a chapter needs with what begins under it, in heights of a letter.
const BELOW: f32 = 14.0;

/// So many facts stand one below the other.
const SHORT: usize = 6;

/// The whole file.
///
/// # Errors
/// Where the pages cannot be painted.
pub fn render(document: &Document, paper: Paper) -> Result<Rendered, ExportError> {
    let mut flow = Flow::new(paper);
    flow.title(&document.title);
    flow.space(1.0);
    for (i, block) in document.blocks.iter().enumerate() {
        // One heading over another is not left behind when that goes to the next page.
        if let (Block::Heading(..), Some(Block::Heading(..))) = (block, document.blocks.get(i + 1))
            && flow.left() < paper.text * (BELOW + 5.0)
        {
            flow.next();
        }
        put(&mut flow, block);
    }
    missing(&mut flow);
    paint::pdf(&flow.finish(&document.title, &document.note), &document.title)
}

fn put(flow: &mut Flow, block: &Block) {
    let size = flow.paper.text;
    let words = Words::new(size, colours::TEXT);
    match block {
        Block::Heading(Level::One, text) => flow.heading(text),
        Block::Heading(_, text) => {
            // Never alone at the foot of a page: what it heads is a sentence and a few rows at least.
            flow.keep(BELOW);
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
