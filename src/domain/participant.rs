//! Who sits at the table: staff and neighbours, never the person of the case.

use serde::{Deserialize, Serialize};

use super::{Id, Meeting};

/// One participant of one meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Participant {
    /// Given where it was written, the same on every machine.
    pub id: Id<Participant>,
    /// The meeting at whose table they sit: whoever comes again is written down again.
    pub meeting: Id<Meeting>,
    /// A short code to type them by, such as `P06`; unique in the meeting.
    pub code: String,
    /// May be empty; the room never sees it.
    pub name: String,
    /// The profession as typed; `Lists::profession` folds it for counting.
    pub profession: String,
    /// Where they work, or whom they speak for.
    pub organisation: String,
    /// Which part of it.
    pub department: String,
    /// Involved in the case; unknown until somebody says so.
    pub involved: Option<bool>,
    /// At such a meeting for the first time.
    pub first_time: Option<bool>,
    /// Was not there at the beginning.
    pub came_late: bool,
    /// Was not there until the end.
    pub left_early: bool,
}

/// What stands in a participant.
macro_rules! participant_fields {
    ($read:ident) => {
        $read! { Participant ParticipantField "参加者" [id, meeting] {
            Code         code         "番号"   (text),
            Name         name         "氏名"   (name),
            Profession   profession   "職種"   (text),
            Organisation organisation "所属"   (text),
            Department   department   "部署"   (text),
            Involved     involved     "関わりあり" (yes),
            FirstTime    first_time   "初参加" (yes),
            CameLate     came_late    "途中から" (yes),
            LeftEarly    left_early   "途中まで" (yes),
        } }
    };
}
pub(crate) use participant_fields;

impl Participant {
    /// Somebody of whom nothing is known but that they are there.
    pub fn new(id: Id<Participant>, meeting: Id<Meeting>, code: impl Into<String>) -> Self {
        Self {
            id,
            meeting,
            code: code.into(),
            name: String::new(),
            profession: String::new(),
            organisation: String::new(),
            department: String::new(),
            involved: None,
            first_time: None,
            came_late: false,
            left_early: false,
        }
    }

    /// What the room knows them by: the profession, else the organisation, else the code. Never the name.
    pub fn label(&self) -> &str {
        [&self.profession, &self.organisation]
            .into_iter()
            .find(|s| !s.is_empty())
            .map_or(self.code.as_str(), String::as_str)
    }

    /// The same with the code.
    pub fn called(&self) -> String {
        format!("{} {}", self.label(), self.code)
    }
}
