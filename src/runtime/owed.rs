//! Whether the terminal owes an answer: what looks like the key Esc may be the beginning of it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Whoever has not answered by then does not answer at all.
const LONGEST: Duration = Duration::from_secs(10);

/// Known to who asks and to who listens.
#[derive(Debug, Clone, Default)]
pub struct Owed(Arc<Mutex<Vec<Instant>>>);

impl Owed {
    /// The terminal was asked something.
    pub fn ask(&self) {
        self.questions().push(Instant::now() + LONGEST);
    }

    /// The oldest question is answered.
    pub fn settle(&self) {
        let mut questions = self.questions();
        if !questions.is_empty() {
            questions.remove(0);
        }
    }

    /// Whether an answer may still come.
    pub fn is_open(&self) -> bool {
        let now = Instant::now();
        let mut questions = self.questions();
        questions.retain(|until| now < *until);
        !questions.is_empty()
    }

    /// Until when each may be answered.
    fn questions(&self) -> MutexGuard<'_, Vec<Instant>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 答えが来るか長く来なければ待たない() {
        let (asks, listens) = {
            let owed = Owed::default();
            (owed.clone(), owed)
        };
        assert!(!listens.is_open());
        asks.ask();
        assert!(listens.is_open());
        // The answer to what was asked first may come after more was asked.
        asks.ask();
        listens.settle();
        assert!(listens.is_open());
        listens.settle();
        listens.settle();
        assert!(!listens.is_open());
        asks.questions().push(Instant::now());
        assert!(!listens.is_open(), "a terminal that never answers holds no Esc back for ever");
    }
}
