//! Draws the laid-out map: what of it lies in the view, with its signs and colours, and how much lies outside.

pub mod chart;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::domain::text::shown;
use crate::domain::{Action, Dossier, Id, Kind, Link, Node, Side, Step, ideas};
use crate::layout::labels::{Issues, MapLabels};
use crate::layout::links::{LinkEnd, links};
use crate::layout::map::{Ghost, Layout};
use crate::layout::measure::{graphemes, width};
use crate::layout::shape::{Area, PlacedBox, Stroke, What};
use crate::ui::look::prelude::*;
use crate::ui::{MapScreen, MeetingScreen};

/// What brings the selected issue about, and what it brings about.
pub type Linked = BTreeMap<Id<Node>, LinkEnd>;

/// The ideas that have become actions, each with its action.
pub type Planned = BTreeMap<Id<Node>, Id<Action>>;

/// How the map is looked at.
#[derive(Clone, Copy)]
pub struct Sight<'a> {
    pub look: &'a Look,
    pub dossier: &'a Dossier,
    /// The cell of the layout in the upper left corner of the view.
    pub scroll: (i32, i32),
    pub selected: Option<What>,
    /// What a search found.
    pub hits: &'a BTreeSet<Id<Node>>,
    /// The cause of a link that is being made.
    pub marked: Option<Id<Node>>,
    pub linked: &'a Linked,
    /// The ideas that have become actions.
    pub planned: &'a Planned,
    /// What is being written.
    pub ghost: Option<&'a Ghost>,
    /// Twigs of this kind alone are seen, and what leads to them.
    pub only: Option<Kind>,
}

impl<'a> Sight<'a> {
    fn of(
        look: &'a Look,
        map: &'a MapScreen,
        dossier: &'a Dossier,
        linked: &'a Linked,
        planned: &'a Planned,
    ) -> Self {
        Self {
            look,
            dossier,
            scroll: map.scroll,
            selected: Some(map.selected),
            hits: &map.hits,
            marked: map.linking(),
            linked,
            planned,
            ghost: map.ghost_shown(),
            only: map.only(),
        }
    }
}

fn linked(dossier: &Dossier, issue: Id<Node>) -> Linked {
    let mut linked = Linked::new();
    let ends = |l: &Link| [(l.to, l.from, LinkEnd::Cause), (l.from, l.to, LinkEnd::Effect)];
    let ends = dossier.links.values().filter(|l| l.from != l.to).flat_map(ends);
    for (_, other, end) in ends.filter(|(own, ..)| *own == issue) {
        let known = linked.entry(other).or_insert(end);
        *known = if *known == end { end } else { LinkEnd::Both };
    }
    linked
}

/// The map in an empty area.
pub struct Map<'a> {
    pub layout: &'a Layout,
    pub sight: Sight<'a>,
}

impl Widget for Map<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self { layout, sight } = self;
        let area = area.intersection(buf.area);
        buf.set_style(area, sight.look.style(Meaning::Text));
        if area.is_empty() {
            return;
        }
        let mut canvas = Canvas { buf, view: area, sight: &sight };
        canvas.connectors(layout);
        for (i, placed) in layout.boxes.iter().enumerate() {
            if canvas.seen().meets(grown(placed.area)) {
                // Only a line that leaves level has to be drawn on to the words.
                let bears =
                    !layout.stacked && layout.boxes.get(i + 1).is_some_and(|next| next.parent == Some(i));
                canvas.placed(placed, layout, bears);
            }
        }
        canvas.links(layout);
        let seen = canvas.seen();
        outside(sight.look, &layout.boxes, seen, below(area, area.height - 1), buf);
    }
}

/// The signs of a layout: where words stand close, issues have their numbers alone.
fn labels_of(sight: &Sight<'_>, layout: &Layout) -> MapLabels {
    let issues = if layout.stacked { Issues::Numbered } else { Issues::Labelled };
    MapLabels { signs: sight.look.signs, issues, part: sight.only.is_some() }
}

/// Whether what is said of a box stands after the last of its words: on the left only of a branch, for there words end with the
/// sign, and what is said stands in front of the first, never amid a sentence.
fn reads_on(placed: &PlacedBox) -> bool {
    placed.side == Side::Right || matches!(placed.what, What::Branch(_))
}

/// The words of a box, and all that stands behind them.
fn words_of(placed: &PlacedBox) -> Area {
    let (Area { x, w, .. }, before) = (placed.area, placed.room.before as i32);
    let inner = if placed.side == Side::Right { before } else { 0 };
    Area { x: x + inner, w: w - before, ..placed.area }
}

/// A box with the space on both sides that a highlight fills.
fn grown(area: Area) -> Area {
    Area { x: area.x - 1, w: area.w + 2, ..area }
}

/// What the ground of a box means that is told from the others. What was found is told by its words alone: it is no block.
fn block(highlight: Option<Meaning>) -> Option<Meaning> {
    highlight.filter(|meaning| *meaning != Meaning::Hit)
}

struct Canvas<'a> {
    buf: &'a mut Buffer,
    view: Rect,
    sight: &'a Sight<'a>,
}

impl Canvas<'_> {
    /// The part of the layout that is seen.
    fn seen(&self) -> Area {
        let (x, y) = self.sight.scroll;
        Area { x, y, w: i32::from(self.view.width), h: i32::from(self.view.height) }
    }

    /// The cell on the screen for one of the layout; none outside the view.
    fn on_screen(&self, x: i32, y: i32) -> Option<(u16, u16)> {
        let seen = self.seen();
        // Both differences are below the view's size, which is a u16.
        let cell = || (self.view.x + (x - seen.x) as u16, self.view.y + (y - seen.y) as u16);
        seen.contains(x, y).then(cell)
    }

    /// Writes text, leaving blank what is cut by the view's edge; gives the column after it.
    fn write(&mut self, mut x: i32, y: i32, text: &str, meaning: Meaning) -> i32 {
        let style = self.sight.look.style(meaning);
        for (_, grapheme, width) in graphemes(&shown(text)) {
            let end = x + width as i32;
            let cells = self.on_screen(x, y).zip(self.on_screen(end - 1, y));
            if let Some(((left, row), (right, _))) = cells.filter(|_| width > 0) {
                self.buf[(left, row)].set_symbol(grapheme).set_style(style);
                for half in left + 1..=right {
                    self.buf[(half, row)].set_symbol(" ").set_style(style);
                }
            }
            x = end;
        }
        x
    }

    /// Gives a rectangle of the layout a meaning, where it is seen.
    fn fill(&mut self, area: Area, meaning: Meaning) {
        let (seen, view) = (self.seen(), self.view);
        let column = |x: i32| view.x + (x - seen.x).clamp(0, seen.w) as u16;
        let row = |y: i32| view.y + (y - seen.y).clamp(0, seen.h) as u16;
        let (x, y) = (column(area.x), row(area.y));
        let (width, height) = (column(area.right()) - x, row(area.bottom()) - y);
        self.buf.set_style(Rect { x, y, width, height }, self.sight.look.style(meaning));
    }

    /// All lines. The trunk at the centre belongs to no branch; from there on a line has its branch's colour.
    fn connectors(&mut self, layout: &Layout) {
        let seen = self.seen();
        let connectors = layout.connectors.iter().filter(|c| seen.meets(c.area()));
        self.strokes(connectors.flat_map(|connector| {
            let line = connector.branch.map_or(Meaning::Rule, Meaning::Line);
            connector.cells().map(move |(x, y, stroke)| {
                let trunk = connector.from == What::Centre && x == connector.joint;
                (x, y, stroke, if trunk { Meaning::Rule } else { line })
            })
        }));
    }

    /// Lines of which the strokes that meet in a cell add up; the last gives it its colour.
    fn strokes(&mut self, cells: impl Iterator<Item = (i32, i32, Stroke, Meaning)>) {
        let (seen, row) = (self.seen(), usize::from(self.view.width));
        let mut strokes = vec![(Stroke::NONE, Meaning::Rule); self.view.area() as usize];
        for (x, y, stroke, meaning) in cells.filter(|(x, y, ..)| seen.contains(*x, *y)) {
            let cell = &mut strokes[(y - seen.y) as usize * row + (x - seen.x) as usize];
            *cell = (cell.0.and(stroke), meaning);
        }
        for (i, (stroke, meaning)) in strokes.into_iter().enumerate().filter(|(_, s)| s.0 != Stroke::NONE) {
            let (x, y) = (self.view.x + (i % row) as u16, self.view.y + (i / row) as u16);
            let look = self.sight.look;
            self.buf[(x, y)].set_symbol(look.signs.stroke(stroke)).set_style(look.style(meaning));
        }
    }

    /// The lines of the selected issue.
    fn links(&mut self, layout: &Layout) {
        let (Sight { selected, linked, .. }, signs) = (self.sight, self.sight.look.signs);
        let Some(What::Node(issue)) = selected.filter(|_| !linked.is_empty()) else { return };
        let links = links(layout, issue, |id| linked.get(&id).copied(), self.seen());
        let meaning = Meaning::Kind(Kind::Issue);
        self.strokes(links.cells.into_iter().map(|(x, y, stroke)| (x, y, stroke, meaning)));
        let head = if links.side == Some(Side::Right) { signs.left } else { signs.right };
        for (x, y) in links.heads {
            self.write(x, y, head, meaning);
        }
    }

    /// Words cut by the left or right edge read as other words: a mark stands for them, and the edge counts them.
    fn only_marked(&mut self, placed: &PlacedBox) -> bool {
        let (seen, area) = (self.seen(), placed.area);
        let cut = area.x < seen.x || area.right() > seen.right();
        if !cut || area.w > seen.w || !matches!(placed.what, What::Node(_) | What::Empty(_)) {
            return false;
        }
        let sign = self.sight.look.signs.cut;
        let x = if placed.side == Side::Left { area.right() - width(sign) as i32 } else { area.x };
        self.write(x, area.y, sign, Meaning::Quiet);
        true
    }

    fn placed(&mut self, placed: &PlacedBox, layout: &Layout, bears: bool) {
        if self.only_marked(placed) {
            return;
        }
        let highlight = self.highlight(placed);
        let words = highlight.unwrap_or(match placed.what {
            What::Centre => Meaning::Centre,
            // What has nothing of what is seen gives way to what has.
            What::Branch(_) if self.sight.only.is_some() && placed.count == 0 => Meaning::Quiet,
            What::Node(id) if self.only_leads(id) => Meaning::Quiet,
            What::Branch(i) => Meaning::Branch(i),
            What::Node(_) => Meaning::Text,
            What::Ghost => Meaning::Ghost,
            What::Empty(_) | What::Continued(_) => Meaning::Quiet,
        });
        if placed.what == What::Centre {
            self.fill(placed.area, words);
        }
        if let Some(meaning) = block(highlight) {
            self.fill(grown(words_of(placed)), meaning);
        }
        if bears && highlight.is_none() {
            self.reach(placed);
        }
        for (i, line) in placed.lines.iter().enumerate() {
            let x = self.line_start(placed, i);
            self.write(x, placed.area.y + i as i32, line, words);
        }
        let (node, all) = match placed.what {
            What::Node(id) => (self.sight.dossier.nodes.get(&id), highlight),
            What::Ghost => (self.sight.ghost.map(|ghost| &ghost.node), Some(Meaning::Ghost)),
            _ => (None, highlight),
        };
        self.sign(placed, layout, node, all);
        self.behind(placed, layout, node, all);
    }

    /// The sign between line and words, on the left beside the last of them. Where none stands in the row of the line, that is drawn on
    /// to the words.
    fn sign(&mut self, placed: &PlacedBox, layout: &Layout, node: Option<&Node>, highlight: Option<Meaning>) {
        let (Sight { linked, look, .. }, area) = (self.sight, placed.area);
        if !matches!(placed.what, What::Node(_) | What::Ghost) {
            return;
        }
        let labels = labels_of(self.sight, layout);
        // An idea that has become an action is ticked.
        let ticked = node.is_some_and(|node| self.sight.planned.contains_key(&node.id));
        let sign = match node {
            Some(_) if ticked => Cow::Borrowed(look.signs.saved),
            Some(node) => labels.sign(node, placed.side),
            None => Cow::default(),
        };
        let right = placed.side == Side::Right;
        let line = placed.branch.map_or(Meaning::Rule, Meaning::Line);
        let (far, before) = (i32::from(placed.far), placed.room.before as i32);
        let row = if right { area.y } else { area.bottom() - 1 };
        // The line in the box, up to a free cell before the words. More lies between than is seen: it has a cell more, and is dotted.
        let whole = sign.is_empty() || row > area.y;
        let [plain, dotted] =
            [look.signs.stroke(Stroke::HORIZONTAL), look.signs.back_stroke(Stroke::HORIZONTAL)];
        let level = if placed.far { dotted } else { plain };
        // In a map of levels it ends a cell before the box.
        let (inside, beyond) = if whole { (before - 1, i32::from(!layout.stacked)) } else { (far, 0) };
        let cells = if right {
            area.x - beyond..area.x + inside
        } else {
            area.right() - inside..area.right() + beyond
        };
        for x in cells {
            self.write(x, area.y, level, line);
        }
        let Some(node) = node.filter(|_| !sign.is_empty()) else { return };
        let kind = highlight.unwrap_or(Meaning::Kind(node.kind));
        let x = if right { area.x + far } else { area.right() - before };
        let end = self.write(x, row, &sign, kind);
        // In the free cell after an issue's number: it leads to the selected one, or is led to.
        let tie = linked.get(&node.id).map(|end| match end {
            LinkEnd::Both => look.signs.both,
            LinkEnd::Cause => look.signs.right,
            LinkEnd::Effect => look.signs.left,
        });
        self.write(end - 1, row, tie.unwrap_or_default(), highlight.unwrap_or(Meaning::Marked));
    }

    /// What stands at the other end of the words: the label of an issue, what is folded away.
    fn behind(
        &mut self,
        placed: &PlacedBox,
        layout: &Layout,
        node: Option<&Node>,
        highlight: Option<Meaning>,
    ) {
        let look = self.sight.look;
        let labels = labels_of(self.sight, layout);
        let (label, said) = match (placed.what, node) {
            (What::Branch(_), _) if placed.room.after > 0 => {
                let said = labels.beside(placed.count, &placed.hidden);
                // Where there is no room for both numbers, what is folded away is said.
                let fits = width(&said) <= placed.room.after;
                ("", if fits { said } else { placed.hidden.said(look.signs) })
            }
            (_, Some(node)) => (labels.label(node), placed.hidden.said(look.signs)),
            _ => return,
        };
        let Some(last) = placed.lines.len().checked_sub(1) else { return };
        let at = if reads_on(placed) { last } else { 0 };
        let (row, start) = (placed.area.y + at as i32, self.line_start(placed, at));
        let plain = if placed.hidden.found { Meaning::Hit } else { Meaning::Quiet };
        let quiet = highlight.unwrap_or(plain);
        let labelled = if placed.what == What::Ghost { Meaning::Ghost } else { Meaning::IssueLabel };
        if reads_on(placed) {
            let x = start + width(&placed.lines[at]) as i32;
            let x = self.write(x, row, label, labelled);
            self.write(x, row, &said, quiet);
        } else {
            let x = start - width(label) as i32;
            self.write(x, row, label, labelled);
            self.write(x - width(&said) as i32, row, said.trim_start(), quiet);
        }
    }

    /// The column where the words of a line begin: flush with the side the line comes from.
    fn line_start(&self, placed: &PlacedBox, line: usize) -> i32 {
        let before = placed.room.before as i32;
        if placed.side == Side::Right || placed.what == What::Centre {
            return placed.area.x + before;
        }
        let last = line + 1 == placed.lines.len();
        let used = width(&placed.lines[line]) + if last { placed.room.after } else { 0 };
        placed.area.right() - before - used as i32
    }

    /// Draws the line that leaves a box on from where its first row ends, when that is shorter than the box.
    fn reach(&mut self, placed: &PlacedBox) {
        let Some((line, branch)) = placed.lines.first().zip(placed.branch) else { return };
        let start = self.line_start(placed, 0);
        let cells = match placed.side {
            Side::Right => start + width(line) as i32 + 1..placed.area.right() + 1,
            Side::Left => placed.area.x - 1..start - 1 - placed.room.ahead as i32,
        };
        let shorter = placed.lines.len() > 1
            && width(line) + placed.room.before + placed.room.ahead < placed.area.w as usize;
        for x in cells.filter(|_| shorter) {
            let sign = self.sight.look.signs.stroke(Stroke::HORIZONTAL);
            self.write(x, placed.area.y, sign, Meaning::Line(branch));
        }
    }

    /// Whether a twig is not of the kind that is seen alone.
    fn only_leads(&self, id: Id<Node>) -> bool {
        let node = self.sight.dossier.nodes.get(&id);
        self.sight.only.is_some_and(|kind| node.is_some_and(|node| node.kind != kind))
    }

    /// What all of a box means that is selected, found or marked.
    fn highlight(&self, placed: &PlacedBox) -> Option<Meaning> {
        match placed.what {
            what if self.sight.selected == Some(what) => Some(Meaning::Selected),
            What::Node(id) if self.sight.marked == Some(id) => Some(Meaning::Marked),
            What::Node(id) if self.sight.hits.contains(&id) => Some(Meaning::Hit),
            _ => None,
        }
    }
}

/// Says over the last row how many twigs, and branches that have none yet, lie outside the view, wholly or in part: each count
/// towards its side. Where all is seen, nothing.
fn outside(look: &Look, boxes: &[PlacedBox], seen: Area, row: Rect, buf: &mut Buffer) {
    let mut counts = [0; 4];
    for placed in boxes.iter().filter(|b| matches!(b.what, What::Node(_) | What::Empty(_))) {
        let area = placed.area;
        let beyond =
            [area.y < seen.y, area.bottom() > seen.bottom(), area.x < seen.x, area.right() > seen.right()];
        if let Some(side) = beyond.into_iter().position(|beyond| beyond) {
            counts[side] += 1;
        }
    }
    let ([above, below, left, right], signs) = (counts, look.signs);
    if counts == [0; 4] {
        return;
    }
    Clear.render(row, buf);
    buf.set_style(row, look.style(Meaning::Text));
    let at_left = if left > 0 { format!(" {} 左に {left}", signs.left) } else { String::new() };
    let rest = [(above, "上", signs.up), (below, "下", signs.down), (right, "右", signs.right)];
    let rest = rest.into_iter().filter(|(count, ..)| *count > 0);
    let rest: Vec<String> = rest.map(|(count, side, sign)| format!("{side}に {count} {sign} ")).collect();
    let row = look.say(at_left, Meaning::Quiet).clipped().at_start(row, buf);
    look.say(rest.join("  "), Meaning::Quiet).clipped().at_end(row, buf);
}

/// The map of the open meeting, or its causal chart.
pub struct OpenMap<'a>(pub View<'a>, pub &'a MeetingScreen);

impl Widget for OpenMap<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(View { look, .. }, meeting) = self;
        let (map, dossier) = (&meeting.map, meeting.map.seen(&meeting.doc).0);
        if let Some(state) = &map.chart {
            return chart::open_chart(self.0, meeting, state, buf);
        }
        let analysis = meeting.doc.step() == Step::Analysis;
        let linked = match map.selected {
            What::Node(id) if analysis && dossier.nodes.contains_key(&id) => linked(dossier, id),
            _ => Linked::new(),
        };
        let planned = ideas::planned(dossier);
        let sight = Sight::of(look, map, dossier, &linked, &planned);
        Map { layout: &map.layout, sight }.render(area, buf);
    }
}
