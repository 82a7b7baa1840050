//! Which actions and answers have the most letters in common with what was typed: for words nobody has thought of.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::readings::is_kanji;
use super::words::{WORDS, answers};
use super::{TABLE, guide};
use crate::domain::text::sought;

/// What is said of each action and answer, in pieces of one or two letters.
#[derive(Default)]
struct Said {
    all: f64,
    /// In what is said of which a piece stands.
    of: HashMap<String, HashSet<&'static str>>,
}

static SAID: LazyLock<Said> = LazyLock::new(|| {
    let mut said = Said::default();
    let mut called: HashMap<usize, Vec<&str>> = HashMap::new();
    for (word, about) in &WORDS.notions {
        about.iter().for_each(|notion| called.entry(*notion).or_default().push(word));
    }
    let actions = TABLE.iter().map(|row| (row.id, [row.title, row.short, row.help]));
    let answers = answers().iter().map(|a| (a.id.as_str(), [a.title.as_str(), "", a.text.as_str()]));
    for (id, texts) in actions.chain(answers) {
        said.all += 1.0;
        texts.into_iter().for_each(|text| said.hold(id, text));
        let notions: HashSet<usize> = WORDS.wishes.get(id).into_iter().flatten().flatten().copied().collect();
        for word in notions.iter().filter_map(|notion| called.get(notion)).flatten() {
            said.hold(id, word);
        }
    }
    for page in guide() {
        for (id, text) in page.said() {
            said.hold(id, &text);
        }
    }
    said
});

impl Said {
    fn hold(&mut self, id: &'static str, text: &str) {
        for piece in pieces(&sought(text)) {
            self.of.entry(piece).or_default().insert(id);
        }
    }
}

/// Kanji by themselves, for each has a meaning, and whatever stands beside each other.
fn pieces(text: &str) -> Vec<String> {
    let letters: Vec<char> = text.chars().collect();
    let single = letters.iter().filter(|c| is_kanji(**c)).map(char::to_string);
    single.chain(letters.windows(2).map(|pair| pair.iter().collect())).collect()
}

/// How much of some words there is in what is said of each, by the ids; the rarer a piece, the more it tells.
pub(super) fn near<'a>(words: impl Iterator<Item = &'a str>) -> HashMap<&'static str, f64> {
    let (mut found, mut all): (HashMap<&'static str, f64>, f64) = (HashMap::new(), 0.0);
    for piece in words.flat_map(pieces) {
        let of = SAID.of.get(&piece);
        let tells = (1.0 + SAID.all / of.map_or(1, HashSet::len) as f64).ln();
        all += tells;
        of.into_iter().flatten().for_each(|id| *found.entry(id).or_default() += tells);
    }
    found.values_mut().for_each(|tells| *tells /= all);
    found
}
