//! Stepping through how the map grew, over the whole screen. One looks and writes nothing: any other key is back in the
//! present.

pub(crate) mod draw;

use crate::command::{Code, Key};
use crate::domain::Growth;
use crate::layout::shape::What;
use crate::ui::meeting::map::Replay;
use crate::ui::{Context, MeetingScreen};

const PAGE: usize = 10;

impl MeetingScreen {
    /// Goes to a step and looks at what came with it.
    fn replay_to(&mut self, to: usize) {
        let Some(replay) = self.map.replay.as_mut() else { return };
        replay.growth.go(to);
        let here = replay.growth.touched().filter(|id| replay.growth.dossier.nodes.contains_key(id));
        (self.map.selected, self.map.stale) = (here.map_or(What::Centre, What::Node), true);
    }

    /// One step back from the present.
    pub(crate) fn start_replay(&mut self, cx: &mut Context) {
        if !self.settle_line(cx) {
            return;
        }
        let growth = Growth::new(&self.doc.dossier, self.doc.history());
        let widened = !self.map.whole;
        if widened {
            self.toggle_whole(cx);
        }
        self.map.close_chart(&self.doc);
        let (selected, level) = (self.map.selected, std::mem::take(&mut self.map.level));
        let before = growth.len().saturating_sub(1);
        // What was opened over a list stays: Esc closes it once more.
        let widened = widened && self.doc.step().shows_map();
        self.map.replay = Some(Box::new(Replay { growth, selected, level, widened }));
        self.replay_to(before);
    }

    /// Back to the present. False if one is there.
    pub(crate) fn end_replay(&mut self) -> bool {
        let Some(replay) = self.map.replay.take() else { return false };
        (self.map.selected, self.map.level, self.map.stale) = (replay.selected, replay.level, true);
        self.map.whole &= !replay.widened;
        true
    }

    /// A key while the map of the past is looked at. False: it means what it means in the present.
    pub(crate) fn replay_key(&mut self, key: Key) -> bool {
        let Some(replay) = self.map.replay.as_ref() else { return false };
        let (at, last) = (replay.growth.at(), replay.growth.len());
        let page = if key.alt { 1 } else { PAGE };
        let to = match key.code {
            Code::Left | Code::Up => at.saturating_sub(1),
            Code::Right | Code::Down => (at + 1).min(last),
            Code::PageUp => at.saturating_sub(page),
            Code::PageDown => (at + page).min(last),
            Code::Home => 0,
            Code::End => last,
            Code::Esc | Code::Enter | Code::Char(' ') => return self.end_replay(),
            _ => {
                self.end_replay();
                return false;
            }
        };
        self.replay_to(to);
        true
    }
}
