//! What figures give away: telephone numbers, addresses, birth dates, mail addresses.

use super::names::is_kanji;
use super::{Cell, Span};

/// Telephone numbers of Japan: ten or eleven digits from 0 in three groups or one, or a local number after 電話.
pub fn phones(cells: &[Cell]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        if !is_digit(cells, at) || at > 0 && (is_digit(cells, at - 1) || is_hyphen(cells, at - 1)) {
            at += 1;
            continue;
        }
        let (groups, end) = groups(cells, at);
        let digits: usize = groups.iter().sum();
        let whole = cells[at].c == '0' && matches!(digits, 10 | 11);
        let plausible = match groups.as_slice() {
            [_] => true,
            [first, _, last] => (2..=5).contains(first) && (3..=4).contains(last),
            [first, _] => (2..=5).contains(first),
            _ => false,
        };
        let local = matches!(groups.as_slice(), [1..=4, 4]) && after_label(cells, at);
        if whole && plausible || local {
            // The bracket of (0859)72-0331 belongs to it.
            let start = if at > 0 && cells[at - 1].c == '(' { at - 1 } else { at };
            found.push(Span { start, end });
        }
        at = end.max(at + 1);
    }
    found
}

/// The lengths of the groups of digits from `at`, and where they end.
fn groups(cells: &[Cell], at: usize) -> (Vec<usize>, usize) {
    let mut lengths = Vec::new();
    let mut end = at;
    loop {
        let length = cells[end..].iter().take_while(|cell| cell.c.is_ascii_digit()).count();
        lengths.push(length);
        end += length;
        // One joint, or the `)` of 0859(72)0331 with a hyphen after it.
        let joints = (1..=2).take_while(|n| is_joint(cells, end + n - 1)).count();
        if joints == 0 || !is_digit(cells, end + joints) {
            return (lengths, end);
        }
        end += joints;
    }
}

fn after_label(cells: &[Cell], at: usize) -> bool {
    let before: String = cells[at.saturating_sub(8)..at].iter().map(|cell| cell.c).collect();
    let before = before.trim_end_matches([' ', ':', 'は', '、', '.']);
    let before = before.trim_end_matches("番号");
    ["電話", "TEL", "Tel", "tel", "携帯", "☎", "℡", "FAX", "Fax"].iter().any(|label| before.ends_with(label))
}

fn is_digit(cells: &[Cell], at: usize) -> bool {
    cells.get(at).is_some_and(|cell| cell.c.is_ascii_digit())
}

/// What joins the groups of a number.
fn is_joint(cells: &[Cell], at: usize) -> bool {
    cells.get(at).is_some_and(|cell| matches!(cell.c, '-' | 'ー' | '(' | ')'))
}

fn is_hyphen(cells: &[Cell], at: usize) -> bool {
    cells.get(at).is_some_and(|cell| matches!(cell.c, '-' | 'ー'))
}

/// Addresses: 〒, 丁目, 番地, 番…号, 大字, and 1-2-3 after the name of a place.
pub fn addresses(cells: &[Cell]) -> Vec<Span> {
    let mut found = Vec::new();
    for at in 0..cells.len() {
        let span = match cells[at].c {
            '〒' => number_length(cells, at + 1).map(|_| Span { start: at, end: digits_end(cells, at + 1) }),
            '丁' if follows(cells, at, "丁目") => numbered(cells, at, 2),
            '番' if follows(cells, at, "番地") => numbered(cells, at, 2),
            '番' => numbered(cells, at, 1).and_then(|span| {
                let end = at + 1 + number_length(cells, at + 1)?;
                follows(cells, end, "号").then_some(Span { start: span.start, end: end + 1 })
            }),
            '大' if follows(cells, at, "大字") => {
                let name = cells[at + 2..].iter().take_while(|cell| is_kanji(cell.c)).count();
                (name > 0).then_some(Span { start: at, end: at + 2 + name })
            }
            _ => lot(cells, at),
        };
        found.extend(span);
    }
    found
}

fn follows(cells: &[Cell], at: usize, word: &str) -> bool {
    let mut rest = cells.get(at..).unwrap_or_default().iter();
    word.chars().all(|c| rest.next().is_some_and(|cell| cell.c == c))
}

fn number_length(cells: &[Cell], at: usize) -> Option<usize> {
    let length = cells.get(at..)?.iter().take_while(|cell| cell.c.is_ascii_digit()).count();
    (length > 0).then_some(length)
}

fn digits_end(cells: &[Cell], at: usize) -> usize {
    let rest = cells.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|cell| cell.c.is_ascii_digit() || cell.c == '-').count()
}

/// A number right before `at` (１丁目, 三丁目, 123-4番地), with the kanji of the place before it.
fn numbered(cells: &[Cell], at: usize, length: usize) -> Option<Span> {
    let figure =
        |c: char| c.is_ascii_digit() || "〇一二三四五六七八九十百".contains(c) || matches!(c, '-' | 'ー');
    let number = cells[..at].iter().rposition(|cell| !figure(cell.c)).map_or(0, |i| i + 1);
    if number == at {
        return None;
    }
    let start = cells[..number].iter().rposition(|cell| !is_kanji(cell.c)).map_or(0, |i| i + 1);
    Some(Span { start, end: at + length })
}

/// 根雨1-2-3, 山の町12-3: figures joined by hyphens after the name of a place.
fn lot(cells: &[Cell], at: usize) -> Option<Span> {
    if !is_digit(cells, at) || at == 0 || !is_kanji(cells[at - 1].c) {
        return None;
    }
    let mut end = at;
    let mut parts = Vec::new();
    loop {
        let length = number_length(cells, end)?;
        let number: String = cells[end..end + length].iter().map(|cell| cell.c).collect();
        parts.push(number.parse::<u32>().ok()?);
        end += length;
        if !is_hyphen(cells, end) || !is_digit(cells, end + 1) {
            break;
        }
        end += 1;
    }
    let start = cells[..at].iter().rposition(|cell| !is_kanji(cell.c)).map_or(0, |i| i + 1);
    let place: String = cells[start..at].iter().map(|cell| cell.c).collect();
    let town = place.contains(['市', '区', '町', '村', '郡']);
    // 市区町村2-3か所, 町内10-20件.
    let counted =
        cells.get(end).is_some_and(|cell| "人回日分時年月週件名かヶカ歳種個所割軒世台本mk%".contains(cell.c));
    // A dose is written alike: 内服1-1-1, 朝昼夕2-1-1; so is a score or a date.
    let other = place.ends_with([
        '薬', '方', '服', '与', '夕', '後', '前', '錠', '量', '位', '食', '和', '成', '年', '比', '点', '度',
        '型', '期', '程',
    ]);
    let year = parts.first().is_some_and(|n| (1900..2200).contains(n));
    let lot = match parts.len() {
        2 => town && !place.contains('内'),
        3 => town || (at - start >= 2 && !other && !year),
        _ => false,
    };
    (lot && !counted).then_some(Span { start, end })
}

/// Birth dates: a year or day followed by 生 or 生まれ, or a date after 生年月日 or 誕生日.
pub fn birth_dates(cells: &[Cell]) -> Vec<Span> {
    let mut found = Vec::new();
    for at in 0..cells.len() {
        if !is_digit(cells, at) && !follows(cells, at, "元年") || at > 0 && is_digit(cells, at - 1) {
            continue;
        }
        let Some((parts, end)) = date_end(cells, at) else { continue };
        let start = era_start(cells, at);
        let label = birth_label(cells, start);
        // Four figures are a year; fewer need an era, unless a month and a day say that a day is meant.
        let dated = start < at || number_length(cells, at) == Some(4);
        let born = follows(cells, end, "生") && !follows(cells, end, "生活") && dated;
        if born {
            let length = if follows(cells, end, "生まれ") { 3 } else { 1 };
            found.push(Span { start, end: end + length });
        } else if let Some(label) = label.filter(|_| parts >= 2) {
            found.push(Span { start: label, end });
        }
    }
    found
}

/// How many numbers the date has and where it ends; only figures with 年月日 / - . between them count.
fn date_end(cells: &[Cell], at: usize) -> Option<(usize, usize)> {
    let mut end = at;
    let mut parts = 0;
    loop {
        let length = number_length(cells, end).or_else(|| follows(cells, end, "元").then_some(1))?;
        end += length;
        parts += 1;
        let mark = cells.get(end).is_some_and(|cell| matches!(cell.c, '年' | '月' | '日' | '/' | '-' | '.'));
        if mark && (matches!(cells[end].c, '年' | '月' | '日') || is_digit(cells, end + 1)) {
            end += 1;
        } else {
            break;
        }
        if parts == 3 || !is_digit(cells, end) {
            break;
        }
    }
    // A bare number is no date: 3生.
    (end > at + 1 && !cells[end - 1].c.is_ascii_digit() || parts >= 2).then_some((parts, end))
}

fn era_start(cells: &[Cell], at: usize) -> usize {
    let before =
        |n: usize| at.checked_sub(n).map(|i| cells[i..at].iter().map(|cell| cell.c).collect::<String>());
    if before(2).is_some_and(|w| ["明治", "大正", "昭和", "平成", "令和"].contains(&w.as_str())) {
        at - 2
    } else if before(1)
        .is_some_and(|w| ["M", "T", "S", "H", "R", "m", "t", "s", "h", "r"].contains(&w.as_str()))
    {
        at - 1
    } else {
        at
    }
}

/// Where 生年月日 begins, if the date follows it.
fn birth_label(cells: &[Cell], start: usize) -> Option<usize> {
    let mut end = start;
    while end > 0 && matches!(cells[end - 1].c, ':' | ' ' | 'は' | '、' | '(') {
        end -= 1;
    }
    ["生年月日", "誕生日"].iter().find_map(|label| {
        let begin = end.checked_sub(label.chars().count())?;
        follows(cells, begin, label).then_some(begin)
    })
}

/// Mail addresses.
pub fn mails(cells: &[Cell]) -> Vec<Span> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    let mut found = Vec::new();
    for at in (0..cells.len()).filter(|at| cells[*at].c == '@') {
        let start = cells[..at].iter().rposition(|cell| !part(cell.c)).map_or(0, |i| i + 1);
        let mut end = at + 1 + cells[at + 1..].iter().take_while(|cell| part(cell.c)).count();
        while end > at + 1 && !cells[end - 1].c.is_ascii_alphanumeric() {
            end -= 1;
        }
        let dotted = cells[at + 1..end].iter().any(|cell| cell.c == '.');
        if start < at && dotted {
            found.push(Span { start, end });
        }
    }
    found
}
