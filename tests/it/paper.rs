//! What is printed can be read: no letter on A4 is smaller than 8 points; what has no room on the map stands in the list of its words.

use crate::support::invented;

use std::io::{Cursor, Read};

use jirei::domain::{Dossier, Kind, RecordVersions};
use jirei::export::office::workbook::{self, Book, Cell, Part, Sheet, Table};
use jirei::export::{Format, render, sample};

/// Words on a map are so large in its own units, and a unit is so many dots.
const UNITS: f64 = 15.0;
const DOTS: f64 = 1.6;
/// How wide LibreOffice takes a digit to be where it lacks the font of a workbook, in points; Excel has 6 for it.
const DIGIT: f64 = 7.07;
/// The least, in points; what rounding takes is not missed.
const LEAST: f64 = 7.99;

fn meetings() -> [(&'static str, Dossier); 5] {
    [
        ("full", invented::full()),
        ("few", invented::few()),
        ("many", invented::many()),
        ("long", invented::long()),
        ("sample", sample::case_a().unwrap()),
    ]
}

fn bytes(format: Format, dossier: &Dossier) -> Vec<u8> {
    let lists = jirei::format::lists(None).unwrap();
    render(format, dossier, &RecordVersions::default(), &lists).unwrap().bytes
}

fn part(bytes: &[u8], name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    zip::ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_end(&mut out).unwrap();
    out
}

/// The numbers behind a name, wherever it stands.
fn numbers(text: &str, name: &str) -> Vec<f64> {
    let after = text.split(name).skip(1);
    after.map(|rest| rest.split(['"', 'p', ' ']).next().unwrap().parse().unwrap()).collect()
}

#[test]
fn 文書のマップは横の紙に八ポイント以上で載る() {
    for (name, dossier) in meetings() {
        let file = bytes(Format::Docx, &dossier);
        let text = String::from_utf8(part(&file, "word/document.xml")).unwrap();
        let (wide, high) = (numbers(&text, "wp:extent cx=\""), numbers(&text, "\" cy=\""));
        assert!(!wide.is_empty(), "{name}");
        for (i, wide) in wide.iter().enumerate() {
            // The width of a PNG stands in its head.
            let png = part(&file, &format!("word/media/picture{i}.png"));
            let dots = f64::from(u32::from_be_bytes(png[16..20].try_into().unwrap()));
            let letter = wide / 12_700.0 / (dots / DOTS) * UNITS;
            assert!(letter >= LEAST - 0.05, "{name} {i}: {letter} pt");
            assert!(wide / 12_700.0 <= 770.0 && high[i] / 12_700.0 <= 455.0, "{name} {i}");
        }
        // A page on its side for each, told in words, and no empty one between them.
        let sides = text.matches("w:orient=\"landscape\"").count();
        assert_eq!((sides, text.matches("descr=\"マップの絵").count()), (wide.len(), wide.len()), "{name}");
        let upright = text.matches("<w:sectPr>").count() - sides;
        assert_eq!(upright, 2, "{name}: before the map and behind it");
    }
}

#[test]
fn ブラウザーから印刷してもマップのどの枝も読める() {
    for (name, dossier) in meetings() {
        let page = String::from_utf8(bytes(Format::Html, &dossier)).unwrap();
        let sheets: Vec<&str> = page.split("<figure class=\"sheet\">").skip(1).collect();
        let mut words = String::new();
        for sheet in &sheets {
            let sheet = sheet.split("</figure>").next().unwrap();
            let wide = numbers(sheet, "style=\"width:")[0];
            let view = numbers(sheet, "viewBox=\"0 0 ")[0];
            let letter = UNITS * wide / view;
            assert!((LEAST..=13.0).contains(&letter), "{name}: {letter} pt");
            assert!(wide <= 774.0, "{name}: wider than the page");
            assert!(sheet.contains("<title>") && sheet.contains("<desc>"), "{name}");
            let svg = &sheet[sheet.find("<svg").unwrap()..=sheet.find("</svg>").unwrap() + 5];
            let svg = roxmltree::Document::parse(svg).unwrap();
            words.extend(svg.descendants().filter(|n| n.has_tag_name("text")).filter_map(|n| n.text()));
        }
        let words: String = words.split_whitespace().collect();
        let list: String = page.split("<h2>マップのことば</h2>").last().unwrap().split_whitespace().collect();
        for node in dossier.nodes.values() {
            let text = node.text.replace(' ', "");
            let loud = matches!(node.kind, Kind::Issue | Kind::Feeling);
            assert!(words.contains(&text) || !loud, "{name}: {text}");
            assert!(list.contains(&text), "{name}: {text}");
        }
    }
}

/// A list with so many columns, of which every third says nothing.
fn list(columns: usize) -> Book {
    let cell = |i: usize| {
        if i % 3 == 2 { Cell::Empty } else { Cell::text(format!("{i}の欄のことば").repeat(3)) }
    };
    let rows = (0..4).map(|_| (0..columns).map(cell).collect()).collect();
    let table = Table::new((0..columns).map(|i| format!("見出し{i}")), rows);
    let sheet = Sheet { name: "表".into(), parts: vec![Part::Table(table)], ..Sheet::default() };
    let lines = vec!["この表は、広いと次の紙に続きます。".repeat(2)];
    let sheet = Sheet { heading: "題".into(), lines, ..sheet };
    Book { sheets: vec![sheet.named(0..2)], ..Book::default() }
}

#[test]
fn 空の列はたたまれ広い表は次の紙にも見出しと文がある() {
    for (columns, pages) in [(3, 1), (12, 1), (27, 2), (60, 4)] {
        let file = workbook::render(&list(columns)).unwrap();
        let text = String::from_utf8(part(&file, "xl/worksheets/sheet1.xml")).unwrap();
        let sheet = roxmltree::Document::parse(&text).unwrap();
        let all =
            |name: &str| sheet.descendants().filter(|n| n.tag_name().name() == name).collect::<Vec<_>>();
        let number =
            |n: &roxmltree::Node, name: &str| n.attribute(name).map_or(0.0, |v| v.parse::<f64>().unwrap());
        // Folded, not gone: the header is there, and a sign to open it.
        let cols = all("col");
        let hidden: f64 = cols
            .iter()
            .filter(|col| col.attribute("hidden") == Some("1") && col.attribute("outlineLevel") == Some("1"))
            .map(|col| number(col, "max") - number(col, "min") + 1.0)
            .sum();
        assert_eq!(hidden as usize, columns / 3, "{columns}");
        let breaks: Vec<f64> =
            all("colBreaks").iter().flat_map(|b| b.children()).map(|b| number(&b, "id")).collect();
        assert_eq!(breaks.len() + 1, pages, "{columns}: {breaks:?}");
        let setup = all("pageSetup")[0];
        let names = String::from_utf8(part(&file, "xl/workbook.xml")).unwrap();
        if pages == 1 {
            assert_eq!(setup.attribute("fitToHeight"), Some("0"));
            continue;
        }
        assert_eq!(setup.attribute("scale"), Some("73"), "11 pt at this scale are 8 pt");
        assert!(names.contains("表!$A:$B,表!$4:$4"), "{names}");
        // The words above the table do not reach into what comes again on the next page: they would be cut there.
        let above: Vec<&str> = all("mergeCell").iter().filter_map(|cell| cell.attribute("ref")).collect();
        assert!(above.len() == 2 && above.iter().all(|range| range.starts_with('C')), "{above:?}");
        // What stands on a page is not wider than it: 277 mm at this scale, also where a digit is as wide as LibreOffice takes it.
        let width = |column: f64| {
            let col = cols.iter().find(|c| number(c, "min") <= column && column <= number(c, "max")).unwrap();
            if col.attribute("hidden") == Some("1") { 0.0 } else { number(col, "width") * DIGIT }
        };
        let ends = breaks.iter().copied().chain([columns as f64]);
        let starts = [0.0].into_iter().chain(breaks.iter().copied());
        for (i, (start, end)) in starts.zip(ends).enumerate() {
            let own: f64 = (start as usize + 1..=end as usize).map(|column| width(column as f64)).sum();
            let again = if i > 0 { width(1.0) + width(2.0) } else { 0.0 };
            assert!((own + again) * 0.73 <= 784.3, "{columns}, page {i}: {} pt", (own + again) * 0.73);
        }
    }
}

#[test]
fn どのシートも紙の幅に八ポイント以上で入る() {
    for (name, dossier) in meetings() {
        let file = bytes(Format::Xlsx, &dossier);
        let styles = String::from_utf8(part(&file, "xl/styles.xml")).unwrap();
        assert!(
            name != "sample" || styles.contains("日（&quot;aaa&quot;）"),
            "a day has its weekday: {styles}"
        );
        let book = String::from_utf8(part(&file, "xl/workbook.xml")).unwrap();
        for i in 1..=book.matches("<sheet ").count() {
            let text = String::from_utf8(part(&file, &format!("xl/worksheets/sheet{i}.xml"))).unwrap();
            let sheet = roxmltree::Document::parse(&text).unwrap();
            let all =
                |name: &str| sheet.descendants().filter(|n| n.tag_name().name() == name).collect::<Vec<_>>();
            let number = |n: &roxmltree::Node, name: &str| {
                n.attribute(name).map_or(0.0, |v| v.parse::<f64>().unwrap())
            };
            // What is printed on several pages across is held by the test above.
            let several = all("pageSetup")[0].attribute("scale").is_some();
            let last = all("row").iter().map(|row| row.children().count()).max().unwrap() as f64;
            let seen =
                |col: &&roxmltree::Node| col.attribute("hidden").is_none() && number(col, "min") <= last;
            let cols = all("col");
            let width: f64 = cols
                .iter()
                .filter(seen)
                .map(|col| number(col, "width") * (number(col, "max").min(last) - number(col, "min") + 1.0))
                .sum();
            // Programs print at whole hundredths.
            let scale = (784.3 / (width * DIGIT) * 100.0).floor().min(100.0) / 100.0;
            assert!(several || scale * 11.0 >= LEAST, "{name} {i}: {} pt", scale * 11.0);
            let foot = all("oddFooter")[0].text().unwrap();
            assert!(["&L&11 ", "&C&11&P", "&R&11 "].iter().all(|part| foot.contains(part)), "{foot}");
        }
    }
}

/// Words of several scripts, of which some are in no font here.
const FOREIGN: [&str; 6] = [
    "母語は\u{5e9}\u{5dc}\u{5d5}\u{5dd}で話す",
    "สวัสดีと言われる",
    "안녕と手をふる",
    "①→②とつながる",
    "👨‍👩‍👧と暮らす",
    "𠮷野の家",
];

#[test]
fn 字体にない文字のことばも縮めずに描かれる() {
    let mut dossier = invented::many();
    for (node, words) in dossier.nodes.values_mut().zip(FOREIGN.iter().cycle()) {
        node.text = words.repeat(1 + node.text.len() % 3);
    }
    for format in [Format::Html, Format::Svg] {
        let text = String::from_utf8(bytes(format, &dossier)).unwrap();
        let svg = text.split("<svg").skip(1).map(|svg| svg.split("</svg>").next().unwrap());
        let narrow: Vec<&str> =
            svg.flat_map(str::lines).filter(|line| line.starts_with("<text transform")).collect();
        assert!(narrow.is_empty(), "{format:?}: {narrow:#?}");
    }
}

#[test]
fn 文書の短い表は次のページへまとめて送られる() {
    let file = bytes(Format::Docx, &invented::full());
    let text = String::from_utf8(part(&file, "word/document.xml")).unwrap();
    for table in text.split("<w:tbl>").skip(1).map(|table| table.split("</w:tbl>").next().unwrap()) {
        let rows: Vec<&str> = table.split("<w:tr>").skip(1).collect();
        let kept = |row: &&str| row.contains("<w:keepNext/>");
        assert!(rows.len() <= 13 && rows[..rows.len() - 1].iter().all(kept), "{table}");
        assert!(!kept(&rows[rows.len() - 1]), "or it would hang on what follows");
    }
}

#[test]
fn ブラウザーの表でも日付は一行で出る() {
    let page = String::from_utf8(bytes(Format::Html, &sample::case_a().unwrap())).unwrap();
    assert!(
        page.contains("<td class=\"one\">2026/5/28(木)</td>")
            && page.contains(".one { white-space: nowrap; }")
    );
    let words = "<td>次回まで（<span class=\"one\">2026/7/16(木)</span>）</td>";
    assert!(page.contains(words), "words go on in the next line, the day does not");
}

#[test]
fn ブラウザーの資料も_だれのためのものかと分かったことから始まる() {
    for (name, dossier) in meetings() {
        let page = String::from_utf8(bytes(Format::Html, &dossier)).unwrap();
        let first = page.split("<h2>マップ</h2>").next().unwrap();
        assert!(first.contains("出ていない方には渡さないでください"), "{name}");
        for heading in ["話し合って分かったこと", "これからすること", "地域課題（町に届けること）"]
        {
            assert!(first.contains(&format!("<h2>{heading}</h2>")), "{name}: {heading}");
        }
        assert!(first.contains(&format!("{}本の枝", dossier.nodes.len())), "{name}");
        assert!(dossier.links.is_empty() || first.contains("根にある課題"), "{name}");
        assert!(first.matches("<tr>").count() <= 13, "{name}: what is below need not be printed twice");
    }
}

#[test]
fn 消した課題の番号は_使っていないと言う() {
    let mut dossier = sample::case_a().unwrap();
    dossier.nodes.retain(|_, node| ![3, 7].contains(&node.number));
    for format in [Format::Markdown, Format::Html, Format::Docx] {
        let file = bytes(format, &dossier);
        let text = if format == Format::Docx { part(&file, "word/document.xml") } else { file };
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains("③・⑦ は使っていません（消した課題の番号です）。"), "{format:?}");
    }
    let text = String::from_utf8(bytes(Format::Markdown, &sample::case_a().unwrap())).unwrap();
    assert!(!text.contains("消した課題の番号"));
}
