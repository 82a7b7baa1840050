//! Keys in, state out: what Esc puts away is a stack that undo reaches, and words are gone through by the word.

use crate::support;

use jirei::ui::Input;
use proptest::prelude::*;
use support::driver::{Driver, check, line, outline, plan};
use unicode_segmentation::UnicodeSegmentation;

#[test]
fn 元に戻すは片づけたことばを新しいものから順に出す() {
    line("生活 ◀", "「鍵」 esc ctrl-z", "鍵");
    line("生活 ◀", "「鍵」 esc 「財布」 esc ctrl-z", "財布");
    line("生活 ◀", "「鍵」 esc 「財布」 esc ctrl-z ctrl-z", "鍵");
    line("生活 ◀", "「鍵」 esc 「財布」 esc 「傘」 esc ctrl-z*3", "鍵");
    // Redo goes the other way, as often as one likes.
    line("生活 ◀", "「鍵」 esc 「財布」 esc 「傘」 esc ctrl-z*3 ctrl-y", "財布");
    line("生活 ◀", "「鍵」 esc 「財布」 esc 「傘」 esc ctrl-z*3 ctrl-y*2 ctrl-z", "財布");
    // When all have come back, undo goes on to what was written down before; the words stay.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「夜は一人」 enter 「鍵」 esc 「財布」 esc ctrl-z*2");
    assert_eq!(d.state(), outline("生活\n  夜は一人 ◀\n＞ 鍵‸"));
    d.keys("ctrl-z");
    assert_eq!(d.state(), outline("生活 ◀\n＞ 鍵‸"));
    // None of them is lost.
    d.keys("ctrl-p 「片づけた書きかけ」 enter 1");
    assert_eq!(d.entry(), "財布");
}

#[test]
fn 片づけたあとに書いたものがあればそれを先に戻す() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「鍵」 esc 「財布」 enter ctrl-z");
    assert_eq!(d.state(), outline("生活 ◀"));
    d.keys("ctrl-z");
    assert_eq!(d.entry(), "鍵");
    // Words that are being typed are nobody's to take away: then undo means what was written down.
    check("生活 ◀", "「夜は一人」 enter 「鍵」 esc 「傘」 ctrl-z", "生活 ◀\n＞ 傘‸");
}

#[test]
fn 片づけたことばは名簿でも_開いただけの行や空白より前のことより先に戻る() {
    for place in ["「灯台の見える部屋」 enter", "ctrl-u", "ctrl-g 1", "ctrl-g 8 「話せてよかった」 enter"]
    {
        // On an empty line the key opens what is selected; a space is typed, where it does nothing else.
        for between in ["", "f2", "enter", "f2 esc", "「 」", "「　」"] {
            let mut d = Driver::with_map("住まい ◀");
            d.keys(&format!("{place} 「保健師 潮見の町役場」 enter 「渡し守」 esc {between}"));
            let (edits, people) = (d.commits, d.dossier().participants.len());
            d.keys("ctrl-z");
            assert_eq!(d.entry(), "渡し守", "{place}: {between}");
            assert_eq!((d.commits, d.dossier().participants.len()), (edits, people), "{place}: {between}");
            d.keys("ctrl-z");
            assert_eq!(d.commits, edits + 1, "{place}: {between}: the edit before comes next");
        }
    }
    let mut d = plan();
    d.keys("tab 「桟橋の灯を直す」 tab 「漁協」 esc enter ctrl-z");
    assert_eq!((d.cell(), d.dossier().actions.len()), (Some("漁協"), 1));
}

#[test]
fn 片づけたことばの順は開きなおしても同じ() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「夜は一人」 enter 「鍵」 esc 「財布」 esc");
    d.tick();
    d.restart();
    d.keys("ctrl-z");
    assert_eq!(d.entry(), "財布");
    d.tick();
    d.restart();
    // Who comes back finds the words half typed; they are put away, and the one before is next.
    d.keys("esc ctrl-z ctrl-z");
    assert_eq!(d.entry(), "鍵");
    d.keys("esc esc ctrl-z*2");
    assert!(!d.state().contains("夜は一人"), "{}", d.state());
}

#[test]
fn 直しかけも欄の書きかけも同じように出る() {
    check("生活\n  買物 ◀", "f2 「は週一」 esc ctrl-z", "生活\n  買物 ◀\n＞ 直す 買物は週一‸");
    // What is being mended is the last thing done: it goes first, and redo has it.
    check("生活\n  買物 ◀", "f2 「は週一」 ctrl-z", "生活\n  買物 ◀");
    check("生活\n  買物 ◀", "f2 「は週一」 ctrl-z ctrl-y", "生活\n  買物 ◀\n＞ 直す 買物は週一‸");
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「夜は一人」 enter f2 「だ」 ctrl-z ctrl-z");
    assert!(!d.state().contains("夜は一人"), "{}", d.state());
    let mut d = plan();
    d.keys("tab 「訪問の日を変える」 esc ctrl-z");
    assert_eq!(d.cell(), Some("訪問の日を変える"));
    // Another screen has its own.
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「鍵」 esc ctrl-u 「保健師」 esc ctrl-u ctrl-z");
    assert_eq!(d.entry(), "鍵");
    d.keys("ctrl-u ctrl-z");
    assert_eq!(d.entry(), "保健師");
}

/// The line with `‸` where one comes to from its end, word by word.
fn stops(text: &str, way: &str) -> String {
    let mut line = Input::new(text);
    let mut stops = vec![line.cursor()];
    if way == "alt-f" {
        line.home();
        stops = vec![0];
    }
    loop {
        line.edit(way.parse().unwrap());
        if stops.contains(&line.cursor()) {
            break;
        }
        stops.push(line.cursor());
    }
    let mut out = text.to_owned();
    stops.sort_unstable();
    stops.into_iter().rev().for_each(|at| out.insert(at, '‸'));
    out
}

#[test]
fn ことばの区切りは字の種類が変わる所() {
    for (text, on, back) in [
        ("残薬が袋に2つ", "‸残薬‸が‸袋‸に‸2‸つ‸", "‸残薬‸が‸袋‸に‸2‸つ‸"),
        ("ケアマネジャーと相談", "‸ケアマネジャー‸と‸相談‸", "‸ケアマネジャー‸と‸相談‸"),
        ("らーめんの日", "‸らーめんの‸日‸", "‸らーめんの‸日‸"),
        ("人々のコピー", "‸人々‸の‸コピー‸", "‸人々‸の‸コピー‸"),
        ("ﾃﾞｲｻｰﾋﾞｽ 週2回、ＨｂＡ１ｃ", "‸ﾃﾞｲｻｰﾋﾞｽ‸ 週‸2‸回‸、ＨｂＡ１ｃ‸", "‸ﾃﾞｲｻｰﾋﾞｽ ‸週‸2‸回、‸ＨｂＡ１ｃ‸"),
        ("家族👨‍👩‍👧👵と", "‸家族‸👨‍👩‍👧👵‸と‸", "‸家族‸👨‍👩‍👧👵‸と‸"),
        ("葛\u{e0100}城𠮷野か\u{3099}", "‸葛\u{e0100}城𠮷野‸か\u{3099}‸", "‸葛\u{e0100}城𠮷野‸か\u{3099}‸"),
        ("「鍵」", "‸「鍵‸」‸", "‸「‸鍵」‸"),
        ("", "‸", "‸"),
    ] {
        assert_eq!(stops(text, "alt-f"), on);
        assert_eq!(stops(text, "alt-b"), back);
    }
}

#[test]
fn オプションと矢印は入力行のことばの間を動く() {
    line("生活 ◀", "「残薬が多い」 alt-b alt-b alt-b 「夜の」", "残薬夜のが多い");
    line("生活 ◀", "「残薬が多い」 home alt-f 「袋」", "残薬袋が多い");
    // Labels are no words to walk through, and nothing else happens: no meeting, no list.
    line("生活 ◀", "「!残薬」 alt-b alt-b alt-b 「夜の」", "!夜の残薬");
    line("生活 ◀", "alt-f alt-b 「あ」", "あ");
    let mut d = plan();
    d.keys("tab 「朝だけ飲む」 alt-b*3 「毎」");
    assert_eq!(d.cell(), Some("朝毎だけ飲む"));
    let mut d = Driver::first_start();
    d.keys("f7 「移動の足」 alt-b 「の」");
    assert!(d.model.region().unwrap().register.words.text().contains("移動のの足"));
    let mut d = Driver::case_a();
    d.keys("alt-f");
    assert!(d.model.cx.over.is_none());
    // Who has it for something else keeps it.
    let own = [("follow-up".to_owned(), vec!["alt-f".to_owned()])];
    d.model.cx.keymap = jirei::command::Keymap::new(&own.into()).unwrap();
    d.keys("alt-f");
    assert!(d.title().contains("次の会議"), "{}", d.title());
}

#[test]
fn 次の会議は振り返りの行からも作れる() {
    let mut d = Driver::with_map("生活\n  独居 ◀");
    d.keys("ctrl-g 8 down enter");
    assert!(d.title().contains("次の会議"), "{}", d.title());
    d.keys("2");
    assert!(d.dossier().nodes.is_empty() && d.dossier().case.is_some());
}

proptest! {
    #[test]
    fn ことばの間を動いても字は割れず端まで行ける(text in "[残薬がタｶﾞ2a、 👨‍👩‍👧𠮷ー葛\u{e0100}か\u{3099}]{0,30}") {
        let mut line = Input::new(text.clone());
        let ends: Vec<usize> = text.grapheme_indices(true).map(|(i, _)| i).chain([text.len()]).collect();
        for way in ["alt-b", "alt-f"] {
            for _ in 0..=ends.len() {
                let before = line.cursor();
                line.edit(way.parse().unwrap());
                prop_assert!(ends.contains(&line.cursor()));
                let right_way = (line.cursor() <= before) == (way == "alt-b") || line.cursor() == before;
                prop_assert!(right_way);
            }
            prop_assert_eq!(line.cursor(), if way == "alt-b" { 0 } else { text.len() });
        }
        prop_assert_eq!(line.text(), text);
    }
}
