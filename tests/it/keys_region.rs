//! Keys in, state out: the register of regional issues, the plan of a year and the forms of its review.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use crate::support;

use chrono::Datelike;
use jirei::command::Place;
use jirei::domain::*;
use jirei::review::FigureId;
use jirei::ui::region::{IssueRow, RegionScreen, YearRow};
use jirei::ui::sheet::{Regional, RegionalField, Row};
use jirei::ui::{Deliverable, Effect, Overlay};
use support::driver::Driver;
use support::region::region;

fn two() -> Driver {
    region(&[
        ("2026-05-21", &["通院の足がない", "ＩＣＴに不慣れなケアマネージャーが多い"]),
        ("2026-09-17", &["夜間に相談できる窓口が知られていない"]),
    ])
}

fn open(driver: &Driver) -> &RegionScreen {
    driver.model.region().unwrap()
}

fn sentence(driver: &Driver) -> String {
    let id = open(driver).issue().unwrap();
    open(driver).doc.entry(id).unwrap().issue.statement.clone()
}

fn issue(driver: &Driver, words: &str) -> RegionalIssue {
    let all = driver.kept.values().flat_map(|k| k.dossier.regional.values());
    all.into_iter().find(|r| r.statement == words).unwrap().clone()
}

#[test]
fn 地域課題の一覧は新しいものから並び書くとさがす() {
    let mut driver = two();
    driver.keys("f7");
    assert_eq!(driver.model.place(), Place::Register);
    assert_eq!(sentence(&driver), "夜間に相談できる窓口が知られていない");
    driver.keys("「介護支援専門員」");
    assert_eq!(
        (open(&driver).register.found.len(), sentence(&driver)),
        (1, "ＩＣＴに不慣れなケアマネージャーが多い".into())
    );
    driver.keys("esc");
    assert_eq!(
        (open(&driver).register.found.len(), sentence(&driver)),
        (3, "ＩＣＴに不慣れなケアマネージャーが多い".into())
    );
    driver.keys("esc");
    assert!(driver.model.place() == Place::Home && driver.model.region().is_none());
}

#[test]
fn 一覧の欄は地図に付くものを除いたすべて() {
    let mut driver = two();
    driver.keys("f7 enter");
    let rows = open(&driver).issue_rows();
    for (name, _) in Regional::FIELDS {
        assert_eq!(rows.contains(&IssueRow::Field(*name)), *name != RegionalField::Evidence);
    }
    let fields = rows.iter().filter(|row| matches!(row, IssueRow::Field(_))).count();
    assert_eq!(fields + 1, Regional::FIELDS.len());
}

#[test]
fn 一覧で書いたことは会議の記録になり経過が残り元に戻せる() {
    let mut driver = two();
    driver.keys("f7 「通院」 enter down*2 「高」 enter enter");
    assert_eq!(issue(&driver, "通院の足がない").priority, Some(Priority::High.into()));
    // レベル is the ninth field; one on the same day is one step.
    driver.keys("esc f7 enter down*8 「市町村」 enter");
    assert_eq!(issue(&driver, "通院の足がない").level, "市町村");
    let steps = |driver: &Driver| -> Vec<String> {
        driver.kept.values().flat_map(|k| k.dossier.escalations.values()).map(|e| e.level.clone()).collect()
    };
    assert_eq!(steps(&driver), ["市町村"]);
    driver.keys("esc ctrl-z");
    assert_eq!((issue(&driver, "通院の足がない").level.as_str(), steps(&driver).len()), ("", 0));
    driver.keys("ctrl-y");
    assert_eq!(steps(&driver), ["市町村"]);
}

#[test]
fn 開きなおしても元に戻せ同じ所にいる() {
    let mut driver = two();
    driver.keys("f7 「通院」 enter down*2 「高」 enter esc down*3 「保健所」");
    driver.tick();
    driver.restart();
    assert_eq!(driver.model.place(), Place::Issue);
    assert_eq!(sentence(&driver), "通院の足がない");
    assert_eq!(driver.model.editing().unwrap().1.text(), "保健所");
    driver.keys("enter ctrl-z");
    driver.keys("ctrl-z ctrl-z");
    assert_eq!(issue(&driver, "通院の足がない").priority, None);
    assert_eq!(issue(&driver, "通院の足がない").responsible, "");
}

#[test]
fn 根拠の会議を開いてescでもどる() {
    let mut driver = two();
    driver.keys("f7 「通院」 f6");
    assert_eq!(driver.dossier().meeting.title, "第1回 事例検討会");
    driver.keys("ctrl-o esc");
    assert!(driver.model.meeting().is_some() || driver.model.place() == Place::Register);
    if driver.model.meeting().is_some() {
        driver.keys("esc");
    }
    assert_eq!((driver.model.place(), sentence(&driver)), (Place::Register, "通院の足がない".into()));
    assert_eq!(open(&driver).register.words.text(), "通院");
}

/// The same where the meetings have a step in which regional issues are written.
fn two_with_steps() -> Driver {
    let mut driver = two();
    for kept in driver.kept.values_mut() {
        let step = StepPlan { step: Step::Regional, title: "地域課題".into(), minutes: 10 };
        kept.dossier.meeting.steps.push(step);
    }
    driver
}

#[test]
fn もとの会議で文を変えても開いていた地域課題にもどる() {
    let mut driver = two_with_steps();
    driver.keys("f7 「通院」 enter f6 f6 enter backspace*7 「移動が大変」 enter");
    driver.keys("esc esc");
    assert_eq!((driver.model.place(), sentence(&driver)), (Place::Issue, "移動が大変".into()));
}

#[test]
fn もとの会議で地域課題を消しても一覧はずれない() {
    let mut driver = two_with_steps();
    driver.keys("f7 down*2 f6");
    assert_eq!(driver.dossier().meeting.title, "第1回 事例検討会");
    driver.keys("f6");
    assert_eq!(driver.model.place(), Place::Regional);
    driver.keys("delete");
    assert_eq!(driver.dossier().regional.len(), 1);
    driver.keys("esc");
    assert_eq!((driver.model.place(), open(&driver).register.found.len()), (Place::Register, 2));
    assert_eq!(sentence(&driver), "ＩＣＴに不慣れなケアマネージャーが多い");
    // What comes back with undo is found again, and one stays where one was.
    driver.keys("f6 ctrl-z esc");
    assert_eq!(open(&driver).register.found.len(), 3);
    assert_eq!(sentence(&driver), "ＩＣＴに不慣れなケアマネージャーが多い");
}

#[test]
fn しぼりこみは重なりescでやめる() {
    let mut driver = two();
    driver.keys("f7 「通院」 enter down*5 「検討中」 enter esc*3 f7");
    assert_eq!(open(&driver).register.found.len(), 3);
    driver.keys("f3 「検討中」 enter");
    assert_eq!((open(&driver).register.found.len(), sentence(&driver)), (1, "通院の足がない".into()));
    driver.keys("「夜間」");
    assert_eq!(open(&driver).register.found.len(), 0);
    driver.keys("esc");
    assert_eq!(open(&driver).register.found.len(), 3);
}

#[test]
fn 枠を作ると開いた会議が入り書いた日に動く() {
    let mut driver = two();
    driver.keys("f8");
    assert_eq!(open(&driver).year_rows()[..2], [YearRow::Usual, YearRow::New]);
    driver.keys("enter");
    let rows = open(&driver).year_rows();
    assert_eq!((rows.len(), driver.outside.years.slots.len()), (13, 12));
    assert_eq!(driver.outside.years.slots.values().filter(|s| s.meeting.is_some()).count(), 2);
    // The third slot has no day yet; with one it stands where the day says.
    driver.keys("down*2 「6/18」 enter");
    let slot = open(&driver).selected_slot().unwrap().clone();
    assert_eq!(slot.date, "2026-06-18".parse().ok());
    assert_eq!(open(&driver).sheet.row, 1);
    driver.keys("esc left 「7/2」 enter");
    let slot = open(&driver).selected_slot().unwrap().clone();
    assert_eq!((slot.date, slot.moved_from), ("2026-07-02".parse().ok(), "2026-06-18".parse().ok()));
    driver.keys("esc ctrl-z*3");
    assert!(driver.outside.years.slots.is_empty());
}

#[test]
fn 年度の外の日は枠の日にならず欄に残る() {
    let mut driver = two();
    driver.keys("f8 enter down*5 「2028/5/1」 enter");
    assert!(driver.model.cx.notice.text().contains("2026年度"));
    driver.keys("esc left");
    let cell = driver.model.sheets().unwrap().selected_cell(&driver.model.cx).unwrap();
    assert_eq!(driver.model.cell_shown(cell), "？2028/5/1");
    assert!(driver.outside.years.slots.values().all(|slot| slot.date.is_none_or(|day| day.year() < 2028)));
}

#[test]
fn 新しい会議はいちばん近い枠に入り枠からも始められる() {
    let mut driver = region(&[]);
    driver.keys("f8 enter 「5/28」 enter esc ctrl-b");
    driver.keys("ctrl-n");
    let first = driver.dossier().meeting.id;
    driver.keys("ctrl-b f8");
    let held = |driver: &Driver| -> Vec<Id<Meeting>> {
        open(driver).doc.years.plan("", 2026).iter().filter_map(|s| s.meeting).collect()
    };
    assert_eq!(held(&driver), [first]);
    assert_eq!(driver.outside.years.plan("", 2026)[0].meeting, Some(first));
    // A ケアカフェ is begun from its own slot.
    driver.keys("down*8 ctrl-n");
    assert_eq!(driver.dossier().meeting.format, "care-cafe");
    let second = driver.dossier().meeting.id;
    driver.keys("esc");
    assert_eq!((driver.model.place(), held(&driver).contains(&second)), (Place::Year, true));
}

#[test]
fn 枠に会議を入れたり外したりできる() {
    let mut driver = two();
    driver.keys("f8 enter delete");
    assert_eq!(open(&driver).year_rows().iter().filter(|r| matches!(r, YearRow::Loose(_))).count(), 1);
    driver.keys("down ctrl-l enter");
    assert_eq!(open(&driver).year_rows().iter().filter(|r| matches!(r, YearRow::Loose(_))).count(), 0);
}

#[test]
fn 年度を移ると別の計画になる() {
    let mut driver = two();
    driver.keys("f8 enter pagedown");
    assert_eq!((open(&driver).year, open(&driver).year_rows()[0]), (2027, YearRow::Usual));
    driver.keys("pageup");
    assert_eq!(open(&driver).year_rows().len(), 13);
}

#[test]
fn 一件ずつ話し合って決める() {
    let mut driver = two();
    driver.keys("f9 f5");
    assert_eq!((driver.model.place(), open(&driver).agenda.len()), (Place::Decide, 3));
    assert_eq!(sentence(&driver), "通院の足がない");
    driver.keys("「1」 enter esc pagedown");
    assert_eq!(sentence(&driver), "ＩＣＴに不慣れなケアマネージャーが多い");
    assert_eq!(issue(&driver, "通院の足がない").priority, Some(Priority::High.into()));
    // What was decided does not move the issue away under one's hands.
    driver.keys("pageup");
    assert_eq!((sentence(&driver).as_str(), open(&driver).turn), ("通院の足がない", 0));
    driver.keys("esc esc");
    assert_eq!(driver.model.place(), Place::Home);
}

#[test]
fn 様式の欄に書く() {
    let mut driver = two();
    driver.keys("f9 f2 「住み慣れた家で過ごせる」 enter");
    let years = &driver.outside.years;
    assert_eq!(years.passage("", 2026, "日常の療養支援", Aspect::Vision), "住み慣れた家で過ごせる");
    driver.keys("esc pagedown 「月に一度集まる」 enter");
    let passage = driver.outside.years.passages.values().find(|p| p.aspect == Aspect::Plan).unwrap();
    assert!(passage.subject.starts_with("(ア)") && passage.text == "月に一度集まる");
}

#[test]
fn 書きかけはescで片づきもう一度escで出てくる() {
    let mut driver = two();
    driver.keys("f7 enter down*3 「急ぐため」 esc");
    assert!(driver.model.editing().is_none() && driver.model.place() == Place::Issue);
    driver.keys("esc");
    assert_eq!(driver.model.editing().unwrap().1.text(), "急ぐため");
    driver.keys("esc esc");
    assert!(driver.model.editing().is_none() && driver.model.place() == Place::Register);
}

#[test]
fn 見るだけのときは何も書かない() {
    let mut driver = two();
    driver.model.cx.look_only = true;
    driver.keys("f7 enter 「高」 enter");
    assert!(driver.model.cx.notice.text().contains("見るだけ"));
    assert!(driver.outside.journal.is_empty());
}

#[test]
fn 枠を書いて下の行へ行っても中止にはならない() {
    let mut driver = two();
    driver.keys("f8 enter down tab tab 「包括支援センター」 enter down down");
    let years = &open(&driver).doc.years;
    assert_eq!(years.slots.values().filter(|s| s.presenter == "包括支援センター").count(), 1);
    assert!(years.slots.values().all(|s| !s.cancelled));
    // Whoever means it, says so.
    driver.keys("「1」 enter");
    assert_eq!(open(&driver).doc.years.slots.values().filter(|s| s.cancelled).count(), 1);
}

#[test]
fn 話し合いと様式の画面からも報告書を書き出せる() {
    for screen in ["f9 f5", "f9 f2"] {
        let mut driver = two();
        driver.keys(screen);
        driver.keys("ctrl-e 8 enter");
        let last = driver.given.last();
        assert!(
            matches!(last, Some(Effect::Write { gift: Deliverable::Review(_), .. })),
            "{screen}: {last:?}"
        );
    }
}

#[test]
fn 町の名前のない人も取り込んだ町の計画から見る() {
    let mut driver = two();
    let slot = Slot { presenter: "海の包括".into(), ..Slot::usual("海の町", 2026, "mieru", 0) };
    driver.outside.years.apply(&Change::add(slot)).unwrap();
    driver.keys("f8");
    assert_eq!(open(&driver).written_town(), "海の町");
    assert!(open(&driver).selected_slot().is_some_and(|slot| slot.presenter == "海の包括"));
    // A plan is that of one town: all of them together are not offered.
    driver.keys("f4");
    let Some(Overlay::Choose(chooser)) = &driver.model.cx.over else { panic!("{:?}", driver.model.cx.over) };
    let labels: Vec<&str> = chooser.choices.iter().map(|c| c.label.as_str()).collect();
    assert_eq!(labels, ["市町村の名前なし", "海の町"]);
    driver.keys("1");
    assert_eq!(open(&driver).written_town(), "");
}

/// Found by any hands at the keyboard: what was decided in the register stands between an edit and its undo.
#[test]
fn 根拠になっている枝は先に書いたことを飛ばして戻しても消えない() {
    let mut driver = Driver::empty();
    // The row of a new issue begins with its evidence, and both are one edit.
    driver.keys("「残薬」 enter ctrl-g 7 down*10 enter down enter esc");
    let evidence = |driver: &Driver| driver.dossier().evidence.values().filter_map(|e| e.node).count();
    assert_eq!((driver.dossier().regional.len(), evidence(&driver)), (1, 1));
    driver.keys("ctrl-b f7 enter 「高」 enter esc esc esc 2");
    driver.keys("ctrl-z");
    assert!(driver.notice().contains("とばしました"), "{}", driver.notice());
    driver.keys("ctrl-z");
    assert!(driver.notice().contains("とばしました"), "{}", driver.notice());
    assert_eq!((driver.dossier().nodes.len(), evidence(&driver)), (1, 1));
}

#[test]
fn 振り返りの大きな数はその下の表から数えられる() {
    for mut driver in [Driver::case_a(), super::frames_region::year(), two()] {
        driver.keys("ctrl-b f9");
        let questions = open(&driver).review.counted.as_ref().unwrap().questions.len();
        for _ in 0..questions {
            let counted = open(&driver).review.counted.as_ref().unwrap();
            let (rows, (large, unit)) = (&counted.figure.rows, counted.headline());
            let keyed = rows.iter().filter(|row| row.key.is_some());
            let number = |row: &jirei::review::Row| row.cells[0].count().unwrap_or(0);
            let told = match counted.figure.id {
                FigureId::Professions => vec![keyed.count().to_string()],
                FigureId::Speech | FigureId::Decided | FigureId::Months => {
                    vec![keyed.map(number).sum::<u64>().to_string()]
                }
                FigureId::Presenters => vec![keyed.filter(|row| number(row) > 0).count().to_string()],
                _ => rows.iter().flat_map(|row| &row.cells).map(|cell| cell.text()).collect(),
            };
            let number = |told: &String| told.trim_end_matches('%') == large;
            assert!(told.iter().any(number), "{:?}: {large} {unit} {told:?}", counted.figure.id);
            driver.keys("right");
        }
    }
}
