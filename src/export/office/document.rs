//! What stands in a document: headings, words, lists, tables and pictures, one below the other.

use chrono::NaiveDate;

use crate::export::picture;

pub use super::docx::render;

/// A whole file, on A4 upright, numbered at the foot of every page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Stands at the top, and in the properties of the file.
    pub title: String,
    /// The day it speaks of; stands in the properties of the file.
    pub day: Option<NaiveDate>,
    /// In small print at the foot of every page.
    pub note: String,
    /// From top to bottom.
    pub blocks: Vec<Block>,
}

/// What stands in one place, below what was before.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// Words that a table of contents repeats.
    Heading(Level, String),
    /// Words that run on to the next line.
    Paragraph(String),
    /// A sentence that is not to be overlooked.
    Strong(String),
    /// Names, each with what there is to say to it.
    Facts(Vec<(String, String)>),
    /// Lines, each as deep as it says; 0 is outermost.
    List(Vec<(usize, String)>),
    /// Rows under a header.
    Table(Table),
    /// On a page of its own, which lies on its side.
    Picture(Picture),
    /// Where it stands, as wide as the words.
    Chart(Chart),
    /// What follows begins on a new page.
    PageBreak,
    /// The headings of the first two levels, each a link. Page numbers come when it is brought up to date in Word, which alone
    /// knows where its pages end.
    Contents,
}

/// A page has room for about so many lines.
const PAGE: usize = 40;

impl Block {
    /// How many lines it has at the least; what is drawn, or ends a page, counts as a page.
    pub fn lines(&self) -> usize {
        match self {
            Block::Heading(..) | Block::Paragraph(_) | Block::Strong(_) => 1,
            Block::Facts(facts) => facts.len(),
            Block::List(lines) => lines.len(),
            Block::Table(table) => table.rows.len() + 1,
            Block::Chart(_) | Block::Picture(_) | Block::PageBreak | Block::Contents => PAGE,
        }
    }
}

/// How deep a heading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A part of the document.
    One,
    /// A part of a part.
    Two,
    /// Within such a part; no table of contents names it.
    Three,
}

/// Rows under a header that is repeated on each page; no row is torn in two.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What stands over the columns.
    pub header: Vec<String>,
    /// Each as long as the header.
    pub rows: Vec<Vec<String>>,
    /// How wide the columns are beside one another; measured from the words where there are fewer than columns.
    pub weights: Vec<u32>,
}

/// Dots of a PNG.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Stands over it, a heading of the first level.
    pub heading: String,
    /// The whole file of the picture.
    pub png: Vec<u8>,
    /// How wide and how high it is on paper, in points.
    pub size: (f32, f32),
    /// What those read who cannot see it.
    pub words: String,
}

/// A drawing of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// As lines and words; dots are made of it when the document is written.
    pub drawing: picture::Picture,
    /// What those read who cannot see it.
    pub words: String,
}

impl Table {
    /// Columns as wide as their words want.
    pub fn new(header: impl IntoIterator<Item = impl Into<String>>, rows: Vec<Vec<String>>) -> Table {
        Table { header: header.into_iter().map(Into::into).collect(), rows, weights: Vec::new() }
    }

    /// The same with columns as wide, beside one another, as these numbers say.
    pub fn weighted(self, weights: &[u32]) -> Table {
        Table { weights: weights.to_vec(), ..self }
    }
}
