//! The half-typed words of a meeting: settled, put away, fetched back.

use crate::domain::{Id, Node};
use crate::ui::drafts::Drafts;
use crate::ui::writing::{Origin, PutAway, Spot, Target, Writing};
use crate::ui::{Context, Input, MeetingScreen, Screen, Sheets};

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

    /// Gives the entry line another use, with the words that stand there; what stood in it comes back afterwards. Where what
    /// it was used for must be finished first, nothing is done.
    pub(crate) fn begin(&mut self, cx: &mut Context, target: Target) {
        let words = target.standing(&self.doc.dossier, &cx.lists).unwrap_or_default();
        let from = self.map.selected;
        if !self.settle_line(cx) {
            return;
        }
        match target {
            Target::Node(id) | Target::Said(id) => self.map.select_node(&self.doc, id),
            Target::Link(_) => self.map.picked = false,
            Target::Search => self.map.searched_from = from,
            Target::Person(_) | Target::Reflection(_) => {}
        }
        self.entry_mut(target.spot()).begin(target, Input::new(words));
    }

    /// The same for the selected twig.
    pub(crate) fn begin_at_twig(&mut self, cx: &mut Context, target: fn(Id<Node>) -> Target) {
        if let Some(id) = self.map.selected_node(&self.doc).map(|n| n.id) {
            self.begin(cx, target(id));
        }
    }

    /// Ends an edit, search or link that is under way: like a cell that is left, what was written is kept. False if
    /// it cannot be understood; then it stays, and the notice says why.
    pub(crate) fn settle_line(&mut self, cx: &mut Context) -> bool {
        let Some((writing, target)) = self.writing().and_then(|w| Some((w, w.target()?))) else {
            return true;
        };
        let links = matches!(target, Target::Link(_));
        if links || cx.look_only || !writing.holds_new_words(&self.doc.dossier, &cx.lists) {
            self.put_line_away(cx);
        } else {
            self.enter_line(cx);
        }
        if links {
            cx.say("つなぐのをやめました。");
        }
        self.writing().is_none_or(|writing| writing.target().is_none())
    }

    /// Takes the words of the entry line from the screen; true if there is something to be fetched back.
    pub(crate) fn put_line_away(&mut self, cx: &mut Context) -> bool {
        let Some(spot) = Spot::of(self.place()) else { return false };
        let writing = self.entry(spot);
        let worth = writing.holds_new_words(&self.doc.dossier, &cx.lists);
        let (origin, line) = (Origin::Entry(spot, writing.target()), writing.line.clone());
        match spot {
            Spot::Map => self.map.leave_target(&self.doc),
            Spot::People | Spot::Closing => self.entry_mut(spot).finish(),
        }
        if worth {
            cx.remember(Some(self.doc.dossier.meeting.id), origin, line);
        }
        worth
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
