//! A year of twelve meetings through the built program: brought together, planned, reviewed in a pseudo-terminal, and given away.
#![cfg(unix)]

use crate::support;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use calamine::{Reader, Xlsx, open_workbook};
use jirei::domain::{Dossier, RecordVersions};
use jirei::export::{json, sample};
use support::facilitator::Facilitator;
use support::pty::keys::{ENTER, ESC, F2, F5, F8, RIGHT, TAB, ctrl};

const F9: &str = "\x1b[20~";
const PAGE_UP: &str = "\x1b[5~";

/// The days of the twelve meetings, one a month of fiscal 2025.
const DAYS: [&str; 12] = [
    "2025-04-17",
    "2025-05-15",
    "2025-06-19",
    "2025-07-17",
    "2025-08-21",
    "2025-09-18",
    "2025-10-16",
    "2025-11-20",
    "2025-12-18",
    "2026-01-15",
    "2026-02-19",
    "2026-03-19",
];

fn run(home: &Path, words: &[&str]) -> String {
    let mut command = Command::cargo_bin("jirei").unwrap();
    let command = command.arg("--data").arg(home.join("data")).args(words).current_dir(home);
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{words:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// The n-th meeting of the year: the sample with ids of its own, on its day, with one person fewer for each month.
fn meeting(n: usize, sample: &Dossier) -> Vec<u8> {
    let mut dossier = sample.clone();
    dossier.meeting.date = DAYS[n].parse().ok();
    dossier.meeting.title = format!("第{}回 山の町 見える事例検討会", n + 1);
    let gone: Vec<_> = dossier.participants.keys().rev().take(n % 5).copied().collect();
    for id in gone {
        let speaks = dossier.nodes.values().any(|node| node.speaker == Some(id));
        let acts = dossier.actions.values().any(|action| action.who.contains(&id));
        let leads = dossier.meeting.facilitators.contains(&Some(id)) || dossier.meeting.presenter == Some(id);
        if !(speaks || acts || leads) {
            dossier.participants.remove(&id);
        }
    }
    let text = String::from_utf8(json::render(&dossier, &RecordVersions::default()).unwrap()).unwrap();
    // All ids of the sample begin with the days it was made in.
    let made = format!("\"{}", &sample.meeting.id.to_string()[..5]);
    text.replace(&made, &format!("\"01a{n:02x}")).into_bytes()
}

fn people(sample: &Dossier) -> usize {
    let count = |n| json::read(&meeting(n, sample)).unwrap().participants.len();
    (0..DAYS.len()).map(count).sum()
}

#[test]
fn 一年の十二回を集めて計画し振り返り報告書にする() {
    let home = tempfile::tempdir().unwrap();
    let sample = sample::case_a().unwrap();
    let folder = home.path().join("集めた記録");
    fs::create_dir(&folder).unwrap();
    for n in 0..DAYS.len() {
        fs::write(folder.join(format!("{n:02}.json")), meeting(n, &sample)).unwrap();
    }
    run(home.path(), &["import", folder.to_str().unwrap()]);

    let hand = Facilitator::at(home.path());
    hand.screen.sees("新しい会議をはじめる");
    plans(&hand);
    // The figures, one by one.
    hand.screen.send(F9);
    hand.screen.sees("2025年度　年間の振り返り");
    hand.screen.sees("開催回数");
    hand.screen.send(RIGHT);
    hand.screen.sees("検討事例数");
    decides(&hand);
    fills_in(&hand);

    // From the screen to the file.
    hand.screen.send(F9);
    hand.screen.sees("検討事例数");
    hand.screen.send(ctrl('e'));
    hand.screen.sees("年間の振り返り（Excel");
    hand.screen.send("1");
    hand.screen.sees("書き出す先");
    hand.screen.send(ENTER);
    hand.screen.sees("書き出しました");
    drop(hand);

    let mut files: Vec<_> = fs::read_dir(home.path()).unwrap().map(|e| e.unwrap().path()).collect();
    files
        .extend(fs::read_dir(home.path().join("Documents")).into_iter().flatten().map(|e| e.unwrap().path()));
    let xlsx = files.iter().find(|p| p.extension().is_some_and(|e| e == "xlsx")).expect("the workbook");
    read_back(xlsx, people(&sample));
    let md = run(home.path(), &["review", "2025", "--format", "md", "--out", "-"]);
    for words in ["住み慣れた家で最期まで暮らせる", "2025年度"] {
        assert!(md.contains(words), "{words}");
    }
    assert!(!md.contains("みどりヶ丘居宅"));
    let all = run(home.path(), &["review", "2025", "--format", "md", "--no-mask", "--out", "-"]);
    assert!(all.contains("みどりヶ丘居宅"));
}

/// The plan of last year: the usual slots take the meetings in.
fn plans(hand: &Facilitator) {
    hand.screen.send(F8);
    hand.screen.sees("年度　年間の計画");
    hand.screen.send(PAGE_UP);
    hand.screen.sees("2025年度　年間の計画");
    hand.screen.sees("いつもの枠を作る");
    hand.screen.send(ENTER);
    hand.screen.until("枠に入る", |shot| shot.has("12回の枠") && shot.saved());
    // Who brought the case of the first one.
    hand.screen.send(TAB);
    hand.screen.send(TAB);
    hand.sees_cell("事例を出す機関");
    hand.types("みどりヶ丘居宅");
    hand.screen.send(ENTER);
    hand.sees_cell("中止");
    leaves(hand);
}

/// The issues, one by one: the first is given a high priority and goes into the plan.
fn decides(hand: &Facilitator) {
    hand.screen.send(F5);
    hand.screen.sees("一件ずつ話し合う");
    hand.sees_cell("優先度");
    hand.types("1");
    hand.screen.send(ENTER);
    hand.sees_cell("優先の理由");
    leaves(hand);
    hand.goes_down_to("計画・予算への反映");
    hand.types("1");
    hand.screen.send(ENTER);
    hand.screen.until("決まる", |shot| {
        shot.has("計画・予算への反映  計画") && shot.labels().starts_with("反映の理由")
    });
    leaves(hand);
}

/// A form of the review.
fn fills_in(hand: &Facilitator) {
    hand.screen.send(F2);
    hand.sees_cell("目指すべき姿");
    hand.types("住み慣れた家で最期まで暮らせる");
    hand.screen.send(ENTER);
    hand.sees_cell("現状");
    leaves(hand);
}

/// Stops writing in the cell that one came to.
fn leaves(hand: &Facilitator) {
    hand.screen.send(ESC);
    hand.screen.until("欄を出る", |shot| shot.has("Esc もどる"));
}

/// A reader of workbooks that is not ours finds the figures and what was written.
fn read_back(path: &Path, attendances: usize) {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let text = |book: &mut Xlsx<_>, sheet: &str| -> Vec<Vec<String>> {
        let range = book.worksheet_range(sheet).unwrap_or_else(|e| panic!("{sheet}: {e}"));
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    let cover = text(&mut book, "表紙");
    let value = |name: &str| {
        let row = cover.iter().find(|row| row.first().is_some_and(|cell| cell == name));
        row.and_then(|row| row.iter().skip(1).find(|cell| !cell.is_empty())).cloned()
    };
    assert_eq!(value("開催回数"), Some("12".into()), "{cover:?}");
    assert_eq!(value("参加者延べ数"), Some(attendances.to_string()), "{cover:?}");
    let has = |rows: Vec<Vec<String>>, words: &str| rows.iter().flatten().any(|cell| cell.contains(words));
    // Who brings the case of a day stays in the house.
    assert!(
        has(text(&mut book, "年間の計画"), "開催") && !has(text(&mut book, "年間の計画"), "みどりヶ丘居宅")
    );
    assert!(has(text(&mut book, "場面ごとの目指すべき姿と対応策"), "住み慣れた家で最期まで暮らせる"));
    assert!(has(text(&mut book, "計画・予算への反映"), "計画"));
    assert!(has(text(&mut book, "地域課題と対応策"), "計画"));
}
