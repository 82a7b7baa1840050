//! What a line with signs says once names are looked up: who speaks, where the words go, and the words without them. Map and
//! closing read their lines the same way.

use std::borrow::Cow;
use std::ops::Range;

use crate::domain::{Id, Kind, Lists, Participant, text};
use crate::ui::Sitting;
use crate::ui::entry::{self, Signs};

/// So many signs of a line may have marks around them.
const MOST: usize = 4;

/// Such a line; `T` is what a `#` aims at.
#[derive(Debug)]
pub(crate) struct Signed<T> {
    pub(crate) kind: Option<Kind>,
    /// `Some(None)`: nobody, said with a bare `@`.
    pub(crate) speaker: Option<Option<Id<Participant>>>,
    pub(crate) topic: Option<T>,
    pub(crate) words: String,
    /// The words are all there is at the beginning of the line.
    pub(crate) bare: bool,
    /// A name that fits several alike, and whom it was taken for.
    pub(crate) shared: Option<String>,
    /// What could not be understood, in words for the person.
    pub(crate) problem: Option<String>,
    /// The signs that could not be understood, as typed and in that order.
    pub(crate) unknown: Vec<String>,
}

/// The line with the marks around its signs out of the way.
fn straight(raw: &str, signs: Signs, known: impl Fn(char, &str) -> bool) -> Cow<'_, str> {
    let widened = entry::widened(raw, signs, |name| known('@', name));
    let mut line = widened.map_or(Cow::Borrowed(raw), Cow::Owned);
    for _ in 0..MOST {
        match entry::straight(&line, signs, &known) {
            Some(straight) => line = Cow::Owned(straight),
            None => break,
        }
    }
    line
}

/// A name behind the words that nobody has here, where the words end, and the sign as it was typed: it is asked about like one before
/// them; an address, in letters of another kind, is not. Where nobody was named yet, no space need stand before it.
fn stranger(words: &str, nobody_named: bool) -> Option<(usize, String, String)> {
    let is_name = |name: &str| !name.starts_with(|c: char| c.is_ascii());
    let parted = |before: &str, name: &str| {
        is_name(name).then(|| (before.len(), name.to_owned(), format!(" @{name}")))
    };
    if let Some((_, found)) = entry::known_behind(words, '@', parted) {
        return Some(found);
    }
    let ends = |at: usize, name: &str| at + '@'.len_utf8() + name.len() == words.len();
    let glued = entry::glued(words).filter(|(at, name)| nobody_named && is_name(name) && ends(*at, name));
    glued.map(|(at, name)| (at, name.to_owned(), format!("@{name}")))
}

impl Sitting {
    /// `find` says what the letters behind a `#` mean, or why they mean nothing.
    pub(crate) fn read<T>(
        &self,
        raw: &str,
        signs: Signs,
        lists: &Lists,
        find: &dyn Fn(&str) -> Result<T, String>,
    ) -> Signed<T> {
        let person = |name: &str| self.named(name, lists).ok().flatten();
        let known = |sign, name: &str| match sign {
            '@' => person(name).is_some(),
            _ => find(name).is_ok(),
        };
        let raw = &*straight(raw, signs, known);
        let parsed = entry::parse(raw, signs);
        let (mut problem, mut unknown) = (None, Vec::new());
        let mut missed = |name: &Range<usize>, why: String| {
            problem = problem.take().or(Some(why));
            unknown.push((name.start, parsed.unknown(raw, name)));
        };
        // Somebody unknown is nobody at the table, and not the one who spoke before.
        let mut speaker = parsed.speaker.as_ref().map(|name| {
            self.named(&raw[name.clone()], lists).map_err(|why| missed(name, why)).unwrap_or_default()
        });
        let mut shared = parsed.speaker.as_ref().and_then(|name| self.shared(&raw[name.clone()], lists));
        let mut topic = parsed
            .branch
            .as_ref()
            .and_then(|name| find(&raw[name.clone()]).map_err(|why| missed(name, why)).ok());
        let mut words = text::clean_line(&parsed.words(raw));
        let half = words.len();
        // Twice, for either may stand before the other.
        for _ in 0..if signs.behind { 2 } else { 0 } {
            let said = parsed.text_end < raw.len() || words.len() < half;
            let place = |before: &str, name: &str| {
                // A mere number behind the words is that of a room, unless it is said beside it who speaks.
                let speaks = || said || self.ends_with_speaker(before, lists);
                let is_room = name.chars().all(char::is_numeric) && !speaks();
                find(name).ok().filter(|_| !is_room)
            };
            let with_name = |_: &str, name: &str| Some((person(name)?, self.shared(name, lists)));
            if let Some((before, (id, of))) = entry::known_behind(&words, '@', with_name) {
                (words, speaker, shared) = (before.to_owned(), Some(Some(id)), of);
            } else if let Some((before, at)) = entry::known_behind(&words, '#', place) {
                (words, topic) = (before.to_owned(), Some(at));
            } else if let Some((end, name, piece)) = stranger(&words, speaker.is_none()) {
                problem = problem.or(self.named(&name, lists).err());
                unknown.push((end, piece));
                (words, speaker) = (words[..end].to_owned(), speaker.or(Some(None)));
            }
        }
        if words.len() < half {
            let wide = entry::wide_behind(&words);
            let said = wide.speaker.clone().and_then(|name| person(&words[name]));
            let there = wide.branch.clone().and_then(|name| find(&words[name]).ok());
            if wide.speaker.is_some() == said.is_some() && wide.branch.is_some() == there.is_some() {
                shared = wide.speaker.clone().map_or(shared, |name| self.shared(&words[name], lists));
                speaker = said.map(Some).or(speaker);
                topic = there.or(topic);
                words = text::clean_line(&wide.words(&words));
            }
        }
        unknown.sort_unstable();
        let unknown = unknown.into_iter().map(|(_, piece)| piece).collect();
        let (kind, bare) = (parsed.kind, parsed.signs_end == 0);
        Signed { kind, speaker, topic, words, bare, shared, problem, unknown }
    }

    /// Whether words end with who says them.
    fn ends_with_speaker(&self, words: &str, lists: &Lists) -> bool {
        let person = |name: &str| self.named(name, lists).ok().flatten();
        let wide = entry::wide_behind(words).speaker;
        wide.and_then(|name| person(&words[name])).is_some()
            || entry::known_behind(words, '@', |_, name| person(name)).is_some()
    }
}
