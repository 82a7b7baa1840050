//! What those read first who decide about a town and were at no meeting: how often people met, which regional issues came of it,
//! and what was decided. It is made of what may leave the house, and of no case.

use unicode_width::UnicodeWidthStr;

use super::office::document::{Block, Level};
use super::words;
use crate::domain::register::Entry;
use crate::domain::{RegionalIssue, Said};

/// What a first page holds of the issues.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// So many lines.
    lines: usize,
    /// Each of so many half widths.
    across: usize,
    /// So many numbers stand side by side.
    beside: usize,
}

impl Room {
    /// A page of A4 on its side.
    pub const WIDE: Room = Room { lines: 25, across: 148, beside: 3 };
    /// A page of A4 upright.
    pub const TALL: Room = Room { lines: 38, across: 84, beside: 1 };
    /// Nothing that is turned over.
    pub const ENDLESS: Room = Room { lines: usize::MAX, across: usize::MAX, beside: 1 };

    /// The same page where so many numbers stand under a heading, and so many notes.
    pub fn beside(self, numbers: usize, notes: usize) -> Room {
        const HEADING: usize = 3;
        let taken = HEADING + numbers.div_ceil(self.beside) + notes;
        Room { lines: self.lines.saturating_sub(taken), ..self }
    }

    /// So many of the issues there is room for, and one at least.
    fn holds(self, issues: &[Vec<(usize, String)>]) -> usize {
        let lines = |issue: &Vec<(usize, String)>| {
            issue.iter().map(|(_, words)| words.width().div_ceil(self.across)).sum::<usize>()
        };
        let ends = issues.iter().scan(0, |end, issue| {
            *end += lines(issue);
            Some(*end)
        });
        ends.take_while(|end| *end <= self.lines).count().max(1)
    }
}

/// The beginning of a document: sentences, then as many issues as there is room for, the weightiest first, each with what is
/// proposed and what was decided. `met` says how often people met and what came of it, `rest` where all of the issues stand.
pub fn blocks(met: [String; 2], entries: &[Entry], room: Room, rest: &str) -> Vec<Block> {
    let mut issues: Vec<&RegionalIssue> = entries.iter().map(|entry| &entry.issue).collect();
    issues.sort_by_key(|issue| (issue.priority.is_none(), &issue.priority));
    let mut blocks = met.map(Block::Paragraph).to_vec();
    if issues.is_empty() {
        return blocks;
    }
    blocks.push(Block::Paragraph(decided(&issues)));
    blocks.push(Block::Heading(Level::One, "地域課題と、その対応策".to_owned()));
    let said: Vec<_> = issues.iter().map(|issue| lines(issue)).collect();
    let (told, more) = said.split_at(room.holds(&said));
    blocks.push(Block::List(told.concat()));
    if !more.is_empty() {
        blocks.push(Block::Paragraph(format!("ほかの {}件は、{rest}にあります。", more.len())));
    }
    blocks
}

/// How much of it has somebody who sees to it, a day, and a place in the plan.
fn decided(issues: &[&RegionalIssue]) -> String {
    // Of each issue only what is known of it is said: how many wait for it is said here, once.
    let with = |has: fn(&RegionalIssue) -> bool| match issues.iter().filter(|issue| has(issue)).count() {
        count if count == issues.len() => format!("{count}件"),
        count => format!("{count}件（まだ {}件）", issues.len() - count),
    };
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
        "責任を持つ機関が決まったものは {}、期限が決まったものは {}。計画・予算への反映は、{}です。",
        with(|issue| !issue.responsible.trim().is_empty()),
        with(|issue| !words::until(&issue.due).is_empty()),
        reflected.iter().map(part).collect::<Vec<_>>().join("、")
    )
}

/// The sentence of an issue, and under it what is proposed, who is responsible for it, by when, and what was decided.
fn lines(issue: &RegionalIssue) -> Vec<(usize, String)> {
    let priority = match issue.priority.as_ref().map_or("", Said::label) {
        "" => String::new(),
        label => format!("（優先度 {}）", words::clean(label)),
    };
    let measure = match issue.measures.as_slice() {
        [] => String::new(),
        [only] => format!("対応策：{}", stopped(&words::clean(only))),
        [first, others @ ..] => format!("対応策：{}（ほか {}つ）。", words::clean(first), others.len()),
    };
    let (who, due) = (words::clean(&issue.responsible), words::until(&issue.due));
    let who = match (who.is_empty(), due.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("期限は{due}です。"),
        (false, true) => format!("責任を持つ機関は{who}です。"),
        (false, false) => format!("責任を持つ機関は{who}、期限は{due}です。"),
    };
    let (decision, why) = (words::clean(&issue.reflected), words::clean(&issue.reflected_reason));
    let why = if why.is_empty() { why } else { format!("（{why}）") };
    let decision = match decision.as_str() {
        "" => String::new(),
        decision => format!("計画・予算への反映は「{decision}」です{why}。"),
    };
    let statement = stopped(&words::clean(&issue.statement)) + &priority;
    let lines = [(0, statement), (1, measure + &who + &decision)];
    lines.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}

/// A sentence with its end.
fn stopped(words: &str) -> String {
    let stop = if words.is_empty() || words.ends_with(['。', '？', '！', '?', '!']) { "" } else { "。" };
    format!("{words}{stop}")
}
