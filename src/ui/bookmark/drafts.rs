//! Half-typed words of a bookmark that was kept elsewhere, among those of another.

use crate::ui::bookmark::{Bookmark, read};
use crate::ui::writing::Origin;
use crate::ui::{App, Input, PutAway, Target, Writing};

/// Whether a bookmark holds half-typed words.
pub fn has_drafts(bookmark: &str) -> bool {
    read(bookmark).is_some_and(|mark| {
        let region = mark.region.as_ref().is_some_and(|region| region.cell().is_some());
        region || !mark.put_away.is_empty() || std::iter::once(&mark).chain(&mark.parked).any(has_words)
    })
}

/// A bookmark with the half-typed words of another in it: where one was in a meeting in which nothing is half typed, else among
/// what was put away. None where the other holds none.
pub fn with_drafts(standing: Option<&str>, other: &str) -> Option<String> {
    let mut from = read(other).filter(|_| has_drafts(other))?;
    let Some(mut into) = standing.and_then(read) else { return Some(other.to_owned()) };
    for put in std::mem::take(&mut from.put_away) {
        if !into.put_away.contains(&put) {
            into.put_away.push(put);
        }
    }
    if let Some((cell, line)) = from.region.take().and_then(|region| region.cell().cloned()) {
        into.put_away.push(put_away(None, Origin::Cell(cell), line));
    }
    let parked = std::mem::take(&mut from.parked);
    for mark in std::iter::once(from).chain(parked).filter(has_words) {
        into.take_words(mark);
    }
    serde_json::to_string(&into).ok()
}

fn has_words(mark: &Bookmark) -> bool {
    mark.cell.is_some() || mark.writings.values().any(has_line)
}

fn has_line(writing: &Writing) -> bool {
    writing.target() != Some(Target::Search) && writing.lines().any(|line| !line.text().trim().is_empty())
}

fn put_away(
    meeting: Option<crate::domain::Id<crate::domain::Meeting>>,
    origin: Origin,
    line: Input,
) -> PutAway {
    PutAway { meeting, origin, line, past: false, after: None, undone: false }
}

impl Bookmark {
    /// Takes in what was half typed in one meeting.
    fn take_words(&mut self, mut mark: Bookmark) {
        let meeting = mark.meeting;
        let mut put = Vec::new();
        let parked = self.parked.iter_mut().find(|parked| parked.meeting == meeting);
        let here = if self.meeting == meeting { Some(&mut *self) } else { parked };
        let Some(here) = here else {
            (mark.running, mark.seconds) = (false, 0);
            return self.parked.push(mark);
        };
        for (spot, writing) in std::mem::take(&mut mark.writings).into_iter().filter(|(_, w)| has_line(w)) {
            let stands = here.writings.entry(spot).or_default();
            let (old, new) = (stands.line.text().trim(), writing.line.text());
            // The same words a little further on.
            let grown = stands.target() == writing.target() && new.starts_with(old);
            if grown || !has_line(stands) {
                *stands = writing;
            } else if new != old {
                put.push(put_away(meeting, Origin::Entry(spot, writing.target()), writing.line));
            }
        }
        if let Some((cell, line)) = mark.cell.filter(|open| here.cell.as_ref() != Some(open)) {
            put.push(put_away(meeting, Origin::Cell(cell), line));
        }
        self.put_away.extend(put);
    }
}

impl App {
    /// Takes in half-typed words that were kept in a rescue file. False where there are none.
    pub(crate) fn take_drafts(&mut self, other: &str) -> bool {
        let Some(joined) = with_drafts(Some(&self.bookmark()), other).as_deref().and_then(read) else {
            return false;
        };
        self.parked = joined.parked;
        let settled = |put: PutAway| PutAway { line: put.line.settled(), ..put };
        self.cx.put_away = joined.put_away.into_iter().map(settled).collect();
        self.cx.touched = true;
        let Some((meeting, _)) = joined.meeting.and_then(|id| self.meeting_of(id)) else { return true };
        for (spot, writing) in joined.writings {
            if has_line(&writing) {
                meeting.put_back_line(spot, writing);
            }
        }
        true
    }
}
