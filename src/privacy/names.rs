//! Names: a family name before さん, 様 or 氏.

use super::words::{HONORIFICS, KANA_SURNAMES, KATAKANA_ROLES, NAMES_AFTER_ALL, ROLE_ENDINGS};
use super::{Cell, Span};
use crate::domain::people::SINGLE_SURNAMES;

/// The longest family name with given name (勅使河原 権左衛門) is hardly ever met; longer runs of kanji are terms.
const LONGEST_NAME: usize = 5;

/// Every name with its honorific.
pub fn names(cells: &[Cell]) -> Vec<Span> {
    let mut found = Vec::new();
    for at in 0..cells.len() {
        for honorific in HONORIFICS {
            let length = honorific.chars().count();
            if starts_with(&cells[at..], honorific)
                && ends_well(honorific, cells.get(at + length))
                && let Some(start) = name_before(cells, at)
            {
                found.push(Span { start, end: at + length });
            }
        }
    }
    found
}

fn starts_with(cells: &[Cell], word: &str) -> bool {
    let mut cells = cells.iter();
    word.chars().all(|c| cells.next().is_some_and(|cell| cell.c == c))
}

/// 様子, 様式, 氏名 and さんぽ are words of their own.
fn ends_well(honorific: &str, next: Option<&Cell>) -> bool {
    let Some(next) = next.map(|cell| cell.c) else { return true };
    match honorific {
        "さん" => !matches!(next, 'ぽ' | 'ざ'),
        "さま" => next != 'ざ',
        "様" => !is_kanji(next) || "宅方側本自の".contains(next),
        "氏" => !matches!(next, '名' | '神' | '子' | '族'),
        _ => true,
    }
}

/// Where the name begins that ends before `end`; none where what stands there is no name.
fn name_before(cells: &[Cell], end: usize) -> Option<usize> {
    let last = cells.get(end.checked_sub(1)?)?.c;
    if is_kanji(last) {
        return kanji_name(cells, end);
    }
    let start = run_start(cells, end, if is_katakana(last) { is_katakana } else { is_hiragana });
    let word: String = cells[start..end].iter().map(|cell| cell.c).collect();
    if is_katakana(last) {
        let role = last == 'ー' || KATAKANA_ROLES.iter().any(|role| word.ends_with(role));
        let length = end - start;
        // After kanji it is the end of a mixed word: 訪問ケアさん.
        let alone = start == 0 || !is_kanji(cells[start - 1].c);
        (!role && alone && (2..=6).contains(&length)).then_some(start)
    } else {
        kana_name(&word).map(|length| end - length)
    }
}

fn kanji_name(cells: &[Cell], end: usize) -> Option<usize> {
    let start = run_start(cells, end, is_name_kanji);
    let word: Vec<char> = cells[start..end].iter().map(|cell| cell.c).collect();
    // お客さん, ご主人様; but 「なお田中さん」.
    let before = |n: usize| start.checked_sub(n).and_then(|i| cells.get(i)).map(|cell| cell.c);
    if matches!(before(1), Some('お' | 'ご')) && before(2) != Some('な') {
        return None;
    }
    let word = &word[role_before_name(&word)..];
    let text: String = word.iter().collect();
    let role = ROLE_ENDINGS.iter().any(|role| text.ends_with(role)) && !given_name(&text);
    if role && !NAMES_AFTER_ALL.contains(&text.as_str()) {
        return None;
    }
    match word {
        [] => None,
        [single] => SINGLE_SURNAMES.contains(*single).then_some(end - 1),
        _ => (word.len() <= LONGEST_NAME).then_some(end - word.len()),
    }
}

/// 花子, 山田花子: 子 after a name. What ends with a kinship in 子 (息子, 母子) is in the list as a whole.
fn given_name(text: &str) -> bool {
    let kin =
        ["息子", "双子", "母子", "親子", "子供", "弟子", "障子", "様子", "利子", "養子", "妻子", "末子"];
    text.ends_with('子') && text.chars().count() >= 2 && !kin.iter().any(|k| text.ends_with(k))
}

/// How many characters of the run are a role that a name follows: 3 for 薬剤師山田.
fn role_before_name(word: &[char]) -> usize {
    let role_at = |end: usize| {
        let head: String = word[..end].iter().collect();
        end >= 2 && ROLE_ENDINGS.iter().any(|role| role.chars().count() >= 2 && head.ends_with(role))
            || end >= 3 && word[end - 1] == '師'
            || end >= 3 && matches!(word[end - 1], '員' | '者' | '士')
    };
    // At least two characters must be left for the name.
    (2..word.len().saturating_sub(1)).rev().find(|end| role_at(*end)).unwrap_or(0)
}

/// The length of a common family name in hiragana at the end of the word, if it can begin there.
fn kana_name(word: &str) -> Option<usize> {
    KANA_SURNAMES.iter().find_map(|name| {
        let before = word.strip_suffix(name)?;
        // A particle before it, or nothing; else it is the end of a longer word.
        let free = before.chars().last().is_none_or(|c| "のはがとにをもへや".contains(c));
        free.then(|| name.chars().count())
    })
}

fn run_start(cells: &[Cell], end: usize, belongs: fn(char) -> bool) -> usize {
    cells[..end].iter().rposition(|cell| !belongs(cell.c)).map_or(0, |at| at + 1)
}

pub fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '々' | '〆')
}

/// Kanji and what stands between them in names: 山ノ内, 槇ヶ原.
fn is_name_kanji(c: char) -> bool {
    is_kanji(c) || matches!(c, 'ノ' | 'ヶ')
}

pub fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ')
}
