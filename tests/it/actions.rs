//! Every row of the table of actions, at every place it names: somebody does it, or says why not.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::collections::BTreeSet;

use crate::frames_region::year;
use crate::support::driver::Driver;
use crate::support::frame::picture;
use crate::support::other_keys::with_other_keys;
use jirei::command::{Command, Place, TABLE};
use jirei::ui::{Choice, Msg, Overlay};

/// Drivers standing at a place, where there is much to be done and where there is little.
pub fn standing(place: Place) -> Vec<Driver> {
    let mut all = if Place::ALL[1..8].contains(&place) { in_meeting(place) } else { outside(place) };
    for driver in &mut all {
        assert_eq!(driver.model.place(), place);
        driver.model.cx.notice.clear();
    }
    all
}

fn at(mut driver: Driver, keys: &str) -> Driver {
    driver.keys(keys);
    driver
}

/// A word that is being written.
const WRITING: &str = "「あい」 left";

fn in_meeting(place: Place) -> Vec<Driver> {
    let full = || Driver::with_map("生活\n  ごみ\n  !残薬 ◀\n    袋に3か月分\n  !1年で入院3回\n家族\n  長男");
    match place {
        Place::Info => vec![
            at(full(), "ctrl-o down"),
            at(full(), &format!("ctrl-o {WRITING}")),
            at(Driver::first_start(), "ctrl-n"),
        ],
        Place::People => vec![
            at(full(), "ctrl-u down"),
            at(full(), &format!("ctrl-u {WRITING}")),
            at(Driver::first_start(), "ctrl-n ctrl-u"),
        ],
        Place::Opening => vec![
            at(full(), "ctrl-g 1 down"),
            at(full(), &format!("ctrl-g 1 {WRITING}")),
            at(Driver::first_start(), "ctrl-n f6"),
        ],
        Place::Map => vec![
            at(full(), ""),
            at(full(), WRITING),
            at(full(), "down"),
            at(Driver::first_start(), "ctrl-n f6 ctrl-g 2"),
        ],
        Place::Plan => vec![
            at(full(), "ctrl-g 6 right 「配る」 enter esc up"),
            at(full(), &format!("ctrl-g 6 right {WRITING}")),
            at(full(), "ctrl-g 6 right 「配る」 enter esc down"),
        ],
        Place::Regional => vec![
            at(full(), "ctrl-g 7 「足がない」 tab esc"),
            at(full(), &format!("ctrl-g 7 {WRITING}")),
            at(full(), "ctrl-g 7"),
        ],
        Place::Closing => vec![
            at(full(), "ctrl-g 8 「よかった」 enter"),
            at(full(), &format!("ctrl-g 8 down {WRITING}")),
            at(full(), "ctrl-g 8 down*2"),
        ],
        _ => Vec::new(),
    }
}

fn outside(place: Place) -> Vec<Driver> {
    match place {
        Place::Home => vec![at(year(), "down"), at(Driver::first_start(), "")],
        Place::Register => {
            vec![at(year(), "f7 down"), at(year(), "f7 「様」"), at(Driver::first_start(), "f7")]
        }
        Place::Issue => vec![
            at(year(), "f7 down enter down"),
            at(year(), &format!("f7 enter {WRITING}")),
            at(year(), "f7 enter down*30"),
        ],
        Place::Year => {
            vec![at(year(), "f8 enter down right"), at(year(), "f8"), at(Driver::first_start(), "f8")]
        }
        Place::Review => {
            vec![at(year(), "f9 right"), at(year(), "f9 right down"), at(Driver::first_start(), "f9")]
        }
        Place::Decide => vec![
            at(year(), "f9 f5 pagedown down"),
            at(year(), &format!("f9 f5 {WRITING}")),
            at(Driver::first_start(), "f9 f5"),
        ],
        Place::Forms => vec![at(year(), "f9 f2 down right"), at(Driver::first_start(), "f9 f2")],
        _ => Vec::new(),
    }
}

/// All that an action may change.
fn state(driver: &Driver) -> String {
    let m = &driver.model;
    format!("{:?}{:?}{:?}{}{}{:?}", m.cx.notice, m.cx.over, m.cx.put_away, m.hidden, m.home.row, m.open)
}

/// Whether an action does or says anything; what is hindered says its reason and does nothing else.
fn is_taken(driver: &mut Driver, command: Command) -> bool {
    let why = driver.model.screen().hindrance(&driver.model.cx, command);
    let before = state(driver);
    let key = driver.model.cx.keymap.all(command)[0];
    let effects = driver.update(Msg::Key(key));
    if let Some(why) = why {
        assert_eq!(driver.notice(), why, "{command:?}");
        driver.model.cx.notice.clear();
        assert!(
            effects.is_empty() && state(driver) == before,
            "{command:?} says 「{why}」 and does something"
        );
        return true;
    }
    !effects.is_empty() || state(driver) != before
}

/// Every action of a place, in one of the ways of standing there.
fn all_are_taken(place: Place) {
    with_other_keys(|| {
        let mut left: BTreeSet<usize> =
            (0..TABLE.len()).filter(|i| TABLE[*i].places.contains(&place)).collect();
        for way in 0..standing(place).len() {
            let mut driver = standing(place).swap_remove(way);
            for row in left.clone() {
                let command = TABLE[row].command;
                let hindered = driver.model.screen().hindrance(&driver.model.cx, command).is_some();
                if is_taken(&mut driver, command) {
                    left.remove(&row);
                }
                if !hindered {
                    driver = standing(place).swap_remove(way);
                }
            }
        }
        let left: Vec<&str> = left.into_iter().map(|i| TABLE[i].id).collect();
        assert!(left.is_empty(), "nobody does {left:?} at {place:?}");
    });
}

macro_rules! places {
    ($($name:ident $place:ident),* $(,)?) => {
        #[test]
        fn どの場面もためされている() {
            assert_eq!([$(Place::$place),*], Place::ALL);
        }

        $(#[test]
        fn $name() {
            all_are_taken(Place::$place);
        })*
    };
}

places! {
    会議の一覧 Home,
    会議と事例のこと Info,
    参加者 People,
    導入 Opening,
    地図 Map,
    行動計画 Plan,
    地域課題 Regional,
    振り返り Closing,
    地域課題の一覧 Register,
    地域課題の一件 Issue,
    年間の計画 Year,
    年間の振り返り Review,
    一件ずつの話し合い Decide,
    振り返りの様式 Forms,
}

/// The list over the screen.
fn list(driver: &Driver) -> Vec<&Choice> {
    let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("no list") };
    chooser.shown()
}

/// What stands in it, with the notes.
fn listed(driver: &Driver) -> Vec<(String, String)> {
    list(driver).into_iter().map(|c| (c.label.clone(), c.note.clone())).collect()
}

/// The actions in it.
fn listed_actions(driver: &Driver) -> Vec<&'static str> {
    list(driver)
        .into_iter()
        .filter_map(|c| TABLE.iter().find(|row| c.wanted.is_some_and(|w| w.id() == row.id)))
        .map(|row| row.id)
        .collect()
}

#[test]
fn メニューには今できることだけが並ぶ() {
    for place in Place::ALL {
        for mut driver in standing(place) {
            let can: Vec<bool> = TABLE
                .iter()
                .map(|row| {
                    let types = driver.model.sheets().is_some_and(|screen| screen.types_space());
                    let keys = driver.model.cx.keymap.all_at(place, row.command);
                    let letter = types && keys.iter().any(|key| key.text() == Some(' '));
                    row.places.contains(&place)
                        && !letter
                        && driver.model.screen().hindrance(&driver.model.cx, row.command).is_none()
                })
                .collect();
            for key in ["f10", "ctrl-p"] {
                driver.keys(key);
                let listed = listed_actions(&driver);
                for (row, can) in TABLE.iter().zip(&can) {
                    let itself = matches!(row.command, Command::Menu | Command::Palette | Command::Back);
                    let there = listed.contains(&row.id);
                    assert_eq!(there, *can && !itself, "{} at {place:?}", row.id);
                }
                driver.keys("esc");
            }
        }
    }
}

#[test]
fn 使い方とメニューは今いる所でキーがすることを言う() {
    // The keys, and how the bar, the menu and the first page of the help name them.
    let ended = || Driver::case_a();
    let before = || {
        let mut driver = Driver::first_start();
        driver.keys("ctrl-n");
        driver
    };
    let last = || {
        let mut driver = Driver::with_map("生活 ◀");
        driver.keys("ctrl-g 8");
        driver
    };
    let starts: [(&dyn Fn() -> Driver, &str, &str, &str); 9] = [
        (&ended, "", "F6", "書き出す"),
        (&before, "", "F6", "はじめる"),
        (&last, "", "F6", "会議を終える"),
        (&ended, "ctrl-g 2", "PgDn", "次の大枝"),
        (&ended, "ctrl-b", "PgDn", "次のページ"),
        (&ended, "ctrl-b f8", "PgUp", "前の年度"),
        (&ended, "ctrl-b f9", "PgDn", "次の問い"),
        (&ended, "ctrl-b f7 enter", "PgUp", "前の課題"),
        (&ended, "ctrl-b f9 f5", "PgDn", "次の課題"),
    ];
    for (start, keys, key, word) in starts {
        let mut driver = start();
        driver.keys(keys);
        driver.keys("f10");
        let row = listed(&driver).into_iter().find(|(_, note)| note == key);
        assert_eq!(row.map(|(label, _)| label), Some(word.to_owned()), "{keys}");
        driver.keys("esc f1");
        let seen = picture(&driver, (120, 40));
        let other: &[&str] =
            if key == "F6" { &["次の段階へ"] } else { &["次の大枝", "前の大枝"] };
        assert!(other.iter().all(|other| *other == word || !seen.contains(other)), "{keys}: {seen}");
    }
    // What Enter does hangs on the line.
    for (keys, word) in [("", "直す"), ("「雪」", "次に足す")] {
        let mut driver = Driver::with_map("生活\n  残薬 ◀");
        driver.keys(keys);
        let bar = picture(&driver, (120, 40)).lines().next_back().unwrap_or_default().to_owned();
        driver.keys("f1");
        let first = picture(&driver, (120, 40));
        let names =
            |line: &str| line.split("  ").any(|part| part.trim().trim_start_matches("Enter").trim() == word);
        assert!(bar.contains(&format!("Enter {word}")), "{bar}");
        assert!(first.lines().any(|line| line.contains("Enter") && names(line)), "{first}");
    }
}

#[test]
fn 名前どおりにさがせばできないことも初めに出てわけを言う() {
    let rows =
        || TABLE.iter().filter(|r| !matches!(r.command, Command::Menu | Command::Palette | Command::Back));
    for mut driver in [Driver::first_start(), Driver::with_map("生活 ◀")] {
        for (row, key) in rows().flat_map(|row| ["f10", "ctrl-p"].map(|key| (row, key))) {
            driver.keys(key);
            driver.paste(row.title);
            assert_eq!(listed_actions(&driver)[0], row.id, "{key}");
            driver.keys("esc");
        }
    }
    let mut driver = Driver::first_start();
    driver.keys("f10 「会議を消す」 enter");
    assert!(!driver.model.hidden && driver.notice().contains("↑↓ で選んでから"), "{}", driver.notice());
}

#[test]
fn さがすとできないことはわけとともに出る() {
    let mut driver = Driver::with_map("生活 ◀");
    driver.keys("ctrl-p 「つなぐ」");
    let found = listed(&driver);
    assert_eq!(found[0].0, "原因と結果をつなぐ");
    assert!(found[0].1.contains("つなぐもとの課題を選んでください"), "{found:?}");
    driver.keys("enter");
    assert!(driver.model.cx.over.is_none() && driver.notice().contains("つなぐもとの課題を選んで"));
    driver.keys("ctrl-b ctrl-p 「つなぐ」");
    assert_eq!(listed(&driver)[0].1, "Enter、F8 でマップへ");
    driver.keys("enter");
    assert!(
        driver.notice().contains("「原因と結果をつなぐ」は、マップで使えます。Enter、続けて F8 で行けます。")
    );
    // What is chosen where it cannot be done says the way, and does nothing.
    let mut driver = Driver::with_map("生活 ◀");
    for (words, told) in [
        ("年間の計画", "地域の画面・会議の一覧で使えます。Ctrl+B で行けます。"),
        ("しぼりこむ", "地域課題の一覧で使えます。Ctrl+B、続けて F7 で行けます。"),
    ] {
        driver.keys(&format!("ctrl-p 「{words}」 enter"));
        assert!(driver.model.cx.over.is_none() && driver.notice().contains(told), "{}", driver.notice());
        assert_eq!(driver.model.place(), Place::Map);
    }
    // Of what fits about as well, what can be done comes first.
    let mut driver = Driver::with_map("生活\n  !残薬 ◀");
    driver.keys("ctrl-p 「地域課題」");
    let found = listed(&driver);
    let at = |title: &str| found.iter().position(|(label, _)| label == title);
    assert!(at("種類や問いを選ぶ") < at("マップから取り入れる"), "{found:?}");
    driver.keys("esc ctrl-p 「ぬぬぬぬ」");
    assert!(listed(&driver).is_empty());
}

#[test]
fn 見るだけのときは書く操作がわけを言う() {
    let mut driver = Driver::with_map("生活\n  !残薬 ◀\n    袋");
    driver.model.cx.look_only = true;
    for key in ["f2", "f4", "f7", "ctrl-w", "delete", "alt-right", "ctrl-z", "ctrl-t", "enter"] {
        driver.model.cx.notice.clear();
        driver.keys(key);
        assert!(driver.notice().starts_with("見るだけ") && driver.model.cx.over.is_none(), "{key}");
    }
    driver.keys("ctrl-f 「袋」 enter");
    assert!(driver.state().contains("袋 ◀"), "{}", driver.state());
}
