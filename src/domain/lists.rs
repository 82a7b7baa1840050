//! The lists of the field: professions, scenes, categories. Their content is data (`sessions/lists.toml`).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::Participant;
use super::text::fold;

/// A 事業項目: the letter and the label travel together, because towns use the letters differently.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Such as `ウ`, without brackets.
    pub letter: String,
    /// What the town calls it, without the letter.
    pub label: String,
}

impl Category {
    /// `(ウ)切れ目のない…`: the letter never goes without its label.
    pub fn full(&self) -> String {
        format!("({}){}", self.letter, self.label)
    }
}

/// A profession and the other names it goes by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profession {
    /// The name it is counted under.
    pub title: String,
    /// One or two characters for a column, such as `薬`.
    pub short: String,
    /// Other names that people type for it.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// The details to look at under one branch (生活: 移動, 食事, …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BranchChecks {
    /// The title of the branch.
    pub branch: String,
    /// What to look at there, in the order in which it is offered.
    pub checks: Vec<String>,
}

/// How many meetings of a kind a year has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SlotKind {
    /// The key of the session format.
    pub format: String,
    /// How many meetings of that kind.
    pub count: u32,
}

/// All lists. A town may bring its own file; entries that are already written down stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lists {
    /// 職種.
    pub professions: Professions,
    /// 事業項目, each with its letter.
    pub categories: Vec<Category>,
    /// 場面.
    pub scenes: Vec<String>,
    /// 五つの機能.
    pub functions: Vec<String>,
    /// How far an issue reaches, the smallest first (個別 … 広域).
    pub levels: Vec<String>,
    /// What is missing: 資源, or しくみ・やり方.
    pub gaps: Vec<String>,
    /// 状態 of a regional issue.
    pub regional_statuses: Vec<String>,
    /// What became of it in next year's plan (計画, 予算, 不採用).
    pub reflected: Vec<String>,
    /// Which decisions mean that the plan or the budget speaks of an issue, in every way of saying it that counts.
    pub taken_up: Vec<String>,
    /// Ages in bands, youngest first.
    pub age_bands: Vec<String>,
    /// 性別.
    pub sexes: Vec<String>,
    /// 検討のきっかけ.
    pub triggers: Vec<String>,
    /// How the person consented (同意).
    pub consents: Vec<String>,
    /// What to look at under each branch, where the format has such a branch.
    pub branch_checks: Vec<BranchChecks>,
    /// The meetings of a year, kind by kind, where nobody has planned it yet.
    pub slots: Vec<SlotKind>,
}

impl Lists {
    /// The profession that goes by these words, whatever the width and spelling; none if the list does not know it.
    pub fn profession(&self, words: &str) -> Option<&Profession> {
        self.professions.find(words)
    }

    /// What a decision is counted as: as the list calls it, whatever its width and spelling; else as it was written.
    pub fn decision<'a>(&'a self, written: &'a str) -> &'a str {
        let folded = fold(written);
        self.reflected.iter().find(|word| fold(word) == folded).map_or(written.trim(), String::as_str)
    }

    /// Whether a decision means that the plan or the budget speaks of the issue. A word the list does not know says nothing of
    /// that, such as 継続審議.
    pub fn takes_up(&self, decision: &str) -> bool {
        let folded = fold(decision);
        !folded.is_empty() && self.taken_up.iter().any(|word| fold(word) == folded)
    }

    /// What a person's profession is counted as: as the list calls it, whatever it was typed as; else what the room calls them.
    pub fn title_of<'a>(&'a self, person: &'a Participant) -> &'a str {
        self.profession(&person.profession).map_or(person.label(), |known| known.title.as_str())
    }
}

/// The professions in their order, with every name they go by ready to be looked up: each frame asks for each participant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "Vec<Profession>")]
pub struct Professions {
    rows: Vec<Profession>,
    by_name: HashMap<String, usize>,
}

impl From<Vec<Profession>> for Professions {
    fn from(rows: Vec<Profession>) -> Self {
        let mut by_name = HashMap::new();
        for (i, row) in rows.iter().enumerate() {
            for name in row.names() {
                by_name.entry(key(name)).or_insert(i);
            }
        }
        Self { rows, by_name }
    }
}

impl std::ops::Deref for Professions {
    type Target = [Profession];

    fn deref(&self) -> &[Profession] {
        &self.rows
    }
}

impl Professions {
    /// By all the words; else by those before a bracket, or, where it names a kind of that profession, 看護師（訪看）, by those in
    /// it; else by the first of several, 保健師・看護師.
    fn find(&self, words: &str) -> Option<&Profession> {
        let whole = self.named(words);
        let bracketed = || {
            let (head, inner) = bracket(words)?;
            match (self.find(head), self.named(inner)) {
                (Some(head), Some(inner)) if inner.title.ends_with(&head.title) => Some(inner),
                (head, inner) => head.or(inner),
            }
        };
        let several = |c| matches!(c, '・' | '･' | '／' | '/' | '＋' | '+' | '、' | '，' | ',' | '兼');
        let parts = || words.split(several).filter(|part| part.trim().chars().count() > 1);
        whole.or_else(bracketed).or_else(|| parts().find_map(|part| self.named(part)))
    }

    fn named(&self, words: &str) -> Option<&Profession> {
        self.by_name.get(&key(words)).and_then(|i| self.rows.get(*i))
    }
}

impl Profession {
    /// Everything it goes by.
    pub fn names(&self) -> impl Iterator<Item = &String> {
        [&self.title].into_iter().chain(&self.aliases).chain([&self.short])
    }
}

/// What two spellings of a profession share: P.T. is PT.
fn key(words: &str) -> String {
    fold(words).replace('.', "")
}

/// The words before a bracket at the end, and those in it.
fn bracket(words: &str) -> Option<(&str, &str)> {
    let (head, inner) = words.trim().strip_suffix(['）', ')'])?.split_once(['（', '('])?;
    (!head.trim().is_empty()).then_some((head, inner))
}
