//! One line of text under a cursor, edited by what people see as characters (grapheme clusters, UAX #29).

use std::ops::Range;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use crate::command::{Code, Key, Way};
use crate::domain::bounds::LETTERS;
use crate::domain::text::{clean_line, is_forbidden};
use crate::layout::measure::width;

/// How many lines can be typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lines {
    /// Breaks become spaces.
    #[default]
    One,
    /// Breaks stay, as `\n`.
    Several,
}

/// Text being typed. The cursor is a byte offset that always stands between two graphemes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    text: String,
    cursor: usize,
    #[serde(default, skip_serializing_if = "is_one")]
    lines: Lines,
}

fn is_one(lines: &Lines) -> bool {
    *lines == Lines::One
}

/// Longest line kept, in bytes: so many letters of any script. Whoever types more has been told.
const LONGEST: usize = 4 * LETTERS;

impl Input {
    /// A line with the cursor at its end.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { cursor: text.len(), text, lines: Lines::One }
    }

    /// Several lines with the cursor at their end.
    pub fn several(text: impl Into<String>) -> Self {
        Self { lines: Lines::Several, ..Self::new(text) }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the cursor.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts text in at the cursor: control characters and escape sequences are left out, breaks become spaces.
    pub fn insert(&mut self, text: &str) {
        // A single typed space or character must not be trimmed away: only what needs cleaning is cleaned.
        let clean = match self.lines {
            _ if !text.chars().any(is_forbidden) => text.to_owned(),
            Lines::One => clean_line(text),
            Lines::Several => cleaned_each(text),
        };
        let room = LONGEST.saturating_sub(self.text.len());
        let end = ends(&clean).take_while(|end| *end <= room).last().unwrap_or(0);
        self.text.insert_str(self.cursor, &clean[..end]);
        self.put_cursor(self.cursor + end);
    }

    /// Takes the grapheme before the cursor away; false if there is none.
    pub fn backspace(&mut self) -> bool {
        let Some(start) = self.before() else { return false };
        self.text.replace_range(start..self.cursor, "");
        self.put_cursor(start);
        true
    }

    /// Takes the grapheme after the cursor away; false if there is none.
    pub fn delete(&mut self) -> bool {
        let Some(end) = self.after() else { return false };
        self.text.replace_range(self.cursor..end, "");
        self.put_cursor(self.cursor);
        true
    }

    /// Moves the cursor one grapheme back; false at the start.
    pub fn left(&mut self) -> bool {
        self.before().map(|at| self.cursor = at).is_some()
    }

    /// Moves the cursor one grapheme on; false at the end.
    pub fn right(&mut self) -> bool {
        self.after().map(|at| self.cursor = at).is_some()
    }

    /// Moves the cursor to the beginning or end of a word: behind what is no word, then as far as letters are of one kind.
    pub fn by_word(&mut self, way: Way) {
        let back = way == Way::Back;
        let mut within = None;
        while let Some(next) = if back { self.before() } else { self.after() } {
            let kind = Kind::at_end(&self.text[..next.max(self.cursor)]);
            match within {
                None => within = Some(kind).filter(|kind| *kind != Kind::Between),
                Some(within) if within != kind => break,
                Some(_) => {}
            }
            self.cursor = next;
        }
    }

    /// Moves the cursor to the start of its line.
    pub fn home(&mut self) {
        self.cursor = self.line().start;
    }

    /// Moves the cursor to the end of its line.
    pub fn end(&mut self) {
        self.cursor = self.line().end;
    }

    /// Moves the cursor so many lines down, or up, as near to its column as the line is long; false where there is none.
    pub fn vertically(&mut self, step: isize) -> bool {
        let lines: Vec<&str> = self.text.split('\n').collect();
        let at = self.text[..self.cursor].matches('\n').count();
        let Some(to) = at.checked_add_signed(step).filter(|to| *to < lines.len()) else { return false };
        let column = width(&self.text[self.line().start..self.cursor]);
        let fits = |end: &usize| width(&lines[to][..*end]) <= column;
        let start: usize = lines[..to].iter().map(|line| line.len() + 1).sum();
        self.cursor = start + ends(lines[to]).take_while(fits).last().unwrap_or(0);
        true
    }

    /// The line with the cursor, in bytes.
    fn line(&self) -> Range<usize> {
        let (before, after) = self.text.split_at(self.cursor);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        start..self.cursor + after.find('\n').unwrap_or(after.len())
    }

    /// Empties the line and gives what stood there.
    pub fn take(&mut self) -> String {
        self.cursor = 0;
        std::mem::take(&mut self.text)
    }

    /// Moves the cursor to a byte offset. What was put in or taken away there can join its neighbours into one grapheme: the
    /// cursor goes behind it.
    pub fn put_cursor(&mut self, offset: usize) {
        let at = self.text.floor_char_boundary(offset);
        self.cursor = if at == 0 { 0 } else { ends(&self.text).find(|end| *end >= at).unwrap_or(at) };
    }

    /// Puts other text in its place.
    pub fn replace(&mut self, text: String, cursor: usize) {
        self.text = text;
        self.put_cursor(cursor);
    }

    /// Does what an editing key does.
    pub fn edit(&mut self, key: Key) {
        if let Some(way) = key.by_word() {
            return self.by_word(way);
        }
        match key.code {
            Code::Backspace => drop(self.backspace()),
            Code::Delete => drop(self.delete()),
            Code::Left => drop(self.left()),
            Code::Right => drop(self.right()),
            Code::Home => self.home(),
            Code::End => self.end(),
            _ => {
                if let Some(c) = key.text() {
                    self.insert(c.encode_utf8(&mut [0; 4]));
                }
            }
        }
    }

    /// Whether a key does anything to a line.
    pub fn knows(key: Key) -> bool {
        let moves = [Code::Backspace, Code::Delete, Code::Left, Code::Right, Code::Home, Code::End];
        key.by_word().is_some() || moves.contains(&key.code) || key.text().is_some()
    }

    /// The same line with its cursor between two graphemes, whatever a file said.
    pub fn settled(mut self) -> Self {
        self.put_cursor(self.cursor);
        self
    }

    /// The text as it would be kept, the cursor wherever it stands.
    pub fn cleaned(&self) -> String {
        match self.lines {
            Lines::One => clean_line(&self.text),
            Lines::Several => cleaned_each(&self.text).trim().to_owned(),
        }
    }

    fn before(&self) -> Option<usize> {
        self.text[..self.cursor].grapheme_indices(true).next_back().map(|(i, _)| i)
    }

    fn after(&self) -> Option<usize> {
        ends(&self.text[self.cursor..]).next().map(|end| self.cursor + end)
    }
}

/// Each line as it would be kept, empty ones, too.
fn cleaned_each(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.split('\n').map(clean_line).collect::<Vec<_>>().join("\n")
}

/// Where each grapheme of a text ends, in bytes.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    text.grapheme_indices(true).map(|(i, grapheme)| i + grapheme.len())
}

/// Letters of one kind make a word: Japanese has no spaces between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Kanji,
    Hiragana,
    Katakana,
    /// Letters and figures of other scripts, wide ones, too.
    Other,
    /// Pictures.
    Sign,
    /// Spaces, stops and brackets.
    Between,
}

impl Kind {
    /// Of the last letter of a text. What lengthens a letter is of its kind.
    fn at_end(text: &str) -> Self {
        let mut letters = text.graphemes(true).rev().filter_map(|grapheme| grapheme.chars().next());
        match letters.find(|c| !matches!(c, 'ー' | 'ｰ')).unwrap_or('ー') {
            '々' | '〆' | '〇' => Kind::Kanji,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Kind::Kanji,
            '\u{3041}'..='\u{309f}' => Kind::Hiragana,
            '・' | '･' => Kind::Between,
            '\u{30a1}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Kind::Katakana,
            c if c.is_alphanumeric() => Kind::Other,
            '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1ffff}' => Kind::Sign,
            _ => Kind::Between,
        }
    }
}
