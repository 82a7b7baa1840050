//! The signs beside the words of a twig: the map keeps room for them, whoever draws it writes them there.
//!
//! On the screen the sign of a kind stands in a column of its own between the line and the words, so that words begin one
//! under the other. On paper, which has no cells, signs stand around the words.

use std::borrow::Cow;

use super::folded::{Folded, Little};
use super::map::Labels;
use super::measure::width;
use super::shape::Room;
use super::signs::Signs;
use crate::domain::{Kind, Node, Side};

/// What stands on a branch without twigs.
const EMPTY: &str = "（まだ）";

/// The same where that has no room.
const NONE: &str = " 0";

/// The cells of a space and two digits.
const DIGITS: usize = 3;

/// The cells before the words of a twig: a sign that may be two cells wide, or one with a free cell after it, since many
/// terminals draw it wider than it is.
pub const SIGN: usize = 2;

/// How an issue is told from the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issues {
    /// By its number, and a label behind its words.
    Labelled,
    /// By its number alone: the label gives way to words.
    Numbered,
}

/// The signs of the map on the screen, for the layout to keep room for them.
#[derive(Debug, Clone, Copy)]
pub struct MapLabels {
    /// Those of the terminal the map is shown in.
    pub signs: &'static Signs,
    /// How issues are marked.
    pub issues: Issues,
    /// A part of the map alone is seen: that a branch has none of it does not say that nobody has said anything.
    pub part: bool,
}

impl MapLabels {
    /// What stands between the line and the words: on the right beside the first of them, on the left after the last, since words are
    /// read to the right. There a question ends with a mark of its own.
    pub fn sign(&self, node: &Node, side: Side) -> Cow<'static, str> {
        match node.kind {
            Kind::Fact => Cow::Borrowed(""),
            Kind::Unknown if asks(node) && side == Side::Left => Cow::Borrowed(""),
            Kind::Issue if node.number == 0 => Cow::Borrowed(""),
            Kind::Issue => Cow::Owned(format!("{} ", self.signs.number(node.number))),
            kind => Cow::Borrowed(self.signs.kind(kind)),
        }
    }

    /// The cells it has. They are the same on both sides, so that a twig may stand on either.
    pub fn before(&self, node: &Node) -> usize {
        width(&self.sign(node, Side::Right)).max(SIGN)
    }

    /// What stands behind the last of the words.
    pub fn label(&self, node: &Node) -> &'static str {
        let named = self.issues == Issues::Numbered && node.number > 0;
        if node.kind == Kind::Issue && !named { self.signs.kind(Kind::Issue) } else { "" }
    }

    /// Behind the title of a branch: how many twigs it has, and what is folded away.
    pub fn beside(&self, count: usize, folded: &Folded) -> String {
        match count {
            0 if self.part => NONE.to_owned(),
            // In columns; elsewhere it is said in a box of its own.
            0 if self.issues == Issues::Numbered => {
                (if folded.room() > Little::No { NONE } else { EMPTY }).to_owned()
            }
            0 => String::new(),
            // All of them are folded away: that says how many there are. Where there is no room for both, that some are not seen
            // matters more.
            _ if folded.count > 0
                && (count == folded.count
                    || folded.room() == Little::Closest && self.issues == Issues::Numbered) =>
            {
                folded.said(self.signs)
            }
            _ => format!(" {count}{}", folded.said(self.signs)),
        }
    }
}

impl Labels for MapLabels {
    fn node(&self, node: &Node, folded: &Folded, side: Side) -> Room {
        let beside = width(self.label(node)) + width(&folded.said(self.signs));
        Room::of(self.before(node), beside, side)
    }

    fn branch(&self, count: usize, folded: &Folded) -> Room {
        // Two digits have room from the start: nothing moves when they come.
        Room { after: width(&self.beside(count, folded)).max(DIGITS), ..Room::default() }
    }

    fn cut(&self) -> &str {
        self.signs.cut
    }

    fn empty(&self) -> &str {
        if self.part { "" } else { EMPTY }
    }
}

/// What stands before the words on paper: the number of an issue, the arrow of an idea.
pub fn before(signs: &Signs, node: &Node) -> Cow<'static, str> {
    match node.kind {
        Kind::Issue if node.number > 0 => Cow::Owned(format!("{} ", signs.number(node.number))),
        Kind::Idea => Cow::Owned(format!("{} ", signs.kind(node.kind))),
        _ => Cow::Borrowed(""),
    }
}

/// What stands after them there: the sign of the kind.
pub fn after(signs: &Signs, node: &Node) -> Cow<'static, str> {
    match node.kind {
        Kind::Fact | Kind::Idea => Cow::Borrowed(""),
        Kind::Issue => Cow::Borrowed(signs.kind(node.kind)),
        Kind::Unknown if asks(node) => Cow::Borrowed(""),
        Kind::Feeling | Kind::Strength | Kind::Unknown => Cow::Owned(format!(" {}", signs.kind(node.kind))),
    }
}

/// Whether an unknown ends with a question mark of its own: on paper that is then its sign.
pub fn asks(node: &Node) -> bool {
    node.kind == Kind::Unknown && node.text.ends_with(['？', '?'])
}
