//! Draws the list of those who are here: a person a row, or two where one has no room.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::domain::Participant;
use crate::domain::fields::ParticipantField;
use crate::layout::measure::width;
use crate::layout::wrap::wrap_words;
use crate::ui::MeetingScreen;
use crate::ui::look::prelude::*;
use crate::ui::table::{outside_of, seen};

/// The cells of a person's code.
const CODE: usize = 4;

/// A body in fewer cells than this says nothing.
const SCRAP: usize = 8;

/// Who is here, a person a row under a heading. Names are never on the wall: they show only in the line that mends them.
pub struct People<'a> {
    pub view: View<'a>,
    pub meeting: &'a MeetingScreen,
    /// Not beside something else.
    pub full: bool,
}

impl StatefulWidget for People<'_> {
    type State = Seats;

    fn render(self, area: Rect, buf: &mut Buffer, seats: &mut Seats) {
        let Self { view: View { cx, look }, meeting, full } = self;
        let people = meeting.doc.dossier.people();
        let mut heading = format!("参加者　{}人", people.len());
        if full {
            let known = people.iter().filter(|p| !p.profession.is_empty());
            let professions: BTreeSet<&str> = known.map(|p| cx.lists.title_of(p)).collect();
            heading += &format!("　{}職種", professions.len());
        }
        look.say(heading, Meaning::Strong).render(area, buf);
        let (head, area) = (Rect { height: 1, ..area }, below(area, 1));
        if people.is_empty() {
            let hint = "下の入力行に「薬剤師 山の町薬局」のように書いて {enter} を押すと、1人ずつ増えます。";
            let hint = cx.keymap.fill(hint);
            return look.words(look.wrapped(&hint, area.width, Meaning::Quiet)).render(area, buf);
        }
        let selected = Some(meeting.sheet.row).filter(|at| *at < people.len());
        let rows: Vec<Row> = people.into_iter().map(|p| Row::of(meeting, p, full)).collect();
        let column = column(&rows, area.width.into());
        let lower = lower(&rows, column, area);
        // On a high screen each row has a free one after it: the back row reads along.
        let step = if is_high(&rows, area) { 2 } else { 1 };
        let heights: Vec<u16> = lower.iter().map(|lower| step.max(1 + u16::from(*lower))).collect();
        let seen: Vec<_> = seen(&heights, selected.unwrap_or(0), area.height).collect();
        outside_of(look, &heights, &seen, head, buf);
        let mut rest = area;
        for (i, height) in seen {
            let row = Rect { height: height.min(1 + u16::from(lower[i])), ..rest };
            rest = below(rest, height);
            rows[i].draw(look, column, row, buf);
            if selected == Some(i) {
                buf.set_style(row, look.style(Meaning::Selected));
            }
            seats.put((i, 0), row);
        }
    }
}

/// What is said of somebody.
struct Row<'a> {
    person: &'a Participant,
    /// Where they work.
    belongs: String,
    /// What marks them: their part in the meeting first.
    roles: String,
}

impl<'a> Row<'a> {
    fn of(meeting: &MeetingScreen, person: &'a Participant, full: bool) -> Self {
        // Which part of the body it is says the wide list, unless nothing else is known.
        let part = if full || person.organisation.is_empty() { &person.department } else { "" };
        let belongs = format!("{} {part}", person.organisation).trim().to_owned();
        Self { person, belongs, roles: roles(meeting, person, full) }
    }

    fn title(&self) -> usize {
        width(&self.person.profession)
    }

    /// The cells it needs in a single row whose bodies stand behind such a column.
    fn needs(&self, column: usize) -> usize {
        CODE + self.title().max(column) + 1 + width(&self.belongs) + width(&self.roles)
    }

    /// In a row, or in two: then what is left of a long calling stands in the second, and the body behind it.
    fn draw(&self, look: &Look, column: usize, row: Rect, buf: &mut Buffer) {
        let first = Rect { height: 1, ..row };
        let words = look.say(&self.roles, Meaning::Strong).at_end(first, buf);
        let words = look.say(padded(&self.person.code, CODE), Meaning::Quiet).at_start(words, buf);
        let lines = wrap_words(&self.person.profession, words.width.into());
        let (title, more) = match lines.as_slice() {
            [title, more @ ..] if row.height > 1 => (*title, more.concat()),
            _ => (&*self.person.profession, String::new()),
        };
        let title = look.cut(title, words.width);
        let after = look.say(padded(&title, column), Meaning::Text).at_start(words, buf);
        let place = if row.height == 1 {
            behind(after, 1)
        } else {
            let second = behind(below(row, 1), CODE as u16);
            let free = u16::from(!more.is_empty());
            behind(look.say(more, Meaning::Text).at_start(second, buf), free)
        };
        // A scrap of it would say nothing.
        if width(&self.belongs) <= place.width.into() || usize::from(place.width) >= SCRAP {
            look.say(&self.belongs, Meaning::Quiet).render(place, buf);
        }
    }
}

/// The cells of a column for callings, where it has room beside bodies. The few that are longer take the room of their own: no
/// wider than where the least of all bodies is cut.
fn column(rows: &[Row], cells: usize) -> usize {
    let longest = rows.iter().map(Row::title).max().unwrap_or(0);
    if CODE + longest + 2 * SCRAP > cells {
        return 0;
    }
    let cut = |column: usize| -> usize {
        rows.iter().map(|row| (row.needs(column) + 1).saturating_sub(cells)).sum()
    };
    let columns = rows.iter().map(Row::title);
    columns.min_by_key(|column| (cut(*column), Reverse(*column))).unwrap_or(0)
}

/// Whether each person has two rows.
fn is_high(rows: &[Row], area: Rect) -> bool {
    2 * rows.len() <= usize::from(area.height)
}

/// Who has a second row for what has no room in one: all, where each has two, so that bodies stand one under the other; else, as
/// far as there are rows, those whose body would be cut, or those whose calling would.
fn lower(rows: &[Row], column: usize, area: Rect) -> Vec<bool> {
    let cells = usize::from(area.width);
    let cut: Vec<bool> = rows.iter().map(|row| row.needs(column) >= cells).collect();
    let broken = |row: &Row| CODE + row.title() + 1 + width(&row.roles) > cells;
    let fits = |lower: &[bool]| rows.len() + lower.iter().filter(|l| **l).count() <= area.height.into();
    if is_high(rows, area) {
        vec![cut.contains(&true); rows.len()]
    } else if fits(&cut) {
        cut
    } else {
        let broken: Vec<bool> = rows.iter().map(broken).collect();
        if fits(&broken) { broken } else { vec![false; rows.len()] }
    }
}

/// What is left of an area behind so many columns.
fn behind(area: Rect, columns: u16) -> Rect {
    let columns = columns.min(area.width);
    Rect { x: area.x + columns, width: area.width - columns, ..area }
}

/// What marks a person in the list: their part in the meeting first.
fn roles(meeting: &MeetingScreen, person: &Participant, full: bool) -> String {
    let meeting = &meeting.doc.dossier.meeting;
    let flags = [
        (meeting.facilitators.contains(&Some(person.id)), "司会"),
        (meeting.presenter == Some(person.id), "事例"),
        (full && person.involved == Some(true), "関わりあり"),
        (full && person.first_time == Some(true), ParticipantField::FirstTime.label()),
        (full && person.came_late, ParticipantField::CameLate.label()),
        (full && person.left_early, ParticipantField::LeftEarly.label()),
    ];
    let words: Vec<&str> = flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect();
    words.join(" ")
}
