//! Which issue leads to which, as lines to be read, the root first.

use super::super::svg::{Svg, Words};
use super::{FONT, LINE, Picture};
use crate::domain::{Dossier, map};
use crate::export::words;
use crate::layout::colours;
use crate::layout::signs::Signs;
use crate::layout::wrap::{shown, wrap};

/// The air between two columns.
const APART: f32 = 30.0;
/// A column is at least so wide.
const NARROWEST: f32 = 420.0;

/// The links between issues in as many columns as fit; nothing where there are none.
pub fn links(dossier: &Dossier, width: f32) -> Option<Picture> {
    let columns = ((width + APART) / (NARROWEST + APART)).floor().clamp(1.0, 3.0);
    let column = (width - APART * (columns - 1.0)) / columns;
    let cells = ((column - 2.0 * FONT) / FONT * 2.0) as usize;
    let mut lines: Vec<(bool, String)> = Vec::new();
    for sentence in sentences(dossier) {
        let wrapped = wrap(&sentence, cells);
        lines.extend(wrapped.iter().enumerate().map(|(i, line)| (i == 0, shown(line).to_owned())));
    }
    if lines.is_empty() {
        return None;
    }
    let mut svg = Svg::new();
    let mut y = 22.0;
    svg.text(0.0, y, Words::new(18.0, colours::TEXT).bold(), "課題のつながり（原因 → 結果）");
    if let Some((root, reach)) = map::root(dossier) {
        y += 28.0;
        let said = format!(
            "{} 根にある課題：{}（ここから {reach}件に届きます）",
            Signs::unicode().root,
            words::entry(root)
        );
        svg.text_within(0.0, y, Words::new(FONT, colours::ORANGE).bold(), &said, width);
    }
    y += 14.0;
    let rows = lines.len().div_ceil(columns as usize);
    for (i, (first, line)) in lines.iter().enumerate() {
        let x = (i / rows) as f32 * (column + APART);
        let y = y + LINE * ((i % rows) as f32 + 1.0);
        let indent = if *first { 0.0 } else { 2.0 * FONT };
        svg.text_within(x + indent, y, Words::new(FONT, colours::TEXT), line, column - indent);
    }
    Some(Picture { shapes: svg, w: width, h: y + LINE * rows as f32 + 8.0 })
}

/// One sentence a link: cause, effect, and why, in the order of the causes' numbers.
pub fn sentences(dossier: &Dossier) -> Vec<String> {
    let mut links: Vec<_> = dossier
        .links
        .values()
        .filter_map(|link| Some((dossier.nodes.get(&link.from)?, dossier.nodes.get(&link.to)?, &link.label)))
        .collect();
    links.sort_by_key(|(from, to, _)| (from.number, to.number));
    let sentence = |(from, to, why): (&crate::domain::Node, &crate::domain::Node, &String)| {
        let why = words::clean(why);
        let why = if why.is_empty() { why } else { format!("（{why}）") };
        format!("{} → {}{why}", words::entry(from), words::entry(to))
    };
    links.into_iter().map(sentence).collect()
}
