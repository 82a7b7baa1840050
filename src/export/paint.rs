//! Paints an SVG of ours: dots for PNG, pages for PDF. Both see the same trees, with the font that comes with the program.
//!
//! Reading text is most of the work: a picture is read in parts side by side, and its dots are painted in bands.

mod dots;
mod pages;

use rayon::prelude::*;
use tiny_skia::Pixmap;
use usvg::{Options, Tree};

use super::svg::{self, Drawing};
use super::{ExportError, Rendered, font};

#[cfg(test)]
pub use pages::for_readers;
pub use pages::pdf;

/// Dots for a unit of the picture: twice what words of ordinary size have on a screen.
const DENSITY: f32 = 1.6;
/// More dots than that are too many for the programs people have.
const MOST: f32 = 7e6;
/// Bytes of SVG in a part: a hundred short texts.
const PART: usize = 16_000;

/// The parts of a picture, to be painted over one another in this order; each has the picture's size.
fn read(picture: &str) -> Result<Vec<Tree>, ExportError> {
    let tree = |part: &String| {
        let options = Options { fontdb: font::DATABASE.clone(), ..Options::default() };
        Tree::from_str(part, &options).map_err(|error| ExportError::Picture(error.to_string()))
    };
    svg::parts(picture, PART).par_iter().map(tree).collect()
}

/// The picture in dots, on white.
pub fn png(drawing: Drawing) -> Result<Rendered, ExportError> {
    dense(drawing, DENSITY)
}

/// A slide in dots: twice its points, as many as a projector shows.
pub fn slide(drawing: Drawing) -> Result<Rendered, ExportError> {
    dense(drawing, 2.0)
}

fn dense(Drawing { svg, missing }: Drawing, density: f32) -> Result<Rendered, ExportError> {
    let trees = read(&svg)?;
    let size = trees.first().ok_or(ExportError::TooLarge)?.size();
    let density = density.min((MOST / (size.width() * size.height())).sqrt());
    let (w, h) = ((size.width() * density).ceil() as u32, (size.height() * density).ceil() as u32);
    let mut dots = Pixmap::new(w.max(1), h.max(1)).ok_or(ExportError::TooLarge)?;
    dots::paint(&trees, &mut dots, density);
    let bytes = encode(dots.data(), (dots.width(), dots.height()))?;
    Ok(Rendered { bytes, missing })
}

/// A picture in so many dots, on white, each `density` to a unit: red, green, blue and cover.
pub fn dots(Drawing { svg, .. }: &Drawing, (w, h): (u32, u32), density: f32) -> Result<Vec<u8>, ExportError> {
    let trees = read(svg)?;
    let mut dots = Pixmap::new(w, h).ok_or(ExportError::TooLarge)?;
    dots::paint(&trees, &mut dots, density);
    Ok(dots.take())
}

/// Everything stands on white, so nothing shines through and the dots can be taken as they are.
pub fn encode(dots: &[u8], size: (u32, u32)) -> Result<Vec<u8>, ExportError> {
    pack(dots, size).map_err(|error| ExportError::Picture(error.to_string()))
}

fn pack(dots: &[u8], (w, h): (u32, u32)) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, w, h);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fastest);
    encoder.set_filter(png::Filter::Up);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(dots)?;
    writer.finish()?;
    Ok(out)
}
