//! Writes pictures as .pptx, one on each slide: the few parts PresentationML asks for (ECMA-376), zipped.

use super::docx::{DECLARATION, escaped, pack, properties};
use super::{EPOCH, FONT};
use crate::export::{ExportError, paint, svg::Drawing};

use chrono::NaiveDate;

const RELATIONS: &str = include_str!("pptx/relations.xml");
const MASTER: &str = include_str!("pptx/master.xml");
const LAYOUT: &str = include_str!("pptx/layout.xml");
const THEME: &str = include_str!("pptx/theme.xml");

/// English metric units in a point.
const EMU: u32 = 12_700;
/// Where the kinds of parts and of relations are named.
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPACES: &str = r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main""#;

/// A slide that is one picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Slide {
    /// As large as the slide.
    pub drawing: Drawing,
    /// What those read who cannot see it.
    pub words: String,
}

/// Slides of one size.
#[derive(Debug, Clone, PartialEq)]
pub struct Slides {
    /// Stands in the properties of the file.
    pub title: String,
    /// The day it speaks of.
    pub day: Option<NaiveDate>,
    /// In points.
    pub size: (u32, u32),
    /// One after the other.
    pub slides: Vec<Slide>,
}

/// The bytes of the file: always the same for the same slides.
///
/// # Errors
/// Where a picture cannot be painted, or a part is larger than the format takes.
pub fn render(slides: &Slides) -> Result<Vec<u8>, ExportError> {
    let all = 1..=slides.slides.len();
    let each = |part: &dyn Fn(usize) -> String| all.clone().map(part).collect::<String>();
    let relation = |id: String, kind: &str, target: String| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let own = relation("master".into(), "slideMaster", "slideMasters/slideMaster1.xml".into())
        + &relation("theme".into(), "theme", "theme/theme1.xml".into())
        + &each(&|i| relation(format!("slide{i}"), "slide", format!("slides/slide{i}.xml")));
    let of_master = relation("rId1".into(), "slideLayout", "../slideLayouts/slideLayout1.xml".into())
        + &relation("rId2".into(), "theme", "../theme/theme1.xml".into());
    let of_layout = relation("rId1".into(), "slideMaster", "../slideMasters/slideMaster1.xml".into());
    let (w, h) = (slides.size.0 * EMU, slides.size.1 * EMU);
    let ids = each(&|i| format!(r#"<p:sldId id="{}" r:id="slide{i}"/>"#, 255 + i));
    let presentation = format!(
        r#"{DECLARATION}<p:presentation {SPACES}><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="master"/></p:sldMasterIdLst><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="{w}" cy="{h}"/><p:notesSz cx="{h}" cy="{w}"/></p:presentation>"#
    );
    let mut parts: Vec<(String, Vec<u8>)> = vec![
        ("[Content_Types].xml".into(), types(slides.slides.len()).into()),
        ("_rels/.rels".into(), RELATIONS.into()),
        ("docProps/core.xml".into(), properties(&slides.title, slides.day.unwrap_or(EPOCH)).into()),
        ("ppt/presentation.xml".into(), presentation.into()),
        ("ppt/_rels/presentation.xml.rels".into(), relations(&own).into()),
        ("ppt/slideMasters/slideMaster1.xml".into(), MASTER.into()),
        ("ppt/slideMasters/_rels/slideMaster1.xml.rels".into(), relations(&of_master).into()),
        ("ppt/slideLayouts/slideLayout1.xml".into(), LAYOUT.into()),
        ("ppt/slideLayouts/_rels/slideLayout1.xml.rels".into(), relations(&of_layout).into()),
        ("ppt/theme/theme1.xml".into(), THEME.replace("{font}", FONT).into()),
    ];
    for (i, slide) in all.clone().zip(&slides.slides) {
        let picture = relation("layout".into(), "slideLayout", "../slideLayouts/slideLayout1.xml".into())
            + &relation("picture".into(), "image", format!("../media/picture{i}.png"));
        parts.push((format!("ppt/slides/slide{i}.xml"), slide_of(&slide.words, (w, h)).into()));
        parts.push((format!("ppt/slides/_rels/slide{i}.xml.rels"), relations(&picture).into()));
        parts.push((format!("ppt/media/picture{i}.png"), paint::slide(slide.drawing.clone())?.bytes));
    }
    pack(&parts).map_err(|_| ExportError::Office)
}

fn relations(all: &str) -> String {
    format!(
        r#"{DECLARATION}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{all}</Relationships>"#
    )
}

fn types(slides: usize) -> String {
    const MAIN: &str = "application/vnd.openxmlformats-officedocument.presentationml";
    let part = |name: &str, kind: &str| format!(r#"<Override PartName="/{name}" ContentType="{kind}+xml"/>"#);
    let fixed = [
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties"),
        part("ppt/presentation.xml", &format!("{MAIN}.presentation.main")),
        part("ppt/slideMasters/slideMaster1.xml", &format!("{MAIN}.slideMaster")),
        part("ppt/slideLayouts/slideLayout1.xml", &format!("{MAIN}.slideLayout")),
        part("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme"),
    ];
    let slides = (1..=slides).map(|i| part(&format!("ppt/slides/slide{i}.xml"), &format!("{MAIN}.slide")));
    format!(
        r#"{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>{}{}</Types>"#,
        fixed.concat(),
        slides.collect::<String>()
    )
}

/// A slide with its picture from edge to edge.
fn slide_of(words: &str, (w, h): (u32, u32)) -> String {
    let words = escaped(words);
    format!(
        r#"{DECLARATION}<p:sld {SPACES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/><p:pic><p:nvPicPr><p:cNvPr id="2" name="picture" descr="{words}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="picture"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{w}" cy="{h}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"#
    )
}
