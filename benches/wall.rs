//! What the room sees of a meeting, and how calm that is. Not how long it takes: for meetings of several sizes on four screens it
//! prints how many keywords can be read whole, beside what a bare indented list over the same area would hold, how much of the
//! area is used, and how far words move from one entry to the next.

// What a bench has to say goes to the terminal.
#![allow(clippy::print_stdout)]

#[path = "support/meeting.rs"]
mod meeting;

use std::collections::{BTreeMap, BTreeSet};

use jirei::domain::{Dossier, Id, Kind, Node, Side, Tree};
use jirei::layout::map::{Layout, centre};
use jirei::layout::measure::width;
use jirei::layout::shape::{Area, PlacedBox, What};
use jirei::layout::signs::Signs;
use jirei::layout::wall::{Focus, Input, Wall};
use jirei::layout::words::Words;
use jirei::layout::wrap::wrap_evenly;

use self::meeting::Growing;

/// The map's part of a screen: in a step, and over the whole screen.
const ROOMS: [(&str, (i32, i32)); 6] = [
    ("80x24 step", (80, 15)),
    ("120x40 step", (79, 31)),
    ("80x24 whole", (80, 16)),
    ("120x40 whole", (120, 32)),
    ("160x45 whole", (160, 37)),
    ("200x60 whole", (200, 52)),
];

/// No column is narrower.
const COLUMN: i32 = 19;

fn main() {
    if let Ok(sample) = jirei::export::sample::case_a() {
        report("sample", &sample);
    }
    for (entries, branches) in
        [(20, 8), (60, 8), (60, 5), (140, 8), (170, 9), (220, 6), (300, 8), (300, 12), (2_000, 8)]
    {
        let mut growing = Growing::new(entries as u64 * 31 + branches as u64, branches);
        for _ in 0..entries {
            growing.grow();
        }
        report(&format!("{entries} on {branches}"), &growing.dossier);
    }
    for (name, room) in ROOMS {
        calm(name, room);
    }
}

/// What is seen of a meeting, at the worse of two selections far apart.
fn report(name: &str, dossier: &Dossier) {
    let tree = Tree::new(dossier);
    for (screen, room) in ROOMS {
        let order = tree.depth_first();
        let ends = [order.first(), order.last()].map(|id| id.map_or(What::Centre, |id| What::Node(*id)));
        let layouts = ends.map(|selected| lay_out(dossier, &tree, room, selected, &mut Wall::default()));
        let seen = layouts.iter().map(|layout| seen(layout, dossier, room)).min().unwrap_or(0);
        let held = list(dossier, &tree, room);
        println!(
            "{name:>12} {screen:>13}: {seen:>4} seen, {held:>4} in a list, {:>3} %{} area {:>2} %, {}",
            seen * 100 / held.max(1),
            if seen * 100 < held * 80 { " SHORT," } else { "," },
            used(&layouts[0], room),
            loud(&layouts[0], dossier),
        );
    }
}

fn lay_out(dossier: &Dossier, tree: &Tree, room: (i32, i32), selected: What, wall: &mut Wall) -> Layout {
    let branch = match selected {
        What::Node(id) => dossier.nodes.get(&id).and_then(|n| dossier.meeting.branch_index(&n.branch)),
        _ => None,
    };
    let visited: Vec<usize> = branch.into_iter().collect();
    let none = BTreeSet::new();
    let input = Input {
        dossier,
        tree,
        centre: &centre(dossier),
        folded: &none,
        folded_branches: &BTreeSet::new(),
        only_branch: None,
        signs: Signs::unicode(),
        ghost: None,
        room,
        focus: Focus {
            selected,
            visited: &visited,
            hits: &none,
            marked: None,
            roots: &[],
            only: None,
            still: false,
        },
    };
    wall.lay_out(&input, &mut Words::default())
}

/// How many issues and wishes have a place of their own, and how many plain words beside them.
fn loud(layout: &Layout, dossier: &Dossier) -> String {
    let nodes = layout.boxes.iter().filter_map(|placed| match placed.what {
        What::Node(id) => dossier.nodes.get(&id),
        _ => None,
    });
    let is_loud = |node: &&Node| matches!(node.kind, Kind::Issue | Kind::Feeling);
    let (loud, plain): (Vec<&Node>, Vec<&Node>) = nodes.partition(is_loud);
    let all = dossier.nodes.values().filter(is_loud).count();
    format!("issues and wishes {} of {all}, others {}", loud.len(), plain.len())
}

/// The keywords that can be read whole.
fn seen(layout: &Layout, dossier: &Dossier, room: (i32, i32)) -> usize {
    let view = Area { x: layout.bounds.x, y: layout.bounds.y, w: room.0, h: room.1 };
    let whole = |placed: &&PlacedBox| {
        let What::Node(id) = placed.what else { return false };
        let text = dossier.nodes.get(&id).map_or("", |node| node.text.as_str());
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        letters(&placed.lines.concat()) == letters(text) && view.around(placed.area) == view
    };
    layout.boxes.iter().filter(whole).count()
}

/// What a list would hold: branches and keywords, two cells a level, in equal columns as wide as the median keyword and four.
fn list(dossier: &Dossier, tree: &Tree, (w, h): (i32, i32)) -> usize {
    let mut widths: Vec<usize> = dossier.nodes.values().map(|node| width(&node.text)).collect();
    widths.sort_unstable();
    let column = widths.get(widths.len() / 2).copied().unwrap_or(0) + 4;
    let (mut columns, mut free, mut held) = ((w as usize / column).max(1), h as usize, 0);
    let mut put = |rows: usize| {
        if rows > free {
            (columns, free) = (columns.saturating_sub(1), h as usize);
        }
        free = free.saturating_sub(rows);
        columns > 0
    };
    for branch in 0..tree.branches() {
        if !put(1) {
            break;
        }
        for id in tree.branch(branch) {
            let Some(node) = dossier.nodes.get(&id) else { continue };
            let above = |n: &&Node| n.parent.and_then(|p| dossier.nodes.get(&p));
            let depth = std::iter::successors(Some(node), above).count();
            let room = column.saturating_sub(2 * depth).max(2);
            if !put(wrap_evenly(&node.text, room).len()) {
                return held;
            }
            held += 1;
        }
    }
    held
}

/// The share of the area that words, signs and lines take, in hundredths.
fn used(layout: &Layout, room: (i32, i32)) -> usize {
    let boxes = layout.boxes.iter().flat_map(|placed| {
        let Area { x, y, w, h } = placed.area;
        let last = placed.lines.len() as i32 - 1;
        (0..h).flat_map(move |row| {
            let line = width(&placed.lines[row.min(last) as usize]) as i32;
            let cells =
                line + placed.room.before as i32 + if row == last { placed.room.after as i32 } else { 0 };
            (x..x + cells.min(w)).map(move |x| (x, y + row))
        })
    });
    let lines = layout.connectors.iter().flat_map(|c| c.cells().map(|(x, y, _)| (x, y)));
    let cells: BTreeSet<(i32, i32)> = boxes.chain(lines).collect();
    cells.len() * 100 / (room.0 * room.1).max(1) as usize
}

/// How words move while meetings grow to 300 entries, each entry selected as it is made.
fn calm(name: &str, room: (i32, i32)) {
    let (mut roomy, mut late, mut jumps, mut closest) = (Vec::new(), Vec::new(), 0, usize::MAX);
    for seed in 1..=4 {
        let mut growing = Growing::new(seed * 977, 8);
        let (mut wall, mut before) = (Wall::default(), BTreeMap::new());
        let (mut jumped, mut stacked) = (None, None);
        for entry in 0..300 {
            let id = growing.grow();
            let tree = Tree::new(&growing.dossier);
            let layout = lay_out(&growing.dossier, &tree, room, What::Node(id), &mut wall);
            let now = places(&layout);
            let mut by: Vec<i32> = Vec::new();
            let mut elsewhere = 0;
            for (id, (x, y)) in &now {
                let Some((old_x, old_y)) = before.get(id) else { continue };
                // Less than a column is a level more or less between it and what it hangs on.
                if i32::abs(x - old_x) < COLUMN { by.push(i32::abs(y - old_y)) } else { elsewhere += 1 }
            }
            let otherwise = stacked.replace(layout.stacked).is_some_and(|was| was != layout.stacked);
            if elsewhere > 2 || otherwise {
                jumps += 1;
                closest = jumped.map_or(closest, |last: usize| closest.min(entry - last));
                jumped = Some(entry);
            } else if layout.boxes.iter().any(|placed| placed.hidden.count > 0) {
                late.extend(by);
            } else {
                roomy.extend(by);
            }
            before = now;
        }
    }
    let part = |moves: &mut Vec<i32>, part: usize| {
        moves.sort_unstable();
        moves.get(moves.len().saturating_sub(1) * part / 100).copied().unwrap_or(0)
    };
    println!(
        "{name:>13}: while there is room words move by {} rows (median), {} (95 %); then by {}, {}; rearranged {jumps} times in 4 × 300 entries, {} entries apart at least",
        part(&mut roomy, 50),
        part(&mut roomy, 95),
        part(&mut late, 50),
        part(&mut late, 95),
        if closest == usize::MAX { 300 } else { closest },
    );
}

/// Where each word begins, as seen from the trunk of its column: the side and the column, and the row.
fn places(layout: &Layout) -> BTreeMap<Id<Node>, (i32, i32)> {
    let place = |placed: &PlacedBox| {
        let What::Node(id) = placed.what else { return None };
        let edge = match placed.side {
            Side::Right => placed.area.x,
            Side::Left => -placed.area.right(),
        };
        Some((id, (edge, placed.area.y)))
    };
    layout.boxes.iter().filter_map(place).collect()
}
