//! The map in dots, as large as a window, for terminals that draw pictures: the picture that is given away, with a frame
//! around what is selected.

use super::svg::Svg;
use super::{ExportError, font, paint, picture};
use crate::domain::{Dossier, Tree};
use crate::layout::shape::{Area, What};
use crate::layout::spots::{Spot, Spots};

/// The air between the picture and the edge of the window, in dots.
const MARGIN: f32 = 8.0;
/// The most dots for a unit of the picture.
const MOST: f32 = 3.0;

/// Red, green, blue and full cover for each dot, row by row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dots {
    /// Dots in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Four bytes a dot.
    pub rgba: Vec<u8>,
    /// What can be selected, and the dots it covers.
    pub spots: Spots,
}

impl Dots {
    /// The same as a PNG.
    ///
    /// # Errors
    /// Where there are more dots than anybody can pack.
    pub fn png(&self) -> Result<Vec<u8>, ExportError> {
        paint::encode(&self.rgba, (self.width, self.height))
    }
}

/// Paints the map as large as it fits into so many dots, in their middle.
///
/// # Errors
/// Where there are no dots, or too many.
pub fn dots(dossier: &Dossier, selected: What, (width, height): (u32, u32)) -> Result<Dots, ExportError> {
    let room = (width as f32 - 2.0 * MARGIN, height as f32 - 2.0 * MARGIN);
    if room.0 <= 0.0 || room.1 <= 0.0 {
        return Err(ExportError::TooLarge);
    }
    let (map, mut spots) = font::on_paper(|| picture::poster(dossier, &Tree::new(dossier), room, selected));
    // A map of few words is not blown up beyond what is read from afar.
    let density = (room.0 / map.w).min(room.1 / map.h).min(MOST);
    let (w, h) = (width as f32 / density, height as f32 / density);
    let mut sheet = Svg::new();
    let (left, top) = ((w - map.w) / 2.0, (h - map.h) / 2.0);
    sheet.put(&map.shapes, left, top, 1.0);
    let rgba = paint::dots(&sheet.drawing(w, h), (width, height), density)?;
    let dot = |units: i32, from: f32| ((units as f32 + from) * density).round() as i32;
    for Spot { area, .. } in &mut spots.0 {
        let (x, y) = (dot(area.x, left), dot(area.y, top));
        *area = Area { x, y, w: dot(area.right(), left) - x, h: dot(area.bottom(), top) - y };
    }
    Ok(Dots { width, height, rgba, spots })
}
