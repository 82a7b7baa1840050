//! The causal chart in the place of the map: the same issues, the same line under them, other arrows.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};

use crate::command::Place;
use crate::domain::causes::say;
use crate::domain::{Id, Node};
use crate::layout::causal::say::brief;
use crate::layout::causal::{Chart, ROUND, fit, fit_whole};
use crate::layout::measure::width;
use crate::layout::shape::What;
use crate::layout::signs::Signs;
use crate::layout::wrap::wrap_within;
use crate::ui::meeting::map::Sitting;
use crate::ui::panes::{Panes, panes};
use crate::ui::theme::Meaning;
use crate::ui::{Context, MapScreen, OpenMeeting};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChartState {
    pub chart: Chart,
    /// The reasons of its links stand beside it.
    pub reasons: bool,
    /// The chart has the rows of its foot.
    footless: bool,
    /// The step it was opened in: it closes with it.
    step: usize,
    /// What it was made for: the screen, whether it has all of that, and the columns and rows it has of it.
    size: ((u16, u16), bool),
    room: (i32, i32),
    /// What was selected on the map, and what was selected in its place when the chart was opened.
    pub way_back: (What, What),
}

impl ChartState {
    /// The cell of the chart in the upper left corner: it stands in the middle.
    pub fn scroll(&self) -> (i32, i32) {
        self.chart.centred(self.room)
    }
}

/// From this width on the reasons of the links stand beside the chart, as long as it has room for all of its issues there.
const BESIDE: u16 = 150;

/// The chart, over it what follows from the links, and at the foot what brings the selected issue about, and what it brings
/// about; where the chart had no room for a circle, there is no foot. Where not all issues have room, the chart's last row says
/// so.
pub struct ChartPanes {
    /// The root in a sentence, then the circles.
    pub told: Vec<(String, Meaning)>,
    pub head: Rect,
    pub chart: Rect,
    pub foot: Rect,
}

impl ChartPanes {
    pub fn of(doc: &OpenMeeting, cx: &Context, map: &MapScreen) -> Self {
        let foot = map.chart.as_ref().is_none_or(|state| !state.footless);
        Self::within(map.panes(cx.size).body, doc, cx, foot)
    }

    fn within(body: Rect, doc: &OpenMeeting, cx: &Context, has_foot: bool) -> Self {
        let told = told(doc, cx.marks, body);
        let (air, foot) = if body.height >= 33 { (1, 4) } else { (0, 2) };
        let foot = if has_foot { foot } else { 0 };
        let [head, chart, foot] =
            Layout::vertical([Length(told.len() as u16 + air), Fill(1), Length(foot)]).areas(body);
        Self { told, head, chart, foot }
    }
}

/// The screen around the chart: without the reasons beside it, it has the whole width.
pub(super) fn chart_body(panes: Panes, reasons: bool) -> Panes {
    let width = panes.body.width.max(panes.side.right());
    if reasons { panes } else { Panes { side: Rect::default(), body: Rect { width, ..panes.body }, ..panes } }
}

/// What follows from the links, in as many rows as may be spared: the root; of each circle the whole sentence, or its place
/// and its length.
fn told(doc: &OpenMeeting, signs: &'static Signs, body: Rect) -> Vec<(String, Meaning)> {
    let (rows, room) = (usize::from(body.height / 5).max(3), usize::from(body.width.saturating_sub(2)));
    let broken = |sign: &str, (words, end): (&str, &str), rows: usize| -> Vec<String> {
        let (before, blank) = (format!("{sign} "), " ".repeat(width(sign) + 1));
        let lines = wrap_within(words, end, room.saturating_sub(blank.len()), rows, signs.cut);
        lines
            .iter()
            .enumerate()
            .map(|(i, line)| format!("{}{line}", if i == 0 { &before } else { &blank }))
            .collect()
    };
    let (dossier, circles) = (&doc.dossier, doc.causes.circles());
    let Some(root) = say::root(dossier, &doc.causes) else {
        let words = "まだ何もつながっていません。課題を選んで、それが起こす課題につなぎます。";
        return vec![(words.to_owned(), Meaning::Strong)];
    };
    let root = broken(signs.root, (&root, ""), rows.saturating_sub(circles.len().min(1)));
    let mut told: Vec<_> = root.into_iter().map(|line| (line, Meaning::Strong)).collect();
    for (i, circle) in circles.iter().enumerate() {
        let (left, after) = (rows.saturating_sub(told.len()), circles.len() - i - 1);
        let whole = format!("{}。{}", say::circle(dossier, circle), say::breaking(dossier, circle));
        let mut lines = broken(ROUND, (&whole, ""), usize::MAX);
        if lines.len() + after > left {
            let end = if left == 1 && after > 0 {
                format!("　悪循環はほかに{after}つ")
            } else {
                String::new()
            };
            let most = if after > 0 { left.min(1) } else { left };
            lines = broken(ROUND, (&brief(signs, dossier, circle), &end), most);
        }
        told.extend(lines.into_iter().map(|line| (line, Meaning::Warning)));
    }
    told
}

impl MapScreen {
    /// The selected issue, if it is one of the chart's.
    fn on_chart(&self, chart: &Chart) -> Option<Id<Node>> {
        if let What::Node(id) = self.selected { Some(id).filter(|id| chart.knows(*id)) } else { None }
    }

    /// The map again, with the same issue selected.
    pub(crate) fn close_chart(&mut self, doc: &Sitting) {
        if let Some(state) = self.chart.take() {
            self.stale = true;
            // If the selection has not moved in the chart, the map gets back the one it had, and with it what is half typed.
            let (before, then) = state.way_back;
            if self.selected == then {
                self.selected = before;
            }
            if let What::Node(id) = self.selected {
                self.select_node(doc, id);
            }
        }
    }

    pub(crate) fn toggle_chart(&mut self, doc: &Sitting) {
        if self.chart.is_some() {
            return self.close_chart(doc);
        }
        let causes = &doc.causes;
        let here = self.selected_node(doc).map(|n| n.id).filter(|id| causes.ids().contains(id));
        let before = self.selected;
        let first = here.or_else(|| causes.root().map(|r| r.id)).or_else(|| causes.ids().first().copied());
        if let Some(id) = first.filter(|_| self.linking().is_none()) {
            self.selected = What::Node(id);
        }
        let (step, way_back) = (doc.dossier.progress.step, (before, self.selected));
        self.chart = Some(ChartState { step, way_back, ..ChartState::default() });
        self.stale = true;
    }

    /// Makes the chart anew where it must be, so that the selected issue is seen. False if the map is shown.
    pub(super) fn refresh_chart(&mut self, doc: &Sitting, cx: &Context) -> bool {
        let Some(mut state) = self.chart.take() else { return false };
        let (dossier, causes, signs) = (&doc.dossier, &doc.causes, cx.marks);
        let selected = if let What::Node(id) = self.selected { Some(id) } else { None };
        let size = (cx.size, self.whole);
        if self.stale || state.size != size {
            let [beside, alone] = [true, false].map(|reasons| self.chart_room(doc, cx, reasons, true));
            let explained = dossier.links.values().any(|link| !link.label.is_empty());
            let may = cx.size.0 >= BESIDE && beside != alone && explained;
            let with_reasons = may.then(|| fit_whole(dossier, causes, signs, beside)).flatten();
            (state.reasons, state.footless) = (with_reasons.is_some(), false);
            state.room = if state.reasons { beside } else { alone };
            state.chart = with_reasons.unwrap_or_else(|| fit(dossier, causes, signs, alone, selected));
            (state.size, self.stale) = (size, false);
        }
        let selected = self.on_chart(&state.chart);
        // A twig that is no issue is only seen on the map.
        let elsewhere = selected.is_none() && self.selected_node(doc).is_some();
        if state.step != doc.dossier.progress.step || elsewhere || state.chart.boxes.is_empty() {
            self.chart = Some(state);
            self.close_chart(doc);
            return false;
        }
        self.selected = selected.map_or_else(|| state.chart.boxes[0].what, What::Node);
        if let Some(id) = selected.filter(|id| state.chart.find(*id).is_none()) {
            state.chart.unfold(dossier, causes, signs, state.room, id);
        }
        if state.chart.short && !state.footless {
            (state.footless, state.room) = (true, self.chart_room(doc, cx, false, false));
            state.chart = fit(dossier, causes, signs, state.room, selected);
        }
        self.chart = Some(state);
        true
    }

    fn chart_room(&self, doc: &Sitting, cx: &Context, reasons: bool, foot: bool) -> (i32, i32) {
        let body = chart_body(panes(cx.size, Place::Map, self.whole), reasons).body;
        let Rect { width, height, .. } = ChartPanes::within(body, doc, cx, foot).chart;
        (i32::from(width), i32::from(height))
    }

    /// Goes from the selected issue along the chart. False if the map is shown.
    pub(crate) fn chart_go(&mut self, go: impl FnOnce(&Chart, Option<Id<Node>>) -> Option<Id<Node>>) -> bool {
        let Some(state) = self.chart.as_ref() else { return false };
        self.picked = true;
        if let Some(id) = go(&state.chart, self.on_chart(&state.chart)) {
            self.selected = What::Node(id);
        }
        true
    }
}
