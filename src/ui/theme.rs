//! What colours mean. Who draws asks for a meaning and gets a style; no colour is named anywhere else.
//!
//! The hues are those of the Color Universal Design palette (CUD 推奨配色セット ver. 4, CUDO and others, 2018), which people
//! with the common kinds of colour vision can tell apart; on the light background they are darkened until they can be
//! read. Every text has a contrast of at least 7:1 (WCAG 2.2, 1.4.6) against what it stands on in true colour, every line at least
//! 3:1. Colour never says anything alone: a sign or a word stands beside it, and `Mono` has no colour at all.

use ratatui::style::{Color, Modifier, Style};

use crate::domain::Kind;
use crate::layout::colours as light;

/// What something on the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Words, and the background of everything.
    Text,
    /// Words that whisper.
    Quiet,
    /// Words that count.
    Strong,
    /// A heading.
    Title,
    /// A main branch's name, by its index.
    Branch(usize),
    /// The lines of a branch.
    Line(usize),
    /// The sign of a kind.
    Kind(Kind),
    /// The filled label beside an issue.
    IssueLabel,
    /// The filled box in the middle of the map.
    Centre,
    /// What is selected.
    Selected,
    /// What a search found.
    Hit,
    /// What is marked for something to be done with it.
    Marked,
    /// Where the new twig would land.
    Ghost,
    /// What is being typed.
    Entry,
    /// What the program understood of it.
    Label,
    /// Who speaks, beside it.
    Speaker,
    Warning,
    Error,
    Saved,
    /// Lines between regions.
    Rule,
    CurrentStep,
    DoneStep,
    /// A window over the screen.
    Popup,
    /// Words in it that whisper, and words that count.
    PopupQuiet,
    PopupStrong,
    /// What would be typed, while nothing is.
    EntryQuiet,
    /// A bar of a figure.
    Bar,
    /// Every other row of a table.
    Stripe,
    /// A cell of a heat table, from the lightest, 0, to the darkest, 2; its number stands in it.
    Heat(u8),
}

/// The background people chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Palette {
    #[default]
    Dark,
    /// For bright rooms.
    Light,
    /// No colours: bold, underlined, reversed.
    Mono,
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    #[default]
    True,
    /// The sixteen colours of ANSI, whatever the terminal makes of them.
    Sixteen,
    None,
}

impl Depth {
    /// What the environment says: `NO_COLOR` (<https://no-color.org>), `COLORTERM`, and whether it is a
    /// Windows Terminal (`WT_SESSION`).
    pub fn of(no_color: Option<&str>, colorterm: Option<&str>, windows_terminal: bool) -> Depth {
        match (no_color, colorterm) {
            (Some(set), _) if !set.is_empty() => Depth::None,
            (_, Some("truecolor" | "24bit")) => Depth::True,
            _ if windows_terminal => Depth::True,
            _ => Depth::Sixteen,
        }
    }
}

/// A palette at a depth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Theme {
    pub palette: Palette,
    pub depth: Depth,
}

/// One colour as the four coloured themes have it.
struct Paint {
    dark: u32,
    light: u32,
    dark16: Color,
    light16: Color,
}

const fn paint(dark: u32, light: u32, dark16: Color, light16: Color) -> Paint {
    Paint { dark, light, dark16, light16 }
}

const GROUND: Paint = paint(0x1b1d23, light::GROUND, Color::Black, Color::White);
const TEXT: Paint = paint(0xe8e6e0, light::TEXT, Color::White, Color::Black);
const QUIET: Paint = paint(0xb8c0ca, light::QUIET, Color::Gray, Color::DarkGray);
const RULE: Paint = paint(0x6b7480, light::RULE, Color::DarkGray, Color::Gray);
const RAISED: Paint = paint(0x2a2e37, 0xe9e7df, Color::Black, Color::White);
const STRIPE: Paint = paint(0x23262e, 0xf0eee6, Color::Black, Color::White);
const HEAT: [Paint; 3] = [
    paint(0x22303a, 0xe4edf2, Color::Black, Color::White),
    paint(0x213f50, 0xcbe1ec, Color::Blue, Color::LightCyan),
    paint(0x1d4d66, 0xa9cfe2, Color::Blue, Color::LightCyan),
];
const CENTRE: Paint = paint(0x2a4a60, light::CENTRE, Color::Blue, Color::LightCyan);
/// オレンジ and its dark brother: the filled label of issues, warnings.
const ORANGE: Paint = paint(0xf6aa00, light::ORANGE, Color::LightYellow, Color::Red);
const GREEN: Paint = paint(0x77d9a8, light::GREEN, Color::LightGreen, Color::Green);
const SKY: Paint = paint(0x4dc4ff, light::SKY, Color::LightCyan, Color::Blue);
const YELLOW: Paint = paint(0xfff100, light::YELLOW, Color::LightYellow, Color::Black);
const PINK: Paint = paint(0xffa8aa, light::PINK, Color::LightRed, Color::Red);
const PURPLE: Paint = paint(0xc9ace6, light::PURPLE, Color::LightMagenta, Color::Magenta);

const BRANCHES: [Paint; 8] = [
    SKY,
    paint(0xf6aa00, light::BRANCHES[1], Color::Yellow, Color::Red),
    GREEN,
    PURPLE,
    YELLOW,
    PINK,
    paint(0xd8f255, light::BRANCHES[6], Color::LightBlue, Color::Cyan),
    paint(0xffca80, light::BRANCHES[7], Color::White, Color::Black),
];

impl Theme {
    /// The style of a meaning. Styles with a background of their own say so; the others stand on that of
    /// [`Meaning::Text`].
    pub fn style(&self, meaning: Meaning) -> Style {
        // Without a catch-all: who adds a palette or a depth is asked here for its colours.
        let colour = match (self.palette, self.depth) {
            (Palette::Mono, _) | (Palette::Dark | Palette::Light, Depth::None) => return mono(meaning),
            (Palette::Dark, Depth::True) => |paint: &Paint| Color::from_u32(paint.dark),
            (Palette::Light, Depth::True) => |paint: &Paint| Color::from_u32(paint.light),
            (Palette::Dark, Depth::Sixteen) => |paint: &Paint| paint.dark16,
            (Palette::Light, Depth::Sixteen) => |paint: &Paint| paint.light16,
        };
        coloured(meaning, colour)
    }
}

fn coloured(meaning: Meaning, colour: fn(&Paint) -> Color) -> Style {
    let on = |front: &Paint, ground: &Paint| Style::new().fg(colour(front)).bg(colour(ground));
    let plain = |front: &Paint| Style::new().fg(colour(front));
    match meaning {
        Meaning::Text => on(&TEXT, &GROUND),
        Meaning::Quiet | Meaning::DoneStep => plain(&QUIET),
        Meaning::Strong | Meaning::Title => plain(&TEXT).bold(),
        Meaning::Entry | Meaning::PopupStrong => on(&TEXT, &RAISED).bold(),
        Meaning::PopupQuiet | Meaning::EntryQuiet => on(&QUIET, &RAISED),
        Meaning::Branch(i) => plain(&BRANCHES[i % BRANCHES.len()]).bold(),
        Meaning::Line(i) => plain(&BRANCHES[i % BRANCHES.len()]),
        Meaning::Kind(kind) => plain(kind_paint(kind)),
        // What is filled is not bold as well: kanji made bold by the terminal fill up and cannot be read from afar.
        Meaning::IssueLabel => on(&GROUND, &ORANGE),
        Meaning::Centre | Meaning::Speaker => on(&TEXT, &CENTRE),
        // Whatever is selected becomes this, bold or not.
        Meaning::Selected => on(&GROUND, &TEXT).not_bold(),
        Meaning::Hit => on(&GROUND, &YELLOW),
        Meaning::Marked => on(&GROUND, &SKY),
        Meaning::Ghost => plain(&QUIET).underlined(),
        Meaning::Label => on(&TEXT, &RAISED),
        Meaning::Popup => on(&TEXT, &RAISED),
        Meaning::Warning => plain(&ORANGE).bold(),
        Meaning::Error => on(&GROUND, &PINK),
        Meaning::Saved => plain(&GREEN),
        Meaning::Rule => plain(&RULE),
        Meaning::CurrentStep => plain(&YELLOW).bold(),
        Meaning::Bar => plain(&SKY),
        Meaning::Stripe => on(&TEXT, &STRIPE),
        Meaning::Heat(shade) => on(&TEXT, &HEAT[usize::from(shade).min(HEAT.len() - 1)]),
    }
}

fn kind_paint(kind: Kind) -> &'static Paint {
    match kind {
        Kind::Fact => &TEXT,
        Kind::Feeling => &PINK,
        Kind::Strength => &YELLOW,
        Kind::Unknown => &SKY,
        Kind::Issue => &ORANGE,
        Kind::Idea => &GREEN,
    }
}

fn mono(meaning: Meaning) -> Style {
    let style = Style::new();
    match meaning {
        Meaning::Strong
        | Meaning::Title
        | Meaning::Entry
        | Meaning::Branch(_)
        | Meaning::Kind(_)
        | Meaning::Warning
        | Meaning::PopupStrong => style.bold(),
        Meaning::IssueLabel | Meaning::CurrentStep => style.bold().underlined(),
        Meaning::Selected => style.reversed().not_bold(),
        Meaning::Speaker => style.reversed(),
        Meaning::Centre | Meaning::Error => style.bold().reversed(),
        Meaning::Hit | Meaning::Marked | Meaning::Heat(2) => style.underlined(),
        Meaning::Ghost => style.add_modifier(Modifier::DIM),
        _ => style,
    }
}
