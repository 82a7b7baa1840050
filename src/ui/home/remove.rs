//! A meeting is taken away with all that was written in it, and comes back.

use crate::command::Command;
use crate::domain::removal::{Removal, Return};
use crate::domain::{Act, Change, Edit, Id, JournalEntry, Meeting};
use crate::ui::home::HomeItem;
use crate::ui::{App, Choice, Chooser, Effect, Pick};

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
        let title = format!("「{}」を消しますか", self.cx.shortened(&removal.title));
        self.cx.choose(Chooser { text, ..Chooser::new(title, choices) });
    }

    /// It was asked about. From inside one goes out first: what the clock counted is written down before all is read.
    pub(crate) fn delete_meeting(&mut self, meeting: Id<Meeting>) {
        if self.meeting().is_some() {
            self.go_home();
        }
        self.cx.effects.push(Effect::Removal { meeting, sure: true });
    }

    fn remove_meeting(&mut self, removal: Removal) {
        // An answer that comes late takes nothing away that is open by now.
        if self.cx.look_only || self.meeting_of(removal.meeting).is_some() {
            return;
        }
        let title = self.cx.shortened(&removal.title);
        self.write_line(Act::Do, format!("会議を消す: {}", removal.title), removal.meeting, removal.changes);
        self.cx.say_done(&format!("「{title}」を消しました"));
    }

    /// What brings the last one back is known.
    pub(crate) fn take_return(&mut self, back: Option<Return>) {
        let Some(back) = back.filter(|_| !self.cx.look_only) else {
            return self.cx.say(crate::ui::drafts::NOTHING_TO_UNDO);
        };
        let title = self.cx.shortened(&back.title);
        let label = format!("元に戻す: 会議を消す: {}", back.title);
        self.write_line(Act::Undo(back.edit), label, back.meeting, back.changes);
        self.home.want(HomeItem::Meeting(back.meeting));
        self.cx
            .say(format!("「{title}」をもどしました。{} で開けます。", self.cx.keymap.said(Command::Open)));
    }

    fn write_line(&mut self, act: Act, label: String, meeting: Id<Meeting>, changes: Vec<Change>) {
        let cx = &mut self.cx;
        let edit = Edit { id: cx.ids.id(), at: cx.now.at, label, changes };
        cx.send(JournalEntry { edit, meeting: Some(meeting), act });
        cx.touched = true;
        cx.effects.push(Effect::Home);
    }
}
