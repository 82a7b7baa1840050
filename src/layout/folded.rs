//! What is folded away under a twig or a branch, and how a count says it: 「＋7 ①⑫ ♥✓」.

use std::fmt::Write;

use super::signs::Signs;
use crate::domain::{Kind, Node};

/// So many issues are named by their numbers.
const NAMED: usize = 3;

/// How many twigs are folded away, and what is among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Folded {
    /// All of them.
    pub count: usize,
    /// The first numbers of issues; 0 for none.
    issues: [u32; NAMED],
    /// There are more issues than are named.
    more: bool,
    /// The kinds among them that have a sign of their own, by their place in [`Kind::ALL`].
    kinds: u8,
    /// Ideas among them have become actions.
    planned: bool,
}

impl Folded {
    /// One more twig; `planned`: an idea that has become an action, which is ticked wherever it is seen.
    pub fn add(&mut self, node: &Node, planned: bool) {
        self.count += 1;
        self.planned |= planned;
        match node.kind {
            Kind::Fact => {}
            Kind::Issue if node.number > 0 => match self.issues.iter_mut().find(|number| **number == 0) {
                Some(free) => *free = node.number,
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

    /// What is said of it, from all there is to its number alone: issues and wishes are named as long as there is room.
    pub fn shorter(self) -> [Self; 4] {
        let loud = Self { kinds: self.kinds & 1 << Kind::Feeling as u8, planned: false, ..self };
        let [first, others @ ..] = self.issues;
        let more = self.more || others.iter().any(|number| *number > 0);
        let one = Self { issues: [first, 0, 0], more, kinds: 0, ..loud };
        [self, loud, one, Self::of(self.count)]
    }

    /// With a space before it; empty where nothing is folded away.
    pub fn said(&self, signs: &Signs) -> String {
        let mut said = String::new();
        if self.count == 0 {
            return said;
        }
        // Writing to a string does not fail.
        let _ = write!(said, " {}{}", signs.folded, self.count);
        for (i, number) in self.issues.into_iter().filter(|number| *number > 0).enumerate() {
            let space = if i == 0 { " " } else { "" };
            let _ = write!(said, "{space}{}", signs.number(number));
        }
        if self.more {
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

    #[test]
    fn 場所が足りないときは課題と思いを最後まで言い_番号から先に減る() {
        let map = Map::new("生活\n  !食べない\n  !眠れない\n  *続けたい\n  +よく笑う\n  ?いつから");
        let mut folded = Folded::default();
        map.dossier.nodes.values().for_each(|node| folded.add(node, false));
        let said = folded.shorter().map(|folded| folded.said(Signs::unicode()));
        assert_eq!(said, [" ＋5 ①② ♥★？", " ＋5 ①② ♥", " ＋5 ①…", " ＋5"]);
    }
}
