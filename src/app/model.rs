//! Everything the program knows while it runs.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::bookmark::Bookmark;
use super::chooser::Chooser;
use super::context::Context;
use super::document::{Document, OpenMeeting};
use super::give::Deliverable;
use super::home::{HomeItem, HomeTops};
use super::input::Input;
use super::map::MapState;
use super::region::{RegionDesk, RegionMark};
use super::sheet::{Offer, SheetState};
use super::sitting::Sitting;
use super::writing::{LastKey, PutAway, Spot, Writing};
use crate::command::Place;
use crate::domain::{Edit, Id, Meeting, Moment, Node, Participant, Reflection, RegionalIssue};
use crate::export::clip::Clip;
use crate::format::Format;
use crate::store::{Answer, HomeData};

/// Something that happened outside. Each arrives with a [`crate::domain::Now`].
#[derive(Debug)]
pub enum Msg {
    Key(crate::command::Key),
    /// The Esc just now was none: it was the beginning of the key that follows.
    NoEsc,
    Mouse(super::mouse::Mouse),
    /// Text that came in one piece: a paste, or an input method's commit.
    Paste(String),
    /// Columns and rows.
    Resize(u16, u16),
    /// A second has passed.
    Tick,
    /// The store answers.
    Store(Answer),
    /// A file was written, or why not.
    Wrote(Result<PathBuf, super::give::Unwritten>),
    /// The clipboard was filled, and how; or why not.
    Copied(Result<&'static str, String>),
    /// The clipboard's text, or why it could not be read.
    Clipboard(Result<String, String>),
    /// What could not be saved was written to a file of its own, or why not.
    Rescued(Result<PathBuf, String>),
    /// A year was counted, or why not.
    Reviewed(Result<Box<crate::review::Review>, String>),
    /// What the people at meetings are called, and what that was wanted for; or why it could not be read.
    Names(Result<Vec<String>, String>, NamesFor),
    /// A table of participants was read, or why not.
    Table(Result<Vec<crate::export::people::PersonRow>, String>),
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Keep one line: its rows and its journal line together; with the last line of a message also the bookmark.
    Commit(crate::domain::JournalEntry, Option<String>),
    /// Keep in a file what the records refuse: all of it, in the place of what was kept there before.
    Rescue(Vec<crate::domain::JournalEntry>),
    /// The same with everything that does not stand on the disk: nothing of it is tried again.
    RescueAll,
    /// Keep where we are and what is half typed.
    Bookmark(String),
    /// Ask for what the home screen shows.
    Home,
    /// Ask for a meeting with its journal.
    Open(Id<Meeting>),
    /// Ask for everything of the region.
    Region,
    /// Ask for the figures of a year.
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
        force: bool,
        gift: Deliverable,
    },
    /// Fill the clipboard.
    Copy(Clip),
    /// Ask for the clipboard's text.
    ReadClipboard,
    /// Ask for a table of participants.
    ReadTable(PathBuf),
    Quit,
}

/// What the names of people are wanted for, who were at meetings that are not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NamesFor {
    /// To say what looks like them in what is given away at a place.
    Giving(Place),
    /// To say whether somebody has just written one of them.
    Words(String),
}

/// Which screen is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Screen {
    Home,
    Info,
    People,
    /// The current step of the open meeting.
    Step,
    /// The screens of the region; see [`Place`].
    #[default]
    Register,
    Issue,
    Year,
    Review,
    Decide,
    Forms,
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
    /// That file, once it is written.
    pub rescue: Option<PathBuf>,
    /// Nothing can be saved any more in this run; all that waits stands in the same file.
    pub stopped: bool,
    /// The screen shows something that was refused: the meeting is read again as soon as nothing is on its way.
    pub stale: bool,
}

/// What stands over the screen.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// Help, scrolled down by so many rows.
    Help(usize),
    /// Prompts and who has spoken: the row one stands on, or so far below the last of them.
    Prompts(usize),
    /// What was said in this step, in large letters: the page that is shown.
    ReadBack(usize),
    /// Something that must be read; typing goes on under it.
    Told(String),
    Choose(Chooser),
    /// A line to fill in, such as a path.
    Ask(Ask),
}

/// A question with one line for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    pub title: String,
    pub hint: String,
    pub line: Input,
    /// What is offered is marked as a whole: the next word replaces it.
    pub marked: bool,
    pub purpose: Purpose,
}

/// What an answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Where to write a file of this format. The file is finished: what it cannot show is said with the question.
    Export(Deliverable, Vec<u8>),
    /// Which table to read participants from.
    ImportPeople,
}

/// What Enter does with the words of the entry line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Node(Id<Node>),
    Person(Id<Participant>),
    Reflection(Id<Reflection>),
    /// They are what was said at the node.
    Said(Id<Node>),
    /// They are searched for.
    Search,
    /// They say what the node brings about: a number, or the selected twig.
    Link(Id<Node>),
}

impl Target {
    /// The screen whose entry line can be used so.
    pub(super) fn spot(self) -> Spot {
        match self {
            Target::Node(_) | Target::Said(_) | Target::Search | Target::Link(_) => Spot::Map,
            Target::Person(_) => Spot::People,
            Target::Reflection(_) => Spot::Closing,
        }
    }
}

/// An open meeting and everything on the facilitator's desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    pub doc: Sitting,
    pub map: MapState,
    /// The map as it was, while one looks at how it grew.
    pub replay: Option<Box<super::growth::Replay>>,
    /// The entry lines of the lists: of those who are there, and of the closing.
    pub people: Writing,
    pub closing: Writing,
    /// The line of which it was asked whether it is about a participant.
    pub asked_about: String,
    /// The kind the next entry gets if no sign says otherwise; none: the step's own.
    pub kind: Option<crate::domain::Kind>,
    /// The question reflections answer, by its place in the format.
    pub question: usize,
    /// The selected row of a list.
    pub row: usize,
    pub sheet: SheetState,
    /// The entries of the map as offers, while the open cell takes some; gone with the tree they were made from.
    pub(super) entries: Option<Vec<Offer>>,
    /// The issues of earlier meetings that are like the one being written.
    pub(super) alike: super::alike::Alike,
}

/// The state of the whole program.
#[derive(Debug)]
pub struct Model {
    pub cx: Context,
    pub home: HomeData,
    pub home_row: usize,
    /// Where the rows of the home screen stand.
    pub(super) home_tops: HomeTops,
    /// What is to be selected there when the list comes: the meeting one left, or where one was at the last end.
    pub(super) home_wanted: Option<HomeItem>,
    pub screen: Screen,
    pub desk: Option<Box<Desk>>,
    /// The region, while one looks at it or into a meeting from it; then the meeting lies over it.
    pub region: Option<Box<RegionDesk>>,
    /// Where to open the region once its records come.
    pub(super) region_wanted: Option<RegionMark>,
    /// When and where the mouse was clicked last.
    pub clicked: Option<(Moment, u16, u16)>,
    /// What the search finds, for the map.
    pub hits: BTreeSet<Id<Node>>,
    /// Where one was in the meetings that were left with something half typed in them.
    pub parked: Vec<Bookmark>,
    /// What Esc took from the screen, the newest last.
    pub put_away: Vec<PutAway>,
    pub last: LastKey,
}

impl Model {
    /// A program with nothing open.
    pub fn new(cx: Context) -> Self {
        Self {
            cx,
            home: HomeData::default(),
            home_row: 0,
            home_tops: HomeTops::default(),
            home_wanted: None,
            screen: Screen::Home,
            desk: None,
            region: None,
            region_wanted: None,
            clicked: None,
            hits: BTreeSet::new(),
            parked: Vec::new(),
            put_away: Vec::new(),
            last: LastKey::default(),
        }
    }

    /// Takes in what the store said before there was a loop.
    pub fn take_in(&mut self, answer: Answer) {
        self.take_answer(answer);
    }

    /// The meeting one sits in, with what every screen looks at.
    pub(super) fn sitting(&mut self) -> Option<(&mut Sitting, &mut Context)> {
        Some((&mut self.desk.as_mut()?.doc, &mut self.cx))
    }

    /// The format of the open meeting, or the first there is.
    pub fn format(&self) -> Option<&Format> {
        let key = self.desk.as_ref().map(|d| d.doc.dossier.meeting.format.as_str());
        self.cx.formats.iter().find(|f| Some(f.key.as_str()) == key).or(self.cx.formats.first())
    }

    /// Where one stands, for the keymap.
    pub fn place(&self) -> Place {
        let outside = || self.region.as_ref().and_then(|_| Place::of_screen(self.screen));
        match (self.screen, self.desk.as_ref()) {
            (_, None) => outside().unwrap_or(Place::Home),
            (Screen::Info, _) => Place::Info,
            (Screen::People, _) => Place::People,
            (Screen::Step, Some(desk)) if desk.map.whole => Place::Map,
            (Screen::Step, Some(desk)) => Place::of(desk.doc.step()),
            (_, Some(_)) => Place::Home,
        }
    }
}

impl Desk {
    /// A desk with nothing on it but the meeting.
    pub fn new(doc: Document<OpenMeeting>) -> Self {
        Self {
            doc: Sitting::new(doc),
            map: MapState::default(),
            replay: None,
            people: Writing::default(),
            closing: Writing::default(),
            asked_about: String::new(),
            kind: None,
            question: 0,
            row: 0,
            sheet: SheetState::default(),
            entries: None,
            alike: Default::default(),
        }
    }
}
