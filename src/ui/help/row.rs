//! A row of the help.

use crate::layout::measure::width;
use crate::ui::theme::Meaning;

/// Pieces with their columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    pub pieces: Vec<(u16, String, Meaning)>,
}

impl Row {
    pub(super) fn at(x: usize, pieces: Vec<(String, Meaning)>) -> Self {
        let mut row = Self::default();
        row.put(x, pieces);
        row
    }

    /// Puts pieces side by side, the first at a column.
    pub(super) fn put(&mut self, mut x: usize, pieces: Vec<(String, Meaning)>) {
        for (text, meaning) in pieces {
            let wide = width(&text);
            self.pieces.push((x as u16, text, meaning));
            x += wide;
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.pieces.is_empty()
    }

    pub(super) fn is_heading(&self) -> bool {
        self.pieces.first().is_some_and(|(_, text, _)| text.starts_with('■'))
    }

    /// As it is read, with blanks between its columns.
    pub fn text(&self) -> String {
        self.pieces.iter().fold(String::new(), |mut row, (x, text, _)| {
            row += &" ".repeat(usize::from(*x).saturating_sub(width(&row)));
            row + text
        })
    }
}
