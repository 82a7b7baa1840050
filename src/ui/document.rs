//! A document: records that are open, what was done to them, and when each was written. They are read by everybody and
//! change in one way only: by an edit that is applied whole, looked through for words that name somebody, remembered for
//! undo, and sent on its way to the disk.

use std::ops::Deref;

use crate::command::Command;
use crate::domain::causes::Causes;
use crate::domain::region::Region;
use crate::domain::{
    Act, Change, Dossier, Edit, History, Id, JournalEntry, Key, Meeting, Mismatch, Record, RecordVersions,
    Stamped, Table, Tree, bounds, known,
};
use crate::store::OpenAction;
use crate::ui::{Context, Effect};

/// Said to those who write where they can only look.
pub(crate) const LOOK_ONLY: &str =
    "見るだけで開いているので、書けません。書いている画面があれば、そちらを使ってください。";

/// What a document can hold.
pub trait Records {
    /// Applies all changes or none.
    fn apply(&mut self, changes: &[Change]) -> Result<(), Mismatch>;
    /// What changes with others in the same edit: words that meant nothing until now.
    fn bring_along(&self, _: &mut Context, _: &[Change]) -> Vec<Change> {
        Vec::new()
    }

    /// Notes of an edit when the records that are known here were written.
    fn note(&self, versions: &mut RecordVersions, edit: &Edit, act: Act);
    /// The meeting the edits belong to; none for those that belong to no meeting.
    fn meeting(&self) -> Option<Id<Meeting>>;
}

/// Whether what is written is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    Kept,
    /// A sample to try things out on: nothing of it reaches the disk.
    Sample,
}

/// See the module. It lends its records to be read; nobody but an edit changes them.
#[derive(Debug, Clone, PartialEq)]
pub struct Document<R> {
    records: R,
    versions: RecordVersions,
    history: History,
    keeping: Keeping,
}

impl<R> Deref for Document<R> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.records
    }
}

impl<R> Document<R> {
    pub fn new(records: R, versions: RecordVersions, history: History, keeping: Keeping) -> Self {
        Self { records, versions, history, keeping }
    }

    /// Which edits made the records what they are.
    pub fn versions(&self) -> &RecordVersions {
        &self.versions
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    pub fn is_sample(&self) -> bool {
        self.keeping == Keeping::Sample
    }
}

impl<R: Records> Document<R> {
    /// Does an edit that a person asked for. False if it could not be done; the notice says why.
    pub fn commit(&mut self, cx: &mut Context, label: impl Into<String>, mut changes: Vec<Change>) -> bool {
        changes.extend(self.records.bring_along(cx, &changes));
        !changes.is_empty() && self.write(cx, Act::Do, label.into(), changes)
    }

    /// Does an edit of the program's own, which undo passes over.
    pub fn commit_quiet(&mut self, cx: &mut Context, label: &str, changes: Vec<Change>) {
        if !cx.look_only {
            self.write(cx, Act::Quiet, label.to_owned(), changes);
        }
    }

    /// The records are there as they were read, and these changes are their birth: nothing to be undone from inside.
    pub fn is_born(&mut self, cx: &mut Context, label: String, changes: Vec<Change>) {
        // What was taken over from another meeting is on the wall again.
        cx.warn_of(&cx.watch.look_through(&changes), None);
        let edit = Edit { id: cx.ids.id(), at: cx.now.at, label, changes };
        self.records.note(&mut self.versions, &edit, Act::Quiet);
        cx.send(JournalEntry { edit, meeting: self.records.meeting(), act: Act::Quiet });
    }

    /// Applies an edit, remembers it and sends it on its way.
    pub fn write(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool {
        if cx.look_only && self.keeping == Keeping::Kept {
            cx.warn(LOOK_ONLY);
            return false;
        }
        if let Some(what) = changes.iter().filter(|_| act == Act::Do).find_map(grown_too_long) {
            cx.warn(format!("{what}。何も変えていません。書いたことばは、そのまま残っています。"));
            return false;
        }
        let edit = Edit { id: cx.ids.id(), at: cx.now.at, label, changes };
        if self.records.apply(&edit.changes).is_err() {
            cx.warn("この記録はその後に変わっているため、できませんでした。何も変えていません。会議を開きなおして、もう一度お試しください。");
            return false;
        }
        if act != Act::Quiet {
            let found = cx.watch.look_through(&edit.changes);
            let twigs = edit.changes.iter().all(|c| c.key().table == Table::Node);
            cx.warn_of(&found, twigs.then_some(Command::Edit));
        }
        self.records.note(&mut self.versions, &edit, act);
        self.history.record(act, edit.clone());
        cx.touched = true;
        if self.keeping == Keeping::Kept {
            cx.send(JournalEntry { edit, meeting: self.records.meeting(), act });
        }
        true
    }

    /// An edit that does not fit any more (another meeting has changed the same record since) must not stand in the way of
    /// all that lies behind it.
    pub fn pass_over(&mut self, cx: &mut Context, edit: &Edit) {
        if cx.look_only {
            return;
        }
        self.history.pass_over(edit.id);
        cx.warn(format!(
            "「{}」は、その後に書いたことと合わなくなっているので、とばしました。何も変えていません。必要なら書きなおしてください。",
            cx.watch.unnamed(&edit.label)
        ));
    }
}

/// What a change makes too long for files to bring it back. What stood there before may go on standing.
fn grown_too_long(change: &Change) -> Option<String> {
    let what = bounds::too_long_in(change.after()?)?;
    let stood = change.before().and_then(bounds::too_long_in);
    stood.is_none().then_some(what)
}

/// A meeting as it is open: its records, what follows from them, and what was planned before it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenMeeting {
    pub dossier: Dossier,
    /// The twigs as they hang; made anew, like the causes, with the edits it hangs on.
    pub tree: Tree,
    /// What follows from the links.
    pub causes: Causes,
    /// The actions of earlier meetings that are looked at in this one.
    pub previous: Vec<OpenAction>,
}

impl OpenMeeting {
    pub fn new(dossier: Dossier, previous: Vec<OpenAction>) -> Self {
        Self { tree: Tree::new(&dossier), causes: Causes::of(&dossier), previous, dossier }
    }
}

impl Records for OpenMeeting {
    /// Where changes concern actions of earlier meetings, those change.
    fn apply(&mut self, changes: &[Change]) -> Result<(), Mismatch> {
        let this = self.dossier.meeting.id;
        let (mut ours, mut previous) = (Vec::new(), self.previous.clone());
        for change in changes {
            match (change.before(), change.after()) {
                _ if !matches!(change.record(), Record::Action(a) if a.meeting != this) => {
                    ours.push(change.clone());
                }
                (Some(Record::Action(before)), Some(Record::Action(after))) => {
                    let row = previous.iter_mut().find(|p| p.action == *before).ok_or(Mismatch::Changed)?;
                    row.action = after.clone();
                }
                _ => return Err(Mismatch::Changed),
            }
        }
        self.dossier.apply_all(&ours)?;
        self.previous = previous;
        let touches = |table| changes.iter().map(Change::key).any(|k| k.table == table);
        if touches(Table::Node) || touches(Table::Meeting) {
            self.tree = Tree::new(&self.dossier);
        }
        if changes.iter().any(Causes::change_with) {
            self.causes = Causes::of(&self.dossier);
        }
        Ok(())
    }

    fn bring_along(&self, cx: &mut Context, changes: &[Change]) -> Vec<Change> {
        known::read_again(changes, &self.dossier, &cx.lists, &mut cx.ids)
    }

    fn note(&self, versions: &mut RecordVersions, edit: &Edit, _: Act) {
        versions.note(self.dossier.meeting.id, edit);
    }

    fn meeting(&self) -> Option<Id<Meeting>> {
        Some(self.dossier.meeting.id)
    }
}

impl Document<OpenMeeting> {
    /// A meeting that was read.
    pub fn of(
        meeting: impl Into<Stamped>,
        journal: Vec<JournalEntry>,
        previous: Vec<OpenAction>,
        keeping: Keeping,
    ) -> Self {
        let Stamped { dossier, stamps } = meeting.into();
        Self::new(OpenMeeting::new(dossier, previous), stamps, History::from_journal(journal), keeping)
    }

    /// What became of the last plan is heard of later than the rest.
    pub fn hear_of(&mut self, previous: Vec<OpenAction>) {
        self.records.previous = previous;
    }

    /// Looks at a step without going to it: who only looks changes nothing.
    pub fn look_at_step(&mut self, step: usize) {
        self.records.dossier.progress.step = step;
    }

    /// Takes over when a record of another meeting was written, which stands in this one, too.
    pub fn know(&mut self, versions: impl IntoIterator<Item = (Key, crate::domain::Versions)>) {
        self.versions.standing.extend(versions);
    }
}

impl Records for Region {
    fn apply(&mut self, changes: &[Change]) -> Result<(), Mismatch> {
        self.apply_all(changes)
    }

    fn note(&self, versions: &mut RecordVersions, edit: &Edit, act: Act) {
        versions.note_years(edit, act);
    }

    fn meeting(&self) -> Option<Id<Meeting>> {
        None
    }
}

impl Document<Region> {
    /// Takes in what was written in a meeting, as far as it is seen here.
    pub fn take_in(&mut self, edit: &Edit, act: Act) {
        self.records.take_in(&edit.changes);
        self.records.note(&mut self.versions, edit, act);
    }
}

impl Context {
    /// Sends a line on its way to the disk.
    pub(crate) fn send(&mut self, line: JournalEntry) {
        self.saving.waiting.push(line.edit.id);
        self.effects.push(Effect::Commit(line, None));
    }
}

/// Said to those who only look, where a meeting would be made.
pub(crate) const NO_NEW_MEETING: &str = "見るだけで開いているので、新しい会議は作れません。";
