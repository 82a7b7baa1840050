//! What follows from the links, in words: the screen, the minutes and the pictures say it alike.

use super::super::signs::Signs;
use crate::domain::causes::{Causes, Circle, Root};
use crate::domain::text::clean_line;
use crate::domain::{Dossier, Id, Node};

/// The number of an issue, or its words where it has none.
pub fn name(signs: &Signs, dossier: &Dossier, id: Id<Node>) -> String {
    match dossier.nodes.get(&id) {
        Some(node) if node.number > 0 => signs.number(node.number).into_owned(),
        Some(node) => format!("「{}」", clean_line(&node.text)),
        None => String::new(),
    }
}

fn names(signs: &Signs, dossier: &Dossier, ids: &[Id<Node>]) -> String {
    ids.iter().map(|id| name(signs, dossier, *id)).collect()
}

/// 「⑩を解くと 12 件の課題に届きます」; none without links.
pub fn root(signs: &Signs, dossier: &Dossier, causes: &Causes) -> Option<String> {
    let Root { id, reach, equals } = causes.root()?;
    let also = if equals.is_empty() {
        String::new()
    } else {
        format!("（{}からも同じ数に届きます）", names(signs, dossier, &equals))
    };
    Some(format!("{}を解くと {reach} 件の課題に届きます{also}", name(signs, dossier, id)))
}

/// 「悪循環 ②→⑤→②」, with what else hangs in it.
pub fn circle(signs: &Signs, dossier: &Dossier, circle: &Circle) -> String {
    let round: Vec<String> = circle.round.iter().map(|id| name(signs, dossier, *id)).collect();
    let first = round.first().cloned().unwrap_or_default();
    let arrow = signs.leads_to;
    let others = match circle.others.as_slice() {
        [] => String::new(),
        others => format!("（{}もからんでいます）", names(signs, dossier, others)),
    };
    format!("悪循環 {}{arrow}{first}{others}", round.join(arrow))
}

/// Where a circle is easiest to break, and why.
pub fn breaking(signs: &Signs, dossier: &Dossier, circle: &Circle) -> String {
    let (Some(first), Some(last)) = (circle.round.first(), circle.round.last()) else { return String::new() };
    let (first, last) = (name(signs, dossier, *first), name(signs, dossier, *last));
    let why = match circle.outside {
        0 => format!("{first}には、ほかからの原因がありません"),
        count => format!("{first}は、ほかからの原因が {count} 件で最も少ないところです"),
    };
    format!("断ちやすいのは {last}{}{first}（{why}）", signs.leads_to)
}
