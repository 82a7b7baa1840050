//! The case: one person's situation, without anything that names the person.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Aside, Id};

/// The case a meeting speaks about. No field asks for a name, a birthday or an address; age is a band.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Given where it was written, the same on every machine.
    pub id: Id<Case>,
    /// What people call it: fiscal year and number, made by the program, such as `2026-03`.
    pub code: String,
    /// One of `Lists::age_bands`, or empty.
    pub age: String,
    /// One of `Lists::sexes`, or empty.
    pub sex: String,
    /// Who the person is in a few words; stands in the middle of the map.
    pub gist: String,
    /// Any of `Lists::triggers` (検討のきっかけ).
    pub triggers: Vec<String>,
    /// The trigger in the presenter's own words.
    pub trigger_note: String,
    /// What the presenter asks of the meeting (相談したいこと).
    pub consultation: String,
    /// One of `Lists::consents`, or empty.
    pub consent: String,
    /// What was said about the consent: how, and for what.
    pub consent_note: String,
    /// The day of the consent.
    pub consent_date: Option<NaiveDate>,
    /// Who confirmed the consent.
    pub consent_by: String,
    /// What was typed into fields that cannot hold it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aside: Vec<Aside>,
}

/// What stands in a case.
macro_rules! case_fields {
    ($read:ident) => {
        $read! { Case CaseField "事例" [id] {
            Code         code         "事例の番号"       (text),
            Age          age          "年代"             (text),
            Sex          sex          "性別"             (text),
            Gist         gist         "ひとことで"       (text),
            Triggers     triggers     "検討のきっかけ"   (list),
            TriggerNote  trigger_note "きっかけのことば" (text),
            Consultation consultation "相談したいこと"   (text),
            Consent      consent      "同意"             (text),
            ConsentNote  consent_note "同意のようす"     (text),
            ConsentDate  consent_date "同意の日"         (day),
            ConsentBy    consent_by   "同意を確かめた人" (text),
            Aside        aside        "欄のわきのことば" (beside CaseField::called) [apart],
        } }
    };
}
pub(crate) use case_fields;

impl Case {
    /// An empty case under a code.
    pub fn new(id: Id<Case>, code: impl Into<String>) -> Self {
        Self {
            id,
            code: code.into(),
            age: String::new(),
            sex: String::new(),
            gist: String::new(),
            triggers: Vec::new(),
            trigger_note: String::new(),
            consultation: String::new(),
            consent: String::new(),
            consent_note: String::new(),
            consent_date: None,
            consent_by: String::new(),
            aside: Vec::new(),
        }
    }
}
