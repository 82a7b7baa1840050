//! Cause and effect among the issues: what each leads to, where it all begins, and where it goes round in a circle.
//!
//! Circles are the strongly connected components (Tarjan 1972). How far an issue reaches is counted over the
//! components, effects before causes, in sets of bits: one pass over the links.

mod among;
pub mod say;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, VecDeque};

use super::{Change, Dossier, Id, Kind, Node, Record};

/// Circles of so many issues are looked through for a place where all of it breaks.
const SEEN_THROUGH: usize = 60;

/// The links of a meeting, with what follows from them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Causes {
    /// Every issue by its number, then whatever else is linked.
    ids: Vec<Id<Node>>,
    index: HashMap<Id<Node>, usize>,
    effects: Vec<Vec<usize>>,
    causes: Vec<Vec<usize>>,
    reach: Vec<usize>,
    circle_of: Vec<Option<usize>>,
    circles: Vec<Circle>,
}

/// Issues that bring about each other: a vicious circle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Circle {
    /// Once round from cause to effect, from the place that is easiest to break: the issue with the fewest causes from
    /// outside; of several one through which every circle goes that hangs together with this one. What is to be broken is that issue, or the link from the last one back to it.
    pub round: Vec<Id<Node>>,
    /// What else hangs together with them in circles.
    pub others: Vec<Id<Node>>,
    /// How many causes from outside the first issue has.
    pub outside: usize,
    /// What makes the first issue the place to break it.
    pub weak: Weak,
    /// Others that are as easy to break.
    pub equals: Vec<Id<Node>>,
}

/// Why a circle is easiest to break where its round begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Others have more causes from outside.
    FewestOutside,
    /// All circles that hang together go through it.
    AllThrough,
    /// Others have more causes within.
    FewestInside,
    /// It is not: all of them are alike.
    Nowhere,
}

/// Where it all begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Root {
    /// The first of them, where one has to be chosen; of a circle the one that is easiest to break.
    pub id: Id<Node>,
    /// How many others each leads to.
    pub reach: usize,
    /// All that lead to so many: issues, each alone, and circles, whole, for none in a circle is before the others.
    pub all: Vec<Vec<Id<Node>>>,
}

impl Causes {
    /// Reads the links of a meeting. Links that end nowhere, or where they begin, are passed over.
    pub fn of(dossier: &Dossier) -> Self {
        let mut ids: Vec<Id<Node>> = dossier.issues().into_iter().map(|n| n.id).collect();
        let mut index: HashMap<Id<Node>, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let mut pairs = Vec::with_capacity(dossier.links.len());
        for link in dossier.links.values() {
            let stand = [link.from, link.to].iter().all(|id| dossier.nodes.contains_key(id));
            if !stand || link.from == link.to {
                continue;
            }
            let [from, to] = [link.from, link.to].map(|id| {
                *index.entry(id).or_insert_with(|| {
                    ids.push(id);
                    ids.len() - 1
                })
            });
            pairs.push((from, to));
        }
        let mut effects = vec![Vec::new(); ids.len()];
        let mut causes = vec![Vec::new(); ids.len()];
        pairs.sort_unstable();
        pairs.dedup();
        for (from, to) in pairs {
            effects[from].push(to);
            causes[to].push(from);
        }
        let mut all = Self { ids, index, effects, causes, ..Self::default() };
        let components = all.components();
        all.reach = all.reaches(&components);
        all.find_circles(components);
        all
    }

    /// Whether a change makes them others: a link, or what is an issue and under which number.
    pub fn change_with(change: &Change) -> bool {
        let issue = |record: Option<&Record>| match record {
            Some(Record::Node(node)) if node.kind == Kind::Issue => Some(node.number),
            _ => None,
        };
        let link = |record: Option<&Record>| matches!(record, Some(Record::Link(_)));
        let (before, after) = (change.before(), change.after());
        link(before) || link(after) || issue(before) != issue(after)
    }

    /// Every issue by its number, then whatever else is linked.
    pub fn ids(&self) -> &[Id<Node>] {
        &self.ids
    }

    /// What an issue brings about.
    pub fn effects(&self, id: Id<Node>) -> impl Iterator<Item = Id<Node>> + '_ {
        self.beside(&self.effects, id)
    }

    /// What brings an issue about.
    pub fn causes(&self, id: Id<Node>) -> impl Iterator<Item = Id<Node>> + '_ {
        self.beside(&self.causes, id)
    }

    fn beside<'a>(&'a self, lists: &'a [Vec<usize>], id: Id<Node>) -> impl Iterator<Item = Id<Node>> + 'a {
        let list = self.index.get(&id).map_or(&[][..], |i| lists[*i].as_slice());
        list.iter().map(|i| self.ids[*i])
    }

    /// How many others an issue leads to, however far.
    pub fn reach(&self, id: Id<Node>) -> usize {
        self.index.get(&id).map_or(0, |i| self.reach[*i])
    }

    /// The vicious circles, by the first issue in each.
    pub fn circles(&self) -> &[Circle] {
        &self.circles
    }

    /// The circle an issue is in.
    pub fn circle_of(&self, id: Id<Node>) -> Option<&Circle> {
        self.index.get(&id).and_then(|i| self.circle_of[*i]).map(|c| &self.circles[c])
    }

    /// What is linked to nothing yet.
    pub fn unlinked(&self) -> impl Iterator<Item = Id<Node>> + '_ {
        let alone = |i: &usize| self.effects[*i].is_empty() && self.causes[*i].is_empty();
        (0..self.ids.len()).filter(alone).map(|i| self.ids[i])
    }

    /// The issues from which the links reach the most others, the earliest first. None without links.
    pub fn root(&self) -> Option<Root> {
        let reach = self.most()?;
        let mut all: Vec<(Option<usize>, Vec<Id<Node>>)> = Vec::new();
        for i in (0..self.ids.len()).filter(|i| self.reach[*i] == reach) {
            let circle = self.circle_of[i];
            match all.iter_mut().find(|(known, _)| circle.is_some() && *known == circle) {
                Some((_, members)) => members.push(self.ids[i]),
                None => all.push((circle, vec![self.ids[i]])),
            }
        }
        let (circle, members) = all.first()?;
        let id = circle.map_or(*members.first()?, |c| self.circles[c].round[0]);
        Some(Root { id, reach, all: all.into_iter().map(|(_, members)| members).collect() })
    }

    /// All that are at the root, alone or in a circle, the earliest first.
    pub fn roots(&self) -> Vec<Id<Node>> {
        let most = self.most();
        self.ids
            .iter()
            .zip(&self.reach)
            .filter(|(_, reach)| Some(**reach) == most)
            .map(|(id, _)| *id)
            .collect()
    }

    /// Whether no other issue reaches more than this one: it is a root, or part of a circle that is.
    pub fn is_root(&self, id: Id<Node>) -> bool {
        self.most() == Some(self.reach(id))
    }

    fn most(&self) -> Option<usize> {
        self.reach.iter().copied().max().filter(|most| *most > 0)
    }

    /// The strongly connected components, each after all it leads to.
    fn components(&self) -> Vec<Vec<usize>> {
        let count = self.ids.len();
        let (mut order, mut low) = (vec![usize::MAX; count], vec![0; count]);
        let (mut stacked, mut stack) = (vec![false; count], Vec::new());
        let (mut found, mut next) = (Vec::new(), 0);
        for start in 0..count {
            if order[start] != usize::MAX {
                continue;
            }
            // What a recursion would keep: the issue, and how many of its effects were looked at.
            let mut open = vec![(start, 0)];
            while let Some((at, seen)) = open.pop() {
                if seen == 0 {
                    (order[at], low[at], stacked[at]) = (next, next, true);
                    stack.push(at);
                    next += 1;
                }
                if let Some(to) = self.effects[at].get(seen).copied() {
                    open.push((at, seen + 1));
                    if order[to] == usize::MAX {
                        open.push((to, 0));
                    } else if stacked[to] {
                        low[at] = low[at].min(order[to]);
                    }
                    continue;
                }
                if let Some((above, _)) = open.last() {
                    low[*above] = low[*above].min(low[at]);
                }
                if low[at] == order[at] {
                    let from = stack.iter().rposition(|i| *i == at).unwrap_or(0);
                    let mut members = stack.split_off(from);
                    members.iter().for_each(|i| stacked[*i] = false);
                    members.sort_unstable();
                    found.push(members);
                }
            }
        }
        found
    }

    fn reaches(&self, components: &[Vec<usize>]) -> Vec<usize> {
        let words = self.ids.len().div_ceil(64);
        let mut component_of = vec![0; self.ids.len()];
        let mut sets: Vec<Vec<u64>> = Vec::with_capacity(components.len());
        let mut reach = vec![0; self.ids.len()];
        for (c, members) in components.iter().enumerate() {
            let mut set = vec![0u64; words];
            for member in members {
                component_of[*member] = c;
                set[member / 64] |= 1 << (member % 64);
            }
            for to in members.iter().flat_map(|i| &self.effects[*i]).filter(|to| component_of[**to] != c) {
                let further = &sets[component_of[*to]];
                set.iter_mut().zip(further).for_each(|(mine, theirs)| *mine |= theirs);
            }
            let count: u32 = set.iter().map(|word| word.count_ones()).sum();
            members.iter().for_each(|i| reach[*i] = count as usize - 1);
            sets.push(set);
        }
        reach
    }

    fn find_circles(&mut self, mut components: Vec<Vec<usize>>) {
        self.circle_of = vec![None; self.ids.len()];
        components.retain(|members| members.len() > 1);
        components.sort_unstable();
        for (c, members) in components.iter().enumerate() {
            members.iter().for_each(|i| self.circle_of[*i] = Some(c));
        }
        self.circles = components.iter().map(|members| self.circle(members)).collect();
    }

    fn circle(&self, members: &[usize]) -> Circle {
        let inside = |i: &usize| self.circle_of[*i] == self.circle_of[members[0]];
        let causes = |i: usize| {
            let within = self.causes[i].iter().filter(|c| inside(c)).count();
            (self.causes[i].len() - within, within)
        };
        let (mut weak, mut candidates) = (Weak::Nowhere, members.to_vec());
        // Fewer places with each thing that tells them apart; the weightiest of these is the reason.
        let mut keep = |why: Weak, kept: Vec<usize>| {
            if !kept.is_empty() && kept.len() < candidates.len() {
                candidates = kept;
                weak = if weak == Weak::Nowhere { why } else { weak };
            }
            candidates.clone()
        };
        let fewest = |of: &[usize], count: &dyn Fn(usize) -> usize| {
            let least = of.iter().map(|i| count(*i)).min();
            of.iter().copied().filter(|i| Some(count(*i)) == least).collect::<Vec<_>>()
        };
        let mut left = keep(Weak::FewestOutside, fewest(members, &|i| causes(i).0));
        if members.len() <= SEEN_THROUGH {
            let all = |i: &usize| !self.circles_without(members, *i);
            left = keep(Weak::AllThrough, left.into_iter().filter(all).collect());
        }
        left = keep(Weak::FewestInside, fewest(&left, &|i| causes(i).1));
        let weakest = left.first().copied().unwrap_or(members[0]);
        let equals = left.into_iter().skip(1).map(|i| self.ids[i]).collect();
        let round = self.round(weakest, inside);
        let others = members.iter().filter(|i| !round.contains(i)).map(|i| self.ids[*i]).collect();
        let round = round.into_iter().map(|i| self.ids[i]).collect();
        Circle { round, others, outside: causes(weakest).0, weak, equals }
    }

    /// Whether some of these issues still go round in a circle when one is taken out: what is left once all that lead
    /// nowhere any more are taken out one after the other.
    fn circles_without(&self, members: &[usize], out: usize) -> bool {
        let mut left: HashMap<usize, usize> = HashMap::new();
        for i in members {
            left.insert(*i, self.effects[*i].iter().filter(|to| members.binary_search(to).is_ok()).count());
        }
        let mut open = vec![out];
        let mut gone = 0;
        left.insert(out, 0);
        while let Some(at) = open.pop() {
            gone += 1;
            for cause in self.causes[at].iter().filter(|c| **c != out) {
                if let Some(count) = left.get_mut(cause).filter(|count| **count > 0) {
                    *count -= 1;
                    if *count == 0 {
                        open.push(*cause);
                    }
                }
            }
        }
        gone < members.len()
    }

    /// The shortest way from an issue back to itself.
    fn round(&self, from: usize, inside: impl Fn(&usize) -> bool) -> Vec<usize> {
        let mut came: HashMap<usize, usize> = HashMap::new();
        let mut open = VecDeque::from([from]);
        while let Some(at) = open.pop_front() {
            if self.effects[at].contains(&from) {
                let mut way = vec![at];
                while let Some(before) = way.last().filter(|i| **i != from).and_then(|i| came.get(i)) {
                    way.push(*before);
                }
                way.reverse();
                return way;
            }
            for to in self.effects[at].iter().copied().filter(|to| inside(to) && *to != from) {
                if let Entry::Vacant(first) = came.entry(to) {
                    first.insert(at);
                    open.push_back(to);
                }
            }
        }
        vec![from]
    }
}

#[cfg(test)]
mod tests;
