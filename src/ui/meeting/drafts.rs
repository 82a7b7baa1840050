//! The half-typed words of a meeting: settled, put away, fetched back.

use crate::ui::drafts::Drafts;
use crate::ui::writing::{Origin, PutAway, Spot, Target, Writing};
use crate::ui::{Context, MeetingScreen, Screen, Sheets};

impl Drafts for MeetingScreen {
    fn stood_here(&self, _: &Context, put: &PutAway) -> bool {
        let place = self.place();
        put.meeting == Some(self.doc.dossier.meeting.id)
            && match put.origin {
                Origin::Entry(spot, _) => Spot::of(place) == Some(spot),
                Origin::Cell(cell) => cell.is_at(place),
            }
    }

    fn put_back_words(&mut self, _: &Context, put: PutAway) {
        let PutAway { origin, line, .. } = put;
        match origin {
            // The twig the words were meant for may be gone: then they go into the line for something new.
            Origin::Entry(spot, target) => match target.filter(|target| target.stands(&self.doc.dossier)) {
                Some(target) => {
                    if let Target::Node(id) | Target::Said(id) | Target::Link(id) = target {
                        self.map.select_node(&self.doc, id);
                    }
                    self.entry_mut(spot).begin(target, line);
                }
                None => *self.entry_mut(spot).draft_mut() = line,
            },
            Origin::Cell(cell) => self.put_back_cell(self.cell_that_stands(cell), line),
        }
    }

    fn make_room(&mut self, cx: &mut Context, put: &PutAway) -> bool {
        let room = self.leave_cell(cx) && self.settle_line(cx);
        if room && matches!(put.origin, Origin::Entry(..)) {
            self.put_line_away(cx);
        }
        room
    }
}

impl MeetingScreen {
    /// An entry line of the meeting, whichever screen one is on.
    pub fn entry(&self, spot: Spot) -> &Writing {
        match spot {
            Spot::Map => &self.map.writing,
            Spot::People => &self.people.writing,
            Spot::Closing => &self.closing.writing,
        }
    }

    pub(crate) fn entry_mut(&mut self, spot: Spot) -> &mut Writing {
        match spot {
            Spot::Map => &mut self.map.writing,
            Spot::People => &mut self.people.writing,
            Spot::Closing => &mut self.closing.writing,
        }
    }

    pub(crate) fn here_mut(&mut self) -> Option<&mut Writing> {
        Spot::of(self.place()).map(|spot| self.entry_mut(spot))
    }

    /// Whether anything half typed would be missed.
    pub(crate) fn has_drafts(&self) -> bool {
        let sheets = [&self.info, &self.plan, &self.regional.sheet, &self.people.sheet, &self.closing.sheet];
        let mut lines = Spot::ALL.into_iter().flat_map(|spot| self.entry(spot).lines());
        sheets.iter().any(|sheet| sheet.editing.is_some()) || lines.any(|l| !l.text().trim().is_empty())
    }

    /// Ends an edit, search or link that is under way: like a cell that is left, what was written is kept. False if
    /// it cannot be understood; then it stays, and the notice says why.
    pub(crate) fn settle_line(&mut self, cx: &mut Context) -> bool {
        match Spot::of(self.place()) {
            Some(Spot::Map) => self.map.settle(&mut self.doc, cx),
            Some(Spot::People) => self.people.settle(&mut self.doc, cx),
            Some(Spot::Closing) => self.closing.settle(&mut self.doc, cx),
            None => true,
        }
    }

    /// Takes the words of the entry line from the screen; true if there is something to be fetched back.
    fn put_line_away(&mut self, cx: &mut Context) -> bool {
        match Spot::of(self.place()) {
            Some(Spot::Map) => self.map.put_line_away(&self.doc, cx),
            Some(Spot::People) => self.people.writing.put_away(Spot::People, &self.doc, cx),
            Some(Spot::Closing) => self.closing.writing.put_away(Spot::Closing, &self.doc, cx),
            None => false,
        }
    }

    /// Gives up what is being written: a cell, an edit, a search, or the words of the line. False if there is nothing
    /// to give up.
    pub(crate) fn give_up_writing(&mut self, cx: &mut Context) -> bool {
        if self.give_up_cell(cx) {
            return true;
        }
        let Some(writing) = Spot::of(self.place()).map(|spot| self.entry(spot)) else { return false };
        let kept = match writing.target() {
            Some(Target::Search) => {
                self.map.end_search(&self.doc, false);
                false
            }
            target if target.is_some() || !writing.line.is_empty() => self.put_line_away(cx),
            _ => return false,
        };
        cx.gave_up(kept);
        true
    }

    /// What was put away before the words that were just written down would come back as a part of the next.
    pub(crate) fn pass_drafts(&self, cx: &mut Context) {
        let Some(spot) = Spot::of(self.place()) else { return };
        let (meeting, new) = (Some(self.doc.dossier.meeting.id), Origin::Entry(spot, None));
        for put in cx.put_away.iter_mut().filter(|put| put.meeting == meeting && put.origin == new) {
            put.past = true;
        }
    }
}
