//! The plan of a fiscal year: its slots, and the meetings that have none.

pub mod draw;

use std::collections::BTreeSet;

use crate::domain::year::usual_slots;
use crate::domain::{Change, Id, Meeting, Slot};
use crate::ui::{Choice, Chooser, Context, Pick, RegionPlace, RegionScreen, SheetState, Sheets};

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

impl RegionScreen {
    /// The slots of the year in their order, then the meetings without one.
    pub fn year_rows(&self) -> Vec<YearRow> {
        let plan = self.doc.years.plan(self.written_town(), self.year);
        let usual = plan.is_empty().then_some(YearRow::Usual);
        let slots = plan.iter().map(|s| YearRow::Slot(s.id)).chain([YearRow::New]);
        usual.into_iter().chain(slots).chain(self.loose().into_iter().map(YearRow::Loose)).collect()
    }

    /// The row one stands on; none on any other screen.
    pub(crate) fn year_row(&self) -> Option<YearRow> {
        (self.screen == RegionPlace::Year).then(|| self.year_rows())?.get(self.sheet.row).copied()
    }

    /// The meetings of the year that are in no slot of any year, in the order of their days.
    pub(crate) fn loose(&self) -> Vec<Id<Meeting>> {
        let taken: BTreeSet<Id<Meeting>> = self.doc.years.slots.values().filter_map(|s| s.meeting).collect();
        let meetings = self.doc.meetings_of(Some(self.written_town()), self.year);
        // Those that were written down before one's own town had a name are one's own, too.
        let own = !self.own_town.is_empty() && self.written_town() == self.own_town;
        let nameless = if own { self.doc.meetings_of(Some(""), self.year) } else { Vec::new() };
        meetings.into_iter().chain(nameless).map(|m| m.id).filter(|id| !taken.contains(id)).collect()
    }

    /// A slot of this year that does not exist yet, of the kind of the last one.
    pub(crate) fn new_slot(&self, id: Id<Slot>) -> Slot {
        let plan = self.doc.years.plan(self.written_town(), self.year);
        let format = plan.iter().rev().map(|s| s.format.as_str()).find(|format| !format.is_empty());
        let format = format.unwrap_or("mieru");
        let rank = plan.iter().map(|s| s.rank).max().map_or(0, |rank| rank.saturating_add(1));
        Slot { id, rank, ..Slot::new(self.written_town(), self.year, format) }
    }

    /// The slot one stands on; none on any other screen.
    pub fn selected_slot(&self) -> Option<&Slot> {
        match self.year_row()? {
            YearRow::Slot(id) => self.doc.years.slots.get(&id),
            _ => None,
        }
    }

    /// Writes the usual slots of a year into a plan that is empty.
    pub(crate) fn make_usual_slots(&mut self, cx: &mut Context) {
        let mut slots = usual_slots(&cx.lists, self.written_town(), self.year);
        // Meetings held before the plan was made take the first free slots of their format.
        for meeting in self.loose().into_iter().filter_map(|id| self.doc.meetings.get(&id)) {
            if let Some(slot) = slots.iter_mut().find(|s| s.meeting.is_none() && s.format == meeting.format) {
                (slot.meeting, slot.date) = (Some(meeting.id), meeting.date);
            }
        }
        let label = format!("{}年度の枠を作る：{}回", self.year, slots.len());
        if self.commit(cx, label, slots.into_iter().map(Change::add).collect()) {
            self.sheet = SheetState::default();
            cx.say("いつもの枠を作り、開いた会議を入れました。日付と、事例を出す機関を書いてください。");
        }
    }

    /// Takes the selected slot out of the plan.
    pub(crate) fn delete_slot(&mut self, cx: &mut Context) {
        let Some(slot) = self.selected_slot().cloned() else { return };
        let label = "年間の計画から枠を消す";
        if self.commit(cx, label.to_owned(), vec![Change::remove(slot)]) {
            cx.say_done(&format!("{label}：会議の記録はそのまま残ります"));
        }
    }

    /// To another year.
    pub(crate) fn turn_year(&mut self, step: i32) {
        self.year = self.year.saturating_add(step).clamp(1868, 2199);
        (self.sheet, self.turn) = (SheetState::default(), 0);
        self.gather();
    }

    /// Offers the meetings of the year that have no slot, for the selected one.
    pub(crate) fn choose_held(&self, cx: &mut Context) {
        let Some(slot) = self.selected_slot() else { return };
        let out = || Choice::new("この枠から会議を外す", "記録は残ります", Pick::Held(None));
        let out = slot.meeting.is_some().then(out);
        let loose = self.loose().into_iter().map(|id| self.meeting_choice(id, Pick::Held(Some(id))));
        cx.choose(Chooser::new("この枠で開いた会議", out.into_iter().chain(loose).collect()));
    }

    /// Puts a meeting into the selected slot, or takes it out.
    pub(crate) fn hold(&mut self, cx: &mut Context, meeting: Option<Id<Meeting>>) {
        let Some(before) = self.selected_slot().cloned() else { return };
        let after = Slot { meeting, cancelled: before.cancelled && meeting.is_none(), ..before.clone() };
        let label = if meeting.is_some() { "枠に会議を入れる" } else { "枠から会議を外す" };
        self.commit(cx, label.to_owned(), vec![Change::replace(before, after)]);
    }
}
