//! What looks like personal information: names, telephone numbers, addresses, birth dates, mail addresses, listed facilities.
//!
//! It warns, it never decides. A few kinds found surely are better than many found loosely: people stop reading warnings
//! that are wrong, so a name without さん is looked for only where it is known, and 「長男さん」 or 「薬剤師さん」 is left alone.

mod names;
mod numbers;
mod words;

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::domain::text::fold;
use crate::domain::{Change, Record};

/// What kind of personal information something looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Looks {
    Name,
    Phone,
    Address,
    BirthDate,
    Facility,
    Mail,
}

impl Looks {
    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Looks::Name => "氏名",
            Looks::Phone => "電話番号",
            Looks::Address => "住所",
            Looks::BirthDate => "生年月日",
            Looks::Facility => "施設名",
            Looks::Mail => "メールアドレス",
        }
    }
}

/// A place in a text that looks like personal information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: Looks,
    /// Byte offsets into the text looked at; on character boundaries.
    pub start: usize,
    pub end: usize,
    /// The words themselves.
    pub words: String,
}

/// What is said of findings without saying them again, such as 「氏名のように見えることばがあります（ほか 2件）」; none for none.
pub fn warning(found: &[Finding]) -> Option<String> {
    let words = match found.first()?.kind {
        Looks::Facility => "登録した施設名".to_owned(),
        kind => format!("{}のように見えることば", kind.label()),
    };
    let more = found.len() - 1;
    Some(if more == 0 {
        format!("{words}があります")
    } else {
        format!("{words}があります（ほか {more}件）")
    })
}

/// The words that a change brings.
pub fn new_words(change: &Change) -> Vec<Cow<'_, str>> {
    let mut words = change.after().map(written).unwrap_or_default();
    let stood = change.before().map(written).unwrap_or_default();
    // A twig repeats the title of its branch, which was looked at when it was written.
    let branch = |text: &str| matches!(change.after(), Some(Record::Node(node)) if node.branch == text);
    words.retain(|text| !text.is_empty() && !stood.contains(text) && !branch(text));
    words
}

fn written(record: &Record) -> Vec<Cow<'_, str>> {
    let mut words = record.texts();
    // A telephone number can stand where the name should.
    if let Record::Participant(person) = record {
        words.push(person.name.as_str().into());
    }
    words
}

/// A character of the text, its width folded.
struct Cell {
    c: char,
    start: usize,
    end: usize,
}

/// Indices of cells.
struct Span {
    start: usize,
    end: usize,
}

/// A name that is known, folded, and what it is the name of.
type Known = (Vec<char>, Looks);

/// Looks through texts for personal information.
#[derive(Debug, Clone, Default)]
pub struct PersonalWords {
    /// Names that are known, folded, by their first two characters: of a whole country there are hundreds of thousands. Of
    /// those that begin alike the longest comes first.
    known: HashMap<(char, char), Vec<Known>>,
}

impl PersonalWords {
    /// A watch that also knows the names of facilities.
    pub fn new(facilities: &[String]) -> Self {
        Self::default().with(Looks::Facility, facilities.iter().map(String::as_str))
    }

    /// The same with the names of people who are known, found without さん too.
    #[must_use]
    pub fn with_people<'a>(&self, names: impl Iterator<Item = &'a str>) -> Self {
        self.clone().with(Looks::Name, names)
    }

    /// Names of one character are not looked for: they stand in too many words.
    fn with<'a>(mut self, kind: Looks, names: impl Iterator<Item = &'a str>) -> Self {
        for name in names {
            let name: Vec<char> = fold(name).chars().collect();
            if let [first, second, ..] = name.as_slice() {
                self.known.entry((*first, *second)).or_default().push((name, kind));
            }
        }
        for names in self.known.values_mut() {
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        self
    }

    /// Everything found, in the order of the text, without overlaps.
    pub fn look(&self, text: &str) -> Vec<Finding> {
        let cells: Vec<Cell> = text.char_indices().map(|(start, c)| cell(start, c)).collect();
        let offsets = |span: &Span| (cells[span.start].start, cells[span.end - 1].end);
        let kinds = [
            (Looks::Mail, numbers::mails(&cells)),
            (Looks::BirthDate, numbers::birth_dates(&cells)),
            (Looks::Phone, numbers::phones(&cells)),
            (Looks::Address, numbers::addresses(&cells)),
            (Looks::Name, names::names(&cells)),
        ];
        let mut found: Vec<(Looks, usize, usize)> = self.named(text);
        for (kind, spans) in &kinds {
            found.extend(spans.iter().map(offsets).map(|(start, end)| (*kind, start, end)));
        }
        // Stable, and the kinds above stand in the order of their certainty.
        found.sort_by_key(|(_, start, _)| *start);
        let mut findings: Vec<Finding> = Vec::new();
        for (kind, start, end) in found {
            if findings.last().is_none_or(|last| last.end <= start) {
                findings.push(Finding { kind, start, end, words: text[start..end].to_owned() });
            }
        }
        findings
    }

    /// What is found in words that changes bring, each once: what stood there before was said before. Those who were there may
    /// stand with name, house and place; how to reach them may not.
    pub fn look_through(&self, changes: &[Change]) -> Vec<Finding> {
        let mut found: Vec<Finding> = Vec::new();
        for change in changes {
            let attendance = matches!(change.record(), Record::Participant(_));
            let may_stand =
                |kind| attendance && matches!(kind, Looks::Name | Looks::Facility | Looks::Address);
            for finding in new_words(change).iter().flat_map(|text| self.look(text)) {
                if !may_stand(finding.kind) && !found.iter().any(|f| f.words == finding.words) {
                    found.push(finding);
                }
            }
        }
        found
    }

    pub fn finds(&self, text: &str) -> bool {
        !self.look(text).is_empty()
    }

    /// The same words with what is found in them left out.
    pub fn unnamed(&self, text: &str) -> String {
        let mut out = String::new();
        let mut from = 0;
        for finding in self.look(text) {
            out.push_str(&text[from..finding.start]);
            out.push_str("○○");
            from = finding.end;
        }
        out + &text[from..]
    }

    /// Names that are known, whatever their width and spelling.
    fn named(&self, text: &str) -> Vec<(Looks, usize, usize)> {
        if self.known.is_empty() {
            return Vec::new();
        }
        let folded = folded(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < folded.len() {
            let second = folded.get(at + 1).and_then(|second| self.known.get(&(folded[at].c, second.c)));
            let names = second.map_or(&[][..], Vec::as_slice);
            let name = names.iter().find(|(name, _)| {
                let here = folded[at..].iter().map(|cell| cell.c).take(name.len());
                here.eq(name.iter().copied())
            });
            match name {
                Some((name, kind)) => {
                    found.push((*kind, folded[at].start, folded[at + name.len() - 1].end));
                    at += name.len();
                }
                None => at += 1,
            }
        }
        found
    }
}

fn cell(start: usize, c: char) -> Cell {
    let folded = match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | 'ｰ' => '-',
        c => c,
    };
    Cell { c: folded, start, end: start + c.len_utf8() }
}

/// The text folded for searching, every character knowing where it came from. A voiced half-width kana (ｶﾞ) is one.
fn folded(text: &str) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        while let Some((at, mark)) = chars.next_if(|(_, c)| matches!(c, 'ﾞ' | 'ﾟ' | '\u{3099}' | '\u{309a}'))
        {
            end = at + mark.len_utf8();
        }
        // Most of Japanese is as it is, and quickly passed.
        if end - start == c.len_utf8() && matches!(c, '\u{3041}'..='\u{3096}' | '\u{4e00}'..='\u{9fff}') {
            cells.push(Cell { c, start, end });
            continue;
        }
        let whole: String = text[start..end].nfkc().collect();
        // A long-vowel mark folds away, but it belongs to the word before it.
        if whole == "ー"
            && let Some(Cell { end: last, .. }) = cells.last_mut()
        {
            *last = end;
        }
        cells.extend(fold(&whole).chars().map(|c| Cell { c, start, end }));
    }
    cells
}

#[cfg(test)]
mod tests;
