//! Of the map one kind of twig alone: what is not of it is out of sight, but for what leads to it and what is in hand.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::domain::map::Place;
use crate::domain::{Dossier, Id, Kind, Node, Tree};
use crate::layout::shape::What;
use crate::ui::meeting::map::{MadeFor, Sitting};
use crate::ui::{Choice, Chooser, Context, Level, MapScreen, Pick};

/// What people look for, in the order in which it is offered.
const KINDS: [Kind; 5] = [Kind::Issue, Kind::Strength, Kind::Feeling, Kind::Unknown, Kind::Idea];

/// The part of a map that is seen.
#[derive(Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) dossier: Dossier,
    pub(crate) tree: Tree,
    /// Branches on which nothing of it is, though something hangs there: they are folded.
    pub(crate) bare: BTreeSet<usize>,
}

impl MapScreen {
    pub(crate) fn choose_only(&self, doc: &Sitting, cx: &mut Context) {
        let count = |kind| doc.dossier.nodes.values().filter(|node| node.kind == kind).count();
        let kind = |kind: Kind| {
            let count = count(kind);
            let note = format!("{count}件");
            Choice { quiet: count == 0, ..Choice::new(kind.label(), note, Pick::Only(Some(kind))) }
        };
        let all = Choice::new("すべて", format!("{}件", doc.dossier.nodes.len()), Pick::Only(None));
        let choices = [all].into_iter().chain(KINDS.map(kind).into_iter().filter(|c| !c.quiet)).collect();
        let at = if self.only.is_some() { None } else { KINDS.into_iter().find(|kind| count(*kind) > 0) };
        cx.choose(Chooser::new("どれだけを見ますか", choices).on(Pick::Only(at)));
    }

    /// Shows twigs of one kind alone, or all. The picture of the map is of all.
    pub(crate) fn show_only(&mut self, kind: Option<Kind>) {
        self.stale |= self.only != kind;
        self.only = kind;
        if kind.is_some() && self.level == Level::Poster {
            (self.level, self.stale) = (Level::Normal, true);
        }
    }

    /// The kind that is seen alone; the past is seen whole.
    pub fn only(&self) -> Option<Kind> {
        self.only.filter(|_| self.replay.is_none())
    }

    /// Makes the part that is seen anew where it may be another: typing alone changes nothing of it.
    pub(super) fn divide(&mut self, doc: &Sitting, made_for: &MadeFor) {
        if self.stale || self.made_for.kept != made_for.kept {
            self.part = made_for.kept.as_ref().map(|kept| Rc::new(Part::of(doc, kept)));
        }
    }

    /// The twigs that are seen; none where all are.
    pub(super) fn kept(&self, doc: &Sitting, made_for: &MadeFor) -> Option<BTreeSet<Id<Node>>> {
        let kind = self.only()?;
        let nodes = &doc.dossier.nodes;
        let place = match made_for.ghost.as_ref().map(|ghost| ghost.place) {
            Some(Place::Under(id) | Place::After(id)) => Some(id),
            _ => None,
        };
        let selected = if let What::Node(id) = self.selected { Some(id) } else { None };
        let of_kind = nodes.values().filter(|node| node.kind == kind).map(|node| node.id);
        let in_hand = [selected, place, self.linking()].into_iter().flatten();
        let mut kept = BTreeSet::new();
        for id in of_kind.chain(in_hand).chain(self.hits.iter().copied()) {
            let mut at = Some(id);
            // Twigs that stand in a circle come back to one that is kept already.
            while let Some(node) = at.and_then(|id| nodes.get(&id)).filter(|node| kept.insert(node.id)) {
                at = node.parent;
            }
        }
        Some(kept)
    }
}

impl Part {
    fn of(doc: &Sitting, kept: &BTreeSet<Id<Node>>) -> Self {
        let whole = &doc.dossier;
        // Such a branch is folded, and says what is on it.
        let bare = |branch: &usize| {
            let twigs = doc.tree.branch(*branch);
            !twigs.is_empty() && twigs.iter().all(|twig| !kept.contains(twig))
        };
        let bare: BTreeSet<usize> = (0..whole.meeting.branches.len()).filter(bare).collect();
        let folded: BTreeSet<Id<Node>> = bare.iter().flat_map(|branch| doc.tree.branch(*branch)).collect();
        let dossier = whole.with_twigs(|id| kept.contains(&id) || folded.contains(&id));
        Self { tree: Tree::new(&dossier), dossier, bare }
    }
}
