//! What people type who have never seen a manual: what they want is among the first three.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jirei::command::{TABLE, answers};
use jirei::ui::help::Topic;
use jirei::ui::{Choice, Overlay, Pick, Wanted};

use crate::frames_region::year;
use crate::support::driver::Driver;

/// Where situations are.
pub const PLACES: [&str; 5] = ["home", "removed", "opening", "plan", "map"];

/// So many of the first are looked at.
const FIRST: usize = 3;

pub struct Situation {
    /// The actions that help, by their ids.
    pub good: Vec<&'static str>,
    pub place: &'static str,
}

fn table(name: &str) -> &'static str {
    let path = format!("{}/tests/palette/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).unwrap().leak()
}

pub fn situations() -> BTreeMap<&'static str, Situation> {
    let rows = table("situations").lines().map(|line| line.split('\t'));
    let row = |mut row: std::str::Split<'static, char>| {
        let number = row.next().unwrap();
        let good = row.next().unwrap().split(' ').collect();
        (number, Situation { good, place: row.next().unwrap() })
    };
    rows.map(row).collect()
}

/// Who wrote it, the situation it was written for, and the words.
pub fn words() -> Vec<(&'static str, &'static str, &'static str)> {
    let rows = table("words").lines().map(|line| line.split('\t'));
    rows.flat_map(|mut row| {
        let (who, number) = (row.next().unwrap(), row.next().unwrap());
        row.map(move |words| (who, number, words))
    })
    .collect()
}

/// Whether there is such an action or answer.
fn known(id: &str) -> bool {
    TABLE.iter().any(|row| row.id == id) || answers().iter().any(|answer| answer.id == id)
}

pub fn standing(place: &str) -> Driver {
    let mut driver = if matches!(place, "home" | "removed") { year() } else { Driver::case_a() };
    // A meeting was taken away.
    driver.model.cx.shelf.has_removed = place == "removed";
    driver.keys(match place {
        "home" | "removed" => "down*2",
        "opening" => "ctrl-g 1",
        "plan" => "ctrl-g 6",
        // Something was written, and something given up.
        _ => "ctrl-g 2 down*2 「朝は散歩」 enter 「書きかけ」 esc",
    });
    driver
}

#[test]
fn 段階の名前を打つと段階を選べる() {
    let mut d = standing("map");
    for words in ["導入", "聞き取り", "課題の分析", "行動計画", "地域課題", "振り返り", "感想"]
    {
        let found = first(&mut d, words);
        assert!(found.contains(&"go-to-step"), "{words}: {found:?}");
    }
}

/// The ids of what the palette shows first.
fn first(driver: &mut Driver, words: &str) -> Vec<&'static str> {
    driver.keys("ctrl-p");
    driver.paste(words);
    let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("no list") };
    let id = |choice: &Choice| choice.wanted.map_or("", Wanted::id);
    let found = chooser.shown().into_iter().take(FIRST).map(id).collect();
    driver.model.cx.over = None;
    found
}

#[test]
fn 人のことばで操作が見つかる() {
    let situations = situations();
    let mut drivers: BTreeMap<&str, Driver> =
        PLACES.into_iter().map(|place| (place, standing(place))).collect();
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = String::new();
    for (who, number, words) in words() {
        let Situation { good, place } = &situations[number];
        if !good.iter().any(|id| known(id)) {
            continue;
        }
        let found = first(drivers.get_mut(place).unwrap(), words);
        let (right, all) = counts.entry(who).or_default();
        *all += 1;
        if found.iter().any(|id| good.contains(id)) {
            *right += 1;
        } else {
            writeln!(missed, "{who}\t{number}\t{words}\t{} : {}", good.join(" "), found.join(" ")).unwrap();
        }
    }
    for (who, (right, all)) in &counts {
        println!("{who}: {right}/{all} = {:.1} %", *right as f64 * 100.0 / *all as f64);
    }
    println!("{missed}");
    assert!(counts.values().all(|(right, all)| right * 100 >= all * 95), "{counts:?}\n{missed}");
}

#[test]
fn どの道からさがしても_見つかるものは同じ() {
    let asked = |driver: &mut Driver, key: &str, words: &str| {
        driver.keys(key);
        driver.paste(words);
        let found: Vec<&str> = match driver.model.cx.over.take() {
            Some(Overlay::Choose(chooser)) => {
                chooser.shown().into_iter().map(|choice| choice.wanted.map_or("", Wanted::id)).collect()
            }
            Some(Overlay::Help(help)) => {
                let offers = help.seen(&driver.model).offers.into_iter();
                let topics = offers.map(|offer| match offer.topic {
                    Topic::Page(page) => page.id(),
                    Topic::Action(choice) => choice.wanted.map_or("", Wanted::id),
                    Topic::AllKeys => "",
                });
                topics.collect()
            }
            _ => panic!("nothing is over the screen"),
        };
        found
    };
    for place in PLACES {
        let mut driver = standing(place);
        for words in
            ["スマホ", "パスワード", "町長に出す紙", "見本", "消す", "ふりがな", "印刷", "音声", "担当"]
        {
            let palette = asked(&mut driver, "ctrl-p", words);
            assert_eq!(asked(&mut driver, "f10", words), palette, "{place} {words}");
            let help = asked(&mut driver, "f1", words);
            let lost: Vec<_> = palette.iter().filter(|id| !help.contains(id)).collect();
            assert!(!palette.is_empty() && lost.is_empty(), "{place} {words}: {lost:?}");
        }
        // Before one searches, the menu is what can be done, under its headings.
        driver.keys("f10");
        let Some(Overlay::Choose(menu)) = driver.model.cx.over.take() else { panic!("no menu") };
        assert!(menu.shown().iter().all(|c| matches!(c.pick, Pick::Do(_)) && !c.heading.is_empty()));
    }
}

#[test]
fn 終わりたい人も_行き先や場所をたずねる人も_先に出るもので済む() {
    for (place, words, best) in [
        ("map", "終わりたい", "quit"),
        ("map", "閉じる", "quit"),
        ("map", "もう帰りたい", "quit"),
        ("map", "順番を入れ替える", "order"),
        ("map", "データはどこに入ってるの", "data-place"),
        ("home", "うちの町に足りないもの", "register"),
        ("map", "誰がいつまでにやるか決める", "take"),
        ("removed", "まちがえて消した", "undo"),
        ("map", "けいかくひょう", "copy"),
    ] {
        let found = first(&mut standing(place), words);
        assert_eq!(found.first(), Some(&best), "{words}: {found:?}");
    }
    for words in ["消した会議をもどす", "会議をもどす", "まちがえて消した"] {
        let found = first(&mut standing("removed"), words);
        assert!(found.contains(&"undo"), "{words}: {found:?}");
    }
    // What no action does may stand in the guide.
    let found = first(&mut standing("map"), "文字化け");
    assert!(found.contains(&"guide/trouble"), "{found:?}");
}

#[test]
fn 消した会議があれば元に戻すがそう言い_記録の場所は道すじごと出る() {
    let mut d = standing("removed");
    d.keys("ctrl-p 「まちがえて消した」");
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { panic!("no list") };
    assert_eq!(chooser.shown()[0].label, "元に戻す（消した会議をもどす）");
    let mut d = standing("map");
    d.model.cx.folder = Some("/home/yama/jirei".into());
    d.keys("ctrl-p 「データはどこ」 enter");
    let Some(Overlay::Told(text)) = &d.model.cx.over else { panic!("nothing is told") };
    assert!(text.contains("/home/yama/jirei") && text.contains("Ctrl+E"), "{text}");
}
