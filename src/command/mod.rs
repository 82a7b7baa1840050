//! The table of actions and the keymap over it; help, menu and palette come from it.
