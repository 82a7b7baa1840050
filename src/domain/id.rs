//! Identities and moments. Nothing here reads a clock or rolls a die: both arrive in a [`Now`].

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

/// A moment in local time, with its offset, as RFC 3339 says it.
pub type Moment = DateTime<FixedOffset>;

/// The identity of a record of type `T`: a UUID version 7 (RFC 9562), so ids sort by the time they were made.
pub struct Id<T> {
    uuid: Uuid,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The id as a bare UUID, for tables and files.
    pub fn uuid(self) -> Uuid {
        self.uuid
    }

    /// The same UUID seen as the id of another type: a progress carries its meeting's id.
    pub fn cast<U>(self) -> Id<U> {
        Id::from(self.uuid)
    }
}

impl<T> From<Uuid> for Id<T> {
    fn from(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }
}

impl<T> FromStr for Id<T> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::parse_str(text).map(Self::from)
    }
}

// Derives would ask the same of `T`, which is only a label here.
impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.uuid, f)
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.uuid, f)
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.uuid.serialize(serializer)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from)
    }
}

/// What the outside world gives an update: the moment it happened and a seed for new ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// When it happened, in the time of the place.
    pub at: Moment,
    /// For the ids struck at this moment; no two updates are given the same.
    pub seed: u64,
}

impl Now {
    /// The local calendar day of the moment.
    pub fn today(&self) -> NaiveDate {
        self.at.date_naive()
    }

    /// A mint that strikes ids from this stamp. Two mints of one stamp strike the same ids.
    pub fn ids(self) -> IdSource {
        IdSource { millis: self.at.timestamp_millis().max(0) as u64, state: self.seed, struck: 0 }
    }
}

/// Strikes UUIDv7 ids: the stamp's milliseconds, a counter so ids of one stamp keep their order, and seeded bits.
#[derive(Debug, Clone)]
pub struct IdSource {
    millis: u64,
    state: u64,
    struck: u16,
}

impl IdSource {
    /// The next id; ids of one mint ascend.
    pub fn id<T>(&mut self) -> Id<T> {
        // The 12 bits after the milliseconds count within the stamp; a paste of more than 4,096 lines borrows the next millisecond.
        let millis = self.millis + u64::from(self.struck >> 12);
        let count = self.struck & 0x0fff;
        self.struck = self.struck.wrapping_add(1);
        let mut bytes = [0u8; 10];
        bytes[..2].copy_from_slice(&count.to_be_bytes());
        bytes[2..].copy_from_slice(&self.next().to_be_bytes());
        Id::from(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// SplitMix64 (Steele, Lea, Flood 2014): spreads the seed over the bits of an id.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_mint_ascend_and_are_version_7() {
        let stamp = Now { at: DateTime::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap(), seed: 7 };
        let mut mint = stamp.ids();
        let ids: Vec<Id<()>> = (0..5000).map(|_| mint.id()).collect();
        assert!(ids.windows(2).all(|w| w[0] < w[1]));
        assert!(ids.iter().all(|id| id.uuid().get_version_num() == 7));
        assert_eq!(ids[0], stamp.ids().id());
    }
}
