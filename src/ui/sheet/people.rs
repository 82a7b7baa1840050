//! The fields of those at the table, and whom the words in them mean.

use crate::domain::{Id, Participant, people};
use crate::ui::sheet::field::{
    Choices, Field, FieldContext, Offer, Unread, choose_many, mean, offers, tokens,
};

/// Those at the table: one edits their codes and reads what the room calls them.
pub const PEOPLE: Field<Vec<Id<Participant>>> = Field::several(
    Choices::People,
    |who, c| people_in(who, c, |p| &p.code).join("、"),
    |who, c| people_in(who, c, |p| p.label()).join("・"),
    |who, raw, from, c| {
        let (chosen, unread) = choose_many(raw, from, c);
        *who = chosen.iter().filter_map(Offer::means).collect();
        with_shared(&tokens(raw, from, c), unread, c)
    },
);

/// One of them.
pub const PERSON: Field<Option<Id<Participant>>> = Field {
    show: |who, c| people_in(who.as_slice(), c, |p| p.label()).concat(),
    ..Field::one(
        Choices::People,
        |who, c| people_in(who.as_slice(), c, |p| &p.code).concat(),
        |who, raw, from, c| with_shared(&[raw.trim()], mean(who, raw, from, c), c),
    )
};

/// What is said of words that were read, and where some fit several alike, whom they are taken for.
fn with_shared(words: &[&str], read: Result<(), Unread>, c: &FieldContext) -> Result<(), Unread> {
    let people = offers(Choices::People, c);
    let taken = words.iter().filter(|words| one_of_people(&people, words, c).is_some());
    let mut shared = taken.filter_map(|words| people::shared(without_sign(words), c.dossier, c.lists));
    let Some((shared, first)) = shared.next() else { return read };
    let said = format!("{shared}{first} にします。ちがうときは番号を書いてください。");
    Err(match read {
        Ok(()) => Unread::new("", said).calm(),
        Err(unread) => Unread { problem: said + &unread.problem, ..unread },
    })
}

/// Words without the sign that calls for somebody.
pub(super) fn without_sign(words: &str) -> &str {
    words.trim_start().trim_start_matches(['@', '＠'])
}

fn people_in(who: &[Id<Participant>], c: &FieldContext, words: fn(&Participant) -> &str) -> Vec<String> {
    who.iter().filter_map(|id| c.dossier.participants.get(id)).map(|p| words(p).to_owned()).collect()
}

/// Whom words mean. A sign calls for somebody; without it they may mean nobody here.
pub(super) fn one_of_people<'a>(all: &'a [Offer], words: &str, fields: &FieldContext) -> Option<&'a Offer> {
    let (dossier, lists) = (fields.dossier, fields.lists);
    let who = match words.strip_prefix(['@', '＠']) {
        Some(name) => people::called(name, dossier, lists),
        None => people::named(words, dossier, lists),
    }?;
    all.iter().find(|offer| offer.means() == Some(who))
}
