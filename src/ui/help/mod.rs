//! The help: what is needed most where one stands, the guide a topic a page, and all of it found by what one types.

pub(crate) mod all_keys;
pub(crate) mod draw;
pub(crate) mod find;
pub(crate) mod keys;
pub(crate) mod letters;
pub(crate) mod page;
pub(crate) mod row;
pub(crate) mod seen;

use std::rc::Rc;

use crate::command::Page;
use crate::ui::{Choice, Input};

pub use seen::Seen;

/// The help as it is opened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Help {
    /// The actions and answers that can be found in it, as they were when it was opened.
    pub wishes: Rc<[Choice]>,
    /// What one looks for.
    pub line: Input,
    /// The place among what is offered.
    pub row: usize,
    /// What is read, if something is.
    pub read: Option<Topic>,
    /// So many of its rows have gone by.
    pub scroll: usize,
}

/// What can be read, or done.
#[derive(Debug, Clone, PartialEq)]
pub enum Topic {
    Page(&'static Page),
    AllKeys,
    /// An action, or whatever else the palette has.
    Action(Box<Choice>),
}

/// What the list of all keys is called.
pub(super) const ALL_KEYS: &str = "キーの一覧";
