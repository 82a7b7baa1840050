//! The minutes, for people: a page a colleague can read through and sign off.

mod escape;

use escape::{cell, inline, item};

use super::minutes::{self, Fact, Minutes, NOTHING, Table};
use super::office::document::{Block, Document};
use super::words;
use crate::domain::bounds::LEVELS;
use crate::domain::{Dossier, Lists, Node};

/// The whole page, in CommonMark with tables (GFM).
pub fn render(dossier: &Dossier, lists: &Lists) -> String {
    let minutes = Minutes::new(dossier, lists);
    let sections = [
        head(&minutes),
        section("事例", &facts(&minutes.case())),
        section("参加者", &table(&minutes.attendance())),
        map(&minutes),
        issues(&minutes),
        section("行動計画", &table(&minutes.plan())),
        regional(&minutes),
        reflections(&minutes),
        section("かかった時間", &table(&minutes.time())),
    ];
    sections.join("\n\n") + "\n"
}

fn head(minutes: &Minutes<'_>) -> String {
    format!(
        "# {} 議事録\n\n> 事例のご本人の**氏名を含まない記録**として書いています（参加者の氏名は「参加者」の表だけです）。渡す前に、個人が分かることばが残っていないか読み返してください。ほかの情報と合わせると個人が分かることがあるため、個人情報として取り扱います。\n\n{}",
        inline(&minutes.title()),
        facts(&minutes.head())
    )
}

fn map(minutes: &Minutes<'_>) -> String {
    let mut parts = vec![minutes::SIGNS.to_owned()];
    for (index, branch) in minutes.dossier.meeting.branches.iter().enumerate() {
        let line = |(depth, node): (usize, &Node)| {
            let depth = depth.min(LEVELS);
            format!("{}- {}", "  ".repeat(depth), entry(minutes, node))
        };
        let list: Vec<String> = minutes.branch(index).into_iter().map(line).collect();
        parts.push(format!(
            "### {}\n\n{}",
            inline(&words::clean(&branch.title)),
            or_nothing(list.join("\n"))
        ));
    }
    section("マップ", &parts.join("\n\n"))
}

/// An entry with its sign, its number if it is an issue, who said it, and how.
fn entry(minutes: &Minutes<'_>, node: &Node) -> String {
    let text = format!("{}{}", words::sign(node.kind), words::entry(node));
    format!("{}{}{}", item(&text), inline(&minutes.by(node.speaker)), inline(&minutes.said(node)))
}

fn issues(minutes: &Minutes<'_>) -> String {
    let issues = minutes.issues();
    let issues = if issues.rows.is_empty() { String::new() } else { table(&issues) };
    let mut parts = vec![issues, minutes.passed_over().unwrap_or_default()];
    let links: Vec<String> =
        minutes::links(minutes.dossier).iter().map(|link| format!("- {}", item(link))).collect();
    if !links.is_empty() {
        parts.push(format!("### つながり\n\n{}", links.join("\n")));
    }
    if let Some((root, how)) = minutes::root(minutes.dossier, &minutes.causes) {
        let root = inline(&root);
        parts.push(format!("**根にある課題: {root}**（{how}）"));
    }
    let circles = minutes::circles(minutes.dossier, &minutes.causes);
    parts.push(circles.iter().map(|circle| format!("- {}", item(circle))).collect::<Vec<_>>().join("\n"));
    parts.retain(|part| !part.is_empty());
    section("課題とつながり", &or_nothing(parts.join("\n\n")))
}

fn regional(minutes: &Minutes<'_>) -> String {
    let one = |(i, (statement, facts)): (usize, (String, Vec<Fact>))| {
        let list: Vec<String> =
            facts.iter().map(|(name, value)| format!("- {name}: {}", inline(value))).collect();
        format!("### {}　{}\n\n{}", words::regional_number(i), inline(&statement), list.join("\n"))
    };
    let issues: Vec<String> = minutes.regional().into_iter().enumerate().map(one).collect();
    section("地域課題", &or_nothing(issues.join("\n\n")))
}

fn reflections(minutes: &Minutes<'_>) -> String {
    let part = |(question, answers): (String, Vec<(String, String)>)| {
        let lines: Vec<String> =
            answers.iter().map(|(words, by)| format!("- {}（{}）", item(words), inline(by))).collect();
        format!("### {}\n\n{}", inline(&question), lines.join("\n"))
    };
    let parts: Vec<String> = minutes.reflections().into_iter().map(part).collect();
    section("振り返り", &or_nothing(parts.join("\n\n")))
}

fn section(title: &str, body: &str) -> String {
    format!("## {title}\n\n{body}")
}

fn or_nothing(body: String) -> String {
    if body.is_empty() { NOTHING.to_owned() } else { body }
}

/// A table of two columns without much of a header.
fn facts(facts: &[Fact]) -> String {
    let rows = facts.iter().map(|(name, value)| vec![(*name).to_owned(), value.clone()]);
    table(&Table { header: vec!["項目", "内容"], rows: rows.collect() })
}

/// A document as a page. Its pictures stay out, and so do its contents.
pub fn document(document: &Document) -> String {
    let parts = [heading(1, &document.title)].into_iter().chain(blocks(&document.blocks));
    parts.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Parts of a document, each to stand between empty lines.
pub fn blocks(blocks: &[Block]) -> Vec<String> {
    let one = |block: &Block| match block {
        Block::Heading(level, words) => Some(heading(*level as usize + 2, words)),
        Block::Paragraph(words) => Some(paragraph(words)),
        Block::Strong(words) => Some(format!("**{}**", inline(words))),
        Block::Facts(facts) => {
            let fact = |(name, value): &(String, String)| format!("- {}: {}", item(name), inline(value));
            Some(facts.iter().map(fact).collect::<Vec<_>>().join("\n"))
        }
        Block::List(lines) => {
            let line = |(depth, words): &(usize, String)| {
                format!("{}- {}", "  ".repeat(LEVELS.min(*depth)), item(words))
            };
            Some(lines.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
        Block::Table(table) => Some(grid(&table.header, &table.rows)),
        Block::Picture(_) | Block::Chart(_) | Block::PageBreak | Block::Contents => None,
    };
    blocks.iter().filter_map(one).filter(|part| !part.is_empty()).collect()
}

/// A table; the cells are escaped here.
fn table(table: &Table) -> String {
    grid(&table.header, &table.rows)
}

/// Rows under a header, none of them escaped yet.
pub fn grid(header: &[impl AsRef<str>], rows: &[Vec<String>]) -> String {
    if rows.is_empty() {
        return NOTHING.to_owned();
    }
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![line(header.iter().map(|h| cell(h.as_ref())).collect())];
    lines.push(format!("|{}", " --- |".repeat(header.len())));
    lines.extend(rows.iter().map(|row| line(row.iter().map(|c| cell(c)).collect())));
    lines.join("\n")
}

/// A heading; level 1 is the title of a file.
pub fn heading(level: usize, text: &str) -> String {
    format!("{} {}", "#".repeat(level), inline(text))
}

/// Words that stand alone.
pub fn paragraph(text: &str) -> String {
    item(text)
}

#[cfg(test)]
mod tests;
