//! Undo and redo, wherever there is a document.

use crate::domain::{Act, Change, Edit, History};
use crate::ui::drafts::Drafts;
use crate::ui::{Context, LastKey};

/// A screen with a document behind it.
pub(crate) trait Undoing: Drafts {
    fn history(&self) -> &History;

    /// Whether it is there to be tried out, and nothing of it is kept.
    fn is_sample(&self) -> bool;

    /// Writes changes and shows what they touch, so that people see what happened.
    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool;

    /// Leaves out an edit that cannot be taken back or done again any more.
    fn pass_over(&mut self, cx: &mut Context, edit: &Edit);

    /// Takes the last edit back. What is being written in a cell or mended is the last thing done: it goes first.
    fn undo(&mut self, cx: &mut Context) {
        if self.stop_mending(cx) {
            return;
        }
        let Some(edit) = self.history().to_undo().cloned() else { return cx.say(NOTHING_TO_UNDO) };
        let (label, changes) = (format!("元に戻す: {}", edit.label), edit.inverse_changes());
        if self.write_and_show(cx, Act::Undo(edit.id), label, changes) {
            cx.say(format!("元に戻しました：{}", cx.shortened(&edit.label)));
        } else {
            self.pass_over(cx, &edit);
        }
    }

    /// Does the last undone edit again.
    fn redo(&mut self, cx: &mut Context) {
        if self.stop_mending(cx) {
            return;
        }
        let Some(edit) = self.history().to_redo().cloned() else { return cx.say(NOTHING_TO_REDO) };
        let label = format!("やり直す: {}", edit.label);
        if self.write_and_show(cx, Act::Redo(edit.id), label, edit.changes.clone()) {
            cx.say(format!("やり直しました：{}", cx.shortened(&edit.label)));
        } else {
            self.pass_over(cx, &edit);
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
