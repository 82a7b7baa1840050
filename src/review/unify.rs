//! One name for each profession over all towns: one that no list knows is called as it was first typed, and that differs from
//! town to town.

use std::collections::{BTreeMap, HashMap};

use super::counts::{TownYear, Word};
use crate::domain::text::fold;

/// Gives professions whose names fold to the same the first of these names.
pub(super) fn professions(towns: &mut [TownYear]) {
    let mut folded: HashMap<Word, String> = HashMap::new();
    let mut first: BTreeMap<String, Word> = BTreeMap::new();
    for word in towns.iter().flat_map(|town| town.counts.professions.keys()) {
        if folded.contains_key(word) {
            continue;
        }
        let key = fold(word);
        first
            .entry(key.clone())
            .and_modify(|first| {
                if word < &*first {
                    *first = word.clone();
                }
            })
            .or_insert_with(|| word.clone());
        folded.insert(word.clone(), key);
    }
    if first.len() == folded.len() {
        return;
    }
    let name = |word: &Word| folded.get(word).and_then(|key| first.get(key)).unwrap_or(word).clone();
    for town in towns {
        town.counts.professions =
            std::mem::take(&mut town.counts.professions).iter().map(|(word, n)| (name(word), *n)).collect();
        for word in town.held.iter_mut().flat_map(|held| held.professions.iter_mut().chain(&mut held.missing))
        {
            *word = name(word);
        }
    }
}
