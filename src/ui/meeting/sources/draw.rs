//! Draws what the map offers beside a table or form, or in its place where the screen is narrow.

use std::ops::Range;

use crate::command::Place;
use crate::domain::{Kind, Node, Participant};
use crate::layout::measure::width;
use crate::ui::look::prelude::*;
use crate::ui::meeting::sources::{BESIDE, Source, begins_row};
use crate::ui::table::{capped, outside};
use crate::ui::{MeetingScreen, Screen, Sheets};

/// So many rows of the words of one are seen at the most; of the selected one all.
const MOST_ROWS: u16 = 3;

/// All that is offered, scrolled so that the selected one is seen, else the first that nobody has taken.
pub struct Sources<'a>(pub View<'a>, pub &'a MeetingScreen);

impl StatefulWidget for Sources<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self(View { look, .. }, meeting) = &self;
        let sources = meeting.sources();
        let area = self.head(&sources, area, buf);
        let selected = meeting.source_row();
        let open = || sources.iter().position(|s| !s.taken);
        let at = selected.or_else(open).unwrap_or(0);
        let text = |i: usize| self.text(&sources, i, area.width, selected == Some(i));
        let height = |i| text(i).1.height() as u16;
        // Whoever does not stand here looks for what is still to be taken.
        let ahead = if selected.is_some() { 2 } else { sources.len() };
        let seen = seen(sources.len(), (at, ahead), area.height, height);
        let mut rest = area;
        for i in seen.clone() {
            let (heads, text) = text(i);
            let height = (text.height() as u16).min(rest.height);
            look.words(text).render(rest, buf);
            let own = below(Rect { height, ..rest }, heads);
            if selected == Some(i) {
                buf.set_style(own, look.style(Meaning::Selected));
            }
            seats.put((i, BESIDE), own);
            rest = below(rest, height);
        }
        let foot = Rect { y: area.bottom(), height: 1, ..area };
        outside(look, seen.start, sources.len().saturating_sub(seen.end), foot, buf);
    }
}

impl Sources<'_> {
    /// What it is, how many there are, and which key takes one; gives the area under it, without the row that says whether
    /// there are more.
    fn head(&self, all: &[Source], area: Rect, buf: &mut Buffer) -> Rect {
        let Self(View { cx, look }, meeting) = self;
        let (kind, made, keys) = match meeting.place() {
            Place::Plan => ("支援策", "行動", "{enter-cell} で行動に　{next-cell} で表へ"),
            _ => ("課題", "地域", "{enter-cell} で地域課題に　{next-cell} で文へ"),
        };
        let taken = all.iter().filter(|s| s.taken).count();
        let mut words = format!("マップの{kind}　{}件", all.len());
        if taken > 0 {
            words += &format!("（{made}に {taken}件）");
        }
        // How many there are is said whole.
        let words = match words.strip_prefix("マップの").filter(|_| width(&words) > area.width.into()) {
            Some(short) => short.to_owned(),
            None => words,
        };
        let keys = match meeting.source_row() {
            Some(_) => keys,
            None if begins_row(meeting.selected_cell(cx)) => "{take} か番号で選びます",
            None => "{take} で、ここから選びます",
        };
        let meaning = if meeting.source_row().is_some() { Meaning::Strong } else { Meaning::Quiet };
        let keys = look.say(cx.keymap.fill(keys), meaning);
        let rest = look.say(words, Meaning::Strong).at_start(area, buf);
        let rows = if rest.width > 44 {
            keys.at_end(rest, buf);
            1
        } else {
            keys.render(below(area, 1), buf);
            2
        };
        let under = below(area, rows);
        Rect { height: under.height.saturating_sub(1), ..under }
    }

    /// The issue that ideas answer, over the first of them.
    fn answers(&self, issue: Option<&Node>, cells: u16) -> Line<'static> {
        let Self(View { look, .. }, _) = self;
        let Some(issue) = issue else {
            return look.span("課題は決まっていません", Meaning::Quiet).into();
        };
        let number = look.signs.number(issue.number);
        let room = usize::from(cells).saturating_sub(width(&number) + 1);
        let words = format!(" {}", look.cut(&issue.text, room));
        Line::from_iter([look.span(number, Meaning::Kind(Kind::Issue)), look.span(words, Meaning::Quiet)])
    }

    /// One of them in so many cells, under the issue it answers where that is another than before; and the rows of that.
    fn text(&self, all: &[Source], i: usize, cells: u16, whole: bool) -> (u16, Text<'static>) {
        let Self(View { look, .. }, meeting) = self;
        let Source { node, issue, taken, .. } = all[i];
        let first = i.checked_sub(1).is_none_or(|before| all[before].issue != issue);
        let mut text = Text::default();
        if node.kind == Kind::Idea && first {
            text.push_line(self.answers(issue, cells));
        }
        let heads = text.height() as u16;
        let indent = width(look.signs.saved).max(width(look.signs.leads_to)) + 1;
        let (sign, meaning) = match (taken, node.kind) {
            (true, _) => (look.signs.saved, Meaning::Saved),
            (false, Kind::Idea) => (look.signs.leads_to, Meaning::Kind(Kind::Idea)),
            (false, _) => ("", Meaning::Text),
        };
        let number = match node.kind {
            Kind::Issue => format!("{} ", look.signs.number(node.number)),
            _ => String::new(),
        };
        let sign = padded(sign, indent) + &number;
        let indent = width(&sign);
        let sign = look.span(sign, meaning);
        let meaning = if taken { Meaning::Quiet } else { Meaning::Text };
        let people = &meeting.doc.dossier.participants;
        let who = node.speaker.and_then(|id| people.get(&id)).map_or("", Participant::label);
        let words = look.hanging(sign, &node.text, cells, meaning);
        let most = match (whole, taken) {
            (true, _) => u16::MAX,
            // It stands in the table.
            (false, true) => 1,
            (false, false) => MOST_ROWS,
        };
        let mut words = capped(look, words, most, cells.saturating_sub(indent as u16));
        // Who said it stands after the words, whole, or under them.
        if !who.is_empty() && node.kind == Kind::Idea && most > 1 {
            let who = look.span(format!("{}{who}", " ".repeat(indent)), Meaning::Quiet);
            match words.lines.last_mut() {
                Some(line) if width(&line.to_string()) + width(&who.content) <= cells.into() => {
                    line.push_span(who)
                }
                _ => words.push_line(who),
            }
        }
        text.extend(words.iter().map(owned));
        (heads, text)
    }
}

/// Which of so many are seen in so many rows: the one at a place with so many from it on, where there is room, then those before
/// and after. Only those that are seen are asked for their height.
fn seen(count: usize, (at, ahead): (usize, usize), room: u16, height: impl Fn(usize) -> u16) -> Range<usize> {
    let at = at.min(count.saturating_sub(1));
    let (mut from, mut to, mut left) = (at, at, room);
    let mut fits = |i: usize| {
        let rest = left.checked_sub(height(i));
        left = rest.unwrap_or(left);
        rest.is_some()
    };
    while to < count.min(at + ahead) && (fits(to) || to == at) {
        to += 1;
    }
    while from > 0 && fits(from - 1) {
        from -= 1;
    }
    while to < count && fits(to) {
        to += 1;
    }
    from..to
}

/// A line that lends nothing.
fn owned(line: &Line) -> Line<'static> {
    line.iter().map(|span| Span::styled(span.content.to_string(), span.style)).collect()
}
