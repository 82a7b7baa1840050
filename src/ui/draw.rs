//! Draws the whole screen from an `&App`, each part by the `draw` of its folder; the same words as in [`crate::ui`].
//!
//! [`draw`] reads the app and writes cells; it decides nothing. What it returns is where the real cursor stands. Each part of
//! the screen is a widget of ratatui, made of its widgets where they hold (see `docs/rooms/screen.md`).

use crate::command::Place;
use crate::layout::wrap::{shown, wrap};
pub use crate::ui::look::Look;
use crate::ui::look::prelude::*;
use crate::ui::meeting::{closing, map, people, plan, prompts, regional};
use crate::ui::panes::{LEAST, panes};
use crate::ui::{App, form, frame, home, overlay, region, regions};

/// Draws the whole screen into an empty buffer. Gives the cell of the cursor; none where nothing can be typed.
pub fn draw(buffer: &mut Buffer, app: &App, look: &Look) -> Option<Position> {
    let mut cursor = None;
    Screen(View { app, look }).render(buffer.area, buffer, &mut cursor);
    cursor
}

/// All that is seen; its state is the cell of the cursor.
struct Screen<'a>(View<'a>);

impl StatefulWidget for Screen<'_> {
    type State = Option<Position>;

    fn render(self, area: Rect, buf: &mut Buffer, cursor: &mut Option<Position>) {
        let View { app, look } = self.0;
        buf.set_style(area, look.style(Meaning::Text));
        if area.width < LEAST.0 || area.height < LEAST.1 {
            return look.words(too_small(look, area)).render(area, buf);
        }
        let place = app.place();
        let whole = place == Place::Map && app.meeting().is_some_and(|d| d.map.whole);
        let mut panes = panes((area.width, area.height), place, whole);
        if place == Place::Map && app.meeting().is_some_and(|d| d.map.chart.is_some()) {
            // The chart has the width of the screen.
            panes.side = Rect::default();
        }
        let frame = frame::Frame { view: self.0, panes: &panes, whole };
        frame.render(area, buf, cursor);
        let [body, side] = regions::inside(&panes);
        match place {
            Place::Home => home::draw::Home(self.0, &panes).render(area, buf),
            Place::Info => {
                app.meeting().map(|meeting| form::about(meeting, &app.cx).draw(look, body, buf));
            }
            Place::People => people::draw::People(self.0).render(body, buf),
            Place::Opening => {
                people::draw::Aloud(self.0).render(body, buf);
                people::draw::Here(self.0).render(side, buf);
            }
            Place::Map => {
                map::draw::OpenMap(self.0).render(panes.body, buf);
                prompts::draw::Beside(self.0).render(side, buf);
            }
            Place::Plan => {
                plan::Plan(self.0).render(panes.body, buf);
                prompts::draw::Beside(self.0).render(side, buf);
            }
            Place::Regional => {
                regional::draw::Sentence(self.0).render(body, buf);
                regional::draw::Sources(self.0).render(side, buf);
            }
            Place::Closing => {
                closing::draw::Reflections(self.0).render(body, buf);
                closing::draw::Checklist(self.0).render(side, buf);
            }
            Place::Register | Place::Issue | Place::Year | Place::Review | Place::Decide | Place::Forms => {
                region::draw::Screen(self.0, &panes, place).render(area, buf);
            }
        }
        let mut said = 0;
        frame::Message(self.0).render(panes.prompt, buf, &mut said);
        match &app.cx.over {
            Some(overlay) => {
                *cursor = None;
                overlay::draw::Over(self.0, overlay).render(area, buf, cursor);
            }
            None => frame::Candidates(self.0).render(Rect { height: said - 1, ..area }, buf),
        }
    }
}

/// What is said where not everything fits.
fn too_small(look: &Look, area: Rect) -> Text<'static> {
    let ((w, h), (width, height)) = (LEAST, (area.width, area.height));
    let size = format!("{w}×{h} 以上に広げてください（今は {width}×{height}）");
    let words = ["画面が小さすぎます", &size, "書いたものはすべて残っています"].join("\n");
    let lines = wrap(&words, width.max(2).into()).into_iter();
    lines.map(|line| look.span(shown(line).to_owned(), Meaning::Strong)).collect()
}
