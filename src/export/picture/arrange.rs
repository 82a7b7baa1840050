//! Where everything stands: the branches in columns left and right of the centre, each laid out by `layout::map`.
//!
//! A map of forty words is a column on each side. With five hundred, that would be a ribbon: further columns stand outside
//! the first, and the lines to them run through a gap that the inner columns leave in the middle.

use std::collections::BTreeSet;

use super::super::svg::Frame;
use super::{CELL, FONT, ROW, draw};
use crate::domain::{Dossier, Id, Node, Side, Tree};
use crate::layout::deal::deal;
use crate::layout::map::{Input, Spacing, centre, lay_out};
use crate::layout::shape::{PlacedBox, What};
use crate::layout::words::Words;

/// The room for the lines between the centre and a column, and between two columns.
const FAN: f32 = 66.0;
/// The air between two branches of a column.
const APART: f32 = ROW;
/// How far two lines run from each other in the gap of a column.
const CABLE: f32 = 6.0;
/// The most columns on a side.
const COLUMNS: usize = 4;
/// How the branches may stand.
#[derive(Debug, Clone, Copy)]
struct Way {
    /// Columns on a side, at most.
    columns: usize,
    /// Branches that are too high are broken.
    parted: bool,
    /// All of them stand on the right.
    one_side: bool,
}
const WAYS: [Way; COLUMNS] = [
    Way { columns: 1, parted: false, one_side: false },
    Way { columns: 2, parted: true, one_side: false },
    Way { columns: 3, parted: true, one_side: false },
    Way { columns: 4, parted: true, one_side: false },
];
/// The same for a part of the map.
const PARTS: [Way; 3] = [
    Way { columns: 1, parted: true, one_side: false },
    Way { columns: 1, parted: false, one_side: true },
    Way { columns: 2, parted: true, one_side: true },
];
/// One more column must let everything be drawn larger by so much, and less air too.
const GAIN: f32 = 1.12;

/// A map with everything in its place, in units; the centre's middle is at 0, 0.
#[derive(Debug, Clone, Default)]
pub struct Poster {
    /// The case in the middle.
    pub centre: Frame,
    /// The lines in it.
    pub words: Vec<String>,
    /// The branches, each with what hangs on it.
    pub blocks: Vec<Block>,
    /// Around all of it.
    pub bounds: Frame,
}

/// A gap in a column of branches: a line runs level from one x to the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gate {
    /// The x on the side of the centre.
    pub near: f32,
    /// The x on the other side.
    pub far: f32,
    /// The height at which a line goes through.
    pub y: f32,
}

/// A branch with all that hangs on it.
#[derive(Debug, Clone)]
pub struct Block {
    /// The index in `Meeting::branches`.
    pub branch: usize,
    /// The side of the centre it stands on.
    pub side: Side,
    /// The column there, counted outwards.
    pub column: usize,
    /// What its line runs through on the way from the centre, the nearest first.
    pub gates: Vec<Gate>,
    /// The title first, then its twigs depth first.
    pub boxes: Vec<PlacedBox>,
    /// The cells the twigs are moved outwards, so that those of a column begin together.
    shift: i32,
    /// The edge towards the centre, and the upper one.
    x: f32,
    y: f32,
}

impl Block {
    /// Where a box stands, in units.
    pub fn frame(&self, placed: &PlacedBox) -> Frame {
        let out = placed.area.x + if matches!(placed.what, What::Branch(_)) { 0 } else { self.shift };
        let (out, w) = (out as f32 * CELL, placed.area.w as f32 * CELL);
        let x = if self.side == Side::Left { self.x - out - w } else { self.x + out };
        Frame { x, y: self.y + placed.area.y as f32 * ROW, w, h: placed.area.h as f32 * ROW }
    }

    /// The upper edge.
    pub fn top(&self) -> f32 {
        self.y
    }

    fn h(&self) -> f32 {
        self.boxes.iter().map(|b| b.area.bottom()).max().unwrap_or(0) as f32 * ROW
    }

    fn w(&self) -> f32 {
        (self.boxes.iter().map(|b| b.area.right()).max().unwrap_or(0) + self.shift) as f32 * CELL
    }

    fn title(&self) -> i32 {
        self.boxes.first().map_or(0, |title| title.area.w)
    }
}

/// The arrangement that can be drawn largest in the shape; of some branches only where it is said which.
pub fn arrange(
    dossier: &Dossier,
    tree: &Tree,
    shape: (f32, f32),
    folded: &BTreeSet<Id<Node>>,
    shown: Option<&BTreeSet<usize>>,
) -> Poster {
    let words = centre(dossier);
    let width = words.iter().map(|line| draw::CENTRE.width(line)).fold(0.0, f32::max) + 2.0 * FONT;
    let height = words.len() as f32 * draw::CENTRE.size * 1.35 + FONT;
    let centre = Frame { x: -width / 2.0, y: -height / 2.0, w: width, h: height };
    let sides = deal(dossier, tree, &[]);
    // Few words may run longer; a large map gains nothing but time by trying.
    let wraps: &[usize] = if dossier.nodes.len() > 300 { &[24] } else { &[18, 24, 32] };
    let airs: &[Spacing] =
        if dossier.nodes.len() > 300 { &[Spacing::Normal] } else { &[Spacing::Roomy, Spacing::Normal] };
    // A part of the map may be one branch, or such as are deep.
    let parts = [&WAYS[..], &PARTS[..]].concat();
    let (wraps, ways, gain) = match shown {
        // What counts there is that the words can be read.
        Some(_) => (&[12, 18, 24, 32][..], &parts[..], 1.0),
        None => (wraps, &WAYS[..], GAIN),
    };
    let mut best: Option<(f32, Poster)> = None;
    let mut kept = Words::default();
    for (wrap, air) in wraps.iter().flat_map(|wrap| airs.iter().map(move |air| (*wrap, *air))) {
        let mut blocks = blocks(dossier, tree, &sides, folded, (wrap, air), &mut kept);
        blocks.retain(|block| shown.is_none_or(|shown| shown.contains(&block.branch)));
        let worth = if air == Spacing::Roomy { gain } else { 1.0 };
        for way in ways {
            let columns = way.columns;
            let mut blocks = if way.parted { split(&blocks, columns) } else { blocks.clone() };
            if way.one_side {
                blocks.iter_mut().for_each(|block| block.side = Side::Right);
            } else {
                balance(&mut blocks);
            }
            if !place(&mut blocks, columns, centre.w / 2.0) {
                continue;
            }
            let frames = blocks.iter().flat_map(|block| block.boxes.iter().map(|b| block.frame(b)));
            let bounds = frames.fold(centre, Frame::around);
            let scale = (shape.0 / bounds.w).min(shape.1 / bounds.h) * worth / gain.powi(columns as i32);
            if best.as_ref().is_none_or(|(most, _)| scale > *most) {
                let poster = Poster { centre, words: words.clone(), blocks, bounds };
                best = Some((scale, poster));
            }
        }
    }
    best.map(|(_, poster)| poster).unwrap_or_default()
}

/// Every branch by itself, growing to the right.
fn blocks(
    dossier: &Dossier,
    tree: &Tree,
    sides: &[Side],
    folded: &BTreeSet<Id<Node>>,
    (wrap, spacing): (usize, Spacing),
    words: &mut Words,
) -> Vec<Block> {
    let folded_branches = BTreeSet::new();
    let block = |(branch, side): (usize, &Side)| {
        let input = Input {
            dossier,
            tree,
            sides,
            centre: &[],
            folded,
            folded_branches: &folded_branches,
            only_branch: Some(branch),
            wrap,
            spacing,
            labels: &draw::PictureLabels,
            ghost: None,
        };
        let boxes = lay_out(&input, words).boxes;
        Block { branch, side: *side, column: 0, gates: Vec::new(), boxes, shift: 0, x: 0.0, y: 0.0 }
    };
    sides.iter().enumerate().map(block).collect()
}

/// Breaks branches that are higher than a column should be, where a twig of theirs begins.
fn split(blocks: &[Block], columns: usize) -> Vec<Block> {
    let whole: f32 = blocks.iter().map(|block| block.h() + APART).sum();
    let most = whole / (2 * columns) as f32 * 1.1;
    let mut parts = Vec::with_capacity(blocks.len() + 2 * columns);
    for block in blocks {
        let count = (block.h() / most).ceil().max(1.0);
        let target = block.h() / count;
        let mut first = 1;
        for i in 2..block.boxes.len() {
            let from = block.boxes[first].area.y;
            let high = (block.boxes[i].area.y - from) as f32 * ROW;
            if block.boxes[i].depth == 1 && high >= target {
                parts.push(part(block, first, i));
                first = i;
            }
        }
        parts.push(part(block, first, block.boxes.len()));
    }
    parts
}

/// The title, and the twigs from one on to before another.
fn part(block: &Block, first: usize, end: usize) -> Block {
    let twigs = block.boxes.get(first..end).unwrap_or_default();
    let top = twigs.first().map_or(0, |twig| twig.area.y);
    let twigs = twigs.iter().cloned().map(|mut twig| {
        twig.area.y -= top;
        twig.parent = twig.parent.map(|p| if p == 0 { 0 } else { p + 1 - first });
        twig
    });
    let boxes = block.boxes.first().cloned().into_iter().chain(twigs).collect();
    Block { boxes, gates: Vec::new(), ..*block }
}

/// Evens out the two sides: the screen deals by the number of twigs, on paper their height is known.
fn balance(blocks: &mut [Block]) {
    let height = |blocks: &[Block], side: Side| -> f32 {
        blocks.iter().filter(|b| b.side == side).map(|b| b.h() + APART).sum()
    };
    loop {
        let (left, right) = (height(blocks, Side::Left), height(blocks, Side::Right));
        let (high, low, lower) = match left > right {
            true => (left, right, Side::Right),
            false => (right, left, Side::Left),
        };
        let moved = |block: &Block| (high - block.h() - APART).max(low + block.h() + APART);
        let best = blocks.iter_mut().filter(|b| b.side != lower).min_by(|a, b| moved(a).total_cmp(&moved(b)));
        match best {
            Some(block) if moved(block) < high * 0.92 => block.side = lower,
            _ => return,
        }
    }
}

/// Puts the branches into at most so many columns on each side; false where there are not enough of them for that.
fn place(blocks: &mut [Block], columns: usize, edge: f32) -> bool {
    let most = [Side::Left, Side::Right].map(|side| blocks.iter().filter(|b| b.side == side).count());
    if columns > 1 && most.iter().all(|count| *count < columns) {
        return false;
    }
    for side in [Side::Left, Side::Right] {
        let mut out = edge + FAN;
        let columns = columns_of(blocks, side, columns);
        let count = columns.len();
        for (i, column) in columns.iter().enumerate() {
            let widest = column.iter().map(|b| blocks[*b].title()).max().unwrap_or(0);
            let away = if side == Side::Left { -1.0 } else { 1.0 };
            for at in column {
                let block = &mut blocks[*at];
                block.column = i;
                block.shift = widest - block.title();
                block.x = out * away;
            }
            let w = column.iter().map(|b| blocks[*b].w()).fold(0.0, f32::max);
            let mut beyond: Vec<usize> = columns[i + 1..].iter().flatten().copied().collect();
            beyond.sort_unstable();
            let gap = stack(blocks, column, beyond.len());
            for (lane, at) in beyond.into_iter().enumerate() {
                let y = gap + CABLE * (lane as f32 + 0.5);
                blocks[at].gates.push(Gate { near: out * away, far: (out + w) * away, y });
            }
            out += w + if i + 1 < count { FAN } else { 0.0 };
        }
    }
    true
}

/// Deals the branches of a side to columns of about the same height, each in the branches' order; those with more
/// branches stand nearer to the centre, for a single branch leaves no gap in its middle.
fn columns_of(blocks: &[Block], side: Side, columns: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..blocks.len()).filter(|i| blocks[*i].side == side).collect();
    order.sort_by(|a, b| blocks[*b].h().total_cmp(&blocks[*a].h()));
    let mut dealt: Vec<(f32, Vec<usize>)> = vec![(0.0, Vec::new()); columns.min(order.len())];
    for block in order {
        if let Some((height, column)) = dealt.iter_mut().min_by(|a, b| a.0.total_cmp(&b.0)) {
            *height += blocks[block].h() + APART;
            column.push(block);
        }
    }
    for (_, column) in &mut dealt {
        column.sort_unstable();
    }
    dealt.sort_by_key(|(_, column)| std::cmp::Reverse(column.len()));
    dealt.into_iter().map(|(_, column)| column).collect()
}

/// One below the other around the middle, with a gap for the lines to `beyond` branches as near to the middle as may be;
/// gives where the first of them runs.
fn stack(blocks: &mut [Block], column: &[usize], beyond: usize) -> f32 {
    let heights: Vec<f32> = column.iter().map(|b| blocks[*b].h()).collect();
    let gap = if beyond > 0 { CABLE * beyond as f32 } else { 0.0 };
    let whole = heights.iter().sum::<f32>() + APART * column.len().saturating_sub(1) as f32;
    let whole = if beyond > 0 { whole + gap + APART } else { whole };
    // The gap is before this branch.
    let off = |i: usize| {
        let above = heights[..i].iter().map(|h| h + APART).sum::<f32>();
        (above + gap / 2.0 - whole / 2.0).abs()
    };
    let split = (0..=column.len()).min_by(|a, b| off(*a).total_cmp(&off(*b))).unwrap_or(0);
    let mut y = -whole / 2.0;
    let mut first = y;
    for i in 0..=column.len() {
        if i == split && beyond > 0 {
            first = y;
            y += gap + APART;
        }
        if let (Some(at), Some(h)) = (column.get(i), heights.get(i)) {
            blocks[*at].y = y;
            y += h + APART;
        }
    }
    first
}
