//! What the database would do with a meeting: give birth to it, and refuse what does not hang together.

use std::collections::BTreeSet;

use jirei::domain::*;

/// The meeting a first line gives birth to; its case may stand already.
pub fn born(line: &JournalEntry, cases: &[Case]) -> Dossier {
    let mut meeting = None;
    let mut case = None;
    let mut progress = None;
    let mut others = Vec::new();
    for change in &line.edit.changes {
        match change.after().cloned().expect("a birth only adds") {
            Record::Meeting(m) => meeting = Some(m),
            Record::Case(c) => case = Some(c),
            Record::Progress(p) => progress = Some(p),
            other => others.push(Change::add(other)),
        }
    }
    let meeting: Meeting = meeting.expect("a meeting");
    let case = case.or_else(|| cases.iter().find(|c| Some(c.id) == meeting.case).cloned());
    let mut dossier = Dossier::new(meeting, case);
    dossier.apply_all(&others).expect("what is new fits");
    dossier.progress = progress.expect("its progress");
    dossier
}

/// What the database would refuse: a record that points at something that is not there.
pub fn check_references(d: &Dossier) {
    let person = |id: &Option<Id<Participant>>| id.is_none_or(|id| d.participants.contains_key(&id));
    let node = |id: &Option<Id<Node>>| id.is_none_or(|id| d.nodes.contains_key(&id));
    assert!(
        d.meeting.facilitators.iter().all(person) && person(&d.meeting.presenter),
        "the meeting points at nobody"
    );
    for n in d.nodes.values() {
        assert!(person(&n.speaker), "「{}」 is said by nobody", n.text);
        assert!(node(&n.parent), "「{}」 hangs on nothing", n.text);
        assert!(
            d.meeting.branch_index(&n.branch).is_some(),
            "「{}」 hangs on no branch: {:?}",
            n.text,
            n.branch
        );
    }
    for link in d.links.values() {
        assert!(node(&Some(link.from)) && node(&Some(link.to)), "a link ends nowhere");
    }
    for action in d.actions.values() {
        assert!(node(&action.issue), "an action answers nothing");
        assert!(action.who.iter().all(|id| d.participants.contains_key(id)), "nobody does it");
        assert_eq!(
            action.who.iter().collect::<BTreeSet<_>>().len(),
            action.who.len(),
            "somebody does it twice"
        );
    }
    for evidence in d.evidence.values() {
        // The issue may be one of an earlier meeting.
        assert!(node(&evidence.node), "evidence of nothing");
    }
    assert!(d.reflections.values().all(|r| person(&r.speaker)), "a reflection by nobody");
    let codes: BTreeSet<&str> = d.participants.values().map(|p| p.code.as_str()).collect();
    assert_eq!(codes.len(), d.participants.len(), "a code stands twice");
}
