//! Keys in, state out, on the causal chart and for the links it shows.

use crate::support;

use jirei::domain::Kind;
use jirei::ui::Msg;
use support::driver::Driver;

const ISSUES: &str = "生活\n  !残薬 ◀\n  !入院\n  菓子パン\n  !転倒\n  !不眠";

/// The chart of 残薬→入院→転倒, with 不眠 beside it.
fn chart() -> Driver {
    let mut d = Driver::with_map(ISSUES);
    d.keys("f7 「2 飲まないから」 enter ctrl-f 「②」 enter f7 「3」 enter ctrl-f 「①」 enter f12");
    d
}

fn selected(d: &Driver) -> &str {
    &d.desk().map.selected_node(&d.desk().doc).unwrap().text
}

fn shown(d: &Driver) -> bool {
    d.desk().map.chart.is_some()
}

fn links(d: &Driver) -> Vec<String> {
    let n = |id| d.dossier().nodes[&id].text.clone();
    d.dossier().links.values().map(|l| format!("{}→{} {}", n(l.from), n(l.to), l.label)).collect()
}

#[test]
fn 一つのキーで図と地図を行き来し選んだ課題は変わらない() {
    for (open, close) in [("f12", "esc"), ("ctrl-a", "ctrl-a")] {
        let mut d = Driver::with_map(ISSUES);
        d.keys(&format!("down {open}"));
        assert!(shown(&d) && selected(&d) == "入院", "{open}");
        d.keys(close);
        assert!(!shown(&d) && selected(&d) == "入院", "{close}");
        assert!(d.desk().map.layout.find(d.desk().map.selected).is_some());
    }
}

#[test]
fn 課題でない所から開くと根が選ばれる() {
    let mut d = chart();
    d.keys("esc ctrl-f 「菓子」 enter f12");
    assert_eq!(selected(&d), "残薬");
}

#[test]
fn 矢印は原因と結果をたどる() {
    for (size, with, against, aside) in
        [((80, 24), "down", "up", "right"), ((160, 45), "right", "left", "down")]
    {
        let mut d = chart();
        d.send(Msg::Resize(size.0, size.1));
        d.keys(with);
        assert_eq!(selected(&d), "入院", "{size:?}");
        d.keys(with);
        assert_eq!(selected(&d), "転倒");
        d.keys(&format!("{with}*3 {against}*9"));
        assert_eq!(selected(&d), "残薬");
        d.keys(&format!("{aside}*9"));
        assert_eq!(selected(&d), "不眠", "what is not linked can be reached");
        d.keys("pagedown");
        assert_eq!(selected(&d), "残薬", "and round by the numbers");
    }
}

#[test]
fn 図の上でもつなぎ直し書ける() {
    let mut d = chart();
    d.keys("f7 「4 眠い」 enter");
    assert!(shown(&d) && links(&d).contains(&"残薬→不眠 眠い".to_owned()), "{:?}", links(&d));
    assert_eq!(selected(&d), "不眠");
    d.keys("ctrl-z ctrl-f 「残薬」 enter f2 「が多い」 enter");
    assert!(shown(&d) && selected(&d) == "残薬が多い");
    d.keys("「薬がこわい」 enter");
    assert!(shown(&d) && selected(&d) == "薬がこわい");
    assert_eq!(d.desk().map.selected_node(&d.desk().doc).unwrap().kind, Kind::Issue);
    d.keys("delete");
    assert!(shown(&d), "the chart stays while there is an issue");
}

#[test]
fn 課題でないものを足すと地図で見える() {
    let mut d = chart();
    d.keys("「+歩くのが好き」 enter");
    assert!(!shown(&d) && selected(&d) == "歩くのが好き");
}

#[test]
fn 課題がなければ図は開かず理由を言う() {
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("f12");
    assert!(!shown(&d) && d.notice().contains("課題がまだありません"), "{}", d.notice());
    let mut d = Driver::with_map("生活\n  !残薬 ◀");
    d.keys("f12 f4 1");
    assert!(!shown(&d), "the last issue is none any more");
}

#[test]
fn 地図だけのことは図では何も変えない() {
    let mut d = chart();
    let before = d.state();
    for key in ["alt-down", "alt-right", "space", "ctrl-l"] {
        d.keys(key);
        assert!(shown(&d) && d.notice().contains("マップにもどると"), "{key}: {}", d.notice());
    }
    d.keys("esc");
    assert_eq!(d.state(), before);
}

#[test]
fn 図は段階や画面を変えても迷わせない() {
    let mut d = chart();
    d.keys("ctrl-u esc");
    assert!(shown(&d), "another screen was looked at");
    d.keys("f8 esc");
    assert!(!shown(&d) && d.desk().map.whole, "the innermost first");
    d.keys("esc f12 ctrl-g 5 enter");
    assert!(!shown(&d), "another step");
    let mut d = chart();
    d.keys("ctrl-f 「不」 enter");
    assert!(shown(&d) && selected(&d) == "不眠", "what stands on the chart is found there");
    d.keys("ctrl-f 「菓子」 enter");
    assert!(shown(&d) && selected(&d) == "不眠", "what does not is not");
}

#[test]
fn 逆向きのつながりは悪循環として知らせる() {
    let mut d = chart();
    d.keys("esc ctrl-f 「③」 enter f7 「1」 enter");
    assert!(
        d.notice().contains("「残薬」から3件をめぐって、もとにもどる悪循環になりました"),
        "{}",
        d.notice()
    );
    assert_eq!(links(&d).len(), 3);
    d.keys("ctrl-z");
    assert_eq!(links(&d).len(), 2);
}

#[test]
fn 同じつながりは増えず理由だけ書きなおせる() {
    let mut d = chart();
    d.keys("f7 「2」 enter");
    assert!(d.notice().contains("もうつながっています"), "{}", d.notice());
    d.keys("f7 「2 気づかれない」 enter");
    assert!(d.notice().contains("理由を書きなおしました"), "{}", d.notice());
    assert_eq!(links(&d)[0], "残薬→入院 気づかれない");
    assert_eq!(links(&d).len(), 2);
    d.keys("f7 「1」 enter");
    assert!(d.notice().contains("もとと同じ課題"), "{}", d.notice());
    assert_eq!(links(&d).len(), 2);
}
