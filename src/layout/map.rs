//! The two-sided tree: the centre in the middle, branches left and right, twigs outward.
//!
//! Everything hangs by its first row: a branch stands in the row of its first twig, a twig in that of its first child,
//! and what comes later goes below. So a new twig moves only what is below it on its side, and nothing above. Where there is
//! little room, `layout::wall` puts them below what they hang on instead.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::domain::map::Place;
use crate::domain::{Action, Dossier, Id, Kind, Moment, Node, Side, Tree, ideas};

use super::folded::Folded;
use super::measure::width;
use super::shape::{Area, Connector, PlacedBox, Room, What};
use super::words::{Lines, Words};

/// How much air the map gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Spacing {
    /// Each level in a column of its own.
    #[default]
    Normal,
    /// Like [`Spacing::Normal`], with more air: for few words.
    Roomy,
}

/// Words that are being written are shown in so many lines at most: all of them stand in the line where they are typed.
const GHOST: usize = 4;

/// A line in the middle is so wide at most.
const CENTRE: usize = 24;

impl Spacing {
    /// Cells between a box and what hangs on it: a space, the line, a space.
    fn gap(self) -> i32 {
        match self {
            Spacing::Normal => 4,
            Spacing::Roomy => 6,
        }
    }

    /// Empty rows between two neighbours on the same branch or side, the higher of which has `rows` rows.
    fn rows_between(self, depth: usize, rows: i32) -> i32 {
        match (self, depth, rows > 1) {
            (Spacing::Normal, 0, _) => 1,
            (Spacing::Roomy, 0, large) => 1 + i32::from(large),
            (Spacing::Roomy, 1, large) => i32::from(large),
            _ => 0,
        }
    }
}

/// Where the new twig would land, and what stands there until it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ghost {
    /// Where it would hang.
    pub place: Place,
    /// What it would be, with its words so far; its identity and moment mean nothing.
    pub node: Node,
}

impl Ghost {
    /// Words of a kind, nowhere yet; an issue has its number already.
    pub fn new(place: Place, kind: Kind, number: u32, text: impl Into<String>) -> Self {
        let (id, at) = (Uuid::nil(), Moment::default());
        Self { place, node: Node { kind, number, ..Node::new(id.into(), id.into(), text, at) } }
    }
}

/// What the view writes beside the words: only the room it takes matters here.
pub trait Labels {
    /// The signs of a twig on a side, with what is folded away under it.
    fn node(&self, node: &Node, folded: &Folded, side: Side) -> Room;

    /// What stands beside the title of a branch with so many twigs.
    fn branch(&self, count: usize, folded: &Folded) -> Room;

    /// What stands where words were cut.
    fn cut(&self) -> &str {
        "…"
    }

    /// The words on a branch with no twigs; empty for no such box.
    fn empty(&self) -> &str;
}

/// All a layout depends on.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    /// The meeting, for the words of its twigs and branches.
    pub dossier: &'a Dossier,
    /// How its twigs hang.
    pub tree: &'a Tree,
    /// The side of each branch, as [`deal`](super::deal::deal) dealt them.
    pub sides: &'a [Side],
    /// The lines of the box in the middle.
    pub centre: &'a [String],
    /// Twigs under which nothing is shown.
    pub folded: &'a BTreeSet<Id<Node>>,
    /// Branches, by their indices, on which nothing is shown.
    pub folded_branches: &'a BTreeSet<usize>,
    /// One branch alone, without the centre, growing to the right.
    pub only_branch: Option<usize>,
    /// The widest a line of words may be, in cells, without the signs beside it.
    pub wrap: usize,
    /// How much air there is.
    pub spacing: Spacing,
    /// The room for signs beside the words.
    pub labels: &'a dyn Labels,
    /// The twig that is being written.
    pub ghost: Option<&'a Ghost>,
}

/// A map with every visible thing in its place. What is asked of it is in `layout/walk.rs`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The centre first, then the right side and the left side, each depth first in reading order.
    pub boxes: Vec<PlacedBox>,
    /// From what something hangs on to it, one for each box but the centre.
    pub connectors: Vec<Connector>,
    /// The rectangle around everything.
    pub bounds: Area,
    /// Whether twigs stand in columns below what they hang on, so that the row above is what comes before.
    pub stacked: bool,
}

/// Lays the map out. Two layouts of the same input are equal, whatever lines are kept in `words`.
pub fn lay_out(input: &Input<'_>, words: &mut Words) -> Layout {
    words.prepare(input.dossier.nodes.len());
    let mut builder = Builder::new(input, words);
    if let Some(branch) = input.only_branch {
        builder.side(Side::Right, &[branch]);
    } else {
        builder.centre();
        for side in [Side::Right, Side::Left] {
            let branches: Vec<usize> = (0..input.tree.branches())
                .filter(|i| input.sides.get(*i).copied().unwrap_or(Side::Right) == side)
                .collect();
            builder.side(side, &branches);
        }
        builder.place_centre();
    }
    builder.connect();
    builder.finish()
}

/// The lines of the box in the middle: who the person is, without a name.
pub fn centre(dossier: &Dossier) -> Vec<String> {
    let case = dossier.case.iter();
    // One thing a line: a narrow middle leaves the room to the twigs.
    let mut lines: Vec<String> =
        case.flat_map(|c| [&c.gist, &c.age, &c.sex]).filter(|s| !s.is_empty()).cloned().collect();
    if lines.is_empty() {
        lines.push("本人".to_owned());
    }
    lines
}

/// What waits to be placed under a parent that is placed already.
struct Waiting {
    what: What,
    parent: usize,
}

/// A layout in the making.
struct Builder<'a> {
    input: &'a Input<'a>,
    words: &'a mut Words,
    /// The ideas that have become actions.
    planned: BTreeMap<Id<Node>, Id<Action>>,
    boxes: Vec<PlacedBox>,
    connectors: Vec<Connector>,
}

impl<'a> Builder<'a> {
    fn new(input: &'a Input<'a>, words: &'a mut Words) -> Self {
        let room = input.dossier.nodes.len() + 2 * input.tree.branches() + 2;
        let (boxes, connectors) = (Vec::with_capacity(room), Vec::with_capacity(room));
        Self { input, words, planned: ideas::planned(input.dossier), boxes, connectors }
    }

    fn centre(&mut self) {
        let lines: Vec<String> = self
            .input
            .centre
            .iter()
            .flat_map(|line| Lines::of(line, CENTRE).cut(2, CENTRE, self.input.labels.cut()).lines.to_vec())
            .collect();
        let w = lines.iter().map(|line| width(line)).max().unwrap_or(0) as i32 + 2;
        let area = Area { x: -w / 2, y: 0, w, h: lines.len().max(1) as i32 };
        self.boxes.push(PlacedBox {
            what: What::Centre,
            area,
            lines: lines.into(),
            room: Room { before: 1, ..Room::default() },
            side: Side::Right,
            branch: None,
            count: 0,
            hidden: Folded::default(),
            parent: None,
            depth: 0,
            far: false,
        });
    }

    /// Places the branches of one side with all that hangs on them: columns first, then rows, then the mirror.
    fn side(&mut self, side: Side, branches: &[usize]) {
        let first = self.boxes.len();
        for branch in branches {
            self.branch(side, *branch);
        }
        self.align(first);
        self.rows(first);
        if side == Side::Left {
            // Column 0 of a side is the cell beside the centre; the centre spans `centre.x..centre.right()`.
            let edge = self.boxes.first().map_or(0, |centre| centre.area.x);
            for placed in &mut self.boxes[first..] {
                placed.area.x = edge - placed.area.x - placed.area.w;
            }
        } else {
            let edge = self.boxes.first().filter(|b| b.what == What::Centre).map_or(0, |b| b.area.right());
            for placed in &mut self.boxes[first..] {
                placed.area.x += edge;
            }
        }
    }

    /// Collects a branch and its visible twigs depth first, each in its column: the distance from the centre's edge.
    fn branch(&mut self, side: Side, branch: usize) {
        let input = self.input;
        let twigs = input.tree.roots(branch);
        let folded = input.folded_branches.contains(&branch) && input.only_branch.is_none();
        let hidden = if folded { self.folded(twigs) } else { Folded::default() };
        let title = input.dossier.meeting.branches.get(branch).map_or("", |b| b.title.as_str());
        let centre = (!self.boxes.is_empty() && input.only_branch.is_none()).then_some(0);
        let lines = Lines::of(title, input.wrap);
        let mut title =
            placed(What::Branch(branch), lines, input.labels.branch(input.tree.count(branch), &hidden));
        title.area.x = if centre.is_some() { input.spacing.gap() - 1 } else { 0 };
        title.branch = Some(branch);
        title.side = side;
        (title.count, title.hidden) = (input.tree.count(branch), hidden);
        title.parent = centre;
        let at = self.boxes.len();
        self.boxes.push(title);

        let mut waiting = Vec::new();
        let shown = if folded { &[] } else { twigs };
        self.await_children(at, shown, Some(Place::Branch(branch)), &mut waiting);
        if waiting.is_empty() && !folded && !input.labels.empty().is_empty() {
            waiting.push(Waiting { what: What::Empty(branch), parent: at });
        }
        while let Some(next) = waiting.pop() {
            self.twig(&next, &mut waiting);
        }
    }

    /// Puts what hangs on the box at `parent` on the stack, last first, with the ghost where it belongs.
    fn await_children(
        &self,
        parent: usize,
        children: &[Id<Node>],
        last: Option<Place>,
        waiting: &mut Vec<Waiting>,
    ) {
        let ghost = self.input.ghost.map(|ghost| ghost.place);
        if ghost.is_some() && ghost == last {
            waiting.push(Waiting { what: What::Ghost, parent });
        }
        for id in children.iter().rev() {
            if ghost == Some(Place::After(*id)) {
                waiting.push(Waiting { what: What::Ghost, parent });
            }
            waiting.push(Waiting { what: What::Node(*id), parent });
        }
    }

    fn twig(&mut self, next: &Waiting, waiting: &mut Vec<Waiting>) {
        let input = self.input;
        let mut children: &[Id<Node>] = &[];
        let mut hidden = Folded::default();
        let depth = self.boxes[next.parent].depth + 1;
        let mut twig = match next.what {
            What::Node(id) => {
                let Some(node) = input.dossier.nodes.get(&id) else { return };
                children = input.tree.children(id);
                if !children.is_empty() && input.folded.contains(&id) {
                    hidden = self.folded(children);
                    children = &[];
                }
                let room = input.labels.node(node, &hidden, self.boxes[next.parent].side);
                placed(next.what, self.words.of(node, input.wrap), room)
            }
            What::Ghost => {
                let Some(Ghost { node, .. }) = input.ghost else { return };
                let lines = Lines::of(&node.text, input.wrap).cut(GHOST, input.wrap, input.labels.cut());
                let room = input.labels.node(node, &hidden, self.boxes[next.parent].side);
                placed(next.what, lines, room)
            }
            // Never broken: it is no sentence.
            _ => placed(next.what, Lines::of(input.labels.empty(), usize::MAX), Room::default()),
        };
        let parent = &self.boxes[next.parent];
        twig.area.x = parent.area.right() + input.spacing.gap();
        twig.side = parent.side;
        twig.branch = parent.branch;
        twig.depth = depth;
        twig.parent = Some(next.parent);
        twig.hidden = hidden;
        let at = self.boxes.len();
        self.boxes.push(twig);
        if let What::Node(id) = next.what {
            self.await_children(at, children, Some(Place::Under(id)), waiting);
        }
    }

    /// What there is from these twigs on outwards.
    fn folded(&self, twigs: &[Id<Node>]) -> Folded {
        let mut folded = Folded::default();
        let all = twigs.iter().flat_map(|id| self.input.tree.subtree(*id));
        for node in all.filter_map(|id| self.input.dossier.nodes.get(&id)) {
            folded.add(node, self.planned.contains_key(&node.id));
        }
        folded
    }

    /// Moves the twigs of shorter branches outwards until all of the side start in one column.
    fn align(&mut self, first: usize) {
        let titles = self.boxes[first..].iter().filter(|b| matches!(b.what, What::Branch(_)));
        let widest = titles.map(|b| b.area.w).max().unwrap_or(0);
        let mut shift = 0;
        for placed in &mut self.boxes[first..] {
            match placed.what {
                What::Branch(_) => shift = widest - placed.area.w,
                _ => placed.area.x += shift,
            }
        }
    }

    /// Finds the rows: every block as high as its own words or all that hangs on it, one below the other.
    fn rows(&mut self, first: usize) {
        let count = self.boxes.len() - first;
        let spacing = self.input.spacing;
        let slot = |placed: &PlacedBox| placed.parent.and_then(|p| p.checked_sub(first));
        // Blocks, from the outermost inwards; `stacked` is what hangs on each, without the gaps.
        let mut block = vec![0; count];
        let mut stacked = vec![(0, 0); count];
        for i in (0..count).rev() {
            let placed = &self.boxes[first + i];
            block[i] = placed.area.h.max(stacked[i].0);
            if let Some(parent) = slot(placed) {
                let (rows, next) = stacked[parent];
                let gap = if rows == 0 { 0 } else { spacing.rows_between(placed.depth, block[i].max(next)) };
                stacked[parent] = (rows + gap + block[i], block[i]);
            }
        }
        // From the centre outwards: where the next child of each goes, and how high the one before it was.
        let mut below = vec![(0, 0); count];
        let mut top = (0, 0);
        for i in 0..count {
            let placed = &mut self.boxes[first + i];
            let parent = slot(placed);
            let cursor = parent.map_or(&mut top, |p| &mut below[p]);
            if cursor.1 > 0 {
                cursor.0 += spacing.rows_between(placed.depth, cursor.1.max(block[i]));
            }
            placed.area.y = cursor.0;
            *cursor = (cursor.0 + block[i], block[i]);
            below[i] = (placed.area.y, 0);
        }
    }

    /// Puts the centre beside the middle of the shorter side, so that it stays while the longer one grows.
    fn place_centre(&mut self) {
        let middle = |side: Side| {
            let mut rows = self.boxes.iter().filter(|b| b.side == side && matches!(b.what, What::Branch(_)));
            let first = rows.next()?.area.y;
            Some((first + rows.next_back().map_or(first, |b| b.area.y)) / 2)
        };
        let middle = match (middle(Side::Left), middle(Side::Right)) {
            (Some(left), Some(right)) => left.min(right),
            (left, right) => left.or(right).unwrap_or(0),
        };
        if let Some(centre) = self.boxes.first_mut() {
            centre.area.y = (middle - (centre.area.h - 1) / 2).max(0);
        }
    }

    fn connect(&mut self) {
        let gap = self.input.spacing.gap();
        // The row of the sibling before, by parent; the branches hang on their side's trunk instead.
        let mut rows: Vec<Option<i32>> = vec![None; self.boxes.len()];
        for placed in &self.boxes {
            let Some(parent_at) = placed.parent else { continue };
            let parent = &self.boxes[parent_at];
            if parent.what == What::Centre {
                continue;
            }
            let y = placed.area.y;
            let joined = rows[parent_at].replace(y).unwrap_or(parent.area.y);
            let (start, joint, end) = match placed.side {
                Side::Right => (parent.area.right() + 1, placed.area.x - gap + 1, placed.area.x - 2),
                Side::Left => (parent.area.x - 2, placed.area.right() + gap - 2, placed.area.right() + 1),
            };
            self.connectors.push(Connector {
                from: parent.what,
                to: placed.what,
                branch: placed.branch,
                side: placed.side,
                below: false,
                start: (start, parent.area.y),
                joint,
                joined,
                end: (end, y),
            });
        }
        self.trunk(Side::Right);
        self.trunk(Side::Left);
    }

    /// The lines from the centre to the branches of one side, each from its neighbour nearer to the centre.
    fn trunk(&mut self, side: Side) {
        let Some(centre) = self.boxes.first().filter(|b| b.what == What::Centre) else { return };
        let row = centre.area.y + (centre.area.h - 1) / 2;
        let branches: Vec<&PlacedBox> =
            self.boxes.iter().filter(|b| b.side == side && matches!(b.what, What::Branch(_))).collect();
        for (i, placed) in branches.iter().enumerate() {
            let y = placed.area.y;
            let nearer = if y < row { branches.get(i + 1) } else { i.checked_sub(1).map(|i| &branches[i]) };
            let joined = match nearer.map(|b| b.area.y) {
                Some(other) if y < row => other.min(row),
                Some(other) => other.max(row).min(y),
                None => row,
            };
            let gap = self.input.spacing.gap();
            let (start, joint, end) = match side {
                Side::Right => (centre.area.right(), centre.area.right() + gap / 3 - 1, placed.area.x - 2),
                Side::Left => (centre.area.x - 1, centre.area.x - gap / 3, placed.area.right() + 1),
            };
            self.connectors.push(Connector {
                from: What::Centre,
                to: placed.what,
                branch: placed.branch,
                side: placed.side,
                below: false,
                start: (start, row),
                joint,
                joined,
                end: (end, y),
            });
        }
    }

    fn finish(self) -> Layout {
        let Self { boxes, connectors, .. } = self;
        let bounds = boxes.iter().map(|b| b.area).reduce(Area::around).unwrap_or_default();
        let bounds = connectors.iter().map(Connector::area).fold(bounds, Area::around);
        Layout { boxes, connectors, bounds, stacked: false }
    }
}

/// A box around words; its place is still to be found. The signs beside the words come on top: a word too long for its line
/// is worse than a box a little wider.
pub(super) fn placed(what: What, words: Lines, room: Room) -> PlacedBox {
    let w = room.before + words.widest.max(words.last + room.after).max(words.first + room.ahead);
    let area = Area { x: 0, y: 0, w: w.max(1) as i32, h: words.lines.len() as i32 };
    PlacedBox {
        what,
        area,
        lines: words.lines,
        room,
        side: Side::Right,
        branch: None,
        count: 0,
        hidden: Folded::default(),
        parent: None,
        depth: 0,
        far: false,
    }
}
