//! The program: what every screen looks at, what is open, and the way between them.

use crate::command::Place;
use crate::domain::{Id, Meeting, Moment};
use crate::ui::bookmark::Bookmark;
use crate::ui::home::Home;
use crate::ui::region::RegionMark;
use crate::ui::{Cell, Context, Found, Input, MeetingScreen, RegionScreen, Screen, Sheets};

/// What has the whole screen.
#[derive(Debug, Default)]
pub enum Open {
    /// The list of meetings.
    #[default]
    Home,
    Region(Box<RegionScreen>),
    /// A meeting, and the region if one looked into it from there.
    Meeting {
        meeting: Box<MeetingScreen>,
        under: Option<Box<RegionScreen>>,
    },
}

/// The state of the whole program.
#[derive(Debug)]
pub struct App {
    pub cx: Context,
    pub home: Home,
    pub open: Open,
    /// Where to open the region once its records come.
    pub(crate) region_wanted: Option<RegionMark>,
    /// The screen is covered: nothing of it may be seen.
    pub hidden: bool,
    /// When and where the mouse was clicked last.
    pub(crate) clicked: Option<(Moment, (u16, u16))>,
    /// Where one was in the meetings that were left with something half typed in them.
    pub(crate) parked: Vec<Bookmark>,
    /// What earlier runs could not save, as long as it is offered.
    pub(crate) found: Vec<Found>,
}

impl App {
    /// A program with nothing open.
    pub fn new(cx: Context) -> Self {
        Self {
            cx,
            home: Home::default(),
            open: Open::Home,
            region_wanted: None,
            hidden: false,
            clicked: None,
            parked: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The meeting that is open.
    pub fn meeting(&self) -> Option<&MeetingScreen> {
        match &self.open {
            Open::Meeting { meeting, .. } => Some(meeting),
            _ => None,
        }
    }

    pub fn meeting_mut(&mut self) -> Option<(&mut MeetingScreen, &mut Context)> {
        match &mut self.open {
            Open::Meeting { meeting, .. } => Some((meeting, &mut self.cx)),
            _ => None,
        }
    }

    /// The region, be it under a meeting.
    pub fn region(&self) -> Option<&RegionScreen> {
        match &self.open {
            Open::Region(region) | Open::Meeting { under: Some(region), .. } => Some(region),
            _ => None,
        }
    }

    pub fn region_mut(&mut self) -> Option<(&mut RegionScreen, &mut Context)> {
        match &mut self.open {
            Open::Region(region) | Open::Meeting { under: Some(region), .. } => Some((region, &mut self.cx)),
            _ => None,
        }
    }

    /// What is open, as any screen.
    pub fn screen(&self) -> &dyn Screen {
        match &self.open {
            Open::Home => &self.home,
            Open::Region(region) => &**region,
            Open::Meeting { meeting, .. } => &**meeting,
        }
    }

    pub(crate) fn screen_mut(&mut self) -> (&mut dyn Screen, &mut Context) {
        let screen: &mut dyn Screen = match &mut self.open {
            Open::Home => &mut self.home,
            Open::Region(region) => &mut **region,
            Open::Meeting { meeting, .. } => &mut **meeting,
        };
        (screen, &mut self.cx)
    }

    /// What is open, where it has tables or forms.
    pub fn sheets(&self) -> Option<&dyn Sheets> {
        match &self.open {
            Open::Home => None,
            Open::Region(region) => Some(&**region),
            Open::Meeting { meeting, .. } => Some(&**meeting),
        }
    }

    /// The cell being written in, with what stands in it so far.
    pub fn editing(&self) -> Option<&(Cell, Input)> {
        self.sheets()?.editing()
    }

    /// The text people read in a cell.
    pub fn cell_shown(&self, cell: Cell) -> String {
        self.sheets().map(|sheets| sheets.shown(&self.cx, cell)).unwrap_or_default()
    }

    /// Where one stands, for the keymap.
    pub fn place(&self) -> Place {
        self.screen().place()
    }

    /// The meeting that is open, if it is this one.
    pub(crate) fn meeting_of(&mut self, id: Id<Meeting>) -> Option<(&mut MeetingScreen, &mut Context)> {
        self.meeting_mut().filter(|(meeting, _)| meeting.doc.dossier.meeting.id == id)
    }
}
