//! The poster on the wall of a real xterm, photographed under a display of its own. Where xterm, Xvfb, xdotool or `import` is
//! missing, the test says so and tries nothing.
#![cfg(target_os = "linux")]

use crate::support;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use jirei::layout::colours;
use support::dots::{Drawn, png};
use support::installed;

/// How long anything may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Programs that end with the test.
struct Ends(Child);

impl Drop for Ends {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A display that nobody sees, and its name.
fn display() -> (Ends, String) {
    let mut command = Command::new("Xvfb");
    command.args(["-displayfd", "1", "-screen", "0", "1400x1000x24"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut number = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut number).unwrap();
    (Ends(child), format!(":{}", number.trim()))
}

struct Desk {
    // The terminal goes before the display.
    _xterm: Ends,
    _display: Ends,
    name: String,
}

impl Desk {
    /// The program in an xterm that knows sixels, over the records of `home`.
    fn open(home: &Path) -> Self {
        let (display, name) = display();
        let mut command = Command::new("xterm");
        command.args([
            "-ti",
            "vt340",
            "-u8",
            "-geometry",
            "120x40+0+0",
            "-fn",
            "10x20",
            "-bw",
            "0",
            "-b",
            "0",
        ]);
        for resource in ["maxGraphicSize: 2000x2000", "numColorRegisters: 256"] {
            command.args(["-xrm", &format!("XTerm*{resource}")]);
        }
        command.args(["-bg", "black", "-fg", "gray", "-e", env!("CARGO_BIN_EXE_jirei"), "demo"]);
        command.env("DISPLAY", &name).env("HOME", home).env("LC_ALL", "C.UTF-8").current_dir(home);
        for name in ["TMUX", "STY", "TERM_PROGRAM", "LC_TERMINAL"] {
            command.env_remove(name);
        }
        let xterm = Ends(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
        Self { _xterm: xterm, _display: display, name }
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Vec<u8> {
        Command::new(program).args(arguments).env("DISPLAY", &self.name).output().unwrap().stdout
    }

    /// Presses keys, as a hand does whose mouse lies over the window.
    fn press(&self, keys: &[&str]) {
        self.run("xdotool", &["mousemove", "300", "300"]);
        for key in keys {
            self.run("xdotool", &["key", key]);
            std::thread::sleep(Duration::from_millis(300));
        }
    }

    fn photograph(&self) -> Drawn {
        png(&self.run("import", &["-window", "root", "png24:-"]))
    }

    /// Photographs until it is as it should be.
    fn until(&self, what: &str, good: impl Fn(&Drawn) -> bool) -> Drawn {
        let end = Instant::now() + PATIENCE;
        loop {
            let photograph = self.photograph();
            if good(&photograph) {
                return photograph;
            }
            assert!(Instant::now() < end, "「{what}」になりません");
            std::thread::sleep(Duration::from_millis(200));
        }
    }
}

/// How often each colour is there.
fn counted(photograph: &Drawn) -> BTreeMap<[u8; 3], usize> {
    let mut counts = BTreeMap::new();
    for dot in &photograph.dots {
        *counts.entry(*dot).or_default() += 1;
    }
    counts
}

/// How many dots have a colour of ours, as near as registers in hundredths come.
fn dots_of(photograph: &Drawn, ink: u32) -> usize {
    let wanted = [(ink >> 16) as u8, (ink >> 8) as u8, ink as u8];
    let near = |colour: &[u8; 3]| colour.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) <= 3);
    counted(photograph).iter().filter(|(colour, _)| near(colour)).map(|(_, count)| count).sum()
}

/// White is the ground of the picture alone: the terminal is black, its words grey.
fn is_wall(photograph: &Drawn) -> bool {
    dots_of(photograph, 0xffffff) > 200_000
}

#[test]
fn 本物の端末に絵が出て_枝の色がみなあり_隠すと一点も残らない() {
    if !installed::all(&["xterm", "Xvfb", "xdotool", "import"]) {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let desk = Desk::open(home.path());
    desk.until("はじめの画面", |p| dots_of(p, 0) < p.dots.len() - 5000);
    desk.press(&["F8", "ctrl+l", "ctrl+l", "ctrl+l"]);
    let wall = desk.until("絵", is_wall);
    if let Some(path) = std::env::var_os("JIREI_PHOTOGRAPH") {
        std::fs::write(path, desk.run("import", &["-window", "root", "png24:-"])).unwrap();
    }
    for branch in 0..8 {
        let count = dots_of(&wall, colours::branch(branch));
        assert!(count > 30, "{branch}: {count}");
    }
    assert!(dots_of(&wall, colours::CENTRE) > 500);
    // What is selected has a frame; another selection, another picture.
    desk.press(&["Down"]);
    desk.until("枠が動く", |p| is_wall(p) && p.dots != wall.dots);
    desk.press(&["ctrl+s"]);
    let hidden = desk.until("隠れる", |p| !is_wall(p));
    for branch in 0..8 {
        assert!(dots_of(&hidden, colours::branch(branch)) < 20);
    }
    assert_eq!(dots_of(&hidden, colours::CENTRE), 0);
    desk.press(&["ctrl+s"]);
    desk.until("もどる", is_wall);
    desk.press(&["F1"]);
    desk.until("ヘルプの下に絵はない", |p| !is_wall(p));
}
