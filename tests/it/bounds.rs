//! What comes in is bounded before it is taken apart: files of any size, pipes, devices and folders, words of a page, deep and
//! endless ones. Whatever is refused is said, and nothing changes.

use std::fs::{self, File};

use jirei::domain::bounds::{DEPTH, ENTRIES, LETTERS, LEVELS, LINES, OBJECTS, PEOPLE};
use jirei::domain::{Dossier, Now, RecordVersions, Stamped};
use jirei::export::{Format, json, outline, people, render, sample};
use jirei::format::lists;
use jirei::store::{Access, Store};

use crate::support::driver::Driver;
use crate::support::room::Room;

/// Refused by the command line in Japanese, in these words; the records are as before.
fn refused(room: &Room, words: &[&str], said: &[&str]) {
    let before = fs::read(room.folder.path().join("data/jirei.db")).ok();
    let (status, out, error) = room.run(words);
    let all = out + &error;
    assert_eq!(status, 1, "{words:?}: {all}");
    for said in said {
        assert!(all.contains(said), "{words:?}: {said} in {all}");
    }
    assert!(all.chars().filter(char::is_ascii_alphabetic).count() < all.chars().count() / 2, "{all}");
    assert_eq!(fs::read(room.folder.path().join("data/jirei.db")).ok(), before, "{words:?}");
}

#[test]
fn 大きすぎるファイルは読む前に断り何も変えない() {
    let room = Room::with_sample();
    let sessions = room.folder.path().join("data/sessions");
    fs::create_dir(&sessions).unwrap();
    for (name, words, most) in [
        ("冬の会.json", &["import", "冬の会.json"][..], "64MB"),
        ("会のことば", &["import", "会のことば"], "64MB"),
        ("未保存-20260521-133000.json", &["import", "未保存-20260521-133000.json"], "256MB"),
        ("名簿.csv", &["import", "名簿.csv"], "4MB"),
        ("図.md", &["import", "図.md"], "4MB"),
        ("わが町.toml", &["formats", "check", "わが町.toml"], "1MB"),
        ("設定.toml", &["--config", "設定.toml", "export", "last", "--format", "md"], "1MB"),
        ("data/sessions/lists.toml", &["formats", "check", "data/sessions/lists.toml"], "1MB"),
    ] {
        // It takes no room on the disk, and would take all of it in the memory.
        File::create(room.folder.path().join(name)).unwrap().set_len(1 << 30).unwrap();
        refused(&room, words, &["大きすぎます（1024MB。読めるのは ", most]);
    }
    let (_, out, _) = room.run(&["formats"]);
    assert!(out.contains("mieru"), "the built-in ones stay: {out}");
    // What says nothing of its size goes on for ever.
    #[cfg(target_os = "linux")]
    refused(&room, &["import", "/dev/zero"], &["ふつうのファイルではありません"]);
}

#[cfg(unix)]
#[test]
fn パイプや装置やフォルダーは待たずに断る() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    let room = Room::with_sample();
    let at = |name: &str| room.folder.path().join(name);
    let pipe = |name: &str| mknodat(CWD, at(name), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
    fs::create_dir(at("data/sessions")).unwrap();
    fs::create_dir(at("春.csv")).unwrap();
    for (name, words) in [
        ("夏.json", &["import", "夏.json"][..]),
        ("夏.csv", &["import", "夏.csv"]),
        ("夏", &["import", "夏"]),
        ("夏.toml", &["formats", "check", "夏.toml"]),
        ("設定.toml", &["--config", "設定.toml", "export", "last", "--format", "md"]),
        ("data/sessions/lists.toml", &["formats", "check", "data/sessions/lists.toml"]),
    ] {
        pipe(name);
        refused(&room, words, &["ふつうのファイルではありません"]);
    }
    refused(&room, &["formats", "check", "春.csv"], &["フォルダー"]);
    pipe("data/sessions/mieru.toml");
    assert!(room.run(&["formats"]).1.contains("ふつうのファイルではありません"));
    // Nor does anything that lies in the place of the records or beside them keep us waiting.
    for name in ["jirei.db", "jirei.db-journal", "jirei.lock"] {
        let room = Room::with_sample();
        let place = room.folder.path().join("data").join(name);
        let _ = fs::remove_file(&place);
        mknodat(CWD, &place, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        for words in [&["list"][..], &["check"]] {
            let (status, out, error) = room.run(words);
            assert_eq!((status, out.as_str()), (1, ""), "{name} {words:?}: {error}");
            assert!(error.contains("ふつうのファイルではありません"), "{name}: {error}");
        }
    }
}

#[test]
fn 記録そのものは取り込むファイルとして開かない() {
    let room = Room::with_sample();
    #[cfg(unix)]
    fs::hard_link(room.folder.path().join("data/jirei.db"), room.folder.path().join("会.json")).unwrap();
    let names: &[&str] = if cfg!(unix) { &["data/jirei.db", "会.json"] } else { &["data/jirei.db"] };
    for name in names {
        refused(&room, &["import", name], &["記録（データベース）そのものです"]);
    }
}

fn json_of(dossier: &Dossier) -> Vec<u8> {
    json::render(dossier, &RecordVersions::default()).unwrap()
}

#[test]
fn 一万字を超えることばはどの会議のどの欄かを言って断る() {
    type Fill = fn(&mut Dossier, String);
    let fill: [(&str, Fill); 8] = [
        ("「題名」", |d, words| d.meeting.title = words),
        ("「大枝」", |d, words| d.meeting.branches[0].title = words),
        ("「ことば」", |d, words| d.nodes.values_mut().next().unwrap().text = words),
        ("「氏名」", |d, words| d.participants.values_mut().next().unwrap().name = words),
        ("「ひとことで」", |d, words| d.case.as_mut().unwrap().gist = words),
        ("「いつまでに」", |d, words| d.actions.values_mut().next().unwrap().until.words = words),
        ("「対応策」", |d, words| d.regional.values_mut().next().unwrap().measures = vec![words]),
        ("「段階」", |d, words| d.meeting.steps[0].title = words),
    ];
    let room = Room::new();
    for (field, fill) in fill {
        let with = |letters: usize| {
            let mut dossier = sample::case_a().unwrap();
            dossier.meeting.title = "霧の谷の会".into();
            fill(&mut dossier, "谷".repeat(letters));
            json_of(&dossier)
        };
        assert!(json::read(&with(LETTERS)).is_ok(), "{field}");
        let said = json::read(&with(LETTERS + 1)).unwrap_err().to_string();
        let title = if field == "「題名」" { "谷谷" } else { "霧の谷の会" };
        for words in [field, title, "長すぎます（10001字。10000字までに分けてください）", "行目"]
        {
            assert!(said.contains(words), "{field}: {words} in {said}");
        }
        room.file("会.json", with(LETTERS + 1));
        refused(&room, &["import", "会.json"], &["会.json", "長すぎます"]);
    }
    let long = "谷".repeat(LETTERS + 1);
    assert!(outline::read(&format!("町\n\t橋\n\t\t{long}")).unwrap_err().to_string().contains("「谷谷"));
    let table = format!("氏名,職種\n霧野,{long}\n");
    assert!(people::read(table.as_bytes()).unwrap_err().to_string().contains("2行目 2列目"));
    let format = format!("title = \"{long}\"\n");
    let problems = jirei::format::check("谷.toml", &format).unwrap_err();
    assert!(problems.iter().any(|p| p.message.contains("「title」に書いてあることが、長すぎます")));
}

#[test]
fn 深すぎるものと多すぎるものは組み立てる前に断る() {
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
    let said = |text: &str| json::read(text.as_bytes()).unwrap_err().to_string();
    assert!(said(&nested(DEPTH + 1)).contains("入れ子が深すぎます（1行目"));
    assert!(!said(&nested(DEPTH)).contains("深すぎます"));
    assert!(said(&nested(1_000_000)).contains("深すぎます"), "and nobody runs out of stack");
    // Brackets among words are words.
    assert!(!said(&format!("{{\"a\":\"{}\\\"{{\"}}", "[".repeat(99))).contains("深すぎます"));
    assert!(said(&format!("{{\"a\":[{}0]}}", "{},".repeat(OBJECTS + 1))).contains("記録が多すぎます"));
    let lines = |count: usize| format!("町\n橋\n{}", "\t霧\n".repeat(count - 2));
    assert!(outline::read(&lines(LINES)).is_ok());
    assert!(outline::read(&lines(LINES + 1)).unwrap_err().to_string().contains("行が多すぎます"));
    for flat in
        ["橋\n".repeat(ENTRIES as usize + 1), format!("町\n{}", "\t橋\n".repeat(ENTRIES as usize + 1))]
    {
        assert!(outline::read(&flat).unwrap_err().to_string().contains("大枝"));
    }
    let people = |count: usize| format!("氏名\n{}", "霧野\n".repeat(count));
    assert!(people::read(people(PEOPLE).as_bytes()).is_ok());
    assert!(people::read(people(PEOPLE + 1).as_bytes()).unwrap_err().to_string().contains("参加者"));
}

fn now() -> Now {
    Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 7 }
}

/// A map in which each twig hangs on the one before.
fn chain(length: usize) -> Dossier {
    let mut dossier = sample::case_a().unwrap();
    let mut node = dossier.nodes.values().next().unwrap().clone();
    (dossier.nodes, dossier.links, dossier.evidence) = Default::default();
    dossier.actions.clear();
    let mut mint = now().ids();
    node.parent = None;
    for _ in 0..length {
        node.id = mint.id();
        dossier.nodes.insert(node.id, node.clone());
        node.parent = Some(node.id);
    }
    dossier
}

#[test]
fn 枝の鎖は長さに比べた大きさで書き出される() {
    let (short, long) = (chain(2 * LEVELS), chain(2_000));
    let lists = lists(None).unwrap();
    for format in [Format::Markdown, Format::Outline, Format::Html, Format::Docx, Format::Json] {
        let size = |dossier: &Dossier| {
            render(format, dossier, &RecordVersions::default(), &lists).unwrap().bytes.len()
        };
        let (short, long) = (size(&short), size(&long));
        assert!(long < 15 * short, "{format:?}: {short} {long}");
    }
}

#[test]
fn 画面でも一万字を超えては書けず_書いたことばは残る() {
    let mut d = Driver::with_map("住まい ◀");
    d.paste(&"霧".repeat(LETTERS + 1));
    assert_eq!(d.entry(), "");
    for words in ["長すぎます", "クリップボードに残っています"] {
        assert!(d.notice().contains(words), "{}", d.notice());
    }
    d.paste(&"霧".repeat(LETTERS));
    assert_eq!(d.entry().chars().count(), LETTERS);
    d.typed("谷");
    assert_eq!(d.entry(), "霧".repeat(LETTERS));
    assert!(d.notice().contains("10000字まで"), "{}", d.notice());
    d.keys("enter");
    assert_eq!(d.dossier().nodes.values().next().unwrap().text.chars().count(), LETTERS);
    // A row of many lines is bounded line by line.
    d.paste(&format!("岸\n{}\n", "霧".repeat(LETTERS + 1)));
    assert_eq!(d.dossier().nodes.len(), 1);
    d.paste("岸\n舟\n");
    assert_eq!(d.dossier().nodes.len(), 3);
}

#[test]
fn 書いたものはどれも読み返せる大きさに収まる() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Access::Write).unwrap();
    let mut dossier = sample::case_a().unwrap();
    dossier.nodes.values_mut().for_each(|node| node.text = "霧".repeat(LETTERS));
    let stamped = Stamped { dossier, stamps: RecordVersions::default() };
    let now = now();
    store.merge_all(std::slice::from_ref(&stamped), now.at, &mut now.ids()).unwrap();
    let read = store.dossier(stamped.dossier.meeting.id).unwrap().unwrap();
    assert_eq!(json::read(&json_of(&read)), Ok(read));
}

#[test]
fn エクセルの一つの欄に入りきらないことばも一字も失わない() {
    use calamine::{Reader, Xlsx};
    let mut dossier = sample::case_a().unwrap();
    let measures: Vec<String> = (0..6).map(|n| format!("{n}番{}", "谷".repeat(LETTERS - 2))).collect();
    dossier.regional.values_mut().next().unwrap().measures.clone_from(&measures);
    let file = render(Format::Xlsx, &dossier, &RecordVersions::default(), &lists(None).unwrap()).unwrap();
    let mut book = Xlsx::new(std::io::Cursor::new(file.bytes)).unwrap();
    let sheet = book.worksheet_range("地域課題").unwrap();
    let column = |column: usize| -> String {
        let cells = (0..sheet.height()).filter_map(|row| sheet.get((row, column)));
        cells.map(|cell| cell.to_string().replace("（つづき）", "")).collect()
    };
    let columns: Vec<String> = (0..sheet.width()).map(column).collect();
    for measure in &measures {
        assert!(columns.iter().any(|column| column.contains(measure)), "{}", &measure[..12]);
    }
    // Each row still says which issue it speaks of.
    let first = |row: usize| sheet.get((row, 0)).map(ToString::to_string).unwrap_or_default();
    assert_eq!((0..sheet.height()).filter(|row| first(*row) == "地1").count(), 2);
}

/// What nobody sees, in the words of a meeting.
const UNSEEN: &str = "残\u{202e}薬\u{2066}が\u{200b}多\u{200e}い\u{e0041}";

#[test]
fn 見えない字は画面では印になり渡すものには入らず記録には残る() {
    let mut dossier = sample::case_a().unwrap();
    let id = *dossier.nodes.keys().next().unwrap();
    dossier.nodes.get_mut(&id).unwrap().text = UNSEEN.into();
    dossier.meeting.title = format!("会{UNSEEN}");
    dossier.actions.values_mut().next().unwrap().what = UNSEEN.into();
    let lists = lists(None).unwrap();
    for format in [
        Format::Svg,
        Format::Html,
        Format::Markdown,
        Format::Csv,
        Format::Tsv,
        Format::Outline,
        Format::Docx,
        Format::Xlsx,
        Format::Pptx,
    ] {
        let bytes = render(format, &dossier, &RecordVersions::default(), &lists).unwrap().bytes;
        let text = texts_of(&bytes);
        assert!(text.contains("残薬が多い"), "{format:?}");
        let bom = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let left = bom.chars().find(|c| jirei::domain::text::is_hidden(*c));
        assert_eq!(left, None, "{format:?}");
    }
    assert_eq!(json::read(&json_of(&dossier)).unwrap(), dossier, "the records stay as they are");
    let mut d = Driver::with_map("住まい ◀");
    d.paste("残\u{200b}薬");
    d.keys("enter");
    assert_eq!(d.dossier().nodes.values().next().unwrap().text, "残\u{200b}薬");
    assert!(crate::support::frame::picture(&d, (80, 24)).contains("残¦薬"));
}

/// All words of a file; of a zipped one those of its parts.
fn texts_of(bytes: &[u8]) -> String {
    let Ok(mut zip) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut text = String::new();
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).unwrap();
        if part.name().unwrap().ends_with(".xml") {
            std::io::Read::read_to_string(&mut part, &mut text).unwrap();
        }
    }
    text
}
