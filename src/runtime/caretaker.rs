//! What is done for the records beside the loop, once the first frame is seen. Nobody waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use crate::runtime::rescue::Places;
use crate::store::{DATABASE, Snapshot, Store, leavings, look_around};
use crate::ui::Msg;

/// What is to be done.
pub struct Task {
    /// The folder of the records.
    pub data: PathBuf,
    /// Where files are given away to: there something may be left half written.
    pub exports: PathBuf,
    /// Where words lie that earlier runs could not save; none where nobody wants them.
    pub places: Option<Places>,
}

/// What came of it.
#[derive(Debug)]
pub enum Report {
    /// The records were looked through: what is damaged.
    Examined(Vec<String>),
    /// What people should know.
    Said(Msg),
}

/// Starts the thread, which tells what it finds.
pub fn spawn(task: Task, tell: impl Fn(Report) + Send + 'static) {
    std::thread::spawn(move || {
        // Until this is said nothing is written: it is said whatever happens.
        let file = task.data.join(DATABASE);
        let taken = catch_unwind(AssertUnwindSafe(|| examine(&file))).unwrap_or((None, Vec::new()));
        let (records, found) = taken;
        tell(Report::Examined(found));
        let around = look_around(&task.data);
        if !around.is_empty() {
            tell(Report::Said(Msg::Place(around)));
        }
        let found = task.places.map(|places| places.find()).unwrap_or_default();
        if !found.is_empty() {
            tell(Report::Said(Msg::Found(found)));
        }
        if let Some(first) = records.and_then(|records| records.replay().ok()?.into_iter().next()) {
            tell(Report::Said(Msg::Mismatched(first)));
        }
        leavings::sweep_known(&task.data, &task.exports);
    });
}

/// The records as they stand, and what is damaged in them. What cannot be read for another reason is not: saving will tell.
fn examine(file: &Path) -> (Option<Store>, Vec<String>) {
    let opened = Snapshot::take(file).and_then(|snapshot| snapshot.open());
    match opened {
        Ok(store) => match store.examine() {
            Ok(found) if found.is_empty() => (Some(store), found),
            Ok(found) => (None, found),
            Err(error) => (None, vec![error.to_string()]),
        },
        Err(error) if error.is_damage() => (None, vec![error.to_string()]),
        Err(_) => (None, Vec::new()),
    }
}
