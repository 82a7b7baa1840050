//! Undo and redo, wherever there is a document.

use crate::command::Command;
use crate::domain::{Act, Change};
use crate::ui::drafts::Drafts;
use crate::ui::{Context, Document, Flow, LastKey, Records};

/// A screen with a document behind it.
pub(crate) trait Undoing: Drafts {
    type Held: Records;

    fn document(&self) -> &Document<Self::Held>;

    fn document_mut(&mut self) -> &mut Document<Self::Held>;

    /// Writes changes and shows what they touch, so that people see what happened.
    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool;

    /// Does an action on cells, or on what was done or put away.
    fn perform_on_document(&mut self, cx: &mut Context, command: Command) -> Flow {
        match command {
            Command::EnterCell => return self.sheet_enter(cx),
            Command::NextCell => self.sheet_step(cx, 1),
            Command::PreviousCell => self.sheet_step(cx, -1),
            Command::PutAway => self.choose_put_away(cx),
            Command::Undo => self.undo(cx),
            Command::Redo => self.redo(cx),
            _ => return self.perform_move(cx, command),
        }
        Flow::Done
    }

    /// Takes the last edit back. What is being written in a cell or mended is the last thing done: it goes first.
    fn undo(&mut self, cx: &mut Context) {
        if self.stop_mending(cx) {
            return;
        }
        let Some(edit) = self.document().history().to_undo().cloned() else { return cx.say(NOTHING_TO_UNDO) };
        let (label, changes) = (format!("元に戻す: {}", edit.label), edit.inverse_changes());
        if self.write_and_show(cx, Act::Undo(edit.id), label, changes) {
            cx.say(format!("元に戻しました：{}", cx.shortened(&edit.label)));
        } else {
            self.document_mut().pass_over(cx, &edit);
        }
    }

    /// Does the last undone edit again.
    fn redo(&mut self, cx: &mut Context) {
        if self.stop_mending(cx) {
            return;
        }
        let Some(edit) = self.document().history().to_redo().cloned() else { return cx.say(NOTHING_TO_REDO) };
        let label = format!("やり直す: {}", edit.label);
        if self.write_and_show(cx, Act::Redo(edit.id), label, edit.changes.clone()) {
            cx.say(format!("やり直しました：{}", cx.shortened(&edit.label)));
        } else {
            self.document_mut().pass_over(cx, &edit);
        }
    }

    /// Gives up a cell or an edit under way. True if words went with it.
    fn stop_mending(&mut self, cx: &mut Context) -> bool {
        cx.last = LastKey::Other;
        self.is_mending() && self.give_up(cx) && cx.last == LastKey::PutAway
    }
}

/// Said where undo finds nothing.
pub(crate) const NOTHING_TO_UNDO: &str = "元に戻すものはありません。";

/// The same for redo.
pub(crate) const NOTHING_TO_REDO: &str = "やり直すものはありません。";
