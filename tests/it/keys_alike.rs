//! Keys in, state out, where a regional issue meets those of earlier meetings.

use crate::support;

use jirei::domain::RegionalIssue;
use jirei::domain::register::{Entry, Occasion};
use jirei::ui::Overlay;
use support::driver::Driver;

/// The regional step of the sample meeting, with one issue in the register that is like everything.
fn regional() -> (Driver, Entry) {
    let mut d = Driver::case_a();
    let meeting = d.model.cx.ids.id();
    let issue = RegionalIssue {
        level: "市町村".into(),
        ..RegionalIssue::new(d.model.cx.ids.id(), meeting, "退院の連絡が遅く準備が間に合わない")
    };
    let raised = Occasion { date: "2025-09-11".parse().ok(), meeting };
    let entry = Entry { issue, raised, evidence: vec![raised] };
    d.register = vec![entry.clone()];
    d.keys("ctrl-g 7");
    (d, entry)
}

#[test]
fn よく似た課題につなぐと根拠が増え文は変わらない() {
    let (mut d, entry) = regional();
    let before = d.dossier().clone();
    assert_eq!(d.desk().alike().count(), 1);
    d.keys("f7 enter");
    let evidence: Vec<_> = d.dossier().evidence_of(entry.issue.id).cloned().collect();
    let own = before.regional_issues()[0].id;
    let nodes = |id| before.evidence_of(id).filter_map(|e| e.node).collect::<Vec<_>>();
    assert_eq!(evidence.iter().filter_map(|e| e.node).collect::<Vec<_>>(), nodes(own));
    assert!(evidence.iter().all(|e| e.meeting == before.meeting.id));
    assert_eq!(d.dossier().regional, before.regional, "words are never written over");
    assert_eq!(d.desk().joined().map(|e| e.issue.id).collect::<Vec<_>>(), [entry.issue.id]);
    // A second time takes it back, and undo puts it there again.
    d.keys("f7 enter");
    assert_eq!(d.dossier().evidence, before.evidence);
    d.keys("ctrl-z");
    assert_eq!(d.desk().joined().count(), 1);
}

#[test]
fn 書きかけの文を持ったままつなげる() {
    let (mut d, entry) = regional();
    d.keys("pagedown pagedown pagedown pagedown pagedown pagedown 「退院の連絡が遅い」 f7");
    let Some(Overlay::Choose(chooser)) = &d.model.cx.over else { panic!("{}", d.notice()) };
    assert!(chooser.choices[0].note.contains("2025年度・1会議・市町村"), "{}", chooser.choices[0].note);
    d.keys("enter");
    assert_eq!(d.dossier().evidence_of(entry.issue.id).count(), 1);
    assert_eq!(d.cell(), Some("退院の連絡が遅い"), "what was typed stays");
}
