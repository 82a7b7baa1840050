//! What is kept of the records, whatever happens while it is written.

use std::fs::File;

use chrono::Duration;

use super::super::faults::{Fault, under};
use super::super::migrate::MIGRATIONS;
use super::super::{open, samples};
use super::*;

fn records(meetings: u64) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Access::Write).unwrap();
    for n in 1..=meetings {
        samples::full_meeting(n).1.iter().for_each(|line| store.commit(line).unwrap());
    }
    dir
}

fn add(dir: &Path, n: u64) {
    Store::open(dir, Access::Write).unwrap().commit(&samples::new_meeting(n)).unwrap();
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn バックアップは自分だけが読め_変わったときだけ増える() {
    let dir = records(2);
    let backups = Backups::new(dir.path(), None);
    let at = samples::moment();
    let made = backups.make(at, Why::Start).unwrap();
    let path = made.path.clone().unwrap();
    assert_eq!((made.new, made.meetings, made.trouble), (true, 2, None));
    assert_eq!(path, dir.path().join("backups/jirei-20260521-133000-start.db"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&backups.folder()), mode(&path)), (0o700, 0o600));
    }
    // Where one was is no word that was said.
    Store::open(dir.path(), Access::Write).unwrap().set_bookmark("しおり").unwrap();
    let later = at + Duration::hours(2);
    let same = backups.make(later, Why::End).unwrap();
    assert_eq!((same.new, same.path.as_ref()), (false, Some(&path)));
    // What somebody asks for is one that stays.
    assert!(backups.make(later, Why::Asked).unwrap().new);
    assert!(!backups.make(later + Duration::hours(1), Why::Asked).unwrap().new);
    add(dir.path(), 3);
    let made = backups.make(later + Duration::hours(2), Why::Daily).unwrap();
    assert_eq!((made.new, made.meetings), (true, 3));
    let held: Vec<usize> = backups.list(later).iter().map(|b| b.held().unwrap().meetings).collect();
    assert_eq!(held, [3, 2, 2], "the newest first");
}

#[test]
fn 同じ秒に取っても前のものの上には書かない() {
    let dir = records(1);
    let backups = Backups::new(dir.path(), None);
    backups.make(samples::moment(), Why::Daily).unwrap();
    add(dir.path(), 8);
    backups.make(samples::moment(), Why::Daily).unwrap();
    let at = "jirei-20260521-133000-daily";
    assert_eq!(names(&backups.folder()), [format!("{at}.db"), format!("{at}_2.db")]);
    assert_eq!(backups.latest(samples::moment()).0.unwrap().held().unwrap().meetings, 2);
}

#[test]
fn 何も書かれていなければ取らず_記録がなければそう言う() {
    let dir = records(0);
    let backups = Backups::new(dir.path(), None);
    let made = backups.make(samples::moment(), Why::Daily).unwrap();
    assert_eq!((made.path, made.new), (None, false));
    let nowhere = Backups::new(&dir.path().join("ない所"), None);
    let error = nowhere.make(samples::moment(), Why::Asked).unwrap_err();
    assert!(matches!(error, BackupError::Open(OpenError::Missing { .. })), "{error}");
    assert!(!dir.path().join("ない所").exists() && !backups.folder().exists());
}

#[test]
fn 傷んだ記録はバックアップの名をもらわない() {
    let dir = records(2);
    let backups = Backups::new(dir.path(), None);
    let path = dir.path().join(DATABASE);
    let whole = fs::read(&path).unwrap();
    let word = "保健センター".as_bytes();
    let at = whole.windows(word.len()).position(|w| w == word).unwrap();
    for damage in ["a flipped bit in a word", "a page of zeros"] {
        let mut damaged = whole.clone();
        match damage {
            "a page of zeros" => damaged[3 * 4096..4 * 4096].fill(0),
            _ => damaged[at] ^= 1,
        }
        fs::write(&path, damaged).unwrap();
        assert!(backups.make(samples::moment(), Why::Daily).is_err(), "{damage}");
        assert_eq!(names(&backups.folder()), [""; 0], "{damage}");
    }
    // A whole one that spoils later is not counted, and told.
    fs::write(&path, whole).unwrap();
    let first = backups.make(samples::moment(), Why::Start).unwrap().path.unwrap();
    add(dir.path(), 9);
    let newest = backups.make(samples::moment() + Duration::hours(1), Why::End).unwrap().path.unwrap();
    let mut bytes = fs::read(&newest).unwrap();
    let at = bytes.windows(word.len()).position(|w| w == word).unwrap();
    bytes[at] ^= 1;
    fs::write(&newest, bytes).unwrap();
    let (latest, damaged) = backups.latest(samples::moment());
    assert_eq!(latest.unwrap().path, first);
    assert_eq!(damaged.iter().map(|b| b.path.clone()).collect::<Vec<_>>(), [newest]);
    // Though nothing has changed, there is a new one: the newest is not whole.
    assert!(backups.make(samples::moment() + Duration::hours(2), Why::Daily).unwrap().new);
}

#[test]
fn どの一歩がしくじっても_半分のファイルはバックアップの名を持たない() {
    for fault in [Fault::Once, Fault::Killed] {
        for after in 0.. {
            let dir = records(1);
            let stick = tempfile::tempdir().unwrap();
            let backups = Backups::new(dir.path(), Some(stick.path().to_owned()));
            let at = samples::moment();
            backups.make(at, Why::Start).unwrap();
            add(dir.path(), 9);
            let (made, whole) = under(fault(after), || backups.make(at + Duration::hours(1), Why::End));
            for backup in backups.list(at) {
                assert!(backup.is_whole(), "step {after}");
            }
            if let Ok(made) = &made {
                assert_eq!(
                    made.path.is_some(),
                    names(&backups.folder()).contains(&"jirei-20260521-143000-end.db".into())
                );
            }
            // The next start takes away what was left.
            leavings::sweep_known(dir.path(), dir.path());
            let left = |folder: &Path| names(folder).into_iter().any(|name| name.ends_with("tmp"));
            let own = stick.path().join(&names(stick.path())[0]);
            // Elsewhere only time says what was left.
            assert!(cfg!(not(unix)) || !left(&backups.folder()) && !left(&own), "step {after}");
            add(dir.path(), 10);
            backups.make(at + Duration::hours(2), Why::Daily).unwrap();
            assert_eq!(backups.latest(at).0.unwrap().held().unwrap().meetings, 3, "step {after}");
            if whole {
                assert!(made.is_ok() && after > 10, "{after} steps");
                break;
            }
        }
    }
}

#[test]
fn 二つめの場所がなければそう言い_もどれば新しいものが入る() {
    let dir = records(1);
    let desk = tempfile::tempdir().unwrap();
    let stick = desk.path().join("スティック");
    let backups = Backups::new(dir.path(), Some(stick.clone()));
    let at = samples::moment();
    let made = backups.make(at, Why::Start).unwrap();
    assert_eq!((made.new, made.trouble), (true, Some(Trouble::Away(stick.clone()))));
    assert!(!stick.exists(), "a mount point is not made");
    fs::create_dir(&stick).unwrap();
    let made = backups.make(at + Duration::hours(1), Why::End).unwrap();
    assert_eq!((made.new, made.trouble), (false, None));
    let there: Vec<Backup> = backups.list(at).into_iter().filter(|b| b.away).collect();
    assert_eq!(
        there.iter().map(|b| (b.why, b.held().unwrap().meetings)).collect::<Vec<_>>(),
        [(Why::Start, 1)]
    );
    // Other records on the same stick: each its own, and neither thins the other's.
    let other = records(2);
    let others = Backups::new(other.path(), Some(stick.clone()));
    for n in 0..20 {
        add(other.path(), 20 + n);
        others.make(at + Duration::minutes(n.cast_signed()), Why::Daily).unwrap();
    }
    assert_eq!(names(&stick).len(), 2);
    assert_eq!(backups.list(at).iter().filter(|b| b.away).count(), 1 + 14);
    fs::remove_dir_all(&stick).unwrap();
    fs::write(&stick, "").unwrap();
    assert!(matches!(others.make(at, Why::Daily).unwrap().trouble, Some(Trouble::Away(_))));
}

#[test]
fn 第一の場所がいっぱいでも二つめには入る() {
    let dir = records(1);
    let stick = tempfile::tempdir().unwrap();
    let backups = Backups::new(dir.path(), Some(stick.path().to_owned()));
    fs::write(backups.folder(), "a file where the folder should be").unwrap();
    let error = backups.make(samples::moment(), Why::End).unwrap_err();
    assert!(error.to_string().contains("記録と、前のバックアップは無事です"), "{error}");
    assert_eq!(backups.list(samples::moment()).len(), 1);
}

#[test]
fn 版を上げる前のものは三つだけ残り_前の版が横に置いたものも数える() {
    let dir = records(1);
    let backups = Backups::new(dir.path(), None);
    for n in 1..=5u64 {
        let name = if n == 1 { "jirei-backup-v3.db".to_owned() } else { format!("jirei-backup-v3-{n}.db") };
        let path = dir.path().join(name);
        fs::copy(dir.path().join(DATABASE), &path).unwrap();
        let written = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_700_000_000 + n);
        File::options().write(true).open(path).unwrap().set_modified(written).unwrap();
    }
    backups.make(samples::moment(), Why::Daily).unwrap();
    let of: Vec<String> = backups
        .list(samples::moment())
        .into_iter()
        .filter(|b| b.why == Why::BeforeMigration)
        .map(|b| b.path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(of, ["jirei-backup-v3-5.db", "jirei-backup-v3-4.db", "jirei-backup-v3-3.db"]);
}

#[test]
fn 古い形のものも_読めて数えられる() {
    let dir = tempfile::tempdir().unwrap();
    let old = open::open(dir.path(), Access::Write, &MIGRATIONS[..2]).unwrap();
    drop(old);
    let backups = Backups::new(dir.path(), None);
    fs::create_dir(backups.folder()).unwrap();
    fs::rename(dir.path().join(DATABASE), backups.folder().join("jirei-20260101-090000-daily.db")).unwrap();
    let [backup] = &backups.list(samples::moment())[..] else { panic!() };
    assert_eq!(backup.held().unwrap(), Held { meetings: 0, days: None, shape: 2 });
    assert!(backup.is_whole());
}

/// `cargo test --lib 大きな記録 -- --ignored --nocapture` prints how long saves wait for a backup of 50 MB.
#[test]
#[ignore = "writes 50 MB, and measures"]
fn 大きな記録のバックアップの間も保存は待たされない() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Access::Write).unwrap();
    let (dossier, lines) = samples::full_meeting(1);
    lines.iter().for_each(|line| store.commit(line).unwrap());
    let id = dossier.meeting.id;
    let mut mint = samples::mint(500);
    let mut words = |count: usize| {
        let mut node = || samples::node(mint.id(), id, crate::domain::Kind::Fact, &"語".repeat(3000));
        let changes = (0..count).map(|_| crate::domain::Change::add(node())).collect();
        samples::line(&mut mint, Some(id), changes)
    };
    (0..29).for_each(|_| store.commit(&words(100)).unwrap());
    let size = fs::metadata(dir.path().join(DATABASE)).unwrap().len() >> 20;
    let mut save = || {
        let line = words(1);
        let begun = std::time::Instant::now();
        store.commit(&line).unwrap();
        begun.elapsed()
    };
    let alone = (0..20).map(|_| save()).max().unwrap();
    let backups = Backups::new(dir.path(), None);
    let thread = std::thread::spawn(move || {
        let begun = std::time::Instant::now();
        backups.make(samples::moment(), Why::Start).unwrap();
        begun.elapsed()
    });
    let mut beside = Vec::new();
    while !thread.is_finished() {
        beside.push(save());
    }
    let took = thread.join().unwrap();
    let worst = beside.iter().max().unwrap();
    println!(
        "{size} MB: backup {took:?}; the slowest save alone {alone:?}, beside it {worst:?} of {}",
        beside.len()
    );
    assert!(*worst < std::time::Duration::from_secs(1));
}
