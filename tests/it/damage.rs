//! A file that was damaged: what was changed in it is found, and what is whole is not lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jirei::domain::*;
use jirei::store::{Access, DATABASE, Snapshot, Store};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::room::Room;
use crate::support::{case_a, region::region};
#[cfg(unix)]
use crate::support::{
    facilitator::Facilitator,
    pty::{
        Terminal,
        keys::{ENTER, ctrl},
    },
};

/// Everything anybody can read in the records.
fn all(store: &Store) -> Result<String, String> {
    let mut out = String::new();
    let meetings = store.summaries().map_err(|e| e.to_string())?;
    for meeting in &meetings {
        let dossier = store.dossier(meeting.id).map_err(|e| e.to_string())?;
        let journal = store.journal(meeting.id).map_err(|e| e.to_string())?;
        let stamps = store.stamped(meeting.id).map_err(|e| e.to_string())?;
        out += &format!("{meeting:?}{dossier:?}{journal:?}{stamps:?}");
    }
    let home = store.home(99, 99).map_err(|e| e.to_string())?;
    let region = store.region().map_err(|e| e.to_string())?;
    Ok(out + &format!("{home:?}{:?}", region.entries()))
}

fn records(dir: &Path) -> Vec<u8> {
    let mut store = Store::open(dir, Access::Write).unwrap();
    let mut mint = Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 7 }.ids();
    let town = region(&[
        ("2026-06-11", &["買い物に行く足がない"]),
        ("2026-07-09", &["冬に集まる所がない", "薬が届かない"]),
    ]);
    let others = town.kept.into_values().map(|kept| kept.dossier);
    for dossier in others.chain([case_a::dossier()]) {
        let stamped = Stamped { dossier, stamps: RecordVersions::default() };
        store.merge_all(&[stamped], "2026-05-21T13:30:00+09:00".parse().unwrap(), &mut mint).unwrap();
    }
    store.set_bookmark("書きかけ").unwrap();
    drop(store);
    fs::read(dir.join(DATABASE)).unwrap()
}

/// The file, and all that can be read in it while it is whole.
static RECORDS: LazyLock<(Vec<u8>, String)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let whole = records(dir.path());
    let read = all(&Store::open(dir.path(), Access::Look).unwrap()).unwrap();
    (whole, read)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn どのビットが変わっても_読めることばが変われば分かる(at in any::<Index>(), bit in 0u8..8) {
        let (whole, before) = &*RECORDS;
        let dir = tempfile::tempdir().unwrap();
        let at = at.index(whole.len());
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << bit;
        fs::write(dir.path().join(DATABASE), &flipped).unwrap();
        let found = match Store::open(dir.path(), Access::Look) {
            Err(_) => true,
            Ok(store) => store.check().map_or(true, |wrong| !wrong.is_empty()),
        };
        if !found {
            let now = Store::open(dir.path(), Access::Look).map(|store| all(&store));
            prop_assert!(
                matches!(&now, Ok(Ok(now)) if now == before),
                "byte {} of page {}, bit {bit}", at % 4096, at / 4096 + 1
            );
        }
    }
}

/// A file of records with a fault in it.
fn damaged(bytes: &[u8], page: usize, how: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let span = page * 4096..((page + 1) * 4096).min(bytes.len());
    match how {
        0 => bytes[span].fill(0),
        1 => bytes[span].iter_mut().for_each(|byte| *byte ^= 0xff),
        _ => bytes.truncate(page * 4096),
    }
    bytes
}

#[test]
fn 壊れた記録もすべて書き出せるだけ書き出し壊れていると言う() {
    let (whole, _) = &*RECORDS;
    let pages = whole.len() / 4096;
    let meetings =
        Snapshot::of(Path::new(DATABASE), whole.clone()).open().unwrap().summaries().unwrap().len();
    assert!(meetings > 1);
    for (page, how) in (0..pages).step_by(5).flat_map(|page| [(page, 0), (page, 1)]).chain([(pages / 2, 2)]) {
        let room = Room::new();
        let data = room.folder.path().join("data");
        fs::create_dir(&data).unwrap();
        let bytes = damaged(whole, page, how);
        fs::write(data.join(DATABASE), &bytes).unwrap();
        let (status, out, error) = room.run(&["export", "all", "--format", "json", "--out", "すべて"]);
        let case = format!("page {} {how}: {out}{error}", page + 1);
        assert_eq!(fs::read(data.join(DATABASE)).unwrap(), bytes, "{case}");
        let written = fs::read_dir(room.folder.path().join("すべて")).map_or(0, Iterator::count);
        // A page that holds nothing may be spoilt without harm.
        if status == 0 {
            assert_eq!(room.run(&["check"]).0, 0, "{case}");
        } else {
            assert!(error.contains("壊れています") && error.contains("salvage"), "{case}");
        }
        // Each word stands twice: one page takes no meeting away.
        assert!(written >= meetings || how == 2, "{case}");
    }
}

#[test]
fn 壊れた記録には取り込まない() {
    let (whole, _) = &*RECORDS;
    let room = Room::new();
    let data = room.folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let mut bytes = whole.clone();
    let at = bytes.windows(6).rposition(|w| w == "残薬".as_bytes()).unwrap();
    bytes[at + 1] ^= 2;
    fs::write(data.join(DATABASE), &bytes).unwrap();
    let (status, out, error) = room.run(&["import", crate::support::room::sample_file().to_str().unwrap()]);
    assert_eq!(status, 1, "{out}{error}");
    assert!(error.contains("壊れている") && error.contains("salvage"), "{error}");
    assert_eq!(fs::read(data.join(DATABASE)).unwrap(), bytes);
    // As the message says.
    let (status, out, error) = room.run(&["salvage", "data", "--out", "新しい記録"]);
    assert_eq!(status, 0, "{out}{error}");
    assert_eq!(fs::read(data.join(DATABASE)).unwrap(), bytes);
    let (status, out, _) = room.run(&["--data", "新しい記録", "check"]);
    assert_eq!(status, 0, "{out}");
    assert_eq!(room.run(&["--data", "新しい記録", "list"]).1.lines().count(), 4);
}

/// The file of the records.
#[cfg(unix)]
fn file(home: &Path) -> std::path::PathBuf {
    home.join("data/jirei.db")
}

/// Names in the folder of the records that begin so.
#[cfg(unix)]
fn beside(home: &Path, start: &str) -> Vec<std::path::PathBuf> {
    let all = fs::read_dir(home.join("data")).unwrap().map(|entry| entry.unwrap().path());
    all.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(start)).collect()
}

#[cfg(unix)]
#[test]
fn 壊れた記録は見るだけで開き読めるものを新しい記録に移すと続けて書ける() {
    // A bit in a word, a whole page, the beginning of the file, and its end.
    type Spoil<'a> = &'a dyn Fn(&mut Vec<u8>);
    let word = |bytes: &mut Vec<u8>| {
        let at = bytes.windows(9).position(|w| w == "残薬が".as_bytes()).unwrap();
        bytes[at + 2] ^= 1;
    };
    let page = |bytes: &mut Vec<u8>| bytes[4096 * 3..4096 * 4].fill(0);
    let start = |bytes: &mut Vec<u8>| bytes[..100].fill(0xa5);
    let end = |bytes: &mut Vec<u8>| bytes.truncate(bytes.len() / 4096 / 2 * 4096);
    let cases: [(&str, Spoil); 4] =
        [("ことばの一ビット", &word), ("一ページ", &page), ("始め", &start), ("終わり", &end)];
    for (name, spoil) in cases {
        let home = tempfile::tempdir().unwrap();
        let mut hand = Facilitator::opens_a_map(home.path());
        hand.types("残薬が多い");
        hand.enters(ENTER);
        hand.screen.send(ctrl('q'));
        hand.screen.wait();
        let mut bytes = fs::read(file(home.path())).unwrap();
        spoil(&mut bytes);
        fs::write(file(home.path()), &bytes).unwrap();

        let mut screen = Terminal::start(home.path(), 100, 30);
        screen.sees("記録のファイルが壊れています");
        screen.sees("見るだけで開く");
        // To look only: whatever is typed, the file stays as it is.
        screen.send("2");
        screen.until("見るだけ", |shot| !shot.has("記録のファイルが壊れています"));
        screen.send("書けないはず");
        screen.send(ENTER);
        screen.send(ctrl('q'));
        screen.wait();
        assert_eq!(fs::read(file(home.path())).unwrap(), bytes, "{name}");

        let mut screen = Terminal::start(home.path(), 100, 30);
        screen.sees("記録のファイルが壊れています");
        screen.send("1");
        screen.sees("新しい記録に移しました");
        let damaged = beside(home.path(), "jirei-damaged-");
        assert_eq!(damaged.len(), 1, "{name}");
        assert_eq!(fs::read(&damaged[0]).unwrap(), bytes, "{name}");
        screen.send(ENTER);
        screen.until("閉じる", |shot| !shot.has("お知らせ"));
        screen.send(ctrl('q'));
        assert_eq!(screen.wait().0, 0);
        let store = Store::open(&home.path().join("data"), Access::Write).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "{name}");
        if name != "終わり" {
            let read = all(&store).unwrap();
            assert!(read.contains("残薬が多い"), "{name}");
        }
    }
}
