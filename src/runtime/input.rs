//! Keys as they come from the terminal, on a thread of their own, turned into messages.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm::event::{
    self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::command::{Code, Key};
use crate::runtime::Input;
use crate::runtime::pieces::Pieces;
use crate::ui::Msg;
use crate::ui::msg::{Mouse, Press};

/// Starts the threads that listen: to the keyboard, and on Unix to signals and to the end of the terminal. From here on no
/// change of the size is missed: who reads the size afterwards has the last one, or a message is on its way.
pub fn spawn(inputs: Sender<Input>, ask_width: bool) -> io::Result<()> {
    listen_to_signals(inputs.clone())?;
    listen_to_hangup(inputs.clone())?;
    std::thread::Builder::new().name("keys".to_owned()).spawn(move || listen(&inputs, ask_width))?;
    Ok(())
}

fn listen(inputs: &Sender<Input>, ask_width: bool) {
    if ask_width && let Ok(column) = width_of_line() {
        drop(inputs.send(Input::Width(column)));
    }
    let mut pieces = Pieces::default();
    while let Ok(msgs) = heard(&mut pieces) {
        for msg in msgs {
            if inputs.send(Input::Msg(msg)).is_err() {
                return;
            }
        }
    }
    // The terminal is gone; the loop has to know.
    drop(inputs.send(Input::End));
}

/// What comes next, or that nothing does where more was waited for.
fn heard(pieces: &mut Pieces) -> io::Result<Vec<Msg>> {
    if let Some(time) = pieces.waits()
        && !event::poll(time)?
    {
        return Ok(pieces.silence());
    }
    let mut events = vec![event::read()?];
    while event::poll(Duration::ZERO).unwrap_or(false) {
        match event::read() {
            Ok(next) => events.push(next),
            Err(_) => break,
        }
    }
    let msgs = messages(events, if cfg!(windows) { Pastes::Unmarked } else { Pastes::Marked });
    // On Windows keys come as keys.
    Ok(if cfg!(windows) { msgs } else { msgs.into_iter().flat_map(|msg| pieces.take(msg)).collect() })
}

/// Where the cursor stands after a line was drawn from the first column: how many cells the terminal gave it.
fn width_of_line() -> io::Result<u16> {
    crossterm::execute!(io::stdout(), crossterm::cursor::MoveTo(0, 0), crossterm::style::Print('─'))?;
    Ok(crossterm::cursor::position()?.0)
}

/// The fewest text keys in one breath that are a paste, where the terminal does not say so itself.
const BURST: usize = 4;

/// How a terminal hands on what is pasted.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pastes {
    /// It says so.
    Marked,
    /// As keys (Windows): a burst of text keys is a paste, and an Enter inside it submits nothing.
    Unmarked,
}

/// What a batch of events means.
fn messages(events: Vec<Event>, pastes: Pastes) -> Vec<Msg> {
    let mut out = Vec::new();
    let mut burst: Vec<Key> = Vec::new();
    for event in events {
        match event {
            Event::Key(event) => match key_of(event) {
                Some(key) if pastes == Pastes::Unmarked && text_of(key).is_some() => burst.push(key),
                Some(key) => {
                    flush(&mut burst, &mut out);
                    out.push(Msg::Key(key));
                }
                None => {}
            },
            Event::Paste(text) => {
                flush(&mut burst, &mut out);
                out.push(Msg::Paste(text));
            }
            // There the signal itself is listened to.
            Event::Resize(..) if cfg!(unix) => {}
            Event::Resize(columns, rows) => {
                flush(&mut burst, &mut out);
                out.push(Msg::Resize(columns, rows));
            }
            Event::Mouse(event) => {
                flush(&mut burst, &mut out);
                out.extend(mouse_of(event).map(Msg::Mouse));
            }
            Event::FocusGained | Event::FocusLost => {}
        }
    }
    flush(&mut burst, &mut out);
    out
}

fn flush(burst: &mut Vec<Key>, out: &mut Vec<Msg>) {
    let keys = std::mem::take(burst);
    // A quick typist's last word and Enter are a few keys; a paste with breaks is many.
    if keys.len() >= BURST {
        out.push(Msg::Paste(keys.into_iter().filter_map(text_of).collect()));
    } else {
        out.extend(keys.into_iter().map(Msg::Key));
    }
}

/// What a key contributes to pasted text.
pub fn text_of(key: Key) -> Option<char> {
    match key.code {
        Code::Enter if key == Key::plain(Code::Enter) => Some('\n'),
        Code::Tab if key == Key::plain(Code::Tab) => Some('\t'),
        _ => key.text(),
    }
}

/// What the mouse did; none for movements, releases and what is held with Shift: with it terminals select text.
fn mouse_of(event: MouseEvent) -> Option<Mouse> {
    let press = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => Press::Left,
        MouseEventKind::Down(MouseButton::Right) => Press::Right,
        MouseEventKind::ScrollUp if event.modifiers.contains(KeyModifiers::SHIFT) => Press::ScrollLeft,
        MouseEventKind::ScrollDown if event.modifiers.contains(KeyModifiers::SHIFT) => Press::ScrollRight,
        MouseEventKind::ScrollUp => Press::ScrollUp,
        MouseEventKind::ScrollDown => Press::ScrollDown,
        MouseEventKind::ScrollLeft => Press::ScrollLeft,
        MouseEventKind::ScrollRight => Press::ScrollRight,
        _ => return None,
    };
    let selects =
        matches!(press, Press::Left | Press::Right) && event.modifiers.contains(KeyModifiers::SHIFT);
    (!selects).then_some(Mouse { x: event.column, y: event.row, press })
}

/// A key event as a key; none for releases and keys we have no name for.
fn key_of(event: KeyEvent) -> Option<Key> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let ctrl = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
    let code = match event.code {
        // What older terminals send for Backspace and Enter.
        KeyCode::Char('h') if ctrl && !alt => return Some(Key::plain(Code::Backspace)),
        KeyCode::Char('j') if ctrl && !alt => return Some(Key::plain(Code::Enter)),
        KeyCode::Char(c) => {
            shift = false;
            Code::Char(if ctrl || alt { c.to_ascii_lowercase() } else { c })
        }
        KeyCode::BackTab => {
            shift = true;
            Code::Tab
        }
        KeyCode::Enter => Code::Enter,
        KeyCode::Tab => Code::Tab,
        KeyCode::Esc => Code::Esc,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Insert => Code::Insert,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(n) => Code::F(n),
        _ => return None,
    };
    // AltGr types characters on many keyboards and is reported as both.
    let (ctrl, alt) = if matches!(code, Code::Char(_)) && ctrl && alt { (false, false) } else { (ctrl, alt) };
    Some(Key { code, ctrl, alt, shift })
}

#[cfg(unix)]
fn listen_to_signals(inputs: Sender<Input>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH, SIGXFSZ};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM, SIGWINCH, SIGXFSZ])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let input = match signal {
                // Where files may not grow any further a write fails, as on a full disk; that is no reason to end.
                SIGXFSZ => continue,
                SIGWINCH => match crossterm::terminal::size() {
                    Ok((columns, rows)) => Input::Msg(Msg::Resize(columns, rows)),
                    // A terminal without a size is going; that is told elsewhere.
                    Err(_) => continue,
                },
                _ => Input::End,
            };
            if inputs.send(input).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
fn listen_to_signals(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}

/// A terminal that goes without a signal (we need not be its own) reads as nothing for ever, and crossterm would ask for
/// ever. Waiting costs nothing: the system wakes us once, when it is gone.
#[cfg(unix)]
fn listen_to_hangup(inputs: Sender<Input>) -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, poll};
    std::thread::Builder::new().name("hangup".to_owned()).spawn(move || {
        let stdin = io::stdin();
        loop {
            let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
            match poll(&mut watched, None) {
                Ok(_) if watched[0].revents().contains(PollFlags::HUP) => {
                    return drop(inputs.send(Input::End));
                }
                Err(rustix::io::Errno::INTR) => {}
                // Some systems cannot watch a terminal so; then the keyboard's thread has to notice.
                _ => return,
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
fn listen_to_hangup(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Vec<Event> {
        let code = |c| if c == '\n' { KeyCode::Enter } else { KeyCode::Char(c) };
        text.chars().map(|c| Event::Key(KeyEvent::new(code(c), KeyModifiers::NONE))).collect()
    }

    #[test]
    fn 一息に来た文字は貼りつけで_改行は決定にならない() {
        let msgs = messages(typed("一行目\n二行目"), Pastes::Unmarked);
        assert!(matches!(msgs.as_slice(), [Msg::Paste(text)] if text == "一行目\n二行目"));
    }

    #[test]
    fn 手で打った文字と決定はそのまま届く() {
        let msgs = messages(typed("あ\n"), Pastes::Unmarked);
        assert!(matches!(msgs.as_slice(), [Msg::Key(_), Msg::Key(enter)] if enter.code == Code::Enter));
        // A terminal that marks its pastes needs no guessing.
        assert_eq!(messages(typed("一行目\n二行目"), Pastes::Marked).len(), 7);
    }

    #[test]
    fn キーを離したときは何も起きない() {
        let mut event = KeyEvent::new(KeyCode::Char('a'), KeyModifiers::NONE);
        event.kind = KeyEventKind::Release;
        assert!(messages(vec![Event::Key(event)], Pastes::Unmarked).is_empty());
        event.kind = KeyEventKind::Repeat;
        assert_eq!(messages(vec![Event::Key(event)], Pastes::Unmarked).len(), 1);
    }
}
