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

mod fit;
mod graph;
mod interest;
mod layers;
mod order;
mod place;
mod route;
pub mod say;
#[cfg(test)]
mod tests;
mod walk;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use super::folded::Folded;
use super::labels;
use super::measure::width;
use super::shape::{Area, PlacedBox, Room, Stroke, What};
use super::signs::Signs;
use super::words::Lines;
use crate::domain::causes::Causes;
use crate::domain::{Dossier, Id, Kind, Node, Side};

pub use fit::{fit, fit_whole};
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
    /// Longer words are cut after so many lines.
    pub most: usize,
    /// Groups that hang together by no link stand side by side as far as they fit into so many cells.
    pub across: i32,
    /// Each issue stands in a frame, so many columns and rows around its words; none where there are none.
    pub frame: (i32, i32),
    /// Cells that are kept free besides those that must be, along the flow and across it; -1 across a chart to the right: none.
    pub air: (i32, i32),
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
    /// It is part of a circle.
    pub round: bool,
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
    /// It belongs to a circle.
    pub round: bool,
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
    /// The columns and rows from the edge of a box to its words: the outermost are its frame.
    pub frame: (i32, i32),
    /// Around boxes and lines.
    pub bounds: Area,
    /// Where it all begins; none without links.
    pub root: Option<Id<Node>>,
    /// How many issues had no room.
    pub left_out: usize,
    /// Among them are some of a circle.
    pub short: bool,
    /// The chart of all issues, where some had no room: the arrow keys go along it.
    all: Option<Box<Chart>>,
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

/// Marks what is part of a circle.
pub const ROUND: &str = "環";

/// What stands before the words of an issue: that it is the root, that it is part of a circle, and the number.
pub fn before(signs: &Signs, causes: &Causes, node: &Node) -> String {
    let root = if causes.is_root(node.id) { signs.root } else { "" };
    let round = if causes.circle_of(node.id).is_some() { ROUND } else { "" };
    let space = if root.is_empty() { "" } else { " " };
    format!("{root}{space}{round}{}", labels::before(signs, node))
}

/// What stands after the words: all are issues, what is none says so.
pub fn after(signs: &Signs, node: &Node) -> String {
    if node.kind == Kind::Issue { String::new() } else { labels::after(signs, node).into_owned() }
}

/// Empty rows between what stands in one column, and empty columns between what stands in one row.
const APART: (i32, i32) = (1, 4);

/// Empty columns before what stands beside a tall chart.
const BESIDE: i32 = 8;

/// So many columns are wide enough for something beside a tall chart, and for a chart that grows to the right.
const WIDE: i32 = 102;

/// Lays the chart out. Two charts of the same input are equal.
pub fn lay_out(input: &Input<'_>) -> Chart {
    lay_out_plan(input, &Plan::of_all(input.causes))
}

/// Issues that hang together by links, with their layers and the order in those: that hangs on the links alone, takes longest,
/// and is found once, however many charts are tried.
struct Ordered {
    members: Vec<Id<Node>>,
    graph: graph::Graph,
}

/// What of the links a chart shows.
struct Plan<'a> {
    /// The issues that are shown, with the links between them.
    causes: Cow<'a, Causes>,
    /// The groups, that of the root first.
    groups: Vec<Ordered>,
    /// What is linked to nothing.
    loose: Vec<Id<Node>>,
    /// How many that are not shown each stands for.
    hidden: HashMap<Id<Node>, usize>,
}

impl<'a> Plan<'a> {
    fn of_all(causes: &'a Causes) -> Self {
        Self::new(Cow::Borrowed(causes), causes, HashMap::new())
    }

    fn among(all: &'a Causes, kept: &[Id<Node>]) -> Self {
        Self::new(Cow::Owned(all.among(kept)), all, all.passed_over(kept))
    }

    fn new(causes: Cow<'a, Causes>, all: &'a Causes, hidden: HashMap<Id<Node>, usize>) -> Self {
        let loose = causes.ids().iter().copied().filter(|id| !all.is_linked(*id)).collect();
        Self { groups: groups(&causes, all), causes, loose, hidden }
    }
}

fn groups(causes: &Causes, all: &Causes) -> Vec<Ordered> {
    let root = all.root().map(|root| root.id);
    let ordered = |members: Vec<Id<Node>>| {
        let index: HashMap<Id<Node>, usize> = members.iter().enumerate().map(|(i, id)| (*id, i)).collect();
        let effects = |id| causes.effects(id).filter_map(|to| index.get(&to).copied()).collect();
        let effects: Vec<Vec<usize>> = members.iter().map(|id| effects(*id)).collect();
        let root = root.and_then(|root| index.get(&root).copied());
        let mut graph = layers::build(&effects, &layers::first(causes, &members), root);
        order::order(&mut graph, root);
        Ordered { members, graph }
    };
    graph::components(causes, all).into_iter().map(ordered).collect()
}

fn lay_out_plan(input: &Input<'_>, plan: &Plan<'_>) -> Chart {
    let root = input.causes.root().map(|root| root.id);
    let mut chart = Chart { flow: input.flow, frame: input.frame, root, ..Chart::default() };
    let mut shelf = Shelf::new(input.across);
    for group in &plan.groups {
        let words: Vec<Words> = group.members.iter().filter_map(|id| Words::of(input, plan, *id)).collect();
        if words.len() != group.members.len() {
            continue;
        }
        let mut part = component(input, group, words);
        let (x, y) = shelf.put(part.bounds, APART.1, APART.0);
        part.shift(x, y);
        chart.take(part);
        chart.end_group(shelf.row);
    }
    chart.left_out = input.causes.ids().len() - plan.causes.ids().len();
    let loose = plan.loose.iter().filter_map(|id| Words::of(input, plan, *id)).collect();
    chart.take_loose(input, loose, &shelf);
    chart
}

impl Chart {
    /// Issues that are linked to nothing, under a heading: below the others, or beside a tall chart on a wide screen.
    fn take_loose(&mut self, input: &Input<'_>, loose: Vec<Words>, linked: &Shelf) {
        if loose.is_empty() {
            return;
        }
        let gap = input.air.1.clamp(0, 1);
        let column = self.bounds.w + BESIDE;
        let widest = loose.iter().map(|words| words.w).max().unwrap_or(0).max(width(UNLINKED) as i32);
        let height = loose.iter().map(|words| words.h + gap).sum::<i32>() + 1;
        let fits = column + widest <= input.across && height <= self.bounds.h;
        let beside = input.flow == Flow::Down && linked.row == 0 && fits;
        let (left, top, row) = match linked.bottom() {
            _ if beside => (column, 0, 0),
            0 => (0, 0, 1),
            bottom => (0, bottom + APART.0 + gap, linked.row + 1),
        };
        self.heading = Some((left, top));
        let across = if beside { widest } else { input.across };
        let (all, from) = (self.bounds, self.boxes.len());
        let heading = Area { x: left, y: top, w: width(UNLINKED) as i32, h: 1 };
        self.bounds = if self.boxes.is_empty() { heading } else { self.bounds.around(heading) };
        let mut shelf = Shelf { top: top + 1, row, ..Shelf::new(across) };
        for words in loose {
            let size = Area { w: words.w, h: words.h, ..Area::default() };
            let (x, y) = shelf.put(size, if beside { across } else { APART.1 }, gap);
            let placed = words.placed(left + x, y, 0);
            self.bounds = self.bounds.around(placed.area);
            self.boxes.push(placed);
            self.end_group(shelf.row);
        }
        if !beside {
            // The narrower of the two stands in the middle.
            let width = self.boxes[from..].iter().map(|b| b.area.right()).max().unwrap_or(0).max(heading.w);
            self.shift_linked(from, ((width - all.w) / 2).max(0));
            let right = ((all.w - width) / 2).max(0);
            self.boxes[from..].iter_mut().for_each(|placed| placed.area.x += right);
            self.heading = Some((left + right, top));
        }
    }

    /// Moves the first boxes and all lines to the right.
    fn shift_linked(&mut self, boxes: usize, columns: i32) {
        self.boxes[..boxes].iter_mut().for_each(|placed| placed.area.x += columns);
        self.lines.iter_mut().flat_map(|line| &mut line.points).for_each(|point| point.0 += columns);
        self.cells.iter_mut().for_each(|cell| cell.x += columns);
    }
}

/// However many arrows point at it, a line of words gets so many cells.
const SHORTEST: usize = 6;

/// The words of an issue, and the room they take.
struct Words {
    id: Id<Node>,
    branch: Option<usize>,
    lines: Lines,
    room: Room,
    hidden: Folded,
    w: i32,
    h: i32,
}

impl Words {
    fn of(input: &Input<'_>, plan: &Plan<'_>, id: Id<Node>) -> Option<Self> {
        let node = input.dossier.nodes.get(&id)?;
        let hidden = Folded::of(plan.hidden.get(&id).copied().unwrap_or(0));
        let room = Room {
            before: width(&before(input.signs, input.causes, node)),
            after: width(&after(input.signs, node)) + width(&hidden.said(input.signs)),
            ahead: 0,
        };
        // Where many lines arrive, words stand in as many rows as they can, so that each arrow points at some.
        let arriving = if input.flow == Flow::Right { plan.causes.causes(id).count().max(1) } else { 1 };
        let most = match arriving {
            2.. if arriving <= input.most => (width(&node.text).div_ceil(arriving) + 1).max(SHORTEST),
            _ => usize::MAX,
        };
        let wrap = input.wrap.min(most);
        let lines = Lines::least(&node.text, wrap).filled(input.most, wrap, input.signs.cut);
        let w = (room.before + lines.widest.max(lines.last + room.after)) as i32 + 2 * input.frame.0;
        let branch = input.dossier.meeting.branch_index(&node.branch);
        let h = lines.lines.len() as i32 + 2 * input.frame.1;
        Some(Self { id, branch, lines, room, hidden, w, h })
    }

    fn placed(&self, x: i32, y: i32, depth: usize) -> PlacedBox {
        PlacedBox {
            what: What::Node(self.id),
            area: Area { x, y, w: self.w, h: self.h },
            lines: self.lines.lines.clone(),
            room: self.room,
            side: Side::Right,
            branch: self.branch,
            count: 0,
            hidden: self.hidden,
            parent: None,
            depth,
            far: false,
        }
    }
}

/// The chart of issues that hang together.
fn component(input: &Input<'_>, group: &Ordered, words: Vec<Words>) -> Chart {
    let sizes: Vec<(i32, i32)> = words.iter().map(|w| (w.w, w.h)).collect();
    let mut graph = group.graph.clone();
    graph.dress(graph::Manner { flow: input.flow, framed: input.frame.1 > 0, air: input.air }, &sizes);
    graph.give_ports();
    let mut across = place::place(&graph);
    graph.straighten(&across);
    let routes = route::route(&graph, &mut across);
    draw(input, &group.members, words, &graph, &across, routes)
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
        let circle = input.causes.circle_of(from);
        let round = circle.is_some() && circle == input.causes.circle_of(to);
        chart.lines.push(Link { from, to, back: way.back, round, points });
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
            let fresh = (*owner, LineCell { x, y, stroke, back: line.back, round: line.round });
            cells
                .entry((x, y))
                .and_modify(|(by, cell)| {
                    if by == owner {
                        cell.stroke = cell.stroke.and(stroke);
                        cell.round |= line.round;
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
        self.boxes.iter_mut().for_each(|placed| placed.area.y += y);
        self.lines.iter_mut().flat_map(|line| &mut line.points).for_each(|point| point.1 += y);
        self.cells.iter_mut().for_each(|cell| cell.y += y);
        self.shift_linked(self.boxes.len(), x);
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
