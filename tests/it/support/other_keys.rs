//! The program as somebody has it who changed all keys: none of those of the table is left, so none may be named.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jirei::command::{Code, Command, Key, Keymap, TABLE};
use jirei::ui::{App, Overlay};

thread_local! {
    static OTHER: Cell<bool> = const { Cell::new(false) };
}

/// All drivers that are made in here have other keys. Scripts are written with the keys of the table all the same.
pub fn with_other_keys(what: impl FnOnce()) {
    OTHER.set(true);
    what();
    OTHER.set(false);
}

static TABLE_KEYS: LazyLock<Keymap> = LazyLock::new(|| Keymap::new(&BTreeMap::new()).unwrap());

/// A key for each action, also for those the table has none for.
static OTHER_KEYS: LazyLock<Keymap> = LazyLock::new(|| {
    let letters = ('à'..='ÿ').chain('ā'..='ž').filter(|c| c.is_lowercase());
    let keys: BTreeMap<String, Vec<String>> =
        TABLE.iter().zip(letters).map(|(row, c)| (row.id.to_owned(), vec![format!("alt-{c}")])).collect();
    assert_eq!(keys.len(), TABLE.len());
    Keymap::new(&keys).unwrap()
});

/// The names of the table's keys, and arrows side by side: alone an arrow is a sign, too.
static NAMES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let keys = TABLE.iter().flat_map(|row| TABLE_KEYS.all(row.command));
    let names = keys.map(|key| key.to_string()).filter(|name| name.chars().count() > 1);
    names.chain(["↑↓", "←→", "← →"].map(str::to_owned)).collect()
});

/// The keys a driver begins with.
pub fn keymap() -> Keymap {
    if OTHER.get() { OTHER_KEYS.clone() } else { TABLE_KEYS.clone() }
}

/// The key that does what a script means.
pub fn meant(model: &App, key: Key) -> Key {
    if !OTHER.get() {
        return key;
    }
    let Some(command) = TABLE_KEYS.command(model.place(), key) else { return key };
    let replay = model.meeting().is_some_and(|d| d.map.replay.is_some());
    let changed = match model.cx.over {
        // What lies over a screen has keys of its own.
        Some(Overlay::ReadBack(_)) => matches!(command, Command::NextStep | Command::Quit | Command::Hide),
        Some(Overlay::Ask(_)) => matches!(command, Command::Paste | Command::Quit | Command::Hide),
        Some(_) => matches!(command, Command::Quit | Command::Hide),
        None => !replay || key.ctrl || key.alt || matches!(key.code, Code::F(_)),
    };
    if changed { OTHER_KEYS.all(command)[0] } else { key }
}

/// The names of keys of the table in what is read.
pub fn named(words: &str) -> Vec<&'static str> {
    NAMES.iter().map(String::as_str).filter(|name| words.contains(name)).collect()
}

/// What is said to the person names no key of the table.
pub fn look_at(notice: &str) {
    if OTHER.get() && !named(notice).is_empty() {
        panic!("「{notice}」 names {:?}", named(notice));
    }
}
