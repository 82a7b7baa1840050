//! How well what somebody typed fits the actions, the answers and the pages of the guide, by the words people have for them.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::nearness::near;
use super::readings::is_kanji;
use super::words::{Notion, WORDS, Words, answers};
use super::{TABLE, guide};
use crate::domain::text::{Fit, sought};

/// How well each action, answer and page fits what was typed, by their ids; nothing for not at all.
pub(crate) type Fits = HashMap<&'static str, f64>;

thread_local! {
    /// What was typed last, and what fits it: for one key it is asked several times.
    static LAST: RefCell<(String, Rc<Fits>)> = RefCell::default();
}

/// How well all of them fit what was typed. They are weighed only where it is not what was typed last.
pub(crate) fn fits(text: &str) -> Rc<Fits> {
    LAST.with_borrow_mut(|(last, fits)| {
        if last != text || fits.is_empty() {
            (*last, *fits) = (text.to_owned(), Rc::new(Wish::of(text).weighed()));
        }
        Rc::clone(fits)
    })
}

/// What somebody who looks for an action has typed.
#[derive(Debug)]
struct Wish {
    /// Folded.
    text: String,
    /// What it speaks of, and how plainly.
    speaks: BTreeMap<Notion, f64>,
    /// The notions of each word of it that says something.
    parts: Vec<Vec<Notion>>,
    /// The words of it that say something, and what is no word that is known.
    words: Vec<String>,
    /// How many letters those have.
    letters: usize,
    /// Some of it is no word that is known.
    strange: bool,
    /// How many letters that is.
    unknown: usize,
}

/// What a longer word begins with is nearly meant.
const STEM: f64 = 0.9;

/// What only stands within another word is half meant.
const WITHIN: f64 = 0.5;

/// What is only like a word is meant so much at most.
const LIKE: f64 = 0.7;

/// A wish is told in so many letters; what follows is something pasted.
const LOOKED_AT: usize = 60;

/// Words with less in common are not alike.
const ALIKE: f64 = 0.55;

impl Wish {
    fn of(text: &str) -> Self {
        let words = &*WORDS;
        let letters: Vec<char> = sought(text).chars().take(LOOKED_AT).collect();
        let mut wish = Self {
            text: letters.iter().collect(),
            speaks: BTreeMap::new(),
            parts: Vec::new(),
            words: Vec::new(),
            letters: 0,
            strange: false,
            unknown: 0,
        };
        let mut unknown = String::new();
        for (part, about) in divided(words, &letters) {
            match about {
                Some(about) => {
                    wish.take_strange(words, &mut unknown);
                    about.iter().for_each(|notion| wish.speak(*notion, 1.0));
                    let stems = stems(words, part);
                    // Of a word that is known as it stands, its beginning is not said word for word.
                    let plainly = if about.is_empty() { 1.0 } else { STEM };
                    stems.iter().for_each(|notion| wish.speak(*notion, plainly));
                    let about: Vec<Notion> = about.iter().copied().chain(stems).collect();
                    let word: String = part.iter().collect();
                    if !about.is_empty() && !words.fillers.contains(&word) {
                        wish.letters += part.len();
                        wish.words.push(word);
                        wish.parts.push(about);
                    }
                    wish.take_within(words, part);
                }
                None => unknown.extend(part.iter().filter(|c| **c != 'ー')),
            }
        }
        wish.take_strange(words, &mut unknown);
        wish
    }

    fn speak(&mut self, notion: Notion, plainly: f64) {
        let known = self.speaks.entry(notion).or_default();
        *known = known.max(plainly);
    }

    /// Shorter words stand within the word that was found: 「取り消し」 has 「消し」 in it.
    fn take_within(&mut self, words: &'static Words, part: &[char]) {
        for from in 0..part.len() {
            for to in from + 1..=part.len() {
                let piece: String = part[from..to].iter().collect();
                let tells = piece.chars().any(is_kanji) || to - from > 2;
                if to - from < part.len() && tells {
                    let about = words.notions.get(&piece).map_or(&[][..], Vec::as_slice);
                    about.iter().for_each(|notion| self.speak(*notion, WITHIN));
                }
            }
        }
    }

    /// What is no word may be one that is mistyped.
    fn take_strange(&mut self, words: &'static Words, unknown: &mut String) {
        let piece = std::mem::take(unknown);
        if piece.is_empty() {
            return;
        }
        self.strange = true;
        self.unknown += piece.chars().count();
        self.words.push(piece.clone());
        // What is so long is like no word.
        if !(3..=2 * words.longest).contains(&piece.chars().count()) {
            return;
        }
        // Of two letters that stand beside each other, as many can be common as the shorter has.
        let pairs = |word: &str| word.chars().count().saturating_sub(1) as f64;
        let ours = pairs(&piece);
        let may = |word: &str| {
            let theirs = pairs(word);
            2.0 * ours.min(theirs) >= ALIKE * (ours + theirs)
        };
        let like = words.notions.iter().filter(|(word, about)| !about.is_empty() && may(word));
        let like = like.map(|(word, about)| (strsim::sorensen_dice(word, &piece), word, about));
        let like = like.filter(|(likeness, ..)| *likeness >= ALIKE);
        let best = like.max_by(|(one, a, _), (other, b, _)| one.total_cmp(other).then(b.cmp(a)));
        if let Some((likeness, _, about)) = best {
            about.iter().for_each(|notion| self.speak(*notion, likeness * LIKE));
        }
    }

    fn weighed(&self) -> Fits {
        let actions =
            TABLE.iter().map(|row| (row.id, self.fit(row.id, row.title).max(self.titled(row.short))));
        let answers = answers().iter().map(|a| (a.id.as_str(), self.fit(&a.id, &a.title)));
        let pages = guide().iter().map(|page| (page.id(), page.fit(&self.text)));
        let mut fits: Fits = actions.chain(answers).chain(pages).collect();
        // The less is understood, the more the letters count.
        let all = (self.letters + self.unknown).max(1) as f64;
        let lost = LETTERS + (STRANGE - LETTERS) * self.unknown as f64 / all;
        for (id, nearness) in near(self.words.iter().map(String::as_str)) {
            *fits.entry(id).or_default() += nearness * lost;
        }
        fits
    }

    fn fit(&self, id: &str, title: &str) -> f64 {
        let words = &*WORDS;
        let none = Vec::new();
        let (mut met, mut said, mut partly) = (BTreeMap::new(), 0.0_f64, 0.0_f64);
        for wish in words.wishes.get(id).unwrap_or(&none) {
            let tells = |notion: &Notion| Some(self.speaks.get(notion)? * words.weights[*notion]);
            let found: Vec<(Notion, f64)> = wish.iter().filter_map(|n| Some((*n, tells(n)?))).collect();
            if found.len() < wish.len() {
                let part = found.iter().map(|(_, tells)| tells).sum::<f64>();
                partly = partly.max(PARTLY * part * found.len() as f64 / wish.len() as f64);
                continue;
            }
            let all = self.parts.iter().all(|part| part.iter().any(|notion| wish.contains(notion)));
            if all && !self.strange && !self.parts.is_empty() && found.iter().all(|(n, _)| self.is_plain(*n))
            {
                said = SAID;
            }
            met.extend(found);
        }
        let met: f64 = met.values().sum();
        (said + met).max(partly) + self.titled(title)
    }

    fn is_plain(&self, notion: Notion) -> bool {
        self.speaks.get(&notion).is_some_and(|plainly| *plainly >= 1.0)
    }

    /// How much a title has of it.
    fn titled(&self, title: &str) -> f64 {
        let title = sought(title);
        match Fit::of(&self.text, &title) {
            Some(Fit::Same) => TITLE,
            Some(Fit::Begins) => BEGINS,
            Some(Fit::Holds) if self.text.chars().nth(1).is_some() => HOLDS,
            _ => strsim::sorensen_dice(&self.text, &title) * LITTLE,
        }
    }
}

/// What the ways in which an action fits are worth, the best first.
const TITLE: f64 = 100.0;
const BEGINS: f64 = 40.0;
/// It is one of its wishes, word for word.
const SAID: f64 = 20.0;
const HOLDS: f64 = 1.0;
/// Of a wish of several words not all are there.
const PARTLY: f64 = 0.6;
const LITTLE: f64 = 0.3;
/// All letters of it stand in what is said of an action: where all of it is understood, and where nothing is.
const LETTERS: f64 = 0.25;
const STRANGE: f64 = 1.0;

/// What a word is about that ends otherwise: 「とじる」 has 「とじ」 in it.
fn stems(words: &'static Words, part: &[char]) -> Vec<Notion> {
    let ends =
        |to: &usize| part[*to..].iter().all(|c| ('ぁ'..='ゖ').contains(c)) && part.len() - to <= ENDING;
    let kanji = part.first().is_some_and(|c| is_kanji(*c));
    let stems = (if kanji { 1 } else { 2 }..part.len()).filter(ends);
    let about = |to: usize| words.notions.get(&part[..to].iter().collect::<String>());
    stems.filter_map(about).flatten().copied().collect()
}

/// An ending has so many letters at most.
const ENDING: usize = 2;

/// The text in words that are known and letters between them, so that the words are as long as can be.
fn divided<'a>(words: &'static Words, letters: &'a [char]) -> Vec<(&'a [char], Option<&'static [Notion]>)> {
    // From each place to the end: what that is worth, and where its first piece ends.
    let mut best = vec![(0.0_f64, letters.len()); letters.len() + 1];
    for from in (0..letters.len()).rev() {
        best[from] = (best[from + 1].0, from + 1);
        let mut piece = String::new();
        for to in from + 1..=letters.len().min(from + words.longest) {
            piece.push(letters[to - 1]);
            let Some(about) = words.notions.get(&piece) else { continue };
            let wide: f64 = letters[from..to].iter().map(|c| if is_kanji(*c) { 2.0 } else { 1.0 }).sum();
            let worth = if about.is_empty() { wide } else { wide * wide } + best[to].0;
            if worth >= best[from].0 {
                best[from] = (worth, to);
            }
        }
    }
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let to = best[at].1;
        let piece = &letters[at..to];
        let word: String = piece.iter().collect();
        // A step of one letter may be a word, or none.
        pieces.push((piece, words.notions.get(&word).map(Vec::as_slice)));
        at = to;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 同じことばは一度だけ量る() {
        let first = fits("枝をけしたい");
        assert!(Rc::ptr_eq(&first, &fits("枝をけしたい")));
        assert!(!Rc::ptr_eq(&first, &fits("枝をけしたいな")));
        assert_eq!(first, fits("枝をけしたい"));
    }

    #[test]
    fn 貼りつけた文章は初めだけを見る() {
        let page = |rest: &str| format!("{}{rest}", "ゑ".repeat(LOOKED_AT));
        assert_eq!(fits(&page("")), fits(&page(&"枝を消したい".repeat(3_000))));
        assert_eq!(fits("枝を消したい").len(), TABLE.len() + answers().len() + guide().len());
    }
}
