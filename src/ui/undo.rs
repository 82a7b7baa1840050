//! Undo and redo, wherever there is a document.

use uuid::Uuid;

use crate::command::Place;
use crate::domain::{Act, Change, Edit, History, Node, Record, touched};
use crate::ui::meeting::lists::Item;
use crate::ui::offers::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use crate::ui::writing::Drafts;
use crate::ui::{Context, LastKey, MeetingScreen, Screen};

/// A screen with a document behind it.
pub(crate) trait Undoing: Drafts {
    fn history(&self) -> &History;

    /// Whether it is there to be tried out, and nothing of it is kept.
    fn is_sample(&self) -> bool;

    /// Writes changes and shows what they touch, so that people see what happened.
    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool;

    /// Leaves out an edit that cannot be taken back or done again any more.
    fn pass_over(&mut self, cx: &mut Context, edit: &Edit);

    /// Takes the last edit back. What is being written in a cell or mended is the last thing done: it goes first.
    fn undo(&mut self, cx: &mut Context) {
        if self.stop_mending(cx) {
            return;
        }
        let Some(edit) = self.history().to_undo().cloned() else { return cx.say(NOTHING_TO_UNDO) };
        let (label, changes) = (format!("元に戻す: {}", edit.label), edit.inverse_changes());
        if self.write_and_show(cx, Act::Undo(edit.id), label, changes) {
            cx.say(format!("元に戻しました：{}", cx.shortened(&edit.label)));
        } else {
            self.pass_over(cx, &edit);
        }
    }

    /// Does the last undone edit again.
    fn redo(&mut self, cx: &mut Context) {
        if self.stop_mending(cx) {
            return;
        }
        let Some(edit) = self.history().to_redo().cloned() else { return cx.say(NOTHING_TO_REDO) };
        let label = format!("やり直す: {}", edit.label);
        if self.write_and_show(cx, Act::Redo(edit.id), label, edit.changes.clone()) {
            cx.say(format!("やり直しました：{}", cx.shortened(&edit.label)));
        } else {
            self.pass_over(cx, &edit);
        }
    }

    /// Gives up a cell or an edit under way. True if words went with it.
    fn stop_mending(&mut self, cx: &mut Context) -> bool {
        cx.last = LastKey::Other;
        self.is_mending() && self.give_up(cx) && cx.last == LastKey::PutAway
    }
}

impl Undoing for MeetingScreen {
    fn history(&self) -> &History {
        self.doc.history()
    }

    fn is_sample(&self) -> bool {
        self.doc.is_sample()
    }

    fn pass_over(&mut self, cx: &mut Context, edit: &Edit) {
        self.doc.pass_over(cx, edit);
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
