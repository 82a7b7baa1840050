//! `Model`, `Msg` and `update`: what a key means, without doing anything outside.
//!
//! [`update`] does no input or output and reads no clock: the moment and the seed for new ids arrive in a
//! [`Stamp`](crate::domain::Stamp) with every message, and what must be done outside leaves as an [`Effect`].

pub mod alike;
mod bookmark;
pub mod chooser;
mod clock;
mod commit;
mod drafts;
pub mod entry;
mod follow;
mod give;
pub mod growth;
pub mod help;
pub mod home;
pub mod line;
pub mod lists;
pub mod map;
mod model;
pub mod mouse;
pub mod panes;
mod perform;
pub mod prompts;
pub mod readback;
mod refused;
pub mod region;
pub mod sheet;
mod typing;

pub use bookmark::meeting_of;
pub use chooser::{Choice, Chooser};
pub use clock::Clock;
pub use drafts::{PutAway, Spot};
pub use give::{Gift, Unwritten};
pub use line::Line;
pub use model::{Ask, Desk, Effect, Model, Msg, NamesFor, Notice, Overlay, Purpose, Saving, Screen, Target};
pub use typing::Candidate;

use crate::domain::Stamp;
use crate::store::Answer;

/// Lets one message change the model; what must be done outside comes back in order.
pub fn update(model: &mut Model, msg: Msg, stamp: Stamp) -> Vec<Effect> {
    model.stamp = stamp;
    model.mint = stamp.mint();
    model.count_time();
    // Whoever uses the keys looks at what is selected.
    if let (Msg::Key(_) | Msg::Paste(_) | Msg::Resize(..), Some(desk)) = (&msg, model.desk.as_mut()) {
        desk.map.wandered = false;
    }
    // The Esc that brings words back is the one right after the Esc that took them.
    if let (Msg::Paste(_) | Msg::Clipboard(_) | Msg::Mouse(_), Some(desk)) = (&msg, model.desk.as_mut()) {
        (desk.fresh, desk.fetched, desk.dismissed) = (false, false, false);
    }
    match msg {
        Msg::Mouse(mouse) => model.mouse(mouse),
        Msg::Key(key) => model.key(key),
        Msg::Paste(text) => model.paste(&text),
        Msg::Resize(columns, rows) => {
            model.size = (columns, rows);
            if let Some(desk) = model.desk.as_mut() {
                desk.map.stale = true;
            }
        }
        Msg::Tick => model.keep_bookmark(),
        Msg::Store(answer) => model.take_answer(answer),
        Msg::Wrote(result) => model.wrote(result),
        Msg::Copied(Ok(how)) => model.copied(how),
        Msg::Copied(Err(problem)) => model.warn(problem),
        Msg::Clipboard(Ok(text)) => model.paste(&text),
        Msg::Clipboard(Err(problem)) => model.warn(problem),
        Msg::Rescued(result) => model.rescued(result),
        Msg::Reviewed(answer) => model.take_review(answer),
        Msg::Names(Ok(names), wanted) => model.take_names(&names, wanted),
        Msg::Names(Err(problem), _) => model.warn(problem),
        Msg::Table(Ok(rows)) => model.take_table(&rows),
        Msg::Table(Err(problem)) => model.warn(problem),
    }
    let place = model.place();
    if let Some(desk) = model.desk.as_mut() {
        desk.change_drafts(place);
    }
    model.refresh_map();
    model.refresh_offers();
    model.refresh_review();
    model.ask_alike();
    model.mark_last_commit();
    std::mem::take(&mut model.effects)
}

impl Model {
    /// About once a second: what is half typed goes to the disk, if it has changed.
    fn keep_bookmark(&mut self) {
        if std::mem::take(&mut self.touched) && !self.look_only {
            self.effects.push(Effect::Bookmark(self.bookmark()));
        }
    }

    /// What was entered is no longer half typed: both reach the disk at once, so that no draft comes back as a second twig.
    fn mark_last_commit(&mut self) {
        if !self.effects.iter().any(|e| matches!(e, Effect::Commit(..))) {
            return;
        }
        let bookmark = self.bookmark();
        let last = self.effects.iter_mut().rev().find_map(|e| match e {
            Effect::Commit(_, bookmark) => Some(bookmark),
            _ => None,
        });
        if let Some(last) = last {
            *last = Some(bookmark);
            self.touched = false;
        }
    }

    pub(in crate::app) fn take_answer(&mut self, answer: Answer) {
        match answer {
            Answer::Committed { edit } => {
                self.saving.waiting.retain(|id| *id != edit);
                self.saving.failed = None;
                self.reload();
                self.reread_region();
            }
            Answer::Failed { message, .. } => self.saving.failed = Some(message),
            Answer::Refused { line, .. } => self.refused(line),
            Answer::Stopped { message } => self.stopped(message),
            Answer::Unreadable { message } => self.warn(message),
            Answer::Home(home) => self.take_home(home),
            Answer::Region { records, stamps, journal } => self.take_region(*records, stamps, journal),
            Answer::Opened { meeting, journal, previous } => self.take_meeting(*meeting, journal, previous),
            Answer::Previous { meeting, actions } => {
                if let Some(desk) = self.desk.as_mut().filter(|d| d.dossier.meeting.id == meeting) {
                    desk.previous = actions;
                }
            }
            Answer::Alike { words, found, shown } => self.take_alike(&words, found, shown),
            Answer::Missing(id) if self.stands_no_more(id) => self.leave_for_home(),
            Answer::Missing(_) => self.warn("その会議は見つかりませんでした。"),
            Answer::Checked(problems) => {
                if let Some(problem) = problems.first() {
                    self.warn(format!(
                        "記録の点検で問題が見つかりました：{problem}。今のうちに書き出しておいてください。"
                    ));
                }
            }
        }
    }
}
