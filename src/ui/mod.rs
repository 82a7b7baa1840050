//! The screen: `App`, `Msg` and `update` say what a key means, without doing anything outside.
//!
//! [`update`] does no input or output and reads no clock: the moment and the seed for new ids arrive as a [`Now`] with every
//! message, and what must be done outside leaves as an [`Effect`].

pub(crate) mod app;
pub mod backups;
pub(crate) mod bookmark;
pub(crate) mod colours;
pub(crate) mod context;
pub(crate) mod damaged;
pub mod deliverable;
pub(crate) mod document;
pub mod drafts;
pub mod draw;
pub(crate) mod enter;
pub mod entry;
pub(crate) mod follow;
pub(crate) mod form;
pub(crate) mod found;
pub(crate) mod frame;
pub(crate) mod give;
pub mod help;
pub(crate) mod here;
pub mod home;
pub mod input;
pub(crate) mod keys;
pub(crate) mod labels;
pub(crate) mod look;
pub mod meeting;
pub mod menu;
pub mod mouse;
pub mod msg;
pub(crate) mod nav;
pub(crate) mod notice;
pub(crate) mod offers;
pub(crate) mod overlay;
pub mod panes;
pub mod picker;
pub(crate) mod refused;
pub mod region;
pub(crate) mod rescued;
pub(crate) mod screen;
pub mod seats;
pub mod sheet;
pub(crate) mod table;
pub mod theme;
pub mod wide;
pub(crate) mod words;
pub(crate) mod writing;

pub use crate::ui::app::{App, Open};
pub use crate::ui::bookmark::drafts::{has_drafts, with_drafts};
pub use crate::ui::bookmark::meeting_of;
pub use crate::ui::context::Context;
pub use crate::ui::deliverable::{Deliverable, Unwritten};
pub use crate::ui::document::{Document, Keeping, OpenMeeting, Records};
pub(crate) use crate::ui::drafts::Drafts;
pub(crate) use crate::ui::enter::Enter;
pub use crate::ui::found::{Found, Restored};
pub use crate::ui::input::Input;
pub use crate::ui::meeting::clock::Clock;
pub use crate::ui::meeting::map::sketch::{Hung, Sketch};
pub(crate) use crate::ui::meeting::map::{Level, MapScreen};
pub use crate::ui::meeting::sitting::Sitting;
pub use crate::ui::meeting::{At, MeetingScreen};
pub use crate::ui::msg::{Effect, Mend, Moving, Msg, NamesFor};
pub(crate) use crate::ui::nav::SAMPLE;
pub use crate::ui::notice::Notice;
pub use crate::ui::overlay::{Ask, Overlay, Purpose};
pub(crate) use crate::ui::panes::Panes;
pub use crate::ui::picker::{Choice, Chooser, Pick, Wanted};
pub use crate::ui::region::RegionScreen;
pub use crate::ui::region::place::RegionPlace;
pub(crate) use crate::ui::rescued::NOT_NOW;
pub(crate) use crate::ui::screen::Offerable;
pub use crate::ui::screen::{Flow, Screen};
pub(crate) use crate::ui::seats::Seat;
pub use crate::ui::sheet::Sheets;
pub(crate) use crate::ui::sheet::about::AboutField;
pub use crate::ui::sheet::cell::{Beside, Cell, SheetState};
pub(crate) use crate::ui::sheet::field::Row;
pub(crate) use crate::ui::sheet::regional::{Regional, RegionalField};
pub use crate::ui::writing::{Asked, LastKey, PutAway, Spot, Target, Writing};

use crate::domain::{Change, History, Meeting, Now, Record};
use crate::layout::measure::measure_for;
use crate::layout::signs::Signs;
use crate::store::Answer;

/// Lets one message change the program; what must be done outside comes back in order.
pub fn update(app: &mut App, msg: Msg, now: Now) -> Vec<Effect> {
    app.cx.now = now;
    app.cx.ids = now.ids();
    if let Some((meeting, cx)) = app.meeting_mut() {
        meeting.doc.count_time(cx);
        // The wheel may have scrolled the selection out of sight; any key brings it back.
        meeting.map.wandered &= !matches!(msg, Msg::Key(_) | Msg::Paste(_) | Msg::Resize(..));
    }
    // The Esc that brings words back is the one right after the Esc that took them.
    if matches!(msg, Msg::Clipboard(_) | Msg::Mouse(_)) {
        app.cx.last = LastKey::Other;
    }
    app.hear(msg);
    if let Some((meeting, cx)) = app.meeting_mut() {
        meeting.refresh(cx);
    } else if let Open::Region(region) = &mut app.open {
        region.refresh_review(&mut app.cx);
    }
    app.tell_of_commits();
    app.back_up_in_turn();
    app.mark_last_commit();
    std::mem::take(&mut app.cx.effects)
}

impl App {
    fn hear(&mut self, msg: Msg) {
        let cx = &mut self.cx;
        match msg {
            Msg::Mouse(_) if self.hidden => {}
            Msg::Mouse(mouse) => self.mouse(mouse),
            Msg::Key(key) if self.hidden => self.key_under_cover(key),
            Msg::Key(key) => self.key(key),
            Msg::Paste(text) if self.hidden => self.write_under_cover(|app| app.paste(&text)),
            Msg::NoEsc => self.take_esc_back(),
            Msg::Paste(text) | Msg::Clipboard(Ok(text)) => self.paste(&text),
            Msg::Resize(columns, rows) => {
                cx.size = (columns, rows);
                let Some((meeting, _)) = self.meeting_mut() else { return };
                meeting.map.stale = true;
            }
            Msg::Signs(ambiguous) if cx.marks == Signs::on(ambiguous) => {}
            Msg::Signs(ambiguous) => {
                measure_for(ambiguous);
                cx.marks = Signs::on(ambiguous);
                let Some((meeting, _)) = self.meeting_mut() else { return };
                meeting.map.measure_anew();
            }
            Msg::Pictures(drawn) => cx.pictures = drawn,
            Msg::Hung(hung) => self.hung(*hung),
            Msg::Tick => self.keep_bookmark(),
            Msg::Store(answer) => self.take_in(answer),
            Msg::Place(warnings) => cx.warn_of_place(&warnings),
            Msg::Wrote(result) => self.wrote(result),
            Msg::Copied(Ok(how)) => cx.say(format!("コピーしました（{how}）。Excel や Word に貼れます。")),
            Msg::Copied(Err(problem)) => {
                let way = cx.keymap.fill("{export} でファイルに書き出せます。");
                cx.warn(format!("{problem}{way}"));
            }
            Msg::Viewed(result) => cx.viewed(result),
            Msg::BackedUp(why, result) => self.backed_up(why, result),
            Msg::Backups(all) => self.choose_backup(all),
            Msg::Compared(path, result) => self.ask_restore(path, result),
            Msg::Rescued(result) => self.rescued(result),
            Msg::Mismatched(problem) => self.mismatched(&problem),
            Msg::AllSaved => self.all_saved(),
            Msg::Found(found) => self.take_found(found),
            Msg::PutBack(result) => self.take_restored(result.map(|restored| *restored)),
            Msg::Reviewed(Ok(review)) => {
                let Some((region, _)) = self.region_mut() else { return };
                region.review.take(review);
            }
            Msg::Names(Ok(names), wanted) => self.take_names(&names, wanted),
            Msg::Table(Ok(rows)) => {
                let Some((meeting, cx)) = self.meeting_mut() else { return };
                meeting.people.take_table(&mut meeting.doc, cx, &rows);
            }
            Msg::Unkept(problem)
            | Msg::Clipboard(Err(problem))
            | Msg::Reviewed(Err(problem))
            | Msg::Names(Err(problem), _)
            | Msg::Table(Err(problem)) => cx.warn(problem),
        }
    }

    /// What is half typed goes to the disk, if it has changed; about once a second, and at the end.
    fn keep_bookmark(&mut self) {
        if std::mem::take(&mut self.cx.touched) && !self.cx.look_only {
            self.cx.effects.push(Effect::Bookmark(self.bookmark()));
        }
    }

    /// What was written in a meeting is seen in the region under it, and the list of meetings knows the plans as they stand.
    fn tell_of_commits(&mut self) {
        let mut turned = None;
        for effect in &self.cx.effects {
            let Effect::Commit(line, _) = effect else { continue };
            if line.edit.changes.iter().any(turns_to_other_plans) {
                turned = line.meeting;
            }
            if line.meeting.is_some()
                && let Open::Meeting { under: Some(region), .. } = &mut self.open
            {
                region.take_in(&line.edit, line.act, &self.cx.lists);
            }
            for change in line.edit.changes.iter().filter(|c| matches!(c.record(), Record::Slot(_))) {
                // A list that has not come yet brings it with it.
                let _ = self.cx.shelf.plans.apply(change);
            }
        }
        if let Some((meeting, cx)) = turned.and_then(|id| self.meeting_of(id)) {
            // Until the answer comes nothing is shown: a plan that was another room's must not stand there.
            meeting.doc.hear_of(Vec::new());
            cx.effects.push(Effect::Previous(meeting.doc.dossier.meeting.id));
        }
    }

    /// What was entered is no longer half typed: both reach the disk at once, so that no draft comes back as a second twig.
    fn mark_last_commit(&mut self) {
        let commits = |effect: &Effect| matches!(effect, Effect::Commit(..));
        let Some(last) = self.cx.effects.iter().rposition(commits) else { return };
        let mark = self.bookmark();
        if let Effect::Commit(_, bookmark) = &mut self.cx.effects[last] {
            *bookmark = Some(mark);
            self.cx.touched = false;
        }
    }

    /// Takes in what the store said.
    pub fn take_in(&mut self, answer: Answer) {
        self.cx.saving.hear_of_moving(&answer);
        match answer {
            Answer::Committed { edit } => {
                self.cx.saving.waiting.retain(|id| *id != edit);
                self.cx.saving.failed = None;
                self.reread();
            }
            Answer::Failed { message, .. } => self.cx.saving.failed = Some(message),
            Answer::Refused { line, .. } => self.refused(line),
            Answer::Stopped { message } => self.stopped(message),
            Answer::Unreadable { message } => self.cx.warn(message),
            Answer::Changed => self.follow_others(),
            Answer::Writes(writes) => self.cx.hear_of_others(writes),
            Answer::Followed { meeting, journal, previous } => {
                self.take_followed(Document::of(*meeting, journal, previous, Keeping::Kept));
            }
            Answer::Home(home) => self.home.take(&mut self.cx, home),
            Answer::Region { records, stamps, journal } => {
                let history = History::from_journal(journal);
                self.take_region(Document::new(*records, stamps, history, Keeping::Kept));
            }
            Answer::Opened { meeting, journal, previous } => {
                self.take_meeting(Document::of(*meeting, journal, previous, Keeping::Kept));
            }
            Answer::Previous { meeting, actions } => {
                let Some((meeting, _)) = self.meeting_of(meeting) else { return };
                meeting.doc.hear_of(actions);
            }
            Answer::Alike { words, found, shown } => {
                let Some((meeting, _)) = self.meeting_mut() else { return };
                meeting.take_alike(&words, found, shown);
            }
            Answer::Missing(id) if self.is_followed(id) => self.leave_what_is_gone(),
            Answer::Missing(id) if self.stands_no_more(id) => self.leave_for_home(),
            Answer::Missing(_) => self.cx.warn(
                "その会議は見つかりませんでした。何も変えていません。会議の一覧から選びなおしてください。",
            ),
            Answer::Removal { removal, sure } => self.take_removal(removal, sure),
            Answer::Return(back) => self.take_return(back),
            Answer::Checked(problems) => {
                if !problems.is_empty() {
                    self.damaged(Some(problems.len()));
                }
            }
        }
    }
}

/// Whether a meeting looks back at other plans after a change: those of its case, or of its town and format, before its day.
fn turns_to_other_plans(change: &Change) -> bool {
    let from = |m: &Meeting| (m.date, m.case, m.town.clone(), m.format.clone());
    matches!(
        (change.before(), change.after()),
        (Some(Record::Meeting(before)), Some(Record::Meeting(after))) if from(before) != from(after)
    )
}
