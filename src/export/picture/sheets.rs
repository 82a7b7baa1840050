//! The map on pages of A4 with a legend under it, for what is read in the hand: each page has a heading, and words for those who
//! cannot see it.

use super::super::svg::Svg;
use super::legend::under;
use super::{FONT, Page, Picture, Space, legend, pages};
use crate::domain::{Dossier, Tree};
use crate::export::words;
use crate::layout::labels::Issues;
use crate::layout::map::centre;

/// What a page of A4 on its side has room for, between its margins and under a heading, in points.
pub const PAGE: (f32, f32) = (765.0, 450.0);
/// No word on a page is smaller, in points: what smaller print is, nobody of sixty reads.
pub const READABLE: f32 = 8.0;
/// Nor is it larger, where there are few.
const LARGEST: f32 = 12.0;
/// A page may fold away so many of a hundred twigs before another is taken: all of them follow in words.
const FOLDED: usize = 40;
/// Between the map and the legend under it, in units of the picture.
const GAP: f32 = 14.0;

/// A part of the map, with the legend under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What is drawn.
    pub picture: Picture,
    /// So many points is a unit of it wide.
    pub scale: f32,
    /// What stands over it.
    pub heading: String,
    /// What those read who cannot see it.
    pub words: String,
}

/// The pages of the map in so much room, in points; none where nothing was said. Letters are [`READABLE`] at least.
pub fn leaves(dossier: &Dossier, tree: &Tree, room: (f32, f32), largest: f32) -> Vec<Page> {
    if dossier.nodes.is_empty() {
        return Vec::new();
    }
    pages(dossier, tree, &Space { room, letters: (READABLE, largest), folded: FOLDED })
}

/// The same for A4, each with its legend; `list` is where all twigs stand in words.
pub fn sheets(dossier: &Dossier, tree: &Tree, list: &str) -> Vec<Sheet> {
    let legend = legend(Issues::Numbered, false);
    let room = (PAGE.0, PAGE.1 - (GAP + legend.h) * LARGEST / FONT);
    let pages = leaves(dossier, tree, room, LARGEST);
    let count = pages.len();
    let sheet = |(i, page): (usize, Page)| {
        let scale = page.letter / FONT;
        let legend = under(&page, Some(list), PAGE.0 / scale);
        // The legend may be wider than few words; it is never drawn so small that it cannot be read.
        let fits = (PAGE.0 / scale / legend.w).min(1.0);
        let w = page.picture.w.max(legend.w * fits);
        let mut shapes = Svg::new();
        shapes.put(&page.picture.shapes, (w - page.picture.w) / 2.0, 0.0, 1.0);
        shapes.put(&legend.shapes, 0.0, page.picture.h + GAP, fits);
        let picture = Picture { shapes, w, h: page.picture.h + GAP + legend.h };
        let heading = heading(dossier, &page, (i, count));
        let words = format!("{}ことばはすべて「{list}」にあります。", told(dossier, tree, &page));
        Sheet { picture, scale, heading, words }
    };
    pages.into_iter().enumerate().map(sheet).collect()
}

/// マップ, and on several pages which of them with what.
pub fn heading(dossier: &Dossier, page: &Page, (i, count): (usize, usize)) -> String {
    if count == 1 {
        return "マップ".to_owned();
    }
    let titles: Vec<String> = page.branches.iter().map(|branch| title(dossier, *branch)).collect();
    format!("マップ（{count}枚のうち{}枚め：{}）", i + 1, titles.join("・"))
}

/// What the picture shows, for those who hear it.
pub fn told(dossier: &Dossier, tree: &Tree, page: &Page) -> String {
    let branch = |branch: &usize| format!("{}（枝{}本）", title(dossier, *branch), tree.count(*branch));
    let branches: Vec<String> = page.branches.iter().map(branch).collect();
    let away = if page.folded > 0 {
        format!("そのうち{}本は絵になく、数だけです。", page.folded)
    } else {
        String::new()
    };
    format!("マップの絵。真ん中は{}。大枝は{}。{away}", centre(dossier).join("・"), branches.join("、"))
}

fn title(dossier: &Dossier, branch: usize) -> String {
    dossier.meeting.branches.get(branch).map(|b| words::clean(&b.title)).unwrap_or_default()
}
