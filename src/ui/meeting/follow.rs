//! A case over its meetings: what came before, and the next one.

use crate::domain::follow::Beginning;
use crate::domain::{Id, Meeting, date};
use crate::store::Summary;
use crate::ui::{Choice, Chooser, Context, Flow, MeetingScreen, Pick, Sheets};

impl MeetingScreen {
    /// The meetings of the case, the newest first, with this one among them.
    pub fn meetings_of_case<'a>(&self, cx: &'a Context) -> Vec<&'a Summary> {
        let case = self.doc.dossier.meeting.case;
        cx.shelf.summaries.iter().filter(|s| case.is_some() && s.case == case).collect()
    }

    /// The case over its meetings; one of them can be opened.
    pub(crate) fn show_case(&self, cx: &mut Context) {
        let this = self.doc.dossier.meeting.id;
        let Some(case) = self.doc.dossier.case.as_ref() else { return };
        let meetings = self.meetings_of_case(cx);
        let choices = meetings.into_iter().map(|s| meeting(s, this)).collect();
        let chooser = Chooser::new(format!("事例 {} の会議", case.code), choices);
        cx.choose(chooser.on(Pick::Meeting(this)));
    }

    pub(crate) fn go_to_meeting(&mut self, cx: &mut Context, id: Id<Meeting>) -> Flow {
        if self.doc.dossier.meeting.id != id && self.uncover(cx) {
            self.leave_cell(cx);
            Flow::OtherMeeting(id)
        } else {
            Flow::Done
        }
    }

    /// Asks what the next meeting of the case begins with.
    pub(crate) fn ask_follow_up(&self, cx: &mut Context) {
        let dossier = &self.doc.dossier;
        let of = dossier.case.as_ref().map_or_else(String::new, |c| format!("事例 {} の", c.code));
        let copied = format!("枝{}本をコピーする", dossier.nodes.len());
        let choices = vec![
            Choice::new("前のマップから始める", copied, Pick::FollowUp(Beginning::LastMap)),
            Choice::new("まっさらなマップから始める", "", Pick::FollowUp(Beginning::EmptyMap)),
        ];
        let text = "前回決めたことは、どちらでも「導入」に出ます。前の会議の記録は変わりません。".to_owned();
        cx.choose(Chooser { text, ..Chooser::new(format!("{of}次の会議"), choices) });
    }

    pub(crate) fn follow_up(&mut self, cx: &mut Context, beginning: Beginning) -> Flow {
        if !self.settle_all(cx) {
            return Flow::Done;
        }
        self.doc.stop_clock(cx);
        let kind = self.doc.format(cx).map_or("", |f| f.kind.as_str());
        let day = self.doc.dossier.meeting.next_date.unwrap_or_else(|| cx.today());
        let title = cx.next_title(kind, day);
        let next = self.doc.dossier.followed(beginning, title, &mut cx.ids, cx.now.at);
        Flow::NewMeeting(Box::new(next))
    }
}

/// A meeting of the case as a choice: when, what, and what became of its plan.
fn meeting(summary: &Summary, this: Id<Meeting>) -> Choice {
    let day = date::or_none(summary.date, date::long);
    let here = if summary.id == this { "（この会議）" } else { "" };
    let note = format!(
        "枝{}　課題{}　行動{}（残り{}）",
        summary.nodes, summary.issues, summary.actions, summary.actions_open
    );
    Choice::new(format!("{day} {}{here}", summary.title), note, Pick::Meeting(summary.id))
}
