//! Keys in, state out: whether a regional issue shows a person is asked where it is written, at the end, and before it leaves; and
//! what else is open at the end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use crate::support;

use jirei::command::Place;
use jirei::ui::sheet::RegionalField;
use jirei::ui::{Cell, Overlay, Sheets};
use support::driver::Driver;
use support::frame::picture;
use support::region::region;

const SENTENCE: &str = "夜の便がなく、透析の帰りに島へもどれない";

/// A meeting at its end, with regional issues nobody has read; one stands on the entry of the checklist that says so.
fn at_the_end(sentences: &[&str]) -> Driver {
    let mut d = Driver::empty();
    d.keys("ctrl-g 7");
    for sentence in sentences {
        d.keys(&format!("pagedown 「{sentence}」 enter esc"));
    }
    d.keys("ctrl-g 8 down*5");
    d
}

/// Which regional issues were read, in their order.
fn read(d: &Driver) -> Vec<bool> {
    d.dossier().regional_issues().iter().map(|r| r.confirmed).collect()
}

fn asked(d: &Driver) -> String {
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { return String::new() };
    let choices: Vec<&str> = chooser.choices.iter().map(|c| c.label.as_str()).collect();
    format!("{}\n{}\n{}", chooser.title, chooser.text, choices.join("\n"))
}

#[test]
fn 文を書くとすぐにだれか分からないかを聞かれ_直すとまた聞かれる() {
    let mut d = Driver::empty();
    d.keys(&format!("ctrl-g 7 「{SENTENCE}」 enter"));
    let Some(Cell::Regional(_, RegionalField::Confirmed)) = d.desk().selected_cell(&d.model.cx) else {
        panic!("{:?}", d.cell())
    };
    d.keys("「はい」 enter esc");
    assert_eq!(read(&d), [true]);
    // Another sentence has not been read; another field changes nothing.
    d.keys("「入退院支援」 enter esc");
    assert_eq!(read(&d), [true]);
    d.keys("pageup up*9 enter end 「人がいる」 enter esc");
    assert_eq!(read(&d), [false], "{:?}", d.dossier().regional_issues());
    d.keys("ctrl-z");
    assert_eq!(read(&d), [true]);
}

#[test]
fn 新しい地域課題は文から書きはじめる() {
    let mut d = Driver::empty();
    d.keys(&format!("ctrl-g 7 「{SENTENCE}」 enter 「1」 enter esc right 「移動の足がない」 enter"));
    assert_eq!(d.dossier().regional_issues()[1].statement, "移動の足がない");
}

#[test]
fn 終わる前の確かめで地域課題の文も確かめたことになる() {
    let mut d = at_the_end(&[SENTENCE, "雪かきを頼める人がいない"]);
    d.keys("space");
    let asked = asked(&d);
    assert!(asked.starts_with("地域課題は、だれのことか分からない文ですか"), "{asked}");
    assert!(asked.contains(SENTENCE) && asked.contains("雪かきを頼める人がいない"), "{asked}");
    assert_eq!(d.dossier().meeting.checked.len(), 0);
    // Nothing is confirmed by a habit.
    d.keys("enter");
    assert_eq!((read(&d), d.dossier().meeting.checked.len()), (vec![false, false], 0));
    d.keys("space 2");
    assert_eq!((read(&d), d.dossier().meeting.checked.len()), (vec![true, true], 1));
    // Done in one, undone in one.
    d.keys("ctrl-z");
    assert_eq!((read(&d), d.dossier().meeting.checked.len()), (vec![false, false], 0));
    // Nothing is asked where everything was read.
    d.keys("ctrl-y space space");
    assert!(d.model.cx.over.is_none());
    assert_eq!((read(&d), d.dossier().meeting.checked.len()), (vec![true, true], 1));
}

#[test]
fn 確かめるときに一件ずつ直しに行ける() {
    let mut d = at_the_end(&[SENTENCE, "雪かきを頼める人がいない"]);
    d.keys("ctrl-g 7 pageup*3 up*9 down 「はい」 enter ctrl-g 8 down*5 space 3");
    assert_eq!(d.model.place(), Place::Regional);
    assert_eq!(read(&d), [true, false]);
    d.keys("「はい」 enter");
    assert_eq!(read(&d), [true, true]);
}

#[test]
fn 一度に読めないほどの文は一件ずつ確かめる() {
    let sentences: Vec<String> = (1..=12).map(|i| format!("{SENTENCE}（{i}）")).collect();
    let mut d = at_the_end(&sentences.iter().map(String::as_str).collect::<Vec<_>>());
    d.keys("space");
    let asked = asked(&d);
    assert!(asked.contains("まだ確かめていない文が 12件あります") && !asked.contains("はい、"), "{asked}");
    d.keys("2");
    assert_eq!((d.model.place(), read(&d).len()), (Place::Regional, 12));
}

#[test]
fn 氏名のように見える文は_はいの一つでは確かめられない() {
    let mut d = at_the_end(&["田中健太さんのような若者が行ける所がない"]);
    d.keys("space");
    let asked = asked(&d);
    assert!(asked.contains("個人が分かりそうなことばがあります：田中健太さん"), "{asked}");
    assert!(!asked.contains("はい、"), "{asked}");
    // One by one it can be said, and what was found is named.
    d.keys("2 「はい」 enter");
    assert_eq!(read(&d), [true]);
    assert!(d.notice().contains("田中健太さん"), "{}", d.notice());
}

#[test]
fn 確かめたあとに文が増えたり変わったりすれば_まだにもどる() {
    let mut d = at_the_end(&[SENTENCE]);
    d.keys("space 2");
    assert!(d.notice().contains("地域課題 1件を、個人が分からない文と確かめました"), "{}", d.notice());
    let open = |d: &Driver| picture(d, (120, 40)).contains("○  地域課題の文から");
    assert!(!open(&d));
    d.keys("ctrl-g 7 up enter end 「人がいる」 enter");
    assert!(d.notice().contains("もう一度確かめるまで、町へは出ません"), "{}", d.notice());
    d.keys("esc ctrl-g 8");
    assert!(open(&d), "{}", picture(&d, (120, 40)));
    d.keys("down*5 space 2");
    assert!(!open(&d) && read(&d) == [true]);
    d.keys("ctrl-g 7 「雪かきを頼める人がいない」 enter esc ctrl-g 8");
    assert!(open(&d) && read(&d) == [true, false]);
}

#[test]
fn 地域課題にもどって打ちはじめると次の地域課題になる() {
    let mut d = at_the_end(&[SENTENCE]);
    d.keys("ctrl-g 7 「雪かきを頼める人がいない」 enter esc");
    let sentences = |d: &Driver| -> Vec<String> {
        d.dossier().regional_issues().iter().map(|r| r.statement.clone()).collect()
    };
    assert_eq!(sentences(&d), [SENTENCE, "雪かきを頼める人がいない"]);
    // Who goes somewhere means what stands there.
    d.keys("ctrl-g 8 ctrl-g 7 up 「、」 enter esc");
    assert_eq!(sentences(&d).len(), 2);
}

#[test]
fn 会議を終えると_まだ確かめていない文も言う() {
    let mut d = at_the_end(&[SENTENCE]);
    d.keys("f6 f6");
    assert!(d.notice().contains("確かめていない地域課題が 1件あります"), "{}", d.notice());
}

#[test]
fn ほかの確かめは聞かれない() {
    let mut d = at_the_end(&[SENTENCE]);
    d.keys("up space");
    assert!(d.model.cx.over.is_none() && d.dossier().meeting.checked.len() == 1);
    assert_eq!(read(&d), [false]);
}

#[test]
fn 書き出す前に_確かめていない文だけを見て確かめられる() {
    let mut d = region(&[("2026-05-21", &[SENTENCE, "雪かきを頼める人がいない"])]);
    for screen in ["f7", "f9"] {
        d.keys(screen);
        d.keys("ctrl-e");
        let asked = asked(&d);
        assert!(asked.contains("確かめていない 2件の地域課題は、入りません"), "{asked}");
        assert!(asked.ends_with("確かめていない 2件を見て、確かめる"), "{asked}");
        d.keys("up enter");
        assert_eq!(d.model.place(), Place::Register, "{}", d.notice());
        assert_eq!(d.model.region().unwrap().register.found.len(), 2);
        assert!(d.notice().contains("確かめていない文だけを出しています"), "{}", d.notice());
        d.keys("esc esc");
    }
    // The file of the years holds no issues; the numbers of a review count all of them.
    d.keys("f9 ctrl-e up*2 enter enter");
    assert!(d.notice().contains("書き出しました：") && d.notice().contains("json"), "{}", d.notice());
    d.keys("ctrl-e enter enter");
    assert!(
        d.notice().contains("（確かめていない 2件の文は入っていません。数には入っています）"),
        "{}",
        d.notice()
    );
    d.keys("esc");
    // One of them is read; after writing it is said how many stayed.
    d.keys("f7 enter 「はい」 enter esc esc ctrl-e enter");
    d.keys("enter");
    assert!(d.notice().contains("（確かめていない 1件は入っていません）"), "{}", d.notice());
    d.keys("f3");
    assert!(asked(&d).contains("確かめた文") && asked(&d).contains("確かめていない文"), "{}", asked(&d));
}

#[test]
fn 会議を終えると_次回の日がまだならそう言う() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 8 f6 f6");
    assert!(d.notice().contains("次回の日は、まだ決まっていません（Ctrl+D）"), "{}", d.notice());
    for day in ["7月16日", "そのうち"] {
        let mut d = Driver::empty();
        d.keys(&format!("ctrl-g 8 ctrl-d 「{day}」 enter f6 f6"));
        assert!(!d.notice().contains("次回の日") && d.notice().contains("おつかれさま"), "{}", d.notice());
    }
}

#[test]
fn 一覧で個人が分かりそうなことばを足しても_まだにもどる() {
    let read = |d: &Driver| -> Vec<bool> {
        d.kept.values().flat_map(|k| k.dossier.regional.values()).map(|r| r.confirmed).collect()
    };
    for (words, stays) in [("急ぐから", true), ("090-1234-5678 に電話があった", false)] {
        let mut d = region(&[("2026-05-21", &[SENTENCE])]);
        d.keys("f7 enter 「はい」 enter esc");
        assert_eq!(read(&d), [true]);
        d.keys(&format!("down*2 「{words}」 enter"));
        let reason = d.kept.values().flat_map(|k| k.dossier.regional.values()).next().unwrap();
        assert_eq!((reason.priority_reason.as_str(), reason.confirmed), (words, stays));
        assert_eq!(d.notice().contains("「まだ」にもどりました"), !stays, "{}", d.notice());
    }
    let mut d = region(&[("2026-05-21", &[SENTENCE])]);
    d.keys("f7 enter 「はい」 enter esc 「島に橋がない」 enter");
    assert_eq!(read(&d), [false]);
    assert!(d.notice().contains("文が変わったので"), "{}", d.notice());
}
