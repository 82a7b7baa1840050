//! Several people, one region: meetings written on several machines are put together from their files.

use crate::support;

use std::fs;
use std::path::PathBuf;

use jirei::domain::{
    Act, Action, ActionStatus, Case, Change, Edit, Evidence, Id, JournalEntry, Link, Meeting, Moment, Node,
    Now, Record, RecordVersions, map,
};
use jirei::domain::{Dossier, Tree};
use jirei::export::{json, sample};
use jirei::store::{Access, Store};
use support::driver::Driver;
use support::room::{Room, sample_file};

/// A moment of the day after the sample's meeting.
fn at(minute: i64) -> Moment {
    let start: Moment = "2026-05-22T09:00:00+09:00".parse().unwrap();
    start + chrono::Duration::minutes(minute)
}

/// Writes changes down as the screen does.
fn write(room: &Room, minute: i64, meeting: Id<Meeting>, changes: Vec<Change>) {
    let seed = room.folder.path().as_os_str().len() as u64 + minute.cast_unsigned();
    let mut mint = Now { at: at(minute), seed }.ids();
    let edit = Edit { id: mint.id(), at: at(minute), label: "直す".into(), changes };
    room.store(Access::Write).commit(&JournalEntry { edit, meeting: Some(meeting), act: Act::Do }).unwrap();
}

/// A room in which a meeting was written down.
fn room_with(dossier: &Dossier) -> Room {
    let room = Room::new();
    write(&room, 0, dossier.meeting.id, dossier.records().map(Change::add).collect());
    room
}

/// Takes what one room has into another; what was said.
fn give(from: &Room, to: &Room) -> String {
    let file = to.file("もらった.json", from.exported());
    to.import(&file)
}

fn sound(room: &Room) {
    assert_eq!(room.store(Access::Write).check().unwrap(), Vec::<String>::new());
}

fn first_action(dossier: &Dossier) -> Action {
    dossier.plan()[0].clone()
}

fn with_status(action: &Action, status: ActionStatus) -> Change {
    Change::replace(action.clone(), Action { status: status.into(), ..action.clone() })
}

#[test]
fn 二人が別々に直した会議は互いに取り込むと同じになる() {
    let sample = sample::case_a().unwrap();
    let (id, action) = (sample.meeting.id, first_action(&sample));
    let ours = room_with(&sample);
    let theirs = Room::new();
    assert!(give(&ours, &theirs).contains("取り込みました"));
    // The moments of the file are kept, not that of the import.
    assert!(ours.exported() == theirs.exported());

    write(&ours, 10, id, vec![with_status(&action, ActionStatus::Doing)]);
    let reflection = sample.reflections_in_order()[0].clone();
    write(&ours, 11, id, vec![Change::remove(reflection.clone())]);
    write(&theirs, 20, id, vec![with_status(&action, ActionStatus::Done)]);
    let mut mint = Now { at: at(21), seed: 8 }.ids();
    let word = Node::new(mint.id(), id, "あとで分かったこと", at(21));
    write(&theirs, 21, id, map::add(&sample, &Tree::new(&sample), word, map::Place::Branch(0)));

    let file = theirs.file("ours.json", ours.exported());
    let said = give(&theirs, &ours);
    assert!(said.contains("新しい 2件") && said.contains("くいちがい 1件"), "{said}");
    let words = format!("行動計画「{}」の状態：こちら 実施中（2026/5/22(金) ", action.what);
    assert!(said.contains(&words) && said.contains("新しいファイルの方を使い"), "{said}");
    let said = theirs.import(&file);
    assert!(said.contains("新しいこちらを使い"), "{said}");
    assert!(ours.exported() == theirs.exported());
    let both = json::read(&ours.exported()).unwrap();
    assert_eq!(both.actions[&action.id].status, ActionStatus::Done.into());
    assert!(!both.reflections.contains_key(&reflection.id) && both.nodes.len() == sample.nodes.len() + 1);
    for room in [&ours, &theirs] {
        sound(room);
        assert_eq!(room.run(&["list", "--conflicts"]).1.lines().count(), 1);
    }
    // Once more changes nothing, in no direction.
    let before = ours.exported();
    assert!(give(&theirs, &ours).contains("何も変えていません"));
    assert!(ours.import(&file).contains("何も変えていません"));
    assert!(ours.exported() == before);
}

#[test]
fn 三人でもどの順に取り込んでも終わりは同じ() {
    let sample = sample::case_a().unwrap();
    let (id, action) = (sample.meeting.id, first_action(&sample));
    let first = room_with(&sample);
    let rooms = [Room::new(), Room::new(), Room::new()];
    for room in &rooms {
        give(&first, room);
    }
    let node = sample.issues()[0].clone();
    write(&rooms[0], 10, id, vec![with_status(&action, ActionStatus::Doing)]);
    write(&rooms[1], 11, id, vec![with_status(&action, ActionStatus::Done)]);
    write(&rooms[1], 12, id, map::remove(&sample, &Tree::new(&sample), node.id));
    let mut mint = Now { at: at(9), seed: 4 }.ids();
    let to = sample.issues()[1].id;
    let link = Link { id: mint.id(), meeting: id, from: node.id, to, label: "だから".into(), at: at(9) };
    write(&rooms[2], 9, id, vec![Change::add(link.clone())]);
    let files: Vec<PathBuf> = (0..3).map(|n| first.file(&format!("{n}.json"), rooms[n].exported())).collect();
    for (room, order) in rooms.iter().zip([[1, 2], [2, 0], [0, 1]]) {
        for file in order {
            room.import(&files[file]);
        }
    }
    let fresh = Room::new();
    let words =
        ["import", files[2].to_str().unwrap(), files[1].to_str().unwrap(), files[0].to_str().unwrap()];
    let (status, out, _) = fresh.run(&words);
    assert!(status == 0 && out.contains("ほかの記録が指しているので残しました"), "{out}");
    let end = json::read(&fresh.exported()).unwrap();
    assert!(end.links.contains_key(&link.id) && end.nodes.contains_key(&node.id), "the end of a link stays");
    for room in rooms.iter().chain([&fresh]) {
        sound(room);
        assert_eq!(json::read(&room.exported()).unwrap(), end);
    }
}

#[test]
fn 前の版のファイルは読め履歴にあることばはくいちがいにしない() {
    let sample = sample::case_a().unwrap();
    let (id, action) = (sample.meeting.id, first_action(&sample));
    let room = room_with(&sample);
    let text = fs::read_to_string(sample_file()).unwrap().replacen("\"schema\": 2", "\"schema\": 1", 1);
    let old = room.file("old.json", &text);
    write(&room, 10, id, vec![with_status(&action, ActionStatus::Done)]);
    let before = room.exported();
    assert!(room.import(&old).contains("何も変えていません"));
    let other = room.file("other.json", text.replace(&action.what, "一度も書かれなかったことば"));
    let said = room.import(&other);
    assert!(said.contains("一度も書かれなかったことば（時刻不明）") && said.contains("控えました"), "{said}");
    assert!(room.exported() == before);
    sound(&room);
}

/// The text of the sample as another meeting of another case: all its ids begin with other figures.
fn another(n: u32) -> String {
    let id = format!("\"{}", sample::case_a().unwrap().meeting.id);
    fs::read_to_string(sample_file()).unwrap().replace(&id[..5], &format!("\"{n:04x}"))
}

#[test]
fn 同じ番号の二つの町の事例は別のまま() {
    let room = Room::new();
    let town = |text: String, town: &str| {
        text.replacen("\"organiser\"", &format!("\"town\": \"{town}\",\n      \"organiser\""), 1)
    };
    fs::create_dir(room.folder.path().join("集めた")).unwrap();
    room.file("集めた/a.json", town(another(1), "山の町"));
    room.file("集めた/b.json", town(another(2), "海の町"));
    let (status, out, error) = room.run(&["import", "集めた"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert_eq!(out.matches("が 2つの市町村にあります").count(), 1, "{out}");
    assert!(out.contains("会議 2件：新しい会議 2"), "{out}");
    assert!(!room.run(&["import", "集めた"]).1.contains("市町村"), "it is said once");
    let list = room.run(&["list", "--json"]).1;
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&list).unwrap().len(), 2);
    sound(&room);
}

#[test]
fn フォルダーの中のよそのファイルはとばして終わりに名前を言う() {
    let room = Room::new();
    let whole = another(1);
    fs::create_dir_all(room.folder.path().join("集めた/奥")).unwrap();
    room.file("集めた/奥/よい.json", &whole);
    room.file("集めた/切れた.json", &another(2)[..whole.len() / 2]);
    room.file("集めた/新しい.json", "{\"program\": \"jirei\", \"schema\": 9}");
    room.file("集めた/よその.json", "{\"a\": 1}");
    room.file("集めた/メモ.txt", "買物");
    room.file("集めた/よい2.json", another(3));
    let (status, out, error) = room.run(&["import", "集めた"]);
    assert_eq!((status, error.lines().count()), (1, 1), "{error}");
    assert!(
        error.contains("取り込まなかったファイルが 4件") && error.contains("ほかの 2件は取り込みました"),
        "{error}"
    );
    for (name, why) in [
        ("切れた.json", "途中で切れています"),
        ("新しい.json", "新しい版の jirei"),
        ("よその.json", "jirei の記録ではありません"),
        ("メモ.txt", "jirei の記録（.json）ではありません"),
    ] {
        assert!(out.lines().any(|line| line.contains(name) && line.contains(why)), "{name}: {out}");
    }
    let list = room.run(&["list", "--json"]).1;
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&list).unwrap().len(), 2);
    sound(&room);
}

#[test]
fn ほかの会議の記録をかたるファイルは丸ごと断りほかは入る() {
    let room = Room::new();
    let first = room.file("a.json", another(1));
    // Another meeting that claims a participant of the first.
    let ids =
        |n: u32| json::read(another(n).as_bytes()).unwrap().participants.keys().next().unwrap().to_string();
    let thief = room.file("b.json", another(2).replace(&ids(2), &ids(1)));
    let last = room.file("c.json", another(3));
    let words = ["import", first.to_str().unwrap(), thief.to_str().unwrap(), last.to_str().unwrap()];
    let (status, out, _) = room.run(&words);
    assert!(
        status == 1 && out.contains("別の会議の記録としてもうあります") && out.contains("b.json"),
        "{out}"
    );
    let list = room.run(&["list", "--json"]).1;
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&list).unwrap().len(), 2);
    sound(&room);
}

#[test]
fn 年を間違えた日付は取り込んで知らせる() {
    let room = Room::new();
    let file =
        room.file("a.json", another(1).replace("\"date\": \"2026-05-21\"", "\"date\": \"2062-05-21\""));
    let said = room.import(&file);
    assert!(said.contains("会議の日付は 2062年5月21日") && said.contains("書かれたのは 2026年"), "{said}");
    assert!(said.contains("取り込みました"));
}

#[test]
fn まだ来ていない会議の地域課題を指す根拠は来たときにつながる() {
    let room = Room::new();
    let first = json::read(another(1).as_bytes()).unwrap();
    let mut second = json::read(another(2).as_bytes()).unwrap();
    let issue = *first.regional.keys().next().unwrap();
    let mut mint = Now { at: at(0), seed: 2 }.ids();
    let evidence = Evidence { id: mint.id(), issue, meeting: second.meeting.id, node: None };
    second.evidence.insert(evidence.id, evidence);
    let later = room.file("b.json", json::render(&second, &RecordVersions::default()).unwrap());
    assert!(room.import(&later).contains("根拠 1件は、まだここにない会議の地域課題"));
    sound(&room);
    let earlier = room.file("a.json", another(1));
    assert!(!room.import(&earlier).contains("まだここにない"));
    let register = room.store(Access::Write).register().unwrap();
    assert_eq!(register.iter().find(|e| e.issue.id == issue).unwrap().evidence.len(), 2);
}

#[test]
fn 二つの会議で使う事例は同じ記録として合わさる() {
    let sample = sample::case_a().unwrap();
    let case = sample.case.clone().unwrap();
    let (ours, theirs) = (room_with(&sample), Room::new());
    give(&ours, &theirs);
    let told = |gist: &str| Change::replace(case.clone(), Case { gist: gist.into(), ..case.clone() });
    write(&ours, 5, sample.meeting.id, vec![told("こちらの")]);
    // The other one speaks of the case in a meeting of their own.
    let mut mint = Now { at: at(6), seed: 6 }.ids();
    let later = Meeting {
        case: Some(case.id),
        title: "次の会".into(),
        date: "2026-06-30".parse().ok(),
        ..Meeting::new(mint.id())
    };
    write(&theirs, 6, later.id, vec![Change::add(later.clone()), told("あちらの")]);
    let said = give(&theirs, &ours);
    assert!(said.contains("ひとことで：こちら こちらの") && said.contains("あちらの"), "{said}");
    assert_eq!(ours.store(Access::Write).case(case.id).unwrap().unwrap().gist, "あちらの");
    sound(&ours);
}

#[test]
fn 画面から書き出したファイルにもいつ書かれたかが入る() {
    let mut d = Driver::with_map("生活\n  畑");
    d.keys("「畑のことは隣の人が知っている」 Enter");
    let desk = d.desk();
    let new = desk.doc.dossier.nodes.values().find(|n| n.text.starts_with("畑のことは")).unwrap();
    let bytes = json::render(&desk.doc.dossier, desk.doc.versions()).unwrap();
    let json::Content::Meeting(read) = json::read_any(&bytes).unwrap() else { panic!() };
    assert_eq!(read.stamps, *desk.doc.versions());
    let key = Record::from(new.clone()).key();
    assert_eq!(read.stamps.standing[&key].newest(), Some(d.model.cx.now.at.timestamp_millis()));
}

/// A folder of meetings, and the program that takes them in.
#[cfg(unix)]
fn begun(room: &Room, files: u32) -> std::process::Child {
    use std::process::{Command, Stdio};
    fs::create_dir(room.folder.path().join("集めた")).unwrap();
    for n in 1..=files {
        room.file(&format!("集めた/{n:03}.json"), another(n));
    }
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("jirei"))
        .args(["import", "集めた"])
        .env("JIREI_DATA", room.folder.path().join("data"))
        .current_dir(room.folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let some = || {
        let store = Store::open(&room.folder.path().join("data"), Access::Look).ok()?;
        store.summaries().ok().filter(|rows| !rows.is_empty())
    };
    while some().is_none() {
        assert!(child.try_wait().unwrap().is_none(), "it ended too soon");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    child
}

#[cfg(unix)]
fn stopped_by(signal: &str) -> (Room, std::process::Output) {
    const FILES: u32 = 150;
    let room = Room::new();
    let child = begun(&room, FILES);
    let kill = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = child.wait_with_output().unwrap();
    // Whole meetings and nothing else.
    let stands = room.store(Access::Write);
    let summaries = stands.summaries().unwrap();
    assert!(!summaries.is_empty() && summaries.len() < FILES as usize, "{}", summaries.len());
    assert!(summaries.iter().all(|s| s.nodes == 140 && s.actions == 9));
    drop(stands);
    sound(&room);
    (room, output)
}

#[cfg(unix)]
#[test]
fn ctrl_cでやめると会議は丸ごと入っていてもう一度で続きが入る() {
    let (room, output) = stopped_by("-INT");
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{error}");
    assert!(error.contains("途中でやめました。150件のうち") && error.lines().count() == 1, "{error}");
    let (status, out, _) = room.run(&["import", "集めた"]);
    assert!(status == 0 && out.contains("会議 150件"), "{out}");
    assert_eq!(room.store(Access::Write).summaries().unwrap().len(), 150);
}

#[cfg(unix)]
#[test]
fn 急に止まっても会議は丸ごとだけ() {
    stopped_by("-KILL");
}

#[test]
fn 会議を選べないものに会議を選べば断る() {
    let room = Room::with_sample();
    let before = room.exported();
    room.file("マップ.txt", "生活\n\t買物\n");
    room.file("参加者.csv", "職種,氏名\n薬剤師,森\n");
    fs::copy(sample_file(), room.folder.path().join("会議.json")).unwrap();
    for files in [&["マップ.txt"][..], &["会議.json"], &["."], &["マップ.txt", "参加者.csv"]] {
        let (status, out, error) = room.run(&[&["import", "--meeting", "last"], files].concat());
        assert_eq!(status, 1, "{files:?} {out}");
        assert!(format!("{out}{error}").contains("参加者の表（csv・tsv）だけです"), "{files:?} {out}{error}");
        assert_eq!(room.exported() == before, !files.contains(&"参加者.csv"), "{files:?}");
    }
    let (_, list, _) = room.run(&["list", "--json"]);
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&list).unwrap().len(), 1);
}
