//! What comes in from outside and what goes out: messages, effects, and what is on its way to the disk.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{NaiveDate, NaiveDateTime};

use crate::command::Place;
use crate::domain::{Edit, Id, Meeting, RegionalIssue};
use crate::export::clip::Clip;
use crate::export::write::{Existing, Readers};
use crate::layout::measure::Ambiguous;
use crate::store::{Answer, Backup, Comparison, Held, Made, Warning, Why};
use crate::ui::theme::Palette;
use crate::ui::{Deliverable, Found, Hung, Restored, Unwritten};

/// Something that happened outside. Each arrives with a [`crate::domain::Now`].
#[derive(Debug)]
pub enum Msg {
    Key(crate::command::Key),
    /// The Esc just now was none: it was the beginning of the key that follows.
    NoEsc,
    Mouse(Mouse),
    /// Text that came in one piece: a paste, or an input method's commit.
    Paste(String),
    /// Columns and rows.
    Resize(u16, u16),
    /// How many cells the terminal gives to signs such as ① and ─.
    Signs(Ambiguous),
    /// Whether the terminal draws pictures.
    Pictures(bool),
    /// A picture hangs in the place of the map.
    Hung(Box<Hung>),
    /// A second has passed.
    Tick,
    Store(Answer),
    /// What there is to know about where the records lie.
    Place(Vec<Warning>),
    /// A file was written, and who can read it; or why not.
    Wrote(Result<(PathBuf, Readers), Unwritten>),
    /// The palette that was chosen is not there at the next start.
    Unkept(String),
    /// The clipboard was filled, and how; or why not.
    Copied(Result<&'static str, String>),
    /// A picture was opened in a window of its own, or why not.
    Viewed(Result<(), String>),
    /// The clipboard's text, or why it could not be read.
    Clipboard(Result<String, String>),
    /// What could not be saved was written to a file of its own, or why not.
    Rescued(Result<PathBuf, String>),
    /// The records were looked through, and tables and journal do not tell the same.
    Mismatched(String),
    /// All of it stands on the disk by now, and that file is gone.
    AllSaved,
    /// What earlier runs could not save.
    Found(Vec<Found>),
    /// Some of that was put back, or why not.
    PutBack(Result<Box<Restored>, String>),
    /// A year was counted, or why not.
    Reviewed(Result<Box<crate::review::Review>, String>),
    /// What the people at meetings are called, and what that was wanted for; or why it could not be read.
    Names(Result<Vec<String>, String>, NamesFor),
    /// A backup was made, or why not.
    BackedUp(Why, Result<Made, String>),
    /// The backups there are, each with what it holds, where it can be read.
    Backups(Vec<(Backup, Option<Held>)>),
    /// What would become of the records, were this restored; or why it cannot be.
    Compared(PathBuf, Result<Comparison, String>),
    /// A table of participants was read, or why not.
    Table(Result<Vec<crate::export::people::PersonRow>, String>),
}

/// Something to be done outside. What is asked for comes back as a [`Msg`].
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Keep one line: its rows and its journal line together; with the last line of a message also the bookmark.
    Commit(crate::domain::JournalEntry, Option<String>),
    /// Keep in a file at once what does not stand on the disk, in the place of what was kept there before.
    Rescue,
    /// Put back what an earlier run kept in a file.
    PutBack(PathBuf, std::sync::Arc<crate::domain::unsaved::Rescued>),
    /// Keep where we are and what is half typed.
    Bookmark(String),
    Home,
    Open(Id<Meeting>),
    /// Read again the meeting that is seen: another program wrote.
    Follow(Id<Meeting>),
    /// Ask what goes with a meeting: to say it, or to do it.
    Removal {
        meeting: Id<Meeting>,
        sure: bool,
    },
    /// Ask what brings back the meeting that went last.
    Return,
    Region,
    Review(crate::review::Ask),
    /// Ask what the people at these meetings are called.
    Names(BTreeSet<Id<Meeting>>, NamesFor),
    /// Ask for the actions of the meeting before.
    Previous(Id<Meeting>),
    /// Ask for the regional issues that are like these words, and for these of other meetings.
    Alike {
        words: String,
        meeting: Id<Meeting>,
        shown: Vec<Id<RegionalIssue>>,
    },
    /// Write a whole file or none.
    Write {
        /// As people wrote it: a file, or the folder for a file of this name.
        path: PathBuf,
        name: String,
        bytes: Vec<u8>,
        existing: Existing,
        gift: Deliverable,
    },
    /// Keep which palette was chosen, for the next start.
    Palette(Palette),
    /// Open a picture in whatever shows pictures on this system.
    View(Vec<u8>),
    Copy(Clip),
    ReadClipboard,
    ReadTable(PathBuf),
    /// Make a backup, once what was handed in before stands on the disk.
    BackUp(Why),
    /// Ask for the backups there are.
    Backups,
    /// Ask what would become of the records, were this restored.
    Compare(PathBuf),
    /// Close the records, put others in their place, and begin anew with them.
    Mend(Mend),
    Quit,
}

/// What is put in the place of the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// What is whole in them, for they are damaged.
    Salvage,
    /// A backup.
    Restore(PathBuf),
}

/// What the names of people are wanted for, who were at meetings that are not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamesFor {
    /// To say what looks like them in what is given away at a place.
    Giving(Place),
    /// To say whether somebody has just written one of them.
    Words(String),
}

/// Said where the records are thrown away at the end.
pub(crate) const PASSING: &str = "見本の記録は終わると消えるので、バックアップはありません。";

/// What is known of the backups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BackupState {
    /// When the newest was made, and how many meetings it holds.
    pub last: Option<(NaiveDateTime, usize)>,
    /// The day whose first was asked for.
    pub(crate) day: Option<NaiveDate>,
    /// What was said of what failed: it is said once.
    pub(crate) said: BTreeSet<String>,
}

/// What is not on the disk yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saving {
    /// Edits sent and not yet confirmed.
    pub waiting: Vec<Id<Edit>>,
    /// Why the last attempt failed; none while all is well.
    pub failed: Option<String>,
    /// What can never be saved, oldest first; it stands in a file of its own.
    pub refused: Vec<crate::domain::JournalEntry>,
    /// That file, once it is written; it holds all that waits, too.
    pub rescue: Option<PathBuf>,
    /// It could not be written when it was last tried.
    pub unkept: bool,
    /// Where it is must be said as soon as that is known.
    pub owed: bool,
    /// Nothing can be saved any more in this run; all that waits stands in the same file.
    pub stopped: bool,
    /// The screen shows something that was refused: the meeting is read again as soon as nothing is on its way.
    pub stale: bool,
    /// A meeting is going or coming back. Until that stands, what is read of the records may be older than what is written.
    pub moving: Option<Moving>,
}

/// Said while a meeting is on its way.
pub(crate) const MOVING: &str = "会議を消すところか、もどすところです。少し待って、もう一度どうぞ。";

/// How far a meeting is on its way out or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moving {
    /// The store was asked what goes with it, or comes back.
    Asked,
    /// The edit with which it goes or comes back was sent.
    Written(Id<Edit>),
}

/// What the mouse did, and over which cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    pub x: u16,
    pub y: u16,
    pub press: Press,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    Left,
    Right,
    /// A notch of the wheel.
    ScrollUp,
    ScrollDown,
    ScrollLeft,
    ScrollRight,
}
