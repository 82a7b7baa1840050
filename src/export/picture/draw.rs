//! Draws what is arranged: curves first, then boxes with their words and signs.

use std::borrow::Cow;

use super::super::svg::{Frame, Ink, Path, Svg, Words};
use super::arrange::{Block, Poster};
use super::{CELL, FONT, LINE, Picture};
use crate::domain::{Dossier, Kind, Node, Side};
use crate::export::font;
use crate::layout::colours;
use crate::layout::folded::Folded;
use crate::layout::labels::{after, asks, before};
use crate::layout::map::Labels;
use crate::layout::shape::{Area, PlacedBox, Room, What};
use crate::layout::signs::Signs;
use crate::layout::spots::{Spot, Spots};

/// The words in the middle.
pub const CENTRE: Words = Words { size: 19.0, ink: colours::TEXT, bold: true };
const TWIG: Words = Words { size: FONT, ink: colours::TEXT, bold: false };
const WHITE: Ink = 0xffffff;
/// How far a box reaches beyond its words.
const PAD: f32 = 6.0;
/// How thick the frame around what is selected is.
const MARK: f32 = 3.5;
/// How far before a box the line to it turns off.
const TURN: f32 = 28.0;
/// The cells of the filled label of an issue, with the space before it.
const LABEL: usize = 6;

/// The signs of a picture: as on the screen, but `①` and `→` are as wide as kanji in print.
#[derive(Debug, Clone, Copy)]
pub struct PictureLabels;

impl Labels for PictureLabels {
    fn node(&self, node: &Node, folded: &Folded, _: Side) -> Room {
        let signs = Signs::unicode();
        let sign = if node.kind == Kind::Issue { LABEL } else { font::cells(&after(signs, node)) };
        let after = sign + font::cells(&folded.said(signs));
        Room { before: font::cells(&before(signs, node)), after, ahead: 0 }
    }

    fn branch(&self, _: usize, folded: &Folded) -> Room {
        Room { after: font::cells(&folded.said(Signs::unicode())), ..Room::default() }
    }

    fn empty(&self) -> &str {
        "（まだ）"
    }
}

/// A kind's colour on paper.
pub fn kind_ink(kind: Kind) -> Ink {
    match kind {
        Kind::Fact => colours::TEXT,
        Kind::Feeling => colours::PINK,
        Kind::Strength => colours::YELLOW,
        Kind::Unknown => colours::SKY,
        Kind::Issue => colours::ORANGE,
        Kind::Idea => colours::GREEN,
    }
}

/// A colour with so much of it left in white.
pub fn tint(ink: Ink, part: f32) -> Ink {
    let channel = |shift: u32| {
        let value = ((ink >> shift) & 0xff) as f32;
        ((255.0 - (255.0 - value) * part).round() as u32) << shift
    };
    channel(16) | channel(8) | channel(0)
}

/// The whole map, with a frame around what is selected.
pub fn draw(dossier: &Dossier, poster: &Poster, selected: Option<What>) -> Picture {
    let mut svg = Svg::new();
    for block in &poster.blocks {
        trunk(&mut svg, poster, block);
        for placed in block.boxes.iter().skip(1) {
            if let Some(parent) = placed.parent.and_then(|p| block.boxes.get(p)) {
                branch_line(&mut svg, block, parent, placed);
            }
        }
    }
    middle(&mut svg, poster);
    for block in &poster.blocks {
        for placed in &block.boxes {
            let node = match placed.what {
                What::Node(id) => dossier.nodes.get(&id),
                _ => None,
            };
            match placed.what {
                What::Branch(i) => title(&mut svg, block.frame(placed), i, placed),
                _ => twig(&mut svg, block, placed, node),
            }
        }
    }
    if let Some(what) = selected {
        mark(&mut svg, poster, what);
    }
    let bounds = bounds(poster);
    let mut shapes = Svg::new();
    shapes.put(&svg, -bounds.x, -bounds.y, 1.0);
    Picture { shapes, w: bounds.w, h: bounds.h }
}

fn bounds(poster: &Poster) -> Frame {
    grown(poster.bounds, PAD + 2.0, 2.0)
}

/// What can be selected on it, in the units of the picture that is drawn of it.
pub fn spots(poster: &Poster) -> Spots {
    let all = bounds(poster);
    let area = |frame: Frame| {
        let [x, y, right, bottom] =
            [frame.x - all.x, frame.y - all.y, frame.right() - all.x, frame.bottom() - all.y]
                .map(|units| units.round() as i32);
        Area { x, y, w: right - x, h: bottom - y }
    };
    let (column, parent) = (None, None);
    let mut spots = vec![Spot { what: What::Centre, area: area(poster.centre), column, depth: 0, parent }];
    let mut blocks: Vec<&Block> = poster.blocks.iter().collect();
    blocks.sort_by(|a, b| a.top().total_cmp(&b.top()));
    blocks.sort_by_key(|block| (block.side == Side::Left, block.column));
    for block in blocks {
        let first = spots.len();
        // The words on a bare branch are no place to stand on; they are the last of their block.
        let boxes =
            block.boxes.iter().filter(|placed| matches!(placed.what, What::Branch(_) | What::Node(_)));
        spots.extend(boxes.map(|placed| Spot {
            what: placed.what,
            area: area(pill(block.frame(placed), placed.lines.len())),
            column: Some((block.side, block.column)),
            depth: placed.depth,
            parent: placed.parent.map(|parent| first + parent),
        }));
    }
    Spots(spots)
}

/// Frames whatever stands for this, beyond its box, so that no word is covered.
fn mark(svg: &mut Svg, poster: &Poster, what: What) {
    let line = Some((colours::TEXT, MARK));
    if what == What::Centre {
        svg.rect(grown(poster.centre, MARK, MARK), 16.0, None, line);
    }
    for block in &poster.blocks {
        for placed in block.boxes.iter().filter(|placed| placed.what == what) {
            svg.rect(grown(pill(block.frame(placed), placed.lines.len()), 2.5, 2.5), 9.0, None, line);
        }
    }
}

fn grown(frame: Frame, x: f32, y: f32) -> Frame {
    Frame { x: frame.x - x, y: frame.y - y, w: frame.w + 2.0 * x, h: frame.h + 2.0 * y }
}

fn middle(svg: &mut Svg, poster: &Poster) {
    let frame = poster.centre;
    svg.rect(frame, 14.0, Some(colours::CENTRE), Some((colours::TEXT, 1.6)));
    let pitch = CENTRE.size * 1.35;
    let first = frame.middle() - pitch * (poster.words.len() as f32 / 2.0 - 0.5) + CENTRE.size * 0.36;
    for (i, line) in poster.words.iter().enumerate() {
        svg.text_around(frame.x + frame.w / 2.0, first + pitch * i as f32, CENTRE, line);
    }
}

/// The line from the centre to a branch: through the gaps of the columns before its own, then in a curve.
fn trunk(svg: &mut Svg, poster: &Poster, block: &Block) {
    let Some(title) = block.boxes.first() else { return };
    let frame = pill(block.frame(title), 1);
    let left = block.side == Side::Left;
    let mut at = (if left { poster.centre.x } else { poster.centre.right() }, poster.centre.middle());
    let to = (if left { frame.right() } else { frame.x }, frame.middle());
    let mut path = Path::from(at.0, at.1);
    for gate in &block.gates {
        path = swing(path, at, (gate.near, gate.y)).to(gate.far, gate.y);
        at = (gate.far, gate.y);
    }
    svg.line(&swing(path, at, to), colours::branch(block.branch), 3.4);
}

/// On from one point to another, level at both.
fn swing(path: Path, from: (f32, f32), to: (f32, f32)) -> Path {
    let joint = (from.0 + to.0) / 2.0;
    path.curve([(joint, from.1), (joint, to.1), to])
}

/// The line from a box to what hangs on it: level as far as the column of its children, then in a curve. Where it has far to
/// go, the lines of neighbours lie in one another until each turns off.
fn branch_line(svg: &mut Svg, block: &Block, parent: &PlacedBox, placed: &PlacedBox) {
    let from = pill(block.frame(parent), parent.lines.len());
    let to = pill(block.frame(placed), placed.lines.len());
    let (x, end) = match block.side {
        Side::Left => (from.x, to.right()),
        Side::Right => (from.right(), to.x),
    };
    let (y, to_y) = (from.middle(), to.middle());
    // All children of a box begin in one column, whatever room its own words leave before it.
    let reach = TURN.copysign(end - x);
    let (start, joint) = (end - reach, end - reach / 2.0);
    let level = Path::from(x, y).to(start, y);
    let far = (to_y - y).abs();
    let path = if far < 1.0 {
        Path::from(x, y).to(end, to_y)
    } else if far < 2.0 * TURN {
        level.curve([(joint, y), (joint, to_y), (end, to_y)])
    } else {
        let bend = (TURN / 2.0).copysign(to_y - y);
        level.curve([(joint, y), (joint, y), (joint, y + bend)]).to(joint, to_y - bend).curve([
            (joint, to_y),
            (joint, to_y),
            (end, to_y),
        ])
    };
    let width = if placed.depth == 1 { 2.0 } else { 1.4 };
    svg.line(&path, colours::branch(block.branch), width);
}

/// The filled shape behind so many lines of words.
fn pill(frame: Frame, lines: usize) -> Frame {
    let h = LINE * lines as f32 + 4.0;
    Frame { x: frame.x - PAD, y: frame.middle() - h / 2.0, w: frame.w + 2.0 * PAD, h }
}

fn title(svg: &mut Svg, frame: Frame, branch: usize, placed: &PlacedBox) {
    let words = Words { ink: WHITE, ..TWIG };
    let pill = pill(frame, placed.lines.len());
    svg.rect(pill, 7.0, Some(colours::branch(branch)), None);
    lines(svg, frame, placed, words);
}

/// The baseline of a line in a box of several.
fn baseline(frame: Frame, lines: usize, line: usize) -> f32 {
    frame.middle() + LINE * (line as f32 - lines as f32 / 2.0 + 0.5) + FONT * 0.36
}

/// The words of a box; gives where the last of them end.
fn lines(svg: &mut Svg, frame: Frame, placed: &PlacedBox, words: Words) -> (f32, f32) {
    let count = placed.lines.len();
    let x = frame.x + placed.room.before as f32 * CELL;
    let mut end = (x, frame.middle());
    for (i, line) in placed.lines.iter().enumerate() {
        let after = if i + 1 == count { placed.room.after } else { 0 };
        let room = frame.right() - x - after as f32 * CELL;
        let y = baseline(frame, count, i);
        svg.text_within(x, y, words, line, room);
        end = (x + words.width(line).min(room), y);
    }
    end
}

fn twig(svg: &mut Svg, block: &Block, placed: &PlacedBox, node: Option<&Node>) {
    let frame = block.frame(placed);
    let Some(node) = node else {
        lines(svg, frame, placed, Words::new(FONT, colours::QUIET));
        return;
    };
    let signs = Signs::unicode();
    let pill = pill(frame, placed.lines.len());
    let ink = kind_ink(node.kind);
    match node.kind {
        Kind::Issue => svg.rect(pill, 6.0, Some(WHITE), Some((ink, 1.5))),
        _ => svg.rect(pill, 6.0, Some(tint(colours::branch(block.branch), 0.09)), None),
    }
    let sign = sign_words(node.kind);
    let before = before(signs, node);
    if !before.is_empty() {
        svg.text(frame.x, baseline(frame, placed.lines.len(), 0), sign, before.trim_end());
    }
    let (mut x, y) = lines(svg, frame, placed, TWIG);
    if node.kind == Kind::Issue {
        issue_label(svg, x + CELL, y);
        x += LABEL as f32 * CELL;
    } else if !asks(node) {
        let after: Cow<'_, str> = after(signs, node);
        if !after.is_empty() {
            svg.text(x + CELL, y, sign_words(node.kind), after.trim_start());
            x += sign.width(&after);
        }
    }
    let hidden = placed.hidden.said(signs);
    if !hidden.is_empty() {
        svg.text(x + CELL, y, Words::new(FONT, colours::QUIET), hidden.trim_start());
    }
}

/// How the sign of a kind looks. The font's heart is half as wide as its other signs: it is drawn larger.
pub fn sign_words(kind: Kind) -> Words {
    let size = if kind == Kind::Feeling { FONT * 1.4 } else { FONT };
    Words::new(size, kind_ink(kind))
}

/// The filled label beside an issue, in the line with this baseline.
pub fn issue_label(svg: &mut Svg, x: f32, y: f32) {
    let frame = Frame { x, y: y - FONT * 0.86, w: 4.7 * CELL, h: FONT * 1.06 };
    svg.rect(frame, 3.0, Some(colours::ORANGE), None);
    svg.text_around(x + frame.w / 2.0, y - 0.8, Words::new(12.5, WHITE), "課題");
}
