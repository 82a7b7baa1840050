//! What in the guide and among the actions fits what somebody types.

use crate::command::{Page, fits, guide};
use crate::domain::text::{Fit, sought};
use crate::ui::help::{ALL_KEYS, Topic};
use crate::ui::picker::wished;
use crate::ui::{Choice, Wanted};

/// What comes first whatever else fits: what is called so.
const CALLED: usize = 0;
/// The action that is called so, or the first of those that begin so.
const NAMED: usize = 1;
/// The first of the rest.
const FIRST: usize = 10;
/// Pages that only say the words.
const LAST: usize = 1_000;

/// With more letters than these a title is begun on purpose.
const BEGUN: usize = 3;

/// More pages of a kind than these are meant by nobody.
const MOST: usize = 3;

/// A page that fits less only says the words somewhere.
const LOOKED_FOR: f64 = 0.26;

/// The topics that fit, the best first. Actions and pages are weighed as in the palette, and take turns: a page, two actions, a
/// page; so that neither hides the other.
pub fn topics(wishes: &[Choice], words: &str) -> Vec<Topic> {
    let (query, fits) = (sought(words), fits(words));
    // Pages have their own places among them.
    let (_, actions): (Vec<_>, Vec<_>) =
        wished(wishes, words).into_iter().partition(|c| matches!(c.wanted, Some(Wanted::Page(_))));
    let mut found: Vec<(usize, Topic)> = Vec::new();
    for (i, choice) in actions.iter().enumerate() {
        let place = match Fit::of(&query, &sought(&choice.label)) {
            Some(Fit::Same) => NAMED,
            Some(Fit::Begins) if query.chars().nth(BEGUN).is_some() => NAMED,
            _ => FIRST + 3 * (i / 2) + 1 + i % 2,
        };
        found.push((place, Topic::Action(Box::new((*choice).clone()))));
    }
    let fit = |page: &Page| fits.get(page.id()).copied().unwrap_or(0.0);
    let best = actions.first().and_then(|choice| choice.row());
    let explains = |page: &Page| page.names().position(|id| best.is_some_and(|row| row.id == id));
    let mut looked_for: Vec<&Page> = guide().iter().filter(|page| fit(page) >= LOOKED_FOR).collect();
    looked_for.sort_by(|one, other| fit(other).total_cmp(&fit(one)));
    looked_for.truncate(MOST);
    let mut explaining: Vec<&Page> = guide().iter().filter(|page| explains(page).is_some()).collect();
    explaining.sort_by_key(|page| explains(page));
    explaining.truncate(MOST);
    let turns = looked_for.iter().chain(explaining.iter().filter(|page| !looked_for.contains(page)));
    // Without a page that is looked for, the best action comes before those that explain it.
    let late = if looked_for.is_empty() { 3 } else { 0 };
    for (i, page) in turns.enumerate() {
        let called = Fit::of(&query, &sought(page.title())) == Some(Fit::Same);
        found.push((if called { CALLED } else { FIRST + 3 * i + late }, Topic::Page(page)));
    }
    let says = guide().iter().filter(|page| (f64::MIN_POSITIVE..LOOKED_FOR).contains(&fit(page)));
    found.extend(says.filter(|page| !explaining.contains(page)).map(|page| (LAST, Topic::Page(page))));
    if Fit::of(&query, &sought(ALL_KEYS)).is_some() {
        found.push((CALLED, Topic::AllKeys));
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, topic)| topic).collect()
}
