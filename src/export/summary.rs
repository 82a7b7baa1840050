//! What those read first who decide about a town and were at no meeting: how often people met, which regional issues came of it,
//! and what was decided. It is made of what may leave the house, and of no case.

use super::office::document::{Block, Level};
use super::words;
use crate::domain::register::Entry;
use crate::domain::{RegionalIssue, Said};

/// So many issues have room on a first page.
const MOST: usize = 8;

/// The beginning of a document: sentences, then the issues, the weightiest first, each with what was decided. `met` says how
/// often people met and what came of it, `rest` where all of the issues stand.
pub fn blocks(met: [String; 2], entries: &[Entry], rest: &str) -> Vec<Block> {
    let mut issues: Vec<&RegionalIssue> = entries.iter().map(|entry| &entry.issue).collect();
    issues.sort_by_key(|issue| (issue.priority.is_none(), &issue.priority));
    let mut blocks = met.map(Block::Paragraph).to_vec();
    if issues.is_empty() {
        return blocks;
    }
    blocks.push(Block::Paragraph(decided(&issues)));
    blocks.push(Block::Heading(Level::One, "地域課題と、決まったこと".to_owned()));
    blocks.push(Block::List(issues.iter().take(MOST).map(|issue| (0, sentences(issue))).collect()));
    if issues.len() > MOST {
        blocks.push(Block::Paragraph(format!("ほかの {}件は、{rest}にあります。", issues.len() - MOST)));
    }
    blocks
}

/// How much of it has somebody who sees to it, a day, and a place in the plan.
fn decided(issues: &[&RegionalIssue]) -> String {
    let with = |has: fn(&RegionalIssue) -> bool| issues.iter().filter(|issue| has(issue)).count();
    let mut reflected: Vec<(String, usize)> = Vec::new();
    for issue in issues {
        let word = words::clean(&issue.reflected);
        match reflected.iter_mut().find(|(known, _)| *known == word) {
            Some((_, count)) => *count += 1,
            None => reflected.push((word, 1)),
        }
    }
    // What is open comes last.
    reflected.sort_by_key(|(word, count)| (word.is_empty(), std::cmp::Reverse(*count)));
    let part = |(word, count): &(String, usize)| match word.as_str() {
        "" => format!("まだ決まっていないもの {count}件"),
        word => format!("{word} {count}件"),
    };
    format!(
        "責任を持つ機関が決まったものは {}件、期限が決まったものは {}件。計画・予算への反映は、{}です。",
        with(|issue| !issue.responsible.trim().is_empty()),
        with(|issue| !words::until(&issue.due).is_empty()),
        reflected.iter().map(part).collect::<Vec<_>>().join("、")
    )
}

/// The sentence of an issue, then who is responsible for it, by when, and what was decided.
fn sentences(issue: &RegionalIssue) -> String {
    let statement = words::clean(&issue.statement);
    let stop = if statement.ends_with(['。', '？', '！', '?', '!']) { "" } else { "。" };
    let priority = match issue.priority.as_ref().map_or("", Said::label) {
        "" => String::new(),
        label => format!("（優先度 {}）", words::clean(label)),
    };
    let (who, due) = (words::clean(&issue.responsible), words::until(&issue.due));
    let who = match (who.is_empty(), due.is_empty()) {
        (true, true) => "責任を持つ機関と期限は、まだ決まっていません。".to_owned(),
        (true, false) => format!("期限は{due}、責任を持つ機関はまだ決まっていません。"),
        (false, true) => format!("責任を持つ機関は{who}、期限はまだ決まっていません。"),
        (false, false) => format!("責任を持つ機関は{who}、期限は{due}です。"),
    };
    let (decision, why) = (words::clean(&issue.reflected), words::clean(&issue.reflected_reason));
    let why = if why.is_empty() { why } else { format!("（{why}）") };
    let decision = match decision.as_str() {
        "" => String::new(),
        decision => format!("計画・予算への反映は「{decision}」です{why}。"),
    };
    format!("{statement}{stop}{priority}{who}{decision}")
}
