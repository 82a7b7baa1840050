//! The minutes as people read them, and text that must not become markup.

use super::*;
use crate::domain::{Kind, Meeting};
use crate::export::sample;

fn no_lists() -> Lists {
    toml::from_str(
        "professions = [{ title = \"介護支援専門員\", short = \"ケ\", aliases = [\"ケアマネ\"] }]
         categories = []\nscenes = []\nfunctions = []\nlevels = []\ngaps = []\nregional_statuses = []\nreflected = []
         taken_up = []
         age_bands = []\nsexes = []\ntriggers = []\nconsents = []\nbranch_checks = []\nslots = []",
    )
    .unwrap()
}

#[test]
fn 見本の議事録に要るものがすべてある() {
    let page = render(&sample::case_a().unwrap(), &no_lists());
    for part in [
        "# 【見本】第2回 山の町 見える事例検討会 議事録",
        "**氏名を含まない記録**",
        "| 日時 | 2026年5月21日（木） 13:30〜15:00 |",
        "| 参加者 | 14人・14職種（うち初参加 4人） |",
        "  - ★ こんにゃく作りの名人（介護支援専門員）",
        "**根にある課題: ",
        "| 来週中（2026/5/31(日)まで） |",
        "- 根拠: マップの 4か所：退院連絡は前日夕方（退院前の話し合いは？） / 病床の都合で急に決定 /",
        "| 合計 | 90分 | 90分 | 0分 |",
    ] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("匿名"));
}

#[test]
fn 地域課題はどのファイルでも地一と呼ばれる() {
    let dossier = sample::case_a().unwrap();
    let (lists, first) = (no_lists(), "地1　退院の見込みが");
    assert!(render(&dossier, &lists).contains(&format!("### {first}")));
    assert!(crate::export::html::render(&dossier, &lists).contains(&format!("<h3>{first}")));
    let table = crate::export::tables::regional(&dossier);
    assert_eq!(table.rows[0][0].words(), "地1");
    let count =
        |heads: &[&str]| heads.iter().copied().find(|head| head.starts_with("根拠")).unwrap().to_owned();
    assert_eq!(count(&table.header), "根拠の枝の数");
    assert_eq!(
        count(&crate::export::register::table(&[], &Default::default()).header[3..]),
        "根拠の会議の数"
    );
}

#[test]
fn 悪循環と断ちやすい所が議事録に載る() {
    let mut dossier = sample::case_a().unwrap();
    assert!(!render(&dossier, &no_lists()).contains("悪循環"));
    // The other way round: a circle of two.
    let link = dossier.links.values().next().cloned().unwrap();
    let id = dossier.links.keys().next_back().copied().unwrap();
    dossier.links.insert(id, crate::domain::Link { id, from: link.to, to: link.from, ..link });
    let page = render(&dossier, &no_lists());
    assert!(page.contains("- 悪循環：⑨「怖さが主治医に届かない」から⑮「飲まない理由をチームで共有できていない」へと進み、また⑨にもどります。どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです。\n"), "{page}");
}

#[test]
fn 氏名は参加者の表にしか出ない() {
    let dossier = sample::case_a().unwrap();
    let page = render(&dossier, &no_lists());
    for person in dossier.participants.values() {
        assert_eq!(page.matches(&person.name).count(), 1, "{}", person.name);
    }
}

#[test]
fn 同じ職種は呼び方が違っても一つと数える() {
    let mut dossier = sample::case_a().unwrap();
    for person in dossier.participants.values_mut().take(2) {
        person.profession = "ケアマネ".into();
    }
    assert!(render(&dossier, &no_lists()).contains("14人・12職種（"));
}

#[test]
fn 何もない会議でも議事録になる() {
    let id = "0197aaaa-0000-7000-8000-000000000001".parse().unwrap();
    let meeting = Meeting::new(id);
    let page = render(&Dossier::new(meeting, None), &no_lists());
    assert!(page.starts_with("# 事例検討会 議事録\n"));
    assert_eq!(page.matches(NOTHING).count(), 7);
}

#[test]
fn 記号や制御文字は崩れずに出る() {
    let mut dossier = sample::case_a().unwrap();
    let id = *dossier.nodes.keys().nth(1).unwrap();
    let node = dossier.nodes.get_mut(&id).unwrap();
    node.kind = Kind::Fact;
    node.text = "1. <b>|*\u{1b}[31m赤\u{7}\n次".into();
    let page = render(&dossier, &no_lists());
    assert!(page.contains("- 1\\. \\<b\\>\\|\\*赤<br>次（介護支援専門員）"), "{page}");
    assert!(page.chars().all(|c| c == '\n' || !c.is_control()));
}
