//! Keys in, state out, for the one who leads: reading back, questions, turns, how the map grew, the mouse.

use crate::support;

use jirei::command::Place;
use jirei::domain::{Growth, Step, readback};
use jirei::layout::measure::width;
use jirei::layout::shape::What;
use jirei::ui::meeting::map::chart::ChartPanes;
use jirei::ui::msg::{Mouse, Press};
use jirei::ui::panes::panes;
use jirei::ui::theme::Meaning;
use jirei::ui::{Msg, Overlay};
use proptest::prelude::*;
use support::driver::Driver;

const MAP: &str = "
生活 ◀
  !買物に行けない
    移動販売は週1回
  鍋をこがした跡
家族
  *この家で最期まで
  +長男は毎月電話
  ?嫁の考え
";

// ---- まとめを読みあげる

/// The summary of the current step: headings, and what stands under them.
fn summary(d: &Driver, step: Step) -> Vec<String> {
    readback::of_step(d.dossier(), &d.desk().doc.tree, step)
        .into_iter()
        .map(|g| {
            let points: Vec<String> = g.points.into_iter().map(|p| p.text).collect();
            format!("{}：{}", g.title, points.join("／"))
        })
        .collect()
}

#[test]
fn 聞き取りのまとめは思いと強みから始まる() {
    let d = Driver::with_map(MAP);
    assert_eq!(
        summary(&d, Step::Interview),
        [
            "本人の思い：この家で最期まで",
            "強み：長男は毎月電話",
            "生活：買物に行けない・移動販売は週1回・鍋をこがした跡",
            "まだ分からないこと：嫁の考え",
        ]
    );
    // What was said in the interview is not read again after the questions.
    assert!(summary(&d, Step::Questions).is_empty());
}

#[test]
fn 段階ごとのまとめは見本のことばで始まる() {
    let d = Driver::case_a();
    for (step, first) in [
        (
            Step::Analysis,
            "根にある課題：「飲まない理由をチームで共有できていない」から線をたどると、12件の課題に行き着きます",
        ),
        (Step::Ideas, "課題"),
        (Step::Plan, "介護支援専門員・薬剤師　5/28(木)："),
        (Step::Regional, "地域課題 1："),
    ] {
        let read = summary(&d, step);
        assert!(read.first().is_some_and(|line| line.starts_with(first)), "{step:?}: {read:?}");
    }
}

#[test]
fn まとめから次の段階へ進み_書くともどって書ける() {
    let mut d = Driver::with_map(MAP);
    let step = d.dossier().progress.step;
    d.keys("ctrl-x");
    assert!(matches!(d.model.cx.over, Some(Overlay::ReadBack(0))));
    d.keys("「いえ、」");
    assert!(d.model.cx.over.is_none());
    assert_eq!(d.entry(), "いえ、");
    d.keys("alt-r f6");
    assert!(d.model.cx.over.is_none());
    assert_eq!(d.dossier().progress.step, step + 1);
    assert_eq!(d.entry(), "いえ、");
}

#[test]
fn まとめは端の頁で止まる() {
    let mut d = Driver::case_a();
    d.send(Msg::Resize(80, 24));
    d.keys("ctrl-g 2 ctrl-x pagedown*50 pageup");
    let pages = d.desk().read_back_pages(&d.model.cx).len();
    assert!(pages > 2);
    assert!(matches!(d.model.cx.over, Some(Overlay::ReadBack(page)) if page == pages - 2));
    d.keys("esc");
    assert!(d.model.cx.over.is_none());
}

#[test]
fn 思いのない計画はたずねるが止めない() {
    let mut d = Driver::with_map("生活\n  買物 ◀");
    d.keys("ctrl-g 6");
    assert!(d.notice().contains("本人の思い"), "{}", d.notice());
    d.keys("right 「配食をたのむ」 enter");
    assert_eq!(d.dossier().actions.len(), 1);
}

#[test]
fn 読みあげる文は息をつぐ所で折れる() {
    // A page has four free cells on each side, and five before its points.
    let read = |text: &str, room: u16| {
        let mut d = Driver::with_map(&format!("生活\n  {text}"));
        d.send(Msg::Resize(13 + room, 24));
        let pages = d.desk().read_back_pages(&d.model.cx);
        let points = pages.iter().flatten().filter(|line| matches!(line.meaning, Meaning::Said(_)));
        points.map(|line| line.words.trim_start_matches([' ', '·']).to_owned()).collect::<Vec<_>>()
    };
    let text = "ご本人が分かる名前や住所は、言わず、書きません。";
    assert_eq!(read(text, 40), ["ご本人が分かる名前や住所は、言わず、", "書きません。"]);
    assert_eq!(read(text, 80), [text]);
    assert_eq!(read(text, 20).concat(), text);
    assert!(read(text, 20).iter().all(|line| width(line) <= 20));
    assert_eq!(read("残薬", 20), ["残薬"]);
}

// ---- 問いかけ

/// The row one stands on in the panel, and whether it is marked.
fn question(d: &Driver, branch: usize, question: usize) -> bool {
    d.desk().asked(&d.model.cx).into_iter().find(|a| a.branch == branch).unwrap().questions[question].1
}

#[test]
fn 枝が増えると問いが上から済みになる() {
    let mut d = Driver::with_map("生活 ◀");
    assert!(!question(&d, 1, 0));
    d.keys("「買物」 enter");
    assert!(question(&d, 1, 0) && !question(&d, 1, 1));
    d.keys("ctrl-z");
    assert!(!question(&d, 1, 0));
}

#[test]
fn 手で付けた印は枝の数より強く_開きなおしても残る() {
    let mut d = Driver::with_map("生活 ◀\n  買物");
    let at = |d: &Driver, item| {
        d.desk().prompt_items(&d.model.cx).0.iter().position(|stop| stop.item == item).unwrap()
    };
    let third = jirei::ui::meeting::prompts::Item::Question { branch: 1, question: 2 };
    d.keys(&format!("f9 down*{} space", at(&d, third)));
    assert!(question(&d, 1, 2));
    // The one twig was the answer to what was ticked.
    assert!(!question(&d, 1, 0));
    d.restart();
    assert!(question(&d, 1, 2));
    d.keys(&format!("f9 down*{} space esc", at(&d, third)));
    assert!(!question(&d, 1, 2) && question(&d, 1, 0));
    // It is no word: undo passes over it.
    assert!(d.desk().doc.history().to_undo().is_none());
}

#[test]
fn 枝の少ない大枝から問いを出し_エンターでそこへ移る() {
    let mut d = Driver::with_map("本人・思い ◀\n  一\n生活\n  二");
    let asked = d.desk().asked(&d.model.cx);
    assert_eq!(asked[0].title, "健康・医療");
    assert_eq!(asked.last().unwrap().title, "生活");
    let prompts = d.desk().step_prompts(&d.model.cx).len();
    d.keys(&format!("f9 down*{prompts} enter"));
    assert!(d.model.cx.over.is_none());
    assert_eq!(d.desk().map.selected_branch(&d.desk().doc), Some(asked[0].branch));
    d.keys("f9 「　」");
    assert!(d.model.cx.over.is_some(), "a wide space is no word");
    d.keys("esc f9 「買物」");
    assert_eq!(d.entry(), "買物");
}

#[test]
fn 問いのない大枝でも困らない() {
    let mut d = Driver::empty();
    d.keys("right 「防災」 enter f9 down*200 space enter");
    let asked = d.desk().asked(&d.model.cx);
    assert!(asked.iter().any(|a| a.title == "防災" && a.questions.is_empty() && a.open().is_none()));
}

#[test]
fn 一人ひとつずつ順に回り_パスもできる() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 3");
    let next = |d: &Driver| {
        let id = jirei::domain::asking::next_in_turn(d.dossier(), Step::Questions).unwrap();
        d.dossier().participants[&id].code.clone()
    };
    assert_eq!(next(&d), "P01");
    d.keys("「@P01 薬は？」 enter");
    assert_eq!(next(&d), "P02");
    // Whose turn it is speaks, and passes once they were called.
    let code = |d: &Driver| d.desk().doc.speaker.map(|id| d.dossier().participants[&id].code.clone());
    d.keys("ctrl-n");
    assert_eq!((code(&d).as_deref(), next(&d).as_str()), (Some("P02"), "P02"), "{}", d.notice());
    assert!(d.dossier().progress.passed.is_empty());
    d.keys("ctrl-n");
    assert!(d.notice().contains("看護師 P03"), "{}", d.notice());
    assert_eq!((code(&d).as_deref(), next(&d).as_str()), (Some("P03"), "P03"));
    d.keys("「夜は？」 enter");
    let asked = d.dossier().nodes.values().last().and_then(|node| node.speaker);
    assert_eq!(asked.map(|id| d.dossier().participants[&id].code.as_str()), Some("P03"));
    assert_eq!(next(&d), "P01");
    // What is being written stays with who began it.
    d.keys("「書きかけ」 ctrl-n");
    assert_eq!((code(&d).as_deref(), next(&d).as_str()), (Some("P03"), "P01"));
    assert!(d.notice().contains("決めてから"), "{}", d.notice());
    d.keys("backspace*4 ctrl-n");
    assert_eq!(code(&d).as_deref(), Some("P01"));
    d.restart();
    assert_eq!(next(&d), "P01");
    // A round belongs to its step.
    d.keys("ctrl-g 5");
    assert!(d.dossier().progress.passed.is_empty());
}

#[test]
fn 質問の間の助言は支援策の段階で出る() {
    let mut d = Driver::with_map("生活 ◀\n  !買物に行けない");
    d.keys("ctrl-g 3 「>配食をすすめては」 enter");
    assert!(d.notice().contains("取っておきます"), "{}", d.notice());
    d.keys("ctrl-g 5");
    assert!(d.notice().contains("1件"), "{}", d.notice());
    let advice = d
        .desk()
        .prompt_items(&d.model.cx)
        .0
        .into_iter()
        .position(|stop| matches!(stop.item, jirei::ui::meeting::prompts::Item::Advice(_)));
    d.keys(&format!("f9 down*{} space esc ctrl-g 4 ctrl-g 5", advice.unwrap()));
    assert!(!d.notice().contains("件あります"), "{}", d.notice());
    // It stays on the list, taken up.
    assert_eq!(jirei::domain::asking::parked(d.dossier()).len(), 1);
    // An idea of the step itself is none.
    d.keys("「移動販売にたのむ」 enter");
    assert_eq!(jirei::domain::asking::parked(d.dossier()).len(), 1);
}

#[test]
fn 見るだけのときは印も順番も変えない() {
    let mut d = Driver::empty();
    d.keys("ctrl-g 3");
    d.model.cx.look_only = true;
    let before = d.dossier().progress.clone();
    d.keys("ctrl-n f9 space esc");
    assert_eq!(d.dossier().progress, before);
    assert!(d.notice().contains("見るだけ"), "{}", d.notice());
}

// ---- 地図の育ち

/// The words of the map as it is looked at.
fn seen(d: &Driver) -> Vec<String> {
    let (dossier, tree) = d.desk().map.seen(&d.desk().doc);
    tree.depth_first().into_iter().map(|id| dossier.nodes[&id].text.clone()).collect()
}

fn step_of(d: &Driver) -> Option<(usize, usize)> {
    d.desk().map.replay.as_ref().map(|r| (r.growth.at(), r.growth.len()))
}

#[test]
fn 一手ずつもどって進んで今に帰る() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter 「二」 enter 「三」 enter ctrl-left");
    assert_eq!((step_of(&d), seen(&d)), (Some((2, 3)), vec!["一".into(), "二".into()]));
    assert!(d.desk().map.whole);
    d.keys("left left left");
    assert_eq!((step_of(&d), seen(&d)), (Some((0, 3)), vec![]));
    d.keys("alt-pagedown");
    assert_eq!(seen(&d), ["一"]);
    d.keys("end");
    assert_eq!((step_of(&d), seen(&d).len()), (Some((3, 3)), 3));
    d.keys("home esc");
    assert_eq!((step_of(&d), seen(&d).len()), (None, 3));
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "三");
}

#[test]
fn 前の地図では何も書けず_書きはじめると今にもどる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter 「二」 enter 「書きかけ」 ctrl-left");
    let commits = d.commits;
    d.keys("left right pageup pagedown home end up");
    d.tick();
    assert_eq!((d.commits, d.entry()), (commits, "書きかけ"));
    d.keys("「です」");
    assert_eq!((step_of(&d), d.entry()), (None, "書きかけです"));
    d.keys("ctrl-left delete");
    assert_eq!(step_of(&d), None);
    d.keys("enter ctrl-left");
    d.paste("貼りつけ");
    assert_eq!((step_of(&d), d.entry()), (None, "貼りつけ"));
    assert_eq!(seen(&d).len(), 3);
}

#[test]
fn 取り込んだ会議は書かれた時の順にたどれる() {
    let mut d = Driver::case_a();
    d.keys("ctrl-left");
    let (twigs, links) = (d.dossier().nodes.len(), d.dossier().links.len());
    assert_eq!(step_of(&d), Some((twigs + links - 1, twigs + links)));
    d.keys("home");
    assert_eq!(seen(&d), [""; 0]);
    // Nobody speaks of what is not there yet, and the words of the last step are not among those of the second.
    d.keys("right");
    let first = d.desk().map.seen(&d.desk().doc).0.nodes.values().next().unwrap().clone();
    assert!(d.dossier().nodes.values().all(|n| n.at >= first.at));
    for _ in 0..twigs {
        d.keys("right");
        let (dossier, tree) = d.desk().map.seen(&d.desk().doc);
        assert_eq!(tree.depth_first().len(), dossier.nodes.len());
        assert!(dossier.nodes.values().all(|n| n.parent.is_none_or(|p| dossier.nodes.contains_key(&p))));
    }
    d.keys("end");
    assert_eq!(d.desk().map.seen(&d.desk().doc).0, d.dossier());
    d.keys("esc ctrl-g 2 「新しいこと」 enter ctrl-left");
    assert_eq!(step_of(&d), Some((twigs + links, twigs + links + 1)));
}

#[test]
fn 空の地図では育ちがないと言う() {
    let mut d = Driver::empty();
    d.keys("ctrl-left");
    assert!(step_of(&d).is_none() && d.notice().contains("まだ何も"), "{}", d.notice());
}

#[test]
fn 計画の段階からも育ちを見て元の画面にもどれる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter ctrl-g 6 right 「書きかけ」 ctrl-left");
    assert_eq!(step_of(&d), Some((0, 1)));
    d.keys("esc esc");
    assert_eq!((d.cell(), d.desk().map.whole), (Some("書きかけ"), false));
}

#[test]
fn 開きなおしても育ちはたどれ_取り消しも一手になる() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「一」 enter 「二」 enter ctrl-z");
    d.restart();
    d.keys("ctrl-left");
    assert_eq!((step_of(&d), seen(&d)), (Some((2, 3)), vec!["一".into(), "二".into()]));
}

// ---- マウス

fn press(d: &mut Driver, (x, y): (u16, u16), press: Press) {
    d.at += chrono::TimeDelta::milliseconds(100);
    d.send(Msg::Mouse(Mouse { x, y, press }));
}

/// Where something of the map stands on the screen.
fn place_of(d: &Driver, words: &str) -> (u16, u16) {
    let desk = d.desk();
    let body = panes(d.model.cx.size, Place::Map, desk.map.whole).body;
    let node = desk.doc.dossier.nodes.values().find(|n| n.text == words).map(|n| What::Node(n.id));
    let branch = || What::Branch(desk.doc.dossier.meeting.branch_index(words).unwrap());
    let area = desk.map.layout.find(node.unwrap_or_else(branch)).unwrap().area;
    let (x, y) = (area.x - desk.map.scroll.0, area.y - desk.map.scroll.1);
    (body.x + u16::try_from(x).unwrap(), body.y + u16::try_from(y).unwrap())
}

#[test]
fn クリックで選びダブルクリックで直す() {
    let mut d = Driver::with_map("生活 ◀\n  買物\n  鍋\n家族\n  長男");
    d.keys("「夫」");
    let at = place_of(&d, "長男");
    press(&mut d, at, Press::Left);
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().text, "長男");
    assert_eq!(d.entry(), "夫");
    d.keys("enter");
    let at = place_of(&d, "鍋");
    press(&mut d, at, Press::Left);
    assert_eq!(d.entry(), "");
    press(&mut d, at, Press::Left);
    assert_eq!(d.entry(), "鍋");
    d.keys("「をこがした跡」 enter");
    assert!(d.state().contains("鍋をこがした跡"), "{}", d.state());
    // Two clicks far apart in time are two clicks.
    let at = place_of(&d, "買物");
    press(&mut d, at, Press::Left);
    d.tick();
    press(&mut d, at, Press::Left);
    assert_eq!((d.entry(), d.desk().map.selected_node(&d.desk().doc).unwrap().text.as_str()), ("", "買物"));
}

#[test]
fn 大枝はクリックで選びダブルクリックでたたむ() {
    let mut d = Driver::with_map("生活 ◀\n  買物\n家族\n  長男");
    let at = place_of(&d, "家族");
    press(&mut d, at, Press::Left);
    assert_eq!(d.desk().map.selected, What::Branch(3));
    press(&mut d, at, Press::Left);
    assert!(d.desk().map.folded_branches.contains(&3));
    // What is half typed has nothing to do with it.
    let mut drafted = Driver::with_map("生活 ◀\n  買物\n家族\n  長男");
    drafted.keys("「夫」");
    let there = place_of(&drafted, "生活");
    press(&mut drafted, there, Press::Left);
    press(&mut drafted, there, Press::Left);
    assert_eq!(drafted.desk().map.folded_branches.len(), 1);
    assert_eq!(drafted.entry(), "夫");
    // Beside everything there is nothing to select.
    press(&mut d, (0, 30), Press::Left);
    press(&mut d, (0, 0), Press::Left);
    assert_eq!(d.desk().map.selected, What::Branch(3));
}

#[test]
fn つなぐ先もクリックで選べる() {
    let mut d = Driver::with_map("生活 ◀\n  !買物に行けない ◀\n家族\n  !長男は県外");
    d.keys("f7");
    let at = place_of(&d, "長男は県外");
    press(&mut d, at, Press::Left);
    press(&mut d, at, Press::Left);
    assert_eq!(d.dossier().links.len(), 1);
}

#[test]
fn 地図は全体が見えているのでホイールで動かない() {
    let mut d = Driver::case_a();
    d.send(Msg::Resize(80, 24));
    d.keys("ctrl-g 2");
    let (before, selected) = (d.desk().map.scroll, d.desk().map.selected);
    for _ in 0..50 {
        press(&mut d, (5, 10), Press::ScrollDown);
    }
    assert_eq!((d.desk().map.scroll, d.desk().map.selected), (before, selected));
}

#[test]
fn 図も入るだけ見えているのでホイールで動かない() {
    let mut d = Driver::case_a();
    d.send(Msg::Resize(80, 24));
    d.keys("ctrl-g 4 f12");
    let before = d.desk().map.chart.clone();
    for _ in 0..50 {
        press(&mut d, (5, 10), Press::ScrollDown);
    }
    d.tick();
    assert_eq!(d.desk().map.chart, before);
}

#[test]
fn 一覧やメニューもクリックで選べる() {
    let mut d = Driver::first_start();
    d.send(Msg::Resize(80, 24));
    // The first of the large buttons.
    let body = panes((80, 24), Place::Home, false).body;
    let button = d.model.home.rows(&d.model.cx, 80, body).items[0].1;
    press(&mut d, (button.x + 5, button.y + 1), Press::Left);
    assert_eq!(d.model.place(), Place::Info);
    d.keys("ctrl-b");
    let rows = d.model.home.rows(&d.model.cx, 80, body).items;
    press(&mut d, (5, rows[0].1.y), Press::Left);
    assert_eq!((d.model.home.row, d.model.place()), (0, Place::Home));
    press(&mut d, (5, rows[1].1.y + 1), Press::Left);
    press(&mut d, (5, rows[1].1.y + 1), Press::Left);
    assert_ne!(d.model.place(), Place::Home);
    let mut d = Driver::with_map("生活 ◀\n  買物 ◀");
    d.keys("f4");
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { panic!("no list") };
    let list = chooser.places(d.model.cx.size).list;
    press(&mut d, (list.x + 3, list.y + 4), Press::Left);
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().kind, jirei::domain::Kind::Issue);
    d.keys("f10");
    press(&mut d, (5, 10), Press::ScrollDown);
    press(&mut d, (0, 0), Press::Left);
    assert!(d.model.cx.over.is_none());
}

#[test]
fn 右クリックは貼りつけ() {
    let mut d = Driver::with_map("生活 ◀");
    d.clipboard = "残薬".into();
    press(&mut d, (5, 10), Press::Right);
    assert_eq!(d.entry(), "残薬");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn 育ちをたどるとその時その時の地図になる(hands in prop::collection::vec(0usize..16, 1..40)) {
        let mut d = Driver::with_map("生活 ◀\n  買物\n    移動販売\n家族\n  !長男");
        let mut stood = std::collections::BTreeMap::new();
        let map = |d: &jirei::domain::Dossier| (d.nodes.clone(), d.links.clone(), d.meeting.branches.clone());
        for hand in hands {
            d.keys([
                "「枝」 enter", "「先」 tab", "「!課題」 enter", "delete", "alt-up", "alt-right", "alt-left", "up",
                "down", "left", "ctrl-z", "ctrl-y", "f7 「1」 enter", "「#家族 夫」 enter", "「防災」 enter", "f9 space esc",
            ][hand]);
            let dossier = d.dossier();
            stood.insert(Growth::new(dossier, d.desk().doc.history()).len(), map(dossier));
        }
        let mut growth = Growth::new(d.dossier(), d.desk().doc.history());
        prop_assert_eq!(&growth.dossier, d.dossier());
        for (step, then) in stood.iter().rev().chain(stood.iter()) {
            growth.go(*step);
            prop_assert_eq!(growth.at(), *step);
            prop_assert_eq!(&map(&growth.dossier), then);
        }
        growth.go(usize::MAX);
        prop_assert_eq!(&growth.dossier, d.dossier());
    }
}

#[test]
fn 因果の図でもクリックで選び_育ちを見るときは地図になる() {
    let mut d = Driver::case_a();
    d.keys("ctrl-g 4 f12");
    let state = d.desk().map.chart.clone().unwrap();
    let pane = ChartPanes::of(&d.desk().doc, &d.model.cx, &d.desk().map).chart;
    let seen = |b: &&jirei::layout::shape::PlacedBox| {
        let (x, y) = (b.area.x - state.scroll().0, b.area.y - state.scroll().1);
        let inside = (0..i32::from(pane.width)).contains(&x) && (0..i32::from(pane.height) - 1).contains(&y);
        inside && b.what != d.desk().map.selected && matches!(b.what, What::Node(_))
    };
    let other = state.chart.boxes.iter().find(seen).unwrap();
    let (x, y) = (other.area.x - state.scroll().0, other.area.y - state.scroll().1);
    let at = (pane.x + u16::try_from(x).unwrap(), pane.y + u16::try_from(y).unwrap());
    press(&mut d, at, Press::Left);
    assert_eq!(d.desk().map.selected, other.what);
    press(&mut d, at, Press::Left);
    assert!(!d.entry().is_empty() && d.desk().map.chart.is_some());
    d.keys("「です」 enter");
    press(&mut d, (5, 20), Press::ScrollDown);
    d.keys("ctrl-left");
    assert!(d.desk().map.chart.is_none() && step_of(&d).is_some_and(|(at, all)| at + 1 == all));
}

#[test]
fn たくさんの行も一度に貼れて多すぎる行は一つも入れない() {
    let mut d = Driver::with_map("生活\n  残薬 ◀\n  入院\n家族\n  長男");
    let before = d.state();
    let line = |i: usize| format!("{}行目{i}", ["", "  ", "    ", "!", "#家族 "][i % 5]);
    let lines = |count: usize| (0..count).map(line).collect::<Vec<_>>().join("\n");
    d.paste(&lines(3001));
    assert!(d.notice().contains("3000行まで") && d.state() == before, "{}", d.notice());
    d.paste(&lines(3000));
    assert_eq!((d.notice(), d.desk().doc.dossier.nodes.len()), ("3000行を、3000本の枝にしました。", 3003));
    let home = d.dossier().meeting.branch_index("生活").unwrap();
    let roots = d.desk().doc.tree.roots(home);
    let words = |at: usize| d.dossier().nodes[&roots[at]].text.clone();
    assert_eq!([words(0), words(1)], ["残薬", "行目0"]);
    d.keys("ctrl-z");
    d.model.cx.notice.clear();
    assert_eq!(d.desk().doc.dossier.nodes.len(), 3);
}

#[test]
fn ヘルプは終わりより先へは動かず一度で戻りはじめる() {
    let mut d = Driver::with_map("生活 ◀");
    let help = |d: &Driver| match &d.model.cx.over {
        Some(Overlay::Help(help)) => help.clone(),
        _ => panic!("no help"),
    };
    let at = |d: &Driver| help(d).scroll;
    d.keys("f1 up enter pagedown*60");
    let end = at(&d);
    assert!(end > 0 && end < help(&d).seen(&d.model).rows.len(), "{end}");
    d.keys("up");
    assert_eq!(at(&d), end - 1);
    d.keys("down down down");
    assert_eq!(at(&d), end);
}

#[test]
fn 問いかけは何もない先へは動かない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("f9 pagedown*60");
    let last = d.desk().prompt_items(&d.model.cx).0.len() - 1;
    assert!(matches!(d.model.cx.over, Some(Overlay::Prompts(row)) if row == last), "{:?}", d.model.cx.over);
}

#[test]
fn 振り返りの読みあげには_決まったことが日の順にすべて出る() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 6 「車で送る」 tab 「近所の人」 tab 「秋まで」 enter");
    d.keys("f6 f5 「役場に聞く」 tab 「保健師」 tab 「2027/7/1」 enter ctrl-g 8 「話せてよかった」 enter");
    let read = summary(&d, Step::Closing);
    let ends: Vec<&str> = read.iter().filter_map(|group| group.split('：').next_back()).collect();
    assert_eq!(ends, ["話せてよかった", "役場に聞く", "車で送る"]);
}
