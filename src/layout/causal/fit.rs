//! The chart that suits a place: which way it flows, how wide its words are, how much air is in it, and what gives way where
//! not all has room.

use super::{Chart, Flow, Input, Plan, WIDE, Words, interest, lay_out_plan};
use crate::domain::causes::Causes;
use crate::domain::{Dossier, Id, Node};
use crate::layout::shape::PlacedBox;
use crate::layout::signs::Signs;

/// How the issues stand: their frames, the widest their words may be and the most lines of them, and rows taken from between
/// them.
type Style = ((i32, i32), usize, usize, i32);

/// All words, in frames as long as there is room for them; then close together; then words that are cut.
#[rustfmt::skip]
const STYLES: [Style; 20] = [
    ((5, 2), 26, ALL, 0), ((5, 2), 20, ALL, 0), ((2, 1), 36, ALL, 0), ((2, 1), 26, ALL, 0), ((2, 1), 20, ALL, 0),
    ((2, 1), 16, ALL, 0), ((2, 1), 60, ALL, 0),
    ((0, 0), 36, ALL, 0), ((0, 0), 26, ALL, 0), ((0, 0), 20, ALL, 0), ((0, 0), 16, ALL, 0), ((0, 0), 60, ALL, 0),
    ((0, 0), 36, ALL, -1), ((0, 0), 26, ALL, -1), ((0, 0), 60, ALL, -1), ((0, 0), 16, ALL, -1),
    ((0, 0), 36, 2, 0), ((0, 0), 26, 2, 0), ((0, 0), 20, 2, 0), ((0, 0), 12, ALL, 0),
];

/// The widths of words where not all issues have room.
const FOLDED: [usize; 5] = [36, 60, 26, 20, 16];

/// However many lines there are.
const ALL: usize = usize::MAX;

/// Of more issues than this no frames are tried; of more than this only what takes least room.
const SOME: usize = 40;
const MANY: usize = 120;

/// A box with its line takes so many cells at the least.
const LEAST: i32 = 16;

/// The most air between layers and between neighbours, in cells: columns, and rows.
const AIR: (i32, i32) = (20, 3);

/// The chart that suits a place of so many columns and rows: to the right where it is wide, downwards where it is narrow, in
/// frames where there is room for them, with the widest words with which all of it is seen. What room is left then becomes
/// air. Where not all has room, what matters least gives way (`interest`); the last row then is free, to say so.
pub fn fit(
    dossier: &Dossier,
    causes: &Causes,
    signs: &'static Signs,
    room: (i32, i32),
    selected: Option<Id<Node>>,
) -> Chart {
    let (place, plan) = (Place { dossier, causes, signs, room }, Plan::of_all(causes));
    place.whole(&plan).unwrap_or_else(|| {
        let chart = place.folded(&place.flows(), selected);
        let input = place.input(chart.flow, ((0, 0), FOLDED[3], ALL, 0));
        Chart { all: Some(Box::new(lay_out_plan(&input, &plan))), ..chart }
    })
}

/// The same, if all issues have room.
pub fn fit_whole(
    dossier: &Dossier,
    causes: &Causes,
    signs: &'static Signs,
    room: (i32, i32),
) -> Option<Chart> {
    Place { dossier, causes, signs, room }.whole(&Plan::of_all(causes))
}

impl Chart {
    /// The same chart, of which an issue is seen that had no room.
    pub fn unfold(
        &mut self,
        dossier: &Dossier,
        causes: &Causes,
        signs: &'static Signs,
        room: (i32, i32),
        selected: Id<Node>,
    ) {
        let place = Place { dossier, causes, signs, room };
        let chart = place.folded(&[self.flow], Some(selected));
        *self = Chart { all: self.all.take(), ..chart };
    }
}

/// What all charts that are tried have in common.
struct Place<'a> {
    dossier: &'a Dossier,
    causes: &'a Causes,
    signs: &'static Signs,
    room: (i32, i32),
}

impl<'a> Place<'a> {
    fn flows(&self) -> [Flow; 2] {
        if self.room.0 - 2 < WIDE { [Flow::Down, Flow::Right] } else { [Flow::Right, Flow::Down] }
    }

    fn input(&self, flow: Flow, (frame, wrap, most, close): Style) -> Input<'a> {
        let Self { dossier, causes, signs, room, .. } = *self;
        Input { dossier, causes, signs, flow, wrap, most, across: room.0 - 2, frame, air: (0, close) }
    }

    /// The chart of all issues.
    fn whole(&self, plan: &Plan<'_>) -> Option<Chart> {
        let count = self.causes.ids().len();
        let styles = STYLES.iter().filter(|(frame, wrap, most, _)| {
            let tightest = *wrap < 20 && *most == ALL;
            count <= SOME || *frame == (0, 0) && (count <= MANY || tightest)
        });
        let styles: Vec<Style> = styles.copied().collect();
        let tried = |flow: Flow, style: Style| {
            let input = self.input(flow, style);
            // Lines that come down need the rows between.
            let chart = self.seen(plan, &input).filter(|_| flow == Flow::Right || style.3 == 0)?;
            Some(self.aired(plan, input, chart))
        };
        let [first, second] = self.flows();
        let one_way = |flow| styles.iter().find_map(|style| tried(flow, *style));
        let either = |style: &Style| tried(first, *style).or_else(|| tried(second, *style));
        // Where it is narrow, a chart to the right is for what has no room downwards.
        if first == Flow::Down {
            one_way(first).or_else(|| one_way(second))
        } else {
            styles.iter().find_map(either)
        }
    }

    /// The chart of as many issues as have room, those that matter most first.
    fn folded(&self, flows: &[Flow], selected: Option<Id<Node>>) -> Chart {
        let place = Place { room: (self.room.0, self.room.1 - 1), ..*self };
        let (order, last) = interest::order(self.causes, selected);
        let most = order.len().min((self.room.0 * self.room.1 / LEAST).max(1) as usize);
        // Words are cut before what goes last gives way, to a few letters only for that.
        let (any, wide) = (&FOLDED[..], &FOLDED[..3]);
        let tries =
            [(last, (ALL, any)), (last, (2, any)), (last, (1, wide)), (last, (1, any)), (1, (1, any))];
        let mut tries = tries.into_iter().filter(|(least, _)| *least <= most);
        let first = tries.find_map(|(least, words)| {
            let least = least.max(1);
            Some((least, words, place.of_first(&order[..least], flows, words)?))
        });
        let Some((mut least, words, mut best)) = first else { return Chart::default() };
        let mut most = most;
        while least < most {
            let middle = (least + most).div_ceil(2);
            match place.of_first(&order[..middle], flows, words) {
                Some(found) => (least, best) = (middle, found),
                None => most = middle - 1,
            }
        }
        let (plan, input, chart) = best;
        Chart { short: least < last, ..place.aired(&plan, input, chart) }
    }

    /// The chart of these alone, if they have room.
    fn of_first(
        &self,
        kept: &[Id<Node>],
        flows: &[Flow],
        (lines, widths): (usize, &[usize]),
    ) -> Option<(Plan<'a>, Input<'a>, Chart)> {
        let plan = Plan::among(self.causes, kept);
        let (input, chart) = widths.iter().find_map(|wrap| {
            flows.iter().find_map(|flow| {
                let input = self.input(*flow, ((0, 0), *wrap, lines, 0));
                Some((input, self.seen(&plan, &input)?))
            })
        })?;
        Some((plan, input, chart))
    }

    /// The chart, if all of it is seen.
    fn seen(&self, plan: &Plan<'_>, input: &Input<'_>) -> Option<Chart> {
        if !self.may_fit(plan, input) {
            return None;
        }
        Some(lay_out_plan(input, plan)).filter(|chart| self.holds(chart))
    }

    fn holds(&self, chart: &Chart) -> bool {
        chart.bounds.w + 2 <= self.room.0 && chart.bounds.h <= self.room.1
    }

    /// Whether the boxes alone fit.
    fn may_fit(&self, plan: &Plan<'_>, input: &Input<'_>) -> bool {
        plan.groups.iter().all(|group| {
            let words = group.members.iter().filter_map(|id| Words::of(input, plan, *id));
            let sizes: Vec<(i32, i32)> = words.map(|words| (words.w, words.h)).collect();
            let (along, across) = group.graph.least(input.flow, &sizes, input.air.1);
            let (w, h) = if input.flow == Flow::Right { (along, across) } else { (across, along) };
            w + 2 <= self.room.0 && h <= self.room.1
        })
    }

    /// The same chart with as much air as there is room for.
    fn aired(&self, plan: &Plan<'_>, input: Input<'_>, tight: Chart) -> Chart {
        if input.air.1 < 0 {
            return tight;
        }
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
            let chart = lay_out_plan(&Input { air, ..input }, plan);
            if self.holds(&chart) {
                return chart;
            }
            air = (air.0 / 2, air.1 / 2);
        }
        tight
    }
}
