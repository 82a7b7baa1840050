//! The lists of a meeting with an entry line under them: participants, last actions, reflections, the closing checklist.

use crate::command::{Command, Place};
use crate::domain::Change;
use crate::domain::fields::ActionField;
use crate::ui::meeting::item::{Item, Removal};
use crate::ui::sheet::AboutField;
use crate::ui::{Cell, Context, Input, MeetingScreen, Screen, Sheets, Target};

impl MeetingScreen {
    /// The rows of the current list, in the order of the screen.
    pub fn items(&self, cx: &Context) -> Vec<Item> {
        match self.place() {
            place @ (Place::People | Place::Opening) => self.people.items(&self.doc, place),
            Place::Closing => self.closing.items(&self.doc, cx),
            _ => Vec::new(),
        }
    }

    /// The selected row of the current list.
    pub fn selected_item(&self, cx: &Context) -> Option<Item> {
        let row = if self.place() == Place::Closing { self.closing.row } else { self.people.row };
        self.items(cx).get(row).cloned()
    }

    /// Moves over the rows of the list; a cell being written is kept first.
    pub(crate) fn list_move(&mut self, cx: &mut Context, step: isize) {
        if !self.leave_cell(cx) {
            return;
        }
        let last = self.items(cx).len().saturating_sub(1);
        let closing = self.place() == Place::Closing;
        let row = if closing { &mut self.closing.row } else { &mut self.people.row };
        *row = row.saturating_add_signed(step).min(last);
    }

    /// Begins to mend the selected row.
    pub(crate) fn edit_item(&mut self, cx: &mut Context) {
        let target = match self.selected_item(cx) {
            Some(Item::Person(id)) => Target::Person(id),
            Some(Item::Reflection(id)) => Target::Reflection(id),
            Some(Item::Review(id)) => return self.edit_cell(cx, Cell::Review(id, ActionField::Outcome)),
            Some(Item::NextDate | Item::Check(_)) => return self.tick_selected(cx),
            None => return,
        };
        if let Some(words) = target.standing(&self.doc.dossier, &cx.lists)
            && self.settle_line(cx)
        {
            self.entry_mut(target.spot()).begin(target, Input::new(words));
        }
    }

    /// Space over a list: ticks what can be ticked, and turns the status of an action on.
    pub(crate) fn tick_selected(&mut self, cx: &mut Context) {
        match self.selected_item(cx) {
            Some(Item::Check(title)) => self.doc.tick(cx, title),
            Some(Item::Review(id)) => self.doc.turn_status(cx, id),
            Some(Item::NextDate) => self.edit_cell(cx, Cell::About(AboutField::NextDate)),
            _ => {}
        }
    }

    /// Removes the selected row.
    pub(crate) fn delete_item(&mut self, cx: &mut Context) {
        let dossier = &self.doc.dossier;
        let removal = match self.selected_item(cx) {
            Some(Item::Person(id)) => crate::ui::meeting::people::removal(dossier, id),
            Some(Item::Reflection(id)) => dossier.reflections.get(&id).map(|reflection| {
                (format!("振り返りを消す: {}", reflection.text), vec![Change::remove(reflection.clone())])
            }),
            _ => None,
        };
        if self.remove(cx, removal) {
            self.list_move(cx, 0);
        }
    }

    /// Takes something away, and says how it comes back.
    pub(crate) fn remove(&mut self, cx: &mut Context, removal: Option<Removal>) -> bool {
        let Some((label, changes)) = removal else { return false };
        let done = self.doc.commit(cx, &label, changes);
        if done {
            let key = cx.keymap.said(Command::Undo);
            cx.say(format!("{}。{key} で元に戻せます。", cx.shortened(&label)));
        }
        done
    }
}
