//! The poster on the wall: whether the terminal draws pictures, and when which picture is made and sent.
//!
//! A picture is made on a thread of its own, and is made and sent only while no key is pressed: what is typed never waits for
//! it. What the screen shows is known there (`Screen`); here is decided what comes next.

pub mod answers;
pub mod encode;
mod sixel;

use std::io;
use std::time::{Duration, Instant};

use crate::domain::Dossier;
use crate::export::poster::dots;
use crate::layout::spots::Spots;
use crate::runtime::poster::answers::{Answers, Protocol, Surroundings, Told};
use crate::runtime::poster::encode::encode;
use crate::ui::{Msg, Sketch};

/// So long no key may have come before a picture is made, and before one is sent.
pub const QUIET: Duration = Duration::from_millis(500);

/// A picture as it is sent.
#[derive(Debug)]
pub struct Made {
    /// What it shows.
    pub sketch: Sketch,
    /// Who understands it.
    pub protocol: Protocol,
    /// What is sent, and what stands where in it; or why there is none.
    pub picture: Result<(Vec<u8>, Spots), String>,
    /// The dots of the picture that a cell has.
    pub cell: (f32, f32),
}

/// What comes next.
#[derive(Debug)]
pub enum Next {
    /// Nothing before something else happens.
    Nothing,
    /// Nothing for so long.
    Wait(Duration),
    /// The picture that is wanted has to be made.
    Make,
    /// This one is to be sent.
    Hang(Made),
}

/// What is known of the terminal, and the picture on its way.
pub struct Gallery {
    around: Surroundings,
    answers: Answers,
    /// When the last key came.
    key: Instant,
    making: bool,
    made: Option<Made>,
    /// What cannot be made: it is not tried again.
    failed: Option<Sketch>,
}

impl Gallery {
    /// For a terminal that was not asked yet.
    pub fn new(around: Surroundings) -> Self {
        let answers = Answers::default();
        Self { around, answers, key: Instant::now(), making: false, made: None, failed: None }
    }

    /// What the terminal is asked; the answers come among the keys.
    pub fn questions(&self) -> String {
        self.around.questions()
    }

    /// Notes an answer; gives what follows from it.
    pub fn note(&mut self, told: Told) -> Msg {
        self.answers.note(told);
        Msg::Pictures(self.answers.protocol(&self.around).is_some())
    }

    /// A key came.
    pub fn key(&mut self) {
        self.key = Instant::now();
    }

    /// A picture was made.
    pub fn take(&mut self, made: Made) {
        self.making = false;
        self.made = Some(made);
    }

    /// What comes next, where this picture is wanted and that one hangs.
    pub fn next(&mut self, wanted: Option<&Sketch>, hangs: Option<&Sketch>) -> Next {
        let Some(wanted) = wanted.filter(|w| Some(*w) != hangs && Some(*w) != self.failed.as_ref()) else {
            return Next::Nothing;
        };
        let left = QUIET.saturating_sub(self.key.elapsed());
        if !left.is_zero() {
            return Next::Wait(left);
        }
        match self.made.take() {
            Some(made) if made.sketch == *wanted => {
                self.failed = made.picture.is_err().then(|| wanted.clone());
                Next::Hang(made)
            }
            _ if self.making => Next::Nothing,
            _ => Next::Make,
        }
    }

    /// Makes a picture; `tell` hears of it from another thread.
    ///
    /// # Errors
    /// Where no thread can be begun.
    pub fn make(
        &mut self,
        sketch: Sketch,
        dossier: &Dossier,
        tell: impl FnOnce(Made) + Send + 'static,
    ) -> io::Result<()> {
        let Some(protocol) = self.answers.protocol(&self.around) else { return Ok(()) };
        let window = crossterm::terminal::window_size().ok();
        let window = window.map(|w| ((w.columns, w.rows), (w.width, w.height)));
        let (size, (w, h)) = (self.answers.dots(sketch.area, protocol, window), self.answers.cell(window));
        let cell = match protocol {
            Protocol::Sixel { .. } => (w as f32, h as f32),
            // The terminal makes the picture as large as its cells.
            Protocol::Kitty | Protocol::Iterm => {
                (size.0 as f32 / f32::from(sketch.area.width), size.1 as f32 / f32::from(sketch.area.height))
            }
        };
        let dossier = dossier.clone();
        self.making = true;
        std::thread::Builder::new().name("poster".to_owned()).spawn(move || {
            let picture = dots(&dossier, sketch.selected, size)
                .and_then(|dots| Ok((encode(protocol, &dots, sketch.area)?, dots.spots)))
                .map_err(|error| error.to_string());
            tell(Made { sketch, protocol, picture, cell });
        })?;
        Ok(())
    }
}
