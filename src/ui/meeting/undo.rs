//! Undo in a meeting: what is seen of it afterwards.

use uuid::Uuid;

use crate::command::Place;
use crate::domain::{Act, Change, Node, Record, touched};
use crate::ui::meeting::item::Item;
use crate::ui::undo::Undoing;
use crate::ui::{Context, Document, MeetingScreen, OpenMeeting, Screen, Sheets};

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
        let dossier = &self.doc.dossier;
        let rows: Vec<Option<Uuid>> = match self.place() {
            Place::Plan => dossier.plan().iter().map(|a| Some(a.id.uuid())).collect(),
            Place::Regional => dossier.regional_issues().iter().map(|i| Some(i.id.uuid())).collect(),
            _ => {
                let id = |item| match item {
                    Item::Person(id) => Some(id.uuid()),
                    Item::Reflection(id) => Some(id.uuid()),
                    _ => None,
                };
                self.items(cx).into_iter().map(id).collect()
            }
        };
        let at = rows.iter().position(|id| id.is_some_and(|id| came.contains(&id)));
        let (count, _) = self.extent(cx);
        if let Some(sheet) = self.sheet_mut() {
            sheet.row = at.unwrap_or(sheet.row).min(count - 1);
        }
    }
}
