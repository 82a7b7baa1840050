//! What somebody does in the meeting, as a line about them says it: who leads it, who presents the case, who writes.

use super::PersonDraft;
use super::word::Word;
use crate::domain::fields::MeetingField;
use crate::domain::people::awaited;
use crate::domain::people::looks::{LEADS, PARTS, PRESENTS, ROLES};
use crate::domain::several::closing;
use crate::domain::text::fold;
use crate::domain::{Dossier, Lists, Meeting, Participant, SEATS, aside};

/// A seat of the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seat {
    /// Who leads it.
    Leads,
    /// Who leads it with somebody.
    Helps,
    /// Who brings the case.
    Presents,
}

impl Seat {
    /// What those in it are called.
    pub fn label(self) -> &'static str {
        match self {
            Seat::Leads | Seat::Helps => "司会",
            Seat::Presents => "事例提供者",
        }
    }
}

/// Words for what somebody does, each with the seat it means, if the record has one for it.
pub(super) struct Parts {
    named: Vec<(String, Option<Seat>)>,
    /// What else stood in the word.
    pub(super) rest: String,
}

impl Parts {
    /// Of one word: 司会, 記録係, 司会・記録. None for other words, and for what the list calls a profession.
    pub(super) fn of(text: &str, lists: &Lists) -> Option<Self> {
        let divides = |c: char| "・･/／、，,兼".contains(c) || c.is_whitespace();
        let (mut named, mut rest) = (Vec::new(), Vec::new());
        for piece in text.split(divides).map(str::trim).filter(|piece| !piece.is_empty()) {
            match part(piece).filter(|_| lists.profession(piece).is_none()) {
                Some(seat) => named.push((piece.to_owned(), seat)),
                None => rest.push(piece),
            }
        }
        (!named.is_empty()).then(|| Self { named, rest: rest.join("・") })
    }

    /// The same of a word that says nothing else.
    pub(super) fn alone(text: &str, lists: &Lists) -> Option<Self> {
        Self::of(text, lists).filter(|parts| parts.rest.is_empty())
    }
}

/// What a word says somebody does, and which seat that is.
pub(super) fn part(word: &str) -> Option<Option<Seat>> {
    let folded = fold(word);
    let is = |words: &[&str], said: &str| {
        words.iter().map(|known| fold(known)).any(|known| {
            said == known || said.strip_prefix(known.as_str()).is_some_and(|end| PARTS.contains(&end))
        })
    };
    let helps = ["副", "さぶ"].iter().find_map(|sub| folded.strip_prefix(sub));
    let helps = helps.or_else(|| folded.strip_suffix("補助")).is_some_and(|word| is(LEADS, word));
    match folded.as_str() {
        _ if helps => Some(Some(Seat::Helps)),
        word if is(LEADS, word) => Some(Some(Seat::Leads)),
        word if is(PRESENTS, word) => Some(Some(Seat::Presents)),
        word => is(ROLES, word).then_some(None),
    }
}

/// The parts that stand before all else, 【司会】 or 「司会：」, and what follows.
pub(super) fn heading<'a>(text: &'a str, lists: &Lists) -> Option<(Parts, &'a str)> {
    let close = text.chars().next().and_then(|open| match open {
        '[' => Some(']'),
        '<' => Some('>'),
        '＜' => Some('＞'),
        '〈' => Some('〉'),
        '《' => Some('》'),
        open => closing(open),
    });
    let (word, rest) = match close {
        Some(close) => text[text.chars().next()?.len_utf8()..].split_once(close)?,
        None => text.split_once([':', '：'])?,
    };
    let rest = rest.trim_start_matches([':', '：', '、', ',', ' ', '\u{3000}']);
    Parts::alone(word, lists).filter(|_| !rest.is_empty()).map(|parts| (parts, rest))
}

/// What becomes of such words between others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Between {
    /// They stay what else they may be.
    Stay,
    /// They are noted: of no seat can one be sure there, except between what somebody is and a name.
    Noted,
    /// They say what they say: each has a column of its own.
    Taken,
}

/// What the words or the fields of a line say somebody does: those that stand first, last, or in brackets. Nothing where nobody is
/// left of whom it could be said, and first a word without a seat only where something else says what they are: in 「書記 潮田」 it
/// is what they are called.
pub(super) fn parts_among(words: &[Word], between: Between, lists: &Lists) -> Vec<Option<Parts>> {
    let called = |text: &str| lists.profession(text).is_some() || Word::plain(text).is_title();
    let of = |word: &Word| {
        let parts = Parts::of(&word.text, lists).filter(|_| !word.quoted)?;
        (word.brackets.is_some() || parts.rest.is_empty() || called(&parts.rest)).then_some(parts)
    };
    let mut found: Vec<Option<Parts>> = words.iter().map(of).collect();
    let first = found.iter().position(Option::is_none).unwrap_or(words.len());
    let last = found.iter().rposition(Option::is_none).map_or(0, |at| at + 1);
    let leaves = |parts: &Parts| !parts.rest.is_empty();
    if first == words.len() && !found.iter().flatten().any(leaves) {
        return words.iter().map(|_| None).collect();
    }
    let is_said = words.iter().zip(&found).any(|(word, parts)| parts.is_none() && called(&word.text))
        || found
            .iter()
            .flatten()
            .any(|parts| leaves(parts) || parts.named.iter().any(|(_, seat)| seat.is_some()));
    let plain: Vec<bool> = found.iter().map(Option::is_none).collect();
    let names = |word: &Word| word.is_name() || word.may_be_name() && !called(&word.text);
    let is_between = |at: usize| {
        (0..at).any(|at| plain[at] && called(&words[at].text))
            && (at..words.len()).any(|at| plain[at] && names(&words[at]))
    };
    for (at, word) in words.iter().enumerate() {
        let ends = at < first || at >= last || word.brackets.is_some();
        if !ends && between == Between::Stay || at < first && !is_said {
            found[at] = None;
        }
        if let Some(parts) =
            found[at].as_mut().filter(|_| !ends && between == Between::Noted && !is_between(at))
        {
            parts.named.iter_mut().for_each(|(_, seat)| *seat = None);
        }
    }
    found
}

impl PersonDraft {
    /// Takes what somebody does: what has no seat is noted.
    pub(super) fn takes_parts(&mut self, parts: Parts, notes: &mut Vec<String>) {
        for (word, seat) in parts.named {
            match seat {
                Some(seat) => self.seats.push((seat, word)),
                None => notes.push(word),
            }
        }
    }

    /// Gives somebody the seats that the line says. Where others sit already or are waited for, the word for it is noted with them;
    /// those words are given back.
    pub fn sit(&self, person: &mut Participant, meeting: &mut Meeting, lists: &Lists) -> Vec<&str> {
        let mut left = Vec::new();
        for (seat, word) in &self.seats {
            if !take_seat(*seat, person, meeting, lists) {
                let noted = [person.department.as_str(), word].join(" ");
                noted.trim().clone_into(&mut person.department);
                left.push(word.as_str());
            }
        }
        left
    }
}

/// Whether somebody has a seat, be it since now. One that waits for somebody is free for just them.
fn take_seat(seat: Seat, person: &Participant, meeting: &mut Meeting, lists: &Lists) -> bool {
    let presents = MeetingField::Presenter.key();
    let mut seats = match seat {
        Seat::Presents => vec![(&mut meeting.presenter, presents)],
        Seat::Leads | Seat::Helps => meeting.facilitators.iter_mut().zip(SEATS).collect(),
    };
    if seat == Seat::Helps {
        seats.reverse();
    }
    if seats.iter().any(|(seat, _)| **seat == Some(person.id)) {
        return true;
    }
    let mut alone = Dossier::new(Meeting::new(person.meeting), None);
    alone.participants.insert(person.id, person.clone());
    let is_meant = |word: &str| !awaited(word, &alone, lists).is_empty();
    let asides = &mut meeting.aside;
    let waits = |field: &str| aside::parts(aside::beside(asides, field));
    seats.retain(|(seat, _)| seat.is_none());
    let meant = seats.iter().position(|(_, field)| waits(field).into_iter().any(is_meant));
    let Some(at) = meant.or_else(|| seats.iter().position(|(_, field)| waits(field).is_empty())) else {
        return false;
    };
    let (seat, field) = seats.swap_remove(at);
    let others = waits(field).into_iter().filter(|word| !is_meant(word));
    let others = aside::together(others);
    aside::put(asides, field, &others);
    *seat = Some(person.id);
    true
}
