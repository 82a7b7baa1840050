//! A sum beside each row of what stands in it, so that a flipped bit is found. No row's sum hangs on another's: one can be taken
//! away, or written over, by itself.

use std::hash::Hasher;

use rusqlite::functions::FunctionFlags;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Transaction};
use siphasher::sip::SipHasher24;

use super::rows::Row;
use super::{Store, StoreError};
use crate::domain::{self, records};

/// The name of the function that SQL calls: of a table's name and the cells of a row.
const SUM: &str = "jirei_sum";

/// Makes the function known to a connection.
pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function(SUM, -1, flags, |arguments| {
        Ok(sum_of((0..arguments.len()).map(|i| arguments.get_raw(i))))
    })
}

fn sum_of<'a>(cells: impl Iterator<Item = ValueRef<'a>>) -> i64 {
    let mut hasher = SipHasher24::new();
    cells.for_each(|cell| add(&mut hasher, cell));
    hasher.finish().cast_signed()
}

/// The sum of a row of a table.
pub(super) fn sum<'a>(table: &'a str, cells: impl Iterator<Item = &'a Value>) -> i64 {
    sum_of(std::iter::once(ValueRef::Text(table.as_bytes())).chain(cells.map(ValueRef::from)))
}

/// What kind of value it is and how long counts, too: no two rows look the same laid end to end.
fn add(hasher: &mut SipHasher24, cell: ValueRef<'_>) {
    let mut put = |kind: u8, bytes: &[u8]| {
        hasher.write_u8(kind);
        hasher.write(&(bytes.len() as u64).to_le_bytes());
        hasher.write(bytes);
    };
    match cell {
        ValueRef::Null => put(0, &[]),
        ValueRef::Integer(number) => put(1, &number.to_le_bytes()),
        ValueRef::Real(number) => put(2, &number.to_le_bytes()),
        ValueRef::Text(text) => put(3, text),
        ValueRef::Blob(bytes) => put(4, bytes),
    }
}

/// The sum of a row as SQL: of a table, with what holds the cells.
pub(super) fn of(table: &str, cells: &str) -> String {
    format!("{SUM}('{table}', {cells})")
}

/// The tables that hold no records, each with what tells its rows apart, and its columns.
const OTHERS: [(&str, &str, &str); 4] = [
    ("journal", "edit", "edit, meeting, at, act, of, label, changes"),
    ("removed", "id", "record, id, meeting, versions"),
    ("conflicts", "seq", "record, id, meeting, found_at, words, kept, other"),
    ("bookmark", "id", "id, text"),
];

/// The columns of a table that holds no records, in the order of its sum.
fn columns(table: &str) -> &'static str {
    OTHERS.iter().find(|(name, ..)| *name == table).map_or("", |(.., columns)| columns)
}

/// Whether a row of a table that holds no records is as it was written, as SQL.
pub(super) fn whole(table: &str) -> String {
    format!("sum IS {}", of(table, columns(table)))
}

/// Puts a row with its sum into a table that holds no records: the cells in the order of its columns. `or` says what becomes of one
/// that is there.
pub(super) fn insert(table: &str, or: &str) -> String {
    let columns = columns(table);
    let marks: Vec<String> = (1..=columns.split(", ").count()).map(|i| format!("?{i}")).collect();
    let marks = marks.join(", ");
    format!("INSERT {or} INTO {table} ({columns}, sum) VALUES ({marks}, {})", of(table, &marks))
}

/// Every table with what tells its rows apart, and what its sum is of.
pub(super) fn tables() -> Vec<(&'static str, &'static str, String)> {
    let mut tables: Vec<_> =
        OTHERS.iter().map(|(table, key, columns)| (*table, *key, (*columns).to_owned())).collect();
    macro_rules! add {
        ([] $($record:ident $described:ident $table:literal,)+) => {
            $(tables.push((
                <domain::$record as domain::Recorded>::TABLE.name(),
                <domain::$record as Row>::KEY,
                <domain::$record as Row>::summed(),
            ));)+
        };
    }
    records! { add }
    tables
}

/// Gives a sum to each row that has none: those of an older shape.
pub(super) fn fill(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    for (table, _, columns) in tables() {
        let sum = of(table, &columns);
        transaction.execute(&format!("UPDATE {table} SET sum = {sum} WHERE sum IS NULL"), [])?;
    }
    Ok(())
}

impl Store {
    /// Gives each row its sum again, as if it had been written so. For tests that write rows by themselves.
    #[doc(hidden)]
    pub fn sum_anew(&self) -> Result<(), StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        for (table, ..) in tables() {
            transaction.execute(&format!("UPDATE {table} SET sum = NULL"), [])?;
        }
        fill(&transaction)?;
        Ok(transaction.commit()?)
    }

    /// Rows that are not as they were written, in sentences.
    pub(super) fn altered(&self) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        for (table, key, columns) in tables() {
            let sum = of(table, &columns);
            let sql = format!("SELECT {key} FROM {table} WHERE sum IS NOT {sum} ORDER BY 1");
            let mut statement = self.connection.prepare_cached(&sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let id = match row.get_ref(0)? {
                    ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                    ValueRef::Integer(number) => number.to_string(),
                    _ => String::new(),
                };
                found.push(format!("表 {table} の {id}: 書いたときと違っています"));
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::{Access, samples};
    use super::*;

    /// Each row gets its sum again, as if it had been written so.
    pub fn again(store: &Store) {
        store.sum_anew().unwrap();
    }

    /// A folder of records in which every table has rows.
    fn full() -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (_, lines) = samples::full_meeting(1);
        lines.iter().for_each(|line| store.commit(line).unwrap());
        store.set_bookmark("書きかけ").unwrap();
        dir
    }

    #[test]
    fn どの表の行にもその行だけの和がある() {
        let dir = full();
        let store = Store::open(dir.path(), Access::Write).unwrap();
        let all: Vec<String> = store
            .rows(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
                [],
                |cells| cells.take(),
            )
            .unwrap();
        for table in &all {
            assert!(tables().iter().any(|(name, ..)| name == table), "{table} has no sum");
        }
        assert_eq!(store.altered().unwrap(), Vec::<String>::new());
        for (table, _, columns) in tables() {
            for column in columns.split(", ") {
                let transaction = store.connection.unchecked_transaction().unwrap();
                let sql = format!(
                    "UPDATE {table} SET {column} = '９' WHERE rowid = (SELECT min(rowid) FROM {table})"
                );
                let sql = if table == "removed" { continue } else { sql };
                let changed = transaction.execute(&sql, []);
                if let Ok(1) = changed {
                    let found = store.altered().unwrap();
                    assert_eq!(found.len(), 1, "{table} {column}");
                    assert!(found[0].starts_with(&format!("表 {table} の ")), "{found:?}");
                }
                drop(transaction);
            }
        }
    }
}
