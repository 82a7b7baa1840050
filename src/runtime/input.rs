//! What is heard from outside, on threads of its own, turned into messages: the terminal, and on Unix signals.

use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};

use crate::runtime::Input;
#[cfg(windows)]
use crate::runtime::console::{Batch, Source, ask, listen, listen_to_signals};
use crate::runtime::owed::Owed;
use crate::runtime::poster::answers::Told;
#[cfg(unix)]
use crate::runtime::tty::{Batch, Source, ask, listen, listen_to_signals};
use crate::ui::Msg;

/// Starts the threads that listen. From here on no change of the size is missed: who reads the size afterwards has the last
/// one, or a message is on its way. `ask_width`: the terminal is asked how wide it draws a line.
pub fn spawn(inputs: Sender<Input>, ask_width: bool, owed: Owed) -> io::Result<()> {
    listen_to_signals(inputs.clone())?;
    let source = ask(ask_width, &inputs, &owed)?;
    let (heard, batches) = channel();
    std::thread::Builder::new().name("terminal".to_owned()).spawn(move || {
        // Whatever the reason, nothing comes any more; whoever waits for it finds nobody there.
        let _ = listen(&heard);
    })?;
    std::thread::Builder::new().name("keys".to_owned()).spawn(move || {
        understand(source, &batches, &inputs, &owed);
        // The terminal is gone; the loop has to know.
        drop(inputs.send(Input::End));
    })?;
    Ok(())
}

/// Hands on what is understood, until the terminal or the loop is gone.
fn understand(mut source: Source, batches: &Receiver<Batch>, inputs: &Sender<Input>, owed: &Owed) {
    loop {
        source.expect(owed.is_open());
        let batch = match source.waits() {
            Some(time) => batches.recv_timeout(time),
            None => batches.recv().map_err(RecvTimeoutError::from),
        };
        let understood = match batch {
            Ok(batch) => source.take(&batch),
            Err(RecvTimeoutError::Timeout) => source.silence(),
            Err(RecvTimeoutError::Disconnected) => return,
        };
        for input in understood {
            // What is asked next is asked by whoever hears of this.
            if ends_answers(&input) {
                owed.settle();
            }
            if inputs.send(input).is_err() {
                return;
            }
        }
    }
}

/// Whether it is the last answer to what is asked at once.
fn ends_answers(input: &Input) -> bool {
    matches!(input, Input::Msg(Msg::Signs(_)) | Input::Told(Told::Attributes { .. } | Told::Largest(..)))
}

/// A line from the first column: where the cursor stands behind it tells how many cells the terminal gave it.
pub(super) fn draw_line() -> io::Result<()> {
    crossterm::execute!(io::stdout(), crossterm::cursor::MoveTo(0, 0), crossterm::style::Print('─'))
}
