//! Which edits made a record what it is: what lets two machines tell a newer text from another one.

use serde::{Deserialize, Serialize};

use super::Moment;

/// The moments of the edits that made a record, in milliseconds since 1970, ascending. A text whose newest moment stands among
/// those of another is what the other was made from; where neither is so, both were written without knowing of each other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Versions(Vec<i64>);

impl Versions {
    /// What was written in one edit.
    pub fn of(at: Moment) -> Self {
        Self(vec![at.timestamp_millis()])
    }

    /// The same after one more edit. A clock that was set back does not make the newest edit an old one.
    #[must_use]
    pub fn and(mut self, at: Moment) -> Self {
        let at = self.newest().map_or(at.timestamp_millis(), |newest| at.timestamp_millis().max(newest + 1));
        self.0.push(at);
        self
    }

    /// The newest edit.
    pub fn newest(&self) -> Option<i64> {
        self.0.last().copied()
    }

    /// Whether the other one was known when this was written.
    pub fn knows(&self, other: &Versions) -> bool {
        other.newest().is_none_or(|newest| self.0.contains(&newest))
    }

    /// All edits of both.
    #[must_use]
    pub fn joined(&self, other: &Versions) -> Self {
        let mut all: Vec<i64> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        all.dedup();
        Self(all)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u32) -> Moment {
        format!("2026-05-21T13:{minute:02}:00+09:00").parse().unwrap()
    }

    #[test]
    fn 元になったものと別に書かれたものを見分ける() {
        let first = Versions::of(at(1));
        let (ours, theirs) = (first.clone().and(at(2)), first.clone().and(at(3)));
        assert!(ours.knows(&first) && !first.knows(&ours));
        assert!(!ours.knows(&theirs) && !theirs.knows(&ours));
        let both = ours.joined(&theirs);
        assert!(both.knows(&ours) && both.knows(&theirs));
        assert_eq!(both.newest(), theirs.newest());
    }

    #[test]
    fn 時計がもどってもあとに書いたものが新しい() {
        let versions = Versions::of(at(30)).and(at(10));
        assert!(versions.newest() > Versions::of(at(30)).newest());
    }
}
