//! Writes SVG: short numbers, escaped text, nothing that XML forbids. What stands in a picture is for others to know.

use std::collections::BTreeSet;
use std::fmt::Write;

use unicode_segmentation::UnicodeSegmentation;

use super::font;
use crate::domain::text::visible;

/// A colour as `0xrrggbb`.
pub type Ink = u32;

/// A rectangle in units of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Frame {
    /// Of the left edge.
    pub x: f32,
    /// Of the upper edge; it grows downwards.
    pub y: f32,
    /// How wide it is.
    pub w: f32,
    /// How high it is.
    pub h: f32,
}

impl Frame {
    /// The x of the right edge.
    pub fn right(self) -> f32 {
        self.x + self.w
    }

    /// The y of the lower edge.
    pub fn bottom(self) -> f32 {
        self.y + self.h
    }

    /// The y halfway between the upper and the lower edge.
    pub fn middle(self) -> f32 {
        self.y + self.h / 2.0
    }

    /// The smallest frame around both.
    pub fn around(self, other: Frame) -> Frame {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Frame { x, y, w: self.right().max(other.right()) - x, h: self.bottom().max(other.bottom()) - y }
    }
}

/// How words look.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    /// The height of a full-width letter, in units of the picture.
    pub size: f32,
    /// Their colour.
    pub ink: Ink,
    /// Drawn with an outline: the font comes in one weight.
    pub bold: bool,
}

impl Words {
    /// Words of the usual weight.
    pub fn new(size: f32, ink: Ink) -> Self {
        Self { size, ink, bold: false }
    }

    /// The same, heavier.
    pub fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    /// As much of a text as has room, with a sign where it was cut.
    pub fn cut(self, text: &str, room: f32) -> String {
        if self.width(text) <= room {
            return text.to_owned();
        }
        let mut cut = String::new();
        for grapheme in text.graphemes(true) {
            if self.width(&cut) + self.width(grapheme) + self.size > room {
                break;
            }
            cut.push_str(grapheme);
        }
        cut + "…"
    }

    /// How wide a text is in the font the pictures are drawn with.
    pub fn width(self, text: &str) -> f32 {
        font::cells(text) as f32 * self.size / 2.0
    }
}

/// Shapes one after the other, to be put into a picture or a page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Svg {
    /// The shapes without their words.
    out: String,
    /// The words as they were typed, each with its place among the shapes: whose letters will draw them is not known yet.
    words: Vec<(usize, String)>,
}

/// A picture for the font that comes with the program.
#[derive(Debug, Clone, PartialEq)]
pub struct Drawing {
    /// Nothing in it that the font lacks.
    pub svg: String,
    /// What the font lacks of the words.
    pub missing: BTreeSet<String>,
}

/// Where a finished picture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a file of its own.
    File,
    /// In a page of HTML, where it needs no declaration and no size.
    Page,
}

impl Svg {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A rectangle with round corners, filled, with a line around it where there is one.
    pub fn rect(&mut self, frame: Frame, radius: f32, fill: Option<Ink>, line: Option<(Ink, f32)>) {
        self.out.push_str("<rect");
        for (name, value) in [("x", frame.x), ("y", frame.y), ("width", frame.w), ("height", frame.h)] {
            self.number(name, value);
        }
        if radius > 0.0 {
            self.number("rx", radius);
        }
        match fill {
            Some(ink) => self.ink("fill", ink),
            None => self.out.push_str(" fill=\"none\""),
        }
        if let Some((ink, width)) = line {
            self.ink("stroke", ink);
            self.number("stroke-width", width);
        }
        self.out.push_str("/>\n");
    }

    /// A line along a path, round at its ends.
    pub fn line(&mut self, path: &Path, ink: Ink, width: f32) {
        self.along(path, ink, width, "stroke-linecap=\"round\"");
    }

    /// Dashes along a path, which end square.
    pub fn dashes(&mut self, path: &Path, ink: Ink, width: f32) {
        self.along(path, ink, width, "stroke-dasharray=\"7 4\"");
    }

    fn along(&mut self, path: &Path, ink: Ink, width: f32, manner: &str) {
        let _ = write!(self.out, "<path d=\"{}\" fill=\"none\" {manner}", path.out.trim_end());
        self.ink("stroke", ink);
        self.number("stroke-width", width);
        self.out.push_str("/>\n");
    }

    /// A filled path.
    pub fn shape(&mut self, path: &Path, ink: Ink) {
        let _ = write!(self.out, "<path d=\"{}\"", path.out.trim_end());
        self.ink("fill", ink);
        self.out.push_str("/>\n");
    }

    /// Words in one line, their baseline at `y`, starting at `x`.
    pub fn text(&mut self, x: f32, y: f32, words: Words, text: &str) {
        self.out.push_str("<text");
        self.number("x", x);
        self.number("y", y);
        self.words(words, text);
    }

    /// Words in one line that take no more than `room`: those that would are drawn narrower.
    pub fn text_within(&mut self, x: f32, y: f32, words: Words, text: &str, room: f32) {
        let width = words.width(text);
        if width <= room + 0.5 || width <= 0.0 {
            return self.text(x, y, words, text);
        }
        self.out.push_str("<text transform=\"translate(");
        number(&mut self.out, x);
        self.out.push(' ');
        number(&mut self.out, y);
        let _ = write!(self.out, ") scale({:.3} 1)\"", room / width);
        self.words(words, text);
    }

    /// Words in one line that end at `x`.
    pub fn text_until(&mut self, x: f32, y: f32, words: Words, text: &str) {
        self.out.push_str("<text text-anchor=\"end\"");
        self.number("x", x);
        self.number("y", y);
        self.words(words, text);
    }

    /// Words in one line with `x` in their middle.
    pub fn text_around(&mut self, x: f32, y: f32, words: Words, text: &str) {
        self.out.push_str("<text text-anchor=\"middle\"");
        self.number("x", x);
        self.number("y", y);
        self.words(words, text);
    }

    fn words(&mut self, words: Words, text: &str) {
        self.number("font-size", words.size);
        self.ink("fill", words.ink);
        if words.bold {
            self.ink("stroke", words.ink);
            self.number("stroke-width", words.size * 0.035);
        }
        self.out.push('>');
        self.words.push((self.out.len(), text.to_owned()));
        self.out.push_str("</text>\n");
    }

    /// Other shapes, moved and drawn larger or smaller.
    pub fn put(&mut self, shapes: &Svg, x: f32, y: f32, scale: f32) {
        self.out.push_str("<g transform=\"translate(");
        number(&mut self.out, x);
        self.out.push(' ');
        number(&mut self.out, y);
        self.out.push(')');
        if (scale - 1.0).abs() > f32::EPSILON {
            let _ = write!(self.out, " scale({scale:.4})");
        }
        self.out.push_str("\">\n");
        let start = self.out.len();
        self.words.extend(shapes.words.iter().map(|(at, text)| (start + at, text.clone())));
        self.out.push_str(&shapes.out);
        self.out.push_str("</g>\n");
    }

    /// What the font that comes with the program lacks of the words.
    pub fn missing(&self) -> BTreeSet<String> {
        self.words.iter().flat_map(|(_, text)| font::drawable(text).1).collect()
    }

    /// The shapes as a picture, in the reader's letters.
    pub fn picture(&self, w: f32, h: f32, title: &str, place: Place) -> String {
        self.written((w, h), title, place, escape)
    }

    /// The same with what there is to say to those who cannot see it.
    pub fn told(&self, w: f32, h: f32, title: &str, words: &str) -> String {
        let mut told = "</title>\n<desc>".to_owned();
        escape(&mut told, words);
        told.push_str("</desc>\n");
        self.picture(w, h, title, Place::Page).replacen("</title>\n", &told, 1)
    }

    /// The same to be painted here. What the font lacks is replaced within each text: in the finished file a mark would
    /// take the sign that ends a tag for the letter it belongs to.
    pub fn drawing(&self, w: f32, h: f32) -> Drawing {
        let mut missing = BTreeSet::new();
        let svg = self.written((w, h), "", Place::File, |out, text| {
            let (text, lacks) = font::drawable(text);
            missing.extend(lacks);
            let size = *font::PICTURE;
            for part in runs(&text) {
                if part.starts_with(font::is_picture) {
                    let _ = write!(out, "<tspan font-size=\"{size:.2}%\">");
                    escape(out, part);
                    out.push_str("</tspan>");
                } else {
                    escape(out, part);
                }
            }
        });
        Drawing { svg, missing }
    }

    fn written(
        &self,
        (w, h): (f32, f32),
        title: &str,
        place: Place,
        mut letters: impl FnMut(&mut String, &str),
    ) -> String {
        let mut out = String::with_capacity(self.out.len() + 600);
        if place == Place::File {
            out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        }
        out.push_str(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xml:lang=\"ja\" xml:space=\"preserve\" viewBox=\"0 0 ",
        );
        number(&mut out, w);
        out.push(' ');
        number(&mut out, h);
        out.push('"');
        if place == Place::File {
            out.push_str(" width=\"");
            number(&mut out, w);
            out.push_str("\" height=\"");
            number(&mut out, h);
            out.push('"');
        } else {
            out.push_str(" role=\"img\"");
        }
        let _ = write!(out, " font-family=\"{}\">\n<title>", font::FAMILIES);
        escape(&mut out, title);
        out.push_str("</title>\n");
        let mut from = 0;
        for (at, text) in &self.words {
            out.push_str(&self.out[from..*at]);
            letters(&mut out, text);
            from = *at;
        }
        out.push_str(&self.out[from..]);
        out.push_str("</svg>\n");
        out
    }

    fn number(&mut self, name: &str, value: f32) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        number(&mut self.out, value);
        self.out.push('"');
    }

    fn ink(&mut self, name: &str, ink: Ink) {
        let _ = write!(self.out, " {name}=\"#{ink:06x}\"");
    }
}

/// A picture as several of the same size, each with some `bytes` of its shapes, which are the picture when laid on one
/// another. Every shape is a line, and so are the beginning and the end of what is moved together.
pub fn parts(picture: &str, bytes: usize) -> Vec<String> {
    const END: &str = "</svg>\n";
    let body = picture.find("</title>\n").map_or(0, |at| at + "</title>\n".len());
    let (head, shapes) = picture.split_at(body);
    let shapes = shapes.strip_suffix(END).unwrap_or(shapes);
    let (mut parts, mut open) = (Vec::new(), Vec::new());
    let mut part = head.to_owned();
    for line in shapes.split_inclusive('\n') {
        if part.len() - head.len() > bytes {
            part.push_str(&"</g>\n".repeat(open.len()));
            parts.push(part + END);
            part = head.to_owned();
            part.extend(open.iter().copied());
        }
        part.push_str(line);
        if line.starts_with("<g") {
            open.push(line);
        } else if line.starts_with("</g") {
            open.pop();
        }
    }
    parts.push(part + END);
    parts
}

/// Where a line runs.
#[derive(Debug, Clone, Default)]
pub struct Path {
    out: String,
}

impl Path {
    /// Begins at a point.
    pub fn from(x: f32, y: f32) -> Self {
        let mut path = Self::default();
        path.add('M', &[x, y]);
        path
    }

    /// Goes straight on to a point.
    pub fn to(mut self, x: f32, y: f32) -> Self {
        self.add('L', &[x, y]);
        self
    }

    /// On to the last point in a cubic Bézier curve, drawn by the first two.
    pub fn curve(mut self, points: [(f32, f32); 3]) -> Self {
        let [(a, b), (c, d), (e, f)] = points;
        self.add('C', &[a, b, c, d, e, f]);
        self
    }

    fn add(&mut self, letter: char, numbers: &[f32]) {
        self.out.push(letter);
        for n in numbers {
            number(&mut self.out, *n);
            self.out.push(' ');
        }
    }
}

/// A number with one digit after the point at most.
fn number(out: &mut String, value: f32) {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    let _ = match rest {
        0 => write!(out, "{sign}{whole}"),
        rest => write!(out, "{sign}{whole}.{rest}"),
    };
}

/// A text in parts that are all of emoji, or have none.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut left = text;
    std::iter::from_fn(move || {
        let picture = font::is_picture(left.chars().next()?);
        let end = left.find(|c| font::is_picture(c) != picture).unwrap_or(left.len());
        let (part, rest) = left.split_at(end);
        left = rest;
        Some(part)
    })
}

/// Text that shows as typed in XML and HTML, in elements and attributes; without what XML forbids, and without what would turn the
/// direction of the words around it or hide among them.
pub fn escape(out: &mut String, text: &str) {
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 数は短く書く() {
        let written = |value| {
            let mut out = String::new();
            number(&mut out, value);
            out
        };
        assert_eq!([0.0, 1.0, -1.26, 0.04, -0.04, 12.34].map(written), ["0", "1", "-1.3", "0", "0", "12.3"]);
    }

    #[test]
    fn 字体にない文字は文の中だけで替わる() {
        let mut inner = Svg::new();
        inner.text(0.0, 0.0, Words::new(12.0, 0), "\u{363}薬");
        let mut svg = Svg::new();
        svg.text(0.0, 0.0, Words::new(12.0, 0), "薬>\u{338}");
        svg.put(&inner, 1.0, 2.0, 1.0);
        svg.text(0.0, 0.0, Words::new(12.0, 0), "\u{3099}\u{489}");
        let texts = |svg: &str| -> Vec<String> {
            let text = |line: &str| Some(line.split_once('>')?.1.strip_suffix("</text>")?.to_owned());
            svg.lines().filter(|line| line.starts_with("<text")).filter_map(text).collect()
        };
        let typed = svg.picture(9.0, 9.0, "題", Place::File);
        assert_eq!(texts(&typed), ["薬&gt;\u{338}", "\u{363}薬", "\u{3099}\u{489}"]);
        let drawing = svg.drawing(9.0, 9.0);
        assert_eq!(texts(&drawing.svg), ["薬〓", "〓薬", "〓"]);
        assert_eq!(drawing.missing, svg.missing());
        assert_eq!(drawing.missing.len(), 3);
    }

    #[test]
    fn 分けた絵にはどの形も一度ずつ同じ所にある() {
        let mut twig = Svg::new();
        (0..9).for_each(|i| twig.text(0.0, 12.0, Words::new(12.0, 0), &format!("枝{i}")));
        let mut tree = Svg::new();
        tree.put(&twig, 5.0, 6.0, 0.5);
        tree.text(1.0, 2.0, Words::new(12.0, 0), "あと");
        let mut all = Svg::new();
        all.put(&tree, 7.0, 8.0, 1.0);
        let picture = all.picture(100.0, 50.0, "題", Place::File);
        assert_eq!(parts(&picture, usize::MAX).concat(), picture);
        let parts = parts(&picture, 150);
        assert!(parts.len() > 3);
        let texts =
            |svg: &str| svg.lines().filter(|l| l.starts_with("<text")).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(parts.iter().flat_map(|p| texts(p)).collect::<Vec<_>>(), texts(&picture));
        for part in &parts {
            let inner = texts(part).iter().any(|t| t.contains("枝"));
            assert_eq!(part.matches("scale(0.5").count(), usize::from(inner), "{part}");
            assert_eq!(part.matches("<g").count(), part.matches("</g>").count());
            assert!(part.starts_with("<?xml") && part.ends_with("</svg>\n"));
        }
    }

    #[test]
    fn 記号は打ったとおりに見える() {
        let mut out = String::new();
        escape(&mut out, "<script>&\"]]>\u{0}\u{1b}\u{ffff}\n薬");
        assert_eq!(out, "&lt;script&gt;&amp;&quot;]]&gt; 薬");
    }
}
