//! Draws the causal chart: over it what follows from the links, under it the links of the selected issue with their reasons.

use crate::domain::{self, Id, Node};
use crate::layout::causal::{Chart, Link, UNLINKED, after, before, say};
use crate::layout::shape::{PlacedBox, Stroke, What};
use crate::ui::look::prelude::*;
use crate::ui::meeting::map::chart::{CIRCLES, ChartState, chart_panes};
use crate::ui::meeting::map::draw::{Canvas, Linked, Sight, grown, outside, viewport};
use crate::ui::{MeetingScreen, OpenMeeting};

/// The chart of a meeting, on the screen of the map.
pub fn open_chart(View { cx, look }: View, meeting: &MeetingScreen, state: &ChartState, buf: &mut Buffer) {
    let (doc, none) = (&meeting.doc, Linked::new());
    let [over, chart, under] = chart_panes(cx.size, meeting.map.whole, doc.causes.circles().len());
    look.words(head(look, doc)).render(over.inner(Margin::new(1, 0)), buf);
    let sight = Sight { scroll: state.scroll, ..Sight::of(look, &meeting.map, &doc.dossier, &none) };
    let area = chart.intersection(buf.area);
    let view = viewport(area);
    let mut canvas = Canvas { buf, view, sight: &sight };
    canvas.chart(&state.chart, doc.causes.root().map(|r| r.id));
    let seen = canvas.seen();
    outside(look, &state.chart.boxes, seen, below(area, view.height), buf);
    if let Some(node) = meeting.map.selected_node(doc) {
        foot(look, doc, node, under.inner(Margin::new(1, 0)), buf);
    }
}

/// The root in a sentence, and the circles each in a row.
fn head(look: &Look, doc: &OpenMeeting) -> Text<'static> {
    let (signs, dossier, circles) = (look.signs, &doc.dossier, doc.causes.circles());
    let words = match say::root(signs, dossier, &doc.causes) {
        Some(words) => format!("{} {words}", signs.root),
        None => "まだ何もつながっていません。課題を選んで、それが起こす課題につなぎます。".to_owned(),
    };
    let hidden = circles.len().saturating_sub(CIRCLES);
    let circle = circles.iter().take(CIRCLES).enumerate().map(|(i, circle)| {
        let cut = hidden > 0 && i + 1 == CIRCLES;
        let more = if cut { format!("　ほか {hidden}") } else { String::new() };
        let words = look.span(format!("{}{more}", say::circle(signs, dossier, circle)), Meaning::Strong);
        let weak = look.span(say::breaking(signs, dossier, circle), Meaning::Quiet);
        Line::from_iter([words, "  ".into(), weak])
    });
    [look.span(words, Meaning::Strong).into()].into_iter().chain(circle).collect()
}

/// What brings an issue about, and what it brings about, each with its reason.
fn foot(look: &Look, doc: &OpenMeeting, node: &Node, area: Rect, buf: &mut Buffer) {
    let (signs, dossier) = (look.signs, &doc.dossier);
    let told = |ends: fn(&domain::Link) -> (Id<Node>, Id<Node>)| -> Option<String> {
        let links = dossier.links.values().filter(|l| l.from != l.to && ends(l).0 == node.id);
        let told = links.map(|link| {
            let (_, id) = ends(link);
            let words = match link.label.as_str() {
                "" => dossier.nodes.get(&id).map_or("", |n| &n.text),
                label => label,
            };
            format!("{} {words}", say::name(signs, dossier, id))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join("　"))
    };
    let causes = told(|link| (link.to, link.from));
    let causes = causes.unwrap_or_else(|| "原因になる課題は、つながっていません".to_owned());
    let reach = doc.causes.reach(node.id);
    let effects = match told(|link| (link.from, link.to)) {
        Some(effects) => format!("{effects}　（全部で {reach} 件に届きます）"),
        None => "起こす課題は、つながっていません".to_owned(),
    };
    let (name, arrow) = (say::name(signs, dossier, node.id), signs.leads_to);
    let each = (area.height / 2).max(1);
    let rows = [(format!("{arrow}{name} "), causes), (format!("{name}{arrow} "), effects)];
    for (i, (label, words)) in rows.iter().enumerate() {
        let row = Rect { height: each, ..below(area, i as u16 * each) };
        let words = look.hanging(look.span(label, Meaning::Strong), words, row.width, Meaning::Quiet);
        look.words(words).render(row, buf);
    }
}

fn line_meaning(back: bool, loud: bool) -> Meaning {
    match (back, loud) {
        (true, _) => Meaning::Warning,
        (false, true) => Meaning::Strong,
        (false, false) => Meaning::Quiet,
    }
}

impl Canvas<'_> {
    fn chart(&mut self, chart: &Chart, root: Option<Id<Node>>) {
        self.lines(chart);
        for placed in &chart.boxes {
            if self.seen().meets(grown(placed.area)) {
                self.issue(placed, root);
            }
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
            self.write(cell.x, cell.y, symbol(cell.back, cell.stroke), line_meaning(cell.back, false));
        }
        let is_loud = |line: &Link| [line.from, line.to].map(|id| Some(What::Node(id))).contains(&selected);
        for line in chart.lines.iter().filter(|line| is_loud(line)) {
            for (x, y, stroke) in line.strokes(chart.flow) {
                let found = chart.cells.binary_search_by_key(&(y, x), |cell| (cell.y, cell.x));
                let cell = found.ok().map(|i| chart.cells[i]);
                // Where another line passes over, it goes on doing so.
                if let Some(cell) = cell.filter(|c| c.stroke.and(stroke) == c.stroke) {
                    self.write(x, y, symbol(cell.back, cell.stroke), line_meaning(line.back, true));
                }
            }
        }
        let mut lines: Vec<&Link> = chart.lines.iter().collect();
        lines.sort_by_key(|line| is_loud(line));
        for line in lines {
            if let Some((x, y)) = line.head() {
                self.write(x, y, chart.head(signs, line), line_meaning(line.back, is_loud(line)));
            }
        }
    }

    fn issue(&mut self, placed: &PlacedBox, root: Option<Id<Node>>) {
        let What::Node(id) = placed.what else { return };
        let node = self.sight.dossier.nodes.get(&id).filter(|_| !self.only_marked(placed));
        let Some(node) = node else { return };
        let (highlight, signs, area) = (self.highlight(placed), self.sight.look.signs, placed.area);
        let words = highlight.unwrap_or(Meaning::Text);
        let sign = highlight.unwrap_or(Meaning::Kind(node.kind));
        if let Some(meaning) = highlight {
            self.fill(grown(area), meaning);
        }
        self.write(area.x, area.y, &before(signs, node, root == Some(id)), sign);
        let mut x = area.x;
        for (i, line) in placed.lines.iter().enumerate() {
            x = self.write(area.x + placed.room.before as i32, area.y + i as i32, line, words);
        }
        self.write(x, area.bottom() - 1, &after(signs, node), sign);
    }
}
