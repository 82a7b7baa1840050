//! One line about one participant: what people type, and the line it is written back as.

mod part;
mod word;

use std::borrow::Cow;

use self::part::{Between, Parts, heading, parts_among};
use self::word::{Word, in_towns, joined, qualified, quoted_at, words_of};
use super::looks::{
    EARLY, FIRST_TIME, GENERIC, INVOLVED, LATE, NOT_FIRST_TIME, NOT_INVOLVED, NOTES, PRESENT,
};
use crate::domain::several::closing;
use crate::domain::text::{clean_line, fold};
use crate::domain::{Lists, Participant, age};

pub use self::part::Seat;
pub use self::word::without_mark;

/// What one line says about a participant. What it does not say is none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonDraft {
    /// Such as `P06`, in half-width capitals.
    pub code: Option<String>,
    /// As typed.
    pub profession: Option<String>,
    /// Where they work.
    pub organisation: Option<String>,
    /// Which part of it.
    pub department: Option<String>,
    /// Only where the line says so beyond doubt.
    pub name: Option<String>,
    /// Whether they are involved in the case.
    pub involved: Option<bool>,
    /// Whether they are there for the first time.
    pub first_time: Option<bool>,
    /// The line says that they come later.
    pub came_late: bool,
    /// The line says that they leave earlier.
    pub left_early: bool,
    /// The seats of the meeting that the line gives them, each with the word for it.
    pub seats: Vec<(Seat, String)>,
}

impl PersonDraft {
    /// Whether the line said nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether it does not say who this is.
    pub fn is_nobody(&self) -> bool {
        [&self.profession, &self.organisation, &self.department, &self.name]
            .iter()
            .all(|field| field.is_none())
    }

    /// Whether this is somebody at the table beyond doubt: a profession the list knows by more than one letter, or a code.
    /// Anything else may be words that were meant for the map.
    pub fn is_sure(&self, lists: &Lists) -> bool {
        let known = |p: &String| p.chars().count() > 1 && lists.profession(p).is_some();
        self.code.is_some() || self.profession.as_ref().is_some_and(known)
    }

    /// Writes the draft onto a participant. The fields become exactly what the line said, so that an edited line can also
    /// take something away; the code stays where the line gives none.
    pub fn write_to(&self, person: &mut Participant) {
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        if let Some(code) = &self.code {
            person.code.clone_from(code);
        }
        person.profession = text(&self.profession);
        person.organisation = text(&self.organisation);
        person.department = text(&self.department);
        person.name = text(&self.name);
        person.involved = self.involved;
        person.first_time = self.first_time;
        person.came_late = self.came_late;
        person.left_early = self.left_early;
    }

    /// Takes a word that stands for itself wherever it stands: a code, or one of the words for yes and no. False for others.
    fn takes(&mut self, word: &str) -> bool {
        let folded = fold(word);
        let is = |words: &[&str]| words.iter().any(|w| fold(w) == folded);
        match code_of(word).filter(|_| self.code.is_none()) {
            Some(code) => self.code = Some(code),
            None if is(INVOLVED) => self.involved = Some(true),
            None if is(NOT_INVOLVED) => self.involved = Some(false),
            None if is(FIRST_TIME) => self.first_time = Some(true),
            None if is(NOT_FIRST_TIME) => self.first_time = Some(false),
            None if is(LATE) => self.came_late = true,
            None if is(EARLY) => self.left_early = true,
            None => return false,
        }
        true
    }

    /// The fields in their order: 職種 所属 部署 氏名. What follows is part of the name, with the comma that stands in it.
    fn take_in_order(&mut self, fields: &[Field]) {
        let field = |at: usize| fields.get(at).map(|f| f.text.trim().to_owned()).filter(|f| !f.is_empty());
        (self.profession, self.organisation, self.department) = (field(0), field(1), field(2));
        let rest = fields.iter().skip(3).enumerate();
        let name: String =
            rest.map(|(i, f)| if i == 0 { f.text.to_string() } else { f.with_comma() }).collect();
        self.name = Some(name.trim().to_owned()).filter(|name| !name.is_empty());
    }

    /// Takes what somebody does out of the fields of a line.
    fn take_parts_of(
        &mut self,
        fields: &mut Vec<Field>,
        tabbed: bool,
        lists: &Lists,
        notes: &mut Vec<String>,
    ) {
        let between = if tabbed { Between::Taken } else { Between::Stay };
        let words: Vec<Word> = fields.iter().map(Field::as_word).collect();
        let mut parts = parts_among(&words, between, lists).into_iter();
        fields.retain_mut(|f| {
            let Some(parts) = parts.next().flatten() else { return true };
            f.text = Cow::Owned(parts.rest.clone());
            self.takes_parts(parts, notes);
            !f.is_empty()
        });
    }

    /// Takes what stands behind a name in its field: 「磯貝 52歳 欠席」, 「潮田（司会）」. In fields before the last it stands in brackets.
    fn take_ends(&mut self, fields: &mut [Field], lists: &Lists, notes: &mut Vec<String>) {
        let last = fields.iter().rposition(|f| !f.is_empty());
        for (at, field) in fields.iter_mut().enumerate().filter(|(_, f)| !f.quoted) {
            while let Some((before, word, is_bracket)) = last_word(&field.text) {
                let is_one = is_bracket || Some(at) == last && word.chars().count() > 1;
                let parts = Parts::alone(word, lists).filter(|_| is_one);
                if let Some(parts) = parts {
                    self.takes_parts(parts, notes);
                } else if !is_one || !self.takes(word) && !is_note(word, notes) {
                    break;
                }
                field.text = Cow::Owned(before.to_owned());
                is_age(&mut field.text, lists, notes);
            }
        }
    }

    /// Adds what was said about being there to the department: of all fields it says the least about who it is.
    fn note(&mut self, notes: Vec<String>) {
        let words: Vec<String> = self.department.take().into_iter().chain(notes).collect();
        self.department = Some(words.join(" ")).filter(|words| !words.is_empty());
    }

    /// Four words parted by spaces alone are the fields in their order, as long as none of them looks like something else.
    /// False: they are not.
    fn takes_four(&mut self, words: &[Word], lists: &Lists) -> bool {
        let [first, organisation, department, name] = words else { return false };
        let known = |w: &Word| lists.profession(&w.text).is_some();
        let is_plain = words.iter().all(|w| w.brackets.is_none() && w.comma.is_none());
        let is_first = known(first) || !words.iter().any(known) && !first.is_organisation();
        let is_last =
            !name.is_organisation() && !name.is_department() && (name.is_name() || !name.is_title());
        // The body stands before the name, unless it is seen to stand behind it.
        let is_other = organisation.may_be_name() || organisation.is_title();
        let is_second = !is_other || !department.is_organisation();
        // A family and a given name, not a part of the house.
        let two = department.may_be_name() && !department.is_duty() && (name.is_name() || name.is_given());
        let fits = is_plain
            && !two
            && is_first
            && !first.is_long_town()
            && !first.is_town(Some(organisation))
            && is_second
            && is_last
            && ![first, organisation, department].iter().any(|w| w.is_name());
        if fits {
            let text = |word: &Word| Some(word.text.clone());
            (self.profession, self.organisation) = (text(first), text(organisation));
            (self.department, self.name) = (text(department), text(name));
        }
        fits
    }

    /// The words by what they look like; what looks like nothing is first the organisation, then the name. Of `somebody` it was
    /// said what is said of people alone.
    fn take_by_look(&mut self, words: Vec<Word>, somebody: bool, lists: &Lists) {
        let mut words = in_towns(qualified(words, lists), somebody, lists);
        if self.takes_four(&words, lists) {
            return;
        }
        // One letter is a profession only where it comes first: people are called 保, too.
        let known = |w: &Word, i: usize| {
            lists.profession(&w.text).is_some() && (i == 0 || w.text.chars().count() > 1)
        };
        // 役場 is a profession where it comes first and no other does, and else where somebody works.
        let person = words.iter().enumerate().position(|(i, w)| known(w, i) && !w.is_organisation());
        let profession = person.or_else(|| words.first().filter(|w| known(w, 0)).map(|_| 0));
        let title = || words.iter().position(|w| w.is_title() && !w.is_name());
        let nothing = |w: &&Word| !w.is_organisation() && !w.is_name() && !w.quoted;
        let other = |w: &&Word| !w.is_organisation() && !w.is_department() && !w.quoted;
        let is_name = |w: &Word| w.is_name() || w.may_be_name() || w.is_given();
        let town = |w: &Word| w.is_long_town() || w.is_town(words.get(1));
        let other = |w: &&Word| other(w) && !town(w);
        let named = somebody && words.iter().filter(other).count() == 1 && words.iter().any(is_name);
        let unknown = || words.first().filter(nothing).filter(|w| !named && !w.called && !town(w)).map(|_| 0);
        let profession = profession.or_else(title).or_else(unknown).map(|at| words.remove(at));
        let house = profession.as_ref().is_some_and(Word::is_organisation);
        let mut seat = words.iter().position(Word::is_organisation);
        if !house && words.len() < 3 {
            seat = seat.or_else(|| words.iter().position(Word::may_be_house));
        }
        let is_called = profession.as_ref().is_some_and(|w| known(w, 0) || w.is_title());
        if seat.is_none() && !house && (is_called || profession.is_none()) {
            seat = (0..words.len()).find(|at| {
                let next = words.get(at + 1);
                words[*at].is_town(next) || words[*at].is_long_town() || words[*at].is_school(next)
            });
        }
        // 「役場 例ノ川」 and 「架空原（薬剤師）」 leave no organisation to be said.
        if seat.is_none() && !house && !named && profession.as_ref().is_none_or(|w| w.brackets.is_none()) {
            let other = |w: &Word| w.is_name() || w.is_department() || w.is_title() || w.may_be_name();
            let plain = |w: &&Word| w.brackets.is_none() && !w.quoted && !other(w);
            seat = words.first().filter(plain).map(|_| 0);
        }
        let mut departments = Vec::new();
        let mut names = Vec::new();
        for (at, word) in words.into_iter().enumerate() {
            // What stands in brackets behind an organisation is a part of it, whatever it is called; so is what is done there, if
            // the name stood before.
            let behind = at.checked_sub(1) == seat && seat.is_some();
            let part = behind && (word.brackets.is_some() || !names.is_empty() && word.is_only_duty());
            if seat == Some(at) {
                self.organisation = Some(word.text);
            } else if !word.is_name() && (part || word.is_part(lists)) {
                departments.push(word.text);
            } else {
                names.push((at, word));
            }
        }
        self.profession = profession.map(|w| w.text);
        self.department = Some(departments.join(" ")).filter(|words| !words.is_empty());
        self.name = joined(names);
    }
}

/// A field of a line with commas or tabs.
struct Field<'a> {
    /// As it stands there, with the spaces around it; of a quoted one, what stands between the quotes.
    text: Cow<'a, str>,
    /// What stands before it.
    comma: Option<char>,
    /// It is taken as it is, whatever it looks like.
    quoted: bool,
}

impl Field<'_> {
    fn with_comma(&self) -> String {
        self.comma.into_iter().chain(self.text.chars()).collect()
    }

    fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    fn as_word(&self) -> Word {
        let mut inner = self.text.trim().chars();
        match (inner.next(), inner.next_back()) {
            _ if self.quoted => Word::quoted(&self.text),
            (Some(open @ ('（' | '(')), Some(close @ ('）' | ')'))) => {
                Word::bracketed(inner.as_str(), (open, close))
            }
            _ => Word::plain(&self.text),
        }
    }
}

fn fields(text: &str) -> Vec<Field<'_>> {
    let (mut out, mut rest, mut comma) = (Vec::new(), text, None);
    loop {
        let (text, quoted, end) = match quoted(rest) {
            Some((text, end)) => (Cow::Owned(text), true, end),
            None => {
                let end = comma_in(rest);
                (Cow::Borrowed(&rest[..end]), false, end)
            }
        };
        out.push(Field { text, comma, quoted });
        let mut behind = rest[end..].chars();
        comma = behind.next();
        if comma.is_none() {
            return out;
        }
        rest = behind.as_str();
    }
}

/// The last word of a field that holds several, or what stands there in brackets, and what stands before it.
fn last_word(field: &str) -> Option<(&str, &str, bool)> {
    let text = field.trim();
    let bracket = text.strip_suffix(['）', ')']).and_then(|text| text.rsplit_once(['（', '(']));
    let (before, word) = bracket.or_else(|| text.rsplit_once(char::is_whitespace))?;
    let before = before.trim();
    (!before.is_empty()).then_some((before, word, bracket.is_some()))
}

/// Where the next comma stands that parts fields, else the end. One in brackets belongs to what they say.
fn comma_in(rest: &str) -> usize {
    let (mut at, mut begins) = (0, true);
    while let Some(c) = rest[at..].chars().next().filter(|c| !is_comma(*c)) {
        let held = quoted_at(&rest[at..]).filter(|_| begins).map(|(_, end)| end);
        let close = closing(c).filter(|_| matches!(c, '（' | '('));
        let bracket = || close.and_then(|close| Some(rest[at..].find(close)? + close.len_utf8()));
        at += held.or_else(bracket).unwrap_or(c.len_utf8());
        begins = c.is_whitespace();
    }
    at
}

/// A field in quotes and where it ends: before a comma, or with the line.
fn quoted(rest: &str) -> Option<(String, usize)> {
    let start = rest.len() - rest.trim_start().len();
    let held = quoted_at(&rest[start..]).map(|(inner, end)| (inner.to_owned(), start + end));
    let (text, from) = quoted_in_table(rest).or(held)?;
    let end = rest[from..].find(is_comma).map_or(rest.len(), |at| from + at);
    rest[from..end].trim().is_empty().then_some((text, end))
}

/// What stands between quotes as the tables of offices have them (RFC 4180), and where they end.
fn quoted_in_table(rest: &str) -> Option<(String, usize)> {
    let mut from = rest.find('"').filter(|at| rest[..*at].trim().is_empty())? + 1;
    let mut text = String::new();
    loop {
        let close = from + rest[from..].find('"')?;
        text.push_str(&rest[from..close]);
        from = close + 1;
        // Two of them are one that belongs to the field.
        if !rest[from..].starts_with('"') {
            break;
        }
        text.push('"');
        from += 1;
    }
    Some((text, from))
}

fn in_quotes(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

/// Reads one line about a participant: 「薬剤師 山の町薬局 在宅担当 架空原」, of which any part may be missing.
///
/// Four words are 職種、所属、部署、氏名 in that order; fewer are told apart by what they look like: the profession is in the list,
/// an organisation ends in 薬局 or 会, a department in 担当 or 係 or stands in brackets behind it, anything else is a name. They are
/// parted by spaces, commas, tabs, 「：」 or 「／」. A few Chinese characters that are no place and no body are a name, and so are two
/// such words where the last is a given name. The columns of a table may stand in another order. 「山の町薬局 薬剤師」 and 「架空原（薬剤師）」 are understood too; what stands in brackets behind
/// a profession belongs to it. A code (`P06`), 「関わりあり／なし」, 「初参加」, 「途中から」 and 「途中まで」 may stand anywhere, and a
/// number or a dot of a list before it all. Four fields with commas between them, or an empty one among them, are taken exactly
/// in their order; further commas are part of the name. A field in quotes, 「"山の町薬局、本店"」, is taken as it is, and a word in
/// quotes that holds a comma or a space, 『見本沢、例ノ川』, is one. An age is no name: what band it is in is noted. 司会 or 事例提供者,
/// first, last or in brackets, is a seat of the meeting; 記録 and the like, for which there is none, are noted.
pub fn parse_line(text: &str, lists: &Lists) -> PersonDraft {
    // A tab parts fields, so it must survive the cleaning.
    let tabbed = text.contains('\t');
    let text = clean_line(&text.replace('\t', ","));
    let mut text = without_mark(&text);
    let (mut draft, mut notes) = (PersonDraft::default(), Vec::new());
    while let Some((parts, rest)) = heading(text, lists) {
        draft.takes_parts(parts, &mut notes);
        text = rest;
    }
    let mut fields = fields(text);
    fields.retain_mut(|f| f.quoted || f.is_empty() || !is_age(&mut f.text, lists, &mut notes));
    if fields.len() > 1 {
        fields.retain(|f| f.quoted || f.is_empty() || !draft.takes(f.text.trim()));
        if tabbed {
            fields.retain(|f| f.quoted || !is_note(f.text.trim(), &mut notes));
        }
        draft.take_ends(&mut fields, lists, &mut notes);
        draft.take_parts_of(&mut fields, tabbed, lists, &mut notes);
        // Behind a number of ours they are as they were written for it.
        let is_written = || draft.code.is_some() || !fields.iter().take(3).any(|f| is_line(f, lists));
        let ordered = fields.len() >= 4 && is_written() || fields.iter().any(Field::is_empty);
        if ordered && !(tabbed && is_shuffled(&fields, lists)) {
            draft.take_in_order(&fields);
            draft.note(notes);
            return draft;
        }
        fields.retain(|f| !f.is_empty());
    }
    // A field may hold spaces; but where one begins like a line of its own, 「薬剤師 山の町薬局、架空原」, both part words.
    let by_space =
        fields.len() == 1 || fields.iter().any(|f| is_line(f, lists)) || are_callings(&fields, lists);
    let mut all = Vec::new();
    for field in &fields {
        let mut own = match field.quoted {
            true => vec![Word::quoted(&field.text)],
            false if by_space => words_of(&field.text, lists),
            false => vec![Word::plain(&field.text)],
        };
        own.retain_mut(|w| w.quoted || !is_age_of(w, lists, &mut notes));
        own.retain(|w| field.quoted || !draft.takes(&w.text) && !is_note(&w.text, &mut notes));
        if let Some(first) = own.first_mut() {
            first.comma = field.comma;
        }
        all.extend(own);
    }
    let mut parts = parts_among(&all, Between::Noted, lists).into_iter();
    all.retain_mut(|w| {
        let Some(parts) = parts.next().flatten() else { return true };
        w.text.clone_from(&parts.rest);
        draft.takes_parts(parts, &mut notes);
        !w.text.is_empty()
    });
    let is_somebody = !notes.is_empty() || !draft.seats.is_empty();
    draft.take_by_look(all, is_somebody, lists);
    draft.note(notes);
    draft
}

/// Takes an age from the end of words: it is no part of a name, and noted as a band, since in a small town the years tell who is
/// meant. True: nothing else stands there.
fn is_age(words: &mut Cow<'_, str>, lists: &Lists, notes: &mut Vec<String>) -> bool {
    let Some((before, band)) = age::at_end(words, &lists.age_bands) else { return false };
    notes.push(band);
    *words = Cow::Owned(before);
    words.trim().is_empty()
}

fn is_age_of(word: &mut Word, lists: &Lists, notes: &mut Vec<String>) -> bool {
    let mut text = Cow::Owned(std::mem::take(&mut word.text));
    let is = is_age(&mut text, lists, notes);
    word.text = text.into_owned();
    is
}

/// What a bracket behind a profession says, where that may be a person's name: it is read as a qualification all the same.
pub fn named_in_brackets<'a>(profession: &'a str, lists: &Lists) -> Option<&'a str> {
    let (of, rest) = profession.split_once(['（', '('])?;
    // Which of the family somebody is.
    let (inner, _) = rest.split_once(['）', ')']).filter(|_| !["家族", "親族", "本人"].contains(&of))?;
    let word = Word::plain(inner);
    let kana = inner.chars().all(|c| matches!(c, 'ァ'..='ヶ' | 'ー' | '・')) && inner.chars().count() > 1;
    let general = GENERIC.contains(&inner) || inner.ends_with('語');
    ((kana || word.may_be_name()) && !word.is_part(lists) && !word.is_duty() && !general).then_some(inner)
}

/// Takes a word about being there, which is no part of a name; what says more than that is noted.
fn is_note(word: &str, notes: &mut Vec<String>) -> bool {
    let is = |words: &[&str]| words.iter().any(|known| fold(known) == fold(word));
    let note = is(NOTES);
    if note {
        notes.push(word.to_owned());
    }
    note || is(PRESENT)
}

/// Whether the columns of a table stand in another order: the name first, or before the house.
fn is_shuffled(fields: &[Field], lists: &Lists) -> bool {
    let known = |f: &Field| f.text.trim().chars().count() > 1 && lists.profession(&f.text).is_some();
    let look = |f: &Field| Word::plain(&f.text);
    let mut filled = fields.iter().filter(|f| !f.is_empty());
    let Some(first) = filled.next() else { return false };
    let rest: Vec<&Field> = filled.collect();
    let name_second = rest.first().is_some_and(|f| look(f).may_be_name());
    !known(first) && rest.iter().any(|f| known(f))
        || name_second && rest.iter().skip(1).any(|f| look(f).is_organisation())
}

/// Whether a field begins like a line of its own.
fn is_line(field: &Field, lists: &Lists) -> bool {
    let begins = |word: &str| code_of(word).is_some() || lists.profession(word).is_some();
    let parted = field.text.trim().split_once(char::is_whitespace);
    !field.quoted && parted.is_some_and(|(head, _)| begins(head))
}

/// Whether commas stand between what somebody is, and spaces between all that follows: 「民生委員、自治会長 川の町公民館」.
fn are_callings(fields: &[Field], lists: &Lists) -> bool {
    let calls = |word: &str| lists.profession(word).is_some() || Word::plain(word).is_title();
    let Some((last, before)) = fields.split_last() else { return false };
    let head = last.text.trim().split_once(char::is_whitespace).map(|(head, _)| head);
    let called = |field: &Field| {
        !field.quoted && calls(field.text.trim()) && !field.text.trim().contains(char::is_whitespace)
    };
    !last.quoted && head.is_some_and(calls) && before.iter().all(called)
}

fn is_comma(c: char) -> bool {
    matches!(c, ',' | '，' | '、')
}

/// `P06` from p6, Ｐ０６ or P06.
fn code_of(token: &str) -> Option<String> {
    let folded = fold(token);
    let digits = folded.strip_prefix('p')?;
    let number: u32 = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    Some(super::code(number))
}

/// The line that [`parse_line`] reads back into the same fields: as one would type it; where that would be read otherwise, with
/// a `、` between all four fields; and where a field holds a comma or is called 「初」, with quotes around each. A code that is not of
/// the form `P06` is left out, and stays on the participant.
pub fn write_line(person: &Participant, lists: &Lists) -> String {
    let fields =
        [&person.profession, &person.organisation, &person.department, &person.name].map(|f| clean_line(f));
    let yes_or_no = |on: Option<bool>, yes: &[&'static str], no: &[&'static str]| match on {
        Some(true) => yes.first().copied(),
        Some(false) => no.first().copied(),
        None => None,
    };
    let flags = [
        yes_or_no(person.involved, INVOLVED, NOT_INVOLVED),
        yes_or_no(person.first_time, FIRST_TIME, NOT_FIRST_TIME),
        LATE.first().copied().filter(|_| person.came_late),
        EARLY.first().copied().filter(|_| person.left_early),
    ];
    let code = code_of(&person.code);
    let line = |fields: &[String], parted: &str| -> String {
        let flags = flags.iter().flatten().copied();
        let fields = fields.iter().map(String::as_str);
        code.as_deref().into_iter().chain(fields).chain(flags).collect::<Vec<_>>().join(parted)
    };
    let is_read_back = |line: &String| {
        let mut again = person.clone();
        parse_line(line, lists).write_to(&mut again);
        let read = [again.profession, again.organisation, again.department, again.name];
        let said = [again.involved, again.first_time] == [person.involved, person.first_time]
            && [again.came_late, again.left_early] == [person.came_late, person.left_early];
        said && read == fields
    };
    let typed = || line(&fields.clone().into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>(), " ");
    let quoted = || line(&fields.each_ref().map(|field| in_quotes(field)), "、");
    let ways = [typed(), line(&fields, "、")];
    ways.into_iter().find(is_read_back).unwrap_or_else(quoted)
}

#[cfg(test)]
mod tests;
