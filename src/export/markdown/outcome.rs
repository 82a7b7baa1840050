//! The second half of the minutes: issues, plan, regional issues, reflections, and the time it took.

use super::escape::{inline, item};
use super::{NOTHING, Page, joined, section, table};
use crate::domain::causes::{Causes, Circle};
use crate::domain::{Node, Priority, RegionalIssue};
use crate::export::{tables, words};
use crate::layout::causal::say;
use crate::layout::signs::Signs;

impl Page<'_> {
    pub(super) fn issues(&self) -> String {
        let issues = self.dossier.issues();
        if issues.is_empty() && self.dossier.links.is_empty() {
            return section("課題とつながり", NOTHING);
        }
        let mut parts = Vec::new();
        if !issues.is_empty() {
            parts.push(issues.iter().map(|n| self.issue(n)).collect::<Vec<_>>().join("\n"));
        }
        let links = self.links();
        if !links.is_empty() {
            parts.push(format!("### つながり\n\n{}", links.join("\n")));
        }
        parts.extend(self.found());
        section("課題とつながり", &parts.join("\n\n"))
    }

    /// What follows from the links: the root, and the circles.
    fn found(&self) -> Vec<String> {
        let (causes, signs) = (Causes::of(self.dossier), Signs::unicode());
        let root = causes.root().and_then(|root| {
            let node = self.dossier.nodes.get(&root.id)?;
            let (words, reach) = (inline(&words::entry(node)), root.reach);
            Some(format!("**根にある課題: {words}**（線をたどると、ここから {reach}件に届きます）"))
        });
        let circle = |circle: &Circle| {
            let (round, weak) =
                (say::circle(signs, self.dossier, circle), say::breaking(signs, self.dossier, circle));
            format!("- {}。{}", item(&round), inline(&weak))
        };
        let circles: Vec<String> = causes.circles().iter().map(circle).collect();
        root.into_iter().chain((!circles.is_empty()).then(|| circles.join("\n"))).collect()
    }

    fn issue(&self, node: &Node) -> String {
        let said = words::clean(&node.said);
        let said = if said.is_empty() { said } else { format!(": {}", inline(&said)) };
        format!("- {}{}{said}", item(&words::entry(node)), self.by(node.speaker))
    }

    fn links(&self) -> Vec<String> {
        let links = self.dossier.links.values();
        links
            .filter_map(|link| {
                let from = self.dossier.nodes.get(&link.from)?;
                let to = self.dossier.nodes.get(&link.to)?;
                let why = words::clean(&link.label);
                let why = if why.is_empty() { why } else { format!("（{}）", inline(&why)) };
                Some(format!("- {} → {}{why}", item(&words::entry(from)), inline(&words::entry(to))))
            })
            .collect()
    }

    pub(super) fn plan(&self) -> String {
        let rows = self.dossier.plan();
        if rows.is_empty() {
            return section("行動計画", NOTHING);
        }
        // A column for what became of it only when something did.
        let outcome = rows.iter().any(|a| !a.outcome.trim().is_empty());
        let mut header = vec!["課題", "何を", "誰が", "いつまでに", "確認方法", "優先", "状態"];
        header.extend(outcome.then_some("結果"));
        let rows = rows.into_iter().map(|action| {
            let issue = action.issue.and_then(|id| self.dossier.nodes.get(&id));
            let mut row = vec![
                issue.map(words::entry).unwrap_or_default(),
                words::clean(&action.what),
                or_open(self.people.labels(&action.who)),
                or_open(words::until(&action.until)),
                words::clean(&action.check),
                priority(action.priority),
                action.status.label().to_owned(),
            ];
            row.extend(outcome.then(|| words::clean(&action.outcome)));
            row
        });
        section("行動計画", &table(&header, rows))
    }

    pub(super) fn regional(&self) -> String {
        let issues = self.dossier.regional_issues();
        if issues.is_empty() {
            return section("地域課題", NOTHING);
        }
        let one = |(i, issue): (usize, &&RegionalIssue)| {
            let fields = self.regional_fields(issue).into_iter().filter(|(_, value)| !value.is_empty());
            let list: Vec<String> =
                fields.map(|(name, value)| format!("- {name}: {}", inline(&value))).collect();
            format!("### {}. {}\n\n{}", i + 1, inline(&words::clean(&issue.statement)), list.join("\n"))
        };
        section("地域課題", &issues.iter().enumerate().map(one).collect::<Vec<_>>().join("\n\n"))
    }

    fn regional_fields(&self, issue: &RegionalIssue) -> Vec<(&'static str, String)> {
        let bracketed = |text: &str| match words::clean(text) {
            text if text.is_empty() => text,
            text => format!("（{text}）"),
        };
        let measures: Vec<String> = match issue.measures.as_slice() {
            [only] => vec![words::clean(only)],
            several => {
                let numbered = several.iter().enumerate();
                numbered
                    .map(|(i, m)| format!("{}{}", words::circled(i as u32 + 1), words::clean(m)))
                    .collect()
            }
        };
        let confirmed = if issue.confirmed {
            "個人が分からない文であることを確認済み"
        } else {
            "個人が分からない文かどうかは未確認"
        };
        vec![
            ("場面", joined(&issue.scenes, "、")),
            ("事業項目", tables::categories(issue)),
            ("五つの機能", words::clean(&issue.function)),
            ("レベル", words::clean(&issue.level)),
            ("圏域・地区", words::clean(&issue.area)),
            ("不足しているもの", words::clean(&issue.gap)),
            ("優先度", priority(issue.priority)),
            ("優先の理由", words::clean(&issue.priority_reason)),
            ("対応策", joined(&measures, " ")),
            ("責任を持つ機関", words::clean(&issue.responsible)),
            ("いつまでに", words::until(&issue.due)),
            ("状態", words::clean(&issue.status)),
            ("計画・予算への反映", words::clean(&issue.reflected) + &bracketed(&issue.reflected_reason)),
            ("評価（⇒残課題）", words::clean(&issue.evaluation)),
            ("根拠", self.evidence(issue)),
            ("文の確認", confirmed.to_owned()),
        ]
    }

    /// The entries of this meeting's map the issue rests on.
    fn evidence(&self, issue: &RegionalIssue) -> String {
        let entries: Vec<String> = self
            .dossier
            .evidence_of(issue.id)
            .filter_map(|e| e.node.and_then(|id| self.dossier.nodes.get(&id)))
            .map(words::entry)
            .collect();
        match entries.len() {
            0 => String::new(),
            count => format!("マップの {count}か所（{}）", entries.join(" / ")),
        }
    }

    pub(super) fn reflections(&self) -> String {
        let reflections = self.dossier.reflections_in_order();
        if reflections.is_empty() {
            return section("振り返り", NOTHING);
        }
        // Questions in the order they were first answered.
        let mut questions: Vec<String> = Vec::new();
        for reflection in &reflections {
            let question = words::clean(&reflection.question);
            if !questions.contains(&question) {
                questions.push(question);
            }
        }
        let part = |question: &String| {
            let answers = reflections.iter().filter(|r| words::clean(&r.question) == *question);
            let lines: Vec<String> = answers
                .map(|r| {
                    let by = self.people.label(r.speaker).unwrap_or("無記名");
                    format!("- {}（{}）", item(&words::clean(&r.text)), inline(by))
                })
                .collect();
            let title = if question.is_empty() { "そのほか" } else { question };
            format!("### {}\n\n{}", inline(title), lines.join("\n"))
        };
        section("振り返り", &questions.iter().map(part).collect::<Vec<_>>().join("\n\n"))
    }

    pub(super) fn time(&self) -> String {
        let (meeting, progress) = (&self.dossier.meeting, &self.dossier.progress);
        if meeting.steps.is_empty() {
            return section("かかった時間", NOTHING);
        }
        let row = |title: String, planned: u32, seconds: u32| {
            if progress.spent.is_empty() {
                return vec![title, format!("{planned}分"), "―".to_owned(), "―".to_owned()];
            }
            let spent = words::minutes(seconds);
            let difference = match i64::from(spent) - i64::from(planned) {
                0 => "0分".to_owned(),
                difference => format!("{difference:+}分"),
            };
            vec![title, format!("{planned}分"), format!("{spent}分"), difference]
        };
        let steps = meeting.steps.iter().enumerate();
        let rows = steps.map(|(i, step)| {
            row(
                format!("{} {}", words::circled(i as u32 + 1), words::clean(&step.title)),
                step.minutes,
                progress.spent_in(i),
            )
        });
        let all = row("合計".to_owned(), meeting.planned_minutes(), progress.spent_in_all());
        section("かかった時間", &table(&["段階", "予定", "実際", "差"], rows.chain([all])))
    }
}

fn priority(priority: Option<Priority>) -> String {
    priority.map(|p| p.label().to_owned()).unwrap_or_default()
}

/// 未定 where nobody has said, for an empty cell would hide it.
fn or_open(words: String) -> String {
    if words.is_empty() { "未定".to_owned() } else { words }
}
