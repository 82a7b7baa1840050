//! Reads TOML that people wrote: every problem at once, each with its line, column and a hint.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::bounds;
use crate::domain::text::{brief, closest};

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Problem {
    /// The file as it was named to the reader.
    pub file: String,
    /// From 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// In characters, from 1; 0 where the file as a whole is meant.
    pub column: usize,
    /// Japanese, with a hint what to do.
    pub message: String,
}

impl Problem {
    /// A problem with the file as a whole.
    pub fn of_file(file: &str, message: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line: 0, column: 0, message: message.into() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{} の {line}行目 {}文字目: {}", self.file, self.column, self.message),
        }
    }
}

/// A table of the file, and what to call it in a message.
#[derive(Clone, Copy)]
pub struct Fields<'t> {
    table: &'t DeTable<'t>,
    /// Byte offset of its beginning.
    at: usize,
}

impl<'t> Fields<'t> {
    fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.table.iter().find(|(k, _)| k.get_ref() == key).map(|(_, value)| value)
    }

    /// Whether the key is written down at all.
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// All keys as written, with their byte offsets.
    pub fn keys(&self) -> impl Iterator<Item = (&'t str, usize)> {
        self.table.iter().map(|(key, _)| (key.get_ref().as_ref(), key.span().start))
    }
}

/// Collects the problems of one file while values are taken from it.
pub struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    /// A file by the name people know it by, and all of its text.
    pub fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, problems: Vec::new() }
    }

    /// The text as TOML.
    ///
    /// # Errors
    /// Where it is not TOML at all: one problem, at the place the reading stopped.
    pub fn parse(&self) -> Result<Spanned<DeTable<'a>>, Problem> {
        DeTable::parse(self.text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            let message = if error.message().contains("duplicate key") {
                "同じ項目が二度書かれています。どちらか一つにしてください。"
            } else {
                "ここから先を読み取れません。引用符（\"）や括弧の閉じ忘れ、「=」の書き忘れがないか、項目の名前が半角の英字か、確かめてください。"
            };
            self.located(at, message)
        })
    }

    /// The top of a parsed file.
    pub fn top<'t>(table: &'t Spanned<DeTable<'t>>) -> Fields<'t> {
        Fields { table: table.get_ref(), at: 0 }
    }

    fn located(&self, at: usize, message: impl Into<String>) -> Problem {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |i| i + 1);
        Problem {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: message.into(),
        }
    }

    /// Notes a problem at a byte offset.
    pub fn problem(&mut self, at: usize, message: impl Into<String>) {
        let problem = self.located(at, message);
        self.problems.push(problem);
    }

    /// Notes a problem with the value of a key, or with its table where the key is missing.
    pub fn problem_at(&mut self, fields: Fields<'_>, key: &str, message: impl Into<String>) {
        let at = fields.get(key).map_or(fields.at, |value| value.span().start);
        self.problem(at, message);
    }

    /// Notes every key that is not among the known ones.
    pub fn only(&mut self, fields: Fields<'_>, known: &[&str]) {
        for (key, at) in fields.keys() {
            if !known.contains(&key) {
                let hint = suggestion(key, known);
                self.problem(at, format!("「{}」という項目はありません。{hint}", brief(key)));
            }
        }
    }

    fn wrong_type(&mut self, key: &str, value: &Spanned<DeValue<'_>>, wanted: &str) {
        self.problem(value.span().start, format!("「{}」には{wanted}を書いてください。", brief(key)));
    }

    /// A text that has to be there and not be blank; empty after a problem.
    pub fn text(&mut self, fields: Fields<'_>, key: &str) -> String {
        if !fields.has(key) {
            self.problem(
                fields.at,
                format!("「{key}」が書かれていません。{key} = \"…\" の形で足してください。"),
            );
            return String::new();
        }
        let text = self.optional_text(fields, key);
        if text.as_ref().is_some_and(|t| t.trim().is_empty()) {
            self.problem_at(fields, key, format!("「{key}」が空です。ことばを書いてください。"));
        }
        text.unwrap_or_default()
    }

    /// A text where there is one.
    pub fn optional_text(&mut self, fields: Fields<'_>, key: &str) -> Option<String> {
        let value = fields.get(key)?;
        match value.get_ref().as_str() {
            Some(text) => self.short_enough(key, value, text),
            None => {
                self.wrong_type(key, value, "引用符（\"）で囲んだことば");
                None
            }
        }
    }

    /// Words that a record can hold: those of a format are copied into each meeting.
    fn short_enough(&mut self, key: &str, value: &Spanned<DeValue<'_>>, text: &str) -> Option<String> {
        match bounds::too_long(text) {
            Some(what) => {
                self.problem(value.span().start, format!("「{key}」に書いてあることが、{what}。"));
                None
            }
            None => Some(text.to_owned()),
        }
    }

    /// A yes or no where there is one.
    pub fn optional_bool(&mut self, fields: Fields<'_>, key: &str) -> Option<bool> {
        let value = fields.get(key)?;
        let answer = value.get_ref().as_bool();
        if answer.is_none() {
            self.wrong_type(key, value, "true（はい）か false（いいえ）");
        }
        answer
    }

    /// A list of texts; empty where there is none.
    pub fn texts(&mut self, fields: Fields<'_>, key: &str) -> Vec<String> {
        let Some(value) = fields.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong_type(key, value, "[\"…\", \"…\"] の形の一覧");
            return Vec::new();
        };
        if items.len() as u64 > bounds::ENTRIES {
            self.problem(value.span().start, format!("「{key}」が多すぎます（{}まで）。", bounds::ENTRIES));
            return Vec::new();
        }
        let mut texts = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref().as_str() {
                Some(text) => texts.extend(self.short_enough(key, item, text)),
                None => self.wrong_type(key, item, "引用符（\"）で囲んだことばの一覧"),
            }
        }
        texts
    }

    /// A whole number from 0 to `most` that has to be there; 0 after a problem.
    pub fn number(&mut self, fields: Fields<'_>, key: &str, most: u32) -> u32 {
        let Some(value) = fields.get(key) else {
            self.problem(
                fields.at,
                format!("「{key}」が書かれていません。{key} = 10 の形で足してください。"),
            );
            return 0;
        };
        let number = value
            .get_ref()
            .as_integer()
            .and_then(|n| u32::from_str_radix(n.as_str(), n.radix()).ok())
            .filter(|n| *n <= most);
        if number.is_none() {
            self.wrong_type(key, value, &format!("0 から {most} までの数"));
        }
        number.unwrap_or(0)
    }

    /// One of several words, each given with the name people know it by; none after a problem or where it is missing.
    pub fn choice<T: Copy>(
        &mut self,
        fields: Fields<'_>,
        key: &str,
        options: &[(&str, &str, T)],
    ) -> Option<T> {
        let word = self.optional_text(fields, key)?;
        if let Some((_, _, value)) = options.iter().find(|(k, _, _)| *k == word) {
            return Some(*value);
        }
        let keys: Vec<&str> = options.iter().map(|(k, _, _)| *k).collect();
        let labels: Vec<&str> = options.iter().map(|(_, label, _)| *label).collect();
        let by_label = closest(&word, &labels)
            .and_then(|label| options.iter().find(|(_, l, _)| *l == label))
            .map(|(k, label, _)| format!("「{k}」（{label}）ではありませんか。"));
        let hint = match closest(&word, &keys) {
            Some(k) => format!("「{k}」ではありませんか。"),
            None => by_label.unwrap_or_else(|| suggestion(&word, &keys)),
        };
        self.problem_at(fields, key, format!("「{key}」に「{}」は使えません。{hint}", brief(&word)));
        None
    }

    /// The tables of a list (`[[key]]`); empty where there is none.
    pub fn tables<'t>(&mut self, fields: Fields<'t>, key: &str) -> Vec<Fields<'t>> {
        let Some(value) = fields.get(key) else { return Vec::new() };
        let items = value.get_ref().as_array();
        let tables: Option<Vec<Fields<'t>>> = items.and_then(|items| {
            items
                .iter()
                .map(|item| Some(Fields { table: item.get_ref().as_table()?, at: item.span().start }))
                .collect()
        });
        if tables.is_none() {
            self.wrong_type(key, value, &format!("[[{key}]] の形のまとまり"));
        }
        tables.unwrap_or_default()
    }

    /// One table (`[key]`).
    pub fn table<'t>(&mut self, fields: Fields<'t>, key: &str) -> Option<Fields<'t>> {
        let value = fields.get(key)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(key, value, &format!("[{key}] の形のまとまり"));
        }
        table.map(|table| Fields { table, at: value.span().start })
    }

    /// The value, if nothing was wrong.
    ///
    /// # Errors
    /// All problems in the order of their lines.
    pub fn finish<T>(mut self, value: T) -> Result<T, Vec<Problem>> {
        if self.problems.is_empty() {
            return Ok(value);
        }
        self.problems.sort_by_key(|p| (p.line, p.column));
        Err(self.problems)
    }
}

/// 「…ではありませんか」 where a known word is near, else what can be written.
fn suggestion(word: &str, known: &[&str]) -> String {
    match closest(word, known) {
        Some(near) => format!("「{near}」ではありませんか。"),
        None => format!("書けるのは {} です。", known.join("、")),
    }
}
