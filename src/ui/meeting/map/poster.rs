//! The poster on the wall: a real picture in the place of the map, on terminals that draw pictures. Here stands what is to be
//! seen of it; who draws it is for others to know.

use ratatui::layout::Rect;

use crate::command::Place;
use crate::domain::Dossier;
use crate::layout::causal::Towards;
use crate::layout::shape::What;
use crate::ui::panes::LEAST;
use crate::ui::{App, Context, Hung, Level, MapScreen, Screen, Sitting, Sketch};

impl MapScreen {
    /// Goes along the picture as it hangs. False where none does.
    pub(crate) fn poster_go(&mut self, doc: &Sitting, towards: Towards) -> bool {
        let hangs = self.level == Level::Poster && self.chart.is_none() && self.replay.is_none();
        let Some(hung) = self.hung.as_ref().filter(|_| hangs) else { return false };
        let Some(from) = hung.spots.find(self.selected, hung.last) else { return false };
        self.picked = true;
        if let Some(to) = hung.spots.step(from, towards) {
            self.select_spot(doc, to);
        }
        true
    }

    /// Selects what is seen in the picture at a cell; none where nothing stands there.
    pub(crate) fn poster_click(&mut self, doc: &Sitting, at: (u16, u16)) -> Option<What> {
        let hung = self.hung.as_ref()?;
        let spot = hung.under(at)?;
        let what = hung.spots.0[spot].what;
        self.select_spot(doc, spot);
        (self.selected == what).then_some(what)
    }

    /// What is folded away on the map stands in the picture all the same.
    fn select_spot(&mut self, doc: &Sitting, at: usize) {
        let Some(hung) = self.hung.as_mut() else { return };
        hung.last = Some(at);
        match hung.spots.0[at].what {
            // What was taken out meanwhile hangs there a moment longer.
            What::Node(id) if doc.dossier.nodes.contains_key(&id) => self.select_node(doc, id),
            What::Node(_) => {}
            what => self.selected = what,
        }
    }

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
    /// A picture hangs now.
    pub(crate) fn hung(&mut self, hung: Hung) {
        let Some((meeting, _)) = self.meeting_mut() else { return };
        if meeting.doc.dossier.meeting.id == hung.sketch.meeting {
            let last =
                meeting.map.hung.take().filter(|before| before.spots == hung.spots).and_then(|b| b.last);
            meeting.map.hung = Some(Hung { last, ..hung });
        }
    }

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
