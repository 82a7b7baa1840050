//! What goes back: edits that are undone and redone, and half-typed words that are put away and fetched.

use crate::command::Command;
use crate::domain::{Act, Change, Edit, Id, Meeting};
use crate::ui::writing::Origin;
use crate::ui::{
    Cell, Choice, Chooser, Context, Document, Flow, Input, LastKey, Pick, PutAway, Records, Sheets,
};

/// So many things put away are remembered.
const REMEMBERED: usize = 50;

impl Context {
    /// Keeps words that are taken from the screen.
    pub(crate) fn remember(&mut self, doc: &Document<impl Records>, origin: Origin, line: Input) {
        let after = doc.history().to_undo().map(|edit| edit.id);
        self.remember_after(after, doc.meeting(), origin, line);
    }

    /// The same of words that came after an edit, or before all.
    pub(crate) fn remember_after(
        &mut self,
        after: Option<Id<Edit>>,
        meeting: Option<Id<Meeting>>,
        origin: Origin,
        line: Input,
    ) {
        if self.put_away.len() == REMEMBERED {
            self.put_away.remove(0);
        }
        let put = PutAway { meeting, origin, line, past: false, after, undone: false };
        self.put_away.push(put);
        self.touched = true;
    }

    /// Something was given up; says how its words come back, where there were any.
    pub(crate) fn gave_up(&mut self, kept: bool) {
        self.last = match self.last {
            _ if !kept => LastKey::Other,
            // Taken away a second time it is meant so: the next Esc goes on.
            LastKey::Fetched => {
                let (key, title) = (self.keymap.said(Command::Menu), Command::PutAway.row().title);
                self.say(format!("書きかけを片づけました。{key} の「{title}」で、いつでも出せます。"));
                LastKey::Dismissed
            }
            _ => {
                let key = self.keymap.said(Command::Back);
                self.say(format!("書きかけを片づけました。もう一度 {key} で、書きかけが出てきます。"));
                LastKey::PutAway
            }
        };
    }
}

/// A screen with a document behind it: edits are taken back, words that are half typed put away and fetched.
pub(crate) trait Drafts: Sheets {
    type Held: Records;

    fn document(&self) -> &Document<Self::Held>;

    fn document_mut(&mut self) -> &mut Document<Self::Held>;

    /// Writes changes and shows what they touch, so that people see what happened.
    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool;

    /// Whether words were put away where one is now.
    fn stood_here(&self, cx: &Context, put: &PutAway) -> bool;

    /// Puts words back where they stood.
    fn put_back_words(&mut self, cx: &Context, put: PutAway);

    /// What stands there now is kept or put away first. False: it means nothing as it is.
    fn make_room(&mut self, cx: &mut Context, put: &PutAway) -> bool;

    /// Gives up what is being written. False if there is nothing to give up.
    fn give_up(&mut self, cx: &mut Context) -> bool {
        self.give_up_cell(cx)
    }

    /// Does an action on cells, or on what was done or put away.
    fn perform_on_document(&mut self, cx: &mut Context, command: Command) -> Flow {
        match command {
            Command::EnterCell => return self.sheet_enter(cx),
            Command::NextCell => self.sheet_step(cx, 1),
            Command::PreviousCell => self.sheet_step(cx, -1),
            Command::PutAway => self.choose_put_away(cx),
            Command::Undo | Command::Redo => self.turn_back(cx, command),
            _ => return self.perform_move(cx, command),
        }
        Flow::Done
    }

    /// The words undo, or redo, comes to next: put away after the last edit, and there is room for them. None: it comes to
    /// the edit.
    fn words_to_turn(&self, cx: &Context, undo: bool) -> Option<usize> {
        let blank = self.writing().is_none_or(|writing| writing.line.text().trim().is_empty());
        let room = !self.is_mending() && blank || cx.last == LastKey::Fetched;
        let last = self.document().history().to_undo().map(|edit| edit.id);
        let next = |put: &PutAway| put.undone != undo && put.after == last && self.stood_here(cx, put);
        cx.put_away.iter().rposition(next).filter(|_| room)
    }

    /// Brings back the words that come next. False: there are none.
    fn turn_words(&mut self, cx: &mut Context, undo: bool) -> bool {
        let Some(at) = self.words_to_turn(cx, undo) else { return false };
        let put = cx.put_away.remove(at);
        self.put_aside(cx, undo);
        cx.say("");
        self.bring_back(cx, put);
        true
    }

    /// Takes the last edit back, or does the last undone one again. What is being written in a cell or mended is the last
    /// thing done: it goes first. What was put away comes back in its turn, and what came back before waits for the other way.
    fn turn_back(&mut self, cx: &mut Context, command: Command) {
        let undo = command == Command::Undo;
        if self.turn_words(cx, undo) {
            return;
        }
        cx.last = LastKey::Other;
        // What was opened and not written in was done after the words, too: it closes, and they come.
        if self.is_mending() && (self.put_aside(cx, undo) || self.turn_words(cx, undo)) {
            return;
        }
        let history = self.document().history();
        let Some(edit) = if undo { history.to_undo() } else { history.to_redo() }.cloned() else {
            return cx.say(if undo { NOTHING_TO_UNDO } else { NOTHING_TO_REDO });
        };
        let (act, does, did, changes) = if undo {
            (Act::Undo(edit.id), "元に戻す", "元に戻しました", edit.inverse_changes())
        } else {
            (Act::Redo(edit.id), "やり直す", "やり直しました", edit.changes.clone())
        };
        if self.write_and_show(cx, act, format!("{does}: {}", edit.label), changes) {
            cx.say(format!("{did}：{}", cx.shortened(&edit.label)));
            cx.last = LastKey::Unchosen;
        } else {
            self.document_mut().pass_over(cx, &edit);
        }
    }

    /// Gives up what is being written, for redo or undo to bring back. False if nothing would be missed.
    fn put_aside(&mut self, cx: &mut Context, undone: bool) -> bool {
        let kept = self.give_up(cx) && matches!(cx.last, LastKey::PutAway | LastKey::Dismissed);
        if let Some(put) = cx.put_away.last_mut().filter(|_| kept) {
            put.undone = undone;
        }
        kept
    }

    /// Gives up the cell that is open. False if none is.
    fn give_up_cell(&mut self, cx: &mut Context) -> bool {
        let Some((cell, line)) = self.editing().cloned() else { return false };
        let kept = self.raw(cx, cell) != line.text() && !line.text().trim().is_empty() && !self.chooses();
        self.drop_cell();
        if kept {
            cx.remember(self.document(), Origin::Cell(cell), line);
        }
        cx.gave_up(kept);
        true
    }

    /// What Esc does first: words it put away come back, or what is being written is given up. False: it is for what lies under
    /// them. What is not wanted stays away until another key is pressed.
    fn closes_words(&mut self, cx: &mut Context) -> bool {
        if cx.last == LastKey::PutAway && self.fetch_last(cx) || self.give_up(cx) {
            return true;
        }
        if cx.last != LastKey::Dismissed {
            cx.last = LastKey::Other;
        }
        false
    }

    /// Fetches back what was put away last on this screen. False if there is nothing.
    fn fetch_last(&mut self, cx: &mut Context) -> bool {
        let last = cx.put_away.iter().rposition(|put| !put.past && self.stood_here(cx, put));
        if let Some(at) = last {
            self.take_back(cx, at);
        }
        last.is_some()
    }

    /// Everything that was put away on this screen, the newest first.
    fn choose_put_away(&self, cx: &mut Context) {
        let all = cx.put_away.iter().enumerate().rev();
        let here = all.filter(|(_, put)| self.stood_here(cx, put)).map(|(at, put)| {
            let note = match put.origin {
                Origin::Entry(_, None) => "",
                Origin::Entry(..) => "直しかけ",
                Origin::Cell(cell) => cell.heading().title,
            };
            Choice::new(cx.shortened(put.line.text()), note, Pick::Fetch(at))
        });
        cx.choose(Chooser::new(Command::PutAway.row().title, here.collect()));
    }

    /// Fetches back one of them.
    fn fetch(&mut self, cx: &mut Context, at: usize) {
        let Some(put) = cx.put_away.get(at).cloned() else { return };
        if self.make_room(cx, &put) {
            self.take_back(cx, at);
        }
    }

    fn take_back(&mut self, cx: &mut Context, at: usize) {
        let put = cx.put_away.remove(at);
        self.bring_back(cx, put);
    }

    fn bring_back(&mut self, cx: &mut Context, put: PutAway) {
        self.put_back_words(cx, put);
        cx.last = LastKey::Fetched;
        cx.touched = true;
    }

    /// Puts words back into a cell.
    fn put_back_cell(&mut self, cell: Cell, line: Input) {
        if let Some(sheet) = self.sheet_mut() {
            (sheet.editing, sheet.marked) = (Some((cell, line)), false);
        }
    }
}

/// Said where they find nothing.
pub(crate) const NOTHING_TO_UNDO: &str = "元に戻すものはありません。";
pub(crate) const NOTHING_TO_REDO: &str = "やり直すものはありません。";
