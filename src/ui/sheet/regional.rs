//! The fields of the form of a regional issue, with its evidence.

use crate::domain::fields::{EvidenceField, RegionalIssueField};
use crate::domain::text::clean_line;
use crate::domain::{Category, Change, Evidence, IdSource, RegionalIssue};
use crate::ui::sheet::action::{PRIORITIES, read_priority, read_until, show_until};
use crate::ui::sheet::field::{
    Choices, Field, FieldContext, Row, YES_NO, choose, choose_many, form, list_field, node_words, text_field,
    tokens, yes_no, yes_no_text,
};

/// A regional issue and its evidence from this meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Regional {
    pub issue: RegionalIssue,
    pub evidence: Vec<Evidence>,
    /// Nodes to be evidence that have no record yet.
    pub wanted: Vec<crate::domain::Id<crate::domain::Node>>,
}

const CATEGORIES: Choices = Choices::List(|l| l.categories.iter().map(category_words).collect());

/// `(ウ)切れ目のない…`: the letter never goes without its label.
pub fn category_words(category: &Category) -> String {
    category.full()
}

form! {
    /// A field of the form of a regional issue, kept by its name.
    RegionalField of Regional {
        Statement(RegionalIssueField): text_field!("この人だけのことではない形に、書きかえて", issue.statement),
        Scenes(RegionalIssueField): list_field!(many "番号で、いくつでも（1、2）", scenes, issue.scenes),
        Categories(RegionalIssueField): Field::several(
            "ア〜クの字で、いくつでも（ウ、エ）",
            CATEGORIES,
            |r, _| r.issue.categories.iter().map(|c| c.letter.clone()).collect::<Vec<_>>().join("、"),
            |r, _| r.issue.categories.iter().map(category_words).collect::<Vec<_>>().join("・"),
            |r, raw, c| {
                r.issue.categories = read_categories(raw, &r.issue.categories, c)?;
                Ok(())
            },
        ),
        Level(RegionalIssueField): list_field!("1 個別　2 日常生活圏域　3 市町村　4 広域", levels, issue.level),
        Area(RegionalIssueField): text_field!("どのあたりのことか", issue.area),
        Gap(RegionalIssueField): list_field!("1 資源　2 しくみ・やり方", gaps, issue.gap),
        Function(RegionalIssueField): list_field!("番号か、ことばの一部", functions, issue.function),
        Evidence(EvidenceField::Node.label()): Field::several(
            "地図のことばの一部。いくつでも ; で区切って",
            Choices::Nodes,
            |r, c| evidence_words(r, c).join("；"),
            |r, c| evidence_words(r, c).join("；"),
            |r, raw, c| {
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
        ),
        Measures(RegionalIssueField): Field::several(
            "いくつもあれば ; で区切って",
            Choices::Free,
            |r, _| r.issue.measures.join("；"),
            |r, _| r.issue.measures.join("；"),
            |r, raw, _| {
                r.issue.measures =
                    tokens(&clean_line(raw), Choices::Free).into_iter().map(str::to_owned).collect();
                Ok(())
            },
        ),
        Responsible(RegionalIssueField): text_field!("どこが中心になるか", issue.responsible),
        Priority(RegionalIssueField): Field::one(
            "1 高　2 中　3 低",
            PRIORITIES,
            |r, _| r.issue.priority.map(|p| p.label().to_owned()).unwrap_or_default(),
            |r, raw, c| read_priority(raw, c).map(|priority| r.issue.priority = priority),
        ),
        PriorityReason(RegionalIssueField): text_field!("なぜそう考えるか", issue.priority_reason),
        Due(RegionalIssueField): Field::shown(
            "年度末、R9.3.31、未定",
            Choices::Free,
            |r, _| r.issue.due.words.clone(),
            |r, c| show_until(&r.issue.due, c),
            |r, raw, c| read_until(raw, c).map(|due| r.issue.due = due),
        ),
        Status(RegionalIssueField): list_field!("番号か、ことばの一部", regional_statuses, issue.status),
        Reflected(RegionalIssueField): list_field!("1 計画　2 予算　3 不採用", reflected, issue.reflected),
        ReflectedReason(RegionalIssueField): text_field!("不採用のときは、その理由を", issue.reflected_reason),
        Evaluation(RegionalIssueField): text_field!("してみて、まだ残ること", issue.evaluation),
        Confirmed(RegionalIssueField): Field::shown(
            "読み直して、だれのことか分からなければ「はい」",
            YES_NO,
            |r, _| yes_no_text(r.issue.confirmed.then_some(true)),
            |r, _| if r.issue.confirmed { "はい、確かめました".to_owned() } else { String::new() },
            |r, raw, _| yes_no(raw).map(|said| r.issue.confirmed = said == Some(true)),
        ),
    }
}

impl Row for Regional {
    type Name = RegionalField;

    const FIELDS: &'static [(RegionalField, Field<Self>)] = FIELDS;

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

fn evidence_words(regional: &Regional, fields: &FieldContext) -> Vec<String> {
    let nodes = regional.evidence.iter().filter_map(|e| e.node).chain(regional.wanted.iter().copied());
    nodes.filter_map(|id| fields.dossier.nodes.get(&id)).map(node_words).collect()
}

/// Letters, labels or numbers. A category that stands already keeps its own label, whatever the list says today.
fn read_categories(raw: &str, standing: &[Category], fields: &FieldContext) -> Result<Vec<Category>, String> {
    let mut out = Vec::new();
    for token in tokens(raw, CATEGORIES) {
        let letter = token.trim_matches(['(', ')', '（', '）']);
        let known = standing.iter().chain(&fields.lists.categories).find(|c| c.letter == letter);
        let found = match known {
            Some(category) => Some(category.clone()),
            None => choose(token, CATEGORIES, fields)?
                .and_then(|o| fields.lists.categories.iter().find(|c| category_words(c) == o.text).cloned()),
        };
        out.extend(found.filter(|c| !out.contains(c)));
    }
    Ok(out)
}
