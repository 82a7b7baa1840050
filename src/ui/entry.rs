//! The entry line: what was typed, and what its signs say.
//!
//! The line is kept as typed, signs and all; what it means is read from it anew each time. So a draft is one string,
//! and a label and its text can never say different things.

use std::ops::Range;

use crate::domain::Kind;

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
    /// Where the signs end and the words begin.
    pub text_start: usize,
    /// The words begin with a sign that was typed twice: its twin stands right before them.
    pub twin: bool,
}

/// A `@` or `#` that is still being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Open {
    Speaker,
    Branch,
}

/// Which signs a place understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signs {
    pub kinds: bool,
    pub people: bool,
    pub branches: bool,
}

impl Signs {
    pub const MAP: Signs = Signs { kinds: true, people: true, branches: true };
    pub const CLOSING: Signs = Signs { kinds: false, people: true, branches: true };
    pub const NONE: Signs = Signs { kinds: false, people: false, branches: false };
}

/// Reads the signs at the start of a raw line. A sign typed twice is the sign itself and ends the signs.
pub fn parse(raw: &str, signs: Signs) -> Parsed {
    let mut parsed = Parsed::default();
    let mut at = 0;
    loop {
        let rest = &raw[at..];
        let Some(c) = rest.chars().next() else { break };
        let after = at + c.len_utf8();
        if c == ' ' || c == '\u{3000}' {
            at = after;
            continue;
        }
        let doubled = raw[after..].chars().next().is_some_and(|d| folded(d) == folded(c));
        match folded(c) {
            sign @ ('@' | '#') if sign_allowed(sign, signs) => {
                if doubled {
                    parsed.text_start = after;
                    parsed.twin = true;
                    return parsed;
                }
                let end = raw[after..].find([' ', '\u{3000}']).map(|i| after + i);
                let range = after..end.unwrap_or(raw.len());
                let open = if sign == '@' { Open::Speaker } else { Open::Branch };
                match open {
                    Open::Speaker => parsed.speaker = Some(range.clone()),
                    Open::Branch => parsed.branch = Some(range.clone()),
                }
                if end.is_none() {
                    parsed.open = Some(open);
                }
                at = range.end;
            }
            sign => match kind_of(sign).filter(|_| signs.kinds) {
                Some(_) if doubled => {
                    parsed.text_start = after;
                    parsed.twin = true;
                    return parsed;
                }
                Some(kind) => {
                    parsed.kind = Some(kind);
                    at = after;
                }
                None => break,
            },
        }
    }
    parsed.text_start = at;
    parsed
}

/// The words of a raw line, without its signs.
pub fn words(raw: &str, signs: Signs) -> &str {
    raw[parse(raw, signs).text_start..].trim()
}

/// Words as a raw line that reads back as just these words.
pub fn literal(words: &str, signs: Signs) -> String {
    match words.chars().next() {
        Some(c) if is_sign(c, signs) => format!("{c}{words}"),
        _ => words.to_owned(),
    }
}

/// Where the signs end, without the twin of a sign that was typed twice.
fn head_end(raw: &str, parsed: &Parsed) -> usize {
    let twin = raw[..parsed.text_start].char_indices().next_back().filter(|_| parsed.twin);
    twin.map_or(parsed.text_start, |(at, _)| at)
}

/// The raw line after Backspace where the words begin: the last sign becomes text again.
pub fn label_to_text(raw: &str, signs: Signs) -> Option<(String, usize)> {
    let (head, text) = raw.split_at(head_end(raw, &parse(raw, signs)));
    let trimmed = head.trim_end();
    let start = last_sign(trimmed, signs)?;
    let sign = &trimmed[start..];
    // An open sign keeps its meaning, so its space only goes; a kind sign is doubled to stand for itself.
    if sign.starts_with(['@', '＠', '#', '＃']) {
        let bare = sign.chars().nth(1).is_none();
        let cut = if bare { start } else { trimmed.len() };
        return Some((format!("{}{}", &raw[..cut], text), cut));
    }
    let c = sign.chars().next()?;
    Some((format!("{}{c}{c}{text}", &raw[..start]), start + 2 * c.len_utf8()))
}

/// The raw line without a sign that was typed twice, and the cursor, where the cursor stands right behind it (`back`) or
/// right before it. Taking only one of the two away would make a label of the other.
pub fn without_doubled(raw: &str, cursor: usize, back: bool, signs: Signs) -> Option<(String, usize)> {
    let parsed = parse(raw, signs);
    let at = parsed.text_start;
    let end = at + raw[at..].chars().next().filter(|_| parsed.twin)?.len_utf8();
    let start = head_end(raw, &parsed);
    (cursor == if back { end } else { at }).then(|| (format!("{}{}", &raw[..start], &raw[end..]), start))
}

/// The raw line without its signs of kind: the kind is chosen otherwise now.
pub fn without_kind(raw: &str, signs: Signs) -> String {
    let (head, text) = raw.split_at(head_end(raw, &parse(raw, signs)));
    let of_kind = |sign: &&str| sign.starts_with(|c| signs.kinds && kind_of(folded(c)).is_some());
    let kept = pieces(head, signs).map(|piece| &head[piece]).filter(|piece| !of_kind(piece));
    kept.chain([text]).collect()
}

/// The raw line with what its sign says about the speaker (`@`) or the topic (`#`) replaced; none: taken away.
pub fn with_sign(raw: &str, sign: char, words: Option<&str>, signs: Signs) -> String {
    let parsed = parse(raw, signs);
    let range = if sign == '@' { parsed.speaker } else { parsed.branch };
    let rest = match range {
        Some(range) => {
            let start = raw[..range.start].char_indices().next_back().map_or(0, |(i, _)| i);
            format!("{}{}", &raw[..start], raw[range.end..].trim_start_matches([' ', '\u{3000}']))
        }
        None => raw.to_owned(),
    };
    match words {
        Some(words) => format!("{sign}{words} {rest}"),
        None => rest,
    }
}

/// The signs of a head and the spaces between them, one by one.
fn pieces(head: &str, signs: Signs) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, rest) = (at, &head[at..]);
        let c = rest.chars().next()?;
        at += match folded(c) {
            sign @ ('@' | '#') if sign_allowed(sign, signs) => {
                rest.find([' ', '\u{3000}']).unwrap_or(rest.len())
            }
            _ => c.len_utf8(),
        };
        Some(start..at)
    })
}

/// Where the last sign of a head begins.
fn last_sign(head: &str, signs: Signs) -> Option<usize> {
    let starts = pieces(head, signs).map(|piece| piece.start);
    starts.filter(|at| !head[*at..].starts_with([' ', '\u{3000}'])).last()
}

fn sign_allowed(sign: char, signs: Signs) -> bool {
    if sign == '@' { signs.people } else { signs.branches }
}

fn is_sign(c: char, signs: Signs) -> bool {
    let sign = folded(c);
    (matches!(sign, '@' | '#') && sign_allowed(sign, signs)) || (signs.kinds && kind_of(sign).is_some())
}

fn kind_of(sign: char) -> Option<Kind> {
    Kind::ALL.into_iter().find(|kind| kind.sign() == Some(sign))
}

/// A full-width sign means the same as its half-width one.
fn folded(c: char) -> char {
    match c {
        '！' => '!',
        '？' => '?',
        '＋' => '+',
        '＊' => '*',
        '＞' => '>',
        '＠' => '@',
        '＃' => '#',
        c => c,
    }
}
