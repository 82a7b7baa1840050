//! The first page, for one who was not at the wall: what was found out, what will be done, what goes to the town.

use std::collections::BTreeSet;

use super::flow::Flow;
use super::table;
use crate::domain::causes::say;
use crate::domain::fields::{ActionField, RegionalIssueField};
use crate::domain::{Kind, Node, RegionalIssue};
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
    /// So many letters of what is known of the case, and of what is said of an issue or a wish.
    case: usize,
    words: usize,
    /// So many issues of a sentence by their words, the others by their numbers.
    told: usize,
    wishes: usize,
    circles: usize,
    issues: usize,
    regional: usize,
    /// Whether it is said who is responsible for them, and on which level they are settled.
    responsible: bool,
    level: bool,
}

#[rustfmt::skip]
const MUCH: [Much; 7] = [
    Much { case: 120, words: 120, told: 7, wishes: 5, circles: 3, issues: 12, regional: 12, responsible: true, level: true },
    Much { case: 120, words: 120, told: 5, wishes: 4, circles: 2, issues: 8, regional: 8, responsible: true, level: true },
    Much { case: 120, words: 60, told: 4, wishes: 4, circles: 1, issues: 6, regional: 6, responsible: true, level: false },
    Much { case: 120, words: 60, told: 4, wishes: 3, circles: 1, issues: 6, regional: 6, responsible: true, level: false },
    Much { case: 80, words: 40, told: 3, wishes: 2, circles: 1, issues: 4, regional: 4, responsible: true, level: false },
    Much { case: 50, words: 28, told: 2, wishes: 1, circles: 1, issues: 2, regional: 3, responsible: false, level: false },
    Much { case: 30, words: 20, told: 1, wishes: 1, circles: 0, issues: 1, regional: 2, responsible: false, level: false },
];

/// From the most to the least that may be said, and of the regional issues at each step as many as have room.
fn offers() -> impl Iterator<Item = Much> {
    let before = [usize::MAX].into_iter().chain(MUCH.map(|much| much.regional - 1));
    let step = |(much, before): (Much, usize)| {
        let most = before.min(MUCH[0].regional).max(much.regional);
        (much.regional..=most).rev().map(move |regional| Much { regional, ..much })
    };
    MUCH.into_iter().zip(before).flat_map(step)
}

/// Puts the page; what follows begins on the next.
pub fn page(minutes: &Minutes<'_>, flow: &mut Flow) {
    // Two lines of it: the page has more to say.
    let large = Words::new(flow.paper.text * 2.0, colours::TEXT);
    let title = large.cut(&minutes.title(), flow.width() * 1.9);
    flow.title(&title);
    head(minutes, flow);
    flow.set_columns(2);
    // The right column belongs to the actions, whatever the left one has to say.
    fit(flow, offers(), |flow, much| {
        flow.heading("話し合って分かったこと");
        found(minutes, flow, much);
        flow.heading("地域課題（町に届けること）");
        regional(minutes, flow, much);
    });
    flow.next();
    let plan = minutes.short_plan();
    let put = |flow: &Flow, most| {
        let mut flow = flow.clone();
        flow.heading("これからすること");
        actions(minutes, &mut flow, &plan, most);
        flow
    };
    // A row is a line and its air at least: more need not be tried.
    let (mut most, mut over) = (1, plan.rows.len().min((flow.left() / flow.paper.text) as usize) + 1);
    while over > most + 1 {
        let middle = usize::midpoint(most, over);
        if put(flow, middle).place() == flow.place() { most = middle } else { over = middle }
    }
    *flow = put(flow, most);
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

/// In one line, of long words only the beginning, with the bracket closed.
fn short(words: &str, most: usize) -> String {
    let short = beginning(&words::clean(words).replace('\n', " "), most);
    let count = |sign| short.matches(sign).count();
    let open = count('（').saturating_sub(count('）'));
    if short.ends_with('…') { short + &"）".repeat(open) } else { short }
}

/// When, where, how many; and whom the pages are for.
fn head(minutes: &Minutes<'_>, flow: &mut Flow) {
    let paper = flow.paper;
    let facts = minutes.head().into_iter();
    let said: Vec<String> = facts
        .filter_map(|(name, value)| match name {
            "日時" | "場所" => Some(short(&value, LONG / 2)),
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
        flow.paragraph(words, 0.0, &format!("事例：{}", short(&about, much.case)));
    }
    let asked = dossier.case.as_ref().map(|case| short(&case.consultation, much.case));
    if let Some(asked) = asked.filter(|asked| !asked.is_empty()) {
        flow.paragraph(words, 0.0, &format!("相談：{asked}"));
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
    let wish = |node: &&Node| format!("「{}」", short(&node.text, much.words.min(LONG / 2)));
    let said = few(&wishes, much.wishes, wish);
    if !said.is_empty() {
        flow.paragraph(words, 0.0, &format!("聞かれた思い：{said}"));
    }
    hang(minutes, flow, much);
}

/// How the issues hang together; without links the issues themselves, for then there is no root to name.
fn hang(minutes: &Minutes<'_>, flow: &mut Flow, much: Much) {
    let (dossier, causes) = (minutes.dossier, &minutes.causes);
    let plain = Words::new(flow.paper.text, colours::TEXT);
    let strong = Words::new(flow.paper.text * 1.1, colours::TEXT).bold();
    let issues = dossier.issues();
    flow.space(0.3);
    let root = words::called(dossier, much.words, much.told, |called| say::origin(causes, called));
    if let Some(root) = root {
        flow.paragraph(strong, 0.0, &format!("根にある課題：{}。", root.replace('\n', " ")));
        for circle in causes.circles().iter().take(much.circles) {
            let said = words::called(dossier, much.words, much.told, |called| say::vicious(circle, called));
            flow.space(0.3);
            flow.paragraph(plain, 0.0, &said.replace('\n', " "));
        }
        let more = causes.circles().len().saturating_sub(much.circles);
        if more > 0 {
            let also = if much.circles > 0 { "は、ほかに" } else { "が" };
            let said = format!("悪循環{also}{more}つあります（「課題のつながり」のページ）。");
            flow.paragraph(plain, 0.0, &said);
        }
    } else if !issues.is_empty() {
        let item = |node: &&Node| {
            let words = words::apart_within(dossier, node, much.words.min(LONG / 2));
            (1, plain, format!("{} {}", words::circled(node.number), words.replace('\n', " ")))
        };
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

fn regional(minutes: &Minutes<'_>, flow: &mut Flow, much: Much) {
    let words = Words::new(flow.paper.text, colours::TEXT);
    let issues = minutes.dossier.regional_issues();
    if issues.is_empty() {
        flow.paragraph(words, 0.0, "この会議からは、まだ書かれていません。");
        return;
    }
    let item = |(i, issue): (usize, &&RegionalIssue)| {
        let statement = short(&issue.statement, LONG.min(2 * much.words));
        (0, words, format!("{}　{statement}{}", words::regional_number(i), known(issue, much)))
    };
    let items: Vec<_> = issues.iter().enumerate().take(much.regional).map(item).collect();
    flow.list(0.0, &items);
    more(flow, issues.len().saturating_sub(much.regional), "地域課題");
}

/// （未確認　レベル：広域　責任を持つ機関：区役所）: whole, or without what is long.
fn known(issue: &RegionalIssue, much: Much) -> String {
    // Nobody carries to the town what nobody has read for personal detail.
    let read = if issue.confirmed { String::new() } else { words::confirmed(issue).to_owned() };
    let fact = |field: RegionalIssueField, value: &str| match words::clean(value).replace('\n', " ") {
        value if value.is_empty() || value.chars().count() > LONG / 2 => String::new(),
        value => format!("{}：{value}", field.label()),
    };
    let level = if much.level { issue.level.as_str() } else { "" };
    let who = if much.responsible { issue.responsible.as_str() } else { "" };
    let known = [read, fact(RegionalIssueField::Level, level), fact(RegionalIssueField::Responsible, who)];
    let known: Vec<String> = known.into_iter().filter(|part| !part.is_empty()).collect();
    if known.is_empty() { String::new() } else { format!("（{}）", known.join("　")) }
}

fn actions(minutes: &Minutes<'_>, flow: &mut Flow, plan: &Table, most: usize) {
    let [words, quiet] = [colours::TEXT, colours::QUIET].map(|ink| Words::new(flow.paper.text, ink));
    if minutes.dossier.actions.is_empty() {
        flow.paragraph(words, 0.0, "行動計画は、まだ書かれていません。");
    } else if plan.rows.is_empty() {
        flow.paragraph(words, 0.0, "残っている行動はありません。");
    } else {
        let row = |row: &Vec<String>| row.iter().map(|cell| short(cell, LONG)).collect();
        let shown: Vec<Vec<String>> = plan.rows.iter().take(most).map(row).collect();
        table::tight(flow, &plan.header, &shown);
        let rest = rest(plan.rows.len() - shown.len(), "行動計画");
        let said = [rest, numbers(plan, &shown)].concat();
        if !said.is_empty() {
            flow.paragraph(quiet, 0.0, &said);
        }
    }
    if let Some(settled) = minutes.settled() {
        let said = format!("済んだものは載せていません：{settled}（「行動計画」のページ）。");
        flow.paragraph(quiet, 0.0, &said);
    }
    if let Some(next) = minutes.dossier.meeting.next_date {
        flow.paragraph(words.bold(), 0.0, &format!("次回：{}", words::date(next)));
    }
}

/// What the numbers in the first column are.
fn numbers(plan: &Table, shown: &[Vec<String>]) -> String {
    if plan.header.first() != Some(&ActionField::Issue.label()) {
        return String::new();
    }
    let numbers = shown.iter().filter_map(|row| row.first()).filter(|number| !number.is_empty());
    let numbers: BTreeSet<&String> = numbers.collect();
    let also = if numbers.len() > 1 { "など" } else { "" };
    let said = |number: &&String| format!("{number}{also}は、課題の番号です（「課題」のページ）。");
    numbers.first().map(said).unwrap_or_default()
}

/// Where the rest stands.
fn more(flow: &mut Flow, count: usize, chapter: &str) {
    if count > 0 {
        let quiet = Words::new(flow.paper.text, colours::QUIET);
        flow.paragraph(quiet, 0.0, &rest(count, chapter));
    }
}

fn rest(count: usize, chapter: &str) -> String {
    if count == 0 {
        String::new()
    } else {
        format!("ほかに{count}件あります（「{chapter}」のページ）。")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::flow::Paper;
    use super::super::tests::{Placed, placed_on};
    use super::*;
    use crate::domain::{Action, Case, Dossier, Id, Link};
    use crate::layout::sample::{Map, stamp};

    const LONG_ISSUES: [&str; 4] = [
        "朝の船に乗り遅れた日は、次の日まで島の診療所に行く道がなくなってしまう",
        "字が読めない",
        "昼の間だれとも話さない日が続く",
        "冬の灯油の代を近所に立て替えてもらっていることを、家族に言えないままでいる",
    ];

    /// A meeting of so many letters and records; the roots lead to the same three issues.
    #[derive(Debug, Clone)]
    struct Meeting {
        title: usize,
        asked: usize,
        roots: usize,
        circles: usize,
        actions: usize,
        regional: usize,
        paper: Paper,
    }

    fn letters(count: usize) -> String {
        "谷あいの村の秋の集まりで、冬の前に決めておくことを".chars().cycle().take(count).collect()
    }

    fn dossier(of: &Meeting) -> Dossier {
        let count = of.roots + 3 + 3 * of.circles;
        let text = |i: usize| format!("  事情{i:02}{}\n    !{i:02}の{}\n", letters(20), LONG_ISSUES[i % 4]);
        let outline: String = (0..count).map(text).collect();
        let mut dossier = Map::new(&format!("村\n{outline}  *島を出たくない{}\n", letters(40))).dossier;
        let issues: Vec<Id<Node>> = dossier.issues().iter().map(|node| node.id).collect();
        let mut mint = stamp(8).ids();
        let meeting = dossier.meeting.id;
        let mut link = |from: usize, to: usize| {
            let (from, to, at) = (issues[from], issues[to], stamp(0).at);
            let link = Link { id: mint.id(), meeting, from, to, label: String::new(), at };
            dossier.links.insert(link.id, link);
        };
        for root in 0..of.roots {
            (0..3).for_each(|effect| link(root, of.roots + effect));
        }
        for circle in 0..of.circles {
            let first = of.roots + 3 + 3 * circle;
            (0..3).for_each(|i| link(first + i, first + (i + 1) % 3));
        }
        let mut mint = stamp(9).ids();
        for i in 0..of.actions {
            let what = format!("行動{i:02}{}", letters(15 + i * 7 % 90));
            let mut action =
                Action { what, issue: Some(issues[i % count]), ..Action::new(mint.id(), meeting) };
            action.until.words = letters(i * 5 % 40);
            dossier.actions.insert(action.id, action);
        }
        for i in 0..of.regional {
            let statement = letters(12 + i * 11 % 100);
            let mut issue = RegionalIssue::new(mint.id(), meeting, statement);
            issue.level = "広域".into();
            issue.responsible = letters(i * 13 % 70);
            dossier.regional.insert(issue.id, issue);
        }
        let case = Case { consultation: letters(of.asked), ..Case::new(mint.id(), "2026-31") };
        dossier.case = Some(case);
        dossier.meeting.title = letters(of.title);
        dossier
    }

    /// The words of the page with their places, and where it goes on.
    fn placed(dossier: &Dossier, paper: Paper) -> (Vec<Placed>, (usize, usize)) {
        let lists = crate::format::lists(None).unwrap();
        let mut flow = Flow::new(paper);
        page(&Minutes::new(dossier, &lists), &mut flow);
        let place = flow.place();
        let sheets = flow.finish("題", "");
        (placed_on(&sheets.pages[0]), place)
    }

    fn holds(of: &Meeting) -> Result<(), TestCaseError> {
        let (words, place) = placed(&dossier(of), of.paper);
        prop_assert_eq!(place, (1, 0));
        let of_words =
            |begins: &str| words.iter().filter(|(.., text)| text.starts_with(begins)).collect::<Vec<_>>();
        let [found, doing, regional] =
            ["話し合って", "これから", "地域課題（"].map(|begins| of_words(begins)[0]);
        prop_assert!((found.1 - doing.1).abs() < 0.1, "the columns begin side by side");
        prop_assert!(regional.0 < doing.0 && of_words("これから").len() == 1);
        let bottom = of.paper.inside().bottom();
        let stub = |(x, y, _): &&Placed| {
            *x + 2.0 * of.paper.text > doing.0 && *y > found.1 - 1.0 && *y < doing.1 - 1.0
        };
        prop_assert!(!words.iter().any(|text| stub(&text)));
        // The foot is below what was put.
        let foot = of.paper.h - of.paper.margin();
        prop_assert!(words.iter().all(|(_, y, _)| *y <= bottom || *y > foot));
        let shown = of_words("行動").iter().filter(|(.., text)| !text.starts_with("行動計画")).count();
        prop_assert_eq!(shown > 0, of.actions > 0);
        let more = words.iter().find_map(|(x, _, text)| {
            let count = text.strip_prefix("ほかに")?.split_once("件")?.0.parse::<usize>().ok()?;
            (*x >= doing.0 - 2.0 * of.paper.text).then_some(count)
        });
        prop_assert_eq!(shown + more.unwrap_or(0), of.actions);
        let all: String = words.iter().map(|(.., text)| text.as_str()).collect();
        prop_assert!(!all.contains("（事情"), "what is a sentence needs no other: {}", all);
        Ok(())
    }

    #[test]
    fn これからすることは左の段が長くても一枚めに出る() {
        let least =
            Meeting { title: 10, asked: 0, roots: 1, circles: 0, actions: 9, regional: 0, paper: Paper::A4 };
        for meeting in [
            least.clone(),
            Meeting { title: 57, ..least.clone() },
            Meeting {
                title: 200,
                asked: 400,
                roots: 8,
                circles: 3,
                actions: 60,
                regional: 30,
                paper: Paper::A4,
            },
            Meeting {
                title: 200,
                asked: 400,
                roots: 8,
                circles: 3,
                actions: 1,
                regional: 1,
                paper: Paper::A3,
            },
            Meeting { actions: 0, ..least.clone() },
        ] {
            holds(&meeting).unwrap_or_else(|failed| panic!("{meeting:?}: {failed}"));
        }
        for asked in [45, 50, 55, 60, 70, 80, 120, 160, 200, 260] {
            let meeting = Meeting { asked, roots: 4, circles: 2, actions: 50, regional: 12, ..least.clone() };
            holds(&meeting).unwrap_or_else(|failed| panic!("{meeting:?}: {failed}"));
        }
    }

    #[test]
    fn 地域課題のうしろのことばは何のことかを言う() {
        let mut issue = RegionalIssue::new(stamp(1).ids().id(), stamp(2).ids().id(), "冬の足がない");
        let long = "浜の組合・".repeat(13);
        for (confirmed, level, responsible, [all, least]) in [
            (true, "", "", ["", ""]),
            (false, "", "", ["（未確認）"; 2]),
            (true, "広域", "", ["（レベル：広域）", ""]),
            (
                false,
                "広域",
                "浜の組合・町の保健・福祉課",
                ["（未確認　レベル：広域　責任を持つ機関：浜の組合・町の保健・福祉課）", "（未確認）"],
            ),
            // Whole or not at all.
            (true, "広域", long.as_str(), ["（レベル：広域）", ""]),
        ] {
            (issue.confirmed, issue.level, issue.responsible) = (confirmed, level.into(), responsible.into());
            assert_eq!([MUCH[0], MUCH[MUCH.len() - 1]].map(|much| known(&issue, much)), [all, least]);
        }
    }

    #[test]
    fn 表の番号は何の番号かを言う() {
        let table = |numbers: &[&str]| {
            let rows = numbers.iter().map(|number| vec![(*number).to_owned(), "聞く".to_owned()]).collect();
            Table { header: vec![ActionField::Issue.label(), ActionField::What.label()], rows }
        };
        for (shown, said) in [
            (&[][..], ""),
            (&["", ""], ""),
            (&["", "⑭", "⑭"], "⑭は、課題の番号です（「課題」のページ）。"),
            (&["⑭", "③"], "③などは、課題の番号です（「課題」のページ）。"),
        ] {
            let plan = table(shown);
            assert_eq!(numbers(&plan, &plan.rows), said);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
        #[test]
        fn the_first_page_holds_the_first_action(
            (title, asked) in (10usize..200, 0usize..400),
            (roots, circles) in (1usize..=8, 0usize..=3),
            (actions, regional) in (0usize..=60, 0usize..=30),
            large in any::<bool>(),
        ) {
            let paper = if large { Paper::A3 } else { Paper::A4 };
            holds(&Meeting { title, asked, roots, circles, actions, regional, paper })?;
        }
    }
}
