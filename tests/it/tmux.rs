//! The built program in a real tmux: a shell that stops it and lets it go on, keys in pieces, windows of other sizes. Where tmux
//! or bash is missing, the tests say so and try nothing.
#![cfg(unix)]

use crate::support;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use support::programs;

/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server of tmux with one window, gone at the end.
struct Tmux<'a> {
    home: &'a Path,
}

impl<'a> Tmux<'a> {
    /// Starts a command in a window of 120×40; none where there is no tmux.
    fn start(home: &'a Path, command: &str) -> Option<Self> {
        if !programs::there(&["tmux", "bash", "ps"]) {
            return None;
        }
        let tmux = Self { home };
        tmux.run(&["new-session", "-d", "-s", "m", "-x", "120", "-y", "40", command]);
        tmux.run(&["set", "-g", "status", "off"]);
        tmux.run(&["resize-window", "-t", "m", "-x", "120", "-y", "40"]);
        Some(tmux)
    }

    fn run(&self, words: &[&str]) -> String {
        let mut command = Command::new("tmux");
        command.args(["-u", "-f", "/dev/null", "-S"]).arg(self.home.join("tmux")).args(words);
        for name in ["TMUX", "STY", "TERM_PROGRAM", "LC_TERMINAL"] {
            command.env_remove(name);
        }
        command.env("HOME", self.home).env("LC_ALL", "C.UTF-8").current_dir(self.home);
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    }

    fn rows(&self) -> Vec<String> {
        self.run(&["capture-pane", "-p", "-t", "m"]).lines().map(str::to_owned).collect()
    }

    /// What tmux says of the window.
    fn told(&self, what: &str) -> String {
        self.run(&["display", "-p", "-t", "m", what]).trim().to_owned()
    }

    fn types(&self, words: &str) {
        self.run(&["send-keys", "-t", "m", "-l", words]);
    }

    /// Sends bytes as they are, each piece by itself.
    fn sends(&self, pieces: &[&str]) {
        for piece in pieces {
            let mut words = vec!["send-keys", "-t", "m", "-H"];
            let bytes: Vec<String> = piece.bytes().map(|byte| format!("{byte:02x}")).collect();
            words.extend(bytes.iter().map(String::as_str));
            self.run(&words);
        }
    }

    fn until(&self, what: &str, good: impl Fn(&[String]) -> bool) -> Vec<String> {
        let end = Instant::now() + PATIENCE;
        loop {
            let rows = self.rows();
            if good(&rows) {
                return rows;
            }
            assert!(Instant::now() < end, "「{what}」になりません:\n{}", rows.join("\n"));
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn sees(&self, words: &str) -> Vec<String> {
        self.until(words, |rows| rows.iter().any(|row| row.contains(words)))
    }

    /// What stands in the entry line.
    fn sees_entry(&self, words: &str) {
        self.until(words, |rows| rows.iter().any(|row| row.strip_prefix('▌').map(str::trim) == Some(words)));
    }

    /// Sends a signal to what the shell runs, and waits until it has stopped; none: until it goes on.
    fn signals(&self, name: &str, stops: bool) {
        let shell = self.told("#{pane_pid}");
        let all = Command::new("ps").args(["-A", "-o", "pid=,ppid=,state="]).output().unwrap().stdout;
        let all = String::from_utf8(all).unwrap();
        let lines = all.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
        let program = lines.filter(|line| line[1] == shell).map(|line| line[0].to_owned()).next().unwrap();
        assert!(Command::new("kill").args(["-s", name, &program]).status().unwrap().success());
        let state = || Command::new("ps").args(["-o", "state=", "-p", &program]).output().unwrap().stdout;
        let end = Instant::now() + PATIENCE;
        while state().starts_with(b"T") != stops {
            assert!(Instant::now() < end, "{name}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Tmux<'_> {
    fn drop(&mut self) {
        self.run(&["kill-server"]);
    }
}

#[test]
fn シェルで止めても続けてもシェルの画面は乱れず見本は元どおり() {
    let home = tempfile::tempdir().unwrap();
    let Some(tmux) = Tmux::start(home.path(), "env 'PS1=shell> ' bash --norc --noprofile -i") else { return };
    tmux.sees("shell>");
    tmux.types(&format!("clear; '{}' demo\n", env!("CARGO_BIN_EXE_jirei")));
    let whole = tmux.sees("F10 メニュー");
    for again in ["TSTP", "STOP", "TSTP"] {
        tmux.signals(again, true);
        let rows = tmux.sees("Stopped");
        assert!(again == "STOP" || rows.iter().all(|row| !row.contains("F10 メニュー")), "{rows:?}");
        if again == "TSTP" {
            assert_eq!(tmux.told("#{alternate_on}#{mouse_any_flag}#{cursor_flag}"), "001");
            tmux.types("echo mou''su\n");
            let shell = tmux.sees("mousu");
            // Behind the shell it has no terminal to take, and writes nothing over what stands there.
            tmux.signals("CONT", true);
            tmux.types("echo shi''o\n");
            let rows = tmux.sees("shio");
            let kept: Vec<&String> = shell.iter().take_while(|row| !row.contains("mousu")).collect();
            assert_eq!(rows.iter().take(kept.len()).collect::<Vec<_>>(), kept);
        }
        tmux.types("fg\n");
        tmux.until("元の画面", |rows| rows == whole);
        assert_eq!(tmux.told("#{alternate_on}#{mouse_any_flag}#{cursor_flag}"), "111");
    }
}

#[test]
fn tmuxの窓が変わっても分かれたキーでも隠しても書きかけは残る() {
    let home = tempfile::tempdir().unwrap();
    let demo = format!("'{}' demo", env!("CARGO_BIN_EXE_jirei"));
    let Some(tmux) = Tmux::start(home.path(), &demo) else { return };
    let fills = |columns: &str, rows: &str| {
        tmux.run(&["resize-window", "-t", "m", "-x", columns, "-y", rows]);
        let count: usize = rows.parse().unwrap();
        tmux.until(&format!("{columns}×{rows}"), |seen| {
            seen.len() == count && seen.last().is_some_and(|row| row.contains("F10 メニュー"))
        })
    };
    tmux.sees("F10 メニュー");
    tmux.types("雪道を 歩く");
    tmux.sees_entry("雪道を 歩く");
    let whole = fills("120", "40");
    fills("80", "24");
    tmux.run(&["resize-window", "-t", "m", "-x", "40", "-y", "10"]);
    tmux.sees("画面が小さすぎます");
    assert_eq!(fills("120", "40"), whole);

    // An arrow in pieces, and the key of a word, which must come whole.
    tmux.sends(&["\x1b", "[D", "\x1b[", "D", "\x1b", "[", "C"]);
    tmux.types("み");
    tmux.sees_entry("雪道を 歩みく");
    tmux.sends(&["\x7f", "\x1bb"]);
    tmux.types("よく");
    tmux.sees_entry("雪道を よく歩く");

    tmux.sends(&["\x13"]);
    let hidden = tmux.until("隠れる", |rows| rows.iter().filter(|row| !row.is_empty()).count() == 1);
    assert!(hidden.iter().any(|row| row.contains("画面を隠しています")), "{hidden:?}");
    tmux.run(&["resize-window", "-t", "m", "-x", "100", "-y", "30"]);
    tmux.sends(&["\x13"]);
    tmux.sees_entry("雪道を よく歩く");
}
