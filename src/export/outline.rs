//! The map as indented lines: what other mind-map programs read, and what people have in their notes.

use std::fmt::Write;

use super::read::ReadError;
use super::words;
use crate::domain::bounds;
use crate::domain::text::{brief, clean_line, fold, visible};
use crate::domain::{Branch, Dossier, Id, IdSource, Kind, Meeting, Moment, Node, Side, Tree};

/// Lines with their depth, in order. The first is at depth 0, and none is more than one deeper than the line before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// From top to bottom.
    pub lines: Vec<OutlineLine>,
}

/// One line of an outline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineLine {
    /// 0 for the outermost.
    pub depth: usize,
    /// Told by the sign before the text; a fact without one.
    pub kind: Kind,
    /// Without tabs and signs.
    pub text: String,
    /// Without tabs: what a title or branch is called, where signs mean nothing.
    pub title: String,
}

/// The case at the top, then branches and twigs, each level one tab deeper; entries carry the signs of the map.
pub fn render(dossier: &Dossier) -> String {
    let tree = Tree::new(dossier);
    let mut out = format!("{}\n", top(dossier));
    for (index, branch) in dossier.meeting.branches.iter().enumerate() {
        let _ = writeln!(out, "\t{}", one_line(&branch.title));
        let mut open: Vec<(usize, Id<Node>)> = tree.roots(index).iter().rev().map(|id| (2, *id)).collect();
        while let Some((depth, id)) = open.pop() {
            if let Some(node) = dossier.nodes.get(&id) {
                let _ = writeln!(out, "{}{}", "\t".repeat(depth.min(bounds::LEVELS)), entry(node));
            }
            open.extend(tree.children(id).iter().rev().map(|id| (depth + 1, *id)));
        }
    }
    out
}

/// An entry with its sign. Where its words begin with one, they are kept from being read as that.
fn entry(node: &Node) -> String {
    let (text, sign) = (one_line(&node.text), words::sign(node.kind));
    match sign_before(&text) {
        Some((_, twin)) if node.kind == Kind::Fact => format!("{twin}{text}"),
        Some(_) => format!("{} {text}", sign.trim_end()),
        None => format!("{sign}{text}"),
    }
}

/// What stands in the middle of the map: who the person is, never a name.
fn top(dossier: &Dossier) -> String {
    let case = dossier.case.as_ref();
    let parts = case.map(|c| [&c.age, &c.sex, &c.gist]).into_iter().flatten();
    let who = parts.map(|part| one_line(part)).filter(|p| !p.is_empty()).collect::<Vec<_>>().join("・");
    let code = case.map(|c| one_line(&c.code)).filter(|c| !c.is_empty()).map(|c| format!("事例 {c}"));
    let title = [code.unwrap_or_default(), who].join(" ");
    match title.trim() {
        "" => {
            Some(one_line(&dossier.meeting.title)).filter(|t| !t.is_empty()).unwrap_or_else(|| "事例".into())
        }
        title => title.to_owned(),
    }
}

fn one_line(text: &str) -> String {
    clean_line(&visible(text))
}

/// Reads an outline indented with tabs, spaces or full-width spaces, or written as a Markdown list (`-`, `*`, `+`,
/// `1.`) under headings or not. Only a text without any words is refused.
pub fn read(text: &str) -> Result<Outline, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let raw: Vec<&str> =
        text.split('\n').filter(|line| !line.trim().is_empty()).take(bounds::LINES + 1).collect();
    if raw.len() > bounds::LINES {
        return Err(ReadError::TooMany { what: "行", most: bounds::LINES });
    }
    // A title without a bullet may stand over a Markdown list; a list with words between is not one.
    let markdown = raw.iter().skip(1).all(|line| is_marked(line)) && raw.iter().any(|line| is_marked(line));
    let mut lines = Vec::with_capacity(raw.len());
    let mut levels: Vec<i64> = Vec::new();
    for line in raw {
        let (level, words) = if markdown { marked(line) } else { (indentation(line), line.trim()) };
        let title = clean_line(words);
        if title.is_empty() {
            continue;
        }
        if let Some(what) = bounds::too_long(&title) {
            return Err(ReadError::Line { beginning: brief(&title).into_owned(), what });
        }
        // What begins like a point of a list has no sign, unless the list has marks of its own.
        let (kind, text) =
            if !markdown && bullet(&title).is_some() { (Kind::Fact, title.as_str()) } else { signed(&title) };
        let text = text.to_owned();
        while levels.last().is_some_and(|last| *last >= level) {
            levels.pop();
        }
        lines.push(OutlineLine { depth: levels.len(), kind, text, title });
        levels.push(level);
    }
    // What stands under the title, or beside it, is a main branch.
    let at = |depth: usize| lines.iter().filter(|line| line.depth == depth).count();
    if at(usize::from(at(0) == 1)) as u64 > bounds::ENTRIES {
        return Err(ReadError::TooMany {
            what: "字下げのない行（大枝になります）",
            most: bounds::ENTRIES as usize,
        });
    }
    if lines.is_empty() { Err(ReadError::Empty) } else { Ok(Outline { lines }) }
}

/// Columns before the first word; a tab reaches to the next multiple of four.
fn indentation(line: &str) -> i64 {
    let mut width = 0;
    for c in line.chars() {
        match c {
            '\t' => width += 4 - width % 4,
            '\u{3000}' => width += 2,
            c if c.is_whitespace() => width += 1,
            _ => break,
        }
    }
    width
}

fn is_marked(line: &str) -> bool {
    heading(line).is_some() || bullet(line).is_some()
}

/// The text after `#`, and how many there were.
fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let depth = line.len() - rest.len();
    (1..=6).contains(&depth).then_some(rest)?.strip_prefix(' ').map(|rest| (depth, rest.trim()))
}

/// The text after a bullet or a number with a dot.
fn bullet(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = line.strip_prefix(['-', '*', '+']).or_else(|| {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        if rest.len() < line.len() { rest.strip_prefix(['.', ')']) } else { None }
    })?;
    rest.strip_prefix([' ', '\t', '\u{3000}']).map(str::trim)
}

/// Level and words of a line of Markdown: headings stand over everything, bullets one under words at the same column.
fn marked(line: &str) -> (i64, &str) {
    if let Some((depth, words)) = heading(line) {
        return (depth as i64 - 100, words);
    }
    let column = indentation(line) * 2;
    bullet(line).map_or((column, line.trim()), |words| (column + 1, words))
}

/// The kind of an entry and its words, as the entry line reads them: a space behind the sign is none of the words, and a sign
/// that stands twice is the sign itself.
fn signed(words: &str) -> (Kind, &str) {
    let Some((kind, sign)) = sign_before(words) else { return (Kind::Fact, words) };
    let rest = &words[sign.len()..];
    match sign_before(rest) {
        Some((_, twin)) if fold(twin) == fold(sign) => (Kind::Fact, rest),
        _ if rest.trim().is_empty() => (Kind::Fact, words),
        _ => (kind, rest.trim()),
    }
}

/// The sign with which words begin: one that the map shows (【課題】 ？ ★ ♥ →), or one that is typed (! ? + * >), in either width.
fn sign_before(words: &str) -> Option<(Kind, &str)> {
    let first = &words[..words.chars().next()?.len_utf8()];
    let typed = fold(first);
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Fact).find_map(|kind| {
        let (sign, is_typed) = (words::sign(kind), kind.sign().is_some_and(|sign| typed.chars().eq([sign])));
        let sign = sign.trim_end();
        match words.starts_with(sign) {
            true => Some((kind, &words[..sign.len()])),
            false => is_typed.then_some((kind, first)),
        }
    })
}

/// Makes a new meeting of an outline. A single line over all others that is no known branch is the title, taken where
/// the meeting has none. Below it come the branches: a known one (`branches`; 本人 is 本人・思い) keeps its place and
/// side, any other is added on the emptier side. Everything deeper becomes a twig, said in the interview.
pub fn dossier(
    outline: &Outline,
    branches: &[Branch],
    mut meeting: Meeting,
    mint: &mut IdSource,
    at: Moment,
) -> Dossier {
    let single = outline.lines.iter().filter(|line| line.depth == 0).count() == 1;
    let first = outline.lines.first();
    let title =
        first.filter(|line| single && outline.lines.len() > 1 && known(branches, &line.title).is_none());
    if let Some(line) = title
        && meeting.title.is_empty()
    {
        meeting.title.clone_from(&line.title);
    }
    meeting.branches = branches.to_vec();
    let top = usize::from(title.is_some());
    let mut dossier = Dossier::new(meeting, None);
    let mut branch = String::new();
    let mut path: Vec<Id<Node>> = Vec::new();
    let mut number = 0;
    for (index, line) in outline.lines.iter().enumerate().skip(top) {
        let Some(depth) = (line.depth - top).checked_sub(1) else {
            branch = branch_for(&mut dossier.meeting.branches, &line.title);
            path.clear();
            continue;
        };
        number += u32::from(line.kind == Kind::Issue);
        path.truncate(depth);
        let node = Node {
            branch: branch.clone(),
            parent: path.last().copied(),
            rank: (index as i64) << 16,
            kind: line.kind,
            number: if line.kind == Kind::Issue { number } else { 0 },
            ..Node::new(mint.id(), dossier.meeting.id, line.text.clone(), at)
        };
        path.push(node.id);
        dossier.nodes.insert(node.id, node);
    }
    dossier
}

/// The branch a title means: the same words, else the only one that has them between its middle dots.
fn known(branches: &[Branch], title: &str) -> Option<usize> {
    let words = fold(title);
    let same = branches.iter().position(|b| fold(&b.title) == words);
    same.or_else(|| {
        let part = |b: &Branch| b.title.split('・').any(|part| fold(part) == words);
        let mut parts = branches.iter().enumerate().filter(|(_, b)| part(b)).map(|(i, _)| i);
        let only = parts.next();
        only.filter(|_| parts.next().is_none())
    })
}

fn branch_for(branches: &mut Vec<Branch>, title: &str) -> String {
    if let Some(index) = known(branches, title) {
        return branches[index].title.clone();
    }
    let left = branches.iter().filter(|b| b.side == Side::Left).count();
    let side = if left * 2 <= branches.len() { Side::Left } else { Side::Right };
    branches.push(Branch { title: title.to_owned(), side });
    title.to_owned()
}

#[cfg(test)]
mod tests;
