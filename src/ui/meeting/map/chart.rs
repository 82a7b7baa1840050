//! The causal chart in the place of the map: the same issues, the same line under them, other arrows.

use ratatui::layout::Constraint::{Fill, Length};
use ratatui::layout::{Layout, Rect};

use crate::command::Place;
use crate::domain::{Id, Node};
use crate::layout::causal::{Chart, fit};
use crate::layout::shape::{Area, What};
use crate::ui::meeting::map::Sitting;
use crate::ui::panes::panes;
use crate::ui::{Context, MapScreen};

#[derive(Debug, Clone, Default, PartialEq)]
pub struct ChartState {
    pub chart: Chart,
    pub scroll: (i32, i32),
    /// The step it was opened in: it closes with it.
    step: usize,
    /// The columns and rows it was made for.
    room: (i32, i32),
    /// What was selected on the map, and what was selected in its place when the chart was opened.
    pub way_back: (What, What),
}

/// So many circles are told over the chart.
pub const CIRCLES: usize = 2;

/// What follows from the links (the root, and the circles), under it the chart, and in its last row what lies outside; at
/// the foot what brings the selected issue about, and what it brings about.
pub fn chart_panes(size: (u16, u16), whole: bool, circles: usize) -> [Rect; 3] {
    let body = Rect { width: size.0, ..panes(size, Place::Map, whole).body };
    let (head, foot) = (1 + circles.min(CIRCLES) as u16, if body.height >= 33 { 4 } else { 2 });
    Layout::vertical([Length(head), Fill(1), Length(foot)]).areas(body)
}

impl MapScreen {
    /// Whether the issue that is selected stands on the chart.
    fn on_chart(&self, chart: &Chart) -> Option<Id<Node>> {
        if let What::Node(id) = self.selected { chart.find(id).map(|_| id) } else { None }
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

    /// Makes the chart anew where it must be, and scrolls so that the selected issue is seen. False if the map is shown.
    pub(super) fn refresh_chart(&mut self, doc: &Sitting, cx: &Context) -> bool {
        let pane = self.pane(doc, cx);
        let Some(mut state) = self.chart.take() else { return false };
        let (w, h) = (i32::from(pane.width), i32::from(pane.height.saturating_sub(1)));
        if self.stale || state.room != (w, h) {
            state.chart = fit(&doc.dossier, &doc.causes, cx.marks, (w, h));
            (state.room, self.stale) = ((w, h), false);
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
        if let What::Node(id) = self.selected
            && !self.wandered
        {
            let (x, y) = state.scroll;
            state.scroll = state.chart.follow(Area { x, y, w, h }, id);
        }
        self.chart = Some(state);
        true
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
