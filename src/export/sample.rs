//! The sample meeting that comes with the program: fictional, finished, and complete.

use uuid::{Uuid, uuid};

use super::{ReadError, json};
use crate::domain::{Dossier, Id, Meeting};

/// The id of the sample, wherever it stands.
const ID: Uuid = uuid!("019e48be-6da0-7000-910a-2dec89025cc1");

/// `sessions/samples/case-a.json`: 14 participants, 140 entries, and everything that came of them.
pub fn case_a() -> Result<Dossier, ReadError> {
    json::read(include_bytes!("../../sessions/samples/case-a.json"))
}

/// The title of what is made from these meetings: where the sample is among them it says so, as the screen does, for nobody is to
/// take it for a real one.
pub fn marked(title: String, mut meetings: impl Iterator<Item = Id<Meeting>>) -> String {
    if meetings.any(|id| id.uuid() == ID) { format!("【見本】{title}") } else { title }
}
