//! How old somebody is, in bands: in a small town an exact age tells who is meant.

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;

use super::date::{NUMERALS, numeral_first, year_first};
use super::several::is_divider;

/// Nobody is older.
const OLDEST: u32 = 130;

/// The ages of bands that are called by another name than figures; who goes to school is as old as most there.
const CALLED: [(&str, RangeInclusive<u32>); 7] = [
    ("乳児", 0..=0),
    ("乳幼児", 0..=5),
    ("幼児", 1..=5),
    ("未就学児", 0..=5),
    ("小学生", 6..=11),
    ("中学生", 12..=14),
    ("高校生", 15..=17),
];

/// Words with each age in them as a band: 52歳 is 50代, and 昭和48年生まれ what that comes to on a day. None where they say no age
/// as exactly as that.
pub fn in_bands(words: &str, bands: &[String], day: NaiveDate) -> Option<String> {
    let text: String = words.trim().nfkc().collect();
    let (mut out, mut rest, mut found) = (String::new(), text.as_str(), false);
    while let Some(c) = rest.chars().next() {
        let whole = || alone(rest).filter(|_| rest.len() == text.len());
        let listed = |age: u32| bands.iter().filter_map(|band| ages(band)).any(|of| of.contains(&age));
        let half = || in_half(rest).filter(|(age, _)| listed(*age));
        let said = born(rest, day).or_else(|| in_years(rest)).or_else(half).or_else(whole);
        let band = said.and_then(|(age, behind)| Some((band_of(age, bands)?, behind)));
        let decade = || in_tens(rest).map(|(tens, behind)| (format!("{tens}代"), behind));
        if let Some((band, behind)) = band.or_else(decade) {
            (found, rest) = (true, behind);
            out.push_str(&band);
        } else {
            // A number is read from its first figure or not at all.
            let behind = numeral_first(rest).map_or(&rest[c.len_utf8()..], |(_, behind)| behind);
            out.push_str(&rest[..rest.len() - behind.len()]);
            rest = behind;
        }
    }
    found.then_some(out).filter(|out| *out != text)
}

/// The words before an age they end with, and the age as a band: 「架空原 52歳」, 「架空原（50代）」. None where they do not end so.
pub fn at_end(words: &str, bands: &[String]) -> Option<(String, String)> {
    let is_figure = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let counts = |c: char| NUMERALS.contains(c);
    // One alone may be a part of a name: 三歳, 五代.
    let begins = words.char_indices().filter(|(at, c)| {
        is_figure(*c) && !words[..*at].ends_with(is_figure)
            || counts(*c) && !words[..*at].ends_with(counts) && words[at + c.len_utf8()..].starts_with(counts)
    });
    begins.into_iter().find_map(|(at, _)| {
        let (before, rest): (_, String) = (&words[..at], words[at..].nfkc().collect());
        let ends = |rest: &str| rest.trim_matches([')', ' ']).is_empty();
        let years = in_years(&rest).filter(|(_, behind)| ends(behind));
        let band = match years {
            Some((age, _)) => band_of(age, bands)?,
            None => {
                let (tens, behind) = in_tens(&rest).or_else(|| in_decade(&rest))?;
                let half =
                    ["前半", "後半"].into_iter().find(|half| behind.starts_with(half)).unwrap_or_default();
                ends(&behind[half.len()..]).then(|| format!("{tens}代{half}"))?
            }
        };
        let joins = |c: char| c.is_whitespace() || is_divider(c) || matches!(c, '満' | '約');
        let before = before.trim_end_matches(joins);
        // The bracket it stood in goes with it, or holds what is left.
        let close = words.trim_end().chars().next_back().filter(|c| matches!(c, '）' | ')'));
        let alone = close.and_then(|_| before.strip_suffix(['（', '(']));
        let close = close.filter(|_| alone.is_none()).map(String::from).unwrap_or_default();
        Some((alone.unwrap_or(before).trim_end().to_owned() + &close, band))
    })
}

/// 50代: the decade, and what follows. 5代 are five heads of a house.
fn in_decade(text: &str) -> Option<(u32, &str)> {
    let (age, rest) = numeral_first(text)?;
    let behind = after(rest, &["代"])?;
    (age >= 10 && age % 10 == 0 && age <= OLDEST).then_some((age, behind))
}

/// 50代後半, 50代半ば: an age in it, and what follows. Not every list divides its decades.
fn in_half(text: &str) -> Option<(u32, &str)> {
    let (tens, behind) = in_decade(text).or_else(|| in_tens(text))?;
    let half =
        [("前半", 2), ("初め", 2), ("はじめ", 2), ("半ば", 5), ("なかば", 5), ("後半", 7), ("終わり", 7)];
    half.into_iter().find_map(|(word, years)| Some((tens + years, behind.strip_prefix(word)?)))
}

/// 昭和48年3月5日生まれ, S48生: the age, and what follows.
fn born(text: &str, day: NaiveDate) -> Option<(u32, &str)> {
    let (said, behind) = text.split_once('生').filter(|(said, _)| said.chars().count() < 16)?;
    let (year, rest) = year_first(said.trim())?;
    if !rest.chars().all(|c| c.is_ascii_digit() || "年月日/-.".contains(c)) {
        return None;
    }
    let mut figures = rest.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok());
    let birthday = (figures.next().unwrap_or(1), figures.next().unwrap_or(1));
    let age = day.year() - year - i32::from((day.month(), day.day()) < birthday);
    Some((age.try_into().ok()?, without(behind, &["まれ", "れ"])))
}

/// 52歳, 満52才, 52〜54歳くらい, 5歳3か月, 生後8か月: the age, and what follows. 65歳以上 is none.
fn in_years(text: &str) -> Option<(u32, &str)> {
    if let Some((_, behind)) = text.strip_prefix("生後").and_then(|rest| numeral_first(rest.trim_start())) {
        return Some((0, after(behind, MONTHS).or_else(|| after(behind, &["日", "週"]))?));
    }
    let (age, rest) = numeral_first(without(text, &["満", "数え", "約"]))?;
    let to = rest.strip_prefix(['~', '〜', '-', 'ー', '・']).and_then(numeral_first);
    let behind = after(to.map_or(rest, |(_, rest)| rest).trim_start(), YEARS)?;
    if ["以上", "以下", "未満", "代", "台"].iter().any(|vague| behind.starts_with(vague)) {
        return None;
    }
    let months = numeral_first(behind).and_then(|(_, rest)| after(rest, MONTHS));
    let behind = months.unwrap_or_else(|| without(behind, &["半"]));
    Some((age, without(behind, &["くらい", "ぐらい", "前後", "ごろ", "頃", "過ぎ", "すぎ"])))
}

/// 50歳代: the decade, and what follows.
fn in_tens(text: &str) -> Option<(u32, &str)> {
    let (age, rest) = numeral_first(text)?;
    let behind = after(after(rest, YEARS)?, &["代", "台"])?;
    Some((age / 10 * 10, behind))
}

/// Figures alone, or before other words. One figure may be the beginning of a band.
fn alone(text: &str) -> Option<(u32, &str)> {
    let (age, behind) = numeral_first(text).filter(|(age, _)| *age > 9)?;
    let ends = behind.is_empty() || behind.starts_with(|c| is_divider(c) || matches!(c, '(' | '女' | '男'));
    (ends && !behind.trim_start().starts_with(['代', '台'])).then_some((age, behind))
}

const YEARS: &[&str] = &["歳", "才", "さい", "サイ"];
const MONTHS: &[&str] = &["か月", "ヶ月", "ヵ月", "カ月", "ケ月", "箇月", "月"];

/// What follows one of these words; none where none of them stands there.
fn after<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    words.iter().find_map(|word| text.strip_prefix(word))
}

/// The same, or the text.
fn without<'a>(text: &'a str, words: &[&str]) -> &'a str {
    after(text, words).unwrap_or(text)
}

/// The band of the list that says the most of an age; a decade where the list has none.
fn band_of(age: u32, bands: &[String]) -> Option<String> {
    let holding =
        bands.iter().filter_map(|band| Some((band, ages(band)?))).filter(|(_, of)| of.contains(&age));
    let closest = holding.min_by_key(|(_, of)| of.end() - of.start());
    let decade = || if age < 10 { "10歳未満".to_owned() } else { format!("{}代", age / 10 * 10) };
    (age <= OLDEST).then(|| closest.map_or_else(decade, |(band, _)| band.clone()))
}

/// The ages that a band of the list means.
fn ages(band: &str) -> Option<RangeInclusive<u32>> {
    let band: String = band.nfkc().filter(|c| !c.is_whitespace()).collect();
    if let Some((_, ages)) = CALLED.iter().find(|(name, _)| *name == band) {
        return Some(ages.clone());
    }
    let (from, rest) = numeral_first(&band)?;
    let rest = without(rest, YEARS);
    match rest {
        "代" => Some(from..=from + 9),
        "代前半" => Some(from..=from + 4),
        "代後半" => Some(from + 5..=from + 9),
        "以上" | "代以上" => Some(from..=OLDEST),
        "未満" => Some(0..=from.checked_sub(1)?),
        "以下" => Some(0..=from),
        _ => {
            let (to, rest) = numeral_first(rest.strip_prefix(['~', '〜', '-', 'ー'])?)?;
            (from <= to && without(rest, YEARS).is_empty()).then_some(from..=to)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str, bands: &[&str]) -> Option<String> {
        let bands: Vec<String> = bands.iter().map(|band| (*band).to_owned()).collect();
        in_bands(words, &bands, NaiveDate::from_ymd_opt(2026, 5, 21).unwrap())
    }

    const BANDS: [&str; 9] =
        ["乳幼児", "小学生", "中学生", "10代後半", "40代", "50代", "70代前半", "70代後半", "90歳以上"];

    #[test]
    fn 年齢はどう書いても年代になる() {
        for (words, band) in [
            ("52歳", "50代"),
            ("52才", "50代"),
            ("５２歳", "50代"),
            ("52", "50代"),
            ("５２", "50代"),
            ("五十二歳", "50代"),
            ("満52歳", "50代"),
            ("52 歳", "50代"),
            ("52さい", "50代"),
            ("52歳くらい", "50代"),
            ("52〜54歳", "50代"),
            ("50歳代", "50代"),
            ("70歳代後半", "70代後半"),
            ("50代後半", "50代"),
            ("五十代前半の女性", "50代の女性"),
            ("40代半ば", "40代"),
            ("70代半ば", "70代後半"),
            ("74歳", "70代前半"),
            ("75歳", "70代後半"),
            ("101歳", "90歳以上"),
            ("昭和48年生まれ", "50代"),
            ("昭48生", "50代"),
            ("S48.3.5生まれ", "50代"),
            ("1973年生", "50代"),
            // The birthday is still to come.
            ("昭和51年5月22日生まれ", "40代"),
            ("昭和51年5月21日生まれ", "50代"),
            ("令和元年生まれ", "小学生"),
            ("4歳", "乳幼児"),
            ("1歳3か月", "乳幼児"),
            ("1歳半", "乳幼児"),
            ("生後8か月", "乳幼児"),
            ("9歳", "小学生"),
            ("13", "中学生"),
            ("17歳", "10代後半"),
            // Other words stay, and their ages go.
            ("52歳の女性", "50代の女性"),
            ("52 女性", "50代 女性"),
            ("夫71歳、妻52歳", "夫70代前半、妻50代"),
            // No list has it: the decade is near enough.
            ("33歳", "30代"),
        ] {
            assert_eq!(read(words, &BANDS).as_deref(), Some(band), "{words}");
        }
        assert_eq!(read("8歳", &["20代", "30代"]).as_deref(), Some("10歳未満"));
        assert_eq!(read("33歳", &["65歳未満", "65〜74歳", "75歳以上"]).as_deref(), Some("65歳未満"));
        assert_eq!(read("70", &["65歳未満", "65〜74歳", "75歳以上"]).as_deref(), Some("65〜74歳"));
    }

    #[test]
    fn ことばの終わりの年齢は離して年代になる() {
        let bands = BANDS.map(str::to_owned);
        for (words, expected) in [
            ("架空原 52歳", Some(("架空原", "50代"))),
            ("架空原52才", Some(("架空原", "50代"))),
            ("架空原（５２歳）", Some(("架空原", "50代"))),
            ("長女・満41歳", Some(("長女", "40代"))),
            ("家族（長女・41歳）", Some(("家族（長女）", "40代"))),
            ("架空原 70代後半", Some(("架空原", "70代後半"))),
            ("架空原 50歳代", Some(("架空原", "50代"))),
            ("潮田五十二歳", Some(("潮田", "50代"))),
            ("潮田 満四十一才", Some(("潮田", "40代"))),
            ("潮田（七十代後半）", Some(("潮田", "70代後半"))),
            ("潮田 三歳", None),
            ("五代", None),
            ("磯貝 十一", None),
            ("33歳", Some(("", "30代"))),
            ("架空原", None),
            ("5代目 架空原", None),
            ("架空原 5代", None),
            ("3歳児クラス", None),
            ("65歳以上の会", None),
            ("千歳", None),
            ("P52", None),
        ] {
            let read = at_end(words, &bands);
            assert_eq!(
                read.as_ref().map(|(before, band)| (before.as_str(), band.as_str())),
                expected,
                "{words}"
            );
        }
    }

    #[test]
    fn 年齢でないことばは年齢に読まない() {
        for words in [
            "",
            "80代後半",
            "80代",
            "8",
            "90歳以上",
            "65歳未満",
            "高齢",
            "要介護2",
            "一人暮らし",
            "151",
            "2026年度の制度",
            "2年生",
            "不明",
            "52回",
            "80 代",
            "生活",
            "昭和の生まれ",
        ] {
            assert_eq!(read(words, &BANDS), None, "{words}");
        }
    }
}
