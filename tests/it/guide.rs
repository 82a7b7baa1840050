//! The guide, as F1 shows it and as it lies in docs/guide: found by what people type, whole at the smallest size, and about
//! every action.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::actions::standing;
use crate::house::none_of;
use crate::palette::{PLACES, Situation, situations, standing as at, words};
use crate::support::driver::Driver;
use crate::support::frame::{SIZES, picture};
use crate::support::region::region;
use jirei::command::{Place, TABLE, guide};
use jirei::layout::measure::width;
use jirei::ui::help::{Seen, Topic};
use jirei::ui::msg::{Mouse, Press};
use jirei::ui::{Msg, Overlay};

const SMALL: (u16, u16) = (80, 24);

fn home(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn read(name: &str) -> String {
    fs::read_to_string(home(name)).unwrap().replace("\r\n", "\n")
}

/// What is seen of the help that is open.
fn seen(d: &Driver) -> Seen {
    match &d.model.cx.over {
        Some(Overlay::Help(help)) => help.seen(&d.model),
        other => panic!("no help: {other:?}"),
    }
}

fn called(topic: &Topic) -> String {
    match topic {
        Topic::Page(page) => page.title().to_owned(),
        Topic::AllKeys => "キーの一覧".to_owned(),
        Topic::Action(choice) => choice.label.clone(),
    }
}

#[test]
fn ヘルプで印刷と打つと印刷のページが出る() {
    for (words, title) in [
        ("印刷", "印刷して配る・ファイルにする"),
        ("いんさつ", "ファイルに書き出す"),
        ("ぬぬぬぬ", ""),
        ("ｐｄｆ", "印刷して配る・ファイルにする"),
        ("町長に渡したい", "印刷して配る・ファイルにする"),
        ("文字を大きくしたい", "画面を大きく・明るく・隠す"),
        ("部屋が明るい", "画面を大きく・明るく・隠す"),
        ("ぷろじぇくたー", "画面を大きく・明るく・隠す"),
        ("休憩", "時計と休憩・時間を延ばす"),
        ("時間を延ばす", "時間を延ばす"),
        ("会議を消したい", "直す・消す・もどす"),
        ("誤字を直す", "直す・消す・もどす"),
        ("早退", "参加者を書く"),
        ("遅れて来た人", "参加者を書く"),
        ("矢印", "課題をつなぐ"),
        ("担当", "行動計画"),
        ("台帳", "地域課題"),
        ("感想", "振り返り・会議を終える"),
        ("前の会議", "次の会議・続きの会議"),
        ("統計", "年間の計画・年間の振り返り"),
        ("USB", "ほかの人と記録を持ち寄る"),
        ("ｹｱｶﾌｪ", "自分の町に合わせる"),
        ("バックアップ", "バックアップを取る"),
        ("文字化け", "困ったとき"),
        ("要約", "問いかけ・順番・読みあげ"),
    ] {
        let mut d = Driver::case_a();
        d.send(Msg::Resize(SMALL.0, SMALL.1));
        d.keys(&format!("f1 「{words}」"));
        let found: Vec<String> = seen(&d).offers.iter().map(|offer| called(&offer.topic)).collect();
        if title.is_empty() {
            assert!(picture(&d, SMALL).contains("見つかりません"), "{}", picture(&d, SMALL));
            continue;
        }
        assert_eq!(found.first().map(String::as_str), Some(title), "{words}: {found:?}");
        d.keys("enter");
        assert!(picture(&d, SMALL).contains(&format!("─ {title} ─")), "{}", picture(&d, SMALL));
    }
}

#[test]
fn 人のことばで_することか_そのことのページが見つかる() {
    let situations = situations();
    let mut drivers: BTreeMap<&str, Driver> = PLACES.into_iter().map(|place| (place, at(place))).collect();
    let (mut asked, mut missed) = (0, String::new());
    for (who, number, words) in words() {
        let Some(Situation { good, place }) = situations.get(number) else { continue };
        let d = drivers.get_mut(place).unwrap();
        d.model.cx.over = None;
        d.keys("f1");
        d.paste(words);
        let offers: Vec<Topic> = seen(d).offers.into_iter().map(|offer| offer.topic).take(FIRST).collect();
        let helps = |topic: &Topic| match topic {
            Topic::Page(page) => page.names().any(|id| good.contains(&id)),
            Topic::Action(choice) => choice.wanted.is_some_and(|wanted| good.contains(&wanted.id())),
            Topic::AllKeys => good.contains(&"help"),
        };
        asked += 1;
        if !offers.iter().any(helps) {
            let _ = writeln!(
                missed,
                "{who} {number} 「{words}」: {:?}",
                offers.iter().map(called).collect::<Vec<_>>()
            );
        }
    }
    let count = missed.lines().count();
    assert!(count * 20 <= asked, "{count} of {asked} are not found:\n{missed}");
}

#[test]
fn ヘルプはパレットのことばでも見つかり_さがすものは一度だけ作る() {
    let mut d = Driver::case_a();
    for (words, title) in [
        ("パスワード", "パスワードはありません"),
        ("日本語が打てない", "日本語が打てない・Enter がきかないとき"),
        ("Enterを押しても何も起きない", "日本語が打てない・Enter がきかないとき"),
        ("欠席の人", "欠席の方・話していない方"),
        ("終わらせたい", "終わる"),
    ] {
        d.keys("f1");
        let made = wishes(&d);
        d.paste(words);
        assert!(std::rc::Rc::ptr_eq(&made, &wishes(&d)));
        let found: Vec<String> =
            seen(&d).offers.iter().map(|offer| called(&offer.topic)).take(FIRST).collect();
        assert!(found.iter().any(|found| found == title), "{words}: {found:?}");
        d.keys("f1");
    }
}

fn wishes(d: &Driver) -> std::rc::Rc<[jirei::ui::Choice]> {
    match &d.model.cx.over {
        Some(Overlay::Help(help)) => std::rc::Rc::clone(&help.wishes),
        other => panic!("no help: {other:?}"),
    }
}

/// So many of the first are looked at.
const FIRST: usize = 3;

#[test]
fn ヘルプで操作を選ぶと_キーと文が出て_そのままできる() {
    let mut d = Driver::with_map("生活 ◀\n  雪おろし");
    d.send(Msg::Resize(SMALL.0, SMALL.1));
    d.keys("f1 「話されたことばを書く」 enter");
    let words = picture(&d, SMALL);
    for said in ["─ 話されたことばを書く ─", "Ctrl+W", "書きそえます。", "くわしくは：「マップに書く」"]
    {
        assert!(words.contains(said), "{said}\n{words}");
    }
    // Nothing is selected that words could belong to: it is said, and nothing else is done.
    assert!(words.contains("今はできません"), "{words}");
    d.keys("enter esc");
    assert_eq!(seen(&d).title, "使い方");
    d.keys("esc 「時計を止める」 enter enter");
    assert!(d.notice().contains("時計を止めました"), "{}", d.notice());
}

#[test]
fn ヘルプは一つずつもどり_打てばまたさがせる() {
    let mut d = Driver::with_map("生活 ◀");
    let help = |d: &Driver| match &d.model.cx.over {
        Some(Overlay::Help(help)) => Some((help.line.text().to_owned(), help.read.is_some())),
        _ => None,
    };
    let at = |words: &str, reads| Some((words.to_owned(), reads));
    for (keys, there) in [
        ("f1", at("", false)),
        ("「印刷」", at("印刷", false)),
        ("enter", at("印刷", true)),
        ("esc", at("印刷", false)),
        ("esc", at("", false)),
        ("right down enter", at("", true)),
        ("「休」", at("休", false)),
        ("「憩」 backspace", at("休", false)),
        ("esc", at("", false)),
        ("esc", None),
        ("f1 f1", None),
        ("f1 enter f1", None),
    ] {
        d.keys(keys);
        assert_eq!(help(&d), there, "{keys}");
    }
    // Nothing of it came into the line under it.
    assert_eq!(d.entry(), "");
}

#[test]
fn ヘルプはクリックでも開き_横を押すと閉じる() {
    let mut d = Driver::with_map("生活 ◀");
    let click = |d: &mut Driver, (x, y): (u16, u16)| d.send(Msg::Mouse(Mouse { press: Press::Left, x, y }));
    d.keys("f1");
    let page = seen(&d);
    let offer = page.offers.last().unwrap();
    click(&mut d, (page.list.x + offer.x + 3, page.list.y + offer.row as u16));
    assert_eq!(seen(&d).title, "キーの一覧");
    click(&mut d, (10, 10));
    assert_eq!(seen(&d).title, "キーの一覧");
    click(&mut d, (0, 0));
    assert!(d.model.cx.over.is_none());
}

#[test]
fn ヘルプの初めの一枚は_どこでも80桁24行に収まる() {
    for place in Place::ALL {
        for (i, mut d) in standing(place).into_iter().enumerate() {
            d.send(Msg::Resize(SMALL.0, SMALL.1));
            d.keys("f1");
            let page = seen(&d);
            let words = picture(&d, SMALL);
            assert!(page.rows.len() <= page.list.height.into(), "{place:?} {i}\n{words}");
            let keys = page.rows.iter().take_while(|row| !row.pieces.is_empty()).skip(1);
            let keys: usize = keys.map(|row| row.pieces.len() / 2).sum();
            assert!((3..=10).contains(&keys), "{place:?} {i}: {keys}\n{words}");
            for page in guide() {
                assert!(words.contains(page.title()), "{place:?} {i}: {}\n{words}", page.title());
            }
            assert!(
                words.contains("知りたいことを打ってください") && words.contains("キーの一覧"),
                "{words}"
            );
        }
    }
}

#[test]
fn どのページも開けて_切れずに折れ_しるしは残らない() {
    for size in SIZES {
        let mut d = Driver::case_a();
        d.send(Msg::Resize(size.0, size.1));
        d.keys("f1");
        for at in 0..=guide().len() {
            d.keys("enter");
            let page = seen(&d);
            let wide = page.list.width.into();
            let long = page.rows.iter().map(|row| row.text()).filter(|row| width(row) > wide);
            none_of(&long.map(|row| format!("{size:?} {}: {row}", page.title)).collect::<Vec<_>>());
            if let Some(of) = guide().get(at) {
                assert_eq!(page.title, of.title());
                let rows: Vec<String> = page.rows.iter().map(|row| row.text()).collect();
                let signs = ["**", "<!--", "](", "```", "|--"];
                let left = rows.iter().filter(|row| signs.iter().any(|sign| row.contains(sign)));
                none_of(&left.map(|row| format!("{}: {row}", page.title)).collect::<Vec<_>>());
                assert!(size != SMALL || rows.len() <= MOST_ROWS, "{} has {} rows", page.title, rows.len());
            }
            // All of it can be seen.
            let mut shown: BTreeSet<usize> = BTreeSet::new();
            loop {
                let page = seen(&d);
                shown.extend(page.first..(page.first + usize::from(page.list.height)).min(page.rows.len()));
                if page.first == page.end() {
                    break;
                }
                d.keys("pagedown");
            }
            assert_eq!(shown.len(), page.rows.len(), "{}", page.title);
            d.keys("esc down");
        }
        assert!(d.model.cx.over.is_some());
    }
}

/// So many rows at 80 columns are enough for a topic.
const MOST_ROWS: usize = 72;

#[test]
fn どの操作もどこかのページに出ている() {
    let named: BTreeSet<&str> = guide().iter().flat_map(|page| page.names()).collect();
    let mut problems = Vec::new();
    problems.extend(
        TABLE.iter().filter(|row| !named.contains(row.id)).map(|row| format!("no page names {}", row.id)),
    );
    let known = |id: &str| TABLE.iter().any(|row| row.id == id);
    problems.extend(named.iter().filter(|id| !known(id)).map(|id| format!("there is no {id}")));
    // Where an action is named by its title, it is that of the table.
    for page in guide() {
        for part in page.text.split("」<!--") {
            let Some((id, title)) = named_after(page.text, part) else { continue };
            if let Some(row) = TABLE.iter().find(|row| row.id == id)
                && row.title != title
            {
                problems.push(format!("{}: 「{title}」 is 「{}」", page.name, row.title));
            }
        }
    }
    none_of(&problems);
}

/// The id that stands behind a part of a page, and the words in brackets before it.
fn named_after<'a>(page: &'a str, part: &'a str) -> Option<(&'a str, &'a str)> {
    let at = part.as_ptr() as usize - page.as_ptr() as usize + part.len();
    let id = page.get(at..)?.strip_prefix("」<!--")?.split_once("-->")?.0;
    Some((id, part.rsplit_once('「')?.1))
}

#[test]
fn 説明は短く_どのページへも行ける() {
    let readme = read("README.md");
    assert!(readme.lines().count() <= 150, "{} lines", readme.lines().count());
    for page in guide() {
        let link = format!("[{}", page.title());
        let file = format!("](docs/guide/{}.md)", page.name);
        assert!(readme.contains(&link) && readme.contains(&file), "README.md does not lead to {}", page.name);
    }
    let mut files: Vec<String> = fs::read_dir(home("docs/guide"))
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".md")?.to_owned()))
        .collect();
    files.sort();
    let mut pages: Vec<&str> = guide().iter().map(|page| page.name).collect();
    pages.sort_unstable();
    assert_eq!(files, pages);
}

#[test]
fn 年間の計画の使い方には_枠に会議を入れるキーがある() {
    let mut d = region(&[("2026-05-14", &["渡し船が一日二便しかない"])]);
    d.keys("f8 enter 「6/4」 enter esc up*3 f1");
    let shown = picture(&d, SMALL);
    assert!(shown.contains("Ctrl+L"), "{shown}");
}
