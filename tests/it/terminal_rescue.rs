//! The built program while its records cannot be written: killed, and started again.
#![cfg(unix)]

use crate::support;

use std::fs;
use std::path::{Path, PathBuf};

use jirei::store::{Access, Store};
use support::facilitator::Facilitator;
use support::pty::Terminal;
use support::pty::keys::{ENTER, ctrl};

/// All rescue files, wherever they lie.
fn files(home: &Path) -> Vec<PathBuf> {
    let folders = [home.join("data"), home.to_owned(), home.join("tmp")];
    let entries = folders.iter().flat_map(|folder| fs::read_dir(folder).into_iter().flatten());
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("未保存-")).collect()
}

fn words(home: &Path) -> Vec<String> {
    let store = Store::open(&home.join("data"), Access::Look).unwrap();
    let meetings = store.summaries().unwrap().into_iter().map(|s| store.dossier(s.id).unwrap().unwrap());
    meetings.flat_map(|dossier| dossier.nodes.into_values().map(|node| node.text)).collect()
}

/// Another program holds the records; or the disk takes only small files.
fn hindered(hand: &Facilitator, home: &Path, full: bool) -> Option<rusqlite::Connection> {
    #[cfg(target_os = "linux")]
    if full {
        hand.screen.limit_files(Some(48 << 10));
        return None;
    }
    let _ = (hand, full);
    let connection = rusqlite::Connection::open(home.join("data/jirei.db")).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    Some(connection)
}

/// Types words that cannot be saved, and waits until they are kept elsewhere.
fn types_in_vain(hand: &Facilitator, words: &str) {
    hand.types(words);
    hand.screen.send(ENTER);
    hand.screen.until("控え", |shot| {
        shot.has(words) && shot.labels().contains("控えあり") && shot.entry().is_empty()
    });
}

#[test]
fn 保存できないまま落ちても控えから一つのキーで全部もどる() {
    [false, true].into_iter().for_each(comes_back);
}

/// Killed while nothing could be saved, and started again.
fn comes_back(full: bool) {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬が多い");
    hand.enters(ENTER);
    let other = hindered(&hand, home.path(), full);
    types_in_vain(&hand, "買物は移動販売");
    // Kept up to date from now on, with what is half typed.
    let kept =
        |words: &str| files(home.path()).iter().any(|file| fs::read_to_string(file).unwrap().contains(words));
    hand.types("長男は県外");
    hand.screen.send(ENTER);
    hand.types("書きかけのことば");
    while !kept("長男は県外") || !kept("書きかけのことば") {
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    hand.screen.signal("KILL");
    hand.screen.wait();
    drop(other);
    hand.screen = Terminal::start(home.path(), 120, 40);
    let shot = hand.screen.sees("保存できなかったことばが残っています");
    assert!(shot.has("2件") && shot.has("あとで"), "{}", shot.rows.join("\n"));
    // Not now: it stays, and is offered again.
    hand.screen.send("2");
    hand.screen.until("閉じる", |shot| !shot.has("残っています"));
    hand.screen.send(ctrl('q'));
    hand.screen.wait();
    assert_eq!((words(home.path()), files(home.path()).len()), (vec!["残薬が多い".to_owned()], 1));
    hand.screen = Terminal::start(home.path(), 120, 40);
    hand.screen.sees("保存できなかったことばが残っています");
    hand.screen.send(ENTER);
    hand.screen.until("もどす", |shot| shot.has("2件を戻しました") && shot.has("片づけました"));
    hand.screen.send(ENTER);
    hand.screen.until("見える", |shot| {
        shot.has("買物は移動販売")
            && shot.has("長男は県外")
            && shot.entry() == "書きかけのことば"
            && shot.saved()
    });
    assert_eq!(files(home.path()), Vec::<PathBuf>::new());
    assert_eq!(words(home.path()), ["残薬が多い", "買物は移動販売", "長男は県外"]);
    // One key takes all of it back.
    hand.screen.send(ctrl('u'));
    hand.screen.until("参加者", |shot| shot.has("参加者　0人"));
    hand.screen.send(ctrl('z'));
    hand.screen.until("元に戻る", |shot| shot.whisper().starts_with("元に戻しました") && shot.saved());
    assert_eq!(words(home.path()), ["残薬が多い"]);
}

#[test]
fn 離れた記録がもどれば自動で保存し控えを片づける() {
    let home = tempfile::tempdir().unwrap();
    let hand = Facilitator::opens_a_map(home.path());
    hand.types("残薬が多い");
    hand.enters(ENTER);
    let (data, away) = (home.path().join("data"), home.path().join("抜いた"));
    fs::rename(&data, &away).unwrap();
    types_in_vain(&hand, "買物は移動販売");
    assert!(!data.exists(), "nothing is made in its place");
    assert_eq!(files(home.path()).len(), 1);
    fs::rename(&away, &data).unwrap();
    hand.screen
        .until("保存される", |shot| shot.saved() && shot.whisper().contains("すべて保存できました"));
    assert_eq!(files(home.path()), Vec::<PathBuf>::new());
    assert_eq!(words(home.path()), ["残薬が多い", "買物は移動販売"]);
}

#[test]
fn 記録のフォルダーが消えて落ちても会議は丸ごともどる() {
    let home = tempfile::tempdir().unwrap();
    let mut hand = Facilitator::opens_a_map(home.path());
    for word in ["残薬が多い", "夜は一人"] {
        hand.types(word);
        hand.enters(ENTER);
    }
    fs::remove_dir_all(home.path().join("data")).unwrap();
    types_in_vain(&hand, "買物は移動販売");
    hand.screen.signal("KILL");
    hand.screen.wait();
    hand.screen = Terminal::start(home.path(), 80, 24);
    hand.screen.sees("保存できなかったことばが残っています");
    hand.screen.send(ENTER);
    hand.screen.until("もどす", |shot| shot.has("まるごと戻しました"));
    hand.screen.send(ctrl('q'));
    hand.screen.send(ctrl('q'));
    hand.screen.wait();
    assert_eq!(words(home.path()), ["残薬が多い", "夜は一人", "買物は移動販売"]);
}
