//! Files for Excel and Word, read back by others: libraries always, LibreOffice and openpyxl where they are.
#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

use crate::support;

use std::fs;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

use calamine::{Data, DataType, Range, Reader, Xlsx};
use chrono::NaiveDate;
use jirei::domain::{Dossier, Lists};
use jirei::export::office::document::{self, Block, Document, Level};
use jirei::export::office::workbook::{self, Book, Cell, ChartKind, Part, Sheet, Table};
use jirei::export::{Format, render, sample};
use support::room::Room;

fn lists() -> Lists {
    jirei::format::lists(None).unwrap()
}

fn bytes(format: Format, dossier: &Dossier) -> Vec<u8> {
    render(format, dossier, &jirei::domain::RecordVersions::default(), &lists()).unwrap().bytes
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).unwrap()
}

fn sheet(bytes: &[u8], name: &str) -> Range<Data> {
    open(bytes).worksheet_range(name).unwrap()
}

/// The row that begins with these words, and those below it.
fn below(range: &Range<Data>, first: &str) -> Vec<Vec<Data>> {
    let rows = range.rows().skip_while(|row| row[0] != Data::String(first.to_owned()));
    rows.map(<[Data]>::to_vec).collect()
}

/// One part of a file as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

fn part_names(bytes: &[u8]) -> Vec<String> {
    let archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    archive.file_names().map(|name| name.unwrap().into_owned()).collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn text(cell: &Data) -> &str {
    match cell {
        Data::String(text) => text,
        Data::Empty => "",
        other => panic!("not words: {other:?}"),
    }
}

/// Words that programs like to take for something else.
const HARD: [&str; 10] = [
    "=1+1",
    "+81",
    "-5度",
    "@SUM(A1)",
    "=HYPERLINK(\"http://example.com\")",
    "_x0041_",
    "<b>&amp;</b>",
    "007",
    "2026-05-21",
    "一行目\n二行目",
];

fn hard_book() -> Book {
    let words = HARD.iter().map(|words| vec![Cell::text(*words), Cell::text(*words)]).collect();
    let figures = vec![
        vec![Cell::text("看取り"), Cell::Number(3.0), Cell::share(1, 4), Cell::day(Some(day("2026-05-21")))],
        vec![Cell::text("急変時の対応"), Cell::Number(12_345.0), Cell::share(0, 0), Cell::Empty],
    ];
    let figures = Table::new(["場面", "件数", "割合", "日"], figures).titled("場面ごと").heated();
    let figures = [ChartKind::Bar, ChartKind::Column, ChartKind::Stacked, ChartKind::Line]
        .into_iter()
        .fold(figures, |table, kind| table.charted(kind, "=場面ごとの件数", 0, &[1]));
    let sheet = |name: &str, parts| Sheet {
        name: name.to_owned(),
        heading: "見出し".into(),
        parts,
        ..Sheet::default()
    };
    Book {
        title: "かたい本 & 7".to_owned(),
        day: Some(day("2026-05-21")),
        note: "2026年度 & 1".to_owned(),
        sheets: vec![
            sheet("ことば", vec![Part::Table(Table::new(["ことば", "=見出し"], words))]),
            sheet("数字", vec![Part::Facts(vec![("場所".into(), Cell::text("=1"))]), Part::Table(figures)]),
            sheet("ことば", Vec::new()),
        ],
    }
}

#[test]
fn ブックのことばはことばのまま数は数で日は日で読める() {
    let bytes = workbook::render(&hard_book()).unwrap();
    assert_eq!(open(&bytes).sheet_names(), ["ことば", "数字", "ことば（2）"]);
    let words = below(&sheet(&bytes, "ことば"), "ことば");
    assert_eq!(words[0][1], Data::String("=見出し".into()));
    for (row, hard) in words[1..].iter().zip(HARD) {
        assert_eq!(row[..2], [Data::String(hard.into()), Data::String(hard.into())]);
    }
    assert_eq!(words.len(), 1 + HARD.len());
    // Nothing that is calculated or fetched stands anywhere.
    let sheets = ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"].map(|name| part(&bytes, name));
    assert!(sheets.iter().all(|xml| !xml.contains("<f>") && !xml.contains("hyperlink")));
    assert!(part_names(&bytes).iter().all(|name| !name.contains("vba") && !name.contains("externalLink")));

    let figures = sheet(&bytes, "数字");
    let rows = below(&figures, "場面");
    assert_eq!(rows[1][1], Data::Float(3.0));
    assert_eq!(rows[1][2], Data::Float(0.25));
    assert_eq!(rows[1][3].as_date(), Some(day("2026-05-21")));
    assert!(matches!(rows[1][3], Data::DateTime(_)), "{:?}", rows[1][3]);
    assert_eq!(rows[2][1..4], [Data::Float(12_345.0), Data::Empty, Data::Empty]);
    assert_eq!(
        figures.rows().find(|row| row[0] == Data::String("場所".into())).unwrap()[1],
        Data::String("=1".into())
    );
    assert!(sheets[1].contains("<colorScale>"));
}

#[test]
fn 一覧のシートは紙でも画面でも見出しが付いてくる() {
    let bytes = workbook::render(&hard_book()).unwrap();
    let list = part(&bytes, "xl/worksheets/sheet1.xml");
    let page = roxmltree::Document::parse(&list).unwrap();
    let find = |name: &str| {
        page.descendants()
            .find(|n| n.has_tag_name((page.root_element().tag_name().namespace().unwrap(), name)))
    };
    let setup = find("pageSetup").unwrap();
    assert_eq!(setup.attribute("orientation"), Some("landscape"));
    assert_eq!(setup.attribute("paperSize"), Some("9"));
    assert_eq!(setup.attribute("fitToHeight"), Some("0"));
    // The heading and an empty row, then the header in row 3.
    assert_eq!(find("pane").unwrap().attribute("ySplit"), Some("3"));
    assert_eq!(find("autoFilter").unwrap().attribute("ref"), Some("A3:B13"));
    assert!(find("oddFooter").unwrap().text().unwrap().contains("2026年度 && 1&C&11&P / &N"));
    let names = part(&bytes, "xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles") && names.contains("ことば!$3:$3"), "{names}");
    assert!(part(&bytes, "xl/styles.xml").contains("游ゴシック"));
    let charts = part_names(&bytes).into_iter().filter(|name| name.starts_with("xl/charts/chart")).count();
    assert_eq!(charts, 4);
    assert!(part(&bytes, "xl/charts/chart1.xml").contains("数字!$B$"));
}

#[test]
fn 会議のブックは記録と同じことを言う() {
    let mut dossier = sample::case_a().unwrap();
    let id = dossier.plan()[0].id;
    dossier.actions.get_mut(&id).unwrap().what = "=1+1".into();
    let bytes = bytes(Format::Xlsx, &dossier);
    let names = [
        "表紙",
        "行動計画",
        "地域課題",
        "マップの枝",
        "課題とつながり",
        "つながり",
        "数字",
        "参加者",
        "振り返り",
        "用語と数え方",
    ];
    assert_eq!(open(&bytes).sheet_names(), names);

    let plan = below(&sheet(&bytes, "行動計画"), "課題");
    assert_eq!(plan.len(), 1 + dossier.actions.len());
    let column = |name: &str| plan[0].iter().position(|cell| text(cell) == name).unwrap();
    assert_eq!(plan[1][column("何を")], Data::String("=1+1".into()));
    for (row, action) in plan[1..].iter().zip(dossier.plan()) {
        assert_eq!(text(&row[column("何を")]), action.what);
        assert_eq!(row[column("期限の日")].as_date(), action.until.date);
    }

    let entries = below(&sheet(&bytes, "マップの枝"), "順");
    let mut said: Vec<&str> = entries[1..].iter().map(|row| text(&row[5])).collect();
    let mut written: Vec<&str> = dossier.nodes.values().map(|node| node.said.as_str()).collect();
    said.sort_unstable();
    written.sort_unstable();
    assert_eq!(said, written);

    let issues = below(&sheet(&bytes, "課題とつながり"), "番号");
    assert_eq!(issues.len(), 1 + dossier.issues().len());
    let links: usize = issues[1..].iter().map(|row| text(&row[5]).lines().count()).sum();
    assert_eq!(links, dossier.links.len());
    // Each with its reason.
    let links = below(&sheet(&bytes, "つながり"), "原因");
    let mut reasons: Vec<&str> = links[1..].iter().map(|row| text(&row[2])).collect();
    let mut written: Vec<&str> = dossier.links.values().map(|link| link.label.as_str()).collect();
    reasons.sort_unstable();
    written.sort_unstable();
    assert_eq!(reasons, written);

    // Every entry is counted once.
    let kinds = below(&sheet(&bytes, "数字"), "大枝");
    let kinds = kinds[1..].iter().take(dossier.meeting.branches.len());
    let counted: f64 = kinds.flat_map(|row| &row[1..7]).filter_map(DataType::as_f64).sum();
    assert_eq!(counted, dossier.nodes.len() as f64);
    let people = below(&sheet(&bytes, "参加者"), "番号");
    assert_eq!(people.len(), 1 + dossier.participants.len());
}

#[test]
fn 何もない会議もブックと文書になる() {
    let mut dossier = sample::case_a().unwrap();
    dossier = Dossier::new(jirei::domain::Meeting::new(dossier.meeting.id), dossier.case.take());
    dossier.meeting.title = "[何も]ない:会議 ".repeat(20);
    let book = bytes(Format::Xlsx, &dossier);
    let mut book = open(&book);
    assert_eq!(
        book.sheet_names(),
        ["表紙", "数字", "用語と数え方"],
        "nobody prints a page that says there is nothing"
    );
    let cover = book.worksheet_range("表紙").unwrap();
    let rows: Vec<String> = cover.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    for left_out in ["行動計画", "地域課題", "マップの枝", "課題とつながり", "つながり", "参加者", "振り返り"]
    {
        let said = format!("{left_out}0まだ記録がないので、シートはありません");
        assert!(rows.contains(&said), "{left_out}: {rows:?}");
    }
    roxmltree::Document::parse(&part(&bytes(Format::Docx, &dossier), "word/document.xml")).unwrap();
}

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// What a paragraph says, and in which style.
fn paragraphs(xml: &roxmltree::Document) -> Vec<(String, String)> {
    let paragraph = |p: roxmltree::Node| {
        let style =
            p.descendants().find(|n| n.has_tag_name((W, "pStyle"))).and_then(|n| n.attribute((W, "val")));
        let text: String =
            p.descendants().filter(|n| n.has_tag_name((W, "t"))).filter_map(|n| n.text()).collect();
        (style.unwrap_or_default().to_owned(), text)
    };
    xml.descendants().filter(|n| n.has_tag_name((W, "p"))).map(paragraph).collect()
}

#[test]
fn 議事録の文書には見出しともくじと繰り返す見出し行がある() {
    let dossier = sample::case_a().unwrap();
    let bytes = bytes(Format::Docx, &dossier);
    let text = part(&bytes, "word/document.xml");
    let xml = roxmltree::Document::parse(&text).unwrap();
    let paragraphs = paragraphs(&xml);
    let styled = |style: &str| -> Vec<&str> {
        paragraphs.iter().filter(|(s, _)| s == style).map(|(_, text)| text.as_str()).collect()
    };
    assert_eq!(styled("Title"), ["【見本】第2回 山の町 見える事例検討会 議事録"]);
    let headings = styled("Heading1");
    assert_eq!(
        headings,
        [
            "事例",
            "参加者",
            "課題",
            "行動計画",
            "地域課題",
            "振り返り",
            "かかった時間",
            "マップ",
            "マップのことば"
        ]
    );
    // The contents is a field, and is filled: each entry leads to its heading.
    assert_eq!(styled("TOC1"), headings);
    assert!(text.contains(r#"TOC \o "1-2""#));
    let fields = |kind: &str| text.matches(&format!(r#"w:fldCharType="{kind}""#)).count();
    assert_eq!(["begin", "separate", "end"].map(fields), [1, 1, 1]);
    let anchors = xml.descendants().filter_map(|n| n.attribute((W, "anchor")));
    let marks: Vec<&str> = xml
        .descendants()
        .filter(|n| n.has_tag_name((W, "bookmarkStart")))
        .filter_map(|n| n.attribute((W, "name")))
        .collect();
    assert!(anchors.into_iter().all(|anchor| marks.contains(&anchor)));
    assert!(!part(&bytes, "word/settings.xml").contains("updateFields"), "Word would ask a question");

    // Rows are never torn, and headers come again.
    let count = |name: &str| xml.descendants().filter(|n| n.has_tag_name((W, name))).count();
    assert_eq!(count("tr"), count("cantSplit"));
    assert_eq!(count("tblHeader"), 4, "attendance, issues, plan, time");
    assert!(part(&bytes, "word/styles.xml").contains(r#"w:eastAsia="游ゴシック""#));
    assert!(part(&bytes, "word/footer1.xml").contains("NUMPAGES"));
    assert!(part_names(&bytes).contains(&"word/media/picture0.png".to_owned()));

    let all: String = paragraphs.iter().map(|(_, text)| text.as_str()).collect();
    for node in dossier.nodes.values() {
        assert!(all.contains(&node.text), "{}", node.text);
    }
}

fn hard_document() -> Document {
    let rows = HARD.iter().map(|words| vec![(*words).to_owned(), "短い".to_owned()]).collect();
    Document {
        title: "かたい<文書>&\u{7}".to_owned(),
        blocks: vec![
            Block::Contents,
            Block::Heading(Level::One, "見出し\"一\"".into()),
            Block::Strong(HARD.concat()),
            Block::Table(document::Table::new(["ことば", "ほか"], rows)),
            Block::PageBreak,
            Block::List(vec![(0, "浅い".into()), (30, "深い\u{fffe}".into())]),
        ],
        ..Document::default()
    }
}

#[test]
fn 文書のことばはどんな文字でも崩れない() {
    let bytes = document::render(&hard_document()).unwrap();
    for name in part_names(&bytes) {
        let text = part(&bytes, &name);
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let text = part(&bytes, "word/document.xml");
    let paragraphs = paragraphs(&roxmltree::Document::parse(&text).unwrap());
    let all: String = paragraphs.into_iter().map(|(_, text)| text).collect();
    assert!(all.contains("<b>&amp;</b>") && all.contains("深い"), "{all}");
}

#[test]
fn 同じ記録からは同じファイルができる() {
    let dossier = sample::case_a().unwrap();
    for format in [Format::Xlsx, Format::Docx] {
        assert!(bytes(format, &dossier) == bytes(format, &dossier), "{format:?}");
    }
}

// ---- Shift_JIS

#[test]
fn シフトjisで書き出すとない文字を言う() {
    let mut dossier = sample::case_a().unwrap();
    let id = dossier.plan()[0].id;
    dossier.actions.get_mut(&id).unwrap().what = "𠮷野川〜夜—".into();
    let room = Room::new();
    let file = room.file(
        "会議.json",
        jirei::export::json::render(&dossier, &jirei::domain::RecordVersions::default()).unwrap(),
    );
    assert_eq!(room.run(&["import", file.to_str().unwrap()]).0, 0);
    let output = room.output(&["export", "last", "--format", "csv", "--encoding", "shift_jis", "--out", "-"]);
    let (text, _, bad) = encoding_rs::SHIFT_JIS.decode(&output.stdout);
    assert!(!bad && text.starts_with("行動計画\r\n課題,何を") && text.contains("〓野川～夜―"), "{text}");
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        error.contains("— → ―、〜 → ～") && error.contains("𠮷 → 〓") && error.lines().count() == 1,
        "{error}"
    );

    for words in [
        &["export", "last", "--format", "xlsx", "--encoding", "shift_jis"][..],
        &["issues", "--encoding", "shift_jis"],
        &["issues", "--format", "md", "--encoding", "shift_jis"],
    ] {
        let (status, _, error) = room.run(words);
        assert!(status == 2 && error.contains("csv と tsv だけ"), "{words:?}: {error}");
    }
    let issues = room.output(&["issues", "--format", "tsv", "--encoding", "shift_jis", "--out", "-"]).stdout;
    let (text, _, bad) = encoding_rs::SHIFT_JIS.decode(&issues);
    assert!(!bad && text.starts_with("地域課題の一覧\r\n番号\tはじめに出た日"), "{text}");
    let (status, _, error) = room.run(&["export", "last", "--format", "csv", "--encoding", "euc-jp"]);
    assert!(status == 2 && error.contains("utf-8、shift_jis"), "{error}");
}

#[test]
fn 台帳もブックになる() {
    let room = Room::with_sample();
    let bytes = room.output(&["issues", "--format", "xlsx", "--out", "-"]).stdout;
    let rows = below(&sheet(&bytes, "地域課題の一覧"), "番号");
    assert_eq!(rows.len(), 1 + 6);
    assert_eq!(rows[1][1].as_date(), Some(day("2026-05-21")));
}

// ---- Opened by others

/// Half a minute, so only where it is asked for.
fn asked_for() -> bool {
    let asked = support::programs::asked();
    if !asked {
        eprintln!("passed over: JIREI_PROGRAMS=1 opens the files with LibreOffice and openpyxl");
    }
    asked
}

/// Lets LibreOffice make another file of one, in the same folder.
fn convert(file: &Path, to: &str) -> String {
    let folder = file.parent().unwrap();
    let home = format!("-env:UserInstallation=file://{}", folder.join("office").display());
    let output = Command::new("soffice")
        .args(["--headless", &home, "--convert-to", to, "--outdir"])
        .args([folder, file])
        .output()
        .expect("LibreOffice is installed");
    let said =
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    said
}

/// The words of a PDF, without spaces and breaks.
fn words_of_pdf(file: &Path) -> String {
    let output = Command::new("pdftotext").arg(file).arg("-").output().expect("poppler-utils is installed");
    let text = String::from_utf8(output.stdout).unwrap();
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn libreofficeで開いてcsvとpdfになる() {
    if !asked_for() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: Vec<u8>| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let dossier = sample::case_a().unwrap();
    let hard = put("hard.xlsx", workbook::render(&hard_book()).unwrap());
    // Comma, quotes, UTF-8, from the first row on, as shown, every sheet.
    convert(&hard, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1");
    let csv = fs::read_to_string(folder.path().join("hard-ことば.csv")).unwrap();
    assert!(csv.contains("=1+1,=1+1") && csv.contains("-5度") && csv.contains("007"), "{csv}");
    let csv = fs::read_to_string(folder.path().join("hard-数字.csv")).unwrap();
    assert!(csv.contains("看取り,3,25.0%,2026年5月21日") && csv.contains("\"12,345\""), "{csv}");

    let book = put("meeting.xlsx", bytes(Format::Xlsx, &dossier));
    convert(&book, "pdf");
    let words = words_of_pdf(&folder.path().join("meeting.pdf"));
    assert!(words.contains("2026年7月16日") && words.contains("職種ごとの枝の数"), "{words}");
    assert!(!words.contains("###"), "a column is too narrow for a number or a day");

    let minutes = put("minutes.docx", bytes(Format::Docx, &dossier));
    convert(&minutes, "pdf");
    let words = words_of_pdf(&folder.path().join("minutes.pdf"));
    assert!(words.contains("もくじ") && words.contains("個人情報として取り扱ってください1/"), "{words}");
    let document = put("hard.docx", document::render(&hard_document()).unwrap());
    convert(&document, "pdf");
    assert!(words_of_pdf(&folder.path().join("hard.pdf")).contains("=1+1+81-5度"));
}

/// Says the type and the value of each cell of a sheet, and what the sheet is set to.
const READ: &str = r#"
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
sheet = book[sys.argv[2]]
for row in sheet.iter_rows():
    for cell in row:
        if cell.value is not None:
            print(cell.coordinate, cell.data_type, type(cell.value).__name__, repr(cell.value), sep="\t")
print("set", sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows, sheet.freeze_panes, sheet.auto_filter.ref, len(sheet._charts), sep="\t")
"#;

/// What openpyxl finds on a sheet.
fn read(book: &Path, sheet: &str) -> String {
    let output =
        Command::new("/usr/bin/python3").args(["-W", "error", "-c", READ]).arg(book).arg(sheet).output();
    let output = output.expect("Python is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn openpyxlで開いても同じ型で読める() {
    if !asked_for() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hard.xlsx");
    fs::write(&path, workbook::render(&hard_book()).unwrap()).unwrap();
    let read = |name: &str| read(&path, name);
    let words = read("ことば");
    assert!(words.contains("A4\ts\tstr\t'=1+1'\n") && words.contains("A9\ts\tstr\t'_x0041_'\n"), "{words}");
    assert!(words.contains("set\tlandscape\t9\t$3:$3\tA4\tA3:B13\t0"), "{words}");
    let figures = read("数字");
    assert!(figures.contains("\td\tdatetime\tdatetime.datetime(2026, 5, 21, 0, 0)\n"), "{figures}");
    assert!(figures.contains("\tn\tint\t12345\n") && figures.trim_end().ends_with("\t4"), "{figures}");
}

#[test]
fn 一年の報告書もほかのソフトで開ける() {
    if !asked_for() {
        return;
    }
    let room = Room::with_sample();
    let put = |format: &str| {
        let bytes = room.output(&["review", "2026", "--format", format, "--out", "-"]).stdout;
        room.file(&format!("year.{format}"), bytes)
    };
    let (book, report) = (put("xlsx"), put("docx"));
    for file in [&book, &report] {
        convert(file, "pdf");
        let words = words_of_pdf(&file.with_extension("pdf"));
        assert!(words.contains("2026年度（令和8年度）計画と振り返り"), "{words}");
        assert!(words.contains("数え方") && words.contains("参加者実人数"), "{words}");
        assert!(!words.contains("###"), "a column is too narrow for a number or a day");
    }
    let register = read(&book, "地域課題の一覧");
    assert!(register.contains("datetime.datetime(2026, 5, 21, 0, 0)"), "{register}");
    assert!(register.contains("set\tlandscape\t9\t"), "{register}");
    // Who came: all numbers are small and hidden, and what is hidden is no bar of a chart.
    let professions = read(&book, "職種別の参加");
    assert!(professions.contains("'薬剤師'") && professions.trim_end().ends_with("\t0"), "{professions}");
}
