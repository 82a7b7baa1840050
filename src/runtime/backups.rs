//! Backups, each made on a thread of its own: nobody who types waits for one.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::runtime::caretaker::Daily;
use crate::runtime::stamp;
use crate::store::{Backup, Backups, Held, ReadJob, Why, compare};
use crate::ui::Msg;

/// How long the end of the program waits for a backup that is being made.
const PATIENCE: Duration = Duration::from_secs(5);

/// Has backups made, one after another.
pub struct BackupMaker {
    /// None where the records are thrown away at the end.
    backups: Option<Backups>,
    /// They are another program's, or damaged: then none is made.
    makes: bool,
    data: PathBuf,
    going: Arc<Going>,
    /// One at a time.
    turn: Arc<Mutex<()>>,
}

/// How many are being made.
#[derive(Default)]
struct Going {
    count: Mutex<usize>,
    over: Condvar,
}

/// One that is being made, until this is dropped.
struct Busy(Arc<Going>);

impl Busy {
    fn new(going: &Arc<Going>) -> Self {
        *going.count.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Self(going.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        *self.0.count.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        self.0.over.notify_all();
    }
}

impl BackupMaker {
    pub fn new(data: PathBuf, backups: Option<Backups>, makes: bool) -> Self {
        Self { backups, makes, data, going: Arc::default(), turn: Arc::default() }
    }

    /// Makes the first one of the day, or finds it, once somebody has looked through the records.
    pub fn daily(&self) -> Option<Daily> {
        let (backups, turn) = (self.backups.clone().filter(|_| self.makes)?, self.turn.clone());
        Some(Box::new(move |taken, store| {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            let made = backups.keep_daily(taken, store, stamp().at).map_err(|error| error.to_string());
            Msg::BackedUp(Why::Daily, made)
        }))
    }

    /// What the store's thread does once what was handed in before stands on the disk: it has a backup made, and does not wait for
    /// it.
    pub fn job(&self, why: Why, tell: impl Fn(Msg) + Clone + Send + Sync + 'static) -> Option<ReadJob> {
        let (backups, turn) = (self.backups.clone().filter(|_| self.makes)?, self.turn.clone());
        // As soon as it is asked for: the end of the program waits for it.
        let busy = Arc::new(Busy::new(&self.going));
        Some(ReadJob::new(move |_| {
            let (backups, turn, tell, busy) = (backups.clone(), turn.clone(), tell.clone(), busy.clone());
            let failed = tell.clone();
            let make = move || {
                let _busy = busy;
                let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                let made = backups.make(stamp().at, why).map_err(|error| error.to_string());
                tell(Msg::BackedUp(why, made));
            };
            if thread::Builder::new().name("backup".to_owned()).spawn(make).is_err() {
                failed(Msg::BackedUp(why, Err(NO_THREAD.to_owned())));
            }
        }))
    }

    /// Looks for the backups there are, and what each holds.
    pub fn list(&self, tell: impl FnOnce(Msg) + Send + 'static) {
        let Some(backups) = self.backups.clone() else { return };
        self.on_thread(move || {
            let read = |backup: Backup| {
                let held: Option<Held> = backup.held().ok();
                (backup, held)
            };
            tell(Msg::Backups(backups.list(stamp().at).into_iter().map(read).collect()));
        });
    }

    /// Says what would become of the records.
    pub fn compare(&self, path: PathBuf, tell: impl FnOnce(Msg) + Send + 'static) {
        let data = self.data.clone();
        self.on_thread(move || {
            let compared = compare(&data, &path).map_err(|error| crate::domain::refused::chain(&error));
            tell(Msg::Compared(path, compared));
        });
    }

    fn on_thread(&self, act: impl FnOnce() + Send + 'static) {
        let turn = self.turn.clone();
        let act = move || {
            let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
            act();
        };
        // Where no thread can be had there is no backup of today, and nobody is kept from writing.
        let _ = thread::Builder::new().name("backup".to_owned()).spawn(act);
    }

    /// Waits for what is being made, though not for ever: a stick may not answer.
    pub fn finish(&self) {
        let count = self.going.count.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = self.going.over.wait_timeout_while(count, PATIENCE, |count| *count > 0);
    }
}

const NO_THREAD: &str = "バックアップを取れませんでした。記録は無事です。パソコンのほかのソフトを閉じて、もう一度お試しください。";
