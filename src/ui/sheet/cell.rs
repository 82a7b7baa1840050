//! A cell of a table or form by its row and the name of its field, and where one stands among them.

use crate::command::Place;
use crate::domain::fields::{ActionField, SlotField};
use crate::domain::{Action, Aspect, Id, Passage, RegionalIssue, Slot};
use crate::ui::sheet::about::About;
use crate::ui::sheet::field::Heading;
use crate::ui::{AboutField, Input, Regional, RegionalField, Row};
use serde::{Deserialize, Serialize};

/// The columns of the plan; status and outcome are for the next meeting.
pub const PLAN: [ActionField; 6] = {
    use ActionField::{Check, Issue, Priority, Until, What, Who};
    [Issue, What, Who, Until, Check, Priority]
};

/// The column of the plan in which a new row begins.
pub const WHAT: usize = 1;

/// One field of one record. Without an id it belongs to a row that does not exist yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    About(AboutField),
    Plan(Option<Id<Action>>, ActionField),
    Regional(Option<Id<RegionalIssue>>, RegionalField),
    /// An action of an earlier meeting.
    Review(Id<Action>, ActionField),
    /// A regional issue outside the meeting it was raised in.
    Register(Id<RegionalIssue>, RegionalField),
    /// A slot of the year that is looked at.
    Slot(Option<Id<Slot>>, SlotField),
    /// A cell of a form of the yearly review: its column, and the number of its row.
    Passage(Aspect, usize),
}

/// Where one stands in the table or form of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetState {
    /// Row of the plan, number of the regional issue, or field of the form about the meeting.
    pub row: usize,
    pub column: usize,
    /// The cell being written in.
    pub editing: Option<(Cell, Input)>,
    /// The highlighted offer, if one was stepped to.
    pub offer: Option<usize>,
    /// What was typed before offers were stepped to.
    pub typed: String,
    /// What stands in the cell is marked as a whole: the next word replaces it.
    pub marked: bool,
    /// One came here from the cell before and has done nothing yet: up and down lead on, not through the offers.
    pub passing: bool,
    pub beside: Beside,
}

/// Whether one stands in the table or form, or on what the map offers beside it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Beside {
    /// Nobody has gone anywhere yet.
    #[default]
    Fresh,
    /// In the table where something stands already, and nobody has gone anywhere yet: letters begin a new row there, so that what is
    /// typed on without looking does not run into what stands.
    Met,
    /// In the table.
    Left,
    /// On this row of what is offered.
    Row(usize),
}

impl Beside {
    /// Whoever goes somewhere, be it against the edge, means the table as it stands.
    pub fn go(&mut self) {
        if *self == Beside::Met {
            *self = Beside::Left;
        }
    }
}

impl Cell {
    /// What the field is called and asks for.
    pub fn heading(self) -> Heading {
        match self {
            Cell::About(name) => About::field(name).heading,
            Cell::Plan(_, name) | Cell::Review(_, name) => Action::field(name).heading,
            Cell::Regional(_, name) | Cell::Register(_, name) => Regional::field(name).heading,
            Cell::Slot(_, name) => Slot::field(name).heading,
            Cell::Passage(aspect, _) => Passage::field(aspect).heading,
        }
    }

    /// What a row is about that begins with this cell, and is not said yet.
    pub(crate) fn passed_over(self) -> Option<&'static str> {
        let before = |name| PLAN.iter().position(|n| *n == name) <= Some(WHAT);
        match self {
            Cell::Plan(None, name) if !before(name) => {
                Some("何をするかが、まだ書かれていません。{previous-cell} でもどれます。")
            }
            Cell::Regional(None, name) if name != RegionalField::Statement => {
                Some("地域課題の文が、まだ書かれていません。{previous-cell} でもどれます。")
            }
            _ => None,
        }
    }

    /// Whether the cell can be written in at a place.
    pub(crate) fn is_at(self, place: Place) -> bool {
        match self {
            Cell::About(AboutField::NextDate) if place == Place::Closing => true,
            Cell::About(_) => place == Place::Info,
            Cell::Plan(..) => place == Place::Plan,
            Cell::Regional(..) => place == Place::Regional,
            Cell::Review(..) => place == Place::Opening,
            Cell::Register(..) => matches!(place, Place::Issue | Place::Decide),
            Cell::Slot(..) => place == Place::Year,
            Cell::Passage(..) => place == Place::Forms,
        }
    }
}
