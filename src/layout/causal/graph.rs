//! The layered graph between the links and the cells: vertices in layers, and nets between them.

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::Flow;
use super::place::in_order;
use crate::domain::causes::Causes;
use crate::domain::{Id, Node};

/// A box, or the bend of a net in a layer it passes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vertex {
    /// The issue; none for a bend.
    pub(super) member: Option<usize>,
    pub(super) layer: usize,
    /// Cells along the flow, and across it.
    pub(super) length: i32,
    pub(super) breadth: i32,
}

/// Where a net goes from one layer to the next: all of a net up to there is one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) net: usize,
    pub(super) from: usize,
    pub(super) to: Vec<usize>,
    /// The cells across where it leaves `from` and enters each of `to`, from the vertex's first.
    pub(super) out: i32,
    pub(super) into: Vec<i32>,
}

/// All links out of one issue, or all that lead back to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Net {
    /// The issue nearer to the beginning.
    pub(super) from: usize,
    pub(super) to: Vec<usize>,
    /// Its links lead from `to` to `from`.
    pub(super) back: bool,
}

/// How the graph is drawn: all that its layers and their order do not depend on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Manner {
    pub(super) flow: Flow,
    /// Each issue has a frame.
    pub(super) framed: bool,
    /// Cells that are kept free besides those that must be, along the flow and across it.
    pub(super) air: (i32, i32),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Graph {
    pub(super) manner: Manner,
    pub(super) vertices: Vec<Vertex>,
    pub(super) layers: Vec<Vec<usize>>,
    pub(super) nets: Vec<Net>,
    /// Between each layer and the next.
    pub(super) channels: Vec<Vec<Segment>>,
}

/// The issues that hang together by links: the group of the root first, then the larger ones first. What is linked in `all`
/// alone is a group by itself.
pub(super) fn components(causes: &Causes, all: &Causes) -> Vec<Vec<Id<Node>>> {
    let root = all.root().map(|r| r.id);
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for start in causes.ids() {
        let mut members = Vec::new();
        let mut open = VecDeque::from([*start]);
        while let Some(id) = open.pop_front().filter(|_| !seen.contains(start) || !members.is_empty()) {
            if seen.insert(id) {
                members.push(id);
                open.extend(causes.effects(id).chain(causes.causes(id)));
            }
        }
        if members.len() > 1 || members.iter().any(|id| all.is_linked(*id)) {
            found.push(members);
        }
    }
    found.sort_by_key(|members| {
        (root.is_none_or(|root| !members.contains(&root)), std::cmp::Reverse(members.len()))
    });
    found
}

impl Graph {
    /// The issues get their columns and rows.
    pub(super) fn dress(&mut self, manner: Manner, sizes: &[(i32, i32)]) {
        self.manner = manner;
        for (vertex, (w, h)) in self.vertices.iter_mut().zip(sizes) {
            let along = manner.flow == Flow::Right;
            (vertex.length, vertex.breadth) = if along { (*w, *h) } else { (*h, *w) };
        }
    }

    /// The fewest cells along and across that the boxes take, whatever the lines need besides.
    pub(super) fn least(&self, flow: Flow, sizes: &[(i32, i32)], air: i32) -> (i32, i32) {
        let gap = 1 + air.min(0);
        let size = |v: &usize| self.vertices[*v].member.and_then(|member| sizes.get(member)).copied();
        let layers = self.layers.iter().map(|layer| {
            let boxes = layer.iter().filter_map(size);
            let turned = boxes.map(|(w, h)| if flow == Flow::Right { (w, h) } else { (h, w) });
            turned.fold((0, -gap), |(long, broad), (l, b)| (l.max(long), broad + b + gap))
        });
        let arrow = if flow == Flow::Right { 4 } else { 1 };
        layers.fold((-arrow, 0), |(along, across), (long, broad)| (along + long + arrow, broad.max(across)))
    }

    /// Empty cells between two neighbours in a layer.
    pub(super) fn between(&self, a: usize, b: usize) -> i32 {
        let boxes = [a, b].iter().filter(|v| self.vertices[**v].member.is_some()).count();
        let air = if boxes == 2 { self.manner.air.1 } else { 0 };
        air + match (self.manner.flow, boxes) {
            (Flow::Right, 2) => 1,
            (Flow::Right, _) => 0,
            (Flow::Down, 2) => 3,
            (Flow::Down, 1) => 2,
            (Flow::Down, _) => 1,
        }
    }

    /// Gives every line its place at its box, in the order in which the other ends stand, and each box room for them.
    pub(super) fn give_ports(&mut self) {
        let mut spot = vec![0; self.vertices.len()];
        for layer in &self.layers {
            layer.iter().enumerate().for_each(|(i, v)| spot[*v] = i);
        }
        let count = self.vertices.len();
        let (mut leaving, mut arriving) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for (c, channel) in self.channels.iter().enumerate() {
            for (s, segment) in channel.iter().enumerate() {
                let mut ends: Vec<usize> = segment.to.iter().map(|v| spot[*v]).collect();
                ends.sort_unstable();
                leaving[segment.from].push((ends[ends.len() / 2], segment.net, c, s, 0));
                for (t, to) in segment.to.iter().enumerate() {
                    arriving[*to].push((spot[segment.from], segment.net, c, s, t));
                }
            }
        }
        let ports = |ends: &mut Vec<_>| -> i32 {
            ends.sort_unstable();
            ends.len() as i32
        };
        for v in 0..count {
            let most = ports(&mut leaving[v]).max(ports(&mut arriving[v]));
            let vertex = &mut self.vertices[v];
            let needed = if self.manner.flow == Flow::Right { most } else { 2 * most - 1 };
            let corners = if self.manner.framed && vertex.member.is_some() { 2 } else { 0 };
            vertex.breadth = vertex.breadth.max(needed + corners);
            let port =
                |i: usize, count: usize| place_of(self.manner.flow, vertex.breadth, i as i32, count as i32);
            for (i, (.., c, s, _)) in leaving[v].iter().enumerate() {
                self.channels[*c][*s].out = port(i, leaving[v].len());
            }
            for (i, (.., c, s, t)) in arriving[v].iter().enumerate() {
                self.channels[*c][*s].into[*t] = port(i, arriving[v].len());
            }
        }
    }
}

/// What the lines of a channel do at a box.
#[derive(Clone, Copy)]
enum Ends {
    Leaving,
    Arriving,
}

impl Graph {
    /// Moves the lines along their boxes' sides, so that as many as may be run straight.
    pub(super) fn straighten(&mut self, across: &[i32]) {
        for c in 0..self.channels.len() {
            for side in [Ends::Leaving, Ends::Arriving] {
                for (vertex, ends) in self.ends(c, side) {
                    let wanted: Vec<i32> =
                        ends.iter().map(|end| self.wanted(c, *end, side, across)).collect();
                    let places = self.along_side(vertex, across[vertex], &wanted);
                    for ((s, t), place) in ends.into_iter().zip(places) {
                        let segment = &mut self.channels[c][s];
                        match side {
                            Ends::Leaving => segment.out = place,
                            Ends::Arriving => segment.into[t] = place,
                        }
                    }
                }
            }
        }
    }

    /// The boxes on one side of a channel with the lines that end there, in their order: segment, and end of the segment.
    fn ends(&self, c: usize, side: Ends) -> Vec<(usize, Vec<(usize, usize)>)> {
        let mut ends: BTreeMap<usize, Vec<(i32, usize, usize)>> = BTreeMap::new();
        for (s, segment) in self.channels[c].iter().enumerate() {
            match side {
                Ends::Leaving => ends.entry(segment.from).or_default().push((segment.out, s, 0)),
                Ends::Arriving => {
                    for (t, (to, into)) in segment.to.iter().zip(&segment.into).enumerate() {
                        ends.entry(*to).or_default().push((*into, s, t));
                    }
                }
            }
        }
        ends.retain(|v, _| self.vertices[*v].member.is_some());
        let sorted = |mut list: Vec<(i32, usize, usize)>| {
            list.sort_unstable();
            list.into_iter().map(|(_, s, t)| (s, t)).collect()
        };
        ends.into_iter().map(|(v, list)| (v, sorted(list))).collect()
    }

    /// The cell across where a line would run straight.
    fn wanted(&self, c: usize, (s, _): (usize, usize), side: Ends, across: &[i32]) -> i32 {
        let segment = &self.channels[c][s];
        let here = across[segment.from] + segment.out;
        match side {
            Ends::Arriving => here,
            Ends::Leaving => {
                let ends = segment.to.iter().zip(&segment.into).map(|(to, into)| across[*to] + into);
                ends.min_by_key(|there| (there - here).abs()).unwrap_or(here)
            }
        }
    }

    fn along_side(&self, vertex: usize, first: i32, wanted: &[i32]) -> Vec<i32> {
        let breadth = self.vertices[vertex].breadth;
        let step = if self.manner.flow == Flow::Right { 1 } else { 2 };
        let count = wanted.len() as i32;
        // A line at the corner of words, or of a frame, looks as if it passed by.
        let edge = match self.manner {
            Manner { flow: Flow::Down, .. } => 2,
            Manner { framed, .. } => i32::from(framed),
        };
        let edge = edge.min((breadth - step * (count - 1) - 1) / 2).max(0);
        let close: Vec<i32> = (0..count).map(|i| step * i).collect();
        let bounded: Vec<Vec<(i32, i32)>> = (0..count)
            .zip(wanted)
            .map(|(i, at)| {
                let (low, high) = (edge + step * i, breadth - 1 - edge - step * (count - 1 - i));
                vec![((at - first).clamp(low, high.max(low)), 1)]
            })
            .collect();
        in_order(&close, &bounded)
    }
}

/// Where the line at place `i` of `count` stands on a side of so many cells: close together in rows, spread in columns.
fn place_of(flow: Flow, breadth: i32, i: i32, count: i32) -> i32 {
    match flow {
        Flow::Right => (breadth - count) / 2 + i,
        Flow::Down => breadth * (2 * i + 1) / (2 * count),
    }
}
