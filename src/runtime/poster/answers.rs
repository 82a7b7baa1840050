//! What a terminal is asked about pictures, what it answers, and how pictures are sent to it.

use ratatui::layout::Rect;

/// An answer of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// What it can ("Primary Device Attributes"): whether sixels are among it. Asked for last, so nothing follows.
    Attributes {
        /// It draws sixels.
        sixel: bool,
    },
    /// It knows kitty's pictures.
    Kitty,
    /// Its name and version.
    Name(String),
    /// The dots of a cell: width and height.
    Cell(u32, u32),
    /// How many registers of colours sixels have.
    Registers(usize),
    /// The largest picture in sixels: width and height in dots.
    Largest(u32, u32),
}

/// How a picture is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// The graphics protocol of kitty.
    Kitty,
    /// Pictures in a line, of iTerm2.
    Iterm,
    /// Sixels.
    Sixel {
        /// Registers of colours.
        registers: usize,
    },
}

/// What the environment says about the terminal.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// `TERM`.
    pub term: String,
    /// `TERM_PROGRAM`.
    pub program: String,
    /// `LC_TERMINAL`, which some terminals set so that it passes through ssh.
    pub lc_terminal: String,
    /// We run in tmux or screen.
    pub inner: bool,
}

impl Surroundings {
    /// Those of the program.
    pub fn here() -> Self {
        let variable = |name: &str| std::env::var(name).unwrap_or_default();
        let term = variable("TERM");
        let inner = ["TMUX", "STY"].iter().any(|name| std::env::var_os(name).is_some())
            || ["tmux", "screen"].iter().any(|name| term.starts_with(name));
        let (program, lc_terminal) = (variable("TERM_PROGRAM"), variable("LC_TERMINAL"));
        Self { term, program, lc_terminal, inner }
    }

    /// What to ask; nothing where the question itself would be drawn as letters.
    pub fn questions(&self) -> String {
        if matches!(self.term.as_str(), "linux" | "dumb") || self.program == "Apple_Terminal" {
            return String::new();
        }
        // tmux takes the first for a title.
        let kitty = if self.inner { "" } else { "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\" };
        // The name, a cell in dots, and last what every terminal answers.
        format!("{kitty}\x1b[>q\x1b[16t\x1b[c")
    }
}

/// What a terminal is asked that draws sixels: how many registers of colours it has, and its largest picture (xterm's "Graphics
/// attributes"). Others might take it for scrolling.
pub const ABOUT_SIXELS: &str = "\x1b[?1;1;0S\x1b[?2;1;0S";

/// All that was answered so far.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    kitty: bool,
    name: String,
    cell: Option<(u32, u32)>,
    registers: Option<usize>,
    largest: Option<(u32, u32)>,
    /// The last answer came: sixels or none.
    sixel: Option<bool>,
}

/// A cell of the VT340, and of Windows Terminal whatever its letters are.
const CELL: (u32, u32) = (10, 20);

/// Colours that terminals have where they do not say how many.
const REGISTERS: usize = 256;

/// No window is so large; a terminal that says so does not limit pictures.
const LARGEST: u32 = 10_000;

/// Cells and dots of the window, where the system knows them.
pub type Window = Option<((u16, u16), (u16, u16))>;

impl Answers {
    /// Notes an answer.
    pub fn note(&mut self, told: Told) {
        match told {
            Told::Attributes { sixel } => self.sixel = Some(sixel),
            Told::Kitty => self.kitty = true,
            Told::Name(name) => self.name = name,
            Told::Cell(w, h) if w > 0 && h > 0 => self.cell = Some((w, h)),
            Told::Registers(count) if count > 1 => self.registers = Some(count),
            Told::Largest(w, h) if w > 0 && h > 0 => self.largest = Some((w, h)),
            Told::Cell(..) | Told::Registers(_) | Told::Largest(..) => {}
        }
    }

    /// How pictures are sent to this terminal; none while it is not known that it draws any.
    pub fn protocol(&self, around: &Surroundings) -> Option<Protocol> {
        let sixel = self.sixel?;
        let iterm = |name: &str| name.starts_with("iTerm") || name.starts_with("WezTerm");
        let names = [&self.name, &around.program, &around.lc_terminal];
        let names = &names[..if around.inner { 1 } else { 3 }];
        if self.kitty {
            Some(Protocol::Kitty)
        } else if names.iter().any(|name| iterm(name)) {
            Some(Protocol::Iterm)
        } else {
            let registers = self.registers.unwrap_or(REGISTERS);
            sixel.then_some(Protocol::Sixel { registers })
        }
    }

    /// The dots of a cell. `window`: cells and dots of the window, from the system.
    pub fn cell(&self, window: Window) -> (u32, u32) {
        let of_window = window.and_then(|((columns, rows), (w, h))| {
            let cell = (u32::from(w.checked_div(columns)?), u32::from(h.checked_div(rows)?));
            (cell.0 > 0 && cell.1 > 0).then_some(cell)
        });
        self.cell.or(of_window).unwrap_or(CELL)
    }

    /// The dots of an area, as far as a picture may reach.
    pub fn dots(&self, area: Rect, protocol: Protocol, window: Window) -> (u32, u32) {
        let cell = self.cell(window);
        let largest = match (protocol, self.largest) {
            (Protocol::Sixel { .. }, Some(largest)) => largest,
            _ => (LARGEST, LARGEST),
        };
        let part = |cells: u16, dots: u32, most: u32| (u32::from(cells) * dots).min(most);
        (part(area.width, cell.0, largest.0), part(area.height, cell.1, largest.1))
    }
}
