//! Files given away and taken in again.

use crate::support;

use std::fs;

use jirei::domain::text::visible;
use jirei::domain::{Dossier, Kind, RecordVersions};
use jirei::export::encoding::Encoding;
use jirei::export::{Format, clip, json, outline, render, sample};
use proptest::prelude::*;
use serde_json::Value;
use support::room::Room;

#[test]
fn 見本は表のとおりに作られている() {
    let made = support::case_a::dossier();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/sessions/samples/case-a.json");
    let bytes = json::render(&made, &RecordVersions::default()).unwrap();
    if std::env::var_os("JIREI_BLESS").is_some() {
        fs::write(path, &bytes).unwrap();
    }
    let kept = fs::read(path).unwrap();
    assert!(
        kept == bytes,
        "the sample differs from the tables; JIREI_BLESS=1 cargo test --test it export:: writes it anew"
    );
    assert_eq!(json::read(&kept).unwrap(), made);
}

#[test]
fn 見本のことばに機械の日付はない() {
    let bytes = json::render(&sample::case_a().unwrap(), &RecordVersions::default()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    // Days and moments of their own stand under such keys.
    let own =
        |line: &str| ["date", "at", "at_ms", "started"].iter().any(|key| line.contains(&format!("{key}\":")));
    let machine = |line: &str| {
        let words = line.split(|c: char| !c.is_ascii_digit() && c != '-');
        words.into_iter().any(|word| word.len() == 10 && word.parse::<chrono::NaiveDate>().is_ok())
    };
    let said: Vec<&str> = text.lines().filter(|line| machine(line) && !own(line)).collect();
    assert!(said.is_empty(), "{said:#?}");
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

fn lines(format: Format, dossier: &Dossier) -> usize {
    let lists = jirei::format::lists(None).unwrap();
    String::from_utf8(render(format, dossier, &RecordVersions::default(), &lists).unwrap().bytes)
        .unwrap()
        .lines()
        .count()
}

/// What joins the sign before it, or takes one of markup along, at the beginning of a word.
const JOINING: [&str; 12] = [
    "\u{301}",
    "\u{363}",
    "\u{3099}",
    "\u{20dd}",
    "\u{200d}",
    "\u{fe0f}",
    "\u{e0100}",
    ">\u{338}",
    "<\u{338}",
    "&\u{338}",
    "\"\u{301}",
    ",\u{20dd}",
];

/// A meeting with this at the beginning of everything people can write, and of everyone's name.
fn beginning_with(joining: &str) -> Dossier {
    fn spoil(value: &mut Value, key: &str, joining: &str) {
        match value {
            Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| spoil(value, key, joining)),
            Value::Array(items) => items.iter_mut().for_each(|item| spoil(item, key, joining)),
            Value::String(text) if WRITTEN.contains(&key) && !text.is_empty() => text.insert_str(0, joining),
            _ => {}
        }
    }
    const WRITTEN: [&str; 32] = [
        "title",
        "venue",
        "organiser",
        "town",
        "note",
        "branch",
        "code",
        "gist",
        "triggers",
        "trigger_note",
        "consultation",
        "consent_note",
        "consent_by",
        "name",
        "profession",
        "organisation",
        "department",
        "text",
        "said",
        "label",
        "what",
        "words",
        "check",
        "outcome",
        "statement",
        "area",
        "responsible",
        "measures",
        "priority_reason",
        "reflected_reason",
        "evaluation",
        "checked",
    ];
    let mut dossier = sample::case_a().unwrap();
    for (i, person) in dossier.participants.values_mut().enumerate() {
        person.name = format!("名{i}");
    }
    let mut file =
        serde_json::from_slice(&json::render(&dossier, &RecordVersions::default()).unwrap()).unwrap();
    spoil(&mut file, "", joining);
    json::read(&serde_json::to_vec(&file).unwrap()).unwrap()
}

#[test]
fn どんな印で始まることばもどの形式にもなる() {
    let lists = jirei::format::lists(None).unwrap();
    for joining in JOINING {
        let dossier = beginning_with(joining);
        assert!(dossier.nodes.values().all(|n| n.text.starts_with(joining)));
        assert!(dossier.participants.values().all(|p| p.name.starts_with(joining)));
        for format in Format::ALL {
            let made = render(format, &dossier, &RecordVersions::default(), &lists);
            let bytes = made.unwrap_or_else(|e| panic!("{joining:?} {}: {e}", format.key())).bytes;
            match format {
                Format::Svg => {
                    let text = String::from_utf8(bytes).unwrap();
                    let picture = roxmltree::Document::parse(&text).unwrap();
                    let texts = picture.descendants().filter(|n| n.has_tag_name("text"));
                    // What nobody sees stays out; every other mark stands as it was typed.
                    let seen = visible(joining);
                    assert!(texts.filter_map(|n| n.text()).any(|t| t.contains(&*seen)), "{joining:?}");
                }
                Format::Pdf | Format::PdfA3 => {
                    assert!(!lopdf::Document::load_mem(&bytes).unwrap().get_pages().is_empty());
                }
                Format::Json => assert_eq!(json::read(&bytes).unwrap(), dossier),
                Format::Csv => {
                    let columns = |bytes: &[u8]| -> Vec<usize> {
                        let (text, ..) = encoding_rs::SHIFT_JIS.decode(bytes);
                        let mut reader = csv::ReaderBuilder::new()
                            .has_headers(false)
                            .flexible(true)
                            .from_reader(text.as_bytes());
                        reader.records().map(|row| row.unwrap().len()).collect()
                    };
                    let plain =
                        render(format, &sample::case_a().unwrap(), &RecordVersions::default(), &lists)
                            .unwrap();
                    let [plain, made] = [plain.bytes, bytes].map(|bytes| Encoding::ShiftJis.of(bytes).0);
                    assert_eq!(columns(&plain), columns(&made), "{joining:?}");
                }
                _ => assert!(!bytes.is_empty()),
            }
        }
    }
}

#[test]
fn そのような会議があってもすべて書き出せる() {
    let room = Room::new();
    let hard = json::render(&beginning_with("\u{363}"), &RecordVersions::default()).unwrap();
    room.import(&room.file("印.json", hard));
    room.import(&room.file("マップ.txt", "生活\n\t買物\n"));
    for format in ["png", "pdf", "docx"] {
        let (status, out, error) = room.run(&["export", "all", "--format", format, "--out", format]);
        assert_eq!(status, 0, "{error}");
        assert!(out.contains("会議 2件"), "{out}");
    }
}

#[test]
fn 書き出しは記録や設定を上書きしない() {
    let room = Room::with_sample();
    let before = room.exported();
    let at = |name: &str| room.folder.path().join(name);
    fs::create_dir_all(at("data/sessions")).unwrap();
    let config = room.file("config.toml", "town = \"山の町\"\n");
    let unsaved = room.file("data/未保存-20260521-133000.json", "{}");
    let settings = config.to_str().unwrap();
    let gifts: [&[&str]; 4] = [
        &["export", "last", "--format", "json"],
        &["issues", "--format", "csv"],
        &["review", "2026", "--format", "html"],
        &["export", "last", "--format", "tsv", "--encoding", "shift_jis"],
    ];
    for gift in gifts {
        for name in [
            "data/jirei.db",
            "data/JIREI.DB",
            "data/../data/jirei.db-journal",
            "data/jirei.lock",
            "data/sessions/mieru.toml",
            "config.toml",
            unsaved.to_str().unwrap(),
        ] {
            let words = [gift, &["--force", "--config", settings, "--out", name]].concat();
            let (status, out, error) = room.run(&words);
            assert_eq!((status, out.as_str()), (1, ""), "{name}");
            assert!(error.contains("書き出しません") && error.contains("別の名前"), "{error}");
        }
    }
    assert_eq!(fs::read_to_string(config).unwrap(), "town = \"山の町\"\n");
    assert_eq!(fs::read_to_string(unsaved).unwrap(), "{}");
    assert!(fs::read_dir(at("data/sessions")).unwrap().next().is_none());
    assert_eq!(room.exported(), before);
    // All at once: a file that would be in the way stops it before anything is written.
    let (status, _, error) = room.run(&["export", "all", "--format", "md", "--out", "書類"]);
    assert_eq!((status, error.as_str()), (0, ""));
    let minutes = fs::read_dir(at("書類")).unwrap().next().unwrap().unwrap().path();
    fs::copy(at("data/jirei.db"), &minutes).unwrap();
    let (status, _, error) = room.run(&["export", "all", "--format", "md", "--out", "書類", "--force"]);
    assert!(status == 1 && error.contains("書き出しません"), "{error}");
    assert_eq!(fs::read(minutes).unwrap(), fs::read(at("data/jirei.db")).unwrap());
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
