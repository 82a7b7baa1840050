//! The links where not every issue is shown: what lies between is passed over.

use std::collections::{HashMap, HashSet, VecDeque};

use super::Causes;
use crate::domain::{Id, Node};

/// Which way links are followed.
#[derive(Clone, Copy)]
enum Way {
    Effects,
    Causes,
}

impl Causes {
    /// The same with only some of the issues. A link to one that is left out goes on to the nearest behind it that are kept,
    /// so that what leads somewhere is seen to. Circles, and how far an issue reaches, stay what they are.
    pub fn among(&self, kept: &[Id<Node>]) -> Self {
        let keep = self.marks(kept);
        let mut pairs: HashSet<(usize, usize)> = HashSet::new();
        let all = || (0..self.ids.len()).filter(|i| keep[*i]);
        for from in all() {
            for to in &self.effects[from] {
                let found = self.nearest(*to, Way::Effects, &keep, from);
                pairs.extend(found.into_iter().map(|to| (from, to)));
            }
        }
        let reached: HashSet<usize> = pairs.iter().map(|(_, to)| *to).collect();
        for to in all().filter(|to| !reached.contains(to)) {
            for from in &self.causes[to] {
                let found = self.nearest(*from, Way::Causes, &keep, to);
                pairs.extend(found.into_iter().map(|from| (from, to)));
            }
        }
        let old: Vec<usize> = all().collect();
        let new: HashMap<usize, usize> = old.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let (mut effects, mut causes) = (vec![Vec::new(); old.len()], vec![Vec::new(); old.len()]);
        let mut pairs: Vec<(usize, usize)> = pairs.iter().map(|(from, to)| (new[from], new[to])).collect();
        pairs.sort_unstable();
        for (from, to) in pairs {
            effects[from].push(to);
            causes[to].push(from);
        }
        let ids: Vec<Id<Node>> = old.iter().map(|i| self.ids[*i]).collect();
        Self {
            index: ids.iter().enumerate().map(|(i, id)| (*id, i)).collect(),
            ids,
            effects,
            causes,
            reach: old.iter().map(|i| self.reach[*i]).collect(),
            circle_of: old.iter().map(|i| self.circle_of[*i]).collect(),
            circles: self.circles.clone(),
        }
    }

    /// How many that are left out each of those that are kept stands for: what it leads to, then what leads to it. Each is
    /// counted once, with the first that is near.
    pub fn passed_over(&self, kept: &[Id<Node>]) -> HashMap<Id<Node>, usize> {
        let mut seen = self.marks(kept);
        let mut counts = HashMap::new();
        for way in [Way::Effects, Way::Causes] {
            let starts = kept.iter().filter_map(|id| Some((*id, *self.index.get(id)?)));
            let mut open: VecDeque<(Id<Node>, usize)> = starts.collect();
            while let Some((id, at)) = open.pop_front() {
                for next in self.list(way, at) {
                    if !std::mem::replace(&mut seen[*next], true) {
                        *counts.entry(id).or_default() += 1;
                        open.push_back((id, *next));
                    }
                }
            }
        }
        counts
    }

    /// Whether an issue is linked to any other.
    pub fn is_linked(&self, id: Id<Node>) -> bool {
        self.effects(id).chain(self.causes(id)).next().is_some()
    }

    fn marks(&self, ids: &[Id<Node>]) -> Vec<bool> {
        let mut marks = vec![false; self.ids.len()];
        ids.iter().filter_map(|id| self.index.get(id)).for_each(|i| marks[*i] = true);
        marks
    }

    fn list(&self, way: Way, at: usize) -> &[usize] {
        match way {
            Way::Effects => &self.effects[at],
            Way::Causes => &self.causes[at],
        }
    }

    /// The nearest that are kept, from `start` on over what is not, all that are as near; not `own` itself.
    fn nearest(&self, start: usize, way: Way, keep: &[bool], own: usize) -> Vec<usize> {
        let (mut seen, mut ring) = (HashSet::from([own, start]), vec![start]);
        while !ring.is_empty() {
            let found: Vec<usize> = ring.iter().copied().filter(|i| keep[*i]).collect();
            if !found.is_empty() {
                return found;
            }
            let next = ring.iter().flat_map(|i| self.list(way, *i)).copied();
            ring = next.filter(|i| seen.insert(*i)).collect();
        }
        Vec::new()
    }
}
