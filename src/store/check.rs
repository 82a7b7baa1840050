//! Looking through the whole database: is the file sound, and do tables and journal tell the same?

use std::collections::{BTreeSet, HashMap};

use super::error::soundness;
use super::migrate::{MIGRATIONS, take_steps};
use super::read::{journal, line};
use super::rows::Row;
use super::snapshot::open_nothing;
use super::{Store, StoreError};
use crate::domain::{self, Change, Key, Record, records};

impl Store {
    /// Whether the file is whole: its pages, its tables, each row as it was written, and the references between them. What is damaged
    /// in sentences, empty if nothing.
    ///
    /// # Errors
    /// Where not even that can be read.
    pub fn examine(&self) -> Result<Vec<String>, StoreError> {
        let _snapshot = self.snapshot()?;
        let mut found = self.soundness()?;
        found.extend(self.reshaped(MIGRATIONS)?);
        // In pages that are no pages, rows are found altered that are not there.
        match self.altered() {
            Ok(altered) => found.extend(altered),
            Err(_) if !found.is_empty() => return Ok(found),
            Err(error) => return Err(error),
        }
        if found.is_empty() {
            found.extend(self.broken_keys()?);
        }
        Ok(found)
    }

    /// Everything there is to check: whether the file is whole, and whether the journal, replayed from its beginning, gives exactly
    /// what stands in the tables. What is wrong in sentences, empty if nothing.
    ///
    /// # Errors
    /// Where not even that can be read.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let _snapshot = self.snapshot()?;
        let mut found = self.examine()?;
        // In a damaged file the rest would only repeat that it is damaged.
        if found.is_empty() {
            found.extend(self.replay()?);
        }
        Ok(found)
    }

    /// Brings records of an older shape, which lie in memory, up to date, if they are whole. There are no sums in them that would tell:
    /// the file must be sound and have its shape, every step must find what it needs, and then the tables and the journal must tell the
    /// same. Else what is damaged, in a few words.
    pub(super) fn renew(&mut self, found: u32, steps: &[&str]) -> Result<(), String> {
        let first = |damage: Result<Vec<String>, StoreError>| match damage {
            Ok(damage) => damage.into_iter().next().map_or(Ok(()), Err),
            Err(error) => Err(error.to_string().trim_end_matches('。').to_owned()),
        };
        first(self.soundness())?;
        first(self.reshaped(steps.get(..found as usize).unwrap_or(steps)))?;
        take_steps(&mut self.connection, &self.path, found, steps)
            .map_err(|error| format!("新しい形にできません：{}", error.reason()))?;
        first(self.broken_keys())?;
        first(self.replay())
    }

    /// Tables and indices that are not those of the shape the file says it has.
    fn reshaped(&self, steps: &[&str]) -> Result<Vec<String>, StoreError> {
        let schema = |store: &Store| -> Result<BTreeSet<(String, String, Option<String>)>, StoreError> {
            let sql = "SELECT type, name, sql FROM sqlite_schema";
            let rows = store.rows(sql, [], |cells| Ok((cells.take()?, cells.take()?, cells.take()?)))?;
            Ok(rows.into_iter().collect())
        };
        let Ok(fresh) = open_nothing(&self.path, steps) else { return Ok(Vec::new()) };
        let (ours, stands) = (schema(&fresh)?, schema(self)?);
        let names: BTreeSet<&str> =
            ours.symmetric_difference(&stands).map(|(_, name, _)| name.as_str()).collect();
        Ok(names
            .into_iter()
            .map(|name| format!("表 {name} の形が、jirei の作るものと違っています"))
            .collect())
    }

    fn soundness(&self) -> Result<Vec<String>, StoreError> {
        let mut said: Vec<String> = self.rows("PRAGMA integrity_check", [], |cells| cells.take())?;
        said.retain(|line| line != "ok");
        let mut said: Vec<String> = said.iter().map(|line| soundness(line)).collect();
        said.dedup();
        Ok(said)
    }

    fn broken_keys(&self) -> Result<Vec<String>, StoreError> {
        self.rows("PRAGMA foreign_key_check", [], |cells| {
            let table: String = cells.take()?;
            let row: Option<i64> = cells.take()?;
            let parent: String = cells.take()?;
            let row = row.map_or_else(String::new, |row| row.to_string());
            Ok(format!("表 {table} の {row}行目が指すものが、表 {parent} にありません"))
        })
    }

    /// Whether the journal, replayed from its beginning, gives exactly what stands in the tables; what differs, in sentences.
    ///
    /// # Errors
    /// Where that cannot be read.
    pub fn replay(&self) -> Result<Vec<String>, StoreError> {
        let mut told: HashMap<Key, Record> = HashMap::new();
        self.rows(&journal(""), [], |cells| {
            for change in line(cells)?.edit.changes {
                match change {
                    Change::Add(after) | Change::Replace { after, .. } => told.insert(after.key(), after),
                    Change::Remove(before) => told.remove(&before.key()),
                };
            }
            Ok(())
        })?;
        let mut found = Vec::new();
        macro_rules! compare {
            ([] $($record:ident $described:ident $table:literal,)+) => {
                $(self.compare::<domain::$record>(&mut told, &mut found)?;)+
            };
        }
        records! { compare }
        let mut missing: Vec<Key> = told.into_keys().collect();
        missing.sort();
        found.extend(
            missing.into_iter().map(|key| {
                format!("表 {} の {}: 履歴にはありますが、表にありません", key.table.name(), key.id)
            }),
        );
        Ok(found)
    }

    fn compare<R: Row>(
        &self,
        told: &mut HashMap<Key, Record>,
        found: &mut Vec<String>,
    ) -> Result<(), StoreError> {
        self.rows(&R::select(""), [], |cells| {
            let stands: Record = R::read(cells)?.into();
            let key = stands.key();
            let name = format!("表 {} の {}", key.table.name(), key.id);
            match told.remove(&key) {
                Some(record) if record == stands => {}
                Some(_) => found.push(format!("{name}: 表と履歴の中身が違います")),
                None => found.push(format!("{name}: 表にはありますが、履歴にありません")),
            }
            Ok(())
        })?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Access, samples, sums};
    use super::*;
    use crate::domain::aside::put;
    use crate::domain::fields::ActionField;

    #[test]
    fn 前の呼び名で残ったことばは今の名前で読まれ書き足せる() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (mut dossier, mut lines) = samples::full_meeting(1);
        let mut mint = samples::mint(7);
        let plain = dossier.plan()[0].clone();
        let mut waiting = plain.clone();
        put(&mut waiting.aside, ActionField::Who.key(), "灯台守の家族");
        let change = Change::replace(plain, waiting.clone());
        dossier.apply(&change).unwrap();
        lines.push(samples::line(&mut mint, Some(dossier.meeting.id), vec![change]));
        for line in &lines {
            store.commit(line).unwrap();
        }
        for (table, column) in [("actions", "aside"), ("journal", "changes")] {
            let sql = format!(
                r#"UPDATE {table} SET {column} = replace({column}, '"field":"who"', '"field":"だれが"')"#
            );
            assert!(store.connection.execute(&sql, []).unwrap() > 0);
        }
        sums::tests::again(&store);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        assert_eq!(store.dossier(dossier.meeting.id).unwrap().as_ref(), Some(&dossier));
        assert_eq!(store.journal(dossier.meeting.id).unwrap(), lines);
        // Also what is taken back finds the row as it says.
        let back = lines[2].edit.inverse_changes();
        store.commit(&samples::line(&mut mint, Some(dossier.meeting.id), back)).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn 手で変えた表は履歴との違いで分かる() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(dir.path(), Access::Write).unwrap();
        let (dossier, lines) = samples::full_meeting(1);
        for line in &lines {
            store.commit(line).unwrap();
        }
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let node = dossier.nodes.keys().next().unwrap();
        let change = |sql: &str| store.connection.execute_batch(sql).unwrap();

        change(&format!("UPDATE nodes SET text = 'ほか' WHERE id = '{node}'"));
        assert_eq!(store.check().unwrap()[0], format!("表 nodes の {node}: 書いたときと違っています"));
        // By a hand that knows of the sums.
        sums::tests::again(&store);
        assert_eq!(store.check().unwrap(), [format!("表 nodes の {node}: 表と履歴の中身が違います")]);
        assert!(store.examine().unwrap().is_empty(), "the file itself is sound");

        change("DELETE FROM reflections");
        assert!(
            store.check().unwrap().iter().any(|s| s.contains("reflections") && s.contains("表にありません"))
        );
        change("UPDATE nodes SET speaker = '0'");
        sums::tests::again(&store);
        assert_eq!(
            store.check(),
            Err(StoreError::Unreadable { table: "nodes".to_owned(), column: "speaker".to_owned() })
        );
    }
}
