//! The map over the whole screen (F8), at any step. The list or table of a step that shows none waits under it as it was.

use crate::command::Place;
use crate::ui::{Context, MeetingScreen, Screen, Spot};

impl MeetingScreen {
    /// Whether the map lies over the list or table of a step.
    pub fn covers(&self) -> bool {
        self.place() == Place::Map && !self.doc.step().shows_map()
    }

    /// The map over the whole screen, or back to what the step shows of itself.
    pub(crate) fn toggle_whole(&mut self, cx: &mut Context) {
        if self.covers() {
            self.uncover(cx);
        } else {
            (self.map.whole, self.map.stale) = (!self.map.whole, true);
        }
    }

    /// Back from the map to the list under it. False if what is being mended on the map cannot be kept yet.
    pub(crate) fn uncover(&mut self, cx: &mut Context) -> bool {
        if !self.covers() {
            return true;
        }
        if !self.settle_line(cx) {
            return false;
        }
        self.map.whole = false;
        self.map.close_chart(&self.doc);
        // Undo on the map may have taken away what was being written here; the words stay.
        for spot in [Spot::People, Spot::Closing] {
            if self.entry(spot).target().is_some_and(|target| !target.stands(&self.doc.dossier)) {
                self.entry_mut(spot).lose_target();
            }
        }
        let place = self.place();
        if let Some((cell, line)) = self.sheet_at_mut(place).and_then(|sheet| sheet.editing.take()) {
            let cell = self.cell_that_stands(cell);
            if let Some(sheet) = self.sheet_at_mut(place) {
                sheet.editing = Some((cell, line));
            }
        }
        true
    }
}
