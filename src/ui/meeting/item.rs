//! A row of a list, and what is done with the entry line under it.

use crate::domain::{Action, ActionStatus, Change, Id, Participant, Reflection};
use crate::ui::writing::Origin;
use crate::ui::{Context, Sitting, Spot, Writing};

/// A row one can select.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Person(Id<Participant>),
    /// An action of an earlier meeting.
    Review(Id<Action>),
    Reflection(Id<Reflection>),
    /// An entry of the closing checklist.
    Check(String),
    NextDate,
}

/// What is taken away, in words, and the changes that do it.
pub(crate) type Removal = (String, Vec<Change>);

impl Sitting {
    /// Ticks an entry of the checklist, or takes the tick away.
    pub(crate) fn tick(&mut self, cx: &mut Context, title: String) {
        let before = self.dossier.meeting.clone();
        let (mut after, label) = (before.clone(), format!("確かめ: {title}"));
        if !after.checked.remove(&title) {
            after.checked.insert(title);
        }
        self.commit(cx, label, vec![Change::replace(before, after)]);
    }

    /// Gives an action of an earlier meeting the next status.
    pub(crate) fn turn_status(&mut self, cx: &mut Context, id: Id<Action>) {
        let Some(before) = self.previous.iter().map(|p| &p.action).find(|a| a.id == id).cloned() else {
            return;
        };
        let mut after = before.clone();
        let at = ActionStatus::ALL.iter().position(|s| *s == before.status).unwrap_or(0);
        after.set_status(ActionStatus::ALL[(at + 1) % ActionStatus::ALL.len()], cx.today());
        let label = format!("{}にする: {}", after.status.label(), after.what);
        self.commit(cx, label, vec![Change::replace(before, after)]);
    }
}

impl Writing {
    /// Takes its words from the screen; true if there is something to be fetched back.
    pub(crate) fn put_away(&mut self, spot: Spot, doc: &Sitting, cx: &mut Context) -> bool {
        let worth = self.holds_new_words(&doc.dossier, &cx.lists);
        let (origin, line) = (Origin::Entry(spot, self.target()), self.line.clone());
        self.finish();
        if worth {
            cx.remember(Some(doc.dossier.meeting.id), origin, line);
        }
        worth
    }

    /// Whether what is mended has words that can be kept; what has none, or must not be written, is left or put away.
    pub(crate) fn mends(&mut self, spot: Spot, doc: &Sitting, cx: &mut Context) -> bool {
        if self.target().is_some() && (cx.look_only || !self.holds_new_words(&doc.dossier, &cx.lists)) {
            self.put_away(spot, doc, cx);
        }
        self.target().is_some()
    }
}
