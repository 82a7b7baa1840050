//! The regional issues of all meetings in one list, and how one looks among them.

use chrono::NaiveDate;

use super::fields::Described;
use super::text::{fold, sought};
use super::{Id, Lists, Meeting, Profession, RegionalIssue, fiscal_year};

/// A regional issue with where it was raised and where else it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As it stands now.
    pub issue: RegionalIssue,
    /// The meeting it was first raised in.
    pub raised: Occasion,
    /// The meetings in which it showed, each once, in the order of their dates.
    pub evidence: Vec<Occasion>,
}

/// A meeting, as far as counting by years needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occasion {
    /// The day of the meeting; none where nobody has said so.
    pub date: Option<NaiveDate>,
    /// Which meeting.
    pub meeting: Id<Meeting>,
}

/// Which entries are wanted; what is not said is not asked. Words are folded, so widths and spellings do not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The fiscal year in which it was raised, or showed again.
    pub year: Option<i32>,
    /// Part of the name of a scene (場面).
    pub scene: Option<String>,
    /// The letter of a category ((ア)–(ク)), or part of its label.
    pub category: Option<String>,
    /// Part of the level.
    pub level: Option<String>,
    /// Part of 圏域・地区.
    pub area: Option<String>,
    /// Part of the status.
    pub status: Option<String>,
    /// Part of the name of the responsible body.
    pub responsible: Option<String>,
    /// Whether somebody has read it for whether it shows a person.
    pub confirmed: Option<bool>,
    /// Words that all stand somewhere in the entry, each under any of its names.
    pub words: Option<String>,
}

impl Entry {
    /// The fiscal years in which it was raised or showed.
    pub fn years(&self) -> impl Iterator<Item = i32> + '_ {
        std::iter::once(&self.raised).chain(&self.evidence).filter_map(|o| o.date).map(fiscal_year)
    }

    /// Everything people wrote in it, folded, to be searched.
    pub fn folded(&self) -> String {
        let mut out = String::new();
        // The sentence comes first; of a category people say the letter, too: (ウ).
        for text in self.issue.texts().iter().filter(|text| !text.is_empty()) {
            out.push_str(&sought(text));
            out.push('\n');
        }
        out
    }
}

impl Filter {
    /// The filter with everything folded that is the same for each entry.
    pub fn finder(&self, lists: &Lists) -> Finder {
        let folded = |wanted: &Option<String>| wanted.as_ref().map(|wanted| sought(wanted));
        // A name of a profession is any of its names; one letter is no word of its own.
        let names = |word: &str| {
            let is_name = |p: &&Profession| p.names().any(|name| fold(name) == fold(word));
            let known = lists.profession(word).filter(is_name).filter(|_| word.chars().count() > 1);
            let others = known.into_iter().flat_map(|p| [&p.title].into_iter().chain(&p.aliases));
            [sought(word)].into_iter().chain(others.map(|name| sought(name))).collect()
        };
        Finder {
            year: self.year,
            scene: folded(&self.scene),
            category: folded(&self.category),
            level: folded(&self.level),
            area: folded(&self.area),
            status: folded(&self.status),
            responsible: folded(&self.responsible),
            confirmed: self.confirmed,
            words: self.words.iter().flat_map(|words| words.split_whitespace()).map(names).collect(),
        }
    }
}

/// A filter, ready to look through thousands of entries.
#[derive(Debug, Clone)]
pub struct Finder {
    year: Option<i32>,
    scene: Option<String>,
    category: Option<String>,
    level: Option<String>,
    area: Option<String>,
    status: Option<String>,
    responsible: Option<String>,
    confirmed: Option<bool>,
    /// Each word under any of its names.
    words: Vec<Vec<String>>,
}

impl Finder {
    /// Whether all the words stand in the sentence itself.
    pub fn says(&self, folded: &str) -> bool {
        // The sentence is the first of what is written.
        let sentence = folded.lines().next().unwrap_or_default();
        self.words.iter().all(|names| names.iter().any(|name| sentence.contains(name)))
    }

    /// Whether an entry is wanted; `folded` is everything that is written in it, as [`Entry::folded`] says.
    pub fn takes(&self, entry: &Entry, folded: &str) -> bool {
        let r = &entry.issue;
        let part = |wanted: &Option<String>, text: &str| {
            wanted.as_ref().is_none_or(|wanted| sought(text).contains(wanted))
        };
        let category = |wanted: &String| {
            let letter = wanted.trim_matches(['(', ')']);
            r.categories.iter().any(|c| sought(&c.letter) == letter || sought(&c.label).contains(wanted))
        };
        self.words.iter().all(|names| names.iter().any(|name| folded.contains(name)))
            && self.year.is_none_or(|year| entry.years().any(|y| y == year))
            && (self.scene.is_none() || r.scenes.iter().any(|scene| part(&self.scene, scene)))
            && self.category.as_ref().is_none_or(category)
            && self.confirmed.is_none_or(|confirmed| r.confirmed == confirmed)
            && part(&self.level, &r.level)
            && part(&self.area, &r.area)
            && part(&self.status, &r.status)
            && part(&self.responsible, &r.responsible)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::people::tests::lists;
    use crate::domain::{Category, Now};

    fn day(text: &str) -> Option<NaiveDate> {
        Some(text.parse().unwrap())
    }

    fn entry() -> Entry {
        let at = "2026-05-21T13:30:00+09:00".parse().unwrap();
        let mut mint = Now { at, seed: 1 }.ids();
        let raised = Occasion { date: day("2026-05-21"), meeting: mint.id() };
        let issue = RegionalIssue {
            scenes: vec!["入退院支援".into()],
            categories: vec![Category { letter: "エ".into(), label: "情報共有の支援".into() }],
            level: "市町村".into(),
            area: "奥の集落".into(),
            measures: vec!["操作の講習を開く".into()],
            responsible: "地域包括支援センター".into(),
            confirmed: true,
            ..RegionalIssue::new(mint.id(), raised.meeting, "ＩＣＴに不慣れなケアマネージャーが多い")
        };
        let later = Occasion { date: day("2027-04-02"), meeting: mint.id() };
        Entry { issue, raised, evidence: vec![raised, later] }
    }

    fn takes(filter: Filter, lists: &Lists) -> bool {
        filter.finder(lists).takes(&entry(), &entry().folded())
    }

    #[test]
    fn 年度は出た会議と根拠の会議のどちらでもよい() {
        let lists = lists();
        let years = |year| takes(Filter { year: Some(year), ..Filter::default() }, &lists);
        assert_eq!([2025, 2026, 2027, 2028].map(years), [false, true, true, false]);
    }

    #[test]
    fn 幅や呼び方がちがってもさがせる() {
        let lists = lists();
        let found = |words: &str| takes(Filter { words: Some(words.into()), ..Filter::default() }, &lists);
        assert!(found("ict") && found("介護支援専門員　講習") && found("ｹｱﾏﾈ"));
        assert!(found("（エ）") && !found("（ア）") && !found("ict 薬剤師"));
        let takes = |filter: Filter| takes(filter, &lists);
        for letter in ["エ", "（エ）", "ｴ", "情報共有"] {
            assert!(takes(Filter { category: Some(letter.into()), ..Filter::default() }), "{letter}");
        }
        assert!(!takes(Filter { category: Some("ウ".into()), ..Filter::default() }));
        assert!(takes(Filter {
            scene: Some("入退院".into()),
            level: Some("市町村".into()),
            ..Filter::default()
        }));
        assert!(!takes(Filter { scene: Some("看取り".into()), ..Filter::default() }));
        assert!(!takes(Filter { status: Some("実施中".into()), ..Filter::default() }));
    }
}
