//! A meeting as a workbook: every list of its own sheet, with words, numbers and days as what they are.

use std::collections::{BTreeMap, BTreeSet};

use super::ExportError;
use super::minutes::{self, Minutes, root_line};
use super::office::workbook::{Book, Cell, ChartKind, Part, Sheet, Table, render as write};
use super::{tables, words};
use crate::domain::fields::{
    Described, EvidenceField, LinkField, NodeField, ReflectionField, RegionalIssueField,
};
use crate::domain::{Dossier, Id, Kind, Lists, Node, RegionalIssue, aside};

/// What stands at the foot of each page.
pub const NOTE: &str = "個人情報として取り扱ってください";

/// The whole file.
pub fn render(dossier: &Dossier, lists: &Lists) -> Result<Vec<u8>, ExportError> {
    write(&book(&Minutes::new(dossier, lists), lists))
}

/// The register, with what its columns mean.
pub fn register(table: tables::Table, title: &str) -> Result<Vec<u8>, ExportError> {
    let mut sheets =
        vec![list("地域課題の一覧", "", table.into()), list("用語と数え方", "", register_definitions())];
    if let Some(first) = sheets.first_mut() {
        first.heading = title.to_owned();
        first.names = tables::REGISTERED;
    }
    write(&Book { title: title.to_owned(), day: None, note: String::new(), sheets })
}

fn book(minutes: &Minutes<'_>, lists: &Lists) -> Book {
    let dossier = minutes.dossier;
    let mut sheets = vec![
        list("行動計画", "期限の日の列は日付なので、並べかえられます。", tables::plan(dossier).into()),
        list(
            "地域課題",
            "この事例だけではない課題です。個人が分からない文になっているか、渡す前に確かめてください。",
            regional(dossier),
        )
        .named(0..2),
        list(
            "マップの枝",
            "深さ 1 は、大枝にじかに付いている枝です。地域課題の列は、その枝がもとになった地域課題の番号です。",
            entries(minutes),
        ),
        issues(minutes),
        list("つながり", "原因になる課題から、結果の課題へ。", links(dossier)),
        figures(minutes, lists),
        list("参加者", "氏名は、この表だけにあります。", attendance(minutes)),
        list("振り返り", "", reflections(minutes)),
        list("用語と数え方", "", definitions(lists)),
    ];
    let cover = cover(minutes, &sheets);
    // Nobody prints a page that says there is nothing: the cover does.
    sheets.retain(|sheet| !is_empty(sheet));
    sheets.insert(0, cover);
    Book { title: minutes.title(), day: dossier.meeting.date, note: NOTE.to_owned(), sheets }
}

/// Whether nothing stands on a sheet but that nothing does.
fn is_empty(sheet: &Sheet) -> bool {
    sheet.rows() == 0 && sheet.lines == [minutes::NOTHING]
}

/// A sheet with one table; without its columns where they have nothing to head.
fn list(name: &str, line: &str, table: Table) -> Sheet {
    let line = if table.rows.is_empty() { minutes::NOTHING } else { line };
    let lines = [line].into_iter().filter(|line| !line.is_empty()).map(str::to_owned).collect();
    Sheet {
        name: name.to_owned(),
        heading: name.to_owned(),
        lines,
        parts: Some(table).filter(|table| !table.rows.is_empty()).map(Part::Table).into_iter().collect(),
        ..Sheet::default()
    }
}

fn cover(minutes: &Minutes<'_>, sheets: &[Sheet]) -> Sheet {
    let facts = minutes.head().into_iter().chain(minutes.case());
    let facts = facts.map(|(name, value)| (name.to_owned(), Cell::text(value))).collect();
    let row = |sheet: &Sheet| {
        let what = match sheet.name.as_str() {
            "行動計画" => "だれが何をいつまでにするか",
            "地域課題" => "この事例だけではない課題",
            "マップの枝" => "話されたことばのすべて",
            "課題とつながり" => "課題、原因と結果、根にある課題",
            "つながり" => "どの課題がどの課題を起こすか、その理由",
            "数字" => "枝の数、発言の数、段階ごとの時間",
            "参加者" => "だれが来たか",
            "振り返り" => "終わりにひとりずつ話したこと",
            _ => "ことばの意味と、数の数え方",
        };
        let what =
            if is_empty(sheet) { "まだ記録がないので、シートはありません" } else { what };
        vec![Cell::text(&sheet.name), Cell::count(sheet.rows()), Cell::text(what)]
    };
    let contents = Table::new(["シート", "行の数", "書いてあること"], sheets.iter().map(row).collect());
    Sheet {
        name: "表紙".to_owned(),
        heading: minutes.title(),
        lines: vec![
            "事例のご本人の氏名を含まない記録です。ほかの情報と合わせると個人が分かることがあるため、個人情報として取り扱ってください。".to_owned(),
        ],
        one_page: true,
        parts: vec![Part::Facts(facts), Part::Table(contents.titled("このファイルにあるもの"))],
        ..Sheet::default()
    }
}

/// The regional issues, with what was said beside their evidence and the question whether somebody can be recognised.
fn regional(dossier: &Dossier) -> Table {
    let mut table: Table = tables::regional(dossier).into();
    table.header.push("根拠（ほか）".to_owned());
    for (row, issue) in table.rows.iter_mut().zip(dossier.regional_issues()) {
        let beside = |field| words::clean(aside::beside(&issue.aside, field));
        if let Some(confirmed) = row.last_mut() {
            let read = words::confirmed(issue).to_owned();
            *confirmed = Cell::text(words::with(read, &issue.aside, RegionalIssueField::Confirmed.key()));
        }
        row.push(Cell::text(beside(EvidenceField::Node.key())));
    }
    table
}

/// Every entry of the map, depth first, so that it can be sorted and filtered.
fn entries(minutes: &Minutes<'_>) -> Table {
    let branches = minutes.dossier.meeting.branches.iter().enumerate();
    let shown = shown_in(minutes.dossier);
    let row = |(title, depth, node): (&str, usize, &Node)| {
        let parent = node.parent.and_then(|id| minutes.dossier.nodes.get(&id));
        vec![
            Cell::text(words::clean(title)),
            Cell::count(depth + 1),
            Cell::text(node.kind.label()),
            Cell::text(words::entry(node)),
            Cell::text(words::clean(&node.said)),
            Cell::text(minutes.people.label(node.speaker).unwrap_or_default()),
            Cell::text(node.step.label()),
            Cell::text(parent.map(words::entry).unwrap_or_default()),
            Cell::text(shown.get(&node.id).cloned().unwrap_or_default()),
        ]
    };
    let rows = branches.flat_map(|(index, branch)| {
        minutes.branch(index).into_iter().map(move |(depth, node)| (branch.title.as_str(), depth, node))
    });
    let rows =
        rows.map(row).enumerate().map(|(i, row)| [Cell::count(i + 1)].into_iter().chain(row).collect());
    let fields = [NodeField::Kind, NodeField::Text, NodeField::Said, NodeField::Speaker, NodeField::Step];
    let header = ["順", NodeField::Branch.label(), "深さ"].into_iter();
    let header =
        header.chain(fields.map(NodeField::label)).chain([NodeField::Parent.label(), RegionalIssue::NOUN]);
    Table::new(header, rows.collect())
}

/// The numbers of the regional issues that rest on each entry.
fn shown_in(dossier: &Dossier) -> BTreeMap<Id<Node>, String> {
    let mut shown: BTreeMap<Id<Node>, BTreeSet<usize>> = BTreeMap::new();
    for (i, issue) in dossier.regional_issues().into_iter().enumerate() {
        for node in dossier.evidence_of(issue.id).filter_map(|evidence| evidence.node) {
            shown.entry(node).or_default().insert(i);
        }
    }
    let said = |numbers: BTreeSet<usize>| {
        numbers.into_iter().map(words::regional_number).collect::<Vec<_>>().join("、")
    };
    shown.into_iter().map(|(node, numbers)| (node, said(numbers))).collect()
}

/// Which issue brings about which, and why.
fn links(dossier: &Dossier) -> Table {
    let (rows, named) = (minutes::linked(dossier).into_iter(), |node| words::named(dossier, node));
    let rows = rows.map(|(from, to, why)| [named(from), named(to), why].map(Cell::text).to_vec());
    Table::new(["原因", "結果", LinkField::Label.label()], rows.collect())
}

/// The issues, what they bring about, and what follows from it.
fn issues(minutes: &Minutes<'_>) -> Sheet {
    let (dossier, causes) = (minutes.dossier, &minutes.causes);
    let names = |ids: &mut dyn Iterator<Item = _>| {
        let nodes = ids.filter_map(|id| dossier.nodes.get(&id)).map(|node| words::named(dossier, node));
        Cell::text(nodes.collect::<Vec<_>>().join("\n"))
    };
    let row = |node: &&Node| {
        vec![
            Cell::text(words::circled(node.number)),
            Cell::text(words::apart(dossier, node)),
            Cell::text(words::clean(&node.said)),
            Cell::text(minutes.people.label(node.speaker).unwrap_or_default()),
            names(&mut causes.causes(node.id)),
            names(&mut causes.effects(node.id)),
            Cell::count(causes.reach(node.id)),
        ]
    };
    let [number, said, by] = [NodeField::Number, NodeField::Said, NodeField::Speaker].map(NodeField::label);
    let header = [number, Kind::Issue.label(), said, by, "原因", "結果", "行き着く件数"];
    let mut sheet =
        list("課題とつながり", "", Table::new(header, dossier.issues().iter().map(row).collect()));
    sheet.lines.extend(root_line(dossier, causes));
    sheet.lines.extend(minutes::circles(dossier, causes));
    sheet
}

fn attendance(minutes: &Minutes<'_>) -> Table {
    let table = minutes.attendance();
    let rows = table.rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect());
    Table::new(table.header, rows.collect())
}

fn reflections(minutes: &Minutes<'_>) -> Table {
    let rows = minutes.reflections().into_iter().flat_map(|(question, answers)| {
        answers.into_iter().map(move |(words, by)| [question.clone(), words, by].map(Cell::text).to_vec())
    });
    let header = [ReflectionField::Question, ReflectionField::Text, ReflectionField::Speaker];
    Table::new(header.map(ReflectionField::label), rows.collect())
}

/// What can be counted in one meeting, with charts.
fn figures(minutes: &Minutes<'_>, lists: &Lists) -> Sheet {
    Sheet {
        name: "数字".to_owned(),
        heading: "数字".to_owned(),
        lines: vec!["グラフは表から描いています。表の数を直すと、グラフも変わります。".to_owned()],
        one_page: true,
        parts: [kinds(minutes), speakers(minutes, lists), time(minutes)]
            .into_iter()
            .filter(|table| !table.rows.is_empty())
            .map(Part::Table)
            .collect(),
        ..Sheet::default()
    }
}

/// How many entries of which kind hang on which branch.
fn kinds(minutes: &Minutes<'_>) -> Table {
    let branches = minutes.dossier.meeting.branches.iter().enumerate();
    let rows = branches.map(|(index, branch)| {
        let entries = minutes.branch(index);
        let of = |kind| Cell::count(entries.iter().filter(|(_, node)| node.kind == kind).count());
        [Cell::text(words::clean(&branch.title))].into_iter().chain(Kind::ALL.map(of)).collect()
    });
    let header = ["大枝"].into_iter().chain(Kind::ALL.map(Kind::label));
    Table::new(header, rows.collect()).titled("大枝と種類ごとの枝の数").heated()
}

/// Who was there and how many entries are theirs, by profession, the most first.
fn speakers(minutes: &Minutes<'_>, lists: &Lists) -> Table {
    let mut counts: Vec<(&str, usize, usize)> = Vec::new();
    for person in minutes.dossier.people() {
        let title = lists.title_of(person);
        let said = minutes.dossier.nodes.values().filter(|node| node.speaker == Some(person.id)).count();
        match counts.iter_mut().find(|(known, ..)| *known == title) {
            Some((_, people, entries)) => (*people, *entries) = (*people + 1, *entries + said),
            None => counts.push((title, 1, said)),
        }
    }
    counts.sort_by_key(|(_, _, said)| std::cmp::Reverse(*said));
    let row =
        |(title, people, said)| vec![Cell::text(words::clean(title)), Cell::count(people), Cell::count(said)];
    Table::new(["職種", "人数", "枝の数"], counts.into_iter().map(row).collect())
        .titled("職種ごとの発言")
        .charted(ChartKind::Bar, "職種ごとの枝の数", 0, &[2])
}

/// How long each step was to take, and took.
fn time(minutes: &Minutes<'_>) -> Table {
    let (meeting, progress) = (&minutes.dossier.meeting, &minutes.dossier.progress);
    let row = |(i, step): (usize, &crate::domain::StepPlan)| {
        let spent = words::minutes(progress.spent_in(i)) as usize;
        vec![
            Cell::text(format!("{} {}", words::circled(i as u32 + 1), words::clean(&step.title))),
            Cell::count(step.minutes as usize),
            if progress.spent.is_empty() { Cell::Empty } else { Cell::count(spent) },
        ]
    };
    let rows = meeting.steps.iter().enumerate().map(row).collect();
    Table::new(["段階", "予定（分）", "実際（分）"], rows).titled("段階ごとの時間").charted(
        ChartKind::Column,
        "予定と実際の時間（分）",
        0,
        &[1, 2],
    )
}

/// Words of the columns with what they mean and how they are counted.
type Meaning = (&'static str, &'static str);

const ABOUT_THE_MEETING: [Meaning; 12] = [
    ("枝", "会議で話されたことばを、短く書いたもの。ひとことが一つの枝になります。"),
    ("大枝", "マップの真ん中から出る太い枝。本人・思い、生活など、会のやり方ごとに決まっています。"),
    ("深さ", "大枝にじかに付く枝が 1、その先の枝が 2、と数えます。"),
    ("種類", "情報、思い、強み、不明、課題、支援策の六つ。"),
    ("番号 ①②…", "課題になった順の番号。一度付いた番号は、ほかの課題には使いません。"),
    ("原因・結果", "課題のつながり。すぐ前とすぐ後の課題だけを書いています。"),
    ("行き着く件数", "その課題から、原因 → 結果の線をたどって行き着く課題の数。自分は数えません。"),
    ("根にある課題", "行き着く件数がいちばん多い課題。同じ数の課題があれば、どれも根にあります。"),
    ("だれが・発言者", "職種で書きます。同じ職種が二人いれば、番号（P01 など）を添えます。"),
    ("職種の数", "呼び名がちがっても、同じ職種は一つに数えます（ケアマネジャーと介護支援専門員など）。"),
    ("初参加", "本人か記録した人が「初参加」とした人の数。"),
    ("予定・実際の時間", "段階ごとの分。実際の時間の秒は、四捨五入しています。"),
];

const ABOUT_THE_PLAN: [Meaning; 1] = [("状態（行動計画）", "未着手、実施中、完了、中止のどれか。")];

const ABOUT_THE_ISSUES: [Meaning; 3] = [
    (
        "いつまでに・期限の日",
        "「いつまでに」は話されたことば、「期限の日」はそのことばが指す最後の日。日が決まらないものは空いています。",
    ),
    (
        "根拠の枝の数・根拠の会議の数",
        "その地域課題のもとになったマップの枝の数と、それが出た会議の数。枝のことばそのものは書きません。",
    ),
    ("個人が分からない文か", "人が読んで確かめたものが「確認済み」です。"),
];

const ABOUT_THE_REGISTER: [Meaning; 2] = [
    ("はじめに出た日", "その地域課題を、はじめて書いた会議の日。"),
    ("根拠の会議", "その地域課題が出た会議の日。いくつもの会議で出たものは、並べて書きます。"),
];

fn definitions(lists: &Lists) -> Table {
    let categories = lists.categories.iter().map(|c| (format!("事業項目（{}）", c.letter), c.label.as_str()));
    let fixed = ABOUT_THE_MEETING.iter().chain(&ABOUT_THE_PLAN).chain(&ABOUT_THE_ISSUES);
    meanings(fixed.map(|(term, meaning)| ((*term).to_owned(), *meaning)).chain(categories))
}

fn register_definitions() -> Table {
    meanings(
        ABOUT_THE_REGISTER
            .iter()
            .chain(&ABOUT_THE_ISSUES)
            .map(|(term, meaning)| ((*term).to_owned(), *meaning)),
    )
}

fn meanings<'a>(rows: impl Iterator<Item = (String, &'a str)>) -> Table {
    let rows = rows.map(|(term, meaning)| vec![Cell::text(term), Cell::text(meaning)]);
    Table::new(["ことば", "意味と数え方"], rows.collect())
}
