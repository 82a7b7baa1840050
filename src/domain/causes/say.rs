//! What follows from the links, as sentences that can be read aloud: screen, minutes and pictures say it alike.

use std::cell::RefCell;
use std::collections::HashSet;

use super::{Causes, Circle, Root, Weak};
use crate::domain::text::clean_line;
use crate::domain::{Dossier, Id, Link, Node};

/// So many others are called by their words; of more is only said how many.
const CALLED: usize = 3;

/// So many more have room by their numbers.
const NUMBERS: usize = 24;

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

/// How the issues of a text are called.
pub struct Called<'a> {
    /// Where one is spoken of for the first time: on a screen by its words, on paper with its number before them.
    pub first: &'a dyn Fn(Id<Node>) -> String,
    /// What says in little room which one is meant, where it was told before or its words have no room: its number. None where
    /// nobody sees numbers.
    pub again: Option<&'a dyn Fn(Id<Node>) -> String>,
    /// So many of a text are told by their words.
    pub told: usize,
}

/// A text in which issues are spoken of, one after the other.
struct Text<'a> {
    called: &'a Called<'a>,
    said: RefCell<HashSet<Id<Node>>>,
}

impl<'a> Text<'a> {
    fn new(called: &'a Called<'a>) -> Self {
        Self { called, said: RefCell::default() }
    }

    fn name(&self, id: Id<Node>) -> String {
        let mut said = self.said.borrow_mut();
        match self.called.again {
            Some(again) if said.contains(&id) || said.len() >= self.called.told => again(id),
            _ => {
                said.insert(id);
                (self.called.first)(id)
            }
        }
    }

    /// Their words one after the other; of many only the first words, then numbers, or how many there are.
    fn few(&self, ids: &[Id<Node>], most: usize) -> String {
        let many = ids.len() > most;
        let words = if many { CALLED } else { most };
        let said: String = ids.iter().take(words).map(|id| self.name(*id)).collect();
        match self.called.again {
            Some(again) if many && ids.len() <= NUMBERS => {
                said + &ids.iter().skip(words).map(|id| again(*id)).collect::<String>()
            }
            _ if many => format!("{said}など{}件", ids.len()),
            _ => said,
        }
    }

    /// 「入院」、「転倒」「不眠」の輪: what is at the root, whole; of many that have no numbers only how many they are.
    fn roots(&self, all: &[Vec<Id<Node>>]) -> String {
        let one = |members: &Vec<Id<Node>>| match members.as_slice() {
            [only] => self.name(*only),
            members => format!("{}の輪", self.few(members, ROUND)),
        };
        let most = if self.called.again.is_some() { NUMBERS } else { CALLED };
        let said: Vec<String> = all.iter().take(most).map(one).collect();
        let more = if all.len() > most { format!("など{}か所", all.len()) } else { String::new() };
        said.join("、") + &more
    }
}

/// Says something with the issues by their words alone, as a screen does.
fn on_screen<T>(dossier: &Dossier, say: impl FnOnce(&Text<'_>) -> T) -> T {
    let first = |id| quoted(dossier, id);
    say(&Text::new(&Called { first: &first, again: None, told: usize::MAX }))
}

/// 「飲まない理由をチームで共有できていない」から線をたどると、12件の課題に行き着きます; none without links.
pub fn root(dossier: &Dossier, causes: &Causes) -> Option<String> {
    let Root { reach, all, .. } = causes.root()?;
    let roots = on_screen(dossier, |text| text.roots(&all));
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
pub fn origin(causes: &Causes, called: &Called<'_>) -> Option<String> {
    let Root { reach, all, .. } = causes.root()?;
    let text = Text::new(called);
    if let [circle] = all.as_slice()
        && circle.len() == reach + 1
    {
        return Some(format!("{}は、たがいのもとになって輪になっています", text.few(circle, ROUND)));
    }
    let roots = text.roots(&all);
    Some(match all.as_slice() {
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
    on_screen(dossier, |text| round(circle, text))
}

/// Where a circle is easiest to break, and why; or that this makes no difference.
pub fn breaking(dossier: &Dossier, circle: &Circle) -> String {
    on_screen(dossier, |text| weakest(circle, text))
}

/// Both, one after the other.
pub fn vicious(circle: &Circle, called: &Called<'_>) -> String {
    let text = Text::new(called);
    let round = round(circle, &text);
    format!("悪循環：{round}。{}。", weakest(circle, &text))
}

fn round(circle: &Circle, text: &Text<'_>) -> String {
    let Some((start, then)) = circle.round.split_first() else { return String::new() };
    let first = text.name(*start);
    let then = text.few(then, ROUND - 1);
    let back = text.name(*start);
    let others = match circle.others.as_slice() {
        [] => String::new(),
        few if few.len() <= CALLED => format!("（{}もからんでいます）", text.few(few, CALLED)),
        many => format!("（ほかの{}件もからんでいます）", many.len()),
    };
    format!("{first}から{then}へと進み、また{back}にもどります{others}")
}

fn weakest(circle: &Circle, text: &Text<'_>) -> String {
    let (Some(first), Some(last)) = (circle.round.first(), circle.round.last()) else { return String::new() };
    if circle.weak == Weak::Nowhere {
        return if circle.others.is_empty() {
            "どこか1か所で線を断てば、輪はほどけます。断ちやすさは、どこも同じです".to_owned()
        } else {
            "断ちやすさは、どの課題も同じです".to_owned()
        };
    }
    let name = |id: &Id<Node>| text.name(*id);
    // Of one place it is said what it is that lies there; of several that holds for each.
    let one = circle.equals.is_empty();
    let line = match circle.equals.as_slice() {
        [] if circle.weak != Weak::AllThrough => format!("{}から{}への線", name(last), name(first)),
        [] => format!("{}へ来る線", name(first)),
        [other] => format!("{}か{}へ来る線", name(first), name(other)),
        others => format!("{}など{}件のどれかへ来る線", name(first), others.len() + 1),
    };
    let of = || if one { format!("{}には、", name(first)) } else { String::new() };
    let why = match (circle.weak, circle.outside) {
        (Weak::AllThrough, _) if one => format!("どの輪も{}を通ります", name(first)),
        (Weak::AllThrough, _) => "どの輪もそこを通ります".to_owned(),
        (Weak::FewestInside, _) => "そこへ来る線が、輪の中で最も少なくなっています".to_owned(),
        (_, 0) => format!("{}ほかからの原因がありません", of()),
        (_, count) => format!("{}ほかからの原因が{count}件で、最も少なくなっています", of()),
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
