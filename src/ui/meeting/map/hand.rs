//! The map under keys and mouse: where one goes from what is selected, and how the entry line is used and left.

use ratatui::layout::Rect;

use crate::command::{Command, Place};
use crate::domain::Kind;
use crate::layout::causal::Towards;
use crate::layout::map::Layout;
use crate::layout::shape::{Area, PlacedBox, What};
use crate::ui::meeting::map::chart::{ChartPanes, ChartState, chart_body};
use crate::ui::meeting::map::{Sitting, Target};
use crate::ui::panes::{Panes, panes};
use crate::ui::{Context, Level, MapScreen};

impl MapScreen {
    /// Leaves editing, searching or linking; what stood in the line before stands there again.
    pub(crate) fn leave_target(&mut self, doc: &Sitting) {
        // While a link was being made the selection moved to its possible ends; now it goes back to the beginning.
        if let Some(from) = self.linking().filter(|from| doc.dossier.nodes.contains_key(from)) {
            self.select_node(doc, from);
        }
        self.writing.finish();
        self.hits.clear();
    }

    pub(crate) fn go_vertically(&mut self, doc: &Sitting, step: isize) {
        let towards = if step < 0 { Towards::Up } else { Towards::Down };
        match self.writing.target() {
            // What was found is stepped through.
            Some(Target::Search) => self.search(doc, step),
            Some(Target::Link(from)) if !self.picked && !self.hits.is_empty() => {
                self.seek_link(doc, from, step);
            }
            _ if self.chart_go(|chart, from| chart.step(from?, towards)) => {}
            _ => self.go_along(doc, step),
        }
    }

    pub(crate) fn go_sideways(&mut self, doc: &Sitting, step: isize) {
        let towards = if step < 0 { Towards::Left } else { Towards::Right };
        if !self.chart_go(|chart, from| chart.step(from?, towards)) && !self.poster_go(doc, towards) {
            self.go(if step < 0 { Layout::left } else { Layout::right });
        }
    }

    pub(crate) fn go_page(&mut self, doc: &Sitting, step: isize) {
        let round = |at: Option<usize>, count: usize| {
            (at.unwrap_or(0) as isize + step).rem_euclid(count.max(1) as isize) as usize
        };
        let ids = doc.causes.ids();
        // On the chart to the issue with the number before or after.
        let beside = |_: &_, from| {
            let at = ids.iter().position(|id| Some(*id) == from);
            ids.get(round(at, ids.len())).copied()
        };
        if self.chart_go(beside) {
            return;
        }
        if self.level == Level::OneBranch {
            // To the branch before or after the one that has the whole screen.
            let count = doc.dossier.meeting.branches.len();
            self.selected = What::Branch(round(self.selected_branch(doc), count));
        } else {
            self.go(if step < 0 { Layout::previous_branch } else { Layout::next_branch });
        }
    }

    /// Up or down the map; while a link is made, to the next issue: nothing else can be linked.
    fn go_along(&mut self, doc: &Sitting, step: isize) {
        let (start, mut from) = (self.selected, None);
        while from.replace(self.selected) != Some(self.selected) {
            if !self.poster_go(doc, if step < 0 { Towards::Up } else { Towards::Down }) {
                self.go(if step < 0 { Layout::up } else { Layout::down });
            }
            let issue = self.selected_node(doc).is_some_and(|n| n.kind == Kind::Issue);
            if self.linking().is_none() || issue {
                return;
            }
        }
        self.selected = start;
    }

    fn go(&mut self, go: fn(&Layout, What) -> Option<What>) {
        self.picked = true;
        self.selected = match go(&self.layout, self.selected) {
            // The words on a bare branch are no place to stand on.
            Some(What::Empty(i)) => What::Branch(i),
            Some(What::Ghost) | None => self.selected,
            Some(what) => what,
        };
    }

    /// A click on the map selects; what the second one does is answered. The map stays where it is, so that it finds what the
    /// first found.
    pub(crate) fn click(
        &mut self,
        doc: &Sitting,
        cx: &Context,
        (x, y): (u16, u16),
        second: bool,
    ) -> Option<Command> {
        let (body, poster) = (self.pane(doc, cx), self.is_poster(cx));
        let what = if poster { self.poster_click(doc, (x, y))? } else { self.under(body, (x, y))? };
        (self.wandered, self.picked, self.selected) = (true, true, what);
        match (what, self.writing.target()) {
            _ if !second => None,
            (_, Some(Target::Link(_) | Target::Search)) => Some(Command::AddBeside),
            (What::Node(_), _) => Some(Command::Edit),
            // Half-typed words stay as they are: here it is no space.
            (What::Branch(_), _) if !poster => {
                self.fold_selected(doc);
                None
            }
            _ => None,
        }
    }

    /// What of map or chart is seen at a cell.
    fn under(&self, body: Rect, (x, y): (u16, u16)) -> Option<What> {
        let chart = self.chart.as_ref();
        let (left, top) = chart.map_or(self.scroll, ChartState::scroll);
        let boxes = chart.map_or(&self.layout.boxes, |state| &state.chart.boxes);
        let (x, y) = (left + i32::from(x - body.x), top + i32::from(y - body.y));
        let near = |b: &&PlacedBox| Area { x: b.area.x - 1, w: b.area.w + 2, ..b.area }.contains(x, y);
        match boxes.iter().find(near).map(|b| b.what)? {
            What::Empty(branch) | What::Continued(branch) => Some(What::Branch(branch)),
            What::Ghost => None,
            // On the chart only issues can be selected.
            What::Branch(_) | What::Centre if chart.is_some() => None,
            what => Some(what),
        }
    }

    /// Where the map stands, or the chart in its place.
    pub(crate) fn pane(&self, doc: &Sitting, cx: &Context) -> Rect {
        match &self.chart {
            Some(_) => ChartPanes::of(doc, cx, self).chart,
            None => self.panes(cx.size).body,
        }
    }

    /// The screen around the map. What stands beside it gives way before words are folded.
    pub fn panes(&self, size: (u16, u16)) -> Panes {
        let panes = panes(size, Place::Map, self.whole);
        match &self.chart {
            Some(state) => chart_body(panes, state.reasons),
            // Of branches alone all is seen.
            None if self.crowded == Some(size) && self.level != Level::Branches => panes.slim(),
            None => panes,
        }
    }

    /// Looks elsewhere on the map and leaves the selection where it is; the next key is back at it.
    pub(crate) fn scroll_by(&mut self, doc: &Sitting, cx: &Context, columns: i32, rows: i32) {
        // Of the chart all is seen that has room.
        if self.chart.is_some() {
            return;
        }
        let (body, all, (x, y)) = (self.pane(doc, cx), self.layout.bounds, self.scroll);
        let (w, h) = (i32::from(body.width), i32::from(body.height));
        // No further out than the map goes; what fits whole stays.
        let along = |at: i32, by: i32, first: i32, length: i32, room: i32| {
            if length <= room { at } else { (at + by).clamp(first, first + length - room) }
        };
        self.scroll = (along(x, columns, all.x, all.w, w), along(y, rows, all.y, all.h, h));
        self.wandered = true;
    }
}
