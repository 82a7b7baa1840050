//! Maps for tests, from an outline.

use std::collections::{HashMap, HashSet};

use super::shape::{PlacedBox, What};
use crate::domain::map::{Place, add};
use crate::domain::{Branch, Dossier, Id, Kind, Meeting, Moment, Node, Now, Side, Tree};

pub(crate) fn stamp(seed: u64) -> Now {
    Now { at: Moment::parse_from_rfc3339("2026-05-21T13:30:00+09:00").unwrap(), seed }
}

pub(crate) fn meeting(branches: &[(&str, Side)]) -> Meeting {
    Meeting {
        branches: branches.iter().map(|(t, side)| Branch { title: (*t).to_owned(), side: *side }).collect(),
        ..Meeting::new(stamp(1).ids().id())
    }
}

/// A map from an outline: one entry a line, a branch without indentation (`<` before those on the left), twigs by two
/// spaces, with the sign of their kind before the words.
#[derive(Debug)]
pub(crate) struct Map {
    pub(crate) dossier: Dossier,
    pub(crate) ids: HashMap<String, Id<Node>>,
}

impl Map {
    pub(crate) fn new(outline: &str) -> Self {
        let titles: Vec<(&str, Side)> = outline
            .lines()
            .filter(|l| !l.trim().is_empty() && !l.starts_with(' '))
            .map(|l| match l.strip_prefix('<') {
                Some(title) => (title, Side::Left),
                None => (l, Side::Right),
            })
            .collect();
        let mut map = Self { dossier: Dossier::new(meeting(&titles), None), ids: HashMap::new() };
        let (mut branch, mut mint) = (0, stamp(2).ids());
        let mut path: Vec<Id<Node>> = Vec::new();
        for line in outline.lines().filter(|l| !l.trim().is_empty()) {
            let depth = (line.len() - line.trim_start().len()) / 2;
            if depth == 0 {
                branch = titles.iter().position(|(t, _)| *t == line.trim_start_matches('<')).unwrap();
                continue;
            }
            path.truncate(depth - 1);
            let place = path.last().map_or(Place::Branch(branch), |id| Place::Under(*id));
            let id = mint.id();
            map.add(id, line.trim(), place);
            path.push(id);
        }
        map
    }

    pub(crate) fn add(&mut self, id: Id<Node>, text: &str, place: Place) {
        let kind = Kind::ALL.into_iter().find(|kind| kind.sign().is_some_and(|sign| text.starts_with(sign)));
        let text = kind.and_then(Kind::sign).map_or(text, |sign| text.trim_start_matches(sign));
        let node = Node {
            kind: kind.unwrap_or(Kind::Fact),
            ..Node::new(id, self.dossier.meeting.id, text, stamp(0).at)
        };
        let changes = add(&self.dossier, &Tree::new(&self.dossier), node, place);
        self.dossier.apply_all(&changes).unwrap();
        self.ids.insert(text.to_owned(), id);
    }

    pub(crate) fn what(&self, text: &str) -> What {
        match self.dossier.meeting.branch_index(text) {
            Some(branch) => What::Branch(branch),
            None => What::Node(self.ids[text]),
        }
    }

    pub(crate) fn name(&self, what: What) -> String {
        match what {
            What::Node(id) => self.dossier.nodes[&id].text.clone(),
            What::Branch(i) => self.dossier.meeting.branches[i].title.clone(),
            other => format!("{other:?}"),
        }
    }
}

/// Of the boxes that can be walked to, those that cannot be reached from every other. From one all, and from all that one:
/// then from each all.
pub(crate) fn out_of_reach(boxes: &[PlacedBox], steps: impl Fn(What) -> [Option<What>; 4]) -> Vec<What> {
    let all = || {
        boxes
            .iter()
            .map(|b| b.what)
            .filter(|what| !matches!(what, What::Ghost | What::Empty(_) | What::Continued(_)))
    };
    let (mut ways, mut back): (HashMap<What, Vec<What>>, HashMap<What, Vec<What>>) = Default::default();
    for from in all() {
        for to in steps(from).into_iter().flatten() {
            ways.entry(from).or_default().push(to);
            back.entry(to).or_default().push(from);
        }
    }
    let reached = |ways: &HashMap<What, Vec<What>>| {
        let mut open: Vec<What> = all().take(1).collect();
        let mut seen: HashSet<What> = open.iter().copied().collect();
        while let Some(at) = open.pop() {
            open.extend(ways.get(&at).into_iter().flatten().copied().filter(|to| seen.insert(*to)));
        }
        seen
    };
    let (there, here) = (reached(&ways), reached(&back));
    all().filter(|what| !there.contains(what) || !here.contains(what)).collect()
}
