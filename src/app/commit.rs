//! How something changes: one edit at a time, on the screen and on its way to the disk, and back again.

use super::{Effect, Model};
use crate::domain::{Act, Change, Dossier, Edit, Key, Line, Mismatch, Record, Table};
use crate::store::OpenAction;

impl Model {
    /// Does an edit that a person asked for. False if it could not be done; the notice says why.
    pub(super) fn commit(&mut self, label: impl Into<String>, changes: Vec<Change>) -> bool {
        if changes.is_empty() {
            return false;
        }
        self.write(Act::Do, label.into(), changes)
    }

    /// Does an edit of the program's own, which undo passes over.
    pub(super) fn commit_quiet(&mut self, label: &str, changes: Vec<Change>) {
        if !self.look_only {
            self.write(Act::Quiet, label.to_owned(), changes);
        }
    }

    /// Takes the last edit back.
    pub(super) fn undo(&mut self) {
        // What is being mended is an edit, too: it is the last one.
        if !self.leave_cell() || !self.leave_line_uses() {
            return;
        }
        let Some(edit) = self.desk.as_ref().and_then(|d| d.history.to_undo()).cloned() else {
            self.say("元に戻すものはありません。");
            return;
        };
        let label = edit.label.clone();
        let changes = edit.inverse_changes();
        self.select_changed(&changes, true);
        if self.write(Act::Undo(edit.id), format!("元に戻す: {label}"), changes.clone()) {
            self.select_changed(&changes, false);
            self.say(format!("元に戻しました：{label}"));
        }
    }

    /// Does the last undone edit again.
    pub(super) fn redo(&mut self) {
        if !self.leave_cell() || !self.leave_line_uses() {
            return;
        }
        let Some(edit) = self.desk.as_ref().and_then(|d| d.history.to_redo()).cloned() else {
            self.say("やり直すものはありません。");
            return;
        };
        let label = edit.label.clone();
        let changes = edit.changes.clone();
        self.select_changed(&changes, true);
        if self.write(Act::Redo(edit.id), format!("やり直す: {label}"), changes.clone()) {
            self.select_changed(&changes, false);
            self.say(format!("やり直しました：{label}"));
        }
    }

    fn write(&mut self, act: Act, label: String, changes: Vec<Change>) -> bool {
        if self.look_only {
            self.warn(
                "見るだけで開いているので、書けません。書いている画面があれば、そちらを使ってください。",
            );
            return false;
        }
        let edit = Edit { id: self.mint.id(), at: self.stamp.at, label, changes };
        let Some(desk) = self.desk.as_mut() else { return false };
        if apply(&mut desk.dossier, &mut desk.previous, &edit.changes).is_err() {
            self.warn("この記録はその後に変わっているため、できませんでした。何も変えていません。");
            return false;
        }
        let keys: Vec<Key> = edit.changes.iter().filter_map(Change::key).collect();
        if keys.iter().any(|k| matches!(k.table, Table::Node | Table::Meeting)) {
            desk.tree = crate::domain::Tree::new(&desk.dossier);
        }
        if keys.iter().any(|k| !matches!(k.table, Table::Progress)) {
            desk.map.stale = true;
        }
        desk.history.record(act, edit.clone());
        self.touched = true;
        if desk.sample {
            return true;
        }
        let meeting = Some(desk.dossier.meeting.id);
        self.saving.waiting.push(edit.id);
        self.effects.push(Effect::Commit(Line { edit, meeting, act }));
        true
    }

    /// Moves the selection to the twig an undo or redo touches, so that people see what happened.
    fn select_changed(&mut self, changes: &[Change], before: bool) {
        let Some(desk) = self.desk.as_mut() else { return };
        let side = |c: &Change| if before { c.before.clone() } else { c.after.clone() };
        let node = changes.iter().filter_map(side).find_map(|record| match record {
            Record::Node(node) => Some(node),
            _ => None,
        });
        match node {
            // What is about to go leaves the selection on what it hung on.
            Some(node) if before => desk.select_home_of(&node),
            Some(node) => desk.select_node(node.id),
            None => {}
        }
    }
}

/// Applies changes to the meeting and, where they concern actions of earlier meetings, to those; all or none.
fn apply(dossier: &mut Dossier, previous: &mut [OpenAction], changes: &[Change]) -> Result<(), Mismatch> {
    let elsewhere = |change: &Change| {
        let record = change.after.as_ref().or(change.before.as_ref());
        matches!(record, Some(Record::Action(a)) if a.meeting != dossier.meeting.id)
    };
    let (theirs, ours): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|c| elsewhere(c));
    let mut rows = Vec::new();
    for change in theirs {
        let (Some(Record::Action(before)), Some(Record::Action(after))) = (&change.before, &change.after)
        else {
            return Err(Mismatch::Changed);
        };
        let row = previous.iter().position(|p| p.action == *before).ok_or(Mismatch::Changed)?;
        rows.push((row, after.clone()));
    }
    let ours: Vec<Change> = ours.into_iter().cloned().collect();
    dossier.apply_all(&ours)?;
    for (row, after) in rows {
        previous[row].action = after;
    }
    Ok(())
}
