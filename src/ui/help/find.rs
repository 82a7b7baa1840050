//! What in the guide and among the actions fits what somebody types.

use crate::command::{Page, guide};
use crate::domain::text::{Fit, sought};
use crate::ui::help::{ALL_KEYS, Topic};
use crate::ui::{App, Choice, Chooser, Input, Pick};

/// How a page fits, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Called,
    /// Its title has the words, or a word it is looked for with stands among them, or begins with them.
    LookedFor,
    /// It explains the action that fits best.
    Explains,
    /// The words stand somewhere in it.
    Holds,
}

/// The topics that fit, the best first: what is called so, pages that are meant, actions as the palette finds them, pages that
/// hold the words.
pub fn topics(app: &App, words: &str) -> Vec<Topic> {
    let query = sought(words);
    let palette = Chooser { line: Input::new(words), ..Chooser::new("", app.wishes()) };
    let actions: Vec<_> = palette.shown().into_iter().cloned().collect();
    let best = actions.first().filter(|choice| !matches!(choice.pick, Pick::Refused(_)));
    let best = best.and_then(|choice| choice.row());
    let explains = |page: &Page| best.is_some_and(|row| page.names().any(|id| id == row.id));
    let mut pages: Vec<(Class, usize, Topic)> = Vec::new();
    for page in guide() {
        if let Some((class, missing)) = fit(page, &query, explains(page)) {
            pages.push((class, missing, Topic::Page(page)));
        }
    }
    if Fit::of(&query, &sought(ALL_KEYS)).is_some() {
        pages.push((Class::Called, 0, Topic::AllKeys));
    }
    pages.sort_by_key(|(class, missing, _)| (*class, *missing));
    let is_named = |choice: &Choice| match Fit::of(&query, &sought(&choice.label)) {
        Some(Fit::Same) => true,
        Some(Fit::Begins) => query.chars().nth(NAMED).is_some(),
        _ => false,
    };
    let (named, actions): (Vec<_>, Vec<_>) = actions.into_iter().partition(is_named);
    let meant = pages.partition_point(|(class, ..)| *class < Class::Explains);
    let rest = pages.split_off(meant);
    let action = |choice| Topic::Action(Box::new(choice));
    let page = |(.., topic): (Class, usize, Topic)| topic;
    let meant = pages.split_off(pages.partition_point(|(class, ..)| *class == Class::Called));
    let found = pages.into_iter().map(page).chain(named.into_iter().map(action));
    let found = found.chain(meant.into_iter().map(page).take(MOST_MEANT));
    found.chain(actions.into_iter().map(action)).chain(rest.into_iter().map(page)).collect()
}

/// With more letters than these a title is begun on purpose.
const NAMED: usize = 3;

/// More pages than these are meant by nobody.
const MOST_MEANT: usize = 3;

/// How a page fits, and how many of the letters say nothing of it.
fn fit(page: &Page, query: &str, explains: bool) -> Option<(Class, usize)> {
    let all = query.chars().count();
    let title = sought(page.title());
    let fits_title = Fit::of(query, &title).filter(|fit| all > 1 || *fit != Fit::Holds);
    let words = page.words.split_whitespace().map(sought);
    let met = words.filter_map(|word| match word.chars().count() {
        _ if word.starts_with(query) => Some(all),
        letters if letters > 1 && query.contains(&word) => Some(letters),
        _ => None,
    });
    match met.max() {
        _ if fits_title == Some(Fit::Same) => Some((Class::Called, 0)),
        _ if fits_title.is_some() => Some((Class::LookedFor, 0)),
        Some(met) => Some((Class::LookedFor, all - met.min(all))),
        None if explains => Some((Class::Explains, 0)),
        None if all > 1 && sought(page.text).contains(query) => Some((Class::Holds, 0)),
        None => None,
    }
}
