//! The map on slides of 16:9, in letters that the back row reads.

use super::super::svg::{Frame, Svg, Words};
use super::legend::under;
use super::{FONT, NOTE, Page, Space, about, page, pages, told};
use crate::domain::{Dossier, Tree};
use crate::export::minutes::title;
use crate::layout::colours;

/// A slide in points, as office programs make them: 13⅓ by 7½ inches.
pub const SLIDE: (f32, f32) = (960.0, 540.0);
/// No letter on a slide is smaller, in points.
pub const LEAST: f32 = 12.0;
/// Letters on it grow no larger.
const MOST: f32 = 18.0;
const MARGIN: f32 = 22.0;
/// What the title takes, and what the legend takes.
const TITLE: f32 = 40.0;
const FOOT: f32 = 26.0;
/// What stays free at the lower edge.
const LOWEST: f32 = 9.0;

/// A slide with what those hear who do not see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// As large as [`SLIDE`].
    pub shapes: Svg,
    /// Its heading and the branches on it.
    pub words: String,
}

/// What is left for the map.
const ROOM: (f32, f32) = (SLIDE.0 - 2.0 * MARGIN, SLIDE.1 - MARGIN - TITLE - FOOT);

/// Nothing is folded away as long as another slide has room for it: there is no list behind them.
const SPACE: Space = Space { room: ROOM, letters: (LEAST, MOST), folded: 0 };

/// The map on as many slides as it needs.
pub fn slides(dossier: &Dossier) -> Vec<Slide> {
    let tree = Tree::new(dossier);
    let pages = pages(dossier, &tree, &SPACE);
    let count = pages.len();
    pages.iter().enumerate().map(|(i, page)| slide(dossier, &tree, page, (i, count))).collect()
}

/// The map on one slide: what has no room on it is counted where it hangs.
pub fn overview(dossier: &Dossier) -> Slide {
    let tree = Tree::new(dossier);
    slide(dossier, &tree, &page(dossier, &tree, &SPACE), (0, 1))
}

fn slide(dossier: &Dossier, tree: &Tree, page: &Page, (i, count): (usize, usize)) -> Slide {
    let room = ROOM;
    let mut svg = Svg::new();
    let whole = Frame { x: 0.0, y: 0.0, w: SLIDE.0, h: SLIDE.1 };
    svg.rect(whole, 0.0, Some(0xffffff), None);
    let which = if count > 1 { format!("（{count}枚のうち{}枚め）", i + 1) } else { String::new() };
    let about = about(dossier);
    let quiet = Words::new(LEAST, colours::QUIET);
    let side = quiet.width(&about).max(quiet.width(NOTE)) + MARGIN;
    let large = Words::new(20.0, colours::TEXT).bold();
    let room_of_head = room.0 - side;
    let head = format!("{}{which}", large.cut(&title(dossier), room_of_head - large.width(&which)));
    svg.text(MARGIN, MARGIN + 12.0, large, &head);
    svg.text_until(SLIDE.0 - MARGIN, MARGIN + 2.0, quiet, &about);
    svg.text_until(SLIDE.0 - MARGIN, MARGIN + 17.0, quiet, NOTE);
    let unit = page.letter / FONT;
    let (w, h) = (page.picture.w * unit, page.picture.h * unit);
    let (x, y) = (MARGIN + (room.0 - w) / 2.0, TITLE + (room.1 - h) / 2.0);
    svg.put(&page.picture.shapes, x, y, unit);
    let scale = LEAST / FONT;
    let under = under(page, None, room.0 / scale);
    // Of two rows one stands higher: the map leaves the room for it.
    svg.put(&under.shapes, MARGIN, (SLIDE.1 - FOOT).min(SLIDE.1 - LOWEST - under.h * scale), scale);
    Slide { shapes: svg, words: format!("{head}。{}", told(dossier, tree, page)) }
}

#[cfg(test)]
mod tests {
    use roxmltree::Node;

    use super::*;
    use crate::export::sample;
    use crate::export::svg::Place;
    use crate::layout::sample::Map;

    /// How much larger things are drawn within, as all that is around them says.
    fn scale(node: Node<'_, '_>) -> f32 {
        let own = |node: Node<'_, '_>| -> f32 {
            let moved = node.attribute("transform").unwrap_or_default();
            let scale = moved.split("scale(").nth(1).and_then(|rest| rest.split([' ', ')']).next());
            scale.map_or(1.0, |scale| scale.parse().unwrap())
        };
        node.ancestors().map(own).product()
    }

    #[test]
    fn 見えない人には紙の絵と同じことばでスライドを言う() {
        let dossier = sample::case_a().unwrap();
        let tree = Tree::new(&dossier);
        for slide in slides(&dossier) {
            assert!(slide.words.contains("マップの絵。真ん中は独居"), "{}", slide.words);
        }
        let paper = super::super::sheets(&dossier, &tree, "表");
        let branches =
            |words: &str| words.split("大枝は").nth(1).unwrap().split('。').next().unwrap().to_owned();
        assert_eq!(paper.len(), 1);
        assert_eq!(branches(&overview(&dossier).words), branches(&paper[0].words));
    }

    #[test]
    fn どのスライドの文字も十二ポイント以上ある() {
        let twigs = |count: usize| -> String {
            let twig =
                |i: usize| format!("  {}秋の田の水を見に行く人がいない{i}\n", ["", "!", "?", "*"][i % 4]);
            let branch = |at: usize| (0..count / 3).map(move |i| twig(at * count + i)).collect::<String>();
            ["本人", "畑", "集落"]
                .iter()
                .enumerate()
                .map(|(at, title)| format!("{title}\n{}", branch(at)))
                .collect()
        };
        let meetings = [3, 60, 300].map(|count| Map::new(&twigs(count)).dossier);
        for dossier in meetings.into_iter().chain([sample::case_a().unwrap()]) {
            for slide in slides(&dossier).into_iter().chain([overview(&dossier)]) {
                let svg = slide.shapes.picture(SLIDE.0, SLIDE.1, "", Place::File);
                let svg = roxmltree::Document::parse(&svg).unwrap();
                for text in svg.descendants().filter(|node| node.has_tag_name("text")) {
                    let size: f32 = text.attribute("font-size").unwrap().parse().unwrap();
                    let size = size * scale(text);
                    assert!(size >= LEAST - 0.01, "{size} pt: {:?}", text.text());
                }
            }
        }
    }
}
