//! The entry line: what was typed, and what its signs say.
//!
//! The line is kept as typed, signs and all; what it means is read from it anew each time. So a draft is one string,
//! and a label and its text can never say different things.

use std::ops::Range;

use crate::command::Code;
use crate::domain::Kind;
use crate::domain::several::closing;
use crate::domain::text;

/// What a raw line says. Ranges are byte ranges of the raw line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// The kind its sign names.
    pub kind: Option<Kind>,
    /// What stands after `@`, without it.
    pub speaker: Option<Range<usize>>,
    /// What stands after `#`, without it.
    pub branch: Option<Range<usize>>,
    /// A sign at the end that still waits for its end: a list of candidates is shown for it.
    pub open: Option<Open>,
    /// Where that sign stands.
    pub open_at: usize,
    /// Where the signs end.
    pub signs_end: usize,
    /// Where the words begin. When they begin with a sign that was typed twice, its twin stands between signs and words.
    pub text_start: usize,
    /// Where the words end: `＠` and `＃` may follow them.
    pub text_end: usize,
    /// Behind the words: a sign that was typed twice, and is one of them.
    twin: Option<usize>,
    /// From here on the line is shown as typed: from the sign that still waits, else from the words.
    pub shown_from: usize,
}

/// A `@` or `#` that is still being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Speaker,
    Branch,
}

/// What a half-typed `@` or `#` may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What people read.
    pub label: String,
    pub note: String,
    /// What stands in the line once it is chosen, without the sign.
    pub words: String,
}

/// Which signs a place understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    pub kinds: bool,
    pub people: bool,
    pub branches: bool,
    /// Full-width `＠` and `＃` behind the words mean the same as before them. Their half-width twins stand in addresses and
    /// numbers of rooms; these come from an input method that is on, and mean nothing in the middle of words.
    pub behind: bool,
}

impl Signs {
    pub const MAP: Signs = Signs { kinds: true, people: true, branches: true, behind: true };
    pub const CLOSING: Signs = Signs { kinds: false, ..Self::MAP };
    pub const NONE: Signs = Signs { kinds: false, people: false, branches: false, behind: false };

    /// The same for words that stand already, or come from elsewhere: what ends them is one of them.
    pub const fn before_words(self) -> Signs {
        Signs { behind: false, ..self }
    }

    /// The same for a line that mends words: what ended them is one of them, and what was put behind them since is a sign.
    pub fn mending(self, standing: &str, raw: &str) -> Signs {
        let stood = self.before_words();
        let signs = |words: &str| -> Vec<char> {
            words.chars().map(folded).filter(|c| matches!(c, '@' | '#')).collect()
        };
        let (now, before) = (signs(&parse(raw, stood).words(raw)), signs(standing));
        // Before a sign of another sort those that stood would be read with it.
        let alone = now.last().is_some_and(|last| before.iter().all(|sign| sign == last));
        if now.len() > before.len() && alone { self } else { stood }
    }
}

/// What a character means where signs may stand.
enum Sign {
    Kind(Kind),
    /// A name follows, up to the next space.
    Name(Open),
}

/// What may say behind the words who speaks and where they go.
const BEHIND: [char; 2] = ['＠', '＃'];

const SPACES: [char; 2] = [' ', '\u{3000}'];

/// Reads the signs at the start of a raw line. A sign typed twice is the sign itself and ends the signs.
pub fn parse(raw: &str, signs: Signs) -> Parsed {
    let mut parsed = Parsed::default();
    let (mut at, mut twin, mut waits) = (0, 0, None);
    while let Some(c) = raw[at..].chars().next() {
        let after = at + c.len_utf8();
        let sign = sign_of(c, signs);
        if sign.is_some() && raw[after..].chars().next().is_some_and(|d| folded(d) == folded(c)) {
            twin = c.len_utf8();
            break;
        }
        match sign {
            Some(Sign::Kind(kind)) => {
                parsed.kind = Some(kind);
                at = after;
            }
            // A second one of the same sort would take the words of the first away: it is one of them.
            Some(Sign::Name(Open::Speaker)) if parsed.speaker.is_some() => break,
            Some(Sign::Name(Open::Branch)) if parsed.branch.is_some() => break,
            Some(Sign::Name(open)) => {
                let end = name_end(&raw[after..]).map(|i| after + i);
                if end.is_none() {
                    (parsed.open, waits) = (Some(open), Some(at));
                }
                at = end.unwrap_or(raw.len());
                match open {
                    Open::Speaker => parsed.speaker = Some(after..at),
                    Open::Branch => parsed.branch = Some(after..at),
                }
            }
            None if SPACES.contains(&c) => at = after,
            None => break,
        }
    }
    let text_start = at + twin;
    let shown_from = waits.unwrap_or(text_start);
    parsed =
        Parsed { signs_end: at, text_start, text_end: raw.len(), shown_from, open_at: shown_from, ..parsed };
    if signs.behind {
        parse_behind(raw, &mut parsed);
    }
    parsed
}

/// Where the name behind a sign ends, if it does: before a space, and behind ① whatever follows.
fn name_end(rest: &str) -> Option<usize> {
    match rest.chars().next().filter(|c| text::is_circled(*c)).map(char::len_utf8) {
        Some(number) if number < rest.len() => Some(number),
        _ => rest.find(SPACES),
    }
}

/// Reads the signs behind the words, the last one first.
fn parse_behind(raw: &str, parsed: &mut Parsed) {
    let (mut speaker, mut branch) = (None, None);
    while let Some((at, name)) = last_sign(raw, parsed.text_start, parsed.text_end) {
        let c = raw[at..].chars().next().unwrap_or_default();
        let (said, open) =
            if c == '＠' { (&mut speaker, Open::Speaker) } else { (&mut branch, Open::Branch) };
        if raw[..at].ends_with(c) {
            parsed.twin = Some(at);
        }
        if parsed.twin.is_some() || said.is_some() {
            break;
        }
        if name.end == raw.len() {
            (parsed.open, parsed.open_at) = (Some(open), at);
        }
        *said = Some(name);
        parsed.text_end = at;
    }
    parsed.speaker = speaker.or(parsed.speaker.take());
    parsed.branch = branch.or(parsed.branch.take());
}

/// The last sign in the last word before an end, with the name that follows it; none at the very start of the words.
fn last_sign(raw: &str, from: usize, to: usize) -> Option<(usize, Range<usize>)> {
    let words = raw[from..to].trim_end_matches(SPACES);
    let last = words.rfind(SPACES).map_or(0, |i| i + words[i..].chars().next().map_or(0, char::len_utf8));
    let at = last + words[last..].rfind(BEHIND)?;
    let name = at + '＠'.len_utf8()..words.len();
    (at > 0 && !name.is_empty()).then_some((from + at, from + name.start..from + name.end))
}

/// Words before a half-width `@` or `#` that stands last behind a space, and what it names, if that is known: a name must not
/// stand among the words for all to read. Of addresses and numbers of rooms nothing is known.
pub fn known_behind<T>(
    words: &str,
    sign: char,
    known: impl Fn(&str, &str) -> Option<T>,
) -> Option<(&str, T)> {
    let (before, last) = words.trim_end_matches(SPACES).rsplit_once(SPACES)?;
    let name = last.strip_prefix(sign).filter(|name| !name.is_empty())?;
    let before = before.trim_end_matches(SPACES);
    Some((before, known(before, name)?))
}

/// Where the last half-width `@` stands right behind a letter or a mark of Japanese, and the name up to the next sign: 「長い@養」.
/// In addresses other letters stand before it, in the middle of the words it is one of them, and a mere number is how many of
/// something there are.
pub fn glued(words: &str) -> Option<(usize, &str)> {
    let (before, rest) = words.rsplit_once('@')?;
    let is_letter = |c: char| !c.is_ascii() && folded(c) == c && c.is_alphanumeric();
    let is_japanese = |c: char| is_letter(c) || "。、）」』".contains(c);
    let (name, after) = rest.split_at(rest.find([' ', '\u{3000}', '＃']).unwrap_or(rest.len()));
    let after = after.trim_matches(SPACES);
    let is_last = after.is_empty() || after.starts_with(['#', '＃']) && !after.contains(SPACES);
    let said = name.trim_end_matches(is_mark);
    let is_name = !said.contains(parts) && !said.chars().all(char::is_numeric);
    (before.ends_with(is_japanese) && is_last && is_name).then_some((before.len(), name))
}

/// The line with such an `@` in full width, if it names somebody who is `known` and no other sign behind the words does.
pub fn widened(raw: &str, signs: Signs, known: impl Fn(&str) -> bool) -> Option<String> {
    let (at, name) = glued(raw).filter(|_| signs.behind)?;
    let parsed = parse(raw, signs);
    let said = parsed.speaker.is_some_and(|name| name.start > parsed.text_start) || at < parsed.text_start;
    let is_known = known(name) || ends(name).any(|end| known(&name[..end]));
    (!said && is_known).then(|| format!("{}＠{}", &raw[..at], &raw[at + 1..]))
}

/// A mark that ends a sentence, a part of it or a bracket: behind a name it is no part of that.
fn is_mark(c: char) -> bool {
    "。、．，.,！？!?：:…」』）)】］〕".contains(c)
}

/// A mark that parts words.
fn parts(c: char) -> bool {
    "、。：".contains(c)
}

/// Where a name may end before marks, the longest first: where nothing but those follows, or where one stands that parts words.
fn ends(name: &str) -> impl Iterator<Item = usize> {
    let at = name.char_indices().rev().filter(|(at, c)| parts(*c) || name[*at..].chars().all(is_mark));
    at.map(|(at, _)| at).filter(|at| *at > 0)
}

/// A sign in brackets at the beginning of a text, the name behind it, and what follows.
fn bracketed(text: &str) -> Option<(char, &str, &str)> {
    let open = text.chars().next()?;
    let close = closing(open)?;
    let inside = &text[open.len_utf8()..];
    let sign = inside.chars().next().filter(|c| matches!(folded(*c), '@' | '#'))?;
    let (name, rest) = inside[sign.len_utf8()..].split_once(close)?;
    (!name.is_empty() && !name.contains(SPACES)).then_some((sign, name, rest))
}

/// The line without the marks around a sign: 「＠薬、残薬が多い」 and 「残薬が多い（＠薬）。」 say who speaks, too. None where no mark is in
/// the way of what is `known`. What the marks say of the words stays with them.
pub fn straight(raw: &str, signs: Signs, known: impl Fn(char, &str) -> bool) -> Option<String> {
    let parsed = parse(raw, signs);
    for (sign, name) in [('@', &parsed.speaker), ('#', &parsed.branch)] {
        let Some(name) = name.clone().filter(|name| !known(sign, &raw[name.clone()])) else { continue };
        let said = &raw[name.clone()];
        let Some(end) = ends(said).find(|end| known(sign, &said[..*end])) else { continue };
        let ((named, marks), after) = (said.split_at(end), &raw[name.end..]);
        if name.start <= parsed.text_start {
            let rest = marks.trim_start_matches(is_mark);
            return Some(format!("{}{named} {rest}{after}", &raw[..name.start]));
        }
        let at = name.start - '＠'.len_utf8();
        let (before, sign) = (&raw[..at], &raw[at..name.start]);
        let own =
            before.chars().next_back().filter(|open| closing(*open).is_some_and(|c| marks.starts_with(c)));
        let opened = own.map_or(0, char::len_utf8);
        let closed = own.and_then(closing).map_or(0, char::len_utf8);
        let marks = marks[closed..].trim_end_matches(['、', '，', ',']);
        return Some(format!("{}{marks}{sign}{named}{after}", &before[..at - opened]));
    }
    if !signs.behind {
        return None;
    }
    let known = |(sign, name, _): &(char, &str, &str)| known(folded(*sign), name);
    let front = parse(raw, signs.before_words());
    let (head, text) = raw.split_at(front.signs_end);
    let taken = |sign| if folded(sign) == '@' { front.speaker.is_some() } else { front.branch.is_some() };
    if let Some((sign, name, rest)) = bracketed(text).filter(known).filter(|(sign, ..)| !taken(*sign)) {
        return Some(format!("{head}{sign}{name} {}", rest.trim_start()));
    }
    let last = text.char_indices().rev().find_map(|(at, _)| Some((at, bracketed(&text[at..])?)));
    let (at, (sign, name, marks)) = last.filter(|(_, found)| known(found))?;
    let is_room = sign == '#' && name.chars().all(char::is_numeric);
    let ends = marks.chars().all(|c| is_mark(c) || SPACES.contains(&c));
    let wide = if folded(sign) == '@' { '＠' } else { '＃' };
    (at > 0 && ends && !is_room).then(|| format!("{head}{}{}{wide}{name}", &text[..at], marks.trim_end()))
}

/// Reads the full-width signs behind words whose half-width ones are taken off already: people change the width between two.
pub fn wide_behind(words: &str) -> Parsed {
    let mut parsed = Parsed { text_end: words.len(), ..Parsed::default() };
    parse_behind(words, &mut parsed);
    parsed
}

impl Parsed {
    /// A sign and a name that mean nothing, as typed: with the space before them behind the words, else with one behind them.
    pub fn unknown(&self, raw: &str, name: &Range<usize>) -> String {
        let sign = raw[..name.start].char_indices().next_back().map_or(0, |(at, _)| at);
        match name.start > self.text_start {
            true => raw[raw[..sign].trim_end().len()..name.end].to_owned(),
            false => format!("{} ", &raw[sign..name.end]),
        }
    }

    /// The words between the signs.
    pub fn words(&self, raw: &str) -> String {
        match self.twin {
            Some(at) => format!("{}{}", &raw[self.text_start..at], &raw[at + '＠'.len_utf8()..self.text_end]),
            None => raw[self.text_start..self.text_end].to_owned(),
        }
    }
}

/// Words as a raw line that reads back as just these words.
pub fn literal(words: &str, signs: Signs) -> String {
    let mut words = words.to_owned();
    let behind = last_sign(&words, 0, words.len()).filter(|_| signs.behind);
    if let Some((at, sign)) = behind.and_then(|(at, _)| Some((at, words[at..].chars().next()?))) {
        words.insert(at, sign);
    }
    if let Some(c) = words.chars().next().filter(|c| sign_of(*c, signs).is_some()) {
        words.insert(0, c);
    }
    words
}

/// The raw line after Backspace where the words begin: the last sign becomes text again.
pub fn label_to_text(raw: &str, signs: Signs) -> Option<(String, usize)> {
    let (head, text) = raw.split_at(parse(raw, signs).signs_end);
    let trimmed = head.trim_end();
    let sign = pieces(trimmed, signs).last()?;
    let start = trimmed.len() - sign.len();
    let mut chars = sign.chars();
    let c = chars.next()?;
    // An open sign keeps its meaning, so its space only goes; a kind sign is doubled to stand for itself.
    if let Some(Sign::Name(_)) = sign_of(c, signs) {
        let cut = if chars.next().is_none() { start } else { trimmed.len() };
        return Some((format!("{}{}", &raw[..cut], text), cut));
    }
    Some((format!("{}{c}{c}{text}", &raw[..start]), start + 2 * c.len_utf8()))
}

/// The raw line without a sign that was typed twice, and the cursor, where Backspace stands right behind it, or Delete
/// right before it. Taking only one of the two away would make a label of the other.
pub fn without_doubled(raw: &str, cursor: usize, key: Code, signs: Signs) -> Option<(String, usize)> {
    let Parsed { signs_end: start, text_start: at, .. } = parse(raw, signs);
    let end = at + raw[at..].chars().next().filter(|_| start < at)?.len_utf8();
    (cursor == if key == Code::Backspace { end } else { at })
        .then(|| (format!("{}{}", &raw[..start], &raw[end..]), start))
}

/// The raw line without its signs of kind: the kind is chosen otherwise now.
pub fn without_kind(raw: &str, signs: Signs) -> String {
    let (head, text) = raw.split_at(parse(raw, signs).signs_end);
    let of_kind = |piece: &&str| piece.starts_with(|c| matches!(sign_of(c, signs), Some(Sign::Kind(_))));
    pieces(head, signs).filter(|piece| !of_kind(piece)).chain([text]).collect()
}

/// The raw line with what its sign says about the speaker (`@`) or the topic (`#`) replaced; none: taken away.
pub fn with_sign(raw: &str, sign: char, words: Option<&str>, signs: Signs) -> String {
    let parsed = parse(raw, signs);
    let mut head = String::new();
    let mut gone = false;
    for piece in pieces(&raw[..parsed.signs_end], signs) {
        let is_it = |c: char| folded(c) == sign;
        // The space behind a sign goes with it.
        gone = piece.starts_with(is_it) || gone && piece.trim_matches(SPACES).is_empty();
        if !gone {
            head.push_str(piece);
        }
    }
    // Behind the words the other sign stays. What then ends the words is still one of them.
    let (other, name) =
        if sign == '@' { ('＃', parsed.branch.clone()) } else { ('＠', parsed.speaker.clone()) };
    let behind = name.filter(|name| name.start > parsed.text_start);
    let behind = behind.map(|name| format!("{other}{}", &raw[name])).unwrap_or_default();
    let rest = if parsed.text_end == raw.len() {
        raw[parsed.signs_end..].to_owned()
    } else {
        format!("{}{behind}", literal(parsed.words(raw).trim_end_matches(SPACES), signs))
    };
    match words {
        Some(words) => format!("{sign}{words} {head}{rest}"),
        None => head + &rest,
    }
}

/// The signs of a head and the spaces between them, one by one.
fn pieces(head: &str, signs: Signs) -> impl Iterator<Item = &str> {
    let mut rest = head;
    std::iter::from_fn(move || {
        let c = rest.chars().next()?;
        let end = match sign_of(c, signs) {
            Some(Sign::Name(_)) => {
                let after = c.len_utf8();
                name_end(&rest[after..]).map_or(rest.len(), |i| after + i)
            }
            _ => c.len_utf8(),
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

fn sign_of(c: char, signs: Signs) -> Option<Sign> {
    match folded(c) {
        '@' => signs.people.then_some(Sign::Name(Open::Speaker)),
        '#' => signs.branches.then_some(Sign::Name(Open::Branch)),
        c => Kind::ALL.into_iter().find(|kind| signs.kinds && kind.sign() == Some(c)).map(Sign::Kind),
    }
}

/// A full-width sign means the same as its half-width one.
fn folded(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}
