//! What is written down about years, and not about one meeting: read with when it was written, and taken in from elsewhere.

use super::super::commit::{begin, end};
use super::super::rows::Field;
use super::super::{Store, StoreError};
use super::Taken;
use crate::domain::merge::{Names, Side, merge, side_of_years};
use crate::domain::{IdSource, Key, Moment, Passage, Record, RecordVersions, Slot, StampedYears, Table};

/// Where the slots of a side would stand, should they be parted from others.
fn beside(side: &Side) -> impl Iterator<Item = Key> + '_ {
    side.values().filter_map(|known| match &known.record {
        Some(Record::Slot(slot)) => Some(Key { table: Table::Slot, id: slot.beside().id.uuid() }),
        _ => None,
    })
}

impl Store {
    /// The plans of all years and what their reviews wrote down, of all towns, with what is known of when it was written.
    pub fn stamped_years(&self) -> Result<StampedYears, StoreError> {
        let _snapshot = self.snapshot()?;
        Ok(StampedYears { years: self.years(None, None)?, stamps: self.stamps_of_years()? })
    }

    /// When all of it was written.
    pub(in crate::store) fn stamps_of_years(&self) -> Result<RecordVersions, StoreError> {
        let removed = self.removed_where("record IN ('slots', 'passages')", &[])?;
        let mut stamps = RecordVersions { removed, ..RecordVersions::default() };
        self.versions_where::<Slot>("TRUE", &[], &mut stamps.standing)?;
        self.versions_where::<Passage>("TRUE", &[], &mut stamps.standing)?;
        Ok(stamps)
    }

    /// Takes in what another machine knows of years: all of it or nothing.
    ///
    /// # Errors
    /// Where it could not be written: then nothing was changed.
    pub fn merge_years(
        &mut self,
        theirs: &StampedYears,
        at: Moment,
        mint: &mut IdSource,
    ) -> Result<Taken, StoreError> {
        self.may_write()?;
        let (transaction, before) = begin(&self.connection)?;
        let theirs = side_of_years(theirs);
        let mut here = self.known_of(theirs.keys().copied())?;
        // Where a slot is parted in two, the second one may stand already.
        let beside: Vec<Key> = [&here, &theirs].into_iter().flat_map(beside).collect();
        here.extend(self.known_of(beside.into_iter())?);
        let merged = merge(&here, &theirs, &self.names_of_meetings([&here, &theirs])?, *at.offset());
        let label = "取り込み：年間の計画と振り返り".to_owned();
        let (mut taken, _) = self.write_merged(&merged, &here, None, label, (at, mint))?;
        taken.shared = self.held_twice()?;
        end(&self.connection, transaction, before)?;
        Ok(taken)
    }

    /// The meetings that stand in more than one slot, as people call them.
    fn held_twice(&self) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT ifnull(m.date || ' ', '') || ifnull(m.title, s.meeting) FROM slots s
            LEFT JOIN meetings m ON m.id = s.meeting
            WHERE s.meeting IS NOT NULL GROUP BY s.meeting HAVING count(*) > 1 ORDER BY 1";
        self.rows(sql, [], |cells| cells.take())
    }

    /// What is known here of these slots and passages.
    fn known_of(&self, keys: impl Iterator<Item = Key>) -> Result<Side, StoreError> {
        let mut here = Side::new();
        for key in keys {
            let known = match key.table {
                Table::Slot => self.look_up::<Slot>(key.id)?,
                _ => self.look_up::<Passage>(key.id)?,
            };
            here.extend(known.map(|known| (key, known)));
        }
        Ok(here)
    }

    /// What people call the meetings that slots speak of, as far as they are here.
    fn names_of_meetings(&self, sides: [&Side; 2]) -> Result<Names, StoreError> {
        let mut names = Names::default();
        let records = sides.into_iter().flat_map(Side::values).filter_map(|known| known.record.as_ref());
        for record in records {
            let Record::Slot(Slot { meeting: Some(id), .. }) = record else { continue };
            let sql = "SELECT ifnull(date || ' ', '') || title FROM meetings WHERE id = ?1";
            for words in self.rows(sql, [id.to_cell()], |cells| cells.take::<String>())? {
                names.call(Key { table: Table::Meeting, id: id.uuid() }, &words);
            }
        }
        Ok(names)
    }
}
