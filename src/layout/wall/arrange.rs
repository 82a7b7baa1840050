//! Which twigs stand in which column.
//!
//! A side is read from the centre outwards: its branches in order, one column after the other. A column ends where that
//! leaves the columns about equally full, between branches rather than within one. Once dealt, a twig stays in its column
//! and what is new stands beside its neighbour, until the whole is arranged anew.

use std::collections::HashMap;
use std::ops::{Range, RangeInclusive};

use super::Input;
use super::twigs::{Twig, Twigs};
use crate::domain::{Id, Node, Side};

/// How much further out a twig stands than what it hangs on.
pub(super) const INDENT: i32 = 2;
/// Cells before the words of a twig on a branch: the trunk, a space, the line, the sign.
pub(super) const BEFORE: i32 = 5;
/// In a column narrower than that, twigs on a branch share the trunk with the branches: words need the cells more.
const NARROW: i32 = 26;
/// However far out it stands, a line of words gets so many cells.
const NARROWEST: i32 = 10;
/// Cells before the title of a branch.
pub(super) const TITLE: i32 = 2;
/// Between two columns.
const GUTTER: i32 = 1;
/// A column has room for some words at least, and no line is so long that the eye loses it.
const WIDTHS: RangeInclusive<i32> = 19..=56;
/// Another arrangement is worth it only when it shows so much more, in hundredths.
const GAIN: i64 = 104;
/// To arrange everything anew takes so much more, since people have learnt where things are.
const OUTGROWN: i64 = 107;
/// What is arranged should hold for a while: it is judged by what is there, and by so many hundredths of it.
const GROWTH: i64 = 125;
/// Breaking a branch is as bad as if so many rows were too many, for every level of the twig it is broken at.
const BREAK: i64 = 1;
/// So many places where a column may end are looked at.
const PLACES: i64 = 96;
/// A twig that is seen whole, where shares of twigs are counted.
const WHOLE: i64 = 1_000;

/// How many columns there are and where the branches begin. A column is named by its number: those of the left side first,
/// from the centre outwards, then those of the right.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Frame {
    /// How many there are on the left.
    pub(super) left: usize,
    /// How many there are on the right.
    pub(super) right: usize,
    /// The cells of each.
    pub(super) width: i32,
    /// The column in which each branch begins.
    pub(super) homes: Vec<usize>,
}

/// A frame with who stands where in it, kept from one layout to the next.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Columns {
    pub(super) frame: Frame,
    /// Where each twig stands.
    of: HashMap<Id<Node>, usize>,
}

/// A frame and the column of every twig, in their order.
struct Plan {
    frame: Frame,
    at: Vec<usize>,
}

/// A piece of a branch that no column divides.
#[derive(Debug, Clone)]
struct Piece {
    branch: usize,
    twigs: Range<usize>,
    rows: i64,
    /// What it costs to begin a column with it.
    price: i64,
    /// It begins with the title.
    first: bool,
}

impl Frame {
    /// All columns.
    pub(super) fn count(&self) -> usize {
        self.left + self.right
    }

    /// The side of a column, and how far out it stands there.
    pub(super) fn place(&self, column: usize) -> (Side, usize) {
        match column.checked_sub(self.left) {
            Some(out) => (Side::Right, out),
            None => (Side::Left, column),
        }
    }

    /// The column in which the trunk of a column stands; the middle is 0.
    pub(super) fn trunk(&self, column: usize) -> i32 {
        let (side, out) = self.place(column);
        let x = 1 + out as i32 * (self.width + GUTTER);
        if side == Side::Left { -x } else { x }
    }

    /// How far out so many columns reach.
    pub(super) fn edge(&self, columns: usize) -> i32 {
        columns as i32 * (self.width + GUTTER)
    }

    /// The columns that are left to a branch: from its own to the last of the side.
    fn open_to(&self, branch: usize) -> RangeInclusive<usize> {
        let home = self.homes.get(branch).copied().unwrap_or(0);
        home..=if home < self.left { self.left } else { self.count() }.max(home + 1) - 1
    }
}

impl Columns {
    /// The arrangement that shows most, with as few columns as that takes: the fewer, the longer the lines of words.
    pub(super) fn new(twigs: &Twigs<'_>, input: &Input<'_>, sides: &[Side]) -> Self {
        let Plan { frame, at } = best(twigs, input, sides);
        let named = twigs.all.iter().zip(at).filter_map(|(twig, column)| Some((twig.node?.id, column)));
        Self { of: named.collect(), frame }
    }

    /// Whether markedly more would be seen if the twigs were arranged anew.
    pub(super) fn is_outgrown(&mut self, twigs: &Twigs<'_>, input: &Input<'_>, sides: &[Side]) -> bool {
        let at = self.settle(twigs, sides);
        let shown = shown(&self.frame, &at, twigs, input, 100);
        let all = twigs.all.iter().filter(|twig| !twig.closed).count() as i64 * WHOLE;
        let better = || {
            let Plan { frame, at } = best(twigs, input, sides);
            self::shown(&frame, &at, twigs, input, 100)
        };
        shown < all && better() * 100 > shown * OUTGROWN
    }

    /// The column of every twig: the one it has, or for a new one its neighbour's. Those of a branch follow one another.
    pub(super) fn settle(&mut self, twigs: &Twigs<'_>, sides: &[Side]) -> Vec<usize> {
        let branches = twigs.branches.len();
        while self.frame.homes.len() < branches {
            // A branch that came later stands last on its side.
            let left = sides.get(self.frame.homes.len()) == Some(&Side::Left);
            let last = if left { self.frame.left } else { self.frame.count() };
            self.frame.homes.push(last.max(1) - 1);
        }
        let mut at = Vec::with_capacity(twigs.all.len());
        for (branch, range) in twigs.branches.iter().enumerate() {
            let open = self.frame.open_to(branch);
            let nodes = twigs.all[range.clone()].iter().map(|twig| twig.node);
            let was: Vec<Option<usize>> = nodes.clone().map(|node| self.of.get(&node?.id).copied()).collect();
            let kept: Vec<_> = was.iter().map(|was| was.filter(|column| open.contains(column))).collect();
            let columns = in_order(&kept, *open.start());
            for ((node, was), column) in nodes.zip(was).zip(&columns) {
                if let Some(node) = node.filter(|_| was != Some(*column)) {
                    self.of.insert(node.id, *column);
                }
            }
            at.extend(columns);
        }
        at
    }
}

/// The columns of the twigs of a branch, never going back, with as few changes as that takes; `None` is a new twig.
fn in_order(kept: &[Option<usize>], home: usize) -> Vec<usize> {
    let (Some(first), Some(last)) = (kept.iter().flatten().min(), kept.iter().flatten().max()) else {
        return vec![home; kept.len()];
    };
    let count = last - first + 1;
    if count == 1 {
        return vec![*last; kept.len()];
    }
    // For each twig and column: how many up to there can stay, and the column of the one before.
    let mut stay = vec![0usize; count];
    let mut before = vec![0usize; count * kept.len()];
    for (i, was) in kept.iter().enumerate() {
        let mut best = 0;
        let mut next = Vec::with_capacity(count);
        for column in 0..count {
            if stay[column] > stay[best] {
                best = column;
            }
            before[i * count + column] = best;
            next.push(stay[best] + usize::from(*was == Some(first + column)));
        }
        stay = next;
    }
    let mut column = (0..count).rev().max_by_key(|column| stay[*column]).unwrap_or(0);
    let mut at = vec![0; kept.len()];
    for i in (0..kept.len()).rev() {
        at[i] = first + column;
        column = before[i * count + column];
    }
    at
}

/// The cells for the words of a twig in a column so wide, and how far out it stands there.
pub(super) fn words(width: i32, depth: usize) -> (i32, i32) {
    let before = if width < NARROW { BEFORE - INDENT } else { BEFORE };
    // Of a wide column words get half.
    let least = NARROWEST.max(width / 2);
    let steps = (depth.saturating_sub(1) as i32).min((width - before - least) / INDENT).max(0);
    let out = before + INDENT * steps;
    ((width - out).max(NARROWEST), out)
}

/// About how many rows a twig takes in a column so wide; it is not broken into lines for that.
fn rows(twig: &Twig<'_>, width: i32) -> i64 {
    if twig.closed { 0 } else { twig.cells.div_ceil(words(width, twig.depth).0 as usize).max(1) as i64 }
}

fn on(side: Side, sides: &[Side], twigs: &Twigs<'_>, input: &Input<'_>) -> Vec<usize> {
    let on_side = |branch: &usize| match input.only_branch {
        Some(only) => side == Side::Right && *branch == only,
        None => sides.get(*branch).copied().unwrap_or(Side::Right) == side,
    };
    (0..twigs.branches.len()).filter(on_side).collect()
}

fn best(twigs: &Twigs<'_>, input: &Input<'_>, sides: &[Side]) -> Plan {
    let halves = [Side::Left, Side::Right].map(|side| on(side, sides, twigs, input));
    let least = halves.iter().filter(|half| !half.is_empty()).count().max(1);
    let most = (input.room.0 + GUTTER) / (WIDTHS.start() + GUTTER);
    let mut best: Option<(i64, Plan)> = None;
    for count in least..=least.max(most.max(0) as usize) {
        let plans = plans(twigs, input, &halves, count).into_iter();
        let shown = |plan: &Plan| {
            [100, GROWTH].map(|rows| shown(&plan.frame, &plan.at, twigs, input, rows)).iter().sum()
        };
        let plan = plans.map(|plan| (shown(&plan), plan)).max_by_key(|(shown, _)| *shown);
        if let Some((shown, plan)) = plan
            && best.as_ref().is_none_or(|(most, _): &(i64, Plan)| shown * 100 > most * GAIN)
        {
            best = Some((shown, plan));
        }
    }
    best.map_or_else(|| Plan { frame: Frame::default(), at: Vec::new() }, |(_, plan)| plan)
}

/// So many columns, dealt to the two sides in one way or two.
fn plans(twigs: &Twigs<'_>, input: &Input<'_>, [left, right]: &[Vec<usize>; 2], count: usize) -> Vec<Plan> {
    let width = (input.room.0 - GUTTER * (count as i32 - 1)) / count as i32;
    let width = width.clamp(1, *WIDTHS.end());
    let capacity = i64::from(twigs.rows);
    let halves = [pieces(left, twigs, width, capacity), pieces(right, twigs, width, capacity)];
    let [l, r] = halves.each_ref().map(|half| half.iter().map(|piece| piece.rows).sum::<i64>());
    let share = (l * count as i64 / (l + r).max(1)) as usize;
    let shares = match (left.is_empty(), right.is_empty()) {
        (true, _) => vec![0],
        (_, true) => vec![count],
        _ => vec![share.clamp(1, count - 1), (share + 1).clamp(1, count - 1)],
    };
    let plan = |on_left: usize| {
        let mut frame = Frame { left: on_left, right: count - on_left, width, ..Frame::default() };
        frame.homes = vec![0; twigs.branches.len()];
        let mut at = vec![0; twigs.all.len()];
        let columns = [(0, on_left), (on_left, count - on_left)];
        for (half, (first, columns)) in halves.iter().zip(columns) {
            for (piece, column) in half.iter().zip(deal(half, columns, capacity)) {
                at[piece.twigs.clone()].fill(first + column);
                if piece.first {
                    frame.homes[piece.branch] = first + column;
                }
            }
        }
        Plan { frame, at }
    };
    shares.into_iter().map(plan).collect()
}

/// The branches of a side in pieces, as small as is worth it.
fn pieces(branches: &[usize], twigs: &Twigs<'_>, width: i32, capacity: i64) -> Vec<Piece> {
    let mut sums = vec![0];
    for twig in &twigs.all {
        sums.push(sums[sums.len() - 1] + rows(twig, width));
    }
    let all: i64 =
        branches.iter().map(|b| sums[twigs.branches[*b].end] - sums[twigs.branches[*b].start]).sum();
    let (large, small) = ((capacity / 3).max(all / PLACES), all / PLACES);
    let mut pieces: Vec<Piece> = Vec::new();
    for branch in branches {
        let Range { start, end } = twigs.branches[*branch];
        pieces.push(Piece { branch: *branch, twigs: start..start, rows: 1, price: 0, first: true });
        let mut at = start;
        while at < end {
            let subtree = twigs.all[at].end;
            let next = if sums[subtree] - sums[at] > large { at + 1 } else { subtree };
            let (rows, price) = (sums[next] - sums[at], BREAK * twigs.all[at].depth as i64);
            match pieces.last_mut().filter(|last| rows == 0 || last.twigs.is_empty() || last.rows < small) {
                Some(last) => (last.twigs.end, last.rows) = (next, last.rows + rows),
                None => pieces.push(Piece { branch: *branch, twigs: at..next, rows, price, first: false }),
            }
            at = next;
        }
    }
    pieces
}

/// The column of each piece, so that the columns are as evenly filled as may be, and none more than it holds.
fn deal(pieces: &[Piece], columns: usize, capacity: i64) -> Vec<usize> {
    let count = pieces.len();
    let mut sums = vec![0];
    for piece in pieces {
        sums.push(sums[sums.len() - 1] + piece.rows);
    }
    let even = sums[count] / columns.max(1) as i64;
    let cost = |from: usize, to: usize| {
        let broken = pieces.get(from).filter(|piece| from < to && !piece.first);
        let rows = sums[to] - sums[from] + i64::from(broken.is_some());
        // What does not fit is folded, wherever it is; only much of it in one place is worse than a little in each.
        let (over, off) = ((rows - capacity).max(0), even.min(capacity) - rows.min(capacity));
        capacity * over + over * over / 8 + off * off / 4 + broken.map_or(0, |piece| piece.price * capacity)
    };
    // The least it costs to have the first pieces in the first columns, and where the last of those begins.
    let mut least: Vec<i64> = (0..=count).map(|to| cost(0, to)).collect();
    let mut begins = vec![vec![0; count + 1]];
    for _ in 1..columns {
        let (mut next, mut begin) = (Vec::with_capacity(count + 1), Vec::with_capacity(count + 1));
        for to in 0..=count {
            let from = (0..=to).min_by_key(|from| least[*from] + cost(*from, to)).unwrap_or(0);
            next.push(least[from] + cost(from, to));
            begin.push(from);
        }
        least = next;
        begins.push(begin);
    }
    let mut dealt = vec![0; count];
    let mut to = count;
    for (column, begin) in begins.iter().enumerate().rev() {
        dealt[begin[to]..to].fill(column);
        to = begin[to];
    }
    dealt
}

/// How well the twigs would be seen, each [`WHOLE`] at best, if all took so many hundredths of the rows they take. The root of the
/// share: a little of every branch is better than all of one.
fn shown(frame: &Frame, at: &[usize], twigs: &Twigs<'_>, input: &Input<'_>, grown: i64) -> i64 {
    let capacity = i64::from(twigs.rows);
    let mut columns = vec![(0, 0, 0); frame.count().max(1)];
    for (branch, home) in frame.homes.iter().enumerate().take(twigs.branches.len()) {
        if input.only_branch.is_none_or(|only| only == branch) {
            columns[*home].0 += 1;
        }
    }
    for (twig, column) in twigs.all.iter().zip(at).filter(|(twig, _)| !twig.closed) {
        columns[*column].1 += 1;
        columns[*column].2 += rows(twig, frame.width);
    }
    let seen = |(titles, twigs, rows): (i64, i64, i64)| {
        let (room, rows) = ((capacity - titles).max(0), rows * grown / 100);
        if room >= rows { twigs * WHOLE } else { twigs * (WHOLE * WHOLE * room / rows).isqrt() }
    };
    columns.into_iter().map(seen).sum()
}
