//! The built program, killed at any moment, and with one call to the system failing: a share of what `tests/harm/run.py` does.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;

use crate::support::programs;

/// So many of them, none like those of the last time.
fn share(what: &str, count: &str) {
    if !programs::there(&["python3", "cc"]) {
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/harm/run.py");
    let program = env!("CARGO_BIN_EXE_jirei");
    let mut command = Command::new("python3");
    command.arg(script).args([what, "--share", &format!("--{what}"), count, "--program", program]);
    let ran = command.output().unwrap();
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(ran.status.success(), "{}{}", said(&ran.stdout), said(&ran.stderr));
}

#[test]
fn いつ落とされても保存済みのことばは残り何も散らからない() {
    share("kills", "14");
}

#[test]
fn どの書き込みが一度しくじっても何もなくならず言うことは本当() {
    share("faults", "21");
}
