//! Files given away and taken in again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

use crate::support;

use jirei::domain::{Kind, Stamps};
use jirei::export::{Format, clip, json, outline, render, sample};
use proptest::prelude::*;

#[test]
fn 見本は表のとおりに作られている() {
    let made = support::case_a::dossier();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/sessions/samples/case-a.json");
    let bytes = json::render(&made, &Stamps::default()).unwrap();
    if std::env::var_os("JIREI_BLESS").is_some() {
        std::fs::write(path, &bytes).unwrap();
    }
    let kept = std::fs::read(path).unwrap();
    assert!(
        kept == bytes,
        "the sample differs from the tables; JIREI_BLESS=1 cargo test --test it export:: writes it anew"
    );
    assert_eq!(json::read(&kept).unwrap(), made);
}

#[test]
fn 見本の数が表と同じ() {
    let dossier = sample::case_a().unwrap();
    let counts = [
        dossier.participants.len(),
        dossier.nodes.len(),
        dossier.links.len(),
        dossier.actions.len(),
        dossier.regional.len(),
        dossier.reflections.len(),
    ];
    assert_eq!(counts, [14, 140, 14, 9, 6, 18]);
    // Ids ascend with time, so the order of ids is the order of the table.
    let texts: Vec<&str> = dossier.nodes.values().map(|n| n.text.as_str()).collect();
    let table = support::case_a::table("utterances");
    assert_eq!(texts, table.iter().map(|row| row["keyword"].as_str()).collect::<Vec<_>>());
}

/// Any text, and more often what means something in one of the formats.
fn words() -> impl Strategy<Value = String> {
    let hard = [
        "|",
        "*",
        "<b>",
        "#",
        "1. ",
        "- ",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "'",
        "=1",
        "+",
        "@",
        ",",
        "`",
        "\\",
        "~~",
        "&amp;",
        "$",
        "\u{1b}[31m",
        "\u{0}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "👨‍👩‍👧",
        "𠮷",
        "か\u{3099}",
        "שלום",
        "---",
        "===",
        "```",
    ];
    prop_oneof![
        any::<String>(),
        proptest::collection::vec(prop::sample::select(hard.to_vec()), 1..8).prop_map(|p| p.concat())
    ]
}

fn lines(format: Format, dossier: &jirei::domain::Dossier) -> usize {
    let lists = jirei::format::lists(None).unwrap();
    String::from_utf8(render(format, dossier, &Stamps::default(), &lists).unwrap().bytes)
        .unwrap()
        .lines()
        .count()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn どんな文字も行や表を崩さない(text in words(), what in words()) {
        let mut dossier = sample::case_a().unwrap();
        let before = [Format::Markdown, Format::Outline, Format::Tsv].map(|f| lines(f, &dossier));
        let node = dossier.nodes.values_mut().nth(1).unwrap();
        node.text.clone_from(&text);
        let action = dossier.actions.values_mut().next().unwrap();
        action.what.clone_from(&what);
        dossier.regional.values_mut().next().unwrap().statement = text.clone();
        let after = [Format::Markdown, Format::Outline, Format::Tsv].map(|f| lines(f, &dossier));
        prop_assert_eq!(before, after);
        for table in [clip::plan(&dossier), clip::regional(&dossier)] {
            let columns: Vec<usize> = table.tsv.lines().map(|l| l.split('\t').count()).collect();
            prop_assert!(columns.windows(2).all(|w| w[0] == w[1]), "{:?}", columns);
            let cells = table.tsv.split(['\t', '\n']);
            prop_assert!(cells.into_iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])));
        }
    }

    #[test]
    fn 字下げの文字はどんなものでも読めるか断られる(text in words()) {
        if let Ok(outline) = outline::read(&text) {
            prop_assert!(!outline.lines.is_empty() && outline.lines[0].depth == 0);
            prop_assert!(outline.lines.windows(2).all(|w| w[1].depth <= w[0].depth + 1));
            prop_assert!(outline.lines.iter().all(|l| !l.text.is_empty() && !l.text.contains(char::is_control)));
            prop_assert!(outline.lines.iter().all(|l| Kind::ALL.contains(&l.kind)));
        }
    }
}
