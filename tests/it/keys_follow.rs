//! Keys in, state out, from one meeting of a case to the next.

use crate::support;

use jirei::command::Place;
use jirei::domain::Dossier;
use jirei::ui::Overlay;
use support::driver::Driver;

/// The next meeting of the case is asked for: it has no key of its own.
const NEXT: &str = "ctrl-p 「この事例の次の会議」 enter";

fn words(dossier: &Dossier) -> Vec<&str> {
    let mut words: Vec<&str> = dossier.nodes.values().map(|n| n.text.as_str()).collect();
    words.sort_unstable();
    words
}

#[test]
fn 次の会議は前の地図の写しから始まり前の会議は変わらない() {
    let mut d = Driver::case_a();
    let last = d.dossier().clone();
    d.keys(&format!("{NEXT} 1"));
    let next = d.dossier().clone();
    assert_ne!(next.meeting.id, last.meeting.id);
    assert_eq!(next.case, last.case);
    assert_eq!(words(&next), words(&last));
    assert_eq!(next.meeting.date, last.meeting.next_date);
    assert!(next.participants.is_empty() && next.actions.is_empty());
    assert_eq!(d.model.place(), Place::Info);
    // What is written in it stays in it, and it is there after a restart.
    d.keys("f6 f6 f6 「あたらしい一言」 enter");
    assert_eq!(d.dossier().nodes.len(), last.nodes.len() + 1);
    d.restart();
    assert_eq!(d.dossier().meeting.id, next.meeting.id);
    d.keys("alt-c");
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { panic!("the meetings of the case") };
    assert_eq!(chooser.choices.len(), 2);
    assert!(chooser.choices[chooser.row].label.contains("この会議"));
    d.keys("down enter");
    assert_eq!(d.dossier(), &last, "{}", d.notice());
}

#[test]
fn まっさらな地図からも始められる() {
    let mut d = Driver::case_a();
    let case = d.dossier().case.clone();
    d.keys(&format!("{NEXT} 2"));
    assert!(d.dossier().nodes.is_empty());
    assert_eq!(d.dossier().case, case);
    assert_eq!(d.desk().doc.history().to_undo(), None, "a birth is nothing to undo");
}

#[test]
fn 一度きりの事例ではそう言う() {
    let mut d = Driver::case_a();
    d.keys("alt-c");
    assert!(d.model.cx.over.is_none() && d.notice().contains("まだこの一回"), "{}", d.notice());
    d.keys(&format!("{NEXT} esc"));
    assert!(d.model.cx.over.is_none());
}

#[test]
fn 会のやり方が変わればどの計画を振り返るかも変わる() {
    let mut d = Driver::first_start();
    let of_the_old = super::keys_sheets::earlier().previous;
    d.previous.clone_from(&of_the_old);
    d.keys("ctrl-n");
    assert_eq!(d.desk().doc.previous, of_the_old);
    d.previous.clear();
    d.keys("ctrl-r 2");
    assert!(d.desk().doc.previous.is_empty(), "a café must not see the plan of another kind of meeting");
    d.previous.clone_from(&of_the_old);
    d.keys("ctrl-z");
    assert_eq!(d.desk().doc.previous, of_the_old);
    d.previous.clear();
    d.keys("down 「2026-06-01」 enter");
    assert!(d.desk().doc.previous.is_empty(), "nor one of its own day, which is earlier now: {}", d.notice());
}
