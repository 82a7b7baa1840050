//! Lines of a given width, with 禁則処理: no line starts with 。」ー or the like, none ends with 「（.
//!
//! Where a line may end is said by `unicode-linebreak` (UAX #14, strict for small kana); a word wider than the line is
//! split between graphemes, keeping 禁則 as far as the width lets it.

mod whole;

use std::cmp::Reverse;

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::measure::{ellipsis, graphemes, width as width_of};
use crate::domain::text::is_circled;

pub use whole::wholes;

/// Characters that do not start a line (JIS X 4051).
#[rustfmt::skip]
fn not_first(c: char) -> bool {
    matches!(c,
        '!' | '%' | ')' | ',' | '.' | ':' | ';' | '?' | ']' | '}' | '»' | '‐' | '–' | '’' | '”' | '‼'
        | '⁇' | '⁈' | '⁉' | '℃' | '、' | '。' | '々' | '〉' | '》' | '」' | '』' | '】' | '〕' | '〗' | '〙' | '〜'
        | '〟' | 'ぁ' | 'ぃ' | 'ぅ' | 'ぇ' | 'ぉ' | 'っ' | 'ゃ' | 'ゅ' | 'ょ' | 'ゎ' | '゛' | '゜' | 'ゝ' | 'ゞ' | '゠'
        | 'ァ' | 'ィ' | 'ゥ' | 'ェ' | 'ォ' | 'ッ' | 'ャ' | 'ュ' | 'ョ' | 'ヮ' | 'ヵ' | 'ヶ' | '・' | 'ー' | 'ヽ' | 'ヾ'
        | '！' | '％' | '）' | '，' | '．' | '：' | '；' | '？' | '］' | '｝' | '～' | '｠' | '｡' | '｣' | '､' | '･'
        | 'ｧ' | 'ｨ' | 'ｩ' | 'ｪ' | 'ｫ' | 'ｬ' | 'ｭ' | 'ｮ' | 'ｯ' | 'ｰ' | 'ﾞ' | 'ﾟ'
    )
}

/// Characters that do not end a line.
#[rustfmt::skip]
fn not_last(c: char) -> bool {
    matches!(c,
        '$' | '(' | '[' | '{' | '¥' | '«' | '‘' | '“' | '〈' | '《' | '「' | '『' | '【' | '〔' | '〖' | '〘'
        | '〝' | '＄' | '（' | '［' | '｛' | '｟' | '｢' | '￥'
    )
}

/// What may happen after a grapheme.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// The line may end here only if nothing else helps.
    Never,
    /// Inside a word, but no 禁則 speaks against it.
    Split,
    Break,
    /// Between words in brackets, between others, and where one breathes, where that is looked for.
    Inner,
    Word,
    Breath,
    Must,
}

/// A grapheme as the wrapper sees it.
#[derive(Clone)]
struct Unit {
    /// The byte after it.
    end: usize,
    width: usize,
    /// Spaces hang over the end of a line.
    space: bool,
    after: After,
}

/// The lines of a text at a width in cells. Together they are the text, byte for byte; what is shown of a line is
/// its [`shown`] part. No shown part is wider than `width`, except one grapheme that is wider by itself.
pub fn wrap(text: &str, width: usize) -> Vec<&str> {
    if fits(text, width) {
        return vec![text];
    }
    cut(text, &units(text), width)
}

/// As few lines as can be, in which as few words are torn as can be, and of about the same length.
pub fn wrap_evenly(text: &str, width: usize) -> Vec<&str> {
    if fits(text, width) {
        return vec![text];
    }
    let mut units = units(text);
    mark_words(text, &mut units);
    fewest(text, &units, width)
}

/// Lines of about the same length that end wherever lines may, so that the last one is as short as can be.
pub fn wrap_densely(text: &str, width: usize) -> Vec<&str> {
    if fits(text, width) {
        return vec![text];
    }
    evened(text, &units(text), width)
}

/// Like [`wrap_least`] where that needs no more than so many rows, else [`wrap_evenly`].
pub fn wrap_rows(text: &str, width: usize, rows: usize) -> Vec<&str> {
    if fits(text, width) {
        return vec![text];
    }
    let [few, least] = few_and_least(text, width);
    if least.len() <= rows { least } else { few }
}

/// Lines that tear as few words as can be: [`wrap_evenly`], or [`wrap_words`] where that tears fewer.
pub fn wrap_least(text: &str, width: usize) -> Vec<&str> {
    if fits(text, width) {
        return vec![text];
    }
    let [_, least] = few_and_least(text, width);
    least
}

/// The lines of [`wrap_evenly`] and of [`wrap_least`].
fn few_and_least(text: &str, width: usize) -> [Vec<&str>; 2] {
    let mut units = units(text);
    mark_words(text, &mut units);
    let few = fewest(text, &units, width);
    let by_words = cut(text, &units, width);
    let least = if torn(&units, &by_words) < torn(&units, &few) { by_words } else { few.clone() };
    [few, least]
}

fn fewest<'a>(text: &'a str, units: &[Unit], width: usize) -> Vec<&'a str> {
    // From each unit on: lines, torn words, unevenness and ends where nobody breathes of the best way, and where its first line ends.
    let mut best = vec![((0, 0, 0, 0), units.len()); units.len() + 1];
    for first in (0..units.len()).rev() {
        let (mut used, mut ways) = (0, Vec::new());
        for (i, unit) in units.iter().enumerate().skip(first) {
            used += unit.width;
            if !unit.space && used > width && i > first {
                break;
            }
            let last = i + 1 == units.len();
            // Where no line may end it does so only if nothing else helps; kana bear it better than a word of kanji.
            let (class, torn) = match unit.after {
                _ if last => (0, 0),
                After::Never => (2, 1),
                After::Split => (1, 1),
                After::Break => (0, 1 + usize::from(!text[unit.end..].starts_with(is_hiragana))),
                _ => (0, 0),
            };
            let ((lines, after, uneven, hasty), _) = best[i + 1];
            let left = width.saturating_sub(used);
            let hasty = hasty + usize::from(!last && unit.after != After::Breath);
            ways.push((class, (lines + 1, after + torn, uneven + left * left, hasty), i + 1));
            if unit.after == After::Must {
                ways = ways.split_off(ways.len() - 1);
                break;
            }
        }
        // Of two as good the one whose last line is shorter: signs stand behind it.
        let way = ways.into_iter().min_by_key(|(class, cost, end)| (*class, *cost, Reverse(*end)));
        best[first] = way.map_or(best[first], |(_, cost, end)| (cost, end));
    }
    let mut lines = Vec::new();
    let (mut first, mut start) = (0, 0);
    while first < units.len() {
        first = best[first].1;
        let end = units[first - 1].end;
        lines.push(&text[start..end]);
        start = end;
    }
    lines
}

/// How many of these lines end inside a word.
fn torn(units: &[Unit], lines: &[&str]) -> usize {
    let mut end = 0;
    let ends = lines.iter().map(|line| {
        end += line.len();
        units.binary_search_by_key(&end, |unit| unit.end).map_or(After::Must, |at| units[at].after)
    });
    ends.take(lines.len().saturating_sub(1))
        .filter(|after| matches!(after, After::Never | After::Split | After::Break))
        .count()
}

/// Lines of the narrowest width that needs no more of them than this one.
fn evened<'a>(text: &'a str, units: &[Unit], width: usize) -> Vec<&'a str> {
    let lines = cut(text, units, width);
    let whole: usize = units.iter().map(|u| u.width).sum();
    // The narrowest width that needs no more lines and tears nothing more; the number of lines only falls as the width grows.
    let words = widest(units, width, |after| !matches!(after, After::Never | After::Split));
    let marks = widest(units, width, |after| after != After::Never);
    let (mut low, mut high) = (whole.div_ceil(lines.len()).max(words).max(marks).min(width), width);
    while low < high {
        let middle = low.midpoint(high);
        if count(units, middle) <= lines.len() {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    if high == width { lines } else { cut(text, units, high) }
}

/// Like [`wrap`], with lines that end where one breathes (after 、 and 。) where that leaves half of the line, else between words
/// where it leaves a third, in brackets only if nothing else helps: what is read aloud is not torn inside 退院. A word begins
/// where kanji, katakana, letters or an opening bracket follow hiragana, and after marks.
pub fn wrap_words(text: &str, width: usize) -> Vec<&str> {
    if fits(text, width) {
        return vec![text];
    }
    let mut units = units(text);
    mark_words(text, &mut units);
    cut(text, &units, width)
}

/// Marks where words end, and where one breathes.
fn mark_words(text: &str, units: &mut [Unit]) {
    let (mut start, mut depth) = (0, 0_usize);
    for unit in units {
        let (before, after) = (text[start..unit.end].chars().next_back(), text[unit.end..].chars().next());
        let particle = after_particle(&text[..start], &text[start..unit.end], after);
        start = unit.end;
        depth = match before {
            Some('「' | '『' | '（') => depth + 1,
            Some('」' | '』' | '）') => depth.saturating_sub(1),
            _ => depth,
        };
        let ends_word = particle || before.zip(after).is_some_and(|(a, b)| begins_word(a, b));
        let whole = before.zip(after).is_some_and(|(a, b)| is_whole(a, b));
        unit.after = match (unit.after, before) {
            (After::Break, _) if whole => After::Split,
            (After::Break, Some('、' | '。')) if depth == 0 => After::Breath,
            (After::Break, _) if ends_word && depth == 0 => After::Word,
            (After::Break, _) if ends_word => After::Inner,
            (after, _) => after,
        };
    }
}

/// Two kana that are one word, or the end of one: a line that began with the second would be stumbled over.
#[rustfmt::skip]
fn is_whole(first: char, second: char) -> bool {
    matches!(
        (first, second),
        ('か', 'ら') | ('ま', 'で') | ('よ', 'り') | ('な', 'ど') | ('で', 'す') | ('ま', 'す')
            | ('ま', 'し') | ('ま', 'せ') | ('せ', 'ん') | ('な', 'い') | ('こ', 'と') | ('も', 'の')
            | ('の', 'で') | ('の', 'に') | ('た', 'め') | ('す', 'る') | ('し', 'た') | ('い', 'る')
    )
}

fn is_hiragana(c: char) -> bool {
    ('ぁ'..='ゖ').contains(&c)
}

/// Whether hiragana follow a particle: を always is one, others where they stand behind a word of kanji or katakana (薬の管理は|どちらが) and
/// do not go on as one (何で|も) or as a longer word (心が|け, 母に|よって).
fn after_particle(before: &str, particle: &str, after: Option<char>) -> bool {
    let Some(after) = after.filter(|c| is_hiragana(*c)) else { return false };
    let word = before.chars().next_back().is_some_and(|c| !is_hiragana(c) && c.is_alphanumeric());
    match particle {
        "を" => true,
        "は" | "が" | "に" | "で" | "と" | "も" | "へ" | "の" => {
            word && !"ぁぃぅぇぉっゃゅょがかけではとなにのへもやよらをんち".contains(after)
        }
        _ => false,
    }
}

/// Whether a word begins between two characters.
fn begins_word(before: char, after: char) -> bool {
    // お and ご belong to what follows, and no word ends in っ: 引っ越し.
    let ends = is_hiragana(before) && !matches!(before, 'お' | 'ご' | 'っ');
    let stops = "、。，．・：；？！".contains(before) || before.is_whitespace();
    // What follows a bracket goes on with it: 「入院」へ.
    let ends = ends || "」』）】〕〉》".contains(before);
    not_last(after) || stops || (ends && !is_hiragana(after))
}

/// The lines of [`wrap_words`] as they are seen, so many at the most: where there is more, the last of them is cut with a mark.
/// What stands at the `end` is seen whole.
pub fn wrap_within(text: &str, end: &str, width: usize, rows: usize, mark: &str) -> Vec<String> {
    let seen = |lines: &[&str]| -> Vec<String> { lines.iter().map(|line| shown(line).to_owned()).collect() };
    let whole = format!("{text}{end}");
    let lines = wrap_words(&whole, width);
    let Some(before) = rows.checked_sub(1).filter(|_| rows < lines.len()) else {
        return seen(&lines[..rows.min(lines.len())]);
    };
    let lines = wrap_words(text, width);
    let (before, rest) = lines.split_at(before.min(lines.len()));
    let last = format!("{}{end}", ellipsis(&rest.concat(), width.saturating_sub(width_of(end)), mark));
    let mut seen = seen(before);
    seen.push(last.trim().to_owned());
    seen
}

/// What the names of professions end with, behind what they are there for.
const POSTS: [&str; 9] =
    ["推進員", "相談員", "専門員", "支援員", "指導員", "調整員", "福祉士", "管理者", "担当者"];

/// The parts of a list of names between which a line may end: after ・, and inside a name where katakana follow kanji, or before
/// the post that it ends with.
fn name_parts(names: &str) -> impl Iterator<Item = &str> {
    let ends = names.char_indices().zip(names.chars().skip(1)).filter(|((at, before), after)| {
        let kanji = matches!(before, '\u{4e00}'..='\u{9fff}' | '々');
        let rest = &names[at + before.len_utf8()..];
        let post = || POSTS.into_iter().any(|post| rest.starts_with(post));
        *before == '・' || kanji && (('ァ'..='ヺ').contains(after) || post())
    });
    let ends = ends.map(|((at, before), _)| at + before.len_utf8()).chain([names.len()]);
    ends.scan(0, |start, end| Some(&names[std::mem::replace(start, end)..end]))
}

/// The cells of the widest part of a list of names, without the ・ after it.
pub fn longest_name_part(names: &str) -> usize {
    name_parts(names).map(|part| width_of(part.trim_end_matches('・'))).max().unwrap_or(0)
}

/// A list of names in lines that end between names, inside a long one where that may be. A ・ that has no room at the end of its
/// line begins the next.
pub fn wrap_names(names: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let put = |lines: &mut Vec<String>, dot: &str, part: &str| {
        let (dot_cells, needs) = (width_of(dot), width_of(part));
        let used = lines.last().map_or(0, |line| width_of(line));
        match lines.last_mut() {
            Some(line) if used + dot_cells + needs <= width => line.extend([dot, part]),
            Some(line) if used + dot_cells <= width && needs <= width => {
                line.push_str(dot);
                lines.push(part.to_owned());
            }
            _ if dot_cells + needs <= width => lines.push(format!("{dot}{part}")),
            _ if needs <= width => lines.push(part.to_owned()),
            _ => lines.extend(wrap(part, width).into_iter().map(str::to_owned)),
        }
    };
    for (i, name) in names.split('・').filter(|name| !name.is_empty()).enumerate() {
        let dot = if i > 0 { "・" } else { "" };
        if width_of(name) <= width {
            put(&mut lines, dot, name);
            continue;
        }
        // A long one begins on a line of its own.
        let before = lines.last_mut().filter(|line| width_of(line) + width_of(dot) <= width);
        let dot = before.map_or(dot, |line| {
            line.push_str(dot);
            ""
        });
        lines.push(String::new());
        for (i, part) in name_parts(name).enumerate() {
            put(&mut lines, if i == 0 { dot } else { "" }, part);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// What is seen of a line: without the spaces and breaks at its end.
pub fn shown(line: &str) -> &str {
    line.trim_end()
}

fn fits(text: &str, width: usize) -> bool {
    width_of(text) <= width
        && !text.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'])
}

fn units(text: &str) -> Vec<Unit> {
    let mut breaks = linebreaks(text).peekable();
    let mut units: Vec<Unit> = Vec::with_capacity(text.len() / 3 + 1);
    for (at, grapheme, width) in graphemes(text) {
        let first = grapheme.chars().next().unwrap_or(' ');
        if let Some(last) = units.last_mut() {
            let kept = not_first(first);
            match last.after {
                // UAX #14 lets a mark start a line when a space stands before it.
                After::Break if kept => last.after = After::Never,
                After::Never if !kept && !ends_open(&text[..at]) => last.after = After::Split,
                _ => {}
            }
        }
        // A number stays with what it counts, 3年前, and that of an issue with its words, ② 眠れない.
        if let Some(last) = units.last_mut().filter(|last| last.after == After::Break) {
            let counts = text[..at].ends_with(char::is_numeric) && first.is_alphabetic();
            let before = text[..at].strip_suffix(' ').and_then(|words| words.chars().next_back());
            if counts || before.is_some_and(|c| c == '→' || is_circled(c)) {
                last.after = After::Split;
            }
        }
        let end = at + grapheme.len();
        while breaks.next_if(|(at, _)| *at < end).is_some() {}
        let after = match breaks.next_if(|(at, _)| *at == end) {
            // The end of the text is a mandatory break too, but there is nothing to break.
            Some((_, BreakOpportunity::Mandatory)) if end < text.len() => After::Must,
            Some((_, BreakOpportunity::Allowed)) => After::Break,
            _ => After::Never,
        };
        units.push(Unit { end, width, space: grapheme.chars().all(char::is_whitespace), after });
    }
    units
}

fn ends_open(text: &str) -> bool {
    text.chars().next_back().is_some_and(not_last)
}

fn cut<'a>(text: &'a str, units: &[Unit], width: usize) -> Vec<&'a str> {
    let mut lines = Vec::new();
    let (mut first, mut start) = (0, 0);
    while first < units.len() {
        let next = line_end(units, first, width);
        let end = units[next - 1].end;
        lines.push(&text[start..end]);
        (first, start) = (next, end);
    }
    if lines.is_empty() {
        lines.push("");
    }
    lines
}

/// How wide the widest piece between such ends is that still fits into a line, without the spaces after it.
fn widest(units: &[Unit], width: usize, ends: impl Fn(After) -> bool) -> usize {
    let shown = |piece: &[Unit]| {
        let count = piece.iter().rposition(|unit| !unit.space).map_or(0, |last| last + 1);
        piece[..count].iter().map(|unit| unit.width).sum::<usize>()
    };
    units.split_inclusive(|unit| ends(unit.after)).map(shown).filter(|w| *w <= width).max().unwrap_or(0)
}

/// How many lines [`cut`] would make.
fn count(units: &[Unit], width: usize) -> usize {
    std::iter::successors(Some(0), |first| (*first < units.len()).then(|| line_end(units, *first, width)))
        .count()
        - 1
}

/// The unit after the last one of the line that starts at `first`; always at least one further.
fn line_end(units: &[Unit], first: usize, width: usize) -> usize {
    let (mut used, mut breath, mut words, mut inner) = (0, None, None, None);
    let (mut allowed, mut split) = (None, None);
    for (i, unit) in units.iter().enumerate().skip(first) {
        used += unit.width;
        if !unit.space && used > width && i > first {
            return breath.or(words).or(inner).or(allowed).or(split).unwrap_or(i);
        }
        match unit.after {
            After::Must => return i + 1,
            After::Break => allowed = Some(i + 1),
            After::Breath if 2 * used >= width => breath = Some(i + 1),
            After::Breath | After::Word if 3 * used >= width => words = Some(i + 1),
            After::Inner if 3 * used >= width => inner = Some(i + 1),
            After::Breath | After::Word | After::Inner => allowed = Some(i + 1),
            After::Split => split = Some(i + 1),
            After::Never => {}
        }
    }
    units.len()
}

#[cfg(test)]
mod tests;
