//! What belongs to no single meeting, read whole.

use super::read::{journal, line};
use super::rows::Row;
use super::{Store, StoreError};
use crate::domain::region::{Held, Region};
use crate::domain::year::Years;
use crate::domain::{Evidence, JournalEntry, Passage, Slot};

impl Store {
    /// All regional issues with their evidence and their way, the years, and the meetings.
    pub fn region(&self) -> Result<Region, StoreError> {
        let _snapshot = self.snapshot()?;
        let passages = self.rows(&Passage::select(""), [], Passage::read_whole)?;
        let years = Years {
            passages: passages.into_iter().map(|passage| (passage.id, passage)).collect(),
            ..self.plans()?
        };
        let held = "SELECT m.id, m.date, m.title, m.town, m.format,
            (SELECT count(*) FROM participants p WHERE p.meeting = m.id), g.started_at IS NOT NULL
            FROM meetings m LEFT JOIN progress g ON g.meeting = m.id";
        let meetings = self.rows(held, [], |cells| {
            Ok(Held {
                id: cells.take()?,
                date: cells.take()?,
                title: cells.take()?,
                town: cells.take()?,
                format: cells.take()?,
                participants: cells.take()?,
                started: cells.take()?,
            })
        })?;
        let evidence = self.rows(&Evidence::select(""), [], Evidence::read_whole)?;
        let escalations = self.escalations()?;
        Ok(Region::new(self.register()?, evidence, escalations, years, meetings))
    }

    /// The slots of all years.
    pub fn plans(&self) -> Result<Years, StoreError> {
        let slots = self.rows(&Slot::select(""), [], Slot::read_whole)?;
        Ok(Years { slots: slots.into_iter().map(|slot| (slot.id, slot)).collect(), ..Years::default() })
    }

    /// The journal of what was done outside any meeting, oldest line first.
    pub fn journal_outside(&self) -> Result<Vec<JournalEntry>, StoreError> {
        self.rows(&journal("WHERE meeting IS NULL"), [], line)
    }
}
