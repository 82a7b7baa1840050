//! Words that stand beside a field that cannot hold them: a person nobody knows yet, a time behind a day. They are a part of
//! the record, so that undo, files and the check for names know them; nothing counts them.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize};

use super::several::{Of, several};

/// Divides words that stand beside one field.
pub const BETWEEN: char = '；';

/// What the fields were called whose words were first kept under that: such records are read for good.
const ONCE: [(&str, &str); 17] = [
    ("日付", "date"),
    ("次回の日", "next_date"),
    ("司会（1人目）", "facilitator_1"),
    ("司会（2人目）", "facilitator_2"),
    ("事例提供者", "presenter"),
    ("検討のきっかけ", "triggers"),
    ("同意の日", "consent_date"),
    ("課題", "issue"),
    ("だれが", "who"),
    ("場面", "scenes"),
    ("事業項目", "categories"),
    ("もとになった枝", "node"),
    ("計画・予算への反映", "reflected"),
    ("個人が分からない文か", "confirmed"),
    ("予定の日", "date"),
    ("会のやり方", "format"),
    ("中止", "cancelled"),
];

/// Words beside a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aside {
    /// The name the field has in files: what people call it may change.
    #[serde(deserialize_with = "name")]
    pub field: String,
    /// As typed.
    pub words: String,
}

impl Aside {
    /// As people read it, where they call its field so.
    pub(super) fn told(&self, called: impl Fn(&str) -> Option<&'static str>) -> Cow<'_, str> {
        format!("{}：{}", called(&self.field).unwrap_or(&self.field), self.words).into()
    }
}

fn name<'de, D: Deserializer<'de>>(field: D) -> Result<String, D::Error> {
    let field = String::deserialize(field)?;
    let known = ONCE.into_iter().find(|(once, _)| *once == field);
    Ok(known.map_or(field, |(_, key)| key.to_owned()))
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

/// Words beside a field of several things as people read and write them: with 「、」 between, unless one of them holds that.
pub fn shown(words: &str) -> Cow<'_, str> {
    let parts = parts(words);
    if several(words, Of::Entries, []).len() > parts.len() { words.into() } else { parts.join("、").into() }
}

/// Words beside a field of several things one by one; what stands in brackets belongs together.
pub fn parts(words: &str) -> Vec<&str> {
    several(words, Of::Sentences, [])
}

/// Several as one text.
pub fn together<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().collect::<Vec<_>>().join(&BETWEEN.to_string())
}
