//! Files as they are given away on the disk: who can read them, what they never take the place of, and what a run that was killed
//! leaves of them.

use std::fs;
use std::path::Path;

use crate::support::room::Room;

/// What a program leaves that was killed while it wrote: no process has this number.
const LEFT: &str = ".jirei-4194305-0.tmp";

#[cfg(unix)]
#[test]
fn 書き出したファイルは自分だけが読め共有のフォルダーならそのことを言う() {
    use std::os::unix::fs::PermissionsExt;
    let room = Room::with_sample();
    let at = |name: &str| room.folder.path().join(name);
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for (folder, of_folder, of_file, said) in [
        ("自分の", 0o755, 0o600, "読めるのは自分だけです"),
        ("係の", 0o2770, 0o660, "共有のフォルダー"),
        ("みんなの", 0o777, 0o666, "共有のフォルダー"),
    ] {
        fs::create_dir(at(folder)).unwrap();
        set(&at(folder), of_folder);
        for words in [
            &["export", "last", "--format", "pdf"][..],
            &["export", "all", "--format", "json"],
            &["issues", "--format", "csv"],
            &["review", "2026", "--format", "md"],
        ] {
            let (status, out, error) = room.run(&[words, &["--out", folder]].concat());
            assert_eq!(status, 0, "{words:?}: {error}");
            assert!(out.contains(said) && out.lines().count() == 2, "{words:?}: {out}");
        }
        let files: Vec<_> = fs::read_dir(at(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 4, "{files:?}");
        for file in &files {
            assert_eq!(mode(file), of_file, "{}", file.display());
        }
        // Somebody was let in, or kept out, on purpose.
        let json = files.iter().find(|file| file.extension().is_some_and(|end| end == "json")).unwrap();
        for (stood, stands, said) in [(0o640, 0o640, "前のファイルと同じ人"), (0o600, of_file, said)]
        {
            set(json, stood);
            let words = ["export", "last", "--format", "json", "--force", "--out", json.to_str().unwrap()];
            assert!(room.run(&words).1.contains(said), "{said}");
            assert_eq!(mode(json), stands, "{folder} {stood:o}");
        }
    }
}

#[cfg(unix)]
#[test]
fn 記録も控えもパイプもどの名前からも上書きされない() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let room = Room::with_sample();
    let at = |name: &str| room.folder.path().join(name);
    let records = fs::read(at("data/jirei.db")).unwrap();
    fs::create_dir(at("書類")).unwrap();
    fs::copy(at("data/jirei.db"), at("書類/jirei-backup-v6.db")).unwrap();
    symlink(at("data/jirei.db"), at("近道.md")).unwrap();
    fs::hard_link(at("data/jirei.db"), at("別名.md")).unwrap();
    fs::hard_link(at("書類/jirei-backup-v6.db"), at("控え.md")).unwrap();
    fs::write(at("data/未保存-20260521-133000.json"), "{}").unwrap();
    let pipe = rustix::fs::mknodat(
        rustix::fs::CWD,
        at("パイプ.md"),
        rustix::fs::FileType::Fifo,
        rustix::fs::Mode::RUSR | rustix::fs::Mode::WUSR,
        0,
    );
    pipe.unwrap();
    for name in [
        "data/jirei.db",
        "data/JIREI.DB",
        "data/jirei.db-journal",
        "data/jirei.db.tmp",
        "data/jirei.lock",
        "data/written-to.txt",
        "data/未保存-20260521-133000.json",
        "書類/jirei.db",
        "書類/jirei-backup-v6.db",
        "書類/jirei-backup-v6.db-journal",
        "書類/jirei-backup-v6.db-wal",
        "近道.md",
        "別名.md",
        "別名.md-journal",
        "控え.md",
        "パイプ.md",
    ] {
        let words = ["export", "last", "--format", "md", "--force", "--out", name];
        let (status, out, error) = room.run(&words);
        assert_eq!((status, out.as_str()), (1, ""), "{name}: {error}");
        assert!(error.contains("書き出しません"), "{name}: {error}");
    }
    assert_eq!(fs::read(at("data/jirei.db")).unwrap(), records);
    assert_eq!(fs::read(at("書類/jirei-backup-v6.db")).unwrap(), records);
    assert!(fs::metadata(at("パイプ.md")).unwrap().file_type().is_fifo());
}

#[cfg(unix)]
#[test]
fn 急に止まったときの書きかけは次に書くか開くと片づく() {
    use crate::support::pty::Terminal;
    use std::time::{Duration, Instant};
    let room = Room::with_sample();
    let at = |name: &str| room.folder.path().join(name);
    fs::create_dir(at("書類")).unwrap();
    fs::create_dir(at("よそ")).unwrap();
    let write = |folder: &str| {
        let (status, _, error) = room.run(&["export", "last", "--format", "md", "--force", "--out", folder]);
        assert_eq!((status, error.as_str()), (0, ""));
    };
    write("書類");
    for words in [&["backup"][..], &["backup", "--out", "控え"], &["salvage", "data", "--out", "救い"]] {
        let (status, _, error) = room.run(words);
        assert_eq!((status, error.as_str()), (0, ""), "{words:?}");
    }
    let folders = ["書類", "data", "data/backups", "控え", "救い"];
    let left = folders.map(|folder| at(folder).join(LEFT));
    let leave = || left.iter().for_each(|path| fs::write(path, "半分の記録").unwrap());
    // Where files were written to before is known, wherever one writes next.
    fs::write(&left[0], "半分の記録").unwrap();
    write("よそ");
    assert!(!left[0].exists());
    leave();
    fs::write(at("data/jirei.db.tmp"), "半分の写し").unwrap();
    let screen = Terminal::start(room.folder.path(), 80, 24);
    screen.sees("山の町");
    let until = Instant::now() + Duration::from_secs(30);
    while left.iter().any(|path| path.exists()) {
        assert!(Instant::now() < until, "something is left");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(!at("data/jirei.db.tmp").exists());
    drop(screen);
    let stay = |folder: &str| fs::read_dir(at(folder)).unwrap().count();
    assert_eq!((stay("書類"), stay("よそ")), (1, 1));
}
