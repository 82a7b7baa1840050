//! A meeting that was a trial goes, with all that was written in it, and comes back if that was wrong.

use jirei::store::{Answer, NOT_MOVED};
use jirei::ui::{Effect, Moving, Msg, Open, Overlay};

use crate::frames_region::year;
use crate::support::driver::Driver;
use crate::support::region::region;

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
fn 会議が十を超えれば番号は二桁まで待ち_数字だけで会議は増えない() {
    let none: &[&str] = &[];
    let mut driver = region(&[("2026-05-21", none); 12]);
    driver.keys("f7 ctrl-b");
    let before = titles(&driver);
    driver.keys("1");
    assert_eq!((driver.model.place(), driver.model.home.row), (jirei::command::Place::Home, 0));
    driver.keys("2");
    assert!(driver.model.meeting().is_some(), "the twelfth row is a meeting");
    driver.keys("ctrl-b");
    assert_eq!(driver.model.home.row, 11);
    // After an arrow a number begins anew; no greater one begins with 9.
    driver.keys("1 down 9");
    assert!(driver.model.meeting().is_some());
    driver.keys("ctrl-b");
    assert_eq!((driver.model.home.row, titles(&driver)), (8, before));
}

#[test]
fn 消したあとは別の会議の上に立ち_見本や年間の画面の上には立たない() {
    let mut driver = year();
    let all = titles(&driver).len();
    driver.keys(&format!("down*{all}"));
    for left in (0..all).rev() {
        driver.keys(&format!("{ASK} 2"));
        assert_eq!(titles(&driver).len(), left);
        assert!(driver.model.home.row <= left, "{} of {left}", driver.model.home.row);
    }
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

#[test]
fn 会議の一覧では消すキーでも会議を消せる() {
    let mut driver = year();
    driver.keys("delete");
    assert!(driver.notice().contains("消す会議を ↑↓ で選んで"), "{}", driver.notice());
    driver.keys("down*2");
    let before = titles(&driver);
    driver.keys("f10");
    let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("no menu") };
    let row = chooser.shown().into_iter().find(|c| c.label == "会議を消す").expect("it is in the menu");
    assert_eq!((row.note.as_str(), row.heading), ("Delete", "全体"), "not beside what takes a twig away");
    driver.keys("esc delete");
    assert!(asked(&driver).0.contains(&before[1]), "{:?}", asked(&driver));
    driver.keys("enter");
    assert_eq!(titles(&driver), before, "Enter alone takes nothing away");
    driver.keys("delete 2 ctrl-z");
    assert_eq!(titles(&driver), before);
    let mut dossier = driver.kept.values().next().unwrap().dossier.clone();
    dossier.meeting.title.clear();
    let mut untitled = Driver::with(dossier);
    untitled.keys("ctrl-b delete");
    assert_eq!(asked(&untitled).0, "「題名なし」を消しますか");
    // In a meeting it takes a twig away, and the menu says nothing else.
    let mut driver = Driver::with_map("生活\n  ごみ ◀\n  散歩");
    driver.keys("f10");
    let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("no menu") };
    let keys = |label: &str| chooser.shown().into_iter().find(|c| c.label == label).map(|c| c.note.clone());
    assert_eq!((keys("消す").as_deref(), keys("会議を消す").as_deref()), (Some("Delete"), Some("")));
    driver.keys("esc delete");
    assert_eq!(driver.dossier().nodes.len(), 1);
}

#[test]
fn 消した会議の事例番号は次の会議に付かず_題名が同じならもどすときにそう言う() {
    let mut driver = Driver::first_start();
    let made = |driver: &mut Driver| {
        driver.keys("ctrl-n");
        let d = driver.dossier();
        let made = (d.case.as_ref().unwrap().code.clone(), d.meeting.title.clone());
        driver.keys("ctrl-b");
        made
    };
    let [(first, one), (second, two)] = [made(&mut driver), made(&mut driver)];
    assert!(first.ends_with("-01") && second.ends_with("-02"), "{first} {second}");
    assert!(one.starts_with("第1回") && two.starts_with("第2回"), "{one} {two}");
    // Also after a restart the number of what could come back is nobody else's.
    driver.keys("delete 2");
    driver.restart();
    let (third, again) = made(&mut driver);
    assert!(third.ends_with("-03"), "{third}");
    assert_eq!(again, two, "it is the second that was held");
    driver.keys("ctrl-z");
    assert!(driver.notice().contains("同じ題名の会議が、ほかにあります"), "{}", driver.notice());
    // No title that stands is given twice.
    driver.keys("down");
    let first = driver.model.cx.shelf.summaries.iter().position(|s| s.title == one).unwrap();
    driver.keys(&format!("up*9 down*{} delete 2", first + 1));
    assert!(!titles(&driver).contains(&one), "{:?}", titles(&driver));
    let (_, next) = made(&mut driver);
    assert!(next.starts_with("第3回"), "{next}");
}

#[test]
fn まだ書かれていない会議のあいだは_待つように言い_できたら道が空く() {
    for (back, keys) in [(false, "delete 2"), (true, "ctrl-z")] {
        for heard in 0..3 {
            let mut driver = year();
            driver.keys("down*2");
            if back {
                driver.keys("delete 2");
            }
            // The last key is heard, and what follows from it is done by hand.
            let keys: Vec<&str> = keys.split(' ').collect();
            keys[..keys.len() - 1].iter().for_each(|key| driver.keys(key));
            let asks = driver.update(Msg::Key(keys[keys.len() - 1].parse().expect("a key")));
            let asked =
                asks.iter().find(|e| matches!(e, Effect::Removal { sure: true, .. } | Effect::Return));
            let answer = driver.of_all(asked.expect("the store is asked"));
            let effects = driver.update(Msg::Store(answer));
            let line = effects
                .into_iter()
                .find_map(|e| if let Effect::Commit(line, _) = e { Some(line) } else { None });
            let line = line.expect("it is written");
            let edit = line.edit.id;
            assert_eq!(driver.model.cx.saving.moving, Some(Moving::Written(edit)));
            for key in ["delete", "ctrl-z", "enter", "f7"] {
                driver.model.cx.notice.clear();
                let effects = driver.update(Msg::Key(key.parse().expect("a key")));
                let quiet = effects.iter().all(|e| matches!(e, Effect::Bookmark(_)));
                assert!(quiet && driver.notice().contains("少し待って"), "{key}: {}", driver.notice());
            }
            // Another line is not the one that is waited for.
            let other = Answer::Committed { edit: driver.model.cx.ids.id() };
            driver.update(Msg::Store(other));
            assert!(driver.model.cx.saving.moving.is_some());
            driver.update(Msg::Store(match heard {
                0 => Answer::Committed { edit },
                1 => Answer::Failed { message: "ディスクがいっぱいです".to_owned(), waiting: 1 },
                _ => Answer::Refused { line, message: "合いません".to_owned() },
            }));
            assert_eq!(driver.model.cx.saving.moving, None, "{heard}");
        }
    }
}

#[test]
fn ことばがまだ保存されていなければ_会議は消えずもどらない() {
    for back in [false, true] {
        let mut driver = year();
        driver.keys("down*2");
        if back {
            driver.keys("delete 2");
        }
        let before = titles(&driver);
        driver.keys(if back { "" } else { "delete" });
        let waits = driver.model.cx.ids.id();
        driver.model.cx.saving.waiting.push(waits);
        driver.keys(if back { "ctrl-z" } else { "2" });
        assert_eq!(driver.notice(), NOT_MOVED);
        assert_eq!((titles(&driver), driver.model.cx.saving.moving), (before, None));
    }
}
