//! Chooses what is seen in each column, and gives every box its words and signs.

use std::collections::BTreeSet;

use super::Input;
use super::arrange::{Columns, Frame, TITLE, words as room_of};
use super::fold::{Column, TRIES};
use super::interest::{Interest, Queue, queues};
use super::sheet::Sheet;
use super::twigs::Twigs;
use crate::domain::Side;
use crate::layout::folded::Folded;
use crate::layout::labels::{Issues, MapLabels, SIGN};
use crate::layout::map::{Layout, placed};
use crate::layout::measure::{ellipsis, width};
use crate::layout::shape::{PlacedBox, Room, What};
use crate::layout::words::{Lines, Words};

/// A word takes at most this part of a column's rows.
const TALLEST: i32 = 3;

/// So many such parts what is selected or being written may take: it is what is talked about.
const SELECTED: i32 = 2;
/// What stays leaves an eighth of the rows to the others, and no less than this; where the titles take most of the column, a
/// quarter of what they leave.
const LEFT: i32 = 3;

/// Where the branches of a column stand apart so many rows stay free at its foot: for more, and for a legend.
const FOOT: i32 = 6;

/// What an arrow key leads to takes no more than this part: all of it has to be seen.
const NEAR: i32 = 10;

/// Lays the twigs out in their columns and folds what they have no room for; whether there is such is answered, too.
pub(super) fn place(
    twigs: &Twigs<'_>,
    input: &Input<'_>,
    columns: &mut Columns,
    sides: &[Side],
    words: &mut Words,
) -> (Layout, bool) {
    let at = columns.settle(twigs, sides);
    let interest = Interest::new(twigs, input.dossier, &input.focus);
    let frame = &columns.frame;
    let labels = MapLabels { signs: input.signs, issues: Issues::Numbered, part: input.focus.only.is_some() };
    let (cuts, squeezed) = (vec![false; frame.count()], vec![Squeezed::No; frame.count()]);
    let queues = queues(twigs, &interest, &at, frame.count());
    let (at, interest, queues) = (&at, &interest, &queues);
    let mut choice = Choice { cuts, squeezed, twigs, input, frame, at, words, labels, interest, queues };
    let hidden = |shown: &[bool]| twigs.all.iter().zip(shown).any(|(twig, shown)| !shown && !twig.closed);
    // Only where not all is seen, words are cut.
    let mut shown = choice.choose();
    let folds = hidden(&shown);
    if folds || choice.full(&shown, &choice.folded(&shown)).contains(&true) {
        choice.cuts.fill(true);
        let forced = choice.forced();
        let folded = choice.folded(&forced);
        for more in [Squeezed::Selected, Squeezed::Words, Squeezed::Names] {
            let full = choice.full(&forced, &folded);
            let too_full = choice.squeezed.iter_mut().zip(full).filter(|(_, full)| *full);
            too_full.for_each(|(squeezed, _)| *squeezed = more);
        }
        shown = choice.choose();
        let folded = choice.folded(&shown);
        choice.spare(&shown, &folded);
        choice.fill(&mut shown, &folded);
    }
    (choice.lay_out(&shown), folds)
}

struct Choice<'a, 'b> {
    twigs: &'a Twigs<'b>,
    input: &'a Input<'b>,
    frame: &'a Frame,
    /// The column of each twig.
    at: &'a [usize],
    words: &'a mut Words,
    labels: MapLabels,
    interest: &'a Interest,
    /// By columns.
    queues: &'a [Queue],
    /// By columns: words are cut that take too much of it.
    cuts: Vec<bool>,
    /// By columns.
    squeezed: Vec<Squeezed>,
}

/// What is cut in a column where what must be seen leaves no room for the titles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Squeezed {
    No,
    /// What is selected, like all words.
    Selected,
    /// Words, to a line or two.
    Words,
    /// The names of branches, too, to a line.
    Names,
}

/// Where a twig stands.
#[derive(Clone, Copy, Default)]
struct Stand {
    /// So far out; what is hidden between does not count.
    depth: usize,
    /// What it hangs on is hidden.
    passes: bool,
}

impl Stand {
    /// As far out as it stands when all it hangs on is seen.
    fn out(depth: usize) -> Self {
        Self { depth, passes: false }
    }
}

/// What is folded away under each twig that is seen, and on each branch itself.
struct Away {
    twigs: Vec<Folded>,
    branches: Vec<Folded>,
}

/// What stands in a column, from above.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Title(usize),
    /// A branch goes on: which of its columns this is, and of how many.
    Continued(usize, [usize; 2]),
    Twig(usize),
}

impl Choice<'_, '_> {
    /// Which twigs are seen: first as if everything under each were folded away, then with what is known to be folded.
    fn choose(&mut self) -> Vec<bool> {
        let mut shown = self.forced();
        for _ in 0..3 {
            let (before, folded) = (shown.clone(), self.folded(&shown));
            for column in 0..self.frame.count() {
                self.choose_in(column, &before, &folded, &mut shown);
            }
            if before == shown {
                break;
            }
        }
        shown
    }

    /// What is seen whatever room there is.
    fn forced(&self) -> Vec<bool> {
        let mut forced = vec![false; self.twigs.all.len()];
        for seen in self.interest.hands.iter().chain(&self.interest.near) {
            forced[*seen] = true;
        }
        forced
    }

    /// Fills the rows that are left: what was reckoned as far out as it may stand often stands further in and takes fewer. Only
    /// with what hangs on something seen and has nothing seen on it, so that nothing else is moved further out.
    fn fill(&mut self, shown: &mut [bool], folded: &Away) {
        let stands = self.stands(shown);
        let mut free = Vec::with_capacity(self.frame.count());
        let mut there = BTreeSet::new();
        for column in 0..self.frame.count() {
            let parts = self.parts(column, |i| shown[i]);
            let used: i32 = parts.iter().map(|part| self.boxed(*part, folded, &stands).area.h).sum();
            free.push(self.twigs.rows - used);
            there.extend(parts.iter().filter_map(|part| match part {
                Part::Twig(i) => Some((column, self.twigs.all[*i].branch)),
                _ => None,
            }));
        }
        let mut tries = vec![TRIES; free.len()];
        let still = self.input.focus.still;
        let stay = self.interest.stay.iter().filter(|_| still).map(|i| (i, true));
        for (i, stays) in stay.chain(self.interest.order.iter().map(|i| (i, false))) {
            let (twig, column) = (&self.twigs.all[*i], self.at[*i]);
            let waits = still && !stays && self.queues[column].waits(shown);
            if free[column] <= 0 || tries[column] == 0 || shown[*i] || waits {
                continue;
            }
            let hangs = stays || twig.parent.is_none_or(|parent| shown[parent]);
            let beside = there.contains(&(column, twig.branch)) && !shown[*i..twig.end].contains(&true);
            if hangs && beside {
                let depth = self.twigs.inwards(*i).skip(1).filter(|outer| shown[*outer]).count() + 1;
                let height = self.twig(*i, Stand::out(depth), &Folded::of(twig.end - i - 1)).area.h;
                if height <= free[column] {
                    shown[*i] = true;
                    free[column] -= height;
                } else {
                    tries[column] -= 1;
                }
            }
        }
    }

    /// Cuts no words of a column that has room for all of them.
    fn spare(&mut self, shown: &[bool], folded: &Away) {
        let cuts = std::mem::replace(&mut self.cuts, vec![false; self.frame.count()]);
        let full = self.full(shown, folded);
        self.cuts = cuts.into_iter().zip(full).map(|(cuts, full)| cuts && full).collect();
    }

    /// The columns in which these twigs have no room beside the titles.
    fn full(&mut self, shown: &[bool], folded: &Away) -> Vec<bool> {
        let mut seen = vec![Vec::new(); self.frame.count()];
        for i in (0..shown.len()).filter(|i| shown[*i]) {
            seen[self.at[i]].push(i);
        }
        let mut full = vec![false; seen.len()];
        for (column, seen) in seen.iter().enumerate() {
            let goes_on = i32::from(seen.iter().any(|i| !self.at_home(*i)));
            full[column] = self.used(column, seen, folded) + goes_on > self.twigs.rows;
        }
        full
    }

    /// The rows that titles and these twigs take in a column.
    fn used(&mut self, column: usize, seen: &[usize], folded: &Away) -> i32 {
        let mut used = 0;
        for (branch, folded) in folded.branches.iter().enumerate() {
            if self.begins(branch, column) {
                // Once one of its twigs is seen, the number of them all is said, too.
                let fewer = Folded::of(folded.count.saturating_sub(1));
                used += [folded, &fewer]
                    .map(|folded| self.title(branch, folded).area.h)
                    .into_iter()
                    .max()
                    .unwrap_or(0);
            }
        }
        for i in seen {
            // As far out as it stands when all it hangs on is seen.
            used += self.twig(*i, Stand::out(self.twigs.all[*i].depth), &folded.twigs[*i]).area.h;
        }
        used
    }

    /// The same in one column, with what was seen before and what was folded away then.
    fn choose_in(&mut self, column: usize, before: &[bool], folded: &Away, shown: &mut [bool]) {
        let Queue { must, order } = &self.queues[column];
        if order.iter().all(|i| shown[*i]) {
            return;
        }
        let seen: Vec<usize> = order.iter().copied().filter(|i| shown[*i]).collect();
        let mut used = self.used(column, &seen, folded);
        // What goes on in a further column has a line there that says so.
        used += i32::from(order.iter().any(|i| !self.at_home(*i)));
        let parents = |i: usize| self.twigs.all[i].parent;
        let still = self.input.focus.still;
        let room = self.twigs.rows - used;
        let twigs = self.twigs;
        let height = |i: usize| {
            let twig = &twigs.all[i];
            let own = self.twig(i, Stand::out(twig.depth), &Folded::of(twig.end - i - 1)).area.h;
            // Where nothing else is folded away under what it hangs on, the rows of that count are free for it.
            let here = twig.parent.filter(|outer| self.at[*outer] == column);
            let alone = here.filter(|outer| {
                folded.twigs[*outer].count == twig.end - i && !before[i..twig.end].contains(&true)
            });
            own - alone.map_or(0, |outer| {
                let out = Stand::out(twigs.all[outer].depth);
                let [with, without] = [folded.twigs[outer], Folded::default()];
                self.twig(outer, out, &with).area.h - self.twig(outer, out, &without).area.h
            })
        };
        let left = (!still).then_some((twigs.rows / 8).max(LEFT).min(room / 4));
        Column { must, left, order, parent: &parents, height }.keep(room, shown);
    }

    /// Whether a twig stands in the column of its branch's title.
    fn at_home(&self, i: usize) -> bool {
        self.frame.homes[self.twigs.all[i].branch] == self.at[i]
    }

    /// Whether the title of a branch stands in a column.
    fn begins(&self, branch: usize, column: usize) -> bool {
        let there = self.input.only_branch.is_none_or(|only| only == branch);
        there && self.frame.homes[branch] == column
    }

    /// How far out each twig stands when those hidden between are passed over.
    fn stands(&self, shown: &[bool]) -> Vec<Stand> {
        let mut stands = vec![Stand::default(); shown.len()];
        for (i, twig) in self.twigs.all.iter().enumerate() {
            let before = twig.parent.map_or(0, |parent| stands[parent].depth);
            let passes = twig.parent.is_some_and(|parent| !shown[parent]);
            stands[i] = Stand { depth: before + usize::from(shown[i]), passes };
        }
        stands
    }

    /// What is folded away under each twig that is seen, and under each branch.
    fn folded(&self, shown: &[bool]) -> Away {
        let mut twigs = vec![Folded::default(); shown.len()];
        let mut branches = vec![Folded::default(); self.twigs.branches.len()];
        let mut holder: Vec<Option<usize>> = vec![None; shown.len()];
        for (i, twig) in self.twigs.all.iter().enumerate() {
            let outer = twig.parent.and_then(|parent| holder[parent]);
            holder[i] = if shown[i] { Some(i) } else { outer };
            if let Some(node) = twig.node.filter(|_| !shown[i]) {
                let planned = self.twigs.planned.contains_key(&node.id);
                let folded = outer.map_or(&mut branches[twig.branch], |at| &mut twigs[at]);
                folded.add(node, planned);
                folded.found |= self.input.focus.hits.contains(&node.id);
            }
        }
        Away { twigs, branches }
    }

    /// What stands in a column when these twigs are seen.
    fn parts(&self, column: usize, shown: impl Fn(usize) -> bool) -> Vec<Part> {
        let mut parts = Vec::new();
        for (branch, range) in self.twigs.branches.iter().enumerate() {
            let begins = self.begins(branch, column);
            if begins {
                parts.push(Part::Title(branch));
            }
            let mut continued = !begins;
            for i in range.clone().filter(|i| self.at[*i] == column && shown(*i)) {
                if std::mem::take(&mut continued) {
                    parts.push(Part::Continued(branch, self.which_of(branch, column, &shown)));
                }
                parts.push(Part::Twig(i));
            }
        }
        parts
    }

    fn lay_out(&mut self, shown: &[bool]) -> Layout {
        let centre = self.input.only_branch.is_none().then(|| self.twigs.head.clone());
        let (mut folded, stands) = (self.folded(shown), self.stands(shown));
        let mut twigs: Vec<Option<PlacedBox>> = Vec::with_capacity(shown.len());
        for (i, twig) in self.twigs.all.iter().enumerate() {
            let placed = shown[i].then(|| self.twig(i, stands[i], &folded.twigs[i]));
            // Issues that found no room beside what they are folded under are named beside the title, as far as that has any.
            if let Some(placed) = &placed {
                folded.branches[twig.branch].name(&folded.twigs[i], &placed.hidden);
            }
            twigs.push(placed);
        }
        let mut sheet = Sheet::new(self.frame, centre);
        let mut boxes: Vec<Option<usize>> = vec![None; shown.len()];
        let mut titles = vec![0; self.twigs.branches.len()];
        let outwards = (self.frame.left..self.frame.count()).chain(0..self.frame.left);
        for column in outwards {
            let mut parts = Vec::new();
            for part in self.parts(column, |i| shown[i]) {
                let twig = if let Part::Twig(i) = part { twigs[i].take() } else { None };
                parts.push((part, twig.unwrap_or_else(|| self.boxed(part, &folded, &stands))));
            }
            sheet.begin(column);
            let mut starts = starts(&heads(&parts), self.twigs.rows).into_iter();
            for (part, placed) in parts {
                match part {
                    Part::Title(branch) | Part::Continued(branch, _) => {
                        if let Some(start) = starts.next() {
                            sheet.go_down_to(start);
                        }
                        let title = part == Part::Title(branch);
                        sheet.title(placed, branch, if title { 0 } else { usize::MAX });
                        titles[branch] = if title { sheet.last() } else { titles[branch] };
                    }
                    Part::Twig(i) => {
                        let branch = self.twigs.all[i].branch;
                        let parent = self.twigs.inwards(i).skip(1).find_map(|outer| boxes[outer]);
                        sheet.twig(placed, parent.unwrap_or(titles[branch]), branch, stands[i].depth);
                        boxes[i] = Some(sheet.last());
                    }
                }
            }
        }
        sheet.finish(self.input.room.1)
    }

    fn boxed(&mut self, part: Part, folded: &Away, stands: &[Stand]) -> PlacedBox {
        match part {
            Part::Title(branch) => self.title(branch, &folded.branches[branch]),
            Part::Continued(branch, which) => self.continued(branch, which),
            Part::Twig(i) => self.twig(i, stands[i], &folded.twigs[i]),
        }
    }

    /// The box of a twig, so far out, with what is folded away under it.
    fn twig(&mut self, i: usize, Stand { depth, passes }: Stand, folded: &Folded) -> PlacedBox {
        let twig = &self.twigs.all[i];
        let (mut wrap, out) = room_of(self.frame.width, depth);
        // So far out it would look like one beside what it hangs on.
        let far = passes || depth > 1 && out == room_of(self.frame.width, depth - 1).1;
        let hands = self.interest.hands.contains(&i);
        let part = if !hands && self.interest.near.contains(&i) { NEAR } else { TALLEST };
        let most = match (self.cuts[self.at[i]], self.squeezed[self.at[i]]) {
            (false, _) => usize::MAX,
            (true, Squeezed::No) if hands => (self.twigs.rows * SELECTED / part).max(2) as usize,
            (true, Squeezed::No | Squeezed::Selected) => (self.twigs.rows / part).max(2) as usize,
            (true, _) => 1 + usize::from(hands),
        };
        let cut = self.input.signs.cut;
        let (what, node) = match (twig.node, self.input.ghost) {
            (Some(node), _) => (What::Node(node.id), node),
            (None, Some(ghost)) => (What::Ghost, &ghost.node),
            (None, None) => return placed(What::Ghost, Lines::default(), Room::default()),
        };
        let sign = self.labels.before(node) + usize::from(far);
        wrap -= (sign - SIGN) as i32;
        let (wrap, label) = (wrap as usize, width(self.labels.label(node)));
        let lines = self.words.of(node, wrap).cut(most, wrap, cut);
        let again = |lines: fn(&str, usize) -> Lines, wrap| lines(&node.text, wrap).cut(most, wrap, cut);
        let (signs, side) = (self.labels.signs, self.frame.place(self.at[i]).0);
        let (lines, said) = beside(lines, (wrap, label, side), folded, |folded| folded.said(signs), again);
        let mut placed = placed(what, lines, Room::of(sign, label + width(&said.1), side));
        (placed.hidden, placed.far) = (said.0, far);
        placed
    }

    /// The box of a branch's title.
    fn title(&mut self, branch: usize, folded: &Folded) -> PlacedBox {
        let title = self.input.dossier.meeting.branches.get(branch).map_or("", |b| b.title.as_str());
        let wrap = (self.frame.width - TITLE).max(1) as usize;
        let count = self.input.tree.count(branch);
        let say = |folded: &Folded| self.labels.beside(count, folded);
        let (lines, said) = if self.squeezed[self.frame.homes[branch]] == Squeezed::Names {
            let [.., short, _, _] = folded.shorter();
            let said = say(&short);
            let name = ellipsis(title, wrap.saturating_sub(width(&said)), self.input.signs.cut);
            (Lines::of(&name, usize::MAX), (short, said))
        } else {
            let again = |lines: fn(&str, usize) -> Lines, wrap| lines(title, wrap);
            beside(Lines::of(title, wrap), (wrap, 0, Side::Right), folded, say, again)
        };
        let mut placed =
            placed(What::Branch(branch), lines, Room { after: width(&said.1), ..Room::default() });
        (placed.count, placed.hidden) = (count, said.0);
        placed
    }

    /// Which of the columns in which a branch is seen one of them is, counted from its title, and how many there are.
    fn which_of(&self, branch: usize, column: usize, shown: impl Fn(usize) -> bool) -> [usize; 2] {
        let (home, range) = (self.frame.homes[branch], self.twigs.branches[branch].clone());
        let columns: BTreeSet<usize> =
            range.filter(|i| shown(*i)).map(|i| self.at[i]).chain([home]).collect();
        let nearer = columns.iter().filter(|other| other.abs_diff(home) < column.abs_diff(home)).count();
        [nearer + 1, columns.len()]
    }

    /// The line over what goes on in a further column.
    fn continued(&self, branch: usize, [which, of]: [usize; 2]) -> PlacedBox {
        let title = self.input.dossier.meeting.branches.get(branch).map_or("", |b| b.title.as_str());
        let room = (self.frame.width - TITLE).max(1) as usize;
        // As beside its name, how many twigs it has; where that leaves no room for words, the figures alone.
        let count = self.input.tree.count(branch);
        let short = format!("（{which}/{of}）");
        let ways = [format!(" {count}（続き {which}/{of}）"), format!(" {count}{short}")];
        let continued = ways.into_iter().find(|way| width(title) + width(way) <= room).unwrap_or(short);
        let title = ellipsis(title, room.saturating_sub(width(&continued)), self.input.signs.cut);
        placed(
            What::Continued(branch),
            Lines::of(&format!("{title}{continued}"), usize::MAX),
            Room::default(),
        )
    }
}

/// The rows of each branch in a column, its title or the line over what goes on there included.
fn heads(parts: &[(Part, PlacedBox)]) -> Vec<i32> {
    let rows = |parts: &[(Part, PlacedBox)]| parts.iter().map(|(_, placed)| placed.area.h).sum();
    parts.chunk_by(|_, (next, _)| matches!(next, Part::Twig(_))).map(rows).collect()
}

/// The row at which each branch of a column begins, whose rows are given: at its share of the height, or a free row below what
/// stands above it, but no lower than leaves room for what comes below. So what grows moves only what lies below it, and that only
/// once nothing is free between them; where it comes to the foot of the column, it moves up, and what stands above it last.
fn starts(heads: &[i32], rows: i32) -> Vec<i32> {
    let share = (rows - FOOT) / (heads.len() as i32).max(1);
    let (mut end, mut left) = (0, rows - heads.iter().sum::<i32>());
    let start = |(i, head): (usize, &i32)| {
        let wished = if i == 0 { 0 } else { (i as i32 * share).max(end + 1) };
        let start = wished.min(end + left).max(end);
        left -= start - end;
        end = start + head;
        start
    };
    heads.iter().enumerate().map(start).collect()
}

/// Makes room behind the last line, on the left in front of the first, for what is folded away: all that is to be said of it, or
/// less, down to its number. Where even that is too much the words are broken earlier.
fn beside(
    lines: Lines,
    (wrap, label, side): (usize, usize, Side),
    folded: &Folded,
    say: impl Fn(&Folded) -> String,
    again: impl Fn(fn(&str, usize) -> Lines, usize) -> Lines,
) -> (Lines, (Folded, String)) {
    let said = |folded| (folded, say(&folded));
    let end = |lines: &Lines| if side == Side::Right { lines.last } else { lines.first };
    let fitting = |lines: &Lines| {
        let fits = |said: &(Folded, String)| end(lines) + label + width(&said.1) <= wrap;
        // On the left words follow: a number right before them would be theirs.
        let apart = |folded: &Folded| side == Side::Right || !folded.ends_with_issue();
        folded.shorter().into_iter().filter(apart).map(said).find(fits)
    };
    if let Some(said) = fitting(&lines) {
        return (lines, said);
    }
    // Rather a torn word than one line more.
    let dense = again(Lines::dense, wrap);
    let torn = fitting(&dense);
    let most = if torn.is_some() { dense.lines.len() } else { usize::MAX };
    let [.., short] = folded.shorter().map(said);
    let narrow = wrap.saturating_sub(label + width(&short.1)).max(1);
    let broken = (narrow..wrap).rev().map(|cells| again(Lines::of, cells));
    let mut broken = broken.take_while(|lines| lines.lines.len() <= most);
    match (broken.find_map(|lines| Some((lines.clone(), fitting(&lines)?))), torn) {
        (Some(fits), _) => fits,
        (None, Some(said)) => (dense, said),
        (None, None) => (again(Lines::of, narrow), short),
    }
}
