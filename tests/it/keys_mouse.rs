//! The mouse on every screen: a click selects what is seen under it, the second opens it.

use crate::frames_region::year;
use crate::support;

use jirei::command::Place;
use jirei::layout::signs::Signs;
use jirei::ui::Msg;
use jirei::ui::draw::{Look, draw};
use jirei::ui::msg::{Mouse, Press};
use jirei::ui::theme::Theme;
use jirei::ui::wide;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Style;
use support::driver::{Driver, plan};

fn press(d: &mut Driver, (x, y): (u16, u16), press: Press) {
    d.at += chrono::TimeDelta::milliseconds(100);
    d.send(Msg::Mouse(Mouse { x, y, press }));
}

/// One click, long after the one before.
fn click(d: &mut Driver, at: (u16, u16)) {
    d.tick();
    press(d, at, Press::Left);
}

fn seen(d: &Driver) -> Buffer {
    let (w, h) = d.model.cx.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, w, h));
    draw(&mut buffer, &d.model, &Look { theme: Theme::default(), signs: Signs::unicode() });
    wide::settle(&mut buffer);
    buffer
}

/// The words of a row, and the column each byte of them stands in.
fn row(buffer: &Buffer, y: u16) -> (String, Vec<u16>) {
    let (mut words, mut columns, mut x) = (String::new(), Vec::new(), 0);
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        words.push_str(cell.symbol());
        columns.resize(words.len(), x);
        x += cell.cell_width().max(1);
    }
    (words, columns)
}

/// Where words stand that are seen once or more: the first of them under the steps.
pub fn place_of(d: &Driver, words: &str) -> (u16, u16) {
    let buffer = seen(d);
    let rows = 3..buffer.area.height - 6;
    let find = |y| row(&buffer, y).0.find(words).map(|at| (row(&buffer, y).1[at], y));
    rows.into_iter().find_map(find).unwrap_or_else(|| panic!("{words} is not seen"))
}

/// Clicks on words; twice if so.
fn click_on(d: &mut Driver, words: &str, twice: bool) {
    let at = place_of(d, words);
    click(d, at);
    if twice {
        press(d, at, Press::Left);
    }
}

/// Row and column one stands on.
fn seat(d: &Driver) -> (usize, usize) {
    match d.model.place() {
        Place::People | Place::Opening | Place::Closing => (d.row(), 0),
        Place::Register => (d.model.region().unwrap().register.row, 0),
        _ => (d.sheet().row, d.sheet().column),
    }
}

/// Clicks on words of a place, and says where one stands then.
fn stands(d: &mut Driver, words: &str) -> (usize, usize) {
    click_on(d, words, false);
    seat(d)
}

/// A meeting with all its screens, at one of them.
fn meeting(keys: &str) -> Driver {
    let mut d = Driver::case_a();
    d.keys(keys);
    d
}

/// The region at one of its screens.
fn region(keys: &str) -> Driver {
    let mut d = year();
    d.keys(keys);
    d
}

/// The opening of a meeting with an action of the last one.
fn opening() -> Driver {
    let mut d = super::keys_sheets::earlier();
    d.keys("ctrl-g 1");
    d
}

#[test]
fn 会議の情報の欄はクリックで選びダブルクリックで書く() {
    let mut d = meeting("ctrl-o");
    assert_eq!((stands(&mut d, "場所"), d.cell()), ((2, 0), None));
    click_on(&mut d, "主催", true);
    assert_eq!((seat(&d).0, d.cell().is_some()), (3, true), "{}", d.notice());
}

#[test]
fn 参加者はクリックで選びダブルクリックで直す() {
    let mut d = meeting("ctrl-u");
    let third = d.dossier().people()[2].code.clone();
    assert_eq!(stands(&mut d, &third), (2, 0));
    click_on(&mut d, &third, true);
    assert!(d.target().is_some());
}

#[test]
fn はじめの段階では参加者も前回の行動もクリックで選べる() {
    let mut d = opening();
    let people = d.dossier().participants.len();
    assert_eq!(stands(&mut d, "一包化"), (people, 0));
    click_on(&mut d, "一包化", true);
    assert_eq!(d.cell(), Some(""));
    assert_eq!(stands(&mut d, "医師"), (1, 0));
    assert_eq!(d.cell(), None);
}

#[test]
fn 計画は行と列をクリックで選び書きかけは先に残る() {
    let mut d = plan();
    d.keys("right 「一包化」 enter esc");
    let at = place_of(&d, "一包化");
    d.keys("down left 「見守り」");
    click(&mut d, at);
    assert_eq!((seat(&d), d.cell(), d.dossier().plan().len()), ((0, 1), None, 2));
    press(&mut d, at, Press::Left);
    assert_eq!(d.cell(), Some("一包化"));
    // The open cell stays open.
    click_on(&mut d, "一包化", true);
    assert_eq!(d.cell(), Some("一包化"));
    click_on(&mut d, "だれが", false);
    assert_eq!(d.cell(), Some("一包化"));
}

#[test]
fn 分からないことばの欄からもクリックで離れてことばは欄に残る() {
    let mut d = plan();
    d.keys("right 「一包化」 enter esc right 「ここにいない人」");
    let before = seat(&d);
    click_on(&mut d, "次の行動", false);
    assert_eq!((seat(&d), d.cell()), ((1, 1), None));
    d.keys("up right*2 enter");
    assert_eq!((seat(&d), d.cell()), (before, Some("ここにいない人")));
}

#[test]
fn 地域課題は番号も欄もクリックで選べる() {
    let mut d = meeting("ctrl-g 7");
    assert_eq!(stands(&mut d, "地2"), (1, 0));
    let (row, field) = stands(&mut d, "対応策");
    assert!(row == 1 && field > 0);
    click_on(&mut d, "＋新しく", false);
    assert_eq!(seat(&d), (d.dossier().regional.len(), 0));
}

#[test]
fn ふり返りと次回の日と確かめはクリックで選べる() {
    let mut d = meeting("ctrl-g 8");
    let said = d.dossier().reflections_in_order().len();
    assert_eq!(stands(&mut d, "終わる前に"), (seat(&d).0, 0));
    let next = place_of(&d, "次回");
    click(&mut d, (next.0, next.1 + 1));
    assert_eq!(seat(&d), (said, 0));
    press(&mut d, (next.0, next.1 + 1), Press::Left);
    assert!(d.cell().is_some());
    d.keys("esc");
    let (x, y) = place_of(&d, "終わる前に");
    click(&mut d, (x, y + 1));
    assert_eq!(seat(&d), (said + 2, 0));
    let before = d.dossier().meeting.checked.len();
    press(&mut d, (x, y + 1), Press::Left);
    assert_ne!(d.dossier().meeting.checked.len(), before);
    click(&mut d, (3, 8));
    assert!(seat(&d).0 < said);
}

#[test]
fn 地域の画面の行はクリックで選びダブルクリックで開く() {
    let mut d = region("f7");
    let at = place_of(&d, "消防と医療が");
    click(&mut d, at);
    let row = seat(&d).0;
    assert!(row > 0 && d.model.place() == Place::Register);
    press(&mut d, at, Press::Left);
    assert_eq!((d.model.place(), d.model.region().unwrap().register.row), (Place::Issue, row));
    click_on(&mut d, "対応策", true);
    assert!(d.cell().is_some() && seat(&d).0 > 0);
    let mut d = region("f8");
    let before = seat(&d);
    click_on(&mut d, "＋ 枠を足す", true);
    assert!(seat(&d).0 == before.0 + 1 && d.cell().is_some());
}

/// Every place, at its beginning.
fn places() -> Vec<Driver> {
    let meetings = ["ctrl-o", "ctrl-u", "ctrl-g 1", "ctrl-g 6", "ctrl-g 7", "ctrl-g 8"].map(meeting);
    let regions = ["f7", "f7 enter", "f8", "f9", "f9 right*9", "f9 f3", "f9 f5"].map(region);
    meetings.into_iter().chain(regions).chain([opening()]).collect()
}

#[test]
fn どこをクリックしてもそこに見えているものが選ばれる() {
    for mut d in places() {
        let place = d.model.place();
        let mut moved = 0;
        for (x, y) in (0..40).flat_map(|y| (0..120).step_by(17).map(move |x| (x, y))) {
            let (before, stood) = (seen(&d), seat(&d));
            click(&mut d, (x, y));
            assert_eq!((d.model.place(), d.cell()), (place, None), "{x},{y}");
            let after = seen(&d);
            let words = |b: &Buffer| (3..32).map(|y| row(b, y).0).collect::<Vec<_>>();
            if seat(&d) == stood {
                continue;
            }
            moved += 1;
            // Where nothing opens or scrolls, it is the row under the mouse that looks another way now.
            let look = |b: &Buffer| (0..120).map(|x| b[(x, y)].style()).collect::<Vec<Style>>();
            assert!(words(&before) != words(&after) || look(&before) != look(&after), "{place:?} {x},{y}");
        }
        assert!(moved > 0, "{place:?}");
    }
}

#[test]
fn 狭い画面の書きかけの上をどうクリックしても止まらない() {
    for mut d in places() {
        d.send(Msg::Resize(80, 24));
        d.keys("down");
        for (x, y) in (0..24).flat_map(|y| (0..80).step_by(19).map(move |x| (x, y))) {
            d.typed("あ");
            press(&mut d, (x, y), Press::Left);
            press(&mut d, (x, y), Press::Left);
            seen(&d);
            press(&mut d, (x, y), if x % 2 == 0 { Press::ScrollDown } else { Press::ScrollUp });
        }
    }
}
