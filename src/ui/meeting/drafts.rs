//! The edits and half-typed words of a meeting: taken back, settled, put away, fetched again, and what is seen of it.

use uuid::Uuid;

use crate::command::Place;
use crate::domain::{Act, Change, Id, Node, Record, touched};
use crate::ui::meeting::item::Item;
use crate::ui::writing::Origin;
use crate::ui::{
    Cell, Context, Document, Drafts, Input, MeetingScreen, OpenMeeting, PutAway, Screen, Sheets, Spot,
    Target, Writing,
};

impl Drafts for MeetingScreen {
    type Held = OpenMeeting;

    fn document(&self) -> &Document<OpenMeeting> {
        &self.doc
    }

    fn document_mut(&mut self) -> &mut Document<OpenMeeting> {
        &mut self.doc
    }

    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool {
        let node = |c: &Change| match c {
            Change::Remove(Record::Node(node)) => Some(node.clone()),
            _ => None,
        };
        let gone: Vec<Node> = changes.iter().filter_map(node).collect();
        let stands = touched(&changes);
        let beside = gone.iter().find(|n| n.parent.is_none_or(|p| gone.iter().all(|g| g.id != p)));
        let beside = beside.map(|top| self.map.beside_all(&self.doc, top, &gone));
        let came = changes.iter().filter(|c| c.after().is_some()).map(|c| c.key().id).collect::<Vec<_>>();
        if !self.doc.write(cx, act, label, changes) {
            return false;
        }
        self.show_row(cx, &came);
        match (stands, beside) {
            // Of several the topmost: a subtree that comes back is seen whole.
            (Some(id), None) => self.map.select_node(&self.doc, id),
            (_, Some(what)) => self.map.selected = what,
            (None, None) => {}
        }
        true
    }

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
        self.leave_cell(cx);
        let room = self.settle_line(cx);
        if room && matches!(put.origin, Origin::Entry(..)) {
            self.put_line_away(cx);
        }
        room
    }

    fn give_up(&mut self, cx: &mut Context) -> bool {
        if self.give_up_cell(cx) {
            return true;
        }
        let Some(writing) = self.writing().filter(|_| self.deletes_letters()) else { return false };
        // A search that is given up goes back to where it began.
        if writing.target() == Some(Target::Search) {
            self.map.selected = self.map.searched_from;
        }
        let kept = self.put_line_away(cx);
        cx.gave_up(kept);
        true
    }
}

impl MeetingScreen {
    /// Selects the row of a list or table that came back; where one went, a row that stands.
    pub(crate) fn show_row(&mut self, cx: &Context, came: &[Uuid]) {
        let dossier = &self.doc.dossier;
        let at = match self.place() {
            Place::Plan => dossier.plan().iter().position(|a| came.contains(&a.id.uuid())),
            Place::Regional => dossier.regional_issues().iter().position(|i| came.contains(&i.id.uuid())),
            _ => self.items(cx).iter().position(|item| match item {
                Item::Person(id) => came.contains(&id.uuid()),
                Item::Reflection(id) => came.contains(&id.uuid()),
                Item::Review(id) => came.contains(&id.uuid()),
                _ => false,
            }),
        };
        let (count, _) = self.extent(cx);
        if let Some(sheet) = self.sheet_mut() {
            sheet.row = at.unwrap_or(sheet.row).min(count - 1);
        }
    }

    /// The record of the row one stands on.
    pub(crate) fn selected_record(&self, cx: &Context) -> Option<Uuid> {
        match self.selected_cell(cx) {
            Some(Cell::Plan(id, _)) => id.map(Id::uuid),
            Some(Cell::Regional(id, _)) => id.map(Id::uuid),
            _ => match self.selected_item(cx)? {
                Item::Person(id) => Some(id.uuid()),
                Item::Reflection(id) => Some(id.uuid()),
                Item::Review(id) => Some(id.uuid()),
                _ => None,
            },
        }
    }

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
        let mut lines = Spot::ALL.into_iter().flat_map(|spot| self.entry(spot).lines());
        self.sheet.editing.is_some() || lines.any(|l| !l.text().trim().is_empty())
    }

    /// Gives the entry line another use, with the words that stand there; what stood in it comes back afterwards. Where what
    /// it was used for must be finished first, nothing is done.
    pub(crate) fn begin(&mut self, cx: &mut Context, target: Target) {
        let from = self.map.selected;
        if !self.settle_line(cx) {
            return;
        }
        // Whoever is still mending it means the words as they stand now.
        let words = target.standing(&self.doc.dossier, &cx.lists).unwrap_or_default();
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
            // Whoever goes on has not said that the words are meant as they stand.
            self.map.ask_anew();
            self.closing.ask_anew();
            self.enter_line(cx);
        }
        if links {
            cx.say("つなぐのをやめました。");
        }
        self.writing().is_none_or(|writing| writing.target().is_none())
    }

    /// Whoever goes elsewhere on the map has mended the twig: the words are kept as they are when a cell is left. False if they
    /// cannot be understood yet.
    pub(crate) fn leaves_mending(&mut self, cx: &mut Context) -> bool {
        let mends = matches!(self.map.writing.target(), Some(Target::Node(_) | Target::Said(_)));
        !mends || self.settle_line(cx)
    }

    /// Takes the words of the entry line from the screen; true if there is something to be fetched back.
    pub(crate) fn put_line_away(&mut self, cx: &mut Context) -> bool {
        let Some(spot) = Spot::of(self.place()) else { return false };
        let writing = self.entry(spot);
        let worth = writing.holds_new_words(&self.doc.dossier, &cx.lists);
        let (origin, line) = (Origin::Entry(spot, writing.target()), writing.line.clone());
        match spot {
            Spot::Map => {
                self.map.leave_target(&self.doc);
                self.map.drop_carried();
            }
            Spot::People | Spot::Closing => self.entry_mut(spot).finish(),
        }
        if worth {
            cx.remember(&self.doc, origin, line);
        }
        worth
    }

    /// What was put away before the words that were just written down would come back as a part of the next.
    pub(crate) fn pass_drafts(&self, cx: &mut Context) {
        let Some(spot) = Spot::of(self.place()) else { return };
        let meeting = Some(self.doc.dossier.meeting.id);
        let of_line = |put: &&mut PutAway| matches!(put.origin, Origin::Entry(of, _) if of == spot);
        for put in cx.put_away.iter_mut().filter(of_line).filter(|put| put.meeting == meeting) {
            put.past = true;
        }
    }
}
