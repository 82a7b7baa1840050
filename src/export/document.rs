//! The minutes as a document: what the Markdown says, for people who work in Word.

use std::collections::BTreeSet;

use super::minutes::{self, Fact, Minutes, NOTHING, Table};
use super::office::document::{self, Block, Document, Level, Picture, render as write};
use super::{ExportError, Rendered, book, paint, picture, words};
use crate::domain::{Dossier, Lists, Node};

/// The whole file.
///
/// # Errors
/// Where the map cannot be painted.
pub fn render(dossier: &Dossier, lists: &Lists) -> Result<Rendered, ExportError> {
    let minutes = Minutes::new(dossier, lists);
    let (pictures, missing) = map(&minutes)?;
    let title = format!("{} 議事録", minutes.title());
    let blocks = blocks(&minutes, pictures);
    let document = Document { title, day: dossier.meeting.date, note: book::NOTE.to_owned(), blocks };
    Ok(Rendered { bytes: write(&document)?, missing })
}

fn blocks(minutes: &Minutes<'_>, pictures: Vec<Picture>) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(
        "事例のご本人の氏名を含まない記録です（参加者の氏名は「参加者」の表だけにあります）。ほかの情報と合わせると個人が分かることがあるため、個人情報として取り扱ってください。".to_owned(),
    )];
    blocks.push(facts(minutes.head()));
    blocks.push(Block::Contents);
    section(&mut blocks, "事例", minutes.case().is_empty(), |blocks| blocks.push(facts(minutes.case())));
    table(&mut blocks, "参加者", minutes.attendance());
    table(&mut blocks, "課題", minutes.issues());
    blocks.extend(minutes.passed_over().map(Block::Paragraph));
    links(minutes, &mut blocks);
    table(&mut blocks, "行動計画", minutes.plan());
    regional(minutes, &mut blocks);
    reflections(minutes, &mut blocks);
    table(&mut blocks, "かかった時間", minutes.time());
    blocks.extend(pictures.into_iter().map(Block::Picture));
    entries(minutes, &mut blocks);
    blocks
}

/// A heading with what stands under it, or that nothing does.
fn section(blocks: &mut Vec<Block>, title: &str, empty: bool, fill: impl FnOnce(&mut Vec<Block>)) {
    blocks.push(Block::Heading(Level::One, title.to_owned()));
    if empty {
        blocks.push(Block::Paragraph(NOTHING.to_owned()));
    } else {
        fill(blocks);
    }
}

fn facts(facts: Vec<Fact>) -> Block {
    Block::Facts(facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn table(blocks: &mut Vec<Block>, title: &str, table: Table) {
    section(blocks, title, table.rows.is_empty(), |blocks| {
        blocks.push(Block::Table(document::Table::new(table.header, table.rows)));
    });
}

fn list(lines: Vec<String>) -> Block {
    Block::List(lines.into_iter().map(|line| (0, line)).collect())
}

/// What the issues bring about; nothing where nobody has linked any.
fn links(minutes: &Minutes<'_>, blocks: &mut Vec<Block>) {
    let links = minutes::links(minutes.dossier);
    if links.is_empty() {
        return;
    }
    blocks.push(Block::Heading(Level::Two, "つながり（原因 → 結果）".to_owned()));
    blocks.extend(minutes::root_line(minutes.dossier, &minutes.causes).map(Block::Strong));
    blocks.extend(minutes::circles(minutes.dossier, &minutes.causes).into_iter().map(Block::Paragraph));
    blocks.push(list(links));
}

fn regional(minutes: &Minutes<'_>, blocks: &mut Vec<Block>) {
    let issues = minutes.regional();
    section(blocks, "地域課題", issues.is_empty(), |blocks| {
        for (i, (statement, about)) in issues.into_iter().enumerate() {
            blocks.push(Block::Heading(Level::Three, format!("{}　{statement}", words::regional_number(i))));
            blocks.push(list(about.into_iter().map(|(name, value)| format!("{name}：{value}")).collect()));
        }
    });
}

fn reflections(minutes: &Minutes<'_>, blocks: &mut Vec<Block>) {
    let reflections = minutes.reflections();
    section(blocks, "振り返り", reflections.is_empty(), |blocks| {
        for (question, answers) in reflections {
            blocks.push(Block::Heading(Level::Three, question));
            blocks.push(list(answers.into_iter().map(|(words, by)| format!("{words}（{by}）")).collect()));
        }
    });
}

/// Every word of the map.
fn entries(minutes: &Minutes<'_>, blocks: &mut Vec<Block>) {
    section(blocks, minutes::WORDS, minutes.dossier.nodes.is_empty(), |blocks| {
        blocks.push(Block::Paragraph(minutes::SIGNS.to_owned()));
        for (index, branch) in minutes.dossier.meeting.branches.iter().enumerate() {
            let line = |(depth, node): (usize, &Node)| (depth, minutes.twig(node));
            let lines: Vec<_> = minutes.branch(index).into_iter().map(line).collect();
            if !lines.is_empty() {
                blocks.push(Block::Heading(Level::Three, words::clean(&branch.title)));
                blocks.push(Block::List(lines));
            }
        }
        blocks.extend(minutes.bare().map(Block::Paragraph));
    });
}

/// The map in dots, a picture a page, with what its font lacks.
fn map(minutes: &Minutes<'_>) -> Result<(Vec<Picture>, BTreeSet<String>), ExportError> {
    let (mut pictures, mut lacks) = (Vec::new(), BTreeSet::new());
    for sheet in picture::sheets(minutes.dossier, &minutes.tree, minutes::WORDS) {
        let picture::Picture { shapes, w, h } = &sheet.picture;
        let Rendered { bytes, missing } = paint::png(shapes.drawing(*w, *h))?;
        lacks.extend(missing);
        let size = (w * sheet.scale, h * sheet.scale);
        pictures.push(Picture { heading: sheet.heading, png: bytes, size, words: sheet.words });
    }
    Ok((pictures, lacks))
}
