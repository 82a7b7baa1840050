//! The two clocks. They count ticks, not differences of wall time: a sleeping laptop is not overtime.

use super::Model;
use crate::domain::{Change, Moment, Progress};

/// Seconds counted since they were last kept in the meeting's progress.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Clock {
    pub running: bool,
    last: Option<Moment>,
    carried_ms: i64,
}

/// A longer pause between two ticks means the machine slept.
const SLEPT_MS: i64 = 10_000;

/// Counted seconds are kept about once a minute; at most so much is lost when the power goes.
const KEEP_EVERY: u32 = 60;

impl Clock {
    /// Whole seconds not yet kept.
    pub fn carried(&self) -> u32 {
        u32::try_from(self.carried_ms / 1000).unwrap_or(0)
    }

    /// Puts back seconds that were counted before a restart.
    pub fn put_back(&mut self, seconds: u32) {
        self.carried_ms = i64::from(seconds) * 1000;
    }

    fn tick(&mut self, now: Moment) {
        if let Some(last) = self.last.filter(|_| self.running) {
            let passed = (now - last).num_milliseconds();
            if (0..SLEPT_MS).contains(&passed) {
                self.carried_ms += passed;
            }
        }
        self.last = Some(now);
    }

    fn take(&mut self) -> u32 {
        let seconds = self.carried();
        self.carried_ms %= 1000;
        seconds
    }
}

impl super::Desk {
    /// Seconds spent in the current step, to now.
    pub fn step_seconds(&self) -> u32 {
        self.doc
            .dossier
            .progress
            .spent_in(self.doc.dossier.progress.step)
            .saturating_add(self.clock.carried())
    }

    /// Seconds spent in the whole meeting, to now.
    pub fn meeting_seconds(&self) -> u32 {
        self.doc.dossier.progress.spent_in_all().saturating_add(self.clock.carried())
    }
}

impl Model {
    /// Lets the clock see the moment of the current message.
    pub(super) fn count_time(&mut self) {
        let now = self.cx.stamp.at;
        let Some(desk) = self.desk.as_mut() else { return };
        desk.clock.tick(now);
        if desk.clock.carried() >= KEEP_EVERY {
            self.keep_time(|_| {});
        }
    }

    /// Keeps the counted seconds, and whatever else changes in the progress with them, as one quiet edit.
    pub(super) fn keep_time(&mut self, also: impl FnOnce(&mut Progress)) {
        let Some(desk) = self.desk.as_mut() else { return };
        let before = desk.doc.dossier.progress.clone();
        let mut after = before.clone();
        let seconds = desk.clock.take();
        if seconds > 0 {
            after.spend(before.step, seconds);
        }
        also(&mut after);
        if after != before {
            self.commit_quiet("時計と段階", vec![Change::replace(before, after)]);
        }
    }

    /// Starts the clock; the first start of a meeting is written down.
    pub(super) fn start_clock(&mut self) {
        // Who only looks does not run the meeting.
        if self.cx.look_only {
            return;
        }
        let now = self.cx.stamp.at;
        if let Some(desk) = self.desk.as_mut() {
            if desk.doc.dossier.progress.ended_at.is_some() {
                return;
            }
            desk.clock.running = true;
            desk.clock.last = Some(now);
            if desk.doc.dossier.progress.started_at.is_none() {
                self.keep_time(|p| p.started_at = Some(now));
            }
        }
    }

    /// Stops the clock and keeps what it counted.
    pub(super) fn stop_clock(&mut self) {
        if let Some(desk) = self.desk.as_mut() {
            desk.clock.running = false;
        }
        self.keep_time(|_| {});
    }

    /// Stops a running clock, starts a stopped one.
    pub(super) fn toggle_clock(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        if self.cx.look_only {
            self.cx.warn("見るだけで開いているので、時計は動かせません。");
        } else if desk.clock.running {
            self.stop_clock();
            self.cx.say("時計を止めました。もう一度押すと動きます。");
        } else if desk.doc.dossier.progress.ended_at.is_some() {
            let reopen = |p: &mut Progress| p.ended_at = None;
            self.keep_time(reopen);
            self.start_clock();
            self.cx.say("会議を再開しました。");
        } else {
            self.start_clock();
            self.cx.say("時計を動かしました。");
        }
    }
}
