//! The signs beside the words of a twig: the map keeps room for them, whoever draws it writes them there.

use std::borrow::Cow;

use super::map::Labels;
use super::measure::width;
use super::shape::Room;
use super::signs::Signs;
use crate::domain::{Kind, Node};

/// What stands on a branch without twigs.
const EMPTY: &str = "（まだ）";

/// The signs of the map, for the layout to keep room for them.
#[derive(Debug, Clone, Copy)]
pub struct MapLabels {
    /// Those of the terminal the map is shown in.
    pub signs: &'static Signs,
}

impl Labels for MapLabels {
    fn node(&self, node: &Node, hidden: usize) -> Room {
        let after = width(&after(self.signs, node)) + width(&folded(self.signs, hidden));
        Room { before: width(&before(self.signs, node)), after }
    }

    fn branch(&self, _: usize, hidden: usize) -> Room {
        Room { before: 0, after: width(&folded(self.signs, hidden)) }
    }

    fn empty(&self) -> &str {
        EMPTY
    }
}

/// What stands before the words: the number of an issue, the arrow of an idea.
pub fn before(signs: &Signs, node: &Node) -> Cow<'static, str> {
    match node.kind {
        Kind::Issue if node.number > 0 => Cow::Owned(format!("{} ", signs.number(node.number))),
        Kind::Idea => Cow::Owned(format!("{} ", signs.kind(node.kind))),
        _ => Cow::Borrowed(""),
    }
}

/// What stands after them: the sign of the kind.
pub fn after(signs: &Signs, node: &Node) -> Cow<'static, str> {
    match node.kind {
        Kind::Fact | Kind::Idea => Cow::Borrowed(""),
        Kind::Issue => Cow::Borrowed(signs.kind(node.kind)),
        Kind::Unknown if asks(node) => Cow::Borrowed(""),
        Kind::Feeling | Kind::Strength | Kind::Unknown => Cow::Owned(format!(" {}", signs.kind(node.kind))),
    }
}

/// Whether an unknown ends with a question mark of its own: that is then its sign.
pub fn asks(node: &Node) -> bool {
    node.kind == Kind::Unknown && node.text.ends_with(['？', '?'])
}

/// How many twigs are folded away, last of all; empty for none.
pub fn folded(signs: &Signs, hidden: usize) -> Cow<'static, str> {
    if hidden == 0 { Cow::Borrowed("") } else { Cow::Owned(format!(" {}{hidden}", signs.folded)) }
}
