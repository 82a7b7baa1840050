//! What stands in a document: headings, words, lists, tables and pictures, one below the other.

use chrono::NaiveDate;

use crate::export::picture;

pub use super::docx::render;

/// A whole file, on A4 upright, numbered at the foot of every page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    pub title: String,
    /// The day it speaks of; stands in the properties of the file.
    pub day: Option<NaiveDate>,
    /// In small print at the foot of every page.
    pub note: String,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading(Level, String),
    Paragraph(String),
    /// A sentence that is not to be overlooked.
    Strong(String),
    /// Names, each with what there is to say to it.
    Facts(Vec<(String, String)>),
    /// Lines, each as deep as it says; 0 is outermost.
    List(Vec<(usize, String)>),
    Table(Table),
    /// On a page of its own, which lies on its side where the picture is wider than high.
    Picture(Picture),
    /// Where it stands, as wide as the words.
    Chart(Chart),
    PageBreak,
    /// The headings of the first two levels, each a link. Page numbers come when it is brought up to date in Word, which alone
    /// knows where its pages end.
    Contents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    One,
    Two,
    Three,
}

/// Rows under a header that is repeated on each page; no row is torn in two.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// How wide the columns are beside one another; measured from the words where there are fewer than columns.
    pub weights: Vec<u32>,
}

/// Dots of a PNG.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// Stands over it, a heading of the first level.
    pub heading: String,
    pub png: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// What those read who cannot see it.
    pub words: String,
}

/// A drawing of figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    pub drawing: picture::Picture,
    /// What those read who cannot see it.
    pub words: String,
}

impl Table {
    pub fn new(header: impl IntoIterator<Item = impl Into<String>>, rows: Vec<Vec<String>>) -> Table {
        Table { header: header.into_iter().map(Into::into).collect(), rows, weights: Vec::new() }
    }

    pub fn weighted(self, weights: &[u32]) -> Table {
        Table { weights: weights.to_vec(), ..self }
    }
}
