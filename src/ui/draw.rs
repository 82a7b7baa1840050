//! Draws the whole screen from an `&App`, each part by the `draw` of its folder; the same words as in [`crate::ui`].
//!
//! [`draw`] reads the app and writes cells; it decides nothing. What it returns is where the real cursor stands. What a
//! screen places is a widget of ratatui, made of its widgets where they hold (see `docs/rooms/screen.md`).

use crate::command::{Command, Place};
use ratatui::style::Modifier;

pub use crate::ui::look::Look;
use crate::ui::look::prelude::*;
use crate::ui::panes::{LEAST, panes};
use crate::ui::theme::Theme;
use crate::ui::{App, frame, overlay, wide};

/// Draws the whole screen into an empty buffer. Gives the cell of the cursor; none where nothing can be typed.
pub fn draw(buf: &mut Buffer, app: &App, look: &Look) -> Option<Position> {
    drawn(buf, app, look).0
}

/// What can be selected on the screen as it would be drawn now, and where.
pub(crate) fn seats(app: &App) -> Seats {
    let (look, (width, height)) = (Look { theme: Theme::default(), signs: app.cx.marks }, app.cx.size);
    drawn(&mut Buffer::empty(Rect::new(0, 0, width, height)), app, &look).1
}

fn drawn(buf: &mut Buffer, app: &App, look: &Look) -> (Option<Position>, Seats) {
    let (mut cursor, mut seats, area) = (None, Seats::default(), buf.area);
    buf.set_style(area, look.style(Meaning::Text));
    if app.hidden {
        cover(app, look, area, buf);
        return (cursor, seats);
    }
    if area.width < LEAST.0 || area.height < LEAST.1 {
        too_small(look, area, buf);
        return (cursor, seats);
    }
    let place = app.place();
    let map = app.meeting().map(|meeting| &meeting.map).filter(|_| place == Place::Map);
    let whole = map.is_some_and(|map| map.whole);
    let size = (area.width, area.height);
    let panes = map.map_or_else(|| panes(size, place, whole), |map| map.panes(size));
    frame::Frame { app, look, panes: &panes, whole }.render(area, buf, &mut cursor);
    let view = View { cx: &app.cx, look };
    app.screen().draw(view, &panes, buf, &mut seats);
    frame::Message(view).render(panes.prompt, buf, &mut seats);
    wide::join_halves(buf);
    match &app.cx.over {
        Some(overlay) => {
            cursor = None;
            recede(look, buf);
            overlay::draw::Over(app, look, overlay).render(area, buf, &mut cursor);
        }
        None => frame::Candidates(app, look, &panes).render(panes.prompt, buf, &mut seats),
    }
    (cursor, seats)
}

/// What lies under a window goes back, whatever it is: only the window is loud, and only in it something is selected.
fn recede(look: &Look, buf: &mut Buffer) {
    for cell in &mut buf.content {
        cell.modifier = Modifier::empty();
    }
    buf.set_style(buf.area, look.style(Meaning::Behind));
}

/// All that is seen of a screen that is hidden: how it comes back.
fn cover(app: &App, look: &Look, area: Rect, buf: &mut Buffer) {
    let key = app.cx.keymap.shown(Command::Hide);
    let keys = if key.is_empty() { "Esc".to_owned() } else { format!("{key} か Esc") };
    let words = format!("画面を隠しています。{keys} でもどります（書いたものは残っています）");
    let text = look.wrapped(&words, area.width.saturating_sub(2), Meaning::Text);
    let middle = area.height.saturating_sub(text.height() as u16) / 2;
    look.words(text).render(below(area.inner(Margin::new(1, 0)), middle), buf);
}

/// What is said where not everything fits.
fn too_small(look: &Look, area: Rect, buf: &mut Buffer) {
    let ((w, h), (width, height)) = (LEAST, (area.width, area.height));
    let size = format!("{w}×{h} 以上に広げてください（今は {width}×{height}）");
    let words = ["画面が小さすぎます", &size, "書いたものはすべて残っています"].join("\n");
    look.words(look.wrapped(&words, width, Meaning::Strong)).render(area, buf);
}
