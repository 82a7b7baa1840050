//! The map as a picture: every branch laid out as on the screen, in as many columns as fit the shape wanted, with curves
//! from the centre.

mod arrange;
mod chart;
mod draw;
mod figure;
mod legend;
mod sheet;
mod sheets;
mod slides;
mod wall;

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use super::svg::Svg;
use crate::domain::{Dossier, Tree};
use crate::layout::shape::What;
use crate::layout::spots::Spots;

pub use chart::chart;
pub use figure::{Bar, bars, heat};
pub use legend::{chart_signs, folded, legend};
pub use sheet::{NOTE, about, case, sheet};
pub use sheets::{PAGE, READABLE, heading, leaves, sheets, told};
pub use slides::{SLIDE, Slide, overview, slides};
pub use wall::{Page, Space, page, pages};

/// The size of the words on the map, in units of the picture.
pub const FONT: f32 = 15.0;
/// A cell of the layout is half of that wide.
const CELL: f32 = FONT / 2.0;
/// A row of it is so high, with the air between two boxes.
const ROW: f32 = 26.0;
/// Lines of one box stand closer than two boxes.
const LINE: f32 = 18.5;

/// Words that are longer are cut on the picture: what is read from afar is short.
const LONGEST: usize = 200;

/// Shapes and the size they take.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// All of it, with 0, 0 at the upper left.
    pub shapes: Svg,
    /// How wide it is, in units of its own.
    pub w: f32,
    /// How high it is, in the same units.
    pub h: f32,
}

/// All of the map as it fits best into a rectangle of this shape.
pub fn map(dossier: &Dossier, tree: &Tree, shape: (f32, f32)) -> Picture {
    let dossier = shortened(dossier);
    let poster = arrange::arrange(&dossier, tree, shape);
    draw::draw(&dossier, &poster, None)
}

/// All of the map as it fits best into a window of this shape, with a frame around what is selected, and what can be selected.
pub fn poster(dossier: &Dossier, tree: &Tree, shape: (f32, f32), selected: What) -> (Picture, Spots) {
    let dossier = shortened(dossier);
    let poster = arrange::arrange(&dossier, tree, shape);
    (draw::draw(&dossier, &poster, Some(selected)), draw::spots(&poster))
}

fn is_long(text: &str) -> bool {
    text.len() > LONGEST && text.graphemes(true).nth(LONGEST).is_some()
}

/// The same with all words cut that are too long for a map.
fn shortened(dossier: &Dossier) -> Cow<'_, Dossier> {
    let mut shortened = Cow::Borrowed(dossier);
    for node in dossier.nodes.values().filter(|node| is_long(&node.text)) {
        let text: String = node.text.graphemes(true).take(LONGEST - 1).chain(["…"]).collect();
        if let Some(node) = shortened.to_mut().nodes.get_mut(&node.id) {
            node.text = text;
        }
    }
    shortened
}
