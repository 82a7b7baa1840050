//! The map under the hands: selecting, writing, moving, folding, searching, linking.

mod link;
mod paste;
mod picture;
mod whole;

use std::collections::BTreeSet;

use super::entry;
use super::entry::Signs as Understands;
use super::line::Line;
use super::model::{Desk, Model, Target};
use crate::domain::map::{self, Move, Place};
use crate::domain::{Branch, Change, Id, Kind, Node, Participant, Side, Step, Tree};
use crate::domain::{people, text};
use crate::layout::map::Layout;
use crate::layout::shape::What;
use crate::layout::words::Words;
pub use whole::Under;

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
}

/// What the map looks like right now.
#[derive(Debug, Clone, PartialEq)]
pub struct MapState {
    pub selected: What,
    /// What was selected when a search began.
    pub searched_from: What,
    pub folded: BTreeSet<Id<Node>>,
    pub folded_branches: BTreeSet<usize>,
    pub level: Level,
    /// The map alone on the screen, at whatever step.
    pub whole: bool,
    pub layout: Layout,
    /// The words of the twigs in lines, for the next layout.
    words: Words,
    pub scroll: (i32, i32),
    /// The layout must be made anew.
    pub stale: bool,
    /// What the layout was made for: viewport, the one branch that is shown, and ghost.
    made_for: (u16, u16, Option<usize>, Option<(Place, String)>),
}

impl Default for MapState {
    fn default() -> Self {
        Self {
            selected: What::Branch(0),
            searched_from: What::Branch(0),
            folded: BTreeSet::new(),
            folded_branches: BTreeSet::new(),
            level: Level::Normal,
            whole: false,
            layout: Layout::default(),
            words: Words::default(),
            scroll: (0, 0),
            stale: true,
            made_for: (0, 0, None, None),
        }
    }
}

/// What a line says once names are looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood {
    pub kind: Option<Kind>,
    /// `Some(None)`: nobody, said with a bare `@`.
    pub speaker: Option<Option<Id<Participant>>>,
    /// A branch of the meeting by its index.
    pub branch: Option<usize>,
    pub words: String,
    /// What could not be understood, in words for the person.
    pub problem: Option<String>,
    /// The signs that could not be understood, as typed.
    pub unknown: Vec<String>,
}

impl Desk {
    /// The twig that is selected, if it is one.
    pub fn selected_node(&self) -> Option<&Node> {
        match self.map.selected {
            What::Node(id) => self.dossier.nodes.get(&id),
            _ => None,
        }
    }

    /// The twig whose kind is changed by choosing one: the one being mended, else the selected one; none while something
    /// new is being written.
    pub fn node_of_kind(&self) -> Option<&Node> {
        match self.target {
            Target::Node(id) | Target::Said(id) => self.dossier.nodes.get(&id),
            Target::New if !self.entry.text().trim().is_empty() => None,
            _ => self.selected_node(),
        }
    }

    /// Selects a twig and unfolds what hides it.
    pub fn select_node(&mut self, id: Id<Node>) {
        let mut up = self.dossier.nodes.get(&id).and_then(|n| n.parent);
        while let Some(parent) = up {
            if self.map.folded.remove(&parent) {
                self.map.stale = true;
            }
            up = self.dossier.nodes.get(&parent).and_then(|n| n.parent);
        }
        let branch = self.dossier.nodes.get(&id).and_then(|n| self.dossier.meeting.branch_index(&n.branch));
        if let Some(branch) = branch {
            self.map.stale |= self.map.folded_branches.remove(&branch);
        }
        if self.map.level == Level::Branches {
            self.map.level = Level::Normal;
            self.map.stale = true;
        }
        self.map.selected = What::Node(id);
    }

    /// What is selected once twigs are gone, of which `top` hangs on none of the others: the one before it, the one after
    /// it, or what it hung on.
    pub(super) fn beside_all(&self, top: &Node, gone: &[Node]) -> What {
        let stays = |id: &&Id<Node>| gone.iter().all(|g| g.id != **id);
        let branch = self.dossier.meeting.branch_index(&top.branch).unwrap_or(0);
        let siblings = top.parent.map_or_else(|| self.tree.roots(branch), |p| self.tree.children(p));
        let at = siblings.iter().position(|id| *id == top.id).unwrap_or(0);
        let before = siblings[..at].iter().rev().find(stays);
        match (before.or_else(|| siblings[at..].iter().find(stays)), top.parent) {
            (Some(sibling), _) => What::Node(*sibling),
            (None, Some(parent)) => What::Node(parent),
            (None, None) => What::Branch(branch),
        }
    }

    /// Who speaks, if they are still at the table.
    pub(super) fn standing_speaker(&self) -> Option<Id<Participant>> {
        self.speaker.filter(|id| self.dossier.participants.contains_key(id))
    }

    /// The kind an entry gets without a sign.
    pub fn default_kind(&self) -> Kind {
        self.kind.unwrap_or(if self.step() == Step::Ideas { Kind::Idea } else { Kind::Fact })
    }

    /// Where Enter would put a new twig.
    fn place_beside(&self) -> Place {
        match self.map.selected {
            What::Branch(i) => Place::Branch(i),
            What::Node(id) => Place::After(id),
            _ => Place::Branch(0),
        }
    }

    /// Reads a raw line with the names of this meeting.
    pub fn understand(&self, raw: &str, lists: &crate::domain::Lists) -> Understood {
        let parsed = entry::parse(raw, Understands::MAP);
        let mut problem = None;
        let mut unknown = Vec::new();
        let speaker = parsed.speaker.map(|range| {
            let query = &raw[range];
            if query.is_empty() {
                return None;
            }
            let found = people::find(query, &self.dossier, lists).first().copied();
            if found.is_none() {
                problem = Some(format!("「{query}」に当てはまる参加者がいません"));
                unknown.push(format!("@{query}"));
            }
            found
        });
        let branch = parsed.branch.and_then(|range| {
            let query = &raw[range];
            let found = self.find_branches(query).first().copied();
            if found.is_none() {
                problem = Some(format!("「{query}」という大枝はありません"));
                unknown.push(format!("#{query}"));
            }
            found
        });
        Understood {
            kind: parsed.kind,
            speaker,
            branch,
            words: text::clean_line(&raw[parsed.text_start..]),
            problem,
            unknown,
        }
    }

    /// The branches whose titles begin with or hold these words, best first.
    pub fn find_branches(&self, query: &str) -> Vec<usize> {
        let query = text::fold(query);
        let titles: Vec<String> =
            self.dossier.meeting.branches.iter().map(|b| text::fold(&b.title)).collect();
        let number = query.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).filter(|i| *i < titles.len());
        let mut found: Vec<usize> = number.into_iter().collect();
        found.extend((0..titles.len()).filter(|i| titles[*i].starts_with(&query)));
        found.extend((0..titles.len()).filter(|i| titles[*i].contains(&query)));
        let mut seen = BTreeSet::new();
        found.retain(|i| seen.insert(*i));
        found
    }
}

impl Model {
    /// Enter on the map.
    pub(super) fn map_enter(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        match desk.target {
            Target::Search => self.end_search(true),
            Target::Link(from) => self.finish_link(from),
            Target::Node(id) => self.finish_edit(id),
            Target::Said(id) => self.finish_said(id),
            _ if desk.entry.text().trim().is_empty() => self.start_edit(),
            _ => self.add_twig(|desk| desk.place_beside()),
        }
    }

    /// Tab on the map.
    pub(super) fn map_tab(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        if desk.target != Target::New || desk.entry.text().trim().is_empty() {
            return;
        }
        self.add_twig(|desk| match desk.map.selected {
            What::Node(id) => Place::Under(id),
            _ => desk.place_beside(),
        });
    }

    fn add_twig(&mut self, place: impl FnOnce(&Desk) -> Place) {
        let Some(desk) = self.desk.as_ref() else { return };
        let mut understood = desk.understand(desk.entry.text(), &self.lists);
        let problem = understood.problem.take();
        if understood.words.is_empty() {
            match problem {
                Some(problem) => self.warn(format!("{problem}。書いたことばはそのままです。")),
                None => self.take_signs(&understood),
            }
            return;
        }
        let stranger = understood.unknown.iter().any(|sign| sign.starts_with('@'));
        // The room speaks on: words are never refused. A sign nobody knows is one of the words.
        for sign in understood.unknown.drain(..).rev() {
            understood.words = format!("{sign} {}", understood.words);
        }
        if desk.map.selected == What::Centre && understood.branch.is_none() {
            self.add_branch(&understood.words);
            return;
        }
        let place = understood.branch.map_or_else(|| place(desk), Place::Branch);
        let node = self.new_node(&understood);
        if stranger {
            // One remark by somebody unknown: who spoke before speaks on.
            understood.speaker = None;
        }
        let Some(desk) = self.desk.as_ref() else { return };
        let (id, label) = (node.id, format!("枝を追加: {}", node.text));
        let changes = map::add(&desk.dossier, &desk.tree, node, place);
        if self.commit(label, changes) {
            self.take_signs(&understood);
            if let Some(desk) = self.desk.as_mut() {
                desk.select_node(id);
            }
            self.watch_words(&understood.words);
            if let Some(problem) = problem {
                let key = self.keymap.shown(crate::command::Command::People);
                self.warn(format!("{problem}。ことばとして書きました。参加者は {key} で足せます。"));
            }
        }
    }

    /// A node with the words, nowhere yet.
    fn new_node(&mut self, understood: &Understood) -> Node {
        let id = self.mint.id();
        let at = self.stamp.at;
        let desk = self.desk.as_ref();
        Node {
            id,
            meeting: desk.map_or_else(|| id.cast(), |d| d.dossier.meeting.id),
            branch: String::new(),
            parent: None,
            rank: 0,
            kind: understood.kind.or(desk.map(|d| d.default_kind())).unwrap_or(Kind::Fact),
            text: understood.words.clone(),
            said: String::new(),
            speaker: understood.speaker.unwrap_or(desk.and_then(|d| d.standing_speaker())),
            step: desk.map_or(Step::Interview, |d| d.step()),
            number: 0,
            at,
        }
    }

    /// After an entry: the speaker stays, the kind and the words go.
    fn take_signs(&mut self, understood: &Understood) {
        if let Some(desk) = self.desk.as_mut() {
            if let Some(speaker) = understood.speaker {
                desk.speaker = speaker;
            }
            if understood.words.is_empty() {
                desk.kind = understood.kind.or(desk.kind);
                if let Some(branch) = understood.branch {
                    desk.map.selected = What::Branch(branch);
                }
            } else {
                desk.kind = None;
            }
            desk.entry.take();
        }
    }

    /// Words on the centre become a new main branch, on the side with fewer.
    fn add_branch(&mut self, title: &str) {
        let Some(desk) = self.desk.as_mut() else { return };
        let before = desk.dossier.meeting.clone();
        if let Some(index) = before.branch_index(title) {
            desk.entry.take();
            desk.map.selected = What::Branch(index);
            return;
        }
        let mut after = before.clone();
        let left = before.branches.iter().filter(|b| b.side == Side::Left).count();
        let side = if left * 2 < before.branches.len() { Side::Left } else { Side::Right };
        after.branches.push(Branch { title: title.to_owned(), side });
        let index = before.branches.len();
        if self.commit(format!("大枝を追加: {title}"), vec![Change::replace(before, after)])
            && let Some(desk) = self.desk.as_mut()
        {
            desk.entry.take();
            desk.map.selected = What::Branch(index);
        }
    }

    /// Puts the selected twig's words into the entry line.
    pub(super) fn start_edit(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        match desk.selected_node().map(|n| (n.id, entry::literal(&n.text, Understands::MAP))) {
            Some((id, raw)) => {
                self.begin(Target::Node(id), &raw);
            }
            None => {
                self.say("枝を選ぶと、Enter で直せます。ことばを書いて Enter を押すと、枝が足されます。");
            }
        }
    }

    /// Puts what was said at the selected twig into the entry line.
    pub(super) fn start_said(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        match desk.selected_node().map(|n| (n.id, n.said.clone())) {
            Some((id, said)) => {
                self.begin(Target::Said(id), &said);
            }
            None => self.say("ことばを書きそえる枝を選んでください。"),
        }
    }

    pub(super) fn finish_said(&mut self, id: Id<Node>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let words = desk.entry.cleaned();
        let changes = map::change(&desk.dossier, id, |n| n.said.clone_from(&words));
        if changes.is_empty() || self.commit(format!("発言のことば: {words}"), changes) {
            self.leave_target();
            self.watch_words(&words);
        }
    }

    pub(super) fn finish_edit(&mut self, id: Id<Node>) {
        let Some(desk) = self.desk.as_ref() else { return };
        let understood = desk.understand(desk.entry.text(), &self.lists);
        if let Some(problem) = understood.problem {
            self.warn(format!("{problem}。書いたことばはそのままです。"));
            return;
        }
        if understood.words.is_empty() && desk.entry.text().trim().is_empty() {
            self.say("ことばが空になりました。枝を消すときは Esc でやめてから Delete を押してください。");
            return;
        }
        let mut changes = map::change(&desk.dossier, id, |n| {
            if !understood.words.is_empty() {
                n.text.clone_from(&understood.words);
            }
            n.kind = understood.kind.unwrap_or(n.kind);
            n.speaker = understood.speaker.unwrap_or(n.speaker);
        });
        if let Some(branch) = understood.branch {
            changes = self.edited_and_rehung(id, changes, branch);
        }
        if changes.is_empty() || self.commit(format!("枝を直す: {}", understood.words), changes) {
            self.leave_target();
            self.watch_words(&understood.words);
        }
    }

    /// The changes of an edit and of hanging the twig elsewhere, as one change a record.
    fn edited_and_rehung(&self, id: Id<Node>, edited: Vec<Change>, branch: usize) -> Vec<Change> {
        let Some(desk) = self.desk.as_ref() else { return edited };
        let mut after = desk.dossier.clone();
        if after.apply_all(&edited).is_err() {
            return edited;
        }
        let moved = map::rehang(&after, &Tree::new(&after), id, branch);
        if after.apply_all(&moved).is_err() {
            return edited;
        }
        edited
            .iter()
            .chain(&moved)
            .filter_map(Change::key)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .filter_map(|key| {
                let id = Id::<Node>::from(key.id);
                let (before, after) = (desk.dossier.nodes.get(&id)?, after.nodes.get(&id)?);
                Some(Change::replace(before.clone(), after.clone()))
            })
            .collect()
    }

    /// Removes the selected twig with what hangs on it.
    pub(super) fn delete_twig(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let Some(node) = desk.selected_node().cloned() else {
            self.say("消す枝を選んでください。大枝と真ん中は消せません。");
            return;
        };
        let count = desk.tree.subtree(node.id).len();
        let changes = map::remove(&desk.dossier, &desk.tree, node.id);
        let beside = desk.beside_all(&node, std::slice::from_ref(&node));
        if self.commit(format!("枝を消す: {}", node.text), changes) {
            if let Some(desk) = self.desk.as_mut() {
                desk.map.selected = beside;
            }
            let more =
                if count > 1 { format!("（付いていた {} 枝も）", count - 1) } else { String::new() };
            let key = self.keymap.shown(crate::command::Command::Undo);
            self.say(format!("「{}」を消しました{more}。{key} で元に戻せます。", node.text));
        }
    }

    /// Moves the selected twig; left and right are as seen, so they mirror on the left side.
    pub(super) fn shift_twig(&mut self, direction: Move) {
        let Some(desk) = self.desk.as_ref() else { return };
        let Some(node) = desk.selected_node() else { return };
        let branch = desk.dossier.meeting.branch_index(&node.branch).unwrap_or(0);
        let left = desk.dossier.meeting.branches.get(branch).is_some_and(|b| b.side == Side::Left);
        let direction = match direction {
            Move::In if left => Move::Out,
            Move::Out if left => Move::In,
            other => other,
        };
        let label = format!("枝を動かす: {}", node.text);
        let id = node.id;
        let changes = map::shift(&desk.dossier, &desk.tree, id, direction);
        if self.commit(label, changes)
            && let Some(desk) = self.desk.as_mut()
        {
            desk.select_node(id);
        }
    }

    /// Folds or unfolds the selected twig or branch.
    pub(super) fn fold_selected(&mut self) {
        let Some(desk) = self.desk.as_mut() else { return };
        desk.map.stale = true;
        match desk.map.selected {
            What::Node(id) if desk.tree.children(id).is_empty() => {}
            What::Node(id) if !desk.map.folded.remove(&id) => {
                desk.map.folded.insert(id);
            }
            What::Branch(i) if !desk.map.folded_branches.remove(&i) => {
                desk.map.folded_branches.insert(i);
            }
            _ => {}
        }
    }

    /// Gives what is being written, or else the selected twig, another kind.
    pub(super) fn set_kind(&mut self, kind: Kind) {
        let signs = self.signs();
        let Some(desk) = self.desk.as_mut() else { return };
        // What the line says about the kind would otherwise win over what was just chosen.
        let raw = entry::without_kind(desk.entry.text(), signs);
        if raw != desk.entry.text() {
            desk.entry = Line::new(raw);
        }
        let Some(node) = desk.node_of_kind().cloned() else {
            desk.kind = Some(kind);
            return;
        };
        let changes = map::change(&desk.dossier, node.id, |n| n.kind = kind);
        self.commit(format!("{}にする: {}", kind.label(), node.text), changes);
    }

    /// Changes how much of the map is shown.
    pub(super) fn next_level(&mut self) {
        let Some(desk) = self.desk.as_mut() else { return };
        desk.map.level = match desk.map.level {
            Level::Normal => Level::Branches,
            Level::Branches => Level::OneBranch,
            Level::OneBranch => Level::Normal,
        };
        if desk.map.level == Level::Branches
            && let Some(branch) = desk.selected_branch()
        {
            desk.map.selected = What::Branch(branch);
        }
        desk.map.stale = true;
        let words = match desk.map.level {
            Level::Normal => "ふつうの地図です。",
            Level::Branches => "大枝だけを出しています。数は付いている枝の数です。",
            Level::OneBranch => "選んだ大枝だけを出しています。",
        };
        self.say(words);
    }

    pub(super) fn start_search(&mut self) {
        let from = self.desk.as_ref().map(|d| d.map.selected);
        if self.begin(Target::Search, "")
            && let (Some(desk), Some(from)) = (self.desk.as_mut(), from)
        {
            desk.map.searched_from = from;
        }
    }

    /// The twigs that hold the searched words, in the order of the map.
    pub(super) fn search(&mut self, step: isize) {
        let Some(desk) = self.desk.as_mut() else { return };
        let query = text::fold(desk.entry.text());
        self.hits.clear();
        if query.is_empty() {
            return;
        }
        let number = text::number(desk.entry.text().trim());
        let matches = |n: &Node| {
            text::fold(&n.text).contains(&query)
                || text::fold(&n.said).contains(&query)
                || (number.is_some() && number == Some(n.number) && n.kind == Kind::Issue)
        };
        let found: Vec<Id<Node>> = desk
            .tree
            .depth_first()
            .into_iter()
            .filter(|id| desk.dossier.nodes.get(id).is_some_and(matches))
            .collect();
        // Exactly these words come before words that merely hold them.
        let exact = found
            .iter()
            .position(|id| desk.dossier.nodes.get(id).is_some_and(|n| text::fold(&n.text) == query));
        let current = desk.selected_node().and_then(|n| found.iter().position(|id| *id == n.id));
        let next = match (current, step) {
            (Some(at), 0) if exact.is_none() => at,
            (_, 0) => exact.unwrap_or(0),
            (Some(at), step) => (at as isize + step).rem_euclid(found.len() as isize) as usize,
            (None, _) => 0,
        };
        if let Some(id) = found.get(next).copied() {
            desk.select_node(id);
        }
        self.hits = found.into_iter().collect();
    }

    /// Ends a search: on what was found, or back where it began.
    pub(super) fn end_search(&mut self, found: bool) {
        if let Some(desk) = self.desk.as_mut().filter(|_| !found) {
            desk.map.selected = desk.map.searched_from;
        }
        self.leave_target();
    }
}

impl Desk {
    /// The branch that is selected or that the selected twig hangs on.
    pub fn selected_branch(&self) -> Option<usize> {
        match self.map.selected {
            What::Branch(i) | What::Empty(i) => Some(i),
            What::Node(id) => {
                self.dossier.nodes.get(&id).and_then(|n| self.dossier.meeting.branch_index(&n.branch))
            }
            _ => None,
        }
    }
}
