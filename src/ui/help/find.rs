//! What in the guide and among the actions fits what somebody types.

use crate::command::{Page, guide};
use crate::domain::text::{Fit, sought};
use crate::ui::help::{ALL_KEYS, Topic};
use crate::ui::{App, Choice, Chooser, Input};

/// How a topic fits, best first. Actions are found as the palette finds them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// A page of this title.
    Called,
    /// An action of this title, or one that begins so.
    Named,
    /// A page that has the words in its title, or among those it is looked for with.
    LookedFor,
    /// The action that fits best.
    Best,
    /// A page that explains it.
    Explains,
    /// Another action.
    Action,
    /// A page that has the words somewhere.
    Holds,
}

/// The topics that fit, the best first.
pub fn topics(app: &App, words: &str) -> Vec<Topic> {
    let query = sought(words);
    let palette = Chooser { line: Input::new(words), ..Chooser::new("", app.wishes()) };
    let actions = palette.shown();
    let mut found: Vec<(Class, usize, Topic)> = Vec::new();
    for (i, choice) in actions.iter().enumerate() {
        let class = match Fit::of(&query, &sought(&choice.label)) {
            Some(Fit::Same) => Class::Named,
            Some(Fit::Begins) if query.chars().nth(NAMED).is_some() => Class::Named,
            _ if i == 0 => Class::Best,
            _ => Class::Action,
        };
        found.push((class, i, Topic::Action(Box::new((*choice).clone()))));
    }
    let best = actions.first().and_then(|choice: &&Choice| choice.row());
    for page in guide() {
        let explained = page.names().position(|id| best.is_some_and(|row| row.id == id));
        found.extend(fit(page, &query, explained).map(|(class, far)| (class, far, Topic::Page(page))));
    }
    if Fit::of(&query, &sought(ALL_KEYS)).is_some() {
        found.push((Class::Called, 0, Topic::AllKeys));
    }
    found.sort_by_key(|(class, far, _)| (*class, *far));
    let mut left = [Class::LookedFor, Class::Explains].map(|class| (class, MOST));
    found.retain(|(class, ..)| match left.iter_mut().find(|(of, _)| of == class) {
        Some((_, left)) => {
            let wanted = *left > 0;
            *left = left.saturating_sub(1);
            wanted
        }
        None => true,
    });
    found.into_iter().map(|(.., topic)| topic).collect()
}

/// With more letters than these a title is begun on purpose.
const NAMED: usize = 3;

/// More pages of a kind than these are meant by nobody.
const MOST: usize = 3;

/// How a page fits, and how far it is from fitting well: how many of the letters say nothing of it, or how many actions it names
/// before the one it explains.
fn fit(page: &Page, query: &str, explained: Option<usize>) -> Option<(Class, usize)> {
    let all = query.chars().count();
    let titled = Fit::of(query, &sought(page.title())).filter(|fit| all > 1 || *fit != Fit::Holds);
    let words = page.words.split_whitespace().map(sought);
    let met = words.filter_map(|word| match word.chars().count() {
        _ if word.starts_with(query) => Some(all),
        letters if letters > 1 && query.contains(&word) => Some(letters),
        _ => None,
    });
    match (titled, met.max()) {
        (Some(Fit::Same), _) => Some((Class::Called, 0)),
        (Some(_), _) => Some((Class::LookedFor, 0)),
        (None, Some(met)) => Some((Class::LookedFor, all.saturating_sub(met))),
        _ if explained.is_some() => Some((Class::Explains, explained?)),
        _ if all > 1 && sought(page.text).contains(query) => Some((Class::Holds, 0)),
        _ => None,
    }
}
