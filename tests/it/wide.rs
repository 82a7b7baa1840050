//! Drawing only what changed must give the same screen as drawing everything: random frames with wide text in colours,
//! emoji families and popups go as differences into a terminal, and beside it each frame alone. So on terminals that give
//! signs such as ① one cell, and on those that give them two.

// Helpers of tests may unwrap as tests may.
#![allow(clippy::unwrap_used)]

use std::num::NonZeroU16;

use jirei::layout;
use jirei::layout::measure::{Ambiguous, is_wider, measure_for, with_room};
use jirei::layout::signs::Signs;
use jirei::runtime::paint::{Before, Painter};
use jirei::ui::wide::WideGuard;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use ratatui::symbols::border;
use ratatui::widgets::{Block, Clear, Widget};

const SEQUENCES: u64 = 300;
const FRAMES: usize = 10;
const SIZE: Rect = Rect { x: 0, y: 0, width: 24, height: 6 };

/// SplitMix64 (Steele, Lea, Flood 2014): the same sequences every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % sides
    }

    fn cell(&mut self) -> u16 {
        self.roll(u64::from(SIZE.width) + 2) as u16
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.roll(choices.len() as u64) as usize]
    }

    fn style(&mut self) -> Style {
        let colours = [Color::Reset, Color::Red, Color::Rgb(27, 29, 35), Color::White];
        let style = Style::new().fg(self.of(&colours)).bg(self.of(&colours));
        let modifier = [Modifier::empty(), Modifier::REVERSED, Modifier::UNDERLINED, Modifier::BOLD];
        style.add_modifier(self.of(&modifier))
    }
}

// Half-width kana with voicing marks are not among them: vt100 gives the mark no cell, which terminals do.
const WORDS: [&str; 15] = [
    "残薬が多い",
    "abc",
    "あ",
    " ",
    "👨‍👩‍👧と👍🏽",
    "葛\u{e0100}城",
    "か\u{3099}き",
    "❤️1️⃣",
    "🏳️‍🌈と👁️‍🗨️",
    "🇯🇵旗",
    "𠮷野家",
    "x残y薬z",
    "─╮│①★",
    "ﾎｰﾑ",
    "独居②人目→é…",
];

/// What one frame shows, so that it can be drawn twice.
#[derive(Clone)]
enum Stroke {
    Words(u16, u16, &'static str, Style),
    Tint(Rect, Style),
    Popup(Rect, Style, bool),
}

fn strokes(dice: &mut Dice) -> Vec<Stroke> {
    (0..dice.roll(9))
        .map(|_| {
            let (x, y) = (dice.cell(), dice.roll(u64::from(SIZE.height)) as u16);
            let area = Rect::new(x, y, 2 + dice.roll(9) as u16, 1 + dice.roll(4) as u16).intersection(SIZE);
            match dice.roll(8) {
                0 => Stroke::Tint(area, dice.style()),
                1 => Stroke::Popup(area, dice.style(), dice.roll(3) > 0),
                _ => Stroke::Words(x, y, dice.of(&WORDS), dice.style()),
            }
        })
        .collect()
}

/// Edges whose signs have one cell everywhere.
fn edges() -> border::Set<'static> {
    let signs = Signs::on(Ambiguous::Wide);
    let [level, upright, corner] = [
        layout::shape::Stroke::HORIZONTAL,
        layout::shape::Stroke::VERTICAL,
        layout::shape::Stroke::HORIZONTAL.and(layout::shape::Stroke::VERTICAL),
    ]
    .map(|stroke| signs.stroke(stroke));
    border::Set {
        top_left: corner,
        top_right: corner,
        bottom_left: corner,
        bottom_right: corner,
        vertical_left: upright,
        vertical_right: upright,
        horizontal_top: level,
        horizontal_bottom: level,
    }
}

fn paint(buffer: &mut Buffer, strokes: &[Stroke], terminal: Ambiguous) {
    for stroke in strokes {
        match stroke {
            Stroke::Words(x, y, words, style) if *x < SIZE.width => {
                buffer.set_string(*x, *y, with_room(words), *style);
            }
            Stroke::Words(..) => {}
            Stroke::Tint(area, style) => buffer.set_style(*area, *style),
            Stroke::Popup(area, style, bordered) => {
                Clear.render(*area, buffer);
                buffer.set_style(*area, *style);
                if *bordered {
                    let block = Block::bordered().style(*style);
                    match terminal {
                        Ambiguous::Narrow => block.render(*area, buffer),
                        Ambiguous::Wide => block.border_set(edges()).render(*area, buffer),
                    }
                }
            }
        }
    }
}

/// A terminal, and how frames come to it.
struct Screen {
    terminal: Ambiguous,
    parser: vt100::Parser,
    before: Buffer,
    guard: WideGuard,
}

impl Screen {
    fn new(terminal: Ambiguous) -> Self {
        measure_for(terminal);
        let size = |n| NonZeroU16::new(n).unwrap();
        Self {
            terminal,
            parser: vt100::Parser::new(size(SIZE.height), size(SIZE.width), 0),
            before: Buffer::empty(SIZE),
            guard: WideGuard::default(),
        }
    }

    fn draw(&mut self, strokes: &[Stroke], guarded: bool) {
        let mut frame = Buffer::empty(SIZE);
        paint(&mut frame, strokes, self.terminal);
        let mut bytes = Vec::new();
        let mut painter = Painter::begin(&mut bytes, Before::Last).unwrap();
        if guarded {
            self.guard.update(&frame, |x, y, cell| painter.cell(x, y, cell)).unwrap();
        } else {
            self.before
                .diff(&frame)
                .into_iter()
                .try_for_each(|(x, y, cell)| painter.cell(x, y, cell))
                .unwrap();
        }
        painter.finish(None, None).unwrap();
        self.parser.process(as_drawn(&String::from_utf8(bytes).unwrap()).as_bytes());
        self.before = frame;
    }

    /// What is seen: each cell's words and the colours that show.
    fn seen(&self) -> Vec<String> {
        let screen = self.parser.screen();
        let cell = |y, x| {
            let cell: &vt100::Cell = screen.cell(y, x).unwrap();
            if cell.is_wide_continuation() {
                return "·".to_owned();
            }
            let words = if cell.contents().is_empty() { " " } else { cell.contents() };
            let ground = (cell.bgcolor(), cell.inverse(), cell.underline());
            let blank = words == " " && !cell.inverse() && !cell.underline();
            let front = (!blank).then(|| (cell.fgcolor(), cell.bold()));
            format!("{words}{ground:?}{front:?}")
        };
        (0..SIZE.height).flat_map(|y| (0..SIZE.width).map(move |x| cell(y, x))).collect()
    }
}

/// What a terminal that gives a sign two cells makes of it, in signs of which vt100 thinks so, too.
fn as_drawn(bytes: &str) -> String {
    let drawn = |c: char| match is_wider(c.encode_utf8(&mut [0; 4])) {
        true => char::from_u32(0x20000 + u32::from(c)).unwrap(),
        false => c,
    };
    bytes.chars().map(drawn).collect()
}

/// The sequences in which some frame differs from the same frame drawn alone.
fn differing(guarded: bool, terminal: Ambiguous) -> Vec<String> {
    let mut found = Vec::new();
    for seed in 0..SEQUENCES {
        let mut dice = Dice(seed);
        let mut screen = Screen::new(terminal);
        for frame in 0..FRAMES {
            let strokes = strokes(&mut dice);
            screen.draw(&strokes, guarded);
            let mut alone = Screen::new(terminal);
            alone.draw(&strokes, true);
            let (seen, expected) = (screen.seen(), alone.seen());
            if let Some(at) = seen.iter().zip(&expected).position(|(a, b)| a != b) {
                let (x, y) = (at % usize::from(SIZE.width), at / usize::from(SIZE.width));
                found.push(format!("{seed}/{frame} at {x},{y}: {} for {}", seen[at], expected[at]));
                break;
            }
        }
    }
    found
}

#[test]
fn the_difference_gives_the_same_screen_as_the_whole() {
    for terminal in [Ambiguous::Narrow, Ambiguous::Wide] {
        let found = differing(true, terminal);
        assert!(found.is_empty(), "{} of {SEQUENCES}: {:#?}", found.len(), &found[..found.len().min(5)]);
    }
}

#[test]
fn a_character_cut_by_a_popup_leaves_the_border_whole() {
    let mut screen = Screen::new(Ambiguous::Narrow);
    let words = Stroke::Words(1, 1, "残薬が多い", Style::new());
    let popup = Stroke::Popup(Rect::new(4, 0, 6, 3), Style::new(), true);
    screen.draw(std::slice::from_ref(&words), true);
    screen.draw(&[words, popup], true);
    assert_eq!(screen.parser.screen().contents().lines().nth(1).unwrap(), " 残 │    │ ");
}

#[test]
fn a_wide_character_in_the_last_cell_does_no_harm() {
    let mut screen = Screen::new(Ambiguous::Narrow);
    let last = Stroke::Words(SIZE.width - 1, SIZE.height - 1, "あ", Style::new().bg(Color::Red));
    let inside = Stroke::Words(SIZE.width - 2, SIZE.height - 1, "あ", Style::new().bg(Color::Red));
    for strokes in [vec![inside.clone()], vec![last], vec![], vec![inside], vec![]] {
        screen.draw(&strokes, true);
    }
    assert_eq!(screen.parser.screen().contents().trim(), "");
}

#[test]
fn 忘れた升はみな書き直され_ほかの升は書かれない() {
    let mut frame = Buffer::empty(SIZE);
    frame.set_string(0, 2, "残薬が多いabc", Style::new());
    let mut guard = WideGuard::default();
    let mut written = |forgotten: Option<Rect>| {
        let mut cells = Vec::new();
        if let Some(area) = forgotten {
            guard.forget(area);
        }
        let update = guard.update(&frame, |x, y, cell| {
            cells.push((x, y, cell.symbol().to_owned()));
            Ok::<_, ()>(())
        });
        update.unwrap();
        cells
    };
    written(None);
    assert!(written(None).is_empty());
    // Letters, wide ones and blanks; what of it lies outside the screen is nothing.
    let area = Rect { x: 8, y: 1, width: 40, height: 2 };
    let cells = written(Some(area));
    let text: String = cells.iter().map(|(.., symbol)| symbol.as_str()).collect();
    let blanks = usize::from(SIZE.width) - 8;
    assert_eq!(text, format!("{}いabc{}", " ".repeat(blanks), " ".repeat(blanks - 5)));
    assert!(cells.iter().all(|(x, y, _)| *x >= 8 && (1..3).contains(y)));
    assert!(written(None).is_empty());
}
