//! Many lines at once become twigs.

use super::{Model, Understood};
use crate::app::{Effect, NamesFor};
use crate::domain::map::{self, Place};
use crate::domain::{Id, Node, text};
use crate::layout::shape::What;

/// So many lines at once: what is pasted is one edit, and the whole of it is drawn.
const MOST: usize = 3000;

impl Model {
    /// Several pasted lines become twigs: indentation is depth, signs mean what they mean in the entry line.
    pub(in crate::app) fn paste_twigs(&mut self, lines: &[String]) {
        if lines.len() > MOST {
            return self.cx.warn(format!(
                "一度に貼りつけられるのは {MOST} 行までです（{} 行ありました）。何も入れていません。分けて貼りつけてください。",
                lines.len()
            ));
        }
        let Some(desk) = self.desk.as_ref() else { return };
        let mut first = match desk.map.selected {
            What::Centre => Place::Branch(0),
            _ => desk.place_beside(desk.default_kind()),
        };
        let mut open: Vec<(usize, Id<Node>)> = Vec::new();
        let mut entries = Vec::with_capacity(lines.len());
        for line in lines {
            let indent = indent_of(line);
            let Some(desk) = self.desk.as_ref() else { return };
            let mut understood = desk.understand(line.trim_start(), &self.cx.lists);
            if understood.problem.is_some() || understood.words.is_empty() {
                // What is no sign of ours is text.
                understood = Understood {
                    kind: None,
                    speaker: None,
                    branch: None,
                    words: text::clean_line(line),
                    problem: None,
                    unknown: Vec::new(),
                };
            }
            while open.last().is_some_and(|(depth, _)| *depth > indent) {
                open.pop();
            }
            let place = match open.last().copied() {
                _ if understood.branch.is_some() => Place::Branch(understood.branch.unwrap_or(0)),
                Some((depth, sibling)) if depth == indent => Place::After(sibling),
                Some((_, parent)) => Place::Under(parent),
                None => first,
            };
            let node = self.new_node(&understood);
            let id = node.id;
            entries.push((node, place));
            if open.last().is_some_and(|(depth, _)| *depth == indent) {
                open.pop();
            }
            if open.is_empty() {
                first = Place::After(id);
            }
            open.push((indent, id));
        }
        let (count, last) = (lines.len(), entries.last().map(|(node, _)| node.id));
        let Some(desk) = self.desk.as_ref() else { return };
        let changes = map::add_all(&desk.doc.dossier, &desk.doc.tree, entries);
        if self.commit(format!("貼りつけ: {count} 枝"), changes)
            && let (Some(desk), Some(id)) = (self.desk.as_mut(), last)
        {
            desk.select_node(id);
            self.cx.say(format!("{count} 行を、{count} の枝にしました。"));
        }
    }

    /// Warns when what was written looks like personal information. Who was at the meetings is asked for where none is open.
    pub(in crate::app) fn watch_words(&mut self, words: &str) {
        if !self.warn_of(words, &[]) && self.desk.is_none() {
            let meetings = self.region.as_ref().map(|region| region.meetings_here()).unwrap_or_default();
            self.cx.effects.push(Effect::Names(meetings, NamesFor::Words(words.to_owned())));
        }
    }

    /// The same with names that are known. False where nothing was found.
    pub(in crate::app) fn warn_of(&mut self, words: &str, names: &[String]) -> bool {
        let watch = self.cx.watch.with_people(names.iter().map(String::as_str));
        let Some(finding) = watch.look(words).into_iter().next() else { return false };
        let how = self.cx.keymap.fill("個人が分かることばは書きかえてください（{edit} で直せます）。");
        self.cx.warn(format!("{}。{how}", finding.message()));
        true
    }
}

/// The depth of a line by its indentation: a tab or full-width space counts as two columns.
fn indent_of(line: &str) -> usize {
    line.chars()
        .map_while(|c| match c {
            ' ' => Some(1),
            '\t' | '\u{3000}' => Some(2),
            _ => None,
        })
        .sum()
}
