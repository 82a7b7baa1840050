//! The plan of a fiscal year: its slots, and the meetings that have none.

use std::collections::BTreeSet;

use super::RegionDesk;
use crate::app::chooser::{Choice, Chooser, Pick};
use crate::app::model::{Model, Overlay, Screen};
use crate::app::sheet::{Row, SheetState};
use crate::command::Command;
use crate::domain::year::usual_slots;
use crate::domain::{Change, Id, Meeting, Slot, fiscal_year};

/// The columns of the plan.
pub const COLUMNS: usize = <Slot as Row>::FIELDS.len();

/// A row of the year's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearRow {
    /// The year has no plan yet: make the usual one.
    Usual,
    Slot(Id<Slot>),
    /// A slot that does not exist yet.
    New,
    /// A meeting of the year that is in no slot.
    Loose(Id<Meeting>),
}

impl RegionDesk {
    /// The slots of the year in their order, then the meetings without one.
    pub fn year_rows(&self) -> Vec<YearRow> {
        let plan = self.doc.years.plan(self.written_town(), self.year);
        let head = if plan.is_empty() { vec![YearRow::Usual] } else { Vec::new() };
        let slots = plan.iter().map(|s| YearRow::Slot(s.id));
        head.into_iter()
            .chain(slots)
            .chain([YearRow::New])
            .chain(self.loose().into_iter().map(YearRow::Loose))
            .collect()
    }

    /// The meetings of the year that are in no slot of any year, in the order of their days.
    pub(in crate::app) fn loose(&self) -> Vec<Id<Meeting>> {
        let taken: BTreeSet<Id<Meeting>> = self.doc.years.slots.values().filter_map(|s| s.meeting).collect();
        let meetings = self.doc.meetings_of(Some(self.written_town()), self.year);
        // Those that were written down before one's own town had a name are one's own, too.
        let own = !self.own_town.is_empty() && self.written_town() == self.own_town;
        let nameless = if own { self.doc.meetings_of(Some(""), self.year) } else { Vec::new() };
        meetings.into_iter().chain(nameless).map(|m| m.id).filter(|id| !taken.contains(id)).collect()
    }

    pub(in crate::app) fn slot(&self, id: Id<Slot>) -> Option<Slot> {
        self.doc.years.slots.get(&id).cloned()
    }

    /// A slot of this year that does not exist yet, of the kind of the last one.
    pub(in crate::app) fn new_slot(&self, id: Id<Slot>) -> Slot {
        let plan = self.doc.years.plan(self.written_town(), self.year);
        let format = plan.last().map_or("mieru", |s| s.format.as_str());
        let rank = plan.iter().map(|s| s.rank).max().map_or(0, |rank| rank.saturating_add(1));
        Slot { id, rank, ..Slot::new(self.written_town(), self.year, format) }
    }

    /// The slot one stands on.
    pub fn selected_slot(&self) -> Option<&Slot> {
        match self.year_rows().get(self.sheet.row)? {
            YearRow::Slot(id) => self.doc.years.slots.get(id),
            _ => None,
        }
    }

    /// The meeting of the row one stands on.
    pub(super) fn meetings_of_row(&self) -> Vec<Id<Meeting>> {
        let meeting = match self.year_rows().get(self.sheet.row) {
            Some(YearRow::Loose(meeting)) => Some(*meeting),
            _ => self.selected_slot().and_then(|s| s.meeting),
        };
        meeting.into_iter().collect()
    }
}

impl Model {
    /// Writes the usual slots of a year into a plan that is empty.
    pub(in crate::app) fn make_usual_slots(&mut self) {
        let Some(region) = self.region.as_ref() else { return };
        let mut slots = usual_slots(&self.cx.lists, region.written_town(), region.year);
        // Meetings held before the plan was made take the first free slots of their format.
        for meeting in region.loose().into_iter().filter_map(|id| region.held(id)) {
            if let Some(slot) = slots.iter_mut().find(|s| s.meeting.is_none() && s.format == meeting.format) {
                (slot.meeting, slot.date) = (Some(meeting.id), meeting.date);
            }
        }
        let label = format!("{}年度の枠を作る: {}回", region.year, slots.len());
        if self.commit(label, slots.into_iter().map(Change::add).collect())
            && let Some(region) = self.region.as_mut()
        {
            region.sheet = SheetState::default();
            self.cx.say("いつもの枠を作り、開いた会議を入れました。日付と、事例を出す所を書いてください。");
        }
    }

    /// Takes the selected slot out of the plan.
    pub(in crate::app) fn delete_slot(&mut self) {
        let slot = self.region.as_ref().filter(|r| r.screen == Screen::Year).and_then(|r| r.selected_slot());
        let Some(slot) = slot.cloned() else { return };
        let label = "年間の計画から枠を消す".to_owned();
        if self.commit(label.clone(), vec![Change::remove(slot)]) {
            let key = self.cx.keymap.said(Command::Undo);
            self.cx.say(format!("{label}：会議の記録はそのまま残ります。{key} で元に戻せます。"));
        }
    }

    /// To another year.
    pub(in crate::app) fn turn_year(&mut self, step: i32) {
        if !self.leave_cell() {
            return;
        }
        if let Some(region) = self.region.as_mut() {
            region.year = region.year.saturating_add(step).clamp(1868, 2199);
            (region.sheet, region.turn) = (SheetState::default(), 0);
            region.gather();
        }
    }

    /// Offers the meetings of the year that have no slot, for the selected one.
    pub(in crate::app) fn choose_held(&mut self) {
        if !self.leave_cell() {
            return;
        }
        let Some(region) = self.region.as_ref() else { return };
        let Some(slot) = region.selected_slot() else { return };
        let mut choices: Vec<Choice> = Vec::new();
        if slot.meeting.is_some() {
            choices.push(Choice::new("この枠から会議を外す", "記録は残ります", Pick::Held(None)));
        }
        choices.extend(region.loose().into_iter().map(|id| {
            let (label, note) = region.meeting_words(id);
            Choice::new(label, note, Pick::Held(Some(id)))
        }));
        self.cx.over = Some(Overlay::Choose(Chooser::new("この枠で開いた会議", choices)));
    }

    /// Puts a meeting into the selected slot, or takes it out.
    pub(in crate::app) fn hold(&mut self, meeting: Option<Id<Meeting>>) {
        let Some(before) = self.region.as_ref().and_then(|r| r.selected_slot()).cloned() else { return };
        let after = Slot { meeting, cancelled: before.cancelled && meeting.is_none(), ..before.clone() };
        let label = if meeting.is_some() { "枠に会議を入れる" } else { "枠から会議を外す" };
        self.commit(label, vec![Change::replace(before, after)]);
    }

    /// The slot a new meeting is held in: the selected one of the year's screen, else the nearest that waits.
    pub(in crate::app) fn slot_of(&self, meeting: &Meeting) -> Option<&Slot> {
        let day = meeting.date?;
        let chosen = self.region.as_ref().filter(|_| self.screen == Screen::Year);
        match chosen.and_then(|r| r.selected_slot()) {
            Some(slot) => Some(slot).filter(|s| s.meeting.is_none()),
            None => self.home.plans.slot_for(&meeting.town, fiscal_year(day), &meeting.format, day),
        }
    }
}
