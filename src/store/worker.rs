//! A store on a thread of its own, so that nobody who types waits for a disk.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use thiserror::Error;

use super::{OpenAction, Store, StoreError, Summary};
use crate::domain::{Dossier, Edit, Id, Line, Meeting};

/// How long after a failed save the next attempt comes, while nobody asks for anything.
const RETRY: Duration = Duration::from_secs(2);

/// How many open actions the home screen is given.
const HOME_ACTIONS: usize = 100;

/// What one can ask of the worker. Answers come in the order of the requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// Save this line; answered by [`Answer::Committed`], [`Answer::Failed`] or [`Answer::Refused`].
    Commit(Line),
    /// Keep where the user was; only the newest is written, and nobody is told.
    Bookmark(String),
    /// Everything the home screen shows.
    Home,
    /// One meeting with its journal and what it looks back at.
    Open(Id<Meeting>),
    /// What a meeting looks back at.
    Previous(Id<Meeting>),
    /// Look through the file: [`Store::quick_check`].
    Check,
    /// The disk grows or shrinks.
    #[cfg(test)]
    Limit(u32),
}

/// What the worker says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It stands on the disk.
    Committed {
        edit: Id<Edit>,
    },
    /// Nothing is lost, but it does not stand yet: `waiting` lines are kept and tried again, in their order. Said again only
    /// when the reason or the number changes.
    Failed {
        message: String,
        waiting: usize,
    },
    /// It can never be saved as it is, so the lines after it do not wait for it; [`Worker::finish`] gives it back.
    Refused {
        edit: Id<Edit>,
        message: String,
    },
    Home(HomeData),
    Opened {
        dossier: Box<Dossier>,
        journal: Vec<Line>,
        previous: Vec<OpenAction>,
    },
    /// There is no such meeting.
    Missing(Id<Meeting>),
    Previous {
        meeting: Id<Meeting>,
        actions: Vec<OpenAction>,
    },
    /// What is wrong with the file in sentences; empty if nothing.
    Checked(Vec<String>),
    /// What was asked for could not be read.
    Unreadable {
        message: String,
    },
}

/// What the home screen shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HomeData {
    pub summaries: Vec<Summary>,
    /// Due first; at most a hundred.
    pub open_actions: Vec<OpenAction>,
    /// The codes of all cases, in order.
    pub case_codes: Vec<String>,
    pub bookmark: Option<String>,
}

/// The worker has ended; what was asked comes back.
#[derive(Debug, Error)]
#[error(
    "記録の係が止まっているため、保存できません。画面の内容を書き出してから、jirei を終えて、もう一度開いてください。"
)]
pub struct Stopped(pub Box<Request>);

/// The hand on a store that works on its own thread. Dropping it, too, saves everything first.
#[derive(Debug)]
pub struct Worker {
    requests: Option<Sender<Request>>,
    thread: Option<JoinHandle<Vec<Line>>>,
}

impl Worker {
    /// Starts the thread. `answer` is called on it and must not wait for the thread that ends the worker.
    pub fn spawn(store: Store, answer: impl Fn(Answer) + Send + 'static) -> Self {
        let (requests, receiver) = channel();
        let thread = std::thread::spawn(move || Desk::new(store, answer).work(&receiver));
        Self { requests: Some(requests), thread: Some(thread) }
    }

    /// Hands in a request and returns at once.
    ///
    /// # Errors
    /// Only if the thread has ended, which it does not do on its own.
    pub fn send(&self, request: Request) -> Result<(), Stopped> {
        match &self.requests {
            Some(requests) => requests.send(request).map_err(|error| Stopped(Box::new(error.0))),
            None => Err(Stopped(Box::new(request))),
        }
    }

    /// Does everything that was asked, tries once more what waits, and stops. Returns the lines that do not stand on the disk,
    /// in their order.
    pub fn finish(mut self) -> Vec<Line> {
        self.stop()
    }

    fn stop(&mut self) -> Vec<Line> {
        // Without a sender the thread comes to the end of its requests.
        self.requests = None;
        self.thread.take().and_then(|thread| thread.join().ok()).unwrap_or_default()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.stop();
    }
}

/// What lies before the worker.
struct Desk<A> {
    store: Store,
    answer: A,
    /// Lines to save, oldest first.
    waiting: VecDeque<Line>,
    /// Lines that can never be saved.
    refused: Vec<Line>,
    /// The newest bookmark, until it stands.
    bookmark: Option<String>,
    /// The reason and number of the last `Failed`.
    told: Option<(StoreError, usize)>,
}

impl<A: Fn(Answer)> Desk<A> {
    fn new(store: Store, answer: A) -> Self {
        Self { store, answer, waiting: VecDeque::new(), refused: Vec::new(), bookmark: None, told: None }
    }

    fn work(mut self, requests: &Receiver<Request>) -> Vec<Line> {
        loop {
            let idle = self.waiting.is_empty() && self.bookmark.is_none();
            let first = if idle {
                requests.recv().map_err(RecvTimeoutError::from)
            } else {
                requests.recv_timeout(RETRY)
            };
            match first {
                Ok(request) => self.take_all(request, requests),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.save();
        }
        self.save();
        let mut left = self.refused;
        left.extend(self.waiting);
        left.sort_by_key(|line| line.edit.id);
        left
    }

    /// Takes everything that lies there, so that of many bookmarks only the last is written.
    fn take_all(&mut self, first: Request, requests: &Receiver<Request>) {
        self.take(first);
        while let Ok(request) = requests.try_recv() {
            self.take(request);
        }
    }

    fn take(&mut self, request: Request) {
        match request {
            Request::Commit(line) => self.waiting.push_back(line),
            Request::Bookmark(text) => self.bookmark = Some(text),
            #[cfg(test)]
            Request::Limit(pages) => {
                // What was asked before happened on the disk as it was.
                self.save();
                self.store.limit_pages(pages).unwrap();
            }
            asked => {
                // Nobody is shown a state older than what could be saved.
                self.save();
                let answer = self.read(&asked);
                (self.answer)(answer.unwrap_or_else(|e| Answer::Unreadable { message: e.to_string() }));
            }
        }
    }

    fn read(&self, request: &Request) -> Result<Answer, StoreError> {
        Ok(match request {
            Request::Open(id) => match self.store.dossier(*id)? {
                None => Answer::Missing(*id),
                Some(dossier) => Answer::Opened {
                    dossier: Box::new(dossier),
                    journal: self.store.journal(*id)?,
                    previous: self.store.previous_actions(*id)?,
                },
            },
            Request::Previous(id) => {
                Answer::Previous { meeting: *id, actions: self.store.previous_actions(*id)? }
            }
            Request::Check => Answer::Checked(self.store.quick_check()?),
            _ => Answer::Home(HomeData {
                summaries: self.store.summaries()?,
                open_actions: self.store.open_actions(HOME_ACTIONS)?,
                case_codes: self.store.all_case_codes()?,
                bookmark: self.bookmark.clone().map_or_else(|| self.store.bookmark(), |b| Ok(Some(b)))?,
            }),
        })
    }

    /// Saves what waits, oldest first, up to the first that fails; then the bookmark.
    fn save(&mut self) {
        while let Some(line) = self.waiting.front() {
            let edit = line.edit.id;
            match self.store.commit(line) {
                Ok(()) => {
                    self.waiting.pop_front();
                    self.told = None;
                    (self.answer)(Answer::Committed { edit });
                }
                Err(error) if error.may_pass() => return self.tell(error),
                Err(error) => {
                    self.refused.extend(self.waiting.pop_front());
                    (self.answer)(Answer::Refused { edit, message: error.to_string() });
                }
            }
        }
        self.save_bookmark();
    }

    fn save_bookmark(&mut self) {
        if let Some(text) = self.bookmark.take() {
            match self.store.set_bookmark(&text) {
                Err(error) if error.may_pass() => self.bookmark = Some(text),
                // Who only looks has no place to come back to.
                _ => {}
            }
        }
    }

    fn tell(&mut self, error: StoreError) {
        let news = Some((error, self.waiting.len()));
        if let Some((error, waiting)) = news.as_ref().filter(|_| news != self.told) {
            (self.answer)(Answer::Failed { message: error.to_string(), waiting: *waiting });
        }
        self.told = news;
    }
}
