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
        Tree::from_str(part, &options).map_err(|_| ExportError::Picture)
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
    pack(dots, size).map_err(|_| ExportError::Picture)
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

#[cfg(test)]
mod tests {
    use super::super::svg::{Svg, Words};
    use super::*;

    /// Where each sign of a picture begins; none for a sign that no font has.
    fn signs(of: &usvg::Group) -> Vec<Option<f32>> {
        let of = of.children().iter();
        of.flat_map(|node| match node {
            usvg::Node::Group(group) => signs(group),
            usvg::Node::Text(text) => {
                let all = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                all.map(|glyph| (glyph.id.0 > 0).then(|| glyph.outline_transform().tx)).collect()
            }
            _ => Vec::new(),
        })
        .collect()
    }

    #[test]
    fn 絵文字の混じった行もどの字も描かれて測った所に並ぶ() {
        for text in [
            "赤い❤️と⛩️の絵と🏥",
            "家族👨‍👩‍👧と住む",
            "鍵1️⃣番と☎️",
            "車椅子👩‍🦽の人",
            "虹🏳️‍🌈と旗🇯🇵",
            "いいね👍🏽と𠮷野",
            "☀️☁️☔に💊",
            "ｶﾞｷﾞとﾊﾟと",
            "ｶﾞｷﾞか\u{309a}と",
            "か\u{309a}と😊とe\u{301}と葛\u{e0100}城",
            "A\u{200d}B\u{200c}C\u{feff}Dと✨",
        ] {
            let (mut svg, words) = (Svg::new(), Words::new(20.0, 0));
            svg.text(0.0, 20.0, words, text);
            svg.text(0.0, 40.0, words, "終");
            let trees = read(&svg.drawing(999.0, 60.0).svg).unwrap();
            let starts: Option<Vec<f32>> = signs(trees[0].root()).into_iter().collect();
            let starts = starts.unwrap_or_else(|| panic!("{text}"));
            let drawn = font::drawable(text).0;
            let mut measured: Vec<f32> =
                drawn.char_indices().map(|(at, _)| words.width(&drawn[..at])).collect();
            measured.push(0.0);
            // A mark stands somewhere on its letter.
            let marks: Vec<usize> =
                drawn.chars().enumerate().filter(|(_, c)| *c == '\u{309a}').map(|(i, _)| i).collect();
            let letters = |all: Vec<f32>| -> Vec<f32> {
                let all = all.into_iter().enumerate();
                all.filter(|(i, _)| !marks.contains(i)).map(|(_, x)| x).collect()
            };
            let (starts, measured) = (letters(starts), letters(measured));
            let near = |(a, b): (&f32, &f32)| (a - b).abs() < 1.0;
            assert!(
                starts.len() == measured.len() && starts.iter().zip(&measured).all(near),
                "{text}: {starts:?} {measured:?}"
            );
        }
    }
}
