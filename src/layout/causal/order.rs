//! The order within each layer: sweeps by weighted medians and exchanges of neighbours, keeping the order with the fewest
//! crossings that was seen.

use super::graph::Graph;

/// So many sweeps, forwards and backwards in turn.
const SWEEPS: usize = 24;

/// Above so many vertices and ends of lines a chart is no picture any more, and neighbours are not exchanged.
const LARGE: usize = 2000;

/// Neighbours of every vertex in the layer before and after.
struct Beside {
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
}

/// Which way the layers are gone through; each is put in the order of the one before it on the way.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sweep {
    Forwards,
    Backwards,
}

pub(super) fn order(graph: &mut Graph, root: Option<usize>) {
    let count = graph.vertices.len();
    let mut beside = Beside { before: vec![Vec::new(); count], after: vec![Vec::new(); count] };
    let mut ends = count;
    for segment in graph.channels.iter().flatten() {
        for to in &segment.to {
            beside.after[segment.from].push(*to);
            beside.before[*to].push(segment.from);
            ends += 1;
        }
    }
    let mut spot = vec![0; count];
    start(graph, &beside);
    settle(&graph.layers, &mut spot);
    let mut best = (crossings(graph, &beside, &spot), graph.layers.clone());
    let sweeps = if ends > LARGE { SWEEPS / 6 } else { SWEEPS };
    for sweep in [Sweep::Forwards, Sweep::Backwards].into_iter().cycle().take(sweeps) {
        if best.0 == 0 {
            break;
        }
        by_medians(graph, &beside, &mut spot, sweep);
        if ends <= LARGE {
            exchange(graph, &beside, &mut spot);
        }
        let count = crossings(graph, &beside, &spot);
        if count < best.0 {
            best = (count, graph.layers.clone());
        }
    }
    graph.layers = best.1;
    // Seen in a mirror there are as many crossings: the root stands in the first half of its layer.
    let layer = graph.layers.first().filter(|layer| layer.len() > 1);
    let at = layer.and_then(|layer| layer.iter().position(|v| Some(*v) == root).map(|at| (at, layer.len())));
    if at.is_some_and(|(at, count)| 2 * at >= count) {
        graph.layers.iter_mut().for_each(|layer| layer.reverse());
    }
}

/// The first order: what hangs together is met together.
fn start(graph: &mut Graph, beside: &Beside) {
    let mut met = vec![usize::MAX; graph.vertices.len()];
    let mut next = 0;
    let all: Vec<usize> = graph.layers.iter().flatten().copied().collect();
    for first in all {
        let mut open = vec![first];
        while let Some(v) = open.pop() {
            if met[v] == usize::MAX {
                met[v] = next;
                next += 1;
                open.extend(beside.before[v].iter().chain(&beside.after[v]).rev().copied());
            }
        }
    }
    for layer in &mut graph.layers {
        layer.sort_by_key(|v| met[*v]);
    }
}

fn settle(layers: &[Vec<usize>], spot: &mut [usize]) {
    for layer in layers {
        layer.iter().enumerate().for_each(|(i, v)| spot[*v] = i);
    }
}

fn by_medians(graph: &mut Graph, beside: &Beside, spot: &mut [usize], sweep: Sweep) {
    let count = graph.layers.len();
    for i in 1..count {
        let (neighbours, layer) = match sweep {
            Sweep::Forwards => (&beside.before, &mut graph.layers[i]),
            Sweep::Backwards => (&beside.after, &mut graph.layers[count - 1 - i]),
        };
        let mut keyed: Vec<(f64, usize)> =
            layer.iter().map(|v| (median(&neighbours[*v], spot), *v)).collect();
        // What has no neighbour there stays at its place; the others are sorted around it.
        let mut sorted: Vec<(f64, usize)> = keyed.iter().copied().filter(|(m, _)| *m >= 0.0).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sorted = sorted.into_iter();
        for slot in keyed.iter_mut().filter(|(m, _)| *m >= 0.0) {
            if let Some(next) = sorted.next() {
                *slot = next;
            }
        }
        for (i, (_, v)) in keyed.into_iter().enumerate() {
            layer[i] = v;
            spot[v] = i;
        }
    }
}

/// Gansner et al. 1993, 3.1; below 0 for no neighbours.
fn median(neighbours: &[usize], spot: &[usize]) -> f64 {
    let mut places: Vec<f64> = neighbours.iter().map(|n| spot[*n] as f64).collect();
    places.sort_by(f64::total_cmp);
    let middle = places.len() / 2;
    match places.as_slice() {
        [] => -1.0,
        [one] => *one,
        [a, b] => f64::midpoint(*a, *b),
        all if all.len() % 2 == 1 => all[middle],
        all => {
            let (left, right) = (all[middle - 1] - all[0], all[all.len() - 1] - all[middle]);
            if left + right == 0.0 {
                f64::midpoint(all[middle - 1], all[middle])
            } else {
                (all[middle - 1] * right + all[middle] * left) / (left + right)
            }
        }
    }
}

/// Exchanges neighbours as long as that takes crossings out.
fn exchange(graph: &mut Graph, beside: &Beside, spot: &mut [usize]) {
    for _ in 0..SWEEPS {
        let mut better = false;
        for layer in &mut graph.layers {
            for i in 1..layer.len() {
                let (a, b) = (layer[i - 1], layer[i]);
                let count = |a: usize, b: usize| {
                    inversions(&beside.before[a], &beside.before[b], spot)
                        + inversions(&beside.after[a], &beside.after[b], spot)
                };
                if count(b, a) < count(a, b) {
                    layer.swap(i - 1, i);
                    (spot[a], spot[b]) = (i, i - 1);
                    better = true;
                }
            }
        }
        if !better {
            break;
        }
    }
}

/// How many lines of `a` cross lines of `b` where `a` stands first.
fn inversions(a: &[usize], b: &[usize], spot: &[usize]) -> usize {
    a.iter().map(|x| b.iter().filter(|y| spot[**y] < spot[*x]).count()).sum()
}

/// All crossings between neighbouring layers, counted with a tree of sums (Barth, Jünger and Mutzel 2002).
fn crossings(graph: &Graph, beside: &Beside, spot: &[usize]) -> usize {
    let mut all = 0;
    for pair in graph.layers.windows(2) {
        let mut ends: Vec<(usize, usize)> =
            pair[0].iter().flat_map(|v| beside.after[*v].iter().map(|to| (spot[*v], spot[*to]))).collect();
        ends.sort_unstable();
        let mut sums = vec![0usize; pair[1].len() + 1];
        for (seen, (_, to)) in ends.iter().enumerate() {
            // Those seen before that end at this place or before it do not cross.
            let mut at = to + 1;
            let mut below = 0;
            while at > 0 {
                below += sums[at];
                at &= at - 1;
            }
            all += seen - below;
            let mut at = to + 1;
            while at < sums.len() {
                sums[at] += 1;
                at += at & at.wrapping_neg();
            }
        }
    }
    all
}
