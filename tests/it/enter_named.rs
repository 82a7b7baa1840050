//! The bar says of Enter what it does: on every row of every list, table and form, on the map, and while one writes.

use crate::support;

use std::cmp::Ordering;

use jirei::domain::{Action, Id, Node, Now};
use jirei::layout::shape::What;
use jirei::store::OpenAction;
use jirei::ui::sheet::AboutField;
use jirei::ui::{Cell, Msg, Open, Target};
use support::driver::Driver;
use support::frame::Frame;
use support::region::region;

/// What Enter is called in the bar; empty where it is not named.
fn named(driver: &Driver) -> String {
    let bar = Frame::of(driver, (160, 45)).bar;
    let word = bar.split_once(" Enter ").map(|(_, rest)| rest.split("  ").next().unwrap_or_default());
    word.unwrap_or_default().to_owned()
}

/// What can be seen of a screen from outside.
struct Seen {
    cell: Option<Cell>,
    target: Option<Target>,
    line: String,
    title: String,
    notice: String,
    meeting: bool,
    meetings: usize,
    beside: bool,
    checked: usize,
    commits: usize,
    place: String,
    /// Main branches, twigs and links of the map, and on what the selected twig hangs.
    map: (usize, usize, usize),
    twig: Option<(Option<Id<Node>>, String)>,
}

impl Seen {
    fn of(driver: &Driver) -> Self {
        let desk = driver.model.meeting();
        Self {
            cell: driver.model.editing().map(|(cell, _)| *cell),
            target: driver.target(),
            line: driver.entry().to_owned(),
            title: driver.title().to_owned(),
            notice: driver.notice().to_owned(),
            meeting: desk.is_some(),
            meetings: driver.kept.len(),
            beside: desk.is_some_and(|desk| desk.source_row().is_some()),
            checked: desk.map_or(0, |desk| desk.doc.dossier.meeting.checked.len()),
            commits: driver.commits,
            place: format!("{:?}", driver.model.place()),
            map: desk.map_or((0, 0, 0), |desk| {
                let d = &desk.doc.dossier;
                (d.meeting.branches.len(), d.nodes.len(), d.links.len())
            }),
            twig: desk
                .and_then(|desk| desk.map.selected_node(&desk.doc))
                .map(|n| (n.parent, n.branch.clone())),
        }
    }
}

/// What Enter did, in the words of the bar; empty where it did nothing but speak.
fn done(before: &Seen, after: &Seen) -> &'static str {
    let wrote = after.commits > before.commits;
    match after.cell {
        _ if after.meetings > before.meetings => return "作る",
        _ if !before.meeting && after.meeting => return "会議を開く",
        _ if before.beside && wrote => return "取り入れる",
        _ if before.beside => return "表の行へ",
        _ if !before.line.is_empty() && after.line == before.line && after.notice.contains("もう一度") => {
            return "確かめる";
        }
        _ if before.cell.is_some() || before.target.is_some() => return "決める",
        Some(Cell::Review(..)) => return "結果を書く",
        Some(Cell::About(AboutField::NextDate)) => return "次回の日を書く",
        Some(_) => return "書く",
        None => {}
    }
    if after.target.is_some() {
        return "直す";
    }
    match after.checked.cmp(&before.checked) {
        Ordering::Greater => return "済みにする",
        Ordering::Less => return "済みを外す",
        Ordering::Equal => {}
    }
    let from_line = !before.line.is_empty();
    match before.place.as_str() {
        "Opening" | "People" if from_line && wrote => "参加者を足す",
        "Closing" if from_line && wrote => "書き足す",
        "Map" if from_line && after.map.0 > before.map.0 => "大枝を足す",
        "Map" if from_line && after.map.2 > before.map.2 => "つなぐ",
        "Map" if from_line && after.map.1 > before.map.1 => {
            if before.twig == after.twig {
                "次に足す"
            } else {
                "足す"
            }
        }
        "Map" if from_line && wrote => "番を送る",
        "Map" | "Closing" if from_line && after.line.is_empty() => "決める",
        _ if from_line && !after.line.is_empty() && after.line != before.line => "選ぶ",
        "Year" if wrote => "枠を作る",
        _ if after.title.ends_with("次の会議") => "次の会議を作る",
        _ if !after.title.is_empty() || after.place != before.place => "開く",
        _ if after.notice.contains("。直すときは、もう一度") => "2回で直す",
        _ if after.notice.contains("書いて") => "書いて足す",
        _ => "",
    }
}

/// Goes to a screen, a row down in it, and presses Enter, for each of so many rows.
fn each_row(start: impl Fn() -> Driver, to: &str, rows: usize) -> Vec<String> {
    each_cell(start, to, rows, 1)
}

/// The same for so many columns of each row.
fn each_cell(start: impl Fn() -> Driver, to: &str, rows: usize, columns: usize) -> Vec<String> {
    let mut words = Vec::new();
    for row in 0..rows {
        for columns in 0..columns {
            let mut driver = start();
            driver.keys(to);
            for _ in 0..row {
                driver.key("down");
            }
            for _ in 0..columns {
                driver.key("right");
            }
            let (word, before) = (named(&driver), Seen::of(&driver));
            driver.key("enter");
            // On the list of meetings everything is opened.
            let did = done(&before, &Seen::of(&driver));
            let did = if before.place == "Home" && did == "会議を開く" { "開く" } else { did };
            assert_eq!(word, did, "{to}: row {row}, column {columns}, {}", driver.notice());
            words.push(word);
        }
    }
    words.dedup();
    words
}

/// A town of one's own, whose meetings raised issues.
fn town() -> Driver {
    region(&[
        ("2026-04-16", &["夜の送り迎えがなく、通いの場に来られない人がいる"]),
        ("2026-05-14", &["船の便が減り、薬が届く日が週に一度になった"]),
    ])
}

fn sample() -> Driver {
    Driver::case_a()
}

/// A new meeting that is told what was to be done after the last one.
fn after_another() -> Driver {
    let mut driver = Driver::empty();
    let mut mint = Now { at: driver.at, seed: 900 }.ids();
    let what = ["渡し船の時刻を診療所に貼る", "集会所の鍵を預かる人を決める"];
    driver.previous = what
        .map(|what| OpenAction {
            action: Action { what: what.into(), ..Action::new(mint.id(), mint.id()) },
            meeting_title: "第3回 島の集まり".into(),
            meeting_date: None,
            case: None,
            who: vec!["民生委員".into()],
            issue: String::new(),
        })
        .to_vec();
    let id = driver.dossier().meeting.id;
    driver.model.open = Open::Home;
    driver.send(Msg::Store(driver.opened(id)));
    driver
}

#[test]
fn 会議のどの行でも足の行はエンターがすることを言う() {
    let words = each_row(sample, "ctrl-g 1 up", 16);
    assert_eq!(words, ["直す"]);
    let words = each_row(sample, "ctrl-u", 16);
    assert_eq!(words, ["直す"]);
    assert_eq!(each_row(sample, "ctrl-o", 20), ["書く", "次回の日を書く", "書く"]);
    assert_eq!(each_cell(sample, "ctrl-g 6", 11, 3), ["書く"]);
    assert_eq!(each_row(sample, "ctrl-g 6 space", 24), ["取り入れる"]);
    assert_eq!(each_row(sample, "ctrl-g 6 space enter up*30", 2), ["表の行へ", "取り入れる"]);
    assert_eq!(each_cell(sample, "ctrl-g 7", 4, 3), ["書く"]);
    let words = each_row(sample, "ctrl-g 8 up", 30);
    assert!(words.contains(&"次の会議を作る".to_owned()), "{words:?}");
    assert!(words.contains(&"次回の日を書く".to_owned()), "{words:?}");
    assert!(words.contains(&"済みにする".to_owned()), "{words:?}");
}

#[test]
fn 地域のどの行でも足の行はエンターがすることを言う() {
    assert_eq!(each_row(town, "f7", 2), ["開く"]);
    let issue = each_row(town, "f7 enter", 19);
    assert_eq!(issue.last().map(String::as_str), Some("会議を開く"), "{issue:?}");
    assert_eq!(each_cell(town, "f8", 4, 3), ["枠を作る", "書く", "会議を開く"]);
    assert_eq!(each_cell(town, "f8 enter", 14, 3), ["書く"]);
    assert_eq!(each_row(town, "f9", 3), ["開く"]);
    assert_eq!(each_row(town, "f9 f5", 9), ["書く"]);
    assert_eq!(each_cell(town, "f9 f2", 4, 3), ["書く"]);
}

#[test]
fn 一覧と導入のどの行でも足の行はエンターがすることを言う() {
    assert_eq!(each_row(town, "", 7), ["作る", "開く"]);
    assert_eq!(each_row(after_another, "ctrl-g 1 up", 5), ["直す", "結果を書く"]);
}

#[test]
fn 地図の上でも足の行はエンターがすることを言う() {
    let map = || Driver::with_map("生活\n  渡し船で買物に行く ◀\n  夜は早く寝る");
    assert_eq!(each_row(map, "", 2), ["直す"]);
    assert_eq!(each_row(map, "left*4 up*4", 1), ["書いて足す"]);
    assert_eq!(each_row(|| Driver::with_map("生活 ◀"), "", 1), ["書いて足す"]);
}

#[test]
fn 書いている間も足の行はエンターがすることを言う() {
    let map = || Driver::with_map("生活\n  渡し船で買物に行く ◀\n家族\n  !送る人がいない\n  !頼みにくい");
    let centre = || {
        let mut driver = map();
        if let Some((desk, _)) = driver.model.meeting_mut() {
            desk.map.selected = What::Centre;
        }
        driver
    };
    for (start, keys, word) in [
        (&map as &dyn Fn() -> Driver, "「犬と歩く」", "次に足す"),
        (&map, "「兄は遠い＃家」", "足す"),
        (&map, "「妹は近い＃送る」", "足す"),
        (&map, "「1>2、気がねがある」", "つなぐ"),
        (&map, "「1>2」", "つなぐ"),
        (&map, "「@薬 パス」", "番を送る"),
        (&map, "「!」", "決める"),
        (&map, "「@薬 」", "決める"),
        (&map, "「朝は早い＠船長」", "確かめる"),
        (&map, "「朝は早い＠船長」 enter", "次に足す"),
        (&map, "「朝は早い＃灯台」", "確かめる"),
        (&map, "「＃灯台」", "確かめる"),
        (&map, "「＃灯台」 enter", "次に足す"),
        (&map, "f2 home 「@船長 」", "確かめる"),
        (&centre, "「島の暮らし」", "大枝を足す"),
        (&map, "「犬と歩く」 enter", "2回で直す"),
        (&map, "「犬と歩く」 enter enter", "直す"),
        (&map, "f2 「時々」", "決める"),
        (&map, "「@薬」", "選ぶ"),
        (&map, "「#生」", "選ぶ"),
        (&sample, "ctrl-u 「渡し船の船長 北の港」 enter", "参加者を足す"),
        (&sample, "ctrl-u 「渡し船の船長 北の港」", "確かめる"),
        (&sample, "ctrl-u 「P01 薬剤師」", "確かめる"),
        (&sample, "ctrl-u 「薬剤師 北の港薬局」", "参加者を足す"),
        (&sample, "ctrl-u 「薬剤師 北の港薬局」 enter", "2回で直す"),
        (&sample, "ctrl-u enter 「係」", "決める"),
        (&sample, "ctrl-g 8 「船の音が聞こえた」", "書き足す"),
        (&sample, "ctrl-g 8 「船の音＠灯台守」", "確かめる"),
        (&sample, "ctrl-g 8 「@薬 」", "決める"),
        (&sample, "ctrl-g 8", "2回で直す"),
        (&sample, "ctrl-g 8 enter enter 「そうです」", "決める"),
        (&sample, "ctrl-g 6 enter", "決める"),
        (&town, "f8 down 「5/21」", "決める"),
    ] {
        let mut driver = start();
        driver.keys(keys);
        let (word_said, before) = (named(&driver), Seen::of(&driver));
        assert_eq!(word_said, word, "{keys}");
        driver.key("enter");
        assert_eq!(done(&before, &Seen::of(&driver)), word, "{keys}: {}", driver.notice());
    }
}

#[test]
fn だれもいない参加者の画面ではエンターの前に書くことを言う() {
    let mut driver = Driver::first_start();
    driver.keys("ctrl-n ctrl-u");
    assert_eq!(named(&driver), "書いて足す");
    driver.key("enter");
    assert!(driver.notice().contains("書いて"), "{}", driver.notice());
    driver.typed("栄養士 北の港病院");
    assert_eq!(named(&driver), "参加者を足す");
}

#[test]
fn 次へのキーは終わったあとも本当のことを言う() {
    let mut d = Driver::with_map("生活 ◀");
    let bar = |d: &Driver| Frame::of(d, (160, 45)).bar;
    d.keys("ctrl-g 7 up");
    assert!(bar(&d).contains("F6 次の段階"), "{}", bar(&d));
    d.keys("ctrl-g 8 up ctrl-x");
    let shown = Frame::of(&d, (160, 45)).whole();
    assert!(!shown.contains("次の段階"), "{shown}");
    d.keys("esc");
    // Whether it ends the meeting or has ended it before.
    for says in ["会議を終える", "書き出す"] {
        let ended = d.dossier().progress.ended_at.is_some();
        assert_eq!(ended, says == "書き出す");
        assert!(bar(&d).contains(&format!("F6 {says}")), "{}", bar(&d));
        d.keys("f6 esc");
    }
}
