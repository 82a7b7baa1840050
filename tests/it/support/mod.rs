//! What several tests share.

pub mod case_a;
pub mod colour;
#[cfg(unix)]
pub mod counted;
pub mod dots;
pub mod driver;
#[cfg(unix)]
pub mod facilitator;
pub mod frame;
pub mod hands;
pub mod invented;
#[cfg(unix)]
pub mod kept;
pub mod other_keys;
pub mod outline;
pub mod outside;
pub mod programs;
#[cfg(unix)]
pub mod pty;
pub mod region;
pub mod removal;
pub mod room;
#[cfg(unix)]
pub mod second;
pub mod svg;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jirei::domain::Lists;
use jirei::format::Format;

static BUILT_IN: LazyLock<(Lists, Vec<Format>)> = LazyLock::new(|| {
    (jirei::format::lists(None).expect("the built-in lists"), jirei::format::load(None).formats)
});

/// The names in a folder in their order; none where there is no folder.
pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .map(|entry| entry.expect("it can be read").file_name().into_string().expect("it is text"))
        .collect();
    names.sort();
    names
}

/// The built-in lists and formats, read once: the many programs of a test have the same.
pub fn built_in() -> (Lists, Vec<Format>) {
    BUILT_IN.clone()
}
