//! Keys in, words out: whoever writes what names somebody is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where something is not as it should be"
)]

use crate::support;

use std::path::PathBuf;

use jirei::app::Msg;
use support::driver::{Driver, plan};

const NAME: &str = "氏名のように見えることばがあります";

/// The warning comes first, what else was said after it, and neither says the name.
fn warned(d: &Driver, what: &str, also: &str, of: &str) {
    let said = d.notice();
    assert!(said.starts_with(what), "{of}: {said}");
    assert!(said.contains(also), "{of}: {said}");
    for name in ["田中", "佐藤", "鈴木", "1234"] {
        assert!(!said.contains(name), "{of}: {said}");
    }
    assert!(d.model.cx.notice.is_loud(), "{of}");
}

#[test]
fn ほかの知らせがあっても個人が分かることばの知らせは消えない() {
    let issues = "生活\n  !残薬 ◀\n  !入院";
    for (start, keys, also) in [
        ("生活 ◀", "「@宇宙飛行士 田中さんの夜の薬」 enter", "「@…」も枝の文字に残しました。参加者を Ctrl+U"),
        ("生活 ◀", "「@田中さん 夜の薬」 enter", "当てはまる参加者がいません"),
        ("生活 ◀", "「#ない枝 田中さんの夜の薬」 enter", "「#…」も枝の文字に残しました。F2"),
        ("生活 ◀", "「>田中さんに頼む」 enter", "助言として取っておきます"),
        ("生活 ◀", "「>@宇宙飛行士 田中さんに頼む」 enter", "助言として取っておきます"),
        (issues, "f7 「2 田中さんが忘れる」 enter", "→"),
        (issues, "f7 「2」 enter f2 home 「*田中さん」 enter", "つながり 1 本も外しました"),
        // What is kept on the way to the next step.
        (issues, "f2 「（田中さん）」 f6", "で直せます"),
        ("生活 ◀", "ctrl-g 6 tab 「田中さんに聞く」 f6", "この方だけの困りごとでないもの"),
        ("生活 ◀", "ctrl-g 8 「田中さんの話がよかった」 enter", ""),
        ("生活 ◀", "ctrl-g 1 ctrl-o down*2 enter 「田中さんの会」 f6", ""),
        ("生活 ◀", "「田中さんの薬」 esc esc enter", ""),
    ] {
        let mut d = Driver::with_map(&support::driver::outline(start));
        d.keys(keys);
        warned(&d, NAME, also, keys);
    }
}

#[test]
fn あとから届いた返事も個人が分かることばの知らせを消さない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「田中さんの薬」 enter");
    d.send(Msg::Wrote(Ok(PathBuf::from("/家/議事録.md"))));
    d.tick();
    warned(&d, NAME, "書き出しました", "a late answer");
    // Only what the person does next ends it.
    d.keys("down");
    assert_eq!(d.notice(), "");
    d.keys("「田中さんの薬」 enter 『佐藤』");
    assert_eq!(d.notice(), "");
}

#[test]
fn 消したことばの知らせも氏名をくり返さない() {
    let mut d = Driver::with_map("生活\n  田中さんの薬 ◀");
    d.keys("delete");
    assert!(d.notice().contains("「○○の薬」を消しました"), "{}", d.notice());
    d.keys("ctrl-z ctrl-z");
    assert!(!d.notice().contains("田中"), "{}", d.notice());
    let mut d = plan();
    d.keys("tab 「田中さんに聞く」 enter up delete");
    assert!(d.notice().contains("行動計画を消す: ○○に聞く"), "{}", d.notice());
}
