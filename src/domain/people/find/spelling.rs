//! Words that say several things of one person, one behind the other: 社会福祉士の磯貝, or a whole line.

use super::{names, without_honorific};
use crate::domain::people::looks;
use crate::domain::text::sought;
use crate::domain::{Lists, Participant, Profession};

/// All that a person may be called by, to be found one behind the other.
pub(super) struct Spelling {
    code: String,
    professions: Vec<String>,
    /// The letter that stands for the profession: 薬.
    short: Option<String>,
    bodies: [String; 2],
    /// In full, or for so many letters as they are begun with.
    names: Vec<String>,
    name: String,
}

/// Words of more bytes are no way to call somebody.
const LONGEST: usize = 400;

/// What each part of a spelling is, as bits: nothing is said twice.
const CALLING: u8 = 1;
const BODY: [u8; 2] = [2, 4];
const NAME: u8 = 8;
const CODE: u8 = 16;

impl Spelling {
    pub(super) fn of(person: &Participant, lists: &Lists) -> Self {
        let known = lists.profession(&person.profession).into_iter().flat_map(Profession::names);
        let professions = known.chain([&person.profession]).map(|words| sought(words));
        let short = lists.profession(&person.profession).map(|known| sought(&known.short));
        Self {
            code: sought(&person.code),
            short: short.filter(|short| short.chars().count() == 1),
            professions: professions.filter(|words| words.chars().count() > 1).collect(),
            bodies: [&person.organisation, &person.department].map(|words| sought(words)),
            names: names(person),
            name: sought(&person.name),
        }
    }

    /// Whether words say two things or more of this person, and nothing else: the line they were written down with, too.
    pub(super) fn spells(&self, words: &str) -> bool {
        words.len() < LONGEST && (self.goes_on(words, 0) || self.is_begun(words))
    }

    /// Whether they begin as one of the professions does and end with the name: 養護の吉田先生, 養護吉田先生, 薬の磯貝さん.
    fn is_begun(&self, words: &str) -> bool {
        let mut ends = words.char_indices().map(|(at, c)| words.split_at(at + c.len_utf8()));
        ends.any(|(calling, rest)| {
            let linked = rest.strip_prefix('の');
            let letters = calling.chars().count();
            let begins = letters > 1 && self.professions.iter().any(|words| words.starts_with(calling))
                || linked.is_some() && self.short.as_deref() == Some(calling);
            begins && (self.is_named(rest) || linked.is_some_and(|rest| self.is_named(rest)))
        })
    }

    /// Whether words are the name, as it begins or with さん; one letter alone is too little without.
    fn is_named(&self, words: &str) -> bool {
        let bare = without_honorific(words);
        let name = bare.unwrap_or(words);
        let letters = name.chars().count();
        self.names.iter().any(|whole| whole == name) && (letters > 1 || bare.is_some())
            || letters > 1 && self.name.starts_with(name)
    }

    /// Whether the rest of the words does, after some were said.
    fn goes_on(&self, rest: &str, said: u8) -> bool {
        if rest.is_empty() {
            return said.count_ones() > 1;
        }
        let links = |link: &&&str| said != 0 && rest.starts_with(**link);
        let between = looks::HONORIFICS.iter().chain(looks::BETWEEN).filter(links);
        let mut linked = between.map(|link| &rest[link.len()..]);
        linked.any(|rest| self.goes_on(rest, said))
            || self
                .pieces(rest, said)
                .into_iter()
                .any(|(length, as_what)| self.goes_on(&rest[length..], said | as_what))
    }

    /// What may stand at the beginning of words, and what it is.
    fn pieces(&self, rest: &str, said: u8) -> Vec<(usize, u8)> {
        let mut out = Vec::new();
        let mut whole = |words: &str, what: u8| {
            if !words.is_empty() && said & what == 0 && rest.starts_with(words) {
                out.push((words.len(), what));
            }
        };
        whole(&self.code, CODE);
        self.professions.iter().for_each(|words| whole(words, CALLING));
        self.names.iter().for_each(|words| whole(words, NAME));
        let ends = || rest.char_indices().map(|(at, c)| at + c.len_utf8()).skip(1);
        for end in ends() {
            let part = &rest[..end];
            if said & NAME == 0 && self.name.starts_with(part) {
                out.push((end, NAME));
            }
            // 地域の is no part of a body that says who is meant.
            let says = |body: &str| body.contains(part) && !looks::GENERIC.contains(&part);
            let bodies = self.bodies.iter().zip(BODY).filter(|(_, what)| said & what == 0);
            out.extend(bodies.filter(|(body, _)| says(body)).map(|(_, what)| (end, what)));
        }
        out
    }
}
