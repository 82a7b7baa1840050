//! What others do with the records on the store's thread; the answer they give themselves.

use std::fmt;
use std::sync::Arc;

use super::Store;

/// What somebody does on the store's thread. It is the same only as itself.
pub struct Job<F: ?Sized>(Arc<F>);

/// What somebody does with the records on the store's thread.
pub type ReadJob = Job<dyn Fn(&Store) + Send + Sync>;

/// What somebody writes on the store's thread. It is lent nothing while lines wait: what is written must not overtake them.
pub type WriteJob = Job<dyn Fn(Option<&mut Store>) + Send + Sync>;

impl ReadJob {
    /// What is to be done with the records. It runs on the store's thread, and saving waits for it.
    pub fn new(read: impl Fn(&Store) + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    pub(super) fn run(&self, store: &Store) {
        (self.0)(store);
    }
}

impl WriteJob {
    /// What is to be done with the records, or without them.
    pub fn new(write: impl Fn(Option<&mut Store>) + Send + Sync + 'static) -> Self {
        Self(Arc::new(write))
    }

    pub(super) fn run(&self, store: Option<&mut Store>) {
        (self.0)(store);
    }
}

impl<F: ?Sized> Clone for Job<F> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<F: ?Sized> PartialEq for Job<F> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<F: ?Sized> Eq for Job<F> {}

impl<F: ?Sized> fmt::Debug for Job<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Job")
    }
}
