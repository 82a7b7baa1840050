//! A case over its meetings: what came before, and the next one.

use super::chooser::{Choice, Chooser, Pick};
use super::document::{Document, Keeping};
use super::model::{Desk, Effect, Model, Overlay};
use crate::command::Command;
use crate::domain::date;
use crate::domain::follow::Beginning;
use crate::domain::{Change, Dossier, Id, Meeting, Record, Slot, Table};
use crate::store::Summary;

impl Model {
    /// The meetings of the open meeting's case, the newest first, with this one among them.
    pub fn meetings_of_case(&self) -> Vec<&Summary> {
        let Some(case) = self.desk.as_ref().and_then(|d| d.doc.dossier.meeting.case) else {
            return Vec::new();
        };
        self.home.summaries.iter().filter(|s| s.case == Some(case)).collect()
    }

    /// The case over its meetings; one of them can be opened.
    pub(super) fn show_case(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let this = desk.doc.dossier.meeting.id;
        let Some(case) = desk.doc.dossier.case.as_ref() else { return };
        let title = format!("事例 {} の会議", case.code);
        let choices: Vec<Choice> = self.meetings_of_case().into_iter().map(|s| meeting(s, this)).collect();
        let mut chooser = Chooser::new(title, choices);
        chooser.row = chooser.choices.iter().position(|c| c.pick == Pick::Meeting(this)).unwrap_or(0);
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// Leaves for another meeting.
    pub(super) fn go_to_meeting(&mut self, id: Id<Meeting>) {
        if self.desk.is_none() {
            return self.look_into(id);
        }
        let here = self.desk.as_ref().is_some_and(|d| d.doc.dossier.meeting.id == id);
        if !here && self.uncover() && self.leave_cell() {
            self.go_home();
            self.cx.effects.push(Effect::Open(id));
        }
    }

    /// Asks what the next meeting of the case begins with. From the list of meetings the meeting is opened first.
    pub(super) fn ask_follow_up(&mut self) {
        let Some(desk) = self.desk.as_ref() else { return };
        let of = desk.doc.dossier.case.as_ref().map_or_else(String::new, |c| format!("事例 {} の", c.code));
        let count = desk.doc.dossier.nodes.len();
        let choices = vec![
            Choice::new(
                "前の地図から始める",
                format!("枝 {count}本を写す"),
                Pick::FollowUp(Beginning::LastMap),
            ),
            Choice::new("まっさらな地図から始める", "", Pick::FollowUp(Beginning::EmptyMap)),
        ];
        let mut chooser = Chooser::new(format!("{of}次の会議"), choices);
        chooser.text =
            "前に決めたことは、どちらでも「導入」に出ます。前の会議の記録は変わりません。".to_owned();
        self.cx.over = Some(Overlay::Choose(chooser));
    }

    /// Makes the next meeting of the open meeting's case and opens it.
    pub(super) fn follow_up(&mut self, beginning: Beginning) {
        if !self.uncover() || !self.leave_cell() || !self.settle_line() {
            return;
        }
        if let Some((sitting, cx)) = self.sitting() {
            sitting.stop_clock(cx);
        }
        let Some(desk) = self.desk.as_ref() else { return };
        let kind = self.format().map_or_else(String::new, |f| f.kind.clone());
        let day = desk.doc.dossier.meeting.next_date.unwrap_or_else(|| self.cx.now.today());
        let title = self.next_title(&kind, day);
        let dossier = desk.doc.dossier.followed(beginning, title, &mut self.cx.ids, self.cx.now.at);
        let case = desk.doc.versions().standing.iter().find(|(key, _)| key.table == Table::Case);
        let case = case.map(|(key, versions)| (*key, versions.clone()));
        // The list knows the meeting that is left only when it has been read again.
        self.leave_for_home();
        self.start_meeting(dossier, false);
        if let Some(desk) = self.desk.as_mut() {
            desk.doc.know(case);
        }
    }

    /// A meeting that did not stand before: on the desk, and on its way to the disk.
    pub(super) fn start_meeting(&mut self, dossier: Dossier, new_case: bool) {
        let (id, title) = (dossier.meeting.id, dossier.meeting.title.clone());
        // A case that has had a meeting stands already.
        let records = dossier.records().filter(|r| new_case || !matches!(r, Record::Case(_)));
        let mut changes: Vec<Change> = records.map(Change::add).collect();
        if let Some(slot) = self.slot_of(&dossier.meeting).cloned() {
            let held = Slot { meeting: Some(id), cancelled: false, ..slot.clone() };
            changes.push(Change::replace(slot, held));
        }
        let label = format!("新しい会議: {title}");
        let mut doc = Document::of(dossier, Vec::new(), Vec::new(), Keeping::Kept);
        doc.is_born(&mut self.cx, label, changes);
        self.put_on_desk(Desk::new(doc));
        self.screen = super::model::Screen::Info;
        let key = self.cx.keymap.said(Command::NextStep);
        self.cx.say(format!("分かるところだけ書いてください。空のままでも {key} で始められます。"));
        // What became of the last meeting's actions is looked at in the opening, and how often the case was spoken of.
        self.cx.effects.extend([Effect::Previous(id), Effect::Home]);
    }
}

/// A meeting of the case as a choice: when, what, and what became of its plan.
fn meeting(summary: &Summary, this: Id<Meeting>) -> Choice {
    let day = summary.date.map_or_else(|| "日付なし".to_owned(), date::long);
    let here = if summary.id == this { "（この会議）" } else { "" };
    let note = format!(
        "枝{}　課題{}　行動{}（残り{}）",
        summary.nodes, summary.issues, summary.actions, summary.actions_open
    );
    Choice::new(format!("{day} {}{here}", summary.title), note, Pick::Meeting(summary.id))
}
