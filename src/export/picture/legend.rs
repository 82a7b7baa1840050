//! What the signs and colours mean, in one row.

use super::super::svg::{Svg, Words};
use super::{FONT, Picture, draw};
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

/// The legend of the map, with or without the label of issues.
pub fn legend(issues: Issues) -> Picture {
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
        x += 1.4 * FONT;
        say(&mut svg, draw::sign_words(kind), signs.kind(kind), &mut x);
        x += 4.0;
        say(&mut svg, quiet, kind.label(), &mut x);
    }
    x += 1.4 * FONT;
    say(&mut svg, quiet, "しるしのない枝は情報。線の色は大枝ごと。", &mut x);
    Picture { shapes: svg, w: x, h: FONT * 1.4 }
}
