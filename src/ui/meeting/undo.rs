//! Undo in a meeting: what is seen of it afterwards.

use uuid::Uuid;

use crate::command::Place;
use crate::domain::{Act, Change, Node, Record, touched};
use crate::ui::meeting::item::Item;
use crate::ui::undo::Undoing;
use crate::ui::{Context, Document, MeetingScreen, OpenMeeting, Screen};

impl Undoing for MeetingScreen {
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
}

impl MeetingScreen {
    /// Selects the row of a list or table that came back; where one went, a row that stands.
    fn show_row(&mut self, cx: &Context, came: &[Uuid]) {
        let (dossier, place) = (&self.doc.dossier, self.place());
        let came = |id: Uuid| came.contains(&id);
        // The row after the last one of a table is the one for something new.
        let (at, last) = match place {
            Place::Plan => {
                let plan = dossier.plan();
                (plan.iter().position(|a| came(a.id.uuid())), plan.len())
            }
            Place::Regional => {
                let issues = dossier.regional_issues();
                (issues.iter().position(|i| came(i.id.uuid())), issues.len())
            }
            _ => {
                let items = self.items(cx);
                let at = items.iter().position(|item| match item {
                    Item::Person(id) => came(id.uuid()),
                    Item::Reflection(id) => came(id.uuid()),
                    _ => false,
                });
                (at, items.len().saturating_sub(1))
            }
        };
        let row = match place {
            Place::Plan => &mut self.plan.row,
            Place::Regional => &mut self.regional.sheet.row,
            Place::People | Place::Opening => &mut self.people.row,
            Place::Closing => &mut self.closing.row,
            _ => return,
        };
        *row = at.unwrap_or(*row).min(last);
    }
}
