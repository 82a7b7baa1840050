//! The one font of the pictures, BIZ UDGothic Regular, which comes with the program under the SIL Open Font License
//! (`fonts/OFL.txt`): what it has, how wide it runs, and what stands where it has nothing.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use ttf_parser::Face;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;
use usvg::fontdb::{Database, Source};

/// The font, then what a browser has in its place.
pub const FAMILIES: &str =
    "BIZ UDGothic, BIZ UDゴシック, Hiragino Sans, Yu Gothic, Meiryo, Noto Sans CJK JP, sans-serif";

/// Drawn where the font has no sign (geta mark).
const GETA: char = '〓';

static BYTES: &[u8] = include_bytes!("fonts/BIZUDGothic-Regular.ttf");

static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(BYTES, 0).ok());

/// Nothing but the font: a picture must not depend on the machine it is made on. Its tables of ligatures and kerning would
/// be read anew for every text and change nothing in ours: they go by a name that nobody asks for, in the same order.
pub static DATABASE: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut bytes = BYTES.to_vec();
    let tables = bytes.get(4..6).map_or(0, |count| usize::from(count[0]) * 256 + usize::from(count[1]));
    for table in bytes.get_mut(12..12 + tables * 16).unwrap_or_default().chunks_exact_mut(16) {
        if table.starts_with(b"GSUB") || table.starts_with(b"GPOS") {
            table[3] += 1;
        }
    }
    let mut database = Database::new();
    database.load_font_source(Source::Binary(Arc::new(bytes)));
    Arc::new(database)
});

/// The font's own tables.
pub fn face() -> Option<&'static Face<'static>> {
    FACE.as_ref()
}

/// What can be drawn; controls are left to whoever writes the file, who leaves them out.
fn has(c: char) -> bool {
    c.is_ascii() || c.is_control() || FACE.as_ref().is_some_and(|face| face.glyph_index(c).is_some())
}

/// How wide a text runs, in halves of its size. Unlike on a terminal, `①` and `→` are as wide as kanji.
pub fn cells(text: &str) -> usize {
    text.chars()
        .map(|c| match c {
            ' '..='~' => 1,
            c if plain(c) => 2,
            c => advance(c),
        })
        .sum()
}

/// Kana, kanji, letters: what the terminal and the font agree on.
fn plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

fn advance(c: char) -> usize {
    let Some(face) = FACE.as_ref() else { return 2 };
    match face.glyph_index(c) {
        Some(glyph) => {
            let advance = face.glyph_hor_advance(glyph).unwrap_or_default();
            (usize::from(advance) * 2).div_ceil(usize::from(face.units_per_em()))
        }
        None if is_mark(c) => 0,
        None => 2,
    }
}

/// What only changes the look of the character before it.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A text as the font can draw it, and what of it the font does not have. Where only a variant of a character is missing,
/// the character itself stands; else a geta mark. A mark that finds no character before it shows nothing anywhere.
pub fn drawable(text: &str) -> (Cow<'_, str>, BTreeSet<String>) {
    let mut missing = BTreeSet::new();
    if text.chars().all(|c| plain(c) || has(c)) {
        return (Cow::Borrowed(text), missing);
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        if grapheme.chars().all(has) {
            out.push_str(grapheme);
            continue;
        }
        let composed: String = grapheme.nfc().collect();
        if composed.chars().all(has) {
            out.push_str(&composed);
            continue;
        }
        let base: String = composed.chars().filter(|c| !is_mark(*c)).collect();
        if base.is_empty() {
            continue;
        }
        missing.insert(grapheme.to_owned());
        if base.chars().all(has) {
            out.push_str(&base);
        } else {
            out.push(GETA);
        }
    }
    (Cow::Owned(out), missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ない字は下駄にして名前を言う() {
        let drawn = |text| {
            let (text, missing) = drawable(text);
            (text.into_owned(), missing.into_iter().collect::<Vec<_>>().join(" "))
        };
        assert_eq!(
            drawn("残薬が多い①♥★？→【課題】髙﨑"),
            ("残薬が多い①♥★？→【課題】髙﨑".into(), String::new())
        );
        assert_eq!(drawn("👨‍👩‍👧と👍"), ("〓と〓".into(), "👍 👨‍👩‍👧".into()));
        assert_eq!(drawn("葛\u{e0100}城"), ("葛城".into(), "葛\u{e0100}".into()));
        assert!(drawn("か\u{3099}").1.is_empty() && drawn("e\u{301}").1.is_empty());
        assert_eq!(drawn("\u{200d}薬\u{fe0f}と\u{200b}\u{e0100}"), ("薬と".into(), "薬\u{fe0f}".into()));
        assert_eq!(drawn("\u{363}薬"), ("〓薬".into(), "\u{363}".into()));
    }

    #[test]
    fn 画面で使う印はすべて字がある() {
        let signs = "♥★？→【】①⑳㉑㉟㊱㊿〓⇒◎〜…・「」（）＋";
        assert!(drawable(signs).1.is_empty(), "{:?}", drawable(signs).1);
        assert_eq!([cells("①"), cells("残薬"), cells("abc"), cells("ｶﾞ"), cells("→")], [2, 4, 3, 2, 2]);
    }
}
