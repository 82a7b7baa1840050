//! Keys in, state out: the map over the whole screen, at every step.

use crate::support;

use jirei::command::Place;
use jirei::domain::Step;
use jirei::ui::Target;
use support::driver::{Driver, outline, plan};

fn steps_of_nodes(d: &Driver) -> Vec<(String, Step)> {
    d.dossier().nodes.values().map(|n| (n.text.clone(), n.step)).collect()
}

#[test]
fn どの段階のことばもその段階のものとして地図に残る() {
    for (number, step) in (1..).zip(Step::ALL) {
        for back in ["f8", "esc"] {
            let mut d = Driver::with_map("生活 ◀");
            d.keys(&format!("ctrl-g {number}"));
            let own = d.model.place();
            d.keys("f8 「@薬 !残薬」 enter 「?袋に3か月分」 tab");
            assert_eq!(d.model.place(), Place::Map);
            assert_eq!(d.state(), outline("生活\n  !残薬 @薬剤師\n    ?袋に3か月分 @薬剤師 ◀"), "{step:?}");
            d.keys(back);
            assert_eq!((d.model.place(), d.desk().map.whole), (own, false), "{step:?} {back}");
            let said = [("残薬".to_owned(), step), ("袋に3か月分".to_owned(), step)];
            assert_eq!(steps_of_nodes(&d), said);
        }
    }
}

#[test]
fn 書きかけの欄は地図から戻っても書きかけのまま() {
    for back in ["f8", "esc"] {
        let mut d = plan();
        d.keys("tab*3 「そのう」 left f8 「ことば」 enter");
        assert_eq!((d.cell(), d.entry()), (None, ""));
        d.keys("ctrl-f 「入院」 enter");
        d.keys(back);
        assert_eq!(d.cell(), Some("そのう"), "{back}");
        d.keys("「ち」");
        assert_eq!(d.cell(), Some("そのちう"), "the cursor is where it was");
        assert_eq!((d.sheet().row, d.sheet().column), (0, 3));
        assert_eq!(steps_of_nodes(&d).last(), Some(&("ことば".to_owned(), Step::Plan)));
    }
}

#[test]
fn 地図と下の画面の書きかけは混ざらない() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("「マップの半」 ctrl-g 1 「介護」 f8");
    assert_eq!(d.entry(), "マップの半");
    d.keys("「分」 f8");
    assert_eq!(d.entry(), "介護");
    d.keys("f8");
    assert_eq!(d.entry(), "マップの半分");
}

#[test]
fn 直しかけの参加者は地図から戻っても直しかけのまま() {
    let mut d = Driver::with_map("生活 ◀");
    d.keys("ctrl-g 1 「民生」 f2 「 山の町」 f8");
    assert_eq!((d.target(), d.entry()), (None, ""));
    d.keys("「ことば」 enter f8");
    assert!(matches!(d.target(), Some(Target::Person(_))));
    assert_eq!(d.entry(), "P01 薬剤師 山の町薬局 山の町");
    d.keys("esc");
    assert_eq!(d.entry(), "民生");
}

#[test]
fn 地図を出したまま止まっても両方の書きかけが残る() {
    let mut d = plan();
    d.keys("down 「2」 tab 「一包化を」 f8 「袋に」");
    d.tick();
    d.restart();
    assert_eq!((d.model.place(), d.entry()), (Place::Map, "袋に"));
    d.keys("f8");
    assert_eq!((d.model.place(), d.cell()), (Place::Plan, Some("一包化を")));
    let mut d = Driver::with_map("生活\n  残薬 ◀");
    d.keys("ctrl-g 1 「民生」 f2 「 山の町」 f8 f2 「が多い」");
    d.tick();
    d.restart();
    assert!(matches!(d.target(), Some(Target::Node(_))));
    assert_eq!(d.entry(), "残薬が多い");
    // What is being mended on the map is kept on the way back, like a cell that is left.
    d.keys("f8");
    assert!(d.state().contains("残薬が多い"), "{}", d.state());
    assert_eq!(d.entry(), "P01 薬剤師 山の町薬局 山の町");
    d.keys("esc");
    assert_eq!(d.entry(), "民生");
}

#[test]
fn 地図から次の段階へ進むとその段階の画面になる() {
    let mut d = plan();
    d.keys("tab 「一包化をためす」 f8 f6");
    assert_eq!((d.model.place(), d.dossier().progress.step), (Place::Regional, 6));
    assert_eq!(d.dossier().plan()[0].what, "一包化をためす");
    // What names no day holds nobody up.
    d.keys("f5 tab*3 「そのうち」 f8 f6");
    assert_eq!(d.model.place(), Place::Regional);
    d.keys("esc ctrl-g 4 f8 f6*2");
    assert_eq!(
        d.model.place(),
        Place::Plan,
        "a map over the whole screen stays with the steps that show one"
    );
}

#[test]
fn 地図から参加者や会議のことへ行って戻れる() {
    for key in ["ctrl-u", "ctrl-o"] {
        let mut d = plan();
        d.keys(&format!("tab 「一包化をためす」 f8 「@民 ことば」 {key} {key}"));
        assert_eq!((d.model.place(), d.entry()), (Place::Map, "@民 ことば"), "{key}");
        d.keys("f8");
        assert_eq!((d.model.place(), d.cell()), (Place::Plan, None));
        assert_eq!(d.dossier().plan()[0].what, "一包化をためす");
    }
    // What is half typed in the form is not lost on the way back.
    let mut d = plan();
    d.keys("f8 ctrl-o down*2 「公民館」 ctrl-o");
    assert_eq!((d.model.place(), d.dossier().meeting.venue.as_str()), (Place::Map, "公民館"));
}

#[test]
fn 地図で元に戻して消えた行のことばも残る() {
    let mut d = plan();
    d.keys("tab 「一包化をためす」 enter enter f8 ctrl-z f8");
    assert!(d.dossier().actions.is_empty());
    d.keys("esc");
    let mut d = plan();
    d.keys("tab 「一包化」 enter esc left 「をためす」 f8 ctrl-z f8");
    assert_eq!((d.cell(), d.dossier().actions.len()), (Some("一包化をためす"), 0));
    d.keys("enter");
    assert_eq!(d.dossier().plan()[0].what, "一包化をためす");
}
