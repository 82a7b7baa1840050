//! The font of the pictures, BIZ UDGothic Regular, which comes with the program under the SIL Open Font License (`fonts/OFL.txt`):
//! what it has, how wide it runs, and what stands where it has nothing. What it lacks of kanji in names and of emoji is drawn from
//! two small fonts that `fonts/subset.py` cut out of Noto's.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use ttf_parser::Face;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use unicode_segmentation::UnicodeSegmentation;
use usvg::fontdb::{Database, Source};

use crate::layout::measure::measured_by;

/// The font, then what a browser has in its place.
pub const FAMILIES: &str =
    "BIZ UDGothic, BIZ UDゴシック, Hiragino Sans, Yu Gothic, Meiryo, Noto Sans CJK JP, sans-serif";

/// Drawn where the font has no sign (geta mark).
pub const GETA: char = '〓';

static BYTES: &[u8] = include_bytes!("fonts/BIZUDGothic-Regular.ttf");

/// What the font lacks: rare kanji and signs, and emoji.
static MORE: [&[u8]; 2] = [include_bytes!("fonts/MoreKanji.otf"), include_bytes!("fonts/MoreEmoji.ttf")];

static FACE: LazyLock<Option<Face<'static>>> = LazyLock::new(|| Face::parse(BYTES, 0).ok());

static MORE_FACES: LazyLock<Vec<Face<'static>>> =
    LazyLock::new(|| MORE.into_iter().filter_map(|bytes| Face::parse(bytes, 0).ok()).collect());

/// Nothing but these fonts: a picture must not depend on the machine it is made on. Its tables of ligatures and kerning would
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
    for more in MORE {
        database.load_font_source(Source::Binary(Arc::new(more)));
    }
    Arc::new(database)
});

/// Whether signs of this face are the font's own, whose tables [`face`] has.
pub fn is_own(face: usvg::fontdb::ID) -> bool {
    DATABASE.faces().next().is_some_and(|own| own.id == face)
}

/// The font's own tables.
pub fn face() -> Option<&'static Face<'static>> {
    FACE.as_ref()
}

/// What can be drawn; controls are left to whoever writes the file, who leaves them out.
fn has(c: char) -> bool {
    c.is_ascii()
        || c.is_control()
        || (!is_unseen(c) && !is_variant(c) && !VOICED.contains(&c) && drawn_by(c).is_some())
}

/// The first of the fonts that has a character.
fn drawn_by(c: char) -> Option<&'static Face<'static>> {
    FACE.iter().chain(MORE_FACES.iter()).find(|face| face.glyph_index(c).is_some())
}

/// Lays out for paper: words are as wide as they are drawn, whatever the terminal.
pub fn on_paper<T>(work: impl FnOnce() -> T) -> T {
    measured_by(cells, work)
}

/// How wide a text runs as it is drawn, in halves of its size. Unlike on a terminal, `①` and `→` are as wide as kanji, and so is
/// what stands for a letter that no font has.
pub fn cells(text: &str) -> usize {
    drawable(text)
        .0
        .chars()
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
    if c.is_control() || is_unseen(c) || is_variant(c) || is_combining_mark(c) {
        return 0;
    }
    let glyph = drawn_by(c).and_then(|face| Some((face, face.glyph_index(c)?)));
    let Some((face, glyph)) = glyph else { return 2 };
    if is_picture(c) {
        return 2;
    }
    let advance = face.glyph_hor_advance(glyph).unwrap_or_default();
    (usize::from(advance) * 2).div_ceil(usize::from(face.units_per_em()))
}

/// Whether a character is drawn from the font of emoji, whose signs are wider than kanji: they are drawn as much smaller as
/// [`PICTURE`] says, to be as wide as they are on a screen.
pub fn is_picture(c: char) -> bool {
    !plain(c)
        && drawn_by(c).is_some_and(|face| MORE_FACES.get(1).is_some_and(|emoji| std::ptr::eq(face, emoji)))
}

/// The size of an emoji beside that of the words around it, in hundredths.
pub static PICTURE: LazyLock<f32> = LazyLock::new(|| {
    let emoji = MORE_FACES.get(1);
    let advance = emoji.and_then(|face| face.glyph_hor_advance(face.glyph_index('😊')?));
    let em = emoji.map_or(1.0, |face| f32::from(face.units_per_em()));
    100.0 * em / advance.map_or(em, f32::from)
});

/// What nobody sees: joiners, marks of direction, breaks that are only allowed, and what chooses between an emoji in colour and one
/// in black, colours its skin, or draws the key of a keyboard around a digit.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{20e3}' | '\u{feff}' | '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// Marks behind a half-width kana: a cell of their own on a screen, while whoever draws them takes both for one letter. The kana
/// of full width is as wide as both.
const VOICED: [char; 2] = ['\u{ff9e}', '\u{ff9f}'];

/// Makes one picture of those before and behind it.
const JOINER: char = '\u{200d}';

/// The letter that, with another one, is the flag of a country.
fn letter_of_flag(c: char) -> char {
    let letter = u32::from(c).checked_sub(0x1f1e6).filter(|letter| *letter < 26);
    letter.map_or(c, |letter| char::from(b'A' + letter as u8))
}

/// What asks for another form of the character before it.
fn is_variant(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}')
}

/// A text as the fonts can draw it, and what of it they do not have. What nobody sees is left out, and what is joined to one picture
/// is drawn one beside the other. Where only a variant of a character is missing, the character itself stands, a radical is drawn as
/// its kanji, and a flag is its letters; else a geta mark stands. A mark that finds no character before it shows nothing anywhere.
pub fn drawable(text: &str) -> (Cow<'_, str>, BTreeSet<String>) {
    let mut missing = BTreeSet::new();
    if text.chars().all(|c| plain(c) || has(c)) {
        return (Cow::Borrowed(text), missing);
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true).flat_map(|grapheme| grapheme.split(JOINER)) {
        let seen: String = grapheme.chars().filter(|c| !is_unseen(*c)).map(letter_of_flag).collect();
        // Composed, for a sign and its mark are one letter in one font and two in another; and as what it is a form of.
        let forms: [String; 2] = [seen.nfc().collect(), seen.nfkc().collect()];
        if seen.starts_with(VOICED) {
            out.push_str(&seen);
            continue;
        }
        if let Some(form) = forms.iter().find(|form| form.chars().all(has)) {
            out.push_str(form);
            continue;
        }
        let base: String = forms[0].chars().filter(|c| !is_variant(*c)).collect();
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

/// The numbers in Unicode of what cannot be drawn.
pub fn code(letter: &str) -> String {
    letter.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}

/// Letters as they are named to whoever looks for them: each itself, with its number where not all of it is seen.
pub fn named(letters: &BTreeSet<String>) -> String {
    let hidden = |c: char| {
        let private = matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}');
        private
            || c.is_control()
            || c.is_whitespace()
            || is_unseen(c)
            || is_variant(c)
            || is_combining_mark(c)
    };
    let named = |letter: &String| match letter.chars().filter(|c| !hidden(*c)).collect::<String>() {
        seen if seen == *letter => seen,
        seen if seen.is_empty() => code(letter),
        seen => format!("{seen}（{}）", code(letter)),
    };
    letters.iter().map(named).collect::<Vec<_>>().join("、")
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
        assert_eq!(drawn("👨‍👩‍👧と👍🏽"), ("👨👩👧と👍".into(), String::new()));
        assert_eq!(drawn("❤️⛩️1️⃣番👩‍🦽🏳️‍🌈🇯🇵か\u{3099}"), ("❤⛩1番👩🦽🏳🌈JPが".into(), String::new()));
        assert_eq!(drawn("ﾍﾙﾊﾟｰとﾞ"), ("ﾍﾙパｰど".into(), String::new()));
        assert_eq!(drawn("👩‍🫨と"), ("👩〓と".into(), "🫨".into()));
        assert_eq!(drawn("𠮷野家の⾷事☺️"), ("𠮷野家の食事☺".into(), String::new()));
        assert_eq!(drawn("薬\u{200b}と\u{200e}\u{2060}水\u{ad}"), ("薬と水".into(), String::new()));
        assert_eq!(drawn("ก🫨と"), ("〓〓と".into(), "ก 🫨".into()));
        assert_eq!(drawn("葛\u{e0100}城"), ("葛城".into(), "葛\u{e0100}".into()));
        assert!(drawn("か\u{3099}").1.is_empty() && drawn("e\u{301}").1.is_empty());
        assert_eq!(drawn("\u{200d}薬\u{fe00}と\u{200b}\u{e0100}"), ("薬と".into(), "薬\u{fe00}".into()));
        assert_eq!(drawn("\u{363}薬"), ("〓薬".into(), "\u{363}".into()));
    }

    #[test]
    fn 目に見えない字は番号で言う() {
        for (letters, said) in [
            (&["ธ", "𓀀"][..], "ธ、𓀀"),
            (&["\u{e000}"], "U+E000"),
            (&["\u{f8ff}", "龘"], "龘、U+F8FF"),
            (&["葛\u{e0100}"], "葛（U+845B U+E0100）"),
            (&["\u{363}"], "U+0363"),
            (&["\u{10fffd}"], "U+10FFFD"),
            (&[], ""),
        ] {
            assert_eq!(named(&letters.iter().map(|letter| (*letter).to_owned()).collect()), said);
        }
    }

    #[test]
    fn 画面で使う印はすべて字がある() {
        let signs = "♥★？→【】①⑳㉑㉟㊱㊿〓⇒◎〜…・「」（）＋";
        assert!(drawable(signs).1.is_empty(), "{:?}", drawable(signs).1);
        assert_eq!([cells("①"), cells("残薬"), cells("abc"), cells("ｶﾞ"), cells("→")], [2, 4, 3, 2, 2]);
        // A geta mark for a grapheme, however many characters it is.
        assert_eq!([cells("ש"), cells("สั"), cells("\u{7}"), cells("𠮷")], [2, 2, 0, 2]);
        assert_eq!([cells("🏥"), cells("❤️"), cells("1️⃣"), cells("👨‍👩‍👧")], [2, 2, 1, 6]);
        assert_eq!([cells("ﾊﾟ"), cells("ﾊ")], [2, 1]);
        assert_eq!([cells("か\u{309a}"), cells("か\u{3099}")], [2, 2], "a mark stands on its letter");
    }
}
