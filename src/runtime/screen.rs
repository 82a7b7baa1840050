//! Frames on their way to the terminal: only what changed, in one write, with the cursor hidden while it is painted.

use std::cell::RefCell;
use std::io::{self, Write, stdout};
use std::rc::Rc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use crossterm::{cursor, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::Input;
use crate::app::{Model, Msg, update};
use crate::layout::signs::Signs;
use crate::view::wide::WideGuard;
use crate::view::{Look, draw};

/// How long the terminal may take to say how wide it draws.
const ANSWER: Duration = Duration::from_millis(100);

/// A frame on its way: ratatui flushes more than once while it draws, the terminal gets it in one write.
#[derive(Clone, Default)]
struct Held(Rc<RefCell<Vec<u8>>>);

impl Write for Held {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Held {
    fn send(&self) -> io::Result<()> {
        let mut bytes = self.0.borrow_mut();
        let mut out = stdout().lock();
        let sent = out.write_all(&bytes).and_then(|()| out.flush());
        bytes.clear();
        sent
    }
}

/// The terminal, what it shows, and how it should look.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Held>>,
    held: Held,
    wide: WideGuard,
    look: Look,
    /// The frame being drawn, and the one that is on the screen with its cursor.
    next: Buffer,
    shown: Buffer,
    cursor: Option<Position>,
}

impl Screen {
    pub fn new(look: Look) -> io::Result<Self> {
        let held = Held::default();
        Ok(Self {
            terminal: Terminal::new(CrosstermBackend::new(held.clone()))?,
            held,
            wide: WideGuard::default(),
            look,
            next: Buffer::default(),
            shown: Buffer::default(),
            cursor: None,
        })
    }

    /// Draws a frame.
    pub fn draw(&mut self, model: &mut Model) -> io::Result<()> {
        let size = self.terminal.size()?;
        if (size.width, size.height) != model.size {
            // Nobody waits for an effect of a resize.
            update(model, Msg::Resize(size.width, size.height), model.stamp);
            self.terminal.resize(Rect { x: 0, y: 0, width: size.width, height: size.height })?;
            self.wide.forget();
            self.shown = Buffer::default();
        }
        let area = Rect { x: 0, y: 0, width: size.width, height: size.height };
        self.next.resize(area);
        self.next.reset();
        let cursor = draw(&mut self.next, model, &self.look);
        // Most ticks and answers change nothing that is seen: then nothing is sent.
        if self.next == self.shown && cursor == self.cursor {
            return Ok(());
        }
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate, cursor::Hide)?;
        self.terminal.draw(|frame| {
            frame.buffer_mut().clone_from(&self.next);
            self.wide.finish(frame.buffer_mut());
            if let Some(cursor) = cursor {
                frame.set_cursor_position(cursor);
            }
        })?;
        std::mem::swap(&mut self.next, &mut self.shown);
        self.cursor = cursor;
        queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.held.send()
    }

    /// Waits a moment for the terminal's answer about its widths, before the first frame.
    ///
    /// # Errors
    /// Where the terminal cannot be written to.
    pub fn wait_for_width(&mut self, inputs: &Receiver<Input>, model: &mut Model) -> io::Result<()> {
        self.answered(inputs, model);
        // The line that was measured goes; in a theme without a background nothing would be drawn over it.
        queue!(self.terminal.backend_mut(), Clear(ClearType::All))
    }

    fn answered(&mut self, inputs: &Receiver<Input>, model: &mut Model) {
        let until = Instant::now() + ANSWER;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match inputs.recv_timeout(left) {
                Ok(Input::Width(cells)) => return self.take_width(cells, model),
                // Nothing else can be on its way yet: the listener asks before it reads keys.
                Ok(_) => {}
                Err(_) => return,
            }
        }
    }

    /// A line that took two cells means signs without lines.
    pub fn take_width(&mut self, cells: u16, model: &mut Model) {
        if cells == 2 {
            self.look.signs = Signs::ascii();
            model.marks = self.look.signs;
            if let Some(desk) = model.desk.as_mut() {
                desk.map.stale = true;
            }
        }
    }
}
