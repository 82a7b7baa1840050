//! What colours mean. Who draws asks for a meaning and gets a style; no colour is named anywhere else.
//!
//! The hues are those of the Color Universal Design palette (CUD 推奨配色セット ver. 4, CUDO and others, 2018), which people
//! with the common kinds of colour vision can tell apart; on the light background they are darkened until they can be
//! read. Every text has a contrast of at least 7:1 (WCAG 2.2, 1.4.6) against what it stands on in true colour and in 256, every
//! line at least 3:1. What the sixteen colours are is the terminal's affair: of them only those pairs are used that stay at 4.5:1
//! wherever they were looked at (`tests/it/support/colour.rs` has the terminals, `tests/it/contrast.rs` measures what is drawn).
//! Colour never says anything alone: a sign or a word stands beside it, and `Mono` has no colour at all. There, what may
//! stand side by side differs by its attributes (`tests/it/theme.rs` has the pairs): only what is selected is a plain block.
//! Nothing in it is bold that has a sign of its own: kanji and numbers made bold by the terminal fill up.

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
    /// What stands in that line until something is typed.
    Offered,
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
    /// A window over the screen. Words in it of any other meaning take its ground.
    Popup,
    /// What the program understood of what is typed.
    Label,
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

impl Palette {
    /// All of them, as files and people call them.
    pub const ALL: [(&str, &str, Palette); 3] = [
        ("dark", "暗い", Palette::Dark),
        ("light", "明るい", Palette::Light),
        ("mono", "白黒", Palette::Mono),
    ];
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    #[default]
    True,
    /// The cube and the greys of xterm, which are the same everywhere. The first sixteen of them are not used.
    Many,
    /// The sixteen colours of ANSI, whatever the terminal makes of them.
    Sixteen,
    None,
}

/// What terminals with 256 colours call themselves, or how their names end.
const MANY: [&str; 11] = [
    "256color",
    "kitty",
    "alacritty",
    "foot",
    "wezterm",
    "ghostty",
    "contour",
    "rio",
    "iterm2",
    "mintty",
    "foot-extra",
];

impl Depth {
    /// What the environment says: `NO_COLOR` (<https://no-color.org>), `COLORTERM`, `TERM`, and whether it is a
    /// Windows Terminal (`WT_SESSION`).
    pub fn of(
        no_color: Option<&str>,
        colorterm: Option<&str>,
        term: Option<&str>,
        windows_terminal: bool,
    ) -> Depth {
        let many = |term: &str| MANY.iter().any(|end| term == *end || term.ends_with(&format!("-{end}")));
        match (no_color, colorterm, term) {
            (Some(set), ..) if !set.is_empty() => Depth::None,
            (_, Some("truecolor" | "24bit"), _) => Depth::True,
            _ if windows_terminal => Depth::True,
            (.., Some(term)) if term.ends_with("-direct") => Depth::True,
            (.., Some(term)) if many(term) => Depth::Many,
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

/// One colour as the coloured themes have it: the dark and the light one in true colour, both of the 256, both of the sixteen.
type Paint = [Color; 6];

const fn paint(
    [dark, light]: [u32; 2],
    [dark256, light256]: [u8; 2],
    [dark16, light16]: [Color; 2],
) -> Paint {
    let (dark, light) = (Color::from_u32(dark), Color::from_u32(light));
    [dark, light, Color::Indexed(dark256), Color::Indexed(light256), dark16, light16]
}

use Color::{Black, Blue, Gray, LightCyan, LightGreen, LightYellow, Magenta, Red, White};

const GROUND: Paint = paint([0x1b1d23, light::GROUND], [234, 231], [Black, White]);
const TEXT: Paint = paint([0xe8e6e0, light::TEXT], [254, 234], [White, Black]);
/// Of sixteen colours there is no grey that can be read on white everywhere.
const QUIET: Paint = paint([0xb8c0ca, light::QUIET], [251, 238], [Gray, Black]);
/// It is seen on a window, too.
const RULE: Paint = paint([0x78818d, 0x75808b], [245, 243], [Gray, Color::DarkGray]);
const RAISED: Paint = paint([0x282c34, 0xe9e7df], [236, 255], [Black, White]);
/// All colours can be read on it.
const WINDOW: Paint = paint([0x282c34, 0xffffff], [236, 231], [Black, White]);
const STRIPE: Paint = paint([0x23262e, 0xf0eee6], [235, 255], [Black, White]);
/// Of sixteen colours none is a little apart from the ground.
const OPEN: Paint = paint([0x2a2e37, 0xe9e7df], [237, 254], [Blue, LightCyan]);
const HEAT: [Paint; 3] = [
    paint([0x22303a, 0xe4edf2], [236, 255], [Black, White]),
    paint([0x213f50, 0xcbe1ec], [237, 195], [Blue, LightCyan]),
    paint([0x1d4d66, 0xa9cfe2], [238, 153], [Blue, LightCyan]),
];
const CENTRE: Paint = paint([0x2a4a60, light::CENTRE], [238, 195], [Blue, LightCyan]);
/// オレンジ and its dark brother: the filled label of issues, warnings.
const ORANGE: Paint = paint([0xf6aa00, light::ORANGE], [214, 88], [LightYellow, Red]);
const GREEN: Paint = paint([0x77d9a8, light::GREEN], [115, 22], [LightGreen, Blue]);
const SKY: Paint = paint([0x4dc4ff, light::SKY], [81, 20], [LightCyan, Blue]);
const YELLOW: Paint = paint([0xfff100, light::YELLOW], [226, 54], [LightYellow, Magenta]);
const PINK: Paint = paint([0xffa8aa, light::PINK], [217, 89], [White, Magenta]);
const PURPLE: Paint = paint([0xc9ace6, light::PURPLE], [183, 90], [White, Magenta]);
/// What stands out where there is no bold.
const STRONG: Paint = paint([0xe8e6e0, light::TEXT], [254, 234], [White, Blue]);
/// An error, and what it stands on.
const WRONG: [Paint; 2] = [
    paint([0x1b1d23, light::GROUND], [234, 231], [White, White]),
    paint([0xffa8aa, light::PINK], [217, 89], [Red, Red]),
];

const BRANCHES: [Paint; 8] = [
    SKY,
    paint([0xf6aa00, light::BRANCHES[1]], [214, 52], [LightYellow, Red]),
    GREEN,
    PURPLE,
    YELLOW,
    PINK,
    paint([0xd8f255, light::BRANCHES[6]], [191, 23], [LightCyan, Black]),
    paint([0xffca80, light::BRANCHES[7]], [222, 88], [LightGreen, Red]),
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
            (Palette::Dark, Depth::Many) => 2,
            (Palette::Light, Depth::Many) => 3,
            (Palette::Dark, Depth::Sixteen) => 4,
            (Palette::Light, Depth::Sixteen) => 5,
        };
        let style = Style { fg: Some(front[theme]), bg: ground.map(|ground| ground[theme]), ..coloured };
        // Many terminals make a dark colour of the sixteen a light one where it is bold: it could not be read any more.
        let brightened = [Black, Red, Blue, Magenta].map(Some).contains(&style.fg);
        if brightened { style.remove_modifier(Modifier::BOLD) } else { style }
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
        Meaning::Strong => (STRONG, None, bold, bold),
        Meaning::Entry => (TEXT, Some(RAISED), bold, bold),
        Meaning::Open => (TEXT, Some(OPEN), bold, reversed.underlined()),
        Meaning::Popup => (TEXT, Some(WINDOW), plain, plain),
        Meaning::Label => (TEXT, Some(RAISED), plain, plain),
        Meaning::Offered => (GROUND, Some(TEXT), bold, reversed.bold()),
        Meaning::Branch(i) => (BRANCHES[i % BRANCHES.len()], None, bold, bold),
        Meaning::Line(i) => (BRANCHES[i % BRANCHES.len()], None, plain, plain),
        Meaning::Kind(kind @ Kind::Issue) | Meaning::Said(kind) => (kind_paint(kind), None, plain, plain),
        Meaning::Kind(kind) => (kind_paint(kind), None, plain, bold),
        Meaning::IssueLabel => (GROUND, Some(ORANGE), plain, plain),
        Meaning::Centre => (TEXT, Some(CENTRE), plain, bold.underlined()),
        Meaning::Speaker => (TEXT, Some(CENTRE), plain, reversed),
        Meaning::InRow => (STRONG, None, bold, plain),
        // Whatever is selected becomes this, bold or not.
        Meaning::Selected => (GROUND, Some(TEXT), plain.not_bold(), reversed.not_bold()),
        Meaning::Hit => (YELLOW, None, underlined, underlined),
        Meaning::Marked => (GROUND, Some(SKY), underlined, reversed.underlined()),
        Meaning::Ghost => (QUIET, None, underlined, underlined.dim()),
        Meaning::Behind => (QUIET, Some(GROUND), plain, plain.dim()),
        Meaning::Warning => (ORANGE, None, bold, bold),
        Meaning::Error => (WRONG[0], Some(WRONG[1]), plain, bold.reversed()),
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
