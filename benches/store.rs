//! How long the database takes: a hundred meetings of 140 entries, and one of 2,000.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its sample has nothing to measure")]

use std::path::Path;
use std::sync::LazyLock;

use chrono::{DateTime, Days};
use divan::Bencher;
use jirei::domain::{
    Act, Action, ActionStatus, Branch, Case, Change, Dossier, Edit, Id, IdSource, JournalEntry, Kind,
    Meeting, Moment, Node, Now, Participant, Side, Step, StepPlan, Until,
};
use jirei::store::{Access, Store};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A folder with a hundred meetings, and the last of them.
static YEARS: LazyLock<(TempDir, Id<Meeting>)> = LazyLock::new(|| filled(100, 140));
/// A folder with one large meeting.
static LARGE: LazyLock<(TempDir, Id<Meeting>)> = LazyLock::new(|| filled(1, 2000));

fn moment() -> Moment {
    DateTime::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap()
}

fn filled(meetings: u64, nodes: usize) -> (TempDir, Id<Meeting>) {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(dir.path(), Access::Write).unwrap();
    let mut last = None;
    for n in 0..meetings {
        let mut mint = Now { at: moment() + Days::new(7 * n), seed: n }.ids();
        let dossier = dossier(&mut mint, n, nodes);
        let id = dossier.meeting.id;
        // Twenty entries a line rather than one: the same rows, and the sample is ready sooner.
        let changes: Vec<Change> = dossier.records().map(Change::add).collect();
        let size = if meetings == 1 { 1 } else { 20 };
        for changes in changes.chunks(size) {
            store.commit(&line(&mut mint, id, changes.to_vec())).unwrap();
        }
        last = Some(id);
    }
    (dir, last.unwrap())
}

fn line(mint: &mut IdSource, meeting: Id<Meeting>, changes: Vec<Change>) -> JournalEntry {
    let edit =
        Edit { id: mint.id(), at: moment(), label: "枝を足す：残薬が多い".to_owned(), changes };
    JournalEntry { edit, meeting: Some(meeting), act: Act::Do }
}

fn dossier(mint: &mut IdSource, n: u64, nodes: usize) -> Dossier {
    let case = Case::new(mint.id(), format!("2026-{n:02}"));
    let titles =
        ["本人・思い", "生活", "健康・医療", "家族", "経済", "地域・つながり", "住まい", "サービス・制度"];
    let meeting = Meeting {
        town: String::new(),
        id: mint.id(),
        date: Some(moment().date_naive() + Days::new(7 * n)),
        venue: "山の町 保健センター".to_owned(),
        title: format!("第{n}回 見える事例検討会"),
        organiser: "山の町 地域包括支援センター".to_owned(),
        format: "mieru".to_owned(),
        steps: Step::ALL.map(|step| StepPlan { step, title: step.label().to_owned(), minutes: 10 }).to_vec(),
        branches: titles.map(|title| Branch { title: title.to_owned(), side: Side::Left }).to_vec(),
        case: Some(case.id),
        facilitators: [None, None],
        presenter: None,
        next_date: None,
        checked: Default::default(),
        note: String::new(),
        aside: Vec::new(),
    };
    let mut dossier = Dossier::new(meeting, Some(case));
    let id = dossier.meeting.id;
    for code in 1..=14 {
        let person = Participant {
            profession: "訪問看護師".to_owned(),
            ..Participant::new(mint.id(), id, format!("P{code:02}"))
        };
        dossier.participants.insert(person.id, person);
    }
    for i in 0..nodes {
        let node = node(mint, id, titles[i % 8], i);
        dossier.nodes.insert(node.id, node);
    }
    for rank in 0..9 {
        let action = action(mint, &dossier, rank);
        dossier.actions.insert(action.id, action);
    }
    dossier
}

fn node(mint: &mut IdSource, meeting: Id<Meeting>, branch: &str, i: usize) -> Node {
    Node {
        id: mint.id(),
        meeting,
        branch: branch.to_owned(),
        parent: None,
        rank: i as i64,
        kind: Kind::ALL[i % 6],
        text: format!("残った薬が袋に{i}か月分"),
        said: "「飲み忘れではなく、飲みたくないのだと思います」".to_owned(),
        speaker: None,
        step: Step::Questions,
        number: i as u32,
        at: moment(),
    }
}

fn action(mint: &mut IdSource, dossier: &Dossier, rank: i64) -> Action {
    Action {
        issue: dossier.nodes.keys().next().copied(),
        what: "一包化を主治医に相談する".to_owned(),
        who: dossier.participants.keys().take(2).copied().collect(),
        until: Until { words: "次回まで".to_owned(), date: None },
        status: ActionStatus::ALL[rank.unsigned_abs() as usize % 4].into(),
        rank,
        ..Action::new(mint.id(), dossier.meeting.id)
    }
}

fn look(dir: &Path) -> Store {
    Store::open(dir, Access::Look).unwrap()
}

/// One typed keyword: a row, its line, one sync of the disk.
#[divan::bench]
fn commit(bencher: Bencher) {
    let (dir, id) = filled(10, 140);
    let mut store = Store::open(dir.path(), Access::Write).unwrap();
    let mut mint = Now { at: moment() + Days::new(5000), seed: 1 }.ids();
    bencher
        .with_inputs(|| {
            let node = node(&mut mint, id, "生活", 1);
            line(&mut mint, id, vec![Change::add(node)])
        })
        .bench_local_values(|line| store.commit(&line).unwrap());
}

/// From nothing to an open database, before anything is read.
#[divan::bench]
fn open() -> Store {
    Store::open(YEARS.0.path(), Access::Write).unwrap()
}

/// From nothing to everything the home screen shows.
#[divan::bench]
fn open_to_home() -> usize {
    let store = Store::open(YEARS.0.path(), Access::Write).unwrap();
    let shown = store.summaries().unwrap().len() + store.open_actions(100).unwrap().len();
    shown + store.all_case_codes().unwrap().len()
}

#[divan::bench]
fn summaries(bencher: Bencher) {
    let store = look(YEARS.0.path());
    bencher.bench_local(|| store.summaries().unwrap());
}

#[divan::bench]
fn open_actions(bencher: Bencher) {
    let store = look(YEARS.0.path());
    bencher.bench_local(|| store.open_actions(100).unwrap());
}

#[divan::bench]
fn previous_actions(bencher: Bencher) {
    let store = look(YEARS.0.path());
    let meeting = store.dossier(YEARS.1).unwrap().unwrap().meeting;
    bencher.bench_local(|| store.previous_actions(&meeting).unwrap());
}

#[divan::bench]
fn dossier_of_2000(bencher: Bencher) {
    let store = look(LARGE.0.path());
    bencher.bench_local(|| store.dossier(LARGE.1).unwrap());
}

#[divan::bench]
fn journal_of_2000(bencher: Bencher) {
    let store = look(LARGE.0.path());
    bencher.bench_local(|| store.journal(LARGE.1).unwrap());
}

#[divan::bench]
fn quick_check(bencher: Bencher) {
    let store = look(YEARS.0.path());
    bencher.bench_local(|| store.examine().unwrap());
}

#[divan::bench]
fn check(bencher: Bencher) {
    let store = look(YEARS.0.path());
    bencher.bench_local(|| store.check().unwrap());
}
