//! What the signs of the entry line say, and how they become words again.

use jirei::command::Code;
use jirei::domain::Kind;
use jirei::ui::entry::{
    Open, Signs, label_to_text, literal, parse, with_sign, without_doubled, without_kind,
};
use proptest::prelude::*;

/// The words of a line, without its signs.
fn words(raw: &str) -> String {
    parse(raw, Signs::MAP).words(raw).trim().to_owned()
}

fn read(raw: &str) -> (Option<Kind>, Option<&str>, Option<&str>, String) {
    let parsed = parse(raw, Signs::MAP);
    (parsed.kind, parsed.speaker.map(|r| &raw[r]), parsed.branch.map(|r| &raw[r]), words(raw))
}

#[test]
fn 記号は種類と発言者と大枝を言う() {
    for (raw, want) in [
        ("残薬が多い", (None, None, None, "残薬が多い")),
        ("!残薬が多い", (Some(Kind::Issue), None, None, "残薬が多い")),
        ("！残薬が多い", (Some(Kind::Issue), None, None, "残薬が多い")),
        ("@薬 !残薬", (Some(Kind::Issue), Some("薬"), None, "残薬")),
        ("！＠薬　＃生活　残薬", (Some(Kind::Issue), Some("薬"), Some("生活"), "残薬")),
        ("* この家で", (Some(Kind::Feeling), None, None, "この家で")),
        ("@薬", (None, Some("薬"), None, "")),
        ("!!だいじ", (None, None, None, "!だいじ")),
        ("@薬 ＠＠だれ", (None, Some("薬"), None, "＠だれ")),
        ("HbA1cは9％!", (None, None, None, "HbA1cは9％!")),
        ("", (None, None, None, "")),
    ] {
        let (kind, speaker, branch, words) = want;
        assert_eq!(read(raw), (kind, speaker, branch, words.to_owned()), "{raw}");
    }
}

#[test]
fn 全角の記号はことばのあとでも同じことを言う() {
    for (raw, speaker, branch, words) in [
        ("残薬が多い＠薬", Some("薬"), None, "残薬が多い"),
        ("残薬が多い＃生活", None, Some("生活"), "残薬が多い"),
        ("!残薬が多い＠薬＃生", Some("薬"), Some("生"), "残薬が多い"),
        ("残薬が多い ＃生　＠薬 ", Some("薬"), Some("生"), "残薬が多い"),
        // What stands behind is newer.
        ("@薬 残薬＠医", Some("医"), None, "残薬"),
        // Addresses and numbers are words, and so is whatever something follows.
        ("連絡はa@b.jp", None, None, "連絡はa@b.jp"),
        ("部屋#3", None, None, "部屋#3"),
        ("＃生活 残薬", None, Some("生活"), "残薬"),
        ("受付＠本館 で会う", None, None, "受付＠本館 で会う"),
        ("だれかに＠", None, None, "だれかに＠"),
        // Typed twice it is one of the words.
        ("部屋＃＃3", None, None, "部屋＃3"),
        ("残薬＠薬＠医", Some("医"), None, "残薬＠薬"),
    ] {
        assert_eq!(read(raw), (parse(raw, Signs::MAP).kind, speaker, branch, words.to_owned()), "{raw}");
    }
    let mended = Signs::MAP.before_words();
    assert_eq!(parse("部屋＃3", mended).words("部屋＃3"), "部屋＃3");
    assert_eq!(parse("残薬＃", Signs::MAP).open, None);
    assert_eq!(parse("残薬＃生", Signs::MAP).open, Some(Open::Branch));
    assert_eq!(parse("残薬＃生＠薬", Signs::MAP).open, Some(Open::Speaker));
}

#[test]
fn 書きかけの記号は候補を待つ() {
    assert_eq!(parse("@", Signs::MAP).open, Some(Open::Speaker));
    assert_eq!(parse("@薬", Signs::MAP).open, Some(Open::Speaker));
    assert_eq!(parse("@薬 ", Signs::MAP).open, None);
    assert_eq!(parse("#生", Signs::MAP).open, Some(Open::Branch));
    assert_eq!(parse("#生", Signs::NONE).open, None);
}

#[test]
fn 札の後ろで消すと札は文字にもどる() {
    let (raw, cursor) = label_to_text("!残薬", Signs::MAP).unwrap();
    assert_eq!((words(&raw).as_str(), cursor), ("!残薬", 2));
    let (raw, _) = label_to_text("@薬 残薬", Signs::MAP).unwrap();
    assert_eq!(raw, "@薬残薬");
    assert_eq!(label_to_text("残薬", Signs::MAP), None);
}

#[test]
fn 重ねた記号は一度で消える() {
    for raw in ["!!", "！！", "@@", "##"] {
        assert_eq!(
            without_doubled(raw, raw.len(), Code::Backspace, Signs::MAP),
            Some((String::new(), 0)),
            "{raw}"
        );
    }
    assert_eq!(
        without_doubled("@薬 !!残", "@薬 !!".len(), Code::Backspace, Signs::MAP),
        Some(("@薬 残".to_owned(), 5))
    );
    assert_eq!(without_doubled("!!残", 1, Code::Delete, Signs::MAP), Some(("残".to_owned(), 0)));
    assert_eq!(without_doubled("!残", 1, Code::Backspace, Signs::MAP), None);
    // Before the words of a doubled sign there is no label to turn into text.
    assert_eq!(label_to_text("!!残薬", Signs::MAP), None);
    assert_eq!(label_to_text("@薬 !!残薬", Signs::MAP).map(|(raw, _)| raw), Some("@薬!!残薬".to_owned()));
}

#[test]
fn 選び直した種類や発言者は札の代わりになる() {
    assert_eq!(without_kind("!@薬 ？残!", Signs::MAP), "@薬 残!");
    assert_eq!(without_kind("!!残", Signs::MAP), "!!残");
    assert_eq!(with_sign("!@薬 残", '@', Some("P02"), Signs::MAP), "@P02 !残");
    assert_eq!(with_sign("残", '@', Some("P02"), Signs::MAP), "@P02 残");
    assert_eq!(with_sign("#2 残", '#', None, Signs::CLOSING), "残");
}

proptest! {
    #[test]
    fn any_words_survive_the_way_through_the_line(text in "\\PC{1,20}") {
        let text = text.trim();
        prop_assume!(!text.is_empty());
        let raw = literal(text, Signs::MAP);
        prop_assert_eq!(words(&raw), text);
    }

    #[test]
    fn reading_never_panics(raw in "[!！?@＠#＃ 　薬a]{0,12}") {
        let parsed = parse(&raw, Signs::MAP);
        prop_assert!(raw.is_char_boundary(parsed.text_start));
        if let Some((next, cursor)) = label_to_text(&raw, Signs::MAP) {
            prop_assert!(next.is_char_boundary(cursor));
        }
        prop_assert_eq!(parse(&without_kind(&raw, Signs::MAP), Signs::MAP).kind, None);
        let said = with_sign(&raw, '@', Some("P02"), Signs::MAP);
        prop_assert!(parse(&said, Signs::MAP).speaker.is_some());
    }
}
