//! One sheet with all of it: title, map, legend, and how the issues hang together.

use std::collections::BTreeSet;

use super::super::svg::{Svg, Words};
use super::{FONT, Picture, legend, links, map};
use crate::domain::{Dossier, Tree};
use crate::export::minutes::title;
use crate::export::words;
use crate::layout::colours;

/// The shape a map on its own is given: that of a sheet of paper on its side.
const SHAPE: (f32, f32) = (1414.0, 1000.0);
const MARGIN: f32 = 32.0;
/// How all that shows a map is to be treated.
pub const NOTE: &str = "氏名を含まない記録です。個人情報として取り扱ってください";
/// However small the map, the title has room.
const NARROWEST: f32 = 860.0;

/// The whole sheet, white, with a margin.
pub fn sheet(dossier: &Dossier) -> Picture {
    let tree = Tree::new(dossier);
    let map = map(dossier, &tree, SHAPE, &BTreeSet::new());
    let w = map.w.max(NARROWEST);
    let mut svg = Svg::new();
    let mut y = MARGIN + 26.0;
    svg.text_within(MARGIN, y, Words::new(26.0, colours::TEXT).bold(), &title(dossier), w);
    y += 26.0;
    svg.text_within(MARGIN, y, Words::new(FONT, colours::QUIET), &format!("{}　{NOTE}", about(dossier)), w);
    y += 26.0;
    svg.put(&map.shapes, MARGIN + (w - map.w) / 2.0, y, 1.0);
    y += map.h + 22.0;
    let legend = legend();
    svg.put(&legend.shapes, MARGIN, y, (w / legend.w).min(1.0));
    y += legend.h;
    if let Some(links) = links(dossier, w) {
        y += 22.0;
        svg.put(&links.shapes, MARGIN, y, 1.0);
        y += links.h;
    }
    Picture { shapes: svg, w: w + 2.0 * MARGIN, h: y + MARGIN }
}

/// The day and the case's number.
pub fn about(dossier: &Dossier) -> String {
    let date = dossier.meeting.date.map(words::date);
    let case = dossier.case.as_ref().map(|case| words::clean(&case.code)).filter(|code| !code.is_empty());
    let case = case.map(|code| format!("事例 {code}"));
    date.into_iter().chain(case).collect::<Vec<_>>().join("　")
}
