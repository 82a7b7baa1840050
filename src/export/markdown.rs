//! The minutes, for people: a page a colleague can read through and sign off.

mod escape;
mod outcome;

use escape::{cell, inline, item};

use super::words::{self, People};
use crate::domain::{Case, Dossier, Id, Lists, Node, Participant, Tree};

/// What stands where nothing was written down.
const NOTHING: &str = "（記録はありません）";

/// The whole page, in CommonMark with tables (GFM).
pub fn render(dossier: &Dossier, lists: &Lists) -> String {
    let page = Page { dossier, lists, people: People::new(dossier), tree: Tree::new(dossier) };
    let sections = [
        page.head(),
        page.case(),
        page.attendance(),
        page.map(),
        page.issues(),
        page.plan(),
        page.regional(),
        page.reflections(),
        page.time(),
    ];
    sections.join("\n\n") + "\n"
}

/// What every section looks at.
struct Page<'a> {
    dossier: &'a Dossier,
    lists: &'a Lists,
    people: People<'a>,
    tree: Tree,
}

impl Page<'_> {
    fn head(&self) -> String {
        let meeting = &self.dossier.meeting;
        let title = match words::clean(&meeting.title) {
            title if title.is_empty() => "事例検討会".to_owned(),
            title => title,
        };
        let facilitators = meeting.facilitators.iter().filter_map(|f| self.people.with_organisation(*f));
        let mut rows = vec![
            ("日時", self.when()),
            ("場所", words::clean(&meeting.venue)),
            ("主催", words::clean(&meeting.organiser)),
            ("ファシリテーター", facilitators.collect::<Vec<_>>().join("、")),
            ("事例提供者", self.people.with_organisation(meeting.presenter).unwrap_or_default()),
            ("出席", self.headcount()),
            ("次回", meeting.next_date.map_or_else(|| "未定".to_owned(), words::date)),
        ];
        if !meeting.note.trim().is_empty() {
            rows.push(("備考", words::clean(&meeting.note)));
        }
        format!(
            "# {} 議事録\n\n> 事例のご本人の**氏名を含まない記録**として書いています（出席者の氏名は「出席者」の表だけです）。渡す前に、個人が分かることばが残っていないか読み返してください。ほかの情報と合わせると個人が分かることがあるため、個人情報として取り扱います。\n\n{}",
            inline(&title),
            fields(&rows)
        )
    }

    /// The day, and from when until when on it.
    fn when(&self) -> String {
        let progress = &self.dossier.progress;
        let date = self.dossier.meeting.date.map(words::date).unwrap_or_else(|| "日付未定".to_owned());
        let clock = |at: crate::domain::Moment| at.format("%H:%M").to_string();
        match (progress.started_at, progress.ended_at) {
            (Some(start), Some(end)) => format!("{date} {}〜{}", clock(start), clock(end)),
            (Some(start), None) => format!("{date} {}〜", clock(start)),
            _ => date,
        }
    }

    fn headcount(&self) -> String {
        let people = &self.dossier.participants;
        let first = people.values().filter(|p| p.first_time == Some(true)).count();
        let first = if first > 0 { format!("（うち初参加 {first}人）") } else { String::new() };
        format!("{}人・{}職種{first}", people.len(), self.professions())
    }

    /// How many professions, each counted once whatever it was called.
    fn professions(&self) -> usize {
        let known = |p: &Participant| match self.lists.profession(&p.profession) {
            Some(profession) => profession.title.clone(),
            None => crate::domain::text::fold(&p.profession),
        };
        let all = self.dossier.participants.values().map(known).filter(|words| !words.is_empty());
        all.collect::<std::collections::BTreeSet<_>>().len()
    }

    fn case(&self) -> String {
        let Some(case) = &self.dossier.case else { return section("事例", NOTHING) };
        let who = [&case.age, &case.sex, &case.gist].map(|s| words::clean(s));
        let rows = [
            ("事例番号", words::clean(&case.code)),
            ("年代・性別など", joined(&who, "・")),
            ("検討のきっかけ", joined(&[case.triggers.join("・"), case.trigger_note.clone()], "\n")),
            ("相談したいこと", words::clean(&case.consultation)),
            ("同意", consent(case)),
        ];
        section("事例", &fields(&rows))
    }

    fn attendance(&self) -> String {
        let people = self.dossier.people();
        if people.is_empty() {
            return section("出席者", NOTHING);
        }
        let meeting = &self.dossier.meeting;
        let rows = people.iter().map(|p| {
            let role = |ids: &[Option<Id<Participant>>], title| ids.contains(&Some(p.id)).then_some(title);
            let notes = [
                role(&meeting.facilitators, "ファシリテーター"),
                role(&[meeting.presenter], "事例提供者"),
                (p.involved == Some(true)).then_some("事例に関わっている"),
                (p.first_time == Some(true)).then_some("初参加"),
                p.came_late.then_some("遅刻"),
                p.left_early.then_some("早退"),
            ];
            let notes: Vec<&str> = notes.into_iter().flatten().collect();
            let words = [&p.code, &p.profession, &p.organisation, &p.department, &p.name];
            let mut row = words.map(|s| words::clean(s)).to_vec();
            row.push(notes.join("、"));
            row
        });
        let header = ["記号", "職種", "所属", "部署", "氏名", "備考"];
        section("出席者", &table(&header, rows))
    }

    fn map(&self) -> String {
        let mut parts = vec![
            "しるし: 【課題】課題、？ 不明、★ 強み、♥ 思い、→ 支援策、しるしなし 情報。（　）は発言者。"
                .to_owned(),
        ];
        for (index, branch) in self.dossier.meeting.branches.iter().enumerate() {
            let list = self.branch(index);
            let list = if list.is_empty() { NOTHING.to_owned() } else { list };
            parts.push(format!("### {}\n\n{list}", inline(&words::clean(&branch.title))));
        }
        section("マップ", &parts.join("\n\n"))
    }

    fn branch(&self, index: usize) -> String {
        let mut lines = Vec::new();
        let mut open: Vec<(usize, Id<Node>)> =
            self.tree.roots(index).iter().rev().map(|id| (0, *id)).collect();
        while let Some((depth, id)) = open.pop() {
            if let Some(node) = self.dossier.nodes.get(&id) {
                lines.push(format!("{}- {}", "  ".repeat(depth), self.entry(node)));
            }
            open.extend(self.tree.children(id).iter().rev().map(|id| (depth + 1, *id)));
        }
        lines.join("\n")
    }

    /// An entry with its sign, its number if it is an issue, and who said it.
    fn entry(&self, node: &Node) -> String {
        let text = format!("{}{}", words::sign(node.kind), words::entry(node));
        format!("{}{}", item(&text), self.by(node.speaker))
    }

    /// （保健師）, or nothing for nobody.
    fn by(&self, speaker: Option<Id<Participant>>) -> String {
        self.people.label(speaker).map(|label| format!("（{}）", inline(label))).unwrap_or_default()
    }
}

fn consent(case: &Case) -> String {
    let date = case.consent_date.map(words::date).unwrap_or_default();
    let by = words::clean(&case.consent_by);
    let by = if by.is_empty() { by } else { format!("確認した人: {by}") };
    let head = joined(&[words::clean(&case.consent), date, by], "、");
    joined(&[head, words::clean(&case.consent_note)], "\n")
}

/// The parts that say something, with a separator between.
fn joined(parts: &[String], separator: &str) -> String {
    let parts = parts.iter().map(|part| words::clean(part)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(separator)
}

fn section(title: &str, body: &str) -> String {
    format!("## {title}\n\n{body}")
}

/// A table of two columns without much of a header; rows that say nothing are left out.
fn fields(rows: &[(&str, String)]) -> String {
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    table(&["項目", "内容"], rows.map(|(name, value)| vec![(*name).to_owned(), value.clone()]))
}

/// A table; the cells are escaped here.
fn table(header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![line(header.iter().map(|h| cell(h)).collect())];
    lines.push(format!("|{}", " --- |".repeat(header.len())));
    lines.extend(rows.map(|row| line(row.iter().map(|c| cell(c)).collect())));
    lines.join("\n")
}

#[cfg(test)]
mod tests;
