//! Draws the causal chart: over it what follows from the links, under it the links of the selected issue with their reasons.

use crate::command::Command;
use crate::domain::causes::{self, Causes};
use crate::domain::{self, Id, Node};
use crate::layout::causal::{Chart, Flow, Link, UNLINKED, after, before, say};
use crate::layout::measure::width;
use crate::layout::shape::{Area, PlacedBox, Stroke, What};
use crate::layout::wrap::wrap_within;
use crate::ui::look::prelude::*;
use crate::ui::meeting::map::chart::{ChartPanes, ChartState};
use crate::ui::meeting::map::draw::{Canvas, Linked, Planned, Sight, block, grown};
use crate::ui::{MeetingScreen, OpenMeeting};

/// The chart of a meeting, on the screen of the map.
pub fn open_chart(View { cx, look }: View, meeting: &MeetingScreen, state: &ChartState, buf: &mut Buffer) {
    let (doc, none, planned) = (&meeting.doc, Linked::new(), Planned::new());
    let panes = ChartPanes::of(doc, cx, &meeting.map);
    let told = panes.told.iter().map(|(words, meaning)| Line::from(look.span(words, *meaning)));
    look.words(Text::from_iter(told)).render(panes.head.inner(Margin::new(1, 0)), buf);
    let sight =
        Sight { scroll: state.scroll(), ..Sight::of(look, &meeting.map, &doc.dossier, &none, &planned) };
    let view = panes.chart.intersection(buf.area);
    Canvas { buf, view, sight: &sight }.chart(&state.chart, &doc.causes);
    if state.chart.left_out > 0 {
        let keys = cx.keymap.fill("{up down left right}");
        let words = format!("ほかに {}件（{keys} でたどると出ます） ", state.chart.left_out);
        let row = below(view, view.height.saturating_sub(1));
        let rest = look.say(words, Meaning::Quiet).clipped().at_end(row, buf);
        // Where all begins is at least said.
        let roots = doc.causes.roots().into_iter().filter(|id| state.chart.find(*id).is_none());
        let roots: String = roots.map(|id| causes::say::quoted(&doc.dossier, id)).collect();
        if !roots.is_empty() {
            let words = format!(" {} {roots}", look.signs.root);
            look.say(words, Meaning::Strong).at_start(rest, buf);
        }
    }
    if let Some(node) = meeting.map.selected_node(doc) {
        foot(View { cx, look }, doc, node, panes.foot.inner(Margin::new(1, 0)), buf);
    }
}

/// What brings an issue about, and what it brings about, each with its reason: as many of them as have room.
fn foot(View { cx, look }: View, doc: &OpenMeeting, node: &Node, area: Rect, buf: &mut Buffer) {
    let (signs, dossier) = (look.signs, &doc.dossier);
    let told = |ends: fn(&domain::Link) -> (Id<Node>, Id<Node>)| -> Vec<String> {
        let links = dossier.links.values().filter(|l| l.from != l.to && ends(l).0 == node.id);
        let told = links.map(|link| {
            let (_, id) = ends(link);
            let reason = match link.label.as_str() {
                "" => String::new(),
                label => format!("（理由：{label}）"),
            };
            let words = dossier.nodes.get(&id).filter(|n| n.number > 0).map_or("", |n| &n.text);
            format!("{} {words}{reason}", say::name(signs, dossier, id))
        });
        told.collect()
    };
    let (causes, effects) = (told(|link| (link.to, link.from)), told(|link| (link.from, link.to)));
    let end = match effects.is_empty() {
        true => String::new(),
        false => format!("　（たどると全部で{}件）", doc.causes.reach(node.id)),
    };
    let (name, arrow) = (say::name(signs, dossier, node.id), signs.leads_to);
    let parts = [
        (format!("{arrow}{name} "), causes, String::new(), "原因は、まだつないでいません"),
        (format!("{name}{arrow} "), effects, end, "結果は、まだつないでいません"),
    ];
    let lines = |part: usize, rows: u16| -> Text<'static> {
        let (label, told, end, none) = &parts[part];
        let room = usize::from(area.width).saturating_sub(width(label));
        let key = cx.keymap.said(Command::Prompts);
        let lines = match told.is_empty() {
            true => vec![(*none).to_owned()],
            false => as_many(look, told, (end, &key), (room, rows.into())),
        };
        let blank = " ".repeat(width(label));
        let heads =
            [look.span(label.clone(), Meaning::Strong)].into_iter().chain(std::iter::repeat(blank.into()));
        heads
            .zip(lines)
            .map(|(head, line)| Line::from_iter([head, look.span(line, Meaning::Quiet)]))
            .collect()
    };
    // What one does not need the other has.
    let each = (area.height / 2).max(1);
    let [first, second] = [0, 1].map(|part| lines(part, area.height).height() as u16);
    let second = second.min(area.height.saturating_sub(first.min(each)).max(each));
    let at = area.height.saturating_sub(second).min(each.max(first));
    look.words(lines(0, at)).render(Rect { height: at.min(area.height), ..area }, buf);
    look.words(lines(1, second)).render(below(area, at), buf);
}

/// As many of these as fit into so many rows, how many more there are and with which key they are seen; what stands at the end
/// gives way to them.
fn as_many(
    look: &Look,
    told: &[String],
    (end, key): (&str, &str),
    (room, rows): (usize, usize),
) -> Vec<String> {
    let broken = |shown: usize, end: &str, rows: usize| {
        let more = match told.len() - shown {
            0 => String::new(),
            more => format!("　ほか {more}件（{key}）"),
        };
        wrap_within(&told[..shown].join("　"), &format!("{more}{end}"), room, rows, look.signs.cut)
    };
    let all = (1..=told.len()).rev().flat_map(|shown| [(shown, end), (shown, "")]);
    let mut all = all.map(|(shown, end)| broken(shown, end, usize::MAX));
    all.find(|lines| lines.len() <= rows).unwrap_or_else(|| broken(1, "", rows))
}

/// The lines of a circle stand out, then those of the selected issue.
fn line_meaning(round: bool, loud: bool) -> Meaning {
    match (round, loud) {
        (true, _) => Meaning::Warning,
        (false, true) => Meaning::Strong,
        (false, false) => Meaning::Quiet,
    }
}

impl Canvas<'_> {
    fn chart(&mut self, chart: &Chart, causes: &Causes) {
        self.lines(chart);
        for placed in &chart.boxes {
            self.issue(chart, placed, causes);
        }
        if let Some((x, y)) = chart.heading {
            self.write(x, y, UNLINKED, Meaning::Strong);
        }
    }

    /// All lines; those of the selected issue stand out.
    fn lines(&mut self, chart: &Chart) {
        let (signs, selected) = (self.sight.look.signs, self.sight.selected);
        let symbol =
            |back: bool, stroke: Stroke| if back { signs.back_stroke(stroke) } else { signs.stroke(stroke) };
        for cell in &chart.cells {
            self.write(cell.x, cell.y, symbol(cell.back, cell.stroke), line_meaning(cell.round, false));
        }
        let is_loud = |line: &Link| [line.from, line.to].map(|id| Some(What::Node(id))).contains(&selected);
        for line in chart.lines.iter().filter(|line| is_loud(line)) {
            for (x, y, stroke) in line.strokes(chart.flow) {
                let found = chart.cells.binary_search_by_key(&(y, x), |cell| (cell.y, cell.x));
                let cell = found.ok().map(|i| chart.cells[i]);
                // Where another line passes over, it goes on doing so.
                if let Some(cell) = cell.filter(|c| c.stroke.and(stroke) == c.stroke) {
                    self.write(x, y, symbol(cell.back, cell.stroke), line_meaning(cell.round, true));
                }
            }
        }
        let mut lines: Vec<&Link> = chart.lines.iter().collect();
        lines.sort_by_key(|line| is_loud(line));
        for line in lines {
            if let Some((x, y)) = line.head() {
                self.write(x, y, chart.head(signs, line), line_meaning(line.round, is_loud(line)));
            }
        }
    }

    fn issue(&mut self, chart: &Chart, placed: &PlacedBox, causes: &Causes) {
        let What::Node(id) = placed.what else { return };
        let Some(node) = self.sight.dossier.nodes.get(&id) else { return };
        let (highlight, signs, area) = (self.highlight(placed), self.sight.look.signs, placed.area);
        let framed = chart.frame.1 > 0;
        let (root, round) = (causes.is_root(id), causes.circle_of(id).is_some());
        let plain = if root { Meaning::Strong } else { Meaning::Text };
        let words = highlight.unwrap_or(if round { Meaning::Warning } else { plain });
        let sign = highlight.unwrap_or(Meaning::Kind(node.kind));
        if let Some(meaning) = block(highlight) {
            self.fill(if framed { area } else { grown(area) }, meaning);
        }
        if framed {
            let frame = if round {
                Meaning::Warning
            } else if root {
                Meaning::Strong
            } else {
                Meaning::Rule
            };
            self.frame(area, block(highlight).unwrap_or(frame));
        }
        let (left, top) = (area.x + chart.frame.0, area.y + chart.frame.1);
        self.write(left, top, &before(signs, causes, node), sign);
        let start = left + placed.room.before as i32;
        let mut x = start;
        for (y, line) in (top..).zip(placed.lines.iter()) {
            x = self.write(start, y, line, words);
        }
        let last = top + placed.lines.len() as i32 - 1;
        let x = self.write(x, last, &after(signs, node), sign);
        let end = self.write(x, last, &placed.hidden.said(signs), highlight.unwrap_or(Meaning::Quiet));
        if chart.flow == Flow::Right && !framed {
            let ends = placed.lines.iter().map(|line| start + width(line) as i32);
            let mut ends: Vec<i32> = ends.collect();
            ends.pop();
            ends.push(end);
            self.meet_words(chart, placed, &ends);
        }
    }

    /// Draws the lines at both sides of a box on to its words, where these are shorter than the box.
    fn meet_words(&mut self, chart: &Chart, placed: &PlacedBox, ends: &[i32]) {
        let (signs, highlight) = (self.sight.look.signs, self.highlight(placed));
        let start = placed.area.x + placed.room.before as i32;
        let own = |id: Id<Node>| What::Node(id) == placed.what;
        for line in chart.lines.iter().filter(|line| own(line.from) || own(line.to)) {
            let leaves = own(line.from);
            let Some((x, y)) = (if leaves { line.points.first().copied() } else { line.head() }) else {
                continue;
            };
            let row = usize::try_from(y - placed.area.y).ok().filter(|row| *row < ends.len());
            let Some(row) = row else { continue };
            // Before the first row the number stands. Where the line leaves, it has a stroke of its own in its first cell.
            let (from, to) = match leaves == line.back {
                true if row == 0 => continue,
                true => (x + i32::from(leaves), start - 2),
                false => (ends[row] + 1, x - i32::from(leaves)),
            };
            let loud = [line.from, line.to].map(|id| Some(What::Node(id))).contains(&self.sight.selected);
            let meaning = highlight.unwrap_or(line_meaning(line.round, loud));
            let level = Stroke::HORIZONTAL;
            let stroke = if line.back { signs.back_stroke(level) } else { signs.stroke(level) };
            for x in from..=to {
                self.write(x, y, stroke, meaning);
            }
            if !leaves {
                self.write(if line.back { from } else { to }, y, chart.head(signs, line), meaning);
            }
        }
    }

    fn frame(&mut self, area: Area, meaning: Meaning) {
        let signs = self.sight.look.signs;
        let row = |a: Stroke, b: Stroke| {
            let level = signs.rule((area.w - 2) as usize);
            format!("{}{level}{}", signs.stroke(a.and(Stroke::RIGHT)), signs.stroke(b.and(Stroke::LEFT)))
        };
        self.write(area.x, area.y, &row(Stroke::DOWN, Stroke::DOWN), meaning);
        for y in area.y + 1..area.bottom() - 1 {
            for x in [area.x, area.right() - 1] {
                self.write(x, y, signs.stroke(Stroke::VERTICAL), meaning);
            }
        }
        self.write(area.x, area.bottom() - 1, &row(Stroke::UP, Stroke::UP), meaning);
    }
}
