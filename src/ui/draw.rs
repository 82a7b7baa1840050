//! Draws the whole screen from an `&App`, each part by the `draw` of its folder; the same words as in [`crate::ui`].
//!
//! [`draw`] reads the app and writes cells; it decides nothing. What it returns is where the real cursor stands. What a
//! screen places is a widget of ratatui, made of its widgets where they hold (see `docs/rooms/screen.md`).

use crate::command::Place;
pub use crate::ui::look::Look;
use crate::ui::look::prelude::*;
use crate::ui::meeting::{closing, map, people, plan, prompts, regional};
use crate::ui::panes::{LEAST, panes};
use crate::ui::{App, form, frame, home, overlay, region, regions};

/// Draws the whole screen into an empty buffer. Gives the cell of the cursor; none where nothing can be typed.
pub fn draw(buf: &mut Buffer, app: &App, look: &Look) -> Option<Position> {
    let (mut cursor, area, view) = (None, buf.area, View { app, look });
    buf.set_style(area, look.style(Meaning::Text));
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(look, area, buf);
        return None;
    }
    let place = app.place();
    let map = app.meeting().map(|meeting| &meeting.map).filter(|_| place == Place::Map);
    let whole = map.is_some_and(|map| map.whole);
    let mut panes = panes((area.width, area.height), place, whole);
    if map.is_some_and(|map| map.chart.is_some()) {
        // The chart has the width of the screen.
        panes.side = Rect::default();
    }
    frame::Frame { view, panes: &panes, whole }.render(area, buf, &mut cursor);
    let [body, side] = regions::inside(&panes);
    match place {
        Place::Home => home::draw::Home(view, &panes).render(area, buf),
        Place::Info => {
            app.meeting().map(|meeting| form::about(meeting, &app.cx).draw(look, body, buf));
        }
        Place::People => people::draw::People(view).render(body, buf),
        Place::Opening => {
            people::draw::Aloud(view).render(body, buf);
            people::draw::Here(view).render(side, buf);
        }
        Place::Map => {
            map::draw::OpenMap(view).render(panes.body, buf);
            prompts::draw::Beside(view).render(side, buf);
        }
        Place::Plan => {
            plan::Plan(view).render(panes.body, buf);
            prompts::draw::Beside(view).render(side, buf);
        }
        Place::Regional => {
            regional::draw::Sentence(view).render(body, buf);
            regional::draw::Sources(view).render(side, buf);
        }
        Place::Closing => {
            closing::draw::Reflections(view).render(body, buf);
            closing::draw::Checklist(view).render(side, buf);
        }
        Place::Register | Place::Issue | Place::Year | Place::Review | Place::Decide | Place::Forms => {
            region::draw::Screen(view, &panes, place).render(area, buf);
        }
    }
    frame::Message(view).render(panes.prompt, buf);
    match &app.cx.over {
        Some(overlay) => {
            cursor = None;
            overlay::draw::Over(view, overlay).render(area, buf, &mut cursor);
        }
        None => frame::Candidates(view).render(panes.prompt, buf),
    }
    cursor
}

/// What is said where not everything fits.
fn too_small(look: &Look, area: Rect, buf: &mut Buffer) {
    let ((w, h), (width, height)) = (LEAST, (area.width, area.height));
    let size = format!("{w}×{h} 以上に広げてください（今は {width}×{height}）");
    let words = ["画面が小さすぎます", &size, "書いたものはすべて残っています"].join("\n");
    look.words(look.wrapped(&words, width, Meaning::Strong)).render(area, buf);
}
