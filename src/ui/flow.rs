//! Where an action leads from a screen that cannot go there itself.

use crate::domain::{Dossier, Id, Meeting};
use crate::ui::RegionPlace;

/// What became of an action.
#[derive(Debug)]
pub enum Flow {
    Done,
    /// It is none of this screen's.
    Pass,
    /// It leads elsewhere.
    Go(To),
}

/// Where an action leads from a screen that cannot go there itself.
#[derive(Debug)]
pub enum To {
    Home,
    Region(RegionPlace),
    /// Up, to where one came from.
    Back,
    /// From here into a meeting; the region stays under it.
    Meeting(Id<Meeting>),
    /// From one meeting to another, through the list.
    OtherMeeting(Id<Meeting>),
    /// A meeting that is made at this moment.
    NewMeeting(Box<Dossier>),
    Sample,
    /// Another action, which asks for itself whether it can be done.
    Do(crate::command::Command),
}
