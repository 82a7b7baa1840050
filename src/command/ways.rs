//! How one comes from one place to another: the action that leads there, for each place that one leads to.

use super::{Command, Place};

/// The meeting that one is in, or comes into from the list of meetings.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The screens of its steps, each with what the step is called.
    pub steps: Vec<(Place, String)>,
    /// Where it may stand once one looks at its step.
    pub step: Vec<Place>,
    /// What leads into it from the list of meetings, and where one may be then; none while one is in it.
    pub into: Option<(Command, Vec<Place>)>,
}

/// One action on a way, and the places where one may be after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    pub command: Command,
    pub to: Vec<Place>,
}

impl Ground {
    /// Whether a place is the screen of a step that this meeting does not have.
    pub fn lacks(&self, place: Place) -> bool {
        place.is_of_step() && self.steps.iter().all(|(has, _)| *has != place)
    }

    /// What leads on from wherever one may be, the shorter way first.
    fn legs(&self, at: &[Place]) -> Vec<Leg> {
        use Command as C;
        let to = |place| vec![place];
        let mut legs = vec![(C::Home, to(Place::Home)), (C::Whole, to(Place::Map))];
        if at.iter().all(|place| matches!(place, Place::Info | Place::People)) {
            legs.push((C::NextStep, self.step.clone()));
        }
        legs.extend(self.steps.iter().map(|(place, _)| (C::GoToStep, to(*place))));
        legs.extend([(C::Info, to(Place::Info)), (C::People, to(Place::People))]);
        match at {
            [Place::Home] => legs.extend(self.into.clone()),
            [Place::Register] => legs.push((C::Open, to(Place::Issue))),
            _ => {}
        }
        let region = [Place::Register, Place::Year, Place::Review, Place::Decide, Place::Forms];
        legs.extend([C::Register, C::Year, C::Review, C::Decide, C::Forms].into_iter().zip(region.map(to)));
        let starts = |command: Command| at.iter().all(|place| command.row().places.contains(place));
        let legs = legs.into_iter().filter(|(command, _)| starts(*command));
        legs.map(|(command, to)| Leg { command, to }).collect()
    }
}

/// The shortest way to one of some places; it begins with what can be done now. Empty where one stands at one of them; none
/// where nothing leads to any.
pub fn way(from: Place, to: &[Place], ground: &Ground, can: impl Fn(Command) -> bool) -> Option<Vec<Leg>> {
    let mut reached: Vec<(Vec<Leg>, Vec<Place>)> = vec![(Vec::new(), vec![from])];
    let mut next = 0;
    while let Some((way, at)) = reached.get(next).cloned() {
        if at.iter().all(|place| to.contains(place)) {
            return Some(way);
        }
        for leg in ground.legs(&at) {
            if (!way.is_empty() || can(leg.command)) && reached.iter().all(|(_, known)| *known != leg.to) {
                let to = leg.to.clone();
                reached.push((way.iter().cloned().chain([leg]).collect(), to));
            }
        }
        next += 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Step;

    fn ground(steps: &[Step], into: Option<(Command, Vec<Place>)>) -> Ground {
        let steps: Vec<_> = steps.iter().map(|s| (Place::of(*s), s.label().to_owned())).collect();
        Ground { step: steps.iter().take(1).map(|(place, _)| *place).collect(), steps, into }
    }

    #[test]
    fn どこからどこへも行き方がある() {
        for from in Place::ALL {
            let inside = Place::ALL[1..8].contains(&from);
            let into = (!inside).then(|| (Command::Open, Place::ALL[1..8].to_vec()));
            for to in Place::ALL {
                let found = way(from, &[to], &ground(&Step::ALL, into.clone()), |_| true);
                let ends = |way: &[Leg]| way.last().map_or(vec![from], |leg| leg.to.clone());
                assert!(found.is_some_and(|way| ends(&way) == [to] && way.len() <= 3), "{from:?} {to:?}");
            }
        }
    }

    #[test]
    fn 行き方はその会にある段階だけを通る() {
        let way = |from, to: &[Place], ground: &Ground| {
            let way = way(from, to, ground, |_| true)?;
            Some(way.into_iter().map(|leg| leg.command).collect::<Vec<_>>())
        };
        let whole = ground(&Step::ALL, None);
        assert_eq!(way(Place::Plan, &[Place::Map], &whole), Some(vec![Command::Whole]));
        let far = Some(vec![Command::Home, Command::Register, Command::Open]);
        assert_eq!(way(Place::Map, &[Place::Issue], &whole), far);
        let few = ground(&[Step::Opening, Step::Questions, Step::Closing], None);
        assert!(few.lacks(Place::Plan) && !few.lacks(Place::Map) && !few.lacks(Place::Home));
        assert_eq!(way(Place::Map, &[Place::Plan, Place::Regional], &few), None);
        assert_eq!(way(Place::Map, &[Place::Plan, Place::Closing], &few), Some(vec![Command::GoToStep]));
        // Who comes into a meeting may be anywhere in it, and a form has no large map.
        let anywhere = ground(&Step::ALL, Some((Command::Open, vec![Place::Info, Place::Map])));
        let picks = Some(vec![Command::Open, Command::GoToStep]);
        assert_eq!(way(Place::Home, &[Place::Map], &anywhere), picks);
        assert_eq!(way(Place::Home, &[Place::Info, Place::Map], &anywhere), Some(vec![Command::Open]));
    }
}
