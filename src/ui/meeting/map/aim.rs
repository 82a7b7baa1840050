//! Where a `#` aims on the map: at a branch, an issue by its number, an open question by its letter, or a twig by its
//! first letters.
//!
//! The letters of the open questions are ア イ ウ: an input method that is on gives them with one key or two, and with it off
//! a b c mean the same questions, for ア is typed with an a either way.

use std::collections::HashMap;

use crate::domain::map::Place;
use crate::domain::text::{self, Fit};
use crate::domain::{Id, Kind, Node, Step};
use crate::layout::signs::Signs;
use crate::ui::entry::Candidate;
use crate::ui::meeting::map::Sitting;

/// The letters of the first open questions; those that follow have their number.
const LETTERS: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";

/// What a `#` may mean.
#[derive(Debug, Clone, Copy)]
pub(super) enum Aim<'a> {
    /// By its index.
    Branch(usize),
    Issue(&'a Node),
    /// An open question, and which of them it is.
    Question(&'a Node, usize),
    /// Another twig, and which it is of those with these words.
    Twig(&'a Node, usize),
}

impl Aim<'_> {
    /// Where words that aim so go.
    pub(super) fn place(self) -> Place {
        match self {
            Aim::Branch(branch) => Place::Branch(branch),
            Aim::Issue(node) | Aim::Question(node, _) | Aim::Twig(node, _) => Place::Under(node.id),
        }
    }

    fn candidate(self, doc: &Sitting, marks: &Signs, firsts: &Firsts) -> Candidate {
        let of = |node: &Node, mark: &str, words: String| Candidate {
            label: format!("{mark}{}", node.text),
            note: node.branch.clone(),
            words,
        };
        match self {
            Aim::Branch(branch) => Candidate {
                label: doc.dossier.meeting.branches.get(branch).map_or_else(String::new, |b| b.title.clone()),
                note: format!("大枝 {}", branch + 1),
                words: (branch + 1).to_string(),
            },
            Aim::Issue(node) => {
                of(node, &format!("課題{} ", marks.number(node.number)), format!("!{}", node.number))
            }
            Aim::Question(node, at) => {
                let letter = LETTERS.chars().nth(at).map_or_else(|| (at + 1).to_string(), String::from);
                of(node, &format!("問い{letter} "), format!("?{letter}"))
            }
            Aim::Twig(node, at) => {
                // A space would end the sign.
                let words: String = node.text.chars().filter(|c| !c.is_whitespace()).collect();
                let is_plain = at == 0 && firsts.is_meant(doc, &words, node.id);
                of(node, "", if is_plain { words } else { format!("{words}:{}", at + 1) })
            }
        }
    }
}

/// What the letters of a half-typed `#` may become.
pub(crate) fn candidates(doc: &Sitting, query: &str, marks: &Signs) -> Vec<Candidate> {
    let aims = aims(doc, query);
    // Asked once for all: many twigs may begin alike.
    let twigs = aims.iter().any(|aim| matches!(aim, Aim::Twig(..)));
    let firsts = if twigs { Firsts::of(doc) } else { Firsts::default() };
    aims.into_iter().map(|aim| aim.candidate(doc, marks, &firsts)).collect()
}

/// The twig that each text means where it is typed in full.
#[derive(Default)]
struct Firsts(HashMap<String, Id<Node>>);

impl Firsts {
    fn of(doc: &Sitting) -> Self {
        let mut firsts = HashMap::new();
        for (_, node) in beginning(doc, "") {
            firsts.entry(text::sought(&node.text)).or_insert(node.id);
        }
        Self(firsts)
    }

    /// Whether words alone mean this twig, and neither a branch, a number nor one of several.
    fn is_meant(&self, doc: &Sitting, words: &str, twig: Id<Node>) -> bool {
        let sought = text::sought(words);
        self.0.get(&sought) == Some(&twig)
            && !sought.starts_with(['?', '!'])
            && !sought.contains(':')
            && text::number(words).is_none()
            && branches(doc, &sought, None).is_empty()
    }
}

/// What the letters after a `#` may mean, best first: a branch's name wins.
pub(super) fn aims<'a>(doc: &'a Sitting, query: &str) -> Vec<Aim<'a>> {
    let sought = text::sought(query);
    let number = text::number(query);
    // Plain digits may be a branch; ⑫ and (12) are how the wall shows an issue.
    let is_plain = query.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let mut found = branches(doc, &sought, number.filter(|_| is_plain));
    if let Some(letters) = sought.strip_prefix('?') {
        found.extend(questions(doc, letters));
    } else if let Some(words) = sought.strip_prefix('!') {
        found.extend(issues(doc, words, text::number(words)));
    } else if number.is_some() {
        found.extend(issues(doc, "", number));
    } else if !sought.is_empty() {
        found.extend(twigs(doc, &sought));
    }
    found
}

/// What is missing, in words for the person.
pub(super) fn missed(query: &str) -> String {
    let sought = text::sought(query);
    match (sought.strip_prefix('?'), text::number(sought.trim_start_matches('!'))) {
        (Some(_), _) => "当てはまる、まだ答えのない問いはありません".to_owned(),
        (None, Some(number)) => format!("{number}番の課題はありません"),
        (None, None) => format!("「{}」は地図にありません", text::brief(query)),
    }
}

fn branches<'a>(doc: &Sitting, sought: &str, number: Option<u32>) -> Vec<Aim<'a>> {
    let index = number.and_then(|n| (n as usize).checked_sub(1));
    let fit = |i: usize, title: &str| match Fit::of(sought, &text::sought(title)) {
        _ if index == Some(i) => Some((false, Fit::Same)),
        fit => Some((true, fit?)),
    };
    let titles = doc.dossier.meeting.branches.iter().enumerate();
    let mut found: Vec<_> = titles.filter_map(|(i, b)| Some((fit(i, &b.title)?, i))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, i)| Aim::Branch(i)).collect()
}

/// The issue of a number, or those that begin with words.
fn issues<'a>(doc: &'a Sitting, words: &str, number: Option<u32>) -> Vec<Aim<'a>> {
    let fits = |n: &&Node| match number {
        Some(number) => n.number == number,
        None => Fit::begins(words, &n.text).is_some(),
    };
    doc.dossier.issues().into_iter().filter(fits).map(Aim::Issue).collect()
}

/// The questions nobody has answered yet, in the order of the map: that of a letter or number, else those with the words.
fn questions<'a>(doc: &'a Sitting, letters: &str) -> Vec<Aim<'a>> {
    let nodes = doc.tree.depth_first().into_iter().filter_map(|id| doc.dossier.nodes.get(&id));
    let open: Vec<&Node> = nodes.filter(|n| is_open(doc, n)).collect();
    let all = open.iter().enumerate().map(|(at, node)| Aim::Question(node, at));
    match place_of(letters).and_then(|at| Some((open.get(at)?, at))) {
        Some((node, at)) => vec![Aim::Question(node, at)],
        None => all
            .zip(&open)
            .filter(|(_, n)| Fit::of(letters, &text::sought(&n.text)).is_some())
            .map(|(aim, _)| aim)
            .collect(),
    }
}

/// Whether a twig asks something that no twig under it answers.
pub(super) fn is_open(doc: &Sitting, node: &Node) -> bool {
    node.kind == Kind::Unknown && doc.tree.children(node.id).is_empty()
}

/// Which question a letter means: ア or あ, a, or 1.
fn place_of(letters: &str) -> Option<usize> {
    let mut chars = letters.chars();
    match (chars.next()?, chars.next()) {
        (c @ 'a'..='z', None) => Some(c as usize - 'a' as usize),
        (c, None) if !c.is_ascii_digit() => text::sought(LETTERS).chars().position(|letter| letter == c),
        _ => (text::number(letters)? as usize).checked_sub(1),
    }
}

/// The twigs that begin with the words, whole words first, and issues first where ideas are asked for. `独居:2` is the second that says just 独居.
fn twigs<'a>(doc: &'a Sitting, sought: &str) -> Vec<Aim<'a>> {
    let numbered = sought.rsplit_once(':').and_then(|(words, at)| Some((words, at.parse::<usize>().ok()?)));
    if let Some((words, at)) = numbered {
        let mut same = beginning(doc, words).into_iter().filter(|(fit, _)| *fit == Fit::Same);
        if let Some((_, node)) = at.checked_sub(1).and_then(|at| same.nth(at)) {
            return vec![Aim::Twig(node, at - 1)];
        }
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let aim = |(_, node): (Fit, &'a Node)| {
        let before = seen.entry(text::sought(&node.text)).or_default();
        *before += 1;
        if node.kind == Kind::Issue { Aim::Issue(node) } else { Aim::Twig(node, *before - 1) }
    };
    beginning(doc, sought).into_iter().map(aim).collect()
}

fn beginning<'a>(doc: &'a Sitting, sought: &str) -> Vec<(Fit, &'a Node)> {
    let nodes = doc.tree.depth_first().into_iter().filter_map(|id| doc.dossier.nodes.get(&id));
    let mut found: Vec<_> = nodes.filter_map(|n| Some((Fit::begins(sought, &n.text)?, n))).collect();
    // Where ideas are asked for, they answer issues.
    let asked = |n: &Node| doc.step() != Step::Ideas || n.kind == Kind::Issue;
    found.sort_by_key(|(fit, n)| (*fit, !asked(n)));
    found
}
