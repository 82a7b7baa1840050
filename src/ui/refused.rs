//! What the records refuse: the words go into a file of their own, and the screen goes back to what stands on the disk.
//!
//! The meeting is read again once nothing is on its way, so that whatever was entered meanwhile is saved, or refused, too.

use std::path::PathBuf;

use crate::domain::{Act, Id, JournalEntry, Meeting, Node, Record};
use crate::layout::shape::What;
use crate::ui::entry::{Signs, literal};
use crate::ui::msg::Saving;
use crate::ui::{App, Document, Effect, Input, MeetingScreen, OpenMeeting};

impl App {
    /// A line that can never be saved.
    pub(crate) fn refused(&mut self, line: JournalEntry) {
        let shown = self.kept_meeting().map(|meeting| meeting.doc.dossier.meeting.id);
        let saving = &mut self.cx.saving;
        saving.waiting.retain(|id| *id != line.edit.id);
        saving.failed = None;
        saving.stale |= line.meeting.is_some() && line.meeting == shown;
        saving.refused.push(line);
        self.cx.warn("保存できない変更がありました。ことばは控えに残します。");
        self.cx.saving.owed = true;
        self.cx.effects.push(Effect::Rescue);
        if let Some((region, _)) = self.region_mut() {
            region.stale = true;
        }
        self.reread();
    }

    /// Asks anew for what is shown otherwise than it stands, as soon as the disk has answered everything else.
    pub(crate) fn reread(&mut self) {
        let saving = &self.cx.saving;
        if saving.waiting.is_empty() {
            let meeting =
                self.meeting().map(|meeting| meeting.doc.dossier.meeting.id).filter(|_| saving.stale);
            let region = self.region().filter(|region| region.stale).map(|_| Effect::Region);
            self.cx.effects.extend(meeting.map(Effect::Open).into_iter().chain(region));
        }
    }

    /// Whether this is the answer to what [`App::reread`] asked.
    pub(crate) fn stands_no_more(&self, id: Id<Meeting>) -> bool {
        self.cx.saving.stale && self.meeting().is_some_and(|meeting| meeting.doc.dossier.meeting.id == id)
    }

    /// Puts the meeting as it stands on the disk in the place of what is shown; where one was, and what is half typed, stays.
    pub(crate) fn take_again(&mut self, doc: Document<OpenMeeting>) {
        let Some((meeting, cx)) = self.meeting_mut() else { return };
        // Something was entered since it was asked for: it is read once more when that stands.
        if !cx.saving.waiting.is_empty() {
            return;
        }
        meeting.replace(doc);
        cx.saving.stale = false;
        cx.touched = true;
        // A single keyword that was refused stands in the entry line again.
        if let [JournalEntry { edit, act: Act::Do, .. }] = cx.saving.refused.as_slice()
            && let [change] = edit.changes.as_slice()
            && let Some(Record::Node(node)) = change.after()
        {
            meeting.give_back(node);
        }
    }

    /// The store is gone. People go on seeing, and may write out, what is on the screen; what they enter goes into the file.
    pub(crate) fn stopped(&mut self, message: String) {
        let saving = &mut self.cx.saving;
        saving.failed = Some(message.clone());
        let first = !std::mem::replace(&mut saving.stopped, true);
        if first {
            // The file does not hold what only waited until now.
            saving.rescue = None;
        }
        let left = !saving.waiting.is_empty() || !saving.refused.is_empty();
        saving.owed |= left;
        self.cx.effects.extend(left.then_some(Effect::Rescue));
        if !first {
            self.cx.warn(message);
        } else if !left {
            self.cx.tell(message);
        }
    }

    /// The file for what cannot be saved is written, or not yet: says where the words are.
    pub(crate) fn rescued(&mut self, result: Result<PathBuf, String>) {
        let saving = &mut self.cx.saving;
        let first = result.is_ok() && result.as_ref().ok() != saving.rescue.as_ref();
        let news = first || saving.unkept != result.is_err();
        saving.unkept = result.is_err();
        saving.rescue = result.clone().ok().or(saving.rescue.take());
        let owed = std::mem::take(&mut saving.owed);
        if news && self.asks_to_quit() {
            self.ask_quit();
        }
        let saving = &self.cx.saving;
        // What only waits is said in the line over the entry, with the place of the file.
        if saving.refused.is_empty() && !saving.stopped {
            return;
        }
        // Said once for each file, but every time where none could be written.
        if !first && (!owed || saving.stopped && result.is_ok()) {
            return;
        }
        let gone = saving.failed.as_deref().unwrap_or_default();
        let what = refused_words(&saving.refused);
        let text = match (result.as_ref().map(|path| path.display()), saving.stopped) {
            (Ok(path), true) => format!(
                "{gone}保存できていないことばは控え（{path}）に残しています。\
                 jirei を終えて、もう一度開くと、戻すかどうかをたずねます。「jirei import 控えのファイルの名前」でも戻せます。"
            ),
            (Err(problem), true) => format!(
                "{gone}保存できていないことばの控えも、まだファイルに書けていません（{problem}）。\
                 終わるときにもう一度書きます。必要なことばは書き写しておいてください。"
            ),
            (Ok(path), false) => format!(
                "{what}で、画面は保存されている記録に合わせました。書いたことばは控え（{path}）に残しました。\
                 もう一度書くか、会議のあとで「jirei import 控えのファイルの名前」とすると戻せます。"
            ),
            (Err(problem), false) => format!(
                "{what}です。書いたことばの控えは、まだファイルに書けていません（{problem}）。\
                 終わるときにもう一度書きます。必要なことばは書き写しておいてください。"
            ),
        };
        self.cx.tell(text);
    }

    /// All that waited is saved, and the file that held it is gone.
    pub(crate) fn all_saved(&mut self) {
        self.cx.saving.unkept = false;
        if self.cx.saving.rescue.take().is_some() {
            self.cx.say_also("待っていたことばは、すべて保存できました。控えのファイルは片づけました。");
        }
    }
}

impl Saving {
    /// Why nothing is saved now, and where the words are meanwhile.
    pub(crate) fn said(&self) -> Option<String> {
        let failed = self.failed.as_deref()?;
        Some(match &self.rescue {
            _ if self.unkept => format!(
                "{failed}控えのファイルも、まだ書けていません。必要なことばは書き写しておいてください。"
            ),
            Some(path) => format!("{failed}控え：{}", path.display()),
            None => failed.to_owned(),
        })
    }
}

/// What could not be saved, up to where it is said what else is well.
fn refused_words(refused: &[JournalEntry]) -> String {
    let labels: String = refused.iter().take(3).map(|l| format!("「{}」", l.edit.label)).collect();
    let (count, more) = (refused.len(), if refused.len() > 3 { "など" } else { "" });
    format!(
        "{count}件の変更が、今ある記録と合わないため保存できませんでした：{labels}{more}。ほかの記録は無事"
    )
}

impl MeetingScreen {
    /// Takes the records as they were read again; where one was, and what is half typed, stays.
    fn replace(&mut self, doc: Document<OpenMeeting>) {
        let mut again = MeetingScreen::new(doc);
        let gone = |n: &&Node| !again.doc.dossier.nodes.contains_key(&n.id);
        let gone: Vec<Node> = self.doc.dossier.nodes.values().filter(gone).cloned().collect();
        let lost = |id| gone.iter().find(|n| n.id == id);
        let top = match self.map.selected {
            What::Node(id) => std::iter::successors(lost(id), |n| n.parent.and_then(lost)).last(),
            _ => None,
        };
        again.doc.clock = self.doc.clock.clone();
        again.map.scroll = self.map.scroll;
        again.put_back(self.mark());
        if let Some(top) = top {
            again.map.selected = self.map.beside_all(&self.doc, top, &gone);
        }
        *self = again;
    }

    /// Puts a twig that was refused back into the entry line, if that is free.
    fn give_back(&mut self, node: &Node) {
        let line = self.map.writing.draft_mut();
        if line.is_empty() {
            *line = Input::new(match node.kind.sign() {
                Some(sign) => format!("{sign}{}", node.text),
                None => literal(&node.text, Signs::MAP),
            });
        }
    }
}
