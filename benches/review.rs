//! How long a yearly review takes: every town of the country, and one of them. With `JIREI_REGION=FOLDER` the records are left in
//! that folder, for measuring the whole command from outside.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its sample has nothing to measure")]

#[path = "support/region.rs"]
mod region;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::LazyLock;

use divan::Bencher;
use jirei::review::{self, Ask, Review, Scope, Terms};
use jirei::store::{Access, Store};

const YEAR: i32 = 2025;

fn main() {
    if let Some(folder) = std::env::var_os("JIREI_REGION").map(PathBuf::from) {
        region::fill(&folder, &region::NATION, &[YEAR], 1);
        return;
    }
    divan::main();
}

static NATION: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    region::fill(folder.path(), &region::NATION, &[YEAR], 1);
    folder
});

fn review(store: &Store, scope: Scope) -> Review {
    let ask = Ask { year: YEAR, scope, today: "2026-05-21".parse().unwrap() };
    let lists = jirei::format::lists(None).unwrap();
    review::read(store, &ask, Terms { lists: &lists, formats: &BTreeMap::new() }).unwrap()
}

#[divan::bench(sample_count = 10)]
fn nation(bencher: Bencher) {
    let store = Store::open(NATION.path(), Access::Look).unwrap();
    bencher.bench_local(|| review(&store, Scope::All).figures().len());
}

#[divan::bench]
fn one_town(bencher: Bencher) {
    let store = Store::open(NATION.path(), Access::Look).unwrap();
    let town = region::town(870);
    bencher.bench_local(|| review(&store, Scope::Town(town.clone())).figures().len());
}
