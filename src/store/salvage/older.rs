//! The rows of a file from before each had its sum: what fits the shape of a table, and can be read, counts as whole.

use std::path::Path;

use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};

use super::pages::Found;
use super::{Column, Failed, UNNUMBERED, columns, emptied, put_in};
use crate::domain::{self, Change, Id, Meeting, Versions, records};
use crate::store::migrate::{MIGRATIONS, take_steps};
use crate::store::read::{journal, line};
use crate::store::rows::{Field, Row};
use crate::store::{Store, StoreError, sums};

/// The shapes whose rows fit the last of them, first and last: the third step wrote each row anew, the others have only added columns at
/// the end, which a row from before does not have.
const ALIKE: [(usize, usize); 2] = [(3, 6), (1, 2)];

/// A table whose rows are told by their shape.
struct Fit {
    table: &'static str,
    columns: Vec<Column>,
    /// How many cells a row has at least.
    least: usize,
}

impl Fit {
    fn holds(&self, found: &Found) -> bool {
        (self.least..=self.columns.len()).contains(&found.cells.len())
            && found.number.is_some() == (self.table != UNNUMBERED)
            && self.columns.iter().zip(&found.cells).all(|(column, cell)| column.may_hold(cell))
    }
}

impl Column {
    fn may_hold(&self, cell: &Value) -> bool {
        let cell = ValueRef::from(cell);
        match cell {
            ValueRef::Null => self.number || !self.required,
            ValueRef::Integer(_) => self.integer && !self.number,
            ValueRef::Text(text) if !self.integer => match self.name.as_str() {
                // What is the same number to us, SQLite would find nowhere if it were written in another way.
                "id" | "meeting" | "edit" | "case_id" | "issue" | "from_node" | "to_node" => {
                    Id::<Meeting>::from_cell(cell).is_some_and(|id| id.to_string().as_bytes() == text)
                }
                "versions" => Versions::from_cell(cell).is_some(),
                "changes" => Vec::<Change>::from_cell(cell).is_some(),
                _ => true,
            },
            _ => false,
        }
    }
}

fn fits(connection: &Connection, first: &Connection) -> rusqlite::Result<Vec<Fit>> {
    let mut fits = Vec::new();
    for (table, ..) in sums::tables() {
        let (columns, least) = (columns(connection, table)?, columns(first, table)?.len());
        if !columns.is_empty() {
            fits.push(Fit { table, columns, least });
        }
    }
    Ok(fits)
}

/// All rows of a file of any of the older shapes, brought up to date; none where there are none.
pub(super) fn gather(file: &Path) -> Result<Option<Store>, Failed> {
    let mut best: Option<(usize, usize, Store)> = None;
    for (first, last) in ALIKE {
        let store = emptied(&MIGRATIONS[..last], file)?;
        let first = emptied(&MIGRATIONS[..first], file)?;
        let fits = fits(&store.connection, &first.connection).map_err(StoreError::from)?;
        let rows = store.take_in(file, |connection, mut found| {
            let Some(fit) = fits.iter().find(|fit| fit.holds(&found)) else { return Ok(0) };
            if let Some(at) = fit.columns.iter().position(|column| column.number) {
                found.cells[at] = found.number.map_or(Value::Null, Value::Integer);
            }
            put_in(connection, fit.table, &fit.columns, &found.cells)
        })?;
        if rows > best.as_ref().map_or(0, |(most, ..)| *most) {
            best = Some((rows, last, store));
        }
    }
    let Some((_, last, mut store)) = best else { return Ok(None) };
    take_steps(&mut store.connection, file, last as u32, MIGRATIONS)?;
    store.drop_unreadable()?;
    Ok(Some(store))
}

impl AsRef<str> for Column {
    fn as_ref(&self) -> &str {
        &self.name
    }
}

impl Store {
    /// Takes away what nobody can read: it looked like a row only.
    fn drop_unreadable(&self) -> Result<(), StoreError> {
        macro_rules! each {
            ([] $($record:ident $described:ident $table:literal,)+) => {
                $(self.drop_rows::<domain::$record>()?;)+
            };
        }
        records! { each }
        for number in self.rows("SELECT seq FROM journal", [], |cells| cells.take::<i64>())? {
            if self.rows(&journal("WHERE seq = ?1"), [number], line).is_err() {
                self.connection.execute("DELETE FROM journal WHERE seq = ?1", [number])?;
            }
        }
        Ok(())
    }

    fn drop_rows<R: Row>(&self) -> Result<(), StoreError> {
        let (table, key) = (R::TABLE.name(), R::KEY);
        let keys = self.rows(&format!("SELECT {key} FROM {table}"), [], |cells| cells.take::<String>())?;
        for id in keys {
            if self.rows(&R::select(&format!("WHERE {key} = ?1")), [&id], R::read_whole).is_err() {
                self.connection.execute(&R::delete(), [&id])?;
            }
        }
        Ok(())
    }
}
