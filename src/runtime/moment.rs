//! The clock and the dice, which nothing below this room touches.

use crate::domain::Now;

/// The moment, to the millisecond, and a fresh seed.
pub(crate) fn stamp() -> Now {
    let now = chrono::Local::now().fixed_offset();
    let millis = now.timestamp_subsec_millis();
    let at = chrono::Timelike::with_nanosecond(&now, millis * 1_000_000).unwrap_or(now);
    // A version 7 id carries 62 random bits of the system in its lower half.
    Now { at, seed: uuid::Uuid::now_v7().as_u64_pair().1 }
}
