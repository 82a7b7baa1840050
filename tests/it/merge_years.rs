//! Several people, one region: the plan of a year and its review, written on several machines, and folders of files.

use crate::support;

use std::fs;

use jirei::domain::year::{Years, usual_slots};
use jirei::domain::*;
use jirei::export::{json, sample};
use jirei::format;
use jirei::store::Access;
use jirei::ui::{Deliverable, Effect};
use support::region::region;
use support::room::Room;

const TOWN: &str = "山の町";

fn at(minute: i64) -> Moment {
    let start: Moment = "2026-04-08T09:00:00+09:00".parse().unwrap();
    start + chrono::Duration::minutes(minute)
}

/// Writes changes down as the screens of the region do.
fn write(room: &Room, minute: i64, changes: Vec<Change>) {
    let seed = room.folder.path().as_os_str().len() as u64 + minute.cast_unsigned();
    let mut mint = Now { at: at(minute), seed }.ids();
    let edit = Edit { id: mint.id(), at: at(minute), label: "直す".into(), changes };
    room.store(Access::Write).commit(&JournalEntry { edit, meeting: None, act: Act::Do }).unwrap();
}

fn years(room: &Room) -> Years {
    let store = room.store(Access::Look);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    store.years(None, None).unwrap()
}

fn usual() -> Vec<Slot> {
    usual_slots(&format::lists(None).unwrap(), TOWN, 2026)
}

/// A room in which the year has its usual slots.
fn planned(minute: i64) -> Room {
    let room = Room::new();
    write(&room, minute, usual().into_iter().map(Change::add).collect());
    room
}

fn on(slot: &Slot, day: &str) -> Change {
    Change::replace(slot.clone(), Slot { date: day.parse().ok(), ..slot.clone() })
}

fn vision(text: &str) -> Passage {
    Passage { text: text.into(), ..Passage::new(TOWN, 2026, "看取り", Aspect::Vision) }
}

/// All that a room has, as a folder.
fn given(room: &Room, name: &str) -> std::path::PathBuf {
    let (status, _, error) = room.run(&["export", "all", "--format", "json", "--out", name, "--force"]);
    assert_eq!((status, error.as_str()), (0, ""));
    room.folder.path().join(name)
}

#[test]
fn 二人が立てた一年の計画は一つになる() {
    let (ours, theirs) = (planned(0), planned(9));
    let slots = usual();
    write(&ours, 10, vec![on(&slots[0], "2026-05-21"), Change::add(vision("住み慣れた家で"))]);
    write(&theirs, 11, vec![on(&slots[1], "2026-06-18"), Change::remove(slots[11].clone())]);
    let (from_ours, from_theirs) = (given(&ours, "甲"), given(&theirs, "乙"));
    let said = ours.import(&from_theirs);
    assert!(
        said.contains(
            "年間の計画と振り返り（山の町）：新しい 1件を取り込み、向こうで消された 1件を消しました"
        ),
        "{said}"
    );
    assert!(!said.contains("くいちがい"), "an empty slot is no news: {said}");
    theirs.import(&from_ours);
    assert_eq!(years(&ours), years(&theirs));
    let both = years(&ours);
    let days: Vec<String> =
        both.plan(TOWN, 2026).iter().filter_map(|s| s.date).map(|d| d.to_string()).collect();
    assert_eq!((both.slots.len(), days), (11, vec!["2026-05-21".into(), "2026-06-18".into()]));
    assert_eq!(both.passage(TOWN, 2026, "看取り", Aspect::Vision), "住み慣れた家で");
    // Once more changes nothing, and what is given away is the same file.
    for (room, folder) in [(&ours, &from_theirs), (&theirs, &from_ours)] {
        assert!(room.import(folder).contains("新しいことはありません。何も変えていません"));
    }
    let name = "年間の計画と振り返り_山の町.json";
    let file = |room| fs::read(given(room, "また").join(name)).unwrap();
    assert_eq!(file(&ours), file(&theirs));
}

fn by(slot: &Slot, presenter: &str) -> Change {
    Change::replace(slot.clone(), Slot { presenter: presenter.into(), ..slot.clone() })
}

#[test]
fn 同じ枠と欄を別々に書くと新しい方を使いもう一方を控える() {
    let (ours, theirs) = (planned(0), planned(0));
    let slot = usual().remove(0);
    write(&ours, 10, vec![by(&slot, "包括"), Change::add(vision("家で"))]);
    write(&theirs, 20, vec![by(&slot, "薬局"), Change::add(vision("施設でも"))]);
    let said = ours.import(&given(&theirs, "乙"));
    for words in [
        "くいちがい 2件",
        "年間の計画の枠「山の町 2026年度 日付なし」の事例を出す機関：こちら 包括（2026/4/8(水) ",
        "年間の振り返りの欄「山の町 2026年度 看取り：目指すべき姿」の文：こちら 家で",
        "新しいファイルの方を使い",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    assert_eq!(years(&ours), years(&theirs));
    let list = ours.run(&["list", "--conflicts"]).1;
    assert!(list.lines().count() == 2 && list.lines().all(|line| line.contains(" 年")), "{list}");
}

#[test]
fn 別の日に使った同じ枠は二つになり会議は題で呼ぶ() {
    let (ours, theirs) = (planned(0), planned(0));
    let slot = usual().remove(0);
    for (room, minute, day) in [(&ours, 10, "2026-05-21"), (&theirs, 20, "2026-05-28")] {
        let mut mint = Now { at: at(minute), seed: 3 }.ids();
        let meeting =
            Meeting { date: day.parse().ok(), title: format!("{day}の会"), ..Meeting::new(mint.id()) };
        let held = Slot { meeting: Some(meeting.id), date: meeting.date, ..slot.clone() };
        write(room, minute, vec![Change::add(meeting), Change::replace(slot.clone(), held)]);
    }
    let (from_ours, from_theirs) = (given(&ours, "甲"), given(&theirs, "乙"));
    let said = ours.import(&from_theirs);
    assert!(said.contains("会議：こちら 2026-05-21 2026-05-21の会（"), "{said}");
    assert!(said.contains("取り込んだファイル 2026-05-28 2026-05-28の会（"), "{said}");
    assert!(said.contains("枠を分けて、どちらも計画に残しました"), "{said}");
    theirs.import(&from_ours);
    assert_eq!(years(&ours), years(&theirs));
    let both = years(&ours);
    assert_eq!((both.slots.len(), both.slots.values().filter(|s| s.meeting.is_some()).count()), (13, 2));
    assert!(ours.import(&from_theirs).contains("何も変えていません"));
}

#[test]
fn 同じ会議が二つの枠に入れば知らせ一度だけ数える() {
    let (ours, theirs) = (Room::with_sample(), Room::with_sample());
    let meeting = sample::case_a().unwrap().meeting.id;
    for (room, n) in [(&ours, 0), (&theirs, 1)] {
        let slots = usual().into_iter().map(Change::add).collect();
        write(room, 1, slots);
        let slot = usual().remove(n);
        write(room, 2, vec![Change::replace(slot.clone(), Slot { meeting: Some(meeting), ..slot })]);
    }
    let said = ours.import(&given(&theirs, "乙"));
    assert!(said.contains("が、年間の計画の二つの枠に入っています"), "{said}");
    let (_, review, _) = ours.run(&["review", "2026", "--format", "json", "--out", "-"]);
    let review: serde_json::Value = serde_json::from_str(&review).unwrap();
    assert!(review.to_string().contains("枠"), "{review}");
}

#[test]
fn 枠を作って元に戻した人のファイルはだれの計画も消さない() {
    let (ours, theirs) = (planned(0), Room::new());
    write(&ours, 1, vec![on(&usual()[0], "2026-05-21")]);
    let mut d = region(&[("2026-05-21", &["通院の足がない"])]);
    d.keys("f8 enter ctrl-z ctrl-e 9 enter");
    let Some(Effect::Write { bytes, gift: Deliverable::Years, .. }) = d.given.last() else { panic!() };
    let before = years(&ours);
    let said = ours.import(&theirs.file("年.json", bytes));
    assert!(said.contains("何も変えていません") && years(&ours) == before, "{said}");
    // Removed on purpose, the empty ones go, and that is said.
    let third = planned(5);
    write(&third, 6, usual().into_iter().map(Change::remove).collect());
    let said = ours.import(&given(&third, "丙"));
    assert!(said.contains("向こうで消された 11件を消しました") && !said.contains("くいちがい"), "{said}");
    assert_eq!(years(&ours).plan(TOWN, 2026).len(), 1);
}

#[test]
fn すべての会議を一つのフォルダーに書き出す() {
    let room = planned(0);
    let mut mint = Now { at: at(1), seed: 7 }.ids();
    for minute in 1..3 {
        let meeting = Meeting {
            date: "2026-05-21".parse().ok(),
            title: "事例検討会".into(),
            ..Meeting::new(mint.id())
        };
        write(&room, minute, vec![Change::add(meeting)]);
    }
    let names = |folder: &str| {
        let files = fs::read_dir(room.folder.path().join(folder)).unwrap();
        let mut names: Vec<String> = files.map(|f| f.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let (status, out, error) = room.run(&["export", "all", "--format", "json", "--out", "渡す/記録"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(out.contains("会議 2件と、年間の計画と振り返り"), "{out}");
    let all = [
        "2026-05-21_事例検討会_記録-2.json",
        "2026-05-21_事例検討会_記録.json",
        "年間の計画と振り返り_山の町.json",
    ];
    assert_eq!(names("渡す/記録"), all);
    // A second time nothing is written over, and nothing half.
    fs::remove_file(room.folder.path().join("渡す/記録").join(all[0])).unwrap();
    let (status, _, error) = room.run(&["export", "all", "--format", "json", "--out", "渡す/記録"]);
    assert!(
        status == 1 && error.contains("同じ名前のファイルが 2件") && error.contains("--force"),
        "{error}"
    );
    assert_eq!(names("渡す/記録"), all[1..]);
    room.run(&["export", "all", "--format", "json", "--out", "渡す/記録", "--force"]);
    assert_eq!(names("渡す/記録"), all);
    let (status, out, _) = room.run(&["export", "all", "--format", "md", "--out", "議事録"]);
    assert!(status == 0 && out.contains("会議 2件（議事録）"), "{out}");
    assert_eq!(names("議事録").len(), 2);
    room.file("ある", "");
    for out in ["-", "記録.json", "ある"] {
        let (status, _, error) = room.run(&["export", "all", "--format", "json", "--out", out]);
        assert!(status == 1 && error.contains("フォルダーを書いてください"), "{error}");
    }
    // What would stop it is seen before anything is written.
    fs::create_dir_all(room.folder.path().join("また").join(all[2])).unwrap();
    let (status, _, error) = room.run(&["export", "all", "--format", "json", "--out", "また", "--force"]);
    assert!(status == 1 && error.contains("何も書き出していません") && names("また").len() == 1, "{error}");
    // Another house, from the folder.
    let other = Room::new();
    let said = other.import(&room.folder.path().join("渡す"));
    assert!(said.contains("会議 2件：新しい会議 2") && said.contains("（山の町）：新しい 12件"), "{said}");
    assert_eq!(years(&other), years(&room));
}

#[test]
fn 画面から書き出した年の記録は取り込める() {
    let mut d = region(&[("2026-05-21", &["通院の足がない"])]);
    d.keys("f8 enter 「6/18」 enter ctrl-e");
    d.keys("9 enter");
    let Some(Effect::Write { bytes, gift: Deliverable::Years, .. }) = d.given.last() else {
        panic!("{:?}", d.model.cx.over)
    };
    let room = Room::new();
    let said = room.import(&room.file("年.json", bytes));
    assert!(said.contains("年間の計画と振り返り：新しい 12件"), "{said}");
    assert!(said.contains("年間の計画の枠 1件は、まだここにない会議を指しています"), "{said}");
    assert_eq!(years(&room), d.model.region().unwrap().doc.years);
}

#[test]
fn 保存できなかった計画と欄も控えから戻る() {
    let room = planned(0);
    let sample = sample::case_a().unwrap();
    let slot = usual().remove(0);
    let held = Slot { meeting: Some(sample.meeting.id), ..slot.clone() };
    let mut mint = Now { at: at(30), seed: 5 }.ids();
    let mut line = |meeting, changes| JournalEntry {
        edit: Edit { id: mint.id(), at: at(30), label: "書く".into(), changes },
        meeting,
        act: Act::Do,
    };
    // A meeting that begins takes its slot with it.
    let mut birth: Vec<Change> = sample.records().map(Change::add).collect();
    birth.push(Change::replace(slot, held.clone()));
    let lines = [line(Some(sample.meeting.id), birth), line(None, vec![Change::add(vision("家で"))])];
    let file = room.file("未保存-1.json", json::render_unsaved(&lines.to_vec().into()).unwrap());
    let (status, out, error) = room.run(&["import", file.to_str().unwrap()]);
    assert_eq!((status, error.as_str()), (0, ""), "{out}");
    assert!(out.contains("年間の計画と振り返りに、保存できていなかった 2件を戻しました"), "{out}");
    let stands = years(&room);
    assert_eq!(stands.slots[&held.id], held);
    assert_eq!(stands.passage(TOWN, 2026, "看取り", Aspect::Vision), "家で");
    assert_eq!(json::read(&room.exported()).unwrap(), sample);
    assert!(room.run(&["import", file.to_str().unwrap()]).1.contains("何も変えていません"));
}

#[test]
fn 写真やない名前のファイルは何であるかを言って断る() {
    let room = Room::new();
    room.file("写真.jpg", [0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10]);
    let (status, _, error) = room.run(&["import", "写真.jpg"]);
    assert!(status == 1 && error.contains("json・txt・md・csv・tsv のファイルです"), "{error}");
    let (status, _, error) = room.run(&["import", "ない.json"]);
    assert!(status == 1 && error.contains("ファイルがありません") && !error.contains("os error"), "{error}");
}
