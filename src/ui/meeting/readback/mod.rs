//! Reading back: the step's summary in large letters, page by page, before the room moves on.

pub(crate) mod draw;

use crate::command::{Code, Command, Key};
use crate::domain::readback::Group;
use crate::domain::{Step, readback};
use crate::layout::measure::{graphemes, width};
use crate::layout::wrap::{shown, wrap_evenly};
use crate::ui::theme::Meaning;
use crate::ui::{Context, Flow, MeetingScreen, Overlay, Screen};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Large {
    pub words: String,
    pub meaning: Meaning,
}

/// A terminal has one size of letter: what is wide and stands apart reads from further away.
fn widened(text: &str) -> String {
    let wide = |c: char| match c {
        ' ' => '\u{3000}',
        // ASCII has full-width twins at a fixed distance (Unicode, Halfwidth and Fullwidth Forms).
        '!'..='~' => char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c),
        _ => c,
    };
    text.chars().map(wide).collect()
}

/// The same with air between the letters.
pub fn enlarged(text: &str) -> String {
    graphemes(&widened(text)).map(|(_, grapheme, _)| grapheme).collect::<Vec<_>>().join(" ")
}

/// Lines to be read aloud: broken where one breathes (after 、 and 。), and elsewhere only what is longer than a line.
fn by_phrases(text: &str, room: usize) -> Vec<&str> {
    let (mut lines, mut start, mut end) = (Vec::new(), 0, 0);
    for phrase in text.split_inclusive(['、', '。']) {
        let next = end + phrase.len();
        if end > start && width(&text[start..next]) > room {
            lines.extend(wrap_evenly(&text[start..end], room));
            start = end;
        }
        end = next;
    }
    lines.extend(wrap_evenly(&text[start..], room));
    lines
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

    /// The summary in pages for the present size of the screen; one empty page where there is nothing to read.
    pub fn read_back_pages(&self, cx: &Context) -> Vec<Vec<Large>> {
        // Every line is followed by an empty one; heading and foot take six rows.
        let rows = usize::from(cx.size.1.saturating_sub(7) / 2).max(2);
        let room = usize::from(cx.size.0.saturating_sub(8));
        let (mut pages, mut page) = (Vec::new(), Vec::new());
        let said = readback::of_step(&self.doc.dossier, &self.doc.tree, self.doc.step());
        for group in self.rules(cx).into_iter().chain(said) {
            // Kanji made bold by the terminal fill up and cannot be read from afar: only headings are.
            let heading = group.branch.map_or(Meaning::Strong, Meaning::Branch);
            let mut lines = large(&group.title, heading, 0, room);
            for point in &group.points {
                let number = if point.number > 0 { cx.marks.number(point.number) } else { "".into() };
                let words = format!("{number}{}", point.text);
                lines.extend(large(&words, Meaning::Kind(point.kind), 4, room));
            }
            // A group stays together where a page holds it: a heading alone at the foot says nothing.
            let splits = lines.len() > rows && rows - page.len() > 2;
            if !page.is_empty() && page.len() + lines.len() > rows && !splits {
                pages.push(std::mem::take(&mut page));
            }
            for line in lines {
                if page.len() == rows {
                    pages.push(std::mem::take(&mut page));
                }
                page.push(line);
            }
        }
        pages.push(page);
        pages
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

fn large(text: &str, meaning: Meaning, indent: usize, room: usize) -> Vec<Large> {
    let text = widened(text);
    // A wide letter and the space after it take three cells.
    let lines = by_phrases(&text, room.saturating_sub(indent) * 2 / 3);
    let words = |line| format!("{:indent$}{}", "", enlarged(shown(line).trim_end()));
    lines.into_iter().map(|line| Large { words: words(line), meaning }).collect()
}
