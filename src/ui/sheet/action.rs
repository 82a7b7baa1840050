//! The fields of the plan's rows.

use crate::domain::fields::ActionField;
use crate::domain::text::clean_line;
use crate::domain::{Action, ActionStatus, Change, IdSource, Node, Priority, Until, date};
use crate::ui::sheet::field::{
    Choices, Field, FieldContext, Row, choose, choose_many, code_of, fields, label_of, person, replaced,
    text_field,
};

pub const PRIORITIES: Choices = Choices::Fixed(&["高", "中", "低"]);
const STATUSES: Choices = Choices::Fixed(&["未着手", "実施中", "完了", "中止"]);

impl Row for Action {
    type Name = ActionField;

    const FIELDS: &'static [(ActionField, Field<Self>)] = fields! { ActionField {
        Issue: Field::shown(
            "課題の番号か、ことばの一部",
            Choices::Issues,
            issue_number,
            |a, c| issue(a, c).map(|n| n.text.clone()).unwrap_or_default(),
            |a, raw, c| choose(raw, Choices::Issues, c).map(|o| a.issue = o.and_then(|o| o.node)),
        ),
        What: text_field!("することを一文で", what),
        Who: Field::several(
            "職種・所属・番号（薬剤師、P03）。何人でも",
            Choices::People,
            |a, c| a.who.iter().map(|id| code_of(Some(*id), c)).collect::<Vec<_>>().join("、"),
            |a, c| a.who.iter().map(|id| label_of(Some(*id), c)).collect::<Vec<_>>().join("・"),
            |a, raw, c| {
                let who = choose_many(raw, Choices::People, c)?;
                a.who = who.iter().filter_map(|o| person(&o.text, c)).collect();
                Ok(())
            },
        ),
        Until: Field::shown(
            "6/18、R8.6.18、来週、2週間後、次回まで、未定",
            Choices::Free,
            |a, _| a.until.words.clone(),
            |a, c| show_until(&a.until, c),
            |a, raw, c| read_until(raw, c).map(|until| a.until = until),
        ),
        Check: text_field!("できたことを、どうやって確かめるか", check),
        Priority: Field::one(
            "1 高　2 中　3 低",
            PRIORITIES,
            |a, _| a.priority.map(|p| p.label().to_owned()).unwrap_or_default(),
            |a, raw, c| read_priority(raw, c).map(|priority| a.priority = priority),
        ),
        Status: Field::one(
            "1 未着手　2 実施中　3 完了　4 中止",
            STATUSES,
            |a, _| a.status.label().to_owned(),
            |a, raw, c| {
                let chosen = choose(raw, STATUSES, c)?;
                let found = ActionStatus::ALL
                    .into_iter()
                    .find(|s| chosen.as_ref().is_some_and(|o| o.text == s.label()));
                a.set_status(found.unwrap_or(ActionStatus::Todo), c.today);
                Ok(())
            },
        ),
        Outcome: text_field!("してみてどうだったか", outcome),
    } };

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        replaced(before, self)
    }

    fn noun() -> &'static str {
        "行動計画"
    }
}

fn issue<'a>(action: &Action, fields: &FieldContext<'a>) -> Option<&'a Node> {
    action.issue.and_then(|id| fields.dossier.nodes.get(&id))
}

fn issue_number(action: &Action, fields: &FieldContext) -> String {
    issue(action, fields).filter(|n| n.number > 0).map(|n| n.number.to_string()).unwrap_or_default()
}

/// Reads いつまでに.
pub fn read_until(raw: &str, fields: &FieldContext) -> Result<Until, String> {
    let raw = clean_line(raw);
    if raw.is_empty() {
        return Ok(Until::default());
    }
    date::parse_until(&raw, fields.day(), fields.dossier.meeting.next_date).map_err(|e| e.to_string())
}

/// The words, and the day they mean where they do not say it themselves.
pub fn show_until(until: &Until, fields: &FieldContext) -> String {
    match until.date.or_else(|| next_date(until, fields)) {
        // Words that are a day say no more than the day.
        Some(day) if date::says_only_a_day(until) => date::short_from(day, fields.today),
        Some(day) => format!("{} {}", until.words, date::short_from(day, fields.today)),
        None => until.words.clone(),
    }
}

/// 次回まで means the next date as it stands now, also when it was fixed later.
fn next_date(until: &Until, fields: &FieldContext) -> Option<chrono::NaiveDate> {
    until.words.starts_with("次回").then_some(fields.dossier.meeting.next_date).flatten()
}

/// Reads 高 中 低.
pub fn read_priority(raw: &str, fields: &FieldContext) -> Result<Option<Priority>, String> {
    let chosen = choose(raw, PRIORITIES, fields)?;
    Ok(Priority::ALL.into_iter().find(|p| chosen.as_ref().is_some_and(|o| o.text == p.label())))
}
