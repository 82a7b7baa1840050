//! The fields of the form of a regional issue, with its evidence.

use crate::domain::fields::{EvidenceField, RegionalIssueField};
use crate::domain::text::clean_line;
use crate::domain::{Aside, Category, Change, Evidence, Id, IdSource, Node, Record, RegionalIssue};
use crate::export::personal;
use crate::privacy::PersonalWords;
use crate::ui::Row;
use crate::ui::sheet::action::{PRIORITY, UNTIL};
use crate::ui::sheet::field::{
    Choices, Field, FieldContext, Offer, TEXT, YES, choose, choose_many, counted, field, fields, node_words,
    one_of, replaced, several_of, together, tokens,
};

/// A regional issue and its evidence from this meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Regional {
    pub issue: RegionalIssue,
    pub evidence: Vec<Evidence>,
    /// Nodes to be evidence that have no record yet.
    pub wanted: Vec<Id<Node>>,
}

/// By letter, label or number. A category that stands already keeps its own label, whatever the list says today.
const CATEGORIES: Field<Vec<Category>> = Field::several(
    Choices::List(|l| l.categories.iter().map(Category::full).collect()),
    |categories, _| categories.iter().map(|c| c.letter.as_str()).collect::<Vec<_>>().join("、"),
    |categories, _| categories.iter().map(Category::full).collect::<Vec<_>>().join("・"),
    |categories, raw, from, c| {
        let mut out: Vec<Category> = Vec::new();
        let mut left = Vec::new();
        for token in tokens(raw, from, c) {
            let letter = token.trim_matches(['(', ')', '（', '）']);
            let mut known = categories.iter().chain(&c.lists.categories);
            let found = match known.find(|known| known.letter == letter) {
                Some(category) => Some(category),
                None => match choose(token, from, c) {
                    Ok(o) => o.and_then(|o| c.lists.categories.iter().find(|known| known.full() == o.text)),
                    Err(unread) => {
                        left.push(unread);
                        None
                    }
                },
            };
            out.extend(found.filter(|found| !out.contains(found)).cloned());
        }
        *categories = out;
        together(left)
    },
);

/// Takes back that an issue was read for whether it shows somebody, where its sentence is another or words come that look as if they
/// did: whoever says it again then has read these, too. What is to be said of that, or of what was read.
pub(crate) fn read_again(changes: &mut [Change], watch: &PersonalWords) -> Option<String> {
    changes.iter_mut().find_map(|change| {
        let (Some(Record::RegionalIssue(before)), Some(Record::RegionalIssue(after))) =
            (change.before(), change.after())
        else {
            return None;
        };
        match (before.confirmed, after.confirmed) {
            (true, true) => {
                let stood = personal::in_issue(before, watch);
                let comes = || personal::in_issue(after, watch).iter().any(|words| !stood.contains(words));
                let told = if before.statement != after.statement {
                    "文が変わったので、もう一度確かめるまで、町へは出ません。"
                } else if comes() {
                    "「個人が分からない文か」は「まだ」にもどりました。読んで、もう一度確かめてください。"
                } else {
                    return None;
                };
                let unread = RegionalIssue { confirmed: false, ..after.clone() };
                *change = Change::replace(before.clone(), unread);
                Some(told.to_owned())
            }
            (false, true) => {
                let found = personal::in_issue(after, watch);
                let warning = || personal::warning(&found) + "「はい」でよいか、確かめてください。";
                (!found.is_empty()).then(warning)
            }
            _ => None,
        }
    })
}

/// Of a sentence nobody has read yet for whether it shows a person.
const UNREAD: &str = "まだ（町へは出しません）";

const EVIDENCE: Field<Regional> =
    Field::several(Choices::Nodes, evidence_words, evidence_words, |r, raw, from, c| {
        let (chosen, unread) = choose_many(raw, from, c);
        let words = |e: &Evidence| e.node.and_then(|node| c.dossier.nodes.get(&node)).map(node_words);
        // Two twigs may have the same words: what stands already stays.
        r.evidence.retain(|e| words(e).is_none_or(|w| chosen.iter().any(|o| o.text == w)));
        let stands = |text: &String| r.evidence.iter().any(|e| words(e).as_ref() == Some(text));
        r.wanted = chosen.iter().filter(|o| !stands(&o.text)).filter_map(Offer::means).collect();
        unread
    });

fn evidence_words(regional: &Regional, fields: &FieldContext) -> String {
    let nodes = regional.evidence.iter().filter_map(|e| e.node).chain(regional.wanted.iter().copied());
    let nodes = nodes.filter_map(|id| fields.dossier.nodes.get(&id));
    nodes.map(node_words).collect::<Vec<_>>().join("；")
}

const MEASURES: Field<Vec<String>> = Field::several(
    Choices::Free,
    |measures, _| measures.join("；"),
    |measures, _| measures.join("；"),
    |measures, raw, from, c| {
        *measures = tokens(&clean_line(raw), from, c).into_iter().map(str::to_owned).collect();
        Ok(())
    },
);

fields! {
    /// A field of the form of a regional issue, kept by its name.
    RegionalField of Regional {
        Statement(RegionalIssueField) "この人だけのことではない形に、書きかえて": field!(TEXT, issue.statement),
        // Asked as soon as the sentence stands: what nobody has read so does not leave.
        Confirmed(RegionalIssueField) "読んで、だれか分からなければ「はい」": Field {
            show: |r, _| match r.issue.is_unread() {
                true => UNREAD,
                false if r.issue.confirmed => "はい、確かめました",
                false => "",
            }.to_owned(),
            ..field!(YES, issue.confirmed)
        },
        Scenes(RegionalIssueField) "番号で、いくつでも（1、2）": field!(several_of(|l| l.scenes.clone()), issue.scenes),
        Measures(RegionalIssueField) "いくつもあれば「；」で区切って（「、」は文のうちです）": field!(MEASURES, issue.measures),
        Responsible(RegionalIssueField) "どこが中心になるか": field!(TEXT, issue.responsible),
        Categories(RegionalIssueField) "ア〜クの字で、いくつでも（ウ、エ）": field!(CATEGORIES, issue.categories),
        Level(RegionalIssueField) "1 個別　2 日常生活圏域　3 市町村　4 広域":
            field!(one_of(|l| l.levels.clone()), issue.level),
        Area(RegionalIssueField) "どのあたりのことか": field!(TEXT, issue.area),
        Gap(RegionalIssueField) "1 資源　2 しくみ・やり方": field!(one_of(|l| l.gaps.clone()), issue.gap),
        Function(RegionalIssueField) "番号か、ことばの一部": field!(one_of(|l| l.functions.clone()), issue.function),
        Evidence(EvidenceField::Node.key(), EvidenceField::Node.label()) "ことばの一部。いくつでも「、」で区切って": EVIDENCE,
        Priority(RegionalIssueField) "1 高　2 中　3 低": field!(PRIORITY, issue.priority),
        PriorityReason(RegionalIssueField) "なぜそう考えるか": field!(TEXT, issue.priority_reason),
        Due(RegionalIssueField) "年度末、R9.3.31、未定": field!(UNTIL, issue.due),
        Status(RegionalIssueField) "番号か、ことばの一部":
            field!(one_of(|l| l.regional_statuses.clone()), issue.status),
        Reflected(RegionalIssueField) "1 計画　2 予算　3 不採用":
            field!(counted(|l| l.reflected.clone()), issue.reflected),
        ReflectedReason(RegionalIssueField) "不採用のときは、その理由を": field!(TEXT, issue.reflected_reason),
        Evaluation(RegionalIssueField) "してみて、まだ残ること": field!(TEXT, issue.evaluation),
    }
}

impl Row for Regional {
    type Name = RegionalField;
    const NOUN: &'static str = "地域課題";
    const FIELDS: &'static [(RegionalField, Field<Self>)] = FIELDS;

    fn asides(&self, _: RegionalField) -> &[Aside] {
        &self.issue.aside
    }

    fn asides_mut(&mut self, _: RegionalField) -> Option<&mut Vec<Aside>> {
        Some(&mut self.issue.aside)
    }

    fn changes(&self, before: Option<&Self>, mint: &mut IdSource) -> Vec<Change> {
        let mut changes = replaced(before.map(|b| &b.issue), &self.issue);
        let gone = before.iter().flat_map(|b| &b.evidence).filter(|e| !self.evidence.contains(e));
        changes.extend(gone.cloned().map(Change::remove));
        changes.extend(self.wanted.iter().map(|node| {
            let (issue, meeting) = (self.issue.id, self.issue.meeting);
            Change::add(Evidence { id: mint.id(), issue, meeting, node: Some(*node) })
        }));
        changes
    }
}
