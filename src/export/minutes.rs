//! What the minutes say, section by section, before any format: the Markdown, the handout and the page say the same.

use std::collections::BTreeSet;

use super::sample;
use super::words::{self, People};
use crate::domain::causes::{Causes, Root, say};
use crate::domain::fields::{
    ActionField, CaseField, Described, EvidenceField, InTables, MeetingField, NodeField, ParticipantField,
    RegionalIssueField, Value,
};
use crate::domain::{
    Action, ActionStatus, Case, Dossier, Id, Kind, Lists, Node, Participant, RegionalIssue, SEATS, Tree, date,
};

/// Where every word of the map stands.
pub const WORDS: &str = "マップのことば";

/// What stands where nothing was written down.
pub const NOTHING: &str = "（記録はありません）";

/// What the signs of entries mean, and the brackets behind them.
pub const SIGNS: &str = "しるし: 【課題】課題、？ 不明、★ 強み、♥ 思い、→ 支援策、しるしなし 情報。（　）は発言者、「　」は話されたことば。";

/// A name and what there is to say to it.
pub type Fact = (&'static str, String);

/// A table; every row is as long as the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// What stands over the columns.
    pub header: Vec<&'static str>,
    /// In the order in which they are read.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The same without the columns in which nothing stands: they take no room on paper.
    pub fn folded(self) -> Table {
        let said = |column: &usize| self.rows.iter().any(|row| !row[*column].is_empty());
        let kept: Vec<usize> = (0..self.header.len()).filter(said).collect();
        let row = |row: &Vec<String>| kept.iter().map(|column| row[*column].clone()).collect();
        Table {
            header: kept.iter().map(|column| self.header[*column]).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// What every section looks at.
pub struct Minutes<'a> {
    /// The meeting.
    pub dossier: &'a Dossier,
    /// What people are called in it.
    pub people: People<'a>,
    /// How its twigs hang.
    pub tree: Tree,
    /// What follows from its links.
    pub causes: Causes,
    lists: &'a Lists,
}

impl<'a> Minutes<'a> {
    /// Looks at a meeting; the lists say what belongs to which step and year.
    pub fn new(dossier: &'a Dossier, lists: &'a Lists) -> Self {
        Self {
            dossier,
            lists,
            people: People::new(dossier),
            tree: Tree::new(dossier),
            causes: Causes::of(dossier),
        }
    }

    /// What the meeting is called.
    pub fn title(&self) -> String {
        title(self.dossier)
    }

    /// When, where, who led it.
    pub fn head(&self) -> Vec<Fact> {
        let meeting = &self.dossier.meeting;
        let with = |text: String, field| words::with(text, &meeting.aside, field);
        let person = |id, seat| {
            words::among(self.people.with_organisation(id).unwrap_or_default(), &meeting.aside, seat)
        };
        let seats = meeting.facilitators.into_iter().zip(SEATS).map(|(id, seat)| person(id, seat));
        let next = meeting.next_date.map(words::date).unwrap_or_default();
        said(vec![
            ("日時", self.when()),
            (MeetingField::Venue.label(), words::clean(&meeting.venue)),
            (MeetingField::Organiser.label(), words::clean(&meeting.organiser)),
            (MeetingField::Facilitators.label(), joined(&seats.collect::<Vec<_>>(), "、")),
            (MeetingField::Presenter.label(), person(meeting.presenter, MeetingField::Presenter.key())),
            ("参加者", self.headcount()),
            (MeetingField::NextDate.label(), or_open(with(next, MeetingField::NextDate.key()))),
            (MeetingField::Note.label(), words::clean(&meeting.note)),
        ])
    }

    /// The day, and from when until when on it.
    fn when(&self) -> String {
        let progress = &self.dossier.progress;
        let meeting = &self.dossier.meeting;
        let date = date::or_none(meeting.date, date::long);
        let date = words::with(date, &meeting.aside, MeetingField::Date.key());
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
        all.collect::<BTreeSet<_>>().len()
    }

    /// The case; nothing where none was given.
    pub fn case(&self) -> Vec<Fact> {
        self.case_told(true)
    }

    /// The same for what is handed out: by whom consent was seen to stays in the minutes, which name people.
    pub fn case_handed_out(&self) -> Vec<Fact> {
        self.case_told(false)
    }

    /// Whom it is about, and why they met: 50代・男性・パン屋（きっかけ：家賃の遅れ）; nothing where neither was said.
    pub fn about(&self) -> Option<String> {
        let case = self.dossier.case.as_ref()?;
        let who = joined(&[&case.age, &case.sex, &case.gist].map(|part| words::clean(part)), "・");
        let why = words::among(case.triggers.join("、"), &case.aside, CaseField::Triggers.key());
        match (who.is_empty(), why.is_empty()) {
            (true, true) => None,
            (false, true) => Some(who),
            (true, false) => Some(format!("{}：{why}", CaseField::Triggers.label())),
            (false, false) => Some(format!("{who}（{}：{why}）", CaseField::Triggers.label())),
        }
    }

    fn case_told(&self, whole: bool) -> Vec<Fact> {
        let Some(case) = &self.dossier.case else { return Vec::new() };
        let who = [&case.age, &case.sex, &case.gist].map(|s| words::clean(s));
        let triggers = words::among(case.triggers.join("、"), &case.aside, CaseField::Triggers.key());
        let triggers = joined(&[triggers, case.trigger_note.clone()], "\n");
        said(vec![
            (CaseField::Code.label(), words::clean(&case.code)),
            ("年代・性別など", joined(&who, "・")),
            (CaseField::Triggers.label(), triggers),
            (CaseField::Consultation.label(), words::clean(&case.consultation)),
            (CaseField::Consent.label(), consent(case, whole)),
        ])
    }

    /// Who was there: the one place where names stand, and there at the end.
    pub fn attendance(&self) -> Table {
        let meeting = &self.dossier.meeting;
        let words = |p: &Participant| -> Vec<(&'static str, String)> {
            let values = p.values().into_iter();
            let (mut words, mut names) = (Vec::new(), Vec::new());
            for (label, value) in values.filter(|(_, value)| !matches!(value, Value::Yes(_))) {
                let of = if matches!(value, Value::Name(_)) { &mut names } else { &mut words };
                of.push((label, words::value(&value, |key| self.people.called(key))));
            }
            words.into_iter().chain(names).collect()
        };
        let rows = self.dossier.people().into_iter().map(|p| {
            let role = |ids: &[Option<Id<Participant>>], field: MeetingField| {
                ids.contains(&Some(p.id)).then_some(field.label())
            };
            let roles = [
                role(&meeting.facilitators, MeetingField::Facilitators),
                role(&[meeting.presenter], MeetingField::Presenter),
            ];
            let flags = p.values().into_iter();
            let flags = flags.filter(|(_, value)| *value == Value::Yes(Some(true))).map(|(label, _)| label);
            let notes: Vec<&str> = roles.into_iter().flatten().chain(flags).collect();
            words(p).into_iter().map(|(_, words)| words).chain([notes.join("、")]).collect()
        });
        let blank = Participant::new(meeting.id.cast(), meeting.id, "");
        let heads = words(&blank).into_iter().map(|(label, _)| label);
        Table { header: heads.chain(["備考"]).collect(), rows: rows.collect() }
    }

    /// The same without names, for what is handed out.
    pub fn attendance_unnamed(&self) -> Table {
        let Table { header, rows } = self.attendance();
        let name = ParticipantField::Name.label();
        let kept: Vec<usize> = (0..header.len()).filter(|i| header[*i] != name).collect();
        let row = |row: Vec<String>| kept.iter().filter_map(|i| row.get(*i).cloned()).collect();
        Table { header: kept.iter().map(|i| header[*i]).collect(), rows: rows.into_iter().map(row).collect() }
    }

    /// The issues: number, words, what was said, and who said it.
    pub fn issues(&self) -> Table {
        let row = |node: &Node| {
            let by = self.people.label(node.speaker).unwrap_or_default().to_owned();
            let issue = words::apart(self.dossier, node);
            vec![words::circled(node.number), issue, words::clean(&node.said), by]
        };
        let [number, said, by] =
            [NodeField::Number, NodeField::Said, NodeField::Speaker].map(NodeField::label);
        let header = vec![number, Kind::Issue.label(), said, by];
        Table { header, rows: self.dossier.issues().into_iter().map(row).collect() }
    }

    /// Numbers of issues that stand for none any more, so that nobody looks for them.
    pub fn passed_over(&self) -> Option<String> {
        let used: BTreeSet<u32> = self.dossier.issues().iter().map(|node| node.number).collect();
        let free = (1..*used.last()?).filter(|number| !used.contains(number)).map(words::circled);
        let free: Vec<String> = free.collect();
        (!free.is_empty()).then(|| format!("{} は使っていません（消した課題の番号です）。", free.join("・")))
    }

    /// The entries of a branch depth first, each with how deep it hangs.
    pub fn branch(&self, index: usize) -> Vec<(usize, &Node)> {
        let mut entries = Vec::new();
        let mut open: Vec<(usize, Id<Node>)> =
            self.tree.roots(index).iter().rev().map(|id| (0, *id)).collect();
        while let Some((depth, id)) = open.pop() {
            if let Some(node) = self.dossier.nodes.get(&id) {
                entries.push((depth, node));
            }
            open.extend(self.tree.children(id).iter().rev().map(|id| (depth + 1, *id)));
        }
        entries
    }

    /// A twig as it is read: its sign, its words, who said it, and how.
    pub fn twig(&self, node: &Node) -> String {
        format!(
            "{}{}{}{}",
            words::sign(node.kind),
            words::entry(node),
            self.by(node.speaker),
            self.said(node)
        )
    }

    /// まだ記録のない大枝：住まい、経済; nothing where each bears something.
    pub fn bare(&self) -> Option<String> {
        let branches = self.dossier.meeting.branches.iter().enumerate();
        let bare = branches.filter(|(index, _)| self.tree.roots(*index).is_empty());
        let titles: Vec<String> = bare.map(|(_, branch)| words::clean(&branch.title)).collect();
        (!titles.is_empty()).then(|| format!("記録のない大枝：{}", titles.join("、")))
    }

    /// （保健師）, or nothing for nobody.
    pub fn by(&self, speaker: Option<Id<Participant>>) -> String {
        self.people.label(speaker).map(|label| format!("（{label}）")).unwrap_or_default()
    }

    /// 「夜の薬を飲み忘れる」: what was said, where it says more than the words of the entry.
    pub fn said(&self, node: &Node) -> String {
        match words::clean(&node.said) {
            said if said.is_empty() || said == words::clean(&node.text) => String::new(),
            said => format!("「{said}」"),
        }
    }

    /// 行動計画: a row for each action, as they fall due.
    pub fn plan(&self) -> Table {
        let rows = self.dossier.plan_by_day();
        let text = |action: &Action, field: ActionField| self.in_plan(action, field);
        // What is said later has a column only when somebody has said it.
        let shown = |field: &&ActionField| match field.in_tables() {
            InTables::Always => true,
            InTables::OnceSaid => rows.iter().any(|action| !text(action, **field).is_empty()),
            InTables::Never => false,
        };
        let columns: Vec<ActionField> = ActionField::ALL.iter().filter(shown).copied().collect();
        let row = |action: &&Action| {
            let cell = |field: &ActionField| match field {
                ActionField::Who | ActionField::Until => or_open(text(action, *field)),
                field => text(action, *field),
            };
            columns.iter().map(cell).collect()
        };
        Table {
            header: columns.iter().map(|field| field.label()).collect(),
            rows: rows.iter().map(row).collect(),
        }
    }

    /// What a field says in the table of the plan.
    fn in_plan(&self, action: &Action, field: ActionField) -> String {
        match field {
            ActionField::Until => {
                words::with(words::until_in_table(&action.until), &action.aside, field.key())
            }
            _ => words::told(&action.value(field), |key| self.people.called(key), &action.aside, field.key()),
        }
    }

    /// What of the plan is still to be done, as it is remembered: the number of the issue it answers, what, who, until when.
    pub fn short_plan(&self) -> Table {
        let columns = [ActionField::What, ActionField::Who, ActionField::Until];
        let rows = self.dossier.plan_by_day().into_iter().filter(|action| action.status.is_open());
        let row = |action: &Action| {
            let issue = action.issue.and_then(|id| self.dossier.nodes.get(&id)).map(|node| node.number);
            let issue = issue.filter(|number| *number > 0).map(words::circled).unwrap_or_default();
            [issue].into_iter().chain(columns.map(|field| or_open(self.in_plan(action, field)))).collect()
        };
        let header = [ActionField::Issue].into_iter().chain(columns).map(ActionField::label).collect();
        Table { header, rows: rows.map(row).collect() }.folded()
    }

    /// 完了 3件、中止 1件: what nobody has to do any more; none where there is no such action.
    pub fn settled(&self) -> Option<String> {
        let said = ActionStatus::ALL.into_iter().filter(|status| !status.is_open()).filter_map(|status| {
            let of = |action: &&Action| action.status.known() == Some(status);
            let count = self.dossier.actions.values().filter(of).count();
            (count > 0).then(|| format!("{} {count}件", status.label()))
        });
        Some(said.collect::<Vec<_>>().join("、")).filter(|said| !said.is_empty())
    }

    /// The regional issues: each statement with what else is said of it.
    pub fn regional(&self) -> Vec<(String, Vec<Fact>)> {
        let issues = self.dossier.regional_issues().into_iter();
        issues.map(|issue| (words::clean(&issue.statement), said(self.regional_facts(issue)))).collect()
    }

    fn regional_facts(&self, issue: &RegionalIssue) -> Vec<Fact> {
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
        let mut facts = Vec::new();
        for field in RegionalIssueField::ALL {
            // It points at nothing that has a name here.
            let text = words::told(&issue.value(*field), |_| String::new(), &issue.aside, field.key());
            let text = match field {
                // The sentence stands above all this, and the reason with what was decided.
                RegionalIssueField::Statement | RegionalIssueField::ReflectedReason => continue,
                field if field.in_tables() == InTables::Never => continue,
                RegionalIssueField::Measures => joined(&measures, " "),
                RegionalIssueField::Reflected => text + &bracketed(&issue.reflected_reason),
                RegionalIssueField::Confirmed => {
                    let evidence = self.evidence(issue);
                    facts.push(("根拠", words::among(evidence, &issue.aside, EvidenceField::Node.key())));
                    words::with(words::confirmed(issue).to_owned(), &issue.aside, field.key())
                }
                _ => text,
            };
            facts.push((field.label(), text));
        }
        facts
    }

    /// The entries of this meeting's map the issue rests on.
    fn evidence(&self, issue: &RegionalIssue) -> String {
        let entries: Vec<String> = self
            .dossier
            .evidence_of(issue.id)
            .filter_map(|e| e.node.and_then(|id| self.dossier.nodes.get(&id)))
            .map(|node| words::named(self.dossier, node))
            .collect();
        match entries.len() {
            0 => String::new(),
            count => format!("マップの {count}か所：{}", entries.join(" / ")),
        }
    }

    /// The reflections by question, in the order in which these were first answered: the words, and who said them.
    pub fn reflections(&self) -> Vec<(String, Vec<(String, String)>)> {
        let mut questions: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for reflection in self.dossier.reflections_in_order() {
            let question = words::clean(&reflection.question);
            let title = if question.is_empty() { "そのほか".to_owned() } else { question };
            let by = self.people.label(reflection.speaker).unwrap_or("発言者なし").to_owned();
            let answer = (words::clean(&reflection.text), by);
            match questions.iter_mut().find(|(known, _)| *known == title) {
                Some((_, answers)) => answers.push(answer),
                None => questions.push((title, vec![answer])),
            }
        }
        questions
    }

    /// How long each step was to take, and took.
    pub fn time(&self) -> Table {
        let (meeting, progress) = (&self.dossier.meeting, &self.dossier.progress);
        let header = vec!["段階", "予定", "実際", "差"];
        if meeting.steps.is_empty() {
            return Table { header, rows: Vec::new() };
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
            let title = format!("{} {}", words::circled(i as u32 + 1), words::clean(&step.title));
            row(title, step.minutes, progress.spent_in(i))
        });
        let all = row("合計".to_owned(), meeting.planned_minutes(), progress.spent_in_all());
        Table { header, rows: rows.chain([all]).collect() }
    }
}

/// What a meeting is called.
pub fn title(dossier: &Dossier) -> String {
    let title = match words::clean(&dossier.meeting.title) {
        title if title.is_empty() => "事例検討会".to_owned(),
        title => title,
    };
    sample::marked(title, std::iter::once(dossier.meeting.id))
}

/// So many of the issues at the root are told by their words, the rest by their numbers.
const TOLD: usize = 6;

/// What is at the root, all of it: ⑩ …, or ① …、② … の輪; and how many others each leads to. None without links.
pub fn root(dossier: &Dossier, causes: &Causes) -> Option<(String, String)> {
    let Root { reach, all, .. } = causes.root()?;
    let mut left = TOLD;
    let mut name = |id: &Id<Node>| {
        let node = dossier.nodes.get(id)?;
        let told = left > 0;
        left = left.saturating_sub(1);
        Some(if told || node.number == 0 { words::named(dossier, node) } else { words::circled(node.number) })
    };
    let mut names = |ids: &[Id<Node>]| ids.iter().filter_map(&mut name).collect::<Vec<_>>().join("、");
    let said: Vec<String> =
        all.iter().map(|members| names(members) + if members.len() > 1 { " の輪" } else { "" }).collect();
    let how = match all.as_slice() {
        [one] if one.len() == 1 => "線をたどると",
        all => say::anywhere(all),
    };
    Some((said.join("／"), format!("{how}、{reach}件の課題に行き着きます")))
}

/// The same as a sentence of its own.
pub fn root_line(dossier: &Dossier, causes: &Causes) -> Option<String> {
    let (root, how) = root(dossier, causes)?;
    Some(format!("◎ 根にある課題：{root}（{how}）"))
}

/// Cause, effect, and why, in the order of the causes' numbers.
pub fn linked(dossier: &Dossier) -> Vec<(&Node, &Node, String)> {
    let mut links: Vec<(&Node, &Node, String)> = dossier
        .links
        .values()
        .filter_map(|link| {
            Some((dossier.nodes.get(&link.from)?, dossier.nodes.get(&link.to)?, words::clean(&link.label)))
        })
        .collect();
    links.sort_by_key(|(from, to, _)| (from.number, to.number));
    links
}

/// The same as one sentence a link.
pub fn links(dossier: &Dossier) -> Vec<String> {
    let sentence = |(from, to, why): (&Node, &Node, String)| {
        let why = if why.is_empty() { why } else { format!("：{why}") };
        format!("{} → {}{why}", words::named(dossier, from), words::named(dossier, to))
    };
    linked(dossier).into_iter().map(sentence).collect()
}

/// The vicious circles, each with where it is easiest to break.
pub fn circles(dossier: &Dossier, causes: &Causes) -> Vec<String> {
    words::called(dossier, words::LONG, usize::MAX, |called| {
        causes.circles().iter().map(|circle| say::vicious(circle, called)).collect()
    })
}

/// That consent was given, when and how; the `whole` of it says who saw to it.
fn consent(case: &Case, whole: bool) -> String {
    let date = case.consent_date.map(words::date).unwrap_or_default();
    let date = words::with(date, &case.aside, CaseField::ConsentDate.key());
    let by = if whole { words::clean(&case.consent_by) } else { String::new() };
    let by = if by.is_empty() { by } else { format!("{}: {by}", CaseField::ConsentBy.label()) };
    let head = joined(&[words::clean(&case.consent), date, by], "、");
    joined(&[head, words::clean(&case.consent_note)], "\n")
}

/// The parts that say something, with a separator between.
fn joined(parts: &[String], separator: &str) -> String {
    let parts = parts.iter().map(|part| words::clean(part)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(separator)
}

/// Without what says nothing.
fn said(facts: Vec<Fact>) -> Vec<Fact> {
    facts.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

/// 未定 where nobody has said, for an empty cell would hide it.
fn or_open(words: String) -> String {
    if words.is_empty() { "未定".to_owned() } else { words }
}
