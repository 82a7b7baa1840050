//! A picture in dots. A sign looks the same wherever it stands, so each is made once and then only laid down: a map of
//! some hundred words has thousands of signs, and few hundred different ones.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use tiny_skia::{Color, FillRule, Mask, Paint as Ink, Path, PathBuilder, Pixmap, PixmapMut, Transform};
use ttf_parser::{GlyphId, OutlineBuilder};
use usvg::{Group, Node, Paint, Text, Tree};

use crate::export::font;

/// Rows of dots in a band; bands are painted side by side.
const BAND: u32 = 512;

/// A sign as it is made: which, its size and slant in bits of `f32`, and whether it begins half a dot later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Sign {
    glyph: u16,
    shape: [u32; 4],
    half: bool,
}

/// Where a sign is laid down: its origin in whole dots.
struct Place {
    sign: Sign,
    x: i32,
    y: i32,
}

/// How much of each dot a sign covers, and where its first dot lies beside the origin.
struct Stamp {
    cover: Mask,
    left: i32,
    top: i32,
}

type Stamps = HashMap<Sign, Stamp>;

/// Paints trees over one another, each dot being `density` to a unit.
pub fn paint(trees: &[Tree], dots: &mut Pixmap, density: f32) {
    let scale = Transform::from_scale(density, density);
    let stamps = stamps(trees, scale);
    let row = dots.width() * 4;
    dots.data_mut().par_chunks_mut((row * BAND) as usize).enumerate().for_each(|(i, band)| {
        let rows = band.len() as u32 / row;
        let Some(mut band) = PixmapMut::from_bytes(band, row / 4, rows) else { return };
        band.fill(Color::WHITE);
        let place = scale.post_translate(0.0, -((i as u32 * BAND) as f32));
        for tree in trees {
            group(tree.root(), place, &mut band, &stamps);
        }
    });
}

/// Everything in a group, in its order.
fn group(of: &Group, place: Transform, band: &mut PixmapMut<'_>, stamps: &Stamps) {
    for node in of.children() {
        match node {
            Node::Group(inner) => group(inner, place.pre_concat(inner.transform()), band, stamps),
            Node::Text(text) if is_plain(text) => lay_down(text, place, band, stamps),
            Node::Text(text) => group(text.flattened(), place, band, stamps),
            Node::Path(path) => shape(path, place, band),
            // None of our pictures has pictures in it.
            Node::Image(_) => {}
        }
    }
}

/// A shape of ours: plain colours, first what it is filled with, then its line.
fn shape(path: &usvg::Path, place: Transform, band: &mut PixmapMut<'_>) {
    let plain = |paint: &Paint| match paint {
        Paint::Color(c) => {
            let mut plain = Ink::default();
            plain.set_color_rgba8(c.red, c.green, c.blue, u8::MAX);
            Some(plain)
        }
        _ => None,
    };
    let flat = path.data().bounds().width() == 0.0 || path.data().bounds().height() == 0.0;
    if let Some(ink) = path.fill().filter(|_| !flat).and_then(|fill| plain(fill.paint())) {
        band.fill_path(path.data(), &ink, FillRule::Winding, place, None);
    }
    if let Some((stroke, ink)) = path.stroke().and_then(|stroke| Some((stroke, plain(stroke.paint())?))) {
        band.stroke_path(path.data(), &ink, &stroke.to_tiny_skia(), place, None);
    }
}

/// Whether a text is nothing but signs of the font in one colour.
fn is_plain(text: &Text) -> bool {
    text.layouted().iter().all(|span| {
        let lines = [&span.underline, &span.overline, &span.line_through];
        let colour = span.fill.as_ref().is_some_and(|fill| matches!(fill.paint(), Paint::Color(_)));
        let own = span.positioned_glyphs.iter().all(|glyph| font::is_own(glyph.font));
        span.visible && colour && own && span.stroke.is_none() && lines.into_iter().all(Option::is_none)
    })
}

/// The signs of a text and where they stand. Baselines lie on whole dots, as letters on a screen do.
fn places(text: &Text, place: Transform) -> impl Iterator<Item = (Place, [u8; 3])> + '_ {
    text.layouted().iter().flat_map(move |span| {
        let ink = match span.fill.as_ref().map(usvg::Fill::paint) {
            Some(Paint::Color(c)) => [c.red, c.green, c.blue],
            _ => [0; 3],
        };
        span.positioned_glyphs.iter().map(move |glyph| {
            let t = place.pre_concat(glyph.outline_transform());
            let halves = (t.tx * 2.0).round() as i32;
            let shape = [t.sx, t.kx, t.ky, t.sy].map(f32::to_bits);
            let sign = Sign { glyph: glyph.id.0, shape, half: halves.rem_euclid(2) == 1 };
            (Place { sign, x: halves.div_euclid(2), y: t.ty.round() as i32 }, ink)
        })
    })
}

/// Every different sign of the trees, made.
fn stamps(trees: &[Tree], place: Transform) -> Stamps {
    fn collect(of: &Group, place: Transform, signs: &mut HashSet<Sign>) {
        for node in of.children() {
            match node {
                Node::Group(inner) => collect(inner, place.pre_concat(inner.transform()), signs),
                Node::Text(text) if is_plain(text) => {
                    signs.extend(places(text, place).map(|(place, _)| place.sign));
                }
                _ => {}
            }
        }
    }
    let mut signs = HashSet::new();
    trees.iter().for_each(|tree| collect(tree.root(), place, &mut signs));
    signs.into_par_iter().filter_map(|sign| Some((sign, stamp(sign)?))).collect()
}

/// Makes a sign; none for a space.
fn stamp(sign: Sign) -> Option<Stamp> {
    let mut outline = Outline(PathBuilder::new());
    font::face()?.outline_glyph(GlyphId(sign.glyph), &mut outline)?;
    let [sx, kx, ky, sy] = sign.shape.map(f32::from_bits);
    let half = if sign.half { 0.5 } else { 0.0 };
    let path: Path = outline.0.finish()?.transform(Transform { sx, kx, ky, sy, tx: half, ty: 0.0 })?;
    let area = path.bounds();
    let (left, top) = (area.left().floor() as i32, area.top().floor() as i32);
    let (w, h) = (area.right().ceil() as i32 - left, area.bottom().ceil() as i32 - top);
    let mut cover = Mask::new(u32::try_from(w).ok()?, u32::try_from(h).ok()?)?;
    cover.fill_path(&path, FillRule::Winding, true, Transform::from_translate(-left as f32, -top as f32));
    Some(Stamp { cover, left, top })
}

/// Lays the signs of a text down, as far as they lie in the band.
fn lay_down(text: &Text, place: Transform, band: &mut PixmapMut<'_>, stamps: &Stamps) {
    let (width, height) = (band.width() as i32, band.height() as i32);
    let dots = band.data_mut();
    for (place, ink) in places(text, place) {
        let Some(stamp) = stamps.get(&place.sign) else { continue };
        let (left, top) = (place.x + stamp.left, place.y + stamp.top);
        let (w, h) = (stamp.cover.width() as i32, stamp.cover.height() as i32);
        for y in top.max(0)..(top + h).min(height) {
            let cover = &stamp.cover.data()[((y - top) * w) as usize..][..w as usize];
            for x in left.max(0)..(left + w).min(width) {
                let part = u32::from(cover[(x - left) as usize]);
                let dot = &mut dots[((y * width + x) * 4) as usize..][..3];
                for (dot, ink) in dot.iter_mut().zip(ink) {
                    // Everything stands on opaque white.
                    *dot = ((u32::from(ink) * part + u32::from(*dot) * (255 - part) + 127) / 255) as u8;
                }
            }
        }
    }
}

/// An outline of the font on its way to a path.
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
