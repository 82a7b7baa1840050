//! The words of a year, each folded once and kept once: of a million participants a few hundred are said differently.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher};
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::NO_PROFESSION;
use super::counts::{Word, category_word};
use crate::domain::text::fold;
use crate::domain::{Category, Lists};

/// Professions and bodies by number, other words by themselves.
#[derive(Debug)]
pub(super) struct Words<'a> {
    lists: &'a Lists,
    professions: Named,
    bodies: Named,
    plain: FxHashMap<String, Word>,
    /// What each decision is counted as, and whether plan or budget speak of the issue.
    decisions: FxHashMap<String, (Word, bool)>,
    scenes: FxHashMap<Vec<String>, Arc<[Word]>>,
    categories: FxHashMap<Vec<Category>, Arc<[Word]>>,
}

/// Things that are one where their names, folded, are one.
#[derive(Debug, Default)]
struct Named {
    /// By what was typed.
    typed: FxHashMap<String, u32>,
    folded: FxHashMap<String, u32>,
    names: Vec<Word>,
}

impl Named {
    /// The number of a name that stands for what was typed.
    fn number<'n>(&mut self, typed: &str, name: impl FnOnce(&str) -> Cow<'n, str>) -> u32 {
        if let Some(number) = self.typed.get(typed) {
            return *number;
        }
        let name = name(typed.trim());
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let number = *self.folded.entry(fold(&name)).or_insert(next);
        if number == next {
            self.names.push(Word::from(name.as_ref()));
        }
        self.typed.insert(typed.to_owned(), number);
        number
    }

    fn name(&self, number: u32) -> Word {
        self.names.get(number as usize).cloned().unwrap_or_default()
    }
}

impl<'a> Words<'a> {
    /// With the names of these lists.
    pub fn new(lists: &'a Lists) -> Self {
        Self {
            lists,
            professions: Named::default(),
            bodies: Named::default(),
            plain: FxHashMap::default(),
            decisions: FxHashMap::default(),
            scenes: FxHashMap::default(),
            categories: FxHashMap::default(),
        }
    }

    /// The profession that was typed, whichever of its names; a number for those who gave none, too.
    pub fn profession_of(&mut self, typed: &str) -> u32 {
        let lists = self.lists;
        let name = |typed: &str| match lists.profession(typed) {
            Some(known) => Cow::Borrowed(known.title.as_str()),
            None if fold(typed).is_empty() => Cow::Borrowed(NO_PROFESSION),
            None => Cow::Owned(typed.to_owned()),
        };
        self.professions.number(typed, name)
    }

    /// The body that was typed; none for no words.
    pub fn body_of(&mut self, typed: &str) -> Option<u32> {
        let number = self.bodies.number(typed, |typed| Cow::Owned(typed.to_owned()));
        self.bodies.names.get(number as usize).is_some_and(|name| !name.is_empty()).then_some(number)
    }

    /// The number of a body's name, whether anybody of it came or not.
    pub fn body_id(&mut self, name: &str) -> u32 {
        self.bodies.number(name, |name| Cow::Owned(name.to_owned()))
    }

    /// The name a profession of that number is counted under.
    pub fn profession(&self, number: u32) -> Word {
        self.professions.name(number)
    }

    /// The name a body of that number is counted under.
    pub fn body(&self, number: u32) -> Word {
        self.bodies.name(number)
    }

    /// What stands for a name, folded; none where there is none. Of a million names, two have the same number with a chance of one
    /// in thirty million.
    pub fn name(&self, typed: &str) -> Option<u64> {
        // Most names are made of characters that folding leaves alone, and folding is slow.
        let plain = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | 'あ'..='ん');
        let space = |c: char| matches!(c, ' ' | '\u{3000}');
        let mut hasher = DefaultHasher::new();
        let mut empty = true;
        let mut take = |part: &str| {
            empty &= part.is_empty();
            // It does not matter in how many parts a text comes.
            hasher.write(part.as_bytes());
        };
        if typed.chars().all(|c| plain(c) || space(c)) {
            typed.split(space).for_each(&mut take);
        } else {
            take(&fold(typed));
        }
        (!empty).then(|| hasher.finish())
    }

    /// A word as it stands.
    pub fn plain(&mut self, typed: &str) -> Word {
        if let Some(word) = self.plain.get(typed) {
            return word.clone();
        }
        let word = Word::from(typed);
        self.plain.insert(typed.to_owned(), word.clone());
        word
    }

    /// What a decision is counted as, and whether plan or budget speak of the issue then.
    pub fn decision(&mut self, written: &str) -> (Word, bool) {
        if let Some(known) = self.decisions.get(written) {
            return known.clone();
        }
        let lists = self.lists;
        let decision = (self.plain(lists.decision(written)), lists.takes_up(written));
        self.decisions.insert(written.to_owned(), decision.clone());
        decision
    }

    /// Each scene once; the empty word for none.
    pub fn scenes(&mut self, typed: &[String]) -> Arc<[Word]> {
        if let Some(words) = self.scenes.get(typed) {
            return words.clone();
        }
        let words = self.several(typed.iter());
        self.scenes.insert(typed.to_vec(), words.clone());
        words
    }

    /// The same for categories.
    pub fn categories(&mut self, typed: &[Category]) -> Arc<[Word]> {
        if let Some(words) = self.categories.get(typed) {
            return words.clone();
        }
        let words = self.several(typed.iter().map(category_word));
        self.categories.insert(typed.to_vec(), words.clone());
        words
    }

    fn several(&mut self, typed: impl Iterator<Item = impl AsRef<str>>) -> Arc<[Word]> {
        let mut words: Vec<Word> = typed.map(|typed| self.plain(typed.as_ref())).collect();
        words.sort();
        words.dedup();
        if words.is_empty() {
            words.push(self.plain(""));
        }
        Arc::from(words)
    }
}
