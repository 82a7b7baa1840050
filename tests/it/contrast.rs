//! Every letter that is drawn can be read on what it stands on, whatever the terminal has of colours; and no colour says anything
//! alone.

use crate::support;

use std::collections::BTreeMap;

use jirei::layout::signs::Signs;
use jirei::ui::Msg;
use jirei::ui::draw::{Look, draw};
use jirei::ui::panes::panes;
use jirei::ui::theme::{Depth, Meaning, Palette, Theme};
use jirei::ui::wide;
use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::{Margin, Rect};
use ratatui::style::{Color, Modifier};
use support::colour::{VISIONS, contrast, delta, distance, lights, seen};
use support::driver::Driver;
use support::frame::picture;

use super::frames::SCREENS;
use super::frames_region::year;

/// Every palette that has colours, in every depth of them.
const COLOURED: [Theme; 6] = {
    const fn theme(palette: Palette, depth: Depth) -> Theme {
        Theme { palette, depth }
    }
    [
        theme(Palette::Dark, Depth::True),
        theme(Palette::Light, Depth::True),
        theme(Palette::Dark, Depth::Many),
        theme(Palette::Light, Depth::Many),
        theme(Palette::Dark, Depth::Sixteen),
        theme(Palette::Light, Depth::Sixteen),
    ]
};

fn drawn(driver: &Driver, size: (u16, u16), theme: Theme) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    draw(&mut frame, &driver.model, &Look { theme, signs: Signs::unicode() });
    wide::settle(&mut frame);
    frame
}

/// Screens that no picture is taken of, but where something loud is said or something of its own is coloured.
const MORE: [&str; 9] = [
    "ctrl-g 4 ctrl-f 「て」 down",
    "ctrl-g 4 ctrl-f 「⑮」 enter f7 space",
    "ctrl-g 2 「@消防署 むかえに来る人がいない」 enter",
    "ctrl-g 6 tab*2 「2月30日」 enter",
    "ctrl-g 8 「#どこにもない問い ことば」 enter",
    "ctrl-g 2 「>@宇宙飛行士 田中さんの夜の薬」 enter enter",
    "ctrl-g 4 f12 down*3",
    "ctrl-g 3 「!夜の船がない」",
    "ctrl-s",
];

/// Stands before each screen at each size.
fn everywhere(mut look: impl FnMut(&str, &Driver, (u16, u16))) {
    let mut at = |name: &str, driver: &mut Driver| {
        for size in [(80, 24), (120, 40)] {
            driver.send(Msg::Resize(size.0, size.1));
            look(&format!("{name} {}x{}", size.0, size.1), driver, size);
        }
    };
    SCREENS.iter().for_each(|screens| screens(&mut at));
    for keys in MORE {
        let mut driver = Driver::case_a();
        driver.keys(keys);
        at(keys, &mut driver);
    }
    let mut driver = Driver::case_a();
    driver.full = true;
    driver.keys("ctrl-g 3 「!夜の船がない」 enter");
    at("full", &mut driver);
}

/// Lines, and what bars are made of: they are seen, and not read.
fn is_line(cell: &Cell) -> bool {
    cell.symbol().chars().all(|c| ('\u{2500}'..'\u{25a0}').contains(&c))
}

#[test]
fn 描いた文字はどれも地の上で読める() {
    // The least of all, of letters and of lines, by theme.
    let mut least: BTreeMap<String, [(f64, String); 2]> = BTreeMap::new();
    everywhere(|name, driver, size| {
        for theme in COLOURED {
            let frame = drawn(driver, size, theme);
            let least = least
                .entry(format!("{:?} {:?}", theme.palette, theme.depth))
                .or_insert([(); 2].map(|()| (f64::INFINITY, String::new())));
            for at in frame.area.positions() {
                let cell = &frame[at];
                // Nothing stands on a ground of the terminal's own, not even a blank.
                assert!(cell.bg != Color::Reset, "{name} {theme:?} {at}: {:?}", cell.symbol());
                if cell.symbol().trim().is_empty() {
                    continue;
                }
                let bold = cell.modifier.contains(Modifier::BOLD);
                let contrast = contrast(cell.fg, cell.bg, bold);
                let least = &mut least[usize::from(is_line(cell))];
                if contrast < least.0 {
                    *least =
                        (contrast, format!("{name} {at} {:?}: {} on {}", cell.symbol(), cell.fg, cell.bg));
                }
            }
        }
    });
    let enough = |theme: &str| if theme.ends_with("Sixteen") { [4.5, 3.0] } else { [7.0, 3.0] };
    let low = least.iter().filter(|(theme, found)| (0..2).any(|i| found[i].0 < enough(theme)[i]));
    let low: Vec<_> = low.collect();
    assert!(low.is_empty(), "{low:#?}");
}

/// Signs that say something where they stand, in whatever colour: those of kinds and states, numbers in a ring, a warning.
fn is_sign(symbol: &str) -> bool {
    symbol.chars().any(|c| "♥★？→【】✓▶●○×▲◎⇒▌".contains(c) || ('\u{2460}'..='\u{32bf}').contains(&c))
}

/// What is said in a colour is said by a sign beside it, too, or by how the letters are drawn.
#[test]
fn 色だけで言うことはない() {
    let (dark, mono) = (COLOURED[0], Theme { palette: Palette::Mono, depth: Depth::None });
    let plain = [Meaning::Text, Meaning::Quiet, Meaning::Rule].map(|meaning| dark.style(meaning).fg.unwrap());
    let mut alone = BTreeMap::new();
    everywhere(|name, driver, size| {
        let [coloured, without] = [dark, mono].map(|theme| drawn(driver, size, theme));
        for row in coloured.area.rows() {
            let cells: Vec<_> = row.positions().map(|at| (&coloured[at], &without[at])).collect();
            let mut from = 0;
            for run in cells.chunk_by(|(a, _), (b, _)| a.fg == b.fg) {
                let (start, end) = (from, from + run.len());
                from = end;
                if plain.contains(&run[0].0.fg)
                    || run.iter().all(|(cell, _)| is_line(cell) || cell.symbol() == " ")
                {
                    continue;
                }
                let around = &cells[start.saturating_sub(3)..(end + 3).min(cells.len())];
                let signed = around.iter().any(|(cell, _)| is_sign(cell.symbol()));
                let drawn = run.iter().any(|(_, cell)| !cell.modifier.is_empty());
                if !signed && !drawn {
                    let words: String = run.iter().map(|(cell, _)| cell.symbol()).collect();
                    alone.insert(words, name.to_owned());
                }
            }
        }
    });
    assert!(alone.is_empty(), "{alone:#?}");
}

/// What stands side by side, means something else, and has a colour for it; with the sign or word beside each.
fn told_apart() -> Vec<(&'static str, Vec<(Meaning, &'static str)>)> {
    use Meaning::*;
    let signs = Signs::unicode();
    let kinds = |meaning: fn(jirei::domain::Kind) -> Meaning| {
        jirei::domain::Kind::ALL.into_iter().map(move |kind| (meaning(kind), signs.kind(kind))).collect()
    };
    let branches =
        ["本人", "生活", "家族", "住まい", "健康・医療", "経済", "サービス・制度", "地域・つながり"];
    vec![
        ("枝の印", kinds(Kind)),
        ("枝のことば", kinds(Said)),
        ("大枝", branches.into_iter().enumerate().map(|(i, title)| (Branch(i), title)).collect()),
        (
            "段階",
            vec![(Saved, signs.saved), (CurrentStep, signs.current), (Quiet, signs.skipped), (Quiet, "④")],
        ),
        ("さがした枝", vec![(Selected, ""), (Hit, ""), (Text, ""), (Marked, "")]),
        ("保存", vec![(Saved, "保存済み ✓"), (Error, "未保存"), (Warning, "（控え"), (Quiet, "保存中")]),
        ("済みの印", vec![(Saved, signs.saved), (Quiet, "")]),
        ("期限", vec![(Warning, "過ぎ"), (Text, "")]),
    ]
}

#[test]
fn 色が見分けにくくても印かことばか形で見分けられる() {
    let (mut together, mut alone) = (0, Vec::new());
    for theme in COLOURED {
        let ground = theme.style(Meaning::Text).bg;
        for (place, all) in told_apart() {
            let looks = all.iter().map(|(meaning, sign)| (theme.style(*meaning), *sign, *meaning));
            let looks: Vec<_> = looks.collect();
            for (i, (a, sign_a, one)) in looks.iter().enumerate() {
                for (b, sign_b, other) in &looks[..i] {
                    let alike = |a: Option<Color>, b: Option<Color>, matrix| {
                        let [a, b] = [a, b].map(|colour| lights(colour.unwrap(), false));
                        let distances =
                            a.iter().zip(&b).map(|(a, b)| distance(&seen(a, matrix), &seen(b, matrix)));
                        distances.fold(f64::INFINITY, f64::min) < 10.0
                    };
                    for (vision, matrix) in &VISIONS {
                        let grounds = alike(a.bg.or(ground), b.bg.or(ground), matrix);
                        if !grounds || !alike(a.fg, b.fg, matrix) {
                            continue;
                        }
                        together += 1;
                        if sign_a == sign_b && a.add_modifier == b.add_modifier {
                            alone.push(format!("{theme:?} {place} {vision}: {one:?} {other:?}"));
                        }
                    }
                }
            }
        }
        // A projector without colours shows which hit is at hand.
        let [here, there] =
            [Meaning::Selected, Meaning::Text].map(|meaning| theme.style(meaning).bg.unwrap());
        assert!(contrast(here, there, false) >= 3.0, "{theme:?}");
    }
    assert!(together > 100, "{together}: the signs are needed");
    assert!(alone.is_empty(), "{alone:#?}");
}

#[test]
fn 済んだ段階ととばした段階とこれからの段階は別の印を持つ() {
    for (longer, size, steps) in [
        ("", 120, "✓ 導入 ✓ 聞き取り - 質問 ✓ 課題の分析 ▶ ⑤ 支援策 ⑥ 行動計画 ⑦ 地域課題 ⑧ 振り返り"),
        ("", 80, "✓ 導入 ✓ 聞き取り - 質問 ✓ 課題の分析 ▶ 支援策 ⑥ 行動計画 ⑦ 地域課題 ⑧ 振り返り"),
        ("（島）", 80, "✓① ✓② -③ ✓ 課題の分析（島） ▶ ⑤ 支援策（島） ⑥ 行動計画（島） ⑦ ⑧"),
    ] {
        let mut dossier = jirei::export::sample::case_a().unwrap();
        dossier.meeting.steps.iter_mut().for_each(|step| step.title += longer);
        dossier.progress.step = 4;
        dossier.progress.spent = vec![300, 600, 0, 600, 60, 0, 0, 0];
        let driver = Driver::with(dossier);
        let frame = drawn(&driver, (size, 24), COLOURED[0]);
        let (mut rail, mut x) = (String::new(), 0);
        while x < size {
            rail += frame[(x, 1)].symbol();
            x += frame[(x, 1)].cell_width().max(1);
        }
        let rail: Vec<&str> = rail.split_whitespace().collect();
        assert_eq!(rail.join(" "), steps);
    }
}

#[test]
fn 色がなければ太い字に線は引かれない() {
    let mono = Theme { palette: Palette::Mono, depth: Depth::None };
    let centre = mono.style(Meaning::Centre).add_modifier;
    let mut blots = BTreeMap::new();
    everywhere(|name, driver, size| {
        let frame = drawn(driver, size, mono);
        let both = Modifier::BOLD | Modifier::UNDERLINED;
        let blot = |cell: &&Cell| cell.modifier.contains(both) && cell.modifier != centre;
        let letters: String = frame.content.iter().filter(blot).map(|cell| cell.symbol()).collect();
        // What has brackets of its own fills up where it is bold.
        let closed = |cell: &&Cell| cell.modifier.contains(Modifier::BOLD) && "【】".contains(cell.symbol());
        let closed: String = frame.content.iter().filter(closed).map(|cell| cell.symbol()).collect();
        if !letters.is_empty() || !closed.is_empty() {
            blots.insert(name.to_owned(), letters + &closed);
        }
    });
    assert!(blots.is_empty(), "{blots:#?}");
}

#[test]
fn 表の縞は行のはじめから終わりまで一色() {
    for theme in COLOURED.into_iter().filter(Theme::has_stripes) {
        for (start, keys) in [
            (Driver::case_a as fn() -> Driver, "ctrl-g 6 down down"),
            (Driver::case_a, "ctrl-g 6 down right enter"),
            (year, "f7 down"),
            (year, "f8 enter down right"),
            (year, "f9 f2 down right"),
        ] {
            let mut driver = start();
            driver.send(Msg::Resize(120, 40));
            driver.keys(keys);
            let (frame, body) =
                (drawn(&driver, (120, 40), theme), panes((120, 40), driver.model.place(), false).body);
            // Where one stands has a ground of its own; so has what is offered there.
            let own =
                [Meaning::Selected, Meaning::Open, Meaning::Popup].map(|own| theme.style(own).bg.unwrap());
            for row in body.inner(Margin::new(1, 0)).rows() {
                let mut grounds: Vec<_> = row.positions().map(|at| frame[at].bg).collect();
                grounds.retain(|ground| !own.contains(ground));
                grounds.dedup();
                assert!(
                    grounds.len() <= 1,
                    "{keys} {theme:?} {row} {grounds:?}\n{}",
                    picture(&driver, (120, 40))
                );
            }
        }
    }
}

/// The measures themselves, on what is known of them.
#[test]
fn 物差しが正しい() {
    assert!((contrast(Color::Rgb(0, 0, 0), Color::Rgb(255, 255, 255), false) - 21.0).abs() < 0.01);
    assert!((contrast(Color::Indexed(16), Color::Indexed(231), false) - 21.0).abs() < 0.01);
    // Bold black is grey somewhere.
    assert!(contrast(Color::Black, Color::White, true) < contrast(Color::Black, Color::White, false));
    // Pairs of Sharma, Wu and Dalal.
    for (one, other, expected) in [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373),
        ([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082),
    ] {
        assert!((delta(one, other) - expected).abs() < 0.0001, "{expected} {}", delta(one, other));
    }
    // Red and green fall together for those who lack green cones, and blue and yellow never do for them.
    let [red, green, blue, yellow] = [[0.4, 0.1, 0.0], [0.15, 0.2, 0.0], [0.0, 0.1, 0.6], [0.7, 0.6, 0.0]]
        .map(|c| seen(&c, &VISIONS[2].1));
    assert!(distance(&red, &green) < 10.0 && distance(&blue, &yellow) > 40.0);
}
