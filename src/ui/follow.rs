//! Looking only while another program writes: what is seen is read again, and one stays where one stands.

use std::borrow::Cow;

use crate::command::{Command, Place};
use crate::domain::{Id, Meeting, Node};
use crate::layout::shape::What;
use crate::ui::theme::Meaning;
use crate::ui::{
    App, Cell, Context, Document, Effect, MeetingScreen, Open, OpenMeeting, RegionScreen, Screen, Sheets,
};

impl Context {
    /// Another jirei began to write, or ended: that is said unless something is wrong.
    pub(crate) fn hear_of_others(&mut self, write: bool) {
        self.others_write = Some(write);
        if !self.notice.is_loud() {
            self.notice.clear();
        }
    }

    /// Said as long as there is nothing else to say.
    pub(crate) fn only_looking(&self) -> (Cow<'static, str>, Meaning) {
        match self.others_write {
            _ if self.damaged => (
                "記録のファイルが壊れているので、見るだけです（書いても残りません）。".into(),
                Meaning::Warning,
            ),
            None => ("見るだけで開いています（書いても残りません）。".into(), Meaning::Warning),
            Some(true) => (
                "見るだけで開いています。もう一方の jirei で書いたことは、ここにも出ます。".into(),
                Meaning::Quiet,
            ),
            Some(false) => {
                let quit = self.keymap.said(Command::Quit);
                (
                    format!("もう一方の jirei は終わりました。{quit} で終えて開き直すと、ここで書けます。")
                        .into(),
                    Meaning::Strong,
                )
            }
        }
    }
}

impl App {
    /// Another program wrote.
    pub(crate) fn follow_others(&mut self) {
        let meeting = self.kept_meeting().map(|meeting| meeting.doc.dossier.meeting.id);
        let effects = &mut self.cx.effects;
        match &mut self.open {
            Open::Home => effects.push(Effect::Home),
            Open::Region(region) | Open::Meeting { under: Some(region), .. } => {
                region.stale = true;
                effects.push(Effect::Region);
            }
            Open::Meeting { under: None, .. } => {}
        }
        effects.extend(meeting.map(Effect::Follow));
    }

    /// Whether this meeting is seen as another program writes it.
    pub(crate) fn is_followed(&self, id: Id<Meeting>) -> bool {
        self.cx.look_only && self.kept_meeting().is_some_and(|meeting| meeting.doc.dossier.meeting.id == id)
    }

    /// The meeting as it stands now; nobody wants it who looks at something else by now.
    pub(crate) fn take_followed(&mut self, doc: Document<OpenMeeting>) {
        if self.is_followed(doc.dossier.meeting.id)
            && let Some((meeting, cx)) = self.meeting_mut()
        {
            meeting.follow(cx, doc);
        }
    }

    /// The meeting that was seen was taken away by another program.
    pub(crate) fn leave_what_is_gone(&mut self) {
        self.leave_for_home();
        self.cx.warn(
            "見ていた会議は、もう一方の jirei で消されました。一覧にもどりました。ほかの記録は無事です。",
        );
    }
}

impl MeetingScreen {
    /// Puts the records as they stand now in the place of those that are seen. All else stays: the step one looks at, what is
    /// selected, how much is shown.
    fn follow(&mut self, cx: &Context, doc: Document<OpenMeeting>) {
        let (row, step) = (self.selected_record(cx), self.doc.dossier.progress.step);
        let (before, last) = (&self.doc.dossier, doc.dossier.meeting.steps.len().saturating_sub(1));
        let gone = |node: &&Node| !doc.dossier.nodes.contains_key(&node.id);
        let gone: Vec<Node> = before.nodes.values().filter(gone).cloned().collect();
        let chosen = self.map.replay.as_ref().map_or(self.map.selected, |replay| replay.selected);
        let lost = |id: Id<Node>| gone.iter().find(|node| node.id == id);
        let top = match chosen {
            What::Node(id) => std::iter::successors(lost(id), |node| node.parent.and_then(lost)).last(),
            _ => None,
        };
        let beside = top.map_or(chosen, |top| self.map.beside_all(&self.doc, top, &gone));
        *self.doc = doc;
        self.doc.look_at_step(step.min(last));
        match &mut self.map.replay {
            Some(replay) => replay.selected = beside,
            None => self.map.selected = beside,
        }
        self.regional.entries = None;
        // What was written elsewhere needs no word about where it is.
        let _ = self.map.notice_edits(&self.doc);
        self.map.stale = true;
        // Under a table one stays under it.
        if row.is_none() && matches!(self.place(), Place::Plan | Place::Regional) {
            self.sheet.row = usize::MAX;
        }
        self.show_row(cx, row.as_slice());
    }
}

impl RegionScreen {
    /// Takes over what no mark tells of where one stands: the figures until they are counted again, and the slot of the year.
    pub(crate) fn stand_where(&mut self, cx: &Context, seen: &mut Self) {
        self.review.counted = seen.review.counted.take();
        let slot = |region: &Self| match region.selected_cell(cx) {
            Some(Cell::Slot(id, _)) => id,
            _ => None,
        };
        let (Some(stood), row) = (slot(seen), self.sheet.row) else { return };
        for at in 0..self.extent(cx).0 {
            self.sheet.row = at;
            if slot(self) == Some(stood) {
                return;
            }
        }
        self.sheet.row = row;
    }
}
