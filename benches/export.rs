//! How long it takes to make and read the files of a meeting: `cargo bench --bench export`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench stops where something is not as it should be"
)]

use divan::{Bencher, black_box};
use jirei::domain::register::{Entry, Occasion};
use jirei::domain::{Dossier, Lists, RecordVersions, RegionalIssue};
use jirei::export::register::{self, RegisterFormat};
use jirei::export::{self, Format, json, outline, sample};

#[path = "support/forest.rs"]
mod forest;

use forest::forest;

fn main() {
    divan::main();
}

fn lists() -> Lists {
    jirei::format::lists(None).expect("the built-in lists are sound")
}

/// The sample with as many entries, the further ones under the first branch.
fn dossier(entries: usize) -> Dossier {
    let mut dossier = sample::case_a().expect("the sample is sound");
    let at = dossier.progress.started_at.expect("the sample has begun");
    let mut mint = jirei::domain::Now { at, seed: 1 }.ids();
    let first = dossier.nodes.values().next().expect("the sample has entries").clone();
    while dossier.nodes.len() < entries {
        let mut node = first.clone();
        node.id = mint.id();
        node.rank = dossier.nodes.len() as i64;
        dossier.nodes.insert(node.id, node);
    }
    dossier
}

#[divan::bench(args = [140, 2000], consts = [8, 9, 10, 12, 11])]
fn render<const FORMAT: usize>(bencher: Bencher, entries: usize) {
    let (dossier, lists) = (dossier(entries), lists());
    bencher.bench(|| {
        export::render(Format::ALL[FORMAT], black_box(&dossier), &RecordVersions::default(), &lists)
    });
}

/// svg, png, pdf, html, pptx.
#[divan::bench(args = [20, 140, 500], consts = [7, 6, 0, 4, 5])]
fn draw<const FORMAT: usize>(bencher: Bencher, entries: usize) {
    let (dossier, lists) = (forest(entries), lists());
    bencher.bench(|| {
        export::render(Format::ALL[FORMAT], black_box(&dossier), &RecordVersions::default(), &lists)
    });
}

/// xlsx, docx.
#[divan::bench(args = [140, 2000], consts = [2, 1])]
fn office<const FORMAT: usize>(bencher: Bencher, entries: usize) {
    let (dossier, lists) = (dossier(entries), lists());
    bencher.bench(|| {
        export::render(Format::ALL[FORMAT], black_box(&dossier), &RecordVersions::default(), &lists)
    });
}

/// The register of a region as a workbook: the sample's issues again and again.
#[divan::bench(args = [1_000, 10_000], sample_count = 5)]
fn register_xlsx(bencher: Bencher, issues: usize) {
    let sample = sample::case_a().expect("the sample is sound");
    let raised = Occasion { date: sample.meeting.date, meeting: sample.meeting.id };
    let entry = |issue: &RegionalIssue| Entry {
        issue: RegionalIssue {
            measures: vec!["手順をそろえる".into(), "研修を開く".into()],
            ..issue.clone()
        },
        raised,
        evidence: vec![raised],
    };
    let entries: Vec<Entry> = sample.regional.values().cycle().take(issues).map(entry).collect();
    bencher.bench(|| {
        register::render(RegisterFormat::Xlsx, black_box(&entries), &Default::default(), "地域課題の台帳")
    });
}

#[divan::bench(args = [140, 2000])]
fn read_json(bencher: Bencher, entries: usize) {
    let bytes = json::render(&dossier(entries), &RecordVersions::default()).expect("it renders");
    bencher.bench(|| json::read(black_box(&bytes)));
}

#[divan::bench(args = [140, 2000])]
fn read_outline(bencher: Bencher, entries: usize) {
    let text = outline::render(&dossier(entries));
    bencher.bench(|| outline::read(black_box(&text)));
}

/// Looked through each time the list of formats opens.
#[divan::bench(args = [140, 2000])]
fn personal(bencher: Bencher, entries: usize) {
    let (dossier, watch) = (dossier(entries), jirei::privacy::PersonalWords::new(&[]));
    bencher.bench(|| export::personal::in_meeting(black_box(&dossier), &watch));
}
