//! Stepping through how the map grew, over the whole screen. One looks and writes nothing: any other key is back in the
//! present.

pub(crate) mod draw;
pub mod hand;

use crate::domain::Growth;
use crate::layout::shape::What;
use crate::ui::meeting::map::Level;

/// The map of the past, and what was looked at before.
#[derive(Debug, Clone, PartialEq)]
pub struct Replay {
    pub growth: Growth,
    selected: What,
    level: Level,
}

impl Replay {
    /// What was selected, and how much of the map was shown, when one went to look.
    pub(crate) fn present(&self) -> (What, Level) {
        (self.selected, self.level)
    }
}
