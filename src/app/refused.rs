//! What the records refuse: the words go into a file of their own, and the screen goes back to what stands on the disk.
//!
//! The meeting is read again once nothing is on its way, so that whatever was entered meanwhile is saved, or refused, too.

use std::path::PathBuf;

use super::document::{Document, Keeping};
use super::entry::{Signs, literal};
use super::model::{Desk, Effect, Model, Overlay};
use crate::domain::{Act, Id, JournalEntry, Meeting, Node, Record, Stamped};
use crate::layout::shape::What;
use crate::store::OpenAction;

impl Model {
    /// A line that can never be saved.
    pub(super) fn refused(&mut self, line: JournalEntry) {
        self.cx.saving.waiting.retain(|id| *id != line.edit.id);
        self.cx.saving.failed = None;
        let shown = self.desk.as_ref().filter(|d| !d.doc.is_sample()).map(|d| d.doc.dossier.meeting.id);
        self.cx.saving.stale |= line.meeting.is_some() && line.meeting == shown;
        self.region_refused();
        self.cx.saving.refused.push(line);
        self.cx.warn("保存できない変更がありました。ことばは控えに残します。");
        self.cx.effects.push(Effect::Rescue(self.cx.saving.refused.clone()));
        self.reload();
        self.reread_region();
    }

    /// Asks for the meeting anew if the screen shows what was refused, as soon as the disk has answered everything else.
    pub(super) fn reload(&mut self) {
        if let Some(desk) =
            self.desk.as_ref().filter(|_| self.cx.saving.stale && self.cx.saving.waiting.is_empty())
        {
            self.cx.effects.push(Effect::Open(desk.doc.dossier.meeting.id));
        }
    }

    /// The store is gone. People go on seeing, and may write out, what is on the screen; what they enter goes into the file.
    pub(super) fn stopped(&mut self, message: String) {
        self.cx.saving.failed = Some(message.clone());
        let first = !std::mem::replace(&mut self.cx.saving.stopped, true);
        if first {
            // The file does not hold what only waited until now.
            self.cx.saving.rescue = None;
        }
        let left = !self.cx.saving.waiting.is_empty() || !self.cx.saving.refused.is_empty();
        if left {
            self.cx.effects.push(Effect::RescueAll);
        }
        match first {
            true if left => {}
            true => self.tell(message),
            false => self.cx.warn(message),
        }
    }

    /// The file for what cannot be saved is written, or not yet.
    pub(super) fn rescued(&mut self, result: Result<PathBuf, String>) {
        if self.cx.saving.stopped {
            return self.rescued_all(result);
        }
        let problem = match result {
            Ok(path) => {
                self.cx.saving.rescue = Some(path);
                None
            }
            Err(problem) => Some(problem),
        };
        self.tell_refused(problem.as_deref());
    }

    /// The answer to a question about the meeting on the desk that [`Model::reload`] asked.
    pub(super) fn stands_no_more(&self, id: Id<Meeting>) -> bool {
        self.cx.saving.stale && self.desk.as_ref().is_some_and(|d| d.doc.dossier.meeting.id == id)
    }

    /// Puts the meeting as it stands on the disk in the place of what is shown; where one was, and what is half typed, stays.
    pub(super) fn take_again(
        &mut self,
        meeting: Stamped,
        journal: Vec<JournalEntry>,
        previous: Vec<OpenAction>,
    ) {
        // Something was entered since it was asked for: it is read once more when that stands.
        if !self.cx.saving.waiting.is_empty() {
            return;
        }
        let mark = self.mark_of_desk();
        let Some(old) = self.desk.take() else { return };
        let mut desk = Desk::new(Document::of(meeting, journal, previous, Keeping::Kept));
        let gone: Vec<Node> = old
            .doc
            .dossier
            .nodes
            .values()
            .filter(|n| !desk.doc.dossier.nodes.contains_key(&n.id))
            .cloned()
            .collect();
        let lost = |id| gone.iter().find(|n| n.id == id);
        let beside = match old.map.selected {
            What::Node(id) => std::iter::successors(lost(id), |n| n.parent.and_then(lost)).last(),
            _ => None,
        };
        let beside = beside.map(|top| old.beside_all(top, &gone));
        desk.doc.clock = old.doc.clock;
        desk.map.scroll = old.map.scroll;
        self.desk = Some(Box::new(desk));
        self.put_back(mark);
        if let (Some(desk), Some(beside)) = (self.desk.as_mut(), beside) {
            desk.map.selected = beside;
        }
        self.hits.clear();
        self.cx.saving.stale = false;
        self.cx.touched = true;
        self.give_words_back();
    }

    /// A single keyword that was refused stands in the entry line again, if that is free.
    fn give_words_back(&mut self) {
        let [JournalEntry { edit, act: Act::Do, .. }] = self.cx.saving.refused.as_slice() else { return };
        let [change] = edit.changes.as_slice() else { return };
        let Some(Record::Node(node)) = change.after() else { return };
        let Some(desk) = self.desk.as_mut() else { return };
        let line = desk.map.writing.draft_mut();
        if line.is_empty() {
            let sign = node.kind.sign().map(String::from).unwrap_or_default();
            let words = if sign.is_empty() { literal(&node.text, Signs::MAP) } else { node.text.clone() };
            *line = super::Input::new(format!("{sign}{words}"));
        }
    }

    /// Tells where the unsaved words are kept: once for each rescue file, but every time where no file could be written.
    fn rescued_all(&mut self, result: Result<PathBuf, String>) {
        let message = self.cx.saving.failed.clone().unwrap_or_default();
        match result {
            Ok(path) if self.cx.saving.rescue.as_ref() == Some(&path) => {}
            Ok(path) => {
                self.tell(format!(
                    "{message}保存できていないことばは控え（{}）に残しています。\
                     jirei を終えてから「jirei import 控えのファイルの名前」とすると戻せます。",
                    path.display()
                ));
                self.cx.saving.rescue = Some(path);
            }
            Err(problem) => self.tell(format!(
                "{message}保存できていないことばの控えも、まだファイルに書けていません（{problem}）。\
                 終わるときにもう一度書きます。必要なことばは書き写しておいてください。"
            )),
        }
    }

    fn tell_refused(&mut self, problem: Option<&str>) {
        let labels: Vec<String> =
            self.cx.saving.refused.iter().map(|l| format!("「{}」", l.edit.label)).take(3).collect();
        let what =
            format!("{}{}", labels.concat(), if self.cx.saving.refused.len() > 3 { "など" } else { "" });
        let count = self.cx.saving.refused.len();
        let text = match (&self.cx.saving.rescue, problem) {
            (Some(path), None) => format!(
                "{count}件の変更が、今ある記録と合わないため保存できませんでした：{what}。ほかの記録は無事で、画面は保存されている記録に合わせました。\
                 書いたことばは控え（{}）に残しました。もう一度書くか、会議のあとで「jirei import 控えのファイルの名前」とすると戻せます。",
                path.display()
            ),
            _ => format!(
                "{count}件の変更が、今ある記録と合わないため保存できませんでした：{what}。ほかの記録は無事です。\
                 書いたことばの控えは、まだファイルに書けていません（{}）。終わるときにもう一度書きます。必要なことばは書き写しておいてください。",
                problem.unwrap_or_default()
            ),
        };
        self.tell(text);
    }

    fn tell(&mut self, text: String) {
        // A list or a question that is being answered is not taken away: what is shown beside "saved" remains.
        if !matches!(self.cx.over, Some(Overlay::Choose(_) | Overlay::Ask(_))) {
            self.cx.over = Some(Overlay::Told(text));
        }
    }
}
