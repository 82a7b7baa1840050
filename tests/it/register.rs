//! The register of regional issues, from the command line.

use crate::support;

use std::fs;

use jirei::domain::{Change, Now, RecordVersions, RegionalIssue, escalation};
use jirei::export::{json, sample};
use support::room::Room;

// ---- 地域課題の一覧

#[test]
fn 地域課題は台帳で読めて絞りこめる() {
    let room = Room::with_sample();
    let (status, all, error) = room.run(&["issues"]);
    assert_eq!((status, error.as_str()), (0, ""));
    assert!(all.ends_with("6件\n") && all.contains("2026年5月21日（木）　会議 1　"), "{all}");
    let sample = sample::case_a().unwrap();
    let having = |has: fn(&RegionalIssue) -> bool| sample.regional.values().filter(|r| has(r)).count();
    let (discharge, medicines) = (
        having(|r| r.scenes.iter().any(|s| s == "入退院支援")),
        having(|r| {
            r.statement.contains('薬')
                || r.measures.iter().any(|m| m.contains('薬'))
                || r.responsible.contains('薬')
        }),
    );
    assert!((1..6).contains(&discharge) && (1..6).contains(&medicines));
    for (words, count) in [
        (vec!["--year", "2026"], 6),
        (vec!["--year", "Ｒ８年度"], 6),
        (vec!["--year", "2025"], 0),
        (vec!["--scene", "入退院"], discharge),
        (vec!["--scene", "ありえない"], 0),
        (vec!["--search", "薬"], medicines),
    ] {
        let (status, out, error) = room.run(&[vec!["issues"], words.clone()].concat());
        assert_eq!((status, error.as_str()), (0, ""), "{words:?}");
        let expected = if count == 0 { "当てはまる".to_owned() } else { format!("{count}件\n") };
        assert!(out.contains(&expected), "{words:?}: {out}");
    }
    let (status, _, error) = room.run(&["issues", "--year", "去年"]);
    assert!(status == 2 && error.contains("「去年」は使えません"), "{error}");
}

#[test]
fn どう決まってきたかも台帳に出る() {
    let mut dossier = sample::case_a().unwrap();
    let before = dossier.regional.values().next().unwrap().clone();
    let refused = RegionalIssue {
        level: "市町村".into(),
        reflected: "不採用".into(),
        reflected_reason: "財源がない".into(),
        evaluation: "訪問の回数".into(),
        ..before.clone()
    };
    let mut mint = Now { at: "2027-02-10T10:00:00+09:00".parse().unwrap(), seed: 3 }.ids();
    let change = Change::replace(before, refused);
    let day = "2027-02-10".parse().unwrap();
    let steps = escalation::steps(std::slice::from_ref(&change), &dossier.escalations, day, &mut mint);
    dossier.apply_all(&[vec![change], steps].concat()).unwrap();
    let room = Room::new();
    let file = room.file("会議.json", json::render(&dossier, &RecordVersions::default()).unwrap());
    assert_eq!(room.run(&["import", file.to_str().unwrap()]).0, 0);
    let (_, csv, _) = room.run(&["issues", "--format", "csv", "--out", "-"]);
    assert!(csv.contains("2027年2月10日（水） 市町村 不採用（財源がない） ⇒訪問の回数"), "{csv}");
    let (_, out, _) = room.run(&["issues", "--format", "json", "--out", "-"]);
    let file: serde_json::Value = serde_json::from_str(&out).unwrap();
    let ways = file["regional_issues"].as_array().unwrap().iter().map(|i| &i["escalations"]);
    let decided: Vec<_> = ways.flat_map(|way| way.as_array().unwrap()).map(|s| &s["decision"]).collect();
    assert_eq!(decided, ["不採用"]);
}

#[test]
fn 台帳を書き出すと確かめた文だけが出る() {
    let room = Room::with_sample();
    let (status, out, _) = room.run(&["issues", "--format", "json", "--out", "-"]);
    assert_eq!(status, 0);
    let file: serde_json::Value = serde_json::from_str(&out).unwrap();
    let issues = file["regional_issues"].as_array().unwrap();
    assert!(issues.len() == 6 && issues.iter().all(|i| i["raised"]["date"] == "2026-05-21"));
    assert!(issues.iter().all(|i| !i["statement"].as_str().unwrap().is_empty()));
    let (status, csv, _) = room.run(&["issues", "--format", "csv", "--out", "-"]);
    assert_eq!(status, 0);
    let rows: Vec<&str> = csv.split("\r\n").collect();
    assert!(
        rows[0].starts_with('\u{feff}') && rows[1].starts_with("番号,はじめに出た日,根拠の会議,地域課題,")
    );
    assert!(rows[2].starts_with("1,2026-05-21,2026年5月21日（木）,"), "{}", rows[2]);
    // A sentence that nobody has read for personal detail stays in the house.
    let mut dossier = sample::case_a().unwrap();
    dossier.regional.values_mut().next().unwrap().confirmed = false;
    let other = Room::new();
    let file = other.file("会議.json", json::render(&dossier, &RecordVersions::default()).unwrap());
    assert_eq!(other.run(&["import", file.to_str().unwrap()]).0, 0);
    let (status, md, error) = other.run(&["issues", "--format", "md", "--year", "2026"]);
    assert!(
        status == 0 && md.contains("（5件）") && error.contains("1件は書き出しませんでした"),
        "{md}{error}"
    );
    let page = fs::read_to_string(other.folder.path().join("2026年度_地域課題の一覧.md")).unwrap();
    assert!(
        page.starts_with("# 【見本】2026年度 地域課題の一覧\n\n1回の会議から見えた地域課題です。\n"),
        "{page}"
    );
    assert_eq!(page.lines().filter(|l| l.starts_with("### ")).count(), 5);
    let (status, _, error) = other.run(&["issues", "--format", "md", "--year", "2026"]);
    assert!(status == 1 && error.contains("すでにあります"), "{error}");
}
