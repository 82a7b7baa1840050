//! What the fuzzer tries, with all inputs that are kept: see `tests/fuzz` and `docs/reliability.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "../fuzz/targets.rs"]
mod targets;

use crate::house::{none_of, sources};
use targets::TARGETS;

fn home(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Files of a folder are inputs; each line of one that ends in `.jsonl` is one, as a text or, where it is none, as its bytes.
fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(home("tests/fuzz/seeds").join(target)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".jsonl") {
            let lines = fs::read_to_string(path).unwrap();
            let line = |line: &str| match serde_json::from_str(line).unwrap() {
                serde_json::Value::String(text) => text.into_bytes(),
                bytes => serde_json::from_value(bytes).unwrap(),
            };
            found.extend(lines.lines().enumerate().map(|(i, l)| (format!("{name}:{}", i + 1), line(l))));
        } else {
            found.push((name, fs::read(path).unwrap()));
        }
    }
    found
}

#[test]
fn 残してあるどの入力も断るか同じに読み返す() {
    for (target, _) in TARGETS {
        let inputs = inputs(target);
        assert!(inputs.len() > 2, "{target} has no seeds");
        for (name, input) in inputs {
            let tried = std::panic::catch_unwind(|| targets::run(target, &input));
            assert!(tried.is_ok(), "tests/fuzz/seeds/{target}/{name}: {:?}", String::from_utf8_lossy(&input));
        }
    }
}

#[test]
fn the_targets_of_the_fuzzer_are_those_that_are_tried_here() {
    let manifest: toml::Table = fs::read_to_string(home("tests/fuzz/Cargo.toml")).unwrap().parse().unwrap();
    let bins = manifest["bin"].as_array().unwrap().iter().map(|bin| bin["name"].as_str().unwrap());
    let names = TARGETS.map(|(name, _)| name);
    assert_eq!(bins.collect::<BTreeSet<_>>(), names.into_iter().collect());
    let folders = fs::read_dir(home("tests/fuzz/seeds")).unwrap();
    let folders = folders.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(folders.collect::<BTreeSet<_>>(), names.map(str::to_owned).into_iter().collect());
}

/// What reads words but is no target of its own, and why that is enough.
const OTHERS: [(&str, &str); 3] = [
    ("export/json.rs read", "it is read_any and no more"),
    ("format/reader.rs parse", "formats, lists and settings are read with it"),
    ("ui/entry.rs parse", "any keys go through it (tests/it/keys_long.rs)"),
];

/// The name of a function that takes something apart, by how it begins.
fn parser(function: &str) -> Option<&str> {
    let (name, rest) = function.split_once('(')?;
    let takes = rest.split(')').next()?;
    let reads = ["parse", "read", "check"].iter().any(|verb| name.starts_with(verb));
    let is_words = takes.contains("&str") || takes.contains("&[u8]") || name == "parse" && takes == "&self";
    (reads && is_words).then_some(name)
}

#[test]
fn every_parser_is_fuzzed() {
    let targets = fs::read_to_string(home("tests/fuzz/targets.rs")).unwrap();
    let (mut problems, mut found, mut others) = (Vec::new(), 0, BTreeSet::new());
    for source in sources("src") {
        let code: String = source.code_without_tests().flat_map(|(_, line)| [line, "\n"]).collect();
        let path = source.name.trim_end_matches(".rs").trim_end_matches("/mod");
        let module = path.rsplit('/').next().unwrap();
        for name in code.split("pub fn ").skip(1).filter_map(parser) {
            found += 1;
            let named = format!("{} {name}", source.name);
            let called = [format!("{}::{name}", module.to_lowercase()), format!("{name}_{module}"), format!(" {name}(")];
            let is_called = called.iter().any(|way| targets.to_lowercase().contains(way));
            if OTHERS.iter().any(|(other, _)| *other == named) {
                others.insert(named);
            } else if !is_called {
                problems.push(format!("src/{named} is in no target of tests/fuzz/targets.rs"));
            }
        }
    }
    assert!(found > 10, "only {found} parsers were found: the test does not see them any more");
    assert_eq!(others.len(), OTHERS.len(), "what is no target is gone: {others:?}");
    none_of(&problems);
}
