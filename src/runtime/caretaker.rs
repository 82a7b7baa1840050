//! What is done for the records beside the loop, once the first frame is seen. Nobody waits for it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

use crate::runtime::rescue::Places;
use crate::store::{DATABASE, Snapshot, Store, Unsound, leavings, look_around};
use crate::ui::Msg;

/// What is to be done.
pub struct Task {
    /// The folder of the records.
    pub data: PathBuf,
    /// Where files are given away to: there something may be left half written.
    pub exports: PathBuf,
    /// Where words lie that earlier runs could not save; none where nobody wants them.
    pub places: Option<Places>,
    /// Has the first backup of the day made; none where none is to be.
    pub daily: Option<Daily>,
}

/// What makes the first backup of the day of records that are whole, and what is to be said of it.
pub type Daily = Box<dyn FnOnce(&Snapshot, &Store) -> Msg + Send>;

/// What came of it.
#[derive(Debug)]
pub enum Report {
    /// The records were looked through: what is damaged.
    Examined(Vec<String>),
    /// What people should know.
    Said(Msg),
}

/// Starts the thread, which tells what it finds.
///
/// # Errors
/// Where no thread can be had.
pub fn spawn(task: Task, tell: impl Fn(Report) + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("caretaker".to_owned()).spawn(move || see_to(task, tell)).map(drop)
}

fn see_to(task: Task, tell: impl Fn(Report)) {
    let said = |msg| tell(Report::Said(msg));
    // Until this is said nothing is written: it is said whatever happens.
    let file = task.data.join(DATABASE);
    let (records, found) =
        catch_unwind(AssertUnwindSafe(|| look_through(&file))).unwrap_or((None, Vec::new()));
    tell(Report::Examined(found));
    let around = look_around(&task.data);
    if !around.is_empty() {
        said(Msg::Place(around));
    }
    let left = task.places.map(|places| places.find()).unwrap_or_default();
    if !left.is_empty() {
        said(Msg::Found(left));
    }
    if let Some((taken, store)) = records {
        if let Some(daily) = task.daily {
            said(daily(&taken, &store));
        }
        if let Some(first) = store.replay().ok().and_then(|found| found.into_iter().next()) {
            said(Msg::Mismatched(first));
        }
    }
    leavings::sweep_known(&task.data, &task.exports);
}

/// The records as they stand, if they are whole; else what is damaged in them. What cannot be read for another reason is not: saving
/// will tell.
fn look_through(file: &Path) -> (Option<(Snapshot, Store)>, Vec<String>) {
    let looked = Snapshot::take(file).map_err(Unsound::from).and_then(|taken| {
        let store = taken.whole()?;
        Ok((taken, store))
    });
    match looked {
        Ok(records) => (Some(records), Vec::new()),
        Err(Unsound::Damaged(found)) => (None, found),
        Err(Unsound::Open(error)) if !error.is_damage() => (None, Vec::new()),
        Err(unreadable) => (None, vec![unreadable.to_string()]),
    }
}
