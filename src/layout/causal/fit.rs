//! The chart that suits a place: which way it flows, how wide its words are, and how much air is in it.

use super::{Chart, Flow, Input, Ordered, WIDE, Words, groups, lay_out_groups};
use crate::domain::Dossier;
use crate::domain::causes::Causes;
use crate::layout::shape::PlacedBox;
use crate::layout::signs::Signs;

/// The frames and the widths of words that are tried, the largest first. Frames are only for charts of which all is seen.
const FRAMED: [((i32, i32), usize); 6] =
    [((5, 2), 26), ((5, 2), 20), ((2, 1), 36), ((2, 1), 26), ((2, 1), 20), ((2, 1), 16)];
const BARE: [usize; 5] = [36, 26, 20, 16, 12];

/// Of more issues than this, one chart is made and no other tried; of more than this no frames.
const MANY: usize = 120;
const SOME: usize = 40;

/// The most air between layers and between neighbours, in cells: columns, and rows.
const AIR: (i32, i32) = (20, 3);

/// The chart that suits a place of so many columns and rows: to the right where it is wide, downwards where it is narrow, in
/// frames where there is room for them, with the widest words with which all of it is seen, or as much as may be. What room
/// is left then becomes air.
pub fn fit(dossier: &Dossier, causes: &Causes, signs: &'static Signs, room: (i32, i32)) -> Chart {
    let place = Place { dossier, causes, signs, groups: groups(causes), room };
    let flows = if room.0 - 2 < WIDE { &[Flow::Down][..] } else { &[Flow::Right, Flow::Down] };
    let framed = FRAMED.iter().copied().filter(|_| causes.ids().len() <= SOME);
    let bare = BARE.iter().map(|wrap| ((0, 0), *wrap));
    let bare = bare.skip(if causes.ids().len() > MANY { BARE.len() - 1 } else { 0 });
    let mut best: Option<(f64, Chart)> = None;
    for (frame, wrap) in framed.chain(bare) {
        for flow in flows {
            let input = place.input(*flow, wrap, frame);
            // What is only for charts that are seen wholly is not tried where it is certain not to be.
            let must_fit = frame != (0, 0) || wrap == BARE[0];
            if must_fit && !place.may_fit(&input) {
                continue;
            }
            let chart = place.lay_out(&input);
            let seen = place.seen(&chart);
            if seen >= 1.0 {
                return place.aired(input, chart);
            }
            if frame == (0, 0) && best.as_ref().is_none_or(|(most, _)| seen > *most) {
                best = Some((seen, chart));
            }
        }
    }
    best.map(|(_, chart)| chart).unwrap_or_default()
}

/// What all charts that are tried have in common.
struct Place<'a> {
    dossier: &'a Dossier,
    causes: &'a Causes,
    signs: &'static Signs,
    groups: Vec<Ordered>,
    room: (i32, i32),
}

impl<'a> Place<'a> {
    fn input(&self, flow: Flow, wrap: usize, frame: (i32, i32)) -> Input<'a> {
        let Self { dossier, causes, signs, room, .. } = *self;
        Input { dossier, causes, signs, flow, wrap, across: room.0 - 2, frame, air: (0, 0) }
    }

    fn lay_out(&self, input: &Input<'_>) -> Chart {
        lay_out_groups(input, &self.groups)
    }

    /// Whether the boxes alone fit.
    fn may_fit(&self, input: &Input<'_>) -> bool {
        self.groups.iter().all(|group| {
            let words = group.members.iter().filter_map(|id| Words::of(input, *id));
            let sizes: Vec<(i32, i32)> = words.map(|words| (words.w, words.h)).collect();
            let (along, across) = group.graph.least(input.flow, &sizes);
            let (w, h) = if input.flow == Flow::Right { (along, across) } else { (across, along) };
            w + 2 <= self.room.0 && h <= self.room.1
        })
    }

    /// The part of a chart that is seen without scrolling.
    fn seen(&self, chart: &Chart) -> f64 {
        let part = |all: i32, room: i32| f64::from(room.min(all).max(1)) / f64::from(all.max(1));
        part(chart.bounds.w + 2, self.room.0) * part(chart.bounds.h, self.room.1)
    }

    /// The same chart with as much air as there is room for.
    fn aired(&self, input: Input<'_>, tight: Chart) -> Chart {
        let depth = tight.boxes.iter().map(|b| b.depth).max().unwrap_or(0);
        let linked = tight.groups.iter().filter(|group| group.boxes.len() > 1);
        let linked = linked.map(|group| &tight.boxes[group.boxes.clone()]);
        let layer = |boxes: &[PlacedBox], layer| boxes.iter().filter(|b| b.depth == layer).count();
        let widest = linked.flat_map(|boxes| (0..=depth).map(move |at| layer(boxes, at))).max();
        let (depth, widest) = (depth as i32, widest.unwrap_or(1) as i32 - 1);
        let free = (self.room.0 - 2 - tight.bounds.w, self.room.1 - tight.bounds.h);
        let share = |free: i32, gaps: i32, most: i32| (free / gaps.max(1)).clamp(0, most);
        let mut air = match input.flow {
            Flow::Right => (share(free.0, depth, AIR.0), share(free.1, widest, AIR.1)),
            Flow::Down => (share(free.1, depth, AIR.1), share(free.0, widest, AIR.0)),
        };
        while air != (0, 0) {
            let chart = self.lay_out(&Input { air, ..input });
            if self.seen(&chart) >= 1.0 {
                return chart;
            }
            air = (air.0 / 2, air.1 / 2);
        }
        tight
    }
}
