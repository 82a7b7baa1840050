//! Records as rows: which column holds which field, and how a value lies in a cell.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate};
use rusqlite::types::{Value, ValueRef};
use serde::{Serialize, de::DeserializeOwned};

use super::{StoreError, sums};
use crate::domain::said::Keyed;
use crate::domain::{
    self, Aspect, Id, Kind, Moment, Participant, Recorded, Said, Step, Until, Versions, records,
};

/// A record as it lies in its table.
pub(super) trait Row: Recorded {
    /// The columns of each field. The first one is the key.
    const COLUMNS: &'static [&'static [&'static str]];

    /// The column of the key.
    const KEY: &'static str = Self::COLUMNS[0][0];

    /// The cells in the order of the columns.
    fn cells(&self) -> Vec<Value>;

    /// Reads the next cells, one for each column.
    fn read(cells: &mut Cells<'_>) -> Result<Self, StoreError>;

    /// The columns for a SELECT; `prefix` is such as `a.`, or empty.
    fn columns(prefix: &str) -> String {
        let names = Self::COLUMNS.iter().copied().flatten().map(|column| format!("{prefix}{column}"));
        names.collect::<Vec<_>>().join(", ")
    }

    /// What the sum of a row is of.
    fn summed() -> String {
        Self::columns("") + ", versions"
    }

    /// The columns, then whether the row is as it was written: for [`Row::read_whole`].
    fn select(condition: &str) -> String {
        let (table, columns) = (Self::TABLE.name(), Self::columns(""));
        format!("SELECT {columns}, sum IS {} FROM {table} {condition}", sums::of(table, &Self::summed()))
    }

    /// Reads a row which [`Row::select`] asked for.
    fn read_whole(cells: &mut Cells<'_>) -> Result<Self, StoreError> {
        let row = Self::read(cells)?;
        if cells.take()? { Ok(row) } else { Err(StoreError::Altered { table: Self::TABLE.name() }) }
    }

    /// All columns, in the order of [`Row::cells`], then the versions.
    fn insert() -> String {
        let (table, columns) = (Self::TABLE.name(), Self::summed());
        let marks: Vec<String> = (1..=columns.split(", ").count()).map(|i| format!("?{i}")).collect();
        let marks = marks.join(", ");
        format!("INSERT INTO {table} ({columns}, sum) VALUES ({marks}, {})", sums::of(table, &marks))
    }

    /// The same; the first cell says which row.
    fn update() -> String {
        let (table, columns) = (Self::TABLE.name(), Self::summed());
        let marks: Vec<String> = (1..=columns.split(", ").count()).map(|i| format!("?{i}")).collect();
        let sets = columns.split(", ").zip(&marks).map(|(column, mark)| format!("{column} = {mark}"));
        let sets = sets.collect::<Vec<_>>().join(", ");
        let sum = sums::of(table, &marks.join(", "));
        format!("UPDATE {table} SET {sets}, sum = {sum} WHERE {} = ?1", Self::KEY)
    }

    fn delete() -> String {
        format!("DELETE FROM {} WHERE {} = ?1", Self::TABLE.name(), Self::KEY)
    }
}

/// The cells of one row of a result, taken from left to right.
pub(super) struct Cells<'a> {
    row: &'a rusqlite::Row<'a>,
    at: usize,
}

impl<'a> Cells<'a> {
    pub(super) fn new(row: &'a rusqlite::Row<'a>) -> Self {
        Self { row, at: 0 }
    }

    /// The value in the next cell.
    pub(super) fn take<F: Field>(&mut self) -> Result<F, StoreError> {
        let cell = self.row.get_ref(self.at)?;
        let value = F::from_cell(cell).ok_or_else(|| self.unreadable())?;
        self.at += 1;
        Ok(value)
    }

    /// The words in the next cell, lent.
    pub(super) fn words(&mut self) -> Result<&'a str, StoreError> {
        let words = text(self.row.get_ref(self.at)?).ok_or_else(|| self.unreadable())?;
        self.at += 1;
        Ok(words)
    }

    /// The list in the next cell; what was read once is `known`.
    pub(super) fn list<'k, F: Field>(
        &mut self,
        known: &'k mut HashMap<String, F>,
    ) -> Result<&'k F, StoreError> {
        let cell = self.row.get_ref(self.at)?;
        let words = text(cell).ok_or_else(|| self.unreadable())?;
        if !known.contains_key(words) {
            known.insert(words.to_owned(), F::from_cell(cell).ok_or_else(|| self.unreadable())?);
        }
        self.at += 1;
        known.get(words).ok_or_else(|| self.unreadable())
    }

    fn unreadable(&self) -> StoreError {
        let statement = self.row.as_ref();
        let column = statement.column_name(self.at).unwrap_or_default().to_owned();
        let table = table_of(&statement.expanded_sql().unwrap_or_default()).to_owned();
        StoreError::Unreadable { table, column }
    }
}

/// The first table a SELECT reads from, outside its brackets; good enough to find the row with any SQLite tool.
fn table_of(sql: &str) -> &str {
    let mut depth = 0;
    let mut words = sql.split_whitespace();
    while let Some(word) = words.next() {
        if depth == 0 && word == "FROM" {
            return words.next().unwrap_or_default();
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
    }
    ""
}

/// A value that lies in one cell.
pub(super) trait Field: Sized {
    fn to_cell(&self) -> Value;
    /// None for a cell that holds something else.
    fn from_cell(cell: ValueRef<'_>) -> Option<Self>;
}

/// A part of a record that lies in one cell or in several side by side.
trait Part: Sized {
    fn put(&self, cells: &mut Vec<Value>);
    fn take(cells: &mut Cells<'_>) -> Result<Self, StoreError>;
}

impl<F: Field> Part for F {
    fn put(&self, cells: &mut Vec<Value>) {
        cells.push(self.to_cell());
    }

    fn take(cells: &mut Cells<'_>) -> Result<Self, StoreError> {
        cells.take()
    }
}

impl Part for Until {
    fn put(&self, cells: &mut Vec<Value>) {
        cells.extend([self.words.to_cell(), self.date.to_cell()]);
    }

    fn take(cells: &mut Cells<'_>) -> Result<Self, StoreError> {
        Ok(Self { words: cells.take()?, date: cells.take()? })
    }
}

impl Part for [Option<Id<Participant>>; 2] {
    fn put(&self, cells: &mut Vec<Value>) {
        cells.extend(self.iter().map(Field::to_cell));
    }

    fn take(cells: &mut Cells<'_>) -> Result<Self, StoreError> {
        Ok([cells.take()?, cells.take()?])
    }
}

fn text(cell: ValueRef<'_>) -> Option<&str> {
    cell.as_str().ok()
}

impl Field for String {
    fn to_cell(&self) -> Value {
        Value::Text(self.clone())
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        text(cell).map(str::to_owned)
    }
}

impl<T> Field for Id<T> {
    fn to_cell(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        text(cell)?.parse().ok()
    }
}

impl Field for NaiveDate {
    fn to_cell(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        text(cell)?.parse().ok()
    }
}

impl Field for Moment {
    fn to_cell(&self) -> Value {
        Value::Text(self.to_rfc3339())
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        let text = text(cell)?;
        // RFC 3339 ends with the year 9999. What stands here all the same must not close the whole meeting.
        DateTime::parse_from_rfc3339(text).or_else(|_| text.parse()).ok()
    }
}

impl Field for bool {
    fn to_cell(&self) -> Value {
        Value::Integer(i64::from(*self))
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Integer(0) => Some(false),
            ValueRef::Integer(1) => Some(true),
            _ => None,
        }
    }
}

macro_rules! whole_number {
    ($($type:ty),+) => {
        $(impl Field for $type {
            fn to_cell(&self) -> Value {
                // SQLite has no number above i64::MAX, which a usize can be and no count of ours ever is.
                Value::Integer(i64::try_from(*self).unwrap_or(i64::MAX))
            }

            fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
                cell.as_i64().ok()?.try_into().ok()
            }
        })+
    };
}
whole_number!(i64, i32, u32, usize);

macro_rules! keyed {
    ($($type:ty),+) => {
        $(impl Field for $type {
            fn to_cell(&self) -> Value {
                Value::Text(self.key().to_owned())
            }

            fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
                <$type>::from_key(text(cell)?)
            }
        })+
    };
}
keyed!(Kind, Step, Aspect);

impl<T: Keyed> Field for Said<T> {
    fn to_cell(&self) -> Value {
        Value::Text(self.key().to_owned())
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        text(cell).map(Said::of)
    }
}

impl<F: Field> Field for Option<F> {
    fn to_cell(&self) -> Value {
        self.as_ref().map_or(Value::Null, F::to_cell)
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        match cell {
            ValueRef::Null => Some(None),
            cell => F::from_cell(cell).map(Some),
        }
    }
}

impl<T: Serialize + DeserializeOwned> Field for Vec<T> {
    fn to_cell(&self) -> Value {
        // Lists of words, numbers and ids always have a JSON.
        Value::Text(serde_json::to_string(self).unwrap_or_default())
    }

    fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
        serde_json::from_str(text(cell)?).ok()
    }
}

macro_rules! json {
    ($($type:ty),+) => {
        $(impl Field for $type {
            fn to_cell(&self) -> Value {
                Value::Text(serde_json::to_string(self).unwrap_or_default())
            }

            fn from_cell(cell: ValueRef<'_>) -> Option<Self> {
                serde_json::from_str(text(cell)?).ok()
            }
        })+
    };
}
json!(BTreeSet<String>, BTreeMap<String, bool>, Versions);

/// The columns of a field: those the table names, or one of its own name.
macro_rules! columns {
    ($field:ident) => {
        &[stringify!($field)]
    };
    ($field:ident $($column:literal)+) => {
        &[$($column),+]
    };
}

/// Reads the table of a record's fields: each lies in its columns, the key first.
macro_rules! row {
    ($record:ident $fields:ident $noun:literal [$key:ident $(in $key_column:literal)? $(, $own:ident)*] {
        $($variant:ident $field:ident $label:literal ($($kind:tt)+) $(in $($column:literal)+)? $([$place:ident])?,)+
    }) => {
        impl Row for domain::$record {
            const COLUMNS: &'static [&'static [&'static str]] = &[
                columns!($key $($key_column)?),
                $(columns!($own),)*
                $(columns!($field $($($column)+)?)),+
            ];

            fn cells(&self) -> Vec<Value> {
                let Self { $key, $($own,)* $($field),+ } = self;
                let mut cells = Vec::with_capacity(Self::COLUMNS.len() + 1);
                Part::put($key, &mut cells);
                $(Part::put($own, &mut cells);)*
                $(Part::put($field, &mut cells);)+
                cells
            }

            fn read(cells: &mut Cells<'_>) -> Result<Self, StoreError> {
                Ok(Self {
                    $key: Part::take(cells)?,
                    $($own: Part::take(cells)?,)*
                    $($field: Part::take(cells)?),+
                })
            }
        }
    };
}

macro_rules! rows {
    ([] $($record:ident $described:ident $table:literal,)+) => {
        $($crate::domain::$described! { row })+
    };
}
records! { rows }

/// Does the same with the record inside, whichever type it is.
macro_rules! with_row {
    ([$record:expr, $row:ident => $body:expr;] $($type:ident $described:ident $table:literal,)+) => {
        match $record {
            $(Record::$type($row) => $body),+
        }
    };
    ($record:expr, $row:ident => $body:expr) => {
        $crate::domain::records! { with_row $record, $row => $body; }
    };
}
pub(super) use with_row;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 瞬間と日は文字にしても変わらない() {
        for text in [
            "2026-05-21T13:30:00+09:00",
            "2026-05-21T13:30:00.123456789-03:30",
            "2026-12-31T23:59:59Z",
            "+12345-01-01T00:00:00+09:00",
        ] {
            let moment: Moment = text.parse().unwrap();
            let Value::Text(cell) = moment.to_cell() else { panic!("not text") };
            let back = Moment::from_cell(ValueRef::Text(cell.as_bytes())).unwrap();
            assert_eq!((back, back.offset()), (moment, moment.offset()));
        }
        assert_eq!(NaiveDate::from_cell(ValueRef::Text(b"2026-02-30")), None);
        assert_eq!(bool::from_cell(ValueRef::Integer(2)), None);
        assert_eq!(u32::from_cell(ValueRef::Integer(-1)), None);
    }
}
