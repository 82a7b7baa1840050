//! The causal chart: the layers of `layout::causal` with round corners, the root and the circles told apart by more than
//! colour.

use std::collections::HashMap;

use super::super::svg::{Frame, Path, Svg, Words};
use super::{CELL, FONT, LINE, Picture, draw};
use crate::domain::causes::Causes;
use crate::domain::{Dossier, Id, Kind, Node};
use crate::export::words;
use crate::layout::causal::{self, Chart, Flow, Input, UNLINKED};
use crate::layout::colours;
use crate::layout::shape::{Area, PlacedBox, What};
use crate::layout::signs::Signs;

const ROW: f32 = 26.0;
/// How long an arrowhead is.
const HEAD: f32 = 7.5;
/// A chart that reads as people write is worth being a little smaller.
const RIGHT: f32 = 1.4;
/// How far a line turns before a corner.
const BEND: f32 = 7.0;
/// With more issues than this a chart is a tangle that only a screen can walk through.
const MANY: usize = 150;

/// The chart as it suits a room of this size in units; none without links, or where there are too many.
pub fn chart(dossier: &Dossier, causes: &Causes, room: (f32, f32)) -> Option<Picture> {
    causes.root()?;
    if causes.ids().len() > MANY {
        return None;
    }
    // Nobody sees here what an issue hangs on.
    let mut told = dossier.clone();
    for node in told.nodes.values_mut() {
        node.text = words::apart(dossier, node);
    }
    let dossier = &told;
    let chart = fit(dossier, causes, room);
    let frames = frames(&chart);
    let mut svg = Svg::new();
    for line in &chart.lines {
        arrow(&mut svg, &chart, &frames, line);
    }
    for placed in &chart.boxes {
        if let What::Node(id) = placed.what
            && let Some(node) = dossier.nodes.get(&id)
        {
            let frame = frames.get(&id).copied().unwrap_or_default();
            issue(&mut svg, frame, placed, (node, causes));
        }
    }
    if let Some((x, y)) = chart.heading {
        let words = Words::new(FONT, colours::QUIET);
        svg.text(x as f32 * CELL, (y as f32 + 0.7) * ROW, words, UNLINKED);
    }
    let mut shapes = Svg::new();
    shapes.put(&svg, CELL, 2.0, 1.0);
    let Area { w, h, .. } = chart.bounds;
    Some(Picture { shapes, w: (w + 2) as f32 * CELL, h: h as f32 * ROW + 4.0 })
}

/// The chart that can be drawn largest: effects to the right of their causes, unless that is far too wide.
fn fit(dossier: &Dossier, causes: &Causes, room: (f32, f32)) -> Chart {
    let across = (room.0 / CELL) as i32 - 2;
    let mut best: Option<(f32, Chart)> = None;
    for (flow, worth) in [(Flow::Right, RIGHT), (Flow::Down, 1.0)] {
        for wrap in [26, 18, 12] {
            let (signs, most, frame, air) = (Signs::unicode(), usize::MAX, (0, 0), (0, 0));
            let input = Input { dossier, causes, signs, flow, wrap, most, across, frame, air };
            let chart = causal::lay_out(&input);
            let (w, h) = (chart.bounds.w as f32 * CELL, chart.bounds.h as f32 * ROW);
            let scale = (room.0 / w).min(room.1 / h).min(1.0);
            if best.as_ref().is_none_or(|(most, _)| scale * worth > *most) {
                best = Some((scale * worth, chart));
            }
            if scale >= 1.0 {
                break;
            }
        }
        if best.as_ref().is_some_and(|(most, _)| *most >= 1.0) {
            break;
        }
    }
    best.map(|(_, chart)| chart).unwrap_or_default()
}

/// The rectangles of the boxes: their cells with a little to the sides, and as far as lines arrive and leave.
fn frames(chart: &Chart) -> HashMap<Id<Node>, Frame> {
    let mut frames: HashMap<Id<Node>, Area> = HashMap::new();
    for placed in &chart.boxes {
        if let What::Node(id) = placed.what {
            frames.insert(id, placed.area);
        }
    }
    for line in &chart.lines {
        for (id, point) in [(line.from, line.points.first()), (line.to, line.points.last())] {
            if let (Some(area), Some((x, y))) = (frames.get_mut(&id), point) {
                let port = match chart.flow {
                    Flow::Right => Area { x: area.x, y: *y, w: 1, h: 1 },
                    Flow::Down => Area { x: *x, y: area.y, w: 1, h: 1 },
                };
                *area = area.around(port);
            }
        }
    }
    frames.into_iter().map(|(id, area)| (id, frame(area))).collect()
}

fn frame(area: Area) -> Frame {
    let side = CELL * 0.4;
    Frame {
        x: area.x as f32 * CELL - side,
        y: area.y as f32 * ROW + 1.5,
        w: area.w as f32 * CELL + 2.0 * side,
        h: area.h as f32 * ROW - 3.0,
    }
}

fn issue(svg: &mut Svg, frame: Frame, placed: &PlacedBox, (node, causes): (&Node, &Causes)) {
    let root = causes.is_root(node.id);
    let ink = draw::kind_ink(node.kind);
    let (fill, width) = if root { (draw::tint(colours::ORANGE, 0.14), 3.0) } else { (0xffffff, 1.4) };
    svg.rect(frame, 6.0, Some(fill), Some((ink, width)));
    let signs = Signs::unicode();
    let before = causal::before(signs, causes, node);
    let x = placed.area.x as f32 * CELL;
    let start = x + placed.room.before as f32 * CELL;
    let first = frame.middle() - LINE * (placed.lines.len() as f32 / 2.0 - 0.5) + FONT * 0.36;
    svg.text_within(x, first, Words::new(FONT, ink), before.trim_end(), start - x - 2.0);
    let words = Words::new(FONT, colours::TEXT);
    for (i, line) in placed.lines.iter().enumerate() {
        let y = first + LINE * i as f32;
        let after = if i + 1 == placed.lines.len() { placed.room.after } else { 0 };
        let room = frame.right() - start - after as f32 * CELL;
        svg.text_within(start, y, words, line, room);
        if after > 0 && node.kind != Kind::Issue {
            let x = start + words.width(line).min(room) + 4.0;
            let sign = causal::after(signs, node);
            svg.text_within(x, y, draw::sign_words(node.kind), sign.trim(), after as f32 * CELL);
        }
    }
}

/// The middle of a cell.
fn spot((x, y): (i32, i32)) -> (f32, f32) {
    ((x as f32 + 0.5) * CELL, (y as f32 + 0.5) * ROW)
}

/// A line from the edge of its cause to that of its effect; one that leads back is dashed.
fn arrow(svg: &mut Svg, chart: &Chart, frames: &HashMap<Id<Node>, Frame>, line: &causal::Link) {
    let mut points: Vec<(f32, f32)> = line.points.iter().copied().map(spot).collect();
    let (Some(first), Some(last)) = (points.first().copied(), points.pop()) else { return };
    let (Some(from), Some(to)) = (frames.get(&line.from), frames.get(&line.to)) else { return };
    let out = if line.back { -1.0 } else { 1.0 };
    let along = if chart.flow == Flow::Right { (out, 0.0) } else { (0.0, out) };
    let tip = edge(chart.flow, *to, last);
    points.insert(0, edge(chart.flow, *from, first));
    points.push((tip.0 - along.0 * HEAD * 0.8, tip.1 - along.1 * HEAD * 0.8));
    let ink = if line.back { colours::ORANGE } else { colours::QUIET };
    let path = rounded(&points);
    if line.back {
        svg.dashes(&path, ink, 1.6)
    } else {
        svg.line(&path, ink, 1.6)
    }
    let back = (tip.0 - along.0 * HEAD, tip.1 - along.1 * HEAD);
    let side = (along.1 * HEAD / 2.2, along.0 * HEAD / 2.2);
    let head =
        Path::from(tip.0, tip.1).to(back.0 + side.0, back.1 + side.1).to(back.0 - side.0, back.1 - side.1);
    svg.shape(&head, ink);
}

/// Where a line meets a box: on its nearer edge, in the line's own row or column.
fn edge(flow: Flow, frame: Frame, at: (f32, f32)) -> (f32, f32) {
    let near = |low: f32, high: f32, value: f32| if value < (low + high) / 2.0 { low } else { high };
    match flow {
        Flow::Right => (near(frame.x, frame.right(), at.0), at.1),
        Flow::Down => (at.0, near(frame.y, frame.bottom(), at.1)),
    }
}

/// Through all points, round at the corners.
fn rounded(points: &[(f32, f32)]) -> Path {
    let Some((first, rest)) = points.split_first() else { return Path::default() };
    let mut path = Path::from(first.0, first.1);
    let mut from = *first;
    for (i, corner) in rest.iter().enumerate() {
        let Some(next) = rest.get(i + 1) else { return path.to(corner.0, corner.1) };
        let (before, after) = (towards(*corner, from), towards(*corner, *next));
        path = path.to(before.0, before.1).curve([*corner, *corner, after]);
        from = after;
    }
    path
}

/// A little way from one point to another, half of it at most.
fn towards(from: (f32, f32), to: (f32, f32)) -> (f32, f32) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let far = x.hypot(y);
    if far < 0.1 {
        return from;
    }
    let part = (BEND / far).min(0.5);
    (from.0 + x * part, from.1 + y * part)
}
