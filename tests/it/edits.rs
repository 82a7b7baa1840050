//! Any hands at the keyboard: nothing panics, nothing is lost, everything can be taken back.

use crate::support;

use jirei::command::{Code, Key, TABLE};
use jirei::domain::{Act, Dossier};
use jirei::layout::signs::Signs;
use jirei::ui::draw::{Look, draw};
use jirei::ui::msg::{Mouse, Press};
use jirei::ui::theme::{Depth, Palette, Theme};
use jirei::ui::{Msg, Overlay};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use support::driver::Driver;

/// What one pair of hands does at once.
#[derive(Clone)]
enum Doing {
    Key(Key),
    Typed(String),
    Pasted(String),
    Resized(u16, u16),
    Mouse(Mouse),
    Tick,
    Restarted,
    /// What people really do in one go.
    Phrase(&'static str),
    /// To the step of a number, or into the first meeting of the list.
    Step(u16),
}

impl std::fmt::Debug for Doing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Doing::Key(key) => write!(f, "{key}"),
            Doing::Typed(text) => write!(f, "「{text}」"),
            Doing::Pasted(text) => write!(f, "『{text:?}』"),
            Doing::Resized(w, h) => write!(f, "{w}x{h}"),
            Doing::Mouse(mouse) => write!(f, "{mouse:?}"),
            Doing::Tick => f.write_str("tick"),
            Doing::Restarted => f.write_str("restart"),
            Doing::Phrase(keys) => f.write_str(keys),
            Doing::Step(n) => write!(f, "step {n}"),
        }
    }
}

/// Words as they really come: emoji families, rare kanji, combining marks, right to left, tabs, signs.
const WORDS: &[&str] = &[
    "残薬が多い",
    "👨‍👩‍👧と𠮷野家",
    "葛󠄀城か\u{3099}",
    "שלום עולם",
    "\tタブ",
    "!課題",
    "？だれ",
    "@薬 ",
    "＠",
    "@",
    "#生活 ",
    "＃",
    "#",
    "!!",
    "１",
    "2",
    "⑩",
    "　",
    " ",
    "6/18",
    "来週",
    "次回まで",
    "未定",
    "P02",
    "薬剤師、山の町薬局",
    "遅れて参加",
    "ウ、エ",
    "ﾎｰﾑﾍﾙﾊﾟｰ",
    "；",
    "はい",
    "高",
    "\u{f06c}",
    "é̂̂",
    "山田さん",
    "a",
    "ア",
    "13 わけ",
];

/// In whatever state they are pressed.
const PHRASES: &[&str] = &[
    "「残薬」 enter",
    "「飲めていない」 tab",
    "「!食べていない」 enter",
    "「@薬 #家族 長男」 enter",
    "「@」 down enter",
    "「！入院」 enter",
    "f2 「が」 enter",
    "f2 「@医 」 enter",
    "f4 5",
    "f4 1",
    "f3 enter",
    "f7 「1」 enter",
    "f7 「2 わけ」 enter",
    "f7 down enter",
    "ctrl-f 「残」 enter",
    "ctrl-f 「1」 down esc",
    "delete",
    "delete ctrl-z",
    "alt-right",
    "alt-left",
    "alt-up",
    "alt-down",
    "ctrl-z",
    "ctrl-z ctrl-z",
    "ctrl-y",
    "ctrl-g 6 「一包化」 tab",
    "ctrl-g 6 left 「1」 tab",
    "ctrl-g 6 tab 「薬、医」 enter",
    "「次回まで」 tab",
    "「2」 enter",
    "「1」 tab",
    "ctrl-g 7 「しくみがない」 enter 「1」 enter 「1、2」 enter 「ウ」 enter",
    "ctrl-g 7 down*8 enter down enter",
    "ctrl-g 7 pagedown 「別の課題」 enter",
    "ctrl-g 8 「@薬 #2 よかった」 enter",
    "ctrl-g 8 down*3 space",
    "ctrl-g 8 f2 「7/16」 enter",
    "ctrl-u 「保健師 役場」 enter ctrl-u",
    "ctrl-u f2 「、早退」 enter ctrl-u",
    "ctrl-u down delete ctrl-u",
    "ctrl-o down*5 「独居」 enter esc esc",
    "ctrl-o down*15 「1」 enter esc",
    "ctrl-g 1 down*20 space",
    "ctrl-g 1 down*20 f2 「済」 enter",
    "ctrl-w 「そのまま」 enter",
    "space",
    "ctrl-l",
    "f8",
    "pagedown",
    "pageup",
    "down",
    "up",
    "left",
    "right",
    "esc",
    "esc esc",
    "enter",
    "tab",
    "f6",
    "f5",
    "『大枝\n\t!小枝\n\t\t@薬 葉\n次』",
    "left left 「防災」 enter",
    "ctrl-left left",
    "ctrl-left home 「次」",
    "ctrl-left f6",
    "f9 down space",
    "f9 down*9 enter",
    "ctrl-x pagedown",
    "ctrl-x f6",
    "ctrl-n",
];

fn key(name: &str) -> Key {
    name.parse().unwrap()
}

/// All keys of the table, and those that only edit text. Leaving the program is left out.
fn all_keys() -> Vec<Key> {
    let edit = ["backspace", "home", "end", "insert", "1", "2", "3", "enter", "tab", "down", "up", "f6"];
    // Going to the list of meetings has a place of its own, or most hands would end there.
    let table =
        TABLE.iter().filter(|r| !matches!(r.id, "quit" | "home")).flat_map(|r| r.keys.iter().map(|k| key(k)));
    table.chain(edit.iter().map(|k| key(k))).collect()
}

fn doing() -> impl Strategy<Value = Doing> {
    let words = || {
        prop_oneof![
            6 => proptest::sample::select(WORDS).prop_map(str::to_owned),
            1 => "\\PC{0,8}",
        ]
    };
    prop_oneof![
        20 => proptest::sample::select(all_keys()).prop_map(Doing::Key),
        12 => words().prop_map(Doing::Typed),
        3 => words().prop_map(Doing::Pasted),
        1 => proptest::collection::vec((0usize..4, words()), 1..6).prop_map(|lines| {
            Doing::Pasted(lines.into_iter().map(|(n, w)| format!("{}{w}\n", "\t".repeat(n))).collect())
        }),
        1 => (0u16..200, 0u16..60).prop_map(|(w, h)| Doing::Resized(w, h)),
        4 => (0u16..120, 0u16..40, 0usize..6).prop_map(|(x, y, what)| {
            let wheel = [Press::ScrollDown, Press::ScrollUp, Press::ScrollRight];
            Doing::Mouse(Mouse { x, y, press: wheel.get(what).copied().unwrap_or(Press::Left) })
        }),
        1 => Just(Doing::Tick),
        1 => Just(Doing::Restarted),
        1 => Just(Doing::Key(key("ctrl-b"))),
        30 => proptest::sample::select(PHRASES).prop_map(Doing::Phrase),
        2 => (1u16..9).prop_map(Doing::Step),
    ]
}

fn act(driver: &mut Driver, doing: &Doing) {
    match doing {
        Doing::Key(k) => {
            driver.at += chrono::TimeDelta::milliseconds(150);
            driver.send(Msg::Key(*k));
        }
        Doing::Typed(text) => driver.typed(text),
        Doing::Pasted(text) => driver.paste(text),
        Doing::Resized(w, h) => driver.send(Msg::Resize(*w, *h)),
        Doing::Mouse(mouse) => driver.send(Msg::Mouse(*mouse)),
        Doing::Tick => driver.tick(),
        Doing::Phrase(keys) => driver.keys(keys),
        Doing::Step(n) => {
            settle(driver);
            if driver.model.meeting().is_some_and(|_| driver.model.editing().is_some()) {
                driver.key("esc");
            }
            match driver.model.meeting() {
                Some(_) => driver.keys(&format!("ctrl-g {n}")),
                None => driver.keys("2"),
            }
        }
        Doing::Restarted => {
            driver.tick();
            driver.restart();
        }
    }
}

fn look() -> Look {
    Look { theme: Theme { palette: Palette::Dark, depth: Depth::True }, signs: Signs::unicode() }
}

/// Draws at the sizes people have; the size of the program is its own again afterwards.
fn draw_everywhere(driver: &mut Driver) {
    let own = driver.model.cx.size;
    for (w, h) in [(80, 24), (120, 40), (20, 5), own] {
        driver.send(Msg::Resize(w, h));
        let mut buffer = Buffer::empty(Rect::new(0, 0, w, h));
        let cursor = draw(&mut buffer, &driver.model, &look());
        if let Some(at) = cursor {
            assert!(at.x < w && at.y + 1 < h, "the cursor stands outside: {at:?} of {w}x{h}");
        }
    }
    driver.send(Msg::Resize(own.0, own.1));
}

/// Everything but how far the meeting has come, which is not something to undo.
fn written(dossier: &Dossier) -> Dossier {
    let mut dossier = dossier.clone();
    dossier.progress = jirei::domain::Progress::new(dossier.meeting.id);
    dossier
}

/// Closes what is open without losing the meeting.
fn settle(driver: &mut Driver) {
    for _ in 0..4 {
        if driver.model.cx.over.is_some() {
            driver.key("esc");
        }
    }
}

/// What every sequence must leave true.
fn check(start: fn() -> Driver, doings: &[Doing]) {
    let mut driver = start();
    let id = driver.dossier().meeting.id;
    // What the start itself did can be taken back too.
    let mut newborn = start();
    undo_all(&mut newborn);
    let before = written(newborn.dossier());
    for doing in doings {
        act(&mut driver, doing);
        // While the screen is hidden nothing is done.
        if driver.model.hidden {
            draw_everywhere(&mut driver);
            driver.key("ctrl-s");
        }
    }
    draw_everywhere(&mut driver);
    // Whatever happened elsewhere, the first meeting tells its own story.
    settle(&mut driver);
    if driver.model.meeting().is_none_or(|d| d.doc.is_sample() || d.doc.dossier.meeting.id != id) {
        driver.model.open = jirei::ui::Open::Home;
        driver.send(Msg::Store(driver.opened(id)));
    }
    // What was undone on the way is done again first, so that the end is the end.
    redo_all(&mut driver);
    let after = written(driver.dossier());
    undo_all(&mut driver);
    // What was decided over its issues in the register belongs to another story, and so does what another meeting of the case
    // says of it: undo passes over what they have changed.
    let told_elsewhere = driver.outside.touches(id) || driver.another_tells_of_the_case(id);
    assert!(told_elsewhere || written(driver.dossier()) == before, "everything undone is not the start");
    redo_all(&mut driver);
    assert!(told_elsewhere || written(driver.dossier()) == after, "everything redone is not the end");
    draw_everywhere(&mut driver);
    for line in &driver.kept[&id].journal {
        if line.act == Act::Do {
            assert!(!line.edit.label.trim().is_empty());
        }
    }
}

fn undo_all(driver: &mut Driver) {
    for _ in 0..10_000 {
        if driver.desk().doc.history().to_undo().is_none() {
            return;
        }
        driver.key("ctrl-z");
    }
    panic!("undo comes to no end");
}

fn redo_all(driver: &mut Driver) {
    for _ in 0..10_000 {
        if driver.desk().doc.history().to_redo().is_none() {
            return;
        }
        driver.key("ctrl-y");
    }
    panic!("redo comes to no end");
}

fn case_a_running() -> Driver {
    let mut dossier = jirei::export::sample::case_a().unwrap();
    dossier.progress.ended_at = None;
    dossier.progress.step = 2;
    let mut earlier = jirei::export::sample::case_a().unwrap();
    earlier.meeting.id = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    let previous = earlier
        .plan()
        .into_iter()
        .take(2)
        .enumerate()
        .map(|(i, a)| {
            let mut action = a.clone();
            action.id = format!("01900000-0000-7000-8000-00000000000{}", i + 2).parse().unwrap();
            action.meeting = earlier.meeting.id;
            action.issue = None;
            jirei::store::OpenAction {
                action,
                meeting_title: "前回".to_owned(),
                meeting_date: None,
                case: None,
                who: Vec::new(),
                issue: String::new(),
            }
        })
        .collect();
    let mut driver = Driver::first_start();
    driver.previous = previous;
    let id = dossier.meeting.id;
    driver.kept.insert(id, support::driver::Kept { dossier, journal: Vec::new() });
    driver.send(Msg::Store(driver.opened(id)));
    driver
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_hands_on_an_empty_meeting(doings in proptest::collection::vec(doing(), 200..260)) {
        check(Driver::empty, &doings);
    }

    #[test]
    fn any_hands_on_a_full_meeting(doings in proptest::collection::vec(doing(), 40..70)) {
        check(case_a_running, &doings);
    }
}

#[test]
fn the_sample_is_never_written() {
    let mut driver = Driver::first_start();
    driver.keys("2");
    assert!(driver.desk().doc.is_sample());
    for name in [
        "f6",
        "f5",
        "「残薬」",
        "enter",
        "delete",
        "ctrl-z",
        "ctrl-y",
        "ctrl-g",
        "6",
        "「渡す」",
        "enter",
        "f6",
        "「薬」",
        "enter",
        "f6",
        "「よかった」",
        "enter",
    ] {
        driver.keys(name);
    }
    for _ in 0..120 {
        driver.tick();
    }
    driver.keys("ctrl-b");
    assert_eq!(driver.commits, 0);
    assert!(!matches!(driver.model.cx.over, Some(Overlay::Help(_))));
    assert_eq!(key("enter").code, Code::Enter);
}
