//! Undo and redo, wherever there is a document.

use crate::domain::{Act, Change};
use crate::ui::{Context, Document, LastKey, Records, Sheets};

/// A screen with a document behind it.
pub(crate) trait Undoing: Sheets {
    type Held: Records;

    fn document(&self) -> &Document<Self::Held>;

    fn document_mut(&mut self) -> &mut Document<Self::Held>;

    /// Writes changes and shows what they touch, so that people see what happened.
    fn write_and_show(&mut self, cx: &mut Context, act: Act, label: String, changes: Vec<Change>) -> bool;

    /// Takes the last edit back, or does the last undone one again. What is being written in a cell or mended is the last
    /// thing done: it goes first.
    fn turn_back(&mut self, cx: &mut Context, undo: bool) {
        cx.last = LastKey::Other;
        if self.is_mending() && self.give_up(cx) && cx.last == LastKey::PutAway {
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
        } else {
            self.document_mut().pass_over(cx, &edit);
        }
    }
}

/// Said where they find nothing.
pub(crate) const NOTHING_TO_UNDO: &str = "元に戻すものはありません。";
pub(crate) const NOTHING_TO_REDO: &str = "やり直すものはありません。";
