//! What waits goes to the disk, in its order; and what becomes of it where the disk says no.

use super::{Answer, Desk, Soundness};
use crate::store::{StoreError, Told};

impl<A: Fn(Answer)> Desk<A> {
    /// The file was looked through.
    pub(super) fn judge(&mut self, found: &[String]) {
        self.soundness = if found.is_empty() { Soundness::Whole } else { Soundness::Damaged };
        if self.soundness == Soundness::Damaged {
            self.store.shut();
        }
    }

    /// Saves what waits, oldest first, up to the first that fails.
    pub(super) fn save(&mut self) {
        if self.soundness == Soundness::Unknown {
            return;
        }
        let mut sought = false;
        while let Some((line, bookmark)) = self.waiting.front() {
            match self.store.commit_at(line, bookmark.as_deref()) {
                Ok(()) => self.saved(),
                Err(error) if error.may_pass() => match self.seek(error) {
                    Ok(()) if !std::mem::replace(&mut sought, true) => {}
                    Ok(()) => return,
                    Err(error) => return self.tell(error),
                },
                Err(error) => self.refuse(&error),
            }
        }
        self.save_bookmark();
    }

    /// Looks whether the records are there again after they were away. Else the error stays, or a better reason.
    fn seek(&mut self, error: StoreError) -> Result<(), StoreError> {
        if !matches!(error, StoreError::Moved | StoreError::Other(_)) {
            return Err(error);
        }
        match self.store.find_again() {
            Ok(true) => Ok(()),
            Err(StoreError::Replaced) => Err(StoreError::Replaced),
            _ => Err(error),
        }
    }

    /// The oldest line stands, with its bookmark.
    fn saved(&mut self) {
        let Some((line, bookmark)) = self.waiting.pop_front() else { return };
        bookmark.iter().for_each(|text| self.unsaved.kept_mark(text));
        self.unsaved.saved(line.edit.id);
        // A meeting that begins with it was never read.
        if let Some(meeting) = line.meeting.filter(|id| !self.unsaved.has_seen(*id))
            && let Ok(Some(meeting)) = self.store.stamped(meeting)
        {
            self.unsaved.see(&meeting);
        }
        self.told = None;
        (self.answer)(Answer::Committed { edit: line.edit.id });
    }

    /// The oldest line can never be saved. Its bookmark can, unless a newer one goes with the next line.
    fn refuse(&mut self, error: &StoreError) {
        let Some((line, bookmark)) = self.waiting.pop_front() else { return };
        match self.waiting.front_mut() {
            Some((_, mark)) => *mark = mark.take().or(bookmark),
            None => self.bookmark = bookmark,
        }
        self.unsaved.refused(line.edit.id);
        self.told = None;
        (self.answer)(Answer::Refused { line, message: error.told(Told::Saving) });
    }

    fn save_bookmark(&mut self) {
        if let Some(text) = self.bookmark.take() {
            match self.store.set_bookmark(&text) {
                Err(error) if error.may_pass() => self.bookmark = Some(text),
                // A database opened with `Access::Look` keeps no bookmark, and does not need one.
                _ => self.unsaved.kept_mark(&text),
            }
        }
    }

    fn tell(&mut self, error: StoreError) {
        let news = Some((error, self.waiting.len()));
        if let Some((error, waiting)) = news.as_ref().filter(|_| news != self.told) {
            (self.answer)(Answer::Failed { message: error.told(Told::Saving), waiting: *waiting });
        }
        self.told = news;
    }
}
