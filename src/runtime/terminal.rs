//! The terminal as we leave it: exactly as we found it, also when something goes wrong.

use std::io::{self, Write, stdout};

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use crossterm::{cursor, execute};

#[cfg(windows)]
use crate::runtime::console::stop;
#[cfg(unix)]
use crate::runtime::tty::stop;

/// Holds the terminal in our effects; dropping it gives it back.
pub struct Guard {
    mouse: bool,
}

impl Guard {
    /// `mouse`: clicks and the wheel come to us.
    pub fn enter(mouse: bool) -> io::Result<Self> {
        let guard = Self { mouse };
        guard.take()?;
        Ok(guard)
    }

    fn take(&self) -> io::Result<()> {
        enable_raw_mode()?;
        execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
        if self.mouse {
            take_mouse()?;
        }
        Ok(())
    }

    /// Gives the terminal back and stops; comes back when somebody lets the program go on.
    pub fn stop(&self) -> io::Result<()> {
        give_back();
        stop()
    }

    /// Takes it again, whatever became of it meanwhile: who stops us without a word may have set it to rights.
    pub fn take_again(&self) -> io::Result<()> {
        // Whoever let us go on behind a shell has us stopped here again, before anything is written over its screen.
        disable_raw_mode()?;
        enable_raw_mode()?;
        give_back();
        self.take()
    }
}

/// Asks for clicks and the wheel. crossterm's own command asks for every movement as well, of which each would wake us; on
/// Windows there is no other way.
fn take_mouse() -> io::Result<()> {
    if cfg!(windows) {
        return execute!(stdout(), EnableMouseCapture);
    }
    // Buttons (1000), with coordinates beyond column 223 (1006): xterm, "Mouse Tracking".
    stdout().write_all(b"\x1b[?1000h\x1b[?1006h")?;
    stdout().flush()
}

impl Drop for Guard {
    fn drop(&mut self) {
        give_back();
    }
}

/// Puts everything back. Nothing can be done where even that fails: the terminal is gone.
fn give_back() {
    let mut out = stdout();
    // By itself: on Windows it fails where the mouse was never taken.
    let _ = execute!(out, DisableMouseCapture);
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
