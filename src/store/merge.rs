//! Taking in what another machine knows of a meeting: all of it or nothing, with the moments at which it was written there.

mod years;

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::commit::{begin, delete, end, insert, put_removed, take_removed, update, write_line};
use super::rows::{Cells, Field, Row};
use super::{Store, StoreError, sums};
use crate::domain::merge::{
    Conflict, Joined, Known, Merged, Names, Side, may_go, merge, shared_numbers, side, title,
};
use crate::domain::removal::removed;
use crate::domain::{
    Act, Action, Case, Change, Dossier, Edit, Escalation, Evidence, Id, IdSource, JournalEntry, Key, Link,
    Meeting, Moment, Node, Participant, Progress, Record, RecordVersions, Reflection, RegionalIssue, Stamped,
    Table, Versions,
};

/// What became of a meeting that was taken in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// What the meeting is called now.
    pub title: String,
    /// It was not here before.
    pub new: bool,
    /// How many records were added, changed or taken away.
    pub changed: usize,
    /// How many of these were taken away.
    pub removed: usize,
    /// What does not go together, in words.
    pub conflicts: Vec<String>,
    /// What was taken away on one side, and stays because something refers to it.
    pub back: Vec<String>,
    /// What stands twice now: numbers and codes of a meeting, meetings in the slots of the years.
    pub shared: Vec<String>,
    /// The code of a case that was not here before.
    pub new_case: Option<String>,
}

/// A conflict as it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// When it was found: the moment of taking in.
    pub at: Moment,
    /// The meeting it lies in; none where it lies in a case or a year.
    pub meeting: Option<Id<Meeting>>,
    /// The title of the meeting as it is now.
    pub title: String,
    /// What stands on either side, in words for people.
    pub words: String,
}

impl Store {
    /// A meeting with what is known of when it was written; none if there is no such meeting.
    pub fn stamped(&self, id: Id<Meeting>) -> Result<Option<Stamped>, StoreError> {
        let _snapshot = self.snapshot()?;
        let Some(dossier) = self.dossier(id)? else { return Ok(None) };
        let cells = [id.to_cell()];
        let mut stamps = RecordVersions {
            removed: self.removed_where("meeting = ?1", &cells)?,
            ..RecordVersions::default()
        };
        macro_rules! standing {
            ($($type:ident),+) => {
                $(self.versions_where::<$type>("meeting = ?1", &cells, &mut stamps.standing)?;)+
            };
        }
        standing!(Progress, Participant, Node, Link, Action, RegionalIssue, Escalation, Evidence, Reflection);
        self.versions_where::<Meeting>("id = ?1", &cells, &mut stamps.standing)?;
        if let Some(case) = dossier.meeting.case {
            self.versions_where::<Case>("id = ?1", &[case.to_cell()], &mut stamps.standing)?;
        }
        Ok(Some(Stamped { dossier, stamps }))
    }

    /// The versions of the rows of one table, as far as any are known.
    fn versions_where<R: Row>(
        &self,
        condition: &str,
        cells: &[rusqlite::types::Value],
        into: &mut BTreeMap<Key, Versions>,
    ) -> Result<(), StoreError> {
        let (key, table) = (R::KEY, R::TABLE);
        let sql =
            format!("SELECT {key}, versions FROM {} WHERE {condition} AND versions <> '[]'", table.name());
        self.rows(&sql, rusqlite::params_from_iter(cells), |cells| {
            let id: Id<R> = cells.take()?;
            into.insert(Key { table, id: id.uuid() }, cells.take()?);
            Ok(())
        })?;
        Ok(())
    }

    /// What is known of rows that were taken away.
    fn removed_where(
        &self,
        condition: &str,
        cells: &[rusqlite::types::Value],
    ) -> Result<BTreeMap<Key, Versions>, StoreError> {
        let sql = format!("SELECT record, id, versions FROM removed WHERE {condition}");
        let rows = self.rows(&sql, rusqlite::params_from_iter(cells), |cells| {
            let name: String = cells.take()?;
            let id: Id<Uuid> = cells.take()?;
            Ok((Table::from_name(&name).map(|table| Key { table, id: id.uuid() }), cells.take()?))
        })?;
        // A kind of record that this program does not know is none that it could take away.
        Ok(rows.into_iter().filter_map(|(key, versions)| Some((key?, versions))).collect())
    }

    /// Takes in meetings from elsewhere: of each all or nothing, and all of them with one sync of the disk. What became of
    /// each, in their order.
    ///
    /// # Errors
    /// Where the whole of it could not be written: then nothing was changed.
    pub fn merge_all(
        &mut self,
        meetings: &[Stamped],
        at: Moment,
        mint: &mut IdSource,
    ) -> Result<Vec<Result<Taken, StoreError>>, StoreError> {
        self.may_write()?;
        match self.merge_together(meetings, at, mint) {
            // One of the meetings cannot be merged with what is here. Taken one by one, the others can.
            Err(error) if !stops_all(&error) && meetings.len() > 1 => {
                let alone = |one| match self.merge_together(std::slice::from_ref(one), at, mint) {
                    Ok(mut taken) => taken.pop().unwrap_or_else(|| Ok(Taken::default())),
                    Err(error) => Err(error),
                };
                Ok(meetings.iter().map(alone).collect())
            }
            other => other,
        }
    }

    fn merge_together(
        &self,
        meetings: &[Stamped],
        at: Moment,
        mint: &mut IdSource,
    ) -> Result<Vec<Result<Taken, StoreError>>, StoreError> {
        let (transaction, before) = begin(&self.connection)?;
        let mut out = Vec::with_capacity(meetings.len());
        for meeting in meetings {
            self.connection.execute_batch("SAVEPOINT one")?;
            let taken = self.merge_one(meeting, at, mint);
            match &taken {
                Err(error) if stops_all(error) => return Err(error.clone()),
                Err(_) => self.connection.execute_batch("ROLLBACK TO one; RELEASE one")?,
                Ok(_) => self.connection.execute_batch("RELEASE one")?,
            }
            out.push(taken);
        }
        end(&self.connection, transaction, before)?;
        Ok(out)
    }

    fn merge_one(&self, theirs: &Stamped, at: Moment, mint: &mut IdSource) -> Result<Taken, StoreError> {
        let id = theirs.dossier.meeting.id;
        let stands = self.stamped(id)?;
        let mut here = stands.as_ref().map(side).unwrap_or_default();
        if stands.is_none() {
            self.look_up_gone(id, &mut here)?;
        }
        let new_case = self.look_up_case(theirs, &mut here)?;
        self.look_up_moved(&theirs.dossier, &mut here)?;
        let names = Names::of(stands.iter().map(|s| &s.dossier).chain([&theirs.dossier]));
        let mut merged = merge(&here, &side(theirs), &names, *at.offset());
        merged.gather_steps(&here);
        self.drop_what_stood(id, &mut merged)?;
        let label = format!("取り込み：{}", theirs.dossier.meeting.title);
        let (mut taken, changes) = self.write_merged(&merged, &here, Some(id), label, (at, mint))?;
        taken.new = stands.is_none();
        taken.new_case = new_case.then(|| theirs.dossier.case.as_ref().map(|c| c.code.clone())).flatten();
        taken.back = merged.back.iter().map(|record| title(record, &names)).collect();
        taken.title.clone_from(&theirs.dossier.meeting.title);
        if let Some(stands) = &stands {
            let mut after = stands.dossier.clone();
            let before = shared_numbers(&after);
            // What does not fit was refused when it was written.
            let _ = after.apply_all(&changes);
            taken.shared = shared_numbers(&after);
            taken.shared.retain(|name| !before.contains(name));
            taken.title = after.meeting.title;
        }
        Ok(taken)
    }

    /// Writes down what came of a merge, in a meeting or in the years: the rows, one line of the journal, and what does not go
    /// together. What became of it so far, and the changes.
    fn write_merged(
        &self,
        merged: &Merged,
        here: &Side,
        meeting: Option<Id<Meeting>>,
        label: String,
        (at, mint): (Moment, &mut IdSource),
    ) -> Result<(Taken, Vec<Change>), StoreError> {
        for joined in &merged.joined {
            self.write_joined(joined, here.get(&joined.key), meeting)?;
        }
        let changes: Vec<Change> = merged.changes().cloned().collect();
        let removed = changes.iter().filter(|change| change.after().is_none()).count();
        let mut taken = Taken { changed: changes.len(), removed, ..Taken::default() };
        if !changes.is_empty() {
            let edit = Edit { id: mint.id(), at, label, changes: changes.clone() };
            write_line(&self.connection, &JournalEntry { edit, meeting, act: Act::Quiet })?;
        }
        for conflict in &merged.conflicts {
            if write_conflict(&self.connection, conflict, meeting, at)? {
                taken.conflicts.push(conflict.words.clone());
            }
        }
        Ok((taken, changes))
    }

    /// A case may stand here from another meeting. True where it does not.
    fn look_up_case(&self, theirs: &Stamped, here: &mut Side) -> Result<bool, StoreError> {
        let Some(case) = &theirs.dossier.case else { return Ok(false) };
        let key = Key { table: Table::Case, id: case.id.uuid() };
        if here.contains_key(&key) {
            return Ok(false);
        }
        let known = self.look_up::<Case>(key.id)?;
        let new = known.as_ref().is_none_or(|known| known.record.is_none());
        here.extend(known.map(|known| (key, known)));
        Ok(new)
    }

    /// What was taken away in a meeting before the whole of it went stays away when it comes back with a file.
    fn look_up_gone(&self, id: Id<Meeting>, here: &mut Side) -> Result<(), StoreError> {
        let journal = self.journal(id)?;
        let Some(whole) = journal.iter().rev().find(|line| removed(&line.edit).is_some()) else {
            return Ok(());
        };
        let with_it: BTreeSet<Key> = whole.edit.changes.iter().map(Change::key).collect();
        let gone = self.removed_where("meeting = ?1", &[id.to_cell()])?;
        let gone = gone.into_iter().filter(|(key, _)| may_go(key.table) && !with_it.contains(key));
        here.extend(gone.map(|(key, versions)| (key, Known { record: None, versions })));
        Ok(())
    }

    /// A regional issue may be another meeting's by now, with all of its steps: its own went, and the other supports it.
    fn look_up_moved(&self, theirs: &Dossier, here: &mut Side) -> Result<(), StoreError> {
        let issues = theirs.regional.keys().map(|id| id.key());
        for key in issues.chain(theirs.escalations.keys().map(|id| id.key())) {
            if here.contains_key(&key) {
                continue;
            }
            let known = match key.table {
                Table::RegionalIssue => self.look_up::<RegionalIssue>(key.id)?,
                _ => self.look_up::<Escalation>(key.id)?,
            };
            here.extend(known.filter(|known| known.record.is_some()).map(|known| (key, known)));
        }
        for issue in theirs.regional.keys() {
            let way = Escalation::select("WHERE issue = ?1");
            for step in self.rows(&way, [issue.to_string()], Escalation::read_whole)? {
                let key = step.id.key();
                if !here.contains_key(&key) {
                    here.extend(self.look_up::<Escalation>(key.id)?.map(|known| (key, known)));
                }
            }
        }
        Ok(())
    }

    /// What is known of one row, whether it stands or was taken away.
    fn look_up<R: Row + Into<Record>>(&self, id: Uuid) -> Result<Option<Known>, StoreError> {
        let (key, table) = (R::KEY, R::TABLE.name());
        let sql = format!("SELECT {}, versions FROM {table} WHERE {key} = ?1", R::columns(""));
        let standing = self.rows(&sql, [id.to_string()], |cells| {
            Ok(Known { record: Some(R::read(cells)?.into()), versions: cells.take()? })
        })?;
        if let Some(known) = standing.into_iter().next() {
            return Ok(Some(known));
        }
        let sql = "SELECT versions FROM removed WHERE id = ?1 AND record = ?2";
        let gone = self.rows(sql, [id.to_string().as_str(), table], |cells| {
            Ok(Known { record: None, versions: cells.take()? })
        })?;
        Ok(gone.into_iter().next())
    }

    /// Of a file that does not say when it was written, what once stood here is no news.
    fn drop_what_stood(&self, meeting: Id<Meeting>, merged: &mut Merged) -> Result<(), StoreError> {
        if merged.conflicts.iter().all(|conflict| !conflict.undated) {
            return Ok(());
        }
        let journal = self.journal(meeting)?;
        let stood = |record: &Option<Record>| {
            let changes = journal.iter().flat_map(|line| &line.edit.changes);
            changes.flat_map(|change| [change.before(), change.after()]).any(|side| side == record.as_ref())
        };
        merged.conflicts.retain(|conflict| !conflict.undated || !stood(&conflict.other));
        Ok(())
    }

    fn write_joined(
        &self,
        joined: &Joined,
        here: Option<&Known>,
        meeting: Option<Id<Meeting>>,
    ) -> Result<(), StoreError> {
        let (connection, key, versions) = (&self.connection, joined.key, &joined.versions);
        let touched = match &joined.change {
            Some(Change::Add(after)) => {
                // It may have gone with the whole of its meeting.
                take_removed(connection, key)?;
                insert(connection, after, versions).map_err(|error| claimed(error, after))?
            }
            Some(Change::Replace { after, .. }) => self.put(after, versions)?,
            Some(Change::Remove(before)) => {
                put_removed(connection, key, meeting, versions)?;
                delete(connection, before)?
            }
            None => match here.and_then(|known| known.record.as_ref()) {
                Some(record) => self.put(record, versions)?,
                None => {
                    put_removed(connection, key, meeting, versions)?;
                    1
                }
            },
        };
        if touched == 1 {
            Ok(())
        } else {
            Err(StoreError::Mismatch(format!("表 {} の {}", key.table.name(), key.id)))
        }
    }

    /// Writes a row that stands. The clocks of a meeting that has never gone on stand without one.
    fn put(&self, record: &Record, versions: &Versions) -> Result<usize, StoreError> {
        match update(&self.connection, record, versions)? {
            0 if record.key().table == Table::Progress => insert(&self.connection, record, versions),
            touched => Ok(touched),
        }
    }

    /// What did not go together, the newest first.
    pub fn conflicts(&self) -> Result<Vec<Found>, StoreError> {
        let sql = "SELECT f.found_at, f.meeting, ifnull(m.title, ''), f.words
            FROM conflicts f LEFT JOIN meetings m ON m.id = f.meeting ORDER BY f.seq DESC";
        self.rows(sql, [], |cells: &mut Cells<'_>| {
            Ok(Found {
                at: cells.take()?,
                meeting: cells.take()?,
                title: cells.take()?,
                words: cells.take()?,
            })
        })
    }

    /// How many pieces of evidence show a regional issue of a meeting that has not come yet.
    pub fn evidence_that_waits(&self) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM evidence e
            WHERE NOT EXISTS (SELECT 1 FROM regional_issues r WHERE r.id = e.issue)
            AND NOT EXISTS (SELECT 1 FROM removed g WHERE g.id = e.issue AND g.record = 'regional_issues')";
        Ok(self.rows(sql, [], |cells| cells.take::<usize>())?.into_iter().sum())
    }

    /// How many slots of the years were held in a meeting that has not come yet.
    pub fn slots_that_wait(&self) -> Result<usize, StoreError> {
        let sql = "SELECT count(*) FROM slots s WHERE s.meeting IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM meetings m WHERE m.id = s.meeting)";
        Ok(self.rows(sql, [], |cells| cells.take::<usize>())?.into_iter().sum())
    }

    /// The codes under which more than one case is known: each with how many cases and how many towns have it.
    pub fn shared_codes(&self) -> Result<Vec<(String, usize, usize)>, StoreError> {
        let sql = "SELECT c.code, count(DISTINCT c.id), count(DISTINCT nullif(m.town, ''))
            FROM cases c LEFT JOIN meetings m ON m.case_id = c.id
            WHERE c.code <> '' GROUP BY c.code HAVING count(DISTINCT c.id) > 1 ORDER BY c.code";
        self.rows(sql, [], |cells| Ok((cells.take()?, cells.take()?, cells.take()?)))
    }
}

/// Whether it stands in the way of every meeting, and not of this one alone.
fn stops_all(error: &StoreError) -> bool {
    error.may_pass() && !matches!(error, StoreError::Unreadable { .. })
}

/// A row that cannot be added stands already, and belongs to something else.
fn claimed(error: StoreError, record: &Record) -> StoreError {
    match error {
        StoreError::Mismatch(_) => StoreError::Mismatch(format!(
            "{} が、別の会議の記録としてもうあります。id は {}",
            title(record, &Names::default()),
            record.key().id
        )),
        other => other,
    }
}

/// Keeps a conflict; false where it was kept before.
fn write_conflict(
    connection: &Connection,
    conflict: &Conflict,
    meeting: Option<Id<Meeting>>,
    at: Moment,
) -> Result<bool, StoreError> {
    let json = |record: &Option<Record>| {
        // Records always have a JSON.
        record.as_ref().map(|record| serde_json::to_string(record).unwrap_or_default())
    };
    let written = connection.prepare_cached(&sums::insert("conflicts", "OR IGNORE"))?.execute(params![
        conflict.key.table.name(),
        conflict.key.id.to_string(),
        meeting.to_cell(),
        at.to_cell(),
        conflict.words,
        json(&conflict.kept),
        json(&conflict.other)
    ])?;
    Ok(written == 1)
}
