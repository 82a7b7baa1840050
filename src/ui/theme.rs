//! What colours mean. Who draws asks for a meaning and gets a style; no colour is named anywhere else.
//!
//! The hues are those of the Color Universal Design palette (CUD 推奨配色セット ver. 4, CUDO and others, 2018), which people
//! with the common kinds of colour vision can tell apart; on the light background they are darkened until they can be
//! read. Every text has a contrast of at least 7:1 (WCAG 2.2, 1.4.6) against what it stands on in true colour, every line at least
//! 3:1. Colour never says anything alone: a sign or a word stands beside it, and `Mono` has no colour at all. There, what may
//! stand side by side differs by its attributes (`tests/it/theme.rs` has the pairs): only what is selected is a plain block.
//! Nothing in it is bold that has a sign of its own: kanji and numbers made bold by the terminal fill up.

use ratatui::style::{Color, Style};

use crate::domain::Kind;
use crate::layout::colours as light;

/// What something on the screen means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Words, and the background of everything.
    Text,
    /// Words that whisper.
    Quiet,
    /// Words that count, and titles.
    Strong,
    /// A main branch's name, by its index.
    Branch(usize),
    /// The lines of a branch.
    Line(usize),
    /// The sign of a kind.
    Kind(Kind),
    /// Words of a kind.
    Said(Kind),
    /// The filled label beside an issue; it has brackets of its own.
    IssueLabel,
    /// The filled box in the middle of the map.
    Centre,
    Selected,
    /// The other cells of the row one stands in.
    InRow,
    /// What a search found, but for the one that is at hand: that is selected.
    Hit,
    /// What is marked for something to be done with it.
    Marked,
    /// Where the new twig would land.
    Ghost,
    /// All that lies under a window.
    Behind,
    /// What is being typed.
    Entry,
    /// The field it goes into, over its whole width.
    Open,
    /// Who speaks, beside it.
    Speaker,
    Warning,
    Error,
    Saved,
    /// Lines between regions.
    Rule,
    CurrentStep,
    /// A window over the screen, and what the program understood of what is typed. Words in it that whisper or count
    /// take its ground.
    Popup,
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

/// One colour as the four coloured themes have it: the dark and the light one in true colour, and both of the sixteen.
type Paint = [Color; 4];

const fn paint(dark: u32, light: u32, dark16: Color, light16: Color) -> Paint {
    [Color::from_u32(dark), Color::from_u32(light), dark16, light16]
}

const GROUND: Paint = paint(0x1b1d23, light::GROUND, Color::Black, Color::White);
const TEXT: Paint = paint(0xe8e6e0, light::TEXT, Color::White, Color::Black);
const QUIET: Paint = paint(0xb8c0ca, light::QUIET, Color::Gray, Color::DarkGray);
const RULE: Paint = paint(0x6b7480, light::RULE, Color::DarkGray, Color::Gray);
const RAISED: Paint = paint(0x2a2e37, 0xe9e7df, Color::Black, Color::White);
const STRIPE: Paint = paint(0x23262e, 0xf0eee6, Color::Black, Color::White);
/// Of sixteen colours none is a little apart from the ground.
const OPEN: Paint = paint(0x2a2e37, 0xe9e7df, Color::Blue, Color::LightCyan);
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
    /// Whether it has colours at all.
    pub fn is_coloured(&self) -> bool {
        self.style(Meaning::Text).fg.is_some()
    }

    /// Whether every other row of a table stands on a ground of its own; else something else must part them.
    pub fn has_stripes(&self) -> bool {
        self.style(Meaning::Stripe).bg != self.style(Meaning::Text).bg
    }

    /// The style of a meaning. Styles with a background of their own say so; the others stand on that of
    /// [`Meaning::Text`].
    pub fn style(&self, meaning: Meaning) -> Style {
        let (front, ground, coloured, mono) = look(meaning);
        // Without a catch-all: who adds a palette or a depth is asked here for its colours.
        let theme = match (self.palette, self.depth) {
            (Palette::Mono, _) | (Palette::Dark | Palette::Light, Depth::None) => return mono,
            (Palette::Dark, Depth::True) => 0,
            (Palette::Light, Depth::True) => 1,
            (Palette::Dark, Depth::Sixteen) => 2,
            (Palette::Light, Depth::Sixteen) => 3,
        };
        Style { fg: Some(front[theme]), bg: ground.map(|ground| ground[theme]), ..coloured }
    }
}

/// The colour of the words, that of the ground where it is their own, what is added to colours, and what stands for all of
/// it where there are none.
fn look(meaning: Meaning) -> (Paint, Option<Paint>, Style, Style) {
    let plain = Style::new();
    let (bold, reversed, underlined) = (plain.bold(), plain.reversed(), plain.underlined());
    match meaning {
        Meaning::Text => (TEXT, Some(GROUND), plain, plain),
        Meaning::Quiet => (QUIET, None, plain, plain),
        Meaning::Strong => (TEXT, None, bold, bold),
        Meaning::Entry => (TEXT, Some(RAISED), bold, bold),
        Meaning::Open => (TEXT, Some(OPEN), bold, reversed.underlined()),
        Meaning::Popup => (TEXT, Some(RAISED), plain, plain),
        Meaning::Branch(i) => (BRANCHES[i % BRANCHES.len()], None, bold, bold),
        Meaning::Line(i) => (BRANCHES[i % BRANCHES.len()], None, plain, plain),
        Meaning::Kind(kind @ Kind::Issue) | Meaning::Said(kind) => (kind_paint(kind), None, plain, plain),
        Meaning::Kind(kind) => (kind_paint(kind), None, plain, bold),
        Meaning::IssueLabel => (GROUND, Some(ORANGE), plain, plain),
        Meaning::Centre => (TEXT, Some(CENTRE), plain, bold.underlined()),
        Meaning::Speaker => (TEXT, Some(CENTRE), plain, reversed),
        Meaning::InRow => (TEXT, None, bold, plain),
        // Whatever is selected becomes this, bold or not.
        Meaning::Selected => (GROUND, Some(TEXT), plain.not_bold(), reversed.not_bold()),
        Meaning::Hit => (YELLOW, None, underlined, underlined),
        Meaning::Marked => (GROUND, Some(SKY), plain, reversed.underlined()),
        Meaning::Ghost => (QUIET, None, underlined, underlined.dim()),
        Meaning::Behind => (QUIET, Some(GROUND), plain, plain.dim()),
        Meaning::Warning => (ORANGE, None, bold, bold),
        Meaning::Error => (GROUND, Some(PINK), plain, bold.reversed()),
        Meaning::Saved => (GREEN, None, plain, plain),
        Meaning::Rule => (RULE, None, plain, plain),
        Meaning::CurrentStep => (YELLOW, None, bold, underlined),
        Meaning::Bar => (SKY, None, plain, plain),
        Meaning::Stripe => (TEXT, Some(STRIPE), plain, plain),
        Meaning::Heat(2..) => (TEXT, Some(HEAT[2]), plain, underlined),
        Meaning::Heat(shade) => (TEXT, Some(HEAT[usize::from(shade)]), plain, plain),
    }
}

fn kind_paint(kind: Kind) -> Paint {
    match kind {
        Kind::Fact => TEXT,
        Kind::Feeling => PINK,
        Kind::Strength => YELLOW,
        Kind::Unknown => SKY,
        Kind::Issue => ORANGE,
        Kind::Idea => GREEN,
    }
}
