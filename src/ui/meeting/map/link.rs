//! Cause and effect on the map: linking one issue to another.
//!
//! While a link is made, what is typed is a number, or words that look for an issue; what follows after a space is the
//! reason. Whoever picks a twig with the arrows has chosen: then all that is typed is the reason.

use crate::command::Command;
use crate::domain::several::closing;
use crate::domain::text::{self, Fit};
use crate::domain::{Id, Kind, Link, Node, map};
use crate::layout::causal::say;
use crate::layout::shape::What;
use crate::ui::meeting::map::{Sitting, Target};
use crate::ui::{Context, LastKey, MapScreen};

impl MapScreen {
    /// Typed words look for the issue to link to, as long as none was picked with the arrows.
    pub(crate) fn seek_link(&mut self, doc: &Sitting, from: Id<Node>, step: isize) {
        if self.picked {
            return;
        }
        let (found, _) = link_hits(doc, from, self.writing.line.text());
        self.hits = found.iter().copied().collect();
        let at = self.selected_node(doc).and_then(|n| found.iter().position(|id| *id == n.id));
        let next = at.map_or(0, |at| (at as isize + step).rem_euclid(found.len() as isize) as usize);
        self.select_node(doc, found.get(next).copied().unwrap_or(from));
    }

    pub(crate) fn finish_link(&mut self, doc: &mut Sitting, cx: &mut Context, from: Id<Node>) {
        // Whoever says both ends means these, whatever was selected.
        let line = self.writing.line.text();
        let (from, to, label) = match typed(doc, line.trim()) {
            Some(link) => link,
            None => match self.link_target(doc, from, line) {
                Ok((to, label)) => (from, to, label),
                Err(problem) => return self.doubt_link(doc, cx, &problem),
            },
        };
        let links = doc.dossier.links.len();
        if self.add_link(doc, cx, from, to, label) {
            self.leave_target(doc);
            self.go_to_effect(doc, to, links);
        }
    }

    /// Words that are no issue are asked about; meant all the same, they are a twig, and no link is being made any more.
    fn doubt_link(&mut self, doc: &mut Sitting, cx: &mut Context, problem: &str) {
        let line = self.writing.line.clone();
        let words = line.text().trim();
        if words.is_empty() || self.picked || text::number(head_and_tail(words).0).is_some() {
            return cx.warn(problem);
        }
        if !self.asked_about.is_again(line.text()) {
            cx.warn(format!(
                "{problem}。もう一度 {} で、枝のことばにします。",
                cx.keymap.said(Command::AddBeside)
            ));
            cx.last = LastKey::Asked(Command::AddBeside);
            return;
        }
        self.leave_target(doc);
        let aside = std::mem::replace(&mut self.writing.line, line);
        self.add_twig(doc, cx, Command::AddBeside);
        if self.writing.line.is_empty() {
            self.writing.line = aside;
        }
    }

    /// What was just brought about often brings about the next: where there is a link more than before, one goes on from there.
    pub(super) fn go_to_effect(&mut self, doc: &Sitting, effect: Id<Node>, links: usize) {
        if doc.dossier.links.len() > links {
            self.select_node(doc, effect);
        }
    }

    /// Links two issues, and says what has become of it. False: it could not be written.
    pub(super) fn add_link(
        &self,
        doc: &mut Sitting,
        cx: &mut Context,
        from: Id<Node>,
        to: Id<Node>,
        label: String,
    ) -> bool {
        let Some((cause, effect)) = doc.dossier.nodes.get(&from).zip(doc.dossier.nodes.get(&to)) else {
            return false;
        };
        let words = Link::adding(cause, effect);
        let stood = doc.dossier.links.values().any(|l| l.from == from && l.to == to);
        let (meeting, at) = (doc.dossier.meeting.id, cx.now.at);
        let link = Link { id: cx.ids.id(), meeting, from, to, label, at };
        let changes = map::link(&doc.dossier, link);
        if changes.is_empty() {
            cx.say("もうつながっています。理由を書きなおすときは、番号のあとに空白と理由を書きます。");
            return true;
        }
        let is_kept = doc.commit(cx, words.clone(), changes);
        if is_kept {
            let said = match closed_circle(doc, cx, from, to) {
                _ if stood => "もうつながっているので、理由を書きなおしました。".to_owned(),
                circle => circle.unwrap_or(words),
            };
            cx.say(cx.watch.unnamed(&said));
        }
        is_kept
    }

    /// The issue a link is being made from.
    pub fn linking(&self) -> Option<Id<Node>> {
        if let Some(Target::Link(from)) = self.writing.target() { Some(from) } else { None }
    }

    /// The issue a link line means, and the reason in it; or what is missing, in words for the person.
    pub fn link_target(
        &self,
        doc: &Sitting,
        from: Id<Node>,
        raw: &str,
    ) -> Result<(Id<Node>, String), String> {
        let raw = text::clean_line(raw);
        let (head, tail) = head_and_tail(&raw);
        let choose = || Err("つなぐ先を、番号かことばで書くか、マップで選んでください".to_owned());
        let numbered = |number| doc.dossier.issues().into_iter().find(|n| n.number == number);
        let (to, reason) = match (text::number(head), self.selected) {
            (Some(number), _) => match numbered(number) {
                Some(issue) => (issue.id, tail),
                None => return Err(format!("{number}番の課題はありません")),
            },
            (None, What::Node(id)) if self.picked => (id, raw.as_str()),
            _ if raw.is_empty() => return choose(),
            _ => {
                let (found, reason) = link_hits(doc, from, &raw);
                let selected = found.iter().copied().find(|id| self.selected == What::Node(*id));
                match selected.or(found.first().copied()) {
                    Some(id) => (id, reason),
                    None => return Err(format!("「{head}」ということばの課題はありません")),
                }
            }
        };
        match doc.dossier.nodes.get(&to) {
            _ if to == from && !raw.is_empty() => {
                Err("もとと同じ課題です。つなぐ先には、ほかの課題を選んでください".to_owned())
            }
            _ if to == from => choose(),
            Some(effect) if effect.kind != Kind::Issue => {
                Err(format!("「{}」は課題ではありません。課題どうしをつなぎます", effect.text))
            }
            _ => Ok((to, reason.to_owned())),
        }
    }
}

/// What is said of a link that closes a circle: it may be meant so, or the wrong way round.
fn closed_circle(doc: &Sitting, cx: &Context, from: Id<Node>, to: Id<Node>) -> Option<String> {
    let circle = doc.causes.circle_of(from).filter(|circle| doc.causes.circle_of(to) == Some(circle))?;
    let round = say::brief(cx.marks, &doc.dossier, circle);
    let key = cx.keymap.said(Command::Undo);
    Some(format!("{round}になりました。向きがちがうときは {key} で元に戻せます。"))
}

/// The link that words are: 「17>3 わけ」, where both issues exist. Else they are words.
pub(super) fn typed(doc: &Sitting, words: &str) -> Option<(Id<Node>, Id<Node>, String)> {
    let (from, rest) = words.split_once(['>', '＞', '→', '⇒'])?;
    let (to, reason) = number_and_reason(rest.trim_start())?;
    // 「2>4月から」 says something else.
    let parted = reason.is_empty() || reason.starts_with(|c: char| parts_reason(c) || closing(c).is_some());
    let issue = |number| doc.dossier.issues().into_iter().find(|n| n.number == number).map(|n| n.id);
    let (from, to) = (issue(text::number(from.trim())?)?, issue(to)?);
    (from != to && parted).then(|| (from, to, bare(reason).to_owned()))
}

/// What stands between a number and the reason behind it.
fn parts_reason(c: char) -> bool {
    c.is_whitespace() || "、，,：:；;。".contains(c)
}

/// A reason without what parts it from the number, or the brackets around all of it.
fn bare(reason: &str) -> &str {
    let reason = reason.trim_start_matches(parts_reason).trim_end();
    let inside = reason.chars().next().and_then(|open| {
        let inside = reason[open.len_utf8()..].strip_suffix(closing(open)?)?;
        (!inside.contains(open)).then_some(inside)
    });
    inside.map_or(reason, str::trim)
}

/// The other issues that fit the words of a link line, best first, and the reason after them: all of the line is looked for,
/// or else its first word.
fn link_hits<'a>(doc: &Sitting, from: Id<Node>, raw: &'a str) -> (Vec<Id<Node>>, &'a str) {
    let (head, tail) = head_and_tail(raw.trim());
    let holding = |query: &str| -> Vec<Id<Node>> {
        let query = text::sought(query);
        let fit = |n: &Node| {
            let fits = n.kind == Kind::Issue && n.id != from && !query.is_empty();
            Fit::of(&query, &text::sought(&n.text)).filter(|_| fits)
        };
        let all = doc.tree.depth_first().into_iter();
        let mut found: Vec<_> = all.filter_map(|id| Some((fit(doc.dossier.nodes.get(&id)?)?, id))).collect();
        found.sort_by_key(|(fit, _)| *fit);
        found.into_iter().map(|(_, id)| id).collect()
    };
    let numbered =
        |number| doc.dossier.issues().into_iter().find(|n| n.number == number && n.id != from).map(|n| n.id);
    if let Some(number) = text::number(head) {
        return (numbered(number).into_iter().collect(), tail);
    }
    match (holding(raw), holding(head)) {
        (whole, _) if !whole.is_empty() => (whole, ""),
        (_, first) if !first.is_empty() => (first, tail),
        _ => match number_and_reason(raw).and_then(|(number, reason)| Some((numbered(number)?, reason))) {
            Some((issue, reason)) => (vec![issue], bare(reason)),
            None => (Vec::new(), tail),
        },
    }
}

/// A number with the reason behind it, and what stands between them.
fn number_and_reason(raw: &str) -> Option<(u32, &str)> {
    let (number, reason) = raw.split_at(raw.find(|c: char| !c.is_numeric()).unwrap_or(raw.len()));
    Some((text::number(number)?, reason))
}

/// The first word of a line, and what follows it.
fn head_and_tail(raw: &str) -> (&str, &str) {
    raw.split_once([' ', '\u{3000}']).map_or((raw, ""), |(head, tail)| (head, tail.trim()))
}
