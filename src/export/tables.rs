//! The plan and the regional issues as plain tables, before any format.

use std::borrow::Cow;

use super::office::{self, workbook::Cell};
use super::words::{self, People};
use crate::domain::{Dossier, RegionalIssue};

/// A table with a title; every row is as long as the header.
pub struct Table {
    /// Stands above it, where others stand beside it.
    pub title: &'static str,
    /// What stands over the columns.
    pub header: Vec<&'static str>,
    /// From top to bottom.
    pub rows: Vec<Vec<Cell>>,
}

impl From<Table> for office::workbook::Table {
    fn from(table: Table) -> Self {
        Self::new(table.header, table.rows)
    }
}

/// How many numbered columns for 対応策 there are at least.
const MEASURES: usize = 2;

fn cleaned(words: &str) -> Cell {
    Cell::text(words::clean(words))
}

/// The plan: the words of 期限 and the day they mean stand in two columns, so that the second can be sorted by.
pub fn plan(dossier: &Dossier) -> Table {
    let people = People::new(dossier);
    let row = |(i, action): (usize, &crate::domain::Action)| {
        let issue = action.issue.and_then(|id| dossier.nodes.get(&id));
        vec![
            Cell::count(i + 1),
            Cell::text(issue.map(words::entry).unwrap_or_default()),
            cleaned(&action.what),
            Cell::text(people.labels(&action.who)),
            cleaned(&action.until.words),
            Cell::day(action.until.date),
            cleaned(&action.check),
            Cell::text(words::priority(action.priority)),
            Cell::text(action.status.label()),
            cleaned(&action.outcome),
        ]
    };
    Table {
        title: "行動計画",
        header: vec![
            "番号",
            "課題",
            "何を",
            "誰が",
            "いつまでに",
            "期日",
            "確認方法",
            "優先",
            "状態",
            "結果",
        ],
        rows: dossier.plan().into_iter().enumerate().map(row).collect(),
    }
}

/// The columns of a regional issue, whichever table it stands in.
pub const REGIONAL: [&str; 20] = [
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
];

/// A regional issue under [`REGIONAL`]; of the evidence only the count, for the rest stays in the house.
pub fn regional_cells(issue: &RegionalIssue, evidence: usize) -> Vec<Cell> {
    let mut row = vec![
        cleaned(&issue.statement),
        cleaned(&issue.scenes.join("、")),
        Cell::text(categories(issue)),
        cleaned(&issue.function),
        cleaned(&issue.level),
        cleaned(&issue.area),
        cleaned(&issue.gap),
        Cell::text(words::priority(issue.priority)),
        cleaned(&issue.priority_reason),
    ];
    row.extend(measures(issue).map(Cell::text));
    row.extend([
        cleaned(&issue.responsible),
        cleaned(&issue.due.words),
        Cell::day(issue.due.date),
        cleaned(&issue.status),
        cleaned(&issue.reflected),
        cleaned(&issue.reflected_reason),
        cleaned(&issue.evaluation),
        Cell::count(evidence),
        Cell::text(if issue.confirmed { "確認済み" } else { "未確認" }),
    ]);
    row
}

/// The regional issues with all their fields.
pub fn regional(dossier: &Dossier) -> Table {
    let row = |(i, issue): (usize, &RegionalIssue)| {
        let cells = regional_cells(issue, dossier.evidence_of(issue.id).count());
        std::iter::once(Cell::count(i + 1)).chain(cells).collect()
    };
    Table {
        title: "地域課題",
        header: std::iter::once("番号").chain(REGIONAL).collect(),
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

/// A cell as words that a spreadsheet takes as they are: such as would start a formula get a leading `'`.
pub fn guarded(cell: &Cell) -> Cow<'_, str> {
    let words = cell.words();
    // Line breaks and spaces before the sign do not keep every spreadsheet from calculating.
    let calculates = words.trim_start().starts_with(['=', '+', '-', '@']) || words.starts_with(['\t', '\r']);
    match cell {
        Cell::Text(text) if calculates => Cow::Owned(format!("'{text}")),
        _ => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn 式に見えるセルは文字のまま渡す() {
        for cell in ["=1+1", "+81", "-5度", "@SUM(A1)", "\tx", " =1"] {
            assert_eq!(guarded(&Cell::text(cell)), format!("'{cell}"));
        }
        for cell in ["2026-05-28", "1+1", "薬=9種類", "ー", ""] {
            assert_eq!(guarded(&Cell::text(cell)), cell);
        }
        assert_eq!(guarded(&Cell::Number(-5.0)), "-5");
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
        assert_eq!(regional(&dossier).rows[0][10..12], ["一", "②二\n③三"].map(Cell::text));
    }
}
