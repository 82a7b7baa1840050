//! What the signs and colours mean, in one row.

use super::super::svg::{Path, Svg, Words};
use super::{CELL, FONT, Page, Picture, draw};
use crate::domain::Kind;
use crate::domain::causes::Causes;
use crate::layout::colours;
use crate::layout::labels::Issues;
use crate::layout::signs::Signs;

/// What the signs and lines of the causal chart mean.
pub fn chart_signs(causes: &Causes) -> &'static str {
    match causes.circles() {
        [] => "しるし：◎ と太い枠は、根にある課題。矢印は原因から結果へ。",
        _ => {
            "しるし：◎ と太い枠は、根にある課題。環は、悪循環の中の課題。矢印は原因から結果へ、点線は悪循環のもとへもどる線。"
        }
    }
}

/// Between what stands in the row.
const APART: f32 = 1.4 * FONT;

/// What the plus on a page means, where something is folded away on it: how many twigs, and where they stand, if they do anywhere.
pub fn folded(page: &Page, list: Option<&str>) -> Option<String> {
    let said = match list {
        Some(list) => format!("＋の数の枝（{}本）は、「{list}」のページにあります。", page.folded),
        None => format!("＋は、ここにない枝の数（全部で{}本）", page.folded),
    };
    (page.folded > 0).then_some(said)
}

/// What stands under a page of the map: the legend and what the plus means, side by side where that is no wider than this.
pub fn under(page: &Page, list: Option<&str>, w: f32) -> Picture {
    let legend = legend(Issues::Numbered, page.dashed);
    let Some(said) = folded(page, list) else { return legend };
    let quiet = Words::new(FONT, colours::QUIET);
    let (mut shapes, wide) = (legend.shapes, quiet.width(&said));
    let beside = legend.w + APART + wide <= w;
    let (x, y) = if beside { (w - wide, 0.0) } else { (0.0, legend.h) };
    shapes.text(x, y + FONT, quiet, &said);
    Picture { shapes, w: legend.w.max(x + wide), h: y + legend.h }
}

/// The legend of the map, with or without the label of issues, and with the lines that are dashed where there are such.
pub fn legend(issues: Issues, dashed: bool) -> Picture {
    let signs = Signs::unicode();
    let quiet = Words::new(FONT, colours::QUIET);
    let mut svg = Svg::new();
    let mut x = 0.0;
    let y = FONT;
    let say = |svg: &mut Svg, words: Words, text: &str, x: &mut f32| {
        svg.text(*x, y, words, text);
        *x += words.width(text);
    };
    say(&mut svg, quiet, "しるし：", &mut x);
    say(&mut svg, Words::new(FONT, colours::ORANGE), "①", &mut x);
    if issues == Issues::Labelled {
        draw::issue_label(&mut svg, x + 4.0, y);
        x += 44.0;
    } else {
        x += 4.0;
    }
    say(&mut svg, quiet, "課題と番号", &mut x);
    for kind in [Kind::Feeling, Kind::Strength, Kind::Unknown, Kind::Idea] {
        x += APART;
        say(&mut svg, draw::sign_words(kind), signs.kind(kind), &mut x);
        x += 4.0;
        say(&mut svg, quiet, kind.label(), &mut x);
    }
    x += APART;
    say(&mut svg, quiet, "しるしのない枝は情報。線の色は大枝ごと。", &mut x);
    if dashed {
        x += APART;
        let line = (y - FONT * 0.36, x + 4.0 * CELL);
        svg.dashes(&Path::from(x, line.0).to(line.1, line.0), colours::QUIET, 1.3);
        x = line.1 + CELL / 2.0;
        say(&mut svg, quiet, "間に、ここにない枝", &mut x);
    }
    Picture { shapes: svg, w: x, h: FONT * 1.4 }
}
