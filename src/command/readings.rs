//! How words are spelled in kana: who is tired, or in a hurry, does not wait for the kanji. The readings are data:
//! `readings.txt` beside this, a word or a part of one with all that is read there; what is longer is made of these.

use std::collections::HashMap;
use std::sync::LazyLock;

static READINGS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let pairs = include_str!("readings.txt").split_whitespace();
    pairs
        .filter_map(|pair| pair.split_once('='))
        .map(|(word, read)| (word, read.split('/').collect()))
        .collect()
});

/// More ways to read one word than these are not tried.
const MOST: usize = 8;

/// The longest word that is read as a whole has so many letters.
const LONGEST: usize = 4;

pub(super) fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// The spellings of a word in kana alone; none where it has no kanji, or one that is not known here.
pub(super) fn in_kana(word: &str) -> Vec<String> {
    let mut read = vec![String::new()];
    let mut rest = word;
    while let Some(first) = rest.chars().next() {
        let (part, kana) = if is_kanji(first) {
            let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
            let known = ends.filter_map(|end| READINGS.get_key_value(&rest[..end])).last();
            let Some((part, kana)) = known else { return Vec::new() };
            (part.len(), kana.as_slice())
        } else {
            (first.len_utf8(), &[][..])
        };
        read = match kana {
            [] => read.into_iter().map(|read| read + &rest[..part]).collect(),
            _ => read.iter().flat_map(|read| kana.iter().map(move |kana| format!("{read}{kana}"))).collect(),
        };
        read.truncate(MOST);
        rest = &rest[part..];
    }
    read.retain(|read| read != word);
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 漢字のことばはかなでも読める() {
        for (word, kana) in [
            ("計画表", "けいかくひょう"),
            ("本人のことば", "ほんにんのことば"),
            ("二回目", "にかいめ"),
            ("消えちゃった", "きえちゃった"),
            ("打ち間違", "うちまちが"),
        ] {
            assert!(in_kana(word).iter().any(|read| read == kana), "{word}: {:?}", in_kana(word));
        }
        assert!(in_kana("いんさつ").is_empty() && in_kana("躑躅を消す").is_empty());
    }
}
