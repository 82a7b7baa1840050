//! A document as one page for a browser.

use super::{dl, grid, page, text};
use crate::export::office::document::{Block, Document, Level};
use crate::export::svg::Place;

/// The whole page.
pub fn render(document: &Document) -> String {
    let mut body = String::new();
    let mut open = false;
    for (i, block) in document.blocks.iter().enumerate() {
        match block {
            Block::Heading(Level::One, words) => {
                // Each chapter is a section; the contents lead to it.
                body += if open { "</section>\n" } else { "" };
                body += &format!("<section>\n<h2 id=\"h{i}\">{}</h2>\n", text(words));
                open = true;
            }
            Block::Contents => body += &contents(document),
            block => body += &one(block),
        }
    }
    body += if open { "</section>\n" } else { "" };
    page(&document.title, &document.note, &body)
}

fn one(block: &Block) -> String {
    match block {
        Block::Heading(Level::Three, words) => format!("<h4>{}</h4>\n", text(words)),
        Block::Heading(_, words) => format!("<h3>{}</h3>\n", text(words)),
        Block::Paragraph(words) => format!("<p>{}</p>\n", text(words)),
        Block::Strong(words) => format!("<p class=\"root\">{}</p>\n", text(words)),
        Block::Facts(facts) => dl(facts.iter().map(|(name, value)| (name.as_str(), value.as_str()))),
        Block::List(lines) => {
            let line = |(depth, words): &(usize, String)| {
                format!("<li style=\"margin-left:{depth}em\">{}</li>\n", text(words))
            };
            format!("<ul>\n{}</ul>\n", lines.iter().map(line).collect::<String>())
        }
        Block::Table(table) => grid(&table.header, &table.rows),
        Block::Chart(chart) => {
            let drawing = &chart.drawing;
            let svg = drawing.shapes.picture(drawing.w, drawing.h, &chart.words, Place::Page);
            format!("<div class=\"chart\">\n{svg}</div>\n")
        }
        // Dots belong to paper; a page for a browser draws its map itself.
        Block::Picture(_) | Block::PageBreak | Block::Contents => String::new(),
    }
}

/// The chapters, each a link.
fn contents(document: &Document) -> String {
    let chapters = document.blocks.iter().enumerate().filter_map(|(i, block)| match block {
        Block::Heading(Level::One, words) => {
            Some(format!("<li><a href=\"#h{i}\">{}</a></li>\n", text(words)))
        }
        _ => None,
    });
    format!("<nav><ul>\n{}</ul></nav>\n", chapters.collect::<String>())
}
