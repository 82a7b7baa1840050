//! One sheet with all of it: title, map, legend, and how the issues hang together.

use super::super::svg::{Svg, Words};
use super::{FONT, LINE, Picture, chart, chart_signs, legend, map};
use crate::domain::causes::Causes;
use crate::domain::{Dossier, Tree};
use crate::export::minutes::{self, title};
use crate::export::words;
use crate::layout::colours;
use crate::layout::labels::Issues;
use crate::layout::wrap::{shown, wrap};

/// The shape a map on its own is given: that of a sheet of paper on its side.
const SHAPE: (f32, f32) = (1414.0, 1000.0);
const MARGIN: f32 = 32.0;
/// How all that shows a map is to be treated.
pub const NOTE: &str = "氏名を含まない記録です。個人情報として取り扱ってください";
/// Between two columns of sentences, and how wide one is at least.
const APART: f32 = 30.0;
const COLUMN: f32 = 420.0;
/// However small the map, the title has room.
const NARROWEST: f32 = 860.0;

/// The whole sheet, white, with a margin.
pub fn sheet(dossier: &Dossier) -> Picture {
    let tree = Tree::new(dossier);
    let map = map(dossier, &tree, SHAPE);
    let w = map.w.max(NARROWEST);
    let mut svg = Svg::new();
    let mut y = MARGIN + 26.0;
    svg.text_within(MARGIN, y, Words::new(26.0, colours::TEXT).bold(), &title(dossier), w);
    y += 26.0;
    svg.text_within(MARGIN, y, Words::new(FONT, colours::QUIET), &format!("{}　{NOTE}", about(dossier)), w);
    y += 26.0;
    svg.put(&map.shapes, MARGIN + (w - map.w) / 2.0, y, 1.0);
    y += map.h + 22.0;
    let legend = legend(Issues::Labelled, false);
    svg.put(&legend.shapes, MARGIN, y, (w / legend.w).min(1.0));
    y += legend.h;
    y = chain(&mut svg, dossier, w, y);
    Picture { shapes: svg, w: w + 2.0 * MARGIN, h: y + MARGIN }
}

/// The day and the case's number.
pub fn about(dossier: &Dossier) -> String {
    let date = dossier.meeting.date.map(words::date);
    date.into_iter().chain(case(dossier)).collect::<Vec<_>>().join("　")
}

/// The case by its number; none where it has none.
pub fn case(dossier: &Dossier) -> Option<String> {
    let code = words::clean(&dossier.case.as_ref()?.code);
    (!code.is_empty()).then(|| format!("事例 {code}"))
}

/// The root, the causal chart, and the links in words, below one another; gives where they end.
fn chain(svg: &mut Svg, dossier: &Dossier, w: f32, mut y: f32) -> f32 {
    let causes = Causes::of(dossier);
    let links = minutes::links(dossier);
    if links.is_empty() {
        return y;
    }
    y += 46.0;
    svg.text(MARGIN, y, Words::new(20.0, colours::TEXT).bold(), "課題のつながり（原因 → 結果）");
    if let Some(said) = minutes::root_line(dossier, &causes) {
        let words = Words::new(17.0, colours::ORANGE).bold();
        y += 4.0;
        for line in wrap(&said, (w / words.size * 2.0) as usize) {
            y += 24.0;
            svg.text_within(MARGIN, y, words, shown(line), w);
        }
    }
    y += 18.0;
    if let Some(chart) = chart(dossier, &causes, (w, w / 2.0)) {
        let scale = (w / chart.w).min(1.0);
        svg.put(&chart.shapes, MARGIN, y, scale);
        y += chart.h * scale + 14.0;
        svg.text(MARGIN, y + FONT, Words::new(FONT, colours::QUIET), chart_signs(&causes));
        y += LINE;
    }
    let circles = minutes::circles(dossier, &causes);
    columns(svg, circles.iter().chain(&links).map(String::as_str), w, y)
}

/// Sentences in as many columns as fit.
fn columns<'a>(svg: &mut Svg, sentences: impl Iterator<Item = &'a str>, w: f32, y: f32) -> f32 {
    let columns = ((w + APART) / (COLUMN + APART)).floor().clamp(1.0, 3.0);
    let column = (w - APART * (columns - 1.0)) / columns;
    let cells = ((column - 2.0 * FONT) / FONT * 2.0) as usize;
    let mut lines: Vec<(bool, &str)> = Vec::new();
    for sentence in sentences {
        lines.extend(wrap(sentence, cells).into_iter().enumerate().map(|(i, line)| (i == 0, shown(line))));
    }
    let rows = lines.len().div_ceil(columns as usize).max(1);
    for (i, (first, line)) in lines.into_iter().enumerate() {
        let x = MARGIN + (i / rows) as f32 * (column + APART) + if first { 0.0 } else { 2.0 * FONT };
        let y = y + LINE * ((i % rows) as f32 + 1.0);
        svg.text_within(x, y, Words::new(FONT, colours::TEXT), line, column - 2.0 * FONT);
    }
    y + LINE * rows as f32 + 8.0
}
