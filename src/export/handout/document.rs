//! A document on pages.

use super::flow::{Flow, Paper};
use super::{missing, table};
use crate::export::office::document::{Block, Document, Level};
use crate::export::svg::{Drawing, Words};
use crate::export::{ExportError, Rendered, paint};
use crate::layout::colours;

/// The whole file.
///
/// # Errors
/// Where the pages cannot be painted.
pub fn render(document: &Document, paper: Paper) -> Result<Rendered, ExportError> {
    let mut flow = Flow::new(paper);
    let title = Words::new(paper.text * 2.0, colours::TEXT).bold();
    flow.paragraph(title, 0.0, &document.title);
    flow.space(1.0);
    for block in &document.blocks {
        put(&mut flow, block);
    }
    missing(&mut flow);
    let pages = flow.finish(&document.title, &document.note).into_iter();
    let pages: Vec<Drawing> = pages.map(|page| page.drawing(paper.w, paper.h)).collect();
    paint::pdf(&pages, &document.title)
}

fn put(flow: &mut Flow, block: &Block) {
    let size = flow.paper.text;
    let words = Words::new(size, colours::TEXT);
    match block {
        Block::Heading(Level::One, text) => flow.heading(text),
        Block::Heading(_, text) => {
            // Never alone at the foot of a page: what it heads is a sentence and a few rows at least.
            if flow.left() < size * 14.0 {
                flow.next();
            }
            flow.space(0.6);
            flow.paragraph(Words::new(size * 1.15, colours::TEXT).bold(), 0.0, text);
        }
        Block::Paragraph(text) => flow.paragraph(words, 0.0, text),
        Block::Strong(text) => flow.paragraph(words.bold(), 0.0, text),
        Block::Facts(facts) => {
            for (name, value) in facts {
                flow.paragraph(words, size, &format!("{name}　{value}"));
            }
        }
        Block::List(lines) => {
            for (depth, text) in lines {
                flow.paragraph(words, size * (*depth + 1) as f32, &format!("・{text}"));
            }
        }
        Block::Table(rows) => table::table(flow, &rows.header, &rows.rows),
        Block::Chart(chart) => {
            let drawing = &chart.drawing;
            let most = flow.most() - size * 4.0;
            let scale = (flow.width() / drawing.w).min(most / drawing.h.max(1.0)).min(size / 16.0);
            let (x, y) = flow.take(drawing.h * scale + size);
            flow.draw().put(&drawing.shapes, x, y, scale);
        }
        Block::PageBreak => flow.new_page(),
        // The pages of a handout are few, and pictures of dots are for documents that cannot draw.
        Block::Contents | Block::Picture(_) => {}
    }
}
