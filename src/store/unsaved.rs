//! What was handed in and does not stand on the disk. The worker's thread, whoever hands in, and whoever keeps it in a file
//! meanwhile hold on to it together: what one of them alone knows would be gone with it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::waiting;
use crate::domain::unsaved::Rescued;
use crate::domain::{Edit, Id, JournalEntry, Meeting, Stamped};

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct Unsaved(Arc<(Mutex<Held>, Condvar)>);

#[derive(Debug, Default)]
struct Held {
    /// Lines in the order in which they came, each with the moment.
    lines: Vec<(Instant, JournalEntry)>,
    /// Those of them that do not fit what stands.
    refused: BTreeSet<Id<Edit>>,
    /// The newest bookmark.
    bookmark: Option<String>,
    /// Since when one has been waiting; none: the newest stands.
    marked: Option<Instant>,
    /// Meetings as they stand on the disk, as far as they were read or written in this run: all that is left of them where
    /// the disk goes away.
    seen: BTreeMap<Id<Meeting>, Stamped>,
    /// Grows with all that is handed in.
    edition: u64,
    /// Somebody wants it kept at once.
    urgent: bool,
    over: bool,
}

/// What there is to do for whoever keeps it in a file.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// This is to be kept; the number tells it from what comes later.
    Keep(u64, Box<Rescued>),
    /// All of it stands on the disk.
    AllSaved,
    /// Nothing is handed in any more.
    End,
}

impl Unsaved {
    fn held(&self) -> MutexGuard<'_, Held> {
        // Everything is put in and taken out whole: a panic elsewhere does not spoil it.
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The lines in their order.
    pub fn lines(&self) -> Vec<JournalEntry> {
        self.held().lines.iter().map(|(_, line)| line.clone()).collect()
    }

    /// All that does not stand, with the meetings it is about.
    pub fn rescued(&self) -> Rescued {
        let (lines, refused, bookmark, seen) = {
            let held = self.held();
            let lines: Vec<JournalEntry> = held.lines.iter().map(|(_, line)| line.clone()).collect();
            let ids = waiting::meetings(lines.iter());
            let seen = held.seen.iter().filter(|(id, _)| ids.contains(id));
            let seen: BTreeMap<_, _> = seen.map(|(id, meeting)| (*id, meeting.clone())).collect();
            (lines, held.refused.clone(), held.marked.and(held.bookmark.clone()), seen)
        };
        // What does not fit makes nothing of a meeting, and does not make it younger.
        let fits = |line: &&JournalEntry| !refused.contains(&line.edit.id);
        let whole = |id| waiting::stamped(seen.get(&id).cloned(), id, lines.iter().filter(fits));
        // Of a meeting without its case nobody could say what it is about: its lines tell as much.
        let told =
            |meeting: &Stamped| meeting.dossier.meeting.case.is_none() || meeting.dossier.case.is_some();
        let meetings = waiting::meetings(lines.iter()).into_iter().filter_map(whole).filter(told).collect();
        Rescued { lines, meetings, bookmark, ..Rescued::default() }
    }

    pub(super) fn hand_in(&self, line: Option<&JournalEntry>, bookmark: Option<&str>) {
        let mut held = self.held();
        let now = Instant::now();
        held.lines.extend(line.map(|line| (now, line.clone())));
        if let Some(text) = bookmark.filter(|text| held.bookmark.as_deref() != Some(text)) {
            held.bookmark = Some(text.to_owned());
            held.marked.get_or_insert(now);
        }
        held.edition += 1;
        drop(held);
        self.0.1.notify_all();
    }

    /// A line stands on the disk, and with it what it makes of the meetings that were seen.
    pub(super) fn saved(&self, edit: Id<Edit>) {
        let mut held = self.held();
        if let Some(at) = held.lines.iter().position(|(_, line)| line.edit.id == edit) {
            let (_, line) = held.lines.remove(at);
            let known = std::mem::take(&mut held.seen).into_iter();
            held.seen = known
                .filter_map(|(id, seen)| {
                    Some((id, waiting::stamped(Some(seen), id, std::iter::once(&line))?))
                })
                .collect();
        }
        drop(held);
        self.0.1.notify_all();
    }

    /// A line can never be saved as it is.
    pub(super) fn refused(&self, edit: Id<Edit>) {
        let mut held = self.held();
        held.refused.insert(edit);
        held.edition += 1;
    }

    /// A bookmark stands on the disk.
    pub(super) fn kept_mark(&self, text: &str) {
        let mut held = self.held();
        if held.bookmark.as_deref() == Some(text) {
            held.marked = None;
        }
        drop(held);
        self.0.1.notify_all();
    }

    /// A meeting as it stands on the disk. Others are remembered only while something of theirs waits.
    pub(super) fn see(&self, meeting: &Stamped) {
        let held = &mut *self.held();
        let ids = waiting::meetings(held.lines.iter().map(|(_, line)| line));
        held.seen.retain(|id, _| ids.contains(id));
        held.seen.insert(meeting.dossier.meeting.id, meeting.clone());
    }

    pub(super) fn has_seen(&self, meeting: Id<Meeting>) -> bool {
        self.held().seen.contains_key(&meeting)
    }

    /// What was seen may stand otherwise soon; what waits must still be told whole.
    pub(super) fn forget_seen(&self) {
        let held = &mut *self.held();
        if held.lines.is_empty() {
            held.seen.clear();
        }
    }

    /// Has it kept at once, however short it has been waiting.
    pub fn keep_now(&self) {
        self.held().urgent = true;
        self.0.1.notify_all();
    }

    /// Ends the waiting of whoever keeps it.
    pub fn end(&self) {
        self.held().over = true;
        self.0.1.notify_all();
    }

    /// Waits until something has been waiting for the disk so long, or, where a file holds some of it already (`kept`: which
    /// edition), until there is more, or nothing any more. After an attempt that failed it rests until a moment.
    pub fn wait(&self, kept: Option<u64>, rest: Option<Instant>, patience: Duration) -> News {
        let mut held = self.held();
        loop {
            let now = Instant::now();
            let oldest = held.lines.first().map(|(at, _)| *at).into_iter().chain(held.marked).min();
            let due = match oldest {
                _ if held.over => return News::End,
                None if kept.is_some() => return News::AllSaved,
                None => None,
                Some(_) if held.urgent => Some(now),
                Some(_) if kept == Some(held.edition) => None,
                Some(_) if kept.is_some() => Some(rest.unwrap_or(now)),
                Some(at) => Some(rest.unwrap_or(now).max(at + patience)),
            };
            held = match due {
                Some(due) if due <= now => {
                    held.urgent = false;
                    let edition = held.edition;
                    drop(held);
                    return News::Keep(edition, Box::new(self.rescued()));
                }
                Some(due) => {
                    let woken = self.0.1.wait_timeout(held, due - now);
                    woken.unwrap_or_else(PoisonError::into_inner).0
                }
                None => self.0.1.wait(held).unwrap_or_else(PoisonError::into_inner),
            };
        }
    }
}
