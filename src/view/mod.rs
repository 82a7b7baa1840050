//! Draws a `&Model`; the same words as in [`crate::app`].
//!
//! [`draw`] reads the model and writes cells; it decides nothing. What it returns is where the real cursor stands.

mod closing;
mod frame;
mod growth;
mod home;
mod info;
mod labels;
pub mod map;
mod opening;
mod overlay;
pub mod pen;
mod plan;
mod prompts;
mod readback;
mod region;
mod regional;
pub mod theme;
pub mod wide;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::Model;
use crate::app::panes::{LEAST, panes};
use crate::command::Place;
use crate::layout::signs::Signs;
use pen::Pen;
use theme::{Meaning, Theme};

/// What does not come from the meeting: colours and signs.
#[derive(Debug, Clone)]
pub struct Look {
    pub theme: Theme,
    pub signs: &'static Signs,
}

/// Draws the whole screen into an empty buffer. Gives the cell of the cursor; none where nothing can be typed.
pub fn draw(buffer: &mut Buffer, model: &Model, look: &Look) -> Option<Position> {
    let size = (buffer.area.width, buffer.area.height);
    let mut pen = Pen { buffer, look };
    pen.fill(Rect { x: 0, y: 0, width: size.0, height: size.1 }, Meaning::Text);
    if size.0 < LEAST.0 || size.1 < LEAST.1 {
        too_small(&mut pen, size);
        return None;
    }
    let place = model.place();
    let whole = place == Place::Map && model.desk.as_ref().is_some_and(|d| d.map.whole);
    let mut panes = panes(size, place, whole);
    let chart = model.desk.as_ref().and_then(|d| d.map.chart.as_ref()).filter(|_| place == Place::Map);
    if chart.is_some() {
        // The chart has the width of the screen.
        panes.side = Rect::default();
    }
    let cursor = frame::draw(&mut pen, model, &panes, whole);
    match place {
        Place::Home => home::draw(&mut pen, model, &panes),
        Place::Info => info::draw(&mut pen, model, panes.body),
        Place::People => opening::draw_people(&mut pen, model, panes.body),
        Place::Opening => opening::draw(&mut pen, model, &panes),
        Place::Map => {
            match chart {
                Some(state) => map::chart::draw(&mut pen, model, state),
                None => map::draw_desk(&mut pen, model, panes.body),
            }
            prompts::draw(&mut pen, model, panes.side);
        }
        Place::Plan => {
            plan::draw(&mut pen, model, panes.body);
            prompts::draw(&mut pen, model, panes.side);
        }
        Place::Regional => regional::draw(&mut pen, model, &panes),
        Place::Closing => closing::draw(&mut pen, model, &panes),
        Place::Register | Place::Issue | Place::Year | Place::Review | Place::Decide | Place::Forms => {
            region::draw(&mut pen, model, &panes, place);
        }
    }
    let said = frame::speak(&mut pen, model, panes.prompt);
    match &model.cx.over {
        Some(overlay) => overlay::draw(&mut pen, model, overlay, &panes),
        None => {
            frame::draw_candidates(&mut pen, model, &panes, said - 1);
            cursor
        }
    }
}

fn too_small(pen: &mut Pen, size: (u16, u16)) {
    let lines = [
        "画面が小さすぎます".to_owned(),
        format!("{}×{} 以上に広げてください（今は {}×{}）", LEAST.0, LEAST.1, size.0, size.1),
        "書いたものはすべて残っています".to_owned(),
    ];
    let pane = Rect { x: 0, y: 0, width: size.0, height: size.1 };
    let mut y = 0;
    for line in lines {
        y += pen.wrapped(Rect { y, height: pane.height.saturating_sub(y), ..pane }, &line, Meaning::Strong);
    }
}
