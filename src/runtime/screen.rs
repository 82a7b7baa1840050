//! Frames on their way to the terminal: only what changed, in one write, with the cursor hidden while it is painted.

use std::io::{self, Write, stdout};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::Dossier;
use crate::runtime::owed::Owed;
use crate::runtime::paint::{Before, Painter};
use crate::runtime::{Input, stamp};
use crate::ui::draw::{Look, draw};
use crate::ui::wide::WideGuard;
use crate::ui::{App, Msg, Sketch, update};

/// How long the terminal may take to say how wide it draws.
const ANSWER: Duration = Duration::from_millis(100);

/// A picture over cells, and what takes it away beside drawing these anew.
struct Hung {
    sketch: Sketch,
    removal: String,
}

/// The terminal, what it shows, and how it should look.
pub struct Screen {
    wide: WideGuard,
    look: Look,
    owed: Owed,
    /// The frame being drawn, and the bytes it becomes.
    frame: Buffer,
    bytes: Vec<u8>,
    /// Where the cursor is on the screen.
    cursor: Option<Position>,
    /// The picture that hangs over cells.
    hung: Option<Hung>,
    /// What the terminal shows: unknown before the first frame, and after its size changed, be it back to what it was.
    shown: Before,
}

impl Screen {
    /// `owed` is told of what the terminal is asked.
    pub fn new(look: Look, owed: Owed) -> Self {
        let (wide, frame) = (WideGuard::default(), Buffer::default());
        Self { wide, look, owed, frame, bytes: Vec::new(), cursor: None, hung: None, shown: Before::Unknown }
    }

    /// The terminal changed: what it shows now is its own affair.
    pub fn forget(&mut self) {
        self.wide = WideGuard::default();
        self.shown = Before::Unknown;
    }

    /// Draws a frame.
    pub fn draw(&mut self, app: &App) -> io::Result<()> {
        let area = Rect { x: 0, y: 0, width: app.cx.size.0, height: app.cx.size.1 };
        self.frame.resize(area);
        self.frame.reset();
        self.look = Look { theme: app.theme(), signs: app.cx.marks };
        let cursor = draw(&mut self.frame, app, &self.look);
        let removal = self.take_down(app);
        let mut painter = Painter::begin(&mut self.bytes, self.shown)?;
        painter.sequence(removal.as_bytes())?;
        self.wide.update(&self.frame, |x, y, cell| painter.cell(x, y, cell))?;
        painter.finish(self.cursor, cursor)?;
        (self.cursor, self.shown) = (cursor, Before::Last);
        self.send()
    }

    fn send(&self) -> io::Result<()> {
        // Most ticks and answers change nothing that is seen: then nothing is sent.
        if self.bytes.is_empty() {
            return Ok(());
        }
        let mut out = stdout().lock();
        out.write_all(&self.bytes)?;
        out.flush()
    }

    /// Asks the terminal something. One that does not know how strings begin draws it as letters: they stand in the first rows,
    /// which are drawn anew in the same moment.
    pub fn ask(&mut self, question: &str) -> io::Result<()> {
        if question.is_empty() {
            return Ok(());
        }
        let mut painter = Painter::begin(&mut self.bytes, Before::Last)?;
        painter.sequence_at(0, 0, question.as_bytes())?;
        self.owed.ask();
        self.wide.forget(Rect { height: 2, ..self.frame.area });
        self.wide.update(&self.frame, |x, y, cell| painter.cell(x, y, cell))?;
        painter.finish(self.cursor, self.cursor)?;
        self.send()
    }

    /// The picture that should hang, where nothing stands in its place, and what it is made from.
    pub fn wants<'a>(&self, app: &'a App) -> Option<(Sketch, &'a Dossier)> {
        app.poster().filter(|(sketch, _)| self.is_free(sketch.area))
    }

    /// The picture that hangs.
    pub fn hangs(&self) -> Option<&Sketch> {
        self.hung.as_ref().map(|hung| &hung.sketch)
    }

    fn is_free(&self, area: Rect) -> bool {
        let cell = |position| self.frame.cell(position).is_some_and(|cell| cell.symbol() == " ");
        area.positions().all(cell)
    }

    /// Hangs a picture over its cells, in the place of what hung there.
    pub fn hang(&mut self, sketch: Sketch, picture: &[u8], removal: String) -> io::Result<()> {
        let mut painter = Painter::begin(&mut self.bytes, Before::Last)?;
        painter.sequence_at(sketch.area.x, sketch.area.y, picture)?;
        painter.finish(self.cursor, self.cursor)?;
        self.hung = Some(Hung { sketch, removal });
        self.send()
    }

    /// Takes the picture away once its place is wanted for anything else: its cells are drawn anew. Gives the sequence that
    /// goes before them.
    fn take_down(&mut self, app: &App) -> String {
        let stays = |hung: &Hung| {
            let same =
                |wanted: &Sketch| (wanted.meeting, wanted.area) == (hung.sketch.meeting, hung.sketch.area);
            self.shown == Before::Last && self.wants(app).is_some_and(|(wanted, _)| same(&wanted))
        };
        if self.hung.as_ref().is_none_or(stays) {
            return String::new();
        }
        self.hung.take().map_or_else(String::new, |hung| {
            self.wide.forget(hung.sketch.area);
            hung.removal
        })
    }

    /// Takes the picture away before the terminal is given back.
    pub fn clear(&mut self) -> io::Result<()> {
        let Some(hung) = self.hung.take() else { return Ok(()) };
        let mut painter = Painter::begin(&mut self.bytes, Before::Unknown)?;
        painter.sequence(hung.removal.as_bytes())?;
        painter.finish(None, None)?;
        self.forget();
        self.send()
    }

    /// Waits a moment for the terminal's answer about its widths, before the first frame. False: we are asked to end.
    pub fn wait_for_width(&mut self, inputs: &Receiver<Input>, app: &mut App) -> bool {
        let until = Instant::now() + ANSWER;
        while let Some(left) = until.checked_duration_since(Instant::now()) {
            match inputs.recv_timeout(left) {
                Ok(Input::Msg(msg)) => {
                    let answered = matches!(msg, Msg::Signs(_));
                    // Effects wait until the loop begins, those from the start among them: what lay open is still to be
                    // asked for, and without it what is half typed there would be lost.
                    app.cx.effects = update(app, msg, stamp());
                    if answered {
                        return true;
                    }
                }
                Ok(Input::End) => return false,
                // Nothing is drawn yet: what is asked for now is drawn anew at once.
                Ok(Input::Stop | Input::GoOn | Input::Told(_) | Input::Made(_) | Input::Kept(..)) => {}
                Err(_) => return true,
            }
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::mpsc::channel;

    use super::*;
    use crate::command::Keymap;
    use crate::domain::Now;
    use crate::format;
    use crate::layout::measure::Ambiguous;
    use crate::layout::signs::Signs;
    use crate::privacy::PersonalWords;
    use crate::ui::Effect;
    use crate::ui::theme::{Depth, Palette, Theme};

    #[test]
    fn 幅の返事を待つ間に終わるように言われれば終わり大きさが変われば従う() {
        let stamp = Now { at: "2026-05-21T13:30:00+09:00".parse().unwrap(), seed: 1 };
        let keymap = Keymap::new(&BTreeMap::new()).unwrap();
        let lists = format::lists(None).unwrap();
        let mut app = App::new(crate::ui::Context::new(
            stamp,
            lists,
            format::load(None).formats,
            keymap,
            PersonalWords::new(&[]),
        ));
        // Where one was in the region at the last end is asked for when the loop begins.
        app.resume(r#"{"region": {"screen": "register", "words": {"text": "夜の", "cursor": 6}}}"#);
        let theme = Theme { palette: Palette::Dark, depth: Depth::Sixteen };
        let mut screen = Screen::new(Look { theme, signs: Signs::unicode() }, Owed::default());
        let (sender, inputs) = channel();
        sender.send(Input::End).unwrap();
        sender.send(Input::Msg(Msg::Resize(160, 45))).unwrap();
        sender.send(Input::Msg(Msg::Signs(Ambiguous::Wide))).unwrap();
        assert!(!screen.wait_for_width(&inputs, &mut app));
        assert!(screen.wait_for_width(&inputs, &mut app));
        assert_eq!((app.cx.marks, app.cx.size), (Signs::on(Ambiguous::Wide), (160, 45)));
        assert_eq!(update(&mut app, Msg::Tick, stamp).first(), Some(&Effect::Region));
    }
}
