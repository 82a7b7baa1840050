//! The mouse: a click selects, a double click does what Enter does, the wheel scrolls. Everything can be done without it.

use crate::command::{Code, Command, Key};
use crate::ui::msg::{Mouse, Press};
use crate::ui::panes::LEAST;
use crate::ui::{App, Effect, Open, Overlay, draw};
use chrono::TimeDelta;

/// Two clicks on one cell within this time are one double click.
const DOUBLE: TimeDelta = TimeDelta::milliseconds(500);

/// How many rows and columns of the map a notch of the wheel is.
const ROWS: i32 = 3;
const COLUMNS: i32 = 8;

impl App {
    pub(crate) fn mouse(&mut self, mouse: Mouse) {
        // Where nothing fits on the screen there is nothing to click.
        if self.cx.size.0 < LEAST.0 || self.cx.size.1 < LEAST.1 {
            return;
        }
        let at = (mouse.x, mouse.y);
        match mouse.press {
            Press::ScrollUp => self.wheel(-ROWS, Command::Up, Code::Up),
            Press::ScrollDown => self.wheel(ROWS, Command::Down, Code::Down),
            Press::ScrollLeft => drop(self.scroll(-COLUMNS, 0)),
            Press::ScrollRight => drop(self.scroll(COLUMNS, 0)),
            // What terminals do with it where nobody asks for the mouse.
            Press::Right if matches!(self.open, Open::Meeting { .. }) => {
                self.cx.effects.push(Effect::ReadClipboard);
            }
            Press::Right => {}
            Press::Left => {
                let now = self.cx.now.at;
                let before = self.clicked.take();
                let second = before.is_some_and(|(then, there)| there == at && now - then <= DOUBLE);
                // A third click begins anew.
                self.clicked = (!second).then_some((now, at));
                self.cx.touched = true;
                self.click(at, second);
            }
        }
    }

    fn click(&mut self, at: (u16, u16), second: bool) {
        match &mut self.cx.over {
            Some(Overlay::Choose(chooser)) => {
                let reply = chooser.click(self.cx.size, at);
                self.replied(reply);
            }
            Some(Overlay::ReadBack(_)) => self.overlay_key(Key::plain(Code::Down)),
            Some(Overlay::Help(help)) => {
                let help = help.clone();
                self.help_click(help, at);
            }
            Some(Overlay::Told(_)) => self.cx.over = None,
            Some(_) => {}
            None => {
                let seat = draw::seats(self).at(at.into());
                let (screen, cx) = self.screen_mut();
                let flow = screen.click(cx, at, seat, second);
                self.follow(flow);
            }
        }
    }

    /// Scrolls so many rows; where nothing can be scrolled it goes on as a key does.
    fn wheel(&mut self, rows: i32, command: Command, code: Code) {
        let times = match &self.cx.over {
            Some(Overlay::Help(help)) => help.notch(),
            Some(Overlay::Prompts(_)) => 3,
            Some(Overlay::Choose(_) | Overlay::ReadBack(_)) => 1,
            Some(_) => 0,
            None => {
                if !self.scroll(0, rows) {
                    self.perform(command);
                }
                return;
            }
        };
        for _ in 0..times {
            self.key(Key::plain(code));
        }
    }

    fn scroll(&mut self, columns: i32, rows: i32) -> bool {
        self.meeting_mut().is_some_and(|(meeting, cx)| cx.over.is_none() && meeting.scroll(cx, columns, rows))
    }
}
