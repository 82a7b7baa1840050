//! Writing: one edit, one transaction, its rows and its line of the journal together.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params, params_from_iter};

use super::rows::{Cells, Field, Row, with_row};
use super::{Store, StoreError, sums};
use crate::domain::{Act, Change, Edit, Id, JournalEntry, Key, Meeting, Record, Versions};

impl Store {
    /// Saves an edit: all its changes and its line in the journal, or nothing. Saving the same edit again changes nothing
    /// and succeeds, for after an interrupted save nobody knows whether it stands.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`] where a changed or removed row does not stand as the change says it was, or an added one
    /// stands; then, as with every error, nothing was changed.
    pub fn commit(&mut self, line: &JournalEntry) -> Result<(), StoreError> {
        self.commit_at(line, None)
    }

    /// Saves several edits: all of them, or nothing.
    pub fn commit_all(&mut self, lines: &[JournalEntry]) -> Result<(), StoreError> {
        self.write(lines, None)
    }

    /// The same, and with it where the user was: one transaction, and for the disk the work of one.
    pub fn commit_at(&mut self, line: &JournalEntry, bookmark: Option<&str>) -> Result<(), StoreError> {
        self.write(std::slice::from_ref(line), bookmark)
    }

    fn write(&mut self, lines: &[JournalEntry], bookmark: Option<&str>) -> Result<(), StoreError> {
        self.may_write()?;
        let (transaction, before) = begin(&self.connection)?;
        for line in lines {
            if !stands(&transaction, line.edit.id)? {
                for change in &line.edit.changes {
                    apply(&transaction, change, line)?;
                }
                write_line(&transaction, line)?;
            }
        }
        if let Some(text) = bookmark {
            write_bookmark(&transaction, text)?;
        }
        end(&self.connection, transaction, before)?;
        lines.last().into_iter().for_each(|line| self.note_line(line.edit.id));
        Ok(())
    }

    /// Keeps where the user was and what is half-typed, in the words of the screen; the one before is gone.
    pub fn set_bookmark(&mut self, text: &str) -> Result<(), StoreError> {
        self.may_write()?;
        // A sync of the disk for what stands there already would only wear it.
        if self.bookmark()?.as_deref() == Some(text) {
            return Ok(());
        }
        write_bookmark(&self.connection, text)
    }
}

/// Begins to write; with it comes the number of the last line of the journal.
pub(super) fn begin(connection: &Connection) -> Result<(Transaction<'_>, Option<i64>), StoreError> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    let before = last_line(&transaction)?;
    Ok((transaction, before))
}

/// Ends what was begun: all of it stands, or nothing. The system may refuse at the very end what stands already: that is
/// [`StoreError::Unsure`].
pub(super) fn end(
    connection: &Connection,
    transaction: Transaction<'_>,
    before: Option<i64>,
) -> Result<(), StoreError> {
    let written = last_line(&transaction)?;
    let Err(error) = transaction.commit() else { return Ok(()) };
    let stands = written != before && last_line(connection).is_ok_and(|last| last == written);
    Err(if stands { StoreError::Unsure } else { error.into() })
}

fn last_line(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection.prepare_cached("SELECT max(rowid) FROM journal")?.query_row([], |row| row.get(0))
}

fn write_bookmark(connection: &Connection, text: &str) -> Result<(), StoreError> {
    connection.prepare_cached(&sums::insert("bookmark", "OR REPLACE"))?.execute(params![1, text])?;
    Ok(())
}

fn stands(connection: &Connection, edit: Id<Edit>) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM journal WHERE edit = ?1")?;
    Ok(statement.query_row([edit.to_cell()], |_| Ok(())).optional()?.is_some())
}

/// Does one change where the row is exactly what the change found, as [`Dossier::apply`](crate::domain::Dossier::apply)
/// does: else the words of another hand would be written over without a word.
fn apply(connection: &Connection, change: &Change, line: &JournalEntry) -> Result<(), StoreError> {
    let key = change.key();
    let refuse = |why: &str| StoreError::Mismatch(format!("表 {} の {} は{why}", key.table.name(), key.id));
    let written = match change.before() {
        // Only what was read is known to be one record; what stands under another id must not be written over.
        Some(before) if before.key() != key => return Err(refuse("前と後が、同じ記録ではありません")),
        Some(before) => match as_it_stands(connection, before)? {
            Stands::Same(versions) => Some(versions),
            // A meeting that has never gone on has the progress of a new one, written down or not.
            Stands::Nowhere if before.is_new_progress() => None,
            Stands::Nowhere => return Err(refuse("もうありません")),
            Stands::Other => return Err(refuse("その後に変わっています")),
        },
        None => None,
    };
    let stands = written.is_some();
    let known = match written {
        None if change.after().is_some() => take_removed(connection, key)?,
        written => written,
    };
    let versions = Versions::changed(known, change, line.edit.at, line.act);
    let touched = match (change, versions) {
        (Change::Add(after), Some(versions)) => insert(connection, after, &versions)?,
        (Change::Replace { after, .. }, Some(versions)) if stands => update(connection, after, &versions)?,
        (Change::Replace { after, .. }, Some(versions)) => insert(connection, after, &versions)?,
        (Change::Remove(before), versions) if stands => {
            if let Some(versions) = versions {
                put_removed(connection, key, before.meeting(), &versions)?;
            }
            delete(connection, before)?
        }
        _ => 1,
    };
    if touched == 1 { Ok(()) } else { Err(refuse("書けませんでした")) }
}

/// How the row of a record stands beside it.
enum Stands {
    Same(Versions),
    Other,
    Nowhere,
}

fn as_it_stands(connection: &Connection, record: &Record) -> Result<Stands, StoreError> {
    fn one<R: Row + PartialEq>(connection: &Connection, row: &R) -> Result<Stands, StoreError> {
        let sql =
            format!("SELECT {}, versions FROM {} WHERE {} = ?1", R::columns(""), R::TABLE.name(), R::KEY);
        let mut statement = connection.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(row.cells().first()))?;
        let Some(found) = rows.next()? else { return Ok(Stands::Nowhere) };
        let mut cells = Cells::new(found);
        // A row that cannot be read counts as changed. As an error it would be tried again, with all later lines waiting.
        match R::read(&mut cells) {
            Ok(found) if found == *row => Ok(Stands::Same(cells.take()?)),
            _ => Ok(Stands::Other),
        }
    }
    with_row!(record, row => one(connection, row))
}

fn cells(row: &impl Row, versions: &Versions) -> impl Iterator<Item = Value> {
    row.cells().into_iter().chain([versions.to_cell()])
}

pub(super) fn insert(
    connection: &Connection,
    record: &Record,
    versions: &Versions,
) -> Result<usize, StoreError> {
    fn one<R: Row>(connection: &Connection, row: &R, versions: &Versions) -> Result<usize, StoreError> {
        Ok(connection.prepare_cached(&R::insert())?.execute(params_from_iter(cells(row, versions)))?)
    }
    with_row!(record, row => one(connection, row, versions))
}

pub(super) fn update(
    connection: &Connection,
    record: &Record,
    versions: &Versions,
) -> Result<usize, StoreError> {
    fn one<R: Row>(connection: &Connection, row: &R, versions: &Versions) -> Result<usize, StoreError> {
        Ok(connection.prepare_cached(&R::update())?.execute(params_from_iter(cells(row, versions)))?)
    }
    with_row!(record, row => one(connection, row, versions))
}

pub(super) fn delete(connection: &Connection, record: &Record) -> Result<usize, StoreError> {
    fn one<R: Row>(connection: &Connection, row: &R) -> Result<usize, StoreError> {
        Ok(connection.prepare_cached(&R::delete())?.execute(params_from_iter(row.cells().first()))?)
    }
    with_row!(record, row => one(connection, row))
}

/// Takes note of a record that goes; nothing of what stood in it.
pub(super) fn put_removed(
    connection: &Connection,
    key: Key,
    meeting: Option<Id<Meeting>>,
    versions: &Versions,
) -> Result<(), StoreError> {
    connection.prepare_cached(&sums::insert("removed", "OR REPLACE"))?.execute(params![
        key.table.name(),
        key.id.to_string(),
        meeting.to_cell(),
        versions.to_cell()
    ])?;
    Ok(())
}

/// What is known of a record that was taken away, which is coming back.
pub(super) fn take_removed(connection: &Connection, key: Key) -> Result<Option<Versions>, StoreError> {
    let sql = "DELETE FROM removed WHERE id = ?1 AND record = ?2 RETURNING versions";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query([key.id.to_string().as_str(), key.table.name()])?;
    let found = match rows.next()? {
        Some(row) => Some(Cells::new(row).take()?),
        None => None,
    };
    // The statement has done its work only when it has come to its end.
    while rows.next()?.is_some() {}
    Ok(found)
}

pub(super) fn write_line(connection: &Connection, line: &JournalEntry) -> Result<(), StoreError> {
    let (act, of) = match line.act {
        Act::Do => ("do", None),
        Act::Quiet => ("quiet", None),
        Act::Undo(of) => ("undo", Some(of)),
        Act::Redo(of) => ("redo", Some(of)),
    };
    let edit = &line.edit;
    connection.prepare_cached(&sums::insert("journal", ""))?.execute(params![
        edit.id.to_cell(),
        line.meeting.to_cell(),
        edit.at.to_cell(),
        act,
        of.to_cell(),
        edit.label,
        edit.changes.to_cell()
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Access, samples};
    use super::*;
    use crate::domain::{Kind, Node, Participant, Progress, Reflection};

    /// A store with one full meeting, the meeting, and a mint for what comes after.
    fn full() -> (tempfile::TempDir, Store, crate::domain::Dossier) {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (dossier, lines) = samples::full_meeting(1);
        for line in &lines {
            store.commit(line).unwrap();
        }
        (dir, store, dossier)
    }

    #[test]
    fn 同じ変更を二度保存しても一度と同じ() {
        let (_dir, mut store, dossier) = full();
        let id = dossier.meeting.id;
        let node = samples::node(samples::mint(2).id(), id, Kind::Fact, "二度");
        let line = samples::line(&mut samples::mint(3), Some(id), vec![Change::add(node)]);
        store.commit(&line).unwrap();
        let (once, journal) = (store.dossier(id), store.journal(id));
        store.commit_at(&line, Some("ここ")).unwrap();
        assert_eq!((store.dossier(id), store.journal(id)), (once, journal));
        assert_eq!(store.bookmark().unwrap().as_deref(), Some("ここ"));
    }

    #[test]
    fn 書くたびに版が増え消しても覚えている() {
        let (_dir, mut store, dossier) = full();
        let id = dossier.meeting.id;
        let node = samples::node(samples::mint(2).id(), id, Kind::Fact, "版");
        store
            .commit(&samples::line(&mut samples::mint(3), Some(id), vec![Change::add(node.clone())]))
            .unwrap();
        let versions = |store: &Store| -> Vec<Versions> {
            let sql = "SELECT versions FROM nodes WHERE id = ?1 UNION ALL SELECT versions FROM removed WHERE id = ?1";
            store.rows(sql, [node.id.to_string()], |cells| cells.take()).unwrap()
        };
        let first = versions(&store);
        assert_eq!(first, [Versions::of(samples::moment())]);
        let after = Node { text: "ほか".into(), ..node.clone() };
        let change = Change::replace(node.clone(), after.clone());
        store.commit(&samples::line(&mut samples::mint(4), Some(id), vec![change])).unwrap();
        let second = versions(&store);
        assert!(second[0].knows(&first[0]) && !first[0].knows(&second[0]));
        store
            .commit(&samples::line(&mut samples::mint(5), Some(id), vec![Change::remove(after.clone())]))
            .unwrap();
        let third = versions(&store);
        assert!(third.len() == 1 && third[0].knows(&second[0]) && third[0] != second[0]);
        store.commit(&samples::line(&mut samples::mint(6), Some(id), vec![Change::add(after)])).unwrap();
        let fourth = versions(&store);
        assert!(fourth.len() == 1 && fourth[0].knows(&third[0]) && fourth[0] != third[0]);
    }

    #[test]
    fn 合わない変更は一つも残らない() {
        let (_dir, mut store, dossier) = full();
        let id = dossier.meeting.id;
        let journal = store.journal(id);
        let node = dossier.nodes.values().next().unwrap().clone();
        let loose = dossier.reflections.values().next().unwrap().clone();
        let unknown = samples::node(samples::mint(5).id(), id, Kind::Fact, "どこにもない");
        let stranger = samples::node(samples::mint(6).id(), samples::mint(7).id(), Kind::Fact, "会議がない");
        let bad = [
            Change::add(node.clone()),
            Change::replace(unknown.clone(), unknown.clone()),
            Change::remove(unknown.clone()),
            Change::add(stranger),
            // Links end at this one.
            Change::remove(node.clone()),
            Change::replace(node.clone(), unknown.clone()),
            Change::replace(node.clone(), dossier.nodes.values().nth(1).unwrap().clone()),
            // Somebody else has written in it since.
            Change::replace(Node { text: "前に見たことば".to_owned(), ..node.clone() }, node.clone()),
            Change::remove(Reflection { text: "前に見たことば".to_owned(), ..loose }),
            Change::replace(
                Progress { step: 3, ..dossier.progress.clone() },
                Progress { step: 4, ..dossier.progress.clone() },
            ),
        ];
        for (n, bad) in (10..).zip(bad) {
            let good = Change::add(samples::node(samples::mint(8).id(), id, Kind::Fact, "よい"));
            let line = samples::line(&mut samples::mint(n), Some(id), vec![good, bad]);
            let error = store.commit(&line).unwrap_err();
            assert!(matches!(error, StoreError::Mismatch(_)) && !error.may_pass(), "{n}: {error:?}");
            assert_eq!(store.dossier(id).unwrap().as_ref(), Some(&dossier), "{n}");
            assert_eq!(store.journal(id), journal, "{n}");
        }
    }

    #[test]
    fn まとめて保存するなら全部か何もしないか() {
        let (_dir, mut store, dossier) = full();
        let id = dossier.meeting.id;
        let word = |n| Change::add(samples::node(samples::mint(n).id(), id, Kind::Fact, "よい"));
        let line = |n, change| samples::line(&mut samples::mint(n), Some(id), vec![change]);
        let stranger = samples::node(samples::mint(6).id(), id, Kind::Fact, "どこにもない");
        let lines = [line(20, word(2)), line(21, Change::remove(stranger)), line(22, word(3))];
        assert!(matches!(store.commit_all(&lines), Err(StoreError::Mismatch(_))));
        assert_eq!(store.dossier(id).unwrap().as_ref(), Some(&dossier));
        store.commit_all(&[lines[0].clone(), lines[2].clone()]).unwrap();
        assert_eq!(store.dossier(id).unwrap().unwrap().nodes.len(), dossier.nodes.len() + 2);
        assert_eq!(store.journal(id).unwrap().len(), 4);
    }

    #[test]
    fn 発言者がいなくなっても言葉は保存できる() {
        let (_dir, mut store, mut dossier) = full();
        let person: Participant = dossier.participants.values().next().unwrap().clone();
        let changes = vec![Change::remove(person)];
        dossier.apply(&changes[0]).unwrap();
        store.commit(&samples::line(&mut samples::mint(2), Some(dossier.meeting.id), changes)).unwrap();
        assert_eq!(store.dossier(dossier.meeting.id).unwrap().as_ref(), Some(&dossier));
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "no damage: who it was is known no more");
        assert_eq!(store.previous_actions(&dossier.meeting).unwrap(), []);
        assert!(store.open_actions(9).unwrap()[0].who.is_empty());
    }

    #[test]
    fn 進み具合は書かれていなくても新しい会議のもの() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let mut mint = samples::mint(1);
        let meeting = samples::meeting(mint.id());
        let id = meeting.id;
        store.commit(&samples::line(&mut mint, Some(id), vec![Change::add(meeting)])).unwrap();
        let before = store.dossier(id).unwrap().unwrap().progress;
        assert_eq!(before, Progress::new(id));
        let after = Progress { step: 2, spent: vec![60, 61], ..before.clone() };
        store
            .commit(&samples::line(&mut mint, Some(id), vec![Change::replace(before, after.clone())]))
            .unwrap();
        assert_eq!(store.dossier(id).unwrap().unwrap().progress, after);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn 空きがなければ何も変わらず空けば保存できる() {
        let (_dir, mut store, dossier) = full();
        let id = dossier.meeting.id;
        store.limit_pages(1).unwrap();
        let node = samples::node(samples::mint(2).id(), id, Kind::Fact, &"長い".repeat(40_000));
        let line = samples::line(&mut samples::mint(3), Some(id), vec![Change::add(node)]);
        assert_eq!(store.commit(&line), Err(StoreError::Full));
        assert_eq!(store.dossier(id).unwrap().as_ref(), Some(&dossier));
        store.limit_pages(100_000).unwrap();
        store.commit(&line).unwrap();
        assert_eq!(store.dossier(id).unwrap().unwrap().nodes.len(), dossier.nodes.len() + 1);
    }

    #[test]
    fn ほかのプログラムが書いている間は待つように言う() {
        let (dir, mut store, dossier) = full();
        let other = Connection::open(dir.path().join(super::super::DATABASE)).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let line = samples::new_meeting(5);
        let error = store.commit(&line).unwrap_err();
        assert_eq!(error, StoreError::Busy);
        assert!(error.may_pass());
        assert!(store.dossier(dossier.meeting.id).is_ok(), "reading goes on");
        other.execute_batch("ROLLBACK").unwrap();
        store.commit(&line).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn 消されたファイルに書いたふりをしない() {
        let (dir, mut store, _) = full();
        std::fs::remove_file(dir.path().join(super::super::DATABASE)).unwrap();
        assert_eq!(store.commit(&samples::new_meeting(5)), Err(StoreError::Moved));
    }

    #[test]
    fn しおりは最後の一つ() {
        let (_dir, mut store, _) = full();
        assert_eq!(store.bookmark(), Ok(None));
        for text in ["一", "二👨‍👩‍👧", "二👨‍👩‍👧"] {
            store.set_bookmark(text).unwrap();
            assert_eq!(store.bookmark().unwrap().as_deref(), Some(text));
        }
    }
}
