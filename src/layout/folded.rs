//! What is folded away under a twig or a branch, and how a count says it: 「＋7 ①⑫ ♥✓」.

use std::fmt::Write;

use super::signs::Signs;
use crate::domain::{Kind, Node};

/// So many issues, or runs of them, are named by their numbers.
const NAMED: usize = 3;

/// From so many on, issues that follow one another are said as the first and the last.
const RUN: u32 = 3;

/// How little room there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Little {
    /// There is enough.
    #[default]
    No,
    /// No spaces, and a narrow sign.
    Close,
    /// Beside the name of a branch not even for the number of all its twigs.
    Closest,
}

/// How many twigs are folded away, and what is among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Folded {
    /// All of them.
    pub count: usize,
    /// What was looked for is among them.
    pub found: bool,
    /// The numbers of its issues, from the lowest bit on.
    issues: u128,
    /// There are more issues than are named.
    more: bool,
    /// The kinds among them that have a sign of their own, by their place in [`Kind::ALL`].
    kinds: u8,
    /// Ideas among them have become actions.
    planned: bool,
    room: Little,
}

impl Folded {
    /// One more twig; `planned`: an idea that has become an action, which is ticked wherever it is seen.
    pub fn add(&mut self, node: &Node, planned: bool) {
        self.count += 1;
        self.planned |= planned;
        match node.kind {
            Kind::Fact => {}
            Kind::Issue if node.number > 0 => match 1u128.checked_shl(node.number - 1) {
                Some(issue) => self.issues |= issue,
                None => self.more = true,
            },
            _ if planned => {}
            kind => self.kinds |= 1 << kind as u8,
        }
    }

    /// So many twigs, whatever they are.
    pub fn of(count: usize) -> Self {
        Self { count, ..Self::default() }
    }

    /// Names issues that are folded away further out, where there was no room to say them: all of one count that another left out.
    pub fn name(&mut self, all: &Self, said: &Self) {
        self.issues |= all.issues & !said.issues;
        self.more |= all.more;
    }

    /// Whether the number of an issue stands where other words would follow it without a space.
    pub fn ends_with_issue(&self) -> bool {
        self.room > Little::No && (self.issues > 0 || self.more)
    }

    /// How little room there is for it.
    pub fn room(&self) -> Little {
        self.room
    }

    /// What is said of it, from all there is to its number alone: issues and wishes are named as long as there is room, rather close
    /// together than not at all.
    pub fn shorter(self) -> [Self; 9] {
        let loud = Self { kinds: self.kinds & 1 << Kind::Feeling as u8, planned: false, ..self };
        let issues = Self { kinds: 0, ..loud };
        let first = self.issues & self.issues.wrapping_neg();
        let one = Self { issues: first, more: self.more || self.issues != first, ..issues };
        let count = Self { found: self.found, ..Self::of(self.count) };
        let [close, closest] = [Little::Close, Little::Closest].map(|room| Self { room, ..count });
        let [close_issues, close_one] = [issues, one].map(|issues| Self { room: Little::Close, ..issues });
        [self, loud, issues, one, close_issues, close_one, count, close, closest]
    }

    /// The first and the last number of each run of issues.
    fn runs(&self) -> Vec<(u32, u32)> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let there = (0..u128::BITS).filter(|bit| self.issues >> bit & 1 == 1);
        for number in there.map(|bit| bit + 1) {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == number => *last = number,
                _ => runs.push((number, number)),
            }
        }
        let parts = |(first, last): (u32, u32)| match last - first + 1 {
            RUN.. => vec![(first, last)],
            _ => (first..=last).map(|number| (number, number)).collect(),
        };
        runs.into_iter().flat_map(parts).collect()
    }

    /// With a space before it; empty where nothing is folded away.
    pub fn said(&self, signs: &Signs) -> String {
        let mut said = String::new();
        if self.count > 0 {
            let (space, plus) = if self.room > Little::No { ("", "+") } else { (" ", signs.folded) };
            // Writing to a string does not fail.
            let _ = write!(said, "{space}{plus}{}", self.count);
        }
        let runs = self.runs();
        for (i, (first, last)) in runs.iter().take(NAMED).enumerate() {
            let space = if i == 0 && self.room == Little::No { " " } else { "" };
            let _ = write!(said, "{space}{}", signs.number(*first));
            if first < last {
                let _ = write!(said, "-{}", signs.number(*last));
            }
        }
        if self.more || runs.len() > NAMED {
            said.push_str(signs.cut);
        }
        let kinds = Kind::ALL.into_iter().filter(|kind| self.kinds & (1 << *kind as u8) != 0);
        let ticked = self.planned.then_some(signs.saved);
        for (i, sign) in kinds.map(|kind| signs.kind(kind)).chain(ticked).enumerate() {
            let space = if i == 0 { " " } else { "" };
            let _ = write!(said, "{space}{sign}");
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::sample::Map;

    fn folded(outline: &str) -> Folded {
        let mut folded = Folded::default();
        Map::new(outline).dossier.nodes.values().for_each(|node| folded.add(node, false));
        folded
    }

    #[test]
    fn 場所が足りないときは課題と思いを最後まで言い_番号から先に減る() {
        let folded = folded("生活\n  !食べない\n  !眠れない\n  *続けたい\n  +よく笑う\n  ?いつから");
        let said = folded.shorter().map(|folded| folded.said(Signs::unicode()));
        assert_eq!(
            said,
            [" ＋5 ①② ♥★？", " ＋5 ①② ♥", " ＋5 ①②", " ＋5 ①…", "+5①②", "+5①…", " ＋5", "+5", "+5"]
        );
    }

    #[test]
    fn 続いた番号ははじめと終わりで言い_言えなかった番号はほかの数が言う() {
        let all = folded("生活\n  !一つ\n  !二つ\n  !三つ\n  !四つ\n  !五つ");
        assert_eq!(all.said(Signs::unicode()), " ＋5 ①-⑤");
        let mut title = Folded::of(2);
        title.name(&all, &folded("生活\n  !一つ\n  !二つ"));
        assert_eq!(title.said(Signs::unicode()), " ＋2 ③-⑤");
        let mut none = Folded::default();
        none.name(&folded("生活\n  !一つ"), &Folded::of(1));
        assert_eq!(none.said(Signs::unicode()), " ①");
    }
}
