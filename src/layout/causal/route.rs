//! The lines: level along the flow, upright in channels between the layers, each net's turn in a track of its own where it
//! would touch another's.

use std::collections::HashMap;

use super::Flow;
use super::graph::{Graph, Segment};

/// The way of one link, from cause to effect, along and across.
pub(super) struct Way {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) back: bool,
    /// Lines of one owner may touch.
    pub(super) owner: usize,
    pub(super) points: Vec<(i32, i32)>,
}

pub(super) struct Routes {
    /// The first cell along of every vertex.
    pub(super) along: Vec<i32>,
    pub(super) ways: Vec<Way>,
}

/// After so many corrections of one channel its far side is moved clear of the near one.
const CORRECTIONS: usize = 200;

/// Draws the lines; moves what must move across for no two lines to lie on one another.
pub(super) fn route(graph: &Graph, across: &mut [i32]) -> Routes {
    let tracks: Vec<Vec<Option<usize>>> =
        graph.channels.iter().enumerate().map(|(c, channel)| tracks(graph, c, channel, across)).collect();
    // One free cell on both sides of words that stand in a row with lines.
    let pad = if graph.manner.flow == Flow::Right { 1 } else { 0 };
    let mut along = vec![0; graph.vertices.len()];
    let (mut start, mut ends) = (0, Vec::new());
    for (i, layer) in graph.layers.iter().enumerate() {
        layer.iter().for_each(|v| along[*v] = start + pad);
        let longest = layer.iter().map(|v| graph.vertices[*v].length).max().unwrap_or(0);
        let end = start + longest + 2 * pad;
        let used = tracks.get(i).map_or(0, |t| t.iter().flatten().map(|t| t + 1).max().unwrap_or(0));
        // An arrow back to a box needs a cell before any line turns.
        let back = graph.channels.get(i).is_some_and(|c| c.iter().any(|s| graph.nets[s.net].back));
        let stub = if back && used > 0 { 1 } else { pad };
        // Half of the air lies before the turns.
        let air = graph.manner.air.0;
        ends.push(end + stub + air / 2);
        start = end + stub + used as i32 + 1 + air;
    }
    let mut ways = Vec::new();
    for (n, net) in graph.nets.iter().enumerate() {
        let vertex = &graph.vertices[net.from];
        let way = Way { from: net.from, to: net.from, back: net.back, owner: n, points: Vec::new() };
        let exit = along[net.from] + vertex.length + pad;
        let (mut channel, mut points) = (vertex.layer, Vec::new());
        while let Some(c) = graph.channels.get(channel) {
            let Some(s) = c.iter().position(|s| s.net == n) else { break };
            let (segment, track) = (&c[s], tracks[channel][s]);
            let row = across[segment.from] + segment.out;
            if points.is_empty() {
                points.push((exit, row));
            }
            let mut on = None;
            for (to, into) in segment.to.iter().zip(&segment.into) {
                let there = across[*to] + into;
                let mut points = points.clone();
                if let Some(track) = track.filter(|_| there != row) {
                    let turn = ends[channel] + track as i32;
                    points.extend([(turn, row), (turn, there)]);
                }
                match graph.vertices[*to].member {
                    Some(member) => {
                        points.push((along[*to] - 1 - pad, there));
                        ways.push(way.towards(member, points));
                    }
                    None => on = Some(points),
                }
            }
            let Some(further) = on else { break };
            (points, channel) = (further, channel + 1);
        }
    }
    Routes { along, ways }
}

impl Way {
    /// The way to one end of its net, from cause to effect.
    fn towards(&self, to: usize, mut points: Vec<(i32, i32)>) -> Way {
        points.dedup();
        let Way { from, back, owner, .. } = *self;
        if back {
            points.reverse();
            Way { from: to, to: from, back, owner, points }
        } else {
            Way { from, to, back, owner, points }
        }
    }
}

/// Where a segment lies across: its row before the turn, and those after it.
struct Rows {
    before: i32,
    after: Vec<i32>,
}

impl Rows {
    fn of(segment: &Segment, across: &[i32]) -> Self {
        let after = segment.to.iter().zip(&segment.into).map(|(to, into)| across[*to] + into);
        Self { before: across[segment.from] + segment.out, after: after.collect() }
    }

    fn turns(&self) -> bool {
        self.after.iter().any(|row| *row != self.before)
    }

    fn span(&self) -> (i32, i32) {
        let all = || self.after.iter().copied().chain([self.before]);
        (all().min().unwrap_or(0), all().max().unwrap_or(0))
    }
}

/// The track in which each segment of a channel turns; none for those that do not.
fn tracks(graph: &Graph, c: usize, channel: &[Segment], across: &mut [i32]) -> Vec<Option<usize>> {
    let mut corrections = 0;
    loop {
        let rows: Vec<Rows> = channel.iter().map(|segment| Rows::of(segment, across)).collect();
        match assign(&rows) {
            Ok(tracks) => return tracks,
            Err((segment, end)) if corrections < CORRECTIONS => {
                push(graph, c + 1, channel[segment].to[end], 1, across);
            }
            Err(_) => {
                let far = rows.iter().map(|r| r.before).max().unwrap_or(0);
                let near = rows.iter().flat_map(|r| &r.after).copied().min().unwrap_or(0);
                if let Some(first) = graph.layers[c + 1].first() {
                    push(graph, c + 1, *first, far - near + 1, across);
                }
            }
        }
        corrections += 1;
    }
}

/// Moves a vertex on across, and what stands after it in its layer as far as it must.
fn push(graph: &Graph, layer: usize, vertex: usize, cells: i32, across: &mut [i32]) {
    across[vertex] += cells;
    let layer = &graph.layers[layer];
    let at = layer.iter().position(|v| *v == vertex).unwrap_or(0);
    for pair in layer[at..].windows(2) {
        let least = across[pair[0]] + graph.vertices[pair[0]].breadth + graph.between(pair[0], pair[1]);
        across[pair[1]] = across[pair[1]].max(least);
    }
}

/// Tracks so that no two lines lie on one another: a line that comes in a row must turn before one that goes on in that row.
/// The error is a segment and its end whose row would have to change, where lines wait for each other in a circle.
fn assign(rows: &[Rows]) -> Result<Vec<Option<usize>>, (usize, usize)> {
    let mut order: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].turns()).collect();
    // Lines going up turn from the first on, lines going down from the last on: so they do not cross.
    order.sort_by_key(|i| {
        let (row, span) = (&rows[*i], rows[*i].span());
        let down = span.1 - row.before > row.before - span.0;
        (down, if down { -row.before } else { row.before })
    });
    let by_row: HashMap<i32, usize> = order.iter().map(|i| (rows[*i].before, *i)).collect();
    // For each line, those that must turn before it: the ones that arrive in the row in which it goes on.
    let earlier: Vec<Vec<(usize, usize)>> = rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let ends = row.after.iter().enumerate();
            let found = ends.filter_map(|(end, at)| by_row.get(at).map(|other| (*other, end)));
            found.filter(|(other, _)| *other != i).collect()
        })
        .collect();
    let mut tracks: Vec<Option<usize>> = vec![None; rows.len()];
    let mut taken: Vec<Vec<(i32, i32)>> = Vec::new();
    while !order.is_empty() {
        let ready = order.iter().position(|i| earlier[*i].iter().all(|(other, _)| tracks[*other].is_some()));
        let Some(at) = ready else {
            let stuck = order.iter().find_map(|i| {
                earlier[*i].iter().find(|(other, _)| tracks[*other].is_none()).map(|(_, end)| (*i, *end))
            });
            return stuck.map_or(Ok(tracks), Err);
        };
        let i = order.remove(at);
        let least =
            earlier[i].iter().filter_map(|(other, _)| tracks[*other]).map(|t| t + 1).max().unwrap_or(0);
        let span = rows[i].span();
        let free = |track: &usize| {
            taken.get(*track).is_none_or(|spans| spans.iter().all(|s| s.1 < span.0 || span.1 < s.0))
        };
        let Some(track) = (least..).find(free) else { continue };
        if taken.len() <= track {
            taken.resize(track + 1, Vec::new());
        }
        taken[track].push(span);
        tracks[i] = Some(track);
    }
    Ok(tracks)
}
