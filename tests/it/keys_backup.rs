//! Backups on the screen: made in turn and quietly, and restored after one question.

use std::path::PathBuf;

use crate::frames_region::year;
use crate::support::driver::Driver;
use jirei::store::{Backup, Comparison, Held, Made, Present, Titled, Trouble, Why};
use jirei::ui::{Effect, Mend, Msg, Overlay};

fn whys(effects: &[Effect]) -> Vec<Why> {
    effects.iter().filter_map(|e| if let Effect::BackUp(why) = e { Some(*why) } else { None }).collect()
}

/// What is asked for by a key.
fn press(driver: &mut Driver, key: &str) -> Vec<Effect> {
    driver.update(Msg::Key(key.parse().unwrap()))
}

fn held(meetings: usize) -> Held {
    Held { meetings, days: Some(("2026-04-09".parse().unwrap(), "2026-11-05".parse().unwrap())), shape: 7 }
}

fn backup(at: &str, why: Why, away: bool) -> Backup {
    let path = PathBuf::from(format!("{}/jirei-{at}.db", if away { "/usb" } else { "/data/backups" }));
    Backup { path, at: at.parse().unwrap(), why, bytes: 4096, away }
}

#[test]
fn 会議が始まるときと終わるときにバックアップを頼む() {
    let mut d = Driver::first_start();
    d.keys("ctrl-n");
    assert_eq!(whys(&press(&mut d, "f6")), [Why::Start]);
    let mut all = Vec::new();
    for _ in 0..12 {
        all.extend(whys(&press(&mut d, "f6")));
    }
    assert_eq!(all, [Why::End]);
}

#[test]
fn 日が変わると一度だけ頼み_見るだけや見本では頼まない() {
    for (passing, look_only, asked) in [(false, false, 1), (true, false, 0), (false, true, 0)] {
        let mut d = year();
        (d.model.cx.passing, d.model.cx.look_only) = (passing, look_only);
        let count = |d: &mut Driver| whys(&d.update(Msg::Tick)).len();
        assert_eq!(count(&mut d), 0);
        d.at += chrono::TimeDelta::days(1);
        let first = count(&mut d);
        let next = count(&mut d);
        assert_eq!((first, next), (asked, 0), "{passing} {look_only}");
    }
}

#[test]
fn うまくいけば黙り_しくじりは一度だけ言い_頼んだものには答える() {
    let mut d = year();
    let made = |new, trouble| Made {
        path: Some("/data/backups/a.db".into()),
        at: Some("2026-05-21T13:30:00".parse().unwrap()),
        new,
        meetings: 12,
        trouble,
    };
    let mut tell = |why, result: Result<Made, String>| {
        d.model.cx.notice.clear();
        d.update(Msg::BackedUp(why, result));
        d.notice().to_owned()
    };
    let away = || Some(Trouble::Away("/media/USB".into()));
    assert_eq!(tell(Why::Start, Ok(made(true, None))), "");
    assert!(tell(Why::Start, Ok(made(true, away()))).contains("今はありません"));
    assert_eq!(tell(Why::End, Ok(made(true, away()))), "");
    assert_eq!(tell(Why::Daily, Err("書けませんでした".to_owned())), "書けませんでした");
    assert_eq!(tell(Why::End, Err("書けませんでした".to_owned())), "");
    assert_eq!(tell(Why::Asked, Err("書けませんでした".to_owned())), "書けませんでした");
    assert_eq!(tell(Why::Asked, Ok(made(true, None))), "バックアップを取りました（会議12件）。");
    assert!(tell(Why::Asked, Ok(made(false, None))).contains("何も変わっていません"));
    d.keys("f10");
    let Some(Overlay::Choose(menu)) = &d.model.cx.over else { panic!() };
    let row = menu.choices.iter().find(|c| c.label == "バックアップを取る").unwrap();
    assert!(row.note.contains("13:30、会議12件"), "{}", row.note);
}

#[test]
fn 戻すときは一覧から選び_何が消えるかを聞いてから一度で戻る() {
    let mut d = year();
    d.keys("ctrl-p 「バックアップから戻す」 enter");
    assert_eq!(d.given.last(), Some(&Effect::Backups));
    let list = vec![
        (backup("2026-05-21T13:30:00", Why::End, false), Some(held(12))),
        (backup("2026-05-21T13:30:00", Why::End, true), Some(held(12))),
        (backup("2026-05-20T09:00:00", Why::Daily, true), None),
    ];
    d.update(Msg::Backups(list));
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { panic!() };
    assert_eq!(chooser.choices.len(), 2, "the same in both places is one");
    // What cannot be read is not restored.
    d.keys("down enter");
    assert!(d.notice().contains("読めません"));
    d.update(Msg::Backups(vec![(backup("2026-05-21T13:30:00", Why::End, false), Some(held(12)))]));
    let path = PathBuf::from("/data/backups/jirei-2026-05-21T13:30:00.db");
    assert!(press(&mut d, "enter").contains(&Effect::Compare(path.clone())));
    let missing = (1..=5).map(|n| Titled { title: format!("第{n}回 夕凪の会"), date: None }).collect();
    let present = Present::Whole { held: held(17), missing, older: Vec::new() };
    d.update(Msg::Compared(path.clone(), Ok(Comparison { held: held(12), present })));
    let Some(Overlay::Choose(asked)) = &d.model.cx.over else { panic!() };
    assert!(asked.text.contains("「第3回 夕凪の会」、ほか2件"), "{}", asked.text);
    // Who presses Enter without reading changes nothing.
    assert!(!press(&mut d, "enter").iter().any(|e| matches!(e, Effect::Mend(_))));
    let present = Present::Nothing;
    d.update(Msg::Compared(path.clone(), Ok(Comparison { held: held(12), present })));
    d.keys("down");
    assert!(press(&mut d, "enter").contains(&Effect::Mend(Mend::Restore(path))));
    d.update(Msg::Compared("/x".into(), Err("傷みがあるので".to_owned())));
    assert!(d.notice().contains("傷み"));
    d.update(Msg::Backups(Vec::new()));
    assert!(d.notice().contains("まだありません"));
}

#[test]
fn 壊れていても_どこからでもバックアップに戻せ_見るだけでは戻せない() {
    let mut d = Driver::with_map("生活\n  雨戸 ◀");
    d.send(Msg::Store(jirei::store::Answer::Checked(vec![
        "表 nodes の 12: 書いたときと違っています".to_owned(),
    ])));
    d.keys("4");
    assert_eq!(d.given.last(), Some(&Effect::Backups));
    d.update(Msg::Backups(vec![(backup("2026-05-21T13:30:00", Why::End, false), Some(held(12)))]));
    assert!(matches!(d.model.cx.over, Some(Overlay::Choose(_))));
    let mut d = year();
    d.model.cx.look_only = true;
    d.keys("ctrl-p 「バックアップから戻す」 enter");
    assert!(!d.given.contains(&Effect::Backups));
}

#[test]
fn 一覧がおくれて来ても_開いた会議の上には出ない() {
    let mut d = Driver::with_map("生活\n  雨戸 ◀");
    d.update(Msg::Backups(vec![(backup("2026-05-21T13:30:00", Why::End, false), Some(held(12)))]));
    assert!(d.model.cx.over.is_none());
}
