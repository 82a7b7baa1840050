//! Any hands at the keyboard, and what every sequence of what they do must leave true.

use jirei::command::{Key, TABLE};
use jirei::domain::{Act, Dossier};
use jirei::layout::measure::{Ambiguous, measure_for};
use jirei::layout::signs::Signs;
use jirei::ui::draw::{Look, draw};
use jirei::ui::msg::{Mouse, Press};
use jirei::ui::theme::{Depth, Palette, Theme};
use jirei::ui::{Msg, wide};
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::driver::Driver;

/// What one pair of hands does at once.
#[derive(Clone)]
pub enum Doing {
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
    /// The terminal says how wide it draws ─ and ①.
    Signs(Ambiguous),
    /// The disk is full, or takes everything again.
    Full(bool),
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
            Doing::Signs(terminal) => write!(f, "signs {terminal:?}"),
            Doing::Full(full) => write!(f, "full {full}"),
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
    "０９０−１２３４−５６７８にかける",
    "昭和12年4月8日生まれの例ノ川太郎さん",
    "山の町大字坂三丁目2-3",
    "【課題】雪",
    "=1+1",
    "a\u{202e}b\u{200b}c",
    "灯油が切れると外に出られず、隣の人が気づくまで三日かかったという話を聞いて、みなで考えた",
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
    "ctrl-b enter",
    "ctrl-b delete enter",
    "ctrl-b f7",
    "ctrl-b f7 enter",
    "ctrl-b f8",
    "ctrl-b f8 down ctrl-n",
    "ctrl-b f8 enter down*2",
    "f7 「足」 enter",
    "f3 down enter",
    "ctrl-b f8 down*2 「5/21」 tab 「包括」 tab",
    "alt-right alt-left",
    "ctrl-l down enter",
    "f12 「1」 enter",
    "f12 right down",
    "ctrl-p 「消す」 down enter",
    "ctrl-p 「色」 enter down enter",
    "ctrl-p 「片づけ」 enter enter",
    "f10 down*7 enter",
    "f1 「消す」 enter down enter",
    "「書きかけ」 esc",
    "「書きかけ」 esc ctrl-z",
    "ctrl-d 「7/16」 enter",
    "alt-t 「15」 enter",
    "alt-c enter",
    "alt-l 1 esc",
    "ctrl-left left*5 right*2 esc",
    "ctrl-k",
    "ctrl-v",
    "ctrl-s",
];

pub fn key(name: &str) -> Key {
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

pub fn doing() -> impl Strategy<Value = Doing> {
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
        1 => prop_oneof![
            2 => (80u16..=200, 24u16..=60),
            1 => (20u16..=200, 5u16..=60),
            1 => (0u16..=200, 0u16..=60),
        ].prop_map(|(w, h)| Doing::Resized(w, h)),
        1 => prop_oneof![Just(Ambiguous::Narrow), Just(Ambiguous::Wide)].prop_map(Doing::Signs),
        1 => any::<bool>().prop_map(Doing::Full),
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

pub fn act(driver: &mut Driver, doing: &Doing) {
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
            driver.has_room();
            let terminal = ambiguous(driver);
            driver.restart();
            driver.send(Msg::Signs(terminal));
        }
        Doing::Signs(terminal) => driver.send(Msg::Signs(*terminal)),
        Doing::Full(true) => drop(driver.late.get_or_insert_default()),
        Doing::Full(false) => driver.has_room(),
    }
}

fn ambiguous(driver: &Driver) -> Ambiguous {
    match driver.model.cx.marks == Signs::on(Ambiguous::Wide) {
        true => Ambiguous::Wide,
        false => Ambiguous::Narrow,
    }
}

/// Draws the screen as it is.
pub fn draw_now(driver: &Driver) {
    let (w, h) = driver.model.cx.size;
    let theme = Theme { palette: Palette::Dark, depth: Depth::True };
    let look = Look { theme, signs: driver.model.cx.marks };
    let mut buffer = Buffer::empty(Rect::new(0, 0, w, h));
    if let Some(at) = draw(&mut buffer, &driver.model, &look) {
        assert!(at.x < w && at.y + 1 < h, "the cursor stands outside: {at:?} of {w}x{h}");
    }
    wide::settle(&mut buffer);
}

/// Draws at the sizes people have; the size of the program is its own again afterwards.
fn draw_everywhere(driver: &mut Driver) {
    let own = driver.model.cx.size;
    for (w, h) in [(80, 24), (120, 40), (20, 5), own] {
        driver.send(Msg::Resize(w, h));
        draw_now(driver);
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
pub fn check(start: fn() -> Driver, doings: &[Doing], mut after_each: impl FnMut(&Driver)) -> Driver {
    measure_for(Ambiguous::Narrow);
    let mut driver = start();
    let id = driver.dossier().meeting.id;
    // What the start itself did can be taken back too.
    let mut newborn = start();
    undo_all(&mut newborn);
    let before = written(newborn.dossier());
    for doing in doings {
        act(&mut driver, doing);
        after_each(&driver);
        // While the screen is hidden nothing is done.
        if driver.model.hidden {
            draw_everywhere(&mut driver);
            driver.key("ctrl-s");
        }
    }
    driver.has_room();
    draw_everywhere(&mut driver);
    // Whatever happened elsewhere, the first meeting tells its own story, unless it was taken away.
    settle(&mut driver);
    if !driver.kept.contains_key(&id) {
        return driver;
    }
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
    driver
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
