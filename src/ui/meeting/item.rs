//! The rows of the lists of a meeting, with an entry line under them: participants, last actions, reflections, the closing
//! checklist.

use crate::command::{Command, Place};
use crate::domain::fields::ActionField;
use crate::domain::{Action, ActionStatus, Change, Id, Participant, Reflection, escalation};
use crate::ui::meeting::people;
use crate::ui::meeting::sitting::changed;
use crate::ui::{
    AboutField, Cell, Context, Enter, Flow, LastKey, MeetingScreen, Screen, Sheets, Sitting, Spot, Target,
    Writing,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Person(Id<Participant>),
    /// An action of an earlier meeting.
    Review(Id<Action>),
    Reflection(Id<Reflection>),
    /// An entry of the closing checklist.
    Check(String),
    NextDate,
    /// The next meeting of the case is made from here.
    FollowUp,
}

impl MeetingScreen {
    /// The rows of the current list, in the order of the screen.
    pub fn items(&self, cx: &Context) -> Vec<Item> {
        let (doc, place) = (&self.doc, self.place());
        match place {
            Place::People | Place::Opening => {
                let people = doc.dossier.people().into_iter().map(|p| Item::Person(p.id));
                // At the opening the last actions stand under the people.
                let reviews = doc.previous.iter().filter(|_| place == Place::Opening);
                people.chain(reviews.map(|p| Item::Review(p.action.id))).collect()
            }
            Place::Closing => {
                let spoken = doc.dossier.reflections_in_order().into_iter().map(|r| Item::Reflection(r.id));
                let checks = doc.format(cx).into_iter().flat_map(|f| f.checklist.iter().cloned());
                spoken.chain([Item::NextDate, Item::FollowUp]).chain(checks.map(Item::Check)).collect()
            }
            _ => Vec::new(),
        }
    }

    pub fn selected_item(&self, cx: &Context) -> Option<Item> {
        self.items(cx).into_iter().nth(self.sheet()?.row)
    }

    /// Begins to mend what is selected, whichever screen one is on.
    pub(crate) fn edit_selected(&mut self, cx: &mut Context) -> Flow {
        match self.on_selected(cx) {
            _ if Spot::of(self.place()).is_none() => return self.sheet_enter(cx),
            Some(Enter::Twig) => self.begin_at_twig(cx, Target::Node),
            Some(Enter::Mend(target)) => self.begin(cx, target),
            Some(Enter::Cell(cell)) => self.edit_cell(cx, cell),
            Some(Enter::FollowUp) => return self.attempt(cx, Command::FollowUp),
            Some(Enter::Tick(_)) => self.tick_selected(cx),
            _ => {}
        }
        Flow::Done
    }

    /// What that is, where words of one's own are written on an entry line.
    fn on_selected(&self, cx: &Context) -> Option<Enter> {
        if self.place() == Place::Map {
            return Some(Enter::Twig);
        }
        Some(match self.selected_item(cx)? {
            Item::Person(id) => Enter::Mend(Target::Person(id)),
            Item::Reflection(id) => Enter::Mend(Target::Reflection(id)),
            Item::Review(id) => Enter::Cell(Cell::Review(id, ActionField::Outcome)),
            Item::FollowUp => Enter::FollowUp,
            Item::NextDate => Enter::Cell(Cell::About(AboutField::NextDate)),
            Item::Check(title) => Enter::Tick(self.is_checked(cx, &title)),
        })
    }

    /// What Enter does over an entry line.
    pub(crate) fn on_line(&self, cx: &Context, writing: &Writing) -> Option<Enter> {
        let hindered = |command| self.hindered(cx, command).is_some();
        let entering = || match self.place() {
            Place::Map => self.map.entering(&self.doc, cx),
            Place::Closing => self.closing.entering(&self.doc, cx),
            _ => self.people.entering(&self.doc, cx),
        };
        match self.on_selected(cx) {
            _ if self.editing().is_some() => Some(Enter::Settle),
            _ if self.completes(cx) => Some(Enter::Complete),
            _ if !writing.is_idle() => Some(entering()),
            _ if hindered(Command::Edit) => Some(Enter::Tell),
            _ if matches!(cx.last, LastKey::Entered | LastKey::Unchosen) => Some(Enter::Twice),
            Some(Enter::FollowUp) if hindered(Command::FollowUp) => None,
            selected => selected,
        }
    }

    /// Space over a list: ticks what can be ticked, and turns the status of an action on.
    pub(crate) fn tick_selected(&mut self, cx: &mut Context) {
        match self.selected_item(cx) {
            Some(Item::Check(title)) => self.tick_check(cx, title),
            Some(Item::Review(id)) => self.doc.turn_status(cx, id),
            Some(Item::NextDate) => self.edit_cell(cx, Cell::About(AboutField::NextDate)),
            _ => {}
        }
    }

    /// Removes the selected row of a list or table, and says how it comes back.
    pub(crate) fn delete_row(&mut self, cx: &mut Context) {
        let Some((label, changes)) = self.removal(cx) else { return };
        if self.doc.commit(cx, &label, changes) {
            cx.say_done(&cx.shortened(&label));
            self.sheet_move(cx, 0, 0);
        }
    }

    /// The edit that does it, and its changes.
    pub(crate) fn removal(&self, cx: &Context) -> Option<(String, Vec<Change>)> {
        let dossier = &self.doc.dossier;
        match (self.selected_item(cx), self.selected_cell(cx)) {
            (Some(Item::Person(id)), _) => people::removal(dossier, id),
            (Some(Item::Reflection(id)), _) => {
                let reflection = dossier.reflections.get(&id)?.clone();
                Some((format!("振り返りを消す：{}", reflection.text), vec![Change::remove(reflection)]))
            }
            (_, Some(Cell::Plan(Some(id), _))) => {
                let action = dossier.actions.get(&id)?.clone();
                Some((format!("行動計画を消す：{}", action.what), vec![Change::remove(action)]))
            }
            (_, Some(Cell::Regional(Some(id), _))) => {
                let issue = dossier.regional.get(&id)?.clone();
                let evidence = dossier.evidence_of(id).cloned().map(Change::remove);
                let way = escalation::way_of(&dossier.escalations, id).into_iter().cloned();
                let label = format!("地域課題を消す：{}", issue.statement);
                let changes = evidence.chain(way.map(Change::remove)).chain([Change::remove(issue)]);
                Some((label, changes.collect()))
            }
            _ => None,
        }
    }
}

impl Sitting {
    /// Ticks an entry of the checklist, or takes the tick away, with what else was done by that.
    pub(crate) fn tick(&mut self, cx: &mut Context, title: String, mut changes: Vec<Change>) -> bool {
        let label = format!("確かめ：{title}");
        let with = !changes.is_empty();
        changes.extend(changed(&self.dossier.meeting, |meeting| {
            // What else was done makes it true, also where it was said before.
            if with || !meeting.checked.remove(&title) {
                meeting.checked.insert(title);
            }
        }));
        self.commit(cx, label, changes)
    }

    fn turn_status(&mut self, cx: &mut Context, id: Id<Action>) {
        let Some(before) = self.previous.iter().map(|p| &p.action).find(|a| a.id == id) else { return };
        let at = ActionStatus::ALL.iter().position(|s| before.status == (*s).into()).unwrap_or(0);
        let status = ActionStatus::ALL[(at + 1) % ActionStatus::ALL.len()];
        let label = format!("{}にする：{}", status.label(), before.what);
        let changes = changed(before, |action| action.set_status(status, cx.today()));
        self.commit(cx, label, changes);
    }
}
