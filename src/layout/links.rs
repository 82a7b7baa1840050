//! The lines from an issue to its causes and effects, drawn on the map beside the words, where they cross none.

use super::map::Layout;
use super::shape::{Area, PlacedBox, Stroke, What};
use crate::domain::{Id, Node, Side};

/// The lines of one issue: a trunk outside the words of its side of the map, with an arm to each end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkPath {
    /// A cell may come more than once; its strokes add up ([`Stroke::and`]).
    pub cells: Vec<(i32, i32, Stroke)>,
    /// Arrowheads, beside what is brought about.
    pub heads: Vec<(i32, i32)>,
    /// The side all of it stands on.
    pub side: Option<Side>,
}

/// What the selected issue is to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkEnd {
    /// It brings the selected one about.
    Cause,
    /// The selected one brings it about.
    Effect,
    /// Each brings the other about.
    Both,
}

/// How an arm ends beside the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tip {
    Arrow,
    Bare,
}

/// The links of an issue within what is seen. Ends that would push the trunk out of sight are left out, the farthest
/// first, and so is the other side of the map: branches stand between.
pub fn links(
    layout: &Layout,
    issue: Id<Node>,
    tie: impl Fn(Id<Node>) -> Option<LinkEnd>,
    seen: Area,
) -> LinkPath {
    let ties = |placed: &PlacedBox| match placed.what {
        What::Node(id) if id != issue => tie(id),
        _ => None,
    };
    let Some(from) = layout.find(What::Node(issue)) else {
        return LinkPath::default();
    };
    let shore = Shore::new(layout, from.side);
    let start = shore.end(from);
    let same_side = layout.boxes.iter().filter(|b| b.side == from.side);
    let mut ends: Vec<(End, LinkEnd)> = same_side.filter_map(|b| Some((shore.end(b), ties(b)?))).collect();
    ends.retain(|(end, _)| shore.is_open(end));
    ends.sort_by_key(|(end, _)| (end.row - start.row).abs());
    let mut trunk = None;
    let (mut top, mut bottom) = (start.row, start.row);
    let reached = ends.iter().take_while(|(end, _)| {
        (top, bottom) = (top.min(end.row), bottom.max(end.row));
        let column = shore.outside(top, bottom);
        let fits = column <= shore.outermost(seen);
        trunk = if fits { Some(column) } else { trunk };
        fits
    });
    let reached = reached.count();
    let Some(trunk) = trunk.filter(|_| shore.is_open(&start)) else { return LinkPath::default() };
    let mut links = LinkPath { side: Some(from.side), ..LinkPath::default() };
    for (end, tie) in &ends[..reached] {
        let tip = if *tie == LinkEnd::Cause { Tip::Bare } else { Tip::Arrow };
        links.arm(&shore, end, trunk, tip);
        let rows = end.row.min(start.row)..end.row.max(start.row);
        let x = shore.turned(trunk);
        links.cells.extend(rows.flat_map(|y| [(x, y, Stroke::DOWN), (x, y + 1, Stroke::UP)]));
    }
    let only_leads = ends[..reached].iter().all(|(_, tie)| *tie == LinkEnd::Effect);
    links.arm(&shore, &start, trunk, if only_leads { Tip::Bare } else { Tip::Arrow });
    links.cells.retain(|(x, y, _)| seen.contains(*x, *y));
    links.heads.retain(|(x, y)| seen.contains(*x, *y));
    links
}

impl LinkPath {
    /// From beside an end to the trunk.
    fn arm(&mut self, shore: &Shore, end: &End, trunk: i32, tip: Tip) {
        let first = end.free + 1;
        let level = first + i32::from(tip == Tip::Arrow)..trunk;
        self.cells.extend(level.map(|column| (shore.turned(column), end.row, Stroke::HORIZONTAL)));
        let inward = if shore.side == Side::Right { Stroke::LEFT } else { Stroke::RIGHT };
        self.cells.push((shore.turned(trunk), end.row, inward));
        if tip == Tip::Arrow {
            self.heads.push((shore.turned(first), end.row));
        }
    }
}

/// Where a link ends: the row, and the first free column beside the box.
#[derive(Debug)]
struct End {
    row: i32,
    free: i32,
}

/// How far out the map reaches in each row, on one of its sides. Columns are counted outwards, so that both sides are one.
struct Shore {
    side: Side,
    top: i32,
    /// The first column outside everything.
    free: Vec<i32>,
}

impl Shore {
    fn new(layout: &Layout, side: Side) -> Self {
        let Area { y: top, h, .. } = layout.bounds;
        let mut shore = Self { side, top, free: vec![i32::MIN; h.max(0) as usize] };
        let boxes = layout.boxes.iter().map(|b| b.area);
        for area in boxes.chain(layout.connectors.iter().map(|c| c.area())) {
            let free = shore.beside(area);
            let first = (area.y - top).max(0) as usize;
            for row in shore.free.iter_mut().skip(first).take(area.h.max(0) as usize) {
                *row = free.max(*row);
            }
        }
        shore
    }

    /// A column counted outwards as one of the layout, and the other way round.
    fn turned(&self, column: i32) -> i32 {
        if self.side == Side::Right { column } else { -column }
    }

    fn beside(&self, area: Area) -> i32 {
        if self.side == Side::Right { area.right() } else { 1 - area.x }
    }

    /// The last column that is seen.
    fn outermost(&self, seen: Area) -> i32 {
        if self.side == Side::Right { seen.right() - 1 } else { -seen.x }
    }

    /// An issue begins with its number and ends with its label: there its lines come and go.
    fn end(&self, placed: &PlacedBox) -> End {
        let area = placed.area;
        let row = if self.side == Side::Right { area.bottom() - 1 } else { area.y };
        End { row, free: self.beside(area) }
    }

    fn row(&self, row: i32) -> usize {
        (row - self.top).max(0) as usize
    }

    /// Whether nothing stands farther out in its row.
    fn is_open(&self, end: &End) -> bool {
        self.free.get(self.row(end.row)) == Some(&end.free)
    }

    /// The nearest column for a trunk along some rows: outside all, with room for a blank and an arrowhead.
    fn outside(&self, top: i32, bottom: i32) -> i32 {
        let rows = self.free.get(self.row(top)..=self.row(bottom)).unwrap_or_default();
        rows.iter().copied().max().unwrap_or_default() + 2
    }
}
