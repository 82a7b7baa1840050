//! What we depend on: under which licences it may be used, as `deny.toml` lists them, and where it comes from.
//! No further tool is needed for that; who asks for known faults needs cargo-deny and its list of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// Where all of it comes from.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

fn toml(name: &str) -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The licences that `deny.toml` allows.
fn allowed() -> BTreeSet<String> {
    let list = toml("deny.toml")["licenses"]["allow"].as_array().unwrap().clone();
    list.iter().map(|licence| licence.as_str().unwrap().to_owned()).collect()
}

/// What cargo knows of the packages: of all systems where they lie here (`cargo fetch`), else of those that this one needs,
/// which every build has brought.
fn packages() -> Vec<Value> {
    let ask = |program: &str, arguments: &[&str]| {
        let done =
            Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        done.status.success().then_some(done.stdout)
    };
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let all = ["metadata", "--format-version", "1", "--locked", "--offline"];
    let read = ask(&cargo, &all).or_else(|| {
        let host = String::from_utf8(ask("rustc", &["--print", "host-tuple"])?).unwrap();
        ask(&cargo, &[&all[..], &["--filter-platform", host.trim()]].concat())
    });
    let read: Value = serde_json::from_slice(&read.expect("cargo metadata answers")).unwrap();
    read["packages"].as_array().unwrap().clone()
}

/// Whether an expression of licences can be met with those that are allowed. Older packages write `/` for `OR`.
fn allows(allowed: &BTreeSet<String>, expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    let met = either(allowed, &mut rest);
    assert!(rest.is_empty(), "{expression} ends before {rest:?}");
    met
}

fn either(allowed: &BTreeSet<String>, words: &mut &[&str]) -> bool {
    let mut met = both(allowed, words);
    while let ["OR", rest @ ..] = *words {
        *words = rest;
        met |= both(allowed, words);
    }
    met
}

fn both(allowed: &BTreeSet<String>, words: &mut &[&str]) -> bool {
    let mut met = one(allowed, words);
    while let ["AND", rest @ ..] = *words {
        *words = rest;
        met &= one(allowed, words);
    }
    met
}

fn one(allowed: &BTreeSet<String>, words: &mut &[&str]) -> bool {
    match *words {
        ["(", rest @ ..] => {
            *words = rest;
            let met = either(allowed, words);
            let [")", rest @ ..] = *words else { panic!("no ) before {words:?}") };
            *words = rest;
            met
        }
        // A licence with an exception is another one, allowed under its whole name.
        [licence, "WITH", exception, rest @ ..] => {
            *words = rest;
            allowed.contains(&format!("{licence} WITH {exception}"))
        }
        [licence, rest @ ..] => {
            *words = rest;
            allowed.contains(*licence)
        }
        [] => panic!("an expression ends too soon"),
    }
}

#[test]
fn every_licence_is_one_that_is_allowed() {
    let (allowed, packages) = (allowed(), packages());
    assert!(packages.len() > 200, "only {} packages were found", packages.len());
    for package in packages {
        let (name, version) = (&package["name"], &package["version"]);
        let licence =
            package["license"].as_str().unwrap_or_else(|| panic!("{name} {version} names no licence"));
        assert!(allows(&allowed, licence), "{name} {version}: {licence} is not in deny.toml");
    }
}

#[test]
fn everything_comes_from_the_registry_and_is_what_was_locked() {
    let lock = toml("Cargo.lock");
    for package in lock["package"].as_array().unwrap() {
        let name = package["name"].as_str().unwrap();
        let source = package.get("source").and_then(|s| s.as_str());
        match name {
            // No path leads to anything but ourselves.
            "jirei" => assert_eq!(source, None),
            _ => assert!(source == Some(REGISTRY) && package.get("checksum").is_some(), "{name}: {source:?}"),
        }
    }
}

#[test]
fn licences_are_read_as_they_are_written() {
    let list = BTreeSet::from(["MIT", "Zlib", "Unicode-3.0"].map(str::to_owned));
    for (met, expression) in [
        (true, "MIT"),
        (true, "Apache-2.0/MIT"),
        (true, "Apache-2.0 WITH LLVM-exception OR Apache-2.0 OR MIT"),
        (true, "(MIT OR Apache-2.0) AND Unicode-3.0"),
        (false, "GPL-3.0-only"),
        (false, "MIT AND GPL-3.0-only"),
        (false, "MIT WITH Bison-exception-2.2"),
        (true, "MIT AND Zlib OR GPL-3.0-only"),
        (false, "(MIT OR Zlib) AND (GPL-3.0-only OR Apache-2.0)"),
    ] {
        assert_eq!(allows(&list, expression), met, "{expression}");
    }
}
