//! The fields of the form about the meeting and its case. Everything in it may stay empty.

use chrono::NaiveDate;

use crate::domain::fields::{CaseField, MeetingField};
use crate::domain::{
    Action, Aside, Case, Change, Dossier, FACILITATORS, IdSource, Meeting, Record, RegionalIssue, SEATS,
    Until, age, date, text,
};
use crate::ui::Row;
use crate::ui::sheet::field::{
    Choices, Field, SUGGESTED, TEXT, Unread, beside_day, day_of, field, fields, in_time, one_of, refusal,
    replaced, several_of,
};
use crate::ui::sheet::people::PERSON;

/// The meeting and its case as one row.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub meeting: Meeting,
    pub case: Case,
    /// The case is written down already.
    pub has_case: bool,
}

/// A day, today's year where none is said.
const DAY: Field<Option<NaiveDate>> = Field {
    show: |day, _| day.map(date::long).unwrap_or_default(),
    ..Field::one(
        Choices::Free,
        |day, _| day.map(date::typed).unwrap_or_default(),
        |day, raw, _, c| {
            *day = day_of(raw, c.today, date::parse_date)?;
            beside_day(raw, *day)
        },
    )
};

/// The day of the meeting; the next one may have been written first.
const MEETING_DAY: Field<Option<NaiveDate>> = Field {
    set: |day, raw, free, c| {
        (DAY.set)(day, raw, free, c)?;
        match (*day, c.dossier.meeting.next_date) {
            (Some(day), Some(next)) if next < day => {
                let next = date::long(next);
                Err(Unread::new(
                    "",
                    format!("次回の日（{next}）は、この日より前です。書いたとおり残します。"),
                ))
            }
            _ => Ok(()),
        }
    },
    ..DAY
};

/// A day after the meeting.
const COMING_DAY: Field<Option<NaiveDate>> = Field {
    set: |day, raw, _, c| {
        *day = None;
        *day = day_of(raw, c.day(), date::parse_coming_date)?;
        in_time(*day, beside_day(raw, *day), c)
    },
    ..DAY
};

/// An age in a band. One in years is kept nowhere: what it comes to stands in its place.
const AGE: Field<String> = {
    const BAND: Field<String> = one_of(|l| l.age_bands.clone());
    Field {
        set: |age, raw, list, c| {
            let Some(banded) = age::in_bands(raw, &c.lists.age_bands, c.day()) else {
                let stands = |band: &String| text::fold(band) == text::fold(raw);
                // 70代 is neither of the halves the list may have.
                if !raw.trim_end().ends_with('代') || c.lists.age_bands.iter().any(stands) {
                    return (BAND.set)(age, raw, list, c);
                }
                *age = text::clean_line(raw);
                return Err(refusal(age, list, &[]).taken());
            };
            // What no list has is kept all the same.
            let _ = (BAND.set)(age, &banded, list, c);
            Err(Unread::new("", format!("くわしい年齢は残さず「{age}」にしました。")))
        },
        ..BAND
    }
};

fields! {
    /// A field of the form about the meeting, kept by its name.
    AboutField of About {
        Title(MeetingField) "第2回 見える事例検討会 など": field!(SUGGESTED, meeting.title),
        Date(MeetingField) "2026/5/21、5/21、R8.5.21、今日": field!(MEETING_DAY, meeting.date),
        Venue(MeetingField) "場所の名前": field!(TEXT, meeting.venue),
        Organiser(MeetingField) "会を開いている所": field!(TEXT, meeting.organiser),
        Code(CaseField) "年度と番号。名前は書きません": field!(SUGGESTED, case.code),
        Gist(CaseField) "マップの真ん中に出ます（独居、老老介護 など）": field!(TEXT, case.gist),
        Age(CaseField) "80代後半 のように（52歳 は 50代 になります）": field!(AGE, case.age),
        Sex(CaseField) "書かなくてもかまいません": field!(one_of(|l| l.sexes.clone()), case.sex),
        Triggers(CaseField) "番号で、いくつでも（2、5）": field!(several_of(|l| l.triggers.clone()), case.triggers),
        TriggerNote(CaseField) "事例提供者のことばで": field!(TEXT, case.trigger_note),
        Consultation(CaseField) "この会で何を一緒に考えたいか": field!(TEXT, case.consultation),
        Consent(CaseField) "1 本人同意　2 家族同意　3 同意困難": field!(one_of(|l| l.consents.clone()), case.consent),
        ConsentNote(CaseField) "同意困難のときは、その理由を": field!(TEXT, case.consent_note),
        ConsentDate(CaseField) "5/12、R8.5.12": field!(DAY, case.consent_date),
        ConsentBy(CaseField) "職種や所属で": field!(TEXT, case.consent_by),
        Facilitator(SEATS[0], FACILITATORS[0]) "職種・所属・番号のどれかで": field!(PERSON, meeting.facilitators[0]),
        SecondFacilitator(SEATS[1], FACILITATORS[1]) "職種・所属・番号のどれかで": field!(PERSON, meeting.facilitators[1]),
        Presenter(MeetingField) "職種・所属・番号のどれかで": field!(PERSON, meeting.presenter),
        NextDate(MeetingField) "7/16、2か月後": field!(COMING_DAY, meeting.next_date),
        Town(MeetingField) "どこの会議か。いくつかの市町村の記録を合わせるときに": field!(SUGGESTED, meeting.town),
        Note(MeetingField) "議事録の終わりに入ります": field!(TEXT, meeting.note),
    }
}

/// Whether a field that cannot hold every word is one of the case.
fn is_of_case(name: AboutField) -> bool {
    matches!(name, AboutField::Triggers | AboutField::ConsentDate)
}

impl Row for About {
    type Name = AboutField;
    const NOUN: &'static str = "会議と事例";
    const FIELDS: &'static [(AboutField, Field<Self>)] = FIELDS;

    fn asides(&self, name: AboutField) -> &[Aside] {
        if is_of_case(name) { &self.case.aside } else { &self.meeting.aside }
    }

    fn asides_mut(&mut self, name: AboutField) -> Option<&mut Vec<Aside>> {
        Some(if is_of_case(name) { &mut self.case.aside } else { &mut self.meeting.aside })
    }

    fn changes(&self, before: Option<&Self>, _: &mut IdSource) -> Vec<Change> {
        let Some(before) = before else { return Vec::new() };
        let (mut changes, mut meeting) = (Vec::new(), self.meeting.clone());
        if before.case != self.case {
            changes = replaced(before.has_case.then_some(&before.case), &self.case);
            meeting.case = Some(self.case.id);
        }
        changes.extend(replaced(Some(&before.meeting), &meeting));
        changes
    }
}

/// The deadlines that were said as 次回まで get their day as soon as the next date has one: the plan is made before it.
pub fn deadlines_with(changes: &[Change], dossier: &Dossier) -> Vec<Change> {
    let next = changes.iter().find_map(|change| match change.after() {
        Some(Record::Meeting(meeting)) => Some(meeting.next_date),
        _ => None,
    });
    let Some(next) = next.filter(|next| *next != dossier.meeting.next_date) else { return Vec::new() };
    let moved = |until: &Until| Until { date: next, ..until.clone() };
    let actions = dossier.actions.values().filter(|a| date::follows_next(&a.until));
    let actions = actions.flat_map(|a| replaced(Some(a), &Action { until: moved(&a.until), ..a.clone() }));
    let issues = dossier.regional.values().filter(|r| date::follows_next(&r.due));
    let issues = issues.flat_map(|r| replaced(Some(r), &RegionalIssue { due: moved(&r.due), ..r.clone() }));
    actions.chain(issues).collect()
}
