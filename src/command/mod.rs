//! The table of actions and the keymap over it; help, menu, palette and bottom bar all come from it.

mod guide;
mod key;
mod keymap;
mod nearness;
mod place;
mod readings;
mod table;
mod ways;
mod wish;
mod words;

pub use guide::{Page, guide};
pub use key::{Code, Key, UnknownKey, Way};
pub use keymap::{Keymap, KeymapError};
pub use place::Place;
pub use table::{Command, Row, Section, TABLE, YEARS, bar};
pub use ways::{Ground, Leg, way};
pub(crate) use wish::fits;
pub use words::{Answer, answers};
