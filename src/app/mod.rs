//! `Model`, `Msg` and `update`: what a key means, without doing anything outside.
//!
//! [`update`] does no input or output and reads no clock: the moment and the seed for new ids arrive in a
//! [`Now`] with every message, and what must be done outside leaves as an [`Effect`].

pub mod alike;
mod bookmark;
pub mod chooser;
mod clock;
mod commit;
mod context;
mod document;
pub mod entry;
mod follow;
mod give;
pub mod growth;
pub mod help;
pub mod home;
pub mod input;

pub mod lists;
pub mod map;
mod model;
pub mod mouse;
mod notice;
mod offers;
pub mod panes;
mod perform;
pub mod prompts;
pub mod readback;
mod refused;
pub mod region;
pub mod sheet;
mod sitting;
mod typing;
mod writing;

pub use bookmark::meeting_of;
pub use chooser::{Choice, Chooser};
pub use clock::Clock;
pub use context::Context;
pub use document::{Document, Keeping, OpenMeeting, Records};
pub use give::{Deliverable, Unwritten};
pub use input::Input;
pub use model::{Ask, Desk, Effect, Model, Msg, NamesFor, Overlay, Purpose, Saving, Screen, Target};
pub use notice::Notice;
pub use sitting::Sitting;
pub use typing::Candidate;
pub use writing::{LastKey, PutAway, Spot, Writing};

use crate::domain::{Change, Meeting, Now, Record};
use crate::store::Answer;

/// Lets one message change the model; what must be done outside comes back in order.
pub fn update(model: &mut Model, msg: Msg, now: Now) -> Vec<Effect> {
    model.cx.now = now;
    model.cx.ids = now.ids();
    if let Some((sitting, cx)) = model.sitting() {
        sitting.count_time(cx);
    }
    // The wheel may have scrolled the selection out of sight; any key brings it back.
    if let (Msg::Key(_) | Msg::Paste(_) | Msg::Resize(..), Some(desk)) = (&msg, model.desk.as_mut()) {
        desk.map.wandered = false;
    }
    // The Esc that brings words back is the one right after the Esc that took them.
    if matches!(msg, Msg::Paste(_) | Msg::Clipboard(_) | Msg::Mouse(_)) {
        model.last = LastKey::Other;
    }
    match msg {
        Msg::Mouse(mouse) => model.mouse(mouse),
        Msg::Key(key) => model.key(key),
        Msg::NoEsc => model.take_esc_back(),
        Msg::Paste(text) => model.paste(&text),
        Msg::Resize(columns, rows) => {
            model.cx.size = (columns, rows);
            if let Some(desk) = model.desk.as_mut() {
                desk.map.stale = true;
            }
        }
        Msg::Tick => model.keep_bookmark(),
        Msg::Store(answer) => model.take_answer(answer),
        Msg::Wrote(result) => model.wrote(result),
        Msg::Copied(Ok(how)) => model.cx.say(format!("写しました（{how}）。Excel や Word に貼れます。")),
        Msg::Copied(Err(problem)) => {
            let way = model.cx.keymap.fill("{export} でファイルに書き出せます。");
            model.cx.warn(format!("{problem}{way}"));
        }
        Msg::Clipboard(Ok(text)) => model.paste(&text),
        Msg::Clipboard(Err(problem)) => model.cx.warn(problem),
        Msg::Rescued(result) => model.rescued(result),
        Msg::Reviewed(answer) => model.take_review(answer),
        Msg::Names(Ok(names), wanted) => model.take_names(&names, wanted),
        Msg::Names(Err(problem), _) => model.cx.warn(problem),
        Msg::Table(Ok(rows)) => model.take_table(&rows),
        Msg::Table(Err(problem)) => model.cx.warn(problem),
    }
    if let Some(desk) = model.desk.as_mut() {
        desk.notice_edits();
    }
    model.refresh_map();
    model.refresh_offers();
    model.refresh_review();
    model.ask_alike();
    model.tell_of_commits();
    model.mark_last_commit();
    std::mem::take(&mut model.cx.effects)
}

impl Model {
    /// About once a second: what is half typed goes to the disk, if it has changed.
    fn keep_bookmark(&mut self) {
        if std::mem::take(&mut self.cx.touched) && !self.cx.look_only {
            self.cx.effects.push(Effect::Bookmark(self.bookmark()));
        }
    }

    /// What was written in a meeting is seen in the region under it, and the list of meetings knows the plans as they stand.
    fn tell_of_commits(&mut self) {
        let lines = self.cx.effects.iter().filter_map(|effect| match effect {
            Effect::Commit(line, _) => Some(line),
            _ => None,
        });
        let mut turned = None;
        for line in lines {
            if line.edit.changes.iter().any(turns_to_other_plans) {
                turned = line.meeting;
            }
            if let Some(region) = self.region.as_mut().filter(|_| line.meeting.is_some()) {
                region.doc.take_in(&line.edit, line.act);
            }
            for change in line.edit.changes.iter().filter(|c| matches!(c.record(), Record::Slot(_))) {
                // A list that has not come yet brings it with it.
                let _ = self.home.plans.apply(change);
            }
        }
        if let Some(desk) = self.desk.as_mut().filter(|d| Some(d.doc.dossier.meeting.id) == turned) {
            // Until the answer comes nothing is shown: a plan that was another room's must not stand there.
            desk.doc.hear_of(Vec::new());
            self.cx.effects.push(Effect::Previous(desk.doc.dossier.meeting.id));
        }
    }

    /// What was entered is no longer half typed: both reach the disk at once, so that no draft comes back as a second twig.
    fn mark_last_commit(&mut self) {
        if !self.cx.effects.iter().any(|e| matches!(e, Effect::Commit(..))) {
            return;
        }
        let bookmark = self.bookmark();
        let last = self.cx.effects.iter_mut().rev().find_map(|e| match e {
            Effect::Commit(_, bookmark) => Some(bookmark),
            _ => None,
        });
        if let Some(last) = last {
            *last = Some(bookmark);
            self.cx.touched = false;
        }
    }

    pub(in crate::app) fn take_answer(&mut self, answer: Answer) {
        match answer {
            Answer::Committed { edit } => {
                self.cx.saving.waiting.retain(|id| *id != edit);
                self.cx.saving.failed = None;
                self.reload();
                self.reread_region();
            }
            Answer::Failed { message, .. } => self.cx.saving.failed = Some(message),
            Answer::Refused { line, .. } => self.refused(line),
            Answer::Stopped { message } => self.stopped(message),
            Answer::Unreadable { message } => self.cx.warn(message),
            Answer::Home(home) => self.take_home(home),
            Answer::Region { records, stamps, journal } => self.take_region(*records, stamps, journal),
            Answer::Opened { meeting, journal, previous } => self.take_meeting(*meeting, journal, previous),
            Answer::Previous { meeting, actions } => {
                if let Some(desk) = self.desk.as_mut().filter(|d| d.doc.dossier.meeting.id == meeting) {
                    desk.doc.hear_of(actions);
                }
            }
            Answer::Alike { words, found, shown } => self.take_alike(&words, found, shown),
            Answer::Missing(id) if self.stands_no_more(id) => self.leave_for_home(),
            Answer::Missing(_) => self.cx.warn("その会議は見つかりませんでした。"),
            Answer::Checked(problems) => {
                if let Some(problem) = problems.first() {
                    self.cx.warn(format!(
                        "記録の点検で問題が見つかりました：{problem}。今のうちに書き出しておいてください。"
                    ));
                }
            }
        }
    }
}

/// Whether a meeting looks back at other plans after a change: those of its case, or of its town and format, before its day.
fn turns_to_other_plans(change: &Change) -> bool {
    let (Some(Record::Meeting(before)), Some(Record::Meeting(after))) = (change.before(), change.after())
    else {
        return false;
    };
    let from = |m: &Meeting| (m.date, m.case, m.town.clone(), m.format.clone());
    from(before) != from(after)
}
