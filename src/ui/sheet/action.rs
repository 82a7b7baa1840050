//! The fields of the plan's rows.

use chrono::Datelike;

use crate::domain::fields::ActionField;
use crate::domain::said::Keyed;
use crate::domain::{Action, ActionStatus, Aside, Change, IdSource, Node, Priority, Said, Until, date};
use crate::ui::Row;
use crate::ui::sheet::field::{
    Choices, Field, FieldContext, Offer, TEXT, Unread, choose, field, fields, in_time, mean, replaced,
};
use crate::ui::sheet::people::PEOPLE;

/// いつまでに: the words, read with the day they mean where they do not say it themselves.
pub(super) const UNTIL: Field<Until> = Field {
    show: |until, c| {
        // 次回まで means the next date as it stands now, also when it was fixed later.
        let next = c.dossier.meeting.next_date.filter(|_| until.words.starts_with("次回"));
        match until.date.or(next) {
            // Words that are a day say no more than the day.
            Some(day) if date::says_only_a_day(until) => date::short_from(day, c.today),
            Some(day) if date::names_day(until, day) && day.year() == c.today.year() => until.words.clone(),
            Some(day) => format!("{} {}", until.words, date::short_from(day, c.today)),
            None => date::without_day(until),
        }
    },
    ..Field::one(
        Choices::Free,
        |until, _| until.words.clone(),
        |until, raw, _, c| {
            *until = date::parse_until(raw, c.day(), c.dossier.meeting.next_date);
            let slip = until.date.is_none().then(|| date::slip_in(raw, c.day())).flatten();
            let kept = |slip| Unread::new("", format!("{slip}ことばのまま残します（{}）。", date::NO_DAY));
            in_time(until.date, slip.map_or(Ok(()), |slip| Err(kept(slip))), c)
        },
    )
};

pub(super) const PRIORITY: Field<Option<Said<Priority>>> = Field::one(
    Choices::List(|_| Priority::ALL.map(|p| p.label().to_owned()).to_vec()),
    |priority, _| priority.as_ref().map_or("", Said::label).to_owned(),
    |priority, raw, from, c| {
        let (said, kept) = said(raw, from, c, &Priority::ALL);
        *priority = said;
        kept
    },
);

/// One of a few, or what was said instead; none where nothing was.
fn said<T: Keyed>(
    raw: &str,
    from: Choices,
    c: &FieldContext,
    all: &[T],
) -> (Option<Said<T>>, Result<(), Unread>) {
    let known = |offer: Offer| all.iter().find(|one| one.its_label() == offer.text).map(|one| (*one).into());
    match choose(raw, from, c) {
        Ok(chosen) => (chosen.and_then(known), Ok(())),
        Err(unread) => (Some(Said::of(&unread.words)), Err(unread.taken())),
    }
}

impl Row for Action {
    type Name = ActionField;
    const NOUN: &'static str = "行動計画";
    const FIELDS: &'static [(ActionField, Field<Self>)] = fields! { ActionField {
        Issue "課題の番号か、ことばの一部": Field {
            show: |a, c| issue(a, c).map(|n| n.text.clone()).unwrap_or_default(),
            ..Field::one(
                Choices::Issues,
                |a, c| issue(a, c).filter(|n| n.number > 0).map(|n| n.number.to_string()).unwrap_or_default(),
                |a, raw, from, c| mean(&mut a.issue, raw, from, c),
            )
        },
        What "することを一文で": field!(TEXT, what),
        Who "職種・所属・番号で。何人でも「、」で区切って": field!(PEOPLE, who),
        Until "6/18、R8.6.18、来週、2週間後、次回まで、未定": field!(UNTIL, until),
        Check "できたことを、どうやって確かめるか": field!(TEXT, check),
        Priority "1 高　2 中　3 低": field!(PRIORITY, priority),
        Status "1 未着手　2 実施中　3 完了　4 中止": Field::one(
            Choices::List(|_| ActionStatus::ALL.map(|s| s.label().to_owned()).to_vec()),
            |a, _| a.status.label().to_owned(),
            |a, raw, from, c| {
                let (status, kept) = said(raw, from, c, &ActionStatus::ALL);
                a.set_status(status.unwrap_or(ActionStatus::Todo.into()), c.today);
                kept
            },
        ),
        Outcome "してみてどうだったか": field!(TEXT, outcome),
    } };

    fn asides(&self, _: ActionField) -> &[Aside] {
        &self.aside
    }

    fn asides_mut(&mut self, _: ActionField) -> Option<&mut Vec<Aside>> {
        Some(&mut self.aside)
    }

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        replaced(before, self)
    }
}

fn issue<'a>(action: &Action, fields: &FieldContext<'a>) -> Option<&'a Node> {
    action.issue.and_then(|id| fields.dossier.nodes.get(&id))
}
