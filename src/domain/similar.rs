//! Which earlier regional issues (地域課題) say nearly the same as what is being typed.
//!
//! The measure is the cosine of TF-IDF vectors (Salton and Buckley, "Term-weighting approaches in automatic text retrieval",
//! 1988) over the bigrams of characters and the single kanji; Japanese needs no dictionary that way, and half a sentence is
//! compared like a whole one. Before that, spellings are folded and every name of a profession becomes the same one letter.
//! What it was compared with, and how well it does on sentences of many towns, stands in `docs/performance.md`;
//! `tests/it/similar.rs` holds it.

use std::collections::HashMap;

use super::text::fold;
use super::{Id, Lists, RegionalIssue};

/// From this cosine on, two issues are called alike: tuned on one half of `tests/similar/`, reported on the other.
const ALIKE: f32 = 0.19;

/// Fewer letters say too little to be compared.
const SHORTEST: usize = 4;

/// So many issues without any of its grams are taken as already seen, so that the first issues of a town, whose grams are all
/// rare, are weighed like those of a large collection.
const SEEN_BEFORE: f32 = 200.0;

/// Letters of their own for the professions, in Unicode's private use area.
const FIRST_PROFESSION: u32 = 0xe000;

/// Shorter names of professions also stand inside other words: 「包括」 in 「地域包括ケア」.
const SHORTEST_NAME: usize = 3;

/// An earlier issue that is alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The earlier issue.
    pub id: Id<RegionalIssue>,
    /// From the threshold up to 1, which is the same words.
    pub likeness: f32,
}

/// All regional issues, ready to be asked. It is kept up to date by [`Index::put`] and [`Index::remove`].
#[derive(Debug, Clone)]
pub struct Index {
    letters: Letters,
    /// Which posting a gram has: one or two letters in one number.
    grams: HashMap<u64, u32>,
    postings: Vec<Posting>,
    rows: Vec<Row>,
    row_of: HashMap<Id<RegionalIssue>, u32>,
    /// What a gram weighs that no issue had when the weights were taken.
    unseen: f32,
    /// Puts and removals since then.
    changes: usize,
}

/// The rows that have a gram, ascending; a row stands as often as it has it.
#[derive(Debug, Clone)]
struct Posting {
    rows: Vec<u32>,
    weight: f32,
}

/// An issue. What it says is in the postings alone.
#[derive(Debug, Clone, Copy)]
struct Row {
    id: Id<RegionalIssue>,
    /// The length of its vector.
    length: f32,
    /// Replaced or removed: its postings go when the weights are taken anew.
    gone: bool,
}

impl Index {
    /// An index of no issues, which takes the professions' names from the lists.
    pub fn new(lists: &Lists) -> Self {
        Self {
            letters: Letters::new(lists),
            grams: HashMap::new(),
            postings: Vec::new(),
            rows: Vec::new(),
            row_of: HashMap::new(),
            unseen: weight(0.0, 0),
            changes: 0,
        }
    }

    /// An index of these issues. Cheaper than to put them one by one.
    pub fn of<'a>(lists: &Lists, issues: impl IntoIterator<Item = (Id<RegionalIssue>, &'a str)>) -> Self {
        let mut index = Self::new(lists);
        for (id, text) in issues {
            index.insert(id, text);
        }
        index.weigh();
        index
    }

    /// So many issues are in it.
    pub fn len(&self) -> usize {
        self.row_of.len()
    }

    /// Whether there is nothing to be found.
    pub fn is_empty(&self) -> bool {
        self.row_of.is_empty()
    }

    /// Takes an issue in, or its new words in place of the old ones.
    pub fn put(&mut self, id: Id<RegionalIssue>, text: &str) {
        self.insert(id, text);
        self.changed();
    }

    /// Forgets an issue; one that is not there is no error.
    pub fn remove(&mut self, id: Id<RegionalIssue>) {
        if self.forget(id) {
            self.changed();
        }
    }

    /// The issues that are like the text, the most alike first and the newest first of equals; none where nothing is.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Hit> {
        let text = self.letters.of(text);
        if text.chars().count() < SHORTEST {
            return Vec::new();
        }
        let mut products = vec![0f32; self.rows.len()];
        let mut square = 0f32;
        for (gram, times) in counted(grams(&text)) {
            let posting = self.grams.get(&gram).and_then(|at| self.postings.get(*at as usize));
            let value = times * posting.map_or(self.unseen, |posting| posting.weight);
            square += value * value;
            for row in posting.map(|posting| posting.rows.as_slice()).unwrap_or_default() {
                if let (Some(product), Some(posting)) = (products.get_mut(*row as usize), posting) {
                    *product += value * posting.weight;
                }
            }
        }
        let length = square.sqrt();
        let mut hits: Vec<Hit> = self
            .rows
            .iter()
            .zip(products)
            .filter(|(row, product)| *product >= ALIKE * length * row.length && *product > 0.0 && !row.gone)
            .map(|(row, product)| Hit { id: row.id, likeness: (product / (length * row.length)).min(1.0) })
            .collect();
        let order = |a: &Hit, b: &Hit| b.likeness.total_cmp(&a.likeness).then_with(|| b.id.cmp(&a.id));
        if limit > 0 && hits.len() > limit {
            hits.select_nth_unstable_by(limit - 1, order);
        }
        hits.truncate(limit);
        hits.sort_by(order);
        hits
    }

    fn insert(&mut self, id: Id<RegionalIssue>, text: &str) {
        self.forget(id);
        let row = self.rows.len() as u32;
        let mut square = 0f32;
        for (gram, times) in counted(grams(&self.letters.of(text))) {
            let at = *self.grams.entry(gram).or_insert(self.postings.len() as u32) as usize;
            if at == self.postings.len() {
                self.postings.push(Posting { rows: Vec::new(), weight: self.unseen });
            }
            if let Some(posting) = self.postings.get_mut(at) {
                posting.rows.extend(std::iter::repeat_n(row, times as usize));
                square += (times * posting.weight).powi(2);
            }
        }
        self.rows.push(Row { id, length: square.sqrt(), gone: false });
        self.row_of.insert(id, row);
    }

    fn forget(&mut self, id: Id<RegionalIssue>) -> bool {
        let row = self.row_of.remove(&id).and_then(|row| self.rows.get_mut(row as usize));
        row.map(|row| row.gone = true).is_some()
    }

    /// How rare a gram is changes slowly: weights are taken anew when a quarter of the issues has changed.
    fn changed(&mut self) {
        self.changes += 1;
        if self.changes * 4 > self.len() {
            self.weigh();
        }
    }

    /// Takes all weights anew, and throws away what belongs to rows that are gone.
    fn weigh(&mut self) {
        let mut living = 0..;
        let new_place: Vec<Option<u32>> =
            self.rows.iter().map(|row| if row.gone { None } else { living.next() }).collect();
        self.rows.retain(|row| !row.gone);
        self.row_of = self.rows.iter().zip(0..).map(|(row, at)| (row.id, at)).collect();
        let mut squares = vec![0f32; self.rows.len()];
        for posting in &mut self.postings {
            posting.rows.retain_mut(|row| {
                let place = new_place.get(*row as usize).copied().flatten();
                *row = place.unwrap_or_default();
                place.is_some()
            });
            posting.rows.shrink_to_fit();
            let having = posting.rows.chunk_by(|a, b| a == b);
            posting.weight = weight(self.rows.len() as f32, having.clone().count());
            for run in having {
                if let Some(square) = run.first().and_then(|row| squares.get_mut(*row as usize)) {
                    *square += (run.len() as f32 * posting.weight).powi(2);
                }
            }
        }
        for (row, square) in self.rows.iter_mut().zip(squares) {
            row.length = square.sqrt();
        }
        self.unseen = weight(self.rows.len() as f32, 0);
        self.changes = 0;
    }
}

/// The inverse document frequency of a gram that so many of all issues have.
fn weight(all: f32, having: usize) -> f32 {
    ((all + SEEN_BEFORE + 1.0) / (having as f32 + 1.0)).ln()
}

/// The bigrams of a text and its single kanji, as numbers of one or two letters; none reaches over a punctuation mark.
fn grams(text: &str) -> Vec<u64> {
    let letters: Vec<char> = text.chars().collect();
    let singles = letters.iter().filter(|c| says_something_alone(**c)).map(|c| u64::from(u32::from(*c)));
    let pairs = letters.windows(2).filter_map(|pair| match pair {
        [a, b] if !is_mark(*a) && !is_mark(*b) => {
            Some(u64::from(u32::from(*a)) << 32 | u64::from(u32::from(*b)))
        }
        _ => None,
    });
    singles.chain(pairs).collect()
}

/// Each gram with the number of times it stands there.
fn counted(mut grams: Vec<u64>) -> Vec<(u64, f32)> {
    grams.sort_unstable();
    grams.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len() as f32))).collect()
}

fn is_mark(c: char) -> bool {
    !c.is_alphanumeric() && !is_profession(c)
}

/// Kanji, figures, Latin letters and professions; a single kana says nothing.
fn says_something_alone(c: char) -> bool {
    matches!(c, '一'..='鿿' | '㐀'..='䶿' | '々') || c.is_ascii_alphanumeric() || is_profession(c)
}

fn is_profession(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}')
}

/// How a text is spelled for comparing: folded, and every name of a profession one letter.
#[derive(Debug, Clone)]
struct Letters {
    /// By the first letter, the longest name first: 「主任ケアマネ」 before 「ケアマネ」.
    names: HashMap<char, Vec<(String, char)>>,
}

impl Letters {
    fn new(lists: &Lists) -> Self {
        let mut names: HashMap<char, Vec<(String, char)>> = HashMap::new();
        for (profession, letter) in lists.professions.iter().zip(FIRST_PROFESSION..) {
            let Some(letter) = char::from_u32(letter).filter(|letter| is_profession(*letter)) else { break };
            for name in std::iter::once(&profession.title).chain(&profession.aliases).map(|name| fold(name)) {
                if let Some(first) = name.chars().next().filter(|_| name.chars().count() >= SHORTEST_NAME) {
                    names.entry(first).or_default().push((name, letter));
                }
            }
        }
        for names in names.values_mut() {
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        }
        Self { names }
    }

    fn of(&self, text: &str) -> String {
        let text = fold(text);
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(first) = rest.chars().next() {
            let names = self.names.get(&first).map(Vec::as_slice).unwrap_or_default();
            let known = names.iter().find(|(name, _)| rest.starts_with(name.as_str()));
            let (letter, length) =
                known.map_or((first, first.len_utf8()), |(name, letter)| (*letter, name.len()));
            out.push(letter);
            rest = rest.get(length..).unwrap_or_default();
        }
        out
    }
}
