//! Pages for PDF, with what their parts are: a screen reader goes from heading to heading and hears which cell belongs to which
//! column.

use std::collections::BTreeSet;
use std::num::NonZeroU16;

use krilla::configure::Configuration;
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Size};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, ListNumbering, Node, SpanTag, TableHeaderScope, Tag, TagGroup,
    TagTree,
};
use krilla::{Document, SerializeSettings};
use krilla_svg::{SurfaceExt, SvgSettings};
use rayon::prelude::*;
use usvg::Tree;

use super::read;
use crate::export::spoken::{Parts, Role, Sheets};
use crate::export::{ExportError, Rendered};

/// The pages in their order.
///
/// # Errors
/// Where a page cannot be read or is too large.
pub fn pdf(sheets: &Sheets, title: &str) -> Result<Rendered, ExportError> {
    written(sheets, title, Configuration::default())
}

/// The same for what the file must hold to.
fn written(sheets: &Sheets, title: &str, configuration: Configuration) -> Result<Rendered, ExportError> {
    let settings = SerializeSettings { configuration, ..SerializeSettings::default() };
    let mut document = Document::new_with(settings);
    document.set_metadata(Metadata::new().title(title.to_owned()).language("ja".to_owned()));
    let pieces = || sheets.pages.iter().flat_map(|sheet| &sheet.pieces);
    let missing: BTreeSet<String> = pieces().flat_map(|(_, piece)| piece.missing.iter().cloned()).collect();
    let all: Vec<_> = pieces().collect();
    let read: Vec<Vec<Tree>> = all.par_iter().map(|(_, piece)| read(&piece.svg)).collect::<Result<_, _>>()?;
    let mut read = read.into_iter();
    let mut leaves = vec![Vec::new(); sheets.parts.len()];
    let mut starts = vec![None; sheets.parts.len()];
    for (index, sheet) in sheets.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(sheet.w, sheet.h).ok_or(ExportError::TooLarge)?;
        let size = Size::from_wh(sheet.w, sheet.h).ok_or(ExportError::TooLarge)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for ((part, _), trees) in sheet.pieces.iter().zip(read.by_ref()) {
            let ornament = ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout));
            let content = if part.is_some() { ContentTag::Span(SpanTag::empty()) } else { ornament };
            let id = surface.start_tagged(content);
            for tree in &trees {
                surface.draw_svg(tree, size, SvgSettings::default());
            }
            surface.end_tagged();
            if let Some(part) = part {
                leaves[part.index()].push(Node::Leaf(id));
                starts[part.index()].get_or_insert(index);
            }
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(&sheets.parts, &starts));
    document.set_tag_tree(tree(&sheets.parts, leaves));
    let bytes = document.finish().map_err(|_| ExportError::Picture)?;
    Ok(Rendered { bytes, missing })
}

/// The headings, each a way to its page.
fn outline(parts: &Parts, starts: &[Option<usize>]) -> Outline {
    let mut outline = Outline::new();
    for (part, role, _) in parts.iter() {
        if let (Role::Heading(_, words), Some(page)) = (role, starts.get(part.index()).copied().flatten()) {
            let top = XyzDestination::new(page, Point::from_xy(0.0, 0.0));
            outline.push_child(OutlineNode::new(words.clone(), top));
        }
    }
    outline
}

/// The parts with the pieces that belong to them: its own words before what it holds.
fn tree(parts: &Parts, mut leaves: Vec<Vec<Node>>) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some("ja".to_owned()));
    // What a part holds was begun after it: from the last on, each is whole when it goes into what holds it.
    let mut held: Vec<Vec<Node>> = vec![Vec::new(); parts.len()];
    let mut outermost = Vec::new();
    for (part, role, within) in parts.iter().rev() {
        let mut children = std::mem::take(&mut leaves[part.index()]);
        children.extend(std::mem::take(&mut held[part.index()]).into_iter().rev());
        if !children.is_empty() {
            let group = group(role, children).into();
            within.map_or(&mut outermost, |within| &mut held[within.index()]).push(group);
        }
    }
    outermost.into_iter().rev().for_each(|node| tree.push(node));
    tree
}

fn group(role: &Role, children: Vec<Node>) -> TagGroup {
    match role {
        Role::Heading(level, words) => {
            let level = NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN);
            TagGroup::with_children(Tag::Hn(level, Some(words.clone())), children)
        }
        Role::Paragraph => TagGroup::with_children(Tag::P, children),
        Role::List => TagGroup::with_children(Tag::L(ListNumbering::None), children),
        Role::Item => {
            let body = TagGroup::with_children(Tag::LBody, children);
            TagGroup::with_children(Tag::LI, vec![body.into()])
        }
        Role::Table => TagGroup::with_children(Tag::Table, children),
        Role::Head | Role::Row => TagGroup::with_children(Tag::TR, children),
        Role::Column => TagGroup::with_children(Tag::TH(TableHeaderScope::Column), children),
        Role::Cell => TagGroup::with_children(Tag::TD, children),
        Role::Figure(words) => TagGroup::with_children(Tag::Figure(Some(words.clone())), children),
    }
}

/// The same file, refused where it is not what PDF/UA-1 asks of a file for screen readers.
#[cfg(test)]
pub fn for_readers(sheets: &Sheets, title: &str) -> Result<Rendered, ExportError> {
    use krilla::configure::Accessibility;
    let builder =
        krilla::configure::ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    written(sheets, title, builder.finish().unwrap())
}
