//! What is read first, by one who was not at the wall: whom the page is for, what was found out, what will be done, what goes to the
//! town. Paper says the same on its first page.

use super::{dl, list, section, table, text};
use crate::domain::{Kind, Node, RegionalIssue};
use crate::export::minutes::{self, Minutes};
use crate::export::{handout, words};

/// So many wishes, circles, issues, actions and regional issues stand here; all of them stand below.
const WISHES: usize = 5;
const CIRCLES: usize = 3;
const ISSUES: usize = 12;
const ACTIONS: usize = 12;
const REGIONAL: usize = 12;

/// The sections before the map.
pub fn sections(minutes: &Minutes<'_>) -> String {
    [
        format!("<p class=\"for\">{}</p>\n", text(handout::FOR)),
        section("話し合って分かったこと", &found(minutes)),
        section("これからすること", &plan(minutes)),
        section("地域課題（町に届けること）", &regional(minutes)),
    ]
    .concat()
}

fn found(minutes: &Minutes<'_>) -> String {
    let dossier = minutes.dossier;
    let of = |kind: Kind| -> Vec<&Node> { dossier.nodes.values().filter(|node| node.kind == kind).collect() };
    let [issues, strengths, wishes] = [Kind::Issue, Kind::Strength, Kind::Feeling].map(of);
    let counts = [(&issues, "課題"), (&strengths, "強み"), (&wishes, "思い")];
    let counts = counts.into_iter().filter(|(nodes, _)| !nodes.is_empty());
    let counts: Vec<String> = counts.map(|(nodes, what)| format!("{what} {}", nodes.len())).collect();
    let within = if counts.is_empty() { String::new() } else { format!("（{}）", counts.join("、")) };
    let said = match dossier.nodes.len() {
        0 => "まだありません".to_owned(),
        count => format!("{count}本の枝{within}"),
    };
    let heard: String =
        wishes.iter().take(WISHES).map(|wish| format!("「{}」", words::clean(&wish.text))).collect();
    let asked = dossier.case.as_ref().map(|case| words::clean(&case.consultation)).unwrap_or_default();
    let facts = [
        ("事例", minutes.about().unwrap_or_default()),
        ("相談", asked),
        ("ことば", said),
        ("聞かれた思い", heard + &more(wishes.len(), WISHES)),
    ];
    let facts =
        facts.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, value.as_str()));
    let mut out = dl(facts);
    match minutes::root_line(dossier, &minutes.causes) {
        Some(root) => out += &format!("<p class=\"root\">{}</p>\n", text(&root)),
        None if issues.is_empty() => {}
        None => {
            let named: Vec<String> =
                dossier.issues().iter().take(ISSUES).map(|node| words::named(dossier, node)).collect();
            out += "<p>見つかった課題（まだ線でつないでいません）</p>\n";
            out += &(list(&named) + &rest(issues.len(), ISSUES, "課題"));
        }
    }
    let circles = minutes::circles(dossier, &minutes.causes);
    out += &list(&circles[..circles.len().min(CIRCLES)]);
    out + &rest(circles.len(), CIRCLES, "課題")
}

/// The same in a line, with the section where they stand.
fn rest(count: usize, most: usize, section: &str) -> String {
    let more = count.saturating_sub(most);
    if more > 0 {
        format!("<p>ほかに{more}件あります（「{section}」）。</p>\n")
    } else {
        String::new()
    }
}

/// How many more there are than stand here.
fn more(count: usize, most: usize) -> String {
    if count > most { format!("（ほか{}）", count - most) } else { String::new() }
}

fn plan(minutes: &Minutes<'_>) -> String {
    let mut plan = minutes.short_plan();
    let count = plan.rows.len();
    plan.rows.truncate(ACTIONS);
    let mut out = match (minutes.dossier.actions.is_empty(), plan.rows.is_empty()) {
        (true, _) => "<p>行動計画は、まだ書かれていません。</p>\n".to_owned(),
        (false, true) => "<p>残っている行動はありません。</p>\n".to_owned(),
        (false, false) => table(&plan) + &rest(count, ACTIONS, "行動計画"),
    };
    if let Some(settled) = minutes.settled() {
        out += &format!("<p>済んだものは載せていません：{}（「行動計画」）。</p>\n", text(&settled));
    }
    if let Some(next) = minutes.dossier.meeting.next_date {
        out += &format!("<p><b>次回：{}</b></p>\n", words::date(next));
    }
    out
}

fn regional(minutes: &Minutes<'_>) -> String {
    let issues = minutes.dossier.regional_issues();
    if issues.is_empty() {
        return "<p>この会議からは、まだ書かれていません。</p>\n".to_owned();
    }
    let line = |(i, issue): (usize, &&RegionalIssue)| {
        // Nobody carries to the town what nobody has read for personal detail.
        let read = if issue.confirmed { String::new() } else { words::confirmed(issue).to_owned() };
        let about = [read, words::clean(&issue.level), words::clean(&issue.responsible)];
        let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("・");
        let about = if about.is_empty() { about } else { format!("（{about}）") };
        format!("{}　{}{about}", words::regional_number(i), words::clean(&issue.statement))
    };
    let lines: Vec<String> = issues.iter().enumerate().take(REGIONAL).map(line).collect();
    list(&lines) + &rest(issues.len(), REGIONAL, "地域課題")
}
