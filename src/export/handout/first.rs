//! The first page, for one who was not at the wall: what was found out, what will be done, what goes to the town.

use super::flow::Flow;
use super::table;
use crate::domain::causes::say;
use crate::domain::{Kind, Node};
use crate::export::minutes::{Minutes, Table};
use crate::export::svg::{Frame, Words};
use crate::export::words::beginning;
use crate::export::{picture, words};
use crate::layout::colours;

/// Whom it is for.
pub const FOR: &str = "この資料は、会議に出た方のためのものです。氏名は入っていませんが、ひとりの方の記録ですから、出ていない方には渡さないでください。";

/// Of longer words only the beginning stands here, in characters; all of them stand on the pages that follow.
const LONG: usize = 120;

/// How much is said of what was found out; where it does not fit on the page, less.
#[derive(Clone, Copy)]
struct Much {
    /// So many letters of a sentence.
    words: usize,
    wishes: usize,
    circles: usize,
    issues: usize,
    regional: usize,
}

const MUCH: [Much; 6] = [
    Much { words: 120, wishes: 5, circles: 3, issues: 12, regional: usize::MAX },
    Much { words: 120, wishes: 4, circles: 2, issues: 8, regional: 8 },
    Much { words: 60, wishes: 3, circles: 1, issues: 6, regional: 6 },
    Much { words: 40, wishes: 2, circles: 1, issues: 4, regional: 4 },
    Much { words: 28, wishes: 1, circles: 1, issues: 2, regional: 3 },
    Much { words: 20, wishes: 1, circles: 1, issues: 1, regional: 2 },
];

/// Puts the page; what follows begins on the next.
pub fn page(minutes: &Minutes<'_>, flow: &mut Flow) {
    // Two lines of it: the page has more to say.
    let large = Words::new(flow.paper.text * 2.0, colours::TEXT);
    let title = large.cut(&minutes.title(), flow.width() * 1.9);
    flow.title(&title);
    head(minutes, flow);
    flow.set_columns(2);
    fit(flow, MUCH.into_iter(), |flow, much| {
        flow.heading("話し合って分かったこと");
        found(minutes, flow, much);
        flow.heading("地域課題（町に届けること）");
        regional(minutes, flow, much.regional);
    });
    flow.next();
    let plan = minutes.short_plan();
    // A row is a line and its air at least: more need not be tried.
    let most = (flow.left() / flow.paper.pitch()) as usize;
    fit(flow, (1..=plan.rows.len().clamp(1, most.max(1))).rev(), |flow, most| {
        flow.heading("これからすること");
        actions(minutes, flow, &plan, most);
    });
    flow.whole_width(true);
}

/// Puts as much into the column as it holds; the last offer is taken as it is.
fn fit<T>(flow: &mut Flow, offers: impl Iterator<Item = T>, put: impl Fn(&mut Flow, T)) {
    let place = flow.place();
    let mut tried = None;
    for offer in offers {
        let mut trial = flow.clone();
        put(&mut trial, offer);
        let fits = trial.place() == place;
        tried = Some(trial);
        if fits {
            break;
        }
    }
    if let Some(tried) = tried {
        *flow = tried;
    }
}

/// When, where, how many; and whom the pages are for.
fn head(minutes: &Minutes<'_>, flow: &mut Flow) {
    let paper = flow.paper;
    let facts = minutes.head().into_iter();
    let said: Vec<String> = facts
        .filter_map(|(name, value)| match name {
            "日時" | "場所" => Some(value),
            "参加者" if !minutes.dossier.participants.is_empty() => Some(format!("参加者 {value}")),
            _ => None,
        })
        .chain(picture::case(minutes.dossier))
        .collect();
    flow.paragraph(Words::new(paper.text, colours::QUIET), 0.0, &said.join("　"));
    flow.space(0.4);
    let pad = paper.text * 0.6;
    let (x, y) = flow.take(paper.pitch() + 2.0 * pad);
    let frame = Frame { x, y, w: flow.width(), h: paper.pitch() + 2.0 * pad - paper.text * 0.4 };
    flow.ornament().rect(frame, 4.0, None, Some((colours::ORANGE, 1.2)));
    flow.line(
        (x + pad, y + pad + paper.text * 0.9),
        Words::new(paper.text, colours::TEXT),
        FOR,
        frame.w - 2.0 * pad,
    );
    flow.space(0.3);
}

/// Sentences that need no map.
fn found(minutes: &Minutes<'_>, flow: &mut Flow, much: Much) {
    let dossier = minutes.dossier;
    let words = Words::new(flow.paper.text, colours::TEXT);
    if let Some(about) = minutes.about() {
        flow.paragraph(words, 0.0, &format!("事例：{}", beginning(&about, LONG)));
    }
    let asked = dossier.case.as_ref().map(|case| words::clean(&case.consultation));
    if let Some(asked) = asked.filter(|asked| !asked.is_empty()) {
        flow.paragraph(words, 0.0, &format!("相談：{}", beginning(&asked, LONG)));
    }
    let of = |kind: Kind| -> Vec<&Node> { dossier.nodes.values().filter(|node| node.kind == kind).collect() };
    let [issues, wishes, strengths] = [Kind::Issue, Kind::Feeling, Kind::Strength].map(of);
    if dossier.nodes.is_empty() {
        flow.paragraph(words, 0.0, "マップには、まだ何も書かれていません。");
        return;
    }
    let counts =
        [(issues.len(), "課題", "件"), (strengths.len(), "強み", "か所"), (wishes.len(), "思い", "か所")];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what, unit)| format!("{what}が{count}{unit}")).collect();
    let within = if counts.is_empty() {
        String::new()
    } else {
        format!("そのうち{}です。", counts.join("、"))
    };
    flow.paragraph(
        words,
        0.0,
        &format!("出されたことばは{}本の枝になりました。{within}", dossier.nodes.len()),
    );
    let said =
        few(&wishes, much.wishes, |node| format!("「{}」", beginning(&words::clean(&node.text), LONG / 2)));
    if !said.is_empty() {
        flow.paragraph(words, 0.0, &format!("聞かれた思い：{said}"));
    }
    hang(minutes, flow, much);
}

/// How the issues hang together; without links the issues themselves, for then there is no root to name.
fn hang(minutes: &Minutes<'_>, flow: &mut Flow, much: Much) {
    // Sentences quote whole twigs: where there is little room, only their beginnings.
    let mut dossier = minutes.dossier.clone();
    for node in dossier.nodes.values_mut() {
        node.text = beginning(&words::clean(&node.text), much.words);
    }
    let (dossier, causes) = (&dossier, &minutes.causes);
    let plain = Words::new(flow.paper.text, colours::TEXT);
    let strong = Words::new(flow.paper.text * 1.1, colours::TEXT).bold();
    let issues = dossier.issues();
    flow.space(0.3);
    if let Some(root) = say::origin(dossier, causes, words::numbered) {
        flow.paragraph(strong, 0.0, &format!("根にある課題：{root}。"));
        for circle in causes.circles().iter().take(much.circles) {
            let round = say::circle_called(dossier, circle, words::numbered);
            let breaking = say::breaking_called(dossier, circle, words::numbered);
            flow.space(0.3);
            flow.paragraph(plain, 0.0, &format!("悪循環：{round}。{breaking}。"));
        }
        let more = causes.circles().len().saturating_sub(much.circles);
        if more > 0 {
            flow.paragraph(
                plain,
                0.0,
                &format!("悪循環は、ほかに{more}つあります（「課題のつながり」のページ）。"),
            );
        }
    } else if !issues.is_empty() {
        let item = |node: &&Node| (1, plain, beginning(&words::named(dossier, node), LONG / 2));
        flow.paragraph(strong, 0.0, "見つかった課題（まだ線でつないでいません）");
        flow.list(flow.paper.text, &issues.iter().take(much.issues).map(item).collect::<Vec<_>>());
        more(flow, issues.len().saturating_sub(much.issues), "課題");
    }
}

/// The first of them, and how many more there are.
fn few<T>(all: &[T], most: usize, say: impl Fn(&T) -> String) -> String {
    let said: String = all.iter().take(most).map(say).collect();
    match all.len().saturating_sub(most) {
        0 => said,
        more => format!("{said}（ほか{more}）"),
    }
}

fn regional(minutes: &Minutes<'_>, flow: &mut Flow, most: usize) {
    let words = Words::new(flow.paper.text, colours::TEXT);
    let issues = minutes.dossier.regional_issues();
    if issues.is_empty() {
        flow.paragraph(words, 0.0, "この会議からは、まだ書かれていません。");
        return;
    }
    let item = |(i, issue): (usize, &&crate::domain::RegionalIssue)| {
        // Nobody carries to the town what nobody has read for personal detail.
        let read = if issue.confirmed { String::new() } else { words::confirmed(issue).to_owned() };
        let about = [read, words::clean(&issue.level), words::clean(&issue.responsible)];
        let about: Vec<String> = about.into_iter().filter(|part| !part.is_empty()).collect();
        let about = if about.is_empty() { String::new() } else { format!("（{}）", about.join("・")) };
        (
            0,
            words,
            format!(
                "{}　{}{}",
                words::regional_number(i),
                beginning(&words::clean(&issue.statement), LONG),
                beginning(&about, LONG / 2)
            ),
        )
    };
    let items: Vec<_> = issues.iter().enumerate().take(most).map(item).collect();
    flow.list(0.0, &items);
    more(flow, issues.len().saturating_sub(most), "地域課題");
}

fn actions(minutes: &Minutes<'_>, flow: &mut Flow, plan: &Table, most: usize) {
    let words = Words::new(flow.paper.text, colours::TEXT);
    if minutes.dossier.actions.is_empty() {
        flow.paragraph(words, 0.0, "行動計画は、まだ書かれていません。");
    } else if plan.rows.is_empty() {
        flow.paragraph(words, 0.0, "残っている行動はありません。");
    } else {
        let short = |row: &Vec<String>| row.iter().map(|cell| beginning(cell, LONG)).collect();
        let shown: Vec<Vec<String>> = plan.rows.iter().take(most).map(short).collect();
        table::table(flow, &plan.header, &shown);
        more(flow, plan.rows.len().saturating_sub(most), "行動計画");
    }
    if let Some(settled) = minutes.settled() {
        let quiet = Words::new(flow.paper.text, colours::QUIET);
        flow.paragraph(
            quiet,
            0.0,
            &format!("済んだものは載せていません：{settled}（「行動計画」のページ）。"),
        );
    }
    if let Some(next) = minutes.dossier.meeting.next_date {
        flow.paragraph(words.bold(), 0.0, &format!("次回：{}", words::date(next)));
    }
}

/// Where the rest stands.
fn more(flow: &mut Flow, count: usize, chapter: &str) {
    if count > 0 {
        let quiet = Words::new(flow.paper.text, colours::QUIET);
        flow.paragraph(quiet, 0.0, &format!("ほかに{count}件あります（「{chapter}」のページ）。"));
    }
}
