//! How long it takes to take in the files of other machines: a thousand meetings the size of the sample, by the program itself.

#![allow(clippy::unwrap_used, reason = "a bench that cannot build its sample has nothing to measure")]

use std::process::{Command, Stdio};
use std::sync::LazyLock;

use divan::Bencher;
use jirei::domain::{RecordVersions, Versions};
use jirei::export::{json, sample};
use tempfile::TempDir;

fn main() {
    divan::main();
}

const FILES: usize = 1000;

/// A folder with the files: the sample again and again, under other ids, every record with the moments of three edits.
static FOLDER: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let dossier = sample::case_a().unwrap();
    let versions: Versions = vec![1_779_337_800_000, 1_779_341_400_000, 1_779_345_000_000].into();
    let standing = dossier.records().map(|record| (record.key(), versions.clone())).collect();
    let stamps = RecordVersions { standing, ..RecordVersions::default() };
    let text = String::from_utf8(json::render(&dossier, &stamps).unwrap()).unwrap();
    // All ids of the sample begin alike.
    let id = format!("\"{}", dossier.meeting.id);
    for n in 0..FILES {
        let text = text.replace(&id[..5], &format!("\"{n:04x}"));
        std::fs::write(folder.path().join(format!("{n:04}.json")), text).unwrap();
    }
    folder
});

fn import(data: &TempDir) {
    let status = Command::new(env!("CARGO_BIN_EXE_jirei"))
        .arg("--data")
        .arg(data.path())
        .arg("import")
        .arg(FOLDER.path())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
}

/// Into an empty database.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_thousand_new(bencher: Bencher) {
    bencher.with_inputs(|| tempfile::tempdir().unwrap()).bench_local_refs(|data| import(data));
}

/// The same files once more.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_thousand_again(bencher: Bencher) {
    let data = tempfile::tempdir().unwrap();
    import(&data);
    bencher.bench_local(|| import(&data));
}
