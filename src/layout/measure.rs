//! How many cells text takes on a terminal, by grapheme.
//!
//! The rule is that of ratatui's `CellWidth` (a test in `view` holds the two together): the width of each grapheme by
//! `unicode-width`, plus one for each half-width voicing mark, which terminals give a cell of its own. Characters of
//! ambiguous width count one.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The cells one grapheme takes; 0 for what is never drawn (control characters, lone marks).
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    if grapheme.len() == 1 {
        return 1;
    }
    let marks = grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    grapheme.width() + marks
}

/// The graphemes of a text, each with the byte where it starts and its width in cells.
pub fn graphemes(text: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (grapheme, width) = first_grapheme(&text[at..])?;
        at += grapheme.len();
        Some((at - grapheme.len(), grapheme, width))
    })
}

fn first_grapheme(text: &str) -> Option<(&str, usize)> {
    let mut chars = text.chars();
    // Segmenting is slow, and two plain characters never belong together.
    if let Some(width) = plain_width(chars.next()?) {
        let rest = chars.as_str();
        if chars.next().is_none_or(|next| plain_width(next).is_some()) {
            return Some((&text[..text.len() - rest.len()], width));
        }
    }
    let grapheme = text.graphemes(true).next()?;
    Some((grapheme, grapheme_width(grapheme)))
}

/// The cells a text takes when it is drawn.
pub fn width(text: &str) -> usize {
    let mut cells = 0;
    for c in text.chars() {
        match plain_width(c) {
            Some(one) => cells += one,
            None => return graphemes(text).map(|(_, _, width)| width).sum(),
        }
    }
    cells
}

/// The width of a character that is a grapheme of its own whatever stands beside it, as nearly all of Japanese text
/// is; none for everything that needs a closer look. A string with only such characters need not be segmented.
fn plain_width(c: char) -> Option<usize> {
    match c {
        ' '..='~' => Some(1),
        '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30ff}'
        | '\u{3000}'..='\u{3011}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' => Some(2),
        '\u{ff61}'..='\u{ff9d}' => Some(1),
        _ => None,
    }
}

/// The longest beginning of a text that takes at most `cells` cells, and the cells it takes. Never cuts a grapheme.
pub fn clip(text: &str, cells: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, _, width) in graphemes(text) {
        if used + width > cells {
            return (&text[..at], used);
        }
        used += width;
    }
    (text, used)
}

/// A text that takes at most `cells` cells: itself, or a beginning followed by `mark` where it had to be cut.
pub fn ellipsis<'a>(text: &'a str, cells: usize, mark: &str) -> Cow<'a, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    match cells.checked_sub(width(mark)) {
        Some(rest) => Cow::Owned(format!("{}{mark}", clip(text, rest).0.trim_end())),
        None => Cow::Borrowed(clip(text, cells).0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn 幅は書記素ごとに数える() {
        for (text, cells) in [
            ("", 0),
            ("abc", 3),
            ("残薬が多い", 10),
            ("ﾍﾙﾊﾟｰ", 5),
            ("ｶﾞ", 2),
            ("👨‍👩‍👧", 2),
            ("葛\u{e0100}城", 4),
            ("か\u{3099}", 2),
            ("𠮷", 2),
            ("🇯🇵", 2),
            ("①→★", 3),
            ("\u{7}", 0),
        ] {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn 切るときは文字を割らない() {
        assert_eq!(clip("残薬が多い", 5), ("残薬", 4));
        assert_eq!(clip("👨‍👩‍👧と", 1), ("", 0));
        assert_eq!(clip("abc", 9), ("abc", 3));
        assert_eq!(ellipsis("残薬が多い", 6, "…"), "残薬…");
        assert_eq!(ellipsis("残薬", 4, "…"), "残薬");
        assert_eq!(ellipsis("残薬", 0, "…"), "");
    }

    #[test]
    fn the_short_way_measures_as_the_long_way() {
        for c in ('\0'..='\u{ffff}').filter(|c| plain_width(*c).is_some()) {
            let text = format!("あ{c}a{c}");
            let long: Vec<&str> = text.graphemes(true).collect();
            assert_eq!(graphemes(&text).map(|(_, g, _)| g).collect::<Vec<_>>(), long, "{c:?}");
            assert_eq!(width(&text), long.into_iter().map(grapheme_width).sum::<usize>(), "{c:?}");
        }
    }

    proptest! {
        #[test]
        fn graphemes_are_those_of_the_standard(text in "[\\PCあ-んｶﾞ一-十\u{3099}\u{200d}👨👩🇯🇵]{0,30}") {
            let parts: Vec<&str> = graphemes(&text).map(|(_, grapheme, _)| grapheme).collect();
            prop_assert_eq!(parts, text.graphemes(true).collect::<Vec<_>>());
        }

        #[test]
        fn clipping_keeps_to_the_room(text in "\\PC{0,30}", cells in 0usize..20) {
            let (part, used) = clip(&text, cells);
            prop_assert!(used <= cells && text.starts_with(part));
            prop_assert_eq!(width(part), used);
            prop_assert!(width(&ellipsis(&text, cells, "…")) <= cells);
        }
    }
}
