//! jirei: a terminal program that guides a facilitator through a meeting about one case.
//!
//! The house, top floor first. Arrows run down this list only (a test holds it).
//!
//! - [`cli`]: one file a subcommand: what the command line asks, answered on standard output.
//! - [`runtime`]: the only loop: terminal guard, keys, clock, clipboard, doing effects.
//! - [`ui`]: `App`, `Msg` and `update`: what a key means and what is seen, a screen a folder, without doing anything outside.
//! - [`command`]: the table of actions and the keymap over it; help, menu and palette come from it.
//! - [`export`]: records to bytes and back, pure, a file a format; only `write` touches the disk.
//! - [`review`]: the yearly figures, pure: rows of a year in, figures with their definitions out.
//! - [`layout`]: the map as rectangles and connectors, pure; what the screen and the pictures share.
//! - [`format`](mod@format): session formats and lists: the built-in data and that of the user.
//! - [`privacy`]: what looks like personal information.
//! - [`store`]: the only room that knows the database.
//! - [`domain`]: what a meeting is: no terminal, no database, no clock, no files

pub mod cli;
pub mod command;
#[warn(missing_docs)]
pub mod domain;
#[warn(missing_docs)]
pub mod export;
#[warn(missing_docs)]
pub mod format;
#[warn(missing_docs)]
pub mod layout;
pub mod privacy;
#[warn(missing_docs)]
pub mod review;
pub mod runtime;
#[warn(missing_docs)]
pub mod store;
pub mod ui;
