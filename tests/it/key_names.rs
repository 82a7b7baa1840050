//! Keys are named by the keymap alone. What is pressed on a screen is an action and may have another key; what lies over
//! a screen (lists, questions, something to read, the growth of the map) has arrows, Enter, Esc and the like, for good.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test stops where something is not as it should be")]

use std::fs;
use std::path::Path;

use crate::frames::SCREENS;
use crate::support::driver::Driver;
use crate::support::frame::{SIZES, picture};
use crate::support::other_keys::{named, with_other_keys};
use jirei::ui::Msg;

/// The keys of what lies over a screen.
const OVER: [&str; 9] = ["Enter", "Esc", "Space", "Tab", "PgUp", "PgDn", "↑↓", "←→", "← →"];

/// Compares a screen with the names of keys that are none any more.
fn look_at(name: &str, driver: &mut Driver) {
    let replay = driver.model.meeting().is_some_and(|d| d.map.replay.is_some());
    let over = replay || driver.model.cx.over.is_some();
    for size in SIZES {
        driver.send(Msg::Resize(size.0, size.1));
        let picture = picture(driver, size);
        let mut found = named(&picture);
        found.retain(|key| !(over && OVER.contains(key)));
        assert!(found.is_empty(), "{name} names {found:?}\n{picture}");
    }
}

#[test]
fn キーを変えると_もとのキーの名前はどの画面にもない() {
    with_other_keys(|| {
        for screens in SCREENS {
            screens(&mut look_at);
        }
        // Screens that come before or after those, at their emptiest.
        for keys in ["", "ctrl-n", "ctrl-n ctrl-u", "ctrl-n f6", "f7", "f8", "f9", "f9 f5", "f9 f2"] {
            let mut driver = Driver::first_start();
            driver.keys(keys);
            look_at(keys, &mut driver);
        }
        for step in 1..=8 {
            let mut driver = Driver::empty();
            driver.keys(&format!("ctrl-g {step}"));
            look_at(&format!("empty {step}"), &mut driver);
            driver.keys("f10 down*20");
            look_at(&format!("menu at {step}"), &mut driver);
        }
        let mut driver = Driver::empty();
        driver.keys("f1");
        look_at("help", &mut driver);
        for page in 0..=jirei::command::guide().len() {
            driver.keys("enter");
            for part in 0..12 {
                look_at(&format!("help {page} {part}"), &mut driver);
                driver.keys("pagedown");
            }
            driver.keys("esc down");
        }
    });
}

#[test]
fn キーを変えると_もとのキーの名前はどの知らせにもない() {
    with_other_keys(|| {
        // Whatever the driver is told is looked at.
        for keys in [
            "enter enter",
            "「ことば」 enter enter",
            "「ことば」 esc",
            "「ことば」 esc esc esc",
            "f2 ctrl-w f7 f3",
            "f4 「2」 f7 「9」 enter",
            "「!残薬」 enter f7 enter esc f7 esc f12 space ctrl-l alt-up f12",
            "「!残薬 」 enter f2 backspace*9 enter esc",
            "「090-1234-5678」 enter",
            "「>一包化」 enter ctrl-g 5",
            "「@消防署 来ない」 enter",
            "「残薬」 enter delete ctrl-z*9 ctrl-y*9",
            "ctrl-u 「！」 enter enter",
            "ctrl-u enter backspace*40 enter esc delete ctrl-z",
            "ctrl-u 「残薬が多い」 enter",
            "ctrl-g 6 「だれか」 enter right*2 「だれも」 enter esc delete",
            "ctrl-g 7 f7 enter 「文」 enter esc delete",
            "ctrl-g 8 「よかった」 enter f2 backspace*9 enter esc delete",
            "ctrl-p 「この事例の次の会議」 enter esc alt-c ctrl-n ctrl-t ctrl-t ctrl-left esc",
            "ctrl-e enter enter ctrl-g 6 ctrl-k",
            "ctrl-g 6 f8 「ここで」 enter f8",
            "ctrl-x esc f9 esc ctrl-d 「いつか」 enter",
            "ctrl-b f8 f6 ctrl-l f4 enter delete f7 f4 f6",
            "ctrl-g 8 f6 esc f6",
        ] {
            let mut driver = Driver::empty();
            driver.keys(keys);
            let mut driver = Driver::case_a();
            driver.keys("ctrl-g 4");
            driver.keys(keys);
        }
        let mut driver = Driver::empty();
        driver.send(Msg::Copied(Err("写せませんでした。".to_owned())));
        assert!(driver.notice().contains("書き出せます"), "{}", driver.notice());
    });
}

/// Literals that name keys which are no actions, and whose they are.
const FIXED: [(&str, &str); 26] = [
    ("src/command/key.rs", ""),
    // The panel of prompts and the growth of the map.
    ("src/command/table.rs", "Space で済みの印"),
    ("src/command/table.rs", "←→ で一つずつ"),
    ("src/ui/meeting/prompts/draw.rs", "Esc 閉じる"),
    ("src/ui/meeting/prompts/draw.rs", "Enter で発言者にします"),
    ("src/ui/meeting/growth/draw.rs", "← →"),
    ("src/ui/meeting/growth/draw.rs", "PgUp PgDn"),
    ("src/ui/meeting/growth/draw.rs", "Home"),
    ("src/ui/meeting/growth/draw.rs", "End"),
    ("src/ui/meeting/growth/draw.rs", "Esc"),
    // Questions, lists, and what is to be read.
    ("src/ui/give.rs", "この場所と名前でよければ Enter"),
    ("src/ui/give.rs", "よければ Enter"),
    ("src/ui/help/seen.rs", "↑↓←→ で選んで Enter で開きます"),
    ("src/ui/help/seen.rs", "↑↓ PgUp PgDn で動きます"),
    ("src/ui/help/seen.rs", "Enter 今する"),
    ("src/ui/overlay/draw.rs", "1 は Enter で決まります"),
    ("src/ui/overlay/draw.rs", "Enter 閉じる"),
    ("src/ui/overlay/draw.rs", "Enter 決める　Esc やめる"),
    ("src/ui/overlay/mod.rs", "↑↓"),
    ("src/ui/overlay/mod.rs", "Enter"),
    ("src/ui/overlay/mod.rs", "Esc"),
    // The screen while it is hidden.
    ("src/ui/draw.rs", "Esc"),
    ("src/ui/meeting/readback/draw.rs", "Esc もどる"),
    ("src/ui/meeting/readback/draw.rs", "PgDn 続き"),
    ("src/ui/meeting/readback/draw.rs", "PgUp 前へ"),
    // The terminal's own way to paste.
    ("src/runtime/clipboard.rs", "Shift+右クリックや Shift+Insert"),
];

/// Whether words hold the name of a key, with nothing of the alphabet on either side.
fn names_a_key(words: &str) -> bool {
    const NAMES: [&str; 16] = [
        "Enter",
        "Esc",
        "Space",
        "Tab",
        "Delete",
        "Insert",
        "Backspace",
        "Home",
        "End",
        "PgUp",
        "PgDn",
        "Ctrl+",
        "Alt+",
        "Shift+",
        "↑",
        "↓",
    ];
    let apart = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    let stands = |name: &str| {
        words.match_indices(name).any(|(at, _)| {
            let sign = name.ends_with('+');
            apart(words[..at].chars().next_back()) && (sign || apart(words[at + name.len()..].chars().next()))
        })
    };
    NAMES.into_iter().any(stands) || (1..=12).any(|n| stands(&format!("F{n}"))) || words.contains('←')
}

fn literals(line: &str) -> impl Iterator<Item = &str> {
    line.split('"').skip(1).step_by(2)
}

fn files(folder: &Path, ends: &str, out: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()) {
        if entry.is_dir() {
            files(&entry, ends, out);
        } else if entry.extension().is_some_and(|e| e == ends) {
            out.push(entry.to_str().unwrap().replace('\\', "/"));
        }
    }
}

#[test]
fn 文の中にキーの名前を手で書かない() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut names = Vec::new();
    files(&home.join("src"), "rs", &mut names);
    files(&home.join("sessions"), "toml", &mut names);
    let mut problems = Vec::new();
    let mut needed = vec![false; FIXED.len()];
    for path in names.iter().filter(|name| !name.ends_with("tests.rs")) {
        let name = path.strip_prefix(home.to_str().unwrap()).unwrap().trim_start_matches('/');
        let text = fs::read_to_string(path).unwrap();
        let code = text.lines().take_while(|line| !line.contains("#[cfg(test)]"));
        for (at, line) in code.enumerate().filter(|(_, line)| !line.trim_start().starts_with(['/', '#'])) {
            for words in literals(line).filter(|words| names_a_key(words)) {
                match FIXED.iter().position(|(file, part)| *file == name && words.contains(part)) {
                    Some(i) => needed[i] = true,
                    None => problems.push(format!("{name}:{}: {words}", at + 1)),
                }
            }
        }
    }
    problems.extend(FIXED.iter().zip(&needed).filter(|(_, n)| !**n).map(|(f, _)| format!("{f:?} is gone")));
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}
