//! How one comes from one place to another: the action that leads there, for each place that one leads to.

use super::{Command, Place};

/// The screens of the steps of a meeting.
const STEPS: &[Place] = &[Place::Opening, Place::Map, Place::Plan, Place::Regional, Place::Closing];

/// What leads where, from all its places or from one of them; the shorter way stands first.
const WAYS: [(Command, Option<Place>, &[Place]); 13] = [
    (Command::Home, None, &[Place::Home]),
    (Command::Whole, None, &[Place::Map]),
    (Command::GoToStep, None, STEPS),
    (Command::Info, None, &[Place::Info]),
    (Command::People, None, &[Place::People]),
    // Where a meeting stands when it is opened nobody knows before.
    (Command::Open, Some(Place::Home), &[Place::Opening]),
    (Command::Register, None, &[Place::Register]),
    (Command::Open, Some(Place::Register), &[Place::Issue]),
    (Command::Year, None, &[Place::Year]),
    (Command::Review, None, &[Place::Review]),
    (Command::Decide, None, &[Place::Decide]),
    (Command::Forms, None, &[Place::Forms]),
    (Command::OpenMeeting, None, &[Place::Opening]),
];

/// The shortest way to one of some places, and to which it leads; it begins with what can be done now.
pub fn way(from: Place, to: &[Place], can: impl Fn(Command) -> bool) -> Option<(Vec<Command>, Place)> {
    let mut reached: Vec<(Vec<Command>, Place)> = vec![(Vec::new(), from)];
    let mut next = 0;
    while let Some((way, at)) = reached.get(next).cloned() {
        if to.contains(&at) {
            return Some((way, at));
        }
        for (command, only, leads) in WAYS {
            let starts = only.is_none_or(|place| place == at) && command.row().places.contains(&at);
            if !starts || way.is_empty() && !can(command) {
                continue;
            }
            for place in leads {
                if !reached.iter().any(|(_, known)| known == place) {
                    reached.push((way.iter().copied().chain([command]).collect(), *place));
                }
            }
        }
        next += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn どこからどこへも行き方がある() {
        for from in Place::ALL {
            for to in Place::ALL {
                let found = way(from, &[to], |_| true);
                assert!(found.is_some_and(|(way, at)| at == to && way.len() <= 3), "{from:?} {to:?}");
            }
        }
        let to = |from, to| way(from, &[to], |_| true).map(|(way, _)| way);
        assert_eq!(to(Place::Plan, Place::Map), Some(vec![Command::Whole]));
        assert_eq!(to(Place::Map, Place::Register), Some(vec![Command::Home, Command::Register]));
        assert_eq!(to(Place::Home, Place::Map), Some(vec![Command::Open, Command::Whole]));
    }
}
