//! Which screen of the region one is on.

use crate::command::Place;
use serde::{Deserialize, Serialize};

/// Which of the screens of the region one is on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionPlace {
    #[default]
    Register,
    Issue,
    Year,
    Review,
    Decide,
    Forms,
}

impl RegionPlace {
    pub(crate) fn place(self) -> Place {
        match self {
            RegionPlace::Register => Place::Register,
            RegionPlace::Issue => Place::Issue,
            RegionPlace::Year => Place::Year,
            RegionPlace::Review => Place::Review,
            RegionPlace::Decide => Place::Decide,
            RegionPlace::Forms => Place::Forms,
        }
    }
}
