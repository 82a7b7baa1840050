//! Layers: circles opened, the longest way from the beginning, slack taken out, bends where a net passes a layer.

use super::graph::{Graph, Manner, Net, Segment, Vertex};
use crate::domain::causes::Causes;
use crate::domain::{Id, Node};

/// So often at most slack is taken out.
const ROUNDS: usize = 8;

/// The order in which to follow the links, so that those that lead back are the ones people would call so: from what
/// nothing brings about, then from where each circle is easiest to break.
pub(super) fn first(causes: &Causes, members: &[Id<Node>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..members.len()).collect();
    order.sort_by_key(|i| {
        let id = members[*i];
        let begins = causes.causes(id).next().is_none();
        let breaks = causes.circle_of(id).is_some_and(|c| c.round[0] == id);
        (!begins, std::cmp::Reverse(causes.reach(id)), !breaks, *i)
    });
    order
}

/// The layered graph of links, in which nothing has a size yet. The root is in the first layer.
pub(super) fn build(effects: &[Vec<usize>], first: &[usize], root: Option<usize>) -> Graph {
    let back = leading_back(effects, first);
    let count = effects.len();
    let (mut forward, mut backward) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for (from, list) in effects.iter().enumerate() {
        for (to, back) in list.iter().zip(&back[from]) {
            if *back {
                backward[*to].push(from);
            } else {
                forward[from].push(*to);
            }
        }
    }
    let layer = layers(&forward, &backward, root);
    let mut nets = Vec::new();
    for (lists, back) in [(forward, false), (backward, true)] {
        let all = lists.into_iter().enumerate().filter(|(_, to)| !to.is_empty());
        nets.extend(all.map(|(from, to)| Net { from, to, back }));
    }
    let vertices = layer.iter().enumerate();
    let vertices =
        vertices.map(|(i, layer)| Vertex { member: Some(i), layer: *layer, length: 0, breadth: 1 });
    let last = layer.iter().copied().max().unwrap_or(0);
    let mut graph = Graph {
        manner: Manner::default(),
        vertices: vertices.collect(),
        layers: vec![Vec::new(); last + 1],
        nets,
        channels: vec![Vec::new(); last],
    };
    bend(&mut graph);
    for (v, vertex) in graph.vertices.iter().enumerate() {
        graph.layers[vertex.layer].push(v);
    }
    graph
}

/// Which links lead back to an issue on the way to their cause.
fn leading_back(effects: &[Vec<usize>], first: &[usize]) -> Vec<Vec<bool>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Not,
        OnTheWay,
        Done,
    }
    let mut back: Vec<Vec<bool>> = effects.iter().map(|list| vec![false; list.len()]).collect();
    let mut seen = vec![Seen::Not; effects.len()];
    for start in first {
        if seen[*start] != Seen::Not {
            continue;
        }
        seen[*start] = Seen::OnTheWay;
        let mut open = vec![(*start, 0)];
        while let Some((at, next)) = open.pop() {
            let Some(to) = effects[at].get(next).copied() else {
                seen[at] = Seen::Done;
                continue;
            };
            open.push((at, next + 1));
            match seen[to] {
                Seen::Not => {
                    seen[to] = Seen::OnTheWay;
                    open.push((to, 0));
                }
                Seen::OnTheWay => back[at][next] = true,
                Seen::Done => {}
            }
        }
    }
    back
}

/// The layer of each issue: as far as the longest way to it, then nearer to what it has more links with; but the root, to
/// which nothing leads, is first.
fn layers(forward: &[Vec<usize>], backward: &[Vec<usize>], root: Option<usize>) -> Vec<usize> {
    let count = forward.len();
    let after = |i: usize| forward[i].iter().chain(&backward[i]).copied();
    let mut before = vec![Vec::new(); count];
    for i in 0..count {
        after(i).for_each(|to| before[to].push(i));
    }
    let mut waiting: Vec<usize> = before.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..count).filter(|i| waiting[*i] == 0).collect();
    let mut layer = vec![0; count];
    let mut at = 0;
    while let Some(i) = order.get(at).copied() {
        at += 1;
        for to in after(i) {
            layer[to] = layer[to].max(layer[i] + 1);
            waiting[to] -= 1;
            if waiting[to] == 0 {
                order.push(to);
            }
        }
    }
    let last = layer.iter().copied().max().unwrap_or(0);
    for _ in 0..ROUNDS {
        let mut moved = false;
        for i in order.iter().rev().copied().filter(|i| Some(*i) != root) {
            let low = before[i].iter().map(|b| layer[*b] + 1).max().unwrap_or(0);
            let high = after(i).map(|a| layer[a]).min().map_or(last, |a| a - 1);
            let (causes, effects) = (before[i].len(), after(i).count());
            let best = match causes.cmp(&effects) {
                std::cmp::Ordering::Less => high,
                std::cmp::Ordering::Equal => layer[i],
                std::cmp::Ordering::Greater => low,
            };
            moved |= best != layer[i];
            layer[i] = best;
        }
        if !moved {
            break;
        }
    }
    layer
}

/// Divides each net into segments from layer to layer, with one bend of its own in each layer it passes.
fn bend(graph: &mut Graph) {
    for (n, net) in graph.nets.iter().enumerate() {
        let start = graph.vertices[net.from].layer;
        let end = net.to.iter().map(|to| graph.vertices[*to].layer).max().unwrap_or(start);
        let mut from = net.from;
        for layer in start..end {
            let mut to: Vec<usize> =
                net.to.iter().copied().filter(|to| graph.vertices[*to].layer == layer + 1).collect();
            if layer + 1 < end {
                graph.vertices.push(Vertex { member: None, layer: layer + 1, length: 0, breadth: 1 });
                to.push(graph.vertices.len() - 1);
            }
            let next = *to.last().unwrap_or(&from);
            let into = vec![0; to.len()];
            graph.channels[layer].push(Segment { net: n, from, to, out: 0, into });
            from = next;
        }
    }
}
