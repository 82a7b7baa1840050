//! The rules of the house that no compiler holds: which room may use which, what the pure rooms may not touch, and how
//! long a file may be. The list of rooms is read from `src/lib.rs`, so the rules and the map of the house are one.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::fs;
use std::path::{Path, PathBuf};

/// A file that passes so many lines is telling you something.
const LONGEST: usize = 600;

/// Rooms where time, files, randomness and the environment do not exist: all of that arrives from outside.
const PURE: [&str; 7] = ["ui", "command", "export", "review", "layout", "privacy", "domain"];

/// What reaches outside.
const OUTSIDE: [&str; 14] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io",
    "Instant",
    "SystemTime",
    "Local::now",
    "chrono::Local",
    "Utc::now",
    "now_v7",
    "new_v4",
    "OsRng",
];

/// Files of pure rooms that reach outside, and why they may.
const EXCEPTIONS: [(&str, &str); 3] = [
    ("domain/refused.rs", "says in words what std::io's errors mean"),
    ("export/write.rs", "the one place where bytes become a file, whole or not at all"),
    ("export/office/docx.rs", "std::io's cursor over bytes in memory, which the packer writes to"),
];

/// Who may use a library that stands for a part of the world.
const LIBRARIES: [(&str, &[&str]); 11] = [
    ("rusqlite", &["store"]),
    ("crossterm", &["runtime"]),
    // What draws does it into buffers and has no terminal, and what scrolls and clicks only divides areas: see the test.
    ("ratatui", &["runtime", "ui"]),
    ("arboard", &["runtime"]),
    ("clap", &["cli"]),
    ("usvg", &["export"]),
    ("tiny_skia", &["export"]),
    ("krilla", &["export"]),
    ("rust_xlsxwriter", &["export"]),
    ("zip", &["export"]),
    ("encoding_rs", &["export"]),
];

/// What draws besides the `draw` of each screen.
const DRAWING: [&str; 9] = [
    "ui/form",
    "ui/frame",
    "ui/labels",
    "ui/look",
    "ui/meeting/plan",
    "ui/table",
    "ui/theme",
    "ui/wide",
    "ui/words",
];

/// A file of ours.
pub struct Source {
    /// Relative to the folder it was looked for in, with `/`.
    pub name: String,
    pub text: String,
}

impl Source {
    /// The room the file belongs to; `lib` and `main` stand outside all rooms.
    pub fn room(&self) -> &str {
        self.name.split(['/', '.']).next().unwrap()
    }

    /// Whether it puts something on the screen, and so may use all widgets.
    fn draws(&self) -> bool {
        let path = self.name.trim_end_matches(".rs").trim_end_matches("/mod");
        path.split('/').any(|part| part == "draw") || DRAWING.contains(&path)
    }

    pub fn is_test(&self) -> bool {
        self.name.ends_with("/tests.rs") || self.name.ends_with("/round_trip.rs")
    }

    /// The lines without comments, each with its number.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let code = |line| str::split(line, "//").next().unwrap_or_default();
        self.text.lines().enumerate().map(move |(i, line)| (i + 1, code(line)))
    }

    /// The same without the tests at the end of the file.
    pub fn code_without_tests(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let tests = lines.windows(2).position(|w| w[0] == "#[cfg(test)]" && w[1].starts_with("mod tests {"));
        let end = if self.is_test() { 0 } else { tests.unwrap_or(lines.len()) };
        self.code().take(end)
    }

    /// How many names lie between the crate and this module: `ui/app.rs` has two, `ui/mod.rs` one.
    fn depth(&self) -> usize {
        let names = self.name.split('/').count();
        if self.name.ends_with("mod.rs") { names - 1 } else { names }
    }

    /// The rooms this file names, each with the line where it does.
    fn rooms_used<'a>(&self, rooms: &'a [String]) -> Vec<(usize, &'a str)> {
        let code: String = self.code().flat_map(|(_, line)| [line, "\n"]).collect();
        let root = "super::".repeat(self.depth());
        let starts = ["crate::", root.as_str()].into_iter().filter(|start| !start.is_empty());
        let mut used = Vec::new();
        for (at, start) in starts.flat_map(|start| code.match_indices(start)) {
            let line = code[..at].lines().count().max(1);
            let named = names(&code[at + start.len()..]);
            used.extend(
                named.filter_map(|name| Some((line, rooms.iter().find(|room| *room == name)?.as_str()))),
            );
        }
        used
    }
}

/// The first name of a path, or of each path in its braces.
fn names(path: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let end = path.find(|c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0 && !matches!(c, ':' | '}') && !is_name(c)
    });
    let path = &path[..end.unwrap_or(path.len())];
    let group = path.strip_prefix('{');
    let mut depth = 0;
    let parts = group.unwrap_or(path).split(move |c| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        depth == 0 && c == ','
    });
    let parts = parts.take(if group.is_some() { usize::MAX } else { 1 });
    parts.map(|part| part.trim().split(|c| !is_name(c)).next().unwrap_or_default())
}

pub fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn sources(folder: &str) -> Vec<Source> {
    let root = home().join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(Source { name: relative(&path, &root), text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!found.is_empty(), "{folder} holds no sources");
    found
}

fn relative(path: &Path, root: &Path) -> String {
    let parts = path.strip_prefix(root).unwrap().components();
    parts.map(|c| c.as_os_str().to_str().unwrap()).collect::<Vec<_>>().join("/")
}

/// The rooms in the order of `src/lib.rs`, top floor first.
pub fn rooms() -> Vec<String> {
    let text = fs::read_to_string(home().join("src/lib.rs")).unwrap();
    let named = text.lines().filter_map(|line| line.strip_prefix("//! - [`")?.split('`').next());
    named.map(str::to_owned).collect()
}

pub fn none_of(problems: &[String]) {
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn the_map_of_the_house_names_every_room() {
    let mut listed = rooms();
    listed.sort();
    let mut there: Vec<String> = sources("src").iter().map(|s| s.room().to_owned()).collect();
    there.dedup();
    there.retain(|room| !matches!(room.as_str(), "lib" | "main"));
    assert_eq!(listed, there);
}

#[test]
fn arrows_run_down_the_list_only() {
    let rooms = rooms();
    let floor = |room: &str| rooms.iter().position(|r| r == room);
    let mut problems = Vec::new();
    let mut arrows = 0;
    for source in sources("src") {
        let Some(here) = floor(source.room()) else { continue };
        for (line, used) in source.rooms_used(&rooms) {
            arrows += 1;
            if floor(used).unwrap() < here {
                problems.push(format!(
                    "src/{}:{line}: {} uses {used}, which lies above it",
                    source.name,
                    source.room()
                ));
            }
        }
    }
    assert!(arrows > 100, "only {arrows} imports were found: the test does not see them any more");
    none_of(&problems);
}

#[test]
fn an_upward_arrow_would_be_seen() {
    let rooms = ["ui", "store", "domain"].map(str::to_owned);
    let used = |name: &str, text: &str| {
        let source = Source { name: name.to_owned(), text: text.to_owned() };
        source.rooms_used(&rooms).into_iter().map(|(_, room)| room.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(used("domain/x.rs", "use crate::ui::App;"), ["ui"]);
    assert_eq!(used("domain/x.rs", "use crate::{ui, store::Store};"), ["ui", "store"]);
    assert_eq!(
        used("domain/x.rs", "use crate::{\n    ui::{App, Msg},\n    store,\n};\nuse domain;"),
        ["ui", "store"]
    );
    assert_eq!(used("domain/x.rs", "    super::super::store::open()"), ["store"]);
    assert_eq!(used("domain/mod.rs", "use super::ui;"), ["ui"]);
    assert!(used("domain/x.rs", "//! See [`crate::ui`].").is_empty());
    assert!(used("domain/x.rs", "use super::store_of;").is_empty());
}

#[test]
fn libraries_stay_in_their_rooms() {
    let mut problems = Vec::new();
    for source in sources("src") {
        for (line, code) in source.code() {
            for (library, allowed) in LIBRARIES {
                if code.contains(&format!("{library}::")) && !allowed.contains(&source.room()) {
                    problems.push(format!("src/{}:{line}: only {allowed:?} may use {library}", source.name));
                }
            }
            let reaching = ["ratatui::Terminal", "ratatui::backend", "ratatui::crossterm", "ratatui::init"];
            if source.room() == "ui" && reaching.iter().any(|r| code.contains(r)) {
                problems
                    .push(format!("src/{}:{line}: ui draws into buffers, it has no terminal", source.name));
            }
            let parts = code.replace("ratatui::layout::", "");
            if source.room() == "ui" && !source.draws() && parts.contains("ratatui::") {
                problems
                    .push(format!("src/{}:{line}: a screen divides areas, its `draw` draws", source.name));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn pure_rooms_reach_nothing_outside() {
    let mut problems = Vec::new();
    for source in sources("src").iter().filter(|s| PURE.contains(&s.room())) {
        if EXCEPTIONS.iter().any(|(name, _)| *name == source.name) {
            continue;
        }
        for (line, code) in source.code_without_tests() {
            for outside in OUTSIDE.iter().filter(|outside| code.contains(*outside)) {
                problems.push(format!("src/{}:{line}: {outside} in a room without outside", source.name));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn every_exception_is_still_needed() {
    let sources = sources("src");
    for (name, why) in EXCEPTIONS {
        let source =
            sources.iter().find(|s| s.name == name).unwrap_or_else(|| panic!("{name} is gone: {why}"));
        let mut code = source.code_without_tests();
        assert!(code.any(|(_, code)| OUTSIDE.iter().any(|o| code.contains(o))), "{name} needs no exception");
    }
}

#[test]
fn nothing_switches_the_lints_off() {
    let mut problems = Vec::new();
    for source in sources("src").iter().filter(|s| !s.is_test()) {
        for (line, code) in source.code_without_tests() {
            if code.contains("allow(") && code.contains("#") {
                problems.push(format!("src/{}:{line}: {}", source.name, code.trim()));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn every_file_says_what_it_is_and_is_short_enough() {
    let mut problems = Vec::new();
    for folder in ["src", "tests", "benches"] {
        for source in sources(folder) {
            if !source.text.starts_with("//! ") {
                problems.push(format!("{folder}/{} does not begin with //!", source.name));
            }
            let lines = source.text.lines().count();
            if lines > LONGEST {
                problems.push(format!("{folder}/{} has {lines} lines; {LONGEST} are enough", source.name));
            }
        }
    }
    none_of(&problems);
}

#[test]
fn property_tests_try_the_same_cases_in_every_run() {
    let seed = std::env::var("PROPTEST_RNG_SEED").unwrap_or_default();
    assert!(seed.parse::<u64>().is_ok(), "cargo sets the seed from .cargo/config.toml, and it is {seed:?}");
}

#[test]
fn the_same_checks_stand_everywhere_in_the_same_words() {
    let read = |name: &str| fs::read_to_string(home().join(name)).unwrap();
    let just = read("justfile");
    let recipe = just.split("\ncheck:\n").nth(1).unwrap();
    let checks: Vec<&str> = recipe.lines().take_while(|l| l.starts_with("    ")).map(str::trim).collect();
    assert_eq!(checks.len(), 5, "{checks:?}");
    for check in &checks {
        for file in [".ci/run", "CONTRIBUTING.md"] {
            assert!(read(file).contains(check), "{file} does not say: {check}");
        }
    }
    assert!(checks.contains(&"cargo test") && read("README.md").contains("\ncargo test\n"));
}
