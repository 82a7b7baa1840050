//! Writing on the map: what a line says, where it goes, and the twig it becomes.

use std::collections::BTreeSet;

use super::{Desk, Model, Target};
use crate::app::entry::{self, Signs};
use crate::command::Command;
use crate::domain::map::{self, Place};
use crate::domain::{Branch, Change, Id, Kind, Node, Participant, Side, Step, people, text};
use crate::layout::shape::What;

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
    /// Where Enter would put what a line says; none: it becomes a main branch.
    pub fn place_for(&self, understood: &Understood) -> Option<Place> {
        match (understood.branch, self.map.selected) {
            (Some(branch), _) => Some(Place::Branch(branch)),
            (None, What::Centre) => None,
            _ => Some(self.place_beside(understood.kind.unwrap_or(self.default_kind()))),
        }
    }

    /// Where something of a kind goes beside what is selected. An idea answers an issue: it goes under it.
    pub(super) fn place_beside(&self, kind: Kind) -> Place {
        match self.selected_node() {
            Some(node) if kind == Kind::Idea && node.kind == Kind::Issue => Place::Under(node.id),
            Some(node) => Place::After(node.id),
            None => Place::Branch(self.selected_branch().unwrap_or(0)),
        }
    }

    /// Selects the issue that ideas would answer: the one at hand, else the root, else the first. Without any, the branch at
    /// hand: an idea never goes to whatever twig happened to be selected last.
    pub(in crate::app) fn select_issue(&mut self) {
        let up = |node: &&Node| node.parent.and_then(|id| self.doc.dossier.nodes.get(&id));
        let at_hand = std::iter::successors(self.selected_node(), up).find(|n| n.kind == Kind::Issue);
        let root =
            || self.doc.dossier.nodes.get(&self.doc.causes.root()?.id).filter(|n| n.kind == Kind::Issue);
        let issue = at_hand.or_else(root).or_else(|| self.doc.dossier.issues().into_iter().next());
        match issue.map(|n| n.id) {
            Some(id) => self.select_node(id),
            None => self.map.selected = What::Branch(self.selected_branch().unwrap_or(0)),
        }
    }

    /// Reads a raw line with the names of this meeting.
    pub fn understand(&self, raw: &str, lists: &crate::domain::Lists) -> Understood {
        let parsed = entry::parse(raw, Signs::MAP);
        let mut problem = None;
        let mut unknown = Vec::new();
        let speaker = parsed.speaker.map(|range| {
            let query = &raw[range];
            if query.is_empty() {
                return None;
            }
            let found = people::find(query, &self.doc.dossier, lists).first().copied();
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
            self.doc.dossier.meeting.branches.iter().map(|b| text::fold(&b.title)).collect();
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
    pub(in crate::app) fn map_enter(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        match desk.map.writing.target() {
            Some(Target::Search) => self.end_search(true),
            Some(Target::Link(from)) => self.finish_link(from),
            Some(Target::Node(id)) => self.finish_edit(id),
            Some(Target::Said(id)) => self.finish_said(id),
            _ if desk.map.writing.line.text().trim().is_empty() => self.perform(Command::Edit),
            _ => self.add_twig(false),
        }
    }

    /// Tab on the map.
    pub(in crate::app) fn map_tab(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        if desk.map.writing.target().is_some() || desk.map.writing.line.text().trim().is_empty() {
            return;
        }
        self.add_twig(true);
    }

    /// The words become a twig where the label said, or under the selected one.
    fn add_twig(&mut self, under: bool) {
        let Some(desk) = self.desk.as_ref() else { return };
        let mut understood = desk.understand(desk.map.writing.line.text(), &self.cx.lists);
        let problem = understood.problem.take();
        if understood.words.is_empty() {
            match problem {
                Some(problem) => self.cx.warn(format!("{problem}。書いたことばはそのままです。")),
                None => self.take_signs(&understood),
            }
            return;
        }
        let stranger = understood.unknown.iter().any(|sign| sign.starts_with('@'));
        // The room speaks on: words are never refused. A sign nobody knows is one of the words.
        for sign in understood.unknown.drain(..).rev() {
            understood.words = format!("{sign} {}", understood.words);
        }
        let place = match desk.place_for(&understood) {
            Some(Place::After(id)) if under => Place::Under(id),
            Some(place) => place,
            None => return self.add_branch(&understood.words),
        };
        let node = self.new_node(&understood);
        if stranger {
            // An `@` that names nobody here: this entry has no speaker, and the one before stays for the next entries.
            understood.speaker = None;
        }
        let Some(desk) = self.desk.as_ref() else { return };
        let early = node.kind == Kind::Idea && node.step < Step::Ideas;
        let (id, label) = (node.id, node.adding());
        let changes = map::add(&desk.doc.dossier, &desk.doc.tree, node, place);
        if self.commit(label, changes) {
            self.take_signs(&understood);
            if let Some(desk) = self.desk.as_mut() {
                desk.select_node(id);
            }
            let early = if early {
                "助言として取っておきます。支援策の段階で、もう一度出します。"
            } else {
                ""
            };
            match problem {
                Some(problem) => self.cx.warn(self.kept_as_words(&problem, stranger) + early),
                None if !early.is_empty() => self.cx.say(early),
                None => {}
            }
        }
    }

    /// A sign that nobody knows stands among the words now; how it becomes one that is known.
    fn kept_as_words(&self, problem: &str, stranger: bool) -> String {
        let key = |command| self.cx.keymap.said(command);
        let problem = self.cx.watch.unnamed(problem);
        let edit = key(Command::Edit);
        if stranger {
            let people = key(Command::People);
            format!(
                "{problem}。「@…」も枝の文字に残しました。参加者を {people} で足してから、{edit} で直せます。"
            )
        } else {
            format!("{problem}。「#…」も枝の文字に残しました。{edit} で直せます。")
        }
    }

    /// A node with the words, nowhere yet.
    pub(super) fn new_node(&mut self, understood: &Understood) -> Node {
        let id = self.cx.ids.id();
        let at = self.cx.now.at;
        let desk = self.desk.as_ref();
        Node {
            kind: understood.kind.or(desk.map(|d| d.default_kind())).unwrap_or(Kind::Fact),
            speaker: understood.speaker.unwrap_or(desk.and_then(|d| d.doc.standing_speaker())),
            step: desk.map_or(Step::Interview, |d| d.doc.step()),
            ..Node::new(
                id,
                desk.map_or_else(|| id.cast(), |d| d.doc.dossier.meeting.id),
                understood.words.clone(),
                at,
            )
        }
    }

    /// After an entry: the speaker stays, the kind and the words go.
    fn take_signs(&mut self, understood: &Understood) {
        if let Some(desk) = self.desk.as_mut() {
            if let Some(speaker) = understood.speaker {
                desk.doc.speaker = speaker;
            }
            if understood.words.is_empty() {
                desk.kind = understood.kind.or(desk.kind);
                if let Some(branch) = understood.branch {
                    desk.map.selected = What::Branch(branch);
                }
            } else {
                desk.kind = None;
            }
            desk.map.writing.line.take();
        }
    }

    /// Words on the centre become a new main branch, on the side with fewer.
    fn add_branch(&mut self, title: &str) {
        let Some(desk) = self.desk.as_mut() else { return };
        let before = desk.doc.dossier.meeting.clone();
        if let Some(index) = before.branch_index(title) {
            desk.map.writing.line.take();
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
            desk.map.writing.line.take();
            desk.map.selected = What::Branch(index);
        }
    }
}
