//! A store on a thread of its own, so that nobody who types waits for a disk.

mod follow;
mod saving;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use thiserror::Error;

use self::follow::{FOLLOW, Follow};
use super::job::{ReadJob, WriteJob};
use super::unsaved::Unsaved;
use super::waiting::{self, learn};
use super::{HomeData, OpenAction, Store, StoreError, Told};
use crate::domain::region::Region;
use crate::domain::register::Entry;
use crate::domain::removal::{Removal, Return};
use crate::domain::similar::Index;
use crate::domain::{
    Dossier, Edit, Id, JournalEntry, Lists, Meeting, RecordVersions, RegionalIssue, Stamped,
};

/// How long after a failed save the next attempt comes, while nobody asks for anything.
const RETRY: Duration = Duration::from_secs(2);

/// How many open actions the home screen is given.
const HOME_ACTIONS: usize = 30;

/// Said where a meeting would go or come back.
pub const NOT_MOVED: &str = "まだ保存できていないことばがあります。会議は、消すことももどすこともしていません。保存済みになってから、もう一度どうぞ。";

/// How many issues that are alike are offered: as many as one key chooses.
const ALIKE: usize = 9;

/// What one can ask of the worker. Answers come in the order of the requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Save this line; answered by [`Answer::Committed`], [`Answer::Failed`] or [`Answer::Refused`].
    Commit(JournalEntry),
    /// Save this line and, together with it, where the user was afterwards.
    CommitAt(JournalEntry, String),
    /// Keep where the user was; only the newest is written, and nobody is told.
    Bookmark(String),
    /// Everything the home screen shows.
    Home,
    /// One meeting with its journal and what it looks back at.
    Open(Id<Meeting>),
    /// The same of a meeting that is seen, because somebody else wrote.
    Follow(Id<Meeting>),
    /// What a meeting looks back at.
    Previous(Id<Meeting>),
    /// Everything of the region, and its journal.
    Region,
    /// The regional issues that are like these words, except those first raised in this meeting, and these of other
    /// meetings. Of several such requests only the newest is answered.
    Alike {
        /// What is being written.
        words: String,
        /// The meeting in which it is written.
        meeting: Id<Meeting>,
        /// Issues that are wanted whatever the words are.
        shown: Vec<Id<RegionalIssue>>,
    },
    /// What goes with a meeting: to be asked about, or to be done.
    Removal {
        /// Which one.
        meeting: Id<Meeting>,
        /// It was asked about.
        sure: bool,
    },
    /// What brings back the meeting that went last.
    Return,
    /// Lend the records to somebody who reads them for themselves, and gives the answer themselves.
    Lend(ReadJob),
    /// Write nothing before the file was looked through.
    Hold,
    /// The file was looked through: what is damaged, empty if nothing. Into a damaged one nothing is written any more.
    Examined(Vec<String>),
    /// Lend the records to somebody who writes in them and gives the answer themselves.
    Work(WriteJob),
    /// Remember a meeting that was read before, for the disk may go away.
    Remember(Id<Meeting>),
    /// The disk grows or shrinks.
    #[cfg(test)]
    Limit(u32),
    /// The thread dies.
    #[cfg(test)]
    Panic,
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It stands on the disk.
    Committed {
        /// The edit of the line.
        edit: Id<Edit>,
    },
    /// Nothing is lost, but it does not stand yet: `waiting` lines are kept and tried again, in their order. Said again only
    /// when the reason or the number changes.
    Failed {
        /// Why, in words for people.
        message: String,
        /// How many lines wait.
        waiting: usize,
    },
    /// It can never be saved as it is, so the lines after it do not wait for it; [`Worker::finish`] gives it back.
    Refused {
        /// The line as it was handed in.
        line: JournalEntry,
        /// Why, in words for people.
        message: String,
    },
    /// Another program has written: what is seen may be older.
    Changed,
    /// Whether another jirei has the records open for writing; said to those who only look, when it changes.
    Writes(bool),
    /// What [`Request::Follow`] asked for.
    Followed {
        /// The meeting, and when its records were written.
        meeting: Box<Stamped>,
        /// Its lines, oldest first.
        journal: Vec<JournalEntry>,
        /// What it looks back at.
        previous: Vec<OpenAction>,
    },
    /// What [`Request::Home`] asked for.
    Home(HomeData),
    /// The meeting that [`Request::Open`] asked for, with the lines that still wait.
    Opened {
        /// The meeting, and when its records were written.
        meeting: Box<Stamped>,
        /// Its lines, oldest first.
        journal: Vec<JournalEntry>,
        /// What it looks back at.
        previous: Vec<OpenAction>,
    },
    /// There is no such meeting.
    Missing(Id<Meeting>),
    /// What a meeting looks back at.
    Previous {
        /// The meeting that looks back.
        meeting: Id<Meeting>,
        /// The rows, those of the latest plan first.
        actions: Vec<OpenAction>,
    },
    /// Everything of the region.
    Region {
        /// As it will stand when all that waits is saved.
        records: Box<Region>,
        /// When what is written down about years was written.
        stamps: RecordVersions,
        /// The lines that belong to no meeting, oldest first.
        journal: Vec<JournalEntry>,
    },
    /// What is like the words that were asked about.
    Alike {
        /// These words.
        words: String,
        /// The most alike first, as many as one key chooses.
        found: Vec<Entry>,
        /// The issues that were to be shown in any case.
        shown: Vec<Entry>,
    },
    /// What goes with a meeting.
    Removal {
        /// As the records stand.
        removal: Removal,
        /// As it was asked for.
        sure: bool,
    },
    /// What brings back the meeting that went last; none where none did.
    Return(Option<Return>),
    /// What is wrong with the file in sentences; empty if nothing.
    Checked(Vec<String>),
    /// The thread has ended by itself, and this is the last it says: what waits is not tried again.
    Stopped {
        /// Why, in words for people.
        message: String,
    },
    /// What was asked for could not be read.
    Unreadable {
        /// Why, in words for people.
        message: String,
    },
}

/// The thread has ended by itself: nothing can be saved any more in this run.
#[derive(Debug, Error)]
#[error(
    "プログラムの不具合で、保存が止まりました。今までに保存したものは無事です。jirei を終えて、もう一度開いてください。"
)]
pub struct Stopped;

impl Answer {
    fn unread(error: &StoreError) -> Self {
        Answer::Unreadable { message: error.told(Told::Reading) }
    }
}

impl From<Stopped> for Answer {
    fn from(stopped: Stopped) -> Self {
        Answer::Stopped { message: stopped.to_string() }
    }
}

/// The hand on a store that works on its own thread. Dropping it, too, saves everything first.
#[derive(Debug)]
pub struct Worker {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<()>>,
    unsaved: Unsaved,
}

impl Worker {
    /// Starts the thread. `answer` is called on it and must not wait for the thread that ends the worker.
    pub fn spawn(store: Store, lists: Lists, answer: impl Fn(Answer) + Send + 'static) -> Self {
        let (requests, receiver) = channel();
        let unsaved = Unsaved::default();
        let kept = unsaved.clone();
        let thread = std::thread::spawn(move || {
            let desk = Desk::new(store, lists, &answer, kept);
            if catch_unwind(AssertUnwindSafe(|| desk.work(&receiver))).is_err() {
                // Before the answer: whoever acts on it must find that requests are refused.
                drop(receiver);
                answer(Stopped.into());
            }
        });
        Self { requests: Some(requests), thread: Some(thread), unsaved }
    }

    /// Hands in a request and returns at once. A line is among the unsaved ones from now on, whatever becomes of the thread.
    ///
    /// # Errors
    /// Only if the thread has ended, of which [`Answer::Stopped`] tells as well.
    pub fn send(&self, request: Request) -> Result<(), Stopped> {
        match &request {
            Request::Commit(line) => self.unsaved.hand_in(Some(line), None),
            Request::CommitAt(line, text) => self.unsaved.hand_in(Some(line), Some(text)),
            Request::Bookmark(text) => self.unsaved.hand_in(None, Some(text)),
            _ => {}
        }
        let requests = self.requests.as_ref().ok_or(Stopped)?;
        requests.send(request).map_err(|_| Stopped)
    }

    /// What does not stand on the disk now, waiting or refused.
    pub fn unsaved(&self) -> Unsaved {
        self.unsaved.clone()
    }

    /// Does everything that was asked, tries once more what waits, and stops. Returns the lines that do not stand on the disk,
    /// in their order.
    pub fn finish(mut self) -> Vec<JournalEntry> {
        self.stop();
        self.unsaved.lines()
    }

    fn stop(&mut self) {
        // Without a sender the thread comes to the end of its requests.
        self.requests = None;
        if let Some(thread) = self.thread.take() {
            // How it ended it has said itself.
            let _ = thread.join();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What is known of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Soundness {
    /// Somebody is looking through it.
    Unknown,
    Whole,
    Damaged,
}

/// What lies before the worker.
struct Desk<A> {
    store: Store,
    soundness: Soundness,
    answer: A,
    /// Lines to save, oldest first, each with the newest bookmark that came before the next line: whenever the end comes,
    /// the draft comes back that was there when the last line was saved.
    waiting: VecDeque<(JournalEntry, Option<String>)>,
    unsaved: Unsaved,
    /// The newest bookmark, where no line waits that it could go with.
    bookmark: Option<String>,
    /// The reason and number of the last `Failed`.
    told: Option<(StoreError, usize)>,
    lists: Lists,
    /// All statements, ready to be compared; made when somebody asks first.
    index: Option<Index>,
    follow: Option<Follow>,
    /// The newest question for what is alike, until it is answered.
    asked: Option<(String, Id<Meeting>, Vec<Id<RegionalIssue>>)>,
}

impl<A: Fn(Answer)> Desk<A> {
    fn new(store: Store, lists: Lists, answer: A, unsaved: Unsaved) -> Self {
        Self {
            follow: Follow::of(&store),
            store,
            soundness: Soundness::Whole,
            answer,
            waiting: VecDeque::new(),
            unsaved,
            bookmark: None,
            told: None,
            lists,
            index: None,
            asked: None,
        }
    }

    fn work(mut self, requests: &Receiver<Request>) {
        loop {
            let idle = self.waiting.is_empty() && self.bookmark.is_none();
            let idle = idle || self.soundness == Soundness::Unknown;
            let first = match self.follow {
                Some(_) => requests.recv_timeout(FOLLOW),
                None if idle => requests.recv().map_err(RecvTimeoutError::from),
                None => requests.recv_timeout(RETRY),
            };
            match first {
                Ok(request) => self.take_all(request, requests),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.save();
            self.follow();
        }
        if self.soundness == Soundness::Unknown {
            // It ends before anybody has said.
            let found = self.store.examine();
            self.judge(&found.unwrap_or_else(|error| vec![error.to_string()]));
        }
        self.save();
    }

    /// Takes everything that lies there, so that of many bookmarks only the last is written.
    fn take_all(&mut self, first: Request, requests: &Receiver<Request>) {
        self.take(first);
        while let Ok(request) = requests.try_recv() {
            self.take(request);
        }
        if let Some((words, meeting, shown)) = self.asked.take() {
            self.save();
            let answer = self.alike(words, meeting, &shown);
            (self.answer)(answer.unwrap_or_else(|e| Answer::unread(&e)));
        }
    }

    fn take(&mut self, request: Request) {
        match request {
            Request::Commit(line) => self.queue(line, None),
            Request::CommitAt(line, text) => self.queue(line, Some(text)),
            Request::Alike { words, meeting, shown } => self.asked = Some((words, meeting, shown)),
            Request::Bookmark(text) => match self.waiting.back_mut() {
                Some((_, mark)) => *mark = Some(text),
                None => self.bookmark = Some(text),
            },
            Request::Hold => self.soundness = Soundness::Unknown,
            Request::Examined(found) => {
                self.judge(&found);
                (self.answer)(Answer::Checked(found));
            }
            Request::Lend(job) => {
                self.save();
                job.run(&self.store);
            }
            Request::Work(job) => {
                self.save();
                let free = self.waiting.is_empty() && self.soundness != Soundness::Unknown;
                // What was known of the records may be otherwise afterwards.
                self.index = None;
                self.unsaved.forget_seen();
                job.run(Some(&mut self.store).filter(|_| free));
            }
            Request::Remember(meeting) => {
                self.save();
                // Where it cannot be read now it is not known either.
                let _ = self.stamped(meeting);
            }
            #[cfg(test)]
            Request::Limit(pages) => {
                // Earlier requests are done first, on the disk as large as it was then.
                self.save();
                self.store.limit_pages(pages).unwrap();
            }
            #[cfg(test)]
            Request::Panic => panic!("as a test asked"),
            asked => {
                // Lines that cannot be saved now stay in `waiting`, and `read` lays them over what it finds.
                self.save();
                let answer = self.read(&asked);
                (self.answer)(answer.unwrap_or_else(|e| Answer::unread(&e)));
            }
        }
    }

    fn queue(&mut self, line: JournalEntry, bookmark: Option<String>) {
        if let Some(index) = &mut self.index {
            learn(index, &line);
        }
        // A bookmark that was to be written by itself goes with the line that came after it.
        let earlier = self.bookmark.take();
        self.waiting.push_back((line, bookmark.or(earlier)));
    }

    /// The lines that wait.
    fn lines(&self) -> impl Iterator<Item = &JournalEntry> + Clone {
        self.waiting.iter().map(|(line, _)| line)
    }

    /// What is alike, of what stands on the disk.
    fn alike(
        &mut self,
        words: String,
        meeting: Id<Meeting>,
        shown: &[Id<RegionalIssue>],
    ) -> Result<Answer, StoreError> {
        let index = match &mut self.index {
            Some(index) => index,
            none => {
                let statements = self.store.confirmed_statements()?;
                let mut index =
                    Index::of(&self.lists, statements.iter().map(|(id, words)| (*id, words.as_str())));
                self.waiting.iter().for_each(|(line, _)| learn(&mut index, line));
                none.insert(index)
            }
        };
        // Those of this meeting are among them, and are left out.
        let hits: Vec<Id<RegionalIssue>> =
            index.find(&words, 4 * ALIKE).into_iter().map(|hit| hit.id).collect();
        let mut entries = self.store.entries(&hits)?;
        let mut found = Vec::new();
        for id in hits {
            let wanted = |e: &Entry| e.issue.id == id && e.issue.meeting != meeting && e.issue.confirmed;
            let at = entries.iter().position(wanted);
            found.extend(at.map(|at| entries.swap_remove(at)));
        }
        found.truncate(ALIKE);
        Ok(Answer::Alike { words, found, shown: self.store.entries(shown)? })
    }

    fn read(&self, request: &Request) -> Result<Answer, StoreError> {
        Ok(match request {
            Request::Open(id) => match self.stamped(*id)? {
                None => Answer::Missing(*id),
                Some(meeting) => Answer::Opened {
                    journal: self.journal(*id)?,
                    previous: self.previous(&meeting.dossier.meeting)?,
                    meeting: Box::new(meeting),
                },
            },
            Request::Follow(id) => match self.store.stamped(*id)? {
                None => Answer::Missing(*id),
                Some(meeting) => Answer::Followed {
                    journal: self.journal(*id)?,
                    previous: self.previous(&meeting.dossier.meeting)?,
                    meeting: Box::new(meeting),
                },
            },
            Request::Previous(id) => {
                // As it will stand: its case, town or format may be what waits.
                let meeting = self.dossier(*id)?.map(|dossier| dossier.meeting);
                let actions = meeting.map(|meeting| self.previous(&meeting)).transpose()?;
                Answer::Previous { meeting: *id, actions: actions.unwrap_or_default() }
            }
            Request::Region => {
                let mut records = self.store.region()?;
                let mut stamps = self.store.stamps_of_years()?;
                let mut journal = self.store.journal_outside()?;
                for line in self.lines() {
                    records.take_in(&line.edit.changes);
                    stamps.note_years(&line.edit, line.act);
                    journal.extend((line.meeting.is_none()).then(|| line.clone()));
                }
                Answer::Region { records: Box::new(records), stamps, journal }
            }
            // What waits may be refused: nothing is built upon it.
            Request::Removal { .. } | Request::Return if !self.waiting.is_empty() => {
                Answer::Unreadable { message: NOT_MOVED.to_owned() }
            }
            Request::Removal { meeting, sure } => match self.store.removal(*meeting)? {
                None => Answer::Missing(*meeting),
                Some(removal) => Answer::Removal { removal, sure: *sure },
            },
            Request::Return => Answer::Return(self.store.last_removed()?),
            _ => {
                let mut home = self.store.home(usize::MAX, HOME_ACTIONS)?;
                // The bookmark that waits to be written is newer than the one in the database.
                let marks = self.waiting.iter().rev().filter_map(|(_, mark)| mark.as_ref());
                home.bookmark =
                    self.bookmark.as_ref().into_iter().chain(marks).next().cloned().or(home.bookmark);
                for change in self.lines().flat_map(|line| &line.edit.changes) {
                    // Refused for everything but slots, and the list shows nothing else of it.
                    let _ = home.plans.apply(change);
                }
                for id in waiting::meetings(self.lines()) {
                    match self.dossier(id)? {
                        Some(dossier) => waiting::list(&mut home, &dossier),
                        None => home.summaries.retain(|other| other.id != id),
                    }
                }
                Answer::Home(home)
            }
        })
    }

    /// A meeting as it will stand; as it stands it is remembered, for the disk may go away.
    fn stamped(&self, meeting: Id<Meeting>) -> Result<Option<Stamped>, StoreError> {
        let read = self.store.stamped(meeting)?;
        read.iter().for_each(|read| self.unsaved.see(read));
        Ok(waiting::stamped(read, meeting, self.lines()))
    }

    fn dossier(&self, meeting: Id<Meeting>) -> Result<Option<Dossier>, StoreError> {
        let mut found = waiting::dossier(self.store.dossier(meeting)?, meeting, self.lines());
        // A meeting that waits to be born may be the next one of a case that stands.
        if let Some(dossier) = found.as_mut().filter(|d| d.case.is_none())
            && let Some(case) = dossier.meeting.case
        {
            dossier.case = self.store.case(case)?;
        }
        Ok(found)
    }

    fn journal(&self, meeting: Id<Meeting>) -> Result<Vec<JournalEntry>, StoreError> {
        let mut journal = self.store.journal(meeting)?;
        journal.extend(self.lines().filter(|line| line.meeting == Some(meeting)).cloned());
        Ok(journal)
    }

    fn previous(&self, meeting: &Meeting) -> Result<Vec<OpenAction>, StoreError> {
        let mut actions = self.store.previous_actions(meeting)?;
        waiting::actions(&mut actions, self.lines());
        Ok(actions)
    }
}

#[cfg(test)]
mod tests;
