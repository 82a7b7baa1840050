//! The form of a regional issue, with its evidence.

use super::action::{PRIORITIES, read_priority, read_until, show_until};
use super::field::{
    Choices, Context, Field, Row, YES_NO, choose, choose_many, list_field, node_words, text_field, tokens,
    yes_no, yes_no_text,
};
use crate::domain::fields::{EvidenceField, RegionalIssueField};
use crate::domain::{Category, Change, Evidence, IdSource, RegionalIssue, text::clean_line};

/// A regional issue and its evidence from this meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Regional {
    pub issue: RegionalIssue,
    pub evidence: Vec<Evidence>,
    /// Nodes to be evidence that have no record yet.
    pub wanted: Vec<crate::domain::Id<crate::domain::Node>>,
}

const SCENES: Choices = Choices::List(|l| l.scenes.clone());
const CATEGORIES: Choices = Choices::List(|l| l.categories.iter().map(full).collect());

/// `(ウ)切れ目のない…`: the letter never goes without its label.
pub fn full(category: &Category) -> String {
    category.full()
}

impl Row for Regional {
    const FIELDS: &'static [Field<Self>] = &[
        text_field!(
            RegionalIssueField::Statement.label(),
            "この人だけのことではない形に、書きかえて",
            issue.statement
        ),
        Field {
            title: RegionalIssueField::Scenes.label(),
            hint: "番号で、いくつでも（1、2）",
            choices: SCENES,
            many: true,
            whole: false,
            get: |r, _| r.issue.scenes.join("、"),
            show: |r, _| r.issue.scenes.join("・"),
            set: |r, raw, c| {
                r.issue.scenes = choose_many(raw, SCENES, c)?.into_iter().map(|o| o.text).collect();
                Ok(())
            },
        },
        Field {
            title: RegionalIssueField::Categories.label(),
            hint: "ア〜クの字で、いくつでも（ウ、エ）",
            choices: CATEGORIES,
            many: true,
            whole: false,
            get: |r, _| r.issue.categories.iter().map(|c| c.letter.clone()).collect::<Vec<_>>().join("、"),
            show: |r, _| r.issue.categories.iter().map(full).collect::<Vec<_>>().join("・"),
            set: |r, raw, c| {
                r.issue.categories = read_categories(raw, &r.issue.categories, c)?;
                Ok(())
            },
        },
        list_field!(
            RegionalIssueField::Level.label(),
            "1 個別　2 日常生活圏域　3 市町村　4 広域",
            levels,
            issue.level
        ),
        text_field!(RegionalIssueField::Area.label(), "どのあたりのことか", issue.area),
        list_field!(RegionalIssueField::Gap.label(), "1 資源　2 しくみ・やり方", gaps, issue.gap),
        list_field!(RegionalIssueField::Function.label(), "番号か、ことばの一部", functions, issue.function),
        Field {
            title: EvidenceField::Node.label(),
            hint: "地図のことばの一部。いくつでも ; で区切って",
            choices: Choices::Nodes,
            many: true,
            whole: false,
            get: |r, c| evidence_words(r, c).join("；"),
            show: |r, c| evidence_words(r, c).join("；"),
            set: |r, raw, c| {
                let chosen = choose_many(raw, Choices::Nodes, c)?;
                let words = |node| c.dossier.nodes.get(&node).map(node_words);
                // Two twigs may have the same words: what stands already stays.
                r.evidence
                    .retain(|e| e.node.and_then(words).is_none_or(|w| chosen.iter().any(|o| o.text == w)));
                let stands =
                    |text: &str| r.evidence.iter().any(|e| e.node.and_then(words).as_deref() == Some(text));
                let new = chosen.iter().filter(|o| !stands(&o.text));
                r.wanted = new.filter_map(|o| o.node).collect();
                Ok(())
            },
        },
        Field {
            title: RegionalIssueField::Measures.label(),
            hint: "いくつもあれば ; で区切って",
            choices: Choices::Free,
            many: true,
            whole: false,
            get: |r, _| r.issue.measures.join("；"),
            show: |r, _| r.issue.measures.join("；"),
            set: |r, raw, _| {
                r.issue.measures =
                    tokens(&clean_line(raw), Choices::Free).into_iter().map(str::to_owned).collect();
                Ok(())
            },
        },
        text_field!(RegionalIssueField::Responsible.label(), "どこが中心になるか", issue.responsible),
        Field {
            title: RegionalIssueField::Priority.label(),
            hint: "1 高　2 中　3 低",
            choices: PRIORITIES,
            many: false,
            whole: true,
            get: |r, _| r.issue.priority.map(|p| p.label().to_owned()).unwrap_or_default(),
            show: |r, _| r.issue.priority.map(|p| p.label().to_owned()).unwrap_or_default(),
            set: |r, raw, c| {
                r.issue.priority = read_priority(raw, c)?;
                Ok(())
            },
        },
        text_field!(RegionalIssueField::PriorityReason.label(), "なぜそう考えるか", issue.priority_reason),
        Field {
            title: RegionalIssueField::Due.label(),
            hint: "年度末、R9.3.31、未定",
            choices: Choices::Free,
            many: false,
            whole: true,
            get: |r, _| r.issue.due.words.clone(),
            show: |r, c| show_until(&r.issue.due, c),
            set: |r, raw, c| {
                r.issue.due = read_until(raw, c)?;
                Ok(())
            },
        },
        list_field!(
            RegionalIssueField::Status.label(),
            "番号か、ことばの一部",
            regional_statuses,
            issue.status
        ),
        list_field!(
            RegionalIssueField::Reflected.label(),
            "1 計画　2 予算　3 不採用",
            reflected,
            issue.reflected
        ),
        text_field!(
            RegionalIssueField::ReflectedReason.label(),
            "不採用のときは、その理由を",
            issue.reflected_reason
        ),
        text_field!(RegionalIssueField::Evaluation.label(), "してみて、まだ残ること", issue.evaluation),
        Field {
            title: RegionalIssueField::Confirmed.label(),
            hint: "読み直して、だれのことか分からなければ「はい」",
            choices: YES_NO,
            many: false,
            whole: true,
            get: |r, _| yes_no_text(r.issue.confirmed.then_some(true)),
            show: |r, _| {
                if r.issue.confirmed { "はい、確かめました".to_owned() } else { String::new() }
            },
            set: |r, raw, _| {
                r.issue.confirmed = yes_no(raw)? == Some(true);
                Ok(())
            },
        },
    ];

    fn changes(&self, before: Option<&Self>, mint: &mut IdSource) -> Vec<Change> {
        let mut changes = Vec::new();
        match before {
            None => changes.push(Change::add(self.issue.clone())),
            Some(before) if before.issue == self.issue => {}
            Some(before) => changes.push(Change::replace(before.issue.clone(), self.issue.clone())),
        }
        let gone = before.iter().flat_map(|b| &b.evidence).filter(|e| !self.evidence.contains(e));
        changes.extend(gone.cloned().map(Change::remove));
        for node in &self.wanted {
            let evidence = Evidence {
                id: mint.id(),
                issue: self.issue.id,
                meeting: self.issue.meeting,
                node: Some(*node),
            };
            changes.push(Change::add(evidence));
        }
        changes
    }

    fn noun() -> &'static str {
        "地域課題"
    }
}

fn evidence_words(regional: &Regional, context: &Context) -> Vec<String> {
    let nodes = regional.evidence.iter().filter_map(|e| e.node).chain(regional.wanted.iter().copied());
    nodes.filter_map(|id| context.dossier.nodes.get(&id)).map(node_words).collect()
}

/// Letters, labels or numbers. A category that stands already keeps its own label, whatever the list says today.
fn read_categories(raw: &str, standing: &[Category], context: &Context) -> Result<Vec<Category>, String> {
    let mut out = Vec::new();
    for token in tokens(raw, CATEGORIES) {
        let letter = token.trim_matches(['(', ')', '（', '）']);
        let known = standing.iter().chain(&context.lists.categories).find(|c| c.letter == letter);
        let found = match known {
            Some(category) => Some(category.clone()),
            None => choose(token, CATEGORIES, context)?
                .and_then(|o| context.lists.categories.iter().find(|c| full(c) == o.text).cloned()),
        };
        out.extend(found.filter(|c| !out.contains(c)));
    }
    Ok(out)
}
