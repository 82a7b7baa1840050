//! How long it takes to find root and circles, and to lay the causal chart out: of a meeting's size, and far too large.

use divan::Bencher;
use jirei::domain::causes::Causes;
use jirei::domain::{Branch, Dossier, Id, Kind, Link, Meeting, Moment, Node, Now, Side, Step};
use jirei::layout::causal::fit;
use jirei::layout::signs::Signs;

fn main() {
    divan::main();
}

/// So many issues, four links an issue: most lead on, every ninth back.
fn dossier(issues: usize) -> Dossier {
    let at = Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap_or_default();
    let mut mint = Now { at, seed: 1 }.ids();
    let meeting = Meeting {
        branches: vec![Branch { title: "枝".to_owned(), side: Side::Left }],
        ..Meeting::new(mint.id())
    };
    let mut dossier = Dossier::new(meeting, None);
    let meeting = dossier.meeting.id;
    let ids: Vec<Id<Node>> = (0..issues).map(|_| mint.id()).collect();
    for (i, id) in ids.iter().enumerate() {
        let node = Node {
            branch: "枝".to_owned(),
            rank: i as i64,
            kind: Kind::Issue,
            step: Step::Analysis,
            number: i as u32 + 1,
            ..Node::new(*id, meeting, "飲まない理由をだれも聞いたことがない", at)
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
    bencher.bench(|| fit(&dossier, &causes, Signs::unicode(), (160, 38), None));
}

/// What an arrow takes that comes to an issue that had no room.
#[divan::bench(args = [20, 500])]
fn an_arrow_out_of_sight(bencher: Bencher, issues: usize) {
    let dossier = dossier(issues);
    let (causes, signs, room) = (Causes::of(&dossier), Signs::unicode(), (78, 10));
    let last = causes.ids()[issues - 1];
    let chart = fit(&dossier, &causes, signs, room, None);
    bencher.with_inputs(|| chart.clone()).bench_values(|mut chart| {
        chart.unfold(&dossier, &causes, signs, room, last);
        chart
    });
}
