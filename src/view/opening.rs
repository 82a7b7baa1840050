//! The opening: what is read aloud, who is here, what became of the last meeting's actions.

use ratatui::layout::Rect;

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::lists::Item;
use crate::app::panes::Panes;
use crate::app::{Desk, Model};
use crate::command::Command;
use crate::domain::fields::ParticipantField;
use crate::domain::{Id, Participant, date};
use crate::layout::measure::width;
use crate::layout::wrap::wrap;

pub fn draw(pen: &mut Pen, model: &Model, panes: &Panes) {
    let Some(desk) = model.desk.as_ref() else { return };
    let body = Rect { x: panes.body.x + 1, width: panes.body.width.saturating_sub(2), ..panes.body };
    let people = desk.doc.dossier.participants.len();
    let side = Rect { x: panes.side.x + 1, width: panes.side.width.saturating_sub(2), ..panes.side };
    pen.say(side.x, side.y, side.width, &format!("参加者　{people}人"), Meaning::Strong);
    people_rows(pen, model, Rect { y: side.y + 1, height: side.height - 1, ..side }, false);
    let reviews = desk.doc.previous.len() as u16;
    // The promises come first; the last meeting's actions get what room they need, half at the most.
    let below = if reviews == 0 { 0 } else { (reviews * 2 + 2).min(body.height / 2) };
    promises(pen, model, Rect { height: body.height - below, ..body });
    if below > 0 {
        let pane = Rect { y: body.y + body.height - below, height: below, ..body };
        last_actions(pen, model, desk, pane);
    }
}

/// What the facilitator reads aloud.
fn promises(pen: &mut Pen, model: &Model, pane: Rect) {
    let Some(format) = model.format() else { return };
    let rows = |lines: &[String]| {
        let each = lines.iter().map(|l| wrap(l, usize::from(pane.width - 2)).len()).sum::<usize>();
        if lines.is_empty() { 0 } else { each + 2 }
    };
    let all = rows(&format.ground_rules) + rows(&format.purpose);
    // What does not fit is read from the large letters.
    let cut = all > usize::from(pane.height) + 1;
    let mut y = pane.y;
    let bottom = pane.y + pane.height - u16::from(cut);
    if cut {
        let key = model.cx.keymap.shown(Command::ReadBack);
        let more = format!("{} つづきは {key} の大きな字で", pen.look.signs.down);
        pen.put_right(pane.x + pane.width, bottom, &more, pen.style(Meaning::Quiet));
    }
    let mut part = |pen: &mut Pen, title: &str, lines: &[String], meaning: Meaning| {
        if lines.is_empty() || y + 1 >= bottom {
            return;
        }
        pen.say(pane.x, y, pane.width, title, Meaning::Strong);
        y += 1;
        for line in lines {
            if y >= bottom {
                break;
            }
            let dot = pen.look.signs.dot;
            pen.say(pane.x, y, 2, dot, Meaning::Quiet);
            y += pen.wrapped(
                Rect { x: pane.x + 2, y, width: pane.width - 2, height: bottom - y },
                line,
                meaning,
            );
        }
        y += 1;
    };
    part(pen, "この会の約束（読み上げます）", &format.ground_rules, Meaning::Text);
    part(pen, "この会の目的", &format.purpose, Meaning::Quiet);
}

fn last_actions(pen: &mut Pen, model: &Model, desk: &Desk, pane: Rect) {
    let selected = match model.selected_item() {
        Some(Item::Review(id)) => Some(id),
        _ => None,
    };
    let done = desk.doc.previous.iter().filter(|p| !p.action.status.is_open()).count();
    let times = model.meetings_of_case().len();
    let times = if times > 1 { format!("　この事例は {times}回目") } else { String::new() };
    let heading = format!(
        "前に決めたこと　{}件中 {done}件済み　（Space で状態、Enter で結果）{times}",
        desk.doc.previous.len()
    );
    pen.brief(pane.x, pane.y, pane.width, &heading, Meaning::Strong);
    let rows = usize::from(pane.height.saturating_sub(1) / 2).max(1);
    let at = selected.and_then(|id| desk.doc.previous.iter().position(|p| p.action.id == id)).unwrap_or(0);
    let first = at.saturating_sub(rows - 1);
    for (i, row) in desk.doc.previous.iter().enumerate().skip(first).take(rows) {
        let y = pane.y + 1 + ((i - first) * 2) as u16;
        let chosen = selected == Some(row.action.id);
        let meaning = if chosen { Meaning::Selected } else { Meaning::Text };
        if chosen {
            pen.fill(Rect { y, height: 2, ..pane }, Meaning::Selected);
        }
        let day = row.action.settled.map(|day| format!(" {}", date::short(day))).unwrap_or_default();
        let status = format!("〔{}{day}〕", row.action.status.label());
        let x = pen.say(pane.x, y, pane.width, &status, if chosen { meaning } else { Meaning::Strong });
        pen.brief(x + 1, y, (pane.x + pane.width).saturating_sub(x + 1), &row.action.what, meaning);
        let outcome = match &desk.sheet.editing {
            Some((crate::app::sheet::Cell::Review(id, _), line)) if *id == row.action.id => {
                line.text().to_owned()
            }
            _ => row.action.outcome.clone(),
        };
        let note = format!("    {}　{}　{outcome}", row.who.join("・"), row.action.until.words);
        pen.brief(pane.x, y + 1, pane.width, &note, if chosen { meaning } else { Meaning::Quiet });
    }
}

/// The whole list of participants.
pub fn draw_people(pen: &mut Pen, model: &Model, pane: Rect) {
    let Some(desk) = model.desk.as_ref() else { return };
    let pane = Rect { x: pane.x + 1, width: pane.width.saturating_sub(2), ..pane };
    let known = desk.doc.dossier.participants.values().filter(|p| !p.profession.is_empty());
    let professions: std::collections::BTreeSet<&str> = known.map(|p| model.cx.lists.title_of(p)).collect();
    let heading = format!("参加者　{}人　{}職種", desk.doc.dossier.participants.len(), professions.len());
    pen.say(pane.x, pane.y, pane.width, &heading, Meaning::Strong);
    people_rows(pen, model, Rect { y: pane.y + 1, height: pane.height - 1, ..pane }, true);
}

/// One row a person. Names are never on the wall: they show only in the line that mends them.
fn people_rows(pen: &mut Pen, model: &Model, pane: Rect, full: bool) {
    let Some(desk) = model.desk.as_ref() else { return };
    let people = desk.doc.dossier.people();
    if people.is_empty() {
        pen.wrapped(
            pane,
            "下の行に「薬剤師 山の町薬局」のように書いて Enter を押すと、1人ずつ増えます。",
            Meaning::Quiet,
        );
        return;
    }
    let selected = match model.selected_item() {
        Some(Item::Person(id)) => Some(id),
        _ => None,
    };
    let at = selected.and_then(|id| people.iter().position(|p| p.id == id)).unwrap_or(0);
    let first = at.saturating_sub(usize::from(pane.height) - 1);
    let professions = people.iter().map(|p| width(&p.profession)).max().unwrap_or(0).min(22);
    for (i, person) in people.iter().enumerate().skip(first).take(usize::from(pane.height)) {
        let y = pane.y + (i - first) as u16;
        let chosen = selected == Some(person.id);
        let (strong, quiet) =
            if chosen { (Meaning::Selected, Meaning::Selected) } else { (Meaning::Text, Meaning::Quiet) };
        if chosen {
            pen.fill(Rect { y, height: 1, ..pane }, Meaning::Selected);
        }
        let right = pane.x + pane.width;
        let x = pen.say(pane.x, y, 4, &person.code, quiet).max(pane.x + 4);
        pen.say(x, y, professions as u16, &pen.cut(&person.profession, professions), strong);
        let x = x + professions as u16 + 1;
        let roles = roles(desk, person.id, person, full);
        let end = if roles.is_empty() {
            right
        } else {
            pen.put_right(
                right,
                y,
                &roles,
                pen.style(if chosen { Meaning::Selected } else { Meaning::Strong }),
            )
        };
        let belongs = if full {
            format!("{} {}", person.organisation, person.department)
        } else {
            person.organisation.clone()
        };
        pen.brief(x, y, end.saturating_sub(x + 1), belongs.trim(), quiet);
    }
}

/// What marks a person in the list: their part in the meeting first.
fn roles(desk: &Desk, id: Id<Participant>, person: &Participant, full: bool) -> String {
    let meeting = &desk.doc.dossier.meeting;
    let mut words = Vec::new();
    if meeting.facilitators.contains(&Some(id)) {
        words.push("司会");
    }
    if meeting.presenter == Some(id) {
        words.push("事例");
    }
    if full {
        let flags = [
            (person.involved == Some(true), "関わりあり"),
            (person.first_time == Some(true), ParticipantField::FirstTime.label()),
            (person.came_late, ParticipantField::CameLate.label()),
            (person.left_early, ParticipantField::LeftEarly.label()),
        ];
        words.extend(flags.into_iter().filter(|(on, _)| *on).map(|(_, word)| word));
    }
    words.join(" ")
}
