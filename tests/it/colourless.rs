//! What colours tell is told without them, too: the field that is open, where a row ends, which of the hits is at hand, what is
//! only being typed.

use crate::support;

use jirei::domain::Kind;
use jirei::layout::measure::graphemes;
use jirei::layout::signs::Signs;
use jirei::ui::Msg;
use jirei::ui::draw::{Look, draw};
use jirei::ui::panes::panes;
use jirei::ui::theme::{Depth, Meaning, Palette, Theme};
use jirei::ui::wide;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use support::driver::{Driver, plan};
use support::frame::picture;
use support::region::region;

const SMALL: (u16, u16) = (80, 24);
const WALL: (u16, u16) = (120, 40);

const MONO: Theme = Theme { palette: Palette::Mono, depth: Depth::None };
const DARK: Theme = Theme { palette: Palette::Dark, depth: Depth::True };

/// Where something begins.
type Start<'a> = &'a dyn Fn() -> Driver;

fn drawn(driver: &Driver, size: (u16, u16), theme: Theme) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    draw(&mut frame, &driver.model, &Look { theme, signs: Signs::unicode() });
    wide::settle(&mut frame);
    frame
}

/// The cells of what stands between the rules: not the line one types in.
fn inside(driver: &Driver, size: (u16, u16)) -> impl Iterator<Item = Position> {
    let panes = panes(size, driver.model.place(), false);
    panes.body.union(panes.side).positions()
}

/// Where words stand in a part of a frame.
fn find(frame: &Buffer, words: &str, area: Rect) -> Option<Position> {
    area.positions().find(|at| {
        let mut x = at.x;
        graphemes(words).all(|(_, letter, cells)| {
            let here = x;
            x += cells as u16;
            frame.cell((here, at.y)).is_some_and(|cell| cell.symbol() == letter)
        })
    })
}

/// A town with regional issues.
fn town() -> Driver {
    region(&[("2026-04-16", &["夜の渡し船がない", "冬の灯油を買いに行けない"])])
}

#[test]
fn 色がなくても書いている欄はほかのどの欄とも違って見える() {
    let case: Start = &Driver::case_a;
    let places: [(Start, &str, (u16, u16)); 11] = [
        (&plan, "tab 「船の時刻表を貼る」", WALL),
        (&plan, "tab 「船の時刻表を貼る」 tab", WALL),
        (&plan, "tab 「船の時刻表を貼る」 tab", SMALL),
        (case, "ctrl-g 6 up*20 down right enter", WALL),
        (case, "ctrl-g 6 up*20 tab tab tab enter", (200, 60)),
        (case, "ctrl-g 7 down enter", WALL),
        (case, "ctrl-g 8 ctrl-d", SMALL),
        (case, "ctrl-o down down enter", WALL),
        (&town, "f9 f2 tab 「渡し場の灯り」", SMALL),
        (&town, "f9 f2 down right enter", WALL),
        (&town, "f8 down tab tab 「組合の寄り合い」", SMALL),
    ];
    for (start, keys, size) in places {
        let mut d = start();
        d.send(Msg::Resize(size.0, size.1));
        d.keys(keys);
        assert!(d.cell().is_some(), "{keys} {size:?}\n{}", picture(&d, size));
        // Over its whole width, and nothing else, as it is with colours.
        let cells = |frame: Buffer, is: &dyn Fn(&Cell) -> bool| -> Vec<Position> {
            // What a wide character covers is drawn as that is.
            let covered = |at: &Position| at.x > 0 && frame[(at.x - 1, at.y)].cell_width() > 1;
            inside(&d, size).filter(|at| !covered(at) && is(&frame[*at])).collect()
        };
        // Of sixteen colours no other ground is its own in a table; windows have that of the words.
        let sixteen = Theme { depth: Depth::Sixteen, ..DARK };
        let [ground, mono] = [sixteen, MONO].map(|theme| theme.style(Meaning::Open));
        let raised = cells(drawn(&d, size, sixteen), &|cell| Some(cell.bg) == ground.bg);
        let open = cells(drawn(&d, size, MONO), &|cell| cell.modifier.contains(mono.add_modifier));
        assert!(!raised.is_empty() && open == raised, "{keys} {size:?}\n{}", picture(&d, size));
    }
}

#[test]
fn 色がなければ今いる行は余白の印で分かる() {
    let places: [(Start, &str, &str); 3] = [
        (&plan, "tab 「船の時刻表を貼る」", "船の時刻表"),
        (&town, "f9 f2 down right", "入退院支援"),
        (&town, "f8 down 「5/7」 enter", "5/7(木)"),
    ];
    for (start, keys, words) in places {
        let mut d = start();
        d.keys(keys);
        let marks = |frame: Buffer, body: Rect| -> Vec<u16> {
            body.rows().filter(|row| frame[(0, row.y)].symbol() == "▌").map(|row| row.y).collect()
        };
        let body = panes(WALL, d.model.place(), false).body;
        let frame = drawn(&d, WALL, MONO);
        let row =
            find(&frame, words, frame.area).unwrap_or_else(|| panic!("{keys}\n{}", picture(&d, WALL))).y;
        assert!(marks(frame, body).contains(&row), "{keys}\n{}", picture(&d, WALL));
        assert!(marks(drawn(&d, WALL, DARK), body).is_empty());
    }
}

#[test]
fn 色がなければ表の行は線で分かれる() {
    for (at, keys, heads) in [
        ("行動計画", "ctrl-g 6 up*20", vec!["⑨", "⑩", "⑭", "＋"]),
        ("様式", "f9 f2 pagedown", vec!["(イ)", "(ウ)"]),
    ] {
        let (mut d, size) = if at == "様式" { (town(), SMALL) } else { (Driver::case_a(), WALL) };
        d.send(Msg::Resize(size.0, size.1));
        d.keys(keys);
        let body = panes(size, d.model.place(), false).body;
        let lines = |frame: &Buffer| -> Vec<u16> {
            // Up to the end of the table: the last column but one.
            let lined = |row: &Rect| {
                let cells = (row.x + 1..row.right() - 3)
                    .filter(|x| !frame[(*x, row.y)].modifier.contains(Modifier::REVERSED));
                cells.map(|x| &frame[(x, row.y)]).all(|cell| cell.modifier.contains(Modifier::UNDERLINED))
            };
            body.rows().filter(lined).map(|row| row.y).collect()
        };
        let frame = drawn(&d, size, MONO);
        for head in heads {
            let y = find(&frame, head, body).unwrap_or_else(|| panic!("{head}\n{}", picture(&d, size))).y;
            assert!(lines(&frame).contains(&(y - 1)), "{head} {:?}\n{}", lines(&frame), picture(&d, size));
        }
        // With grounds of their own they need none.
        assert!(lines(&drawn(&d, size, DARK)).is_empty());
        let sixteen = Theme { depth: Depth::Sixteen, ..DARK };
        assert_eq!(lines(&drawn(&d, size, sixteen)), lines(&frame));
    }
}

#[test]
fn さがしたもののうち今いる所だけが塗られる() {
    let themes = [Palette::Dark, Palette::Light, Palette::Mono].into_iter().flat_map(|palette| {
        [Depth::True, Depth::Many, Depth::Sixteen, Depth::None].map(|depth| Theme { palette, depth })
    });
    for theme in themes {
        let mut d = Driver::with_map(
            "生活\n  渡し船は朝だけ\n    !渡し場まで歩けない\n  冬の灯油 ◀\n地域・つながり\n  渡しの当番は隣の人",
        );
        d.keys("ctrl-f 「渡し」 down");
        assert!(picture(&d, WALL).contains("3か所のうち 2番め"), "{}", picture(&d, WALL));
        let frame = drawn(&d, WALL, theme);
        let seen = ["渡し船は朝だけ", "渡し場まで歩けない", "渡しの当番は隣の人"].map(|words| {
            let cell = &frame
                [find(&frame, words, frame.area).unwrap_or_else(|| panic!("{words}\n{}", picture(&d, WALL)))];
            let filled = theme.style(Meaning::Text).bg.is_some_and(|ground| ground != cell.bg);
            (filled || cell.modifier.contains(Modifier::REVERSED), cell.modifier)
        });
        let here: Vec<_> = seen.iter().filter(|(filled, _)| *filled).collect();
        let others: Vec<_> = seen.iter().filter(|(filled, _)| !*filled).collect();
        assert_eq!((here.len(), others.len()), (1, 2), "{theme:?} {seen:?}");
        for (_, modifier) in others {
            assert_eq!(*modifier, Modifier::UNDERLINED, "{theme:?}");
            assert_ne!(*modifier, here[0].1, "{theme:?}");
        }
    }
}

#[test]
fn 打ちかけの枝には種類の印が付き_まだないものと分かる() {
    let cases = [
        ("？船はいつ止まる", "？船はいつ止まる", "船はいつ止まる？"),
        ("*島を出たくない", "♥ 島を出たくない", "島を出たくない♥"),
        ("+網の手入れは今もする", "★ 網の手入れは今もする", "網の手入れは今もする★"),
        (">港まで荷車で送る", "→ 港まで荷車で送る", "港まで荷車で送る→"),
        ("!夜の船がない", "③ 夜の船がない", "夜の船がない③"),
    ];
    for (typed, right, left) in cases {
        let mut d =
            Driver::with_map("生活\n  !薬が余る\n  !風呂に入らない ◀\n地域・つながり\n  組合の寄り合い");
        for branch in ["生活", "地域・つながり"] {
            d.keys(&format!("「＃{branch} {typed}」"));
            let frame = drawn(&d, WALL, MONO);
            let body = Rect { height: 33, ..frame.area };
            let words = [right, left].into_iter().find_map(|words| Some((words, find(&frame, words, body)?)));
            let (words, at) = words.unwrap_or_else(|| panic!("{typed}\n{}", picture(&d, WALL)));
            let cells = graphemes(words).map(|(.., cells)| cells).sum::<usize>() as u16;
            for x in at.x..at.x + cells {
                let modifier = frame[(x, at.y)].modifier;
                assert!(modifier.contains(Modifier::UNDERLINED), "{typed} {x}");
            }
            // It stands there when it is entered.
            d.keys("enter up");
            let frame = drawn(&d, WALL, MONO);
            assert_eq!(find(&frame, words, frame.area), Some(at), "{typed}\n{}", picture(&d, WALL));
            assert!(!frame[at].modifier.contains(Modifier::UNDERLINED), "{typed}");
            d.keys("ctrl-z");
        }
    }
}

#[test]
fn 読みあげる文は色がなければ見出しだけが太い() {
    let mut d = Driver::case_a();
    d.send(Msg::Resize(SMALL.0, SMALL.1));
    d.keys("ctrl-g 4 ctrl-x");
    let frame = drawn(&d, SMALL, MONO);
    let body = Rect { y: 4, height: 17, ..frame.area };
    let rows: Vec<(bool, bool)> = body
        .rows()
        .map(|row| {
            let mut cells = row.positions().map(|at| &frame[at]).filter(|cell| cell.symbol() != " ");
            let heading = frame[(4, row.y)].symbol() != " ";
            (heading, cells.any(|cell| cell.modifier.contains(Modifier::BOLD)))
        })
        .collect();
    assert!(rows.iter().filter(|(heading, _)| *heading).count() > 1, "{}", picture(&d, SMALL));
    assert!(rows.iter().all(|(heading, bold)| heading == bold), "{rows:?}\n{}", picture(&d, SMALL));
}

#[test]
fn 色がなければ棒は選んだものの塊とつながらない() {
    let case: Start = &Driver::case_a;
    for (start, keys) in [(case, "ctrl-g 3"), (case, "ctrl-left left"), (&town as Start, "f9")] {
        let mut d = start();
        d.keys(keys);
        for (theme, sign, other) in [(MONO, "━", "▇"), (DARK, "▇", "━")] {
            let frame = drawn(&d, WALL, theme);
            let has = |sign| frame.content.iter().any(|cell| cell.symbol() == sign);
            assert!(has(sign) && !has(other), "{keys} {theme:?}\n{}", picture(&d, WALL));
        }
    }
}

#[test]
fn 番号と札は太い字でつぶれない() {
    for meaning in [Meaning::Kind(Kind::Issue), Meaning::IssueLabel, Meaning::CurrentStep] {
        assert!(!MONO.style(meaning).add_modifier.contains(Modifier::BOLD), "{meaning:?}");
    }
}
