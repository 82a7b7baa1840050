//! What is written down about the years of all towns, held together: how it changes, what stands in it, and what a new plan begins with.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::dossier::swap;
use super::{Aspect, Change, Id, Lists, Mismatch, Passage, Record, Slot};

/// Everything that is written down about the years of a town, and not about one meeting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Years {
    /// The plans of all towns and years.
    pub slots: BTreeMap<Id<Slot>, Slot>,
    /// The cells of the forms in which somebody has written.
    pub passages: BTreeMap<Id<Passage>, Passage>,
}

impl Years {
    /// Applies one change if what stands is exactly its `before`; else nothing changes. What belongs elsewhere is refused.
    pub fn apply(&mut self, change: &Change) -> Result<(), Mismatch> {
        match change.record() {
            Record::Slot(r) => swap(&mut self.slots, r.id, change),
            Record::Passage(r) => swap(&mut self.passages, r.id, change),
            _ => Err(Mismatch::Elsewhere),
        }
    }

    /// All of it, one by one.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        let slots = self.slots.values().cloned().map(Record::from);
        slots.chain(self.passages.values().cloned().map(Record::from))
    }

    /// The towns of which anything is written down.
    pub fn towns(&self) -> BTreeSet<&str> {
        self.all_towns().collect()
    }

    /// The town of each record.
    pub(super) fn all_towns(&self) -> impl Iterator<Item = &str> {
        let slots = self.slots.values().map(|s| s.town.as_str());
        slots.chain(self.passages.values().map(|p| p.town.as_str()))
    }

    /// The slots of one year of one town, in the order in which they come.
    pub fn plan(&self, town: &str, year: i32) -> Vec<&Slot> {
        let mut slots: Vec<&Slot> =
            self.slots.values().filter(|s| s.town == town && s.year == year).collect();
        slots.sort_by_key(|s| (s.date.is_none(), s.date, s.rank, s.id));
        slots
    }

    /// What stands in a cell of a form; empty for nothing.
    pub fn passage(&self, town: &str, year: i32, subject: &str, aspect: Aspect) -> &str {
        let id = Passage::new(town, year, subject, aspect).id;
        self.passages.get(&id).map_or("", |passage| passage.text.as_str())
    }

    /// The slot that a meeting of a format on a day is most likely held in: of those that wait, the one planned nearest to it.
    pub fn slot_for(&self, town: &str, year: i32, format: &str, day: NaiveDate) -> Option<&Slot> {
        let waits = |slot: &&&Slot| slot.format == format && slot.meeting.is_none() && !slot.cancelled;
        let far = |slot: &&Slot| slot.date.map_or(i64::MAX, |date| (date - day).num_days().abs());
        self.plan(town, year).iter().filter(waits).min_by_key(|slot| far(slot)).copied()
    }
}

/// The slots of a year that has no plan yet: of each kind as many as the lists say, without a day.
pub fn usual_slots(lists: &Lists, town: &str, year: i32) -> Vec<Slot> {
    let kinds = lists.slots.iter().flat_map(|kind| (0..kind.count).map(move |n| (kind, n)));
    let slots = kinds.map(|(kind, n)| Slot::usual(town, year, &kind.format, n));
    (0..).zip(slots).map(|(rank, slot)| Slot { rank, ..slot }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{SlotKind, SlotState};
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn slots() -> Years {
        let mut lists = crate::domain::people::tests::lists();
        lists.slots = vec![SlotKind { format: "mieru".into(), count: 2 }];
        let mut years = Years::default();
        for (slot, date) in usual_slots(&lists, "山の町", 2026).into_iter().zip(["2026-05-21", "2026-07-16"])
        {
            years.apply(&Change::add(Slot { date: Some(day(date)), ..slot })).unwrap();
        }
        years
    }

    #[test]
    fn 会議はいちばん近い空いた枠に入る() {
        let mut years = slots();
        let found = |years: &Years, on| years.slot_for("山の町", 2026, "mieru", day(on)).and_then(|s| s.date);
        assert_eq!(found(&years, "2026-05-28"), Some(day("2026-05-21")));
        assert_eq!(found(&years, "2026-07-01"), Some(day("2026-07-16")));
        let first = years.plan("山の町", 2026)[0].clone();
        let held = Slot { meeting: Some(Id::from(Uuid::nil())), ..first.clone() };
        years.apply(&Change::replace(first, held)).unwrap();
        assert_eq!(found(&years, "2026-05-28"), Some(day("2026-07-16")));
        assert_eq!(years.slot_for("海の町", 2026, "mieru", day("2026-05-28")), None);
    }

    #[test]
    fn 動かした枠ははじめの日を覚えている() {
        let mut slot = slots().plan("山の町", 2026)[0].clone();
        slot.move_to(Some(day("2026-05-28")));
        slot.move_to(Some(day("2026-06-04")));
        assert_eq!((slot.date, slot.moved_from), (Some(day("2026-06-04")), Some(day("2026-05-21"))));
        slot.move_to(Some(day("2026-05-21")));
        assert_eq!(slot.moved_from, None);
        assert_eq!(slot.state(day("2026-05-21")), SlotState::Planned);
        assert_eq!(slot.state(day("2026-05-22")), SlotState::Missed);
    }
}
