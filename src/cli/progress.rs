//! How far it has come, in one line of the terminal that is written over.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells of the whole line: it fits the smallest terminal, where a longer one would be broken and stay.
const WIDTH: usize = 78;
/// Cells of the bar.
const BAR: usize = 20;
/// Not more often than this.
const PAUSE: Duration = Duration::from_millis(100);

/// The line, on standard error, where that is a terminal and there is something to wait for.
pub struct Bar {
    /// What is being done.
    what: &'static str,
    total: usize,
    begun: Instant,
    shown: Option<Instant>,
    quiet: bool,
}

impl Bar {
    pub fn new(what: &'static str, total: usize) -> Self {
        let quiet = total < 2 || !std::io::stderr().is_terminal();
        Self { what, total, begun: Instant::now(), shown: None, quiet }
    }

    /// So many are done, and this one is at hand.
    pub fn show(&mut self, done: usize, file: &Path) {
        let now = Instant::now();
        if self.quiet || self.shown.is_some_and(|last| now - last < PAUSE) {
            return;
        }
        self.shown = Some(now);
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        // Without a terminal to write to there is nobody to see it.
        let _ = write!(std::io::stderr(), "\r{}", line(self.what, done, self.total, now - self.begun, &name));
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(WIDTH));
        }
    }
}

fn line(what: &str, done: usize, total: usize, spent: Duration, name: &str) -> String {
    let filled = BAR * done / total.max(1);
    let left = spent.as_secs_f64() / done.max(1) as f64 * total.saturating_sub(done) as f64;
    let left = if done == 0 { String::new() } else { format!("あと {}秒 ", left.ceil()) };
    let head = format!("{what} [{}{}] {done}/{total} {left}", "#".repeat(filled), "-".repeat(BAR - filled));
    let mut out = head;
    for grapheme in crate::domain::text::clean_line(name).graphemes(true) {
        if out.width() + grapheme.width() > WIDTH {
            break;
        }
        out.push_str(grapheme);
    }
    // Spaces rather than a sequence that clears: old consoles do not know it.
    let gap = WIDTH.saturating_sub(out.width());
    out + &" ".repeat(gap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 一行に収まり全角も数える() {
        for (done, name) in [
            (0, "短い.json"),
            (512, "とても長い名前の会議の記録のファイルですからここで切れます.json"),
            (1000, ""),
        ] {
            let line = line("取り込み中", done, 1000, Duration::from_secs(4), name);
            assert_eq!(line.width(), WIDTH, "{line}");
        }
        assert!(
            line("取り込み中", 500, 1000, Duration::from_secs(4), "a")
                .contains("[##########----------] 500/1000 あと 4秒 a")
        );
    }
}
