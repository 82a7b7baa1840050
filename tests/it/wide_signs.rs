//! On a terminal that gives signs such as ① and → two cells: people's own words keep every letter there, on every screen,
//! and the cursor stands where one types.

use crate::support;

use jirei::domain::Dossier;
use jirei::export::json;
use jirei::layout::measure::{Ambiguous, grapheme_width, is_wider, width};
use jirei::layout::signs::Signs;
use jirei::ui::draw::{Look, draw};
use jirei::ui::theme::Theme;
use jirei::ui::{Effect, Msg, wide};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use support::driver::Driver;
use support::frame::SIZES;

use super::frames::SCREENS;

/// The sample, with signs all through its words.
fn signed() -> Dossier {
    let case = jirei::export::sample::case_a().unwrap();
    let signs = [("の", "②の"), ("が", "が→"), ("い", "い…"), ("人", "※人"), ("薬", "★薬é")];
    let words = json::render(&case, &Default::default()).unwrap();
    let words =
        signs.iter().fold(String::from_utf8(words).unwrap(), |words, (from, to)| words.replace(from, to));
    json::read(words.as_bytes()).unwrap()
}

fn drawn(driver: &Driver, size: (u16, u16)) -> (Buffer, Option<Position>) {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let look = Look { theme: Theme::default(), signs: driver.model.cx.marks };
    let cursor = draw(&mut frame, &driver.model, &look);
    (frame, cursor)
}

/// The signs that lie over what stands beside them.
fn torn(driver: &mut Driver) -> Vec<String> {
    let mut torn = Vec::new();
    for size in SIZES {
        driver.send(Msg::Resize(size.0, size.1));
        let (frame, _) = drawn(driver, size);
        let mut settled = frame.clone();
        wide::settle(&mut settled);
        for at in frame.area.positions().filter(|at| is_wider(frame[*at].symbol())) {
            if settled[at].symbol() != frame[at].symbol() {
                let row: String = (0..size.0).map(|x| frame[(x, at.y)].symbol()).collect();
                torn.push(format!("{size:?} {at}: {} in {row}", frame[at].symbol()));
            }
        }
    }
    torn
}

fn wide_terminal(driver: &mut Driver) {
    driver.send(Msg::Signs(Ambiguous::Wide));
}

#[test]
fn どの画面でも_全角の記号は隣の字にかからない() {
    let mut found = Vec::new();
    for screens in SCREENS {
        screens(&mut |name, driver| {
            wide_terminal(driver);
            found.extend(torn(driver).into_iter().map(|torn| format!("{name}: {torn}")));
        });
    }
    assert!(found.is_empty(), "{}:\n{}", found.len(), found[..found.len().min(30)].join("\n"));
}

#[test]
fn 記号の入ったことばも_どの段階でも欠けない() {
    let keys = [
        "",
        "f1",
        "f10",
        "ctrl-p 「書き」",
        "f9",
        "f3",
        "f4",
        "f8",
        "f12",
        "ctrl-e",
        "ctrl-x",
        "「@」",
        "「#」",
        "ctrl-f 「い…」",
    ];
    let mut found = Vec::new();
    for step in 1..=8 {
        for keys in keys {
            let mut driver = Driver::with(signed());
            wide_terminal(&mut driver);
            driver.keys(&format!("ctrl-g {step} down {keys}"));
            found.extend(torn(&mut driver).into_iter().map(|torn| format!("{step} {keys}: {torn}")));
        }
    }
    assert!(found.is_empty(), "{}:\n{}", found.len(), found[..found.len().min(30)].join("\n"));
}

/// The graphemes of a row as the terminal shows them.
fn row(frame: &Buffer, y: u16) -> String {
    let (mut words, mut x) = (String::new(), 0);
    while let Some(cell) = frame.cell((x, y)) {
        words.push_str(cell.symbol());
        x += grapheme_width(cell.symbol()).max(1) as u16;
    }
    words
}

#[test]
fn 打っている所にカーソルが立つ() {
    let mut driver = Driver::case_a();
    wide_terminal(&mut driver);
    driver.keys("ctrl-g 3");
    driver.typed("独居②人目→薬★");
    let (frame, cursor) = drawn(&driver, (120, 40));
    let cursor = cursor.unwrap();
    let before = row(&frame, cursor.y);
    assert!(before.contains("独居②人目→薬★"), "{before}");
    let (before, _) = before.split_once("薬★").unwrap();
    assert_eq!(usize::from(cursor.x), width(before) + width("薬★"));
    driver.key("enter");
    let (frame, _) = drawn(&driver, (120, 40));
    let map: Vec<String> = (0..30).map(|y| row(&frame, y)).collect();
    assert!(map.iter().any(|row| row.contains("独居②人目→薬★")), "{map:#?}");
}

#[test]
fn 答えがあとから来ても_地図は測り直される() {
    let mut early = Driver::with(signed());
    wide_terminal(&mut early);
    early.keys("ctrl-g 3");
    let mut late = Driver::with(signed());
    late.keys("ctrl-g 3");
    wide_terminal(&mut late);
    late.send(Msg::Resize(120, 40));
    early.send(Msg::Resize(120, 40));
    assert_eq!(drawn(&early, (120, 40)).0, drawn(&late, (120, 40)).0);
    assert_eq!(late.model.cx.marks, Signs::on(Ambiguous::Wide));
}

#[test]
fn 渡すファイルは端末によらない() {
    let files = |terminal| {
        let mut driver = Driver::with(signed());
        driver.send(Msg::Signs(terminal));
        for row in 1..=9 {
            driver.keys(&format!("ctrl-e {row} enter enter"));
        }
        let bytes = driver.given.iter().filter_map(|effect| match effect {
            Effect::Write { name, bytes, .. } => Some((name.clone(), bytes.clone())),
            _ => None,
        });
        bytes.collect::<Vec<_>>()
    };
    let (narrow, wide) = (files(Ambiguous::Narrow), files(Ambiguous::Wide));
    assert!(
        narrow.iter().any(|(name, _)| name.ends_with("svg")),
        "{:?}",
        narrow.iter().map(|f| &f.0).collect::<Vec<_>>()
    );
    for (a, b) in narrow.iter().zip(&wide) {
        assert!(a == b, "{} differs", a.0);
    }
    assert_eq!(narrow.len(), wide.len());
}
