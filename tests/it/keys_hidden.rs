//! Keys in, screen out: who comes in unasked sees nothing, and nothing of the meeting is lost meanwhile.

use crate::support;

use jirei::command::{Command, Place};
use jirei::store::{Answer, HomeData};
use jirei::ui::msg::{Mouse, Press};
use jirei::ui::{Msg, Overlay};
use support::driver::{Driver, plan};
use support::frame::{Frame, SIZES, picture};

/// All that stands on the screen, without the breaks of lines.
fn seen(d: &Driver, size: (u16, u16)) -> String {
    picture(d, size).split_whitespace().collect()
}

/// What stands between the clocks and the keys.
fn between(d: &Driver) -> String {
    Frame::of(d, (120, 40)).between()
}

const COVER: &str = "画面を隠しています。Ctrl+SかEscでもどります（書いたものは残っています）";

/// Sizes of the room, and one in which nothing else has room.
fn sizes() -> impl Iterator<Item = (u16, u16)> {
    SIZES.into_iter().chain([(200, 60), (40, 12), (20, 6)])
}

#[test]
fn 隠した画面にはもどり方のほか何も見えない() {
    let starts: [fn() -> Driver; 3] = [Driver::first_start, Driver::case_a, plan];
    for start in starts {
        for over in
            ["", "f1", "f10", "ctrl-p 「書」", "f9", "ctrl-x", "ctrl-e", "f8", "ctrl-g 4 f12", "ctrl-left"]
        {
            let mut d = start();
            d.keys(over);
            let before = between(&d);
            d.keys("ctrl-s");
            for size in sizes() {
                assert_eq!(seen(&d, size), COVER, "{over} at {size:?}");
            }
            // Both keys bring back what stood there, whatever lay over it.
            d.keys("ctrl-s");
            assert_eq!(between(&d), before, "{over}");
            d.keys("ctrl-s esc");
            assert_eq!(between(&d), before, "{over}");
        }
    }
}

#[test]
fn メニューからも隠せる() {
    for way in ["f10", "ctrl-p"] {
        let mut d = Driver::with_map("生活\n  隣の家に鍵を預けた ◀");
        d.keys(&format!("{way} 「隠す」 enter"));
        assert_eq!(seen(&d, (80, 24)), COVER);
        d.keys("esc");
        assert!(d.model.cx.over.is_none() && picture(&d, (80, 24)).contains("隣の家に鍵を預けた"));
    }
}

#[test]
fn 隠している間に届いたものも打ったことばも残り何も動かない() {
    let mut d = Driver::with_map("家族\n  夜勤が続く\n  !通院の日に休めない ◀");
    d.keys("「朝は」 ctrl-s");
    // What nobody sees is not done: no step, no entry, no undo, no click, no end.
    let (before, commits) = (d.dossier().clone(), d.commits);
    d.keys("f6 up delete tab enter ctrl-z f2 ctrl-b ctrl-q");
    for press in [Press::Left, Press::Left, Press::ScrollDown, Press::Right] {
        d.send(Msg::Mouse(Mouse { x: 60, y: 20, press }));
    }
    assert_eq!((d.dossier(), d.commits, d.quit), (&before, commits, false));
    // Words go where words go.
    d.keys("「起きられない。」 『休みの日は別』");
    assert_eq!(seen(&d, (120, 40)), COVER);
    d.send(Msg::Resize(160, 45));
    d.send(Msg::Store(Answer::Home(HomeData::default())));
    d.model.cx.say("保存しました");
    d.tick();
    assert_eq!(seen(&d, (160, 45)), COVER);
    d.keys("esc");
    assert_eq!(d.entry(), "朝は 起きられない。休みの日は別");
    assert_eq!(d.model.cx.size, (160, 45));
    assert!(picture(&d, (160, 45)).contains("通院の日に休めない"));
    // Killed while it was hidden, it has them, too.
    d.keys("ctrl-s 「二度寝する」");
    d.tick();
    d.restart();
    assert_eq!(d.entry(), "朝は 起きられない。休みの日は別二度寝する");
}

#[test]
fn 隠している間のエンターはことばを分け_何行を貼っても枝は増えない() {
    let mut d = Driver::with_map("家族 ◀");
    let before = d.dossier().clone();
    d.keys("ctrl-s enter 「母は畑に出る」 enter enter 「弟は町の外」 enter");
    d.send(Msg::Paste("盆には帰る\n墓は寺の裏".to_owned()));
    assert_eq!(d.dossier(), &before);
    d.keys("esc");
    assert_eq!(d.entry(), "母は畑に出る 弟は町の外 盆には帰る 墓は寺の裏");
    d.keys("enter");
    assert_eq!(d.dossier().nodes.len(), before.nodes.len() + 1);
}

#[test]
fn 隠している間の数字は一覧の何も選ばない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g ctrl-s 「2」 ctrl-s");
    assert!(matches!(d.model.cx.over, Some(Overlay::Choose(_))), "the list waits");
    d.keys("esc");
    assert_eq!((d.entry(), d.model.place()), ("2", Place::Map));
    let mut d = Driver::first_start();
    d.keys("ctrl-s 「2」 ctrl-s");
    assert_eq!(d.model.place(), Place::Home);
}

#[test]
fn 隠している間も時計は進む() {
    let mut d = Driver::with_map("生活 ◀");
    let before = d.desk().doc.meeting_seconds();
    d.keys("ctrl-s");
    (0..90).for_each(|_| d.tick());
    d.keys("ctrl-s");
    assert!(d.desk().doc.meeting_seconds() >= before + 90);
}

#[test]
fn 二つに分かれて届いた矢印は隠した画面を見せない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-s esc");
    d.send(Msg::NoEsc);
    d.keys("up");
    assert_eq!(seen(&d, (80, 24)), COVER);
}

#[test]
fn キーがほかの操作のものならメニューの名前だけで案内する() {
    let own = [("next-step".to_owned(), vec!["ctrl-s".to_owned()])];
    let mut d = Driver::with_map("生活 ◀");
    d.model.cx.keymap = jirei::command::Keymap::new(&own.into()).unwrap();
    d.keys("f10 「隠す」 enter");
    assert_eq!(seen(&d, (80, 24)), COVER.replace("Ctrl+Sか", ""));
    d.keys("ctrl-s");
    assert!(d.model.hidden, "the key is another action's");
    d.keys("esc ctrl-s");
    assert!(!d.model.hidden && d.model.cx.keymap.all(Command::Hide).is_empty());
    assert_ne!(d.desk().doc.dossier.progress.step, 1);
}
