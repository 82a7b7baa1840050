//! Reading back: the step's summary over the whole screen, page by page, before the room moves on.

pub(crate) mod draw;

use crate::command::{Code, Command, Key};
use crate::domain::readback::Group;
use crate::domain::{Step, readback};
use crate::layout::measure::width;
use crate::layout::signs::Signs;
use crate::layout::wrap::{shown, wrap_words};
use crate::ui::theme::Meaning;
use crate::ui::words::padded;
use crate::ui::{Context, Flow, MeetingScreen, Overlay, Screen};

/// A row of what is read aloud.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Large {
    pub words: String,
    pub meaning: Meaning,
}

/// A line of so many cells is as long as one reads without losing it; between columns lie free ones.
const LINE: usize = 52;
const APART: usize = 4;

/// How pages are divided: so many columns of so many cells and rows.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    pub columns: usize,
    pub cells: usize,
    pub rows: usize,
}

impl Sheet {
    /// Heading, foot and rules take seven rows, the margins eight columns.
    pub fn of(size: (u16, u16)) -> Self {
        let room = usize::from(size.0.saturating_sub(8));
        let columns = ((room + APART) / (LINE + APART)).max(1);
        let cells = (room + APART) / columns - APART;
        Self { columns, cells, rows: usize::from(size.1.saturating_sub(7)).max(4) }
    }
}

impl MeetingScreen {
    /// What a meeting begins with: the facilitator reads the rules aloud, and the room reads along.
    fn rules(&self, cx: &Context) -> Vec<Group> {
        let opening = self.doc.step() == Step::Opening;
        let Some(format) = self.doc.format(cx).filter(|_| opening) else { return Vec::new() };
        let parts = [("この会の約束", &format.ground_rules), ("この会の目的", &format.purpose)];
        let parts = parts.into_iter().filter(|(_, lines)| !lines.is_empty());
        parts.map(|(title, lines)| Group::of_words(title, lines)).collect()
    }

    /// The summary in pages for the present size of the screen, each of them the rows of its columns one after the other; one
    /// empty page where there is nothing to read. With a free row after each thing said, where one page holds all.
    pub fn read_back_pages(&self, cx: &Context) -> Vec<Vec<Large>> {
        let said = readback::of_step(&self.doc.dossier, &self.doc.tree, self.doc.step());
        let groups: Vec<Group> = self.rules(cx).into_iter().chain(said).collect();
        let sheet = Sheet::of(cx.size);
        let airy = pages(&groups, cx.marks, sheet, true);
        if airy.len() > 1 { pages(&groups, cx.marks, sheet, false) } else { airy }
    }

    /// A key over the summary: on to the next page or the next step, or back. Who types means what was not right.
    pub(crate) fn read_back_key(&mut self, cx: &mut Context, key: Key) -> Flow {
        let Some(Overlay::ReadBack(page)) = cx.over else { return Flow::Done };
        if cx.keymap.all(Command::NextStep).contains(&key) {
            cx.over = None;
            return self.attempt(cx, Command::NextStep);
        }
        let last = self.read_back_pages(cx).len() - 1;
        let to = match key.code {
            Code::Up | Code::PageUp | Code::Left => page.min(last).saturating_sub(1),
            Code::Down | Code::PageDown | Code::Right | Code::Char(' ') => (page + 1).min(last),
            Code::Home => 0,
            Code::End => last,
            _ => return self.type_under(cx, key),
        };
        cx.over = Some(Overlay::ReadBack(to));
        Flow::Done
    }
}

/// The groups column by column. What one column holds is not divided: a heading alone at the foot says nothing, nor does half
/// a sentence.
fn pages(groups: &[Group], signs: &Signs, sheet: Sheet, airy: bool) -> Vec<Vec<Large>> {
    let mut rows: Vec<Large> = Vec::new();
    let left = |rows: &[Large]| sheet.rows - rows.len() % sheet.rows;
    for group in groups {
        let said = things_said(group, signs, sheet.cells);
        let all = said.iter().map(Vec::len).sum::<usize>() + usize::from(airy) * said.len().saturating_sub(1);
        let begun = left(&rows) < sheet.rows;
        if begun && all + 1 > left(&rows) && (all <= sheet.rows || left(&rows) < 6) {
            rows.resize_with(rows.len() + left(&rows), blank);
        } else if begun {
            rows.push(blank());
        }
        for (i, lines) in said.into_iter().enumerate() {
            if airy && i > 0 && left(&rows) < sheet.rows {
                rows.push(blank());
            }
            let left = left(&rows);
            if lines.len() > left && lines.len() <= sheet.rows {
                rows.resize_with(rows.len() + left, blank);
            }
            rows.extend(lines);
        }
    }
    let pages: Vec<_> = rows.chunks(sheet.columns * sheet.rows).map(<[Large]>::to_vec).collect();
    if pages.is_empty() { vec![Vec::new()] } else { pages }
}

fn blank() -> Large {
    Large { words: String::new(), meaning: Meaning::Text }
}

/// Each point with its lines, the first one under the heading.
fn things_said(group: &Group, signs: &Signs, cells: usize) -> Vec<Vec<Large>> {
    // What is read from afar is not bold: only headings are.
    let heading = group.branch.map_or(Meaning::Strong, Meaning::Branch);
    let mut heading = large("", &group.title, heading, cells);
    let points = group.points.iter().map(|point| {
        let sign = if point.number > 0 { signs.number(point.number) } else { signs.dot.into() };
        let sign = format!("  {} ", padded(&sign, 2));
        let mut lines = std::mem::take(&mut heading);
        lines.extend(large(&sign, &point.text, Meaning::Said(point.kind), cells));
        lines
    });
    points.collect()
}

/// Words behind a sign in the first line.
fn large(sign: &str, text: &str, meaning: Meaning, cells: usize) -> Vec<Large> {
    let indent = width(sign);
    let lines = wrap_words(text, cells.saturating_sub(indent)).into_iter().enumerate();
    let words = |(i, line)| match i {
        0 => format!("{sign}{}", shown(line)),
        _ => format!("{:indent$}{}", "", shown(line)),
    };
    lines.map(|line| Large { words: words(line), meaning }).collect()
}
