//! The screens of the region as people see them, at the three sizes of the room. `frames.rs` looks at them.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use crate::support;

use jirei::domain::*;
use support::driver::{Driver, Kept};

use super::frames::Take;

/// A year of four meetings with people at them: the sample, told again on other days.
pub fn year() -> Driver {
    let mut driver = Driver::first_start();
    driver.at = Moment::parse_from_rfc3339("2026-11-21T10:00:00+09:00").unwrap();
    let sample = jirei::export::sample::case_a().unwrap();
    let said = [
        (
            "2025-09-18",
            [
                "夜間や休日に相談できる窓口が、住民に知られていない",
                "口の中の様子を見る機会が、訪問の中にない",
            ],
        ),
        (
            "2026-05-21",
            [
                "退院前の話し合いに、かかりつけ薬局が呼ばれていない",
                "買物に行けない高齢者の移動手段が、奥の集落にはない",
            ],
        ),
        (
            "2026-07-16",
            [
                "本人の思いを書きとめて伝える様式が、事業所ごとにばらばらである",
                "消防と医療が、ふだんから話す場がない",
            ],
        ),
        (
            "2026-10-15",
            ["介護をする家族が休める場所が、町の中に少ない", "認知症の人の服薬を見守る人が、日中はいない"],
        ),
    ];
    for (n, (day, words)) in (1u64..).zip(said) {
        let mut mint = Now { at: driver.at, seed: 900 + n }.ids();
        let mut meeting = Meeting { id: mint.id(), date: day.parse().ok(), ..sample.meeting.clone() };
        meeting.title = format!("第{n}回 見える事例検討会");
        (meeting.case, meeting.facilitators, meeting.presenter) = (None, [None, None], None);
        let id = meeting.id;
        let mut dossier = Dossier::new(meeting, None);
        dossier.progress.started_at = Some(driver.at);
        let people = sample.participants.values().skip(usize::from(n == 3) * 4);
        for person in people {
            let person = Participant { id: mint.id(), meeting: id, ..person.clone() };
            dossier.apply(&Change::add(person)).unwrap();
        }
        for (rank, (issue, words)) in (0..).zip(sample.regional.values().zip(words)) {
            let issue = RegionalIssue {
                id: mint.id(),
                meeting: id,
                statement: words.into(),
                status: ["提起", "検討中"][rank as usize % 2].into(),
                rank,
                ..issue.clone()
            };
            dossier.apply(&Change::add(issue)).unwrap();
        }
        driver.kept.insert(id, Kept { dossier, journal: Vec::new() });
    }
    // The list of meetings is read again.
    driver.keys("f7 ctrl-b");
    driver
}

pub fn 地域課題の一覧と一件(pictures: Take) {
    let mut driver = year();
    driver.keys("f7");
    pictures("register", &mut driver);
    driver.keys("「様式」 enter down*8 「市町村」 enter esc");
    pictures("issue", &mut driver);
    driver.keys("down*20");
    pictures("issue_end", &mut driver);
    let mut driver = year();
    driver.keys("f7 f3");
    pictures("register_narrow", &mut driver);
}

pub fn 年間の計画(pictures: Take) {
    let mut driver = year();
    driver.keys("f8");
    pictures("year_empty", &mut driver);
    driver.keys("enter down*3 「12/17」 enter esc left right*2 「みどり訪問看護」 enter esc down left*3 「11/5」 enter esc");
    pictures("year", &mut driver);
    driver.keys("ctrl-b");
    pictures("home_plan", &mut driver);
}

pub fn 年間の振り返り(pictures: Take) {
    let mut driver = year();
    driver.keys("f9");
    pictures("review_meetings", &mut driver);
    driver.keys("right*5");
    pictures("review_professions", &mut driver);
    driver.keys("right*5");
    pictures("review_heat", &mut driver);
    driver.keys("right*4");
    pictures("review_months", &mut driver);
    driver.keys("right enter");
    pictures("review_behind", &mut driver);
}

pub fn 話し合いと様式(pictures: Take) {
    let mut driver = year();
    driver.keys("f9 f5");
    pictures("decide", &mut driver);
    driver.keys("esc f2 「住み慣れた家で過ごせる」 enter 「看取りを家でできた人は3割」 enter esc");
    pictures("forms", &mut driver);
    driver.keys("pagedown");
    pictures("forms_categories", &mut driver);
}
