//! A file that was damaged: what was changed in it is found, and what is whole is not lost.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jirei::domain::*;
use jirei::store::{Access, DATABASE, Store};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::{case_a, invented};

/// Everything anybody can read in the records.
fn all(store: &Store) -> Result<String, String> {
    let mut out = String::new();
    let meetings = store.summaries().map_err(|e| e.to_string())?;
    for meeting in &meetings {
        let dossier = store.dossier(meeting.id).map_err(|e| e.to_string())?;
        let journal = store.journal(meeting.id).map_err(|e| e.to_string())?;
        let stamps = store.stamped(meeting.id).map_err(|e| e.to_string())?;
        out += &format!("{meeting:?}{dossier:?}{journal:?}{stamps:?}");
    }
    let home = store.home(99, 99).map_err(|e| e.to_string())?;
    let region = store.region().map_err(|e| e.to_string())?;
    Ok(out + &format!("{home:?}{:?}", region.entries()))
}

fn records(dir: &Path) -> Vec<u8> {
    let mut store = Store::open(dir, Access::Write).unwrap();
    for dossier in [case_a::dossier(), invented::few()] {
        let stamped = Stamped { dossier, stamps: RecordVersions::default() };
        let mut mint = Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 7 }.ids();
        store.merge_all(&[stamped], "2026-05-21T13:30:00+09:00".parse().unwrap(), &mut mint).unwrap();
    }
    store.set_bookmark("書きかけ").unwrap();
    drop(store);
    fs::read(dir.join(DATABASE)).unwrap()
}

/// The file, and all that can be read in it while it is whole.
static RECORDS: LazyLock<(Vec<u8>, String)> = LazyLock::new(|| {
    let dir = tempfile::tempdir().unwrap();
    let whole = records(dir.path());
    let read = all(&Store::open(dir.path(), Access::Look).unwrap()).unwrap();
    (whole, read)
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn どのビットが変わっても_読めることばが変われば分かる(at in any::<Index>(), bit in 0u8..8) {
        let (whole, before) = &*RECORDS;
        let dir = tempfile::tempdir().unwrap();
        let at = at.index(whole.len());
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << bit;
        fs::write(dir.path().join(DATABASE), &flipped).unwrap();
        let found = match Store::open(dir.path(), Access::Look) {
            Err(_) => true,
            Ok(store) => store.check().map_or(true, |wrong| !wrong.is_empty()),
        };
        if !found {
            let now = Store::open(dir.path(), Access::Look).map(|store| all(&store));
            prop_assert!(
                matches!(&now, Ok(Ok(now)) if now == before),
                "byte {} of page {}, bit {bit}", at % 4096, at / 4096 + 1
            );
        }
    }
}
