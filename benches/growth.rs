//! How far the words on the screen move when the map grows by one twig. Not how long it takes: it prints how many of the words
//! that were seen at 120×40 moved by how many rows, for 300 twigs put in one after another's turn.

// What a bench has to say goes to the terminal.
#![allow(clippy::print_stdout)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use jirei::domain::map::{Place, add};
use jirei::domain::{Dossier, Id, Node, Record, Side, Tree};
use jirei::layout::deal::deal;
use jirei::layout::labels::MapLabels;
use jirei::layout::map::{Input, Layout, Spacing, lay_out};
use jirei::layout::shape::{Area, What};
use jirei::layout::signs::Signs;
use jirei::layout::words::Words;

const ENTRIES: usize = 300;
/// The map's part of a screen of 120×40.
const VIEW: (i32, i32) = (79, 30);

fn main() {
    let map = support::dossier(ENTRIES);
    for (name, spacing) in [("stacked", Spacing::Compact), ("columns", Spacing::Normal)] {
        let tree = Tree::new(&map);
        let sides = deal(&map, &tree, &[]);
        let before = layout(&map, &tree, &sides, spacing);
        let mut furthest = Vec::new();
        let mut rows: BTreeMap<i32, usize> = BTreeMap::new();
        for (turn, id) in map.nodes.keys().enumerate() {
            let grown = with_a_twig_after(&map, &tree, *id, turn);
            let tree = Tree::new(&grown);
            let after = layout(&grown, &tree, &deal(&grown, &tree, &sides), spacing);
            let moved = moves(&before, &after, *id);
            furthest.push(moved.iter().copied().max().unwrap_or(0));
            for by in moved {
                *rows.entry(by).or_default() += 1;
            }
        }
        furthest.sort_unstable();
        let at = |part: usize| furthest.get((furthest.len() - 1) * part / 100).copied().unwrap_or(0);
        println!(
            "{name}: the furthest a word moves: median {} rows, 90% {}, most {}",
            at(50),
            at(90),
            at(100)
        );
        let all: usize = rows.values().sum();
        for (by, count) in rows {
            println!("  by {by} rows: {:.1}% of the words seen", count as f64 * 100.0 / all as f64);
        }
    }
}

fn with_a_twig_after(map: &Dossier, tree: &Tree, id: Id<Node>, turn: usize) -> Dossier {
    let mut grown = map.clone();
    let Some(node) = map.nodes.get(&id) else { return grown };
    let text = support::WORDS[turn % support::WORDS.len()].to_owned();
    let node = Node { id: support::stamp(turn as u64 + 2).ids().id(), text, number: 0, ..node.clone() };
    for change in add(map, tree, node, Place::After(id)) {
        if let Some(Record::Node(node)) = change.after() {
            grown.nodes.insert(node.id, node.clone());
        }
    }
    grown
}

fn layout(map: &Dossier, tree: &Tree, sides: &[Side], spacing: Spacing) -> Layout {
    let none = BTreeSet::new();
    let input = Input {
        dossier: map,
        tree,
        sides,
        centre: &["80代後半".to_owned(), "独居".to_owned()],
        folded: &none,
        folded_branches: &BTreeSet::new(),
        only_branch: None,
        wrap: if spacing == Spacing::Compact { 28 } else { 20 },
        spacing,
        labels: &MapLabels { signs: Signs::unicode() },
        ghost: None,
    };
    lay_out(&input, &mut Words::default())
}

/// By how many rows the words moved that were seen around the place where the twig was put.
fn moves(before: &Layout, after: &Layout, at: Id<Node>) -> Vec<i32> {
    let Some(place) = before.find(What::Node(at)) else { return Vec::new() };
    let (w, h) = VIEW;
    let view =
        Area { x: before.boxes.first().map_or(0, |c| c.area.x) - w / 2, y: place.area.y - h / 2, w, h };
    let now: BTreeMap<What, Area> = after.boxes.iter().map(|b| (b.what, b.area)).collect();
    let seen = before.boxes.iter().filter(|b| matches!(b.what, What::Node(_)) && view.meets(b.area));
    seen.filter_map(|b| now.get(&b.what).map(|area| (area.y - b.area.y).abs() + (area.x - b.area.x).abs()))
        .collect()
}
