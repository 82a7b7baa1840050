//! Where everything stands across the flow: each layer as near to its neighbours' lines as its order lets it, in sweeps
//! (the priorities of Gansner et al. 1993: bends want straight lines most).
//!
//! A layer is placed exactly: medians of blocks that are joined where they would overlap (isotonic regression by
//! pooling adjacent violators, for the sum of distances).

use super::graph::Graph;

/// So many sweeps, forwards and backwards in turn; the last one looks both ways.
const SWEEPS: usize = 9;

/// One end of a line, seen from the other: where the vertex would stand if the line were straight.
#[derive(Clone, Copy)]
struct Pull {
    other: usize,
    shift: i32,
    weight: i32,
}

/// The first cell across of every vertex.
pub(super) fn place(graph: &Graph) -> Vec<i32> {
    let count = graph.vertices.len();
    let (mut before, mut after) = (vec![Vec::new(); count], vec![Vec::new(); count]);
    for segment in graph.channels.iter().flatten() {
        for (to, into) in segment.to.iter().zip(&segment.into) {
            let bends = [segment.from, *to].iter().filter(|v| graph.vertices[**v].member.is_none()).count();
            let weight = [1, 2, 8][bends];
            before[*to].push(Pull { other: segment.from, shift: segment.out - into, weight });
            after[segment.from].push(Pull { other: *to, shift: into - segment.out, weight });
        }
    }
    let mut across = vec![0; count];
    for layer in &graph.layers {
        let wanted: Vec<Vec<(i32, i32)>> = vec![vec![(0, 1)]; layer.len()];
        settle(graph, layer, &wanted, &mut across);
    }
    for sweep in 0..SWEEPS {
        let forwards = sweep % 2 == 0;
        let last = sweep + 1 == SWEEPS;
        for i in 0..graph.layers.len() {
            let layer = &graph.layers[if forwards { i } else { graph.layers.len() - 1 - i }];
            let wanted: Vec<Vec<(i32, i32)>> = layer
                .iter()
                .map(|v| {
                    let (near, far) =
                        if forwards { (&before[*v], &after[*v]) } else { (&after[*v], &before[*v]) };
                    let far = if last { far.as_slice() } else { &[] };
                    let mut wanted: Vec<(i32, i32)> =
                        near.iter().chain(far).map(|p| (across[p.other] + p.shift, p.weight)).collect();
                    if wanted.is_empty() {
                        wanted.push((across[*v], 1));
                    }
                    wanted
                })
                .collect();
            settle(graph, layer, &wanted, &mut across);
        }
    }
    across
}

/// Vertices that stand as close as they may, and where the first of them wants to be.
struct Block {
    first: i32,
    count: usize,
    wanted: Vec<(i32, i32)>,
}

fn settle(graph: &Graph, layer: &[usize], wanted: &[Vec<(i32, i32)>], across: &mut [i32]) {
    // Counted from where each would stand if all stood as close as they may, only the order is left to be kept.
    let mut close = vec![0; layer.len()];
    for i in 1..layer.len() {
        let (a, b) = (layer[i - 1], layer[i]);
        close[i] = close[i - 1] + graph.vertices[a].breadth + graph.between(a, b);
    }
    for (v, place) in layer.iter().zip(in_order(&close, wanted)) {
        across[*v] = place;
    }
}

/// Places as near to those that are wanted (each with its weight) as may be, of which each is at least as far from the one
/// before as in `close`.
pub(super) fn in_order(close: &[i32], wanted: &[Vec<(i32, i32)>]) -> Vec<i32> {
    let mut blocks: Vec<Block> = Vec::new();
    for (close, wanted) in close.iter().zip(wanted) {
        let wanted: Vec<(i32, i32)> = wanted.iter().map(|(at, weight)| (at - close, *weight)).collect();
        let mut block = Block { first: 0, count: 1, wanted };
        block.first = median(&mut block.wanted);
        while let Some(before) = blocks.pop_if(|before| before.first >= block.first) {
            block.count += before.count;
            block.wanted.extend(before.wanted);
            block.first = median(&mut block.wanted);
        }
        blocks.push(block);
    }
    let places = blocks.iter().flat_map(|block| std::iter::repeat_n(block.first, block.count));
    close.iter().zip(places).map(|(close, place)| close + place).collect()
}

/// The lower weighted median.
fn median(wanted: &mut [(i32, i32)]) -> i32 {
    wanted.sort_unstable();
    let all: i32 = wanted.iter().map(|(_, weight)| weight).sum();
    let mut passed = 0;
    for (at, weight) in wanted.iter() {
        passed += weight;
        if 2 * passed >= all {
            return *at;
        }
    }
    0
}
