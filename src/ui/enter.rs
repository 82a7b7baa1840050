//! What Enter does at this moment, on what one stands on. The screens act by it and the bar names it, so that no bar says
//! something else than what the key does.

use crate::domain::{Id, Meeting};
use crate::ui::{AboutField, Cell, Target};

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Enter {
    /// What is being written is written down.
    Settle,
    /// The words of the line become something new, which is called so.
    Add(&'static str),
    /// Something in the line is asked about first.
    Ask,
    /// A half-typed sign becomes the one that is offered.
    Complete,
    /// Words were written down a moment ago: only pressed once more it mends.
    Twice,
    /// Nothing is there to be mended: it says how one writes.
    Tell,
    /// A cell is written in.
    Cell(Cell),
    /// What is selected comes back into the entry line.
    Mend(Target),
    Twig,
    /// An entry of a checklist, which is ticked already or not.
    Tick(bool),
    FollowUp,
    /// What the map offers is taken; it was already, and one goes to what became of it.
    Take,
    Taken,
    /// The usual slots of a year are made.
    Usual,
    Meeting(Id<Meeting>),
    Start,
    Open,
}

impl Enter {
    /// A few characters for the bar.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Enter::Settle => "決める",
            Enter::Add(word) => word,
            Enter::Ask => "確かめる",
            Enter::Complete => "選ぶ",
            Enter::Twice => "2回で直す",
            Enter::Tell => "書いて足す",
            Enter::Cell(Cell::Review(..)) => "結果を書く",
            Enter::Cell(Cell::About(AboutField::NextDate)) => "次回の日を書く",
            Enter::Cell(_) => "書く",
            Enter::Mend(_) | Enter::Twig => "直す",
            Enter::Tick(false) => "済みにする",
            Enter::Tick(true) => "済みを外す",
            Enter::FollowUp => "次の会議を作る",
            Enter::Take => "取り入れる",
            Enter::Taken => "表の行へ",
            Enter::Usual => "枠を作る",
            Enter::Meeting(_) => "会議を開く",
            Enter::Start => "作る",
            Enter::Open => "開く",
        }
    }
}
