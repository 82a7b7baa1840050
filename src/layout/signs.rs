//! Every sign the screen draws, in one table with a variant for terminals that give ambiguous characters two cells.
//!
//! `─ → ① ▲` are of ambiguous width (UAX #11): in some terminals set up for Japanese they take two cells. Lines, and what else
//! needs to have one cell, are others there; signs that stand among words are the same, and are measured as words are.

use std::borrow::Cow;

use super::measure::Ambiguous;
use super::shape::Stroke;
use crate::domain::Kind;

/// The signs of the screen. All have the width that `layout::measure` says in the terminals their table is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signs {
    /// Line signs by [`Stroke::bits`].
    strokes: [&'static str; 16],
    /// The same for lines that lead back.
    back_strokes: [&'static str; 16],
    /// After a feeling, a strength and an unknown; before an idea.
    feeling: &'static str,
    strength: &'static str,
    unknown: &'static str,
    idea: &'static str,
    /// The filled label after an issue.
    issue: &'static str,
    /// Before the number of twigs that are folded away.
    pub folded: &'static str,
    /// An arrowhead, or a mark that there is more that way.
    pub up: &'static str,
    /// An arrowhead, or a mark that there is more that way.
    pub down: &'static str,
    /// An arrowhead, or a mark that there is more that way.
    pub left: &'static str,
    /// An arrowhead, or a mark that there is more that way.
    pub right: &'static str,
    /// Left and right.
    pub both: &'static str,
    /// Before the current step, the selected row.
    pub current: &'static str,
    /// What stands on the disk, and what is ticked.
    pub saved: &'static str,
    /// What of a list is done.
    pub done: &'static str,
    /// What is not.
    pub open: &'static str,
    /// What was passed over.
    pub skipped: &'static str,
    /// What was called off.
    pub off: &'static str,
    /// The root of the issues.
    pub root: &'static str,
    /// From cause to effect.
    pub leads_to: &'static str,
    /// What is left to do after something was done.
    pub remains: &'static str,
    /// Before the entry line.
    pub entry: &'static str,
    /// Between the parts of a path.
    pub path: &'static str,
    /// Between two things said in one line.
    pub dot: &'static str,
    /// Where text was cut.
    pub cut: &'static str,
    /// One step of a bar.
    pub bar: &'static str,
    /// One of a bar that is no block.
    pub thin_bar: &'static str,
    /// A dot of a large digit: it leaves no gap.
    pub ink: &'static str,
    /// The edges of a window: left, right, level and the four corners from the upper left on. None is a line of the map.
    pub edges: [&'static str; 7],
    /// Before a warning.
    pub warning: &'static str,
}

const UNICODE: Signs = Signs {
    strokes: [" ", "╵", "╷", "│", "╴", "╯", "╮", "┤", "╶", "╰", "╭", "├", "─", "┴", "┬", "┼"],
    back_strokes: [" ", "╵", "╷", "┊", "╴", "╯", "╮", "┤", "╶", "╰", "╭", "├", "┄", "┴", "┬", "┼"],
    feeling: "♥",
    strength: "★",
    unknown: "？",
    idea: "→",
    issue: "【課題】",
    folded: "＋",
    up: "▲",
    down: "▼",
    left: "◀",
    right: "▶",
    both: "◆",
    current: "▶",
    saved: "✓",
    done: "●",
    open: "○",
    skipped: "-",
    off: "×",
    root: "◎",
    leads_to: "→",
    remains: "⇒",
    entry: "▌",
    path: "›",
    dot: "·",
    cut: "…",
    bar: "▇",
    thin_bar: "━",
    ink: "█",
    edges: ["│", "│", "─", "╭", "╮", "╰", "╯"],
    warning: "▲",
};

/// What is drawn cell by cell, as lines are, has one cell here, too. A plus is what counts, and no part of a line.
const WIDE: Signs = Signs {
    strokes: [" ", "|", "|", "|", "-", "'", ".", "|", "-", "`", ".", "|", "-", "-", "-", "|"],
    back_strokes: [" ", ":", ":", ":", ".", "'", ".", ":", ".", "`", ".", ":", ".", ".", ".", ":"],
    up: "^",
    down: "v",
    left: "<",
    right: ">",
    both: "x",
    current: ">",
    entry: "|",
    path: ">",
    dot: "-",
    bar: "#",
    thin_bar: "#",
    ink: "#",
    edges: ["[", "]", "=", "=", "=", "=", "="],
    warning: "!",
    ..UNICODE
};

impl Signs {
    /// For a terminal that gives ambiguous characters so many cells.
    pub const fn on(terminal: Ambiguous) -> &'static Signs {
        match terminal {
            Ambiguous::Narrow => &UNICODE,
            Ambiguous::Wide => &WIDE,
        }
    }

    /// For terminals that give ambiguous characters one cell: nearly all.
    pub const fn unicode() -> &'static Signs {
        &UNICODE
    }

    /// The sign of a kind; a fact has none.
    pub fn kind(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Fact => "",
            Kind::Feeling => self.feeling,
            Kind::Strength => self.strength,
            Kind::Unknown => self.unknown,
            Kind::Issue => self.issue,
            Kind::Idea => self.idea,
        }
    }

    /// The sign for lines leaving a cell in these directions.
    pub fn stroke(&self, stroke: Stroke) -> &'static str {
        self.strokes[usize::from(stroke.bits() & 15)]
    }

    /// The same for a line that leads back.
    pub fn back_stroke(&self, stroke: Stroke) -> &'static str {
        self.back_strokes[usize::from(stroke.bits() & 15)]
    }

    /// A level line of so many cells.
    pub fn rule(&self, cells: usize) -> String {
        self.stroke(Stroke::HORIZONTAL).repeat(cells)
    }

    /// The number of an issue or a step: ①…㊿, then (51).
    pub fn number(&self, number: u32) -> Cow<'static, str> {
        let first = match number {
            1..=20 => 0x2460 - 1,
            21..=35 => 0x3251 - 21,
            36..=50 => 0x32b1 - 36,
            _ => return Cow::Owned(format!("({number})")),
        };
        match char::from_u32(first + number) {
            Some(circled) => Cow::Owned(circled.to_string()),
            None => Cow::Owned(format!("({number})")),
        }
    }
}

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn 線と矢じりは全角の端末でも一桁() {
        let Signs { strokes, back_strokes, up, down, left, right, both, .. } = WIDE;
        let Signs { current, entry, path, dot, bar, ink, warning, edges, .. } = WIDE;
        let others = [up, down, left, right, both, current, entry, path, dot, bar, ink, warning];
        assert!(edges.iter().all(|edge| !strokes.contains(edge) && !back_strokes.contains(edge)));
        for sign in strokes.into_iter().chain(back_strokes).chain(others).chain(edges) {
            assert_eq!((sign.width(), sign.width_cjk()), (1, 1), "{sign}");
        }
    }

    #[test]
    fn 番号は丸で囲む() {
        let signs = Signs::unicode();
        let said: Vec<Cow<'_, str>> = [1, 20, 21, 35, 36, 50, 51, 0].map(|n| signs.number(n)).into();
        assert_eq!(said, ["①", "⑳", "㉑", "㉟", "㊱", "㊿", "(51)", "(0)"]);
        assert_eq!(signs.stroke(Stroke::UP.and(Stroke::RIGHT)), "╰");
        assert_eq!(signs.stroke(Stroke::VERTICAL.and(Stroke::LEFT)), "┤");
    }
}
