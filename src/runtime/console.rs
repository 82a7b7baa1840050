//! The console of Windows: where records come from.

use std::io;
use std::sync::mpsc::Sender;
use std::time::Duration;

use crossterm_winapi::{Console, ControlKeyState, EventFlags, Handle, InputRecord, ScreenBuffer};

use crate::runtime::Input;
use crate::runtime::decode::drawn;
use crate::runtime::input::draw_line;
use crate::runtime::owed::Owed;
pub use crate::runtime::records::Records as Source;
use crate::runtime::records::{Heard, Record};
use crate::ui::msg::{Mouse, Press};

/// What is read at once.
pub type Batch = Vec<Heard>;

/// Asks the console how wide it draws, if that is wanted.
pub fn ask(width: bool, inputs: &Sender<Input>, _: &Owed) -> io::Result<Source> {
    if width && let Ok((column, _)) = draw_line().and_then(|()| crossterm::cursor::position()) {
        // The loop is still to begin.
        drop(inputs.send(drawn(column)));
    }
    Ok(Source::new())
}

/// There are none.
pub fn listen_to_signals(_: Sender<Input>) -> io::Result<()> {
    Ok(())
}

/// Nobody asks for it.
pub fn stop() -> io::Result<()> {
    Ok(())
}

/// A phrase or a paste comes in several batches; so long a pause ends it.
const BREATH: Duration = Duration::from_millis(10);

/// State of the keys that are held ("KEY_EVENT_RECORD structure").
const RIGHT_OR_LEFT_ALT: u32 = 0x0003;
const RIGHT_OR_LEFT_CTRL: u32 = 0x000c;
const SHIFT: u32 = 0x0010;

/// So many records are more than a key or two.
const SEVERAL: usize = 8;

/// Hands on what comes, in batches, until the console or whoever listens is gone.
pub fn listen(heard: &Sender<Batch>) -> io::Result<()> {
    let console = Console::from(Handle::current_in_handle()?);
    let is_key = |record: &&InputRecord| matches!(record, InputRecord::KeyEvent(_));
    let mut held = false;
    loop {
        let mut records = vec![console.read_single_input_event()?];
        loop {
            let mut more = console.read_console_input()?;
            if more.is_empty() && records.iter().filter(is_key).count() >= SEVERAL {
                std::thread::sleep(BREATH);
                more = console.read_console_input()?;
            }
            if more.is_empty() {
                break;
            }
            records.extend(more);
        }
        let batch: Batch = records.into_iter().filter_map(|record| heard_of(record, &mut held)).collect();
        if !batch.is_empty() && heard.send(batch).is_err() {
            return Ok(());
        }
    }
}

/// `held`: a button of the mouse was held before.
fn heard_of(record: InputRecord, held: &mut bool) -> Option<Heard> {
    match record {
        InputRecord::KeyEvent(key) => {
            let state = |bits| key.control_key_state.has_state(bits);
            Some(Heard::Key(Record {
                down: key.key_down,
                repeat: key.repeat_count,
                key: key.virtual_key_code,
                unit: key.u_char,
                ctrl: state(RIGHT_OR_LEFT_CTRL),
                alt: state(RIGHT_OR_LEFT_ALT),
                shift: state(SHIFT),
            }))
        }
        InputRecord::MouseEvent(mouse) => {
            let press = press_of(&mouse, std::mem::replace(held, !mouse.button_state.release_button()))?;
            // Rows are counted from the top of all that was ever written, not of the window.
            let top = ScreenBuffer::current().and_then(|screen| screen.info()).ok()?.terminal_window().top;
            let x = u16::try_from(mouse.mouse_position.x).ok()?;
            let y = u16::try_from(mouse.mouse_position.y - top).ok()?;
            Some(Heard::Mouse(Mouse { x, y, press }))
        }
        // It is counted from 0.
        InputRecord::WindowBufferSizeEvent(window) => {
            let cells = |n: i16| u16::try_from(n).ok().map(|n| n + 1);
            Some(Heard::Resize(cells(window.size.x)?, cells(window.size.y)?))
        }
        InputRecord::FocusEvent(_) | InputRecord::MenuEvent(_) => None,
    }
}

/// What the mouse did; none for movements, for what is let go, and for what is held with Shift: that selects text.
fn press_of(mouse: &crossterm_winapi::MouseEvent, held: bool) -> Option<Press> {
    let (buttons, shift) = (mouse.button_state, shifted(&mouse.control_key_state));
    match mouse.event_flags {
        EventFlags::PressOrRelease | EventFlags::DoubleClick if held || shift => None,
        EventFlags::PressOrRelease | EventFlags::DoubleClick if buttons.left_button() => Some(Press::Left),
        EventFlags::PressOrRelease | EventFlags::DoubleClick if buttons.right_button() => Some(Press::Right),
        EventFlags::MouseWheeled => Some(match (buttons.scroll_up(), shift) {
            (true, false) => Press::ScrollUp,
            (false, false) => Press::ScrollDown,
            (true, true) => Press::ScrollLeft,
            (false, true) => Press::ScrollRight,
        }),
        EventFlags::MouseHwheeled if buttons.scroll_left() => Some(Press::ScrollLeft),
        EventFlags::MouseHwheeled => Some(Press::ScrollRight),
        _ => None,
    }
}

fn shifted(state: &ControlKeyState) -> bool {
    state.has_state(SHIFT)
}
