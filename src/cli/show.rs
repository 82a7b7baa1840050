//! `jirei show`: one meeting as text.

use std::io::Write;

use super::house::House;
use crate::domain::fields::ActionField;
use crate::domain::{Action, Dossier, date};
use crate::export::outline;
use crate::export::words::{self, People};

pub fn run(house: &House, meeting: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let store = house.look()?;
    let dossier = house.dossier(&store, meeting)?;
    writeln!(out, "{}", text(&dossier))?;
    Ok(())
}

/// The meeting in plain lines, without anything that would steer the terminal.
fn text(dossier: &Dossier) -> String {
    let parts = [
        head(dossier),
        format!("■ マップ（{}）\n{}", dossier.nodes.len(), map(dossier)),
        format!("■ 行動計画（{}）\n{}", dossier.actions.len(), plan(dossier)),
        format!("■ 地域課題（{}）\n{}", dossier.regional.len(), regional(dossier)),
        format!("■ 振り返り（{}）\n{}", dossier.reflections.len(), reflections(dossier)),
    ];
    parts.map(|part| part.trim_end().to_owned()).join("\n\n")
}

fn head(dossier: &Dossier) -> String {
    let meeting = &dossier.meeting;
    let date = date::or_none(meeting.date, date::long);
    let mut lines = vec![words::clean(&meeting.title), format!("{date} {}", words::clean(&meeting.venue))];
    lines.push(format!("id: {}", meeting.id));
    lines.push(format!("参加者 {}人、つながり {}本", dossier.participants.len(), dossier.links.len()));
    if let Some(case) = &dossier.case {
        lines.push(format!("事例 {}: {}", words::clean(&case.code), words::clean(&case.consultation)));
    }
    lines.join("\n")
}

fn map(dossier: &Dossier) -> String {
    // The tabs of the outline are for programs; two spaces a level are kinder to eyes.
    outline::render(dossier).replace('\t', "  ")
}

fn plan(dossier: &Dossier) -> String {
    let people = People::new(dossier);
    let line = |action: &Action| {
        let [who, until] = [ActionField::Who, ActionField::Until].map(|field| {
            let called = |key| people.called(key);
            let text = words::told(&action.value(field), called, &action.aside, field.key());
            if text.is_empty() { "未定".to_owned() } else { text }
        });
        format!("- {}\n  {who} / {until} / {}\n", words::clean(&action.what), action.status.label())
    };
    dossier.plan_by_day().into_iter().map(line).collect()
}

fn regional(dossier: &Dossier) -> String {
    let line = |(i, issue): (usize, &crate::domain::RegionalIssue)| {
        format!("{}. {}\n", i + 1, words::clean(&issue.statement))
    };
    dossier.regional_issues().into_iter().enumerate().map(line).collect()
}

fn reflections(dossier: &Dossier) -> String {
    let people = People::new(dossier);
    let line = |reflection: &&crate::domain::Reflection| {
        let by = people.label(reflection.speaker).unwrap_or("発言者なし");
        format!("{by}: {}\n", words::clean(&reflection.text))
    };
    dossier.reflections_in_order().iter().map(line).collect()
}
