//! Undo and redo, wherever there is a document.

use crate::command::Place;
use crate::domain::{Act, Change, Edit, History, Node, Record, touched};
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
        let gone: Vec<Node> = changes
            .iter()
            .filter_map(|c| match c {
                Change::Remove(Record::Node(node)) => Some(node.clone()),
                _ => None,
            })
            .collect();
        let stands = touched(&changes);
        let beside = gone.iter().find(|n| n.parent.is_none_or(|p| gone.iter().all(|g| g.id != p)));
        let beside = beside.map(|top| self.map.beside_all(&self.doc, top, &gone));
        let rows: Vec<Record> = changes.iter().filter_map(|c| c.after().cloned()).collect();
        if !self.doc.write(cx, act, label, changes) {
            return false;
        }
        self.show_row(cx, &rows);
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
    fn show_row(&mut self, cx: &Context, came: &[Record]) {
        let came = |fits: &dyn Fn(&Record) -> bool| came.iter().any(fits);
        let dossier = &self.doc.dossier;
        match self.place() {
            place @ (Place::People | Place::Opening) => {
                self.people.show(&self.doc, place, |id| {
                    came(&|record| matches!(record, Record::Participant(p) if p.id == id))
                });
            }
            Place::Closing => {
                self.closing.show(&self.doc, cx, |id| {
                    came(&|record| matches!(record, Record::Reflection(r) if r.id == id))
                });
            }
            // The row after the last one is the one for something new.
            Place::Plan => {
                let plan = dossier.plan();
                let at = plan
                    .iter()
                    .position(|a| came(&|record| matches!(record, Record::Action(r) if r.id == a.id)));
                self.plan.row = at.unwrap_or(self.plan.row).min(plan.len());
            }
            Place::Regional => {
                let (issues, sheet) = (dossier.regional_issues(), &mut self.regional.sheet);
                let at = issues
                    .iter()
                    .position(|i| came(&|record| matches!(record, Record::RegionalIssue(r) if r.id == i.id)));
                sheet.row = at.unwrap_or(sheet.row).min(issues.len());
            }
            _ => {}
        }
    }
}
