//! What people call the actions, and how well what somebody typed fits them. The words are data: `words.toml` beside this.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Command, TABLE};
use crate::domain::text::{Fit, sought};

/// As it is written down.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    filler: String,
    same: BTreeMap<String, String>,
    actions: BTreeMap<String, Vec<String>>,
    answers: Vec<AnswerRow>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerRow {
    id: String,
    title: String,
    text: String,
    leads: Option<String>,
    words: Vec<String>,
}

/// What is said to a wish for which there is no action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub id: String,
    pub title: String,
    /// Keys stand in it by the ids of their actions.
    pub text: String,
    /// The action that is done with it.
    pub leads: Option<Command>,
}

/// One thing that is spoken of, whatever it is called.
type Notion = usize;

#[derive(Debug, Default)]
struct Words {
    /// What each word is about; what says nothing is about nothing.
    notions: HashMap<String, Vec<Notion>>,
    /// What may be meant by itself, and says nothing beside other words.
    fillers: HashSet<String>,
    /// The letters of the longest.
    longest: usize,
    /// How much each notion tells: the fewer things are asked for with it, the more.
    weights: Vec<f64>,
    /// What each action or answer is asked for with.
    wishes: HashMap<String, Vec<Vec<Notion>>>,
    answers: Vec<Answer>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test reads the file; what cannot be read finds nothing.
    Words::of(toml::from_str(include_str!("words.toml")).unwrap_or_default())
});

impl Words {
    fn of(file: File) -> Self {
        let mut words = Self::default();
        let mut names: HashMap<String, Notion> = HashMap::new();
        for (name, same) in &file.same {
            let notion = words.new_notion(&mut names, name);
            for word in same.split_whitespace() {
                words.learn(word, notion);
            }
        }
        for filler in file.filler.split_whitespace() {
            words.notions.entry(sought(filler)).or_default();
            words.fillers.insert(sought(filler));
        }
        for (id, wishes) in &file.actions {
            words.wish(&mut names, id, wishes);
        }
        for row in file.answers {
            words.wish(&mut names, &row.id, &row.words);
            let leads = TABLE.iter().find(|known| Some(known.id) == row.leads.as_deref());
            let leads = leads.map(|row| row.command);
            words.answers.push(Answer { id: row.id, title: row.title, text: row.text, leads });
        }
        words.longest = words.notions.keys().map(|word| word.chars().count()).max().unwrap_or(0);
        let all = words.wishes.len() as f64;
        for notion in 0..words.weights.len() {
            let with = words.wishes.values().filter(|wishes| wishes.iter().flatten().any(|n| *n == notion));
            words.weights[notion] = (1.0 + all / with.count().max(1) as f64).ln() / (1.0 + all).ln();
        }
        words
    }

    fn new_notion(&mut self, names: &mut HashMap<String, Notion>, name: &str) -> Notion {
        let notion = *names.entry(name.to_owned()).or_insert(self.weights.len());
        if notion == self.weights.len() {
            self.weights.push(0.0);
        }
        self.learn(name, notion);
        notion
    }

    fn learn(&mut self, word: &str, notion: Notion) {
        let word = sought(word);
        let short = word.replace('ー', "");
        // Of short words the mark makes another one: ケース is not けす.
        let whole = short.chars().count() >= SHORTENED;
        for word in inflected(&word).chain([word]).chain(whole.then_some(short)) {
            let about = self.notions.entry(word).or_default();
            if !about.contains(&notion) {
                about.push(notion);
            }
        }
    }

    fn wish(&mut self, names: &mut HashMap<String, Notion>, id: &str, wishes: &[String]) {
        let mut known: Vec<Vec<Notion>> = Vec::with_capacity(wishes.len());
        for wish in wishes {
            known.push(wish.split_whitespace().map(|name| self.new_notion(names, name)).collect());
        }
        self.wishes.insert(id.to_owned(), known);
    }
}

/// What there is to say where there is no action.
pub fn answers() -> &'static [Answer] {
    &WORDS.answers
}

/// What the ending of a verb becomes before others: 「たたむ」, 「たたみたい」, 「たたんで」.
const ENDINGS: [(char, &[&str]); 9] = [
    ('う', &["い", "っ", "わ", "え", "お"]),
    ('く', &["き", "い", "か", "け", "こ"]),
    ('ぐ', &["ぎ", "い", "が", "げ", "ご"]),
    ('す', &["し", "さ", "せ", "そ"]),
    ('つ', &["ち", "っ", "た", "て", "と"]),
    ('ぬ', &["に", "ん", "な", "ね"]),
    ('ぶ', &["び", "ん", "ば", "べ", "ぼ"]),
    ('む', &["み", "ん", "ま", "め", "も"]),
    ('る', &["", "り", "っ", "ら", "れ", "ろ"]),
];

/// The other forms of a word that may be a verb; of a noun that ends like one they do no harm.
fn inflected(word: &str) -> impl Iterator<Item = String> + use<> {
    let mut letters: Vec<char> = word.chars().collect();
    let last = letters.pop();
    let stem: String = letters.iter().collect();
    let ends = ENDINGS.iter().find(|(letter, _)| Some(*letter) == last).map_or(&[][..], |(_, ends)| ends);
    let forms = ends.iter().map(|end| format!("{stem}{end}")).filter(|form| form.chars().nth(1).is_some());
    forms.collect::<Vec<_>>().into_iter()
}

/// So many letters tell a word also where the marks of long vowels are left out.
const SHORTENED: usize = 3;

/// How well each action and each answer fits what was typed, by their ids; nothing for not at all.
pub(crate) type Fits = HashMap<&'static str, f64>;

thread_local! {
    /// What was typed last, and what fits it: for one key it is asked several times.
    static LAST: RefCell<(String, Rc<Fits>)> = RefCell::default();
}

/// How well the actions and answers fit what was typed. They are weighed only where it is not what was typed last.
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
    /// Some of it is no word that is known.
    strange: bool,
}

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
            strange: false,
        };
        let mut unknown = String::new();
        for (part, about) in divided(words, &letters) {
            match about {
                Some(about) => {
                    wish.take_strange(words, &mut unknown);
                    let about: Vec<Notion> = about.iter().copied().chain(stems(words, part)).collect();
                    about.iter().for_each(|notion| wish.speak(*notion, 1.0));
                    let word: String = part.iter().collect();
                    if !about.is_empty() && !words.fillers.contains(&word) {
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
        // What is so long is like no word.
        if !(3..=2 * words.longest).contains(&piece.chars().count()) {
            return;
        }
        let like = words.notions.iter().filter(|(_, about)| !about.is_empty());
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
        actions.chain(answers().iter().map(|a| (a.id.as_str(), self.fit(&a.id, &a.title)))).collect()
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

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

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
        assert_eq!(fits("枝を消したい").len(), TABLE.len() + answers().len());
    }

    #[test]
    fn ことばは読めて操作のもの() {
        let file: File = toml::from_str(include_str!("words.toml")).unwrap();
        for id in file.actions.keys() {
            assert!(TABLE.iter().any(|row| row.id == id), "{id}");
        }
        for row in &file.answers {
            let leads = |id: &str| TABLE.iter().any(|known| known.id == id);
            assert!(row.leads.as_deref().is_none_or(leads) && !leads(&row.id), "{}", row.id);
        }
    }
}
