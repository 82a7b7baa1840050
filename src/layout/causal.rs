//! The causal chart: issues in layers from cause to effect, as boxes and lines in cells.
//!
//! A layered graph after Sugiyama, Tagawa and Toda (1981): links that close a circle are turned round (`layers`), the
//! longest way sets the layers and slack is taken out of them, long links get a bend in each layer they pass; medians and
//! exchanges of neighbours (Eades and Wormald 1994; Gansner, Koutsofios, North and Vo 1993) take out crossings
//! (`order`); each layer is placed by medians that keep the order (`place`); lines run level and upright in the
//! channels between the layers (`route`).
//!
//! What one issue leads to shares a line up to the fork; what leads to one issue arrives in as many places. So lines that
//! touch always come from the same issue, and where two lines cross, the one along the layers passes over the other.

mod graph;
mod layers;
mod order;
mod place;
mod route;
pub mod say;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::HashMap;
use std::ops::Range;

use super::labels;
use super::measure::width;
use super::shape::{Area, PlacedBox, Room, Stroke, What};
use super::signs::Signs;
use super::words::Lines;
use crate::domain::causes::Causes;
use crate::domain::{Dossier, Id, Kind, Node, Side};

pub use walk::Towards;

/// Where effects lie from their causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// To the right: for wide screens and paper.
    #[default]
    Right,
    /// Below: for narrow ones.
    Down,
}

/// All a chart depends on.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// The meeting, for the words of its issues.
    pub dossier: &'a Dossier,
    /// What follows from its links.
    pub causes: &'a Causes,
    /// The signs of the terminal, whose widths count.
    pub signs: &'static Signs,
    /// The way from cause to effect.
    pub flow: Flow,
    /// The widest a line of words may be, in cells, without the number before it.
    pub wrap: usize,
    /// Groups that hang together by no link stand side by side as far as they fit into so many cells.
    pub across: i32,
}

/// One link, from the cause to its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The cause.
    pub from: Id<Node>,
    /// The effect.
    pub to: Id<Node>,
    /// It leads back against the flow and closes a circle.
    pub back: bool,
    /// The cells where it begins, turns and ends; the last one is the arrowhead's.
    pub points: Vec<(i32, i32)>,
}

/// One cell of the lines, for a screen: strokes that belong together are added up, and what crosses passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineCell {
    /// The column.
    pub x: i32,
    /// The row.
    pub y: i32,
    /// The lines that meet in it.
    pub stroke: Stroke,
    /// It belongs to a link that leads back.
    pub back: bool,
}

/// A chart with everything in its place; its upper left corner is the cell (0, 0).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    /// The linked issues, layer by layer, then those that are not linked. `room.before` is for [`before`], `depth` is the
    /// layer.
    pub boxes: Vec<PlacedBox>,
    /// The links, in the order in which they are drawn.
    pub lines: Vec<Link>,
    /// What the lines are on a screen, without the arrowheads.
    pub cells: Vec<LineCell>,
    /// Where the heading of the issues that are not linked stands ([`UNLINKED`]); none if all are.
    pub heading: Option<(i32, i32)>,
    /// The way from cause to effect.
    pub flow: Flow,
    /// Around boxes and lines.
    pub bounds: Area,
    /// All boxes, in their order.
    groups: Vec<Group>,
}

/// Issues that hang together by links, layer by layer and each layer in the order in which it stands; or one that is not
/// linked. Groups stand side by side in rows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    boxes: Range<usize>,
    row: usize,
}

/// The heading over the issues that are linked to nothing.
pub const UNLINKED: &str = "まだつながっていない課題";

/// What stands before the words of an issue: the sign of the root, and the number.
pub fn before(signs: &Signs, node: &Node, root: bool) -> String {
    let number = labels::before(signs, node);
    if root { format!("{} {number}", signs.root) } else { number.into_owned() }
}

/// What stands after the words: all are issues, what is none says so.
pub fn after(signs: &Signs, node: &Node) -> String {
    if node.kind == Kind::Issue { String::new() } else { labels::after(signs, node).into_owned() }
}

/// Empty rows between what stands in one column, and empty columns between what stands in one row.
const APART: (i32, i32) = (1, 4);

/// Lays the chart out. Two charts of the same input are equal.
pub fn lay_out(input: &Input<'_>) -> Chart {
    let root = input.causes.root().map(|r| r.id);
    let linked = graph::components(input.causes);
    let mut chart = Chart { flow: input.flow, ..Chart::default() };
    let mut shelf = Shelf::new(input.across);
    for members in &linked {
        let words: Vec<Words> = members.iter().filter_map(|id| Words::of(input, *id, root)).collect();
        if words.len() != members.len() {
            continue;
        }
        let mut part = component(input, members, words);
        let (x, y) = shelf.put(part.bounds, APART.1, APART.0);
        part.shift(x, y);
        chart.take(part);
        chart.end_group(shelf.row);
    }
    let mut top = shelf.bottom();
    let mut loose = input.causes.unlinked().filter_map(|id| Words::of(input, id, root)).peekable();
    if loose.peek().is_some() {
        top += if top > 0 { APART.0 } else { 0 };
        chart.heading = Some((0, top));
        chart.bounds = chart.bounds.around(Area { x: 0, y: top, w: width(UNLINKED) as i32, h: 1 });
        let mut shelf = Shelf { top: top + 1, row: shelf.row + 1, ..Shelf::new(input.across) };
        for words in loose {
            let size = Area { w: words.w, h: words.h, ..Area::default() };
            let (x, y) = shelf.put(size, APART.1, 0);
            let placed = words.placed(x, y, 0);
            chart.bounds = chart.bounds.around(placed.area);
            chart.boxes.push(placed);
            chart.end_group(shelf.row);
        }
    }
    chart
}

/// However many arrows point at it, a line of words gets so many cells.
const SHORTEST: usize = 6;

/// The widths of words that are tried, the widest first.
const WRAPS: [usize; 4] = [26, 20, 16, super::map::NARROWEST];

/// So many columns are enough for a chart that grows to the right.
const WIDE: i32 = 104;

/// Of more issues than this, one chart is made and no other tried.
const MANY: usize = 120;

/// The chart that suits a place of so many columns and rows: to the right where it is wide, downwards where it is narrow, with
/// the widest words with which all of it is seen, or as much as may be.
pub fn fit(dossier: &Dossier, causes: &Causes, signs: &'static Signs, room: (i32, i32)) -> Chart {
    let flows = if room.0 < WIDE { &[Flow::Down][..] } else { &[Flow::Right, Flow::Down] };
    let tried = if causes.ids().len() > MANY { WRAPS.len() - 1 } else { 0 };
    let make = |(flow, wrap)| lay_out(&Input { dossier, causes, signs, flow, wrap, across: room.0 - 2 });
    let seen = |chart: &Chart| {
        let part = |all: i32, room: i32| f64::from(room.min(all).max(1)) / f64::from(all.max(1));
        part(chart.bounds.w + 2, room.0) * part(chart.bounds.h, room.1)
    };
    let mut best: Option<(f64, Chart)> = None;
    for chart in flows.iter().flat_map(|flow| WRAPS[tried..].iter().map(|wrap| (*flow, *wrap))).map(make) {
        let seen = seen(&chart);
        if seen >= 1.0 {
            return chart;
        }
        if best.as_ref().is_none_or(|(most, _)| seen > *most) {
            best = Some((seen, chart));
        }
    }
    best.map(|(_, chart)| chart).unwrap_or_default()
}

/// The words of an issue, and the room they take.
struct Words {
    id: Id<Node>,
    branch: Option<usize>,
    lines: Lines,
    room: Room,
    w: i32,
    h: i32,
}

impl Words {
    fn of(input: &Input<'_>, id: Id<Node>, root: Option<Id<Node>>) -> Option<Self> {
        let node = input.dossier.nodes.get(&id)?;
        let room = Room {
            before: width(&before(input.signs, node, root == Some(id))),
            after: width(&after(input.signs, node)),
        };
        // Where many lines arrive, words stand in as many rows as they can, so that each arrow points at some.
        let arriving = if input.flow == Flow::Right { input.causes.causes(id).count().max(1) } else { 1 };
        let most =
            if arriving > 1 { (width(&node.text).div_ceil(arriving) + 1).max(SHORTEST) } else { usize::MAX };
        let wrap = input.wrap.min(most);
        let lines = Lines::of(&node.text, wrap);
        let w = room.before + lines.widest.max(lines.last + room.after);
        let branch = input.dossier.meeting.branch_index(&node.branch);
        let h = lines.lines.len();
        Some(Self { id, branch, lines, room, w: w as i32, h: h as i32 })
    }

    fn placed(&self, x: i32, y: i32, depth: usize) -> PlacedBox {
        PlacedBox {
            what: What::Node(self.id),
            area: Area { x, y, w: self.w, h: self.h },
            lines: self.lines.lines.clone(),
            room: self.room,
            side: Side::Right,
            branch: self.branch,
            hidden: super::folded::Folded::default(),
            parent: None,
            depth,
        }
    }
}

/// The chart of issues that hang together.
fn component(input: &Input<'_>, members: &[Id<Node>], words: Vec<Words>) -> Chart {
    let index: HashMap<Id<Node>, usize> = members.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    let effects: Vec<Vec<usize>> = members
        .iter()
        .map(|id| input.causes.effects(*id).filter_map(|to| index.get(&to).copied()).collect())
        .collect();
    let sizes = words.iter().map(|w| (w.w, w.h)).collect();
    let first = layers::first(input.causes, members);
    let mut graph = layers::build(&effects, &first, sizes, input.flow);
    order::order(&mut graph);
    graph.give_ports();
    let mut across = place::place(&graph);
    graph.straighten(&across);
    let routes = route::route(&graph, &mut across);
    draw(input, members, words, &graph, &across, routes)
}

/// From along and across to columns and rows.
fn draw(
    input: &Input<'_>,
    members: &[Id<Node>],
    words: Vec<Words>,
    graph: &graph::Graph,
    across: &[i32],
    routes: route::Routes,
) -> Chart {
    let turn = |(along, across): (i32, i32)| match input.flow {
        Flow::Right => (along, across),
        Flow::Down => (across, along),
    };
    let mut chart = Chart { flow: input.flow, ..Chart::default() };
    for layer in &graph.layers {
        for vertex in layer {
            let Some(member) = graph.vertices[*vertex].member else { continue };
            let spot = &graph.vertices[*vertex];
            // A box with more lines than words has its words in the middle of them.
            let own = if input.flow == Flow::Right { words[member].h } else { words[member].w };
            let (x, y) = turn((routes.along[*vertex], across[*vertex] + (spot.breadth - own) / 2));
            let placed = words[member].placed(x, y, spot.layer);
            chart.bounds =
                if chart.boxes.is_empty() { placed.area } else { chart.bounds.around(placed.area) };
            chart.boxes.push(placed);
        }
    }
    let turned: Vec<Vec<(i32, i32)>> =
        routes.ways.iter().map(|way| way.points.iter().map(|point| turn(*point)).collect()).collect();
    for (way, points) in routes.ways.iter().zip(turned) {
        for (x, y) in &points {
            chart.bounds = chart.bounds.around(Area { x: *x, y: *y, w: 1, h: 1 });
        }
        let (from, to) = (members[way.from], members[way.to]);
        chart.lines.push(Link { from, to, back: way.back, points });
    }
    let owners: Vec<usize> = routes.ways.iter().map(|way| way.owner).collect();
    chart.cells = cells(&chart.lines, &owners, input.flow);
    let (x, y) = (chart.bounds.x, chart.bounds.y);
    chart.shift(-x, -y);
    chart
}

/// Adds the strokes of the lines of one owner up; where lines of two cross, the one across the flow passes over.
fn cells(lines: &[Link], owners: &[usize], flow: Flow) -> Vec<LineCell> {
    let over = if flow == Flow::Right { Stroke::VERTICAL } else { Stroke::HORIZONTAL };
    let mut cells: HashMap<(i32, i32), (usize, LineCell)> = HashMap::new();
    for (line, owner) in lines.iter().zip(owners) {
        for (x, y, stroke) in line.strokes(flow) {
            let fresh = (*owner, LineCell { x, y, stroke, back: line.back });
            cells
                .entry((x, y))
                .and_modify(|(by, cell)| {
                    if by == owner {
                        cell.stroke = cell.stroke.and(stroke);
                    } else if stroke == over {
                        (*by, *cell) = fresh;
                    }
                })
                .or_insert(fresh);
        }
    }
    let mut cells: Vec<LineCell> = cells.into_values().map(|(_, cell)| cell).collect();
    cells.sort_unstable_by_key(|cell| (cell.y, cell.x));
    cells
}

impl Link {
    /// The cell of the arrowhead.
    pub fn head(&self) -> Option<(i32, i32)> {
        self.points.last().copied()
    }

    /// The cells of this line alone with their strokes, without the arrowhead's. A cell may come more than once.
    pub fn strokes(&self, flow: Flow) -> impl Iterator<Item = (i32, i32, Stroke)> + '_ {
        let head = self.head();
        let legs = self.points.windows(2).flat_map(|ends| leg(ends[0], ends[1]));
        // A line touches the box it leaves.
        let from = match (flow, self.back) {
            (Flow::Right, false) => Stroke::LEFT,
            (Flow::Right, true) => Stroke::RIGHT,
            (Flow::Down, false) => Stroke::UP,
            (Flow::Down, true) => Stroke::DOWN,
        };
        let start = self.points.first().map(|(x, y)| (*x, *y, from));
        start.into_iter().chain(legs).filter(move |(x, y, _)| head != Some((*x, *y)))
    }
}

/// The cells from one point to another, in one row or column.
fn leg(from: (i32, i32), to: (i32, i32)) -> impl Iterator<Item = (i32, i32, Stroke)> {
    let step = ((to.0 - from.0).signum(), (to.1 - from.1).signum());
    let count = (to.0 - from.0).abs().max((to.1 - from.1).abs());
    let (out, back) = match step {
        (1, _) => (Stroke::RIGHT, Stroke::LEFT),
        (-1, _) => (Stroke::LEFT, Stroke::RIGHT),
        (_, 1) => (Stroke::DOWN, Stroke::UP),
        _ => (Stroke::UP, Stroke::DOWN),
    };
    (0..=count).map(move |i| {
        let stroke = match i {
            0 => out,
            _ if i == count => back,
            _ => out.and(back),
        };
        (from.0 + step.0 * i, from.1 + step.1 * i, stroke)
    })
}

impl Chart {
    fn shift(&mut self, x: i32, y: i32) {
        for placed in &mut self.boxes {
            (placed.area.x, placed.area.y) = (placed.area.x + x, placed.area.y + y);
        }
        for point in self.lines.iter_mut().flat_map(|line| &mut line.points) {
            *point = (point.0 + x, point.1 + y);
        }
        for cell in &mut self.cells {
            (cell.x, cell.y) = (cell.x + x, cell.y + y);
        }
        (self.bounds.x, self.bounds.y) = (self.bounds.x + x, self.bounds.y + y);
    }

    fn take(&mut self, part: Chart) {
        self.bounds = if self.boxes.is_empty() { part.bounds } else { self.bounds.around(part.bounds) };
        self.boxes.extend(part.boxes);
        self.lines.extend(part.lines);
        self.cells.extend(part.cells);
    }

    /// What came after the last group is one.
    fn end_group(&mut self, row: usize) {
        let first = self.groups.last().map_or(0, |group| group.boxes.end);
        self.groups.push(Group { boxes: first..self.boxes.len(), row });
    }

    /// The arrowhead of a line.
    pub fn head(&self, signs: &Signs, line: &Link) -> &'static str {
        match (self.flow, line.back) {
            (Flow::Right, false) => signs.right,
            (Flow::Right, true) => signs.left,
            (Flow::Down, false) => signs.down,
            (Flow::Down, true) => signs.up,
        }
    }

    /// The box of an issue; none if it is not one.
    pub fn find(&self, id: Id<Node>) -> Option<&PlacedBox> {
        self.boxes.iter().find(|placed| placed.what == What::Node(id))
    }
}

/// Rectangles side by side, and on below where there is no more room.
struct Shelf {
    across: i32,
    x: i32,
    top: i32,
    height: i32,
    row: usize,
}

impl Shelf {
    fn new(across: i32) -> Self {
        Self { across, x: 0, top: 0, height: 0, row: 0 }
    }

    /// Where a rectangle goes; the gaps are columns and rows kept free between it and what stands before it.
    fn put(&mut self, size: Area, columns: i32, rows: i32) -> (i32, i32) {
        if self.x > 0 && self.x + size.w > self.across {
            (self.top, self.x, self.height) = (self.top + self.height + rows, 0, 0);
            self.row += 1;
        }
        let at = (self.x, self.top);
        self.x += size.w + columns;
        self.height = self.height.max(size.h);
        at
    }

    fn bottom(&self) -> i32 {
        self.top + self.height
    }
}
