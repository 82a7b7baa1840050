//! A meeting is taken away with all that was written in it, and comes back.

use crate::command::Command;
use crate::domain::removal::{Removal, Return};
use crate::domain::{Act, Change, Edit, Id, JournalEntry, Meeting, Record};
use crate::store::{Answer, NOT_MOVED};
use crate::ui::home::HomeItem;
use crate::ui::msg::{MOVING, Moving, Saving};
use crate::ui::{App, Choice, Chooser, Effect, Pick};

impl Saving {
    /// The store answers, and a meeting that was on its way stands where it is to stand, or stays where it was. What only waits
    /// for the disk is laid over all that is read.
    pub(crate) fn hear_of_moving(&mut self, answer: &Answer) {
        let over = match (answer, self.moving) {
            (Answer::Committed { edit }, Some(Moving::Written(moved))) => *edit == moved,
            (Answer::Refused { line, .. }, Some(Moving::Written(moved))) => line.edit.id == moved,
            (Answer::Failed { .. }, moving) => moving != Some(Moving::Asked),
            (
                Answer::Removal { sure: true, .. }
                | Answer::Return(_)
                | Answer::Missing(_)
                | Answer::Unreadable { .. },
                moving,
            ) => moving == Some(Moving::Asked),
            (Answer::Stopped { .. }, _) => true,
            _ => false,
        };
        if over {
            self.moving = None;
        }
    }
}

impl App {
    /// What goes with a meeting is known: it is asked once, and then done.
    pub(crate) fn take_removal(&mut self, removal: Removal, sure: bool) {
        if sure {
            return self.remove_meeting(removal);
        }
        let goes = removal.said();
        let mut text = match goes.as_str() {
            "" => "この会議には、まだ何も書かれていません。".to_owned(),
            goes => format!("いっしょに消えるもの：{goes}。"),
        };
        if removal.stays > 0 {
            text +=
                &format!("ほかの会議でも出た地域課題 {}件は、その会議のものとして残ります。", removal.stays);
        }
        text += &self.cx.keymap.fill(
            "ほかの会議の記録は何も変わりません。消したあとも、会議の一覧で {undo} を押すと、もどせます。",
        );
        let choices = vec![
            Choice::new("消さない", "", Pick::Nothing),
            Choice::new("この会議を消す", "", Pick::DeleteMeeting(removal.meeting)),
        ];
        let title = format!("「{}」を消しますか", self.titled(&removal.title));
        self.cx.choose(Chooser { text, ..Chooser::new(title, choices) });
    }

    /// It was asked about. From inside one goes out first: what the clock counted is written down before all is read.
    pub(crate) fn delete_meeting(&mut self, meeting: Id<Meeting>) {
        if self.cx.saving.moving.is_some() {
            return self.cx.say(MOVING);
        }
        if self.meeting().is_some() {
            self.go_home();
        }
        self.cx.saving.moving = Some(Moving::Asked);
        self.cx.effects.push(Effect::Removal { meeting, sure: true });
    }

    fn remove_meeting(&mut self, removal: Removal) {
        // An answer that comes late takes nothing away that is open by now.
        if self.cx.look_only || self.meeting_of(removal.meeting).is_some() {
            return;
        }
        // Nothing is built upon what was read before the last words were written.
        if !self.cx.saving.waiting.is_empty() {
            return self.cx.warn(NOT_MOVED);
        }
        let title = self.titled(&removal.title);
        self.write_line(Act::Do, format!("会議を消す：{}", removal.title), removal.meeting, removal.changes);
        self.cx.put_away.retain(|put| put.meeting != Some(removal.meeting));
        self.cx.say_done(&format!("「{title}」を消しました"));
    }

    /// What brings the last one back is known.
    pub(crate) fn take_return(&mut self, back: Option<Return>) {
        let stands = |id| self.cx.shelf.summaries.iter().any(|summary| summary.id == id);
        let Some(back) = back.filter(|back| !self.cx.look_only && !stands(back.meeting)) else {
            return self.cx.say(crate::ui::drafts::NOTHING_TO_UNDO);
        };
        if !self.cx.saving.waiting.is_empty() {
            return self.cx.warn(NOT_MOVED);
        }
        let title = self.titled(&back.title);
        let twin = self.twin_of(&back);
        let label = format!("元に戻す：会議を消す：{}", back.title);
        self.write_line(Act::Undo(back.edit), label, back.meeting, back.changes);
        self.home.want(HomeItem::Meeting(back.meeting));
        let open = self.cx.keymap.said(Command::Open);
        self.cx.say(format!("「{title}」をもどしました。{open} で開けます。{twin}"));
    }

    /// What a message calls a meeting.
    pub(crate) fn titled(&self, title: &str) -> String {
        self.cx.shortened(if title.is_empty() { "題名なし" } else { title })
    }

    /// What is said of a meeting that comes back, where another has got its title or the code of its case meanwhile.
    fn twin_of(&self, back: &Return) -> String {
        let others = &self.cx.shelf.summaries;
        let title = !back.title.is_empty() && others.iter().any(|other| other.title == back.title);
        let code = |change: &Change| match change {
            Change::Add(Record::Case(case)) if !case.code.is_empty() => {
                others.iter().any(|other| other.case_code == case.code)
            }
            _ => false,
        };
        let same = match (title, back.changes.iter().any(code)) {
            (false, false) => return String::new(),
            (true, false) => "題名",
            (false, true) => "事例の番号",
            (true, true) => "題名と事例の番号",
        };
        let way = self.cx.keymap.fill("開いて {info} で直せます。");
        format!("同じ{same}の会議が、ほかにあります。{way}")
    }

    fn write_line(&mut self, act: Act, label: String, meeting: Id<Meeting>, changes: Vec<Change>) {
        let cx = &mut self.cx;
        let edit = Edit { id: cx.ids.id(), at: cx.now.at, label, changes };
        cx.saving.moving = Some(Moving::Written(edit.id));
        cx.send(JournalEntry { edit, meeting: Some(meeting), act });
        cx.touched = true;
        cx.effects.push(Effect::Home);
    }
}
