//! Draws the opening: what is read aloud, who is here, what became of the last meeting's actions.

use crate::command::Command;
use crate::domain::fields::ParticipantField;
use crate::domain::{Id, Participant, date};
use crate::layout::measure::width;
use crate::ui::MeetingScreen;
use crate::ui::context::Context;
use crate::ui::look::prelude::*;
use crate::ui::meeting::item::Item;
use crate::ui::regions;
use crate::ui::regions::Regions;
use crate::ui::sheet::cell::Cell;

/// The promises come first; the last meeting's actions get what room they need, half at the most.
fn aloud(desk: &MeetingScreen, area: Rect) -> [Rect; 2] {
    let last = match desk.doc.previous.len() as u16 {
        0 => 0,
        actions => (actions * 2 + 2).min(area.height / 2),
    };
    Layout::vertical([Fill(1), Length(last)]).areas(area)
}

/// The people that are seen under their heading, by their places, and where.
fn people(desk: &MeetingScreen, cx: &Context, area: Rect) -> impl Iterator<Item = (usize, Rect)> {
    let (area, count) = (below(area, 1), desk.doc.dossier.participants.len());
    let at = desk.people.sheet.row;
    let at = if at < desk.items(cx).len().min(count) { at } else { 0 };
    ((at + 1).saturating_sub(area.height.into())..count).zip(area.rows())
}

/// The last actions that are seen, by their places, and where.
fn last_actions(desk: &MeetingScreen, area: Rect) -> impl Iterator<Item = (usize, Rect)> {
    let rows = usize::from(area.height.saturating_sub(1) / 2).max(1);
    let (people, all) = (desk.doc.dossier.participants.len(), desk.doc.previous.len());
    let at = desk.people.sheet.row.checked_sub(people).filter(|at| *at < all).unwrap_or(0);
    let seen = (0..all).skip(at.saturating_sub(rows - 1)).take(rows);
    seen.zip((area.y + 1..).step_by(2)).map(move |(i, y)| (i, Rect { y, height: 2, ..area }))
}

pub fn rows(desk: &MeetingScreen, cx: &Context, area: Rect) -> Regions {
    regions::rows(people(desk, cx, area))
}

/// The last actions stand after the people, where one goes with the arrows.
pub fn opening(desk: &MeetingScreen, cx: &Context, body: Rect, side: Rect) -> Regions {
    let [_, last] = aloud(desk, body);
    let after = desk.doc.dossier.participants.len();
    let last = last_actions(desk, last).map(|(i, area)| (after + i, area.intersection(last)));
    regions::rows(people(desk, cx, side).chain(last))
}

/// What is read aloud, and what was decided last time.
pub struct Aloud<'a>(pub View<'a>);

impl Widget for Aloud<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Some(desk) = self.0.app.meeting() else { return };
        let [promises, last] = aloud(desk, area);
        Promises(self.0).render(promises, buf);
        if !last.is_empty() {
            LastActions(self.0, desk).render(last, buf);
        }
    }
}

/// What the facilitator reads aloud.
struct Promises<'a>(View<'a>);

impl Widget for Promises<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(format) = app.meeting().and_then(|desk| desk.doc.format(&app.cx)) else { return };
        let parts = [
            ("この会の約束（読み上げます）", &format.ground_rules, Meaning::Text),
            ("この会の目的", &format.purpose, Meaning::Quiet),
        ];
        let parts = parts.into_iter().filter(|(_, lines, _)| !lines.is_empty());
        let parts: Vec<Text> = parts
            .map(|(title, lines, meaning)| {
                let dot = || look.span(padded(look.signs.dot, 2), Meaning::Quiet);
                let lines = lines.iter().flat_map(|line| look.hanging(dot(), line, area.width, meaning));
                let title = look.span(title, Meaning::Strong).into();
                [title].into_iter().chain(lines).chain([Line::default()]).collect()
            })
            .collect();
        let (rows, all) = (usize::from(area.height), parts.iter().map(Text::height).sum::<usize>());
        let (mut text, mut bottom) = (Text::default(), rows);
        // What does not fit is read from the large letters.
        if all > rows + 1 {
            bottom = rows.saturating_sub(1);
            let key = app.cx.keymap.said(Command::ReadBack);
            let more = format!("{} つづきは {key} の大きな字で", look.signs.down);
            look.say(more, Meaning::Quiet).at_end(below(area, bottom as u16), buf);
        }
        for part in parts {
            if text.height() + 1 < bottom {
                text.extend(part);
            }
        }
        text.lines.truncate(bottom);
        look.words(text).render(area, buf);
    }
}

struct LastActions<'a>(View<'a>, &'a MeetingScreen);

impl Widget for LastActions<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self(View { app, look }, desk) = self;
        let selected = match desk.selected_item(&app.cx) {
            Some(Item::Review(id)) => Some(id),
            _ => None,
        };
        let done = desk.doc.previous.iter().filter(|p| !p.action.status.is_open()).count();
        let times = desk.meetings_of_case(&app.cx).len();
        let times = if times > 1 { format!("　この事例は {times}回目") } else { String::new() };
        let all = desk.doc.previous.len();
        let keys = app.cx.keymap.fill("（{tick} で状態、{enter} で結果）");
        let heading = format!("前に決めたこと　{all}件中 {done}件済み　{keys}{times}");
        look.say(heading, Meaning::Strong).render(area, buf);
        for (i, area) in last_actions(desk, area) {
            let row = &desk.doc.previous[i];
            let day = row.action.settled.map(|day| format!(" {}", date::short(day))).unwrap_or_default();
            let status = look.span(format!("〔{}{day}〕", row.action.status.label()), Meaning::Strong);
            let what = look.span(&row.action.what, Meaning::Text);
            let outcome = match &desk.people.sheet.editing {
                Some((Cell::Review(id, _), line)) if *id == row.action.id => line.text(),
                _ => &row.action.outcome,
            };
            let note = format!("    {}　{}　{outcome}", row.who.join("・"), row.action.until.words);
            let lines =
                vec![Line::from_iter([status, " ".into(), what]), look.span(note, Meaning::Quiet).into()];
            look.words(lines).render(area, buf);
            if selected == Some(row.action.id) {
                buf.set_style(area, look.style(Meaning::Selected));
            }
        }
    }
}

/// Who is here, beside what is read aloud.
pub struct Here<'a>(pub View<'a>);

impl Widget for Here<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Some(desk) = self.0.app.meeting() else { return };
        let heading = format!("参加者　{}人", desk.doc.dossier.participants.len());
        self.0.look.say(heading, Meaning::Strong).render(area, buf);
        Rows { view: self.0, desk, full: false }.render(area, buf);
    }
}

/// The whole list of participants.
pub struct People<'a>(pub View<'a>);

impl Widget for People<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let View { app, look } = self.0;
        let Some(desk) = app.meeting() else { return };
        let known = desk.doc.dossier.participants.values().filter(|p| !p.profession.is_empty());
        let professions: std::collections::BTreeSet<&str> = known.map(|p| app.cx.lists.title_of(p)).collect();
        let heading = format!("参加者　{}人　{}職種", desk.doc.dossier.participants.len(), professions.len());
        look.say(heading, Meaning::Strong).render(area, buf);
        Rows { view: self.0, desk, full: true }.render(area, buf);
    }
}

/// Under a heading one row a person. Names are never on the wall: they show only in the line that mends them.
struct Rows<'a> {
    view: View<'a>,
    desk: &'a MeetingScreen,
    full: bool,
}

impl Widget for Rows<'_> {
    fn render(self, area: Rect, buf: &mut Buffer) {
        let Self { view: View { app, look }, desk, full } = self;
        let people = desk.doc.dossier.people();
        if people.is_empty() {
            let hint = "下の行に「薬剤師 山の町薬局」のように書いて {enter} を押すと、1人ずつ増えます。";
            let hint = app.cx.keymap.fill(hint);
            return look.words(look.wrapped(&hint, area.width, Meaning::Quiet)).render(below(area, 1), buf);
        }
        let selected = match desk.selected_item(&app.cx) {
            Some(Item::Person(id)) => Some(id),
            _ => None,
        };
        let professions = people.iter().map(|p| width(&p.profession)).max().unwrap_or(0).min(22);
        for (i, row) in self::people(desk, &app.cx, area) {
            let person = people[i];
            let roles = look.say(roles(desk, person.id, person, full), Meaning::Strong);
            let rest = roles.at_end(row, buf);
            let profession = look.cut(&person.profession, professions);
            let belongs = match full {
                true => format!("{} {}", person.organisation, person.department),
                false => person.organisation.clone(),
            };
            let code = look.span(padded(&person.code, 4), Meaning::Quiet);
            let profession = look.span(padded(&profession, professions + 1), Meaning::Text);
            let rest = look.row([code, profession]).at_start(rest, buf);
            look.say(belongs.trim(), Meaning::Quiet).render(rest, buf);
            if selected == Some(person.id) {
                buf.set_style(row, look.style(Meaning::Selected));
            }
        }
    }
}

/// What marks a person in the list: their part in the meeting first.
fn roles(desk: &MeetingScreen, id: Id<Participant>, person: &Participant, full: bool) -> String {
    let meeting = &desk.doc.dossier.meeting;
    let flags = [
        (meeting.facilitators.contains(&Some(id)), "司会"),
        (meeting.presenter == Some(id), "事例"),
        (full && person.involved == Some(true), "関わりあり"),
        (full && person.first_time == Some(true), ParticipantField::FirstTime.label()),
        (full && person.came_late, ParticipantField::CameLate.label()),
        (full && person.left_early, ParticipantField::LeftEarly.label()),
    ];
    let words: Vec<&str> = flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word).collect();
    words.join(" ")
}
