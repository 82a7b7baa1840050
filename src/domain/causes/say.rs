//! What follows from the links, as sentences that can be read aloud: screen, minutes and pictures say it alike.

use super::{Causes, Circle, Root, Weak};
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

/// What an issue is called in a sentence: on a screen by its words, on paper with its number before them.
pub type Called = fn(&Dossier, Id<Node>) -> String;

/// 「入院」、「転倒」「不眠」の輪: what is at the root, whole; of many only how many they are.
fn roots(dossier: &Dossier, all: &[Vec<Id<Node>>], called: Called) -> String {
    let one = |members: &Vec<Id<Node>>| match members.as_slice() {
        [only] => called(dossier, *only),
        members => format!("{}の輪", few(dossier, members, ROUND, called)),
    };
    let said: Vec<String> = all.iter().take(CALLED).map(one).collect();
    let more = if all.len() > CALLED { format!("など{}か所", all.len()) } else { String::new() };
    said.join("、") + &more
}

/// Their words, or those of the first and how many there are.
fn few(dossier: &Dossier, ids: &[Id<Node>], most: usize, called: Called) -> String {
    let said = |ids: &[Id<Node>]| ids.iter().map(|id| called(dossier, *id)).collect::<String>();
    if ids.len() <= most { said(ids) } else { format!("{}など{}件", said(&ids[..CALLED]), ids.len()) }
}

/// 「飲まない理由をチームで共有できていない」から線をたどると、12件の課題に行き着きます; none without links.
pub fn root(dossier: &Dossier, causes: &Causes) -> Option<String> {
    let Root { reach, all, .. } = causes.root()?;
    let roots = roots(dossier, &all, quoted);
    Some(match all.as_slice() {
        [one] if one.len() == 1 => format!("{roots}から線をたどると、{reach}件の課題に行き着きます"),
        _ => format!("{roots}の{}、{reach}件の課題に行き着きます", anywhere(&all)),
    })
}

/// Where one may begin to follow the lines when there is no one root.
pub fn anywhere(all: &[Vec<Id<Node>>]) -> &'static str {
    match all {
        [_] => "どこから線をたどっても",
        [_, _] => "どちらから線をたどっても",
        _ => "どれから線をたどっても",
    }
}

/// ①「飲まない」がもとになって、ほかの12件の課題が起きています: for one who has not seen the lines. None without links.
pub fn origin(dossier: &Dossier, causes: &Causes, called: Called) -> Option<String> {
    let Root { reach, all, .. } = causes.root()?;
    let roots = roots(dossier, &all, called);
    Some(match all.as_slice() {
        [circle] if circle.len() == reach + 1 => {
            format!("{}は、たがいのもとになって輪になっています", few(dossier, circle, ROUND, called))
        }
        [members] => {
            let others = reach + 1 - members.len();
            format!("{roots}がもとになって、ほかの{others}件の課題が起きています")
        }
        // What a circle leads to counts itself.
        several if several.iter().any(|members| members.len() > 1) => {
            format!("{roots}が、それぞれほかの課題のもとになっています")
        }
        _ => format!("{roots}のそれぞれがもとになって、ほかの{reach}件の課題が起きています"),
    })
}

/// 「入院」から「転倒」「不眠」へと進み、また「入院」にもどります, with what else hangs in it.
pub fn circle(dossier: &Dossier, circle: &Circle) -> String {
    circle_called(dossier, circle, quoted)
}

/// The same with what its issues are called.
pub fn circle_called(dossier: &Dossier, circle: &Circle, called: Called) -> String {
    let Some((first, then)) = circle.round.split_first() else { return String::new() };
    let first = called(dossier, *first);
    let then = few(dossier, then, ROUND - 1, called);
    let others = match circle.others.as_slice() {
        [] => String::new(),
        few if few.len() <= CALLED => {
            format!("（{}もからんでいます）", self::few(dossier, few, CALLED, called))
        }
        many => format!("（ほかの{}件もからんでいます）", many.len()),
    };
    format!("{first}から{then}へと進み、また{first}にもどります{others}")
}

/// Where a circle is easiest to break, and why; or that this makes no difference.
pub fn breaking(dossier: &Dossier, circle: &Circle) -> String {
    breaking_called(dossier, circle, quoted)
}

/// The same with what its issues are called.
pub fn breaking_called(dossier: &Dossier, circle: &Circle, called: Called) -> String {
    let (Some(first), Some(last)) = (circle.round.first(), circle.round.last()) else { return String::new() };
    if circle.weak == Weak::Nowhere {
        return if circle.others.is_empty() {
            "どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです".to_owned()
        } else {
            "断ちやすさは、どの課題も同じです".to_owned()
        };
    }
    let (first, last) = (called(dossier, *first), called(dossier, *last));
    // Of one place it is said what it is that lies there; of several that holds for each.
    let (place, there, of) = match circle.equals.as_slice() {
        [] => (first.clone(), first.clone(), format!("{first}には、")),
        [other] => (format!("{first}か{}", called(dossier, *other)), "そこ".to_owned(), String::new()),
        others => (format!("{first}など{}件のどれか", others.len() + 1), "そこ".to_owned(), String::new()),
    };
    let line = if circle.equals.is_empty() && circle.weak != Weak::AllThrough {
        format!("{last}から{first}への線")
    } else {
        format!("{place}へ来る線")
    };
    let why = match (circle.weak, circle.outside) {
        (Weak::AllThrough, _) => format!("どの輪も{there}を通ります"),
        (Weak::FewestInside, _) => "そこへ来る線が、輪の中で最も少なくなっています".to_owned(),
        (_, 0) => format!("{of}ほかからの原因がありません"),
        (_, count) => format!("{of}ほかからの原因が{count}件で、最も少なくなっています"),
    };
    format!("断ちやすいのは、{line}です。{why}")
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
