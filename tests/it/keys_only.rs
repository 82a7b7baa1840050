//! One kind of twig is looked at alone: what is selected, what is said, and what is counted.

use std::fmt::Write as _;

use jirei::layout::shape::What;

use crate::support::driver::Driver;
use crate::support::frame::{SIZES, picture};

const MAP: &str = "生活
  ごみ出しは隣の人
    分別が分からない
  朝は散歩
    +顔なじみが多い
  *自分で買い物がしたい
家族
  長男
    +毎晩電話がある
  !電話がない
経済
  年金だけ";

/// The same map with one of its twigs selected.
fn at(words: &str) -> Driver {
    Driver::with_map(&MAP.replace(words, &format!("{words} ◀")))
}

fn selected(driver: &Driver) -> String {
    let dossier = driver.dossier();
    match driver.desk().map.selected {
        What::Node(id) => dossier.nodes[&id].text.clone(),
        What::Branch(branch) => dossier.meeting.branches[branch].title.clone(),
        what => format!("{what:?}"),
    }
}

fn seen(driver: &Driver, words: &str) -> bool {
    let node = driver.dossier().nodes.values().find(|n| n.text == words).expect(words);
    driver.desk().map.layout.find(What::Node(node.id)).is_some()
}

const STRENGTHS: &str = "alt-l 「強み」 enter";
const ISSUES: &str = "alt-l 「課題」 enter";

#[test]
fn 強みだけを見るあいだも枝は足せて段階を移るともどる() {
    let mut driver = at("朝は散歩");
    driver.keys(&format!("pagedown {STRENGTHS}"));
    assert!(seen(&driver, "顔なじみが多い") && seen(&driver, "朝は散歩"));
    assert!(!seen(&driver, "ごみ出しは隣の人") && !seen(&driver, "電話がない"));
    driver.keys("「次男が近くにいる」 enter");
    assert!(seen(&driver, "次男が近くにいる"), "what was just written is seen");
    driver.keys("esc");
    assert!(seen(&driver, "ごみ出しは隣の人") && seen(&driver, "電話がない"));
    driver.keys(&format!("{ISSUES} f6 f5"));
    assert!(seen(&driver, "ごみ出しは隣の人"));
}

#[test]
fn 選んだ枝が見えなくなれば近い枝に移り_すべてを出すと動いていなければもどる() {
    for (from, keys, during, then, after) in [
        // What is seen anyway stays selected.
        ("顔なじみが多い", STRENGTHS, "顔なじみが多い", "esc", "顔なじみが多い"),
        ("朝は散歩", STRENGTHS, "朝は散歩", "esc", "朝は散歩"),
        ("ごみ出しは隣の人", STRENGTHS, "顔なじみが多い", "esc", "ごみ出しは隣の人"),
        ("電話がない", STRENGTHS, "毎晩電話がある", "esc", "電話がない"),
        ("電話がない", STRENGTHS, "毎晩電話がある", "alt-l 「すべて」 enter", "電話がない"),
        ("年金だけ", STRENGTHS, "毎晩電話がある", "f6 f5", "年金だけ"),
        // From one kind to another and back it is still the same twig.
        ("年金だけ", "alt-l 「強み」 enter alt-l 「思い」 enter", "自分で買い物がしたい", "esc", "年金だけ"),
        // Whoever went elsewhere stays there.
        ("年金だけ", STRENGTHS, "毎晩電話がある", "up esc", "長男"),
        ("年金だけ", STRENGTHS, "毎晩電話がある", "「+孫も来る」 enter esc", "孫も来る"),
        // A branch is always seen.
        ("経済", STRENGTHS, "経済", "esc", "経済"),
    ] {
        let mut driver = at(from);
        driver.keys(keys);
        assert_eq!(selected(&driver), during, "{from} {keys}");
        driver.keys(then);
        assert_eq!(selected(&driver), after, "{from} {keys} {then}");
    }
}

#[test]
fn 近い枝がたたまれていれば_ひらかずに大枝を選ぶ() {
    let mut driver = Driver::with_map("生活\n  朝は散歩 ◀\n    +顔なじみが多い\n  ごみ");
    driver.keys(&format!("space down {STRENGTHS}"));
    assert_eq!(selected(&driver), "生活");
    assert!(!seen(&driver, "顔なじみが多い") && picture(&driver, (80, 24)).contains("＋1"));
}

#[test]
fn 見ていない種類の枝は_どう来てもそう言う() {
    let said = "今は強みだけを出しています。Esc で、ほかも見えます。";
    for (keys, begins) in [
        ("「つえを使う」 enter", "記録しました。"),
        ("「つえを使う」 tab", "記録しました。"),
        ("「つえを使う ＃家族」 enter", "記録しました。"),
        ("「>手すりを付ける」 enter", "助言として"),
        ("f4 5", "記録しました。"),
        ("f2 home 「!」 enter", "記録しました。"),
        ("f4 5 ctrl-z ctrl-y", "やり直しました"),
        ("「つえを使う」 enter ctrl-z ctrl-y", "やり直しました"),
        ("「つえを使う」 enter delete ctrl-z", "元に戻しました"),
    ] {
        let mut driver = at("顔なじみが多い");
        driver.keys(&format!("{STRENGTHS} {keys}"));
        let notice = driver.notice();
        assert!(notice.starts_with(begins) && notice.ends_with(said), "{keys}: {notice}");
    }
    for keys in [
        "「+歌が好き」 enter",
        "「+歌が好き」 tab",
        "f4 5 ctrl-z",
        "「つえを使う」 enter ctrl-z",
        "f2 「ですよ」 enter",
        "delete ctrl-z",
        "「つえを使う」 enter esc esc ctrl-z ctrl-y",
        "up f2 「です」 enter",
    ] {
        let mut driver = at("顔なじみが多い");
        driver.keys(&format!("{STRENGTHS} {keys}"));
        assert!(!driver.notice().contains("だけを出しています"), "{keys}: {}", driver.notice());
    }
    for (lines, warned) in [("つえを使う\n歩くのはゆっくり", true), ("+歌が好き\n+字がきれい", false)]
    {
        let mut driver = at("顔なじみが多い");
        driver.keys(STRENGTHS);
        driver.paste(lines);
        let notice = driver.notice();
        assert!(notice.starts_with("2行を") && notice.ends_with(said) == warned, "{notice}");
    }
}

#[test]
fn 見えているものと数や題名が食いちがわない() {
    for (kind, left, there, empty) in [
        ("強み", 5, ["生活 2", "家族 2"], ["経済 0", "本人・思い 0"]),
        ("課題", 8, ["家族 1", "電話がない"], ["生活 0", "経済 0"]),
    ] {
        let mut driver = at("朝は散歩");
        driver.keys(&format!("pageup alt-l 「{kind}」 enter"));
        for size in SIZES {
            driver.send(jirei::ui::Msg::Resize(size.0, size.1));
            let screen = picture(&driver, size);
            assert!(screen.contains(&format!("【{kind}だけ・ほか {left}本")), "{screen}");
            assert!(there.iter().chain(&empty).all(|words| screen.contains(words)), "{screen}");
            let map = screen.split("ここはどうでしょう").next().unwrap();
            assert!(!map.contains('＋') && !map.contains("（まだ）"), "{screen}");
        }
    }
    // Nothing hangs there that could be unfolded, and that is said instead of folding what is not seen.
    let mut driver = at("経済");
    driver.keys(&format!("{STRENGTHS} space"));
    assert!(driver.notice().contains("今出している種類の枝はありません"), "{}", driver.notice());
    let mut driver = at("ごみ出しは隣の人");
    driver.keys("f4 「強み」 enter alt-l 「強み」 enter space");
    assert!(driver.notice().contains("今出している種類の枝はありません"), "{}", driver.notice());
    driver.keys("esc");
    assert!(seen(&driver, "分別が分からない"), "nothing was folded");
}

/// A map of more entries than there is room for, each fourth of them a strength, on every second branch.
fn large() -> Driver {
    let mut outline = String::new();
    for (at, branch) in
        ["本人・思い", "生活", "健康・医療", "家族", "地域・つながり", "サービス・制度"].iter().enumerate()
    {
        let _ = writeln!(outline, "{branch}");
        for twig in 0..12 {
            let (depth, sign) = (1 + twig % 4, if twig % 4 == 3 && at % 2 == 0 { "+" } else { "" });
            let _ = writeln!(outline, "{}{sign}{branch}の{twig}番目の話がここに入ります", "  ".repeat(depth));
        }
    }
    Driver::with_map(&outline)
}

#[test]
fn 一種類だけのマップは割れた大枝もたたんだ枝もなく_出るまえの場所にもどる() {
    let mut driver = large();
    for size in SIZES.into_iter().chain([(200, 60)]) {
        driver.send(jirei::ui::Msg::Resize(size.0, size.1));
        let before = driver.desk().map.layout.clone();
        driver.keys(STRENGTHS);
        let layout = &driver.desk().map.layout;
        let sides = |layout: &jirei::layout::map::Layout| {
            let branches = layout.boxes.iter().filter(|b| matches!(b.what, What::Branch(_)));
            let mut sides: Vec<_> = branches.map(|b| (b.what, b.side)).collect();
            sides.sort_by_key(|(what, _)| *what);
            sides
        };
        assert_eq!(sides(layout), sides(&before), "{size:?}");
        assert!(!layout.boxes.iter().any(|b| matches!(b.what, What::Empty(_))), "{size:?}");
        let pieces = layout.boxes.iter().enumerate().filter(|(_, b)| b.count > 0);
        for (at, title) in pieces.filter(|(_, b)| matches!(b.what, What::Branch(_))) {
            let under = layout.boxes.get(at + 1).is_some_and(|next| next.branch == title.branch);
            assert!(under, "{size:?} nothing hangs under {:?}\n{}", title.lines, picture(&driver, size));
        }
        driver.keys("esc");
        assert_eq!(driver.desk().map.layout, before, "{size:?}");
    }
}

#[test]
fn さがす_番号_つなぐ_直す_消す_画面いっぱいは_一種類だけのあいだもできる() {
    let title = "【強みだけ";
    for (from, keys, ends) in [
        ("顔なじみが多い", "ctrl-f 「年金」 enter", "年金だけ"),
        ("顔なじみが多い", "ctrl-f 「年金」 esc", "顔なじみが多い"),
        ("顔なじみが多い", "「#!1」 enter*2", "電話がない"),
        ("顔なじみが多い", "down down", "住まい"),
        ("顔なじみが多い", "f8", "顔なじみが多い"),
        ("顔なじみが多い", "ctrl-s ctrl-s", "顔なじみが多い"),
        ("顔なじみが多い", "f2 「です」 enter", "顔なじみが多いです"),
        // What is selected for what went is of the kind.
        ("顔なじみが多い", "delete", "毎晩電話がある"),
        ("毎晩電話がある", "delete", "顔なじみが多い"),
        ("毎晩電話がある", "delete ctrl-z", "毎晩電話がある"),
        ("顔なじみが多い", "「+歌が好き」 enter ctrl-z", "顔なじみが多い"),
        ("毎晩電話がある", "delete*2", "生活"),
    ] {
        let mut driver = at(from);
        driver.keys(&format!("{STRENGTHS} {keys}"));
        assert_eq!(selected(&driver), ends, "{keys}");
        assert!(picture(&driver, (120, 40)).contains(title), "{keys}");
    }
    // An issue is linked to any other, and the chart is of all.
    let mut driver = Driver::with_map("生活\n  !眠れない ◀\n  +歌が好き\n  !電話がない");
    driver.keys(&format!("{STRENGTHS} 「#!1」 enter*2 f7"));
    assert!(seen(&driver, "電話がない"));
    driver.keys("down enter");
    assert_eq!(driver.dossier().links.len(), 1, "{}", driver.notice());
    driver.keys("f12");
    assert!(!picture(&driver, (120, 40)).contains(title));
    driver.keys("f12");
    assert!(picture(&driver, (120, 40)).contains(title));
    // What a twig would pass is not seen.
    driver.keys("esc ctrl-f 「歌」 enter alt-l 「強み」 enter");
    let before = driver.dossier().clone();
    driver.keys("alt-up");
    assert!(driver.notice().contains("ですべてを出すと、動かせます"), "{}", driver.notice());
    assert_eq!(*driver.dossier(), before);
    // Esc shows all at once, whatever was put out of sight.
    driver.keys("ctrl-l esc");
    assert!(!picture(&driver, (120, 40)).contains(title) && seen(&driver, "電話がない"));
}
