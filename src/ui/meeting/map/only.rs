//! Of the map one kind of twig alone: what is not of it is out of sight, but for what leads to it and what is in hand.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::command::Command;
use crate::domain::map::Place;
use crate::domain::{Change, Dossier, Edit, Id, Kind, Node, Record, Tree};
use crate::layout::shape::What;
use crate::ui::meeting::map::{MadeFor, Sitting};
use crate::ui::{Choice, Chooser, Context, Level, MapScreen, Pick};

/// What people look for, in the order in which it is offered.
const KINDS: [Kind; 5] = [Kind::Issue, Kind::Strength, Kind::Feeling, Kind::Unknown, Kind::Idea];

/// The kind that is seen alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Only {
    kind: Kind,
    /// What was selected before and went out of sight, and what is selected for it.
    away: Option<(What, What)>,
}

/// The part of a map that is seen.
#[derive(Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) dossier: Dossier,
    pub(crate) tree: Tree,
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

    /// Shows twigs of one kind alone, or all. The picture of the map is of all. Where the selected twig goes out of sight, the
    /// nearest that is seen is selected, until all are seen again; who goes elsewhere meanwhile stays there.
    pub(crate) fn show_only(&mut self, doc: &Sitting, kind: Option<Kind>) {
        let before = self.only.take();
        self.stale |= before.map(|only| only.kind) != kind;
        let stands = |what: &What| !matches!(what, What::Node(id) if !doc.dossier.nodes.contains_key(id));
        let away =
            before.and_then(|only| only.away).filter(|(from, to)| *to == self.selected && stands(from));
        self.selected = away.map_or(self.selected, |(from, _)| from);
        let Some(kind) = kind else { return };
        self.only = Some(Only { kind, away: None });
        if self.level == Level::Poster {
            (self.level, self.stale) = (Level::Normal, true);
        }
        if let What::Node(id) = self.selected
            && !with_ways(doc, of_kind(doc, kind)).contains(&id)
        {
            let (from, to) = (self.selected, self.nearest(doc, id, |_| true));
            self.only = Some(Only { kind, away: Some((from, to)) });
            self.selected = to;
        }
    }

    /// The kind that is seen alone; the past is seen whole, and so is the chart.
    pub fn only(&self) -> Option<Kind> {
        self.only.filter(|_| self.replay.is_none() && self.chart.is_none()).map(|only| only.kind)
    }

    /// The twigs as they hang as far as they are seen.
    pub(crate) fn tree<'a>(&'a self, doc: &'a Sitting) -> &'a Tree {
        self.part.as_ref().map_or(&doc.tree, |part| &part.tree)
    }

    /// How many twigs are out of sight because another kind is seen alone.
    pub(crate) fn left_out(&self, doc: &Sitting) -> usize {
        let seen = |part: &Rc<Part>| part.dossier.nodes.len();
        doc.dossier.nodes.len() - self.part.as_ref().map_or(doc.dossier.nodes.len(), seen)
    }

    /// What is selected for something that goes out of sight: the nearest twig of the kind, along the map, that is not folded away;
    /// where there is none, its branch.
    pub(super) fn nearest(&self, doc: &Sitting, from: Id<Node>, stays: impl Fn(Id<Node>) -> bool) -> What {
        let (order, nodes) = (doc.tree.depth_first(), &doc.dossier.nodes);
        let at = order.iter().position(|id| *id == from).unwrap_or(0);
        let parent = |id: &Id<Node>| nodes.get(id).and_then(|node| node.parent);
        let branch_of = |node: &Node| doc.dossier.meeting.branch_index(&node.branch);
        let open = |node: &Node| {
            let mut outer = std::iter::successors(node.parent, parent);
            !branch_of(node).is_some_and(|i| self.folded_branches.contains(&i))
                && !outer.any(|id| self.folded.contains(&id))
        };
        let seen = |(_, id): &(usize, Id<Node>)| {
            nodes.get(id).is_some_and(|node| Some(node.kind) == self.only() && open(node)) && stays(*id)
        };
        let near = order.into_iter().enumerate().filter(seen).min_by_key(|(i, _)| (i.abs_diff(at), *i < at));
        let branch = || What::Branch(nodes.get(&from).and_then(branch_of).unwrap_or(0));
        near.map_or_else(branch, |(_, id)| What::Node(id))
    }

    /// Whatever way a twig came or changed: if it is not of the kind that is seen, it will not be seen when one goes on, and that is
    /// said.
    pub(crate) fn tell_of_unseen<'a>(
        &self,
        doc: &Sitting,
        cx: &mut Context,
        edits: impl Iterator<Item = &'a Edit>,
    ) {
        let Some(kind) = self.only() else { return };
        let seen = with_ways(doc, of_kind(doc, kind));
        let node = |record: Option<&'a Record>| match record {
            Some(Record::Node(node)) => Some(node),
            _ => None,
        };
        let went = |change: &'a Change| {
            let is_new = node(change.before()).is_none_or(|before| before.kind == kind);
            is_new && node(change.after()).is_some_and(|after| !seen.contains(&after.id))
        };
        if edits.flat_map(|edit| &edit.changes).any(went) {
            let done = if cx.notice.speaks() { "" } else { "記録しました。" };
            let (kind, back) = (kind.label(), cx.keymap.said(Command::Back));
            cx.say_also(&format!("{done}今は{kind}だけを出しています。{back} で、ほかも見えます。"));
        }
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
        let place = match made_for.ghost.as_ref().map(|ghost| ghost.place) {
            Some(Place::Under(id) | Place::After(id)) => Some(id),
            _ => None,
        };
        let selected = if let What::Node(id) = self.selected { Some(id) } else { None };
        // A link leads from an issue to another.
        let linked = self.linking().into_iter().flat_map(|_| of_kind(doc, Kind::Issue));
        let in_hand = selected.into_iter().chain(place).chain(linked);
        Some(with_ways(doc, of_kind(doc, kind).chain(in_hand).chain(self.hits.iter().copied())))
    }
}

impl Part {
    fn of(doc: &Sitting, kept: &BTreeSet<Id<Node>>) -> Self {
        let dossier = doc.dossier.with_twigs(|id| kept.contains(&id));
        Self { tree: Tree::new(&dossier), dossier }
    }
}

fn of_kind(doc: &Sitting, kind: Kind) -> impl Iterator<Item = Id<Node>> {
    doc.dossier.nodes.values().filter(move |node| node.kind == kind).map(|node| node.id)
}

/// These twigs with all that leads to them.
fn with_ways(doc: &Sitting, twigs: impl Iterator<Item = Id<Node>>) -> BTreeSet<Id<Node>> {
    let mut kept = BTreeSet::new();
    for id in twigs {
        let mut at = Some(id);
        // Twigs that stand in a circle come back to one that is kept already.
        while let Some(node) = at.and_then(|id| doc.dossier.nodes.get(&id)).filter(|n| kept.insert(n.id)) {
            at = node.parent;
        }
    }
    kept
}
