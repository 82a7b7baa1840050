//! Branches that are made and taken back, twigs that move between them, and the map as it grew with both.

use crate::support;

use jirei::domain::{Dossier, Growth};
use proptest::prelude::*;
use support::driver::{Driver, outline};

const TOWN: &str = "
    生活 ◀
      灯油が切れる
        配達は週一回
      !雪かきができない
    家族
      !娘は海の向こう
";

/// What does not hang together in a map.
fn torn(map: &Dossier) -> Vec<String> {
    let node = |n: &jirei::domain::Node| {
        let parent = n.parent.map(|id| map.nodes.get(&id));
        let hangs = map.meeting.branch_index(&n.branch).is_some();
        let with_parent = parent.is_none_or(|p| p.is_some_and(|p| p.branch == n.branch));
        (!hangs || !with_parent).then(|| format!("{} on {}", n.text, n.branch))
    };
    let links = map.links.values();
    let loose = links.filter(|l| [l.from, l.to].iter().any(|id| !map.nodes.contains_key(id)));
    map.nodes.values().filter_map(node).chain(loose.map(|l| l.label.clone())).collect()
}

/// Steps through the whole growth there and back: every step hangs together, and the present comes out again.
fn grows_well(d: &Driver) {
    let mut growth = Growth::new(d.dossier(), d.desk().doc.history());
    let steps = growth.len();
    for step in (0..=steps).rev().chain(0..=steps) {
        growth.go(step);
        assert_eq!(growth.at(), step, "of {steps}");
        assert_eq!(torn(&growth.dossier), [""; 0], "step {step}");
    }
    assert_eq!(&growth.dossier, d.dossier());
}

fn branch_of<'a>(d: &'a Driver, text: &str) -> &'a str {
    d.dossier().nodes.values().find(|n| n.text == text).map_or("", |n| n.branch.as_str())
}

fn has_branch(d: &Driver, title: &str) -> bool {
    d.dossier().meeting.branch_index(title).is_some()
}

#[test]
fn 新しい大枝を元に戻してもやり直しても育ちはたどれる() {
    let mut d = Driver::with_map("生活 ◀\n  灯油が切れる");
    d.keys("right 「冬支度」 enter 「薪が足りない」 enter 「小屋は空」 tab");
    assert!(has_branch(&d, "冬支度"));
    grows_well(&d);
    d.keys("ctrl-z*2");
    assert!(has_branch(&d, "冬支度") && branch_of(&d, "薪が足りない").is_empty());
    d.keys("ctrl-z");
    assert!(!has_branch(&d, "冬支度"), "{}", d.notice());
    grows_well(&d);
    d.keys("ctrl-y*3");
    assert_eq!((branch_of(&d, "薪が足りない"), branch_of(&d, "小屋は空")), ("冬支度", "冬支度"));
    grows_well(&d);
    d.restart();
    grows_well(&d);
    // What is written after it was taken back goes its own way.
    d.keys("ctrl-z*3 「つぎのことば」 enter");
    assert!(!has_branch(&d, "冬支度"));
    grows_well(&d);
}

#[test]
fn ほかの大枝へ移した枝は先の枝ごと移り_元に戻るときも一緒() {
    let mut d = Driver::with_map(&outline(TOWN));
    d.keys("ctrl-f 「灯油が」 enter f2 home 「#家族 」 enter");
    let both =
        |d: &Driver| [branch_of(d, "灯油が切れる").to_owned(), branch_of(d, "配達は週一回").to_owned()];
    assert_eq!(both(&d), ["家族", "家族"], "{}", d.notice());
    grows_well(&d);
    d.keys("ctrl-z");
    assert_eq!(both(&d), ["生活", "生活"]);
    grows_well(&d);
    d.keys("ctrl-y");
    d.restart();
    assert_eq!(both(&d), ["家族", "家族"]);
    grows_well(&d);
}

#[test]
fn 移した枝の付いた大枝は枝がもどるまで消えない() {
    let mut d = Driver::with_map("生活 ◀\n  灯油が切れる\n    配達は週一回");
    d.keys("right 「冬支度」 enter");
    assert!(has_branch(&d, "冬支度"), "{}", d.state());
    d.keys("ctrl-f 「灯油が」 enter f2 home 「#冬支度 」 enter");
    assert_eq!(branch_of(&d, "配達は週一回"), "冬支度");
    d.keys("ctrl-z");
    assert_eq!((branch_of(&d, "配達は週一回"), has_branch(&d, "冬支度")), ("生活", true));
    d.keys("ctrl-z");
    assert!(!has_branch(&d, "冬支度"));
    grows_well(&d);
    d.keys("ctrl-y*2");
    assert_eq!(branch_of(&d, "配達は週一回"), "冬支度");
    grows_well(&d);
}

#[test]
fn 育ちを見ている間も画面は止まらない() {
    let mut d = Driver::with_map("生活 ◀\n  灯油が切れる");
    d.keys("right 「冬支度」 enter 「薪が足りない」 enter ctrl-z*2 「つぎ」 enter ctrl-z ctrl-y ctrl-f 「灯油」 enter");
    d.keys("ctrl-p 「育ち」 enter home right end left*9 end esc 「あと」 enter");
    assert_eq!(torn(d.dossier()), [""; 0]);
    assert!(!branch_of(&d, "あと").is_empty(), "{}", d.notice());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn 大枝を作っては戻し枝を移しても地図は裂けない(hands in prop::collection::vec(0usize..15, 1..30)) {
        let mut d = Driver::with_map(&outline(TOWN));
        for hand in hands {
            d.keys([
                "right*2 「冬支度」 enter", "right 「防災」 enter", "「枝」 enter", "「先」 tab", "f2 home 「#家族 」 enter",
                "f2 home 「#冬支度 」 enter", "f2 home 「#防災 」 enter", "「#冬支度 薪」 enter", "ctrl-z", "ctrl-z*3", "ctrl-y",
                "delete", "up", "down", "left",
            ][hand]);
            prop_assert_eq!(torn(d.dossier()), Vec::<String>::new());
        }
        grows_well(&d);
        d.restart();
        grows_well(&d);
    }
}
