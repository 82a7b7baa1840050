//! Draws the laid-out map: what of it lies in the view, with its signs and colours, and how much lies outside.

pub mod chart;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use ratatui::buffer::Cell;

use crate::domain::{Dossier, Id, Kind, Node, Side};
use crate::layout::labels::{after, asks, before, folded};
use crate::layout::links::{LinkEnd, links};
use crate::layout::map::Layout;
use crate::layout::measure::{graphemes, width};
use crate::layout::shape::{Area, PlacedBox, Stroke, What};
use crate::layout::signs::Signs;
use crate::ui::look::prelude::*;
use crate::ui::theme::Theme;

/// How the map is looked at.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    pub dossier: &'a Dossier,
    pub theme: &'a Theme,
    pub signs: &'static Signs,
    /// The cell of the layout in the upper left corner of [`viewport`].
    pub scroll: (i32, i32),
    pub selected: Option<What>,
    /// What a search found.
    pub hits: &'a BTreeSet<Id<Node>>,
    /// What is marked, such as the cause of a link that is being made.
    pub marked: &'a BTreeSet<Id<Node>>,
    /// What the selected issue is linked with.
    pub linked: &'a Linked,
}

/// What brings the selected issue about, and what it brings about.
#[derive(Debug, Clone, Default)]
pub struct Linked {
    issue: Option<Id<Node>>,
    causes: BTreeSet<Id<Node>>,
    effects: BTreeSet<Id<Node>>,
}

impl Linked {
    fn of(dossier: &Dossier, issue: Option<Id<Node>>) -> Self {
        let links = || dossier.links.values().filter(|l| l.from != l.to);
        Self {
            issue,
            causes: links().filter(|l| Some(l.to) == issue).map(|l| l.from).collect(),
            effects: links().filter(|l| Some(l.from) == issue).map(|l| l.to).collect(),
        }
    }

    fn tie(&self, id: Id<Node>) -> Option<LinkEnd> {
        match (self.causes.contains(&id), self.effects.contains(&id)) {
            (true, true) => Some(LinkEnd::Both),
            (true, false) => Some(LinkEnd::Cause),
            (false, true) => Some(LinkEnd::Effect),
            (false, false) => None,
        }
    }

    /// The sign in the free cell after an issue's number: it leads to the selected one, or is led to.
    fn sign(&self, signs: &'static Signs, id: Id<Node>) -> Option<&'static str> {
        self.tie(id).map(|tie| match tie {
            LinkEnd::Both => signs.both,
            LinkEnd::Cause => signs.right,
            LinkEnd::Effect => signs.left,
        })
    }
}

/// The part of an area in which the map itself stands: the last row says what lies outside.
pub fn viewport(area: Rect) -> Rect {
    Rect { height: area.height.saturating_sub(1), ..area }
}

/// The map in an area, over whatever was there.
pub struct Map<'a> {
    pub layout: &'a Layout,
    pub look: Look<'a>,
}

impl Widget for Map<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self { layout, look } = self;
        let area = area.intersection(buf.area);
        let mut blank = Cell::EMPTY;
        blank.set_style(look.theme.style(Meaning::Text));
        for y in area.top()..area.bottom() {
            let start = buf.index_of(area.x, y);
            buf.content[start..start + usize::from(area.width)].fill(blank.clone());
        }
        let view = viewport(area);
        if view.is_empty() {
            return;
        }
        let mut canvas = Canvas { buf, view, look: &look };
        canvas.connectors(layout);
        for (i, placed) in layout.boxes.iter().enumerate() {
            if canvas.seen().meets(grown(placed.area)) {
                // Only a line that leaves level has to be drawn on to the words.
                let bears =
                    !layout.stacked && layout.boxes.get(i + 1).is_some_and(|next| next.parent == Some(i));
                canvas.placed(placed, bears);
            }
        }
        canvas.links(layout);
        let outside = Outside::of(&layout.boxes, canvas.seen());
        outside.render(&look, below(area, view.height), buf);
    }
}

/// A box with the space on both sides that a highlight fills.
fn grown(area: Area) -> Area {
    Area { x: area.x - 1, w: area.w + 2, ..area }
}

struct Canvas<'a> {
    buf: &'a mut Buffer,
    view: Rect,
    look: &'a Look<'a>,
}

impl Canvas<'_> {
    /// The part of the layout that is seen.
    fn seen(&self) -> Area {
        let (x, y) = self.look.scroll;
        Area { x, y, w: i32::from(self.view.width), h: i32::from(self.view.height) }
    }

    /// The cell on the screen for one of the layout; none outside the view.
    fn on_screen(&self, x: i32, y: i32) -> Option<(u16, u16)> {
        let seen = self.seen();
        if !seen.contains(x, y) {
            return None;
        }
        // Both differences are below the view's size, which is a u16.
        Some((self.view.x + (x - seen.x) as u16, self.view.y + (y - seen.y) as u16))
    }

    fn style(&self, meaning: Meaning) -> Style {
        self.look.theme.style(meaning)
    }

    /// Writes text, leaving blank what is cut by the view's edge; gives the column after it.
    fn write(&mut self, mut x: i32, y: i32, text: &str, style: Style) -> i32 {
        for (_, grapheme, width) in graphemes(text) {
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

    /// Gives a rectangle of the layout a style, where it is seen.
    fn fill(&mut self, area: Area, style: Style) {
        let (first, last) = (self.clamp(area.x, area.y), self.clamp(area.right(), area.bottom()));
        let size = (last.0 - first.0, last.1 - first.1);
        self.buf.set_style(Rect { x: first.0, y: first.1, width: size.0, height: size.1 }, style);
    }

    /// The corner on the screen for one of the layout, at the view's edge where it lies outside.
    fn clamp(&self, x: i32, y: i32) -> (u16, u16) {
        let seen = self.seen();
        let x = (x - seen.x).clamp(0, seen.w) as u16;
        let y = (y - seen.y).clamp(0, seen.h) as u16;
        (self.view.x + x, self.view.y + y)
    }

    /// All lines, with the strokes of lines that meet in a cell added up.
    fn connectors(&mut self, layout: &Layout) {
        let seen = self.seen();
        let mut strokes = vec![(Stroke::NONE, None); self.view.area() as usize];
        let row = usize::from(self.view.width);
        for connector in layout.connectors.iter().filter(|c| seen.meets(c.area())) {
            // The trunk at the centre belongs to no branch; from there on a line has its branch's colour.
            let branch = connector.branch;
            for (x, y, stroke) in connector.cells().filter(|(x, y, _)| seen.contains(*x, *y)) {
                let cell = &mut strokes[(y - seen.y) as usize * row + (x - seen.x) as usize];
                let trunk = connector.from == What::Centre && x == connector.joint;
                *cell = (cell.0.and(stroke), if trunk { None } else { branch });
            }
        }
        for (i, (stroke, branch)) in strokes.into_iter().enumerate().filter(|(_, s)| s.0 != Stroke::NONE) {
            let (x, y) = (self.view.x + (i % row) as u16, self.view.y + (i / row) as u16);
            let style = self.style(branch.map_or(Meaning::Rule, Meaning::Line));
            self.buf[(x, y)].set_symbol(self.look.signs.stroke(stroke)).set_style(style);
        }
    }

    /// The lines of the selected issue.
    fn links(&mut self, layout: &Layout) {
        let linked = self.look.linked;
        let Some(issue) = linked.issue.filter(|_| !(linked.causes.is_empty() && linked.effects.is_empty()))
        else {
            return;
        };
        let links = links(layout, issue, |id| linked.tie(id), self.seen());
        let mut cells: BTreeMap<(i32, i32), Stroke> = BTreeMap::new();
        for (x, y, stroke) in links.cells {
            let cell = cells.entry((x, y)).or_insert(Stroke::NONE);
            *cell = cell.and(stroke);
        }
        let (style, signs) = (self.style(Meaning::Kind(Kind::Issue)), self.look.signs);
        for ((x, y), stroke) in cells {
            self.write(x, y, signs.stroke(stroke), style);
        }
        let head = if links.side == Some(Side::Right) { signs.left } else { signs.right };
        for (x, y) in links.heads {
            self.write(x, y, head, style);
        }
    }

    /// Words cut by the left or right edge read as other words: a mark stands for them, and the edge counts them.
    fn only_marked(&mut self, placed: &PlacedBox) -> bool {
        let (seen, area) = (self.seen(), placed.area);
        let cut = area.x < seen.x || area.right() > seen.right();
        if !cut || area.w > seen.w || !matches!(placed.what, What::Node(_) | What::Empty(_)) {
            return false;
        }
        let sign = self.look.signs.cut;
        let x = if placed.side == Side::Left { area.right() - width(sign) as i32 } else { area.x };
        let style = self.style(Meaning::Quiet);
        self.write(x, area.y, sign, style);
        true
    }

    fn placed(&mut self, placed: &PlacedBox, bears: bool) {
        if self.only_marked(placed) {
            return;
        }
        let look = self.look;
        let node = match placed.what {
            What::Node(id) => look.dossier.nodes.get(&id),
            _ => None,
        };
        let before = node.map_or(Cow::Borrowed(""), |node| before(look.signs, node));
        let after = match node {
            Some(node) => {
                let label = node.kind == Kind::Issue;
                let meaning = if label { Meaning::IssueLabel } else { Meaning::Kind(node.kind) };
                [(after(look.signs, node), meaning), (folded(look.signs, placed.hidden), Meaning::Quiet)]
            }
            None => {
                [(folded(look.signs, placed.hidden), Meaning::Quiet), (Cow::Borrowed(""), Meaning::Quiet)]
            }
        };
        let highlight = self.highlight(placed);
        let words = highlight.unwrap_or_else(|| self.style(words_meaning(placed)));
        if let Some(style) = highlight {
            self.fill(grown(placed.area), style);
        }
        if placed.what == What::Centre {
            self.fill(placed.area, words);
        }
        if bears && highlight.is_none() {
            self.reach(placed);
        }
        for (i, line) in placed.lines.iter().enumerate() {
            let (row, last) = (placed.area.y + i as i32, i + 1 == placed.lines.len());
            let mut x = self.line_start(placed, i);
            if i == 0 && !before.is_empty() {
                let linked = node.and_then(|node| look.linked.sign(look.signs, node.id));
                let meaning = linked.map(|_| self.style(Meaning::Marked));
                let sign = highlight.or(meaning).unwrap_or_else(|| self.sign_style(node));
                let end = self.write(x - placed.room.before as i32, row, &before, sign);
                self.write(end - 1, row, linked.unwrap_or_default(), sign);
            }
            let mark = line.char_indices().next_back().filter(|_| last && node.is_some_and(asks));
            let (line, mark) = line.split_at(mark.map_or(line.len(), |(at, _)| at));
            x = self.write(x, row, line, words);
            x = self.write(x, row, mark, highlight.unwrap_or_else(|| self.sign_style(node)));
            for (text, meaning) in after.iter().filter(|_| last) {
                let label = *meaning == Meaning::IssueLabel;
                let style = highlight.filter(|_| !label).unwrap_or_else(|| self.style(*meaning));
                x = self.write(x, row, text, style);
            }
        }
    }

    /// The column where the words of a line begin: flush with the side the line comes from.
    fn line_start(&self, placed: &PlacedBox, line: usize) -> i32 {
        let first = placed.area.x + placed.room.before as i32;
        if placed.side == Side::Right || placed.what == What::Centre {
            return first;
        }
        let last = line + 1 == placed.lines.len();
        let used = width(&placed.lines[line]) + if last { placed.room.after } else { 0 };
        (placed.area.right() - used as i32).max(first)
    }

    /// Draws the line that leaves a box on from where its first row ends, when that is shorter than the box.
    fn reach(&mut self, placed: &PlacedBox) {
        let Some(line) = placed.lines.first().filter(|_| placed.lines.len() > 1) else { return };
        let Some(branch) = placed.branch else { return };
        let start = self.line_start(placed, 0);
        let cells = match placed.side {
            Side::Right => start + width(line) as i32 + 1..placed.area.right() + 1,
            Side::Left => placed.area.x - 1..start - placed.room.before as i32 - 1,
        };
        let style = self.style(Meaning::Line(branch));
        for x in cells.filter(|_| width(line) + placed.room.before < placed.area.w as usize) {
            self.write(x, placed.area.y, self.look.signs.stroke(Stroke::HORIZONTAL), style);
        }
    }

    /// The style of all of a box that is selected, found or marked.
    fn highlight(&self, placed: &PlacedBox) -> Option<Style> {
        if self.look.selected == Some(placed.what) {
            return Some(self.style(Meaning::Selected));
        }
        match placed.what {
            What::Node(id) if self.look.marked.contains(&id) => Some(self.style(Meaning::Marked)),
            What::Node(id) if self.look.hits.contains(&id) => Some(self.style(Meaning::Hit)),
            _ => None,
        }
    }

    fn sign_style(&self, node: Option<&Node>) -> Style {
        node.map_or_else(Style::new, |node| self.style(Meaning::Kind(node.kind)))
    }
}

fn words_meaning(placed: &PlacedBox) -> Meaning {
    match placed.what {
        What::Centre => Meaning::Centre,
        What::Branch(i) => Meaning::Branch(i),
        What::Node(_) => Meaning::Text,
        What::Ghost => Meaning::Ghost,
        What::Empty(_) => Meaning::Quiet,
    }
}

/// How many twigs, and branches that have none yet, lie outside the view, wholly or in part, by direction.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outside {
    above: usize,
    below: usize,
    left: usize,
    right: usize,
}

impl Outside {
    fn of(boxes: &[PlacedBox], seen: Area) -> Self {
        let mut outside = Self::default();
        for placed in boxes.iter().filter(|b| matches!(b.what, What::Node(_) | What::Empty(_))) {
            let area = placed.area;
            let (above, below) = (area.y < seen.y, area.bottom() > seen.bottom());
            let (left, right) = (area.x < seen.x, area.right() > seen.right());
            outside.above += usize::from(above);
            outside.below += usize::from(below && !above);
            outside.left += usize::from(left && !above && !below);
            outside.right += usize::from(right && !left && !above && !below);
        }
        outside
    }

    /// Says in one row what lies outside, each count towards its side.
    fn render(&self, look: &Look, row: Rect, buf: &mut Buffer) {
        let (signs, style) = (look.signs, look.theme.style(Meaning::Quiet));
        let left = match self.left {
            0 => String::new(),
            count => format!(" {} 左に {count}", signs.left),
        };
        let rest =
            [(self.above, "上", signs.up), (self.below, "下", signs.down), (self.right, "右", signs.right)];
        let rest: Vec<String> = rest
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, side, sign)| format!("{side}に {count} {sign} "))
            .collect();
        let (left, rest) = (Span::styled(left, style), Span::styled(rest.join("  "), style));
        let row = Words::of(left).at_start(row, buf);
        Words::of(rest).at_end(row, buf);
    }
}

/// The map of the open meeting.
pub struct OpenMap<'a>(pub View<'a>);

impl Widget for OpenMap<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(meeting) = app.meeting() else { return };
        let marked = meeting.map.linking().into_iter().collect();
        let (seen, analysis) =
            (meeting.map.seen(&meeting.doc).0, meeting.doc.step() == crate::domain::Step::Analysis);
        let issue = match meeting.map.selected {
            What::Node(id) if analysis && seen.nodes.contains_key(&id) => Some(id),
            _ => None,
        };
        let look = Look {
            dossier: seen,
            theme: &look.theme,
            signs: look.signs,
            linked: &Linked::of(seen, issue),
            scroll: meeting.map.scroll,
            selected: Some(meeting.map.selected),
            hits: &meeting.map.hits,
            marked: &marked,
        };
        Map { layout: &meeting.map.layout, look }.render(area, buf);
    }
}
