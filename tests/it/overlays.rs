//! What lies over the screen covers whole characters: no colour of what lies under it is left over in half of one.

use crate::support;

use jirei::layout::signs::Signs;
use jirei::ui::Msg;
use jirei::ui::draw::{Look, draw};
use jirei::ui::panes::panes;
use jirei::ui::theme::{Depth, Meaning, Palette, Theme};
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::Color;
use support::driver::Driver;

/// Odd widths as well: what stands in the middle then cuts other characters.
const SIZES: [(u16, u16); 3] = [(80, 24), (93, 31), (161, 45)];

/// The cells that have no colour of their own, and the right halves that do not look like their left ones.
fn torn(driver: &Driver, size: (u16, u16), palette: Palette) -> Vec<String> {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    let theme = Theme { palette, depth: Depth::True };
    draw(&mut frame, &driver.model, &Look { theme, signs: Signs::unicode() });
    let mut torn = Vec::new();
    for y in 0..size.1 {
        let mut x = 0;
        while x < size.0 {
            let cell = &frame[(x, y)];
            let wide = cell.cell_width().max(1);
            if cell.bg == Color::Reset {
                torn.push(format!("{x},{y} stands on nothing: {:?}", cell.symbol()));
            }
            for half in x + 1..(x + wide).min(size.0) {
                let right = &frame[(half, y)];
                // Where a window covers the right half, the character goes, and its cell has its own ground.
                if right.symbol() == " " && right.bg != cell.bg {
                    torn.push(format!("{half},{y} is no half of {:?}", cell.symbol()));
                }
            }
            // A window's edge in the right half is a cell like any other.
            x += if wide == 2 && x + 1 < size.0 && frame[(x + 1, y)].symbol() != " " { 1 } else { wide };
        }
    }
    torn
}

/// What a window leaves of characters that it cuts in two: a piece of a label that stands alone.
fn halves(driver: &mut Driver, size: (u16, u16), theme: Theme) -> Vec<String> {
    let shown = drawn(driver, size, theme);
    let over = driver.model.cx.over.take();
    let under = drawn(driver, size, theme);
    driver.model.cx.over = over;
    let ground = theme.style(Meaning::Text).bg.unwrap();
    let is_edge = |x: u16, y| shown.cell((x, y)).is_some_and(|cell| "│╭╮╰╯".contains(cell.symbol()));
    let alone = |x: u16, beside: Option<u16>, y: u16| {
        let cell = &shown[(x, y)];
        let has_kin = beside.and_then(|at| shown.cell((at, y))).is_none_or(|other| other.bg == cell.bg);
        cell.symbol() == " " && cell.bg == under[(x, y)].bg && cell.bg != ground && !has_kin
    };
    let wide = under.area.positions().filter(|at| under[*at].cell_width() == 2 && at.x + 1 < size.0);
    let cut = wide.filter(|at| shown[*at].symbol() != under[*at].symbol());
    let left = |x: u16, y| is_edge(x + 1, y) && alone(x, x.checked_sub(1), y);
    let right = |x: u16, y| is_edge(x, y) && alone(x + 1, Some(x + 2), y);
    let cut = cut.filter(|at| left(at.x, at.y) || right(at.x, at.y));
    cut.map(|at| format!("{at}: half of {:?}", under[at].symbol())).collect()
}

/// Where the windows of a frame stand, row by row: the row, and the columns of the two edges.
fn windows(frame: &Buffer, theme: Theme) -> Vec<(u16, u16, u16)> {
    let ground = theme.style(Meaning::Popup).bg.unwrap();
    let area = frame.area;
    let edges = |y: u16| {
        let edge = move |x: &u16| {
            let cell = &frame[(*x, y)];
            "│╭╮╰╯".contains(cell.symbol()) && cell.bg == ground
        };
        let found: Vec<u16> = (area.left()..area.right()).filter(edge).collect();
        Some((y, *found.first()?, *found.last()?))
    };
    (area.top()..area.bottom()).filter_map(edges).collect()
}

#[test]
fn 重なる窓の横に読めない切れはしは残らない() {
    let overlays =
        ["f1", "f10", "ctrl-p", "f9", "f3", "f4", "ctrl-e", "ctrl-e enter", "ctrl-x", "「@」", "「#」"];
    for (step, keys) in [2, 4, 6, 8].into_iter().flat_map(|step| overlays.map(|keys| (step, keys))) {
        let mut driver = Driver::case_a();
        driver.keys(&format!("ctrl-g {step} down {keys}"));
        for size in SIZES.into_iter().chain([(100, 30), (120, 40)]) {
            driver.send(Msg::Resize(size.0, size.1));
            for palette in [Palette::Dark, Palette::Light] {
                let theme = Theme { palette, depth: Depth::True };
                let frame = drawn(&driver, size, theme);
                let over = driver.model.cx.over.take();
                let under = over.is_some().then(|| drawn(&driver, size, theme));
                driver.model.cx.over = over;
                for (y, left, right) in windows(&frame, theme) {
                    let strips = [0..left, right + 1..size.0].into_iter().filter(|strip| strip.len() < 8);
                    let scraps: String = strips.flatten().map(|x| frame[(x, y)].symbol()).collect();
                    assert_eq!(scraps.trim(), "", "{step} {keys} {size:?}: {y}");
                    // What ends at the window ends there without it, too.
                    for (beside, edge) in [(left.wrapping_sub(1), left), (right + 1, right)] {
                        let is_word =
                            |cell: &Cell| !cell.symbol().trim().is_empty() && !is_line(cell.symbol());
                        let torn =
                            |under: &Buffer| under[(edge, y)].cell_width() > 0 && is_word(&under[(edge, y)]);
                        let stands = frame.cell((beside, y)).is_some_and(is_word);
                        assert!(!stands || !under.as_ref().is_some_and(torn), "{step} {keys} {size:?}: {y}");
                    }
                }
            }
        }
    }
}

fn is_line(symbol: &str) -> bool {
    symbol.chars().all(|c| ('\u{2500}'..'\u{2580}').contains(&c))
}

fn drawn(driver: &Driver, size: (u16, u16), theme: Theme) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    draw(&mut frame, &driver.model, &Look { theme, signs: Signs::unicode() });
    frame
}

#[test]
fn 候補の窓は一覧の横に選んだ行の残りを残さない() {
    for (step, keys) in
        [(1, "「@」"), (8, "「夜の見守りを」 enter 「#」"), (8, "「@」"), (8, "down*40 「＃」")]
    {
        let mut driver = Driver::case_a();
        driver.keys(&format!("ctrl-g {step} {keys}"));
        for size in SIZES {
            driver.send(Msg::Resize(size.0, size.1));
            for palette in [Palette::Dark, Palette::Light] {
                let theme = Theme { palette, depth: Depth::True };
                let frame = drawn(&driver, size, theme);
                let body = panes(size, driver.model.place(), false).body;
                for (y, left, right) in windows(&frame, theme) {
                    // The rule beside the list is its edge.
                    assert_eq!((left, right), (1, body.right()), "{step} {keys} {size:?}: {y}");
                }
            }
        }
    }
}

#[test]
fn 重なる窓は文字の半分を残さない() {
    let overlays = [
        "",
        "f1",
        "f10",
        "ctrl-p 「書き」",
        "f9",
        "f9 down*4",
        "f3",
        "f4",
        "ctrl-e",
        "ctrl-e enter",
        "ctrl-x",
        "ctrl-d",
        "「@」",
        "「#」",
        "ctrl-f 「て」",
    ];
    let on_steps = [1, 2, 4, 6, 7, 8].into_iter();
    let on_steps =
        on_steps.flat_map(|step| overlays.into_iter().map(move |keys| format!("ctrl-g {step} down {keys}")));
    // The list of meetings with its menu, the chart with its prompts and its menu.
    let elsewhere = ["ctrl-b", "ctrl-b f10", "ctrl-g 4 f12", "ctrl-g 4 f12 f9", "ctrl-g 4 f12 f10"];
    let mut found = Vec::new();
    for keys in on_steps.chain(elsewhere.map(str::to_owned)) {
        let mut driver = Driver::case_a();
        driver.keys(&keys);
        for size in SIZES {
            driver.send(Msg::Resize(size.0, size.1));
            for palette in [Palette::Dark, Palette::Light] {
                let mut torn = torn(&driver, size, palette);
                torn.extend(halves(&mut driver, size, Theme { palette, depth: Depth::True }));
                let first = torn.first();
                found.extend(first.map(|t| format!("{keys} {size:?} {palette:?}: {t} ({})", torn.len())));
            }
        }
    }
    assert!(found.is_empty(), "{} of them:\n{}", found.len(), found[..found.len().min(30)].join("\n"));
}
