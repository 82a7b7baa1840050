//! Any hands at the keyboard: nothing panics, nothing is lost, everything can be taken back.

use crate::support;

use jirei::command::Code;
use jirei::ui::{Msg, Overlay};
use proptest::prelude::*;
use support::driver::Driver;
use support::hands::{check, doing, key};

pub fn case_a_running() -> Driver {
    let mut dossier = jirei::export::sample::case_a().unwrap();
    dossier.progress.ended_at = None;
    dossier.progress.step = 2;
    let mut earlier = jirei::export::sample::case_a().unwrap();
    earlier.meeting.id = "01900000-0000-7000-8000-000000000001".parse().unwrap();
    let previous = earlier
        .plan()
        .into_iter()
        .take(2)
        .enumerate()
        .map(|(i, a)| {
            let mut action = a.clone();
            action.id = format!("01900000-0000-7000-8000-00000000000{}", i + 2).parse().unwrap();
            action.meeting = earlier.meeting.id;
            action.issue = None;
            jirei::store::OpenAction {
                action,
                meeting_title: "前回".to_owned(),
                meeting_date: None,
                case: None,
                who: Vec::new(),
                issue: String::new(),
            }
        })
        .collect();
    let mut driver = Driver::first_start();
    driver.previous = previous;
    let id = dossier.meeting.id;
    driver.kept.insert(id, support::driver::Kept { dossier, journal: Vec::new() });
    driver.send(Msg::Store(driver.opened(id)));
    driver
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_hands_on_an_empty_meeting(doings in proptest::collection::vec(doing(), 200..260)) {
        check(Driver::empty, &doings, |_| ());
    }

    #[test]
    fn any_hands_on_a_full_meeting(doings in proptest::collection::vec(doing(), 40..70)) {
        check(case_a_running, &doings, |_| ());
    }
}

#[test]
fn the_sample_is_never_written() {
    let mut driver = Driver::first_start();
    driver.keys("2");
    assert!(driver.desk().doc.is_sample());
    for name in [
        "f6",
        "f5",
        "「残薬」",
        "enter",
        "delete",
        "ctrl-z",
        "ctrl-y",
        "ctrl-g",
        "6",
        "「渡す」",
        "enter",
        "f6",
        "「薬」",
        "enter",
        "f6",
        "「よかった」",
        "enter",
    ] {
        driver.keys(name);
    }
    for _ in 0..120 {
        driver.tick();
    }
    driver.keys("ctrl-b");
    assert_eq!(driver.commits, 0);
    assert!(!matches!(driver.model.cx.over, Some(Overlay::Help(_))));
    assert_eq!(key("enter").code, Code::Enter);
}
