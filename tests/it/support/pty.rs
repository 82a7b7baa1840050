//! The built program in a pseudo-terminal: keys go in, a screen comes out. Nothing sleeps: what is waited for is looked for
//! again whenever the program has drawn.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long anything may take before the test gives up and shows the screen.
const PATIENCE: Duration = Duration::from_secs(30);

/// What keys send, as xterm does.
pub mod keys {
    pub const ENTER: &str = "\r";
    pub const TAB: &str = "\t";
    pub const ESC: &str = "\x1b";
    pub const DELETE: &str = "\x1b[3~";
    pub const UP: &str = "\x1b[A";
    pub const DOWN: &str = "\x1b[B";
    pub const RIGHT: &str = "\x1b[C";
    pub const LEFT: &str = "\x1b[D";
    pub const PAGE_UP: &str = "\x1b[5~";
    pub const PAGE_DOWN: &str = "\x1b[6~";
    pub const F2: &str = "\x1bOQ";
    pub const F4: &str = "\x1bOS";
    pub const F5: &str = "\x1b[15~";
    pub const F6: &str = "\x1b[17~";
    pub const F7: &str = "\x1b[18~";
    pub const F8: &str = "\x1b[19~";
    pub const F12: &str = "\x1b[24~";

    /// Ctrl with a letter.
    pub fn ctrl(letter: char) -> String {
        char::from(letter as u8 & 31).to_string()
    }
}

type Writer = Arc<Mutex<Box<dyn Write + Send>>>;

/// The pictures that a terminal draws, as it says when it is asked. A cell of it has 10 dots by 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Draws {
    #[default]
    Nothing,
    /// It says nothing of itself for as long as anybody waits: a test answers for it.
    Unsaid,
    Sixel,
    Kitty,
    Iterm,
}

/// What a terminal says by itself, and whether a frame is being painted.
#[derive(Default)]
struct Answers {
    replies: Vec<u8>,
    draws: Draws,
    painting: bool,
    frames: u64,
    /// What the title of the window was made.
    title: String,
}

impl vt100::Callbacks for Answers {
    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
    }

    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        sign: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        end: char,
    ) {
        match (sign, params, end) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.replies.extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            (_, _, 'c' | 'q' | 't') if self.draws == Draws::Unsaid => {}
            (None, _, 'c') if self.draws == Draws::Sixel => self.replies.extend(b"\x1b[?62;4;22c"),
            (None, _, 'c') => self.replies.extend(b"\x1b[?62;22c"),
            (Some(b'>'), _, 'q') if self.draws == Draws::Iterm => {
                self.replies.extend(b"\x1bP>|iTerm2 3.5.0\x1b\\")
            }
            (Some(b'>'), _, 'q') => self.replies.extend(b"\x1bP>|Probe(1)\x1b\\"),
            (None, [[16]], 't') => self.replies.extend(b"\x1b[6;20;10t"),
            (Some(b'?'), [[1], [1], [0]], 'S') => self.replies.extend(b"\x1b[?1;0;256S"),
            (Some(b'?'), [[2], [1], [0]], 'S') => self.replies.extend(b"\x1b[?2;0;4000;4000S"),
            (Some(b'?'), [[2026]], 'h') => self.painting = true,
            (Some(b'?'), [[2026]], 'l') => {
                self.painting = false;
                self.frames += 1;
            }
            _ => {}
        }
    }
}

struct Shared {
    parser: Mutex<vt100::Parser<Answers>>,
    drawn: Condvar,
    /// All that came, and when.
    came: Mutex<Vec<(Instant, Vec<u8>)>>,
}

impl Shared {
    fn parser(&self) -> MutexGuard<'_, vt100::Parser<Answers>> {
        self.parser.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The rows of the screen and where the cursor stands.
#[derive(Debug, Clone)]
pub struct Shot {
    pub rows: Vec<String>,
    /// Row and column.
    pub cursor: (u16, u16),
    /// The terminal is as a shell expects it: its own screen, a cursor, pastes unmarked.
    pub given_back: bool,
    /// What the first cell stands on.
    pub ground: vt100::Color,
}

impl Shot {
    fn of(screen: &vt100::Screen) -> Self {
        let width = screen.size().1.get();
        Self {
            rows: screen.rows(0, width).collect(),
            cursor: screen.cursor_position(),
            ground: screen.cell(0, 0).expect("a cell").bgcolor(),
            given_back: !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor(),
        }
    }

    pub fn has(&self, words: &str) -> bool {
        self.rows.iter().any(|row| row.contains(words))
    }

    /// A row counted from the bottom; the last one is 1.
    pub fn row_from_bottom(&self, row: usize) -> &str {
        self.rows.get(self.rows.len().wrapping_sub(row)).map_or("", |r| r.trim())
    }

    /// What the entry line holds, without its sign.
    pub fn entry(&self) -> &str {
        let row = self.row_from_bottom(3);
        let row = row.strip_prefix(['▌', '>', '|']).unwrap_or(row).trim();
        // Who speaks stands before the words.
        row.split_once(" ›").map_or(row, |(_, words)| words.trim())
    }

    /// What the entry line understood, and whether all is kept.
    pub fn labels(&self) -> &str {
        self.row_from_bottom(4)
    }

    /// The one line in which the program speaks.
    pub fn whisper(&self) -> &str {
        self.row_from_bottom(5)
    }

    pub fn saved(&self) -> bool {
        self.labels().contains("保存済み")
    }
}

/// A program in a terminal.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Writer,
    shared: Arc<Shared>,
    reader: Option<JoinHandle<()>>,
}

impl Terminal {
    /// Starts the program over the records in `home/data`, with everything else of the user in `home` too.
    pub fn start(home: &Path, columns: u16, rows: u16) -> Self {
        Self::that_draws(Draws::Nothing, home, columns, rows, &[])
    }

    /// The same in a terminal that draws pictures, with more in the environment.
    pub fn that_draws(
        draws: Draws,
        home: &Path,
        columns: u16,
        rows: u16,
        environment: &[(&str, String)],
    ) -> Self {
        let (master, child) = spawn(home, columns, rows, true, environment);
        let writer: Writer = Arc::new(Mutex::new(master.take_writer().expect("a way in")));
        let answers = Answers { draws, ..Answers::default() };
        let parser = vt100::Parser::new_with_callbacks(cells(rows), cells(columns), 0, answers);
        let (parser, drawn, came) = (Mutex::new(parser), Condvar::new(), Mutex::default());
        let shared = Arc::new(Shared { parser, drawn, came });
        let source = master.try_clone_reader().expect("a way out");
        let reader = std::thread::spawn({
            let (shared, writer) = (shared.clone(), writer.clone());
            move || listen(source, &shared, &writer)
        });
        Self { master, child, writer, shared, reader: Some(reader) }
    }

    /// Sends bytes as a keyboard, an input method or a paste does.
    pub fn send(&self, bytes: impl AsRef<[u8]>) {
        let mut writer = self.writer.lock().expect("the reader did not panic");
        writer.write_all(bytes.as_ref()).expect("the program listens");
        writer.flush().expect("the program listens");
    }

    /// Sends text as one bracketed paste.
    pub fn paste(&self, text: &str) {
        self.send(format!("\x1b[200~{text}\x1b[201~"));
    }

    pub fn shot(&self) -> Shot {
        Shot::of(self.shared.parser().screen())
    }

    /// Waits until a finished frame is as it should be.
    pub fn until(&self, what: &str, good: impl Fn(&Shot) -> bool) -> Shot {
        let end = Instant::now() + PATIENCE;
        let mut parser = self.shared.parser();
        loop {
            let shot = Shot::of(parser.screen());
            if !parser.callbacks().painting && good(&shot) {
                return shot;
            }
            let Some(left) = end.checked_duration_since(Instant::now()) else {
                panic!("「{what}」になりません:\n{}", shot.rows.join("\n"));
            };
            parser = self.shared.drawn.wait_timeout(parser, left).expect("the reader did not panic").0;
        }
    }

    /// Waits until words stand on the screen.
    pub fn sees(&self, words: &str) -> Shot {
        self.until(words, |shot| shot.has(words))
    }

    /// How much came so far.
    pub fn came(&self) -> usize {
        self.shared.came.lock().expect("nobody panicked").len()
    }

    /// What came after so much, with the moment of the last of it, once it is as it should be.
    pub fn hears<T>(&self, what: &str, from: usize, good: impl Fn(&[u8]) -> Option<T>) -> (T, Instant) {
        let end = Instant::now() + PATIENCE;
        loop {
            let (bytes, last) = self.heard(from);
            if let Some((found, last)) = good(&bytes).zip(last) {
                return (found, last);
            }
            assert!(Instant::now() < end, "「{what}」が届きません:\n{}", self.shot().rows.join("\n"));
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// What came after so much, and when the last of it did.
    pub fn heard(&self, from: usize) -> (Vec<u8>, Option<Instant>) {
        let came = self.shared.came.lock().expect("nobody panicked");
        let came = &came[from..];
        (came.iter().flat_map(|(_, bytes)| bytes.iter().copied()).collect(), came.last().map(|(at, _)| *at))
    }

    /// The title of the window.
    pub fn title(&self) -> String {
        self.shared.parser().callbacks().title.clone()
    }

    /// Whether the terminal takes keys as a shell wants them: by the line, shown as they are typed.
    pub fn is_for_a_shell(&self) -> bool {
        let name = self.master.tty_name().expect("it has a name");
        let stdin = std::fs::File::open(name).expect("a terminal");
        let output = Command::new("stty").arg("-a").stdin(stdin).output().expect("stty is there");
        let settings = String::from_utf8_lossy(&output.stdout).replace(';', " ");
        let set = |name| settings.split_whitespace().any(|word| word == name);
        set("icanon") && set("echo") && set("isig")
    }

    /// Waits until the program has stopped.
    pub fn stands_still(&self) {
        let id = self.child.process_id().expect("it runs").to_string();
        let end = Instant::now() + PATIENCE;
        loop {
            let output = Command::new("ps").args(["-o", "state=", "-p", &id]).output().expect("ps is there");
            if output.stdout.trim_ascii_start().starts_with(b"T") {
                return;
            }
            assert!(Instant::now() < end, "it does not stop");
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Changes the size while nobody draws.
    pub fn resize_unseen(&self, columns: u16, rows: u16) {
        // The emulator changes first, so that no frame for the new size meets the old one.
        self.shared.parser().screen_mut().set_size(cells(rows), cells(columns));
        self.master
            .resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .expect("a new size");
    }

    pub fn resize(&self, columns: u16, rows: u16) {
        let frames = self.shared.parser().callbacks().frames;
        self.resize_unseen(columns, rows);
        let end = Instant::now() + PATIENCE;
        let mut parser = self.shared.parser();
        while parser.callbacks().frames == frames || parser.callbacks().painting {
            let left = end.checked_duration_since(Instant::now()).expect("a frame after the resize");
            parser = self.shared.drawn.wait_timeout(parser, left).expect("the reader did not panic").0;
        }
    }

    /// Lets no file of the program grow beyond so many bytes: a full disk; none: there is room again.
    #[cfg(target_os = "linux")]
    pub fn limit_files(&self, bytes: Option<u64>) {
        use rustix::process::{Pid, Resource, Rlimit, prlimit};
        let id = self.child.process_id().expect("it runs").cast_signed();
        let limit = Rlimit { current: bytes, maximum: None };
        prlimit(Pid::from_raw(id), Resource::Fsize, limit).expect("a child of ours");
    }

    /// Sends a signal by its name, such as `KILL`.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().expect("it runs").to_string();
        let status = Command::new("kill").args(["-s", name, &id]).status().expect("kill is there");
        assert!(status.success());
    }

    /// Waits for the end; gives the exit status and the last screen.
    pub fn wait(&mut self) -> (u32, Shot) {
        let end = Instant::now() + PATIENCE;
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child of ours") {
                break status;
            }
            assert!(Instant::now() < end, "it does not end:\n{}", self.shot().rows.join("\n"));
            std::thread::sleep(Duration::from_millis(2));
        };
        // What was written last is still on its way.
        if let Some(reader) = self.reader.take() {
            reader.join().expect("the reader did not panic");
        }
        (status.exit_code(), self.shot())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // Only a failed test leaves a program running.
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
        }
    }
}

/// A program that waits for a key when its terminal goes away without a signal. Gives the time until it has ended.
pub fn left_alone(home: &Path) -> Duration {
    let (master, mut child) = spawn(home, 120, 40, false, &[]);
    let mut source = master.try_clone_reader().expect("a way out");
    let (mut seen, mut bytes) = (Vec::new(), [0; 4096]);
    while !seen.windows(8).any(|w| w == b"\x1b[?2026l") {
        let count = source.read(&mut bytes).expect("it draws");
        seen.extend_from_slice(&bytes[..count]);
    }
    // What follows the first frame by itself fits into the terminal's own memory; after the bookmark is kept nothing
    // happens any more by itself.
    std::thread::sleep(Duration::from_millis(1500));
    drop((source, master));
    let gone = Instant::now();
    while child.try_wait().expect("a child of ours").is_none() {
        if gone.elapsed() > PATIENCE {
            let _ = child.kill();
            panic!("it goes on without a terminal");
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    gone.elapsed()
}

/// The program in a new terminal; `own`: the one that tells it when it goes away.
fn spawn(
    home: &Path,
    columns: u16,
    rows: u16,
    own: bool,
    environment: &[(&str, String)],
) -> (Box<dyn MasterPty + Send>, Box<dyn Child + Send + Sync>) {
    let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_jirei"));
    command.set_controlling_tty(own);
    command.arg("--data");
    command.arg(home.join("data"));
    command.cwd(home);
    command.env_clear();
    for (name, value) in [
        ("TERM", "xterm-256color"),
        ("COLORTERM", "truecolor"),
        ("LANG", "ja_JP.UTF-8"),
        ("TZ", "Asia/Tokyo"),
    ] {
        command.env(name, value);
    }
    command.env("HOME", home);
    for (name, folder) in [
        ("XDG_CONFIG_HOME", "config"),
        ("XDG_DATA_HOME", "share"),
        ("XDG_STATE_HOME", "state"),
        ("XDG_CACHE_HOME", "cache"),
    ] {
        command.env(name, home.join(folder));
    }
    // What other runs leave in the folder for temporary files is none of this one's.
    let temporary = home.join("tmp");
    std::fs::create_dir_all(&temporary).expect("a folder");
    command.env("TMPDIR", temporary);
    for (name, value) in environment {
        command.env(name, value);
    }
    let child = pair.slave.spawn_command(command).expect("the program starts");
    (pair.master, child)
}

fn listen(mut source: Box<dyn Read + Send>, shared: &Shared, writer: &Writer) {
    let mut bytes = [0; 16 * 1024];
    while let Ok(count @ 1..) = source.read(&mut bytes) {
        let mut parser = shared.parser();
        shared.came.lock().expect("nobody panicked").push((Instant::now(), bytes[..count].to_vec()));
        let asked = bytes[..count].windows(6).any(|w| w == b"\x1b_Gi=3");
        let answers = parser.callbacks_mut();
        if asked && answers.draws == Draws::Kitty {
            answers.replies.extend(b"\x1b_Gi=31;OK\x1b\\");
        }
        parser.process(&bytes[..count]);
        let replies = std::mem::take(&mut parser.callbacks_mut().replies);
        drop(parser);
        shared.drawn.notify_all();
        if !replies.is_empty() {
            let mut writer = writer.lock().expect("nobody panicked");
            // The program may be gone already.
            let _ = writer.write_all(&replies).and_then(|()| writer.flush());
        }
    }
    shared.drawn.notify_all();
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a size")
}
