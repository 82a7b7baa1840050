//! The poster on the wall: a real picture in the place of the map, on terminals that draw pictures. Here stands what is to be
//! seen of it; who draws it is for others to know.

use ratatui::layout::Rect;

use crate::command::Place;
use crate::domain::{Dossier, Id, Meeting};
use crate::layout::shape::What;
use crate::ui::panes::LEAST;
use crate::ui::{App, Context, Level, MapScreen, Screen};

/// What a picture shows: two of the same are the same picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    pub meeting: Id<Meeting>,
    /// So many edits were done.
    pub edits: usize,
    pub selected: What,
    /// The cells it covers.
    pub area: Rect,
}

impl MapScreen {
    /// Whether a picture stands in the place of the map.
    pub(crate) fn is_poster(&self, cx: &Context) -> bool {
        self.level == Level::Poster && cx.pictures && self.chart.is_none() && self.replay.is_none()
    }
}

/// The row under the picture, which says how it follows, and the picture over it.
pub(crate) fn divide(body: Rect) -> (Rect, Rect) {
    let height = body.height.saturating_sub(1);
    (Rect { height, ..body }, Rect { y: body.y + height, height: body.height - height, ..body })
}

impl App {
    /// The picture that should hang now, and what it is made from; none where there is none, or something lies over it.
    pub fn poster(&self) -> Option<(Sketch, &Dossier)> {
        let (cx, meeting) = (&self.cx, self.meeting()?);
        let large = cx.size.0 >= LEAST.0 && cx.size.1 >= LEAST.1;
        let free = large && !self.hidden && cx.over.is_none() && meeting.place() == Place::Map;
        if !free || !meeting.map.is_poster(cx) {
            return None;
        }
        let area = divide(meeting.map.panes(cx.size).body).0;
        let dossier = &meeting.doc.dossier;
        let (id, edits) = (dossier.meeting.id, meeting.doc.history().edits().len());
        Some((Sketch { meeting: id, edits, selected: meeting.map.selected, area }, dossier))
    }
}
