//! What the fuzzer tries, with all inputs that are kept: see `tests/fuzz` and `docs/reliability.md`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

#[path = "../fuzz/targets.rs"]
mod targets;

use crate::house::{none_of, sources};
use proptest::prelude::*;
use proptest::sample::Index;
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

/// What stands in files where nobody expects it.
const WORDS: [&str; 16] = [
    "\"",
    "\u{feff}",
    "\u{1b}[31m",
    "\u{202e}",
    "\r\n",
    "\t",
    "\0",
    "\\",
    "[[",
    "}",
    "99999999999999999999",
    "-1",
    "、",
    "ｶﾞ",
    "か\u{3099}\u{3099}",
    "👨\u{200d}👩",
];

/// An input with something of it gone, twice there, or changed, or with something of another in it.
fn spoilt(mut input: Vec<u8>, other: &[u8], (what, from, length, at): &(u8, Index, Index, Index)) -> Vec<u8> {
    let source = if *what == 3 { other } else { &input };
    let from = from.index(source.len() + 1);
    let to = from + length.index((source.len() - from).min(64) + 1);
    let part = source[from..to].to_vec();
    let place = at.index(input.len() + 1);
    match what {
        0 => drop(input.drain(from..to)),
        1 => input.truncate(from),
        2 | 3 => drop(input.splice(place..place, part)),
        4 => drop(input.splice(place..place, WORDS[length.index(WORDS.len())].bytes())),
        _ => input.get_mut(place).into_iter().for_each(|byte| *byte ^= 1 << length.index(8)),
    }
    input
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    #[test]
    fn 崩れた入力も断るか同じに読み返す(
        target in 0..TARGETS.len(),
        seeds in any::<(Index, Index)>(),
        hands in proptest::collection::vec((0u8..6, any::<Index>(), any::<Index>(), any::<Index>()), 1..6),
    ) {
        let name = TARGETS[target].0;
        let inputs = &ALL[target];
        let other = seeds.1.get(inputs);
        let input = hands.iter().fold(seeds.0.get(inputs).clone(), |input, hand| spoilt(input, other, hand));
        let tried = std::panic::catch_unwind(|| targets::run(name, &input));
        prop_assert!(tried.is_ok(), "{}: {:?}", name, String::from_utf8_lossy(&input));
    }
}

/// All that is kept, target by target.
static ALL: LazyLock<Vec<Vec<Vec<u8>>>> = LazyLock::new(|| {
    TARGETS.iter().map(|(name, _)| inputs(name).into_iter().map(|(_, input)| input).collect()).collect()
});

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
const OTHERS: [(&str, &str); 4] = [
    ("export/json.rs read", "it is read_any and no more"),
    ("format/reader.rs parse", "formats, lists and settings are read with it"),
    ("store/backup/name.rs read", "the name of a file, and no more"),
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
            let called = [
                format!("{}::{name}", module.to_lowercase()),
                format!("{name}_{module}"),
                format!(" {name}("),
            ];
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
