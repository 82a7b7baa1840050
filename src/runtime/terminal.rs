//! The terminal as we leave it: exactly as we found it, also when something goes wrong.

use std::io::{self, Write, stdout};

use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};

/// Holds the terminal in our hands; dropping it gives it back.
pub struct Guard;

impl Guard {
    pub fn enter() -> io::Result<Self> {
        enable_raw_mode()?;
        let guard = Self;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        Ok(guard)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Puts everything back. Nothing can be done where even that fails: the terminal is gone.
fn give_back() {
    let mut out = stdout();
    let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// On a panic the terminal is given back before anything is said. Of the panic only the place in our code is told, never its
/// words: they could hold what was typed.
pub fn install_panic_hook() {
    std::panic::set_hook(Box::new(|info| {
        // The store's thread may die without taking the screen along.
        if std::thread::current().name() == Some("main") {
            give_back();
        }
        if let Some(place) = info.location() {
            let _ = writeln!(io::stderr(), "jirei: {}:{}", place.file(), place.line());
        }
    }));
}
