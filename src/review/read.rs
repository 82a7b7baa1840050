//! A review of what stands in the store: the one place of this room that asks it.

use chrono::NaiveDate;

use super::{Book, Counts, Review, Scope, Source, Tally, Terms, TownYear};
use crate::domain::Slot;
use crate::store::{Store, StoreError};

/// Which review is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The fiscal year, named by its April.
    pub year: i32,
    /// Which towns it is about.
    pub scope: Scope,
    /// The day on which it is made.
    pub today: NaiveDate,
}

/// Reads a year and the one before, and counts them.
///
/// # Errors
/// Where the records cannot be read.
pub fn read(store: &Store, ask: &Ask, terms: Terms<'_>) -> Result<Review, StoreError> {
    let town = match &ask.scope {
        Scope::All => None,
        Scope::Town(town) => Some(town.as_str()),
    };
    let count = |year, slots: &[Slot]| -> Result<Vec<TownYear>, StoreError> {
        let book = Book { lists: terms.lists, today: ask.today, slots };
        let parts = store.fold_year(year, town, || Tally::new(book), Tally::finish)?;
        Ok(parts.into_iter().flatten().collect())
    };
    let mut before = Counts::default();
    for town in count(ask.year.saturating_sub(1), &[])? {
        before.add(&town.counts);
    }
    let years = store.years(Some(ask.year), town)?;
    let slots: Vec<Slot> = years.slots.into_values().collect();
    let source = Source {
        year: ask.year,
        scope: ask.scope.clone(),
        today: ask.today,
        towns: count(ask.year, &slots)?,
        before,
        undated: store.undated(town)?,
        slots,
        passages: years.passages.into_values().collect(),
        decided: store.decided(ask.year, town)?,
    };
    Ok(Review::new(source, terms))
}
