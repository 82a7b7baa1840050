//! Writes a [`Document`] as .docx: the few parts WordprocessingML asks for (ECMA-376), zipped.

mod widths;

use std::borrow::Cow;
use std::io::{Cursor, Write};

use chrono::NaiveDate;
use zip::write::{SimpleFileOptions, ZipWriter};

use self::widths::{height, widths};
use super::document::{Block, Chart, Document, Level, Table};
use super::{EPOCH, FONT, document};
use crate::export::picture::Picture;
use crate::export::svg::escape;
use crate::export::{ExportError, paint};

const TYPES: &str = include_str!("docx/types.xml");
const RELATIONS: &str = include_str!("docx/relations.xml");
const STYLES: &str = include_str!("docx/styles.xml");
const NUMBERING: &str = include_str!("docx/numbering.xml");
const SETTINGS: &str = include_str!("docx/settings.xml");

/// A4 and its margins, in twentieths of a point.
const A4: (u32, u32) = (11_906, 16_838);
const MARGIN: u32 = 1_134;
/// Those of a page on its side: at its ends, above, and below, where the foot stands.
const LYING: (u32, u32, u32) = (760, 720, 900);
/// How wide a table is.
const WIDTH: u32 = A4.0 - 2 * MARGIN;
/// Twentieths in a point, and so many of them that the heading over a picture takes, with what ends its page.
const TWENTY: f32 = 20.0;
const UNDER: u32 = 1_250;
/// English metric units in a twentieth of a point.
const EMU: u32 = 635;
/// Tables and lists of so many rows stay on one page, and tables of no more than so many lines.
const WHOLE: usize = 12;
const LINES: usize = 24;
/// The last page has so many lines at the least, where as many end the document.
const LAST: usize = 8;
/// The deepest level a list shows.
const DEEPEST: usize = 8;
/// Namespaces of the parts that hold words.
const SPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#;
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The bytes of the file: always the same for the same document.
///
/// # Errors
/// Where a part is larger than the format takes.
pub fn render(document: &Document) -> Result<Vec<u8>, ExportError> {
    pack(&parts(document)?).map_err(|_| ExportError::Office)
}

/// All parts under their names.
fn parts(document: &Document) -> Result<Vec<(String, Vec<u8>)>, ExportError> {
    let mut body = Body::new(document);
    for (i, block) in document.blocks.iter().enumerate() {
        body.block(block, &document.blocks[i + 1..])?;
    }
    let (xml, pictures) = body.finish();
    let images: String = (0..pictures.len())
        .map(|i| {
            format!(
                r#"<Relationship Id="picture{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/picture{i}.png"/>"#
            )
        })
        .collect();
    let mut parts = vec![
        ("[Content_Types].xml".to_owned(), TYPES.into()),
        ("_rels/.rels".to_owned(), RELATIONS.into()),
        (
            "docProps/core.xml".to_owned(),
            properties(&document.title, document.day.unwrap_or(EPOCH)).into_bytes(),
        ),
        ("word/document.xml".to_owned(), xml.into_bytes()),
        ("word/_rels/document.xml.rels".to_owned(), relations(&images).into_bytes()),
        ("word/styles.xml".to_owned(), STYLES.replace("{font}", FONT).into_bytes()),
        ("word/numbering.xml".to_owned(), NUMBERING.into()),
        ("word/settings.xml".to_owned(), SETTINGS.into()),
        ("word/footer1.xml".to_owned(), footer(&document.note, Page::Standing).into_bytes()),
        ("word/footer2.xml".to_owned(), footer(&document.note, Page::Lying).into_bytes()),
    ];
    parts.extend(
        pictures
            .into_iter()
            .enumerate()
            .map(|(i, png)| (format!("word/media/picture{i}.png"), png.into_owned())),
    );
    Ok(parts)
}

/// The parts of an office file, zipped.
pub(super) fn pack(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut file = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        file.start_file(name.as_str(), SimpleFileOptions::default())?;
        file.write_all(bytes)?;
    }
    Ok(file.finish()?.into_inner())
}

fn relations(images: &str) -> String {
    let kinds = ["styles", "numbering", "settings"].map(|kind| {
        format!(
            r#"<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/>"#
        )
    });
    let feet = [1, 2].map(|i| {
        format!(
            r#"<Relationship Id="foot{i}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer{i}.xml"/>"#
        )
    });
    let feet = feet.concat();
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}{feet}{images}</Relationships>"#,
        kinds.concat()
    )
}

/// What a file says about itself: its title, and the day it was made on.
pub(super) fn properties(title: &str, day: NaiveDate) -> String {
    let day = day.format("%Y-%m-%dT00:00:00Z");
    format!(
        r#"{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>jirei</dc:creator><dc:language>ja-JP</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>"#,
        escaped(title)
    )
}

/// A page upright, or on its side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Standing,
    Lying,
}

impl Page {
    fn size(self) -> (u32, u32) {
        match self {
            Page::Standing => A4,
            Page::Lying => (A4.1, A4.0),
        }
    }

    /// At its ends, above, and below.
    fn margins(self) -> (u32, u32, u32) {
        match self {
            Page::Standing => (MARGIN, MARGIN, MARGIN),
            Page::Lying => LYING,
        }
    }
}

/// The note, and the page of how many, at the far end of such a page.
fn footer(note: &str, page: Page) -> String {
    let end = page.size().0 - 2 * page.margins().0;
    let field =
        |code: &str| format!(r#"<w:fldSimple w:instr=" {code} "><w:r><w:t>1</w:t></w:r></w:fldSimple>"#);
    format!(
        r#"{DECLARATION}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="{end}"/></w:tabs></w:pPr>{}<w:r><w:tab/></w:r>{}{}{}</w:p></w:ftr>"#,
        run("", note),
        field("PAGE"),
        run("", " / "),
        field("NUMPAGES")
    )
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(&mut out, text);
    out
}

/// Words with properties of their own; their breaks stay breaks.
fn run(properties: &str, text: &str) -> String {
    let lines = text.split('\n').map(|line| format!(r#"<w:t xml:space="preserve">{}</w:t>"#, escaped(line)));
    let lines = lines.collect::<Vec<_>>().join("<w:br/>");
    let properties =
        if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}{lines}</w:r>")
}

/// A paragraph in a style; `inside` is made of runs.
fn paragraph(style: &str, more: &str, inside: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{inside}</w:p>"#)
}

/// The pages of the section that ends here.
fn section(page: Page) -> String {
    let ((w, h), (ends, above, below)) = (page.size(), page.margins());
    let (foot, orient) = match page {
        Page::Standing => ("foot1", ""),
        Page::Lying => ("foot2", r#" w:orient="landscape""#),
    };
    format!(
        r#"<w:sectPr><w:footerReference w:type="default" r:id="{foot}"/><w:pgSz w:w="{w}" w:h="{h}"{orient}/><w:pgMar w:top="{above}" w:right="{ends}" w:bottom="{below}" w:left="{ends}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#
    )
}

/// What has been written of the text.
struct Body<'a> {
    xml: String,
    pictures: Vec<Cow<'a, [u8]>>,
    /// How many headings so far, and all there are.
    heading: usize,
    headings: Vec<(Level, &'a str)>,
    /// The page that is being filled.
    page: Page,
    /// Nothing but words has come since the last heading.
    headed: bool,
    /// How many lines come behind the block that is being written.
    behind: usize,
}

impl<'a> Body<'a> {
    fn new(document: &'a Document) -> Self {
        let headings = document.blocks.iter().filter_map(|block| match block {
            Block::Heading(level, words) => Some((*level, words.as_str())),
            Block::Picture(picture) => Some((Level::One, picture.heading.as_str())),
            _ => None,
        });
        let headings = headings.collect();
        let mut body = Self {
            xml: String::new(),
            pictures: Vec::new(),
            heading: 0,
            headings,
            page: Page::Standing,
            headed: false,
            behind: 0,
        };
        if !document.title.is_empty() {
            body.xml += &paragraph("Title", "", &run("", &document.title));
        }
        body
    }

    /// A block, with those that come behind it.
    fn block(&mut self, block: &'a Block, rest: &[Block]) -> Result<(), ExportError> {
        let next = rest.first();
        self.behind = rest.iter().map(Block::lines).sum();
        // A picture has a page of its own: the one that is being filled ends before it and after it.
        let page = std::mem::replace(&mut self.page, Page::Standing);
        if page == Page::Lying || matches!(block, Block::Picture(_)) {
            self.xml += &paragraph("TableEnd", &section(page), "");
        }
        let headed = std::mem::replace(&mut self.headed, matches!(block, Block::Heading(..)));
        match block {
            Block::Heading(level, words) => self.heading(*level, words),
            Block::Paragraph(words) => {
                // What is said under a heading does not part it from what stands there.
                let below = matches!(
                    next,
                    Some(Block::Table(_) | Block::Facts(_) | Block::Chart(_) | Block::List(_))
                );
                let more = headed && matches!(next, Some(Block::Paragraph(_) | Block::Strong(_)));
                self.headed = headed;
                self.xml += &paragraph("Normal", keep(below || more || self.ends(1)), &run("", words));
            }
            Block::Strong(words) => {
                self.xml += &paragraph("Strong", keep(self.ends(1)), &run("", words));
            }
            Block::Facts(facts) => self.facts(facts),
            Block::List(lines) => {
                for (i, (depth, words)) in lines.iter().enumerate() {
                    let keep = keep(stays(i, lines.len(), true) || self.ends(lines.len() - i));
                    let depth = (*depth).min(DEEPEST);
                    let place =
                        format!(r#"{keep}<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="1"/></w:numPr>"#);
                    self.xml += &paragraph("ListBullet", &place, &run("", words));
                }
            }
            Block::Table(table) => self.table(table),
            Block::Picture(picture) => self.picture(picture),
            Block::Chart(chart) => self.chart(chart)?,
            Block::PageBreak => self.xml += r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#,
            Block::Contents => self.contents(),
        }
        Ok(())
    }

    /// Whether a line goes to the last page with those behind it; so many of its block are left, with itself.
    fn ends(&self, left: usize) -> bool {
        (2..=LAST).contains(&(left + self.behind))
    }

    fn heading(&mut self, level: Level, words: &str) {
        let (id, style) = (self.heading, level as usize + 1);
        self.heading += 1;
        let inside = format!(
            r#"<w:bookmarkStart w:id="{id}" w:name="_Toc{id}"/>{}<w:bookmarkEnd w:id="{id}"/>"#,
            run("", words)
        );
        self.xml += &paragraph(&format!("Heading{style}"), "", &inside);
    }

    /// A field that Word brings up to date when asked, with what it will say already in it.
    fn contents(&mut self) {
        let entries: Vec<(usize, Level, &str)> = self
            .headings
            .iter()
            .enumerate()
            .map(|(id, (level, words))| (id, *level, *words))
            .filter(|(_, level, _)| *level < Level::Three)
            .collect();
        if entries.is_empty() {
            return;
        }
        let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
        let begin = format!(
            r#"{}<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>{}"#,
            mark("begin"),
            mark("separate")
        );
        let mut inside = paragraph("TOCHeading", "", &run("", "もくじ"));
        for (i, (id, level, words)) in entries.into_iter().enumerate() {
            let link =
                format!(r#"<w:hyperlink w:anchor="_Toc{id}" w:history="1">{}</w:hyperlink>"#, run("", words));
            let begin = if i == 0 { begin.as_str() } else { "" };
            inside += &paragraph(&format!("TOC{}", level as usize + 1), "", &format!("{begin}{link}"));
        }
        inside += &paragraph("TableEnd", "", &mark("end"));
        self.xml += &format!(
            r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"#
        );
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        if facts.is_empty() {
            return;
        }
        let name = WIDTH / 4;
        self.open(&[name, WIDTH - name]);
        for (i, (label, value)) in facts.iter().enumerate() {
            let keep = keep(stays(i, facts.len(), true) || self.ends(facts.len() - i));
            let cells = cell(name, HEAD, keep, label) + &cell(WIDTH - name, TEXT, keep, value);
            self.xml += &format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>");
        }
        self.close();
    }

    fn table(&mut self, table: &Table) {
        let widths = widths(table, WIDTH);
        if widths.is_empty() {
            return;
        }
        self.open(&widths);
        let head = table.header.iter().zip(&widths).map(|(words, w)| cell(*w, HEAD, keep(true), words));
        self.xml += &format!(
            "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{}</w:tr>",
            head.collect::<String>()
        );
        // Many lines in few rows would leave half a page empty.
        let count = table.rows.len();
        let whole = table.rows.iter().map(|row| height(row, &widths)).sum::<usize>() <= LINES;
        for (i, row) in table.rows.iter().enumerate() {
            let keep = keep(stays(i, count, whole) || self.ends(count - i));
            let words = row.iter().map(String::as_str).chain(std::iter::repeat(""));
            let cells = words.zip(&widths).map(|(words, w)| cell(*w, TEXT, keep, words));
            self.xml += &format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{}</w:tr>", cells.collect::<String>());
        }
        self.close();
    }

    fn open(&mut self, widths: &[u32]) {
        let grid: String = widths.iter().map(|w| format!(r#"<w:gridCol w:w="{w}"/>"#)).collect();
        self.xml += &format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
        );
    }

    /// Two tables that touch would be one.
    fn close(&mut self) {
        self.xml += "</w:tbl>";
        self.xml += &paragraph("TableEnd", "", "");
    }

    fn picture(&mut self, picture: &'a document::Picture) {
        let ((w, h), (ends, above, below)) = (Page::Lying.size(), Page::Lying.margins());
        let room = ((w - 2 * ends) as f32, (h - above - below - UNDER) as f32);
        let (w, h) = (picture.size.0 * TWENTY, picture.size.1 * TWENTY);
        let scale = (room.0 / w).min(room.1 / h).min(1.0);
        let drawing = self.drawing(((w * scale) as u32, (h * scale) as u32), &picture.words);
        self.heading(Level::One, &picture.heading);
        self.xml += &paragraph("Picture", "", &drawing);
        self.page = Page::Lying;
        self.pictures.push(Cow::Borrowed(&picture.png));
    }

    /// Where it stands, as wide as the words; twice the dots of a screen, for it is printed.
    fn chart(&mut self, chart: &Chart) -> Result<(), ExportError> {
        let Picture { shapes, w, h } = &chart.drawing;
        let png = paint::png(shapes.drawing(*w, *h))?.bytes;
        // Twentieths of a point: the words are a little smaller than those around them.
        let scale = (WIDTH as f32 / w).min(13.0);
        let drawing = self.drawing(((w * scale) as u32, (h * scale) as u32), &chart.words);
        self.xml += &paragraph("Picture", "", &drawing);
        self.pictures.push(Cow::Owned(png));
        Ok(())
    }

    /// The next of the pictures, so many twentieths of a point wide and high.
    fn drawing(&self, (w, h): (u32, u32), words: &str) -> String {
        let (cx, cy, i) = (w * EMU, h * EMU, self.pictures.len());
        let words = escaped(words);
        format!(
            r#"<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{id}" name="picture{i}" descr="{words}"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="{id}" name="picture{i}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture{i}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"#,
            id = i + 1
        )
    }

    fn finish(self) -> (String, Vec<Cow<'a, [u8]>>) {
        let xml = format!(
            "{DECLARATION}<w:document {SPACES}><w:body>{}{}</w:body></w:document>",
            self.xml,
            section(self.page)
        );
        (xml, self.pictures)
    }
}

/// The style of a cell, and its ground.
type Look = (&'static str, &'static str);
const HEAD: Look = ("TableHead", r#"<w:shd w:val="clear" w:color="auto" w:fill="DCEAF7"/>"#);
const TEXT: Look = ("TableText", "");

fn cell(width: u32, (style, shade): Look, keep: &str, words: &str) -> String {
    format!(
        r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{}</w:tc>"#,
        paragraph(style, keep, &run("", words))
    )
}

/// A line that stays on the page of the next one, where `next` says so.
fn keep(next: bool) -> &'static str {
    if next { "<w:keepNext/>" } else { "" }
}

/// Whether a row of so many stays on the page of the next: all of a few that may stay `whole`, and of others so that neither the
/// first nor the last is alone on its page.
fn stays(i: usize, of: usize, whole: bool) -> bool {
    i + 1 < of && (whole && of <= WHOLE || i == 0 || i + 2 == of)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of each paragraph its words, with a mark where it stays on the page of the next.
    fn kept(blocks: Vec<Block>) -> String {
        let document = Document { blocks, ..Document::default() };
        let mut body = Body::new(&document);
        for (i, block) in document.blocks.iter().enumerate() {
            body.block(block, &document.blocks[i + 1..]).unwrap();
        }
        let (xml, _) = body.finish();
        let paragraph = |p: &str| {
            let words = p.split(r#"<w:t xml:space="preserve">"#).nth(1)?.split('<').next()?;
            Some(format!("{words}{}", if p.contains("<w:keepNext/>") { "+" } else { "" }))
        };
        xml.split("<w:p>").filter_map(paragraph).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn 見出しの下の説明は図や表と離れず短い一覧は割れない() {
        let words = |words: &str| Block::Paragraph(words.to_owned());
        let heading = || Block::Heading(Level::Two, "題".to_owned());
        let list = |n: usize| Block::List((0..n).map(|i| (0, i.to_string())).collect());
        let table =
            |n: usize| Block::Table(Table::new(["名"], (0..n).map(|i| vec![i.to_string()]).collect()));
        let tall = |n: usize| {
            let words = |i: usize| vec![format!("{i}{}", "\nまた".repeat(4))];
            Block::Table(Table::new(["名"], (0..n).map(words).collect()))
        };
        let end = || Block::PageBreak;
        let long = "0+ 1 2 3 4 5 6 7 8 9 10 11+ 12";
        for (blocks, expected) in [
            (vec![heading(), words("ア"), words("イ"), table(3)], "題 ア+ イ+ 名+ 0+ 1+ 2".to_owned()),
            (vec![heading(), list(4)], "題 0+ 1+ 2+ 3".to_owned()),
            (vec![table(13), list(13), end()], format!("名+ {long} {long}")),
            (vec![words("ア"), words("イ"), heading(), words("ウ"), end()], "ア イ 題 ウ".to_owned()),
            // Few rows of many lines would leave half a page empty.
            (vec![tall(4), end()], "名+ 0+ 1+ 2+ 3".to_owned()),
            (vec![tall(6), end()], "名+ 0+ 1 2 3 4+ 5".to_owned()),
            // The last page has eight lines.
            (vec![words("ア"), list(13)], "ア+ 0+ 1 2 3 4 5+ 6+ 7+ 8+ 9+ 10+ 11+ 12".to_owned()),
            (
                vec![list(13), heading(), list(3), words("ア")],
                "0+ 1 2 3 4 5 6 7 8 9 10+ 11+ 12+ 題 0+ 1+ 2+ ア".to_owned(),
            ),
        ] {
            assert_eq!(kept(blocks), expected, "a heading stays by its style");
        }
    }
}
