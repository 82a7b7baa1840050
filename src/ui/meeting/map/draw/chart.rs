//! Draws the causal chart: over it what follows from the links, under it the links of the selected issue with their reasons.

use crate::domain::{Id, Node};
use crate::layout::causal::{Chart, Link, UNLINKED, after, before, say};
use crate::layout::shape::{PlacedBox, Stroke, What};
use crate::ui::MeetingScreen;
use crate::ui::draw;
use crate::ui::look::prelude::*;
use crate::ui::meeting::map::chart::{CIRCLES, ChartState, chart_panes};
use crate::ui::meeting::map::draw::{Canvas, Linked, Look, Outside, grown, viewport};

/// The chart of the open meeting, on the screen of the map.
pub struct OpenChart<'a>(pub View<'a>, pub &'a ChartState);

impl Widget for OpenChart<'_> {
    fn render(self, _: Rect, buf: &mut Buffer) {
        let Self(View { app, look: outer }, state) = self;
        let Some(meeting) = app.meeting() else { return };
        let panes = chart_panes(app.cx.size, meeting.map.whole, meeting.doc.causes.circles().len());
        outer.words(head(outer, meeting)).render(panes.head.inner(Margin::new(1, 0)), buf);
        let marked = meeting.map.linking().into_iter().collect();
        let look = Look {
            dossier: &meeting.doc.dossier,
            theme: &outer.theme,
            signs: outer.signs,
            scroll: state.scroll,
            selected: Some(meeting.map.selected),
            hits: &meeting.map.hits,
            marked: &marked,
            linked: &Linked::default(),
        };
        let area = panes.chart.intersection(buf.area);
        let view = viewport(area);
        let mut canvas = Canvas { buf, view, look: &look };
        canvas.chart(&state.chart, meeting.doc.causes.root().map(|r| r.id));
        let outside = Outside::of(&state.chart.boxes, canvas.seen());
        outside.render(&look, below(area, view.height), buf);
        foot(outer, meeting, panes.foot.inner(Margin::new(1, 0)), buf);
    }
}

/// The root in a sentence, and the circles each in a row.
fn head(look: &draw::Look, meeting: &MeetingScreen) -> Text<'static> {
    let (signs, dossier) = (look.signs, &meeting.doc.dossier);
    let words = match say::root(signs, dossier, &meeting.doc.causes) {
        Some(words) => format!("{} {words}", signs.root),
        None => "まだ何もつながっていません。課題を選んで、それが起こす課題につなぎます。".to_owned(),
    };
    let circles = meeting.doc.causes.circles();
    let circle = circles.iter().take(CIRCLES).enumerate().map(|(i, circle)| {
        let more = match circles.len().saturating_sub(CIRCLES) {
            more if more > 0 && i + 1 == CIRCLES => format!("　ほか {more}"),
            _ => String::new(),
        };
        let words = look.span(format!("{}{more}", say::circle(signs, dossier, circle)), Meaning::Strong);
        let weak = look.span(say::breaking(signs, dossier, circle), Meaning::Quiet);
        Line::from_iter([words, "  ".into(), weak])
    });
    [look.span(words, Meaning::Strong).into()].into_iter().chain(circle).collect()
}

/// What brings the selected issue about, and what it brings about, each with its reason.
fn foot(look: &draw::Look, meeting: &MeetingScreen, area: Rect, buf: &mut Buffer) {
    let Some(node) = meeting.map.selected_node(&meeting.doc) else { return };
    let (signs, dossier) = (look.signs, &meeting.doc.dossier);
    let told = |links: Vec<(Id<Node>, &str)>| -> String {
        let one = |(id, label): &(Id<Node>, &str)| {
            let words = if label.is_empty() { dossier.nodes.get(id).map_or("", |n| &n.text) } else { label };
            format!("{} {words}", say::name(signs, dossier, *id))
        };
        links.iter().map(one).collect::<Vec<_>>().join("　")
    };
    let links = || dossier.links.values().filter(|l| l.from != l.to);
    let causes = told(links().filter(|l| l.to == node.id).map(|l| (l.from, l.label.as_str())).collect());
    let effects = told(links().filter(|l| l.from == node.id).map(|l| (l.to, l.label.as_str())).collect());
    let name = say::name(signs, dossier, node.id);
    let (reach, arrow) = (meeting.doc.causes.reach(node.id), signs.leads_to);
    let causes = match causes.is_empty() {
        true => "原因になる課題は、つながっていません".to_owned(),
        false => causes,
    };
    let effects = match effects.is_empty() {
        true => "起こす課題は、つながっていません".to_owned(),
        false => format!("{effects}　（全部で {reach} 件に届きます）"),
    };
    let each = (area.height / 2).max(1);
    let rows = [(format!("{arrow}{name} "), causes), (format!("{name}{arrow} "), effects)];
    for (i, (label, words)) in rows.iter().enumerate() {
        let row = Rect { height: each, ..below(area, i as u16 * each) };
        let words = look.hanging(look.span(label, Meaning::Strong), words, row.width, Meaning::Quiet);
        look.words(words).render(row, buf);
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
            let style = self.style(Meaning::Strong);
            self.write(x, y, UNLINKED, style);
        }
    }

    /// All lines; those of the selected issue stand out.
    fn lines(&mut self, chart: &Chart) {
        let signs = self.look.signs;
        let symbol =
            |back: bool, stroke: Stroke| if back { signs.back_stroke(stroke) } else { signs.stroke(stroke) };
        for cell in &chart.cells {
            let style = self.line_style(cell.back, false);
            self.write(cell.x, cell.y, symbol(cell.back, cell.stroke), style);
        }
        let own =
            |line: &&Link| [line.from, line.to].iter().any(|id| self.look.selected == Some(What::Node(*id)));
        let (loud, quiet): (Vec<&Link>, Vec<&Link>) = chart.lines.iter().partition(own);
        for line in &loud {
            let style = self.line_style(line.back, true);
            for (x, y, stroke) in line.strokes(chart.flow) {
                let found = chart.cells.binary_search_by_key(&(y, x), |cell| (cell.y, cell.x));
                // Where another line passes over, it goes on doing so.
                if let Some(cell) =
                    found.ok().map(|i| chart.cells[i]).filter(|c| c.stroke.and(stroke) == c.stroke)
                {
                    self.write(x, y, symbol(cell.back, cell.stroke), style);
                }
            }
        }
        for (line, loud) in quiet.into_iter().map(|l| (l, false)).chain(loud.into_iter().map(|l| (l, true))) {
            if let Some((x, y)) = line.head() {
                let style = self.line_style(line.back, loud);
                self.write(x, y, chart.head(signs, line), style);
            }
        }
    }

    fn line_style(&self, back: bool, loud: bool) -> Style {
        self.style(match (back, loud) {
            (true, _) => Meaning::Warning,
            (false, true) => Meaning::Strong,
            (false, false) => Meaning::Quiet,
        })
    }

    fn issue(&mut self, placed: &PlacedBox, root: Option<Id<Node>>) {
        let What::Node(id) = placed.what else { return };
        let Some(node) = self.look.dossier.nodes.get(&id).filter(|_| !self.only_marked(placed)) else {
            return;
        };
        let highlight = self.highlight(placed);
        let words = highlight.unwrap_or_else(|| self.style(Meaning::Text));
        let sign = highlight.unwrap_or_else(|| self.style(Meaning::Kind(node.kind)));
        if let Some(style) = highlight {
            self.fill(grown(placed.area), style);
        }
        let area = placed.area;
        self.write(area.x, area.y, &before(self.look.signs, node, root == Some(id)), sign);
        let mut x = area.x;
        for (i, line) in placed.lines.iter().enumerate() {
            x = self.write(area.x + placed.room.before as i32, area.y + i as i32, line, words);
        }
        self.write(x, area.bottom() - 1, &after(self.look.signs, node), sign);
    }
}
