//! Where we are and what is half typed, so that the next start opens at the same place with the same words.

pub(crate) mod drafts;
pub(crate) mod earlier;
pub mod keep;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::domain::{Id, Kind, Meeting, Node, Participant};
use crate::ui::home::HomeItem;
use crate::ui::region::RegionMark;
use crate::ui::{At, Cell, Input, Level, PutAway, Spot, Writing};

/// The bookmark as it is kept. Everything in it is a convenience: what does not fit any more is passed over.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Bookmark {
    meeting: Option<Id<Meeting>>,
    screen: At,
    /// Where one stands on the home screen: the numbers of its rows change with the list.
    home: Option<HomeItem>,
    /// What is half typed in the entry lines.
    writings: BTreeMap<Spot, Writing>,
    picked: bool,
    speaker: Option<Id<Participant>>,
    question: usize,
    selected_node: Option<Id<Node>>,
    selected_branch: Option<usize>,
    on_centre: bool,
    folded: BTreeSet<Id<Node>>,
    folded_branches: BTreeSet<usize>,
    level: Level,
    whole: bool,
    kind: Option<Kind>,
    searched_from: Option<Id<Node>>,
    sheet_row: usize,
    sheet_column: usize,
    cell: Option<(Cell, Input)>,
    running: bool,
    seconds: u32,
    /// Other meetings with something half typed in them.
    parked: Vec<Bookmark>,
    /// What Esc took from the screen, in whichever meeting.
    put_away: Vec<PutAway>,
    /// The region, if it is open, be it under the meeting.
    region: Option<RegionMark>,
}

impl Bookmark {
    /// Whether it says where one was in this meeting.
    pub(crate) fn is_of(&self, meeting: Id<Meeting>) -> bool {
        self.meeting == Some(meeting)
    }

    /// Which of the screens of a meeting one was on.
    pub(crate) fn screen(&self) -> At {
        self.screen
    }
}

/// The meeting a bookmark lies in, for whoever must fetch it first.
pub fn meeting_of(bookmark: &str) -> Option<Id<Meeting>> {
    read(bookmark).and_then(|b| b.meeting)
}

/// The bookmark with all of it that is understood: one word of another version must not cost the half-typed ones.
fn read(text: &str) -> Option<Bookmark> {
    let bookmark = |parts: &Map<String, Value>| serde_json::from_value(Value::Object(parts.clone()));
    let mut parts: Map<String, Value> = serde_json::from_str(text).ok()?;
    earlier::bring_up_to_date(&mut parts);
    if let Ok(whole) = bookmark(&parts) {
        return Some(whole);
    }
    parts.retain(|name, value| bookmark(&Map::from_iter([(name.clone(), value.clone())])).is_ok());
    bookmark(&parts).ok()
}
