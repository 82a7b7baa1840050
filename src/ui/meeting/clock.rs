//! The two clocks. They count ticks, not differences of wall time: a sleeping laptop is not overtime.

use crate::domain::Moment;

/// Seconds counted since they were last kept in the meeting's progress.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clock {
    pub running: bool,
    pub(crate) last: Option<Moment>,
    carried_ms: i64,
}

/// A longer pause between two ticks means the machine slept.
const SLEPT_MS: i64 = 10_000;

/// Counted seconds are kept about once a minute; at most so much is lost when the power goes.
pub(crate) const KEEP_EVERY: u32 = 60;

impl Clock {
    /// Whole seconds not yet kept.
    pub fn carried(&self) -> u32 {
        u32::try_from(self.carried_ms / 1000).unwrap_or(0)
    }

    /// Puts back seconds that were counted before a restart.
    pub fn put_back(&mut self, seconds: u32) {
        self.carried_ms = i64::from(seconds) * 1000;
    }

    pub(crate) fn tick(&mut self, now: Moment) {
        if let Some(last) = self.last.filter(|_| self.running) {
            let passed = (now - last).num_milliseconds();
            if (0..SLEPT_MS).contains(&passed) {
                self.carried_ms += passed;
            }
        }
        self.last = Some(now);
    }

    pub(crate) fn take(&mut self) -> u32 {
        let seconds = self.carried();
        self.carried_ms %= 1000;
        seconds
    }
}
