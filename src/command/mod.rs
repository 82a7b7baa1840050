//! The table of actions and the keymap over it; help, menu, palette and bottom bar all come from it.

mod key;
mod keymap;
mod table;

pub use key::{Code, Key, UnknownKey};
pub use keymap::{Keymap, KeymapError};
pub use table::{Command, Place, Row, Section, TABLE, YEARS, bar};
