//! Lines that wait for the disk, laid over what is read from it: nobody is shown older words than those they entered, and
//! nothing is written on top of them.

use std::collections::BTreeSet;

use super::{HomeData, OpenAction, Summary};
use crate::domain::removal::removed;
use crate::domain::similar::Index;
use crate::domain::{Change, Dossier, Id, JournalEntry, Meeting, Record, RecordVersions, Stamped};

/// The meeting as it will stand when all that waits is saved; `read` is how it stands now. A line that does not fit will be
/// refused, and is passed over here as well.
pub(super) fn dossier<'a>(
    read: Option<Dossier>,
    id: Id<Meeting>,
    waiting: impl Iterator<Item = &'a JournalEntry>,
) -> Option<Dossier> {
    let mut out = read;
    for line in waiting {
        match &mut out {
            Some(_) if removed(&line.edit).is_some_and(|meeting| meeting.id == id) => out = None,
            Some(dossier) => {
                // What another meeting gets, or gives back, is shown by both: nothing is asked of what refers to it.
                for change in line.edit.changes.iter().filter_map(|change| moves(id, change)) {
                    let _ = dossier.apply(&change);
                }
                let ours = |c: &&Change| moves(id, c).is_none() && belongs(dossier, line, c);
                let changes: Vec<Change> = line.edit.changes.iter().filter(ours).cloned().collect();
                let _ = dossier.apply_all(&changes);
            }
            None => out = born(id, line),
        }
    }
    out
}

/// The same with what is known of when it was written: what waits is written by now.
pub(super) fn stamped<'a>(
    read: Option<Stamped>,
    id: Id<Meeting>,
    waiting: impl Iterator<Item = &'a JournalEntry> + Clone,
) -> Option<Stamped> {
    let (read, mut stamps) =
        read.map_or((None, RecordVersions::default()), |read| (Some(read.dossier), read.stamps));
    let dossier = dossier(read, id, waiting.clone())?;
    waiting.for_each(|line| stamps.note(id, &line.edit));
    Some(Stamped { dossier, stamps })
}

/// A meeting that begins with this line.
fn born(id: Id<Meeting>, line: &JournalEntry) -> Option<Dossier> {
    // What stayed elsewhere while the meeting was gone is not added, but moves back.
    let added =
        || line.edit.changes.iter().filter(|c| !matches!(c, Change::Remove(_))).filter_map(Change::after);
    let meeting = added().find_map(|record| match record {
        Record::Meeting(meeting) if meeting.id == id => Some(meeting.clone()),
        _ => None,
    })?;
    let mut dossier = Dossier::new(meeting, None);
    for record in added() {
        match record {
            Record::Progress(progress) if progress.meeting() == id => dossier.progress = progress.clone(),
            Record::Progress(_) | Record::Meeting(_) => {}
            other => drop(dossier.apply(&Change::add(other.clone()))),
        }
    }
    Some(dossier)
}

/// What a change is for this meeting that gives it a record of another, or takes one of its own there.
fn moves(id: Id<Meeting>, change: &Change) -> Option<Change> {
    let (before, after) = (change.before()?, change.after()?);
    let ours = |record: &Record| record.meeting() == Some(id);
    match (ours(before), ours(after)) {
        (false, true) => Some(Change::Add(after.clone())),
        (true, false) => Some(Change::Remove(before.clone())),
        _ => None,
    }
}

/// Whether a change is one of this meeting, whichever meeting was on the screen; a case may have several.
fn belongs(dossier: &Dossier, line: &JournalEntry, change: &Change) -> bool {
    let id = dossier.meeting.id;
    match change.record() {
        Record::Case(case) => match &dossier.case {
            Some(ours) => ours.id == case.id,
            None => line.meeting == Some(id),
        },
        record => record.meeting() == Some(id),
    }
}

/// The meetings whose place in the list of meetings will be another when all that waits is saved.
pub(super) fn meetings<'a>(waiting: impl Iterator<Item = &'a JournalEntry>) -> BTreeSet<Id<Meeting>> {
    let changes = waiting.flat_map(|line| line.edit.changes.iter().map(move |change| (line, change)));
    changes.filter_map(|(line, change)| change.record().meeting().or(line.meeting)).collect()
}

/// Puts a meeting as it will stand into the list of meetings, and the code of its case among the codes.
pub(super) fn list(home: &mut HomeData, dossier: &Dossier) {
    let summary = Summary::of(dossier);
    home.summaries.retain(|other| other.id != summary.id);
    // As the store sorts them: those without a date, then the newest first.
    let place = |s: &Summary| (s.date.is_none(), s.date, s.id);
    let at = home.summaries.partition_point(|other| place(other) > place(&summary));
    home.summaries.insert(at, summary);
    if let Some(case) = &dossier.case
        && let Err(at) = home.case_codes.binary_search(&case.code)
    {
        home.case_codes.insert(at, case.code.clone());
    }
}

/// The same for the actions a meeting looks back at.
pub(super) fn actions<'a>(read: &mut Vec<OpenAction>, waiting: impl Iterator<Item = &'a JournalEntry>) {
    for change in waiting.flat_map(|line| &line.edit.changes) {
        let Some(Record::Action(before)) = change.before() else { continue };
        let Some(row) = read.iter().position(|open| open.action == *before) else { continue };
        match change.after() {
            Some(Record::Action(after)) => read[row].action = after.clone(),
            _ => drop(read.remove(row)),
        }
    }
}

/// Takes note of what a line changes of the statements other rooms may see.
pub(super) fn learn(index: &mut Index, line: &JournalEntry) {
    for change in &line.edit.changes {
        match change {
            Change::Add(Record::RegionalIssue(issue))
            | Change::Replace { after: Record::RegionalIssue(issue), .. }
                if issue.confirmed =>
            {
                index.put(issue.id, &issue.statement);
            }
            Change::Add(Record::RegionalIssue(issue))
            | Change::Remove(Record::RegionalIssue(issue))
            | Change::Replace { after: Record::RegionalIssue(issue), .. } => index.remove(issue.id),
            _ => {}
        }
    }
}
