//! How something changes: one edit at a time, on the screen and on its way to the disk, and back again.

use super::lists::Item;
use super::{Effect, Model};
use crate::command::Place;
use crate::domain::causes::Causes;
use crate::domain::{
    Act, Change, Dossier, Edit, History, Id, Key, Line, Meeting, Mismatch, Node, Record, Table, touched,
};
use crate::layout::measure::ellipsis;
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

    /// Takes the last edit back. What is being written in a cell or mended is the last thing done: it goes first.
    pub(super) fn undo(&mut self) {
        if self.stop_mending() {
            return;
        }
        let Some(edit) = self.history().and_then(History::to_undo).cloned() else {
            self.say("元に戻すものはありません。");
            return;
        };
        let label = edit.label.clone();
        let changes = edit.inverse_changes();
        if self.write_and_show(Act::Undo(edit.id), format!("元に戻す: {label}"), changes) {
            self.say(format!("元に戻しました：{}", self.shortened(&label)));
        } else {
            self.pass_over(edit.id, &label);
        }
    }

    /// Does the last undone edit again.
    pub(super) fn redo(&mut self) {
        if self.stop_mending() {
            return;
        }
        let Some(edit) = self.history().and_then(History::to_redo).cloned() else {
            self.say("やり直すものはありません。");
            return;
        };
        let label = edit.label.clone();
        if self.write_and_show(Act::Redo(edit.id), format!("やり直す: {label}"), edit.changes.clone()) {
            self.say(format!("やり直しました：{}", self.shortened(&label)));
        } else {
            self.pass_over(edit.id, &label);
        }
    }

    /// Words as a message repeats them: enough to know them again, in one row.
    pub(super) fn shortened(&self, words: &str) -> String {
        ellipsis(words, 40, self.marks.cut).into_owned()
    }

    /// An edit that does not fit any more (another meeting has changed the same record since) must not stand in the way of
    /// all that lies behind it.
    fn pass_over(&mut self, id: Id<Edit>, label: &str) {
        if self.look_only {
            return;
        }
        match (self.desk.as_mut(), self.region.as_mut()) {
            (Some(desk), _) => desk.history.pass_over(id),
            (None, Some(region)) => region.history.pass_over(id),
            (None, None) => {}
        }
        self.warn(format!("「{label}」は、その後ほかで変わっているので、とばしました。何も変えていません。"));
    }

    /// Gives up a cell or an edit under way. True if words went with it.
    fn stop_mending(&mut self) -> bool {
        let Some(desk) = self.desk.as_ref() else { return self.give_up_outside() };
        let mending = desk.sheet.editing.is_some() || desk.target != super::Target::New;
        let before = desk.put_away.clone();
        mending && self.give_up() && self.desk.as_ref().is_some_and(|d| d.put_away != before)
    }

    /// Writes changes and selects the twig they touch, so that people see what happened.
    fn write_and_show(&mut self, act: Act, label: String, changes: Vec<Change>) -> bool {
        let Some(desk) = self.desk.as_ref() else { return self.write(act, label, changes) };
        let gone: Vec<Node> = changes
            .iter()
            .filter_map(|c| match (&c.before, &c.after) {
                (Some(Record::Node(node)), None) => Some(node.clone()),
                _ => None,
            })
            .collect();
        let stands = touched(&changes);
        let beside = gone.iter().find(|n| n.parent.is_none_or(|p| gone.iter().all(|g| g.id != p)));
        let beside = beside.map(|top| desk.beside_all(top, &gone));
        let rows: Vec<Record> = changes.iter().filter_map(|c| c.after.clone()).collect();
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
                let plan = desk.dossier.plan();
                let came = |id| came.iter().any(|r| matches!(r, Record::Action(a) if a.id == id));
                (plan.len(), plan.iter().position(|a| came(a.id)))
            }
            Place::Regional => {
                let issues = desk.dossier.regional_issues();
                let came = |id| came.iter().any(|r| matches!(r, Record::RegionalIssue(a) if a.id == id));
                (issues.len(), issues.iter().position(|r| came(r.id)))
            }
            _ => return,
        };
        // The row after the last one is the one for something new.
        desk.sheet.row = at.unwrap_or(desk.sheet.row).min(rows);
    }

    /// The history of what is open.
    fn history(&self) -> Option<&History> {
        let region = || self.region.as_ref().map(|r| &r.history);
        self.desk.as_ref().map(|d| &d.history).or_else(region)
    }

    fn write(&mut self, act: Act, label: String, changes: Vec<Change>) -> bool {
        if self.look_only && !self.desk.as_ref().is_some_and(|d| d.sample) {
            self.warn(
                "見るだけで開いているので、書けません。書いている画面があれば、そちらを使ってください。",
            );
            return false;
        }
        let edit = Edit { id: self.mint.id(), at: self.stamp.at, label, changes };
        let Some(desk) = self.desk.as_mut() else { return self.write_outside(act, edit) };
        if apply(&mut desk.dossier, &mut desk.previous, &edit.changes).is_err() {
            self.warn("この記録はその後に変わっているため、できませんでした。何も変えていません。");
            return false;
        }
        let keys: Vec<Key> = edit.changes.iter().filter_map(Change::key).collect();
        if keys.iter().any(|k| matches!(k.table, Table::Node | Table::Meeting)) {
            desk.tree = crate::domain::Tree::new(&desk.dossier);
            desk.entries = None;
        }
        if edit.changes.iter().any(Causes::change_with) {
            desk.causes = Causes::of(&desk.dossier);
        }
        if keys.iter().any(|k| !matches!(k.table, Table::Progress)) {
            desk.map.stale = true;
        }
        desk.stamps.note(desk.dossier.meeting.id, &edit);
        desk.history.record(act, edit.clone());
        self.touched = true;
        if desk.sample {
            return true;
        }
        let meeting = Some(desk.dossier.meeting.id);
        if let Some(region) = self.region.as_mut() {
            region.take_in(&edit, act);
        }
        self.saving.waiting.push(edit.id);
        let turns = edit.changes.iter().any(turns_to_other_plans);
        self.effects.push(Effect::Commit(Line { edit, meeting, act }, None));
        if turns {
            // Until the answer comes nothing is shown: a plan that was another room's must not stand there.
            desk.previous.clear();
            self.effects.push(Effect::Previous(desk.dossier.meeting.id));
        }
        true
    }
}

/// Whether a meeting looks back at other plans after a change: those of its case, or of its town and format, before its day.
fn turns_to_other_plans(change: &Change) -> bool {
    let (Some(Record::Meeting(before)), Some(Record::Meeting(after))) = (&change.before, &change.after)
    else {
        return false;
    };
    let from = |m: &Meeting| (m.date, m.case, m.town.clone(), m.format.clone());
    from(before) != from(after)
}

/// Applies changes to the meeting and, where they concern actions of earlier meetings, to those; all or none.
fn apply(dossier: &mut Dossier, previous: &mut [OpenAction], changes: &[Change]) -> Result<(), Mismatch> {
    let elsewhere = |change: &Change| {
        let record = change.record();
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
