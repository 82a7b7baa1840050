//! The plan and the regional issues as plain tables, before any format.

use std::borrow::Cow;

use super::words::{self, People};
use crate::domain::{Dossier, RegionalIssue};

/// A table with a title; every row is as long as the header.
pub struct Table {
    pub title: &'static str,
    pub header: &'static [&'static str],
    pub rows: Vec<Vec<String>>,
}

/// How many numbered columns for 対応策 there are at least.
const MEASURES: usize = 2;

/// A day as spreadsheets understand it.
fn day(date: Option<chrono::NaiveDate>) -> String {
    date.map(|d| d.format("%Y-%m-%d").to_string()).unwrap_or_default()
}

/// The plan: the words of 期限 and the day they mean stand in two columns, so that the second can be sorted by.
pub fn plan(dossier: &Dossier) -> Table {
    let people = People::new(dossier);
    let row = |(i, action): (usize, &crate::domain::Action)| {
        let issue = action.issue.and_then(|id| dossier.nodes.get(&id));
        vec![
            (i + 1).to_string(),
            issue.map(words::entry).unwrap_or_default(),
            words::clean(&action.what),
            people.labels(&action.who),
            words::clean(&action.until.words),
            day(action.until.date),
            words::clean(&action.check),
            words::priority(action.priority),
            action.status.label().to_owned(),
            words::clean(&action.outcome),
        ]
    };
    Table {
        title: "行動計画",
        header: &["番号", "課題", "何を", "誰が", "いつまでに", "期日", "確認方法", "優先", "状態", "結果"],
        rows: dossier.plan().into_iter().enumerate().map(row).collect(),
    }
}

/// The regional issues with all their fields; of the evidence only the count, for the rest stays in the house.
pub fn regional(dossier: &Dossier) -> Table {
    let row = |(i, issue): (usize, &RegionalIssue)| {
        let mut row = vec![(i + 1).to_string(), words::clean(&issue.statement)];
        row.extend([
            words::clean(&issue.scenes.join("、")),
            categories(issue),
            words::clean(&issue.function),
            words::clean(&issue.level),
            words::clean(&issue.area),
            words::clean(&issue.gap),
            words::priority(issue.priority),
            words::clean(&issue.priority_reason),
        ]);
        row.extend(measures(issue));
        row.extend([
            words::clean(&issue.responsible),
            words::clean(&issue.due.words),
            day(issue.due.date),
            words::clean(&issue.status),
            words::clean(&issue.reflected),
            words::clean(&issue.reflected_reason),
            words::clean(&issue.evaluation),
            dossier.evidence_of(issue.id).count().to_string(),
            if issue.confirmed { "確認済み" } else { "未確認" }.to_owned(),
        ]);
        row
    };
    Table {
        title: "地域課題",
        header: &[
            "番号",
            "地域課題",
            "場面",
            "事業項目",
            "五つの機能",
            "レベル",
            "圏域・地区",
            "不足しているもの",
            "優先度",
            "優先の理由",
            "対応策①",
            "対応策②以降",
            "責任を持つ機関",
            "いつまでに",
            "期日",
            "状態",
            "計画・予算への反映",
            "反映の理由",
            "評価（⇒残課題）",
            "根拠の数",
            "個人が分からない文か",
        ],
        rows: dossier.regional_issues().into_iter().enumerate().map(row).collect(),
    }
}

/// (ウ)切れ目のない…、(エ)…
pub fn categories(issue: &RegionalIssue) -> String {
    let one = |c: &crate::domain::Category| words::clean(&format!("({}){}", c.letter, c.label));
    issue.categories.iter().map(one).collect::<Vec<_>>().join("、")
}

/// The first measure, and all others numbered from ② on in one cell.
fn measures(issue: &RegionalIssue) -> [String; MEASURES] {
    let others = issue.measures.iter().enumerate().skip(1);
    let others: Vec<String> =
        others.map(|(i, m)| format!("{}{}", words::circled(i as u32 + 1), words::clean(m))).collect();
    [issue.measures.first().map(|m| words::clean(m)).unwrap_or_default(), others.join("\n")]
}

/// A cell that a spreadsheet takes as it is: one that would start a formula gets a leading `'`.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    // Line breaks and spaces before the sign do not keep every spreadsheet from calculating.
    match cell.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@') => Cow::Owned(format!("'{cell}")),
        _ if cell.starts_with(['\t', '\r']) => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 式に見えるセルは文字のまま渡す() {
        for cell in ["=1+1", "+81", "-5度", "@SUM(A1)", "\tx", " =1"] {
            assert_eq!(guarded(cell), format!("'{cell}"));
        }
        for cell in ["2026-05-28", "1+1", "薬=9種類", "ー", ""] {
            assert_eq!(guarded(cell), cell);
        }
    }

    #[test]
    fn どの行も見出しと同じ数の列を持つ() {
        let mut dossier = crate::export::sample::case_a().unwrap();
        let id = *dossier.regional.keys().next().unwrap();
        dossier.regional.get_mut(&id).unwrap().measures = ["一", "二", "三"].map(String::from).to_vec();
        for table in [plan(&dossier), regional(&dossier)] {
            assert!(!table.rows.is_empty());
            assert!(table.rows.iter().all(|row| row.len() == table.header.len()), "{}", table.title);
        }
        assert_eq!(regional(&dossier).rows[0][10..12], ["一".to_owned(), "②二\n③三".to_owned()]);
    }
}
