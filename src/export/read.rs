//! What can be wrong with something that is read, and where.

use std::fmt;

use thiserror::Error;

use crate::domain::bounds::{DEPTH, OBJECTS};
use crate::domain::text::{brief, clean_line, of_file};

/// A place in a text, both counted from 1; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

impl Place {
    /// The place of a byte offset in a text; an offset inside a character means that character.
    pub fn of(text: &str, offset: usize) -> Self {
        let before: &str = &text[..text.floor_char_boundary(offset)];
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[start..].trim_start_matches('\u{feff}').chars().count() + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}行目 {}文字目", self.line, self.column)
    }
}

/// Something given to us cannot be taken in. Whoever gets this has taken in nothing.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum ReadError {
    #[error(
        "UTF-8 として読めない文字があります（{0}）。UTF-8 で保存し直してください（Excel では「CSV UTF-8」）"
    )]
    /// A byte that stands for no character; what was read stands before it.
    NotUtf8(Place),
    /// There is nothing in it, or nothing but blanks.
    #[error("中身がありません。元のファイルをもう一度受け取ってください")]
    Empty,
    /// A table has a header and nothing below it.
    #[error("見出しの下に、参加者の行がありません。ひとりを一行に書いてください")]
    NoRows,
    /// It ends where more must come.
    #[error("途中で切れています（{0}）。元のファイルをもう一度受け取ってください")]
    CutShort(Place),
    /// It is no JSON there.
    #[error("形が崩れています（{0}）。元のファイルをもう一度受け取ってください")]
    Broken(Place),
    /// It is JSON, but none of ours.
    #[error("jirei の記録ではありません（{0}）。jirei で書き出した json を選んでください")]
    NotOurs(Place),
    #[error(
        "新しい版の jirei で作られた記録です（形式 {found}、この版が読めるのは {known} まで）。jirei を新しくしてから、もう一度取り込んでください"
    )]
    /// It is ours, of a later version.
    Newer {
        /// Its version.
        found: u64,
        /// The latest that is understood here.
        known: u64,
    },
    /// A value that the program does not write.
    #[error("{what}（{place}）")]
    Value {
        /// Where it stands.
        place: Place,
        /// What it is and what may stand there, in words for people.
        what: String,
    },
    /// It goes deeper than anything of ours.
    #[error("入れ子が深すぎます（{0}。{DEPTH}段まで）。jirei で書き出した json を選んでください")]
    TooDeep(Place),
    /// There is more of something than is taken in at once.
    #[error("{what}が多すぎます（{most}まで）。取り込んでいません。分けてから、もう一度取り込んでください")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there may be.
        most: usize,
    },
    /// Something refers to what is not there, or not of that kind.
    #[error("{what}{}", .place.map(|p| format!("（{p}）")).unwrap_or_default())]
    Reference {
        /// Where it stands; none where it is in no single place.
        place: Option<Place>,
        /// What refers to what, in words for people.
        what: String,
    },
    /// A line of an outline that cannot be a twig.
    #[error("「{beginning}」の行が、{what}")]
    Line {
        /// What it begins with.
        beginning: String,
        /// What is wrong, in words for people.
        what: String,
    },
    /// A cell of a table that means nothing here.
    #[error("{line}行目 {column}列目: {what}")]
    Cell {
        /// The line of the file, from 1.
        line: u64,
        /// The column of the table, from 1.
        column: usize,
        /// What is wrong, in words for people.
        what: String,
    },
}

impl ReadError {
    /// The same with what the meeting is called whose record it speaks of.
    pub(super) fn of(self, title: &str) -> Self {
        match self {
            Self::Reference { place, what } if !title.is_empty() => Self::Reference {
                place,
                what: format!("{what}（会議「{}」）", brief(&clean_line(title))),
            },
            other => other,
        }
    }
}

/// The bytes as text, without a byte order mark; else where the first wrong byte stands.
pub fn text_of(bytes: &[u8]) -> Result<&str, ReadError> {
    of_file(bytes).map_err(|error| {
        let good = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        let place = Place::of(good, good.len());
        // The file ends inside a character: it was cut, not written in another encoding.
        match error.error_len() {
            None => ReadError::CutShort(place),
            Some(_) => ReadError::NotUtf8(place),
        }
    })
}

/// Looks at how a JSON text is built before anything is made of it.
pub fn bounded(text: &str) -> Result<&str, ReadError> {
    let (mut depth, mut objects, mut quoted, mut escaped) = (0usize, 0usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            _ if quoted => {}
            b'{' | b'[' => {
                (depth, objects) = (depth + 1, objects + 1);
                if depth > DEPTH {
                    return Err(ReadError::TooDeep(Place::of(text, at)));
                }
                if objects > OBJECTS {
                    return Err(ReadError::TooMany { what: "記録", most: OBJECTS });
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 場所は文字で数える() {
        assert_eq!(Place::of("あい\nうえお", "あい\nう".len()), Place { line: 2, column: 2 });
        assert_eq!(Place::of("", 0), Place { line: 1, column: 1 });
    }

    #[test]
    fn 読めない文字の場所を言う() {
        let mut bytes = "あ\nい".as_bytes().to_vec();
        bytes.extend([0x82, 0xa0, b'x']);
        assert_eq!(text_of(&bytes), Err(ReadError::NotUtf8(Place { line: 2, column: 2 })));
        assert_eq!(text_of(&"あい".as_bytes()[..5]), Err(ReadError::CutShort(Place { line: 1, column: 2 })));
        assert_eq!(text_of("\u{feff}あ".as_bytes()), Ok("あ"));
    }
}
