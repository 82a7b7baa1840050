//! Text as it really is: what may be kept, and how spellings are folded for searching and counting.

use std::borrow::Cow;
use std::str::Utf8Error;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The text of a file in UTF-8, without the mark that Windows' editors put at its beginning.
///
/// # Errors
/// Where the bytes are not UTF-8.
pub fn of_file(bytes: &[u8]) -> Result<&str, Utf8Error> {
    std::str::from_utf8(bytes).map(|text| text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// One line of what was typed, fit to be kept: escape sequences and control characters are gone, breaks and tabs are
/// spaces, and the ends are trimmed. Everything else stays as typed.
pub fn clean_line(text: &str) -> String {
    let text = strip_escapes(text);
    let text: String = text
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .filter(|c| !is_forbidden(*c))
        .collect();
    text.trim().to_owned()
}

/// Several lines of what was typed: each cleaned like [`clean_line`] but with its indentation kept; `\r\n` and `\r` are `\n`.
pub fn clean_lines(text: &str) -> Vec<String> {
    let text = strip_escapes(&text.replace("\r\n", "\n").replace('\r', "\n"));
    text.split('\n')
        .map(|line| line.chars().filter(|c| *c == '\t' || !is_forbidden(*c)).collect::<String>())
        .map(|line| line.trim_end().to_owned())
        .filter(|line| !line.trim().is_empty())
        .collect()
}

/// Characters that would steer a terminal or turn the direction of what follows.
pub fn is_forbidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Letters nobody sees that turn the direction of what follows, hide words, or part what reads as one: marks of direction, blanks
/// and joiners without a width, tags. What chooses the shape of the letter before it is none of them: it is seen.
pub fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// The same of one among the letters of what people see as one: what joins pictures to one picture does what it is for, and so do
/// the tags behind a flag.
fn is_hidden_in(grapheme: &str, at: usize, c: char) -> bool {
    const JOINER: char = '\u{200d}';
    const FLAG: char = '\u{1f3f4}';
    let joins = || grapheme[at + c.len_utf8()..].chars().any(|next| next as u32 >= 0x2190 && !is_mark(next));
    match c {
        JOINER => at == 0 || !joins(),
        '\u{e0020}'..='\u{e007f}' => !grapheme.starts_with(FLAG),
        c => is_hidden(c),
    }
}

/// What only goes on with the letter before it.
fn is_mark(c: char) -> bool {
    is_hidden(c)
        || matches!(c, '\u{3099}' | '\u{309a}' | '\u{ff9e}' | '\u{ff9f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// A text with something in the place of each letter that hides in it.
fn unhidden<'a>(text: &'a str, instead: &str) -> Cow<'a, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for grapheme in text.graphemes(true) {
        for (at, c) in grapheme.char_indices() {
            match is_hidden_in(grapheme, at, c) {
                true => out.push_str(instead),
                false => out.push(c),
            }
        }
    }
    // What stood between two others may have been what held them together.
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(unhidden(&out, instead).into_owned()) }
}

/// A text without what nobody sees in it: what is given away reads as it stands.
pub fn visible(text: &str) -> Cow<'_, str> {
    unhidden(text, "")
}

/// Stands on the screen for a letter nobody sees: one cell in every terminal, and in every font.
pub const HIDDEN: &str = "¦";

/// A text with a sign for each letter nobody sees.
pub fn shown(text: &str) -> Cow<'_, str> {
    unhidden(text, HIDDEN)
}

/// Whether a spreadsheet would calculate with words that begin so, in whatever width the sign was typed: Japanese input methods
/// give the wide one. Blanks and what nobody sees before it do not keep every program from that.
pub fn begins_formula(text: &str) -> bool {
    let blank = |c: char| c.is_whitespace() || c.is_control() || is_hidden(c);
    let sign = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '﹦' | '﹢' | '﹣' | '﹫' | '−')
    };
    text.starts_with(['\t', '\r']) || text.trim_start_matches(blank).starts_with(sign)
}

/// What a spreadsheet takes as words; see [`unguarded`].
pub fn guarded(text: &str) -> Cow<'_, str> {
    match begins_formula(text.trim_start_matches(GUARD)) {
        true => Cow::Owned(format!("{GUARD}{text}")),
        false => Cow::Borrowed(text),
    }
}

/// The words that [`guarded`] was given.
pub fn unguarded(text: &str) -> &str {
    let guarded = text.strip_prefix(GUARD);
    guarded.filter(|words| begins_formula(words.trim_start_matches(GUARD))).unwrap_or(text)
}

/// What spreadsheets take for the sign that words follow.
const GUARD: char = '\'';

/// Removes ANSI escape sequences (ECMA-48): CSI with its parameters, OSC and the like up to their end, two-character ones.
fn strip_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => match chars.next() {
                Some('[') => skip_csi(&mut chars),
                Some(']' | 'P' | 'X' | '^' | '_') => skip_string(&mut chars),
                _ => {}
            },
            '\u{9b}' => skip_csi(&mut chars),
            '\u{90}' | '\u{9d}' => skip_string(&mut chars),
            _ => out.push(c),
        }
    }
    out
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn skip_csi(chars: &mut Chars<'_>) {
    while let Some(c) = chars.peek().copied() {
        match c {
            '\u{20}'..='\u{3f}' => {
                chars.next();
            }
            '\u{40}'..='\u{7e}' => {
                chars.next();
                return;
            }
            // Not a sequence after all: the rest is text.
            _ => return,
        }
    }
}

fn skip_string(chars: &mut Chars<'_>) {
    // A string without an end would swallow everything that follows: it ends at the line at the latest.
    while let Some(c) = chars.peek().copied() {
        match c {
            '\n' => return,
            '\u{7}' | '\u{9c}' => {
                chars.next();
                return;
            }
            '\u{1b}' => {
                chars.next();
                chars.next_if_eq(&'\\');
                return;
            }
            _ => {
                chars.next();
            }
        }
    }
}

/// Folds spellings together for searching and counting: NFKC, lower case, katakana to hiragana, long-vowel marks,
/// middle dots, spaces and invisible letters dropped, `，` as `、`. Never shown, never stored in place of what was typed.
pub fn fold(text: &str) -> String {
    folded(text).filter(|c| *c != 'ー').collect()
}

/// Folds spellings together for finding, as [`fold`] does; but here `ー` is a letter: ｻｰ is not サ.
pub fn sought(text: &str) -> String {
    folded(text).collect()
}

fn folded(text: &str) -> impl Iterator<Item = char> {
    // Nearly all words are such, and each word of a line about a participant is held against hundreds.
    let (plain, other) = if text.chars().all(is_settled) { (text, "") } else { ("", text) };
    plain.chars().chain(other.nfkc()).flat_map(char::to_lowercase).filter_map(|c| match c {
        '・' => None,
        ',' => Some('、'),
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60),
        c if c.is_whitespace() || is_forbidden(c) || is_invisible(c) => None,
        c => Some(c),
    })
}

/// Letters that normalisation leaves as they are, whichever of them stand side by side.
fn is_settled(c: char) -> bool {
    matches!(c, ' '..='~' | 'ぁ'..='ゖ' | 'ァ'..='ー' | '、' | '。' | '一'..='\u{9fff}')
}

/// Letters nobody sees: spaces and joiners without a width, and what only chooses the shape of the letter before.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

/// How words fit what is looked for, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// They are these words.
    Same,
    /// They begin with them.
    Begins,
    /// They hold them.
    Holds,
}

impl Fit {
    /// How words fit what is looked for, both as [`sought`] gives them; none where they do not.
    pub fn of(query: &str, words: &str) -> Option<Fit> {
        match words.find(query)? {
            0 if words.len() == query.len() => Some(Fit::Same),
            0 => Some(Fit::Begins),
            _ => Some(Fit::Holds),
        }
    }

    /// The same where something is aimed at: one letter alone stands in too many words, and only begins some.
    pub fn aimed(query: &str, words: &str) -> Option<Fit> {
        let one = query.chars().nth(1).is_none();
        Fit::of(query, words).filter(|fit| !one || *fit != Fit::Holds)
    }

    /// Whether words begin with what is looked for, as [`sought`] gives it. No more of them is looked at than that takes.
    pub fn begins(query: &str, words: &str) -> Option<Fit> {
        let mut letters = folded(words);
        let begins = query.chars().all(|c| letters.next() == Some(c));
        begins.then(|| if letters.next().is_none() { Fit::Same } else { Fit::Begins })
    }
}

/// The beginning of what was typed or stands in a file, to be said back in a message: nothing of it steers the terminal.
pub fn brief(text: &str) -> Cow<'_, str> {
    if text.contains(is_forbidden) {
        return Cow::Owned(brief(&text.replace(is_forbidden, "")).into_owned());
    }
    let long = text.grapheme_indices(true).nth(BRIEF).map(|(end, _)| end);
    let heavy = text.char_indices().nth(BRIEF * HEAVY).map(|(end, _)| end);
    match long.into_iter().chain(heavy).min() {
        Some(end) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// So many characters are enough to see which words are meant.
const BRIEF: usize = 16;
/// What people see as one character is made of fewer than this, but for what is made to do harm.
const HEAVY: usize = 8;

/// A whole number as people type it: `12`, `１２`, `⑫`, `(12)`.
pub fn number(text: &str) -> Option<u32> {
    let plain: String = text.nfkc().filter(|c| !c.is_whitespace()).collect();
    plain.trim_matches(['(', ')']).parse().ok()
}

/// A number in a circle, as issues have it.
pub fn is_circled(c: char) -> bool {
    matches!(c, '①'..='⑳' | '㉑'..='㉟' | '㊱'..='㊿')
}

/// The option a mistyped word most likely meant, for 「…ではありませんか」; none where nothing is near.
pub fn closest<'a>(word: &str, options: &[&'a str]) -> Option<&'a str> {
    let word = fold(word);
    if word.is_empty() {
        return None;
    }
    let likeness = |option: &str| {
        let option = fold(option);
        let distance = strsim::normalized_damerau_levenshtein(&word, &option);
        // A word broken off, or with something added, means the same: 「分析」 for 「課題の分析」.
        let shorter = word.chars().count().min(option.chars().count());
        let within = shorter >= 2 && (option.contains(&word) || word.contains(&option));
        if within { distance.max(0.6) } else { distance }
    };
    options
        .iter()
        .map(|option| (likeness(option), *option))
        .filter(|(likeness, _)| *likeness >= 0.5)
        // The first of equals, so the answer does not depend on the order of evaluation.
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, option)| option)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 数はどう書いても数() {
        for text in ["12", "１２", "⑫", " (12) "] {
            assert_eq!(number(text), Some(12), "{text}");
        }
        assert_eq!(number("十二"), None);
        assert_eq!(number(""), None);
    }

    #[test]
    fn 幅と表記の違いを同じと見る() {
        for (a, b) in [
            ("ケアマネージャー", "ｹｱﾏﾈｼﾞｬ"),
            ("看とり", "看トリ"),
            ("Ｈ２９", "h29"),
            ("訪問 看護", "訪問看護"),
            ("在宅医療・介護連携", "在宅医療介護連携"),
        ] {
            assert_eq!(fold(a), fold(b), "{a} {b}");
        }
        assert_ne!(fold("医師"), fold("歯科医師"));
    }

    #[test]
    fn 見えない文字はことばを隠さず伸ばす音は字として残る() {
        for (query, words) in [
            ("葛城", "葛\u{e0100}城の薬局"),
            ("ハート", "ハ\u{200b}ート\u{fe0f}"),
            ("ｻｰﾋﾞｽ2か所", "サービス\u{200b}２か所"),
            ("保育所", "保\u{2060}育 所"),
        ] {
            assert!(Fit::of(&sought(query), &sought(words)).is_some(), "{query} {words}");
        }
        assert_eq!(fold("辻\u{e0101}"), fold("辻"));
        let fit = |query: &str, words: &str| Fit::of(&sought(query), &sought(words));
        assert_eq!(fit("ｻｰ", "ささえ"), None);
        assert_eq!(fit("ｻｰ", "サークル"), Some(Fit::Begins));
        assert_eq!(fit("さーくる", "サークル"), Some(Fit::Same));
        assert_eq!(fit("ケース", "困難ケース"), Some(Fit::Holds));
        for (query, words) in
            [("さーくる", "サークル"), ("ケース", "困難ケース"), ("困", "困難"), ("困難", "困")]
        {
            let whole = fit(query, words).filter(|fit| *fit < Fit::Holds);
            assert_eq!(Fit::begins(&sought(query), words), whole, "{query} {words}");
        }
    }

    #[test]
    fn 制御文字とエスケープ列は残らない() {
        assert_eq!(clean_line("\u{1b}[31m赤\u{1b}[0m\u{7}い\u{0}\t線\r\n"), "赤い 線");
        assert_eq!(clean_line("\u{1b}]0;題\u{7}本文"), "本文");
        assert_eq!(clean_line("\u{202e}逆"), "逆");
        assert_eq!(clean_lines("一\r\n\t二\r三\n\n"), ["一", "\t二", "三"]);
    }

    #[test]
    fn 打った文字はそのまま残る() {
        for text in ["👨‍👩‍👧と𠮷野家", "葛󠄀城", "か\u{3099}", "שלום", "「」\"'"]
        {
            assert_eq!(clean_line(text), text);
        }
    }

    #[test]
    fn そのままの字は並んでもそのまま() {
        let settled: Vec<char> = ('\0'..char::MAX).filter(|c| is_settled(*c)).collect();
        assert!(settled.len() > 20_000 && "残薬がヴァイオリン、aB1".chars().all(is_settled));
        for with in ["", "か", "ハ", "a", "ー", "一"] {
            let pairs: String =
                settled.iter().flat_map(|c| [with, c.encode_utf8(&mut [0; 4])].map(str::to_owned)).collect();
            assert_eq!(pairs.nfkc().collect::<String>(), pairs);
        }
    }

    #[test]
    fn 見えない字は消すか印にし絵や字の形はそのまま() {
        for (text, visible_as, shown_as) in [
            ("残薬\u{202e}が多い", "残薬が多い", "残薬¦が多い"),
            ("\u{2066}右\u{2069}左\u{200e}\u{200f}\u{61c}", "右左", "¦右¦左¦¦¦"),
            ("ケ\u{200b}ア\u{2060}\u{feff}\u{ad}", "ケア", "ケ¦ア¦¦¦"),
            ("薬\u{200d}局", "薬局", "薬¦局"),
            ("か\u{200d}\u{3099}", "か\u{3099}", "か¦\u{3099}"),
            ("町\u{e0041}\u{e0042}", "町", "町¦¦"),
            ("\u{200d}", "", "¦"),
            ("👨\u{200d}", "👨", "👨¦"),
            ("👨\u{200d}👩\u{200d}👧と", "👨\u{200d}👩\u{200d}👧と", "👨\u{200d}👩\u{200d}👧と"),
            ("❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥", "❤\u{fe0f}\u{200d}🔥"),
            ("🧑\u{1f3fb}\u{200d}⚕\u{fe0f}", "🧑\u{1f3fb}\u{200d}⚕\u{fe0f}", "🧑\u{1f3fb}\u{200d}⚕\u{fe0f}"),
            (
                "🏴\u{e0067}\u{e0062}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e007f}",
                "🏴\u{e0067}\u{e0062}\u{e007f}",
            ),
            (
                "葛\u{e0100}城か\u{3099}𠮷שלום",
                "葛\u{e0100}城か\u{3099}𠮷שלום",
                "葛\u{e0100}城か\u{3099}𠮷שלום",
            ),
        ] {
            assert_eq!((visible(text), shown(text)), (visible_as.into(), shown_as.into()), "{text:?}");
        }
    }

    #[test]
    fn 式に見えることばは幅や前の空白にかかわらず守り元に戻せる() {
        let signs = ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "−"];
        let before = ["", " ", "\u{3000}", "\t", "\r", "\n", "\u{200b}", "\u{feff} ", "'", "''"];
        for text in signs.iter().flat_map(|sign| before.map(|before| format!("{before}{sign}1＋1"))) {
            assert_eq!(guarded(&text), format!("'{text}"), "{text:?}");
            assert_eq!(unguarded(&guarded(&text)), text);
        }
        for text in ["", "2026-05-28", "1+1", "薬＝9種類", "ー", "―", "‐", "→＋", "'", "'薬", "''ー"]
        {
            assert_eq!((guarded(text), unguarded(text)), (text.into(), text), "{text:?}");
        }
        assert_eq!(unguarded("'=1"), "=1");
    }

    #[test]
    fn 言い返すことばは短く端末を動かさない() {
        for (text, said) in [
            ("灯油を配る", "灯油を配る"),
            ("灯油を配る日を決めて町内の当番に知らせる", "灯油を配る日を決めて町内の当番に…"),
            ("\u{1b}[31m赤い\u{202e}字\n", "[31m赤い字"),
            ("👨\u{200d}👩\u{200d}👧と", "👨\u{200d}👩\u{200d}👧と"),
        ] {
            assert_eq!(brief(text), said, "{text:?}");
        }
        assert!(brief(&format!("か{}", "\u{3099}".repeat(5000))).chars().count() < 200);
    }

    #[test]
    fn 近い言葉を選び遠い言葉は選ばない() {
        let keys = ["theme", "ambiguous_width", "facilities", "export_folder", "keys"];
        assert_eq!(closest("themes", &keys), Some("theme"));
        assert_eq!(closest("facilites", &keys), Some("facilities"));
        assert_eq!(closest("export", &keys), Some("export_folder"));
        assert_eq!(closest("ＴＨＥＭＥ", &keys), Some("theme"));
        assert_eq!(closest("colour", &keys), None);
        assert_eq!(closest("", &keys), None);
        let labels = ["導入", "聞き取り", "課題の分析", "行動計画", "地域課題"];
        assert_eq!(closest("聞取り", &labels), Some("聞き取り"));
        assert_eq!(closest("分析", &labels), Some("課題の分析"));
        assert_eq!(closest("行動計劃", &labels), Some("行動計画"));
        assert_eq!(closest("宴会", &labels), None);
    }
}
