//! What is done for the records beside the loop, once the first frame is seen. Nobody waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::Sender;

use crate::runtime::Input;
use crate::store::{DATABASE, Snapshot, Store};

/// What came of it.
#[derive(Debug)]
pub enum Report {
    /// The records were looked through: what is damaged.
    Examined(Vec<String>),
    /// Tables and journal do not tell the same.
    Mismatched(String),
}

/// Starts the thread for the records of an opening.
pub fn spawn(data: &Path, opening: u32, inputs: Sender<Input>) {
    let file = data.join(DATABASE);
    std::thread::spawn(move || {
        // The loop may have ended already: then nobody wants the answers.
        let tell = |report| drop(inputs.send(Input::Kept(opening, report)));
        // Until this is said nothing is written: it is said whatever happens.
        let taken = catch_unwind(AssertUnwindSafe(|| examine(&file))).unwrap_or((None, Vec::new()));
        let (records, found) = taken;
        tell(Report::Examined(found));
        if let Some(first) = records.and_then(|records| records.replay().ok()?.into_iter().next()) {
            tell(Report::Mismatched(first));
        }
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
