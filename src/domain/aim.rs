//! Where a `#` aims on the map: at a branch, an issue by its number, an open question by its letter, or a twig by its
//! first letters.
//!
//! The letters of the open questions are ア イ ウ: an input method that is on gives them with one key or two, and with it off
//! a b c mean the same questions, for ア is typed with an a either way.

use std::collections::HashMap;

use super::map::Place;
use super::text::{self, Fit};
use super::{Dossier, Id, Kind, Node, Step, Tree};

/// The letters of the first questions; those that follow have their number.
const LETTERS: &str =
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワ";

/// What a `#` may mean.
#[derive(Debug, Clone, Copy)]
pub enum Aim<'a> {
    /// By its index.
    Branch(usize),
    /// By its number, or by how it begins.
    Issue(&'a Node),
    /// An open question, and which of all questions it is.
    Question(&'a Node, usize),
    /// Another twig, and which it is of those with these words.
    Twig(&'a Node, usize),
}

impl<'a> Aim<'a> {
    /// The twig that is meant; none where it is a branch.
    pub fn node(self) -> Option<&'a Node> {
        match self {
            Aim::Branch(_) => None,
            Aim::Issue(node) | Aim::Question(node, _) | Aim::Twig(node, _) => Some(node),
        }
    }

    /// Where words that aim so go.
    pub fn place(self) -> Place {
        match self {
            Aim::Branch(branch) => Place::Branch(branch),
            Aim::Issue(node) | Aim::Question(node, _) | Aim::Twig(node, _) => Place::Under(node.id),
        }
    }
}

/// What a question goes by: its letter, or behind those its number. It keeps it when answers hang under it.
pub fn letter(at: usize) -> String {
    LETTERS.chars().nth(at).map_or_else(|| (at + 1).to_string(), String::from)
}

/// The map that is aimed at.
#[derive(Debug, Clone, Copy)]
pub struct Board<'a> {
    /// What stands on it.
    pub dossier: &'a Dossier,
    /// What hangs on what.
    pub tree: &'a Tree,
}

/// The twig that each text means where it is typed in full.
#[derive(Debug, Default)]
pub struct Firsts(HashMap<String, Id<Node>>);

impl Firsts {
    /// Of all twigs.
    pub fn of(board: Board) -> Self {
        let mut firsts = HashMap::new();
        for (_, node) in board.beginning("") {
            firsts.entry(text::sought(&node.text)).or_insert(node.id);
        }
        Self(firsts)
    }

    /// Whether words alone mean this twig, and neither a branch, a number nor one of several.
    pub fn is_meant(&self, board: Board, words: &str, twig: Id<Node>) -> bool {
        let sought = text::sought(words);
        self.0.get(&sought) == Some(&twig)
            && !sought.starts_with(['?', '!'])
            && !sought.contains(':')
            && text::number(words).is_none()
            && board.branches(&sought, None).is_empty()
    }
}

/// What is missing, in words for the person.
pub fn missed(query: &str) -> String {
    let sought = text::sought(query);
    match (sought.strip_prefix('?'), text::number(sought.trim_start_matches('!'))) {
        (Some(_), _) => "当てはまる、まだ答えのない問いはありません".to_owned(),
        (None, Some(number)) => format!("{number}番の課題はありません"),
        (None, None) => format!("「{}」はマップにありません", text::brief(query)),
    }
}

impl<'a> Board<'a> {
    /// What the letters after a `#` may mean, best first: a branch's name wins, and one that only holds them comes last. A plain
    /// number is that of a branch, and of an issue where ideas are asked for.
    pub fn aims(self, query: &str) -> Vec<Aim<'a>> {
        let sought = text::sought(query);
        let number = text::number(query);
        // Plain digits may be a branch; ⑫ and (12) are how the wall shows an issue.
        let is_plain = query.starts_with(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
        // Where ideas are asked for they answer issues, whose numbers stand on the wall: those of branches do not.
        let branches = self.branches(&sought, number.filter(|_| is_plain && !self.asks_ideas()));
        let (begun, holding): (Vec<_>, Vec<_>) = branches.into_iter().partition(|(fit, _)| *fit < Fit::Holds);
        let others = if let Some(letters) = sought.strip_prefix('?') {
            self.questions(letters)
        } else if let Some(words) = sought.strip_prefix('!') {
            self.issues(words, text::number(words))
        } else if number.is_some() {
            self.issues("", number)
        } else if !sought.is_empty() {
            self.twigs(&sought)
        } else {
            Vec::new()
        };
        let branch = |(_, index)| Aim::Branch(index);
        begun.into_iter().map(branch).chain(others).chain(holding.into_iter().map(branch)).collect()
    }

    /// Whether words mean this branch before anything else.
    pub fn means_branch(self, words: &str, branch: usize) -> bool {
        self.aims(words).first().is_some_and(|aim| matches!(aim, Aim::Branch(index) if *index == branch))
    }

    fn asks_ideas(self) -> bool {
        self.dossier.step() == Step::Ideas
    }

    /// The branches of a number or a name, best first.
    fn branches(self, sought: &str, number: Option<u32>) -> Vec<(Fit, usize)> {
        let index = number.and_then(|n| (n as usize).checked_sub(1));
        let fit = |i: usize, title: &str| match Fit::aimed(sought, &text::sought(title)) {
            _ if index == Some(i) => Some((false, Fit::Same)),
            fit => Some((true, fit?)),
        };
        let titles = self.dossier.meeting.branches.iter().enumerate();
        let mut found: Vec<_> = titles.filter_map(|(i, b)| Some((fit(i, &b.title)?, i))).collect();
        found.sort_unstable();
        found.into_iter().map(|((_, fit), i)| (fit, i)).collect()
    }

    /// The issue of a number, or those that begin with words.
    fn issues(self, words: &str, number: Option<u32>) -> Vec<Aim<'a>> {
        let fits = |n: &&Node| match number {
            Some(number) => n.number == number,
            None => Fit::begins(words, &n.text).is_some(),
        };
        self.dossier.issues().into_iter().filter(fits).map(Aim::Issue).collect()
    }

    /// The questions nobody has answered yet: that of a letter or number, else those with the words. Each goes by its place among
    /// all that were asked, so that it keeps its letter when another is answered, and no two have the same.
    fn questions(self, letters: &str) -> Vec<Aim<'a>> {
        let asked: Vec<&Node> = self.dossier.nodes.values().filter(|n| n.kind == Kind::Unknown).collect();
        let place = place_of(letters).filter(|at| *at < asked.len());
        let fits = |at: usize, node: &Node| match place {
            Some(place) => at == place,
            None => Fit::aimed(letters, &text::sought(&node.text)).is_some(),
        };
        let open = asked.into_iter().enumerate().filter(|(_, node)| self.is_open(node));
        open.filter(|(at, node)| fits(*at, node)).map(|(at, node)| Aim::Question(node, at)).collect()
    }

    /// Whether no twig under a question answers it.
    fn is_open(self, question: &Node) -> bool {
        self.tree.children(question.id).is_empty()
    }

    /// The twigs that begin with the words, whole words first, and issues first where ideas are asked for. `独居:2` is the
    /// second that says just 独居.
    fn twigs(self, sought: &str) -> Vec<Aim<'a>> {
        let numbered =
            sought.rsplit_once(':').and_then(|(words, at)| Some((words, at.parse::<usize>().ok()?)));
        if let Some((words, at)) = numbered {
            let mut same = self.beginning(words).into_iter().filter(|(fit, _)| *fit == Fit::Same);
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
        self.beginning(sought).into_iter().map(aim).collect()
    }

    fn beginning(self, sought: &str) -> Vec<(Fit, &'a Node)> {
        let mut found: Vec<_> =
            self.nodes().filter_map(|n| Some((Fit::begins(sought, &n.text)?, n))).collect();
        // Where ideas are asked for, they answer issues.
        let asked = |n: &Node| !self.asks_ideas() || n.kind == Kind::Issue;
        found.sort_by_key(|(fit, n)| (*fit, !asked(n)));
        found
    }

    fn nodes(self) -> impl Iterator<Item = &'a Node> {
        self.tree.depth_first().into_iter().filter_map(|id| self.dossier.nodes.get(&id))
    }
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
