//! The mouse: a click selects, a double click does what Enter does, the wheel scrolls. Everything can be done without it.

use chrono::TimeDelta;
use ratatui::layout::{Position, Rect};

use super::map::chart::chart_panes;
use super::model::{Effect, Model, Overlay, Target};
use super::panes::{LEAST, panes};
use crate::command::{Code, Command, Key, Place};
use crate::domain::Moment;
use crate::layout::shape::{Area, What};

/// What the mouse did, and over which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    pub x: u16,
    pub y: u16,
    pub press: Press,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    Left,
    Right,
    /// A notch of the wheel, downwards if true.
    Wheel(bool),
    /// The same sideways, to the right if true.
    Sideways(bool),
}

/// Two clicks on one cell within this time are one double click.
const DOUBLE: TimeDelta = TimeDelta::milliseconds(500);

/// How many rows and columns of the map a notch of the wheel is.
const ROWS: i32 = 3;
const COLUMNS: i32 = 8;

impl Model {
    pub(super) fn mouse(&mut self, mouse: Mouse) {
        // Where nothing fits on the screen there is nothing to click.
        if self.cx.size.0 < LEAST.0 || self.cx.size.1 < LEAST.1 {
            return;
        }
        match mouse.press {
            Press::Wheel(down) => self.wheel(down),
            Press::Sideways(right) => self.scroll_map(if right { COLUMNS } else { -COLUMNS }, 0),
            // What terminals do with it where nobody asks for the mouse.
            Press::Right if self.desk.is_some() => self.cx.effects.push(Effect::ReadClipboard),
            Press::Right => {}
            Press::Left => {
                let now = self.cx.now.at;
                let second = self.clicked.take().is_some_and(|(then, x, y): (Moment, u16, u16)| {
                    (x, y) == (mouse.x, mouse.y) && now - then <= DOUBLE
                });
                // A third click begins anew.
                self.clicked = (!second).then_some((now, mouse.x, mouse.y));
                self.cx.touched = true;
                self.click(mouse.x, mouse.y, second);
            }
        }
    }

    fn click(&mut self, x: u16, y: u16, second: bool) {
        match &self.cx.over {
            Some(Overlay::Choose(_)) => return self.chooser_click(x, y),
            Some(Overlay::ReadBack(_)) => return self.read_back_key(Key::plain(Code::Down)),
            Some(Overlay::Help(_) | Overlay::Told(_)) => return self.cx.over = None,
            Some(_) => return,
            None => {}
        }
        match self.place() {
            Place::Home => self.home_click(x, y, second),
            Place::Map => self.map_click(x, y, second),
            _ => {}
        }
    }

    fn home_click(&mut self, x: u16, y: u16, second: bool) {
        let body = panes(self.cx.size, Place::Home, false).body;
        let rows = self.home_rows(self.cx.size.0, body).items;
        let Some((row, _)) = rows.into_iter().find(|(_, pane)| pane.contains(Position { x, y })) else {
            return;
        };
        // On the first day there are three large buttons, and buttons are clicked once.
        let button = self.home.summaries.is_empty();
        self.home_go(row);
        if second || button {
            self.home_open();
        }
    }

    /// The map stays where it is, so that a second click finds what the first found.
    fn map_click(&mut self, x: u16, y: u16, second: bool) {
        let body = self.map_pane();
        let Some(desk) = self.desk.as_mut().filter(|d| d.replay.is_none()) else { return };
        // The last row of the body says what lies outside.
        if !body.contains(Position { x, y }) || y + 1 == body.bottom() {
            return;
        }
        let chart = desk.map.chart.as_ref();
        let (left, top) = chart.map_or(desk.map.scroll, |state| state.scroll);
        let boxes = chart.map_or(&desk.map.layout.boxes, |state| &state.chart.boxes);
        let (x, y) = (left + i32::from(x - body.x), top + i32::from(y - body.y));
        let near = |b: &&crate::layout::shape::PlacedBox| {
            Area { x: b.area.x - 1, w: b.area.w + 2, ..b.area }.contains(x, y)
        };
        let what = match boxes.iter().find(near).map(|b| b.what) {
            Some(What::Empty(branch)) => What::Branch(branch),
            Some(What::Ghost) | None => return,
            // On the chart only issues can be selected.
            Some(What::Branch(_) | What::Centre) if chart.is_some() => return,
            Some(what) => what,
        };
        desk.map.wandered = true;
        desk.map.picked = true;
        desk.map.selected = what;
        match (second, what, desk.map.writing.target()) {
            (false, ..) => {}
            (true, _, Some(Target::Link(_) | Target::Search)) => self.perform(Command::AddBeside),
            (true, What::Node(_), _) => self.perform(Command::Edit),
            (true, What::Branch(_), _) => self.fold_selected(),
            _ => {}
        }
    }

    /// Where the map stands, or the chart in its place.
    fn map_pane(&self) -> Rect {
        let Some(desk) = self.desk.as_ref() else { return Rect::default() };
        match &desk.map.chart {
            Some(_) => chart_panes(self.cx.size, desk.map.whole, desk.doc.causes.circles().len()).chart,
            None => panes(self.cx.size, Place::Map, desk.map.whole).body,
        }
    }

    fn wheel(&mut self, down: bool) {
        let key = Key::plain(if down { Code::Down } else { Code::Up });
        let times = match &self.cx.over {
            Some(Overlay::Help(_) | Overlay::Prompts(_)) => 3,
            Some(Overlay::Choose(_) | Overlay::ReadBack(_)) => 1,
            Some(_) => return,
            None => 0,
        };
        for _ in 0..times {
            self.key(key);
        }
        if times > 0 {
            return;
        }
        match self.place() {
            Place::Map => self.scroll_map(0, if down { ROWS } else { -ROWS }),
            _ => self.perform(if down { Command::Down } else { Command::Up }),
        }
    }

    /// Looks elsewhere on the map and leaves the selection where it is; the next key is back at it.
    fn scroll_map(&mut self, columns: i32, rows: i32) {
        if self.cx.over.is_some() || self.place() != Place::Map {
            return;
        }
        let body = self.map_pane();
        let Some(desk) = self.desk.as_mut() else { return };
        let (all, scroll) = match desk.map.chart.as_mut() {
            Some(state) => (state.chart.bounds, &mut state.scroll),
            None => (desk.map.layout.bounds, &mut desk.map.scroll),
        };
        let (x, y) = *scroll;
        let (w, h) = (i32::from(body.width), i32::from(body.height) - 1);
        // No further out than the map goes; what fits whole stays.
        let along = |at: i32, by: i32, first: i32, length: i32, room: i32| {
            if length <= room { at } else { (at + by).clamp(first, first + length - room) }
        };
        *scroll = (along(x, columns, all.x, all.w, w), along(y, rows, all.y, all.h, h));
        desk.map.wandered = true;
    }
}
