//! Mending the map: a twig's words, what was said there, its kind, and taking it away.

use std::collections::BTreeSet;

use crate::command::Command;
use crate::domain::map::Place;
use crate::domain::{Change, Id, Kind, Node, Table, Tree, map};
use crate::layout::shape::What;
use crate::ui::entry::{self, Signs};
use crate::ui::meeting::map::Sitting;
use crate::ui::{Context, Input, MapScreen};

impl MapScreen {
    pub(crate) fn finish_said(&mut self, doc: &mut Sitting, cx: &mut Context, id: Id<Node>) {
        let words = self.writing.line.cleaned();
        let changes = map::change(&doc.dossier, id, |n| n.said.clone_from(&words));
        if changes.is_empty() || doc.commit(cx, format!("話されたことば：{words}"), changes) {
            self.leave_target(doc);
        }
    }

    pub(crate) fn finish_edit(&mut self, doc: &mut Sitting, cx: &mut Context, id: Id<Node>) {
        let mut understood = self.understand(doc, self.writing.line.text(), &cx.lists);
        if !self.told_of_sign(cx, &understood, Command::AddBeside) {
            return;
        }
        if understood.names_nobody() {
            understood.speaker = None;
        }
        understood.take_unknown();
        if let Some(Place::Under(to)) = understood.aim
            && doc.tree.subtree(id).contains(&to)
        {
            return cx.warn("その枝自身や、その先の枝には付けられません。書いたことばはそのままです。");
        }
        if understood.words.is_empty() && self.writing.line.text().trim().is_empty() {
            return cx.say_filled(
                "ことばが空になりました。枝を消すときは {back} でやめてから {delete} を押してください。",
            );
        }
        let mut changes = map::change(&doc.dossier, id, |n| {
            if !understood.words.is_empty() {
                n.text.clone_from(&understood.words);
            }
            n.kind = understood.kind.unwrap_or(n.kind);
            n.speaker = understood.speaker.unwrap_or(n.speaker);
        });
        if let Some(aim) = understood.aim {
            changes = edited_and_rehung(doc, id, changes, aim);
        }
        let unlinked = map::links_removed(&changes);
        if changes.is_empty() || doc.commit(cx, format!("枝を直す：{}", understood.words), changes) {
            self.leave_target(doc);
            if let Some(shared) = &understood.shared {
                cx.say_shared(shared, Command::Edit, "");
            }
            say_unlinked(cx, unlinked);
        }
    }

    /// With the words a kind goes that nobody chose.
    pub(crate) fn drop_carried(&mut self) {
        if self.carried && self.writing.line.is_empty() {
            (self.kind, self.carried) = (None, false);
        }
    }

    /// Gives what is being written, or else the selected twig, another kind.
    pub(crate) fn set_kind(&mut self, doc: &mut Sitting, cx: &mut Context, kind: Kind) {
        // What the line says about the kind would otherwise win over what was just chosen.
        let signs = doc.signs_in(&self.writing, Signs::MAP);
        let raw = entry::without_kind(self.writing.line.text(), signs);
        if raw != self.writing.line.text() {
            self.writing.line = Input::new(raw);
        }
        let Some(node) = self.node_of_kind(doc).cloned() else {
            (self.kind, self.carried) = (Some(kind), false);
            return;
        };
        let changes = map::change(&doc.dossier, node.id, |n| n.kind = kind);
        let unlinked = map::links_removed(&changes);
        if doc.commit(cx, format!("{}にする：{}", kind.label(), node.text), changes) {
            say_unlinked(cx, unlinked);
        }
    }

    /// Removes the selected twig with what hangs on it.
    pub(crate) fn delete_twig(&mut self, doc: &mut Sitting, cx: &mut Context) {
        let Some(node) = self.selected_node(doc).cloned() else { return };
        let gone = doc.tree.subtree(node.id);
        let count = gone.len();
        let changes = map::remove(&doc.dossier, &doc.tree, node.id);
        let beside = self.beside_all(doc, &node, std::slice::from_ref(&node));
        // On the chart the eye goes on to the next issue.
        let ids = if self.chart.is_some() { doc.causes.ids() } else { &[] };
        let at = ids.iter().position(|id| *id == node.id).unwrap_or(ids.len());
        let on_chart = ids[at..].iter().chain(ids[..at].iter().rev()).find(|id| !gone.contains(id)).copied();
        if doc.commit(cx, format!("枝を消す：{}", node.text), changes) {
            self.selected = on_chart.map_or(beside, What::Node);
            let more = if count > 1 {
                format!("（付いていた枝{}本も）", count - 1)
            } else {
                String::new()
            };
            cx.say_done(&format!("「{}」を消しました{more}", cx.shortened(&node.text)));
        }
    }
}

/// The changes of an edit and of hanging the twig elsewhere, as one change a record.
fn edited_and_rehung(doc: &Sitting, id: Id<Node>, edited: Vec<Change>, place: Place) -> Vec<Change> {
    let mut after = doc.dossier.clone();
    let edits = after.apply_all(&edited);
    let moved = map::rehang(&after, &Tree::new(&after), id, place);
    if edits.and_then(|()| after.apply_all(&moved)).is_err() {
        return edited;
    }
    let (nodes, others): (Vec<&Change>, Vec<&Change>) =
        edited.iter().chain(&moved).partition(|c| c.key().table == Table::Node);
    let nodes = nodes.into_iter().map(Change::key).collect::<BTreeSet<_>>().into_iter().filter_map(|key| {
        let id = Id::<Node>::from(key.id);
        let (before, after) = (doc.dossier.nodes.get(&id)?, after.nodes.get(&id)?);
        Some(Change::replace(before.clone(), after.clone()))
    });
    others.into_iter().cloned().chain(nodes).collect()
}

/// Links end with the issue they belonged to; that is said, as it is not seen on the map.
fn say_unlinked(cx: &mut Context, count: usize) {
    if count > 0 {
        cx.say_done(&format!("課題でなくなったので、つながり {count}本も外しました"));
    }
}
