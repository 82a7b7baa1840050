//! What others do with the records on the store's thread; the answer they give themselves.

use std::fmt;
use std::sync::Arc;

use super::Store;

/// What somebody does with the records on the store's thread.
#[derive(Clone)]
pub struct ReadJob(Arc<dyn Fn(&Store) + Send + Sync>);

impl ReadJob {
    /// What is to be done with the records. It runs on the store's thread, and saving waits for it.
    pub fn new(read: impl Fn(&Store) + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }
}

impl ReadJob {
    pub(super) fn run(&self, store: &Store) {
        (self.0)(store);
    }
}

impl PartialEq for ReadJob {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for ReadJob {}

impl fmt::Debug for ReadJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReadJob")
    }
}

/// What somebody writes on the store's thread. It is lent nothing while lines wait: what is written must not overtake them.
#[derive(Clone)]
pub struct WriteJob(Arc<Write>);

type Write = dyn Fn(Option<&mut Store>) + Send + Sync;

impl WriteJob {
    /// What is to be done with the records, or without them.
    pub fn new(write: impl Fn(Option<&mut Store>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }
}

impl WriteJob {
    pub(super) fn run(&self, store: Option<&mut Store>) {
        (self.0)(store);
    }
}

impl PartialEq for WriteJob {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for WriteJob {}

impl fmt::Debug for WriteJob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WriteJob")
    }
}
