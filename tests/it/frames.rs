//! Every screen as people see it, at the three sizes of the room, as pictures made of characters: a few frames whole, of
//! the others what lies between head and bar. All heads stand in one table, and so do all bars.
//!
//! `INSTA_UPDATE=always cargo test --test it frames::` takes them anew; then they are to be looked at, one by one.

use crate::support;

use std::path::PathBuf;

use jirei::export::write::WriteError;
use jirei::store::{Answer, Stopped, StoreError};
use jirei::ui::{Msg, Unwritten};
use support::driver::Driver;
use support::frame::{Frame, SIZES, picture};

use super::frames_region::{
    地域課題の一覧と一件, 年間の振り返り, 年間の計画, 話し合いと様式
};

/// What is done with a screen that has a name.
pub type Take<'a> = &'a mut dyn FnMut(&str, &mut Driver);

/// One frame of each kind: the list of meetings, the map, a table of a meeting, the region.
const WHOLE: [&str; 4] = ["home", "interview", "plan", "register"];

/// Screens that come one out of the other; each row of them is a test.
macro_rules! screens {
    ($($row:ident),* $(,)?) => {
        pub const SCREENS: &[fn(Take)] = &[$($row),*];

        mod screen {
            $(#[test]
            fn $row() {
                super::$row(&mut super::look_at);
            })*
        }
    };
}

screens! {
    会議の一覧,
    会議と事例のこと,
    導入と参加者,
    地図の段階,
    地図の見方,
    因果の図,
    行動計画,
    地域課題,
    振り返り,
    重なる画面,
    まとめを読みあげる,
    取っておいた助言と順番,
    地図の育ち,
    長い問いかけは続きがあると分かる,
    地域課題の一覧と一件,
    年間の計画,
    年間の振り返り,
    話し合いと様式,
}

/// Compares a screen with its snapshots.
fn look_at(name: &str, driver: &mut Driver) {
    for size in SIZES {
        driver.send(Msg::Resize(size.0, size.1));
        let frame = Frame::of(driver, size);
        let seen = if WHOLE.contains(&name) { frame.whole() } else { frame.between() };
        insta::assert_snapshot!(format!("{name}_{}x{}", size.0, size.1), seen);
    }
}

/// Rows that are the same on many screens, and the names of those.
#[derive(Default)]
struct Table(Vec<(String, Vec<String>)>);

impl Table {
    fn note(&mut self, rows: String, screen: String) {
        match self.0.iter_mut().find(|(known, _)| *known == rows) {
            Some((_, screens)) => screens.push(screen),
            None => self.0.push((rows, vec![screen])),
        }
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (rows, screens) in &self.0 {
            for some in screens.chunks(6) {
                writeln!(f, "# {}", some.join(" "))?;
            }
            writeln!(f, "{rows}\n")?;
        }
        Ok(())
    }
}

#[test]
fn どの画面にも頭と足がある() {
    let (mut heads, mut bars) = (Table::default(), Table::default());
    for screens in SCREENS {
        screens(&mut |name, driver| {
            for size in SIZES {
                driver.send(Msg::Resize(size.0, size.1));
                let Frame { head, bar, .. } = Frame::of(driver, size);
                let name = format!("{name}_{}x{}", size.0, size.1);
                heads.note(head, name.clone());
                bars.note(bar, name);
            }
        });
    }
    insta::assert_snapshot!("heads", heads);
    insta::assert_snapshot!("bars", bars);
}

/// The sample at a step, by the number on the rail.
fn sample_at(step: usize) -> Driver {
    let mut driver = Driver::case_a();
    driver.keys(&format!("ctrl-g {step}"));
    driver
}

fn 会議の一覧(pictures: Take) {
    pictures("home_first_start", &mut Driver::first_start());
    let mut driver = Driver::case_a();
    driver.keys("ctrl-b");
    pictures("home", &mut driver);
}

fn 会議と事例のこと(pictures: Take) {
    let mut driver = sample_at(1);
    driver.keys("ctrl-o down down");
    pictures("info", &mut driver);
    driver.keys("down down down down enter");
    pictures("info_writing", &mut driver);
    let mut driver = Driver::first_start();
    driver.keys("ctrl-n ctrl-r 「1」");
    pictures("formats", &mut driver);
}

fn 導入と参加者(pictures: Take) {
    let mut driver = sample_at(1);
    pictures("opening", &mut driver);
    driver.keys("ctrl-u down 「薬剤師 山の町薬局」");
    pictures("people", &mut driver);
}

fn 地図の段階(pictures: Take) {
    for (step, name) in [(2, "interview"), (3, "questions"), (4, "analysis"), (5, "ideas")] {
        pictures(name, &mut sample_at(step));
    }
    let mut driver = sample_at(3);
    driver.keys("pagedown 「@薬 !残った薬が袋に3か月分」");
    pictures("map_writing", &mut driver);
    let mut driver = sample_at(3);
    driver.keys("「@」");
    pictures("map_candidates", &mut driver);
}

fn 地図の見方(pictures: Take) {
    let mut driver = sample_at(4);
    driver.keys("ctrl-l");
    pictures("map_branches", &mut driver);
    driver.keys("ctrl-l");
    pictures("map_one_branch", &mut driver);
    driver.keys("ctrl-l f8");
    pictures("map_whole", &mut driver);
    let mut driver = sample_at(4);
    driver.keys("ctrl-f 「飲まない」");
    pictures("map_search", &mut driver);
    driver.keys("esc ctrl-f 「⑮」 enter f7 「4 毎朝ひとりで飲む」");
    pictures("map_link", &mut driver);
}

fn 因果の図(pictures: Take) {
    let mut driver = sample_at(4);
    driver.keys("f12");
    pictures("chart", &mut driver);
    driver.keys("ctrl-f 「④」 enter");
    pictures("chart_middle", &mut driver);
    // It ends where it began: a vicious circle.
    driver.keys("ctrl-f 「⑬」 enter f7 「15 だれにも言えないまま」 enter");
    pictures("chart_circle", &mut driver);
    driver.keys("f9");
    pictures("chart_circle_prompts", &mut driver);
}

fn 行動計画(pictures: Take) {
    let mut driver = sample_at(6);
    pictures("plan", &mut driver);
    driver.keys("down right right enter");
    pictures("plan_writing", &mut driver);
    driver.keys("f8 「袋に」");
    pictures("plan_map", &mut driver);
    let mut driver = sample_at(6);
    driver.keys("right right 「消防署」 enter");
    pictures("plan_stranger", &mut driver);
}

fn 地域課題(pictures: Take) {
    let mut driver = sample_at(7);
    pictures("regional", &mut driver);
    driver.keys("down enter");
    pictures("regional_writing", &mut driver);
}

fn 振り返り(pictures: Take) {
    pictures("closing", &mut sample_at(8));
}

fn 重なる画面(pictures: Take) {
    for (keys, name) in [
        ("f1", "help"),
        ("f10", "menu"),
        ("ctrl-p 「書き」", "palette"),
        ("f9", "prompts"),
        ("f3", "speaker"),
        ("f4", "kind"),
        ("ctrl-e", "export"),
        ("ctrl-e enter", "export_path"),
    ] {
        let mut driver = sample_at(2);
        driver.keys(keys);
        pictures(name, &mut driver);
    }
}

fn まとめを読みあげる(pictures: Take) {
    for (step, name) in [(2, "read_back_interview"), (4, "read_back_analysis"), (6, "read_back_plan")] {
        let mut driver = sample_at(step);
        driver.keys("ctrl-x");
        pictures(name, &mut driver);
    }
}

fn 取っておいた助言と順番(pictures: Take) {
    let mut driver = sample_at(3);
    driver.keys("「>@P06 訪問薬剤管理をすすめては」 enter ctrl-n f9 down*3 space");
    pictures("prompts_questions", &mut driver);
    driver.keys("esc ctrl-g 5");
    pictures("ideas_parked", &mut driver);
}

fn 地図の育ち(pictures: Take) {
    let mut driver = Driver::empty();
    driver.keys("pagedown 「買物は移動販売」 enter 「鍋をこがした跡」 enter 「!火を使うのがこわい」 tab 「#家族 長男は県外」 enter");
    driver.keys("ctrl-left left");
    pictures("growth", &mut driver);
    driver.keys("home");
    pictures("growth_start", &mut driver);
}

/// All that is seen, as one run of characters: what is wrapped is whole again.
fn seen(driver: &Driver, size: (u16, u16)) -> String {
    picture(driver, size).split_whitespace().collect()
}

fn is_whole(driver: &Driver, said: &str) {
    let all: String = said.split_whitespace().collect();
    assert!(!all.is_empty());
    let picture = picture(driver, (80, 24));
    assert!(seen(driver, (80, 24)).contains(&all), "{said}\n{picture}");
}

#[test]
fn 知らせは狭い画面でもおわりまで読める() {
    for keys in [
        "ctrl-g 6 tab*2 「2月30日」 enter",
        "ctrl-g 6 left 「99」 enter",
        "ctrl-g 6 tab*4 「とても高い」 enter",
        "ctrl-g 7 tab*8 「どこにもない枝」 enter",
        "ctrl-g 7 tab 「たぶん」 enter",
        "ctrl-d 「いつか」 enter",
        "ctrl-d 「2026-02-30」 enter",
        "ctrl-d 「2026-05-22(月)」 enter",
        "ctrl-o down 「そのうち」 enter",
        "ctrl-g 2 「@消防署 むかえに来る人がいない」 enter",
        "ctrl-g 8 「#どこにもない問い ことば」 enter",
        "ctrl-u 「P01 薬剤師」 enter",
    ] {
        let mut driver = Driver::with_map("生活\n  !残薬 ◀");
        driver.send(Msg::Resize(80, 24));
        driver.keys(keys);
        assert!(driver.model.cx.notice.is_loud(), "{keys}: {}", driver.notice());
        is_whole(&driver, driver.notice());
    }
}

#[test]
fn できないわけは狭い画面でもおわりまで読める() {
    for keys in ["ctrl-o ctrl-r", "ctrl-g 7 f7", "delete", "alt-c", "ctrl-g 6 tab 「消防署」 enter"] {
        let mut driver = Driver::with_map("生活 ◀");
        driver.send(Msg::Resize(80, 24));
        driver.keys(keys);
        is_whole(&driver, driver.notice());
    }
}

/// The rows at the foot of the smallest screen: what the program says, what it understood, what is typed.
fn foot(driver: &mut Driver, keys: &str) -> [String; 3] {
    driver.keys(keys);
    driver.send(Msg::Resize(80, 24));
    let rows: Vec<String> = picture(driver, (80, 24)).lines().map(|row| row.trim().to_owned()).collect();
    // What is said may take more than its own row.
    let rule = rows[..19].iter().rposition(|row| row.starts_with('─')).unwrap_or(18);
    [rows[rule + 1..20].concat(), rows[20].replace("保存済み ✓", "").trim().to_owned(), rows[21].clone()]
}

#[test]
fn エンターの前に何になるかが出る() {
    for (step, keys, label, line) in [
        (
            1,
            "「薬剤師 山の町薬局」",
            "職種 薬剤師  所属 山の町薬局  （関わりあり 初参加 も書けます）",
            "▌ 薬剤師 山の町薬局▏",
        ),
        (
            1,
            "「医師 山の町の診療所（内科）見本沢 初」",
            "職種 医師  所属 山の町の診療所  部署 内科  氏名 見本沢  初参加",
            "▌ 医師 山の町の診療所（内科）見本沢 初▏",
        ),
        (1, "「残薬が多い」", "一覧にない職種 残薬が多い", "▌ 残薬が多い▏"),
        (
            3,
            "「@薬 !残薬」",
            "課題 → 本人の枝                                  F3 発言者を変える",
            "▌  薬剤師 P06  › 残薬▏",
        ),
        // Who spoke speaks on, also where nothing is typed yet.
        (
            3,
            "「@薬 」 enter 「#生活 」 enter",
            "情報 → 生活の枝                                  F3 発言者を変える",
            "▌  薬剤師 P06  › ▏",
        ),
        (3, "「@薬 」 enter f3 up*20 「決めない」 enter", "発言者なし › 情報 → 本人の枝", "▌ ▏"),
        (5, "「一包化」", "発言者なし › 支援策 → ⑮「飲まない理由をチームで共有できてい…」の下", "▌ 一包化▏"),
        (
            5,
            "ctrl-f 「婦人会の」 enter 「一包化」",
            "発言者なし › 支援策 → 本人「婦人会の元会長」の次",
            "▌ 一包化▏",
        ),
    ] {
        let [_, said, typed] = foot(&mut sample_at(step), keys);
        assert_eq!((said.as_str(), typed.as_str()), (label, line), "{keys}");
    }
}

#[test]
fn 書けないわけは狭い画面でもおわりまで読める() {
    let path = || PathBuf::from("/home/山の町/書類/在宅医療・介護連携/令和8年度/2026-05-21_第2回_議事録.md");
    let written = [
        WriteError::Exists(path()),
        WriteError::Folder(path()),
        WriteError::NoFolder(path()),
        WriteError::Denied(path()),
        WriteError::Open(path()),
        WriteError::Full(path()),
        WriteError::Other { path: path(), source: std::io::Error::other("通信が切れました") },
    ];
    for error in written {
        let mut driver = Driver::with_map("生活 ◀");
        driver.send(Msg::Resize(80, 24));
        driver.send(Msg::Wrote(Err(Unwritten::Failed(error.to_string()))));
        is_whole(&driver, &error.to_string());
    }
    let kept = [
        StoreError::Full,
        StoreError::Busy,
        StoreError::ReadOnly,
        StoreError::Look,
        StoreError::Moved,
        StoreError::Damaged,
        StoreError::Mismatch("UNIQUE constraint failed: participant.meeting, participant.code".to_owned()),
        StoreError::Unreadable { table: "participant".to_owned(), column: "profession".to_owned() },
        StoreError::Other("disk I/O error".to_owned()),
    ];
    for error in kept.map(|error| error.to_string()).into_iter().chain([Stopped.to_string()]) {
        for keys in ["", "ctrl-g 6", "ctrl-b"] {
            let mut driver = Driver::with_map("生活 ◀");
            driver.keys(keys);
            driver.model.cx.notice.clear();
            driver.send(Msg::Resize(80, 24));
            driver.send(Msg::Store(Answer::Failed { message: error.clone(), waiting: 1 }));
            is_whole(&driver, &error);
        }
    }
}

fn 長い問いかけは続きがあると分かる(pictures: Take) {
    let mut driver = sample_at(5);
    driver.keys("f9");
    pictures("prompts_ideas", &mut driver);
    driver.keys("pagedown*9");
    pictures("prompts_ideas_end", &mut driver);
}

#[test]
fn 同じことは二度言わない() {
    let mut driver = sample_at(3);
    let [_, label, _] = foot(&mut driver, "「@宇宙飛行士 」");
    assert!(label.contains("「宇宙飛行士」に当てはまる参加者がいません"), "{label}");
    let [said, label, _] = foot(&mut driver, "enter");
    assert!(said.contains("「宇宙飛行士」に当てはまる参加者がいません"), "{said}");
    assert!(!label.contains("宇宙飛行士"), "{label}");
    let [said, label, _] = foot(&mut driver, "esc ctrl-f 「⑮」 enter f7 「99」");
    assert!(said.contains("つなぐ先を") && label.contains("99番の課題はありません"), "{said} {label}");
    let [said, label, _] = foot(&mut driver, "enter");
    assert!(said.contains("99番の課題はありません") && !label.contains("99"), "{said} {label}");
    let mut driver = sample_at(6);
    let [said, label, _] = foot(&mut driver, "right*2 enter 「とびこみの人」 enter");
    assert!(said.contains("とびこみの人") && !label.contains("とびこみの人"), "{said} {label}");
}

#[test]
fn 二つの知らせは狭い画面でもおしまいまで読める() {
    let mut driver = sample_at(2);
    driver.send(Msg::Resize(80, 24));
    driver.keys("「>@宇宙飛行士 田中さんの夜の薬」 enter enter");
    let shown: String = picture(&driver, (80, 24)).lines().map(str::trim).collect();
    let said = driver.notice();
    assert!(said.starts_with("氏名") && said.ends_with("もう一度出します。"), "{said}");
    let cells = |text: &str| text.replace(' ', "");
    assert!(cells(&shown).contains(&cells(said)), "{}", picture(&driver, (80, 24)));
}

#[test]
fn 小さすぎる画面() {
    let mut driver = sample_at(2);
    driver.send(Msg::Resize(20, 5));
    insta::assert_snapshot!("too_small_20x5", picture(&driver, (20, 5)));
}
