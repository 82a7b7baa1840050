//! No circle of more than three files inside a room: whoever opens one of its files need not know all of them.
#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it should be")]

use std::collections::{BTreeMap, BTreeSet};

use crate::house::{Source, is_name, none_of, rooms, sources};

/// So many files may need each other, as a screen and its parts do.
const MOST: usize = 3;

/// A path in code, without the `crate::` before it.
type Path = String;

/// The paths of a `use`, with all braces written out.
fn written_out(tree: &str, before: &str) -> Vec<Path> {
    let Some((head, group)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap().trim();
        return vec![format!("{before}{}", path.strip_suffix("::self").unwrap_or(path))];
    };
    let before = format!("{before}{}", head.trim());
    let group = group.trim_end().strip_suffix('}').unwrap();
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, c) in group.char_indices() {
        depth += i32::from(c == '{') - i32::from(c == '}');
        if depth == 0 && c == ',' {
            parts.push(&group[start..at]);
            start = at + 1;
        }
    }
    parts.push(&group[start..]);
    let parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty() && *part != "self");
    parts.flat_map(|part| written_out(part, &before)).collect()
}

/// A room: its modules with the file of each, and what they pass on from others.
struct Room<'a> {
    files: BTreeMap<Path, &'a Source>,
    passed_on: BTreeMap<Path, Path>,
}

/// The module a file is.
fn module(source: &Source) -> Path {
    let name = source.name.trim_end_matches(".rs").trim_end_matches("/mod");
    name.replace('/', "::")
}

/// The paths that a file names, seen from the crate: those it only passes on, and the others.
fn named(source: &Source) -> (Vec<Path>, Vec<Path>) {
    let code: String = source.code_without_tests().flat_map(|(_, line)| [line, "\n"]).collect();
    let here = module(source);
    let from_crate = |path: Path| {
        let mut at = here.as_str();
        let mut path = path.as_str();
        while let Some(rest) = path.strip_prefix("super::") {
            (at, path) = (at.rsplit_once("::").map_or("", |(above, _)| above), rest);
        }
        match path.strip_prefix("crate::") {
            Some(path) => path.to_owned(),
            None => format!("{at}::{}", path.trim_start_matches("self::")),
        }
    };
    let (mut passed_on, mut used, mut rest) = (Vec::new(), Vec::new(), String::new());
    for statement in code.split_inclusive(';') {
        match statement.find("use ").filter(|at| !statement[..*at].ends_with(is_name)) {
            Some(at) => {
                let (before, tree) = (statement[..at].trim_end(), &statement[at + 4..statement.len() - 1]);
                let passes =
                    before.lines().next_back().is_some_and(|line| line.trim_start().starts_with("pub"));
                let paths = written_out(&tree.replace('\n', " "), "").into_iter().map(from_crate);
                if passes {
                    passed_on.extend(paths)
                } else {
                    used.extend(paths)
                }
                rest.push_str(before);
            }
            None => rest.push_str(statement),
        }
    }
    let starts = ["crate::", "super::"].into_iter().flat_map(|start| rest.match_indices(start));
    let paths = starts.filter(|(at, _)| !rest[..*at].ends_with(':')).map(|(at, _)| &rest[at..]);
    used.extend(paths.map(|path| {
        let end = path.find(|c| c != ':' && !is_name(c)).unwrap_or(path.len());
        from_crate(path[..end].to_owned())
    }));
    (passed_on, used)
}

impl<'a> Room<'a> {
    fn of(sources: impl Iterator<Item = &'a Source>) -> Self {
        let files: BTreeMap<_, _> = sources.map(|source| (module(source), source)).collect();
        let passed_on = files.iter().flat_map(|(module, source)| {
            let paths = named(source).0.into_iter();
            paths.map(move |path| (format!("{module}::{}", path.rsplit("::").next().unwrap()), path))
        });
        let passed_on = passed_on.collect();
        Self { files, passed_on }
    }

    /// The file in which something of a path stands, wherever it is passed on.
    fn home_of(&self, path: &str) -> Option<&'a str> {
        if let Some(further) = self.passed_on.get(path).filter(|further| *further != path) {
            return self.home_of(further);
        }
        let mut module = Some(path);
        while let Some(path) = module {
            if let Some(source) = self.files.get(path) {
                return Some(&source.name);
            }
            module = path.rsplit_once("::").map(|(above, _)| above);
        }
        None
    }

    /// The files that need each other, all of them by way of one another.
    fn circles(&self) -> BTreeSet<BTreeSet<&'a str>> {
        let needs: BTreeMap<&'a str, BTreeSet<&'a str>> = self
            .files
            .values()
            .map(|source| {
                let used = named(source).1;
                let homes = used.iter().filter_map(|path| self.home_of(path));
                (source.name.as_str(), homes.filter(|home| *home != source.name).collect())
            })
            .collect();
        let reached = |from| {
            let (mut seen, mut left) = (BTreeSet::new(), vec![from]);
            while let Some(file) = left.pop() {
                left.extend(needs[file].iter().filter(|next| seen.insert(**next)));
            }
            seen
        };
        let reached: BTreeMap<&str, BTreeSet<&str>> =
            needs.keys().map(|file| (*file, reached(*file))).collect();
        let circle = |file: &&str| -> BTreeSet<&str> {
            reached[file].iter().copied().filter(|other| reached[other].contains(*file)).collect()
        };
        needs.keys().map(circle).filter(|files| !files.is_empty()).collect()
    }
}

#[test]
fn no_room_goes_round_in_circles() {
    let sources = sources("src");
    let mut problems = Vec::new();
    for room in rooms() {
        let files = Room::of(sources.iter().filter(|s| s.room() == room && !s.is_test()));
        let circles = files.circles().into_iter().filter(|circle| circle.len() > MOST);
        problems.extend(circles.map(|circle| format!("{} files need each other: {circle:?}", circle.len())));
    }
    none_of(&problems);
}

#[test]
fn a_circle_would_be_seen() {
    let source = |name: &str, text: &str| Source { name: name.to_owned(), text: text.to_owned() };
    let files = [
        source("ui/mod.rs", "//! A\npub mod a;\npub use crate::ui::a::{A, Other};\npub use self::b::B;"),
        source("ui/a.rs", "use std::fmt;\nuse crate::ui::B;\n"),
        source("ui/b.rs", "use crate::{\n    domain::Id,\n    ui::{c::{C, D}, deep::E as F},\n};\n"),
        source("ui/c/mod.rs", "fn f() { crate::ui::deep::go() }"),
        source("ui/deep.rs", "use super::A;\n"),
        source("ui/alone.rs", "use crate::ui::A;\n#[cfg(test)]\nmod tests {\n    use crate::ui::alone;\n}\n"),
    ];
    let circles = Room::of(files.iter()).circles();
    let one = BTreeSet::from(["ui/a.rs", "ui/b.rs", "ui/c/mod.rs", "ui/deep.rs"]);
    assert_eq!(circles, BTreeSet::from([one]));
}
