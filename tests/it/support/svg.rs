//! A frame of the screen as an SVG picture: what the program draws, with its colours, sharp at any size.
//!
//! Every run of characters is told how long it is, so that nothing drifts whatever font the reader has; lines are drawn as
//! lines, because in many fonts they do not meet.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// One cell, in pixels. A wide character is as broad as its font is tall.
const CELL: (u16, u16) = (8, 20);
const FONT: u16 = 16;
/// From the top of a cell to the line the characters stand on.
const BASE: u16 = 15;
const MARGIN: u16 = 12;
const FONTS: &str = "'BIZ UDGothic','BIZ UDゴシック','MS Gothic','Osaka-Mono','Hiragino Kaku Gothic ProN',\
                     'Noto Sans Mono CJK JP','Noto Sans CJK JP','IPAGothic',monospace";

/// The whole frame. `title` is what a reader hears who does not see it.
pub fn picture(buffer: &Buffer, cursor: Option<Position>, title: &str) -> String {
    let (w, h) = (buffer.area.width, buffer.area.height);
    let (width, height) = (w * CELL.0 + 2 * MARGIN, h * CELL.1 + 2 * MARGIN);
    let ground = colour(buffer[(0, 0)].bg);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n\
         <title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{ground}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" font-family=\"{FONTS}\" font-size=\"{FONT}\" xml:space=\"preserve\">\n",
        escaped(title)
    );
    for y in 0..h {
        let runs = runs(buffer, y);
        runs.iter().for_each(|run| run.ground(&mut svg, y, &ground));
        runs.iter().for_each(|run| run.words(&mut svg, y));
    }
    if let Some(Position { x, y }) = cursor {
        let (x, y) = (x * CELL.0, y * CELL.1 + 1);
        let _ =
            writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\" fill=\"#fff\"/>", CELL.1 - 2);
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Cells side by side that look alike.
struct Run<'a> {
    x: u16,
    cells: u16,
    text: String,
    what: What,
    cell: &'a Cell,
}

#[derive(PartialEq)]
enum What {
    Blank,
    Narrow,
    Wide,
    /// A narrow sign that fonts draw as broad as they like; each stands alone.
    Sign,
    /// A line, as the directions in which it leaves its cell.
    Stroke([bool; 4]),
    Block,
}

fn runs(buffer: &Buffer, y: u16) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let cells = cell.cell_width().max(1);
        let what = what(cell.symbol(), cells);
        match runs.last_mut() {
            Some(run) if run.what == what && what != What::Sign && alike(run.cell, cell) => {
                run.cells += cells;
                run.text.push_str(cell.symbol());
            }
            _ => runs.push(Run { x, cells, text: cell.symbol().to_owned(), what, cell }),
        }
        x += cells;
    }
    runs
}

fn alike(a: &Cell, b: &Cell) -> bool {
    (a.fg, a.bg, a.modifier) == (b.fg, b.bg, b.modifier)
}

fn what(symbol: &str, cells: u16) -> What {
    match symbol {
        " " | "\u{3000}" => What::Blank,
        "█" | "▌" => What::Block,
        _ if strokes(symbol).is_some() => What::Stroke(strokes(symbol).unwrap_or_default()),
        _ if cells > 1 => What::Wide,
        _ if symbol.is_ascii() => What::Narrow,
        _ => What::Sign,
    }
}

/// Up, down, left, right.
fn strokes(symbol: &str) -> Option<[bool; 4]> {
    let sides = match symbol {
        "╵" => "u",
        "╷" => "d",
        "│" => "ud",
        "╴" => "l",
        "╯" => "ul",
        "╮" => "dl",
        "┤" => "udl",
        "╶" => "r",
        "╰" => "ur",
        "╭" => "dr",
        "├" => "udr",
        "─" => "lr",
        "┴" => "ulr",
        "┬" => "dlr",
        "┼" => "udlr",
        _ => return None,
    };
    Some(['u', 'd', 'l', 'r'].map(|side| sides.contains(side)))
}

impl Run<'_> {
    fn colours(&self) -> (String, String) {
        let (front, ground) = (colour(self.cell.fg), colour(self.cell.bg));
        if self.cell.modifier.contains(Modifier::REVERSED) { (ground, front) } else { (front, ground) }
    }

    fn ground(&self, svg: &mut String, y: u16, everywhere: &str) {
        let (_, ground) = self.colours();
        if ground != everywhere {
            let (x, y, w) = (self.x * CELL.0, y * CELL.1, self.cells * CELL.0);
            let _ = writeln!(
                svg,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{}\" fill=\"{ground}\"/>",
                CELL.1
            );
        }
    }

    fn words(&self, svg: &mut String, row: u16) {
        let (front, _) = self.colours();
        let (x, y, w) = (self.x * CELL.0, row * CELL.1, self.cells * CELL.0);
        let adjust = match self.what {
            What::Blank => return,
            What::Stroke(sides) => return self.lines(svg, row, sides, &front),
            What::Block => {
                let w = if self.text.starts_with('▌') { CELL.0 / 2 } else { w };
                let (y, h) = (y + 2, CELL.1 - 4);
                let _ = writeln!(
                    svg,
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{front}\"/>"
                );
                return;
            }
            What::Wide => "spacing",
            What::Narrow | What::Sign => "spacingAndGlyphs",
        };
        let mut more = String::new();
        if self.what == What::Sign {
            // Made smaller first, for many fonts draw it as broad as a wide character.
            let _ = write!(more, " font-size=\"{}\"", FONT * 3 / 4);
        }
        if self.cell.modifier.contains(Modifier::BOLD) {
            more.push_str(" font-weight=\"bold\"");
        }
        if self.cell.modifier.contains(Modifier::UNDERLINED) {
            more.push_str(" text-decoration=\"underline\"");
        }
        let text = escaped(&self.text);
        let y = y + BASE;
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{y}\" textLength=\"{w}\" lengthAdjust=\"{adjust}\" fill=\"{front}\"{more}>{text}</text>"
        );
    }

    /// A run of equal strokes, as one path. A corner is round.
    fn lines(&self, svg: &mut String, row: u16, [up, down, left, right]: [bool; 4], front: &str) {
        let (top, middle, bottom) = (row * CELL.1, row * CELL.1 + CELL.1 / 2, (row + 1) * CELL.1);
        let mut path = String::new();
        for x in self.x..self.x + self.cells {
            let (start, centre, end) = (x * CELL.0, x * CELL.0 + CELL.0 / 2, (x + 1) * CELL.0);
            let side = if left { start } else { end };
            let upright = if up { top } else { bottom };
            path += &match (up != down, left != right) {
                (true, true) => format!("M{centre} {upright}Q{centre} {middle} {side} {middle}"),
                (true, false) => format!("M{centre} {upright}V{middle}"),
                (false, true) => format!("M{centre} {middle}H{side}"),
                (false, false) => String::new(),
            };
            if up && down {
                path += &format!("M{centre} {top}V{bottom}");
            }
            if left && right {
                path += &format!("M{start} {middle}H{end}");
            }
        }
        let _ = writeln!(svg, "<path d=\"{path}\" fill=\"none\" stroke=\"{front}\" stroke-width=\"1.5\"/>");
    }
}

fn colour(colour: Color) -> String {
    match colour {
        Color::Rgb(r, g, b) => format!("#{r:02x}{g:02x}{b:02x}"),
        // The picture is drawn in true colours; anything else would be seen at once.
        _ => "#ff00ff".to_owned(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
