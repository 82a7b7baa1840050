//! Cause and effect: linking one issue to another.

use super::{Desk, Model, Target};
use crate::domain::map;
use crate::domain::{Id, Kind, Link, Node, text};

impl Model {
    pub(in crate::app) fn start_link(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        match desk.selected_node() {
            Some(node) if node.kind == Kind::Issue => {
                let id = node.id;
                self.begin(Target::Link(id), "");
            }
            _ => self.say("つなぐもとの課題を選んでください。枝を課題にするには F4 を押します。"),
        }
    }

    /// Links the issue to the number that was typed, or to the selected twig; what follows the number is the reason.
    pub(in crate::app) fn finish_link(&mut self, from: Id<Node>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let (to, label) = match desk.link_target(desk.entry.text()) {
            Ok(found) => found,
            Err(problem) => {
                self.warn(problem);
                return;
            }
        };
        let Some((cause, effect)) = desk.dossier.nodes.get(&from).zip(desk.dossier.nodes.get(&to)) else {
            return;
        };
        if from == to {
            self.warn("つなぐ先を選んでください。↑↓で枝を選ぶか、課題の番号を書きます。");
            return;
        }
        if effect.kind != Kind::Issue {
            self.warn(format!("「{}」は課題ではありません。課題どうしをつなぎます。", effect.text));
            return;
        }
        let words = format!("つなぐ: {} → {}", cause.text, effect.text);
        let (meeting, at) = (desk.dossier.meeting.id, self.stamp.at);
        let link = Link { id: self.mint.id(), meeting, from, to, label, at };
        let Some(desk) = self.desk.as_ref() else { return };
        let changes = map::link(&desk.dossier, link);
        if changes.is_empty() {
            self.say("もうつながっています。");
        } else if self.commit(words.clone(), changes) {
            self.say(words);
        } else {
            return;
        }
        self.leave_target();
        if let Some(desk) = self.desk.as_mut() {
            desk.select_node(from);
        }
    }
}

impl Desk {
    /// The issue a link line means, and the reason in it: `12 理由`, `⑫`, or only a reason for the selected twig.
    pub fn link_target(&self, raw: &str) -> Result<(Id<Node>, String), String> {
        let raw = text::clean_line(raw);
        let (head, tail) = raw.split_once([' ', '\u{3000}']).unwrap_or((raw.as_str(), ""));
        if let Some(number) = text::number(head) {
            let issue = self.dossier.issues().into_iter().find(|n| n.number == number);
            return issue
                .map(|n| (n.id, tail.trim().to_owned()))
                .ok_or_else(|| format!("{number} 番の課題はありません。番号を確かめてください。"));
        }
        match self.selected_node() {
            Some(node) => Ok((node.id, raw)),
            None => Err("つなぐ先を選んでください。↑↓で枝を選ぶか、課題の番号を書きます。".to_owned()),
        }
    }
}
