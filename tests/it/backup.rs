//! Backups from outside: the command line, and where they lie.

use std::fs;
use std::path::PathBuf;

use jirei::store::Access;

use crate::support::names;
use crate::support::room::Room;

/// Something more is written down.
fn outline(room: &Room, title: &str) {
    let file = room.file(&format!("{title}.txt"), "生活\n\t雨戸が閉まったまま\n");
    room.import(&file);
}

fn backups(room: &Room) -> PathBuf {
    room.folder.path().join("data/backups")
}

#[test]
fn バックアップを取り_一覧を見て_戻すと何がどう変わったかが分かる() {
    let room = Room::with_sample();
    let (status, out, error) = room.run(&["backup"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.starts_with("バックアップを取りました（会議 1件）: "), "{out}");
    let (_, out, _) = room.run(&["backup"]);
    assert!(out.starts_with("前に取ってから何も変わっていないので"), "{out}");
    assert_eq!(names(&backups(&room)).len(), 1);
    outline(&room, "雨の日の相談");
    let (status, out, error) = room.run(&["restore", "list"]);
    assert_eq!((status, error.as_str(), out.lines().count()), (0, "", 1));
    assert!(out.contains("自分で取った　会議 1件（"), "{out}");
    let (status, out, error) = room.run(&["restore", "latest"]);
    assert_eq!((status, error.as_str()), (0, ""));
    for line in [
        "戻しました: ",
        "今の記録: 会議 1件（",
        "前の記録: 会議 2件（",
        "前の記録にあって、今の記録にない会議: 「",
        "前の記録は残してあります: ",
    ] {
        assert!(out.lines().any(|said| said.starts_with(line)), "{line}: {out}");
    }
    assert_eq!(room.store(Access::Look).summaries().unwrap().len(), 1);
    let kept = names(&backups(&room)).into_iter().find(|name| name.contains("before-restore")).unwrap();
    room.run(&["restore", backups(&room).join(kept).to_str().unwrap()]);
    assert_eq!(room.store(Access::Look).summaries().unwrap().len(), 2);
}

#[test]
fn 画面が開いている間は戻さず_取るのはいつでもできる() {
    let room = Room::with_sample();
    room.run(&["backup"]);
    let open = room.store(Access::Write);
    let (status, _, error) = room.run(&["restore", "latest"]);
    assert_eq!(status, 1);
    assert!(error.contains("今別の jirei が開いています") && error.lines().count() == 1, "{error}");
    let folder = room.folder.path().join("手もと");
    let (status, out, error) = room.run(&["backup", "--out", folder.to_str().unwrap()]);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
    assert_eq!(names(&folder).len(), 1);
    drop(open);
}

#[test]
fn 記録が壊れていても_傷んだバックアップをよけて戻す() {
    let room = Room::with_sample();
    room.run(&["backup"]);
    outline(&room, "夏の家");
    room.run(&["backup"]);
    let newest = backups(&room).join(names(&backups(&room)).pop().unwrap());
    let bytes = fs::read(&newest).unwrap();
    fs::write(&newest, &bytes[..bytes.len() / 2]).unwrap();
    let database = room.folder.path().join("data/jirei.db");
    fs::write(&database, "水をかぶった").unwrap();
    let (status, out, error) = room.run(&["restore", "latest"]);
    assert_eq!(status, 0, "{error}");
    assert!(error.contains("には傷みがあるので、その前のものを使います"), "{error}");
    assert!(out.contains("前の記録は読めませんでした"), "{out}");
    assert_eq!(room.store(Access::Look).summaries().unwrap().len(), 1);
    let damaged =
        names(&room.folder.path().join("data")).into_iter().find(|n| n.starts_with("jirei-damaged-"));
    let damaged = room.folder.path().join("data").join(damaged.unwrap());
    assert_eq!(fs::read_to_string(damaged).unwrap(), "水をかぶった");
}

#[test]
fn 取るものや戻すものがなければ_そう言って一で終わる() {
    let room = Room::new();
    let (status, out, error) = room.run(&["restore", "list"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.starts_with("バックアップはまだありません: "), "{out}");
    for (words, said) in [
        (&["backup"][..], "まだありません"),
        (&["restore", "latest"], "戻せるバックアップがありません"),
        (&["restore", "ない.db"], "戻そうとしたファイルを読めません"),
    ] {
        let (status, _, error) = room.run(words);
        assert_eq!(status, 1, "{words:?}");
        assert!(error.contains(said) && error.lines().count() == 1, "{words:?}: {error}");
    }
    assert!(!room.folder.path().join("data").exists());
}

#[test]
fn 設定の二つめの場所にも入り_なければ静かに言う() {
    let room = Room::with_sample();
    let stick = room.folder.path().join("USB");
    let config = room.file("config.toml", format!("backup_folder = {:?}\n", stick.to_str().unwrap()));
    let config = config.to_str().unwrap();
    let (status, _, error) = room.run(&["--config", config, "backup"]);
    assert_eq!(status, 0);
    assert!(error.contains("二つめのバックアップの場所") && error.contains("今はありません"), "{error}");
    fs::create_dir(&stick).unwrap();
    let (status, _, error) = room.run(&["--config", config, "backup"]);
    assert_eq!((status, error.as_str()), (0, ""));
    let own = stick.join(names(&stick).pop().unwrap());
    assert_eq!(names(&own), names(&backups(&room)));
    // A new computer has nothing but the stick.
    let other = Room::new();
    let (status, out, error) = other.run(&["--config", config, "restore", "latest"]);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
    assert_eq!(other.store(Access::Look).summaries().unwrap().len(), 1);
}
