//! What was said in a step, briefly: to be read aloud before the room moves on (「この理解でよいですか」).

use std::collections::BTreeSet;

use super::aside::beside;
use super::causes::{Causes, say};
use super::fields::{CaseField, MeetingField, RegionalIssueField};
use super::{Action, Dossier, Id, Kind, Node, RegionalIssue, Step, Tree, date};

/// A heading and the few things under it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// What is read out above the points.
    pub title: String,
    /// The branch it speaks of, by its index.
    pub branch: Option<usize>,
    /// In the order in which they are read out.
    pub points: Vec<Point>,
}

/// One thing that was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The words, in one line.
    pub text: String,
    /// The number of an issue; 0 for what is none.
    pub number: u32,
    /// What kind of thing was said.
    pub kind: Kind,
}

/// The most keywords a branch is read back with, and the most feelings, strengths and open questions: nobody listens to
/// twenty.
const MAIN: usize = 3;
const MOST: usize = 5;

impl Group {
    fn new(title: impl Into<String>, points: Vec<Point>) -> Self {
        Self { title: title.into(), branch: None, points }
    }

    /// Sentences under a heading.
    pub fn of_words(title: &str, lines: &[String]) -> Self {
        Self::new(title, lines.iter().map(words).collect())
    }
}

fn words(text: impl Into<String>) -> Point {
    Point { text: text.into(), number: 0, kind: Kind::Fact }
}

fn point(node: &Node) -> Point {
    let number = if node.kind == Kind::Issue { node.number } else { 0 };
    Point { text: node.text.clone(), number, kind: node.kind }
}

/// The summary of a step. Empty while nothing was written down that belongs to it.
pub fn of_step(dossier: &Dossier, tree: &Tree, step: Step) -> Vec<Group> {
    let mut groups = match step {
        Step::Opening => opening(dossier),
        Step::Interview => map_of(dossier, tree, |n| n.step <= Step::Interview),
        Step::Questions => map_of(dossier, tree, |n| n.step == Step::Questions),
        Step::Analysis => issues(dossier),
        Step::Ideas => ideas(dossier, tree),
        Step::Plan => decided(dossier).collect(),
        Step::Regional => regional(dossier),
        Step::Closing => closing(dossier),
    };
    for group in &mut groups {
        group.points.retain(|p| !p.text.trim().is_empty());
    }
    groups.retain(|g| !g.points.is_empty());
    groups
}

fn opening(dossier: &Dossier) -> Vec<Group> {
    let Some(case) = dossier.case.as_ref() else { return Vec::new() };
    vec![
        Group::new("どんな方か", vec![words(&case.gist)]),
        Group::new(CaseField::Consultation.label(), vec![words(&case.consultation)]),
    ]
}

/// What the person wants and can, then each branch with its main keywords, then what is still unknown.
fn map_of(dossier: &Dossier, tree: &Tree, said: impl Fn(&Node) -> bool) -> Vec<Group> {
    let order: Vec<&Node> =
        tree.depth_first().into_iter().filter_map(|id| dossier.nodes.get(&id)).filter(|n| said(n)).collect();
    let of = |kind: Kind| {
        let all: Vec<Point> = order.iter().filter(|n| n.kind == kind).map(|n| point(n)).collect();
        let more = all.len().saturating_sub(MOST);
        let rest = (more > 0).then(|| Point { kind, ..words(format!("ほか{more}件")) });
        all.into_iter().take(MOST).chain(rest).collect::<Vec<_>>()
    };
    let mut groups =
        vec![Group::new("本人の思い", of(Kind::Feeling)), Group::new("強み", of(Kind::Strength))];
    for (i, branch) in dossier.meeting.branches.iter().enumerate() {
        let twigs: Vec<&str> =
            main_twigs(dossier, tree, i, &said).into_iter().map(|n| n.text.as_str()).collect();
        groups.push(Group {
            title: branch.title.clone(),
            branch: Some(i),
            points: vec![words(twigs.join("・"))],
        });
    }
    groups.push(Group::new("まだ分からないこと", of(Kind::Unknown)));
    groups
}

/// The twigs of a branch that most hangs on, in the order of the map. What has a group of its own is not said twice.
fn main_twigs<'a>(
    dossier: &'a Dossier,
    tree: &Tree,
    branch: usize,
    said: impl Fn(&Node) -> bool,
) -> Vec<&'a Node> {
    let own = |n: &&Node| matches!(n.kind, Kind::Fact | Kind::Issue) && said(n);
    let twigs = tree.branch(branch).into_iter().filter_map(|id| dossier.nodes.get(&id)).filter(own);
    let mut weighed: Vec<(usize, usize, &Node)> =
        twigs.enumerate().map(|(at, node)| (tree.subtree(node.id).len(), at, node)).collect();
    weighed.sort_by_key(|(weight, at, _)| (std::cmp::Reverse(*weight), *at));
    weighed.truncate(MAIN);
    weighed.sort_by_key(|(_, at, _)| *at);
    weighed.into_iter().map(|(_, _, node)| node).collect()
}

/// Where it all begins and where it goes round, in sentences; then the issues.
fn issues(dossier: &Dossier) -> Vec<Group> {
    let causes = Causes::of(dossier);
    let said = |words| Point { text: words, number: 0, kind: Kind::Issue };
    let root = say::root(dossier, &causes).map(said).into_iter().collect();
    let circles = causes.circles().iter();
    let circles = circles.flat_map(|c| [said(say::circle(dossier, c)), words(say::breaking(dossier, c))]);
    vec![
        Group::new("根にある課題", root),
        Group::new("悪循環", circles.collect()),
        Group::new("課題", dossier.issues().into_iter().map(point).collect()),
        Group::new("つながり", say::links(dossier).into_iter().map(words).collect()),
    ]
}

/// The ideas under the issue they answer; those that answer none come last.
fn ideas(dossier: &Dossier, tree: &Tree) -> Vec<Group> {
    let is_idea = |id: &Id<Node>| dossier.nodes.get(id).is_some_and(|n| n.kind == Kind::Idea);
    let mut told: BTreeSet<Id<Node>> = BTreeSet::new();
    let mut groups = Vec::new();
    for issue in dossier.issues() {
        let under: Vec<Id<Node>> = tree.subtree(issue.id).into_iter().filter(is_idea).collect();
        let fresh = under.into_iter().filter(|id| told.insert(*id)).filter_map(|id| dossier.nodes.get(&id));
        let points = fresh.map(point).collect();
        groups.push(Group::new(format!("課題{}　{}", issue.number, issue.text), points));
    }
    let rest = dossier.nodes.values().filter(|n| n.kind == Kind::Idea && !told.contains(&n.id));
    groups.push(Group::new("そのほかの支援策", rest.map(point).collect()));
    groups
}

/// Who, until when, and what: in the order in which it is read aloud.
fn decided(dossier: &Dossier) -> impl Iterator<Item = Group> {
    dossier.plan_by_day().into_iter().map(|one| action(dossier, one))
}

fn action(dossier: &Dossier, action: &Action) -> Group {
    let who = dossier.doers(action).join("・");
    let who = if who.is_empty() { "だれが（未定）".to_owned() } else { who };
    let until = Some(date::until(&action.until)).filter(|until| !until.is_empty());
    let until = until.unwrap_or_else(|| "いつまでに（未定）".to_owned());
    Group::new(format!("{who}　{until}"), vec![words(&action.what)])
}

/// Each issue with where it shows, what is to be done and who sees to it; sentences alone as one list.
fn regional(dossier: &Dossier) -> Vec<Group> {
    let issues = dossier.regional_issues();
    let more = |issue: &RegionalIssue| {
        let measures = match issue.measures.as_slice() {
            [only] => only.clone(),
            several => several
                .iter()
                .enumerate()
                .map(|(i, m)| format!("{} {m}", i + 1))
                .collect::<Vec<_>>()
                .join("　"),
        };
        let field = |field: RegionalIssueField, text: String| (field.label(), text);
        let said = [
            field(RegionalIssueField::Scenes, issue.scenes.join("・")),
            field(RegionalIssueField::Measures, measures),
            field(RegionalIssueField::Responsible, issue.responsible.clone()),
        ];
        let said = said.into_iter().filter(|(_, text)| !text.trim().is_empty());
        said.map(|(label, text)| words(format!("{label}：{text}"))).collect::<Vec<_>>()
    };
    if issues.iter().all(|issue| more(issue).is_empty()) {
        return vec![Group::new("地域課題", issues.into_iter().map(|r| words(&r.statement)).collect())];
    }
    let of_one = |(i, issue): (usize, &RegionalIssue)| {
        let points = [words(&issue.statement)].into_iter().chain(more(issue)).collect();
        Group::new(format!("地域課題 {}", i + 1), points)
    };
    issues.into_iter().enumerate().map(of_one).collect()
}

fn closing(dossier: &Dossier) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for reflection in dossier.reflections_in_order() {
        match groups.iter_mut().find(|g| g.title == reflection.question) {
            Some(group) => group.points.push(words(&reflection.text)),
            None => groups.push(Group::new(&reflection.question, vec![words(&reflection.text)])),
        }
    }
    groups.extend(decided(dossier));
    let meeting = &dossier.meeting;
    let said = beside(&meeting.aside, MeetingField::NextDate.key());
    let next = meeting.next_date.map(date::long).into_iter().chain([said.to_owned()]);
    groups.push(Group::new("次回", next.filter(|next| !next.is_empty()).map(words).collect()));
    groups
}
