//! What of a chart gives way first where not all issues have room.

use std::collections::HashSet;

use crate::domain::causes::Causes;
use crate::domain::{Id, Node};

/// All issues, those that matter most first, and how many of them go last: the first root, the selected one, all other roots, and
/// what goes round in circles, from where each is easiest to break. Behind them comes what lies nearest to these by links, first what the selected
/// one is linked to; what is linked to nothing comes last.
pub(super) fn order(causes: &Causes, selected: Option<Id<Node>>) -> (Vec<Id<Node>>, usize) {
    let mut order = Order::default();
    let known = selected.filter(|id| causes.ids().contains(id));
    let root = causes.root().map(|root| root.id);
    let first: Vec<Id<Node>> = root.into_iter().chain(known).collect();
    order.take(first.iter().copied());
    let roots = causes.roots();
    order.take(roots.iter().copied().filter(|id| causes.circle_of(*id).is_none()));
    let near = first.iter().chain(&roots).filter_map(|id| causes.circle_of(*id));
    for circle in near.chain(causes.circles()) {
        order.take(circle.round.iter().chain(&circle.others).copied());
    }
    let last = order.ids.len();
    known.into_iter().for_each(|id| order.take(beside(causes, id)));
    let mut at = 0;
    for start in causes.ids().iter().filter(|id| causes.is_linked(**id)) {
        while let Some(id) = order.ids.get(at).copied() {
            order.take(beside(causes, id));
            at += 1;
        }
        order.take([*start]);
    }
    order.take(causes.ids().iter().copied());
    (order.ids, last)
}

fn beside(causes: &Causes, id: Id<Node>) -> impl Iterator<Item = Id<Node>> + '_ {
    causes.effects(id).chain(causes.causes(id))
}

/// Each once, where it comes first.
#[derive(Default)]
struct Order {
    ids: Vec<Id<Node>>,
    seen: HashSet<Id<Node>>,
}

impl Order {
    fn take(&mut self, ids: impl IntoIterator<Item = Id<Node>>) {
        let new = ids.into_iter().filter(|id| self.seen.insert(*id));
        self.ids.extend(new);
    }
}
