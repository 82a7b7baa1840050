//! Draws the whole screen from an `&App`, each part by the `draw` of its folder; the same words as in [`crate::ui`].
//!
//! [`draw`] reads the app and writes cells; it decides nothing. What it returns is where the real cursor stands. Each part of
//! the screen is a widget of ratatui, made of its widgets where they hold (see `docs/rooms/screen.md`).

use crate::command::Place;
use crate::layout::wrap::{shown, wrap};
pub use crate::ui::look::Look;
use crate::ui::look::prelude::*;
use crate::ui::panes::{LEAST, panes};
use crate::ui::theme::Theme;
use crate::ui::{App, Open, frame, home, meeting, overlay, region};

/// Draws the whole screen into an empty buffer. Gives the cell of the cursor; none where nothing can be typed.
pub fn draw(buffer: &mut Buffer, app: &App, look: &Look) -> Option<Position> {
    let mut drawn = Drawn::default();
    Screen(View { app, look }).render(buffer.area, buffer, &mut drawn);
    drawn.cursor
}

/// What can be selected on the screen as it would be drawn now, and where.
pub(crate) fn seats(app: &App) -> Seats {
    let look = Look { theme: Theme::default(), signs: app.cx.marks };
    let (mut buffer, mut drawn) =
        (Buffer::empty(Rect::new(0, 0, app.cx.size.0, app.cx.size.1)), Drawn::default());
    Screen(View { app, look: &look }).render(buffer.area, &mut buffer, &mut drawn);
    drawn.seats
}

/// All that is seen.
struct Screen<'a>(View<'a>);

/// What is known once it is drawn.
#[derive(Default)]
struct Drawn {
    cursor: Option<Position>,
    seats: Seats,
}

impl StatefulWidget for Screen<'_> {
    type State = Drawn;

    fn render(self, area: Rect, buf: &mut Buffer, Drawn { cursor, seats }: &mut Drawn) {
        let view @ View { app, look } = self.0;
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
        frame::Frame { view, panes: &panes, whole }.render(area, buf, cursor);
        match &app.open {
            Open::Home => home::draw::Home(view, &panes).render(area, buf, seats),
            Open::Region(region) => region::draw::screen(view, region, &panes, buf, seats),
            Open::Meeting { meeting, .. } => meeting::draw::screen(view, meeting, &panes, buf, seats),
        }
        let mut said = 0;
        frame::Message(view).render(panes.prompt, buf, &mut said);
        seats.cover(Rect { y: said - 1, height: panes.prompt.bottom() + 1 - said, ..panes.prompt });
        match &app.cx.over {
            Some(overlay) => {
                *cursor = None;
                overlay::draw::Over(view, overlay).render(area, buf, cursor);
            }
            None => frame::Candidates(view).render(Rect { height: said - 1, ..area }, buf, seats),
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
