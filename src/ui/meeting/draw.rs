//! Draws the screens of a meeting.

use crate::command::Place;
use crate::ui::form::Form;
use crate::ui::look::prelude::*;
use crate::ui::meeting::people::draw::{Aloud, course};
use crate::ui::meeting::people::list::People;
use crate::ui::meeting::sources::draw::Sources;
use crate::ui::meeting::{closing, map, plan, prompts, regional};
use crate::ui::sheet::About;
use crate::ui::{Cell, MeetingScreen, Panes, Row, Screen};

/// So many columns hold all that is known of who is here.
const FULL: u16 = 56;

/// How a meeting begins.
const BEGIN: &str =
    "わかる欄だけ書いて {enter-cell}。空のままでもかまいません。{next-step} で会議を始めます。";

/// Over the form of a meeting that has not begun: how it begins. Gives what is left for the form.
fn beginning(View { cx, look }: View, meeting: &MeetingScreen, area: Rect, buf: &mut Buffer) -> Rect {
    if meeting.doc.dossier.progress.started_at.is_some() {
        return area;
    }
    let words = cx.keymap.fill(BEGIN);
    let words = look.wrapped(&words, area.width, Meaning::CurrentStep);
    let rows = words.height() as u16;
    look.words(words).render(area, buf);
    below(area, rows + u16::from(area.height > 20))
}

/// From so many columns on the room reads how it will go while the form is filled in, or people come.
const READ: u16 = 110;

/// The promises and the steps at the right of a wide screen; gives what is left of the area.
fn beside(view: View, meeting: &MeetingScreen, area: Rect, buf: &mut Buffer) -> Rect {
    let Some(format) = meeting.doc.format(view.cx).filter(|_| area.width >= READ) else { return area };
    let [rest, rule, side] =
        Layout::horizontal([Fill(1), Length(2), Length((area.width * 2 / 5).min(80))]).areas(area);
    view.look.border(Borders::LEFT).render(rule, buf);
    course(view, meeting, format, side, buf);
    rest
}

/// What lies between the frame's rules.
pub fn screen(view: View, meeting: &MeetingScreen, panes: &Panes, buf: &mut Buffer, seats: &mut Seats) {
    let [body, side] = [panes.body, panes.side].map(|area| area.inner(Margin::new(1, 0)));
    let place = meeting.place();
    match place {
        Place::People => {
            let people = beside(view, meeting, body, buf);
            People { view, meeting, full: true }.render(people, buf, seats);
        }
        Place::Opening => {
            Aloud(view, meeting).render(body, buf, seats);
            People { view, meeting, full: side.width >= FULL }.render(side, buf, seats);
        }
        Place::Map if meeting.map.is_poster(view.cx) => {
            let words = "手を止めると、今のマップの絵が出ます。";
            view.look.say(words, Meaning::Quiet).render(map::poster::divide(body).1, buf);
        }
        Place::Map => {
            map::draw::OpenMap(view, meeting).render(panes.body, buf);
            map::legend::Legend(view, meeting).render(body, buf);
        }
        Place::Plan if panes.side.is_empty() => plan::Card(view, meeting).render(panes.body, buf, seats),
        Place::Plan => {
            plan::Plan(view, meeting).render(panes.body, buf, seats);
            if meeting.has_sources() {
                Sources(view, meeting).render(side, buf, seats);
            }
        }
        Place::Regional => {
            regional::draw::Sentence(view, meeting).render(body, buf, seats);
            regional::draw::SoFar(view, meeting).render(side, buf, seats);
        }
        Place::Closing => {
            closing::draw::Reflections(view, meeting).render(body, buf, seats);
            closing::draw::Checklist(view, meeting).render(side, buf, seats);
        }
        _ => {
            let body = beginning(view, meeting, body, buf);
            let body = beside(view, meeting, body, buf);
            let cells = About::FIELDS.iter().map(|(name, _)| Cell::About(*name));
            let form = Form::of(meeting, view.cx, cells, meeting.sheet.row);
            form.draw(view.look, body, buf, |i, area| seats.put((i, 0), area));
        }
    }
    if place == Place::Map || place == Place::Plan && !meeting.has_sources() {
        prompts::draw::Beside(view, meeting).render(side, buf);
    }
}
