//! The map under the hands: what is selected and how much is shown. Writing, mending, searching and linking have files of
//! their own.

pub(crate) mod add;
pub(crate) mod aim;
pub mod chart;
pub mod draw;
pub(crate) mod hand;
pub(crate) mod legend;
pub(crate) mod link;
pub(crate) mod mend;
pub(crate) mod only;
pub(crate) mod paste;
pub(crate) mod picture;
pub mod poster;
pub(crate) mod search;
pub mod sketch;

use std::collections::BTreeSet;
use std::rc::Rc;

pub use crate::ui::meeting::map::add::Understood;

use crate::domain::map::Move;
use crate::domain::{Change, Dossier, Edit, Growth, Id, Kind, Node, Side, Step, Tree, map};
use crate::export;
use crate::layout::map::{Ghost, Layout};
use crate::layout::shape::What;
use crate::layout::wall::Wall;
use crate::layout::words::Words;
use crate::ui::{Asked, Context, Effect, Hung, Sitting, Target, Writing};

/// A twig of which nobody has said for sure who said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answered {
    pub(crate) twig: Id<Node>,
    /// A name was typed that fits several: who is chosen instead speaks on. Else whoever asked goes on asking.
    pub(crate) shared: bool,
}

/// How much of the map is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    #[default]
    Normal,
    /// Branches with counts.
    Branches,
    /// One branch over the whole map.
    OneBranch,
    /// The real picture, where the terminal draws it; elsewhere all of the map.
    Poster,
}

impl Level {
    /// What is shown, in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Level::Normal => "ふつうのマップです。",
            Level::Branches => "大枝だけを出しています。",
            Level::OneBranch => "選んだ大枝だけを出しています。",
            Level::Poster => "マップの絵です。",
        }
    }
}

/// The map of the past, and what was selected, and how much of the map was shown, when one went to look.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    pub growth: Growth,
    pub(crate) selected: What,
    pub(crate) level: Level,
    /// The map was made to fill the screen for it, and goes back when it ends.
    pub(crate) widened: bool,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct MapScreen {
    pub selected: What,
    pub writing: Writing,
    /// The kind the next entry gets if no sign says otherwise; none: the step's own.
    pub kind: Option<Kind>,
    /// Nobody chose that kind: half-typed words brought it along into another step.
    pub(crate) carried: bool,
    /// What the search, or a link that is being made, finds.
    pub hits: BTreeSet<Id<Node>>,
    /// Which of what the search finds one stands on, counted from one.
    pub hit: usize,
    /// The map as it was, while one looks at how it grew.
    pub replay: Option<Box<Replay>>,
    /// What was selected when a search began.
    pub searched_from: What,
    /// The line with a sign nobody answers to, of which the person was told.
    asked_about: Asked,
    /// The twig that was just written of which nobody has said for sure who said it: an answer under a question, or words with a
    /// name that fits several.
    pub(crate) answered: Option<Answered>,
    /// The twig to link to was picked with the arrows: words typed now are the reason.
    pub picked: bool,
    pub folded: BTreeSet<Id<Node>>,
    pub folded_branches: BTreeSet<usize>,
    pub level: Level,
    /// Twigs of one kind alone are seen.
    only: Option<only::Only>,
    /// What is seen of the map where that is not all.
    part: Option<Rc<only::Part>>,
    /// The map alone on the screen, at whatever step.
    pub whole: bool,
    /// The causal chart stands in the place of the map.
    pub chart: Option<chart::ChartState>,
    pub layout: Layout,
    /// The picture that hung last in the place of the map.
    pub hung: Option<Hung>,
    /// The words of the twigs in lines, for the next layout.
    words: Words,
    /// Where things stand, which changes as little as may be.
    wall: Wall,
    /// The size of the screen on which the map has no room beside a full column.
    crowded: Option<(u16, u16)>,
    /// The columns and rows in whose middle the map was put.
    centred_in: Option<(i32, i32)>,
    /// The branches by when they were visited, the latest first.
    visited: Vec<usize>,
    pub scroll: (i32, i32),
    /// The mouse looks elsewhere: the view does not follow the selection.
    pub wandered: bool,
    /// The layout must be made anew.
    pub stale: bool,
    /// So many edits were done when it was looked at last; none before that.
    edits: Option<usize>,
    made_for: MadeFor,
}

/// What a layout depends on besides the twigs and what is folded.
#[derive(Debug, Clone, PartialEq, Default)]
struct MadeFor {
    /// Columns and rows.
    room: (i32, i32),
    level: Level,
    /// The one branch that is shown.
    branch: Option<usize>,
    ghost: Option<Ghost>,
    /// What is selected, found and marked, where that decides what is folded.
    focus: Option<LookedAt>,
    /// The twigs that are seen, where one kind is seen alone.
    kept: Option<BTreeSet<Id<Node>>>,
}

/// What is selected, found, and marked as the cause of a link.
type LookedAt = (What, BTreeSet<Id<Node>>, Option<Id<Node>>);

impl MapScreen {
    /// What was made from the records is made anew once they have changed. What they are since then is answered.
    pub(crate) fn notice_edits<'a>(&mut self, doc: &'a Sitting) -> Option<&'a [Edit]> {
        let edits = doc.history().edits();
        let before = self.edits.replace(edits.len());
        let more = before != Some(edits.len());
        self.stale |= more;
        more.then(|| before.and_then(|before| edits.get(before..)).unwrap_or_default())
    }

    pub fn selected_node<'a>(&self, doc: &'a Sitting) -> Option<&'a Node> {
        if let What::Node(id) = self.selected { doc.dossier.nodes.get(&id) } else { None }
    }

    /// The twig whose kind is changed by choosing one: the one being mended, else the selected one; none while something
    /// new is being written.
    pub fn node_of_kind<'a>(&self, doc: &'a Sitting) -> Option<&'a Node> {
        match self.writing.target() {
            Some(Target::Node(id) | Target::Said(id)) => doc.dossier.nodes.get(&id),
            None if !self.writing.line.text().trim().is_empty() => None,
            _ => self.selected_node(doc),
        }
    }

    /// Selects a twig and unfolds what hides it.
    pub fn select_node(&mut self, doc: &Sitting, id: Id<Node>) {
        let parent = |id: &Id<Node>| doc.dossier.nodes.get(id).and_then(|n| n.parent);
        for above in std::iter::successors(parent(&id), parent) {
            self.stale |= self.folded.remove(&above);
        }
        self.selected = What::Node(id);
        if let Some(branch) = self.selected_branch(doc) {
            self.stale |= self.folded_branches.remove(&branch);
        }
        if self.level == Level::Branches {
            (self.level, self.stale) = (Level::Normal, true);
        }
    }

    /// What is selected once twigs are gone, of which `top` hangs on none of the others: the one before it, the one after
    /// it, or what it hung on.
    pub(crate) fn beside_all(&self, doc: &Sitting, top: &Node, gone: &[Node]) -> What {
        let stays = |id: &&Id<Node>| gone.iter().all(|g| g.id != **id);
        if self.only().is_some() {
            return self.nearest(doc, top.id, |id| stays(&&id));
        }
        let branch = doc.dossier.meeting.branch_index(&top.branch).unwrap_or(0);
        let siblings = top.parent.map_or_else(|| doc.tree.roots(branch), |p| doc.tree.children(p));
        let at = siblings.iter().position(|id| *id == top.id).unwrap_or(0);
        let before = siblings[..at].iter().rev().find(stays);
        match (before.or_else(|| siblings[at..].iter().find(stays)), top.parent) {
            (Some(sibling), _) => What::Node(*sibling),
            (None, Some(parent)) => What::Node(parent),
            (None, None) => What::Branch(branch),
        }
    }

    /// The kind an entry gets without a sign.
    pub fn default_kind(&self, doc: &Sitting) -> Kind {
        match (self.kind, doc.step()) {
            (Some(kind), _) => kind,
            // What is written on the chart belongs there.
            _ if self.chart.is_some() => Kind::Issue,
            (None, Step::Ideas) => Kind::Idea,
            _ => Kind::Fact,
        }
    }

    /// The changes that move the selected twig, if one is; left and right are as seen, so they mirror on the left side.
    pub(crate) fn shifted(&self, doc: &Sitting, direction: Move) -> Option<Vec<Change>> {
        let node = self.selected_node(doc)?;
        let left = self.layout.find(What::Node(node.id)).is_some_and(|b| b.side == Side::Left);
        let direction = match direction {
            Move::In if left => Move::Out,
            Move::Out if left => Move::In,
            other => other,
        };
        Some(map::shift(&doc.dossier, &doc.tree, node.id, direction))
    }

    /// The branch that is selected or that the selected twig hangs on; none where its making was taken back.
    pub fn selected_branch(&self, doc: &Sitting) -> Option<usize> {
        match self.selected {
            What::Branch(i) | What::Empty(i) => Some(i).filter(|i| *i < doc.dossier.meeting.branches.len()),
            _ => self.selected_node(doc).and_then(|n| doc.dossier.meeting.branch_index(&n.branch)),
        }
    }

    /// The meeting and its map as they are looked at: as they are now, or at a step of their growth.
    pub fn seen<'a>(&'a self, doc: &'a Sitting) -> (&'a Dossier, &'a Tree) {
        match &self.replay {
            Some(replay) => (&replay.growth.dossier, &replay.growth.tree),
            None => (&doc.dossier, &doc.tree),
        }
    }

    pub(crate) fn shift_twig(&mut self, doc: &mut Sitting, cx: &mut Context, direction: Move) {
        let Some((node, changes)) = self.selected_node(doc).zip(self.shifted(doc, direction)) else { return };
        let (id, label) = (node.id, format!("枝を動かす：{}", node.text));
        if doc.commit(cx, label, changes) {
            self.select_node(doc, id);
        }
    }

    pub(crate) fn fold_selected(&mut self, doc: &Sitting) {
        self.stale = true;
        match self.selected {
            What::Node(id) if self.tree(doc).children(id).is_empty() => {}
            What::Node(id) if !self.folded.remove(&id) => {
                self.folded.insert(id);
            }
            What::Branch(i) if !self.folded_branches.remove(&i) => {
                self.folded_branches.insert(i);
            }
            _ => {}
        }
    }

    pub(crate) fn next_level(&mut self, doc: &Sitting, cx: &mut Context) {
        let level = match self.level {
            Level::Normal => Level::Branches,
            Level::Branches => Level::OneBranch,
            Level::OneBranch if cx.pictures => Level::Poster,
            Level::OneBranch => return self.view_picture(doc, cx),
            Level::Poster => Level::Normal,
        };
        (self.level, self.stale) = (level, true);
        if level == Level::Poster {
            self.show_only(doc, None);
        }
        if level == Level::Branches
            && let Some(branch) = self.selected_branch(doc)
        {
            self.selected = What::Branch(branch);
        }
        cx.say(if level == Level::Normal { level.words() } else { "" });
    }

    /// The picture in a window of its own, and the map as it usually is.
    fn view_picture(&mut self, doc: &Sitting, cx: &mut Context) {
        (self.level, self.stale) = (Level::Normal, true);
        match export::sheet(&doc.dossier) {
            Ok(picture) => cx.effects.push(Effect::View(picture.bytes)),
            Err(error) => cx.warn(error.to_string()),
        }
    }
}
