//! Every error is said so that it is true where it is said: in Japanese, once, with what happened, what is safe and what to do.

use std::fs;
use std::path::{Path, PathBuf};

use jirei::export::write::WriteError;
use jirei::store::{Access, Holder, OpenError, Store, StoreError, Told, Warning};

use crate::support::room::{Room, sample_file};

fn path() -> PathBuf {
    "/記録/jirei.db".into()
}

fn of_the_store() -> Vec<StoreError> {
    let mut all = vec![
        StoreError::Full,
        StoreError::Disk,
        StoreError::Busy,
        StoreError::ReadOnly,
        StoreError::Look,
        StoreError::Moved,
        StoreError::Damaged,
        StoreError::Unsure,
        StoreError::Mismatch("枝は、その後に変わっています".to_owned()),
        StoreError::Unreadable { table: "nodes".to_owned(), column: "text".to_owned() },
        StoreError::Altered { table: "nodes" },
    ];
    // As SQLite says it, in English.
    for code in [
        1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 266, 522,
        778, 787, 1032, 1555, 2067, 2570,
    ] {
        let error = rusqlite::Error::SqliteFailure(
            rusqlite::ffi::Error::new(code),
            Some("disk I/O error".to_owned()),
        );
        all.push(error.into());
    }
    all.push(rusqlite::Error::QueryReturnedNoRows.into());
    all
}

fn of_opening() -> Vec<OpenError> {
    let path = path();
    vec![
        OpenError::Missing { path: path.clone() },
        OpenError::NoFolder { folder: "/記録".into() },
        OpenError::Empty { path: path.clone() },
        OpenError::NotADatabase { path: path.clone() },
        OpenError::NotOurs { path: path.clone() },
        OpenError::Newer { path: path.clone(), found: 9, known: 7 },
        OpenError::Older { path: path.clone(), found: 1, known: 7 },
        OpenError::ReadOnly { path: path.clone() },
        OpenError::InUse { path: path.clone(), by: Holder::default() },
        OpenError::Busy { path: path.clone() },
        OpenError::Interrupted { path: path.clone() },
        OpenError::Damaged { path: path.clone(), detail: "途中で切れています".to_owned() },
        OpenError::Setting { path: path.clone(), setting: "1".to_owned() },
        OpenError::Io { path, detail: "使う権限がありません".to_owned() },
    ]
}

fn of_writing() -> Vec<WriteError> {
    let path = path();
    vec![
        WriteError::Kept(path.clone()),
        WriteError::Exists(path.clone()),
        WriteError::Folder(path.clone()),
        WriteError::NoFolder(path.clone()),
        WriteError::Denied(path.clone()),
        WriteError::Open(path.clone()),
        WriteError::Full(path.clone()),
        WriteError::Other { path, source: std::io::Error::from_raw_os_error(5) },
    ]
}

/// What people type and read as it is.
const NAMES: [&str; 20] = [
    "jirei", "check", "salvage", "import", "export", "list", "all", "format", "json", "out", "data", "force",
    "db", "DB", "Browser", "Excel", "nodes", "text", "Dropbox", "last",
];

/// A meeting of another room, as a file.
fn other(room: &Room) -> PathBuf {
    let outline = room.file("雪の会.txt", "雪の会\n  暮らし\n    雪おろし\n");
    assert_eq!(room.run(&["--data", "よそ", "import", outline.to_str().unwrap()]).0, 0);
    let given = ["export", "last", "--format", "json", "--out", "ほかの会議.json"];
    assert_eq!(room.run(&[&["--data", "よそ"], &given[..]].concat()).0, 0);
    room.folder.path().join("ほかの会議.json")
}

/// What is wrong with a message, whoever hears it.
fn faults(said: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let foreign = said.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
    faults.extend(foreign.filter(|word| !NAMES.contains(word)).map(|word| format!("a foreign word: {word}")));
    let mut sentences: Vec<&str> =
        said.split(['。', '：']).map(str::trim).filter(|s| !s.is_empty()).collect();
    let count = sentences.len();
    sentences.sort_unstable();
    sentences.dedup();
    if sentences.len() < count {
        faults.push("something is said twice".to_owned());
    }
    let any = |words: &[&str]| words.iter().any(|word| said.contains(word));
    if !any(&[
        "無事",
        "手を付けて",
        "何も作って",
        "そのまま",
        "残っています",
        "残しました",
        "元のまま",
        "元にもど",
        "元に戻",
        "失われていません",
        "何も書き込んで",
        "書けません",
        "入っています",
        "まだありません",
    ]) {
        faults.push("nothing is said of what is safe".to_owned());
    }
    if !any(&["ください", "自動で", "できます", "使えます", "お試し", "まとまります"])
    {
        faults.push("nothing is said of what to do".to_owned());
    }
    faults
}

#[test]
fn どの知らせも言われる所でほんとうのことを一度だけ言う() {
    let mut wrong = Vec::new();
    let mut look = |what: String, said: String, on_screen: bool| {
        let mut found = faults(&said);
        if !on_screen && ["画面に残", "自動で", "この画面"].iter().any(|word| said.contains(word))
        {
            found.push("there is no screen".to_owned());
        }
        wrong.extend((!found.is_empty()).then(|| format!("{what}\n  {said}\n  {}", found.join("、"))));
    };
    for error in of_the_store() {
        for whom in [Told::Saving, Told::Reading, Told::Command] {
            look(format!("{error:?} {whom:?}"), error.told(whom), whom != Told::Command);
            // Words wait on the screen only where something is saved.
            assert_eq!(error.told(whom).contains("この画面に残って"), whom == Told::Saving);
        }
    }
    of_opening().into_iter().for_each(|error| look(format!("{error:?}"), error.to_string(), false));
    of_writing().into_iter().for_each(|error| look(format!("{error:?}"), error.to_string(), false));
    let folder = PathBuf::from("/記録");
    for warning in [
        Warning::Synced { folder: folder.clone(), service: "Dropbox" },
        Warning::Network { folder: folder.clone() },
        Warning::NoLock { folder: folder.clone() },
        Warning::Copies { folder, names: vec!["jirei (1).db".to_owned()] },
    ] {
        let said = warning.to_string();
        let found: Vec<String> = faults(&said).into_iter().filter(|fault| !fault.contains("safe")).collect();
        assert!(found.is_empty(), "{said} {found:?}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn 壊れた記録を調べたあとに調べよとは言わない() {
    let room = Room::with_sample();
    let database = room.folder.path().join("data/jirei.db");
    let whole = fs::read(&database).unwrap();
    for page in 1..whole.len() / 4096 {
        let mut bytes = whole.clone();
        bytes[4096 * page..4096 * (page + 1)].fill(0xa5);
        fs::write(&database, &bytes).unwrap();
        let (status, out, error) = room.run(&["check"]);
        let said = out + &error.replace(&room.folder.path().display().to_string(), "");
        assert!(status == 1 && !said.contains("jirei check"), "{page}: {said}");
        let english = ["page", "database", "error", "malformed", "missing", "Tree", "entries", "disk"];
        assert!(english.iter().all(|word| !said.contains(word)), "{page}: {said}");
        // Whoever lists a damaged file hears how the whole meetings are got out, not of words on a screen.
        let (_, out, error) = room.run(&["list"]);
        assert!(!(out + &error).contains("画面に残っています"), "{page}: {error}");
    }
}

#[test]
fn 何も変えていないと言うときは何も変わっていない() {
    let room = Room::new();
    let other = other(&room);
    let broken = room.file("壊れた.json", "{\"title\": ");
    let people = room.file("人.csv", "職種,氏名,所属\n薬剤師,雪野,山の町薬局\n");
    let words = [&other, &broken, &sample_file(), &people].map(|path| path.to_str().unwrap().to_owned());
    let (status, out, error) = room.run(&["import", &words[0], &words[1], &words[2]]);
    assert_eq!(status, 1);
    let store = room.store(Access::Look);
    assert_eq!(store.summaries().unwrap().len(), 2, "{out}{error}");
    let (taken, left) = out.split_once("取り込まなかったファイル").unwrap();
    assert!(
        left.contains("壊れた.json") && !left.contains("ほかの会議") && !taken.contains("壊れた.json"),
        "{out}"
    );
    assert!(
        !taken.contains("何も変えていません") && error.contains("ほかの 2件は取り込みました"),
        "{out}{error}"
    );
    drop(store);
    // A new database, and nobody to be added to: it is said that it was made.
    let (status, out, error) = room.run(&["--data", "あたらしい", "import", &words[3]]);
    assert_eq!(status, 1);
    assert!(out.contains("新しい記録を") && out.contains("あたらしい"), "{out}");
    assert!(error.contains("取り込めませんでした") && !error.contains("何も変えていません"), "{error}");
    assert!(room.folder.path().join("あたらしい/jirei.db").exists());
}

#[test]
fn 名指したフォルダーがなければ読む命令は断り書く命令は作ると言う() {
    let room = Room::with_sample();
    let nowhere = room.folder.path().join("ない所");
    let nowhere = nowhere.to_str().unwrap();
    let reads: [&[&str]; 8] = [
        &["list"],
        &["list", "--json"],
        &["list", "--conflicts"],
        &["show", "last"],
        &["export", "all", "--format", "json"],
        &["issues"],
        &["review", "2026"],
        &["check"],
    ];
    for words in reads {
        let (status, out, error) = room.run(&[&["--data", nowhere], words].concat());
        assert_eq!((status, out.as_str()), (1, ""), "{words:?}");
        assert!(
            error.contains("というフォルダーはありません") && error.contains("何も作っていません"),
            "{words:?} {error}"
        );
        assert!(!Path::new(nowhere).exists(), "{words:?}");
    }
    let (status, out, error) = room.run(&["--data", nowhere, "import", sample_file().to_str().unwrap()]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.starts_with(&format!("新しい記録を {nowhere} に作りました\n")), "{out}");
    let (_, out, _) = room.run(&["--data", nowhere, "import", sample_file().to_str().unwrap()]);
    assert!(!out.contains("新しい記録"), "{out}");
    // A folder that is there and holds nothing yet is no mistake.
    fs::create_dir(room.folder.path().join("空き")).unwrap();
    let (status, out, _) = room.run(&["--data", "空き", "list"]);
    assert!(status == 0 && out.contains("まだ会議はありません"), "{out}");
}

#[test]
fn 分かれた写しは言われたとおりにすると一つにまとまる() {
    let room = Room::with_sample();
    let data = room.folder.path().join("data");
    let twin = room.folder.path().join("写し");
    fs::create_dir(&twin).unwrap();
    fs::copy(data.join("jirei.db"), twin.join("jirei.db")).unwrap();
    let other = other(&room);
    assert_eq!(room.run(&["--data", "写し", "import", other.to_str().unwrap()]).0, 0);
    let parted = data.join("jirei (山の町 の競合コピー 2026-05-21).db");
    fs::rename(twin.join("jirei.db"), &parted).unwrap();
    // It is named where something is written; then what is said is done.
    let (status, _, error) = room.run(&["import", sample_file().to_str().unwrap()]);
    assert!(status == 0 && error.contains("競合コピー") && error.contains("手を付けていません"), "{error}");
    fs::create_dir(room.folder.path().join("空")).unwrap();
    fs::copy(&parted, room.folder.path().join("空/jirei.db")).unwrap();
    assert_eq!(room.run(&["--data", "空", "export", "all", "--format", "json", "--out", "出し"]).0, 0);
    assert_eq!(room.run(&["import", "出し"]).0, 0);
    let store = room.store(Access::Look);
    let titles: Vec<String> = store.summaries().unwrap().into_iter().map(|s| s.title).collect();
    assert!(titles.len() == 2 && titles.contains(&"雪の会".to_owned()), "{titles:?}");
    assert!(parted.exists());
    drop(store);
    assert!(Store::open(&data, Access::Write).is_ok());
}

/// The disk fails at one sync after the other, the last of which comes after the edit stands.
#[cfg(target_os = "linux")]
#[test]
fn ディスクがどこで止まっても_入った会議を入っていないとは言わない() {
    use std::process::Command;
    if Command::new("strace").arg("-V").output().is_err() {
        return eprintln!("strace is not there: not tried");
    }
    let room = Room::with_sample();
    let data = room.folder.path().join("data");
    room.file("雪の会.txt", "雪の会\n  暮らし\n    雪おろし\n");
    let meeting = other(&room);
    let whole = fs::read(data.join("jirei.db")).unwrap();
    let mut unsure = 0;
    for file in ["雪の会.txt", meeting.to_str().unwrap()] {
        for fault in 1..=6 {
            fs::write(data.join("jirei.db"), &whole).unwrap();
            let program = assert_cmd::cargo::cargo_bin("jirei");
            let output = Command::new("strace")
                .args(["-f", "-o", "/dev/null", "-e", "trace=fsync", "-e"])
                .arg(format!("inject=fsync:error=EIO:when={fault}"))
                .arg(program)
                .args(["--data", data.to_str().unwrap(), "import", file])
                .current_dir(room.folder.path())
                .output()
                .unwrap();
            let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            let stands = room.store(Access::Look).summaries().unwrap().len() == 2;
            let denies = said.contains("何も変えていません") || said.contains("取り込めませんでした");
            assert_eq!(stands, !denies, "{file} {fault}: {said}");
            assert_eq!(
                output.status.success(),
                stands && !said.contains("おそれがあります"),
                "{file} {fault}: {said}"
            );
            unsure += usize::from(said.contains("今の記録に入っていますが"));
        }
    }
    assert_eq!(unsure, 2, "the last sync fails once for each file");
}
