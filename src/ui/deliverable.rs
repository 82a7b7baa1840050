//! What is given away, and why a file was not written.

use std::path::PathBuf;

use crate::export::Format;
use crate::export::register::RegisterFormat;
use crate::export::review::ReviewFormat;

/// What is given away, and as what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deliverable {
    Meeting(Format),
    /// The issues of the register that are found.
    Register(RegisterFormat),
    /// The review of the year that is looked at.
    Review(ReviewFormat),
    /// The plans of all years and what their reviews wrote down, for another jirei.
    Years,
}

impl Deliverable {
    /// What people choose in a menu.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Deliverable::Meeting(format) => format.label(),
            Deliverable::Register(format) => format.label(),
            Deliverable::Review(format) => format.label(),
            Deliverable::Years => "年間の計画と振り返り（JSON・ほかの jirei に取り込む）",
        }
    }

    /// The end of the file's name.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Deliverable::Meeting(format) => format.extension(),
            Deliverable::Register(format) => format.key(),
            Deliverable::Review(format) => format.key(),
            Deliverable::Years => "json",
        }
    }
}

/// Why a file was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unwritten {
    /// Something of that name is there already; nothing is of the name `free`.
    Exists { path: PathBuf, free: PathBuf, gift: Deliverable },
    /// In words for the person.
    Failed(String),
}
