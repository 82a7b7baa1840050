//! What people call the actions. The words are data: `words.toml` beside this.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::readings::in_kana;
use super::{Command, Place, TABLE};
use crate::domain::text::sought;

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
    #[serde(default)]
    at: Vec<Place>,
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
    /// Where it is about what one does there; nothing for everywhere.
    pub at: Vec<Place>,
}

impl Answer {
    /// Whether it is about something else than what one does at a place.
    pub fn is_elsewhere(&self, place: Place) -> bool {
        !self.at.is_empty() && !self.at.contains(&place)
    }
}

/// One thing that is spoken of, whatever it is called.
pub(super) type Notion = usize;

#[derive(Debug, Default)]
pub(super) struct Words {
    /// What each word is about; what says nothing is about nothing.
    pub notions: HashMap<String, Vec<Notion>>,
    /// What may be meant by itself, and says nothing beside other words.
    pub fillers: HashSet<String>,
    /// The letters of the longest.
    pub longest: usize,
    /// How much each notion tells: the fewer things are asked for with it, the more.
    pub weights: Vec<f64>,
    /// What each action or answer is asked for with.
    pub wishes: HashMap<String, Vec<Vec<Notion>>>,
    answers: Vec<Answer>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    // A test reads the file; what cannot be read finds nothing.
    Words::of(toml::from_str(include_str!("words.toml")).unwrap_or_default())
});

impl Words {
    fn of(file: File) -> Self {
        let mut words = Self::default();
        let mut names: HashMap<String, Notion> = HashMap::new();
        for filler in file.filler.split_whitespace() {
            words.notions.entry(sought(filler)).or_default();
            words.fillers.insert(sought(filler));
        }
        for (name, same) in &file.same {
            let notion = words.new_notion(&mut names, name);
            for word in same.split_whitespace() {
                words.learn(word, notion);
            }
        }
        for (id, wishes) in &file.actions {
            words.wish(&mut names, id, wishes);
        }
        for row in file.answers {
            words.wish(&mut names, &row.id, &row.words);
            let leads = TABLE.iter().find(|known| Some(known.id) == row.leads.as_deref());
            let leads = leads.map(|row| row.command);
            words.answers.push(Answer { id: row.id, title: row.title, text: row.text, leads, at: row.at });
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

    /// A word in all its spellings and forms. What says nothing by itself never becomes a form of another word.
    fn learn(&mut self, word: &str, notion: Notion) {
        self.tell(sought(word), notion);
        // What ends in kanji is no verb, however it is read.
        let verb = word.chars().last().is_some_and(|c| ('ぁ'..='ゖ').contains(&c));
        // Two letters of kana stand in too many words.
        let kana = in_kana(word).into_iter().filter(|kana| kana.chars().count() >= SHORTENED);
        for spelled in kana.chain([word.to_owned()]) {
            let folded = sought(&spelled);
            let short = folded.replace('ー', "");
            // Of short words the mark makes another one: ケース is not けす.
            let whole = short.chars().count() >= SHORTENED;
            let forms = inflected(&spelled).filter(|_| verb).map(|form| sought(&form));
            let forms = forms.chain(whole.then_some(short));
            for form in forms.chain([folded]).filter(|form| !self.fillers.contains(form)).collect::<Vec<_>>()
            {
                self.tell(form, notion);
            }
        }
    }

    fn tell(&mut self, word: String, notion: Notion) {
        let about = self.notions.entry(word).or_default();
        if !about.contains(&notion) {
            about.push(notion);
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

/// The other forms of a word that may be a verb, which ends in hiragana; of a noun that ends like one they do no harm.
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

#[cfg(test)]
mod tests {
    use super::*;

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
