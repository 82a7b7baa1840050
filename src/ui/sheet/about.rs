//! The fields of the form about the meeting and its case. Everything in it may stay empty.

use crate::domain::fields::{CaseField, MeetingField};
use crate::domain::{Case, Change, Dossier, FACILITATORS, IdSource, Meeting, Record, date};
use crate::ui::sheet::field::{
    Choices, Field, Row, choose, code_of, coming_day, day, form, label_of, list_field, person, text_field,
};

/// The meeting and its case as one row.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub meeting: Meeting,
    pub case: Case,
    /// The case is written down already.
    pub has_case: bool,
}

/// A field at a path of the row that takes a day.
macro_rules! day_field {
    ($hint:literal, $read:ident, $($path:ident).+) => {
        Field::shown(
            $hint,
            Choices::Free,
            |a, _| a.$($path).+.map(|d| d.to_string()).unwrap_or_default(),
            |a, _| a.$($path).+.map(date::long).unwrap_or_default(),
            |a, raw, c| $read(raw, c).map(|day| a.$($path).+ = day),
        )
    };
}

/// A field of the meeting that takes one of those at the table.
macro_rules! person_field {
    ($($path:tt)+) => {
        Field::shown(
            "職種・所属・番号（薬剤師、P03）",
            Choices::People,
            |a, c| code_of(a.meeting.$($path)+, c),
            |a, c| label_of(a.meeting.$($path)+, c),
            |a, raw, c| {
                a.meeting.$($path)+ = choose(raw, Choices::People, c)?.and_then(|o| person(&o.text, c));
                Ok(())
            },
        )
    };
}

form! {
    /// A field of the form about the meeting, kept by its name.
    AboutField of About {
        Title(MeetingField): text_field!(made "第2回 見える事例検討会 など", meeting.title),
        Date(MeetingField): day_field!("2026-05-21、5/21、R8.5.21、今日", day, meeting.date),
        Venue(MeetingField): text_field!("会場の名前", meeting.venue),
        Organiser(MeetingField): text_field!("会を開いている所", meeting.organiser),
        Code(CaseField): text_field!(made "年度と番号。名前は書きません", case.code),
        Gist(CaseField): text_field!("地図の真ん中に出ます（独居、老々介護 など）", case.gist),
        Age(CaseField): list_field!("番号か、80代後半 のように", age_bands, case.age),
        Sex(CaseField): list_field!("書かなくてもかまいません", sexes, case.sex),
        Triggers(CaseField): list_field!(many "番号で、いくつでも（2、5）", triggers, case.triggers),
        TriggerNote(CaseField): text_field!("事例を出した人のことばで", case.trigger_note),
        Consultation(CaseField): text_field!("この会で何を一緒に考えたいか", case.consultation),
        Consent(CaseField): list_field!("1 本人同意　2 家族同意　3 同意困難", consents, case.consent),
        ConsentNote(CaseField): text_field!("同意困難のときは、その理由を", case.consent_note),
        ConsentDate(CaseField): day_field!("5/12、R8.5.12", day, case.consent_date),
        ConsentBy(CaseField): text_field!("職種や所属で", case.consent_by),
        Facilitator(FACILITATORS[0]): person_field!(facilitators[0]),
        SecondFacilitator(FACILITATORS[1]): person_field!(facilitators[1]),
        Presenter(MeetingField): person_field!(presenter),
        NextDate(MeetingField): day_field!("7/16、2か月後", coming_day, meeting.next_date),
        Town(MeetingField): text_field!(made "どこの会議か。いくつかの市町村の記録を合わせるときに", meeting.town),
        Note(MeetingField): text_field!("議事録の終わりに入ります", meeting.note),
    }
}

impl Row for About {
    type Name = AboutField;

    const FIELDS: &'static [(AboutField, Field<Self>)] = FIELDS;

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
