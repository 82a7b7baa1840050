//! The map on pages, as it stands on the wall: in columns, every twig below what it hangs on, and what matters least counted where
//! it hangs. Where too much would give way, the branches are dealt to further pages.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::super::svg::{Frame, Ink, Path, Svg, Words};
use super::draw::{CENTRE, kind_ink, tint};
use super::{CELL, FONT, Picture};
use crate::domain::causes::Causes;
use crate::domain::{Dossier, Id, Kind, Node, Side, Tree, ideas};
use crate::export::font;
use crate::layout::colours;
use crate::layout::labels::{Issues, MapLabels};
use crate::layout::map::{Layout, centre};
use crate::layout::measure::width;
use crate::layout::shape::{Area, Connector, PlacedBox, What};
use crate::layout::signs::Signs;
use crate::layout::wall::{Focus, Input, Wall};
use crate::layout::words;

/// From one row to the next: the height of a letter and a little air.
const PITCH: f32 = FONT * 1.3;
/// Nobody lays more pages side by side.
const MOST: usize = 4;
/// How far grounds reach beyond the outermost words, in cells.
const EDGE: f32 = 1.0;
/// How thick the lines are: from the middle to the branches, and from there on.
const TRUNK: f32 = 2.2;
const TWIG: f32 = 1.3;
/// Letters grow by so much from the least there may be, in the units of the room.
const STEP: f32 = 1.0;

/// What a page offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Space {
    /// How wide and how high it is.
    pub room: (f32, f32),
    /// The least and the greatest height of a letter, in the units of the room.
    pub letters: (f32, f32),
    /// So many of a hundred twigs may be folded away before another page is taken.
    pub folded: usize,
}

/// A page of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// What is drawn on it.
    pub picture: Picture,
    /// How high a letter is drawn on it, in the units of the room.
    pub letter: f32,
    /// The branches that stand on it, by their indices.
    pub branches: Vec<usize>,
    /// How many of their twigs are not drawn, but counted where they hang.
    pub folded: usize,
    /// Lines are dashed where something is folded away between.
    pub dashed: bool,
}

/// The map on pages, in letters as large as show everything, and never smaller than the least.
pub fn pages(dossier: &Dossier, tree: &Tree, space: &Space) -> Vec<Page> {
    let bearing = (0..tree.branches()).filter(|branch| tree.count(*branch) > 0).count();
    let sheets = Sheets::new(dossier, tree, space);
    let mut count = 1;
    loop {
        let pages = dealt(tree, count).into_iter().map(|branches| sheets.page(branches));
        let pages: Vec<(Page, bool)> = pages.collect();
        if pages.iter().all(|(_, good)| *good) || count >= bearing.min(MOST) {
            return pages.into_iter().map(|(page, _)| page).collect();
        }
        count += 1;
    }
}

/// All of it on one page, however much is folded away.
pub fn page(dossier: &Dossier, tree: &Tree, space: &Space) -> Page {
    Sheets::new(dossier, tree, space).page((0..tree.branches()).collect()).0
}

/// The branches in their order on so many pages, about as many twigs on each.
fn dealt(tree: &Tree, pages: usize) -> Vec<Vec<usize>> {
    let weight = |branch: usize| tree.count(branch) + 1;
    let whole: usize = (0..tree.branches()).map(weight).sum();
    let mut dealt: Vec<Vec<usize>> = vec![Vec::new(); pages];
    let mut before = 0;
    for branch in 0..tree.branches() {
        // By its middle: a branch that belongs to two pages goes to the one with more of it.
        let page = (2 * before + weight(branch)) * pages / (2 * whole.max(1));
        dealt[page.min(pages - 1)].push(branch);
        before += weight(branch);
    }
    dealt.retain(|page| !page.is_empty());
    dealt
}

/// What pages are made of.
struct Sheets<'a> {
    dossier: &'a Dossier,
    tree: &'a Tree,
    space: &'a Space,
    /// What stays longest: the roots, then what goes round in circles.
    roots: Vec<Id<Node>>,
}

impl<'a> Sheets<'a> {
    fn new(dossier: &'a Dossier, tree: &'a Tree, space: &'a Space) -> Self {
        let causes = Causes::of(dossier);
        let round = causes.ids().iter().copied().filter(|id| causes.circle_of(*id).is_some());
        let roots = causes.roots().into_iter().chain(round).collect();
        Self { dossier, tree, space, roots }
    }

    /// A page with these branches, and whether what it folds away can be spared: not much, no issue and no wish.
    fn page(&self, branches: Vec<usize>) -> (Page, bool) {
        let dossier = only(self.dossier, self.tree, &branches);
        let tree = Tree::new(&dossier);
        let (least, most) = self.space.letters;
        let smallest = self.layout(&dossier, &tree, least);
        // Where the smallest letters leave something out, larger ones need not be tried.
        let larger =
            (0..).map(|i| most - STEP * i as f32).take_while(|letter| !smallest.1 && *letter > least);
        let found = larger
            .map(|letter| (letter, self.layout(&dossier, &tree, letter)))
            .find(|(_, (_, folds))| !folds);
        let (letter, (layout, _)) = found.unwrap_or((least, smallest));
        let seen: BTreeSet<Id<Node>> = layout.boxes.iter().filter_map(node_of).collect();
        let folded: Vec<&Node> = dossier.nodes.values().filter(|node| !seen.contains(&node.id)).collect();
        let loud = folded.iter().any(|node| matches!(node.kind, Kind::Issue | Kind::Feeling));
        let good = folded.len() * 100 <= dossier.nodes.len() * self.space.folded && !loud;
        let (folded, dashed) = (folded.len(), layout.boxes.iter().any(|placed| placed.far));
        let picture = Drawn { dossier: &dossier, layout: &layout, branches: &branches }.picture();
        (Page { picture, letter, branches, folded, dashed }, good)
    }

    /// The wall in letters of this height, and whether something is folded away on it.
    fn layout(&self, dossier: &Dossier, tree: &Tree, letter: f32) -> (Layout, bool) {
        let unit = letter / FONT;
        let cells = (self.space.room.0 / (CELL * unit) - 2.0 * EDGE) as i32;
        let rows = (self.space.room.1 / (PITCH * unit)) as i32;
        let (none, nowhere) = (BTreeSet::new(), BTreeSet::new());
        let input = Input {
            dossier,
            tree,
            centre: &centre(dossier),
            folded: &none,
            folded_branches: &nowhere,
            only_branch: None,
            signs: Signs::unicode(),
            ghost: None,
            room: (cells, rows),
            focus: Focus {
                selected: What::Centre,
                visited: &[],
                hits: &none,
                marked: None,
                roots: &self.roots,
                only: None,
                still: true,
            },
        };
        let mut wall = Wall::default();
        let layout = wall.lay_out(&input, &mut words::Words::default());
        let beyond = layout.bounds.w > cells || layout.bounds.h > rows;
        (layout, beyond || wall.folds())
    }
}

fn node_of(placed: &PlacedBox) -> Option<Id<Node>> {
    match placed.what {
        What::Node(id) => Some(id),
        _ => None,
    }
}

/// The map with these branches alone.
fn only(dossier: &Dossier, tree: &Tree, branches: &[usize]) -> Dossier {
    let there: BTreeSet<Id<Node>> = branches.iter().flat_map(|branch| tree.branch(*branch)).collect();
    let mut only = dossier.with_twigs(|id| there.contains(&id));
    let all = dossier.meeting.branches.iter().enumerate();
    only.meeting.branches = all.filter(|(i, _)| branches.contains(i)).map(|(_, b)| b.clone()).collect();
    only
}

/// A layout on its way onto paper.
struct Drawn<'a> {
    dossier: &'a Dossier,
    layout: &'a Layout,
    /// Which branches of the whole meeting these are: they keep their colours.
    branches: &'a [usize],
}

impl Drawn<'_> {
    fn picture(&self) -> Picture {
        let mut svg = Svg::new();
        for connector in &self.layout.connectors {
            self.connector(&mut svg, connector);
        }
        let planned = ideas::planned(self.dossier);
        for placed in &self.layout.boxes {
            match placed.what {
                What::Centre => self.centre(&mut svg, placed),
                What::Branch(_) => self.title(&mut svg, placed),
                What::Node(id) => {
                    if let Some(node) = self.dossier.nodes.get(&id) {
                        self.twig(&mut svg, placed, node, planned.contains_key(&id));
                    }
                }
                _ => self.lines(&mut svg, placed, Words::new(FONT, colours::QUIET)),
            }
        }
        let all = self.layout.bounds;
        let mut shapes = Svg::new();
        shapes.put(&svg, (EDGE - all.x as f32) * CELL, -all.y as f32 * PITCH, 1.0);
        Picture { shapes, w: (all.w as f32 + 2.0 * EDGE) * CELL, h: all.h as f32 * PITCH }
    }

    /// The colour of a branch, which is what it is among all of the meeting.
    fn ink(&self, branch: Option<usize>) -> Ink {
        branch.and_then(|i| self.branches.get(i)).map_or(colours::RULE, |i| colours::branch(*i))
    }

    fn labels(&self) -> MapLabels {
        let issues = if self.layout.stacked { Issues::Numbered } else { Issues::Labelled };
        MapLabels { signs: Signs::unicode(), issues, part: false }
    }

    fn connector(&self, svg: &mut Svg, connector: &Connector) {
        let Connector { side, below, start, joint, joined, end, .. } = *connector;
        let (x, y) = (|cell: i32| (cell as f32 + 0.5) * CELL, |row: i32| (row as f32 + 0.5) * PITCH);
        let ink = if connector.from == What::Centre { colours::RULE } else { self.ink(connector.branch) };
        let width = if connector.from == What::Centre { TRUNK } else { TWIG };
        // The line ends at the edge of the cell it leads to.
        let reach = if side == Side::Right { CELL / 2.0 } else { -CELL / 2.0 };
        let mut path = match below {
            true => Path::from(x(joint), (joined.max(start.1) as f32) * PITCH),
            false => {
                Path::from(x(start.0) - reach, y(start.1)).to(x(joint), y(start.1)).to(x(joint), y(joined))
            }
        };
        path = path.to(x(joint), y(end.1)).to(x(end.0) + reach, y(end.1));
        svg.line(&path, ink, width);
        if connector.from == What::Centre {
            // From the trunk on it has its branch's colour.
            let path = Path::from(x(joint), y(end.1)).to(x(end.0) + reach, y(end.1));
            svg.line(&path, self.ink(connector.branch), width);
        }
    }

    fn frame(&self, area: Area) -> Frame {
        Frame {
            x: area.x as f32 * CELL,
            y: area.y as f32 * PITCH,
            w: area.w as f32 * CELL,
            h: area.h as f32 * PITCH,
        }
    }

    fn centre(&self, svg: &mut Svg, placed: &PlacedBox) {
        let frame = self.frame(placed.area);
        svg.rect(frame, 8.0, Some(colours::CENTRE), Some((colours::TEXT, 1.4)));
        let words = Words { size: FONT, ..CENTRE };
        for (i, line) in placed.lines.iter().enumerate() {
            svg.text_around(frame.x + frame.w / 2.0, baseline(placed, i), words, line);
        }
    }

    fn title(&self, svg: &mut Svg, placed: &PlacedBox) {
        let frame = self.frame(placed.area);
        let frame = Frame { x: frame.x - 3.0, y: frame.y + 0.5, w: frame.w + 6.0, h: frame.h - 1.0 };
        svg.rect(frame, 5.0, Some(self.ink(placed.branch)), None);
        let words = Words::new(FONT, 0xffffff).bold();
        self.lines(svg, placed, words);
        let labels = self.labels();
        let said = labels.beside(placed.count, &placed.hidden);
        let said = if width(&said) <= placed.room.after { said } else { placed.hidden.said(labels.signs) };
        self.after(svg, placed, Words::new(FONT, 0xffffff), &said);
    }

    fn twig(&self, svg: &mut Svg, placed: &PlacedBox, node: &Node, planned: bool) {
        let labels = self.labels();
        let right = placed.side == Side::Right;
        let ink = kind_ink(node.kind);
        if node.kind == Kind::Issue {
            self.behind(svg, placed, tint(ink, 0.14));
        }
        self.lines(svg, placed, Words::new(FONT, colours::TEXT));
        let sign = if planned { labels.signs.saved.into() } else { labels.sign(node, placed.side) };
        let row = if right { 0 } else { placed.lines.len().saturating_sub(1) };
        let far = if placed.far { CELL } else { 0.0 };
        let frame = self.frame(placed.area);
        let before = placed.room.before as f32 * CELL;
        // The line goes on to the words where no sign stands between; where more lies between than is seen, it is dashed.
        let inside = if sign.is_empty() || row > 0 { before - CELL * 0.7 } else { far };
        let (from, to) =
            if right { (frame.x, frame.x + inside) } else { (frame.right(), frame.right() - inside) };
        let y = frame.y + PITCH / 2.0;
        let path = Path::from(from, y).to(to, y);
        match placed.far {
            true => svg.dashes(&path, self.ink(placed.branch), TWIG),
            false => svg.line(&path, self.ink(placed.branch), TWIG),
        }
        if !sign.is_empty() {
            let wide = font::cells(sign.trim_end()) as f32 * CELL;
            let x = if right { frame.x + far } else { frame.right() - far - wide };
            let words = Words { bold: node.kind == Kind::Issue, ..Words::new(FONT, ink) };
            svg.text(x, baseline(placed, row), words, sign.trim_end());
        }
        let said = format!("{}{}", labels.label(node), placed.hidden.said(labels.signs));
        self.after(
            svg,
            placed,
            Words::new(FONT, if labels.label(node).is_empty() { colours::QUIET } else { ink }),
            &said,
        );
    }

    /// A ground behind the words of a box, so that an eye finds it from across the table.
    fn behind(&self, svg: &mut Svg, placed: &PlacedBox, ground: Ink) {
        let frame = self.frame(placed.area);
        svg.rect(
            Frame { x: frame.x - 1.0, y: frame.y + 0.8, w: frame.w + 2.0, h: frame.h - 1.6 },
            3.0,
            Some(ground),
            None,
        );
    }

    /// What stands at the other end of the words from the line.
    fn after(&self, svg: &mut Svg, placed: &PlacedBox, words: Words, said: &str) {
        let said = said.trim();
        let Some(last) = placed.lines.len().checked_sub(1).filter(|_| !said.is_empty()) else { return };
        let reads_on = placed.side == Side::Right || matches!(placed.what, What::Branch(_));
        if reads_on {
            let x = self.start(placed, last) + words.width(&placed.lines[last]) + CELL;
            svg.text(x, baseline(placed, last), words, said);
        } else {
            svg.text(self.start(placed, 0) - words.width(said) - CELL, baseline(placed, 0), words, said);
        }
    }

    fn lines(&self, svg: &mut Svg, placed: &PlacedBox, words: Words) {
        for (i, line) in placed.lines.iter().enumerate() {
            let x = self.start(placed, i);
            let room = (placed.area.w as f32 - placed.room.before as f32) * CELL;
            svg.text_within(x, baseline(placed, i), words, line, room);
        }
    }

    /// Where the words of a line begin: flush with the side the line comes from.
    fn start(&self, placed: &PlacedBox, line: usize) -> f32 {
        let frame = self.frame(placed.area);
        let before = placed.room.before as f32 * CELL;
        if placed.side == Side::Right {
            return frame.x + before;
        }
        let last = line + 1 == placed.lines.len();
        let after = if last { placed.room.after as f32 * CELL } else { 0.0 };
        frame.right() - before - after - font::cells(&placed.lines[line]) as f32 * CELL
    }
}

/// The baseline of a line of a box.
fn baseline(placed: &PlacedBox, line: usize) -> f32 {
    (placed.area.y as f32 + line as f32 + 0.5) * PITCH + FONT * 0.36
}
