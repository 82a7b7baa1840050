//! How something changes: one edit at a time, on the screen and on its way to the disk, and back again.

use super::lists::Item;
use super::offers::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use super::{LastKey, Model};
use crate::command::Place;
use crate::domain::{Act, Change, Edit, History, Node, Record, touched};
use crate::layout::measure::ellipsis;

impl Model {
    /// Does an edit that a person asked for. False if it could not be done; the notice says why.
    pub(super) fn commit(&mut self, label: impl Into<String>, changes: Vec<Change>) -> bool {
        if changes.is_empty() {
            return false;
        }
        self.write(Act::Do, label.into(), changes)
    }

    /// Takes the last edit back. What is being written in a cell or mended is the last thing done: it goes first.
    pub(super) fn undo(&mut self) {
        if self.stop_mending() {
            return;
        }
        let Some(edit) = self.history().and_then(History::to_undo).cloned() else {
            self.cx.say(NOTHING_TO_UNDO);
            return;
        };
        let label = edit.label.clone();
        let changes = edit.inverse_changes();
        if self.write_and_show(Act::Undo(edit.id), format!("元に戻す: {label}"), changes) {
            self.cx.say(format!("元に戻しました：{}", self.shortened(&label)));
        } else {
            self.pass_over(&edit);
        }
    }

    /// Does the last undone edit again.
    pub(super) fn redo(&mut self) {
        if self.stop_mending() {
            return;
        }
        let Some(edit) = self.history().and_then(History::to_redo).cloned() else {
            self.cx.say(NOTHING_TO_REDO);
            return;
        };
        let label = edit.label.clone();
        if self.write_and_show(Act::Redo(edit.id), format!("やり直す: {label}"), edit.changes.clone()) {
            self.cx.say(format!("やり直しました：{}", self.shortened(&label)));
        } else {
            self.pass_over(&edit);
        }
    }

    /// Words as a message repeats them: enough to know them again, in one row, and nobody's name.
    pub(super) fn shortened(&self, words: &str) -> String {
        ellipsis(&self.cx.watch.unnamed(words), 40, self.cx.marks.cut).into_owned()
    }

    /// Leaves out an edit that cannot be taken back or done again any more.
    fn pass_over(&mut self, edit: &Edit) {
        match (self.desk.as_mut(), self.region.as_mut()) {
            (Some(desk), _) => desk.doc.pass_over(&mut self.cx, edit),
            (None, Some(region)) => region.doc.pass_over(&mut self.cx, edit),
            (None, None) => {}
        }
    }

    /// Gives up a cell or an edit under way. True if words went with it.
    fn stop_mending(&mut self) -> bool {
        self.is_mending() && self.give_up(LastKey::Other) && self.last == LastKey::PutAway
    }

    /// Writes changes and selects the twig they touch, so that people see what happened.
    fn write_and_show(&mut self, act: Act, label: String, changes: Vec<Change>) -> bool {
        let Some(desk) = self.desk.as_ref() else { return self.write(act, label, changes) };
        let gone: Vec<Node> = changes
            .iter()
            .filter_map(|c| match c {
                Change::Remove(Record::Node(node)) => Some(node.clone()),
                _ => None,
            })
            .collect();
        let stands = touched(&changes);
        let beside = gone.iter().find(|n| n.parent.is_none_or(|p| gone.iter().all(|g| g.id != p)));
        let beside = beside.map(|top| desk.beside_all(top, &gone));
        let rows: Vec<Record> = changes.iter().filter_map(|c| c.after().cloned()).collect();
        if !self.write(act, label, changes) {
            return false;
        }
        self.show_row(&rows);
        let Some(desk) = self.desk.as_mut() else { return true };
        match (stands, beside) {
            // Of several the topmost: a subtree that comes back is seen whole.
            (Some(id), None) => desk.select_node(id),
            (_, Some(what)) => desk.map.selected = what,
            (None, None) => {}
        }
        true
    }

    /// Selects the row of a list or table that came back; where one went, a row that stands.
    fn show_row(&mut self, came: &[Record]) {
        let item = came.iter().find_map(|record| match record {
            Record::Participant(r) => Some(Item::Person(r.id)),
            Record::Reflection(r) => Some(Item::Reflection(r.id)),
            _ => None,
        });
        let items = self.items();
        let place = self.place();
        let Some(desk) = self.desk.as_mut() else { return };
        let at = item.and_then(|item| items.iter().position(|i| *i == item));
        desk.row = at.unwrap_or(desk.row).min(items.len().saturating_sub(1));
        let (rows, at) = match place {
            Place::Plan => {
                let plan = desk.doc.dossier.plan();
                let came = |id| came.iter().any(|r| matches!(r, Record::Action(a) if a.id == id));
                (plan.len(), plan.iter().position(|a| came(a.id)))
            }
            Place::Regional => {
                let issues = desk.doc.dossier.regional_issues();
                let came = |id| came.iter().any(|r| matches!(r, Record::RegionalIssue(a) if a.id == id));
                (issues.len(), issues.iter().position(|r| came(r.id)))
            }
            _ => return,
        };
        // The row after the last one is the one for something new.
        desk.sheet.row = at.unwrap_or(desk.sheet.row).min(rows);
    }

    /// The history of what is open.
    pub(super) fn history(&self) -> Option<&History> {
        let region = || self.region.as_ref().map(|r| r.doc.history());
        self.desk.as_ref().map(|d| d.doc.history()).or_else(region)
    }

    /// Writes into what is open.
    fn write(&mut self, act: Act, label: String, changes: Vec<Change>) -> bool {
        let Some(desk) = self.desk.as_mut() else { return self.write_outside(act, label, changes) };
        desk.doc.write(&mut self.cx, act, label, changes)
    }
}
