//! How many cells text takes on a terminal, by grapheme.
//!
//! The rule is that of ratatui's `CellWidth` (a test in `view` holds the two together): the width of each grapheme by
//! `unicode-width`, plus one for each half-width voicing mark, which terminals give a cell of its own. Characters of
//! ambiguous width (UAX #11: ①, →, é) count what the terminal gives them, and letters nobody sees as the sign that is drawn for
//! them (`domain::text::shown`).
//!
//! That is the one thing here a function is not told: it holds for all that is measured and drawn on a thread, from the
//! terminal's answer on. Handed down, it would be one more argument of everything that has to do with words, and could
//! differ between what is broken into lines and what is drawn.

use std::borrow::Cow;
use std::cell::Cell;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::domain::text::shown;

/// How many cells a terminal gives to characters of ambiguous width.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous {
    /// One, as nearly all do.
    #[default]
    Narrow,
    /// Two, as some do that are set up for Japanese.
    Wide,
}

/// Who says how wide a grapheme is.
#[derive(Clone, Copy)]
enum Measure {
    Terminal(Ambiguous),
    /// The letters of a picture, which may be other ones than were typed.
    Letters(fn(&str) -> usize),
}

thread_local! {
    static MEASURE: Cell<Measure> = const { Cell::new(Measure::Terminal(Ambiguous::Narrow)) };
}

/// From now on this thread measures for such a terminal.
pub fn measure_for(terminal: Ambiguous) {
    MEASURE.set(Measure::Terminal(terminal));
}

/// Measures as letters on paper run, which know no terminal, for as long as this work takes.
pub fn measured_by<T>(letters: fn(&str) -> usize, work: impl FnOnce() -> T) -> T {
    let before = MEASURE.replace(Measure::Letters(letters));
    let done = work();
    MEASURE.set(before);
    done
}

/// Letters of ambiguous width by `EastAsianWidth.txt` (UAX #11) that `unicode-width` calls narrow wherever they stand. Terminals
/// that give two cells to ambiguous characters give them two as well.
#[rustfmt::skip]
fn is_ambiguous_letter(c: char) -> bool {
    matches!(c,
        '\u{a8}' | '\u{aa}' | '\u{b4}' | '\u{b8}' | '\u{ba}' | '\u{c6}' | '\u{d0}' | '\u{d8}' | '\u{de}'..='\u{e1}'
        | '\u{e6}' | '\u{e8}'..='\u{ea}' | '\u{ec}'..='\u{ed}' | '\u{f0}' | '\u{f2}'..='\u{f3}' | '\u{f8}'..='\u{fa}' | '\u{fc}' | '\u{fe}' | '\u{101}'
        | '\u{111}' | '\u{113}' | '\u{11b}' | '\u{126}'..='\u{127}' | '\u{12b}' | '\u{131}'..='\u{133}' | '\u{138}' | '\u{13f}'..='\u{142}' | '\u{144}'
        | '\u{148}'..='\u{14b}' | '\u{14d}' | '\u{152}'..='\u{153}' | '\u{166}'..='\u{167}' | '\u{16b}' | '\u{1ce}' | '\u{1d0}' | '\u{1d2}' | '\u{1d4}'
        | '\u{1d6}' | '\u{1d8}' | '\u{1da}' | '\u{1dc}' | '\u{251}' | '\u{261}' | '\u{2c4}' | '\u{2c7}' | '\u{2c9}'..='\u{2cb}'
        | '\u{2cd}' | '\u{2d0}' | '\u{2d8}'..='\u{2db}' | '\u{2dd}' | '\u{2df}' | '\u{391}'..='\u{3a1}' | '\u{3a3}'..='\u{3a9}' | '\u{3b1}'..='\u{3c1}' | '\u{3c3}'..='\u{3c9}'
        | '\u{401}' | '\u{410}'..='\u{44f}' | '\u{451}' | '\u{207f}' | '\u{2113}' | '\u{2126}' | '\u{212b}'
    )
}

/// The cells one grapheme takes; 0 for what is never drawn (control characters, lone marks).
pub fn grapheme_width(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    if grapheme.len() == 1 {
        return 1;
    }
    let measure = MEASURE.get();
    if let (Measure::Terminal(_), Cow::Owned(drawn)) = (measure, shown(grapheme)) {
        return width(&drawn);
    }
    let marks = grapheme.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    match measure {
        Measure::Letters(letters) => letters(grapheme),
        Measure::Terminal(Ambiguous::Narrow) => marks + grapheme.width(),
        Measure::Terminal(Ambiguous::Wide) => {
            marks + grapheme.width_cjk() + usize::from(grapheme.starts_with(is_ambiguous_letter))
        }
    }
}

/// Whether this is a grapheme that takes more cells here than ratatui counts.
pub fn is_wider(grapheme: &str) -> bool {
    grapheme.len() > 1
        && gives_two()
        && (grapheme.starts_with(is_ambiguous_letter) || grapheme.width_cjk() > grapheme.width())
        && !grapheme.contains(char::is_control)
}

fn gives_two() -> bool {
    matches!(MEASURE.get(), Measure::Terminal(Ambiguous::Wide))
}

/// A text for what counts as ratatui does: behind each grapheme that takes more cells here there are as many blanks.
pub fn with_room(text: &str) -> Cow<'_, str> {
    let text = shown(text);
    if !gives_two() || !graphemes(&text).any(|(_, grapheme, _)| is_wider(grapheme)) {
        return text;
    }
    let mut spaced = String::with_capacity(text.len() + 8);
    for (_, grapheme, cells) in graphemes(&text) {
        spaced.push_str(grapheme);
        if is_wider(grapheme) {
            spaced.extend(std::iter::repeat_n(' ', cells.saturating_sub(grapheme.width())));
        }
    }
    Cow::Owned(spaced)
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
            ("残\u{202e}薬\u{200b}", 6),
            ("薬\u{200d}局", 5),
        ] {
            assert_eq!(width(text), cells, "{text}");
        }
    }

    #[test]
    fn 記号を全角で描く端末では_その幅で数える() {
        measure_for(Ambiguous::Wide);
        for (text, cells) in [
            ("独居②人目", 10),
            ("①→★", 6),
            ("Café", 5),
            ("αΩя", 6),
            ("ｶﾞ", 2),
            ("か\u{3099}", 2),
            ("abc", 3),
            ("…", 2),
        ] {
            assert_eq!(width(text), cells, "{text}");
        }
        assert_eq!(clip("①②③", 5), ("①②", 4));
        assert_eq!(with_room("独居②人→"), "独居② 人→ ");
        assert!(matches!(with_room("独居の人"), Cow::Borrowed(_)));
        measure_for(Ambiguous::Narrow);
        assert_eq!((width("独居②人目"), with_room("②人")), (9, "②人".into()));
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
