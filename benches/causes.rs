//! How long it takes to find root and circles, and to lay the causal chart out: of a meeting's size, and far too large.

use divan::Bencher;
use jirei::domain::causes::Causes;
use jirei::domain::{Branch, Dossier, Id, Kind, Link, Meeting, Moment, Node, Side, Stamp, Step};
use jirei::layout::causal::fit;
use jirei::layout::signs::Signs;

fn main() {
    divan::main();
}

/// So many issues, four links an issue: most lead on, every ninth back.
fn dossier(issues: usize) -> Dossier {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap_or_default();
    let mut mint = Stamp { at, seed: 1 }.mint();
    let meeting = Meeting {
        id: mint.id(),
        date: None,
        venue: String::new(),
        title: String::new(),
        organiser: String::new(),
        format: String::new(),
        steps: Vec::new(),
        branches: vec![Branch { title: "枝".to_owned(), side: Side::Left }],
        case: None,
        facilitators: [None, None],
        presenter: None,
        next_date: None,
        checked: std::collections::BTreeSet::new(),
        note: String::new(),
    };
    let mut dossier = Dossier::new(meeting, None);
    let meeting = dossier.meeting.id;
    let ids: Vec<Id<Node>> = (0..issues).map(|_| mint.id()).collect();
    for (i, id) in ids.iter().enumerate() {
        let node = Node {
            id: *id,
            meeting,
            branch: "枝".to_owned(),
            parent: None,
            rank: i as i64,
            kind: Kind::Issue,
            text: "飲まない理由をだれも聞いたことがない".to_owned(),
            said: String::new(),
            speaker: None,
            step: Step::Analysis,
            number: i as u32 + 1,
            at,
        };
        dossier.nodes.insert(*id, node);
    }
    for i in 0..4 * issues {
        let (from, ahead) = (i / 4, 1 + i * 7 % 23);
        let to = if i % 9 == 0 { from.saturating_sub(ahead) } else { (from + ahead).min(issues - 1) };
        let link = Link { id: mint.id(), meeting, from: ids[from], to: ids[to], label: String::new(), at };
        dossier.links.insert(link.id, link);
    }
    dossier
}

#[divan::bench(args = [20, 500])]
fn root_and_circles(bencher: Bencher, issues: usize) {
    let dossier = dossier(issues);
    bencher.bench(|| {
        let causes = Causes::of(&dossier);
        (causes.root(), causes.circles().len())
    });
}

#[divan::bench(args = [20, 500])]
fn chart(bencher: Bencher, issues: usize) {
    let dossier = dossier(issues);
    let causes = Causes::of(&dossier);
    bencher.bench(|| fit(&dossier, &causes, Signs::unicode(), (160, 38)));
}
