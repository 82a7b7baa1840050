//! Keys in, state out, for the one who leads: reading back, questions, turns, how the map grew, the mouse.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

mod support;

use jirei::app::Overlay;
use jirei::app::readback::enlarged;
use jirei::domain::{Step, readback};
use support::driver::Driver;

const MAP: &str = "
生活 ◀
  !買物に行けない
    移動販売は週1回
  鍋をこがした跡
家族
  *この家で最期まで
  +長男は毎月電話
  ?嫁の考え
";

// ---- まとめを読みあげる

/// The summary of the current step: headings, and what stands under them.
fn summary(d: &Driver, step: Step) -> Vec<String> {
    readback::of_step(d.dossier(), &d.desk().tree, step)
        .into_iter()
        .map(|g| {
            let points: Vec<String> = g.points.into_iter().map(|p| p.text).collect();
            format!("{}：{}", g.title, points.join("／"))
        })
        .collect()
}

#[test]
fn 聞き取りのまとめは思いと強みから始まる() {
    let d = Driver::with_map(MAP);
    assert_eq!(
        summary(&d, Step::Interview),
        [
            "本人の思い：この家で最期まで",
            "強み：長男は毎月電話",
            "生活：買物に行けない・移動販売は週1回・鍋をこがした跡",
            "まだ分からないこと：嫁の考え",
        ]
    );
    // What was said in the interview is not read again after the questions.
    assert!(summary(&d, Step::Questions).is_empty());
}

#[test]
fn 段階ごとのまとめは見本のことばで始まる() {
    let d = Driver::case_a();
    for (step, first) in [
        (
            Step::Analysis,
            "根にあるもの：飲まない理由をチームで共有できていない／ここを解くと 12 件に届きます",
        ),
        (Step::Ideas, "課題"),
        (Step::Plan, "介護支援専門員・薬剤師　5/28(木)："),
        (Step::Regional, "地域課題："),
    ] {
        let read = summary(&d, step);
        assert!(read.first().is_some_and(|line| line.starts_with(first)), "{step:?}: {read:?}");
    }
}

#[test]
fn まとめから次の段階へ進み_書くともどって書ける() {
    let mut d = Driver::with_map(MAP);
    let step = d.dossier().progress.step;
    d.keys("ctrl-x");
    assert!(matches!(d.model.overlay, Some(Overlay::ReadBack(0))));
    d.keys("「いえ、」");
    assert!(d.model.overlay.is_none());
    assert_eq!(d.desk().entry.text(), "いえ、");
    d.keys("alt-r f6");
    assert!(d.model.overlay.is_none());
    assert_eq!(d.dossier().progress.step, step + 1);
    assert_eq!(d.desk().entry.text(), "いえ、");
}

#[test]
fn まとめは端の頁で止まる() {
    let mut d = Driver::case_a();
    d.send(jirei::app::Msg::Resize(80, 24));
    d.keys("ctrl-g 2 ctrl-x pagedown*50 pageup");
    let pages = d.model.read_back_pages().len();
    assert!(pages > 2);
    assert!(matches!(d.model.overlay, Some(Overlay::ReadBack(page)) if page == pages - 2));
    d.keys("esc");
    assert!(d.model.overlay.is_none());
}

#[test]
fn 大きな字は全角で間があく() {
    assert_eq!(enlarged("薬9種類"), "薬 ９ 種 類");
}

#[test]
fn 思いのない計画はたずねるが止めない() {
    let mut d = Driver::with_map("生活\n  買物 ◀");
    d.keys("ctrl-g 6");
    assert!(d.notice().contains("本人の思い"), "{}", d.notice());
    d.keys("right 「配食をたのむ」 enter");
    assert_eq!(d.dossier().actions.len(), 1);
}
