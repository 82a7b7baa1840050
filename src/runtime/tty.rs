//! The terminal of a Unix system: where bytes and signals come from.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::sync::mpsc::Sender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};

use crate::runtime::Input;
pub use crate::runtime::decode::Decoder as Source;
use crate::runtime::input::draw_line;
use crate::runtime::owed::Owed;
use crate::ui::Msg;

/// What is read at once.
pub type Batch = Vec<u8>;

/// Asks the terminal how wide it draws, if that is wanted; the answer comes among the keys.
pub fn ask(width: bool, _: &Sender<Input>, owed: &Owed) -> io::Result<Source> {
    if width {
        owed.ask();
        draw_line()?;
        // "Device Status Report": where the cursor stands.
        io::stdout().write_all(b"\x1b[6n")?;
        io::stdout().flush()?;
    }
    Ok(Source::new(width))
}

/// Hands on what comes until the terminal or whoever listens is gone. A terminal that goes without a signal (we need not be its
/// own) reads as nothing.
pub fn listen(heard: &Sender<Batch>) -> io::Result<()> {
    let stdin = io::stdin();
    let mut terminal = match stdin.is_terminal() {
        true => File::from(stdin.as_fd().try_clone_to_owned()?),
        // As where it is set up.
        false => File::open("/dev/tty")?,
    };
    let mut bytes = [0; 4096];
    loop {
        match terminal.read(&mut bytes) {
            Ok(0) => return Ok(()),
            Ok(count) if heard.send(bytes[..count].to_vec()).is_err() => return Ok(()),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// From here on signals come as messages.
pub fn listen_to_signals(inputs: Sender<Input>) -> io::Result<()> {
    let all = [SIGHUP, SIGINT, SIGTERM, SIGWINCH, SIGXFSZ, SIGTSTP, SIGCONT];
    let mut signals = signal_hook::iterator::Signals::new(all)?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            let input = match signal {
                // Where files may not grow any further a write fails, as on a full disk; that is no reason to end.
                SIGXFSZ => continue,
                SIGTSTP => Input::Stop,
                SIGCONT => Input::GoOn,
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

/// Stops the program, as nobody who is told may refuse to; comes back when somebody lets it go on.
pub fn stop() -> io::Result<()> {
    signal_hook::low_level::emulate_default_handler(SIGTSTP)
}
