//! The map over the whole screen (F8), at any step. The list or table of a step that shows none waits under it as it was.

use crate::app::line::Line;
use crate::app::model::{Desk, Model, Target};
use crate::app::sheet::SheetState;
use crate::command::Place;
use crate::domain::Lists;

/// What waits under the map: the cell being written in, and what the entry line is used for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Under {
    pub sheet: SheetState,
    pub target: Target,
    pub aside: Line,
    pub candidate: usize,
}

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
        if !desk.doc.step().shows_map() {
            desk.under = Some(Under {
                sheet: std::mem::take(&mut desk.sheet),
                target: std::mem::take(&mut desk.target),
                aside: std::mem::take(&mut desk.aside),
                candidate: std::mem::take(&mut desk.candidate),
            });
        }
    }

    /// Back from the map to the list under it. False if what is being mended on the map cannot be kept yet.
    pub(in crate::app) fn uncover(&mut self) -> bool {
        if !self.covers() {
            return true;
        }
        if !self.settle_line() {
            return false;
        }
        if let Some(desk) = self.desk.as_mut() {
            desk.map.whole = false;
            desk.close_chart();
            // Each screen has its own words again before the line is used as it was.
            desk.change_drafts(Place::of(desk.doc.step()));
            let under = desk.under.take().unwrap_or_default();
            desk.put_under_back(under, &self.cx.lists);
        }
        true
    }
}

impl Desk {
    fn put_under_back(&mut self, under: Under, lists: &Lists) {
        self.sheet = under.sheet;
        // Undo on the map may have taken away what was being written here; the words stay.
        if let Some((cell, line)) = self.sheet.editing.take() {
            self.sheet.editing = Some((self.cell_that_stands(cell), line));
        }
        self.candidate = under.candidate;
        if self.standing(under.target, lists).is_some() {
            self.target = under.target;
            self.aside = under.aside;
        } else if self.entry.is_empty() {
            self.entry = under.aside;
        }
    }
}
