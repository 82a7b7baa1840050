//! Writing: one edit, one transaction, its rows and its line of the journal together.

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params, params_from_iter};

use super::rows::{Field, Row, with_row};
use super::{Access, Store, StoreError};
use crate::domain::{Act, Change, Edit, Id, Line, Record, Table};

impl Store {
    /// Saves an edit: all its changes and its line in the journal, or nothing. Saving the same edit again changes nothing
    /// and succeeds, for after an interrupted save nobody knows whether it stands.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`] where a changed or removed row does not stand or an added one does; then, as with every
    /// error, nothing was changed.
    pub fn commit(&mut self, line: &Line) -> Result<(), StoreError> {
        if self.access == Access::Look {
            return Err(StoreError::Look);
        }
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if stands(&transaction, line.edit.id)? {
            return Ok(());
        }
        for change in &line.edit.changes {
            apply(&transaction, change)?;
        }
        write_line(&transaction, line)?;
        Ok(transaction.commit()?)
    }

    /// Keeps where the user was and what is half-typed, in the words of the screen; the one before is gone.
    pub fn set_bookmark(&mut self, text: &str) -> Result<(), StoreError> {
        if self.access == Access::Look {
            return Err(StoreError::Look);
        }
        // A sync of the disk for what stands there already would only wear it.
        if self.bookmark()?.as_deref() == Some(text) {
            return Ok(());
        }
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO bookmark (id, text) VALUES (1, ?1)")?
            .execute([text])?;
        Ok(())
    }
}

fn stands(connection: &Connection, edit: Id<Edit>) -> Result<bool, StoreError> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM journal WHERE edit = ?1")?;
    Ok(statement.query_row([edit.to_cell()], |_| Ok(())).optional()?.is_some())
}

fn apply(connection: &Connection, change: &Change) -> Result<(), StoreError> {
    let key = change.key().ok_or_else(|| StoreError::Mismatch("前後が同じ記録ではありません".to_owned()))?;
    let touched = match (&change.before, &change.after) {
        (None, Some(after)) => insert(connection, after)?,
        (Some(_), Some(after)) => match update(connection, after)? {
            // A meeting that has never gone on has the progress of a new one, written down or not.
            0 if key.table == Table::Progress => insert(connection, after)?,
            touched => touched,
        },
        (Some(before), None) => match delete(connection, before)? {
            0 if key.table == Table::Progress => 1,
            touched => touched,
        },
        (None, None) => 0,
    };
    if touched == 1 {
        return Ok(());
    }
    Err(StoreError::Mismatch(format!("表 {} に {} がありません", key.table.name(), key.id)))
}

fn insert(connection: &Connection, record: &Record) -> Result<usize, StoreError> {
    fn one<R: Row>(connection: &Connection, row: &R) -> Result<usize, StoreError> {
        Ok(connection.prepare_cached(&R::insert())?.execute(params_from_iter(row.cells()))?)
    }
    with_row!(record, row => one(connection, row))
}

fn update(connection: &Connection, record: &Record) -> Result<usize, StoreError> {
    fn one<R: Row>(connection: &Connection, row: &R) -> Result<usize, StoreError> {
        Ok(connection.prepare_cached(&R::update())?.execute(params_from_iter(row.cells()))?)
    }
    with_row!(record, row => one(connection, row))
}

fn delete(connection: &Connection, record: &Record) -> Result<usize, StoreError> {
    fn one<R: Row>(connection: &Connection, row: &R) -> Result<usize, StoreError> {
        Ok(connection.prepare_cached(&R::delete())?.execute(params_from_iter(row.cells().first()))?)
    }
    with_row!(record, row => one(connection, row))
}

fn write_line(connection: &Connection, line: &Line) -> Result<(), StoreError> {
    let (act, of) = match line.act {
        Act::Do => ("do", None),
        Act::Quiet => ("quiet", None),
        Act::Undo(of) => ("undo", Some(of)),
        Act::Redo(of) => ("redo", Some(of)),
    };
    let edit = &line.edit;
    connection
        .prepare_cached(
            "INSERT INTO journal (edit, meeting, at, act, of, label, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
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
