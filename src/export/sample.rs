//! The sample meeting that comes with the program: fictional, finished, and complete.

use super::{ReadError, json};
use crate::domain::Dossier;

/// `sessions/samples/case-a.json`: 14 participants, 140 entries, and everything that came of them.
pub fn case_a() -> Result<Dossier, ReadError> {
    json::read(include_bytes!("../../sessions/samples/case-a.json"))
}
