//! A meeting that was a trial goes, with all that was written in it, and comes back if that was wrong.

use jirei::store::Answer;
use jirei::ui::{Effect, Msg, Open, Overlay};

use crate::frames_region::year;
use crate::support::driver::Driver;

const ASK: &str = "ctrl-p 「会議を消す」 enter";

fn titles(driver: &Driver) -> Vec<String> {
    driver.model.cx.shelf.summaries.iter().map(|s| s.title.clone()).collect()
}

fn asked(driver: &Driver) -> (String, String) {
    let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("nothing is asked") };
    (chooser.title.clone(), chooser.text.clone())
}

#[test]
fn 一覧で選んだ会議は何が消えるかを言ってから消える() {
    let mut driver = year();
    driver.keys("down*2");
    let before = titles(&driver);
    let title = before[1].clone();
    driver.keys(ASK);
    let (question, text) = asked(&driver);
    assert!(question.contains(&title), "{question}");
    assert!(text.contains("地域課題 2件") && text.contains("もどせます"), "{text}");
    // Enter alone takes nothing away.
    driver.keys("enter");
    assert_eq!(titles(&driver), before);
    driver.keys(&format!("{ASK} 2"));
    assert!(driver.notice().contains("消しました"), "{}", driver.notice());
    assert_eq!(titles(&driver).len(), before.len() - 1);
    driver.keys("ctrl-z");
    assert!(driver.notice().contains("もどしました"), "{}", driver.notice());
    assert_eq!(titles(&driver), before);
    assert_eq!(driver.kept.len(), before.len());
    driver.keys("ctrl-z");
    assert_eq!(driver.notice(), "元に戻すものはありません。");
}

#[test]
fn 会議の中から消すと一覧にもどり開きなおしても元に戻せる() {
    let mut driver = Driver::with_map("生活\n  !残薬 ◀\n    袋に3か月分");
    let written = driver.dossier().clone();
    driver.keys("「しまったことば」 esc 「書きかけ」");
    driver.tick();
    driver.keys(ASK);
    assert!(asked(&driver).1.contains("枝 2本、うち課題 1件、参加者 3人。"), "{:?}", asked(&driver));
    driver.keys("2");
    assert!(matches!(driver.model.open, Open::Home) && driver.kept.is_empty());
    assert!(driver.model.cx.put_away.is_empty(), "what was put away in it goes, too");
    driver.restart();
    driver.keys("ctrl-z");
    let meeting = driver.kept.values().next().expect("it is there again");
    assert_eq!(meeting.dossier.nodes, written.nodes);
    // From inside it nothing of that can be undone, and the way it grew is what it was.
    driver.keys("enter");
    assert_eq!(driver.dossier().nodes, written.nodes);
    driver.keys("esc ctrl-y");
    assert_eq!(driver.dossier().nodes, written.nodes);
}

#[test]
fn 消す会議を選んでいないときや見本では消せない() {
    let mut driver = Driver::first_start();
    driver.keys(ASK);
    assert!(driver.notice().contains("消す会議を ↑↓ で選んで"), "{}", driver.notice());
    let mut driver = year();
    driver.keys("down*2");
    driver.model.cx.look_only = true;
    driver.keys(ASK);
    assert!(driver.model.cx.over.is_none() && driver.notice().starts_with("見るだけ"), "{}", driver.notice());
}

#[test]
fn することのない望みには答えが出る() {
    let mut driver = Driver::with_map("生活\n  !残薬 ◀");
    for (words, said) in [
        ("課題の番号を変えたい", "あとから変わりません"),
        ("保存したい", "決めるたびに保存"),
        ("字が小さい", "Ctrl を押しながら ＋"),
        ("途中から来た人", "「途中から」"),
    ] {
        driver.keys(&format!("ctrl-p 「{words}」"));
        let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("no list") };
        let titles = chooser.shown().into_iter().take(3).map(|c| c.label.clone());
        let at = titles
            .clone()
            .position(|t| t.contains("変わりません") || t.contains("には") || t.contains("ひとりでに"))
            .unwrap_or_else(|| panic!("{words}: {:?}", titles.collect::<Vec<_>>()));
        driver.keys(&format!("down*{at} enter"));
        let Some(Overlay::Told(text)) = &driver.model.cx.over else { panic!("{words}: nothing is told") };
        assert!(text.contains(said) && !text.contains('{'), "{words}: {text}");
        driver.keys("enter");
    }
    assert_eq!(driver.model.place(), jirei::command::Place::People);
    driver.keys("esc ctrl-p 「ぬぬぬぬ」");
    let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("no list") };
    assert!(chooser.shown().is_empty() && chooser.none.contains("F10"), "{}", chooser.none);
}

#[test]
fn 段階の時間を延ばすと残り時間が増え元に戻せる() {
    let mut driver = Driver::empty();
    let planned = |driver: &Driver| {
        let d = driver.dossier();
        d.meeting.steps[d.progress.step].minutes
    };
    let before = planned(&driver);
    for (keys, more) in [
        ("alt-t enter", 5),
        ("alt-t 「10」 enter", 10),
        ("alt-t 「１分」 enter", 1),
        ("alt-t 「すこし」 enter", 0),
        ("alt-t 「0」 enter", 0),
        ("alt-t esc", 0),
    ] {
        driver.keys(keys);
        assert_eq!(planned(&driver), before + more, "{keys}: {}", driver.notice());
        if more > 0 {
            driver.keys("ctrl-z");
        }
        assert_eq!(planned(&driver), before, "{keys}");
    }
    // A step takes ten hours at most, and what is said is what was done.
    driver.keys("alt-t 「999」 enter");
    assert_eq!(planned(&driver), 600);
    assert!(driver.notice().contains(&format!("{}分延ばしました", 600 - before)), "{}", driver.notice());
    driver.keys("alt-t enter");
    assert_eq!(planned(&driver), 600);
    assert!(driver.notice().contains("600分まで"), "{}", driver.notice());
    driver.keys("ctrl-z");
    assert_eq!(planned(&driver), before, "nothing was done that could be undone");
}

#[test]
fn 強みだけを見るあいだも枝は足せて段階を移るともどる() {
    let mut driver =
        Driver::with_map("生活\n  ごみ\n  朝は散歩 ◀\n    +顔なじみが多い\n家族\n  長男\n  !電話がない");
    let seen = |driver: &Driver, words: &str| {
        let dossier = driver.dossier();
        let id = dossier.nodes.values().find(|n| n.text == words).expect(words).id;
        driver.desk().map.layout.find(jirei::layout::shape::What::Node(id)).is_some()
    };
    driver.keys("pagedown alt-l 「強み」 enter");
    assert!(seen(&driver, "顔なじみが多い") && seen(&driver, "朝は散歩"));
    assert!(!seen(&driver, "ごみ") && !seen(&driver, "電話がない"));
    driver.keys("「次男が近くにいる」 enter");
    assert!(seen(&driver, "次男が近くにいる"), "what was just written is seen");
    driver.keys("esc");
    assert!(seen(&driver, "ごみ") && seen(&driver, "電話がない"));
    driver.keys("alt-l 「課題」 enter f6 f5");
    assert!(seen(&driver, "ごみ"));
}

#[test]
fn 会議がもどるところでは続けて押しても二度はもどさず開きもしない() {
    for key in ["ctrl-z", "enter", "3"] {
        let mut driver = year();
        driver.keys(&format!("down*2 {ASK} 2"));
        let mut press = |key: &str| driver.update(Msg::Key(key.parse().expect("a key")));
        assert!(press("ctrl-z").contains(&Effect::Return));
        let read = |effects: Vec<Effect>| {
            effects
                .into_iter()
                .find(|e| matches!(e, Effect::Return | Effect::Open(_) | Effect::Removal { .. }))
        };
        assert_eq!(read(press(key)), None, "asked: {key}");
        // Nothing comes back, so the way is free.
        driver.send(Msg::Store(Answer::Return(None)));
        let pressed = driver.update(Msg::Key(key.parse().expect("a key")));
        assert!(read(pressed).is_some(), "{key}");
    }
}
