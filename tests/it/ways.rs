//! The ways that are said to whoever looks for an action that cannot be done here: who presses the keys comes where it can.

use std::collections::{BTreeMap, BTreeSet};

use crate::frames_region::year;
use crate::support::driver::Driver;
use crate::support::frame::picture;
use jirei::command::{Place, Row};
use jirei::domain::Step;
use jirei::format::Format;
use jirei::ui::home::HomeItem;
use jirei::ui::{Msg, Overlay, Pick, Wanted};

const SMALL: (u16, u16) = (80, 24);

/// The ways of meeting there are, and some that a town may have.
fn formats() -> Vec<Format> {
    let mut formats = jirei::format::builtin();
    let first = formats[0].clone();
    let without = |title: &str, left: fn(Step) -> bool| {
        let steps = first.steps.iter().filter(|s| left(s.step)).cloned().collect();
        Format { key: title.to_owned(), title: title.to_owned(), steps, ..first.clone() }
    };
    formats.push(without("個人の計画まで", |step| !matches!(step, Step::Regional | Step::Closing)));
    formats.push(without("マップのない会", |step| !step.shows_map()));
    formats.push(without("いきなり聞く会", |step| step != Step::Opening));
    formats
}

/// The screens of its steps.
fn screens(format: &Format) -> BTreeSet<String> {
    format.steps.iter().map(|s| format!("{:?}", Place::of(s.step))).collect()
}

fn met(format: &Format, keys: &str) -> Driver {
    let mut driver = Driver::first_start();
    driver.model.cx.formats.insert(0, format.clone());
    driver.keys(keys);
    driver
}

/// Everywhere one may stand in such a meeting, and around it; a few places where one has stood in one with the same screens.
fn starts(format: &Format, again: bool) -> Vec<String> {
    if again {
        return ["ctrl-n", "ctrl-n f6 ctrl-b", "ctrl-n f6 ctrl-u"].map(str::to_owned).into();
    }
    let mut starts: Vec<String> = [
        "",
        "ctrl-n",
        "ctrl-n ctrl-u",
        "ctrl-n ctrl-b",
        "ctrl-n ctrl-b up*9",
        "ctrl-n f6 ctrl-u 「書きかけ」 ctrl-b",
        "ctrl-n f6 ctrl-o 「書きかけ」 ctrl-b",
        "ctrl-n ctrl-b up*9 f7",
        "f8",
        "f9 f5",
    ]
    .map(str::to_owned)
    .into();
    let mut known = BTreeSet::new();
    for (i, step) in format.steps.iter().enumerate() {
        if !known.insert(format!("{:?}", Place::of(step.step))) {
            continue;
        }
        let here = format!("ctrl-n f6 ctrl-g {}", i + 1);
        for then in ["", " f8", " ctrl-o", " f8 ctrl-u", " ctrl-b", " f8 「書きかけ」 ctrl-b"] {
            starts.push(format!("{here}{then}"));
        }
    }
    starts
}

/// What the palette says of each action that has its place elsewhere.
fn said(driver: &mut Driver) -> Vec<(&'static Row, String)> {
    let place = driver.model.place();
    driver.keys("ctrl-p");
    let Some(Overlay::Choose(chooser)) = driver.model.cx.over.take() else { panic!("no list") };
    let told = chooser.choices.into_iter().filter_map(|choice| match (choice.wanted, choice.pick) {
        (Some(Wanted::Action(row)), Pick::Refused(why)) if !row.places.contains(&place) => Some((row, why)),
        _ => None,
    });
    told.collect()
}

/// Presses what is said.
fn go(driver: &mut Driver, how: &str) {
    for part in how.trim_end_matches("で行けます。").trim().split("、続けて ") {
        let (chosen, part) = part.strip_prefix("会議を選んで ").map_or((false, part), |rest| (true, rest));
        if chosen {
            while !matches!(driver.model.home.item(driver.model.home.row), Some(HomeItem::Meeting(_))) {
                driver.keys("down");
            }
        }
        let (key, what) = part.split_once(" の").unwrap_or((part, ""));
        driver.keys(&key.to_lowercase().replace('+', "-"));
        if let Some((_, step)) = what.split_once('「') {
            driver.keys(&format!("「{}」 enter", step.split('」').next().unwrap()));
        }
    }
}

#[test]
fn 言われた行き方を押すと_その操作の使える所に着く() {
    let mut walked = 0;
    let region = ["f7", "f7 enter", "f8", "f9", "f9 f5", "f9 f2"].map(str::to_owned);
    let (formats, mut known) = (formats(), BTreeSet::new());
    let mut cases: Vec<(Option<&Format>, String)> = region.map(|keys| (None, keys)).into();
    for format in &formats {
        let again = !known.insert(screens(format));
        cases.extend(starts(format, again).into_iter().map(|keys| (Some(format), keys)));
    }
    for (format, keys) in cases {
        let stand = || match format {
            Some(format) => met(format, &keys),
            None => {
                let mut driver = year();
                driver.keys(&keys);
                driver
            }
        };
        let title = format.map_or("", |f| &f.title);
        // Many actions are reached in one way.
        let mut ways: BTreeMap<String, Vec<&Row>> = BTreeMap::new();
        for (row, why) in said(&mut stand()) {
            // Where one stands already no way leads.
            if why == "いまが、会議の一覧です。" {
                assert_eq!(row.id, "home");
                continue;
            }
            let (_, how) = why.split_once("で使えます。").unwrap();
            if how.ends_with("で行けます。") {
                ways.entry(how.to_owned()).or_default().push(row);
                continue;
            }
            let has = |place: &Place| {
                !place.is_of_step()
                    || format.is_some_and(|f| f.steps.iter().any(|s| Place::of(s.step) == *place))
            };
            assert!(
                how.contains("その段階はありません") && !row.places.iter().any(has),
                "{title} {keys}: {why}"
            );
        }
        for (how, rows) in ways {
            let mut driver = stand();
            let meetings = driver.kept.len() + how.matches("新しい会議").count();
            go(&mut driver, &how);
            let place = driver.model.place();
            for row in rows {
                assert!(row.places.contains(&place), "{title} {keys}: {} {how} {place:?}", row.id);
            }
            assert_eq!(driver.kept.len(), meetings, "{title} {keys}: {how} made a meeting");
            walked += 1;
        }
    }
    println!("{walked} ways");
}

/// What is read at a stretch on a picture.
fn run_on(picture: &str) -> String {
    picture.chars().filter(|c| !c.is_whitespace() && !"│║┃".contains(*c)).collect()
}

#[test]
fn できないわけは小さい画面でも終わりまで読める() {
    for (at, keys) in [
        ("一覧", ""),
        ("会議の一覧", "ctrl-n f6 ctrl-b"),
        ("会議のこと", "ctrl-n"),
        ("マップ", "ctrl-n f6 f8"),
        ("計画", "ctrl-n f6 ctrl-g 6"),
        ("地域課題", "f7"),
        ("年間", "f8"),
    ] {
        let mut driver = Driver::first_start();
        driver.send(Msg::Resize(SMALL.0, SMALL.1));
        driver.keys(keys);
        driver.keys("f10");
        let Some(Overlay::Choose(chooser)) = driver.model.cx.over.take() else { panic!("no list") };
        let refused = chooser.choices.iter().filter_map(|choice| match (choice.wanted, &choice.pick) {
            (Some(Wanted::Action(row)), Pick::Refused(why)) => Some((row, choice.note.clone(), why.clone())),
            _ => None,
        });
        for (row, note, why) in refused.collect::<Vec<_>>() {
            for road in ["f10", "ctrl-p"] {
                driver.keys(road);
                driver.paste(row.title);
                let seen = picture(&driver, SMALL);
                assert!(run_on(&seen).contains(&run_on(&why)), "{at} {road} {}: {why}\n{seen}", row.id);
                // Where it can be done elsewhere, its row says the keys whole.
                let elsewhere = !row.places.contains(&driver.model.place());
                let keys = run_on(note.split(" で").next().unwrap());
                assert!(
                    !elsewhere || run_on(&seen).contains(&keys),
                    "{at} {road} {}: {note}\n{seen}",
                    row.id
                );
                driver.keys("enter");
                let seen = picture(&driver, SMALL);
                assert!(driver.model.cx.over.is_none() && driver.notice() == why, "{at} {}", row.id);
                assert!(run_on(&seen).contains(&run_on(&why)), "{at} {}: {why}\n{seen}", row.id);
            }
        }
    }
}

#[test]
fn ここで何もしないキーは_どこで何をするかを言う() {
    let mut d = year();
    d.keys("ctrl-e");
    assert!(d.notice().contains("「ファイルに書き出す」は、"), "{}", d.notice());
    assert!(d.notice().contains("で行けます"), "{}", d.notice());
    let mut d = Driver::case_a();
    d.keys("ctrl-g 6 f12");
    assert!(d.notice().contains("「因果の図」は、マップで使えます"), "{}", d.notice());
    // While something lies over the screen its own keys count, and letters stay letters.
    d.keys("ctrl-g 2 「あ」");
    assert_eq!((d.entry(), d.notice()), ("あ", ""));
}

#[test]
fn 書きかけがあるときは_空白のキーのことはできないと言う() {
    let mut d = Driver::case_a();
    d.keys("ctrl-g 2 「書きかけ」 ctrl-p 「たたむ」 enter");
    assert!(d.notice().contains("書きかけのことばがあるので"), "{}", d.notice());
    assert_eq!(d.entry(), "書きかけ");
}
