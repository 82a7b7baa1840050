//! What the pages of a file say to those who hear them: which words are a heading, a paragraph, a cell, and what a picture shows.
//!
//! Parts make a tree; pieces of pages belong to them, and a piece of no part is ornament.

use super::svg::{Drawing, Svg};

/// What a part is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// A heading of a level, 1 the outermost, with its words.
    Heading(u16, String),
    /// Words that run on.
    Paragraph,
    /// Items one below the other.
    List,
    /// An item of a list; it may hold a list itself.
    Item,
    /// Rows under a head.
    Table,
    /// The row of a table that names its columns.
    Head,
    /// Another row of a table.
    Row,
    /// A cell that names a column.
    Column,
    /// Another cell.
    Cell,
    /// A picture, with what those read who do not see it.
    Figure(String),
}

/// A part by its place in the order in which parts were begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part(usize);

/// All parts, each with the one it belongs to, which was begun before it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts(Vec<(Role, Option<Part>)>);

impl Parts {
    /// Begins a part within another.
    pub fn begin(&mut self, role: Role, within: Option<Part>) -> Part {
        self.0.push((role, within));
        Part(self.0.len() - 1)
    }

    /// In the order in which they were begun, so that whatever holds a part comes before it.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Part, &Role, Option<Part>)> {
        self.0.iter().enumerate().map(|(i, (role, within))| (Part(i), role, *within))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl Part {
    /// Its place among all parts.
    pub fn index(self) -> usize {
        self.0
    }
}

/// What stands on a page, in pieces that are drawn over one another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pieces: Vec<(Option<Part>, Svg)>,
}

impl Page {
    /// Where a part goes on being drawn; nothing for ornament.
    pub fn piece(&mut self, part: Option<Part>) -> &mut Svg {
        if self.pieces.last().is_none_or(|(last, _)| *last != part) {
            self.pieces.push((part, Svg::new()));
        }
        let at = self.pieces.len() - 1;
        &mut self.pieces[at].1
    }

    /// All pieces.
    pub fn pieces(&self) -> impl Iterator<Item = &Svg> {
        self.pieces.iter().map(|(_, svg)| svg)
    }

    /// Ready to be painted.
    pub fn sheet(&self, w: f32, h: f32) -> Sheet {
        Sheet { pieces: self.pieces.iter().map(|(part, svg)| (*part, svg.drawing(w, h))).collect(), w, h }
    }
}

/// A page that is ready to be painted, in points.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Drawn over one another, each as large as the page.
    pub pieces: Vec<(Option<Part>, Drawing)>,
    /// How wide the page is.
    pub w: f32,
    /// How high it is.
    pub h: f32,
}

/// Pages with the parts their pieces belong to.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sheets {
    /// One after the other.
    pub pages: Vec<Sheet>,
    /// What is on them.
    pub parts: Parts,
}
