//! The map over the whole screen (F8), at any step. The list or table of a step that shows none waits under it as it was.

use crate::app::model::Model;
use crate::app::writing::Spot;
use crate::command::Place;

impl Model {
    /// Whether the map lies over the list or table of a step.
    pub fn covers(&self) -> bool {
        self.place() == Place::Map && self.desk.as_ref().is_some_and(|d| !d.doc.step().shows_map())
    }

    /// The map over the whole screen, or back to what the step shows of itself.
    pub(in crate::app) fn toggle_whole(&mut self) {
        if self.covers() {
            self.uncover();
            return;
        }
        let Some(desk) = self.desk.as_mut() else { return };
        desk.map.whole = !desk.map.whole;
        desk.map.stale = true;
    }

    /// Back from the map to the list under it. False if what is being mended on the map cannot be kept yet.
    pub(in crate::app) fn uncover(&mut self) -> bool {
        if !self.covers() {
            return true;
        }
        if !self.settle_line() {
            return false;
        }
        let Some(desk) = self.desk.as_mut() else { return true };
        desk.map.whole = false;
        desk.close_chart();
        // Undo on the map may have taken away what was being written here; the words stay.
        for spot in [Spot::People, Spot::Closing] {
            if desk.writing(spot).target().is_some_and(|target| !desk.stands(target)) {
                desk.writing_mut(spot).lose_target();
            }
        }
        if let Some((cell, line)) = desk.sheet.editing.take() {
            desk.sheet.editing = Some((desk.cell_that_stands(cell), line));
        }
        true
    }
}
