//! Files for office programs from plain descriptions: a [`workbook::Book`] of typed tables, a [`document::Document`] of blocks.
//!
//! Nothing here knows what a meeting is. What is described as words arrives as words: no formula, no link, no field is ever
//! made of them.

mod columns;
pub mod document;
mod docx;
pub mod pptx;
mod split;
pub mod workbook;
mod xlsx;

use chrono::NaiveDate;

use crate::domain::text::visible;

/// The font of both: every Windows and Mac with an office program has it, the others put their own Japanese one in its place.
const FONT: &str = "游ゴシック";

/// The day a file says it was made where none is known; no clock is read here.
const EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// Words without the characters that XML cannot hold, and without those that nobody sees.
fn writable(text: &str) -> String {
    visible(text)
        .chars()
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}') && (!c.is_control() || *c == '\n'))
        .collect()
}
