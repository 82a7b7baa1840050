//! Text files in Shift_JIS for programs that know nothing else, and what of the text it cannot hold.

use std::collections::BTreeMap;

use encoding_rs::SHIFT_JIS;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::text::is_circled;

/// How the characters of a text file become bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// With a byte order mark where Excel needs one.
    #[default]
    Utf8,
    /// As Windows knows it (code page 932).
    ShiftJis,
}

impl Encoding {
    /// What is usual first.
    pub const ALL: [Encoding; 2] = [Encoding::Utf8, Encoding::ShiftJis];

    /// What is typed after `--encoding`.
    pub fn key(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::ShiftJis => "shift_jis",
        }
    }

    /// The encoding of a key; none where no encoding has it.
    pub fn from_key(key: &str) -> Option<Encoding> {
        Encoding::ALL.into_iter().find(|encoding| encoding.key() == key)
    }

    /// The bytes of a finished text file in this encoding, with what stands in the place of what.
    pub fn of(self, utf8: Vec<u8>) -> (Vec<u8>, BTreeMap<String, String>) {
        match (self, String::from_utf8(utf8)) {
            (Encoding::Utf8, Ok(text)) => (text.into_bytes(), BTreeMap::new()),
            (Encoding::ShiftJis, Ok(text)) => shift_jis(&text),
            // Not a text: left as it is.
            (_, Err(error)) => (error.into_bytes(), BTreeMap::new()),
        }
    }
}

/// Stands for what has no like (geta mark).
const GETA: &str = "〓";

/// What looks the same, or nearly so.
const TWINS: [(&str, &str); 13] = [
    ("〜", "～"),
    ("—", "―"),
    ("–", "‐"),
    ("‖", "∥"),
    ("•", "・"),
    ("·", "・"),
    ("¥", "￥"),
    ("‾", "￣"),
    ("¢", "￠"),
    ("£", "￡"),
    ("¬", "￢"),
    ("¦", "￤"),
    ("\u{a0}", " "),
];

fn shift_jis(text: &str) -> (Vec<u8>, BTreeMap<String, String>) {
    let mut replaced = BTreeMap::new();
    let mut out = Vec::with_capacity(text.len());
    // A byte order mark says that it is not Shift_JIS.
    for grapheme in text.trim_start_matches('\u{feff}').graphemes(true).flat_map(apart) {
        if let Some(bytes) = exactly(grapheme) {
            out.extend(bytes);
            continue;
        }
        let (instead, bytes) = like(grapheme);
        // Only written in another way: が of two characters.
        if !grapheme.nfc().eq(instead.chars()) {
            replaced.insert(grapheme.to_owned(), instead);
        }
        out.extend(bytes);
    }
    (out, replaced)
}

/// What separates cells stands alone, whatever mark the words after it begin with.
fn apart(grapheme: &str) -> impl Iterator<Item = &str> {
    let sign = grapheme.starts_with(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric());
    let (sign, rest) = grapheme.split_at(usize::from(sign));
    [sign, rest].into_iter().filter(|part| !part.is_empty())
}

/// The bytes, if every character has some. The two that the encoder takes for others are named in the table.
fn exactly(text: &str) -> Option<Vec<u8>> {
    if text.contains(['¥', '‾']) {
        return None;
    }
    let (bytes, _, unmappable) = SHIFT_JIS.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

/// What comes nearest: the twin, the plain form, the letter without its accent, the mark for nothing.
fn like(grapheme: &str) -> (String, Vec<u8>) {
    let twin = TWINS.iter().find(|(from, _)| *from == grapheme).map(|(_, to)| (*to).to_owned());
    let composed: String = grapheme.nfc().collect();
    // Marks that only choose a variant of the character before them.
    let plain: String = composed.chars().filter(|c| !is_selector(*c)).collect();
    let folded: String = plain.nfkc().collect();
    // Signs could be what separates cells or begins a formula.
    let folded = folded.chars().all(char::is_alphanumeric).then(|| match plain.chars().next() {
        Some(c) if is_circled(c) => format!("({folded})"),
        _ => folded,
    });
    let letter = plain.nfd().next().filter(char::is_ascii_alphabetic).map(String::from);
    [twin, Some(composed), Some(plain.clone()), folded, letter, Some(GETA.to_owned())]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .find_map(|text| exactly(&text).map(|bytes| (text, bytes)))
        .unwrap_or_default()
}

fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{200b}'..='\u{200f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let (bytes, replaced) = shift_jis(text);
        let (back, _, bad) = SHIFT_JIS.decode(&bytes);
        assert!(!bad && !back.contains("&#"), "{back}");
        let replaced: Vec<String> = replaced.iter().map(|(from, to)| format!("{from}→{to}")).collect();
        (back.into_owned(), replaced.join(" "))
    }

    #[test]
    fn ない字は似た字か下駄にして言う() {
        let (back, replaced) = read("\u{feff}1〜2—③‖㊿𠮷é㋿葛\u{e0100}👍");
        assert_eq!(back, "1～2―③∥(50)〓e令和葛〓");
        assert_eq!(replaced, "é→e —→― ‖→∥ 〜→～ ㊿→(50) ㋿→令和 葛\u{e0100}→葛 👍→〓 𠮷→〓");
    }

    #[test]
    fn ある字はそのままで何も言わない() {
        for text in ["髙﨑①Ⅱ㈱ﾎｰﾑﾍﾙﾊﾟｰ～―∥\r\n,\"=", "か\u{3099}ぎ", ""] {
            let (back, replaced) = read(text);
            assert_eq!((back.nfc().collect::<String>(), replaced), (text.nfc().collect(), String::new()));
        }
    }

    #[test]
    fn 似た字が表や式をくずさない() {
        // Small and superscript signs fold to those that separate cells or begin a formula.
        let (back, _) = read("﹦1﹐⁺2﹫");
        assert_eq!(back, "〓1〓〓2〓");
        // A mark belongs to the letter before it, and what separates cells is none.
        let (back, _) = read("a,\u{301}b,\"\u{20dd}\",\u{200d}c\r\n\u{301}");
        assert_eq!(back, "a,〓b,\"〓\",〓c\r\n〓");
    }
}
