//! Paints an SVG of ours: dots for PNG, pages for PDF. Both see the same tree, with the font that comes with the program.

use krilla::Document;
use krilla::geom::Size;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla_svg::{SurfaceExt, SvgSettings};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use usvg::{Options, Tree};

use super::{ExportError, font};

/// Dots for a unit of the picture: twice what words of ordinary size have on a screen.
const DENSITY: f32 = 1.6;
/// More dots than that are too many for the programs people have.
const MOST: f32 = 9e6;

fn tree(svg: &str) -> Result<Tree, ExportError> {
    let options = Options { fontdb: font::DATABASE.clone(), ..Options::default() };
    Tree::from_str(&font::drawable(svg).0, &options).map_err(|error| ExportError::Picture(error.to_string()))
}

/// The picture in dots, on white.
pub fn png(svg: &str) -> Result<Vec<u8>, ExportError> {
    let tree = tree(svg)?;
    let size = tree.size();
    let density = DENSITY.min((MOST / (size.width() * size.height())).sqrt());
    let (w, h) = ((size.width() * density).ceil() as u32, (size.height() * density).ceil() as u32);
    let mut dots = Pixmap::new(w.max(1), h.max(1)).ok_or(ExportError::TooLarge)?;
    dots.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(density, density), &mut dots.as_mut());
    encode(&dots).map_err(|error| ExportError::Picture(error.to_string()))
}

/// Everything stands on white, so nothing shines through and the dots can be taken as they are.
fn encode(dots: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, dots.width(), dots.height());
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fastest);
    encoder.set_filter(png::Filter::Up);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(dots.data())?;
    writer.finish()?;
    Ok(out)
}

/// The pictures as pages, each as large as its picture, a unit being a point.
pub fn pdf(pages: &[String], title: &str) -> Result<Vec<u8>, ExportError> {
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()).language("ja".to_owned()));
    for svg in pages {
        let tree = tree(svg)?;
        let (w, h) = (tree.size().width(), tree.size().height());
        let settings = PageSettings::from_wh(w, h).ok_or(ExportError::TooLarge)?;
        let size = Size::from_wh(w, h).ok_or(ExportError::TooLarge)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.draw_svg(&tree, size, SvgSettings::default());
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| ExportError::Picture(format!("{error:?}")))
}
