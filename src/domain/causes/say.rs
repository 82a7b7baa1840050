//! What follows from the links, as sentences that can be read aloud: screen, minutes and pictures say it alike.

use super::{Causes, Circle, Root};
use crate::domain::text::clean_line;
use crate::domain::{Dossier, Id, Link, Node};

/// So many others are called by their words; of more is only said how many.
const CALLED: usize = 3;

/// So many are called on the way round: nobody listens to twenty.
const ROUND: usize = 7;

/// Of longer words only the beginning is said.
const LONG: usize = 60;

/// The words of an issue in brackets: nobody in the room knows its number by heart.
pub fn quoted(dossier: &Dossier, id: Id<Node>) -> String {
    let Some(node) = dossier.nodes.get(&id) else { return String::new() };
    let words = clean_line(&node.text);
    match words.char_indices().nth(LONG) {
        Some((end, _)) => format!("「{}…」", &words[..end]),
        None => format!("「{words}」"),
    }
}

fn all_quoted(dossier: &Dossier, ids: &[Id<Node>]) -> String {
    ids.iter().map(|id| quoted(dossier, *id)).collect()
}

/// 「飲まない理由をチームで共有できていない」から線をたどると、12件の課題に行き着きます; none without links.
pub fn root(dossier: &Dossier, causes: &Causes) -> Option<String> {
    let Root { id, reach, equals } = causes.root()?;
    let also = match equals.as_slice() {
        [] => String::new(),
        few @ ([_] | [_, _] | [_, _, _]) => format!("（{}からも同じ数です）", all_quoted(dossier, few)),
        many => format!("（ほかに{}件の課題からも同じ数です）", many.len()),
    };
    Some(format!("{}から線をたどると、{reach}件の課題に行き着きます{also}", quoted(dossier, id)))
}

/// 「入院」から「転倒」「不眠」へと進み、また「入院」にもどります, with what else hangs in it.
pub fn circle(dossier: &Dossier, circle: &Circle) -> String {
    let Some((first, then)) = circle.round.split_first() else { return String::new() };
    let first = quoted(dossier, *first);
    let then = match then {
        then if then.len() < ROUND => all_quoted(dossier, then),
        then => format!("{}など{}件", all_quoted(dossier, &then[..CALLED]), then.len()),
    };
    let others = match circle.others.as_slice() {
        [] => String::new(),
        few if few.len() <= CALLED => format!("（{}もからんでいます）", all_quoted(dossier, few)),
        many => format!("（ほかの{}件もからんでいます）", many.len()),
    };
    format!("{first}から{then}へと進み、また{first}にもどります{others}")
}

/// Where a circle is easiest to break, and why.
pub fn breaking(dossier: &Dossier, circle: &Circle) -> String {
    let (Some(first), Some(last)) = (circle.round.first(), circle.round.last()) else { return String::new() };
    let (first, last) = (quoted(dossier, *first), quoted(dossier, *last));
    let why = match circle.outside {
        0 => "ほかからの原因がありません".to_owned(),
        count => format!("ほかからの原因が{count}件で、最も少なくなっています"),
    };
    format!("断ちやすいのは、{last}から{first}への線です。{first}には、{why}")
}

/// Each link with its reason, in the order of the causes' numbers.
pub fn links(dossier: &Dossier) -> Vec<String> {
    let number = |id| dossier.nodes.get(&id).map_or(0, |node| node.number);
    let mut links: Vec<&Link> = dossier.links.values().filter(|link| link.from != link.to).collect();
    links.sort_by_key(|link| (number(link.from), number(link.to)));
    let sentence = |link: &Link| {
        let ends = format!("{}から{}へ", quoted(dossier, link.from), quoted(dossier, link.to));
        if link.label.is_empty() { ends } else { format!("{ends}：{}", clean_line(&link.label)) }
    };
    links.into_iter().map(sentence).collect()
}
