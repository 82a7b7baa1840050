//! What was said in a meeting stands in every file that people call minutes or handout. The fields are walked as the records
//! are described, so a new one is asked for by itself. Which of them stands where is a table in `docs/rooms/export.md`.

use crate::pictures::words_of_pdf;
use crate::support::invented;
use crate::support::room::Room;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};

use calamine::{Data, DataType, Reader, Xlsx};
use chrono::{Datelike, NaiveDate};
use jirei::domain::fields::Value;
use jirei::domain::{Dossier, Record, RecordVersions};
use jirei::export::{Format, render};

/// The files, in the order of the table.
const FILES: [Format; 5] = [Format::Markdown, Format::Docx, Format::Html, Format::Xlsx, Format::Pdf];

/// What does not stand in a file on purpose: what is handed out names nobody, and some things are for the program alone.
const APART: [(&str, &str, &[Format]); 12] = [
    ("参加者", "氏名", &[Format::Html, Format::Pdf]),
    ("事例", "同意を確かめた人", &[Format::Html, Format::Pdf]),
    // Of these, people read something else: the title of the meeting says how it was held and where.
    ("会議", "会のやり方", &FILES),
    ("会議", "市町村", &FILES),
    ("会議", "終わりの確認", &FILES),
    ("進み具合", "聞いた問い", &FILES),
    ("行動計画", "済んだ日", &FILES),
    // How an issue went on after the meeting stands in the register.
    ("地域課題の経過", "日付", &FILES),
    ("地域課題の経過", "レベル", &FILES),
    ("地域課題の経過", "計画・予算への反映", &FILES),
    ("地域課題の経過", "反映の理由", &FILES),
    ("地域課題の経過", "評価（⇒残課題）", &FILES),
];

fn bytes(format: Format, dossier: &Dossier) -> Vec<u8> {
    let lists = jirei::format::lists(None).unwrap();
    render(format, dossier, &RecordVersions::default(), &lists).unwrap().bytes
}

pub fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    zip::ZipArchive::new(Cursor::new(bytes))
        .unwrap()
        .by_name(name)
        .unwrap()
        .read_to_string(&mut text)
        .unwrap();
    text
}

fn date(day: NaiveDate) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// All words of a file in the order in which they are read, without spaces.
pub fn words(kind: &str, bytes: &[u8]) -> String {
    let text = match kind {
        "docx" => {
            let xml = part(bytes, "word/document.xml");
            let xml = roxmltree::Document::parse(&xml).unwrap();
            xml.descendants().filter(|n| n.tag_name().name() == "t").filter_map(|n| n.text()).collect()
        }
        "html" => {
            // Pictures have their words again: what is read is what stands beside them.
            let page = std::str::from_utf8(bytes).unwrap();
            let parts: Vec<&str> = page.split("<svg").collect();
            let around = parts.iter().map(|part| part.rsplit("</svg>").next().unwrap());
            let tags = around.collect::<String>();
            tags.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words)).collect()
        }
        "xlsx" => {
            let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
            let cell = |cell: &Data| match cell.as_date() {
                Some(day) if matches!(cell, Data::DateTime(_)) => date(day),
                _ => cell.to_string(),
            };
            let sheets = book.worksheets();
            sheets.iter().flat_map(|(_, sheet)| sheet.cells()).map(|(.., data)| cell(data) + "|").collect()
        }
        "pdf" => words_of_pdf(bytes),
        _ => String::from_utf8(bytes.to_vec()).unwrap().replace('\\', ""),
    };
    text.split_whitespace().collect()
}

/// What has to stand somewhere for a field to be said; none for what has no words of its own: places, moments, numbers, signs, and
/// other records, which are said by theirs.
fn said(value: Value<'_>) -> Option<Vec<String>> {
    match value {
        Value::Words(words) | Value::Name(words) => Some(vec![words.to_owned()]),
        // Words beside a field are told with its name.
        Value::List(list) => {
            Some(list.iter().map(|words| words.rsplit('：').next().unwrap_or_default().to_owned()).collect())
        }
        Value::Day(day) => Some(day.map(date).into_iter().collect()),
        Value::Until(until) => Some([until.words.clone()].into_iter().chain(until.date.map(date)).collect()),
        Value::Steps(steps) => Some(steps.iter().map(|step| step.title.clone()).collect()),
        Value::Label(_)
        | Value::Yes(_)
        | Value::Moment(_)
        | Value::Year(_)
        | Value::Refers(..)
        | Value::Times(_)
        | Value::Count(..)
        | Value::Order(_) => None,
    }
}

/// Kind of record and field, each with what it says in the whole meeting, in the order of the records.
fn fields(dossier: &Dossier) -> Vec<((&'static str, &'static str), Vec<String>)> {
    let mut order = Vec::new();
    let mut found: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for record in dossier.records() {
        for (label, value) in record.values() {
            let Some(words) = said(value) else { continue };
            let field = (record.noun(), label);
            if !order.contains(&field) {
                order.push(field);
            }
            let words = words.into_iter().map(|words| words.split_whitespace().collect::<String>());
            found.entry(field).or_default().extend(words.filter(|words| !words.is_empty()));
        }
    }
    order.into_iter().map(|field| (field, found.remove(&field).unwrap_or_default())).collect()
}

fn table(dossier: &Dossier) -> (String, Vec<String>) {
    let files = FILES.map(|format| words(format.key(), &bytes(format, dossier)));
    let mut rows =
        "| 記録 | 項目 | md | docx | html | xlsx | pdf |\n| --- | --- | --- | --- | --- | --- | --- |\n"
            .to_owned();
    let mut problems = Vec::new();
    for (field, said) in fields(dossier) {
        if said.is_empty() {
            problems.push(format!("{field:?}: the invented meeting says nothing there"));
        }
        let apart = APART.iter().find(|(noun, label, _)| (*noun, *label) == field).map_or(&[][..], |a| a.2);
        let mut cells = Vec::new();
        for (format, words) in FILES.iter().zip(&files) {
            // In a table a day is 2026/2/3.
            let slashed = |said: &str| said.replace(['年', '月'], "/").replace('日', "");
            let has = |said: &String| words.contains(said.as_str()) || words.contains(&slashed(said));
            let missing: Vec<&String> = said.iter().filter(|said| !has(said)).collect();
            match (missing.is_empty(), apart.contains(format)) {
                (false, false) => problems.push(format!("{field:?}: not in {format:?}: {missing:?}")),
                (true, true) => problems.push(format!("{field:?}: is in {format:?} now")),
                _ => {}
            }
            cells.push(if missing.is_empty() { "○" } else { "―" });
        }
        rows += &format!("| {} | {} | {} |\n", field.0, field.1, cells.join(" | "));
    }
    (rows, problems)
}

#[test]
fn 会議のことばはどの書類にもある() {
    let (rows, problems) = table(&invented::full());
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    // What the page says is so.
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rooms/export.md");
    let page = fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    let start = page.find("| 記録 | 項目 |").expect("the table of fields and files");
    let end = start + page[start..].find("\n\n").unwrap() + 1;
    if std::env::var_os("JIREI_BLESS").is_some() {
        fs::write(path, format!("{}{rows}{}", &page[..start], &page[end..])).unwrap();
    } else {
        assert!(page[start..end] == rows, "JIREI_BLESS=1 cargo test --test it fidelity:: writes it anew");
    }
}

/// What was said of one person, and by whom, beside the words that may leave.
fn of_the_case(dossier: &Dossier) -> Vec<String> {
    let titles: Vec<&str> = dossier.meeting.branches.iter().map(|branch| branch.title.as_str()).collect();
    let mut out = Vec::new();
    for record in dossier.records() {
        let kept = matches!(
            record,
            Record::Case(_)
                | Record::Node(_)
                | Record::Link(_)
                | Record::Action(_)
                | Record::Reflection(_)
                | Record::Participant(_)
        );
        let person = matches!(record, Record::Participant(_));
        for (_, value) in record.values().into_iter().filter(|_| kept) {
            match value {
                Value::Name(name) => out.push(name.to_owned()),
                Value::Day(_) => {}
                // Which professions and bodies came is counted.
                value if !person => out.extend(said(value).unwrap_or_default()),
                _ => {}
            }
        }
    }
    let date = |words: &String| words.ends_with('日') && words.starts_with("202");
    out.retain(|words| !words.is_empty() && !titles.contains(&words.as_str()) && !date(words));
    out.iter().map(|words| words.split_whitespace().collect()).collect()
}

#[test]
fn 町に渡す書類は数と地域課題と決まったことで始まり事例のことばがない() {
    let dossier = invented::full();
    let room = Room::new();
    room.import(&room.file("島.json", bytes(Format::Json, &dossier)));
    let kept = of_the_case(&dossier);
    assert!(kept.len() > 40 && kept.iter().any(|words| words == "七十代のなかば"), "{kept:?}");
    for (what, first, found) in [
        (
            &["review", "2025"][..],
            "2025年度（令和7年度）に開いた会議は、1回です。",
            "この年度に出た地域課題は、1件です。すべて、個人が分からない文と確かめました。",
        ),
        (
            &["issues"],
            "1回の会議から見えた地域課題です。",
            "個人が分からない文と確かめた地域課題は、1件です。",
        ),
    ] {
        for kind in ["md", "docx", "html", "pdf", "xlsx", "csv", "tsv", "json"] {
            let output = room.output(&[what, &["--format", kind, "--out", "-"]].concat());
            let text = words(kind, &output.stdout);
            let slipped: Vec<&String> = kept.iter().filter(|words| text.contains(words.as_str())).collect();
            assert!(slipped.is_empty(), "{what:?} {kind}: {slipped:?}");
            assert!(text.contains("海が荒れると薬の届かない島が冬ごとにある"), "{what:?} {kind}");
            if !["md", "docx", "html", "pdf"].contains(&kind) {
                continue;
            }
            let mut at = 0;
            for sentence in [
                first,
                found,
                "責任を持つ機関が決まったものは1件、期限が決まったものは1件。計画・予算への反映は、計画へ1件です。",
                "対応策：",
                "責任を持つ機関は町の保健課、期限は次の冬までに（2026/11/30(月)まで）です。",
                "計画・予算への反映は「計画へ」です（離島の章に書ける）。",
            ] {
                let Some(next) = text[at..].find(sentence) else {
                    panic!("{what:?} {kind}: no {sentence} behind {}", &text[..at.min(text.len())]);
                };
                at += next;
            }
        }
    }
}
