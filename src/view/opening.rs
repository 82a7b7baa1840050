//! The opening: what is read aloud, who is here, what became of the last meeting's actions.

use super::pen::Pen;
use super::theme::Meaning;
use crate::app::lists::Item;
use crate::app::panes::{Pane, Panes};
use crate::app::{Desk, Model};
use crate::command::Command;
use crate::domain::fields::ParticipantField;
use crate::domain::{Id, Participant, date};
use crate::layout::measure::width;
use crate::layout::wrap::wrap;

pub fn draw(pen: &mut Pen, model: &Model, panes: &Panes) {
    let Some(desk) = model.desk.as_ref() else { return };
    let body = Pane { x: panes.body.x + 1, w: panes.body.w.saturating_sub(2), ..panes.body };
    let people = desk.dossier.participants.len();
    let side = Pane { x: panes.side.x + 1, w: panes.side.w.saturating_sub(2), ..panes.side };
    pen.say(side.x, side.y, side.w, &format!("参加者　{people}人"), Meaning::Strong);
    people_rows(pen, model, Pane { y: side.y + 1, h: side.h - 1, ..side }, false);
    let reviews = desk.previous.len() as u16;
    // The promises come first; the last meeting's actions get what room they need, half at the most.
    let below = if reviews == 0 { 0 } else { (reviews * 2 + 2).min(body.h / 2) };
    promises(pen, model, Pane { h: body.h - below, ..body });
    if below > 0 {
        let pane = Pane { y: body.y + body.h - below, h: below, ..body };
        last_actions(pen, model, desk, pane);
    }
}

/// What the facilitator reads aloud.
fn promises(pen: &mut Pen, model: &Model, pane: Pane) {
    let Some(format) = model.format() else { return };
    let rows = |lines: &[String]| {
        let each = lines.iter().map(|l| wrap(l, usize::from(pane.w - 2)).len()).sum::<usize>();
        if lines.is_empty() { 0 } else { each + 2 }
    };
    let all = rows(&format.ground_rules) + rows(&format.purpose);
    // What does not fit is read from the large letters.
    let cut = all > usize::from(pane.h) + 1;
    let mut y = pane.y;
    let bottom = pane.y + pane.h - u16::from(cut);
    if cut {
        let key = model.keymap.shown(Command::ReadBack);
        let more = format!("{} つづきは {key} の大きな字で", pen.look.signs.down);
        pen.put_right(pane.x + pane.w, bottom, &more, pen.style(Meaning::Quiet));
    }
    let mut part = |pen: &mut Pen, title: &str, lines: &[String], meaning: Meaning| {
        if lines.is_empty() || y + 1 >= bottom {
            return;
        }
        pen.say(pane.x, y, pane.w, title, Meaning::Strong);
        y += 1;
        for line in lines {
            if y >= bottom {
                break;
            }
            let dot = pen.look.signs.dot;
            pen.say(pane.x, y, 2, dot, Meaning::Quiet);
            y += pen.wrapped(Pane { x: pane.x + 2, y, w: pane.w - 2, h: bottom - y }, line, meaning);
        }
        y += 1;
    };
    part(pen, "この会の約束（読み上げます）", &format.ground_rules, Meaning::Text);
    part(pen, "この会の目的", &format.purpose, Meaning::Quiet);
}

fn last_actions(pen: &mut Pen, model: &Model, desk: &Desk, pane: Pane) {
    let selected = match model.selected_item() {
        Some(Item::Review(id)) => Some(id),
        _ => None,
    };
    let done = desk.previous.iter().filter(|p| !p.action.status.is_open()).count();
    let times = model.meetings_of_case().len();
    let times = if times > 1 { format!("　この事例は {times}回目") } else { String::new() };
    let heading = format!(
        "前に決めたこと　{}件中 {done}件済み　（Space で状態、Enter で結果）{times}",
        desk.previous.len()
    );
    pen.brief(pane.x, pane.y, pane.w, &heading, Meaning::Strong);
    let rows = usize::from(pane.h.saturating_sub(1) / 2).max(1);
    let at = selected.and_then(|id| desk.previous.iter().position(|p| p.action.id == id)).unwrap_or(0);
    let first = at.saturating_sub(rows - 1);
    for (i, row) in desk.previous.iter().enumerate().skip(first).take(rows) {
        let y = pane.y + 1 + ((i - first) * 2) as u16;
        let chosen = selected == Some(row.action.id);
        let meaning = if chosen { Meaning::Selected } else { Meaning::Text };
        if chosen {
            pen.fill(Pane { y, h: 2, ..pane }, Meaning::Selected);
        }
        let day = row.action.settled.map(|day| format!(" {}", date::short(day))).unwrap_or_default();
        let status = format!("〔{}{day}〕", row.action.status.label());
        let x = pen.say(pane.x, y, pane.w, &status, if chosen { meaning } else { Meaning::Strong });
        pen.brief(x + 1, y, (pane.x + pane.w).saturating_sub(x + 1), &row.action.what, meaning);
        let outcome = match &desk.sheet.editing {
            Some((crate::app::sheet::Cell::Review(id, _), line)) if *id == row.action.id => {
                line.text().to_owned()
            }
            _ => row.action.outcome.clone(),
        };
        let note = format!("    {}　{}　{outcome}", row.who.join("・"), row.action.until.words);
        pen.brief(pane.x, y + 1, pane.w, &note, if chosen { meaning } else { Meaning::Quiet });
    }
}

/// The whole list of participants.
pub fn draw_people(pen: &mut Pen, model: &Model, pane: Pane) {
    let Some(desk) = model.desk.as_ref() else { return };
    let pane = Pane { x: pane.x + 1, w: pane.w.saturating_sub(2), ..pane };
    let known = desk.dossier.participants.values().filter(|p| !p.profession.is_empty());
    let professions: std::collections::BTreeSet<&str> = known.map(|p| model.lists.title_of(p)).collect();
    let heading = format!("参加者　{}人　{}職種", desk.dossier.participants.len(), professions.len());
    pen.say(pane.x, pane.y, pane.w, &heading, Meaning::Strong);
    people_rows(pen, model, Pane { y: pane.y + 1, h: pane.h - 1, ..pane }, true);
}

/// One row a person. Names are never on the wall: they show only in the line that mends them.
fn people_rows(pen: &mut Pen, model: &Model, pane: Pane, full: bool) {
    let Some(desk) = model.desk.as_ref() else { return };
    let people = desk.dossier.people();
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
    let first = at.saturating_sub(usize::from(pane.h) - 1);
    let professions = people.iter().map(|p| width(&p.profession)).max().unwrap_or(0).min(22);
    for (i, person) in people.iter().enumerate().skip(first).take(usize::from(pane.h)) {
        let y = pane.y + (i - first) as u16;
        let chosen = selected == Some(person.id);
        let (strong, quiet) =
            if chosen { (Meaning::Selected, Meaning::Selected) } else { (Meaning::Text, Meaning::Quiet) };
        if chosen {
            pen.fill(Pane { y, h: 1, ..pane }, Meaning::Selected);
        }
        let right = pane.x + pane.w;
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
    let meeting = &desk.dossier.meeting;
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
