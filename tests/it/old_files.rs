//! Files that older programs left (`tests/data/old`), each of another shape: they are opened, looked at and salvaged.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jirei::domain::*;
use jirei::export::json;
use jirei::store::{Access, DATABASE, LOCK, OpenError, Salvaged, Snapshot, Store, salvage};
use rusqlite::types::Value;

#[cfg(unix)]
use crate::support::pty::{Terminal, keys::ctrl};
use crate::support::room::Room;

const PAGE: usize = 4096;

/// What an old program left.
struct Old {
    version: u32,
    file: Vec<u8>,
    /// Its meetings, as the program itself gave them away as json.
    given: Vec<Dossier>,
}

static OLD: LazyLock<Vec<Old>> = LazyLock::new(|| {
    let read = |zip: &str, name: &str| {
        let path = format!("{}/tests/data/old/{zip}.zip", env!("CARGO_MANIFEST_DIR"));
        let mut zip = zip::ZipArchive::new(Cursor::new(fs::read(path).unwrap())).unwrap();
        let mut bytes = Vec::new();
        zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let old = |(version, sample): (u32, &str)| {
        let zip = format!("v{version}");
        let given = [read(&zip, "typed.json"), read("samples", sample)];
        let given = given.iter().map(|bytes| json::read(bytes).unwrap()).collect();
        Old { version, file: read(&zip, DATABASE), given }
    };
    let samples = ["1-3.json", "1-3.json", "1-3.json", "4-5.json", "4-5.json", "6.json"];
    (1..).zip(samples).map(old).collect()
});

impl Old {
    /// A folder with the file in it, with other bytes in so many places.
    fn folder(&self, spoil: impl FnOnce(&mut Vec<u8>)) -> (tempfile::TempDir, Vec<u8>) {
        let dir = tempfile::tempdir().unwrap();
        let mut bytes = self.file.clone();
        spoil(&mut bytes);
        fs::write(dir.path().join(DATABASE), &bytes).unwrap();
        (dir, bytes)
    }

    /// The first page, and every sixth: each over all of the files.
    fn pages(&self) -> impl Iterator<Item = usize> {
        (self.version as usize..self.file.len() / PAGE).step_by(OLD.len()).chain([0])
    }

    /// Where a word stands in it.
    fn places(&self, word: &str) -> Vec<usize> {
        let stands = |(_, found): &(usize, &[u8])| *found == word.as_bytes();
        self.file.windows(word.len()).enumerate().filter(stands).map(|(at, _)| at).collect()
    }

    /// Whether its meetings stand in records as it gave them away.
    fn stands_in(&self, store: &Store, case: &str) {
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "{case}");
        for given in &self.given {
            let stands = store.dossier(given.meeting.id).unwrap();
            assert_eq!(stands.as_ref(), Some(given), "{case}: {}", given.meeting.title);
        }
        assert!(store.summaries().unwrap().len() >= self.given.len(), "{case}");
    }
}

fn zero(page: usize) -> impl Fn(&mut Vec<u8>) {
    move |bytes| bytes[page * PAGE..(page + 1) * PAGE].fill(0)
}

/// The rows of each table, in the columns named, or in all.
type Rows = BTreeMap<String, (Vec<String>, Vec<Vec<Value>>)>;

fn rows(file: &Path, columns_of: Option<&Rows>) -> Rows {
    let db = rusqlite::Connection::open(file).unwrap();
    let list = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let all = list("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    let tables = columns_of.map_or(all, |known| known.keys().cloned().collect());
    let read = |table: String| {
        let columns = columns_of.map_or_else(
            || list(&format!("SELECT name FROM pragma_table_info('{table}')")),
            |known| known[&table].0.clone(),
        );
        let mut statement =
            db.prepare(&format!("SELECT {} FROM {table} ORDER BY 1, 2", columns.join(", "))).unwrap();
        let row = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|i| row.get(i)).collect();
        let found = statement.query_map([], row).unwrap().map(Result::unwrap).collect();
        (table, (columns, found))
    };
    tables.into_iter().map(read).collect()
}

/// Databases of a version in a folder and in those below.
fn backups(folder: &Path, version: u32) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(backups(&path, version));
        } else if fs::read(&path).unwrap().get(60..64) == Some(&version.to_be_bytes()) {
            found.push(path);
        }
    }
    found
}

#[test]
fn 古い版の記録は控えを残して今の形になり一語も変わらない() {
    for old in OLD.iter() {
        let case = format!("v{}", old.version);
        let (dir, _) = old.folder(|_| ());
        let path = dir.path().join(DATABASE);
        let before = rows(&path, None);
        let bookmark = Store::open(dir.path(), Access::Write).unwrap().bookmark().unwrap().unwrap();
        assert!(bookmark.contains("桟橋まで杖で"), "{case}: {bookmark}");

        assert_eq!(rows(&path, Some(&before)), before, "{case}");
        let kept = backups(dir.path(), old.version);
        assert_eq!(kept.len(), 1, "{case}");
        assert_eq!(rows(&kept[0], None), before, "{case}");
        let store = Store::open(dir.path(), Access::Look).unwrap();
        old.stands_in(&store, &case);
        // What was taken back is still to be seen in the journal, and nothing is made twice.
        assert!(before["journal"].1.iter().any(|row| row.contains(&Value::Text("undo".into()))), "{case}");
        let again = Store::open(dir.path(), Access::Write).unwrap();
        assert_eq!(backups(dir.path(), old.version), kept, "{case}");
        again.examine().unwrap();
    }
}

#[test]
fn 版のない行はいつ書かれたかを履歴から知る() {
    const TOLD: [(&str, &str); 3] = [("meetings", "meeting"), ("nodes", "node"), ("actions", "action")];
    for old in OLD.iter().filter(|old| old.version < 3) {
        let (dir, _) = old.folder(|_| ());
        drop(Store::open(dir.path(), Access::Write).unwrap());
        let all = rows(&dir.path().join(DATABASE), None);
        let mut told: BTreeMap<(&str, String), BTreeSet<i64>> = BTreeMap::new();
        let (columns, lines) = &all["journal"];
        let text = |row: &[Value], columns: &[String], name: &str| {
            let at = columns.iter().position(|column| column == name).unwrap();
            let Value::Text(text) = &row[at] else { panic!("{name} is no text") };
            text.clone()
        };
        for line in lines {
            let at: Moment = text(line, columns, "at").parse().unwrap();
            let changes: serde_json::Value = serde_json::from_str(&text(line, columns, "changes")).unwrap();
            for change in changes.as_array().unwrap() {
                let after = &change["after"];
                let table = TOLD.iter().find(|(_, table)| after["table"] == *table);
                if let (Some((table, _)), Some(id)) = (table, after["row"]["id"].as_str()) {
                    told.entry((table, id.to_owned())).or_default().insert(at.timestamp_millis());
                }
            }
        }
        for (table, _) in TOLD {
            let (columns, rows) = &all[table];
            assert!(!rows.is_empty());
            for row in rows {
                let versions: BTreeSet<i64> = serde_json::from_str(&text(row, columns, "versions")).unwrap();
                assert_eq!(versions, told[&(table, text(row, columns, "id"))], "v{} {table}", old.version);
            }
        }
    }
}

#[test]
fn 古い版の記録は見るだけなら手を付けずそう言い_写しは今の形で読める() {
    for old in OLD.iter() {
        let room = Room::new();
        let data = room.folder.path().join("data");
        fs::create_dir(&data).unwrap();
        fs::write(data.join(DATABASE), &old.file).unwrap();
        let error = Store::open(&data, Access::Look).unwrap_err();
        assert!(matches!(error, OpenError::Older { found, .. } if found == old.version), "{error:?}");
        let (status, out, error) = room.run(&["list"]);
        assert_eq!((status, out.as_str()), (1, ""));
        let says = format!("古い版の記録です（記録の版 {}、", old.version);
        assert!(error.contains(&says) && error.contains("ふつうに開いて"), "{error}");
        let snapshot = Snapshot::take(&data.join(DATABASE)).unwrap();
        old.stands_in(&snapshot.open().unwrap(), &format!("v{}", old.version));
        assert_eq!(fs::read(data.join(DATABASE)).unwrap(), old.file);
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1);
    }
}

#[test]
fn 壊れた古い記録は形を変える前に壊れていると分かり何も書かない() {
    for old in OLD.iter() {
        let whole = Snapshot::of(Path::new(DATABASE), old.file.clone()).open().unwrap();
        let mut harmless = 0;
        let mut opens = |case: &str, spoil: &dyn Fn(&mut Vec<u8>)| {
            let case = format!("v{} {case}", old.version);
            let (dir, bytes) = old.folder(spoil);
            match Store::open(dir.path(), Access::Write) {
                Err(error) => {
                    assert!(error.is_damage(), "{case}: {error:?}");
                    assert_eq!(fs::read(dir.path().join(DATABASE)).unwrap(), bytes, "{case}");
                    let names = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
                    let others = names.filter(|name| name != DATABASE && name != LOCK);
                    assert_eq!(others.collect::<Vec<_>>(), [""; 0], "{case}");
                }
                // A page that holds nothing anybody reads.
                Ok(store) => {
                    harmless += 1;
                    old.stands_in(&store, &case);
                    assert_eq!(store.bookmark(), whole.bookmark(), "{case}");
                }
            }
        };
        for page in old.pages() {
            opens(&format!("page {} zeroed", page + 1), &zero(page));
        }
        // In the row, in the journal and in the words for its line; these nothing else tells.
        for at in old.places("渡し船") {
            opens(&format!("a letter at {at}"), &|bytes| bytes[at + 2] ^= 1);
        }
        opens("cut", &|bytes| bytes.truncate(bytes.len() / PAGE / 2 * PAGE));
        assert!(harmless < 3, "v{}: {harmless}", old.version);
    }
}

fn salvaged(old: &Old, spoil: impl FnOnce(&mut Vec<u8>)) -> (tempfile::TempDir, Store, Salvaged) {
    let (dir, bytes) = old.folder(spoil);
    let (file, new) = (dir.path().join(DATABASE), dir.path().join("新しい記録"));
    let at: Moment = "2026-12-01T09:00:00+09:00".parse().unwrap();
    let said = salvage(&file, &new, at, &mut Now { at, seed: 7 }.ids()).unwrap();
    assert_eq!(fs::read(&file).unwrap(), bytes);
    (dir, Store::open(&new, Access::Write).unwrap(), said)
}

#[test]
fn 古い記録を救い出すと開いたときと同じものが残る() {
    for old in OLD.iter() {
        let (opened, _) = old.folder(|_| ());
        drop(Store::open(opened.path(), Access::Write).unwrap());
        let (dir, store, said) = salvaged(old, |_| ());
        assert_eq!(said, Salvaged { meetings: 2, ..Salvaged::default() });
        old.stands_in(&store, &format!("v{}", old.version));
        drop(store);
        let file = dir.path().join("新しい記録").join(DATABASE);
        let (before, after) = (rows(&opened.path().join(DATABASE), None), rows(&file, None));
        for (table, rows) in &before {
            assert_eq!(&after[table], rows, "v{} {table}", old.version);
        }
    }
}

#[test]
fn 古い記録のどのページが失われても会議もことばも残る() {
    for old in OLD.iter() {
        for page in old.pages() {
            let (_dir, store, _) = salvaged(old, zero(page));
            // Each word stands twice, in its row and in the journal.
            old.stands_in(&store, &format!("v{} page {}", old.version, page + 1));
        }
    }
}

#[test]
fn 行と履歴のことばが違えば行のほうを残しそう言う() {
    for old in OLD.iter() {
        let (mut differing, mut wrong) = (0, 0);
        for at in old.places("渡し船") {
            let (_dir, store, said) = salvaged(old, |bytes| bytes[at + 2] ^= 1);
            assert_eq!(store.check().unwrap(), Vec::<String>::new(), "v{} {at}", old.version);
            assert_eq!(said.said().iter().any(|line| line.contains("違っていた 1件")), said.differing == 1);
            differing += said.differing;
            let stands = store.dossier(old.given[0].meeting.id).unwrap().unwrap();
            wrong += usize::from(stands != old.given[0]);
        }
        // In the row and in the journal; the words for the line are told by nothing else.
        assert_eq!((differing, wrong), (2, 1), "v{}", old.version);
    }
}

#[test]
fn 番号が大文字になっても会議もことばも残る() {
    for old in OLD.iter() {
        let id = old.given[0].meeting.id.to_string();
        let letter = id.rfind(|c: char| c.is_ascii_alphabetic()).unwrap();
        for at in old.places(&id).into_iter().step_by(3) {
            let (_dir, store, _) = salvaged(old, |bytes| bytes[at + letter] ^= 0x20);
            old.stands_in(&store, &format!("v{} {at}", old.version));
        }
    }
}

#[test]
fn 古い版のファイルも戻せ_壊れていれば戻さない() {
    for old in OLD.iter() {
        let room = Room::new();
        let case = format!("v{}", old.version);
        let whole = room.file("前の記録.db", &old.file);
        let (_dir, bytes) = old.folder(zero(20));
        let damaged = room.file("壊れた記録.db", bytes);
        let (status, out, error) = room.run(&["restore", damaged.to_str().unwrap()]);
        assert_eq!((status, out.as_str()), (1, ""), "{case}");
        assert!(error.contains("壊れて") && error.contains("そのまま"), "{case}: {error}");
        assert!(!room.folder.path().join("data").join(DATABASE).exists(), "{case}");
        let (status, out, error) = room.run(&["restore", whole.to_str().unwrap()]);
        assert_eq!(status, 0, "{case}: {out}{error}");
        assert_eq!(fs::read(whole).unwrap(), old.file, "{case}");
        old.stands_in(&room.store(Access::Write), &case);
    }
}

#[cfg(unix)]
#[test]
fn 壊れた古い記録は画面で見られ新しい記録に移すと続けて書ける() {
    for (version, page) in [(1, 0), (6, 20)] {
        let old = &OLD[version - 1];
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        fs::create_dir(&data).unwrap();
        let mut bytes = old.file.clone();
        zero(page)(&mut bytes);
        fs::write(data.join(DATABASE), &bytes).unwrap();

        let mut screen = Terminal::start(home.path(), 100, 30);
        screen.sees("記録のファイルが壊れています");
        // To look only: what can be read is there.
        screen.send("2");
        screen.sees("渡し場の会");
        screen.send(ctrl('q'));
        screen.wait();
        assert_eq!(fs::read(data.join(DATABASE)).unwrap(), bytes);

        let mut screen = Terminal::start(home.path(), 100, 30);
        screen.sees("記録のファイルが壊れています");
        screen.send("1");
        screen.sees("新しい記録に移しました");
        screen.send(ctrl('q'));
        screen.wait();
        old.stands_in(&Store::open(&data, Access::Write).unwrap(), &format!("v{version}"));
    }
}
