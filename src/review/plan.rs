//! What became of the plan of a year.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::counts::Word;
use crate::domain::{Slot, SlotState};

/// The slots of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PlanCounts {
    /// All that were planned.
    pub slots: u64,
    /// A meeting was written down for them, and its day has come.
    pub held: u64,
    /// Moved to another day, whatever became of it then.
    pub moved: u64,
    /// Somebody has said that nobody meets.
    pub cancelled: u64,
    /// The day has passed, and no meeting was written down.
    pub missed: u64,
    /// Their day is still to come, or not yet known.
    pub waiting: u64,
}

/// Counts the slots by the key of their format.
pub(super) fn count(slots: &[Slot], today: NaiveDate) -> BTreeMap<Word, PlanCounts> {
    let mut plan: BTreeMap<Word, PlanCounts> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    // Two people may have put one meeting into two slots: it was held once.
    for slot in slots.iter().filter(|slot| slot.meeting.is_none_or(|meeting| seen.insert(meeting))) {
        let counts = plan.entry(Word::from(slot.format.as_str())).or_default();
        counts.slots += 1;
        counts.moved += u64::from(slot.moved_from.is_some());
        match slot.state(today) {
            // The meeting may be written down already, and its day is still to come.
            SlotState::Held if slot.date.is_some_and(|date| date > today) => counts.waiting += 1,
            SlotState::Held => counts.held += 1,
            SlotState::Cancelled => counts.cancelled += 1,
            SlotState::Missed => counts.missed += 1,
            SlotState::Planned => counts.waiting += 1,
        }
    }
    plan
}

impl PlanCounts {
    pub(super) fn add(&mut self, other: &Self) {
        self.slots += other.slots;
        self.held += other.held;
        self.moved += other.moved;
        self.cancelled += other.cancelled;
        self.missed += other.missed;
        self.waiting += other.waiting;
    }
}
