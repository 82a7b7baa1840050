//! The map over as many sheets as it takes to be read: whole branches where they have room, else parts of them, each sheet
//! with the case in its middle. No word of the map is left out on all of them.

use std::collections::BTreeSet;

use super::super::svg::Svg;
use super::{FONT, Picture, arrange, draw, legend, shortened};
use crate::domain::{Dossier, Id, Node, Tree};
use crate::export::{font, words};

/// What a page of A4 on its side has room for, between its margins and under a heading, in points.
pub const PAGE: (f32, f32) = (765.0, 450.0);
/// No word on a page is smaller, in points.
pub const READABLE: f32 = 8.0;
/// Nor is it larger, where there are few.
const LARGEST: f32 = 12.0;
/// Between the map and the legend under it.
const GAP: f32 = 14.0;
/// Letters beside one another on a twig, about; see `arrange`.
const WRAP: usize = 24;
/// The rows that the title of a branch adds to its twigs.
const TITLE: usize = 2;

/// A part of the map, with the legend under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What is drawn.
    pub picture: Picture,
    /// So many points is a unit of it wide, so that it fills the page and its words are not too large.
    pub scale: f32,
    /// What stands over it: マップ（1/2）　本人、生活.
    pub heading: String,
    /// What those read who cannot see it.
    pub words: String,
}

/// Twigs that stay together, all of one branch.
#[derive(Debug, Clone, Default)]
struct Piece {
    branch: usize,
    twigs: BTreeSet<Id<Node>>,
    /// What hangs on these stands in a later piece, which begins with them.
    folded: BTreeSet<Id<Node>>,
    rows: usize,
}

struct Cutter<'a> {
    dossier: &'a Dossier,
    tree: &'a Tree,
}

/// The sheets of the map; none where nothing was said.
pub fn sheets(dossier: &Dossier, tree: &Tree) -> Vec<Sheet> {
    if dossier.nodes.is_empty() {
        return Vec::new();
    }
    let dossier = shortened(dossier);
    let cutter = Cutter { dossier: &dossier, tree };
    let groups = cutter.groups();
    let count = groups.len();
    groups.iter().enumerate().map(|(i, pieces)| cutter.sheet(pieces, (i, count))).collect()
}

impl Cutter<'_> {
    /// As few groups of pieces as can be read, each group a sheet.
    fn groups(&self) -> Vec<Vec<Piece>> {
        let branches = 0..self.dossier.meeting.branches.len();
        let whole: Vec<Piece> = branches.map(|i| self.piece(i, None, self.tree.roots(i))).collect();
        let size = letters(&self.drawn(&whole));
        if size >= READABLE {
            return vec![whole];
        }
        let mut pieces = Vec::new();
        for piece in whole {
            self.cut(piece.branch, None, self.tree.roots(piece.branch), &mut pieces);
        }
        // Half as large needs four times the room; a little less, for each sheet is laid out by itself.
        let least = ((READABLE / size).powi(2) * 0.7) as usize;
        let counts = least.clamp(2, pieces.len().max(2))..pieces.len();
        let read = |groups: &Vec<Vec<Piece>>| groups.iter().all(|group| self.legible(group));
        let found = counts.map(|count| dealt(&pieces, count)).find(read);
        found.unwrap_or_else(|| pieces.iter().map(|piece| vec![piece.clone()]).collect())
    }

    /// What hangs on these twigs, with the twig they hang on where the sheet begins with it.
    fn piece(&self, branch: usize, top: Option<Id<Node>>, roots: &[Id<Node>]) -> Piece {
        let mut piece = Piece { branch, rows: TITLE, ..Piece::default() };
        let mut open: Vec<Id<Node>> = roots.to_vec();
        while let Some(id) = open.pop() {
            piece.rows += self.rows(id);
            piece.twigs.insert(id);
            open.extend(self.tree.children(id));
        }
        piece.twigs.extend(top);
        piece
    }

    fn rows(&self, id: Id<Node>) -> usize {
        self.dossier.nodes.get(&id).map_or(1, |node| font::cells(&node.text).div_ceil(WRAP).max(1))
    }

    /// Cuts what cannot be read on one sheet: between the twigs of a branch, else between what hangs on the only one.
    fn cut(&self, branch: usize, top: Option<Id<Node>>, roots: &[Id<Node>], out: &mut Vec<Piece>) {
        let mut piece = self.piece(branch, top, roots);
        if self.legible(std::slice::from_ref(&piece)) {
            return out.push(piece);
        }
        match roots {
            [] => out.push(piece),
            [only] => {
                let children = self.tree.children(*only);
                piece = Piece { branch, rows: TITLE + self.rows(*only), ..Piece::default() };
                piece.twigs.extend([*only].into_iter().chain(top));
                piece.folded.extend((!children.is_empty()).then_some(*only));
                out.push(piece);
                if !children.is_empty() {
                    self.cut(branch, Some(*only), children, out);
                }
            }
            several => {
                let weight = |id: &Id<Node>| self.piece(branch, None, &[*id]).rows;
                let all: usize = several.iter().map(weight).sum();
                let before = several.iter().scan(0, |sum, id| {
                    *sum += weight(id);
                    Some(*sum)
                });
                let middle = before.take_while(|rows| rows * 2 <= all).count().clamp(1, several.len() - 1);
                let (first, rest) = several.split_at(middle);
                self.cut(branch, top, first, out);
                self.cut(branch, top, rest, out);
            }
        }
    }

    fn legible(&self, pieces: &[Piece]) -> bool {
        letters(&self.drawn(pieces)) >= READABLE
    }

    /// The pieces as one map. A twig that has lost what it hangs on hangs on its branch.
    fn drawn(&self, pieces: &[Piece]) -> Picture {
        let shown: BTreeSet<usize> = pieces.iter().map(|piece| piece.branch).collect();
        let twigs: BTreeSet<Id<Node>> = pieces.iter().flat_map(|piece| piece.twigs.iter().copied()).collect();
        let (meeting, case) = (self.dossier.meeting.clone(), self.dossier.case.clone());
        let mut part = Dossier::new(meeting, case);
        let hidden = |id: &Id<Node>| self.tree.children(*id).iter().all(|child| !twigs.contains(child));
        let folded: BTreeSet<Id<Node>> =
            pieces.iter().flat_map(|piece| &piece.folded).filter(|id| hidden(id)).copied().collect();
        let counted = folded.iter().flat_map(|id| self.piece(0, None, self.tree.children(*id)).twigs);
        let all: BTreeSet<Id<Node>> = counted.chain(twigs).collect();
        for node in all.iter().filter_map(|id| self.dossier.nodes.get(id)) {
            let parent = node.parent.filter(|parent| all.contains(parent));
            part.nodes.insert(node.id, Node { parent, ..node.clone() });
        }
        let room = (PAGE.0, PAGE.1 - (GAP + FONT * 1.4) * READABLE / FONT);
        let poster = arrange::arrange(&part, &Tree::new(&part), room, &folded, Some(&shown));
        let map = draw::draw(&part, &poster, None);
        let legend = legend();
        let mut shapes = Svg::new();
        let w = map.w.max(legend.w);
        shapes.put(&map.shapes, (w - map.w) / 2.0, 0.0, 1.0);
        shapes.put(&legend.shapes, 0.0, map.h + GAP, 1.0);
        Picture { shapes, w, h: map.h + GAP + legend.h }
    }

    fn sheet(&self, pieces: &[Piece], (i, count): (usize, usize)) -> Sheet {
        let picture = self.drawn(pieces);
        let scale = letters(&picture).min(LARGEST) / FONT;
        let mut branches: Vec<(usize, usize)> = Vec::new();
        for piece in pieces {
            match branches.iter_mut().find(|(branch, _)| *branch == piece.branch) {
                Some((_, twigs)) => *twigs += piece.twigs.len(),
                None => branches.push((piece.branch, piece.twigs.len())),
            }
        }
        let title = |branch: usize| {
            self.dossier.meeting.branches.get(branch).map(|b| words::clean(&b.title)).unwrap_or_default()
        };
        let number = if count > 1 { format!("（{}/{count}）", i + 1) } else { String::new() };
        let named: Vec<String> = branches.iter().map(|(branch, _)| title(*branch)).collect();
        let of = if count > 1 { format!("　{}", named.join("、")) } else { String::new() };
        let said: Vec<String> =
            branches.iter().map(|(branch, twigs)| format!("{} {twigs}件", title(*branch))).collect();
        Sheet {
            picture,
            scale,
            heading: format!("マップ{number}{of}"),
            words: format!("マップの絵{number}。大枝と枝の数は、{}。", said.join("、")),
        }
    }
}

/// How large words are, in points, where the picture fills the page.
fn letters(picture: &Picture) -> f32 {
    (PAGE.0 / picture.w).min(PAGE.1 / picture.h) * FONT
}

/// The pieces in their order as so many groups of about the same number of rows.
fn dealt(pieces: &[Piece], count: usize) -> Vec<Vec<Piece>> {
    let all: usize = pieces.iter().map(|piece| piece.rows).sum();
    let mut groups: Vec<Vec<Piece>> = vec![Vec::new(); count];
    let mut before = 0;
    for piece in pieces {
        // Where its middle falls.
        let at = (before * 2 + piece.rows) * count / (2 * all.max(1));
        groups[at.min(count - 1)].push(piece.clone());
        before += piece.rows;
    }
    groups.retain(|group| !group.is_empty());
    groups
}
