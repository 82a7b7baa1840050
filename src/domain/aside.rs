//! Words that stand beside a field that cannot hold them: a person nobody knows yet, a time behind a day. They are a part of
//! the record, so that undo, files and the check for names know them; nothing counts them.

use serde::{Deserialize, Serialize};

/// Divides words that stand beside one field.
pub const BETWEEN: char = '；';

/// Words beside a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aside {
    /// What people call the field.
    pub field: String,
    /// As typed.
    pub words: String,
}

/// What stands beside a field; empty where nothing does.
pub fn beside<'a>(asides: &'a [Aside], field: &str) -> &'a str {
    asides.iter().find(|aside| aside.field == field).map_or("", |aside| &aside.words)
}

/// Puts words beside a field in the place of those that stood there; empty: nothing stands there any more.
pub fn put(asides: &mut Vec<Aside>, field: &str, words: &str) {
    asides.retain(|aside| aside.field != field);
    if !words.is_empty() {
        asides.push(Aside { field: field.to_owned(), words: words.to_owned() });
    }
}

/// Several as one text.
pub fn together<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(&BETWEEN.to_string())
}
