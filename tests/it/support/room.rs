//! The command line, run in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::Duration;

use assert_cmd::Command;
use jirei::store::{Access, OpenError, Store};

/// A folder for the records and one for files, gone at the end.
pub struct Room {
    pub folder: tempfile::TempDir,
}

/// What came back: exit status, standard output, standard error.
pub type Answer = (i32, String, String);

impl Room {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// A room with the sample meeting in it.
    pub fn with_sample() -> Self {
        let room = Self::new();
        room.import(&sample_file());
        room
    }

    pub fn output(&self, words: &[&str]) -> Output {
        Command::cargo_bin("jirei")
            .unwrap()
            .args(words)
            .env("JIREI_DATA", self.folder.path().join("data"))
            .current_dir(self.folder.path())
            // Whoever waits for ever has failed.
            .timeout(Duration::from_secs(120))
            .output()
            .unwrap()
    }

    pub fn run(&self, words: &[&str]) -> Answer {
        let output = self.output(words);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// The records as they stand.
    pub fn store(&self, access: Access) -> Store {
        let data = self.folder.path().join("data");
        loop {
            match Store::open(&data, access) {
                // A program that another test is just starting may still hold our lock.
                Err(OpenError::InUse { .. }) => std::thread::yield_now(),
                opened => return opened.unwrap(),
            }
        }
    }

    /// Takes in a file or a folder; what was said.
    pub fn import(&self, path: &Path) -> String {
        let (status, out, error) = self.run(&["import", path.to_str().unwrap()]);
        assert_eq!((status, error.as_str()), (0, ""), "{out}");
        out
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// The meeting as the records have it.
    pub fn exported(&self) -> Vec<u8> {
        let (status, out, error) = self.run(&["export", "last", "--format", "json", "--out", "-"]);
        assert_eq!((status, error.as_str()), (0, ""));
        out.into_bytes()
    }
}

/// The sample meeting as a file.
pub fn sample_file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/samples/case-a.json")
}
