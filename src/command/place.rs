//! Where on the program one stands; what a key may do depends on it.

use serde::Deserialize;

use crate::domain::Step;

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    Home,
    /// The form about the meeting and its case.
    Info,
    /// The list of participants.
    People,
    Opening,
    Map,
    Plan,
    Regional,
    Closing,
    /// The register of regional issues: the list, with its search line.
    Register,
    /// One regional issue of the register, as a form.
    Issue,
    /// The plan of a fiscal year.
    Year,
    /// The figures of a year, one question a screen.
    Review,
    /// The issues of a year, one by one, to be decided upon.
    Decide,
    /// The two forms of the yearly review.
    Forms,
}

impl Place {
    pub const ALL: [Place; 14] = [
        Place::Home,
        Place::Info,
        Place::People,
        Place::Opening,
        Place::Map,
        Place::Plan,
        Place::Regional,
        Place::Closing,
        Place::Register,
        Place::Issue,
        Place::Year,
        Place::Review,
        Place::Decide,
        Place::Forms,
    ];

    /// The screen of a step.
    pub fn of(step: Step) -> Place {
        match step {
            Step::Opening => Place::Opening,
            Step::Interview | Step::Questions | Step::Analysis | Step::Ideas => Place::Map,
            Step::Plan => Place::Plan,
            Step::Regional => Place::Regional,
            Step::Closing => Place::Closing,
        }
    }

    /// Whether it is the screen of a step: not every way of meeting has them all.
    pub fn is_of_step(self) -> bool {
        Step::ALL.into_iter().any(|step| Place::of(step) == self)
    }

    /// What people call it.
    pub fn title(self) -> &'static str {
        match self {
            Place::Home => "会議の一覧",
            Place::Info => "会議と事例",
            Place::People => "参加者",
            Place::Opening => "導入",
            Place::Map => "マップ",
            Place::Plan => "行動計画",
            Place::Regional => "地域課題",
            Place::Closing => "振り返り",
            Place::Register => "地域課題の一覧",
            Place::Issue => "地域課題の一件",
            Place::Year => "年間の計画",
            Place::Review => "年間の振り返り",
            Place::Decide => "一件ずつの話し合い",
            Place::Forms => "振り返りの様式",
        }
    }

    /// Several of them in a few words: those inside a meeting, and those of the region, go by one name.
    pub fn said(places: &[Place]) -> String {
        if places.len() == Place::ALL.len() {
            return "どこでも".to_owned();
        }
        let mut left = places.to_vec();
        let mut said = Vec::new();
        for (group, name) in [(&Place::ALL[1..8], "会議の中"), (&Place::ALL[8..], "地域の画面")] {
            if group.iter().all(|p| left.contains(p)) {
                left.retain(|p| !group.contains(p));
                said.push(name);
            }
        }
        said.extend(left.into_iter().map(Place::title));
        said.join("・")
    }
}
