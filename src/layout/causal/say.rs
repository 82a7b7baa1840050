//! What stands for an issue where there is no room for a sentence; the sentences are those of [`crate::domain::causes::say`].

use super::super::measure::ellipsis;
use super::super::signs::Signs;
use crate::domain::causes::{Circle, say::quoted};
use crate::domain::text::clean_line;
use crate::domain::{Dossier, Id, Node};

/// The number of an issue, or its words where it has none.
pub fn name(signs: &Signs, dossier: &Dossier, id: Id<Node>) -> String {
    match dossier.nodes.get(&id) {
        Some(node) if node.number > 0 => signs.number(node.number).into_owned(),
        _ => quoted(dossier, id),
    }
}

/// The cells of the words that stand for a circle.
const BRIEF: usize = 30;

/// A circle in one line, by where it is easiest to break.
pub fn brief(signs: &Signs, dossier: &Dossier, circle: &Circle) -> String {
    let first = circle.round.first().and_then(|id| dossier.nodes.get(id));
    let first = first.map_or_else(String::new, |node| clean_line(&node.text));
    let all = circle.round.len() + circle.others.len();
    format!("「{}」から{all}件をめぐって、もとにもどる悪循環", ellipsis(&first, BRIEF, signs.cut))
}
