//! The form about the meeting and its case. Everything in it may stay empty.

use super::field::{
    Choices, Context, Field, Row, choose, choose_many, code_of, coming_day, day, label_of, list_field,
    person, text_field,
};
use crate::domain::fields::{CaseField, MeetingField};
use crate::domain::{Case, Change, Dossier, FACILITATORS, Id, IdSource, Meeting, Participant, Record, date};

/// The meeting and its case as one row.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub meeting: Meeting,
    pub case: Case,
    /// The case is written down already.
    pub has_case: bool,
}

macro_rules! day_field {
    ($title:expr, $hint:literal, $read:ident, $($path:ident).+) => {
        Field {
            title: $title,
            hint: $hint,
            choices: Choices::Free,
            many: false,
            whole: true,
            get: |a: &About, _: &Context| a.$($path).+.map(|d| d.to_string()).unwrap_or_default(),
            show: |a: &About, _: &Context| a.$($path).+.map(date::long).unwrap_or_default(),
            set: |a: &mut About, raw: &str, c: &Context| {
                a.$($path).+ = $read(raw, c)?;
                Ok(())
            },
        }
    };
}

macro_rules! person_field {
    ($title:expr, $get:expr, $set:expr) => {
        Field {
            title: $title,
            hint: "職種・所属・番号（薬剤師、P03）",
            choices: Choices::People,
            many: false,
            whole: true,
            get: |a: &About, c: &Context| code_of($get(a), c),
            show: |a: &About, c: &Context| label_of($get(a), c),
            set: |a: &mut About, raw: &str, c: &Context| {
                let chosen = choose(raw, Choices::People, c)?.and_then(|o| person(&o.text, c));
                $set(a, chosen);
                Ok(())
            },
        }
    };
}

const TRIGGERS: Choices = Choices::List(|l| l.triggers.clone());
type Someone = Option<Id<Participant>>;

impl Row for About {
    const FIELDS: &'static [Field<Self>] = &[
        text_field!(made MeetingField::Title.label(), "第2回 見える事例検討会 など", meeting.title),
        day_field!(MeetingField::Date.label(), "2026-05-21、5/21、R8.5.21、今日", day, meeting.date),
        text_field!(MeetingField::Venue.label(), "会場の名前", meeting.venue),
        text_field!(MeetingField::Organiser.label(), "会を開いている所", meeting.organiser),
        text_field!(made CaseField::Code.label(), "年度と番号。名前は書きません", case.code),
        text_field!(CaseField::Gist.label(), "地図の真ん中に出ます（独居、老々介護 など）", case.gist),
        list_field!(CaseField::Age.label(), "番号か、80代後半 のように", age_bands, case.age),
        list_field!(CaseField::Sex.label(), "書かなくてもかまいません", sexes, case.sex),
        Field {
            title: CaseField::Triggers.label(),
            hint: "番号で、いくつでも（2、5）",
            choices: TRIGGERS,
            many: true,
            whole: false,
            get: |a, _| a.case.triggers.join("、"),
            show: |a, _| a.case.triggers.join("・"),
            set: |a, raw, c| {
                a.case.triggers = choose_many(raw, TRIGGERS, c)?.into_iter().map(|o| o.text).collect();
                Ok(())
            },
        },
        text_field!(CaseField::TriggerNote.label(), "事例を出した人のことばで", case.trigger_note),
        text_field!(CaseField::Consultation.label(), "この会で何を一緒に考えたいか", case.consultation),
        list_field!(CaseField::Consent.label(), "1 本人同意　2 家族同意　3 同意困難", consents, case.consent),
        text_field!(CaseField::ConsentNote.label(), "同意困難のときは、その理由を", case.consent_note),
        day_field!(CaseField::ConsentDate.label(), "5/12、R8.5.12", day, case.consent_date),
        text_field!(CaseField::ConsentBy.label(), "職種や所属で", case.consent_by),
        person_field!(FACILITATORS[0], |a: &About| a.meeting.facilitators[0], |a: &mut About, p: Someone| {
            a.meeting.facilitators[0] = p
        }),
        person_field!(FACILITATORS[1], |a: &About| a.meeting.facilitators[1], |a: &mut About, p: Someone| {
            a.meeting.facilitators[1] = p
        }),
        person_field!(
            MeetingField::Presenter.label(),
            |a: &About| a.meeting.presenter,
            |a: &mut About, p: Someone| a.meeting.presenter = p
        ),
        day_field!(MeetingField::NextDate.label(), "7/16、2か月後", coming_day, meeting.next_date),
        text_field!(made MeetingField::Town.label(), "どこの会議か。いくつかの市町村の記録を合わせるときに", meeting.town),
        text_field!(MeetingField::Note.label(), "議事録の終わりに入ります", meeting.note),
    ];

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        let Some(before) = before else { return Vec::new() };
        let mut changes = Vec::new();
        let mut meeting = self.meeting.clone();
        if before.case != self.case {
            if self.has_case {
                changes.push(Change::replace(before.case.clone(), self.case.clone()));
            } else {
                meeting.case = Some(self.case.id);
                changes.push(Change::add(self.case.clone()));
            }
        }
        if before.meeting != meeting {
            changes.push(Change::replace(before.meeting.clone(), meeting));
        }
        changes
    }

    fn noun() -> &'static str {
        "会議と事例"
    }
}

/// The deadlines that were said as 次回まで get their day as soon as the next date has one: the plan is made before it.
pub fn deadlines_with(changes: &[Change], dossier: &Dossier) -> Vec<Change> {
    let meeting = changes.iter().find_map(|change| match change.after() {
        Some(Record::Meeting(meeting)) => Some(meeting),
        _ => None,
    });
    let Some(next) = meeting.map(|m| m.next_date).filter(|next| *next != dossier.meeting.next_date) else {
        return Vec::new();
    };
    let actions = dossier.actions.values().filter(|a| date::follows_next(&a.until)).map(|action| {
        let mut after = action.clone();
        after.until.date = next;
        Change::replace(action.clone(), after)
    });
    let regional = dossier.regional.values().filter(|r| date::follows_next(&r.due)).map(|issue| {
        let mut after = issue.clone();
        after.due.date = next;
        Change::replace(issue.clone(), after)
    });
    actions.chain(regional).filter(|change| change.before() != change.after()).collect()
}

/// The index of 次回の日.
pub const NEXT_DATE: usize = 18;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_date_is_where_the_closing_looks_for_it() {
        assert_eq!(About::FIELDS[NEXT_DATE].title, MeetingField::NextDate.label());
    }
}
