//! Mending the map: a twig's words, what was said there, its kind, and taking it away.

use std::collections::BTreeSet;

use super::{Model, Target};
use crate::app::entry::{self, Signs};
use crate::app::input::Input;
use crate::domain::map;
use crate::domain::{Change, Id, Kind, Node, Table, Tree};
use crate::layout::shape::What;

impl Model {
    /// Puts the selected twig's words into the entry line.
    pub(in crate::app) fn start_edit(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        if let Some((id, raw)) = desk.selected_node().map(|n| (n.id, entry::literal(&n.text, Signs::MAP))) {
            self.begin(Target::Node(id), &raw);
        }
    }

    /// Puts what was said at the selected twig into the entry line.
    pub(in crate::app) fn start_said(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        if let Some((id, said)) = desk.selected_node().map(|n| (n.id, n.said.clone())) {
            self.begin(Target::Said(id), &said);
        }
    }

    pub(in crate::app) fn finish_said(&mut self, id: Id<Node>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let words = desk.map.writing.line.cleaned();
        let changes = map::change(&desk.doc.dossier, id, |n| n.said.clone_from(&words));
        if changes.is_empty() || self.commit(format!("発言のことば: {words}"), changes) {
            self.leave_target();
        }
    }

    pub(in crate::app) fn finish_edit(&mut self, id: Id<Node>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let understood = desk.understand(desk.map.writing.line.text(), &self.cx.lists);
        if let Some(problem) = understood.problem {
            self.cx.warn(format!("{problem}。書いたことばはそのままです。"));
            return;
        }
        if understood.words.is_empty() && desk.map.writing.line.text().trim().is_empty() {
            self.cx.say_filled(
                "ことばが空になりました。枝を消すときは {back} でやめてから {delete} を押してください。",
            );
            return;
        }
        let mut changes = map::change(&desk.doc.dossier, id, |n| {
            if !understood.words.is_empty() {
                n.text.clone_from(&understood.words);
            }
            n.kind = understood.kind.unwrap_or(n.kind);
            n.speaker = understood.speaker.unwrap_or(n.speaker);
        });
        if let Some(branch) = understood.branch {
            changes = self.edited_and_rehung(id, changes, branch);
        }
        let unlinked = map::links_removed(&changes);
        if changes.is_empty() || self.commit(format!("枝を直す: {}", understood.words), changes) {
            self.leave_target();
            self.say_unlinked(unlinked);
        }
    }

    /// The changes of an edit and of hanging the twig elsewhere, as one change a record.
    fn edited_and_rehung(&self, id: Id<Node>, edited: Vec<Change>, branch: usize) -> Vec<Change> {
        let Some(desk) = self.desk.as_ref() else { return edited };
        let mut after = desk.doc.dossier.clone();
        if after.apply_all(&edited).is_err() {
            return edited;
        }
        let moved = map::rehang(&after, &Tree::new(&after), id, branch);
        if after.apply_all(&moved).is_err() {
            return edited;
        }
        let (nodes, others): (Vec<&Change>, Vec<&Change>) =
            edited.iter().chain(&moved).partition(|c| c.key().table == Table::Node);
        let nodes =
            nodes.into_iter().map(Change::key).collect::<BTreeSet<_>>().into_iter().filter_map(|key| {
                let id = Id::<Node>::from(key.id);
                let (before, after) = (desk.doc.dossier.nodes.get(&id)?, after.nodes.get(&id)?);
                Some(Change::replace(before.clone(), after.clone()))
            });
        others.into_iter().cloned().chain(nodes).collect()
    }

    /// Gives what is being written, or else the selected twig, another kind.
    pub(in crate::app) fn set_kind(&mut self, kind: Kind) {
        let signs = self.signs();
        let Some(desk) = self.desk.as_mut() else { return };
        // What the line says about the kind would otherwise win over what was just chosen.
        let raw = entry::without_kind(desk.map.writing.line.text(), signs);
        if raw != desk.map.writing.line.text() {
            desk.map.writing.line = Input::new(raw);
        }
        let Some(node) = desk.node_of_kind().cloned() else {
            desk.kind = Some(kind);
            return;
        };
        let changes = map::change(&desk.doc.dossier, node.id, |n| n.kind = kind);
        let unlinked = map::links_removed(&changes);
        if self.commit(format!("{}にする: {}", kind.label(), node.text), changes) {
            self.say_unlinked(unlinked);
        }
    }

    /// Links end with the issue they belonged to; that is said, as it is not seen on the map.
    fn say_unlinked(&mut self, count: usize) {
        if count > 0 {
            let key = self.cx.keymap.said(crate::command::Command::Undo);
            self.cx.say(format!(
                "課題でなくなったので、つながり {count} 本も外しました。{key} で元に戻せます。"
            ));
        }
    }

    /// Removes the selected twig with what hangs on it.
    pub(in crate::app) fn delete_twig(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let Some(node) = desk.selected_node().cloned() else { return };
        let gone = desk.doc.tree.subtree(node.id);
        let count = gone.len();
        let changes = map::remove(&desk.doc.dossier, &desk.doc.tree, node.id);
        let beside = desk.beside_all(&node, std::slice::from_ref(&node));
        // On the chart the eye goes on to the next issue.
        let ids = if desk.map.chart.is_some() { desk.doc.causes.ids() } else { &[] };
        let at = ids.iter().position(|id| *id == node.id).unwrap_or(ids.len());
        let on_chart = ids[at..].iter().chain(ids[..at].iter().rev()).find(|id| !gone.contains(id)).copied();
        if self.commit(format!("枝を消す: {}", node.text), changes) {
            if let Some(desk) = self.desk.as_mut() {
                desk.map.selected = on_chart.map_or(beside, What::Node);
            }
            let more =
                if count > 1 { format!("（付いていた {} 枝も）", count - 1) } else { String::new() };
            let key = self.cx.keymap.said(crate::command::Command::Undo);
            let words = self.shortened(&node.text);
            self.cx.say(format!("「{words}」を消しました{more}。{key} で元に戻せます。"));
        }
    }
}
