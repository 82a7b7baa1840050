//! The measures that were tried, written as the books have them: every question against every issue, nothing clever.

use std::collections::HashMap;

use jirei::domain::Lists;
use jirei::domain::text::fold;

/// How often each gram stands in a text.
pub type Grams = HashMap<Vec<char>, f32>;

/// What a measure may know of all issues.
pub struct Corpus {
    texts: Vec<Grams>,
    having: HashMap<Vec<char>, f32>,
    average: f32,
}

/// A measure: its name, how long its grams are, and how alike it finds a question and an issue.
pub struct Measure {
    pub name: &'static str,
    pub lengths: &'static [usize],
    pub likeness: fn(&Corpus, &Grams, &Grams) -> f32,
}

pub const MEASURES: [Measure; 8] = [
    Measure { name: "Sørensen–Dice, bigrams", lengths: &[2], likeness: dice },
    Measure { name: "Sørensen–Dice, 1–2", lengths: &[1, 2], likeness: dice },
    Measure { name: "Jaccard, bigrams", lengths: &[2], likeness: jaccard },
    Measure { name: "BM25 (share of the best), bigrams", lengths: &[2], likeness: bm25 },
    Measure { name: "BM25 (share of the best), 1–2", lengths: &[1, 2], likeness: bm25 },
    Measure { name: "TF-IDF cosine, bigrams", lengths: &[2], likeness: cosine },
    Measure { name: "TF-IDF cosine, 1–2", lengths: &[1, 2], likeness: cosine },
    Measure { name: "TF-IDF cosine, 1–3", lengths: &[1, 2, 3], likeness: cosine },
];

/// The names of professions, longest first, each with the letter that stands for all names of one.
pub fn names(lists: &Lists) -> Vec<(String, String)> {
    let mut names: Vec<(String, String)> = lists
        .professions
        .iter()
        .zip('\u{e000}'..)
        .flat_map(|(p, letter)| {
            std::iter::once(&p.title).chain(&p.aliases).map(move |n| (fold(n), letter.to_string()))
        })
        .filter(|(name, _)| name.chars().count() > 2)
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

pub fn grams(text: &str, names: &[(String, String)], lengths: &[usize]) -> Grams {
    let text = names.iter().fold(fold(text), |text, (name, letter)| text.replace(name, letter));
    let mut grams = Grams::new();
    for part in text.split(|c: char| !c.is_alphanumeric() && c < '\u{e000}') {
        let letters: Vec<char> = part.chars().collect();
        for gram in lengths.iter().flat_map(|n| letters.windows(*n)) {
            *grams.entry(gram.to_vec()).or_default() += 1.0;
        }
    }
    grams
}

impl Corpus {
    pub fn of(texts: Vec<Grams>) -> Self {
        let mut having = HashMap::new();
        for gram in texts.iter().flat_map(Grams::keys) {
            *having.entry(gram.clone()).or_default() += 1.0;
        }
        let average = texts.iter().flat_map(Grams::values).sum::<f32>() / texts.len() as f32;
        Self { texts, having, average }
    }

    fn rarity(&self, gram: &[char]) -> f32 {
        let having = self.having.get(gram).copied().unwrap_or_default();
        (1.0 + (self.texts.len() as f32 - having + 0.5) / (having + 0.5)).ln()
    }

    /// How alike each issue is.
    pub fn ask(&self, measure: &Measure, question: &Grams) -> Vec<f32> {
        self.texts.iter().map(|text| (measure.likeness)(self, question, text)).collect()
    }
}

fn shared(a: &Grams, b: &Grams) -> f32 {
    a.keys().filter(|gram| b.contains_key(*gram)).count() as f32
}

/// Dice 1945, Sørensen 1948.
fn dice(_: &Corpus, a: &Grams, b: &Grams) -> f32 {
    2.0 * shared(a, b) / (a.len() + b.len()) as f32
}

/// Jaccard 1901.
fn jaccard(_: &Corpus, a: &Grams, b: &Grams) -> f32 {
    let shared = shared(a, b);
    shared / ((a.len() + b.len()) as f32 - shared)
}

/// Salton and Buckley 1988.
fn cosine(corpus: &Corpus, a: &Grams, b: &Grams) -> f32 {
    let both = a.iter().filter_map(|(gram, times)| Some((gram, times * b.get(gram)?)));
    let product: f32 = both.map(|(gram, times)| times * corpus.rarity(gram).powi(2)).sum();
    let length =
        |g: &Grams| g.iter().map(|(gram, times)| (times * corpus.rarity(gram)).powi(2)).sum::<f32>().sqrt();
    if product > 0.0 { product / length(a) / length(b) } else { 0.0 }
}

/// Robertson and Walker 1994 with k₁ = 1.2 and b = 0.75, as a share of what a text with all grams of the question would get.
fn bm25(corpus: &Corpus, a: &Grams, b: &Grams) -> f32 {
    let length = b.values().sum::<f32>() / corpus.average;
    let gain = |gram: &Vec<char>| {
        let times = b.get(gram).copied().unwrap_or_default();
        corpus.rarity(gram) * times * 2.2 / (times + 1.2 * (0.25 + 0.75 * length))
    };
    let best: f32 = a.keys().map(|gram| corpus.rarity(gram) * 2.2).sum();
    if best > 0.0 { a.keys().map(gain).sum::<f32>() / best } else { 0.0 }
}
